package synfire_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"synfire"
	"synfire/units"
)

var ms = units.Millisecond.Of

func newSimulation(t *testing.T) *synfire.Simulation {
	t.Helper()
	return synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1})
}

// must fails the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustHave[T any](t *testing.T) func(x T, err error) T {
	return func(x T, err error) T {
		t.Helper()
		must(t, err)
		return x
	}
}

func neurons(t *testing.T, sim *synfire.Simulation, n int, equations string, options synfire.NeuronGroupOptions) *synfire.NeuronGroup {
	t.Helper()
	return mustHave[*synfire.NeuronGroup](t)(sim.NeuronGroup(n, synfire.NewEquations(equations), options))
}

func spikeMonitor(t *testing.T, sim *synfire.Simulation, g synfire.Group) *synfire.SpikeMonitor {
	t.Helper()
	return mustHave[*synfire.SpikeMonitor](t)(sim.SpikeMonitor(g, synfire.SpikeMonitorOptions{}))
}

func stateMonitor(t *testing.T, sim *synfire.Simulation, o synfire.Object, options synfire.StateMonitorOptions, names ...string) *synfire.StateMonitor {
	t.Helper()
	return mustHave[*synfire.StateMonitor](t)(sim.StateMonitor(o, names, options))
}

func generator(t *testing.T, sim *synfire.Simulation, n int, who []int, times ...float64) *synfire.SpikeGeneratorGroup {
	t.Helper()
	return mustHave[*synfire.SpikeGeneratorGroup](t)(sim.SpikeGeneratorGroup(n, who, times, synfire.SpikeGeneratorOptions{}))
}

func run(t *testing.T, net *synfire.Network, duration units.Quantity) {
	t.Helper()
	must(t, net.Run(context.Background(), duration, synfire.RunOptions{}))
}

func near(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
	for k := range want {
		if math.Abs(got[k]-want[k]) > 1e-9*math.Max(1, math.Abs(want[k])) && !(math.IsNaN(got[k]) && math.IsNaN(want[k])) {
			t.Fatalf("%s: element %d is %v, want %v\ngot  %v\nwant %v", what, k, got[k], want[k], got, want)
		}
	}
}

func inMilliseconds(times []float64) []float64 {
	scaled := slices.Clone(times)
	for k := range scaled {
		scaled[k] *= 1e3
	}
	return scaled
}

// A default monitor sees the state before the step; spikes carry the time at which their step begins.
func TestMonitorsSeeTheBeginningOfAStep(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "dv/dt = 1/ms : 1", synfire.NeuronGroupOptions{Threshold: "v >= 0.5 - 1e-9", Reset: "v = 0"})
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v")
	late := stateMonitor(t, sim, g, synfire.StateMonitorOptions{When: "after_groups"}, "v")
	s := spikeMonitor(t, sim, g)
	run(t, sim.Network(g, m, late, s), ms(1))
	near(t, "v", mustHave[[]float64](t)(m.Trace("v", 0)), []float64{0, .1, .2, .3, .4, 0, .1, .2, .3, .4})
	near(t, "v after groups", mustHave[[]float64](t)(late.Trace("v", 0)), []float64{.1, .2, .3, .4, .5, .1, .2, .3, .4, .5})
	near(t, "spikes", inMilliseconds(s.Times()), []float64{0.4, 0.9})
}

// A delay acts after the integer part of delay/dt + 0.5 steps.
func TestDelaysRoundAsBrian2Does(t *testing.T) {
	delays := []float64{0, .04, .05, .06, .1, .14, .15, .16, .25, .35, .45, 1.0}
	steps := []float64{10, 10, 11, 11, 11, 11, 11, 12, 13, 14, 15, 20}
	sim := newSimulation(t)
	source := generator(t, sim, 1, []int{0}, 1e-3)
	target := neurons(t, sim, len(delays), "acted : second", synfire.NeuronGroupOptions{})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, synfire.SynapsesOptions{OnPre: "acted_post = t"}))
	must(t, y.Connect(synfire.Connection{}))
	must(t, y.Set("delay", synfire.QuantityValues(delays, units.Millisecond)))
	run(t, sim.Network(source, target, y), ms(3))
	acted := mustHave[synfire.Values](t)(target.Get("acted")).Floats
	for k := range acted {
		acted[k] = math.Round(acted[k] / 1e-4)
	}
	near(t, "step", acted, steps)
}

// The refractory period is truncated to steps; a neuron may spike again in the step in which it ends.
func TestRefractorySpikeTimes(t *testing.T) {
	for _, c := range []struct {
		refractory float64
		want       []float64
	}{{0.3, []float64{0.1, 0.5, 0.9}}, {0.25, []float64{0.1, 0.4, 0.7}}} {
		sim := newSimulation(t)
		g := neurons(t, sim, 1, "dv/dt = 1/ms : 1 (unless refractory)",
			synfire.NeuronGroupOptions{Threshold: "v > 0.15", Reset: "v = 0", Refractory: ms(c.refractory)})
		s := spikeMonitor(t, sim, g)
		run(t, sim.Network(g, s), ms(1))
		near(t, "spikes", inMilliseconds(s.Times()), c.want)
	}
}

// Synaptic input to a refractory neuron is lost for variables that are protected.
func TestInputWhileRefractoryIsLost(t *testing.T) {
	sim := newSimulation(t)
	source := generator(t, sim, 1, []int{0, 0, 0, 0}, 0, 0.2e-3, 0.5e-3, 0.9e-3)
	g := neurons(t, sim, 1, "dv/dt = 0/ms : 1 (unless refractory)",
		synfire.NeuronGroupOptions{Threshold: "v > 0.5", Reset: "v = 0", Refractory: ms(0.5)})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, g, synfire.SynapsesOptions{OnPre: "v_post += 1"}))
	must(t, y.Connect(synfire.Connection{}))
	s := spikeMonitor(t, sim, g)
	run(t, sim.Network(source, g, y, s), ms(2))
	near(t, "spikes", inMilliseconds(s.Times()), []float64{0.1, 1.0})
}

// Event-driven variables are integrated at events only.
func TestEventDrivenEquations(t *testing.T) {
	sim := newSimulation(t)
	source := generator(t, sim, 1, []int{0, 0}, 1e-3, 3e-3)
	target := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, synfire.SynapsesOptions{
		Equations: synfire.NewEquations("dx/dt = -x/(1*ms) : 1 (event-driven)"), OnPre: "v_post = x; x += 1",
	}))
	must(t, y.Connect(synfire.Connection{}))
	must(t, y.Set("x", 1.0))
	m := stateMonitor(t, sim, target, synfire.StateMonitorOptions{}, "v")
	run(t, sim.Network(source, target, y, m), ms(5))
	v := mustHave[[]float64](t)(m.Trace("v", 0))
	near(t, "v", []float64{v[20], v[40]}, []float64{math.Exp(-1), (math.Exp(-1) + 1) * math.Exp(-2)})
	near(t, "lastupdate", mustHave[synfire.Values](t)(y.Get("lastupdate")).Floats, []float64{3e-3})
}

// Spikes in an inactive pathway stand still; those emitted meanwhile are lost.
func TestInactiveSynapsesFreezeTheirQueue(t *testing.T) {
	sim := newSimulation(t)
	source := generator(t, sim, 1, []int{0, 0}, 1e-3, 2.5e-3)
	target := neurons(t, sim, 1, "acted : second\nevents : integer", synfire.NeuronGroupOptions{})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, synfire.SynapsesOptions{OnPre: "acted_post = t; events_post += 1", Delay: ms(2)}))
	must(t, y.Connect(synfire.Connection{}))
	net := sim.Network(source, target, y)
	run(t, net, ms(2))
	y.SetActive(false)
	run(t, net, ms(5))
	y.SetActive(true)
	run(t, net, ms(5))
	near(t, "acted", mustHave[synfire.Values](t)(target.Get("acted")).Floats, []float64{8e-3})
	if events := mustHave[synfire.Values](t)(target.Get("events")).Ints; events[0] != 1 {
		t.Errorf("%d events, want 1", events[0])
	}
}

// Two runs of 2.5 steps do 3 and 2 steps.
func TestRunsThatEndBetweenSteps(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v")
	net := sim.Network(g, m)
	run(t, net, ms(0.25))
	if n := len(m.Times()); n != 3 {
		t.Errorf("%d steps in the first run, want 3", n)
	}
	run(t, net, ms(0.25))
	near(t, "times", inMilliseconds(m.Times()), []float64{0, .1, .2, .3, .4})
}

// A monitor with a clock of its own.
func TestTwoClocks(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "dv/dt = 1/ms : 1", synfire.NeuronGroupOptions{})
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{DT: ms(0.25)}, "v")
	run(t, sim.Network(g, m), ms(1))
	near(t, "v", mustHave[[]float64](t)(m.Trace("v", 0)), []float64{0, .3, .5, .8})
}

// Within a step: on_pre, then on_post, then the reset.
func TestPreBeforePostBeforeReset(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "digits : 1\ndv/dt = 1/ms : 1", synfire.NeuronGroupOptions{Threshold: "v > 0.15", Reset: "v = -100; digits = 10*digits + 3"})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{OnPre: "digits_post = 10*digits_post + 1", OnPost: "digits_post = 10*digits_post + 2"}))
	must(t, y.Connect(synfire.Connection{}))
	run(t, sim.Network(g, y), ms(1))
	near(t, "digits", mustHave[synfire.Values](t)(g.Get("digits")).Floats, []float64{123})
}

// Code whose result depends on the order runs synapse by synapse.
func TestSynapsesInTheSameStep(t *testing.T) {
	for _, c := range []struct {
		code       string
		v, u       float64
		x          []float64
		withSecond bool
	}{
		{code: "v_post += w", v: 7, x: []float64{0, 0, 0}},
		{code: "v_post += w; x = v_post; u_post += v_post", v: 7, u: 11, x: []float64{1, 3, 7}},
		{code: "x = v_post; v_post += w", v: 7, x: []float64{0, 1, 3}},
		{code: "v_post = clip(v_post+w, 0, 5)", v: 5, x: []float64{0, 0, 0}},
		{code: "v_post = w", v: 4, x: []float64{0, 0, 0}},
	} {
		sim := newSimulation(t)
		source := generator(t, sim, 3, []int{0, 1, 2}, 0, 0, 0)
		target := neurons(t, sim, 1, "v : 1\nu : 1", synfire.NeuronGroupOptions{})
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1\nx : 1"), OnPre: c.code}))
		must(t, y.Connect(synfire.Connection{}))
		must(t, y.Set("w", "2**i"))
		run(t, sim.Network(source, target, y), ms(1))
		near(t, c.code+": v", mustHave[synfire.Values](t)(target.Get("v")).Floats, []float64{c.v})
		near(t, c.code+": u", mustHave[synfire.Values](t)(target.Get("u")).Floats, []float64{c.u})
		near(t, c.code+": x", mustHave[synfire.Values](t)(y.Get("x")).Floats, c.x)
	}
}

// Synapses are numbered in the order of creation.
func TestNumberingOfSynapses(t *testing.T) {
	for _, c := range []struct {
		rule synfire.Connection
		i, j []int
	}{
		{synfire.Connection{Sources: "k for k in range(N_pre) if k != j"}, []int{1, 2, 0, 2, 0, 1}, []int{0, 0, 1, 1, 2, 2}},
		{synfire.Connection{Targets: "k for k in range(i, i+2)", Copies: 2, SkipInvalid: true}, []int{0, 0, 0, 0, 1, 1, 1, 1, 2, 2}, []int{0, 0, 1, 1, 1, 1, 2, 2, 2, 2}},
		{synfire.Connection{Condition: "i != j"}, []int{0, 0, 1, 1, 2, 2}, []int{1, 2, 0, 2, 0, 1}},
		{synfire.Connection{Targets: "i"}, []int{0, 1, 2}, []int{0, 1, 2}},
		{synfire.Connection{Targets: "i+1 if i < N_pre-1"}, []int{0, 1}, []int{1, 2}},
		{synfire.Connection{I: []int{2, 0}, J: []int{1, 1}}, []int{2, 0}, []int{1, 1}},
		{synfire.Connection{Probability: 0.0}, []int{}, []int{}},
	} {
		sim := newSimulation(t)
		g := neurons(t, sim, 3, "v : 1", synfire.NeuronGroupOptions{Threshold: "False", Reset: "v = 0"})
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{OnPre: "v_post += 1"}))
		must(t, y.Connect(c.rule))
		i, j := y.Connections()
		if !slices.Equal(i, c.i) || !slices.Equal(j, c.j) {
			t.Errorf("%+v: got i=%v j=%v, want i=%v j=%v", c.rule, i, j, c.i, c.j)
		}
	}
}

// A rate given as a string is drawn anew in each step: a Poisson process with the mean rate.
func TestPoissonRatesAsString(t *testing.T) {
	sim := newSimulation(t)
	g := mustHave[*synfire.PoissonGroup](t)(sim.PoissonGroup(1000, "rand()*1000*Hz", synfire.PoissonGroupOptions{}))
	s := spikeMonitor(t, sim, g)
	run(t, sim.Network(g, s), units.Second.Of(1))
	mean, variance := 0.0, 0.0
	for _, n := range s.Counts() {
		mean += float64(n) / 1000
	}
	for _, n := range s.Counts() {
		variance += (float64(n) - mean) * (float64(n) - mean) / 1000
	}
	if math.Abs(mean-500) > 3 || math.Abs(math.Sqrt(variance)-22.4) > 1.6 {
		t.Errorf("mean %g, sd %g, want 500 and about 22.4", mean, math.Sqrt(variance))
	}
}

// Restore leaves random numbers to go on, unless it is asked to restore them too.
func TestRestoreAndRandomNumbers(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 5, "dv/dt = -v/(1*ms) + xi*(1*ms)**-0.5 : 1", synfire.NeuronGroupOptions{Method: "euler"})
	net := sim.Network(g)
	net.Store("start")
	sample := func(options synfire.RestoreOptions) []float64 {
		must(t, net.Restore("start", options))
		run(t, net, ms(3))
		return mustHave[synfire.Values](t)(g.Get("v")).Floats
	}
	run(t, net, ms(3))
	first := mustHave[synfire.Values](t)(g.Get("v")).Floats
	second := sample(synfire.RestoreOptions{})
	if slices.Equal(first, second) {
		t.Error("restore repeats random numbers")
	}
	net.Store("later")
	must(t, net.Restore("later", synfire.RestoreOptions{RandomState: true}))
	run(t, net, ms(1))
	once := mustHave[synfire.Values](t)(g.Get("v")).Floats
	must(t, net.Restore("later", synfire.RestoreOptions{RandomState: true}))
	run(t, net, ms(1))
	if again := mustHave[synfire.Values](t)(g.Get("v")).Floats; !slices.Equal(once, again) {
		t.Error("restore with RandomState does not repeat")
	}
}

// One run equals two half runs, for any number of threads, random numbers included.
func TestHalvesAndThreadsChangeNoBit(t *testing.T) {
	simulate := func(threads int, parts ...float64) ([]float64, []float64) {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(7), Threads: threads})
		g := neurons(t, sim, 3000, "dv/dt = (1.2-v)/(10*ms) + 0.3*xi*(10*ms)**-0.5 : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0", Method: "euler"})
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{OnPre: "v_post += 0.01*rand()"}))
		must(t, y.Connect(synfire.Connection{Probability: 0.01}))
		must(t, y.Connect(synfire.Connection{Condition: "j < 500", Probability: 0.3})) // parts have unlike numbers of neurons
		must(t, y.Set("delay", "1*ms + rand()*ms"))
		must(t, g.Set("v", "rand()"))
		s := spikeMonitor(t, sim, g)
		net := sim.Network(g, y, s)
		for _, part := range parts {
			run(t, net, ms(part))
		}
		return mustHave[synfire.Values](t)(g.Get("v")).Floats, s.Times()
	}
	v, spikes := simulate(1, 20)
	if len(spikes) == 0 {
		t.Fatal("no spikes")
	}
	for _, threads := range []int{1, 2, 3} {
		v2, spikes2 := simulate(threads, 10, 10)
		if !slices.Equal(v, v2) || !slices.Equal(spikes, spikes2) {
			t.Errorf("%d threads in two halves differ", threads)
		}
	}
}
