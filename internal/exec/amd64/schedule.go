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

// interleave puts instructions that schedule has ordered into an order for one group or lane, where no other hides how long
// each takes: as if those whose arguments are ready could begin, a few at a time, the ones on the longest way first.
func interleave(k *ir.Kernel, order []ir.Value) []ir.Value {
	const atOnce = 3
	position := map[ir.Value]int{}
	for i, v := range order {
		position[v] = i
	}
	after := make([][]int, len(order)) // who must wait for it
	waits := make([]int, len(order))
	follow := func(first, second int) {
		after[first] = append(after[first], second)
		waits[second]++
	}
	lastEffect := -1
	for i, v := range order {
		in := &k.Instrs[v]
		for _, a := range in.Arguments(nil) {
			if p, ok := position[a]; ok {
				follow(p, i)
			}
		}
		effect := k.HasEffect(in)
		if effect && lastEffect >= 0 {
			follow(lastEffect, i)
		}
		for j := range i {
			earlier := &k.Instrs[order[j]]
			if in.Var == ir.NoVar || earlier.Var == ir.NoVar || !k.SameStorage(earlier.Var, in.Var) {
				continue
			}
			if effect != k.HasEffect(earlier) {
				follow(j, i)
			}
		}
		if effect {
			lastEffect = i
		}
	}
	height := make([]int, len(order))
	for i := len(order) - 1; i >= 0; i-- {
		for _, j := range after[i] {
			height[i] = max(height[i], height[j])
		}
		height[i] += latency(k.Instrs[order[i]].Op)
	}
	begin := make([]int, len(order)) // when its arguments are ready
	var ready []int
	for i := range order {
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	result := make([]ir.Value, 0, len(order))
	for now := 0; len(ready) > 0; now++ {
		for range atOnce {
			best := -1
			for r, i := range ready {
				if begin[i] <= now && (best < 0 || height[i] > height[ready[best]]) {
					best = r
				}
			}
			if best < 0 {
				break
			}
			i := ready[best]
			ready = append(ready[:best], ready[best+1:]...)
			result = append(result, order[i])
			for _, j := range after[i] {
				begin[j] = max(begin[j], now+latency(k.Instrs[order[i]].Op))
				if waits[j]--; waits[j] == 0 {
					ready = append(ready, j)
				}
			}
		}
	}
	return result
}

// latency is about how many cycles an operation takes.
func latency(op ir.Op) int {
	switch op {
	case ir.Load, ir.LoadAt:
		return 7
	case ir.RandBits:
		return 70
	case ir.Div, ir.FloorDiv, ir.Mod:
		return 13
	case ir.Sqrt:
		return 20
	case ir.FMA, ir.Scale:
		return 4
	case ir.Neg, ir.Store, ir.Accumulate, ir.Emit:
		return 1
	}
	return 3
}
