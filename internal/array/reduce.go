package array

import (
	"math"
	"slices"

	"synfire/units"
)

// Axes says over which axes a reduction goes. The zero value means all of them.
type Axes struct {
	list []int
	some bool
	// Keep leaves the reduced axes in place, with extent 1.
	Keep bool
}

// Over reduces the given axes; without any, nothing is reduced.
func Over(axes ...int) Axes { return Axes{list: axes, some: true} }

// Keeping returns the same axes with Keep set.
func (x Axes) Keeping(keep bool) Axes {
	x.Keep = keep
	return x
}

// resolve returns which axes of an array are reduced.
func (x Axes) resolve(a *Array) ([]bool, error) {
	reduced := make([]bool, len(a.shape))
	if !x.some {
		for axis := range reduced {
			reduced[axis] = true
		}
		return reduced, nil
	}
	for _, axis := range x.list {
		at, err := a.axis(axis)
		if err != nil {
			return nil, err
		}
		if reduced[at] {
			return nil, errorf("ValueError", "duplicate value in 'axis'")
		}
		reduced[at] = true
	}
	return reduced, nil
}

// result returns the shape of a result, and the number of elements that go into each of its elements.
func (x Axes) result(a *Array, reduced []bool) (shape []int, count int) {
	shape, count = []int{}, 1
	for axis, extent := range a.shape {
		switch {
		case !reduced[axis]:
			shape = append(shape, extent)
		case x.Keep:
			shape = append(shape, 1)
			fallthrough
		default:
			count *= extent
		}
	}
	return shape, count
}

// pairwise sums as NumPy does, in blocks of 128 with eight running sums, so that results agree to the last bit.
func pairwise(x []float64) float64 {
	n := len(x)
	switch {
	case n < 8:
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		return sum
	case n <= 128:
		r := [8]float64(x[:8])
		i := 8
		for ; i < n-n%8; i += 8 {
			v := x[i : i+8 : i+8]
			for k := range r {
				r[k] += v[k]
			}
		}
		sum := ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
		for ; i < n; i++ {
			sum += x[i]
		}
		return sum
	}
	half := n / 2
	half -= half % 8
	return pairwise(x[:half]) + pairwise(x[half:])
}

// fold is a reduction of floats: along a run of neighbours, and of one row into another.
type fold struct {
	start float64 // what the result is before anything has been folded in
	run   func(sofar float64, x []float64) float64
	into  func(acc, x []float64)
}

// sumChunk is the length of NumPy's buffer: longer runs are summed in chunks of that many elements.
const sumChunk = 8192

var sumFold = fold{0, func(sofar float64, x []float64) float64 {
	for len(x) > sumChunk {
		sofar += pairwise(x[:sumChunk])
		x = x[sumChunk:]
	}
	return sofar + pairwise(x)
}, func(acc, x []float64) {
	for i, v := range x {
		acc[i] += v
	}
}}

var productFold = fold{1, func(sofar float64, x []float64) float64 {
	for _, v := range x {
		sofar *= v
	}
	return sofar
}, func(acc, x []float64) {
	for i, v := range x {
		acc[i] *= v
	}
}}

// The largest and the smallest: a NaN wins, as in NumPy.
var maxFold = fold{math.Inf(-1), func(sofar float64, x []float64) float64 {
	for _, v := range x {
		if v > sofar || v != v {
			sofar = v
			if v != v {
				return v
			}
		}
	}
	return sofar
}, func(acc, x []float64) {
	for i, v := range x {
		if v > acc[i] || v != v {
			acc[i] = v
		}
	}
}}

var minFold = fold{math.Inf(1), func(sofar float64, x []float64) float64 {
	for _, v := range x {
		if v < sofar || v != v {
			sofar = v
			if v != v {
				return v
			}
		}
	}
	return sofar
}, func(acc, x []float64) {
	for i, v := range x {
		if v < acc[i] || v != v {
			acc[i] = v
		}
	}
}}

// reduce folds the elements over the axes, in the order in which they lie in memory, as NumPy's iterator does.
func (f fold) reduce(a *Array, axes Axes) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	shape, _ := axes.result(a, reduced)
	out := Empty(Float64, units.Dimension{}, shape...)
	acc := out.buf.floats
	for i := range acc {
		acc[i] = f.start
	}
	if source := a.whole(); source != nil {
		source.foldTiles(f, acc, reduced)
		return out, nil
	}
	a.buf.materialise()
	if a.Size() == 0 {
		return out, nil
	}
	if len(a.shape) == 0 || len(a.shape) == 1 && reduced[0] {
		acc[0] = f.run(acc[0], a.Floats())
		return out, nil
	}
	// Bring the axes into the order of memory, largest step first, and lay the elements out in it.
	order := make([]int, len(a.shape))
	for axis := range order {
		order[axis] = axis
	}
	slices.SortStableFunc(order, func(p, q int) int {
		return max(a.strides[q], -a.strides[q]) - max(a.strides[p], -a.strides[p])
	})
	sorted, err := a.Transpose(order...)
	if err != nil {
		return nil, err
	}
	values := sorted.Floats()
	outStrides := keptStrides(a.shape, reduced)
	strides := make([]int, len(order))
	for i, axis := range order {
		strides[i] = outStrides[axis]
	}
	// The innermost axes that are all reduced, or all kept and dense in the result, form the run.
	last := len(order) - 1
	run := sorted.shape[last]
	first := last
	inner := reduced[order[last]]
	for first > 0 {
		axis := order[first-1]
		if reduced[axis] != inner || (!inner && strides[first-1] != run) {
			break
		}
		first--
		run *= sorted.shape[first]
	}
	dense := inner || strides[last] == 1 || sorted.shape[last] == 1
	if !dense {
		first, run = last, sorted.shape[last]
	}
	outer := &Array{shape: sorted.shape[:first], strides: strides[:first]}
	at := 0
	outer.eachPlace(func(place int) {
		x := values[at : at+run]
		at += run
		switch {
		case inner:
			acc[place] = f.run(acc[place], x)
		case dense:
			f.into(acc[place:], x)
		default:
			for i := range x {
				f.into(acc[place+i*strides[last]:], x[i:i+1])
			}
		}
	})
	return out, nil
}

// keptStrides returns the steps in a compact result for each axis of the operand: zero for reduced ones.
func keptStrides(shape []int, reduced []bool) []int {
	strides := make([]int, len(shape))
	step := 1
	for axis := len(shape) - 1; axis >= 0; axis-- {
		if !reduced[axis] {
			strides[axis] = step
			step *= shape[axis]
		}
	}
	return strides
}

// Sum adds up. Truth values are counted.
func Sum(a *Array, axes Axes) (*Array, error) {
	if m, ok := a.marked(); ok && !axes.Keep {
		return ScalarInt(int64(len(m.positions))), nil
	}
	switch a.dtype {
	case Bool, Int64:
		if a.buf.source == nil {
			return foldInts(a, axes, 0, func(sofar, x int64) int64 { return sofar + x })
		}
	case Complex128:
		return sumComplex(a, axes)
	}
	out, err := sumFold.reduce(a, axes)
	if err != nil {
		return nil, err
	}
	if a.dtype == Bool { // deferred
		return out.As(Int64), nil
	}
	out.dim = a.dim
	return out, nil
}

func sumComplex(a *Array, axes Axes) (*Array, error) {
	re, err := sumFold.reduce(Real(a), axes)
	if err != nil {
		return nil, err
	}
	im, err := sumFold.reduce(Imag(a), axes)
	if err != nil {
		return nil, err
	}
	out := Empty(Complex128, units.Dimension{}, re.shape...)
	for i := range out.buf.complexes {
		out.buf.complexes[i] = complex(re.buf.floats[i], im.buf.floats[i])
	}
	return out, nil
}

// Product multiplies all; the dimension is raised to the number of factors.
func Product(a *Array, axes Axes) (*Array, error) {
	if a.dtype <= Int64 {
		return foldInts(a, axes, 1, func(sofar, x int64) int64 { return sofar * x })
	}
	out, err := productFold.reduce(a, axes)
	if err != nil {
		return nil, err
	}
	reduced, _ := axes.resolve(a)
	_, count := axes.result(a, reduced)
	out.dim = a.dim.Pow(float64(count))
	return out, nil
}

// Max returns the largest element.
func Max(a *Array, axes Axes) (*Array, error) {
	return extreme(a, axes, "maximum", maxFold, math.MinInt64, func(sofar, x int64) int64 { return max(sofar, x) })
}

// Min returns the smallest element.
func Min(a *Array, axes Axes) (*Array, error) {
	return extreme(a, axes, "minimum", minFold, math.MaxInt64, func(sofar, x int64) int64 { return min(sofar, x) })
}

func extreme(a *Array, axes Axes, name string, f fold, start int64, g func(sofar, x int64) int64) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	if shape, count := axes.result(a, reduced); count == 0 && size(shape) > 0 {
		return nil, errorf("ValueError", "zero-size array to reduction operation %s which has no identity", name)
	}
	if a.dtype <= Int64 && a.buf.source == nil {
		out, err := foldInts(a, axes, start, g)
		if err != nil {
			return nil, err
		}
		return out.As(a.dtype), nil
	}
	out, err := f.reduce(a, axes)
	if err != nil {
		return nil, err
	}
	out.dim = a.dim
	return out.As(a.dtype), nil
}

// PeakToPeak returns the largest minus the smallest element.
func PeakToPeak(a *Array, axes Axes) (*Array, error) {
	high, err := Max(a, axes)
	if err != nil {
		return nil, err
	}
	low, err := Min(a, axes)
	if err != nil {
		return nil, err
	}
	return Binary(Sub, high, low)
}

func foldInts(a *Array, axes Axes, start int64, f func(sofar, x int64) int64) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	shape, _ := axes.result(a, reduced)
	out := Empty(Int64, units.Dimension{}, shape...)
	for i := range out.buf.ints {
		out.buf.ints[i] = start
	}
	values := a.Ints()
	places := &Array{shape: a.shape, strides: keptStrides(a.shape, reduced)}
	at := 0
	places.eachRun(func(place, stride, count int) {
		for range count {
			out.buf.ints[place] = f(out.buf.ints[place], values[at])
			place += stride
			at++
		}
	})
	return out, nil
}

// Any tells whether any element is true.
func Any(a *Array, axes Axes) (*Array, error) {
	if m, ok := a.marked(); ok && !axes.Keep {
		return ScalarBool(len(m.positions) > 0), nil
	}
	return truths(a, axes, false, true)
}

// Every tells whether all elements are true.
func Every(a *Array, axes Axes) (*Array, error) { return truths(a, axes, true, false) }

// truths looks for elements whose truth is `found`; the result is start until one turns up.
func truths(a *Array, axes Axes, start, found bool) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	shape, _ := axes.result(a, reduced)
	out := Empty(Bool, units.Dimension{}, shape...)
	bools := out.buf.bools
	for i := range bools {
		bools[i] = start
	}
	if source := a.whole(); source != nil {
		acc := make([]float64, len(bools))
		source.foldTiles(truthFold(found), acc, reduced)
		for i, x := range acc {
			if x != 0 {
				bools[i] = found
			}
		}
		return out, nil
	}
	values := a.Bools()
	places := &Array{shape: a.shape, strides: keptStrides(a.shape, reduced)}
	at := 0
	places.eachRun(func(place, stride, count int) {
		for range count {
			if values[at] == found {
				bools[place] = found
			}
			place += stride
			at++
		}
	})
	return out, nil
}

// truthFold turns 1 as soon as an element's truth is the one looked for.
func truthFold(found bool) fold {
	return fold{0, func(sofar float64, x []float64) float64 {
		if sofar != 0 {
			return sofar
		}
		for _, v := range x {
			if (v != 0) == found {
				return 1
			}
		}
		return 0
	}, func(acc, x []float64) {
		for i, v := range x {
			if (v != 0) == found {
				acc[i] = 1
			}
		}
	}}
}

// CountNonzero counts the true elements.
func CountNonzero(a *Array, axes Axes) (*Array, error) {
	if a.dtype != Bool {
		a = FromBools(a.Bools(), a.shape...)
	}
	return Sum(a, axes)
}

// Mean returns the arithmetic mean; NaN if there is nothing to average.
func Mean(a *Array, axes Axes) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	_, count := axes.result(a, reduced)
	var sum *Array
	if a.dtype == Complex128 {
		sum, err = sumComplex(a, axes)
	} else {
		sum, err = sumFold.reduce(a, axes)
	}
	if err != nil {
		return nil, err
	}
	out, err := Binary(Div, sum, number(float64(count)))
	if err != nil {
		return nil, err
	}
	out.dim = a.dim
	return out, nil
}

// Var returns the mean squared deviation, with a divisor of n - ddof.
func Var(a *Array, axes Axes, ddof float64) (*Array, error) {
	keep := axes.Keeping(true)
	if a.dtype <= Int64 && a.buf.source == nil {
		a = a.As(Float64)
	}
	mean, err := Mean(a, keep)
	if err != nil {
		return nil, err
	}
	deviation, err := Binary(Sub, a, mean)
	if err != nil {
		return nil, err
	}
	var squares *Array
	if a.dtype == Complex128 {
		squares = FromFloats(convert(deviation.Complexes(), func(x complex128) float64 { return real(x)*real(x) + imag(x)*imag(x) }), units.Dimension{}, a.shape...)
	} else if squares, err = Binary(Mul, deviation, deviation); err != nil {
		return nil, err
	}
	sum, err := sumFold.reduce(squares, axes)
	if err != nil {
		return nil, err
	}
	reduced, _ := axes.resolve(a)
	_, count := axes.result(a, reduced)
	out, err := Binary(Div, sum, number(max(float64(count)-ddof, 0)))
	if err != nil {
		return nil, err
	}
	out.dim = a.dim.Pow(2)
	return out, nil
}

// Std returns the square root of Var.
func Std(a *Array, axes Axes, ddof float64) (*Array, error) {
	variance, err := Var(a, axes, ddof)
	if err != nil {
		return nil, err
	}
	for i, x := range variance.buf.floats {
		variance.buf.floats[i] = math.Sqrt(x)
	}
	variance.dim = a.dim
	return variance, nil
}

// Real returns the real parts.
func Real(a *Array) *Array {
	if a.dtype != Complex128 {
		return a
	}
	return FromFloats(a.Floats(), a.dim, a.shape...)
}

// Imag returns the imaginary parts.
func Imag(a *Array) *Array {
	if a.dtype != Complex128 {
		return Empty(a.dtype, a.dim, a.shape...)
	}
	return FromFloats(convert(a.Complexes(), func(x complex128) float64 { return imag(x) }), a.dim, a.shape...)
}
