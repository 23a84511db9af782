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
