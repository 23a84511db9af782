package array

import (
	"errors"
	"math"
	"math/cmplx"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/units"
)

func row(x ...float64) *Array { return FromFloats(x, units.Dimension{}) }

// TestViewsShareMemory changes arrays through their views.
func TestViewsShareMemory(t *testing.T) {
	ok := must(t)
	a := FromFloats(Linspace(0, 11, 12, true), units.Voltage, 3, 4)
	turned := ok(a.Transpose())
	if err := turned.Set(Scalar(100, units.Voltage), At(3), At(2)); err != nil {
		t.Fatal(err)
	}
	every := ok(a.Get(Slice(nil, nil, ptr(-1)), Slice(ptr(1), nil, ptr(2))))
	if got := every.Floats(); !slices.Equal(got, []float64{9, 100, 5, 7, 1, 3}) {
		t.Errorf("got %v", got)
	}
	if err := InPlace(Mul, every, number(2)); err != nil {
		t.Fatal(err)
	}
	if got := a.Floats(); !slices.Equal(got, []float64{0, 2, 2, 6, 4, 10, 6, 14, 8, 18, 10, 200}) {
		t.Errorf("got %v", got)
	}
	picked := ok(a.Get(Pick(FromInts([]int64{0}))))
	picked.SetFloat(0, -1)
	if a.FloatAt(0) == -1 {
		t.Error("picking gives a copy")
	}
}

// TestShared leaves the owner's numbers alone: the first change copies, and views made before see it.
func TestShared(t *testing.T) {
	owned := []float64{1, 2, 3}
	a := SharedFloats(owned, units.Time)
	tail, err := a.Get(Slice(ptr(1), nil, nil))
	if err != nil {
		t.Fatal(err)
	}
	if &a.Floats()[0] != &owned[0] {
		t.Error("reading copies")
	}
	a.SetFloat(1, 20)
	if owned[1] != 2 || tail.FloatAt(0) != 20 {
		t.Errorf("the owner has %v, the view %v", owned, tail)
	}
}

// TestDimensions combines dimensions and refuses what does not fit, with the kind and units of Brian2's message.
// What was shared does not change when the array does, nor does what shares its memory because it was multiplied by 1.
func TestShare(t *testing.T) {
	ok := must(t)
	a := FromFloats(Linspace(0, 5, 6, true), units.Dimension{}, 2, 3)
	column := ok(a.Get(All(), At(1)))
	lent := a.Share()
	current := ok(Binary(Mul, a, Scalar(1, units.Current)))
	if current.Dim() != units.Current || !slices.Equal(current.Floats(), lent) {
		t.Errorf("got %v with the unit %s", current.Floats(), current.Dim())
	}
	if err := column.Set(row(7), All()); err != nil { // one value, in steps of a row
		t.Fatal(err)
	}
	if err := InPlace(Add, current, Scalar(1, units.Current)); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct{ got, want []float64 }{
		{lent, []float64{0, 1, 2, 3, 4, 5}}, {a.Floats(), []float64{0, 7, 2, 3, 7, 5}}, {current.Floats(), []float64{1, 2, 3, 4, 5, 6}}, {column.Floats(), []float64{7, 7}},
	} {
		if !slices.Equal(x.got, x.want) {
			t.Errorf("got %v, want %v", x.got, x.want)
		}
	}
}

func TestDimensions(t *testing.T) {
	volts, amps := FromFloats([]float64{1, 2}, units.Voltage), FromFloats([]float64{3, 4}, units.Current)
	plain := row(1, 2)
	for _, c := range []struct {
		op   BinaryOp
		a, b *Array
		dim  units.Dimension
		text string
	}{
		{Add, volts, volts, units.Voltage, ""},
		{Add, volts, number(0), units.Voltage, ""},
		{Sub, number(0), volts, units.Voltage, ""},
		{Mul, volts, amps, units.Power, ""},
		{Div, volts, amps, units.Resistance, ""},
		{Div, volts, volts, units.Dimensionless, ""},
		{Pow, volts, number(2), units.Voltage.Pow(2), ""},
		{Gt, volts, number(math.Inf(1)), units.Dimensionless, ""},
		{Eq, volts, number(0), units.Dimensionless, ""},
		{Add, volts, amps, units.Dimension{}, "Cannot calculate [1. 2.] V + [3. 4.] A, units do not match (units are V and A)."},
		{Lt, volts, plain, units.Dimension{}, "Cannot perform comparison [1. 2.] V < [1. 2.], units do not match (units are V and 1)."},
		{Pow, plain, volts, units.Dimension{}, "Cannot calculate [1. 2.] ** [1. 2.] V, the exponent has to be dimensionless. (unit is V)."},
		{Hypot, volts, plain, units.Dimension{}, "Both arguments for \"hypot\" should be dimensionless but first argument was [1. 2.] V (unit is V)."},
	} {
		out, err := Binary(c.op, c.a, c.b)
		switch {
		case c.text != "":
			var m *diag.Message
			if !errors.As(err, &m) || m.Kind != "DimensionMismatchError" || m.Text != c.text {
				t.Errorf("got %v, want %s", err, c.text)
			}
		case err != nil:
			t.Error(err)
		case out.Dim() != c.dim:
			t.Errorf("%v: got %v, want %v", c.op, out.Dim(), c.dim)
		}
	}
	if _, err := Apply(Named("exp"), volts); err == nil || !strings.Contains(err.Error(), "exp expects a dimensionless argument but got [1. 2.] V (unit is V).") {
		t.Error(err)
	}
}

// TestPairwise compares sums with sums of higher precision: the error stays within a few roundings.
func TestPairwise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 7, 8, 9, 127, 128, 129, 1000, 100_003} {
		x := make([]float64, n)
		high, low := 0.0, 0.0
		for i := range x {
			x[i] = r.NormFloat64()
			sum := high + x[i]
			low += (high - (sum - (sum - high))) + (x[i] - (sum - high))
			high = sum
		}
		got, err := Sum(row(x...), Axes{})
		if err != nil {
			t.Fatal(err)
		}
		if d := math.Abs(got.FloatAt(0) - (high + low)); d > 1e-13*(1+math.Sqrt(float64(n))) {
			t.Errorf("n=%d: off by %g", n, d)
		}
	}
}

// TestFFT compares with the sum that defines the transform, for all small lengths, and goes back.
func TestFFT(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for n := 1; n <= 40; n++ {
		x := make([]complex128, n)
		for i := range x {
			x[i] = complex(r.NormFloat64(), r.NormFloat64())
		}
		a, err := FFT(FromComplex(x), 0, -1, false)
		if err != nil {
			t.Fatal(err)
		}
		for k, got := range a.Complexes() {
			want := complex128(0)
			for i, v := range x {
				want += v * cmplx.Rect(1, -2*math.Pi*float64(k*i%n)/float64(n))
			}
			if cmplx.Abs(got-want) > 1e-12*float64(n) {
				t.Fatalf("n=%d k=%d: %v, want %v", n, k, got, want)
			}
		}
		back, err := FFT(a, 0, -1, true)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range back.Complexes() {
			if cmplx.Abs(got-x[i]) > 1e-13*float64(n) {
				t.Fatalf("n=%d: back to %v, want %v", n, got, x[i])
			}
		}
	}
}

// TestLinearAlgebra multiplies results back.
func TestLinearAlgebra(t *testing.T) {
	ok := must(t)
	r := rand.New(rand.NewPCG(5, 6))
	for n := 1; n < 8; n++ {
		x := make([]float64, n*n)
		for i := range x {
			x[i] = r.NormFloat64()
		}
		a := FromFloats(x, units.Dimension{}, n, n)
		if !near(ok(MatMul(a, ok(Inverse(a)))), Eye(n, n, 0, Float64)) {
			t.Errorf("n=%d: inverse", n)
		}
		b := row(x[:n]...)
		if !near(ok(MatMul(a, ok(Solve(a, b)))), b) {
			t.Errorf("n=%d: solve", n)
		}
		u, s, v, err := SVD(a)
		if err != nil {
			t.Fatal(err)
		}
		if !near(ok(MatMul(ok(Binary(Mul, u, s)), v)), a) {
			t.Errorf("n=%d: svd", n)
		}
		q, upper, err := QR(a)
		if err != nil {
			t.Fatal(err)
		}
		if !near(ok(MatMul(q, upper)), a) {
			t.Errorf("n=%d: qr", n)
		}
		symmetric := ok(MatMul(a, ok(a.Transpose())))
		values, vectors, err := EigenSymmetric(symmetric)
		if err != nil {
			t.Fatal(err)
		}
		if !near(ok(MatMul(symmetric, vectors)), ok(Binary(Mul, vectors, values))) {
			t.Errorf("n=%d: eigenvectors", n)
		}
		lower := ok(Cholesky(symmetric))
		if !near(ok(MatMul(lower, ok(lower.Transpose()))), symmetric) {
			t.Errorf("n=%d: cholesky", n)
		}
		if !near(ok(MatMul(ok(MatMul(a, ok(PseudoInverse(a, 1e-15)))), a)), a) {
			t.Errorf("n=%d: pseudo-inverse", n)
		}
	}
	if _, err := Inverse(FromFloats([]float64{1, 2, 2, 4}, units.Dimension{}, 2, 2)); err == nil {
		t.Error("a singular table has an inverse")
	}
}

// TestHistogram compares the arithmetic short way with counting by comparison, on values at the edges.
func TestHistogram(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		edges := Linspace(r.NormFloat64(), 2+r.Float64()*100, 1+r.IntN(30), true)
		if len(edges) < 2 {
			continue
		}
		values := slices.Clone(edges)
		for range 50 {
			values = append(values, r.NormFloat64()*20, math.Nextafter(edges[r.IntN(len(edges))], math.Inf(2*r.IntN(2)-1)))
		}
		got, err := Histogram(row(values...), nil, edges)
		if err != nil {
			t.Fatal(err)
		}
		want := make([]float64, len(edges)-1)
		for _, v := range values {
			for k := range want {
				if v >= edges[k] && (v < edges[k+1] || k == len(want)-1 && v == edges[k+1]) {
					want[k]++
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("edges %v: %v, want %v", edges, got, want)
		}
	}
}

// TestSortOrder checks sorting, places and searching on random rows with NaNs and repeated values.
func TestSortOrder(t *testing.T) {
	ok := must(t)
	r := rand.New(rand.NewPCG(9, 10))
	for range 100 {
		x := make([]float64, r.IntN(40))
		for i := range x {
			x[i] = float64(r.IntN(10))
			if x[i] == 9 {
				x[i] = math.NaN()
			}
		}
		a := row(x...)
		sorted, places := ok(Sort(a, ptr(-1))), ok(ArgSort(a, ptr(0)))
		if !Equal(sorted, ok(a.Get(Pick(places))), true) {
			t.Fatalf("%v sorted is %v, by places %v", a, sorted, places)
		}
		for i, v := range sorted.Floats() {
			if i > 0 && less(v, sorted.FloatAt(i-1)) {
				t.Fatalf("not sorted: %v", sorted)
			}
		}
		for _, v := range []float64{-1, 3, 8, 99, math.NaN()} {
			left, right := ok(SearchSorted(sorted, number(v), false)).IntAt(0), ok(SearchSorted(sorted, number(v), true)).IntAt(0)
			n := 0
			for _, y := range x {
				if y == v || y != y && v != v {
					n++
				}
			}
			if int(right-left) != n {
				t.Fatalf("%v occurs %d times in %v, found between %d and %d", v, n, sorted, left, right)
			}
		}
		u := Unique(a)
		if back := ok(u.Values.Get(Pick(u.Inverse))); !Equal(back, a, true) {
			t.Fatalf("unique: %v from %v", back, a)
		}
	}
}

// TestBinaryLoops compares the fast loops for arrays, numbers and both orders with the plain operations.
func TestBinaryLoops(t *testing.T) {
	ok := must(t)
	x := []float64{1.5, -2, 0, math.Inf(1), math.NaN(), 7}
	y := []float64{2, 0, -0.5, math.Inf(-1), 1, -3}
	for op := Add; op <= CopySign; op++ {
		if op.comparison() || floatOps[op] == nil {
			continue
		}
		for i := range x {
			want := floatOps[op](x[i], y[i])
			for form, got := range map[string]float64{
				"arrays": ok(Binary(op, row(x...), row(y...))).FloatAt(i),
				"number": ok(Binary(op, row(x...), number(y[i]))).FloatAt(i),
				"first":  ok(Binary(op, number(x[i]), row(y...))).FloatAt(i),
				"both":   ok(Binary(op, number(x[i]), number(y[i]))).FloatAt(0),
			} {
				if math.Float64bits(got) != math.Float64bits(want) && !(got != got && want != want) {
					t.Errorf("%v %s: %v op %v = %v, want %v", binaryNames[op].function, form, x[i], y[i], got, want)
				}
			}
		}
	}
	if err := InPlace(Add, FromInts([]int64{1}), number(0.5)); err == nil {
		t.Error("whole numbers cannot take fractions in place")
	}
}

// TestSelfOverlap updates an array from a shifted view of itself.
func TestSelfOverlap(t *testing.T) {
	ok := must(t)
	a := row(1, 2, 3, 4)
	upper, lower := ok(a.Get(Slice(ptr(1), nil, nil))), ok(a.Get(Slice(nil, ptr(-1), nil)))
	if err := InPlace(Add, upper, lower); err != nil {
		t.Fatal(err)
	}
	if err := ok(a.Flip()).Assign(a); err != nil {
		t.Fatal(err)
	}
	if got := a.Floats(); !slices.Equal(got, []float64{7, 5, 3, 1}) {
		t.Errorf("got %v", got)
	}
}
