package record

import (
	"math"
	"math/bits"
)

// A block is what is packed at once of one element: so many samples, after the last ones of the block before.
const (
	blockSamples = 64
	history      = 6 // the highest order of differences
	runSamples   = 16
	runs         = blockSamples / runSamples
)

// Precision is that in which samples are kept.
type Precision bool

// A Trace of Single precision keeps float32.
const (
	Double Precision = false
	Single Precision = true
)

// pattern returns the bits of a number, rounded to the precision.
func (p Precision) pattern(x float64) uint64 {
	if p == Single {
		return uint64(math.Float32bits(float32(x)))
	}
	return math.Float64bits(x)
}

// value returns the number with a bit pattern.
func (p Precision) value(u uint64) float64 {
	if p == Single {
		return float64(math.Float32frombits(uint32(u)))
	}
	return math.Float64frombits(u)
}

// exponent returns the bits of the exponent, all set in infinities and NaN.
func (p Precision) exponent() uint64 {
	if p == Single {
		return 0xff << 23
	}
	return 0x7ff << 52
}

// block holds the bit patterns of the samples of one element, oldest first, behind those of its history.
type block [history + blockSamples]uint64

// predictor says what the next sample of an element is expected to be; stored is by how much the bit pattern differs.
type predictor uint32

const (
	// order1 expects the last sample again, order2 the line through the last two, order4 and order6 the polynomials
	// through the last four and six, all in terms of bit patterns, which are piecewise linear in the number. So what
	// is stored are differences of that order, modulo 2^64.
	order1 predictor = iota
	order2
	order4
	order6
	// decay expects the last sample times a factor, which is stored with the block; decayAgain takes the factor of
	// the block before. It is exact for conductances and traces between events.
	decay
	decayAgain
)

// zigzag maps small differences of either sign to small numbers.
func zigzag(d uint64) uint64 { return d<<1 ^ uint64(int64(d)>>63) }

func unzigzag(z uint64) uint64 { return z>>1 ^ -(z & 1) }

// magnitude returns bits that are as high as those of zigzag(d)>>1.
func magnitude(d uint64) uint64 { return d ^ uint64(int64(d)>>63) }

// choice is the predictor of an element, kept from block to block.
type choice struct {
	factor float64 // of decay; NaN for none
	kind   predictor
	cost   uint16 // sum of the widths of the runs when it was chosen
	age    uint8  // blocks since then
}

// A predictor is chosen anew after so many blocks, or when it does worse than it did. Choosing takes three times as
// long as predicting.
const choiceBlocks = 4

// unchosen is the choice before the first block of a chapter.
func unchosen() choice { return choice{factor: math.NaN(), age: choiceBlocks} }

// predict writes what the predictor misses by, as zigzag numbers, and returns the width in bits of each run. The
// predictor used is in c.
func (c *choice) predict(x *block, as Precision, z *[blockSamples]uint64) (widths [runs]uint) {
	if c.age < choiceBlocks {
		c.age++
		if c.kind == decay {
			c.kind = decayAgain
		}
		widths = x.residuals(c.kind, as, c.factor, z)
		if total := sum(widths); total <= uint(c.cost)+uint(c.cost)/8+1 {
			return widths
		}
	}
	c.kind, c.factor = x.choose(as, c.factor)
	widths = x.residuals(c.kind, as, c.factor, z)
	c.cost, c.age = uint16(sum(widths)), 1
	return widths
}

func sum(widths [runs]uint) uint { return widths[0] + widths[1] + widths[2] + widths[3] }

// choose returns the predictor that takes the least space, and the factor of decay. The factor of the block before is
// tried first.
func (x *block) choose(as Precision, before float64) (predictor, float64) {
	decaying, factor, bits := x.tryDecay(as, before)
	if bits <= decayEnough {
		return decaying, factor
	}
	if polynomial, fewer := x.choosePolynomial(); fewer <= bits {
		return polynomial, before
	}
	return decaying, factor
}

// decayEnough is how many bits a block may take so that polynomials need not be looked at.
const decayEnough = 4 * blockSamples

// choosePolynomial returns the best of the polynomials and how many bits it takes.
func (x *block) choosePolynomial() (predictor, int) {
	p := x[history-1]
	e1, e2, e3, e4, e5 := latest((*[history]uint64)(x[:]))
	var total1, total2, total4, total6 int
	for run := range runs {
		var m1, m2, m4, m6 uint64
		for _, u := range x[history+run*runSamples:][:runSamples] {
			d1 := u - p
			d2 := d1 - e1
			d3 := d2 - e2
			d4 := d3 - e3
			d5 := d4 - e4
			d6 := d5 - e5
			p, e1, e2, e3, e4, e5 = u, d1, d2, d3, d4, d5
			m1 |= magnitude(d1)
			m2 |= magnitude(d2)
			m4 |= magnitude(d4)
			m6 |= magnitude(d6)
		}
		total1 += bits.Len64(m1)
		total2 += bits.Len64(m2)
		total4 += bits.Len64(m4)
		total6 += bits.Len64(m6)
	}
	kind, least := order1, total1
	if total2 < least {
		kind, least = order2, total2
	}
	if total4 < least {
		kind, least = order4, total4
	}
	if total6 < least {
		kind, least = order6, total6
	}
	return kind, least * runSamples
}

// latest returns the last differences of order 1 to 5 of some samples.
func latest(x *[history]uint64) (e1, e2, e3, e4, e5 uint64) {
	a, b, c, d, e := x[1]-x[0], x[2]-x[1], x[3]-x[2], x[4]-x[3], x[5]-x[4]
	e1 = e
	a, b, c, d = b-a, c-b, d-c, e-d
	e2 = d
	a, b, c = b-a, c-b, d-c
	e3 = c
	a, b = b-a, c-b
	e4 = b
	return e1, e2, e3, e4, b - a
}

// tryDecay looks whether the samples are each the one before times a factor, and returns how many bits that takes.
func (x *block) tryDecay(as Precision, before float64) (kind predictor, factor float64, bits int) {
	const never = 64*blockSamples + 64
	if x.decays(as, before, history, 1) {
		if bits := x.decayBits(as, before); bits <= decayEnough {
			return decayAgain, before, bits
		}
	}
	for _, at := range [...]int{history, history + blockSamples/2, history + blockSamples - 3} {
		quotient := as.pattern(as.value(x[at+1]) / as.value(x[at]))
		factor := as.value(quotient)
		// Constants need no factor; the test also fails for NaN.
		if factor == 1 || !(math.Abs(factor) < 2) || !x.decays(as, factor, at+1, 4) {
			continue
		}
		// The quotient of rounded numbers is up to one unit away from the factor.
		best, least := factor, never
		for _, unit := range [...]uint64{0, 1, ^uint64(0)} {
			candidate := as.value(quotient + unit)
			if bits := x.decayBits(as, candidate) + 64; bits < least {
				best, least = candidate, bits
			}
		}
		if least < never {
			return decay, best, least
		}
	}
	return decay, 0, never
}

// decays reports whether the sample after position at is about the factor times that at it.
func (x *block) decays(as Precision, factor float64, at int, tolerance uint64) bool {
	expected := as.pattern(as.value(x[at]) * factor)
	return magnitude(x[at+1]-expected) < tolerance
}

// decayBits returns how many bits a factor takes.
func (x *block) decayBits(as Precision, factor float64) int {
	var z [blockSamples]uint64
	return int(sum(x.residuals(decay, as, factor, &z))) * runSamples
}

// residuals writes what a predictor misses by, as zigzag numbers, and returns the width in bits of each run. Decay of
// what is not finite has the full width, and must not be used.
func (x *block) residuals(kind predictor, as Precision, factor float64, z *[blockSamples]uint64) (widths [runs]uint) {
	p := x[history-1]
	e1, e2, e3, e4, e5 := latest((*[history]uint64)(x[:]))
	for run := range runs {
		var m uint64
		from := (*[runSamples]uint64)(x[history+run*runSamples:])
		to := (*[runSamples]uint64)(z[run*runSamples:])
		switch kind {
		case order1:
			for i, u := range from {
				r := zigzag(u - p)
				p = u
				m |= r
				to[i] = r
			}
		case order2:
			for i, u := range from {
				d1 := u - p
				r := zigzag(d1 - e1)
				p, e1 = u, d1
				m |= r
				to[i] = r
			}
		case order4:
			for i, u := range from {
				d1 := u - p
				d2 := d1 - e1
				d3 := d2 - e2
				r := zigzag(d3 - e3)
				p, e1, e2, e3 = u, d1, d2, d3
				m |= r
				to[i] = r
			}
		case order6:
			for i, u := range from {
				d1 := u - p
				d2 := d1 - e1
				d3 := d2 - e2
				d4 := d3 - e3
				d5 := d4 - e4
				r := zigzag(d5 - e5)
				p, e1, e2, e3, e4, e5 = u, d1, d2, d3, d4, d5
				m |= r
				to[i] = r
			}
		default:
			for i, u := range from {
				if p&as.exponent() == as.exponent() { // what a product with NaN is differs between machines
					return [runs]uint{64, 64, 64, 64}
				}
				r := zigzag(u - as.pattern(as.value(p)*factor))
				p = u
				m |= r
				to[i] = r
			}
		}
		widths[run] = uint(bits.Len64(m))
	}
	return widths
}

// restore turns what a predictor missed by, as zigzag numbers, into the samples themselves; before are the last
// samples before them.
func restore(kind predictor, as Precision, factor float64, before *[history]uint64, z *[blockSamples]uint64) {
	p := before[history-1]
	e1, e2, e3, e4, e5 := latest(before)
	switch kind {
	case order1:
		for i, r := range z {
			p += unzigzag(r)
			z[i] = p
		}
	case order2:
		for i, r := range z {
			e1 += unzigzag(r)
			p += e1
			z[i] = p
		}
	case order4:
		for i, r := range z {
			e3 += unzigzag(r)
			e2 += e3
			e1 += e2
			p += e1
			z[i] = p
		}
	case order6:
		for i, r := range z {
			e5 += unzigzag(r)
			e4 += e5
			e3 += e4
			e2 += e3
			e1 += e2
			p += e1
			z[i] = p
		}
	default:
		for i, r := range z {
			p = as.pattern(as.value(p)*factor) + unzigzag(r)
			z[i] = p
		}
	}
}
