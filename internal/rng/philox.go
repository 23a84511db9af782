package rng

import "math/bits"

// Multipliers and Weyl increments of Philox4x32: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", SC11, section 4.2 and the Random123 library.
const (
	philoxM0 = 0xD2511F53
	philoxM1 = 0xCD9E8D57
	philoxW0 = 0x9E3779B9
	philoxW1 = 0xBB67AE85
	rounds   = 10
)

// Philox returns the block of four random words at a counter under a key: Philox4x32-10, with the key's low
// word first.
func Philox(key uint64, c0, c1, c2, c3 uint32) (w0, w1, w2, w3 uint32) {
	k0, k1 := uint32(key), uint32(key>>32)
	for range rounds {
		hi0, lo0 := bits.Mul32(philoxM0, c0)
		hi1, lo1 := bits.Mul32(philoxM1, c2)
		c0, c1, c2, c3 = hi1^c1^k0, lo1, hi0^c3^k1, lo0
		k0 += philoxW0
		k1 += philoxW1
	}
	return c0, c1, c2, c3
}

// Counter words, for every draw of a simulation:
//
//	c0  bits 0 to 31 of the step, counted since the branch began
//	c1  call (8 bits) | occurrence (16 bits) | bits 32 to 39 of the step
//	c2  the neuron's number, or a synapse's target
//	c3  0, or a synapse's source
//
// The occurrence tells apart several synapses of one pair; the call tells apart blocks of one draw that needs
// more than one.

// StepWords returns the counter words c0 and c1 of a step below 2^40.
func StepWords(step uint64, call uint8, occurrence uint16) (c0, c1 uint32) {
	return uint32(step), uint32(call)<<24 | uint32(occurrence)<<8 | uint32(step>>32)&0xff
}

// Uniform returns the uniform number in [0, 1) that two words make: a multiple of 2^-53.
func Uniform(low, high uint32) float64 {
	return float64((uint64(high)<<32|uint64(low))>>11) * 0x1p-53
}

// Lanes is where a run of draws takes its elements from. With Targets and Sources nil the elements are First,
// First+1, ... and the source is 0; otherwise element i is (Targets[i], Sources[i]), and a nil Sources means 0.
// Occurrences, if given, number several synapses of one pair and replace the occurrence in c1.
type Lanes struct {
	First       uint32
	Targets     []int32
	Sources     []int32
	Occurrences []uint16
}

// counter returns c1, c2 and c3 of lane i.
func (l *Lanes) counter(i int, c1 uint32) (uint32, uint32, uint32) {
	if l.Targets == nil {
		return c1, l.First + uint32(i), 0
	}
	var source uint32
	if l.Sources != nil {
		source = uint32(l.Sources[i])
	}
	if l.Occurrences != nil {
		c1 = c1&^0x00ffff00 | uint32(l.Occurrences[i])<<8
	}
	return c1, uint32(l.Targets[i]), source
}

// FillUniform sets dst[i] to the uniform number of lane i. It is the plain loop
//
//	w0, w1, _, _ := Philox(key, c0, c1, target, source)
//	dst[i] = Uniform(w0, w1)
func FillUniform(dst []float64, key uint64, c0, c1 uint32, lanes Lanes) {
	for i := range dst {
		d1, d2, d3 := lanes.counter(i, c1)
		w0, w1, _, _ := Philox(key, c0, d1, d2, d3)
		dst[i] = Uniform(w0, w1)
	}
}

// FillNormalPairs sets u1[i] in (0, 1] and u2[i] in [0, 1) to the two uniform numbers from which the
// Box-Muller transform makes lane i's normal number, sqrt(-2 log u1) cos(2 pi u2). Logarithm and cosine are
// left to the caller, who owns their rounding.
func FillNormalPairs(u1, u2 []float64, key uint64, c0, c1 uint32, lanes Lanes) {
	u2 = u2[:len(u1)]
	for i := range u1 {
		d1, d2, d3 := lanes.counter(i, c1)
		w0, w1, w2, w3 := Philox(key, c0, d1, d2, d3)
		u1[i] = 1 - Uniform(w0, w1)
		u2[i] = Uniform(w2, w3)
	}
}

// Stream is a sequence of uniform numbers at one address, for draws that need an unknown number of them
// (Poisson, binomial). It uses the blocks call = 0, 1, ..., 255 and then goes on under a derived key.
type Stream struct {
	key            uint64
	c0, c1, c2, c3 uint32
	word           [4]uint32
	next           int // of the block's two numbers
	calls          uint32
}

// NewStream returns the stream at an address; the call in c1 is ignored.
func NewStream(key uint64, c0, c1, c2, c3 uint32) Stream {
	return Stream{key: key, c0: c0, c1: c1 &^ 0xff000000, c2: c2, c3: c3, next: 2}
}

// Float64 returns the next uniform number in [0, 1).
func (s *Stream) Float64() float64 {
	if s.next == 2 {
		key := s.key
		if lap := s.calls >> 8; lap > 0 {
			key = mix(key ^ mix(uint64(lap)))
		}
		s.word[0], s.word[1], s.word[2], s.word[3] = Philox(key, s.c0, s.c1|s.calls<<24, s.c2, s.c3)
		s.calls++
		s.next = 0
	}
	i := 2 * s.next
	s.next++
	return Uniform(s.word[i], s.word[i+1])
}
