package synfire

import (
	"fmt"
	"math"
	"sort"

	"synfire/internal/diag"
	"synfire/internal/sim"
	"synfire/units"
)

// SpikeGeneratorGroup is a group of neurons that spike at given times.
type SpikeGeneratorGroup struct {
	part
	generatedSpikes
	fired      *sim.Spikes
	thresholds Place
}

// generatedSpikes are the spikes of a generator: neuron who[k] at times[k] in seconds, ascending.
type generatedSpikes struct {
	times  []float64
	who    []int32
	period float64
	// fresh until a run has begun with these spikes.
	fresh bool
}

// SpikeGeneratorOptions configures a SpikeGeneratorGroup.
type SpikeGeneratorOptions struct {
	// Period repeats the spikes; zero: they come once.
	Period units.Quantity
	Name   string
	DT     units.Quantity
	// When is the place in a step at which the neurons spike; empty means "thresholds".
	When  string
	Order int
}

// SpikeGeneratorGroup makes a group of n neurons of which neuron indices[k] spikes at times[k] (seconds).
func (s *Simulation) SpikeGeneratorGroup(n int, indices []int, times []float64, options SpikeGeneratorOptions) (*SpikeGeneratorGroup, error) {
	if n < 1 {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "SpikeGeneratorGroup size should be at least 1, was %d.", n)
	}
	g := &SpikeGeneratorGroup{fired: &sim.Spikes{}}
	g.state, g.stop = &state{}, -1
	if err := g.init(s, options.Name, "spikegeneratorgroup", n, options.DT, nil); err != nil {
		return nil, err
	}
	g.order, g.thresholds = options.Order, at(options.When, atThresholds, options.Order)
	g.what = fmt.Sprintf("the spike generator '%s'", g.name)
	g.object = g.neuronSymbols(n)
	if err := g.SetSpikes(indices, times, options.Period); err != nil {
		return nil, err
	}
	return g, nil
}

// SetSpikes replaces the spikes.
func (g *SpikeGeneratorGroup) SetSpikes(indices []int, times []float64, period units.Quantity) error {
	if len(indices) != len(times) {
		return diag.Errorf(diag.Span{}, "ValueError", "Length of the indices and times array must match, but %d != %d.", len(indices), len(times))
	}
	if period != (units.Quantity{}) && (period.Dim != units.Time || period.Value < 0) {
		return diag.Errorf(diag.Span{}, "ValueError", "The period of '%s' has to be a time, not %s.", g.name, period)
	}
	order := make([]int, len(times))
	for k := range order {
		order[k] = k
		if indices[k] < 0 || indices[k] >= g.n {
			return diag.Errorf(diag.Span{}, "ValueError", "The spike generator '%s' has %d neurons, there is no neuron %d.", g.name, g.n, indices[k])
		}
		if !(times[k] >= 0) {
			return diag.Errorf(diag.Span{}, "ValueError", "The spike times of '%s' have to be positive, but there is %g s.", g.name, times[k])
		}
		if period.Value > 0 && times[k] >= period.Value {
			return diag.Errorf(diag.Span{}, "ValueError", "The period of '%s' (%s) has to be greater than the time of the last spike (%g s).", g.name, period, times[k])
		}
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := order[a], order[b]
		return times[x] < times[y] || times[x] == times[y] && indices[x] < indices[y]
	})
	g.generatedSpikes = generatedSpikes{make([]float64, len(times)), make([]int32, len(times)), period.Value, true}
	for k, at := range order {
		g.times[k], g.who[k] = times[at], int32(indices[at])
	}
	return nil
}

// Thresholder returns where in a step the neurons spike.
func (g *SpikeGeneratorGroup) Thresholder() *Place { return &g.thresholds }

func (g *SpikeGeneratorGroup) base() *state            { return g.state }
func (g *SpikeGeneratorGroup) needs() []Object         { return nil }
func (g *SpikeGeneratorGroup) population() *population { return &population{&g.part, g.fired, g} }
func (g *SpikeGeneratorGroup) writes(*preparation)     {}

// Slice returns the neurons from start to stop-1 as a group of their own.
func (g *SpikeGeneratorGroup) Slice(start, stop int) (*Subgroup, error) {
	return newSubgroup(g, start, stop)
}

// binTolerance is the part of a step by which a spike may come early and still fall into the step (Brian2's value).
const binTolerance = 1e-3

// prepare implements Object.
func (g *SpikeGeneratorGroup) prepare(p *preparation) error {
	dt := g.clock.Dt()
	bins := make([]int64, len(g.times))
	for k, t := range g.times {
		bins[k] = int64((t + float64(binTolerance*dt)) / dt)
	}
	last := map[int32]int64{}
	for k, bin := range bins {
		if earlier, spiked := last[g.who[k]]; spiked && earlier == bin {
			return diag.Errorf(diag.Span{}, "ValueError", "The neuron %d of '%s' spikes more than once in the time step at %g s.", g.who[k], g.name, float64(float64(bin)*dt)).
				WithHint("use a smaller dt, or take one of the spikes away.")
		}
		last[g.who[k]] = bin
	}
	period := int64(0)
	if g.period > 0 {
		period = int64(math.RoundToEven(g.period / dt))
		if math.Abs(g.period-float64(float64(period)*dt)) > binTolerance*dt {
			return diag.Errorf(diag.Span{}, "NotImplementedError", "The period of '%s' is %g s, but its dt is %g s: the period has to be a multiple of it.", g.name, g.period, dt)
		}
	}
	if now := g.clock.StepsUntil(p.network.now); g.fresh && period == 0 && len(bins) > 0 && bins[0] < now {
		p.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf(
			"'%s' has spikes before the start of this run (t = %s); they are not emitted.", g.name, p.network.Time())})
	}
	g.fresh = false
	bounds := p.cut(g.state)
	next := make([]int, p.Parts) // position in bins, searched for in the first step
	for part := range next {
		next[part] = -1
	}
	p.addLocal(g.name, g.state, g.thresholds, sim.OwnPart, g.fired, func(part int, now int64) {
		step := now
		if period > 0 {
			step %= period
		}
		at := &next[part]
		if *at < 0 || step == 0 {
			*at = sort.Search(len(bins), func(k int) bool { return bins[k] >= step })
		}
		from := *at
		for *at < len(bins) && bins[*at] == step {
			*at++
		}
		g.fired.Emit(part, now, g.who[from:*at], bounds[part], bounds[part+1])
	})
	return nil
}
