package model

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

// Equations are the entries of a model text, or of several joined texts, in the order in which they stand.
type Equations struct {
	List []*Equation
}

// Equation is one entry with its unit understood.
type Equation struct {
	*syntax.Equation
	Type Type
	Dim  units.Dimension
}

// ParseEquations reads a model text. Errors have kind EquationError, ValueError (names) or those of
// units.ParseUnit.
func ParseEquations(source *diag.Source) (*Equations, error) {
	list, err := syntax.ParseEquations(source)
	if err != nil {
		return nil, err
	}
	var equations Equations
	for _, eq := range list {
		if err := checkName(eq.Name, eq.NameSpan); err != nil {
			return nil, err
		}
		typed, err := typedEquation(eq)
		if err != nil {
			return nil, err
		}
		equations.List = append(equations.List, typed)
	}
	return &equations, equations.checkDuplicates()
}

func typedEquation(eq *syntax.Equation) (*Equation, error) {
	dim, valueType, err := units.ParseUnit(eq.Unit, eq.UnitSpan)
	if m := (*diag.Message)(nil); errors.As(err, &m) && m.Kind == "ValueError" {
		m.Kind, m.Text = "EquationError", fmt.Sprintf("Error parsing the unit specification for variable '%s': %s", eq.Name, m.Text)
	}
	if err != nil {
		return nil, err
	}
	typed := &Equation{Equation: eq, Dim: dim, Type: [...]Type{units.Float: Float, units.Integer: Integer, units.Boolean: Boolean}[valueType]}
	if eq.Kind == syntax.Differential && typed.Type != Float {
		return nil, diag.Errorf(eq.UnitSpan, "TypeError", "Differential equations can only define floating point variables, '%s' is %s.", eq.Name, eq.Unit).
			WithHint("declare it with a unit, or with 1 if it has none.")
	}
	if eq.Rhs != nil {
		if err := syntax.CheckModelExpr(eq.Rhs); err != nil {
			return nil, err
		}
	}
	return typed, nil
}

// Join returns the equations of both, refusing names that both define.
func (e *Equations) Join(other *Equations) (*Equations, error) {
	joined := &Equations{List: slices.Concat(e.List, other.List)}
	return joined, joined.checkDuplicates()
}

func (e *Equations) checkDuplicates() error {
	first := map[string]*Equation{}
	for _, eq := range e.List {
		if earlier, twice := first[eq.Name]; twice {
			return diag.Errorf(eq.NameSpan, "EquationError", "Duplicate definition of variable '%s'.", eq.Name).
				WithNote(earlier.NameSpan, "it was defined here first")
		}
		first[eq.Name] = eq
	}
	return e.checkNoise()
}

// checkNoise refuses the noise xi in two equations: it would not be clear whether it is the same noise.
func (e *Equations) checkNoise() error {
	var earlier *Equation
	for _, eq := range e.List {
		if eq.Rhs == nil || !slices.Contains(syntax.Names(eq.Rhs), "xi") {
			continue
		}
		if earlier != nil {
			return diag.Errorf(eq.Rhs.Span(), "EquationError", "The equation defining %s contains the symbol 'xi', but it is already used in the equation defining %s.", eq.Name, earlier.Name).
				WithHint("use names that begin with xi_: the same name in both for the same noise, two names for independent noise")
		}
		earlier = eq
	}
	return nil
}

// Lookup returns the equation of a name, or nil.
func (e *Equations) Lookup(name string) *Equation {
	for _, eq := range e.List {
		if eq.Name == name {
			return eq
		}
	}
	return nil
}

// String prints the equations one a line.
func (e *Equations) String() string {
	lines := make([]string, len(e.List))
	for k, eq := range e.List {
		lines[k] = syntax.FormatEquation(eq.Equation)
	}
	return strings.Join(lines, "\n")
}

// Replacement is what Substitute puts for a name: another name, or the text of a value.
type Replacement struct {
	Name  string      // a new name, if Value is nil
	Value syntax.Expr // an expression that takes the name's place in right-hand sides
}

// Substitute renames variables and replaces names in right-hand sides by values. A name that the equations
// define can only be renamed.
func (e *Equations) Substitute(replacements map[string]Replacement) (*Equations, error) {
	result := &Equations{}
	for _, eq := range e.List {
		changed := *eq.Equation
		if r, ok := replacements[eq.Name]; ok {
			if r.Value != nil {
				return nil, diag.Errorf(eq.NameSpan, "ValueError", "Cannot replace variable '%s' with a value: the equations define it.", eq.Name).
					WithHint("give a new name as a string.")
			}
			changed.Name = r.Name
			if err := checkName(r.Name, eq.NameSpan); err != nil {
				return nil, err
			}
		}
		if eq.Rhs != nil {
			changed.Rhs = syntax.Rewrite(eq.Rhs, func(x syntax.Expr) syntax.Expr {
				name, ok := x.(*syntax.Name)
				if !ok {
					return x
				}
				r, ok := replacements[name.Ident]
				switch {
				case !ok:
					return x
				case r.Value != nil:
					return r.Value
				}
				return &syntax.Name{At: name.At, Ident: r.Name}
			})
		}
		copied := *eq
		copied.Equation = &changed
		result.List = append(result.List, &copied)
	}
	return result, result.checkDuplicates()
}

// Check checks flags and names for a kind of group; errors have kind ValueError.
func (e *Equations) Check(group GroupKind) error {
	for _, eq := range e.List {
		allowed := allowedFlags(group, eq.Kind)
		for _, flag := range eq.Flags {
			if !slices.Contains(allowed, flag.Name) {
				m := diag.Errorf(flag.Where, "ValueError", "Equations of type '%s' cannot have a flag '%s', only the following flags are allowed: (%s)",
					kindText(eq.Kind), flag.Name, strings.Join(allowed, ", "))
				if near := diag.Nearest(flag.Name, allowed); near != "" {
					m.WithHint("did you mean '%s'?", near)
				}
				return m
			}
			for _, other := range eq.Flags {
				if excludes(group, flag.Name, other.Name) {
					return diag.Errorf(flag.Where, "ValueError", "Flag '%s' of '%s' cannot be combined with flag '%s'.", flag.Name, eq.Name, other.Name)
				}
			}
		}
		suffixed := strings.HasSuffix(eq.Name, "_pre") || strings.HasSuffix(eq.Name, "_post")
		if suffixed && !eq.Has("summed") {
			return diag.Errorf(eq.NameSpan, "ValueError", "'%s' cannot be used as a variable name, the '_pre' and '_post' suffixes are used to refer to pre- and post-synaptic variables in synapses.", eq.Name)
		}
		if group == SynapseGroup && slices.Contains([]string{"i", "j", "delay"}, eq.Name) {
			return diag.Errorf(eq.NameSpan, "SyntaxError", "'%s' is a reserved name that cannot be used as a variable name in synapses.", eq.Name)
		}
	}
	if _, err := e.Ordered(); err != nil {
		return err
	}
	return e.checkShared()
}

// checkShared refuses shared subexpressions that need values of single elements. What linked variables stand for is not
// known yet; see CheckLinked.
func (e *Equations) checkShared() error {
	for _, eq := range e.List {
		if eq.Kind != syntax.Subexpression || !eq.Has("shared") {
			continue
		}
		for _, name := range syntax.Names(eq.Rhs) {
			if other := e.Lookup(name); name == "i" || name == "j" || other != nil && !other.Has("shared") && !other.Has("linked") {
				return eq.notShared(name)
			}
		}
	}
	return nil
}

func (eq *Equation) notShared(name string) error {
	return diag.Errorf(eq.Rhs.Span(), "SyntaxError", "Shared subexpression '%s' refers to non-shared variable '%s'.", eq.Name, name).
		WithHint("declare '%s' as shared too, or leave the flag of '%s' out.", name, eq.Name)
}

// CheckLinked refuses shared subexpressions that refer to a linked variable: it stands for one with several values.
func (e *Equations) CheckLinked(name string) error {
	for _, eq := range e.List {
		if eq.Kind == syntax.Subexpression && eq.Has("shared") && slices.Contains(syntax.Names(eq.Rhs), name) {
			return eq.notShared(name)
		}
	}
	return nil
}

// Has reports whether the equation carries a flag.
func (eq *Equation) Has(flag string) bool {
	return slices.ContainsFunc(eq.Flags, func(f syntax.Flag) bool { return f.Name == flag })
}

// Ordered returns the equations in the order in which Brian2 processes them: subexpressions so that each comes
// after those that it refers to, then differential equations, then parameters, each alphabetically.
func (e *Equations) Ordered() ([]*Equation, error) {
	byName := slices.Clone(e.List)
	sort.SliceStable(byName, func(a, b int) bool { return byName[a].Name < byName[b].Name })
	var ordered []*Equation
	state := map[*Equation]int{} // 1 while its dependencies are visited, 2 when it is placed
	var place func(eq *Equation, path []string) error
	place = func(eq *Equation, path []string) error {
		path = append(path, eq.Name)
		switch state[eq] {
		case 2:
			return nil
		case 1:
			return diag.Errorf(eq.Where, "ValueError", "The subexpressions refer to each other in a circle: %s.", strings.Join(path, " -> "))
		}
		state[eq] = 1
		for _, name := range syntax.Names(eq.Rhs) {
			if other := e.Lookup(name); other != nil && other.Kind == syntax.Subexpression {
				if err := place(other, path); err != nil {
					return err
				}
			}
		}
		state[eq] = 2
		ordered = append(ordered, eq)
		return nil
	}
	for _, kind := range []syntax.EquationKind{syntax.Subexpression, syntax.Differential, syntax.Parameter} {
		for _, eq := range byName {
			switch {
			case eq.Kind != kind:
			case kind == syntax.Subexpression:
				if err := place(eq, nil); err != nil {
					return nil, err
				}
			default:
				ordered = append(ordered, eq)
			}
		}
	}
	return ordered, nil
}

// Variables makes the variables that the equations declare for the object named owner, in Ordered's order.
func (e *Equations) Variables(owner string) ([]*Variable, error) {
	ordered, err := e.Ordered()
	if err != nil {
		return nil, err
	}
	variables := make([]*Variable, len(ordered))
	for k, eq := range ordered {
		variables[k] = &Variable{
			Name: eq.Name, Owner: owner, Type: eq.Type, Dim: eq.Dim, Rhs: eq.Rhs, Equation: eq.Equation,
			Kind:             [...]Kind{Parameter, Subexpression, Differential}[eq.Kind],
			Shared:           eq.Has("shared"),
			Constant:         eq.Has("constant"),
			UnlessRefractory: eq.Has("unless refractory"),
			ConstantOverDt:   eq.Has("constant over dt"),
			EventDriven:      eq.Has("event-driven"),
			Summed:           eq.Has("summed"),
			Linked:           eq.Has("linked"),
		}
	}
	return variables, nil
}

// CheckDimensions checks the right-hand side of every variable in the scope that code of the group has.
func CheckDimensions(variables []*Variable, scope *Scope) error {
	for _, v := range variables {
		if v.Rhs == nil {
			continue
		}
		for _, name := range syntax.Names(v.Rhs) {
			if isNoise(name) {
				scope.Declare(name, Float, units.Time.Pow(-0.5))
			}
		}
		kind, err := Infer(v.Rhs, scope)
		if err != nil {
			return addContext(err, v)
		}
		want, form := v.Dim, "subexpression"
		if v.Kind == Differential {
			want, form = v.Dim.Div(units.Time), "differential equation"
		}
		if kind.Dim != want {
			return mismatch(v.Rhs.Span(), "Inconsistent units in %s defining variable '%s': Expression '%s' does not have the expected unit %s (it has unit %s).",
				form, v.Name, syntax.Format(v.Rhs), want, kind.Dim).
				WithHint("%s", dimensionHint(v, kind.Dim))
		}
		if kind.Type > v.Type {
			return typeError(v.Rhs.Span(), "The subexpression '%s' is declared as %s, but its right-hand side '%s' is %s.", v.Name, v.Type, syntax.Format(v.Rhs), article(kind))
		}
	}
	return nil
}

// isNoise reports whether a name denotes white noise, of unit second^-1/2.
func isNoise(name string) bool { return name == "xi" || strings.HasPrefix(name, "xi_") }

func dimensionHint(v *Variable, got units.Dimension) string {
	if v.Kind == Differential {
		if got == v.Dim {
			return fmt.Sprintf("the right-hand side of d%s/dt must be divided by a time.", v.Name)
		}
		return fmt.Sprintf("'%s' has unit %s, so d%s/dt needs %s.", v.Name, units.BaseUnit(v.Dim), v.Name, units.BaseUnit(v.Dim.Div(units.Time)))
	}
	return fmt.Sprintf("declare '%s' with the unit of its right-hand side, or change the right-hand side.", v.Name)
}

func addContext(err error, v *Variable) error {
	m := diag.FromError(err)
	if m.Kind == "DimensionMismatchError" {
		form := "subexpression"
		if v.Kind == Differential {
			form = "differential equation"
		}
		m.Text = fmt.Sprintf("Inconsistent units in %s defining variable '%s': %s", form, v.Name, m.Text)
	}
	return m
}
