package amd64

// What the body of one lane does differently: its elements go through general registers, one at a time.

// loadLone loads the lane's own element, or the element whose number is in a vector.
func (l *lowering) loadLone(from pointer, w width, element virtual) virtual {
	if element == noVirtual && w == wide64 {
		return l.memoryOperation(formLoad, vmovsd, l128, from, l.place(8)).dst
	}
	l.pointers.uses[from]++
	return l.custom(true, func(e *emission) {
		m := l.ownElement(e, from, w)
		if element != noVirtual {
			e.vector(vmovqToGPR, vectorArguments{reg: e.src[0], rm: general(rdx), imm: -1})
			m = indexed(m.base, rdx, w.scale(), 0)
		}
		if w == wide64 {
			e.vector(vmovsd, vectorArguments{reg: e.dst, rm: inMemory(m), imm: -1})
			return
		}
		w.loadElement(e, rax, m)
		e.vector(vmovqFromGPR, vectorArguments{reg: e.dst, rm: general(rax), imm: -1})
	}, element)
}

// ownElement is the address of the lane's own element.
func (l *lowering) ownElement(e *emission, in pointer, w width) address {
	m := l.place(w.bytes())
	m.base = e.pointers.register(e.assembler, in, r8)
	return m
}

// writeLone writes the lane's own element, or the one whose number is in a vector, or combines it with what is there.
func (l *lowering) writeLone(to pointer, w width, x, element, active virtual, with combine) {
	l.pointers.uses[to]++
	bits := l.bits()
	l.custom(false, func(e *emission) {
		done := e.newLabel()
		if active != noVirtual {
			bits(e, rbx, e.src[2])
			e.jump(ifEqual, done)
		}
		m := l.ownElement(e, to, w)
		if element != noVirtual {
			e.vector(vmovqToGPR, vectorArguments{reg: e.src[1], rm: general(rdx), imm: -1})
			m = indexed(m.base, rdx, w.scale(), 0)
		}
		switch {
		case with != nil:
			e.vector(vmovsdTo, vectorArguments{reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
			with(e, m, at(rdi, frameValues))
		case w == wide64:
			e.vector(vmovsdTo, vectorArguments{reg: e.src[0], rm: inMemory(m), imm: -1})
		default:
			e.vector(vmovqToGPR, vectorArguments{reg: e.src[0], rm: general(rax), imm: -1})
			w.storeElement(e, m)
		}
		e.place(done)
	}, x, element, active)
}
