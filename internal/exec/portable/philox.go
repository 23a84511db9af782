package portable

// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy
// as 1, 2, 3" (2011), whose constants these are.
const (
	philoxM0, philoxM1 = 0xD2511F53, 0xCD9E8D57
	philoxW0, philoxW1 = 0x9E3779B9, 0xBB67AE85
)

// philox enciphers a counter. Scalars instead of arrays keep it in registers.
func philox(key uint64, c0, c1, c2, c3 uint32) (low, high uint64) {
	k0, k1 := uint32(key), uint32(key>>32)
	for round := 0; round < 10; round++ {
		p0, p1 := uint64(philoxM0)*uint64(c0), uint64(philoxM1)*uint64(c2)
		c0, c1, c2, c3 = uint32(p1>>32)^c1^k0, uint32(p1), uint32(p0>>32)^c3^k1, uint32(p0)
		k0 += philoxW0
		k1 += philoxW1
	}
	return uint64(c1)<<32 | uint64(c0), uint64(c3)<<32 | uint64(c2)
}

// randBits draws the words of a site that are wanted (register not negative).
func randBits(site, low, high int) step {
	return func(f *frame) {
		key := f.binding.Keys[site]
		for k := 0; k < f.n; k++ {
			c0, c1, c2, c3 := f.binding.Address(f.binding.Element(f.lo + k))
			l, h := philox(key, c0, c1, c2, c3)
			if low >= 0 {
				register[uint64](f, low)[k] = l
			}
			if high >= 0 {
				register[uint64](f, high)[k] = h
			}
		}
	}
}
