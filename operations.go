package synfire

import (
	"fmt"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// Operation is code that runs for all elements of a group or of synapses at regular times, or at listed ones.
type Operation struct {
	of     *part
	name   string
	code   []*syntax.CodeStmt
	clock  *clock
	place  Place
	times  []float64 // seconds, ascending; nil: in each step of the clock
	active bool
}

// OperationOptions configures an Operation or a NetworkOperation.
type OperationOptions struct {
	// DT is the time between two executions; zero takes the time step of the group, or the default one.
	DT units.Quantity
	// When is the place in a step; empty means "start".
	When  string
	Order int
	Name  string
}

// RunRegularly has code run for all elements in each run: the first time in the run's first step, then each DT. It may
// write shared variables, before it writes others.
func (p *part) RunRegularly(code string, options OperationOptions) (*Operation, error) {
	o, err := p.operation("run_regularly", code, options)
	if err != nil {
		return nil, err
	}
	if options.DT != (units.Quantity{}) {
		if options.DT.Dim != units.Time || !(options.DT.Value > 0) {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "The time step of '%s' has to be a positive time, not %s.", o.name, options.DT)
		}
		o.clock = newClock(o.name+"_clock", options.DT.Value)
	}
	p.operations = append(p.operations, o)
	return o, nil
}

// RunAt has code run for all elements at times in seconds, each of which has to be the beginning of a step of the group.
func (p *part) RunAt(code string, times []float64, options OperationOptions) (*Operation, error) {
	o, err := p.operation("run_at", code, options)
	if err != nil {
		return nil, err
	}
	o.times = slices.Sorted(slices.Values(times))
	for k, t := range o.times {
		if k > 0 && o.clock.StepsUntil(t) == o.clock.StepsUntil(o.times[k-1]) {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "The times of '%s' contain %s twice.", o.name, units.Second.Of(t))
		}
	}
	p.operations = append(p.operations, o)
	return o, nil
}

func (p *part) operation(kind, code string, options OperationOptions) (*Operation, error) {
	o := &Operation{of: p, clock: p.clock, place: at(options.When, atStart, options.Order), active: true, name: options.Name}
	for k := 0; o.name == "" || options.Name == "" && p.operationNamed(o.name); k++ {
		if o.name = p.name + "_" + kind; k > 0 {
			o.name = fmt.Sprintf("%s_%s_%d", p.name, kind, k)
		}
	}
	if !isIdentifier(o.name) {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "Name '%s' is not a valid name for an object: use letters, digits and underscores.", o.name)
	}
	var err error
	o.code, err = p.parseCode(kind, code)
	return o, err
}

func (s *state) operationNamed(name string) bool {
	return slices.ContainsFunc(s.operations, func(o *Operation) bool { return o.name == name })
}

// Name returns the name of the operation.
func (o *Operation) Name() string { return o.name }

// Place returns where in a step the operation runs.
func (o *Operation) Place() *Place { return &o.place }

// Active reports whether the operation takes part in runs.
func (o *Operation) Active() bool { return o.active }

// SetActive decides whether the operation takes part in the runs to come.
func (o *Operation) SetActive(active bool) { o.active = active }

// writeOperations marks what the operations of an object change.
func (p *preparation) writeOperations(s *state) {
	for _, o := range s.operations {
		if o.active {
			p.wrote(o.clock.t)
			p.wrote(o.clock.steps)
			p.wroteBy(o.code, o.of.object)
		}
	}
}

// prepareOperations schedules the operations of an object.
func (p *preparation) prepareOperations(s *state) error {
	for _, o := range s.operations {
		if !o.active {
			continue
		}
		if err := o.prepare(p); err != nil {
			return err
		}
	}
	return nil
}

func (o *Operation) scope(p *preparation) *model.Scope {
	return o.of.scope("the code of '"+o.name+"'", func(name string) *model.Symbol {
		if symbol := o.clock.symbol(name); symbol != nil && o.of.byName[name] == nil {
			return symbol
		}
		return o.of.object(name)
	}, p.names)
}

func (o *Operation) prepare(p *preparation) error {
	if _, err := model.CheckCode(o.code, o.scope(p)); err != nil {
		return err
	}
	// Writes to shared variables come first and happen once.
	first, err := o.sharedUntil(p)
	if err != nil {
		return err
	}
	if first > 0 {
		bound, err := o.compile(p, o.code[:first], 1, "_shared")
		if err != nil {
			return err
		}
		began := p.first(o.clock)
		p.add(o.name, o.clock, o.place, sim.Func(func() error {
			if step := o.clock.Index(); o.due(step) {
				bound.Binding.Step = step - began
				bound.Run(0, 1)
			}
			return nil
		}))
	}
	if first == len(o.code) {
		return nil
	}
	bound, err := o.compile(p, o.code[first:], o.of.n, "")
	if err != nil {
		return err
	}
	start, stop := o.of.bounds()
	bound.Binding.Base = int64(start)
	reach := reachOf(bound, "")
	if o.of.synapses != nil {
		// The parts are not those to which the synapses belong.
		reach = max(reach, sim.ReadsOthers)
		o.of.synapses.address(bound)
	}
	task := sim.NewKernel(o.clock.Clock, p.first(o.clock), bound, p.cut(o.of.state).Within(start, stop), nil)
	local := task.Local
	if o.times != nil {
		local = func(part int, step int64) {
			if o.due(step) {
				task.Local(part, step)
			}
		}
	}
	p.addFor(o.of.state, sim.Entry{Name: o.name, Clock: o.clock.Clock, When: o.place.when, Order: o.place.order, Local: local, Reach: reach})
	return nil
}

// due reports whether the code runs in a step.
func (o *Operation) due(step int64) bool {
	if o.times == nil {
		return true
	}
	_, found := slices.BinarySearchFunc(o.times, step, func(t float64, step int64) int { return int(o.clock.StepsUntil(t) - step) })
	return found
}

// sharedUntil returns how many statements there are up to the last that writes a shared variable.
func (o *Operation) sharedUntil(p *preparation) (int, error) {
	scope := o.scope(p)
	if _, err := model.CheckCode(o.code, scope); err != nil {
		return 0, err
	}
	count, locals := 0, map[string]bool{}
	for k, stmt := range o.code {
		if symbol := scope.Known(stmt.Target.Ident); symbol != nil && symbol.Kind == model.VariableSymbol && symbol.Index == model.Shared {
			count = k + 1
		}
	}
	for _, stmt := range o.code[:count] {
		if symbol := scope.Known(stmt.Target.Ident); symbol != nil && symbol.Kind == model.Local {
			locals[stmt.Target.Ident] = true
		}
	}
	for _, stmt := range o.code[count:] {
		for _, name := range syntax.Names(stmt.Value) {
			if locals[name] {
				return 0, notYet(stmt.Where, "code that uses '"+name+"' both for shared variables and for others")
			}
		}
	}
	return count, nil
}

func (o *Operation) compile(p *preparation, statements []*syntax.CodeStmt, elements int, suffix string) (*plan.Bound, error) {
	c := code{owner: o.of.state, name: o.name + suffix, scope: o.scope(p), protect: true, clock: o.clock, elements: elements, keep: plan.KeepElements, synapses: o.of.synapses}
	b := p.builder(c)
	if err := b.Statements(statements); err != nil {
		return nil, err
	}
	return p.compile(c, b.Finish())
}

// NetworkOperation is a function that is called at regular times of a run, while all of the network stands still. It
// may read and write the variables of all objects, and stop the run.
type NetworkOperation struct {
	*state
	call  func(t units.Quantity) error
	place Place
}

// NetworkOperation makes an object that calls a function with the biological time. An error that it returns ends the run.
// Networks with one keep no variable for constant, except those that are declared as constant.
func (s *Simulation) NetworkOperation(call func(t units.Quantity) error, options OperationOptions) (*NetworkOperation, error) {
	o := &NetworkOperation{state: &state{}, call: call}
	if err := o.init(s, options.Name, "networkoperation", 0, options.DT, nil); err != nil {
		return nil, err
	}
	o.place = at(options.When, atStart, options.Order)
	return o, nil
}

// Place returns where in a step the operation runs.
func (o *NetworkOperation) Place() *Place { return &o.place }

func (o *NetworkOperation) base() *state    { return o.state }
func (o *NetworkOperation) needs() []Object { return nil }

func (o *NetworkOperation) writes(p *preparation) {
	for _, other := range p.network.objects {
		for _, v := range other.base().variables {
			if v.Stored() && !v.Constant {
				p.wrote(v)
			}
		}
	}
}

// prepare implements Object.
func (o *NetworkOperation) prepare(p *preparation) error {
	p.add(o.name, o.clock, o.place, sim.Func(func() error {
		p.network.now = o.clock.Now()
		return o.call(units.Second.Of(p.network.now))
	}))
	return nil
}

// visited reports whether somebody may look at any variable between two steps of a run.
func (n *Network) visited() bool {
	return slices.ContainsFunc(n.objects, func(o Object) bool {
		_, operation := o.(*NetworkOperation)
		return operation && o.Active()
	})
}
