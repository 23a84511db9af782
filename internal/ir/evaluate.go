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
		if argument == F32 {
			return narrow(I32, int64(canonical(F32, x))), true
		}
		return canonical(F64, x), true
	case FromBits:
		if argument == I32 {
			return uint64(uint32(x)), true
		}
		return x, true
	case Less, LessEqual, Equal, NotEqual:
		return pattern1(compare(op, argument, x, y)), true
	}
	if argument.IsFloat() {
		return evaluateFloat(op, argument, x, y, z)
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

// canonicalNaN and canonicalNaN32 are the patterns of every NaN that leaves a kernel.
const (
	canonicalNaN   = 0x7FF8000000000000
	canonicalNaN32 = 0x7FC00000
)

func canonical(t Type, x uint64) uint64 {
	if f := floatOf(t, x); f == f {
		return x
	}
	if t == F32 {
		return canonicalNaN32
	}
	return canonicalNaN
}

// floatOf is the float of a pattern of type F64 or F32.
func floatOf(t Type, pattern uint64) float64 {
	if t == F32 {
		return float64(math.Float32frombits(uint32(pattern)))
	}
	return math.Float64frombits(pattern)
}

// floatPattern is the pattern of a float in type F64 or, rounded, F32.
func floatPattern(t Type, x float64) uint64 {
	if t == F32 {
		return uint64(math.Float32bits(float32(x)))
	}
	return math.Float64bits(x)
}

func compare(op Op, argument Type, x, y uint64) bool {
	if argument.IsFloat() {
		return compareNumbers(op, floatOf(argument, x), floatOf(argument, y))
	}
	return compareNumbers(op, int64(x), int64(y))
}

func compareNumbers[T float64 | int64](op Op, a, b T) bool {
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
		if from.IsFloat() {
			return pattern1(floatOf(from, x) != 0)
		}
		return pattern1(x != 0)
	case F64, F32:
		switch {
		case from.IsFloat():
			return floatPattern(to, floatOf(from, x))
		case to == F32:
			return uint64(math.Float32bits(float32(int64(x)))) // rounded once
		}
		return math.Float64bits(float64(int64(x)))
	}
	if !from.IsFloat() {
		return narrow(to, int64(x))
	}
	f := math.Trunc(floatOf(from, x))
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

// evaluateFloat computes F32 in double precision and rounds: of sums, products, quotients
// and roots of F32 that is the same as rounding once, because 53 bits are more than
// twice 24 and two (Figueroa 1995). A fused multiply-add is another matter: [FMA32].
func evaluateFloat(op Op, t Type, x, y, z uint64) (uint64, bool) {
	sign := uint64(1) << 63
	if t == F32 {
		sign = 1 << 31
	}
	a, b := floatOf(t, x), floatOf(t, y)
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
		if t == F32 {
			r := FMA32(math.Float32frombits(uint32(x)), math.Float32frombits(uint32(y)), math.Float32frombits(uint32(z)))
			return uint64(math.Float32bits(r)), true
		}
		r = math.FMA(a, b, math.Float64frombits(z))
	case Neg:
		return x ^ sign, true
	case Abs:
		return x &^ sign, true
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
		return x&^sign | canonical(t, y)&sign, true
	case Scale:
		if t == F32 {
			return uint64(math.Float32bits(Scaled32(float32(a), float32(b)))), true
		}
		r = Scaled(a, b)
	default:
		return 0, false
	}
	return floatPattern(t, r), true
}

// FMA32 is x*y + z rounded once to F32. The product is exact in double precision, but its sum with z may not be.
func FMA32(x, y, z float32) float32 {
	sum := float64(float64(x)*float64(y)) + float64(z)
	if RoundsTwice(sum) {
		return fma32ToOdd(x, y, z)
	}
	return float32(sum)
}

// RoundsTwice reports whether rounding to F32 a sum that was rounded to double precision may differ from rounding the
// exact one: where it is the middle between two numbers of F32, which for normal results is a pattern of the 29 bits that F32
// lacks, and where the result may be subnormal.
func RoundsTwice(sum float64) bool {
	const (
		lacking  = 1<<29 - 1
		middle   = 1 << 28
		smallest = 0x381 << 52 // pattern of 2^-126
	)
	p := math.Float64bits(sum)
	return p&lacking == middle || p<<1 < smallest<<1
}

// fma32ToOdd rounds the sum to odd (Boldo and Melquiond 2008): where it is not exact, its last bit is set, which
// keeps the second rounding, to nearest, from being misled by a tie that is none.
func fma32ToOdd(x, y, z float32) float32 {
	product, addend := float64(x)*float64(y), float64(z)
	sum := product + addend
	fromAddend := sum - product
	lost := (product - (sum - fromAddend)) + (addend - fromAddend)
	pattern := math.Float64bits(sum)
	// lost is NaN where sum is not finite.
	if (lost < 0 || lost > 0) && pattern&1 == 0 {
		if (lost > 0) == (sum > 0) {
			pattern++
		} else {
			pattern--
		}
	}
	return float32(math.Float64frombits(pattern))
}

// Scaled is the operation [Scale]. The power is applied in two factors, of which the first is exact: products that are
// subnormal are made by the second.
func Scaled(x, n float64) float64 {
	const (
		shifter = 0x1.8p52 // leaves the integer in the low bits
		step    = 64
	)
	bias, second := uint64(1023-step)<<52, 0x1p64
	if n < 1 {
		bias, second = (1023+step)<<52, 0x1p-64
	}
	first := math.Float64frombits(math.Float64bits(n+shifter)<<52 + bias)
	return float64(x*first) * second
}

// Scaled32 is the operation [Scale] of F32: exact in double precision, then rounded.
func Scaled32(x, n float32) float32 {
	power := math.Float64frombits((math.Float64bits(float64(n)+0x1.8p52) + 1023) << 52)
	return float32(float64(x) * power)
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

// powerOfTwo reports whether a float is ±2^k and its reciprocal is exact.
func powerOfTwo(t Type, pattern uint64) bool {
	mantissa, exponents := 52, uint64(0x7FF)
	if t == F32 {
		mantissa, exponents = 23, 0xFF
	}
	exponent := pattern >> mantissa & exponents
	return bits.TrailingZeros64(pattern) >= mantissa && exponent > 0 && exponent < exponents-1
}
