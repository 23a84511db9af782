package ir

// expandAtan reduces |x| to t, |t| <= 1/2: x itself, (x-1)/(x+1) with pi/4
// added for x above 1/2, where x-1 is exact, or -1/x with pi/2 added for x
// above 2.
func expandAtan(b *Builder, args []Value) Value {
	const (
		quarterPi    = halfPi / 2
		quarterPiLow = halfPiMid / 2
	)
	a, one, zero := b.Abs(args[0]), b.Float(1), b.Float(0)
	middle, large := b.Less(b.Float(0.5), a), b.Less(b.Float(2), a)
	top := b.Select(large, b.Float(-1), b.Select(middle, b.Sub(a, one), a))
	bottom := b.Select(large, a, b.Select(middle, b.Add(a, one), one))
	base := b.Select(large, b.Float(halfPi), b.Select(middle, b.Float(quarterPi), zero))
	baseLow := b.Select(large, b.Float(halfPiMid), b.Select(middle, b.Float(quarterPiLow), zero))
	t := b.Div(top, bottom)
	z := b.Mul(t, t)
	tail := b.FMA(b.Mul(t, z), polynomial(b, z, arctanTail[:]), baseLow)
	high, low := fastTwoSum(b, base, t)
	return b.CopySign(b.Add(high, b.Add(low, tail)), args[0])
}

// arcsinParts serves arcsin and arccos: for |x| <= 1/2, t is |x|; beyond, with
// arccos(a) = 2 arcsin(sqrt((1-a)/2)), t is that root (NaN for a > 1).
// arcsin(t) is t + tail.
func arcsinParts(b *Builder, x Value) (large, t, tail Value) {
	a, half := b.Abs(x), b.Float(0.5)
	large = b.Less(half, a)
	z := b.Select(large, b.FMA(a, b.Float(-0.5), half), b.Mul(a, a))
	t = b.Select(large, b.Sqrt(z), a)
	return large, t, b.Mul(b.Mul(t, z), polynomial(b, z, arcsinTail[:]))
}

func expandAsin(b *Builder, args []Value) Value {
	large, t, tail := arcsinParts(b, args[0])
	// pi/2 - 2(t + tail), the low part of pi/2 with the smallest term
	double := b.FMA(t, b.Float(2), b.FMA(tail, b.Float(2), b.Float(-halfPiMid)))
	far := b.Sub(b.Float(halfPi), double)
	return b.CopySign(b.Select(large, far, b.Add(t, tail)), args[0])
}

// expandAcos: 2(t+tail) for x > 1/2, pi minus that for x < -1/2, and
// pi/2 - arcsin(x) between.
func expandAcos(b *Builder, args []Value) Value {
	x := args[0]
	large, t, tail := arcsinParts(b, x)
	negative := b.Less(x, b.Float(0))
	near := b.Sub(b.Float(halfPi), b.Sub(b.CopySign(b.Add(t, tail), x), b.Float(halfPiMid)))
	double := b.Mul(b.Add(t, tail), b.Float(2))
	far := b.Select(negative, b.Sub(b.Float(2*halfPi), b.Sub(double, b.Float(2*halfPiMid))), double)
	return b.Select(large, far, near)
}
