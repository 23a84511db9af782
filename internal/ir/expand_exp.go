package ir

import "math"

// ln 2 in two parts: the second continues the first. Products of the first
// with exponents of doubles are cancelled exactly by a fused operation.
const (
	log2e  = 0x1.71547652b82fep+0
	ln2    = 0x1.62e42fefa39efp-1
	ln2Low = 0x1.abc9e3b39803fp-56
)

// polynomial is the sum of coefficients[i] * x^i by Horner's rule, one fused
// operation per degree. It is the form with the fewest operations; executors
// find their parallelism across lanes.
func polynomial(b *Builder, x Value, coefficients []float64) Value {
	n := len(coefficients) - 1
	t := b.TypeOf(x)
	sum := b.FloatOf(t, coefficients[n])
	for n--; n >= 0; n-- {
		sum = b.FMA(sum, x, b.FloatOf(t, coefficients[n]))
	}
	return sum
}

// reduceExp gives the integral n and r, |r| <= ln2/2 and a little, with
// x = n*ln2 + r, for |x| < 1100.
func reduceExp(b *Builder, x Value) (n, r Value) {
	n, high := cutExp(b, x)
	return n, b.FMA(n, b.Float(-ln2Low), high)
}

// cutExp gives the integral n nearest to x/ln2 and, exactly, x - n*fl(ln2): both are multiples of 2^-53.
func cutExp(b *Builder, x Value) (n, high Value) {
	n = b.RoundEven(b.Mul(x, b.Float(log2e)))
	return n, b.FMA(n, b.Float(-ln2), x)
}

// twoToThe is 2^n for integral n from -1022 to 1023.
func twoToThe(b *Builder, n Value) Value {
	return b.FromBits(b.Shl(b.Add(b.Convert(n, I64), b.Int(I64, 1023)), b.Int(I64, 52)))
}

// expandExp: x is limited to where the result is neither 0 nor infinite, and
// little beyond; then exp(x) = 2^n * exp(r).
func expandExp(b *Builder, args []Value) Value {
	x := b.Clip(args[0], b.Float(-746), b.Float(710))
	n, r := reduceExp(b, x)
	return b.Scale(expOfReduced(b, r), n)
}

func expOfReduced(b *Builder, r Value) Value {
	one := b.Float(1)
	return b.FMA(b.FMA(polynomial(b, r, expTail[:]), r, one), r, one)
}

// shrunkExpm1 is 2^-64 (exp(x) - 1) for x from -45 to 752, where exp itself
// overflows. With r = high + low, exp(r) - 1 is q = high + tail, and the
// result is q*s + (s - 2^-64) for s = 2^(n-64). For n = 0 that is q; else s is
// so large beside q that the rounding of q hardly counts.
func shrunkExpm1(b *Builder, x Value) Value {
	n, high := cutExp(b, x)
	low := b.Mul(n, b.Float(-ln2Low))
	r := b.Add(high, low)
	tail := b.FMA(b.Mul(r, r), polynomial(b, r, expm1Tail[:]), low)
	s := b.FromBits(b.Shl(b.Add(b.Convert(n, I64), b.Int(I64, 1023-64)), b.Int(I64, 52)))
	return b.FMA(b.Add(high, tail), s, b.Sub(s, b.Float(0x1p-64)))
}

// isTiny reports where exp(x) - 1 is x, rounded, zeros of both signs included.
func isTiny(b *Builder, x Value) Value { return b.Less(b.Abs(x), b.Float(0x1p-54)) }

// Limits of the argument of shrunkExpm1: exp(x) - 1 is -1 to double precision below the first, and
// x/(exp(x) - 1) is zero above the second.
const (
	expm1Low  = -45
	expm1High = 752
)

func expandExpm1(b *Builder, args []Value) Value {
	x := b.Min(b.Float(expm1High), args[0])
	result := b.Mul(shrunkExpm1(b, b.Max(b.Float(expm1Low), x)), b.Float(0x1p64))
	return b.Select(isTiny(b, x), x, result)
}

// expandExprel divides before anything overflows: exprel is finite up to 716.3.
func expandExprel(b *Builder, args []Value) Value {
	x := b.Min(b.Float(expm1High), args[0])
	result := b.Div(shrunkExpm1(b, b.Max(b.Float(expm1Low), x)), b.Mul(x, b.Float(0x1p-64)))
	return b.Select(isTiny(b, x), b.Float(1), result)
}

func expandInvExprel(b *Builder, args []Value) Value {
	x := b.Min(b.Float(expm1High), args[0])
	result := b.Div(b.Mul(x, b.Float(0x1p-64)), shrunkExpm1(b, b.Max(b.Float(expm1Low), x)))
	return b.Select(isTiny(b, x), b.Float(1), result)
}

// hyperbolic is |x| = n*ln2 + r, limited, with integral n >= 0 and r in
// [0, ln2): s = sinh(r), c = cosh(r) - 1 and inverse = 2^-2n (from n = 60 on
// no smaller). With w± = (1 ± inverse)/2,
//
//	sinh(|x|)/2^n = cosh(r)*w- + s*w+
//	cosh(|x|)/2^n = cosh(r)*w+ + s*w-
//
// where nothing cancels, and for n = 0 they are sinh(r) and cosh(r) themselves.
type hyperbolic struct {
	n, s, c, inverse, plus, minus Value
}

func reduceHyperbolic(b *Builder, x Value, limit float64) hyperbolic {
	a := b.Min(b.Float(limit), b.Abs(x))
	n := b.Floor(b.Mul(a, b.Float(log2e)))
	r := b.FMA(n, b.Float(-ln2Low), b.FMA(n, b.Float(-ln2), a))
	z := b.Mul(r, r)
	s := b.FMA(b.Mul(z, polynomial(b, z, sinhTail[:])), r, r)
	c := b.Mul(z, polynomial(b, z, coshTail[:]))

	half := b.Float(0.5)
	m := b.Min(n, b.Float(60))
	inverse := twoToThe(b, b.Sub(b.Neg(m), m))
	plus, minus := b.FMA(inverse, half, half), b.FMA(inverse, b.Float(-0.5), half)
	return hyperbolic{n, s, c, inverse, plus, minus}
}

// sinh is sinh(|x|)/2^n.
func (h *hyperbolic) sinh(b *Builder) Value {
	return b.Add(h.minus, b.FMA(h.s, h.plus, b.Mul(h.c, h.minus)))
}

// cosh is cosh(x)/2^n.
func (h *hyperbolic) cosh(b *Builder) Value {
	return b.Add(h.plus, b.FMA(h.s, h.minus, b.Mul(h.c, h.plus)))
}

func expandSinh(b *Builder, args []Value) Value {
	h := reduceHyperbolic(b, args[0], 712)
	return b.CopySign(b.Scale(h.sinh(b), h.n), args[0])
}

func expandCosh(b *Builder, args []Value) Value {
	h := reduceHyperbolic(b, args[0], 712)
	return b.Scale(h.cosh(b), h.n)
}

// expandTanh is s - s*c/cosh for n = 0, else 1 - exp(-|x|)/cosh(x): what is
// subtracted is small, and so are its errors. Beyond 20, tanh is 1 in double
// precision.
func expandTanh(b *Builder, args []Value) Value {
	h := reduceHyperbolic(b, args[0], 20)
	one := b.Float(1)
	near := b.Less(h.n, one)
	fall := b.Mul(b.Add(b.Sub(one, h.s), h.c), h.inverse)
	base := b.Select(near, h.s, one)
	ratio := b.Div(b.Select(near, h.c, fall), h.cosh(b))
	return b.CopySign(b.FMA(b.Neg(base), ratio, base), args[0])
}

// inf is a literal.
func inf(b *Builder, sign int) Value { return b.Float(math.Inf(sign)) }

// nan is a literal.
func nan(b *Builder) Value { return b.constant(F64, canonicalNaN) }
