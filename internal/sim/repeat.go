package sim

import "synfire/internal/plan"

// Repeated is a task that runs a program again and again within a step, each time over those elements that it has
// emitted, until it emits none; before, once in each step, another program for all elements. What an element does
// depends on no other, so neither does how often it is repeated.
//
// A program gives up an element by writing a number other than zero to the element's failure. The part then does no
// more.
type Repeated struct {
	first  int64
	bounds []int // part k has the elements bounds[k] to bounds[k+1]-1
	parts  []repeating
	failed []int32
}

type repeating struct {
	begin, again *plan.Bound
	lists        [2][]int32
	failure      Failure
	_            [64]byte
}

// Failure says which element was given up, and in which step. Its Code is 0 if there was none.
type Failure struct {
	Code    int32
	Element int
	Step    int64
}

// NewRepeated returns the task; failed is the memory of the elements' failures.
func NewRepeated(clock *Clock, first int64, begin, again *plan.Bound, bounds []int, failed []int32) *Repeated {
	r := &Repeated{first: first, bounds: bounds, failed: failed}
	for part := range len(bounds) - 1 {
		columns := clock.Columns(part)
		r.parts = append(r.parts, repeating{begin: begin.Part(part, columns), again: again.Part(part, columns)})
	}
	return r
}

// Local is the task as parts do it.
func (r *Repeated) Local(part int, step int64) {
	p := &r.parts[part]
	lo, hi := r.bounds[part], r.bounds[part+1]
	if p.failure.Code != 0 || lo == hi {
		return
	}
	p.begin.Binding.Step = step - r.first
	p.begin.Run(lo, hi)
	b := &p.again.Binding
	b.Step, b.Lanes, b.Emitted = step-r.first, nil, p.lists[0][:0]
	p.again.Run(lo, hi)
	for turn := 0; ; turn ^= 1 {
		list := r.withoutFailed(p, step, b.Emitted)
		p.lists[turn] = list
		if len(list) == 0 {
			return
		}
		b.Lanes, b.Emitted = list, p.lists[turn^1][:0]
		p.again.Run(0, len(list))
	}
}

// withoutFailed takes the elements that failed out of a list, and notes the first of them.
func (r *Repeated) withoutFailed(p *repeating, step int64, list []int32) []int32 {
	kept := list[:0]
	for _, element := range list {
		code := r.failed[element]
		if code == 0 {
			kept = append(kept, element)
		} else if p.failure.Code == 0 || int(element) < p.failure.Element {
			p.failure = Failure{code, int(element), step}
		}
	}
	return kept
}

// Failure returns the failure in the earliest step, there that of the first element. The parts have to stand still.
func (r *Repeated) Failure() Failure {
	var earliest Failure
	for k := range r.parts {
		f := r.parts[k].failure
		if f.Code != 0 && (earliest.Code == 0 || f.Step < earliest.Step) {
			earliest = f
		}
	}
	return earliest
}
