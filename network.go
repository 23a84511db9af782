package synfire

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/sim"
	"synfire/units"
)

// Network is a set of objects that run together.
type Network struct {
	simulation  *Simulation
	objects     []Object
	now         float64 // seconds
	branch      branch
	branchStart float64 // seconds: where random numbers count steps from
	branchDT    float64
	snapshots   map[string]*snapshot
	stopped     bool
	schedule    sim.Schedule // nil: the default
	report      *Report
	profile     []ProfileEntry // of the last run that was measured
	inOne       bool           // it called functions, when it was last prepared, that keep it from running in parts
}

// Network makes a network of objects. Objects can be added and removed until it runs, and between runs.
func (s *Simulation) Network(objects ...Object) *Network {
	n := &Network{simulation: s, snapshots: map[string]*snapshot{}}
	n.Add(objects...)
	return n
}

// Add adds objects; those that are there already are not added again. A subgroup stands for nothing of its own.
func (n *Network) Add(objects ...Object) {
	for _, o := range objects {
		if !slices.Contains(n.objects, o) {
			n.objects = append(n.objects, o)
		}
	}
}

// Remove takes objects out of the network.
func (n *Network) Remove(objects ...Object) {
	n.objects = slices.DeleteFunc(n.objects, func(o Object) bool { return slices.Contains(objects, o) })
}

// Objects returns the objects of the network.
func (n *Network) Objects() []Object { return slices.Clone(n.objects) }

// Object returns the object of that name, or nil.
func (n *Network) Object(name string) Object {
	for _, o := range n.objects {
		if o.Name() == name {
			return o
		}
	}
	return nil
}

// Time returns how far the network has run.
func (n *Network) Time() units.Quantity { return units.Second.Of(n.now) }

// Stop ends a run that is going on after the current step, without an error. It is for RunOptions.Report; another
// goroutine ends a run through its context.
func (n *Network) Stop() { n.stopped = true }

// Progress tells how far a run is: Elapsed is the wall time that it has taken (a time.Duration), Done the fraction of it
// that is done, from 0 to 1; Start and Duration are when it began and how long it is, in seconds of biological time.
type Progress = sim.Progress

// RunOptions configures a run.
type RunOptions struct {
	// Names finds the names in equations that neither the model nor the groups' namespaces define.
	Names Names
	// Report is called at the beginning and end of the run and about every Period (default 10 s) of wall time.
	Report func(Progress)
	Period time.Duration
	// Profile measures how long the parts of the schedule take; see Network.Profile.
	Profile bool
}

// Interrupted is the error of a run that its context ended. The network can go on from there.
type Interrupted struct {
	Reached units.Quantity // biological time
	Cause   error
}

// Error implements error.
func (e *Interrupted) Error() string { return fmt.Sprintf("interrupted at t=%s", e.Reached) }

// Unwrap returns why the context ended.
func (e *Interrupted) Unwrap() error { return e.Cause }

// Run runs the network for a duration, from where it stands. All code is checked and compiled first, with the names as
// they are now; what is wrong with it is a *Message, and then nothing has run. A context that ends stops the run after the
// current step, with an *Interrupted error: what was simulated until then is there, and the network can go on.
func (n *Network) Run(ctx context.Context, duration units.Quantity, options RunOptions) error {
	if duration.Dim != units.Time {
		return units.Mismatch("The duration of a run has to be a time", duration.Dim)
	}
	if !(duration.Value >= 0) || math.IsInf(duration.Value, 0) {
		return diag.Errorf(diag.Span{}, "ValueError", "Function 'run' expected a non-negative duration but got '%s'.", duration)
	}
	p, err := n.prepare(options.Names)
	if err != nil {
		return err
	}
	team := sim.NewTeam(min(p.Parts, n.simulation.Threads()))
	defer team.Close()
	n.report = p.report
	p.team = team
	for _, bound := range p.setups {
		bound.Setup()
	}
	period := options.Period
	if period == 0 {
		period = 10 * time.Second
	}
	n.stopped = false
	watch, err := newWatch(n, p)
	if err != nil {
		return err
	}
	loop := &sim.Loop{
		Entries: p.entries, Team: team, Parts: p.Parts, Heard: p.heard, Report: options.Report, Period: period,
		Glance: watch.glance, GlanceEvery: glanceEvery, Inspect: watch.inspect,
		Stop: func() bool { return n.stopped },
	}
	p.ownMemory(loop)
	var watched *sim.Stopwatch
	if options.Profile {
		loop.Entries, watched = sim.Timed(p.entries, p.Parts)
	}
	finish := p.begin()
	outcome, err := loop.Run(ctx, n.now, duration.Value)
	finish(n.now, outcome)
	if watched != nil {
		n.profile = profileOf(watched)
	}
	n.now = outcome.Reached
	for _, c := range n.clocks() {
		// A clock that no task runs on moves with the network.
		if !slices.ContainsFunc(p.entries, func(e sim.Entry) bool { return e.Clock == c.Clock }) {
			c.SetIndex(c.StepsUntil(n.now))
		}
	}
	for _, after := range p.after {
		after()
	}
	n.simulation.tellSpilled()
	if err != nil {
		return fmt.Errorf("at t=%s: %w", n.Time(), err)
	}
	if outcome.Interrupted {
		return &Interrupted{n.Time(), context.Cause(ctx)}
	}
	return nil
}

// Prepare checks and compiles everything as Run would, and runs nothing.
func (n *Network) Prepare(names Names) error {
	p, err := n.prepare(names)
	if err == nil {
		n.report = p.report
		p.measureMemory()
	}
	return err
}

// prepare checks the network and makes the schedule of a step.
func (n *Network) prepare(names Names) (*preparation, error) {
	if err := n.check(); err != nil {
		return nil, err
	}
	n.beginBranch()
	release := n.simulation.hold()
	p, err := n.prepareParts(names)
	again := errors.Is(err, errTogether) || err == nil && n.inOne && !p.together
	release(again)
	if again {
		// It takes compiling to see whether a function wants to be called for all elements of a group.
		n.inOne = !n.inOne
		return n.prepareParts(names)
	}
	return p, err
}

// prepareParts prepares the network, in one part or in as many as are useful. It fails with errTogether where that has to be
// one.
func (n *Network) prepareParts(names Names) (*preparation, error) {
	p := &preparation{simulation: n.simulation, network: n, names: names, written: map[*model.Variable]bool{}}
	p.report = newReport(n.simulation, names)
	begun := time.Now()
	for _, o := range n.objects {
		if o.Active() {
			p.active = append(p.active, o)
		}
	}
	p.divide()
	if n.inOne {
		p.Parts = 1
	}
	for _, o := range n.objects {
		if group, ok := o.(Group); ok {
			for _, emitted := range group.population().emitters() {
				emitted.Reset(p.Parts)
			}
		}
	}
	for _, o := range p.active {
		c := o.base().clock
		p.wrote(c.t)
		p.wrote(c.steps)
		o.writes(p)
		p.writeOperations(o.base())
	}
	for _, o := range p.active {
		bounds, entries := len(p.setups), len(p.entries)
		if err := o.prepare(p); err != nil {
			return nil, about(o, err)
		}
		if _, part := o.(*Subgroup); part {
			p.watchCalls(bounds, entries)
			continue
		}
		if err := p.prepareOperations(o.base()); err != nil {
			return nil, about(o, err)
		}
		p.watchCalls(bounds, entries)
	}
	if err := p.sort(); err != nil {
		return nil, err
	}
	p.report.Compile = time.Since(begun) - p.report.Tables
	for _, o := range p.active {
		o.base().ranIn = n
	}
	return p, nil
}

// about says in which object an error occurred.
func about(o Object, err error) error {
	var m *diag.Message
	if errors.As(err, &m) {
		copied := *m
		copied.Notes = append(slices.Clone(m.Notes), diag.Note{Text: fmt.Sprintf("Error encountered with object named '%s'.", o.Name())})
		return &copied
	}
	return fmt.Errorf("error encountered with object named '%s': %w", o.Name(), err)
}

// check refuses networks that cannot run.
func (n *Network) check() error {
	names := map[string]Object{}
	for _, o := range n.objects {
		if _, part := o.(*Subgroup); part {
			continue
		}
		if other := names[o.Name()]; other != nil && other != o {
			return diag.Errorf(diag.Span{}, "ValueError", "All objects in a network need to have unique names, but '%s' occurs more than once.", o.Name())
		}
		names[o.Name()] = o
	}
	for _, o := range n.objects {
		if ranIn := o.base().ranIn; ranIn != nil && ranIn != n {
			return diag.Errorf(diag.Span{}, "RuntimeError", "'%s' has already been simulated, cannot add it to the network.", o.Name()).
				WithHint("make a new object for the new network.")
		}
		if !o.Active() {
			continue
		}
		for _, needed := range o.needs() {
			if !slices.Contains(n.objects, needed) {
				return diag.Errorf(diag.Span{}, "ValueError", "'%s' has been included in the network but not the object on which it depends, '%s'.", o.Name(), needed.Name()).
					WithHint("add '%s' to the network.", needed.Name())
			}
		}
	}
	if err := n.checkSummed(); err != nil {
		return err
	}
	for _, c := range n.clocks() {
		if !c.aligned(n.now) {
			return diag.Errorf(diag.Span{}, "ValueError", "Cannot set dt to %s, the time %s is not a multiple of %s.", units.Second.Of(c.Dt()), n.Time(), units.Second.Of(c.Dt())).
				WithHint("run to a multiple of the new dt first.")
		}
	}
	return nil
}

// aligned reports whether a changed time step begins at the time t. A step that did not change is always right: a run
// may end between its steps.
func (c *clock) aligned(t float64) bool {
	if c.checkedDT == 0 || c.checkedDT == c.Dt() {
		c.checkedDT = c.Dt()
		return true
	}
	steps := math.RoundToEven(t / c.Dt())
	if math.Abs(t-float64(steps*c.Dt())) > 1e-4*c.Dt() {
		return false
	}
	c.checkedDT = c.Dt()
	return true
}

func (n *Network) clocks() []*clock {
	var clocks []*clock
	for _, o := range n.objects {
		all := []*clock{o.base().clock}
		for _, operation := range o.base().operations {
			all = append(all, operation.clock)
		}
		for _, c := range all {
			if !slices.Contains(clocks, c) {
				clocks = append(clocks, c)
			}
		}
	}
	return clocks
}

// beginBranch starts new random numbers where the rules say so: with the first run, after a new seed, after a change
// of the time step. Restore does so too.
func (n *Network) beginBranch() {
	dt := n.simulation.clock.Dt()
	if n.branch.number == 0 || n.branch.seeded != n.simulation.seeded || n.branchDT != dt {
		n.branch, n.branchStart, n.branchDT = n.simulation.newBranch(), n.now, dt
	}
}

// Describe lists what a step of the network executes, a line for each task in order: slot, order, object and time step.
func (n *Network) Describe(names Names) (string, error) {
	p, err := n.prepare(names)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, e := range p.entries {
		fmt.Fprintf(&b, "%-18s %3d  %-40s dt=%s\n", e.When, e.Order, e.Name, units.Second.Of(e.Clock.Dt()))
	}
	return b.String(), nil
}

// States returns copies of the values of all variables of all groups and synapses, by name of object and variable.
func (n *Network) States() (map[string]map[string]Values, error) {
	states := map[string]map[string]Values{}
	for _, o := range n.objects {
		if p := partOf(o); p != nil {
			values, err := p.States()
			if err != nil {
				return nil, err
			}
			states[o.Name()] = values
		}
	}
	return states, nil
}

// SetStates assigns values by name of object and variable, as States returns them.
func (n *Network) SetStates(states map[string]map[string]Values) error {
	for name, values := range states {
		o := n.Object(name)
		p := partOf(o)
		if p == nil {
			return diag.Errorf(diag.Span{}, "KeyError", "The network has no group or synapses '%s'.", name)
		}
		if err := p.SetStates(values); err != nil {
			return err
		}
	}
	return nil
}

func partOf(o Object) *part {
	switch x := o.(type) {
	case *Synapses:
		return &x.part
	case *Subgroup:
		return nil
	case Group:
		return x.population().part
	}
	return nil
}

// States returns copies of the values of all stored variables that can be set.
func (p *part) States() (map[string]Values, error) {
	values := map[string]Values{}
	for _, v := range p.variables {
		if !v.Stored() || v.ReadOnly {
			continue
		}
		got, err := p.Get(v.Name)
		if err != nil {
			return nil, err
		}
		values[v.Name] = got
	}
	return values, nil
}

// SetStates assigns values by name of variable.
func (p *part) SetStates(values map[string]Values) error {
	for name, value := range values {
		if err := p.Set(name, value); err != nil {
			return err
		}
	}
	return nil
}
