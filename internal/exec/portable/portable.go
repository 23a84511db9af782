package portable

import (
	"math"
	"unsafe"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// Executor runs kernels in plain Go.
type Executor struct {
	// Plain switches off what runs several operations in one loop. The bits
	// are the same; tests compare the two.
	Plain bool
}

// Name is "portable".
func (Executor) Name() string { return "portable" }

// Compile returns code for a kernel in which no compound operation is left.
func (e Executor) Compile(k *ir.Kernel) (exec.Code, error) {
	if k.Calls() {
		return exec.CompileStages(k, e.Compile)
	}
	return compile(k, e.Plain, nil)
}

// step executes one operation on one block of lanes.
type step func(f *frame)

// code is a compiled kernel. It is immutable: what changes lies in frames.
type code struct {
	kernel    *ir.Kernel
	registers int
	literals  []uint64 // the scalars that are literals; the rest is zero
	scalars   []scalar // computed at each call, in order
	spreads   []spread // scalars copied into registers
	vias      []int    // the index arrays that are used
	steps     []step
	plain     bool
}

// scalar is an instruction whose result all lanes share.
type scalar struct {
	instr    *ir.Instr
	argument ir.Type
	to       int
	from     [3]int
}

// spread copies a scalar into all lanes of a register.
type spread struct {
	from, register int
	t              ir.Type
	literal        bool
}

// frame is the working memory of one goroutine for one code.
type frame struct {
	code      *code
	binding   *exec.Binding
	lo, n     int // the block: lanes lo to lo+n-1
	registers [][block]uint64
	scalars   []uint64
	targets   [][]int32 // per index array: the elements of the block's lanes
	gathered  [][block]int32
	meetings  *exec.Meetings // of a serial kernel
}

// register is the content of a register as elements of type T, which must
// not be larger than 8 bytes and hold no pointers.
func register[T any](f *frame, r int) *[block]T {
	return (*[block]T)(unsafe.Pointer(&f.registers[r]))
}

// frameOf returns the binding's frame for this code, new if the binding was
// last used with another.
func (c *code) frameOf(b *exec.Binding) *frame {
	f, ok := b.Scratch.(*frame)
	if !ok || f.code != c {
		f = &frame{
			code:      c,
			registers: make([][block]uint64, c.registers),
			scalars:   append([]uint64(nil), c.literals...),
			targets:   make([][]int32, len(c.kernel.Indexes)),
			gathered:  make([][block]int32, len(c.kernel.Indexes)),
		}
		if c.kernel.Serial {
			f.meetings = exec.NewMeetings(c.kernel)
		}
		for _, s := range c.spreads {
			if s.literal {
				f.spread(s, block)
			}
		}
		b.Scratch = f
	}
	f.binding = b
	return f
}

// Rebind implements exec.Rebinder: nothing of a binding is kept from run to run.
func (f *frame) Rebind(*exec.Binding) {}

// Run executes lanes lo to hi-1.
func (c *code) Run(b *exec.Binding, lo, hi int) {
	if lo >= hi {
		return
	}
	f := c.frameOf(b)
	f.computeScalars(min(hi-lo, block))
	for lo < hi {
		n := min(block, hi-lo)
		if f.meetings != nil {
			n = f.meetings.Independent(b, lo, n)
		}
		f.run(lo, n)
		lo += n
	}
	f.binding = nil
}

// RunStretches executes the lanes of each stretch.
func (c *code) RunStretches(b *exec.Binding, stretches []exec.Stretch) {
	for _, s := range stretches {
		c.Run(b, int(s.First), int(s.End))
	}
}

// run executes all steps on one block.
func (f *frame) run(lo, n int) {
	f.lo, f.n = lo, n
	for _, via := range f.code.vias {
		f.findTargets(via)
	}
	for _, s := range f.code.steps {
		s(f)
	}
}

// findTargets looks up the elements that an index array names for the block.
func (f *frame) findTargets(via int) {
	array := f.binding.Indexes[via]
	if f.binding.Lanes == nil {
		f.targets[via] = array[f.lo : f.lo+f.n]
		return
	}
	gathered := &f.gathered[via]
	for k, element := range f.binding.Lanes[f.lo : f.lo+f.n] {
		gathered[k&(block-1)] = array[element]
	}
	f.targets[via] = gathered[:f.n]
}

// computeScalars evaluates what all lanes share and spreads it over the
// first n lanes where a loop wants it so.
func (f *frame) computeScalars(n int) {
	for i := range f.code.scalars {
		s := &f.code.scalars[i]
		var x [3]uint64
		for j, from := range s.from {
			if from >= 0 {
				x[j] = f.scalars[from]
			}
		}
		switch s.instr.Op {
		case ir.Load:
			f.scalars[s.to] = elementPattern(&f.binding.Columns[s.instr.Var], 0)
		case ir.LoadAt:
			column := &f.binding.Columns[s.instr.Var]
			if length := column.Len(); length > 0 {
				f.scalars[s.to] = elementPattern(column, int(min(max(int64(x[0]), 0), int64(length-1))))
			} else {
				f.scalars[s.to] = 0
			}
		default:
			f.scalars[s.to], _ = ir.Evaluate(s.instr.Op, s.instr.Type, s.argument, x[0], x[1], x[2])
		}
	}
	for _, s := range f.code.spreads {
		if !s.literal {
			f.spread(s, n)
		}
	}
}

// elementPattern is element i of a column as a pattern (ir.Instr.Imm).
func elementPattern(c *exec.Column, i int) uint64 {
	switch {
	case c.F64 != nil:
		return math.Float64bits(c.F64[i])
	case c.F32 != nil:
		return uint64(math.Float32bits(c.F32[i]))
	case c.I64 != nil:
		return uint64(c.I64[i])
	case c.I32 != nil:
		return uint64(int64(c.I32[i]))
	case c.Bool[i]:
		return 1
	}
	return 0
}

func (f *frame) spread(s spread, n int) {
	n = (n + 3) &^ 3
	x := f.scalars[s.from]
	switch s.t {
	case ir.I32, ir.F32:
		fill(register[uint32](f, s.register)[:n], uint32(x))
	case ir.Bool:
		fill(register[bool](f, s.register)[:n], x != 0)
	default:
		fill(register[uint64](f, s.register)[:n], x)
	}
}

func fill[T any](d []T, x T) {
	for i := range d {
		d[i] = x
	}
}
