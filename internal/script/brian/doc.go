// Package brian is the module that scripts import as brian2: groups, synapses, monitors, networks, units and
// equations as values of the script language, on the public API of package synfire; and the module
// input_factory, which makes input currents.
//
// It knows neither notebooks nor figures, and nothing of how a simulation is compiled or run: what it can do, a
// Go program can do with package synfire.
package brian
