package sim

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseWhen(t *testing.T) {
	previous := -1
	for _, slot := range []string{"start", "groups", "thresholds", "synapses", "resets", "end"} {
		for _, side := range []string{"before_", "", "after_"} {
			when := ParseWhen(side + slot)
			if when.String() != side+slot || DefaultSchedule().Check(when) != nil {
				t.Errorf("%s%s: %v", side, slot, when)
			}
			rank := DefaultSchedule().rank(when)
			if rank <= previous {
				t.Errorf("%v does not come after what is before it", when)
			}
			previous = rank
		}
	}
	for _, name := range []string{"", "begin", "before_", "before_before_start", "after_before_start", "Start", "start "} {
		if err := DefaultSchedule().Check(ParseWhen(name)); err == nil || !strings.Contains(err.Error(), "there is no slot '"+name+"'") {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestOtherSchedules: the order of slots is the network's, and it may have slots of its own.
func TestOtherSchedules(t *testing.T) {
	schedule := Schedule{"end", "mine", "start"}
	entries := []Entry{{When: ParseWhen("start")}, {When: ParseWhen("after_mine")}, {When: ParseWhen("mine")}, {When: ParseWhen("before_end")}}
	schedule.Sort(entries)
	for k, want := range []string{"before_end", "mine", "after_mine", "start"} {
		if got := entries[k].When.String(); got != want {
			t.Errorf("place %d: %s, want %s", k, got, want)
		}
	}
	if err := schedule.Check(ParseWhen("groups")); err == nil || !strings.Contains(err.Error(), "the slots are end, mine, start") {
		t.Errorf("%v", err)
	}
}

func TestOrderOfAStep(t *testing.T) {
	// In the order in which they run (section 3.1).
	want := []string{
		"before_start 0 subexpression", "start -1 z", "start 0 networkoperation", "start 0 neurongroup_run_regularly", "start 0 statemonitor",
		"groups -1 synapses_summed_variable_x", "groups 0 neurongroup_stateupdater", "thresholds 0 neurongroup_spike_thresholder", "thresholds 0 poissongroup_spike_thresholder",
		"thresholds 1 spikemonitor", "after_thresholds 0 event", "synapses -1 synapses_10_pre", "synapses -1 synapses_1_pre", "synapses -1 synapses_2_pre", "synapses -1 synapses_pre",
		"synapses 0 poissoninput", "synapses 1 synapses_1_post", "synapses 1 synapses_post", "resets 0 neurongroup_spike_resetter", "end 0 ratemonitor",
	}
	var entries []Entry
	for k := range want {
		// Every seventh, so that nothing is in order to begin with.
		text := want[(k*7+3)%len(want)]
		var slot, name string
		var order int
		fmt.Sscan(text, &slot, &order, &name)
		entries = append(entries, Entry{Name: name, When: ParseWhen(slot), Order: order})
	}
	DefaultSchedule().Sort(entries)
	for k, e := range entries {
		if got := fmt.Sprintf("%s %d %s", e.When, e.Order, e.Name); got != want[k] {
			t.Errorf("place %d: %s, want %s", k, got, want[k])
		}
	}
}

// Entries that nothing distinguishes stay in the order in which they were added.
func TestSortIsStable(t *testing.T) {
	clocks := make([]*Clock, 50)
	var entries []Entry
	for k := range clocks {
		clocks[k] = NewClock("clock", 1)
		entries = append(entries, Entry{Name: "same", Clock: clocks[k]})
	}
	DefaultSchedule().Sort(entries)
	for k := range entries {
		if entries[k].Clock != clocks[k] {
			t.Fatalf("entry %d has moved", k)
		}
	}
}
