package portable

import "synfire/internal/ir"

// Some groups of operations run in one loop, with intermediate values in
// machine registers: the written-out exponential, because it is in every
// spiking model, and polynomials by Horner's rule. The loops perform the same
// operations in the same order, so the bits are the same; Executor.Plain
// leaves them out, and a test compares.

// exponential is the expansion of Exp as a kernel: what to look for.
type exponential struct {
	kernel    *ir.Kernel
	input     ir.Value
	root      ir.Value
	constants []float64 // its float literals in order of their first use
}

// newExponential expands one Exp in the way in which it arrives here.
func newExponential() *exponential {
	b := ir.NewBuilder("exp")
	x := b.Load(b.Var(ir.Var{Name: "x", Type: ir.F64, Rate: ir.Varying}))
	b.Store(b.Var(ir.Var{Name: "y", Type: ir.F64, Rate: ir.Varying}), b.Exp(x), ir.NoValue)
	e := &exponential{kernel: ir.DCE(ir.CSE(ir.Fold(ir.ExpandMath(b.Kernel()))))}
	for i := range e.kernel.Instrs {
		switch in := &e.kernel.Instrs[i]; {
		case in.Op == ir.Load:
			e.input = ir.Value(i)
		case in.Op == ir.Store:
			e.root = in.Args[0]
		case in.Op == ir.Const && in.Type == ir.F64:
			e.constants = append(e.constants, float(in.Imm))
		}
	}
	return e
}

// match reports whether value v of kernel k is such an exponential: then
// inner are the values that exist only inside it and x is its argument.
func (e *exponential) match(k *ir.Kernel, v ir.Value, uses []int) (x ir.Value, inner []ir.Value, ok bool) {
	if in := &k.Instrs[v]; in.Op != e.kernel.Instrs[e.root].Op || in.Type != ir.F64 {
		return 0, nil, false
	}
	image := make([]ir.Value, len(e.kernel.Instrs))
	for i := range image {
		image[i] = ir.NoValue
	}
	var same func(t, v ir.Value) bool
	same = func(t, v ir.Value) bool {
		if t == ir.NoValue || v == ir.NoValue {
			return t == v
		}
		if image[t] != ir.NoValue {
			return image[t] == v
		}
		image[t] = v
		if t == e.input {
			return true
		}
		want, have := &e.kernel.Instrs[t], &k.Instrs[v]
		if want.Op != have.Op || want.Type != have.Type || want.Imm != have.Imm {
			return false
		}
		return same(want.Args[0], have.Args[0]) && same(want.Args[1], have.Args[1]) && same(want.Args[2], have.Args[2])
	}
	if !same(e.root, v) {
		return 0, nil, false
	}
	inside := map[ir.Value]int{} // how often a value is used inside
	for t := range e.kernel.Instrs {
		if ir.Value(t) == e.input || image[t] == ir.NoValue {
			continue
		}
		for _, a := range k.Instrs[image[t]].Arguments(nil) {
			inside[a]++
		}
	}
	for t, v := range image {
		if v == ir.NoValue || ir.Value(t) == e.input || ir.Value(t) == e.root || e.kernel.Instrs[t].Op == ir.Const {
			continue
		}
		if uses[v] != inside[v] {
			return 0, nil, false
		}
		inner = append(inner, v)
	}
	return image[e.input], inner, true
}

// findExponentials marks the values that live inside exponentials.
func (c *compiler) findExponentials(uses []int) {
	e := newExponential()
	for i := range c.kernel.Instrs {
		if c.shared[i] {
			continue
		}
		x, inner, ok := e.match(c.kernel, ir.Value(i), uses)
		if !ok || c.shared[x] {
			continue
		}
		for _, v := range inner {
			c.inside[v] = true
		}
		c.groups[ir.Value(i)] = group{operands: []ir.Value{x}, make: func(d int) step {
			return exponentialStep(d, c.vector(x), e.constants)
		}}
	}
}

// isLink reports whether v is p*x + c with a scalar c: a link of a polynomial.
func (c *compiler) isLink(v ir.Value) bool {
	in := &c.kernel.Instrs[v]
	return in.Op == ir.FMA && in.Type == ir.F64 && !c.inside[v] && !c.shared[in.Args[1]] && c.shared[in.Args[2]] &&
		!c.negated[in.Args[0]] && !c.negated[in.Args[1]]
}

// findPolynomials groups chains of links with the same x, each used only by the next.
func (c *compiler) findPolynomials(uses []int) {
	for last := len(c.kernel.Instrs) - 1; last >= 0; last-- {
		v := ir.Value(last)
		if c.inside[v] || !c.isLink(v) {
			continue
		}
		x := c.kernel.Instrs[v].Args[1]
		chain := []ir.Value{v}
		for len(chain) < maxLinks {
			p := c.kernel.Instrs[chain[len(chain)-1]].Args[0]
			if c.shared[p] || uses[p] != 1 || !c.isLink(p) || c.kernel.Instrs[p].Args[1] != x {
				break
			}
			chain = append(chain, p)
		}
		if len(chain) < 2 {
			continue
		}
		var links []int
		for j := len(chain) - 1; j >= 0; j-- {
			links = append(links, c.scalarOf[c.kernel.Instrs[chain[j]].Args[2]])
		}
		for _, p := range chain[1:] {
			c.inside[p] = true
		}
		start := c.kernel.Instrs[chain[len(chain)-1]].Args[0]
		c.groups[v] = group{operands: []ir.Value{start, x}, make: func(d int) step {
			if c.shared[start] {
				return hornerScalarStep(d, c.scalarOf[start], c.vector(x), links)
			}
			return hornerStep(d, c.vector(start), c.vector(x), links)
		}}
	}
}
