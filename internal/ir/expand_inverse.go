package ir

// expandAtan reduces |x| to t, |t| <= tan(pi/8): x itself, (x-1)/(x+1) with
// pi/4 added, or -1/x with pi/2 added.
func expandAtan(b *Builder, args []Value) Value {
	const (
		tanEighth       = 0x1.a827999fcef32p-2 // tan(pi/8)
		tanThreeEighths = 0x1.3504f333f9de6p+1 // tan(3 pi/8)
		quarterPi       = halfPi / 2
		quarterPiLow    = halfPiMid / 2
	)
	a, one, zero := b.Abs(args[0]), b.Float(1), b.Float(0)
	middle, large := b.Less(b.Float(tanEighth), a), b.Less(b.Float(tanThreeEighths), a)
	top := b.Select(large, b.Float(-1), b.Select(middle, b.Sub(a, one), a))
	bottom := b.Select(large, a, b.Select(middle, b.Add(a, one), one))
	base := b.Select(large, b.Float(halfPi), b.Select(middle, b.Float(quarterPi), zero))
	baseLow := b.Select(large, b.Float(halfPiMid), b.Select(middle, b.Float(quarterPiLow), zero))
	t := b.Div(top, bottom)
	z := b.Mul(t, t)
	tail := b.FMA(b.Mul(t, z), polynomial(b, z, arctanTail[:]), baseLow)
	return b.CopySign(b.Add(base, b.Add(t, tail)), args[0])
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
	sum := b.Add(t, tail)
	// pi/2 - 2(t + tail), with the low part of pi/2
	far := b.Add(b.FMA(t, b.Float(-2), b.Float(halfPi)), b.FMA(tail, b.Float(-2), b.Float(halfPiMid)))
	return b.CopySign(b.Select(large, far, sum), args[0])
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
