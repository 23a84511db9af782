package sim

import (
	"cmp"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/plan"
)

// Delivery is the task of a pathway: it queues the spikes that trigger it, and runs the pathway's code for the synapses
// at which spikes arrive in the current step. Each part of the network has its own synapses, or the first part has all
// of them.
type Delivery struct {
	clock  *Clock
	first  int64
	spikes *Spikes
	start  int // the neurons from start to stop-1 trigger it
	stop   int
	// inside: the spikes that a part needs are its own, so they are queued in the step in which they occur. Otherwise they
	// are queued at the next meeting; where the first part has all synapses, all parts stand at the step.
	inside, alone bool
	together      bool
	late          int64 // 1: the pathway acts before its spikes occur in a step, which it hears of in the next one
	began         int64
	ways          []*way
	// carried are synapses that were on their way when the run began, by step of arrival since then, in delivery order.
	carried [][]int32
	// repeats is the step until which a synapse can occur twice in a step, because delays changed on the way.
	repeats int64
	rowOf   []int32
}

// way is one part's share of a pathway.
type way struct {
	fan       *Fan
	queue     *Queue
	carried   [][]int32
	row       *plan.Bound // for stretches of consecutive synapses
	list      *plan.Bound // for any synapses
	rows      *plan.Bound // what runs once for each row of them
	reached   []int32     // rows
	stretches []exec.Stretch
	lanes     []int32
	heard     []int32
	events    int64
	_         [24]byte
}

// DeliveryOptions configures a Delivery.
type DeliveryOptions struct {
	Clock *Clock
	// First is the step at which the branch of random numbers began, Began that at which the run begins.
	First, Began int64
	// Spikes of the neurons Start to Stop-1 trigger the pathway.
	Spikes      *Spikes
	Start, Stop int
	// Fans hold the synapses of each part, Longest the largest delay in any.
	Fans    []*Fan
	Longest int
	// Inside says that a part's spikes trigger only that part's synapses.
	Inside bool
	// Bound is the code; each part runs a copy, with the columns that Columns replaces.
	Bound   *plan.Bound
	Columns func(part int) func(exec.Column) (exec.Column, bool)
	// Rows, if set, is code that runs before it, once for each row of synapses that a spike reaches; RowOf gives the row of
	// each synapse.
	Rows  *plan.Bound
	RowOf []int32
	// Carried lists the synapses on their way, by steps until they arrive; Owner returns a synapse's part.
	Carried [][]int32
	Owner   func(synapse int32) int
	// Repeats is the step until which a synapse can occur twice in a step.
	Repeats int64
	// Late says that the pathway acts before the spikes that trigger it occur in a step: they act a step later. Listen
	// queues them then.
	Late bool
	// Together says that the code runs once for all synapses of a step.
	Together bool
}

// NewDelivery returns the task.
func NewDelivery(o DeliveryOptions) *Delivery {
	d := &Delivery{clock: o.Clock, first: o.First, spikes: o.Spikes, start: o.Start, stop: o.Stop, inside: o.Inside || len(o.Fans) == 1, alone: len(o.Fans) == 1,
		began: o.Began, carried: o.Carried, repeats: o.Repeats, rowOf: o.RowOf, together: o.Together}
	if o.Late {
		d.late = 1
	}
	for part, fan := range o.Fans {
		w := &way{fan: fan, queue: newQueue(o.Longest + MostSteps + 1), row: o.Bound.Part(part, o.Columns(part)), list: o.Bound.Part(part, o.Columns(part))}
		if o.Rows != nil {
			w.rows = o.Rows.Part(part, o.Columns(part))
		}
		w.carried = make([][]int32, len(o.Carried))
		for k, synapses := range o.Carried {
			for _, s := range synapses {
				if len(o.Fans) == 1 || o.Owner(s) == part {
					w.carried[k] = append(w.carried[k], s)
				}
			}
		}
		d.ways = append(d.ways, w)
	}
	return d
}

// exchange queues the spikes that the last closing, which has that number, made readable.
func (d *Delivery) exchange(part int, number int64) {
	w := d.ways[part]
	d.spikes.crossing(number, func(step int64, neurons []int32) { d.push(w, step, neurons) })
}

func (d *Delivery) push(w *way, step int64, neurons []int32) {
	w.queue.push(w.fan, step+d.late, d.began, neurons, int32(d.start), int32(d.stop))
}

// Local is the task as parts do it.
func (d *Delivery) Local(part int, step int64) {
	if part >= len(d.ways) {
		return
	}
	if d.late == 0 {
		d.Listen(part, step)
	}
	d.deliver(d.ways[part], step)
}

// Listen queues the spikes of a step, as far as the part hears of them before a meeting. It is a task of its own where the
// pathway acts before they occur; else Local does it.
func (d *Delivery) Listen(part int, step int64) {
	if part >= len(d.ways) {
		return
	}
	w := d.ways[part]
	if d.alone {
		w.heard = d.spikes.Now(d.start, d.stop, w.heard[:0])
		d.push(w, step, w.heard)
	} else if d.inside {
		d.push(w, step, d.spikes.Current(part))
	}
}

// aStretch is the number of consecutive synapses from which code runs faster over them as a stretch than over their list.
const aStretch = 24

func (d *Delivery) deliver(w *way, step int64) {
	slot := w.queue.slot(step)
	w.lanes = w.lanes[:0]
	if k := step - d.began; k < int64(len(w.carried)) {
		w.lanes = append(w.lanes, w.carried[k]...)
		w.carried[k] = nil
	}
	if w.rows != nil {
		d.runRows(w, step, *slot)
	}
	inStretches := step >= d.repeats && !d.together
	for _, a := range *slot {
		r := &w.fan.runs[a.run]
		if n := r.end - r.first; n > aStretch && inStretches {
			if stretch, ok := w.fan.stretch(r); ok {
				if len(w.lanes) > 0 {
					d.runList(w, step)
				}
				w.stretches = append(w.stretches, stretch)
				w.events += int64(n)
				continue
			}
		}
		d.runStretches(w, step)
		w.lanes = w.fan.appendRun(w.lanes, r)
	}
	d.runStretches(w, step)
	d.runList(w, step)
	*slot = (*slot)[:0]
}

// runStretches runs the code for the stretches that are gathered.
func (d *Delivery) runStretches(w *way, step int64) {
	if len(w.stretches) == 0 {
		return
	}
	w.row.Binding.Step = step - d.first
	w.row.RunStretches(w.stretches)
	w.stretches = w.stretches[:0]
}

// runRows runs the code of the rows that are reached: those of the gathered synapses, and those in the slot. A synapse
// is reached once in a step, so a row is; and in what is gathered the synapses of a row, which one spike reaches, follow
// one another.
func (d *Delivery) runRows(w *way, step int64, slot []arrival) {
	w.reached = w.reached[:0]
	for _, s := range w.lanes {
		if row := d.rowOf[s]; len(w.reached) == 0 || w.reached[len(w.reached)-1] != row {
			w.reached = append(w.reached, row)
		}
	}
	for _, a := range slot {
		if r := &w.fan.runs[a.run]; r.end > r.first {
			w.reached = append(w.reached, d.rowOf[w.fan.one(r)])
		}
	}
	if len(w.reached) == 0 {
		return
	}
	b := &w.rows.Binding
	b.Step, b.Lanes = step-d.first, w.reached
	w.rows.Run(0, len(w.reached))
}

// runList runs the code for the synapses that are gathered.
func (d *Delivery) runList(w *way, step int64) {
	if len(w.lanes) == 0 {
		return
	}
	w.events += int64(len(w.lanes))
	b := &w.list.Binding
	b.Step, b.Lanes = step-d.first, w.lanes
	if step < d.repeats {
		for k := range w.lanes {
			w.list.Run(k, k+1)
		}
	} else {
		w.list.Run(0, len(w.lanes))
	}
	w.lanes = w.lanes[:0]
}

// Events counts for how many synapses the code has run.
func (d *Delivery) Events() int64 {
	events := int64(0)
	for _, w := range d.ways {
		events += w.events
	}
	return events
}

// Pending returns the synapses that spikes on their way will act on, by steps until they arrive, in delivery order. The
// parts stand at the clock's step.
func (d *Delivery) Pending() [][]int32 {
	var pending [][]int32
	now := d.clock.Index()
	for ahead := range len(d.ways[0].queue.slots) {
		step := now + int64(ahead)
		var list []int32
		if k := step - d.began; k < int64(len(d.carried)) {
			list = slices.Clone(d.carried[k])
		}
		if list = d.merge(step, list); len(list) > 0 {
			pending = append(pending, make([][]int32, ahead-len(pending))...)
			pending = append(pending, list)
		}
	}
	return pending
}

// merge appends what the parts' queues hold for a step: by step of emission, neuron, and creation.
func (d *Delivery) merge(step int64, list []int32) []int32 {
	type expected struct {
		arrival
		way *way
	}
	var arrivals []expected
	for _, w := range d.ways {
		for _, a := range *w.queue.slot(step) {
			arrivals = append(arrivals, expected{a, w})
		}
	}
	slices.SortStableFunc(arrivals, func(a, b expected) int {
		return cmp.Or(cmp.Compare(a.emitted, b.emitted), cmp.Compare(a.neuron, b.neuron))
	})
	for k := 0; k < len(arrivals); {
		from := len(list)
		spike := arrivals[k].arrival
		for ; k < len(arrivals) && arrivals[k].emitted == spike.emitted && arrivals[k].neuron == spike.neuron; k++ {
			fan := arrivals[k].way.fan
			list = fan.appendRun(list, &fan.runs[arrivals[k].run])
		}
		slices.Sort(list[from:])
	}
	return list
}

// Columns replaces the columns that a clock's code reads by those of a part's hand.
func (c *Clock) Columns(part int) func(exec.Column) (exec.Column, bool) {
	hand := c.Hand(part)
	return func(column exec.Column) (exec.Column, bool) {
		switch {
		case len(column.F64) > 0 && &column.F64[0] == &c.T[0]:
			return exec.Column{F64: hand.T}, true
		case len(column.I64) > 0 && &column.I64[0] == &c.Step[0]:
			return exec.Column{I64: hand.Step}, true
		}
		return column, false
	}
}
