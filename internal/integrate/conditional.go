package integrate

import (
	"synfire/internal/algebra"
	"synfire/internal/syntax"
)

// exponentialEuler integrates each equation dx/dt = A*x + B over the step as if A and B were constant. Its
// solution is written
//
//	x + dt*(A*x + B)*exprel(A*dt)    exprel(z) = (exp(z) - 1)/z, 1 at z = 0
//
// which needs no division by A, so an A of exactly zero gives x + dt*B, and whose middle factor is the
// right-hand side as the user wrote it. B may hold x inside functions, A too.
//
// A right-hand side A*x + C*x**n is read with C*x**n as part of B. (Brian2 accepts it and drops that term.)
func exponentialEuler(s *System) (*Result, error) {
	if err := s.refuseNoise("exponential_euler"); err != nil {
		return nil, err
	}
	c := newCode(s)
	for _, e := range s.Equations {
		switch algebra.ShapeOf(e.Rhs, e.Name) {
		case algebra.NonLinear:
			return nil, refuse(e, "Can only solve conditionally linear systems with exponential_euler: the equation for '%s' is not of the form A*%s + B.",
				e.Name, e.Name)
		case algebra.Undetermined:
			return nil, refuse(e, "The equation for '%s' has too many terms when it is multiplied out.", e.Name)
		}
		c.set(c.result(e.Name), c.relax(s, e.Name, e.Rhs))
	}
	return c.finish(s), nil
}

// relax returns the exponential step of one equation.
func (c *code) relax(s *System, name string, rhs syntax.Expr) syntax.Expr {
	slope, rest := algebra.Linear(rhs, name)
	x := ref(name)
	if algebra.IsNumber(slope, 0) {
		return algebra.Plus(x, overStep(ref("dt"), rhs))
	}
	if algebra.FromExpr(rest).IsZero() {
		return algebra.Times(x, algebra.Call("exp", overStep(ref("dt"), slope)))
	}
	if s.stateful(slope) {
		// Two draws would be two different rates.
		slope = c.local("_rate_"+name, slope)
		rhs = algebra.Plus(algebra.Times(slope, x), rest)
	}
	// Right-hand side N/D with the rate -k/D, k a positive number: dt/D*exprel(-k*dt/D) is -expm1(-k*dt/D)/k.
	numerator, denominator := quotient(rhs)
	rate, below := quotient(slope)
	if algebra.IsNumber(rate, -1) && syntax.Equal(denominator, below) {
		decay := algebra.Call("expm1", overStep(ref("dt"), slope))
		return algebra.Minus(x, algebra.Times(decay, numerator))
	}
	exponent := overStep(ref("dt"), slope)
	if constant, _ := s.runConstant(slope); !constant {
		exponent = c.local("_z_"+name, exponent)
	}
	factor := algebra.Times(algebra.Over(ref("dt"), denominator), algebra.Call("exprel", exponent))
	return algebra.Plus(x, algebra.Times(factor, numerator))
}

// quotient splits N/D, with D = 1 where nothing is divided; signs go to N.
func quotient(e syntax.Expr) (numerator, denominator syntax.Expr) {
	switch x := e.(type) {
	case *syntax.Unary:
		if x.Op == syntax.Neg {
			n, d := quotient(x.X)
			return algebra.Negate(n), d
		}
	case *syntax.Binary:
		if x.Op == syntax.Div {
			n, d := quotient(x.X)
			return n, algebra.Times(d, x.Y)
		}
	}
	return e, algebra.Number(1)
}
