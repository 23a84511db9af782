package synfire

import (
	"errors"

	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/record"
	"synfire/internal/sim"
	"synfire/internal/syntax"
)

// preparation collects what a run consists of.
type preparation struct {
	plan.Partition
	simulation *Simulation
	network    *Network
	names      Names
	written    map[*model.Variable]bool
	entries    []sim.Entry
	heard      []func() error
	copies     []plan.Copies
	// inspected are the variables that are looked through for NaN.
	inspected []*model.Variable
	// setups compute run-constant values before the first step.
	setups []*plan.Bound
	// reached are the objects whose state synapses may change.
	reached map[*state]bool
	// active are the objects that act, connections the synapses among them, linked the groups of which others see variables, or that see those of others; cuts say which
	// elements of an object each part has.
	active      []Object
	connections []*Synapses
	linked      map[*state]bool
	adaptive    map[*state]bool // objects whose steps are adapted, by a task that looks at their state
	cuts        map[*state]plan.Cut
	after       []func()
	// report says what is prepared, deliveries are the tasks of pathways.
	report     *Report
	deliveries []*sim.Delivery
	// together says that a function wants to be called for all elements of a group, so that the network cannot run in parts.
	together bool
	// team are the workers of the run, once it has begun.
	team *sim.Team
}

// constant reports whether nothing writes a variable during the run.
func (p *preparation) constant(v *model.Variable) bool { return !p.written[v] }

// wrote marks a variable as written during the run.
func (p *preparation) wrote(v *model.Variable) { p.written[v] = true }

// wroteBy marks what code writes.
func (p *preparation) wroteBy(code []*syntax.CodeStmt, object func(string) *model.Symbol) {
	for _, name := range model.Written(code) {
		if symbol := object(name); symbol != nil && symbol.Var != nil {
			p.wrote(symbol.Var)
		}
	}
}

// first is the step of a clock at which the network's branch of random numbers began.
func (p *preparation) first(c *clock) int64 { return c.StepsUntil(p.network.branchStart) }

// add schedules a task for the whole network.
func (p *preparation) add(name string, c *clock, at Place, task sim.Task) {
	p.entries = append(p.entries, sim.Entry{Name: name, Clock: c.Clock, When: at.when, Order: at.order, Task: task})
}

// addLocal schedules what parts do on their own for an object.
func (p *preparation) addLocal(name string, of *state, at Place, reach sim.Reach, emits *sim.Spikes, local func(part int, step int64)) {
	p.addFor(of, sim.Entry{Name: name, Clock: of.clock.Clock, When: at.when, Order: at.order, Local: local, Reach: reach, Emits: emits})
}

// addFor schedules what parts do on their own for an object: ahead of the others if nothing reaches the object.
func (p *preparation) addFor(of *state, e sim.Entry) {
	e.Ahead = !p.reached[of]
	p.entries = append(p.entries, e)
}

// addKernel schedules code that runs for all elements of an object; bounds says which elements each part has.
func (p *preparation) addKernel(name string, of *state, at Place, bound *plan.Bound, bounds []int, emits *sim.Spikes) {
	task := sim.NewKernel(of.clock.Clock, p.first(of.clock), bound, bounds, emits)
	p.addLocal(name, of, at, reachOf(bound, ""), emits, task.Local)
}

// errTogether says that the network cannot run in parts.
var errTogether = errors.New("a function wants to be called for all elements of a group")

// watchCalls has the run end where a function fails that is called by the programs of an object. They are the last of setups, from
// bounds on, and run in the entries from entries on.
func (p *preparation) watchCalls(bounds, entries int) {
	var calling []*plan.Bound
	for _, bound := range p.setups[bounds:] {
		if called, _ := bound.Program.Custom(); called {
			calling = append(calling, bound)
		}
	}
	if calling == nil {
		return
	}
	failed := func() error {
		for _, bound := range calling {
			if err := bound.Err(); err != nil {
				return callFailed(err)
			}
		}
		return nil
	}
	for k := range p.entries[entries:] {
		p.entries[entries+k].Failed = failed
	}
}

// alignment of the elements at which parts of a network begin: neighbours do not write to the same cache line, and what they
// record can be packed by each.
const alignment = record.Together

// divide decides in how many parts the network runs, and which objects synapses reach.
func (p *preparation) divide() {
	var load plan.Load
	nested := false
	p.reached, p.linked, p.adaptive, p.cuts = map[*state]bool{}, map[*state]bool{}, map[*state]bool{}, map[*state]plan.Cut{}
	for _, o := range p.active {
		switch x := o.(type) {
		case *Subgroup:
		case Group:
			s := o.base()
			load.Elements += s.n
			for _, l := range s.links {
				p.reached[s], p.reached[l.of.state] = true, true
				p.linked[s], p.linked[l.of.state] = true, true
			}
			for _, v := range s.variables {
				if v.Stored() {
					load.Bytes += plan.Column(v).Bytes()
				}
			}
		case *Synapses:
			load.Connected, nested = true, nested || len(x.ends()) > 0
			p.connections = append(p.connections, x)
			p.reached[x.to.part.state] = true
			for _, s := range x.summed {
				p.reached[s.side.part.state] = true
			}
			// Its own clock-driven equations.
			p.reached[x.state] = true
		}
	}
	p.Partition = plan.Divide(load, p.simulation.Threads(), alignment)
	if nested {
		p.Parts = 1
		for _, o := range p.active {
			p.reached[o.base()] = true // nothing runs ahead of what reads it
		}
	}
}

// reachOf returns how far code reaches beyond the elements that it runs for. What it sees through the index array own
// belongs to them.
func reachOf(bound *plan.Bound, own string) sim.Reach {
	switch reads, writes := bound.Program.Beyond(own); {
	case writes:
		return sim.WritesOthers
	case reads:
		return sim.ReadsOthers
	}
	return sim.OwnPart
}

// code describes a piece of code of an object for a run.
type code struct {
	owner *state
	name  string // of the contained object: "neurongroup_stateupdater"
	scope *model.Scope
	// protect makes writes respect `unless refractory`.
	protect bool
	// elementsOnly refuses writes of shared variables.
	elementsOnly bool
	// clock that the code runs on, if it is not its owner's.
	clock    *clock
	elements int
	keep     plan.Keep
	synapses *Synapses // whose elements the code runs for; nil: not synapses
}

func (p *preparation) builder(c code) *lower.Builder {
	clock := c.owner.clock
	if c.clock != nil {
		clock = c.clock
	}
	return lower.New(c.name, lower.Config{
		Scope: c.scope, Constant: p.constant, Protect: c.protect, ElementsOnly: c.elementsOnly, DT: clock.Dt(), Elements: c.elements,
		Single: c.owner.single,
	})
}

// compile compiles code and binds it to the memory of its owner.
func (p *preparation) compile(c code, lowered *lower.Code) (*plan.Bound, error) {
	if err := checkAliases(lowered.Kernel); err != nil {
		return nil, err
	}
	program, err := plan.Compile(lowered, p.simulation.executor, c.keep)
	if err != nil {
		return nil, err
	}
	if _, whole := program.Custom(); whole {
		if p.together = true; p.Parts > 1 {
			return nil, errTogether
		}
	}
	var bound *plan.Bound
	p.report.tables(func() { // it may take making a column of all synapses
		bound = program.Bind(plan.Memory{
			Column: plan.Column, Indexes: p.simulation.arraysOf(program, c.synapses), Elements: c.elements,
			Key: func(site string) uint64 {
				return c.owner.siteKey(p.network.branch.number, site)
			},
		})
	})
	p.setups = append(p.setups, bound)
	p.report.add(c, lowered, program)
	return bound, nil
}

// describer tells integrators about the names in right-hand sides.
type describer struct {
	preparation *preparation
	scope       *model.Scope
	dt          float64
	clockDriven map[string]bool
}

// Variable implements integrate.Names.
func (d describer) Variable(name string) integrate.Variable {
	symbol := d.scope.Known(name)
	if symbol == nil {
		return integrate.Variable{RunConstant: true, Shared: true}
	}
	info := integrate.Variable{ClockDriven: d.clockDriven[name]}
	switch symbol.Kind {
	case model.Constant:
		info.RunConstant, info.Shared = true, true
	case model.ElementNumber:
		info.RunConstant = true
	case model.VariableSymbol:
		info.RunConstant = d.preparation.constant(symbol.Var)
		info.Shared = symbol.Index == model.Shared
		info.Elsewhere = !info.Shared && symbol.Index != model.Own
	}
	return info
}

// Function implements integrate.Names.
func (d describer) Function(name string) integrate.Function {
	if f := model.Functions[name]; f != nil {
		return integrate.Function{Stateful: f.Stateful, Random: f.Stateful}
	}
	switch symbol, err := d.scope.Resolve(name, zeroSpan); {
	case err != nil:
	case symbol.Kind == model.TableSymbol:
		return integrate.Function{LocallyConstant: locallyConstant(symbol.Value.Table.DT, d.dt)}
	case symbol.Kind == model.FunctionSymbol:
		return integrate.Function{Stateful: symbol.Function.Stateful}
	case symbol.Kind == model.DistributionSymbol:
		return integrate.Function{Stateful: true, Random: true}
	}
	return integrate.Function{}
}

// locallyConstant reports whether a timed array of this sample length does not change within a step: its samples
// are a whole number of steps long.
func locallyConstant(sample, dt float64) bool {
	ratio := sample / dt
	whole := float64(int64(ratio + 0.5))
	return whole >= 1 && ratio-whole < 1e-9*whole && whole-ratio < 1e-9*whole
}

// systemOf makes the system of a group's differential equations, subexpressions substituted.
func systemOf(s *state, scope *model.Scope, names integrate.Names, include func(*model.Variable) bool, refractory bool) *integrate.System {
	system := &integrate.System{Group: s.name, Names: names}
	for _, v := range s.variables {
		if v.Kind == model.Differential && include(v) {
			system.Equations = append(system.Equations, integrate.Equation{
				Name: v.Name, Rhs: model.Expand(v.Rhs, scope), UnlessRefractory: refractory && v.UnlessRefractory, Where: v.Equation.Where,
			})
		}
	}
	return system
}
