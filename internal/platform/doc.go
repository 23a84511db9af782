// Package platform is where Synfire meets the operating system: memory outside of the Go heap, executable memory,
// the processor time of a process. On systems without them, files named *_unsupported.go do the same with plain Go,
// or nothing.
//
// The package knows nothing about what the memory is used for.
package platform
