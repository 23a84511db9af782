package array

import (
	"math"
	"slices"
	"testing"

	"synfire/units"
)

// recording is a table kept in chunks of columns, time-major, as monitors keep it.
type recording struct {
	rows, columns, chunk int
	data                 []float64 // [column][row]
}

func newRecording(rows, columns, chunk int, f func(row, column int) float64) *recording {
	r := &recording{rows, columns, chunk, make([]float64, rows*columns)}
	for c := range columns {
		for k := range rows {
			r.data[c*rows+k] = f(k, c)
		}
	}
	return r
}

func (r *recording) Shape() (rows, columns int) { return r.rows, r.columns }

func (r *recording) ReadRows(lo, hi int, dst []float64) {
	for row := lo; row < hi; row++ {
		for c := range r.columns {
			dst[(row-lo)*r.columns+c] = r.data[c*r.rows+row]
		}
	}
}

func (r *recording) VisitTiles(visit func(Tile)) {
	for c := 0; c < r.columns; c += r.chunk {
		n := min(r.chunk, r.columns-c)
		visit(Tile{Rows: r.rows, Column: c, Columns: n, Data: r.data[c*r.rows : (c+n)*r.rows], ColumnMajor: true})
	}
}

// rowReader hides everything but ReadRows.
type rowReader struct{ BlockReader }

func wave(row, column int) float64 {
	if row == 3 && column == 17 {
		return math.NaN()
	}
	return math.Sin(float64(row)*0.7+float64(column)*0.013) * 0.1
}

func must(t testing.TB) func(a *Array, err error) *Array {
	return func(a *Array, err error) *Array {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
}

// TestDeferred compares expressions over deferred arrays with the same expressions in memory.
func TestDeferred(t *testing.T) {
	readers := map[string]BlockReader{
		"tiles":    newRecording(7, 300, 32, wave),
		"rows":     rowReader{newRecording(7, 300, 32, wave)},
		"tall":     newRecording(9000, 5, 2, wave),
		"tallRows": rowReader{newRecording(9000, 5, 2, wave)},
		"wideRows": rowReader{newRecording(2, 20000, 100, wave)},
	}
	for name, reader := range readers {
		t.Run(name, func(t *testing.T) {
			ok := must(t)
			volt := units.Voltage
			memory := Deferred(reader, volt).Copy()
			rows, columns := reader.Shape()
			column := FromFloats(Linspace(-0.1, 0.1, rows, true), volt, rows, 1)
			row := FromFloats(Linspace(-0.1, 0.1, columns, true), volt)
			half, one := Scalar(0.05, volt), number(1)
			plain := func(a *Array) *Array { return ok(Binary(Div, a, Scalar(1, volt))) }
			expressions := map[string]func(a *Array) *Array{
				"itself":       func(a *Array) *Array { return a },
				"abs greater":  func(a *Array) *Array { return ok(Binary(Gt, ok(Apply(Named("abs"), a)), half)) },
				"minus column": func(a *Array) *Array { return ok(Binary(Sub, a, column)) },
				"row minus":    func(a *Array) *Array { return ok(Binary(Sub, row, a)) },
				"squared":      func(a *Array) *Array { return ok(Binary(Mul, a, a)) },
				"power":        func(a *Array) *Array { return ok(Binary(Pow, plain(a), number(3))) },
				"exp":          func(a *Array) *Array { return ok(Apply(Named("exp"), plain(a))) },
				"nan":          func(a *Array) *Array { return ok(Apply(Named("isnan"), a)) },
				"between":      func(a *Array) *Array { return ok(Binary(And, ok(Binary(Gt, a, column)), ok(Binary(Lt, a, half)))) },
				"or not": func(a *Array) *Array {
					return ok(Binary(Or, ok(Binary(Gt, a, half)), ok(Invert(ok(Binary(Le, a, row))))))
				},
				"window":         func(a *Array) *Array { return ok(a.Get(Slice(ptr(1), nil, nil), Slice(ptr(2), ptr(-1), nil))) },
				"plus one":       func(a *Array) *Array { return ok(Binary(Add, one, plain(a))) },
				"floor division": func(a *Array) *Array { return ok(Binary(FloorDiv, a, half)) },
			}
			reductions := map[string]func(a *Array, x Axes) (*Array, error){
				"any": Any, "all": Every, "sum": Sum, "mean": Mean, "max": Max, "min": Min,
				"std": func(a *Array, x Axes) (*Array, error) { return Std(a, x, 0) },
			}
			for label, f := range expressions {
				got, want := f(Deferred(reader, volt)), f(memory)
				if !got.IsDeferred() && label != "window" { // small windows are read at once
					t.Errorf("%s is not deferred", label)
				}
				if got.Dim() != want.Dim() || got.DType() != want.DType() {
					t.Errorf("%s: %v %v, want %v %v", label, got.DType(), got.Dim(), want.DType(), want.Dim())
				}
				for kind, reduce := range reductions {
					for i, axes := range []Axes{{}, Over(0), Over(1), Over(1).Keeping(true)} {
						a, err := reduce(got, axes)
						b, errB := reduce(want, axes)
						if err != nil || errB != nil {
							t.Fatal(label, kind, err, errB)
						}
						if !near(a, b) {
							t.Errorf("%s %s %d: %v, want %v", label, kind, i, a, b)
						}
					}
				}
				if copied := got.Copy(); !Equal(copied, want, true) {
					t.Errorf("%s: values differ", label)
				}
			}
			for _, axis := range []*int{nil, ptr(0), ptr(1)} {
				a, b := ok(ArgMax(Deferred(reader, volt), axis)), ok(ArgMax(memory, axis))
				if !Equal(a, b, false) {
					t.Errorf("argmax: %v, want %v", a, b)
				}
				a, b = ok(ArgMin(Deferred(reader, volt), axis)), ok(ArgMin(memory, axis))
				if !Equal(a, b, false) {
					t.Errorf("argmin: %v, want %v", a, b)
				}
			}
			mask := ok(Binary(Gt, ok(Arange(ScalarInt(0), ScalarInt(int64(rows)), ScalarInt(1))), ScalarInt(0)))
			fresh := func() *Array { return Deferred(reader, volt) }
			for _, index := range [][]Index{{At(1)}, {At(1), Slice(nil, ptr(4), nil)}, {All(), At(-1)}, {At(0), At(2)}, {Slice(nil, nil, ptr(2)), Slice(ptr(1), ptr(3), nil)},
				{Pick(FromInts([]int64{1, 0}))}, {At(1), Slice(nil, nil, ptr(-1))}, {Ellipsis(), At(0)}, {NewAxis(), At(0)}, {All(), Slice(nil, nil, ptr(-2))}, {All(), Pick(FromInts([]int64{1, 0, 1}))}, {At(1), Pick(FromInts([]int64{3, -1}))}, {Slice(nil, nil, ptr(-1)), At(1)},
				{Pick(mask), All()}, {Pick(mask), Slice(nil, nil, ptr(2))}, {Pick(mask), At(0)}, {NewAxis(), Slice(ptr(1), nil, nil)}, {Slice(ptr(5), ptr(2), nil)}} {
				a := fresh()
				got, want := ok(a.Get(index...)), ok(memory.Get(index...))
				if !Equal(got, want, true) || got.Dim() != want.Dim() {
					t.Errorf("index %v: %v, want %v", index, got, want)
				}
			}
			if a, b := fresh().String(), memory.String(); a != b {
				t.Errorf("printed %s, want %s", a, b)
			}
			if _, err := fresh().Get(At(rows)); err == nil {
				t.Error("an index beyond the end is accepted")
			}
		})
	}
}

func ptr(n int) *int { return &n }

// near compares floats up to the order of summation.
func near(a, b *Array) bool {
	if a.DType() != b.DType() || a.Dim() != b.Dim() || !slices.Equal(a.shape, b.shape) {
		return false
	}
	x, y := a.Floats(), b.Floats()
	for i := range x {
		if math.Abs(x[i]-y[i]) > 1e-10*(1+math.Abs(y[i])) || (x[i] != x[i]) != (y[i] != y[i]) {
			return false
		}
	}
	return true
}

// TestDeferredWindow reads a window that is too large to be read at once.
func TestDeferredWindow(t *testing.T) {
	ok := must(t)
	r := newRecording(300, 4000, 64, wave)
	a := ok(Deferred(r, units.Dimension{}).Get(Slice(ptr(10), nil, nil), Slice(ptr(7), ptr(3990), nil)))
	if !a.IsDeferred() {
		t.Fatal("the window was read")
	}
	row := FromFloats(Linspace(0, 1, 4000, true), units.Dimension{})
	shifted := ok(Binary(Add, Deferred(r, units.Dimension{}), row))
	b := ok(shifted.Get(Slice(ptr(10), nil, nil), Slice(ptr(7), ptr(3990), nil)))
	memory := ok(ok(Binary(Add, Deferred(r, units.Dimension{}).Copy(), row)).Get(Slice(ptr(10), nil, nil), Slice(ptr(7), ptr(3990), nil)))
	for _, axes := range []Axes{{}, Over(0), Over(1)} {
		if got, want := ok(Sum(b, axes)), ok(Sum(memory, axes)); !near(got, want) {
			t.Errorf("sum of a window differs")
		}
	}
	if !Equal(b, memory, true) {
		t.Error("values of a window differ")
	}
	if got := a.FloatAt(3); got != wave(10, 10) {
		t.Errorf("element is %v, want %v", got, wave(10, 10))
	}
}

// TestDeferredWrite changes a deferred array: the recording itself stays as it is.
func TestDeferredWrite(t *testing.T) {
	r := newRecording(3, 4, 2, wave)
	a := Deferred(r, units.Voltage)
	if err := a.Set(Scalar(7, units.Voltage), At(1), At(2)); err != nil {
		t.Fatal(err)
	}
	if a.FloatAt(6) != 7 || a.IsDeferred() {
		t.Error("the change is not seen")
	}
	if again := Deferred(r, units.Voltage); again.FloatAt(6) != wave(1, 2) {
		t.Error("the recording was changed")
	}
}

// TestGroupedMasks compares masks that know their positions with plain ones.
func TestGroupedMasks(t *testing.T) {
	ok := must(t)
	n := 5000
	indices, times := make([]int64, n), make([]float64, n)
	for i := range n {
		indices[i] = int64(i * 7919 % 97)
		times[i] = float64(i) * 1e-4
	}
	spikes, when := SharedInts(indices), SharedFloats(times, units.Time)
	for k := int64(-1); k < 99; k += 10 {
		mask := ok(Binary(Eq, spikes, ScalarInt(k)))
		if mask.buf.marks == nil {
			t.Fatal("the mask does not know its positions")
		}
		dense := mask.Copy()
		if dense.buf.marks != nil {
			t.Fatal("a copy should be plain")
		}
		got, want := ok(when.Get(Pick(mask))), ok(when.Get(Pick(dense)))
		if !Equal(got, want, false) || got.Dim() != units.Time {
			t.Errorf("k=%d: %v, want %v", k, got, want)
		}
		other := ok(Binary(Eq, spikes, ScalarInt(k+1)))
		late := ok(Binary(Gt, when, Scalar(0.2, units.Time)))
		pairs := []struct {
			name      string
			got, want *Array
		}{
			{"any", ok(Any(mask, Axes{})), ok(Any(dense, Axes{}))},
			{"sum", ok(Sum(mask, Axes{})), ok(Sum(dense, Axes{}))},
			{"invert", ok(Invert(mask)), ok(Invert(dense))},
			{"or", ok(Binary(Or, mask, other)), ok(Binary(Or, dense, other.Copy()))},
			{"and", ok(Binary(And, mask, other)), ok(Binary(And, dense, other.Copy()))},
			{"and dense", ok(Binary(And, mask, late)), ok(Binary(And, dense, late))},
			{"dense and", ok(Binary(And, late, mask)), ok(Binary(And, late, dense))},
			{"or dense", ok(Binary(Or, mask, late)), ok(Binary(Or, dense, late))},
			{"slice", ok(mask.Get(Slice(ptr(10), ptr(500), nil))), ok(dense.Get(Slice(ptr(10), ptr(500), nil)))},
			{"where", Nonzero(mask)[0], Nonzero(dense)[0]},
		}
		for _, p := range pairs {
			if !Equal(p.got, p.want, false) {
				t.Errorf("k=%d %s: %v, want %v", k, p.name, p.got, p.want)
			}
		}
		for _, i := range []int{0, 1, 17, 4999} {
			if mask.BoolAt(i) != dense.BoolAt(i) {
				t.Errorf("k=%d: element %d", k, i)
			}
		}
	}
	changed := spikes.View()
	if err := changed.Set(ScalarInt(1000), At(3)); err != nil {
		t.Fatal(err)
	}
	if indices[3] == 1000 {
		t.Error("the owner's numbers were changed")
	}
	mask := ok(Binary(Eq, spikes, ScalarInt(1000)))
	if p := mask.Positions(); len(p) != 1 || p[0] != 3 {
		t.Errorf("after a change the value stands at %v", p)
	}
	if err := mask.Set(ScalarBool(true), At(5)); err != nil {
		t.Fatal(err)
	}
	if p := mask.Positions(); len(p) != 2 || p[1] != 5 {
		t.Errorf("a changed mask has %v", p)
	}
	spread := FromInts([]int64{1 << 60, -1 << 60, 3})
	if Group(spread.Ints()) != nil {
		t.Error("values that spread far should not be grouped")
	}
}

func BenchmarkSpikesOfOneNeuron(b *testing.B) {
	n := 200_000
	indices, times := make([]int64, n), make([]float64, n)
	for i := range n {
		indices[i] = int64(i * 7919 % 10_000)
		times[i] = float64(i)
	}
	spikes, when := SharedInts(indices), SharedFloats(times, units.Time)
	for k := 0; b.Loop(); k++ {
		mask, err := Binary(Eq, spikes, ScalarInt(int64(k%10_000)))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := when.Get(Pick(mask)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInvalidNeurons is any(abs(M.v[:,:]) > 200*mV, axis=1) + isnan(M.v.sum(1)) over a tenth of 10000 neurons
// and a tenth of 50000 samples.
func BenchmarkInvalidNeurons(b *testing.B) {
	r := newRecording(10_000, 500, 64, func(row, column int) float64 { return float64(row^column) * 1e-6 })
	b.SetBytes(8 * 10_000 * 500)
	for b.Loop() {
		v := Deferred(r, units.Voltage)
		absolute, _ := Apply(Named("absolute"), v)
		beyond, _ := Binary(Gt, absolute, Scalar(0.2, units.Voltage))
		any, err := Any(beyond, Over(1))
		if err != nil {
			b.Fatal(err)
		}
		sum, _ := Sum(v, Over(1))
		nan, _ := Apply(Named("isnan"), sum)
		if out, err := Binary(Add, any, nan); err != nil || out.Size() != 10_000 {
			b.Fatal(out, err)
		}
	}
}
