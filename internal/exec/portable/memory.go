package portable

import (
	"math"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// elements is how a step reaches a column's slice of its type.
type elements[T any] func(c *exec.Column) []T

func floats(c *exec.Column) []float64  { return c.F64 }
func singles(c *exec.Column) []float32 { return c.F32 }
func longs(c *exec.Column) []int64     { return c.I64 }
func ints(c *exec.Column) []int32      { return c.I32 }
func bools(c *exec.Column) []bool      { return c.Bool }

// load reads the lanes' elements of variable v into register d.
func load[T any](kernel *ir.Kernel, v ir.VarID, d int, of elements[T]) step {
	variable := &kernel.Vars[v]
	switch variable.Index {
	case ir.Shared:
		return func(f *frame) { fill(register[T](f, d)[:f.n], of(&f.binding.Columns[v])[0]) }
	case ir.Indexed:
		via := variable.Via
		return func(f *frame) { gather(register[T](f, d), of(&f.binding.Columns[v]), f.targets[via]) }
	case ir.Scratch:
		return func(f *frame) { copy(register[T](f, d)[:f.n], of(&f.binding.Columns[v])[f.lo-f.binding.Passed:]) }
	}
	return func(f *frame) {
		column := of(&f.binding.Columns[v])
		if f.binding.Lanes != nil {
			gather(register[T](f, d), column, f.binding.Lanes[f.lo:f.lo+f.n])
			return
		}
		copy(register[T](f, d)[:f.n], column[f.lo:f.lo+f.n])
	}
}

func gather[T any](d *[block]T, column []T, from []int32) {
	for k, element := range from {
		d[k&(block-1)] = column[element]
	}
}

// loadAt reads a table at the elements in register a, clamped to its length.
func loadAt[T any](v ir.VarID, d, a int, of elements[T]) step {
	return func(f *frame) {
		table := of(&f.binding.Columns[v])
		to, at := register[T](f, d), register[int64](f, a)
		if len(table) == 0 {
			clear(to[:f.n])
			return
		}
		for k := 0; k < f.n; k++ {
			j := k & (block - 1)
			to[j] = table[min(max(at[j], 0), int64(len(table)-1))]
		}
	}
}

// store writes register a to the lanes' elements of variable v where the
// mask (a register, or none if negative) holds. exit is applied to what leaves
// the kernel; nil leaves it as it is.
func store[T any](kernel *ir.Kernel, v ir.VarID, a, mask int, of elements[T], exit func(x *[block]T, n int)) step {
	write := storeTo(kernel, v, a, mask, of)
	if exit == nil {
		return write
	}
	return func(f *frame) {
		exit(register[T](f, a), f.n)
		write(f)
	}
}

func storeTo[T any](kernel *ir.Kernel, v ir.VarID, a, mask int, of elements[T]) step {
	variable := &kernel.Vars[v]
	switch variable.Index {
	case ir.Shared:
		return func(f *frame) {
			from := register[T](f, a)
			for k := f.n - 1; k >= 0; k-- {
				if mask < 0 || register[bool](f, mask)[k] {
					of(&f.binding.Columns[v])[0] = from[k]
					return
				}
			}
		}
	case ir.Indexed:
		via := variable.Via
		return func(f *frame) { scatter(of(&f.binding.Columns[v]), f.targets[via], register[T](f, a), f.mask(mask)) }
	case ir.Scratch: // without a mask
		return func(f *frame) { copy(of(&f.binding.Columns[v])[f.lo-f.binding.Passed:], register[T](f, a)[:f.n]) }
	}
	return func(f *frame) {
		column, from := of(&f.binding.Columns[v]), register[T](f, a)
		if f.binding.Lanes != nil {
			scatter(column, f.binding.Lanes[f.lo:f.lo+f.n], from, f.mask(mask))
			return
		}
		column = column[f.lo : f.lo+f.n]
		if mask < 0 {
			copy(column, from[:f.n])
			return
		}
		on := register[bool](f, mask)
		for k := range column {
			if on[k&(block-1)] {
				column[k] = from[k&(block-1)]
			}
		}
	}
}

// mask is the register of a mask; without mask nil.
func (f *frame) mask(r int) *[block]bool {
	if r < 0 {
		return nil
	}
	return register[bool](f, r)
}

func scatter[T any](column []T, to []int32, from *[block]T, on *[block]bool) {
	for k, element := range to {
		if on == nil || on[k&(block-1)] {
			column[element] = from[k&(block-1)]
		}
	}
}

// canonicalise gives NaNs their canonical pattern. It may change the register
// itself, because inside a kernel a NaN's pattern means nothing.
func canonicalise(x *[block]float64, n int) {
	if allFinite(x, n) {
		return
	}
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x[j] = canonical(x[j])
	}
}

func canonicalise32(x *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		if x[j] != x[j] {
			x[j] = math.Float32frombits(canonicalNaN32)
		}
	}
}

// allFinite is quick; it may be wrong in saying no, since the loop looks at up
// to three lanes too many. x-x is 0 or NaN.
func allFinite(x *[block]float64, n int) bool {
	var s0, s1, s2, s3 float64
	for i := 0; i < n; i += 4 {
		j := i & last
		s0 += x[j] - x[j]
		s1 += x[j+1] - x[j+1]
		s2 += x[j+2] - x[j+2]
		s3 += x[j+3] - x[j+3]
	}
	return s0+s1+s2+s3 == 0
}

// accumulate adds (or multiplies, if product) register a into the lanes'
// elements, lane after lane.
func accumulate[T number](kernel *ir.Kernel, v ir.VarID, product bool, a, mask int, of elements[T]) step {
	variable := &kernel.Vars[v]
	index, via := variable.Index, variable.Via
	combine := func(column []T, element int, x T) {
		if product {
			x = column[element] * x
		} else {
			x = column[element] + x
		}
		if x != x {
			x = T(canonical(float64(x)))
		}
		column[element] = x
	}
	if index == ir.Indexed && !product && mask < 0 {
		// What synapses do all the time.
		return func(f *frame) {
			column, from := of(&f.binding.Columns[v]), register[T](f, a)
			for k, element := range f.targets[via] {
				x := column[element] + from[k&(block-1)]
				if x != x {
					x = T(canonical(float64(x)))
				}
				column[element] = x
			}
		}
	}
	return func(f *frame) {
		column, from, on := of(&f.binding.Columns[v]), register[T](f, a), f.mask(mask)
		for k := 0; k < f.n; k++ {
			if on != nil && !on[k] {
				continue
			}
			switch index {
			case ir.Shared:
				combine(column, 0, from[k])
			case ir.Indexed:
				combine(column, int(f.targets[via][k]), from[k])
			default:
				combine(column, f.binding.Element(f.lo+k), from[k])
			}
		}
	}
}

// emit appends the numbers of the lanes where the mask holds.
func emit(mask int) step {
	return func(f *frame) {
		b, on := f.binding, register[bool](f, mask)
		for k := 0; k < f.n; k++ {
			if on[k&(block-1)] {
				b.Emitted = append(b.Emitted, int32(b.Origin+int64(b.Element(f.lo+k))))
			}
		}
	}
}

// lane writes the numbers of the lanes' elements.
func lane(d int) step {
	return func(f *frame) {
		b, to := f.binding, register[int64](f, d)
		first := b.Origin - b.Base
		if b.Lanes == nil {
			first += int64(f.lo)
			for k := range to[:f.n] {
				to[k] = first + int64(k)
			}
			return
		}
		for k, element := range b.Lanes[f.lo : f.lo+f.n] {
			to[k&(block-1)] = first + int64(element)
		}
	}
}
