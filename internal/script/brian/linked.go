package brian

import (
	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// linkedVariable is linked_var(G, 'v'): what a linked variable is set to.
type linkedVariable struct {
	of    end
	name  string
	index []int // nil: the same numbers
}

// TypeName implements script.Named.
func (l *linkedVariable) TypeName() string { return "LinkedVariable" }

// Repr implements script.Representer.
func (l *linkedVariable) Repr() string {
	return "<LinkedVariable " + l.of.base().object.Name() + "." + l.name + ">"
}

// linkedVarEntry is the function linked_var.
func linkedVarEntry() script.Entry {
	return script.Entry{Signature: "linked_var(group_or_variable, name=None, index=None)", Doc: "What a linked variable stands for.", Func: func(c *script.Call) (script.Value, error) {
		l := &linkedVariable{}
		switch v := c.Arg("group_or_variable").(type) {
		case *view:
			if !script.IsNone(c.Arg("name")) {
				return nil, script.Raise("ValueError", "Cannot give a variable and a variable name at the same time.")
			}
			l.of, l.name = v.owner.(end), v.info.Name
		case end:
			if script.IsNone(c.Arg("name")) {
				return nil, script.Raise("ValueError", "Need to provide a variable name")
			}
			name, err := c.String("name")
			if err != nil {
				return nil, err
			}
			if _, known := v.end().Lookup(name); !known {
				return nil, script.Raise("KeyError", "%s", name)
			}
			l.of, l.name = v, name
		default:
			return nil, script.Raise("TypeError", "linked_var() takes a group and a name, or a variable of a group, not %s", script.TypeName(v))
		}
		if index := c.Arg("index"); !script.IsNone(index) {
			a, err := numpy.FromValue(index)
			if err != nil || a.DType() != array.Int64 || a.NDim() != 1 {
				return nil, script.Raise("TypeError", "The index for a linked variable has to be an integer array")
			}
			l.index = make([]int, a.Size())
			for k := range l.index {
				l.index[k] = int(a.IntAt(k))
			}
		}
		return l, nil
	}}
}

// link sets a variable of the group to what it stands for.
func (g *group) link(name string, info synfire.VariableInfo, value script.Value) error {
	l, ok := value.(*linkedVariable)
	if !ok {
		return script.Raise("ValueError", "Cannot set a linked variable directly, link it to another variable using 'linked_var'.")
	}
	n, ok := g.of.(*synfire.NeuronGroup)
	if !ok || !info.Linked {
		return script.Raise("TypeError", "Cannot link variable '%s', it has to be marked as a linked variable with '(linked)' in the model equations.", name)
	}
	if err := n.Link(name, l.of.end(), l.name, l.index); err != nil {
		return err
	}
	g.linked = append(g.linked, l.of)
	return nil
}
