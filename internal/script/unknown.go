package script

import (
	"slices"

	"synfire/internal/syntax"
	"synfire/units"
)

// dimensionOf returns the dimension of an operand, if it is known.
func dimensionOf(v Value) (units.Dimension, bool) {
	switch v := v.(type) {
	case *Unknown:
		d, ok := v.Dim.(units.Dimension)
		return d, ok
	case interface{ Dimension() units.Dimension }:
		return v.Dimension(), true
	}
	q, ok := quantityOf(v)
	return q.Dim, ok
}

// unknownBinary is the result of an operator with an unknown operand; nil if neither is unknown. Dimensions that are
// known are computed and checked, so that a mismatch is found before anything runs.
func unknownBinary(op syntax.Op, x, y Value) (Value, error) {
	u, okX := x.(*Unknown)
	if !okX {
		var okY bool
		if u, okY = y.(*Unknown); !okY {
			return nil, nil
		}
	}
	r := &Unknown{What: u.What, Shape: commonShape(x, y)}
	a, knownA := dimensionOf(x)
	b, knownB := dimensionOf(y)
	if !knownA || !knownB {
		return r, nil
	}
	switch op {
	case syntax.Mul:
		r.Dim = a.Mul(b)
	case syntax.Div, syntax.FloorDiv:
		r.Dim = a.Div(b)
	case syntax.Add, syntax.Sub, syntax.Mod:
		r.Dim = a
		if a != b {
			switch {
			case isZero(y):
			case isZero(x):
				r.Dim = b
			default:
				return nil, mismatch("calculate", op, x, y, units.Quantity{Dim: a}, units.Quantity{Dim: b})
			}
		}
	case syntax.Eq, syntax.NotEq, syntax.Lt, syntax.LtEq, syntax.Gt, syntax.GtEq:
		if a != b && !isZero(x) && !isZero(y) {
			return nil, mismatch("perform comparison", op, x, y, units.Quantity{Dim: a}, units.Quantity{Dim: b})
		}
		r.Dim = units.Dimension{}
	case syntax.Pow:
		if e, ok := quantityOf(y); ok && e.IsDimensionless() {
			r.Dim = a.Pow(e.Value)
		}
	default:
		r.Dim = units.Dimension{}
	}
	return r, nil
}

// isZero reports whether a value is the plain number 0, which fits every dimension.
func isZero(v Value) bool {
	q, ok := quantityOf(v)
	return ok && q.Value == 0 && q.IsDimensionless()
}

// commonShape is the shape of the result where it is certain: one operand is a scalar, or both shapes are the same.
func commonShape(x, y Value) []int {
	shape := func(v Value) ([]int, bool) {
		if u, ok := v.(*Unknown); ok {
			return u.Shape, u.Shape != nil
		}
		if _, ok := quantityOf(v); ok {
			return []int{}, true
		}
		return nil, false
	}
	a, knownA := shape(x)
	b, knownB := shape(y)
	switch {
	case !knownA || !knownB:
		return nil
	case len(a) == 0:
		return b
	case len(b) == 0 || slices.Equal(a, b):
		return a
	}
	return nil
}

// unknownIndex returns what is unknown in an index: all of it, one of several, or an end of a slice.
func unknownIndex(i Value) *Unknown {
	switch i := i.(type) {
	case *Unknown:
		return i
	case *Tuple:
		for _, part := range i.Elts {
			if u := unknownIndex(part); u != nil {
				return u
			}
		}
	case *Slice:
		for _, end := range []Value{i.Low, i.High, i.Step} {
			if u, ok := end.(*Unknown); ok {
				return u
			}
		}
	}
	return nil
}

// index is an element or a part of an unknown value: the dimension stays, and the shape where the index is one number.
func (u *Unknown) index(i Value) *Unknown {
	r := &Unknown{What: u.What, Dim: u.Dim}
	if _, ok := wholeNumber(i); ok && len(u.Shape) > 0 {
		r.Shape = u.Shape[1:]
	}
	return r
}

// assigned checks the dimension of a value that is assigned to a part of something unknown, if both are known.
func (u *Unknown) assigned(value Value) error {
	want, ok := u.Dim.(units.Dimension)
	got, known := dimensionOf(value)
	if !ok || !known || got == want || isZero(value) {
		return nil
	}
	return Raise("DimensionMismatchError", "%s should be set with a value with units %s, but got %s (unit is %s).",
		u.What, units.BaseUnit(want).Name(), Str(value), units.BaseUnit(got).Symbol())
}
