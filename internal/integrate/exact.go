package integrate

import (
	"synfire/internal/algebra"
	"synfire/internal/syntax"
)

// exact solves linear equations with coefficients that are constant over the step.
func exact(s *System) (*Result, error) { return solve(s, solveOptions{}) }

type solveOptions struct {
	// eventDriven: the time that passes differs from element to element and from event to event, so nothing
	// can be evaluated once per run.
	eventDriven bool
}

// linearSystem is dX/dt = M X + B. The trees keep the shape in which the user wrote them, the forms decide.
type linearSystem struct {
	*System
	rows []row
	// component and block number the equations that are connected, and those that are mutually coupled.
	component, block []int
	// reach[i][j]: equation i depends on j, perhaps through others.
	reach [][]bool
}

// row is one equation of a linear system.
type row struct {
	equation Equation
	m        []syntax.Expr
	mForm    []*algebra.Form
	b        syntax.Expr
	bForm    *algebra.Form
	// alone is the right-hand side without the other state variables: m[i]*x + b.
	alone syntax.Expr
}

// linear reads the system as a linear one, or refuses.
func (s *System) linear() (*linearSystem, error) {
	l := &linearSystem{System: s}
	states := s.states()
	for i, e := range s.Equations {
		r := row{equation: e, m: make([]syntax.Expr, len(s.Equations)), mForm: make([]*algebra.Form, len(s.Equations))}
		rest, form := e.Rhs, algebra.FromExpr(e.Rhs)
		if form.Huge() {
			return nil, refuse(e, "The equation for '%s' has too many terms when it is multiplied out.", e.Name)
		}
		for j, other := range s.Equations {
			if j != i {
				r.m[j], rest = algebra.Linear(rest, other.Name)
			}
			if shape := form.Shape(other.Name); shape != algebra.Free && shape != algebra.Affine {
				return nil, refuse(e, "The expression '%s', defining the variable '%s', could not be separated into linear components.",
					syntax.Format(e.Rhs), e.Name)
			}
			r.mForm[j], form = form.Coefficient(other.Name)
			for name := range states {
				if r.mForm[j].Uses(name) {
					return nil, refuse(e, "The expression '%s', defining the variable '%s', multiplies state variables.",
						syntax.Format(e.Rhs), e.Name)
				}
			}
		}
		r.alone = rest
		r.m[i], r.b = algebra.Linear(rest, e.Name)
		r.bForm = form
		for _, entry := range append(append([]syntax.Expr(nil), r.m...), r.b) {
			if !s.constantOverStep(entry) {
				return nil, refuse(e, "Expression '%s' in the equation for '%s' is not guaranteed to be constant over a time step.",
					syntax.Format(entry), e.Name)
			}
		}
		l.rows = append(l.rows, r)
	}
	l.partition()
	return l, nil
}

// partition finds the connected components and the blocks of mutually coupled equations.
func (l *linearSystem) partition() {
	n := len(l.rows)
	reach := make([][]bool, n)
	joined := make([][]bool, n)
	for i := range reach {
		reach[i], joined[i] = make([]bool, n), make([]bool, n)
		for j := range reach[i] {
			reach[i][j] = i == j || !l.rows[i].mForm[j].IsZero()
		}
	}
	for i := range n {
		for j := range n {
			joined[i][j] = reach[i][j] || reach[j][i]
		}
	}
	for _, relation := range [][][]bool{reach, joined} {
		for k := range n {
			for i := range n {
				for j := range n {
					relation[i][j] = relation[i][j] || relation[i][k] && relation[k][j]
				}
			}
		}
	}
	l.reach = reach
	l.component, l.block = make([]int, n), make([]int, n)
	for i := range n {
		l.component[i], l.block[i] = i, i
		for j := i - 1; j >= 0; j-- {
			if joined[i][j] {
				l.component[i] = j
			}
			if reach[i][j] && reach[j][i] {
				l.block[i] = j
			}
		}
	}
}

// members lists the equations of a part, which is named by its first equation.
func members(parts []int, first int) []int {
	var list []int
	for i, part := range parts {
		if part == first {
			list = append(list, i)
		}
	}
	return list
}

// solve makes the exact step.
//
// Where a variable stands still while its neuron is refractory, the variables that depend on it have two
// solutions, with and without its motion; the step chooses by not_refractory.
func solve(s *System, options solveOptions) (*Result, error) {
	if err := s.refuseNoise("the exact solution"); err != nil {
		return nil, err
	}
	l, err := s.linear()
	if err != nil {
		return nil, err
	}
	if err := l.acceptable(); err != nil {
		return nil, err
	}
	frozen := map[string]bool{}
	for _, e := range s.Equations {
		if e.UnlessRefractory {
			frozen[e.Name] = true
		}
	}
	followers := l.followers(frozen)
	c := newCode(s)
	active, still := map[string]string{}, map[string]string{}
	for name := range followers {
		active[name], still[name] = c.unique("_"+name+"_active"), c.unique("_"+name+"_frozen")
	}
	if len(followers) > 0 {
		c.target = func(variable string) string {
			if followers[variable] {
				return active[variable]
			}
			return "_" + variable
		}
	}
	exponentials, err := l.step(c, options, nil)
	if err != nil {
		return nil, err
	}
	if len(followers) > 0 {
		moving := &System{Group: s.Group, Names: s.Names}
		for _, e := range s.Equations {
			if !frozen[e.Name] {
				moving.Equations = append(moving.Equations, e)
			}
		}
		// The frozen variables are constants of the remaining system.
		rest, err := moving.linear()
		if err != nil {
			return nil, err
		}
		c.target = func(variable string) string {
			if followers[variable] {
				return still[variable]
			}
			return c.unique("_" + variable + "_frozen") // of the same component, but not wanted
		}
		c.suffix = "_frozen"
		more, err := rest.step(c, options, followers)
		if err != nil {
			return nil, err
		}
		exponentials = append(exponentials, more...)
		moves := algebra.Call("int", ref("not_refractory"))
		for _, e := range s.Equations {
			if followers[e.Name] {
				c.set("_"+e.Name, algebra.Plus(algebra.Times(moves, ref(active[e.Name])),
					algebra.Times(algebra.Minus(algebra.Number(1), moves), ref(still[e.Name]))))
			}
		}
	}
	result := c.finish(s)
	result.Method = "exact"
	result.Exponentials = exponentials
	return result, nil
}

// followers are the variables that move and depend on a frozen one.
func (l *linearSystem) followers(frozen map[string]bool) map[string]bool {
	set := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for _, r := range l.rows {
			name := r.equation.Name
			if frozen[name] || set[name] {
				continue
			}
			for j, m := range r.mForm {
				other := l.rows[j].equation.Name
				if !m.IsZero() && (frozen[other] || set[other]) {
					set[name], changed = true, true
				}
			}
		}
	}
	return set
}

// step appends the new values of the system's variables, or of those that are wanted.
func (l *linearSystem) step(c *code, options solveOptions, wanted map[string]bool) ([]*MatrixExponential, error) {
	var exponentials []*MatrixExponential
	for first := range l.rows {
		if l.component[first] != first {
			continue
		}
		part := members(l.component, first)
		if wanted != nil {
			any := false
			for _, i := range part {
				any = any || wanted[l.rows[i].equation.Name]
			}
			if !any {
				continue
			}
		}
		largest := 1
		for _, i := range part {
			largest = max(largest, len(members(l.block, l.block[i])))
		}
		constant, shared := l.constantMatrix(part)
		homogeneous := true
		for _, i := range part {
			homogeneous = homogeneous && l.rows[i].bForm.IsZero()
		}
		numeric := constant && !options.eventDriven
		// Matrices of a whole group cost nothing; one for each element is the last resort.
		prefer := numeric && shared
		switch {
		case largest == 1 && (l.longestChain(part) <= maxChain || !prefer):
			l.chain(c, part)
		case largest == 2 && len(part) == 2 && (homogeneous || !prefer):
			l.pair(c, part[0], part[1])
		case numeric:
			exponentials = append(exponentials, l.numeric(c, part, shared))
		default:
			e := l.rows[part[0]].equation
			return nil, refuse(e, "The %d coupled equations around '%s' have an exact solution only where their coefficients are constant during the run.",
				len(part), e.Name)
		}
	}
	return exponentials, nil
}

// constantMatrix reports whether the coefficients of a component keep their values during a run, and whether
// all elements share them.
func (l *linearSystem) constantMatrix(part []int) (constant, shared bool) {
	shared = true
	for _, i := range part {
		for _, j := range part {
			c, s := l.runConstant(l.rows[i].m[j])
			if !c {
				return false, false
			}
			shared = shared && s
		}
	}
	return true, shared
}

// numeric asks for the matrix exponential of a component.
func (l *linearSystem) numeric(c *code, part []int, shared bool) *MatrixExponential {
	n := len(part)
	m := &MatrixExponential{Shared: shared}
	for _, i := range part {
		m.Variables = append(m.Variables, l.rows[i].equation.Name)
		entries := make([]syntax.Expr, n)
		for column, j := range part {
			entries[column] = l.rows[i].m[j]
		}
		m.M = append(m.M, entries)
		m.P, m.Q = append(m.P, make([]string, n)), append(m.Q, make([]string, n))
	}
	for a, i := range part {
		value := syntax.Expr(algebra.Number(0))
		for b, j := range part {
			if !l.reach[i][j] {
				continue
			}
			other := l.rows[j]
			suffix := "_" + l.rows[i].equation.Name + "_" + other.equation.Name + c.suffix
			m.P[a][b] = c.unique("_P" + suffix)
			value = algebra.Plus(value, algebra.Times(ref(m.P[a][b]), ref(other.equation.Name)))
			if !other.bForm.IsZero() {
				m.Q[a][b] = c.unique("_Q" + suffix)
				value = algebra.Plus(value, algebra.Times(ref(m.Q[a][b]), c.local("_B_"+other.equation.Name, other.b)))
			}
		}
		c.set(c.result(l.rows[i].equation.Name), value)
	}
	return m
}

// pair solves two mutually coupled equations in closed form. With A = M dt, half the trace m, half the
// difference h of the diagonal, and r = h*h + A01*A10,
//
//	exp(A) = exp(m)*(cosh(sqrt(r)) + (A - m)*sinh(sqrt(r))/sqrt(r))
//
// and cos, sin of sqrt(-r) where r < 0. One of q, w below is zero; the hyperbolic functions are written with
// exp(m+q) so that fast decay does not overflow. 1e-300 stands for the limit sin(w)/w = 1 at w = 0.
func (l *linearSystem) pair(c *code, x, y int) {
	rx, ry := l.rows[x], l.rows[y]
	nx, ny := rx.equation.Name, ry.equation.Name
	name := func(what string) string { return "_" + what + "_" + nx + "_" + ny }
	scaled := func(what string, e syntax.Expr) syntax.Expr { return c.local(name(what), overStep(ref("dt"), e)) }
	a, b := scaled("a", rx.m[x]), scaled("b", rx.m[y])
	d, e := scaled("d", ry.m[x]), scaled("e", ry.m[y])
	half, zero, inf := &syntax.Float{Value: 0.5}, algebra.Number(0), ref("inf")

	h := c.local(name("h"), algebra.Times(half, algebra.Minus(a, e)))
	r := c.local(name("r"), algebra.Plus(algebra.Times(h, h), algebra.Times(b, d)))
	q := c.local(name("q"), algebra.Call("sqrt", algebra.Call("clip", r, zero, inf)))
	w := c.local(name("w"), algebra.Plus(algebra.Call("sqrt", algebra.Call("clip", algebra.Negate(r), zero, inf)),
		&syntax.Float{Value: 1e-300}))
	grow := c.local(name("grow"), algebra.Call("exp", algebra.Plus(algebra.Times(half, algebra.Plus(a, e)), q)))
	twice := c.local(name("u"), algebra.Times(algebra.Number(-2), q))
	cosh := c.local(name("c"), algebra.Times(algebra.Times(algebra.Times(half, grow), algebra.Call("cos", w)),
		algebra.Plus(algebra.Number(1), algebra.Call("exp", twice))))
	sinh := c.local(name("s"), algebra.Times(algebra.Times(grow, algebra.Call("exprel", twice)),
		algebra.Over(algebra.Call("sin", w), w)))

	sx, sy := zero, zero // the fixed point
	if !rx.bForm.IsZero() || !ry.bForm.IsZero() {
		det := c.local(name("det"), algebra.Minus(algebra.Times(rx.m[x], ry.m[y]), algebra.Times(rx.m[y], ry.m[x])))
		sx = c.local(name("rest")+"_"+nx, algebra.Over(algebra.Minus(algebra.Times(rx.m[y], ry.b), algebra.Times(ry.m[y], rx.b)), det))
		sy = c.local(name("rest")+"_"+ny, algebra.Over(algebra.Minus(algebra.Times(ry.m[x], rx.b), algebra.Times(rx.m[x], ry.b)), det))
	}
	dx := c.local("_off_"+nx, algebra.Minus(ref(nx), sx))
	dy := c.local("_off_"+ny, algebra.Minus(ref(ny), sy))
	sum := func(rest, diagonal, own, coupling, other syntax.Expr) syntax.Expr {
		return algebra.Plus(rest, algebra.Plus(algebra.Times(diagonal, own), algebra.Times(algebra.Times(sinh, coupling), other)))
	}
	c.set(c.result(nx), sum(sx, algebra.Plus(cosh, algebra.Times(sinh, h)), dx, b, dy))
	c.set(c.result(ny), sum(sy, algebra.Minus(cosh, algebra.Times(sinh, h)), dy, d, dx))
}
