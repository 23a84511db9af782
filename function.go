package synfire

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/units"
)

// Function is a function written in Go that equations, conditions and other code of a model call under the name by which it
// is found in a namespace: {"f": &Function{...}} for 'dv/dt = f(v)/tau : 1'. It must not change once it is in use.
type Function struct {
	// Name is that of the function in messages.
	Name string
	// Arguments say what it is called with.
	Arguments []Argument
	// Dim is the dimension of the result. DimOf, if it is not nil, returns it for the dimensions of the arguments instead.
	Dim   units.Dimension
	DimOf func(arguments []units.Dimension) (units.Dimension, error)
	// Type is that of the result, by default FloatType. Results of other types are rounded towards zero, or compared with 0.
	Type ValueType
	// Stateful functions give something else each time that they are called with the same arguments. They can be mentioned
	// once in an expression, and in subexpressions only if these are constant over a time step.
	Stateful bool
	// Elementwise functions compute the result for an element from its arguments alone. They may be called for some elements
	// at a time and by several threads at once. All others are called by one thread, for all elements that the code
	// runs for; a network that calls such a function runs in one thread.
	Elementwise bool
	// Compute fills c.Result. An error ends the run, or the assignment, that needed the function; it can be found
	// with errors.As in what Run returns.
	Compute func(c *FunctionCall) error
}

// Argument is what a Function can be called with.
type Argument struct {
	// Dim is the dimension that is needed. AnyDim allows all; SameAs, if not 0, needs that of another argument, of which
	// it is the position, counted from 1.
	Dim    units.Dimension
	AnyDim bool
	SameAs int
	// Type is the type that is needed, by default any.
	Type ValueType
}

// ValueType is a type of values in equations.
type ValueType uint8

// The types of values. AnyType of a result is FloatType, HighestType the highest of the arguments' types: a boolean is less
// than an integer, and that than a float.
const (
	AnyType ValueType = iota
	FloatType
	IntegerType
	BooleanType
	HighestType
)

// FunctionCall is a call of a Function.
type FunctionCall struct {
	// Arguments are in SI units. Each has a value for each element, or a single one where Shared says that it is the
	// same for all.
	Arguments []Values
	Shared    []bool
	// Code is the name of the code that calls, "neurongroup_stateupdater" for instance, and Text the call as it was written.
	Code, Text string
	// Result is what Compute fills, in SI units, true as 1: a value for each element, or a single one if all arguments are
	// shared and the function is not stateful.
	Result []float64

	call *exec.Call
}

// Element returns the number of the neuron or synapse that result k is for.
func (c *FunctionCall) Element(k int) int { return c.call.Binding.Element(c.call.Lo + k) }

// NewFunction returns an elementwise function of floats: compute gets, for each argument, the values for some elements in SI
// units, and fills result, which is as long.
func NewFunction(name string, arguments []units.Dimension, result units.Dimension, compute func(arguments [][]float64, result []float64) error) *Function {
	f := &Function{Name: name, Dim: result, Elementwise: true}
	for _, dim := range arguments {
		f.Arguments = append(f.Arguments, Argument{Dim: dim})
	}
	f.Compute = func(c *FunctionCall) error {
		lists := make([][]float64, len(c.Arguments))
		for j, values := range c.Arguments {
			lists[j] = make([]float64, len(c.Result))
			for k := range lists[j] {
				if c.Shared[j] {
					lists[j][k] = values.Float(0)
				} else {
					lists[j][k] = values.Float(k)
				}
			}
		}
		return compute(lists, c.Result)
	}
	return f
}

// symbol is the function as the model knows it.
func (f *Function) symbol() (*model.Function, error) {
	custom := &model.Custom{Elementwise: f.Elementwise, Compute: plan.Compute(f.call)}
	for k, a := range f.Arguments {
		argument := model.Argument{Dim: a.Dim, Any: a.Type == AnyType, Type: a.Type.model()}
		switch {
		case a.AnyDim:
		case a.SameAs == 0:
			argument.Rule = model.HasDimension
		case a.SameAs < 0 || a.SameAs > len(f.Arguments):
			return nil, diag.Errorf(diag.Span{}, "ValueError", "Argument %d of the function '%s' cannot have the units of argument %d, which does not exist.", k+1, f.Name, a.SameAs)
		default:
			argument.Rule, argument.As = model.SameDimension, a.SameAs-1
		}
		custom.Arguments = append(custom.Arguments, argument)
	}
	custom.Result = f.DimOf
	if custom.Result == nil {
		custom.Result = func([]units.Dimension) (units.Dimension, error) { return f.Dim, nil }
	}
	result := &model.Function{Name: f.Name, Args: len(f.Arguments), Stateful: f.Stateful, Custom: custom}
	switch f.Type {
	case IntegerType:
		result.Returns = model.ReturnsInteger
	case BooleanType:
		result.Returns = model.ReturnsBoolean
	case HighestType:
		result.Returns = model.ReturnsHighest
	}
	return result, nil
}

func (t ValueType) model() model.Type {
	switch t {
	case BooleanType:
		return model.Boolean
	case IntegerType:
		return model.Integer
	}
	return model.Float
}

// call is the function as kernels call it.
func (f *Function) call(c *exec.Call, at *plan.CallSite) error {
	call := FunctionCall{Shared: c.Shared, Result: c.Out, Code: at.Program, Text: at.Text, call: c}
	for j, list := range c.Args {
		values := Values{Dim: f.Arguments[j].Dim}
		switch at.Types[j] {
		case model.Float:
			values.Floats = list
		case model.Integer:
			values.Ints = make([]int64, len(list))
			for k, x := range list {
				values.Ints[k] = int64(x)
			}
		case model.Boolean:
			values.Bools = make([]bool, len(list))
			for k, x := range list {
				values.Bools[k] = x != 0
			}
		}
		call.Arguments = append(call.Arguments, values)
	}
	return f.Compute(&call)
}

// callFailed makes an error of a function one that says where it was called.
func callFailed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("calling %w", err)
}
