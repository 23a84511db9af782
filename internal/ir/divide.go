package ir

// DivideStrength returns the kernel with divisions by what does not change
// during a run turned into multiplications by the reciprocal, which Hoist or
// an executor then computes once. This changes the quotient by at most one
// rounding more (and makes it infinite where the divisor is below 2^-1024).
//
// A quotient stays a division if it reaches, through whatever arithmetic, an
// operation that jumps (rounding to an integer, comparison, integer
// conversion), so that int(t/dt) and phase == x/n mean what was written; if it
// is uniform or itself run-constant, since nothing is gained; and if the
// divisor comes via an index array, where the reciprocal could not be kept.
func DivideStrength(k *Kernel) *Kernel {
	extents := k.Rates()
	jumps := k.reachesJump()
	indexed := k.dependsOn(func(in *Instr) bool { return in.Op == Load && k.Vars[in.Var].Index == Indexed })
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		old := &k.Instrs[i]
		in := old.moved(moved)
		switch {
		case in.Op == Const:
			moved[i] = b.constant(in.Type, in.Imm)
		case in.Op == Div && !jumps[i] && !extents[i].Uniform && extents[i].Rate > RunConstant &&
			extents[old.Args[1]].Rate <= RunConstant && !indexed[old.Args[1]] && !b.isFloat(in.Args[0], 1):
			reciprocal := b.fold(Instr{Op: Div, Type: in.Type, Args: [3]Value{b.FloatOf(in.Type, 1), in.Args[1], NoValue}, Var: NoVar})
			moved[i] = b.Mul(in.Args[0], reciprocal)
		default:
			moved[i] = b.emit(in)
		}
	}
	return CSE(b.kernel)
}

// reachesJump marks the values on which a discontinuous operation depends.
func (k *Kernel) reachesJump() []bool {
	reaches := make([]bool, len(k.Instrs))
	var args []Value
	for i := len(k.Instrs) - 1; i >= 0; i-- {
		in := &k.Instrs[i]
		jump := reaches[i]
		switch in.Op {
		case Floor, Ceil, Trunc, RoundEven, FloorDiv, Mod, Less, LessEqual, Equal, NotEqual, LoadAt, Bits:
			jump = true
		case Convert:
			jump = jump || k.Instrs[in.Args[0]].Type.IsFloat() && !in.Type.IsFloat()
		}
		if !jump {
			continue
		}
		args = in.Arguments(args[:0])
		for _, a := range args {
			reaches[a] = true
		}
	}
	return reaches
}

// dependsOn marks the values that are, or depend on, such an instruction.
func (k *Kernel) dependsOn(such func(in *Instr) bool) []bool {
	depends := make([]bool, len(k.Instrs))
	var args []Value
	for i := range k.Instrs {
		in := &k.Instrs[i]
		depends[i] = such(in)
		args = in.Arguments(args[:0])
		for _, a := range args {
			depends[i] = depends[i] || depends[a]
		}
	}
	return depends
}

// Invert returns the kernel without divisions for which there is something
// cheaper that is not a multiplication by a reciprocal:
//
//	x/exprel(y)           x * (y/(exp(y) - 1)), which divides once
//	timestep(x, d) >= n   x >= (n - 1/1000)*d, for what does not change during a run
//
// Both are as exact as what was written, save that the second may decide
// otherwise where x is, but for the last bits, a thousandth of d below a step,
// a place that the thousandth is there to keep away from.
func Invert(k *Kernel) *Kernel {
	extents := k.Rates()
	kept := func(v Value) bool { return extents[v].Rate <= RunConstant }
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		old := &k.Instrs[i]
		in := old.moved(moved)
		moved[i] = NoValue
		switch in.Op {
		case Const:
			moved[i] = b.constant(in.Type, in.Imm)
		case Div:
			if y, ok := b.operand(in.Args[1], Exprel); ok {
				moved[i] = b.Mul(in.Args[0], b.op(InvExprel, in.Type, y))
			}
		case LessEqual:
			if since, d, ok := k.timestep(old.Args[1]); ok && kept(d) && kept(old.Args[0]) {
				moved[i] = b.LessEqual(b.beginning(in.Args[0], moved[d]), moved[since])
			}
		}
		if moved[i] == NoValue {
			moved[i] = b.emit(in)
		}
	}
	return DCE(CSE(b.kernel))
}

// timestep reports whether v is Timestep(x, d), whose d is positive.
func (k *Kernel) timestep(v Value) (x, d Value, ok bool) {
	in := &k.Instrs[v]
	if in.Op != Convert || in.Type != I64 || k.Instrs[in.Args[0]].Op != Div {
		return 0, 0, false
	}
	quotient := &k.Instrs[in.Args[0]]
	sum, d := &k.Instrs[quotient.Args[0]], quotient.Args[1]
	if sum.Op != Add {
		return 0, 0, false
	}
	product := &k.Instrs[sum.Args[1]]
	if product.Op != Mul || product.Args[0] != d {
		return 0, 0, false
	}
	c := &k.Instrs[product.Args[1]]
	return sum.Args[0], d, c.Op == Const && c.Imm == timestepSlack
}

// beginning is the time from which on Timestep(time, d) is at least n. For n below 1 the steps before belong to it, because
// integers are made by truncation.
func (b *Builder) beginning(n, d Value) Value {
	first := b.Convert(n, F64)
	first = b.Select(b.Less(n, b.Int(I64, 1)), b.Sub(first, b.Float(1)), first)
	return b.FMA(d, first, b.Neg(b.Mul(d, b.constant(F64, timestepSlack))))
}
