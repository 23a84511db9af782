package sim

import "synfire/internal/plan"

// Kernel is a task that runs a program over the elements of a group: each part of the network over its own.
type Kernel struct {
	clock *Clock
	// first is the step at which the branch of random numbers began.
	first  int64
	bounds []int // part k has the elements bounds[k] to bounds[k+1]-1
	spikes *Spikes
	parts  []*plan.Bound
}

// NewKernel returns the task. bounds says which elements each part has: one more number than there are parts. spikes, if
// not nil, receive the elements that the program emits.
func NewKernel(clock *Clock, first int64, bound *plan.Bound, bounds []int, spikes *Spikes) *Kernel {
	k := &Kernel{clock: clock, first: first, bounds: bounds, spikes: spikes}
	for part := range len(bounds) - 1 {
		k.parts = append(k.parts, bound.Part(part, clock.Columns(part)))
	}
	return k
}

// Local is the task as parts do it.
func (k *Kernel) Local(part int, step int64) {
	bound := k.parts[part]
	b := &bound.Binding
	b.Step = step - k.first
	if k.spikes == nil {
		bound.Run(k.bounds[part], k.bounds[part+1])
		return
	}
	k.spikes.emit(part, step, func(list []int32) []int32 {
		b.Emitted = list
		bound.Run(k.bounds[part], k.bounds[part+1])
		return b.Emitted
	})
}

// Selected is a task that runs a program over the neurons that spiked in the current step.
type Selected struct {
	first  int64
	spikes *Spikes
	parts  []*plan.Bound
}

// NewSelected returns the task.
func NewSelected(clock *Clock, first int64, bound *plan.Bound, spikes *Spikes, parts int) *Selected {
	s := &Selected{first: first, spikes: spikes}
	for part := range parts {
		s.parts = append(s.parts, bound.Part(part, clock.Columns(part)))
	}
	return s
}

// Local is the task as parts do it.
func (s *Selected) Local(part int, step int64) {
	list := s.spikes.Current(part)
	if len(list) == 0 {
		return
	}
	b := &s.parts[part].Binding
	b.Step, b.Lanes = step-s.first, list
	s.parts[part].Run(0, len(list))
}

// Listed is a task that runs a program over some elements, always the same: a list for each part.
type Listed struct {
	first int64
	parts []*plan.Bound
}

// NewListed returns the task.
func NewListed(clock *Clock, first int64, bound *plan.Bound, lists [][]int32) *Listed {
	l := &Listed{first: first}
	for part, list := range lists {
		own := bound.Part(part, clock.Columns(part))
		own.Binding.Lanes = list
		l.parts = append(l.parts, own)
	}
	return l
}

// Local is the task as parts do it.
func (l *Listed) Local(part int, step int64) {
	bound := l.parts[part]
	bound.Binding.Step = step - l.first
	bound.Run(0, len(bound.Binding.Lanes))
}

// Func is a task that calls a function.
type Func func() error

// Do implements Task.
func (f Func) Do() error { return f() }
