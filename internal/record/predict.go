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

// header chooses what takes the least space for the block of element e of a tile, whose polynomial residues are given, and
// those of decay by the known factor. It returns the residues, too.
func (c *choice) header(e int, as Precision, r *residues) (header, *[blockSamples]uint64) {
	least := uint(r.least[e])
	if !c.tries(least) {
		c.wait -= min(c.wait, 1)
	} else if d := &r.decays; c.known() && d.finite(e) && d.total(e) <= least {
		return newHeader(decayAgain, d.of(e)), &d.z[e]
	} else if c.wait > 0 {
		c.wait--
	} else {
		x := series{r, e}
		if factor, found := x.findDecay(as); found {
			if w := x.residuals(as, factor, &d.z[e]); sum(w)+factorWidth < least {
				c.factor = factor
				return newHeader(decay, w), &d.z[e]
			}
		}
		c.wait = patience
	}
	return newHeader(predictor(r.kind[e]), [runs]uint{uint(r.widths[0][e]), uint(r.widths[1][e]), uint(r.widths[2][e]), uint(r.widths[3][e])}), &r.z[e]
}

func (c *choice) known() bool { return c.factor == c.factor }

// tries reports whether decay is worth a try if the polynomial predictors take that much.
func (c *choice) tries(least uint) bool {
	return least > 4 && (c.known() || least > enough && c.wait == 0)
}

// decays are what decay by a factor for each element of a tile misses by, as zigzag numbers.
type decays struct {
	z      [tileElements][blockSamples]uint64
	widths [runs][tileElements]uint64
	// infinite has a bit for each element of which a sample that predicts another is not finite.
	infinite uint64
}

func (d *decays) finite(e int) bool { return d.infinite>>e&1 == 0 }

func (d *decays) of(e int) [runs]uint {
	return [runs]uint{uint(d.widths[0][e]), uint(d.widths[1][e]), uint(d.widths[2][e]), uint(d.widths[3][e])}
}

func (d *decays) total(e int) uint { return sum(d.of(e)) }

// decayPlain fills in what decay misses by. It is the definition of what machine code does for numbers of double precision.
func decayPlain(r *residues, as Precision, factors *[tileElements]float64) {
	d := &r.decays
	d.infinite = 0
	for e, factor := range factors {
		widths := series{r, e}.residuals(as, factor, &d.z[e])
		if sum(widths) == unpredictable {
			d.infinite |= 1 << e
		}
		for run, w := range widths {
			d.widths[run][e] = uint64(w)
		}
	}
}

// factorWidth is what a stored factor is worth beside the widths of runs.
const factorWidth = 64 / runSamples

// unpredictable is more than the widths of runs sum up to.
const unpredictable = 64*runs + 1

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

// series are the bit patterns of the samples of an element of a tile, oldest first, behind those of its history.
type series struct {
	of *residues
	e  int
}

func (x series) at(i int) uint64 { return x.of.rows[i][x.e] }

// findDecay looks for a factor such that the samples are each the one before times the factor, as far as can be.
func (x series) findDecay(as Precision) (factor float64, found bool) {
	for _, at := range [...]int{history, history + blockSamples/2, history + blockSamples - 3} {
		quotient := as.pattern(as.value(x.at(at+1)) / as.value(x.at(at)))
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
func (x series) decays(as Precision, factor float64, at int, tolerance uint64) bool {
	return magnitude(x.at(at+1)-as.pattern(as.value(x.at(at))*factor)) < tolerance
}

// residuals writes what decay misses by, as zigzag numbers, unless z is nil, and returns the width in bits of each run. A
// block that is not finite is unpredictable.
func (x series) residuals(as Precision, factor float64, z *[blockSamples]uint64) (widths [runs]uint) {
	p := x.at(history - 1)
	exponent := as.exponent()
	for run := range runs {
		var m uint64
		for i := range runSamples {
			u := x.at(history + run*runSamples + i)
			if p&exponent == exponent { // what a product with NaN is differs between machines
				return [runs]uint{unpredictable}
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
