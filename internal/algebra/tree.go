package algebra

import (
	"math"

	"synfire/internal/syntax"
)

// The builders below make trees and leave out what a reader would: additions of 0, multiplications by 1,
// double signs. They never change the value of what they are given, up to the sign of a zero and NaN times 0.

// Number returns a literal: an Int where the value is a whole number that a user would write as one.
func Number(value float64) syntax.Expr {
	if math.Signbit(value) && value != 0 {
		return Negate(Number(-value))
	}
	if value == math.Trunc(value) && value <= 1<<31 {
		return &syntax.Int{Value: int64(value)}
	}
	return &syntax.Float{Value: value}
}

// Ref returns a reference to a name.
func Ref(name string) syntax.Expr { return &syntax.Name{Ident: name} }

// Call returns name(args...).
func Call(name string, args ...syntax.Expr) syntax.Expr {
	return &syntax.Call{Func: Ref(name), Args: args}
}

// IsNumber reports whether e is the literal number, also behind a sign.
func IsNumber(e syntax.Expr, value float64) bool {
	v, ok := literal(e)
	return ok && v == value
}

func literal(e syntax.Expr) (value float64, ok bool) {
	switch e := e.(type) {
	case *syntax.Int:
		return float64(e.Value), e.Big == ""
	case *syntax.Float:
		return e.Value, true
	case *syntax.Unary:
		if e.Op == syntax.Neg {
			v, ok := literal(e.X)
			return -v, ok
		}
	}
	return 0, false
}

// negated returns x where e is -x, and whether it is.
func negated(e syntax.Expr) (x syntax.Expr, ok bool) {
	switch e := e.(type) {
	case *syntax.Unary:
		if e.Op == syntax.Neg {
			return e.X, true
		}
	case *syntax.Binary:
		if e.Op == syntax.Mul || e.Op == syntax.Div {
			if x, ok := negated(e.X); ok {
				return &syntax.Binary{At: e.At, Op: e.Op, X: x, Y: e.Y}, true
			}
		}
	case *syntax.Int:
		if e.Value < 0 && e.Big == "" {
			return &syntax.Int{Value: -e.Value}, true
		}
	case *syntax.Float:
		if e.Value < 0 {
			return &syntax.Float{Value: -e.Value}, true
		}
	}
	return nil, false
}

// Negate returns -x.
func Negate(x syntax.Expr) syntax.Expr {
	if y, ok := negated(x); ok {
		return y
	}
	if IsNumber(x, 0) {
		return x
	}
	if b, ok := x.(*syntax.Binary); ok {
		switch b.Op {
		case syntax.Sub:
			return &syntax.Binary{Op: syntax.Sub, X: b.Y, Y: b.X}
		case syntax.Mul, syntax.Div:
			return &syntax.Binary{At: b.At, Op: b.Op, X: Negate(b.X), Y: b.Y}
		}
	}
	return &syntax.Unary{Op: syntax.Neg, X: x}
}

// Plus returns x + y.
func Plus(x, y syntax.Expr) syntax.Expr {
	switch {
	case IsNumber(x, 0):
		return y
	case IsNumber(y, 0):
		return x
	}
	if z, ok := negated(y); ok {
		return &syntax.Binary{Op: syntax.Sub, X: x, Y: z}
	}
	if z, ok := negated(x); ok {
		return &syntax.Binary{Op: syntax.Sub, X: y, Y: z}
	}
	return &syntax.Binary{Op: syntax.Add, X: x, Y: y}
}

// Minus returns x - y.
func Minus(x, y syntax.Expr) syntax.Expr {
	switch {
	case IsNumber(x, 0):
		return Negate(y)
	case IsNumber(y, 0):
		return x
	}
	if z, ok := negated(y); ok {
		return &syntax.Binary{Op: syntax.Add, X: x, Y: z}
	}
	return &syntax.Binary{Op: syntax.Sub, X: x, Y: y}
}

// Times returns x * y.
func Times(x, y syntax.Expr) syntax.Expr {
	switch {
	case IsNumber(x, 0) || IsNumber(y, 0):
		return Number(0)
	case IsNumber(x, 1):
		return y
	case IsNumber(y, 1):
		return x
	}
	if z, ok := negated(x); ok {
		return Negate(Times(z, y))
	}
	if z, ok := negated(y); ok {
		return Negate(Times(x, z))
	}
	return &syntax.Binary{Op: syntax.Mul, X: x, Y: y}
}

// Over returns x / y.
func Over(x, y syntax.Expr) syntax.Expr {
	switch {
	case IsNumber(x, 0):
		return x
	case IsNumber(y, 1):
		return x
	}
	if z, ok := negated(x); ok {
		return Negate(Over(z, y))
	}
	if z, ok := negated(y); ok {
		return Negate(Over(x, z))
	}
	return &syntax.Binary{Op: syntax.Div, X: x, Y: y}
}

// Uses reports whether the name occurs in e.
func Uses(e syntax.Expr, name string) bool {
	found := false
	syntax.Walk(e, func(x syntax.Expr) bool {
		if n, ok := x.(*syntax.Name); ok && n.Ident == name {
			found = true
		}
		return !found
	})
	return found
}
