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
