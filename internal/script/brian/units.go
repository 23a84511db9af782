package brian

import (
	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// unit is a unit as a value: it prints as its name, and calculates as the quantity that it is. Products, quotients
// and powers of units are units again.
type unit struct{ u units.Unit }

// Unit lets other modules see which unit it is.
func (x unit) Unit() units.Unit { return x.u }

// Dimension lets check mode calculate with units.
func (x unit) Dimension() units.Dimension { return x.u.Dim() }

// TypeName implements script.Named.
func (x unit) TypeName() string { return "Unit" }

// ScriptClass implements script.Classed.
func (x unit) ScriptClass() *script.Class { return unitClass() }

// Repr implements script.Representer.
func (x unit) Repr() string { return x.u.Name() }

// Str implements script.Stringer.
func (x unit) Str() string { return x.u.Symbol() }

// HashKey implements script.Hashable.
func (x unit) HashKey() any { return x.u.Quantity() }

// Float implements script.Floater.
func (x unit) Float() (float64, error) { return x.u.Value(), nil }

// Bool implements script.Truther.
func (x unit) Bool() (bool, error) { return true, nil }

// Abs implements script.Absoluter.
func (x unit) Abs() (any, error) { return x.value(), nil }

// Format implements script.Formatter.
func (x unit) Format(spec string) (string, error) {
	if spec == "" {
		return x.Str(), nil
	}
	return script.Format(x.value(), spec)
}

// value is the quantity that the unit is; a plain number for one without a dimension.
func (x unit) value() script.Value { return script.QuantityValue(x.u.Quantity()) }

// Binary implements script.Operand.
func (x unit) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	if y, ok := other.(unit); ok {
		a, b := x.u, y.u
		if reflected {
			a, b = b, a
		}
		switch op {
		case syntax.Mul:
			return unit{a.Mul(b)}, nil
		case syntax.Div:
			return unit{a.Div(b)}, nil
		}
		other = y.value()
	}
	if number, ok := plainNumber(other); ok {
		switch {
		case op == syntax.Pow && !reflected:
			return unit{x.u.PowAs(number, script.Repr(other))}, nil
		case op == syntax.Div && reflected && number == 1:
			return unit{x.u.PowAs(-1, "-1")}, nil
		}
	}
	left, right := x.quantity(), other
	switch other.(type) {
	case *script.List, *script.Tuple:
		if reflected {
			return numpy.BinaryArray(op, other, left)
		}
		return numpy.BinaryArray(op, left, other)
	}
	if reflected {
		left, right = other, left
	}
	return script.Binary(op, left, right)
}

// quantity is the unit as a quantity, also when it has no dimension: 3*radian is a plain 3.
func (x unit) quantity() script.Value {
	if x.u.Dim().IsDimensionless() {
		return x.u.Value()
	}
	return x.u.Quantity()
}

// Unary implements script.UnaryOperand.
func (x unit) Unary(op syntax.Op) (any, error) { return script.Unary(op, x.quantity()) }

// Round implements script.Rounder.
func (x unit) Round(int64) (any, error) { return x.quantity(), nil }

// Attr implements the attributes of a unit, and those of a quantity.
func (x unit) Attr(name string) (any, error) {
	switch name {
	case "dim", "dimensions":
		return x.u.Dim(), nil
	case "name":
		return x.u.Name(), nil
	case "latexname":
		return `\mathrm{` + x.u.Symbol() + "}", nil
	case "dispname":
		return x.u.Symbol(), nil
	case "scale":
		if scale := x.u.Scale(); scale == float64(int64(scale)) {
			return int64(scale), nil
		}
		return x.u.Scale(), nil
	case "set_name", "set_display_name", "set_latex_name":
		return script.NewBuiltin(script.Entry{Signature: name + "(name)", Func: func(*script.Call) (script.Value, error) { return nil, errRenamedUnit() }}), nil
	case "iscompound":
		return x.u.IsCompound(), nil
	case "is_dimensionless":
		return x.u.Dim().IsDimensionless(), nil
	case "base":
		return numpy.New(array.Scalar(x.u.Value(), units.Dimension{})), nil
	}
	return numpy.New(array.Scalar(x.u.Value(), x.u.Dim())).Attr(name)
}

// AttrNames implements script.AttrLister.
func (x unit) AttrNames() []string {
	return append([]string{"name", "dispname", "scale", "iscompound"}, numpy.New(array.Scalar(1, x.u.Dim())).AttrNames()...)
}

// plainNumber returns a Python number.
func plainNumber(v script.Value) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	return 0, false
}

// dimensionOf returns the dimension of a number, quantity, unit, array, view or list of quantities.
func dimensionOf(v script.Value) (units.Dimension, error) {
	switch v := v.(type) {
	case units.Dimension:
		return v, nil
	case units.Quantity:
		return v.Dim, nil
	case float64, int64, bool:
		return units.Dimension{}, nil
	case *view:
		return v.dim(), nil
	}
	if u, ok := script.UnitOf(v); ok {
		return u.Dim(), nil
	}
	a, err := numbers(v)
	if err != nil {
		return units.Dimension{}, script.Raise("TypeError", "Object of type <class '%s'> does not have dimensions", script.TypeName(v))
	}
	return a.Dim(), nil
}

// numbers returns numbers of any kind as an array; quantities in a list keep their common dimension.
func numbers(v script.Value) (*array.Array, error) {
	switch v := v.(type) {
	case *numpy.NDArray:
		return v.Array, nil
	case unit:
		return array.Scalar(v.u.Value(), v.u.Dim()), nil
	case *script.List, *script.Tuple, *script.Range:
		// An operation with a plain number is the way in which a list of quantities becomes an array with a dimension.
		made, err := numpy.BinaryArray(syntax.Mul, v, int64(1))
		if err != nil {
			return nil, err
		}
		if made, ok := made.(*numpy.NDArray); ok {
			return made.Array, nil
		}
		return numpy.FromValue(made)
	}
	return numpy.FromValue(v)
}

// quantityArgument returns an argument as a single quantity of the given dimension, with Brian2's message if it is not.
func quantityArgument(c *script.Call, name, function string, dim units.Dimension) (units.Quantity, error) {
	return asQuantity(c.Arg(name), name, function, dim)
}

func asQuantity(v script.Value, name, function string, dim units.Dimension) (units.Quantity, error) {
	if _, text := v.(string); text {
		return units.Quantity{}, script.Raise("TypeError", "Object of type <class 'str'> does not have dimensions")
	}
	a, err := numbers(v)
	if err != nil {
		return units.Quantity{}, err
	}
	if a.Dim() != dim {
		return units.Quantity{}, wrongUnit(function, name, dim, v, a.Dim())
	}
	if a.Size() != 1 {
		return units.Quantity{}, script.Raise("TypeError", "%s() takes a single quantity for '%s', not %d of them", function, name, a.Size())
	}
	return units.Quantity{Value: a.FloatAt(0), Dim: dim}, nil
}

func wrongUnit(function, name string, want units.Dimension, v script.Value, got units.Dimension) *diag.Message {
	m := script.Raise("DimensionMismatchError", "Function '%s' expected a quantity with unit %s for argument '%s' but got '%s' (unit is %s).",
		function, baseName(want), name, script.Str(v), symbol(got))
	if got.IsDimensionless() && want == units.Time {
		m.Hint = "times need a unit, as in 10*ms."
	}
	return m
}

// baseName is the name of a dimension's unit without prefix.
func baseName(dim units.Dimension) string {
	if dim.IsDimensionless() {
		return "1"
	}
	return units.BaseUnit(dim).Name()
}

// symbol is the symbol of a dimension's unit without prefix.
func symbol(dim units.Dimension) string {
	if dim.IsDimensionless() {
		return "1"
	}
	return units.BaseUnit(dim).Symbol()
}
