// Package synfire simulates networks of spiking neurons that are described by equations.
//
// A Simulation holds what the objects of a study have in common: the seed of its random numbers and the default
// time step. Groups of neurons are made from equations with units, synapses connect them, monitors record them, and
// a Network runs them:
//
//	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1)})
//	neurons, err := sim.NeuronGroup(100, synfire.NewEquations(`
//		dv/dt = (2*mV - v)/(10*ms) : volt
//	`), synfire.NeuronGroupOptions{Threshold: "v > 1*mV", Reset: "v = 0*mV"})
//	...
//	spikes, err := sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{})
//	...
//	net := sim.Network(neurons, spikes)
//	err = net.Run(ctx, units.Second.Of(1), synfire.RunOptions{})
//
// Numbers in models have units: units.Second.Of(1) is a second. Values that are read or recorded are plain float64 in SI
// units (volts, seconds, siemens); Values also tell their dimension.
//
// The behaviour is that of Brian2: its equations, its schedule, its rules of dimension. Names in equations that
// the model does not define are looked up when a network runs, first in the group's namespace, then in that of
// the run.
//
// Results do not depend on the number of threads. Errors about models are of type *Message, with the Kind of Python
// exception that Brian2 raises, the place in the model's text, and a hint; the Error method gives one line, the String
// method the lines around the place.
package synfire
