package sim

import (
	"slices"
	"time"
)

// Stopwatch measures how long the entries of a schedule take. Parts of a network measure apart, so that they need not wait for
// each other.
type Stopwatch struct {
	names []string
	spent [][]padded // by entry and part
}

// padded is a time in a cache line of its own.
type padded struct {
	time.Duration
	_ [56]byte
}

// Timed returns the entries with a clock around each.
func Timed(entries []Entry, parts int) ([]Entry, *Stopwatch) {
	w := &Stopwatch{}
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
	Task
	spent *time.Duration
}

// Do implements Task.
func (t timedTask) Do() error {
	begun := time.Now()
	err := t.Task.Do()
	*t.spent += time.Since(begun)
	return err
}

// Each yields the names of entries, each once, and how long all entries of the name took in all parts, the longest first.
func (w *Stopwatch) Each(yield func(name string, spent time.Duration) bool) {
	var names []string
	total := map[string]time.Duration{}
	for k, name := range w.names {
		if _, known := total[name]; !known {
			names = append(names, name)
		}
		for _, spent := range w.spent[k] {
			total[name] += spent.Duration
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return int(total[b] - total[a]) })
	for _, name := range names {
		if !yield(name, total[name]) {
			return
		}
	}
}
