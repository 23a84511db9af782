package synfire_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"synfire"
	"synfire/units"
)

// brian2Scenario reads what Brian2 did in one scenario of testdata/brian2/semantics.py.
func brian2Scenario(t *testing.T, name string) map[string][]float64 {
	t.Helper()
	data, err := os.ReadFile("testdata/brian2/semantics.json")
	must(t, err)
	var all map[string]json.RawMessage
	must(t, json.Unmarshal(data, &all))
	var scenario map[string][]float64
	must(t, json.Unmarshal(all[name], &scenario))
	return scenario
}

// floats returns the values of a variable as floats.
func floats(t *testing.T, of interface {
	Get(string, ...synfire.Option) (synfire.Values, error)
}, name string, options ...synfire.Option) []float64 {
	t.Helper()
	values := mustHave[synfire.Values](t)(of.Get(name, options...))
	list := make([]float64, values.Len())
	for k := range list {
		list[k] = values.Float(k)
	}
	return list
}

func asFloats[T int | int32 | int64](list []T) []float64 {
	result := make([]float64, len(list))
	for k, x := range list {
		result[k] = float64(x)
	}
	return result
}

// recorded returns all traces of a variable, one after the other.
func recorded(t *testing.T, m *synfire.StateMonitor, name string) []float64 {
	t.Helper()
	var all []float64
	for _, k := range m.Elements() {
		all = append(all, mustHave[[]float64](t)(m.Trace(name, k))...)
	}
	return all
}

func synapses(t *testing.T, sim *synfire.Simulation, source, target synfire.Group, options synfire.SynapsesOptions, rules ...synfire.Connection) *synfire.Synapses {
	t.Helper()
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, options))
	for _, rule := range rules {
		must(t, y.Connect(rule))
	}
	return y
}

func nearSpikes(t *testing.T, s *synfire.SpikeMonitor, i, times []float64) {
	t.Helper()
	near(t, "neurons of the spikes", asFloats(s.Neurons()), i)
	near(t, "times of the spikes", inMilliseconds(s.Times()), inMilliseconds(times))
}

func scaled(values []float64, factor float64) []float64 {
	result := make([]float64, len(values))
	for k, x := range values {
		result[k] = x * factor
	}
	return result
}

func TestGeneratorsAgreeWithBrian2(t *testing.T) {
	for _, c := range []struct {
		scenario string
		n        int
		who      []int
		times    []float64 // ms
		period   float64
		runs     []float64
	}{
		{"generator_bins", 4, []int{0, 1, 2, 3}, []float64{0.05, 0.1, 0.15, 0.1999}, 0, []float64{1}},
		{"generator_order", 4, []int{2, 0, 3, 1}, []float64{0.18, 0.15, 0.12, 0.31}, 0, []float64{1}},
		{"generator_period", 3, []int{0, 1, 2}, []float64{0, 0.2, 0.5}, 0.7, []float64{1, 1.1}},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			want, sim := brian2Scenario(t, c.scenario), newSimulation(t)
			p := mustHave[*synfire.SpikeGeneratorGroup](t)(sim.SpikeGeneratorGroup(c.n, c.who, scaled(c.times, 1e-3), synfire.SpikeGeneratorOptions{Period: ms(c.period)}))
			s := spikeMonitor(t, sim, p)
			net := sim.Network(p, s)
			for _, duration := range c.runs {
				run(t, net, ms(duration))
			}
			nearSpikes(t, s, want["i"], want["t"])
		})
	}
}

func TestTimedArraysAgreeWithBrian2(t *testing.T) {
	array := func(values []float64, columns int, dt float64) synfire.Namespace {
		return synfire.Namespace{"f": mustHave[*synfire.TimedArray](t)(synfire.NewTimedArray("f", values, columns, units.Dimension{}, ms(dt)))}
	}
	count := func(n int) []float64 {
		list := make([]float64, n)
		for k := range list {
			list[k] = float64(k)
		}
		return list
	}
	for _, c := range []struct {
		scenario, equations, variable string
		n                             int
		names                         synfire.Namespace
		duration                      float64
	}{
		{"timed_array_steps", "x = f(t) : 1", "x", 1, array([]float64{1, 2, 3, 4}, 0, 1), 5},
		{"timed_array_fine", "x = f(t) : 1", "x", 1, array([]float64{1, 2, 3}, 0, 0.05), 0.3},
		{"timed_array_odd", "dv/dt = f(t)/ms : 1", "v", 1, array(count(8), 0, 0.25), 2.5},
		{"timed_array_columns", "x = f(t, i) : 1", "x", 4, array(count(12), 4, 0.2), 0.8},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			sim := newSimulation(t)
			g := neurons(t, sim, c.n, c.equations, synfire.NeuronGroupOptions{})
			m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, c.variable)
			must(t, sim.Network(g, m).Run(t.Context(), ms(c.duration), synfire.RunOptions{Names: c.names}))
			near(t, c.variable, recorded(t, m, c.variable), brian2Scenario(t, c.scenario)[c.variable])
		})
	}
	sampled := array([]float64{0, 1, 2}, 0, 1)["f"].(*synfire.TimedArray)
	for _, c := range []struct{ t, want float64 }{{-1, 0}, {0.996, 0}, {0.9961, 1}, {1.5, 1}, {9, 2}} {
		if got := sampled.At(c.t*1e-3, 0, 1e-4); got != c.want {
			t.Errorf("at %g ms: %g, want %g", c.t, got, c.want)
		}
	}
}

// Numbers in a subgroup are relative, in monitors, in code and in synapses; rates are those of its neurons.
func TestSubgroupsAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "subgroups"), newSimulation(t)
	g := neurons(t, sim, 6, "dv/dt = (i + 1)/ms : 1\nw : 1", synfire.NeuronGroupOptions{Threshold: "v > 0.95", Reset: "v = 0; w += 1"})
	a, b := mustHave[*synfire.Subgroup](t)(g.Slice(1, 4)), mustHave[*synfire.Subgroup](t)(g.Slice(2, 6))
	p, q := spikeMonitor(t, sim, a), spikeMonitor(t, sim, b)
	r := mustHave[*synfire.PopulationRateMonitor](t)(sim.PopulationRateMonitor(b, ""))
	y := synapses(t, sim, a, b, synfire.SynapsesOptions{OnPre: "w_post += 10*(i + 1) + 0.1*j"}, synfire.Connection{Condition: "i != j"})
	must(t, b.Set("w", "100*i"))
	m := stateMonitor(t, sim, b, synfire.StateMonitorOptions{Record: []int{0, 3}}, "w")
	run(t, sim.Network(g, p, q, r, y, m), ms(1.5))
	nearSpikes(t, p, want["p_i"], want["p_t"])
	near(t, "spikes of the second", asFloats(q.Neurons()), want["q_i"])
	near(t, "counts", asFloats(q.Counts()), want["counts"])
	near(t, "rate", r.Rates(), want["rate"])
	near(t, "S.i", floats(t, y, "i"), want["s_i"])
	near(t, "S.j", floats(t, y, "j"), want["s_j"])
	near(t, "w", floats(t, g, "w"), want["w"])
	near(t, "recorded w", recorded(t, m, "w"), want["m"])
	near(t, "i", floats(t, b, "i"), want["b_i"])
	// Brian2 counts from the first neuron of the whole group.
	near(t, "N_outgoing", asFloats(y.Outgoing()), want["outgoing"][1:])
	near(t, "N_incoming", asFloats(y.Incoming()), want["incoming"][2:])
	// Recorded numbers are relative too, unlike Brian2's.
	if again := mustHave[*synfire.Subgroup](t)(b.Slice(1, 3)); again.Len() != 2 {
		t.Errorf("a part of a part has %d neurons", again.Len())
	} else if start, stop := again.Bounds(); start != 3 || stop != 5 {
		t.Errorf("a part of a part is [%d, %d) of the group", start, stop)
	}
	other := newSimulation(t)
	g2 := neurons(t, other, 6, "v : 1", synfire.NeuronGroupOptions{})
	number := stateMonitor(t, other, mustHave[*synfire.Subgroup](t)(g2.Slice(2, 6)), synfire.StateMonitorOptions{}, "i")
	run(t, other.Network(g2, number), ms(0.1))
	near(t, "recorded i", recorded(t, number, "i"), []float64{0, 1, 2, 3})
}

// String assignments respect `unless refractory`, assignments of values do not.
func TestProtectedAssignmentsAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "protected_assignment"), newSimulation(t)
	g := neurons(t, sim, 4, "dv/dt = 0/ms : 1 (unless refractory)\nu : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0", Refractory: ms(1)})
	must(t, g.Set("v", 2.0, synfire.At(1)))
	run(t, sim.Network(g), ms(0.3))
	for _, step := range []struct {
		name, variable string
		value          any
		options        []synfire.Option
	}{
		{"string", "v", "10 + i", nil},
		{"condition", "v", "20 + i", []synfire.Option{synfire.Where("i < 2")}},
		{"indices", "v", "30 + i", []synfire.Option{synfire.At(0, 1, 2)}},
		{"other", "u", "40 + i", nil},
		{"array", "v", []float64{1, 1, 1, 1}, nil},
	} {
		must(t, g.Set(step.variable, step.value, step.options...))
		near(t, step.name, floats(t, g, step.variable), want[step.name])
	}
}

func TestRefractorinessAgreesWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "boolean_refractory"), newSimulation(t)
	g := neurons(t, sim, 2, "dv/dt = 1/ms : 1 (unless refractory)\ndu/dt = -u/ms : 1", synfire.NeuronGroupOptions{
		Threshold: "v > 0.25", Reset: "v = 0; u = 1", Refractory: "u > 0.4 + 0.2*i", Method: "euler"})
	s, m := spikeMonitor(t, sim, g), stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v", "not_refractory")
	run(t, sim.Network(g, s, m), ms(4))
	nearSpikes(t, s, want["i"], want["t"])
	near(t, "v", recorded(t, m, "v"), want["v"])
	near(t, "not_refractory", recorded(t, m, "not_refractory"), want["free"])

	want, sim = brian2Scenario(t, "string_refractory"), newSimulation(t)
	g = neurons(t, sim, 3, "dv/dt = 1/ms : 1 (unless refractory)\nrest : second", synfire.NeuronGroupOptions{
		Threshold: "v > 0.25", Reset: "v = 0", Refractory: "rest + 0.05*ms"})
	must(t, g.Set("rest", "i*0.2*ms"))
	s = spikeMonitor(t, sim, g)
	run(t, sim.Network(g, s), ms(3))
	nearSpikes(t, s, want["i"], want["t"])
	near(t, "lastspike", inMilliseconds(floats(t, g, "lastspike")), inMilliseconds(want["lastspike"]))
}

func TestSmoothedRatesAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "smooth_rate"), newSimulation(t)
	p := generator(t, sim, 4, []int{0, 1, 2, 3, 0, 1}, scaled([]float64{0.1, 0.1, 0.3, 0.7, 1.2, 1.9}, 1e-3)...)
	r := mustHave[*synfire.PopulationRateMonitor](t)(sim.PopulationRateMonitor(p, ""))
	run(t, sim.Network(p, r), ms(2))
	near(t, "rate", r.Rates(), want["rate"])
	for _, c := range []struct {
		name, window string
		width        float64
	}{{"flat", "flat", 0.5}, {"even", "flat", 0.4}, {"gaussian", "gaussian", 0.3}} {
		near(t, c.name, mustHave[[]float64](t)(r.Smooth(c.window, ms(c.width))), want[c.name])
	}
}

// Names are looked up at each run, first in the group's namespace.
func TestNamesAtEachRunAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "names_at_each_run"), newSimulation(t)
	g := neurons(t, sim, 1, "dv/dt = k/ms : 1", synfire.NeuronGroupOptions{Method: "euler"})
	h := neurons(t, sim, 1, "dv/dt = k/ms : 1", synfire.NeuronGroupOptions{Method: "euler", Namespace: synfire.Namespace{"k": 100}})
	net := sim.Network(g, h)
	names := synfire.Namespace{}
	for _, c := range []struct {
		k    int
		name string
	}{{1, "first"}, {10, "second"}} {
		names["k"] = c.k
		must(t, net.Run(t.Context(), ms(1), synfire.RunOptions{Names: names}))
		near(t, c.name, append(floats(t, g, "v"), floats(t, h, "v")...), want[c.name])
	}
}

func TestRecordedSubexpressionsAgreeWithBrian2(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 2, "dv/dt = -v/(1*ms) : 1\ny = v*(i + 1) + k : 1", synfire.NeuronGroupOptions{Method: "exact", Namespace: synfire.Namespace{"k": 5}})
	must(t, g.Set("v", 1.0))
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{Record: []int{1}}, "y")
	must(t, sim.Network(g, m).Run(t.Context(), ms(0.5), synfire.RunOptions{Names: synfire.Namespace{"k": 7}}))
	near(t, "y", recorded(t, m, "y"), brian2Scenario(t, "recorded_subexpression")["y"])
}

// Each pathway has delays of its own; they act in the order of their names.
func TestPathwaysAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "pathways"), newSimulation(t)
	p := generator(t, sim, 2, []int{0, 1}, 0, 0.3e-3)
	g := neurons(t, sim, 2, "v : 1", synfire.NeuronGroupOptions{})
	y := synapses(t, sim, p, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), Pathways: []synfire.PathwayOptions{
		{Name: "slow", Code: "v_post = 2*v_post + w"}, {Name: "fast", Code: "v_post += w", Delay: ms(0.2)},
	}}, synfire.Connection{})
	must(t, y.Set("w", "1 + i + 10*j"))
	must(t, y.Pathway("slow").SetDelay("0.5*ms + 0.1*ms*(i + j)"))
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{}, "v")
	run(t, sim.Network(p, g, y, m), ms(1.5))
	near(t, "v", recorded(t, m, "v"), want["v"])
	near(t, "delays", inMilliseconds(mustHave[synfire.Values](t)(y.Pathway("slow").Delay()).Floats), inMilliseconds(want["slow"]))

	sim = newSimulation(t)
	p = generator(t, sim, 1, []int{0}, 0.1e-3)
	g = neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
	y = synapses(t, sim, p, g, synfire.SynapsesOptions{Pathways: []synfire.PathwayOptions{{Name: "one", Code: "v_post += 1"}, {Name: "ten", Code: "v_post += 10"}}}, synfire.Connection{})
	y.Pathway("ten").SetActive(false)
	run(t, sim.Network(p, g, y), ms(0.5))
	near(t, "v", floats(t, g, "v"), brian2Scenario(t, "inactive_pathway")["v"])
}

func TestSeveralClocksAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "several_clocks"), newSimulation(t)
	p := mustHave[*synfire.SpikeGeneratorGroup](t)(sim.SpikeGeneratorGroup(1, []int{0, 0, 0}, []float64{0.25e-3, 0.5e-3, 1e-3}, synfire.SpikeGeneratorOptions{DT: ms(0.25)}))
	g := neurons(t, sim, 1, "dv/dt = 1/ms : 1", synfire.NeuronGroupOptions{DT: ms(0.5), Method: "euler"})
	y := synapses(t, sim, p, g, synfire.SynapsesOptions{OnPre: "v_post += 10", Delay: ms(0.6)}, synfire.Connection{})
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{DT: ms(0.2)}, "v")
	run(t, sim.Network(p, g, y, m), ms(3))
	near(t, "t", inMilliseconds(m.Times()), inMilliseconds(want["t"]))
	near(t, "v", recorded(t, m, "v"), want["v"])
}

func TestMethodsAgreeWithBrian2(t *testing.T) {
	for method, want := range brian2Scenario(t, "milstein_and_heun") {
		sim := newSimulation(t)
		g := neurons(t, sim, 1, "dv/dt = -v/(1*ms) + exp(-v)/(2*ms) : 1", synfire.NeuronGroupOptions{Method: method})
		must(t, g.Set("v", 0.7))
		run(t, sim.Network(g), ms(2))
		near(t, method, floats(t, g, "v"), want)
	}
}

func TestStatesAgreeWithBrian2(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 2, "v : volt\nn : integer\nb : boolean\ny = 2*v : volt", synfire.NeuronGroupOptions{Name: "cells"})
	must(t, g.SetStates(map[string]synfire.Values{
		"v": synfire.QuantityValues([]float64{1, 2}, units.Millivolt), "n": {Ints: []int64{3, 4}}, "b": {Bools: []bool{true, false}},
	}))
	states := mustHave[map[string]synfire.Values](t)(g.States())
	for name, want := range brian2Scenario(t, "written_states") {
		near(t, name, []float64{states[name].Float(0), states[name].Float(1)}, want)
	}
	if states["v"].Dim != units.Voltage || len(states) != 3 {
		t.Errorf("got %v", states)
	}
	net := sim.Network(g)
	all := mustHave[map[string]map[string]synfire.Values](t)(net.States())
	must(t, g.Set("v", 0))
	must(t, net.SetStates(all))
	near(t, "v", floats(t, g, "v"), []float64{1e-3, 2e-3})
	wantError(t, net.SetStates(map[string]map[string]synfire.Values{"others": {}}), "KeyError", "no group or synapses 'others'")
}

// Clock-driven equations of synapses may depend on constants of their neurons.
func TestClockDrivenSynapsesAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "clock_driven_synapses"), newSimulation(t)
	p := generator(t, sim, 2, []int{0, 1}, 0.2e-3, 0.4e-3)
	g := neurons(t, sim, 2, "v : 1\ntau : second (constant)", synfire.NeuronGroupOptions{})
	must(t, g.Set("tau", "(1 + i)*1.5*ms"))
	y := synapses(t, sim, p, g, synfire.SynapsesOptions{
		Equations: synfire.NewEquations("dg/dt = (h - g)/tau_post : 1 (clock-driven)\ndh/dt = -h/(2*ms) : 1 (clock-driven)"),
		OnPre:     "h += 1", Method: "exact",
	}, synfire.Connection{})
	run(t, sim.Network(p, g, y), ms(2))
	near(t, "g", floats(t, y, "g"), want["g"])
	near(t, "h", floats(t, y, "h"), want["h"])
}

// The numbering over several calls of Connect, and what selections of synapses mean.
func TestSeveralConnectionsAgreeWithBrian2(t *testing.T) {
	want, sim := brian2Scenario(t, "custom_order_of_connects"), newSimulation(t)
	g := neurons(t, sim, 3, "v : 1\nx : 1", synfire.NeuronGroupOptions{})
	must(t, g.Set("x", "i"))
	y := synapses(t, sim, g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1")},
		synfire.Connection{Condition: "i < j"},
		synfire.Connection{I: []int{2, 0}, J: []int{0, 2}, Copies: 2},
		synfire.Connection{Targets: "k for k in range(i, N_post, 2) if x_pre < 2"},
		synfire.Connection{Sources: "j + 1 if j < 2"})
	must(t, y.Set("w", "i*10 + j"))
	must(t, y.Set("w", -1, synfire.Where("i == 0")))
	must(t, y.Set("w", "100 + w", synfire.Between(nil, []int{2})))
	near(t, "i", floats(t, y, "i"), want["i"])
	near(t, "j", floats(t, y, "j"), want["j"])
	near(t, "w", floats(t, y, "w"), want["w"])
	near(t, "w[0, :]", floats(t, y, "w", synfire.Between([]int{0}, nil)), want["pairs"])
	near(t, "w['j == 1']", floats(t, y, "w", synfire.Where("j == 1")), want["selected"])
	both := mustHave[[]int](t)(y.Select("w > 0", synfire.Between([]int{0}, nil)))
	if !slices.Equal(both, []int{1, 5, 6, 8}) {
		t.Errorf("a condition among pairs selects %v", both)
	}
}
