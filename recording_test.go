package synfire_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/rng"
	"synfire/units"
)

// newCandidates are adaptive neurons with random parameters, driven by a step, of which v and w are recorded: the
// search for neurons by Monte Carlo.
func newCandidates(t testing.TB, n, threads int, variables ...string) (*synfire.Network, *synfire.StateMonitor, synfire.Namespace) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(4022), Threads: threads})
	mV, nS, pA := units.Millivolt.Of, units.Nanosiemens.Of, units.Picoamp.Of
	names := synfire.Namespace{
		"El": mV(-70), "Vth": mV(-50), "Vcut": mV(-20), "deltaT": mV(2), "Rin": units.Megaohm.Of(500),
		"E_e": mV(0), "E_i": mV(-80), "tau_e": ms(5), "tau_i": ms(10), "input_current": stepCurrent(t, 100, 2000, 1),
	}
	equations := synfire.NewEquations(strings.Replace(adexEquations, "(t,i)", "(t,0)", 1))
	g, err := sim.NeuronGroup(n, equations, synfire.NeuronGroupOptions{Threshold: "v > Vcut", Reset: "v = Vreset; w += b", Method: "exponential_euler"})
	check(err)
	random := rng.NewRandomState(1)
	for k := range n {
		between := func(lo, hi float64) float64 { return lo + (hi-lo)*random.Float64() }
		check(g.Set("a", nS(between(-1, 3)), synfire.At(k)))
		check(g.Set("b", pA(between(5, 50)), synfire.At(k)))
		check(g.Set("tau_m", ms(between(5, 200)), synfire.At(k)))
		check(g.Set("tau_w", ms(between(30, 100)), synfire.At(k)))
		check(g.Set("Vreset", mV(between(-60, -45)), synfire.At(k)))
	}
	check(g.Set("v", mV(-70)))
	check(g.Set("Ibias", "randn()*5*pA"))
	check(g.Set("stim_amp", 100.0))
	net := sim.Network(g)
	var m *synfire.StateMonitor
	if len(variables) > 0 {
		m, err = sim.StateMonitor(g, variables, synfire.StateMonitorOptions{})
		check(err)
		net.Add(m)
	}
	return net, m, names
}

// Whatever is recorded is what the variables are, step for step, however the network is cut into parts.
func TestRecordedIsWhatIs(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	const n, steps = 1300, 150
	names := synfire.Namespace{"tau": ms(10)}
	build := func(threads int) (*synfire.Network, *synfire.NeuronGroup, []*synfire.StateMonitor) {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(3), Threads: threads})
		g, err := sim.NeuronGroup(n, synfire.NewEquations("dv/dt = (1.2-v+0.1*I)/tau : 1\nI = sin(t/ms)*v : 1\nk : integer\ntotal : 1 (shared)"),
			synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0; k += 1", Method: "euler"})
		check(err)
		check(g.Set("v", "i/1300.0"))
		check(g.Set("total", 7.0))
		part, err := g.Slice(200, 1100)
		check(err)
		s, err := sim.Synapses(g, part, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), OnPre: "v_post += w"})
		check(err)
		check(s.Connect(synfire.Connection{Probability: 0.01}))
		check(s.Set("w", 0.01))
		var monitors []*synfire.StateMonitor
		for _, m := range []struct {
			of        synfire.Object
			variables []string
			options   synfire.StateMonitorOptions
		}{
			{g, []string{"v", "k", "total"}, synfire.StateMonitorOptions{}},
			{g, []string{"v", "I"}, synfire.StateMonitorOptions{Record: []int{1299, 5, 6, 7, 700, 5, 400, 401}}},
			{part, []string{"I", "v"}, synfire.StateMonitorOptions{When: "after_resets"}},
			{part, []string{"v"}, synfire.StateMonitorOptions{Record: []int{899, 0}, DT: ms(0.3)}},
			{s, []string{"w", "v_post"}, synfire.StateMonitorOptions{Record: []int{0, 3}}},
			{g, nil, synfire.StateMonitorOptions{}},
		} {
			monitor, err := sim.StateMonitor(m.of, m.variables, m.options)
			check(err)
			monitors = append(monitors, monitor)
		}
		net := sim.Network(g, s)
		for _, m := range monitors {
			net.Add(m)
		}
		return net, g, monitors
	}
	// The reference: one step at a time.
	net, g, reference := build(1)
	var v [][]float64
	for range steps {
		now, err := g.Get("v")
		check(err)
		v = append(v, now.Floats)
		check(net.Run(t.Context(), ms(0.1), synfire.RunOptions{Names: names}))
	}
	recording, err := reference[0].Recording("v")
	check(err)
	for k, want := range v {
		got := make([]float64, n)
		recording.ReadRectangle(0, n, k, k+1, got)
		if !slices.Equal(got, want) {
			t.Fatalf("sample %d is not what v was", k)
		}
	}
	for threads := 1; threads <= 4; threads++ {
		net, _, monitors := build(threads)
		check(net.Run(t.Context(), ms(0.1*steps/3), synfire.RunOptions{Names: names}))
		check(net.Run(t.Context(), ms(0.1*steps*2/3), synfire.RunOptions{Names: names}))
		for k, m := range monitors {
			if !slices.Equal(m.Times(), reference[k].Times()) {
				t.Errorf("%d threads: monitor %d has %d samples, want %d", threads, k, len(m.Times()), len(reference[k].Times()))
			}
			for _, name := range m.VariableNames() {
				a, err := m.Recording(name)
				check(err)
				b, err := reference[k].Recording(name)
				check(err)
				rows, columns := a.Shape()
				got, want := make([]float64, rows*columns), make([]float64, rows*columns)
				a.ReadRows(0, rows, got)
				b.ReadRows(0, rows, want)
				if !slices.Equal(got, want) || columns != len(m.Times()) {
					t.Errorf("%d threads: '%s' of monitor %d differs", threads, name, k)
				}
			}
		}
	}
}

func TestSinglePrecisionOfRecordings(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sim := synfire.New(synfire.Config{})
	g, err := sim.NeuronGroup(3, synfire.NewEquations("dv/dt = (1-v)/(10*ms) : 1"), synfire.NeuronGroupOptions{Method: "euler"})
	check(err)
	whole, err := sim.StateMonitor(g, []string{"v"}, synfire.StateMonitorOptions{})
	check(err)
	rounded, err := sim.StateMonitor(g, []string{"v"}, synfire.StateMonitorOptions{Single: true})
	check(err)
	check(sim.Network(g, whole, rounded).Run(t.Context(), ms(10), synfire.RunOptions{}))
	a, err := whole.Trace("v", 1)
	check(err)
	b, err := rounded.Trace("v", 1)
	check(err)
	for k := range a {
		if b[k] != float64(float32(a[k])) {
			t.Fatalf("sample %d is %v, want %v rounded to float32", k, b[k], a[k])
		}
	}
}

// Without room on the disk a run ends, and what was simulated is there.
func TestRecordingThatDoesNotFit(t *testing.T) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(t.TempDir(), "later")
	var warnings []*synfire.Message
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Memory: 1, TemporaryFolder: folder, Warn: func(m *synfire.Message) { warnings = append(warnings, m) }})
	g, err := sim.NeuronGroup(2000, synfire.NewEquations("dv/dt = xi/(10*ms)**0.5 : 1\nhalf = v/2 : 1"), synfire.NeuronGroupOptions{Method: "euler"})
	check(err)
	m, err := sim.StateMonitor(g, []string{"v", "half"}, synfire.StateMonitorOptions{})
	check(err)
	net := sim.Network(g, m)
	err = net.Run(t.Context(), ms(100), synfire.RunOptions{})
	var message *synfire.Message
	if !errors.As(err, &message) || message.Kind != "OSError" || !strings.HasPrefix(err.Error(), "at t=") {
		t.Fatal(err)
	}
	samples := len(m.Times())
	if reached := int(net.Time().Value/1e-4 + 0.5); samples == 0 || samples != reached {
		t.Errorf("%d samples at t=%s", samples, net.Time())
	}
	for _, name := range m.VariableNames() {
		r, err := m.Recording(name)
		check(err)
		if _, columns := r.Shape(); columns != samples {
			t.Errorf("%d samples of '%s', %d times", columns, name, samples)
		}
	}
	check(os.Mkdir(folder, 0o777))
	check(net.Run(t.Context(), ms(100), synfire.RunOptions{}))
	if len(warnings) != 1 || len(m.Times()) != samples+1000 {
		t.Errorf("%d samples after %d, warnings %v", len(m.Times()), samples, warnings)
	}
	v, err := m.Recording("v")
	check(err)
	half, err := m.Recording("half")
	check(err)
	rows, columns := v.Shape()
	a, b := make([]float64, rows*columns), make([]float64, rows*columns)
	v.ReadRows(0, rows, a)
	half.ReadRows(0, rows, b)
	for k := range a {
		if b[k] != a[k]/2 {
			t.Fatalf("value %d is %v, want half of %v", k, b[k], a[k])
		}
	}
}

func BenchmarkRecording(b *testing.B) {
	for _, variables := range [][]string{nil, {"v", "w"}} {
		name := "without"
		if variables != nil {
			name = "with"
		}
		b.Run(name, func(b *testing.B) {
			const n, steps = 10_000, 10_000
			net, _, names := newCandidates(b, n, 0, variables...)
			net.Store("start")
			for b.Loop() {
				if err := net.Restore("start", synfire.RestoreOptions{}); err != nil {
					b.Fatal(err)
				}
				if err := net.Run(b.Context(), units.Second.Of(steps*1e-4), synfire.RunOptions{Names: names}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n/steps, "ns/neuron-step")
		})
	}
}

// BenchmarkReading looks for neurons that explode, as the search for neurons does: any(abs(v[:,:]) > 200*mV, axis=1)
// and v.sum(1).
func BenchmarkReading(b *testing.B) {
	const n, steps = 10_000, 6_000
	net, m, names := newCandidates(b, n, 0, "v")
	if err := net.Run(b.Context(), units.Second.Of(steps*1e-4), synfire.RunOptions{Names: names}); err != nil {
		b.Fatal(err)
	}
	recording, err := m.Recording("v")
	if err != nil {
		b.Fatal(err)
	}
	perSample := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n/steps, "ns/sample")
	}
	b.Run("unpack", func(b *testing.B) {
		for b.Loop() {
			recording.VisitTiles(func(array.Tile) {})
		}
		perSample(b)
	})
	b.Run("any", func(b *testing.B) {
		for b.Loop() {
			absolute, _ := array.Apply(array.Named("absolute"), array.Deferred(recording, recording.Dim))
			beyond, _ := array.Binary(array.Gt, absolute, array.Scalar(0.2, recording.Dim))
			if _, err := array.Any(beyond, array.Over(1)); err != nil {
				b.Fatal(err)
			}
		}
		perSample(b)
	})
	for _, axis := range []int{0, 1} {
		b.Run(fmt.Sprintf("sum over axis %d", axis), func(b *testing.B) {
			for b.Loop() {
				if _, err := array.Sum(array.Deferred(recording, recording.Dim), array.Over(axis)); err != nil {
					b.Fatal(err)
				}
			}
			perSample(b)
		})
	}
	b.Run("one neuron", func(b *testing.B) {
		values := make([]float64, steps)
		for b.Loop() {
			recording.ReadRows(n/2, n/2+1, values)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/steps, "ns/sample")
	})
	b.Run("one moment", func(b *testing.B) {
		values := make([]float64, n)
		for b.Loop() {
			recording.ReadRectangle(0, n, steps/2, steps/2+1, values)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/sample")
	})
}
