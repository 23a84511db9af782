package array

import (
	"slices"
	"strconv"
	"strings"
)

// broadcastShapes returns the shape to which all shapes stretch.
func broadcastShapes(shapes ...[]int) ([]int, bool) {
	n := 0
	for _, shape := range shapes {
		n = max(n, len(shape))
	}
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	for _, shape := range shapes {
		for axis, extent := range shape {
			to := &out[n-len(shape)+axis]
			switch {
			case extent == 1 || extent == *to:
			case *to == 1:
				*to = extent
			default:
				return nil, false
			}
		}
	}
	return out, true
}

// BroadcastShapes returns the shape to which all arrays stretch, or NumPy's ValueError.
func BroadcastShapes(arrays ...*Array) ([]int, error) {
	shapes := make([][]int, len(arrays))
	for i, a := range arrays {
		shapes[i] = a.shape
	}
	shape, ok := broadcastShapes(shapes...)
	if !ok {
		return nil, errorf("ValueError", "operands could not be broadcast together with shapes %s", shapesText(shapes))
	}
	return shape, nil
}

// BroadcastTo returns a view of the array stretched to a shape.
func (a *Array) BroadcastTo(shape []int) (*Array, error) {
	if got, ok := broadcastShapes(a.shape, shape); !ok || !slices.Equal(got, shape) {
		return nil, errorf("ValueError", "operands could not be broadcast together with remapped shapes [original->remapped]: %s  and requested shape %s",
			ShapeText(a.shape), ShapeText(shape))
	}
	return a.broadcast(shape), nil
}

// broadcast stretches an array to a shape that is known to fit.
func (a *Array) broadcast(shape []int) *Array {
	if slices.Equal(a.shape, shape) {
		return a
	}
	strides := make([]int, len(shape))
	shift := len(shape) - len(a.shape)
	for axis, extent := range a.shape {
		if extent != 1 {
			strides[axis+shift] = a.strides[axis]
		}
	}
	return a.view(clone(shape), strides, a.offset)
}

// ShapeText writes a shape as a Python tuple.
func ShapeText(shape []int) string {
	if len(shape) == 1 {
		return "(" + strconv.Itoa(shape[0]) + ",)"
	}
	return shapeText(shape, ", ")
}

func shapeText(shape []int, separator string) string {
	parts := make([]string, len(shape))
	for i, extent := range shape {
		parts[i] = strconv.Itoa(extent)
	}
	if len(parts) == 1 {
		return "(" + parts[0] + ",)"
	}
	return "(" + strings.Join(parts, separator) + ")"
}

// shapesText writes shapes as NumPy's messages do, "(2,) (3,) ".
func shapesText(shapes [][]int) string {
	var b strings.Builder
	for _, shape := range shapes {
		b.WriteString(shapeText(shape, ","))
		b.WriteByte(' ')
	}
	return b.String()
}
