// Package plan turns kernels into programs that can run: it optimises them, cuts off what has to be computed
// only once per run, has an executor compile the rest, and gives temporaries their memory. It also says what the memory of
// variables is, a column or what makes one, and cuts elements into parts.
//
// It knows variables as operands and columns. It does not know neurons, synapses or the schedule.
package plan

import (
	"fmt"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
)

// Program is a compiled kernel with the meaning of its variables.
type Program struct {
	Name     string
	Kernel   *ir.Kernel // what runs in each step
	Parts    []Part
	operands []lower.Operand
	callees  []lower.Callee // parallel to Kernel.Functions

	step, setupShared, setupOwn exec.Code
}

// Part is a kernel of a program as it is compiled.
type Part struct {
	// Runs says when: "once", "once for each element" or "in each step".
	Runs   string
	Kernel *ir.Kernel
	Code   exec.Code
}

// Operands are what the kernel's first variables stand for; temporaries follow them.
func (p *Program) Operands() []lower.Operand { return p.operands }

// Custom reports whether the program calls functions that a namespace gives, which can fail, and whether one of them wants all
// elements at once.
func (p *Program) Custom() (called, whole bool) {
	for k, callee := range p.callees {
		if callee.Function != nil {
			called, whole = true, whole || p.Kernel.Functions[k].Whole
		}
	}
	return called, whole
}

// Keep says which run-constant values are computed once, by Bound.Setup, and kept.
type Keep uint8

// What is kept: nothing, for code that runs once; what all elements share; also one value for each element.
const (
	KeepNothing Keep = iota
	KeepShared
	KeepElements
)

// Compile optimises and compiles lowered code.
func Compile(code *lower.Code, executor exec.Executor, keep Keep) (*Program, error) {
	kernel := ir.Optimize(code.Kernel)
	program := &Program{Name: kernel.Name, Kernel: kernel, operands: code.Operands, callees: code.Callees}
	parts := ir.Hoisted{Step: kernel}
	if keep != KeepNothing {
		parts = ir.Hoist(kernel, keep == KeepElements)
		program.Kernel = parts.Step
	}
	for _, part := range []struct {
		runs   string
		kernel *ir.Kernel
		code   *exec.Code
	}{{"once", parts.SetupShared, &program.setupShared}, {"once for each element", parts.SetupOwn, &program.setupOwn}, {"in each step", parts.Step, &program.step}} {
		if part.kernel == nil {
			continue
		}
		if err := part.kernel.Verify(); err != nil {
			panic(fmt.Sprintf("BUG: kernel %s: %v", part.kernel.Name, err))
		}
		compiled, err := executor.Compile(part.kernel)
		if err != nil {
			return nil, fmt.Errorf("compiling %s: %w", part.kernel.Name, err)
		}
		*part.code = compiled
		program.Parts = append(program.Parts, Part{part.runs, part.kernel, compiled})
	}
	return program, nil
}

// Memory says where the variables of a program live.
type Memory struct {
	// Column returns the memory of a model variable.
	Column func(*model.Variable) exec.Column
	// Indexes holds the index arrays by name (lower.PreIndex, lower.PostIndex).
	Indexes map[string][]int32
	// Key returns the random key of a draw site.
	Key func(site string) uint64
	// Elements is how many elements the program's own indices run over.
	Elements int
}

// Bound is a program with its memory.
type Bound struct {
	Program *Program
	Binding exec.Binding
	memory  Memory
	failure *failure // shared by all parts
	parts   []bound  // made of it
	_       [64]byte // what different parts write lies on different cache lines
}

// Bind gives a program its memory. Temporaries get memory of their own.
func (p *Program) Bind(memory Memory) *Bound {
	bound := &Bound{Program: p, memory: memory, failure: &failure{}}
	b := &bound.Binding
	b.Columns = make([]exec.Column, len(p.Kernel.Vars))
	for k, v := range p.Kernel.Vars {
		switch {
		case v.Temporary && v.Index == ir.Shared:
			b.Columns[k] = exec.NewColumn(v.Type, 1)
		case v.Temporary:
			b.Columns[k] = exec.NewColumn(v.Type, memory.Elements)
		case p.operands[k].Table != nil:
			b.Columns[k] = exec.Column{F64: p.operands[k].Table.Values}
		default:
			b.Columns[k] = memory.Column(p.operands[k].Var)
		}
	}
	for _, name := range p.Kernel.Indexes {
		index, known := memory.Indexes[name]
		if !known {
			panic(fmt.Sprintf("BUG: kernel %s needs the index array %q", p.Name, name))
		}
		b.Indexes = append(b.Indexes, index)
	}
	b.Functions = p.blockFunctions(bound.failure)
	for _, site := range p.Kernel.Sites {
		b.Keys = append(b.Keys, memory.Key(site))
	}
	return bound
}

// Setup computes what is constant over a run. It must be called before the first Run of a run.
func (b *Bound) Setup() {
	lanes := b.Binding.Lanes
	b.Binding.Lanes = nil
	if b.Program.setupShared != nil {
		b.run(b.Program.setupShared, 0, 1)
	}
	if b.Program.setupOwn != nil {
		b.run(b.Program.setupOwn, 0, b.memory.Elements)
	}
	b.Binding.Lanes = lanes
	b.Binding.Scratch = nil
}

// run lends code a scratch of its own: the binding's belongs to the step.
func (b *Bound) run(code exec.Code, lo, hi int) {
	b.Binding.Scratch = nil
	code.Run(&b.Binding, lo, hi)
}

// Run executes lanes lo to hi-1.
func (b *Bound) Run(lo, hi int) { b.Program.step.Run(&b.Binding, lo, hi) }

// RunStretches executes the lanes of each stretch, one stretch after another.
func (b *Bound) RunStretches(stretches []exec.Stretch) {
	b.Program.step.RunStretches(&b.Binding, stretches)
}

// Err returns the first error of a function that the code has called, after which it was not called again.
func (b *Bound) Err() error { return b.failure.get() }

// bound is a program bound for a part.
type bound struct {
	*Bound
	part int
}

// Part returns a copy that a part of the network may run, on the same memory but for the columns that replace changes.
func (b *Bound) Part(part int, replace func(exec.Column) (exec.Column, bool)) *Bound {
	own := *b
	own.parts = nil
	own.Binding.Scratch = nil
	own.Binding.Emitted = nil
	own.Binding.Columns = slices.Clone(b.Binding.Columns)
	own.replace(replace)
	b.parts = append(b.parts, bound{&own, part})
	return &own
}

// Replace changes columns of the copies that parts run, before they run.
func (b *Bound) Replace(replace func(part int, column exec.Column) (exec.Column, bool)) {
	for _, own := range b.parts {
		own.replace(func(column exec.Column) (exec.Column, bool) { return replace(own.part, column) })
	}
}

func (b *Bound) replace(replace func(exec.Column) (exec.Column, bool)) {
	for k, column := range b.Binding.Columns {
		if replaced, ok := replace(column); ok {
			b.Binding.Columns[k] = replaced
		}
	}
}
