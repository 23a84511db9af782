package record

import "slices"

// Spikes are recorded events, ordered by time, and for each time as they were emitted. The parts of a network record at the
// same time, each its own elements, in the order of time; what they recorded is put together when somebody asks.
type Spikes struct {
	neurons []int32
	times   []float64 // in seconds
	parts   []told
	// total is the number of events that no part has, also of those that are not kept.
	total int64

	count   []int64 // of each neuron
	counted int     // how many of neurons are in count
}

// told is what a part has recorded since it was put together: neurons, and for each time the position after the last one. What
// different parts write lies on different cache lines.
type told struct {
	neurons []int32
	times   []float64
	ends    []int
	total   int64
	_       [64]byte
}

// NewSpikes returns an empty record of n neurons, of which one part records.
func NewSpikes(n int) *Spikes { return &Spikes{count: make([]int64, n), parts: make([]told, 1)} }

// Recorded returns a record with the given events, which counts as Counts returned it.
func Recorded(neurons []int32, times []float64, counts []int64, total int64) *Spikes {
	return &Spikes{neurons: neurons, times: times, total: total, count: counts, counted: len(neurons), parts: make([]told, 1)}
}

// Divide prepares for that many parts to record.
func (s *Spikes) Divide(parts int) {
	s.total = s.Total()
	s.together()
	s.parts = make([]told, parts)
}

// Parts returns how many parts record.
func (s *Spikes) Parts() int { return len(s.parts) }

// Add has a part record events of ascending neurons at one time; those from first on count, as neuron 0 and so on. Without
// keep, they are only counted.
func (s *Spikes) Add(part int, at float64, neurons []int32, first int, keep bool) {
	last := first + len(s.count)
	for len(neurons) > 0 && int(neurons[0]) < first {
		neurons = neurons[1:]
	}
	for len(neurons) > 0 && int(neurons[len(neurons)-1]) >= last {
		neurons = neurons[:len(neurons)-1]
	}
	if len(neurons) == 0 {
		return
	}
	p := &s.parts[part]
	p.total += int64(len(neurons))
	if !keep {
		for _, k := range neurons {
			s.count[int(k)-first]++
		}
		return
	}
	n := len(p.neurons)
	p.neurons = grown(p.neurons, len(neurons))
	for j, k := range neurons {
		p.neurons[n+j] = k - int32(first)
	}
	p.times, p.ends = append(p.times, at), append(p.ends, len(p.neurons))
}

// grown returns a list that is longer by n. Its memory doubles when it is full: to touch new memory takes longer than to
// fill it, and append would do so five times for each element of a long list.
func grown[E any](list []E, n int) []E {
	if len(list)+n > cap(list) {
		list = slices.Grow(list, max(n, len(list)))
	}
	return list[:len(list)+n]
}

// together puts together what parts have recorded.
func (s *Spikes) together() {
	more := 0
	for k := range s.parts {
		more += len(s.parts[k].neurons)
	}
	if more == 0 {
		return
	}
	at := len(s.neurons)
	s.neurons, s.times = grown(s.neurons, more), grown(s.times, more)
	next := make([]int, len(s.parts)) // time of each part
	for at < len(s.neurons) {
		first := -1
		for k := range s.parts {
			if p := &s.parts[k]; next[k] < len(p.times) && (first < 0 || p.times[next[k]] < s.parts[first].times[next[first]]) {
				first = k
			}
		}
		p, from := &s.parts[first], 0
		if next[first] > 0 {
			from = p.ends[next[first]-1]
		}
		n := copy(s.neurons[at:], p.neurons[from:p.ends[next[first]]])
		for k := at; k < at+n; k++ {
			s.times[k] = p.times[next[first]]
		}
		at += n
		next[first]++
	}
	for k := range s.parts {
		p := &s.parts[k]
		p.neurons, p.times, p.ends = nil, nil, nil
	}
}

// Neurons returns the neuron of each event that is kept. The slice must not be changed.
func (s *Spikes) Neurons() []int32 {
	s.together()
	return s.neurons
}

// Times returns the time in seconds of each event that is kept. The slice must not be changed.
func (s *Spikes) Times() []float64 {
	s.together()
	return s.times
}

// Total returns the number of events, also where they are not kept.
func (s *Spikes) Total() int64 {
	total := s.total
	for k := range s.parts {
		total += s.parts[k].total
	}
	return total
}

// Counts returns the number of events of each neuron. The slice must not be changed.
func (s *Spikes) Counts() []int64 {
	for _, k := range s.Neurons()[s.counted:] {
		s.count[k]++
	}
	s.counted = len(s.neurons)
	return s.count
}

// Clone returns a copy.
func (s *Spikes) Clone() *Spikes {
	s.together()
	c := *s
	c.neurons, c.times, c.count, c.parts = slices.Clone(s.neurons), slices.Clone(s.times), slices.Clone(s.count), slices.Clone(s.parts)
	return &c
}

// Bytes returns how much memory the record takes.
func (s *Spikes) Bytes() int64 {
	bytes := 4*cap(s.neurons) + 8*cap(s.times) + 8*cap(s.count)
	for k := range s.parts {
		p := &s.parts[k]
		bytes += 4*cap(p.neurons) + 8*cap(p.times) + 8*cap(p.ends)
	}
	return int64(bytes)
}

// Trains returns the positions of the events of each neuron, in order: those of neuron k are
// order[start[k]:start[k+1]]. It is a counting sort.
func (s *Spikes) Trains() (start, order []int32) {
	start = make([]int32, len(s.count)+1)
	for _, k := range s.Neurons() {
		start[k+1]++
	}
	for k := range s.count {
		start[k+1] += start[k]
	}
	next := append([]int32(nil), start...)
	order = make([]int32, len(s.neurons))
	for at, k := range s.neurons {
		order[next[k]] = int32(at)
		next[k]++
	}
	return start, order
}
