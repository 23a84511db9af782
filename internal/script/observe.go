package script

import (
	"slices"

	"synfire/internal/syntax"
)

// ObserveModules lets f see the tree of every module and cell before it runs from now on, and those that are
// running.
func (in *Interp) ObserveModules(f func(*syntax.Module)) {
	in.observers = append(in.observers, f)
	for _, module := range in.running {
		f(module)
	}
}

// began notes that a module runs until the function that is returned is called.
func (in *Interp) began(module *syntax.Module) (ended func()) {
	for _, observe := range in.observers {
		observe(module)
	}
	in.running = append(in.running, module)
	return func() { in.running = in.running[:len(in.running)-1] }
}

// Held lists what the frame refers to without a name: intermediate values, such as a list that is being built.
func (f *Frame) Held() []Value { return f.stack }

// ParameterNames lists the parameters of a function that may be given by position.
func (f *Function) ParameterNames() []string { return f.code.localNames[:f.code.plain] }

// WithGlobals returns the function with other values of the global names that it mentions, where replace gives any. Later
// assignments to these names do not reach it.
func (f *Function) WithGlobals(replace func(Value) (Value, bool)) *Function {
	other := *f
	other.code = f.code.withGlobals(replace)
	return &other
}

func (k *code) withGlobals(replace func(Value) (Value, bool)) *code {
	other := *k
	other.globals = slices.Clone(k.globals)
	for i, v := range k.globals {
		if v.Value == nil {
			continue
		}
		if value, ok := replace(v.Value); ok {
			other.globals[i] = &Variable{Name: v.Name, Value: value}
		}
	}
	other.children = slices.Clone(k.children)
	for i, child := range k.children {
		other.children[i] = child.withGlobals(replace)
	}
	return &other
}
