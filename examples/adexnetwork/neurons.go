package main

import (
	"context"
	"math/rand/v2"

	"synfire"
	"synfire/units"
)

// Numbers become quantities: mV(-70).
var (
	seconds = units.Second.Of
	ms      = units.Millisecond.Of
	mV      = units.Millivolt.Of
	pA      = units.Picoamp.Of
	nS      = units.Nanosiemens.Of
	hertz   = units.Hertz.Of
)

const (
	adexEquations = `
		dv/dt = (E_L - v + Delta_T*exp((v - V_T)/Delta_T) + R*(I_app + I_bias + I_syn - w))/tau_m : volt
		dw/dt = (a*(v - E_L) - w)/tau_w : amp
		I_app = amplitude*pulse(t) : amp
		amplitude : amp
		I_bias : amp
		tau_m : second
		tau_w : second
		a : siemens
		b : amp
		V_reset : volt

		I_syn = g_e*(E_e - v) + g_i*(E_i - v) : amp
		dg_e/dt = -g_e/tau_e : siemens
		dg_i/dt = -g_i/tau_i : siemens
	`
	// peakDetector keeps the largest potential so far: it rises at once and never falls.
	peakDetector = `
		dextreme/dt = int(abs(v) > extreme)*(abs(v) - extreme)/(0.01*ms) : volt
	`
)

// Cell is what distinguishes one neuron from another.
type Cell struct {
	TauM, TauW units.Quantity // time constants of the membrane and of the adaptation
	A          units.Quantity // adaptation by the potential, a conductance
	B          units.Quantity // adaptation by a spike, a current
	Reset      units.Quantity // potential after a spike
	Bias       units.Quantity // constant current
	Step       units.Quantity // height of the injected pulse
}

// Class is a kind of neuron with a name. Its Step is one at which it shows its nature.
type Class struct {
	Name string
	Cell
}

// classes returns the seven classes.
func classes() []Class {
	class := func(name string, tauM, a, tauW, b, reset, step float64) Class {
		return Class{name, Cell{TauM: ms(tauM), A: nS(a), TauW: ms(tauW), B: pA(b), Reset: mV(reset), Bias: pA(0), Step: pA(step)}}
	}
	return []Class{
		class("tonic", 20, 0, 30, 60, -55, 65),
		class("adapting", 200, 0, 100, 5, -55, 65),
		class("initial burst", 5, 0.5, 100, 7, -51, 60),
		class("bursting", 5, -0.5, 100, 7, -46, 50),
		class("irregular", 9.9, -0.5, 100, 7, -46, 65),
		class("transient", 10, 1, 100, 10, -60, 56),
		class("delayed", 5, -1, 100, 10, -60, 22),
	}
}

func classNamed(name string) Class {
	for _, class := range classes() {
		if class.Name == name {
			return class
		}
	}
	panic("BUG: there is no class " + name)
}

// vary returns n cells, each parameter of each multiplied by its own normal factor around 1.
func (c Cell) vary(n int, sigma float64, random *rand.Rand) []Cell {
	around := func(q units.Quantity) units.Quantity { return q.Times(1 + sigma*random.NormFloat64()) }
	cells := make([]Cell, n)
	for k := range cells {
		cells[k] = Cell{around(c.TauM), around(c.TauW), around(c.A), around(c.B), around(c.Reset), c.Bias, c.Step}
	}
	return cells
}

// population makes neurons at rest with the parameters of the cells; every cell's step is injected while the pulse is 1.
func (s *study) population(cells []Cell, pulse *synfire.TimedArray, more string) *synfire.NeuronGroup {
	each := func(parameter func(Cell) units.Quantity) []units.Quantity {
		values := make([]units.Quantity, len(cells))
		for k, cell := range cells {
			values[k] = parameter(cell)
		}
		return values
	}
	return synfire.Must(s.sim.NeuronGroup(len(cells), synfire.NewEquations(adexEquations+more), synfire.NeuronGroupOptions{
		Threshold: "v > V_cut",
		Reset:     "v = V_reset; w += b",
		Method:    "exponential_euler",
		Namespace: synfire.Namespace{
			"E_L": mV(-70), "V_T": mV(-50), "V_cut": mV(-20), "Delta_T": mV(2), "R": resistance(),
			"E_e": mV(0), "tau_e": ms(5), "E_i": mV(-80), "tau_i": ms(10),
			"pulse": pulse,
		},
		Initial: synfire.Assignments{
			"v":         "E_L",
			"tau_m":     each(func(c Cell) units.Quantity { return c.TauM }),
			"tau_w":     each(func(c Cell) units.Quantity { return c.TauW }),
			"a":         each(func(c Cell) units.Quantity { return c.A }),
			"b":         each(func(c Cell) units.Quantity { return c.B }),
			"V_reset":   each(func(c Cell) units.Quantity { return c.Reset }),
			"I_bias":    each(func(c Cell) units.Quantity { return c.Bias }),
			"amplitude": each(func(c Cell) units.Quantity { return c.Step }),
		},
	}))
}

// resistance is the input resistance of all neurons.
func resistance() units.Quantity { return units.Megaohm.Of(500) }

// pulse is 0 for one dt, 1 for some, and 0 from then on.
func pulse(high int, dt units.Quantity) *synfire.TimedArray {
	values := make([]float64, high+2)
	for k := 1; k <= high; k++ {
		values[k] = 1
	}
	return synfire.Must(synfire.NewTimedArray("pulse", values, 0, units.Dimensionless, dt))
}

// showClasses injects a step of current into one neuron of each class.
func (s *study) showClasses(ctx context.Context) error {
	var cells []Cell
	for _, class := range classes() {
		cells = append(cells, class.Cell)
	}
	neurons := s.population(cells, pulse(1, seconds(1)), "")
	trace := synfire.Must(s.sim.StateMonitor(neurons, []string{"v"}, synfire.StateMonitorOptions{}))
	spikes := synfire.Must(s.sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{}))
	if err := s.run(ctx, "seven classes", s.sim.Network(neurons, trace, spikes), seconds(2.5)); err != nil {
		return err
	}
	return s.save("classes", classesFigure(trace, spikes))
}
