package synfire

import (
	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// zeroSpan is no place.
var zeroSpan diag.Span

// place in the schedule.
var (
	atStart      = sim.When{Slot: sim.Start}
	beforeStart  = sim.When{Slot: sim.Start, Side: -1}
	atGroups     = sim.When{Slot: sim.Groups}
	atThresholds = sim.When{Slot: sim.Thresholds}
	atSynapses   = sim.When{Slot: sim.SynapticEvents}
	atResets     = sim.When{Slot: sim.Resets}
	atEnd        = sim.When{Slot: sim.End}
)

func (g *NeuronGroup) writes(p *preparation) {
	for _, v := range g.variables {
		if v.Kind == model.Differential || v.ConstantOverDt || isAboutAttempts(v) {
			p.wrote(v)
		}
	}
	if g.isRefractory() {
		p.wrote(g.lastSpike)
		p.wrote(g.notRefractory)
	}
	p.wroteBy(g.reset, g.object)
	for _, follow := range g.eventCodes {
		p.wroteBy(follow.code, g.object)
	}
}

// prepare implements Object.
func (g *NeuronGroup) prepare(p *preparation) error {
	if err := g.checkLinks(); err != nil {
		return err
	}
	scope := g.scope("the equations", g.object, p.names)
	if err := model.CheckDimensions(g.variables, scope); err != nil {
		return err
	}
	if err := checkStateful(g.variables, scope); err != nil {
		return err
	}
	if err := g.prepareConstantOverDt(p, scope, nil); err != nil {
		return err
	}
	if err := g.prepareUpdate(p, scope.Child("the equations of "+g.what)); err != nil {
		return err
	}
	if err := g.prepareEvents(p); err != nil {
		return err
	}
	if g.threshold == nil {
		return nil
	}
	if err := g.prepareThreshold(p); err != nil {
		return err
	}
	return g.prepareReset(p)
}

// checkStateful refuses random numbers in subexpressions that are not stored: each mention would draw anew.
func checkStateful(variables []*model.Variable, scope *model.Scope) error {
	for _, v := range variables {
		if v.Rhs == nil {
			continue
		}
		if v.Kind == model.Subexpression && !v.ConstantOverDt && model.IsStateful(v.Rhs, scope) {
			return diag.Errorf(v.Rhs.Span(), "SyntaxError", "The subexpression '%s' refers to a stateful function (e.g. rand()), but is not flagged as (constant over dt).", v.Name).
				WithHint("write '%s = %s : %s (constant over dt)'.", v.Name, syntax.Format(v.Rhs), v.Equation.Unit)
		}
		if err := model.CheckStatefulOnce(v.Rhs, scope); err != nil {
			return err
		}
	}
	return nil
}

// prepareConstantOverDt schedules the computation of subexpressions that are stored. synapses is nil for neurons.
func (s *state) prepareConstantOverDt(p *preparation, scope *model.Scope, synapses *Synapses) error {
	// Shared ones are computed once, and first: others may refer to them.
	for _, shared := range []bool{true, false} {
		c := code{owner: s, name: s.name + "_subexpression_update", scope: scope, elements: s.n, keep: plan.KeepElements, synapses: synapses}
		if shared {
			c.name, c.elements = c.name+"_shared", 1
		}
		b := p.builder(c)
		found := false
		for _, v := range s.variables {
			if v.ConstantOverDt && v.Shared == shared {
				found = true
				if err := b.AssignTo(v, v.Symbol().Index, v.Rhs); err != nil {
					return err
				}
			}
		}
		if !found {
			continue
		}
		bound, err := p.compile(c, b.Finish())
		if err != nil {
			return err
		}
		if synapses == nil || shared {
			p.addKernel(s.name+"_subexpression_update", s, Place{beforeStart, s.order}, bound, p.cut(s).Within(0, c.elements), nil)
			continue
		}
		synapses.address(bound)
		task := sim.NewKernel(s.clock.Clock, p.first(s.clock), bound, p.cut(s), nil)
		// Not the parts to which the synapses belong.
		p.addLocal(s.name+"_subexpression_update", s, Place{beforeStart, s.order}, sim.ReadsOthers, nil, task.Local)
	}
	return nil
}

// prepareUpdate schedules the state update: refractoriness, then integration, both from the values at the
// beginning of the step.
func (g *NeuronGroup) prepareUpdate(p *preparation, scope *model.Scope) error {
	names := describer{preparation: p, scope: scope, dt: g.clock.Dt()}
	system := systemOf(g.state, scope, names, func(*model.Variable) bool { return true }, g.isRefractory())
	if len(system.Equations) == 0 && !g.isRefractory() {
		return nil
	}
	c := code{owner: g.state, name: g.name + "_stateupdater", scope: scope, protect: g.isRefractory(), elements: g.n, keep: plan.KeepElements}
	var result *integrate.Result
	if len(system.Equations) > 0 {
		var err error
		if result, err = g.integrate(system, g.equations, g.updating); err != nil {
			return err
		}
		g.method = result.Method
		if result.Adaptive != nil {
			for _, v := range g.variables {
				if v.Kind == model.Differential {
					p.inspected = append(p.inspected, v)
				}
			}
			return g.prepareAdaptive(p, c, result, g.updating.options, func(b *plan.Bound) sim.Reach { return reachOf(b, "") }, g.lowerRefractory)
		}
		if c.scope, err = withExponentials(g.state, p, scope, result); err != nil {
			return err
		}
	}
	b := p.builder(c)
	if err := g.lowerRefractory(b); err != nil {
		return err
	}
	if result != nil && g.worthCutting(c.scope) {
		// "refractory" comes before "stateupdater" in the schedule.
		bound, err := p.compile(c, b.Finish())
		if err != nil {
			return err
		}
		p.addKernel(g.name+"_refractory", g.state, g.updates, bound, p.cut(g.state), nil)
		b = p.builder(c)
	}
	if result != nil {
		if err := b.Generated(result.Code); err != nil {
			return err
		}
		if err := b.Generated(result.Store); err != nil {
			return err
		}
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	for _, v := range g.variables {
		if v.Kind == model.Differential {
			p.inspected = append(p.inspected, v)
		}
	}
	p.addKernel(c.name, g.state, g.updates, bound, p.cut(g.state), nil)
	return nil
}

// worthCutting reports whether the state update is faster in two kernels: times make every lane of a kernel one of 64 bits, so
// in single precision refractoriness is decided apart from the rest, unless there are so few neurons that calling a second
// kernel costs more.
func (g *NeuronGroup) worthCutting(scope *model.Scope) bool {
	const fewest = 256
	if !g.single || g.n < fewest || !g.isRefractory() || model.IsStateful(g.duration, scope) {
		return false
	}
	kind, err := model.Infer(g.duration, scope)
	return err == nil && kind.Type != model.Boolean
}

// withExponentials evaluates the matrices that an integrator asks for and returns a scope in which its code
// finds them, as constants or as variables of the group.
func withExponentials(s *state, p *preparation, scope *model.Scope, result *integrate.Result) (*model.Scope, error) {
	if len(result.Exponentials) == 0 {
		return scope, nil
	}
	known := map[string]*model.Symbol{}
	for _, request := range result.Exponentials {
		if err := evaluateExponential(s, p, scope, request, known); err != nil {
			return nil, err
		}
	}
	extended := scope.Child(scope.What)
	extended.Object = func(name string) *model.Symbol {
		if symbol := known[name]; symbol != nil {
			return symbol
		}
		return scope.Known(name)
	}
	return extended, nil
}

func evaluateExponential(s *state, p *preparation, scope *model.Scope, request *integrate.MatrixExponential, known map[string]*model.Symbol) error {
	n, elements := len(request.Variables), s.n
	if request.Shared {
		elements = 1
	}
	entries := make([]exec.Column, 0, n*n)
	for _, row := range request.M {
		for _, entry := range row {
			values := exec.NewColumn(lower.StorageType(&model.Variable{Type: model.Float}), elements)
			result := &model.Variable{Name: "_entry", Owner: s.name, Kind: model.Implicit, Type: model.Float, Shared: request.Shared, Storage: &plan.Storage{Column: values}}
			p.wrote(result)
			b := p.builder(code{owner: s, name: "entry", scope: scope, elements: elements})
			x, err := b.Float(entry)
			if err != nil {
				return err
			}
			b.Write(result, result.Symbol().Index, x)
			bound, err := p.compile(code{owner: s, elements: elements}, b.Finish())
			if err != nil {
				return err
			}
			bound.Setup()
			bound.Run(0, elements)
			if err := bound.Err(); err != nil {
				return callFailed(err)
			}
			entries = append(entries, values)
		}
	}
	outputs := map[string]exec.Column{}
	for _, names := range [][][]string{request.P, request.Q} {
		for _, row := range names {
			for _, name := range row {
				if name != "" {
					outputs[name] = exec.NewColumn(lower.StorageType(&model.Variable{Type: model.Float, Single: s.single && !request.Shared}), elements)
				}
			}
		}
	}
	values := make([]float64, n*n)
	for k := range elements {
		for e := range entries {
			values[e] = entries[e].F64[k]
		}
		exponential, integral := request.Evaluate(values, s.clock.Dt())
		for i := range n {
			for j := range n {
				if name := request.P[i][j]; name != "" {
					outputs[name].SetFloat(k, exponential[i*n+j])
				}
				if name := request.Q[i][j]; name != "" {
					outputs[name].SetFloat(k, integral[i*n+j])
				}
			}
		}
	}
	for name, c := range outputs {
		if request.Shared {
			known[name] = &model.Symbol{Name: name, Kind: model.Constant, Type: model.Float, Value: model.External{Type: model.Float, Float: c.F64[0]}}
			continue
		}
		v := implicit(s.name, name, model.Float, units.Dimension{}, c)
		v.Single = c.F32 != nil
		known[name] = v.Symbol()
	}
	return nil
}

func (g *NeuronGroup) prepareThreshold(p *preparation) error {
	scope := g.scope("the threshold", g.object, p.names)
	if err := model.CheckCondition(g.threshold, scope, "Threshold condition"); err != nil {
		return err
	}
	if err := model.CheckStatefulOnce(g.threshold, scope); err != nil {
		return err
	}
	c := code{owner: g.state, name: g.name + "_spike_thresholder", scope: scope, elements: g.n, keep: plan.KeepElements}
	b := p.builder(c)
	fires, err := b.Condition(g.threshold)
	if err != nil {
		return err
	}
	if g.isRefractory() {
		free := b.Load(g.notRefractory, model.Own)
		fires = b.Ops.And(fires, free)
		b.Write(g.lastSpike, model.Own, b.Ops.Select(fires, b.Load(g.clock.t, model.Shared), b.Load(g.lastSpike, model.Own)))
		b.Write(g.notRefractory, model.Own, b.Ops.And(free, b.Ops.Not(fires)))
	}
	b.Ops.Emit(fires)
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	p.addKernel(c.name, g.state, g.thresholds, bound, p.cut(g.state), g.fired)
	return nil
}

func (g *NeuronGroup) prepareReset(p *preparation) error {
	if len(g.reset) == 0 {
		return nil
	}
	// The reset may write what refractoriness protects.
	c := code{owner: g.state, name: g.name + "_spike_resetter", scope: g.scope("the reset", g.object, p.names), elementsOnly: true, elements: g.n, keep: plan.KeepElements}
	b := p.builder(c)
	if err := b.Statements(g.reset); err != nil {
		return err
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	task := sim.NewSelected(g.clock.Clock, p.first(g.clock), bound, g.fired, p.Parts)
	p.addLocal(c.name, g.state, g.resets, reachOf(bound, ""), nil, task.Local)
	return nil
}
