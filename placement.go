package synfire

import (
	"maps"
	"math"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
)

// Where synaptic variables live.
//
// A spike reaches a row of synapses at the same time: those with the same source and delay, or, for a pathway that is
// triggered by targets, with the same target and delay. An event-driven variable whose equation and assignments depend on
// nothing that differs within a row stays equal for all synapses of the row if it was equal at first: the variables of
// short-term plasticity, the traces of spike-timing dependent plasticity. Such a variable is kept once for each row,
// with the time of the row's last spike. Code of other pathways reads its value decayed to the present and does not
// store it: the exact solution of the equation over two stretches of time is that over the whole, up to rounding.
//
// What users read is made when they read it: the value at the synapse's own last spike, source or target. Whatever
// writes such a variable from outside, or changes the rows, gives every synapse its own variables back; they move to
// rows again at a later run, if they are equal then.

// placement is where the synaptic variables that rows share live. It outlasts runs.
type placement struct {
	// rows of each pathway, parallel to the pathways of the synapses.
	rows []*rows
	// complete: rows keep all event-driven variables, so that no synapse needs lastupdate.
	complete bool
	dt       []float64 // of each pathway's clock
	// constants that equations depend on, by name.
	constants map[string]float64
	// reveal computes what users read.
	reveal *plan.Program
}

// rows are the rows of a pathway.
type rows struct {
	index string  // name of the index array
	of    []int32 // row of each synapse
	n     int
	last  *model.Variable // when a spike came last
	kept  []*keptVariable
}

// keptVariable is a variable of the synapses that rows keep.
type keptVariable struct {
	of  *model.Variable
	row *model.Variable
}

// placementState is a copy of what rows keep.
type placementState struct {
	placement *placement
	columns   []exec.Column
	waiting   *storedRows
}

// storedRows are what rows kept when a state was stored in a file. The synapses, which have variables of their own after it
// is restored, give them back to such rows when they run, unless something has changed: so all goes on with the same bits.
type storedRows struct {
	names     []string // of what rows keep, as variables lists it
	columns   []exec.Column
	constants map[string]float64
	dt        []float64
}

// storedRows copies what rows keep for a file.
func (y *Synapses) storedRows() *storedRows {
	l := y.placement
	if l == nil {
		return y.waiting
	}
	s := &storedRows{constants: l.constants, dt: l.dt}
	for _, v := range l.variables() {
		s.names = append(s.names, v.Owner+"."+v.Name)
		s.columns = append(s.columns, plan.Column(v).Clone())
	}
	return s
}

// restore gives new rows what was stored; false: they are others.
func (s *storedRows) restore(l *placement) bool {
	list := l.variables()
	if len(list) != len(s.names) || !maps.Equal(s.constants, l.constants) || !slices.Equal(s.dt, l.dt) {
		return false
	}
	for k, v := range list {
		if s.names[k] != v.Owner+"."+v.Name || plan.Column(v).Type() != s.columns[k].Type() || plan.Column(v).Len() != s.columns[k].Len() {
			return false
		}
	}
	for k, v := range list {
		plan.Column(v).CopyFrom(s.columns[k])
	}
	return true
}

// variables lists what rows keep, in a fixed order.
func (l *placement) variables() []*model.Variable {
	var list []*model.Variable
	for _, r := range l.rows {
		list = append(list, r.last)
		for _, k := range r.kept {
			list = append(list, k.row)
		}
	}
	return list
}

// save copies what rows keep.
func (y *Synapses) savePlacement() placementState {
	l := y.placement
	state := placementState{placement: l, waiting: y.waiting}
	if l != nil {
		for _, v := range l.variables() {
			state.columns = append(state.columns, plan.Column(v).Clone())
		}
	}
	return state
}

// restorePlacement brings back what rows kept, or the time when they kept nothing.
func (y *Synapses) restorePlacement(state placementState) {
	y.placement, y.waiting = state.placement, state.waiting
	if y.placement == nil {
		return
	}
	for k, v := range y.placement.variables() {
		plan.Column(v).CopyFrom(state.columns[k])
	}
	y.withdraw()
}

// withdraw gives back the memory that the synapses have for the variables that rows keep.
func (y *Synapses) withdraw() {
	for _, v := range y.variables {
		if y.placement.away(y, v) {
			plan.StorageOf(v).MakeFrom(revealed{y, y.placement, v})
		}
	}
}

// keeps returns the rows that keep a variable, or nil.
func (l *placement) keeps(v *model.Variable) (*rows, *keptVariable) {
	for _, r := range l.rows {
		for _, k := range r.kept {
			if k.of == v {
				return r, k
			}
		}
	}
	return nil, nil
}

// away reports whether a variable is not with the synapses.
func (l *placement) away(y *Synapses, v *model.Variable) bool {
	if l == nil {
		return false
	}
	if v == y.lastUpdate {
		return l.complete
	}
	_, kept := l.keeps(v)
	return kept != nil
}

// place moves variables to rows, or leaves or takes them with the synapses, as the run needs it. It returns how the code of
// the pathways is divided; nil: every synapse has its own variables.
func (y *Synapses) place(p *preparation) (*intent, error) {
	intended := y.intend(p)
	if intended == nil || !y.settled(p) || y.placement != nil && !y.placement.fits(y, intended) {
		y.gather()
	}
	if intended == nil || !y.settled(p) {
		return nil, nil
	}
	if y.placement == nil {
		placed := false
		p.report.tables(func() { placed = y.spread(intended) })
		if !placed {
			return nil, nil
		}
	}
	l := y.placement
	for k, r := range l.rows {
		p.wrote(r.last)
		for _, kept := range r.kept {
			p.wrote(kept.row)
		}
		y.pathways[k].rows = r
	}
	if err := y.prepareReveal(p, intended); err != nil {
		return nil, err
	}
	y.withdraw()
	return intended, nil
}

// settled reports whether rows stay what they are in the run: no synapse can be reached twice in a step.
func (y *Synapses) settled(p *preparation) bool {
	for _, w := range y.pathways {
		of, _, _ := w.trigger()
		if w.repeats > of.part.clock.StepsUntil(p.network.now) || w.unsettled(of.part.clock.Dt()) {
			return false
		}
	}
	return true
}

// fits reports whether rows can go on as they are.
func (l *placement) fits(y *Synapses, intended *intent) bool {
	if l.complete != intended.complete || !maps.Equal(l.constants, intended.constants) || len(l.rows) != len(y.pathways) {
		return false
	}
	for k, w := range y.pathways {
		of, _, _ := w.trigger()
		if of.part.clock.Dt() != l.dt[k] || len(l.rows[k].kept) != len(intended.divisions[k].Kept) {
			return false
		}
		for _, kept := range l.rows[k].kept {
			if !intended.divisions[k].Kept[kept.of.Name] {
				return false
			}
		}
	}
	return true
}

// spread moves the variables to rows, if the synapses of each row have equal values and none has had a spike of its own
// yet.
func (y *Synapses) spread(intended *intent) bool {
	waiting := y.waiting
	y.waiting = nil
	lastUpdate, equal := plan.OnlyValue(y.lastUpdate, y.n)
	if !equal && waiting == nil {
		return false
	}
	l := &placement{complete: intended.complete, constants: intended.constants}
	for k, w := range y.pathways {
		of, _, _ := w.trigger()
		dt := of.part.clock.Dt()
		l.dt = append(l.dt, dt)
		r := w.makeRows(dt)
		owner := w.objectName() + "_rows"
		newVariable := func(name string, like *model.Variable) *model.Variable {
			v := *like
			v.Name, v.Owner, v.Kind, v.Rows, v.EventDriven = name, owner, model.Implicit, r.index, false
			v.Storage = plan.NewStorage(&v, r.n)
			return &v
		}
		r.last = newVariable("lastupdate", y.lastUpdate)
		for row := range plan.Column(r.last).F64 {
			plan.Column(r.last).F64[row] = lastUpdate
		}
		for _, v := range y.variables {
			if !intended.divisions[k].Kept[v.Name] {
				continue
			}
			kept := &keptVariable{v, newVariable(v.Name, v)}
			if waiting == nil && !collect(v, r.of, plan.Column(kept.row)) {
				return false
			}
			r.kept = append(r.kept, kept)
		}
		l.rows = append(l.rows, r)
	}
	if waiting != nil && !waiting.restore(l) {
		return false
	}
	y.placement = l
	return true
}

// collect gives each row the value that its synapses have; false: they differ.
func collect(v *model.Variable, row []int32, to exec.Column) bool {
	if x, equal := plan.OnlyValue(v, len(row)); equal {
		for row := range to.Len() {
			to.SetFloat(row, x)
		}
		return true
	}
	from := plan.Values(v, 0, len(row))
	filled := make([]bool, to.Len())
	for s, r := range row {
		switch x := from.Float(s); {
		case !filled[r]:
			filled[r] = true
			to.SetFloat(int(r), x)
		case math.Float64bits(x) != math.Float64bits(to.Float(int(r))):
			return false
		}
	}
	return true
}

// makeRows numbers the rows of the pathway.
func (w *Pathway) makeRows(dt float64) *rows {
	y := w.synapses
	of, neurons := y.from, y.sources()
	index := lower.PreIndex
	if w.onPost {
		of, neurons, index = y.to, y.post, lower.PostIndex
	}
	delays, _ := w.steps(dt)
	if slices.Min(delays) == slices.Max(delays) {
		return &rows{index: index, of: neurons, n: of.part.n}
	}
	r := &rows{index: "row_" + w.name, of: make([]int32, y.n)}
	// A table over neurons and delays, where those are few enough; 0 stands for a row that is not numbered yet.
	shortest := slices.Min(delays)
	width := int(slices.Max(delays)-shortest) + 1
	var table []int32
	number := func(key int) *int32 { return &table[key] }
	if size := of.part.n * width; size <= 8*y.n {
		table = make([]int32, size)
	} else {
		numbers := map[int]*int32{}
		number = func(key int) *int32 {
			if numbers[key] == nil {
				numbers[key] = new(int32)
			}
			return numbers[key]
		}
	}
	for s := range y.n {
		row := number(int(neurons[s])*width + int(delays[s]-shortest))
		if *row == 0 {
			r.n++
			*row = int32(r.n)
		}
		r.of[s] = *row - 1
	}
	return r
}

// gather gives every synapse its own variables back.
func (y *Synapses) gather() {
	l := y.placement
	y.waiting = nil
	if l == nil {
		return
	}
	for _, v := range y.variables {
		if l.away(y, v) {
			plan.Column(v)
		}
	}
	y.placement = nil
	for _, w := range y.pathways {
		w.rows = nil
	}
}

// revealed makes the values of a variable that rows keep: those at each synapse's last spike.
type revealed struct {
	synapses *Synapses
	from     *placement
	of       *model.Variable
}

func (r revealed) Elements() int { return r.synapses.n }

// Fill implements plan.Origin. The program computes all variables that rows keep; the others go to memory that is used again.
func (r revealed) Fill(from int, to exec.Column) {
	y := r.synapses
	indexes := y.indexesOf(r.from.reveal)
	for _, rows := range r.from.rows {
		indexes[rows.index] = rows.of
	}
	others := map[*model.Variable]exec.Column{}
	for lo := 0; lo < to.Len(); lo += plan.StorageBlock {
		hi := min(lo+plan.StorageBlock, to.Len())
		block := map[string][]int32{}
		for name, index := range indexes {
			block[name] = index[from+lo : from+hi]
		}
		bound := r.from.reveal.Bind(plan.Memory{Indexes: block, Elements: hi - lo, Column: func(v *model.Variable) exec.Column {
			switch {
			case v == r.of:
				return to.Slice(lo, hi)
			case r.from.away(y, v):
				if others[v].Len() < hi-lo {
					others[v] = exec.NewColumn(lower.StorageType(v), hi-lo)
				}
				return others[v].Slice(0, hi-lo)
			case slices.Contains(y.variables, v) && !v.Shared:
				return plan.Values(v, from+lo, from+hi)
			}
			return plan.Column(v)
		}})
		bound.Setup()
		bound.Run(0, hi-lo)
	}
}
