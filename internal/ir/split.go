package ir

import "strconv"

// Stage is a part of a kernel that Split has cut, and the block functions that are called after it.
type Stage struct {
	// Kernel is nil if nothing comes before the calls (after the last ones).
	Kernel *Kernel
	Calls  []StageCall
}

// StageCall is a call of a block function. Its arguments and its result are temporaries of the kernels: of index Scratch, or
// Shared if all lanes have the same value.
type StageCall struct {
	Function  int // position in Kernel.Functions
	Arguments []VarID
	Result    VarID
}

// Calls reports whether the kernel calls a block function.
func (k *Kernel) Calls() bool {
	for i := range k.Instrs {
		if k.Instrs[i].Op == Call {
			return true
		}
	}
	return false
}

// Split cuts a kernel where it needs the results of block functions, so that executors have to know straight lines only. The
// kernels of the stages have the same variables, in the same order: those of the original kernel, then temporaries for
// what is passed on, which are returned. Stages run one after another over some lanes, then over the next. Instructions keep their order, so that
// lanes that do not meet may run together, in a Serial kernel too; what is computed in two stages (literals, what all
// lanes share, loads of what nothing writes) has the same bits in both.
func Split(k *Kernel) (stages []Stage, passed []Var) {
	s := splitting{kernel: k, extents: k.Rates(), base: rebuild(k), stage: make([]int, len(k.Instrs)), again: make([]bool, len(k.Instrs)), kept: make([]VarID, len(k.Instrs))}
	stages = s.place()
	s.findRepeatable()
	s.findKept()
	for n := range stages {
		stages[n].Kernel = s.line(n)
	}
	return stages, s.base.kernel.Vars[len(k.Vars):]
}

type splitting struct {
	kernel  *Kernel
	extents []Extent
	base    *Builder // declarations
	stage   []int    // of each instruction
	again   []bool   // per value: a later stage computes it again
	kept    []VarID  // per value: where later stages find it
}

// place gives each instruction its stage: a new one begins where the result of a call is needed that has not been made.
func (s *splitting) place() []Stage {
	stages := make([]Stage, 1)
	var args []Value
	for i := range s.kernel.Instrs {
		in := &s.kernel.Instrs[i]
		s.kept[i] = NoVar
		last := len(stages) - 1
		args = in.Arguments(args[:0])
		for _, a := range args {
			if s.kernel.Instrs[a].Op == Call && s.stage[a] == last {
				stages = append(stages, Stage{})
				last++
				break
			}
		}
		s.stage[i] = last
		if in.Op == Call {
			call := StageCall{Function: int(in.Imm), Result: s.keep(Value(i))}
			for _, a := range in.List {
				call.Arguments = append(call.Arguments, s.keep(a))
			}
			stages[last].Calls = append(stages[last].Calls, call)
		}
	}
	return stages
}

// keep gives a value memory.
func (s *splitting) keep(v Value) VarID {
	if s.kept[v] == NoVar {
		index := Scratch
		if s.extents[v].Uniform {
			index = Shared
		}
		s.kept[v] = s.base.Var(Var{Name: "_passed" + strconv.Itoa(len(s.base.kernel.Vars)-len(s.kernel.Vars)), Type: s.kernel.Instrs[v].Type, Index: index,
			Rate: Varying, Temporary: true})
	}
	return s.kept[v]
}

// findRepeatable marks what costs no more than to be stored and loaded.
func (s *splitting) findRepeatable() {
	k := s.kernel
	written := make([]bool, len(k.Vars))
	for i := range k.Instrs {
		if in := &k.Instrs[i]; in.Op == Store || in.Op == Accumulate {
			for v := range k.Vars {
				written[v] = written[v] || k.SameStorage(in.Var, VarID(v))
			}
		}
	}
	for i := range k.Instrs {
		in := &k.Instrs[i]
		again := in.Type != None
		for _, a := range in.Arguments(nil) {
			again = again && s.again[a]
		}
		switch in.Op {
		case Const, Lane:
		case Load:
			again = !written[in.Var] && (k.Vars[in.Var].Index == Own || k.Vars[in.Var].Index == Shared)
		case Call, RandBits, Rand, Randn:
			again = false
		case LoadAt:
			again = again && s.extents[i].Uniform && !written[in.Var]
		default:
			again = again && s.extents[i].Uniform
		}
		s.again[i] = again
	}
}

// findKept gives memory to what a later stage uses, directly or in what it computes again.
func (s *splitting) findKept() {
	for i := range s.kernel.Instrs {
		for _, a := range s.kernel.Instrs[i].Arguments(nil) {
			if s.stage[a] < s.stage[i] && !s.again[a] {
				s.keep(a)
			}
		}
	}
}

// line is the kernel of a stage, nil if it does nothing.
func (s *splitting) line(stage int) *Kernel {
	k := s.kernel
	b := rebuild(s.base.kernel)
	b.kernel.Name += "_" + strconv.Itoa(stage+1)
	b.kernel.Serial = k.Serial
	moved := make([]Value, len(k.Instrs))
	for i := range moved {
		moved[i] = NoValue
	}
	var value func(v Value)
	instruction := func(i Value) Value {
		for _, a := range k.Instrs[i].Arguments(nil) {
			value(a)
		}
		return b.emit(k.Instrs[i].moved(moved))
	}
	value = func(v Value) {
		switch {
		case moved[v] != NoValue:
		case s.again[v]:
			moved[v] = instruction(v)
		default:
			moved[v] = b.Load(s.kept[v])
		}
	}
	done := false
	for i := range k.Instrs {
		in := &k.Instrs[i]
		if s.stage[i] != stage {
			continue
		}
		if in.Op == Call {
			continue
		}
		moved[i] = instruction(Value(i))
		if s.kept[i] != NoVar {
			b.Store(s.kept[i], moved[i], NoValue)
		}
		done = done || in.Type == None || s.kept[i] != NoVar
	}
	if !done {
		return nil
	}
	return DCE(CSE(b.kernel))
}
