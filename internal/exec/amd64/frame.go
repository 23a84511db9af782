package amd64

import (
	"encoding/binary"
	"math"
	"runtime"
	"slices"
	"unsafe"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// frame is the memory of one goroutine for one routine.
//
// It holds addresses of Go memory as numbers, which is safe while the binding is alive: Go's heap does not move.
type frame struct {
	code    *code
	variant variant
	routine *routine
	memory  []byte // 64-byte aligned
	limit   int    // how many elements each column has that lanes address
	zero    uint64 // what an empty table reads
	keys    []uint64
}

func newFrame(c *code, v variant, r *routine, b *exec.Binding) *frame {
	const alignment = 64
	memory := make([]byte, r.frameSize+alignment)
	skip := -int(uintptr(unsafe.Pointer(&memory[0]))) & (alignment - 1)
	f := &frame{code: c, variant: v, routine: r, memory: memory[skip : skip+r.frameSize]}
	copy(f.memory, r.image)
	f.bindMemory(b)
	return f
}

func (f *frame) put(offset int32, x uint64) { binary.LittleEndian.PutUint64(f.memory[offset:], x) }

func (f *frame) putAddress(p pointer, address unsafe.Pointer) {
	f.put(f.routine.pointers.offsets[p], uint64(uintptr(address)))
}

// putHome sets a home to a pattern.
func (f *frame) putHome(h home, x uint64) {
	f.put(h.offset, x)
	if h.whole {
		f.put(h.offset+8, x)
		f.put(h.offset+16, x)
		f.put(h.offset+24, x)
	}
}

// emittedBeyond is for how many numbers there is room after the last: they are written by whole vectors.
const emittedBeyond = 16

// run executes lanes lo to hi-1 in calls of bounded length.
func (f *frame) run(b *exec.Binding, lo, hi int) {
	f.bind(b, hi)
	r := f.routine
	for ; lo < hi; lo += r.most {
		end := min(lo+r.most, hi)
		f.put(frameLo, uint64(lo))
		f.put(frameHi, uint64(end))
		f.enter(b, end-lo)
	}
	runtime.KeepAlive(b)
}

// runStretches executes the lanes of each stretch, in calls of bounded length.
func (f *frame) runStretches(b *exec.Binding, stretches []exec.Stretch) {
	highest := int32(0)
	for _, s := range stretches {
		highest = max(highest, s.End)
	}
	f.bind(b, int(highest))
	most := f.routine.most
	for len(stretches) > 0 {
		if s := stretches[0]; int(s.End-s.First) > most {
			for ; s.First < s.End; s.First += int32(most) {
				piece := [1]exec.Stretch{{First: s.First, End: min(s.First+int32(most), s.End)}}
				f.enterStretches(b, piece[:], most)
			}
			stretches = stretches[1:]
			continue
		}
		n, lanes := 0, 0
		for ; n < len(stretches); n++ {
			if lanes += int(stretches[n].End - stretches[n].First); lanes > most {
				break
			}
		}
		f.enterStretches(b, stretches[:n], lanes)
		stretches = stretches[n:]
	}
	runtime.KeepAlive(b)
}

func (f *frame) enterStretches(b *exec.Binding, stretches []exec.Stretch, lanes int) {
	first := uintptr(unsafe.Pointer(unsafe.SliceData(stretches)))
	f.put(frameStretch, uint64(first))
	f.put(frameLast, uint64(first+uintptr(len(stretches))*unsafe.Sizeof(exec.Stretch{})))
	f.enter(b, lanes)
	runtime.KeepAlive(stretches)
}

// enter calls the code, which emits at most that many lanes.
func (f *frame) enter(b *exec.Binding, lanes int) {
	r := f.routine
	if !r.emits {
		enter(r.executable.Address(), unsafe.Pointer(&f.memory[0]))
		runtime.KeepAlive(r)
		return
	}
	had := len(b.Emitted)
	b.Emitted = slices.Grow(b.Emitted, lanes+emittedBeyond)
	first := uint64(uintptr(unsafe.Pointer(unsafe.SliceData(b.Emitted))))
	f.put(frameEmitted, first+4*uint64(had))
	enter(r.executable.Address(), unsafe.Pointer(&f.memory[0]))
	b.Emitted = b.Emitted[:(binary.LittleEndian.Uint64(f.memory[frameEmitted:])-first)/4]
	runtime.KeepAlive(r)
}

// placement says where a binding has the address of a column and where the frame wants it.
type placement struct {
	from uintptr // the slice's header, from the first of Binding.Columns
	to   int32
	own  bool
	last home    // of a table: its last element
	size uintptr // of scratch: that of an element, else 0
	v    int
}

// header is how Go keeps a slice.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

func placementOf(k *ir.Kernel, v int, to int32, last home) placement {
	var c exec.Column
	from := uintptr(v) * unsafe.Sizeof(c)
	switch k.Vars[v].Type {
	case ir.F64:
		from += unsafe.Offsetof(c.F64)
	case ir.F32:
		from += unsafe.Offsetof(c.F32)
	case ir.I64:
		from += unsafe.Offsetof(c.I64)
	case ir.I32:
		from += unsafe.Offsetof(c.I32)
	default:
		from += unsafe.Offsetof(c.Bool)
	}
	p := placement{from: from, to: to, own: k.Vars[v].Index == ir.Own, last: last, v: v}
	if k.Vars[v].Index == ir.Scratch {
		p.size = uintptr(widthOf(k.Vars[v].Type).bytes())
	}
	return p
}

// bindMemory tells the code where the binding's memory is.
func (f *frame) bindMemory(b *exec.Binding) {
	r, k := f.routine, f.code.kernel
	if len(b.Columns) < len(k.Vars) {
		panic("BUG: a binding lacks columns of kernel " + k.Name)
	}
	f.limit = math.MaxInt
	columns, memory := unsafe.Pointer(unsafe.SliceData(b.Columns)), unsafe.Pointer(unsafe.SliceData(f.memory))
	for i := range r.columns {
		p := &r.columns[i]
		slice := (*header)(unsafe.Add(columns, p.from))
		if p.own {
			f.limit = min(f.limit, slice.len)
		}
		*(*uintptr)(unsafe.Add(memory, p.to)) = uintptr(slice.data) - uintptr(b.Passed)*p.size
		if p.last != (home{}) {
			f.bindTable(p, slice)
		}
	}
	for _, i := range r.indexes {
		f.putAddress(r.memory.vias[i], unsafe.Pointer(unsafe.SliceData(b.Indexes[i])))
	}
}

// Rebind implements exec.Rebinder.
func (f *frame) Rebind(b *exec.Binding) { f.bindMemory(b) }

// bind tells the code what may differ from call to call. This can take longer than the code itself where a group has a
// single neuron.
func (f *frame) bind(b *exec.Binding, hi int) {
	r := f.routine
	m := &r.memory
	if b.Lanes == nil && hi > f.limit {
		panic("BUG: lanes beyond the end of a column of kernel " + f.code.kernel.Name)
	}
	if r.passes {
		f.bindMemory(b)
	}
	if f.variant.list {
		f.putAddress(m.list, unsafe.Pointer(unsafe.SliceData(b.Lanes)))
	}
	if r.numbered {
		f.putHome(m.origin, uint64(b.Origin))
		f.putHome(m.first, uint64(b.Origin-b.Base))
	}
	if len(m.keys) > 0 {
		f.bindRandom(b)
	}
}

// bindTable limits a table. An empty one reads as a single zero.
func (f *frame) bindTable(p *placement, slice *header) {
	length := slice.len
	if length == 0 {
		length = 1
		f.put(p.to, uint64(uintptr(unsafe.Pointer(&f.zero))))
	}
	f.putHome(p.last, uint64(length-1))
}

// bindRandom writes what random numbers depend on.
func (f *frame) bindRandom(b *exec.Binding) {
	m := &f.routine.memory
	f.putHome(m.step, uint64(uint32(b.Step)))
	f.putHome(m.call, uint64(uint32(b.Call)<<24|uint32(uint8(b.Step>>32))))
	f.putAddress(m.low, unsafe.Pointer(unsafe.SliceData(b.ElementLow)))
	f.putAddress(m.high, unsafe.Pointer(unsafe.SliceData(b.ElementHigh)))
	f.putAddress(m.many, unsafe.Pointer(unsafe.SliceData(b.Occurrence)))
	if slices.Equal(f.keys, b.Keys) {
		return
	}
	f.keys = append(f.keys[:0], b.Keys...)
	for site, offset := range m.keys {
		low, high := uint32(f.keys[site]), uint32(f.keys[site]>>32)
		for range 10 {
			for _, word := range [2]uint32{low, high} {
				h := home{offset: offset, whole: f.routine.whole}
				f.putHome(h, uint64(word))
				offset += 8
				if h.whole {
					offset += 24
				}
			}
			low += 0x9E3779B9
			high += 0xBB67AE85
		}
	}
}
