package portable

import "synfire/internal/ir"

// strip returns the value under a negation that its users apply.
func (c *compiler) strip(v ir.Value) (ir.Value, bool) {
	if c.negated[v] {
		return c.kernel.Instrs[v].Args[0], true
	}
	return v, false
}

// fma makes the step of a*b + z. Negations of factors are moved to a scalar
// where there is one; a sum of two negative parts negates the scalar addend or
// falls back on a spread.
func (c *compiler) fma(in *ir.Instr, d int) step {
	if in.Type == ir.F32 {
		x, y, z := c.vector(in.Args[0]), c.vector(in.Args[1]), c.vector(in.Args[2])
		return func(f *frame) {
			fma32(register[float32](f, d), register[float32](f, x), register[float32](f, y), register[float32](f, z), f.n)
		}
	}
	a, negateA := c.strip(in.Args[0])
	b, negateB := c.strip(in.Args[1])
	z, negateZ := c.strip(in.Args[2])
	negateProduct := negateA != negateB
	if c.is(a) {
		a, b = b, a
	}
	if c.is(a) {
		// Two scalar factors: the first is spread, because the product is not rounded.
		x, y, w := c.vector(a), c.scalarOf[b], c.vector(z)
		if negateZ {
			return func(f *frame) {
				fmsVSV(register[float64](f, d), register[float64](f, x), float(f.scalars[y]), register[float64](f, w), f.n)
			}
		}
		return func(f *frame) {
			fmaVSV(register[float64](f, d), register[float64](f, x), float(f.scalars[y]), register[float64](f, w), f.n)
		}
	}
	x := c.vector(a)
	if c.is(b) {
		y := c.scalarOf[b]
		if negateProduct {
			y = c.negative(y)
		}
		if c.is(z) {
			w := c.scalarOf[z]
			return func(f *frame) {
				fmaVSS(register[float64](f, d), register[float64](f, x), float(f.scalars[y]), float(f.scalars[w]), f.n)
			}
		}
		w, loop := c.vector(z), fmaVSV
		if negateZ {
			loop = fmsVSV
		}
		return func(f *frame) {
			loop(register[float64](f, d), register[float64](f, x), float(f.scalars[y]), register[float64](f, w), f.n)
		}
	}
	y := c.vector(b)
	if c.is(z) {
		w, loop := c.scalarOf[z], fmaVVS
		if negateProduct {
			loop = fnmaVVS
		}
		return func(f *frame) {
			loop(register[float64](f, d), register[float64](f, x), register[float64](f, y), float(f.scalars[w]), f.n)
		}
	}
	w, loop := c.vector(z), fmaVVV
	switch {
	case negateProduct && negateZ:
		loop = fnmsVVV
	case negateProduct:
		loop = fnmaVVV
	case negateZ:
		loop = fmsVVV
	}
	return func(f *frame) {
		loop(register[float64](f, d), register[float64](f, x), register[float64](f, y), register[float64](f, w), f.n)
	}
}
