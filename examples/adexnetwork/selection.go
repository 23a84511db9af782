package main

import (
	"context"
	"fmt"
	"math"

	"synfire"
	"synfire/units"
)

// trial is what a random cell did when it was given a step of current.
type trial struct {
	Cell
	count    int
	rate     float64 // Hz, from the first spike to the last
	restless bool    // it went on firing long after the step
	extreme  float64 // volts: the largest magnitude of its potential
}

// randomCell draws a cell.
func (s *study) randomCell() Cell {
	uniform := func(low, high float64, unit units.Unit) units.Quantity {
		return unit.Of(low + (high-low)*s.random.Float64())
	}
	return Cell{
		TauM:  uniform(5, 200, units.Millisecond),
		TauW:  uniform(30, 100, units.Millisecond),
		A:     uniform(-1, 3, units.Nanosiemens),
		B:     uniform(5, 50, units.Picoamp),
		Reset: uniform(-60, -45, units.Millivolt),
		Bias:  pA(5 * s.random.NormFloat64()),
		Step:  pA(100),
	}
}

// admissible reports whether the cell behaves: a potential within reason, a rate between 5 and 300 Hz, and, with
// probability one half, silence after the step.
func (s *study) admissible(t trial) bool {
	tolerated := s.random.Float64() >= 0.5
	return t.extreme < 0.2 && t.rate > 5 && t.rate < 300 && (!t.restless || tolerated)
}

// ratio is tau_m/tau_w, and aR the coupling of the adaptation to the potential. Near rest a cell is a linear system
// whose eigenvalues are complex, so that its potential rings, where aR > (1 - ratio)²/(4 ratio).
func (c Cell) ratio() float64 { return c.TauM.Div(c.TauW).Value }

func (c Cell) aR() float64 { return c.A.Mul(resistance()).Value }

func (c Cell) rings() bool { return c.aR() > ringingBorder(c.ratio()) }

func ringingBorder(ratio float64) float64 { return (1 - ratio) * (1 - ratio) / (4 * ratio) }

// chooseCells looks for candidates for interneurons (they fire fast and ring) and for pyramidal cells (slow, and they do
// not) among n random cells.
func (s *study) chooseCells(ctx context.Context, n int) error {
	trials, err := s.tryCells(ctx, n)
	if err != nil {
		return err
	}
	var interneurons, pyramidal []Cell
	admissible := 0
	for _, t := range trials {
		if !s.admissible(t) {
			continue
		}
		admissible++
		switch {
		case t.rings() && t.rate > 50:
			interneurons = append(interneurons, t.Cell)
		case !t.rings() && t.rate <= 25:
			pyramidal = append(pyramidal, t.Cell)
		}
	}
	fmt.Printf("%.1f %% of %d cells are admissible; %d candidates for interneurons, %d for pyramidal cells\n",
		100*float64(admissible)/float64(n), n, len(interneurons), len(pyramidal))
	if err := s.save("selection", selectionFigure(interneurons, pyramidal)); err != nil {
		return err
	}
	const shown = 3
	if len(interneurons) < shown || len(pyramidal) < shown {
		return nil
	}
	return s.showChosen(ctx, interneurons[:shown], pyramidal[:shown])
}

// tryCells gives n random cells a step of current for one second. Nothing but spikes is recorded: what else matters, the
// model keeps itself.
func (s *study) tryCells(ctx context.Context, n int) ([]trial, error) {
	cells := make([]Cell, n)
	for k := range cells {
		cells[k] = s.randomCell()
	}
	neurons := s.population(cells, pulse(2, seconds(0.5)), peakDetector)
	spikes := synfire.Must(s.sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{}))
	if err := s.run(ctx, fmt.Sprintf("%d random neurons", n), s.sim.Network(neurons, spikes), seconds(2.5)); err != nil {
		return nil, err
	}
	extremes, err := neurons.Get("extreme")
	if err != nil {
		return nil, err
	}
	trials := make([]trial, n)
	for k := range trials {
		train := spikes.Train(k)
		t := trial{Cell: cells[k], count: len(train), extreme: extremes.Float(k)}
		if t.count > 2 {
			first, last := train[0], train[t.count-1]
			t.rate, t.restless = float64(t.count-1)/(last-first), last > 2
		}
		if math.IsNaN(t.extreme) {
			t.extreme = math.Inf(1)
		}
		trials[k] = t
	}
	return trials, s.save("candidates", candidatesFigure(trials, spikes))
}

// showChosen records the potentials of a few chosen cells.
func (s *study) showChosen(ctx context.Context, interneurons, pyramidal []Cell) error {
	neurons := s.population(append(interneurons, pyramidal...), pulse(2, seconds(0.5)), "")
	trace := synfire.Must(s.sim.StateMonitor(neurons, []string{"v"}, synfire.StateMonitorOptions{}))
	spikes := synfire.Must(s.sim.SpikeMonitor(neurons, synfire.SpikeMonitorOptions{}))
	if err := s.run(ctx, "the chosen ones", s.sim.Network(neurons, trace, spikes), seconds(2)); err != nil {
		return err
	}
	return s.save("chosen", chosenFigure(trace, spikes, len(interneurons)))
}
