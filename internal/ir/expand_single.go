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

func expOfReduced32(b *Builder, r Value) Value {
	one := b.FloatOf(F32, 1)
	return b.FMA(b.FMA(polynomial(b, r, expTail32[:]), r, one), r, one)
}

func expandExp32(b *Builder, x Value) Value {
	n, r := reduceExp32(b, b.Clip(x, b.FloatOf(F32, -104), b.FloatOf(F32, 89)))
	return b.Scale(expOfReduced32(b, r), n)
}

// Limits of the argument of shrunkExpm132, as in F64.
const (
	expm1Low32  = -18
	expm1High32 = 110
)

// shrunkExpm132 is [shrunkExpm1] in F32, for x from -18 to 110, and smaller by 2^-40.
func shrunkExpm132(b *Builder, x Value) Value {
	n := b.RoundEven(b.Mul(x, b.FloatOf(F32, log2e32)))
	high := b.FMA(n, b.FloatOf(F32, -ln2of32), x)
	low := b.Mul(n, b.FloatOf(F32, -ln2Low32))
	r := b.Add(high, low)
	tail := b.FMA(b.Mul(r, r), polynomial(b, r, expm1Tail32[:]), low)
	s := b.Scale(b.FloatOf(F32, 0x1p-40), n)
	return b.FMA(b.Add(high, tail), s, b.Sub(s, b.FloatOf(F32, 0x1p-40)))
}

// isTiny32 reports where exp(x) - 1 is x, rounded, zeros of both signs included.
func isTiny32(b *Builder, x Value) Value { return b.Less(b.Abs(x), b.FloatOf(F32, 0x1p-25)) }

func expandExpm132(b *Builder, x Value) Value {
	x = b.Min(b.FloatOf(F32, expm1High32), x)
	result := b.Mul(shrunkExpm132(b, b.Max(b.FloatOf(F32, expm1Low32), x)), b.FloatOf(F32, 0x1p40))
	return b.Select(isTiny32(b, x), x, result)
}

func expandExprel32(b *Builder, x Value) Value {
	x = b.Min(b.FloatOf(F32, expm1High32), x)
	result := b.Div(shrunkExpm132(b, b.Max(b.FloatOf(F32, expm1Low32), x)), b.Mul(x, b.FloatOf(F32, 0x1p-40)))
	return b.Select(isTiny32(b, x), b.FloatOf(F32, 1), result)
}

func expandInvExprel32(b *Builder, x Value) Value {
	x = b.Min(b.FloatOf(F32, expm1High32), x)
	result := b.Div(b.Mul(x, b.FloatOf(F32, 0x1p-40)), shrunkExpm132(b, b.Max(b.FloatOf(F32, expm1Low32), x)))
	return b.Select(isTiny32(b, x), b.FloatOf(F32, 1), result)
}

// expandTanh32 is a polynomial up to 0.4, where rounding e^2x - 1 would be seen; beyond, 1 - 2/(e^2x + 1).
// Beyond 10, tanh is 1 in single precision.
func expandTanh32(b *Builder, x Value) Value {
	one, two := b.FloatOf(F32, 1), b.FloatOf(F32, 2)
	a := b.Min(b.FloatOf(F32, 10), b.Abs(x))
	z := b.Mul(a, a)
	near := b.FMA(b.Mul(a, z), polynomial(b, z, tanhTail32[:]), a)
	n, r := reduceExp32(b, b.Mul(a, two))
	e := b.Scale(expOfReduced32(b, r), n)
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
