package sim

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Slot is a named place in a step. Each has a place before and a place after it.
type Slot string

// The slots of a step.
const (
	Start          Slot = "start"
	Groups         Slot = "groups"
	Thresholds     Slot = "thresholds"
	SynapticEvents Slot = "synapses"
	Resets         Slot = "resets"
	End            Slot = "end"
)

// Schedule is the order of slots. A network may have another one than DefaultSchedule, and slots of its own.
type Schedule []Slot

// DefaultSchedule returns the order of slots where nobody says otherwise.
func DefaultSchedule() Schedule {
	return Schedule{Start, Groups, Thresholds, SynapticEvents, Resets, End}
}

// When is a slot, or the place just before (-1) or after (+1) it.
type When struct {
	Slot Slot
	Side int8
}

// String returns the name that users write: "before_groups", "thresholds".
func (w When) String() string {
	return [...]string{"before_", "", "after_"}[w.Side+1] + string(w.Slot)
}

// ParseWhen reads the name of a place. Whether there is such a slot, the schedule of a network knows.
func ParseWhen(name string) When {
	if after, ok := strings.CutPrefix(name, "before_"); ok {
		return When{Slot(after), -1}
	}
	if after, ok := strings.CutPrefix(name, "after_"); ok {
		return When{Slot(after), 1}
	}
	return When{Slot(name), 0}
}

// rank orders places; -1: the schedule has no such slot.
func (s Schedule) rank(w When) int {
	k := slices.Index(s, w.Slot)
	if k < 0 {
		return -1
	}
	return 3*k + int(w.Side) + 1
}

// Check returns an error if the schedule has no such place.
func (s Schedule) Check(w When) error {
	if s.rank(w) >= 0 {
		return nil
	}
	names := make([]string, len(s))
	for k, slot := range s {
		names[k] = string(slot)
	}
	return fmt.Errorf("there is no slot '%s' in the schedule: the slots are %s, each also with before_ and after_", w, strings.Join(names, ", "))
}

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
// does ("synapses_1_pre" comes before "synapses_pre"). All of their slots are in the schedule (Check).
func (s Schedule) Sort(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(s.rank(a.When), s.rank(b.When)), cmp.Compare(a.Order, b.Order), strings.Compare(a.Name, b.Name))
	})
}
