package synfire

import (
	"slices"

	"synfire/internal/integrate"
	"synfire/internal/model"
	"synfire/internal/syntax"
	"synfire/units"
)

// Time returns where the default clock stands.
func (s *Simulation) Time() units.Quantity { return units.Second.Of(s.clock.Now()) }

// UniformDelay reports whether the pathway has one delay for all synapses.
func (w *Pathway) UniformDelay() bool { return w.delays.Shared }

// OnPost reports whether spikes of the target trigger the pathway.
func (w *Pathway) OnPost() bool { return w.onPost }

// Connected reports whether Connect was called.
func (y *Synapses) Connected() bool { return y.connected }

// Definition is one definition of Equations.
type Definition struct {
	Name string
	// Kind is "parameter", "subexpression" or "differential equation".
	Kind string
	// Expression is the right-hand side as text; empty for a parameter.
	Expression string
	// Identifiers are the names that the right-hand side uses, functions and units among them.
	Identifiers []string
	// Unit is the unit as it is written, Dim what it means.
	Unit string
	Dim  units.Dimension
	// Type is "float", "integer" or "boolean".
	Type  string
	Flags []string
}

// Definitions lists what the equations define, in the order of the text.
func (e *Equations) Definitions() []Definition {
	if e.err != nil {
		return nil
	}
	return definitions(e.parsed.List, nil)
}

// Ordered lists what the equations define in the order in which they are processed: subexpressions, each behind those that
// it needs, differential equations, parameters, all by name. Subexpressions that need each other are a ValueError.
func (e *Equations) Ordered() ([]Definition, error) {
	if e.err != nil {
		return nil, e.err
	}
	ordered, err := e.parsed.Ordered()
	return definitions(ordered, nil), err
}

// Substituted is Ordered without parameters, and with every subexpression that an expression names written out.
func (e *Equations) Substituted() ([]Definition, error) {
	if e.err != nil {
		return nil, e.err
	}
	ordered, err := e.parsed.Ordered()
	if err != nil {
		return nil, err
	}
	list := slices.DeleteFunc(definitions(ordered, map[string]syntax.Expr{}), func(d Definition) bool { return d.Kind == "parameter" })
	return list, nil
}

// Noise returns "additive" if the equations have noise whose factors depend neither on time nor on a variable that they
// integrate, "multiplicative" if they have other noise, and "" if they have none.
func (e *Equations) Noise() (string, error) {
	if e.err != nil {
		return "", e.err
	}
	ordered, err := e.parsed.Ordered()
	if err != nil {
		return "", err
	}
	system := integrate.System{}
	replaced := map[string]syntax.Expr{}
	for _, eq := range ordered {
		switch eq.Kind {
		case syntax.Subexpression:
			replaced[eq.Name] = syntax.Substitute(eq.Rhs, replaced)
		case syntax.Differential:
			system.Equations = append(system.Equations, integrate.Equation{Name: eq.Name, Rhs: syntax.Substitute(eq.Rhs, replaced), Where: eq.Where})
		}
	}
	kind, err := system.NoiseKind()
	return [...]string{"", "additive", "multiplicative"}[kind], err
}

// definitions describes equations. Into the right-hand sides it puts what is in replaced, and adds subexpressions to it;
// nil replaces nothing.
func definitions(equations []*model.Equation, replaced map[string]syntax.Expr) []Definition {
	var list []Definition
	for _, eq := range equations {
		d := Definition{Name: eq.Name, Unit: eq.Unit, Dim: eq.Dim, Type: eq.Type.String(), Kind: [...]string{"parameter", "subexpression", "differential equation"}[eq.Kind]}
		if rhs := eq.Rhs; rhs != nil {
			if replaced != nil {
				rhs = syntax.Substitute(rhs, replaced)
			}
			if replaced != nil && eq.Kind == syntax.Subexpression {
				replaced[eq.Name] = rhs
			}
			d.Expression, d.Identifiers = syntax.Format(rhs), syntax.Names(rhs)
		}
		for _, f := range eq.Flags {
			d.Flags = append(d.Flags, f.Name)
		}
		list = append(list, d)
	}
	return list
}

// Spikes returns the neurons that spike and when, in seconds, by time. The slices must not be changed.
func (g *SpikeGeneratorGroup) Spikes() (neurons []int32, times []float64) { return g.who, g.times }
