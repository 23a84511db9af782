//go:build !race

package synfire_test

// raceDetector says that tests run under the race detector, which allocates memory of its own.
const raceDetector = false
