package sim

// Bytes returns how much memory the lists take.
func (f *Fan) Bytes() int64 {
	return 4 * int64(cap(f.first)+cap(f.order)+cap(f.runs)+cap(f.delay)+cap(f.end))
}
