package portable

import (
	"fmt"

	"synfire/internal/ir"
)

// node is one step to be: an instruction, or several that run in one loop.
type node struct {
	root    ir.Value   // whose result the step computes
	operand []ir.Value // vector values that the step reads
}

// group is several instructions that run in one loop, under the last of them.
type group struct {
	operands []ir.Value
	make     func(d int) step
}

// compiler turns a kernel into code.
type compiler struct {
	kernel  *ir.Kernel
	code    *code
	shared  []bool // per value: all lanes share it, so it is a scalar
	negated []bool // per value: a negation that its users apply themselves
	inside  []bool // per value: computed inside the loop of a group
	groups  map[ir.Value]group

	scalarOf   []int // per value: its scalar, or -1
	negativeOf map[int]int
	literal    []bool // per scalar: known at compile time

	registerOf []int          // per value: its register, or -1
	spreadOf   map[[2]int]int // (scalar, type) -> register
	free       []int
	lastUse    []int // per value: the node that reads it last

	list *listing // nil: none
}

// compile turns a kernel into code; a listing, if it is not nil, hears of every step.
func compile(k *ir.Kernel, plain bool, list *listing) (*code, error) {
	if err := k.Verify(); err != nil {
		return nil, err
	}
	for i := range k.Instrs {
		if in := &k.Instrs[i]; in.Op.IsCompound(in.Type) {
			return nil, fmt.Errorf("kernel %s: instruction %d: %s has not been expanded", k.Name, i, in.Op)
		}
	}
	k = ir.CSE(k) // so that a site's word is drawn by one instruction
	c := &compiler{
		kernel: k, code: &code{kernel: k, plain: plain}, list: list,
		shared: make([]bool, len(k.Instrs)), negated: make([]bool, len(k.Instrs)), inside: make([]bool, len(k.Instrs)), groups: map[ir.Value]group{},
		scalarOf: make([]int, len(k.Instrs)), registerOf: make([]int, len(k.Instrs)), lastUse: make([]int, len(k.Instrs)),
		negativeOf: map[int]int{}, spreadOf: map[[2]int]int{},
	}
	for i := range k.Instrs {
		c.scalarOf[i], c.registerOf[i], c.lastUse[i] = -1, -1, -1
	}
	c.findShared()
	if !plain {
		uses := make([]int, len(k.Instrs))
		for i := range k.Instrs {
			for _, a := range k.Instrs[i].Arguments(nil) {
				uses[a]++
			}
		}
		c.findNegations()
		c.findExponentials(uses)
		c.findPolynomials(uses)
	}
	if list != nil {
		list.begin(c)
	}
	nodes := c.nodes()
	for i := range nodes {
		for _, v := range nodes[i].operand {
			c.lastUse[v] = i
		}
	}
	for i := range nodes {
		if err := c.emit(&nodes[i], i); err != nil {
			return nil, err
		}
	}
	used := make([]bool, len(k.Indexes))
	for i := range k.Instrs {
		if v := k.Instrs[i].Var; v != ir.NoVar && k.Vars[v].Index == ir.Indexed && !used[k.Vars[v].Via] {
			used[k.Vars[v].Via] = true
			c.code.vias = append(c.code.vias, k.Vars[v].Via)
		}
	}
	return c.code, nil
}

// findShared finds the values that all lanes share and makes them scalars.
func (c *compiler) findShared() {
	extents := c.kernel.Rates()
	for i := range c.kernel.Instrs {
		in := &c.kernel.Instrs[i]
		switch in.Op {
		case ir.Store, ir.Accumulate, ir.Emit, ir.RandBits, ir.Lane:
			continue
		}
		if !extents[i].Uniform {
			continue
		}
		args := in.Arguments(nil)
		c.shared[i] = true
		if in.Op == ir.Const {
			c.scalarOf[i] = c.newScalar(in.Imm, true)
			continue
		}
		s := scalar{instr: in, from: [3]int{-1, -1, -1}}
		for j, a := range in.Args {
			if a != ir.NoValue {
				s.from[j] = c.scalarOf[a]
			}
		}
		if len(args) > 0 {
			s.argument = c.kernel.Instrs[args[0]].Type
			if in.Op == ir.Select {
				s.argument = in.Type
			}
		}
		s.to = c.newScalar(0, false)
		c.scalarOf[i] = s.to
		c.code.scalars = append(c.code.scalars, s)
	}
}

func (c *compiler) newScalar(bits uint64, literal bool) int {
	c.code.literals = append(c.code.literals, bits)
	c.literal = append(c.literal, literal)
	return len(c.code.literals) - 1
}

// negative is the scalar -s of a float scalar s.
func (c *compiler) negative(s int) int {
	if n, ok := c.negativeOf[s]; ok {
		return n
	}
	n := c.newScalar(c.code.literals[s]^1<<63, c.literal[s])
	if !c.literal[s] {
		c.code.scalars = append(c.code.scalars, scalar{
			instr: &ir.Instr{Op: ir.Neg, Type: ir.F64}, argument: ir.F64, to: n, from: [3]int{s, -1, -1},
		})
	}
	c.negativeOf[s] = n
	return n
}

// findNegations marks negations used only by fused operations, which negate
// for nothing.
func (c *compiler) findNegations() {
	for i := range c.kernel.Instrs {
		in := &c.kernel.Instrs[i]
		c.negated[i] = in.Op == ir.Neg && in.Type == ir.F64 && !c.shared[i]
	}
	for i := range c.kernel.Instrs {
		if in := &c.kernel.Instrs[i]; in.Op != ir.FMA {
			for _, a := range in.Arguments(nil) {
				c.negated[a] = false
			}
		}
	}
}

// nodes lists the steps in order.
func (c *compiler) nodes() []node {
	var nodes []node
	drawn := map[uint64]bool{}
	for i := range c.kernel.Instrs {
		in := &c.kernel.Instrs[i]
		if c.shared[i] || c.negated[i] || c.inside[i] {
			continue
		}
		if in.Op == ir.RandBits {
			// One step draws both words of a site.
			if drawn[in.Imm>>1] {
				continue
			}
			drawn[in.Imm>>1] = true
		}
		n := node{root: ir.Value(i)}
		args := in.Arguments(nil)
		if g, ok := c.groups[ir.Value(i)]; ok {
			args = g.operands
		}
		for _, a := range args {
			if c.negated[a] {
				a = c.kernel.Instrs[a].Args[0]
			}
			if !c.shared[a] {
				n.operand = append(n.operand, a)
			}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

// allocate gives value v a register.
func (c *compiler) allocate(v ir.Value) int {
	r := c.takeRegister()
	c.registerOf[v] = r
	return r
}

func (c *compiler) takeRegister() int {
	if n := len(c.free); n > 0 {
		r := c.free[n-1]
		c.free = c.free[:n-1]
		return r
	}
	c.code.registers++
	return c.code.registers - 1
}

// vector is the register of value v; a scalar is spread into one that keeps it.
func (c *compiler) vector(v ir.Value) int {
	if !c.shared[v] {
		return c.registerOf[v]
	}
	t := c.kernel.Instrs[v].Type
	return c.spread(c.scalarOf[v], t)
}

func (c *compiler) spread(s int, t ir.Type) int {
	key := [2]int{s, int(t)}
	if r, ok := c.spreadOf[key]; ok {
		return r
	}
	// Its own register from the start, because it is filled before the first step.
	r := c.code.registers
	c.code.registers++
	c.spreadOf[key] = r
	c.code.spreads = append(c.code.spreads, spread{from: s, register: r, t: t, literal: c.literal[s]})
	return r
}

// release frees the registers of operands that node i read last.
func (c *compiler) release(n *node, i int, keep func(ir.Value) bool) {
	for _, v := range n.operand {
		if c.lastUse[v] == i && c.registerOf[v] >= 0 && keep(v) {
			c.free = append(c.free, c.registerOf[v])
			c.lastUse[v] = -1
		}
	}
}

// emit appends the step of a node.
func (c *compiler) emit(n *node, i int) error {
	in := &c.kernel.Instrs[n.root]
	// Loops go forward, so a result may overwrite an operand whose elements have
	// the same size; others are released afterwards.
	size := typeSize(in.Type)
	elementwise := in.Type != ir.None
	if elementwise {
		c.release(n, i, func(v ir.Value) bool { return typeSize(c.kernel.Instrs[v].Type) == size })
	}
	d := -1
	if in.Type != ir.None && in.Op != ir.RandBits {
		d = c.allocate(n.root)
	}
	if c.list != nil {
		c.list.step(c, n, d)
	}
	var s step
	if g, ok := c.groups[n.root]; ok {
		s = g.make(d)
	} else {
		s = c.instruction(n.root, in, d)
	}
	if s == nil {
		return fmt.Errorf("kernel %s: no loop for %s of %s", c.kernel.Name, in.Op, in.Type)
	}
	c.code.steps = append(c.code.steps, s)
	c.release(n, i, func(ir.Value) bool { return true })
	return nil
}

func typeSize(t ir.Type) int {
	switch t {
	case ir.F64, ir.I64:
		return 8
	case ir.I32, ir.F32:
		return 4
	}
	return 1
}
