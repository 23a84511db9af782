package portable

import (
	"synfire/internal/exec"
	"synfire/internal/rng"
)

// randBits draws the words of a site that are wanted (register not negative).
func randBits(site, low, high int) step {
	return func(f *frame) {
		key := f.binding.Keys[site]
		var discarded [block]uint64
		l, h := &discarded, &discarded
		if low >= 0 {
			l = register[uint64](f, low)
		}
		if high >= 0 {
			h = register[uint64](f, high)
		}
		if b := f.binding; b.Lanes != nil || b.ElementLow != nil || b.ElementHigh != nil || b.Occurrence != nil {
			randAddressed(b, key, f.lo, l, h, f.n)
			return
		}
		// Neurons in a row: only the number changes.
		c0, c1, c2, c3 := f.binding.Address(f.lo)
		for k := 0; k < f.n; k++ {
			j := k & (block - 1)
			w0, w1, w2, w3 := rng.Philox(key, c0, c1, c2+uint32(k), c3)
			l[j], h[j] = uint64(w1)<<32|uint64(w0), uint64(w3)<<32|uint64(w2)
		}
	}
}

func randAddressed(b *exec.Binding, key uint64, lo int, l, h *[block]uint64, n int) {
	for k := 0; k < n; k++ {
		j := k & (block - 1)
		c0, c1, c2, c3 := b.Address(b.Element(lo + k))
		w0, w1, w2, w3 := rng.Philox(key, c0, c1, c2, c3)
		l[j], h[j] = uint64(w1)<<32|uint64(w0), uint64(w3)<<32|uint64(w2)
	}
}
