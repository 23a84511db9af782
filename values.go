package synfire

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/units"
)

// Values are values of a variable for some or all elements, in SI units. One of the slices is set.
type Values struct {
	Floats []float64
	Ints   []int64
	Bools  []bool
	Dim    units.Dimension
}

// Len returns the number of values.
func (v Values) Len() int { return len(v.Floats) + len(v.Ints) + len(v.Bools) }

// zero reports whether all values are the number 0.
func (v Values) zero() bool {
	for k := range v.Len() {
		if v.Float(k) != 0 {
			return false
		}
	}
	return v.Bools == nil
}

// In returns the values as multiples of a unit. It fails if the dimensions differ.
func (v Values) In(unit units.Unit) ([]float64, error) {
	if v.Dim != unit.Dim() {
		return nil, units.Mismatch(fmt.Sprintf("Cannot express values in %s", unit), v.Dim, unit.Dim())
	}
	result := make([]float64, v.Len())
	for k := range result {
		result[k] = v.Float(k) / unit.Value()
	}
	return result, nil
}

// Float returns value k as a float; true is 1.
func (v Values) Float(k int) float64 {
	switch {
	case v.Floats != nil:
		return v.Floats[k]
	case v.Ints != nil:
		return float64(v.Ints[k])
	case v.Bools[k]:
		return 1
	}
	return 0
}

// Quantity returns value k with its dimension.
func (v Values) Quantity(k int) units.Quantity { return units.Quantity{Value: v.Float(k), Dim: v.Dim} }

// QuantityValues returns values given as multiples of a unit.
func QuantityValues(values []float64, unit units.Unit) Values {
	scaled := make([]float64, len(values))
	for k, x := range values {
		scaled[k] = float64(x * unit.Value())
	}
	return Values{Floats: scaled, Dim: unit.Dim()}
}

// gather copies elements of a column; nil lanes means all from lo to hi-1.
func gather(c exec.Column, elements selection, dim units.Dimension) Values {
	values := Values{Dim: dim}
	n := elements.count()
	switch {
	case c.F64 != nil || c.Type() == 0 && n == 0:
		values.Floats = make([]float64, n)
		for k := range values.Floats {
			values.Floats[k] = c.F64[elements.at(k)]
		}
	case c.F32 != nil:
		values.Floats = make([]float64, n)
		for k := range values.Floats {
			values.Floats[k] = float64(c.F32[elements.at(k)])
		}
	case c.Bool != nil:
		values.Bools = make([]bool, n)
		for k := range values.Bools {
			values.Bools[k] = c.Bool[elements.at(k)]
		}
	default:
		values.Ints = make([]int64, n)
		for k := range values.Ints {
			if c.I32 != nil {
				values.Ints[k] = int64(c.I32[elements.at(k)])
			} else {
				values.Ints[k] = c.I64[elements.at(k)]
			}
		}
	}
	return values
}

// asValues understands what a user assigns. Plain zeros fit every dimension.
func asValues(value any) (values Values, anyDim bool, err error) {
	switch x := value.(type) {
	case Values:
		return x, x.Dim.IsDimensionless() && x.zero(), nil
	case units.Quantity:
		return Values{Floats: []float64{x.Value}, Dim: x.Dim}, x.Value == 0 && x.IsDimensionless(), nil
	case float64:
		return Values{Floats: []float64{x}}, x == 0, nil
	case int:
		return Values{Ints: []int64{int64(x)}}, x == 0, nil
	case int64:
		return Values{Ints: []int64{x}}, x == 0, nil
	case bool:
		return Values{Bools: []bool{x}}, false, nil
	case []float64:
		values = Values{Floats: x}
		return values, values.zero(), nil
	case []int:
		values.Ints = make([]int64, len(x))
		for k, n := range x {
			values.Ints[k] = int64(n)
		}
		return values, values.zero(), nil
	case []int64:
		values = Values{Ints: x}
		return values, values.zero(), nil
	case []bool:
		return Values{Bools: x}, false, nil
	case []units.Quantity:
		values.Floats = make([]float64, len(x))
		for k, q := range x {
			if k > 0 && q.Dim != x[0].Dim {
				return Values{}, false, units.Mismatch("The values do not have the same units", x[0].Dim, q.Dim)
			}
			values.Floats[k], values.Dim = q.Value, q.Dim
		}
		return values, false, nil
	}
	return Values{}, false, diag.Errorf(diag.Span{}, "TypeError", "A value of type %T cannot be assigned to a variable.", value)
}

// checkDim checks that values may be assigned to a variable.
func checkDim(v *model.Variable, values Values, anyDim bool) error {
	if values.Dim == v.Dim || anyDim {
		return nil
	}
	got := "an array"
	if values.Len() == 1 {
		got = values.Quantity(0).String()
	}
	return diag.Errorf(diag.Span{}, "DimensionMismatchError", "%s should be set with a value with units %s, but got %s (unit is %s).",
		v.Name, unitName(v.Dim), got, unitName(values.Dim)).
		WithHint("multiply the value with a unit, as in '5*%s'.", unitName(v.Dim))
}

func unitName(dim units.Dimension) string {
	if dim.IsDimensionless() {
		return "1"
	}
	return units.BaseUnit(dim).Name()
}

// scatter writes values to elements of a column; one value goes to all.
func scatter(c exec.Column, elements selection, values Values) {
	n, single := elements.count(), values.Len() == 1
	for k := range n {
		from := k
		if single {
			from = 0
		}
		at := elements.at(k)
		switch {
		case c.F64 != nil:
			c.F64[at] = values.Float(from)
		case values.Ints != nil && c.I32 != nil:
			c.I32[at] = int32(values.Ints[from])
		case values.Ints != nil && c.I64 != nil:
			c.I64[at] = values.Ints[from]
		default:
			c.SetFloat(at, values.Float(from))
		}
	}
}
