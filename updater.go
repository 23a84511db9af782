package synfire

import (
	"fmt"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/integrate"
	"synfire/internal/syntax"
)

// Updater is an update method: one of Synfire's by its name, or one of your own.
type Updater struct {
	name string // empty for one's own
	own  integrate.Method
	// write writes the code of a step, check refuses equations; either may be nil.
	write func(*Equations) (string, error)
	check func(*Equations) error
	text  string
}

// Noise says which stochastic equations an update method of one's own can integrate.
type Noise uint8

// The kinds of noise.
const (
	NoNoise             Noise = iota // deterministic equations only
	AdditiveNoise                    // the factor of the noise does not change within a step
	MultiplicativeNoise              // the factor of the noise may contain state variables and the time
)

// NamedUpdater returns the method with a name: "rk4", or one that Simulation.RegisterUpdater registered. Whether there is
// one, only a run can know.
func NamedUpdater(name string) *Updater { return &Updater{name: name} }

// NewUpdater makes an explicit update method from its formula, written as
//
//	k = dt*f(x, t)
//	x_new = x + dt*f(x + k/2, t + dt/2)
//
// f is the deterministic part of the right-hand sides, g the factor of a noise variable, dW its increment. The lines before
// the last define intermediate values; f(x + k/2, t) means f with every variable moved by half of its own k. check, if not nil,
// may refuse equations, with the error that UnsupportedEquations makes. The error, for text that is no such formula, is a *Message of kind SyntaxError.
func NewUpdater(description string, noise Noise, check func(*Equations) error) (*Updater, error) {
	explicit, err := integrate.ParseUpdater("this state updater", description, integrate.Noise(noise))
	if err != nil {
		return nil, err
	}
	return &Updater{own: explicit.Method(), check: check, text: explicit.Text()}, nil
}

// NewWrittenUpdater makes an update method of a function that writes the code of a step: statements that assign to the
// variables, such as "_v = v - dt*v/tau; v = _v". A function that cannot integrate the equations returns the error that
// UnsupportedEquations makes.
func NewWrittenUpdater(name string, write func(*Equations) (string, error)) *Updater {
	return &Updater{own: integrate.Method{Name: name}, write: write}
}

// UnsupportedEquations is the error by which an update method says that it cannot integrate equations, so that the next one
// is tried where there are several.
func UnsupportedEquations(format string, args ...any) error {
	return diag.Errorf(diag.Span{}, "UnsupportedEquationsException", format, args...)
}

// String returns the name, or the formula.
func (u *Updater) String() string {
	switch {
	case u.name != "":
		return u.name
	case u.text != "":
		return strings.TrimSuffix(u.text, "\n")
	}
	return u.own.Name
}

// RegisterUpdater gives an update method a name, by which groups can choose it as they choose "rk4". Names are not case
// sensitive. A name that is taken is a ValueError.
func (s *Simulation) RegisterUpdater(name string, u *Updater) error {
	name = strings.ToLower(name)
	_, err := integrate.Named(name)
	if _, known := s.updaters[name]; known || err == nil {
		return diag.Errorf(diag.Span{}, "ValueError", "A stateupdater with the name '%s' has already been registered", name)
	}
	if s.updaters == nil {
		s.updaters = map[string]*Updater{}
	}
	s.updaters[name] = u
	return nil
}

// UpdateCode returns the code of a step that an update method makes of equations, as text.
func (s *Simulation) UpdateCode(u *Updater, eqs *Equations) (string, error) {
	if err := eqs.Err(); err != nil {
		return "", err
	}
	system := &integrate.System{}
	for _, d := range eqs.Derivatives() {
		system.Equations = append(system.Equations, integrate.Equation{Name: d.Name, Rhs: d.rhs})
	}
	m, err := s.resolve(u, eqs)
	if err != nil {
		return "", err
	}
	result, err := m.Apply(system)
	if err != nil {
		return "", err
	}
	return result.String(), nil
}

// updating says how the equations of a group are integrated: by the named method; else by updater; else by the first of
// candidates that can integrate them, where none means Brian2's.
type updating struct {
	method     string
	updater    *Updater
	candidates []*Updater
	options    map[string]any
}

// resolve returns the method that an updater stands for.
func (s *Simulation) resolve(u *Updater, eqs *Equations) (integrate.Method, error) {
	if u.name != "" {
		registered, known := s.updaters[strings.ToLower(u.name)]
		if !known {
			return integrate.Named(u.name)
		}
		m, err := s.resolve(registered, eqs)
		m.Name = strings.ToLower(u.name)
		return m, err
	}
	m := u.own
	if u.write != nil {
		m.Integrate = func(*integrate.System) (*integrate.Result, error) { return u.written(eqs) }
	}
	if u.check != nil {
		inner := m.Integrate
		m.Integrate = func(system *integrate.System) (*integrate.Result, error) {
			if err := u.check(eqs); err != nil {
				return nil, err
			}
			return inner(system)
		}
	}
	return m, nil
}

// written is the step that a function writes.
func (u *Updater) written(eqs *Equations) (*integrate.Result, error) {
	text, err := u.write(eqs)
	if err != nil {
		return nil, err
	}
	code, err := syntax.ParseCode(&diag.Source{Name: fmt.Sprintf("code of the update method '%s'", u.own.Name), Text: text})
	if err != nil {
		return nil, err
	}
	return &integrate.Result{Code: code}, nil
}

// integrate makes the step of the equations.
func (s *state) integrate(system *integrate.System, eqs *Equations, by updating) (*integrate.Result, error) {
	chosen := by.updater
	if by.method != "" {
		chosen = NamedUpdater(by.method)
	}
	if chosen != nil {
		m, err := s.simulation.resolve(chosen, eqs)
		if err != nil {
			return nil, err
		}
		var given []string
		for name := range by.options {
			given = append(given, name)
		}
		if err := m.CheckOptions(given); err != nil {
			return nil, err
		}
		return m.Apply(system)
	}
	if len(by.options) > 0 {
		s.simulation.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf("The method_options of '%s' have no effect, because they are those of a method that is named.", s.name)})
	}
	var candidates []integrate.Method
	for _, u := range by.candidates {
		m, err := s.simulation.resolve(u, eqs)
		if err != nil {
			return nil, err
		}
		candidates = append(candidates, m)
	}
	result, err := integrate.Choose(system, candidates...)
	if err == nil && result.Note != "" {
		s.simulation.warn(&diag.Message{Kind: "Info", Text: result.Note})
	}
	return result, err
}
