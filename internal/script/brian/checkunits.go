package brian

import (
	"slices"

	"synfire/internal/script"
	"synfire/units"
)

// annotated is a function of the script that @check_units or @declare_types has decorated. Both say what it is in equations; the
// former checks each call of the script, too.
type annotated struct {
	session  *Session
	interp   *script.Interp
	function script.Value
	name     string
	names    []string            // of its positional parameters
	declared []script.KeywordArg // units, by parameter, and that of the result
	units    bool                // @check_units was there
	types    map[string]string   // by parameter, and of the result
}

// annotate returns what decorators add to.
func (s *Session) annotate(interp *script.Interp, function script.Value) *annotated {
	if a, ok := function.(*annotated); ok {
		added := *a
		return &added
	}
	a := &annotated{session: s, interp: interp, function: function, name: script.TypeName(function)}
	if name, err := interp.Attr(function, "__name__"); err == nil {
		a.name = script.Str(name)
	}
	if f, ok := a.function.(*script.Function); ok {
		a.names = f.ParameterNames()
	}
	return a
}

func decorator(decorate func(c *script.Call) (script.Value, error)) script.Value {
	return script.NewBuiltin(script.Entry{Signature: "decorate(function, /)", TakesUnknown: true, Func: decorate})
}

// checkUnits is the decorator @check_units(x=volt, result=amp).
func (s *Session) checkUnits(c *script.Call) (script.Value, error) {
	declared := c.Keywords
	return decorator(func(c *script.Call) (script.Value, error) {
		a := s.annotate(c.Interp, c.Arg("function"))
		a.declared, a.units = declared, true
		return a, nil
	}), nil
}

var (
	argumentTypes = []string{"boolean", "integer", "float", "any"}
	resultTypes   = []string{"boolean", "integer", "float", "highest"}
)

// declareTypes is the decorator @declare_types(x='integer', result='highest').
func (s *Session) declareTypes(c *script.Call) (script.Value, error) {
	declared := c.Keywords
	return decorator(func(c *script.Call) (script.Value, error) {
		a := s.annotate(c.Interp, c.Arg("function"))
		a.types = map[string]string{}
		for _, d := range declared {
			name, _ := d.Value.(string)
			switch {
			case d.Name == "result" && !slices.Contains(resultTypes, name):
				return nil, script.Raise("ValueError", "Result type %s is not valid, must be one of %s", script.Str(d.Value), quoted(resultTypes))
			case d.Name != "result" && !slices.Contains(a.names, d.Name):
				return nil, script.Raise("ValueError", "Type specified for unknown argument %s", d.Name)
			case d.Name != "result" && !slices.Contains(argumentTypes, name):
				return nil, script.Raise("ValueError", "Argument type %s is not valid, must be one of %s, for argument %s", script.Str(d.Value), quoted(argumentTypes), d.Name)
			}
			a.types[d.Name] = name
		}
		return a, nil
	}), nil
}

func quoted(names []string) string {
	list := &script.List{}
	for _, name := range names {
		list.Elts = append(list.Elts, name)
	}
	return script.Repr(list)
}

// declaration returns what is declared for a parameter, or the result.
func (a *annotated) declaration(name string) (script.Value, bool) {
	for _, d := range a.declared {
		if d.Name == name {
			return d.Value, !script.IsNone(d.Value)
		}
	}
	return nil, false
}

// TypeName implements script.Named.
func (a *annotated) TypeName() string { return "function" }

// BoundInClass implements script.BoundInClass.
func (a *annotated) BoundInClass() {}

// Repr implements script.Representer.
func (a *annotated) Repr() string { return "<function " + a.name + ">" }

// Attr implements script.Attributed.
func (a *annotated) Attr(name string) (any, error) {
	switch name {
	case "_orig_func":
		return a.function, nil
	case "__name__", "__doc__", "__module__", "__qualname__":
		return a.interp.Attr(a.function, name)
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (a *annotated) AttrNames() []string { return []string{"__name__", "__doc__"} }

// CallScript calls the function, and checks what goes in and comes out.
func (a *annotated) CallScript(c *script.Call) (script.Value, error) {
	for _, v := range c.Args {
		if u, ok := v.(*script.Unknown); ok {
			return &script.Unknown{What: u.What}, nil
		}
	}
	given := map[string]script.Value{}
	for k, v := range c.Args {
		if k < len(a.names) {
			given[a.names[k]] = v
		}
	}
	for _, k := range c.Keywords {
		given[k.Name] = k.Value
	}
	for _, d := range a.declared {
		v, ok := given[d.Name]
		if _, text := v.(string); !ok || text || script.IsNone(v) || script.IsNone(d.Value) {
			continue
		}
		if err := a.check(d, v, given); err != nil {
			return nil, err
		}
	}
	result, err := c.Interp.Call(a.function, c.Args, c.Keywords)
	if err != nil {
		return nil, err
	}
	if _, unknown := result.(*script.Unknown); unknown {
		return result, nil
	}
	if want, ok := a.declaration("result"); ok {
		return result, a.checkResult(want, result, c.Args)
	}
	return result, nil
}

func (a *annotated) check(declared script.KeywordArg, v script.Value, given map[string]script.Value) error {
	name := declared.Name
	got, err := dimensionOf(v)
	switch want := declared.Value.(type) {
	case string:
		other, ok := given[want]
		if !ok {
			return script.Raise("TypeError", "Function '%s' expected its argument to have the same units as argument '%s', but there is no argument of that name", a.name, want)
		}
		if err != nil {
			return err
		}
		dim, err := dimensionOf(other)
		if err == nil && dim != got {
			return script.Raise("DimensionMismatchError", "Function '%s' expected the argument '%s' to have the same units as argument '%s', but argument '%s' has unit %s, while argument '%s' has unit %s.",
				a.name, name, want, name, baseName(got), want, baseName(dim))
		}
		return err
	default:
		if isBoolClass(want) {
			if _, ok := v.(bool); !ok {
				return script.Raise("TypeError", "Function '%s' expected a boolean value for argument '%s' but got '%s'", a.name, name, script.Str(v))
			}
			return nil
		}
		dim, known := declaredDimension(want)
		if n, ok := plainNumber(v); !known || ok && n == 0 {
			return nil
		}
		if err != nil || got == dim {
			return err
		}
		return wrongUnit(a.name, name, dim, v, got)
	}
}

func (a *annotated) checkResult(want, result script.Value, args []script.Value) error {
	if isBoolClass(want) {
		if _, ok := result.(bool); !ok {
			return script.Raise("TypeError", "The return value of function '%s' was expected to be a boolean value, but was of type <class '%s'>", a.name, script.TypeName(result))
		}
		return nil
	}
	dim, known := declaredDimension(want)
	if !known {
		var dims []units.Dimension
		for _, v := range args {
			d, err := dimensionOf(v)
			if err != nil {
				return err
			}
			dims = append(dims, d)
		}
		var err error
		if dim, err = computedDimension(a.interp, want, dims); err != nil {
			return err
		}
	}
	got, err := dimensionOf(result)
	if n, ok := plainNumber(result); err != nil || got == dim || ok && n == 0 {
		return err
	}
	return script.Raise("DimensionMismatchError", "The return value of function '%s' was expected to have unit %s but was '%s' (unit is %s).", a.name, baseName(dim), script.Str(result), symbol(got))
}

// isBoolClass reports whether a declaration is Python's bool.
func isBoolClass(v script.Value) bool {
	class, ok := v.(*script.Class)
	return ok && class.Name == "bool"
}

// declaredDimension returns the dimension that a unit, quantity or number stands for.
func declaredDimension(v script.Value) (units.Dimension, bool) {
	switch v := v.(type) {
	case int64, float64, bool:
		return units.Dimension{}, true
	case unit:
		return v.u.Dim(), true
	case units.Quantity:
		return v.Dim, true
	}
	return units.Dimension{}, false
}

// computedDimension returns the dimension that a function makes of those of arguments, as in result=lambda d: d**2.
func computedDimension(interp *script.Interp, of script.Value, arguments []units.Dimension) (units.Dimension, error) {
	var args []script.Value
	for _, dim := range arguments {
		args = append(args, dim)
	}
	result, err := interp.Call(of, args, nil)
	if err != nil {
		return units.Dimension{}, err
	}
	return dimensionOf(result)
}
