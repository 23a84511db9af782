package exec

import (
	"slices"
	"strings"

	"synfire/internal/ir"
)

// Staged is code for a kernel that calls block functions: code for its stages (ir.Split), between which the functions are
// called.
type Staged struct {
	kernel *ir.Kernel
	stages []stage
	passed []ir.Var
	whole  bool // a function wants all lanes at once
}

type stage struct {
	code  Code // nil: nothing comes before the calls
	calls []ir.StageCall
}

// lanesTogether is how many lanes go from stage to stage together, so that what they pass on stays near the processor.
const lanesTogether = 512

// CompileStages returns code for a kernel with calls. compile makes the code of its stages.
func CompileStages(k *ir.Kernel, compile func(*ir.Kernel) (Code, error)) (*Staged, error) {
	if err := k.Verify(); err != nil {
		return nil, err
	}
	stages, passed := ir.Split(k)
	s := &Staged{kernel: k, passed: passed}
	for _, part := range stages {
		st := stage{calls: part.Calls}
		if part.Kernel != nil {
			code, err := compile(part.Kernel)
			if err != nil {
				return nil, err
			}
			st.code = code
		}
		for _, call := range part.Calls {
			s.whole = s.whole || k.Functions[call.Function].Whole
		}
		s.stages = append(s.stages, st)
	}
	return s, nil
}

// stagedFrame is the memory of one goroutine for one staged code.
type stagedFrame struct {
	code     *Staged
	binding  Binding // of the stages
	scratch  []any   // Binding.Scratch of each stage
	passed   []Column
	lanes    int       // for which there is room in passed
	meetings *Meetings // of a serial kernel
	call     Call
}

func (s *Staged) frameOf(b *Binding) *stagedFrame {
	f, ok := b.Scratch.(*stagedFrame)
	if !ok || f.code != s {
		f = &stagedFrame{code: s, scratch: make([]any, len(s.stages)), passed: make([]Column, len(s.passed))}
		for i, v := range s.passed {
			if v.Index == ir.Shared {
				f.passed[i] = NewColumn(v.Type, 1)
			}
		}
		if s.kernel.Serial {
			f.meetings = NewMeetings(s.kernel)
		}
		b.Scratch = f
	}
	columns := append(f.binding.Columns[:0], b.Columns[:len(s.kernel.Vars)]...)
	f.binding = *b
	f.binding.Columns = append(columns, f.passed...)
	return f
}

// room sees to it that lanes can pass on what they have.
func (f *stagedFrame) room(lanes int) {
	if lanes <= f.lanes {
		return
	}
	f.lanes = lanes
	for i, v := range f.code.passed {
		if v.Index == ir.Scratch {
			f.passed[i] = NewColumn(v.Type, lanes)
		}
	}
	copy(f.binding.Columns[len(f.code.kernel.Vars):], f.passed)
	clear(f.scratch) // of other columns
}

// Run executes lanes lo to hi-1.
func (s *Staged) Run(b *Binding, lo, hi int) {
	if lo >= hi {
		return
	}
	f := s.frameOf(b)
	for lo < hi {
		n := hi - lo
		switch {
		case s.kernel.Serial:
			n = f.meetings.Independent(b, lo, n)
		case !s.whole:
			n = min(n, lanesTogether)
		}
		f.room(n)
		if !f.run(lo, n) {
			break
		}
		lo += n
	}
	b.Emitted = f.binding.Emitted
}

// RunStretches executes the lanes of each stretch.
func (s *Staged) RunStretches(b *Binding, stretches []Stretch) {
	for _, stretch := range stretches {
		s.Run(b, int(stretch.First), int(stretch.End))
	}
}

// run takes n lanes through all stages; false: a function failed.
func (f *stagedFrame) run(lo, n int) bool {
	b := &f.binding
	b.Passed = lo
	for i := range f.code.stages {
		st := &f.code.stages[i]
		if st.code != nil {
			b.Scratch = f.scratch[i]
			st.code.Run(b, lo, lo+n)
			f.scratch[i] = b.Scratch
		}
		for k := range st.calls {
			if f.make(&st.calls[k], lo, n); f.call.Failed {
				return false
			}
		}
	}
	return true
}

// make calls a block function.
func (f *stagedFrame) make(of *ir.StageCall, lo, n int) {
	c := &f.call
	k := f.code.kernel
	values := func(v ir.VarID) (list []float64, shared bool) {
		list = f.binding.Columns[v].F64
		if f.code.passed[int(v)-len(k.Vars)].Index == ir.Shared {
			return list, true
		}
		return list[:n:n], false
	}
	c.Binding, c.Lo, c.Key, c.Failed = &f.binding, lo, 0, false
	if site := k.Functions[of.Function].Site; site >= 0 {
		c.Key = f.binding.Keys[site]
	}
	c.Args, c.Shared = c.Args[:0], c.Shared[:0]
	for _, v := range of.Arguments {
		list, shared := values(v)
		c.Args, c.Shared = append(c.Args, list), append(c.Shared, shared)
	}
	c.Out, _ = values(of.Result)
	f.binding.Functions[of.Function](c)
}

// Listing shows the code of the stages and what is called between them.
func (s *Staged) Listing(lanes bool) string {
	var text strings.Builder
	for _, st := range s.stages {
		if lister, ok := st.code.(Lister); ok {
			text.WriteString(lister.Listing(lanes))
		}
		for _, call := range st.calls {
			var names []string
			for _, v := range append(slices.Clone(call.Arguments), call.Result) {
				names = append(names, s.passed[int(v)-len(s.kernel.Vars)].Name)
			}
			last := len(names) - 1
			text.WriteString("call " + names[last] + " = " + s.kernel.Functions[call.Function].Name + "(" + strings.Join(names[:last], ", ") + ")\n")
		}
	}
	return text.String()
}
