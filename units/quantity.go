package units

import (
	"fmt"
	"math"

	"synfire/internal/diag"
)

// Quantity is a number with a physical dimension. Value is in SI base units (volts, seconds, amperes).
type Quantity struct {
	Value float64
	Dim   Dimension
}

// Number returns x as a dimensionless quantity.
func Number(x float64) Quantity { return Quantity{Value: x} }

// fitsAnything reports whether q is the plain number zero, which may be added to and compared with a
// quantity of any dimension.
func (q Quantity) fitsAnything() bool { return q.Value == 0 && q.Dim.IsDimensionless() }

// IsDimensionless reports whether q is a plain number.
func (q Quantity) IsDimensionless() bool { return q.Dim.IsDimensionless() }

// In returns the number of units u in q: In(Millivolt) of 0.02 V is 20. It panics if the dimensions differ,
// which is an error of the program; see InUnit for values of unknown dimension.
func (q Quantity) In(u Unit) float64 {
	if q.Dim != u.dim {
		panic(fmt.Sprintf("BUG: %s asked for in units of %s", q, u))
	}
	return q.Value / u.Value()
}

// Add returns q + other. Unequal dimensions are a DimensionMismatchError; the plain number 0 fits every
// dimension.
func (q Quantity) Add(other Quantity) (Quantity, error) {
	dim, err := q.common("calculate", "+", other)
	return Quantity{q.Value + other.Value, dim}, err
}

// Sub returns q - other under the rules of Add.
func (q Quantity) Sub(other Quantity) (Quantity, error) {
	dim, err := q.common("calculate", "-", other)
	return Quantity{q.Value - other.Value, dim}, err
}

// Mod returns the remainder q % other with the sign of other, as Python has it, under the rules of Add.
func (q Quantity) Mod(other Quantity) (Quantity, error) {
	dim, err := q.common("calculate", "%", other)
	r := math.Mod(q.Value, other.Value)
	switch {
	case r == 0:
		r = math.Copysign(0, other.Value)
	case (r < 0) != (other.Value < 0):
		r += other.Value
	}
	return Quantity{r, dim}, err
}

// Mul returns q * other.
func (q Quantity) Mul(other Quantity) Quantity {
	return Quantity{q.Value * other.Value, q.Dim.Mul(other.Dim)}
}

// Div returns q / other.
func (q Quantity) Div(other Quantity) Quantity {
	return Quantity{q.Value / other.Value, q.Dim.Div(other.Dim)}
}

// Times returns the quantity multiplied by a plain number.
func (q Quantity) Times(x float64) Quantity { return Quantity{q.Value * x, q.Dim} }

// Neg returns -q.
func (q Quantity) Neg() Quantity { return Quantity{-q.Value, q.Dim} }

// Abs returns the magnitude of q.
func (q Quantity) Abs() Quantity { return Quantity{math.Abs(q.Value), q.Dim} }

// Sqrt returns the square root of q; its dimension may have fractional powers.
func (q Quantity) Sqrt() Quantity { return Quantity{math.Sqrt(q.Value), q.Dim.Pow(0.5)} }

// Pow returns q raised to a power, which must be a plain number.
func (q Quantity) Pow(exponent Quantity) (Quantity, error) {
	if !exponent.IsDimensionless() {
		return Quantity{}, Mismatch(fmt.Sprintf("Cannot calculate %s ** %s, the exponent has to be dimensionless",
			q, exponent), exponent.Dim)
	}
	return Quantity{power(q.Value, exponent.Value), q.Dim.Pow(exponent.Value)}, nil
}

// power takes the short ways that NumPy takes for common exponents, which round once.
func power(x, exponent float64) float64 {
	switch exponent {
	case -1:
		return 1 / x
	case 0.5:
		return math.Sqrt(x)
	case 1:
		return x
	case 2:
		return x * x
	}
	return math.Pow(x, exponent)
}

// Cmp compares q and other: -1, 0 or +1, and 2 if either is NaN, when no order holds. Unequal dimensions are
// a DimensionMismatchError, except against the plain numbers 0 and ±Inf.
func (q Quantity) Cmp(other Quantity) (int, error) {
	infinite := math.IsInf(other.Value, 0) && other.IsDimensionless() || math.IsInf(q.Value, 0) && q.IsDimensionless()
	if !infinite {
		if _, err := q.common("perform comparison", "<", other); err != nil {
			return 0, err
		}
	}
	switch {
	case q.Value < other.Value:
		return -1, nil
	case q.Value > other.Value:
		return 1, nil
	case q.Value == other.Value:
		return 0, nil
	}
	return 2, nil
}

// common returns the dimension that q and other share, or the error of an operation that needs one.
func (q Quantity) common(verb, operator string, other Quantity) (Dimension, error) {
	switch {
	case q.Dim == other.Dim || other.fitsAnything():
		return q.Dim, nil
	case q.fitsAnything():
		return other.Dim, nil
	}
	return Dimension{}, Mismatch(fmt.Sprintf("Cannot %s %s %s %s, units do not match", verb, q, operator, other),
		q.Dim, other.Dim)
}

// Mismatch returns the DimensionMismatchError with the given text, which the unscaled units of the
// dimensions involved complete: "text (units are V and A)."
func Mismatch(text string, dims ...Dimension) *diag.Message {
	switch len(dims) {
	case 0:
	case 1:
		text += fmt.Sprintf(" (unit is %s).", BaseUnit(dims[0]))
	case 2:
		text += fmt.Sprintf(" (units are %s and %s).", BaseUnit(dims[0]), BaseUnit(dims[1]))
	default:
		text += " (units are"
		for _, d := range dims {
			text += fmt.Sprintf(" (%s)", BaseUnit(d))
		}
		text += ")."
	}
	return &diag.Message{Kind: "DimensionMismatchError", Text: text}
}
