package ir

// pi/2 in three parts, each the next 53 bits.
const (
	halfPi    = 0x1.921fb54442d18p+0
	halfPiMid = 0x1.1a62633145c07p-54
	halfPiLow = -0x1.f1976b7ed8fbcp-110
	twoOverPi = 0x1.45f306dc9c883p-1
)

// TrigLimit bounds the arguments of sin, cos and tan: up to it the reduction
// is accurate, beyond it the result is NaN, which users are warned of,
// rather than a number without a correct digit.
const TrigLimit = 0x1p45

// quotientTrig gives n, a float, and its low bits q, and x - n*halfPi (Cody
// and Waite 1980, with fused operations: exact, because it is a multiple of
// 2^-53 below 1). Adding 1.5*2^52 rounds to an integer and leaves it in the
// low bits.
func quotientTrig(b *Builder, x Value) (n, q, r Value) {
	const shift = 0x1.8p52
	x = b.Select(b.LessEqual(b.Abs(x), b.Float(TrigLimit)), x, nan(b))
	shifted := b.FMA(x, b.Float(twoOverPi), b.Float(shift))
	n = b.Sub(shifted, b.Float(shift))
	return n, b.Bits(shifted), b.FMA(n, b.Float(-halfPi), x)
}

// reduceTrig gives r, |r| <= pi/4 and a little, and the integer q with
// x = q*pi/2 + r.
func reduceTrig(b *Builder, x Value) (q, r Value) {
	n, q, r := quotientTrig(b, x)
	r = b.FMA(n, b.Float(-halfPiMid), r)
	return q, b.FMA(n, b.Float(-halfPiLow), r)
}

// reduceTrigDouble is reduceTrig with r in two doubles.
func reduceTrigDouble(b *Builder, x Value) (q, r, low Value) {
	n, q, exact := quotientTrig(b, x)
	mid, rest := twoProduct(b, n, b.Float(-halfPiMid))
	r, lost := twoSum(b, exact, mid)
	r, low = fastTwoSum(b, r, b.Add(lost, b.FMA(n, b.Float(-halfPiLow), rest)))
	return q, r, low
}

// sinOfReduced is sin(r), z = r².
func sinOfReduced(b *Builder, r, z Value) Value {
	return b.FMA(b.Mul(r, z), polynomial(b, z, sinTail[:]), r)
}

// cosOfReduced is cos(r), z = r².
func cosOfReduced(b *Builder, z Value) Value {
	return b.FMA(cosFactor(b, z), z, b.Float(1))
}

// cosFactor is (cos(r) - 1)/r².
func cosFactor(b *Builder, z Value) Value {
	return b.FMA(polynomial(b, z, cosTail[:]), z, b.Float(-0.5))
}

// bit reports whether a bit (1 or 2) of q is set.
func bit(b *Builder, q Value, mask int64) Value {
	return b.NotEqual(b.BitAnd(q, b.Int(I64, mask)), b.Int(I64, 0))
}

// quadrant is the sine of q*pi/2 + r.
func quadrant(b *Builder, q, r Value) Value {
	z := b.Mul(r, r)
	result := b.Select(bit(b, q, 1), cosOfReduced(b, z), sinOfReduced(b, r, z))
	return b.Select(bit(b, q, 2), b.Neg(result), result)
}

func expandSin(b *Builder, args []Value) Value {
	x := args[0]
	q, r := reduceTrig(b, x)
	return b.Select(b.Equal(x, b.Float(0)), x, quadrant(b, q, r)) // for -0
}

func expandCos(b *Builder, args []Value) Value {
	q, r := reduceTrig(b, args[0])
	return quadrant(b, b.Add(q, b.Int(I64, 1)), r)
}

// expandTan divides sin by cos, or -cos by sin in odd quadrants, carrying what
// the rounding of r and of both lost into the quotient.
func expandTan(b *Builder, args []Value) Value {
	x, one := args[0], b.Float(1)
	q, r, low := reduceTrigDouble(b, x)
	z := b.Mul(r, r)
	tail := b.Mul(b.Mul(r, z), polynomial(b, z, sinTail[:]))
	sin, sinLow := fastTwoSum(b, r, tail)
	tail = b.Mul(cosFactor(b, z), z)
	cos, cosLow := fastTwoSum(b, one, tail)
	sinLow = b.FMA(low, cos, sinLow)
	cosLow = b.FMA(b.Neg(low), sin, cosLow)

	odd := bit(b, q, 1)
	top, topLow := b.Select(odd, b.Neg(cos), sin), b.Select(odd, b.Neg(cosLow), sinLow)
	bottom, bottomLow := b.Select(odd, sin, cos), b.Select(odd, sinLow, cosLow)
	inverse := b.Div(one, bottom)
	ratio := b.Mul(top, inverse)
	negative := b.Neg(ratio)
	rest := b.FMA(negative, bottomLow, b.Add(b.FMA(negative, bottom, top), topLow))
	return b.Select(b.Equal(x, b.Float(0)), x, b.FMA(rest, inverse, ratio))
}
