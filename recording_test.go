package synfire_test

import (
	"strings"
	"testing"

	"synfire"
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
