package ir

import (
	"math"
	"math/big"
)

// The functions in 320 bits, written for clearness alone: argument reduction
// and Taylor series. They share nothing with the expansions.

const referenceBits = 320

func number(x float64) *big.Float { return new(big.Float).SetPrec(referenceBits).SetFloat64(x) }

func fresh() *big.Float                { return new(big.Float).SetPrec(referenceBits) }
func sum(a, b *big.Float) *big.Float   { return fresh().Add(a, b) }
func minus(a, b *big.Float) *big.Float { return fresh().Sub(a, b) }
func times(a, b *big.Float) *big.Float { return fresh().Mul(a, b) }
func over(a, b *big.Float) *big.Float  { return fresh().Quo(a, b) }
func root(a *big.Float) *big.Float     { return fresh().Sqrt(a) }
func shifted(a *big.Float, n int) *big.Float {
	return fresh().SetMantExp(a, n)
}

// series is first * (1 + q1 + q1*q2 + ...) with q_k = ratio(k) * step, until
// terms no longer count.
func series(first, step *big.Float, divisor func(k int64) int64) *big.Float {
	total, term := fresh().Set(first), fresh().Set(first)
	for k := int64(1); ; k++ {
		term.Mul(term, step)
		term.Quo(term, new(big.Float).SetInt64(divisor(k)))
		if term.Sign() == 0 || term.MantExp(nil) < total.MantExp(nil)-referenceBits {
			return total
		}
		total.Add(total, term)
	}
}

// reference holds the constants, made once per test run.
type reference struct {
	one, pi, ln2, ln10 *big.Float
}

func newReference() *reference {
	r := &reference{one: number(1)}
	// Machin: pi/4 = 4 arctan(1/5) - arctan(1/239)
	r.pi = shifted(minus(shifted(arctanSeries(over(r.one, number(5))), 2), arctanSeries(over(r.one, number(239)))), 2)
	// log 2 = 2 artanh(1/3); log 10 = 3 log 2 + 2 artanh(1/9)
	r.ln2 = shifted(artanhSeries(over(r.one, number(3))), 1)
	r.ln10 = sum(times(number(3), r.ln2), shifted(artanhSeries(over(r.one, number(9))), 1))
	return r
}

// powerSeries is x + s x³/3 + x⁵/5 + s x⁷/7 ... with s = 1 or -1.
func powerSeries(x *big.Float, s float64) *big.Float {
	square := times(times(x, x), number(s))
	total, power := fresh().Set(x), fresh().Set(x)
	for k := int64(3); ; k += 2 {
		power.Mul(power, square)
		term := over(power, new(big.Float).SetInt64(k))
		if term.Sign() == 0 || term.MantExp(nil) < total.MantExp(nil)-referenceBits {
			return total
		}
		total.Add(total, term)
	}
}

func arctanSeries(x *big.Float) *big.Float { return powerSeries(x, -1) }
func artanhSeries(x *big.Float) *big.Float { return powerSeries(x, 1) }

// exp limits its argument to where results are far out of double's range.
func (r *reference) exp(x *big.Float) *big.Float {
	f, _ := over(x, r.ln2).Float64()
	if math.Abs(f) > 5000 {
		return shifted(r.one, int(math.Copysign(5000, f)))
	}
	n := math.RoundToEven(f)
	const halvings = 10
	y := shifted(minus(x, times(number(n), r.ln2)), -halvings)
	y = series(r.one, y, func(k int64) int64 { return k })
	for range halvings {
		y.Mul(y, y)
	}
	return shifted(y, int(n))
}

func (r *reference) expm1(x *big.Float) *big.Float {
	if x.Sign() != 0 && x.MantExp(nil) < -5 {
		return series(x, x, func(k int64) int64 { return k + 1 })
	}
	return minus(r.exp(x), r.one)
}

func (r *reference) exprel(x *big.Float) *big.Float { return over(r.expm1(x), x) }

func (r *reference) invExprel(x *big.Float) *big.Float { return over(x, r.expm1(x)) }

// log brings x near 1 by a power of two, then takes square roots.
func (r *reference) log(x *big.Float) *big.Float {
	if x.Sign() <= 0 {
		panic("BUG: reference logarithm of what is not positive")
	}
	n := x.MantExp(nil)
	y := shifted(x, -n)
	if f, _ := y.Float64(); f < math.Sqrt2/2 {
		y, n = shifted(y, 1), n-1
	}
	return sum(r.logNear1(minus(y, r.one)), times(number(float64(n)), r.ln2))
}

// logNear1 is log(1+d) = 2 artanh(d/(2+d)).
func (r *reference) logNear1(d *big.Float) *big.Float {
	return shifted(artanhSeries(over(d, sum(d, number(2)))), 1)
}

func (r *reference) log1p(x *big.Float) *big.Float {
	if x.Sign() == 0 || x.MantExp(nil) < -2 {
		return r.logNear1(x)
	}
	return r.log(sum(x, r.one))
}

func (r *reference) log10(x *big.Float) *big.Float { return over(r.log(x), r.ln10) }

// circle is sin(x + quarters*pi/2).
func (r *reference) circle(x *big.Float, quarters int64) *big.Float {
	halfPi := shifted(r.pi, -1)
	f, _ := over(x, halfPi).Float64()
	n := int64(math.RoundToEven(f))
	y := minus(x, times(new(big.Float).SetInt64(n), halfPi))
	square := times(y, y)
	square.Neg(square)
	n += quarters
	var result *big.Float
	if n&1 == 0 {
		result = series(y, square, func(k int64) int64 { return 2 * k * (2*k + 1) })
	} else {
		result = series(r.one, square, func(k int64) int64 { return 2 * k * (2*k - 1) })
	}
	if n&2 != 0 {
		result.Neg(result)
	}
	return result
}

func (r *reference) sin(x *big.Float) *big.Float { return r.circle(x, 0) }
func (r *reference) cos(x *big.Float) *big.Float { return r.circle(x, 1) }
func (r *reference) tan(x *big.Float) *big.Float { return over(r.sin(x), r.cos(x)) }

func (r *reference) sinh(x *big.Float) *big.Float {
	e := r.expm1(fresh().Abs(x))
	y := shifted(sum(e, over(e, sum(e, r.one))), -1)
	if x.Sign() < 0 {
		y.Neg(y)
	}
	return y
}

func (r *reference) cosh(x *big.Float) *big.Float {
	e := r.exp(x)
	return shifted(sum(e, over(r.one, e)), -1)
}

func (r *reference) tanh(x *big.Float) *big.Float {
	e := r.expm1(shifted(x, 1))
	return over(e, sum(e, number(2)))
}

// arctan halves the angle four times.
func (r *reference) arctan(x *big.Float) *big.Float {
	y := fresh().Abs(x)
	far := y.Cmp(r.one) > 0
	if far {
		y = over(r.one, y)
	}
	const halvings = 4
	for range halvings {
		y = over(y, sum(r.one, root(sum(r.one, times(y, y)))))
	}
	y = shifted(arctanSeries(y), halvings)
	if far {
		y = minus(shifted(r.pi, -1), y)
	}
	if x.Sign() < 0 {
		y.Neg(y)
	}
	return y
}

func (r *reference) arcsin(x *big.Float) *big.Float {
	cos := root(times(minus(r.one, x), sum(r.one, x)))
	if cos.Sign() == 0 {
		y := shifted(r.pi, -1)
		if x.Sign() < 0 {
			y.Neg(y)
		}
		return y
	}
	return r.arctan(over(x, cos))
}

func (r *reference) arccos(x *big.Float) *big.Float {
	if x.Cmp(number(-1)) == 0 {
		return r.pi
	}
	return shifted(r.arctan(root(over(minus(r.one, x), sum(r.one, x)))), 1)
}

func (r *reference) pow(x, y *big.Float) *big.Float { return r.exp(times(y, r.log(x))) }

// ulps is the distance of got from the exact value in units of the spacing of
// doubles at the exact value. A got of infinity counts as 2^1024.
func ulps(got float64, exact *big.Float) float64 {
	if math.IsNaN(got) {
		return math.Inf(1)
	}
	spacing := -1074
	if exact.Sign() != 0 {
		spacing = max(exact.MantExp(nil)-53, spacing)
	}
	// From 2^1024 on, the spacing is that below it.
	spacing = min(spacing, 1024-53)
	g := number(1)
	switch {
	case math.IsInf(got, 0):
		g.SetMantExp(g, 1024)
		if got < 0 {
			g.Neg(g)
		}
		if e := fresh().Abs(exact); e.Cmp(fresh().Abs(g)) >= 0 && exact.Sign() == g.Sign() {
			return 0
		}
	default:
		g = number(got)
	}
	e, _ := shifted(minus(g, exact), -spacing).Float64()
	return math.Abs(e)
}
