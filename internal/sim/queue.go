package sim

import "math/bits"

// Queue holds what spikes on their way will act on, by the step in which they arrive: runs of a Fan. The lists are
// in delivery order: steps of emission ascending, within a step as pushed.
type Queue struct {
	slots [][]arrival // a ring whose length is a power of two: the slot of a step is its number modulo the length
}

// arrival is a run of the synapses of a neuron that spiked.
type arrival struct {
	emitted int32 // step of the spike, since the run of the network began
	neuron  int32
	run     int32
}

// newQueue returns a queue in which spikes can be pushed that far ahead of the step that is delivered.
func newQueue(steps int) *Queue { return &Queue{slots: make([][]arrival, 1<<bits.Len(uint(steps)))} }

func (q *Queue) slot(step int64) *[]arrival { return &q.slots[step&int64(len(q.slots)-1)] }

// push queues the synapses of neurons that spiked in a step, of those from start to stop-1, of which the fan is; began is
// the step in which the run of the network began.
func (q *Queue) push(f *Fan, step, began int64, neurons []int32, start, stop int32) {
	emitted := int32(step - began)
	if f.starts == nil && len(f.runs) > 0 {
		slot := q.slot(step + int64(f.runs[0].delay))
		list := *slot
		for _, neuron := range neurons {
			if neuron >= start && neuron < stop {
				list = append(list, arrival{emitted, neuron - start, neuron - start})
			}
		}
		*slot = list
		return
	}
	for _, neuron := range neurons {
		if neuron < start || neuron >= stop {
			continue
		}
		neuron -= start
		for run := f.starts[neuron]; run < f.starts[neuron+1]; run++ {
			slot := q.slot(step + int64(f.runs[run].delay))
			*slot = append(*slot, arrival{emitted, neuron, run})
		}
	}
}
