package notebook

import (
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
)

// Session is everything that a document's cells can reach beyond Python itself.
type Session interface {
	// Modules are what cells can import.
	Modules() []*script.Module
	// ArrayOperator computes an operation of a quantity and a list, as in script.Config; nil refuses it.
	ArrayOperator() func(op syntax.Op, x, y script.Value) (script.Value, error)
	// NumberAttr gives what numbers have as results of NumPy, as in script.Config; nil gives nothing.
	NumberAttr() func(x script.Value, name string) (script.Value, error)
	// TakeFigures returns the figures that are open, in the order of their numbers, and closes them: what an
	// inline notebook shows at the end of a cell, and a script at its end.
	TakeFigures() []*plot.Figure
	// Setting describes the simulator as it is now.
	Setting() host.Setting
	// SaveRecordings writes what all monitors hold to dir, one NPZ file for each, and returns the names of the files.
	SaveRecordings(dir string) ([]string, error)
	// Close gives memory back.
	Close() error
}

// Simulator is what the module of the simulator (internal/script/brian) offers to a session, besides its tables.
// Its constructor takes a *host.Host.
type Simulator interface {
	// Modules are brian2 and its submodules, and input_factory.
	Modules() []*script.Module
	// Setting describes the simulator as it is now.
	Setting() host.Setting
	// SeedFromNumPy is told that the script has seeded numpy.random, which seeds the simulator too.
	SeedFromNumPy(seed uint32) error
	// SaveRecordings writes what all monitors that still exist hold to dir as NPZ files (internal/export) and
	// returns their names. A StateMonitor's file holds t and one array [neuron, sample] for each variable; a
	// SpikeMonitor's i and t; a PopulationRateMonitor's t and rate. All in SI units.
	SaveRecordings(dir string) ([]string, error)
	Close() error
}

// Plotter is what the module of figures (internal/script/pylab) offers to a session, besides its tables. Its
// constructor takes a *host.Host; show() hands figures to Host.Show.
type Plotter interface {
	// Modules are pylab, matplotlib and its submodules (pyplot, pylab, mlab). The names that
	// `from pylab import *` brings are those of matplotlib; `%pylab` then also runs `from numpy import *`.
	Modules() []*script.Module
	// TakeFigures returns the figures that are open and have something to show, in the order of their numbers,
	// and closes them all.
	TakeFigures() []*plot.Figure
}
