package amd64

import "synfire/internal/ir"

func (l *lowering) lowerInteger(in *ir.Instr, x, y virtual) virtual {
	short := l.typeOf(in.Args[0]) == ir.I32 && !l.dense // where I32 has 64 bits
	fit := func(v virtual) virtual {
		if short {
			return l.narrow(v)
		}
		return v
	}
	switch in.Op {
	case ir.Add:
		return fit(l.commuted(vpaddq, x, y))
	case ir.Sub:
		return fit(l.binary(vpsubq, x, y))
	case ir.Mul:
		if short {
			return l.narrow(l.commuted(vpmuldq, x, y))
		}
		return l.product(x, y)
	case ir.Neg:
		return fit(l.binary(vpsubq, l.zeroVector(), x))
	case ir.Abs:
		if l.wide {
			return fit(l.unary(vpabsq, x))
		}
		negative := l.binary(vpcmpgtq, l.zeroVector(), x)
		return fit(l.binary(vpsubq, l.binary(vxorpd, x, negative), negative))
	case ir.Min:
		return l.smaller(x, y)
	case ir.Max:
		return l.larger(x, y)
	case ir.FloorDiv:
		return fit(l.quotient(x, y, wantQuotient))
	case ir.Mod:
		return l.quotient(x, y, wantRemainder)
	case ir.BitAnd:
		return l.commuted(vandpd, x, y)
	case ir.BitOr:
		return l.commuted(vorpd, x, y)
	case ir.BitXor:
		return l.commuted(vxorpd, x, y)
	case ir.Shl, ir.ShrLogical, ir.ShrArithmetic:
		return l.lowerShift(in, x, y, short)
	case ir.Less:
		return l.compareIntegers(1, x, y)
	case ir.LessEqual:
		return l.compareIntegers(2, x, y)
	case ir.Equal:
		return l.compareIntegers(0, x, y)
	case ir.NotEqual:
		return l.compareIntegers(4, x, y)
	}
	panic("BUG: no instruction for " + in.Op.String() + " of integers")
}

// narrow sign-extends the low half.
func (l *lowering) narrow(x virtual) virtual {
	if l.wide {
		return l.shifted(vpsraq, l.shifted(vpsllq, x, 32), 32)
	}
	signs := l.operation(vpshufd, formUnary, vectors, 0xA0, l.shifted(vpsrad, x, 31))
	return l.operation(vpblendd, formBinary, vectors, 0xAA, x, signs)
}

func (l *lowering) product(x, y virtual) virtual {
	if l.wide || l.dense {
		return l.commuted(vpmullq, x, y)
	}
	crossed := l.binary(vpaddq, l.binary(vpmuludq, l.shifted(vpsrlq, x, 32), y), l.binary(vpmuludq, l.shifted(vpsrlq, y, 32), x))
	return l.binary(vpaddq, l.binary(vpmuludq, x, y), l.shifted(vpsllq, crossed, 32))
}

func (l *lowering) smaller(x, y virtual) virtual {
	if l.wide {
		return l.commuted(vpminsq, x, y)
	}
	return l.lowerSelect(ir.I64, l.binary(vpcmpgtq, x, y), y, x)
}

func (l *lowering) larger(x, y virtual) virtual {
	if l.wide {
		return l.commuted(vpmaxsq, x, y)
	}
	return l.lowerSelect(ir.I64, l.binary(vpcmpgtq, x, y), x, y)
}

// compareIntegers takes the predicates of vpcmpq: 0 =, 1 <, 2 <=, 4 not =.
func (l *lowering) compareIntegers(predicate int, x, y virtual) virtual {
	if l.wide {
		return l.operation(vpcmpq, formBinary, masks, predicate, x, y)
	}
	switch predicate {
	case 0:
		return l.commuted(vpcmpeqq, x, y)
	case 1:
		return l.binary(vpcmpgtq, y, x)
	case 2:
		return l.not(l.binary(vpcmpgtq, x, y))
	}
	return l.not(l.commuted(vpcmpeqq, x, y))
}

func (l *lowering) lowerShift(in *ir.Instr, x, y virtual, short bool) virtual {
	width := uint64(63)
	if short || l.dense {
		width = 31
	}
	if short && in.Op == ir.ShrLogical {
		x = l.binary(vandpd, x, l.number(1<<32-1))
	}
	var result virtual
	if count := &l.kernel.Instrs[in.Args[1]]; count.Op == ir.Const {
		n := int(count.Imm & width)
		switch {
		case in.Op == ir.Shl:
			result = l.shifted(vpsllq, x, n)
		case in.Op == ir.ShrLogical:
			result = l.shifted(vpsrlq, x, n)
		case l.wide || l.dense:
			result = l.shifted(vpsraq, x, n)
		default:
			result = l.signedShift(l.shifted(vpsrlq, x, n), l.shifted(vpsrlq, l.number(1<<63), n))
		}
	} else {
		y = l.binary(vandpd, y, l.number(width))
		switch {
		case in.Op == ir.Shl:
			result = l.binary(vpsllvq, x, y)
		case in.Op == ir.ShrLogical:
			result = l.binary(vpsrlvq, x, y)
		case l.wide || l.dense:
			result = l.binary(vpsravq, x, y)
		default:
			result = l.signedShift(l.binary(vpsrlvq, x, y), l.binary(vpsrlvq, l.number(1<<63), y))
		}
	}
	if short && in.Op != ir.ShrArithmetic {
		return l.narrow(result)
	}
	return result
}

// signedShift makes an arithmetic shift of a logical one; sign is where the sign went.
func (l *lowering) signedShift(x, sign virtual) virtual {
	return l.binary(vpsubq, l.binary(vxorpd, x, sign), sign)
}

// What of a division is wanted: the register in which the processor leaves it.
const (
	wantQuotient  = rax
	wantRemainder = rdx
)

// quotient divides lane after lane, as Python does; by zero both results are zero. Dividing by -1 is a
// negation, because the processor refuses the one quotient that does not fit.
func (l *lowering) quotient(x, y virtual, wanted gpr) virtual {
	full, lanes := l.full(), int32(l.lanes)
	return l.custom(true, func(e *emission) {
		again, zero, minus, done := e.newLabel(), e.newLabel(), e.newLabel(), e.newLabel()
		e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		e.vector(vmovapdTo, vectorArguments{length: full, reg: e.src[1], rm: inMemory(at(rdi, frameElements)), imm: -1})
		e.moveLiteral(rcx, 0)
		e.place(again)
		e.load(rax, indexed(rdi, rcx, 8, frameValues))
		e.load(rbx, indexed(rdi, rcx, 8, frameElements))
		e.test(rbx, rbx)
		e.jump(ifEqual, zero)
		e.compareLiteral(rbx, -1)
		e.jump(ifEqual, minus)
		e.signExtend()
		e.divide(rbx)
		e.test(rdx, rdx)
		e.jump(ifEqual, done)
		e.move(r8, rdx)
		e.xor(r8, rbx)
		e.test(r8, r8)
		e.jump(ifNotNegative, done)
		e.addLiteral(rax, -1)
		e.add(rdx, rbx)
		e.jump(always, done)
		e.place(zero)
		e.moveLiteral(rax, 0)
		e.moveLiteral(rdx, 0)
		e.jump(always, done)
		e.place(minus)
		e.negate(rax)
		e.moveLiteral(rdx, 0)
		e.place(done)
		e.store(indexed(rdi, rcx, 8, frameResults), wanted)
		e.addLiteral(rcx, 1)
		e.compareLiteral(rcx, lanes)
		e.jump(ifLess, again)
		e.vector(vmovapd, vectorArguments{length: full, reg: e.dst, rm: inMemory(at(rdi, frameResults)), imm: -1})
	}, x, y)
}
