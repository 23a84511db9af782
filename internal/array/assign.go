package array

import (
	"slices"

	"synfire/units"
)

// Set stores value, stretched as needed, in a[index...]. Dimensions must agree; a plain zero fits every dimension.
// Floats stored in an array of whole numbers are truncated.
func (a *Array) Set(value *Array, index ...Index) error {
	if _, err := MatchDims(a, value, "Inconsistent units in assignment"); err != nil {
		return err
	}
	a.buf.writable()
	sel, err := a.resolve(index)
	if err != nil {
		return err
	}
	if value.buf == a.buf {
		value = value.Copy()
	}
	if sel.picks == nil {
		return sel.base.fill(value)
	}
	places, shape := sel.targets()
	if len(value.shape) == 1 && len(index) == 1 && index[0].kind == arrayIndex && index[0].array.dtype == Bool && value.shape[0] != 1 && value.shape[0] != len(places) && len(shape) == 1 {
		return errorf("ValueError", "NumPy boolean array indexing assignment cannot assign %d input values to the %d output values where the mask is true", value.shape[0], len(places))
	}
	stretched, ok := stretchForAssignment(value, shape)
	if !ok {
		return errorf("ValueError", "shape mismatch: value array of shape %s could not be broadcast to indexing result of shape %s",
			shapeText(value.shape, ","), shapeText(shape, ","))
	}
	if len(places) == 0 {
		return nil
	}
	switch a.dtype {
	case Bool:
		put(a.buf.bools, places, stretched.Bools())
	case Int64:
		put(a.buf.ints, places, stretched.Ints())
	case Float64:
		put(a.buf.floats, places, stretched.Floats())
	default:
		put(a.buf.complexes, places, stretched.Complexes())
	}
	return nil
}

func put[T any](memory []T, places []int, values []T) {
	for i, at := range places {
		memory[at] = values[i]
	}
}

// Assign stores value, stretched as needed, in the whole array.
func (a *Array) Assign(value *Array) error {
	if _, err := MatchDims(a, value, "Inconsistent units in assignment"); err != nil {
		return err
	}
	a.buf.writable()
	if value.buf == a.buf {
		value = value.Copy()
	}
	return a.fill(value)
}

// SetFloat stores a number in one element, by its number in row-major order.
func (a *Array) SetFloat(flat int, x float64) {
	a.buf.writable()
	switch at := a.position(flat); a.dtype {
	case Bool:
		a.buf.bools[at] = x != 0
	case Int64:
		a.buf.ints[at] = truncate(x)
	case Float64:
		a.buf.floats[at] = x
	default:
		a.buf.complexes[at] = complex(x, 0)
	}
}

// stretchForAssignment stretches a value to a shape; surplus leading axes of extent 1 are dropped.
func stretchForAssignment(value *Array, shape []int) (*Array, bool) {
	for len(value.shape) > len(shape) && value.shape[0] == 1 {
		value = value.view(value.shape[1:], value.strides[1:], value.offset)
	}
	if got, ok := broadcastShapes(value.shape, shape); !ok || !slices.Equal(got, shape) {
		return nil, false
	}
	return value.broadcast(shape), true
}

// fill stores value in the view's elements; the memory is writable and not the value's.
func (a *Array) fill(value *Array) error {
	stretched, ok := stretchForAssignment(value, a.shape)
	if !ok {
		return errorf("ValueError", "could not broadcast input array from shape %s into shape %s", shapeText(value.shape, ","), shapeText(a.shape, ","))
	}
	if a.Size() == 0 {
		return nil
	}
	if value.Size() == 1 {
		one := stretched.Item(0)
		switch a.dtype {
		case Bool:
			repeat(a, a.buf.bools, one.Bools()[0])
		case Int64:
			repeat(a, a.buf.ints, one.Ints()[0])
		case Float64:
			repeat(a, a.buf.floats, one.Floats()[0])
		default:
			repeat(a, a.buf.complexes, one.Complexes()[0])
		}
		return nil
	}
	switch a.dtype {
	case Bool:
		scatter(a, a.buf.bools, stretched.Bools())
	case Int64:
		scatter(a, a.buf.ints, stretched.Ints())
	case Float64:
		scatter(a, a.buf.floats, stretched.Floats())
	default:
		scatter(a, a.buf.complexes, stretched.Complexes())
	}
	return nil
}

func scatter[T any](a *Array, memory, values []T) {
	if a.compact() {
		copy(memory[a.offset:], values)
		return
	}
	k := 0
	a.eachRun(func(offset, stride, count int) {
		for range count {
			memory[offset] = values[k]
			offset += stride
			k++
		}
	})
}

// repeat writes one value to all elements.
func repeat[T any](a *Array, memory []T, value T) {
	a.eachRun(func(offset, stride, count int) {
		for range count {
			memory[offset] = value
			offset += stride
		}
	})
}

// Full returns an array whose elements are all equal to a single value.
func Full(value *Array, shape ...int) *Array {
	out := Empty(value.dtype, value.dim, shape...)
	if out.Size() > 0 {
		_ = out.fill(value.Item(0)) // a single value fits every shape
	}
	return out
}

// Ones returns an array of ones.
func Ones(dtype DType, shape ...int) *Array {
	return Full(number(1).As(dtype), shape...).WithDim(units.Dimension{})
}
