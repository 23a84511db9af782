package ir

// WriteWhereSpiking returns the kernel with stores that change nothing but the
// lanes that it emits limited to these. They are few, so that mostly nothing is
// read or written:
//
//	v = select(m, x, v)    v = x where m
//	v = v and not m        v = false where m
//	v = v or m             v = true where m
func WriteWhereSpiking(k *Kernel) *Kernel {
	emitted := map[Value]bool{}
	for i := range k.Instrs {
		if in := &k.Instrs[i]; in.Op == Emit {
			emitted[in.Args[0]] = true
		}
	}
	if len(emitted) == 0 {
		return k
	}
	// unchanged reports whether a value is what the variable holds when instruction i writes it.
	unchanged := func(v Value, i int) bool {
		in, variable := &k.Instrs[v], k.Instrs[i].Var
		if in.Op != Load || in.Var != variable {
			return false
		}
		for j := int(v); j < i; j++ {
			if w := &k.Instrs[j]; (w.Op == Store || w.Op == Accumulate) && k.SameStorage(w.Var, variable) {
				return false
			}
		}
		return true
	}
	b := rebuild(k)
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		if in.Op == Const {
			moved[i] = b.constant(in.Type, in.Imm)
			continue
		}
		if in.Op == Store && in.Args[1] == NoValue {
			value := &k.Instrs[k.Instrs[i].Args[0]]
			x, y := value.Args[0], value.Args[1]
			switch {
			case value.Op == Select && emitted[x] && unchanged(value.Args[2], i):
				in.Args[0], in.Args[1] = moved[y], moved[x]
			case value.Op == And && unchanged(x, i) && k.Instrs[y].Op == Not && emitted[k.Instrs[y].Args[0]]:
				in.Args[0], in.Args[1] = b.Bool(false), moved[k.Instrs[y].Args[0]]
			case value.Op == Or && unchanged(x, i) && emitted[y]:
				in.Args[0], in.Args[1] = b.Bool(true), moved[y]
			}
		}
		moved[i] = b.emit(in)
	}
	return DCE(b.kernel)
}
