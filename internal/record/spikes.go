package record

import "slices"

// Spikes are recorded events: neuron I[k] at time T[k] in seconds, ordered by time, and for each time as they were
// emitted.
type Spikes struct {
	I []int32
	T []float64
	// Total number of events, also where I and T are not kept.
	Total int64

	count   []int64 // of each neuron
	counted int     // how many of I are in count
}

// NewSpikes returns an empty record of n neurons.
func NewSpikes(n int) *Spikes { return &Spikes{count: make([]int64, n)} }

// Recorded returns a record with the given events, which counts as Counts returned it.
func Recorded(neurons []int32, times []float64, counts []int64, total int64) *Spikes {
	return &Spikes{I: neurons, T: times, Total: total, count: counts, counted: len(neurons)}
}

// Add records events of ascending neurons at one time; those from first on count, as neuron 0 and so on. Without keep,
// they are only counted.
func (s *Spikes) Add(at float64, neurons []int32, first int, keep bool) {
	last := first + len(s.count)
	for len(neurons) > 0 && int(neurons[0]) < first {
		neurons = neurons[1:]
	}
	for len(neurons) > 0 && int(neurons[len(neurons)-1]) >= last {
		neurons = neurons[:len(neurons)-1]
	}
	s.Total += int64(len(neurons))
	if !keep {
		for _, k := range neurons {
			s.count[int(k)-first]++
		}
		return
	}
	n := len(s.I)
	s.I, s.T = grown(s.I, len(neurons)), grown(s.T, len(neurons))
	for j, k := range neurons {
		s.I[n+j], s.T[n+j] = k-int32(first), at
	}
}

// grown returns a list that is longer by n. Its memory doubles when it is full: to touch new memory takes longer than to
// fill it, and append would do so five times for each element of a long list.
func grown[E any](list []E, n int) []E {
	if len(list)+n > cap(list) {
		list = slices.Grow(list, max(n, len(list)))
	}
	return list[:len(list)+n]
}

// Counts returns the number of events of each neuron. The slice must not be changed.
func (s *Spikes) Counts() []int64 {
	for _, k := range s.I[s.counted:] {
		s.count[k]++
	}
	s.counted = len(s.I)
	return s.count
}

// Clone returns a copy.
func (s *Spikes) Clone() *Spikes {
	c := *s
	c.I, c.T, c.count = slices.Clone(s.I), slices.Clone(s.T), slices.Clone(s.count)
	return &c
}

// Bytes returns how much memory the record takes.
func (s *Spikes) Bytes() int64 { return 4*int64(cap(s.I)) + 8*int64(cap(s.T)+cap(s.count)) }

// Trains returns the positions of the events of each neuron, in order: those of neuron k are
// order[start[k]:start[k+1]]. It is a counting sort.
func (s *Spikes) Trains() (start, order []int32) {
	start = make([]int32, len(s.count)+1)
	for _, k := range s.I {
		start[k+1]++
	}
	for k := range s.count {
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
