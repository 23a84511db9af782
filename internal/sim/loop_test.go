package sim

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// logged returns a loop whose tasks write their name and the time of their clock in milliseconds.
func logged(dts ...float64) (*Loop, []*Clock, *[]string) {
	var log []string
	loop := &Loop{}
	var clocks []*Clock
	for k, dt := range dts {
		clock := NewClock("clock", dt)
		clocks = append(clocks, clock)
		name := string(rune('a' + k))
		loop.Entries = append(loop.Entries, Entry{Name: name, Clock: clock, Task: Func(func() error {
			log = append(log, fmt.Sprintf("%s%.4g", name, clock.Now()*1e3))
			return nil
		})})
	}
	return loop, clocks, &log
}

func TestLoop(t *testing.T) {
	for _, c := range []struct {
		dts, runs []float64 // ms
		want      string
	}{
		{[]float64{0.1}, []float64{0.3}, "a0 a0.1 a0.2"},
		{[]float64{0.1}, []float64{0}, ""},
		{[]float64{0.1}, []float64{0.25, 0.25}, "a0 a0.1 a0.2 | a0.3 a0.4"},
		{[]float64{0.1, 0.25}, []float64{0.5}, "a0 b0 a0.1 a0.2 b0.25 a0.3 a0.4"},
		{[]float64{0.25, 0.1}, []float64{0.6}, "a0 b0 b0.1 b0.2 a0.25 b0.3 b0.4 a0.5 b0.5"},
		{[]float64{0.1, 0.2, 0.3}, []float64{0.6}, "a0 b0 c0 a0.1 a0.2 b0.2 a0.3 c0.3 a0.4 b0.4 a0.5"},
		{[]float64{0.2, 0.3}, []float64{0.3, 0.3}, "a0 b0 a0.2 | b0.3 a0.4"},
		{[]float64{0.1, 0.5}, []float64{0.2, 0.2, 0.2}, "a0 b0 a0.1 | a0.2 a0.3 | a0.4 a0.5 b0.5"},
	} {
		loop, clocks, log := logged(c.dts...)
		for k := range clocks {
			clocks[k].DT[0] *= 1e-3
		}
		now := 0.0
		var parts []string
		for _, duration := range c.runs {
			*log = nil
			outcome, err := loop.Run(context.Background(), now, duration*1e-3)
			if err != nil || outcome.Reached != now+duration*1e-3 || outcome.Interrupted || outcome.Stopped {
				t.Errorf("%v %v: %+v, %v", c.dts, c.runs, outcome, err)
			}
			now = outcome.Reached
			parts = append(parts, strings.Join(*log, " "))
		}
		if got := strings.Join(parts, " | "); got != c.want {
			t.Errorf("%v %v:\ngot  %s\nwant %s", c.dts, c.runs, got, c.want)
		}
	}
}

// However a time is cut into runs, each clock does each step once, in order of time, ties in order of the entries.
func TestRunsAreCutAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dts := rapid.SliceOfN(rapid.SampledFrom([]float64{0.1, 0.2, 0.25, 0.5, 0.7}), 1, 3).Draw(t, "dt")
		loop, clocks, log := logged(dts...)
		now := 0.0
		for _, tenths := range rapid.SliceOfN(rapid.IntRange(0, 30), 1, 4).Draw(t, "runs") {
			outcome, err := loop.Run(context.Background(), now, float64(tenths)/20)
			if err != nil {
				t.Fatal(err)
			}
			now = outcome.Reached
		}
		whole, _, wholeLog := logged(dts...)
		if _, err := whole.Run(context.Background(), 0, now); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sorted(*log), sorted(*wholeLog)) {
			t.Fatalf("in parts %v\nas a whole %v", *log, *wholeLog)
		}
		for k, c := range clocks {
			if want := c.StepsUntil(now); c.Index() != want {
				t.Fatalf("clock %d stands at %d, want %d", k, c.Index(), want)
			}
		}
	})
}

func sorted(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return list
}

func TestLoopEndsEarly(t *testing.T) {
	failure := errors.New("failure")
	for _, c := range []struct {
		name string
		set  func(*Loop, *Clock, context.CancelFunc)
		want string
		end  float64
	}{
		{"stop", func(l *Loop, c *Clock, _ context.CancelFunc) { l.Stop = func() bool { return c.Index() == 3 } }, "a0 a0.1 a0.2", 0.3},
		{"cancel", func(l *Loop, c *Clock, cancel context.CancelFunc) {
			l.Entries = append(l.Entries, Entry{Clock: c, Task: Func(func() error {
				if c.Index() == 1 {
					cancel()
				}
				return nil
			})})
		}, "a0 a0.1", 0.2},
		{"error", func(l *Loop, c *Clock, _ context.CancelFunc) {
			l.Entries = append(l.Entries, Entry{Clock: c, Task: Func(func() error {
				if c.Index() == 1 {
					return failure
				}
				return nil
			})})
		}, "a0 a0.1", 0.2},
	} {
		t.Run(c.name, func(t *testing.T) {
			loop, clocks, log := logged(1e-4)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			c.set(loop, clocks[0], cancel)
			outcome, err := loop.Run(ctx, 0, 1e-3)
			if got := strings.Join(*log, " "); got != c.want || outcome.Reached-c.end*1e-3 > 1e-12 || c.end*1e-3-outcome.Reached > 1e-12 {
				t.Errorf("got %s until %g, want %s until %g ms", got, outcome.Reached, c.want, c.end)
			}
			if failed := c.name == "error"; failed != errors.Is(err, failure) || outcome.Stopped != (c.name == "stop") || outcome.Interrupted != (c.name == "cancel") {
				t.Errorf("%+v, %v", outcome, err)
			}
			// It goes on from where it ended.
			loop.Stop, loop.Entries = nil, loop.Entries[:1]
			*log = nil
			if _, err := loop.Run(context.Background(), outcome.Reached, 1e-4); err != nil || len(*log) != 1 {
				t.Errorf("afterwards %v, %v", *log, err)
			}
		})
	}
}

// Parts glance now and then, and at the end; who inspects what they saw, or is told how far the run is, finds that they have left.
func TestGlances(t *testing.T) {
	loop, clocks, _ := logged(1e-4)
	loop.Team, loop.Parts = NewTeam(2), 3
	defer loop.Team.Close()
	var entered, glances [3]int
	outside := func() {
		t.Helper()
		if entered != [3]int{} {
			t.Errorf("parts that others look at have not left: %v", entered)
		}
	}
	loop.Enter = func(part int) { entered[part]++ }
	loop.Leave = func(part int) { entered[part]-- }
	loop.Report = func(Progress) { outside() }
	loop.Period = time.Hour
	loop.GlanceEvery = 0.25e-3
	loop.Glance = func(part int) bool {
		if glances[part]++; entered[part] != 1 {
			t.Errorf("part %d glances from outside", part)
		}
		return part == 1 && glances[1] > 1
	}
	var seen []string
	loop.Inspect = func(before, now float64) {
		outside()
		seen = append(seen, fmt.Sprintf("%.1f-%.1f", before*1e3, now*1e3))
	}
	if _, err := loop.Run(context.Background(), 0, 1e-3); err != nil {
		t.Fatal(err)
	}
	outside()
	if want := []string{"0.3-0.6", "0.6-0.9", "0.9-1.0"}; !slices.Equal(seen, want) || glances != [3]int{4, 4, 4} || clocks[0].Index() != 10 {
		t.Errorf("inspected %v, want %v; glances %v", seen, want, glances)
	}
}

func TestReports(t *testing.T) {
	loop, _, _ := logged(1e-4)
	var done []float64
	loop.Report = func(p Progress) {
		done = append(done, p.Done)
		if p.Start != 1e-3 || p.Duration != 5e-4 {
			t.Errorf("reported %+v", p)
		}
	}
	if _, err := loop.Run(context.Background(), 1e-3, 5e-4); err != nil {
		t.Fatal(err)
	}
	if len(done) != 6 || done[0] != 0 || done[5] != 1 || !slices.IsSorted(done) {
		t.Errorf("with no period, reported %v", done)
	}
	done, loop.Period = nil, time.Hour
	if _, err := loop.Run(context.Background(), 1e-3, 5e-4); err != nil || !slices.Equal(done, []float64{0, 1}) {
		t.Errorf("with a long period, reported %v, %v", done, err)
	}
}

// Every worker does each job once, and all are done when Do returns.
func TestTeam(t *testing.T) {
	for size := range 5 {
		team := NewTeam(size)
		if want := max(size, 1); team.Size() != want {
			t.Errorf("a team of %d has size %d", size, team.Size())
		}
		for job := range 50 {
			counts := make([]atomic.Int64, team.Size())
			team.Do(func(worker int) { counts[worker].Add(int64(job + 1)) })
			for worker := range counts {
				if got := counts[worker].Load(); got != int64(job+1) {
					t.Fatalf("worker %d of %d did job %d: %d", worker, team.Size(), job, got)
				}
			}
		}
		team.Close()
	}
}
