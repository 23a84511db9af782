package record

// Spikes are recorded events: neuron I[k] at time T[k] in seconds, ordered by time, and for each time as they were
// emitted.
type Spikes struct {
	I []int32
	T []float64
	// Count of events of each neuron.
	Count []int64
	// Total number of events, also where I and T are not kept.
	Total int64
}

// NewSpikes returns an empty record of n neurons.
func NewSpikes(n int) *Spikes { return &Spikes{Count: make([]int64, n)} }

// Clone returns a copy.
func (s *Spikes) Clone() *Spikes {
	return &Spikes{
		I: append([]int32(nil), s.I...), T: append([]float64(nil), s.T...),
		Count: append([]int64(nil), s.Count...), Total: s.Total,
	}
}

// Trains returns the positions of the events of each neuron, in order: those of neuron k are
// order[start[k]:start[k+1]]. It is a counting sort.
func (s *Spikes) Trains() (start, order []int32) {
	start = make([]int32, len(s.Count)+1)
	for _, k := range s.I {
		start[k+1]++
	}
	for k := range s.Count {
		start[k+1] += start[k]
	}
	next := append([]int32(nil), start...)
	order = make([]int32, len(s.I))
	for at, k := range s.I {
		order[next[k]] = int32(at)
		next[k]++
	}
	return start, order
}
