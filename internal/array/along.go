package array

import (
	"math"
	"slices"

	"synfire/units"
)

// lines calls f for every line along an axis, with its values in a slice of its own and the number of the line.
func (a *Array) lines(axis int, f func(line int, x []float64)) error {
	moved, err := a.MoveAxis(axis, len(a.shape)-1)
	if err != nil {
		return err
	}
	n := moved.shape[len(moved.shape)-1]
	values := moved.Floats()
	for line := range size(moved.shape[:len(moved.shape)-1]) {
		f(line, slices.Clone(values[line*n:(line+1)*n]))
	}
	return nil
}

// mapLines replaces every line along an axis by f of it; lines may change their length, all to the same.
func (a *Array) mapLines(axis int, f func(x []float64) []float64) (*Array, error) {
	at, err := a.axis(axis)
	if err != nil {
		return nil, err
	}
	a.buf.materialise()
	var values []float64
	length := -1
	if err := a.lines(at, func(_ int, x []float64) {
		x = f(x)
		length = len(x)
		values = append(values, x...)
	}); err != nil {
		return nil, err
	}
	shape := append(slices.Delete(clone(a.shape), at, at+1), max(length, 0))
	if length < 0 {
		shape[len(shape)-1] = a.shape[at]
	}
	return FromFloats(values, a.dim, shape...).MoveAxis(len(shape)-1, at)
}

// CumSum returns the running sums along an axis; nil means over the elements in row-major order.
func CumSum(a *Array, axis *int) (*Array, error) {
	return cumulate(a, axis, func(x []float64) {
		for i := 1; i < len(x); i++ {
			x[i] += x[i-1]
		}
	}, func(x []int64) {
		for i := 1; i < len(x); i++ {
			x[i] += x[i-1]
		}
	})
}

// CumProd returns the running products along an axis. A dimension is refused.
func CumProd(a *Array, axis *int) (*Array, error) {
	if !a.dim.IsDimensionless() {
		return nil, errorf("TypeError", "cumprod over array elements on quantities with dimensions is not possible.")
	}
	return cumulate(a, axis, func(x []float64) {
		for i := 1; i < len(x); i++ {
			x[i] *= x[i-1]
		}
	}, func(x []int64) {
		for i := 1; i < len(x); i++ {
			x[i] *= x[i-1]
		}
	})
}

// along returns the array and the number of an axis of it; where none is given, all elements on one axis.
func (a *Array) along(axis *int) (of *Array, at int, err error) {
	if axis == nil {
		return a.Ravel(), 0, nil
	}
	at, err = a.axis(*axis)
	return a, at, err
}

func cumulate(a *Array, axis *int, f func([]float64), g func([]int64)) (*Array, error) {
	a, at, err := a.along(axis)
	if err != nil {
		return nil, err
	}
	if a.dtype <= Int64 && len(a.shape) == 1 {
		out := append([]int64(nil), a.Ints()...)
		g(out)
		return FromInts(out), nil
	}
	out, err := a.mapLines(at, func(x []float64) []float64 {
		f(x)
		return x
	})
	if err == nil && a.dtype <= Int64 {
		out = out.As(Int64)
	}
	return out, err
}

// Diff returns the n-th differences of neighbours along an axis. The dimension stays.
func Diff(a *Array, n, axis int) (*Array, error) {
	if n < 0 {
		return nil, errorf("ValueError", "order must be non-negative but got %d", n)
	}
	if len(a.shape) == 0 {
		return nil, errorf("ValueError", "diff requires input that is at least one dimensional")
	}
	at, err := a.axis(axis)
	if err != nil {
		return nil, err
	}
	for range n {
		upper, lower := make([]Index, at+1), make([]Index, at+1)
		for i := range at {
			upper[i], lower[i] = All(), All()
		}
		one, last := 1, -1
		upper[at], lower[at] = Slice(&one, nil, nil), Slice(nil, &last, nil)
		x, err := a.Get(upper...)
		if err != nil {
			return nil, err
		}
		y, err := a.Get(lower...)
		if err != nil {
			return nil, err
		}
		op := Sub
		if a.dtype == Bool {
			op = Ne
		}
		if a, err = Binary(op, x, y); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// ArgMax returns the place of the largest element along an axis; nil means among all elements in row-major order. A NaN is
// larger than everything.
func ArgMax(a *Array, axis *int) (*Array, error) { return argExtreme(a, axis, 1, "argmax") }

// ArgMin returns the place of the smallest element.
func ArgMin(a *Array, axis *int) (*Array, error) { return argExtreme(a, axis, -1, "argmin") }

func argExtreme(a *Array, axis *int, sign float64, name string) (*Array, error) {
	if axis == nil {
		if a.Size() == 0 {
			return nil, errorf("ValueError", "attempt to get %s of an empty sequence", name)
		}
		if source := a.whole(); source != nil {
			rows := source.extremes(1, sign)
			best, at := math.NaN(), -1
			for row, column := range rows {
				v := sign * source.at(row, int(column))
				if at < 0 || v > best || v != v && best == best {
					best, at = v, row*source.columns+int(column)
				}
			}
			return ScalarInt(int64(at)), nil
		}
		return ScalarInt(int64(extremeAt(a.Floats(), sign))), nil
	}
	at, err := a.axis(*axis)
	if err != nil {
		return nil, err
	}
	if a.shape[at] == 0 {
		return nil, errorf("ValueError", "attempt to get %s of an empty sequence", name)
	}
	if source := a.whole(); source != nil {
		return FromInts(source.extremes(at, sign)), nil
	}
	out, err := a.mapLines(at, func(x []float64) []float64 { return []float64{float64(extremeAt(x, sign))} })
	if err != nil {
		return nil, err
	}
	if out, err = out.Squeeze(at); err != nil {
		return nil, err
	}
	return out.WithDim(units.Dimension{}).As(Int64), nil
}

func extremeAt(x []float64, sign float64) int {
	best := 0
	for i, v := range x {
		if v != v {
			return i
		}
		if sign*v > sign*x[best] {
			best = i
		}
	}
	return best
}

// overLines applies a function of a line to an axis, or to all elements if axes are all, and drops the reduced axes.
func overLines(a *Array, axes Axes, f func(x []float64) float64) (*Array, error) {
	reduced, err := axes.resolve(a)
	if err != nil {
		return nil, err
	}
	var kept, gone []int
	for axis := range a.shape {
		if reduced[axis] {
			gone = append(gone, axis)
		} else {
			kept = append(kept, axis)
		}
	}
	shape, count := axes.result(a, reduced)
	var order *Array = a
	if len(a.shape) > 0 {
		if order, err = a.Transpose(append(kept, gone...)...); err != nil {
			return nil, err
		}
	}
	values := order.Floats()
	out := Empty(Float64, a.dim, shape...)
	for i := range out.buf.floats {
		out.buf.floats[i] = f(slices.Clone(values[i*count : (i+1)*count]))
	}
	return out, nil
}

// Median returns the middle value, NaN if there is a NaN or nothing at all.
func Median(a *Array, axes Axes) (*Array, error) { return overLines(a, axes, medianOf) }

func medianOf(x []float64) float64 {
	if len(x) == 0 || slices.ContainsFunc(x, isNaN) {
		return math.NaN()
	}
	slices.Sort(x)
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

func isNaN(x float64) bool { return x != x }

// Quantiles returns the values below which the given fractions (0 to 1) of the elements lie, interpolated
// linearly, or by method "lower", "higher", "nearest" or "midpoint". The first axis of the result counts the fractions, unless there is a
// single one without axes. The dimension is kept; NumPy's percentile of a Quantity drops it, which is up to the caller.
func Quantiles(a *Array, fractions *Array, axes Axes, method string) (*Array, error) {
	var results []*Array
	for _, q := range fractions.Floats() {
		if !(q >= 0 && q <= 1) {
			return nil, errorf("ValueError", "Quantiles must be in the range [0, 1]")
		}
		r, err := overLines(a, axes, func(x []float64) float64 { return quantileOf(x, q, method) })
		if err != nil {
			return nil, err
		}
		results = append(results, r)
	}
	if len(fractions.shape) == 0 {
		return results[0], nil
	}
	return Stack(results, 0, a.dim)
}

func quantileOf(x []float64, q float64, method string) float64 {
	if len(x) == 0 || slices.ContainsFunc(x, isNaN) {
		return math.NaN()
	}
	slices.Sort(x)
	place := q * float64(len(x)-1)
	below := math.Floor(place)
	low, high := x[int(below)], x[min(int(below)+1, len(x)-1)]
	t := place - below
	switch method {
	case "lower":
		return low
	case "higher":
		return x[int(math.Ceil(place))]
	case "nearest":
		return x[int(math.RoundToEven(place))]
	case "midpoint":
		if t == 0 {
			return low
		}
		return low + (high-low)*0.5
	}
	// NumPy's interpolation, from whichever end is nearer.
	if t >= 0.5 {
		return high - (high-low)*(1-t)
	}
	return low + (high-low)*t
}

// SkipNaN returns a reduction that leaves NaNs out: f gets the other values of each line. Where a line is empty afterwards the result is `empty`.
func SkipNaN(a *Array, axes Axes, empty float64, f func(x []float64) float64) (*Array, error) {
	return overLines(a, axes, func(x []float64) float64 {
		x = slices.DeleteFunc(x, isNaN)
		if len(x) == 0 {
			return empty
		}
		return f(x)
	})
}

// Average returns the weighted mean.
func Average(a, weights *Array, axes Axes) (*Array, error) {
	if !slices.Equal(a.shape, weights.shape) {
		if !axes.some || len(weights.shape) != 1 {
			return nil, errorf("TypeError", "Axis must be specified when shapes of a and weights differ.")
		}
		at, err := a.axis(axes.list[0])
		if err != nil {
			return nil, err
		}
		if a.shape[at] != weights.shape[0] {
			return nil, errorf("ValueError", "Length of weights not compatible with specified axis.")
		}
		shape := make([]int, len(a.shape))
		for i := range shape {
			shape[i] = 1
		}
		shape[at] = weights.shape[0]
		if weights, err = weights.Reshape(shape...); err != nil {
			return nil, err
		}
		weights = weights.broadcast(a.shape)
	}
	plain := weights.WithDim(units.Dimension{})
	product, err := Binary(Mul, a, plain)
	if err != nil {
		return nil, err
	}
	sum, err := Sum(product, axes)
	if err != nil {
		return nil, err
	}
	total, err := Sum(plain, axes)
	if err != nil {
		return nil, err
	}
	return Binary(Div, sum, total)
}
