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
	n = b.RoundEven(b.Mul(x, b.Float(log2e)))
	r = b.FMA(n, b.Float(-ln2), x) // exact: both are multiples of 2^-53
	return n, b.FMA(n, b.Float(-ln2Low), r)
}

// scale is x * 2^n for integral |n| < 1150, rounded once, where x is normal
// and the result may be subnormal or overflow; for n < 1 any x will do. The
// power is applied in two factors, of which the first is exact.
func scale(b *Builder, x, n Value) Value {
	const step = 64
	small := b.Less(n, b.Float(1))
	bias := b.Select(small, b.Int(I64, (1023+step)<<52), b.Int(I64, (1023-step)<<52))
	first := b.FromBits(b.Add(b.Shl(b.Convert(n, I64), b.Int(I64, 52)), bias))
	second := b.Select(small, b.Float(0x1p-64), b.Float(0x1p64))
	return b.Mul(b.Mul(x, first), second)
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
	return scale(b, expOfReduced(b, r), n)
}

func expOfReduced(b *Builder, r Value) Value {
	one := b.Float(1)
	return b.FMA(b.FMA(polynomial(b, r, expTail[:]), r, one), r, one)
}

// expm1Parts gives n and d with exp(x) - 1 = 2^n * d, for x in [-745, 1000]:
// d is (1 - 2^-n) + (exp(r) - 1), where exp(r) - 1 = r + tail. For n = 0 the
// first is 0, so that nothing is lost near 0; else it is larger than r, and
// what their sum loses is added to the tail. From n = 60 on, 2^-n is below
// all rounding.
func expm1Parts(b *Builder, x Value) (n, d Value) {
	n, r := reduceExp(b, x)
	tail := b.Mul(b.Mul(r, r), polynomial(b, r, expm1Tail[:]))
	rest := b.Sub(b.Float(1), twoToThe(b, b.Neg(b.Min(n, b.Float(60)))))
	high, low := fastTwoSum(b, rest, r)
	return n, b.Add(high, b.Add(low, tail))
}

func expandExpm1(b *Builder, args []Value) Value {
	n, d := expm1Parts(b, b.Clip(args[0], b.Float(-45), b.Float(710)))
	return b.CopySign(scale(b, d, n), args[0]) // for -0
}

// expandExprel divides before it scales: exprel is finite up to 716.3, where
// exp has long overflowed.
func expandExprel(b *Builder, args []Value) Value {
	x := b.Min(b.Float(720), args[0])
	n, d := expm1Parts(b, b.Max(b.Float(-45), x))
	return b.Select(b.Equal(x, b.Float(0)), b.Float(1), scale(b, b.Div(d, x), n))
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
	return b.CopySign(scale(b, h.sinh(b), h.n), args[0])
}

func expandCosh(b *Builder, args []Value) Value {
	h := reduceHyperbolic(b, args[0], 712)
	return scale(b, h.cosh(b), h.n)
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
