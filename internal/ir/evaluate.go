package ir

import (
	"math"
	"math/bits"
)

// Evaluate is the definition of every basic operation that has neither
// memory nor lanes: it computes the instruction's result from its arguments,
// all as patterns (see Instr.Imm). argument is the type of the first
// argument. Folding uses it, executors use it for values that all lanes share,
// and it is what their loops are compared with. ok is false for other operations.
func Evaluate(op Op, result, argument Type, x, y, z uint64) (pattern uint64, ok bool) {
	switch op {
	case And:
		return x & y, true
	case Or:
		return x | y, true
	case Xor:
		return x ^ y, true
	case Not:
		return x ^ 1, true
	case Select:
		if x != 0 {
			return y, true
		}
		return z, true
	case Convert:
		return convert(x, argument, result), true
	case Bits:
		return canonical(x), true
	case FromBits:
		return x, true
	case Less, LessEqual, Equal, NotEqual:
		return pattern1(compare(op, argument, x, y)), true
	}
	if argument == F64 {
		return evaluateFloat(op, x, y, z)
	}
	if argument.IsInteger() {
		return evaluateInteger(op, argument, int64(x), int64(y))
	}
	return 0, false
}

func pattern1(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// canonicalNaN is the pattern of every NaN that leaves a kernel.
const canonicalNaN = 0x7FF8000000000000

func canonical(x uint64) uint64 {
	if f := math.Float64frombits(x); f != f {
		return canonicalNaN
	}
	return x
}

func compare(op Op, argument Type, x, y uint64) bool {
	if argument == F64 {
		a, b := math.Float64frombits(x), math.Float64frombits(y)
		switch op {
		case Less:
			return a < b
		case LessEqual:
			return a <= b
		case Equal:
			return a == b
		}
		return a != b
	}
	a, b := int64(x), int64(y)
	switch op {
	case Less:
		return a < b
	case LessEqual:
		return a <= b
	case Equal:
		return a == b
	}
	return a != b
}

func convert(x uint64, from, to Type) uint64 {
	switch to {
	case Bool:
		if from == F64 {
			return pattern1(math.Float64frombits(x) != 0)
		}
		return pattern1(x != 0)
	case F64:
		if from == F64 {
			return x
		}
		return math.Float64bits(float64(int64(x)))
	}
	if from != F64 {
		return narrow(to, int64(x))
	}
	f := math.Trunc(math.Float64frombits(x))
	if to == I32 {
		if f >= math.MinInt32 && f <= math.MaxInt32 {
			return uint64(int64(f))
		}
		return narrow(I32, math.MinInt32)
	}
	if f >= -0x1p63 && f < 0x1p63 {
		return uint64(int64(f))
	}
	return 1 << 63
}

// narrow keeps what fits the integer type, sign-extended.
func narrow(t Type, x int64) uint64 {
	if t == I32 {
		return uint64(int64(int32(x)))
	}
	return uint64(x)
}

func evaluateFloat(op Op, x, y, z uint64) (uint64, bool) {
	a, b, c := math.Float64frombits(x), math.Float64frombits(y), math.Float64frombits(z)
	var r float64
	switch op {
	case Add:
		r = a + b
	case Sub:
		r = a - b
	case Mul:
		r = a * b
	case Div:
		r = a / b
	case FMA:
		r = math.FMA(a, b, c)
	case Neg:
		return x ^ 1<<63, true
	case Abs:
		return x &^ (1 << 63), true
	case Sqrt:
		r = math.Sqrt(a)
	case Floor:
		r = math.Floor(a)
	case Ceil:
		r = math.Ceil(a)
	case Trunc:
		r = math.Trunc(a)
	case RoundEven:
		r = math.RoundToEven(a)
	case Min:
		if a < b {
			return x, true
		}
		return y, true
	case Max:
		if a > b {
			return x, true
		}
		return y, true
	case CopySign:
		return x&^(1<<63) | canonical(y)&(1<<63), true
	default:
		return 0, false
	}
	return math.Float64bits(r), true
}

func evaluateInteger(op Op, t Type, a, b int64) (uint64, bool) {
	width := int64(64)
	if t == I32 {
		width = 32
	}
	var r int64
	switch op {
	case Add:
		r = a + b
	case Sub:
		r = a - b
	case Mul:
		r = a * b
	case FloorDiv:
		r, _ = floorDivMod(a, b)
	case Mod:
		_, r = floorDivMod(a, b)
	case Neg:
		r = -a
	case Abs:
		r = max(a, -a)
		if a == math.MinInt64 {
			r = a
		}
	case Min:
		r = min(a, b)
	case Max:
		r = max(a, b)
	case Shl:
		r = a << uint(b&(width-1))
	case ShrLogical:
		if t == I32 {
			r = int64(uint32(a) >> uint(b&31))
		} else {
			r = int64(uint64(a) >> uint(b&63))
		}
	case ShrArithmetic:
		r = a >> uint(b&(width-1))
	case BitAnd:
		r = a & b
	case BitOr:
		r = a | b
	case BitXor:
		r = a ^ b
	default:
		return 0, false
	}
	return narrow(t, r), true
}

// floorDivMod is Python's divmod; by zero both are zero.
func floorDivMod(a, b int64) (quotient, remainder int64) {
	if b == 0 {
		return 0, 0
	}
	quotient, remainder = a/b, a%b
	if remainder != 0 && (remainder < 0) != (b < 0) {
		quotient--
		remainder += b
	}
	return quotient, remainder
}

// powerOfTwo reports whether x is ±2^k and 1/x is exact.
func powerOfTwo(x float64) bool {
	pattern := math.Float64bits(x)
	exponent := pattern >> 52 & 0x7FF
	return bits.TrailingZeros64(pattern) >= 52 && exponent > 0 && exponent < 2046
}
