package synfire

import (
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/syntax"
)

// Equations are a model text. An error in the text is kept and reported by Err, and by whatever uses them.
type Equations struct {
	parsed *model.Equations
	err    error
}

// NewEquations reads a model text: lines of the forms
//
//	dx/dt = expression : unit (flags)
//	x = expression : unit (flags)
//	x : unit (flags)
//
// which define a differential equation, a subexpression and a parameter. Units are unscaled: volt, not mV. Flags are
// those of Brian2, "unless refractory", "event-driven", "shared", "constant" and so on.
func NewEquations(text string) *Equations {
	return EquationsFrom(&diag.Source{Name: "equations", Text: text})
}

// EquationsFrom reads a model text whose place is known.
func EquationsFrom(source *Source) *Equations {
	parsed, err := model.ParseEquations(source)
	return &Equations{parsed, err}
}

// Err returns the first error in the text, or nil.
func (e *Equations) Err() error { return e.err }

// Add returns the equations of both. A name that both define is an error, which Err of the result reports.
func (e *Equations) Add(other *Equations) *Equations {
	for _, err := range []error{e.err, other.err} {
		if err != nil {
			return &Equations{err: err}
		}
	}
	joined, err := e.parsed.Join(other.parsed)
	return &Equations{joined, err}
}

// Substitute replaces names in the equations: by another name if the value is a string, else by the value (a
// number, units.Quantity ...). Names that the equations define can only be renamed.
func (e *Equations) Substitute(values map[string]any) *Equations {
	if e.err != nil {
		return e
	}
	replacements := map[string]model.Replacement{}
	for name, value := range values {
		if text, isName := value.(string); isName {
			if isIdentifier(text) {
				replacements[name] = model.Replacement{Name: text}
				continue
			}
			expr, err := syntax.ParseExpr(&diag.Source{Name: "replacement of " + name, Text: text})
			if err != nil {
				return &Equations{err: err}
			}
			replacements[name] = model.Replacement{Value: expr}
			continue
		}
		external, err := externalValue(name, value)
		if err != nil {
			return &Equations{err: err}
		}
		replacements[name] = model.Replacement{Value: quantityExpr(external)}
	}
	changed, err := e.parsed.Substitute(replacements)
	return &Equations{changed, err}
}

// Names returns the names that the equations define, in the order of the text.
func (e *Equations) Names() []string {
	if e.err != nil {
		return nil
	}
	var names []string
	for _, eq := range e.parsed.List {
		names = append(names, eq.Name)
	}
	return names
}

// String returns the equations as text.
func (e *Equations) String() string {
	if e.err != nil {
		return ""
	}
	return e.parsed.String()
}

// Derivative is the right-hand side of a differential equation.
type Derivative struct {
	Name string
	// Rhs is its text, subexpressions put in.
	Rhs string

	rhs syntax.Expr
}

// Derivatives returns the right-hand sides of the differential equations, in the order of their names.
func (e *Equations) Derivatives() []Derivative {
	if e.err != nil {
		return nil
	}
	bodies := map[string]syntax.Expr{}
	for _, eq := range e.parsed.List {
		if eq.Kind == syntax.Subexpression {
			bodies[eq.Name] = eq.Rhs
		}
	}
	inside := map[string]bool{} // of a circle, which groups refuse
	var put func(syntax.Expr) syntax.Expr
	put = func(x syntax.Expr) syntax.Expr {
		return syntax.Rewrite(x, func(x syntax.Expr) syntax.Expr {
			name, ok := x.(*syntax.Name)
			if !ok || bodies[name.Ident] == nil || inside[name.Ident] {
				return x
			}
			inside[name.Ident] = true
			defer delete(inside, name.Ident)
			return put(bodies[name.Ident])
		})
	}
	var list []Derivative
	for _, eq := range e.parsed.List {
		if eq.Kind == syntax.Differential {
			rhs := put(eq.Rhs)
			list = append(list, Derivative{eq.Name, syntax.Format(rhs), rhs})
		}
	}
	slices.SortFunc(list, func(x, y Derivative) int { return strings.Compare(x.Name, y.Name) })
	return list
}
