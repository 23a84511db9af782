package amd64

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
)

// line is an instruction that was read back from machine code.
type line struct {
	at, end int
	text    string
	target  int      // of a jump, else -1
	memory  *address // its memory operand, if it has one
	store   bool     // which it writes
}

// shapes lists the operands of the vector instructions, in the order in which assemblers write them: R is the register
// field, V the additional source, M the register or memory operand, i a literal, 4 a register in the literal. A register
// is a vector unless a letter follows: x 128 bits, h half of the vector, q a quarter, e an eighth, k a mask, g a general
// register of 64 bits, d one of 32.
func shapes() map[*opcode]string {
	known := map[*opcode]string{}
	add := func(shape string, ops ...*opcode) {
		for _, op := range ops {
			known[op] = shape
			if op.single != nil {
				known[op.single] = shape
			}
		}
	}
	add("R V M", vaddpd, vmulpd, vsubpd, vminpd, vdivpd, vmaxpd, vandpd, vandnpd, vorpd, vxorpd, vpaddq, vpsubq, vpmuludq, vpmuldq, vpmullq, vpminsq,
		vpmaxsq, vpcmpeqq, vpcmpgtq, vpsllvq, vpsrlvq, vpsravq, vpermd, vblendmpd, vscalefpd, vaddsd, vmulsd, vaddss, vmulss, vmaskmovpd, vpmaskmovd)
	for _, signs := range fused {
		for _, forms := range signs {
			add("R V M", forms.f132, forms.f213, forms.f231)
		}
	}
	add("R V M i", vpternlogq, vpblendd, vcmppd)
	add("R V M 4", vblendvpd)
	add("Rk V M", vptestmq)
	add("Rk V M i", vpcmpq)
	add("R M", vmovapd, vmovupd, vmovups, vmovsd, vmovss, vucomisd, vucomiss, vsqrtpd, vpabsq, vcvtqq2pd, vcvttpd2qq, vcvttps2dq, vcvtdq2ps, vgatherdpd, vgatherqpd, vpgatherdd)
	add("R Mh", vpmovsxdq, vpmovzxdq, vcvtps2pd)
	add("R Mq", vpmovzxwq, vpmovzxbd)
	add("R Me", vpmovzxbq)
	add("R Mx", vbroadcast, vbroadcastss, vpbroadcastFromXMM)
	add("Rh M", vcvttpd2dq, vcvtpd2ps, vcvtqq2ps)
	add("R M i", vroundpd, vrndscalepd, vpshufd)
	add("V M i", vpsllq, vpsrlq, vpsraq, vpsrad)
	add("M R", vmovapdTo, vmovupdTo, vmovupsTo, vmovsdTo, vmovssTo, vmovhpdTo, vpmovqdTo, vpmovqbTo, vpmovdbTo, vpcompressd)
	add("M V R", vmaskmovpdTo, vpmaskmovdTo)
	add("Rk Vk Mk", kandb, kandnb, korb, kxnorb, kxorb)
	add("Rk Mk", knotb, kmovb)
	add("Mk Rk", kmovbTo)
	add("Rk Md", kmovbFrom)
	add("Rd Mk", kmovbGPR)
	add("Rd M", vmovmskpd, vmovmskps)
	add("R Mg", vpbroadcastFromGPR)
	add("R Md", vpbroadcastdGPR)
	add("Rx Mg", vmovqFromGPR)
	add("Mg Rx", vmovqToGPR)
	add("Mx R i", vextractf128, vextractf64x2)
	add("Rg Mx", vcvttsd2si)
	add("R V M", vcvtsi2ss)
	add("Vg Mg", &opcode{name: "blsr", opmap: map0F38, code: 0xF3, vexW: 1, digit: 1, only: vex})
	add("Rg Mg Vg", &opcode{name: "bzhi", opmap: map0F38, code: 0xF5, vexW: 1, only: vex})
	return known
}

// encoding identifies an instruction: what of its bytes does not depend on operands.
type encoding struct {
	evex                   bool
	prefix, opmap, code, w byte
	digit                  byte
}

// longest is how many bytes an instruction has at most.
const longest = 15

// reader reads instructions.
type reader struct {
	code    []byte
	at      int
	known   map[encoding]*opcode
	digits  map[encoding]bool // of which the register field is part of the encoding
	shapes  map[*opcode]string
	current line
}

// disassemble reads machine code that an assembler of this package has written. It fails at the first instruction that it
// does not know.
func disassemble(code []byte) (lines []line, err error) {
	// The end may be missing from the last instruction.
	d := &reader{code: append(slices.Clone(code), make([]byte, longest)...), known: map[encoding]*opcode{}, digits: map[encoding]bool{}, shapes: shapes()}
	for op := range d.shapes {
		for _, e := range []encoding{{false, op.prefix, op.opmap, op.code, op.vexW, 0}, {true, op.prefix, op.opmap, op.code, op.evexW, 0}} {
			if e.evex && op.only == vex || !e.evex && op.only == evex {
				continue
			}
			if op.digit != 0 {
				d.digits[e] = true
				e.digit = op.digit
			}
			d.known[e] = op
		}
	}
	for d.at < len(code) {
		d.current = line{at: d.at, target: -1}
		if err := d.instruction(); err != nil {
			return lines, err
		}
		if d.at > len(code) {
			return lines, fmt.Errorf("the instruction at %#x is not complete", d.current.at)
		}
		d.current.end = d.at
		lines = append(lines, d.current)
	}
	return lines, nil
}

func (d *reader) byte() byte {
	b := d.code[d.at]
	d.at++
	return b
}

func (d *reader) int32() int32 {
	x := int32(binary.LittleEndian.Uint32(d.code[d.at:]))
	d.at += 4
	return x
}

func (d *reader) unknown() error {
	return fmt.Errorf("an unknown instruction at %#x: % x", d.current.at, d.code[d.current.at:d.current.at+longest])
}

func (d *reader) instruction() error {
	switch d.code[d.at] {
	case 0xC4, 0xC5, 0x62:
		return d.vector()
	}
	return d.general()
}

// highBits are the high bits of register numbers that prefixes hold.
type highBits struct{ reg, index, base byte }

// vector reads an instruction with a VEX or EVEX prefix.
func (d *reader) vector() error {
	var e encoding
	var high highBits
	var l length
	var vvvv, k byte
	var zero, broadcast bool
	var indexHigh byte
	switch first := d.byte(); first {
	case 0xC5:
		last := d.byte()
		high.reg = last>>7 ^ 1
		e.opmap, e.prefix, l, vvvv = map0F, last&3, length(last>>2&1), ^last>>3&15
	case 0xC4:
		middle, last := d.byte(), d.byte()
		high = highBits{middle>>7 ^ 1, middle>>6&1 ^ 1, middle>>5&1 ^ 1}
		e.opmap, e.prefix, e.w, l, vvvv = middle&31, last&3, last>>7, length(last>>2&1), ^last>>3&15
	default:
		one, two, three := d.byte(), d.byte(), d.byte()
		high = highBits{one>>7 ^ 1 | (one>>4&1^1)<<1, one>>6&1 ^ 1, one>>5&1 ^ 1}
		e.evex, e.opmap, e.prefix, e.w = true, one&7, two&3, two>>7
		l, vvvv, k = length(three>>5&3), ^two>>3&15|(three>>3&1^1)<<4, three&7
		zero, broadcast, indexHigh = three>>7 == 1, three>>4&1 == 1, three>>3&1^1
	}
	e.code = d.byte()
	if e.code == 0x77 && !e.evex {
		d.current.text = "vzeroupper"
		return nil
	}
	if d.digits[e] {
		e.digit = d.code[d.at] >> 3 & 7
	}
	op := d.known[e]
	if op == nil || l > l512 {
		return d.unknown()
	}
	shape := d.shapes[op]
	gather := strings.Contains(op.name, "gather")
	unit := int32(1)
	if e.evex {
		unit = op.unit(l, broadcast)
	}
	reg, rm := d.modRM(high, e.evex, unit)
	if gather && e.evex {
		rm.address.index |= indexHigh << 4
		vvvv = 0
	}
	rm.address.broadcast = broadcast
	if rm.memory {
		d.current.memory = &rm.address
		d.current.store = shape[0] == 'M'
	}
	if e.evex && op.code == vcmppd.code && op.name[:4] == "vcmp" {
		shape = "Rk V M i"
	}
	if gather && !e.evex {
		shape = "R M V"
	}
	if op == vcvttsd2si || op.tuple == oneElement && !gather && !strings.HasPrefix(op.name, "vbroadcast") {
		l = l128
	}
	mask := ""
	if k != 0 {
		mask = fmt.Sprintf("{k%d}", k)
		if zero {
			mask += "{z}"
		}
	}
	var operands []string
	for _, field := range strings.Fields(shape) {
		var text string
		switch kind := field[1:]; field[0] {
		case 'R':
			text = registerName(kind, l, reg)
		case 'V':
			text = registerName(kind, l, vvvv)
		case 'M':
			if rm.memory {
				text = rm.address.text(l, gather && op != vgatherqpd, gather, op)
			} else {
				text = registerName(kind, l, rm.reg)
			}
		case 'i':
			text = fmt.Sprint(d.byte())
		case '4':
			text = registerName("", l, d.byte()>>4)
		}
		if len(operands) == 0 {
			text += mask
		}
		operands = append(operands, text)
	}
	d.current.text = op.name + " " + strings.Join(operands, ", ")
	return nil
}

// modRM reads the register field and the register or memory operand. unit is the unit of one-byte displacements.
func (d *reader) modRM(high highBits, isEvex bool, unit int32) (reg uint8, rm operand) {
	b := d.byte()
	mode, low := b>>6, b&7
	reg = b>>3&7 | high.reg&1<<3 | high.reg>>1<<4
	if mode == 3 {
		r := low | high.base<<3
		if isEvex {
			r |= high.index << 4
		}
		return reg, inRegister(r)
	}
	m := address{base: gpr(low | high.base<<3), index: noIndex, scale: 1}
	if low == 4 {
		sib := d.byte()
		m.base = gpr(sib&7 | high.base<<3)
		if index := sib>>3&7 | high.index<<3; index != 4 {
			m.index, m.scale = index, 1<<(sib>>6)
		}
	}
	switch mode {
	case 1:
		m.disp = int32(int8(d.byte())) * unit
	case 2:
		m.disp = d.int32()
	}
	return reg, inMemory(m)
}

// registerName names a register of a kind, as in shapes.
func registerName(kind string, l length, r uint8) string {
	switch kind {
	case "k":
		return fmt.Sprintf("k%d", r)
	case "g":
		return gpr(r).name64()
	case "d":
		return gpr(r).name32()
	case "x":
		l = l128
	case "h":
		l = max(l, 1) - 1
	case "q":
		l = max(l, 2) - 2
	case "e":
		l = l128
	}
	return fmt.Sprintf("%cmm%d", "xyz"[l], r)
}

func (r gpr) name64() string {
	if r >= r8 {
		return fmt.Sprintf("r%d", r)
	}
	return "r" + shortName(r)
}

func (r gpr) name32() string {
	if r >= r8 {
		return fmt.Sprintf("r%dd", r)
	}
	return "e" + shortName(r)
}

func shortName(r gpr) string {
	return [...]string{"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"}[r&7]
}

// text writes a memory operand. The index of a gather is a vector, of half the length if its elements are.
func (m address) text(l length, halfIndex, vectorIndex bool, op *opcode) string {
	var b strings.Builder
	b.WriteString("[" + m.base.name64())
	if m.index != noIndex {
		index := gpr(m.index).name64
		if vectorIndex {
			if halfIndex && op.element == 8 {
				l = max(l, 1) - 1
			}
			index = func() string { return registerName("", l, m.index) }
		}
		fmt.Fprintf(&b, "+%s*%d", index(), m.scale)
	}
	if m.disp != 0 {
		fmt.Fprintf(&b, "%+d", m.disp)
	}
	b.WriteString("]")
	if m.broadcast {
		fmt.Fprintf(&b, "{1to%d}", l.bytes()/int32(op.element))
	}
	return b.String()
}

// conditionNames are those of jumps.
var conditionNames = map[byte]string{
	byte(ifEqual): "je", byte(ifNotEqual): "jne", byte(ifNotNegative): "jns", byte(ifOrdered): "jnp", byte(ifLess): "jl", byte(ifLessEqual): "jle", byte(ifGreater): "jg",
	byte(ifGreaterEqual): "jge",
}

// generalInstruction is an instruction on general registers.
type generalInstruction struct {
	name string
	// operands are as in shapes; b is a byte register. A literal has one byte or four.
	operands string
	literal  int
}

// generals are the instructions by their bytes: prefix F3 or 0, 0F or 0, opcode; digits are those of the register field, -1
// where it is a register.
var generals = map[[3]byte]map[int]generalInstruction{
	{0, 0, 0x8B}:       {-1: {"mov", "R M", 0}},
	{0, 0, 0x89}:       {-1: {"mov", "M R", 0}},
	{0, 0, 0x88}:       {-1: {"mov", "M Rb", 0}},
	{0, 0, 0x63}:       {-1: {"movsxd", "R Md", 0}},
	{0, 0x0F, 0xB7}:    {-1: {"movzx", "R Mw", 0}},
	{0, 0x0F, 0xB6}:    {-1: {"movzx", "R Mb", 0}},
	{0, 0, 0x8D}:       {-1: {"lea", "R M", 0}},
	{0, 0, 0x03}:       {-1: {"add", "R M", 0}},
	{0, 0, 0x2B}:       {-1: {"sub", "R M", 0}},
	{0, 0, 0x33}:       {-1: {"xor", "R M", 0}},
	{0, 0, 0x3B}:       {-1: {"cmp", "R M", 0}},
	{0, 0x0F, 0x18}:    {1: {"prefetcht0", "M", 0}},
	{0, 0, 0x85}:       {-1: {"test", "M R", 0}},
	{0, 0x0F, 0xAF}:    {-1: {"imul", "R M", 0}},
	{0, 0, 0xF7}:       {3: {"neg", "M", 0}, 7: {"idiv", "M", 0}},
	{0xF3, 0x0F, 0xBC}: {-1: {"tzcnt", "R M", 0}},
	{0xF3, 0x0F, 0xB8}: {-1: {"popcnt", "R M", 0}},
	{0, 0x0F, 0xBD}:    {-1: {"bsr", "R M", 0}},
	{0, 0, 0x83}:       {0: {"add", "M", 1}, 4: {"and", "M", 1}, 7: {"cmp", "M", 1}},
	{0, 0, 0x81}:       {0: {"add", "M", 4}, 4: {"and", "M", 4}, 7: {"cmp", "M", 4}},
	{0, 0, 0xC7}:       {0: {"mov", "M", 4}},
}

// general reads an instruction without a vector prefix.
func (d *reader) general() error {
	var key [3]byte
	b := d.byte()
	if b == 0xF3 {
		key[0], b = b, d.byte()
	}
	var rex byte
	if b&0xF0 == 0x40 {
		rex, b = b, d.byte()
	}
	wide := rex&8 != 0
	if b == 0x0F {
		key[1], b = b, d.byte()
	}
	key[2] = b
	switch {
	case key[1] == 0 && b == 0xC3:
		d.current.text = "ret"
		return nil
	case key[1] == 0 && b == 0x99 && wide:
		d.current.text = "cqo"
		return nil
	case key[1] == 0 && b == 0xE9, key[1] == 0x0F && b&0xF0 == 0x80 && conditionNames[b&15] != "":
		d.current.text = "jmp"
		if b != 0xE9 {
			d.current.text = conditionNames[b&15]
		}
		distance := int(d.int32())
		d.current.target = d.at + distance
		return nil
	}
	forms := generals[key]
	if forms == nil {
		return d.unknown()
	}
	in, found := forms[-1]
	if !found {
		if in, found = forms[int(d.code[d.at]>>3&7)]; !found {
			return d.unknown()
		}
	}
	reg, rm := d.modRM(highBits{rex >> 2 & 1, rex >> 1 & 1, rex & 1}, false, 1)
	if rm.memory && in.name != "lea" {
		d.current.memory, d.current.store = &rm.address, in.operands[0] == 'M'
	}
	name := func(r uint8, kind string) string {
		switch {
		case kind == "b":
			return shortName(gpr(r & 3))[:1] + "l" // of the others no byte is used
		case kind == "d" || !wide:
			return gpr(r).name32()
		}
		return gpr(r).name64()
	}
	var operands []string
	for _, field := range strings.Fields(in.operands) {
		text := name(reg, field[1:])
		if field[0] == 'M' {
			text = name(rm.reg, field[1:])
			if rm.memory {
				text = rm.address.text(l128, false, false, nil)
			}
		}
		operands = append(operands, text)
	}
	switch in.literal {
	case 1:
		operands = append(operands, fmt.Sprint(int8(d.byte())))
	case 4:
		operands = append(operands, fmt.Sprint(d.int32()))
	}
	d.current.text = in.name + " " + strings.Join(operands, ", ")
	return nil
}
