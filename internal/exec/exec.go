package exec

import "synfire/internal/ir"

// Executor turns kernels into code.
type Executor interface {
	// Name is how users choose the executor.
	Name() string
	// Compile returns code for a verified kernel without compound operations
	// (ir.ExpandMath). It fails where the kernel breaks the form.
	Compile(*ir.Kernel) (Code, error)
}

// Code is a compiled kernel. Several goroutines may run it at once, each with
// its own Binding.
type Code interface {
	// Run executes lanes lo to hi-1. The binding's memory is read and written in
	// place; results do not depend on how a range is cut into calls in ascending order.
	Run(b *Binding, lo, hi int)
	// RunStretches executes the lanes of each stretch, one stretch after another, as so many calls of Run would.
	// Lanes of the binding must be nil, and stretches not empty.
	RunStretches(b *Binding, stretches []Stretch)
}

// Stretch is the lanes First to End-1.
type Stretch struct{ First, End int32 }

// Binding is what one goroutine binds to a kernel's names to run it. It is
// filled once and its scalar fields and Lanes changed between calls. Whoever
// replaces columns or index arrays sets Scratch to nil.
type Binding struct {
	// Columns is parallel to Kernel.Vars. A Shared variable's column has one
	// element, an Own one is addressed by the lane's element, an Indexed one by
	// its index array.
	Columns []Column
	// Indexes is parallel to Kernel.Indexes; each is addressed by the lane's element.
	Indexes [][]int32
	// Functions is parallel to Kernel.Functions.
	Functions []BlockFunction

	// Passed is the first lane that runs, for which the columns of Scratch variables have their first element.
	Passed int

	// Lanes gives the element of each lane; nil means that lane k is element k.
	// Elements are distinct unless the kernel is Serial.
	Lanes []int32

	// Origin is the number of element 0 among all elements of its owner, not 0
	// if the columns are part of a longer whole. It enters what Emit appends and where random
	// numbers are addressed.
	Origin int64
	// Base is subtracted from the number that ir.Lane gives: the first number of a subgroup.
	Base int64

	// Step is the number of steps since the random branch began, Call the
	// count of executions within a step.
	Step int64
	Call uint8
	// Keys is parallel to Kernel.Sites.
	Keys []uint64
	// ElementLow, ElementHigh and Occurrence, each addressed by the lane's element,
	// are the random address of a synapse: target, source, how-manieth of this pair.
	// ElementLow nil: the element's number; ElementHigh, Occurrence nil: zero.
	ElementLow, ElementHigh []int32
	Occurrence              []uint16

	// Emitted receives, appended, the numbers of the lanes that Emit selects.
	Emitted []int32

	// Scratch belongs to the code: working memory kept from call to call.
	// A Binding used with another Code gets new scratch.
	Scratch any
}

// Rebinder is scratch that another binding of the same code can go on with.
type Rebinder interface {
	// Rebind is told the binding, whose columns and index arrays may be others.
	Rebind(b *Binding)
}

// Adopt takes the scratch of a binding of the same code that is no longer used, if that is possible.
func (b *Binding) Adopt(scratch any) {
	if r, ok := scratch.(Rebinder); ok {
		r.Rebind(b)
		b.Scratch = scratch
	}
}

// Element is the element of a lane.
func (b *Binding) Element(lane int) int {
	if b.Lanes == nil {
		return lane
	}
	return int(b.Lanes[lane])
}

// BlockFunction computes Out from Args.
type BlockFunction func(c *Call)

// Call is a call of a block function for lanes from Lo on of a binding.
type Call struct {
	Binding *Binding
	Lo      int
	// Key is the key of the function's site, 0 for a function without one. A function that draws uses Binding.Address, too.
	Key uint64
	// Out receives a result for each lane, or a single one where the function is pure and Shared holds for all arguments.
	Out []float64
	// Args has for each argument one value for each lane, or a single one where Shared says that it is that of all lanes.
	Args   [][]float64
	Shared []bool
	// Failed is set by a function that has no result: the kernel ends there, for these lanes and those behind them.
	Failed bool
}

// Arg is an argument for lane Lo+k.
func (c *Call) Arg(j, k int) float64 {
	if c.Shared[j] {
		k = 0
	}
	return c.Args[j][k]
}

// Address is the Philox counter of a lane's element (four 32-bit words): low
// half of the step; call, occurrence and the step's next 8 bits; the element's
// low and high word.
func (b *Binding) Address(element int) (c0, c1, c2, c3 uint32) {
	c0 = uint32(b.Step)
	c1 = uint32(b.Call)<<24 | uint32(uint8(b.Step>>32))
	if b.Occurrence != nil {
		c1 |= uint32(b.Occurrence[element]) << 8
	}
	c2 = uint32(b.Origin + int64(element))
	if b.ElementLow != nil {
		c2 = uint32(b.ElementLow[element])
	}
	if b.ElementHigh != nil {
		c3 = uint32(b.ElementHigh[element])
	}
	return c0, c1, c2, c3
}
