package brian

import (
	"strings"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// arrayValue gives a value that stands for an array what arrays can do. read returns the array as it is now.
type arrayValue struct {
	read func() (*array.Array, error)
}

// AsArray implements numpy.ArrayLike.
func (x arrayValue) AsArray() (*array.Array, error) { return x.read() }

// now returns the array as a value.
func (x arrayValue) now() (*numpy.NDArray, error) {
	a, err := x.read()
	if err != nil {
		return nil, err
	}
	return numpy.New(a), nil
}

// scalar returns the array, or the plain number that it holds if it has no axes.
func (x arrayValue) scalar() (script.Value, error) {
	a, err := x.read()
	if err != nil {
		return nil, err
	}
	return numpy.Wrap(a), nil
}

// Binary implements script.Operand.
func (x arrayValue) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	v, err := x.scalar()
	if err != nil {
		return nil, err
	}
	if y, ok := other.(interface{ scalar() (script.Value, error) }); ok {
		if other, err = y.scalar(); err != nil {
			return nil, err
		}
	}
	switch other.(type) {
	case *script.List, *script.Tuple:
		if reflected {
			return numpy.BinaryArray(op, other, v)
		}
		return numpy.BinaryArray(op, v, other)
	case string, script.NoneType:
		if op == syntax.Eq || op == syntax.NotEq {
			return op == syntax.NotEq, nil
		}
		return nil, nil
	}
	if reflected {
		return script.Binary(op, other, v)
	}
	return script.Binary(op, v, other)
}

// Unary implements script.UnaryOperand.
func (x arrayValue) Unary(op syntax.Op) (any, error) {
	v, err := x.scalar()
	if err != nil {
		return nil, err
	}
	return script.Unary(op, v)
}

// Index implements script.Indexed.
func (x arrayValue) Index(index any) (any, error) {
	a, err := x.now()
	if err != nil {
		return nil, err
	}
	if y, ok := index.(numpy.ArrayLike); ok {
		b, err := y.AsArray()
		if err != nil {
			return nil, err
		}
		index = numpy.New(b)
	}
	return a.Index(index)
}

// Iterate implements script.Iterable.
func (x arrayValue) Iterate() (next func() (any, bool, error), err error) {
	a, err := x.now()
	if err != nil {
		return nil, err
	}
	return a.Iterate()
}

// Contains implements script.Container.
func (x arrayValue) Contains(y any) (bool, error) {
	a, err := x.now()
	if err != nil {
		return false, err
	}
	return a.Contains(y)
}

// Len implements script.Sized.
func (x arrayValue) Len() (int, error) {
	a, err := x.now()
	if err != nil {
		return 0, err
	}
	return a.Len()
}

// Bool implements script.Truther.
func (x arrayValue) Bool() (bool, error) {
	a, err := x.now()
	if err != nil {
		return false, err
	}
	return a.Bool()
}

// Float implements script.Floater.
func (x arrayValue) Float() (float64, error) {
	a, err := x.now()
	if err != nil {
		return 0, err
	}
	return a.Float()
}

// Int implements script.Integer.
func (x arrayValue) Int() (n int64, exact bool, err error) {
	a, err := x.now()
	if err != nil {
		return 0, false, err
	}
	return a.Int()
}

// Abs implements script.Absoluter.
func (x arrayValue) Abs() (any, error) {
	a, err := x.now()
	if err != nil {
		return nil, err
	}
	return a.Abs()
}

// attr returns an attribute of the array.
func (x arrayValue) attr(name string) (any, error) {
	a, err := x.now()
	if err != nil {
		return nil, err
	}
	if name == "unit" {
		return unit{units.BaseUnit(a.Array.Dim())}, nil
	}
	return a.Attr(name)
}

// repr shows an array as Brian2 does: its whole numbers have 32 bits.
func repr(a *array.Array) string {
	if a.NDim() == 0 {
		return script.Repr(numpy.Wrap(a))
	}
	text := a.Repr(array.DefaultPrint())
	if a.DType() == array.Int64 {
		text = strings.Replace(text, ", dtype=int64", "", 1)
		text = strings.TrimSuffix(text, ")") + ", dtype=int32)"
	}
	return text
}

// shown is the text of a view: <spikemonitor.t: array([...]) * second>.
func (x arrayValue) shown(label string) string {
	a, err := x.read()
	if err != nil {
		return "<" + label + ": not available: " + err.Error() + ">"
	}
	return "<" + label + ": " + repr(a) + ">"
}

// series is what a monitor has recorded over time, as a value that can be read but not changed.
type series struct {
	arrayValue
	label string
}

// TypeName implements script.Named.
func (x *series) TypeName() string { return "VariableView" }

// Repr implements script.Representer.
func (x *series) Repr() string { return x.shown(x.label) }

// Attr implements script.Attributed.
func (x *series) Attr(name string) (any, error) { return x.attr(name) }

// AttrNames implements script.AttrLister.
func (x *series) AttrNames() []string {
	return append(numpy.New(array.Scalar(0, units.Dimension{})).AttrNames(), "unit")
}

// SetIndex refuses to change what was recorded.
func (x *series) SetIndex(any, any) error {
	_, name, _ := strings.Cut(x.label, ".")
	return script.Raise("TypeError", "Variable %s is read-only.", name).WithHint("change a copy: x = %s[:].copy()", x.label)
}
