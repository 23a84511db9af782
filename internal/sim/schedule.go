package sim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Slot is a named place in a step. Each of the six has a place before and a place after it.
type Slot uint8

// The slots of a step, in order.
const (
	Start Slot = iota
	Groups
	Thresholds
	SynapticEvents
	Resets
	End
)

var slotNames = [...]string{"start", "groups", "thresholds", "synapses", "resets", "end"}

// When is a slot, or the place just before (-1) or after (+1) it.
type When struct {
	Slot Slot
	Side int8
}

// String returns the name that users write: "before_groups", "thresholds".
func (w When) String() string {
	return [...]string{"before_", "", "after_"}[w.Side+1] + slotNames[w.Slot]
}

// ParseWhen reads the name of a slot.
func ParseWhen(name string) (When, error) {
	side, rest := int8(0), name
	if after, ok := strings.CutPrefix(name, "before_"); ok {
		side, rest = -1, after
	} else if after, ok := strings.CutPrefix(name, "after_"); ok {
		side, rest = 1, after
	}
	for k, slot := range slotNames {
		if slot == rest {
			return When{Slot(k), side}, nil
		}
	}
	return When{}, fmt.Errorf("there is no slot '%s' in the schedule: the slots are %s, each also with before_ and after_", name, strings.Join(slotNames[:], ", "))
}

func (w When) rank() int { return 3*int(w.Slot) + int(w.Side) + 1 }

// Task is one thing that happens in a step, while all parts of the network stand at that step.
type Task interface {
	// Do runs the task for the current step of its clock.
	Do() error
}

// Entry is something that happens in a step, with its place in the schedule. Either it is a Task for the whole network,
// or parts of the network do it on their own, each at its own time.
type Entry struct {
	Name  string
	Clock *Clock
	When  When
	Order int
	Task  Task

	// Local does it for one part. Parts call it at the same time.
	Local func(part int, step int64)
	Reach Reach
	// Emits, if set, are the spikes that Local emits.
	Emits *Spikes
	// Delivers, if set, is what Local delivers; Delay is its smallest delay in steps.
	Delivers *Delivery
	Delay    int
	// Failed, if set, returns the error of what Task or Local called, which ends the run. Parts meet before and after Local.
	Failed func() error
	// Ahead says that nothing but whole tasks has an influence on what Local does: it can be done before what else happens
	// until the next meeting.
	Ahead bool
}

// Reach is how far what a part does in an entry reaches beyond it.
type Reach uint8

// Parts come together before and after what reads others' state, or writes it; what writes it they do in turn.
const (
	OwnPart Reach = iota
	ReadsOthers
	WritesOthers
)

// Sort puts entries into the order of a step: by slot, then order, then name compared as a string, as Brian2
// does ("synapses_1_pre" comes before "synapses_pre").
func Sort(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.When.rank(), b.When.rank()), cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
}
