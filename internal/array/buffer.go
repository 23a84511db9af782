package array

import "slices"

// buffer is the memory that an array and its views share. Exactly one of the slices is in use, unless the
// contents are still to be computed: from source (deferred) or from marks (a mask of few positions).
type buffer struct {
	floats    []float64
	ints      []int64
	bools     []bool
	complexes []complex128

	// shared says that the slice belongs to somebody else: copy before a change.
	shared bool
	// grouping tells where the values of ints stand, once somebody has asked; a change drops it.
	grouping Grouping
	// marks are the true positions of a mask whose bools have not been spread out.
	marks *marks
	// source computes the contents of a deferred array.
	source *deferred
}

// writable prepares the memory for a change.
func (b *buffer) writable() {
	b.materialise()
	b.spread()
	b.marks = nil
	b.grouping = nil
	if b.shared {
		b.shared = false
		b.floats = slices.Clone(b.floats)
		b.ints = slices.Clone(b.ints)
		b.bools = slices.Clone(b.bools)
		b.complexes = slices.Clone(b.complexes)
	}
}

// spread fills bools from the true positions, if that has not been done.
func (b *buffer) spread() {
	if b.marks == nil || b.bools != nil {
		return
	}
	b.bools = make([]bool, b.marks.length)
	for _, at := range b.marks.positions {
		b.bools[at] = true
	}
}

func (b *buffer) boolAt(at int) bool {
	if b.marks == nil || b.bools != nil {
		return b.bools[at]
	}
	_, found := slices.BinarySearch(b.marks.positions, int32(at))
	return found
}
