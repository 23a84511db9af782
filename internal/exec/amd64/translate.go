package amd64

import (
	"slices"

	"synfire/internal/ir"
	"synfire/internal/platform"
)

// routine is machine code for a kernel, with the layout of its frame.
type routine struct {
	executable *platform.Executable
	size       int // bytes of code
	frameSize  int
	image      []byte // the initial content of the frame
	whole      bool   // homes hold all lanes
	memory     memory
	pointers   *pointers
	columns    []placement // of the columns that the code reads or writes
	indexes    []int       // the index arrays that it reads
	emits      bool
	passes     bool // it has scratch, which is at another place for each Binding.Passed
	numbered   bool // it asks for the numbers of elements
	groups     int
	compact    bool // there are lanes of 32 bits
	most       int  // lanes per call
}

// microseconds that a call should take at most, because the garbage collector waits for it; and what a group of lanes is
// assumed to take, in nanoseconds, per instruction and per instruction that goes through lanes one after another.
const (
	longestCall    = 100_000
	perInstruction = 1
	perCustom      = 40
)

// mostAlone is for how many lanes a body of one lane is worth while.
const mostAlone = 2

// translate writes the code of a kernel:
//
//	what all lanes share
//	while a full body's lanes remain: body
//	while more than two lanes remain: body of one group, for the lanes that exist
//	while lanes remain: body of one lane
//
// All but the first line is repeated for each stretch, if it is to run stretches.
//
// One lane is worked on in short vectors, which go through the processor faster, and read sooner what the call before
// has written. A serial kernel has no other body.
func translate(k *ir.Kernel, wide bool, v variant, groups int) (*routine, error) {
	u := newUnit(k, wide, v)
	order := schedule(k, u.shared)
	u.findNegations()
	u.placeShared(order)

	u.compact = u.isDense(order)
	shared := newLowering(u, wide, 1, prologue)
	shared.lowerShared()
	line := func(groups int, kind body) *lowering {
		l := newLowering(u, wide, groups, kind)
		instructions := order
		if kind != whole {
			instructions = interleave(k, order)
		}
		for _, v := range instructions {
			l.instruction(v)
		}
		return l
	}
	one := line(1, lone)
	main, pins := one, []pinned(nil)
	if !k.Serial {
		main, pins = u.chooseGroups(wide, groups, line)
	}

	a := &assembler{evex: wide}
	u.pointers.choose(a)
	newAllocator(a, shared.program, u.layout, u.pointers, nil).run()
	for _, p := range pins {
		fetcher := newAllocator(a, newProgram(wide), u.layout, u.pointers, nil)
		m := at(rdi, p.home.offset)
		m.broadcast = !p.home.whole
		fetcher.fetchFrom(m, vectors, p.register)
	}
	stretch := a.newLabel()
	if v.stretches {
		a.place(stretch)
		u.startStretch(a)
	} else {
		a.load(rsi, at(rdi, frameLo))
	}
	write := func(l *lowering) {
		newAllocator(a, l.program, u.layout, u.pointers, pins).run()
		a.addLiteral(rsi, int32(len(l.values)*l.lanes))
	}
	last, end := a.newLabel(), a.newLabel()
	if !k.Serial {
		again, rest := a.newLabel(), a.newLabel()
		a.place(again)
		a.lea(rax, at(rsi, int32(len(main.values)*main.lanes)))
		a.compareMemory(rax, at(rdi, frameHi))
		a.jump(ifGreater, rest)
		write(main)
		a.jump(always, again)
		a.place(rest)
		a.load(rcx, at(rdi, frameHi))
		a.sub(rcx, rsi)
		a.compareLiteral(rcx, mostAlone)
		a.jump(ifLessEqual, last)
		u.startMasked(a, wide)
		write(line(1, masked))
		a.jump(always, rest)
	}
	a.place(last)
	a.compareMemory(rsi, at(rdi, frameHi))
	a.jump(ifGreaterEqual, end)
	write(one)
	a.jump(always, last)
	a.place(end)
	if v.stretches {
		a.load(rax, at(rdi, frameStretch))
		a.compareMemory(rax, at(rdi, frameLast))
		a.jump(ifLess, stretch)
	}
	a.leave()

	machine := a.finish()
	executable, err := platform.NewExecutable(machine)
	if err != nil {
		return nil, err
	}
	r := &routine{executable: executable, size: len(machine), frameSize: int(u.layout.size), image: u.layout.image, whole: !wide,
		memory: u.memory, pointers: u.pointers, groups: len(main.values), compact: u.compact}
	cost := 0
	for i := range one.instructions {
		cost += perInstruction
		if one.instructions[i].form == formCustom {
			cost += perCustom
		}
	}
	r.most = longestCall / max(cost, 1)
	if !k.Serial {
		r.most *= u.most()
	}
	r.most = max(r.most, u.most())
	r.describe(k)
	return r, nil
}

// startStretch takes the next stretch, and asks for the beginning of what the one after it reads: the processor notices by
// itself only after some lines that it goes on.
func (u *unit) startStretch(a *assembler) {
	const line, lines, stretch = 64, 4, 8
	k := u.kernel
	a.load(rax, at(rdi, frameStretch))
	a.loadSigned(rsi, at(rax, 0))
	a.loadSigned(rcx, at(rax, 4))
	a.store(at(rdi, frameHi), rcx)
	a.addLiteral(rax, stretch)
	a.store(at(rdi, frameStretch), rax)
	last := a.newLabel()
	a.compareMemory(rax, at(rdi, frameLast))
	a.jump(ifGreaterEqual, last)
	a.loadSigned(rcx, at(rax, 0))
	ask := func(p pointer, bytes int32) {
		m := indexed(u.pointers.register(a, p, rax), rcx, uint8(bytes), 0)
		for range lines {
			a.prefetch(m)
			m.disp += line
		}
	}
	for v := range k.Vars {
		if p := u.memory.columns[v]; k.Vars[v].Index == ir.Own && u.pointers.uses[p] > 0 {
			ask(p, widthOf(k.Vars[v].Type).bytes())
		}
	}
	for _, p := range u.memory.vias {
		if u.pointers.uses[p] > 0 {
			ask(p, 4)
		}
	}
	a.place(last)
}

// describe lists what has to be told to the code.
func (r *routine) describe(k *ir.Kernel) {
	used := make([]bool, len(k.Vars))
	for i := range k.Instrs {
		in := &k.Instrs[i]
		if in.Var != ir.NoVar {
			used[in.Var] = true
		}
		r.emits = r.emits || in.Op == ir.Emit
		r.numbered = r.numbered || in.Op == ir.Emit || in.Op == ir.Lane || in.Op == ir.RandBits
	}
	for v := range k.Vars {
		if used[v] {
			r.passes = r.passes || k.Vars[v].Index == ir.Scratch
			r.columns = append(r.columns, placementOf(k, v, r.pointers.offsets[r.memory.columns[v]], r.memory.last[v]))
			if via := k.Vars[v].Via; k.Vars[v].Index == ir.Indexed && !slices.Contains(r.indexes, via) {
				r.indexes = append(r.indexes, via)
			}
		}
	}
}

// newUnit lays out the frame.
func newUnit(k *ir.Kernel, wide bool, v variant) *unit {
	u := &unit{kernel: k, variant: v, layout: newLayout(wide), pointers: &pointers{}, shared: shared(k), width: 4,
		negated: make([]bool, len(k.Instrs)), homes: make([]home, len(k.Instrs)), uses: make([]int, len(k.Instrs))}
	if wide {
		u.width = 8
	}
	for i := range k.Instrs {
		for _, a := range k.Instrs[i].Arguments(nil) {
			u.uses[a]++
		}
	}
	address := func() pointer { return u.pointers.add(u.layout.reserve(8, 8)) }
	m := &u.memory
	m.last = make([]home, len(k.Vars))
	for v := range k.Vars {
		m.columns = append(m.columns, address())
		if k.Vars[v].Index == ir.Table {
			m.last[v] = u.layout.slot(vectors)
		}
	}
	for range k.Indexes {
		m.vias = append(m.vias, address())
	}
	m.list, m.low, m.high, m.many = address(), address(), address(), address()
	m.origin, m.first = u.layout.slot(vectors), u.layout.slot(vectors)
	m.step, m.call = u.layout.slot(vectors), u.layout.slot(vectors)
	for range k.Sites {
		m.keys = append(m.keys, u.layout.reserve(20*8*u.perHome(), 32))
	}
	return u
}

// most is the number of lanes of a group.
func (u *unit) most() int {
	if u.compact {
		return 2 * u.width
	}
	return u.width
}

// isDense reports whether all that lanes do needs 32 bits at most, save for writing what they share (the time of a spike): then
// there are twice as many of them in a vector. What they share must otherwise be F32, because homes of other types are read by
// bodies of single lanes too, in 64 bits.
func (u *unit) isDense(order []ir.Value) bool {
	k := u.kernel
	if k.Serial {
		return false
	}
	narrow := func(t ir.Type) bool { return t == ir.None || t == ir.F32 || t == ir.I32 || t == ir.Bool }
	for _, v := range order {
		in := &k.Instrs[v]
		if !narrow(in.Type) || in.Op == ir.FloorDiv || in.Op == ir.Mod || in.Op == ir.LoadAt ||
			in.Op == ir.Load && in.Type == ir.Bool && k.Vars[in.Var].Index == ir.Shared {
			return false
		}
		for j, a := range in.Arguments(nil) {
			argument := &k.Instrs[a]
			if j == 0 && in.Op == ir.Store && in.Args[1] != ir.NoValue && k.Vars[in.Var].Index != ir.Shared && u.shared[a] && !narrow(argument.Type) {
				continue // storeSome
			}
			if !narrow(argument.Type) || u.shared[a] && argument.Op != ir.Const && argument.Type != ir.F32 {
				return false
			}
		}
	}
	return true
}

// perHome is how many lanes a home holds.
func (u *unit) perHome() int32 {
	if u.width == 8 {
		return 1
	}
	return 4
}

// findNegations marks negations that only multiply-adds use, which negate for nothing.
func (u *unit) findNegations() {
	for i := range u.kernel.Instrs {
		in := &u.kernel.Instrs[i]
		u.negated[i] = in.Op == ir.Neg && in.Type.IsFloat() && !u.shared[i]
	}
	for i := range u.kernel.Instrs {
		if in := &u.kernel.Instrs[i]; in.Op != ir.FMA {
			for _, a := range in.Arguments(nil) {
				u.negated[a] = false
			}
		}
	}
}

// placeShared gives homes to the shared values that lanes need.
func (u *unit) placeShared(order []ir.Value) {
	for _, v := range order {
		for _, a := range u.kernel.Instrs[v].Arguments(nil) {
			in := &u.kernel.Instrs[a]
			if !u.shared[a] || in.Op == ir.Const || u.homes[a] != (home{}) {
				continue
			}
			c := vectors
			if in.Type == ir.Bool && u.width == 8 {
				c = masks
			}
			u.homes[a] = u.layout.slot(c)
		}
	}
}

// lowerShared computes what all lanes share and stores what has a home.
func (l *lowering) lowerShared() {
	needed := make([]bool, len(l.kernel.Instrs))
	for i := len(needed) - 1; i >= 0; i-- {
		needed[i] = needed[i] || l.unit.homes[i] != home{}
		if needed[i] {
			for _, a := range l.kernel.Instrs[i].Arguments(nil) {
				needed[a] = true
			}
		}
	}
	for i := range needed {
		in := &l.kernel.Instrs[i]
		if !needed[i] || in.Op == ir.Const {
			continue
		}
		v := l.lower(ir.Value(i), in)
		l.values[0][i] = v
		h := l.unit.homes[i]
		if h == (home{}) {
			continue
		}
		isWide, isSingle := l.wide, in.Type == ir.F32
		l.custom(false, func(e *emission) {
			to := inMemory(at(rdi, h.offset))
			switch {
			case isSingle && !isWide: // half a vector, twice
				e.vector(vmovupsTo, vectorArguments{length: l128, reg: e.src[0], rm: to, imm: -1})
				e.vector(vmovupsTo, vectorArguments{length: l128, reg: e.src[0], rm: inMemory(at(rdi, h.offset+16)), imm: -1})
			case h.class == masks:
				e.vector(kmovbTo, vectorArguments{reg: e.src[0], rm: to, imm: -1})
			case isWide:
				e.vector(vmovsdTo, vectorArguments{reg: e.src[0], rm: to, imm: -1})
			default:
				e.vector(vmovapdTo, vectorArguments{length: l256, reg: e.src[0], rm: to, imm: -1})
			}
		}, v)
	}
}

// startMasked notes which lanes of the next group exist, of the rcx lanes that remain.
func (u *unit) startMasked(a *assembler, wide bool) {
	full := a.newLabel()
	a.compareLiteral(rcx, int32(u.most()))
	a.jump(ifLessEqual, full)
	a.moveLiteral(rcx, int32(u.most()))
	a.place(full)
	a.moveLiteral(rax, -1)
	a.keepLowBits(rax, rax, rcx)
	a.store(at(rdi, frameBits), rax)
	if wide {
		op := kmovbFrom
		if u.compact {
			op = op.single
		}
		a.vector(op, vectorArguments{reg: laneMask, rm: general(rax), imm: -1})
		return
	}
	// Ones and zeros, read from where as many ones as lanes remain before the zeros.
	ones := []byte{}
	ones = append(ones, slices.Repeat([]byte{255}, 32)...)
	ones = append(ones, make([]byte, 32)...)
	whole := u.layout.constant(ones)
	half := u.layout.constant(append(slices.Repeat([]byte{255}, 16), make([]byte, 16)...))
	a.negate(rcx)
	scale := uint8(8)
	if u.compact {
		scale = 4
	}
	a.vector(vmovupd, vectorArguments{length: l256, reg: temporary, rm: inMemory(indexed(rdi, rcx, scale, whole+32)), imm: -1})
	a.vector(vmovapdTo, vectorArguments{length: l256, reg: temporary, rm: inMemory(at(rdi, frameWhole)), imm: -1})
	if u.compact {
		return
	}
	a.vector(vmovups, vectorArguments{length: l128, reg: temporary, rm: inMemory(indexed(rdi, rcx, 4, half+16)), imm: -1})
	a.vector(vmovupsTo, vectorArguments{length: l128, reg: temporary, rm: inMemory(at(rdi, frameHalf)), imm: -1})
}

// chooseGroups writes the body of the main loop. It works on four groups of lanes at once, which hides how long each
// instruction takes (even where registers spill), on fewer only where that makes the code long. Registers that are left
// keep the homes used most.
func (u *unit) chooseGroups(wide bool, groups int, line func(groups int, kind body) *lowering) (*lowering, []pinned) {
	const longest = 6000 // instructions
	registers, pinnable := 16, 10
	if wide {
		registers, pinnable = 32, 26
	}
	chosen := groups > 0
	if !chosen {
		groups = 4
	}
	l := line(groups, whole)
	for !chosen && groups > 1 && len(l.instructions) > longest {
		groups /= 2
		l = line(groups, whole)
	}
	// How many registers the values in flight need is known after allocating once.
	trial := newAllocator(&assembler{evex: wide}, l.program, u.layout, u.pointers, nil)
	trial.run()
	const reserve = 5 // two for custom instructions, three to bring sources from memory
	return l, l.pins(registers, min(registers-reserve-trial.peak, pinnable))
}

// pins chooses at most n homes to keep in registers, from the last register down.
func (l *lowering) pins(registers, n int) []pinned {
	uses := map[virtual]int{}
	var order []virtual
	for i := range l.instructions {
		in := &l.instructions[i]
		for j, v := range in.src {
			if v == noVirtual || !l.virtuals[v].homed || l.virtuals[v].class != vectors || l.virtuals[v].home.offset < frameRest {
				continue
			}
			if uses[v] == 0 {
				order = append(order, v)
			}
			uses[v]++
			if in.form != formFused && j == 0 { // where it cannot be read from memory
				uses[v] += 2
			}
		}
	}
	slices.SortStableFunc(order, func(x, y virtual) int { return uses[y] - uses[x] })
	var list []pinned
	for _, v := range order {
		if len(list) >= n {
			break
		}
		list = append(list, pinned{l.virtuals[v].home, uint8(registers - 1 - len(list))})
	}
	return list
}
