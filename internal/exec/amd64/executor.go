package amd64

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/platform"
)

// Vectors is the instruction set that code uses.
type Vectors uint8

// The instruction sets: four lanes at a time, or eight.
const (
	AVX2 Vectors = iota
	AVX512
)

func (v Vectors) String() string {
	if v == AVX512 {
		return "avx512"
	}
	return "avx2"
}

// Executor turns kernels into machine code.
type Executor struct {
	vectors  Vectors
	fallback exec.Executor
	groups   int // on how many groups of lanes a loop works at once; 0: what suits the kernel
}

// Best returns the best instruction set that the processor and the system have, if any.
func Best() (v Vectors, ok bool) {
	for _, v := range []Vectors{AVX512, AVX2} {
		if v.missing() == nil {
			return v, true
		}
	}
	return 0, false
}

// missing names the extensions that the processor lacks for v.
func (v Vectors) missing() []string {
	if v == AVX512 {
		return platform.MissingForAVX512()
	}
	return platform.MissingForAVX2()
}

// New returns an executor for an instruction set. Kernels that it does not translate are compiled by
// fallback. It fails where the processor lacks the instructions or the system forbids machine code.
func New(vectors Vectors, fallback exec.Executor) (*Executor, error) {
	if runtime.GOARCH != "amd64" {
		return nil, fmt.Errorf("machine code is written for amd64, not for %s", runtime.GOARCH)
	}
	if names := vectors.missing(); names != nil {
		return nil, fmt.Errorf("the processor lacks %s", strings.Join(names, ", "))
	}
	const ret = 0xC3
	if _, err := platform.NewExecutable([]byte{ret}); err != nil {
		return nil, fmt.Errorf("the system forbids machine code: %w", err)
	}
	return &Executor{vectors: vectors, fallback: fallback}, nil
}

// Name is "avx2" or "avx512".
func (e *Executor) Name() string { return e.vectors.String() }

// ErrNotTranslated is why the fallback compiles a kernel.
var ErrNotTranslated = errors.New("not translated to machine code")

// Compile returns code for a kernel in which no compound operation is left.
func (e *Executor) Compile(k *ir.Kernel) (exec.Code, error) {
	if err := k.Verify(); err != nil {
		return nil, err
	}
	for i := range k.Instrs {
		if in := &k.Instrs[i]; in.Op.IsCompound(in.Type) {
			return nil, fmt.Errorf("kernel %s: instruction %d: %s has not been expanded", k.Name, i, in.Op)
		}
	}
	if k.Calls() {
		return exec.CompileStages(k, e.Compile)
	}
	code, err := e.translate(k)
	if errors.Is(err, ErrNotTranslated) {
		return e.fallback.Compile(k)
	}
	return code, err
}

func (e *Executor) translate(k *ir.Kernel) (exec.Code, error) {
	c := &code{kernel: ir.CSE(k), vectors: e.vectors, groups: e.groups}
	if _, err := c.routine(variant{}); err != nil {
		// The system refuses further executable memory.
		return nil, fmt.Errorf("%w: %w", ErrNotTranslated, err)
	}
	return c, nil
}

// variant says what of a binding is there, for which the code differs.
type variant struct {
	list            bool // Lanes
	stretches       bool // RunStretches
	low, high, many bool // ElementLow, ElementHigh, Occurrence
}

func (v variant) index() int {
	n := 0
	for i, set := range [...]bool{v.list, v.low, v.high, v.many, v.stretches} {
		if set {
			n |= 1 << i
		}
	}
	return n
}

// code is a compiled kernel: a routine for each variant that has been asked for.
type code struct {
	kernel   *ir.Kernel
	vectors  Vectors
	groups   int
	making   sync.Mutex
	routines [32]atomic.Pointer[routine]
}

func (c *code) routine(v variant) (*routine, error) {
	place := &c.routines[v.index()]
	if r := place.Load(); r != nil {
		return r, nil
	}
	c.making.Lock()
	defer c.making.Unlock()
	if r := place.Load(); r != nil {
		return r, nil
	}
	r, err := translate(c.kernel, c.vectors == AVX512, v, c.groups)
	if err != nil {
		return nil, err
	}
	place.Store(r)
	return r, nil
}

// Run executes lanes lo to hi-1.
func (c *code) Run(b *exec.Binding, lo, hi int) {
	if lo >= hi {
		return
	}
	c.frame(b, variant{list: b.Lanes != nil}).run(b, lo, hi)
}

// RunStretches executes the lanes of each stretch.
func (c *code) RunStretches(b *exec.Binding, stretches []exec.Stretch) {
	if len(stretches) > 0 {
		c.frame(b, variant{stretches: true}).runStretches(b, stretches)
	}
}

// frame returns the binding's frame for a variant of the code.
func (c *code) frame(b *exec.Binding, v variant) *frame {
	if len(c.kernel.Sites) > 0 {
		v.low, v.high, v.many = b.ElementLow != nil, b.ElementHigh != nil, b.Occurrence != nil
	}
	f, ok := b.Scratch.(*frame)
	if !ok || f.code != c || f.variant != v {
		r, err := c.routine(v)
		if err != nil {
			panic("BUG: no memory for machine code: " + err.Error())
		}
		f = newFrame(c, v, r, b)
		b.Scratch = f
	}
	return f
}
