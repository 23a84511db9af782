package ir

// uniform is the upper 53 bits of a word as a number in [0, 1).
func uniform(b *Builder, word Value) Value {
	return b.Mul(b.Convert(b.ShrLogical(word, b.Int(I64, 11)), F64), b.Float(0x1p-53))
}

func expandRand(b *Builder, site int) Value {
	low, _ := b.RandBits(site)
	return uniform(b, low)
}

// expandRandn is the cosine half of Box and Muller (1958) on the two words of
// a block: sqrt(-2 log(1-u)) * cos(2 pi v). The angle is reduced while it is
// still in turns, where that is exact. The largest result is 8.57.
func expandRandn(b *Builder, site int) Value {
	low, high := b.RandBits(site)
	one, half := b.Float(1), b.Float(0.5)
	k, m := reduceLog(b, b.Sub(one, uniform(b, low)))
	radius := b.Sqrt(b.Mul(logOfReduced(b, k, b.Sub(m, one), b.Float(0)), b.Float(-2)))

	quarters := b.Mul(uniform(b, high), b.Float(4))
	n := b.RoundEven(quarters)
	r := b.Mul(b.Sub(quarters, n), b.Float(halfPi))
	z := b.Mul(r, r)
	halves := b.Mul(n, half)
	odd := b.NotEqual(b.Floor(halves), halves)
	cos := b.Select(odd, sinOfReduced(b, r, z), cosOfReduced(b, z))
	// cos(n pi/2 + r) is cos r, -sin r, -cos r, sin r, cos r for n from 0 to 4.
	negative := b.And(b.Less(half, n), b.Less(n, b.Float(2.5)))
	return b.Mul(radius, b.Select(negative, b.Neg(cos), cos))
}
