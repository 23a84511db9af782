package sim

import (
	"cmp"
	"slices"
	"sync"
)

// Fan lists the synapses of each neuron on one side, those of equal delay together, which are a run: in order of delay,
// and within a run in creation order. It may hold only the synapses of one part of the network.
type Fan struct {
	runs  []int32 // of neuron k: runs runs[k] to runs[k+1]-1
	delay []int32 // of each run, in steps
	end   []int32 // how many synapses there are up to the end of each run
	first []int32 // the number of each run's first synapse
	order []int32 // the numbers of all synapses, run after run; nil if those of each run are consecutive
}

// run returns the number of the first synapse of a run, how many there are, and their numbers if they are not
// consecutive for sure.
func (f *Fan) run(run int32) (first, n int32, list []int32) {
	from := int32(0)
	if run > 0 {
		from = f.end[run-1]
	}
	if f.order != nil {
		list = f.order[from:f.end[run]]
	}
	return f.first[run], f.end[run] - from, list
}

// appendRun appends the numbers of the synapses of a run.
func (f *Fan) appendRun(numbers []int32, run int32) []int32 {
	first, n, list := f.run(run)
	if list != nil {
		return append(numbers, list...)
	}
	for s := first; s < first+n; s++ {
		numbers = append(numbers, s)
	}
	return numbers
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
	f := &Fan{runs: make([]int32, w.Neurons+1)}
	rows, order := w.rows(part)
	longest := w.Longest()
	consecutive := true
	for k := range w.Neurons {
		lo, hi := rows[k], rows[k+1]
		row := order[lo:hi]
		if w.Delays != nil {
			sortByDelay(row, w.Delays, longest)
		}
		for at, s := range row {
			d := w.Common
			if w.Delays != nil {
				d = w.Delays[s]
			}
			last := len(f.end) - 1
			if at == 0 || d != f.delay[last] {
				f.delay, f.end, f.first = append(f.delay, d), append(f.end, 0), append(f.first, s)
				last++
			} else {
				consecutive = consecutive && s == row[at-1]+1
			}
			f.end[last] = lo + int32(at) + 1
		}
		f.runs[k+1] = int32(len(f.delay))
	}
	f.delay, f.end, f.first = slices.Clip(f.delay), slices.Clip(f.end), slices.Clip(f.first)
	if !consecutive {
		f.order = order
	}
	return f
}

// rows sorts the synapses of a part by neuron: those of neuron k are order[rows[k]:rows[k+1]], ascending.
func (w *Wiring) rows(part int) (rows, order []int32) {
	rows = make([]int32, w.Neurons+1)
	mine := func(s int) bool { return w.Owner == nil || w.Owner[w.Owned[s]] == uint16(part) }
	for s, k := range w.Neuron {
		if mine(s) {
			rows[k-w.First+1]++
		}
	}
	for k := range w.Neurons {
		rows[k+1] += rows[k]
	}
	order = make([]int32, rows[w.Neurons])
	next := slices.Clone(rows[:w.Neurons])
	for s, k := range w.Neuron {
		if mine(s) {
			order[next[k-w.First]] = int32(s)
			next[k-w.First]++
		}
	}
	return rows, order
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
