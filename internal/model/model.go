// Package model describes networks as data: the variables that equations declare, the symbols that a piece
// of code can see, and the rules that decide which type and which dimension an expression has.
//
// It knows neurons and synapses as tables of variables. It does not know how anything is integrated,
// compiled or run, where values are stored, or that a script exists: external names come from a Namespace
// that the caller supplies at each run.
package model

import (
	"fmt"

	"synfire/internal/syntax"
	"synfire/units"
)

// Type is the type of a variable or an expression. The order matters: an operator yields the higher type of
// its operands.
type Type uint8

// The types.
const (
	Boolean Type = iota
	Integer
	Float
)

// String returns the word that users write.
func (t Type) String() string { return [...]string{"boolean", "integer", "float"}[t] }

// Kind says how a variable comes by its value.
type Kind uint8

// The kinds of variable.
const (
	Parameter     Kind = iota // stored, set from outside or by code
	Differential              // stored, integrated
	Subexpression             // computed where it is referred to, not stored
	Implicit                  // stored, kept by the engine: t, i, lastspike, ...
)

// Variable is one named quantity of a group of neurons or synapses. Its address is its identity: two code
// blocks that mention the same *Variable mean the same storage.
type Variable struct {
	Name string
	Kind Kind
	Type Type
	Dim  units.Dimension
	// Owner is the name of the object that the variable belongs to.
	Owner string
	// Shared variables have one value for the whole group.
	Shared bool
	// Constant variables do not change during a run, by the user's word.
	Constant bool
	// ReadOnly variables cannot be written from outside.
	ReadOnly bool
	// Wide integers have 64 bits (t_in_timesteps); all others have 32.
	Wide bool
	// Single floats have 32 bits; all others have 64.
	Single bool
	// UnlessRefractory variables keep their value while their neuron is refractory, whoever writes them,
	// except the reset.
	UnlessRefractory bool
	// ConstantOverDt subexpressions are stored, and computed once per step.
	ConstantOverDt bool
	// EventDriven variables are integrated when a pathway acts on their synapse.
	EventDriven bool
	// Summed subexpressions are summed over synapses into a variable of a neuron.
	Summed bool
	// Linked parameters are another group's variable under this name.
	Linked bool
	// Rhs is the right-hand side of a differential equation or subexpression.
	Rhs syntax.Expr
	// Equation is where the variable was declared; nil for implicit variables.
	Equation *syntax.Equation
	// Rows is the name of the index array that gives, for each synapse, the element of a variable that rows of synapses
	// share; see Row.
	Rows string
	// Storage is the memory of a stored variable, which plan.Storage describes.
	Storage any
}

// Stored reports whether the variable has memory of its own.
func (v *Variable) Stored() bool {
	return (v.Kind != Subexpression || v.ConstantOverDt) && !v.Linked
}

// Index says which element of a variable a symbol refers to, seen from the element that code runs for.
type Index uint32

// The indices.
const (
	Own    Index = iota // the element itself
	Shared              // the one element there is
	Pre                 // the synapse's source neuron
	Post                // the synapse's target neuron
	Row                 // the synapses that are always acted on together with this one
	// From here on: the element that an index array names. Which arrays there are, the owner of the variables knows.
	FirstArray
)

// IsArray reports whether an array of its own says which element is meant.
func (x Index) IsArray() bool { return x >= FirstArray }

// String returns the suffix that users write for the index, or the name of an index array.
func (x Index) String() string {
	if x.IsArray() {
		return fmt.Sprintf("array %d", x-FirstArray)
	}
	return [...]string{"", "shared", "_pre", "_post", "_row"}[x]
}
