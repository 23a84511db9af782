// Package platform is where Synfire meets the operating system: memory outside of the Go heap. On systems
// without it, files named *_unsupported.go do the same with plain Go.
//
// The package knows nothing about what the memory is used for.
package platform
