package synfire_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"synfire"
	"synfire/units"
)

// While parts have their state in memory of their own, everybody who may look at the network sees it as one thread would leave it:
// whoever is told of the progress, whoever reads and sets between runs, and the watch for NaN.
func TestWhoLooksSeesTheStateOfAllParts(t *testing.T) {
	simulate := func(threads int) (seen [][]float64, warnings []string) {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(11), Threads: threads, Warn: func(m *synfire.Message) { warnings = append(warnings, m.Text) }})
		g := neurons(t, sim, 1500, "dv/dt = (1.1-v)/(10*ms) + u : 1 (unless refractory)\ndu/dt = -u*r/(5*ms) : Hz\nr : 1", synfire.NeuronGroupOptions{
			Threshold: "v > 1", Reset: "v = 0; u += 1*Hz", Refractory: ms(2), Method: "euler"})
		must(t, g.Set("v", "rand()"))
		must(t, g.Set("r", "1"))
		mustHave[*synfire.Operation](t)(g.RunRegularly("u += 0.1*rand()*Hz", synfire.OperationOptions{DT: ms(3)}))
		input := mustHave[*synfire.PoissonInput](t)(sim.PoissonInput(g, "u", 20, units.Hertz.Of(50), "2*Hz", synfire.PoissonInputOptions{}))
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), OnPre: "v_post += w", OnPost: "w = clip(w + 0.001, 0, 0.02)", Delay: ms(1)}))
		must(t, y.Connect(synfire.Connection{Probability: 0.02}))
		must(t, y.Set("w", 0.01))
		rate := mustHave[*synfire.PopulationRateMonitor](t)(sim.PopulationRateMonitor(g, ""))
		spikes := spikeMonitor(t, sim, g)
		net := sim.Network(g, y, input, rate, spikes)
		look := func() {
			for _, name := range []string{"v", "u", "lastspike"} {
				seen = append(seen, mustHave[synfire.Values](t)(g.Get(name)).Floats)
			}
			seen = append(seen, mustHave[synfire.Values](t)(y.Get("w")).Floats, spikes.Times(), asFloats(spikes.Neurons()), rate.Rates())
		}
		for range 2 {
			must(t, net.Run(t.Context(), ms(40), synfire.RunOptions{Period: time.Nanosecond, Report: func(synfire.Progress) { look() }}))
			look()
			must(t, g.Set("u", "u + 1*Hz", synfire.Where("i > 700 and i < 800")))
		}
		// What goes wrong is in the last part.
		must(t, g.Set("r", "-1e9", synfire.Where("i == 1400")))
		must(t, net.Run(t.Context(), ms(40), synfire.RunOptions{}))
		if len(spikes.Times()) == 0 {
			t.Fatal("no spikes")
		}
		return seen, warnings
	}
	want, warned := simulate(1)
	if len(warned) != 1 || !strings.Contains(warned[0], "in neuron 1400 between t=") {
		t.Fatalf("warnings %q", warned)
	}
	for _, threads := range []int{2, 3} {
		got, warnings := simulate(threads)
		if !slices.Equal(warnings, warned) {
			t.Errorf("%d threads: warnings %q, want %q", threads, warnings, warned)
		}
		if len(got) != len(want) {
			t.Fatalf("%d threads: looked %d times, want %d", threads, len(got), len(want))
		}
		for k := range want {
			if !slices.Equal(got[k], want[k]) {
				t.Fatalf("%d threads: look %d differs", threads, k)
			}
		}
	}
}
