package algebra

import (
	"math/big"

	"synfire/internal/syntax"
)

// operators of opAtoms by their text; a Compare of the model language has one operator.
var binaryOps = map[string]syntax.Op{"%": syntax.Mod, "//": syntax.FloorDiv}

var compareOps = map[string]syntax.Op{
	"==": syntax.Eq, "!=": syntax.NotEq, "<": syntax.Lt, "<=": syntax.LtEq, ">": syntax.Gt, ">=": syntax.GtEq,
}

// Expr returns the form as an expression, terms in canonical order, a positive one first if there is one.
func (f *Form) Expr() syntax.Expr {
	if f.huge {
		panic("BUG: an expression too large to expand has no form to print")
	}
	terms := append([]term(nil), f.terms...)
	for i, t := range terms {
		if t.coefficient.Sign() > 0 {
			copy(terms[1:i+1], terms[:i])
			terms[0] = t
			break
		}
	}
	sum := Number(0)
	for _, t := range terms {
		if t.coefficient.Sign() < 0 {
			sum = Minus(sum, term{new(big.Rat).Neg(t.coefficient), t.factors, t.key}.expr())
			continue
		}
		sum = Plus(sum, t.expr())
	}
	return sum
}

// expr returns a product with a positive coefficient.
func (t term) expr() syntax.Expr {
	above, below := Number(1), Number(1)
	numerator, denominator := splitCoefficient(t.coefficient)
	above = Times(above, numerator)
	for _, x := range t.factors {
		if x.exponent.Sign() > 0 {
			above = Times(above, power(x.base.expr(), x.exponent))
		}
	}
	below = Times(below, denominator)
	for _, x := range t.factors {
		if x.exponent.Sign() < 0 {
			below = Times(below, power(x.base.expr(), new(big.Rat).Neg(x.exponent)))
		}
	}
	return Over(above, below)
}

// splitCoefficient writes a number as a quotient where that is exact and shorter (x/3), else as the nearest
// floating-point number.
func splitCoefficient(r *big.Rat) (numerator, denominator syntax.Expr) {
	const whole = 1 << 53
	if r.IsInt() && r.Num().IsInt64() && absInt(r.Num().Int64()) <= whole {
		return Number(float64(r.Num().Int64())), Number(1)
	}
	value, exact := r.Float64()
	if !exact && r.Num().IsInt64() && r.Denom().IsInt64() && absInt(r.Num().Int64()) <= 1000 && r.Denom().Int64() <= 1000 {
		return Number(float64(r.Num().Int64())), Number(float64(r.Denom().Int64()))
	}
	return Number(value), Number(1)
}

func power(base syntax.Expr, exponent *big.Rat) syntax.Expr {
	switch {
	case exponent.Cmp(one) == 0:
		return base
	case new(big.Rat).Mul(exponent, two).Cmp(one) == 0:
		return Call("sqrt", base)
	}
	value, _ := exponent.Float64()
	return &syntax.Binary{Op: syntax.Pow, X: base, Y: Number(value)}
}

func (a *atom) expr() syntax.Expr {
	args := make([]syntax.Expr, len(a.args))
	for i, x := range a.args {
		args[i] = x.Expr()
	}
	switch a.kind {
	case nameAtom:
		return nameExpr(a.op)
	case callAtom:
		return Call(a.op, args...)
	case sumAtom:
		return args[0]
	case powerAtom:
		return &syntax.Binary{Op: syntax.Pow, X: args[0], Y: args[1]}
	}
	if op, ok := compareOps[a.op]; ok && len(args) == 2 {
		return &syntax.Compare{X: args[0], Ops: []syntax.Op{op}, Ys: args[1:]}
	}
	switch a.op {
	case "and":
		return &syntax.BoolOp{Op: syntax.And, Xs: args}
	case "or":
		return &syntax.BoolOp{Op: syntax.Or, Xs: args}
	case "not":
		return &syntax.Unary{Op: syntax.Not, X: args[0]}
	}
	if op, ok := binaryOps[a.op]; ok {
		return &syntax.Binary{Op: op, X: args[0], Y: args[1]}
	}
	panic("BUG: no operator " + a.op)
}

func nameExpr(name string) syntax.Expr {
	switch name {
	case "True":
		return &syntax.Bool{Value: true}
	case "False":
		return &syntax.Bool{}
	}
	return &syntax.Name{Ident: name}
}
