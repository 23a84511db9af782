package rng

import "encoding/binary"

// Key returns the Philox key of a draw site: a hash of the seed, the branch of the simulation, the object's
// name, how many objects had that name before it since the seed was set, and the name of the site within the
// object ("rand in on_pre").
//
// The hash is part of what makes results reproducible and does not change between versions: starting from the
// bytes "synfire1" as a little-endian word, each 64-bit word x of the input is absorbed by h = mix(h ^ x),
// where the input is seed, branch, len(object), object, ordinal, len(site), site, strings being cut into
// little-endian words and padded with zeros. mix is the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA
// 2014) with the variant 13 constants of David Stafford, a bijection: addresses that differ in one word never
// collide.
func Key(seed, branch uint64, object string, ordinal int, site string) uint64 {
	h := binary.LittleEndian.Uint64([]byte("synfire1"))
	h = mix(h ^ seed)
	h = mix(h ^ branch)
	h = absorb(h, object)
	h = mix(h ^ uint64(ordinal))
	return absorb(h, site)
}

func absorb(h uint64, text string) uint64 {
	h = mix(h ^ uint64(len(text)))
	for len(text) > 0 {
		var word [8]byte
		text = text[copy(word[:], text):]
		h = mix(h ^ binary.LittleEndian.Uint64(word[:]))
	}
	return h
}

func mix(x uint64) uint64 {
	x += 0x9E3779B97F4A7C15
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
