package connect

import (
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Generator is a rule of the form `element for variable in range(...) if condition`, which makes for each neuron of
// one side the numbers of its partners.
type Generator struct {
	// BySource: the rule makes targets for each source (j='...'); otherwise sources for each target (i='...').
	BySource bool
	Element  syntax.Expr
	// Variable is the name of the iteration's variable; empty for a rule without iteration.
	Variable string
	// Bounds are the one to three arguments of range or sample.
	Bounds []syntax.Expr
	// Sample chooses from the range: with Probability, or exactly Size.
	Sample            bool
	Probability, Size syntax.Expr
	Condition         syntax.Expr
}

func refuse(where diag.Span, kind, format string, args ...any) error {
	return diag.Errorf(where, kind, format, args...).WithHint("the form is 'EXPRESSION for VARIABLE in range(FROM, TO) if CONDITION', or sample(FROM, TO, p=...) instead of range.")
}

// ParseGenerator reads the string argument of connect(j=...) or, with bySource false, connect(i=...).
func ParseGenerator(source *diag.Source, bySource bool) (*Generator, error) {
	g := &Generator{BySource: bySource}
	if !slices.Contains(strings.Fields(source.Text), "for") {
		return g, g.parseOnce(source)
	}
	wrapped := *source
	wrapped.Text = "(" + source.Text + ")"
	expr, err := syntax.ParseExpr(&wrapped)
	if err != nil {
		return nil, err
	}
	comprehension, ok := expr.(*syntax.Comprehension)
	if !ok || comprehension.Kind != syntax.GeneratorExp || len(comprehension.Clauses) != 1 {
		return nil, refuse(expr.Span(), "SyntaxError", "'%s' is not a generator with one 'for'.", source.Text)
	}
	clause := comprehension.Clauses[0]
	variable, ok := clause.Target.(*syntax.Name)
	if !ok {
		return nil, refuse(expr.Span(), "SyntaxError", "The variable of a generator has to be a single name.")
	}
	g.Element, g.Variable = comprehension.Elt, variable.Ident
	switch len(clause.Conds) {
	case 0:
	case 1:
		g.Condition = clause.Conds[0]
	default:
		g.Condition = &syntax.BoolOp{Op: syntax.And, Xs: clause.Conds}
	}
	return g, g.parseIteration(clause.Iter)
}

// parseOnce reads a rule that makes one partner: "i+1" or "i+1 if i < N_pre-1".
func (g *Generator) parseOnce(source *diag.Source) error {
	text, condition, conditional := strings.Cut(source.Text, " if ")
	part := *source
	part.Text = text
	var err error
	if g.Element, err = syntax.ParseExpr(&part); err != nil {
		return err
	}
	if conditional {
		part := *source
		part.Text = condition
		g.Condition, err = syntax.ParseExpr(&part)
	}
	return err
}

func (g *Generator) parseIteration(iteration syntax.Expr) error {
	call, ok := iteration.(*syntax.Call)
	name := ""
	if ok {
		if function, isName := call.Func.(*syntax.Name); isName {
			name = function.Ident
		}
	}
	if name != "range" && name != "sample" {
		return refuse(iteration.Span(), "SyntaxError", "A generator can only iterate over range(...) or sample(...), not over '%s'.", syntax.Format(iteration))
	}
	if len(call.Args) < 1 || len(call.Args) > 3 {
		return refuse(call.Where, "SyntaxError", "%s() takes one to three numbers.", name)
	}
	g.Bounds, g.Sample = call.Args, name == "sample"
	for _, keyword := range call.Keywords {
		switch {
		case g.Sample && keyword.Name == "p":
			g.Probability = keyword.Value
		case g.Sample && keyword.Name == "size":
			g.Size = keyword.Value
		default:
			return refuse(keyword.Where, "SyntaxError", "%s() has no argument '%s'.", name, keyword.Name)
		}
	}
	if g.Sample && (g.Probability == nil) == (g.Size == nil) {
		return refuse(call.Where, "SyntaxError", "sample() needs either p=... or size=...")
	}
	return nil
}

// Expressions returns the expressions that are computed before partners are known, so must not depend on them.
func (g *Generator) Expressions() []syntax.Expr {
	list := slices.Clone(g.Bounds)
	for _, e := range []syntax.Expr{g.Probability, g.Size} {
		if e != nil {
			list = append(list, e)
		}
	}
	return list
}
