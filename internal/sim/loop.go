// Package sim runs networks: clocks, the schedule of a step, spike queues, and the loop over them.
//
// It knows tasks, not neurons: what a task computes is a kernel or a function that higher rooms bind. It owns
// the interfaces through which it tells others what happened.
package sim

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
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
//
// A network is cut into parts: contiguous neurons of each group, and all synapses onto them. What happens in one part
// depends on another only through spikes that cross with a delay of d steps, so a part can go on alone through everything up
// to the synapses of step k+d, where k is the first step whose spikes the others do not have yet. That stretch is an
// epoch; at its end the parts meet: all of them stand at the same place of the schedule, the logs of spikes are closed,
// and the next epoch begins with each part queueing the others' spikes for its own synapses. Parts also meet for
// whatever concerns the network as a whole (a task, or code that reads what other parts write), and every MostSteps steps,
// so that somebody looks at the context, at the time and at the state. Groups that no synapse reaches go through an
// epoch before the others: their spikes bound nothing.
//
// Nothing of this changes a result: each element sees the same operations in the same order, however the network is cut
// and wherever parts meet.

// Progress tells an observer how far a run is.
type Progress struct {
	Elapsed  time.Duration
	Done     float64 // fraction, from 0 to 1
	Start    float64 // seconds of biological time at which the run began
	Duration float64 // seconds of biological time
}

// MostSteps is the largest number of steps in an epoch.
const MostSteps = 128

// Loop is a network ready to run.
type Loop struct {
	Entries []Entry
	// Team works on Parts parts.
	Team  *Team
	Parts int
	// Heard is called before each task that concerns the network as a whole and whenever somebody looks around: Spikes.Each
	// visits what was emitted since the last time, in order. An error ends the run. Who does not need the spikes of all parts in
	// order observes them (Spikes.Observe).
	Heard []func() error
	// Enter, if set, is called for each part before it works, and Leave before others look at the network, and at the end; parts do so at
	// the same time. For networks of which nothing concerns more than one part.
	Enter, Leave func(part int)
	// Glance, if set, has a part glance at its elements, once per GlanceEvery seconds of biological time and at the end, all parts at the same
	// time. If a part sees something, Inspect is called with the time of the glance before, or the beginning, and that of this one.
	Glance      func(part int) bool
	GlanceEvery float64
	Inspect     func(before, now float64)
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
	Epochs      Epochs
}

// Epochs tell how long parts of a network worked on their own.
type Epochs struct {
	Steps, Meetings int64
	// Bound is what most meetings were for.
	Bound string
}

// String says it in one line.
func (e Epochs) String() string {
	return fmt.Sprintf("%.4g steps, bounded by %s", float64(e.Steps)/float64(max(e.Meetings, 1)), e.Bound)
}

// Run runs the loop from the time start for duration seconds. Clocks are moved to start first. An error of a
// task ends the run after the entries before it ran.
func (l *Loop) Run(ctx context.Context, start, duration float64) (Outcome, error) {
	r := newRunner(l, start, duration)
	if r.Team.Size() > 1 {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
	}
	begin := time.Now()
	lastReport := begin
	report := func(done float64) {
		if l.Report != nil {
			r.leave()
			l.Report(Progress{time.Since(begin), done, start, duration})
		}
	}
	report(0)
	outcome := Outcome{Reached: start + duration}
	end := func(reached float64, err error) (Outcome, error) {
		outcome.Reached = reached
		outcome.Epochs = r.finish()
		return outcome, cmp.Or(err, r.problem)
	}
	for {
		look, err := r.advance()
		if err != nil {
			return end(r.reached, err)
		}
		if !look {
			continue
		}
		if earliest(r.clocks) == nil {
			break
		}
		now := r.reached
		if l.Glance != nil && now >= r.glanced+l.GlanceEvery {
			r.glance()
		}
		if l.Report != nil && time.Since(lastReport) >= l.Period {
			lastReport = time.Now()
			report((now - start) / duration)
		}
		if ctx.Err() != nil {
			outcome.Interrupted = true
			return end(now, nil)
		}
		if l.Stop != nil && l.Stop() {
			report((now - start) / duration)
			outcome.Stopped = true
			return end(now, nil)
		}
	}
	if l.Glance != nil {
		r.reached = outcome.Reached
		r.glance()
	}
	report(1)
	return end(outcome.Reached, nil)
}
