// Package connect turns rules of connection into lists of pairs: which source neuron connects to which target,
// in Brian2's creation order (sources ascending, targets in the order of the rule, copies of a pair adjacent).
//
// It knows numbers of neurons and expressions over them, which an Evaluator computes for many pairs at once; it
// does not know groups, memory or kernels. Random choices are addressed by pair, so the result does not depend
// on how pairs are batched.
package connect

import (
	"math"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/syntax"
)

// Pairs are candidates for synapses. I and J are the numbers of source and target, relative to their groups. Where a
// rule iterates, K holds the values of its variable. Draw addresses the random numbers of each candidate beside the
// neuron that the rule begins with.
type Pairs struct {
	I, J, K  []int32
	Variable string
	Draw     []int32
	// BySource says that rows begin with the source (I), which then addresses random numbers; else the target.
	BySource bool
}

func (p *Pairs) add(i, j, k, draw int32) {
	p.I, p.J, p.K, p.Draw = append(p.I, i), append(p.J, j), append(p.K, k), append(p.Draw, draw)
}

func (p *Pairs) reset() { p.I, p.J, p.K, p.Draw = p.I[:0], p.J[:0], p.K[:0], p.Draw[:0] }

func (p *Pairs) len() int { return len(p.I) }

// Evaluator computes expressions of the model language for pairs.
type Evaluator interface {
	// Evaluate returns one value for each pair. what names the use, and so the random draws, of the expression.
	Evaluate(what string, expr syntax.Expr, pairs *Pairs) (exec.Column, error)
	// UsesPartner reports whether the value of an expression depends on the neuron at the other end: the target if
	// bySource, else the source.
	UsesPartner(expr syntax.Expr, bySource bool) bool
	// Draws reports whether an expression is random.
	Draws(expr syntax.Expr) bool
}

// Rule is a rule of connection.
type Rule struct {
	Sources, Targets int
	// Condition keeps the pairs for which it holds; nil keeps all.
	Condition syntax.Expr
	// Probability with which a pair is made; nil means 1.
	Probability syntax.Expr
	// Fixed is the value of Probability if it is a number, else NaN.
	Fixed float64
	// Copies is how often each pair is made; nil means once.
	Copies syntax.Expr
	// I and J, if Listed, are the pairs themselves.
	Listed bool
	I, J   []int32
	// Generator, if set, makes the pairs.
	Generator *Generator
	// SkipInvalid drops pairs with neurons that do not exist, which are otherwise an error.
	SkipInvalid bool
}

// mostSynapses is the number of synapses that int32 can number.
const mostSynapses = math.MaxInt32

// batch is how many candidates are evaluated together.
const batch = 1 << 14

// Connect returns the pairs that the rule makes.
func (r *Rule) Connect(evaluator Evaluator) (i, j []int32, err error) {
	result := &collector{rule: r, evaluator: evaluator}
	switch {
	case r.Generator != nil:
		err = r.Generator.connect(r, result)
	case r.Listed:
		err = r.listed(result)
	case r.Probability == nil || r.Fixed == 1:
		err = r.all(result)
	case math.IsNaN(r.Fixed) && (evaluator.UsesPartner(r.Probability, true) || evaluator.Draws(r.Probability)):
		err = r.eachPair(result)
	default:
		err = r.sampled(result)
	}
	return result.i, result.j, err
}

// collector takes candidates in order, keeps those that are chosen and repeats them.
type collector struct {
	rule      *Rule
	evaluator Evaluator
	i, j      []int32
}

// exists reports whether both neurons of a pair exist.
func (r *Rule) exists(i, j int32) bool {
	return i >= 0 && int(i) < r.Sources && j >= 0 && int(j) < r.Targets
}

// take keeps the candidates for which keep holds (nil: all).
func (c *collector) take(pairs *Pairs, keep []bool) error {
	taken := &Pairs{BySource: pairs.BySource, Variable: pairs.Variable}
	for k := range pairs.I {
		if keep != nil && !keep[k] {
			continue
		}
		switch i, j := pairs.I[k], pairs.J[k]; {
		case c.rule.exists(i, j):
			taken.add(i, j, pairs.K[k], pairs.Draw[k])
		case !c.rule.SkipInvalid:
			return outside(i, j, c.rule)
		}
	}
	if c.rule.Copies == nil {
		c.i, c.j = append(c.i, taken.I...), append(c.j, taken.J...)
		return nil
	}
	if taken.len() == 0 {
		return nil
	}
	copies, err := c.evaluator.Evaluate("n", c.rule.Copies, taken)
	if err != nil {
		return err
	}
	for k := range taken.I {
		times := copies.Float(k)
		if !(times >= 0) || times != math.Trunc(times) {
			return diag.Errorf(c.rule.Copies.Span(), "ValueError", "n says how often a pair is connected and has to be a whole number that is not negative, but is %g for (i=%d, j=%d).",
				times, taken.I[k], taken.J[k])
		}
		if times > float64(mostSynapses-len(c.i)) {
			return diag.Errorf(c.rule.Copies.Span(), "ValueError", "A group of synapses can have at most %d synapses, but (i=%d, j=%d) alone is connected %g times.",
				mostSynapses, taken.I[k], taken.J[k], times)
		}
		for range int(times) {
			c.i, c.j = append(c.i, taken.I[k]), append(c.j, taken.J[k])
		}
	}
	return nil
}

func outside(i, j int32, r *Rule) error {
	m := diag.Errorf(diag.Span{}, "IndexError", "Tried to create synapse indices outside valid range.")
	return m.WithHint("the pair (i=%d, j=%d) does not exist: the source has %d neurons (0 to %d), the target %d (0 to %d).",
		i, j, r.Sources, r.Sources-1, r.Targets, r.Targets-1)
}

func (c *collector) condition(pairs *Pairs) ([]bool, error) {
	if c.rule.Condition == nil || pairs.len() == 0 {
		return nil, nil
	}
	holds, err := c.evaluator.Evaluate("condition", c.rule.Condition, pairs)
	return holds.Bool, err
}

// all takes all pairs for which the condition holds.
func (r *Rule) all(c *collector) error {
	return r.rows(c, func(pairs *Pairs) error {
		keep, err := c.condition(pairs)
		if err != nil {
			return err
		}
		return c.take(pairs, keep)
	})
}

// rows calls use with all pairs, in batches of whole rows.
func (r *Rule) rows(c *collector, use func(*Pairs) error) error {
	pairs := &Pairs{BySource: true}
	for i := range r.Sources {
		for j := range r.Targets {
			pairs.add(int32(i), int32(j), 0, int32(j))
		}
		if pairs.len() >= batch || i == r.Sources-1 {
			if err := use(pairs); err != nil {
				return err
			}
			pairs.reset()
		}
	}
	return nil
}

// eachPair decides each pair by a draw of its own.
func (r *Rule) eachPair(c *collector) error {
	chosen := less(call("rand"), r.Probability)
	return r.rows(c, func(pairs *Pairs) error {
		keep, err := c.condition(pairs)
		if err != nil {
			return err
		}
		drawn, err := c.evaluator.Evaluate("p", chosen, pairs)
		if err != nil {
			return err
		}
		for k := range keep {
			drawn.Bool[k] = drawn.Bool[k] && keep[k]
		}
		return c.take(pairs, drawn.Bool)
	})
}

// sampled draws the targets of each source by geometric jumps from one to the next, then applies the condition:
// as many draws as synapses, not as pairs.
func (r *Rule) sampled(c *collector) error {
	s := sampler{evaluator: c.evaluator, probability: r.Probability, bySource: true}
	pending := &Pairs{BySource: true}
	flush := func() error {
		keep, err := c.condition(pending)
		if err != nil {
			return err
		}
		if err := c.take(pending, keep); err != nil {
			return err
		}
		pending.reset()
		return nil
	}
	const block = 64
	for from := 0; from < r.Sources; from += block {
		to := min(from+block, r.Sources)
		rows := make([]row, to-from)
		for k := range rows {
			rows[k] = row{neuron: int32(from + k), size: r.Targets}
		}
		if err := s.draw(rows); err != nil {
			return err
		}
		for _, row := range rows {
			for _, j := range row.chosen {
				pending.add(row.neuron, j, 0, j)
			}
		}
		if pending.len() >= batch {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// listed takes given pairs, each with the probability of the rule.
func (r *Rule) listed(c *collector) error {
	pairs := &Pairs{I: r.I, J: r.J, BySource: true}
	for k := range r.I {
		if i, j := r.I[k], r.J[k]; !r.SkipInvalid && (i < 0 || int(i) >= r.Sources || j < 0 || int(j) >= r.Targets) {
			return outside(i, j, r)
		}
		pairs.Draw = append(pairs.Draw, int32(k))
		pairs.K = append(pairs.K, 0)
	}
	var keep []bool
	if r.Probability != nil && pairs.len() > 0 {
		drawn, err := c.evaluator.Evaluate("p", less(call("rand"), r.Probability), pairs)
		if err != nil {
			return err
		}
		keep = drawn.Bool
	}
	return c.take(pairs, keep)
}

func call(name string, args ...syntax.Expr) syntax.Expr {
	return &syntax.Call{Func: &syntax.Name{Ident: name}, Args: args}
}

func less(x, y syntax.Expr) syntax.Expr {
	return &syntax.Compare{X: x, Ops: []syntax.Op{syntax.Lt}, Ys: []syntax.Expr{y}}
}

func minus(x, y syntax.Expr) syntax.Expr { return &syntax.Binary{Op: syntax.Sub, X: x, Y: y} }

var one = &syntax.Int{Value: 1}
