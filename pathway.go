package synfire

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/model"
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
	active   bool

	delays  *model.Variable // seconds; Shared if one delay is for all
	changed bool            // delays or synapses changed since the fan was made
	fan     *sim.Fan
	fanDT   float64
	queue   sim.Queue
	queueDT float64
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
	if triggers.spikes == nil {
		return diag.Errorf(diag.Span{}, "ValueError", "'%s' of '%s' needs spikes of '%s', which has no event 'spike'.", what, y.name, triggers.part.name).
			WithHint("did you forget to set a 'threshold'?")
	}
	code, err := y.parseCode(what, o.Code)
	if err != nil {
		return err
	}
	pathway := &Pathway{synapses: y, name: o.Name, onPost: o.OnPost, code: code, active: true, changed: true}
	pathway.delays = &model.Variable{Name: "delay", Owner: y.name + "_" + o.Name, Kind: model.Parameter, Type: model.Float, Dim: units.Time}
	if o.Delay != (units.Quantity{}) {
		if o.Delay.Dim != units.Time {
			return units.Mismatch("The delay of '"+y.name+"' has to be a time", o.Delay.Dim)
		}
		pathway.delays.Shared = true
		pathway.delays.Storage = &exec.Column{F64: []float64{o.Delay.Value}}
	} else {
		pathway.delays.Storage = &exec.Column{F64: make([]float64, y.n)}
	}
	y.pathways = append(y.pathways, pathway)
	return nil
}

// Name returns the name of the pathway within its synapses.
func (w *Pathway) Name() string { return w.name }

// Active reports whether the pathway takes part in runs.
func (w *Pathway) Active() bool { return w.active }

// SetActive decides whether the pathway takes part in the runs to come.
func (w *Pathway) SetActive(active bool) { w.active = active }

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
			return symbolOf(w.delays)
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

// prepare schedules the pathway: decay to now of event-driven variables, the user's code, lastupdate = t.
func (w *Pathway) prepare(p *preparation, decay *integrate.Result) error {
	y := w.synapses
	of, start, length := w.trigger()
	// Code runs on the clock of the group whose spikes trigger it.
	c := of.part.clock
	scope := y.scope(fmt.Sprintf("the %s code", w.name), func(name string) *model.Symbol {
		if symbol := c.symbol(name); symbol != nil && y.byName[name] == nil {
			return symbol
		}
		return y.symbol(name)
	}, p.names)
	if y.from.part.clock.Dt() != y.to.part.clock.Dt() || c != y.clock && c.Dt() != y.clock.Dt() {
		p.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf(
			"The pathway '%s' runs on the clock of '%s', with a dt of %s; the synapses, their source or their target have another dt. Delays are rounded to multiples of %s.",
			w.objectName(), of.part.name, units.Second.Of(c.Dt()), units.Second.Of(c.Dt()))})
	}
	compiled := code{
		owner: y.state, name: w.objectName(), scope: scope, protect: true, elementsOnly: true, clock: c,
		elements: y.n, keep: plan.KeepShared, indexes: y.indexes(),
	}
	b := p.builder(compiled)
	if decay != nil {
		for _, stage := range [][]*syntax.CodeStmt{decay.Code, decay.Store} {
			if err := b.Generated(stage); err != nil {
				return err
			}
		}
	}
	if err := b.Statements(w.code); err != nil {
		return err
	}
	if y.lastUpdate != nil {
		b.Write(y.lastUpdate, model.Own, b.Load(c.t, model.Shared))
	}
	bound, err := p.compile(compiled, b.Finish())
	if err != nil {
		return err
	}
	if len(bound.Program.Kernel.Sites) > 0 {
		y.address(&bound.Binding)
	}
	w.prepareQueue(p, c)
	order := -1
	if w.onPost {
		order = 1
	}
	p.add(w.objectName(), c, atSynapses, order, &delivery{pathway: w, clock: c, first: p.first(c), bound: bound, spikes: of.spikes, start: start, stop: start + length})
	return nil
}

// prepareQueue brings fan and queue up to date with delays, synapses and time step.
func (w *Pathway) prepareQueue(p *preparation, c *clock) {
	dt := c.Dt()
	if w.changed || w.fan == nil || w.fanDT != dt {
		pending := w.queue.Pending()
		w.buildFan(p, dt)
		if w.queueDT != 0 && w.queueDT != dt {
			pending = rescale(pending, w.queueDT/dt)
			w.queue.SetPending(pending)
		}
		if len(pending) > 0 {
			w.repeats = c.StepsUntil(p.network.now) + int64(len(pending))
		}
		w.changed, w.fanDT = false, dt
	}
	w.queueDT = dt
	w.queue.Reserve(w.fan.Longest)
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

// buildFan converts delays to steps: the integer part of delay/dt + 0.5.
func (w *Pathway) buildFan(p *preparation, dt float64) {
	y := w.synapses
	_, start, length := w.trigger()
	neurons, side := make([]int32, y.n), y.pre
	if w.onPost {
		side = y.post
	}
	for k := range neurons {
		neurons[k] = side[k] - int32(start)
	}
	values := column(w.delays).F64
	steps := make([]int32, len(values))
	negative := false
	for k, delay := range values {
		negative = negative || delay < 0
		steps[k] = max(int32(delay/dt+0.5), 0)
	}
	if negative {
		p.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf("Some delays of '%s' are negative; they act as 0.", w.objectName())})
	}
	if w.delays.Shared {
		w.fan = sim.NewFan(length, neurons, nil, steps[0])
		return
	}
	w.fan = sim.NewFan(length, neurons, steps, 0)
}

// delivery is the task of a pathway: it queues the spikes of this step, then runs the code for the synapses at which
// spikes arrive.
type delivery struct {
	pathway     *Pathway
	clock       *clock
	first       int64
	bound       *plan.Bound
	spikes      *spikes
	start, stop int
	buffer      []int32
}

// Do implements sim.Task.
func (d *delivery) Do() error {
	w := d.pathway
	for _, neuron := range d.spikes.within(d.start, d.stop, &d.buffer) {
		w.fan.Push(&w.queue, neuron-int32(d.start))
	}
	list := w.queue.Current()
	if len(list) > 0 {
		step := d.clock.Index()
		b := &d.bound.Binding
		b.Step, b.Lanes = step-d.first, list
		if step < w.repeats {
			for k := range list {
				d.bound.Run(k, k+1)
			}
		} else {
			d.bound.Run(0, len(list))
		}
	}
	w.queue.Advance()
	return nil
}
