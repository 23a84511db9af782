package synfire

import (
	"fmt"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// link is what a linked variable stands for: a name of another group, seen by each element through an index array, or,
// without one, at the element of the same number.
type link struct {
	of    *part
	name  string
	index model.Index // Own: the same number
	// number is the source's i for each element; nil where it is the element's own.
	number *model.Variable
}

// indexArray says for each element of an object which element of another one is meant.
type indexArray struct {
	numbers []int32
	// Of synapses: the array is that of the neurons on one side.
	synapses *Synapses
	side     model.Index
}

// Link makes a variable that the equations declare as (linked) stand for a variable of another group: it is the same
// memory, under another name. Element k stands for element index[k] of the source, or for element k without an index;
// then the groups must have the same size, unless the variable has one value for the whole source. The source may be synapses
// if the variable is (shared). Errors have Brian2's kinds.
func (g *NeuronGroup) Link(name string, source End, variable string, index []int) error {
	v := g.byName[name]
	if v == nil || !v.Linked {
		return diag.Errorf(diag.Span{}, "TypeError", "Cannot link variable '%s', it has to be marked as a linked variable with '(linked)' in the model equations.", name)
	}
	end, err := endOf(source)
	if err != nil {
		return err
	}
	of := end.part
	symbol, err := of.find(variable)
	if err != nil {
		return err
	}
	if of.synapses != nil && (symbol.Kind != model.VariableSymbol || symbol.Index != model.Shared) {
		return diag.Errorf(diag.Span{}, "NotImplementedError", "Linking to variable %s is not supported, can only link to state variables of fixed size.", variable)
	}
	if symbol.Dim != v.Dim {
		return diag.Errorf(diag.Span{}, "DimensionMismatchError", "Unit of variable '%s' does not match its link target '%s'", name, variable)
	}
	if symbol.Type != v.Type {
		return diag.Errorf(diag.Span{}, "TypeError", "'%s' is %s, but its link target '%s' is %s.", name, v.Type, variable, symbol.Type)
	}
	start, _ := of.bounds()
	made := &link{of: of, name: variable}
	shared := symbol.Kind == model.VariableSymbol && symbol.Index == model.Shared
	if !shared && (of.Len() != 1 || index != nil) {
		if err := g.equations.parsed.CheckLinked(name); err != nil {
			return err
		}
	}
	switch {
	case index != nil:
		if len(index) != g.n {
			return diag.Errorf(diag.Span{}, "TypeError", "Index array for linked variable '%s' has to be a one-dimensional array of length %d, but has length %d.", name, g.n, len(index))
		}
		for _, k := range index {
			if k < 0 || k >= of.Len() {
				return diag.Errorf(diag.Span{}, "ValueError", "Index array for linked variable %s contains values outside of the valid range [0, %d[", name, of.Len())
			}
		}
		made.index = g.simulation.newIndex(index, start)
	case shared:
	case of.Len() == 1 && g.n != 1:
		made.index = g.simulation.newIndex(make([]int, g.n), start)
	case of.Len() != g.n:
		return diag.Errorf(diag.Span{}, "ValueError", "Cannot link variable '%s' to '%s', the size of the target group does not match (%d != %d). You can provide an indexing scheme with the 'index' keyword to link groups with different sizes",
			name, variable, g.n, of.Len())
	case of.n != g.n:
		same := make([]int, g.n)
		for k := range same {
			same[k] = k
		}
		made.index = g.simulation.newIndex(same, start)
	}
	if made.index.IsArray() {
		numbers := exec.NewColumn(ir.I32, g.n)
		for k, number := range g.simulation.indexArray(made.index).numbers {
			numbers.I32[k] = number - int32(start)
		}
		made.number = implicit(g.name, linkedName(name, "i"), model.Integer, units.Dimension{}, numbers)
	}
	if g.links == nil {
		g.links = map[string]*link{}
	}
	g.links[name] = made
	return nil
}

// linkedTo returns what a linked variable stands for, or nil.
func (s *state) linkedTo(name string) *model.Symbol {
	l := s.links[name]
	if l == nil {
		return nil
	}
	seen := l.seen(s.simulation, name, l.name)
	if seen != nil {
		seen.Name = name
	}
	return seen
}

// linkedName is how code calls a name of the source of a link: a subexpression of the source mentions its names, which
// may mean something else here.
func linkedName(link, name string) string { return "_" + link + "_" + name }

// seen returns what a name of the source means for code that sees it through the link.
func (l *link) seen(simulation *Simulation, linked, name string) *model.Symbol {
	symbol := l.of.object(name)
	if symbol == nil {
		return nil
	}
	seen := *symbol
	switch symbol.Kind {
	case model.VariableSymbol:
		if symbol.Index != model.Shared {
			seen.Index = simulation.through(l.index, symbol.Index)
		}
	case model.ElementNumber:
		if l.number != nil {
			return l.number.Symbol()
		}
	case model.Expression:
		seen.Body = syntax.Rewrite(symbol.Body, func(e syntax.Expr) syntax.Expr {
			if ident, ok := e.(*syntax.Name); ok && ident.Ident != "t" && ident.Ident != "dt" && l.of.object(ident.Ident) != nil {
				return &syntax.Name{At: ident.At, Ident: linkedName(linked, ident.Ident)}
			}
			return e
		})
	}
	return &seen
}

// newIndex registers an index array: numbers of elements from first on.
func (s *Simulation) newIndex(numbers []int, first int) model.Index {
	array := &indexArray{numbers: make([]int32, len(numbers))}
	for k, number := range numbers {
		array.numbers[k] = int32(first + number)
	}
	return s.addIndex(array)
}

func (s *Simulation) addIndex(array *indexArray) model.Index {
	s.indexArrays = append(s.indexArrays, array)
	return model.FirstArray + model.Index(len(s.indexArrays)-1)
}

func (s *Simulation) indexArray(index model.Index) *indexArray {
	return s.indexArrays[index-model.FirstArray]
}

// through returns the index of what an element sees through outer at an element that sees it through inner.
func (s *Simulation) through(outer, inner model.Index) model.Index {
	switch {
	case outer == model.Own:
		return inner
	case inner == model.Own:
		return outer
	}
	pair := [2]model.Index{outer, inner}
	if known, ok := s.composed[pair]; ok {
		return known
	}
	first, then := s.indexArray(outer).numbers, s.indexArray(inner).numbers
	composed := &indexArray{numbers: make([]int32, len(first))}
	for k, number := range first {
		composed.numbers[k] = then[number]
	}
	s.composed[pair] = s.addIndex(composed)
	return s.composed[pair]
}

// ofNeighbour returns the index by which a synapse sees what its neuron on one side sees through an index array.
func (y *Synapses) ofNeighbour(side, index model.Index) model.Index {
	numbers := y.simulation.indexArray(index).numbers
	for k, known := range y.simulation.indexArrays {
		if known.synapses == y && known.side == side && &known.numbers[0] == &numbers[0] {
			return model.FirstArray + model.Index(k)
		}
	}
	return y.simulation.addIndex(&indexArray{numbers, y, side})
}

// sideOf returns the side of synapses to which an index belongs, or Own.
func (s *Simulation) sideOf(index model.Index) model.Index {
	if index.IsArray() {
		return s.indexArray(index).side
	}
	return index
}

// elements returns the array as code needs it: one number for each element that it runs for.
func (a *indexArray) elements() []int32 {
	if a.synapses == nil {
		return a.numbers
	}
	neuron := a.synapses.sources()
	if a.side == model.Post {
		neuron = a.synapses.post
	}
	return a.at(neuron)
}

// at returns the numbers for a list of neurons.
func (a *indexArray) at(neurons []int32) []int32 {
	list := make([]int32, len(neurons))
	for k, neuron := range neurons {
		list[k] = a.numbers[neuron]
	}
	return list
}

// arraysOf returns the index arrays that a program needs: those of its synapses, if it has any, and those of links.
func (s *Simulation) arraysOf(program *plan.Program, of *Synapses) map[string][]int32 {
	indexes := map[string][]int32{}
	for _, name := range program.Kernel.Indexes {
		if of != nil {
			if numbers, known := of.index(name); known {
				indexes[name] = numbers
				continue
			}
		}
		indexes[name] = s.arrayNamed(name).elements()
	}
	return indexes
}

// isArrayName reports whether an index array is one of links.
func isArrayName(name string) bool { return strings.HasPrefix(name, "array ") }

func (s *Simulation) arrayNamed(name string) *indexArray {
	for k := range s.indexArrays {
		if index := model.FirstArray + model.Index(k); index.String() == name {
			return s.indexArray(index)
		}
	}
	panic(fmt.Sprintf("BUG: there is no index array '%s'", name))
}

// checkAliases refuses code that would see, through a link, elements that it has already changed.
func checkAliases(kernel *ir.Kernel) error {
	for k, v := range kernel.Vars {
		if v.Index != ir.Indexed || !isArrayName(kernel.Indexes[v.Via]) {
			continue
		}
		for other, w := range kernel.Vars {
			if w.Index == ir.Own && kernel.SameStorage(ir.VarID(k), ir.VarID(other)) && kernel.Written(ir.VarID(other)) {
				return diag.Errorf(diag.Span{}, "NotImplementedError", "Synfire does not support links by which neurons see a variable of others that the same code changes yet ('%s' in '%s').", v.Name, kernel.Name).
					WithHint("copy the variable first: declare a parameter and set it with run_regularly.")
			}
		}
	}
	return nil
}

// checkLinks refuses linked variables that are linked to nothing.
func (s *state) checkLinks() error {
	for _, v := range s.variables {
		if v.Linked && s.links[v.Name] == nil {
			return unlinked(v)
		}
	}
	return nil
}

func unlinked(v *model.Variable) error {
	return diag.Errorf(diag.Span{}, "TypeError", "Link target for variable %s has not been set.", v.Name).
		WithHint("set it, as in G.%s = linked_var(other, '%s').", v.Name, v.Name)
}

// linkedElements returns the elements that a selection of elements means through an index.
func (s *Simulation) linkedElements(index model.Index, elements selection) selection {
	if !index.IsArray() {
		return elements
	}
	numbers := s.indexArray(index).numbers
	list := make([]int32, elements.count())
	for k := range list {
		list[k] = numbers[elements.at(k)]
	}
	return selection{list: list}
}
