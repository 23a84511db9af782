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
	runs  [][]laneRun // for each part, or nil where Lanes has hardly two synapses in a row
}

// laneRun is a stretch of consecutive synapses, from start to stop-1.
type laneRun struct{ start, stop int32 }

// shortRun is the mean length of runs below which a list of synapses is done as a list.
const shortRun = 16

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
		s.parts = append(s.parts, o.Bound.Part(part, o.Clock.Columns(part)))
	}
	for _, lanes := range o.Lanes {
		runs := runsOf(lanes)
		if len(lanes) < shortRun*len(runs) {
			runs = nil
		}
		s.runs = append(s.runs, runs)
	}
	return s
}

// runsOf divides a rising list into stretches of consecutive numbers.
func runsOf(lanes []int32) []laneRun {
	var runs []laneRun
	for _, lane := range lanes {
		if last := len(runs) - 1; last >= 0 && runs[last].stop == lane {
			runs[last].stop++
		} else {
			runs = append(runs, laneRun{lane, lane + 1})
		}
	}
	return runs
}

// Local is the task as parts do it.
func (s *Sum) Local(part int, step int64) {
	start, stop := max(s.Bounds[part], s.Start), min(s.Bounds[part+1], s.Stop)
	switch {
	case s.Lanes == nil:
		s.sum(s.parts[part], step, []laneRun{{0, int32(len(s.Neuron))}}, nil, start, stop)
	case s.runs[part] != nil:
		s.sum(s.parts[part], step, s.runs[part], nil, start, stop)
	default:
		s.sum(s.parts[part], step, nil, s.Lanes[part], start, stop)
	}
}

// Do implements Task.
func (s *Sum) Do() error {
	s.sum(s.Bound, s.Clock.Index(), []laneRun{{0, int32(len(s.Neuron))}}, nil, s.Start, s.Stop)
	return nil
}

// sum does some synapses, given as runs or as a list, for the neurons from start to stop-1. All values are there before
// the first neuron is set, since they may depend on what was the sum.
func (s *Sum) sum(bound *plan.Bound, step int64, runs []laneRun, lanes []int32, start, stop int) {
	bound.Binding.Step, bound.Binding.Lanes = step-s.First, nil
	for _, r := range runs {
		bound.Run(int(r.start), int(r.stop))
	}
	if lanes != nil {
		bound.Binding.Lanes = lanes
		bound.Run(0, len(lanes))
	}
	if start >= stop || bound.Err() != nil {
		return
	}
	zeros := s.Target.Slice(start, stop)
	clear(zeros.F64)
	clear(zeros.F32)
	clear(zeros.I32)
	switch {
	case s.Target.F64 != nil:
		addUp(s.Target.F64, s.Values.F64, s.Neuron, runs, lanes)
	case s.Target.F32 != nil:
		addUp(s.Target.F32, s.Values.F32, s.Neuron, runs, lanes)
	default:
		addUp(s.Target.I32, s.Values.I32, s.Neuron, runs, lanes)
	}
}

func addUp[T float32 | float64 | int32](target, values []T, neuron []int32, runs []laneRun, lanes []int32) {
	for _, r := range runs {
		of := neuron[r.start:r.stop]
		for k, x := range values[r.start:r.stop] {
			target[of[k]] += x
		}
	}
	for _, k := range lanes {
		target[neuron[k]] += values[k]
	}
}
