//go:build !linux

package platform

// AdviseHugePages does nothing where the system does not take the hint.
func AdviseHugePages[T any]([]T) {}

// Populate does nothing where the system cannot.
func Populate([]byte) {}
