package record

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A block is what is packed at once of one element: so many samples, after the last ones of the block before.
const (
	blockSamples = 64
	history      = 8 // the highest order of differences
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

// decayed returns the pattern of a number times a factor. Those of infinities and NaN are left alone: what a product with NaN is
// differs between machines.
func (p Precision) decayed(u uint64, factor float64) uint64 {
	if exponent := p.exponent(); u&exponent == exponent {
		return u
	}
	return p.pattern(float64(p.value(u) * factor))
}

// magnitude returns the absolute value of a difference.
func magnitude(d uint64) uint64 {
	sign := uint64(int64(d) >> 63)
	return d ^ sign - sign
}

// predictor says how the next sample of an element is predicted; what is stored is by how much the bit pattern differs, modulo
// 2^64. All elements of a tile have the same: what is best for one is nearly always so for its neighbours.
//
// The first predictors expect the last sample again, or the line through the last two, or the polynomials through the last four,
// six and eight, all in terms of bit patterns, which are piecewise linear in the number: what is stored are differences of
// order 1, 2, 4, 6 and 8. Decay expects the last sample times a factor, one for each element, which is exact for conductances and traces
// between events.
type predictor uint8

const (
	polynomials = 5

	decay     = predictor(polynomials)
	unchanged = predictor(255) // it is that of the block before
)

// differPlain fills in what a predictor misses by.
func (s samples) differPlain(e int, as Precision, p predictor, factor float64, d *[blockSamples]uint64) {
	var x [history + blockSamples]uint64
	for i := range x {
		x[i] = s.at(i, e)
	}
	if p == decay {
		for i := range d {
			d[i] = x[history+i] - as.decayed(x[history+i-1], factor)
		}
		return
	}
	differ(x[:], p)
	copy(d[:], x[history:])
}

// differ takes the differences of a list for a predictor. The first of them, as many as their order, mean nothing.
func differ(x []uint64, p predictor) {
	if p == 0 {
		last := uint64(0)
		for i, u := range x {
			x[i] = u - last
			last = u
		}
		return
	}
	for range p {
		last, difference := uint64(0), uint64(0)
		for i, u := range x {
			d := u - last
			x[i] = d - difference
			last, difference = u, d
		}
	}
}

// factors are those by which the elements of a tile decay; 1 where none is known.
type factors [tileElements]float64

func (f *factors) reset() {
	for e := range f {
		f[e] = 1
	}
}

// choice is what is known of a tile from the blocks before.
type choice struct {
	factors
	predictor
	made  bool
	known uint8 // a bit for each factor that was found
	told  uint8 // those that a reader of the chapter has
	wait  uint8 // how many choices no factor is looked for
}

const (
	// choiceBlocks is how often predictors are chosen, choiceSamples is how many samples are looked at: choosing takes as long
	// as packing, and what was best is so for a while.
	choiceBlocks  = 2
	choiceSamples = 2 * groupSamples
	// patience is how many choices go by until a factor is looked for again.
	patience = 3
	// enough is the number of bytes of the samples of an element from which on decay is looked for.
	enough = choiceSamples
	// factorBytes is what a factor takes.
	factorBytes = 8
)

// choose chooses what would take the least space for the first of some samples.
func (c *choice) choose(s samples, as Precision) {
	if !c.made {
		c.made = true
		c.factors.reset()
	}
	var bytes [polynomials][tileElements]uint64
	tryOrders(s, &bytes)
	var totals [decay + 1]uint64
	best := predictor(0)
	for k := range bytes {
		totals[k] = sum(&bytes[k])
		if totals[k] < totals[best] {
			best = predictor(k)
		}
	}
	var decayed [tileElements]uint64
	if c.known != 0 {
		tryDecay(s, as, &c.factors, &decayed)
	}
	if c.find(s, as, &bytes[best], &decayed) {
		tryDecay(s, as, &c.factors, &decayed)
	}
	if c.known != 0 {
		const times = choiceBlocks * blockSamples / choiceSamples // what follows is as long as so many of what is looked at
		totals[decay] = sum(&decayed) + uint64(factorBytes/times*bits.OnesCount8(^c.told))
		if totals[decay] < totals[best] {
			best = decay
		}
	}
	// What is as good as before need not be told.
	if c.predictor != decay || c.known != 0 {
		if totals[c.predictor] == totals[best] {
			best = c.predictor
		}
	}
	c.predictor = best
}

func sum(bytes *[tileElements]uint64) (total uint64) {
	for _, n := range bytes {
		total += n
	}
	return total
}

// find looks for factors of elements that take enough bytes otherwise, and reports whether it found any. Where the first of them
// does not decay, it does not look at others: that takes a while.
func (c *choice) find(s samples, as Precision, otherwise, decayed *[tileElements]uint64) (found bool) {
	waited := false
	for e := range otherwise {
		bit := uint8(1) << e
		if otherwise[e] <= enough || c.known&bit != 0 && decayed[e] <= otherwise[e] {
			continue
		}
		if !waited && c.wait > 0 {
			c.wait--
			return false
		}
		waited = true
		factor, bytes, decays := s.findDecay(e, as)
		if !decays || bytes >= otherwise[e] {
			c.wait = patience
			return found
		}
		c.factors[e] = factor
		c.known |= bit
		c.told &^= bit
		found = true
	}
	return found
}

// write writes which factors are new to a reader, and those, and returns how many bytes it took.
func (c *choice) write(to []byte) int {
	untold := ^c.told
	to[0] = untold
	at := 1
	for e, factor := range c.factors {
		if untold>>e&1 != 0 {
			binary.LittleEndian.PutUint64(to[at:], math.Float64bits(factor))
			at += factorBytes
		}
	}
	c.told = everyElement
	return at
}

// tryOrdersPlain fills in how many bytes the planes of choiceSamples of each element would take with differences of each order. It
// is the definition of what machine code does.
func tryOrdersPlain(s samples, bytes *[polynomials][tileElements]uint64) {
	for e := range tileElements {
		var plain, x [history + choiceSamples]uint64
		for i := range plain {
			plain[i] = s.at(i, e)
		}
		for k := range bytes {
			if k < 2 {
				x = plain
				differ(x[:], predictor(k))
			} else {
				differ(x[:], 1) // twice more
			}
			bytes[k][e] = 0
			for first := history; first < len(x); first += groupSamples {
				bytes[k][e] += uint64(width((*[groupSamples]uint64)(x[first:])))
			}
		}
	}
}

// tryDecayPlain does so for decay by some factors.
func tryDecayPlain(s samples, as Precision, f *factors, bytes *[tileElements]uint64) {
	for e, factor := range f {
		bytes[e] = s.decayBytes(e, as, factor)
	}
}

func (s samples) at(i, e int) uint64 { return s.rows[i*s.stride+e] }

// decayBytes returns how many bytes the planes of choiceSamples of an element take with decay by a factor.
func (s samples) decayBytes(e int, as Precision, factor float64) (bytes uint64) {
	var d [groupSamples]uint64
	for first := history; first < history+choiceSamples; first += groupSamples {
		for i := range d {
			d[i] = s.at(first+i, e) - as.decayed(s.at(first+i-1, e), factor)
		}
		bytes += uint64(width(&d))
	}
	return bytes
}

// findDecay looks for a factor such that the samples of an element are each the one before times the factor, as far as can be.
func (s samples) findDecay(e int, as Precision) (factor float64, bytes uint64, found bool) {
	for _, at := range [...]int{history, history + choiceSamples/2, history + choiceSamples - 3} {
		quotient := as.pattern(as.value(s.at(at+1, e)) / as.value(s.at(at, e)))
		factor := as.value(quotient)
		const tolerance = 4
		// Constants need no factor; the test also fails for NaN.
		if factor == 1 || !(math.Abs(factor) < 2) || magnitude(s.at(at+2, e)-as.decayed(s.at(at+1, e), factor)) >= tolerance {
			continue
		}
		// The quotient of rounded numbers is up to one unit away from the factor.
		best, least := factor, s.decayBytes(e, as, factor)
		for _, unit := range [...]uint64{1, ^uint64(0)} {
			candidate := as.value(quotient + unit)
			if bytes := s.decayBytes(e, as, candidate); bytes < least {
				best, least = candidate, bytes
			}
		}
		return best, least, true
	}
	return 0, 0, false
}

// restore turns what the predictor of an element missed by into the samples themselves.
func (r *reader) restore(e int, z *[blockSamples]uint64) {
	var x [history]uint64
	for i := range x {
		x[i] = r.before[i][e]
	}
	var last [history]uint64 // the last difference of each order, from the last sample itself on
	for order := range last {
		last[order] = x[history-1]
		for i := history - 1; i > order; i-- {
			x[i] -= x[i-1]
		}
	}
	p, d1, d2, d3, d4, d5, d6, d7 := last[0], last[1], last[2], last[3], last[4], last[5], last[6], last[7]
	switch r.predictor {
	case 0:
		for i, d := range z {
			p += d
			z[i] = p
		}
	case 1:
		for i, d := range z {
			d1 += d
			p += d1
			z[i] = p
		}
	case 2:
		for i, d := range z {
			d3 += d
			d2 += d3
			d1 += d2
			p += d1
			z[i] = p
		}
	case 3:
		for i, d := range z {
			d5 += d
			d4 += d5
			d3 += d4
			d2 += d3
			d1 += d2
			p += d1
			z[i] = p
		}
	case 4:
		for i, d := range z {
			d7 += d
			d6 += d7
			d5 += d6
			d4 += d5
			d3 += d4
			d2 += d3
			d1 += d2
			p += d1
			z[i] = p
		}
	default:
		for i, d := range z {
			p = r.as.decayed(p, r.factors[e]) + d
			z[i] = p
		}
	}
	for i := range x {
		r.before[i][e] = z[blockSamples-history+i]
	}
}
