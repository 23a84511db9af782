package synfire

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"

	"synfire/internal/connect"
	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// Connection is a rule by which synapses are made. The zero rule makes all pairs.
type Connection struct {
	// Condition keeps the pairs for which it holds: "i != j".
	Condition string
	// Probability with which a pair is made: a number or an expression (string); nil means 1.
	Probability any
	// I and J list the pairs themselves; a single number goes with all of the other list.
	I, J []int
	// Targets makes the targets of each source: "k for k in range(i-1, i+2) if k != i", or "i" for one target.
	Targets string
	// Sources makes the sources of each target in the same way.
	Sources string
	// Copies is how often each pair is made: a number or an expression; nil means once.
	Copies any
	// SkipInvalid drops neurons that do not exist instead of refusing them. For Targets and Sources.
	SkipInvalid bool
	// Initial holds the values with which the variables of the new synapses begin, "delay" of OnPre among them; all
	// others begin at 0.
	Initial Assignments
	// Names finds the names in the rule's expressions, and in those of Initial.
	Names Names
}

// Connect makes synapses by a rule, after those that there are. Random choices depend on the seed and on how often
// Connect was called, not on the number of threads.
func (y *Synapses) Connect(c Connection) error {
	y.renewEnds()
	rule := &connect.Rule{Sources: y.fromLength, Targets: y.toLength, Existing: y.n, SkipInvalid: c.SkipInvalid, Fixed: math.NaN()}
	listed := c.I != nil || c.J != nil
	generated := c.Targets != "" || c.Sources != ""
	switch {
	case c.Condition != "" && (listed || generated):
		return diag.Errorf(diag.Span{}, "ValueError", "A condition cannot be combined with i or j.").WithHint("put the condition into the generator: 'k for k in range(N_post) if ...'.")
	case listed && generated || c.Targets != "" && c.Sources != "":
		return diag.Errorf(diag.Span{}, "ValueError", "Only one of i and j can be a generator, and then the other must not be given.")
	case generated && c.Probability != nil:
		return diag.Errorf(diag.Span{}, "ValueError", "A generator cannot be combined with p.").WithHint("use sample(..., p=...) instead of range.")
	case c.SkipInvalid && !generated:
		return diag.Errorf(diag.Span{}, "ValueError", "skip_if_invalid is for generators.")
	}
	if strings.Contains(c.Condition, " for ") {
		return diag.Errorf(diag.Span{}, "ValueError", "A generator cannot be the condition.").WithHint("pass it as j='...' or i='...'.")
	}
	evaluator := &pairEvaluator{synapses: y, names: c.Names, call: y.execution()}
	var err error
	if c.Condition != "" {
		if rule.Condition, err = y.parseExpr("condition", c.Condition); err != nil {
			return err
		}
		if err := model.CheckCondition(rule.Condition, evaluator.scope(""), "The condition"); err != nil {
			return err
		}
	}
	if c.Probability != nil {
		if rule.Probability, rule.Fixed, err = y.numberOrExpr("p", c.Probability); err != nil {
			return err
		}
		if rule.Fixed < 0 || rule.Fixed > 1 {
			return diag.Errorf(diag.Span{}, "ValueError", "p is a probability and has to be between 0 and 1, not %g.", rule.Fixed)
		}
	}
	if c.Copies != nil {
		if rule.Copies, _, err = y.numberOrExpr("n", c.Copies); err != nil {
			return err
		}
	}
	switch {
	case listed:
		rule.Listed = true
		if rule.I, rule.J, err = listedPairs(c.I, c.J); err != nil {
			return err
		}
	case generated:
		text, bySource := c.Targets, true
		if text == "" {
			text, bySource = c.Sources, false
		}
		if rule.Generator, err = connect.ParseGenerator(y.simulation.source("generator of "+y.name, text), bySource); err != nil {
			return err
		}
		if err := evaluator.checkGenerator(rule.Generator); err != nil {
			return err
		}
	}
	workers := y.simulation.Threads()
	if evaluator.callsCustom(rule) {
		workers = 1
	}
	made, err := rule.Connect(evaluator, workers)
	if failed := evaluator.failed.Load(); failed != nil {
		return callFailed(*failed)
	}
	if err != nil {
		return err
	}
	y.connected = true
	before := y.n
	y.grow(made)
	return y.SetAll(c.Initial, Range(before, y.n), Using(c.Names))
}

func (y *Synapses) numberOrExpr(what string, value any) (syntax.Expr, float64, error) {
	switch x := value.(type) {
	case string:
		expr, err := y.parseExpr(what, x)
		return expr, math.NaN(), err
	case float64:
		return &syntax.Float{Value: x}, x, nil
	case int:
		return &syntax.Int{Value: int64(x)}, float64(x), nil
	case int64:
		return &syntax.Int{Value: x}, float64(x), nil
	}
	return nil, 0, diag.Errorf(diag.Span{}, "TypeError", "%s has to be a number or an expression, not %T.", what, value)
}

func listedPairs(i, j []int) ([]int32, []int32, error) {
	if i == nil || j == nil {
		return nil, nil, diag.Errorf(diag.Span{}, "ValueError", "i and j have to be given together.").WithHint("give both lists, or a generator for one of them.")
	}
	n := max(len(i), len(j))
	if len(i) != n && len(i) != 1 || len(j) != n && len(j) != 1 {
		return nil, nil, diag.Errorf(diag.Span{}, "ValueError", "i and j must have the same length, but have %d and %d.", len(i), len(j))
	}
	if len(i) == 0 || len(j) == 0 {
		n = 0
	}
	sources, targets := make([]int32, n), make([]int32, n)
	for k := range n {
		sources[k], targets[k] = int32(i[k%len(i)]), int32(j[k%len(j)])
	}
	return sources, targets, nil
}

// pairEvaluator prepares the expressions of a rule for pairs of neurons that are not connected yet.
type pairEvaluator struct {
	synapses *Synapses
	names    Names
	call     int64 // which execution of code outside runs

	sources, targets, iterated *model.Variable
	failed                     atomic.Pointer[error] // of a function that an expression calls
}

// callsCustom reports whether a rule calls functions that one thread has to call.
func (e *pairEvaluator) callsCustom(rule *connect.Rule) bool {
	exprs := []syntax.Expr{rule.Condition, rule.Probability, rule.Copies}
	if rule.Generator != nil {
		exprs = append(append(exprs, rule.Generator.Expressions()...), rule.Generator.Element)
	}
	return slices.ContainsFunc(exprs, func(expr syntax.Expr) bool { return expr != nil && model.CallsTogether(expr, e.scope("")) })
}

// scope returns what expressions over pairs see; variable is the name that a generator iterates with.
func (e *pairEvaluator) scope(variable string) *model.Scope {
	y := e.synapses
	if e.sources == nil {
		column := func(name string) *model.Variable {
			return implicit("pair", name, model.Integer, units.Dimension{}, exec.Column{})
		}
		e.sources, e.targets, e.iterated = column("i"), column("j"), column("k")
	}
	scope := y.scope("the connection", func(name string) *model.Symbol {
		switch name {
		case "i":
			return e.sources.Symbol()
		case "j":
			return e.targets.Symbol()
		case variable:
			return e.iterated.Symbol()
		case "N":
			return countSymbol(name, y.n) // of synapses until now
		case "lastupdate", "delay":
			return nil
		}
		if y.byName[name] != nil {
			return nil
		}
		symbol := y.symbol(name)
		switch { // numbers in subexpressions of the neurons
		case symbol == nil:
		case symbol.Var == y.sourceColumn:
			return e.sources.Symbol()
		case symbol.Var == y.targetColumn:
			return e.targets.Symbol()
		}
		return symbol
	}, e.names)
	scope.ObjectNames = func() []string { return append(y.to.part.variableNames(), "i", "j", "N", "N_pre", "N_post") }
	return scope
}

// UsesPartner implements connect.Evaluator.
func (e *pairEvaluator) UsesPartner(expr syntax.Expr, bySource bool) bool {
	return e.partner(expr, bySource) != ""
}

// Draws implements connect.Evaluator.
func (e *pairEvaluator) Draws(expr syntax.Expr) bool { return model.IsStateful(expr, e.scope("")) }

// partner returns a name in an expression whose value depends on the neuron at the other end; "" if there is none.
func (e *pairEvaluator) partner(expr syntax.Expr, bySource bool) string {
	scope := e.scope("")
	number, index := e.targets, model.Post
	if !bySource {
		number, index = e.sources, model.Pre
	}
	for _, ident := range syntax.Names(expr) {
		symbol := scope.Known(ident)
		if symbol != nil && (symbol.Var == number || e.synapses.simulation.sideOf(symbol.Index) == index || symbol.Kind == model.Expression && e.partner(symbol.Body, bySource) != "") {
			return ident
		}
	}
	return ""
}

// checkGenerator refuses bounds and partners that depend on partners that are not known yet.
func (e *pairEvaluator) checkGenerator(g *connect.Generator) error {
	for _, expr := range g.Expressions() {
		if slices.Contains(syntax.Names(expr), g.Variable) {
			return diag.Errorf(expr.Span(), "ValueError", "'%s' in '%s' has no value yet: it is what the generator makes.", g.Variable, syntax.Format(expr))
		}
	}
	for _, expr := range append(g.Expressions(), g.Element) {
		if ident := e.partner(expr, g.BySource); ident != "" && ident != g.Variable {
			return diag.Errorf(expr.Span(), "ValueError", "'%s' in '%s' belongs to the partner, which is not known before it is made.", ident, syntax.Format(expr))
		}
	}
	return nil
}

// Prepare implements connect.Evaluator.
func (e *pairEvaluator) Prepare(what string, expr syntax.Expr, bySource bool, variable string) (connect.Expression, error) {
	y, scope := e.synapses, e.scope(variable)
	for _, name := range syntax.Names(expr) {
		if symbol := scope.Known(name); symbol != nil && symbol.Var != nil && (symbol.Var == y.incoming || symbol.Var == y.outgoing) {
			return nil, diag.Errorf(expr.Span(), "ValueError", "'%s' cannot be used in connect(): it counts the synapses that are about to be made.", name)
		}
	}
	kind, err := model.Infer(expr, scope)
	if err != nil {
		return nil, err
	}
	result := implicit("pair", "_result", kind.Type, units.Dimension{}, exec.Column{})
	result.Wide = kind.Wide
	b := lower.New(fmt.Sprintf("connect %d %s", e.call, what), lower.Config{Scope: scope, DT: y.clock.Dt()})
	if err := b.AssignTo(result, model.Own, expr); err != nil {
		return nil, err
	}
	program, err := plan.Compile(b.Finish(), y.simulation.executor, plan.KeepNothing)
	if err != nil {
		return nil, err
	}
	return &pairExpression{evaluator: e, program: program, of: result, bySource: bySource}, nil
}

// pairExpression is an expression over pairs, for one goroutine.
type pairExpression struct {
	evaluator *pairEvaluator
	program   *plan.Program
	of        *model.Variable // the result
	bySource  bool

	result    exec.Column
	pre, post []int32
	scratch   any // of the bindings
}

// Type implements connect.Expression.
func (e *pairExpression) Type() ir.Type { return lower.StorageType(e.of) }

// Worker implements connect.Expression.
func (e *pairExpression) Worker() connect.Expression {
	return &pairExpression{evaluator: e.evaluator, program: e.program, of: e.of, bySource: e.bySource}
}

// Evaluate implements connect.Expression.
func (e *pairExpression) Evaluate(pairs *connect.Pairs) exec.Column {
	y, n := e.evaluator.synapses, len(pairs.Row)
	sources, targets := pairs.Row, pairs.Partner
	if !e.bySource {
		sources, targets = targets, sources
	}
	if e.result.Len() < n {
		e.result = exec.NewColumn(e.Type(), n)
	}
	indexes := map[string][]int32{}
	for _, name := range e.program.Kernel.Indexes {
		switch name {
		case lower.PreIndex:
			indexes[name] = moved(sources, y.fromStart, &e.pre)
		case lower.PostIndex:
			indexes[name] = moved(targets, y.toStart, &e.post)
		default:
			array := y.simulation.arrayNamed(name)
			if array.side == model.Pre {
				indexes[name] = array.at(moved(sources, y.fromStart, &e.pre))
			} else {
				indexes[name] = array.at(moved(targets, y.toStart, &e.post))
			}
		}
	}
	bound := e.program.Bind(plan.Memory{
		Elements: n,
		Indexes:  indexes,
		Key:      func(site string) uint64 { return y.siteKey(outsideRun, site) },
		Column: func(v *model.Variable) exec.Column {
			switch v {
			case e.evaluator.sources:
				return exec.Column{I32: sources}
			case e.evaluator.targets:
				return exec.Column{I32: targets}
			case e.evaluator.iterated:
				return exec.Column{I32: pairs.Iterated}
			case e.of:
				return e.result
			}
			return plan.Column(v)
		},
	})
	bound.Binding.ElementLow, bound.Binding.ElementHigh = pairs.Draws(), pairs.Row
	bound.Binding.Adopt(e.scratch)
	bound.Run(0, n)
	e.scratch = bound.Binding.Scratch
	if err := bound.Err(); err != nil {
		e.evaluator.failed.CompareAndSwap(nil, &err)
	}
	return e.result.Slice(0, n)
}

// moved returns numbers of neurons relative to their whole group, from those relative to a part that begins at start.
func moved(numbers []int32, start int, buffer *[]int32) []int32 {
	if start == 0 {
		return numbers
	}
	list := (*buffer)[:0]
	for _, number := range numbers {
		list = append(list, number+int32(start))
	}
	*buffer = list
	return list
}
