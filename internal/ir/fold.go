package ir

import "math"

// Fold returns the kernel with operations on literals computed and with
// operations that cannot change their argument removed. Each replacement
// is exact for every argument, signed zeros, infinities and NaN included:
//
//	x*1  x/1  x-0  x+(-0)        x
//	x*(-1)  --x                  -x, x
//	x/2^k                        x * 2^-k
//	x+(-y)  x-(-y)               x-y, x+y
//	fma(x, 1, z)  fma(x, y, -0)  x+z, x*y
//	|-x|  ||x||                  |x|
//	select of a literal condition or of equal values
//	and, or, xor, not with literals; integers with 0, 1 and -1
//	bool to number and back; f32 to f64 and back
//	x^n, n a literal             products where PowInt has them
//
// (x+0 is not x: it turns -0 into 0. x*0 is not 0.) A mask that is literally
// true is dropped, an effect that is literally off vanishes.
func Fold(k *Kernel) *Kernel {
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		switch in.Op {
		case Store, Accumulate, Emit:
			mask := 1
			if in.Op == Emit {
				mask = 0
			}
			if on, ok := b.literal(in.Args[mask]); ok {
				if on == 0 {
					moved[i] = NoValue
					continue
				}
				if in.Op != Emit {
					in.Args[mask] = NoValue
				}
			}
			moved[i] = b.emit(in)
		default:
			moved[i] = b.fold(in)
		}
	}
	return b.kernel
}

// literal returns the pattern of a literal value.
func (b *Builder) literal(v Value) (uint64, bool) {
	if v == NoValue || b.kernel.Instrs[v].Op != Const {
		return 0, false
	}
	return b.kernel.Instrs[v].Imm, true
}

// is reports whether v is the literal with this pattern.
func (b *Builder) is(v Value, pattern uint64) bool {
	have, ok := b.literal(v)
	return ok && have == pattern
}

// isFloat reports whether v is this float, sign of zero included.
func (b *Builder) isFloat(v Value, x float64) bool {
	t := b.TypeOf(v)
	return t.IsFloat() && b.is(v, floatPattern(t, x))
}

// operand returns the argument of v if v is the result of op.
func (b *Builder) operand(v Value, op Op) (Value, bool) {
	if in := &b.kernel.Instrs[v]; in.Op == op {
		return in.Args[0], true
	}
	return NoValue, false
}

// fold appends the instruction or returns a value that equals its result.
func (b *Builder) fold(in Instr) Value {
	if in.Op == Const {
		return b.constant(in.Type, in.Imm)
	}
	arity := in.Op.Arity()
	if arity == 0 || in.Op == LoadAt {
		return b.emit(in)
	}
	argument := b.TypeOf(in.Args[0])
	if in.Op == Select {
		argument = in.Type
	}
	var patterns [3]uint64
	literals := 0
	for j := 0; j < arity; j++ {
		if p, ok := b.literal(in.Args[j]); ok {
			patterns[j] = p
			literals++
		}
	}
	if literals == arity {
		if p, ok := Evaluate(in.Op, in.Type, argument, patterns[0], patterns[1], patterns[2]); ok {
			return b.constant(in.Type, p)
		}
	}
	if v, ok := b.foldGeneral(in); ok {
		return v
	}
	if argument.IsFloat() {
		if v, ok := b.foldFloat(in); ok {
			return v
		}
	} else if argument.IsInteger() {
		if v, ok := b.foldInteger(in); ok {
			return v
		}
	}
	return b.emit(in)
}

func (b *Builder) foldGeneral(in Instr) (Value, bool) {
	x, y := in.Args[0], in.Args[1]
	switch in.Op {
	case Select:
		if on, ok := b.literal(x); ok {
			if on != 0 {
				return y, true
			}
			return in.Args[2], true
		}
		return y, y == in.Args[2]
	case And, Or:
		neutral := uint64(1)
		if in.Op == Or {
			neutral = 0
		}
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if p, ok := b.literal(pair[0]); ok {
				if p == neutral {
					return pair[1], true
				}
				return pair[0], true
			}
		}
		return x, x == y
	case Xor:
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if p, ok := b.literal(pair[0]); ok {
				if p == 0 {
					return pair[1], true
				}
				return b.fold(Instr{Op: Not, Type: Bool, Args: [3]Value{pair[1], NoValue, NoValue}, Var: NoVar}), true
			}
		}
	case Not:
		return b.operand(x, Not)
	case NotEqual:
		// A number made from a Bool differs from zero where the Bool is true.
		if from, ok := b.operand(x, Convert); ok && b.TypeOf(from) == Bool && b.is(y, 0) {
			return from, true
		}
	case Convert:
		if from, ok := b.operand(x, Convert); ok && b.TypeOf(from) == Bool {
			if in.Type == Bool {
				return from, true
			}
			return b.Convert(from, in.Type), true
		} else if ok && b.TypeOf(from) == F32 && in.Type == F32 && b.TypeOf(x) == F64 {
			return from, true
		}
	case FromBits:
		// Exact save for the pattern of a NaN, which means nothing inside.
		return b.operand(x, Bits)
	case Bits:
		// Not the reverse: Bits makes NaNs canonical.
	}
	return NoValue, false
}

func (b *Builder) foldFloat(in Instr) (Value, bool) {
	x, y := in.Args[0], in.Args[1]
	switch in.Op {
	case Add:
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if b.isFloat(pair[1], math.Copysign(0, -1)) {
				return pair[0], true
			}
			if z, ok := b.operand(pair[1], Neg); ok {
				return b.Sub(pair[0], z), true
			}
		}
	case Sub:
		if b.isFloat(y, 0) {
			return x, true
		}
		if z, ok := b.operand(y, Neg); ok {
			return b.Add(x, z), true
		}
	case Mul:
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if b.isFloat(pair[1], 1) {
				return pair[0], true
			}
			if b.isFloat(pair[1], -1) {
				return b.negated(pair[0]), true
			}
		}
	case Div:
		if p, ok := b.literal(y); ok && powerOfTwo(in.Type, p) {
			return b.fold(Instr{Op: Mul, Type: in.Type, Args: [3]Value{x, b.FloatOf(in.Type, 1/floatOf(in.Type, p)), NoValue}, Var: NoVar}), true
		}
	case FMA:
		z := in.Args[2]
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if b.isFloat(pair[1], 1) {
				return b.fold(Instr{Op: Add, Type: in.Type, Args: [3]Value{pair[0], z, NoValue}, Var: NoVar}), true
			}
		}
		if b.isFloat(z, math.Copysign(0, -1)) {
			return b.fold(Instr{Op: Mul, Type: in.Type, Args: [3]Value{x, y, NoValue}, Var: NoVar}), true
		}
	case Neg:
		return b.operand(x, Neg)
	case Abs:
		for _, op := range []Op{Neg, Abs} {
			if z, ok := b.operand(x, op); ok {
				return b.fold(Instr{Op: Abs, Type: in.Type, Args: [3]Value{z, NoValue, NoValue}, Var: NoVar}), true
			}
		}
	case Pow:
		if p, ok := b.literal(y); ok {
			if n, ok := smallInteger(floatOf(in.Type, p)); ok && isProduct(n) {
				return b.PowInt(x, n), true
			}
		}
	}
	return NoValue, false
}

// negated is -x, folded if x is a literal or itself a negation.
func (b *Builder) negated(x Value) Value {
	return b.fold(Instr{Op: Neg, Type: b.TypeOf(x), Args: [3]Value{x, NoValue, NoValue}, Var: NoVar})
}

func (b *Builder) foldInteger(in Instr) (Value, bool) {
	x, y := in.Args[0], in.Args[1]
	allOnes := ^uint64(0)
	switch in.Op {
	case Add, BitOr, BitXor:
		if b.is(x, 0) {
			return y, true
		}
		return x, b.is(y, 0)
	case Sub, Shl, ShrLogical, ShrArithmetic:
		return x, b.is(y, 0)
	case Mul:
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if b.is(pair[1], 1) {
				return pair[0], true
			}
			if b.is(pair[1], 0) {
				return pair[1], true
			}
		}
	case FloorDiv:
		return x, b.is(y, 1)
	case BitAnd:
		for _, pair := range [][2]Value{{x, y}, {y, x}} {
			if b.is(pair[1], allOnes) {
				return pair[0], true
			}
			if b.is(pair[1], 0) {
				return pair[1], true
			}
		}
	case Neg:
		return b.operand(x, Neg)
	}
	return NoValue, false
}
