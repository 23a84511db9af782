package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// Index implements x[index].
func (x *NDArray) Index(index any) (any, error) {
	if at, ok := index.(int64); ok && x.Array.NDim() == 1 {
		i, err := place(x.Array, at)
		if err != nil {
			return nil, err
		}
		return element(x.Array, i), nil
	}
	items, err := indexItems(index)
	if err != nil {
		return nil, err
	}
	return wrapped(x.Array.Get(items...))
}

// place resolves an index of an array with one axis.
func place(a *array.Array, at int64) (int, error) {
	n := int64(a.Len())
	i := at
	if i < 0 {
		i += n
	}
	if i < 0 || i >= n {
		return 0, script.Raise("IndexError", "index %d is out of bounds for axis 0 with size %d", at, n)
	}
	return int(i), nil
}

// SetIndex implements x[index] = value. As in NumPy an array without a dimension takes the numbers of a quantity.
func (x *NDArray) SetIndex(index, value any) error {
	if _, unknown := value.(*script.Unknown); unknown {
		return nil
	}
	y, err := operand(value)
	if err != nil {
		return err
	}
	if y == nil {
		return script.Raise("TypeError", "arrays hold numbers and truth values, not %s", script.TypeName(value))
	}
	if x.Array.Dim().IsDimensionless() {
		y = y.WithDim(units.Dimension{})
	}
	if at, ok := index.(int64); ok && x.Array.NDim() == 1 && y.NDim() == 0 && y.DType() != array.Complex128 {
		if _, err := array.MatchDims(x.Array, y, "Inconsistent units in assignment"); err != nil {
			return err
		}
		i, err := place(x.Array, at)
		if err != nil {
			return err
		}
		if v := y.FloatAt(0); v != v && x.Array.DType() == array.Int64 {
			return script.Raise("ValueError", "cannot convert float NaN to integer")
		}
		if y.DType() == array.Float64 || x.Array.DType() != array.Int64 {
			x.Array.SetFloat(i, y.FloatAt(0))
			return nil
		}
	}
	items, err := indexItems(index)
	if err != nil {
		return err
	}
	return x.Array.Set(y, items...)
}

// indexItems translates what stands between the brackets.
func indexItems(index script.Value) ([]array.Index, error) {
	parts := []script.Value{index}
	if tuple, ok := index.(*script.Tuple); ok {
		parts = tuple.Elts
	}
	items := make([]array.Index, len(parts))
	for i, part := range parts {
		var err error
		if items[i], err = indexItem(part); err != nil {
			return nil, err
		}
	}
	return items, nil
}

func indexItem(v script.Value) (array.Index, error) {
	switch v := v.(type) {
	case int64:
		return array.At(int(v)), nil
	case *script.Slice:
		ends := [3]*int{}
		for i, end := range []script.Value{v.Low, v.High, v.Step} {
			if script.IsNone(end) {
				continue
			}
			n, err := script.AsIndex(end)
			if err != nil {
				return array.Index{}, script.Raise("TypeError", "slice indices must be integers or None or have an __index__ method")
			}
			at := int(n)
			ends[i] = &at
		}
		return array.Slice(ends[0], ends[1], ends[2]), nil
	case script.NoneType:
		return array.NewAxis(), nil
	case script.EllipsisType:
		return array.Ellipsis(), nil
	case *NDArray:
		return indexArray(v.Array), nil
	case *script.List, *script.Range, *script.Tuple, ArrayLike:
		a, err := FromValue(v)
		if err != nil {
			return array.Index{}, err
		}
		if a.Size() == 0 && a.DType() == array.Float64 {
			a = a.As(array.Int64)
		}
		return indexArray(a), nil
	case script.Integer:
		if n, exact, err := v.Int(); err == nil && exact {
			return array.At(int(n)), nil
		}
	}
	return array.Index{}, script.Raise("IndexError", "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices")
}

func indexArray(a *array.Array) array.Index {
	if a.NDim() == 0 && a.DType() == array.Int64 {
		return array.At(int(a.IntAt(0)))
	}
	return array.Pick(a)
}

// Len implements len(x).
func (x *NDArray) Len() (int, error) {
	if x.Array.NDim() == 0 {
		return 0, script.Raise("TypeError", "len() of unsized object")
	}
	return x.Array.Len(), nil
}

// Iterate goes through the elements of a row, or the rows of a table.
func (x *NDArray) Iterate() (next func() (any, bool, error), err error) {
	if x.Array.NDim() == 0 {
		return nil, script.Raise("TypeError", "iteration over a 0-d array")
	}
	i := 0
	return func() (any, bool, error) {
		if i >= x.Array.Len() {
			return nil, false, nil
		}
		i++
		if x.Array.NDim() == 1 {
			return element(x.Array, i-1), true, nil
		}
		row, err := x.Array.Get(array.At(i - 1))
		if err != nil {
			return nil, false, err
		}
		return New(row), true, nil
	}, nil
}

// Contains implements `y in x`.
func (x *NDArray) Contains(y any) (bool, error) {
	b, err := operand(y)
	if b == nil || err != nil {
		return false, err
	}
	same, err := array.Binary(array.Eq, x.Array, b)
	if err != nil {
		return false, err
	}
	found, err := array.Any(same, array.Axes{})
	if err != nil {
		return false, err
	}
	return found.BoolAt(0), nil
}

// Bool implements the truth of a single element.
func (x *NDArray) Bool() (bool, error) {
	switch x.Array.Size() {
	case 0:
		return false, nil
	case 1:
		return x.Array.BoolAt(0), nil
	}
	return false, script.Raise("ValueError", "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()")
}

// Float implements float(x) for a single element.
func (x *NDArray) Float() (float64, error) {
	if x.Array.Size() != 1 {
		return 0, script.Raise("TypeError", "only size-1 arrays can be converted to Python scalars")
	}
	if x.Array.DType() == array.Complex128 {
		return 0, script.Raise("TypeError", "can't convert complex to float")
	}
	return x.Array.FloatAt(0), nil
}

// Int implements int(x) for a single element.
func (x *NDArray) Int() (n int64, exact bool, err error) {
	if x.Array.Size() != 1 {
		return 0, false, script.Raise("TypeError", "only size-1 arrays can be converted to Python scalars")
	}
	switch v := x.Array.FloatAt(0); {
	case v != v:
		return 0, false, script.Raise("ValueError", "cannot convert float NaN to integer")
	case v-v != 0:
		return 0, false, script.Raise("OverflowError", "cannot convert float infinity to integer")
	}
	return x.Array.IntAt(0), x.Array.DType() == array.Int64 && x.Array.NDim() == 0, nil
}

// Abs implements abs(x).
func (x *NDArray) Abs() (any, error) {
	return wrapped(array.Apply(array.Named("absolute"), x.Array))
}

// Str implements str(x).
func (x *NDArray) Str() string { return x.Array.Text(array.DefaultPrint()) }

// Repr implements repr(x).
func (x *NDArray) Repr() string { return x.Array.Repr(array.DefaultPrint()) }

// TypeName is the name that messages use.
func (x *NDArray) TypeName() string {
	if x.Array.Dim().IsDimensionless() {
		return "ndarray"
	}
	return "Quantity"
}

// Format implements format(x, spec): arrays know only the empty one.
func (x *NDArray) Format(spec string) (string, error) {
	switch {
	case spec == "":
		return x.Str(), nil
	case x.Array.NDim() == 0:
		return script.Format(element(x.Array, 0), spec)
	}
	return "", script.Raise("TypeError", "unsupported format string passed to numpy.ndarray.__format__")
}

// AsArray makes every array its own ArrayLike.
func (x *NDArray) AsArray() (*array.Array, error) { return x.Array, nil }
