package brian

import (
	"slices"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// frameNames are the names that equations see through the frame that runs, reads or assigns: its locals, then its
// globals.
type frameNames struct{ frame *script.Frame }

// names returns the names of a frame, as they are now.
func names(frame *script.Frame) synfire.Names {
	if frame == nil {
		return nil
	}
	return frameNames{frame}
}

// Lookup implements synfire.Names.
func (n frameNames) Lookup(name string) (any, bool, error) {
	v, found := n.frame.Lookup(name)
	if !found {
		return nil, false, nil
	}
	return external(name, v)
}

// Names implements synfire.Names.
func (n frameNames) Names() []string {
	return slices.DeleteFunc(n.frame.Names(), func(name string) bool {
		_, found, err := n.Lookup(name)
		return !found || err != nil
	})
}

// dictNames are the names of a namespace that the script has written as a dict.
type dictNames struct{ dict *script.Dict }

// Lookup implements synfire.Names.
func (n dictNames) Lookup(name string) (any, bool, error) {
	v, found := n.dict.GetString(name)
	if !found {
		return nil, false, nil
	}
	return external(name, v)
}

// Names implements synfire.Names.
func (n dictNames) Names() []string {
	var names []string
	for k := range n.dict.All() {
		if name, ok := k.(string); ok {
			names = append(names, name)
		}
	}
	return names
}

// namespaceArgument returns a namespace= argument as names, and whether there is one.
func namespaceArgument(v script.Value) (synfire.Names, bool, error) {
	switch v := v.(type) {
	case nil, script.NoneType:
		return nil, false, nil
	case *script.Dict:
		return dictNames{v}, true, nil
	}
	return nil, false, script.Raise("TypeError", "namespace has to be a dictionary, not %s", script.TypeName(v))
}

// errUnknown says that a name in an equation stands for something that only a real run gives.
type errUnknown struct{ unknown *script.Unknown }

func (e errUnknown) Error() string {
	return "this depends on " + e.unknown.What + ", which only a run can give"
}

// external returns what a value means in equations. As in Brian2, what is no number is as good as absent.
func external(name string, v script.Value) (any, bool, error) {
	switch v := v.(type) {
	case bool, int64, float64, units.Quantity:
		return v, true, nil
	case unit:
		return v.u, true, nil
	case *timedArray:
		return v.array, true, nil
	case *binomialFunction:
		return v.of, true, nil
	case *script.Unknown:
		return nil, true, errUnknown{v}
	case *equationFunction:
		f, err := v.inEquations()
		return f, true, err
	case *annotated:
		if !v.units {
			return nil, true, plainFunction(name)
		}
		// Brian2 takes a function that is only decorated with @check_units for one with a state of its own.
		f, err := v.session.functionOf(v, false)
		if err != nil {
			return nil, true, err
		}
		of, err := f.inEquations()
		return of, true, err
	case *script.Function, *script.BoundMethod:
		return nil, true, plainFunction(name)
	case *series:
		return nil, true, notScalar(name)
	case numpy.ArrayLike:
		if v, ok := v.(*view); ok && !v.info.Shared {
			return nil, true, notScalar(name)
		}
		a, err := v.AsArray()
		if err != nil {
			return nil, true, err
		}
		if a.NDim() > 0 {
			return nil, true, notScalar(name)
		}
		if a.Dim().IsDimensionless() {
			return numpy.Wrap(a), true, nil
		}
		return units.Quantity{Value: a.FloatAt(0), Dim: a.Dim()}, true, nil
	}
	return nil, false, nil
}

func plainFunction(name string) *diag.Message {
	return script.Raise("KeyError", "The identifier \"%s\" could not be resolved.", name).
		WithHint("'%s' is a Python function that does not say which units it needs: decorate it, as in @check_units(x=volt, result=1).", name)
}

func notScalar(name string) *diag.Message {
	return script.Raise("KeyError", "\"%s\" was found in the namespace, but is not a scalar value", name).
		WithHint("give each neuron its own value by declaring '%s' in the equations and assigning to it; for a value that changes with time use a TimedArray.", name)
}
