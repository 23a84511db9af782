package units

import (
	"math"
	"strconv"
	"strings"
)

// Unit is a named power of ten of a dimension: volt, mvolt, siemens / (metre ** 2). The zero Unit is the
// number one.
type Unit struct {
	name     string
	symbol   string
	latex    string // without the dollar signs
	dim      Dimension
	scale    float64 // the exponent of ten; fractional only after a fractional power
	compound bool    // made of other units, so that it needs parentheses inside a quotient or power
}

// One is the unit of plain numbers.
var One = Unit{}

// NewUnit returns a unit of 10^scale SI units with a name ("mvolt") and the symbol it prints as ("mV").
func NewUnit(name, symbol string, dim Dimension, scale int) Unit {
	latex := roman(symbol)
	for _, p := range prefixes {
		if base, ok := strings.CutPrefix(symbol, p.letter); ok && p.scale == scale && strings.HasPrefix(name, p.letter) {
			latex = p.latex() + roman(base)
			break
		}
	}
	return Unit{name: name, symbol: symbol, latex: latex, dim: dim, scale: float64(scale)}
}

// unnamed returns the SI unit of a dimension that has no name of its own.
func unnamed(dim Dimension) Unit {
	if dim.IsDimensionless() {
		return One
	}
	return Unit{name: dim.Repr(), symbol: dim.String(), latex: roman(dim.String()), dim: dim}
}

// Prefixed returns the unit with an SI prefix ("m", "u", "da") in front of its names; "" is no prefix. It is false for
// what is no prefix.
func (u Unit) Prefixed(letters string) (Unit, bool) {
	for _, p := range prefixes {
		if p.letter == letters {
			return Unit{name: p.letter + u.Name(), symbol: p.letter + u.Symbol(), dim: u.dim, scale: u.scale + float64(p.scale)}, true
		}
	}
	return Unit{}, false
}

// Name returns the unit's name, "mvolt" or "siemens / (metre ** 2)".
func (u Unit) Name() string {
	if u.name == "" {
		return "Unit(1)"
	}
	return u.name
}

// Symbol returns what the unit prints as, "mV" or "S/(m^2)".
func (u Unit) Symbol() string {
	if u.symbol == "" {
		return "1"
	}
	return u.symbol
}

// LaTeX returns what LaTeX needs to set the unit, in math mode: \mathrm{m}\mathrm{V}, \frac{\mathrm{S}}{\mathrm{m}^{2}}.
func (u Unit) LaTeX() string {
	if u.latex == "" {
		return "1"
	}
	return u.latex
}

func roman(text string) string { return `\mathrm{` + text + `}` }

// String returns the unit's symbol.
func (u Unit) String() string { return u.Symbol() }

// Repr returns the unit's name, which is the Python expression for it.
func (u Unit) Repr() string { return u.Name() }

// Dim returns the unit's dimension.
func (u Unit) Dim() Dimension { return u.dim }

// Scale returns the power of ten by which the unit differs from the SI unit of its dimension: -3 for mvolt.
func (u Unit) Scale() float64 { return u.scale }

// Value returns the size of the unit in SI base units.
func (u Unit) Value() float64 { return powerOfTen(u.scale) }

// Of returns x of this unit: Millivolt.Of(20) is 20 mV.
func (u Unit) Of(x float64) Quantity { return Quantity{x * u.Value(), u.dim} }

// Quantity returns one of this unit.
func (u Unit) Quantity() Quantity { return Quantity{u.Value(), u.dim} }

// Equal reports whether two units measure the same thing in the same size, whatever their names.
func (u Unit) Equal(other Unit) bool { return u.dim == other.dim && u.scale == other.scale }

// IsCompound reports whether the unit is a product, quotient or power of others.
func (u Unit) IsCompound() bool { return u.compound }

// Mul returns the compound unit u * other.
func (u Unit) Mul(other Unit) Unit {
	return Unit{
		name:     u.Name() + " * " + other.Name(),
		symbol:   u.Symbol() + " " + other.Symbol(),
		latex:    u.LaTeX() + `\,` + other.LaTeX(),
		dim:      u.dim.Mul(other.dim),
		scale:    u.scale + other.scale,
		compound: true,
	}
}

// Div returns the compound unit u / other.
func (u Unit) Div(other Unit) Unit {
	name, symbol := u.parenthesised()
	divisorName, divisorSymbol := other.parenthesised()
	return Unit{
		name:     name + " / " + divisorName,
		symbol:   symbol + "/" + divisorSymbol,
		latex:    `\frac{` + u.LaTeX() + `}{` + other.LaTeX() + `}`,
		dim:      u.dim.Div(other.dim),
		scale:    u.scale - other.scale,
		compound: true,
	}
}

// Pow returns the compound unit u ** exponent.
func (u Unit) Pow(exponent float64) Unit { return u.PowAs(exponent, formatExponent(exponent)) }

// PowAs is Pow with the spelling of the exponent given, because a Python script tells 2 from 2.0.
func (u Unit) PowAs(exponent float64, spelling string) Unit {
	name, symbol := u.parenthesised()
	latex := u.LaTeX()
	if u.compound {
		latex = `\left(` + latex + `\right)`
	}
	return Unit{
		name:     name + " ** " + spelling,
		symbol:   symbol + "^" + spelling,
		latex:    latex + "^{" + spelling + "}",
		dim:      u.dim.Pow(exponent),
		scale:    u.scale * exponent,
		compound: true,
	}
}

func (u Unit) parenthesised() (name, symbol string) {
	name, symbol = u.Name(), u.Symbol()
	if u.compound {
		return "(" + name + ")", "(" + symbol + ")"
	}
	return name, symbol
}

// powerOfTen returns 10^scale, correctly rounded for whole scales.
func powerOfTen(scale float64) float64 {
	whole := math.Trunc(scale)
	if whole == scale && math.Abs(scale) < 400 {
		if scale >= 0 && scale <= 22 {
			return exactPowersOfTen[int(scale)]
		}
		if scale < 0 && scale >= -22 {
			return 1 / exactPowersOfTen[int(-scale)] // one rounding of an exact quotient
		}
		value, _ := strconv.ParseFloat("1e"+strconv.Itoa(int(scale)), 64)
		return value // out of range reads as 0 or Inf, as it should
	}
	if math.Abs(scale-whole) == 0.5 { // roots of units
		return math.Sqrt(powerOfTen(2 * scale))
	}
	return math.Pow(10, scale)
}

var exactPowersOfTen = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
