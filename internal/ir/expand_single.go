package ir

import "math"

// The functions of F32. What models use in every step is written in F32, with the
// methods of the F64 expansions and shorter polynomials. The rest is computed in F64 and
// rounded, which is correctly rounded save near ties.

// ln 2 in two parts of 24 bits, the second continuing the first.
const (
	log2e32  = 0x1.715476p+0
	ln2of32  = 0x1.62e43p-1
	ln2Low32 = -0x1.05c61p-29
)

// expandSingle writes out a compound operation on F32.
func (b *Builder) expandSingle(op Op, args []Value) Value {
	switch op {
	case Exp:
		return expandExp32(b, args[0])
	case Expm1:
		return expandExpm132(b, args[0])
	case Exprel:
		return expandExprel32(b, args[0])
	case InvExprel:
		return expandInvExprel32(b, args[0])
	case Log:
		return expandLog32(b, args[0])
	case Tanh:
		return expandTanh32(b, args[0])
	}
	if op == Pow && b.isFloat(args[1], 0.5) {
		a, infinity := b.Abs(args[0]), b.FloatOf(F32, math.Inf(1))
		return b.Select(b.Equal(a, infinity), a, b.Sqrt(b.Add(args[0], b.FloatOf(F32, 0))))
	}
	var wide [2]Value
	for j, a := range args {
		wide[j] = b.fold(Instr{Op: Convert, Type: F64, Args: [3]Value{a, NoValue, NoValue}, Var: NoVar})
	}
	return b.Convert(b.op(op, F64, wide[:len(args)]...), F32)
}

// reduceExp32 gives the integral n and r, |r| <= ln2/2 and a little, with
// x = n*ln2 + r, for |x| < 200.
func reduceExp32(b *Builder, x Value) (n, r Value) {
	n = b.RoundEven(b.Mul(x, b.FloatOf(F32, log2e32)))
	r = b.FMA(n, b.FloatOf(F32, -ln2of32), x)
	return n, b.FMA(n, b.FloatOf(F32, -ln2Low32), r)
}

// scale32 is x * 2^n for integral |n| < 180, rounded once, as [Scaled] is in F64.
func scale32(b *Builder, x, n Value) Value {
	const step = 64
	small := b.Less(n, b.FloatOf(F32, 1))
	bias := b.Select(small, b.Int(I32, (127+step)<<23), b.Int(I32, (127-step)<<23))
	first := b.FromBits(b.Add(b.Shl(b.Convert(n, I32), b.Int(I32, 23)), bias))
	second := b.Select(small, b.FloatOf(F32, 0x1p-64), b.FloatOf(F32, 0x1p64))
	return b.Mul(b.Mul(x, first), second)
}

// twoToThe32 is 2^n for integral n from -126 to 127.
func twoToThe32(b *Builder, n Value) Value {
	return b.FromBits(b.Shl(b.Add(b.Convert(n, I32), b.Int(I32, 127)), b.Int(I32, 23)))
}

func expOfReduced32(b *Builder, r Value) Value {
	one := b.FloatOf(F32, 1)
	return b.FMA(b.FMA(polynomial(b, r, expTail32[:]), r, one), r, one)
}

func expandExp32(b *Builder, x Value) Value {
	n, r := reduceExp32(b, b.Clip(x, b.FloatOf(F32, -104), b.FloatOf(F32, 89)))
	return scale32(b, expOfReduced32(b, r), n)
}

// expm1Parts32 gives n and d with exp(x) - 1 = 2^n * d, for x in [-21, 110]:
// d is (1 - 2^-n) + (exp(r) - 1), where exp(r) - 1 = r + tail. For n = 0 the
// first is 0, so that nothing is lost near 0; else it is larger than r, and
// what their sum loses is added to the tail. From n = 30 on, 2^-n is below
// all rounding.
func expm1Parts32(b *Builder, x Value) (n, d Value) {
	n, r := reduceExp32(b, x)
	tail := b.Mul(b.Mul(r, r), polynomial(b, r, expm1Tail32[:]))
	rest := b.Sub(b.FloatOf(F32, 1), twoToThe32(b, b.Neg(b.Min(n, b.FloatOf(F32, 30)))))
	high, low := fastTwoSum(b, rest, r)
	return n, b.Add(high, b.Add(low, tail))
}

func expandExpm132(b *Builder, x Value) Value {
	n, d := expm1Parts32(b, b.Clip(x, b.FloatOf(F32, -18), b.FloatOf(F32, 89)))
	return b.CopySign(scale32(b, d, n), x) // for -0
}

func expandExprel32(b *Builder, x Value) Value {
	x = b.Min(b.FloatOf(F32, 95), x)
	n, d := expm1Parts32(b, b.Max(b.FloatOf(F32, -18), x))
	return b.Select(b.Equal(x, b.FloatOf(F32, 0)), b.FloatOf(F32, 1), scale32(b, b.Div(d, x), n))
}

// expandInvExprel32 is zero from 107 on.
func expandInvExprel32(b *Builder, x Value) Value {
	x = b.Min(b.FloatOf(F32, 110), x)
	n, d := expm1Parts32(b, b.Max(b.FloatOf(F32, -18), x))
	return b.Select(b.Equal(x, b.FloatOf(F32, 0)), b.FloatOf(F32, 1), scale32(b, b.Div(x, d), b.Neg(n)))
}

// expandTanh32 is a polynomial up to 0.4, where rounding e^2x - 1 would be seen; beyond, 1 - 2/(e^2x + 1).
// Beyond 10, tanh is 1 in single precision.
func expandTanh32(b *Builder, x Value) Value {
	one, two := b.FloatOf(F32, 1), b.FloatOf(F32, 2)
	a := b.Min(b.FloatOf(F32, 10), b.Abs(x))
	z := b.Mul(a, a)
	near := b.FMA(b.Mul(a, z), polynomial(b, z, tanhTail32[:]), a)
	n, r := reduceExp32(b, b.Mul(a, two))
	e := b.Mul(expOfReduced32(b, r), twoToThe32(b, n))
	far := b.Sub(one, b.Div(two, b.Add(e, one)))
	return b.CopySign(b.Select(b.Less(a, b.FloatOf(F32, 0.4)), near, far), x)
}

// expandLog32 has the reduction and the leading terms of [logOfReduced].
func expandLog32(b *Builder, x Value) Value {
	const rootHalf = 0x3F3504F3 // pattern of sqrt(1/2)
	subnormal := b.Less(x, b.FloatOf(F32, 0x1p-126))
	pattern := b.Bits(b.Select(subnormal, b.Mul(x, b.FloatOf(F32, 0x1p25)), x))
	exponent := b.ShrArithmetic(b.Sub(pattern, b.Int(I32, rootHalf)), b.Int(I32, 23))
	m := b.FromBits(b.Sub(pattern, b.Shl(exponent, b.Int(I32, 23))))
	k := b.Add(b.Convert(exponent, F32), b.Select(subnormal, b.FloatOf(F32, -25), b.FloatOf(F32, 0)))

	f := b.Sub(m, b.FloatOf(F32, 1))
	s := b.Div(f, b.Add(b.FloatOf(F32, 2), f))
	z := b.Mul(s, s)
	half := b.Mul(b.Mul(f, f), b.FloatOf(F32, 0.5))
	series := b.FMA(z, polynomial(b, z, logTail32[:]), half)
	small := b.FMA(s, series, b.Mul(k, b.FloatOf(F32, ln2Low32)))
	return logEdges(b, x, b.FMA(k, b.FloatOf(F32, ln2of32), b.Sub(f, b.Sub(half, small))), 0)
}
