package record

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// The packed form of a tile, which is one block of up to eight elements:
//
//	history    8 bit patterns of each element, 8 bytes each; only where a chapter begins
//	predictor  a byte; unchanged, never where a chapter begins, is that of the block before
//	factors    only where it is decay: a byte with a bit for each element whose factor follows, 8 bytes each
//	groups     one after the other
//
// A group are 8 samples of each of eight elements, predicted, as differences (predict.go):
//
//	present   a byte, with a bit for each element of which a difference is not zero
//	widths    a byte for each of those: how many bits its differences take, as numbers with a sign
//	planes    for each of those as many bytes: the lowest bit of the eight samples, the next one, and so on
//
// So whatever the width is, packing eight numbers is to transpose a matrix of bits, and to keep some of its rows. Everything is
// little endian. Bytes are read and written many at a time, beyond the end of what is meant: a tile needs slack bytes behind it.
const (
	tileElements = 8
	everyElement = 1<<tileElements - 1
	groupSamples = 8
	groups       = blockSamples / groupSamples
	slack        = 64
	maxGroup     = 1 + tileElements*(1+8*groupSamples)
	maxTile      = tileElements*history*8 + 2 + tileElements*factorBytes + groups*maxGroup + slack

	// A chapter is a number of blocks that can be read without those before them.
	chapterBlocks  = 32
	chapterSamples = chapterBlocks * blockSamples
)

// samples are the bit patterns of a block of a tile, behind those of its history: that of element e in row i is
// rows[i*stride+e], for all eight elements, also if the tile has fewer.
type samples struct {
	rows   []uint64
	stride int
}

// from returns them from a row on.
func (s samples) from(row int) samples { return samples{s.rows[row*s.stride:], s.stride} }

// packTile packs block number b of the first count elements of some samples, of which the others are zero, and returns how many bytes
// it took of to, which has room for maxTile. The choice belongs to the block before.
func packTile(to []byte, s samples, count int, as Precision, c *choice, b int) int {
	at := 0
	chapter := b%chapterBlocks == 0
	if chapter {
		c.told = ^c.known // the others are 1
		for e := range count {
			for i := range history {
				binary.LittleEndian.PutUint64(to[at:], s.at(i, e))
				at += 8
			}
		}
	}
	before, first := c.predictor, chapter || !c.made
	if first || b%choiceBlocks == 0 {
		c.choose(s, as)
	}
	if first || c.predictor != before || c.predictor == decay && c.told != everyElement {
		to[at] = byte(c.predictor)
		at++
		if c.predictor == decay {
			at += c.write(to[at:])
		}
	} else {
		to[at] = byte(unchanged)
		at++
	}
	return at + packGroups(to[at:], s, as, c.predictor, &c.factors)
}

// packGroupsPlain packs the groups of a tile, and returns how many bytes they took. It is the definition of what machine code
// for all of it does.
func packGroupsPlain(to []byte, s samples, as Precision, p predictor, f *factors) int {
	var last lasts
	var d group
	var all [tileElements]uint64
	differ(&d, s, &last, 0, history, &all)
	at := 0
	for g := range groups {
		if s := s.from((1 + g) * groupSamples); p == decay {
			as.differDecayed(&d, s, &last[0], f, &all)
		} else {
			differ(&d, s, &last, 0, p.order(), &all)
		}
		present, widths := at, at+1
		to[present] = 0
		n := 0
		var list [tileElements]uint8 // the elements that are present
		for e := range all {
			if w := width(all[e]); w > 0 {
				to[present] |= 1 << e
				to[widths+n] = byte(w)
				list[n] = uint8(e)
				n++
			}
		}
		at = widths + n
		for k, e := range list[:n] {
			w := int(to[widths+k])
			packPlanes(to[at:], &d, e, w)
			at += w
		}
	}
	return at
}

// width returns how many bits some differences take each, of whose magnitudes it gets all bits: one more, for the sign.
func width(all uint64) int {
	if all == 0 {
		return 0
	}
	return min(bits.Len64(all)+1, 64)
}

// packPlanes writes the planes of the numbers of an element, and up to 15 bytes more.
func packPlanes(to []byte, d *group, e uint8, width int) {
	e %= tileElements
	for low := 0; low < width; low += 16 {
		shift := low & 63
		even := d[0][e]>>shift&0xffff | d[2][e]>>shift&0xffff<<16 | d[4][e]>>shift&0xffff<<32 | d[6][e]>>shift<<48
		odd := d[1][e]>>shift&0xffff | d[3][e]>>shift&0xffff<<16 | d[5][e]>>shift&0xffff<<32 | d[7][e]>>shift<<48
		const lowest = 0x00ff00ff00ff00ff // of the two bytes of each
		planes := (*[16]byte)(to[low:])
		binary.LittleEndian.PutUint64(planes[:8], transposedBits(even&lowest|odd&lowest<<8))
		binary.LittleEndian.PutUint64(planes[8:], transposedBits(even>>8&lowest|odd&^lowest))
	}
}

// unpackPlanes reads what packPlanes wrote, with a width that is not zero.
func unpackPlanes(from []byte, d *[groupSamples]uint64, width int) {
	beyond := (64 - width) & 63 // this many bits above the sign are copies of it
	numbers := transposedBits(binary.LittleEndian.Uint64(from))
	if width <= 8 {
		for i := range d {
			d[i] = uint64(int64(numbers<<beyond) >> beyond)
			numbers >>= 8
		}
		return
	}
	for i := range d {
		d[i] = numbers & 0xff
		numbers >>= 8
	}
	for low := 8; low < width; low += 8 {
		numbers := transposedBits(binary.LittleEndian.Uint64(from[low:]))
		for i := range d {
			d[i] |= numbers & 0xff << low
			numbers >>= 8
		}
	}
	for i := range d {
		d[i] = uint64(int64(d[i]<<beyond) >> beyond)
	}
}

// sumOfBytes returns the sum of the lowest n bytes.
func sumOfBytes(x uint64, n int) int {
	x &= 1<<(8*n) - 1
	x = x&0x00ff00ff00ff00ff + x>>8&0x00ff00ff00ff00ff
	return int(x * 0x0001000100010001 >> 48)
}

// transposedBits exchanges rows and columns of a matrix of 8 bytes of 8 bits (Warren, Hacker's Delight, 7-3).
func transposedBits(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}

// reader reads the blocks of a tile, in order from the beginning of a chapter.
type reader struct {
	as Precision
	factors
	predictor
	before [history][tileElements]uint64
}

// next reads at least the block of elements lo to hi-1 of a tile of count elements. The tile begins a chapter, or the reader has read the
// block before.
func (r *reader) next(from []byte, lo, hi, count int, chapter bool, to lines) {
	r.unpackGroups(r.head(from, count, chapter), lo, hi, to)
}

// head reads what comes before the groups, and returns those.
func (r *reader) head(from []byte, count int, chapter bool) []byte {
	if chapter {
		for e := range count {
			for i := range history {
				r.before[i][e] = binary.LittleEndian.Uint64(from)
				from = from[8:]
			}
		}
		r.factors.reset()
	}
	p := predictor(from[0])
	from = from[1:]
	if p != unchanged {
		r.predictor = p
	}
	if p == decay {
		told := from[0]
		from = from[1:]
		for e := range r.factors {
			if told>>e&1 != 0 {
				r.factors[e] = math.Float64frombits(binary.LittleEndian.Uint64(from))
				from = from[factorBytes:]
			}
		}
	}
	return from
}

// lines are where the samples of a block of a tile belong: sample i of element e to values[e*stride+i].
type lines struct {
	values []uint64
	stride int
}

func (l lines) of(e int) *[blockSamples]uint64 {
	return (*[blockSamples]uint64)(l.values[e*l.stride:])
}

// unpackGroupsPlain reads the samples of elements lo to hi-1, and makes them the last that were read. It is the definition of what
// machine code does for all elements, also for those that a tile does not have.
func (r *reader) unpackGroupsPlain(from []byte, lo, hi int, to lines) {
	for g := range groups {
		present := from[0]
		n := bits.OnesCount8(present)
		widths := binary.LittleEndian.Uint64(from[1:])
		from = from[1+n:]
		for e := lo; e < hi; e++ {
			d := (*[groupSamples]uint64)(to.of(e)[g*groupSamples:])
			if present>>e&1 == 0 {
				*d = [groupSamples]uint64{}
				continue
			}
			before := bits.OnesCount8(present & (1<<e - 1)) // so many elements
			unpackPlanes(from[sumOfBytes(widths, before):], d, int(widths>>(8*before&63)&0xff))
		}
		from = from[sumOfBytes(widths, n):]
	}
	for e := lo; e < hi; e++ {
		r.restore(e, to.of(e))
	}
}
