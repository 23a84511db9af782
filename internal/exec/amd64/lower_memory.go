package amd64

import "synfire/internal/ir"

// memory is where a routine's frame says what a call works on. What is not a pointer is a home, written before each call.
type memory struct {
	columns, vias   []pointer // per variable, per index array
	list            pointer   // of lanes
	low, high, many pointer   // random addresses: Binding.ElementLow, ElementHigh, Occurrence
	last            []home    // per table: its last element
	origin          home      // Binding.Origin
	first           home      // Binding.Origin - Base
	step, call      home      // the first two words of random addresses
	keys            []int32   // per site: the key's words for the ten rounds, alternating
}

// width is the type of an element in memory.
type width uint8

const (
	wide64   width = iota // F64, I64
	signed32              // I32
	unsigned32
	unsigned16
	byteBool
	single // F32
)

func widthOf(t ir.Type) width {
	switch t {
	case ir.I32:
		return signed32
	case ir.Bool:
		return byteBool
	case ir.F32:
		return single
	}
	return wide64
}

func (w width) bytes() int32 { return [...]int32{8, 4, 4, 2, 1, 4}[w] }

// bytes is how many bytes an element takes in a vector.
func (l *lowering) bytes(w width) int32 {
	if w == single || l.dense {
		return 4
	}
	return 8
}

func (w width) scale() uint8 { return uint8(w.bytes()) }

// loadElement reads an element into a general register, extended to 64 bits.
func (w width) loadElement(e *emission, to gpr, m address) {
	switch w {
	case wide64:
		e.load(to, m)
	case signed32:
		e.loadSigned(to, m)
	case unsigned32, single:
		e.load32(to, m)
	case unsigned16:
		e.load16(to, m)
	case byteBool:
		e.load8(to, m)
	}
}

// storeElement writes the element in rax.
func (w width) storeElement(e *emission, to address) {
	switch w {
	case wide64:
		e.store(to, rax)
	case byteBool:
		e.store8(to, rax)
	default:
		e.store32(to, rax)
	}
}

// exists is the Bool of the lanes that exist, in the masked loop.
func (l *lowering) exists() virtual {
	if !l.wide {
		return l.at(home{offset: frameWhole, whole: true})
	}
	h := home{class: masks, offset: frameBits}
	v := l.at(h)
	l.virtuals[v].fixed = laneMask
	return v
}

// active is where an effect with this mask takes place, or noVirtual for everywhere.
func (l *lowering) active(m ir.Value) virtual {
	switch {
	case m == ir.NoValue && !l.tail:
		return noVirtual
	case m == ir.NoValue:
		return l.exists()
	case !l.tail:
		return l.value(m)
	}
	if l.wide {
		return l.operation(kandb, formBinary, masks, -1, l.value(m), l.exists())
	}
	return l.commuted(vandpd, l.value(m), l.exists())
}

// place is the address of the group's elements in memory that lanes walk through.
func (l *lowering) place(bytes int32) address {
	return address{index: uint8(rsi), scale: uint8(bytes), disp: int32(l.group*l.lanes) * bytes}
}

func (l *lowering) memoryOperation(f form, op *opcode, length length, from pointer, m address, sources ...virtual) *instruction {
	in := instruction{op: op, form: f, dst: noVirtual, src: [3]virtual{noVirtual, noVirtual, noVirtual}, k: noVirtual, imm: -1,
		length: length, pointer: from, address: m}
	copy(in.src[:], sources)
	if f == formLoad {
		in.dst = l.newVirtual(vectors)
	}
	l.pointers.uses[from]++
	l.emit(in)
	return &l.instructions[len(l.instructions)-1]
}

// walk loads the group's own elements of memory without a list of lanes.
func (l *lowering) walk(from pointer, w width) virtual {
	if l.lone {
		return l.loadLone(from, w, noVirtual)
	}
	if l.dense && w != byteBool {
		return l.walkHalf(from)
	}
	if !l.wide && l.tail && !l.dense {
		switch w {
		case wide64:
			return l.memoryOperation(formLoad, vmaskmovpd, l256, from, l.place(8), l.exists()).dst
		case signed32, unsigned32:
			v := l.memoryOperation(formLoad, vpmaskmovd, l128, from, l.place(4), l.at(home{offset: frameHalf, whole: true})).dst
			if w == signed32 {
				return l.unary(vpmovsxdq, v)
			}
			return l.unary(vpmovzxdq, v)
		}
	}
	if !l.wide && l.tail {
		return l.pick(from, w, noVirtual, false)
	}
	op := [...]*opcode{vmovupd, vpmovsxdq, vpmovzxdq, vpmovzxwq, vpmovzxbq}[w]
	if l.dense {
		op = vpmovzxbd // wider elements are loaded as they are
	}
	in := l.memoryOperation(formLoad, op, l.full(), from, l.place(w.bytes()))
	if l.tail {
		in.k, in.zero = l.exists(), true
	}
	return in.dst
}

// pick loads elements lane after lane: the group's own ones if elements is noVirtual.
func (l *lowering) pick(from pointer, w width, elements virtual, long bool) virtual {
	if l.lone {
		return l.loadLone(from, w, elements)
	}
	if elements == noVirtual {
		return l.custom(true, l.picker(from, w, l.place(w.bytes()), true, false))
	}
	return l.custom(true, l.picker(from, w, address{scale: w.scale()}, false, long), elements)
}

func (l *lowering) picker(from pointer, w width, m address, own, long bool) func(e *emission) {
	full, tail, lanes, size := l.full(), l.tail, l.lanes, l.bytes(wide64)
	return func(e *emission) {
		base := e.pointers.register(e.assembler, from, r8)
		if !own {
			e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(at(rdi, frameElements)), imm: -1})
		}
		element := func(lane address) {
			if own {
				a := m
				a.base = base
				if lane.index == noIndex {
					a.disp += lane.disp * w.bytes()
				} else {
					e.lea(rdx, indexed(rsi, gpr(lane.index), 1, 0))
					a.index = uint8(rdx)
				}
				w.loadElement(e, rax, a)
			} else {
				a := at(rdi, frameElements+lane.disp*4)
				if long {
					a.disp = frameElements + lane.disp*8
				}
				if lane.index != noIndex {
					a.index, a.scale = lane.index, 4
					if long {
						a.scale = 8
					}
				}
				if long {
					e.load(rdx, a)
				} else {
					e.loadSigned(rdx, a)
				}
				w.loadElement(e, rax, indexed(base, rdx, w.scale(), 0))
			}
			to := at(rdi, frameResults+lane.disp*size)
			if lane.index != noIndex {
				to.index, to.scale = lane.index, uint8(size)
			}
			if size == 4 {
				e.store32(to, rax)
			} else {
				e.store(to, rax)
			}
		}
		if !tail {
			for k := range lanes {
				element(at(rdi, int32(k)))
			}
		} else {
			e.vector(vxorpd, vectorArguments{length: full, reg: temporary, vvvv: temporary, rm: inRegister(temporary), imm: -1})
			e.vector(vmovapdTo, vectorArguments{length: full, reg: temporary, rm: inMemory(at(rdi, frameResults)), imm: -1})
			e.load(rbx, at(rdi, frameBits))
			again := e.newLabel()
			e.place(again)
			e.trailingZeros(rcx, rbx)
			element(indexed(rdi, rcx, 1, 0))
			e.clearLowestBit(rbx, rbx)
			e.jump(ifNotEqual, again)
		}
		e.vector(vmovapd, vectorArguments{length: full, reg: e.dst, rm: inMemory(at(rdi, frameResults)), imm: -1})
	}
}

// gather loads elements of 64 bits, or of 32 bits with short, at element numbers of 32 bits, or of 64 bits with long.
func (l *lowering) gather(from pointer, elements virtual, short, long bool) virtual {
	if l.lone {
		w := wide64
		if short {
			w = unsigned32
		}
		return l.loadLone(from, w, elements)
	}
	l.pointers.uses[from]++
	full, tail, isWide, dense := l.full(), l.tail, l.wide, l.dense
	op, length, scale := vgatherdpd, full, uint8(8)
	copyMask, allOnes := l.of(kmovb), l.of(kxnorb)
	switch {
	case short:
		op, length, scale = vpgatherdd, l.words(), 4
	case long:
		op = vgatherqpd
	}
	return l.custom(true, func(e *emission) {
		m := address{base: e.pointers.register(e.assembler, from, rax), index: e.src[0], scale: scale}
		v := vectorArguments{length: length, reg: e.dst, rm: inMemory(m), imm: -1}
		switch {
		case isWide && tail:
			e.vector(copyMask, vectorArguments{reg: gatherMask, rm: inRegister(laneMask), imm: -1})
			v.k = gatherMask
		case isWide:
			e.vector(allOnes, vectorArguments{length: l256, reg: gatherMask, vvvv: gatherMask, rm: inRegister(gatherMask), imm: -1})
			v.k = gatherMask
		case tail && short && !dense:
			e.vector(vmovups, vectorArguments{length: l128, reg: temporary, rm: inMemory(at(rdi, frameHalf)), imm: -1})
		case tail:
			e.vector(vmovapd, vectorArguments{length: l256, reg: temporary, rm: inMemory(at(rdi, frameWhole)), imm: -1})
		default:
			e.vector(vpcmpeqq, vectorArguments{length: l256, reg: temporary, vvvv: temporary, rm: inRegister(temporary), imm: -1})
		}
		if !isWide {
			v.vvvv = temporary
		}
		e.vector(vxorpd, vectorArguments{length: full, reg: e.dst, vvvv: e.dst, rm: inRegister(e.dst), imm: -1})
		e.vector(op, v)
	}, elements)
}

// walkHalf loads the group's own 32-bit element numbers.
func (l *lowering) walkHalf(from pointer) virtual {
	if l.lone {
		return l.loadLone(from, unsigned32, noVirtual)
	}
	if !l.wide && l.tail {
		mask := home{offset: frameHalf, whole: true}
		if l.dense {
			mask.offset = frameWhole
		}
		return l.memoryOperation(formLoad, vpmaskmovd, l.words(), from, l.place(4), l.at(mask)).dst
	}
	in := l.memoryOperation(formLoad, vmovups, l.words(), from, l.place(4))
	if l.tail {
		in.k, in.zero = l.exists(), true
	}
	return in.dst
}

// own is the vector of the group's elements, noVirtual if lanes walk through them.
func (l *lowering) own() virtual {
	if !l.variant.list {
		return noVirtual
	}
	if l.elements[l.group] == noVirtual {
		l.elements[l.group] = l.walkHalf(l.memory.list)
	}
	return l.elements[l.group]
}

// via is the vector of the elements that an index array names.
func (l *lowering) via(array int) virtual {
	if have := l.vias[l.group][array]; have != noVirtual {
		return have
	}
	var v virtual
	if own := l.own(); own == noVirtual {
		v = l.walkHalf(l.memory.vias[array])
	} else {
		v = l.gather(l.memory.vias[array], own, true, false)
	}
	l.vias[l.group][array] = v
	return v
}

// fetch loads the elements of the lanes: their own ones if elements is noVirtual.
func (l *lowering) fetch(from pointer, w width, elements virtual) virtual {
	switch {
	case elements == noVirtual:
		return l.walk(from, w)
	case w == wide64:
		return l.gather(from, elements, false, false)
	case w == signed32:
		return l.unary(vpmovsxdq, l.gather(from, elements, true, false))
	case w == unsigned32:
		return l.unary(vpmovzxdq, l.gather(from, elements, true, false))
	}
	return l.pick(from, w, elements, false)
}

// truth makes a Bool of numbers that are 0 and 1.
func (l *lowering) truth(x virtual) virtual {
	if l.wide {
		return l.operation(vptestmq, formBinary, masks, -1, x, x)
	}
	return l.binary(vpsubq, l.zeroVector(), x)
}

func (l *lowering) lowerLoad(in *ir.Instr) virtual {
	if in.Type == ir.F32 || in.Type == ir.I32 && l.dense {
		return l.loadSingle(in)
	}
	v := &l.kernel.Vars[in.Var]
	from := l.memory.columns[in.Var]
	var x virtual
	switch v.Index {
	case ir.Shared:
		x = l.sharedElement(from, widthOf(v.Type))
	case ir.Indexed:
		x = l.fetch(from, widthOf(v.Type), l.via(v.Via))
	case ir.Scratch:
		x = l.walk(from, widthOf(v.Type))
	default:
		x = l.fetch(from, widthOf(v.Type), l.own())
	}
	if v.Type == ir.Bool {
		return l.truth(x)
	}
	return x
}

// sharedElement copies the one element of a variable to all lanes.
func (l *lowering) sharedElement(from pointer, w width) virtual {
	full, isWide := l.full(), l.wide
	return l.custom(true, func(e *emission) {
		w.loadElement(e, rax, at(e.pointers.register(e.assembler, from, rax), 0))
		spread(e, isWide, full, rax)
	})
}

// spread copies a general register to all lanes of the result.
func spread(e *emission, isWide bool, full length, from gpr) {
	if isWide {
		e.vector(vpbroadcastFromGPR, vectorArguments{length: full, reg: e.dst, rm: general(from), imm: -1})
		return
	}
	e.vector(vmovqFromGPR, vectorArguments{reg: e.dst, rm: general(from), imm: -1})
	e.vector(vpbroadcastFromXMM, vectorArguments{length: full, reg: e.dst, rm: inRegister(e.dst), imm: -1})
}

func (l *lowering) lowerLoadAt(in *ir.Instr) virtual {
	v := &l.kernel.Vars[in.Var]
	from := l.memory.columns[in.Var]
	element := l.smaller(l.larger(l.value(in.Args[0]), l.zeroVector()), l.at(l.memory.last[in.Var]))
	if v.Type == ir.F64 || v.Type == ir.I64 {
		return l.gather(from, element, false, true)
	}
	x := l.pick(from, widthOf(v.Type), element, true)
	switch v.Type {
	case ir.Bool:
		return l.truth(x)
	case ir.F32:
		return l.lowHalves(x)
	}
	return x
}

// elementNumber is the number of each lane's element, I64, without origin.
func (l *lowering) elementNumber() virtual {
	if own := l.own(); own != noVirtual {
		return l.unary(vpmovsxdq, own)
	}
	if l.position == noVirtual {
		full, isWide := l.full(), l.wide
		l.position = l.custom(true, func(e *emission) { spread(e, isWide, full, rsi) })
	}
	first := l.group * l.lanes
	return l.binary(vpaddq, l.position, l.at(l.layout.each(func(lane int) uint64 { return uint64(first + lane) })))
}
