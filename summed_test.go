package synfire_test

import (
	"fmt"
	"testing"

	"synfire"
)

// Sums over synapses, of neurons that other sums and pathways reach, have the same bits for any number of threads.
func TestThreadsSumTheSame(t *testing.T) {
	simulate := func(threads int) map[string][]float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		g := neurons(t, sim, 1200, "dv/dt = (I + gap - v)/(5*ms) + 0.3*xi/ms**0.5 : 1\nI : 1\ngap : 1\nload : 1\nfree : 1\ndense : 1",
			synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0", Method: "euler"})
		must(t, g.Set("I", "0.5 + rand()"))
		part := mustHave[*synfire.Subgroup](t)(g.Slice(100, 1100))
		free := neurons(t, sim, 1000, "dx/dt = (2 + sent - x)/(7*ms) : 1\nsent : 1", synfire.NeuronGroupOptions{Threshold: "x > 1", Reset: "x = 0"})
		electric := synapses(t, sim, g, part, synfire.SynapsesOptions{Equations: synfire.NewEquations(`
g : 1
gap_post = g*(v_pre - v_post) : 1 (summed)
load_pre = g*v_post + rand() : 1 (summed)`)}, synfire.Connection{Probability: 0.01, Initial: synfire.Assignments{"g": "0.1*rand()"}})
		mixed := synapses(t, sim, g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("free_post = 0.5*free_pre + v_pre : 1 (summed)")}, synfire.Connection{Probability: 0.005})
		chemical := synapses(t, sim, free, g, synfire.SynapsesOptions{Equations: synfire.NewEquations(`
ds/dt = -s/(3*ms) : 1 (clock-driven)
sent_pre = s - v_post : 1 (summed)`), OnPre: "s += 0.01; v_post += 0.001", Method: "exact"}, synfire.Connection{Probability: 0.005})
		few := mustHave[*synfire.Subgroup](t)(g.Slice(0, 20))
		dense := synapses(t, sim, few, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("dense_post = v_pre*v_post + 0.5*free_pre : 1 (summed)")}, synfire.Connection{Condition: "i != j"})
		fired := spikeMonitor(t, sim, g)
		run(t, sim.Network(g, free, electric, mixed, chemical, dense, fired), ms(8))
		all := map[string][]float64{"spikes": asFloats(fired.Neurons()), "x": floats(t, free, "x"), "sent": floats(t, free, "sent"), "s": floats(t, chemical, "s")}
		for _, name := range []string{"v", "gap", "load", "free", "dense"} {
			all[name] = floats(t, g, name)
		}
		return all
	}
	want := simulate(1)
	if len(want["spikes"]) < 100 {
		t.Errorf("only %d spikes", len(want["spikes"]))
	}
	for _, threads := range []int{2, 3} {
		got := simulate(threads)
		for name := range want {
			compareBits(t, fmt.Sprintf("%d threads: %s", threads, name), got[name], want[name])
		}
	}
}

// Code that writes to the source of a spike changes a group that no other synapse reaches.
func TestThreadsWriteToSourcesTheSame(t *testing.T) {
	simulate := func(threads int) []float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		g := neurons(t, sim, 1200, "dv/dt = (3 + 0.001*i - v)/(5*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0"})
		h := neurons(t, sim, 1200, "u : 1", synfire.NeuronGroupOptions{})
		y := synapses(t, sim, g, h, synfire.SynapsesOptions{OnPre: "v_pre -= 0.1*rand(); u_post += 1", Delay: ms(1)}, synfire.Connection{Probability: 0.005})
		run(t, sim.Network(g, h, y), ms(20))
		return floats(t, g, "v")
	}
	want := simulate(1)
	for _, threads := range []int{2, 3} {
		compareBits(t, fmt.Sprintf("%d threads", threads), simulate(threads), want)
	}
}
