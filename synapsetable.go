package synfire

import (
	"slices"

	"synfire/internal/connect"
	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/placement"
	"synfire/internal/plan"
)

// Connections returns the numbers of the source and target neurons of all synapses, in creation order, relative to
// their groups.
func (y *Synapses) Connections() (i, j []int) {
	i, j = make([]int, y.n), make([]int, y.n)
	pre := y.sources()
	for k := range y.n {
		i[k], j[k] = int(pre[k])-y.fromStart, int(y.post[k])-y.toStart
	}
	return i, j
}

// Outgoing returns how many synapses each source neuron has, Incoming how many each target neuron has.
func (y *Synapses) Outgoing() []int {
	return counts(plan.Column(y.outgoing).I32, y.fromStart, y.fromLength)
}

// Incoming returns how many synapses each target neuron has.
func (y *Synapses) Incoming() []int {
	return counts(plan.Column(y.incoming).I32, y.toStart, y.toLength)
}

func counts(all []int32, start, n int) []int {
	result := make([]int, n)
	for k := range result {
		result[k] = int(all[start+k])
	}
	return result
}

// count counts the synapses of each neuron.
func (y *Synapses) count() {
	out, in := make([]int32, y.from.part.n), make([]int32, y.to.part.n)
	for k := range y.pre {
		out[y.pre[k]]++
		in[y.post[k]]++
	}
	y.outgoing.Storage, y.incoming.Storage = &plan.Storage{Column: exec.Column{I32: out}}, &plan.Storage{Column: exec.Column{I32: in}}
}

// index returns the index array of that name, if it is one of the synapses: the numbers of their neurons or rows.
func (y *Synapses) index(name string) (numbers []int32, known bool) {
	switch name {
	case lower.PreIndex:
		return y.sources(), true
	case lower.PostIndex:
		return y.post, true
	}
	return y.placement.Index(name)
}

// address gives code that draws random numbers the addresses of the synapses for them: target, source, and how many synapses
// of the same pair were made before.
func (y *Synapses) address(bound *plan.Bound) {
	if len(bound.Program.Kernel.Sites) == 0 {
		return
	}
	y.countOccurrences()
	b := &bound.Binding
	b.ElementLow, b.ElementHigh, b.Occurrence = y.post, y.sources(), y.occurrence
}

// assigned returns what the assignment of an expression to a variable of all synapses amounts to, or nil if its values cannot
// be made again: it may depend on the numbers of their neurons, constants and random draws.
func (y *Synapses) assigned(v *model.Variable, program *plan.Program, step int64, key func(site string) uint64) plan.Origin {
	return plan.Assignment{
		To: v, N: y.n, Program: program, Fixed: []*model.Variable{y.sourceColumn, y.targetColumn}, Step: step, Key: key,
		Address: func(b *exec.Binding, lo, hi int) {
			y.countOccurrences()
			var sources []int32
			b.ElementLow = y.post[lo:hi]
			b.ElementHigh = moved(plan.Values(y.sourceColumn, lo, hi).I32, y.fromStart, &sources)
			if y.occurrence != nil {
				b.Occurrence = y.occurrence[lo:hi]
			}
		},
	}.Origin()
}

// countOccurrences counts how many synapses of the same pair were made before each.
func (y *Synapses) countOccurrences() {
	if y.addressed != y.n {
		y.occurrence = nil
		if earlier := connect.Occurrences(y.sources(), y.post); earlier != nil {
			y.occurrence = make([]uint16, y.n)
			for k, n := range earlier {
				y.occurrence[k] = uint16(n)
			}
		}
		y.addressed = y.n
	}
}

// between returns the synapses whose source and target are selected, in creation order.
func (y *Synapses) between(p *pairs) (selection, error) {
	member := func(numbers []int, start, length int, side string) ([]bool, error) {
		if numbers == nil {
			return nil, nil
		}
		set := make([]bool, length)
		for _, k := range numbers {
			if k < 0 {
				k += length
			}
			if k < 0 || k >= length {
				return nil, diag.Errorf(diag.Span{}, "IndexError", "index %d is out of bounds: the %s of '%s' has %d neurons.", k, side, y.name, length)
			}
			set[k] = true
		}
		return set, nil
	}
	sources, err := member(p.pre, y.fromStart, y.fromLength, "source")
	if err != nil {
		return selection{}, err
	}
	targets, err := member(p.post, y.toStart, y.toLength, "target")
	if err != nil {
		return selection{}, err
	}
	list, pre := []int32{}, y.sources()
	for k := range y.n {
		if (sources == nil || sources[int(pre[k])-y.fromStart]) && (targets == nil || targets[int(y.post[k])-y.toStart]) {
			list = append(list, int32(k))
		}
	}
	return selection{list: list}, nil
}

// resize gives all variables with one value for each synapse room for n synapses; new values are 0.
func (y *Synapses) resize(n int) {
	y.gather()
	resized := slices.Clone(y.variables)
	for _, pathway := range y.pathways {
		resized = append(resized, pathway.delays)
	}
	for _, v := range resized {
		if !v.Stored() || v.Shared {
			continue
		}
		m := plan.StorageOf(v)
		if c, ok := m.Origin.(plan.Constant); y.n == 0 || ok && c.Zero() {
			m.MakeFrom(plan.Zeros(v, n))
			continue
		}
		grown := exec.NewColumn(lower.StorageType(v), n)
		grown.CopyFrom(plan.Values(v, 0, y.n))
		*m = plan.Storage{Column: grown}
	}
	y.n = n
}

// grow adds synapses.
func (y *Synapses) grow(made *connect.Made) {
	from := y.n
	y.resize(from + made.Len())
	made.Fill(plan.Column(y.sourceColumn).I32[from:], plan.Column(y.targetColumn).I32[from:], y.simulation.Threads())
	y.reindex()
	y.numberCopies()
	for _, pathway := range y.pathways {
		pathway.moved = true
	}
}

// shifted adds an offset to numbers, in memory of its own unless it is 0.
func shifted(numbers []int32, offset int) []int32 {
	if offset == 0 {
		return numbers
	}
	all := make([]int32, len(numbers))
	for k, number := range numbers {
		all[k] = number + int32(offset)
	}
	return all
}

// sources returns the numbers of the source neurons in their whole group.
func (y *Synapses) sources() []int32 {
	if y.pre == nil {
		y.pre = shifted(plan.Column(y.sourceColumn).I32, y.fromStart)
	}
	return y.pre
}

// withdrawSources gives back the memory of the numbers of the sources, as long as nobody needs them, if they can be made
// again. bounds are the programs of the synapses in a run.
func (y *Synapses) withdrawSources(bounds []*plan.Bound) {
	if y.n == 0 || y.pre == nil || !slices.IsSorted(y.pre) || len(y.summed) > 0 {
		return
	}
	shown := plan.Column(y.sourceColumn).I32
	needed := func(numbers []int32) bool {
		return len(numbers) > 0 && (&numbers[0] == &y.pre[0] || &numbers[0] == &shown[0])
	}
	for _, bound := range bounds {
		b := &bound.Binding
		if b.ElementHigh != nil || slices.ContainsFunc(b.Indexes, needed) || slices.ContainsFunc(b.Columns, func(c exec.Column) bool { return needed(c.I32) }) {
			return
		}
	}
	if y.placement != nil && slices.ContainsFunc(y.placement.Rows, func(r *placement.Rows) bool { return needed(r.Of) }) {
		return
	}
	y.pre = nil
	plan.StorageOf(y.sourceColumn).MakeFrom(plan.NewAscending(plan.Column(y.outgoing).I32, y.fromStart))
}

// reindex computes what follows from the numbers of the neurons.
func (y *Synapses) reindex() {
	sources, targets := plan.Column(y.sourceColumn).I32, plan.Column(y.targetColumn).I32
	// Numbers in whole groups and in their parts are often the same: then they share memory.
	y.pre, y.post = shifted(sources, y.fromStart), shifted(targets, y.toStart)
	y.addressed = -1
	y.count()
	for _, pathway := range y.pathways {
		pathway.changed = true
	}
}

// withMultisynapticIndex adds the declaration of the variable that numbers the synapses of each pair.
func withMultisynapticIndex(equations *Equations, name string) (*Equations, error) {
	if name == "" {
		return equations, equations.Err()
	}
	if !isIdentifier(name) {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "'%s' cannot be the name of the multisynaptic index: use letters, digits and underscores.", name)
	}
	joined := equations.Add(NewEquations(name + " : integer"))
	return joined, joined.Err()
}

// numberCopies counts the synapses of each pair from 0, in the order of their creation.
func (y *Synapses) numberCopies() {
	if y.copyNumber == nil {
		return
	}
	numbers := plan.Column(y.copyNumber).I32
	clear(numbers)
	copy(numbers, connect.Occurrences(y.sources(), y.post))
}

// MultisynapticIndex returns the name of the variable that numbers the synapses of each pair; "" if there is none.
func (y *Synapses) MultisynapticIndex() string {
	if y.copyNumber == nil {
		return ""
	}
	return y.copyNumber.Name
}

// Occurrences returns for each synapse how many synapses of the same pair of neurons were made before it.
func (y *Synapses) Occurrences() []int {
	numbers := make([]int, y.n)
	for k, n := range connect.Occurrences(y.sources(), y.post) {
		numbers[k] = int(n)
	}
	return numbers
}
