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

// StateMonitor records variables of neurons or synapses over time.
type StateMonitor struct {
	*state
	source  Object
	part    *part
	place   Place
	traces  []*recorded
	indices []int // recorded elements, relative
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
	// Single keeps samples as float32, which takes about half of the memory: recordings have the rounded values.
	Single bool
	Name   string
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
	m.place = at(options.When, atStart, options.Order)
	n := m.part.Len()
	for _, k := range options.Record {
		if k < 0 || k >= n {
			return nil, diag.Errorf(diag.Span{}, "IndexError", "Cannot record element %d of '%s': it has %d.", k, m.part.name, n)
		}
		m.indices = append(m.indices, k)
	}
	if options.Record == nil {
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
		// Variables that are of 32 bits lose nothing.
		as := record.Precision(options.Single || symbol.Var != nil && symbol.Var.Single)
		m.traces = append(m.traces, &recorded{name, symbol, record.NewTrace(s.pool, as, len(m.indices))})
	}
	return m, nil
}

// Place returns where in a step the monitor records.
func (m *StateMonitor) Place() *Place { return &m.place }

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

// Bytes returns how much memory, or file, what is recorded takes.
func (m *StateMonitor) Bytes() int {
	bytes := 8 * len(m.times)
	for _, r := range m.traces {
		bytes += r.trace.Bytes()
	}
	return bytes
}

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

// share is what one part of a network records of a monitor.
type share struct {
	lanes     []int32
	stretches []stretch
	values    []float64 // of a stretch, where they do not lie side by side as floats
	samples   int       // since the last meeting
	_         [64]byte  // parts count at the same time
}

// stretch are elements whose rows follow each other in what is recorded.
type stretch struct {
	row      int
	lanes    []int32
	adjacent bool // so do the elements
}

// add adds the element that stands in a row of what is recorded.
func (s *share) add(row int, lane int32) {
	s.lanes = append(s.lanes, lane)
	if n := len(s.stretches); n > 0 {
		last := &s.stretches[n-1]
		if k := len(last.lanes); last.row+k == row {
			last.adjacent = last.adjacent && last.lanes[k-1]+1 == lane
			last.lanes = append(last.lanes, lane)
			return
		}
	}
	s.stretches = append(s.stretches, stretch{row, []int32{lane}, true})
}

// put puts a sample of the share, whose values stand in a column, into a trace.
func (s *share) put(trace *record.Trace, sample int, from exec.Column) {
	for k := range s.stretches {
		run := &s.stretches[k]
		if run.adjacent && from.F64 != nil {
			trace.Put(sample, run.row, from.F64[run.lanes[0]:][:len(run.lanes)])
			continue
		}
		s.values = appendLanes(s.values[:0], from, run.lanes)
		trace.Put(sample, run.row, s.values)
	}
}

// prepare implements Object. Parts of the network record their neurons on their own, and when they meet what they
// recorded is packed. Of synapses, and of what other parts write, samples are taken for the whole network.
func (m *StateMonitor) prepare(p *preparation) error {
	const _ = uint(record.Room - sim.MostSteps) // there is room for what is taken between two meetings
	first, _ := m.part.bounds()
	var whole share
	for row, number := range m.indices {
		whole.add(row, int32(first+number))
	}
	local := m.part.synapses == nil
	shares := make([]share, p.Parts)
	if local {
		owners := p.cut(m.part.state).Owners()
		for row, lane := range whole.lanes {
			shares[owners[lane]].add(row, lane)
		}
	}
	sources := make([]source, len(m.traces))
	for k, r := range m.traces {
		var err error
		if sources[k], err = m.sourceOf(p, r, whole.lanes, shares); err != nil {
			return err
		}
		if err := r.trace.Open(); err != nil {
			return err
		}
		local = local && sources[k].local != nil
	}
	taken := len(m.times) // samples at the last meeting
	grow := func(samples int) (problem error) {
		taken += samples
		for _, r := range m.traces {
			if err := r.trace.Grow(p.team, samples); err != nil {
				problem = err
			}
		}
		return problem
	}
	if !local {
		p.add(m.name, m.clock, m.place, sim.Func(func() error {
			step := m.clock.Index()
			for k, r := range m.traces {
				sources[k].whole(step)
				whole.put(r.trace, taken, sources[k].column())
			}
			m.times = append(m.times, m.clock.Time(step))
			return grow(1)
		}))
		return nil
	}
	p.entries = append(p.entries, sim.Entry{
		// Of neurons that go ahead what they do is recorded while they do it.
		Name: m.name, Clock: m.clock.Clock, When: m.place.when, Order: m.place.order, Ahead: !p.reached[m.part.state],
		Local: func(part int, step int64) {
			s := &shares[part]
			for k, r := range m.traces {
				sources[k].local(part, step)
				s.put(r.trace, taken+s.samples, sources[k].column())
				for _, run := range s.stretches {
					r.trace.Pack(run.row, run.row+len(run.lanes), taken+s.samples+1)
				}
			}
			s.samples++
			if part == 0 {
				m.times = append(m.times, m.clock.Time(step))
			}
		},
	})
	p.heard = append(p.heard, func() error {
		samples := shares[0].samples
		for k := range shares {
			shares[k].samples = 0
		}
		return grow(samples)
	})
	return nil
}

// source is where the values of a recorded variable come from: a column, and what has to be done so that it holds those of
// a step.
type source struct {
	column func() exec.Column
	whole  func(step int64)
	local  func(part int, step int64) // nil: parts cannot do it on their own
}

func (m *StateMonitor) sourceOf(p *preparation, r *recorded, lanes []int32, shares []share) (source, error) {
	if r.symbol.Kind == model.VariableSymbol && r.symbol.Index == model.Own {
		return source{func() exec.Column { return plan.Column(r.symbol.Var) }, func(int64) {}, func(int, int64) {}}, nil
	}
	// Everything else is computed: subexpressions, shared variables, those of neighbours.
	n := m.part.n
	scope := m.part.scope("a recorded variable", m.part.object, p.names)
	result := exec.NewColumn(lower.StorageType(&model.Variable{Type: model.Float}), n)
	v := implicit(m.name, "_"+r.name, model.Float, r.symbol.Dim, result)
	p.wrote(v)
	c := code{owner: m.part.state, name: m.name + "_" + r.name, scope: scope, elements: n, keep: plan.KeepShared, synapses: m.part.synapses}
	b := p.builder(c)
	if _, err := model.Infer(&syntax.Name{Ident: r.name}, scope); err != nil {
		return source{}, err
	}
	if err := b.AssignTo(v, model.Own, &syntax.Name{Ident: r.name}); err != nil {
		return source{}, err
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return source{}, err
	}
	bound.Binding.Lanes = lanes
	bound.Binding.Base = int64(m.part.start)
	branchBegan := p.first(m.clock)
	from := source{
		column: func() exec.Column { return result },
		whole: func(step int64) {
			bound.Binding.Step = step - branchBegan
			bound.Run(0, len(lanes))
		},
	}
	if m.clock == m.part.clock && reachOf(bound, "") == sim.OwnPart {
		var lists [][]int32
		for k := range shares {
			lists = append(lists, shares[k].lanes)
		}
		from.local = sim.NewListed(m.clock.Clock, branchBegan, bound, lists).Local
	}
	return from, nil
}

// appendLanes appends the elements of a column that lanes name, as floats.
func appendLanes(values []float64, from exec.Column, lanes []int32) []float64 {
	switch {
	case from.F64 != nil:
		for _, at := range lanes {
			values = append(values, from.F64[at])
		}
	case from.F32 != nil:
		for _, at := range lanes {
			values = append(values, float64(from.F32[at]))
		}
	default:
		for _, at := range lanes {
			values = append(values, from.Float(int(at)))
		}
	}
	return values
}

// RecordNow takes a sample of the values as they are now, beside those of runs; the network has to have run. Names in
// recorded subexpressions are found in names.
func (m *StateMonitor) RecordNow(names Names) error {
	if m.ranIn == nil {
		return diag.Errorf(diag.Span{}, "TypeError", "Can only record a single time step after the network has been run once.")
	}
	for _, r := range m.traces {
		values, err := m.part.Get(r.name, At(m.indices...), Using(names))
		if err != nil {
			return err
		}
		if err := r.trace.Open(); err != nil {
			return err
		}
		samples := make([]float64, len(m.indices))
		for k := range samples {
			samples[k] = values.Float(min(k, values.Len()-1)) // shared variables have one
		}
		r.trace.Put(len(m.times), 0, samples)
	}
	m.times = append(m.times, m.clock.Now())
	for _, r := range m.traces {
		if err := r.trace.Grow(nil, 1); err != nil {
			return err
		}
	}
	return nil
}
