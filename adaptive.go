package synfire

import (
	"fmt"
	"maps"
	"slices"

	"synfire/internal/adaptive"
	"synfire/internal/diag"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/units"
)

// adaptiveOptions are the options of the methods gsl_..., which have Brian2's names and defaults.
type adaptiveOptions struct {
	adaptive.Options
	keepFailed bool // save_failed_steps
	keepCount  bool // save_step_count
}

// isAboutAttempts reports whether a group keeps in a variable how adaptive methods went.
func isAboutAttempts(v *model.Variable) bool {
	return v.Kind == model.Implicit && (v.Name == adaptive.LastTimestep || v.Name == adaptive.FailedSteps || v.Name == adaptive.StepCount)
}

// adaptiveOptions reads MethodOptions.
func (s *state) adaptiveOptions(given map[string]any) (adaptiveOptions, error) {
	o := adaptiveOptions{Options: adaptive.Options{Absolute: 1e-6, Adaptable: true, Maximum: 100, KeepLast: true}}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		value := given[name]
		wrong := func(want string) error {
			return diag.Errorf(diag.Span{}, "TypeError", "The %s key in method_options should be %s, not %v.", name, want, value)
		}
		ok, want := true, "a boolean"
		switch name {
		case "absolute_error":
			want = "a float"
			o.Absolute, ok = value.(float64)
		case "max_steps":
			want = "an integer"
			switch n := value.(type) {
			case int:
				o.Maximum = int64(n)
			case int64:
				o.Maximum = n
			default:
				ok = false
			}
			if ok && o.Maximum < 1 {
				return o, diag.Errorf(diag.Span{}, "ValueError", "max_steps has to be positive, but is %d.", o.Maximum)
			}
		case "absolute_error_per_variable":
			want = "None or a dictionary containing the error for each individual state variable"
			if value == nil {
				continue
			}
			var errors map[string]any
			if errors, ok = value.(map[string]any); ok {
				var err error
				if o.PerVariable, err = s.errorsOf(errors); err != nil {
					return o, err
				}
			}
		case "adaptable_timestep":
			o.Adaptable, ok = value.(bool)
		case "use_last_timestep":
			o.KeepLast, ok = value.(bool)
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

// control makes the control of steps. What users may read of it is among the variables of the group from then on.
func (s *state) control(given map[string]any) (*adaptive.Control, error) {
	o, err := s.adaptiveOptions(given)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{adaptive.LastTimestep: o.KeepLast, adaptive.StepCount: o.keepCount, adaptive.FailedSteps: o.keepFailed}
	var integrated []*model.Variable
	for _, v := range s.variables {
		if clockDriven(v) {
			integrated = append(integrated, v)
		}
	}
	return adaptive.New(o.Options, s.name, s.n, s.clock.t, s.clock.dt, integrated, func(name string, t model.Type) *model.Variable {
		switch v := s.byName[name]; {
		case !wanted[name]:
			return nil
		case v != nil:
			return v
		}
		return s.implicit(name, t, units.Dimension{})
	}), nil
}

// prepareAdaptive schedules a state update of which result is an attempt. begin lowers what comes before it in each step.
func (s *state) prepareAdaptive(p *preparation, c code, result *integrate.Result, options map[string]any, reach func(*plan.Bound) sim.Reach, begin func(*lower.Builder) error) error {
	control, err := s.control(options)
	if err != nil {
		return err
	}
	for _, v := range control.Memory() {
		p.wrote(v)
	}
	b := p.builder(c)
	if err := begin(b); err != nil {
		return err
	}
	control.Begin(b)
	first, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	c.scope = control.Scope(c.scope)
	b = p.builder(c)
	b.Single = false
	if err := control.Attempt(b, result); err != nil {
		return err
	}
	again, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	p.adaptive[s] = true
	task := sim.NewRepeated(s.clock.Clock, p.first(s.clock), first, again, p.cut(s), plan.Column(control.Failure).I32)
	p.addLocal(c.name, s, s.updates, max(reach(first), reach(again)), nil, task.Local)
	p.heard = append(p.heard, func() error { return s.gaveUp(task.Failure()) })
	return nil
}

// gaveUp makes the message about a failure of an adaptive method, if there was one.
func (s *state) gaveUp(f sim.Failure) error {
	if f.Code == 0 {
		return nil
	}
	why, hint := adaptive.Explain(f.Code)
	at := units.Second.Of(float64(f.Step) * s.clock.Dt())
	return diag.Errorf(diag.Span{}, "IntegrationError", "GSL integrator failed to integrate the equations.%s", why).
		WithNote(diag.Span{}, "%s", fmt.Sprintf("Error encountered with object named '%s', element %d, in the step at t=%s.", s.name, f.Element, at)).
		WithHint("%s", hint)
}
