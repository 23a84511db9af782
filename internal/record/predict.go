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

// choice is what is known of an element from the blocks before.
type choice struct {
	factor float64 // of decay; NaN for none
	wait   uint8   // so many blocks no factor is looked for
}

// patience is how many blocks go by until a factor is looked for again: it takes a while.
const patience = 4

// unchosen is what is known before the first block of a chapter.
func unchosen() choice { return choice{factor: math.NaN()} }

// header chooses what takes the least space for the block of element e of a tile, whose polynomial residues are given. Those
// of decay take their place.
func (c *choice) header(e int, as Precision, r *residues) header {
	least := uint(r.least[e])
	known := c.factor == c.factor
	if least <= 4 || !known && (least <= enough || c.wait > 0) {
		c.wait -= min(c.wait, 1)
	} else if h, found := c.decay(e, as, r, known, least); found {
		return h
	}
	return header(r.kind[e]<<28 | r.widths[0][e] | r.widths[1][e]<<7 | r.widths[2][e]<<14 | r.widths[3][e]<<21)
}

// decay looks for a factor with which decay takes less than the polynomial predictors do.
func (c *choice) decay(e int, as Precision, r *residues, known bool, least uint) (h header, found bool) {
	var x block
	for i := range x {
		x[i] = r.rows[i][e]
	}
	var z [blockSamples]uint64
	if known && x.decays(as, c.factor, history, 1) {
		if w := x.residuals(as, c.factor, &z); sum(w) <= min(enough, least) {
			r.z[e] = z
			return newHeader(decayAgain, w), true
		}
	}
	if c.wait > 0 {
		c.wait--
		return 0, false
	}
	factor, found := x.findDecay(as)
	if found {
		if w := x.residuals(as, factor, &z); sum(w)+factorWidth < least {
			c.factor = factor
			r.z[e] = z
			return newHeader(decay, w), true
		}
	}
	c.wait = patience
	return 0, false
}

// factorWidth is what a stored factor is worth beside the widths of runs.
const factorWidth = 64 / runSamples

// enough is the sum of the widths of the runs from which on decay is looked for.
const enough = 8 * runs

func sum(widths [runs]uint) uint { return widths[0] + widths[1] + widths[2] + widths[3] }

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

// findDecay looks for a factor such that the samples are each the one before times the factor, as far as can be.
func (x *block) findDecay(as Precision) (factor float64, found bool) {
	for _, at := range [...]int{history, history + blockSamples/2, history + blockSamples - 3} {
		quotient := as.pattern(as.value(x[at+1]) / as.value(x[at]))
		factor := as.value(quotient)
		// Constants need no factor; the test also fails for NaN.
		if factor == 1 || !(math.Abs(factor) < 2) || !x.decays(as, factor, at+1, 4) {
			continue
		}
		// The quotient of rounded numbers is up to one unit away from the factor.
		best, least := factor, sum(x.residuals(as, factor, nil))
		for _, unit := range [...]uint64{1, ^uint64(0)} {
			candidate := as.value(quotient + unit)
			if width := sum(x.residuals(as, candidate, nil)); width < least {
				best, least = candidate, width
			}
		}
		return best, true
	}
	return 0, false
}

// decays reports whether the sample after position at is about the factor times that at it.
func (x *block) decays(as Precision, factor float64, at int, tolerance uint64) bool {
	return magnitude(x[at+1]-as.pattern(as.value(x[at])*factor)) < tolerance
}

// residuals writes what decay misses by, as zigzag numbers, unless z is nil, and returns the width in bits of each run. A
// block that is not finite has the full width, and must not be predicted so.
func (x *block) residuals(as Precision, factor float64, z *[blockSamples]uint64) (widths [runs]uint) {
	p := x[history-1]
	exponent := as.exponent()
	for run := range runs {
		var m uint64
		for i, u := range x[history+run*runSamples:][:runSamples] {
			if p&exponent == exponent { // what a product with NaN is differs between machines
				return [runs]uint{64, 64, 64, 64}
			}
			r := zigzag(u - as.pattern(as.value(p)*factor))
			p = u
			m |= r
			if z != nil {
				z[run*runSamples+i] = r
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
