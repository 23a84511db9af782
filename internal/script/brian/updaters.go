package brian

import (
	"errors"
	"strings"

	"synfire"
	"synfire/internal/script"
	"synfire/units"
)

// stateUpdater is an update method as a value: euler, exact ..., or one of the user's own.
type stateUpdater struct {
	session    *Session
	of         *synfire.Updater
	stochastic script.Value // the argument of ExplicitStateUpdater; nil for Brian2's own
}

// TypeName implements script.Named.
func (u *stateUpdater) TypeName() string { return u.ScriptClass().Name }

// ScriptClass implements script.Classed.
func (u *stateUpdater) ScriptClass() *script.Class {
	if u.stochastic != nil {
		return u.session.class("ExplicitStateUpdater")
	}
	return u.session.class("StateUpdateMethod")
}

// Repr implements script.Representer.
func (u *stateUpdater) Repr() string {
	if u.stochastic != nil {
		return "ExplicitStateUpdater('''" + u.of.String() + "''', stochastic=" + script.Repr(u.stochastic) + ")"
	}
	return u.of.String()
}

// CallScript returns the code of a step, as a call of an update method does in Brian2.
func (u *stateUpdater) CallScript(c *script.Call) (script.Value, error) {
	if len(c.Args) == 0 {
		return nil, script.Raise("TypeError", "an update method is called with equations")
	}
	eqs, err := u.session.equationsArgument(c.Args[0], "equations")
	if err != nil {
		return nil, err
	}
	text, err := u.session.simulation.UpdateCode(u.of, eqs)
	return strings.TrimSuffix(text, "\n"), err
}

// makeExplicitStateUpdater is ExplicitStateUpdater(description).
func (s *Session) makeExplicitStateUpdater(c *script.Call) (script.Value, error) {
	description, err := c.String("description")
	if err != nil {
		return nil, err
	}
	var noise synfire.Noise
	stochastic := c.Arg("stochastic")
	switch {
	case script.IsNone(stochastic):
	case stochastic == "additive":
		noise = synfire.AdditiveNoise
	case stochastic == "multiplicative":
		noise = synfire.MultiplicativeNoise
	default:
		return nil, script.Raise("ValueError", "stochastic has to be None, 'additive' or 'multiplicative', not %s", script.Repr(stochastic))
	}
	var check func(*synfire.Equations) error
	if function := c.Arg("custom_check"); !script.IsNone(function) {
		check = func(eqs *synfire.Equations) error {
			_, err := s.callUpdater(c.Interp, function, eqs, nil)
			return err
		}
	}
	made, err := synfire.NewUpdater(description, noise, check)
	if err != nil {
		return nil, err
	}
	return &stateUpdater{s, made, stochastic}, nil
}

// callUpdater calls a function of the script that is an update method, or part of one. That it cannot integrate the
// equations is an error that leads to the next method; every other exception ends the run.
func (s *Session) callUpdater(interp *script.Interp, function script.Value, eqs *synfire.Equations, further []script.Value) (script.Value, error) {
	arguments := append([]script.Value{&equations{session: s, eqs: eqs}, script.NewDict()}, further...)
	value, err := interp.Call(function, arguments, nil)
	var raised *script.Exception
	var traced *script.Error
	if errors.As(err, &traced) {
		raised = traced.Exception
	}
	if (raised != nil || errors.As(err, &raised)) && raised.Class.IsSubclass(script.ExceptionClass("UnsupportedEquationsException")) {
		return nil, synfire.UnsupportedEquations("%s", raised.Message())
	}
	if err != nil {
		return nil, operationFailed{err}
	}
	return value, nil
}

// updaterOf returns the update method that a value stands for: a name, an object, or a function that writes code.
func (s *Session) updaterOf(c *script.Call, v script.Value) (*synfire.Updater, error) {
	switch v := v.(type) {
	case string:
		return synfire.NamedUpdater(v), nil
	case *stateUpdater:
		return v.of, nil
	case *script.Function, *script.BoundMethod, *script.Instance:
		interp := c.Interp
		name := script.TypeName(v)
		if f, ok := v.(*script.Function); ok {
			name = f.Name
		}
		options := c.Arg("method_options")
		return synfire.NewWrittenUpdater(name, func(eqs *synfire.Equations) (string, error) {
			code, err := s.callUpdater(interp, v, eqs, []script.Value{options})
			if err != nil {
				return "", err
			}
			text, ok := code.(string)
			if !ok {
				return "", script.Raise("TypeError", "the update method %s has to return code as a string, not %s", name, script.TypeName(code))
			}
			return text, nil
		}), nil
	}
	return nil, nil
}

// methodArguments reads how equations are integrated.
func (s *Session) methodArguments(c *script.Call) (updater *synfire.Updater, candidates []*synfire.Updater, options map[string]any, err error) {
	if options, err = methodOptions(c); err != nil {
		return nil, nil, nil, err
	}
	method := c.Arg("method")
	if method == nil || script.IsNone(method) {
		return nil, nil, options, nil
	}
	if updater, err = s.updaterOf(c, method); updater != nil || err != nil {
		return updater, nil, options, err
	}
	wrong := script.Raise("TypeError", "method argument has to be a string, a callable, or an iterable of such objects. Got <class '%s'>", script.TypeName(method))
	elements, notIterable := script.Elements(method)
	if notIterable != nil || len(elements) == 0 {
		return nil, nil, nil, wrong
	}
	for _, e := range elements {
		candidate, err := s.updaterOf(c, e)
		if err != nil {
			return nil, nil, nil, err
		}
		if candidate == nil {
			return nil, nil, nil, script.Raise("TypeError", "Each element in the list of methods has to be a string or a callable, got <class '%s'>.", script.TypeName(e))
		}
		candidates = append(candidates, candidate)
	}
	return nil, candidates, options, nil
}

// methodOptions reads the argument method_options.
func methodOptions(c *script.Call) (map[string]any, error) {
	v := c.Arg("method_options")
	if script.IsNone(v) {
		return nil, nil
	}
	dict, ok := v.(*script.Dict)
	if !ok {
		return nil, script.Raise("TypeError", "method_options has to be a dictionary, not %s", script.TypeName(v))
	}
	return optionValues(dict)
}

// optionValues are the values of options as the simulator takes them.
func optionValues(dict *script.Dict) (map[string]any, error) {
	options := map[string]any{}
	for _, key := range dict.Keys() {
		name, ok := key.(string)
		if !ok {
			return nil, script.Raise("TypeError", "the keys of method_options have to be strings, not %s", script.TypeName(key))
		}
		value, _ := dict.GetString(name)
		switch value := value.(type) {
		case script.NoneType:
			options[name] = nil
		case bool, int64, float64, string, units.Quantity:
			options[name] = value
		case *script.Dict:
			inner, err := optionValues(value)
			if err != nil {
				return nil, err
			}
			options[name] = inner
		default:
			x, err := numbers(value)
			if err != nil || x.Size() != 1 {
				return nil, script.Raise("TypeError", "the option '%s' of method_options cannot be %s", name, script.TypeName(value))
			}
			q := units.Quantity{Value: x.FloatAt(0), Dim: x.Dim()}
			if options[name] = q; q.Dim.IsDimensionless() {
				options[name] = q.Value
			}
		}
	}
	return options, nil
}

// registerUpdater is StateUpdateMethod.register.
func (s *Session) registerUpdater(c *script.Call) (script.Value, error) {
	name, err := c.String("name")
	if err != nil {
		return nil, err
	}
	u, ok := c.Arg("stateupdater").(*stateUpdater)
	if !ok {
		return nil, script.Raise("ValueError", "Given stateupdater of type <class '%s'> does not seem to be a valid stateupdater.", script.TypeName(c.Arg("stateupdater")))
	}
	return script.None, s.simulation.RegisterUpdater(name, u.of)
}

// updaterEntries are the update methods by their names.
func (s *Session) updaterEntries() []script.Entry {
	var entries []script.Entry
	for _, name := range []string{"euler", "exact", "linear", "independent", "exponential_euler", "heun", "milstein", "rk2", "rk4",
		"gsl_rk2", "gsl_rk4", "gsl_rkf45", "gsl_rkck", "gsl_rk8pd"} {
		entries = append(entries, script.Entry{Name: name, Value: &stateUpdater{session: s, of: synfire.NamedUpdater(name)}})
	}
	for _, class := range []string{"StateUpdateMethod", "ExplicitStateUpdater"} {
		entries = append(entries, script.Entry{Name: class, Value: s.class(class)})
	}
	return entries
}

// updaterModule is brian2.stateupdaters.
func (s *Session) updaterModule() *script.Module {
	entries := append(s.updaterEntries(), script.Entry{Name: "UnsupportedEquationsException", Value: script.ExceptionClass("UnsupportedEquationsException")})
	module := &script.Module{Name: "brian2.stateupdaters", Doc: "Update methods.", Entries: entries}
	for _, name := range []string{"base", "explicit", "exact", "exponential_euler", "GSL"} {
		module.Modules = append(module.Modules, &script.Module{Name: module.Name + "." + name, Doc: module.Doc, Entries: entries})
	}
	return module
}
