package array

import (
	"slices"

	"synfire/units"
)

// axis resolves a negative axis number.
func (a *Array) axis(axis int) (int, error) { return wrapAxis(axis, len(a.shape)) }

func wrapAxis(axis, nd int) (int, error) {
	at := axis
	if at < 0 {
		at += nd
	}
	if at < 0 || at >= nd {
		return 0, errorf("AxisError", "axis %d is out of bounds for array of dimension %d", axis, nd)
	}
	return at, nil
}

// takeAxis copies the given places of one axis.
func (a *Array) takeAxis(places []int, axis int) *Array {
	index := make([]Index, axis+1)
	for i := range axis {
		index[i] = All()
	}
	index[axis] = Pick(FromInts(convert(places, func(i int) int64 { return int64(i) })))
	out, err := a.Get(index...)
	if err != nil {
		panic("BUG: places of an axis are within it: " + err.Error())
	}
	return out
}

// Reshape returns the array with another shape: a view where the memory allows it, else a copy. One extent may be -1.
func (a *Array) Reshape(shape ...int) (*Array, error) {
	a.buf.materialise()
	n := a.Size()
	out := clone(shape)
	known, free := 1, -1
	for axis, extent := range out {
		if extent >= 0 {
			known *= extent
			continue
		}
		if free >= 0 {
			return nil, errorf("ValueError", "can only specify one unknown dimension")
		}
		free = axis
	}
	fits := known == n
	if free >= 0 {
		fits = known != 0 && n%known == 0
		if fits {
			out[free] = n / known
		}
	}
	if !fits {
		return nil, errorf("ValueError", "cannot reshape array of size %d into shape %s", n, shapeText(shape, ","))
	}
	if !a.compact() {
		a = a.Copy()
	}
	return a.view(out, rowMajor(out), a.offset), nil
}

// Ravel returns the elements in row-major order on one axis: a view where the memory allows it.
func (a *Array) Ravel() *Array {
	out, err := a.Reshape(-1)
	if err != nil || a.Size() == 0 {
		return Empty(a.dtype, a.dim, 0)
	}
	return out
}

// Transpose returns a view with the axes in another order; without an order they are reversed.
func (a *Array) Transpose(order ...int) (*Array, error) {
	nd := len(a.shape)
	if len(order) == 0 {
		for axis := nd - 1; axis >= 0; axis-- {
			order = append(order, axis)
		}
	}
	if len(order) != nd {
		return nil, errorf("ValueError", "axes don't match array")
	}
	shape, strides := make([]int, nd), make([]int, nd)
	seen := make([]bool, nd)
	for i, axis := range order {
		at, err := a.axis(axis)
		if err != nil {
			return nil, err
		}
		if seen[at] {
			return nil, errorf("ValueError", "repeated axis in transpose")
		}
		seen[at] = true
		shape[i], strides[i] = a.shape[at], a.strides[at]
	}
	return a.view(shape, strides, a.offset), nil
}

// MoveAxis returns a view in which one axis stands elsewhere.
func (a *Array) MoveAxis(from, to int) (*Array, error) {
	from, err := a.axis(from)
	if err != nil {
		return nil, err
	}
	if to, err = a.axis(to); err != nil {
		return nil, err
	}
	var order []int
	for axis := range a.shape {
		if axis != from {
			order = append(order, axis)
		}
	}
	return a.Transpose(slices.Insert(order, to, from)...)
}

// Squeeze drops axes of extent 1: all of them, or the given ones.
func (a *Array) Squeeze(axes ...int) (*Array, error) {
	drop := make([]bool, len(a.shape))
	for _, axis := range axes {
		at, err := a.axis(axis)
		if err != nil {
			return nil, err
		}
		if a.shape[at] != 1 {
			return nil, errorf("ValueError", "cannot select an axis to squeeze out which has size not equal to one")
		}
		drop[at] = true
	}
	shape, strides := []int{}, []int{}
	for axis, extent := range a.shape {
		if drop[axis] || (len(axes) == 0 && extent == 1) {
			continue
		}
		shape, strides = append(shape, extent), append(strides, a.strides[axis])
	}
	return a.view(shape, strides, a.offset), nil
}

// ExpandDims inserts an axis of extent 1.
func (a *Array) ExpandDims(axis int) (*Array, error) {
	at, err := wrapAxis(axis, len(a.shape)+1)
	if err != nil {
		return nil, err
	}
	return a.view(slices.Insert(clone(a.shape), at, 1), slices.Insert(clone(a.strides), at, 0), a.offset), nil
}

// Flip returns a view with the given axes turned round; all of them if there is none given.
func (a *Array) Flip(axes ...int) (*Array, error) {
	strides, offset := clone(a.strides), a.offset
	if len(axes) == 0 {
		for axis := range a.shape {
			axes = append(axes, axis)
		}
	}
	for _, axis := range axes {
		at, err := a.axis(axis)
		if err != nil {
			return nil, err
		}
		if a.shape[at] > 0 {
			offset += (a.shape[at] - 1) * strides[at]
		}
		strides[at] = -strides[at]
	}
	return a.view(a.shape, strides, offset), nil
}

// Roll moves the elements along an axis by shift places, round the end; axis nil rolls the elements in
// row-major order.
func Roll(a *Array, shift int, axis *int) (*Array, error) {
	if axis == nil {
		zero := 0
		out, err := Roll(a.Ravel(), shift, &zero)
		if err != nil {
			return nil, err
		}
		return out.Reshape(a.shape...)
	}
	at, err := a.axis(*axis)
	if err != nil {
		return nil, err
	}
	n := a.shape[at]
	if n == 0 {
		return a.Copy(), nil
	}
	places := make([]int, n)
	for i := range places {
		places[i] = ((i-shift)%n + n) % n
	}
	return a.takeAxis(places, at), nil
}

// Concatenate joins arrays along an axis. Dimensions must agree in the sense of dim, which the caller decides
// (NumPy's own concatenate of quantities drops them).
func Concatenate(arrays []*Array, axis int, dim units.Dimension) (*Array, error) {
	if len(arrays) == 0 {
		return nil, errorf("ValueError", "need at least one array to concatenate")
	}
	first := arrays[0]
	if len(first.shape) == 0 {
		return nil, errorf("ValueError", "zero-dimensional arrays cannot be concatenated")
	}
	at, err := first.axis(axis)
	if err != nil {
		return nil, err
	}
	shape := clone(first.shape)
	shape[at] = 0
	dtype := Bool
	for i, a := range arrays {
		if len(a.shape) != len(shape) {
			return nil, errorf("ValueError", "all the input arrays must have same number of dimensions, but the array at index 0 has %d dimension(s) and the array at index %d has %d dimension(s)",
				len(shape), i, len(a.shape))
		}
		for k, extent := range a.shape {
			if k != at && extent != shape[k] {
				return nil, errorf("ValueError", "all the input array dimensions except for the concatenation axis must match exactly, but along dimension %d, the array at index 0 has size %d and the array at index %d has size %d",
					k, shape[k], i, extent)
			}
		}
		shape[at] += a.shape[at]
		dtype = max(dtype, a.dtype)
	}
	out := Empty(dtype, dim, shape...)
	part := 0
	for _, a := range arrays {
		extents := clone(shape)
		extents[at] = a.shape[at]
		if err := out.view(extents, out.strides, part*out.strides[at]).fill(a); err != nil {
			return nil, err
		}
		part += a.shape[at]
	}
	return out, nil
}

// Stack joins arrays of one shape along a new axis.
func Stack(arrays []*Array, axis int, dim units.Dimension) (*Array, error) {
	expanded := make([]*Array, len(arrays))
	for i, a := range arrays {
		if !slices.Equal(a.shape, arrays[0].shape) {
			return nil, errorf("ValueError", "all input arrays must have the same shape")
		}
		var err error
		if expanded[i], err = a.ExpandDims(axis); err != nil {
			return nil, err
		}
	}
	if len(arrays) == 0 {
		return nil, errorf("ValueError", "need at least one array to stack")
	}
	at, err := wrapAxis(axis, len(arrays[0].shape)+1)
	if err != nil {
		return nil, err
	}
	return Concatenate(expanded, at, dim)
}

// AtLeast returns a view with at least nd (1 or 2) axes.
func (a *Array) AtLeast(nd int) *Array {
	for len(a.shape) < nd {
		a = a.view(slices.Insert(clone(a.shape), 0, 1), slices.Insert(clone(a.strides), 0, 0), a.offset)
	}
	return a
}

// Tiled repeats the whole array along each axis.
func Tiled(a *Array, times ...int) *Array {
	for len(times) < len(a.shape) {
		times = slices.Insert(clone(times), 0, 1)
	}
	a = a.AtLeast(len(times))
	for axis, n := range times {
		if n == 1 {
			continue
		}
		places := make([]int, 0, n*a.shape[axis])
		for range n {
			for i := range a.shape[axis] {
				places = append(places, i)
			}
		}
		a = a.takeAxis(places, axis)
	}
	return a.Copy()
}

// Repeat repeats each element along an axis: counts has one number, or one per element. axis nil works on the elements
// in row-major order.
func Repeat(a *Array, counts []int64, axis *int) (*Array, error) {
	a, at, err := a.along(axis)
	if err != nil {
		return nil, err
	}
	extent := a.shape[at]
	if len(counts) != 1 && len(counts) != extent {
		return nil, errorf("ValueError", "operands could not be broadcast together with shape (%d,) (%d,)", extent, len(counts))
	}
	var places []int
	for i := range extent {
		n := counts[i%len(counts)]
		if n < 0 {
			return nil, errorf("ValueError", "repeats may not contain negative values.")
		}
		for range n {
			places = append(places, i)
		}
	}
	return a.takeAxis(places, at), nil
}

// Diagonal returns a view of the elements (i, i+k) of the last two axes of a table.
func (a *Array) Diagonal(k int) (*Array, error) {
	if len(a.shape) != 2 {
		return nil, errorf("ValueError", "diag requires an array of at least two dimensions")
	}
	rows, columns, offset := a.shape[0], a.shape[1], a.offset
	if k >= 0 {
		columns -= k
		offset += k * a.strides[1]
	} else {
		rows += k
		offset -= k * a.strides[0]
	}
	return a.view([]int{max(0, min(rows, columns))}, []int{a.strides[0] + a.strides[1]}, offset), nil
}

// Diag returns a table with the row a on its k-th diagonal.
func Diag(a *Array, k int) (*Array, error) {
	n := a.shape[0] + max(k, -k)
	out := Empty(a.dtype, a.dim, n, n)
	diagonal, err := out.Diagonal(k)
	if err != nil {
		return nil, err
	}
	return out, diagonal.fill(a)
}

// Triangle returns a copy of a table with zeros above (lower true) or below the k-th diagonal.
func Triangle(a *Array, k int, lower bool) *Array {
	out := a.Copy()
	rows, columns := a.shape[len(a.shape)-2], a.shape[len(a.shape)-1]
	for flat := range out.Size() {
		row, column := flat/columns%rows, flat%columns
		if lower && column-row > k || !lower && column-row < k {
			out.SetFloat(flat, 0)
		}
	}
	return out
}
