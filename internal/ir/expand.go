package ir

import "fmt"

// expander writes out one compound operation: it appends basic operations
// (and, through the builder's own methods, other compound ones, which are
// written out at once) and returns the result. args are the operation's
// arguments; drawing operations get the site through drawExpander.
type expander func(b *Builder, args []Value) Value

// drawExpander writes out a draw from a site.
type drawExpander func(b *Builder, site int) Value

// ExpandMath returns the kernel with every compound operation written out in
// basic ones. It must come after FuseMultiplyAdd: the expansions choose their
// own fused operations and are not to be changed.
func ExpandMath(k *Kernel) *Kernel {
	b := rebuild(k)
	b.expanding = true
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		in := k.Instrs[i].moved(moved)
		switch {
		case in.Op.IsCompound(in.Type):
			moved[i] = b.expand(in)
		case in.Op == Const:
			moved[i] = b.constant(in.Type, in.Imm)
		default:
			moved[i] = b.emit(in)
		}
	}
	return b.kernel
}

func (b *Builder) expand(in Instr) Value {
	if in.Op == Rand || in.Op == Randn {
		if e := drawExpanderOf(in.Op); e != nil {
			return e(b, int(in.Imm))
		}
	} else if in.Type == F32 {
		return b.expandSingle(in.Op, in.Args[:in.Op.Arity()])
	} else if e := expanderOf(in.Op); e != nil {
		return e(b, in.Args[:in.Op.Arity()])
	}
	panic(fmt.Sprintf("BUG: no expansion of %s", in.Op))
}

// rebuild starts a builder whose kernel has k's declarations and no instructions.
func rebuild(k *Kernel) *Builder {
	c := *k
	c.Instrs = make([]Instr, 0, len(k.Instrs))
	return &Builder{kernel: &c, literals: map[literal]Value{}}
}

// moved returns the instruction with its arguments renamed.
func (in Instr) moved(to []Value) Instr {
	for j, a := range in.Args {
		if a != NoValue {
			in.Args[j] = to[a]
		}
	}
	if len(in.List) > 0 {
		list := make([]Value, len(in.List))
		for j, a := range in.List {
			list[j] = to[a]
		}
		in.List = list
	}
	return in
}
