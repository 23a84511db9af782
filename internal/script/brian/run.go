package brian

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/units"
)

// progressPeriod is the time between two signs of life of a run.
const progressPeriod = 200 * time.Millisecond

// run is net.run(...) and run(...).
func (n *network) run(c *script.Call) error {
	s := n.session
	duration, err := quantityArgument(c, "duration", "run", units.Time)
	if err != nil {
		return err
	}
	profile, err := c.Bool("profile")
	if err != nil {
		return err
	}
	visible := names(c.Frame)
	if given, ok, err := namespaceArgument(c.Arg("namespace")); err != nil {
		return err
	} else if ok {
		visible = given
	}
	r := &runner{network: n, call: c, asked: duration, profile: profile, period: 10 * time.Second, began: time.Now()}
	if r.report, err = reporter(c); err != nil {
		return err
	}
	if v := c.Arg("report_period"); !script.IsNone(v) {
		period, err := asQuantity(v, "report_period", "run", units.Time)
		if err != nil {
			return err
		}
		r.period = time.Duration(period.Value * float64(time.Second))
	}
	for _, o := range n.objects {
		switch o.base().network {
		case nil:
			o.base().network = n
		case n:
		default:
			return script.Raise("RuntimeError", "'%s' has already been simulated by another network", o.base().object.Name()).
				WithHint("make new objects for a new network, or change the old network with add() and remove().")
		}
	}
	if s.host.Check {
		return n.pretend(visible)
	}
	return r.simulate(visible)
}

// pretend checks and compiles a run without doing it.
func (n *network) pretend(visible synfire.Names) error {
	err := n.of.Prepare(visible)
	var unknown errUnknown
	if errors.As(err, &unknown) {
		n.session.note("a run was not checked, because %v", unknown)
		err = nil
	}
	if err == nil {
		n.pretended = true
		if n.session.host.OnPrepare != nil && n.of.Report() != nil {
			n.session.host.OnPrepare(host.Prepared{Network: n.of, Where: n.session.frame().Where(), Made: n.made})
		}
	}
	return err
}

// made is the place where an object of the network was made.
func (n *network) made(object synfire.Object) diag.Span {
	for _, o := range n.objects {
		if o.base().object == object {
			return o.base().made
		}
	}
	return diag.Span{}
}

// runner is one run of a network.
type runner struct {
	network *network
	call    *script.Call
	asked   units.Quantity
	report  func(elapsed time.Duration, done float64, start, duration units.Quantity) error
	period  time.Duration
	profile bool

	began, prepared, lastReport time.Time
	cancel                      context.CancelCauseFunc
	failure                     error // of the script's own report function
}

func (r *runner) simulate(visible synfire.Names) error {
	n := r.network
	s := n.session
	duration := r.asked
	limited := s.host.Limit > 0 && duration.Value > s.host.Limit
	if limited {
		duration.Value = s.host.Limit
		s.note("simulations end after %s, as the limit asks", duration)
	}
	ctx, cancel := context.WithCancelCause(r.call.Context)
	defer cancel(nil)
	r.cancel = cancel
	before, spikes := n.of.Time(), n.spikes()
	period := progressPeriod
	if s.host.Progress == nil && r.report == nil {
		period = time.Hour
	}
	saved := s.running
	s.running = n
	err := n.of.Run(ctx, duration, synfire.RunOptions{Names: visible, Period: period, Report: r.progress, Profile: r.profile})
	s.running = saved
	var failed operationFailed
	if errors.As(err, &failed) {
		r.failure = failed.error
	}
	var interrupted *synfire.Interrupted
	stopped := errors.As(err, &interrupted)
	if s.host.OnRun != nil && !r.prepared.IsZero() {
		reached := n.of.Time()
		report := host.RunReport{
			Duration: r.asked.Value, Simulated: reached.Value - before.Value, Reached: reached.Value,
			Limited: limited, Interrupted: stopped && r.failure == nil,
			Wall: time.Since(r.began), Preparation: r.prepared.Sub(r.began), Spikes: n.spikes() - spikes,
			Details: strings.Split(n.of.Report().String(), "\n"), Network: n.of,
		}
		for _, o := range n.objects {
			switch o := o.(type) {
			case *group:
				report.Neurons += int64(o.of.Len())
			case *synapses:
				report.Synapses += int64(o.of.Len())
			}
		}
		s.host.OnRun(report)
	}
	switch {
	case r.failure != nil:
		return r.failure
	case stopped:
		return &diag.Message{Kind: "KeyboardInterrupt", Text: fmt.Sprintf("interrupted at t=%s", interrupted.Reached), Cause: err}
	}
	return err
}

// spikes counts the spikes that the network's monitors have seen, each group once.
func (n *network) spikes() int64 {
	counted := map[synfire.Object]bool{}
	total := int64(0)
	for _, o := range n.objects {
		if m, ok := o.(*spikeMonitor); ok && !counted[m.source.object] {
			counted[m.source.object] = true
			_, count := m.of.Changes()
			total += count
		}
	}
	return total
}

// progress hears of the run while it goes on.
func (r *runner) progress(p synfire.Progress) {
	now := time.Now()
	if r.prepared.IsZero() {
		r.prepared = now
	}
	if show := r.network.session.host.Progress; show != nil {
		show(host.Progress{Done: p.Done, Biological: p.Done * p.Duration, Duration: p.Duration, Elapsed: p.Elapsed})
	}
	if r.report == nil || r.failure != nil {
		return
	}
	first, last := r.lastReport.IsZero(), p.Done >= 1
	if !first && !last && now.Sub(r.lastReport) < r.period {
		return
	}
	r.lastReport = now
	if err := r.report(p.Elapsed, p.Done, units.Second.Of(p.Start), units.Second.Of(p.Duration)); err != nil {
		r.failure = err
		r.cancel(err)
	}
}

// reporter returns what the report argument asks for; nil for no reports.
func reporter(c *script.Call) (func(time.Duration, float64, units.Quantity, units.Quantity) error, error) {
	text := func(to func() io.Writer) func(time.Duration, float64, units.Quantity, units.Quantity) error {
		return func(elapsed time.Duration, done float64, start, duration units.Quantity) error {
			_, err := io.WriteString(to(), reportText(elapsed, done, start, duration)+"\n")
			return err
		}
	}
	switch v := c.Arg("report").(type) {
	case nil, script.NoneType:
		return nil, nil
	case bool:
		if !v {
			return nil, nil
		}
	case string:
		switch v {
		case "text", "stdout":
			return text(c.Interp.Stdout), nil
		case "stderr":
			return text(func() io.Writer {
				if w := c.Interp.Config().Stderr; w != nil {
					return w
				}
				return io.Discard
			}), nil
		}
		return nil, script.Raise("ValueError", "Do not know how to handle report argument \"%s\".", v).WithHint("use 'text', 'stdout', 'stderr' or a function.")
	case *script.Function, *script.BoundMethod, *script.Builtin, *script.Instance, *annotated, *equationFunction:
		return func(elapsed time.Duration, done float64, start, duration units.Quantity) error {
			_, err := c.Interp.Call(v, []script.Value{units.Second.Of(elapsed.Seconds()), done, start, duration}, nil)
			return err
		}, nil
	}
	return nil, script.Raise("TypeError", "report argument has to be 'text', 'stdout', 'stderr', or a function, not %s", script.TypeName(c.Arg("report")))
}

// reportText is a line of Brian2's text reports.
func reportText(elapsed time.Duration, done float64, start, duration units.Quantity) string {
	if done == 0 {
		return fmt.Sprintf("Starting simulation at t=%s for a duration of %s", start, duration)
	}
	text := fmt.Sprintf("%s (%d%%) simulated in %s", duration.Times(done), int(done*100), clockText(elapsed.Seconds()))
	if done < 1 {
		left := math.RoundToEven((1 - done) / done * elapsed.Seconds())
		text += fmt.Sprintf(", estimated %s remaining.", clockText(left))
	}
	return text
}

// clockText is a duration in days, hours, minutes and seconds: "1h 0m 5s".
func clockText(seconds float64) string {
	whole := int(seconds)
	if whole < 1 {
		return "< 1s"
	}
	text := ""
	for _, part := range []struct {
		seconds int
		letter  string
	}{{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}} {
		n := whole / part.seconds
		whole -= n * part.seconds
		if n == 0 && text == "" {
			continue
		}
		if text != "" {
			text += " "
		}
		text += fmt.Sprint(n) + part.letter
	}
	return text
}
