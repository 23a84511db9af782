package synfire

import (
	"slices"

	"synfire/internal/plan"
	"synfire/internal/syntax"
)

// Guesses of what elements cost, in nanoseconds of a step, by which the parts of a network get about as much to do. Only their
// ratios matter, and only where the neurons of a group differ in their synapses.
const (
	neuronCost    = 1.0  // of a neuron
	operationCost = 0.05 // of an operation in its equations, or in what a synapse does
	functionCost  = 1.0
	arrivalCost   = 3.0  // of a spike that arrives at a synapse
	returnCost    = 15.0 // more, of a spike that arrives from the neuron behind it: the synapses of a target lie apart
	guessedRate   = 2.0  // of each neuron, in hertz
)

// cut returns which elements of an object each part has.
func (p *preparation) cut(of *state) plan.Cut {
	cut := p.cuts[of]
	if cut == nil {
		cut = p.Even(of.n)
		if weights := p.weights(of); weights != nil {
			cut = p.Weighted(weights)
		}
		p.cuts[of] = cut
	}
	return cut
}

// weights are what the neurons of a group have to do; nil: all the same. Linked groups are cut alike, so that what a neuron
// sees of another group belongs to its part.
func (p *preparation) weights(of *state) []float64 {
	if p.Parts == 1 || p.linked[of] {
		return nil
	}
	var weights []float64
	for _, y := range p.connections {
		if y.to.part.state != of || y.n == 0 {
			continue
		}
		if weights == nil {
			weights = slices.Repeat([]float64{costOf(of)}, of.n)
		}
		cost := y.costOfRate() * guessedRate * of.clock.Dt()
		for k, n := range plan.Column(y.incoming).I32 {
			weights[k] += cost * float64(n)
		}
	}
	return weights
}

// costOf guesses what an element's step costs.
func costOf(s *state) float64 {
	cost := neuronCost
	for _, v := range s.variables {
		if v.Rhs != nil {
			cost += costOfExpr(v.Rhs)
		}
	}
	return cost
}

// costOfRate guesses what a synapse costs for each spike of its neurons, of which both have the same rate.
func (y *Synapses) costOfRate() float64 {
	cost := 0.0
	for _, w := range y.pathways {
		cost += arrivalCost
		if w.onPost {
			cost += returnCost
		}
		for _, statement := range w.code {
			cost += costOfExpr(statement.Value)
		}
	}
	return cost
}

func costOfExpr(x syntax.Expr) float64 {
	cost := 0.0
	syntax.Walk(x, func(x syntax.Expr) bool {
		cost += operationCost
		if _, calls := x.(*syntax.Call); calls {
			cost += functionCost
		}
		return true
	})
	return cost
}
