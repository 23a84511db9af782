package array

import (
	"math"
	"slices"
	"sort"

	"synfire/units"
)

// Convolve returns the discrete convolution of two rows: mode "full", "same" (as long as the longer one) or
// "valid" (only where they overlap completely).
func Convolve(a, v *Array, mode string) (*Array, error) {
	if a.Size() == 0 || v.Size() == 0 {
		name := "a"
		if a.Size() > 0 {
			name = "v"
		}
		return nil, errorf("ValueError", "%s cannot be empty", name)
	}
	x, y := a.Floats(), v.Floats()
	if len(y) > len(x) {
		x, y = y, x
	}
	out, err := slide(x, y, mode, true)
	if err != nil {
		return nil, err
	}
	result := FromFloats(out, units.Dimension{})
	if max(a.dtype, v.dtype) <= Int64 {
		return result.As(Int64), nil
	}
	return result, nil
}

// Correlate returns the sums of products of a with v shifted along it.
func Correlate(a, v *Array, mode string) (*Array, error) {
	if a.Size() == 0 || v.Size() == 0 {
		return nil, errorf("ValueError", "array of sample points is empty")
	}
	x, y := a.Floats(), v.Floats()
	swapped := len(y) > len(x)
	if swapped {
		x, y = y, x
	}
	out, err := slide(x, y, mode, false)
	if err != nil {
		return nil, err
	}
	if swapped {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	result := FromFloats(out, a.dim)
	if max(a.dtype, v.dtype) <= Int64 {
		return result.As(Int64), nil
	}
	return result, nil
}

// slide sums products of x with y at every shift; y is turned round for a convolution and not longer than x.
func slide(x, y []float64, mode string, turned bool) ([]float64, error) {
	n, m := len(x), len(y)
	weights := y
	if turned {
		weights = make([]float64, m)
		for i, v := range y {
			weights[m-1-i] = v
		}
	}
	first, count := 0, n+m-1
	switch mode {
	case "full":
	case "same":
		// As many values as x has, in the middle; of two middles the earlier one.
		first, count = (m-1)/2, n
	case "valid":
		first, count = m-1, n-m+1
	default:
		return nil, errorf("ValueError", "mode must be one of 'valid', 'same', or 'full' (got '%s')", mode)
	}
	out := make([]float64, count)
	for k := range out {
		shift := first + k - (m - 1) // weights[j] meets x[shift+j]
		sum := 0.0
		for j := max(0, -shift); j < m && shift+j < n; j++ {
			sum += float64(x[shift+j] * weights[j])
		}
		out[k] = sum
	}
	return out, nil
}

// Interp interpolates linearly between points with ascending places xp and values fp; left and right are the results outside.
func Interp(x, xp, fp *Array, left, right *float64) (*Array, error) {
	places, values := xp.Floats(), fp.Floats()
	if len(places) != len(values) {
		return nil, errorf("ValueError", "fp and xp are not of the same length.")
	}
	if len(places) == 0 {
		return nil, errorf("ValueError", "array of sample points is empty")
	}
	n := len(places)
	below, above := values[0], values[n-1]
	if left != nil {
		below = *left
	}
	if right != nil {
		above = *right
	}
	out := Empty(Float64, units.Dimension{}, x.shape...)
	for i, v := range x.Floats() {
		switch {
		case v != v:
			out.buf.floats[i] = v
		case v < places[0]:
			out.buf.floats[i] = below
		case v > places[n-1]:
			out.buf.floats[i] = above
		default:
			k := sort.Search(n, func(k int) bool { return places[k] > v }) - 1
			if k == n-1 || places[k] == v {
				out.buf.floats[i] = values[k]
				continue
			}
			slope := (values[k+1] - values[k]) / (places[k+1] - places[k])
			y := float64(slope*(v-places[k])) + values[k]
			if y != y {
				y = float64(slope*(v-places[k+1])) + values[k+1]
				if y != y && values[k] == values[k+1] {
					y = values[k]
				}
			}
			out.buf.floats[i] = y
		}
	}
	return out, nil
}

// Trapz integrates by the trapezoidal rule along an axis, over places x or in steps dx. Dimensions multiply.
func Trapz(y, x, dx *Array, axis int) (*Array, error) {
	at, err := y.axis(axis)
	if err != nil {
		return nil, err
	}
	step := dx
	if x != nil {
		along := -1
		if len(x.shape) == len(y.shape) {
			along = at
		}
		if step, err = Diff(x, 1, along); err != nil {
			return nil, err
		}
		if len(x.shape) == 1 && len(y.shape) > 1 {
			shape := make([]int, len(y.shape))
			for i := range shape {
				shape[i] = 1
			}
			shape[at] = step.Size()
			if step, err = step.Reshape(shape...); err != nil {
				return nil, err
			}
		}
	}
	upper, lower := make([]Index, at+1), make([]Index, at+1)
	for i := range at {
		upper[i], lower[i] = All(), All()
	}
	one, last := 1, -1
	upper[at], lower[at] = Slice(&one, nil, nil), Slice(nil, &last, nil)
	high, err := y.Get(upper...)
	if err != nil {
		return nil, err
	}
	low, err := y.Get(lower...)
	if err != nil {
		return nil, err
	}
	sum, err := Binary(Add, high, low)
	if err != nil {
		return nil, err
	}
	product, err := Binary(Mul, step, sum)
	if err != nil {
		return nil, err
	}
	halves, err := Binary(Div, product, number(2))
	if err != nil {
		return nil, err
	}
	return Sum(halves, Over(at))
}

// Gradient returns central differences along an axis, one-sided at the ends. Spacing is a single step or the places of the
// elements.
func Gradient(a, spacing *Array, axis int) (*Array, error) {
	at, err := a.axis(axis)
	if err != nil {
		return nil, err
	}
	n := a.shape[at]
	if n < 2 {
		return nil, errorf("ValueError", "Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.")
	}
	var places []float64
	if spacing.Size() > 1 {
		if places = spacing.Floats(); len(places) != n {
			return nil, errorf("ValueError", "when 1d, distances must match the length of the corresponding dimension")
		}
		places = evenly(places)
	}
	single := 1.0
	if len(places) == 1 {
		single = places[0]
	} else if spacing.Size() == 1 {
		single = spacing.FloatAt(0)
	}
	out, err := a.As(Float64).mapLines(at, func(x []float64) []float64 {
		g := make([]float64, n)
		for i := 1; i < n-1; i++ {
			if len(places) > 1 {
				d1, d2 := places[i]-places[i-1], places[i+1]-places[i]
				p, q, r := -d2/(d1*(d1+d2)), (d2-d1)/(d1*d2), d1/(d2*(d1+d2))
				g[i] = float64(p*x[i-1]) + float64(q*x[i]) + float64(r*x[i+1])
			} else {
				g[i] = (x[i+1] - x[i-1]) / (2 * single)
			}
		}
		first, last := single, single
		if len(places) > 1 {
			first, last = places[1]-places[0], places[n-1]-places[n-2]
		}
		g[0] = (x[1] - x[0]) / first
		g[n-1] = (x[n-1] - x[n-2]) / last
		return g
	})
	if err != nil {
		return nil, err
	}
	return out.WithDim(a.dim.Div(spacing.dim)), nil
}

// evenly returns the common step alone if the places have one.
func evenly(places []float64) []float64 {
	step := places[1] - places[0]
	for i := 2; i < len(places); i++ {
		if places[i]-places[i-1] != step {
			return places
		}
	}
	return []float64{step}
}

// Unwrap adds multiples of 2 pi to a row of angles so that neighbours differ by at most pi.
func Unwrap(x []float64) []float64 {
	out := append([]float64(nil), x...)
	correction := 0.0
	for i := 1; i < len(x); i++ {
		d := x[i] - x[i-1]
		_, m := divMod(d+math.Pi, 2*math.Pi)
		m -= math.Pi
		if m == -math.Pi && d > 0 {
			m = math.Pi
		}
		if math.Abs(d) >= math.Pi {
			correction += m - d
		}
		out[i] = x[i] + correction
	}
	return out
}

// PolyVal evaluates a polynomial, highest power first.
func PolyVal(coefficients []float64, x *Array) *Array {
	return FromFloats(convert(x.Floats(), func(x float64) float64 {
		y := 0.0
		for _, c := range coefficients {
			y = float64(y*x) + c
		}
		return y
	}), units.Dimension{}, x.shape...)
}

// Round rounds to a number of decimals, halves to even; the dimension stays.
func Round(a *Array, decimals int) (*Array, error) {
	if a.dtype <= Int64 {
		if decimals >= 0 {
			return a.Copy(), nil
		}
		p := math.Pow(10, float64(-decimals))
		return FromInts(convert(a.Ints(), func(x int64) int64 { return int64(math.RoundToEven(float64(x)/p) * p) }), a.shape...), nil
	}
	p := math.Pow(10, math.Abs(float64(decimals)))
	f := &Function{Name: "round", Dim: KeepsDim, Float: func(x float64) float64 {
		switch {
		case decimals > 0:
			return math.RoundToEven(x*p) / p
		case decimals < 0:
			return math.RoundToEven(x/p) * p
		}
		return math.RoundToEven(x)
	}}
	f.Complex = func(x complex128) complex128 { return complex(f.Float(real(x)), f.Float(imag(x))) }
	return Apply(f, a)
}

// Clip limits the elements; nil is no limit.
func Clip(a, low, high *Array) (*Array, error) {
	for _, limit := range []*Array{low, high} {
		if limit == nil {
			continue
		}
		if a.dim != limit.dim && !(limit.isZero() || a.isZero()) {
			return nil, units.Mismatch("clip", a.dim, limit.dim)
		}
	}
	dim := a.dim
	out := a.WithDim(units.Dimension{})
	var err error
	if low != nil {
		if out, err = Binary(Maximum, out, low.WithDim(units.Dimension{})); err != nil {
			return nil, err
		}
	}
	if high != nil {
		if out, err = Binary(Minimum, out, high.WithDim(units.Dimension{})); err != nil {
			return nil, err
		}
	}
	if low == nil && high == nil {
		return nil, errorf("ValueError", "One of max or min must be given")
	}
	return out.WithDim(dim), nil
}

// IsClose tells where abs(a-b) <= atol + rtol*abs(b).
func IsClose(a, b *Array, rtol, atol float64, equalNaN bool) (*Array, error) {
	shape, err := BroadcastShapes(a, b)
	if err != nil {
		return nil, err
	}
	x, y := a.broadcast(shape).Floats(), b.broadcast(shape).Floats()
	out := make([]bool, len(x))
	for i := range x {
		switch p, q := x[i], y[i]; {
		case p != p || q != q:
			out[i] = equalNaN && p != p && q != q
		case math.IsInf(p, 0) || math.IsInf(q, 0):
			out[i] = p == q
		default:
			out[i] = math.Abs(p-q) <= atol+float64(rtol*math.Abs(q))
		}
	}
	return FromBools(out, shape...), nil
}

// Equal reports whether two arrays have the same shape and elements.
func Equal(a, b *Array, equalNaN bool) bool {
	if !slices.Equal(a.shape, b.shape) {
		return false
	}
	if max(a.dtype, b.dtype) == Complex128 {
		x, y := a.Complexes(), b.Complexes()
		for i := range x {
			if x[i] != y[i] {
				return false
			}
		}
		return true
	}
	x, y := a.Floats(), b.Floats()
	for i := range x {
		if x[i] != y[i] && !(equalNaN && x[i] != x[i] && y[i] != y[i]) {
			return false
		}
	}
	return true
}
