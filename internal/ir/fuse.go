package ir

// FuseMultiplyAdd returns the kernel with each product that only one sum or
// difference uses turned into a fused multiply-add, which rounds once:
//
//	x*y + z    fma(x, y, z)
//	x*y - z    fma(x, y, -z)
//	z - x*y    fma(-x, y, z)
//
// Where both sides are such products the left one is fused. A product that is
// computed less often than the sum (run-constant in a varying sum, uniform in
// one that differs between lanes) stays on its own, so that it can be hoisted.
func FuseMultiplyAdd(k *Kernel) *Kernel {
	extents := k.Rates()
	uses := k.uses()
	fusible := func(sum, product Value) bool {
		in := &k.Instrs[product]
		return in.Op == Mul && uses[product] == 1 && extents[product] == extents[sum]
	}
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		old := &k.Instrs[i]
		in := old.moved(moved)
		if (in.Op == Add || in.Op == Sub) && in.Type.IsFloat() {
			left, right := old.Args[0], old.Args[1]
			switch {
			case fusible(Value(i), left):
				x, y := moved[k.Instrs[left].Args[0]], moved[k.Instrs[left].Args[1]]
				z := moved[right]
				if in.Op == Sub {
					z = b.negated(z)
				}
				moved[i] = b.FMA(x, y, z)
				continue
			case fusible(Value(i), right):
				x, y := moved[k.Instrs[right].Args[0]], moved[k.Instrs[right].Args[1]]
				if in.Op == Sub {
					// Negate the argument for which it costs least.
					if extents[k.Instrs[right].Args[1]].cheaperThan(extents[k.Instrs[right].Args[0]]) {
						x, y = y, x
					}
					x = b.negated(x)
				}
				moved[i] = b.FMA(x, y, moved[left])
				continue
			}
		}
		if in.Op == Const {
			moved[i] = b.constant(in.Type, in.Imm)
			continue
		}
		moved[i] = b.emit(in)
	}
	return DCE(b.kernel)
}

// cheaperThan reports whether values of extent e are computed less often.
func (e Extent) cheaperThan(other Extent) bool {
	if e.Rate != other.Rate {
		return e.Rate < other.Rate
	}
	return e.Uniform && !other.Uniform
}

// uses counts how often each value is an argument.
func (k *Kernel) uses() []int {
	uses := make([]int, len(k.Instrs))
	var args []Value
	for i := range k.Instrs {
		args = k.Instrs[i].Arguments(args[:0])
		for _, a := range args {
			uses[a]++
		}
	}
	return uses
}
