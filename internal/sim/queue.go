package sim

// Queue holds the synapses that spikes on their way will act on, by the step in which they arrive. The lists
// are in delivery order: steps of emission ascending, within a step as pushed.
type Queue struct {
	slots [][]int32
	now   int
}

// Reserve makes room for delays up to the given number of steps; what is queued stays.
func (q *Queue) Reserve(delay int) {
	if delay < len(q.slots) {
		return
	}
	grown := make([][]int32, delay+1)
	for k := range q.slots {
		grown[k] = q.slots[(q.now+k)%len(q.slots)]
	}
	q.slots, q.now = grown, 0
}

// Push queues synapses for arrival after a delay in steps, 0 meaning the current step. Reserve must have been
// called for the delay.
func (q *Queue) Push(delay int, synapses []int32) {
	k := q.now + delay
	if k >= len(q.slots) {
		k -= len(q.slots)
	}
	q.slots[k] = append(q.slots[k], synapses...)
}

// Current returns the synapses that act in the current step; they are valid until Advance.
func (q *Queue) Current() []int32 {
	if len(q.slots) == 0 {
		return nil
	}
	return q.slots[q.now]
}

// Advance ends the step.
func (q *Queue) Advance() {
	if len(q.slots) == 0 {
		return
	}
	q.slots[q.now] = q.slots[q.now][:0]
	if q.now++; q.now == len(q.slots) {
		q.now = 0
	}
}

// Pending returns copies of the lists of the coming steps, the current one first; trailing empty lists are
// left out.
func (q *Queue) Pending() [][]int32 {
	var pending [][]int32
	for k := range q.slots {
		list := q.slots[(q.now+k)%len(q.slots)]
		pending = append(pending, append([]int32(nil), list...))
	}
	for len(pending) > 0 && len(pending[len(pending)-1]) == 0 {
		pending = pending[:len(pending)-1]
	}
	return pending
}

// SetPending replaces what is queued by copies of the lists.
func (q *Queue) SetPending(pending [][]int32) {
	for k := range q.slots {
		q.slots[k] = q.slots[k][:0]
	}
	q.now = 0
	q.Reserve(len(pending))
	for k, list := range pending {
		q.slots[k] = append(q.slots[k], list...)
	}
}
