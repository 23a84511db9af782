package rng

import (
	"math"
	"slices"
)

// Shuffle brings n elements into random order; swap exchanges two of them. shuffle(x).
func (r *RandomState) Shuffle(n int, swap func(i, j int)) {
	for i := n - 1; i > 0; i-- {
		if j := int(r.upTo(uint64(i))); i != j {
			swap(i, j)
		}
	}
}

// Permutation returns the numbers 0 to n-1 in random order. permutation(n).
func (r *RandomState) Permutation(n int) []int {
	order := make([]int, max(n, 0))
	for i := range order {
		order[i] = i
	}
	r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	return order
}

// Choice returns size indices of a population. choice(population, size, replace, p): probabilities is nil for
// equal ones. Errors are ValueErrors in NumPy's words.
func (r *RandomState) Choice(population, size int, replace bool, probabilities []float64) ([]int, error) {
	if population <= 0 && size > 0 {
		return nil, valueError("a must be greater than 0 unless no samples are taken")
	}
	if size < 0 {
		return nil, valueError("negative dimensions are not allowed")
	}
	if probabilities != nil {
		if err := checkProbabilities(population, probabilities); err != nil {
			return nil, err
		}
	}
	if !replace && size > population {
		return nil, valueError("Cannot take a larger sample than population when 'replace=False'")
	}
	switch {
	case probabilities == nil && replace:
		chosen := make([]int, size)
		for i := range chosen {
			chosen[i] = int(r.upTo(uint64(population - 1)))
		}
		return chosen, nil
	case probabilities == nil:
		return r.Permutation(population)[:size], nil
	case replace:
		cumulated := cumulate(probabilities)
		chosen := make([]int, size)
		for i := range chosen {
			chosen[i] = after(cumulated, r.Float64())
		}
		return chosen, nil
	}
	return r.choiceWithoutReplacement(size, probabilities)
}

// choiceWithoutReplacement draws with replacement, keeps the first of each index, and draws the rest again
// from the others.
func (r *RandomState) choiceWithoutReplacement(size int, probabilities []float64) ([]int, error) {
	positive := 0
	for _, p := range probabilities {
		if p > 0 {
			positive++
		}
	}
	if positive < size {
		return nil, valueError("Fewer non-zero entries in p than size")
	}
	left := slices.Clone(probabilities)
	chosen := make([]int, 0, size)
	for len(chosen) < size {
		draws := make([]float64, size-len(chosen))
		for i := range draws {
			draws[i] = r.Float64()
		}
		for _, i := range chosen {
			left[i] = 0
		}
		cumulated := cumulate(left)
		seen := map[int]bool{}
		for _, x := range draws {
			if i := after(cumulated, x); !seen[i] {
				seen[i] = true
				chosen = append(chosen, i)
			}
		}
	}
	return chosen, nil
}

func checkProbabilities(population int, probabilities []float64) error {
	if len(probabilities) != population {
		return valueError("'a' and 'p' must have same size")
	}
	sum, lost := 0.0, 0.0 // Kahan's summation
	for _, p := range probabilities {
		y := p - lost
		t := sum + y
		lost = (t - sum) - y
		sum = t
	}
	switch {
	case math.IsNaN(sum):
		return valueError("probabilities contain NaN")
	case slices.Min(probabilities) < 0:
		return valueError("probabilities are not non-negative")
	case math.Abs(sum-1) > math.Sqrt(0x1p-52):
		return valueError("probabilities do not sum to 1")
	}
	return nil
}

// cumulate returns the running sums, scaled so that the last is 1.
func cumulate(probabilities []float64) []float64 {
	sums := make([]float64, len(probabilities))
	sum := 0.0
	for i, p := range probabilities {
		sum += p
		sums[i] = sum
	}
	for i := range sums {
		sums[i] /= sum
	}
	return sums
}

// after returns the number of elements of sorted that are not above x.
func after(sorted []float64, x float64) int {
	i, found := slices.BinarySearch(sorted, x)
	for found && i < len(sorted) && sorted[i] == x {
		i++
	}
	return i
}
