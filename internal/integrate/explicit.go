package integrate

import (
	"strings"

	"synfire/internal/algebra"
	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Noise says which stochastic equations an explicit method integrates.
type Noise uint8

// The kinds of noise.
const (
	NoNoise             Noise = iota // deterministic equations only
	AdditiveNoise                    // the factor of the noise is constant over a step
	MultiplicativeNoise              // the factor may depend on state variables and time
)

// The explicit methods. f is the deterministic part of the right-hand sides, g the factor of the noise, dW its
// increment over the step. heun and milstein are the Stratonovich versions, as in Brian2: heun averages the
// noise only, so that for deterministic equations it is euler; milstein is the derivative-free scheme of Kloeden
// and Platen, Numerical Solution of Stochastic Differential Equations (1992), section 11.1. With its drift in the
// supporting value, as Brian2 has it, the Stratonovich version keeps an error of order 1/2 that is proportional
// to the product of drift and noise.
var declared = []struct {
	name, text string
	noise      Noise
	diagonal   bool
}{
	{"euler", `x_new = x + dt*f(x, t) + g(x, t)*dW`, AdditiveNoise, false},
	{"rk2", `
		k = dt*f(x, t)
		x_new = x + dt*f(x + k/2, t + dt/2)`, NoNoise, false},
	{"rk4", `
		k1 = dt*f(x, t)
		k2 = dt*f(x + k1/2, t + dt/2)
		k3 = dt*f(x + k2/2, t + dt/2)
		k4 = dt*f(x + k3, t + dt)
		x_new = x + (k1 + 2*k2 + 2*k3 + k4)/6`, NoNoise, false},
	{"heun", `
		x_end = x + g(x, t)*dW
		x_new = x + dt*f(x, t) + dW/2*(g(x, t) + g(x_end, t + dt))`, MultiplicativeNoise, false},
	{"milstein", `
		x_support = x + dt*f(x, t) + sqrt(dt)*g(x, t)
		x_new = x + dt*f(x, t) + g(x, t)*dW + (g(x_support, t) - g(x, t))*(dW**2/(2*sqrt(dt)))`, MultiplicativeNoise, true},
}

// Updater is an explicit method that was declared as text.
type Updater struct {
	Name  string
	Noise Noise
	// Diagonal: every equation has at most one noise variable and shares it with no other.
	Diagonal bool

	statements []*syntax.CodeStmt // the last is x_new
	noisy      map[string]bool    // intermediate values that depend on g or dW
}

// ParseUpdater parses the declaration of an explicit method: lines `name = expression`, the last of which
// defines x_new. Expressions may use x, t, dt, dW, f(x, t), g(x, t), functions of one number and earlier names; the arguments of
// f and g are values for all state variables at once, so f(x + k/2, t + dt/2) is f with every variable
// advanced by half of its own k.
func ParseUpdater(name, text string, noise Noise) (*Updater, error) {
	source := &diag.Source{Name: "declaration of " + name, Text: text}
	statements, err := syntax.ParseCode(source)
	if err != nil {
		return nil, err
	}
	u := &Updater{Name: name, Noise: noise, statements: statements, noisy: map[string]bool{}}
	known := map[string]bool{"x": true, "t": true, "dt": true, "dW": true}
	callable := map[string]int{"f": 2, "g": 2}
	for _, name := range []string{"sqrt", "exp", "expm1", "exprel", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs"} {
		callable[name] = 1
	}
	for i, s := range statements {
		if s.Op != syntax.AssignOp {
			return nil, diag.Errorf(s.Span(), "SyntaxError", "a method is declared by lines of the form 'name = expression'")
		}
		var wrong *diag.Message
		called := map[syntax.Expr]bool{}
		syntax.Walk(s.Value, func(x syntax.Expr) bool {
			switch x := x.(type) {
			case *syntax.Call:
				function, ok := x.Func.(*syntax.Name)
				if !ok || callable[function.Ident] != len(x.Args) || len(x.Args) == 0 || len(x.Keywords) > 0 {
					wrong = diag.Errorf(x.Span(), "SyntaxError", "only f(x, t), g(x, t) and functions of one number can be called here")
					return false
				}
				called[function] = true
			case *syntax.Name:
				if !called[x] && !known[x.Ident] {
					wrong = diag.Errorf(x.Span(), "SyntaxError", "the name '%s' is not defined", x.Ident).
						WithHint("a declaration knows x, t, dt, dW, f, g and the names of earlier lines")
				}
			case *syntax.Int, *syntax.Float, *syntax.Unary, *syntax.Binary:
			default:
				wrong = diag.Errorf(x.Span(), "SyntaxError", "a method is declared with arithmetic only")
			}
			return wrong == nil
		})
		if wrong != nil {
			return nil, wrong
		}
		target := s.Target.Ident
		if last := i == len(statements)-1; last != (target == "x_new") {
			return nil, diag.Errorf(s.Span(), "SyntaxError", "the last line, and no other, defines x_new")
		}
		if _, ok := callable[target]; ok || known[target] {
			return nil, diag.Errorf(s.Span(), "SyntaxError", "the name '%s' is taken", target)
		}
		known[target] = true
		u.noisy[target] = u.isNoisy(s.Value)
	}
	if len(statements) == 0 {
		return nil, diag.Errorf(diag.Span{Source: source}, "SyntaxError", "the declaration of %s does not define x_new", name)
	}
	return u, nil
}

func (u *Updater) isNoisy(e syntax.Expr) bool {
	for _, name := range syntax.Names(e) {
		if name == "g" || name == "dW" || u.noisy[name] {
			return true
		}
	}
	return false
}

// explicitStep is the making of one step.
type explicitStep struct {
	*Updater
	system *System
	parts  []stochastic
	names  []string // of the noise variables
	values map[intermediateKey]syntax.Expr
	// staged: f or g are evaluated at other values than the old ones, so what stands still while refractory
	// must do so for the other equations too.
	staged bool
	// time and length are what t and dt of the declaration are called in the code: "t" and "dt", but for an adaptive method.
	time, length string
}

// Method returns the updater as one of the methods.
func (u *Updater) Method() Method { return Method{Name: u.Name, Integrate: u.Integrate} }

// Integrate makes the step of the method, or refuses.
func (u *Updater) Integrate(system *System) (*Result, error) {
	if u.Noise == NoNoise {
		if err := system.refuseNoise(u.Name); err != nil {
			return nil, err
		}
	}
	step := u.begin(system)
	var err error
	if step.parts, err = system.splitNoise(); err != nil {
		return nil, err
	}
	parts := step.parts
	if u.Noise == AdditiveNoise {
		if err := system.refuseMultiplicative(parts, u.Name); err != nil {
			return nil, err
		}
	}
	if u.Diagonal {
		if err := system.refuseNonDiagonal(parts, u.Name); err != nil {
			return nil, err
		}
	}
	step.names = system.noiseNames()
	c := newCode(system)
	for _, xi := range step.names {
		c.set(xi, algebra.Times(algebra.Call("sqrt", ref("dt")), algebra.Call("randn")))
	}
	step.fill(c)
	result := c.finish(system)
	result.Method = u.Name
	return result, nil
}

// begin begins a step of deterministic equations.
func (u *Updater) begin(system *System) *explicitStep {
	step := &explicitStep{Updater: u, system: system, values: map[intermediateKey]syntax.Expr{}, staged: len(u.statements) > 1, time: "t", length: "dt"}
	for _, e := range system.Equations {
		step.parts = append(step.parts, stochastic{f: e.Rhs})
	}
	return step
}

// fill writes the intermediate values and the new ones.
func (s *explicitStep) fill(c *code) {
	last := len(s.statements) - 1
	for _, statement := range s.statements[:last] {
		for i := range s.system.Equations {
			s.intermediate(c, statement, i)
		}
	}
	for i, e := range s.system.Equations {
		c.set("_"+e.Name, s.output(s.statements[last].Value, i))
	}
}

// intermediate computes an intermediate value for an equation: once, or once for each noise variable.
func (s *explicitStep) intermediate(c *code, statement *syntax.CodeStmt, equation int) {
	target := statement.Target.Ident
	noises := []string{""}
	if s.noisy[target] {
		noises = s.names
		if len(noises) == 0 {
			noises = []string{""}
		}
	}
	for _, xi := range noises {
		value := syntax.Expr(algebra.Number(0))
		for _, term := range terms(statement.Value) {
			if xi != "" || !s.isNoisy(term) {
				value = algebra.Plus(value, s.instantiate(term, equation, xi))
			}
		}
		name := "_" + target + "_" + s.system.Equations[equation].Name
		if xi != "" {
			name += "_" + xi
		}
		s.values[intermediateKey{target, equation, xi}] = c.local(name, value)
	}
}

// intermediateKey names an intermediate value of one equation and, where it depends on noise, one noise variable.
type intermediateKey struct {
	target   string
	equation int
	noise    string
}

// output computes the new value: the deterministic terms once, the others once for each noise variable.
func (s *explicitStep) output(e syntax.Expr, equation int) syntax.Expr {
	value := syntax.Expr(algebra.Number(0))
	for _, term := range terms(e) {
		if !s.isNoisy(term) {
			value = algebra.Plus(value, s.instantiate(term, equation, ""))
			continue
		}
		for _, xi := range s.names {
			// An equation without this noise feels it only through its other intermediate values.
			if _, ok := s.parts[equation].g[xi]; ok || !algebra.Uses(term, "dW") && !algebra.Uses(term, "g") {
				value = algebra.Plus(value, s.instantiate(term, equation, xi))
			}
		}
	}
	return value
}

// terms splits a sum into its terms, signs included.
func terms(e syntax.Expr) []syntax.Expr {
	if sum, ok := e.(*syntax.Binary); ok {
		switch sum.Op {
		case syntax.Add:
			return append(terms(sum.X), terms(sum.Y)...)
		case syntax.Sub:
			list := terms(sum.X)
			for _, t := range terms(sum.Y) {
				list = append(list, algebra.Negate(t))
			}
			return list
		}
	}
	return []syntax.Expr{e}
}

// instantiate writes an expression of the declaration for one equation and one noise variable, which is empty
// in deterministic terms.
func (s *explicitStep) instantiate(e syntax.Expr, equation int, xi string) syntax.Expr {
	switch e := e.(type) {
	case *syntax.Name:
		switch e.Ident {
		case "x":
			return ref(s.system.Equations[equation].Name)
		case "t":
			return ref(s.time)
		case "dt":
			return ref(s.length)
		case "dW":
			if xi == "" {
				return algebra.Number(0)
			}
			return ref(xi)
		}
		if s.noisy[e.Ident] && len(s.names) > 0 {
			return s.values[intermediateKey{e.Ident, equation, xi}]
		}
		return s.values[intermediateKey{e.Ident, equation, ""}]
	case *syntax.Unary:
		x := s.instantiate(e.X, equation, xi)
		if e.Op == syntax.Neg {
			return algebra.Negate(x)
		}
		return x
	case *syntax.Binary:
		x, y := s.instantiate(e.X, equation, xi), s.instantiate(e.Y, equation, xi)
		switch e.Op {
		case syntax.Add:
			return algebra.Plus(x, y)
		case syntax.Sub:
			return algebra.Minus(x, y)
		case syntax.Div:
			return algebra.Over(x, y)
		case syntax.Mul:
			if name, ok := e.X.(*syntax.Name); ok && name.Ident == "dt" && isCallOf(e.Y, "f") {
				return overStep(x, y)
			}
			return algebra.Times(x, y)
		}
		return &syntax.Binary{Op: e.Op, X: x, Y: y}
	case *syntax.Call:
		switch name := e.Func.(*syntax.Name).Ident; name {
		case "f", "g":
			part := s.parts[equation].f
			if name == "g" {
				part = s.parts[equation].g[xi]
			}
			if part == nil {
				return algebra.Number(0)
			}
			return s.evaluateAt(part, e.Args, equation, xi)
		default:
			return algebra.Call(name, s.instantiate(e.Args[0], equation, xi))
		}
	}
	return e
}

func isCallOf(e syntax.Expr, name string) bool {
	call, ok := e.(*syntax.Call)
	if !ok {
		return false
	}
	function, ok := call.Func.(*syntax.Name)
	return ok && function.Ident == name
}

// evaluateAt is a right-hand side with all state variables and the time replaced.
func (s *explicitStep) evaluateAt(part syntax.Expr, args []syntax.Expr, equation int, xi string) syntax.Expr {
	by := map[string]syntax.Expr{}
	for j, e := range s.system.Equations {
		if value := s.instantiate(args[0], j, xi); !syntax.Equal(value, ref(e.Name)) {
			by[e.Name] = value
		}
	}
	if time := s.instantiate(args[1], equation, xi); !syntax.Equal(time, ref("t")) {
		by["t"] = time
	}
	value := syntax.Substitute(part, by)
	if s.staged && s.system.Equations[equation].UnlessRefractory {
		value = algebra.Times(algebra.Call("int", ref("not_refractory")), value)
	}
	return value
}

// Text returns the declaration as it was written, lines trimmed.
func (u *Updater) Text() string {
	var b strings.Builder
	for _, s := range u.statements {
		b.WriteString(syntax.FormatStmt(s) + "\n")
	}
	return b.String()
}
