package exec

import (
	"fmt"
	"math"
	"unsafe"

	"synfire/internal/ir"
	"synfire/internal/platform"
)

// Column is the state of one variable for all elements of its owner: the one
// slice that fits its type is used, the others are nil. Copying a Column
// copies no elements.
type Column struct {
	F64  []float64
	F32  []float32
	I64  []int64
	I32  []int32
	Bool []bool
}

// NewColumn returns a column of n zero elements.
func NewColumn(t ir.Type, n int) Column {
	switch t {
	case ir.F64:
		return Column{F64: allocate[float64](n)}
	case ir.F32:
		return Column{F32: allocate[float32](n)}
	case ir.I64:
		return Column{I64: allocate[int64](n)}
	case ir.I32:
		return Column{I32: allocate[int32](n)}
	case ir.Bool:
		return Column{Bool: allocate[bool](n)}
	}
	panic(fmt.Sprintf("BUG: no column of type %s", t))
}

// allocate makes a slice. State of synapses is large, and read here and there; a single value has a cache line of its own,
// so that who reads it does not wait for who writes its neighbour. Large slices begin at unlike places within a page: code goes
// through many columns at the same element, and if all began at a page, as Go has it, their lines would compete for the same eight
// places of the first-level cache.
func allocate[T any](n int) []T {
	const line, page = 64, 4096
	var element T
	size := int(unsafe.Sizeof(element))
	if n*size < 2*page {
		return make([]T, n, max(n, line/size))
	}
	list := make([]T, n+page/size)
	// Pages that follow one another get lines that are far from one another (Knuth's multiplicative hashing).
	number := uint32(uintptr(unsafe.Pointer(unsafe.SliceData(list))) / page)
	first := int(number*0x9E3779B1>>26) * (line / size)
	list = list[first : first+n : first+n]
	platform.AdviseHugePages(list)
	return list
}

// Type is the type of the elements; of a column without memory it is ir.None.
func (c Column) Type() ir.Type {
	switch {
	case c.F64 != nil:
		return ir.F64
	case c.F32 != nil:
		return ir.F32
	case c.I64 != nil:
		return ir.I64
	case c.I32 != nil:
		return ir.I32
	case c.Bool != nil:
		return ir.Bool
	}
	return ir.None
}

// Len is the number of elements.
func (c Column) Len() int { return len(c.F64) + len(c.F32) + len(c.I64) + len(c.I32) + len(c.Bool) }

// Bytes is the size of its memory.
func (c Column) Bytes() int {
	return 8*len(c.F64) + 4*len(c.F32) + 8*len(c.I64) + 4*len(c.I32) + len(c.Bool)
}

// SameMemory reports whether a column begins where another one of the same type does. One without elements has no memory.
func (c Column) SameMemory(other Column) bool {
	return sameMemory(c.F64, other.F64) || sameMemory(c.F32, other.F32) || sameMemory(c.I64, other.I64) || sameMemory(c.I32, other.I32) || sameMemory(c.Bool, other.Bool)
}

func sameMemory[T any](a, b []T) bool { return len(a) > 0 && len(b) > 0 && &a[0] == &b[0] }

// Slice is the part [from, to) of the column, sharing its memory.
func (c Column) Slice(from, to int) Column {
	switch c.Type() {
	case ir.F64:
		return Column{F64: c.F64[from:to:to]}
	case ir.F32:
		return Column{F32: c.F32[from:to:to]}
	case ir.I64:
		return Column{I64: c.I64[from:to:to]}
	case ir.I32:
		return Column{I32: c.I32[from:to:to]}
	case ir.Bool:
		return Column{Bool: c.Bool[from:to:to]}
	}
	return Column{}
}

// Clone is a copy with memory of its own.
func (c Column) Clone() Column {
	if c.Type() == ir.None {
		return Column{}
	}
	copied := NewColumn(c.Type(), c.Len())
	copied.CopyFrom(c)
	return copied
}

// CopyFrom overwrites the elements with those of a column of the same type.
func (c Column) CopyFrom(from Column) {
	copy(c.F64, from.F64)
	copy(c.F32, from.F32)
	copy(c.I64, from.I64)
	copy(c.I32, from.I32)
	copy(c.Bool, from.Bool)
}

// Float is element i as a float64; false is 0, true is 1.
func (c Column) Float(i int) float64 {
	switch {
	case c.F64 != nil:
		return c.F64[i]
	case c.F32 != nil:
		return float64(c.F32[i])
	case c.I64 != nil:
		return float64(c.I64[i])
	case c.I32 != nil:
		return float64(c.I32[i])
	}
	if c.Bool[i] {
		return 1
	}
	return 0
}

// SetFloat sets element i, converting as ir.Convert does.
func (c Column) SetFloat(i int, x float64) {
	switch {
	case c.F64 != nil:
		c.F64[i] = x
	case c.F32 != nil:
		c.F32[i] = float32(x)
	case c.I64 != nil:
		c.I64[i] = FloatToI64(x)
	case c.I32 != nil:
		c.I32[i] = FloatToI32(x)
	default:
		c.Bool[i] = x != 0
	}
}

// FloatToI64 truncates; NaN and what does not fit give the smallest integer.
func FloatToI64(x float64) int64 {
	if x >= -0x1p63 && x < 0x1p63 {
		return int64(x)
	}
	return math.MinInt64
}

// FloatToI32 truncates; NaN and what does not fit give the smallest integer.
func FloatToI32(x float64) int32 {
	if x > -0x1p31-1 && x < 0x1p31 {
		return int32(x)
	}
	return math.MinInt32
}
