// Package placement decides where variables of synapses live, each synapse having its own or those that a spike reaches at
// once having them together, and writes the code that goes with it.
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
//
// The package knows variables, code and lists of numbers. It does not know which groups synapses connect, when a run begins,
// how spikes are delivered, or how the code that it writes is compiled.
package placement

import (
	"maps"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
)

// Synapses are what is to be known of synapses in a run.
type Synapses struct {
	Variables []*model.Variable
	// LastUpdate is when the last spike of any pathway came; nil if no variable is event-driven.
	LastUpdate *model.Variable
	Pathways   []Pathway
	// System returns the equations of those variables that of chooses, as code of a scope understands them.
	System func(scope *model.Scope, of func(*model.Variable) bool) *integrate.System
}

// Pathway is code that runs for a synapse when a spike reaches it.
type Pathway struct {
	// Object is the name of the pathway among all objects.
	Object string
	Code   []*syntax.CodeStmt
	Scope  *model.Scope
	// DT is the time step of the clock that the code runs on.
	DT float64
	// Rows makes the rows of the pathway, which keep nothing yet.
	Rows func() *Rows
}

// Rows are the rows of a pathway.
type Rows struct {
	Index string  // name of the index array
	Of    []int32 // row of each synapse
	N     int
	Last  *model.Variable // when a spike came last
	Kept  []Kept
}

// Kept is a variable of the synapses that rows keep.
type Kept struct {
	Of, Row *model.Variable
}

// Placement is where the synaptic variables that rows share live. It outlasts runs. A nil Placement stands for synapses that
// have all their variables.
type Placement struct {
	// Rows of each pathway, parallel to the pathways of the synapses.
	Rows []*Rows
	// complete: rows keep all event-driven variables, so that no synapse needs lastupdate.
	complete   bool
	lastUpdate *model.Variable
	dt         []float64 // of each pathway's clock
	// constants that equations depend on, by name.
	constants map[string]float64
	// reveal computes what users read.
	reveal *plan.Program
}

// Spread moves variables to rows, if the synapses of each row have equal values and none of the n synapses has had a spike of
// its own yet; or to those rows from which stored was taken. Else it returns nil.
func (s *Synapses) Spread(intent *Intent, n int, stored *Stored) *Placement {
	lastUpdate, equal := plan.OnlyValue(s.LastUpdate, n)
	if !equal && stored == nil {
		return nil
	}
	l := &Placement{complete: intent.Complete, lastUpdate: s.LastUpdate, constants: intent.constants}
	for k, w := range s.Pathways {
		l.dt = append(l.dt, w.DT)
		r := w.Rows()
		newVariable := func(name string, like *model.Variable) *model.Variable {
			v := *like
			v.Name, v.Owner, v.Kind, v.Rows, v.EventDriven = name, w.rowsName(), model.Implicit, r.Index, false
			v.Storage = plan.NewStorage(&v, r.N)
			return &v
		}
		r.Last = newVariable("lastupdate", s.LastUpdate)
		for row := range plan.Column(r.Last).F64 {
			plan.Column(r.Last).F64[row] = lastUpdate
		}
		for _, v := range s.Variables {
			if !intent.Divisions[k].Kept[v.Name] {
				continue
			}
			kept := Kept{v, newVariable(v.Name, v)}
			if stored == nil && !collect(v, r.Of, plan.Column(kept.Row)) {
				return nil
			}
			r.Kept = append(r.Kept, kept)
		}
		l.Rows = append(l.Rows, r)
	}
	if stored != nil && !stored.restore(l) {
		return nil
	}
	return l
}

// rowsName is the object that variables of the pathway's rows belong to.
func (w *Pathway) rowsName() string { return w.Object + "_rows" }

// Fits reports whether rows can go on as they are.
func (l *Placement) Fits(s *Synapses, intent *Intent) bool {
	if l.complete != intent.Complete || !maps.Equal(l.constants, intent.constants) || len(l.Rows) != len(s.Pathways) {
		return false
	}
	for k, w := range s.Pathways {
		if w.DT != l.dt[k] || len(l.Rows[k].Kept) != len(intent.Divisions[k].Kept) {
			return false
		}
		for _, kept := range l.Rows[k].Kept {
			if !intent.Divisions[k].Kept[kept.Of.Name] {
				return false
			}
		}
	}
	return true
}

// Variables lists what rows keep, in a fixed order.
func (l *Placement) Variables() []*model.Variable {
	var list []*model.Variable
	for _, r := range l.Rows {
		list = append(list, r.Variables()...)
	}
	return list
}

// Variables lists what the rows keep.
func (r *Rows) Variables() []*model.Variable {
	list := []*model.Variable{r.Last}
	for _, kept := range r.Kept {
		list = append(list, kept.Row)
	}
	return list
}

// Columns returns copies of what rows keep.
func (l *Placement) Columns() []exec.Column {
	var columns []exec.Column
	for _, v := range l.Variables() {
		columns = append(columns, plan.Column(v).Clone())
	}
	return columns
}

// SetColumns gives rows what they kept when Columns copied it.
func (l *Placement) SetColumns(columns []exec.Column) {
	for k, v := range l.Variables() {
		plan.Column(v).CopyFrom(columns[k])
	}
}

// Keeps reports whether a variable of the synapses is not with them.
func (l *Placement) Keeps(v *model.Variable) bool {
	if l == nil {
		return false
	}
	if v == l.lastUpdate {
		return l.complete
	}
	for _, r := range l.Rows {
		if slices.ContainsFunc(r.Kept, func(kept Kept) bool { return kept.Of == v }) {
			return true
		}
	}
	return false
}

// Stored are what rows kept when a state was stored in a file. Synapses, which have variables of their own after it is
// restored, give them back to such rows when they run, unless something has changed: so all goes on with the same bits.
type Stored struct {
	Names     []string // of what rows keep, as Variables lists it
	Columns   []exec.Column
	Constants map[string]float64
	DT        []float64
}

// Store copies what rows keep for a file.
func (l *Placement) Store() *Stored {
	s := &Stored{Columns: l.Columns(), Constants: l.constants, DT: l.dt}
	for _, v := range l.Variables() {
		s.Names = append(s.Names, v.Owner+"."+v.Name)
	}
	return s
}

// restore gives new rows what was stored; false: they are others.
func (s *Stored) restore(l *Placement) bool {
	list := l.Variables()
	if len(list) != len(s.Names) || !maps.Equal(s.Constants, l.constants) || !slices.Equal(s.DT, l.dt) {
		return false
	}
	for k, v := range list {
		if s.Names[k] != v.Owner+"."+v.Name || plan.Column(v).Type() != s.Columns[k].Type() || plan.Column(v).Len() != s.Columns[k].Len() {
			return false
		}
	}
	l.SetColumns(s.Columns)
	return true
}

// Index returns the index array of that name, if it is one of rows.
func (l *Placement) Index(name string) (rows []int32, known bool) {
	if l != nil {
		for _, r := range l.Rows {
			if r.Index == name {
				return r.Of, true
			}
		}
	}
	return nil, false
}

// Withdraw gives back the memory that n synapses have for variables that rows keep: what is read of them is revealed. index
// returns the other index arrays of the synapses, by name.
func (l *Placement) Withdraw(variables []*model.Variable, n int, index func(name string) (numbers []int32, known bool)) {
	for _, v := range variables {
		if l.Keeps(v) {
			plan.StorageOf(v).MakeFrom(revealed{l, v, variables, n, index})
		}
	}
}

// Gather gives every synapse its own variables again.
func (l *Placement) Gather(variables []*model.Variable) {
	for _, v := range variables {
		if l.Keeps(v) {
			plan.Column(v) // makes them, as rows have them now
		}
	}
}

// revealed makes the values of a variable that rows keep: those at each synapse's last spike.
type revealed struct {
	from      *Placement
	of        *model.Variable
	variables []*model.Variable // of the synapses
	n         int
	index     func(name string) (numbers []int32, known bool)
}

// Elements implements plan.Origin.
func (r revealed) Elements() int { return r.n }

// Fill implements plan.Origin. The program computes all variables that rows keep; the others go to memory that is used again.
func (r revealed) Fill(from int, to exec.Column) {
	indexes := map[string][]int32{}
	for _, name := range r.from.reveal.Kernel.Indexes {
		numbers, known := r.from.Index(name)
		if !known {
			numbers, known = r.index(name)
		}
		if known {
			indexes[name] = numbers
		}
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
			case r.from.Keeps(v):
				if others[v].Len() < hi-lo {
					others[v] = exec.NewColumn(lower.StorageType(v), hi-lo)
				}
				return others[v].Slice(0, hi-lo)
			case slices.Contains(r.variables, v) && !v.Shared:
				return plan.Values(v, from+lo, from+hi)
			}
			return plan.Column(v)
		}})
		bound.Setup()
		bound.Run(0, hi-lo)
	}
}
