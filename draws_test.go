package synfire_test

import (
	"fmt"
	"math"
	"testing"

	"synfire"
	"synfire/units"
)

// checkMoments checks mean and variance of many draws, with their sampling errors; kurtosis bounds the fourth moment.
func checkMoments(t *testing.T, what string, values []float64, mean, variance float64) {
	t.Helper()
	n := float64(len(values))
	sum, squares, fourth := 0.0, 0.0, 0.0
	for _, x := range values {
		d := x - mean
		sum += d
		squares += d * d
		fourth += d * d * d * d
	}
	if math.Abs(sum/n) > 4*math.Sqrt(variance/n) {
		t.Errorf("%s: the mean is %g, want %g", what, mean+sum/n, mean)
	}
	if deviation := math.Sqrt(math.Max(0, fourth/n-variance*variance) / n); math.Abs(squares/n-variance) > 4*deviation {
		t.Errorf("%s: the variance is %g, want %g ± %g", what, squares/n, variance, deviation)
	}
}

func TestDrawsInEquations(t *testing.T) {
	const n = 60_000
	binomial := func(n int, p float64, approximate bool) *synfire.BinomialFunction {
		return mustHave[*synfire.BinomialFunction](t)(synfire.NewBinomialFunction(n, p, approximate))
	}
	names := synfire.Namespace{"few": binomial(7, 0.3, true), "many": binomial(1000, 0.25, true), "exact": binomial(1000, 0.25, false), "rate": units.Hertz.Of(40),
		"rare": binomial(100000, 1e-5, true)}
	for _, c := range []struct {
		expression     string
		mean, variance float64
		whole          bool
	}{
		{"few()", 2.1, 1.47, true},
		{"many()", 250, 187.5, false},
		{"exact()", 250, 187.5, true},
		{"rare()", 1, 1, true},
		{"poisson(3)", 3, 3, true},
		{"poisson(rate*0.5*second)", 20, 20, true},
		{"poisson(2 + x)", 2, 2, true},
		{"poisson(x + 150)", 150, 150, true},
		{"poisson(2) + x", 2, 2, true},
	} {
		var first []float64
		for _, executor := range []string{"portable", "avx2", "avx512"} {
			sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(8), Threads: 1, Executor: executor})
			g := neurons(t, sim, n, "v : 1\nx : 1", synfire.NeuronGroupOptions{})
			must(t, g.Set("v", c.expression, synfire.Using(names)))
			values := floats(t, g, "v")
			if first == nil {
				first = values
			}
			compareBits(t, c.expression+" on "+executor, values, first)
		}
		checkMoments(t, c.expression, first, c.mean, c.variance)
		for _, x := range first {
			if c.whole && x != math.Trunc(x) {
				t.Fatalf("%s: %g", c.expression, x)
			}
		}
	}
	sim := newSimulation(t)
	g := neurons(t, sim, 2, "v : 1\ny = few() : 1", synfire.NeuronGroupOptions{})
	wantError(t, g.Set("v", "few() + few()", synfire.Using(names)), "NotImplementedError", "more than one call of few")
	wantError(t, g.Set("v", "few", synfire.Using(names)), "SyntaxError", "has to be called")
	wantError(t, sim.Network(g).Run(t.Context(), ms(0), synfire.RunOptions{Names: names}), "SyntaxError", "refers to a stateful function")
}

// Each neuron gets the spikes of its processes, in each step, on any number of threads.
func TestPoissonInput(t *testing.T) {
	simulate := func(threads int) map[string][]float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		g := neurons(t, sim, 1500, "few : 1\nmany : volt\npart : 1\nv : 1\nw : 1", synfire.NeuronGroupOptions{Threshold: "rand() < 0.01"})
		part := mustHave[*synfire.Subgroup](t)(g.Slice(200, 1400))
		input := func(target synfire.Group, variable string, n int, rate float64, weight any) synfire.Object {
			return mustHave[*synfire.PoissonInput](t)(sim.PoissonInput(target, variable, n, units.Hertz.Of(rate), weight, synfire.PoissonInputOptions{}))
		}
		y := synapses(t, sim, g, g, synfire.SynapsesOptions{OnPre: "v += 1 + part_post", Delay: ms(1)}, synfire.Connection{Probability: 0.002})
		run(t, sim.Network(g, y, input(g, "few", 20, 50, 1.0), input(g, "many", 2000, 100, "2*mV"), input(part, "part", 10, 1000, "1 + 0*w"), input(g, "v", 10, 100, 0.5)), ms(20))
		all := map[string][]float64{}
		for _, name := range []string{"few", "many", "part", "v"} {
			all[name] = floats(t, g, name)
		}
		return all
	}
	want := simulate(1)
	for _, threads := range []int{2, 3} {
		got := simulate(threads)
		for name := range want {
			compareBits(t, fmt.Sprintf("%d threads: %s", threads, name), got[name], want[name])
		}
	}
	checkMoments(t, "few", want["few"], 200*20*0.005, 200*20*0.005*0.995)
	checkMoments(t, "many", want["many"], 200*2000*0.01*2e-3, 200*2000*0.01*0.99*4e-6)
	checkMoments(t, "part", want["part"][200:1400], 200*10*0.1, 200*10*0.1*0.9)
	for k := range 200 {
		if want["part"][k] != 0 {
			t.Fatalf("neuron %d is not in the subgroup, but gets spikes", k)
		}
	}
	sim := newSimulation(t)
	g := neurons(t, sim, 2, "v : volt", synfire.NeuronGroupOptions{})
	p := mustHave[*synfire.PoissonInput](t)(sim.PoissonInput(g, "v", 1, units.Hertz.Of(1), "1*mV", synfire.PoissonInputOptions{}))
	must(t, sim.SetDT(ms(0.05)))
	wantError(t, sim.Network(g, p).Run(t.Context(), ms(1), synfire.RunOptions{}), "NotImplementedError", "has changed from 100. us to 50. us")
}
