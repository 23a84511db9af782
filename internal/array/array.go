package array

import (
	"fmt"
	"math"

	"synfire/internal/diag"
	"synfire/units"
)

// DType is the type of an array's elements. The order is that of promotion: the result of an operation on two
// arrays has the later of their types.
type DType uint8

const (
	Bool DType = iota
	Int64
	Float64
	Complex128
)

// String returns NumPy's name of the type.
func (t DType) String() string {
	return [...]string{"bool", "int64", "float64", "complex128"}[t]
}

// Array is an n-dimensional array. Several arrays may share memory (views); a change through one is seen
// through all. An Array is not safe for concurrent change.
type Array struct {
	dtype   DType
	dim     units.Dimension
	shape   []int
	strides []int // in elements, may be zero (broadcast) or negative
	offset  int
	buf     *buffer
}

// DType returns the element type.
func (a *Array) DType() DType { return a.dtype }

// Dim returns the physical dimension of the elements, which are in SI units.
func (a *Array) Dim() units.Dimension { return a.dim }

// Shape returns the extents; it must not be changed.
func (a *Array) Shape() []int { return a.shape }

// NDim returns the number of axes; 0 for a scalar.
func (a *Array) NDim() int { return len(a.shape) }

// Size returns the number of elements.
func (a *Array) Size() int { return size(a.shape) }

// Len returns the extent of the first axis, and 0 for a scalar.
func (a *Array) Len() int {
	if len(a.shape) == 0 {
		return 0
	}
	return a.shape[0]
}

// WithDim returns an array over the same memory whose elements have another dimension.
func (a *Array) WithDim(dim units.Dimension) *Array {
	b := *a
	b.dim = dim
	return &b
}

// SetDim changes the dimension of the array itself, as `x *= mV` does.
func (a *Array) SetDim(dim units.Dimension) { a.dim = dim }

// FromFloats returns an array over data, which it keeps: a change of the array changes data. Without a shape
// the array has one axis. It panics if the shape does not fit.
func FromFloats(data []float64, dim units.Dimension, shape ...int) *Array {
	return wrap(Float64, dim, &buffer{floats: data}, len(data), shape)
}

// FromInts returns an array over data, which it keeps.
func FromInts(data []int64, shape ...int) *Array {
	return wrap(Int64, units.Dimension{}, &buffer{ints: data}, len(data), shape)
}

// FromBools returns an array over data, which it keeps.
func FromBools(data []bool, shape ...int) *Array {
	return wrap(Bool, units.Dimension{}, &buffer{bools: data}, len(data), shape)
}

// FromComplex returns an array over data, which it keeps.
func FromComplex(data []complex128, shape ...int) *Array {
	return wrap(Complex128, units.Dimension{}, &buffer{complexes: data}, len(data), shape)
}

// SharedFloats returns an array over data that belongs to somebody else: data is read, and copied before the
// first change through this array or its views. The owner must not change data[:len(data)] afterwards
// (appending beyond it is fine).
func SharedFloats(data []float64, dim units.Dimension, shape ...int) *Array {
	return wrap(Float64, dim, &buffer{floats: data, shared: true}, len(data), shape)
}

// SharedInts is SharedFloats for whole numbers.
func SharedInts(data []int64, shape ...int) *Array {
	return wrap(Int64, units.Dimension{}, &buffer{ints: data, shared: true}, len(data), shape)
}

// GroupedInts is SharedInts with one axis, for an owner who already knows where each value stands.
func GroupedInts(data []int64, grouping Grouping) *Array {
	a := SharedInts(data)
	a.buf.grouping = grouping
	return a
}

// Scalar returns an array without axes.
func Scalar(x float64, dim units.Dimension) *Array {
	return scalar(Float64, dim, &buffer{floats: []float64{x}})
}

// ScalarInt returns an array without axes.
func ScalarInt(x int64) *Array {
	return scalar(Int64, units.Dimension{}, &buffer{ints: []int64{x}})
}

// ScalarBool returns an array without axes.
func ScalarBool(x bool) *Array {
	return scalar(Bool, units.Dimension{}, &buffer{bools: []bool{x}})
}

// ScalarComplex returns an array without axes.
func ScalarComplex(x complex128) *Array {
	return scalar(Complex128, units.Dimension{}, &buffer{complexes: []complex128{x}})
}

// scalar returns an array whose shape is empty but not nil, which as a variadic argument would mean "one axis".
func scalar(dtype DType, dim units.Dimension, buf *buffer) *Array {
	return &Array{dtype: dtype, dim: dim, shape: []int{}, strides: []int{}, buf: buf}
}

// Empty returns an array of zeros.
func Empty(dtype DType, dim units.Dimension, shape ...int) *Array {
	n := size(shape)
	buf := &buffer{}
	switch dtype {
	case Bool:
		buf.bools = make([]bool, n)
	case Int64:
		buf.ints = make([]int64, n)
	case Float64:
		buf.floats = make([]float64, n)
	default:
		buf.complexes = make([]complex128, n)
	}
	return &Array{dtype: dtype, dim: dim, shape: clone(shape), strides: rowMajor(shape), buf: buf}
}

func wrap(dtype DType, dim units.Dimension, buf *buffer, n int, shape []int) *Array {
	if shape == nil {
		shape = []int{n}
	}
	if size(shape) != n {
		panic(fmt.Sprintf("BUG: %d elements cannot have the shape %v", n, shape))
	}
	return &Array{dtype: dtype, dim: dim, shape: clone(shape), strides: rowMajor(shape), buf: buf}
}

func clone(s []int) []int { return append(make([]int, 0, len(s)), s...) }

func size(shape []int) int {
	n := 1
	for _, extent := range shape {
		n *= extent
	}
	return n
}

// rowMajor returns the strides of a compact array.
func rowMajor(shape []int) []int {
	strides := make([]int, len(shape))
	step := 1
	for axis := len(shape) - 1; axis >= 0; axis-- {
		strides[axis] = step
		step *= shape[axis]
	}
	return strides
}

// compact reports whether the elements lie one after the other in row-major order.
func (a *Array) compact() bool {
	step := 1
	for axis := len(a.shape) - 1; axis >= 0; axis-- {
		if a.shape[axis] != 1 && a.strides[axis] != step {
			return a.Size() == 0
		}
		step *= a.shape[axis]
	}
	return true
}

// view returns an array over the same memory.
func (a *Array) view(shape, strides []int, offset int) *Array {
	return &Array{dtype: a.dtype, dim: a.dim, shape: shape, strides: strides, offset: offset, buf: a.buf}
}

// View returns an array over the same memory.
func (a *Array) View() *Array { return a.view(a.shape, a.strides, a.offset) }

// SharesMemory reports whether the two arrays are views of one block of memory.
func (a *Array) SharesMemory(b *Array) bool { return a.buf == b.buf }

// Copy returns an array with memory of its own.
func (a *Array) Copy() *Array { return a.copyAs(a.dtype) }

// As returns the array converted to a type: the array itself if it has that type, else a copy. Floats become whole
// numbers by truncation; NaN becomes the smallest whole number, as on x86.
func (a *Array) As(dtype DType) *Array {
	if a.dtype == dtype {
		return a
	}
	return a.copyAs(dtype)
}

func (a *Array) copyAs(dtype DType) *Array {
	out := &Array{dtype: dtype, dim: a.dim, shape: clone(a.shape), strides: rowMajor(a.shape), buf: &buffer{}}
	if source := a.whole(); source != nil && dtype == a.dtype {
		out.buf.source = source // read into memory of the copy's own
		out.buf.materialise()
		return out
	}
	switch dtype {
	case Bool:
		out.buf.bools = fresh(a, a.Bools(), a.buf.bools)
	case Int64:
		out.buf.ints = fresh(a, a.Ints(), a.buf.ints)
	case Float64:
		out.buf.floats = fresh(a, a.Floats(), a.buf.floats)
	default:
		out.buf.complexes = fresh(a, a.Complexes(), a.buf.complexes)
	}
	return out
}

// fresh copies values unless they already are a copy, which they are when they don't point into the array's memory.
func fresh[T any](a *Array, values, memory []T) []T {
	if len(values) == 0 || len(memory) == 0 || a.offset >= len(memory) || &values[0] != &memory[a.offset] {
		return values
	}
	return append(make([]T, 0, len(values)), values...)
}

// Floats returns the elements in row-major order as float64. The slice may be the array's own memory: it must
// not be changed.
func (a *Array) Floats() []float64 {
	switch a.dtype {
	case Float64:
		a.buf.materialise()
		return gather(a, a.buf.floats)
	case Int64:
		return convert(gather(a, a.buf.ints), func(x int64) float64 { return float64(x) })
	case Bool:
		return convert(a.Bools(), func(x bool) float64 {
			if x {
				return 1
			}
			return 0
		})
	}
	return convert(gather(a, a.buf.complexes), func(x complex128) float64 { return real(x) })
}

// Share returns the elements in row-major order as float64, which nothing changes any more: arrays that have the same
// memory copy it before a change.
func (a *Array) Share() []float64 {
	values := a.Floats()
	if a.dtype == Float64 {
		a.buf.shared = true
	}
	return values
}

// Ints returns the elements in row-major order as whole numbers; see Floats.
func (a *Array) Ints() []int64 {
	switch a.dtype {
	case Int64:
		return gather(a, a.buf.ints)
	case Bool:
		return convert(a.Bools(), func(x bool) int64 {
			if x {
				return 1
			}
			return 0
		})
	}
	return convert(a.Floats(), truncate)
}

// truncate is the conversion of x86: what does not fit becomes the smallest number.
func truncate(x float64) int64 {
	if x >= -0x1p63 && x < 0x1p63 {
		return int64(x)
	}
	return math.MinInt64
}

// Bools returns the elements in row-major order as truth values; see Floats.
func (a *Array) Bools() []bool {
	switch a.dtype {
	case Bool:
		a.buf.materialise()
		a.buf.spread()
		return gather(a, a.buf.bools)
	case Int64:
		return convert(a.Ints(), func(x int64) bool { return x != 0 })
	case Float64:
		return convert(a.Floats(), func(x float64) bool { return x != 0 })
	}
	return convert(gather(a, a.buf.complexes), func(x complex128) bool { return x != 0 })
}

// Complexes returns the elements in row-major order as complex numbers; see Floats.
func (a *Array) Complexes() []complex128 {
	if a.dtype == Complex128 {
		return gather(a, a.buf.complexes)
	}
	return convert(a.Floats(), func(x float64) complex128 { return complex(x, 0) })
}

func convert[S, T any](values []S, f func(S) T) []T {
	out := make([]T, len(values))
	for i, x := range values {
		out[i] = f(x)
	}
	return out
}

// gather returns the elements in row-major order: the memory itself if they lie in that order.
func gather[T any](a *Array, memory []T) []T {
	n := a.Size()
	if n == 0 {
		return nil
	}
	if a.compact() {
		return memory[a.offset : a.offset+n : a.offset+n]
	}
	out := make([]T, n)
	k := 0
	a.eachRun(func(offset, stride, count int) {
		if stride == 0 {
			x := memory[offset]
			for i := range count {
				out[k+i] = x
			}
		} else {
			for i := range count {
				out[k+i] = memory[offset]
				offset += stride
			}
		}
		k += count
	})
	return out
}

// eachRun calls f for each run along the last axis, in row-major order, with the position of its first element.
func (a *Array) eachRun(f func(offset, stride, count int)) {
	nd := len(a.shape)
	if nd == 0 {
		f(a.offset, 0, 1)
		return
	}
	if a.Size() == 0 {
		return
	}
	count, stride := a.shape[nd-1], a.strides[nd-1]
	if nd == 1 {
		f(a.offset, stride, count)
		return
	}
	index := make([]int, nd-1)
	offset := a.offset
	for {
		f(offset, stride, count)
		axis := nd - 2
		for ; axis >= 0; axis-- {
			index[axis]++
			offset += a.strides[axis]
			if index[axis] < a.shape[axis] {
				break
			}
			offset -= a.strides[axis] * index[axis]
			index[axis] = 0
		}
		if axis < 0 {
			return
		}
	}
}

// position returns the place in memory of the element with the given number in row-major order.
func (a *Array) position(flat int) int {
	offset := a.offset
	for axis := len(a.shape) - 1; axis >= 0; axis-- {
		extent := a.shape[axis]
		offset += flat % extent * a.strides[axis]
		flat /= extent
	}
	return offset
}

// FloatAt returns one element as float64, by its number in row-major order.
func (a *Array) FloatAt(flat int) float64 {
	if a.buf.source != nil {
		at := a.position(flat)
		return a.buf.source.at(at/a.buf.source.columns, at%a.buf.source.columns)
	}
	switch at := a.position(flat); a.dtype {
	case Float64:
		return a.buf.floats[at]
	case Int64:
		return float64(a.buf.ints[at])
	case Bool:
		if a.buf.boolAt(at) {
			return 1
		}
		return 0
	default:
		return real(a.buf.complexes[at])
	}
}

// IntAt returns one element as a whole number, by its number in row-major order.
func (a *Array) IntAt(flat int) int64 {
	if a.dtype == Int64 {
		return a.buf.ints[a.position(flat)]
	}
	return truncate(a.FloatAt(flat))
}

// BoolAt returns the truth of one element, by its number in row-major order.
func (a *Array) BoolAt(flat int) bool {
	if a.dtype == Complex128 {
		return a.buf.complexes[a.position(flat)] != 0
	}
	return a.FloatAt(flat) != 0
}

// ComplexAt returns one element as a complex number, by its number in row-major order.
func (a *Array) ComplexAt(flat int) complex128 {
	if a.dtype == Complex128 {
		return a.buf.complexes[a.position(flat)]
	}
	return complex(a.FloatAt(flat), 0)
}

func errorf(kind, format string, args ...any) error {
	return diag.Errorf(diag.Span{}, kind, format, args...)
}
