package synfire

import (
	"fmt"
	"maps"
	"slices"

	"synfire/internal/diag"
)

// Message is an error or warning about a model: its Kind (the name of a Python exception, "DimensionMismatchError"), its
// Text, Where in the model's text it is, Notes, and a Hint at what to do. errors.As finds it in the errors of this package;
// its String method shows the place.
type Message = diag.Message

// Source is a text with a name, into which messages point.
type Source = diag.Source

// Assignments are values by name of variable, each of a type that Set takes: a number, units.Quantity, Values, a slice
// or an expression.
type Assignments map[string]any

// SetAll assigns to several variables, in alphabetical order of their names, as Set does to one. It stops at the first
// error.
func (p *part) SetAll(assignments Assignments, options ...Option) error {
	for _, name := range slices.Sorted(maps.Keys(assignments)) {
		if err := p.Set(name, assignments[name], options...); err != nil {
			return err
		}
	}
	return nil
}

// Must returns x if err is nil, and panics otherwise. It is for models whose texts stand in the program, where an error
// is a mistake of the programmer:
//
//	neurons := synfire.Must(sim.NeuronGroup(100, equations, synfire.NeuronGroupOptions{}))
func Must[T any](x T, err error) T {
	if err != nil {
		if m, ok := err.(*Message); ok {
			panic(fmt.Sprintf("BUG: a model does not hold together\n%s", m))
		}
		panic(fmt.Sprintf("BUG: a model does not hold together: %v", err))
	}
	return x
}
