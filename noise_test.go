package synfire_test

import (
	"math"
	"slices"
	"testing"

	"synfire"
	"synfire/units"
)

// moments returns mean and variance.
func moments(values []float64) (mean, variance float64) {
	for _, x := range values {
		mean += x / float64(len(values))
	}
	for _, x := range values {
		variance += (x - mean) * (x - mean) / float64(len(values)-1)
	}
	return mean, variance
}

// Mean and variance of many independent neurons against what stochastic calculus says, within five standard errors
// (seeds are fixed). The variance of euler over a step is that of its own recursion.
func TestNoiseHasItsMoments(t *testing.T) {
	const n = 20000
	for _, c := range []struct {
		name, method, equations string
		start, duration         float64 // ms
		mean, variance          float64
	}{
		// Ornstein-Uhlenbeck process: variance sigma^2/2 of the continuous one, sigma^2/(2 - dt/tau) of euler's.
		{"Ornstein-Uhlenbeck", "euler", "dv/dt = -v/(5*ms) + sqrt(2/(5*ms))*0.5*xi : 1", 0, 50, 0, 0.25 / (1 - 0.1/5/2)},
		{"approach to the mean", "euler", "dv/dt = (1 - v)/(5*ms) + sqrt(2/(5*ms))*0.5*xi : 1", 0, 5, 1 - math.Pow(1-0.1/5, 50), 0.25 / (1 - 0.1/5/2) * (1 - math.Pow(1-0.1/5, 100))},
		{"Wiener process", "euler", "dv/dt = 3*xi/ms**0.5 : 1", 1, 4, 1, 9 * 4},
		{"two sources", "euler", "dv/dt = (xi_a + 2*xi_b)/ms**0.5 : 1", 0, 2, 0, 5 * 2},
		// Geometric Brownian motion with sigma = 0.5/sqrt(ms): Stratonovich, so the logarithm has no drift of its own.
		{"heun", "heun", "dv/dt = 0.5*v*xi/ms**0.5 : 1", 1, 1, math.Exp(0.125), math.Exp(0.25) * (math.Exp(0.25) - 1)},
		// Milstein's scheme as Brian2 has it, without -dt/2 beside dW^2/2, has the same limit.
		{"milstein", "milstein", "dv/dt = 0.5*v*xi/ms**0.5 : 1", 1, 1, math.Exp(0.125), math.Exp(0.25) * (math.Exp(0.25) - 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			sim := newSimulation(t)
			g := neurons(t, sim, n, c.equations, synfire.NeuronGroupOptions{Method: c.method})
			must(t, g.Set("v", c.start))
			run(t, sim.Network(g), ms(c.duration))
			v := floats(t, g, "v")
			mean, variance := moments(v)
			tolerance := 5 * math.Sqrt(c.variance/n)
			fourth := 0.0
			for _, x := range v {
				fourth += math.Pow(x-mean, 4) / n
			}
			spread := 5 * math.Sqrt((fourth-variance*variance)/n)
			if c.method == "heun" || c.method == "milstein" {
				tolerance, spread = tolerance+0.01, spread+0.02 // errors of the order of dt
			}
			if math.Abs(mean-c.mean) > tolerance || math.Abs(variance-c.variance) > spread {
				t.Errorf("mean %g (want %g ± %g), variance %g (want %g ± %g)", mean, c.mean, tolerance, variance, c.variance, spread)
			}
		})
	}
}

// Neurons, steps and sources of noise are independent; the same source in two equations is the same noise.
func TestNoiseIsIndependent(t *testing.T) {
	const n = 5000
	sim := newSimulation(t)
	g := neurons(t, sim, n, "da/dt = xi_1/ms**0.5 : 1\ndb/dt = xi_1/ms**0.5 : 1\ndc/dt = xi_2/ms**0.5 : 1", synfire.NeuronGroupOptions{Method: "euler"})
	net := sim.Network(g)
	run(t, net, ms(0.1))
	first := floats(t, g, "c")
	run(t, net, ms(0.1))
	a, b, c := floats(t, g, "a"), floats(t, g, "b"), floats(t, g, "c")
	if !slices.Equal(a, b) {
		t.Error("one source of noise gives two equations different numbers")
	}
	second := make([]float64, n)
	for k := range second {
		second[k] = c[k] - first[k]
	}
	for what, pair := range map[string][2][]float64{"sources": {a, c}, "steps": {first, second}, "neurons": {first[1:], first[:n-1]}} {
		covariance, va, vb := 0.0, 0.0, 0.0
		for k := range pair[0] {
			covariance += pair[0][k] * pair[1][k]
			va += pair[0][k] * pair[0][k]
			vb += pair[1][k] * pair[1][k]
		}
		if r := covariance / math.Sqrt(va*vb); math.Abs(r) > 5/math.Sqrt(n) {
			t.Errorf("%s are correlated: %g", what, r)
		}
	}
}

// Brian2 drops the second class of terms: dv/dt = (v - v**2)/tau becomes dv/dt = v/tau. We must not.
func TestExponentialEulerDropsNothing(t *testing.T) {
	for equation, exact := range map[string]float64{
		"dv/dt = (v - v**2)/ms : 1": 1 / (1 + math.Exp(-1)), // logistic growth from 0.5
		"dv/dt = (1/v - v)/ms : 1":  math.Sqrt(1 - 0.75*math.Exp(-2)),
	} {
		sim := newSimulation(t)
		must(t, sim.SetDT(units.Microsecond.Of(1)))
		g := neurons(t, sim, 1, equation, synfire.NeuronGroupOptions{Method: "exponential_euler"})
		must(t, g.Set("v", 0.5))
		if err := sim.Network(g).Run(t.Context(), ms(1), synfire.RunOptions{}); err != nil {
			wantError(t, err, "UnsupportedEquationsException", "")
			continue
		}
		if v := floats(t, g, "v")[0]; math.Abs(v-exact) > 2e-3 {
			t.Errorf("%s: %g after 1 ms, want %g", equation, v, exact)
		}
	}
}

// What a neuron or synapse draws in an assignment does not depend on which others are selected, nor on how many there
// are.
func TestAssignmentsDrawByElement(t *testing.T) {
	assigned := func(n int, options ...synfire.Option) []float64 {
		sim := newSimulation(t)
		g := neurons(t, sim, n, "x : 1\ny : 1", synfire.NeuronGroupOptions{})
		must(t, g.Set("x", "10 + rand()", options...))
		return floats(t, g, "x")
	}
	all := assigned(50)
	for name, selected := range map[string][]float64{
		"numbers": assigned(50, synfire.At(3, 17, 4)), "a range": assigned(50, synfire.Range(3, 20)), "fewer neurons": assigned(20),
	} {
		drawn := 0
		for k, x := range selected {
			if x != 0 {
				drawn++
				if x != all[k] {
					t.Errorf("%s: neuron %d draws %g, with all it draws %g", name, k, x, all[k])
				}
			}
		}
		if drawn == 0 || drawn == 50 {
			t.Errorf("%s: %d neurons drew", name, drawn)
		}
	}
	if slices.Contains(all[1:], all[0]) {
		t.Error("two neurons draw the same")
	}
	// A condition is an execution of its own, whatever it selects.
	few, many := assigned(50, synfire.Where("i < 3")), assigned(50, synfire.Where("i < 40"))
	if !slices.Equal(few[:3], many[:3]) || few[3] != 0 {
		t.Errorf("with a condition: %v and %v", few[:5], many[:5])
	}
	// Synapses are known by their neurons: other synapses change nothing.
	weights := func(rules ...synfire.Connection) map[[2]int]float64 {
		sim := newSimulation(t)
		g := neurons(t, sim, 5, "x : 1", synfire.NeuronGroupOptions{})
		y := synapses(t, sim, g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1")}, rules...)
		must(t, y.Set("w", "rand()"))
		i, j := y.Connections()
		values := map[[2]int]float64{}
		for k, w := range floats(t, y, "w") {
			values[[2]int{i[k], j[k]}] = w
		}
		return values
	}
	whole := weights(synfire.Connection{})
	for pair, w := range weights(synfire.Connection{Condition: "i > j"}) {
		if w != whole[pair] {
			t.Errorf("synapse %v draws %g, among all it draws %g", pair, w, whole[pair])
		}
	}
}

// Event-driven equations that look at the target see what synapses before them wrote in the same step.
func TestEventDrivenEquationsSeeEarlierSynapses(t *testing.T) {
	sim := newSimulation(t)
	p := generator(t, sim, 3, []int{0, 1, 2}, 1e-3, 1e-3, 1e-3)
	g := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
	y := synapses(t, sim, p, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("dx/dt = (v_post - x)/ms : 1 (event-driven)"), OnPre: "v_post += 1"}, synfire.Connection{})
	run(t, sim.Network(p, g, y), ms(2))
	grown := 1 - math.Exp(-1)
	near(t, "x", floats(t, y, "x"), []float64{0, grown, 2 * grown})
}

// A pathway's time is that of the clock that it runs on, also where nothing runs on the synapses' clock.
func TestPathwaysHaveTheirOwnClock(t *testing.T) {
	sim := newSimulation(t)
	p := mustHave[*synfire.SpikeGeneratorGroup](t)(sim.SpikeGeneratorGroup(1, []int{0, 0}, []float64{1e-3, 3e-3}, synfire.SpikeGeneratorOptions{DT: ms(0.25)}))
	g := neurons(t, sim, 1, "x : second", synfire.NeuronGroupOptions{DT: ms(0.5)})
	y := synapses(t, sim, p, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("dy/dt = -y/ms : 1 (event-driven)"), OnPre: "x_post = t; y += 1"}, synfire.Connection{})
	run(t, sim.Network(p, g, y), ms(4))
	near(t, "x", inMilliseconds(floats(t, g, "x")), []float64{3})
	near(t, "lastupdate", inMilliseconds(floats(t, y, "lastupdate")), []float64{3})
	near(t, "y", floats(t, y, "y"), []float64{1 + math.Exp(-2)})
}
