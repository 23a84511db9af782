package sim

import "unsafe"

// Bytes returns how much memory the lists take.
func (f *Fan) Bytes() int64 {
	return 4*int64(cap(f.starts)+cap(f.order)) + int64(cap(f.runs))*int64(unsafe.Sizeof(run{}))
}
