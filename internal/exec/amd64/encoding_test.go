package amd64

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// sample is an instruction as we encode it and as the GNU assembler reads it.
type sample struct {
	text string
	code []byte
}

var (
	generalNames = []string{"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"}
	shortNames   = []string{"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d"}
)

func vectorName(l length, r uint8) string { return fmt.Sprintf("%cmm%d", "xyz"[l], r) }

func addressText(m address, index string) string {
	s := "[" + generalNames[m.base]
	if index != "" {
		s += fmt.Sprintf("+%s*%d", index, m.scale)
	}
	return fmt.Sprintf("%s%+d]", s, m.disp)
}

// places are memory operands of all kinds: bases that are encoded specially, indices, displacements in both sizes and
// multiples of vectors and of elements, and what is neither.
var places = []address{
	at(rdi, 0), at(rdi, 64), at(rdi, -8), at(rdi, 8*127), at(rdi, 12345), at(rdi, -128*64), at(rdi, 127*32),
	at(r12, 0), at(r13, 0), at(rbp, 0), at(rsp, 32), at(r15, 4),
	indexed(rdi, rsi, 8, 0), indexed(r13, rsi, 8, 64), indexed(r12, r9, 4, -4), indexed(rax, rcx, 1, 1000), indexed(rbp, r15, 2, 0),
}

// samplesOf lists encodings of an instruction with the operands that its form has.
func samplesOf(op *opcode, f form, dst, source class, l, sourceLength length, isEvex bool, imm int) []sample {
	var list []sample
	registers := []uint8{1, 7, 9, 14}
	if isEvex {
		registers = []uint8{1, 9, 18, 31}
	}
	name := func(c class, l length, r uint8) string {
		if c == masks {
			return fmt.Sprintf("k%d", r&7)
		}
		return vectorName(l, r)
	}
	number := func(c class, r uint8) uint8 {
		if c == masks {
			return r & 7
		}
		return r
	}
	size := func() string {
		n := sourceLength.bytes()
		switch op.tuple {
		case halfVector:
			n = l.bytes() / 2
		case quarterVector:
			n = l.bytes() / 4
		case eighthVector:
			n = l.bytes() / 8
		case oneElement:
			n = int32(op.element)
		}
		return map[int32]string{1: "BYTE", 2: "WORD", 4: "DWORD", 8: "QWORD", 16: "XMMWORD", 32: "YMMWORD", 64: "ZMMWORD"}[n] + " PTR "
	}
	prefix := "{vex} "
	if isEvex {
		prefix = "{evex} "
	}
	add := func(v vectorArguments, operands ...string) {
		a := assembler{evex: isEvex}
		v.length, v.imm = max(l, sourceLength), imm
		if f == formBlend {
			v.imm = int(registers[3]) << 4
			operands = append(operands, vectorName(l, registers[3]))
		} else if imm >= 0 {
			operands = append(operands, fmt.Sprint(imm))
		}
		a.vector(op, v)
		list = append(list, sample{prefix + op.name + " " + strings.Join(operands, ", "), a.code})
	}
	for i, r := range registers {
		for j, s := range registers {
			t := registers[(i+j)%len(registers)]
			d, x, y := number(dst, r), number(source, s), number(source, t)
			dn, xn, yn := name(dst, l, r), name(source, sourceLength, s), name(source, sourceLength, t)
			switch f {
			case formUnary:
				add(vectorArguments{reg: d, rm: inRegister(x)}, dn, xn)
			case formShift:
				add(vectorArguments{reg: op.digit, vvvv: d, rm: inRegister(x)}, dn, xn)
			case formBinary, formBlend:
				add(vectorArguments{reg: d, vvvv: x, rm: inRegister(y)}, dn, xn, yn)
				if isEvex && source == vectors {
					k := uint8(1 + i)
					add(vectorArguments{reg: d, vvvv: x, rm: inRegister(y), k: k}, fmt.Sprintf("%s{k%d}", dn, k), xn, yn)
					if dst == vectors {
						add(vectorArguments{reg: d, vvvv: x, rm: inRegister(y), k: k, zero: true}, fmt.Sprintf("%s{k%d}{z}", dn, k), xn, yn)
					}
				}
			}
		}
	}
	if source == masks || f == formShift {
		return list
	}
	for i, m := range places {
		r := registers[i%len(registers)]
		s := registers[(i+1)%len(registers)]
		index := ""
		if m.index != noIndex {
			index = generalNames[m.index]
		}
		place := size() + addressText(m, index)
		dn, xn := name(dst, l, r), name(source, sourceLength, s)
		each := func(m address, place string) {
			switch f {
			case formUnary, formLoad:
				add(vectorArguments{reg: number(dst, r), rm: inMemory(m)}, dn, place)
				if isEvex && dst == vectors && op.tuple != oneElement {
					add(vectorArguments{reg: number(dst, r), rm: inMemory(m), k: 3, zero: true}, dn+"{k3}{z}", place)
				}
			case formBinary, formBlend:
				add(vectorArguments{reg: number(dst, r), vvvv: s, rm: inMemory(m)}, dn, xn, place)
			case formStore:
				if op == vmaskmovpdTo || op == vpmaskmovdTo {
					add(vectorArguments{reg: r, vvvv: s, rm: inMemory(m)}, place, xn, dn)
					return
				}
				add(vectorArguments{reg: r, rm: inMemory(m)}, place, dn)
				if isEvex && op.tuple != oneElement {
					add(vectorArguments{reg: r, rm: inMemory(m), k: 5}, place+"{k5}", dn)
				}
			}
		}
		each(m, place)
		if isEvex && op.tuple == fullVector && f != formStore {
			m.broadcast = true
			lanes := sourceLength.bytes() / int32(op.element)
			unit := map[byte]string{4: "DWORD", 8: "QWORD"}[op.element]
			each(m, fmt.Sprintf("%s PTR %s{1to%d}", unit, addressText(m, index), lanes))
		}
	}
	return list
}

func vectorSamples() []sample {
	var list []sample
	add := func(f form, dst, source class, imm int, ops ...*opcode) {
		for _, op := range ops {
			if op.only != evex {
				list = append(list, samplesOf(op, f, dst, source, l256, l256, false, imm)...)
			}
			if op.only != vex {
				list = append(list, samplesOf(op, f, dst, source, l512, l512, true, imm)...)
			}
			if s := op.single; s != nil { // which works on half vectors too
				for l := range l256 + 1 {
					if s.only != evex {
						list = append(list, samplesOf(s, f, dst, source, l128+l%2, l128+l%2, false, imm%32)...)
					}
					if s.only != vex {
						list = append(list, samplesOf(s, f, dst, source, l256+l%2, l256+l%2, true, imm%32)...)
					}
				}
			}
			if op.tuple != fullVector || op == vpermd {
				continue
			}
			// The body of one lane.
			if op.only != evex {
				list = append(list, samplesOf(op, f, dst, source, l128, l128, false, imm)...)
			}
			if op.only != vex {
				list = append(list, samplesOf(op, f, dst, source, l128, l128, true, imm)...)
			}
			if s := op.single; s != nil && s.only != vex {
				list = append(list, samplesOf(s, f, dst, source, l128, l128, true, imm)...)
			}
		}
	}
	add(formBinary, vectors, vectors, -1, vaddpd, vmulpd, vsubpd, vminpd, vdivpd, vmaxpd, vandpd, vandnpd, vorpd, vxorpd, vpaddq, vpsubq, vpmuludq,
		vpmuldq, vpmullq, vpminsq, vpmaxsq, vpcmpeqq, vpcmpgtq, vpsllvq, vpsrlvq, vpsravq, vpermd, vblendmpd, vscalefpd)
	for _, signs := range fused {
		for _, forms := range signs {
			add(formBinary, vectors, vectors, -1, forms.f132, forms.f213, forms.f231)
		}
	}
	add(formBinary, vectors, vectors, 0x96, vpternlogq)
	add(formBinary, vectors, vectors, 0xAA, vpblendd)
	add(formBlend, vectors, vectors, -1, vblendvpd)
	add(formBinary, masks, vectors, -1, vptestmq)
	add(formBinary, masks, vectors, 2, vpcmpq)
	list = append(list, samplesOf(vcmppd, formBinary, vectors, vectors, l256, l256, false, 0x11)...)
	list = append(list, samplesOf(vcmppd, formBinary, masks, vectors, l512, l512, true, 0x1E)...)
	list = append(list, samplesOf(vcmppd.single, formBinary, vectors, vectors, l128, l128, false, 0x11)...)
	list = append(list, samplesOf(vcmppd.single, formBinary, masks, vectors, l256, l256, true, 0x1E)...)
	add(formUnary, vectors, vectors, -1, vmovapd, vmovupd, vsqrtpd, vpabsq, vcvtqq2pd, vcvttpd2qq)
	add(formUnary, vectors, vectors, 9, vroundpd, vrndscalepd)
	add(formUnary, vectors, vectors, 0xA0, vpshufd)
	add(formShift, vectors, vectors, 52, vpsllq, vpsrlq, vpsraq)
	add(formShift, vectors, vectors, 31, vpsrad)
	add(formLoad, vectors, vectors, -1, vmovups, vpmovsxdq, vpmovzxdq, vpmovzxwq, vpmovzxbq, vbroadcast)
	add(formStore, vectors, vectors, -1, vmovapdTo, vmovupdTo, vmovupsTo, vmaskmovpdTo)
	list = append(list, samplesOf(vcvtqq2ps, formUnary, vectors, vectors, l256, l512, true, -1)...)
	list = append(list, samplesOf(vmovups, formLoad, vectors, vectors, l128, l128, false, -1)...)
	list = append(list, samplesOf(vmovups, formLoad, vectors, vectors, l256, l256, true, -1)...)
	list = append(list, samplesOf(vpmaskmovdTo, formStore, vectors, vectors, l128, l128, false, -1)...)
	for isEvex, l := range map[bool]length{false: l256, true: l512} {
		list = append(list, samplesOf(vcvttpd2dq, formUnary, vectors, vectors, l-1, l, isEvex, -1)...)
		list = append(list, samplesOf(vcvtpd2ps, formUnary, vectors, vectors, l-1, l, isEvex, -1)...)
		list = append(list, samplesOf(vcvtps2pd, formUnary, vectors, vectors, l, l-1, isEvex, -1)...)
		for _, op := range []*opcode{vcvttps2dq, vcvtdq2ps} {
			list = append(list, samplesOf(op, formUnary, vectors, vectors, l-1, l-1, isEvex, -1)...)
			list = append(list, samplesOf(op, formUnary, vectors, vectors, l, l, isEvex, -1)...)
		}
		list = append(list, samplesOf(vpmovzxbd, formLoad, vectors, vectors, l, l, isEvex, -1)...)
		list = append(list, samplesOf(vbroadcastss, formLoad, vectors, vectors, l, l, isEvex, -1)...)
		list = append(list, samplesOf(vmovss, formLoad, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vmovssTo, formStore, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vaddss, formBinary, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vmulss, formBinary, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vucomiss, formLoad, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vmovsd, formLoad, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vmovsdTo, formStore, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vaddsd, formBinary, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vmulsd, formBinary, vectors, vectors, l128, l128, isEvex, -1)...)
		list = append(list, samplesOf(vucomisd, formLoad, vectors, vectors, l128, l128, isEvex, -1)...)
	}
	// Masked loads have the mask where others have their first source.
	list = append(list, samplesOf(vmaskmovpd, formBinary, vectors, vectors, l256, l256, false, -1)...)
	list = append(list, samplesOf(vpmaskmovd, formBinary, vectors, vectors, l128, l128, false, -1)...)
	return onlyMemory(list, "vmaskmovpd", "vpmaskmovd")
}

// onlyMemory removes register forms of instructions that have none.
func onlyMemory(list []sample, names ...string) []sample {
	kept := list[:0]
	for _, s := range list {
		drop := false
		for _, n := range names {
			drop = drop || strings.Contains(s.text, n+" ") && !strings.Contains(s.text, "[")
		}
		if !drop {
			kept = append(kept, s)
		}
	}
	return kept
}

func maskSamples() []sample {
	var list []sample
	add := func(op *opcode, v vectorArguments, text string, arguments ...any) {
		a := assembler{}
		v.imm = -1
		a.vector(op, v)
		list = append(list, sample{op.name + " " + fmt.Sprintf(text, arguments...), a.code})
	}
	for d := range uint8(8) {
		x, y := (d+3)&7, (d+6)&7
		for _, op := range []*opcode{kandb, kandnb, korb, kxnorb, kxorb} {
			for _, op := range []*opcode{op, op.single} {
				add(op, vectorArguments{length: l256, reg: d, vvvv: x, rm: inRegister(y)}, "k%d, k%d, k%d", d, x, y)
			}
		}
		for _, words := range []bool{false, true} {
			of, size := func(op *opcode) *opcode { return op }, "BYTE"
			if words {
				of, size = func(op *opcode) *opcode { return op.single }, "WORD"
			}
			add(of(knotb), vectorArguments{reg: d, rm: inRegister(x)}, "k%d, k%d", d, x)
			add(of(kmovb), vectorArguments{reg: d, rm: inRegister(x)}, "k%d, k%d", d, x)
			add(of(kmovb), vectorArguments{reg: d, rm: inMemory(at(rdi, 24))}, "k%d, %s PTR [rdi+24]", d, size)
			add(of(kmovbTo), vectorArguments{reg: d, rm: inMemory(at(r12, 1000))}, "%s PTR [r12+1000], k%d", size, d)
			add(of(kmovbFrom), vectorArguments{reg: d, rm: general(gpr(8 + d))}, "k%d, %s", d, shortNames[8+d])
			add(of(kmovbGPR), vectorArguments{reg: d, rm: inRegister(x)}, "%s, k%d", shortNames[d], x)
		}
	}
	for _, isEvex := range []bool{false, true} {
		l := l256
		prefix := "{vex} "
		if isEvex {
			l, prefix = l512, "{evex} "
		}
		for i, d := range []uint8{2, 13, 22, 30} {
			if d > 15 && !isEvex {
				break
			}
			index := []uint8{1, 12, 19, 31}[i]
			base := []gpr{rdi, r12, r13, rax}[i]
			for _, op := range []struct {
				*opcode
				l, index length
				scale    uint8
			}{{vgatherdpd, l, l - 1, 8}, {vgatherqpd, l, l, 8}, {vpgatherdd, l - 1, l - 1, 4}} {
				m := address{base: base, index: index, scale: op.scale}
				a := assembler{evex: isEvex}
				v := vectorArguments{length: op.l, reg: d, rm: inMemory(m), imm: -1}
				text := fmt.Sprintf("%s%s %s", prefix, op.name, vectorName(op.l, d))
				place := addressText(m, vectorName(op.index, index))
				if isEvex {
					v.k = gatherMask
					text += fmt.Sprintf("{k7}, %s", place)
				} else {
					v.vvvv = 5
					text += fmt.Sprintf(", %s, %s", place, vectorName(op.l, 5))
				}
				a.vector(op.opcode, v)
				list = append(list, sample{text, a.code})
			}
		}
	}
	for _, d := range []uint8{3, 14, 27} {
		op := vextractf64x2
		if d == 14 {
			op = vextractf128
			add(op, vectorArguments{length: l256, reg: d, rm: inRegister(1)}, "xmm1, ymm%d, 1", d)
		} else {
			add(op, vectorArguments{length: l512, reg: d, rm: inRegister(1)}, "xmm1, zmm%d, 1", d)
		}
		list[len(list)-1].code = append(list[len(list)-1].code, 1)
	}
	for _, isEvex := range []bool{false, true} {
		a := assembler{evex: isEvex}
		a.vector(vmovhpdTo, vectorArguments{reg: 9, rm: inMemory(indexed(r12, rdx, 8, 64)), imm: -1})
		list = append(list, sample{map[bool]string{false: "{vex} ", true: "{evex} "}[isEvex] + "vmovhpd QWORD PTR [r12+rdx*8+64], xmm9", a.code})
	}
	for _, d := range []uint8{3, 27} {
		for op, text := range map[*opcode]string{vmovqFromGPR: "vmovq xmm%d, r12", vmovqToGPR: "vmovq r12, xmm%d"} {
			a := assembler{evex: true}
			a.vector(op, vectorArguments{reg: d, rm: general(r12), imm: -1})
			list = append(list, sample{"{evex} " + fmt.Sprintf(text, d), a.code})
		}
	}
	for _, d := range []uint8{1, 12} {
		add(vmovmskpd, vectorArguments{length: l256, reg: uint8(rbx), rm: inRegister(d)}, "ebx, ymm%d", d)
		add(vmovmskps, vectorArguments{length: l256, reg: uint8(rbx), rm: inRegister(d)}, "ebx, ymm%d", d)
		add(vmovqFromGPR, vectorArguments{reg: d, rm: general(rsi)}, "xmm%d, rsi", d)
		add(vmovqToGPR, vectorArguments{reg: d, rm: general(rsi)}, "rsi, xmm%d", d)
		add(vpbroadcastFromXMM, vectorArguments{length: l256, reg: d, rm: inRegister(d)}, "ymm%d, xmm%d", d, d)
		add(vcvtsi2ss, vectorArguments{reg: d, vvvv: 3, rm: inMemory(at(rdi, 8*int32(d)))}, "xmm%d, xmm3, QWORD PTR [rdi+%d]", d, 8*d)
		add(vcvttsd2si, vectorArguments{reg: uint8(rax), rm: inMemory(at(rdi, 8*int32(d)))}, "rax, QWORD PTR [rdi+%d]", 8*d)
		add(vpbroadcastFromGPR, vectorArguments{length: l512, reg: d + 16, rm: general(rsi)}, "zmm%d, rsi", d+16)
		for _, l := range []length{l256, l512} {
			add(vpbroadcastdGPR, vectorArguments{length: l, reg: d + 16, rm: general(rsi)}, "%s, esi", vectorName(l, d+16))
			add(vpbroadcastdGPR, vectorArguments{length: l, reg: d, rm: general(r12)}, "%s, r12d", vectorName(l, d))
			add(vpcompressd, vectorArguments{length: l, reg: d, rm: inRegister(d + 16), k: 4, zero: true}, "%s{k4}{z}, %s", vectorName(l, d+16), vectorName(l, d))
			add(vpcompressd, vectorArguments{length: l, reg: d + 16, rm: inRegister(d), k: 4, zero: true}, "%s{k4}{z}, %s", vectorName(l, d), vectorName(l, d+16))
		}
		for _, op := range []*opcode{vpmovqdTo, vpmovqbTo, vpmovdbTo} {
			size := map[*opcode]string{vpmovqdTo: "YMMWORD", vpmovqbTo: "QWORD", vpmovdbTo: "XMMWORD"}[op]
			add(op, vectorArguments{length: l512, reg: d + 16, rm: inMemory(indexed(r10, rsi, 4, 64)), k: 4}, size+" PTR [r10+rsi*4+64]{k4}, zmm%d", d+16)
		}
	}
	return list
}

func integerSamples() []sample {
	var list []sample
	add := func(write func(a *assembler), text string, arguments ...any) {
		a := assembler{}
		write(&a)
		list = append(list, sample{fmt.Sprintf(text, arguments...), a.code})
	}
	// Jumps come first: their targets are addresses, and some instructions have encodings of different lengths.
	for _, c := range []struct {
		condition
		name string
	}{{always, "jmp"}, {ifEqual, "je"}, {ifNotEqual, "jne"}, {ifNotNegative, "jns"}, {ifOrdered, "jnp"}, {ifLess, "jl"}, {ifLessEqual, "jle"}, {ifGreater, "jg"}} {
		add(func(a *assembler) {
			l := a.newLabel()
			a.jump(c.condition, l)
			a.byte(make([]byte, 300)...)
			a.place(l)
			a.finish()
		}, "%s 1f\n.zero 300\n1:", c.name)
	}
	all := []gpr{rax, rcx, rdx, rbx, rsi, rdi, r8, r9, r12, r13, r15}
	for i, x := range all {
		y := all[(i+4)%len(all)]
		xn, yn := generalNames[x], generalNames[y]
		add(func(a *assembler) { a.move(x, y) }, "mov %s, %s", xn, yn)
		add(func(a *assembler) { a.add(x, y) }, "add %s, %s", xn, yn)
		add(func(a *assembler) { a.sub(x, y) }, "sub %s, %s", xn, yn)
		add(func(a *assembler) { a.xor(x, y) }, "xor %s, %s", xn, yn)
		add(func(a *assembler) { a.test(x, y) }, "test %s, %s", xn, yn)
		add(func(a *assembler) { a.multiply(x, y) }, "imul %s, %s", xn, yn)
		add(func(a *assembler) { a.negate(x) }, "neg %s", xn)
		add(func(a *assembler) { a.divide(x) }, "idiv %s", xn)
		add(func(a *assembler) { a.trailingZeros(x, y) }, "tzcnt %s, %s", xn, yn)
		add(func(a *assembler) { a.countBits(x, y) }, "popcnt %s, %s", xn, yn)
		add(func(a *assembler) { a.highestBit(x, y) }, "bsr %s, %s", xn, yn)
		add(func(a *assembler) { a.clearLowestBit(x, y) }, "blsr %s, %s", xn, yn)
		add(func(a *assembler) { a.keepLowBits(x, y, rcx) }, "bzhi %s, %s, rcx", xn, yn)
		add(func(a *assembler) { a.addLiteral(x, -1) }, "add %s, -1", xn)
		add(func(a *assembler) { a.addLiteral(x, 1000) }, "add %s, 1000", xn)
		add(func(a *assembler) { a.compareLiteral(x, 8) }, "cmp %s, 8", xn)
		add(func(a *assembler) { a.andLiteral(x, 1) }, "and %s, 1", xn)
		add(func(a *assembler) { a.moveLiteral(x, -1) }, "mov %s, -1", xn)
		for _, m := range places {
			index := ""
			if m.index != noIndex {
				index = generalNames[m.index]
			}
			place := addressText(m, index)
			add(func(a *assembler) { a.load(x, m) }, "mov %s, %s", xn, place)
			add(func(a *assembler) { a.load32(x, m) }, "mov %s, %s", shortNames[x], place)
			add(func(a *assembler) { a.loadSigned(x, m) }, "movsxd %s, DWORD PTR %s", xn, place)
			add(func(a *assembler) { a.load16(x, m) }, "movzx %s, WORD PTR %s", shortNames[x], place)
			add(func(a *assembler) { a.load8(x, m) }, "movzx %s, BYTE PTR %s", shortNames[x], place)
			add(func(a *assembler) { a.store(m, x) }, "mov %s, %s", place, xn)
			add(func(a *assembler) { a.store32(m, x) }, "mov %s, %s", place, shortNames[x])
			add(func(a *assembler) { a.prefetch(m) }, "prefetcht0 %s", place)
			add(func(a *assembler) { a.lea(x, m) }, "lea %s, %s", xn, place)
			add(func(a *assembler) { a.addMemory(x, m) }, "add %s, %s", xn, place)
			add(func(a *assembler) { a.compareMemory(x, m) }, "cmp %s, %s", xn, place)
		}
	}
	add(func(a *assembler) { a.store8(at(r8, 3), rax) }, "mov BYTE PTR [r8+3], al")
	add(func(a *assembler) { a.signExtend() }, "cqo")
	add(func(a *assembler) { a.leave() }, "vzeroupper\nret")
	return list
}

// Every instruction that code is made of is what the GNU assembler makes of its text: both are disassembled and compared,
// because some instructions have two equivalent encodings.
func TestEncodings(t *testing.T) {
	for _, tool := range []string{"as", "objcopy", "objdump"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("GNU binutils are not installed: %v", err)
		}
	}
	for name, samples := range map[string][]sample{"vectors": vectorSamples(), "masks and gathers": maskSamples(), "integers": integerSamples()} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			file := func(name string) string { return filepath.Join(folder, name) }
			run := func(name string, arguments ...string) string {
				out, err := exec.Command(name, arguments...).CombinedOutput()
				if err != nil {
					t.Fatalf("%s: %v\n%.3000s", name, err, out)
				}
				return string(out)
			}
			var text strings.Builder
			var ours []byte
			text.WriteString(".intel_syntax noprefix\n")
			for _, s := range samples {
				text.WriteString(s.text + "\n")
				ours = append(ours, s.code...)
			}
			for name, content := range map[string][]byte{"theirs.s": []byte(text.String()), "ours.bin": ours} {
				if err := os.WriteFile(file(name), content, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			run("as", "--64", "-o", file("theirs.o"), file("theirs.s"))
			run("objcopy", "-O", "binary", "-j", ".text", file("theirs.o"), file("theirs.bin"))
			disassemble := func(name string) []string {
				out := run("objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel", "--no-show-raw-insn", file(name))
				var lines []string
				for _, line := range strings.Split(out, "\n") {
					if _, instruction, ok := strings.Cut(line, ":\t"); ok {
						lines = append(lines, strings.TrimSpace(instruction))
					}
				}
				return lines
			}
			have, want := disassemble("ours.bin"), disassemble("theirs.bin")
			for i := range want {
				if i >= len(have) || have[i] != want[i] {
					t.Fatalf("instruction %d: %q, want %q", i, have[min(i, len(have)-1)], want[i])
				}
			}
			if len(have) != len(want) || len(want) < len(samples) {
				t.Errorf("%d instructions, want %d", len(have), len(want))
			}
		})
	}
}
