package array

import "synfire/units"

// Index is one item between the brackets of a[...].
type Index struct {
	kind              indexKind
	number            int
	start, stop, step *int
	array             *Array
}

type indexKind uint8

const (
	numberIndex indexKind = iota
	sliceIndex
	newAxisIndex
	ellipsisIndex
	arrayIndex
)

// At picks one element of an axis and drops the axis; negative numbers count from the end.
func At(number int) Index { return Index{kind: numberIndex, number: number} }

// Slice picks start:stop:step of an axis; nil is an end that was left out.
func Slice(start, stop, step *int) Index {
	return Index{kind: sliceIndex, start: start, stop: stop, step: step}
}

// All is the slice `:`.
func All() Index { return Index{kind: sliceIndex} }

// NewAxis inserts an axis of extent 1.
func NewAxis() Index { return Index{kind: newAxisIndex} }

// Ellipsis stands for as many whole axes as are left.
func Ellipsis() Index { return Index{kind: ellipsisIndex} }

// Pick picks elements by an array of whole numbers, or by a mask of truth values.
func Pick(a *Array) Index { return Index{kind: arrayIndex, array: a} }

// Get returns a[index...]: a view if all items are numbers, slices, new axes and ellipses, else a copy. The
// result of picking a single element has no axes.
func (a *Array) Get(index ...Index) (*Array, error) {
	if len(index) == 1 && index[0].kind == arrayIndex {
		if out, err := a.pickRows(index[0].array); out != nil || err != nil {
			return out, err
		}
	}
	if a.buf.source != nil {
		if out, err := a.getDeferred(index); out != nil || err != nil {
			return out, err
		}
		a.buf.materialise()
	}
	sel, err := a.resolve(index)
	if err != nil {
		return nil, err
	}
	if sel.picks == nil {
		return sel.base, nil
	}
	return sel.base.take(sel)
}

// selection is an index applied as far as views go: base is the view, and picks are index arrays for some of its axes.
type selection struct {
	base  *Array
	picks []*pick // one per axis of base, nil where the whole axis stays; nil if there are none at all
	// shape is the common shape of the index arrays, and first the axis of the result at which it stands.
	shape []int
	first int
}

// pick is the index array of one axis, broadcast to the common shape and with negative numbers resolved.
type pick struct{ at []int }

// resolve applies an index.
func (a *Array) resolve(index []Index) (*selection, error) {
	index, err := a.expand(index)
	if err != nil {
		return nil, err
	}
	base := a.view(nil, nil, a.offset)
	var arrays []*Array // of the axes of base; nil where it is whole
	var places []int    // positions in index of the items that pick: arrays, and numbers if there is an array
	advanced := false
	for _, item := range index {
		if item.kind == arrayIndex {
			advanced = true
		}
	}
	axis := 0
	for place, item := range index {
		switch item.kind {
		case newAxisIndex:
			base.shape, base.strides = append(base.shape, 1), append(base.strides, 0)
			arrays = append(arrays, nil)
		case numberIndex:
			at, err := a.wrapIndex(item.number, axis)
			if err != nil {
				return nil, err
			}
			if advanced {
				places = append(places, place)
			}
			base.offset += at * a.strides[axis]
			axis++
		case sliceIndex:
			start, count, step, err := item.bounds(a.shape[axis])
			if err != nil {
				return nil, err
			}
			if count > 0 {
				base.offset += start * a.strides[axis]
			}
			base.shape, base.strides = append(base.shape, count), append(base.strides, step*a.strides[axis])
			arrays = append(arrays, nil)
			axis++
		case arrayIndex:
			places = append(places, place)
			base.shape, base.strides = append(base.shape, a.shape[axis]), append(base.strides, a.strides[axis])
			arrays = append(arrays, item.array)
			axis++
		}
	}
	if base.shape == nil {
		base.shape, base.strides = []int{}, []int{}
	}
	if !advanced {
		return &selection{base: base}, nil
	}
	return base.pickAxes(arrays, index, places)
}

// pickAxes completes a selection with index arrays.
func (a *Array) pickAxes(arrays []*Array, index []Index, places []int) (*selection, error) {
	var shapes [][]int
	for _, array := range arrays {
		if array != nil {
			shapes = append(shapes, array.shape)
		}
	}
	shape, ok := broadcastShapes(shapes...)
	if !ok {
		return nil, errorf("IndexError", "shape mismatch: indexing arrays could not be broadcast together with shapes %s", shapesText(shapes))
	}
	sel := &selection{base: a, picks: make([]*pick, len(arrays)), shape: shape}
	for axis, array := range arrays {
		if array == nil {
			continue
		}
		at, err := array.broadcast(shape).positions(a.shape[axis], axis)
		if err != nil {
			return nil, err
		}
		sel.picks[axis] = &pick{at}
	}
	// The picked axes stand where they stood if they are neighbours, else in front.
	together := places[len(places)-1]-places[0] == len(places)-1
	if together {
		for _, item := range index[:places[0]] {
			if item.kind == sliceIndex || item.kind == newAxisIndex {
				sel.first++
			}
		}
	}
	return sel, nil
}

// positions returns an index array's numbers for an axis of the given extent.
func (a *Array) positions(extent, axis int) ([]int, error) {
	numbers := a.Ints()
	out := make([]int, len(numbers))
	for i, number := range numbers {
		at := number
		if at < 0 {
			at += int64(extent)
		}
		if at < 0 || at >= int64(extent) {
			return nil, errorf("IndexError", "index %d is out of bounds for axis %d with size %d", number, axis, extent)
		}
		out[i] = int(at)
	}
	return out, nil
}

func (a *Array) wrapIndex(number, axis int) (int, error) {
	at, extent := number, a.shape[axis]
	if at < 0 {
		at += extent
	}
	if at < 0 || at >= extent {
		return 0, errorf("IndexError", "index %d is out of bounds for axis %d with size %d", number, axis, extent)
	}
	return at, nil
}

// expand replaces the ellipsis and masks, and appends whole axes, so that the items other than new axes match the
// axes one to one.
func (a *Array) expand(index []Index) ([]Index, error) {
	used, ellipses := 0, 0
	for _, item := range index {
		switch {
		case item.kind == ellipsisIndex:
			ellipses++
		case item.kind == arrayIndex && item.array.dtype == Bool:
			used += len(item.array.shape)
		case item.kind != newAxisIndex:
			used++
		}
	}
	if ellipses > 1 {
		return nil, errorf("IndexError", "an index can only have a single ellipsis ('...')")
	}
	if used > len(a.shape) {
		return nil, errorf("IndexError", "too many indices for array: array is %d-dimensional, but %d were indexed", len(a.shape), used)
	}
	out := make([]Index, 0, len(a.shape)+len(index))
	axis := 0
	for _, item := range index {
		switch {
		case item.kind == ellipsisIndex:
			for range len(a.shape) - used {
				out = append(out, All())
				axis++
			}
		case item.kind == arrayIndex && item.array.dtype == Bool:
			mask := item.array
			for k, extent := range mask.shape {
				if a.shape[axis+k] != extent {
					return nil, errorf("IndexError", "boolean index did not match indexed array along dimension %d; dimension is %d but corresponding boolean dimension is %d", axis+k, a.shape[axis+k], extent)
				}
			}
			if len(mask.shape) == 0 {
				return nil, errorf("IndexError", "a single truth value cannot be an index here")
			}
			for _, positions := range Nonzero(mask) {
				out = append(out, Pick(positions))
			}
			axis += len(mask.shape)
		case item.kind == arrayIndex && item.array.dtype != Int64 && item.array.Size() > 0:
			return nil, errorf("IndexError", "arrays used as indices must be of integer (or boolean) type")
		default:
			out = append(out, item)
			if item.kind != newAxisIndex {
				axis++
			}
		}
	}
	if ellipses == 0 {
		for range len(a.shape) - used {
			out = append(out, All())
		}
	}
	return out, nil
}

// bounds returns the first element, the number of elements and the step of a slice of an axis.
func (item Index) bounds(extent int) (start, count, step int, err error) {
	step = 1
	if item.step != nil {
		step = *item.step
	}
	if step == 0 {
		return 0, 0, 0, errorf("ValueError", "slice step cannot be zero")
	}
	lowest, highest := 0, extent
	if step < 0 {
		lowest, highest = -1, extent-1
	}
	clip := func(p *int, otherwise int) int {
		if p == nil {
			return otherwise
		}
		at := *p
		if at < 0 {
			at += extent
		}
		return min(max(at, lowest), highest)
	}
	if step > 0 {
		start, stop := clip(item.start, 0), clip(item.stop, extent)
		return start, max(0, (stop-start+step-1)/step), step, nil
	}
	start, stop := clip(item.start, extent-1), clip(item.stop, -1)
	return start, max(0, (start-stop-step-1)/-step), step, nil
}

// targets returns the places in memory of the selected elements of a selection with picks, in the order of the
// result, and the result's shape.
func (sel *selection) targets() (places, shape []int) {
	base := sel.base
	var rest []int // axes that stay whole
	for axis := range base.shape {
		if sel.picks[axis] == nil {
			rest = append(rest, axis)
		}
	}
	before, after := rest[:sel.first], rest[sel.first:]
	picked := make([]int, size(sel.shape))
	for axis, p := range sel.picks {
		if p == nil {
			continue
		}
		for i, at := range p.at {
			picked[i] += at * base.strides[axis]
		}
	}
	shape = make([]int, 0, len(rest)+len(sel.shape))
	part := func(axes []int) *Array {
		v := base.view([]int{}, []int{}, 0)
		for _, axis := range axes {
			v.shape, v.strides = append(v.shape, base.shape[axis]), append(v.strides, base.strides[axis])
		}
		return v
	}
	head, tail := part(before), part(after)
	shape = append(append(append(shape, head.shape...), sel.shape...), tail.shape...)
	places = make([]int, 0, size(shape))
	head.eachPlace(func(h int) {
		for _, p := range picked {
			tail.eachPlace(func(t int) { places = append(places, base.offset+h+p+t) })
		}
	})
	return places, shape
}

// eachPlace calls f with the place in memory of each element, in row-major order.
func (a *Array) eachPlace(f func(int)) {
	a.eachRun(func(offset, stride, count int) {
		for range count {
			f(offset)
			offset += stride
		}
	})
}

// take copies the elements of a selection.
func (a *Array) take(sel *selection) (*Array, error) {
	places, shape := sel.targets()
	out := &Array{dtype: a.dtype, dim: a.dim, shape: shape, strides: rowMajor(shape), buf: &buffer{}}
	a.buf.spread()
	switch a.dtype {
	case Bool:
		out.buf.bools = at(a.buf.bools, places)
	case Int64:
		out.buf.ints = at(a.buf.ints, places)
	case Float64:
		out.buf.floats = at(a.buf.floats, places)
	default:
		out.buf.complexes = at(a.buf.complexes, places)
	}
	return out, nil
}

func at[T any](memory []T, places []int) []T {
	out := make([]T, len(places))
	for i, p := range places {
		out[i] = memory[p]
	}
	return out
}

// pickRows is the short way for one mask or one row of numbers over the first axis of an array in memory, and for rows of a deferred array.
func (a *Array) pickRows(index *Array) (*Array, error) {
	if len(index.shape) != 1 || len(a.shape) == 0 {
		return nil, nil
	}
	var rows []int
	switch {
	case index.dtype == Bool && index.shape[0] == a.shape[0]:
		if m, ok := index.marked(); ok && len(a.shape) == 1 && a.buf.source == nil {
			return a.pickMarked(m), nil
		}
		rows = index.Positions()
	case index.dtype == Int64:
		var err error
		if rows, err = index.positions(a.shape[0], 0); err != nil {
			return nil, err
		}
	default:
		return nil, nil
	}
	if source := a.whole(); source != nil {
		return a.fromRead(source.collect(rows, places(0, source.columns, 1)), len(rows), source.columns), nil
	}
	if a.buf.source != nil || len(a.shape) != 1 {
		return nil, nil
	}
	for i := range rows {
		rows[i] = a.offset + rows[i]*a.strides[0]
	}
	a.buf.spread()
	out := &Array{dtype: a.dtype, dim: a.dim, shape: []int{len(rows)}, strides: []int{1}, buf: &buffer{}}
	switch a.dtype {
	case Bool:
		out.buf.bools = at(a.buf.bools, rows)
	case Int64:
		out.buf.ints = at(a.buf.ints, rows)
	case Float64:
		out.buf.floats = at(a.buf.floats, rows)
	default:
		out.buf.complexes = at(a.buf.complexes, rows)
	}
	return out, nil
}

// pickMarked copies the few elements of a row that a mask marks.
func (a *Array) pickMarked(m *marks) *Array {
	n := len(m.positions)
	out := &Array{dtype: a.dtype, dim: a.dim, shape: []int{n}, strides: []int{1}, buf: &buffer{}}
	stride := a.strides[0]
	switch a.dtype {
	case Float64:
		out.buf.floats = make([]float64, n)
		for i, at := range m.positions {
			out.buf.floats[i] = a.buf.floats[a.offset+int(at)*stride]
		}
	case Int64:
		out.buf.ints = make([]int64, n)
		for i, at := range m.positions {
			out.buf.ints[i] = a.buf.ints[a.offset+int(at)*stride]
		}
	case Bool:
		out.buf.bools = make([]bool, n)
		for i, at := range m.positions {
			out.buf.bools[i] = a.buf.boolAt(a.offset + int(at)*stride)
		}
	default:
		out.buf.complexes = make([]complex128, n)
		for i, at := range m.positions {
			out.buf.complexes[i] = a.buf.complexes[a.offset+int(at)*stride]
		}
	}
	return out
}

// fromRead wraps values read from a deferred array.
func (a *Array) fromRead(values []float64, shape ...int) *Array {
	if a.dtype == Bool {
		return FromBools(convert(values, func(x float64) bool { return x != 0 }), shape...)
	}
	return FromFloats(values, a.dim, shape...)
}

// smallRead is the number of elements up to which a rectangle of a deferred array is read at once.
const smallRead = 1 << 20

// getDeferred indexes a deferred array with numbers and slices; nil if the index is another.
func (a *Array) getDeferred(index []Index) (*Array, error) {
	source := a.whole()
	if source == nil {
		return nil, nil
	}
	picks := 0
	for _, item := range index {
		switch {
		case item.kind == newAxisIndex:
			return nil, nil
		case item.kind == arrayIndex:
			if picks++; picks > 1 || len(item.array.shape) != 1 {
				return nil, nil
			}
		}
	}
	full, err := a.expand(index)
	if err != nil {
		return nil, err
	}
	if picks > 0 {
		return a.pickDeferred(source, full)
	}
	var lo, count, step [2]int
	shape := make([]int, 0, 2)
	for axis, item := range full {
		if item.kind == numberIndex {
			if lo[axis], err = a.wrapIndex(item.number, axis); err != nil {
				return nil, err
			}
			count[axis], step[axis] = 1, 1
			continue
		}
		if lo[axis], count[axis], step[axis], err = item.bounds(a.shape[axis]); err != nil {
			return nil, err
		}
		shape = append(shape, count[axis])
	}
	switch n := count[0] * count[1]; {
	case n == 0:
		return Empty(a.dtype, a.dim, shape...), nil
	case count[0] == source.rows && count[1] == source.columns && step == [2]int{1, 1} && len(shape) == 2:
		return a.View(), nil
	case step == [2]int{1, 1} && (n <= smallRead || len(shape) < 2):
		return a.fromRead(source.read(lo[0], lo[0]+count[0], lo[1], lo[1]+count[1]), shape...), nil
	case step == [2]int{1, 1}:
		return deferredArray(source.window(lo[0], lo[0]+count[0], lo[1], lo[1]+count[1]), a.dtype, a.dim), nil
	}
	return a.fromRead(source.collect(places(lo[0], count[0], step[0]), places(lo[1], count[1], step[1])), shape...), nil
}

// places lists count numbers from lo in equal steps.
func places(lo, count, step int) []int {
	out := make([]int, count)
	for i := range out {
		out[i] = lo + i*step
	}
	return out
}

// pickDeferred reads the rows or columns that one index array picks, and numbers or a slice the other way.
func (a *Array) pickDeferred(source *deferred, index []Index) (*Array, error) {
	var at [2][]int
	shape := make([]int, 0, 2)
	for axis, item := range index {
		switch item.kind {
		case numberIndex:
			k, err := a.wrapIndex(item.number, axis)
			if err != nil {
				return nil, err
			}
			at[axis] = []int{k}
			continue
		case sliceIndex:
			lo, count, step, err := item.bounds(a.shape[axis])
			if err != nil {
				return nil, err
			}
			at[axis] = places(lo, count, step)
		default:
			var err error
			if at[axis], err = item.array.positions(a.shape[axis], axis); err != nil {
				return nil, err
			}
		}
		shape = append(shape, len(at[axis]))
	}
	return a.fromRead(source.collect(at[0], at[1]), shape...), nil
}

// Item returns a single element as an array without axes.
func (a *Array) Item(flat int) *Array {
	switch a.dtype {
	case Bool:
		return ScalarBool(a.BoolAt(flat))
	case Int64:
		return ScalarInt(a.IntAt(flat))
	case Complex128:
		return ScalarComplex(a.ComplexAt(flat))
	}
	return Scalar(a.FloatAt(flat), a.dim)
}

// number is a dimensionless array without axes.
func number(x float64) *Array { return Scalar(x, units.Dimension{}) }
