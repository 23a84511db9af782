package amd64

import "synfire/internal/ir"

// lowHalves packs the low halves of lanes of 64 bits into half a vector.
func (l *lowering) lowHalves(x virtual) virtual {
	if l.lone {
		return x
	}
	even := l.at(l.layout.each(func(lane int) uint64 {
		if lane >= l.lanes/2 {
			return 0
		}
		return uint64(4*lane+2)<<32 | uint64(4*lane)
	}))
	return l.onDoubles(func() virtual { return l.operation(vpermd, formBinary, vectors, -1, even, x) })
}

// narrowTruth is a Bool for half a vector, where Bools are vectors (AVX2).
func (l *lowering) narrowTruth(m virtual) virtual { return l.lowHalves(m) }

// onWords is an operation on elements of 32 bits that has no sibling for 64.
func (l *lowering) onWords(op *opcode, x virtual) virtual {
	in := instruction{op: op, form: formUnary, dst: l.newVirtual(vectors), src: [3]virtual{x, noVirtual, noVirtual}, k: noVirtual, imm: -1, length: l.words()}
	return l.emit(in)
}

func (l *lowering) convertSingle(from, to ir.Type, x virtual) virtual {
	switch {
	case from == ir.Bool:
		return l.onSingles(func() virtual { return l.where(x, l.float(1)) })
	case from == ir.F64:
		return l.unary(vcvtpd2ps, x)
	case from == ir.I32:
		return l.unary(vcvtpd2ps, l.lowerConvert(ir.I32, ir.F64, x)) // exact, then rounded
	case from == ir.I64 && l.wide:
		return l.unary(vcvtqq2ps, x)
	case from == ir.I64:
		return l.roundEach(x)
	case to == ir.Bool:
		return l.onSingles(func() virtual { return l.condition(notEqual, x, l.number(0)) })
	case to == ir.I32:
		return l.unary(vpmovsxdq, l.onWords(vcvttps2dq, x))
	}
	wide := l.unary(vcvtps2pd, x)
	if to == ir.F64 {
		return wide
	}
	return l.lowerConvert(ir.F64, to, wide)
}

// roundEach converts I64 to F32 with AVX2, lane after lane: the way through F64 would round twice.
func (l *lowering) roundEach(x virtual) virtual {
	return l.custom(true, func(e *emission) {
		e.vector(vmovapdTo, vectorArguments{length: l256, reg: e.src[0], rm: inMemory(at(rdi, frameValues)), imm: -1})
		for k := range int32(4) {
			e.vector(vcvtsi2ss, vectorArguments{reg: temporary, vvvv: temporary, rm: inMemory(at(rdi, frameValues+8*k)), imm: -1})
			e.vector(vmovssTo, vectorArguments{reg: temporary, rm: inMemory(at(rdi, frameResults+4*k)), imm: -1})
		}
		e.vector(vmovups, vectorArguments{length: l128, reg: e.dst, rm: inMemory(at(rdi, frameResults)), imm: -1})
	}, x)
}

// loadSingle loads elements of 32 bits as they are.
func (l *lowering) loadSingle(in *ir.Instr) virtual {
	v := &l.kernel.Vars[in.Var]
	from := l.memory.columns[in.Var]
	switch v.Index {
	case ir.Shared:
		return l.memoryOperation(formLoad, vbroadcastss, l.full(), from, at(0, 0)).dst
	case ir.Indexed:
		return l.gather(from, l.via(v.Via), true, false)
	case ir.Scratch:
		return l.walkHalf(from)
	}
	if own := l.own(); own != noVirtual {
		return l.gather(from, own, true, false)
	}
	return l.walkHalf(from)
}

// storeSingles writes the elements of 32 bits that the lanes walk through.
func (l *lowering) storeSingles(to pointer, x, active virtual) {
	switch {
	case l.wide:
		l.memoryOperation(formStore, vmovupsTo, l.words(), to, l.place(4), x).k = active
	case active == noVirtual:
		l.memoryOperation(formStore, vmovupsTo, l.words(), to, l.place(4), x)
	default:
		if !l.dense {
			active = l.narrowTruth(active)
		}
		l.memoryOperation(formStore, vpmaskmovdTo, l.words(), to, l.place(4), x, active)
	}
}
