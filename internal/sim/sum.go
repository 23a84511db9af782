package sim

import (
	"synfire/internal/exec"
	"synfire/internal/plan"
)

// Sum is the task of a summed variable: it computes a value for each synapse, and then gives each neuron the sum over its
// synapses, in the order of their numbers.
type Sum struct {
	SumOptions
	parts []*plan.Bound
}

// SumOptions configures a Sum.
type SumOptions struct {
	Clock *Clock
	// First is the step at which the branch of random numbers began.
	First int64
	// Bound computes Values, one for each synapse.
	Bound  *plan.Bound
	Values exec.Column
	// Target has one element for each neuron. Those from Start to Stop-1 are set; Neuron says to which one each synapse
	// contributes.
	Target      exec.Column
	Neuron      []int32
	Start, Stop int
	// Bounds says which neurons each part has, as for NewKernel, and Lanes which synapses contribute to them. Lanes is nil
	// if the network is in one part, or if Do is to do it all.
	Bounds []int
	Lanes  [][]int32
}

// NewSum returns the task.
func NewSum(o SumOptions) *Sum {
	s := &Sum{SumOptions: o}
	for part := range len(o.Bounds) - 1 {
		s.parts = append(s.parts, o.Bound.Part(o.Clock.Columns(part)))
	}
	return s
}

// Local is the task as parts do it.
func (s *Sum) Local(part int, step int64) {
	var lanes []int32
	if s.Lanes != nil {
		lanes = s.Lanes[part]
	}
	s.sum(s.parts[part], step, lanes, s.Lanes == nil, s.Bounds[part], s.Bounds[part+1])
}

// Do implements Task.
func (s *Sum) Do() error {
	s.sum(s.Bound, s.Clock.Index(), nil, true, s.Start, s.Stop)
	return nil
}

func (s *Sum) sum(bound *plan.Bound, step int64, lanes []int32, all bool, start, stop int) {
	b := &bound.Binding
	b.Step, b.Lanes = step-s.First, lanes
	n := len(lanes)
	if all {
		n = len(s.Neuron)
	}
	bound.Run(0, n)
	start, stop = max(start, s.Start), min(stop, s.Stop)
	if start >= stop {
		return
	}
	zeros := s.Target.Slice(start, stop)
	clear(zeros.F64)
	clear(zeros.F32)
	clear(zeros.I32)
	switch {
	case s.Target.F64 != nil:
		addUp(s.Target.F64, s.Values.F64, s.Neuron, lanes, all)
	case s.Target.F32 != nil:
		addUp(s.Target.F32, s.Values.F32, s.Neuron, lanes, all)
	default:
		addUp(s.Target.I32, s.Values.I32, s.Neuron, lanes, all)
	}
}

func addUp[T float32 | float64 | int32](target, values []T, neuron, lanes []int32, all bool) {
	if all {
		for k, x := range values[:len(neuron)] {
			target[neuron[k]] += x
		}
		return
	}
	for _, k := range lanes {
		target[neuron[k]] += values[k]
	}
}
