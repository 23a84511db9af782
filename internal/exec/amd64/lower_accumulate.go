package amd64

import "synfire/internal/ir"

// combine is what an accumulation does with an element: the sum or product with the value at a place in the frame.
type combine func(e *emission, element, value address)

// combiner is the accumulation of elements of a type.
func (l *lowering) combiner(t ir.Type, product bool) combine {
	nan := l.nan(t)
	move, moveTo, add, multiply, compare := vmovsd, vmovsdTo, vaddsd, vmulsd, vucomisd
	if t == ir.F32 {
		move, moveTo, add, multiply, compare = vmovss, vmovssTo, vaddss, vmulss, vucomiss
	}
	return func(e *emission, element, value address) {
		if t.IsFloat() {
			op := add
			if product {
				op = multiply
			}
			ordered := e.newLabel()
			e.vector(move, vectorArguments{reg: temporary, rm: inMemory(element), imm: -1})
			e.vector(op, vectorArguments{reg: temporary, vvvv: temporary, rm: inMemory(value), imm: -1})
			e.vector(compare, vectorArguments{reg: temporary, rm: inRegister(temporary), imm: -1})
			e.jump(ifOrdered, ordered)
			e.vector(move, vectorArguments{reg: temporary, rm: inMemory(at(rdi, nan.offset)), imm: -1})
			e.place(ordered)
			e.vector(moveTo, vectorArguments{reg: temporary, rm: inMemory(element), imm: -1})
			return
		}
		w := widthOf(t)
		w.loadElement(e, rax, element)
		if product {
			e.load(r9, value)
			e.multiply(rax, r9)
		} else {
			e.addMemory(rax, value)
		}
		w.storeElement(e, element)
	}
}

func (l *lowering) lowerAccumulate(in *ir.Instr) {
	v := &l.kernel.Vars[in.Var]
	to := l.memory.columns[in.Var]
	product := ir.Op(in.Imm) == ir.Mul
	x := l.value(in.Args[0])
	active := l.active(in.Args[1])
	w := widthOf(v.Type)
	switch {
	case v.Index == ir.Indexed && active == noVirtual && !l.lone && (v.Type.IsFloat() || !l.variant.list):
		l.accumulateRow(in, l.combiner(v.Type, product))
	case v.Index == ir.Indexed:
		l.scatter(to, w, x, l.via(v.Via), active, l.combiner(v.Type, product))
	case v.Index == ir.Shared:
		l.accumulateShared(to, w, x, active, l.combiner(v.Type, product))
	default:
		if own := l.own(); own != noVirtual {
			l.scatter(to, w, x, own, active, l.combiner(v.Type, product))
			return
		}
		if v.Type == ir.F32 {
			old := l.walkHalf(to)
			l.storeOwn(to, w, l.onSingles(func() virtual {
				if product {
					return l.canonical(l.binary(vmulpd, old, x))
				}
				return l.canonical(l.binary(vaddpd, old, x))
			}), active)
			return
		}
		old := l.walk(to, w)
		var sum virtual
		switch {
		case v.Type == ir.F64 && product:
			sum = l.canonical(l.binary(vmulpd, old, x))
		case v.Type == ir.F64:
			sum = l.canonical(l.binary(vaddpd, old, x))
		case product:
			sum = l.product(old, x)
		default:
			sum = l.binary(vpaddq, old, x)
		}
		l.storeOwn(to, w, sum, active)
	}
}

// accumulateRow adds what all lanes of a group give to elements that an index array names, in order. That is what most events
// are, so numbers and values are read where they lie in memory if they do, without gathering them first.
func (l *lowering) accumulateRow(in *ir.Instr, with combine) {
	v := &l.kernel.Vars[in.Var]
	to, numbers := l.memory.columns[in.Var], l.memory.vias[v.Via]
	w := widthOf(v.Type)
	l.pointers.uses[to] += 2
	l.pointers.uses[numbers] += 2
	place, number, element := l.place(4), l.place(4), l.place(w.bytes())
	full, lanes, list := l.full(), l.lanes, l.variant.list
	if list {
		l.pointers.uses[l.memory.list] += 2
	}
	x, from, direct := noVirtual, pointer(0), l.isUnchanged(in.Args[0])
	if direct {
		from = l.memory.columns[l.kernel.Instrs[in.Args[0]].Var]
		l.pointers.uses[from]++
	} else {
		x = l.value(in.Args[0])
	}
	same := l.isHomed(x)
	var home home
	if same {
		home, x = l.virtuals[x].home, noVirtual
	}
	l.custom(false, func(e *emission) {
		value, step := at(rdi, frameValues), l.bytes(w)
		base := e.pointers.register(e.assembler, to, r8)
		number.base = e.pointers.register(e.assembler, numbers, rbx)
		switch {
		case direct:
			value, step = element, w.bytes()
			value.base = e.pointers.register(e.assembler, from, rcx)
		case same:
			value, step = at(rdi, home.offset), 0
		default:
			e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(value), imm: -1})
		}
		for k := range int32(lanes) {
			if !list {
				e.loadSigned(rdx, number.plus(4*k))
				with(e, indexed(base, rdx, w.scale(), 0), value.plus(step*k))
				continue
			}
			lane := place.plus(4 * k)
			lane.base = e.pointers.register(e.assembler, l.memory.list, r9)
			e.loadSigned(rdx, lane)
			e.loadSigned(rax, indexed(number.base, rdx, 4, 0))
			addend := value.plus(step * k)
			if direct {
				addend = indexed(value.base, rdx, w.scale(), 0)
			}
			with(e, indexed(base, rax, w.scale(), 0), addend)
		}
	}, x)
}

// isUnchanged reports whether a value is the lane's own element of memory that the kernel does not write, and lies there as
// it does in vectors.
func (l *lowering) isUnchanged(v ir.Value) bool {
	in := &l.kernel.Instrs[v]
	if in.Op != ir.Load || l.kernel.Vars[in.Var].Index != ir.Own || widthOf(in.Type).bytes() != l.bytes(widthOf(in.Type)) {
		return false
	}
	for i := range l.kernel.Instrs {
		if w := &l.kernel.Instrs[i]; l.kernel.HasEffect(w) && w.Var != ir.NoVar && l.kernel.SameStorage(w.Var, in.Var) {
			return false
		}
	}
	return true
}

// accumulateShared adds all lanes, one after another, to the single element.
func (l *lowering) accumulateShared(to pointer, w width, x, active virtual, with combine) {
	full, bits, lanes, size := l.full(), l.bits(), l.lanes, l.bytes(w)
	l.custom(false, func(e *emission) {
		base := e.pointers.register(e.assembler, to, r8)
		e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		if active == noVirtual {
			for k := range int32(lanes) {
				with(e, at(base, 0), at(rdi, frameValues+size*k))
			}
			return
		}
		again, done := e.newLabel(), e.newLabel()
		bits(e, rbx, e.src[1])
		e.jump(ifEqual, done)
		e.place(again)
		e.trailingZeros(rcx, rbx)
		with(e, at(base, 0), indexed(rdi, rcx, uint8(size), frameValues))
		e.clearLowestBit(rbx, rbx)
		e.jump(ifNotEqual, again)
		e.place(done)
	}, x, active)
}
