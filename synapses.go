package synfire

import (
	"fmt"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/placement"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// Synapses connect the neurons of a source group with those of a target group. They have variables of their own,
// and pathways: code that runs for a synapse some time after its source (on_pre) or target (on_post) spiked.
type Synapses struct {
	part
	source, target End
	equations      *Equations
	updating       updating
	pathways       []*Pathway
	connected      bool

	pre, post            []int32 // numbers of the neurons in their whole groups
	sourceColumn         *model.Variable
	targetColumn         *model.Variable
	outgoing, incoming   *model.Variable
	lastUpdate           *model.Variable      // nil without event-driven equations
	placement            *placement.Placement // nil: all variables are with the synapses
	waiting              *placement.Stored    // of a file, for rows that the next run makes; nil: none
	copyNumber           *model.Variable      // nil without a multisynaptic index
	summed               []*summedVariable
	occurrence           []uint16 // of each synapse among those of its pair; nil if no pair has several
	addressed            int      // synapses of which occurrence tells
	from, to             *population
	fromStart, toStart   int
	fromLength, toLength int
	namedPre, namedPost  func(string) *model.Symbol
}

// PathwayOptions describes one pathway of Synapses.
type PathwayOptions struct {
	// Name of the pathway; "pre" and "post" are those of OnPre and OnPost.
	Name string
	// OnPost makes spikes of the target trigger the pathway, instead of spikes of the source.
	OnPost bool
	Code   string
	// Event is what triggers the pathway instead of spikes.
	Event string
	// Delay, if set, is the delay of all synapses; otherwise each has one of its own, 0 at first.
	Delay units.Quantity
}

// SynapsesOptions configures Synapses.
type SynapsesOptions struct {
	// Equations declare the variables of each synapse; nil: none.
	Equations *Equations
	// OnPre and OnPost are the code of the pathways "pre" and "post".
	OnPre, OnPost string
	// Delay, if set, is the delay of all synapses of the pathway "pre".
	Delay units.Quantity
	// Pathways are further pathways.
	Pathways []PathwayOptions
	// MultisynapticIndex, if set, is the name of a variable that numbers the synapses of each pair of neurons from 0.
	MultisynapticIndex string
	// Method, Updater, Candidates and MethodOptions say how clock-driven equations are integrated, as in NeuronGroupOptions.
	Method        string
	Updater       *Updater
	Candidates    []*Updater
	MethodOptions map[string]any
	// Bits says how many bits float variables have, as in NeuronGroupOptions.
	Bits      map[string]int
	Name      string
	Namespace Names
	DT        units.Quantity
	Order     int
}

// End is what synapses connect: groups of neurons, or other synapses.
type End interface {
	Object
	Len() int
}

// endOf returns the view of what synapses connect.
func endOf(e End) (*population, error) {
	switch x := e.(type) {
	case Group:
		return x.population(), nil
	case *Synapses:
		return &population{part: &x.part, owner: x}, nil
	}
	return nil, diag.Errorf(diag.Span{}, "TypeError", "Synapses connect groups and other synapses, not '%s'.", e.Name())
}

// Synapses makes synapses between groups, or from or onto the elements of other synapses, which have to be connected
// first. They are created by Connect.
func (s *Simulation) Synapses(source, target End, options SynapsesOptions) (*Synapses, error) {
	equations := options.Equations
	if equations == nil {
		equations = NewEquations("")
	}
	equations, err := withMultisynapticIndex(equations, options.MultisynapticIndex)
	if err != nil {
		return nil, err
	}
	if err := equations.parsed.Check(model.SynapseGroup); err != nil {
		return nil, err
	}
	y := &Synapses{
		source: source, target: target, equations: equations,
		updating: updating{options.Method, options.Updater, options.Candidates, options.MethodOptions},
	}
	y.state, y.stop, y.synapses = &state{}, -1, y
	if err := y.init(s, options.Name, "synapses", 0, options.DT, options.Namespace); err != nil {
		return nil, err
	}
	y.order, y.bits = options.Order, options.Bits
	y.updates = Place{atGroups, y.order}
	y.what = fmt.Sprintf("the synapses '%s'", y.name)
	if y.from, err = endOf(source); err != nil {
		return nil, err
	}
	if y.to, err = endOf(target); err != nil {
		return nil, err
	}
	y.fromStart, _ = y.from.part.bounds()
	y.toStart, _ = y.to.part.bounds()
	y.fromLength, y.toLength = y.from.part.Len(), y.to.part.Len()
	if err := y.declare(); err != nil {
		return nil, err
	}
	if v := y.byName[options.MultisynapticIndex]; v != nil {
		v.ReadOnly, y.copyNumber = true, v
	}
	y.namedPre, y.namedPost = y.neighbour(y.from, model.Pre), y.neighbour(y.to, model.Post)
	y.object = y.symbol
	var pathways []PathwayOptions
	if options.OnPre != "" {
		pathways = append(pathways, PathwayOptions{Name: "pre", Code: options.OnPre, Delay: options.Delay})
	}
	if options.OnPost != "" {
		pathways = append(pathways, PathwayOptions{Name: "post", OnPost: true, Code: options.OnPost})
	}
	for _, o := range append(pathways, options.Pathways...) {
		if err := y.addPathway(o); err != nil {
			return nil, err
		}
	}
	return y, nil
}

// declare makes the variables of the synapses.
func (y *Synapses) declare() error {
	variables, err := y.equations.parsed.Variables(y.name)
	if err != nil {
		return err
	}
	eventDriven := false
	for _, v := range variables {
		if v.Summed {
			if err := y.addSummed(v); err != nil {
				return err
			}
			continue
		}
		for _, side := range []*population{y.from, y.to} {
			if side.part.byName[v.Name] != nil {
				return diag.Errorf(v.Equation.NameSpan, "ValueError", "Variable '%s' of the synapses '%s' has the same name as a variable of the group '%s'.", v.Name, y.name, side.part.name).
					WithHint("rename one of them: in synaptic code '%s' alone means the target's variable.", v.Name)
			}
		}
		eventDriven = eventDriven || v.EventDriven
		y.add(v)
	}
	y.sourceColumn = y.implicit("i", model.Integer, units.Dimension{})
	y.targetColumn = y.implicit("j", model.Integer, units.Dimension{})
	y.sourceColumn.ReadOnly, y.targetColumn.ReadOnly = true, true
	if eventDriven {
		y.lastUpdate = y.implicit("lastupdate", model.Float, units.Time)
	}
	y.outgoing = &model.Variable{Name: "N_outgoing", Owner: y.name, Kind: model.Implicit, Type: model.Integer, ReadOnly: true}
	y.incoming = &model.Variable{Name: "N_incoming", Owner: y.name, Kind: model.Implicit, Type: model.Integer, ReadOnly: true}
	y.count()
	return nil
}

// neighbour finds the names of the neurons on one side, without their suffix.
func (y *Synapses) neighbour(of *population, index model.Index) func(string) *model.Symbol {
	if of.part.synapses != nil {
		return y.neighbouringSynapse(of.part.synapses, index)
	}
	names := of.part.neuronSymbols(of.part.Len())
	return func(name string) *model.Symbol {
		symbol := names(name)
		if symbol == nil {
			return nil
		}
		seen := *symbol
		switch symbol.Kind {
		case model.ElementNumber:
			side := y.sourceColumn
			if index == model.Post {
				side = y.targetColumn
			}
			return side.Symbol()
		case model.VariableSymbol:
			switch {
			case symbol.Index == model.Own:
				seen.Index = index
			case symbol.Index.IsArray():
				seen.Index = y.ofNeighbour(index, symbol.Index)
			}
		case model.Expression:
			// A subexpression of the neuron, in the synapse's words.
			seen.Body = syntax.Rewrite(symbol.Body, func(e syntax.Expr) syntax.Expr {
				if ident, ok := e.(*syntax.Name); ok {
					if inner := names(ident.Ident); inner != nil && ident.Ident != "t" && ident.Ident != "dt" {
						return &syntax.Name{At: ident.At, Ident: ident.Ident + index.String()}
					}
				}
				return e
			})
		}
		return &seen
	}
}

// symbol finds the names that synaptic code sees: variables of the synapse, those of the source (_pre) and target
// (_post), and the target's without suffix.
func (y *Synapses) symbol(name string) *model.Symbol {
	if v := y.byName[name]; v != nil {
		return v.Symbol()
	}
	switch name {
	case "N":
		return countSymbol(name, y.n)
	case "N_pre":
		return countSymbol(name, y.fromLength)
	case "N_post":
		return countSymbol(name, y.toLength)
	case "N_outgoing", "N_outgoing_pre":
		symbol := y.outgoing.Symbol()
		symbol.Index = model.Pre
		return symbol
	case "N_incoming", "N_incoming_post":
		symbol := y.incoming.Symbol()
		symbol.Index = model.Post
		return symbol
	case "delay":
		if pathway := y.Pathway("pre"); pathway != nil {
			return pathway.delays.Symbol()
		}
		return nil
	}
	if symbol := y.clock.symbol(name); symbol != nil {
		return symbol
	}
	if base, ok := strings.CutSuffix(name, "_pre"); ok {
		return y.namedPre(base)
	}
	if base, ok := strings.CutSuffix(name, "_post"); ok {
		return y.namedPost(base)
	}
	return y.namedPost(name)
}

func (y *Synapses) base() *state { return y.state }

func (y *Synapses) needs() []Object { return []Object{y.from.owner, y.to.owner} }

// Source returns the group from which the synapses come.
func (y *Synapses) Source() End { return y.source }

// Target returns the group to which the synapses go.
func (y *Synapses) Target() End { return y.target }

// Equations returns the equations of the synapses.
func (y *Synapses) Equations() *Equations { return y.equations }

// Pathway returns the pathway of that name, or nil.
func (y *Synapses) Pathway(name string) *Pathway {
	for _, pathway := range y.pathways {
		if pathway.name == name {
			return pathway
		}
	}
	return nil
}

// StateUpdater returns where in a step clock-driven equations are integrated.
func (y *Synapses) StateUpdater() *Place { return &y.updates }

// Pathways returns all pathways.
func (y *Synapses) Pathways() []*Pathway { return y.pathways }

func (y *Synapses) writes(p *preparation) {
	for _, v := range y.variables {
		if v.Kind == model.Differential || v.ConstantOverDt || isAboutAttempts(v) {
			p.wrote(v)
		}
	}
	if y.lastUpdate != nil {
		p.wrote(y.lastUpdate)
	}
	for _, s := range y.summed {
		p.wrote(s.target)
		p.wrote(s.side.part.clock.t)
		p.wrote(s.side.part.clock.steps)
	}
	for _, pathway := range y.pathways {
		if pathway.active {
			of, _, _ := pathway.trigger()
			p.wrote(of.part.clock.t)
			p.wrote(of.part.clock.steps)
			p.wroteBy(pathway.code, y.symbol)
		}
	}
}

// prepare implements Object.
func (y *Synapses) prepare(p *preparation) error {
	y.renewEnds()
	if !y.connected {
		return diag.Errorf(diag.Span{}, "TypeError", "The synapses '%s' are part of the network, but connect() was never called: they do nothing.", y.name).
			WithHint("call %s.connect(...), or leave them out of the network.", y.name)
	}
	scope := y.scope("the equations", y.symbol, p.names)
	if err := model.CheckDimensions(y.variables, scope); err != nil {
		return err
	}
	if err := checkStateful(y.variables, scope); err != nil {
		return err
	}
	if err := y.prepareConstantOverDt(p, scope, y); err != nil {
		return err
	}
	if err := y.prepareClockDriven(p, scope.Child("the equations of "+y.what)); err != nil {
		return err
	}
	if err := y.prepareSummed(p, scope); err != nil {
		return err
	}
	return y.preparePathways(p, scope)
}

func (y *Synapses) preparePathways(p *preparation, scope *model.Scope) error {
	divided, err := y.place(p)
	if err != nil {
		return err
	}
	decay, err := y.eventDriven(p, scope)
	if err != nil {
		return err
	}
	first := len(p.setups)
	rows := make([]*rowCode, len(y.pathways))
	for k, pathway := range y.pathways {
		if divided != nil && pathway.active {
			if rows[k], err = y.prepareRows(p, divided, k); err != nil {
				return err
			}
			p.copyRows(pathway, rows[k])
		}
	}
	for k, pathway := range y.pathways {
		if pathway.active {
			if err := pathway.prepare(p, decay, divided, k, rows[k]); err != nil {
				return err
			}
		}
	}
	p.report.tables(func() { y.withdrawSources(p.setups[first:]) })
	return nil
}

func clockDriven(v *model.Variable) bool { return v.Kind == model.Differential && !v.EventDriven }

func (y *Synapses) describer(p *preparation, scope *model.Scope) describer {
	names := describer{preparation: p, scope: scope, dt: y.clock.Dt(), clockDriven: map[string]bool{}}
	for _, v := range y.variables {
		names.clockDriven[v.Name] = clockDriven(v)
	}
	return names
}

// prepareClockDriven schedules the integration of clock-driven equations, for all synapses in every step.
func (y *Synapses) prepareClockDriven(p *preparation, scope *model.Scope) error {
	system := systemOf(y.state, scope, y.describer(p, scope), clockDriven, false)
	if len(system.Equations) == 0 {
		return nil
	}
	result, err := y.integrate(system, y.equations, y.updating)
	if err != nil {
		return err
	}
	for _, v := range y.variables {
		if clockDriven(v) {
			p.inspected = append(p.inspected, v)
		}
	}
	c := code{owner: y.state, name: y.name + "_stateupdater", elements: y.n, keep: plan.KeepElements, synapses: y}
	if c.scope, err = withExponentials(y.state, p, scope, result); err != nil {
		return err
	}
	if result.Adaptive != nil {
		everywhere := func(*plan.Bound) sim.Reach { return sim.ReadsOthers }
		return y.prepareAdaptive(p, c, result, y.updating.options, everywhere, func(*lower.Builder) error { return nil })
	}
	b := p.builder(c)
	for _, stage := range [][]*syntax.CodeStmt{result.Code, result.Store} {
		if err := b.Generated(stage); err != nil {
			return err
		}
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	y.address(bound)
	task := sim.NewKernel(y.clock.Clock, p.first(y.clock), bound, p.cut(y.state), nil)
	// Not the parts to which the synapses belong.
	p.addLocal(c.name, y.state, y.updates, sim.ReadsOthers, nil, task.Local)
	return nil
}

// eventDriven returns the code that brings the event-driven variables that the synapses keep from their last event to
// now; nil if there are none.
func (y *Synapses) eventDriven(p *preparation, scope *model.Scope) (*integrate.Result, error) {
	system := systemOf(y.state, scope, y.describer(p, scope), func(v *model.Variable) bool { return v.EventDriven && !y.placement.Keeps(v) }, false)
	if len(system.Equations) == 0 {
		return nil, nil
	}
	return integrate.EventDriven(system)
}
