//go:build !unix

package platform

// PeakMemory is not known here.
func PeakMemory() int64 { return 0 }
