package ir

// DCE returns the kernel without instructions whose result nothing uses.
func DCE(k *Kernel) *Kernel {
	live := make([]bool, len(k.Instrs))
	var args []Value
	for i := len(k.Instrs) - 1; i >= 0; i-- {
		in := &k.Instrs[i]
		if !live[i] && !k.HasEffect(in) {
			continue
		}
		live[i] = true
		args = in.Arguments(args[:0])
		for _, a := range args {
			live[a] = true
		}
	}
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		if live[i] {
			moved[i] = b.emit(k.Instrs[i].moved(moved))
		}
	}
	return b.kernel
}

// CSE returns the kernel with each repeated computation done once. A load is
// repeated if nothing was written to its memory in between.
func CSE(k *Kernel) *Kernel {
	type key struct {
		op    Op
		t     Type
		args  [3]Value
		imm   uint64
		v     VarID
		epoch int // writes to the variable's memory so far
	}
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	seen := make(map[key]Value, len(k.Instrs))
	epochs := make([]int, len(k.Vars))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		if in.Op == Store || in.Op == Accumulate {
			for v := range k.Vars {
				if k.SameStorage(in.Var, VarID(v)) {
					epochs[v]++
				}
			}
		}
		if in.Type == None || in.Op == Call {
			moved[i] = b.emit(in)
			continue
		}
		id := key{in.Op, in.Type, in.Args, in.Imm, in.Var, 0}
		if in.Var != NoVar {
			id.epoch = epochs[in.Var]
		}
		if in.Op.commutes() && id.args[0] > id.args[1] {
			id.args[0], id.args[1] = id.args[1], id.args[0]
		}
		if have, ok := seen[id]; ok {
			moved[i] = have
			continue
		}
		moved[i] = b.emit(in)
		seen[id] = moved[i]
	}
	return b.kernel
}

// commutes reports whether the first two arguments can be exchanged without
// changing a bit of what leaves a kernel.
func (op Op) commutes() bool {
	switch op {
	case Add, Mul, FMA, Equal, NotEqual, And, Or, Xor, BitAnd, BitOr, BitXor:
		return true
	}
	return false
}
