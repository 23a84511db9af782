package brian

import (
	"slices"
	"strings"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

// singleEquation is one equation of Equations, as eqs['v'] gives it.
type singleEquation struct {
	synfire.Definition
	order int // of processing: the number of a subexpression, one more for all differential equations, one more for parameters
}

// TypeName implements script.Named.
func (e *singleEquation) TypeName() string { return "SingleEquation" }

// Str implements script.Stringer.
func (e *singleEquation) Str() string {
	text := e.Name
	if e.Kind == "differential equation" {
		text = "d" + e.Name + "/dt"
	}
	if e.Expression != "" {
		text += " = " + e.Expression
	}
	text += " : " + symbol(e.Dim)
	if len(e.Flags) > 0 {
		text += " (" + strings.Join(e.Flags, ", ") + ")"
	}
	return text
}

// Repr implements script.Representer.
func (e *singleEquation) Repr() string {
	text := "<" + e.Kind + " " + e.Name
	if e.Expression != "" {
		text += ": " + e.Expression
	}
	text += " (Unit: " + symbol(e.Dim)
	if len(e.Flags) > 0 {
		text += ", flags: " + strings.Join(e.Flags, ", ")
	}
	return text + ")>"
}

// Attr implements script.Attributed.
func (e *singleEquation) Attr(name string) (any, error) {
	switch name {
	case "type":
		return e.Kind, nil
	case "varname":
		return e.Name, nil
	case "dim":
		return e.Dim, nil
	case "unit":
		return unit{units.BaseUnit(e.Dim)}, nil
	case "var_type":
		return e.Type, nil
	case "expr":
		if e.Expression == "" {
			return script.None, nil
		}
		return &codeString{"Expression", e.Expression, e.Identifiers}, nil
	case "flags":
		return nameList(e.Flags), nil
	case "identifiers":
		return nameSet(e.Identifiers)
	case "stochastic_variables":
		return nameSet(noises(e.Identifiers))
	case "update_order":
		return int64(e.order), nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (e *singleEquation) AttrNames() []string {
	return []string{"type", "varname", "dim", "unit", "var_type", "expr", "flags", "identifiers", "stochastic_variables", "update_order"}
}

// codeString is an expression, or statements, as text.
type codeString struct {
	kind, text string
	names      []string
}

// makeCodeString is Expression(code) and Statements(code).
func makeCodeString(c *script.Call) (script.Value, error) {
	text, err := c.String("code")
	if err != nil {
		return nil, err
	}
	made := &codeString{kind: c.Name, text: strings.TrimSpace(text)}
	source := &diag.Source{Name: "code", Text: made.text}
	if c.Name == "Expression" {
		x, err := syntax.ParseExpr(source)
		if err != nil {
			return nil, err
		}
		made.names = syntax.Names(x)
		return made, nil
	}
	statements, err := syntax.ParseCode(source)
	for _, s := range statements {
		for _, name := range append([]string{s.Target.Ident}, syntax.Names(s.Value)...) {
			if !slices.Contains(made.names, name) {
				made.names = append(made.names, name)
			}
		}
	}
	return made, err
}

// TypeName implements script.Named.
func (e *codeString) TypeName() string { return e.kind }

// Str implements script.Stringer.
func (e *codeString) Str() string { return e.text }

// Repr implements script.Representer.
func (e *codeString) Repr() string { return e.kind + "(" + script.Repr(e.text) + ")" }

// HashKey implements script.Hashable: those with the same text are equal.
func (e *codeString) HashKey() any { return codeKey{e.kind, e.text} }

type codeKey struct{ kind, text string }

// Attr implements script.Attributed.
func (e *codeString) Attr(name string) (any, error) {
	switch name {
	case "code":
		return e.text, nil
	case "identifiers":
		return nameSet(e.names)
	case "stochastic_variables":
		return nameSet(noises(e.names))
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (e *codeString) AttrNames() []string {
	return []string{"code", "identifiers", "stochastic_variables"}
}

func nameSet(names []string) (script.Value, error) {
	set := script.NewSet()
	for _, name := range names {
		if err := set.Add(name); err != nil {
			return nil, err
		}
	}
	return set, nil
}

// noises are the names of white noise.
func noises(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name != "xi" && !strings.HasPrefix(name, "xi_") })
}

// ordered returns the equations in the order in which they are processed.
func (e *equations) ordered() ([]*singleEquation, error) {
	definitions, err := e.eqs.Ordered()
	var list []*singleEquation
	subexpressions := 0
	for k, d := range definitions {
		made := &singleEquation{Definition: d, order: k}
		switch d.Kind {
		case "subexpression":
			subexpressions++
		case "differential equation":
			made.order = subexpressions
		default:
			made.order = subexpressions + 1
		}
		list = append(list, made)
	}
	return list, err
}

// list is ordered as a value.
func (e *equations) list() (script.Value, error) {
	ordered, err := e.ordered()
	list := &script.List{}
	for _, eq := range ordered {
		list.Elts = append(list.Elts, eq)
	}
	return list, err
}

// single returns one equation, or nil.
func (e *equations) single(name script.Value) (*singleEquation, error) {
	list, err := e.ordered()
	for _, eq := range list {
		if eq.Name == name {
			return eq, err
		}
	}
	return nil, err
}

// Index implements eqs['v'].
func (e *equations) Index(index any) (any, error) {
	eq, err := e.single(index)
	if eq == nil && err == nil {
		m := script.Raise("KeyError", "%s", script.Repr(index))
		if near := script.Nearest(script.Str(index), e.eqs.Names()); near != "" {
			m.Hint = "Did you mean '" + near + "'?"
		}
		return nil, m
	}
	return eq, err
}

// identifiers are the names that the equations use and do not define.
func (e *equations) identifiers() []string {
	var list []string
	for _, d := range e.eqs.Definitions() {
		for _, name := range d.Identifiers {
			if !slices.Contains(e.eqs.Names(), name) && !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	return list
}

// expressions lists names with their right-hand sides as tuples, for the given kinds.
func expressions(definitions []synfire.Definition, kinds ...string) *script.List {
	list := &script.List{}
	for _, d := range definitions {
		if slices.Contains(kinds, d.Kind) {
			list.Elts = append(list.Elts, script.NewTuple(d.Name, &codeString{"Expression", d.Expression, d.Identifiers}))
		}
	}
	return list
}

// stochasticType says how the factors of the noise depend on time or on other variables, as Brian2 calls it.
func (e *equations) stochasticType() (script.Value, error) {
	noise, err := e.eqs.Noise()
	if noise == "" {
		return script.None, err
	}
	return noise, err
}
