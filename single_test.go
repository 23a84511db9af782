package synfire_test

import (
	"math"
	"testing"

	"synfire"
	"synfire/units"
)

// within demands values that lie near those of a reference.
func within(t *testing.T, what string, have, want []float64, tolerance float64) {
	t.Helper()
	if len(have) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(have), len(want))
	}
	worst := 0.0
	for k := range want {
		worst = math.Max(worst, math.Abs(have[k]-want[k]))
		if !(math.Abs(have[k]-want[k]) <= tolerance) {
			t.Fatalf("%s: value %d is %.9g, Brian2 has %.9g", what, k, have[k], want[k])
		}
	}
	t.Logf("%s: differs from Brian2 by at most %.3g", what, worst)
}

// Models in single precision, against Brian2's numpy target with default_float_dtype = float32: the same spikes, and
// variables about as near as Brian2's own two precisions are to each other (v 1e-7, 4e-7 and 1e-5 V; h 6e-5).
func TestSinglePrecisionAgreesWithBrian2(t *testing.T) {
	r := readReference(t, "testdata/brian2/single_precision.npz")
	mV, pA, nS := units.Millivolt.Of, units.Picoamp.Of, units.Nanosiemens.Of
	single := func() *synfire.Simulation {
		return synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1, Single: true})
	}
	tenth := func(m *synfire.StateMonitor, name string, elements ...int) []float64 {
		var list []float64
		for _, e := range elements {
			trace := mustHave[[]float64](t)(m.Trace(name, e))
			for k := 0; k < len(trace); k += 10 {
				list = append(list, trace[k])
			}
		}
		return list
	}
	all := func(n int) []int {
		list := make([]int, n)
		for k := range list {
			list[k] = k
		}
		return list
	}
	sameSpikes := func(t *testing.T, model string, s *synfire.SpikeMonitor) {
		t.Helper()
		within(t, "neurons", asFloats(s.Neurons()), asFloats(r.ints[model+"_i"]), 0)
		within(t, "times", s.Times(), r.floats[model+"_t"], 1e-12)
	}

	t.Run("lif", func(t *testing.T) {
		sim := single()
		g := neurons(t, sim, 50, "dv/dt = (I - v)/tau : volt (unless refractory)\nI : volt",
			synfire.NeuronGroupOptions{Threshold: "v > 10*mV", Reset: "v = 0*mV", Refractory: ms(5), Method: "exact"})
		must(t, g.Set("I", "(9 + 0.1*i)*mV"))
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : volt"), OnPre: "v_post += w", Delay: ms(1)}))
		must(t, y.Connect(synfire.Connection{Condition: "abs(i-j) < 3 and i != j"}))
		must(t, y.Set("w", "0.05*mV*(1 + (i+j) % 3)"))
		recorded := []int{0, 20, 49}
		m, s := stateMonitor(t, sim, g, synfire.StateMonitorOptions{Record: recorded}, "v"), spikeMonitor(t, sim, g)
		must(t, sim.Network(g, y, m, s).Run(t.Context(), ms(200), synfire.RunOptions{Names: synfire.Namespace{"tau": ms(10)}}))
		sameSpikes(t, "lif", s)
		within(t, "v", tenth(m, "v", recorded...), r.floats["lif_v"], 2e-7)
	})
	t.Run("adex", func(t *testing.T) {
		sim := single()
		g := neurons(t, sim, 10, "dv/dt = (gL*(EL - v) + gL*DeltaT*exp((v - VT)/DeltaT) + I - w)/C : volt\ndw/dt = (a*(v - EL) - w)/tauw : amp\nI : amp",
			synfire.NeuronGroupOptions{Threshold: "v > Vcut", Reset: "v = Vr; w += b", Method: "euler"})
		must(t, g.Set("v", mV(-70.6)))
		must(t, g.Set("I", "(0.6 + 0.1*i)*nA"))
		m, s := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v", "w"), spikeMonitor(t, sim, g)
		must(t, sim.Network(g, m, s).Run(t.Context(), ms(200), synfire.RunOptions{Names: synfire.Namespace{
			"C": units.Picofarad.Of(281), "gL": nS(30), "EL": mV(-70.6), "VT": mV(-50.4), "DeltaT": mV(2), "Vcut": mV(-40.4),
			"tauw": ms(144), "a": nS(4), "b": pA(80.5), "Vr": mV(-70.6)}}))
		sameSpikes(t, "adex", s)
		within(t, "v", tenth(m, "v", all(10)...), r.floats["adex_v"], 1e-6)
		within(t, "w", tenth(m, "w", all(10)...), r.floats["adex_w"], 1e-15)
	})
	t.Run("hh", func(t *testing.T) {
		sim := single()
		g := neurons(t, sim, 5, `dv/dt = (gl*(El-v) - gNa*(m*m*m)*h*(v-ENa) - gK*(n*n*n*n)*(v-EK) + I)/Cm : volt
			dm/dt = alpham*(1-m)-betam*m : 1
			dn/dt = alphan*(1-n)-betan*n : 1
			dh/dt = alphah*(1-h)-betah*h : 1
			alpham = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VTh)/(4*mV))/ms : Hz
			betam = 0.28*(mV**-1)*5*mV/exprel((v-VTh-40*mV)/(5*mV))/ms : Hz
			alphah = 0.128*exp((17*mV-v+VTh)/(18*mV))/ms : Hz
			betah = 4./(1+exp((40*mV-v+VTh)/(5*mV)))/ms : Hz
			alphan = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VTh)/(5*mV))/ms : Hz
			betan = .5*exp((10*mV-v+VTh)/(40*mV))/ms : Hz
			I : amp`, synfire.NeuronGroupOptions{Threshold: "v > -20*mV", Refractory: "v > -20*mV", Method: "exponential_euler"})
		must(t, g.Set("v", mV(-60)))
		must(t, g.Set("I", "0.1*i*nA + 0.05*nA"))
		m, s := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v", "h"), spikeMonitor(t, sim, g)
		must(t, sim.Network(g, m, s).Run(t.Context(), ms(100), synfire.RunOptions{Names: synfire.Namespace{
			"Cm": units.Picofarad.Of(200), "gl": nS(10), "El": mV(-60), "EK": mV(-90), "ENa": mV(50), "gNa": nS(20e3), "gK": nS(6e3), "VTh": mV(-63)}}))
		sameSpikes(t, "hh", s)
		within(t, "v", tenth(m, "v", all(5)...), r.floats["hh_v"], 1e-5)
		within(t, "h", tenth(m, "h", all(5)...), r.floats["hh_h"], 1e-4)
	})
	t.Run("stdp", func(t *testing.T) {
		sim := single()
		a := generator(t, sim, 3, []int{0, 1, 2, 0, 1, 2, 0}, scaled([]float64{1, 2, 3, 10.1, 12, 15, 40}, 1e-3)...)
		b := generator(t, sim, 2, []int{0, 1, 0, 1}, scaled([]float64{5, 6, 20, 31.3}, 1e-3)...)
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(a, b, synfire.SynapsesOptions{
			Equations: synfire.NewEquations("w : 1\ndApre/dt = -Apre/(20*ms) : 1 (event-driven)\ndApost/dt = -Apost/(25*ms) : 1 (event-driven)"),
			OnPre:     "Apre += 0.01\nw = clip(w + Apost, 0, 1)", OnPost: "Apost += -0.012\nw = clip(w + Apre, 0, 1)"}))
		must(t, y.Connect(synfire.Connection{}))
		must(t, y.Set("w", 0.5))
		run(t, sim.Network(a, b, y), ms(60))
		within(t, "w", mustHave[synfire.Values](t)(y.Get("w")).Floats, r.floats["stdp_w"], 1e-7)
		within(t, "Apre", mustHave[synfire.Values](t)(y.Get("Apre")).Floats, r.floats["stdp_Apre"], 1e-8)
	})
}

// What has 32 bits holds numbers that F32 has; times, and variables of 64 bits, hold others.
func TestBitsOfVariables(t *testing.T) {
	isSingle := func(x float64) bool { return float64(float32(x)) == x }
	for _, c := range []struct {
		single bool
		bits   map[string]int
		x, y   bool // have 32 bits
	}{
		{false, nil, false, false}, {true, nil, true, true}, {false, map[string]int{"x": 32}, true, false},
		{true, map[string]int{"": 64, "y": 32}, false, true}, {false, map[string]int{"": 32}, true, true},
	} {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1, Single: c.single})
		g := neurons(t, sim, 3, "dx/dt = -x/(10*ms) : 1\ndy/dt = (x - y)/(10*ms) : 1 (unless refractory)",
			synfire.NeuronGroupOptions{Bits: c.bits, Threshold: "y > 0.11", Reset: "y = 0.1", Refractory: ms(1)})
		must(t, g.Set("x", "1.0/3"))
		must(t, g.Set("y", "0.1"))
		run(t, sim.Network(g), ms(7.3))
		value := func(name string) float64 { return mustHave[synfire.Values](t)(g.Get(name)).Floats[1] }
		if x, y := isSingle(value("x")), isSingle(value("y")); x != c.x || y != c.y {
			t.Errorf("%+v: x is of 32 bits: %t, y: %t (%g, %g)", c, x, y, value("x"), value("y"))
		}
		if last := value("lastspike"); isSingle(last) || last < 0 {
			t.Errorf("%+v: lastspike = %g", c, last)
		}
	}
}
