package amd64

import "synfire/internal/ir"

// shared marks the values that are the same in all lanes, which are computed once per call.
func shared(k *ir.Kernel) []bool {
	extents := k.Rates()
	is := make([]bool, len(k.Instrs))
	for i := range k.Instrs {
		switch k.Instrs[i].Op {
		case ir.Store, ir.Accumulate, ir.Emit, ir.RandBits, ir.Lane:
			continue
		}
		is[i] = extents[i].Uniform
		for _, a := range k.Instrs[i].Arguments(nil) {
			is[i] = is[i] && is[a]
		}
	}
	return is
}

// scheduler puts instructions into an order in which values are computed shortly before they are used: effects stay in
// their order, and what an effect needs comes just before it, the longer way of two first.
type scheduler struct {
	kernel *ir.Kernel
	shared []bool
	height []int
	live   []bool
	done   []bool
	order  []ir.Value
}

// schedule returns the instructions that differ between lanes and that something needs, in order.
func schedule(k *ir.Kernel, shared []bool) []ir.Value {
	n := len(k.Instrs)
	s := &scheduler{kernel: k, shared: shared, height: make([]int, n), live: make([]bool, n), done: make([]bool, n)}
	for i := range k.Instrs {
		for _, a := range k.Instrs[i].Arguments(nil) {
			s.height[i] = max(s.height[i], s.height[a]+1)
		}
	}
	for i := n - 1; i >= 0; i-- {
		in := &k.Instrs[i]
		s.live[i] = s.live[i] || k.HasEffect(in)
		if s.live[i] {
			for _, a := range in.Arguments(nil) {
				s.live[a] = true
			}
		}
	}
	for i := range k.Instrs {
		in := &k.Instrs[i]
		if !k.HasEffect(in) {
			continue
		}
		if in.Var != ir.NoVar {
			// Loads of this memory that stand before the write must happen before it.
			for j := range i {
				earlier := &k.Instrs[j]
				if s.live[j] && earlier.Op == ir.Load && k.SameStorage(earlier.Var, in.Var) {
					s.visit(ir.Value(j))
				}
			}
		}
		s.visit(ir.Value(i))
	}
	return s.order
}

func (s *scheduler) visit(v ir.Value) {
	if s.done[v] || s.shared[v] {
		return
	}
	s.done[v] = true
	args := s.kernel.Instrs[v].Arguments(nil)
	for len(args) > 0 {
		longest := 0
		for j := range args {
			if s.height[args[j]] > s.height[args[longest]] {
				longest = j
			}
		}
		s.visit(args[longest])
		args = append(args[:longest], args[longest+1:]...)
	}
	s.order = append(s.order, v)
}
