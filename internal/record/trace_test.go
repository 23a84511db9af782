package record

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/sim"
)

// number is a value that tells where it belongs.
func number(sample, element, version int) float64 {
	return float64(version*1_000_000 + sample*1000 + element)
}

// table copies all values of a view, by rows.
func table(v *View) []float64 {
	rows, columns := v.Shape()
	values := make([]float64, rows*columns)
	v.ReadRows(0, rows, values)
	return values
}

// transposed are samples, one after the other, as rows of elements.
func transposed(samples [][]float64, elements int) []float64 {
	values := make([]float64, 0, elements*len(samples))
	for e := range elements {
		for _, sample := range samples {
			values = append(values, sample[e])
		}
	}
	return values
}

// add appends samples, as parts of a network do: each its own elements, one part after the other.
func add(t interface{ Fatal(...any) }, trace *Trace, workers Workers, samples ...[]float64) {
	if err := trace.Open(); err != nil {
		t.Fatal(err)
	}
	for _, part := range [][2]int{{trace.elements / 3, trace.elements}, {0, trace.elements / 3}} {
		for k, sample := range samples {
			trace.Put(trace.Samples()+k, part[0], sample[part[0]:part[1]])
			trace.Pack(part[0], part[1], trace.Samples()+k+1)
		}
	}
	if err := trace.Grow(workers, len(samples)); err != nil {
		t.Fatal(err)
	}
}

// A trace in which anything is done holds what a list of samples would; views never change.
func TestTraceAgainstLists(t *testing.T) {
	team := sim.NewTeam(3)
	defer team.Close()
	rapid.Check(t, func(t *rapid.T) {
		elements := rapid.SampledFrom([]int{0, 1, 4, 9, 70, 200}).Draw(t, "elements")
		as := rapid.SampledFrom([]Precision{Double, Single}).Draw(t, "precision")
		trace := NewTrace(NewPool(0, ""), as, elements)
		var list [][]float64
		version := 0
		type kept struct {
			view *View
			list [][]float64
		}
		var views []kept
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				if trace.Samples() != len(list) || trace.Elements() != elements {
					t.Fatalf("%d samples, want %d", trace.Samples(), len(list))
				}
				for _, k := range append([]kept{{trace.View(), list}}, views...) {
					if got, want := table(k.view), transposed(k.list, elements); !slices.Equal(got, want) {
						t.Fatalf("a view of %d samples differs", len(k.list))
					}
				}
			},
			"append": func(t *rapid.T) {
				version++
				var samples [][]float64
				decays := len(list) > 0 && rapid.Bool().Draw(t, "decays") // by factors that are remembered, or not
				for range rapid.IntRange(1, Room).Draw(t, "samples") {
					sample := make([]float64, elements)
					for e := range sample {
						if x := number(len(list), e, version); !decays {
							sample[e] = as.value(as.pattern(x))
						} else if e%5 > 0 {
							sample[e] = as.value(as.pattern(list[len(list)-1][e] * (0.9 + 0.01*float64((e+version/4)%9))))
						}
					}
					samples = append(samples, sample)
					list = append(slices.Clip(list), sample)
				}
				add(t, trace, team, samples...)
			},
			"view": func(*rapid.T) { views = append(views, kept{trace.View(), list}) },
			"reset": func(t *rapid.T) {
				var view *View
				list = nil
				if len(views) > 0 && rapid.Bool().Draw(t, "to a moment") {
					k := rapid.SampledFrom(views).Draw(t, "moment")
					view, list = k.view, k.list
				}
				if err := trace.Reset(view); err != nil {
					t.Fatal(err)
				}
			},
		})
	})
}

// Who goes on from a moment within a chapter does not know which factors its readers have.
func TestDecayAfterReset(t *testing.T) {
	trace := NewTrace(NewPool(0, ""), Double, tileElements)
	sample, want := make([]float64, tileElements), [][]float64{}
	decay := func(samples int, factor float64) {
		for range samples {
			for e := range sample {
				sample[e] *= factor
			}
			want = append(want, slices.Clone(sample))
			add(t, trace, nil, sample)
		}
	}
	for e := range sample {
		sample[e] = float64(e + 1)
	}
	decay(5*blockSamples, 0.99)
	if err := trace.Reset(trace.View()); err != nil {
		t.Fatal(err)
	}
	sample = make([]float64, tileElements)
	sample[3] = 1
	decay(5*blockSamples, 0.98)
	if !slices.Equal(table(trace.View()), transposed(want, tileElements)) {
		t.Error("samples differ")
	}
}

func filled(t testing.TB, pool *Pool, elements, samples int) *Trace {
	t.Helper()
	trace := NewTrace(pool, Double, elements)
	sample := make([]float64, elements)
	for s := range samples {
		for e := range sample {
			sample[e] = number(s, e, 0)
		}
		add(t, trace, nil, sample)
	}
	return trace
}

func TestPartsOfAView(t *testing.T) {
	for _, size := range [][2]int{{3, 2900}, {1, 9000}, {2000, 700}, {67, 2*chapterSamples + 5}, {5, chapterSamples}, {9, 64}, {2, 3}} {
		elements, samples := size[0], size[1]
		v := filled(t, NewPool(0, ""), elements, samples).View()
		if rows, columns := v.Shape(); rows != elements || columns != samples {
			t.Fatalf("shape %d, %d", rows, columns)
		}
		for _, r := range [][4]int{{0, 1, 0, samples}, {elements - 1, elements, samples - 1, samples}, {0, elements, samples / 3, samples/3 + 1}, {0, elements, 2, 2}, {elements / 2, elements, samples / 2, samples}, {elements / 3, elements, samples / 5, samples - samples/5}} {
			width := r[3] - r[2]
			got := make([]float64, (r[1]-r[0])*width)
			v.ReadRectangle(r[0], r[1], r[2], r[3], got)
			for k, x := range got {
				if want := number(r[2]+k%width, r[0]+k/width, 0); x != want {
					t.Fatalf("%d elements, rectangle %v: value %d is %v, want %v", elements, r, k, x, want)
				}
			}
		}
		// Tiles cover everything once, for each row in order.
		seen, column := 0, make([]int, elements)
		v.VisitTiles(func(tile array.Tile) {
			if tile.ColumnMajor || len(tile.Data) != tile.Rows*tile.Columns {
				t.Fatalf("%d elements: a tile of %d by %d at %d, %d with %d values", elements, tile.Rows, tile.Columns, tile.Row, tile.Column, len(tile.Data))
			}
			for k, x := range tile.Data {
				if want := number(tile.Column+k%tile.Columns, tile.Row+k/tile.Columns, 0); x != want {
					t.Fatalf("value %d of the tile at %d, %d is %v, want %v", k, tile.Row, tile.Column, x, want)
				}
			}
			for row := tile.Row; row < tile.Row+tile.Rows; row++ {
				if column[row] != tile.Column {
					t.Fatalf("row %d goes on at %d, want %d", row, tile.Column, column[row])
				}
				column[row] += tile.Columns
			}
			seen += len(tile.Data)
		})
		if seen != elements*samples {
			t.Errorf("%d elements: tiles have %d values, want %d", elements, seen, elements*samples)
		}
	}
}

// A visitor that panics leaves nothing running that waits.
func TestVisitorThatPanics(t *testing.T) {
	v := filled(t, NewPool(0, ""), 100, 3000).View()
	before := runtime.NumGoroutine()
	func() {
		defer func() { recover() }()
		v.VisitTiles(func(array.Tile) { panic("enough") })
	}()
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// The memory of slabs that nothing refers to is used again.
func TestMemoryReturnsToThePool(t *testing.T) {
	pool := NewPool(0, "")
	const elements, samples = 20_000, 129 // two slabs and the open rows
	trace := filled(t, pool, elements, samples)
	view := trace.View()
	if err := trace.Reset(nil); err != nil {
		t.Fatal(err)
	}
	free := func() int {
		pool.mu.Lock()
		defer pool.mu.Unlock()
		n := 0
		for _, list := range pool.free {
			n += len(list)
		}
		return n
	}
	collect := func(until func() bool) bool {
		for range 50 {
			runtime.GC()
			if until() {
				return true
			}
			time.Sleep(2 * time.Millisecond)
		}
		return false
	}
	if collect(func() bool { return free() > 0 }) {
		t.Fatal("memory that a view shows was given back")
	}
	if got := table(view)[:3]; !slices.Equal(got, []float64{number(0, 0, 0), number(1, 0, 0), number(2, 0, 0)}) {
		t.Errorf("the view shows %v after the reset", got)
	}
	slabs := len(view.slabs) + 1
	runtime.KeepAlive(view)
	view = nil
	if !collect(func() bool { return free() == slabs }) {
		t.Fatalf("%d slabs came back, want %d", free(), slabs)
	}
	again := filled(t, pool, elements, samples)
	if free() != 0 {
		t.Errorf("%d slabs are still unused", free())
	}
	runtime.KeepAlive(again)
	again = nil
	collect(func() bool { return free() == slabs })
	pool.Release()
	if free() != 0 {
		t.Error("the pool keeps memory after Release")
	}
}

// What does not fit the budget lies in the file, and reads the same.
func TestBudget(t *testing.T) {
	const elements, samples = 3000, 1000
	pool := NewPool(9<<20, t.TempDir())
	noise := rand.New(rand.NewPCG(1, 2))
	trace := NewTrace(pool, Double, elements)
	want := make([]float64, elements*samples)
	for s := range samples {
		sample := make([]float64, elements)
		for e := range sample {
			sample[e] = noise.Float64()
			want[e*samples+s] = sample[e]
		}
		add(t, trace, nil, sample)
	}
	if pool.Spilled() < 10<<20 || pool.used > 9<<20 {
		t.Fatalf("%d bytes in memory, %d in the file", pool.used, pool.Spilled())
	}
	if !slices.Equal(table(trace.View()), want) {
		t.Error("the values differ")
	}
}

// A trace that finds no memory keeps what it has, and goes on when there is some.
func TestNoMemory(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "later")
	pool := NewPool(6<<20, folder)
	noise := rand.New(rand.NewPCG(1, 2))
	const elements = 3000
	trace := NewTrace(pool, Double, elements)
	var list [][]float64
	fill := func() error {
		if err := trace.Open(); err != nil {
			return err
		}
		sample := make([]float64, elements)
		for e := range sample {
			sample[e] = noise.Float64()
		}
		trace.Put(trace.Samples(), 0, sample)
		list = append(list, sample)
		return trace.Grow(nil, 1)
	}
	var err error
	for err == nil && len(list) < 10_000 {
		err = fill()
	}
	var m *diag.Message
	if !errors.As(err, &m) || m.Kind != "OSError" {
		t.Fatalf("after %d samples: %v", len(list), err)
	}
	if err := fill(); err == nil {
		t.Fatal("it goes on without memory")
	}
	if !slices.Equal(table(trace.View()), transposed(list, elements)) {
		t.Fatal("values were lost")
	}
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if err := fill(); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(table(trace.View()), transposed(list, elements)) {
		t.Fatal("values were lost after there was memory again")
	}
}

func TestSpikes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "neurons")
		s, counter := NewSpikes(n), NewSpikes(n)
		naive := make([][]int32, n)
		const first = 3
		parts, position := 1, int32(0)
		for at := range rapid.IntRange(0, 20).Draw(t, "steps") {
			var neurons []int32
			if rapid.Bool().Draw(t, "another run") {
				parts = rapid.IntRange(1, 3).Draw(t, "parts")
				s.Divide(parts)
				counter.Divide(parts)
			}
			for k := range int32(first + n + 2) {
				if !rapid.Bool().Draw(t, "spikes") {
					continue
				}
				neurons = append(neurons, k)
				if k >= first && k < int32(first+n) {
					naive[k-first] = append(naive[k-first], position)
					position++
				}
			}
			// Each part has neurons of its own.
			for part, from := 0, int32(0); part < parts; part++ {
				stop := from + rapid.Int32Range(0, int32(first+n+2)-from).Draw(t, "neurons of a part")
				if part == parts-1 {
					stop = int32(first + n + 2)
				}
				var own []int32
				for _, k := range neurons {
					if k >= from && k < stop {
						own = append(own, k)
					}
				}
				s.Add(part, float64(at), own, first, true)
				counter.Add(part, float64(at), own, first, false)
				from = stop
			}
			if rapid.Bool().Draw(t, "asked") {
				s.Counts()
			}
		}
		for k := range naive {
			if c := int64(len(naive[k])); s.Counts()[k] != c || counter.Counts()[k] != c {
				t.Fatalf("counts %v and %v, want %d of neuron %d", s.Counts(), counter.Counts(), c, k)
			}
		}
		if s.Total() != counter.Total() || s.Total() != int64(len(s.Neurons())) || len(counter.Neurons()) > 0 || len(s.Times()) != len(s.Neurons()) || !slices.IsSorted(s.Times()) {
			t.Fatalf("totals %d and %d, %d kept at %v", s.Total(), counter.Total(), len(s.Neurons()), s.Times())
		}
		start, order := s.Trains()
		for k := range n {
			if got := order[start[k]:start[k+1]]; !slices.Equal(got, naive[k]) {
				t.Fatalf("neuron %d: %v, want %v", k, got, naive[k])
			}
		}
		copied := s.Clone()
		for k := range s.Neurons() {
			s.neurons[k], s.times[k] = -1, -1
		}
		for k := range s.Counts() {
			s.count[k] = -1
		}
		again, _ := copied.Trains()
		if !slices.Equal(again, start) || copied.Total() != int64(len(order)) || slices.Contains(copied.Counts(), -1) {
			t.Fatal("a clone changes with its original")
		}
	})
}
