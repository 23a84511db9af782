package integrate

import (
	"math"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// environment evaluates abstract code in float64; Go's math is good enough for tests.
type environment map[string]float64

func parse(t testing.TB, text string) syntax.Expr {
	t.Helper()
	e, err := syntax.ParseExpr(&diag.Source{Name: "test", Text: text})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

// systemOf makes a system of alternating names and right-hand sides; a name ending in "!" stands still while
// refractory.
func systemOf(t testing.TB, names Names, pairs ...string) *System {
	t.Helper()
	s := &System{Names: names}
	for i := 0; i < len(pairs); i += 2 {
		e := Equation{Name: pairs[i], Rhs: parse(t, pairs[i+1])}
		if last := len(e.Name) - 1; e.Name[last] == '!' {
			e.Name, e.UnlessRefractory = e.Name[:last], true
		}
		s.Equations = append(s.Equations, e)
	}
	return s.sorted()
}

// testNames describes names for tests: every variable is constant during a run and shared, unless listed.
type testNames struct {
	varying     map[string]bool
	perElement  map[string]bool
	clockDriven map[string]bool
}

func (n testNames) Variable(name string) Variable {
	return Variable{RunConstant: !n.varying[name], Shared: !n.perElement[name], ClockDriven: n.clockDriven[name]}
}

func (n testNames) Function(name string) Function {
	switch name {
	case "rand", "randn", "poisson":
		return Function{Stateful: true, Random: true}
	case "current", "current2":
		return Function{LocallyConstant: true}
	}
	return Function{}
}

// step runs a result once and returns the new values of all variables; the environment is the old state.
// Statements that draw noise are skipped where the environment gives its value.
func (env environment) step(t testing.TB, r *Result) environment {
	t.Helper()
	next := environment{}
	for k, v := range env {
		next[k] = v
	}
	for _, m := range r.Exponentials {
		n := len(m.Variables)
		values := make([]float64, 0, n*n)
		for _, line := range m.M {
			for _, e := range line {
				values = append(values, env.value(t, e))
			}
		}
		p, q := m.Evaluate(values, env["dt"])
		for i := range n {
			for j := range n {
				next[m.P[i][j]] = p[i*n+j]
				if m.Q[i][j] != "" {
					next[m.Q[i][j]] = q[i*n+j]
				}
			}
		}
	}
	seen := map[string]bool{}
	for _, s := range r.Code {
		name := s.Target.Ident
		if seen[name] {
			t.Fatalf("the local %s is assigned twice:\n%s", name, r)
		}
		seen[name] = true
		if _, given := env[name]; given && isNoise(name) {
			continue
		}
		next[name] = next.value(t, s.Value)
	}
	masked := map[string]bool{}
	for _, name := range r.Masked {
		masked[name] = true
	}
	for _, s := range r.Store {
		if masked[s.Target.Ident] && next["not_refractory"] == 0 {
			continue
		}
		next[s.Target.Ident] = next.value(t, s.Value)
	}
	return next
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (env environment) value(t testing.TB, e syntax.Expr) float64 {
	t.Helper()
	switch e := e.(type) {
	case *syntax.Name:
		if e.Ident == "inf" {
			return math.Inf(1)
		}
		v, ok := env[e.Ident]
		if !ok {
			t.Fatalf("the name %s has no value", e.Ident)
		}
		return v
	case *syntax.Int:
		return float64(e.Value)
	case *syntax.Float:
		return e.Value
	case *syntax.Unary:
		if e.Op == syntax.Neg {
			return -env.value(t, e.X)
		}
	case *syntax.Compare:
		x, y := env.value(t, e.X), env.value(t, e.Ys[0])
		switch e.Ops[0] {
		case syntax.Lt:
			return truth(x < y)
		case syntax.Gt:
			return truth(x > y)
		case syntax.GtEq:
			return truth(x >= y)
		}
	case *syntax.Binary:
		x, y := env.value(t, e.X), env.value(t, e.Y)
		switch e.Op {
		case syntax.Add:
			return x + y
		case syntax.Sub:
			return x - y
		case syntax.Mul:
			return x * y
		case syntax.Div:
			return x / y
		case syntax.Pow:
			return math.Pow(x, y)
		case syntax.Mod:
			return math.Mod(x, y)
		}
	case *syntax.Call:
		args := make([]float64, len(e.Args))
		for i, a := range e.Args {
			args[i] = env.value(t, a)
		}
		return env.call(t, e.Func.(*syntax.Name).Ident, args)
	}
	t.Fatalf("no value for %s", syntax.Format(e))
	return 0
}

func (env environment) call(t testing.TB, name string, args []float64) float64 {
	t.Helper()
	switch name {
	case "exp":
		return math.Exp(args[0])
	case "expm1":
		return math.Expm1(args[0])
	case "exprel":
		if args[0] == 0 {
			return 1
		}
		return math.Expm1(args[0]) / args[0]
	case "log":
		return math.Log(args[0])
	case "sqrt":
		return math.Sqrt(args[0])
	case "sin":
		return math.Sin(args[0])
	case "cos":
		return math.Cos(args[0])
	case "tanh":
		return math.Tanh(args[0])
	case "abs":
		return math.Abs(args[0])
	case "clip":
		return math.Min(math.Max(args[0], args[1]), args[2])
	case "int":
		return math.Trunc(args[0])
	case "rand":
		return 0.5
	case "current", "current2", "current_half", "current_odd":
		return env["current"]
	}
	t.Fatalf("no function %s", name)
	return 0
}

// refs returns the names z0, z1, ...
func refs(n int) []syntax.Expr {
	list := make([]syntax.Expr, n)
	for i := range list {
		list[i] = ref("z" + string(rune('0'+i)))
	}
	return list
}
