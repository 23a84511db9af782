package plan

import (
	"math"
	"slices"
	"sort"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
)

// Storage is what the Storage of a variable points to: a column, or what makes the values of the column as long as nobody
// needs them all at once.
//
// Most variables of synapses hold at first what one assignment says: 'rand()', '10*ms + 0.1*ms*randn()', 0. Random numbers
// have addresses, so the same numbers can be drawn again; so such an assignment is kept instead of its values. The columns
// of delays, and of what rows of synapses keep, are then never made. Whoever asks for the column (Column) has it made, and
// may change it; whoever only reads (Values) need not.
type Storage struct {
	exec.Column
	Origin Origin // if it is set, the column is empty
}

// Origin makes the values of a column, each time the same.
type Origin interface {
	// Elements returns how many values there are.
	Elements() int
	// Fill writes the values of the elements from one on. What it is given holds zeros.
	Fill(from int, to exec.Column)
}

// StorageBlock is the number of elements of which values are made at a time.
const StorageBlock = 1 << 14

// NewStorage returns a column of n zeros for a variable.
func NewStorage(v *model.Variable, n int) *Storage {
	return &Storage{Column: exec.NewColumn(lower.StorageType(v), n)}
}

// StorageOf returns the storage of a stored variable.
func StorageOf(v *model.Variable) *Storage { return v.Storage.(*Storage) }

// MakeFrom replaces the column by what makes it.
func (s *Storage) MakeFrom(o Origin) { *s = Storage{Origin: o} }

// Clone returns a copy with a column of its own. What makes a column is never changed.
func (s *Storage) Clone() Storage { return Storage{s.Column.Clone(), s.Origin} }

// Column returns the memory of a stored variable, to read and write.
func Column(v *model.Variable) exec.Column {
	s := StorageOf(v)
	if s.Origin != nil {
		*s = Storage{Column: Values(v, 0, s.Origin.Elements())}
	}
	return s.Column
}

// Values returns the values of the elements lo to hi-1 of a stored variable, to read only.
func Values(v *model.Variable, lo, hi int) exec.Column {
	s := StorageOf(v)
	if s.Origin == nil {
		return s.Column.Slice(lo, hi)
	}
	made := exec.NewColumn(lower.StorageType(v), hi-lo)
	s.Origin.Fill(lo, made)
	return made
}

// AllValues returns the values of all elements of a stored variable, to read only.
func AllValues(v *model.Variable) exec.Column {
	if origin := StorageOf(v).Origin; origin != nil {
		return Values(v, 0, origin.Elements())
	}
	return StorageOf(v).Column
}

// OnlyValue returns the value that a variable has for all of its first n elements, if it is the same.
func OnlyValue(v *model.Variable, n int) (x float64, equal bool) {
	if c, ok := StorageOf(v).Origin.(Constant); ok && n > 0 {
		return c.Value.Float(0), c.N > 0
	}
	all := Values(v, 0, n)
	if allEqual(all.F64) || allEqual(all.F32) {
		return all.Float(0), true
	}
	return 0, false
}

// allEqual reports whether there are numbers, and they are the same.
func allEqual[F float32 | float64](list []F) bool {
	for _, x := range list {
		if x != list[0] {
			return false
		}
	}
	return len(list) > 0
}

// Constant is one value for N elements.
type Constant struct {
	Value exec.Column // of one element
	N     int
}

// Zeros are the values with which variables of synapses begin.
func Zeros(v *model.Variable, n int) Constant {
	return Constant{exec.NewColumn(lower.StorageType(v), 1), n}
}

// Zero reports whether the value is what memory holds at first: 0 or false.
func (c Constant) Zero() bool { return math.Float64bits(c.Value.Float(0)) == 0 }

// Elements implements Origin.
func (c Constant) Elements() int { return c.N }

// Fill implements Origin.
func (c Constant) Fill(_ int, to exec.Column) {
	if c.Zero() {
		return // pages that nobody touches take no memory
	}
	n := to.Len()
	begin := min(n, StorageBlock)
	for at := range begin {
		to.Slice(at, at+1).CopyFrom(c.Value)
	}
	for at := begin; at < n; at += begin {
		end := min(at+begin, n)
		to.Slice(at, end).CopyFrom(to.Slice(0, end-at))
	}
}

// Ascending are the numbers of the source neurons of synapses, in order.
type Ascending struct {
	ends  []int // how many synapses there are up to those of each neuron of the whole group
	start int   // number in the whole group of neuron 0
}

// NewAscending returns them: outgoing is how many synapses each neuron of the whole group has, start the number there of
// the neuron that counts as 0.
func NewAscending(outgoing []int32, start int) Ascending {
	a := Ascending{make([]int, len(outgoing)), start}
	end := 0
	for neuron, count := range outgoing {
		end += int(count)
		a.ends[neuron] = end
	}
	return a
}

// Elements implements Origin.
func (a Ascending) Elements() int { return a.ends[len(a.ends)-1] }

// Fill implements Origin.
func (a Ascending) Fill(from int, to exec.Column) {
	neuron := sort.SearchInts(a.ends, from+1)
	for k := range to.I32 {
		for from+k >= a.ends[neuron] {
			neuron++
		}
		to.I32[k] = int32(neuron - a.start)
	}
}

// Assignment is that of an expression to a variable of N elements.
type Assignment struct {
	To      *model.Variable
	N       int
	Program *Program
	// Fixed are other variables that may be read because nothing ever changes them.
	Fixed []*model.Variable
	// Step is the execution that random draws belong to, Key returns the key of a draw site.
	Step int64
	Key  func(site string) uint64
	// Address gives a binding the addresses of the elements lo to hi-1 for random draws.
	Address func(b *exec.Binding, lo, hi int)
}

// recipe is an assignment that depends on nothing but what is fixed, constants and random draws.
type recipe struct {
	Assignment
	keys map[string]uint64 // of its draw sites
}

// Origin returns what the assignment amounts to, or nil if its values cannot be made again.
func (a Assignment) Origin() Origin {
	if called, _ := a.Program.Custom(); called {
		return nil
	}
	kernel := a.Program.Kernel
	for k, operand := range a.Program.Operands() {
		if operand.Table != nil || operand.Index != model.Own || operand.Var != a.To && !slices.Contains(a.Fixed, operand.Var) {
			return nil
		}
		for i := range kernel.Instrs {
			in := &kernel.Instrs[i]
			if operand.Var == a.To && in.Var == ir.VarID(k) && (in.Op != ir.Store || in.Args[1] != ir.NoValue) {
				return nil
			}
		}
	}
	r := &recipe{a, map[string]uint64{}}
	for _, site := range kernel.Sites {
		r.keys[site] = a.Key(site)
	}
	if len(r.keys) == 0 && len(a.Program.Operands()) == 1 {
		one := exec.NewColumn(lower.StorageType(a.To), 1)
		r.Fill(0, one)
		return Constant{one, a.N}
	}
	return r
}

// Elements implements Origin.
func (r *recipe) Elements() int { return r.N }

// Fill implements Origin.
func (r *recipe) Fill(from int, to exec.Column) {
	for lo := 0; lo < to.Len(); lo += StorageBlock {
		hi := min(lo+StorageBlock, to.Len())
		bound := r.Program.Bind(Memory{
			Elements: hi - lo,
			Key:      func(site string) uint64 { return r.keys[site] },
			Column: func(v *model.Variable) exec.Column {
				if v == r.To {
					return to.Slice(lo, hi)
				}
				return Values(v, from+lo, from+hi)
			},
		})
		bound.Binding.Step, bound.Binding.Origin = r.Step, int64(from+lo)
		if len(r.keys) > 0 {
			r.Address(&bound.Binding, from+lo, from+hi)
		}
		bound.Run(0, hi-lo)
	}
}
