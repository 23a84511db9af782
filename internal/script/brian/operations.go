package brian

import (
	"synfire"
	"synfire/internal/script"
	"synfire/units"
)

// operation is what run_regularly returns: code that runs at regular times.
type operation struct {
	owner brianObject
	of    *synfire.Operation
	code  string
}

// TypeName implements script.Named.
func (o *operation) TypeName() string { return "CodeRunner" }

// Repr implements script.Representer.
func (o *operation) Repr() string {
	return "CodeRunner(when=" + o.of.Place().When() + ", order=" + script.Repr(int64(o.of.Place().Order())) + ", name='" + o.of.Name() + "')"
}

// HashKey implements script.Hashable.
func (o *operation) HashKey() any { return o.of }

// Attr implements script.Attributed.
func (o *operation) Attr(name string) (any, error) {
	switch name {
	case "name":
		return o.of.Name(), nil
	case "active":
		return o.of.Active(), nil
	case "when", "order":
		v, _ := placeAttribute(o.of.Place(), name)
		return v, nil
	case "abstract_code":
		return o.code, nil
	case "group":
		return o.owner, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (o *operation) AttrNames() []string {
	return []string{"name", "active", "when", "order", "abstract_code", "group"}
}

// SetAttr implements script.AttrSetter.
func (o *operation) SetAttr(name string, value any) error {
	if name == "active" {
		active, err := script.Truth(value)
		if err == nil {
			o.of.SetActive(active)
		}
		return err
	}
	if done, err := setPlace(o.of.Place(), o.of.Name(), name, value); done {
		return err
	}
	return noVariable(o.of.Name(), name, o.AttrNames())
}

// operated is what groups and synapses have in common for operations.
type operated interface {
	RunRegularly(code string, options synfire.OperationOptions) (*synfire.Operation, error)
	RunAt(code string, times []float64, options synfire.OperationOptions) (*synfire.Operation, error)
}

// operationMethods are run_regularly and run_at.
func operationMethods() []script.Entry {
	of := func(c *script.Call) (brianObject, operated) {
		if y, ok := c.Self.(*synapses); ok {
			return y, y.of
		}
		g := c.Self.(*group)
		return g, g.of
	}
	begin := func(c *script.Call) (o *operation, options synfire.OperationOptions, err error) {
		o = &operation{}
		if o.code, err = c.String("code"); err != nil {
			return nil, options, err
		}
		if options.When, err = c.String("when"); err != nil {
			return nil, options, err
		}
		if options.Order, err = orderArgument(c); err != nil {
			return nil, options, err
		}
		options.Name, err = nameArgument(c)
		return o, options, err
	}
	return []script.Entry{
		{Signature: "run_regularly(code, dt=None, clock=None, when='start', order=0, name=None, codeobj_class=None)", Doc: "Runs code for all elements at regular times.", Func: func(c *script.Call) (script.Value, error) {
			o, options, err := begin(c)
			if err != nil {
				return nil, err
			}
			if options.DT, err = timeStep(c, "run_regularly"); err != nil {
				return nil, err
			}
			owner, target := of(c)
			o.owner = owner
			o.of, err = target.RunRegularly(o.code, options)
			return o, err
		}},
		{Signature: "run_at(code, times, when='start', order=0, name=None, codeobj_class=None)", Doc: "Runs code for all elements at given times.", Func: func(c *script.Call) (script.Value, error) {
			o, options, err := begin(c)
			if err != nil {
				return nil, err
			}
			times, err := numbers(c.Arg("times"))
			if err != nil {
				return nil, err
			}
			if times.Dim() != units.Time {
				return nil, wrongUnit("run_at", "times", units.Time, c.Arg("times"), times.Dim())
			}
			owner, target := of(c)
			o.owner = owner
			o.of, err = target.RunAt(o.code, times.Floats(), options)
			return o, err
		}},
	}
}

// networkOperation is Brian2's NetworkOperation as a value: a function that is called during runs.
type networkOperation struct {
	entity
	of       *synfire.NetworkOperation
	function script.Value
}

// operationFailed carries an exception of a function of the script out of a run.
type operationFailed struct{ error }

// Unwrap returns the exception.
func (f operationFailed) Unwrap() error { return f.error }

// makeNetworkOperation makes an operation of a function, with the arguments of a call.
func (s *Session) makeNetworkOperation(c *script.Call, function script.Value) (script.Value, error) {
	takesTime, err := takesTime(function)
	if err != nil {
		return nil, err
	}
	o := &networkOperation{function: function}
	options := synfire.OperationOptions{}
	if options.DT, err = timeStep(c, "NetworkOperation"); err != nil {
		return nil, err
	}
	if options.When, err = c.String("when"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	interp := c.Interp
	call := func(t units.Quantity) error {
		var arguments []script.Value
		if takesTime {
			arguments = append(arguments, t)
		}
		if _, err := interp.Call(function, arguments, nil); err != nil {
			return operationFailed{err}
		}
		return nil
	}
	return o, s.make(func() error {
		made, err := s.simulation.NetworkOperation(call, options)
		if err != nil {
			return err
		}
		o.entity, o.of = s.newEntity(made), made
		return nil
	})
}

// takesTime reports whether a function wants the time as an argument.
func takesTime(function script.Value) (bool, error) {
	of, bound := function, 0
	if method, ok := function.(*script.BoundMethod); ok {
		of, bound = method.Func, 1
	}
	f, ok := of.(*script.Function)
	if !ok {
		return false, script.Raise("TypeError", "A network operation needs a function, not %s", script.TypeName(function))
	}
	switch n := len(f.ParameterNames()) - bound; {
	case n > 1:
		return false, script.Raise("TypeError", "The function to be called in a network operation has to take zero or one argument, but '%s' takes %d.", f.Name, n)
	default:
		return n == 1, nil
	}
}

// decorateOperation is network_operation, as a decorator with or without arguments.
func (s *Session) decorateOperation(c *script.Call) (script.Value, error) {
	if function := c.Arg("function"); !script.IsNone(function) {
		return s.makeNetworkOperation(c, function)
	}
	return script.NewBuiltin(script.Entry{Signature: "network_operation(function)", Func: func(inner *script.Call) (script.Value, error) {
		return s.makeNetworkOperation(c, inner.Arg("function"))
	}}), nil
}

// TypeName implements script.Named.
func (o *networkOperation) TypeName() string { return "NetworkOperation" }

// ScriptClass implements script.Classed.
func (o *networkOperation) ScriptClass() *script.Class { return o.session.class("NetworkOperation") }

func (o *networkOperation) sources() []script.Value { return nil }

// Repr implements script.Representer.
func (o *networkOperation) Repr() string {
	return o.describe("NetworkOperation", o.of.Place().When(), o.of.Place().Order())
}

// Attr implements script.Attributed.
func (o *networkOperation) Attr(name string) (any, error) {
	if v, ok := o.common(name); ok {
		return v, nil
	}
	switch name {
	case "function":
		return o.function, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (o *networkOperation) AttrNames() []string {
	return []string{"name", "active", "clock", "when", "order", "function"}
}

// SetAttr implements script.AttrSetter.
func (o *networkOperation) SetAttr(name string, value any) error {
	if done, err := o.setCommon(name, value); done {
		return err
	}
	return noVariable(o.of.Name(), name, o.AttrNames())
}
