package integrate

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Method makes the step of a system, or refuses.
type Method struct {
	Name string
	// Options are the options that it knows.
	Options   []string
	Integrate func(*System) (*Result, error)

	aliases []string
}

// methods returns all methods. The explicit and the adaptive ones are parsed here, from text.
func methods() []Method {
	list := []Method{
		{"exact", []string{"simplify"}, exact, []string{"linear", "independent"}},
		{"exponential_euler", nil, exponentialEuler, nil},
	}
	for _, d := range declared {
		updater, err := ParseUpdater(d.name, d.text, d.noise)
		if err != nil {
			panic("BUG: the declaration of " + d.name + ": " + err.Error())
		}
		updater.Diagonal = d.diagonal
		list = append(list, updater.Method())
	}
	for _, d := range embedded {
		updater, err := parseEmbedded(d.name, d.text)
		if err != nil {
			panic("BUG: the declaration of " + d.name + ": " + err.Error())
		}
		order := d.order
		m := Method{d.name, AdaptiveOptions, func(s *System) (*Result, error) { return updater.attempt(s, order) }, nil}
		if d.name == "gsl_rkf45" {
			m.aliases = []string{"gsl"}
		}
		list = append(list, m)
	}
	return list
}

// Methods lists the names of all methods, aliases included, sorted.
func Methods() []string {
	var names []string
	for _, m := range methods() {
		names = append(append(names, m.Name), m.aliases...)
	}
	sort.Strings(names)
	return names
}

// Named returns the method of that name (upper or lower case). An unknown name is a ValueError.
func Named(name string) (Method, error) {
	lower := strings.ToLower(name)
	for _, m := range methods() {
		if m.Name == lower || slices.Contains(m.aliases, lower) {
			return m, nil
		}
	}
	return Method{}, diag.Errorf(diag.Span{}, "ValueError", "No state updater with the name '%s' is known.", name).
		WithHint("the methods are %s", strings.Join(Methods(), ", "))
}

// CheckOptions refuses options that the method does not know, with a KeyError.
func (m Method) CheckOptions(given []string) error {
	for _, name := range given {
		if slices.Contains(m.Options, name) {
			continue
		}
		available := "This state updater does not accept any options."
		if len(m.Options) > 0 {
			available = "Available options are: '" + strings.Join(m.Options, "', '") + "'."
		}
		return diag.Errorf(diag.Span{}, "KeyError", "method_options specifies '%s', but this is not an option for this state updater. %s", name, available)
	}
	return nil
}

// Apply makes the update step. A method that cannot integrate the system refuses with a *diag.Message of kind
// UnsupportedEquationsException.
func (m Method) Apply(system *System) (*Result, error) {
	result, err := m.attempt(system.sorted())
	if refusal, ok := err.(*diag.Message); ok && refusal.Kind == unsupported && refusal.Hint == "" {
		refusal.Hint = alternatives(system, m.Name)
	}
	return result, err
}

// Integrate makes the update step of the named method.
func Integrate(name string, system *System) (*Result, error) {
	m, err := Named(name)
	if err != nil {
		return nil, err
	}
	return m.Apply(system)
}

// attempt is Apply without hints.
func (m Method) attempt(system *System) (*Result, error) {
	result, err := m.Integrate(system)
	if err != nil {
		return nil, err
	}
	result.Method = m.Name
	return result, nil
}

// alternatives says which methods would do.
func alternatives(system *System, refused string) string {
	var would []string
	for _, m := range methods() {
		if m.Name == refused || strings.HasPrefix(m.Name, "gsl_") {
			continue
		}
		if _, err := m.Integrate(system.sorted()); err == nil {
			would = append(would, m.Name)
		}
	}
	if len(would) == 0 {
		return "no method can integrate these equations"
	}
	return "these methods can integrate the equations: " + strings.Join(would, ", ")
}

// Choose takes the first of the candidates that does not refuse, by default exact, euler, heun. The result has
// a Note. When all refuse, the message is a ValueError that notes each refusal.
func Choose(system *System, candidates ...Method) (*Result, error) {
	if len(candidates) == 0 {
		for _, m := range methods() {
			switch m.Name {
			case "exact", "euler", "heun":
				candidates = append(candidates, m)
			}
		}
	}
	var refusals []*diag.Message
	sorted := system.sorted()
	for _, m := range candidates {
		result, err := m.attempt(sorted)
		if err == nil {
			result.Note = fmt.Sprintf("No numerical integration method specified, using method '%s'.", result.Method)
			if system.Group != "" {
				result.Note = fmt.Sprintf("No numerical integration method specified for group '%s', using method '%s'.",
					system.Group, result.Method)
			}
			return result, nil
		}
		refusal, ok := err.(*diag.Message)
		if !ok || refusal.Kind != unsupported {
			return nil, err
		}
		refusals = append(refusals, refusal)
	}
	message := diag.Errorf(diag.Span{}, "ValueError",
		"No stateupdater that is suitable for the given equations has been found.")
	for i, r := range refusals {
		message.WithNote(r.Where, "%s: %s", candidates[i].Name, r.Text)
	}
	message.Hint = alternatives(system, "")
	return nil, message
}

// unsupported is the kind of a refusal.
const unsupported = "UnsupportedEquationsException"

// refuse says why a method does not integrate an equation.
func refuse(e Equation, format string, args ...any) *diag.Message {
	return diag.Errorf(e.Where, unsupported, "%s", fmt.Sprintf(format, args...))
}

// EventDriven makes the update of event-driven synaptic equations: the exact solution over the time
// `t - lastupdate`, during which everything but the equations' own variables counts as constant.
func EventDriven(system *System) (*Result, error) {
	const text = "Cannot solve the differential equations as event-driven. Use (clock-driven) instead."
	sorted := system.sorted()
	for _, e := range sorted.Equations {
		for _, name := range syntax.Names(e.Rhs) {
			if name == "t" || name == "dt" || isNoise(name) || sorted.states()[name] {
				continue
			}
			if sorted.variable(name).ClockDriven {
				return nil, diag.Errorf(e.Where, "EquationError",
					"The event-driven '%s' should not depend on the clock-driven variable '%s'.", e.Name, name).
					WithHint("mark '%s' as (clock-driven), or '%s' as (event-driven)", e.Name, name)
			}
		}
	}
	result, err := solve(sorted, solveOptions{eventDriven: true})
	if err != nil {
		cause, ok := err.(*diag.Message)
		if !ok {
			return nil, err
		}
		return nil, diag.Errorf(cause.Where, unsupported, text).WithNote(cause.Where, "%s", cause.Text)
	}
	elapsed := map[string]syntax.Expr{"dt": &syntax.Binary{Op: syntax.Sub, X: ref("t"), Y: ref("lastupdate")}}
	for i, s := range result.Code {
		result.Code[i] = &syntax.CodeStmt{Target: s.Target, Op: s.Op, Value: syntax.Substitute(s.Value, elapsed)}
	}
	result.Method = "exact"
	return result, nil
}
