package synfire

import (
	"math"

	"synfire/internal/diag"
	"synfire/internal/record"
	"synfire/internal/sim"
	"synfire/units"
)

// SpikeMonitor records the spikes of a group, or another event.
type SpikeMonitor struct {
	*state
	source   Group
	of       *population
	event    string
	events   *sim.Spikes
	place    Place // where in a step recorded variables are read
	keep     bool
	spikes   *record.Spikes
	recorded []*recordedValue
	trains   *trains
	changed  int // counts changes, so that readers know when to read again
}

// trains are the positions of each neuron's spikes, as of a number of spikes.
type trains struct {
	start, order []int32
	changed      int
	total        int64
}

// SpikeMonitorOptions configures a SpikeMonitor.
type SpikeMonitorOptions struct {
	// CountOnly keeps only how often each neuron spiked.
	CountOnly bool
	// Event is the event that is recorded, instead of spikes.
	Event string
	// Variables are recorded with each event: as they are when it has just occurred, before its effects, unless When
	// (the place in a step, with its Order) says otherwise.
	Variables []string
	When      string
	// Order, if not nil, is the order within the place; otherwise it is 0, or that of the group plus one where When is empty.
	Order *int
	Name  string
}

// SpikeMonitor makes a monitor of the spikes of a group. A group that does not have the event is a ValueError.
func (s *Simulation) SpikeMonitor(source Group, options SpikeMonitorOptions) (*SpikeMonitor, error) {
	m := &SpikeMonitor{state: &state{}, source: source, of: source.population(), keep: !options.CountOnly, event: spikeEvent}
	kind := "spikemonitor"
	if options.Event != "" && options.Event != spikeEvent {
		m.event, kind = options.Event, "eventmonitor"
	}
	if m.events = m.of.source(m.event); m.events == nil {
		return nil, m.of.noEvent("The monitor", m.event)
	}
	if err := m.init(s, options.Name, kind, 0, units.Quantity{}, nil); err != nil {
		return nil, err
	}
	m.clock = m.of.part.clock
	m.spikes = record.NewSpikes(m.of.part.Len())
	m.place = m.of.place(m.event)
	m.place.order++
	switch {
	case options.Order != nil:
		m.place.order = *options.Order
	case options.When != "":
		m.place.order = 0
	}
	m.place.Set(options.When, m.place.order)
	for _, name := range options.Variables {
		symbol, err := m.of.part.find(name)
		if err != nil {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "'%s' is not a variable of the recorded group '%s'.", name, m.of.part.name)
		}
		m.recorded = append(m.recorded, &recordedValue{name: name, symbol: symbol})
	}
	return m, nil
}

func (m *SpikeMonitor) base() *state        { return m.state }
func (m *SpikeMonitor) needs() []Object     { return []Object{m.of.owner} }
func (m *SpikeMonitor) writes(*preparation) {}

// Place returns where in a step the monitor records.
func (m *SpikeMonitor) Place() *Place { return &m.place }

// Source returns the group that is recorded.
func (m *SpikeMonitor) Source() Group { return m.source }

// Len returns the number of spikes.
func (m *SpikeMonitor) Len() int { return int(m.spikes.Total()) }

// Neurons returns the number of the neuron of each spike, relative to the recorded group. The slice must not be
// changed.
func (m *SpikeMonitor) Neurons() []int32 { return m.spikes.Neurons() }

// Times returns the time of each spike in seconds, ascending. The slice must not be changed.
func (m *SpikeMonitor) Times() []float64 { return m.spikes.Times() }

// Counts returns how often each neuron spiked. The slice must not be changed.
func (m *SpikeMonitor) Counts() []int64 { return m.spikes.Counts() }

// Changes counts how often what was recorded has changed: while it stays the same, earlier results are valid.
func (m *SpikeMonitor) Changes() (changes int, total int64) { return m.changed, m.spikes.Total() }

// Positions returns where the spikes of one neuron stand in Neurons and Times, ascending. Finding them takes time in
// proportion to their number, after one counting sort of all spikes.
func (m *SpikeMonitor) Positions(neuron int) []int32 {
	if m.trains == nil || m.trains.changed != m.changed || m.trains.total != m.spikes.Total() {
		start, order := m.spikes.Trains()
		m.trains = &trains{start, order, m.changed, m.spikes.Total()}
	}
	if neuron < 0 || neuron >= m.of.part.Len() {
		return nil
	}
	return m.trains.order[m.trains.start[neuron]:m.trains.start[neuron+1]]
}

// Train returns the times in seconds of the spikes of one neuron.
func (m *SpikeMonitor) Train(neuron int) []float64 {
	positions := m.Positions(neuron)
	times, all := make([]float64, len(positions)), m.spikes.Times()
	for k, at := range positions {
		times[k] = all[at]
	}
	return times
}

// prepare implements Object.
func (m *SpikeMonitor) prepare(p *preparation) error {
	start, stop := m.of.part.bounds()
	c := m.of.part.clock
	m.spikes.Divide(p.Parts)
	m.events.Observe(func(part int, step int64, neurons []int32) {
		m.spikes.Add(part, c.Time(step), neurons, start, m.keep)
	})
	if len(m.recorded) == 0 {
		return nil
	}
	if err := m.prepareValues(p); err != nil {
		return err
	}
	owners := p.cut(m.of.part.state).Owners()
	p.heard = append(p.heard, func() error {
		m.events.Each(func(_ int64, neurons []int32) {
			for _, neuron := range neurons {
				if int(neuron) >= start && int(neuron) < stop {
					for _, r := range m.recorded {
						r.next(int(owners[neuron]))
					}
				}
			}
		})
		for _, r := range m.recorded {
			r.forget()
		}
		return nil
	})
	return nil
}

// PopulationRateMonitor records the mean rate of a group in each step.
type PopulationRateMonitor struct {
	*state
	source Group
	of     *population
	times  []float64
	rates  []float64
}

// PopulationRateMonitor makes a monitor of the rate of a group. An empty name gives a default name. A group without a
// threshold is an AttributeError.
func (s *Simulation) PopulationRateMonitor(source Group, name string) (*PopulationRateMonitor, error) {
	m := &PopulationRateMonitor{state: &state{}, source: source, of: source.population()}
	if m.of.spikes == nil {
		return nil, diag.Errorf(diag.Span{}, "AttributeError", "'%s' has no event 'spike' to record.", m.of.part.name).WithHint("did you forget to set a 'threshold'?")
	}
	if err := m.init(s, name, "ratemonitor", 0, units.Quantity{}, nil); err != nil {
		return nil, err
	}
	m.clock = m.of.part.clock
	return m, nil
}

func (m *PopulationRateMonitor) base() *state        { return m.state }
func (m *PopulationRateMonitor) needs() []Object     { return []Object{m.of.owner} }
func (m *PopulationRateMonitor) writes(*preparation) {}

// Source returns the group that is recorded.
func (m *PopulationRateMonitor) Source() Group { return m.source }

// Times returns the times of the samples in seconds. The slice must not be changed.
func (m *PopulationRateMonitor) Times() []float64 { return m.times }

// Rates returns the rate in hertz at each time: spikes of the step, divided by its length and the number of neurons.
// The slice must not be changed.
func (m *PopulationRateMonitor) Rates() []float64 { return m.rates }

// prepare implements Object.
func (m *PopulationRateMonitor) prepare(p *preparation) error {
	start, stop := m.of.part.bounds()
	c := m.of.part.clock
	sample := func(step int64, count int) {
		m.times = append(m.times, c.Time(step))
		m.rates = append(m.rates, float64(count)/c.Dt()/float64(stop-start))
	}
	if !m.of.owner.Active() {
		p.add(m.name, c, Place{atEnd, 0}, sim.Func(func() error {
			sample(c.Index(), 0)
			return nil
		}))
		return nil
	}
	p.heard = append(p.heard, func() error {
		last, count := int64(-1), 0
		m.of.spikes.Each(func(step int64, neurons []int32) {
			if step != last && last >= 0 {
				sample(last, count)
				count = 0
			}
			last = step
			for _, neuron := range neurons {
				if int(neuron) >= start && int(neuron) < stop {
					count++
				}
			}
		})
		if last >= 0 {
			sample(last, count)
		}
		return nil
	})
	return nil
}

// Smooth returns the rate smoothed over a window, as Brian2's smooth_rate does, in hertz at each of Times: "flat" averages
// over width, rounded to an odd number of steps; "gaussian" has the standard deviation width and ends at two of them.
func (m *PopulationRateMonitor) Smooth(window string, width units.Quantity) ([]float64, error) {
	if width.Dim != units.Time || !(width.Value > 0) {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "The width of the window has to be a positive time, not %s.", width)
	}
	weights, err := smoothingWindow(window, width.Value, m.clock.Dt())
	if err != nil {
		return nil, err
	}
	return convolveSame(m.rates, weights), nil
}

// SmoothWith returns the rate smoothed with weights for successive steps, an odd number of them, which are divided by their
// sum.
func (m *PopulationRateMonitor) SmoothWith(window []float64) ([]float64, error) {
	if len(window)%2 != 1 {
		return nil, diag.Errorf(diag.Span{}, "TypeError", "The window has to have an odd number of values, not %d.", len(window))
	}
	sum := 0.0
	for _, x := range window {
		sum += x
	}
	weights := make([]float64, len(window))
	for k, x := range window {
		weights[k] = x / sum
	}
	return convolveSame(m.rates, weights), nil
}

// smoothingWindow returns weights that sum to 1, an odd number of them.
func smoothingWindow(window string, width, dt float64) ([]float64, error) {
	switch window {
	case "flat":
		half := int(width / 2 / dt)
		weights := make([]float64, 2*half+1)
		for k := range weights {
			weights[k] = 1 / float64(len(weights))
		}
		return weights, nil
	case "gaussian":
		half := int(math.RoundToEven(2 * width / dt))
		weights := make([]float64, 2*half+1)
		sum := 0.0
		for k := range weights {
			x := float64(k-half) * dt
			weights[k] = math.Exp(-x * x / (2 * width * width))
			sum += weights[k]
		}
		for k := range weights {
			weights[k] /= sum
		}
		return weights, nil
	}
	return nil, diag.Errorf(diag.Span{}, "NotImplementedError", "Unknown pre-defined window '%s'.", window).WithHint("use 'flat' or 'gaussian'.")
}

// convolveSame convolves values with weights and returns the middle part, as long as the longer of both (NumPy's
// mode "same").
func convolveSame(values, weights []float64) []float64 {
	n, m := len(values), len(weights)
	if n == 0 {
		return nil
	}
	longer := max(n, m)
	result := make([]float64, longer)
	offset := (min(n, m) - 1) / 2
	for k := range result {
		at := k + offset // in the full convolution
		sum := 0.0
		for w := max(0, at-n+1); w < m && w <= at; w++ {
			sum += values[at-w] * weights[w]
		}
		result[k] = sum
	}
	return result
}
