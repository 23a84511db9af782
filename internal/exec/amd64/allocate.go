package amd64

import "math"

// allocator gives virtual registers real ones and encodes the instructions, in one pass over a straight line.
// When registers run out it frees the one whose value is needed last; a value without a home is then
// spilled into the frame. Values never change, so a spilled or homed one is never written twice.
type allocator struct {
	*assembler
	program  *program
	layout   *layout
	pointers *pointers

	uses    [][]int32 // per virtual register: the positions that read it, those to come
	where   []int     // per virtual register: its register, or -1
	slots   []int32   // per virtual register: its spill slot, or -1
	content [classes][]virtual
	usable  [classes][]uint8
	locked  [classes]uint32 // registers that the current instruction needs

	peak  int // the largest number of vector registers in use by values without a home
	inUse int
}

// pinned is a home kept in a register throughout.
type pinned struct {
	home     home
	register uint8
}

func newAllocator(a *assembler, p *program, l *layout, ptr *pointers, pins []pinned) *allocator {
	r := &allocator{assembler: a, program: p, layout: l, pointers: ptr}
	n := len(p.virtuals)
	r.uses, r.where, r.slots = make([][]int32, n), make([]int, n), make([]int32, n)
	for v := range n {
		r.where[v], r.slots[v] = p.virtuals[v].fixed, -1
	}
	registers := 16
	if p.wide {
		registers = 32
	}
	r.content[vectors], r.content[masks] = make([]virtual, registers), make([]virtual, 8)
	for c := range r.content {
		for i := range r.content[c] {
			r.content[c][i] = noVirtual
		}
	}
	taken := map[uint8]bool{temporary: true, temporary1: true}
	for _, pin := range pins {
		taken[pin.register] = true
		if v, ok := p.homes[pin.home]; ok {
			r.where[v] = int(pin.register)
			p.virtuals[v].fixed = int(pin.register)
		}
	}
	for i := range registers {
		if !taken[uint8(i)] {
			r.usable[vectors] = append(r.usable[vectors], uint8(i))
		}
	}
	r.usable[masks] = []uint8{2, 3, 4, 5, 6}
	var sources []virtual
	for i := range p.instructions {
		sources = p.instructions[i].sources(sources[:0])
		for _, v := range sources {
			r.uses[v] = append(r.uses[v], int32(i))
		}
	}
	return r
}

func (r *allocator) run() {
	for i := range r.program.instructions {
		r.encode(&r.program.instructions[i])
	}
}

func (r *allocator) fixed(v virtual) bool    { return r.program.virtuals[v].fixed >= 0 }
func (r *allocator) classOf(v virtual) class { return r.program.virtuals[v].class }

// take finds a register, freeing one if it must, and gives it to v.
func (r *allocator) take(v virtual) uint8 {
	c := r.classOf(v)
	best, distance := -1, int32(-1)
	for _, i := range r.usable[c] {
		if r.locked[c]>>i&1 != 0 {
			continue
		}
		held := r.content[c][i]
		if held == noVirtual {
			best = int(i)
			break
		}
		next := int32(math.MaxInt32)
		if len(r.uses[held]) > 0 {
			next = r.uses[held][0]
		}
		if next > distance {
			best, distance = int(i), next
		}
	}
	if best < 0 {
		panic("BUG: an instruction needs more registers than there are")
	}
	if held := r.content[c][best]; held != noVirtual {
		r.evict(held, uint8(best))
	}
	r.content[c][best], r.where[v] = v, best
	r.locked[c] |= 1 << best
	if c == vectors && !r.program.isHomed(v) {
		r.inUse++
		r.peak = max(r.peak, r.inUse)
	}
	return uint8(best)
}

func (r *allocator) forget(v virtual) {
	c := r.classOf(v)
	r.content[c][r.where[v]] = noVirtual
	r.where[v] = -1
	if c == vectors && !r.program.isHomed(v) {
		r.inUse--
	}
}

func (r *allocator) evict(v virtual, register uint8) {
	if !r.program.virtuals[v].homed && r.slots[v] < 0 {
		c := r.classOf(v)
		r.slots[v] = r.layout.spill(c)
		to := inMemory(at(rdi, r.slots[v]))
		if c == masks {
			r.vector(r.program.of(kmovbTo), vectorArguments{reg: register, rm: to, imm: -1})
		} else {
			r.vector(vmovapdTo, vectorArguments{length: r.program.full(), reg: register, rm: to, imm: -1})
		}
	}
	r.forget(v)
}

// placeOf is where the frame holds a value that is in no register.
func (r *allocator) placeOf(v virtual) address {
	info := &r.program.virtuals[v]
	if info.homed {
		m := at(rdi, info.home.offset)
		m.broadcast = !info.home.whole
		return m
	}
	if r.slots[v] < 0 {
		panic("BUG: a value is read that nothing has computed")
	}
	return at(rdi, r.slots[v])
}

func (r *allocator) fetch(v virtual, to uint8) { r.fetchFrom(r.placeOf(v), r.classOf(v), to) }

func (r *allocator) fetchFrom(m address, c class, to uint8) {
	switch {
	case c == masks:
		m.broadcast = false
		r.vector(r.program.of(kmovb), vectorArguments{reg: to, rm: inMemory(m), imm: -1})
	case m.broadcast && r.program.lone:
		m.broadcast = false
		r.vector(vmovsd, vectorArguments{reg: to, rm: inMemory(m), imm: -1})
	case m.broadcast:
		m.broadcast = false
		r.vector(vbroadcast, vectorArguments{length: r.program.full(), reg: to, rm: inMemory(m), imm: -1})
	default:
		r.vector(vmovapd, vectorArguments{length: r.program.full(), reg: to, rm: inMemory(m), imm: -1})
	}
}

// need brings a value into a register and keeps it there for this instruction.
func (r *allocator) need(v virtual) uint8 {
	if r.where[v] < 0 {
		r.fetch(v, r.take(v))
	}
	r.locked[r.classOf(v)] |= 1 << r.where[v]
	return uint8(r.where[v])
}

// consume notes that the instruction has read its sources.
func (r *allocator) consume(sources []virtual) {
	for _, v := range sources {
		r.uses[v] = r.uses[v][1:]
	}
}

// release frees the registers of sources that nothing reads any more.
func (r *allocator) release(sources []virtual) {
	for _, v := range sources {
		if len(r.uses[v]) > 0 || r.fixed(v) {
			continue
		}
		c := r.classOf(v)
		if r.where[v] >= 0 {
			r.locked[c] &^= 1 << r.where[v]
			r.forget(v)
		}
	}
}

// releaseSlots frees their spill slots, after the instruction has read them.
func (r *allocator) releaseSlots(sources []virtual) {
	for _, v := range sources {
		if len(r.uses[v]) == 0 && r.slots[v] >= 0 {
			r.layout.release(r.classOf(v), r.slots[v])
			r.slots[v] = -1
		}
	}
}

// inMemoryOf is the position of a source that can stay in memory, or -1.
func (r *allocator) inMemoryOf(in *instruction) int {
	last := -1
	switch in.form {
	case formUnary:
		last = 0
	case formBinary, formBlend:
		last = 1
	case formTied:
		last = 2
	}
	if last < 0 || in.op.tuple != fullVector || in.src[last] == noVirtual {
		return -1
	}
	v := in.src[last]
	if r.where[v] >= 0 || r.classOf(v) != vectors {
		return -1
	}
	for j, other := range in.src {
		if j != last && other == v {
			return -1
		}
	}
	return last
}

func (r *allocator) encode(in *instruction) {
	r.locked = [classes]uint32{}
	if in.form == formFused {
		r.encodeFused(in)
		return
	}
	var list [4]virtual
	sources := in.sources(list[:0])
	memory := r.inMemoryOf(in)
	var registers [3]uint8
	var operands [3]operand
	for j, v := range in.src {
		if v == noVirtual {
			continue
		}
		if j == memory {
			operands[j] = inMemory(r.placeOf(v))
			continue
		}
		registers[j] = r.need(v)
		operands[j] = inRegister(registers[j])
	}
	var k uint8
	if in.k != noVirtual {
		k = r.need(in.k)
	}
	r.consume(sources)

	v := vectorArguments{length: in.length, k: k, zero: in.zero, imm: in.imm}
	switch in.form {
	case formCustom:
		e := emission{assembler: r.assembler, pointers: r.pointers, src: registers}
		if in.dst != noVirtual {
			e.dst = r.take(in.dst)
		}
		in.custom(&e)
		r.release(sources)
	case formTied:
		first := in.src[0]
		if len(r.uses[first]) == 0 && !r.fixed(first) {
			r.handOver(first, in.dst)
			v.reg = registers[0]
		} else {
			v.reg = r.take(in.dst)
			r.vector(vmovapd, vectorArguments{length: r.program.full(), reg: v.reg, rm: inRegister(registers[0]), imm: -1})
		}
		v.vvvv, v.rm = registers[1], operands[2]
		r.vector(in.op, v)
		r.release(sources)
	case formStore:
		m := in.address
		m.base = r.pointers.register(r.assembler, in.pointer, rax)
		v.reg, v.rm = registers[0], inMemory(m)
		if in.src[1] != noVirtual {
			v.vvvv = registers[1]
		}
		r.vector(in.op, v)
		r.release(sources)
	default:
		r.release(sources)
		dst := r.take(in.dst)
		switch in.form {
		case formUnary:
			v.reg, v.rm = dst, operands[0]
		case formBinary:
			v.reg, v.vvvv, v.rm = dst, registers[0], operands[1]
		case formShift:
			v.reg, v.vvvv, v.rm = in.op.digit, dst, operands[0]
		case formBlend:
			v.reg, v.vvvv, v.rm, v.imm = dst, registers[0], operands[1], int(registers[2])<<4
		case formLoad:
			m := in.address
			m.base = r.pointers.register(r.assembler, in.pointer, rax)
			v.reg, v.rm = dst, inMemory(m)
			if in.src[0] != noVirtual {
				v.vvvv = registers[0]
			}
		}
		r.vector(in.op, v)
	}
	r.releaseSlots(sources)
	r.dropUnused(in.dst)
}

// dropUnused frees the register of a result that nothing reads.
func (r *allocator) dropUnused(dst virtual) {
	if dst != noVirtual && len(r.uses[dst]) == 0 && r.where[dst] >= 0 {
		r.forget(dst)
	}
}

// handOver lets dst take the register of a source that is not needed any more.
func (r *allocator) handOver(source, dst virtual) {
	c, register := r.classOf(source), r.where[source]
	r.forget(source)
	r.content[c][register], r.where[dst] = dst, register
	if c == vectors {
		r.inUse++
		r.peak = max(r.peak, r.inUse)
	}
}

// encodeFused chooses among the three forms of a fused multiply-add: the destination is a source that dies, and one source
// can stay in memory.
func (r *allocator) encodeFused(in *instruction) {
	var list [4]virtual
	sources := in.sources(list[:0])
	repeated := func(j int) bool {
		for o, v := range in.src {
			if o != j && v == in.src[j] {
				return true
			}
		}
		return false
	}
	memory, direct := -1, -1 // direct: read from memory into the destination
	for _, j := range [3]int{2, 1, 0} {
		if r.where[in.src[j]] < 0 && !repeated(j) {
			if memory < 0 {
				memory = j
			} else if direct < 0 {
				direct = j
			}
		}
	}
	tie := -1
	for j, v := range in.src {
		if j != memory && j != direct && r.where[v] >= 0 && !r.fixed(v) && len(r.uses[v]) == 1 {
			tie = j
		}
	}
	if tie >= 0 {
		direct = -1
	}
	var registers [3]uint8
	var operands [3]operand
	for j, v := range in.src {
		switch j {
		case memory:
			operands[j] = inMemory(r.placeOf(v))
		case direct:
		default:
			registers[j] = r.need(v)
			operands[j] = inRegister(registers[j])
		}
	}
	r.consume(sources)
	var dst uint8
	switch {
	case tie >= 0:
		dst = registers[tie]
		r.handOver(in.src[tie], in.dst)
	case direct >= 0:
		tie = direct
		from := r.placeOf(in.src[direct])
		dst = r.take(in.dst)
		r.fetchFrom(from, vectors, dst)
	default:
		tie = 2
		if memory == 2 {
			tie = 0
		}
		dst = r.take(in.dst)
		r.vector(vmovapd, vectorArguments{length: in.length, reg: dst, rm: inRegister(registers[tie]), imm: -1})
	}
	sign := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	forms := fused[sign(in.negated[0])][sign(in.negated[1])]
	if in.single {
		forms = fusedForms{forms.f132.single, forms.f213.single, forms.f231.single}
	}
	v := vectorArguments{length: in.length, reg: dst, imm: -1}
	op := forms.f231
	if tie == 2 {
		v.vvvv, v.rm = registers[0], operands[1]
		if memory == 0 {
			v.vvvv, v.rm = registers[1], operands[0]
		}
	} else {
		other := 1 - tie
		op, v.vvvv, v.rm = forms.f213, registers[other], operands[2]
		if memory == other {
			op, v.vvvv, v.rm = forms.f132, registers[2], operands[other]
		}
	}
	r.vector(op, v)
	r.release(sources)
	r.releaseSlots(sources)
	r.dropUnused(in.dst)
}
