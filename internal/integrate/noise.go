package integrate

import (
	"sort"

	"synfire/internal/algebra"
	"synfire/internal/syntax"
)

// stochastic is the right-hand side f + sum over k of g[k]*xi_k of one equation. Equations that do not mention
// a noise variable have no entry for it.
type stochastic struct {
	f syntax.Expr
	g map[string]syntax.Expr
}

// noiseNames lists the noise variables of the system in alphabetical order, which is the order of the draws.
func (s *System) noiseNames() []string {
	set := map[string]bool{}
	for _, e := range s.Equations {
		for _, name := range syntax.Names(e.Rhs) {
			if isNoise(name) {
				set[name] = true
			}
		}
	}
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// refuseNoise refuses a stochastic system on behalf of a method for deterministic ones.
func (s *System) refuseNoise(method string) error {
	for _, e := range s.Equations {
		for _, name := range syntax.Names(e.Rhs) {
			if isNoise(name) {
				return refuse(e, "Cannot solve stochastic equations with %s: the equation for '%s' contains '%s'.",
					method, e.Name, name)
			}
		}
	}
	return nil
}

// NoiseKind says what noise the system has: none, additive if no factor of it depends on time or on a variable of the
// system, and multiplicative otherwise. Noise that cannot be separated is an UnsupportedEquationsException.
func (s *System) NoiseKind() (Noise, error) {
	if len(s.noiseNames()) == 0 {
		return NoNoise, nil
	}
	parts, err := s.splitNoise()
	if err != nil {
		return NoNoise, err
	}
	states := s.states()
	for _, part := range parts {
		for _, g := range part.g {
			for _, name := range syntax.Names(g) {
				if name == "t" || states[name] {
					return MultiplicativeNoise, nil
				}
			}
		}
	}
	return AdditiveNoise, nil
}

// splitNoise separates the noise of every equation. Brian2 takes the product of two noise variables for
// something deterministic; it is refused here, like all that is not linear in each of them.
func (s *System) splitNoise() ([]stochastic, error) {
	names := s.noiseNames()
	parts := make([]stochastic, len(s.Equations))
	for i, e := range s.Equations {
		rest := e.Rhs
		parts[i].g = map[string]syntax.Expr{}
		for _, xi := range names {
			if !algebra.Uses(rest, xi) {
				continue
			}
			shape := algebra.ShapeOf(rest, xi)
			g, f := algebra.Linear(rest, xi)
			if shape != algebra.Affine && shape != algebra.Free {
				return nil, refuse(e, "The equation for '%s' cannot be separated into a deterministic part and a factor of the noise '%s'.",
					e.Name, xi)
			}
			for _, other := range names {
				if algebra.Uses(g, other) {
					return nil, refuse(e, "The equation for '%s' multiplies the noise variables '%s' and '%s'.", e.Name, xi, other)
				}
			}
			if !algebra.IsNumber(g, 0) {
				parts[i].g[xi] = g
			}
			rest = f
		}
		parts[i].f = rest
	}
	return parts, nil
}

// refuseMultiplicative refuses noise whose factor changes during a step.
func (s *System) refuseMultiplicative(parts []stochastic, method string) error {
	states := s.states()
	for i, e := range s.Equations {
		for _, xi := range s.noiseNames() {
			g, ok := parts[i].g[xi]
			if !ok || s.constantOverStep(g) {
				continue
			}
			for _, name := range syntax.Names(g) {
				if states[name] {
					return refuse(e, "Cannot integrate equations with multiplicative noise with %s: in the equation for '%s', the factor of '%s' contains '%s'.",
						method, e.Name, xi, name)
				}
			}
			return refuse(e, "Cannot integrate equations with multiplicative noise with %s: in the equation for '%s', the factor of '%s' is not constant over a time step.",
				method, e.Name, xi)
		}
	}
	return nil
}

// refuseNonDiagonal refuses noise that is shared between equations, or several noises in one equation.
func (s *System) refuseNonDiagonal(parts []stochastic, method string) error {
	user := map[string]string{}
	for i, e := range s.Equations {
		if len(parts[i].g) > 1 {
			return refuse(e, "Cannot integrate stochastic equations with non-diagonal noise with %s: the equation for '%s' has more than one noise variable.",
				method, e.Name)
		}
		for xi := range parts[i].g {
			if other, ok := user[xi]; ok {
				return refuse(e, "Cannot integrate stochastic equations with non-diagonal noise with %s: '%s' is in the equations for '%s' and '%s'.",
					method, xi, other, e.Name)
			}
			user[xi] = e.Name
		}
	}
	return nil
}
