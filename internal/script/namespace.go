package script

// Variable is a global variable: compiled code points straight at it. Value is nil while it is unbound.
type Variable struct {
	Name  string
	Value Value
	// builtin is what the name means while it is unbound: a built-in function, or nil.
	builtin Value
}

// Namespace is the global names of a module, in the order in which they were first mentioned.
type Namespace struct {
	ModuleName string
	index      map[string]*Variable
	order      []*Variable
	builtins   map[string]Value
}

func newNamespace(name string, builtins map[string]Value) *Namespace {
	return &Namespace{ModuleName: name, index: map[string]*Variable{}, builtins: builtins}
}

// Variable returns the variable of a name, made unbound if need be.
func (n *Namespace) Variable(name string) *Variable {
	v := n.index[name]
	if v == nil {
		v = &Variable{Name: name, builtin: n.builtins[name]}
		n.index[name] = v
		n.order = append(n.order, v)
	}
	return v
}

// Lookup returns the value of a global; built-in names are not globals.
func (n *Namespace) Lookup(name string) (Value, bool) {
	v := n.index[name]
	if v == nil || v.Value == nil {
		return nil, false
	}
	return v.Value, true
}

// Set binds a global.
func (n *Namespace) Set(name string, value Value) { n.Variable(name).Value = value }

// Delete unbinds a global.
func (n *Namespace) Delete(name string) {
	if v := n.index[name]; v != nil {
		v.Value = nil
	}
}

// Names lists the bound globals.
func (n *Namespace) Names() []string {
	var names []string
	for _, v := range n.order {
		if v.Value != nil {
			names = append(names, v.Name)
		}
	}
	return names
}
