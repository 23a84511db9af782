package placement

import (
	"fmt"
	"math"

	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
)

// Code writes the code of synapses whose rows keep variables.
type Code struct {
	synapses  *Synapses
	placement *Placement
	intent    *Intent
}

// Code returns what writes the code of the synapses. The placement is one that the intent fits.
func (s *Synapses) Code(l *Placement, intent *Intent) *Code { return &Code{s, l, intent} }

// decay returns code that computes the present values of what rows of pathway k keep, and the names under which it leaves
// them. rename says what the code calls the values that it begins with, and the times.
func (c *Code) decay(k int, scope *model.Scope, rename func(name string) string, suffix string) ([]*syntax.CodeStmt, map[string]string, error) {
	kept := c.intent.Divisions[k].Kept
	system := c.synapses.System(scope, func(v *model.Variable) bool { return v.EventDriven && kept[v.Name] })
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

func assign(name string, value syntax.Expr) *syntax.CodeStmt {
	return &syntax.CodeStmt{Target: &syntax.Name{Ident: name}, Op: syntax.AssignOp, Value: value}
}

// rowName is how code of synapses calls a variable of the rows of pathway k.
func rowName(name string, k int) string { return fmt.Sprintf("_%s_row%d", name, k) }

// inRows is a rename for decay: what rows of pathway k keep, decayed to the time of the given name.
func inRows(k int, t string) func(name string) string {
	return func(name string) string {
		if name == "t" {
			return t
		}
		return rowName(name, k)
	}
}

// Names returns what names mean in code of synapses, variables of rows included; own are those without them, and passed the
// variables by which rows pass values to the code.
func (c *Code) Names(own func(name string) *model.Symbol, passed map[string]*model.Variable) func(name string) *model.Symbol {
	symbols := map[string]*model.Symbol{}
	see := func(name string, v *model.Variable) {
		symbol := v.Symbol()
		symbol.Name, symbol.Index = name, model.Row
		symbols[name] = symbol
	}
	for k, r := range c.placement.Rows {
		for _, v := range r.Variables() {
			see(rowName(v.Name, k), v)
		}
	}
	for name, v := range passed {
		see(name, v)
	}
	return func(name string) *model.Symbol {
		if symbol := symbols[name]; symbol != nil {
			return symbol
		}
		return own(name)
	}
}

// LowerReveal lowers the code that computes what users read, the values at a synapse's last spike. The builder's scope has to
// have Names. Compiled, the code is for SetReveal.
func (c *Code) LowerReveal(b *lower.Builder) error {
	const lastName = "_last"
	last := syntax.Expr(&syntax.Name{Ident: "lastupdate"})
	if c.placement.complete {
		last = nil
		for k := range c.placement.Rows {
			name := &syntax.Name{Ident: rowName("lastupdate", k)}
			if last == nil {
				last = name
				continue
			}
			// The later of the two.
			last = &syntax.Call{Func: &syntax.Name{Ident: "clip"}, Args: []syntax.Expr{last, name, &syntax.Float{Value: math.MaxFloat64}}}
		}
	}
	program := []*syntax.CodeStmt{assign(lastName, last)}
	for k, r := range c.placement.Rows {
		decay, present, err := c.decay(k, b.Scope, inRows(k, lastName), fmt.Sprintf("_%d", k))
		if err != nil {
			return err
		}
		program = append(program, decay...)
		for _, kept := range r.Kept {
			program = append(program, assign(kept.Of.Name, &syntax.Name{Ident: present[kept.Of.Name]}))
		}
	}
	if c.placement.complete {
		program = append(program, assign("lastupdate", &syntax.Name{Ident: lastName}))
	}
	return b.Generated(program)
}

// SetReveal says what computes the values that users read.
func (l *Placement) SetReveal(program *plan.Program) { l.reveal = program }

// Passed makes the variables by which rows of pathway k pass values to the code of their synapses, by name.
func (c *Code) Passed(k int, single bool) map[string]*model.Variable {
	passed, rows := map[string]*model.Variable{}, c.placement.Rows[k]
	for _, value := range c.intent.Divisions[k].Passed {
		v := &model.Variable{Name: value.Name, Owner: c.synapses.Pathways[k].rowsName(), Kind: model.Implicit, Type: model.Float, Dim: value.Dim, Rows: rows.Index, Single: single}
		v.Storage = plan.NewStorage(v, rows.N)
		passed[value.Name] = v
	}
	return passed
}

// RowNames returns what names mean in the code that runs once for each row of pathway k.
func (c *Code) RowNames(k int, passed map[string]*model.Variable) func(name string) *model.Symbol {
	r := c.placement.Rows[k]
	symbols := map[string]*model.Symbol{"lastupdate": r.Last.Symbol()}
	for _, kept := range r.Kept {
		symbols[kept.Of.Name] = kept.Row.Symbol()
	}
	for name, v := range passed {
		symbols[name] = v.Symbol()
	}
	object := c.synapses.Pathways[k].Scope.Object
	return func(name string) *model.Symbol {
		if symbol := symbols[name]; symbol != nil {
			return symbol
		}
		// All else that the row's code mentions has one value.
		if symbol := object(name); symbol != nil && (symbol.Kind == model.Constant || symbol.Index == model.Shared && symbol.Kind == model.VariableSymbol) {
			return symbol
		}
		return nil
	}
}

// LowerRows lowers the code that runs once for each row of pathway k: decay to the present, the row's statements, and the time,
// which is that of the variable t. The builder's scope has to have RowNames.
func (c *Code) LowerRows(b *lower.Builder, k int, t *model.Variable) error {
	r := c.placement.Rows[k]
	code, present, err := c.decay(k, c.synapses.Pathways[k].Scope, func(name string) string { return name }, "")
	if err != nil {
		return err
	}
	for _, kept := range r.Kept {
		code = append(code, assign(kept.Of.Name, &syntax.Name{Ident: present[kept.Of.Name]}))
	}
	if err := b.Generated(code); err != nil {
		return err
	}
	if err := b.Statements(c.intent.Divisions[k].Row); err != nil {
		return err
	}
	b.Write(r.Last, model.Own, b.Load(t, model.Shared))
	return nil
}

// LowerRest lowers what is left of the code of pathway k for each synapse. Where it mentions variables that rows of other
// pathways keep, it computes their present values first. The builder's scope has to have Names.
func (c *Code) LowerRest(b *lower.Builder, k int) error {
	rest, scope := c.intent.Divisions[k].Rest, b.Scope
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
	var decay []*syntax.CodeStmt
	for other, division := range c.intent.Divisions {
		needed := false
		for name := range division.Kept {
			needed = needed || mentioned[name]
		}
		if other == k || !needed {
			continue
		}
		code, present, err := c.decay(other, scope, inRows(other, "t"), fmt.Sprintf("_%d", other))
		if err != nil {
			return err
		}
		decay = append(decay, code...)
		for _, v := range c.synapses.Variables {
			if now, ok := present[v.Name]; ok {
				replaced[v.Name] = &syntax.Name{Ident: now}
				locals[now] = &model.Symbol{Name: now, Kind: model.Local, Type: model.Float, Dim: v.Dim}
			}
		}
	}
	if err := b.Generated(decay); err != nil {
		return err
	}
	var statements []*syntax.CodeStmt
	for _, stmt := range rest {
		written := *stmt
		written.Value = syntax.Substitute(stmt.Value, replaced)
		statements = append(statements, &written)
	}
	return b.Statements(statements)
}
