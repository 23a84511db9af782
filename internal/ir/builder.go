package ir

import (
	"fmt"
	"math"
)

// Builder appends instructions to a new kernel. Its methods panic with "BUG:"
// when types do not fit: what users write is checked before it comes here.
type Builder struct {
	kernel    *Kernel
	literals  map[literal]Value
	expanding bool   // compound operations are written out as they are built
	uniform   []bool // per value so far
}

type literal struct {
	t    Type
	bits uint64
}

// NewBuilder starts an empty kernel.
func NewBuilder(name string) *Builder {
	return &Builder{kernel: &Kernel{Name: name}, literals: map[literal]Value{}}
}

// Kernel returns the kernel built so far. The builder must not be used afterwards.
func (b *Builder) Kernel() *Kernel { return b.kernel }

// Serial marks the kernel as one whose lanes must run one after another.
func (b *Builder) Serial() { b.kernel.Serial = true }

// Var declares a variable.
func (b *Builder) Var(v Var) VarID {
	b.kernel.Vars = append(b.kernel.Vars, v)
	return VarID(len(b.kernel.Vars) - 1)
}

// VarNamed returns the variable of this name, or NoVar.
func (b *Builder) VarNamed(name string) VarID {
	for i := range b.kernel.Vars {
		if b.kernel.Vars[i].Name == name {
			return VarID(i)
		}
	}
	return NoVar
}

// VarOf returns the declaration of a variable.
func (b *Builder) VarOf(v VarID) Var { return b.kernel.Vars[v] }

// Index returns the position of the index array of this name, declaring it if new.
func (b *Builder) Index(name string) int { return intern(&b.kernel.Indexes, name) }

// Site declares a draw site. Two draws in the same lane need two sites.
func (b *Builder) Site(name string) int { return intern(&b.kernel.Sites, name) }

func intern(list *[]string, name string) int {
	for i, have := range *list {
		if have == name {
			return i
		}
	}
	*list = append(*list, name)
	return len(*list) - 1
}

// Function declares a block function.
func (b *Builder) Function(f Function) int {
	b.kernel.Functions = append(b.kernel.Functions, f)
	return len(b.kernel.Functions) - 1
}

// TypeOf returns the type of a value.
func (b *Builder) TypeOf(v Value) Type { return b.kernel.Instrs[v].Type }

func (b *Builder) emit(in Instr) Value {
	b.kernel.Instrs = append(b.kernel.Instrs, in)
	return Value(len(b.kernel.Instrs) - 1)
}

func (b *Builder) op(op Op, t Type, args ...Value) Value {
	in := Instr{Op: op, Type: t, Args: [3]Value{NoValue, NoValue, NoValue}, Var: NoVar}
	copy(in.Args[:], args)
	if problem := b.kernel.checkInstr(&in, len(b.kernel.Instrs)); problem != "" {
		panic(fmt.Sprintf("BUG: kernel %s: %s", b.kernel.Name, problem))
	}
	if b.expanding && op.IsCompound(t) {
		return b.expand(in)
	}
	return b.emit(in)
}

func (b *Builder) constant(t Type, bits uint64) Value {
	key := literal{t, bits}
	if v, ok := b.literals[key]; ok {
		return v
	}
	v := b.emit(Instr{Op: Const, Type: t, Args: [3]Value{NoValue, NoValue, NoValue}, Var: NoVar, Imm: bits})
	b.literals[key] = v
	return v
}

// Uniform reports whether a value is the same for all lanes, whatever happens to shared variables.
func (b *Builder) Uniform(v Value) bool {
	var args []Value
	for i := len(b.uniform); i <= int(v); i++ {
		in := &b.kernel.Instrs[i]
		uniform := true
		switch in.Op {
		case Load:
			uniform = b.kernel.Vars[in.Var].Index == Shared
		case Lane, RandBits, Rand, Randn, Call:
			uniform = false
		}
		args = in.Arguments(args[:0])
		for _, a := range args {
			uniform = uniform && b.uniform[a]
		}
		b.uniform = append(b.uniform, uniform)
	}
	return b.uniform[v]
}

// Float is a literal of type F64.
func (b *Builder) Float(x float64) Value { return b.constant(F64, math.Float64bits(x)) }

// FloatOf is a literal of type F64, or of type F32 with x rounded.
func (b *Builder) FloatOf(t Type, x float64) Value { return b.constant(t, floatPattern(t, x)) }

// Int is a literal of type I64 or I32.
func (b *Builder) Int(t Type, x int64) Value {
	if t == I32 {
		x = int64(int32(x))
	}
	return b.constant(t, uint64(x))
}

// Bool is a literal of type Bool.
func (b *Builder) Bool(x bool) Value {
	if x {
		return b.constant(Bool, 1)
	}
	return b.constant(Bool, 0)
}

// Load reads the lane's element of a variable that is not a Table.
func (b *Builder) Load(v VarID) Value {
	return b.emit(Instr{Op: Load, Type: b.kernel.Vars[v].Type, Args: [3]Value{NoValue, NoValue, NoValue}, Var: v})
}

// LoadAt reads a Table at a computed element (I64), clamped to its length.
func (b *Builder) LoadAt(v VarID, element Value) Value {
	return b.emit(Instr{Op: LoadAt, Type: b.kernel.Vars[v].Type, Args: [3]Value{element, NoValue, NoValue}, Var: v})
}

// Store writes value to the lane's element of a variable, where mask (or
// NoValue for everywhere) holds.
func (b *Builder) Store(v VarID, value, mask Value) {
	b.emit(Instr{Op: Store, Args: [3]Value{value, mask, NoValue}, Var: v})
}

// Accumulate adds (op Add) to, or multiplies (Mul) into, the lane's element
// of a variable, in lane order, where mask (or NoValue) holds.
func (b *Builder) Accumulate(v VarID, op Op, value, mask Value) {
	b.emit(Instr{Op: Accumulate, Args: [3]Value{value, mask, NoValue}, Var: v, Imm: uint64(op)})
}

// Emit appends the element numbers of the lanes where mask holds to the
// output list, in lane order.
func (b *Builder) Emit(mask Value) {
	b.emit(Instr{Op: Emit, Args: [3]Value{mask, NoValue, NoValue}, Var: NoVar})
}

// Lane is the number of the lane's element, I64.
func (b *Builder) Lane() Value { return b.op(Lane, I64) }

// Call calls a block function on F64 arguments; the result is F64.
func (b *Builder) Call(function int, args ...Value) Value {
	return b.emit(Instr{Op: Call, Type: F64, Args: [3]Value{NoValue, NoValue, NoValue}, Var: NoVar,
		Imm: uint64(function), List: append([]Value(nil), args...)})
}

// RandBits gives the Philox block of a site as two words of 64 random bits:
// words 1:0 and words 3:2 of the block, the first in the low half.
func (b *Builder) RandBits(site int) (low, high Value) {
	word := func(n uint64) Value {
		return b.emit(Instr{Op: RandBits, Type: I64, Args: [3]Value{NoValue, NoValue, NoValue}, Var: NoVar, Imm: uint64(site)<<1 | n})
	}
	return word(0), word(1)
}

func (b *Builder) draw(op Op, site int) Value {
	in := Instr{Op: op, Type: F64, Args: [3]Value{NoValue, NoValue, NoValue}, Var: NoVar, Imm: uint64(site)}
	if b.expanding {
		return b.expand(in)
	}
	return b.emit(in)
}

// Rand is uniform in [0, 1), a multiple of 2^-53, from a site.
func (b *Builder) Rand(site int) Value { return b.draw(Rand, site) }

// Randn is a standard normal from a site.
func (b *Builder) Randn(site int) Value { return b.draw(Randn, site) }

// Add is x + y, of floats or wrapping integers.
func (b *Builder) Add(x, y Value) Value { return b.op(Add, b.TypeOf(x), x, y) }

// Sub is x - y.
func (b *Builder) Sub(x, y Value) Value { return b.op(Sub, b.TypeOf(x), x, y) }

// Mul is x * y.
func (b *Builder) Mul(x, y Value) Value { return b.op(Mul, b.TypeOf(x), x, y) }

// Div is x / y of floats.
func (b *Builder) Div(x, y Value) Value { return b.op(Div, b.TypeOf(x), x, y) }

// FloorDiv is Python's x // y.
func (b *Builder) FloorDiv(x, y Value) Value { return b.op(FloorDiv, b.TypeOf(x), x, y) }

// Mod is Python's x % y, with the sign of y.
func (b *Builder) Mod(x, y Value) Value { return b.op(Mod, b.TypeOf(x), x, y) }

// FMA is x*y + z rounded once.
func (b *Builder) FMA(x, y, z Value) Value { return b.op(FMA, b.TypeOf(x), x, y, z) }

// Neg is -x.
func (b *Builder) Neg(x Value) Value { return b.op(Neg, b.TypeOf(x), x) }

// Abs is |x|; of the smallest integer it is that integer.
func (b *Builder) Abs(x Value) Value { return b.op(Abs, b.TypeOf(x), x) }

// Sqrt is the square root of a float.
func (b *Builder) Sqrt(x Value) Value { return b.op(Sqrt, b.TypeOf(x), x) }

// Floor rounds a float down to an integral float.
func (b *Builder) Floor(x Value) Value { return b.op(Floor, b.TypeOf(x), x) }

// Ceil rounds a float up.
func (b *Builder) Ceil(x Value) Value { return b.op(Ceil, b.TypeOf(x), x) }

// Trunc rounds a float towards zero.
func (b *Builder) Trunc(x Value) Value { return b.op(Trunc, b.TypeOf(x), x) }

// RoundEven rounds a float to the nearest integral float, ties to even.
func (b *Builder) RoundEven(x Value) Value { return b.op(RoundEven, b.TypeOf(x), x) }

// Min is x if x < y, else y.
func (b *Builder) Min(x, y Value) Value { return b.op(Min, b.TypeOf(x), x, y) }

// Max is x if x > y, else y.
func (b *Builder) Max(x, y Value) Value { return b.op(Max, b.TypeOf(x), x, y) }

// Clip limits x to [low, high]; a NaN stays a NaN. Where low > high the result is high.
func (b *Builder) Clip(x, low, high Value) Value { return b.Min(high, b.Max(low, x)) }

// CopySign has the magnitude of x and the sign of y.
func (b *Builder) CopySign(x, y Value) Value { return b.op(CopySign, b.TypeOf(x), x, y) }

// Scale is x * 2^n, rounded once, for integral n from -1086 to 1086 and x that is zero, infinite, NaN, or of a magnitude
// between 2^-900 (for n < 1 also less) and 2^900; n may be NaN where x is NaN. Outside, executors may differ: expansions keep inside.
// For F32, n goes from -150 to 160, and x from 2^-40 to 2^60.
func (b *Builder) Scale(x, n Value) Value { return b.op(Scale, b.TypeOf(x), x, n) }

// Less is x < y.
func (b *Builder) Less(x, y Value) Value { return b.op(Less, Bool, x, y) }

// LessEqual is x <= y.
func (b *Builder) LessEqual(x, y Value) Value { return b.op(LessEqual, Bool, x, y) }

// Greater is x > y.
func (b *Builder) Greater(x, y Value) Value { return b.op(Less, Bool, y, x) }

// GreaterEqual is x >= y.
func (b *Builder) GreaterEqual(x, y Value) Value { return b.op(LessEqual, Bool, y, x) }

// Equal is x == y.
func (b *Builder) Equal(x, y Value) Value { return b.op(Equal, Bool, x, y) }

// NotEqual is x != y; a NaN differs from itself.
func (b *Builder) NotEqual(x, y Value) Value { return b.op(NotEqual, Bool, x, y) }

// And is the conjunction of two Bools.
func (b *Builder) And(x, y Value) Value { return b.op(And, Bool, x, y) }

// Or is the disjunction of two Bools.
func (b *Builder) Or(x, y Value) Value { return b.op(Or, Bool, x, y) }

// Xor is true where exactly one of two Bools is.
func (b *Builder) Xor(x, y Value) Value { return b.op(Xor, Bool, x, y) }

// Not negates a Bool.
func (b *Builder) Not(x Value) Value { return b.op(Not, Bool, x) }

// Select is x where condition holds, else y.
func (b *Builder) Select(condition, x, y Value) Value {
	return b.op(Select, b.TypeOf(x), condition, x, y)
}

// Convert changes the type as the package comment says; to the same type it is x.
func (b *Builder) Convert(x Value, t Type) Value {
	if b.TypeOf(x) == t {
		return x
	}
	return b.op(Convert, t, x)
}

// Bits is the pattern of a float as an integer of its width.
func (b *Builder) Bits(x Value) Value {
	if b.TypeOf(x) == F32 {
		return b.op(Bits, I32, x)
	}
	return b.op(Bits, I64, x)
}

// FromBits is the float of a pattern, of the integer's width.
func (b *Builder) FromBits(x Value) Value {
	if b.TypeOf(x) == I32 {
		return b.op(FromBits, F32, x)
	}
	return b.op(FromBits, F64, x)
}

// Shl shifts an integer left; x and count have one type.
func (b *Builder) Shl(x, count Value) Value { return b.op(Shl, b.TypeOf(x), x, count) }

// ShrLogical shifts right, filling with zeros.
func (b *Builder) ShrLogical(x, count Value) Value { return b.op(ShrLogical, b.TypeOf(x), x, count) }

// ShrArithmetic shifts right, filling with the sign.
func (b *Builder) ShrArithmetic(x, count Value) Value {
	return b.op(ShrArithmetic, b.TypeOf(x), x, count)
}

// BitAnd is the bitwise conjunction of integers.
func (b *Builder) BitAnd(x, y Value) Value { return b.op(BitAnd, b.TypeOf(x), x, y) }

// BitOr is the bitwise disjunction of integers.
func (b *Builder) BitOr(x, y Value) Value { return b.op(BitOr, b.TypeOf(x), x, y) }

// BitXor is the bitwise exclusive or of integers.
func (b *Builder) BitXor(x, y Value) Value { return b.op(BitXor, b.TypeOf(x), x, y) }

// Math applies a compound function of one argument, Exp to Exprel.
func (b *Builder) Math(op Op, x Value) Value { return b.op(op, b.TypeOf(x), x) }

// Exp is e^x.
func (b *Builder) Exp(x Value) Value { return b.op(Exp, b.TypeOf(x), x) }

// Expm1 is e^x - 1.
func (b *Builder) Expm1(x Value) Value { return b.op(Expm1, b.TypeOf(x), x) }

// Log is the natural logarithm.
func (b *Builder) Log(x Value) Value { return b.op(Log, b.TypeOf(x), x) }

// Sin is the sine.
func (b *Builder) Sin(x Value) Value { return b.op(Sin, b.TypeOf(x), x) }

// Tanh is the hyperbolic tangent.
func (b *Builder) Tanh(x Value) Value { return b.op(Tanh, b.TypeOf(x), x) }

// Pow is x^y of floats.
func (b *Builder) Pow(x, y Value) Value { return b.op(Pow, b.TypeOf(x), x, y) }

// isProduct reports whether x^n of floats is within 2 ulp as a product of x, or of 1/x, as it stands.
func isProduct(n int64) bool { return n >= -2 && n <= 4 }

// PowInt is x^n for a literal n. Floats to small exponents are products by repeated squaring, others are Pow. Integers need
// n >= 0 and wrap.
func (b *Builder) PowInt(x Value, n int64) Value {
	t := b.TypeOf(x)
	switch {
	case t.IsInteger() && n < 0:
		panic("BUG: negative power of an integer")
	case n == 0 && t.IsInteger():
		return b.Int(t, 1)
	case n == 0:
		return b.FloatOf(t, 1)
	case t.IsFloat() && !isProduct(n):
		return b.Pow(x, b.FloatOf(t, float64(n)))
	case n < 0: // the power of 1/x reaches subnormal numbers, 1/x^n would be 0 before
		return b.product(b.Div(b.FloatOf(t, 1), x), -n)
	}
	return b.product(x, n)
}

// product multiplies n >= 1 factors x: left-to-right binary powering.
func (b *Builder) product(x Value, n int64) Value {
	result := x
	for bit := highestBit(n) >> 1; bit > 0; bit >>= 1 {
		result = b.Mul(result, result)
		if n&bit != 0 {
			result = b.Mul(result, x)
		}
	}
	return result
}
