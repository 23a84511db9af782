package synfire

import (
	"synfire/internal/diag"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// refractory is how neurons stay silent after a spike.
type refractory struct {
	duration      syntax.Expr // a time, or a condition that holds while the neuron is refractory
	lastSpike     *model.Variable
	notRefractory *model.Variable
}

func (r *refractory) isRefractory() bool { return r.duration != nil }

// longAgo is lastspike before the first spike (Brian2's value).
const longAgo = -1e4

func (g *NeuronGroup) initRefractory(setting any) error {
	switch r := setting.(type) {
	case nil:
	case bool:
		if r {
			return diag.Errorf(diag.Span{}, "TypeError", "refractory has to be a time, an expression or False, not True.")
		}
	case units.Quantity:
		if r.Dim != units.Time {
			return units.Mismatch("The refractory period has to be a time", r.Dim)
		}
		g.duration = quantityExpr(model.External{Type: model.Float, Float: r.Value, Dim: r.Dim})
	case string:
		expr, err := g.parseExpr("refractory period", r)
		if err != nil {
			return err
		}
		g.duration = expr
	default:
		return diag.Errorf(diag.Span{}, "TypeError", "refractory has to be a time or a string, not %T.", setting)
	}
	if g.duration == nil {
		for _, v := range g.variables {
			if v.UnlessRefractory {
				g.simulation.warn(&diag.Message{Kind: "Warning", Where: v.Equation.Where,
					Text: "'" + v.Name + "' is flagged (unless refractory), but the group has no refractory period: the flag has no effect."})
			}
		}
		return nil
	}
	for _, v := range g.variables {
		if v.Name == "lastspike" {
			return diag.Errorf(v.Equation.NameSpan, "EquationError", "Duplicate definition of variable 'lastspike'.").
				WithHint("a group with a refractory period has the variable lastspike: choose another name")
		}
	}
	g.lastSpike = g.implicit("lastspike", model.Float, units.Time)
	g.notRefractory = g.implicit("not_refractory", model.Boolean, units.Dimension{})
	for k := range g.n {
		plan.Column(g.lastSpike).F64[k] = longAgo
		plan.Column(g.notRefractory).Bool[k] = true
	}
	return nil
}

// lowerRefractory begins a state update: it decides which neurons are refractory, from the values at the
// beginning of the step.
func (g *NeuronGroup) lowerRefractory(b *lower.Builder) error {
	if !g.isRefractory() {
		return nil
	}
	kind, err := model.Infer(g.duration, b.Scope)
	if err != nil {
		return err
	}
	if err := model.CheckStatefulOnce(g.duration, b.Scope); err != nil {
		return err
	}
	name := func(ident string) syntax.Expr { return &syntax.Name{Ident: ident} }
	call := func(args ...syntax.Expr) syntax.Expr {
		return &syntax.Call{Func: name("timestep"), Args: args}
	}
	var free syntax.Expr
	switch {
	case kind.Type == model.Boolean:
		free = &syntax.BoolOp{Op: syntax.Or, Xs: []syntax.Expr{name("not_refractory"), &syntax.Unary{Op: syntax.Not, X: g.duration}}}
	case kind.Dim == units.Time:
		since := &syntax.Binary{Op: syntax.Sub, X: name("t"), Y: name("lastspike")}
		if g.simulation.legacyRefractory {
			free = &syntax.Compare{X: since, Ops: []syntax.Op{syntax.Gt}, Ys: []syntax.Expr{g.duration}}
			break
		}
		free = &syntax.Compare{X: call(since, name("dt")), Ops: []syntax.Op{syntax.GtEq}, Ys: []syntax.Expr{call(g.duration, name("dt"))}}
	default:
		return diag.Errorf(g.duration.Span(), "TypeError", "The refractory period '%s' has to be a time or a condition, but it has unit %s.", syntax.Format(g.duration), unitName(kind.Dim))
	}
	return b.AssignTo(g.notRefractory, model.Own, free)
}
