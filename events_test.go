package synfire_test

import (
	"fmt"
	"testing"

	"synfire"
)

// Events, what follows them and what is recorded with them have the same bits on any number of threads, in one run or
// two, and after going back.
func TestThreadsHaveTheSameEvents(t *testing.T) {
	simulate := func(threads int, halves bool) map[string][]float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		g := neurons(t, sim, 1100, "dv/dt = (1.2 + 0.0002*i - v)/(5*ms) + 0.2*xi/ms**0.5 : 1\ny = v*shift : 1\nshift : 1 (shared)\nn : integer", synfire.NeuronGroupOptions{
			Threshold: "v > 1", Reset: "v = 0", Refractory: ms(1), Method: "euler", Events: map[string]string{"high": "v > 0.8 and rand() < 0.2", "low": "v < -0.3"}})
		must(t, g.RunOnEvent("high", "v -= 0.01*rand(); n += 1", synfire.OperationOptions{}))
		must(t, g.RunOnEvent("low", "n -= 1", synfire.OperationOptions{When: "before_end", Order: 3}))
		must(t, g.Set("shift", 3.0))
		part := mustHave[*synfire.Subgroup](t)(g.Slice(300, 900))
		y := synapses(t, sim, part, g, synfire.SynapsesOptions{Pathways: []synfire.PathwayOptions{
			{Name: "pre", Code: "v_post += 0.02", Event: "high", Delay: ms(1.5)}, {Name: "back", OnPost: true, Code: "v_post -= 0.01", Event: "low"}, {Name: "spikes", Code: "v_post += 0.03"},
		}}, synfire.Connection{Probability: 0.01})
		high := mustHave[*synfire.SpikeMonitor](t)(sim.SpikeMonitor(part, synfire.SpikeMonitorOptions{Event: "high", Variables: []string{"v", "n", "y", "not_refractory"}}))
		fired := mustHave[*synfire.SpikeMonitor](t)(sim.SpikeMonitor(g, synfire.SpikeMonitorOptions{Variables: []string{"v", "i"}}))
		low := mustHave[*synfire.SpikeMonitor](t)(sim.SpikeMonitor(g, synfire.SpikeMonitorOptions{Event: "low", CountOnly: true}))
		net := sim.Network(g, y, high, fired, low)
		if halves {
			run(t, net, ms(5))
			net.Store("half")
			run(t, net, ms(3))
			must(t, net.Restore("half", synfire.RestoreOptions{RandomState: true}))
			run(t, net, ms(5))
		} else {
			run(t, net, ms(10))
		}
		all := map[string][]float64{"v": floats(t, g, "v"), "n": floats(t, g, "n"), "neurons": asFloats(high.Neurons()), "times": high.Times(),
			"spikes": asFloats(fired.Neurons()), "counts": asFloats(low.Counts())}
		for _, m := range []*synfire.SpikeMonitor{high, fired} {
			for _, name := range m.Variables() {
				values := mustHave[synfire.Values](t)(m.Values(name))
				if values.Len() != m.Len() {
					t.Errorf("%d values of %s for %d events", values.Len(), name, m.Len())
				}
				list := make([]float64, values.Len())
				for k := range list {
					list[k] = values.Float(k)
				}
				all[m.Event()+" "+name] = list
			}
		}
		compareBits(t, "recorded i", all["spike i"], all["spikes"])
		for k, v := range all["high v"] {
			if v <= 0.8 || all["high y"][k] != 3*v {
				t.Fatalf("event with v = %g and y = %g", v, all["high y"][k])
			}
		}
		return all
	}
	want := simulate(1, false)
	if len(want["neurons"]) < 1000 || len(want["spikes"]) < 1000 {
		t.Errorf("%d events, %d spikes", len(want["neurons"]), len(want["spikes"]))
	}
	for _, threads := range []int{1, 2, 3} {
		got := simulate(threads, threads != 2)
		for name := range want {
			compareBits(t, fmt.Sprintf("%d threads: %s", threads, name), got[name], want[name])
		}
	}
}

// What acts in a step before the event that triggers it acts a step later.
func TestActingBeforeEvents(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*synfire.NeuronGroup, *synfire.Synapses) error
		want   []float64 // x of neuron 1 at the ends of steps
	}{
		"nothing": {func(*synfire.NeuronGroup, *synfire.Synapses) error { return nil }, []float64{11, 11, 11}},
		"pathway": {func(_ *synfire.NeuronGroup, y *synfire.Synapses) error {
			return y.Pathway("pre").SetSchedule("groups", 0)
		}, []float64{10, 11, 11}},
		"pathway order": {func(_ *synfire.NeuronGroup, y *synfire.Synapses) error {
			return y.Pathway("pre").SetSchedule("thresholds", -1)
		}, []float64{10, 11, 11}},
		"event": {func(g *synfire.NeuronGroup, _ *synfire.Synapses) error { return g.SetEventSchedule("e", "resets", 0) }, []float64{1, 11, 11}},
	} {
		sim := newSimulation(t)
		g := neurons(t, sim, 2, "v : 1\nx : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0", Events: map[string]string{"e": "i == 0 and t < 0.05*ms"},
			Initial: synfire.Assignments{"v": "2*int(i == 0)"}})
		y := synapses(t, sim, g, g, synfire.SynapsesOptions{Pathways: []synfire.PathwayOptions{{Name: "pre", Code: "x_post += 1"}, {Name: "other", Code: "x_post += 10", Event: "e"}}}, synfire.Connection{})
		m := mustHave[*synfire.StateMonitor](t)(sim.StateMonitor(g, []string{"x"}, synfire.StateMonitorOptions{Record: []int{1}, When: "end"}))
		net := sim.Network(g, y, m)
		must(t, c.change(g, y))
		// The spikes of the last step of a run are not forgotten.
		run(t, net, ms(0.1))
		run(t, net, ms(0.2))
		near(t, name, recorded(t, m, "x"), c.want)
	}
}
