package synfire

import (
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

// profileOf lists what was measured.
func profileOf(watch *sim.Stopwatch) []ProfileEntry {
	list := []ProfileEntry{}
	for name, spent := range watch.Each {
		list = append(list, ProfileEntry{name, spent})
	}
	return list
}
