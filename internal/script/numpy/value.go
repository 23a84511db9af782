package numpy

import (
	"math/big"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// NDArray is an array as a value of the language: NumPy's ndarray, and Brian2's Quantity if it has a dimension.
type NDArray struct{ Array *array.Array }

// ArrayLike is implemented by values that stand for an array, such as a group's state variable. Every function
// and operator that takes an array takes them.
type ArrayLike interface {
	AsArray() (*array.Array, error)
}

// New returns the array as a value, also if it has no axes.
func New(a *array.Array) *NDArray { return &NDArray{a} }

// Wrap returns the array as a value; without axes it is a plain bool, int64, float64, complex128 or units.Quantity.
func Wrap(a *array.Array) script.Value {
	if a.NDim() > 0 {
		return &NDArray{a}
	}
	return element(a, 0)
}

// element returns one element as a plain value, by its number in row-major order.
func element(a *array.Array, flat int) script.Value {
	switch a.DType() {
	case array.Bool:
		return a.BoolAt(flat)
	case array.Int64:
		if a.Dim().IsDimensionless() {
			return a.IntAt(flat)
		}
	case array.Complex128:
		return a.ComplexAt(flat)
	}
	return Number(a.FloatAt(flat), a.Dim())
}

// Number returns a float64, or a units.Quantity if there is a dimension.
func Number(x float64, dim units.Dimension) script.Value {
	if dim.IsDimensionless() {
		return x
	}
	return units.Quantity{Value: x, Dim: dim}
}

// FromValue returns any number, sequence of numbers or array as an array. Quantities within lists lose their
// units, as in NumPy: only a Quantity itself, a unit and an array that has a dimension keep it. Iterables other than lists,
// tuples and ranges are refused, as are texts.
func FromValue(v script.Value) (*array.Array, error) {
	a, ok, err := fromScalar(v)
	if ok || err != nil {
		return a, err
	}
	switch v := v.(type) {
	case *NDArray:
		return v.Array, nil
	case ArrayLike:
		return v.AsArray()
	}
	builder := &builder{}
	if err := builder.add(v, 0); err != nil {
		return nil, err
	}
	return builder.finish(), nil
}

// fromScalar turns a single number into an array without axes.
func fromScalar(v script.Value) (*array.Array, bool, error) {
	switch v := v.(type) {
	case float64:
		return array.Scalar(v, units.Dimension{}), true, nil
	case int64:
		return array.ScalarInt(v), true, nil
	case bool:
		return array.ScalarBool(v), true, nil
	case units.Quantity:
		return array.Scalar(v.Value, v.Dim), true, nil
	case complex128:
		return array.ScalarComplex(v), true, nil
	case *big.Int:
		x, _ := new(big.Float).SetInt(v).Float64()
		return array.Scalar(x, units.Dimension{}), true, nil
	case nil:
		return nil, true, script.Raise("TypeError", "an array was expected, but the argument is missing")
	}
	if unit, ok := script.UnitOf(v); ok {
		return array.Scalar(unit.Value(), unit.Dim()), true, nil
	}
	return nil, false, nil
}

// builder collects the numbers of nested sequences.
type builder struct {
	shape     []int
	closed    []bool // the extent of this axis is known
	dtype     array.DType
	floats    []float64
	ints      []int64 // as long as everything fits
	complexes []complex128
	leaf      int // depth at which numbers stand; 0 while none has been seen, else depth+1
}

func (b *builder) add(v script.Value, depth int) error {
	var elements []script.Value
	switch v := v.(type) {
	case *script.List:
		elements = v.Elts
	case *script.Tuple:
		elements = v.Elts
	case *script.Range:
		if err := b.enter(depth, int(v.Len())); err != nil {
			return err
		}
		for i := range v.Len() {
			if err := b.number(depth+1, v.Start+i*v.Step); err != nil {
				return err
			}
		}
		return nil
	case *NDArray:
		return b.array(v.Array, depth)
	case ArrayLike:
		a, err := v.AsArray()
		if err != nil {
			return err
		}
		return b.array(a, depth)
	default:
		return b.number(depth, v)
	}
	if err := b.enter(depth, len(elements)); err != nil {
		return err
	}
	for _, element := range elements {
		switch element.(type) {
		case float64, int64, bool, units.Quantity:
			if err := b.number(depth+1, element); err != nil {
				return err
			}
		default:
			if err := b.add(element, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// enter notes that a sequence of n elements stands at a depth.
func (b *builder) enter(depth, n int) error {
	for len(b.shape) <= depth {
		b.shape, b.closed = append(b.shape, 0), append(b.closed, false)
	}
	if b.leaf > 0 && depth >= b.leaf-1 || b.closed[depth] && b.shape[depth] != n {
		return ragged(b.shape[:depth])
	}
	b.shape[depth], b.closed[depth] = n, true
	return nil
}

func ragged(shape []int) error {
	return script.Raise("ValueError", "setting an array element with a sequence. The requested array has an inhomogeneous shape after %d dimensions. The detected shape was %s + inhomogeneous part.",
		len(shape), array.ShapeText(shape)).
		WithHint("every row of a table must have the same number of elements")
}

func (b *builder) number(depth int, v script.Value) error {
	if b.leaf == 0 {
		b.leaf = depth + 1
	}
	if b.leaf != depth+1 {
		return ragged(b.shape[:min(depth, b.leaf-1, len(b.shape))])
	}
	switch v := v.(type) {
	case bool:
		x := int64(0)
		if v {
			x = 1
		}
		b.push(array.Bool, float64(x), x, complex(float64(x), 0))
	case int64:
		b.push(array.Int64, float64(v), v, complex(float64(v), 0))
	case float64:
		b.push(array.Float64, v, 0, complex(v, 0))
	case units.Quantity:
		b.push(array.Float64, v.Value, 0, complex(v.Value, 0))
	case complex128:
		b.push(array.Complex128, real(v), 0, v)
	case *big.Int:
		x, _ := new(big.Float).SetInt(v).Float64()
		b.push(array.Float64, x, 0, complex(x, 0))
	case script.Floater:
		x, err := v.Float()
		if err != nil {
			return err
		}
		b.push(array.Float64, x, 0, complex(x, 0))
	case interface{ Unit() units.Unit }:
		x := v.Unit().Value()
		b.push(array.Float64, x, 0, complex(x, 0))
	case string:
		return script.Raise("TypeError", "arrays of text are not supported: %s is not a number", script.Repr(v))
	case *script.Generator:
		// NumPy makes an array of one object, which counts as true: hardly what was meant.
		return script.Raise("TypeError", "NumPy does not look into a generator").
			WithHint("pass a list: all([...]) instead of all(...), which is NumPy's function after 'from brian2 import *'")
	default:
		return script.Raise("TypeError", "arrays hold numbers and truth values, not %s", script.TypeName(v))
	}
	return nil
}

func (b *builder) push(dtype array.DType, x float64, n int64, z complex128) {
	if len(b.floats) == 0 {
		b.dtype = dtype
	}
	b.dtype = max(b.dtype, dtype)
	b.floats = append(b.floats, x)
	if b.dtype <= array.Int64 {
		b.ints = append(b.ints, n)
	}
	if b.dtype == array.Complex128 || b.complexes != nil {
		for len(b.complexes) < len(b.floats)-1 {
			b.complexes = append(b.complexes, complex(b.floats[len(b.complexes)], 0))
		}
		b.complexes = append(b.complexes, z)
	}
}

// array adds a whole array as one element of a sequence.
func (b *builder) array(a *array.Array, depth int) error {
	for axis, extent := range a.Shape() {
		if err := b.enter(depth+axis, extent); err != nil {
			return err
		}
	}
	depth += a.NDim()
	for i := range a.Size() {
		if err := b.number(depth, element(a.WithDim(units.Dimension{}), i)); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) finish() *array.Array {
	switch {
	case len(b.floats) == 0:
		return array.Empty(array.Float64, units.Dimension{}, b.shape...)
	case b.dtype == array.Bool:
		out := make([]bool, len(b.ints))
		for i, x := range b.ints {
			out[i] = x != 0
		}
		return array.FromBools(out, b.shape...)
	case b.dtype == array.Int64:
		return array.FromInts(b.ints, b.shape...)
	case b.dtype == array.Complex128:
		return array.FromComplex(b.complexes, b.shape...)
	}
	return array.FromFloats(b.floats, units.Dimension{}, b.shape...)
}
