package synfire

import (
	"sort"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
)

// memory is what the Storage of a variable points to: a column, or what makes the values of the column as long as nobody
// needs them all at once.
//
// Most variables of synapses hold at first what one assignment says: 'rand()', '10*ms + 0.1*ms*randn()', 0. Random numbers
// have addresses, so the same numbers can be drawn again; so such an assignment is kept instead of its values. The columns
// of delays, and of what rows of synapses keep, are then never made. Whoever asks for the column (column) has it made, and
// may change it; whoever only reads (values) need not.
type memory struct {
	exec.Column
	origin origin // if it is set, the column is empty
}

// origin makes the values of a column, each time the same.
type origin interface {
	// elements returns how many values there are.
	elements() int
	// fill writes the values of the elements from one on.
	fill(from int, to exec.Column)
}

// originBlock is the number of elements of which values are made at a time.
const originBlock = 1 << 14

func memoryOf(v *model.Variable) *memory { return v.Storage.(*memory) }

// makeFrom replaces the column by what makes it.
func (m *memory) makeFrom(o origin) { *m = memory{origin: o} }

// clone returns a copy with a column of its own. What makes a column is never changed.
func (m *memory) clone() memory { return memory{m.Column.Clone(), m.origin} }

// column returns the memory of a stored variable, to read and write.
func column(v *model.Variable) exec.Column {
	m := memoryOf(v)
	if m.origin != nil {
		*m = memory{Column: values(v, 0, m.origin.elements())}
	}
	return m.Column
}

// values returns the values of the elements lo to hi-1 of a stored variable, to read only.
func values(v *model.Variable, lo, hi int) exec.Column {
	m := memoryOf(v)
	if m.origin == nil {
		return m.Column.Slice(lo, hi)
	}
	made := exec.NewColumn(lower.StorageType(v), hi-lo)
	if c, ok := m.origin.(constant); !ok || !c.value.zero() {
		m.origin.fill(lo, made)
	}
	return made
}

// constant is one value for n elements.
type constant struct {
	value Values
	n     int
}

// zeros are the values with which variables of synapses begin.
func zeros(n int) constant { return constant{Values{Floats: []float64{0}}, n} }

func (c constant) elements() int { return c.n }

func (c constant) fill(_ int, to exec.Column) {
	n := to.Len()
	begin := min(n, originBlock)
	scatter(to, selection{lo: 0, hi: begin}, c.value)
	for at := begin; at < n; at += begin {
		end := min(at+begin, n)
		to.Slice(at, end).CopyFrom(to.Slice(0, end-at))
	}
}

// ascending are the numbers of the source neurons of synapses, in order.
type ascending struct {
	ends  []int // how many synapses there are up to those of each neuron of the whole group
	start int   // number in the whole group of neuron 0
}

func ascendingOf(outgoing []int32, start int) ascending {
	a := ascending{make([]int, len(outgoing)), start}
	end := 0
	for neuron, count := range outgoing {
		end += int(count)
		a.ends[neuron] = end
	}
	return a
}

func (a ascending) elements() int { return a.ends[len(a.ends)-1] }

func (a ascending) fill(from int, to exec.Column) {
	neuron := sort.SearchInts(a.ends, from+1)
	for k := range to.I32 {
		for from+k >= a.ends[neuron] {
			neuron++
		}
		to.I32[k] = int32(neuron - a.start)
	}
}

// recipe is an expression that was assigned to a variable of all synapses, and depends on nothing but their neurons'
// numbers, constants and random draws.
type recipe struct {
	synapses *Synapses
	of       *model.Variable
	program  *plan.Program
	step     int64             // the execution that its draws belong to
	keys     map[string]uint64 // of its draw sites
}

// recipeOf returns what an assignment to a variable amounts to, or nil if its values cannot be made again.
func (y *Synapses) recipeOf(v *model.Variable, program *plan.Program, step int64, key func(site string) uint64) origin {
	if called, _ := program.Custom(); called {
		return nil
	}
	kernel := program.Kernel
	for k, operand := range program.Operands() {
		if operand.Table != nil || operand.Index != model.Own || operand.Var != v && operand.Var != y.sourceColumn && operand.Var != y.targetColumn {
			return nil
		}
		for i := range kernel.Instrs {
			in := &kernel.Instrs[i]
			if operand.Var == v && in.Var == ir.VarID(k) && (in.Op != ir.Store || in.Args[1] != ir.NoValue) {
				return nil
			}
		}
	}
	r := &recipe{y, v, program, step, map[string]uint64{}}
	for _, site := range kernel.Sites {
		r.keys[site] = key(site)
	}
	if len(r.keys) == 0 && len(program.Operands()) == 1 {
		one := exec.NewColumn(lower.StorageType(v), 1)
		r.fill(0, one)
		return constant{gather(one, selection{lo: 0, hi: 1}, v.Dim), y.n}
	}
	return r
}

func (r *recipe) elements() int { return r.synapses.n }

func (r *recipe) fill(from int, to exec.Column) {
	y := r.synapses
	if len(r.keys) > 0 {
		y.countOccurrences()
	}
	var sources []int32
	for lo := 0; lo < to.Len(); lo += originBlock {
		hi := min(lo+originBlock, to.Len())
		bound := r.program.Bind(plan.Memory{
			Elements: hi - lo,
			Key:      func(site string) uint64 { return r.keys[site] },
			Column: func(v *model.Variable) exec.Column {
				if v == r.of {
					return to.Slice(lo, hi)
				}
				return values(v, from+lo, from+hi)
			},
		})
		b := &bound.Binding
		b.Step, b.Origin = r.step, int64(from+lo)
		if len(r.keys) > 0 {
			b.ElementLow = y.post[from+lo : from+hi]
			b.ElementHigh = moved(values(y.sourceColumn, from+lo, from+hi).I32, y.fromStart, &sources)
			if y.occurrence != nil {
				b.Occurrence = y.occurrence[from+lo : from+hi]
			}
		}
		bound.Run(0, hi-lo)
	}
}
