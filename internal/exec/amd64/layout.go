package amd64

import (
	"encoding/binary"
	"slices"
)

// Places in every frame, in bytes from its beginning, to which rdi points.
const (
	frameLo       = 0   // first lane of the call
	frameHi       = 8   // one past the last
	frameEmitted  = 16  // where the next emitted number goes
	frameStretch  = 32  // the next stretch
	frameLast     = 40  // where the stretches end
	frameBits     = 24  // the lanes that exist, a bit each, in the masked loop
	frameWhole    = 64  // the same as a vector of 64-bit lanes (AVX2)
	frameHalf     = 128 // and of 32-bit lanes
	frameValues   = 192 // vectors for lane by lane work
	frameElements = 256
	frameResults  = 320
	frameRest     = 384
)

// layout hands out places in the frame.
type layout struct {
	wide      bool
	size      int32
	image     []byte // the initial content
	constants map[string]int32
	free      [classes][]int32 // spill slots
}

func newLayout(wide bool) *layout {
	return &layout{wide: wide, size: frameRest, constants: map[string]int32{}}
}

func (l *layout) reserve(size, alignment int32) int32 {
	l.size = (l.size + alignment - 1) &^ (alignment - 1)
	offset := l.size
	l.size += size
	return offset
}

func (l *layout) bytes() int32 {
	if l.wide {
		return 64
	}
	return 32
}

// constant is the place of such bytes.
func (l *layout) constant(content []byte) int32 {
	if offset, ok := l.constants[string(content)]; ok {
		return offset
	}
	offset := l.reserve(int32(len(content)), int32(len(content)))
	if grow := int(l.size) - len(l.image); grow > 0 {
		l.image = append(l.image, make([]byte, grow)...)
	}
	copy(l.image[offset:], content)
	l.constants[string(content)] = offset
	return offset
}

// pattern is the home of a pattern in all lanes.
func (l *layout) pattern(x uint64) home {
	one := binary.LittleEndian.AppendUint64(nil, x)
	if l.wide {
		return home{offset: l.constant(one)}
	}
	return home{offset: l.constant(slices.Repeat(one, 4)), whole: true}
}

// each is the home of different patterns in the lanes.
func (l *layout) each(of func(lane int) uint64) home {
	var content []byte
	for k := range int(l.bytes()) / 8 {
		content = binary.LittleEndian.AppendUint64(content, of(k))
	}
	return home{offset: l.constant(content), whole: true}
}

// truth is the home of a condition that is known.
func (l *layout) truth(x bool) home {
	var pattern uint64
	if x {
		pattern = ^uint64(0)
	}
	h := l.pattern(pattern)
	if l.wide {
		h.class = masks
	}
	return h
}

// slot is a new home for what all lanes share.
func (l *layout) slot(c class) home {
	if l.wide {
		return home{offset: l.reserve(8, 8), class: c}
	}
	return home{offset: l.reserve(32, 32), whole: true, class: c}
}

func (l *layout) spill(c class) int32 {
	if n := len(l.free[c]); n > 0 {
		offset := l.free[c][n-1]
		l.free[c] = l.free[c][:n-1]
		return offset
	}
	if c == masks {
		return l.reserve(8, 8)
	}
	return l.reserve(l.bytes(), l.bytes())
}

func (l *layout) release(c class, offset int32) { l.free[c] = append(l.free[c], offset) }

// pointer names an address that the frame holds.
type pointer int

// pointers are the addresses of a routine. The ones used most are kept in registers.
type pointers struct {
	offsets   []int32
	uses      []int
	registers []gpr // 0 (rax): in no register
}

// hot are the registers for addresses.
var hot = [...]gpr{r10, r11, r12, r13, r15}

func (p *pointers) add(offset int32) pointer {
	p.offsets = append(p.offsets, offset)
	p.uses = append(p.uses, 0)
	p.registers = append(p.registers, rax)
	return pointer(len(p.offsets) - 1)
}

// register brings an address into a register: its own, or the temporary one.
func (p *pointers) register(a *assembler, which pointer, temporary gpr) gpr {
	if r := p.registers[which]; r != rax {
		return r
	}
	a.load(temporary, at(rdi, p.offsets[which]))
	return temporary
}

// choose gives the most used addresses their registers and loads them.
func (p *pointers) choose(a *assembler) {
	for _, r := range hot {
		best := -1
		for i, n := range p.uses {
			if n > 0 && p.registers[i] == rax && (best < 0 || n > p.uses[best]) {
				best = i
			}
		}
		if best < 0 {
			return
		}
		p.registers[best] = r
		a.load(r, at(rdi, p.offsets[best]))
	}
}
