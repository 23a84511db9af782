package portable

import (
	"math"

	"synfire/internal/ir"
)

// instruction makes the step of one instruction with result register d, or nil.
func (c *compiler) instruction(v ir.Value, in *ir.Instr, d int) step {
	switch in.Op {
	case ir.Load:
		return c.load(in, d)
	case ir.LoadAt:
		return c.loadAt(in, d)
	case ir.Lane:
		return lane(d)
	case ir.RandBits:
		return c.randBits(in)
	case ir.Store:
		return c.store(in)
	case ir.Accumulate:
		return c.accumulate(in)
	case ir.Emit:
		return emit(c.vector(in.Args[0]))
	case ir.FMA:
		return c.fma(in, d)
	case ir.Select:
		switch in.Type {
		case ir.I32, ir.F32:
			return selection[uint32](c, in, d)
		case ir.Bool:
			return selection[uint8](c, in, d)
		}
		return selection[uint64](c, in, d)
	case ir.Convert:
		return c.convert(in, d)
	case ir.Bits:
		if in.Type == ir.I32 {
			return unary(canonicalBits32, d, c.vector(in.Args[0]))
		}
		return unary(canonicalBits, d, c.vector(in.Args[0]))
	case ir.FromBits:
		if in.Type == ir.F32 {
			return unary(copyLanes[uint32], d, c.vector(in.Args[0]))
		}
		return unary(copyLanes[uint64], d, c.vector(in.Args[0]))
	}
	switch c.kernel.Instrs[in.Args[0]].Type {
	case ir.F64:
		if in.Op == ir.Scale {
			return binary(c, in, d, forms[float64, float64]{vv: scale}, float)
		}
		return floatOperation(c, in, d, float,
			forms[float64, float64]{vv: minFloat, vs: minVS, sv: minSV}, forms[float64, float64]{vv: maxFloat, vs: maxVS, sv: maxSV})
	case ir.F32:
		if in.Op == ir.Scale {
			return binary(c, in, d, forms[float32, float32]{vv: scale32}, single)
		}
		return floatOperation(c, in, d, single, forms[float32, float32]{vv: minSingle}, forms[float32, float32]{vv: maxSingle})
	case ir.I64:
		if in.Op == ir.ShrLogical {
			return binary(c, in, d, forms[int64, int64]{vv: shrLogicalVV64, vs: shrLogicalVS64}, truncated[int64])
		}
		return integerOperation[int64](c, in, d)
	case ir.I32:
		if in.Op == ir.ShrLogical {
			return binary(c, in, d, forms[int32, int32]{vv: shrLogicalVV32}, truncated[int32])
		}
		return integerOperation[int32](c, in, d)
	}
	return c.boolOperation(in, d)
}

func copyLanes[T pattern](d, a *[block]T, n int) { copy(d[:n], a[:n]) }

func unary[D, T any](loop func(d *[block]D, a *[block]T, n int), d, a int) step {
	return func(f *frame) { loop(register[D](f, d), register[T](f, a), f.n) }
}

// forms are the loops of an operation of two arguments, by which of them are
// scalars; those that are missing are done with a spread scalar.
type forms[D, T any] struct {
	vv       func(d *[block]D, a, b *[block]T, n int)
	vs       func(d *[block]D, a *[block]T, b T, n int)
	sv       func(d *[block]D, a T, b *[block]T, n int)
	commutes bool
}

// float and truncated read a scalar's pattern.
func float(x uint64) float64           { return math.Float64frombits(x) }
func single(x uint64) float32          { return math.Float32frombits(uint32(x)) }
func truncated[T pattern](x uint64) T  { return T(x) }
func (c *compiler) is(v ir.Value) bool { return c.shared[v] }

func binary[D, T any](c *compiler, in *ir.Instr, d int, loops forms[D, T], read func(uint64) T) step {
	a, b := in.Args[0], in.Args[1]
	if loops.commutes && c.is(a) && !c.is(b) {
		a, b = b, a
	}
	switch {
	case c.is(b) && !c.is(a) && loops.vs != nil:
		a, b, loop := c.vector(a), c.scalarOf[b], loops.vs
		return func(f *frame) { loop(register[D](f, d), register[T](f, a), read(f.scalars[b]), f.n) }
	case c.is(a) && !c.is(b) && loops.sv != nil:
		a, b, loop := c.scalarOf[a], c.vector(b), loops.sv
		return func(f *frame) { loop(register[D](f, d), read(f.scalars[a]), register[T](f, b), f.n) }
	}
	x, y, loop := c.vector(a), c.vector(b), loops.vv
	return func(f *frame) { loop(register[D](f, d), register[T](f, x), register[T](f, y), f.n) }
}

func comparison[T number](c *compiler, in *ir.Instr, d int, read func(uint64) T) step {
	switch in.Op {
	case ir.Less:
		return binary(c, in, d, forms[bool, T]{vv: lessVV[T], vs: lessVS[T], sv: lessSV[T]}, read)
	case ir.LessEqual:
		return binary(c, in, d, forms[bool, T]{vv: lessEqualVV[T], vs: lessEqualVS[T], sv: lessEqualSV[T]}, read)
	case ir.Equal:
		return binary(c, in, d, forms[bool, T]{vv: equalVV[T], vs: equalVS[T], commutes: true}, read)
	case ir.NotEqual:
		return binary(c, in, d, forms[bool, T]{vv: notEqualVV[T], vs: notEqualVS[T], commutes: true}, read)
	}
	return nil
}

// sum makes the steps of additions and multiplications of any type.
func sum[T number](c *compiler, in *ir.Instr, d int, read func(uint64) T) step {
	switch in.Op {
	case ir.Add:
		return binary(c, in, d, forms[T, T]{vv: addVV[T], vs: addVS[T], commutes: true}, read)
	case ir.Sub:
		return binary(c, in, d, forms[T, T]{vv: subVV[T], vs: subVS[T], sv: subSV[T]}, read)
	case ir.Mul:
		return binary(c, in, d, forms[T, T]{vv: mulVV[T], vs: mulVS[T], commutes: true}, read)
	case ir.Neg:
		return unary(neg[T], d, c.vector(in.Args[0]))
	}
	return comparison(c, in, d, read)
}

// floatOperation makes the steps of operations on floats of a type, with its own loops for minima and maxima.
func floatOperation[T floating](c *compiler, in *ir.Instr, d int, read func(uint64) T, least, greatest forms[T, T]) step {
	of := func(loop func(d, a *[block]T, n int)) step { return unary(loop, d, c.vector(in.Args[0])) }
	switch in.Op {
	case ir.Div:
		return binary(c, in, d, forms[T, T]{vv: divVV[T], vs: divVS[T], sv: divSV[T]}, read)
	case ir.Min:
		return binary(c, in, d, least, read)
	case ir.Max:
		return binary(c, in, d, greatest, read)
	case ir.CopySign:
		return binary(c, in, d, forms[T, T]{vv: copySign[T]}, read)
	case ir.Abs:
		return of(absFloat[T])
	case ir.Sqrt:
		return of(sqrt[T])
	case ir.Floor:
		return of(floor[T])
	case ir.Ceil:
		return of(ceil[T])
	case ir.Trunc:
		return of(trunc[T])
	case ir.RoundEven:
		return of(roundEven[T])
	}
	return sum(c, in, d, read)
}

func integerOperation[T integer](c *compiler, in *ir.Instr, d int) step {
	two := func(loops forms[T, T]) step { return binary(c, in, d, loops, truncated[T]) }
	switch in.Op {
	case ir.FloorDiv:
		return two(forms[T, T]{vv: floorDiv[T]})
	case ir.Mod:
		return two(forms[T, T]{vv: mod[T]})
	case ir.Abs:
		return unary(absInteger[T], d, c.vector(in.Args[0]))
	case ir.Min:
		return two(forms[T, T]{vv: minInteger[T]})
	case ir.Max:
		return two(forms[T, T]{vv: maxInteger[T]})
	case ir.Shl:
		return two(forms[T, T]{vv: shlVV[T], vs: shlVS[T]})
	case ir.ShrArithmetic:
		return two(forms[T, T]{vv: shrArithmeticVV[T], vs: shrArithmeticVS[T]})
	case ir.BitAnd:
		return two(forms[T, T]{vv: andVV[T], vs: andVS[T], commutes: true})
	case ir.BitOr:
		return two(forms[T, T]{vv: orVV[T], vs: orVS[T], commutes: true})
	case ir.BitXor:
		return two(forms[T, T]{vv: xorVV[T], vs: xorVS[T], commutes: true})
	}
	return sum(c, in, d, truncated[T])
}

// boolOperation: a Bool is the byte 0 or 1.
func (c *compiler) boolOperation(in *ir.Instr, d int) step {
	two := func(loops forms[uint8, uint8]) step { return binary(c, in, d, loops, truncated[uint8]) }
	switch in.Op {
	case ir.And:
		return two(forms[uint8, uint8]{vv: andVV[uint8], vs: andVS[uint8], commutes: true})
	case ir.Or:
		return two(forms[uint8, uint8]{vv: orVV[uint8], vs: orVS[uint8], commutes: true})
	case ir.Xor, ir.NotEqual:
		return two(forms[uint8, uint8]{vv: xorVV[uint8], vs: xorVS[uint8], commutes: true})
	case ir.Equal:
		return two(forms[uint8, uint8]{vv: equivalent})
	case ir.Not:
		a := c.vector(in.Args[0])
		return func(f *frame) { xorVS(register[uint8](f, d), register[uint8](f, a), 1, f.n) }
	}
	return nil
}

// selection makes the step of a select of elements of T's size.
func selection[T pattern](c *compiler, in *ir.Instr, d int) step {
	m, x, y := c.vector(in.Args[0]), in.Args[1], in.Args[2]
	switch {
	case c.is(x) && c.is(y):
		a, b := c.scalarOf[x], c.scalarOf[y]
		return func(f *frame) {
			selectSS(register[T](f, d), register[bool](f, m), T(f.scalars[a]), T(f.scalars[b]), f.n)
		}
	case c.is(x):
		a, b := c.scalarOf[x], c.vector(y)
		return func(f *frame) {
			selectSV(register[T](f, d), register[bool](f, m), T(f.scalars[a]), register[T](f, b), f.n)
		}
	case c.is(y):
		a, b := c.vector(x), c.scalarOf[y]
		return func(f *frame) {
			selectVS(register[T](f, d), register[bool](f, m), register[T](f, a), T(f.scalars[b]), f.n)
		}
	}
	a, b := c.vector(x), c.vector(y)
	return func(f *frame) {
		selectVV(register[T](f, d), register[bool](f, m), register[T](f, a), register[T](f, b), f.n)
	}
}

func (c *compiler) convert(in *ir.Instr, d int) step {
	a := c.vector(in.Args[0])
	type pair [2]ir.Type
	switch (pair{c.kernel.Instrs[in.Args[0]].Type, in.Type}) {
	case pair{ir.F64, ir.F32}:
		return unary(numberToFloat[float32, float64], d, a)
	case pair{ir.F64, ir.I64}:
		return unary(floatToI64[float64], d, a)
	case pair{ir.F64, ir.I32}:
		return unary(floatToI32[float64], d, a)
	case pair{ir.F64, ir.Bool}:
		return unary(numberToBool[float64], d, a)
	case pair{ir.F32, ir.F64}:
		return unary(numberToFloat[float64, float32], d, a)
	case pair{ir.F32, ir.I64}:
		return unary(floatToI64[float32], d, a)
	case pair{ir.F32, ir.I32}:
		return unary(floatToI32[float32], d, a)
	case pair{ir.F32, ir.Bool}:
		return unary(numberToBool[float32], d, a)
	case pair{ir.I64, ir.F64}:
		return unary(numberToFloat[float64, int64], d, a)
	case pair{ir.I64, ir.F32}:
		return unary(numberToFloat[float32, int64], d, a)
	case pair{ir.I64, ir.I32}:
		return unary(integerToInteger[int32, int64], d, a)
	case pair{ir.I64, ir.Bool}:
		return unary(numberToBool[int64], d, a)
	case pair{ir.I32, ir.F64}:
		return unary(numberToFloat[float64, int32], d, a)
	case pair{ir.I32, ir.F32}:
		return unary(numberToFloat[float32, int32], d, a)
	case pair{ir.I32, ir.I64}:
		return unary(integerToInteger[int64, int32], d, a)
	case pair{ir.I32, ir.Bool}:
		return unary(numberToBool[int32], d, a)
	case pair{ir.Bool, ir.F64}:
		return unary(boolToNumber[float64], d, a)
	case pair{ir.Bool, ir.F32}:
		return unary(boolToNumber[float32], d, a)
	case pair{ir.Bool, ir.I64}:
		return unary(boolToNumber[int64], d, a)
	case pair{ir.Bool, ir.I32}:
		return unary(boolToNumber[int32], d, a)
	}
	return nil
}

func (c *compiler) load(in *ir.Instr, d int) step {
	switch in.Type {
	case ir.F64:
		return load(c.kernel, in.Var, d, floats)
	case ir.F32:
		return load(c.kernel, in.Var, d, singles)
	case ir.I64:
		return load(c.kernel, in.Var, d, longs)
	case ir.I32:
		return load(c.kernel, in.Var, d, ints)
	}
	return load(c.kernel, in.Var, d, bools)
}

func (c *compiler) loadAt(in *ir.Instr, d int) step {
	a := c.vector(in.Args[0])
	switch in.Type {
	case ir.F64:
		return loadAt(in.Var, d, a, floats)
	case ir.F32:
		return loadAt(in.Var, d, a, singles)
	case ir.I64:
		return loadAt(in.Var, d, a, longs)
	case ir.I32:
		return loadAt(in.Var, d, a, ints)
	}
	return loadAt(in.Var, d, a, bools)
}

func (c *compiler) mask(v ir.Value) int {
	if v == ir.NoValue {
		return -1
	}
	return c.vector(v)
}

func (c *compiler) store(in *ir.Instr) step {
	a, mask := c.vector(in.Args[0]), c.mask(in.Args[1])
	switch c.kernel.Vars[in.Var].Type {
	case ir.F64:
		return store(c.kernel, in.Var, a, mask, floats, canonicalise)
	case ir.F32:
		return store(c.kernel, in.Var, a, mask, singles, canonicalise32)
	case ir.I64:
		return store(c.kernel, in.Var, a, mask, longs, nil)
	case ir.I32:
		return store(c.kernel, in.Var, a, mask, ints, nil)
	}
	return store(c.kernel, in.Var, a, mask, bools, nil)
}

func (c *compiler) accumulate(in *ir.Instr) step {
	a, mask, product := c.vector(in.Args[0]), c.mask(in.Args[1]), ir.Op(in.Imm) == ir.Mul
	switch c.kernel.Vars[in.Var].Type {
	case ir.F64:
		return accumulate(c.kernel, in.Var, product, a, mask, floats)
	case ir.F32:
		return accumulate(c.kernel, in.Var, product, a, mask, singles)
	case ir.I64:
		return accumulate(c.kernel, in.Var, product, a, mask, longs)
	}
	return accumulate(c.kernel, in.Var, product, a, mask, ints)
}

// randBits draws, at the first draw of a site, every word of it that is used.
func (c *compiler) randBits(in *ir.Instr) step {
	words := [2]int{-1, -1}
	for i := range c.kernel.Instrs {
		other := &c.kernel.Instrs[i]
		if other.Op == ir.RandBits && other.Imm>>1 == in.Imm>>1 && c.lastUse[i] >= 0 {
			words[other.Imm&1] = c.allocate(ir.Value(i))
		}
	}
	return randBits(int(in.Imm>>1), words[0], words[1])
}
