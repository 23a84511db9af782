package synfire

import (
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
	// Unit is the unit as it is written.
	Unit  string
	Flags []string
}

// Definitions lists what the equations define, in the order of the text.
func (e *Equations) Definitions() []Definition {
	if e.err != nil {
		return nil
	}
	var list []Definition
	for _, eq := range e.parsed.List {
		d := Definition{Name: eq.Name, Unit: eq.Unit, Kind: [...]string{"parameter", "subexpression", "differential equation"}[eq.Kind]}
		if eq.Rhs != nil {
			d.Expression = syntax.Format(eq.Rhs)
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
