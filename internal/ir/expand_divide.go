package ir

// dividePython gives q and r with x = q*y + r for Python's x // y and x % y.
// The rounded quotient can reach the next integer, so that floor gives one
// too many: then r has the wrong sign, shows it, and q goes down by one. r is
// exact in both cases (before y is added), because |q| < 2^53. Beyond, where
// the spacing of doubles at x exceeds y, Python's own result depends on bits
// of x that carry no meaning in a simulation: r is NaN there.
func dividePython(b *Builder, x, y Value) (q, r Value) {
	zero := b.Float(0)
	quotient := b.Div(x, y)
	q = b.Floor(quotient)
	r = b.FMA(b.Neg(q), y, x)
	// The remainder of a finite x by infinity is x itself.
	r = b.Select(b.Equal(b.Abs(y), inf(b, 1)), b.FMA(x, zero, x), r)
	wrong := b.Less(b.Mul(b.CopySign(b.Float(1), y), r), zero)
	q = b.Select(wrong, b.Sub(q, b.Float(1)), q)
	r = b.Select(wrong, b.Add(r, y), r)
	r = b.Select(b.Less(b.Abs(quotient), b.Float(0x1p53)), r, nan(b))
	return q, b.Select(b.Equal(r, zero), b.CopySign(zero, y), r)
}

func expandFloorDiv(b *Builder, args []Value) Value {
	q, _ := dividePython(b, args[0], args[1])
	return b.Sub(q, b.Sub(args[0], args[0])) // NaN for infinite x, as NumPy has it
}

func expandMod(b *Builder, args []Value) Value {
	_, r := dividePython(b, args[0], args[1])
	return r
}

// timestepSlack is the pattern of a thousandth.
const timestepSlack = 0x3F50624DD2F1A9FC

// Timestep is the number of steps of length dt up to time t, I64: the integral
// part of (t + 0.001 dt)/dt. The thousandth makes up for a t that is rounded
// to just below a step (Brian2's timestep function). dt is positive.
func (b *Builder) Timestep(t, dt Value) Value {
	return b.Convert(b.Div(b.Add(t, b.Mul(dt, b.constant(F64, timestepSlack))), dt), I64)
}

// Sign is -1, 0 or 1 in the type of x; of a NaN it is NaN.
func (b *Builder) Sign(x Value) Value {
	t := b.TypeOf(x)
	if !t.IsFloat() {
		zero := b.Int(t, 0)
		return b.Select(b.Less(zero, x), b.Int(t, 1), b.Select(b.Less(x, zero), b.Int(t, -1), zero))
	}
	zero := b.FloatOf(t, 0)
	return b.Select(b.Less(zero, x), b.FloatOf(t, 1), b.Select(b.Less(x, zero), b.FloatOf(t, -1), b.Add(x, zero)))
}
