package amd64

import "encoding/binary"

// gpr is a general register.
type gpr uint8

const (
	rax gpr = iota
	rcx
	rdx
	rbx
	rsp
	rbp
	rsi
	rdi
	r8
	r9
	r10
	r11
	r12
	r13
	r14
	r15
)

const noIndex = 0xFF

// address is a memory operand: base + index*scale + disp.
type address struct {
	base      gpr
	index     uint8 // a general register, or a vector register of gathers; or noIndex
	scale     uint8
	disp      int32
	broadcast bool // one element for all lanes
}

func at(base gpr, disp int32) address {
	return address{base: base, index: noIndex, scale: 1, disp: disp}
}

func indexed(base, index gpr, scale uint8, disp int32) address {
	return address{base: base, index: uint8(index), scale: scale, disp: disp}
}

// operand is the r/m operand: a register or memory.
type operand struct {
	memory  bool
	reg     uint8
	address address
}

func inRegister(r uint8) operand       { return operand{reg: r} }
func inMemory(m address) operand       { return operand{memory: true, address: m} }
func general(r gpr) operand            { return operand{reg: uint8(r)} }
func (l length) bytes() int32          { return 16 << l }
func (m address) plus(d int32) address { m.disp += d; return m }

// length is the length of vectors.
type length uint8

const (
	l128 length = iota
	l256
	l512
)

// label is a place in the code.
type label int

// assembler appends encoded instructions.
type assembler struct {
	code   []byte
	evex   bool     // encode vector instructions that have both forms with EVEX
	labels []int    // position of each label, -1 where it is not known yet
	rare   []func() // what follows the end of the code
	fixups []fixup  // jumps to patch
}

type fixup struct {
	at int
	to label
}

func (a *assembler) byte(b ...byte) { a.code = append(a.code, b...) }

func (a *assembler) newLabel() label {
	a.labels = append(a.labels, -1)
	return label(len(a.labels) - 1)
}

func (a *assembler) place(l label) { a.labels[l] = len(a.code) }

// rarely places code for a condition that seldom holds behind the end, from where it comes back, so that nothing is jumped
// over otherwise. Registers must be as they are here.
func (a *assembler) rarely(c condition, write func()) {
	there, back := a.newLabel(), a.newLabel()
	a.jump(c, there)
	a.place(back)
	a.rare = append(a.rare, func() {
		a.place(there)
		write()
		a.jump(always, back)
	})
}

// finish writes what is rare, patches the jumps and returns the code.
func (a *assembler) finish() []byte {
	for _, write := range a.rare {
		write()
	}
	for _, f := range a.fixups {
		binary.LittleEndian.PutUint32(a.code[f.at:], uint32(a.labels[f.to]-f.at-4))
	}
	return a.code
}

// vectorArguments are the operands of a vector instruction, by their place in the encoding.
type vectorArguments struct {
	length length
	reg    uint8 // ModRM.reg
	vvvv   uint8
	rm     operand
	k      uint8 // write mask, 0: none
	zero   bool  // lanes outside of the mask become zero
	imm    int   // literal byte, -1: none
}

func (a *assembler) vector(op *opcode, v vectorArguments) {
	if op.only == evex || op.only == both && a.evex {
		a.evexInstruction(op, v)
	} else {
		a.vexInstruction(op, v)
	}
	if v.imm >= 0 {
		a.byte(byte(v.imm))
	}
}

func bit(x uint8, n uint) byte { return x >> n & 1 }

func (a *assembler) vexInstruction(op *opcode, v vectorArguments) {
	var x, b byte
	if v.rm.memory {
		if v.rm.address.index != noIndex {
			x = bit(v.rm.address.index, 3)
		}
		b = bit(uint8(v.rm.address.base), 3)
	} else {
		b = bit(v.rm.reg, 3)
	}
	r := bit(v.reg, 3)
	last := (^v.vvvv&15)<<3 | byte(v.length)<<2 | op.prefix
	if x == 0 && b == 0 && op.vexW == 0 && op.opmap == map0F {
		a.byte(0xC5, (r^1)<<7|last)
	} else {
		a.byte(0xC4, (r^1)<<7|(x^1)<<6|(b^1)<<5|op.opmap, op.vexW<<7|last)
	}
	a.byte(op.code)
	a.modRM(v.reg, v.rm, 1)
}

func (a *assembler) evexInstruction(op *opcode, v vectorArguments) {
	var x, b, high byte
	high = bit(v.vvvv, 4)
	unit := int32(1)
	var broadcast byte
	if v.rm.memory {
		m := v.rm.address
		if m.index != noIndex {
			x = bit(m.index, 3)
			high |= bit(m.index, 4)
		}
		b = bit(uint8(m.base), 3)
		unit = op.unit(v.length, m.broadcast)
		if m.broadcast {
			broadcast = 1
		}
	} else {
		b, x = bit(v.rm.reg, 3), bit(v.rm.reg, 4)
	}
	var zero byte
	if v.zero {
		zero = 1
	}
	a.byte(0x62,
		(bit(v.reg, 3)^1)<<7|(x^1)<<6|(b^1)<<5|(bit(v.reg, 4)^1)<<4|op.opmap,
		op.evexW<<7|(^v.vvvv&15)<<3|4|op.prefix,
		zero<<7|byte(v.length)<<5|broadcast<<4|(high^1)<<3|v.k,
		op.code)
	a.modRM(v.reg, v.rm, unit)
}

// unit is what a short displacement of the EVEX instruction counts.
func (op *opcode) unit(l length, broadcast bool) int32 {
	if broadcast {
		return int32(op.element)
	}
	switch op.tuple {
	case halfVector:
		return l.bytes() / 2
	case quarterVector:
		return l.bytes() / 4
	case eighthVector:
		return l.bytes() / 8
	case oneElement:
		return int32(op.element)
	}
	return l.bytes()
}

// modRM writes the operand bytes. unit is the unit of one-byte displacements.
func (a *assembler) modRM(reg uint8, rm operand, unit int32) {
	reg &= 7
	if !rm.memory {
		a.byte(0xC0 | reg<<3 | rm.reg&7)
		return
	}
	m := rm.address
	base := uint8(m.base) & 7
	mode, short := byte(2), m.disp/unit
	switch {
	case m.disp == 0 && base != 5: // base 5 without displacement means something else
		mode = 0
	case m.disp%unit == 0 && short >= -128 && short <= 127:
		mode = 1
	}
	if m.index != noIndex || base == 4 {
		index, scale := byte(4), byte(0)
		if m.index != noIndex {
			index = m.index & 7
			for s := m.scale; s > 1; s >>= 1 {
				scale++
			}
		}
		a.byte(mode<<6|reg<<3|4, scale<<6|index<<3|base)
	} else {
		a.byte(mode<<6 | reg<<3 | base)
	}
	switch mode {
	case 1:
		a.byte(byte(short))
	case 2:
		a.code = binary.LittleEndian.AppendUint32(a.code, uint32(m.disp))
	}
}

// integer writes an instruction on general registers: prefix (0: none), bytes of the opcode, 64 bits wide or 32.
func (a *assembler) integer(prefix byte, wide bool, reg uint8, rm operand, opcode ...byte) {
	if prefix != 0 {
		a.byte(prefix)
	}
	rex := bit(reg, 3) << 2
	if wide {
		rex |= 8
	}
	if rm.memory {
		rex |= bit(uint8(rm.address.base), 3)
		if rm.address.index != noIndex {
			rex |= bit(rm.address.index, 3) << 1
		}
	} else {
		rex |= bit(rm.reg, 3)
	}
	if rex != 0 {
		a.byte(0x40 | rex)
	}
	a.byte(opcode...)
	a.modRM(reg, rm, 1)
}

func (a *assembler) move(to, from gpr)         { a.integer(0, true, uint8(to), general(from), 0x8B) }
func (a *assembler) load(to gpr, from address) { a.integer(0, true, uint8(to), inMemory(from), 0x8B) }
func (a *assembler) load32(to gpr, from address) {
	a.integer(0, false, uint8(to), inMemory(from), 0x8B)
}
func (a *assembler) loadSigned(to gpr, from address) {
	a.integer(0, true, uint8(to), inMemory(from), 0x63)
}
func (a *assembler) load16(to gpr, from address) {
	a.integer(0, false, uint8(to), inMemory(from), 0x0F, 0xB7)
}
func (a *assembler) load8(to gpr, from address) {
	a.integer(0, false, uint8(to), inMemory(from), 0x0F, 0xB6)
}
func (a *assembler) store(to address, from gpr) { a.integer(0, true, uint8(from), inMemory(to), 0x89) }
func (a *assembler) store32(to address, from gpr) {
	a.integer(0, false, uint8(from), inMemory(to), 0x89)
}

// store8 stores the low byte of one of the registers rax, rcx, rdx, rbx.
func (a *assembler) store8(to address, from gpr) {
	a.integer(0, false, uint8(from), inMemory(to), 0x88)
}
func (a *assembler) prefetch(m address) { a.integer(0, false, 1, inMemory(m), 0x0F, 0x18) }

func (a *assembler) lea(to gpr, m address) { a.integer(0, true, uint8(to), inMemory(m), 0x8D) }

func (a *assembler) add(to, x gpr)                  { a.integer(0, true, uint8(to), general(x), 0x03) }
func (a *assembler) addMemory(to gpr, m address)    { a.integer(0, true, uint8(to), inMemory(m), 0x03) }
func (a *assembler) sub(to, x gpr)                  { a.integer(0, true, uint8(to), general(x), 0x2B) }
func (a *assembler) xor(to, x gpr)                  { a.integer(0, true, uint8(to), general(x), 0x33) }
func (a *assembler) compareMemory(x gpr, m address) { a.integer(0, true, uint8(x), inMemory(m), 0x3B) }
func (a *assembler) test(x, y gpr)                  { a.integer(0, true, uint8(y), general(x), 0x85) }
func (a *assembler) multiply(to, x gpr)             { a.integer(0, true, uint8(to), general(x), 0x0F, 0xAF) }
func (a *assembler) negate(x gpr)                   { a.integer(0, true, 3, general(x), 0xF7) }
func (a *assembler) divide(x gpr)                   { a.integer(0, true, 7, general(x), 0xF7) }
func (a *assembler) signExtend()                    { a.byte(0x48, 0x99) } // rdx from rax
func (a *assembler) trailingZeros(to, x gpr) {
	a.integer(0xF3, true, uint8(to), general(x), 0x0F, 0xBC)
}
func (a *assembler) countBits(to, x gpr)  { a.integer(0xF3, true, uint8(to), general(x), 0x0F, 0xB8) }
func (a *assembler) highestBit(to, x gpr) { a.integer(0, true, uint8(to), general(x), 0x0F, 0xBD) }

// addLiteral, andLiteral and compareLiteral take 32-bit literals, sign-extended.
func (a *assembler) addLiteral(to gpr, x int32)     { a.literal(0, to, x) }
func (a *assembler) andLiteral(to gpr, x int32)     { a.literal(4, to, x) }
func (a *assembler) compareLiteral(to gpr, x int32) { a.literal(7, to, x) }

func (a *assembler) literal(digit uint8, to gpr, x int32) {
	if x >= -128 && x <= 127 {
		a.integer(0, true, digit, general(to), 0x83)
		a.byte(byte(x))
		return
	}
	a.integer(0, true, digit, general(to), 0x81)
	a.code = binary.LittleEndian.AppendUint32(a.code, uint32(x))
}

// moveLiteral sets a register to a 32-bit literal, sign-extended.
func (a *assembler) moveLiteral(to gpr, x int32) {
	a.integer(0, true, 0, general(to), 0xC7)
	a.code = binary.LittleEndian.AppendUint32(a.code, uint32(x))
}

// clearLowestBit is x & (x-1), keepLowBits keeps the bits below count.
func (a *assembler) clearLowestBit(to, x gpr) {
	a.vector(&opcode{prefix: none, opmap: map0F38, code: 0xF3, vexW: 1, only: vex}, vectorArguments{reg: 1, vvvv: uint8(to), rm: general(x), imm: -1})
}

func (a *assembler) keepLowBits(to, x, count gpr) {
	a.vector(&opcode{prefix: none, opmap: map0F38, code: 0xF5, vexW: 1, only: vex}, vectorArguments{reg: uint8(to), vvvv: uint8(count), rm: general(x), imm: -1})
}

// condition is the condition of a jump.
type condition byte

const (
	always         condition = 0xFF
	ifEqual        condition = 0x4
	ifNotEqual     condition = 0x5
	ifNotNegative  condition = 0x9
	ifOrdered      condition = 0xB
	ifLess         condition = 0xC
	ifLessEqual    condition = 0xE
	ifGreater      condition = 0xF
	ifGreaterEqual condition = 0xD
)

func (a *assembler) jump(c condition, to label) {
	if c == always {
		a.byte(0xE9)
	} else {
		a.byte(0x0F, 0x80|byte(c))
	}
	a.fixups = append(a.fixups, fixup{len(a.code), to})
	a.byte(0, 0, 0, 0)
}

// leave ends the code: the upper halves of vector registers are cleared, as Go's own code expects.
func (a *assembler) leave() { a.byte(0xC5, 0xF8, 0x77, 0xC3) }
