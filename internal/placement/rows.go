package placement

import (
	"math"
	"slices"

	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/internal/plan"
)

// RowsOf returns the rows of synapses: those of one neuron and one delay, in steps. neurons holds the neuron of each synapse, of
// which there are n; delays holds their delays, or one that all have. Rows of one delay are the neurons, with the index
// array index; others are numbered as they come, in an index array of the name own.
func RowsOf(neurons []int32, n int, delays []int32, index, own string) *Rows {
	shortest, longest := slices.Min(delays), slices.Max(delays)
	if shortest == longest {
		return &Rows{Index: index, Of: neurons, N: n}
	}
	r := &Rows{Index: own, Of: make([]int32, len(neurons))}
	// A table over neurons and delays, where those are few enough; 0 stands for a row that is not numbered yet.
	width := int(longest-shortest) + 1
	var table []int32
	number := func(key int) *int32 { return &table[key] }
	if size := n * width; size <= 8*len(neurons) {
		table = make([]int32, size)
	} else {
		numbers := map[int]*int32{}
		number = func(key int) *int32 {
			if numbers[key] == nil {
				numbers[key] = new(int32)
			}
			return numbers[key]
		}
	}
	for s, neuron := range neurons {
		row := number(int(neuron)*width + int(delays[s]-shortest))
		if *row == 0 {
			r.N++
			*row = int32(r.N)
		}
		r.Of[s] = *row - 1
	}
	return r
}

// collect gives each row the value that its synapses have; false: they differ.
func collect(v *model.Variable, row []int32, to exec.Column) bool {
	if x, equal := plan.OnlyValue(v, len(row)); equal {
		for row := range to.Len() {
			to.SetFloat(row, x)
		}
		return true
	}
	from := plan.Values(v, 0, len(row))
	filled := make([]bool, to.Len())
	for s, r := range row {
		switch x := from.Float(s); {
		case !filled[r]:
			filled[r] = true
			to.SetFloat(int(r), x)
		case math.Float64bits(x) != math.Float64bits(to.Float(int(r))):
			return false
		}
	}
	return true
}
