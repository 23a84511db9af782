//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package platform

// mapMemory takes the memory from the Go heap.
func mapMemory(bytes int) ([]byte, error) { return make([]byte, bytes), nil }

// unmapMemory leaves the memory to the garbage collector.
func unmapMemory([]byte) {}
