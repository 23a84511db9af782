package ir

import (
	"math"
	"math/bits"
)

// reduceLog gives the integral k and m in [sqrt(1/2), sqrt(2)) with
// x = 2^k * m, for positive, finite, normal x. Of other x the result is
// meaningless and finite.
func reduceLog(b *Builder, x Value) (k, m Value) {
	const rootHalf = 0x3FE6A09E667F3BCD // pattern of sqrt(1/2)
	bits := b.Bits(x)
	exponent := b.ShrArithmetic(b.Sub(bits, b.Int(I64, rootHalf)), b.Int(I64, 52))
	m = b.FromBits(b.Sub(bits, b.Shl(exponent, b.Int(I64, 52))))
	return b.Convert(exponent, F64), m
}

// reduceLogAny is reduceLog for subnormal x too.
func reduceLogAny(b *Builder, x Value) (k, m Value) {
	subnormal := b.Less(x, b.Float(0x1p-1022))
	k, m = reduceLog(b, b.Select(subnormal, b.Mul(x, b.Float(0x1p54)), x))
	return b.Add(k, b.Select(subnormal, b.Float(-54), b.Float(0))), m
}

// logOfReduced is k*ln2 + log(1 + f) + tail for f in [sqrt(1/2)-1, sqrt(2)-1]
// and a small tail. With s = f/(2+f), log(1+f) = 2s + s^3*P(s^2), and because
// 2s = f - f*s the leading terms are written f - (f²/2 - s*(f²/2 + s²*P)),
// as in fdlibm (Sun Microsystems 1993, e_log.c): what is rounded is small.
func logOfReduced(b *Builder, k, f, tail Value) Value {
	s := b.Div(f, b.Add(b.Float(2), f))
	z := b.Mul(s, s)
	half := b.Mul(b.Mul(f, f), b.Float(0.5))
	series := b.FMA(z, polynomial(b, z, logTail[:]), half)
	small := b.FMA(s, series, b.FMA(k, b.Float(ln2Low), tail))
	return b.FMA(k, b.Float(ln2), b.Sub(f, b.Sub(half, small)))
}

// logEdges replaces result, a logarithm of 1+x or of x (origin -1 or 0),
// where x is not a positive finite distance above the origin.
func logEdges(b *Builder, x, result Value, origin float64) Value {
	t := b.TypeOf(x)
	zero := b.FloatOf(t, origin)
	result = b.Select(b.Less(x, b.FloatOf(t, math.Inf(1))), result, x) // NaN and infinity
	result = b.Select(b.Equal(x, zero), b.FloatOf(t, math.Inf(-1)), result)
	return b.Select(b.Less(x, zero), b.FloatOf(t, math.NaN()), result)
}

func expandLog(b *Builder, args []Value) Value {
	k, m := reduceLogAny(b, args[0])
	return logEdges(b, args[0], logOfReduced(b, k, b.Sub(m, b.Float(1)), b.Float(0)), 0)
}

// expandLog1p reduces u = 1+x and repairs the rounding error e of that sum:
// log(u+e) = log(u) + e/u, and 1/m is close enough to 1-f for m = 1+f.
func expandLog1p(b *Builder, args []Value) Value {
	x, one := args[0], b.Float(1)
	u, e := twoSum(b, one, x)
	k, m := reduceLog(b, u)
	f := b.Sub(m, one)
	e = b.Mul(e, twoToThe(b, b.Neg(b.Min(k, b.Float(1022)))))
	result := logOfReduced(b, k, f, b.FMA(b.Neg(e), f, e))
	return b.CopySign(logEdges(b, x, result, -1), x) // for -0; a NaN stays one
}

// twoSum is x + y rounded and, exactly, what the rounding lost (Knuth).
func twoSum(b *Builder, x, y Value) (sum, lost Value) {
	sum = b.Add(x, y)
	fromY := b.Sub(sum, x)
	return sum, b.Add(b.Sub(x, b.Sub(sum, fromY)), b.Sub(y, fromY))
}

// fastTwoSum is twoSum where |x| >= |y| or x is 0 (Dekker).
func fastTwoSum(b *Builder, x, y Value) (sum, lost Value) {
	sum = b.Add(x, y)
	return sum, b.Sub(y, b.Sub(sum, x))
}

// twoProduct is x * y rounded and, exactly, what the rounding lost.
func twoProduct(b *Builder, x, y Value) (product, lost Value) {
	product = b.Mul(x, y)
	return product, b.FMA(x, y, b.Neg(product))
}

// logDouble is log(x) as a sum of two doubles with a relative error near
// 2^-65, for positive finite x: 2s + (2/3)s³ + s⁵*P(s²) with s = f/(2+f),
// where s and the first two terms carry a second double.
func logDouble(b *Builder, x Value) (high, low Value) {
	const (
		ln2High    = 0x1.62e42fefa3800p-1 // 42 bits: exact times any exponent
		ln2Rest    = 0x1.ef35793c76730p-45
		twoThirds  = 0x1.5555555555555p-1
		twoThirds2 = 0x1.5555555555555p-55
	)
	two := b.Float(2)
	k, m := reduceLogAny(b, x)
	f := b.Sub(m, b.Float(1))

	d, dLow := fastTwoSum(b, two, f)
	inverse := b.Div(b.Float(1), d)
	s := b.Mul(f, inverse)
	remainder := b.FMA(b.Neg(s), dLow, b.FMA(b.Neg(s), d, f))
	sLow := b.Mul(remainder, inverse)

	z, zLow := twoProduct(b, s, s)
	zLow = b.FMA(b.Add(s, s), sLow, zLow)
	p, pLow := fastTwoSum(b, b.Float(twoThirds), b.Mul(z, polynomial(b, z, logFarTail[:])))
	pLow = b.Add(pLow, b.Float(twoThirds2))
	q, qLow := twoProduct(b, z, p)
	qLow = b.FMA(zLow, p, b.FMA(z, pLow, qLow))
	t, tLow := twoProduct(b, s, q)
	tLow = b.FMA(sLow, q, b.FMA(s, qLow, tLow))

	high, lost := fastTwoSum(b, b.Mul(k, b.Float(ln2High)), b.Mul(s, two))
	high, lost2 := fastTwoSum(b, high, t)
	low = b.Add(tLow, b.FMA(two, sLow, b.Mul(k, b.Float(ln2Rest))))
	return fastTwoSum(b, high, b.Add(low, b.Add(lost, lost2)))
}

// expandLog10 multiplies the double-length logarithm, so that powers of ten
// have integral results.
func expandLog10(b *Builder, args []Value) Value {
	const (
		log10e    = 0x1.bcb7b1526e50ep-2
		log10eLow = 0x1.95355baaafad3p-57
	)
	high, low := logDouble(b, args[0])
	product, lost := twoProduct(b, high, b.Float(log10e))
	lost = b.FMA(low, b.Float(log10e), b.FMA(high, b.Float(log10eLow), lost))
	return logEdges(b, args[0], b.Add(product, lost), 0)
}

// expandPow is exp(y*log|x|) with the product in two doubles, the sign of an
// odd integral power, and the edges of C's pow (C17 F.10.4.4).
func expandPow(b *Builder, args []Value) Value {
	x, y := args[0], args[1]
	zero, one := b.Float(0), b.Float(1)
	a := b.Abs(x)
	if b.isFloat(y, 0.5) {
		// The root itself, better rounded and cheaper; +0 of -0, and infinity of -infinity.
		return b.Select(b.Equal(a, inf(b, 1)), a, b.Sqrt(b.Add(x, zero)))
	}
	if pattern, ok := b.literal(y); ok {
		switch n, ok := smallInteger(floatOf(F64, pattern)); {
		case ok && isProduct(n):
			return b.PowInt(x, n)
		case ok:
			return doubleProduct(b, x, n)
		}
	}

	// |log a| >= 2^-53 unless a is 1, so beyond 2^70 only the sign of y
	// matters; the limit keeps the product finite.
	high, low := logDouble(b, a)
	limited := b.Clip(y, b.Float(-0x1p70), b.Float(0x1p70))
	p, pLow := twoProduct(b, limited, high)
	pLow = b.FMA(limited, low, pLow)
	p = b.Clip(p, b.Float(-748), b.Float(712))
	pLow = b.Clip(pLow, b.Float(-1), one) // matters where p was clipped only
	n := b.RoundEven(b.Mul(p, b.Float(log2e)))
	r := b.Add(b.FMA(n, b.Float(-ln2), p), b.FMA(n, b.Float(-ln2Low), pLow))
	result := b.Scale(expOfReduced(b, r), n)

	isInf := b.Equal(a, inf(b, 1))
	grows := b.Xor(b.Less(y, zero), isInf)
	result = b.Select(b.Or(isInf, b.Equal(a, zero)), b.Select(grows, inf(b, 1), zero), result)

	half := b.Mul(y, b.Float(0.5))
	integral := b.Equal(b.Floor(y), y)
	odd := b.And(integral, b.NotEqual(b.Floor(half), half))
	result = b.Select(odd, b.CopySign(result, x), result)
	rootOfNegative := b.And(b.Less(x, zero), b.And(b.Not(integral), b.Not(isInf)))
	isNaN := b.Or(b.NotEqual(x, x), b.NotEqual(y, y))
	result = b.Select(b.Or(rootOfNegative, isNaN), nan(b), result)
	return b.Select(b.Or(b.Equal(y, zero), b.Equal(x, one)), one, result)
}

// smallInteger returns a float as an integer, if it is one of magnitude up to 8.
func smallInteger(x float64) (n int64, ok bool) {
	return int64(x), x == math.Trunc(x) && math.Abs(x) <= 8
}

// doubleProduct is x^n, n beyond isProduct, as a product of n factors x, or -n factors 1/x, in two doubles: what each multiplication loses
// is carried along (Dekker). Where that is no number, at 0 and beyond the largest number, the product itself is right.
func doubleProduct(b *Builder, x Value, n int64) Value {
	high, low := x, NoValue
	if n < 0 {
		n = -n
		high = b.Div(b.Float(1), x)
		low = b.Mul(b.FMA(b.Neg(x), high, b.Float(1)), high)
	}
	and := func(z, y, factor Value) Value { // z + y*factor, y small or absent
		if y == NoValue {
			return z
		}
		return b.FMA(y, factor, z)
	}
	result, rest := high, low
	for bit := highestBit(n) >> 1; bit > 0; bit >>= 1 {
		square, lost := twoProduct(b, result, result)
		result, rest = square, and(lost, rest, b.Add(result, result))
		if n&bit != 0 {
			longer, lost := twoProduct(b, result, high)
			result, rest = longer, b.FMA(rest, high, and(lost, low, result))
		}
	}
	whole := b.Add(result, rest)
	return b.Select(b.Equal(whole, whole), whole, result)
}

// highestBit is the largest power of 2 that is not above n.
func highestBit(n int64) int64 { return 1 << (bits.Len64(uint64(n)) - 1) }
