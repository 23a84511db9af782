package synfire

import (
	"synfire/internal/model"
	"synfire/internal/syntax"
)

// Synapses can come from other synapses, or go to them: their elements take the place of neurons. Networks that have
// such synapses run in one part, because the elements of the inner synapses belong to the parts of their targets, and the
// outer ones read and write them in every order; and every inner synapse keeps its own variables.

// ends returns the synapses that the synapses connect; nil for groups of neurons.
func (y *Synapses) ends() []*Synapses {
	var inner []*Synapses
	for _, side := range []*population{y.from, y.to} {
		if side.part.synapses != nil {
			inner = append(inner, side.part.synapses)
		}
	}
	return inner
}

// renewEnds takes account of synapses that were made since at the ends.
func (y *Synapses) renewEnds() {
	for _, inner := range y.ends() {
		inner.gather()
	}
	if from, to := y.from.part.Len(), y.to.part.Len(); from != y.fromLength || to != y.toLength {
		y.fromLength, y.toLength = from, to
		y.count()
	}
}

// connectedBy reports whether other synapses of the network come from these or go to them.
func (y *Synapses) connectedBy(n *Network) bool {
	for _, o := range n.objects {
		if other, ok := o.(*Synapses); ok {
			for _, inner := range other.ends() {
				if inner == y {
					return true
				}
			}
		}
	}
	return false
}

// neighbouringSynapse finds the names of the synapses on one side, without their suffix: their own variables, and those
// of the neurons that they connect.
func (y *Synapses) neighbouringSynapse(inner *Synapses, index model.Index) func(string) *model.Symbol {
	var find func(name string) *model.Symbol
	find = func(name string) *model.Symbol {
		if y.byName[name] == nil && inner.byName[name] == nil && inner.clock.symbol(name) != nil {
			return nil // the time is that of the outer synapses
		}
		symbol := inner.symbol(name)
		if symbol == nil {
			return nil
		}
		seen := *symbol
		switch symbol.Kind {
		case model.VariableSymbol:
			switch {
			case symbol.Index == model.Own:
				seen.Index = index
			case symbol.Index == model.Pre || symbol.Index == model.Post:
				if inner.n == 0 {
					return nil
				}
				seen.Index = y.ofNeighbour(index, inner.numbersOf(symbol.Index))
			case symbol.Index.IsArray():
				return nil
			}
		case model.Expression:
			whole := true
			seen.Body = syntax.Rewrite(symbol.Body, func(e syntax.Expr) syntax.Expr {
				ident, ok := e.(*syntax.Name)
				if !ok || ident.Ident == "t" || ident.Ident == "dt" || inner.symbol(ident.Ident) == nil {
					return e
				}
				if find(ident.Ident) == nil {
					whole = false
				}
				return &syntax.Name{At: ident.At, Ident: ident.Ident + index.String()}
			})
			if !whole {
				return nil
			}
		}
		return &seen
	}
	return find
}

// numbersOf returns the index array of the neurons on one side of the synapses.
func (y *Synapses) numbersOf(side model.Index) model.Index {
	numbers := y.post
	if side == model.Pre {
		numbers = y.sources()
	}
	for k, known := range y.simulation.indexArrays {
		if known.synapses == nil && len(known.numbers) == len(numbers) && &known.numbers[0] == &numbers[0] {
			return model.FirstArray + model.Index(k)
		}
	}
	return y.simulation.addIndex(&indexArray{numbers: numbers})
}
