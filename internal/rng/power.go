package rng

import "math"

// pow returns x**y for 0 <= x < ∞ and y > 0 with an error below two units in the last place. math.Pow loses
// hundreds of them for the exponents that small gamma and beta parameters lead to (1/shape), and then could
// not keep up with the C library's.
func pow(x, y float64) float64 {
	if x == 0 || x == 1 || math.IsInf(y, 0) || math.IsNaN(x) || math.IsNaN(y) {
		return math.Pow(x, y)
	}
	logHigh, logLow := logarithm(x)
	high := logHigh * y
	low := math.FMA(logHigh, y, -high) + float64(logLow*y)
	k := math.RoundToEven(high / math.Ln2)
	switch {
	case k > 1100:
		return math.Inf(1)
	case k < -1100:
		return 0
	}
	rest := math.FMA(-k, ln2High, high) // exact: ln2High has zeros enough at its end
	rest += low - float64(k*ln2Low)
	return math.Ldexp(math.Exp(rest), int(k))
}

// ln2High + ln2Low is log 2 to about 100 bits; ln2High ends in 21 zero bits.
const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// logarithm returns log x as a sum of two numbers, of about 90 bits: with x = m 2^e and s = (m-1)/(m+1) it is
// e log 2 + 2 (s + s³/3 + s⁵/5 + ...), where only the first terms need the second number.
func logarithm(x float64) (high, low float64) {
	if x == 0 {
		return math.Inf(-1), 0
	}
	m, e := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m *= 2
		e--
	}
	// s + sLow is the quotient, the remainder giving sLow.
	numerator, denominator := m-1, m+1
	denominatorLow := (1 - denominator) + m
	s := numerator / denominator
	sLow := (math.FMA(-s, denominator, numerator) - float64(s*denominatorLow)) / denominator

	square := s * s
	squareLow := math.FMA(s, s, -square) + float64(2*s*sLow)
	tail := 0.0
	for n := 35.0; n >= 5; n -= 2 {
		tail = float64(tail*square) + 1/n
	}
	// third = 1/3 + square*tail, then s*(1 + square*third), each with a second number.
	third, thirdLow := 1.0/3, 1.850371707708594e-17
	product := square * tail
	sum := third + product
	sumLow := (third - sum) + product + thirdLow + math.FMA(square, tail, -product) + float64(squareLow*tail)
	cubic := square * sum
	cubicLow := math.FMA(square, sum, -cubic) + float64(square*sumLow) + float64(squareLow*sum)
	term := s * cubic
	termLow := math.FMA(s, cubic, -term) + float64(s*cubicLow) + float64(sLow*cubic)

	head := float64(e) * ln2High // exact
	high = head + 2*s
	low = (head - high) + 2*s
	if math.Abs(2*s) > math.Abs(head) {
		low = (2*s - high) + head
	}
	low += 2*term + 2*sLow + 2*termLow + float64(float64(e)*ln2Low)
	total := high + low
	return total, (high - total) + low
}
