package connect

import "slices"

// Occurrences counts, for each synapse, the synapses of the same pair before it. It returns nil if no pair has
// several synapses.
func Occurrences(sources, targets []int32) []int32 {
	order := bySource(sources)
	at := func(k int) int32 {
		if order == nil {
			return int32(k)
		}
		return order[k]
	}
	if len(targets) == 0 {
		return nil
	}
	// Source by source: how many synapses each target has had from it.
	type seen struct{ source, times int32 }
	last := make([]seen, slices.Max(targets)+1)
	for k := range last {
		last[k].source = -1
	}
	var result []int32
	for k := range targets {
		synapse := at(k)
		s := &last[targets[synapse]]
		if source := sources[synapse]; s.source != source {
			*s = seen{source: source}
			continue
		}
		s.times++
		if result == nil {
			result = make([]int32, len(targets))
		}
		result[synapse] = s.times
	}
	return result
}

// bySource returns the synapses in order of their sources, those of one source in their own order; nil if they already
// stand so.
func bySource(sources []int32) []int32 {
	if slices.IsSorted(sources) {
		return nil
	}
	next := make([]int32, slices.Max(sources)+2)
	for _, source := range sources {
		next[source+1]++
	}
	for k := 1; k < len(next); k++ {
		next[k] += next[k-1]
	}
	order := make([]int32, len(sources))
	for k, source := range sources {
		order[next[source]] = int32(k)
		next[source]++
	}
	return order
}
