package algebra

import (
	"math/big"

	"synfire/internal/syntax"
)

// Linear writes e as slope*name + rest. Both are kept in the shape of e as far as possible: from
// (g - v)/tau come the slope -1/tau and the rest g/tau, from a*(b+v) the slope a and the rest a*b.
//
// What is not the first power of the name goes into rest, and slope may contain the name inside functions, as
// with Form.Collect; Class tells which of the two it is.
func Linear(e syntax.Expr, name string) (slope, rest syntax.Expr) {
	form := FromExpr(e)
	slope, rest = split(e, name)
	if form.Huge() {
		return slope, rest
	}
	a, b := form.Coefficient(name)
	if !FromExpr(slope).Equal(a) {
		return a.Expr(), b.Expr()
	}
	// The same classes, but terms may have cancelled that the shape of e still shows: x - x + 1.
	if a.IsZero() {
		slope = Number(0)
		if !b.Uses(name) && Uses(rest, name) {
			rest = b.Expr()
		}
	}
	if b.IsZero() || !FromExpr(rest).Equal(b) {
		rest = b.Expr()
	}
	return slope, rest
}

// split follows the shape of the tree.
func split(e syntax.Expr, name string) (slope, rest syntax.Expr) {
	if !Uses(e, name) {
		return Number(0), e
	}
	switch e := e.(type) {
	case *syntax.Name:
		return Number(1), Number(0)
	case *syntax.Unary:
		a, b := split(e.X, name)
		switch e.Op {
		case syntax.Neg:
			return Negate(a), Negate(b)
		case syntax.Pos:
			return a, b
		}
	case *syntax.Binary:
		ax, bx := split(e.X, name)
		switch e.Op {
		case syntax.Add, syntax.Sub:
			ay, by := split(e.Y, name)
			if e.Op == syntax.Sub {
				return Minus(ax, ay), Minus(bx, by)
			}
			return Plus(ax, ay), Plus(bx, by)
		case syntax.Mul:
			ay, by := split(e.Y, name)
			if IsNumber(ay, 0) {
				return Times(ax, by), Times(bx, by)
			}
			if IsNumber(ax, 0) {
				return Times(bx, ay), Times(bx, by)
			}
		case syntax.Div:
			if !Uses(e.Y, name) {
				return Over(ax, e.Y), Over(bx, e.Y)
			}
		}
	}
	return Number(0), e
}

// Shape says how an expression depends on a name.
type Shape uint8

// The shapes. Conditional and Mixed are what exponential_euler meets.
const (
	Free         Shape = iota // the name does not occur
	Affine                    // a*x + b, no x in a or b
	Conditional               // a*x + b, with x inside functions of a or b
	OtherPower                // a*x + b*x**n with n neither 0 nor 1, and nothing else
	NonLinear                 // anything else
	Undetermined              // too large to expand
)

// ShapeOf classifies the dependence of e on a name by its expanded form.
func ShapeOf(e syntax.Expr, name string) Shape { return FromExpr(e).Shape(name) }

// Shape classifies the dependence of f on a name.
func (f *Form) Shape(name string) Shape {
	if f.huge {
		return Undetermined
	}
	if !f.Uses(name) {
		return Free
	}
	classes := f.Collect(name)
	first, zeroth, inside := false, false, false
	for _, c := range classes {
		first = first || c.Exponent.Cmp(one) == 0
		zeroth = zeroth || c.Exponent.Sign() == 0
		inside = inside || c.Coefficient.Uses(name)
	}
	switch {
	case !first || len(classes) > 2:
		return NonLinear
	case len(classes) == 2 && !zeroth:
		return OtherPower
	case inside:
		return Conditional
	}
	return Affine
}

// Determinant returns the determinant of a square matrix of forms, by expansion along the first row: systems
// of equations that are coupled to each other are small.
func Determinant(m [][]*Form) *Form {
	if len(m) == 0 {
		return constant(big.NewRat(1, 1))
	}
	sum := &Form{}
	for j, x := range m[0] {
		if x.IsZero() {
			continue
		}
		minor := make([][]*Form, 0, len(m)-1)
		for _, row := range m[1:] {
			minor = append(minor, append(append([]*Form(nil), row[:j]...), row[j+1:]...))
		}
		part := x.Times(Determinant(minor))
		if j%2 == 1 {
			part = part.Negate()
		}
		sum = sum.Plus(part)
	}
	return sum
}

// IsPolynomial reports whether the form is a sum of products of names: no division, no functions.
func (f *Form) IsPolynomial() bool {
	for _, t := range f.terms {
		for _, x := range t.factors {
			if x.base.kind != nameAtom || !x.exponent.IsInt() || x.exponent.Sign() < 0 {
				return false
			}
		}
	}
	return !f.huge
}

// IsNegative reports whether the form is negative whatever the (real) values of its names: a negative number
// times even powers.
func (f *Form) IsNegative() bool {
	if f.huge || len(f.terms) != 1 || f.terms[0].coefficient.Sign() > 0 {
		return false
	}
	for _, x := range f.terms[0].factors {
		if !x.exponent.IsInt() || x.exponent.Num().Bit(0) != 0 {
			return false
		}
	}
	return true
}
