// Package scipy gives scripts the few functions of SciPy that models of neurons call: a root finder, a regression
// line, a truncated normal distribution.
//
// It knows arrays and calls functions of scripts; it does not know neurons, and nothing that is simulated passes through it.
// Results agree with SciPy's to about its own tolerances, not to the last bit.
package scipy

import (
	"synfire/internal/rng"
	"synfire/internal/script"
)

// Module returns scipy with its submodules; random numbers come from the stream of numpy.random.
func Module(random *rng.RandomState) *script.Module {
	return &script.Module{Name: "scipy", Doc: "Numerical methods.", Entries: []script.Entry{{Name: "__version__", Value: "1.10.1"}},
		Modules: []*script.Module{
			{Name: "scipy.optimize", Doc: "Roots of functions.", Entries: rootEntries()},
			statisticsModule(random),
		}}
}
