package array

// Nonzero returns the places of the true elements: one row of numbers per axis, in row-major order.
func Nonzero(a *Array) []*Array {
	nd := max(1, len(a.shape))
	if len(a.shape) <= 1 {
		return []*Array{FromInts(convert(a.AtLeast(1).Positions(), func(i int) int64 { return int64(i) }))}
	}
	places := make([][]int64, nd)
	for flat, true := range a.Bools() {
		if !true {
			continue
		}
		for axis := nd - 1; axis >= 0; axis-- {
			places[axis] = append(places[axis], int64(flat%a.shape[axis]))
			flat /= a.shape[axis]
		}
	}
	out := make([]*Array, nd)
	for axis := range out {
		out[axis] = FromInts(places[axis])
	}
	return out
}

// Where picks elements of x where the condition holds and of y elsewhere; all three are stretched to a common
// shape. The dimensions must agree, as in Brian2's where.
func Where(condition, x, y *Array) (*Array, error) {
	dim, err := MatchDims(x, y, "x and y need to have the same dimensions")
	if err != nil {
		return nil, err
	}
	shape, err := BroadcastShapes(condition, x, y)
	if err != nil {
		return nil, err
	}
	out := Empty(max(x.dtype, y.dtype), dim, shape...)
	if err := out.fill(y); err != nil {
		return nil, err
	}
	mask := condition.broadcast(shape)
	places := mask.Bools()
	values := x.broadcast(shape)
	choose := func(n int, set func(i int)) {
		for i := range n {
			if places[i] {
				set(i)
			}
		}
	}
	switch out.dtype {
	case Bool:
		from := values.Bools()
		choose(len(from), func(i int) { out.buf.bools[i] = from[i] })
	case Int64:
		from := values.Ints()
		choose(len(from), func(i int) { out.buf.ints[i] = from[i] })
	case Float64:
		from := values.Floats()
		choose(len(from), func(i int) { out.buf.floats[i] = from[i] })
	default:
		from := values.Complexes()
		choose(len(from), func(i int) { out.buf.complexes[i] = from[i] })
	}
	return out, nil
}
