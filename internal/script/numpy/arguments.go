package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

var plain units.Dimension

// arrayArg returns an argument as an array.
func arrayArg(c *script.Call, name string) (*array.Array, error) { return FromValue(c.Arg(name)) }

// arrayPair returns two arguments as arrays.
func arrayPair(c *script.Call, first, second string) (a, b *array.Array, err error) {
	if a, err = arrayArg(c, first); err != nil {
		return nil, nil, err
	}
	b, err = arrayArg(c, second)
	return a, b, err
}

// optionalArray returns an argument as an array, or nil if it is None or was not given.
func optionalArray(c *script.Call, name string) (*array.Array, error) {
	if script.IsNone(c.Arg(name)) {
		return nil, nil
	}
	return arrayArg(c, name)
}

// arrays returns the arrays of a sequence argument.
func arraysArg(v script.Value) ([]*array.Array, error) {
	elements, err := script.Elements(v)
	if err != nil {
		return nil, err
	}
	out := make([]*array.Array, len(elements))
	for i, element := range elements {
		if out[i], err = FromValue(element); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// axesArg reads axis and keepdims.
func axesArg(c *script.Call) (array.Axes, error) {
	keep, err := c.Bool("keepdims")
	if err != nil {
		return array.Axes{}, err
	}
	var axes array.Axes
	switch v := c.Arg("axis").(type) {
	case nil, script.NoneType:
	case *script.Tuple:
		list, err := wholes(v)
		if err != nil {
			return axes, err
		}
		axes = array.Over(list...)
	default:
		n, err := c.Int("axis")
		if err != nil {
			return axes, err
		}
		axes = array.Over(int(n))
	}
	return axes.Keeping(keep), nil
}

// axisArg reads an axis that may be None.
func axisArg(c *script.Call, name string) (*int, error) {
	if script.IsNone(c.Arg(name)) {
		return nil, nil
	}
	n, err := c.Int(name)
	axis := int(n)
	return &axis, err
}

// wholes returns a number or a sequence of numbers as whole numbers.
func wholes(v script.Value) ([]int, error) {
	if n, err := script.AsIndex(v); err == nil {
		return []int{int(n)}, nil
	}
	a, err := FromValue(v)
	if err != nil {
		return nil, err
	}
	if a.DType() > array.Int64 && a.Size() > 0 {
		return nil, script.Raise("TypeError", "'%s' object cannot be interpreted as an integer", script.TypeName(element(a, 0)))
	}
	out := make([]int, a.Size())
	for i, n := range a.Ints() {
		out[i] = int(n)
	}
	return out, nil
}

// shapeArg reads a shape: a whole number or a sequence of them.
func shapeArg(v script.Value) ([]int, error) {
	shape, err := wholes(v)
	if err != nil {
		return nil, err
	}
	n := 1.0
	for _, extent := range shape {
		if extent < 0 {
			return nil, script.Raise("ValueError", "negative dimensions are not allowed")
		}
		n *= float64(extent)
	}
	if n > 1<<36 {
		return nil, script.Raise("MemoryError", "Unable to allocate an array with shape %s", array.ShapeText(shape))
	}
	return shape, nil
}

// floatOf returns a single plain or physical number without its unit.
func floatOf(v script.Value) (float64, error) {
	a, err := FromValue(v)
	if err != nil {
		return 0, err
	}
	if a.Size() != 1 {
		return 0, script.Raise("TypeError", "only size-1 arrays can be converted to Python scalars")
	}
	return a.FloatAt(0), nil
}

// converted applies a dtype argument.
func converted(c *script.Call, a *array.Array) (*array.Array, error) {
	dtype, given, err := dtypeArg(c, "dtype")
	if err != nil || !given {
		return a, err
	}
	return a.As(dtype), nil
}

// into writes a result into the out argument if there is one.
func into(c *script.Call, a *array.Array, err error) (script.Value, error) {
	if err != nil {
		return nil, err
	}
	switch out := c.Arg("out").(type) {
	case nil, script.NoneType:
		return Wrap(a), nil
	case *NDArray:
		if out.Array.Dim().IsDimensionless() {
			a = a.WithDim(plain)
		}
		return out, out.Array.Assign(a)
	}
	return nil, script.Raise("TypeError", "return arrays must be of ArrayType")
}

// rowOf returns numbers as a list.
func listOf(a *array.Array) script.Value {
	if a.NDim() == 0 {
		return element(a, 0)
	}
	list := &script.List{Elts: make([]script.Value, a.Len())}
	for i := range list.Elts {
		if a.NDim() == 1 {
			list.Elts[i] = element(a, i)
			continue
		}
		row, err := a.Get(array.At(i))
		if err != nil {
			panic("BUG: a row within the array: " + err.Error())
		}
		list.Elts[i] = listOf(row)
	}
	return list
}

func tupleOf(arrays ...*array.Array) *script.Tuple {
	tuple := &script.Tuple{Elts: make([]script.Value, len(arrays))}
	for i, a := range arrays {
		tuple.Elts[i] = New(a)
	}
	return tuple
}

// shapeTuple returns a shape as a value.
func shapeTuple(shape []int) *script.Tuple {
	tuple := &script.Tuple{Elts: make([]script.Value, len(shape))}
	for i, extent := range shape {
		tuple.Elts[i] = int64(extent)
	}
	return tuple
}
