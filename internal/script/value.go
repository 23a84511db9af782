package script

import (
	"reflect"

	"synfire/internal/syntax"
)

// Value is a value of the language. It holds one of these Go types:
//
//	NoneType, EllipsisType       None and `...`
//	bool, int64, *big.Int        *big.Int only for whole numbers that an int64 cannot hold
//	float64, complex128, string
//	Bytes                        b"..."
//	*List, *Tuple, *Dict, *Set   *Set is also a frozenset
//	*Range, *Slice
//	units.Quantity               a number with a dimension; arithmetic on it follows NumPy (x/0 is inf)
//	*Function, *Builtin, *BoundMethod, *Generator
//	*Module, *Class, *Instance, *Exception
//	*Unknown                     in check mode: a value that only a real run would give
//
// or any other Go type: a foreign value, which takes part in the language through the interfaces of
// foreign.go. A nil Value never reaches a script.
type Value = any

// NoneType is the type of None.
type NoneType struct{}

// EllipsisType is the type of `...`.
type EllipsisType struct{}

// Bytes is the value of b"..." and of str.encode.
type Bytes string

// None is the value None.
var None Value = NoneType{}

// Ellipsis is the value `...`.
var Ellipsis Value = EllipsisType{}

// IsNone reports whether v is None; a nil Go value (an argument that was not given) counts as None.
func IsNone(v Value) bool {
	_, none := v.(NoneType)
	return none || v == nil
}

// List is a Python list.
type List struct{ Elts []Value }

// NewList returns a list of the given values, which it keeps.
func NewList(elts ...Value) *List { return &List{elts} }

// Tuple is a Python tuple. Elts must not be changed after the tuple has been handed to a script.
type Tuple struct {
	Elts []Value
	// class and fields are set for a namedtuple.
	class  *Class
	fields []string
}

// NewTuple returns a tuple of the given values, which it keeps.
func NewTuple(elts ...Value) *Tuple { return &Tuple{Elts: elts} }

// Slice is low:high:step as an index; each is None, a whole number or a foreign value with a meaning of its own.
type Slice struct{ Low, High, Step Value }

// Range is range(Start, Stop, Step).
type Range struct{ Start, Stop, Step int64 }

// Len returns how many numbers the range holds.
func (r *Range) Len() int64 {
	switch {
	case r.Step > 0 && r.Start < r.Stop:
		return int64((uint64(r.Stop-r.Start)-1)/uint64(r.Step) + 1)
	case r.Step < 0 && r.Start > r.Stop:
		return int64((uint64(r.Start-r.Stop)-1)/uint64(-r.Step) + 1)
	}
	return 0
}

// Function is a function that the script has defined by def or lambda.
type Function struct {
	Name, Doc string
	code      *code
	defaults  []Value // of the last len(defaults) plain parameters
	kwonly    *Dict   // defaults of the keyword-only parameters
	cells     []*cell // captured variables
	module    *Namespace
	class     *Class // the class whose body defined the function, for super()
	attrs     *Dict
}

// BoundMethod is a function with its first argument in place.
type BoundMethod struct {
	Self Value
	Func Value // *Function or *Builtin
}

// Unknown stands, in check mode, for a value that only a real run would give: recorded data, a drawn figure.
// Operations on it give Unknown again; branches and loops over it are not entered and reported through
// Config.OnUnknownBranch.
type Unknown struct {
	// What says in the script's own words what is unknown: "statemon.v".
	What string
	// Dim is the dimension, a units.Dimension, or nil where it is not known either.
	Dim any
	// Shape is the shape where it is known: nil when it is not, empty for a scalar. An extent of -1 is unknown.
	Shape []int
}

// Binary applies a binary, comparison or membership operator of the language to two values.
func Binary(op syntax.Op, x, y Value) (Value, error) { return binary(op, x, y) }

// Unary applies Neg, Pos, Not or Invert.
func Unary(op syntax.Op, x Value) (Value, error) { return unary(op, x) }

// goTypeName names the Go type of a foreign value that has no TypeName of its own.
func goTypeName(v Value) string {
	t := reflect.TypeOf(v)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Name()
}

// NewNamedTuple returns a tuple whose elements have names, as functions of libraries return several results.
func NewNamedTuple(name string, fields []string, elts ...Value) *Tuple {
	return &Tuple{Elts: elts, class: &Class{Name: name, qualname: name, Base: objectClass, fields: fields}, fields: fields}
}
