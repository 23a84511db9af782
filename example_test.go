package synfire_test

import (
	"context"
	"fmt"

	"synfire"
	"synfire/units"
)

// A hundred adaptive exponential neurons, of which a fifth inhibits the others, are lifted over their threshold for half a
// second. The same seed gives the same spikes on every machine, with any number of threads.
func Example() {
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1)})
	adex := synfire.NewEquations(`
		dv/dt = (E_L - v + Delta_T*exp((v - V_T)/Delta_T) + R*(I - w + I_syn))/tau_m : volt
		dw/dt = (a*(v - E_L) - w)/tau_w : amp
		I_syn = g_e*(0*mV - v) + g_i*(-80*mV - v) : amp
		dg_e/dt = -g_e/(5*ms) : siemens
		dg_i/dt = -g_i/(10*ms) : siemens
		I = 45*pA*int(t < 500*ms) : amp
		tau_m : second
	`)
	neurons := synfire.Must(sim.NeuronGroup(100, adex, synfire.NeuronGroupOptions{
		Threshold: "v > -20*mV", Reset: "v = -55*mV; w += 20*pA", Method: "exponential_euler",
		Initial: synfire.Assignments{"v": units.Millivolt.Of(-70), "tau_m": "20*ms + 10*ms*rand()"},
	}))
	excitatory := synfire.Must(neurons.Slice(0, 80))
	inhibitory := synfire.Must(neurons.Slice(80, 100))

	excitation := synfire.Must(sim.Synapses(excitatory, neurons, synfire.SynapsesOptions{OnPre: "g_e_post += 0.2*nS"}))
	inhibition := synfire.Must(sim.Synapses(inhibitory, neurons, synfire.SynapsesOptions{OnPre: "g_i_post += 2*nS"}))
	for _, synapses := range []*synfire.Synapses{excitation, inhibition} {
		err := synapses.Connect(synfire.Connection{
			Condition: "i != j", Probability: 0.1,
			Initial: synfire.Assignments{"delay": units.Millisecond.Of(2)},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
	}

	spikes := synfire.Must(sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{}))
	network := sim.Network(neurons, excitation, inhibition, spikes)
	err := network.Run(context.Background(), units.Second.Of(1), synfire.RunOptions{Names: synfire.Namespace{
		"E_L": units.Millivolt.Of(-70), "V_T": units.Millivolt.Of(-50), "Delta_T": units.Millivolt.Of(2),
		"R": units.Megaohm.Of(500), "a": units.Nanosiemens.Of(0.2), "tau_w": units.Millisecond.Of(80),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d synapses, %d spikes in %g s\n", excitation.Len()+inhibition.Len(), spikes.Len(), network.Time().In(units.Second))
	fmt.Printf("the first at %.1f ms, by neuron %d\n", spikes.Times()[0]*1e3, spikes.Neurons()[0])
	// Output:
	// 981 synapses, 250 spikes in 1 s
	// the first at 59.9 ms, by neuron 3
}

// Equations can be put together from pieces, and say at once what is wrong with them.
func ExampleEquations() {
	membrane := synfire.NewEquations("dv/dt = (E - v + R*I)/tau : volt")
	current := synfire.NewEquations("I = amplitude*sin(2*pi*10*Hz*t) : amp\namplitude : amp")
	fmt.Println(membrane.Add(current))

	wrong := synfire.NewEquations("dv/dt = (E - v/tau : volt")
	fmt.Println(wrong.Err())
	// Output:
	// dv/dt = (E - v + R*I)/tau : volt
	// I = amplitude*sin(2*pi*10*Hz*t) : amp
	// amplitude : amp
	// equations:1:9: '(' was never closed
}

// A stored state is a place to which a network can come back, as often as one likes.
func ExampleNetwork_Store() {
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1)})
	neurons := synfire.Must(sim.NeuronGroup(1, synfire.NewEquations("dv/dt = rate : 1"), synfire.NeuronGroupOptions{}))
	network := sim.Network(neurons)
	network.Store("start")
	for _, rate := range []float64{1, 2, 3} {
		if err := network.Restore("start", synfire.RestoreOptions{}); err != nil {
			fmt.Println(err)
		}
		names := synfire.Namespace{"rate": units.Hertz.Of(rate)}
		if err := network.Run(context.Background(), units.Second.Of(0.5), synfire.RunOptions{Names: names}); err != nil {
			fmt.Println(err)
		}
		v := synfire.Must(neurons.Get("v"))
		fmt.Printf("at %g s: v = %.2f\n", network.Time().In(units.Second), v.Floats[0])
	}
	// Output:
	// at 0.5 s: v = 0.50
	// at 0.5 s: v = 1.00
	// at 0.5 s: v = 1.50
}

// Equations call a function that is written in Go.
func ExampleNewFunction() {
	// A saturating rate: dimensionless in, hertz out.
	rate := synfire.NewFunction("rate", []units.Dimension{{}}, units.Frequency, func(arguments [][]float64, result []float64) error {
		for k, x := range arguments[0] {
			result[k] = 100 * x / (1 + x)
		}
		return nil
	})
	sim := synfire.New(synfire.Config{})
	neurons := synfire.Must(sim.NeuronGroup(3, synfire.NewEquations("dx/dt = rate(drive) : 1\ndrive : 1"), synfire.NeuronGroupOptions{
		Method: "euler", Initial: synfire.Assignments{"drive": "i"},
	}))
	err := sim.Network(neurons).Run(context.Background(), units.Millisecond.Of(30), synfire.RunOptions{Names: synfire.Namespace{"rate": rate}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for k := range neurons.Len() {
		fmt.Printf("%.2f\n", synfire.Must(neurons.Get("x")).Floats[k])
	}
	// Output:
	// 0.00
	// 1.50
	// 2.00
}
