package sim

import "synfire/internal/plan"

// minimumShare is the least number of elements that is worth a worker of its own.
const minimumShare = 400

// Kernel is a task that runs a program over all elements of a group. Workers take contiguous parts; the result
// does not depend on how many there are.
type Kernel struct {
	Clock *Clock
	// First is the step at which the branch of random numbers began.
	First int64
	Lo    int
	Hi    int
	// Emitted, if set, receives the numbers that the program emits in each step, ascending.
	Emitted *[]int32

	team    *Team
	workers []*plan.Bound
}

// NewKernel returns a task for elements lo to hi-1.
func NewKernel(clock *Clock, first int64, bound *plan.Bound, lo, hi int, team *Team) *Kernel {
	k := &Kernel{Clock: clock, First: first, Lo: lo, Hi: hi, team: team}
	shares := min(team.Size(), max(1, (hi-lo)/minimumShare))
	k.workers = append(k.workers, bound)
	for len(k.workers) < shares && !bound.Program.Kernel.Serial {
		k.workers = append(k.workers, bound.Worker())
	}
	return k
}

// Do implements Task.
func (k *Kernel) Do() error {
	step := k.Clock.Index() - k.First
	for _, worker := range k.workers {
		worker.Binding.Step = step
		worker.Binding.Emitted = worker.Binding.Emitted[:0]
	}
	if len(k.workers) == 1 {
		k.workers[0].Run(k.Lo, k.Hi)
	} else {
		k.team.Do(k.share)
	}
	if k.Emitted != nil {
		list := (*k.Emitted)[:0]
		for _, worker := range k.workers {
			list = append(list, worker.Binding.Emitted...)
		}
		*k.Emitted = list
	}
	return nil
}

// share runs one worker's part.
func (k *Kernel) share(worker int) {
	if worker >= len(k.workers) {
		return
	}
	n := k.Hi - k.Lo
	lo := k.Lo + n*worker/len(k.workers)
	hi := k.Lo + n*(worker+1)/len(k.workers)
	k.workers[worker].Run(lo, hi)
}

// Selected is a task that runs a program over the elements of a list that changes from step to step: the
// neurons that spiked.
type Selected struct {
	Clock *Clock
	First int64
	Bound *plan.Bound
	// List returns the elements of the current step.
	List func() []int32
}

// Do implements Task.
func (s *Selected) Do() error {
	list := s.List()
	if len(list) == 0 {
		return nil
	}
	b := &s.Bound.Binding
	b.Step, b.Lanes = s.Clock.Index()-s.First, list
	s.Bound.Run(0, len(list))
	return nil
}

// Func is a task that calls a function.
type Func func() error

// Do implements Task.
func (f Func) Do() error { return f() }
