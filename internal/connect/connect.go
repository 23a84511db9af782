// Package connect turns rules of connection into lists of pairs: which source neuron connects to which target,
// in Brian2's creation order (sources ascending, targets in the order of the rule, copies of a pair adjacent).
//
// It knows numbers of neurons and expressions over them, which an Evaluator computes for many pairs at once; it
// does not know groups, memory or kernels. Random choices are addressed by pair, so the result depends neither on how
// pairs are batched nor on how many workers share the rows.
package connect

import (
	"math"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/syntax"
)

// Evaluator prepares expressions of the model language for pairs.
type Evaluator interface {
	// Prepare checks and compiles an expression. what names the use, and so the random draws, of the expression;
	// bySource says that rows begin with the source, and variable is the name of what the rule iterates over, if it does.
	Prepare(what string, expr syntax.Expr, bySource bool, variable string) (Expression, error)
	// UsesPartner reports whether the value of an expression depends on the neuron at the other end: the target if
	// bySource, else the source.
	UsesPartner(expr syntax.Expr, bySource bool) bool
	// Draws reports whether an expression is random.
	Draws(expr syntax.Expr) bool
}

// Expression is an expression that can be computed.
type Expression interface {
	// Type is the type of the values.
	Type() ir.Type
	// Evaluate returns one value for each pair, valid until the next call.
	Evaluate(pairs *Pairs) exec.Column
	// Worker returns the expression for another goroutine.
	Worker() Expression
}

// Rule is a rule of connection.
type Rule struct {
	Sources, Targets int
	// Existing is how many synapses there are already.
	Existing int
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

// MostSynapses is the number of synapses that int32 can number.
const MostSynapses = math.MaxInt32

// Connect returns the pairs that the rule makes. Workers share the work; the result does not depend on how many.
func (r *Rule) Connect(evaluator Evaluator, workers int) (*Made, error) {
	p := &program{rule: r, bySource: r.Generator == nil || r.Generator.BySource, rows: r.Sources}
	if r.Listed {
		p.rows = len(r.I)
		if err := r.checkListed(); err != nil {
			return nil, err
		}
		if r.Probability == nil && r.Copies == nil {
			return p.made([]chunk{{rows: [][]int32{r.I}, partners: [][]int32{r.J}}})
		}
	} else if !p.bySource {
		p.rows = r.Targets
	}
	if err := p.prepare(evaluator); err != nil {
		return nil, err
	}
	chunks, err := p.run(workers)
	if err != nil {
		return nil, err
	}
	return p.made(chunks)
}

// exists reports whether both neurons of a pair exist.
func (r *Rule) exists(i, j int32) bool {
	return i >= 0 && int(i) < r.Sources && j >= 0 && int(j) < r.Targets
}

func (r *Rule) checkListed() error {
	for k, i := range r.I {
		if !r.exists(i, r.J[k]) {
			return outside(i, r.J[k], r)
		}
	}
	return nil
}

func outside(i, j int32, r *Rule) error {
	m := diag.Errorf(diag.Span{}, "IndexError", "Tried to create synapse indices outside valid range.")
	return m.WithHint("the pair (i=%d, j=%d) does not exist: the source has %d neurons (0 to %d), the target %d (0 to %d).",
		i, j, r.Sources, r.Sources-1, r.Targets, r.Targets-1)
}

func tooMany() error {
	return diag.Errorf(diag.Span{}, "ValueError", "A group of synapses can have at most %d synapses.", MostSynapses)
}

// program holds the expressions of a rule. Those that the rule does not have are nil.
type program struct {
	rule     *Rule
	bySource bool
	rows     int                                 // neurons that rows begin with, or pairs of a list
	collect  func(w *worker, from, to int) error // makes the pairs of some rows

	condition, chosen, copies Expression
	// looks says that the condition of a generator looks at the partner.
	looks bool
	// Of rows whose partners are sampled:
	probability, logarithm, jump Expression
	// Of generators:
	element, size, uniform Expression
	bounds                 []Expression
}

// prepare decides how pairs are made and compiles what that needs.
func (p *program) prepare(evaluator Evaluator) error {
	r := p.rule
	prepared := func(what string, expr syntax.Expr) (Expression, error) {
		variable := ""
		if r.Generator != nil {
			variable = r.Generator.Variable
		}
		return evaluator.Prepare(what, expr, p.bySource, variable)
	}
	var err error
	for _, e := range []struct {
		what string
		expr syntax.Expr
		to   *Expression
	}{{"condition", r.Condition, &p.condition}, {"n", r.Copies, &p.copies}} {
		if e.expr != nil {
			if *e.to, err = prepared(e.what, e.expr); err != nil {
				return err
			}
		}
	}
	switch {
	case r.Generator != nil:
		p.collect = (*worker).generated
		return r.Generator.prepare(p, prepared, evaluator)
	case r.Listed:
		p.collect = (*worker).listed
	case r.Probability != nil && r.Fixed != 1 && (!math.IsNaN(r.Fixed) || !evaluator.UsesPartner(r.Probability, true) && !evaluator.Draws(r.Probability)):
		p.collect = (*worker).sampledRows
		return p.prepareSampling(r.Probability, prepared)
	default:
		p.collect = (*worker).allPairs
	}
	if r.Probability != nil && r.Fixed != 1 {
		p.chosen, err = prepared("p", less(call("rand"), r.Probability))
	}
	return err
}

// worker returns the program for another goroutine.
func (p *program) worker() program {
	own := *p
	for _, e := range []*Expression{&own.condition, &own.chosen, &own.copies, &own.probability, &own.logarithm, &own.jump, &own.element, &own.size, &own.uniform} {
		if *e != nil {
			*e = (*e).Worker()
		}
	}
	own.bounds = make([]Expression, len(p.bounds))
	for k, bound := range p.bounds {
		own.bounds[k] = bound.Worker()
	}
	return own
}

func call(name string, args ...syntax.Expr) syntax.Expr {
	return &syntax.Call{Func: &syntax.Name{Ident: name}, Args: args}
}

func less(x, y syntax.Expr) syntax.Expr {
	return &syntax.Compare{X: x, Ops: []syntax.Op{syntax.Lt}, Ys: []syntax.Expr{y}}
}

func minus(x, y syntax.Expr) syntax.Expr { return &syntax.Binary{Op: syntax.Sub, X: x, Y: y} }

var zero, one = &syntax.Int{}, &syntax.Int{Value: 1}
