package amd64

// tuple says what memory operand an EVEX instruction has, which is the unit of its short displacements.
type tuple uint8

const (
	fullVector tuple = iota // a vector, or one element for all lanes
	wholeOnly               // a vector
	halfVector
	quarterVector
	eighthVector
	oneElement
)

// Prefixes and maps, as VEX and EVEX encode them.
const (
	none = 0
	p66  = 1
	pF3  = 2
	pF2  = 3

	map0F   = 1
	map0F38 = 2
	map0F3A = 3
)

// opcode is a vector instruction. Its numbers are those of the processors' manuals.
type opcode struct {
	name                string
	prefix, opmap, code byte
	vexW, evexW         byte
	tuple               tuple
	element             byte // bytes of an element in memory
	digit               byte // for shifts by a literal: what stands in the register field
	only                only
	single              *opcode // the same on elements of 32 bits (of single precision), if there is one
}

// only says which encodings an instruction has.
type only uint8

const (
	both only = iota
	vex
	evex
)

func arithmetic(name string, code byte) *opcode {
	return &opcode{name: name, prefix: p66, opmap: map0F, code: code, evexW: 1, element: 8}
}

// floats is arithmetic on floats of both precisions, which differ in prefix and W.
func floats(name string, code byte) *opcode {
	op := arithmetic(name+"pd", code)
	op.single = &opcode{name: name + "ps", prefix: none, opmap: map0F, code: code, element: 4}
	return op
}

// selected is an instruction of map 0F38 or 0F3A on floats of both precisions, which differ in W alone or, for codes given, in the code.
func selected(name string, opmap, code, singleCode, vexW byte, o only) *opcode {
	return &opcode{name: name + "pd", prefix: p66, opmap: opmap, code: code, vexW: vexW, evexW: 1, element: 8, only: o,
		single: &opcode{name: name + "ps", prefix: p66, opmap: opmap, code: singleCode, element: 4, only: o}}
}

func multiplyAdd(name string, code byte) *opcode {
	return selected(name, map0F38, code, code, 1, both)
}

// integers is arithmetic on integers of 64 and of 32 bits.
func integers(name string, code, code32 byte) *opcode {
	op := arithmetic(name+"q", code)
	op.single = &opcode{name: name + "d", prefix: p66, opmap: map0F, code: code32, element: 4}
	return op
}

// extendedIntegers are those of map 0F38. only says which encodings the one of 64 bits has, the other has both.
func extendedIntegers(name string, code, code32, vexW byte, o only) *opcode {
	op := extended(name+"q", code, vexW, o)
	op.single = &opcode{name: name + "d", prefix: p66, opmap: map0F38, code: code32, element: 4}
	return op
}

// compared is a comparison of integers with a vector as result.
func compared(name string, code, code32 byte) *opcode {
	op := extended(name+"q", code, 0, vex)
	op.single = &opcode{name: name + "d", prefix: p66, opmap: map0F, code: code32, element: 4, only: vex}
	return op
}

// masking is an operation on integers with a mask as result.
func masking(name string, opmap, code byte) *opcode {
	return &opcode{name: name + "q", prefix: p66, opmap: opmap, code: code, evexW: 1, element: 8, only: evex,
		single: &opcode{name: name + "d", prefix: p66, opmap: opmap, code: code, element: 4, only: evex}}
}

// shifts are shifts by a literal.
func shifts(name string, code, code32, digit byte, o only) *opcode {
	op := shift(name+"q", code, digit, o)
	op.single = &opcode{name: name + "d", prefix: p66, opmap: map0F, code: code32, element: 4, digit: digit}
	return op
}

func extended(name string, code, vexW byte, o only) *opcode {
	return &opcode{name: name, prefix: p66, opmap: map0F38, code: code, vexW: vexW, evexW: 1, element: 8, only: o}
}

func immediate(name string, code byte, o only) *opcode {
	return &opcode{name: name, prefix: p66, opmap: map0F3A, code: code, evexW: 1, element: 8, only: o}
}

func shift(name string, code, digit byte, o only) *opcode {
	return &opcode{name: name, prefix: p66, opmap: map0F, code: code, evexW: 1, element: 8, digit: digit, only: o}
}

// mask is an instruction on masks of 8 bits or, single, of 16.
func mask(name string, code byte) *opcode {
	return &opcode{name: name + "b", prefix: p66, opmap: map0F, code: code, only: vex,
		single: &opcode{name: name + "w", prefix: none, opmap: map0F, code: code, only: vex}}
}

// The vector instructions.
var (
	vmovapd      = &opcode{name: "vmovapd", prefix: p66, opmap: map0F, code: 0x28, evexW: 1, tuple: wholeOnly, element: 8}
	vmovapdTo    = &opcode{name: "vmovapd", prefix: p66, opmap: map0F, code: 0x29, evexW: 1, tuple: wholeOnly, element: 8}
	vmovupd      = &opcode{name: "vmovupd", prefix: p66, opmap: map0F, code: 0x10, evexW: 1, tuple: wholeOnly, element: 8}
	vmovupdTo    = &opcode{name: "vmovupd", prefix: p66, opmap: map0F, code: 0x11, evexW: 1, tuple: wholeOnly, element: 8}
	vmovups      = &opcode{name: "vmovups", prefix: none, opmap: map0F, code: 0x10, tuple: wholeOnly, element: 4}
	vmovupsTo    = &opcode{name: "vmovups", prefix: none, opmap: map0F, code: 0x11, tuple: wholeOnly, element: 4}
	vmovsd       = &opcode{name: "vmovsd", prefix: pF2, opmap: map0F, code: 0x10, evexW: 1, tuple: oneElement, element: 8}
	vmovsdTo     = &opcode{name: "vmovsd", prefix: pF2, opmap: map0F, code: 0x11, evexW: 1, tuple: oneElement, element: 8}
	vaddsd       = &opcode{name: "vaddsd", prefix: pF2, opmap: map0F, code: 0x58, evexW: 1, tuple: oneElement, element: 8}
	vmulsd       = &opcode{name: "vmulsd", prefix: pF2, opmap: map0F, code: 0x59, evexW: 1, tuple: oneElement, element: 8}
	vucomisd     = &opcode{name: "vucomisd", prefix: p66, opmap: map0F, code: 0x2E, evexW: 1, tuple: oneElement, element: 8}
	vmovss       = &opcode{name: "vmovss", prefix: pF3, opmap: map0F, code: 0x10, tuple: oneElement, element: 4}
	vmovssTo     = &opcode{name: "vmovss", prefix: pF3, opmap: map0F, code: 0x11, tuple: oneElement, element: 4}
	vaddss       = &opcode{name: "vaddss", prefix: pF3, opmap: map0F, code: 0x58, tuple: oneElement, element: 4}
	vmulss       = &opcode{name: "vmulss", prefix: pF3, opmap: map0F, code: 0x59, tuple: oneElement, element: 4}
	vucomiss     = &opcode{name: "vucomiss", prefix: none, opmap: map0F, code: 0x2E, tuple: oneElement, element: 4}
	vbroadcastss = &opcode{name: "vbroadcastss", prefix: p66, opmap: map0F38, code: 0x18, tuple: oneElement, element: 4}
	vbroadcast   = &opcode{name: "vbroadcastsd", prefix: p66, opmap: map0F38, code: 0x19, evexW: 1, tuple: oneElement, element: 8}

	vaddpd  = floats("vadd", 0x58)
	vmulpd  = floats("vmul", 0x59)
	vsubpd  = floats("vsub", 0x5C)
	vminpd  = floats("vmin", 0x5D)
	vdivpd  = floats("vdiv", 0x5E)
	vmaxpd  = floats("vmax", 0x5F)
	vsqrtpd = floats("vsqrt", 0x51)
	vandpd  = floats("vand", 0x54)
	vandnpd = floats("vandn", 0x55)
	vorpd   = floats("vor", 0x56)
	vxorpd  = floats("vxor", 0x57)
	vcmppd  = floats("vcmp", 0xC2)

	vpaddq   = integers("vpadd", 0xD4, 0xFE)
	vpsubq   = integers("vpsub", 0xFB, 0xFA)
	vpmuludq = arithmetic("vpmuludq", 0xF4)
	vpmuldq  = extended("vpmuldq", 0x28, 0, both)
	vpmullq  = extendedIntegers("vpmull", 0x40, 0x40, 0, evex)
	vpabsq   = extendedIntegers("vpabs", 0x1F, 0x1E, 0, evex)
	vpminsq  = extendedIntegers("vpmins", 0x39, 0x39, 0, evex)
	vpmaxsq  = extendedIntegers("vpmaxs", 0x3D, 0x3D, 0, evex)
	vpcmpeqq = compared("vpcmpeq", 0x29, 0x76)
	vpcmpgtq = compared("vpcmpgt", 0x37, 0x66)
	vpcmpq   = masking("vpcmp", map0F3A, 0x1F)
	vptestmq = masking("vptestm", map0F38, 0x27)
	vpsllvq  = extendedIntegers("vpsllv", 0x47, 0x47, 1, both)
	vpsrlvq  = extendedIntegers("vpsrlv", 0x45, 0x45, 1, both)
	vpsravq  = extendedIntegers("vpsrav", 0x46, 0x46, 0, evex)
	vpsllq   = shifts("vpsll", 0x73, 0x72, 6, both)
	vpsrlq   = shifts("vpsrl", 0x73, 0x72, 2, both)
	vpsraq   = shifts("vpsra", 0x72, 0x72, 4, evex)
	vpsrad   = shift("vpsrad", 0x72, 4, vex)
	vpshufd  = &opcode{name: "vpshufd", prefix: p66, opmap: map0F, code: 0x70, element: 4, only: vex}
	vpblendd = immediate("vpblendd", 0x02, vex)
	vpermd   = &opcode{name: "vpermd", prefix: p66, opmap: map0F38, code: 0x36, element: 4}

	vblendvpd   = selected("vblendv", map0F3A, 0x4B, 0x4A, 0, vex)
	vblendmpd   = selected("vblendm", map0F38, 0x65, 0x65, 0, evex)
	vroundpd    = selected("vround", map0F3A, 0x09, 0x08, 0, vex)
	vrndscalepd = selected("vrndscale", map0F3A, 0x09, 0x08, 0, evex)
	vpternlogq  = immediate("vpternlogq", 0x25, evex)
	vscalefpd   = selected("vscalef", map0F38, 0x2C, 0x2C, 0, evex)

	vpmovsxdq  = &opcode{name: "vpmovsxdq", prefix: p66, opmap: map0F38, code: 0x25, tuple: halfVector, element: 4}
	vpmovzxdq  = &opcode{name: "vpmovzxdq", prefix: p66, opmap: map0F38, code: 0x35, tuple: halfVector, element: 4}
	vpmovzxwq  = &opcode{name: "vpmovzxwq", prefix: p66, opmap: map0F38, code: 0x34, tuple: quarterVector, element: 2}
	vpmovzxbq  = &opcode{name: "vpmovzxbq", prefix: p66, opmap: map0F38, code: 0x32, tuple: eighthVector, element: 1}
	vpmovzxbd  = &opcode{name: "vpmovzxbd", prefix: p66, opmap: map0F38, code: 0x31, tuple: quarterVector, element: 1}
	vpmovdbTo  = &opcode{name: "vpmovdb", prefix: pF3, opmap: map0F38, code: 0x31, tuple: quarterVector, element: 1, only: evex}
	vpmovqdTo  = &opcode{name: "vpmovqd", prefix: pF3, opmap: map0F38, code: 0x35, tuple: halfVector, element: 4, only: evex}
	vpmovqbTo  = &opcode{name: "vpmovqb", prefix: pF3, opmap: map0F38, code: 0x32, tuple: eighthVector, element: 1, only: evex}
	vcvtqq2pd  = &opcode{name: "vcvtqq2pd", prefix: pF3, opmap: map0F, code: 0xE6, evexW: 1, element: 8, only: evex}
	vcvttpd2qq = &opcode{name: "vcvttpd2qq", prefix: p66, opmap: map0F, code: 0x7A, evexW: 1, element: 8, only: evex}
	vcvttpd2dq = &opcode{name: "vcvttpd2dq", prefix: p66, opmap: map0F, code: 0xE6, evexW: 1, element: 8}
	vcvtps2pd  = &opcode{name: "vcvtps2pd", prefix: none, opmap: map0F, code: 0x5A, tuple: halfVector, element: 4}
	vcvtpd2ps  = &opcode{name: "vcvtpd2ps", prefix: p66, opmap: map0F, code: 0x5A, evexW: 1, element: 8}
	vcvttps2dq = &opcode{name: "vcvttps2dq", prefix: pF3, opmap: map0F, code: 0x5B, element: 4}
	vcvtdq2ps  = &opcode{name: "vcvtdq2ps", prefix: none, opmap: map0F, code: 0x5B, element: 4}
	vcvtqq2ps  = &opcode{name: "vcvtqq2ps", prefix: none, opmap: map0F, code: 0x5B, evexW: 1, element: 8, only: evex}
	vcvtsi2ss  = &opcode{name: "vcvtsi2ss", prefix: pF3, opmap: map0F, code: 0x2A, vexW: 1, tuple: oneElement, element: 8, only: vex}
	vcvttsd2si = &opcode{name: "vcvttsd2si", prefix: pF2, opmap: map0F, code: 0x2C, vexW: 1, tuple: oneElement, element: 8, only: vex}

	vgatherdpd = &opcode{name: "vgatherdpd", prefix: p66, opmap: map0F38, code: 0x92, vexW: 1, evexW: 1, tuple: oneElement, element: 8}
	vgatherqpd = &opcode{name: "vgatherqpd", prefix: p66, opmap: map0F38, code: 0x93, vexW: 1, evexW: 1, tuple: oneElement, element: 8}
	vpgatherdd = &opcode{name: "vpgatherdd", prefix: p66, opmap: map0F38, code: 0x90, tuple: oneElement, element: 4}

	vpbroadcastFromGPR = extended("vpbroadcastq", 0x7C, 0, evex)
	vpbroadcastdGPR    = &opcode{name: "vpbroadcastd", prefix: p66, opmap: map0F38, code: 0x7C, element: 4, only: evex}
	vpcompressd        = &opcode{name: "vpcompressd", prefix: p66, opmap: map0F38, code: 0x8B, element: 4, only: evex} // source in reg
	vpbroadcastFromXMM = extended("vpbroadcastq", 0x59, 0, vex)
	vmovqFromGPR       = &opcode{name: "vmovq", prefix: p66, opmap: map0F, code: 0x6E, vexW: 1, evexW: 1, element: 8}
	vextractf128       = immediate("vextractf128", 0x19, vex)
	vextractf64x2      = immediate("vextractf64x2", 0x19, evex)
	vmovhpdTo          = &opcode{name: "vmovhpd", prefix: p66, opmap: map0F, code: 0x17, evexW: 1, tuple: oneElement, element: 8}
	vmovqToGPR         = &opcode{name: "vmovq", prefix: p66, opmap: map0F, code: 0x7E, vexW: 1, evexW: 1, element: 8}
	vmovmskps          = &opcode{name: "vmovmskps", prefix: none, opmap: map0F, code: 0x50, element: 4, only: vex}
	vmovmskpd          = &opcode{name: "vmovmskpd", prefix: p66, opmap: map0F, code: 0x50, element: 8, only: vex}
	vmaskmovpd         = &opcode{name: "vmaskmovpd", prefix: p66, opmap: map0F38, code: 0x2D, element: 8, only: vex}
	vmaskmovpdTo       = &opcode{name: "vmaskmovpd", prefix: p66, opmap: map0F38, code: 0x2F, element: 8, only: vex}
	vpmaskmovd         = &opcode{name: "vpmaskmovd", prefix: p66, opmap: map0F38, code: 0x8C, element: 4, only: vex}
	vpmaskmovdTo       = &opcode{name: "vpmaskmovd", prefix: p66, opmap: map0F38, code: 0x8E, element: 4, only: vex}

	kandb     = mask("kand", 0x41)
	kandnb    = mask("kandn", 0x42)
	knotb     = mask("knot", 0x44)
	korb      = mask("kor", 0x45)
	kxnorb    = mask("kxnor", 0x46)
	kxorb     = mask("kxor", 0x47)
	kmovb     = mask("kmov", 0x90)
	kmovbTo   = mask("kmov", 0x91)
	kmovbFrom = mask("kmov", 0x92) // from a general register
	kmovbGPR  = mask("kmov", 0x93) // to a general register
)

// fusedForms are the multiply-adds by signs (product, addend) and by which operands are the
// destination and the memory: 132 is d*m + v, 213 is v*d + m, 231 is v*m + d.
type fusedForms struct{ f132, f213, f231 *opcode }

var fused = [2][2]fusedForms{
	{
		{multiplyAdd("vfmadd132", 0x98), multiplyAdd("vfmadd213", 0xA8), multiplyAdd("vfmadd231", 0xB8)},
		{multiplyAdd("vfmsub132", 0x9A), multiplyAdd("vfmsub213", 0xAA), multiplyAdd("vfmsub231", 0xBA)},
	},
	{
		{multiplyAdd("vfnmadd132", 0x9C), multiplyAdd("vfnmadd213", 0xAC), multiplyAdd("vfnmadd231", 0xBC)},
		{multiplyAdd("vfnmsub132", 0x9E), multiplyAdd("vfnmsub213", 0xAE), multiplyAdd("vfnmsub231", 0xBE)},
	},
}
