package synfire

import (
	"maps"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
)

// spikeEvent is the event that a threshold makes.
const spikeEvent = "spike"

// event is a condition of neurons, beside the threshold, that synapses and monitors can follow.
type event struct {
	name      string
	condition syntax.Expr
	emitted   *sim.Spikes
	Place
}

// eventCode is code that runs for the neurons that have an event.
type eventCode struct {
	event string
	code  []*syntax.CodeStmt
	Place
}

// addEvents reads the conditions of events.
func (g *NeuronGroup) addEvents(conditions map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(conditions)) {
		if !isIdentifier(name) {
			return diag.Errorf(diag.Span{}, "TypeError", "The name '%s' cannot be used as an event name.", name)
		}
		condition, err := g.parseExpr("condition of event "+name, conditions[name])
		if err != nil {
			return err
		}
		g.events = append(g.events, &event{name, condition, &sim.Spikes{}, Place{sim.When{Slot: sim.Thresholds, Side: 1}, g.order}})
	}
	return nil
}

func (g *NeuronGroup) event(name string) *event {
	for _, e := range g.events {
		if e.name == name {
			return e
		}
	}
	return nil
}

// Events returns the names of the events of the group, "spike" among them if it has a threshold.
func (g *NeuronGroup) Events() []string {
	var names []string
	for _, e := range g.events {
		names = append(names, e.name)
	}
	if g.fired != nil {
		names = append(names, spikeEvent)
	}
	slices.Sort(names)
	return names
}

// Condition returns the condition of an event, or "" if there is none of that name.
func (g *NeuronGroup) Condition(name string) string {
	if e := g.event(name); e != nil {
		return syntax.Format(e.condition)
	}
	if name == spikeEvent && g.threshold != nil {
		return syntax.Format(g.threshold)
	}
	return ""
}

// RunOnEvent has code run for the neurons that have an event, after the resets of the step unless When of the options says
// otherwise; DT and Name have no meaning here. As in a reset, variables are written that refractoriness protects. An event
// that the group does not have is a ValueError.
func (g *NeuronGroup) RunOnEvent(event, code string, options OperationOptions) error {
	if g.event(event) == nil && (event != spikeEvent || g.fired == nil) {
		m := diag.Errorf(diag.Span{}, "ValueError", "Unknown event '%s'.", event)
		if event == spikeEvent {
			return m.WithHint("Did you forget to define a threshold?")
		}
		return m.WithHint("declare it when the group is made: events={'%s': ...}.", event)
	}
	taken := event == spikeEvent && len(g.reset) > 0
	for _, c := range g.eventCodes {
		taken = taken || c.event == event
	}
	if taken {
		return diag.Errorf(diag.Span{}, "ValueError", "Cannot add code for event '%s', code for this event has already been added.", event)
	}
	statements, err := g.parseCode("code for event "+event, code)
	if err != nil {
		return err
	}
	order := options.Order
	if order == 0 {
		order = g.order
	}
	g.eventCodes = append(g.eventCodes, &eventCode{event, statements, at(options.When, sim.When{Slot: sim.Resets, Side: 1}, order)})
	return nil
}

// SetEventSchedule says where in a step the condition of an event is evaluated; the default is "after_thresholds".
func (g *NeuronGroup) SetEventSchedule(event, when string, order int) error {
	e := g.event(event)
	if e == nil {
		return diag.Errorf(diag.Span{}, "ValueError", "Unknown event '%s'.", event)
	}
	e.Set(when, order)
	return nil
}

// source returns where an event of a population is emitted: nil if it has none of that name.
func (p *population) source(name string) *sim.Spikes {
	if name == "" || name == spikeEvent {
		return p.spikes
	}
	if g, ok := p.owner.(*NeuronGroup); ok {
		if e := g.event(name); e != nil {
			return e.emitted
		}
	}
	return nil
}

// emitters lists all that a population emits.
func (p *population) emitters() []*sim.Spikes {
	var list []*sim.Spikes
	if p.spikes != nil {
		list = append(list, p.spikes)
	}
	if g, ok := p.owner.(*NeuronGroup); ok {
		for _, e := range g.events {
			list = append(list, e.emitted)
		}
	}
	return list
}

// place returns where in a step an event is emitted.
func (p *population) place(name string) Place {
	switch x := p.owner.(type) {
	case *NeuronGroup:
		if e := x.event(name); e != nil {
			return e.Place
		}
		return x.thresholds
	case *PoissonGroup:
		return x.thresholds
	case *SpikeGeneratorGroup:
		return x.thresholds
	}
	return Place{atThresholds, p.owner.base().order}
}

// emitsBefore reports whether an event is emitted before something else in a step. What follows an event in other parts of a
// network, or later, relies on it.
func (p *population) emitsBefore(schedule sim.Schedule, event string, other Place, name string) bool {
	first := p.place(event)
	emitter := p.owner.Name()
	if _, generator := p.owner.(*SpikeGeneratorGroup); !generator {
		if event == "" {
			event = spikeEvent
		}
		emitter += "_" + event + "_thresholder"
	}
	entries := []sim.Entry{{Name: name, When: other.when, Order: other.order}, {Name: emitter, When: first.when, Order: first.order}}
	schedule.Sort(entries)
	return entries[0].Name == emitter
}

// noEvent is the error of what needs an event that a population does not have.
func (p *population) noEvent(what, name string) error {
	needed := "events"
	if name == "" || name == spikeEvent {
		name, needed = spikeEvent, "spikes"
	}
	m := diag.Errorf(diag.Span{}, "ValueError", "%s needs %s of '%s', which has no event '%s'.", what, needed, p.part.name, name)
	if name == spikeEvent {
		m.WithHint("did you forget to set a 'threshold'?")
	}
	return m
}

// prepareEvents schedules the conditions of events, and the code that follows them.
func (g *NeuronGroup) prepareEvents(p *preparation) error {
	for _, e := range g.events {
		scope := g.scope("the condition of event '"+e.name+"'", g.object, p.names)
		if err := model.CheckCondition(e.condition, scope, "The condition of event '"+e.name+"'"); err != nil {
			return err
		}
		if err := model.CheckStatefulOnce(e.condition, scope); err != nil {
			return err
		}
		c := code{owner: g.state, name: g.name + "_" + e.name + "_thresholder", scope: scope, elements: g.n, keep: plan.KeepElements}
		b := p.builder(c)
		holds, err := b.Expr(e.condition)
		if err != nil {
			return err
		}
		b.Ops.Emit(holds)
		bound, err := p.compile(c, b.Finish())
		if err != nil {
			return err
		}
		p.addKernel(c.name, g.state, e.Place, bound, p.cut(g.state), e.emitted)
	}
	for _, follow := range g.eventCodes {
		emitted := g.population().source(follow.event)
		c := code{owner: g.state, name: g.name + "_" + follow.event + "_resetter", scope: g.scope("the code for event '"+follow.event+"'", g.object, p.names),
			elementsOnly: true, elements: g.n, keep: plan.KeepElements}
		b := p.builder(c)
		if err := b.Statements(follow.code); err != nil {
			return err
		}
		bound, err := p.compile(c, b.Finish())
		if err != nil {
			return err
		}
		task := sim.NewSelected(g.clock.Clock, p.first(g.clock), bound, emitted, p.Parts)
		p.addLocal(c.name, g.state, follow.Place, reachOf(bound, ""), nil, task.Local)
	}
	return nil
}

// recordedValue is a variable that a SpikeMonitor records with each event.
type recordedValue struct {
	name   string
	symbol *model.Symbol
	values []float64 // parallel to the spikes

	logs [][]float64 // of each part since the last meeting
	read []int       // of each log
}

// prepareValues has parts log the values of recorded variables with each event.
func (m *SpikeMonitor) prepareValues(p *preparation) error {
	start, stop := m.of.part.bounds()
	c := m.of.part.clock
	var takes []func(part int, step int64, neurons []int32)
	reach := sim.OwnPart
	for _, r := range m.recorded {
		r.logs, r.read = make([][]float64, p.Parts), make([]int, p.Parts)
		if r.symbol.Kind == model.VariableSymbol && r.symbol.Index == model.Own {
			takes = append(takes, func(part int, step int64, neurons []int32) { r.log(part, plan.Column(r.symbol.Var), neurons) })
			continue
		}
		of := m.of.part
		scope := of.scope("a recorded variable", of.object, p.names)
		result := exec.NewColumn(lower.StorageType(&model.Variable{Type: model.Float}), of.n)
		v := implicit(m.name, "_"+r.name, model.Float, r.symbol.Dim, result)
		p.wrote(v)
		compiled := code{owner: of.state, name: m.name + "_" + r.name, scope: scope, elements: of.n, keep: plan.KeepShared}
		b := p.builder(compiled)
		if err := b.AssignTo(v, model.Own, &syntax.Name{Ident: r.name}); err != nil {
			return err
		}
		bound, err := p.compile(compiled, b.Finish())
		if err != nil {
			return err
		}
		bound.Binding.Base = int64(of.start)
		reach = max(reach, reachOf(bound, ""))
		task := sim.NewSelected(c.Clock, p.first(c), bound, m.events, p.Parts)
		takes = append(takes, func(part int, step int64, neurons []int32) {
			task.Local(part, step)
			r.log(part, result, neurons)
		})
	}
	if !m.of.emitsBefore(p.network.slots(), m.event, m.place, m.name) {
		return notYet(zeroSpan, "recording variables in a step before the event occurs")
	}
	within := make([][]int32, p.Parts)
	p.addFor(m.of.part.state, sim.Entry{Name: m.name, Clock: c.Clock, When: m.place.when, Order: m.place.order, Reach: reach, Local: func(part int, step int64) {
		list := within[part][:0]
		for _, neuron := range m.events.Current(part) {
			if int(neuron) >= start && int(neuron) < stop {
				list = append(list, neuron)
			}
		}
		within[part] = list
		for _, take := range takes {
			take(part, step, list)
		}
	}})
	return nil
}

func (r *recordedValue) log(part int, from exec.Column, neurons []int32) {
	for _, neuron := range neurons {
		r.logs[part] = append(r.logs[part], from.Float(int(neuron)))
	}
}

// next appends the value that a part has logged with its next event.
func (r *recordedValue) next(part int) {
	r.values = append(r.values, r.logs[part][r.read[part]])
	r.read[part]++
}

// forget empties the logs, after a meeting.
func (r *recordedValue) forget() {
	for part := range r.logs {
		r.logs[part], r.read[part] = r.logs[part][:0], 0
	}
}

// Variables returns the names of the variables that are recorded with each event.
func (m *SpikeMonitor) Variables() []string {
	var names []string
	for _, r := range m.recorded {
		names = append(names, r.name)
	}
	return names
}

// Event returns the name of the event that is recorded.
func (m *SpikeMonitor) Event() string { return m.event }

// Values returns the values of a recorded variable, one for each event. An AttributeError says that it is not recorded.
func (m *SpikeMonitor) Values(name string) (Values, error) {
	for _, r := range m.recorded {
		if r.name != name {
			continue
		}
		values := Values{Dim: r.symbol.Dim}
		switch r.symbol.Type {
		case model.Float:
			values.Floats = slices.Clone(r.values)
		case model.Integer:
			values.Ints = make([]int64, len(r.values))
			for k, x := range r.values {
				values.Ints[k] = int64(x)
			}
		default:
			values.Bools = make([]bool, len(r.values))
			for k, x := range r.values {
				values.Bools[k] = x != 0
			}
		}
		return values, nil
	}
	return Values{}, diag.Errorf(diag.Span{}, "AttributeError", "'%s' does not record '%s'.", m.name, name).WithHint("name it when the monitor is made: variables=['%s'].", name)
}
