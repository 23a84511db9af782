package array

import (
	"math"
	"slices"
)

// Grouping knows where each value of a row of whole numbers stands.
type Grouping interface {
	// Positions returns the ascending positions of a value; nil if it does not occur. The slice must not be changed.
	Positions(value int64) []int32
}

// marks is a mask of few true positions.
type marks struct {
	length    int
	positions []int32 // ascending
}

// groups is a Grouping made by counting sort.
type groups struct {
	lowest int64
	starts []int32 // one more than there are values
	order  []int32
}

// Group returns where each value of data stands, or nil where the values spread too far for a counting sort to be worth it.
// data must not change while the result is in use.
func Group(data []int64) Grouping {
	if len(data) == 0 || len(data) > math.MaxInt32 {
		return nil
	}
	lowest, highest := slices.Min(data), slices.Max(data)
	if uint64(highest-lowest) > uint64(8*len(data)+1024) {
		return nil
	}
	g := &groups{lowest: lowest, starts: make([]int32, highest-lowest+2), order: make([]int32, len(data))}
	for _, value := range data {
		g.starts[value-lowest+1]++
	}
	for i := 1; i < len(g.starts); i++ {
		g.starts[i] += g.starts[i-1]
	}
	next := slices.Clone(g.starts)
	for at, value := range data {
		slot := &next[value-lowest]
		g.order[*slot] = int32(at)
		*slot++
	}
	return g
}

func (g *groups) Positions(value int64) []int32 {
	if value < g.lowest || value-g.lowest >= int64(len(g.starts)-1) {
		return nil
	}
	k := value - g.lowest
	return g.order[g.starts[k]:g.starts[k+1]]
}

// shortestGrouped is the length from which comparing with a number groups the values first: below it a plain
// loop is as fast.
const shortestGrouped = 512

// equalTo returns the mask a == value by way of the grouping, or nil if a is not an array that can be grouped.
func (a *Array) equalTo(value int64) *Array {
	if a.dtype != Int64 || len(a.shape) != 1 || a.offset != 0 || len(a.buf.ints) != a.shape[0] ||
		a.shape[0] < shortestGrouped || a.strides[0] != 1 {
		return nil
	}
	if a.buf.grouping == nil {
		if a.buf.grouping = Group(a.buf.ints); a.buf.grouping == nil {
			return nil
		}
	}
	return markedMask(a.shape[0], a.buf.grouping.Positions(value))
}

func markedMask(length int, positions []int32) *Array {
	return &Array{dtype: Bool, shape: []int{length}, strides: []int{1},
		buf: &buffer{marks: &marks{length, positions}}}
}

// marked returns the true positions of a mask if they are at hand.
func (a *Array) marked() (*marks, bool) {
	m := a.buf.marks
	if m == nil || len(a.shape) != 1 || a.offset != 0 || a.shape[0] != m.length || (a.shape[0] > 1 && a.strides[0] != 1) {
		return nil, false
	}
	return m, true
}

// Positions returns the places of the true elements of a mask with one axis, in ascending order.
func (a *Array) Positions() []int {
	if m, ok := a.marked(); ok {
		return convert(m.positions, func(at int32) int { return int(at) })
	}
	bools := a.Bools()
	n := 0
	for _, b := range bools {
		if b {
			n++
		}
	}
	out := make([]int, 0, n)
	for at, b := range bools {
		if b {
			out = append(out, at)
		}
	}
	return out
}

// combineMarks computes & and | of two masks whose true positions are at hand; nil if they are not.
func combineMarks(op BinaryOp, a, b *Array) *Array {
	x, okX := a.marked()
	y, okY := b.marked()
	if op == And && (okX != okY) && a.dtype == Bool && b.dtype == Bool && len(a.shape) == 1 && len(b.shape) == 1 && a.shape[0] == b.shape[0] {
		if okY {
			x, b = y, a
		}
		var both []int32
		for _, at := range x.positions {
			if b.BoolAt(int(at)) {
				both = append(both, at)
			}
		}
		return markedMask(x.length, both)
	}
	if !okX || !okY || x.length != y.length {
		return nil
	}
	var out []int32
	i, j := 0, 0
	for i < len(x.positions) && j < len(y.positions) {
		switch p, q := x.positions[i], y.positions[j]; {
		case p == q:
			out = append(out, p)
			i++
			j++
		case p < q:
			if op == Or {
				out = append(out, p)
			}
			i++
		default:
			if op == Or {
				out = append(out, q)
			}
			j++
		}
	}
	if op == Or {
		out = append(append(out, x.positions[i:]...), y.positions[j:]...)
	}
	return markedMask(x.length, out)
}
