package synfire

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
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
	// reveal computes what users read; shown says that the synapses' own columns have it.
	reveal *plan.Program
	shown  bool
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
func (l *placement) save() placementState {
	state := placementState{placement: l}
	if l != nil {
		for _, v := range l.variables() {
			state.columns = append(state.columns, column(v).Clone())
		}
	}
	return state
}

// restorePlacement brings back what rows kept, or the time when they kept nothing.
func (y *Synapses) restorePlacement(state placementState) {
	y.placement = state.placement
	if y.placement == nil {
		return
	}
	for k, v := range y.placement.variables() {
		column(v).CopyFrom(state.columns[k])
	}
	y.withdraw()
}

// withdraw empties the columns of the variables that rows keep.
func (y *Synapses) withdraw() {
	y.placement.shown = false
	for _, v := range y.variables {
		if y.placement.away(y, v) {
			*v.Storage.(*exec.Column) = exec.Column{}
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

// intent is what a run would like to place.
type intent struct {
	divisions []model.Division // parallel to pathways
	complete  bool
	constants map[string]float64
}

// intend decides which variables rows could keep, from the code alone; nil: none.
func (y *Synapses) intend(p *preparation) *intent {
	if y.lastUpdate == nil || p.simulation.config.StatePerSynapse || y.n == 0 {
		return nil
	}
	// Code that runs for all synapses in every step sees the variables as they are.
	if len(y.summed) > 0 {
		return nil
	}
	for _, v := range y.variables {
		if clockDriven(v) || v.ConstantOverDt {
			return nil
		}
	}
	for _, o := range p.network.objects {
		if m, ok := o.(*StateMonitor); ok && m.part.synapses == y && m.Active() {
			return nil
		}
	}
	plan := &intent{constants: map[string]float64{}}
	writers := map[string]int{}
	for _, w := range y.pathways {
		if w.reachesOut(p) {
			return nil
		}
		for _, name := range model.Written(w.code) {
			writers[name]++
		}
	}
	total := 0
	for _, w := range y.pathways {
		scope := w.scope(p)
		candidates := map[string]bool{}
		for _, v := range y.variables {
			if v.EventDriven && writers[v.Name] == 1 && slices.Contains(model.Written(w.code), v.Name) {
				candidates[v.Name] = true
			}
		}
		var division model.Division
		for {
			division = model.Divide(w.expanded(scope), candidates, sameForAll(scope), scope)
			candidates = maps.Clone(division.Kept)
			if !y.dropOpen(candidates, scope, plan.constants) {
				break
			}
		}
		total += len(candidates)
		plan.divisions = append(plan.divisions, division)
	}
	eventDriven := 0
	for _, v := range y.variables {
		if v.EventDriven {
			eventDriven++
		}
	}
	plan.complete = total == eventDriven
	if total == 0 {
		return nil
	}
	return plan
}

// reachesOut reports whether code of the pathway is not what rows are made for: it is wrong, or uses the time of the last
// spike, or writes what synapses of several targets see.
func (w *Pathway) reachesOut(p *preparation) bool {
	scope := w.scope(p)
	if _, err := model.CheckCode(w.code, scope); err != nil {
		return true
	}
	written := map[*model.Variable]bool{}
	for _, stmt := range w.code {
		if symbol := scope.Known(stmt.Target.Ident); symbol != nil && symbol.Kind == model.VariableSymbol {
			if symbol.Index == model.Pre || symbol.Index == model.Shared || symbol.Var == w.synapses.lastUpdate {
				return true
			}
			written[symbol.Var] = true
		}
	}
	for _, stmt := range w.expanded(scope) {
		for _, name := range syntax.Names(stmt.Value) {
			if symbol := scope.Known(name); symbol != nil && symbol.Kind == model.VariableSymbol {
				if symbol.Var == w.synapses.lastUpdate || symbol.Index == model.Pre && written[symbol.Var] {
					return true
				}
			}
		}
	}
	return false
}

// expanded is the pathway's code with subexpressions written out.
func (w *Pathway) expanded(scope *model.Scope) []*syntax.CodeStmt {
	var code []*syntax.CodeStmt
	for _, stmt := range w.code {
		written := *stmt
		written.Value = expand(stmt.Value, scope)
		code = append(code, &written)
	}
	return code
}

// sameForAll reports whether a name means one value for all synapses: external constants, and time.
func sameForAll(scope *model.Scope) func(name string) bool {
	return func(name string) bool {
		_, ok := constantValue(scope, name)
		if symbol := scope.Known(name); symbol != nil && symbol.Kind == model.VariableSymbol {
			return symbol.Index == model.Shared && symbol.Var.ReadOnly
		}
		return ok
	}
}

// constantValue returns the value of a constant that does not belong to the synapses.
func constantValue(scope *model.Scope, name string) (float64, bool) {
	symbol, err := scope.Resolve(name, zeroSpan)
	if err != nil || symbol.Kind != model.Constant {
		return 0, false
	}
	if symbol.Value.Type == model.Float {
		return symbol.Value.Float, true
	}
	return float64(symbol.Value.Int), true
}

// dropOpen takes away candidates whose equations depend on more than candidates and constants, or on which the
// equation of another variable depends. It notes the constants of the others.
func (y *Synapses) dropOpen(candidates map[string]bool, scope *model.Scope, constants map[string]float64) (dropped bool) {
	for _, v := range y.variables {
		if !v.EventDriven {
			continue
		}
		for _, name := range syntax.Names(expand(v.Rhs, scope)) {
			value, constant := constantValue(scope, name)
			switch {
			case candidates[v.Name] && candidates[name]:
			case candidates[v.Name] && constant:
				constants[name] = value
			case candidates[v.Name]:
				delete(candidates, v.Name)
				return true
			case candidates[name]:
				delete(candidates, name)
				return true
			}
		}
	}
	return false
}

// place moves variables to rows, or leaves or takes them with the synapses, as the run needs it. It returns how the code of
// the pathways is divided; nil: every synapse has its own variables.
func (y *Synapses) place(p *preparation) (*intent, error) {
	plan := y.intend(p)
	if plan == nil || !y.settled(p) || y.placement != nil && !y.placement.fits(y, plan) {
		y.gather()
	}
	if plan == nil || !y.settled(p) {
		return nil, nil
	}
	if y.placement == nil && !y.spread(plan) {
		return nil, nil
	}
	l := y.placement
	for k, r := range l.rows {
		p.wrote(r.last)
		for _, kept := range r.kept {
			p.wrote(kept.row)
		}
		y.pathways[k].rows = r
	}
	if err := y.prepareReveal(p, plan); err != nil {
		return nil, err
	}
	y.withdraw()
	return plan, nil
}

// settled reports whether rows stay what they are in the run: no synapse can be reached twice in a step.
func (y *Synapses) settled(p *preparation) bool {
	for _, w := range y.pathways {
		of, _, _ := w.trigger()
		if now := of.part.clock.StepsUntil(p.network.now); w.repeats > now {
			return false
		}
	}
	return true
}

// fits reports whether rows can go on as they are.
func (l *placement) fits(y *Synapses, plan *intent) bool {
	if l.complete != plan.complete || !maps.Equal(l.constants, plan.constants) || len(l.rows) != len(y.pathways) {
		return false
	}
	for k, w := range y.pathways {
		of, _, _ := w.trigger()
		if of.part.clock.Dt() != l.dt[k] || len(l.rows[k].kept) != len(plan.divisions[k].Kept) {
			return false
		}
		for _, kept := range l.rows[k].kept {
			if !plan.divisions[k].Kept[kept.of.Name] {
				return false
			}
		}
	}
	return true
}

// spread moves the variables to rows, if the synapses of each row have equal values and none has had a spike of its own
// yet.
func (y *Synapses) spread(plan *intent) bool {
	first := column(y.lastUpdate).F64[0]
	for _, t := range column(y.lastUpdate).F64 {
		if t != first {
			return false
		}
	}
	l := &placement{complete: plan.complete, constants: plan.constants}
	for k, w := range y.pathways {
		of, _, _ := w.trigger()
		dt := of.part.clock.Dt()
		l.dt = append(l.dt, dt)
		r := w.makeRows(dt)
		owner := w.objectName() + "_rows"
		newVariable := func(name string, like *model.Variable) *model.Variable {
			v := *like
			v.Name, v.Owner, v.Kind, v.Rows, v.EventDriven = name, owner, model.Implicit, r.index, false
			stored := exec.NewColumn(lower.StorageType(&v), r.n)
			v.Storage = &stored
			return &v
		}
		r.last = newVariable("lastupdate", y.lastUpdate)
		for row := range column(r.last).F64 {
			column(r.last).F64[row] = first
		}
		for _, v := range y.variables {
			if !plan.divisions[k].Kept[v.Name] {
				continue
			}
			kept := &keptVariable{v, newVariable(v.Name, v)}
			if !collect(column(v), r.of, column(kept.row)) {
				return false
			}
			r.kept = append(r.kept, kept)
		}
		l.rows = append(l.rows, r)
	}
	y.placement = l
	return true
}

// collect gives each row the value that its synapses have; false: they differ.
func collect(from exec.Column, row []int32, to exec.Column) bool {
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
	of, neurons := y.from, y.pre
	index := lower.PreIndex
	if w.onPost {
		of, neurons, index = y.to, y.post, lower.PostIndex
	}
	if w.delays.Shared {
		return &rows{index: index, of: neurons, n: of.part.n}
	}
	delays := w.steps(dt)
	if len(delays) > 0 && slices.Min(delays) == slices.Max(delays) {
		return &rows{index: index, of: neurons, n: of.part.n}
	}
	r := &rows{index: "row_" + w.name, of: make([]int32, y.n)}
	numbers := map[[2]int32]int32{}
	for s := range y.n {
		key := [2]int32{neurons[s], delays[s]}
		number, known := numbers[key]
		if !known {
			number = int32(len(numbers))
			numbers[key] = number
		}
		r.of[s] = number
	}
	r.n = len(numbers)
	return r
}

// decay returns code that computes the present values of what rows keep, and the names under which it leaves them.
// rename says what the code calls the values that it begins with, and the times.
func (y *Synapses) decay(p *preparation, scope *model.Scope, of func(*model.Variable) bool, rename func(name string) string, suffix string) ([]*syntax.CodeStmt, map[string]string, error) {
	system := systemOf(y.state, scope, y.describer(p, scope), func(v *model.Variable) bool { return v.EventDriven && of(v) }, false)
	if len(system.Equations) == 0 {
		return nil, nil, nil
	}
	result, err := integrate.EventDriven(system)
	if err != nil {
		return nil, nil, err
	}
	replaced := map[string]syntax.Expr{}
	for _, name := range []string{"t", "lastupdate"} {
		replaced[name] = &syntax.Name{Ident: rename(name)}
	}
	for _, e := range system.Equations {
		replaced[e.Name] = &syntax.Name{Ident: rename(e.Name)}
	}
	for _, stmt := range result.Code {
		replaced[stmt.Target.Ident] = &syntax.Name{Ident: stmt.Target.Ident + suffix}
	}
	var code []*syntax.CodeStmt
	for _, stmt := range result.Code {
		code = append(code, &syntax.CodeStmt{Target: &syntax.Name{Ident: stmt.Target.Ident + suffix}, Op: stmt.Op, Value: syntax.Substitute(stmt.Value, replaced)})
	}
	present := map[string]string{}
	for _, stmt := range result.Store {
		name := stmt.Target.Ident + "_now" + suffix
		present[stmt.Target.Ident] = name
		code = append(code, &syntax.CodeStmt{Target: &syntax.Name{Ident: name}, Op: stmt.Op, Value: syntax.Substitute(stmt.Value, replaced)})
	}
	return code, present, nil
}

// rowName is how code of synapses calls a variable of the rows of pathway k.
func rowName(name string, k int) string { return fmt.Sprintf("_%s_row%d", name, k) }

// rowSymbols finds the variables of rows as synapses see them.
func (l *placement) rowSymbols() map[string]*model.Symbol {
	symbols := map[string]*model.Symbol{}
	for k, r := range l.rows {
		see := func(v *model.Variable) {
			symbol := symbolOf(v)
			symbol.Name, symbol.Index = rowName(v.Name, k), model.Row
			symbols[symbol.Name] = symbol
		}
		see(r.last)
		for _, kept := range r.kept {
			see(kept.row)
		}
	}
	return symbols
}

// rowIndexes adds the index arrays of rows to those of the synapses.
func (y *Synapses) rowIndexes() map[string][]int32 {
	indexes := y.indexes()
	if y.placement != nil {
		for _, r := range y.placement.rows {
			indexes[r.index] = r.of
		}
	}
	return indexes
}

// prepareReveal compiles what computes the values that users read: those at a synapse's last spike.
func (y *Synapses) prepareReveal(p *preparation, plan *intent) error {
	l := y.placement
	symbols := l.rowSymbols()
	scope := y.scope("the variables", func(name string) *model.Symbol {
		if symbol := symbols[name]; symbol != nil {
			return symbol
		}
		return y.symbol(name)
	}, p.names)
	c := code{owner: y.state, name: y.name + "_reveal", scope: scope, elements: y.n}
	b := p.builder(c)
	const lastName = "_last"
	last := syntax.Expr(&syntax.Name{Ident: "lastupdate"})
	if l.complete {
		last = nil
		for k := range l.rows {
			name := &syntax.Name{Ident: rowName("lastupdate", k)}
			if last == nil {
				last = name
				continue
			}
			// The later of the two.
			last = &syntax.Call{Func: &syntax.Name{Ident: "clip"}, Args: []syntax.Expr{last, name, &syntax.Float{Value: math.MaxFloat64}}}
		}
	}
	program := []*syntax.CodeStmt{{Target: &syntax.Name{Ident: lastName}, Op: syntax.AssignOp, Value: last}}
	for k, r := range l.rows {
		decay, present, err := y.decay(p, scope, func(v *model.Variable) bool { return plan.divisions[k].Kept[v.Name] }, func(name string) string {
			if name == "t" {
				return lastName
			}
			return rowName(name, k)
		}, fmt.Sprintf("_%d", k))
		if err != nil {
			return err
		}
		program = append(program, decay...)
		for _, kept := range r.kept {
			program = append(program, &syntax.CodeStmt{Target: &syntax.Name{Ident: kept.of.Name}, Op: syntax.AssignOp, Value: &syntax.Name{Ident: present[kept.of.Name]}})
		}
	}
	if l.complete {
		program = append(program, &syntax.CodeStmt{Target: &syntax.Name{Ident: "lastupdate"}, Op: syntax.AssignOp, Value: &syntax.Name{Ident: lastName}})
	}
	if err := b.Generated(program); err != nil {
		return err
	}
	var err error
	l.reveal, err = compileOnce(p.simulation, b.Finish())
	return err
}

func compileOnce(s *Simulation, lowered *lower.Code) (*plan.Program, error) {
	return plan.Compile(lowered, s.executor, plan.KeepNothing)
}

// show gives the synapses' own columns the values that rows keep, for those who read them.
func (y *Synapses) show() {
	l := y.placement
	if l == nil || l.shown {
		return
	}
	for _, v := range y.variables {
		if l.away(y, v) {
			*v.Storage.(*exec.Column) = exec.NewColumn(lower.StorageType(v), y.n)
		}
	}
	bound := l.reveal.Bind(plan.Memory{Column: column, Indexes: y.rowIndexes(), Elements: y.n})
	bound.Setup()
	bound.Run(0, y.n)
	l.shown = true
}

// gather gives every synapse its own variables back.
func (y *Synapses) gather() {
	y.show()
	y.placement = nil
	for _, w := range y.pathways {
		w.rows = nil
	}
}

// rowCode is the code of a pathway that runs once for each row.
type rowCode struct {
	bound  *plan.Bound
	passed map[string]*model.Variable
}

// prepareRows compiles the part of a pathway's code that runs once for each row: decay to the present, the row's
// statements, and the time.
func (w *Pathway) prepareRows(p *preparation, division model.Division, scope *model.Scope) (*rowCode, error) {
	y, r := w.synapses, w.rows
	symbols := map[string]*model.Symbol{"lastupdate": symbolOf(r.last)}
	for _, kept := range r.kept {
		symbols[kept.of.Name] = symbolOf(kept.row)
	}
	result := &rowCode{passed: map[string]*model.Variable{}}
	for _, passed := range division.Passed {
		v := &model.Variable{Name: passed.Name, Owner: w.objectName() + "_rows", Kind: model.Implicit, Type: model.Float, Dim: passed.Dim, Rows: r.index, Single: y.single}
		stored := exec.NewColumn(lower.StorageType(v), r.n)
		v.Storage = &stored
		p.wrote(v)
		result.passed[passed.Name] = v
		symbols[passed.Name] = symbolOf(v)
	}
	of, _, _ := w.trigger()
	c := of.part.clock
	own := y.scope(fmt.Sprintf("the %s code", w.name), func(name string) *model.Symbol {
		if symbol := symbols[name]; symbol != nil {
			return symbol
		}
		// All else that the row's code mentions has one value.
		if symbol := scope.Object(name); symbol != nil && (symbol.Kind == model.Constant || symbol.Index == model.Shared && symbol.Kind == model.VariableSymbol) {
			return symbol
		}
		return nil
	}, p.names)
	compiled := code{owner: y.state, name: w.objectName() + "_rows", scope: own, clock: c, elements: r.n, keep: plan.KeepShared}
	b := p.builder(compiled)
	decay, present, err := y.decay(p, scope, func(v *model.Variable) bool { return division.Kept[v.Name] }, func(name string) string { return name }, "")
	if err != nil {
		return nil, err
	}
	for _, kept := range r.kept {
		decay = append(decay, &syntax.CodeStmt{Target: &syntax.Name{Ident: kept.of.Name}, Op: syntax.AssignOp, Value: &syntax.Name{Ident: present[kept.of.Name]}})
	}
	if err := b.Generated(decay); err != nil {
		return nil, err
	}
	if err := b.Statements(division.Row); err != nil {
		return nil, err
	}
	b.Write(r.last, model.Own, b.Load(c.t, model.Shared))
	result.bound, err = p.compile(compiled, b.Finish())
	return result, err
}

// presentValues returns code that computes, for each synapse, the present values of variables that rows of other
// pathways keep, as far as the statements mention them; and the statements, which mention those values.
func (w *Pathway) presentValues(p *preparation, plan *intent, rest []*syntax.CodeStmt, scope *model.Scope) (decay, statements []*syntax.CodeStmt, err error) {
	y := w.synapses
	mentioned := map[string]bool{}
	for _, stmt := range rest {
		for _, name := range syntax.Names(stmt.Value) {
			mentioned[name] = true
		}
	}
	replaced, locals := map[string]syntax.Expr{}, map[string]*model.Symbol{}
	names := scope.Object
	scope.Object = func(name string) *model.Symbol {
		if local := locals[name]; local != nil {
			return local
		}
		return names(name)
	}
	for k, other := range y.pathways {
		needed := false
		for name := range plan.divisions[k].Kept {
			needed = needed || mentioned[name]
		}
		if other == w || !needed {
			continue
		}
		code, present, err := y.decay(p, scope, func(v *model.Variable) bool { return plan.divisions[k].Kept[v.Name] }, func(name string) string {
			if name == "t" {
				return name
			}
			return rowName(name, k)
		}, fmt.Sprintf("_%d", k))
		if err != nil {
			return nil, nil, err
		}
		decay = append(decay, code...)
		for name, now := range present {
			replaced[name] = &syntax.Name{Ident: now}
			locals[now] = &model.Symbol{Name: now, Kind: model.Local, Type: model.Float, Dim: y.byName[name].Dim}
		}
	}
	for _, stmt := range rest {
		written := *stmt
		written.Value = syntax.Substitute(stmt.Value, replaced)
		statements = append(statements, &written)
	}
	return decay, statements, nil
}

// copies are columns that each part of a network has for itself: rows of synapses whose sources are anywhere are kept by
// every part that has synapses of them.
type copies struct {
	base  exec.Column
	parts []exec.Column // parts[0] is base
}

// copyRows gives each part its own memory of what rows keep. Afterwards, when the run is over, the base gets the rows
// from the parts that have them.
func (p *preparation) copyRows(w *Pathway, code *rowCode) {
	y, r := w.synapses, w.rows
	if p.parts == 1 || w.onPost {
		return
	}
	variables := []*model.Variable{r.last}
	for _, kept := range r.kept {
		variables = append(variables, kept.row)
	}
	for _, v := range code.passed {
		variables = append(variables, v)
	}
	var made []copies
	for _, v := range variables {
		c := copies{base: column(v), parts: []exec.Column{column(v)}}
		for range p.parts - 1 {
			c.parts = append(c.parts, c.base.Clone())
		}
		made = append(made, c)
	}
	p.copies = append(p.copies, made...)
	owners := p.owners(y.to.part.n)
	p.after = append(p.after, func() {
		kept := make([]int32, r.n) // a part that has synapses of the row
		for s, row := range r.of {
			kept[row] = int32(owners[y.post[s]])
		}
		for _, c := range made {
			for row, part := range kept {
				if part > 0 {
					c.base.Slice(row, row+1).CopyFrom(c.parts[part].Slice(row, row+1))
				}
			}
		}
	})
}

// columnsOf replaces columns by those that a part has for itself.
func (p *preparation) columnsOf(clock *sim.Clock) func(part int) func(exec.Column) (exec.Column, bool) {
	return func(part int) func(exec.Column) (exec.Column, bool) {
		hands := clock.Columns(part)
		return func(c exec.Column) (exec.Column, bool) {
			for _, own := range p.copies {
				if sameMemory(c, own.base) {
					return own.parts[part], true
				}
			}
			return hands(c)
		}
	}
}

func sameMemory(a, b exec.Column) bool {
	switch {
	case len(a.F64) > 0 && len(b.F64) > 0:
		return &a.F64[0] == &b.F64[0]
	case len(a.F32) > 0 && len(b.F32) > 0:
		return &a.F32[0] == &b.F32[0]
	}
	return false
}
