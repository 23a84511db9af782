package model

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

// Kinded is the type and the dimension of an expression.
type Kinded struct {
	Type Type
	Wide bool
	Dim  units.Dimension
}

// mismatch returns the message for wrong dimensions, which its text names by their usual units: V, not
// m^2 kg s^-3 A^-1.
func mismatch(where diag.Span, format string, args ...any) *diag.Message {
	for k, arg := range args {
		if dim, ok := arg.(units.Dimension); ok {
			args[k] = units.BaseUnit(dim)
		}
	}
	return diag.Errorf(where, "DimensionMismatchError", format, args...)
}

func typeError(where diag.Span, format string, args ...any) *diag.Message {
	return diag.Errorf(where, "TypeError", format, args...)
}

// Infer returns the type and the dimension of an expression, or a message about the first part of it that is
// inconsistent. It is the one place where the rules of section 1.5 and 1.9 of Brian2's language live: sums and
// comparisons need equal dimensions, exponents of dimensional bases are constants, `/` is always float.
func Infer(expr syntax.Expr, scope *Scope) (Kinded, error) {
	switch e := expr.(type) {
	case *syntax.Bool:
		return Kinded{Type: Boolean}, nil
	case *syntax.Int:
		return Kinded{Type: Integer, Wide: e.Value != int64(int32(e.Value))}, nil
	case *syntax.Float:
		return Kinded{Type: Float}, nil
	case *syntax.Name:
		symbol, err := scope.Resolve(e.Ident, e.Where)
		if err != nil {
			return Kinded{}, err
		}
		switch symbol.Kind {
		case FunctionSymbol:
			return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "'%s' is a function and has to be called, as in '%s(...)'.", e.Ident, e.Ident)
		case DistributionSymbol:
			return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "'%s' is a random function and has to be called, as in '%s()'.", e.Ident, e.Ident)
		case TableSymbol:
			return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "'%s' is a TimedArray and has to be called, as in '%s(t)'.", e.Ident, e.Ident)
		case Expression:
			if err := checkBody(symbol, scope); err != nil {
				return Kinded{}, err
			}
		}
		return Kinded{symbol.Type, symbol.Wide, symbol.Dim}, nil
	case *syntax.Unary:
		return inferUnary(e, scope)
	case *syntax.Binary:
		return inferBinary(e, scope)
	case *syntax.Compare:
		return inferCompare(e, scope)
	case *syntax.BoolOp:
		for _, x := range e.Xs {
			kind, err := Infer(x, scope)
			if err != nil {
				return Kinded{}, err
			}
			if kind.Type != Boolean {
				return Kinded{}, typeError(x.Span(), "Boolean operator acting on non-booleans: '%s' is %s.", syntax.Format(x), article(kind)).
					WithHint("compare it with something, as in '%s > 0'.", syntax.Format(x))
			}
		}
		return Kinded{Type: Boolean}, nil
	case *syntax.Call:
		return inferCall(e, scope)
	}
	if err := syntax.CheckModelExpr(expr); err != nil {
		return Kinded{}, err
	}
	panic(fmt.Sprintf("BUG: model expression %T has no type", expr))
}

// checkBody checks that what a subexpression stands for is what it was declared to be.
func checkBody(symbol *Symbol, scope *Scope) error {
	kind, err := Infer(symbol.Body, scope)
	switch {
	case err != nil:
		return err
	case kind.Dim != symbol.Dim:
		return mismatch(symbol.Body.Span(), "Inconsistent units in subexpression defining variable '%s': Expression '%s' does not have the expected unit %s (it has unit %s).",
			symbol.Name, syntax.Format(symbol.Body), symbol.Dim, kind.Dim)
	case kind.Type > symbol.Type:
		return typeError(symbol.Body.Span(), "The subexpression '%s' is declared as %s, but its right-hand side '%s' is %s.", symbol.Name, symbol.Type, syntax.Format(symbol.Body), article(kind))
	}
	return nil
}

func article(kind Kinded) string {
	switch kind.Type {
	case Boolean:
		return "a boolean"
	case Integer:
		return "an integer"
	}
	return "a number"
}

func inferUnary(e *syntax.Unary, scope *Scope) (Kinded, error) {
	if err := syntax.CheckModelExpr(e); err != nil {
		return Kinded{}, err
	}
	kind, err := Infer(e.X, scope)
	if err != nil {
		return Kinded{}, err
	}
	if e.Op == syntax.Not {
		if kind.Type != Boolean {
			return Kinded{}, typeError(e.Where, "Boolean operator acting on non-booleans: '%s' is %s.", syntax.Format(e.X), article(kind))
		}
		return kind, nil
	}
	if kind.Type == Boolean {
		return Kinded{}, typeError(e.Where, "'%s': a sign in front of a boolean.", syntax.Format(e)).WithHint("use int(%s) to make it 0 or 1.", syntax.Format(e.X))
	}
	return kind, nil
}

// unequal is the message for two operands whose dimensions differ.
func unequal(whole syntax.Expr, x, y syntax.Expr, dx, dy units.Dimension) *diag.Message {
	m := mismatch(whole.Span(), "Expression '%s' uses inconsistent units ('%s' has unit %s; '%s' has unit %s).",
		syntax.Format(whole), syntax.Format(x), dx, syntax.Format(y), dy)
	if isZero(x) || isZero(y) {
		return m.WithHint("in equations a bare 0 has no unit: write 0 with the unit, as in '0*volt'.")
	}
	return m.WithHint("both sides of an addition or comparison must have the same unit.")
}

func isZero(e syntax.Expr) bool {
	switch e := e.(type) {
	case *syntax.Int:
		return e.Value == 0
	case *syntax.Float:
		return e.Value == 0
	}
	return false
}

func inferBinary(e *syntax.Binary, scope *Scope) (Kinded, error) {
	x, err := Infer(e.X, scope)
	if err != nil {
		return Kinded{}, err
	}
	y, err := Infer(e.Y, scope)
	if err != nil {
		return Kinded{}, err
	}
	// Sums and products of booleans count.
	result := Kinded{Type: max(x.Type, y.Type, Integer), Wide: x.Wide || y.Wide}
	switch e.Op {
	case syntax.Add, syntax.Sub, syntax.Mod:
		if x.Dim != y.Dim {
			return Kinded{}, unequal(e, e.X, e.Y, x.Dim, y.Dim)
		}
		result.Dim = x.Dim
	case syntax.Mul:
		result.Dim = x.Dim.Mul(y.Dim)
	case syntax.Div:
		result.Dim = x.Dim.Div(y.Dim)
		result.Type = Float
	case syntax.FloorDiv:
		if !x.Dim.IsDimensionless() || !y.Dim.IsDimensionless() {
			return Kinded{}, mismatch(e.Where, "Floor division '//' can only be used for dimensionless values, but '%s' has unit %s and '%s' has unit %s.",
				syntax.Format(e.X), x.Dim, syntax.Format(e.Y), y.Dim)
		}
	case syntax.Pow:
		if !y.Dim.IsDimensionless() {
			return Kinded{}, mismatch(e.Y.Span(), "The exponent '%s' has unit %s, but exponents must be dimensionless.", syntax.Format(e.Y), y.Dim)
		}
		if !x.Dim.IsDimensionless() {
			exponent, ok := ConstantValue(e.Y, scope)
			if !ok {
				return Kinded{}, diag.Errorf(e.Y.Span(), "SyntaxError", "Value %s is not constant: '%s' has a unit, and its exponent decides which.", syntax.Format(e.Y), syntax.Format(e.X)).
					WithHint("use a number or a constant as exponent.")
			}
			result.Dim = x.Dim.Pow(exponent)
		}
		if exponent, ok := ConstantValue(e.Y, scope); ok && exponent < 0 {
			result.Type = Float
		}
	default:
		return Kinded{}, syntax.CheckModelExpr(e)
	}
	return result, nil
}

func inferCompare(e *syntax.Compare, scope *Scope) (Kinded, error) {
	if err := syntax.CheckModelExpr(e); err != nil {
		return Kinded{}, err
	}
	x, err := Infer(e.X, scope)
	if err != nil {
		return Kinded{}, err
	}
	y, err := Infer(e.Ys[0], scope)
	if err != nil {
		return Kinded{}, err
	}
	if x.Dim != y.Dim {
		return Kinded{}, unequal(e, e.X, e.Ys[0], x.Dim, y.Dim)
	}
	return Kinded{Type: Boolean}, nil
}

func inferCall(e *syntax.Call, scope *Scope) (Kinded, error) {
	if err := syntax.CheckModelExpr(e); err != nil {
		return Kinded{}, err
	}
	name := e.Func.(*syntax.Name)
	symbol, err := scope.Resolve(name.Ident, name.Where)
	if err != nil {
		if m, ok := err.(*diag.Message); ok && m.Kind == "KeyError" && m.Cause == nil {
			m.Text = fmt.Sprintf("Unknown function '%s' in expression '%s'.", name.Ident, syntax.Format(e))
		}
		return Kinded{}, err
	}
	args := make([]Kinded, len(e.Args))
	for k, arg := range e.Args {
		if args[k], err = Infer(arg, scope); err != nil {
			return Kinded{}, err
		}
	}
	switch symbol.Kind {
	case TableSymbol:
		return inferTable(e, symbol, args)
	case FunctionSymbol:
		if symbol.Function.Custom != nil {
			return inferCustom(e, symbol.Function, args)
		}
		return inferFunction(e, symbol.Function, args)
	case DistributionSymbol:
		if len(args) > 0 {
			return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "Function '%s' takes no argument, but '%s' gives it %d.", name.Ident, syntax.Format(e), len(args))
		}
		return Kinded{Type: Float}, nil
	}
	return Kinded{}, typeError(e.Where, "'%s' is not a function.", name.Ident)
}

func inferTable(e *syntax.Call, symbol *Symbol, args []Kinded) (Kinded, error) {
	table := symbol.Value.Table
	want, form := 1, symbol.Name+"(t)"
	if table.Cols > 0 {
		want, form = 2, symbol.Name+"(t, i)"
	}
	if len(args) != want {
		return Kinded{}, diag.Errorf(e.Where, "ValueError", "The TimedArray '%s' takes %d argument(s), but '%s' gives it %d.", symbol.Name, want, syntax.Format(e), len(args)).
			WithHint("call it as '%s'.", form)
	}
	if args[0].Dim != units.Time {
		return Kinded{}, mismatch(e.Args[0].Span(), "The TimedArray '%s' expects a time in seconds, but '%s' has unit %s.", symbol.Name, syntax.Format(e.Args[0]), args[0].Dim)
	}
	if want == 2 && args[1].Type != Integer {
		return Kinded{}, typeError(e.Args[1].Span(), "The second argument of the TimedArray '%s' is an index and must be an integer, but '%s' is %s.", symbol.Name, syntax.Format(e.Args[1]), article(args[1]))
	}
	return Kinded{Type: Float, Dim: symbol.Dim}, nil
}

func inferFunction(e *syntax.Call, f *Function, args []Kinded) (Kinded, error) {
	if len(args) != f.Args {
		return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "Function '%s' takes %d argument(s), but '%s' gives it %d.", f.Name, f.Args, syntax.Format(e), len(args))
	}
	result := Kinded{Type: Float}
	highest := Boolean
	for k, arg := range args {
		highest = max(highest, arg.Type)
		result.Wide = result.Wide || arg.Wide
		want := units.Dimension{}
		switch f.Rule {
		case Times:
			want = units.Time
		case Transparent:
			want = args[0].Dim
		case SquareRoot, Signum:
			want = arg.Dim
		}
		if arg.Dim != want {
			return Kinded{}, mismatch(e.Args[k].Span(), "Incorrect units for argument number %d of function '%s': '%s' has unit %s, but should have unit %s.",
				k+1, f.Name, syntax.Format(e.Args[k]), arg.Dim, want).
				WithHint("divide by a unit or multiply with one.")
		}
	}
	switch f.Rule {
	case Transparent:
		result.Dim = args[0].Dim
	case SquareRoot:
		result.Dim = args[0].Dim.Pow(0.5)
	}
	switch f.Returns {
	case ReturnsInteger:
		result.Type, result.Wide = Integer, false
	case ReturnsWide:
		result.Type, result.Wide = Integer, true
	case ReturnsHighest:
		result.Type = max(highest, Integer)
	}
	return result, nil
}

// inferCustom checks a call by what the function says of its arguments.
func inferCustom(e *syntax.Call, f *Function, args []Kinded) (Kinded, error) {
	name := e.Func.(*syntax.Name).Ident
	wanted := f.Custom.Arguments
	if len(args) != len(wanted) {
		return Kinded{}, diag.Errorf(e.Where, "SyntaxError", "Function '%s' was called with %d parameters, needs %d.", name, len(args), len(wanted))
	}
	result := Kinded{Type: Float}
	highest := Boolean
	var dims []units.Dimension
	for k, arg := range args {
		dims = append(dims, arg.Dim)
		highest = max(highest, arg.Type)
		result.Wide = result.Wide || arg.Wide
		text, where := syntax.Format(e.Args[k]), e.Args[k].Span()
		switch p := wanted[k]; {
		case p.Rule == HasDimension && arg.Dim != p.Dim:
			return Kinded{}, mismatch(where, "Argument number %d for function %s does not have the correct units. Expression '%s' has unit %s, but should have %s.", k+1, name, text, arg.Dim, p.Dim).
				WithHint("divide by a unit or multiply with one.")
		case p.Rule == SameDimension && arg.Dim != args[p.As].Dim:
			return Kinded{}, mismatch(where, "Argument number %d for function %s was supposed to have the same units as argument number %d, but '%s' has unit %s, while '%s' has unit %s",
				k+1, name, p.As+1, text, arg.Dim, syntax.Format(e.Args[p.As]), args[p.As].Dim)
		case !p.Any && arg.Type != p.Type && p.Type == Boolean:
			return Kinded{}, typeError(where, "Argument number %d for function '%s' was expected to be a boolean value, but is '%s'.", k+1, name, text)
		case !p.Any && arg.Type != p.Type:
			return Kinded{}, typeError(where, "Argument number %d for function '%s' has to be %s, but '%s' is %s.", k+1, name, article(Kinded{Type: p.Type}), text, article(arg))
		}
	}
	var err error
	if result.Dim, err = f.Custom.Result(dims); err != nil {
		return Kinded{}, err
	}
	switch f.Returns {
	case ReturnsBoolean:
		result.Type, result.Wide = Boolean, false
	case ReturnsInteger:
		result.Type, result.Wide = Integer, false
	case ReturnsHighest:
		result.Type = highest
	}
	return result, nil
}

// ConstantValue returns the value of an expression made of literals and external constants, in SI units.
func ConstantValue(expr syntax.Expr, scope *Scope) (float64, bool) {
	switch e := expr.(type) {
	case *syntax.Int:
		return float64(e.Value), true
	case *syntax.Float:
		return e.Value, true
	case *syntax.Name:
		symbol, err := scope.Resolve(e.Ident, e.Where)
		if err != nil || symbol.Kind != Constant {
			return 0, false
		}
		return symbol.Value.Number(), true
	case *syntax.Unary:
		x, ok := ConstantValue(e.X, scope)
		if e.Op == syntax.Neg {
			x = -x
		}
		return x, ok && e.Op != syntax.Not
	case *syntax.Binary:
		x, okX := ConstantValue(e.X, scope)
		y, okY := ConstantValue(e.Y, scope)
		if !okX || !okY {
			return 0, false
		}
		switch e.Op {
		case syntax.Add:
			return x + y, true
		case syntax.Sub:
			return x - y, true
		case syntax.Mul:
			return float64(x * y), true
		case syntax.Div:
			return x / y, y != 0
		}
	}
	return 0, false
}
