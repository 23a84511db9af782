package units

import (
	"math"
	"strconv"
	"strings"
)

// The seven base dimensions of the SI, in the order in which a Dimension prints them.
const (
	length = iota
	mass
	time
	current
	temperature
	substance
	luminosity
	baseCount
)

// Dimension is the physical dimension of a value: the powers of the seven SI base dimensions. The zero
// Dimension is dimensionless. Dimensions are compared with ==.
//
// Powers may be fractions (the square root of a conductance). Exponents are kept in a canonical form, so
// that two ways of reaching a fraction give equal dimensions: (d^(1/3))^3 == d.
type Dimension struct {
	exponents [baseCount]float64
}

// Dimensionless is the dimension of plain numbers.
var Dimensionless = Dimension{}

// canonicalExponent rounds away what arithmetic on fractions adds: an exponent within 1e-9 of a fraction
// with a denominator up to 16 becomes that fraction's nearest float64, any other keeps twelve decimals. An
// exponent that is not finite becomes +Inf: such a dimension equals none that can occur in a model, and
// comparing it with itself still holds.
func canonicalExponent(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return math.Inf(1)
	}
	for denominator := 1.0; denominator <= 16; denominator++ {
		scaled := float64(x * denominator)
		nearest := math.RoundToEven(scaled)
		if math.Abs(scaled-nearest) < 1e-9*denominator {
			return nearest/denominator + 0 // + 0 turns -0 into 0
		}
	}
	return math.RoundToEven(x*1e12) / 1e12
}

// Mul returns the dimension of a product.
func (d Dimension) Mul(other Dimension) Dimension {
	for i, e := range other.exponents {
		if e != 0 {
			d.exponents[i] = canonicalExponent(d.exponents[i] + e)
		}
	}
	return d
}

// Div returns the dimension of a quotient.
func (d Dimension) Div(other Dimension) Dimension {
	for i, e := range other.exponents {
		if e != 0 {
			d.exponents[i] = canonicalExponent(d.exponents[i] - e)
		}
	}
	return d
}

// Pow returns the dimension of a power. Any power of a plain number is a plain number.
func (d Dimension) Pow(exponent float64) Dimension {
	for i, e := range d.exponents {
		if e != 0 {
			d.exponents[i] = canonicalExponent(e * exponent)
		}
	}
	return d
}

// Inv returns the dimension of a reciprocal.
func (d Dimension) Inv() Dimension { return Dimension{}.Div(d) }

// IsDimensionless reports whether d is the dimension of plain numbers.
func (d Dimension) IsDimensionless() bool { return d == Dimension{} }

// String returns the dimension in SI base units, "m^2 kg s^-3 A^-1", or "1" for a plain number.
func (d Dimension) String() string {
	text := d.format([...]string{"m", "kg", "s", "A", "K", "mol", "cd"}, "^", " ")
	if text == "" {
		return "1"
	}
	return text
}

// Repr returns the dimension as a Python expression, "metre ** 2 * kilogram * second ** -3 * amp ** -1", or
// "Dimension()" for a plain number.
func (d Dimension) Repr() string {
	text := d.format([...]string{"metre", "kilogram", "second", "amp", "kelvin", "mole", "candle"}, " ** ", " * ")
	if text == "" {
		return "Dimension()"
	}
	return text
}

func (d Dimension) format(names [baseCount]string, power, product string) string {
	var parts []string
	for i, e := range d.exponents {
		switch e {
		case 0:
		case 1:
			parts = append(parts, names[i])
		default:
			parts = append(parts, names[i]+power+formatExponent(e))
		}
	}
	return strings.Join(parts, product)
}

// formatExponent prints an exponent in the fewest digits that read back as the same number; whole ones
// without a decimal point.
func formatExponent(e float64) string { return strconv.FormatFloat(e, 'f', -1, 64) }

// BaseDimension returns the base dimension of that name: its symbol ("m"), its quantity ("length"), or its unit in singular
// or plural ("metre").
func BaseDimension(name string) (Dimension, bool) {
	switch name {
	case "m", "length", "metre", "metres", "meter", "meters":
		return Length, true
	case "kg", "mass", "kilogram", "kilograms":
		return Mass, true
	case "s", "time", "second", "seconds":
		return Time, true
	case "A", "current", "electric_current", "electric current", "amp", "amps", "ampere", "amperes":
		return Current, true
	case "K", "temperature", "kelvin", "kelvins":
		return Temperature, true
	case "mol", "substance", "quantity_of_substance", "mole", "moles":
		return Substance, true
	case "cd", "luminosity", "candle", "candles":
		return Luminosity, true
	}
	return Dimension{}, false
}

// Exponent returns the exponent of a base dimension, which has one of the names of BaseDimension.
func (d Dimension) Exponent(name string) (float64, bool) {
	base, ok := BaseDimension(name)
	for k, one := range base.exponents {
		if one == 1 {
			return d.exponents[k], ok
		}
	}
	return 0, false
}
