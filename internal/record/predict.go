package record

import (
	"encoding/binary"
	"math"
	"math/bits"
	"unsafe"
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

// order returns that of the differences which a polynomial misses by.
func (p predictor) order() int { return max(1, 2*int(p)) }

// group are the samples of a group, or differences: those of element e in row i are group[i][e].
type group [groupSamples][tileElements]uint64

// samples returns what it holds as the samples that can be taken differences of.
func (x *group) samples() samples {
	return samples{unsafe.Slice(&x[0][0], len(x)*tileElements), tileElements}
}

// lasts are the last samples of a group, and their differences of order 1 to 7.
type lasts [history][tileElements]uint64

// differPlain fills in the differences of the first rows of some samples, of order hi where the samples are differences of order lo,
// and for each element all bits of their magnitudes. It goes on from the last ones of the rows before, and leaves those of these.
// The samples may be what it fills in. It is the definition of what machine code does.
func differPlain(x *group, s samples, last *lasts, lo, hi int, all *[tileElements]uint64) {
	for e := range all {
		rows, stride := s.rows[e:], s.stride
		x0, x1, x2, x3 := rows[0], rows[stride], rows[2*stride], rows[3*stride]
		rows = rows[4*stride:]
		x4, x5, x6, x7 := rows[0], rows[stride], rows[2*stride], rows[3*stride]
		for k := range last[lo:hi] {
			before := last[lo+k][e]
			last[lo+k][e] = x7
			x7 -= x6
			x6 -= x5
			x5 -= x4
			x4 -= x3
			x3 -= x2
			x2 -= x1
			x1 -= x0
			x0 -= before
		}
		x[0][e], x[1][e], x[2][e], x[3][e], x[4][e], x[5][e], x[6][e], x[7][e] = x0, x1, x2, x3, x4, x5, x6, x7
		all[e] = magnitude(x0) | magnitude(x1) | magnitude(x2) | magnitude(x3) | magnitude(x4) | magnitude(x5) | magnitude(x6) | magnitude(x7)
	}
}

// differDecayed fills in what decay misses by, and the bits of the magnitudes. It goes on from the last row before, and leaves that of
// these.
func (p Precision) differDecayed(x *group, s samples, last *[tileElements]uint64, f *factors, all *[tileElements]uint64) {
	*all = [tileElements]uint64{}
	for i := range x {
		row := (*[tileElements]uint64)(s.rows[i*s.stride:])
		for e, u := range row {
			d := u - p.decayed(last[e], f[e])
			x[i][e] = d
			all[e] |= magnitude(d)
		}
		*last = *row
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
	var last lasts
	var x group
	var all [tileElements]uint64
	differ(&x, s, &last, 0, history, &all)
	*bytes = [polynomials][tileElements]uint64{}
	for g := range choiceSamples / groupSamples {
		from, order := s.from((1+g)*groupSamples), 0
		for k := range bytes {
			next := predictor(k).order()
			differ(&x, from, &last, order, next, &all)
			for e, u := range all {
				bytes[k][e] += uint64(width(u))
			}
			from, order = x.samples(), next
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
	for first := history; first < history+choiceSamples; first += groupSamples {
		var all uint64
		for i := first; i < first+groupSamples; i++ {
			all |= magnitude(s.at(i, e) - as.decayed(s.at(i-1, e), factor))
		}
		bytes += uint64(width(all))
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
