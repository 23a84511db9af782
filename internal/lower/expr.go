package lower

import (
	"fmt"
	"math"

	"synfire/internal/diag"
	"synfire/internal/ir"
	"synfire/internal/model"
	"synfire/internal/syntax"
)

// Expr lowers an expression that model.Infer accepts and returns its value.
func (b *Builder) Expr(expr syntax.Expr) (ir.Value, error) {
	switch e := expr.(type) {
	case *syntax.Bool:
		return b.Ops.Bool(e.Value), nil
	case *syntax.Int:
		if e.Value == int64(int32(e.Value)) {
			return b.Ops.Int(ir.I32, e.Value), nil
		}
		return b.Ops.Int(ir.I64, e.Value), nil
	case *syntax.Float:
		return b.Ops.Float(e.Value), nil
	case *syntax.Name:
		return b.nameValue(e)
	case *syntax.Unary:
		x, err := b.Expr(e.X)
		if err != nil {
			return ir.NoValue, err
		}
		switch e.Op {
		case syntax.Neg:
			negative := b.Ops.Neg(x)
			if b.isExact(x) {
				b.markExact(negative)
			}
			return negative, nil
		case syntax.Not:
			return b.Ops.Not(x), nil
		}
		return x, nil
	case *syntax.Binary:
		return b.binary(e)
	case *syntax.Compare:
		x, y, err := b.pair(e.X, e.Ys[0])
		if err != nil {
			return ir.NoValue, err
		}
		return b.compare(e.Ops[0], x, y), nil
	case *syntax.BoolOp:
		result := ir.NoValue
		for _, operand := range e.Xs {
			x, err := b.Expr(operand)
			if err != nil {
				return ir.NoValue, err
			}
			switch {
			case result == ir.NoValue:
				result = x
			case e.Op == syntax.And:
				result = b.Ops.And(result, x)
			default:
				result = b.Ops.Or(result, x)
			}
		}
		return result, nil
	case *syntax.Call:
		return b.call(e)
	}
	panic(fmt.Sprintf("BUG: cannot lower %T", expr))
}

// Float lowers an expression to a float.
func (b *Builder) Float(expr syntax.Expr) (ir.Value, error) {
	x, err := b.Expr(expr)
	if err != nil {
		return ir.NoValue, err
	}
	return b.to(x, ir.F64), nil
}

// AssignTo lowers an expression and writes it to a variable, converted to its type.
func (b *Builder) AssignTo(v *model.Variable, index model.Index, expr syntax.Expr) error {
	x, err := b.Expr(expr)
	if err != nil {
		return err
	}
	b.Write(v, index, b.to(x, StorageType(v)))
	b.note(v.Name+suffix(index), expr)
	return nil
}

// Condition lowers a condition that the caller uses.
func (b *Builder) Condition(expr syntax.Expr) (ir.Value, error) {
	b.note("_condition", expr)
	return b.Expr(expr)
}

// note lists an expression among the statements that the kernel is made from.
func (b *Builder) note(target string, expr syntax.Expr) {
	at := syntax.At{Where: expr.Span()}
	b.lowered = append(b.lowered, &syntax.CodeStmt{At: at, Target: &syntax.Name{At: at, Ident: target}, Op: syntax.AssignOp, Value: expr})
}

func (b *Builder) to(x ir.Value, t ir.Type) ir.Value { return b.Ops.Convert(x, t) }

func (b *Builder) nameValue(e *syntax.Name) (ir.Value, error) {
	symbol, err := b.Scope.Resolve(e.Ident, e.Where)
	if err != nil {
		return ir.NoValue, err
	}
	switch symbol.Kind {
	case model.VariableSymbol:
		return b.Load(symbol.Var, symbol.Index), nil
	case model.Expression:
		value, err := b.Expr(symbol.Body)
		if err != nil {
			return ir.NoValue, err
		}
		return b.typed(value, symbol.Type, symbol.Wide), nil
	case model.ElementNumber:
		return b.to(b.Ops.Lane(), ir.I32), nil
	case model.Local:
		value, assigned := b.locals[symbol.Name]
		if !assigned {
			panic(fmt.Sprintf("BUG: local '%s' of %s is read before it is assigned", symbol.Name, b.Scope.What))
		}
		return value, nil
	case model.Constant:
		switch symbol.Value.Type {
		case model.Float:
			return b.Ops.Float(symbol.Value.Float), nil
		case model.Boolean:
			return b.Ops.Bool(symbol.Value.Int != 0), nil
		}
		if symbol.Value.Int == int64(int32(symbol.Value.Int)) {
			return b.Ops.Int(ir.I32, symbol.Value.Int), nil
		}
		return b.Ops.Int(ir.I64, symbol.Value.Int), nil
	}
	return ir.NoValue, diag.Errorf(e.Where, "SyntaxError", "'%s' is a function and has to be called.", e.Ident)
}

func (b *Builder) pair(left, right syntax.Expr) (x, y ir.Value, err error) {
	if x, err = b.Expr(left); err != nil {
		return
	}
	y, err = b.Expr(right)
	return
}

// common converts both values to the higher of their types; booleans count as integers.
func (b *Builder) common(x, y ir.Value) (ir.Value, ir.Value, ir.Type) {
	t := ir.I32
	for _, v := range []ir.Value{x, y} {
		switch b.Ops.TypeOf(v) {
		case ir.F64, ir.F32:
			return b.floats(x, y)
		case ir.I64:
			t = ir.I64
		}
	}
	return b.to(x, t), b.to(y, t), t
}

func (b *Builder) binary(e *syntax.Binary) (ir.Value, error) {
	if e.Op == syntax.Pow {
		return b.power(e)
	}
	x, y, err := b.pair(e.X, e.Y)
	if err != nil {
		return ir.NoValue, err
	}
	if e.Op == syntax.Div {
		x, y, _ = b.floats(x, y)
		return b.Ops.Div(x, y), nil
	}
	if (e.Op == syntax.Add || e.Op == syntax.Sub) && b.stayExact(x, y) {
		x, y = b.to(x, ir.F64), b.to(y, ir.F64)
		if e.Op == syntax.Add {
			return b.markExact(b.Ops.Add(x, y)), nil
		}
		return b.markExact(b.Ops.Sub(x, y)), nil
	}
	x, y, _ = b.common(x, y)
	switch e.Op {
	case syntax.Add:
		return b.Ops.Add(x, y), nil
	case syntax.Sub:
		return b.Ops.Sub(x, y), nil
	case syntax.Mul:
		return b.Ops.Mul(x, y), nil
	case syntax.FloorDiv:
		return b.Ops.FloorDiv(x, y), nil
	case syntax.Mod:
		return b.Ops.Mod(x, y), nil
	}
	return ir.NoValue, syntax.CheckModelExpr(e)
}

// power lowers x**y. Whole constant exponents become multiplications; an integer base with a whole exponent
// that is not negative stays an integer.
func (b *Builder) power(e *syntax.Binary) (ir.Value, error) {
	x, err := b.Expr(e.X)
	if err != nil {
		return ir.NoValue, err
	}
	if b.Ops.TypeOf(x) == ir.Bool {
		x = b.to(x, ir.I32)
	}
	if exponent, ok := model.ConstantValue(e.Y, b.Scope); ok && exponent == math.Trunc(exponent) && math.Abs(exponent) < 1<<31 {
		kind, err := model.Infer(e.Y, b.Scope)
		if err != nil {
			return ir.NoValue, err
		}
		if exponent < 0 || kind.Type == model.Float || b.Ops.TypeOf(x).IsFloat() {
			x = b.float(x)
		}
		return b.Ops.PowInt(x, int64(exponent)), nil
	}
	y, err := b.Expr(e.Y)
	if err != nil {
		return ir.NoValue, err
	}
	whole := b.Ops.TypeOf(x).IsInteger() && b.Ops.TypeOf(y).IsInteger()
	x, y, _ = b.floats(x, y)
	result := b.Ops.Pow(x, y)
	if whole {
		result = b.to(result, ir.I32)
	}
	return result, nil
}

func (b *Builder) compare(op syntax.Op, x, y ir.Value) ir.Value {
	if b.stayExact(x, y) {
		x, y = b.to(x, ir.F64), b.to(y, ir.F64)
	} else {
		x, y, _ = b.common(x, y)
	}
	switch op {
	case syntax.Eq:
		return b.Ops.Equal(x, y)
	case syntax.NotEq:
		return b.Ops.NotEqual(x, y)
	case syntax.Lt:
		return b.Ops.Less(x, y)
	case syntax.LtEq:
		return b.Ops.LessEqual(x, y)
	case syntax.Gt:
		return b.Ops.Greater(x, y)
	}
	return b.Ops.GreaterEqual(x, y)
}

// mathOps are the functions of one float that the kernel form has under another name.
var mathOps = map[string]ir.Op{
	"sin": ir.Sin, "cos": ir.Cos, "tan": ir.Tan, "sinh": ir.Sinh, "cosh": ir.Cosh, "tanh": ir.Tanh,
	"exp": ir.Exp, "log": ir.Log, "log10": ir.Log10, "expm1": ir.Expm1, "log1p": ir.Log1p, "exprel": ir.Exprel,
	"arcsin": ir.Asin, "arccos": ir.Acos, "arctan": ir.Atan,
}

func (b *Builder) call(e *syntax.Call) (ir.Value, error) {
	name := e.Func.(*syntax.Name)
	symbol, err := b.Scope.Resolve(name.Ident, name.Where)
	if err != nil {
		return ir.NoValue, err
	}
	switch symbol.Kind {
	case model.TableSymbol:
		return b.timedArray(e, symbol.Value.Table)
	case model.DistributionSymbol:
		return b.drawn(b.distribution(symbol.Value.Draws)), nil
	}
	args := make([]ir.Value, len(e.Args))
	for k, arg := range e.Args {
		if args[k], err = b.Expr(arg); err != nil {
			return ir.NoValue, err
		}
	}
	if symbol.Kind == model.FunctionSymbol && symbol.Function.Custom != nil {
		return b.custom(e, symbol.Function, args)
	}
	if op, ok := mathOps[name.Ident]; ok {
		return b.Ops.Math(op, b.float(args[0])), nil
	}
	switch name.Ident {
	case "sqrt":
		return b.Ops.Sqrt(b.float(args[0])), nil
	case "ceil":
		return b.Ops.Ceil(b.float(args[0])), nil
	case "floor":
		return b.Ops.Floor(b.float(args[0])), nil
	case "abs":
		if b.Ops.TypeOf(args[0]) == ir.Bool {
			return b.to(args[0], ir.I32), nil
		}
		return b.Ops.Abs(b.rounded(args[0])), nil
	case "sign":
		if b.Ops.TypeOf(args[0]) == ir.Bool {
			return b.to(args[0], ir.I32), nil
		}
		return b.Ops.Sign(b.rounded(args[0])), nil
	case "clip":
		x, low, t := b.common(args[0], args[1])
		high, x, u := b.common(args[2], x)
		if t != u {
			low = b.to(low, u)
		}
		return b.Ops.Clip(x, low, high), nil
	case "int":
		return b.to(args[0], ir.I32), nil
	case "timestep":
		return b.Ops.Timestep(b.to(args[0], ir.F64), b.to(args[1], ir.F64)), nil
	case "rand":
		return b.uniformDraw(), nil
	case "randn":
		return b.drawn(b.Ops.Randn(b.site())), nil
	case "poisson":
		return b.poisson(e.Args[0], args[0]), nil
	}
	return ir.NoValue, diag.Errorf(e.Where, "NotImplementedError", "The function '%s' is not supported in equations yet.", name.Ident)
}

// custom calls a function that a namespace gives.
func (b *Builder) custom(e *syntax.Call, f *model.Function, args []ir.Value) (ir.Value, error) {
	kind, err := model.Infer(e, b.Scope)
	if err != nil {
		return ir.NoValue, err
	}
	callee := Callee{Function: f, Text: syntax.Format(e)}
	for k, x := range args {
		t := model.Integer
		switch b.Ops.TypeOf(x) {
		case ir.F64, ir.F32:
			t = model.Float
		case ir.Bool:
			t = model.Boolean
		}
		callee.Types = append(callee.Types, t)
		args[k] = b.to(x, ir.F64)
	}
	b.callees = append(b.callees, callee)
	called := b.Ops.Function(ir.Function{Name: e.Func.(*syntax.Name).Ident, Site: -1, Pure: !f.Stateful, Whole: !f.Custom.Elementwise})
	result := b.Ops.Call(called, args...)
	if kind.Type == model.Float {
		return b.drawn(result), nil
	}
	return b.to(result, irType(kind.Type, kind.Wide)), nil
}

// site declares a new draw site: each call of a random function in the code is one.
func (b *Builder) site() int {
	b.sites++
	return b.Ops.Site(fmt.Sprintf("%s#%d", b.name, b.sites))
}

// TimedArrayGrid returns the number of parts into which Brian2 divides each sample so that the times of steps
// never fall on the wrong side of a sample's edge.
func TimedArrayGrid(sample, dt float64) float64 {
	ratio := 8 * sample / dt
	if !(ratio > 1) {
		return 1
	}
	_, exponent := math.Frexp(ratio)
	parts := math.Ldexp(1, exponent)
	if half := parts / 2; half >= ratio {
		parts = half
	}
	return math.Max(1, parts)
}

// timedArray lowers f(t) and f(t, i): sample trunc(round(t/eps)/K) with eps = sample/K, held at both ends;
// columns that do not exist give NaN.
func (b *Builder) timedArray(e *syntax.Call, table *model.TimedArray) (ir.Value, error) {
	t, err := b.Float(e.Args[0])
	if err != nil {
		return ir.NoValue, err
	}
	parts := TimedArrayGrid(table.DT, b.DT)
	fine := b.Ops.RoundEven(b.Ops.Div(t, b.Ops.Float(table.DT/parts)))
	// K is a power of two, so the product is exact.
	row := b.to(b.Ops.Trunc(b.Ops.Mul(fine, b.Ops.Float(1/parts))), ir.I64)
	row = b.Ops.Clip(row, b.Ops.Int(ir.I64, 0), b.Ops.Int(ir.I64, int64(max(table.Rows-1, 0))))
	id := b.table(table)
	if table.Cols == 0 {
		return b.drawn(b.Ops.LoadAt(id, row)), nil
	}
	column, err := b.Expr(e.Args[1])
	if err != nil {
		return ir.NoValue, err
	}
	column = b.to(column, ir.I64)
	columns := b.Ops.Int(ir.I64, int64(table.Cols))
	value := b.Ops.LoadAt(id, b.Ops.Add(b.Ops.Mul(row, columns), column))
	if isName(e.Args[1], "i") && b.Elements > 0 && b.Elements <= table.Cols {
		return b.drawn(value), nil
	}
	inside := b.Ops.And(b.Ops.LessEqual(b.Ops.Int(ir.I64, 0), column), b.Ops.Less(column, columns))
	return b.drawn(b.Ops.Select(inside, value, b.Ops.Float(math.NaN()))), nil
}
