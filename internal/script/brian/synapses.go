package brian

import (
	"strings"
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// synapses are Brian2's Synapses as a value.
type synapses struct {
	entity
	of             *synfire.Synapses
	source, target end
	namespace      *script.Dict
	order          int
}

func (s *Session) makeSynapses(c *script.Call) (script.Value, error) {
	for _, old := range []string{"pre", "post", "connect"} {
		if !script.IsNone(c.Arg(old)) {
			return nil, script.Raise("TypeError", "Synapses() has no argument '%s' any more", old).
				WithHint("use on_pre and on_post for code, and the method connect() to make synapses.")
		}
	}
	y := &synapses{}
	var err error
	if y.source, err = endArgument(c, "source"); err != nil {
		return nil, err
	}
	y.target = y.source
	if !script.IsNone(c.Arg("target")) {
		if y.target, err = endArgument(c, "target"); err != nil {
			return nil, err
		}
	}
	options := synfire.SynapsesOptions{}
	if options.Equations, err = s.equationsArgument(c.Arg("model"), "model"); err != nil {
		return nil, err
	}
	if !script.IsNone(c.Arg("multisynaptic_index")) {
		if options.MultisynapticIndex, err = c.String("multisynaptic_index"); err != nil {
			return nil, err
		}
	}
	if options.Bits, err = bitsArgument(c); err != nil {
		return nil, err
	}
	if options.Updater, options.Candidates, options.MethodOptions, err = s.methodArguments(c); err != nil {
		return nil, err
	}
	if options.Pathways, err = pathwayArguments(c); err != nil {
		return nil, err
	}
	if options.DT, err = timeStep(c, "Synapses"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	if y.namespace, err = groupNamespace(c); err != nil {
		return nil, err
	}
	options.Namespace = dictNames{y.namespace}
	y.order = options.Order
	return y, s.make(func() error {
		made, err := s.simulation.Synapses(y.source.end(), y.target.end(), options)
		if err != nil {
			return err
		}
		y.entity, y.of = s.newEntity(made), made
		return nil
	})
}

func groupArgument(c *script.Call, name string) (*group, error) {
	switch v := c.Arg(name).(type) {
	case *group:
		return v, nil
	default:
		return nil, script.Raise("TypeError", "%s() argument '%s' has to be a group of neurons, not %s", c.Name, name, script.TypeName(v))
	}
}

// end is what synapses connect: a group or other synapses.
type end interface {
	script.Named
	brianObject
	end() endObject
}

// endObject is what an end simulates.
type endObject interface {
	synfire.End
	Lookup(name string) (synfire.VariableInfo, bool)
}

func (g *group) end() endObject    { return g.of }
func (y *synapses) end() endObject { return y.of }

func endArgument(c *script.Call, name string) (end, error) {
	if y, ok := c.Arg(name).(*synapses); ok {
		return y, nil
	}
	return groupArgument(c, name)
}

// pathwayArguments returns what on_pre, on_post and delay say.
func pathwayArguments(c *script.Call) ([]synfire.PathwayOptions, error) {
	var list []synfire.PathwayOptions
	for _, side := range []struct {
		argument, pathway string
		onPost            bool
	}{{"on_pre", "pre", false}, {"on_post", "post", true}} {
		switch v := c.Arg(side.argument).(type) {
		case nil, script.NoneType:
		case string:
			list = append(list, synfire.PathwayOptions{Name: side.pathway, OnPost: side.onPost, Code: v})
		case *script.Dict:
			for key, code := range v.All() {
				name, ok := key.(string)
				text, isText := code.(string)
				if !ok || !isText {
					return nil, script.Raise("TypeError", "%s has to be a dictionary of names and strings of code, not of %s and %s", side.argument, script.TypeName(key), script.TypeName(code))
				}
				list = append(list, synfire.PathwayOptions{Name: name, OnPost: side.onPost, Code: text})
			}
		default:
			return nil, script.Raise("TypeError", "%s has to be a string of code or a dictionary of them, not %s", side.argument, script.TypeName(v))
		}
	}
	give := func(name string, v script.Value) error {
		delay, err := asQuantity(v, "delay", "Synapses", units.Time)
		if err != nil {
			return err
		}
		for k := range list {
			if list[k].Name == name {
				list[k].Delay = delay
				return nil
			}
		}
		return script.Raise("ValueError", "Cannot set the delay for pathway '%s': unknown pathway.", name)
	}
	switch v := c.Arg("on_event").(type) {
	case nil, script.NoneType:
	case string:
		for k := range list {
			list[k].Event = v
		}
	case *script.Dict:
		for k := range list {
			if event, ok := v.GetString(list[k].Name); ok {
				list[k].Event = script.Str(event)
			}
		}
	default:
		return nil, script.Raise("TypeError", "on_event has to be the name of an event or a dictionary of them, not %s", script.TypeName(v))
	}
	switch v := c.Arg("delay").(type) {
	case nil, script.NoneType:
	case *script.Dict:
		for key, delay := range v.All() {
			if err := give(script.Str(key), delay); err != nil {
				return nil, err
			}
		}
	default:
		if err := give("pre", v); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// TypeName implements script.Named.
func (y *synapses) TypeName() string { return "Synapses" }

// ScriptClass implements script.Classed.
func (y *synapses) ScriptClass() *script.Class { return y.session.class("Synapses") }

func (y *synapses) sources() []script.Value { return []script.Value{y.source, y.target} }

// Repr implements script.Representer.
func (y *synapses) Repr() string { return y.describe("Synapses", "start", y.order) }

// Len implements script.Sized.
func (y *synapses) Len() (int, error) { return y.of.Len(), nil }

// Bool implements script.Truther.
func (y *synapses) Bool() (bool, error) { return true, nil }

// variable returns the view of a variable, with or without units.
func (y *synapses) variable(name string) *view {
	base, unitless := strings.CutSuffix(name, "_")
	for _, attempt := range []struct {
		name     string
		unitless bool
	}{{name, false}, {base, true}} {
		if attempt.unitless && !unitless {
			break
		}
		if attempt.name == "delay" {
			if w := y.of.Pathway("pre"); w != nil {
				return y.delays(w, attempt.unitless)
			}
			return nil
		}
		if info, ok := y.lookup(attempt.name); ok {
			return newView(y, y.of, info, y.object.Name(), attempt.unitless)
		}
	}
	return nil
}

// lookup describes a variable of the synapses, or of the neurons that they connect.
func (y *synapses) lookup(name string) (synfire.VariableInfo, bool) {
	switch name {
	case "N_pre", "N_post":
		return synfire.VariableInfo{Name: name, Type: "integer", Shared: true, ReadOnly: true}, true
	case "N_incoming", "N_outgoing":
		return synfire.VariableInfo{Name: name, Type: "integer", ReadOnly: true}, true
	}
	if info, ok := y.of.Lookup(name); ok {
		return info, true
	}
	// Without a suffix a name that is not the synapses' own is the target's.
	of, base := y.target, name
	if before, ok := strings.CutSuffix(name, "_pre"); ok {
		of, base = y.source, before
	} else if before, ok := strings.CutSuffix(name, "_post"); ok {
		base = before
	}
	info, ok := of.end().Lookup(base)
	info.Name, info.ReadOnly = name, true
	return info, ok
}

// delays returns the view of the delays of a pathway.
func (y *synapses) delays(w *synfire.Pathway, unitless bool) *view {
	info := synfire.VariableInfo{Name: "delay", Dim: units.Time, Type: "float", Shared: w.UniformDelay()}
	return newView(y, delays{w, y.of}, info, y.object.Name()+"_"+w.Name(), unitless)
}

// delays shows the delays of a pathway as variables.
type delays struct {
	pathway  *synfire.Pathway
	synapses *synfire.Synapses
}

func (d delays) Len() int { return d.synapses.Len() }

func (d delays) Get(_ string, options ...synfire.Option) (synfire.Values, error) {
	return d.pathway.Delay(options...)
}

func (d delays) Set(_ string, value any, options ...synfire.Option) error {
	return d.pathway.SetDelay(value, options...)
}

func (d delays) SetUnitless(_ string, value any, options ...synfire.Option) error {
	switch x := value.(type) {
	case float64:
		value = units.Second.Of(x)
	case int64:
		value = units.Second.Of(float64(x))
	case units.Quantity:
		value = units.Second.Of(x.Value)
	case synfire.Values:
		floats := make([]float64, x.Len())
		for k := range floats {
			floats[k] = x.Float(k)
		}
		value = synfire.QuantityValues(floats, units.Second)
	}
	return d.pathway.SetDelay(value, options...)
}

func (d delays) Select(condition string, options ...synfire.Option) ([]int, error) {
	return d.synapses.Select(condition, options...)
}

// Attr implements script.Attributed.
func (y *synapses) Attr(name string) (any, error) {
	if v, ok := y.common(name); ok {
		return v, nil
	}
	if w := y.of.Pathway(name); w != nil {
		return &pathway{owner: y, of: w}, nil
	}
	switch name {
	case "source":
		return y.source, nil
	case "target":
		return y.target, nil
	case "order":
		return int64(y.order), nil
	case "when":
		return "start", nil
	case "namespace":
		return y.namespace, nil
	case "multisynaptic_index":
		if index := y.of.MultisynapticIndex(); index != "" {
			return index, nil
		}
		return script.None, nil
	case "equations":
		return &equations{session: y.session, eqs: y.of.Equations()}, nil
	case "N_pre":
		return int64(y.source.end().Len()), nil
	case "N_post":
		return int64(y.target.end().Len()), nil
	case "N_outgoing_pre":
		return countsArray(y.of.Outgoing()), nil
	case "N_incoming_post":
		return countsArray(y.of.Incoming()), nil
	case "indices":
		return synapseNumbers{y}, nil
	case "_pathways":
		list := &script.List{}
		for _, w := range y.of.Pathways() {
			list.Elts = append(list.Elts, &pathway{owner: y, of: w})
		}
		return list, nil
	case "state_updater":
		return &codeRunner{"StateUpdater", y.of.Name() + "_stateupdater", y, y.of.StateUpdater()}, nil
	case "summed_updaters":
		updaters := script.NewDict()
		for _, name := range y.of.SummedVariables() {
			updaters.SetString(name, &codeRunner{"SummedVariableUpdater", y.of.Name() + "_summed_variable_" + name, y, y.of.SummedUpdater(name)})
		}
		return updaters, nil
	case "variables", "register_variable":
		return refusedAttribute("Synapses", name), nil
	}
	if method := synapsesMethods().Bind(y, name); method != nil {
		return method, nil
	}
	if v := y.variable(name); v != nil {
		if u := v.unknown(); u != nil {
			return u, nil
		}
		return v, nil
	}
	return nil, nil
}

func countsArray(counts []int) script.Value {
	list := make([]int64, len(counts))
	for k, n := range counts {
		list[k] = int64(n)
	}
	return numpy.New(array.FromInts(list))
}

// AttrNames implements script.AttrLister.
func (y *synapses) AttrNames() []string {
	list := []string{"source", "target", "name", "active", "delay", "order", "namespace", "N_incoming", "N_outgoing", "multisynaptic_index"}
	for _, v := range y.of.Variables() {
		list = append(list, v.Name)
	}
	for _, w := range y.of.Pathways() {
		list = append(list, w.Name())
	}
	return append(list, synapsesMethods().Names()...)
}

// SetAttr implements script.AttrSetter.
func (y *synapses) SetAttr(name string, value any) error {
	if done, err := y.setCommon(name, value); done {
		return err
	}
	if v := y.variable(name); v != nil {
		if v.same(value) {
			return nil
		}
		return v.assign(value, nil)
	}
	return noVariable(y.of.Name(), name, y.AttrNames())
}

// synapsesMethods are the methods of Synapses.
var synapsesMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(append(append(stateMethods(), operationMethods()...),
		script.Entry{Signature: "connect(condition=None, i=None, j=None, p=1.0, n=1, skip_if_invalid=False, namespace=None, level=0)",
			Doc: "Makes synapses.", Func: func(c *script.Call) (script.Value, error) { return script.None, c.Self.(*synapses).connect(c) }},
		script.Entry{Signature: "__len__()", Func: func(c *script.Call) (script.Value, error) { return int64(c.Self.(*synapses).of.Len()), nil }},
	)...)
})

// pathway is a pathway of synapses as a value: S.pre.
type pathway struct {
	owner *synapses
	of    *synfire.Pathway
}

// TypeName implements script.Named.
func (w *pathway) TypeName() string { return "SynapticPathway" }

func (w *pathway) name() string { return w.owner.object.Name() + "_" + w.of.Name() }

// Repr implements script.Representer.
func (w *pathway) Repr() string {
	return "SynapticPathway(clock=" + w.owner.clock().Repr() + ", when=" + w.of.When() + ", order=" + script.Repr(int64(w.of.Order())) + ", name='" + w.name() + "')"
}

// Attr implements script.Attributed.
func (w *pathway) Attr(name string) (any, error) {
	switch name {
	case "delay":
		return w.owner.delays(w.of, false), nil
	case "delay_":
		return w.owner.delays(w.of, true), nil
	case "active":
		return w.of.Active(), nil
	case "name":
		return w.name(), nil
	case "synapses":
		return w.owner, nil
	case "source":
		return w.owner.source, nil
	case "target":
		return w.owner.target, nil
	case "when":
		return w.of.When(), nil
	case "order":
		return int64(w.of.Order()), nil
	case "clock":
		end := w.owner.source
		if w.of.OnPost() {
			end = w.owner.target
		}
		return end.base().clock(), nil
	case "code":
		return w.of.Code(), nil
	case "event":
		return w.of.Event(), nil
	case "objname":
		return w.of.Name(), nil
	case "prepost":
		if w.of.OnPost() {
			return "post", nil
		}
		return "pre", nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (w *pathway) AttrNames() []string {
	return []string{"delay", "active", "name", "source", "target", "when", "order", "synapses", "clock", "code", "event", "objname", "prepost"}
}

// SetAttr implements script.AttrSetter.
func (w *pathway) SetAttr(name string, value any) error {
	switch name {
	case "delay", "delay_":
		v := w.owner.delays(w.of, name == "delay_")
		if v.same(value) {
			return nil
		}
		return v.assign(value, nil)
	case "active":
		active, err := script.Truth(value)
		if err == nil {
			w.of.SetActive(active)
		}
		return err
	case "order":
		order, err := script.AsIndex(value)
		if err != nil {
			return script.Raise("TypeError", "the order of a pathway has to be a whole number, not %s", script.TypeName(value))
		}
		return w.of.SetSchedule("", int(order))
	case "when":
		when, ok := value.(string)
		if !ok {
			return script.Raise("TypeError", "when has to be the name of a slot, not %s", script.TypeName(value))
		}
		return w.of.SetSchedule(when, w.of.Order())
	}
	return noVariable(w.name(), name, w.AttrNames())
}

// HashKey implements script.Hashable.
func (w *pathway) HashKey() any { return w.of }
