package synfire_test

import (
	"testing"

	"synfire"
)

// Shared variables have one value, which an expression computes once; subexpressions that are constant over dt are
// computed once in each step, whatever the number of threads.
func TestSharedVariables(t *testing.T) {
	for _, threads := range []int{1, 2, 3} {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: threads})
		g := neurons(t, sim, 2000, "s : 1 (shared)\nc = 10*s + rand() : 1 (shared, constant over dt)\nd = c + i : 1 (constant over dt)\ntwice = 2*c : 1 (shared)",
			synfire.NeuronGroupOptions{Initial: synfire.Assignments{"s": 3.0}})
		must(t, g.Set("s", "2*s + 1"))
		near(t, "s", floats(t, g, "s"), []float64{7})
		m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{Record: []int{0, 1999}, When: "end"}, "c", "d", "twice")
		run(t, sim.Network(g, m), ms(0.3))
		c, d, twice := recorded(t, m, "c"), recorded(t, m, "d"), recorded(t, m, "twice")
		near(t, "c of both", c[3:], c[:3])
		near(t, "d", d, []float64{c[0], c[1], c[2], c[0] + 1999, c[1] + 1999, c[2] + 1999})
		near(t, "twice", twice, []float64{2 * c[0], 2 * c[1], 2 * c[2], 2 * c[0], 2 * c[1], 2 * c[2]})
		if c[0] == c[1] || c[0] < 70 || c[0] >= 71 {
			t.Errorf("c is %v", c)
		}
	}
}
