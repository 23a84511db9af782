// Package sim runs networks: clocks, the schedule of a step, spike queues, and the loop over them.
//
// It knows tasks, not neurons: what a task computes is a kernel or a function that higher rooms bind. It owns
// the interfaces through which it tells others what happened.
package sim

import (
	"context"
	"math"
	"slices"
	"time"
)

// The order of a step. Objects whose clocks stand at the same time run together, in this order:
//
//   - start: monitors record the state before anything of this step happens; regular operations run.
//   - groups: summed variables, then state updates of neurons and synapses, each from the values at the
//     beginning of the step.
//   - thresholds: conditions are evaluated on the integrated state; spikes of generators and Poisson groups.
//     Spike monitors follow.
//   - synapses: each pathway queues the spikes of this step, then delivers what arrives now: on_pre
//     pathways (order -1) before on_post (order +1).
//   - resets: they see, and may erase, synaptic effects of this step.
//   - end: population rates.
//
// Within a slot the order number decides, then the name. So a synaptic effect of step k can cause a spike in
// step k+1 at the earliest.

// Progress tells an observer how far a run is.
type Progress struct {
	Elapsed  time.Duration
	Done     float64 // fraction, from 0 to 1
	Start    float64 // seconds of biological time at which the run began
	Duration float64 // seconds of biological time
}

// Loop is a network ready to run.
type Loop struct {
	Entries []Entry
	// Inspect is called after a step once per InspectEvery seconds of biological time; an error ends the run.
	Inspect      func() error
	InspectEvery float64
	// Report is called at the beginning, after each Period of wall time, and at the end.
	Report func(Progress)
	Period time.Duration
	// Stop, when it returns true after a step, ends the run.
	Stop func() bool
}

// Outcome says where a run ended.
type Outcome struct {
	Reached     float64 // biological time in seconds
	Interrupted bool    // the context ended the run
	Stopped     bool
}

// Run runs the loop from the time start for duration seconds. Clocks are moved to start first. An error of a
// task ends the run after the entries before it ran.
func (l *Loop) Run(ctx context.Context, start, duration float64) (Outcome, error) {
	var clocks []*Clock
	clockOf := make([]int, len(l.Entries)) // position in clocks of each entry's clock
	for k, entry := range l.Entries {
		clockOf[k] = slices.Index(clocks, entry.Clock)
		if clockOf[k] < 0 {
			clockOf[k] = len(clocks)
			clocks = append(clocks, entry.Clock)
		}
	}
	due := make([]bool, len(clocks))
	for _, clock := range clocks {
		clock.SetIndex(clock.StepsUntil(start))
		clock.end = clock.StepsUntil(start + duration)
	}
	begin := time.Now()
	lastReport := begin
	report := func(done float64) {
		if l.Report != nil {
			l.Report(Progress{time.Since(begin), done, start, duration})
		}
	}
	report(0)
	outcome := Outcome{Reached: start + duration}
	cancelled := ctx.Done()
	nextInspection := start + l.InspectEvery
	for {
		clock := earliest(clocks)
		if clock == nil {
			break
		}
		now := clock.Now()
		for k, c := range clocks {
			due[k] = c.step < c.end && c.Now()-now <= epsilonDt*math.Min(c.Dt(), clock.Dt())
		}
		err := runEntries(l.Entries, clockOf, due)
		for k, c := range clocks {
			if due[k] {
				c.SetIndex(c.step + 1)
			}
		}
		if err != nil {
			outcome.Reached = clock.Now()
			return outcome, err
		}
		if l.Inspect != nil && clock.Now() >= nextInspection {
			nextInspection = clock.Now() + l.InspectEvery
			if err := l.Inspect(); err != nil {
				outcome.Reached = clock.Now()
				return outcome, err
			}
		}
		if l.Report != nil && time.Since(lastReport) >= l.Period {
			lastReport = time.Now()
			report((clock.Now() - start) / duration)
		}
		select {
		case <-cancelled:
			outcome.Reached, outcome.Interrupted = clock.Now(), true
			return outcome, nil
		default:
		}
		if l.Stop != nil && l.Stop() {
			outcome.Reached, outcome.Stopped = clock.Now(), true
			report((clock.Now() - start) / duration)
			return outcome, nil
		}
	}
	if l.Inspect != nil {
		if err := l.Inspect(); err != nil {
			return outcome, err
		}
	}
	report(1)
	return outcome, nil
}

// earliest returns the clock whose next step begins first, or nil when all are at their ends.
func earliest(clocks []*Clock) *Clock {
	var first *Clock
	for _, c := range clocks {
		if c.step < c.end && (first == nil || c.Now() < first.Now()) {
			first = c
		}
	}
	return first
}

// runEntries runs the entries whose clocks are due.
func runEntries(entries []Entry, clockOf []int, due []bool) error {
	for k := range entries {
		if due[clockOf[k]] {
			if err := entries[k].Task.Do(); err != nil {
				return err
			}
		}
	}
	return nil
}
