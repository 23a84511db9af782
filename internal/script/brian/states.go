package brian

import (
	"synfire"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// stateful is an object whose variables get_states and set_states are about.
type stateful interface {
	brianObject
	variable(name string) *view
	stateNames(subexpressions, readOnly bool) []string
}

// stateMethods are get_states and set_states.
func stateMethods() []script.Entry {
	return []script.Entry{
		{Signature: "get_states(vars=None, units=True, format='dict', subexpressions=False, read_only_variables=True, level=0)", Doc: "Copies of the variables, by name.", Func: func(c *script.Call) (script.Value, error) {
			if err := dictFormat(c); err != nil {
				return nil, err
			}
			withUnits, err := c.Bool("units")
			if err != nil {
				return nil, err
			}
			return getStates(c, c.Self.(stateful), c.Arg("vars"), withUnits)
		}},
		{Signature: "set_states(values, units=True, format='dict', level=0)", Doc: "Sets variables by name.", Func: func(c *script.Call) (script.Value, error) {
			if err := dictFormat(c); err != nil {
				return nil, err
			}
			withUnits, err := c.Bool("units")
			if err != nil {
				return nil, err
			}
			return script.None, setStates(c.Self.(stateful), c.Arg("values"), withUnits)
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

func dictFormat(c *script.Call) error {
	format, err := c.String("format")
	switch {
	case err != nil:
		return err
	case format == "pandas":
		return script.Raise("NotImplementedError", "Synfire does not support %s(format='pandas') yet.", c.Name)
	case format != "dict":
		return script.Raise("NotImplementedError", "Format '%s' is not supported", format)
	}
	return nil
}

func getStates(c *script.Call, o stateful, which script.Value, withUnits bool) (script.Value, error) {
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
		v := o.variable(name)
		if v == nil {
			return nil, script.Raise("KeyError", "State variable %s not found.", name)
		}
		if u := v.unknown(); u != nil {
			result.SetString(name, u)
			continue
		}
		v.unitless = !withUnits
		a, err := v.load()
		if err != nil {
			return nil, err
		}
		result.SetString(name, numpy.Wrap(a))
	}
	return result, nil
}

func setStates(o stateful, values script.Value, withUnits bool) error {
	dict, ok := values.(*script.Dict)
	if !ok {
		return script.Raise("TypeError", "set_states takes a dictionary of values, not %s", script.TypeName(values))
	}
	for key, value := range dict.All() {
		name := script.Str(key)
		v := o.variable(name)
		if v == nil {
			m := script.Raise("KeyError", "'%s' has no variable '%s'", o.base().object.Name(), name)
			if near := script.Nearest(name, o.stateNames(true, false)); near != "" {
				m.Hint = "Did you mean '" + near + "'?"
			}
			return m
		}
		v.unitless = !withUnits
		if err := v.assign(value, nil); err != nil {
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
		if (v.Subexpression && !subexpressions) || v.Name[0] == '_' || v.ReadOnly && !v.Subexpression && !readOnly {
			continue
		}
		list = append(list, v.Name)
	}
	return list
}

func (g *group) stateNames(subexpressions, readOnly bool) []string {
	return stateNames(g.of.Variables(), []string{"N", "i", "t", "dt", "t_in_timesteps"}, subexpressions, readOnly)
}
