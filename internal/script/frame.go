package script

import "synfire/internal/diag"

// Frame is one running piece of script: a module's top level, a function, a class body, a generator.
type Frame struct {
	code   *code
	module *Namespace
	caller *Frame
	locals []Value // parameters and plain locals; nil while unbound
	cells  []*cell // captured and free variables
	names  *Dict   // the names of a class body; nil elsewhere
	stack  []Value
	pc     int
	blocks []block
	// handling are the exceptions whose handlers are running, innermost last.
	handling []*Exception
	function *Function // that the frame executes; nil for modules and class bodies
	finished bool      // it has returned or failed
}

// Lookup returns what a name means in the frame: a local, then a global of its module; built-in names are not found.
func (f *Frame) Lookup(name string) (Value, bool) {
	if v, ok := f.Local(name); ok {
		return v, true
	}
	return f.module.Lookup(name)
}

// Local returns a local variable. At a module's top level there are none.
func (f *Frame) Local(name string) (Value, bool) {
	if f.names != nil {
		if v, ok := f.names.GetString(name); ok {
			return v, true
		}
	}
	for i, n := range f.code.localNames {
		if n == name && f.locals[i] != nil {
			return f.locals[i], true
		}
	}
	for i, n := range f.code.cellNames {
		if n == name && f.cells[i].value != nil {
			return f.cells[i].value, true
		}
	}
	return nil, false
}

// LocalNames lists the bound locals in the order of their first appearance.
func (f *Frame) LocalNames() []string {
	var names []string
	if f.names != nil {
		for k := range f.names.All() {
			names = append(names, k.(string))
		}
	}
	for i, n := range f.code.localNames {
		if f.locals[i] != nil {
			names = append(names, n)
		}
	}
	for i, n := range f.code.cellNames {
		if f.cells[i].value != nil {
			names = append(names, n)
		}
	}
	return names
}

// Names lists the locals and then the globals that they do not hide.
func (f *Frame) Names() []string {
	names := f.LocalNames()
	seen := make(map[string]bool, len(names))
	for _, n := range names {
		seen[n] = true
	}
	for _, n := range f.module.Names() {
		if !seen[n] {
			names = append(names, n)
		}
	}
	return names
}

// Globals returns the global names of the frame's module.
func (f *Frame) Globals() *Namespace { return f.module }

// Caller returns the frame that called this one, or nil.
func (f *Frame) Caller() *Frame { return f.caller }

// Function returns the name of the function, "<module>" at the top level.
func (f *Frame) Function() string { return f.code.name }

// Where returns the place that the frame is executing.
func (f *Frame) Where() diag.Span { return f.code.span(f.pc - 1) }
