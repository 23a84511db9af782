//go:build !linux

package platform

// AvailableMemory returns how many bytes can be used without others having to give way. 0: not known.
func AvailableMemory() int64 { return 0 }
