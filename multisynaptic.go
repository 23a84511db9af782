package synfire

import (
	"synfire/internal/connect"
	"synfire/internal/diag"
	"synfire/internal/plan"
)

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
