package brian

import (
	"slices"

	"synfire"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// stated is an object whose variables get_states is about.
type stated interface {
	brianObject
	// stateNames lists its variables, those that expressions define and those that cannot be set if they are wanted.
	stateNames(subexpressions, readOnly bool) []string
	// state returns a copy of the values of a variable, or an *script.Unknown; nil if there is none of that name.
	state(name string, withUnits bool) (script.Value, error)
}

// stateful is an object with variables that can be set.
type stateful interface {
	stated
	variable(name string) *view
}

// getStatesEntry is get_states.
var getStatesEntry = script.Entry{
	Signature: "get_states(vars=None, units=True, format='dict', subexpressions=False, read_only_variables=True, level=0)", Doc: "Copies of the variables, by name.",
	Func: func(c *script.Call) (script.Value, error) { return getStates(c, c.Self.(stated), c.Arg("vars")) },
}

// stateMethods are the methods of objects with variables.
func stateMethods() []script.Entry {
	return []script.Entry{
		getStatesEntry,
		{Signature: "set_states(values, units=True, format='dict', level=0)", Doc: "Sets variables by name.", Func: func(c *script.Call) (script.Value, error) {
			return script.None, setStates(c, c.Self.(stateful), c.Arg("values"))
		}},
		{Signature: "state(name, use_units=True, level=0)", Func: func(c *script.Call) (script.Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, err
			}
			withUnits, err := c.Bool("use_units")
			if err != nil {
				return nil, err
			}
			if !withUnits {
				name += "_"
			}
			if v := c.Self.(stateful).variable(name); v != nil {
				return v, nil
			}
			return nil, script.Raise("KeyError", "State variable %s not found.", name)
		}},
	}
}

// recordedStateEntry is state of a monitor.
var recordedStateEntry = script.Entry{Signature: "state(name, use_units=True, level=0)", Func: func(c *script.Call) (script.Value, error) {
	name, err := c.String("name")
	if err != nil {
		return nil, err
	}
	withUnits, err := c.Bool("use_units")
	if err != nil {
		return nil, err
	}
	v, err := c.Self.(stated).state(name, withUnits)
	if v == nil && err == nil {
		return nil, script.Raise("KeyError", "State variable %s not found.", name)
	}
	return v, err
}}

// stateFormat returns the arguments units and format. A table has no units.
func stateFormat(c *script.Call) (withUnits, table bool, err error) {
	format, err := c.String("format")
	if err != nil {
		return false, false, err
	}
	if withUnits, err = c.Bool("units"); err != nil {
		return false, false, err
	}
	switch format {
	case "dict":
		return withUnits, false, nil
	case "pandas":
		if withUnits {
			return false, false, script.Raise("NotImplementedError", "Units not supported when exporting to pandas data frame").
				WithHint("ask for plain numbers: units=False.")
		}
		return false, true, nil
	}
	return false, false, script.Raise("NotImplementedError", "Format '%s' is not supported", format)
}

// getStates returns variables of an object as a dictionary or a table; which is None or a list of names.
func getStates(c *script.Call, o stated, which script.Value) (script.Value, error) {
	withUnits, table, err := stateFormat(c)
	if err != nil {
		return nil, err
	}
	var list []string
	if script.IsNone(which) {
		subexpressions, err := c.Bool("subexpressions")
		if err != nil {
			return nil, err
		}
		readOnly, err := c.Bool("read_only_variables")
		if err != nil {
			return nil, err
		}
		list = o.stateNames(subexpressions, readOnly)
	} else {
		elements, err := script.Elements(which)
		if err != nil {
			return nil, err
		}
		for _, e := range elements {
			list = append(list, script.Str(e))
		}
	}
	result := script.NewDict()
	for _, name := range list {
		v, err := o.state(name, withUnits)
		if err != nil {
			return nil, err
		}
		if v == nil {
			return nil, script.Raise("KeyError", "State variable %s not found.", name)
		}
		result.SetString(name, v)
	}
	if !table {
		return result, nil
	}
	pandas, err := c.Interp.Module("pandas")
	if err != nil {
		return nil, err
	}
	frame, err := c.Interp.Attr(pandas, "DataFrame")
	if err != nil {
		return nil, err
	}
	return c.Interp.Call(frame, []script.Value{result}, nil)
}

// viewState is state for objects whose variables have views.
func viewState(o stateful, name string, withUnits bool) (script.Value, error) {
	v := o.variable(name)
	if v == nil {
		return nil, nil
	}
	if u := v.unknown(); u != nil {
		return u, nil
	}
	v.unitless = !withUnits
	a, err := v.load()
	if err != nil {
		return nil, err
	}
	return numpy.Wrap(a), nil
}

// seriesState is state for monitors: what they recorded under a name.
func seriesState(o script.Attributed, name string, withUnits bool) (script.Value, error) {
	if !withUnits && name != "N" && name != "count" && name != "i" {
		name += "_"
	}
	v, err := o.Attr(name)
	if err != nil {
		return nil, err
	}
	x, ok := v.(numpy.ArrayLike)
	if !ok {
		return v, nil
	}
	a, err := x.AsArray()
	if err != nil {
		return nil, err
	}
	return numpy.Wrap(a.Copy()), nil
}

// setStates assigns what a dictionary or a table holds.
func setStates(c *script.Call, o stateful, values script.Value) error {
	withUnits, table, err := stateFormat(c)
	if err != nil {
		return err
	}
	set := func(name string, value script.Value) error {
		v := o.variable(name)
		if v == nil {
			m := script.Raise("KeyError", "'%s' has no variable '%s'", o.base().object.Name(), name)
			if near := script.Nearest(name, o.stateNames(true, false)); near != "" {
				m.Hint = "Did you mean '" + near + "'?"
			}
			return m
		}
		v.unitless = !withUnits
		return v.assign(value, nil)
	}
	if table {
		columns, err := c.Interp.Attr(values, "columns")
		if err != nil {
			return err
		}
		names, err := script.Elements(columns)
		if err != nil {
			return err
		}
		for _, name := range names {
			column, err := c.Interp.Index(values, name)
			if err != nil {
				return err
			}
			numbers, err := numpy.FromValue(column)
			if err != nil {
				return err
			}
			if err := set(script.Str(name), numpy.New(numbers)); err != nil {
				return err
			}
		}
		return nil
	}
	dict, ok := values.(*script.Dict)
	if !ok {
		return script.Raise("TypeError", "set_states takes a dictionary of values, not %s", script.TypeName(values))
	}
	for key, value := range dict.All() {
		if err := set(script.Str(key), value); err != nil {
			return err
		}
	}
	return nil
}

// stateNames lists the variables of a table, with what the engine keeps beside it if read-only ones are wanted.
func stateNames(infos []synfire.VariableInfo, implicit []string, subexpressions, readOnly bool) []string {
	var list []string
	if readOnly {
		list = append(list, implicit...)
	}
	for _, v := range infos {
		if (v.Subexpression && !subexpressions) || v.Name[0] == '_' || (v.ReadOnly || v.Subexpression) && !readOnly {
			continue
		}
		list = append(list, v.Name)
	}
	return list
}

func (g *group) stateNames(subexpressions, readOnly bool) []string {
	implicit := []string{"N", "i", "t", "dt", "t_in_timesteps"}
	if g.parent != nil {
		implicit = slices.Delete(implicit, 1, 2)
	}
	return stateNames(g.of.Variables(), implicit, subexpressions, readOnly)
}

func (g *group) state(name string, withUnits bool) (script.Value, error) {
	return viewState(g, name, withUnits)
}

func (y *synapses) state(name string, withUnits bool) (script.Value, error) {
	return viewState(y, name, withUnits)
}

// stateNames lists the synapses' own variables, and those of the neurons that they connect.
func (y *synapses) stateNames(subexpressions, readOnly bool) []string {
	list := stateNames(y.of.Variables(), []string{"t", "dt", "t_in_timesteps", "N_incoming", "N_outgoing", "i", "j", "N"}, subexpressions, readOnly)
	for _, end := range []struct {
		of     end
		suffix string
	}{{y.source, "_pre"}, {y.target, "_post"}} {
		group, ok := end.of.(*group)
		if !ok {
			continue
		}
		for _, name := range group.stateNames(subexpressions, readOnly) {
			list = append(list, name+end.suffix)
			if end.suffix == "_post" && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

func (m *stateMonitor) stateNames(_, readOnly bool) []string {
	list := []string{"t"}
	if readOnly {
		list = append(append(list, "N"), m.of.VariableNames()...)
	}
	return list
}

// state returns what was recorded of a variable with the times along the first axis, as Brian2 keeps it.
func (m *stateMonitor) state(name string, withUnits bool) (script.Value, error) {
	v, err := seriesState(m, name, withUnits)
	if table, ok := v.(*numpy.NDArray); ok && err == nil && table.Array.NDim() == 2 {
		turned, err := table.Array.Transpose()
		return numpy.New(turned), err
	}
	return v, err
}

func (m *spikeMonitor) stateNames(_, readOnly bool) []string {
	if !readOnly {
		return nil
	}
	list := []string{"count", "N"}
	if m.record {
		list = append(append([]string{"i"}, m.of.Variables()...), "t", "count", "N")
	}
	return list
}

func (m *spikeMonitor) state(name string, withUnits bool) (script.Value, error) {
	return seriesState(m, name, withUnits)
}

func (m *rateMonitor) stateNames(_, readOnly bool) []string {
	if !readOnly {
		return nil
	}
	return []string{"rate", "t", "N"}
}

func (m *rateMonitor) state(name string, withUnits bool) (script.Value, error) {
	return seriesState(m, name, withUnits)
}
