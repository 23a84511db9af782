package sim

// Spikes are the spikes of a group: what its thresholder emits, part by part and step by step. Between two meetings each
// part keeps a log of its own; at a meeting the logs are closed, and until the next one everybody may read them.
type Spikes struct {
	parts []emission
}

// emission is what one part of a group emits.
type emission struct {
	open, closed log
	current      []int32 // of the last step
	_            [32]byte
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
func (s *Spikes) Reset(parts int) { s.parts = make([]emission, parts) }

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

// close makes the open logs readable for all parts. What was closed before is forgotten, but the spikes of the current
// step stay.
func (s *Spikes) close() {
	for k := range s.parts {
		e := &s.parts[k]
		e.open, e.closed = e.closed, e.open
		e.open.clear()
	}
}

// forget empties the closed logs.
func (s *Spikes) forget() {
	for k := range s.parts {
		s.parts[k].closed.clear()
	}
}

// Each calls visit with the spikes of each step in the closed logs: once for each part that spiked, so that neurons
// ascend, and at least once for each step.
func (s *Spikes) Each(visit func(step int64, neurons []int32)) {
	for k, step := range s.parts[0].closed.steps {
		visited := false
		for p := range s.parts {
			if neurons := s.parts[p].closed.at(k); len(neurons) > 0 {
				visit(step, neurons)
				visited = true
			}
		}
		if !visited {
			visit(step, nil)
		}
	}
}
