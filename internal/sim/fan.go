package sim

import (
	"cmp"
	"slices"
	"sync"
)

// Fan lists the synapses of each neuron on one side, those of equal delay together: in order of delay, and within a
// delay in creation order. It may hold only the synapses of one part of the network.
type Fan struct {
	rows  []int32 // of neuron k: order[rows[k]:rows[k+1]]
	order []int32 // synapse numbers
	runs  []int32 // of neuron k: runs runs[k] to runs[k+1]-1
	delay []int32 // of each run, in steps
	end   []int32 // position in order at which each run ends
}

// Wiring says which synapses fans are made of.
type Wiring struct {
	// Neurons is how many neurons the side has from which fans go; Neuron is the number of each synapse's neuron there,
	// from First to First+Neurons-1.
	Neurons int
	Neuron  []int32
	First   int32
	// Delays are the delays in steps of the synapses; nil: all have the delay Common.
	Delays []int32
	Common int32
	// Owner gives the part of each neuron on the side that owns the synapses, Owned the number there of each synapse's
	// neuron. Owner nil: one part has all.
	Owner []uint16
	Owned []int32
}

// Shortest and Longest return the smallest and the largest delay in steps; without synapses, the delay common to all.
func (w *Wiring) Shortest() int {
	if len(w.Delays) == 0 {
		return int(w.Common)
	}
	return int(slices.Min(w.Delays))
}

// Longest is described at Shortest.
func (w *Wiring) Longest() int {
	if len(w.Delays) == 0 {
		return int(w.Common)
	}
	return int(slices.Max(w.Delays))
}

// Fans returns the fan of each part.
func (w *Wiring) Fans(parts int) []*Fan {
	fans := make([]*Fan, parts)
	var wait sync.WaitGroup
	for part := range fans {
		wait.Go(func() { fans[part] = w.fan(part) })
	}
	wait.Wait()
	return fans
}

func (w *Wiring) fan(part int) *Fan {
	f := &Fan{rows: make([]int32, w.Neurons+1), runs: make([]int32, w.Neurons+1)}
	mine := func(s int) bool { return w.Owner == nil || w.Owner[w.Owned[s]] == uint16(part) }
	for s, k := range w.Neuron {
		if mine(s) {
			f.rows[k-w.First+1]++
		}
	}
	for k := range w.Neurons {
		f.rows[k+1] += f.rows[k]
	}
	f.order = make([]int32, f.rows[w.Neurons])
	next := slices.Clone(f.rows[:w.Neurons])
	for s, k := range w.Neuron {
		if mine(s) {
			f.order[next[k-w.First]] = int32(s)
			next[k-w.First]++
		}
	}
	longest := w.Longest()
	for k := range w.Neurons {
		lo, hi := f.rows[k], f.rows[k+1]
		if w.Delays == nil {
			if hi > lo {
				f.delay, f.end = append(f.delay, w.Common), append(f.end, hi)
			}
		} else {
			row := f.order[lo:hi]
			sortByDelay(row, w.Delays, longest)
			for at, s := range row {
				if d := w.Delays[s]; at == 0 || d != f.delay[len(f.delay)-1] {
					f.delay, f.end = append(f.delay, d), append(f.end, 0)
				}
				f.end[len(f.end)-1] = lo + int32(at) + 1
			}
		}
		f.runs[k+1] = int32(len(f.delay))
	}
	return f
}

// sortByDelay sorts ascending synapse numbers by delay; those of equal delay stay ascending.
func sortByDelay(row, delays []int32, longest int) {
	if len(row) <= longest {
		slices.SortFunc(row, func(a, b int32) int { return cmp.Or(cmp.Compare(delays[a], delays[b]), cmp.Compare(a, b)) })
		return
	}
	// More synapses than delays: a counting sort.
	next := make([]int, longest+2)
	for _, s := range row {
		next[delays[s]+1]++
	}
	for d := range longest {
		next[d+1] += next[d]
	}
	sorted := make([]int32, len(row))
	for _, s := range row {
		sorted[next[delays[s]]] = s
		next[delays[s]]++
	}
	copy(row, sorted)
}
