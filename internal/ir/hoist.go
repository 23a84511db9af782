package ir

import "strconv"

// Hoisted is a kernel cut in up to three by Hoist. All have the same
// variables, in the same order: those of the original kernel, then the
// temporaries (Var.Temporary). The setup kernels run before the first step of
// a run: nothing they read changes until the run ends. The bits of the results
// are those of the original kernel.
type Hoisted struct {
	// SetupShared computes the shared temporaries; it runs over one lane. Nil if there are none.
	SetupShared *Kernel
	// SetupOwn computes the temporaries of elements; it runs over all elements,
	// after SetupShared. Nil if there are none.
	SetupOwn *Kernel
	// Step is what remains for each step.
	Step *Kernel
}

// Costs that a hoisted value must save, in units of an addition. A temporary
// of elements costs a load of memory per lane and step.
const (
	hoistShared = 2
	hoistOwn    = 4
)

// Hoist splits an optimised kernel: values that do not change during a run and are
// expensive enough move to setup kernels and are kept in temporaries. With
// elements false only values that all lanes share are hoisted (for synapses,
// where a temporary per element would cost more memory than it saves time).
// Values that depend on loads via index arrays or on block functions stay.
func Hoist(k *Kernel, elements bool) Hoisted {
	chosen := k.hoistable(elements)
	base := rebuild(k)
	temporaries := make([]VarID, len(k.Instrs))
	shared, own := false, false
	extents := k.Rates()
	for i := range k.Instrs {
		temporaries[i] = NoVar
		if !chosen[i] {
			continue
		}
		v := Var{Name: "_kept" + strconv.Itoa(len(base.kernel.Vars)-len(k.Vars)), Type: k.Instrs[i].Type, Rate: RunConstant, Temporary: true}
		if extents[i].Uniform {
			v.Index, shared = Shared, true
		} else {
			v.Index, own = Own, true
		}
		temporaries[i] = base.Var(v)
	}
	if !shared && !own {
		return Hoisted{Step: k}
	}
	h := Hoisted{}
	if shared {
		h.SetupShared = k.hoistedPart(base.kernel, "_setup_shared", temporaries, func(i int) (load, store, keep bool) {
			return false, temporaries[i] != NoVar && extents[i].Uniform, extents[i].Rate <= RunConstant && extents[i].Uniform
		})
	}
	if own {
		h.SetupOwn = k.hoistedPart(base.kernel, "_setup", temporaries, func(i int) (load, store, keep bool) {
			isTemporary := temporaries[i] != NoVar
			return isTemporary && extents[i].Uniform, isTemporary && !extents[i].Uniform, extents[i].Rate <= RunConstant
		})
	}
	h.Step = k.hoistedPart(base.kernel, "", temporaries, func(i int) (load, store, keep bool) {
		return temporaries[i] != NoVar, false, true
	})
	return h
}

// hoistedPart copies the instructions that role keeps, loads temporaries in
// place of those it says to load and stores those it says to store.
func (k *Kernel) hoistedPart(declarations *Kernel, suffix string, temporaries []VarID, role func(i int) (load, store, keep bool)) *Kernel {
	b := rebuild(declarations)
	b.kernel.Name += suffix
	b.kernel.Serial = k.Serial && suffix == ""
	moved := make([]Value, len(k.Instrs))
	for i := range k.Instrs {
		moved[i] = NoValue
		load, store, keep := role(i)
		switch {
		case load:
			moved[i] = b.Load(temporaries[i])
		case keep && (suffix == "" || !isEffect(k.Instrs[i].Op)):
			moved[i] = b.emit(k.Instrs[i].moved(moved))
		}
		if store {
			b.Store(temporaries[i], moved[i], NoValue)
		}
	}
	return DCE(b.kernel)
}

func isEffect(op Op) bool { return op == Store || op == Accumulate || op == Emit }

// hoistable marks the values to keep in temporaries: run-constant, used by
// something faster, and expensive.
func (k *Kernel) hoistable(elements bool) []bool {
	extents := k.Rates()
	bound := k.dependsOn(func(in *Instr) bool {
		return in.Op == Call || in.Op == Load && k.Vars[in.Var].Index == Indexed
	})
	chosen := make([]bool, len(k.Instrs))
	wanted := func(v Value) bool {
		e := extents[v]
		switch {
		case e.Rate != RunConstant || bound[v] || k.Instrs[v].Op == Load || k.Instrs[v].Op == Lane:
			return false
		case e.Uniform:
			return k.cost(v, extents) >= hoistShared
		}
		return elements && k.cost(v, extents) >= hoistOwn
	}
	var args []Value
	for i := range k.Instrs {
		in := &k.Instrs[i]
		args = in.Arguments(args[:0])
		for _, a := range args {
			// A value is kept where something uses it more often than it changes;
			// a shared one also where a temporary of elements is made from it.
			faster := extents[i].Rate > RunConstant || isEffect(in.Op) || extents[a].Uniform && !extents[i].Uniform
			if faster && !chosen[a] {
				chosen[a] = wanted(a)
			}
		}
	}
	return chosen
}

// cost estimates the work of a run-constant value, in additions; literals,
// loads and, for a value that differs between lanes, uniform parts cost nothing.
func (k *Kernel) cost(v Value, extents []Extent) int {
	seen := map[Value]bool{}
	var sum func(Value) int
	sum = func(a Value) int {
		in := &k.Instrs[a]
		if seen[a] || extents[a].Rate == Literal || extents[a].Uniform && !extents[v].Uniform {
			return 0
		}
		seen[a] = true
		total := 1
		switch in.Op {
		case Load, Lane:
			total = 0
		case Div, Sqrt, FloorDiv, Mod:
			total = 5
		}
		for _, argument := range in.Arguments(nil) {
			total += sum(argument)
		}
		return total
	}
	return sum(v)
}
