package script

import (
	"context"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

type code struct {
	name                  string
	localNames, cellNames []string
}

type cell struct{ value Value }

type block struct{ handler, depth int }

// Generator is a running generator.
type Generator struct{ frame *Frame }

func (c *code) span(int) diag.Span { return diag.Span{} }

var errPending = Raise("NotImplementedError", "the evaluator does not run yet")

func (in *Interp) exec(context.Context, *syntax.Module, *Namespace, bool) (Value, error) {
	return nil, errPending
}
func (in *Interp) makeBuiltins() map[string]Value   { return map[string]Value{} }
func standardModules(*Interp) []*Module             { return nil }
func binary(syntax.Op, Value, Value) (Value, error) { return nil, errPending }
func unary(syntax.Op, Value) (Value, error)         { return nil, errPending }
func instanceHash(v *Instance) (any, error)         { return identityKey{v}, nil }

// Call calls any callable value from Go; frame is the frame on whose behalf, or nil.
func (in *Interp) Call(f Value, args []Value, keywords []KeywordArg) (Value, error) {
	return nil, errPending
}

// Str returns str(v).
func Str(v Value) string { return Repr(v) }

// Repr returns repr(v).
func Repr(v Value) string { return TypeName(v) }

// TypeName returns the name of v's type as messages show it.
func TypeName(v Value) string { return goTypeName(v) }

// Truth returns the truth of v.
func Truth(v Value) (bool, error) { return v != nil, nil }

// AsFloat returns v as a float64: int, bool, float and foreign Floaters. Others raise TypeError.
func AsFloat(v Value) (float64, error) { return 0, errPending }

// AsIndex returns v as a whole number as an index or a size would: int, bool and exact foreign Integers; not floats.
func AsIndex(v Value) (int64, error) { return 0, errPending }

// Iterate starts an iteration over any iterable value.
func Iterate(v Value) (next func() (Value, bool, error), err error) { return nil, errPending }

// Elements collects an iterable into a slice.
func Elements(v Value) ([]Value, error) { return nil, errPending }

// Index returns x[index]; SetIndex, Attr and SetAttr likewise for the other accesses.
func (in *Interp) Index(x, index Value) (Value, error) { return nil, errPending }

// Attr returns x.name.
func (in *Interp) Attr(x Value, name string) (Value, error) { return nil, errPending }

// SliceIndices resolves a slice against a length as Python does: start, step and how many elements.
func (s *Slice) SliceIndices(length int) (start, step, count int, err error) {
	return 0, 0, 0, errPending
}

// ScanNames lists what a document uses of the known modules that they do not have.
func (in *Interp) ScanNames(modules []*syntax.Module) []*diag.Message { return nil }
