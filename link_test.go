package synfire_test

import (
	"fmt"
	"testing"

	"synfire"
)

// Links by numbers, through a subgroup, and through another link, as neurons and synapses see them.
func TestLinksThroughIndexes(t *testing.T) {
	sim := newSimulation(t)
	a := neurons(t, sim, 6, "dv/dt = 1/ms : 1\nw = 2*v + i : 1", synfire.NeuronGroupOptions{Method: "euler"})
	b := neurons(t, sim, 3, "x : 1 (linked)\ny : 1 (linked)\ndz/dt = x/ms : 1", synfire.NeuronGroupOptions{Method: "euler"})
	c := neurons(t, sim, 4, "x : 1 (linked)\nq : 1", synfire.NeuronGroupOptions{})
	must(t, a.Set("v", "10*i"))
	must(t, b.Link("x", mustHave[*synfire.Subgroup](t)(a.Slice(2, 5)), "v", nil))
	must(t, b.Link("y", a, "w", []int{5, 0, 1}))
	must(t, c.Link("x", b, "x", []int{2, 1, 0, 2}))
	near(t, "x", floats(t, b, "x"), []float64{20, 30, 40})
	near(t, "y", floats(t, b, "y"), []float64{105, 0, 21})
	near(t, "x of x", floats(t, c, "x"), []float64{40, 30, 20, 40})
	must(t, c.Set("x", -1, synfire.At(1)))
	must(t, c.Set("x", "x + i", synfire.Where("x > 30")))
	near(t, "v", floats(t, a, "v"), []float64{0, 10, 20, -1, 43, 50})

	y := synapses(t, sim, c, b, synfire.SynapsesOptions{Equations: synfire.NewEquations("s : 1")},
		synfire.Connection{Condition: "x_pre > 30 and y_post > 0"}, synfire.Connection{Targets: "k for k in range(int(x_pre/20))", Copies: "i"})
	near(t, "i", floats(t, y, "i"), []float64{0, 0, 3, 3, 2, 2, 3, 3, 3, 3, 3, 3})
	near(t, "j", floats(t, y, "j"), []float64{0, 2, 0, 2, 0, 0, 0, 0, 0, 1, 1, 1})
	must(t, y.Set("s", "x_pre + 100*x_post + 1000*y_post"))
	near(t, "s", floats(t, y, "s", synfire.Where("i == 0")), []float64{43 + 2000 + 105000, 43 + 4300 + 21000})

	m := stateMonitor(t, sim, c, synfire.StateMonitorOptions{}, "x")
	run(t, sim.Network(a, b, c, m), ms(0.3))
	near(t, "z", floats(t, b, "z"), []float64{0.1 * (20 + 20.1 + 20.2), 0.1 * (-1 - 0.9 - 0.8), 0.1 * (43 + 43.1 + 43.2)})
	near(t, "recorded", recorded(t, m, "x"), []float64{43, 43.1, 43.2, -1, -0.9, -0.8, 20, 20.1, 20.2, 43, 43.1, 43.2})
	wantError(t, b.Link("z", a, "v", nil), "TypeError", "has to be marked as a linked variable")

	// A shared subexpression of what is linked to a single neuron.
	one := neurons(t, sim, 1, "dx/dt = 1/ms : 1", synfire.NeuronGroupOptions{Method: "euler"})
	all := neurons(t, sim, 3, "double = 2*x : 1 (shared)\ny = double + i : 1\nx : 1 (linked)", synfire.NeuronGroupOptions{})
	wantError(t, all.Link("x", b, "z", nil), "SyntaxError", "Shared subexpression 'double' refers to non-shared variable 'x'.")
	must(t, all.Link("x", one, "x", nil))
	must(t, one.Set("x", 3))
	near(t, "y", floats(t, all, "y"), []float64{6, 7, 8})
	near(t, "double", floats(t, all, "double")[:1], []float64{6})

	// Neurons that see each other's variable while it is integrated.
	ring := neurons(t, sim, 4, "dv/dt = (x - v)/ms : 1\nx : 1 (linked)", synfire.NeuronGroupOptions{Method: "euler"})
	must(t, ring.Link("x", ring, "v", []int{1, 2, 3, 0}))
	wantError(t, sim.Network(ring).Run(t.Context(), ms(1), synfire.RunOptions{}), "NotImplementedError", "links by which neurons see a variable of others that the same code changes")
}

func TestThreadsSeeTheSameLinks(t *testing.T) {
	simulate := func(threads int) []float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		a := neurons(t, sim, 1024, "dv/dt = (1.5 + 0.001*i - v)/(5*ms) + 0.2*xi/ms**0.5 : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0", Method: "euler"})
		b := neurons(t, sim, 1024, "dy/dt = (x + z - y)/ms : 1\nx : 1 (linked)\nz : 1 (linked)", synfire.NeuronGroupOptions{Threshold: "y > 1", Reset: "y = 0; x -= 0.1", Method: "euler"})
		index := make([]int, 1024)
		for k := range index {
			index[k] = k * 7 % 1024
		}
		must(t, b.Link("x", a, "v", nil))
		must(t, b.Link("z", a, "v", index))
		s := synapses(t, sim, a, b, synfire.SynapsesOptions{OnPre: "y += 0.01*x_post", Delay: ms(2)}, synfire.Connection{Probability: 0.01})
		run(t, sim.Network(a, b, s), ms(20))
		return append(floats(t, a, "v"), floats(t, b, "y")...)
	}
	want := simulate(1)
	for _, threads := range []int{2, 3} {
		compareBits(t, fmt.Sprintf("%d threads", threads), simulate(threads), want)
	}
}
