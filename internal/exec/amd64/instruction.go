package amd64

// virtual names a virtual register: a position in program.virtuals.
type virtual int32

const noVirtual virtual = -1

// class is the kind of register that a virtual register needs.
type class uint8

const (
	vectors class = iota
	masks         // AVX-512 only; AVX2 keeps conditions in vectors, all bits of a lane alike
	classes
)

// home is a place in the frame that holds a value throughout, so that it need not be kept in a register.
type home struct {
	offset int32
	whole  bool // all lanes are there; else one element, which the processor copies to all lanes
	class  class
}

// virtualInfo describes a virtual register.
type virtualInfo struct {
	class class
	homed bool
	home  home
	fixed int // its real register throughout, or -1
}

// form says which operands an instruction has and where they are encoded.
type form uint8

const (
	formUnary  form = iota // dst in ModRM.reg, source in r/m
	formBinary             // dst in reg, sources in vvvv and r/m
	formShift              // dst in vvvv, source in r/m, the opcode's digit in reg
	formTied               // dst is also the first source; the others in vvvv and r/m
	formFused              // a*b + c in whichever of the three forms suits
	formBlend              // as binary, the third source in the literal
	formLoad               // dst in reg, memory in r/m, one source in vvvv if any
	formStore              // source in reg, memory in r/m, a second source in vvvv if any
	formCustom             // several instructions
)

// instruction is an instruction on virtual registers.
type instruction struct {
	op      *opcode
	form    form
	dst     virtual
	src     [3]virtual
	k       virtual // write mask
	zero    bool
	imm     int
	length  length
	negated [2]bool // of formFused: the product, the addend
	single  bool    // of formFused: on elements of single precision

	pointer pointer // of loads and stores: memory is address relative to it
	address address
	custom  func(e *emission)
}

// emission is what a custom instruction gets to write itself: real registers. Besides them it may use the
// general registers rax, rcx, rdx, rbx, r8, r9, the vector registers 0 and 1, and the mask registers 0 and 7.
type emission struct {
	*assembler
	pointers *pointers
	dst      uint8
	src      [3]uint8
}

const (
	temporary  = 0 // vector registers for custom instructions
	temporary1 = 1
	laneMask   = 1 // the mask register of the lanes that exist, in the masked loop
	gatherMask = 7
)

// program is a straight line of instructions on virtual registers.
type program struct {
	wide         bool
	lone         bool // works on one lane: what else is in vectors means nothing
	dense        bool // all lanes have elements of 32 bits, of which there are twice as many in a vector
	singles      bool // what is emitted now works on elements of 32 bits: in half vectors, if not dense
	virtuals     []virtualInfo
	instructions []instruction
	homes        map[home]virtual
}

func newProgram(wide bool) *program { return &program{wide: wide, homes: map[home]virtual{}} }

func (p *program) full() length {
	switch {
	case p.lone:
		return l128
	case p.wide:
		return l512
	}
	return l256
}

func (p *program) half() length {
	if p.lone {
		return l128
	}
	return p.full() - 1
}

// words is the length of a vector with an element of 32 bits for each lane.
func (p *program) words() length {
	if p.dense {
		return p.full()
	}
	return p.half()
}

// working is the length of the vectors that are worked on now.
func (p *program) working() length {
	if p.singles {
		return p.words()
	}
	return p.full()
}

// of is the instruction for the elements that are worked on now.
func (p *program) of(op *opcode) *opcode {
	if p.dense && op.single != nil {
		return op.single
	}
	return op
}

// onSingles lets what emit emits work on elements of single precision.
func (p *program) onSingles(emit func() virtual) virtual { return p.with(true, emit) }

// onDoubles lets what emit emits work on elements of 64 bits.
func (p *program) onDoubles(emit func() virtual) virtual { return p.with(false, emit) }

func (p *program) with(singles bool, emit func() virtual) virtual {
	before := p.singles
	p.singles = singles || p.dense
	v := emit()
	p.singles = before
	return v
}

func (p *program) newVirtual(c class) virtual {
	p.virtuals = append(p.virtuals, virtualInfo{class: c, fixed: -1})
	return virtual(len(p.virtuals) - 1)
}

// at is the virtual register of a home.
func (p *program) at(h home) virtual {
	if v, ok := p.homes[h]; ok {
		return v
	}
	v := p.newVirtual(h.class)
	p.virtuals[v].homed, p.virtuals[v].home = true, h
	p.homes[h] = v
	return v
}

func (p *program) isHomed(v virtual) bool { return v != noVirtual && p.virtuals[v].homed }

func (p *program) emit(in instruction) virtual {
	p.instructions = append(p.instructions, in)
	return in.dst
}

func (p *program) operation(op *opcode, f form, c class, imm int, sources ...virtual) virtual {
	if p.singles && c == vectors || p.singles && op.single != nil {
		if op = op.single; op == nil {
			panic("BUG: an instruction that does not exist for single precision")
		}
	}
	in := instruction{op: op, form: f, dst: p.newVirtual(c), src: [3]virtual{noVirtual, noVirtual, noVirtual}, k: noVirtual, imm: imm, length: p.working()}
	copy(in.src[:], sources)
	if op != nil && op.element == 0 && c == masks {
		in.length = l256 // mask instructions of two sources have this bit set
		if len(sources) == 1 {
			in.length = l128
		}
	}
	return p.emit(in)
}

func (p *program) unary(op *opcode, x virtual) virtual {
	return p.operation(op, formUnary, vectors, -1, x)
}

func (p *program) rounding(op *opcode, x virtual, mode int) virtual {
	return p.operation(op, formUnary, vectors, mode, x)
}

func (p *program) binary(op *opcode, x, y virtual) virtual {
	return p.operation(op, formBinary, vectors, -1, x, y)
}

// commuted is binary for an operation whose sources can be exchanged: a homed one goes last, where it can stay in memory.
func (p *program) commuted(op *opcode, x, y virtual) virtual {
	if p.isHomed(x) {
		x, y = y, x
	}
	return p.binary(op, x, y)
}

func (p *program) shifted(op *opcode, x virtual, count int) virtual {
	return p.operation(op, formShift, vectors, count, x)
}

// custom is an instruction written by a function; c is the class of its result, ignored if it has none.
func (p *program) custom(hasResult bool, write func(e *emission), sources ...virtual) virtual {
	in := instruction{form: formCustom, dst: noVirtual, src: [3]virtual{noVirtual, noVirtual, noVirtual}, k: noVirtual, imm: -1, custom: write}
	copy(in.src[:], sources)
	if hasResult {
		in.dst = p.newVirtual(vectors)
	}
	return p.emit(in)
}

// sources appends the distinct virtual registers that an instruction reads.
func (in *instruction) sources(list []virtual) []virtual {
	for _, v := range [4]virtual{in.src[0], in.src[1], in.src[2], in.k} {
		seen := v == noVirtual
		for _, have := range list {
			seen = seen || have == v
		}
		if !seen {
			list = append(list, v)
		}
	}
	return list
}
