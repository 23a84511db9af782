package units

import (
	"math"
)

// Display chooses the units in which quantities are shown. Besides the units that everybody knows it
// remembers those that its owner has used: a script that has written usiemens/cm**2 once sees conductance
// densities in that unit. The zero Display knows the standard units. A Display may be read by several
// goroutines, but Register must not run at the same time.
type Display struct {
	registered []Unit
}

// Register adds a unit for display. Where the standard units cover its dimension it changes nothing. A unit of
// the same size as an earlier one replaces it.
func (d *Display) Register(u Unit) {
	for i := range d.registered {
		if d.registered[i].Equal(u) {
			d.registered[i] = u
			return
		}
	}
	d.registered = append(d.registered, u)
}

// additional are compound units shown for dimensions without a unit of their own, unless a user has
// registered another.
func additional(dim Dimension) (Unit, bool) {
	squareMetre, cubicMetre := Metre.Pow(2), Metre.Pow(3)
	mole, kelvin, coulomb := Mole, Kelvin, Coulomb
	for _, u := range [...]Unit{
		Pascal.Mul(Second), Watt.Div(squareMetre), Joule.Div(kelvin), Joule.Div(Kilogram.Mul(kelvin)),
		Watt.Div(Metre.Mul(kelvin)), Volt.Div(cubicMetre), coulomb.Div(cubicMetre), coulomb.Div(squareMetre),
		Farad.Div(Metre), NewUnit("henry", "H", inductance, 0).Div(Metre), Joule.Div(mole),
		Joule.Div(mole.Mul(kelvin)), coulomb.Div(Kilogram), NewUnit("gray", "Gy", absorbedDose, 0).Div(Second),
		NewUnit("katal", "kat", catalyticActivity, 0).Div(cubicMetre),
	} {
		if u.dim == dim {
			return u, true
		}
	}
	return Unit{}, false
}

// standard returns the prefixed units of a dimension in the order in which they are tried.
func standard(dim Dimension) []Unit {
	if dim.IsDimensionless() {
		return nil
	}
	for power := 1; power <= 3; power++ {
		root := dim.Pow(1 / float64(power))
		var candidates []Unit
		for i := range families {
			f := &families[i]
			if f.dim != root || !f.display || f.name == "gram" {
				continue
			}
			for _, p := range prefixes {
				switch {
				case f.name == "kilogram":
					// Masses are shown in grams with prefixes, except that a thousand grams is the kilogram.
					gram := family{name: "gram", symbol: "g", dim: Mass, scale: -3}
					if p.letter == "k" {
						candidates = append(candidates, f.unit(prefix{}, power))
					} else if p.display {
						candidates = append(candidates, gram.unit(p, power))
					}
				case p.display && (f.prefixes || p.letter == ""):
					candidates = append(candidates, f.unit(p, power))
				}
			}
		}
		if candidates != nil {
			return candidates
		}
	}
	return nil
}

// BaseUnit returns the unscaled unit that a dimension is called by: volt, siemens, or an unnamed product of
// base units.
func BaseUnit(dim Dimension) Unit { return (*Display)(nil).BaseUnit(dim) }

// BaseUnit returns the unscaled unit that a dimension is called by.
func (d *Display) BaseUnit(dim Dimension) Unit {
	if dim.IsDimensionless() {
		return One
	}
	for _, u := range standard(dim) {
		if u.scale == 0 {
			return u
		}
	}
	if d != nil {
		for _, u := range d.registered {
			if u.dim == dim && u.scale == 0 {
				return u
			}
		}
	}
	if u, found := additional(dim); found {
		return u
	}
	return unnamed(dim)
}

// BestUnit returns the standard unit that suits values, which are in SI units of the dimension, best.
func BestUnit(values []float64, dim Dimension) Unit { return (*Display)(nil).BestUnit(values, dim) }

// BestUnit returns the unit in which the values, given in SI units of the dimension, come closest to ten:
// that with the smallest sum of (log10|value in the unit| - 1)² over the values that are neither zero nor
// NaN. Only the values that will be shown should be passed. Plain numbers have the unit One.
func (d *Display) BestUnit(values []float64, dim Dimension) Unit {
	if dim.IsDimensionless() {
		return One
	}
	if u, found := closestToTen(values, standard(dim)); found {
		return u
	}
	if d != nil {
		var matching []Unit
		for _, u := range d.registered {
			if u.dim == dim {
				matching = append(matching, u)
			}
		}
		if u, found := closestToTen(values, matching); found {
			return u
		}
	}
	if u, found := additional(dim); found {
		return u
	}
	return unnamed(dim)
}

func closestToTen(values []float64, candidates []Unit) (Unit, bool) {
	best, smallest, anyNumber := -1, math.Inf(1), false
	for i, u := range candidates {
		size, deviation := u.Value(), 0.0
		for _, value := range values {
			ratio := math.Abs(value) / size
			if ratio == 0 || math.IsNaN(ratio) {
				continue // zero is at home in every unit, NaN in none
			}
			anyNumber = true
			distance := log10(ratio) - 1
			deviation += float64(distance * distance)
		}
		if best < 0 || deviation < smallest {
			best, smallest = i, deviation
		}
	}
	if anyNumber {
		return candidates[best], true
	}
	for _, u := range candidates {
		if u.scale == 0 {
			return u, true
		}
	}
	return Unit{}, false
}

// log10 is exact where two units tie, at whole powers of ten and their neighbours; math.Log10 is not.
func log10(x float64) float64 {
	approximate := math.Log10(x)
	whole := math.RoundToEven(approximate)
	if math.Abs(approximate-whole) > 1e-9 || math.Abs(whole) > 300 {
		return approximate
	}
	p := powerOfTen(whole)
	return whole + (x-p)/p*math.Log10E
}

// String prints the quantity in its best standard unit: "-70.6 mV"; plain numbers as Python prints them.
func (q Quantity) String() string { return (*Display)(nil).Format(q) }

// Repr prints the quantity as the Python expression that makes it: "-70.6 * mvolt".
func (q Quantity) Repr() string { return (*Display)(nil).Repr(q) }

// Format prints q in its best unit.
func (d *Display) Format(q Quantity) string {
	if q.IsDimensionless() {
		return FormatPython(q.Value)
	}
	u := d.BestUnit([]float64{q.Value}, q.Dim)
	return FormatFloat(q.Value/u.Value(), DefaultPrecision) + " " + u.Symbol()
}

// Repr prints q as the Python expression that makes it.
func (d *Display) Repr(q Quantity) string {
	if q.IsDimensionless() {
		return FormatPython(q.Value)
	}
	u := d.BestUnit([]float64{q.Value}, q.Dim)
	return FormatFloat(q.Value/u.Value(), DefaultPrecision) + " * " + u.Name()
}

// InUnit prints q in units of u with that many digits after the point; a negative precision means
// DefaultPrecision. Unequal dimensions are a DimensionMismatchError.
func (q Quantity) InUnit(u Unit, precision int) (string, error) {
	if q.Dim != u.dim {
		return "", Mismatch(`Non-matching unit for method "in_unit"`, q.Dim)
	}
	text := FormatFloat(q.Value/u.Value(), precision)
	if !u.dim.IsDimensionless() {
		text += " " + u.Symbol()
	}
	return text, nil
}
