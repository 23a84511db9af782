package ir

// Type is the type of a value or of the elements of a variable.
type Type uint8

// The types. None is the type of instructions that give no value.
const (
	None Type = iota
	F64
	F32
	I64
	I32
	Bool
)

func (t Type) String() string {
	switch t {
	case F64:
		return "f64"
	case F32:
		return "f32"
	case I64:
		return "i64"
	case I32:
		return "i32"
	case Bool:
		return "bool"
	}
	return "none"
}

// IsFloat reports whether t is F64 or F32.
func (t Type) IsFloat() bool { return t == F64 || t == F32 }

// IsInteger reports whether t is I64 or I32.
func (t Type) IsInteger() bool { return t == I64 || t == I32 }

// Value names the result of an instruction: its position in Kernel.Instrs.
type Value int32

// NoValue stands where an argument is absent, for instance for "no mask".
const NoValue Value = -1

// VarID is a position in Kernel.Vars.
type VarID int32

// NoVar stands in instructions that touch no variable.
const NoVar VarID = -1

// Index says which element of a variable a lane touches.
type Index uint8

const (
	// Own is the lane's own element.
	Own Index = iota
	// Shared is the single element that all lanes have in common.
	Shared
	// Indexed is the element named by an index array at the lane's own element.
	Indexed
	// Table is an element computed by the kernel; only LoadAt reads it.
	Table
	// Scratch is an element of working memory that belongs to the lane, not to its element: [Split] keeps there what one
	// stage of a kernel leaves for a later one.
	Scratch
)

func (i Index) String() string {
	switch i {
	case Own:
		return "own"
	case Shared:
		return "shared"
	case Indexed:
		return "indexed"
	case Table:
		return "table"
	case Scratch:
		return "scratch"
	}
	return "index?"
}

// Rate says how often a value, or the content of a variable, can change. The
// rates are ordered: a value is at least as fast as its arguments.
type Rate uint8

const (
	// Literal: written in the kernel itself.
	Literal Rate = iota
	// RunConstant: nothing changes it during a run; it may differ between lanes.
	RunConstant
	// StepUniform: changes from step to step, the same for all lanes (time).
	StepUniform
	// Varying: anything may change it.
	Varying
)

func (r Rate) String() string {
	switch r {
	case Literal:
		return "literal"
	case RunConstant:
		return "run-constant"
	case StepUniform:
		return "step-uniform"
	case Varying:
		return "varying"
	}
	return "rate?"
}

// Var is a variable: memory that outlives a kernel's call, bound to a column
// when the kernel runs.
type Var struct {
	Name  string
	Type  Type
	Index Index
	Via   int // for Indexed: position in Kernel.Indexes
	// Rate of the content, not below RunConstant, with respect to one run of the
	// kernel's steps. What the kernel itself writes is Varying (an initialiser
	// may write what later is RunConstant).
	Rate Rate

	// Storage names the memory behind the variable. Variables of equal,
	// non-empty Storage share memory (v_pre and v_post of a recurrent
	// pathway). Empty: memory of its own.
	Storage string

	// Temporary marks a variable that [Hoist] or [Split] made; who runs the kernel gives it
	// memory: one element if Shared, one for each lane that runs if Scratch, else one per element, which is kept for the run.
	Temporary bool
}

// Function is a block function that a kernel calls: lanes in, lanes out,
// written in Go and bound when the kernel runs. Arguments and result are F64.
type Function struct {
	Name string
	// Site is the draw site (position in Kernel.Sites) of a function that draws, else -1.
	Site int
	// Pure: equal arguments always give equal results and nothing else happens.
	Pure bool
	// Whole: the function may look at all lanes at once, so it is called once for all lanes that run (of a Serial
	// kernel: that run at the same time).
	Whole bool
}

// Kernel is a straight line of instructions and the variables they touch.
type Kernel struct {
	Name      string
	Vars      []Var
	Indexes   []string   // index arrays, by name ("pre", "post")
	Sites     []string   // draw sites, each with its own random key
	Functions []Function // block functions
	Instrs    []Instr
	// Serial: each lane runs to its end before the next begins, because
	// lanes read what earlier lanes wrote.
	Serial bool
}

// Instr is one instruction. Its result, if Type is not None, is the Value
// equal to its position.
type Instr struct {
	Op   Op
	Type Type // of the result
	Args [3]Value
	// Imm: of Const the pattern (float bits, those of F32 in the low half; the
	// sign-extended integer; 0 or 1),
	// of RandBits site<<1 | word, of Rand and Randn the site, of Call the
	// position in Kernel.Functions, of Accumulate the Op (Add or Mul).
	Imm  uint64
	Var  VarID
	List []Value // arguments of Call
}

// Arguments appends the values that the instruction uses to list.
func (in *Instr) Arguments(list []Value) []Value {
	for _, a := range in.Args {
		if a != NoValue {
			list = append(list, a)
		}
	}
	return append(list, in.List...)
}

// HasEffect reports whether the instruction does something beyond giving a value.
func (k *Kernel) HasEffect(in *Instr) bool {
	switch in.Op {
	case Store, Accumulate, Emit:
		return true
	case Call:
		return !k.Functions[in.Imm].Pure && k.Functions[in.Imm].Site < 0
	}
	return false
}

// Written reports whether the kernel writes the variable itself.
func (k *Kernel) Written(v VarID) bool {
	for i := range k.Instrs {
		in := &k.Instrs[i]
		if in.Var == v && (in.Op == Store || in.Op == Accumulate) {
			return true
		}
	}
	return false
}

// SameStorage reports whether two variables can lie in the same memory.
func (k *Kernel) SameStorage(a, b VarID) bool {
	return a == b || k.Vars[a].Storage != "" && k.Vars[a].Storage == k.Vars[b].Storage
}

// Clone returns a deep copy.
func (k *Kernel) Clone() *Kernel {
	c := *k
	c.Vars = append([]Var(nil), k.Vars...)
	c.Indexes = append([]string(nil), k.Indexes...)
	c.Sites = append([]string(nil), k.Sites...)
	c.Functions = append([]Function(nil), k.Functions...)
	c.Instrs = append([]Instr(nil), k.Instrs...)
	for i := range c.Instrs {
		c.Instrs[i].List = append([]Value(nil), c.Instrs[i].List...)
	}
	return &c
}
