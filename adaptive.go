package synfire

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/units"
)

// adaptiveOptions are the options of the methods gsl_..., with Brian2's names and defaults.
type adaptiveOptions struct {
	absolute    float64            // absolute_error: what an attempt may add to the error of a variable, in SI units
	perVariable map[string]float64 // absolute_error_per_variable
	adaptable   bool               // adaptable_timestep: attempts may be shorter than a step
	maximum     int64              // max_steps: how many attempts may follow the first one that succeeds
	keepLast    bool               // use_last_timestep: a step begins with the length with which the one before ended
	keepFailed  bool               // save_failed_steps
	keepCount   bool               // save_step_count
}

// The variables in which a group keeps how adaptive methods went.
const (
	lastTimestep = "_last_timestep" // the length of the attempts
	failedSteps  = "_failed_steps"  // how many attempts of the last step were too long
	stepCount    = "_step_count"    // how many attempts the last step took that were not
)

// isAboutAttempts reports whether a variable is one of these.
func isAboutAttempts(v *model.Variable) bool {
	return v.Kind == model.Implicit && (v.Name == lastTimestep || v.Name == failedSteps || v.Name == stepCount)
}

// adaptiveOptions reads MethodOptions.
func (s *state) adaptiveOptions(given map[string]any) (adaptiveOptions, error) {
	o := adaptiveOptions{absolute: 1e-6, adaptable: true, maximum: 100, keepLast: true}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		value := given[name]
		wrong := func(want string) error {
			return diag.Errorf(diag.Span{}, "TypeError", "The %s key in method_options should be %s, not %v.", name, want, value)
		}
		ok, want := true, "a boolean"
		switch name {
		case "absolute_error":
			want = "a float"
			o.absolute, ok = value.(float64)
		case "max_steps":
			want = "an integer"
			switch n := value.(type) {
			case int:
				o.maximum = int64(n)
			case int64:
				o.maximum = n
			default:
				ok = false
			}
			if ok && o.maximum < 1 {
				return o, diag.Errorf(diag.Span{}, "ValueError", "max_steps has to be positive, but is %d.", o.maximum)
			}
		case "absolute_error_per_variable":
			want = "None or a dictionary containing the error for each individual state variable"
			if value == nil {
				continue
			}
			var errors map[string]any
			if errors, ok = value.(map[string]any); ok {
				var err error
				if o.perVariable, err = s.errorsOf(errors); err != nil {
					return o, err
				}
			}
		case "adaptable_timestep":
			o.adaptable, ok = value.(bool)
		case "use_last_timestep":
			o.keepLast, ok = value.(bool)
		case "save_failed_steps":
			o.keepFailed, ok = value.(bool)
		case "save_step_count":
			o.keepCount, ok = value.(bool)
		}
		if !ok {
			return o, wrong(want)
		}
	}
	return o, nil
}

// errorsOf reads absolute_error_per_variable.
func (s *state) errorsOf(given map[string]any) (map[string]float64, error) {
	errors := map[string]float64{}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		v := s.byName[name]
		if v == nil {
			return nil, diag.Errorf(diag.Span{}, "KeyError", "absolute_error specified for variable that does not exist: %s", name)
		}
		if v.Kind != model.Differential || v.EventDriven {
			return nil, diag.Errorf(diag.Span{}, "KeyError", "absolute_error specified for variable that is not being integrated: %s", name)
		}
		values, anyDim, err := asValues(given[name])
		if err != nil {
			return nil, err
		}
		if values.Len() != 1 {
			return nil, diag.Errorf(diag.Span{}, "TypeError", "absolute_error_per_variable needs one value for '%s'.", name)
		}
		if !anyDim && values.Dim != v.Dim {
			return nil, diag.Errorf(diag.Span{}, "DimensionMismatchError",
				"Unit of absolute_error_per_variable for variable %s does not match unit of variable itself (units are %s and %s).",
				name, unitName(values.Dim), unitName(v.Dim))
		}
		errors[name] = values.Float(0)
	}
	return errors, nil
}

// The failures of elements that an adaptive method gives up.
const (
	tooManySteps = 1 + iota
	tooShort
	tooLong
)

// attempts are the memory of an adaptive method.
type attempts struct {
	adaptiveOptions
	time, length, last, count, failed, failure *model.Variable
	// doubles hold, during a step, the values of variables in single precision: what is tried is smaller than their rounding.
	doubles map[*model.Variable]*model.Variable
}

// attempts makes that memory. What users may read is among the variables of the group from then on.
func (s *state) attempts(given map[string]any) (*attempts, error) {
	o, err := s.adaptiveOptions(given)
	if err != nil {
		return nil, err
	}
	temporary := func(name string, t model.Type) *model.Variable {
		return implicit(s.name, name, t, units.Dimension{}, exec.NewColumn(lower.StorageType(&model.Variable{Type: t}), s.n))
	}
	kept := func(wanted bool, name string, t model.Type) *model.Variable {
		switch v := s.byName[name]; {
		case !wanted:
			return temporary(name, t)
		case v != nil:
			return v
		}
		return s.implicit(name, t, units.Dimension{})
	}
	a := &attempts{
		adaptiveOptions: o,
		time:            temporary(integrate.AttemptTime, model.Float),
		length:          temporary(integrate.AttemptLength, model.Float),
		last:            kept(o.keepLast, lastTimestep, model.Float),
		count:           kept(o.keepCount, stepCount, model.Integer),
		failed:          kept(o.keepFailed, failedSteps, model.Integer),
		failure:         temporary("_failure", model.Integer),
		doubles:         map[*model.Variable]*model.Variable{},
	}
	for _, v := range s.variables {
		if v.Kind == model.Differential && !v.EventDriven && v.Single {
			a.doubles[v] = temporary("_double_"+v.Name, model.Float)
		}
	}
	for k, x := range plan.Column(a.last).F64 {
		if x == 0 {
			plan.Column(a.last).F64[k] = s.clock.Dt() // a new element
		}
	}
	return a, nil
}

// prepareAdaptive schedules a state update of which result is an attempt. begin lowers what comes before it in each step.
func (s *state) prepareAdaptive(p *preparation, c code, result *integrate.Result, options map[string]any, reach func(*plan.Bound) sim.Reach, begin func(*lower.Builder) error) error {
	a, err := s.attempts(options)
	if err != nil {
		return err
	}
	for _, v := range slices.AppendSeq([]*model.Variable{a.time, a.length, a.last, a.count, a.failed, a.failure}, maps.Values(a.doubles)) {
		p.wrote(v)
	}
	b := p.builder(c)
	if err := begin(b); err != nil {
		return err
	}
	a.begin(b, s)
	first, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	for v, double := range a.doubles {
		double.UnlessRefractory = v.UnlessRefractory // now that it has its value
	}
	scope := c.scope
	c.scope = scope.Child(scope.What)
	c.scope.Object = func(name string) *model.Symbol {
		switch name {
		case a.time.Name:
			return a.time.Symbol()
		case a.length.Name:
			return a.length.Symbol()
		}
		symbol := scope.Known(name)
		if symbol != nil && a.doubles[symbol.Var] != nil {
			return a.doubles[symbol.Var].Symbol()
		}
		return symbol
	}
	b = p.builder(c)
	b.Single = false
	if err := a.attempt(b, s, result); err != nil {
		return err
	}
	again, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	task := sim.NewRepeated(s.clock.Clock, p.first(s.clock), first, again, p.cut(s), plan.Column(a.failure).I32)
	p.addLocal(c.name, s, s.updates, max(reach(first), reach(again)), nil, task.Local)
	p.heard = append(p.heard, func() error { return a.explain(s, task.Failure()) })
	return nil
}

// begin lowers the beginning of a step.
func (a *attempts) begin(b *lower.Builder, s *state) {
	ops := b.Ops
	dt := b.Load(s.clock.dt, model.Shared)
	b.Write(a.time, model.Own, b.Load(s.clock.t, model.Shared))
	length := dt
	if a.adaptable && a.keepLast {
		// A shorter time step than that of the run before, or a number that a user wrote.
		last := b.Load(a.last, model.Own)
		length = ops.Select(ops.And(ops.Greater(last, ops.Float(0)), ops.LessEqual(last, dt)), last, dt)
	}
	b.Write(a.last, model.Own, length)
	b.Write(a.length, model.Own, length)
	for _, v := range s.variables {
		if double := a.doubles[v]; double != nil {
			b.Write(double, model.Own, ops.Convert(b.Load(v, model.Own), ir.F64))
		}
	}
	for _, v := range []*model.Variable{a.count, a.failed, a.failure} {
		b.Write(v, model.Own, ops.Int(ir.I32, 0))
	}
}

// attempt lowers an attempt and what follows from its error. The rules are those of the GNU Scientific Library's
// evolution with its standard control: an attempt whose error exceeds what is allowed by more than a tenth is undone and
// tried with a length that is smaller by the factor 0.9*excess**(-1/order), but at least a fifth of it; one whose error is
// below half of it is followed by an attempt that is longer by 0.9*excess**(-1/(order+1)), at most 5. Excess is the largest
// quotient of estimated and allowed error. The last attempt of a step is shortened to end with it, and changes nothing for the
// next step.
func (a *attempts) attempt(b *lower.Builder, s *state, result *integrate.Result) error {
	ops := b.Ops
	dt := b.Load(s.clock.dt, model.Shared)
	end := ops.Add(b.Load(s.clock.t, model.Shared), dt)
	time, count := b.Load(a.time, model.Own), b.Load(a.count, model.Own)
	last, wanted := b.Load(a.last, model.Own), b.Load(a.length, model.Own)
	length, final := dt, ops.Bool(true)
	if a.adaptable {
		rest := ops.Sub(end, time)
		final = ops.Greater(wanted, rest)
		length = ops.Select(final, rest, wanted)
	}
	b.Write(a.length, model.Own, length)
	if err := b.Generated(result.Code); err != nil {
		return err
	}
	excess := ops.Float(0x1p-1022)
	for k, store := range result.Store {
		allowed, ok := a.perVariable[store.Target.Ident]
		if !ok {
			allowed = a.absolute
		}
		estimate, err := b.Float(result.Adaptive.Errors[k])
		if err != nil {
			return err
		}
		// An error that is not a number is none, as in the GSL: there is nothing to be gained by going on trying.
		excess = ops.Max(ops.Div(ops.Abs(estimate), ops.Float(math.Abs(allowed))), excess)
	}
	undone := ops.Greater(excess, ops.Float(1.1))
	done := ops.Not(undone)
	for _, store := range result.Store {
		symbol := b.Scope.Known(store.Target.Ident)
		value, err := b.Float(store.Value)
		if err != nil {
			return err
		}
		value = ops.Select(done, value, b.Load(symbol.Var, model.Own))
		b.Write(symbol.Var, model.Own, value)
		if v := s.byName[store.Target.Ident]; v != symbol.Var {
			b.Write(v, model.Own, ops.Convert(value, ir.F32))
		}
	}
	one, none := ops.Int(ir.I32, 1), ops.Int(ir.I32, 0)
	if !a.adaptable {
		b.Write(a.count, model.Own, one)
		b.Write(a.failure, model.Own, ops.Select(undone, ops.Int(ir.I32, tooLong), none))
		ops.Emit(undone)
		return nil
	}
	order := float64(result.Adaptive.Order)
	factor := ops.Div(ops.Float(0.9), ops.Pow(excess, ops.Select(undone, ops.Float(1/order), ops.Float(1/(order+1)))))
	shorter := ops.Mul(ops.Max(factor, ops.Float(0.2)), length)
	longer := ops.Mul(ops.Clip(factor, ops.Float(1), ops.Float(5)), length)
	next := ops.Select(undone, shorter, ops.Select(ops.Less(excess, ops.Float(0.5)), longer, length))

	reached := ops.Select(final, end, ops.Add(time, length))
	goesOn := ops.And(ops.Less(next, length), ops.NotEqual(ops.Add(reached, next), reached))
	last = ops.Select(ops.And(done, ops.Not(final)), ops.Min(next, dt), last)
	spent := ops.And(done, ops.Greater(ops.Convert(count, ir.I64), ops.Int(ir.I64, a.maximum)))
	failure := ops.Select(spent, ops.Int(ir.I32, tooManySteps), ops.Select(ops.And(undone, ops.Not(goesOn)), ops.Int(ir.I32, tooShort), none))

	b.Write(a.failure, model.Own, failure)
	b.Write(a.time, model.Own, ops.Select(done, reached, time))
	b.Write(a.last, model.Own, last)
	b.Write(a.length, model.Own, ops.Select(done, last, next))
	b.Write(a.count, model.Own, ops.Add(count, ops.Convert(done, ir.I32)))
	b.Write(a.failed, model.Own, ops.Add(b.Load(a.failed, model.Own), ops.Convert(undone, ir.I32)))
	ops.Emit(ops.Or(ops.Or(undone, spent), ops.Less(reached, end)))
	return nil
}

// explain makes the message about a failure, if there was one.
func (a *attempts) explain(s *state, f sim.Failure) error {
	why, hint := "", "allow a larger absolute_error, or more max_steps, in method_options."
	switch f.Code {
	case 0:
		return nil
	case tooManySteps:
		why = "\nThis means that the desired error cannot be achieved with the given maximum number of steps. Try using a larger error or a larger number of steps."
	case tooShort:
		why = "\nThis means that the desired error cannot be achieved, however short the steps are."
		hint = "is there a time at which the equations have no solution? Otherwise allow a larger absolute_error in method_options."
	case tooLong:
		why = "\nThis means that the size of the timestep results in an error larger than that set by absolute_error."
		hint = "allow a larger absolute_error or adaptable_timestep in method_options, or take a smaller dt."
	}
	at := units.Second.Of(float64(f.Step) * s.clock.Dt())
	return diag.Errorf(diag.Span{}, "IntegrationError", "GSL integrator failed to integrate the equations.%s", why).
		WithNote(diag.Span{}, "%s", fmt.Sprintf("Error encountered with object named '%s', element %d, in the step at t=%s.", s.name, f.Element, at)).
		WithHint("%s", hint)
}
