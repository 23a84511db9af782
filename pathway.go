package synfire

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/placement"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// Pathway is code that runs for a synapse when its source or target spiked, after a delay.
type Pathway struct {
	synapses *Synapses
	name     string
	onPost   bool
	code     []*syntax.CodeStmt
	event    string
	events   *sim.Spikes // that trigger it
	place    Place
	active   bool

	delays  *model.Variable // seconds; Shared if one delay is for all
	changed bool            // delays or synapses changed since the fans were made
	moved   bool            // delays or synapses changed since spikes on their way were queued
	fans    []*sim.Fan      // for parts of the network, which are cut so
	cut     plan.Cut
	longest int // delay, in steps
	nearest int
	fansDT  float64
	// pending are the synapses that spikes on their way will act on, by steps of pendingDT until they arrive. It is never
	// changed, only replaced.
	pending   [][]int32
	pendingDT float64
	// repeats is the step until which a synapse can be delivered twice in one step, because delays changed
	// while spikes were on their way.
	repeats int64
}

func (y *Synapses) addPathway(o PathwayOptions) error {
	what := "on_pre"
	if o.OnPost {
		what = "on_post"
	}
	if o.Name != "pre" && o.Name != "post" {
		what = "pathway '" + o.Name + "'"
	}
	if !isIdentifier(o.Name) || y.Pathway(o.Name) != nil {
		return diag.Errorf(diag.Span{}, "ValueError", "'%s' cannot be the name of a pathway of '%s': a name is needed that no other pathway has.", o.Name, y.name)
	}
	triggers := y.from
	if o.OnPost {
		triggers = y.to
	}
	events := triggers.source(o.Event)
	if events == nil {
		return triggers.noEvent(fmt.Sprintf("'%s' of '%s'", what, y.name), o.Event)
	}
	code, err := y.parseCode(what, o.Code)
	if err != nil {
		return err
	}
	pathway := &Pathway{synapses: y, name: o.Name, onPost: o.OnPost, code: code, active: true, changed: true, event: o.Event, events: events, place: Place{atSynapses, -1}}
	if o.OnPost {
		pathway.place.order = 1
	}
	pathway.delays = &model.Variable{Name: "delay", Owner: y.name + "_" + o.Name, Kind: model.Parameter, Type: model.Float, Dim: units.Time}
	if o.Delay != (units.Quantity{}) {
		if o.Delay.Dim != units.Time {
			return units.Mismatch("The delay of '"+y.name+"' has to be a time", o.Delay.Dim)
		}
		pathway.delays.Shared = true
		pathway.delays.Storage = &plan.Storage{Column: exec.Column{F64: []float64{o.Delay.Value}}}
	} else {
		pathway.delays.Storage = &plan.Storage{Origin: plan.Zeros(pathway.delays, y.n)}
	}
	y.pathways = append(y.pathways, pathway)
	return nil
}

// Name returns the name of the pathway within its synapses.
func (w *Pathway) Name() string { return w.name }

// Event returns the name of the event that triggers the pathway.
func (w *Pathway) Event() string { return w.event }

// Code returns the statements of the pathway, one on each line.
func (w *Pathway) Code() string {
	lines := make([]string, len(w.code))
	for k, s := range w.code {
		lines[k] = syntax.FormatStmt(s)
	}
	return strings.Join(lines, "\n")
}

// Active reports whether the pathway takes part in runs.
func (w *Pathway) Active() bool { return w.active }

// SetActive decides whether the pathway takes part in the runs to come.
func (w *Pathway) SetActive(active bool) { w.active = active }

// When returns the place in a step at which the pathway acts, and Order its order there: "synapses", with -1 for pathways
// that are triggered by sources and 1 for those by targets, unless SetSchedule has changed it.
func (w *Pathway) When() string { return w.place.When() }

// Order returns the order of the pathway in its place.
func (w *Pathway) Order() int { return w.place.order }

// SetSchedule moves the pathway in the runs to come. If it acts before the event that triggers it, it hears of the event in the
// next step.
func (w *Pathway) SetSchedule(when string, order int) error {
	w.place.Set(when, order)
	return nil
}

// SetDelay assigns the delays of the pathway as Synapses.Set does for a variable.
func (w *Pathway) SetDelay(value any, options ...Option) error {
	p := w.view()
	return p.Set("delay", value, options...)
}

// Delay returns the delays in seconds: one value, or one for each selected synapse.
func (w *Pathway) Delay(options ...Option) (Values, error) {
	p := w.view()
	return p.Get("delay", options...)
}

// view is the part of the synapses in whose code "delay" is this pathway's.
func (w *Pathway) view() *part {
	p := w.synapses.part
	p.object = func(name string) *model.Symbol {
		if name == "delay" {
			return w.delays.Symbol()
		}
		return w.synapses.symbol(name)
	}
	return &p
}

// objectName is the name of the pathway in the schedule.
func (w *Pathway) objectName() string { return w.synapses.name + "_" + w.name }

func (w *Pathway) trigger() (of *population, start, length int) {
	if w.onPost {
		return w.synapses.to, w.synapses.toStart, w.synapses.toLength
	}
	return w.synapses.from, w.synapses.fromStart, w.synapses.fromLength
}

// scope is what the pathway's code sees. It runs on the clock of the group whose spikes trigger it.
func (w *Pathway) scope(p *preparation) *model.Scope {
	y := w.synapses
	of, _, _ := w.trigger()
	return y.scope(fmt.Sprintf("the %s code", w.name), func(name string) *model.Symbol {
		if symbol := of.part.clock.symbol(name); symbol != nil && y.byName[name] == nil {
			return symbol
		}
		return y.symbol(name)
	}, p.names)
}

// lower adds the code that runs for each synapse: decay to now of event-driven variables, the user's code, lastupdate = t.
// Of pathway k of synapses whose rows keep variables, it is what rows do not do.
func (w *Pathway) lower(b *lower.Builder, decay *integrate.Result, divided *placement.Code, k int) error {
	y := w.synapses
	if decay != nil {
		for _, stage := range [][]*syntax.CodeStmt{decay.Code, decay.Store} {
			if err := b.Generated(stage); err != nil {
				return err
			}
		}
	}
	var err error
	if divided != nil {
		err = divided.LowerRest(b, k)
	} else {
		err = b.Statements(w.code)
	}
	if err != nil {
		return err
	}
	if y.lastUpdate != nil && !y.placement.Keeps(y.lastUpdate) {
		of, _, _ := w.trigger()
		b.Write(y.lastUpdate, model.Own, b.Load(of.part.clock.t, model.Shared))
	}
	return nil
}

// prepare schedules pathway k of the synapses. decay is the code of what synapses keep; divided and rows are the code of
// what their rows keep.
func (w *Pathway) prepare(p *preparation, decay *integrate.Result, divided *placement.Code, k int, rows *rowCode) error {
	y := w.synapses
	of, start, length := w.trigger()
	c := of.part.clock
	late := !of.emitsBefore(p.network.slots(), w.event, w.place, w.objectName())
	if y.from.part.clock.Dt() != y.to.part.clock.Dt() || c != y.clock && c.Dt() != y.clock.Dt() {
		p.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf(
			"The pathway '%s' runs on the clock of '%s', with a dt of %s; the synapses, their source or their target have another dt. Delays are rounded to multiples of %s.",
			w.objectName(), of.part.name, units.Second.Of(c.Dt()), units.Second.Of(c.Dt()))})
	}
	compiled := code{
		owner: y.state, name: w.objectName(), scope: w.scope(p), protect: true, elementsOnly: true, clock: c,
		elements: y.n, keep: plan.KeepShared, synapses: y,
	}
	if divided != nil {
		compiled.scope.Object = divided.Names(compiled.scope.Object, rows.passed)
	}
	b := p.builder(compiled)
	if err := w.lower(b, decay, divided, k); err != nil {
		return err
	}
	bound, err := p.compile(compiled, b.Finish())
	if err != nil {
		return err
	}
	y.address(bound)
	reach := reachOf(bound, lower.PostIndex)
	parts := p.Parts
	if reach == sim.WritesOthers {
		parts = 1
	}
	p.report.tables(func() { w.prepareQueue(p, c, parts) })
	owners := p.cut(y.to.part.state).Owners()
	options := sim.DeliveryOptions{
		Clock: c.Clock, First: p.first(c), Began: c.StepsUntil(p.network.now),
		Spikes: w.events, Start: start, Stop: start + length, Inside: w.onPost,
		Fans: w.fans, Longest: w.longest, Bound: bound, Columns: p.columnsOf(c.Clock),
		Carried: w.pending, Owner: func(synapse int32) int { return int(owners[y.post[synapse]]) }, Repeats: w.repeats,
		Late: late,
	}
	_, options.Together = bound.Program.Custom()
	if rows != nil {
		options.Rows, options.RowOf = rows.bound, rows.rows.Of
	}
	delivery := sim.NewDelivery(options)
	p.deliveries = append(p.deliveries, delivery)
	p.after = append(p.after, func() { w.pending = delivery.Pending() })
	nearest := w.nearest
	if late {
		nearest++
		heard := of.place(w.event)
		p.entries = append(p.entries, sim.Entry{
			Name: w.objectName() + "_queue", Clock: c.Clock, When: heard.when, Order: math.MaxInt, Local: delivery.Listen, Reach: reach,
		})
	}
	p.entries = append(p.entries, sim.Entry{
		Name: w.objectName(), Clock: c.Clock, When: w.place.when, Order: w.place.order,
		Local: delivery.Local, Reach: reach, Delivers: delivery, Delay: nearest,
	})
	return nil
}

// prepareQueue brings fans and pending spikes up to date with delays, synapses, time step and parts.
func (w *Pathway) prepareQueue(p *preparation, c *clock, parts int) {
	dt := c.Dt()
	cut := p.cut(w.synapses.to.part.state)
	if w.changed || w.fansDT != dt || len(w.fans) != parts || !slices.Equal(w.cut, cut) {
		w.buildFans(p, cut, dt, parts)
	}
	unsettled := w.unsettled(dt)
	if w.pendingDT != 0 && w.pendingDT != dt {
		w.pending = rescale(w.pending, w.pendingDT/dt)
	}
	if unsettled {
		w.repeats = c.StepsUntil(p.network.now) + int64(len(w.pending))
	}
	w.changed, w.moved, w.fansDT, w.cut, w.pendingDT = false, false, dt, cut, dt
}

// unsettled reports whether spikes are on their way that set out under other delays, or with another time step.
func (w *Pathway) unsettled(dt float64) bool {
	return len(w.pending) > 0 && (w.moved || w.pendingDT != dt)
}

// rescale moves queued spikes to the steps that they arrive in when the time step changes.
func rescale(pending [][]int32, ratio float64) [][]int32 {
	var moved [][]int32
	for k, list := range pending {
		at := int(float64(float64(k)*ratio) + 0.5)
		for len(moved) <= at {
			moved = append(moved, nil)
		}
		moved[at] = append(moved[at], list...)
	}
	return moved
}

// steps are the delays in steps: the integer part of delay/dt + 0.5, but not below 0. There is one if it is known that all
// synapses have the same.
func (w *Pathway) steps(dt float64) (steps []int32, negative bool) {
	n := w.synapses.n
	if _, equal := plan.StorageOf(w.delays).Origin.(plan.Constant); equal || w.delays.Shared {
		n = 1
	}
	steps = make([]int32, n)
	for lo := 0; lo < n; lo += plan.StorageBlock {
		for k, delay := range plan.Values(w.delays, lo, min(lo+plan.StorageBlock, n)).F64 {
			steps[lo+k] = max(int32(delay/dt+0.5), 0)
			negative = negative || delay < 0
		}
	}
	return steps, negative
}

// buildFans sorts the synapses by neuron and delay.
func (w *Pathway) buildFans(p *preparation, cut plan.Cut, dt float64, parts int) {
	y := w.synapses
	_, start, length := w.trigger()
	wiring := sim.Wiring{Neurons: length, Neuron: y.sources(), First: int32(start), Owned: y.post}
	if w.onPost {
		wiring.Neuron = y.post
	}
	if parts > 1 {
		wiring.Owner = cut.Owners()
	}
	steps, negative := w.steps(dt)
	if negative {
		p.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf("Some delays of '%s' are negative; they act as 0.", w.objectName())})
	}
	if len(steps) == 1 {
		wiring.Common = steps[0]
	} else {
		wiring.Delays = steps
	}
	w.fans, w.nearest, w.longest = wiring.Fans(parts), wiring.Shortest(), wiring.Longest()
}
