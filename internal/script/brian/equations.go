package brian

import (
	"fmt"
	"strings"
	"sync"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/syntax"
)

// equations are Brian2's Equations as a value.
type equations struct {
	session *Session
	eqs     *synfire.Equations
}

// source returns a model text with its place in the script.
func (s *Session) source(what, text string) *diag.Source {
	if source := s.literals.source(what, text); source != nil {
		return source
	}
	return &diag.Source{Name: what, Text: text}
}

// equationsArgument returns a model argument: Equations, or a string.
func (s *Session) equationsArgument(v script.Value, name string) (*synfire.Equations, error) {
	switch v := v.(type) {
	case *equations:
		return v.eqs, nil
	case string:
		eqs := synfire.EquationsFrom(s.source("equations", v))
		return eqs, eqs.Err()
	case nil, script.NoneType:
		return synfire.NewEquations(""), nil
	}
	return nil, script.Raise("TypeError", "%s has to be a string or an Equations object, is '<class '%s'>' instead.", name, script.TypeName(v))
}

// makeEquations is Equations(text, name=replacement, ...).
func (s *Session) makeEquations(c *script.Call) (script.Value, error) {
	v := c.Arg("eqns")
	if script.IsNone(v) {
		return nil, script.Raise("TypeError", "Equations() takes a string of equations")
	}
	eqs, err := s.equationsArgument(v, "eqns")
	if err != nil {
		return nil, err
	}
	return s.substituted(eqs, c.Keywords)
}

func (s *Session) substituted(eqs *synfire.Equations, keywords []script.KeywordArg) (script.Value, error) {
	if len(keywords) > 0 {
		values := map[string]any{}
		for _, k := range keywords {
			switch v := k.Value.(type) {
			case string:
				values[k.Name] = v
			default:
				value, found, err := external(k.Name, v)
				if err != nil {
					return nil, err
				}
				if !found {
					return nil, script.Raise("TypeError", "'%s' can be replaced by a name or a number, not by %s", k.Name, script.TypeName(v))
				}
				values[k.Name] = value
			}
		}
		eqs = eqs.Substitute(values)
	}
	if err := eqs.Err(); err != nil {
		return nil, err
	}
	return &equations{session: s, eqs: eqs}, nil
}

// TypeName implements script.Named.
func (e *equations) TypeName() string { return "Equations" }

// ScriptClass implements script.Classed.
func (e *equations) ScriptClass() *script.Class { return e.session.class("Equations") }

// Repr implements script.Representer.
func (e *equations) Repr() string {
	return fmt.Sprintf("<Equations object consisting of %d equations>", len(e.eqs.Names()))
}

// Str implements script.Stringer.
func (e *equations) Str() string {
	list, err := e.ordered()
	if err != nil {
		return e.eqs.String()
	}
	lines := make([]string, len(list))
	for k, eq := range list {
		lines[k] = eq.Str()
	}
	return strings.Join(lines, "\n")
}

// Len implements script.Sized.
func (e *equations) Len() (int, error) { return len(e.eqs.Names()), nil }

// Bool implements script.Truther.
func (e *equations) Bool() (bool, error) { return len(e.eqs.Names()) > 0, nil }

// Iterate goes through the names that the equations define.
func (e *equations) Iterate() (next func() (any, bool, error), err error) {
	names, k := e.eqs.Names(), 0
	return func() (any, bool, error) {
		if k >= len(names) {
			return nil, false, nil
		}
		k++
		return names[k-1], true, nil
	}, nil
}

// Contains implements script.Container.
func (e *equations) Contains(y any) (bool, error) {
	for _, name := range e.eqs.Names() {
		if name == y {
			return true, nil
		}
	}
	return false, nil
}

// Binary implements the sum with other equations.
func (e *equations) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	if op == syntax.Eq || op == syntax.NotEq {
		y, ok := other.(*equations)
		return (ok && y.Str() == e.Str()) == (op == syntax.Eq), nil
	}
	if op != syntax.Add {
		return nil, nil
	}
	switch other.(type) {
	case *equations, string:
	default:
		return nil, nil
	}
	eqs, err := e.session.equationsArgument(other, "model")
	if err != nil {
		return nil, err
	}
	sum := e.eqs.Add(eqs)
	if reflected {
		sum = eqs.Add(e.eqs)
	}
	if err := sum.Err(); err != nil {
		return nil, err
	}
	return &equations{session: e.session, eqs: sum}, nil
}

// Attr implements script.Attributed.
func (e *equations) Attr(name string) (any, error) {
	kinds := map[string][]string{
		"names": {"parameter", "subexpression", "differential equation"}, "eq_names": {"subexpression", "differential equation"},
		"diff_eq_names": {"differential equation"}, "subexpr_names": {"subexpression"}, "parameter_names": {"parameter"},
	}
	if wanted, ok := kinds[name]; ok {
		set := script.NewSet()
		for _, d := range e.eqs.Definitions() {
			for _, kind := range wanted {
				if d.Kind == kind {
					if err := set.Add(d.Name); err != nil {
						return nil, err
					}
				}
			}
		}
		return set, nil
	}
	switch name {
	case "dimensions":
		dict := script.NewDict()
		for _, d := range e.eqs.Definitions() {
			dict.SetString(d.Name, d.Dim)
		}
		return dict, nil
	case "identifiers":
		return nameSet(e.identifiers())
	case "stochastic_variables":
		return nameSet(noises(e.identifiers()))
	case "is_stochastic":
		return len(noises(e.identifiers())) > 0, nil
	case "stochastic_type":
		return e.stochasticType()
	case "diff_eq_expressions":
		return expressions(e.eqs.Definitions(), "differential equation"), nil
	case "eq_expressions":
		return expressions(e.eqs.Definitions(), "differential equation", "subexpression"), nil
	case "ordered":
		return e.list()
	}
	if method := equationsMethods().Bind(e, name); method != nil {
		return method, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (e *equations) AttrNames() []string {
	return append([]string{"names", "eq_names", "diff_eq_names", "subexpr_names", "parameter_names", "dimensions", "identifiers",
		"stochastic_variables", "is_stochastic", "stochastic_type", "diff_eq_expressions", "eq_expressions", "ordered"}, equationsMethods().Names()...)
}

// equationsMethods are the methods of Equations.
var equationsMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(
		script.Entry{Signature: "substitute(**kwds)", Doc: "The equations with names replaced.", Func: func(c *script.Call) (script.Value, error) {
			e := c.Self.(*equations)
			return e.session.substituted(e.eqs, c.Keywords)
		}},
		script.Entry{Signature: "keys()", Func: func(c *script.Call) (script.Value, error) {
			return nameList(c.Self.(*equations).eqs.Names()), nil
		}},
		script.Entry{Signature: "values()", Func: func(c *script.Call) (script.Value, error) {
			e := c.Self.(*equations)
			list := &script.List{}
			for _, name := range e.eqs.Names() {
				eq, err := e.single(name)
				if err != nil {
					return nil, err
				}
				list.Elts = append(list.Elts, eq)
			}
			return list, nil
		}},
		script.Entry{Signature: "items()", Func: func(c *script.Call) (script.Value, error) {
			e := c.Self.(*equations)
			list := &script.List{}
			for _, name := range e.eqs.Names() {
				eq, err := e.single(name)
				if err != nil {
					return nil, err
				}
				list.Elts = append(list.Elts, script.NewTuple(name, eq))
			}
			return list, nil
		}},
		script.Entry{Signature: "get(key, default=None)", Func: func(c *script.Call) (script.Value, error) {
			eq, err := c.Self.(*equations).single(c.Arg("key"))
			if eq == nil {
				return c.Arg("default"), err
			}
			return eq, err
		}},
		script.Entry{Signature: "get_substituted_expressions(variables=None, include_subexpressions=False)", Doc: "Names with their right-hand sides, in which subexpressions are written out.", Func: func(c *script.Call) (script.Value, error) {
			kinds := []string{"differential equation"}
			if all, err := c.Bool("include_subexpressions"); err != nil {
				return nil, err
			} else if all {
				kinds = append(kinds, "subexpression")
			}
			definitions, err := c.Self.(*equations).eqs.Substituted()
			return expressions(definitions, kinds...), err
		}},
	)
})
