package amd64

import (
	"math"

	"synfire/internal/ir"
)

// lowering writes the instructions of a kernel as machine instructions on virtual registers, for one straight line: what
// all lanes share, or the body of a loop over one or several groups of lanes, or over single lanes.
//
// Every number has 64 bits per lane, an I32 sign-extended, save F32: these lie in half a vector. Homes of F32 hold the
// number twice, so that it can be read as an element of 32 or of 64 bits. A Bool is a bit of a mask register (AVX-512) or 64 equal
// bits (AVX2). In a dense line every number has 32 bits and fills its vector, and a Bool of AVX2 has 32.
type lowering struct {
	*program
	*unit
	tail  bool // lanes can be missing
	lanes int  // of a group
	group int  // of the groups that the body works on

	values   [][]virtual // per group
	elements []virtual   // per group: the lanes' elements, 32 bits each, if there is a list of lanes
	vias     [][]virtual // per group and index array
	draws    []map[uint64]virtual
	position virtual // the first lane's number, in all lanes
}

// unit is what the lines of a routine have in common.
type unit struct {
	kernel   *ir.Kernel
	variant  variant
	layout   *layout
	pointers *pointers
	memory   memory
	shared   []bool
	homes    []home // per shared value
	negated  []bool // per value: a negation that multiply-adds do themselves
	uses     []int
	width    int  // numbers of 64 bits in a vector
	compact  bool // the lanes of the kernel need 32 bits at most
}

// body is a kind of line.
type body uint8

const (
	prologue body = iota // what all lanes share
	whole                // all lanes of its groups exist
	masked               // the lanes that exist are marked
	lone                 // one lane
)

func newLowering(u *unit, wide bool, groups int, kind body) *lowering {
	l := &lowering{program: newProgram(wide), unit: u, tail: kind == masked, lanes: u.width, position: noVirtual}
	switch {
	case kind == lone:
		l.program.lone, l.lanes = true, 1
	case kind == prologue:
	case u.compact:
		l.dense, l.singles, l.lanes = true, true, u.most()
	}
	for range groups {
		values := make([]virtual, len(u.kernel.Instrs))
		for i := range values {
			values[i] = noVirtual
		}
		l.values = append(l.values, values)
		l.elements = append(l.elements, noVirtual)
		vias := make([]virtual, len(u.kernel.Indexes))
		for i := range vias {
			vias[i] = noVirtual
		}
		l.vias = append(l.vias, vias)
		l.draws = append(l.draws, map[uint64]virtual{})
	}
	return l
}

// value is the virtual register of a value in the current group.
func (l *lowering) value(v ir.Value) virtual {
	if have := l.values[l.group][v]; have != noVirtual {
		return have
	}
	if in := &l.kernel.Instrs[v]; in.Op == ir.Const {
		return l.literal(in)
	}
	return l.at(l.unit.homes[v])
}

func (l *lowering) literal(in *ir.Instr) virtual {
	if in.Type == ir.Bool {
		return l.at(l.layout.truth(in.Imm != 0))
	}
	if in.Type == ir.F32 || l.dense {
		return l.at(l.layout.pattern(in.Imm<<32 | in.Imm&(1<<32-1)))
	}
	return l.at(l.layout.pattern(in.Imm))
}

// number is a pattern in all lanes; of single precision, the pattern's low half.
func (l *lowering) number(x uint64) virtual {
	if l.singles {
		x = x<<32 | x&(1<<32-1)
	}
	return l.at(l.layout.pattern(x))
}

func (l *lowering) float(x float64) virtual {
	if l.singles {
		return l.number(uint64(math.Float32bits(float32(x))))
	}
	return l.number(math.Float64bits(x))
}

// sign is the pattern of the sign of a float.
func (l *lowering) sign() uint64 {
	if l.singles {
		return 1 << 31
	}
	return 1 << 63
}

func (l *lowering) zeroVector() virtual       { return l.number(0) }
func (l *lowering) typeOf(v ir.Value) ir.Type { return l.kernel.Instrs[v].Type }

// instruction lowers one instruction for all groups, so that neighbours do not wait for each other.
func (l *lowering) instruction(v ir.Value) {
	for l.group = range l.values {
		l.values[l.group][v] = l.lower(v, &l.kernel.Instrs[v])
	}
}

func (l *lowering) lower(v ir.Value, in *ir.Instr) virtual {
	return l.with(l.isSingle(in), func() virtual { return l.lowerNarrow(v, in) })
}

// isSingle reports whether an instruction is one of single precision throughout: memory and conversions look after themselves.
func (l *lowering) isSingle(in *ir.Instr) bool {
	switch in.Op {
	case ir.Const, ir.Load, ir.LoadAt, ir.Lane, ir.RandBits, ir.Store, ir.Accumulate, ir.Emit, ir.Convert, ir.Bits, ir.FromBits:
		return false
	case ir.Select:
		return in.Type == ir.F32
	}
	return l.typeOf(in.Args[0]) == ir.F32
}

func (l *lowering) lowerNarrow(v ir.Value, in *ir.Instr) virtual {
	switch in.Op {
	case ir.Const:
		return l.literal(in)
	case ir.Load:
		return l.lowerLoad(in)
	case ir.LoadAt:
		return l.lowerLoadAt(in)
	case ir.Lane:
		return l.commuted(vpaddq, l.elementNumber(), l.at(l.memory.first))
	case ir.RandBits:
		return l.lowerRandBits(in)
	case ir.Store:
		l.lowerStore(in)
		return noVirtual
	case ir.Accumulate:
		l.lowerAccumulate(in)
		return noVirtual
	case ir.Emit:
		l.lowerEmit(in)
		return noVirtual
	case ir.FMA:
		return l.lowerFused(in)
	case ir.Neg:
		if l.negated[v] {
			return noVirtual
		}
	}
	x := l.value(in.Args[0])
	var y virtual = noVirtual
	if in.Args[1] != ir.NoValue {
		y = l.value(in.Args[1])
	}
	switch in.Op {
	case ir.Select:
		return l.lowerSelect(in.Type, x, y, l.value(in.Args[2]))
	case ir.Convert:
		return l.lowerConvert(l.typeOf(in.Args[0]), in.Type, x)
	case ir.Bits:
		if in.Type == ir.I32 && !l.dense {
			return l.unary(vpmovsxdq, l.onSingles(func() virtual { return l.canonical(x) }))
		}
		return l.canonical(x)
	case ir.FromBits:
		if in.Type == ir.F32 && !l.dense {
			return l.lowHalves(x)
		}
		return x
	}
	switch l.typeOf(in.Args[0]) {
	case ir.F64, ir.F32:
		return l.lowerFloat(in.Op, x, y)
	case ir.Bool:
		return l.lowerBool(in.Op, x, y)
	}
	return l.lowerInteger(in, x, y)
}

func (l *lowering) lowerFused(in *ir.Instr) virtual {
	fusedIn := instruction{form: formFused, dst: l.newVirtual(vectors), k: noVirtual, imm: -1, length: l.working(), single: l.singles}
	for j, a := range in.Args {
		negative := l.negated[a]
		if negative {
			a = l.kernel.Instrs[a].Args[0]
		}
		fusedIn.src[j] = l.value(a)
		if j < 2 {
			fusedIn.negated[0] = fusedIn.negated[0] != negative
		} else {
			fusedIn.negated[1] = negative
		}
	}
	return l.emit(fusedIn)
}

// Comparisons, as the predicates of vcmppd: false for a NaN, except "not equal".
const (
	equal        = 0x00
	unordered    = 0x03
	notEqual     = 0x04
	ordered      = 0x07
	less         = 0x11
	lessEqual    = 0x12
	greaterEqual = 0x1D
	greater      = 0x1E
)

// condition compares floats; the result is a Bool.
func (l *lowering) condition(predicate int, x, y virtual) virtual {
	if l.isHomed(x) && !l.isHomed(y) {
		switch predicate {
		case less:
			predicate = greater
		case lessEqual:
			predicate = greaterEqual
		}
		x, y = y, x
	}
	m := l.operation(vcmppd, formBinary, l.truths(), predicate, x, y)
	if l.singles && !l.wide && !l.dense {
		return l.onDoubles(func() virtual { return l.unary(vpmovsxdq, m) })
	}
	return m
}

// truths is the class of Bools.
func (l *lowering) truths() class {
	if l.wide {
		return masks
	}
	return vectors
}

func (l *lowering) lowerFloat(op ir.Op, x, y virtual) virtual {
	sign := l.sign()
	round := vroundpd
	if l.wide {
		round = vrndscalepd
	}
	switch op {
	case ir.Add:
		return l.commuted(vaddpd, x, y)
	case ir.Sub:
		return l.binary(vsubpd, x, y)
	case ir.Mul:
		return l.commuted(vmulpd, x, y)
	case ir.Div:
		return l.binary(vdivpd, x, y)
	case ir.Neg:
		return l.binary(vxorpd, x, l.number(sign))
	case ir.Abs:
		return l.binary(vandpd, x, l.number(sign-1))
	case ir.Sqrt:
		return l.unary(vsqrtpd, x)
	case ir.RoundEven:
		return l.rounding(round, x, 8)
	case ir.Floor:
		return l.rounding(round, x, 9)
	case ir.Ceil:
		return l.rounding(round, x, 10)
	case ir.Trunc:
		return l.rounding(round, x, 11)
	case ir.Min: // vminpd gives the second operand for NaNs and for two zeros, as the form says
		return l.binary(vminpd, x, y)
	case ir.Max:
		return l.binary(vmaxpd, x, y)
	case ir.CopySign:
		signs := l.where(l.condition(ordered, y, y), l.binary(vandpd, y, l.number(sign)))
		return l.binary(vorpd, l.binary(vandpd, x, l.number(sign-1)), signs)
	case ir.Scale:
		return l.scaled(x, y)
	case ir.Less:
		return l.condition(less, x, y)
	case ir.LessEqual:
		return l.condition(lessEqual, x, y)
	case ir.Equal:
		return l.condition(equal, x, y)
	case ir.NotEqual:
		return l.condition(notEqual, x, y)
	}
	panic("BUG: no instruction for " + op.String() + " of f64")
}

// scaled is x * 2^n; with AVX2 in the two factors of ir.Scaled.
func (l *lowering) scaled(x, n virtual) virtual {
	if l.wide {
		return l.binary(vscalefpd, x, n)
	}
	const step = 64
	middle, one, mantissa := 0x1.8p52, uint64(1023), 52
	if l.singles {
		middle, one, mantissa = 0x1.8p23, 127, 23
	}
	small := l.condition(less, n, l.float(1))
	bias := l.lowerSelect(ir.I64, small, l.number((one+step)<<mantissa), l.number((one-step)<<mantissa))
	second := l.lowerSelect(ir.F64, small, l.float(0x1p-64), l.float(0x1p64))
	first := l.binary(vpaddq, l.shifted(vpsllq, l.commuted(vaddpd, n, l.float(middle)), mantissa), bias)
	return l.binary(vmulpd, l.binary(vmulpd, x, first), second)
}

func (l *lowering) lowerBool(op ir.Op, x, y virtual) virtual {
	if l.wide {
		two := func(op *opcode) virtual { return l.operation(op, formBinary, masks, -1, x, y) }
		switch op {
		case ir.And:
			return two(kandb)
		case ir.Or:
			return two(korb)
		case ir.Xor, ir.NotEqual:
			return two(kxorb)
		case ir.Equal:
			return two(kxnorb)
		case ir.Not:
			return l.operation(knotb, formUnary, masks, -1, x)
		}
	} else {
		switch op {
		case ir.And:
			return l.commuted(vandpd, x, y)
		case ir.Or:
			return l.commuted(vorpd, x, y)
		case ir.Xor, ir.NotEqual:
			return l.commuted(vxorpd, x, y)
		case ir.Equal:
			return l.not(l.commuted(vxorpd, x, y))
		case ir.Not:
			return l.not(x)
		}
	}
	panic("BUG: no instruction for " + op.String() + " of bool")
}

func (l *lowering) not(x virtual) virtual {
	if l.wide {
		return l.operation(knotb, formUnary, masks, -1, x)
	}
	return l.binary(vxorpd, x, l.number(^uint64(0)))
}

// lowerSelect is x where m holds, else y.
func (l *lowering) lowerSelect(t ir.Type, m, x, y virtual) virtual {
	switch {
	case !l.wide && l.singles && !l.dense:
		return l.operation(vblendvpd, formBlend, vectors, -1, y, x, l.narrowTruth(m))
	case !l.wide:
		return l.operation(vblendvpd, formBlend, vectors, -1, y, x, m)
	case t == ir.Bool:
		both := l.operation(kandb, formBinary, masks, -1, m, x)
		neither := l.operation(kandnb, formBinary, masks, -1, m, y)
		return l.operation(korb, formBinary, masks, -1, both, neither)
	}
	v := l.operation(vblendmpd, formBinary, vectors, -1, y, x)
	l.instructions[len(l.instructions)-1].k = m
	return v
}

// where is x where m holds, else zero.
func (l *lowering) where(m, x virtual) virtual {
	if !l.wide && l.singles && !l.dense {
		return l.commuted(vandpd, l.narrowTruth(m), x)
	}
	if !l.wide {
		return l.commuted(vandpd, m, x)
	}
	// Any instruction that copies will do; this one can read from memory.
	v := l.operation(vorpd, formBinary, vectors, -1, l.zeroVector(), x)
	in := &l.instructions[len(l.instructions)-1]
	in.k, in.zero = m, true
	return v
}

// canonical gives NaNs the pattern with which they leave a kernel.
func (l *lowering) canonical(x virtual) virtual {
	if l.singles {
		return l.lowerSelect(ir.F32, l.condition(unordered, x, x), l.number(0x7FC00000), x)
	}
	return l.lowerSelect(ir.F64, l.condition(unordered, x, x), l.number(0x7FF8000000000000), x)
}

func (l *lowering) lowerConvert(from, to ir.Type, x virtual) virtual {
	switch {
	case l.dense && from == ir.F32 && to == ir.I32:
		return l.onWords(vcvttps2dq, x)
	case l.dense && from == ir.I32 && to == ir.F32:
		return l.onWords(vcvtdq2ps, x)
	case from == ir.F32 || to == ir.F32:
		return l.convertSingle(from, to, x)
	case from == ir.Bool && to == ir.F64:
		return l.where(x, l.float(1))
	case from == ir.Bool:
		return l.where(x, l.number(1))
	case to == ir.Bool && from == ir.F64:
		return l.condition(notEqual, x, l.zeroVector())
	case to == ir.Bool && l.wide:
		return l.operation(vptestmq, formBinary, masks, -1, x, x)
	case to == ir.Bool:
		return l.not(l.commuted(vpcmpeqq, x, l.zeroVector()))
	case from == ir.F64 && to == ir.I32:
		// Its result for NaN and for what does not fit is the smallest integer, as the form wants.
		return l.unary(vpmovsxdq, l.unary(vcvttpd2dq, x))
	case from == ir.F64 && l.wide:
		return l.unary(vcvttpd2qq, x)
	case from == ir.F64:
		return l.truncate(x)
	case to == ir.F64 && l.wide:
		return l.unary(vcvtqq2pd, x)
	case to == ir.F64 && from == ir.I32:
		const middle = 0x1.8p52
		return l.binary(vsubpd, l.binary(vpaddq, x, l.float(middle)), l.float(middle))
	case to == ir.F64:
		return l.floatOf(x)
	case to == ir.I32:
		return l.narrow(x)
	}
	return x // I32 to I64
}

// truncate converts floats to I64 with AVX2, which has no instruction for it. Where all are small the
// integer is in the low bits after adding 1.5*2^52; else lane after lane is converted.
func (l *lowering) truncate(x virtual) virtual {
	const middle = 0x1.8p52
	limit, magic, sign := l.layout.pattern(math.Float64bits(0x1p51)), l.layout.pattern(math.Float64bits(middle)), l.layout.pattern(1<<63-1)
	return l.custom(true, func(e *emission) {
		slow, done := e.newLabel(), e.newLabel()
		e.vector(vandpd, vectorArguments{length: l256, reg: temporary, vvvv: e.src[0], rm: inMemory(at(rdi, sign.offset)), imm: -1})
		e.vector(vcmppd, vectorArguments{length: l256, reg: temporary, vvvv: temporary, rm: inMemory(at(rdi, limit.offset)), imm: less})
		e.vector(vmovmskpd, vectorArguments{length: l256, reg: uint8(rax), rm: inRegister(temporary), imm: -1})
		e.compareLiteral(rax, 15)
		e.jump(ifNotEqual, slow)
		e.vector(vroundpd, vectorArguments{length: l256, reg: e.dst, rm: inRegister(e.src[0]), imm: 11})
		e.vector(vaddpd, vectorArguments{length: l256, reg: e.dst, vvvv: e.dst, rm: inMemory(at(rdi, magic.offset)), imm: -1})
		e.vector(vpsubq, vectorArguments{length: l256, reg: e.dst, vvvv: e.dst, rm: inMemory(at(rdi, magic.offset)), imm: -1})
		e.jump(always, done)
		e.place(slow)
		e.vector(vmovapdTo, vectorArguments{length: l256, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		for k := range int32(4) {
			e.vector(vcvttsd2si, vectorArguments{reg: uint8(rax), rm: inMemory(at(rdi, frameValues+8*k)), imm: -1})
			e.store(at(rdi, frameResults+8*k), rax)
		}
		e.vector(vmovapd, vectorArguments{length: l256, reg: e.dst, rm: inMemory(at(rdi, frameResults)), imm: -1})
		e.place(done)
	}, x)
}

// floatOf converts I64 to floats with AVX2: the halves become floats that are exact, so their sum is rounded once.
func (l *lowering) floatOf(x virtual) virtual {
	low := l.operation(vpblendd, formBinary, vectors, 0xAA, x, l.float(0x1p52)) // 2^52 + low half
	high := l.binary(vxorpd, l.shifted(vpsrlq, x, 32), l.number(0x4530000080000000))
	high = l.binary(vsubpd, high, l.float(0x1p84+0x1p63+0x1p52)) // the high half was 2^84 + 2^63 too large
	return l.binary(vaddpd, high, low)
}
