package connect

import (
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
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

func (g *Generator) connect(r *Rule, c *collector) error {
	outer := r.Sources
	if !g.BySource {
		outer = r.Targets
	}
	const block = 64
	for from := 0; from < outer; from += block {
		rows := make([]row, min(block, outer-from))
		for k := range rows {
			rows[k].neuron = int32(from + k)
		}
		if err := g.connectRows(rows, c); err != nil {
			return err
		}
	}
	return nil
}

func (g *Generator) pairs(rows []row) *Pairs {
	pairs := &Pairs{BySource: g.BySource}
	for _, row := range rows {
		g.add(pairs, row.neuron, 0)
	}
	return pairs
}

func (g *Generator) add(pairs *Pairs, neuron, k int32) {
	if g.BySource {
		pairs.add(neuron, 0, k, k)
	} else {
		pairs.add(0, neuron, k, k)
	}
}

func (g *Generator) connectRows(rows []row, c *collector) error {
	pairs := &Pairs{BySource: g.BySource, Variable: g.Variable}
	if g.Variable == "" {
		for _, row := range rows {
			g.add(pairs, row.neuron, 0)
		}
	} else if err := g.iterate(rows, c.evaluator, pairs, c.rule.SkipInvalid); err != nil {
		return err
	}
	if pairs.len() == 0 {
		return nil
	}
	partners, err := c.evaluator.Evaluate("element", g.Element, pairs)
	if err != nil {
		return err
	}
	if partners.F64 != nil || partners.Bool != nil {
		return refuse(g.Element.Span(), "TypeError", "The expression '%s' makes neuron numbers and needs to be an integer.", syntax.Format(g.Element))
	}
	for k := range pairs.I {
		partner := int32(partners.Float(k))
		if g.BySource {
			pairs.J[k] = partner
		} else {
			pairs.I[k] = partner
		}
	}
	if g.Condition == nil {
		return c.take(pairs, nil)
	}
	keep, err := g.conditions(pairs, c)
	if err != nil {
		return err
	}
	return c.take(pairs, keep)
}

// conditions computes for which pairs the condition holds. A partner that does not exist cannot be looked at: a
// condition that does so is an error there, or does not hold if such pairs are skipped.
func (g *Generator) conditions(pairs *Pairs, c *collector) ([]bool, error) {
	looks := c.evaluator.UsesPartner(g.Condition, g.BySource)
	tried := &Pairs{BySource: pairs.BySource, Variable: pairs.Variable}
	places := make([]int, 0, pairs.len())
	for k := range pairs.I {
		i, j := pairs.I[k], pairs.J[k]
		if !c.rule.exists(i, j) {
			switch {
			case looks && c.rule.SkipInvalid:
				continue
			case looks:
				return nil, outside(i, j, c.rule)
			case g.BySource:
				j = 0
			default:
				i = 0
			}
		}
		tried.add(i, j, pairs.K[k], pairs.Draw[k])
		places = append(places, k)
	}
	keep := make([]bool, pairs.len())
	if tried.len() == 0 {
		return keep, nil
	}
	holds, err := c.evaluator.Evaluate("condition", g.Condition, tried)
	if err != nil {
		return nil, err
	}
	if holds.Bool == nil {
		return nil, refuse(g.Condition.Span(), "TypeError", "The condition '%s' is not a boolean expression.", syntax.Format(g.Condition))
	}
	for n, k := range places {
		keep[k] = holds.Bool[n]
	}
	return keep, nil
}

// iterate adds the candidates of each row.
func (g *Generator) iterate(rows []row, evaluator Evaluator, pairs *Pairs, skipInvalid bool) error {
	outer := g.pairs(rows)
	bounds := make([]exec.Column, len(g.Bounds))
	for b, expr := range g.Bounds {
		values, err := evaluator.Evaluate("range", expr, outer)
		if err != nil {
			return err
		}
		if values.F64 != nil || values.Bool != nil {
			return refuse(expr.Span(), "TypeError", "The bound '%s' of a range needs to be an integer.", syntax.Format(expr))
		}
		bounds[b] = values
	}
	starts, steps := make([]int64, len(rows)), make([]int64, len(rows))
	for k := range rows {
		start, stop, step := int64(0), int64(bounds[0].Float(k)), int64(1)
		if len(bounds) > 1 {
			start, stop = stop, int64(bounds[1].Float(k))
		}
		if len(bounds) > 2 {
			step = int64(bounds[2].Float(k))
		}
		if step == 0 {
			return refuse(g.Bounds[2].Span(), "ValueError", "The step of a range must not be 0.")
		}
		starts[k], steps[k] = start, step
		if count := (stop - start + step - sign(step)) / step; count > 0 {
			rows[k].size = int(count)
		}
	}
	if err := g.choose(rows, evaluator, outer, skipInvalid); err != nil {
		return err
	}
	for k, row := range rows {
		if !g.Sample {
			for n := range row.size {
				g.add(pairs, row.neuron, int32(starts[k]+int64(n)*steps[k]))
			}
			continue
		}
		for _, n := range row.chosen {
			g.add(pairs, row.neuron, int32(starts[k]+int64(n)*steps[k]))
		}
	}
	return nil
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}

// choose fills the chosen candidates of each row for sample(...).
func (g *Generator) choose(rows []row, evaluator Evaluator, outer *Pairs, skipInvalid bool) error {
	if !g.Sample {
		return nil
	}
	if g.Probability != nil {
		s := sampler{evaluator: evaluator, probability: g.Probability, bySource: g.BySource}
		return s.draw(rows)
	}
	sizes, err := evaluator.Evaluate("size", g.Size, outer)
	if err != nil {
		return err
	}
	if sizes.F64 != nil || sizes.Bool != nil {
		return refuse(g.Size.Span(), "TypeError", "The size '%s' of a sample needs to be an integer.", syntax.Format(g.Size))
	}
	// The candidates with the smallest draws are the sample: each set is equally likely.
	for r := range rows {
		size := int(sizes.Float(r))
		if skipInvalid {
			size = min(max(size, 0), rows[r].size)
		}
		if size < 0 || size > rows[r].size {
			return refuse(g.Size.Span(), "IndexError", "Cannot sample %d numbers out of %d (for neuron %d).", size, rows[r].size, rows[r].neuron)
		}
		if rows[r].size == 0 {
			continue
		}
		candidates := &Pairs{BySource: g.BySource}
		order := make([]int32, rows[r].size)
		for n := range order {
			order[n] = int32(n)
			g.add(candidates, rows[r].neuron, int32(n))
		}
		keys, err := evaluator.Evaluate("sample", call("rand"), candidates)
		if err != nil {
			return err
		}
		slices.SortStableFunc(order, func(a, b int32) int {
			switch {
			case keys.F64[a] < keys.F64[b]:
				return -1
			case keys.F64[a] > keys.F64[b]:
				return 1
			}
			return 0
		})
		rows[r].chosen = slices.Clone(order[:size])
		slices.Sort(rows[r].chosen)
	}
	return nil
}
