package record

import (
	"encoding/binary"
	"math"
)

// The packed form of a tile, which is one block of up to eight elements:
//
//	history   6 bit patterns of each element, 8 bytes each; only where a chapter begins
//	headers   4 bytes for each element: predictor in the upper 4 bits, 7 bits for the width of each run
//	bodies    one after the other: the factor (8 bytes) if the predictor is decay; then the runs
//
// A run of width w takes 2w bytes: of each of the 16 numbers the lowest w/8 whole bytes, then the remaining w%8 bits of
// the first eight numbers, then those of the last eight. So whole bytes are stores without shifts, and what is left fits
// two words. Everything is little endian. Bytes are read and written many at a time, beyond the end of what is
// meant: a tile needs slack bytes behind it.
const (
	tileElements = 8
	slack        = 64
	maxBody      = 8 + blockSamples*8
	maxTile      = tileElements*(history*8+4+maxBody) + slack

	// A chapter is a number of blocks that can be read without those before them.
	chapterBlocks  = 32
	chapterSamples = chapterBlocks * blockSamples
)

// header is how a block of one element is packed.
type header uint32

func newHeader(kind predictor, widths [runs]uint) header {
	return header(kind)<<28 | header(widths[0]|widths[1]<<7|widths[2]<<14|widths[3]<<21)
}

func (h header) predictor() predictor { return predictor(h >> 28) }
func (h header) width(run int) uint   { return uint(h>>(7*run)) & 127 }

// packed returns the length of the runs.
func (h header) packed() int { return 2 * int(h&127+h>>7&127+h>>14&127+h>>21&127) }

// size returns the length of the body.
func (h header) size() int {
	n := h.packed()
	if h.predictor() == decay {
		n += 8
	}
	return n
}

// samples are the bit patterns of a block of a tile, behind those of its history: that of element e in row i is
// rows[i*stride+e], for all eight elements, also if the tile has fewer.
type samples struct {
	rows   []uint64
	stride int
}

// packTile packs a block of the first elements of some samples and returns how many bytes it took of to, which has room for maxTile. The
// choices, one for each element, belong to the block before.
func packTile(to []byte, s samples, as Precision, choices []choice, chapter bool, r *residues) int {
	at := 0
	if chapter {
		for e := range choices {
			choices[e] = unchosen()
			for i := range history {
				binary.LittleEndian.PutUint64(to[at:], s.rows[i*s.stride+e])
				at += 8
			}
		}
	}
	headers := at
	at += 4 * len(choices)
	predict(s.rows, s.stride, r)
	var factors [tileElements]float64
	known := false
	for e, c := range choices {
		if c.known() && c.tries(uint(r.least[e])) {
			factors[e], known = c.factor, true
		}
	}
	if known {
		decayAll(r, as, &factors)
	}
	for e := range choices {
		c := &choices[e]
		h, z := c.header(e, as, r)
		binary.LittleEndian.PutUint32(to[headers+4*e:], uint32(h))
		if h.predictor() == decay {
			binary.LittleEndian.PutUint64(to[at:], math.Float64bits(c.factor))
			at += 8
		}
		packRuns((*[8*blockSamples + slack]byte)(to[at:]), z, h)
		at += h.packed()
	}
	return at
}

// packRunsPlain writes the numbers of an element. It is the definition of what machine code does.
func packRunsPlain(to *[8*blockSamples + slack]byte, z *[blockSamples]uint64, h header) {
	at := 0
	for run := range runs {
		if width := h.width(run); width > 0 {
			packRun((*[8*runSamples + 8]byte)(to[at:]), (*[runSamples]uint64)(z[run*runSamples:]), width)
			at += 2 * int(width)
		}
	}
}

// packRun writes numbers that are below 2^width.
func packRun(to *[8*runSamples + 8]byte, z *[runSamples]uint64, width uint) {
	whole, rest := int(width/8), width%8
	low := 8 * uint(whole) & 63
	if whole > 0 {
		for i, at := 0, 0; i < runSamples; i, at = i+1, at+whole {
			binary.LittleEndian.PutUint64(to[at:], z[i])
		}
	}
	if rest > 0 {
		var first, last uint64
		for i := runSamples/2 - 1; i >= 0; i-- {
			first = first<<rest | z[i]>>low
			last = last<<rest | z[i+runSamples/2]>>low
		}
		at := whole * runSamples
		binary.LittleEndian.PutUint64(to[at:], first)
		binary.LittleEndian.PutUint64(to[at+int(rest):], last)
	}
}

// unpackRun reads what packRun wrote.
func unpackRun(from *[8*runSamples + 8]byte, z *[runSamples]uint64, width uint) {
	whole, rest := int(width/8), width%8
	if whole == 0 && rest == 0 {
		*z = [runSamples]uint64{}
		return
	}
	var first, last uint64
	at := whole * runSamples
	if rest > 0 {
		first = binary.LittleEndian.Uint64(from[at:])
		last = binary.LittleEndian.Uint64(from[at+int(rest):])
	}
	mask := uint64(1)<<rest - 1
	if whole == 0 {
		for i := range runSamples / 2 {
			z[i] = first & mask
			z[i+runSamples/2] = last & mask
			first >>= rest
			last >>= rest
		}
		return
	}
	low := 8 * uint(whole) & 63
	lowMask := ^uint64(0) >> (64 - 8*uint(whole))
	for i := range runSamples / 2 {
		z[i] = binary.LittleEndian.Uint64(from[i*whole:])&lowMask | first&mask<<low
		z[i+runSamples/2] = binary.LittleEndian.Uint64(from[(i+runSamples/2)*whole:])&lowMask | last&mask<<low
		first >>= rest
		last >>= rest
	}
}

// reader reads the blocks of one element, in order from the beginning of a chapter.
type reader struct {
	as     Precision
	before [history]uint64
	factor float64
}

// next reads the block of element e of a tile of n elements. The tile begins a chapter, or the reader has read the block
// before.
func (r *reader) next(from []byte, e, n int, chapter bool, z *[blockSamples]uint64) {
	if chapter {
		for k := range r.before {
			r.before[k] = binary.LittleEndian.Uint64(from[8*(e*history+k):])
		}
		from = from[8*n*history:]
	}
	at := 4 * n
	for k := range e {
		at += header(binary.LittleEndian.Uint32(from[4*k:])).size()
	}
	h := header(binary.LittleEndian.Uint32(from[4*e:]))
	kind := h.predictor()
	if kind == decay {
		r.factor = math.Float64frombits(binary.LittleEndian.Uint64(from[at:]))
		at += 8
	}
	for run := range runs {
		width := h.width(run)
		unpackRun((*[8*runSamples + 8]byte)(from[at:]), (*[runSamples]uint64)(z[run*runSamples:]), width)
		at += 2 * int(width)
	}
	restore(kind, r.as, r.factor, &r.before, z)
	copy(r.before[:], z[blockSamples-history:])
}
