package synfire

import (
	"fmt"
	"maps"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// Object is something that a Network can hold: a group, synapses or a monitor.
type Object interface {
	Name() string
	Active() bool
	SetActive(bool)
	// prepare returns what the object does in a step. It is called at the beginning of each run.
	prepare(*preparation) error
	// writes marks the variables that the object's code changes during a run.
	writes(*preparation)
	// needs lists the objects that must be in the same network.
	needs() []Object
	base() *state
}

// Group is a population of neurons, or part of one: what synapses can connect and monitors can record.
type Group interface {
	Object
	Len() int
	Get(name string, options ...Option) (Values, error)
	Set(name string, value any, options ...Option) error
	SetAll(assignments Assignments, options ...Option) error
	population() *population
}

// population is the view of a group that synapses and monitors need.
type population struct {
	part   *part
	spikes *sim.Spikes // nil if the group cannot spike
	owner  Object      // the group that runs, for a subgroup its parent
}

// NeuronGroup is a group of neurons that share equations.
type NeuronGroup struct {
	part
	equations *Equations
	options   NeuronGroupOptions
	threshold syntax.Expr
	reset     []*syntax.CodeStmt
	refractory
	fired      *sim.Spikes
	events     []*event
	eventCodes []*eventCode
	thresholds Place // where spikes are looked for
	resets     Place
	updating   updating
	// method is the update method that the last preparation chose.
	method string
}

// NeuronGroupOptions configures a NeuronGroup.
type NeuronGroupOptions struct {
	// Threshold is the condition for a spike: "v > -50*mV". Without it the neurons do not spike.
	Threshold string
	// Reset is what a spike does: "v = -70*mV; w += b".
	Reset string
	// Events are further conditions, by name, that synapses, monitors and RunOnEvent can follow. They know no
	// refractoriness.
	Events map[string]string
	// Refractory is for how long a neuron is refractory after a spike (units.Quantity), or the expression of a
	// time, or a condition that holds while it is (string). nil: it is not.
	Refractory any
	// Method is the update method: "exact" (or "linear"), "exponential_euler", "euler", "rk2", "rk4", "heun" or "milstein".
	// Empty chooses one: exact where the equations allow it, else euler, or heun for multiplicative noise.
	// The adaptive methods of the GNU Scientific Library are "gsl_rk2", "gsl_rk4", "gsl_rkf45" (or "gsl"), "gsl_rkck" and "gsl_rk8pd".
	Method string
	// Updater is an update method of your own, instead of Method.
	Updater *Updater
	// Candidates, instead of both, are tried in turn: the first that can integrate the equations does.
	Candidates []*Updater
	// MethodOptions are options of the method by Brian2's names: "absolute_error": 1e-8.
	MethodOptions map[string]any
	// Name is the name of the group; empty gives a default name.
	Name string
	// Namespace holds names for the equations that come before those of the run.
	Namespace Names
	// Initial holds the values with which variables begin; all others begin at 0.
	Initial Assignments
	// Bits says how many bits float variables have, 32 or 64, by name; the name "" stands for all others. Without it
	// Config.Single decides.
	Bits map[string]int
	// DT is the time step; zero takes that of the simulation.
	DT units.Quantity
	// Order decides between objects in the same slot of a step: the lower comes first.
	Order int
}

// NeuronGroup makes a group of n neurons. Errors in its texts are messages with a position; names that only a
// run can know are checked by Network.Run.
func (s *Simulation) NeuronGroup(n int, equations *Equations, options NeuronGroupOptions) (*NeuronGroup, error) {
	if n < 1 {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "NeuronGroup size should be at least 1, was %d.", n)
	}
	if err := equations.Err(); err != nil {
		return nil, err
	}
	if err := equations.parsed.Check(model.Neurons); err != nil {
		return nil, err
	}
	g := &NeuronGroup{
		equations: equations, options: options,
		updating: updating{options.Method, options.Updater, options.Candidates, options.MethodOptions},
	}
	g.state, g.stop = &state{}, -1
	if err := g.init(s, options.Name, "neurongroup", n, options.DT, options.Namespace); err != nil {
		return nil, err
	}
	g.order, g.bits = options.Order, options.Bits
	g.updates, g.thresholds, g.resets = Place{atGroups, g.order}, Place{atThresholds, g.order}, Place{atResets, g.order}
	g.what = fmt.Sprintf("the group '%s'", g.name)
	variables, err := equations.parsed.Variables(g.name)
	if err != nil {
		return nil, err
	}
	for _, v := range variables {
		g.add(v)
	}
	g.object = g.neuronSymbols(n)
	if condition, ok := options.Events[spikeEvent]; ok {
		if options.Threshold != "" {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "The NeuronGroup defines both a threshold and a 'spike' event")
		}
		options.Threshold, options.Events = condition, maps.Clone(options.Events)
		delete(options.Events, spikeEvent)
	}
	if options.Threshold != "" {
		g.fired = &sim.Spikes{}
		if g.threshold, err = g.parseExpr("threshold", options.Threshold); err != nil {
			return nil, err
		}
	}
	if options.Reset != "" {
		if g.threshold == nil {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "'%s' has a reset, but no threshold.", g.name).WithHint("give a threshold, or leave the reset out.")
		}
		if g.reset, err = g.parseCode("reset", options.Reset); err != nil {
			return nil, err
		}
	}
	if err := g.addEvents(options.Events); err != nil {
		return nil, err
	}
	if err := g.initRefractory(options.Refractory); err != nil {
		return nil, err
	}
	if g.threshold != nil && g.options.Threshold != "" && options.Reset == "" && !g.isRefractory() {
		s.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf("'%s' has a threshold, but neither a reset nor a refractory period: a neuron above its threshold spikes in every step.", g.name)})
	}
	if err := g.SetAll(options.Initial); err != nil {
		return nil, err
	}
	return g, nil
}

// notYet is the message for what Brian2 has and Synfire does not have yet.
func notYet(where diag.Span, what string) error {
	return diag.Errorf(where, "NotImplementedError", "Synfire does not support %s yet.", what).
		WithHint("docs/compatibility.md lists what works.")
}

func (g *NeuronGroup) base() *state            { return g.state }
func (g *NeuronGroup) needs() []Object         { return nil }
func (g *NeuronGroup) population() *population { return &population{&g.part, g.fired, g} }

// Equations returns the equations of the group.
func (g *NeuronGroup) Equations() *Equations { return g.equations }

// Method returns the update method of the last run or preparation; "" before it.
func (g *NeuronGroup) Method() string { return g.method }

// StateUpdater returns where in a step the equations are integrated.
func (g *NeuronGroup) StateUpdater() *Place { return &g.updates }

// Thresholder returns where in a step an event is looked for, "spike" or one of Events; nil if there is no such event.
func (g *NeuronGroup) Thresholder(event string) *Place {
	if e := g.event(event); e != nil {
		return &e.Place
	}
	if event == spikeEvent && g.threshold != nil {
		return &g.thresholds
	}
	return nil
}

// Resetter returns where in a step the code runs that follows an event: the reset, or what RunOnEvent was given; nil if
// there is none.
func (g *NeuronGroup) Resetter(event string) *Place {
	for _, follow := range g.eventCodes {
		if follow.event == event {
			return &follow.Place
		}
	}
	if event == spikeEvent && len(g.reset) > 0 {
		return &g.resets
	}
	return nil
}

// Slice returns the neurons from start to stop-1 as a group of their own, which shares their state. Numbers in it
// begin at 0. The error, for bounds outside the group or an empty range, has kind IndexError.
func (g *NeuronGroup) Slice(start, stop int) (*Subgroup, error) { return newSubgroup(g, start, stop) }

// Subgroup is a contiguous part of a group.
type Subgroup struct {
	part
	parent Group
}

func newSubgroup(parent Group, start, stop int) (*Subgroup, error) {
	of := parent.population().part
	first, last := of.bounds()
	if start < 0 || stop > last-first || start >= stop {
		return nil, diag.Errorf(diag.Span{}, "IndexError", "Illegal start/end values for a subgroup of '%s', %d>=%d (it has %d neurons).", of.name, start, stop, last-first)
	}
	sub := &Subgroup{parent: parent}
	sub.state = of.state
	sub.start, sub.stop = first+start, first+stop
	sub.object = of.neuronSymbols(stop - start)
	return sub, nil
}

// Slice returns a part of the part.
func (s *Subgroup) Slice(start, stop int) (*Subgroup, error) { return newSubgroup(s, start, stop) }

// Bounds returns the numbers of the first neuron, and one more than the last, in the group it is part of.
func (s *Subgroup) Bounds() (start, stop int) { return s.bounds() }

// Parent returns the group that it is part of.
func (s *Subgroup) Parent() Group { return s.parent }

func (s *Subgroup) base() *state               { return s.state }
func (s *Subgroup) needs() []Object            { return []Object{s.population().owner} }
func (s *Subgroup) prepare(*preparation) error { return nil }
func (s *Subgroup) writes(*preparation)        {}

func (s *Subgroup) population() *population {
	of := *s.parent.population()
	of.part = &s.part
	return &of
}
