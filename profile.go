package synfire

import (
	"slices"
	"time"

	"synfire/internal/sim"
)

// ProfileEntry says how long one of the objects in a network's schedule took in a run, on all processors together.
type ProfileEntry struct {
	Name string
	Time time.Duration
}

// Profile returns what the last run with RunOptions.Profile took, the longest first; nil if there was none.
func (n *Network) Profile() []ProfileEntry { return n.profile }

// stopwatch measures entries of a schedule. Parts of a network measure apart, so that they need not wait for each other.
type stopwatch struct {
	names []string
	spent [][]padded // by entry and part
}

// padded is a time in a cache line of its own.
type padded struct {
	time.Duration
	_ [56]byte
}

// timed returns the entries with a clock around each.
func timed(entries []sim.Entry, parts int) ([]sim.Entry, *stopwatch) {
	w := &stopwatch{}
	entries = slices.Clone(entries)
	for k := range entries {
		e := &entries[k]
		spent := make([]padded, max(parts, 1))
		w.names, w.spent = append(w.names, e.Name), append(w.spent, spent)
		if local := e.Local; local != nil {
			e.Local = func(part int, step int64) {
				begun := time.Now()
				local(part, step)
				spent[part].Duration += time.Since(begun)
			}
		}
		if e.Task != nil {
			e.Task = timedTask{e.Task, &spent[0].Duration}
		}
	}
	return entries, w
}

type timedTask struct {
	sim.Task
	spent *time.Duration
}

// Do implements sim.Task.
func (t timedTask) Do() error {
	begun := time.Now()
	err := t.Task.Do()
	*t.spent += time.Since(begun)
	return err
}

// entries sums up, the longest first.
func (w *stopwatch) entries() []ProfileEntry {
	list := []ProfileEntry{}
	for k, name := range w.names {
		total := time.Duration(0)
		for _, spent := range w.spent[k] {
			total += spent.Duration
		}
		if at := slices.IndexFunc(list, func(e ProfileEntry) bool { return e.Name == name }); at >= 0 {
			list[at].Time += total
		} else {
			list = append(list, ProfileEntry{name, total})
		}
	}
	slices.SortStableFunc(list, func(a, b ProfileEntry) int { return int(b.Time - a.Time) })
	return list
}
