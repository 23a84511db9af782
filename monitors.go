package synfire

import (
	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/record"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// SpikeMonitor records the spikes of a group.
type SpikeMonitor struct {
	*state
	source  Group
	of      *population
	keep    bool
	spikes  *record.Spikes
	trains  *trains
	changed int // counts changes, so that readers know when to read again
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
	Name      string
}

// SpikeMonitor makes a monitor of the spikes of a group. A group without a threshold is an AttributeError.
func (s *Simulation) SpikeMonitor(source Group, options SpikeMonitorOptions) (*SpikeMonitor, error) {
	m := &SpikeMonitor{state: &state{}, source: source, of: source.population(), keep: !options.CountOnly}
	if m.of.spikes == nil {
		return nil, diag.Errorf(diag.Span{}, "AttributeError", "'%s' has no event 'spike' to record.", m.of.part.name).WithHint("did you forget to set a 'threshold'?")
	}
	if err := m.init(s, options.Name, "spikemonitor", 0, units.Quantity{}, nil); err != nil {
		return nil, err
	}
	m.clock = m.of.part.clock
	m.spikes = record.NewSpikes(m.of.part.Len())
	return m, nil
}

func (m *SpikeMonitor) base() *state        { return m.state }
func (m *SpikeMonitor) needs() []Object     { return []Object{m.of.owner} }
func (m *SpikeMonitor) writes(*preparation) {}

// Source returns the group that is recorded.
func (m *SpikeMonitor) Source() Group { return m.source }

// Len returns the number of spikes.
func (m *SpikeMonitor) Len() int { return int(m.spikes.Total) }

// Neurons returns the number of the neuron of each spike, relative to the recorded group. The slice must not be
// changed.
func (m *SpikeMonitor) Neurons() []int32 { return m.spikes.I }

// Times returns the time of each spike in seconds, ascending. The slice must not be changed.
func (m *SpikeMonitor) Times() []float64 { return m.spikes.T }

// Counts returns how often each neuron spiked. The slice must not be changed.
func (m *SpikeMonitor) Counts() []int64 { return m.spikes.Count }

// Changes counts how often what was recorded has changed: while it stays the same, earlier results are valid.
func (m *SpikeMonitor) Changes() (changes int, total int64) { return m.changed, m.spikes.Total }

// Positions returns where the spikes of one neuron stand in Neurons and Times, ascending. Finding them takes time in
// proportion to their number, after one counting sort of all spikes.
func (m *SpikeMonitor) Positions(neuron int) []int32 {
	if m.trains == nil || m.trains.changed != m.changed || m.trains.total != m.spikes.Total {
		start, order := m.spikes.Trains()
		m.trains = &trains{start, order, m.changed, m.spikes.Total}
	}
	if neuron < 0 || neuron >= len(m.spikes.Count) {
		return nil
	}
	return m.trains.order[m.trains.start[neuron]:m.trains.start[neuron+1]]
}

// Train returns the times in seconds of the spikes of one neuron.
func (m *SpikeMonitor) Train(neuron int) []float64 {
	positions := m.Positions(neuron)
	times := make([]float64, len(positions))
	for k, at := range positions {
		times[k] = m.spikes.T[at]
	}
	return times
}

// prepare implements Object.
func (m *SpikeMonitor) prepare(p *preparation) error {
	start, stop := m.of.part.bounds()
	c := m.of.part.clock
	p.heard = append(p.heard, func() {
		m.of.spikes.Each(func(step int64, neurons []int32) {
			now := c.Time(step)
			for _, neuron := range neurons {
				if int(neuron) < start || int(neuron) >= stop {
					continue
				}
				m.spikes.Count[int(neuron)-start]++
				m.spikes.Total++
				if m.keep {
					m.spikes.I = append(m.spikes.I, neuron-int32(start))
					m.spikes.T = append(m.spikes.T, now)
				}
			}
		})
	})
	return nil
}

// StateMonitor records variables of neurons or synapses over time.
type StateMonitor struct {
	*state
	source  Object
	part    *part
	when    sim.When
	traces  []*recorded
	indices []int // recorded elements, relative
	all     bool  // every element of the source
	times   []float64
	changed int
}

// recorded is one variable of a StateMonitor.
type recorded struct {
	name   string
	symbol *model.Symbol
	trace  *record.Trace
}

// StateMonitorOptions configures a StateMonitor.
type StateMonitorOptions struct {
	// Record lists the elements to record; nil records all.
	Record []int
	// DT is the time between samples; zero takes that of the source.
	DT units.Quantity
	// When is the place in a step at which samples are taken; empty means "start", before anything of the step
	// happens.
	When  string
	Order int
	Name  string
}

// StateMonitor makes a monitor of variables of a group or of synapses; subexpressions are computed at each sample.
// Samples are kept as float64, packed without loss: they take about 1 byte each, up to 8 where they are noise.
func (s *Simulation) StateMonitor(source Object, variables []string, options StateMonitorOptions) (*StateMonitor, error) {
	m := &StateMonitor{state: &state{}, source: source}
	switch x := source.(type) {
	case Group:
		m.part = x.population().part
	case *Synapses:
		m.part = &x.part
	default:
		return nil, diag.Errorf(diag.Span{}, "TypeError", "A StateMonitor records groups and synapses, not '%s'.", source.Name())
	}
	if err := m.init(s, options.Name, "statemonitor", 0, options.DT, nil); err != nil {
		return nil, err
	}
	if options.DT == (units.Quantity{}) {
		m.clock = m.part.clock
	}
	m.order, m.when = options.Order, atStart
	if options.When != "" {
		when, err := sim.ParseWhen(options.When)
		if err != nil {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "%s", err)
		}
		m.when = when
	}
	n := m.part.Len()
	m.all = options.Record == nil
	for _, k := range options.Record {
		if k < 0 || k >= n {
			return nil, diag.Errorf(diag.Span{}, "IndexError", "Cannot record element %d of '%s': it has %d.", k, m.part.name, n)
		}
		m.indices = append(m.indices, k)
	}
	if m.all {
		m.indices = make([]int, n)
		for k := range m.indices {
			m.indices[k] = k
		}
	}
	for _, name := range variables {
		symbol, err := m.part.find(name)
		if err != nil {
			return nil, err
		}
		m.traces = append(m.traces, &recorded{name, symbol, record.NewTrace(s.pool, len(m.indices))})
	}
	return m, nil
}

func (m *StateMonitor) base() *state        { return m.state }
func (m *StateMonitor) writes(*preparation) {}

func (m *StateMonitor) needs() []Object {
	if m.part.synapses != nil {
		return []Object{m.part.synapses}
	}
	return []Object{m.source.(Group).population().owner}
}

// Source returns what is recorded.
func (m *StateMonitor) Source() Object { return m.source }

// VariableNames returns the names of the recorded variables.
func (m *StateMonitor) VariableNames() []string {
	names := make([]string, len(m.traces))
	for k, r := range m.traces {
		names[k] = r.name
	}
	return names
}

// Elements returns the numbers of the recorded elements, relative to the source. The slice must not be changed.
func (m *StateMonitor) Elements() []int { return m.indices }

// Times returns the times of the samples in seconds. The slice must not be changed.
func (m *StateMonitor) Times() []float64 { return m.times }

// Changes counts how often what was recorded has changed, beside growing.
func (m *StateMonitor) Changes() (changes int, samples int64) {
	return m.changed, int64(len(m.times))
}

// Recording is what a StateMonitor recorded of one variable up to some moment: one row for each recorded element,
// one column for each sample, in SI units. It does not change when the simulation goes on.
type Recording struct {
	*record.View
	Dim  units.Dimension
	Type string // "float", "integer" or "boolean"
}

// Large recordings are read tile by tile, never as a whole.
var _ array.TileVisitor = Recording{}

// Recording returns what was recorded of a variable.
func (m *StateMonitor) Recording(name string) (Recording, error) {
	for _, r := range m.traces {
		if r.name == name {
			return Recording{r.trace.View(), r.symbol.Dim, r.symbol.Type.String()}, nil
		}
	}
	err := diag.Errorf(diag.Span{}, "AttributeError", "'%s' does not record '%s'.", m.name, name)
	if near := diag.Nearest(name, m.VariableNames()); near != "" {
		err.WithHint("did you mean '%s'?", near)
	}
	return Recording{}, err
}

// Trace returns the samples of one element, by its number in the source, in SI units.
func (m *StateMonitor) Trace(name string, element int) ([]float64, error) {
	recording, err := m.Recording(name)
	if err != nil {
		return nil, err
	}
	for row, k := range m.indices {
		if k == element {
			values := make([]float64, len(m.times))
			recording.ReadRows(row, row+1, values)
			return values, nil
		}
	}
	return nil, diag.Errorf(diag.Span{}, "IndexError", "'%s' does not record element %d.", m.name, element)
}

// prepare implements Object.
func (m *StateMonitor) prepare(p *preparation) error {
	first, _ := m.part.bounds()
	lanes := make([]int32, len(m.indices))
	for k, number := range m.indices {
		lanes[k] = int32(first + number)
	}
	samplers := make([]sampler, len(m.traces))
	for k, r := range m.traces {
		var err error
		if samplers[k], err = m.sampler(p, r, lanes); err != nil {
			return err
		}
	}
	p.add(m.name, m.clock, m.when, m.order, sim.Func(func() error {
		for _, r := range m.traces { // before any sample is taken, so that all variables have as many
			if err := r.trace.Reserve(p.team); err != nil {
				return err
			}
		}
		for k, r := range m.traces {
			values := samplers[k]()
			r.trace.Append(p.team, func(lo int, row []float64) { copyLanes(row, values, lanes[lo:], m.all) })
		}
		m.times = append(m.times, m.clock.Now())
		return nil
	}))
	return nil
}

// sampler returns the column in which the values of a variable stand at the current step.
type sampler func() exec.Column

func (m *StateMonitor) sampler(p *preparation, r *recorded, lanes []int32) (sampler, error) {
	if r.symbol.Kind == model.VariableSymbol && r.symbol.Index == model.Own {
		return func() exec.Column { return column(r.symbol.Var) }, nil
	}
	// Everything else is computed: subexpressions, shared variables, those of neighbours.
	n := m.part.n
	scope := m.part.scope("a recorded variable", m.part.object, p.names)
	result := exec.NewColumn(lower.StorageType(&model.Variable{Type: model.Float}), n)
	v := implicit(m.name, "_"+r.name, model.Float, r.symbol.Dim, result)
	p.wrote(v)
	c := code{owner: m.part.state, name: m.name + "_" + r.name, scope: scope, elements: n, keep: plan.KeepShared}
	if m.part.synapses != nil {
		c.indexes = m.part.synapses.indexes()
	}
	b := p.builder(c)
	if _, err := model.Infer(&syntax.Name{Ident: r.name}, scope); err != nil {
		return nil, err
	}
	if err := b.AssignTo(v, model.Own, &syntax.Name{Ident: r.name}); err != nil {
		return nil, err
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return nil, err
	}
	bound.Binding.Lanes = lanes
	bound.Binding.Base = int64(m.part.start)
	branchBegan := p.first(m.clock)
	return func() exec.Column {
		bound.Binding.Step = m.clock.Index() - branchBegan
		bound.Run(0, len(lanes))
		return result
	}, nil
}

// copyLanes copies the elements of a column that the first lanes name to a row, as floats.
func copyLanes(row []float64, from exec.Column, lanes []int32, contiguous bool) {
	lanes = lanes[:len(row)]
	switch {
	case from.F64 != nil && contiguous && len(lanes) > 0:
		copy(row, from.F64[lanes[0]:])
	case from.F64 != nil:
		for k, at := range lanes {
			row[k] = from.F64[at]
		}
	default:
		for k, at := range lanes {
			row[k] = from.Float(int(at))
		}
	}
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
		p.add(m.name, c, atEnd, 0, sim.Func(func() error {
			sample(c.Index(), 0)
			return nil
		}))
		return nil
	}
	p.heard = append(p.heard, func() {
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
