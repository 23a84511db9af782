package brian

import (
	"fmt"
	"strings"
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// neurons is what the kinds of groups have in common.
type neurons interface {
	synfire.Group
	variables
	Lookup(name string) (synfire.VariableInfo, bool)
	Variables() []synfire.VariableInfo
	operated
	Slice(start, stop int) (*synfire.Subgroup, error)
	DT() units.Quantity
}

// group is a group of neurons, or a part of one, as a value.
type group struct {
	entity
	kind      string // the name of its class
	of        neurons
	parent    *group       // of a subgroup
	namespace *script.Dict // as given
	rates     script.Value // of a PoissonGroup, as given
	linked    []end        // to which variables are linked
	order     int
	class     *script.Class
}

// TypeName implements script.Named.
func (g *group) TypeName() string { return g.kind }

// ScriptClass implements script.Classed.
func (g *group) ScriptClass() *script.Class { return g.class }

func (g *group) sources() []script.Value {
	if g.parent != nil {
		return []script.Value{g.parent}
	}
	return nil
}

// whole is the group that a subgroup is part of, or the group itself.
func (g *group) whole() *group {
	for g.parent != nil {
		g = g.parent
	}
	return g
}

// Repr implements script.Representer.
func (g *group) Repr() string {
	switch x := g.of.(type) {
	case *synfire.Subgroup:
		start, stop := x.Bounds()
		return fmt.Sprintf("<Subgroup '%s' of '%s' from %d to %d>", g.label(), x.Name(), start, stop)
	case *synfire.PoissonGroup:
		return fmt.Sprintf("PoissonGroup(%d, rates=%s)", x.Len(), script.Repr(g.rates))
	case *synfire.SpikeGeneratorGroup:
		indices, times := x.Spikes()
		return fmt.Sprintf("SpikeGeneratorGroup(%d, indices=<length %d array>, times=<length %d array>)", x.Len(), len(indices), len(times))
	}
	return g.describe(g.kind, "start", g.order)
}

// label is the name that views of the group's variables show.
func (g *group) label() string {
	if g.parent != nil {
		return g.object.Name() + "_subgroup"
	}
	return g.object.Name()
}

// Len implements script.Sized.
func (g *group) Len() (int, error) { return g.of.Len(), nil }

// Bool implements script.Truther.
func (g *group) Bool() (bool, error) { return true, nil }

// variable returns the view of a variable, with or without units.
func (g *group) variable(name string) *view {
	if info, ok := g.of.Lookup(name); ok {
		return newView(g, g.of, info, g.label(), false)
	}
	if base, ok := strings.CutSuffix(name, "_"); ok {
		if info, ok := g.of.Lookup(base); ok {
			return newView(g, g.of, info, g.label(), true)
		}
	}
	return nil
}

// Attr implements script.Attributed.
func (g *group) Attr(name string) (any, error) {
	if v, ok := g.common(name); ok {
		return v, nil
	}
	switch name {
	case "N":
		return int64(g.of.Len()), nil
	case "order":
		return int64(g.order), nil
	case "when":
		return "start", nil
	case "start", "stop":
		start, stop := 0, g.of.Len()
		if sub, ok := g.of.(*synfire.Subgroup); ok {
			start, stop = sub.Bounds()
		}
		if name == "start" {
			return int64(start), nil
		}
		return int64(stop), nil
	case "source":
		if g.parent != nil {
			return g.parent, nil
		}
	case "namespace":
		if g.namespace == nil {
			g.namespace = script.NewDict()
		}
		return g.namespace, nil
	case "events":
		list := script.NewDict()
		switch n := g.whole().of.(type) {
		case *synfire.NeuronGroup:
			for _, name := range n.Events() {
				list.SetString(name, n.Condition(name))
			}
		case *synfire.PoissonGroup:
			list.SetString("spike", "rand() < rates * dt")
		default:
			list.SetString("spike", script.None)
		}
		return list, nil
	case "run_on_event", "set_event_schedule":
		if _, ok := g.of.(*synfire.NeuronGroup); !ok {
			return nil, nil
		}
	case "equations", "user_equations":
		if n, ok := g.of.(*synfire.NeuronGroup); ok {
			return &equations{session: g.session, eqs: n.Equations()}, nil
		}
	case "thresholder", "resetter", "state_updater":
		if v := g.contained(name); g.parent == nil && v != nil {
			return v, nil
		}
	case "contained_objects", "custom_operation", "variables":
		if g.parent == nil {
			return refusedAttribute(g.kind, name), nil
		}
	}
	if method := groupMethods().Bind(g, name); method != nil {
		if name != "set_spikes" {
			return method, nil
		}
		if _, ok := g.of.(*synfire.SpikeGeneratorGroup); ok {
			return method, nil
		}
	}
	if v := g.variable(name); v != nil {
		if v.info.Linked {
			// Nothing can be done with a variable that is not linked yet.
			if _, err := g.of.Get(v.info.Name, synfire.At()); err != nil {
				return nil, err
			}
		}
		if u := v.unknown(); u != nil {
			return u, nil
		}
		return v, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (g *group) AttrNames() []string {
	list := []string{"N", "t", "dt", "i", "name", "active", "clock", "order", "namespace"}
	for _, v := range g.of.Variables() {
		list = append(list, v.Name)
	}
	return append(list, groupMethods().Names()...)
}

// SetAttr implements script.AttrSetter.
func (g *group) SetAttr(name string, value any) error {
	if done, err := g.setCommon(name, value); done {
		return err
	}
	switch name {
	case "namespace":
		dict, ok := value.(*script.Dict)
		if !ok {
			return script.Raise("TypeError", "namespace has to be a dictionary, not %s", script.TypeName(value))
		}
		if g.namespace == nil {
			g.namespace = script.NewDict()
		}
		g.namespace.Clear()
		for k, v := range dict.All() {
			if err := g.namespace.Set(k, v); err != nil {
				return err
			}
		}
		return nil
	case "N":
		return script.Raise("TypeError", "Variable N is read-only.")
	}
	if v := g.variable(name); v != nil {
		if _, link := value.(*linkedVariable); v.info.Linked && !v.same(value) || link {
			return g.link(name, v.info, value)
		}
		if v.same(value) {
			return nil
		}
		return v.assign(value, nil)
	}
	return noVariable(g.of.Name(), name, g.AttrNames())
}

func noVariable(owner, name string, known []string) error {
	m := script.Raise("AttributeError", "Could not find a state variable with name \"%s\" in '%s'.", name, owner)
	if near := script.Nearest(name, known); near != "" {
		m.Hint = fmt.Sprintf("Did you mean '%s'?", near)
	} else {
		m.Hint = fmt.Sprintf("Declare '%s' in the equations if the neurons are to have it.", name)
	}
	return m
}

// Index implements G[3:5].
func (g *group) Index(index any) (any, error) {
	start, stop, err := contiguous(index, g.of.Len())
	if err != nil {
		return nil, err
	}
	sub, err := g.of.Slice(start, stop)
	if err != nil {
		return nil, err
	}
	part := &group{entity: g.entity, kind: "Subgroup", of: sub, parent: g.whole(), namespace: g.namespace, order: g.order, class: g.session.class("Subgroup")}
	part.object = sub
	return part, nil
}

// contiguous returns the range that an index of a group means.
func contiguous(index script.Value, n int) (start, stop int, err error) {
	if s, ok := index.(*script.Slice); ok {
		start, step, count, err := s.SliceIndices(n)
		if err != nil {
			return 0, 0, err
		}
		if step != 1 {
			return 0, 0, script.Raise("IndexError", "Subgroups have to be contiguous").WithHint("a group can be cut into pieces, but neurons cannot be left out in between.")
		}
		if count == 0 {
			return 0, 0, script.Raise("IndexError", "Illegal start/end values for subgroup, %d>=%d", start, start)
		}
		return start, start + count, nil
	}
	if k, err := script.AsIndex(index); err == nil {
		at := int(k)
		if at < 0 {
			at += n
		}
		if at < 0 || at >= n {
			return 0, 0, script.Raise("IndexError", "Illegal start value for subgroup, %d>=%d", k, n)
		}
		return at, at + 1, nil
	}
	if _, text := index.(string); text {
		return 0, 0, script.Raise("TypeError", "A part of a group is made with a slice, a number, or contiguous numbers; not with a string").
			WithHint("to read or change the variables of some neurons, index the variable: G.v['v > 0*mV'].")
	}
	a, err := numpy.FromValue(index)
	if err != nil || a.DType() != array.Int64 || a.NDim() != 1 || a.Size() == 0 {
		return 0, 0, script.Raise("TypeError", "A part of a group is made with a slice, a number, or contiguous numbers; not with %s", script.TypeName(index))
	}
	for k := range a.Size() {
		if a.IntAt(k) != a.IntAt(0)+int64(k) {
			return 0, 0, script.Raise("IndexError", "Subgroups have to be contiguous")
		}
	}
	first := int(a.IntAt(0))
	if first < 0 || first+a.Size() > n {
		return 0, 0, script.Raise("IndexError", "Illegal start/end values for subgroup, %d>=%d", first, n)
	}
	return first, first + a.Size(), nil
}

// groupMethods are the methods of groups.
var groupMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(append(append(stateMethods(), operationMethods()...),
		script.Entry{Signature: "set_spikes(indices, times, period=..., sorted=False)", Func: func(c *script.Call) (script.Value, error) {
			g := c.Self.(*group)
			indices, times, period, err := spikesArguments(c, "set_spikes")
			if err != nil {
				return nil, err
			}
			return script.None, g.of.(*synfire.SpikeGeneratorGroup).SetSpikes(indices, times, period)
		}},
		script.Entry{Signature: "run_on_event(event, code, when='after_resets', order=None)", Doc: "Runs code for neurons that have an event.", Func: func(c *script.Call) (script.Value, error) {
			event, code, options, err := eventArguments(c)
			if err != nil {
				return nil, err
			}
			g := c.Self.(*group)
			return script.None, g.of.(*synfire.NeuronGroup).RunOnEvent(event, code, options)
		}},
		script.Entry{Signature: "set_event_schedule(event, when='after_thresholds', order=None)", Doc: "Where in a step an event is looked for.", Func: func(c *script.Call) (script.Value, error) {
			event, _, options, err := eventArguments(c)
			if err != nil {
				return nil, err
			}
			g := c.Self.(*group)
			return script.None, g.of.(*synfire.NeuronGroup).SetEventSchedule(event, options.When, options.Order)
		}},
		script.Entry{Signature: "__len__()", Func: func(c *script.Call) (script.Value, error) { return int64(c.Self.(*group).of.Len()), nil }},
	)...)
})

// class returns the class of that name, for isinstance.
func (s *Session) class(name string) *script.Class { return s.classes()[name] }

// eventArguments returns the arguments of run_on_event and set_event_schedule; without an order it is that of the group.
func eventArguments(c *script.Call) (event, code string, options synfire.OperationOptions, err error) {
	if event, err = c.String("event"); err != nil {
		return "", "", options, err
	}
	if c.Name == "run_on_event" {
		if code, err = c.String("code"); err != nil {
			return "", "", options, err
		}
	}
	if options.When, err = c.String("when"); err != nil {
		return "", "", options, err
	}
	options.Order = c.Self.(*group).order
	if !script.IsNone(c.Arg("order")) {
		options.Order, err = orderArgument(c)
	}
	return event, code, options, err
}
