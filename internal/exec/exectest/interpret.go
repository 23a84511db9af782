// Package exectest tests executors: a naive interpreter of kernels, which is
// the meaning of the form written down as plainly as possible, and random
// kernels with random memory on which executors are compared with it.
//
// It knows the form and the interface of executors, and no executor.
package exectest

import (
	"fmt"
	"math"
	"math/bits"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// Interpret runs lanes lo to hi-1 of a kernel, each to its end before the
// next begins, on values as patterns (ir.Instr.Imm).
func Interpret(k *ir.Kernel, b *exec.Binding, lo, hi int) {
	values := make([]uint64, len(k.Instrs))
	for lane := lo; lane < hi; lane++ {
		element := b.Element(lane)
		for i := range k.Instrs {
			values[i] = interpretInstr(k, b, &k.Instrs[i], lane, element, values)
		}
	}
}

func interpretInstr(k *ir.Kernel, b *exec.Binding, in *ir.Instr, lane, element int, values []uint64) uint64 {
	arg := func(j int) uint64 {
		if in.Args[j] == ir.NoValue {
			return 0
		}
		return values[in.Args[j]]
	}
	masked := func(j int) bool { return in.Args[j] != ir.NoValue && values[in.Args[j]] == 0 }
	place := element
	if in.Var != ir.NoVar {
		switch v := &k.Vars[in.Var]; v.Index {
		case ir.Shared:
			place = 0
		case ir.Indexed:
			place = int(b.Indexes[v.Via][element])
		}
	}
	switch in.Op {
	case ir.Const:
		return in.Imm
	case ir.Load:
		return Pattern(b.Columns[in.Var], place)
	case ir.LoadAt:
		length := b.Columns[in.Var].Len()
		if length == 0 {
			return 0
		}
		return Pattern(b.Columns[in.Var], int(min(max(int64(arg(0)), 0), int64(length-1))))
	case ir.Lane:
		return uint64(b.Origin - b.Base + int64(element))
	case ir.RandBits:
		words := philox(b, b.Keys[in.Imm>>1], element)
		return words[in.Imm&1]
	case ir.Call:
		var key uint64
		if site := k.Functions[in.Imm].Site; site >= 0 {
			key = b.Keys[site]
		}
		c := &exec.Call{Binding: b, Lo: lane, Key: key, Out: make([]float64, 1), Args: make([][]float64, len(in.List)), Shared: make([]bool, len(in.List))}
		for j, a := range in.List {
			c.Args[j] = []float64{math.Float64frombits(values[a])}
		}
		b.Functions[in.Imm](c)
		return math.Float64bits(c.Out[0])
	case ir.Store:
		if !masked(1) {
			SetPattern(b.Columns[in.Var], place, arg(0))
		}
		return 0
	case ir.Accumulate:
		if !masked(1) {
			t := k.Vars[in.Var].Type
			sum, _ := ir.Evaluate(ir.Op(in.Imm), t, t, Pattern(b.Columns[in.Var], place), arg(0), 0)
			SetPattern(b.Columns[in.Var], place, sum)
		}
		return 0
	case ir.Emit:
		if arg(0) != 0 {
			b.Emitted = append(b.Emitted, int32(b.Origin+int64(element)))
		}
		return 0
	}
	argument := k.Instrs[in.Args[0]].Type
	if in.Op == ir.Select {
		argument = in.Type
	}
	result, ok := ir.Evaluate(in.Op, in.Type, argument, arg(0), arg(1), arg(2))
	if !ok {
		panic(fmt.Sprintf("BUG: cannot interpret %s of %s", in.Op, argument))
	}
	return result
}

// philox is Philox4x32-10 written from its definition: two 32-bit products
// per round, whose halves are crossed over and mixed with the key.
func philox(b *exec.Binding, key uint64, element int) [2]uint64 {
	var c [4]uint32
	c[0], c[1], c[2], c[3] = b.Address(element)
	k := [2]uint32{uint32(key), uint32(key >> 32)}
	for range 10 {
		high0, low0 := bits.Mul32(0xD2511F53, c[0])
		high1, low1 := bits.Mul32(0xCD9E8D57, c[2])
		c = [4]uint32{high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0}
		k[0] += 0x9E3779B9
		k[1] += 0xBB67AE85
	}
	return [2]uint64{uint64(c[1])<<32 | uint64(c[0]), uint64(c[3])<<32 | uint64(c[2])}
}

// Pattern is element i of a column as a pattern.
func Pattern(c exec.Column, i int) uint64 {
	switch c.Type() {
	case ir.F64:
		return math.Float64bits(c.F64[i])
	case ir.F32:
		return uint64(math.Float32bits(c.F32[i]))
	case ir.I64:
		return uint64(c.I64[i])
	case ir.I32:
		return uint64(int64(c.I32[i]))
	}
	if c.Bool[i] {
		return 1
	}
	return 0
}

// SetPattern sets element i of a column, as a Store does: NaNs canonical.
func SetPattern(c exec.Column, i int, x uint64) {
	switch c.Type() {
	case ir.F64:
		f := math.Float64frombits(x)
		if f != f {
			f = math.Float64frombits(0x7FF8000000000000)
		}
		c.F64[i] = f
	case ir.F32:
		f := math.Float32frombits(uint32(x))
		if f != f {
			f = math.Float32frombits(0x7FC00000)
		}
		c.F32[i] = f
	case ir.I64:
		c.I64[i] = int64(x)
	case ir.I32:
		c.I32[i] = int32(x)
	default:
		c.Bool[i] = x != 0
	}
}
