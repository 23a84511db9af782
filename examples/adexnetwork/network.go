package main

import (
	"context"
	"fmt"
	"slices"

	"synfire"
	"synfire/units"
)

const (
	pyramidalCount   = 2000
	interneuronCount = 500
)

// What the synapses are made of. They tire and recover (Tsodyks and Markram), and they learn from the order of spikes.
const (
	shortTerm = `
		du/dt = (u_0 - u)/tau_f : 1 (event-driven)  # probability of release
		dx/dt = (1 - x)/tau_r : 1 (event-driven)    # vesicles that are ready
	`
	release = `
		u += u_0*(1 - u)
		released = u*x
		x -= released
	`
	// vesicleRelease is release as it happens: one vesicle of ten, or none.
	vesicleRelease = `
		u += u_0*(1 - u)
		released = int(rand() < u*x)
		x = clip(x - released/10, 0, 1)
	`
	learning = `
		dApre/dt = -Apre/tau_stdp : siemens (event-driven)
		dApost/dt = -Apost/tau_stdp : siemens (event-driven)
		weight : siemens
	`
	onPre = `
		Apre += step_pre
		weight = clip(weight + Apost, w_min, w_max)
	`
	onPost = `
		Apost += step_post
		weight = clip(weight + Apre, w_min, w_max)
	`
)

// plasticNetwork is 2000 pyramidal cells and 500 interneurons, their synapses, their input, and what is recorded.
type plasticNetwork struct {
	*synfire.Network
	pyramidal, interneurons       *synfire.Subgroup
	drive, excitation, inhibition *synfire.Synapses

	spikes, input                  *synfire.SpikeMonitor
	pyramidalRate, interneuronRate *synfire.PopulationRateMonitor
	trace                          *synfire.StateMonitor
	example                        int // the recorded pyramidal cell
}

// newPlasticNetwork builds the network and stores its state as "built".
func (s *study) newPlasticNetwork(vesicles bool) *plasticNetwork {
	cells := slices.Concat(
		classNamed("adapting").vary(pyramidalCount, 0.05, s.random),
		classNamed("tonic").vary(interneuronCount, 0.01, s.random),
	)
	for k := range cells {
		// Half of the pyramidal cells are lifted to just below what would make them fire alone.
		cells[k].Step = pA(0)
		if k < pyramidalCount/2 {
			cells[k].Step = pA(35)
		}
	}
	neurons := s.population(cells, pulse(5, seconds(1)), "")
	sources := synfire.Must(s.sim.PoissonGroup(25, hertz(10), synfire.PoissonGroupOptions{}))
	n := &plasticNetwork{
		pyramidal:    synfire.Must(neurons.Slice(0, pyramidalCount)),
		interneurons: synfire.Must(neurons.Slice(pyramidalCount, len(cells))),
	}

	emit := release
	if vesicles {
		emit = vesicleRelease
	}
	n.drive = s.connect(sources, n.pyramidal, 0.01, synfire.SynapsesOptions{
		Equations: synfire.NewEquations(shortTerm),
		OnPre:     emit + "g_e_post += w_max*released",
		Namespace: synapticConstants(nS(10)),
	}, synfire.Assignments{"u": 0.6, "x": 1.0})

	plastic := func(from synfire.Group, conductance string, weight units.Quantity, probability float64) *synfire.Synapses {
		return s.connect(from, neurons, probability, synfire.SynapsesOptions{
			Equations: synfire.NewEquations(shortTerm + learning),
			OnPre:     emit + onPre + conductance + "_post += weight*released",
			OnPost:    onPost,
			Namespace: synapticConstants(weight),
		}, synfire.Assignments{"u": 0.6, "x": 1.0, "weight": "w_min", "delay": "10*ms + 0.1*ms*randn()"})
	}
	n.excitation = plastic(n.pyramidal, "g_e", nS(1), 0.05)
	n.inhibition = plastic(n.interneurons, "g_i", nS(20), 0.1)

	_, targets := n.drive.Connections()
	n.example = targets[0]
	n.spikes = synfire.Must(s.sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{}))
	n.input = synfire.Must(s.sim.SpikeMonitor(sources, synfire.SpikeMonitorOptions{}))
	n.pyramidalRate = synfire.Must(s.sim.PopulationRateMonitor(n.pyramidal, ""))
	n.interneuronRate = synfire.Must(s.sim.PopulationRateMonitor(n.interneurons, ""))
	n.trace = synfire.Must(s.sim.StateMonitor(neurons, []string{"v", "g_e", "g_i"}, synfire.StateMonitorOptions{Record: []int{n.example}}))
	n.Network = s.sim.Network(neurons, sources, n.drive, n.excitation, n.inhibition,
		n.spikes, n.input, n.pyramidalRate, n.interneuronRate, n.trace)
	n.Store("built")
	return n
}

// connect makes synapses, each pair of neurons with the given probability.
func (s *study) connect(from, to synfire.Group, probability float64, options synfire.SynapsesOptions, initial synfire.Assignments) *synfire.Synapses {
	synapses := synfire.Must(s.sim.Synapses(from, to, options))
	return synfire.Must(synapses, synapses.Connect(synfire.Connection{Probability: probability, Initial: initial}))
}

// synapticConstants are the names in synaptic code; a synapse can lose a tenth of its weight.
func synapticConstants(weight units.Quantity) synfire.Namespace {
	return synfire.Namespace{
		"u_0": 0.6, "tau_f": seconds(0.8), "tau_r": seconds(1.5),
		"tau_stdp": ms(20), "step_pre": nS(0.01), "step_post": nS(-0.0105),
		"w_max": weight, "w_min": weight.Times(0.9),
	}
}

// compareScenarios runs the network four times from its stored state, with more and more of its synapses working. Its
// input is the same each time.
func (s *study) compareScenarios(ctx context.Context, duration units.Quantity, vesicles bool) error {
	n := s.newPlasticNetwork(vesicles)
	fmt.Printf("%d excitatory, %d inhibitory, %d input synapses\n", n.excitation.Len(), n.inhibition.Len(), n.drive.Len())
	for number, scenario := range []struct {
		name    string
		working []*synfire.Synapses
	}{
		{"no input", nil},
		{"Poisson input", []*synfire.Synapses{n.drive}},
		{"Poisson input and excitation", []*synfire.Synapses{n.drive, n.excitation}},
		{"Poisson input, excitation and inhibition", []*synfire.Synapses{n.drive, n.excitation, n.inhibition}},
	} {
		if err := n.Restore("built", synfire.RestoreOptions{RandomState: true}); err != nil {
			return err
		}
		for _, synapses := range []*synfire.Synapses{n.drive, n.excitation, n.inhibition} {
			synapses.SetActive(slices.Contains(scenario.working, synapses))
		}
		if err := s.run(ctx, scenario.name, n.Network, duration); err != nil {
			return err
		}
		n.summarise()
		if err := s.save(fmt.Sprintf("scenario-%d-raster", number+1), n.rasterFigure(scenario.name)); err != nil {
			return err
		}
		if err := s.save(fmt.Sprintf("scenario-%d-cell", number+1), n.insideFigure(scenario.name)); err != nil {
			return err
		}
	}
	return nil
}

// summarise prints what happened.
func (n *plasticNetwork) summarise() {
	pyramidal, interneurons, took := 0, 0, 0
	for k, count := range n.spikes.Counts() {
		if k < pyramidalCount {
			pyramidal += int(count)
		} else {
			interneurons += int(count)
		}
		if count > 0 {
			took++
		}
	}
	fmt.Printf("%d spikes of pyramidal cells, %d of interneurons; %d neurons took part\n", pyramidal, interneurons, took)
}
