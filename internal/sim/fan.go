package sim

import "slices"

// Fan lists the synapses of each neuron on one side, those of equal delay together: for the source side in
// order of delay, and within a delay in creation order.
type Fan struct {
	rows  []int32 // of neuron k: synapses[rows[k]:rows[k+1]]
	order []int32 // synapse numbers
	runs  []int32 // of neuron k: runs runs[k] to runs[k+1]-1
	delay []int32 // of each run, in steps
	end   []int32 // position in order at which each run ends
	// Longest is the largest delay in steps.
	Longest int
}

// NewFan groups synapses by neuron: neuron[s] is the number of synapse s's neuron, from 0 to n-1, and delays[s]
// its delay in steps; nil delays means that all have the delay common.
func NewFan(n int, neuron []int32, delays []int32, common int32) *Fan {
	f := &Fan{rows: make([]int32, n+1), order: make([]int32, len(neuron)), runs: make([]int32, n+1), Longest: int(common)}
	for _, k := range neuron {
		f.rows[k+1]++
	}
	for k := range n {
		f.rows[k+1] += f.rows[k]
	}
	next := slices.Clone(f.rows[:n])
	for s, k := range neuron {
		f.order[next[k]] = int32(s)
		next[k]++
	}
	if delays != nil {
		f.Longest = 0
		for _, d := range delays {
			f.Longest = max(f.Longest, int(d))
		}
	}
	for k := range n {
		lo, hi := f.rows[k], f.rows[k+1]
		row := f.order[lo:hi]
		if delays != nil {
			slices.SortStableFunc(row, func(a, b int32) int { return int(delays[a]) - int(delays[b]) })
		}
		for at, s := range row {
			d := common
			if delays != nil {
				d = delays[s]
			}
			if at == 0 || d != f.delay[len(f.delay)-1] {
				f.delay = append(f.delay, d)
				f.end = append(f.end, lo+int32(at))
			}
			f.end[len(f.end)-1] = lo + int32(at) + 1
		}
		f.runs[k+1] = int32(len(f.delay))
	}
	return f
}

// Push queues the synapses of a neuron that spikes.
func (f *Fan) Push(q *Queue, neuron int32) {
	from := f.rows[neuron]
	for run := f.runs[neuron]; run < f.runs[neuron+1]; run++ {
		to := f.end[run]
		q.Push(int(f.delay[run]), f.order[from:to])
		from = to
	}
}
