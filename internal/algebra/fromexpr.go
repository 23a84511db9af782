package algebra

import (
	"math"
	"math/big"

	"synfire/internal/syntax"
)

// FromExpr returns the expanded form of an expression of a model.
func FromExpr(e syntax.Expr) *Form {
	switch e := e.(type) {
	case *syntax.Name:
		return Symbol(e.Ident)
	case *syntax.Int:
		if e.Big != "" {
			if r, ok := new(big.Rat).SetString(e.Big); ok {
				return constant(r)
			}
		}
		return Integer(e.Value)
	case *syntax.Float:
		if math.IsInf(e.Value, 0) || math.IsNaN(e.Value) {
			return Symbol("inf")
		}
		return constant(new(big.Rat).SetFloat64(e.Value))
	case *syntax.Bool:
		if e.Value {
			return Symbol("True")
		}
		return Symbol("False")
	case *syntax.Unary:
		x := FromExpr(e.X)
		switch e.Op {
		case syntax.Neg:
			return x.Negate()
		case syntax.Pos:
			return x
		}
		return fromAtom(newAtom(opAtom, e.Op.String(), x), one)
	case *syntax.Binary:
		return fromBinary(e)
	case *syntax.Compare:
		args := []*Form{FromExpr(e.X)}
		op := ""
		for i, y := range e.Ys {
			args = append(args, FromExpr(y))
			op += e.Ops[i].String()
		}
		return fromAtom(newAtom(opAtom, op, args...), one)
	case *syntax.BoolOp:
		args := make([]*Form, len(e.Xs))
		for i, x := range e.Xs {
			args[i] = FromExpr(x)
		}
		return fromAtom(newAtom(opAtom, e.Op.String(), args...), one)
	case *syntax.Call:
		return fromCall(e)
	}
	panic("BUG: this expression is not one of a model")
}

func fromBinary(e *syntax.Binary) *Form {
	x, y := FromExpr(e.X), FromExpr(e.Y)
	switch e.Op {
	case syntax.Add:
		return x.Plus(y)
	case syntax.Sub:
		return x.Minus(y)
	case syntax.Mul:
		return x.Times(y)
	case syntax.Div:
		return x.Over(y)
	case syntax.Pow:
		if n, ok := y.Constant(); ok {
			return x.Power(n)
		}
		if base, ok := x.Constant(); ok && base.Cmp(one) == 0 {
			return x
		}
		return fromAtom(newAtom(powerAtom, "**", x, y), one)
	}
	return fromAtom(newAtom(opAtom, e.Op.String(), x, y), one)
}

func fromCall(e *syntax.Call) *Form {
	name, ok := e.Func.(*syntax.Name)
	if !ok {
		panic("BUG: a model calls functions by name only")
	}
	args := make([]*Form, len(e.Args))
	for i, a := range e.Args {
		args[i] = FromExpr(a)
	}
	if len(args) == 1 {
		switch name.Ident {
		case "exp":
			if args[0].huge {
				return args[0]
			}
			return exponentialOf(args[0])
		case "sqrt":
			return args[0].Power(big.NewRat(1, 2))
		case "log":
			// log(exp(x)) is x for real x.
			if t := args[0].terms; len(t) == 1 && len(t[0].factors) == 1 && t[0].coefficient.Cmp(one) == 0 {
				if x := t[0].factors[0]; x.base.kind == callAtom && x.base.op == "exp" && x.exponent.Cmp(one) == 0 {
					return x.base.args[0]
				}
			}
		}
	}
	for _, a := range args {
		if a.huge {
			return a
		}
	}
	return fromAtom(newAtom(callAtom, name.Ident, args...), one)
}
