package synfire

import (
	"slices"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
)

// part is a range of the elements of a group or of synapses, through which its variables are read and written.
type part struct {
	*state
	start, stop int // stop < 0: to the end
	object      func(name string) *model.Symbol
	// addresses of synapses for random numbers, and their index arrays; zero for neurons.
	synapses *Synapses
}

func (p *part) bounds() (start, stop int) {
	if p.stop < 0 {
		return p.start, p.n
	}
	return p.start, p.stop
}

// Len returns the number of elements.
func (p *part) Len() int {
	start, stop := p.bounds()
	return stop - start
}

// elements returns what the options select.
func (p *part) elements(a *access) (selection, error) {
	start, stop := p.bounds()
	var selected selection
	var err error
	switch {
	case a.pairs == nil:
		selected, err = a.resolve(start, stop)
	case p.synapses == nil:
		err = diag.Errorf(diag.Span{}, "IndexError", "Only synapses can be selected by pairs of neurons.")
	default:
		selected, err = p.synapses.between(a.pairs)
	}
	if err != nil || a.condition == "" {
		return selected, err
	}
	condition, err := p.parseExpr("condition", a.condition)
	if err != nil {
		return selection{}, err
	}
	scope := p.scope("the condition", p.object, a.names)
	if err := model.CheckCondition(condition, scope, "Condition"); err != nil {
		return selection{}, err
	}
	holds, err := p.evaluate("condition", condition, scope, selected, model.Boolean)
	if err != nil {
		return selection{}, err
	}
	list := []int32{}
	for k := range selected.count() {
		if holds.Bool[k] {
			list = append(list, int32(selected.at(k)))
		}
	}
	return selection{list: list}, nil
}

// find returns the variable or implicit name, as a symbol.
func (p *part) find(name string) (*model.Symbol, error) {
	symbol := p.object(name)
	if symbol == nil {
		if v := p.byName[name]; v != nil && v.Linked {
			return nil, unlinked(v)
		}
		return nil, p.unknown(name)
	}
	return symbol, nil
}

// Get returns a copy of the values of a variable in SI units, one for each selected element, by default for all; of a
// shared variable, one value. A subexpression is computed; names in it are found with Using. A name that does not exist
// is a *Message of kind AttributeError.
func (p *part) Get(name string, options ...Option) (Values, error) {
	a := newAccess(options)
	symbol, err := p.find(name)
	if err != nil {
		return Values{}, err
	}
	elements, err := p.elements(a)
	if err != nil {
		return Values{}, err
	}
	switch {
	case symbol.Kind == model.Constant:
		return Values{Ints: []int64{symbol.Value.Int}}, nil
	case symbol.Kind == model.ElementNumber:
		values := Values{Ints: make([]int64, elements.count())}
		start, _ := p.bounds()
		for k := range values.Ints {
			values.Ints[k] = int64(elements.at(k) - start)
		}
		return values, nil
	case symbol.Kind == model.Expression && symbol.Index == model.Shared && p.n > 0:
		return p.compute(name, &syntax.Name{Ident: name}, symbol.Type, a, selection{lo: 0, hi: 1})
	case symbol.Kind == model.Expression:
		return p.compute(name, &syntax.Name{Ident: name}, symbol.Type, a, elements)
	case symbol.Index == model.Shared:
		return gather(plan.Column(symbol.Var), selection{lo: 0, hi: 1}, symbol.Dim), nil
	case symbol.Index.IsArray() && p.synapses == nil:
		return gather(plan.Column(symbol.Var), p.simulation.linkedElements(symbol.Index, elements), symbol.Dim), nil
	case symbol.Index != model.Own:
		return p.compute(name, &syntax.Name{Ident: name}, symbol.Type, a, elements)
	}
	return p.read(symbol, elements), nil
}

// read returns values of a variable of the part.
func (p *part) read(symbol *model.Symbol, elements selection) Values {
	if plan.StorageOf(symbol.Var).Origin == nil || elements.count() == 0 {
		return gather(plan.Column(symbol.Var), elements, symbol.Dim)
	}
	if elements.list != nil {
		lo, hi := int(slices.Min(elements.list)), int(slices.Max(elements.list))+1
		within := selection{list: make([]int32, len(elements.list))}
		for k, at := range elements.list {
			within.list[k] = at - int32(lo)
		}
		return gather(plan.Values(symbol.Var, lo, hi), within, symbol.Dim)
	}
	made := plan.Values(symbol.Var, elements.lo, elements.hi)
	if made.F64 != nil {
		return Values{Floats: made.F64, Dim: symbol.Dim}
	}
	return gather(made, selection{lo: 0, hi: made.Len()}, symbol.Dim)
}

// Evaluate returns the values of an expression of the model language for the selected elements.
func (p *part) Evaluate(expression string, options ...Option) (Values, error) {
	a := newAccess(options)
	elements, err := p.elements(a)
	if err != nil {
		return Values{}, err
	}
	expr, err := p.parseExpr("expression", expression)
	if err != nil {
		return Values{}, err
	}
	kind, err := model.Infer(expr, p.scope("an expression", p.object, a.names))
	if err != nil {
		return Values{}, err
	}
	return p.compute("expression", expr, kind.Type, a, elements)
}

func (p *part) compute(what string, expr syntax.Expr, t model.Type, a *access, elements selection) (Values, error) {
	scope := p.scope(what, p.object, a.names)
	kind, err := model.Infer(expr, scope)
	if err != nil {
		return Values{}, err
	}
	result, err := p.evaluate("get "+what, expr, scope, elements, t)
	if err != nil {
		return Values{}, err
	}
	return gather(result, selection{lo: 0, hi: elements.count()}, kind.Dim), nil
}

// Select returns the numbers of the elements for which a condition holds, ascending.
func (p *part) Select(condition string, options ...Option) ([]int, error) {
	selected, err := p.elements(newAccess(append(options, Where(condition))))
	if err != nil {
		return nil, err
	}
	start, _ := p.bounds()
	numbers := make([]int, selected.count())
	for k := range numbers {
		numbers[k] = selected.at(k) - start
	}
	return numbers, nil
}

// Set assigns to a variable: a number, units.Quantity, Values or slice, one value for all or one for each selected
// element; or a string, an expression of the model language that is computed for each, with the names that Using gives.
// Values are checked for their dimension (DimensionMismatchError); a plain zero fits every dimension. A number of values
// that is neither 1 nor that of the elements is a ValueError, a variable that cannot be set a TypeError.
func (p *part) Set(name string, value any, options ...Option) error {
	return p.set(name, value, true, options)
}

// SetUnitless assigns values in SI units without looking at dimensions.
func (p *part) SetUnitless(name string, value any, options ...Option) error {
	return p.set(name, value, false, options)
}

func (p *part) set(name string, value any, withUnits bool, options []Option) error {
	a := newAccess(options)
	symbol, err := p.find(name)
	if err != nil {
		return err
	}
	if symbol.Kind != model.VariableSymbol || symbol.Var.ReadOnly || symbol.Index == model.Pre || symbol.Index == model.Post || symbol.Index.IsArray() && p.synapses != nil {
		return diag.Errorf(diag.Span{}, "TypeError", "Variable '%s' of '%s' is read-only.", name, p.name)
	}
	if p.synapses != nil && !p.synapses.connected {
		return diag.Errorf(diag.Span{}, "TypeError", "Cannot set '%s' of '%s': it has no synapses yet.", name, p.name).WithHint("call connect() first.")
	}
	elements, err := p.elements(a)
	if err != nil {
		return err
	}
	if symbol.Index == model.Shared {
		elements = selection{lo: 0, hi: 1}
	}
	if text, isText := value.(string); isText {
		return p.assign(symbol, text, a, elements)
	}
	values, anyDim, err := asValues(value)
	if err != nil {
		return err
	}
	if withUnits {
		if err := checkDim(symbol.Var, values, anyDim); err != nil {
			return err
		}
	}
	if values.Len() != 1 && values.Len() != elements.count() {
		return diag.Errorf(diag.Span{}, "ValueError", "Provided values do not match the size of the indices, %d != %d.", values.Len(), elements.count()).
			WithHint("'%s' needs one value, or one for each of the %d selected elements.", name, elements.count())
	}
	if symbol.Type == model.Integer && values.Floats != nil {
		for _, x := range values.Floats {
			if x != float64(int64(x)) {
				return diag.Errorf(diag.Span{}, "TypeError", "'%s' is an integer variable and cannot be set to %g.", name, x)
			}
		}
	}
	p.changes(symbol.Var)
	if p.isWhole(symbol, elements) {
		m := plan.StorageOf(symbol.Var)
		if values.Len() == 1 {
			one := exec.NewColumn(lower.StorageType(symbol.Var), 1)
			scatter(one, selection{lo: 0, hi: 1}, values)
			m.MakeFrom(plan.Constant{Value: one, N: p.n})
			return nil
		}
		*m = *plan.NewStorage(symbol.Var, p.n)
	}
	scatter(plan.Column(symbol.Var), p.simulation.linkedElements(symbol.Index, elements), values)
	return nil
}

// isWhole reports whether an assignment replaces what makes a column without memory. A column that has memory keeps it:
// code that runs may know it.
func (p *part) isWhole(symbol *model.Symbol, elements selection) bool {
	return symbol.Index == model.Own && plan.StorageOf(symbol.Var).Origin != nil && elements.list == nil && elements.lo == 0 && elements.hi == p.n
}

// changes prepares for a variable to be written.
func (p *part) changes(v *model.Variable) {
	d, isDelay := p.delayOf(v)
	if isDelay {
		d.changed, d.moved = true, true
	}
	if p.synapses != nil && (isDelay || p.synapses.waiting != nil || p.synapses.placement.Keeps(v)) {
		p.synapses.gather()
	}
}

// delayOf returns the pathway whose delays the variable holds.
func (p *part) delayOf(v *model.Variable) (*Pathway, bool) {
	if p.synapses != nil {
		for _, pathway := range p.synapses.pathways {
			if pathway.delays == v {
				return pathway, true
			}
		}
	}
	return nil, false
}

// assign computes an expression for the selected elements and assigns it.
func (p *part) assign(symbol *model.Symbol, text string, a *access, elements selection) error {
	expr, err := p.parseExpr("expression for "+symbol.Name, text)
	if err != nil {
		return err
	}
	scope := p.scope("the expression for '"+symbol.Name+"'", p.object, a.names)
	code := []*syntax.CodeStmt{{
		At: syntax.At{Where: expr.Span()}, Target: &syntax.Name{At: syntax.At{Where: expr.Span()}, Ident: symbol.Name}, Op: syntax.AssignOp, Value: expr,
	}}
	if err := checkInitialiser(symbol, expr, scope); err != nil {
		return err
	}
	if symbol.Index == model.Shared {
		if name := perElement(expr, scope); name != "" {
			return diag.Errorf(expr.Span(), "SyntaxError", "Cannot write to scalar variable '%s' with an expression referring to vector variable '%s'", symbol.Name, name)
		}
	}
	builder := p.builder("set "+symbol.Name, scope)
	if err := builder.Statements(code); err != nil {
		return err
	}
	program, err := p.compile(builder.Finish())
	if err != nil {
		return err
	}
	p.changes(symbol.Var)
	step := p.execution()
	if p.isWhole(symbol, elements) {
		if made := p.synapses.assigned(symbol.Var, program, step, p.key); made != nil {
			plan.StorageOf(symbol.Var).MakeFrom(made)
			return nil
		}
	}
	return p.run(p.bind(program, step), elements)
}

// perElement returns a name in an expression that has a value for each element; "" if there is none.
func perElement(expr syntax.Expr, scope *model.Scope) string {
	for _, name := range syntax.Names(expr) {
		symbol := scope.Known(name)
		switch {
		case symbol == nil:
		case symbol.Kind == model.ElementNumber, symbol.Kind == model.VariableSymbol && symbol.Index != model.Shared:
			return name
		case symbol.Kind == model.Expression && perElement(symbol.Body, scope) != "":
			return name
		}
	}
	return ""
}

func checkInitialiser(symbol *model.Symbol, expr syntax.Expr, scope *model.Scope) error {
	kind, err := model.Infer(expr, scope)
	if err != nil {
		return err
	}
	if kind.Dim != symbol.Dim {
		return diag.Errorf(expr.Span(), "DimensionMismatchError", "%s should be set with a value with units %s, but '%s' has unit %s.",
			symbol.Name, unitName(symbol.Dim), syntax.Format(expr), unitName(kind.Dim)).
			WithHint("multiply the expression with a unit, as in '(%s)*%s'.", syntax.Format(expr), unitName(symbol.Dim))
	}
	return model.CheckStatefulOnce(expr, scope)
}

func (p *part) builder(name string, scope *model.Scope) *lower.Builder {
	start, _ := p.bounds()
	return lower.New(name, lower.Config{
		Scope: scope, Protect: true, DT: p.clock.Dt(), Elements: p.n - start, Single: p.single,
		Constant: func(v *model.Variable) bool { return false },
	})
}

// compile compiles code that runs once.
func (p *part) compile(code *lower.Code) (*plan.Program, error) {
	if err := checkAliases(code.Kernel); err != nil {
		return nil, err
	}
	return plan.Compile(code, p.simulation.executor, plan.KeepNothing)
}

// key returns the random key of a draw site of code that runs once.
func (p *part) key(site string) uint64 { return p.siteKey(outsideRun, site) }

// bind gives code that runs once its memory; each such execution has random numbers of its own.
func (p *part) bind(program *plan.Program, execution int64) *plan.Bound {
	written := map[*model.Variable]bool{}
	for k, operand := range program.Operands() {
		if program.Kernel.Written(ir.VarID(k)) {
			written[operand.Var] = true
		}
	}
	memory := plan.Memory{
		Elements: p.n,
		Key:      p.key,
		Column: func(v *model.Variable) exec.Column {
			if written[v] {
				return plan.Column(v)
			}
			return plan.AllValues(v)
		},
	}
	memory.Indexes = p.simulation.arraysOf(program, p.synapses)
	bound := program.Bind(memory)
	bound.Binding.Step = execution
	start, _ := p.bounds()
	bound.Binding.Base = int64(start)
	if p.synapses != nil {
		p.synapses.address(bound)
	}
	return bound
}

func (p *part) run(bound *plan.Bound, elements selection) error {
	bound.Binding.Lanes = elements.list
	lo, hi := elements.lo, elements.hi
	if elements.list != nil {
		lo, hi = 0, len(elements.list)
	}
	bound.Run(lo, hi)
	return callFailed(bound.Err())
}

// evaluate computes an expression for elements; value k of the result belongs to element k of the selection.
func (p *part) evaluate(name string, expr syntax.Expr, scope *model.Scope, elements selection, t model.Type) (exec.Column, error) {
	whole := exec.NewColumn(lower.StorageType(&model.Variable{Type: t}), p.n)
	result := &model.Variable{Name: "_result", Owner: "result", Kind: model.Implicit, Type: t, Storage: &plan.Storage{Column: whole}}
	builder := p.builder(name, scope)
	if err := builder.AssignTo(result, model.Own, expr); err != nil {
		return exec.Column{}, err
	}
	program, err := p.compile(builder.Finish())
	if err != nil {
		return exec.Column{}, err
	}
	if err := p.run(p.bind(program, p.execution()), elements); err != nil {
		return exec.Column{}, err
	}
	if elements.list == nil {
		return whole.Slice(elements.lo, elements.hi), nil
	}
	picked := exec.NewColumn(whole.Type(), len(elements.list))
	for k, at := range elements.list {
		switch {
		case whole.F64 != nil:
			picked.F64[k] = whole.F64[at]
		case whole.I32 != nil:
			picked.I32[k] = whole.I32[at]
		default:
			picked.Bool[k] = whole.Bool[at]
		}
	}
	return picked, nil
}
