package brian

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/units"
)

// network is a Network as a value, or what run() uses (magic).
type network struct {
	session *Session
	of      *synfire.Network
	objects []brianObject
	label   string
	number  int // counted with the objects
	magic   bool
	// pretended is true after check mode has prepared a run, until the state is restored.
	pretended bool
}

func (s *Session) newNetwork() *network {
	s.created++
	return &network{session: s, of: s.simulation.Network(), label: "network", number: s.created}
}

func (s *Session) makeNetwork(c *script.Call) (script.Value, error) {
	n := s.newNetwork()
	for _, k := range c.Keywords {
		if k.Name != "name" {
			return nil, script.Raise("TypeError", "Network() got an unexpected keyword argument '%s'", k.Name)
		}
		n.label = script.Str(k.Value)
	}
	for _, v := range c.Args {
		if err := n.add(v); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// objectsIn returns the objects that a value is or contains.
func objectsIn(v script.Value) ([]brianObject, error) {
	switch v := v.(type) {
	case *network:
		return v.objects, nil
	case brianObject:
		return []brianObject{v}, nil
	case *script.Unknown:
		return nil, nil
	case refusedValue:
		return nil, v.refuse()
	}
	wrong := script.Raise("TypeError", "Can only add objects of type BrianObject, or containers of such objects to Network")
	switch v := v.(type) {
	case *script.Dict:
		var values []script.Value
		for _, value := range v.All() {
			values = append(values, value)
		}
		return allObjects(values)
	case *script.List, *script.Tuple, *script.Set:
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		return allObjects(elements)
	case *timedArray, *equations:
		return nil, wrong.WithHint("equations and timed arrays are found by their names; they are not parts of a network.")
	case string, float64, int64, bool, script.NoneType, units.Quantity:
		return nil, wrong
	}
	if _, ok := v.(script.Iterable); !ok {
		if _, generator := v.(*script.Generator); !generator {
			return nil, wrong
		}
	}
	elements, err := script.Elements(v)
	if err != nil {
		return nil, wrong
	}
	return allObjects(elements)
}

func allObjects(values []script.Value) ([]brianObject, error) {
	var list []brianObject
	for _, v := range values {
		objects, err := objectsIn(v)
		if err != nil {
			return nil, err
		}
		list = append(list, objects...)
	}
	return list, nil
}

// add adds what a value is or contains.
func (n *network) add(v script.Value) error {
	objects, err := objectsIn(v)
	if err != nil {
		return err
	}
	for _, o := range objects {
		if in := o.base().network; in != nil && in != n {
			return script.Raise("RuntimeError", "%s has already been simulated by another network, cannot add it to this one", o.base().object.Name()).
				WithHint("make a new object for the new network; to leave an object out for a while set its attribute active to False.")
		}
		n.hold(o)
	}
	return nil
}

func (n *network) hold(o brianObject) {
	if !slices.Contains(n.objects, o) {
		n.objects = append(n.objects, o)
		n.of.Add(o.base().object)
	}
}

func (n *network) drop(o brianObject) {
	n.objects = slices.DeleteFunc(n.objects, func(x brianObject) bool { return x == o })
	n.of.Remove(o.base().object)
}

// TypeName implements script.Named.
func (n *network) TypeName() string {
	if n.magic {
		return "MagicNetwork"
	}
	return "Network"
}

// ScriptClass implements script.Classed.
func (n *network) ScriptClass() *script.Class { return n.session.class("Network") }

// Repr implements script.Representer.
func (n *network) Repr() string {
	if n.magic {
		return "MagicNetwork()"
	}
	var parts []string
	for _, o := range n.objects {
		parts = append(parts, script.Repr(o))
	}
	return fmt.Sprintf("<Network at time t=%s, containing objects: %s>", n.of.Time(), strings.Join(parts, ", "))
}

// Len implements script.Sized.
func (n *network) Len() (int, error) { return len(n.objects), nil }

// Bool implements script.Truther.
func (n *network) Bool() (bool, error) { return true, nil }

// Iterate goes through the objects.
func (n *network) Iterate() (next func() (any, bool, error), err error) {
	objects, k := slices.Clone(n.objects), 0
	return func() (any, bool, error) {
		if k >= len(objects) {
			return nil, false, nil
		}
		k++
		return objects[k-1], true, nil
	}, nil
}

// Contains implements `G in net` and `'neurongroup' in net`.
func (n *network) Contains(y any) (bool, error) {
	for _, o := range n.objects {
		if script.Value(o) == y || y == o.base().object.Name() {
			return true, nil
		}
	}
	return false, nil
}

// Index implements net['neurongroup'].
func (n *network) Index(index any) (any, error) {
	name, ok := index.(string)
	if !ok {
		return nil, script.Raise("TypeError", "Need a name to access objects in a Network")
	}
	var known []string
	for _, o := range n.objects {
		if o.base().object.Name() == name {
			return o, nil
		}
		if y, ok := o.(*synapses); ok {
			for _, w := range y.of.Pathways() {
				if y.of.Name()+"_"+w.Name() == name {
					return &pathway{owner: y, of: w}, nil
				}
			}
		}
		known = append(known, o.base().object.Name())
	}
	m := script.Raise("KeyError", "No object with name \"%s\" found", name)
	if near := script.Nearest(name, known); near != "" {
		m.Hint = "Did you mean '" + near + "'?"
	}
	return nil, m
}

// SetIndex refuses net[...] = ...
func (n *network) SetIndex(any, any) error {
	return script.Raise("TypeError", "'Network' object does not support item assignment")
}

// HashKey implements script.Hashable.
func (n *network) HashKey() any { return n }

// Attr implements script.Attributed.
func (n *network) Attr(name string) (any, error) {
	switch name {
	case "t":
		return n.of.Time(), nil
	case "t_":
		return n.of.Time().Value, nil
	case "name":
		return n.label, nil
	case "objects", "sorted_objects":
		if name == "sorted_objects" {
			list := &script.List{}
			for _, o := range n.objects {
				list.Elts = append(list.Elts, o)
			}
			return list, nil
		}
		set := script.NewSet()
		for _, o := range n.objects {
			if err := set.Add(o); err != nil {
				return nil, err
			}
		}
		return set, nil
	case "schedule":
		list := &script.List{}
		for _, slot := range n.of.Schedule() {
			list.Elts = append(list.Elts, slot)
		}
		return list, nil
	case "profiling_info":
		return n.profilingInfo()
	}
	if method := networkMethods().Bind(n, name); method != nil {
		return method, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (n *network) AttrNames() []string {
	return append([]string{"t", "name", "objects", "schedule"}, networkMethods().Names()...)
}

// SetAttr implements script.AttrSetter.
func (n *network) SetAttr(name string, value any) error {
	if name == "schedule" {
		return n.setSchedule(value)
	}
	return noVariable(n.label, name, n.AttrNames())
}

const (
	runSignature     = "run(duration, report=None, report_period=..., namespace=None, profile=None, level=0)"
	storeSignature   = "store(name='default', filename=None)"
	restoreSignature = "restore(name='default', filename=None, restore_random_state=False)"
)

// networkMethods are the methods of Network.
var networkMethods = sync.OnceValue(func() *script.Methods {
	self := func(c *script.Call) *network { return c.Self.(*network) }
	return script.NewMethods(
		script.Entry{Signature: runSignature, Doc: "Simulates.", Func: func(c *script.Call) (script.Value, error) { return script.None, self(c).run(c) }},
		script.Entry{Signature: storeSignature, Doc: "Keeps the state under a name.", Func: func(c *script.Call) (script.Value, error) { return script.None, self(c).store(c) }},
		script.Entry{Signature: restoreSignature, Doc: "Goes back to a state that was stored.", Func: func(c *script.Call) (script.Value, error) { return script.None, self(c).restore(c) }},
		script.Entry{Signature: "add(*objs)", Doc: "Adds objects.", Func: func(c *script.Call) (script.Value, error) {
			for _, v := range c.Args {
				if err := self(c).add(v); err != nil {
					return nil, err
				}
			}
			return script.None, nil
		}},
		script.Entry{Signature: "remove(*objs)", Doc: "Takes objects out.", Func: func(c *script.Call) (script.Value, error) {
			for _, v := range c.Args {
				objects, err := objectsIn(v)
				if err != nil {
					return nil, err
				}
				for _, o := range objects {
					self(c).drop(o)
				}
			}
			return script.None, nil
		}},
		script.Entry{Signature: "stop()", Doc: "Ends the run after this step.", Func: func(c *script.Call) (script.Value, error) {
			self(c).of.Stop()
			return script.None, nil
		}},
		script.Entry{Signature: "get_states(units=True, format='dict', subexpressions=False, read_only_variables=True, level=0)", Doc: "The states of all objects, by name.", Func: func(c *script.Call) (script.Value, error) {
			states := script.NewDict()
			for _, o := range self(c).objects {
				if o, ok := o.(stated); ok {
					values, err := getStates(c, o, script.None)
					if err != nil {
						return nil, err
					}
					states.SetString(o.base().object.Name(), values)
				}
			}
			return states, nil
		}},
		script.Entry{Signature: "set_states(values, units=True, format='dict', level=0)", Doc: "Sets the states of objects, by name.", Func: func(c *script.Call) (script.Value, error) {
			values, ok := c.Arg("values").(*script.Dict)
			if !ok {
				return nil, script.Raise("TypeError", "set_states takes a dictionary of values, not %s", script.TypeName(c.Arg("values")))
			}
			for name, state := range values.All() {
				o, err := self(c).Index(name)
				if err != nil {
					return nil, err
				}
				if o, ok := o.(stateful); ok {
					if err := setStates(c, o, state); err != nil {
						return nil, err
					}
				}
			}
			return script.None, nil
		}},
		script.Entry{Signature: "get_profiling_info()", Func: func(c *script.Call) (script.Value, error) {
			return self(c).profilingInfo()
		}},
		script.Entry{Signature: "scheduling_summary()", Doc: "What a step consists of, in order.", Func: func(c *script.Call) (script.Value, error) {
			text, err := self(c).of.Describe(names(c.Frame))
			return summary(strings.TrimRight(text, "\n")), err
		}},
	)
})

// summary is a text that shows itself as it is.
type summary string

// TypeName implements script.Named.
func (summary) TypeName() string { return "SchedulingSummary" }

// Repr implements script.Representer.
func (s summary) Repr() string { return string(s) }

// storedName returns the name of a stored state, and the file that it is in; "" keeps it in memory.
func storedName(c *script.Call) (name, file string, err error) {
	if name, err = c.String("name"); err != nil || script.IsNone(c.Arg("filename")) {
		return name, "", err
	}
	file, err = c.String("filename")
	return name, file, err
}

func (n *network) store(c *script.Call) error {
	name, file, err := storedName(c)
	if err != nil {
		return err
	}
	if file == "" {
		n.of.Store(name)
		return nil
	}
	if n.session.host.Check {
		n.of.Store(file + " " + name) // check mode writes no files
		return nil
	}
	path, err := c.Interp.PathToWrite(file)
	if err != nil {
		return err
	}
	return systemError(n.of.StoreFile(path, name))
}

// systemError is an error of the operating system as Python has it.
func systemError(err error) error {
	if m := (*diag.Message)(nil); err == nil || errors.As(err, &m) {
		return err
	}
	return script.Raise("OSError", "%v", err)
}

func (n *network) restore(c *script.Call) error {
	name, file, err := storedName(c)
	if err != nil {
		return err
	}
	random, err := c.Bool("restore_random_state")
	if err != nil {
		return err
	}
	options := synfire.RestoreOptions{RandomState: random}
	if file == "" {
		err = n.of.Restore(name, options)
	} else if n.session.host.Check {
		if n.of.Restore(file+" "+name, options) != nil {
			n.pretended = true // what another script has stored may be anything
			return nil
		}
	} else {
		// What the script has stored itself comes before what lies beside it.
		path, problem := c.Interp.PathToWrite(file)
		if problem == nil {
			_, problem = os.Stat(path)
		}
		if problem != nil {
			opened, err := c.Interp.OpenRead(file)
			if err != nil {
				return err
			}
			path = opened.Name()
			if err := opened.Close(); err != nil {
				return err
			}
		}
		err = systemError(n.of.RestoreFile(path, name, options))
	}
	if err != nil {
		return err
	}
	n.pretended = false
	return nil
}
