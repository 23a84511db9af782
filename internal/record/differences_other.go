//go:build !amd64

package record

// differ fills in the differences of eight elements.
func differ(from []uint64, stride int, r *differences) { differPlain(from, stride, r) }
