// Package script evaluates the subset of Python that notebooks and model scripts are written in: it
// compiles the syntax tree to a small bytecode, runs it with explicit frames, and shows errors as Python does.
//
// It knows Python's own values, built-in functions and a few standard modules. It does not know arrays,
// neurons, figures or tables: those are foreign values, reached through the small interfaces in foreign.go,
// and the modules that make them are tables (Module, Entry) handed over in Config.
package script
