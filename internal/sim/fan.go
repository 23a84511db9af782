package sim

import (
	"cmp"
	"slices"
	"sync"

	"synfire/internal/exec"
)

// Fan lists the synapses of each neuron on one side, those of equal delay together, which are a run: in order of delay,
// and within a run in creation order. It may hold only the synapses of one part of the network.
//
// Where all synapses have the same delay, each neuron has one run, which may be empty.
type Fan struct {
	starts []int32 // of neuron k: runs starts[k] to starts[k+1]-1; nil: it has run k
	runs   []run
	order  []int32 // the numbers of all synapses, run after run; nil if those of each run are consecutive
}

// run is the synapses first to end-1 or, where the fan has an order, those that stand at these places of it.
type run struct {
	first, end int32
	delay      int32 // in steps
}

// stretch returns the synapses of a run, if they are consecutive.
func (f *Fan) stretch(r *run) (s exec.Stretch, ok bool) {
	if f.order == nil {
		return exec.Stretch{First: r.first, End: r.end}, true
	}
	first, last := f.order[r.first], f.order[r.end-1]
	return exec.Stretch{First: first, End: last + 1}, last-first == r.end-1-r.first
}

// one returns the number of the first synapse of a run.
func (f *Fan) one(r *run) int32 {
	if f.order == nil {
		return r.first
	}
	return f.order[r.first]
}

// appendRun appends the numbers of the synapses of a run.
func (f *Fan) appendRun(numbers []int32, r *run) []int32 {
	if f.order != nil {
		return append(numbers, f.order[r.first:r.end]...)
	}
	for s := r.first; s < r.end; s++ {
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
	f := &Fan{}
	if w.Delays != nil {
		f.starts = make([]int32, w.Neurons+1)
	}
	rows, order := w.rows(part)
	longest := w.Longest()
	consecutive := true
	for k := range w.Neurons {
		lo, hi := rows[k], rows[k+1]
		row := order[lo:hi]
		if w.Delays == nil {
			f.runs = append(f.runs, run{lo, hi, w.Common})
			consecutive = consecutive && (lo == hi || row[len(row)-1]-row[0] == hi-1-lo)
			continue
		}
		sortByDelay(row, w.Delays, longest)
		for at, s := range row {
			d := w.Delays[s]
			place := lo + int32(at)
			last := len(f.runs) - 1
			if at == 0 || d != f.runs[last].delay {
				f.runs = append(f.runs, run{first: place, delay: d})
				last++
			} else {
				consecutive = consecutive && s == row[at-1]+1
			}
			f.runs[last].end = place + 1
		}
		f.starts[k+1] = int32(len(f.runs))
	}
	f.runs = slices.Clip(f.runs)
	if !consecutive {
		f.order = order
		return f
	}
	for k := range f.runs {
		if r := &f.runs[k]; r.end > r.first {
			n := r.end - r.first
			r.first = order[r.first]
			r.end = r.first + n
		}
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
