package sim

import (
	"errors"
	"testing"
	"time"
)

func TestStopwatch(t *testing.T) {
	failed := errors.New("failed")
	wait := func(d time.Duration) func(int, int64) { return func(int, int64) { time.Sleep(d) } }
	entries := []Entry{
		{Name: "short", Local: wait(time.Millisecond)},
		{Name: "long", Local: wait(8 * time.Millisecond)},
		{Name: "whole", Task: Func(func() error { time.Sleep(30 * time.Millisecond); return failed })},
		{Name: "short", Local: wait(2 * time.Millisecond)},
		{Name: "never", Local: wait(time.Hour)},
	}
	timed, watch := Timed(entries, 2)
	for part := range 2 {
		for _, k := range []int{0, 1, 3} {
			timed[k].Local(part, 0)
		}
	}
	if err := timed[2].Task.Do(); err != failed {
		t.Errorf("the task returned %v", err)
	}
	least := map[string]time.Duration{"short": 6 * time.Millisecond, "long": 16 * time.Millisecond, "whole": 30 * time.Millisecond, "never": 0}
	before, seen := time.Hour, 0
	for name, spent := range watch.Each {
		if spent < least[name] || spent > before {
			t.Errorf("%s took %v, after one that took %v", name, spent, before)
		}
		before = spent
		seen++
	}
	if seen != len(least) {
		t.Errorf("%d names, want %d", seen, len(least))
	}
}
