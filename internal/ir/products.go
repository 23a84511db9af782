package ir

import "math"

// CombineFactors returns the kernel with literal factors of one product
// multiplied beforehand, and with products and quotients that differ in
// nothing but the sign of a literal computed once:
//
//	(x*c)*d    x*(c*d)
//	(c/x)*d    (c*d)/x
//	x*(-c)     -(x*c)     where x*c is there too; the same for (-c)/x
//
// The first two round once less. As in [DivideStrength] a product that reaches
// an operation that jumps stays as it was written.
func CombineFactors(k *Kernel) *Kernel {
	jumps := k.reachesJump()
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		switch {
		case in.Op == Const:
			moved[i] = b.constant(in.Type, in.Imm)
		case in.Op == Mul && in.Type == F64 && !jumps[i]:
			moved[i] = b.combined(in)
		default:
			moved[i] = b.emit(in)
		}
	}
	return DCE(CSE(shareSigns(CSE(b.kernel))))
}

// combined is a product with what its factors say about literals.
func (b *Builder) combined(in Instr) Value {
	for j, x := range in.Args[:2] {
		factor, known := b.literal(in.Args[1-j])
		inner := &b.kernel.Instrs[x]
		if !known || inner.Op != Mul && inner.Op != Div {
			continue
		}
		for n, y := range inner.Args[:2] {
			other, ok := b.literal(y)
			if !ok || inner.Op == Div && n == 1 {
				continue
			}
			c := math.Float64frombits(factor) * math.Float64frombits(other)
			if size := math.Abs(c); !(size >= 0x1p-900 && size <= 0x1p900) {
				continue
			}
			if inner.Op == Div {
				return b.Div(b.Float(c), inner.Args[1])
			}
			return b.Mul(inner.Args[1-n], b.Float(c))
		}
	}
	return b.emit(in)
}

// shareSigns replaces products and quotients with a negative literal by the negation of those with the positive one.
func shareSigns(k *Kernel) *Kernel {
	type product struct {
		op      Op
		other   Value
		literal uint64 // its magnitude
	}
	const sign = 1 << 63
	find := func(in *Instr) (p product, negative, ok bool) {
		if in.Op != Mul && in.Op != Div || in.Type != F64 {
			return p, false, false
		}
		for j, a := range in.Args[:2] {
			if c := &k.Instrs[a]; c.Op == Const && !(in.Op == Div && j == 1) {
				return product{in.Op, in.Args[1-j], c.Imm &^ sign}, c.Imm&sign != 0, true
			}
		}
		return p, false, false
	}
	positive := map[product]bool{}
	for i := range k.Instrs {
		if p, negative, ok := find(&k.Instrs[i]); ok && !negative {
			positive[p] = true
		}
	}
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		p, negative, ok := find(&k.Instrs[i])
		switch {
		case in.Op == Const:
			moved[i] = b.constant(in.Type, in.Imm)
		case ok && negative && positive[p]:
			c, x := b.constant(F64, p.literal), moved[p.other]
			if in.Op == Div {
				moved[i] = b.Neg(b.Div(c, x))
			} else {
				moved[i] = b.Neg(b.Mul(x, c))
			}
		default:
			moved[i] = b.emit(in)
		}
	}
	return b.kernel
}
