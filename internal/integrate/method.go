package integrate

import (
	"fmt"
	"sort"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// method makes the step of a system or refuses.
type method struct {
	name      string
	aliases   []string
	integrate func(*System) (*Result, error)
}

// methods returns all methods. The explicit ones are parsed here, from text.
func methods() []method {
	list := []method{
		{"exact", []string{"linear", "independent"}, exact},
		{"exponential_euler", nil, exponentialEuler},
	}
	for _, d := range declared {
		updater, err := ParseUpdater(d.name, d.text, d.noise)
		if err != nil {
			panic("BUG: the declaration of " + d.name + ": " + err.Error())
		}
		updater.Diagonal = d.diagonal
		list = append(list, method{d.name, nil, updater.Integrate})
	}
	return list
}

// Methods lists the names that Integrate knows, aliases included, sorted.
func Methods() []string {
	var names []string
	for _, m := range methods() {
		names = append(append(names, m.name), m.aliases...)
	}
	sort.Strings(names)
	return names
}

// Integrate makes the update step of the named method (upper or lower case). A method that cannot integrate
// the system refuses with a *diag.Message of kind UnsupportedEquationsException; an unknown name is a
// ValueError.
func Integrate(name string, system *System) (*Result, error) {
	result, err := attempt(name, system.sorted())
	if m, ok := err.(*diag.Message); ok && m.Kind == unsupported && m.Hint == "" {
		m.Hint = alternatives(system, name)
	}
	return result, err
}

// attempt is Integrate without hints.
func attempt(name string, system *System) (*Result, error) {
	lower := strings.ToLower(name)
	for _, m := range methods() {
		known := m.name == lower
		for _, alias := range m.aliases {
			known = known || alias == lower
		}
		if !known {
			continue
		}
		result, err := m.integrate(system)
		if err != nil {
			return nil, err
		}
		result.Method = m.name
		return result, nil
	}
	message := diag.Errorf(diag.Span{}, "ValueError", "No state updater with the name '%s' is known.", name)
	if strings.HasPrefix(lower, "gsl") {
		return nil, message.WithHint("the adaptive methods of the GSL are not supported; rk4 with a small dt is the nearest")
	}
	return nil, message.WithHint("the methods are %s", strings.Join(Methods(), ", "))
}

// alternatives says which methods would do.
func alternatives(system *System, refused string) string {
	var would []string
	for _, m := range methods() {
		if m.name == strings.ToLower(refused) {
			continue
		}
		if _, err := m.integrate(system.sorted()); err == nil {
			would = append(would, m.name)
		}
	}
	if len(would) == 0 {
		return "no method can integrate these equations"
	}
	return "these methods can integrate the equations: " + strings.Join(would, ", ")
}

// Choose takes the first of the candidates that does not refuse, by default exact, euler, heun. The result has
// a Note. When all refuse, the message is a ValueError that notes each refusal.
func Choose(system *System, candidates ...string) (*Result, error) {
	if len(candidates) == 0 {
		candidates = []string{"exact", "euler", "heun"}
	}
	var refusals []*diag.Message
	sorted := system.sorted()
	for _, name := range candidates {
		result, err := attempt(name, sorted)
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
		message.WithNote(r.Where, "%s: %s", candidates[i], r.Text)
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
