package synfire

import (
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
)

// summedVariable is a parameter of neurons that is, in each step, the sum of an expression over their synapses.
type summedVariable struct {
	*model.Variable // the expression, named with _pre or _post
	target          *model.Variable
	side            *population
	start, length   int
	index           model.Index
	place           Place
}

// addSummed finds what a summed variable sets. Errors have Brian2's kinds.
func (y *Synapses) addSummed(v *model.Variable) error {
	s := &summedVariable{Variable: v, side: y.to, start: y.toStart, length: y.toLength, index: model.Post}
	name, ok := strings.CutSuffix(v.Name, "_post")
	if !ok {
		s.side, s.start, s.length, s.index = y.from, y.fromStart, y.fromLength, model.Pre
		if name, ok = strings.CutSuffix(v.Name, "_pre"); !ok {
			return diag.Errorf(v.Equation.NameSpan, "ValueError", "The summed variable '%s' does not end in '_pre' or '_post'.", v.Name)
		}
	}
	s.target = s.side.part.byName[name]
	switch {
	case s.target == nil || s.target.Kind != model.Parameter || s.target.Shared || s.target.Linked:
		return diag.Errorf(v.Equation.NameSpan, "ValueError", "The summed variable '%s' needs a corresponding parameter '%s' in the target group.", v.Name, name).
			WithHint("declare '%s : %s' in the equations of '%s'.", name, v.Equation.Unit, s.side.part.name)
	case s.target.Dim != v.Dim:
		return diag.Errorf(v.Equation.UnitSpan, "DimensionMismatchError", "Summed variables need to have the same units in Synapses and the target group (units are %s and %s).",
			unitName(v.Dim), unitName(s.target.Dim))
	case s.target.Type != v.Type || v.Type == model.Boolean:
		return diag.Errorf(v.Equation.UnitSpan, "TypeError", "The summed variable '%s' is %s, but '%s' of '%s' is %s.", v.Name, v.Type, name, s.side.part.name, s.target.Type).
			WithHint("both have to be floats, or both integers.")
	}
	for _, other := range y.summed {
		if other.target == s.target {
			return diag.Errorf(v.Equation.NameSpan, "ValueError", "The target variable '%s' is already updated by another summed variable", name)
		}
	}
	s.place = Place{atGroups, s.side.owner.base().order - 1}
	y.summed = append(y.summed, s)
	return nil
}

// SummedVariables returns the names of the summed variables, with _pre or _post.
func (y *Synapses) SummedVariables() []string {
	var names []string
	for _, s := range y.summed {
		names = append(names, s.Name)
	}
	return names
}

// SummedUpdater returns where in a step a summed variable is computed, which is called by its name with _pre or _post; nil if
// there is none of that name.
func (y *Synapses) SummedUpdater(name string) *Place {
	for _, s := range y.summed {
		if s.Name == name {
			return &s.place
		}
	}
	return nil
}

// checkSummed refuses networks in which two synapses sum into the same variable of the same neurons.
func (n *Network) checkSummed() error {
	var all []*summedVariable
	for _, o := range n.objects {
		y, ok := o.(*Synapses)
		if !ok {
			continue
		}
		for _, s := range y.summed {
			for _, other := range all {
				if other.target == s.target && s.start < other.start+other.length && other.start < s.start+s.length {
					return diag.Errorf(s.Equation.NameSpan, "NotImplementedError", "Multiple 'summed variables' target the variable '%s' in group '%s'. Use multiple variables in the target group instead.",
						s.target.Name, s.target.Owner)
				}
			}
			all = append(all, s)
		}
	}
	return nil
}

// prepareSummed schedules the sums, before the state update of their neurons.
func (y *Synapses) prepareSummed(p *preparation, scope *model.Scope) error {
	for _, s := range y.summed {
		if err := model.CheckDimensions([]*model.Variable{s.Variable}, scope); err != nil {
			return err
		}
		if err := model.CheckStatefulOnce(s.Rhs, scope); err != nil {
			return err
		}
		if err := y.scheduleSum(p, s, scope); err != nil {
			return err
		}
	}
	return nil
}

func (y *Synapses) scheduleSum(p *preparation, s *summedVariable, scope *model.Scope) error {
	for _, name := range syntax.Names(model.Expand(s.Rhs, scope)) {
		if v := y.byName[name]; v != nil && v.EventDriven {
			return diag.Errorf(s.Rhs.Span(), "EquationError", "The summed '%s' should not depend on the event-driven variable '%s'.", s.Name, name).
				WithHint("make '%s' (clock-driven), so that it has a value in each step.", name)
		}
	}
	of := s.side.part
	values := exec.NewColumn(lower.StorageType(s.target), y.n)
	result := &model.Variable{Name: "_summed", Owner: y.name, Kind: model.Implicit, Type: s.target.Type, Single: s.target.Single, Storage: &plan.Storage{Column: values}}
	p.wrote(result)
	c := code{
		owner: y.state, name: y.name + "_summed_variable_" + s.Name, scope: scope.Child("the summed variable '" + s.Name + "' of " + y.what), clock: of.clock,
		elements: y.n, keep: plan.KeepElements, synapses: y,
	}
	b := p.builder(c)
	if err := b.AssignTo(result, model.Own, s.Rhs); err != nil {
		return err
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	y.address(bound)
	neuron := y.post
	if s.index == model.Pre {
		neuron = y.sources()
	}
	options := sim.SumOptions{
		Clock: of.clock.Clock, First: p.first(of.clock), Bound: bound, Values: values,
		Target: plan.Column(s.target), Neuron: neuron, Start: s.start, Stop: s.start + s.length,
	}
	entry := sim.Entry{Name: c.name, Clock: of.clock.Clock, When: s.place.when, Order: s.place.order}
	if readsElsewhere(bound, s.target, s.index) {
		// All values have to be computed before the first neuron is set.
		entry.Task = sim.NewSum(options)
	} else {
		options.Bounds = p.cut(of.state)
		options.Lanes = p.cut(of.state).Lanes(neuron)
		entry.Local, entry.Reach = sim.NewSum(options).Local, sim.ReadsOthers
	}
	p.entries = append(p.entries, entry)
	return nil
}

// readsElsewhere reports whether code reads a variable of neurons through another index than the given one.
func readsElsewhere(bound *plan.Bound, target *model.Variable, index model.Index) bool {
	own := lower.PostIndex
	if index == model.Pre {
		own = lower.PreIndex
	}
	kernel := bound.Program.Kernel
	for _, v := range kernel.Vars {
		if v.Storage == target.Owner+"."+target.Name && (v.Index != ir.Indexed || kernel.Indexes[v.Via] != own) {
			return true
		}
	}
	return false
}
