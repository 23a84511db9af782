package amd64

import "synfire/internal/ir"

// storable is a value as it goes to memory: a NaN canonical, a Bool as 0 or 1.
func (l *lowering) storable(t ir.Type, x virtual) virtual {
	switch t {
	case ir.F64:
		return l.canonical(x)
	case ir.F32:
		return l.onSingles(func() virtual { return l.canonical(x) })
	case ir.Bool:
		return l.where(x, l.number(1))
	}
	return x
}

func (l *lowering) lowerStore(in *ir.Instr) {
	v := &l.kernel.Vars[in.Var]
	to := l.memory.columns[in.Var]
	elements := noVirtual
	switch v.Index {
	case ir.Indexed:
		elements = l.via(v.Via)
	case ir.Own:
		elements = l.own()
	}
	active := l.active(in.Args[1])
	if in.Args[1] != ir.NoValue && v.Index != ir.Shared && !l.lone {
		l.storeSome(to, v.Type, in.Args[0], elements, active)
		return
	}
	x := l.storable(v.Type, l.value(in.Args[0]))
	switch {
	case v.Index == ir.Shared:
		l.storeLast(to, widthOf(v.Type), x, active)
	case elements != noVirtual:
		l.scatter(to, widthOf(v.Type), x, elements, active, nil)
	default:
		l.storeOwn(to, widthOf(v.Type), x, active)
	}
}

// storeSome writes under a condition: mostly that of a spike, which seldom holds. So nothing is prepared for it.
func (l *lowering) storeSome(to pointer, t ir.Type, value ir.Value, elements, active virtual) {
	w, bits, nan := widthOf(t), l.bits(), l.nan(t)
	length, compare, blend, masked, spread := l.full(), vcmppd, vblendmpd, vmovupdTo, vbroadcast
	switch {
	case t == ir.F32:
		length, compare, blend, masked = l.words(), vcmppd.single, vblendmpd.single, vmovupsTo
	case t == ir.I32 && l.dense:
		masked = vmovupsTo
	case t == ir.I32:
		masked = vpmovqdTo
	case t == ir.Bool && l.dense:
		masked = vpmovdbTo
	case t == ir.Bool:
		masked = vpmovqbTo
	}
	x := l.value(value)
	if t == ir.Bool {
		x = l.storable(t, x)
		if in := &l.kernel.Instrs[value]; in.Op == ir.Const {
			x = l.number(in.Imm)
		}
	}
	var home home
	isHomed := l.isHomed(x)
	if isHomed {
		home, x = l.virtuals[x].home, noVirtual
	}
	// Of 64 bits a dense line writes only what all lanes share.
	uniform := l.dense && w == wide64
	if in := &l.kernel.Instrs[value]; uniform && in.Op == ir.Const {
		home = l.layout.pattern(in.Imm)
	}
	full, isWide, own, size := l.full(), l.wide, l.place(w.bytes()), uint8(l.bytes(w))
	l.pointers.uses[to]++
	l.custom(false, func(e *emission) {
		bits(e, rbx, e.src[2])
		e.rarely(ifNotEqual, func() {
			base := e.pointers.register(e.assembler, to, r8)
			from := e.src[0]
			if isHomed {
				from = temporary
				e.vector(spread, vectorArguments{length: full, reg: from, rm: inMemory(at(rdi, home.offset)), imm: -1})
			}
			switch {
			case !t.IsFloat():
			case isWide:
				e.vector(compare, vectorArguments{length: length, reg: gatherMask, vvvv: from, rm: inRegister(from), imm: unordered})
				m := at(rdi, nan.offset)
				m.broadcast = true
				e.vector(blend, vectorArguments{length: length, reg: temporary, vvvv: from, rm: inMemory(m), k: gatherMask, imm: -1})
				from = temporary
			default:
				e.vector(compare, vectorArguments{length: length, reg: temporary1, vvvv: from, rm: inRegister(from), imm: unordered})
				op := vblendvpd
				if t == ir.F32 {
					op = vblendvpd.single
				}
				e.vector(op, vectorArguments{length: length, reg: temporary, vvvv: from, rm: inMemory(at(rdi, nan.offset)), imm: temporary1 << 4})
				from = temporary
			}
			if isWide && elements == noVirtual && !uniform {
				m := own
				m.base = base
				storeLength := full
				if t == ir.F32 {
					storeLength = length
				}
				e.vector(masked, vectorArguments{length: storeLength, reg: from, rm: inMemory(m), k: e.src[2], imm: -1})
				return
			}
			e.vector(vmovapdTo, vectorArguments{length: full, reg: from, rm: inMemory(at(rdi, frameValues)), imm: -1})
			if elements != noVirtual {
				e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[1], rm: inMemory(at(rdi, frameElements)), imm: -1})
			}
			again := e.newLabel()
			e.place(again)
			e.trailingZeros(rcx, rbx)
			m := own
			if elements != noVirtual {
				e.loadSigned(rdx, indexed(rdi, rcx, 4, frameElements))
				m = indexed(base, rdx, w.scale(), 0)
			} else {
				e.lea(rdx, indexed(rsi, rcx, 1, 0))
				m.base, m.index = base, uint8(rdx)
			}
			if uniform {
				e.load(rax, at(rdi, frameValues))
			} else {
				e.load(rax, indexed(rdi, rcx, size, frameValues))
			}
			w.storeElement(e, m)
			e.clearLowestBit(rbx, rbx)
			e.jump(ifNotEqual, again)
		})
	}, x, elements, active)
}

// nan is the home of the NaN that leaves a kernel.
func (l *lowering) nan(t ir.Type) home {
	const double, single = 0x7FF8000000000000, 0x7FC00000
	if t == ir.F32 {
		return l.layout.pattern(single<<32 | single)
	}
	return l.layout.pattern(double)
}

// storeOwn writes the elements that the lanes walk through.
func (l *lowering) storeOwn(to pointer, w width, x, active virtual) {
	if l.lone {
		l.writeLone(to, w, x, noVirtual, active, nil)
		return
	}
	if w == single || w == signed32 && l.dense {
		l.storeSingles(to, x, active)
		return
	}
	if l.wide {
		op := [...]*opcode{wide64: vmovupdTo, signed32: vpmovqdTo, byteBool: vpmovqbTo}[w]
		if l.dense {
			op = vpmovdbTo
		}
		l.memoryOperation(formStore, op, l512, to, l.place(w.bytes()), x).k = active
		return
	}
	packed := func(x virtual) virtual {
		even := l.at(l.layout.each(func(lane int) uint64 { return [4]uint64{2 << 32, 6<<32 | 4, 0, 0}[lane] }))
		return l.operation(vpermd, formBinary, vectors, -1, even, x)
	}
	switch {
	case w == wide64 && active == noVirtual:
		l.memoryOperation(formStore, vmovupdTo, l256, to, l.place(8), x)
	case w == wide64:
		l.memoryOperation(formStore, vmaskmovpdTo, l256, to, l.place(8), x, active)
	case w == signed32 && active == noVirtual:
		l.memoryOperation(formStore, vmovupsTo, l128, to, l.place(4), packed(x))
	case w == signed32:
		l.memoryOperation(formStore, vpmaskmovdTo, l128, to, l.place(4), packed(x), packed(active))
	default:
		l.scatter(to, w, x, noVirtual, active, nil)
	}
}

// bits writes code that brings a Bool into a general register, a bit for each lane, and compares it with zero.
func (l *lowering) bits() func(e *emission, to gpr, from uint8) {
	isWide, isLone, fromMask, fromVector := l.wide, l.lone, l.of(kmovbGPR), vmovmskpd
	if l.dense {
		fromVector = vmovmskps
	}
	return func(e *emission, to gpr, from uint8) {
		if isWide {
			e.vector(fromMask, vectorArguments{reg: uint8(to), rm: inRegister(from), imm: -1})
		} else {
			e.vector(fromVector, vectorArguments{length: l256, reg: uint8(to), rm: inRegister(from), imm: -1})
		}
		if isLone {
			e.andLiteral(to, 1)
		} else {
			e.test(to, to)
		}
	}
}

// scatter writes elements lane after lane, at element numbers or, with noVirtual, at the lanes' own elements. With combine
// they are combined with what is there.
func (l *lowering) scatter(to pointer, w width, x, elements, active virtual, with combine) {
	if l.lone {
		l.writeLone(to, w, x, elements, active, with)
		return
	}
	if with == nil && active == noVirtual && w == wide64 && elements != noVirtual {
		l.storeElements(to, x, elements)
		return
	}
	l.pointers.uses[to] += 2
	full, bits, lanes := l.full(), l.bits(), l.lanes
	own, size := l.place(w.bytes()), l.bytes(w)
	sources := []virtual{x, elements, active}
	l.custom(false, func(e *emission) {
		base := e.pointers.register(e.assembler, to, r8)
		e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		if elements != noVirtual {
			e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[1], rm: inMemory(at(rdi, frameElements)), imm: -1})
		}
		write := func(value, element address) {
			if with != nil {
				with(e, element, value)
				return
			}
			e.load(rax, value)
			w.storeElement(e, element)
		}
		if active == noVirtual {
			for k := range int32(lanes) {
				element := own.plus(k * w.bytes())
				element.base = base
				if elements != noVirtual {
					e.loadSigned(rdx, at(rdi, frameElements+4*k))
					element = indexed(base, rdx, w.scale(), 0)
				}
				write(at(rdi, frameValues+size*k), element)
			}
			return
		}
		again, done := e.newLabel(), e.newLabel()
		bits(e, rbx, e.src[2])
		e.jump(ifEqual, done)
		e.place(again)
		e.trailingZeros(rcx, rbx)
		element := own
		if elements != noVirtual {
			e.loadSigned(rdx, indexed(rdi, rcx, 4, frameElements))
			element = indexed(base, rdx, w.scale(), 0)
		} else {
			e.lea(rdx, indexed(rsi, rcx, 1, 0))
			element.base, element.index = base, uint8(rdx)
		}
		write(indexed(rdi, rcx, uint8(size), frameValues), element)
		e.clearLowestBit(rbx, rbx)
		e.jump(ifNotEqual, again)
		e.place(done)
	}, sources...)
}

// storeElements writes whole lanes to elements whose numbers are in a vector, pair after pair.
func (l *lowering) storeElements(to pointer, x, elements virtual) {
	l.pointers.uses[to] += 2
	half, lanes, extract, full := l.full()-1, int32(l.lanes), vextractf128, l.full()
	if l.wide {
		extract = vextractf64x2
	}
	listed := l.variant.list && elements == l.own()
	list := l.memory.list
	number := l.place(4)
	if listed { // where the numbers can be read in memory
		l.pointers.uses[list] += 2
		elements = noVirtual
	}
	l.custom(false, func(e *emission) {
		base := e.pointers.register(e.assembler, to, r8)
		from := at(rdi, frameElements)
		if listed {
			from = number
			from.base = e.pointers.register(e.assembler, list, r9)
		} else {
			e.vector(vmovapdTo, vectorArguments{length: half, reg: e.src[1], rm: inMemory(from), imm: -1})
		}
		for k := range lanes {
			pair := e.src[0]
			if k > 1 {
				pair = temporary
				if k%2 == 0 {
					e.vector(extract, vectorArguments{length: full, reg: e.src[0], rm: inRegister(temporary), imm: int(k / 2)})
				}
			}
			store := vmovsdTo
			if k%2 == 1 {
				store = vmovhpdTo
			}
			e.loadSigned(rdx, from.plus(4*k))
			e.vector(store, vectorArguments{reg: pair, rm: inMemory(indexed(base, rdx, 8, 0)), imm: -1})
		}
	}, x, elements)
}

// storeLast writes the value of the last active lane.
func (l *lowering) storeLast(to pointer, w width, x, active virtual) {
	size := l.bytes(w)
	full, bits, lanes := l.full(), l.bits(), int32(l.lanes)
	l.custom(false, func(e *emission) {
		done := e.newLabel()
		e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		if active == noVirtual {
			e.load(rax, at(rdi, frameValues+size*(lanes-1)))
		} else {
			bits(e, rbx, e.src[1])
			e.jump(ifEqual, done)
			e.highestBit(rcx, rbx)
			e.load(rax, indexed(rdi, rcx, uint8(size), frameValues))
		}
		w.storeElement(e, at(e.pointers.register(e.assembler, to, r8), 0))
		e.place(done)
	}, x, active)
}

// lowerEmit appends the numbers of lanes. Mostly there are none.
func (l *lowering) lowerEmit(in *ir.Instr) {
	active := l.active(in.Args[0])
	if l.wide && !l.lone {
		l.emitPacked(active)
		return
	}
	bits, list, first, origin := l.bits(), l.variant.list, int32(l.group*l.lanes), l.memory.origin.offset
	l.custom(false, func(e *emission) {
		bits(e, rbx, e.src[0])
		e.rarely(ifNotEqual, func() {
			again := e.newLabel()
			e.load(r8, at(rdi, frameEmitted))
			e.place(again)
			e.trailingZeros(rcx, rbx)
			e.lea(rdx, indexed(rsi, rcx, 1, first))
			if list {
				e.loadSigned(rdx, indexed(e.pointers.register(e.assembler, l.memory.list, r9), rdx, 4, 0))
			}
			e.addMemory(rdx, at(rdi, origin))
			e.store32(at(r8, 0), rdx)
			e.addLiteral(r8, 4)
			e.clearLowestBit(rbx, rbx)
			e.jump(ifNotEqual, again)
			e.store(at(rdi, frameEmitted), r8)
		})
	}, active)
}

// emitPacked appends the numbers of lanes whose bits are set in a mask: all at once, since there may be many and to go through the
// bits one by one is to guess wrongly where they end. The instruction packs into a register: into memory it is slow.
func (l *lowering) emitPacked(active virtual) {
	bits, list, length, origin := l.bits(), l.variant.list, l.words(), at(rdi, l.memory.origin.offset)
	origin.broadcast = true
	own := l.place(4)
	var numbers address
	if !list {
		first := uint64(l.group * l.lanes)
		numbers = at(rdi, l.layout.each(func(lane int) uint64 { return (first+uint64(2*lane+1))<<32 | (first + uint64(2*lane)) }).offset)
	}
	l.custom(false, func(e *emission) {
		bits(e, rbx, e.src[0])
		e.rarely(ifNotEqual, func() {
			e.load(r8, at(rdi, frameEmitted))
			if list {
				m := own
				m.base = e.pointers.register(e.assembler, l.memory.list, r9)
				e.vector(vmovups, vectorArguments{length: length, reg: temporary, rm: inMemory(m), k: e.src[0], zero: true, imm: -1})
			} else {
				e.vector(vpbroadcastdGPR, vectorArguments{length: length, reg: temporary, rm: general(rsi), imm: -1})
				e.vector(vpaddq.single, vectorArguments{length: length, reg: temporary, vvvv: temporary, rm: inMemory(numbers), imm: -1})
			}
			e.vector(vpaddq.single, vectorArguments{length: length, reg: temporary, vvvv: temporary, rm: inMemory(origin), imm: -1})
			e.vector(vpcompressd, vectorArguments{length: length, reg: temporary, rm: inRegister(temporary1), k: e.src[0], zero: true, imm: -1})
			e.vector(vmovupsTo, vectorArguments{length: length, reg: temporary1, rm: inMemory(at(r8, 0)), imm: -1})
			e.countBits(rbx, rbx)
			e.lea(r8, indexed(r8, rbx, 4, 0))
			e.store(at(rdi, frameEmitted), r8)
		})
	}, active)
}

// lowerRandBits is Philox4x32-10 (Salmon et al. 2011) on words kept in the low halves of lanes. The high
// halves hold rubbish until the end: products of 32-bit words do not read them.
func (l *lowering) lowerRandBits(in *ir.Instr) virtual {
	drawn := l.draws[l.group]
	if v, ok := drawn[in.Imm]; ok {
		return v
	}
	c0, c1, c3 := l.at(l.memory.step), l.at(l.memory.call), l.zeroVector()
	var c2 virtual
	if l.variant.low {
		c2 = l.fetch(l.memory.low, unsigned32, l.own())
	} else {
		c2 = l.commuted(vpaddq, l.elementNumber(), l.at(l.memory.origin))
	}
	if l.variant.high {
		c3 = l.fetch(l.memory.high, unsigned32, l.own())
	}
	if l.variant.many {
		c1 = l.commuted(vorpd, l.shifted(vpsllq, l.fetch(l.memory.many, unsigned16, l.own()), 8), c1)
	}
	m0, m1 := l.number(0xD2511F53), l.number(0xCD9E8D57)
	key := l.memory.keys[in.Imm>>1]
	size := int32(8)
	if !l.wide {
		size = 32
	}
	for round := range int32(10) {
		k0 := l.at(home{offset: key + 2*round*size, whole: !l.wide})
		k1 := l.at(home{offset: key + (2*round+1)*size, whole: !l.wide})
		p0, p1 := l.commuted(vpmuludq, c0, m0), l.commuted(vpmuludq, c2, m1)
		c0 = l.mixed(l.shifted(vpsrlq, p1, 32), c1, k0)
		c2 = l.mixed(l.shifted(vpsrlq, p0, 32), c3, k1)
		c1, c3 = p1, p0
	}
	low := l.number(1<<32 - 1)
	word := func(w0, w1 virtual) virtual {
		return l.binary(vorpd, l.shifted(vpsllq, w1, 32), l.binary(vandpd, w0, low))
	}
	for n, words := range [2][2]virtual{{c0, c1}, {c2, c3}} {
		if id := in.Imm&^1 | uint64(n); id == in.Imm || l.usesWord(id) {
			drawn[id] = word(words[0], words[1])
		}
	}
	return drawn[in.Imm]
}

func (l *lowering) usesWord(id uint64) bool {
	for i := range l.kernel.Instrs {
		if in := &l.kernel.Instrs[i]; in.Op == ir.RandBits && in.Imm == id && l.unit.uses[i] > 0 {
			return true
		}
	}
	return false
}

// mixed is x xor y xor z.
func (l *lowering) mixed(x, y, z virtual) virtual {
	if l.wide {
		const xor = 0x96
		return l.operation(vpternlogq, formTied, vectors, xor, x, y, z)
	}
	return l.binary(vxorpd, l.commuted(vxorpd, x, y), z)
}
