package array

import (
	"math"

	"synfire/units"
)

// isZero reports whether all elements are zero: a plain 0 fits every dimension.
func (a *Array) isZero() bool {
	if !a.dim.IsDimensionless() || a.buf.source != nil {
		return false
	}
	for _, x := range a.Floats() {
		if x != 0 {
			return false
		}
	}
	return true
}

// commonDim returns the dimension that two operands share. Plain zeros fit everything. The message is made only if it is needed.
func commonDim(a, b *Array, message func() string) (units.Dimension, error) {
	if a.dim == b.dim || b.isZero() {
		return a.dim, nil
	}
	if a.isZero() {
		return b.dim, nil
	}
	return units.Dimension{}, units.Mismatch(message(), a.dim, b.dim)
}

// MatchDims is commonDim for callers with a fixed message, such as Brian2's "x and y need to have the same dimensions".
func MatchDims(a, b *Array, message string) (units.Dimension, error) {
	return commonDim(a, b, func() string { return message })
}

// needPlain refuses an array with a dimension, in Brian2's words.
func needPlain(function string, a *Array) error {
	if a.dim.IsDimensionless() {
		return nil
	}
	return units.Mismatch(function+" expects a dimensionless argument but got "+a.Short(), a.dim)
}

// isInfinite reports whether the array is a single plain infinity, which any quantity may be compared with.
func (a *Array) isInfinite() bool {
	return a.dim.IsDimensionless() && a.Size() == 1 && len(a.shape) == 0 && math.IsInf(a.FloatAt(0), 0)
}

// Short writes the array for a message: at most a few elements, with the unit.
func (a *Array) Short() string {
	options := DefaultPrint()
	options.EdgeItems, options.Threshold = 2, 5
	return a.Text(options)
}
