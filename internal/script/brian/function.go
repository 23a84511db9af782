package brian

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// equationFunction is Brian2's Function: a function of the script that equations can call, with what they have to know of it.
// Synfire computes as Brian2's numpy target does; implementations for other targets are accepted, and nobody looks at them.
type equationFunction struct {
	session   *Session
	of        script.Value // what the script calls
	name      string
	names     []string       // of parameters
	units     []script.Value // of arguments: a unit, None, the name of another argument, or bool
	result    script.Value   // a unit, bool, or a function of dimensions
	types     []string
	returns   string
	stateless bool
	vectorise bool // it gets the numbers of elements as a further argument
	// numpy is the implementation, if not the function itself; raw ones see numbers without units.
	numpy script.Value
	raw   bool
}

// functionOf makes a Function of a decorated function.
func (s *Session) functionOf(a *annotated, stateless bool) (*equationFunction, error) {
	if !a.units {
		return nil, withoutUnits(a.name, "arg_units")
	}
	f := &equationFunction{session: s, of: a, name: a.name, names: a.names, stateless: stateless, returns: "float"}
	for _, name := range a.names {
		declared, _ := a.declaration(name)
		f.units = append(f.units, declared)
		kind := a.types[name]
		if kind == "" {
			kind = "any"
		}
		f.types = append(f.types, kind)
	}
	if t := a.types["result"]; t != "" {
		f.returns = t
	}
	var ok bool
	if f.result, ok = a.declaration("result"); !ok {
		return nil, script.Raise("ValueError", "The Python function '%s' does not specify the unit for its return value.", a.name).
			WithHint("add it to the decorator: @check_units(..., result=1).")
	}
	return f, nil
}

func withoutUnits(name, argument string) *diag.Message {
	return script.Raise("ValueError", "The Python function '%s' does not specify how it deals with units, need to specify '%s' or use the '@check_units' decorator.", name, argument)
}

// makeFunction is Function(pyfunc, ...).
func (s *Session) makeFunction(c *script.Call) (script.Value, error) {
	a := s.annotate(c.Interp, c.Arg("pyfunc"))
	f := &equationFunction{session: s, of: c.Arg("pyfunc"), name: a.name, names: a.names, returns: "float"}
	var err error
	if f.stateless, err = c.Bool("stateless"); err != nil {
		return nil, err
	}
	if f.vectorise, err = c.Bool("auto_vectorise"); err != nil {
		return nil, err
	}
	if given := c.Arg("arg_names"); !script.IsNone(given) {
		if f.names, err = texts(given); err != nil {
			return nil, err
		}
	}
	if given := c.Arg("arg_units"); !script.IsNone(given) {
		if f.units, err = script.Elements(given); err != nil {
			return nil, err
		}
		if len(f.names) != len(f.units) && slices.ContainsFunc(f.units, func(v script.Value) bool { _, text := v.(string); return text }) {
			return nil, script.Raise("TypeError", "arg_names and arg_units need to have the same length (%d != (%d)", len(f.names), len(f.units))
		}
	} else if !a.units {
		return nil, withoutUnits(a.name, "arg_units")
	} else {
		for _, name := range a.names {
			declared, _ := a.declaration(name)
			f.units = append(f.units, declared)
		}
	}
	if f.result = c.Arg("return_unit"); script.IsNone(f.result) {
		if !a.units {
			return nil, withoutUnits(a.name, "return_unit")
		}
		var declared bool
		if f.result, declared = a.declaration("result"); !declared {
			return nil, script.Raise("ValueError", "The Python function '%s' does not specify the unit for its return value.", a.name)
		}
	}
	if given := c.Arg("arg_types"); !script.IsNone(given) {
		if f.types, err = texts(given); err != nil {
			return nil, err
		}
	} else {
		for k := range f.units {
			kind := "any"
			if k < len(a.names) && a.types[a.names[k]] != "" {
				kind = a.types[a.names[k]]
			}
			f.types = append(f.types, kind)
		}
	}
	if given, ok := c.Arg("return_type").(string); ok {
		f.returns = given
	} else if t := a.types["result"]; t != "" {
		f.returns = t
	}
	for _, kind := range f.types {
		if !slices.Contains(argumentTypes, kind) {
			return nil, script.Raise("ValueError", "Argument type %s is not valid, must be one of %s, in function '%s'.", kind, quoted(argumentTypes), f.name)
		}
	}
	if !slices.Contains(resultTypes, f.returns) {
		return nil, script.Raise("ValueError", "Return type %s is not valid, must be one of %s, in function '%s'", f.returns, quoted(resultTypes), f.name)
	}
	return f, nil
}

func texts(v script.Value) ([]string, error) {
	elements, err := script.Elements(v)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, e := range elements {
		text, ok := e.(string)
		if !ok {
			return nil, script.Raise("TypeError", "expected a list of names, not %s", script.Repr(v))
		}
		list = append(list, text)
	}
	return list, nil
}

// implementationEntry is the decorator @implementation(target, code, ...).
func (s *Session) implementationEntry() script.Entry {
	return script.Entry{
		Signature: "implementation(target, code=None, namespace=None, dependencies=None, discard_units=None, name=None, **compiler_kwds)",
		Doc:       "A decorator: the function has another implementation for a target.", Func: func(c *script.Call) (script.Value, error) {
			target, code, discard := c.Arg("target"), c.Arg("code"), c.Arg("discard_units")
			return decorator(func(c *script.Call) (script.Value, error) {
				f, ok := c.Arg("function").(*equationFunction)
				if !ok {
					a := s.annotate(c.Interp, c.Arg("function"))
					var err error
					if f, err = s.functionOf(a, true); err != nil {
						return nil, err
					}
				}
				if discarded, _ := discard.(bool); discarded {
					if target != "numpy" || !script.IsNone(code) {
						return nil, script.Raise("TypeError", "'discard_units' can only be set for code generation target 'numpy', without providing any code.")
					}
					f.addNumPy(f.of, true)
					return f, nil
				}
				f.add(target, code)
				return f, nil
			}), nil
		},
	}
}

// add takes an implementation: only NumPy's is of use.
func (f *equationFunction) add(target, code script.Value) {
	if target == "numpy" && !script.IsNone(code) {
		f.numpy, f.raw = code, true
		return
	}
	f.session.note("the implementation of '%s' for '%s' is not used: Synfire calls the function itself", f.name, script.Str(target))
}

// addNumPy makes a function of the script the implementation. With discard it sees numbers where it mentions quantities.
func (f *equationFunction) addNumPy(function script.Value, discard bool) {
	function = undecorated(function)
	if of, ok := function.(*script.Function); ok && discard {
		function = of.WithGlobals(unitless)
	}
	f.numpy, f.raw = function, discard
}

// undecorated is the function within the decorator @check_units.
func undecorated(function script.Value) script.Value {
	switch f := function.(type) {
	case *annotated:
		return f.function
	case *equationFunction:
		return undecorated(f.of)
	}
	return function
}

// unitless is a quantity as plain numbers.
func unitless(v script.Value) (script.Value, bool) {
	switch v := v.(type) {
	case unit:
		return v.u.Value(), true
	case units.Quantity:
		return v.Value, true
	case *numpy.NDArray:
		if !v.Array.Dim().IsDimensionless() {
			return numpy.New(v.Array.Copy().WithDim(units.Dimension{})), true
		}
	}
	return nil, false
}

// TypeName implements script.Named.
func (f *equationFunction) TypeName() string { return "Function" }

// ScriptClass implements script.Classed.
func (f *equationFunction) ScriptClass() *script.Class { return f.session.class("Function") }

// Repr implements script.Representer.
func (f *equationFunction) Repr() string { return "<Function " + f.name + ">" }

// CallScript calls the function from the script.
func (f *equationFunction) CallScript(c *script.Call) (script.Value, error) {
	return c.Interp.Call(f.of, c.Args, c.Keywords)
}

// Attr implements script.Attributed.
func (f *equationFunction) Attr(name string) (any, error) {
	switch name {
	case "pyfunc":
		return f.of, nil
	case "stateless":
		return f.stateless, nil
	case "auto_vectorise":
		return f.vectorise, nil
	case "implementations":
		return implementations{f}, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (f *equationFunction) AttrNames() []string {
	return []string{"auto_vectorise", "implementations", "pyfunc", "stateless"}
}

// implementations is Function.implementations.
type implementations struct{ of *equationFunction }

// TypeName implements script.Named.
func (implementations) TypeName() string { return "FunctionImplementationContainer" }

// Attr implements script.Attributed.
func (i implementations) Attr(name string) (any, error) {
	if method := implementationMethods.Bind(i, name); method != nil {
		return method, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (implementations) AttrNames() []string { return implementationMethods.Names() }

var implementationMethods = script.NewMethods(
	script.Entry{Signature: "add_implementation(target, code, namespace=None, dependencies=None, availability_check=None, name=None, compiler_kwds=None)",
		Doc: "Adds an implementation for a target.", Func: func(c *script.Call) (script.Value, error) {
			c.Self.(implementations).of.add(c.Arg("target"), c.Arg("code"))
			return script.None, nil
		}},
	script.Entry{Signature: "add_dynamic_implementation(target, code, namespace=None, dependencies=None, availability_check=None, name=None, compiler_kwds=None)",
		Doc: "Adds an implementation for a target.", Func: func(c *script.Call) (script.Value, error) {
			if c.Arg("target") == "numpy" {
				return nil, notYet("dynamic implementations for NumPy")
			}
			c.Self.(implementations).of.add(c.Arg("target"), script.None)
			return script.None, nil
		}},
	script.Entry{Signature: "add_numpy_implementation(wrapped_func, dependencies=None, discard_units=None, compiler_kwds=None)",
		Doc: "Adds an implementation in Python.", Func: func(c *script.Call) (script.Value, error) {
			f := c.Self.(implementations).of
			discard, given := c.Arg("discard_units").(bool)
			if !given {
				discard = f.session.discardsUnits()
			}
			f.addNumPy(c.Arg("wrapped_func"), discard)
			return script.None, nil
		}},
)

// discardsUnits is the preference for functions that do not say so themselves.
func (s *Session) discardsUnits() bool {
	discard, _ := s.preferences["codegen.runtime.numpy.discard_units"].(bool)
	return discard
}

// inEquations returns the function as equations call it.
func (f *equationFunction) inEquations() (*synfire.Function, error) {
	if f.numpy == nil {
		f.addNumPy(f.of, f.session.discardsUnits())
	}
	of := &synfire.Function{Name: f.name, Stateful: !f.stateless, Compute: f.compute}
	for k, declared := range f.units {
		argument := synfire.Argument{Type: valueTypes[f.types[min(k, len(f.types)-1)]]}
		dim, known := declaredDimension(declared)
		name, same := declared.(string)
		switch {
		case known:
			argument.Dim = dim
		case same:
			other := slices.Index(f.names, name)
			if other < 0 {
				return nil, script.Raise("ValueError", "'%s' is not in list", name)
			}
			argument.SameAs = other + 1
		case isBoolClass(declared):
			argument.Type = synfire.BooleanType
		default:
			argument.AnyDim = true
		}
		of.Arguments = append(of.Arguments, argument)
	}
	of.Type = valueTypes[f.returns]
	dim, known := declaredDimension(f.result)
	switch {
	case known:
		of.Dim = dim
	case isBoolClass(f.result):
		of.Type = synfire.BooleanType
	default:
		of.DimOf = func(arguments []units.Dimension) (units.Dimension, error) {
			return computedDimension(f.session.interp, f.result, arguments)
		}
	}
	return of, nil
}

var valueTypes = map[string]synfire.ValueType{
	"any": synfire.AnyType, "float": synfire.FloatType, "integer": synfire.IntegerType, "boolean": synfire.BooleanType, "highest": synfire.HighestType,
}

// compute calls the function for the elements that some code runs for.
func (f *equationFunction) compute(c *synfire.FunctionCall) error {
	var args []script.Value
	dims := make([]units.Dimension, len(c.Arguments)) // as the function sees them
	for k, values := range c.Arguments {
		if dim, known := declaredDimension(f.units[k]); known && !f.raw {
			dims[k] = dim
		}
		args = append(args, argument(values, dims[k], c.Shared[k]))
	}
	if f.vectorise {
		numbers := make([]int64, len(c.Result))
		for k := range numbers {
			numbers[k] = int64(c.Element(k))
		}
		args = append(args, numpy.New(array.FromInts(numbers, len(numbers))))
	}
	result, err := f.session.interp.Call(f.numpy, args, nil)
	if err == nil {
		err = f.store(c.Result, result, dims)
	}
	if err != nil {
		return operationFailed{noted(err, fmt.Sprintf("'%s' was called by '%s'.", c.Text, c.Code))}
	}
	return nil
}

// argument is an argument as the function sees it: an array with a number for each element, or the one of all.
func argument(values synfire.Values, dim units.Dimension, shared bool) script.Value {
	n := values.Len()
	var a *array.Array
	switch {
	case values.Ints != nil && dim.IsDimensionless():
		a = array.FromInts(slices.Clone(values.Ints), n)
	case values.Bools != nil && dim.IsDimensionless():
		a = array.FromBools(slices.Clone(values.Bools), n)
	default:
		list := make([]float64, n)
		for k := range list {
			list[k] = values.Float(k)
		}
		a = array.FromFloats(list, dim, n)
	}
	if !shared {
		return numpy.New(a)
	}
	switch {
	case a.DType() == array.Int64:
		return a.IntAt(0)
	case a.DType() == array.Bool:
		return a.BoolAt(0)
	}
	return numpy.Number(a.FloatAt(0), dim)
}

// store checks what the function has returned and takes over its numbers.
func (f *equationFunction) store(to []float64, result script.Value, dims []units.Dimension) error {
	if u, unknown := result.(*script.Unknown); unknown {
		return errUnknown{u}
	}
	if script.IsNone(result) {
		return script.Raise("TypeError", "The function '%s' returned None, but equations need a value.", f.name)
	}
	a, err := numbers(result)
	if err != nil {
		return err
	}
	if !f.raw {
		if err := f.checkDimension(result, a, dims); err != nil {
			return err
		}
	}
	switch shape := a.Shape(); {
	case a.Size() == 1:
		x := a.FloatAt(0)
		for k := range to {
			to[k] = x
		}
	case len(shape) == 1 && shape[0] == len(to):
		for k := range to {
			to[k] = a.FloatAt(k)
		}
	default:
		return script.Raise("ValueError", "operands could not be broadcast together with shapes %s (%d,)", script.Repr(shapeOf(shape)), len(to)).
			WithHint("'%s' has to return a value for each element that it is called for, or one for all.", f.name)
	}
	return nil
}

func shapeOf(shape []int) *script.Tuple {
	t := &script.Tuple{}
	for _, n := range shape {
		t.Elts = append(t.Elts, int64(n))
	}
	return t
}

func (f *equationFunction) checkDimension(result script.Value, a *array.Array, dims []units.Dimension) error {
	want, known := declaredDimension(f.result)
	if !known && !isBoolClass(f.result) {
		var err error
		if want, err = computedDimension(f.session.interp, f.result, dims); err != nil {
			return err
		}
	}
	if a.Dim() == want || a.Dim().IsDimensionless() && !slices.ContainsFunc(a.Floats(), func(x float64) bool { return x != 0 || math.IsNaN(x) }) {
		return nil
	}
	expected := "a quantity with units " + baseName(want)
	if want.IsDimensionless() {
		expected = "a dimensionless quantity"
	}
	return script.Raise("DimensionMismatchError", "The function '%s' returned %s, but it was expected to return %s. (unit is %s).", f.name, script.Str(result), expected, symbol(a.Dim()))
}

// noted adds a note to an exception.
func noted(err error, text string) error {
	note := diag.Note{Text: text}
	var exception *script.Exception
	var failed *script.Error
	var message *diag.Message
	switch {
	case errors.As(err, &exception):
		exception.Notes = append(exception.Notes, note)
	case errors.As(err, &failed):
		failed.Exception.Notes = append(failed.Exception.Notes, note)
	case errors.As(err, &message):
		copied := *message
		copied.Notes = append(slices.Clone(copied.Notes), note)
		return &copied
	}
	return err
}
