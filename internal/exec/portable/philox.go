package portable

import "synfire/internal/rng"

// randBits draws the words of a site that are wanted (register not negative).
func randBits(site, low, high int) step {
	return func(f *frame) {
		key := f.binding.Keys[site]
		for k := 0; k < f.n; k++ {
			c0, c1, c2, c3 := f.binding.Address(f.binding.Element(f.lo + k))
			w0, w1, w2, w3 := rng.Philox(key, c0, c1, c2, c3)
			if low >= 0 {
				register[uint64](f, low)[k&(block-1)] = uint64(w1)<<32 | uint64(w0)
			}
			if high >= 0 {
				register[uint64](f, high)[k&(block-1)] = uint64(w3)<<32 | uint64(w2)
			}
		}
	}
}
