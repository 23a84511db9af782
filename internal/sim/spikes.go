package sim

// Spikes are the spikes of a group: what its thresholder emits, part by part and step by step. Each part keeps a log of
// its own. At a meeting each part closes its log, and until the next one everybody may read what it held then. Closings
// are numbered, from 1 on.
type Spikes struct {
	parts     []emission
	observers []func(part int, step int64, neurons []int32)
	// closings is how many closings there have been when parts last stood still, heard the number of the first step of
	// the closed logs that observers have not heard.
	closings int64
	heard    int
	// unheard is the step after the first one of which other parts do not know the spikes; 0: they know all. Whoever plans
	// epochs keeps it, ahead of what is emitted.
	unheard int64
}

// emission is what one part of a group emits. What different parts write lies on different cache lines.
type emission struct {
	open, other log
	current     []int32 // of the last step
	// closed is what had been emitted at the last two closings, each at the parity of its number: a part may close again before
	// others have read what it closed last.
	closed [2]closing
	turned bool // the part goes on in its other log since the last closing
	_      [128]byte
}

// closing is a log as it was at a closing. Before step number from it held at the closing before.
type closing struct {
	log
	from int
}

// log is a list of steps with the neurons that spiked in each, ascending.
type log struct {
	steps   []int64
	ends    []int32 // position in neurons after each step's last
	neurons []int32
}

func (l *log) clear() { l.steps, l.ends, l.neurons = l.steps[:0], l.ends[:0], l.neurons[:0] }

func (l *log) at(k int) []int32 {
	from := int32(0)
	if k > 0 {
		from = l.ends[k-1]
	}
	return l.neurons[from:l.ends[k]]
}

// Reset forgets everything and prepares for a network in that many parts.
func (s *Spikes) Reset(parts int) {
	*s = Spikes{parts: make([]emission, parts)}
}

// Observe has parts call a function with the spikes of each step in which there are any, each part for its own, when it closes
// its log: parts do so at the same time.
func (s *Spikes) Observe(observer func(part int, step int64, neurons []int32)) {
	s.observers = append(s.observers, observer)
}

// Clear forgets the spikes of the last step.
func (s *Spikes) Clear() {
	for k := range s.parts {
		s.parts[k].current = nil
	}
}

// emit appends what a part emits in a step: list gets the neurons emitted so far and returns it with those of the
// step appended.
func (s *Spikes) emit(part int, step int64, list func([]int32) []int32) {
	e := &s.parts[part]
	from := len(e.open.neurons)
	e.open.neurons = list(e.open.neurons)
	e.open.steps = append(e.open.steps, step)
	e.open.ends = append(e.open.ends, int32(len(e.open.neurons)))
	e.current = e.open.neurons[from:]
}

// Emit has a part emit, in a step, those of the neurons that lie from start to stop-1.
func (s *Spikes) Emit(part int, step int64, neurons []int32, start, stop int) {
	s.emit(part, step, func(list []int32) []int32 { return appendWithin(list, neurons, start, stop) })
}

// Current returns the neurons of a part that spiked in its current step.
func (s *Spikes) Current(part int) []int32 { return s.parts[part].current }

// Now appends the neurons from start to stop-1 that spiked in the current step to a list. All parts have to stand at
// the same step.
func (s *Spikes) Now(start, stop int, list []int32) []int32 {
	for k := range s.parts {
		list = appendWithin(list, s.parts[k].current, start, stop)
	}
	return list
}

func appendWithin(list, neurons []int32, start, stop int) []int32 {
	for _, neuron := range neurons {
		if int(neuron) >= start && int(neuron) < stop {
			list = append(list, neuron)
		}
	}
	return list
}

// close has a part make readable for all what it has emitted, in the closing of that number.
func (s *Spikes) close(part int, number int64) {
	e := &s.parts[part]
	c := closing{log: e.open, from: len(e.closed[(number-1)&1].steps)}
	if e.turned {
		e.turned, c.from = false, 0
	}
	e.closed[number&1] = c
	for _, observer := range s.observers {
		for k := c.from; k < len(c.steps); k++ {
			if neurons := c.at(k); len(neurons) > 0 {
				observer(part, c.steps[k], neurons)
			}
		}
	}
}

// closing returns what a part has closed in the closing of that number.
func (s *Spikes) closing(part int, number int64) *closing { return &s.parts[part].closed[number&1] }

// turn has the parts, which stand still, begin new logs: observers have heard all. What is closed stays readable until the
// next closing.
func (s *Spikes) turn() {
	if s.parts[0].turned || len(s.closing(0, s.closings).steps) == 0 {
		return
	}
	s.heard = 0
	for k := range s.parts {
		e := &s.parts[k]
		e.open, e.other = e.other, e.open
		e.open.clear()
		e.turned = true
	}
}

// crossing calls visit with the spikes between the closing of that number and the one before, for each step once for each
// part that spiked, so that neurons ascend.
func (s *Spikes) crossing(number int64, visit func(step int64, neurons []int32)) {
	first := s.closing(0, number)
	for k := first.from; k < len(first.steps); k++ {
		for p := range s.parts {
			if neurons := s.closing(p, number).at(k); len(neurons) > 0 {
				visit(first.steps[k], neurons)
			}
		}
	}
}

// Each calls visit with the spikes that have been closed and that observers have not heard yet: for each step once for each
// part that spiked, so that neurons ascend, and at least once. The parts stand still.
func (s *Spikes) Each(visit func(step int64, neurons []int32)) {
	if s.parts[0].turned {
		return
	}
	steps := s.closing(0, s.closings).steps
	for k := s.heard; k < len(steps); k++ {
		visited := false
		for p := range s.parts {
			if neurons := s.closing(p, s.closings).at(k); len(neurons) > 0 {
				visit(steps[k], neurons)
				visited = true
			}
		}
		if !visited {
			visit(steps[k], nil)
		}
	}
}
