package synfire

import (
	"fmt"
	"math"

	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
)

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
			symbol := v.Symbol()
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
func (y *Synapses) prepareReveal(p *preparation, intended *intent) error {
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
		decay, present, err := y.decay(p, scope, func(v *model.Variable) bool { return intended.divisions[k].Kept[v.Name] }, func(name string) string {
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

// rowCode is the code of a pathway that runs once for each row.
type rowCode struct {
	bound  *plan.Bound
	passed map[string]*model.Variable
}

// prepareRows compiles the part of a pathway's code that runs once for each row: decay to the present, the row's
// statements, and the time.
func (w *Pathway) prepareRows(p *preparation, division model.Division, scope *model.Scope) (*rowCode, error) {
	y, r := w.synapses, w.rows
	symbols := map[string]*model.Symbol{"lastupdate": r.last.Symbol()}
	for _, kept := range r.kept {
		symbols[kept.of.Name] = kept.row.Symbol()
	}
	result := &rowCode{passed: map[string]*model.Variable{}}
	for _, passed := range division.Passed {
		v := &model.Variable{Name: passed.Name, Owner: w.objectName() + "_rows", Kind: model.Implicit, Type: model.Float, Dim: passed.Dim, Rows: r.index, Single: y.single}
		v.Storage = plan.NewStorage(v, r.n)
		p.wrote(v)
		result.passed[passed.Name] = v
		symbols[passed.Name] = v.Symbol()
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
func (w *Pathway) presentValues(p *preparation, intended *intent, rest []*syntax.CodeStmt, scope *model.Scope) (decay, statements []*syntax.CodeStmt, err error) {
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
		for name := range intended.divisions[k].Kept {
			needed = needed || mentioned[name]
		}
		if other == w || !needed {
			continue
		}
		code, present, err := y.decay(p, scope, func(v *model.Variable) bool { return intended.divisions[k].Kept[v.Name] }, func(name string) string {
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

// copyRows gives each part its own memory of what rows keep. Afterwards, when the run is over, the base gets the rows
// from the parts that have them.
func (p *preparation) copyRows(w *Pathway, code *rowCode) {
	y, r := w.synapses, w.rows
	if p.Parts == 1 || w.onPost {
		return
	}
	variables := []*model.Variable{r.last}
	for _, kept := range r.kept {
		variables = append(variables, kept.row)
	}
	for _, v := range code.passed {
		variables = append(variables, v)
	}
	var made []plan.Copies
	for _, v := range variables {
		made = append(made, p.Copy(plan.Column(v)))
	}
	p.copies = append(p.copies, made...)
	owners := p.Owners(y.to.part.n)
	p.after = append(p.after, func() {
		kept := make([]int32, r.n) // a part that has synapses of the row
		for s, row := range r.of {
			kept[row] = int32(owners[y.post[s]])
		}
		for _, c := range made {
			c.Collect(kept)
		}
	})
}

// columnsOf replaces columns by those that a part has for itself.
func (p *preparation) columnsOf(clock *sim.Clock) func(part int) func(exec.Column) (exec.Column, bool) {
	return func(part int) func(exec.Column) (exec.Column, bool) {
		hands := clock.Columns(part)
		return func(c exec.Column) (exec.Column, bool) {
			for _, copied := range p.copies {
				if own, found := copied.Part(part, c); found {
					return own, true
				}
			}
			return hands(c)
		}
	}
}
