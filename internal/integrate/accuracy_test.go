package integrate

import (
	"fmt"
	"math"
	"math/rand"
	"testing"

	"synfire/internal/algebra"
)

// reference solves a linear system in 64 steps of a Taylor series, its coefficients being read off from values
// of the right-hand sides.
func reference(t *testing.T, s *System, env environment) environment {
	t.Helper()
	n := len(s.Equations)
	at := environment{}
	for k, v := range env {
		at[k] = v
	}
	for _, e := range s.Equations {
		at[e.Name] = 0
	}
	m, b, x := make([][]float64, n), make([]float64, n), make([]float64, n)
	for i, e := range s.Equations {
		m[i] = make([]float64, n)
		x[i] = env[e.Name]
		if e.UnlessRefractory && env["not_refractory"] == 0 {
			continue
		}
		b[i] = at.value(t, e.Rhs)
		for j, other := range s.Equations {
			at[other.Name] = 1
			m[i][j] = at.value(t, e.Rhs) - b[i]
			at[other.Name] = 0
		}
	}
	const steps = 64
	for range steps {
		term := append([]float64(nil), x...)
		for k := 1; k < 25; k++ {
			next := make([]float64, n)
			for i := range next {
				if k == 1 {
					next[i] = b[i]
				}
				for j := range term {
					next[i] += m[i][j] * term[j]
				}
				next[i] *= env["dt"] / steps / float64(k)
			}
			term = next
			for i := range x {
				x[i] += term[i]
			}
		}
	}
	for i, e := range s.Equations {
		at[e.Name] = x[i]
	}
	return at
}

// TestExactIsExact compares exact steps with finely integrated ones, for shared, varying and per-element
// coefficients and for event-driven equations, with rates that differ, nearly coincide, coincide and vanish.
func TestExactIsExact(t *testing.T) {
	systems := map[string][]string{
		"decay":              {"v", "-v/ta"},
		"leak":               {"v", "(I - v)/ta"},
		"conductance":        {"v", "(k*(E - v) + I)/C"},
		"two":                {"v", "(g + I - v)/ta", "g", "-g/tb"},
		"two relaxing":       {"v", "(g - v)/ta", "g", "(E - g)/tb"},
		"two with drive":     {"v", "(g - v)/ta", "g", "I - k*g"},
		"same":               {"v", "(g - v)/ta", "g", "(I - g)/ta"},
		"three":              {"v", "(g - v)/ta", "g", "(x - g)/tb", "x", "-x/tc"},
		"three same":         {"v", "(g - v)/ta", "g", "(x - g)/ta", "x", "-x/ta"},
		"three relaxing":     {"v", "(g - v)/ta", "g", "(x - g)/tb", "x", "(E - x)/tc"},
		"three with drive":   {"v", "(g - v)/ta", "g", "(x - g)/tb", "x", "I - k*x"},
		"diamond":            {"v", "(g + 2*h - v)/ta", "g", "(x - g)/tb", "h", "(x - h)/tc", "x", "(I - x)/ta"},
		"four":               {"v", "(g - v)/ta", "g", "(x - g)/tb", "x", "(y - x)/tc", "y", "(I - y)/td"},
		"pair":               {"v", "(-v - w)/ta", "w", "(E*v - w)/tb"},
		"pair with rest":     {"v", "(I - v - w)/ta", "w", "(E*v - w)/tb"},
		"pair saddle":        {"v", "(-v + 3*w)/ta", "w", "(2*v - w)/tb"},
		"pair separate":      {"v", "(-v - w)/ta", "w", "(E*v - w)/tb", "g", "(I - g)/tc"},
		"freezing":           {"v!", "(g - v)/ta", "g", "-g/tb", "u", "(v + g - u)/tc"},
		"freezing pair":      {"v!", "(I - v - w)/ta", "w", "(E*v - w)/tb"},
		"freezing in middle": {"v", "(g - v)/ta", "g!", "(x - g)/tb", "x", "(I - x)/tc"},
	}
	numericOnly := map[string][]string{
		"three coupled": {"x", "(y - 2*x)/ta", "y", "(x + z - 2*y)/ta", "z", "(y - 2*z + I)/ta"},
		"pair and feed": {"v", "(g - v - w)/ta", "w", "(E*v - w)/tb", "g", "(I - g)/tc"},
		"long chain": {"a", "(b - a)/ta", "b", "(c - b)/tb", "c", "(d - c)/tc", "d", "(e - d)/td",
			"e", "(I - e)/ta"},
	}
	rates := map[string][4]float64{
		"different":        {0.9, 0.35, 2.1, 4},
		"coincident":       {0.8, 0.8, 0.8, 0.8},
		"nearly":           {0.8, 0.8 * (1 + 1e-9), 0.8 * (1 - 3e-7), 0.8 * (1 + 1e-3)},
		"two coincident":   {0.8, 0.8, 0.3, 0.8},
		"around threshold": {1, 1 / 1.25, 1 / 1.2499, 1 / 1.2501},
		"ascending":        {0.2, 0.5, 1.5, 5},
	}
	everything := map[string]bool{}
	for _, name := range []string{"ta", "tb", "tc", "td", "I", "E", "C", "k"} {
		everything[name] = true
	}
	check := func(name, kind string, pairs []string, times [4]float64, k, refractory float64) {
		names := testNames{}
		switch kind {
		case "varying", "event-driven":
			names.varying = everything
		case "per element":
			names.perElement = everything
		}
		system := systemOf(t, names, pairs...)
		var result *Result
		var err error
		env := environment{"ta": times[0], "tb": times[1], "tc": times[2], "td": times[3], "I": 0.7, "E": -0.4, "C": 1.3,
			"k": k, "dt": 1, "t": 5, "lastupdate": 4, "not_refractory": refractory}
		for i, e := range system.Equations {
			env[e.Name] = 0.9 - 0.55*float64(i)
		}
		if kind == "event-driven" {
			result, err = EventDriven(system)
		} else {
			result, err = Integrate("exact", system)
		}
		if err != nil {
			t.Errorf("%s (%s): %v", name, kind, err)
			return
		}
		got, want := env.step(t, result), reference(t, system, env)
		for _, e := range system.Equations {
			if !(math.Abs(got[e.Name]-want[e.Name]) < 2e-13*max(1, math.Abs(want[e.Name]))) {
				t.Errorf("%s (%s, rates %v, k = %g, not_refractory = %g): %s = %.17g, want %.17g", name, kind, times, k, refractory,
					e.Name, got[e.Name], want[e.Name])
			}
		}
	}
	for name, pairs := range systems {
		for _, times := range rates {
			for _, kind := range []string{"shared", "per element", "varying", "event-driven"} {
				if name == "freezing pair" && kind == "event-driven" {
					continue // synapses have no refractory period
				}
				check(name, kind, pairs, times, 0.6, 1)
			}
		}
		check(name, "varying", pairs, rates["different"], 0, 1)
		check(name, "shared", pairs, rates["different"], 0, 0)
		check(name, "varying", pairs, rates["nearly"], 0.6, 0)
	}
	for name, pairs := range numericOnly {
		check(name, "shared", pairs, rates["different"], 0, 1)
		check(name, "per element", pairs, rates["nearly"], 0, 1)
	}
}

// TestDividedDifferences compares the code for divided differences of exp with the corner of the exponential
// of a bidiagonal matrix (Opitz), computed independently.
func TestDividedDifferences(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	worst := 0.0
	for range 3000 {
		n := 2 + random.Intn(4)
		spread := math.Pow(10, -8+9*random.Float64())
		points := make([]float64, n)
		env := environment{}
		c := newCode(&System{})
		m := &MatrixExponential{Variables: make([]string, n)}
		values := make([]float64, n*n)
		for i := range points {
			points[i] = -3*random.Float64() + 0.5 + spread*(random.Float64()-0.5)
			if random.Intn(3) == 0 && i > 0 {
				points[i] = points[i-1]
			}
			env[fmt.Sprintf("z%d", i)] = points[i]
			values[i*n+i] = points[i]
			if i > 0 {
				values[(i-1)*n+i] = 1
			}
		}
		args := c.divided(refs(n), "z")
		for _, s := range c.statements {
			env[s.Target.Ident] = env.value(t, s.Value)
		}
		p, _ := m.Evaluate(values, 1)
		got, want := env.value(t, args), p[n-1]
		worst = max(worst, math.Abs(got/want-1))
		if !(math.Abs(got/want-1) < 1e-10) {
			t.Fatalf("points %v: %.17g, want %.17g", points, got, want)
		}
	}
	t.Logf("largest relative error %.1e", worst)
	// Fast decay: neither overflow nor NaN.
	for _, points := range [][]float64{{-1e4, -1}, {-1, -1e4, -2e4}, {-1e4, -1e4, -1e4}, {-800, -1, 0}, {-1e300, -1, -2}} {
		c := newCode(&System{})
		env := environment{}
		for i, x := range points {
			env[fmt.Sprintf("z%d", i)] = x
		}
		value := c.divided(refs(len(points)), "z")
		for _, s := range c.statements {
			env[s.Target.Ident] = env.value(t, s.Value)
		}
		if v := env.value(t, value); !(v >= 0 && v < 1) {
			t.Errorf("points %v: %g", points, v)
		}
	}
}

func TestMatrixExponential(t *testing.T) {
	m := &MatrixExponential{Variables: []string{"x", "y"}}
	// A rotation, a nilpotent matrix, fast decay.
	p, q := m.Evaluate([]float64{0, 1, -1, 0}, 2)
	near(t, "rotation", p, math.Cos(2), math.Sin(2), -math.Sin(2), math.Cos(2))
	near(t, "integral", q, math.Sin(2), 1-math.Cos(2), math.Cos(2)-1, math.Sin(2))
	p, q = m.Evaluate([]float64{0, 3, 0, 0}, 0.5)
	near(t, "nilpotent", p, 1, 1.5, 0, 1)
	near(t, "integral", q, 0.5, 0.375, 0, 0.5)
	p, q = m.Evaluate([]float64{-1e5, 0, 0, -1}, 1)
	near(t, "decay", p, 0, 0, 0, math.Exp(-1))
	near(t, "integral", q, 1e-5, 0, 0, -math.Expm1(-1))
	p, _ = m.Evaluate([]float64{math.NaN(), 0, 0, -1}, 1)
	if !math.IsNaN(p[0]) {
		t.Error("NaN is lost")
	}
}

func near(t *testing.T, what string, got []float64, want ...float64) {
	t.Helper()
	for i := range want {
		if !(math.Abs(got[i]-want[i]) < 1e-14) {
			t.Errorf("%s: entry %d is %.17g, want %.17g", what, i, got[i], want[i])
		}
	}
}

// TestZeroRate: where the rate of one element is exactly zero, exponential_euler takes x + dt*B.
func TestZeroRate(t *testing.T) {
	for _, method := range []string{"exponential_euler", "exact"} {
		for _, rhs := range []string{"(k*(E - v) + I)/C", "k*v + I", "-(k + h)*v + I", "I - v*k/C"} {
			result, err := Integrate(method, systemOf(t, nil, "v", rhs))
			if err != nil {
				t.Fatal(err)
			}
			env := environment{"v": 0.25, "k": 0, "h": 0, "E": 2, "I": 3, "C": 1, "dt": 0.5}.step(t, result)
			if env["v"] != 1.75 {
				t.Errorf("%s, %s: v = %g, want 1.75", method, rhs, env["v"])
			}
		}
	}
}

// TestConvergence checks the orders of the methods on a nonlinear system with explicit time.
func TestConvergence(t *testing.T) {
	system := systemOf(t, testNames{}, "v", "(-v + w**2 + sin(t))/tau", "w", "(v - w + exp(-w))/tau_w")
	order := map[string]float64{"euler": 1, "heun": 1, "exponential_euler": 1, "rk2": 2, "rk4": 4}
	run := func(method string, steps int) environment {
		result, err := Integrate(method, system)
		if err != nil {
			t.Fatal(err)
		}
		env := environment{"v": 0.3, "w": -0.2, "tau": 0.7, "tau_w": 1.3, "t": 0, "dt": 1 / float64(steps)}
		for k := range steps {
			env["t"] = float64(k) / float64(steps)
			env = env.step(t, result)
		}
		return env
	}
	best := run("rk4", 3000)
	for method, want := range order {
		coarse, fine := run(method, 40), run(method, 80)
		errorOf := func(e environment) float64 { return math.Hypot(e["v"]-best["v"], e["w"]-best["w"]) }
		if got := math.Log2(errorOf(coarse) / errorOf(fine)); math.Abs(got-want) > 0.15 {
			t.Errorf("%s: order %.2f, want %g", method, got, want)
		}
	}
}

// TestNoiseConvergence drives dx = a x dt + b x dW with the increments of one Brownian path at several step
// sizes. Both methods converge to the Stratonovich solution, with order 1 in the mean of |error|; milstein only
// where there is no drift.
func TestNoiseConvergence(t *testing.T) {
	const b, paths = 0.6, 400
	system := systemOf(t, testNames{}, "x", "a*x + b*x*xi")
	for method, a := range map[string]float64{"milstein": 0, "heun": 0.5} {
		result, err := Integrate(method, system)
		if err != nil {
			t.Fatal(err)
		}
		meanError := func(steps int) float64 {
			random := rand.New(rand.NewSource(7))
			sum := 0.0
			for range paths {
				const finest = 256
				increments := make([]float64, finest)
				end := 0.0
				for i := range increments {
					increments[i] = random.NormFloat64() / math.Sqrt(finest)
					end += increments[i]
				}
				env := environment{"x": 1, "a": a, "b": b, "dt": 1 / float64(steps)}
				for k := range steps {
					env["xi"] = 0
					for _, dw := range increments[k*finest/steps : (k+1)*finest/steps] {
						env["xi"] += dw
					}
					env = env.step(t, result)
				}
				sum += math.Abs(env["x"] - math.Exp(a+b*end))
			}
			return sum / paths
		}
		coarse, fine := meanError(32), meanError(128)
		if order := math.Log2(coarse/fine) / 2; order < 0.85 || order > 1.3 {
			t.Errorf("%s: strong order %.2f (errors %.2g, %.2g), want about 1", method, order, coarse, fine)
		}
	}
}

// TestEventDrivenExample: x(0) = 1, tau = 1 ms, spikes at 1 and 3 ms that add 1.
func TestEventDrivenExample(t *testing.T) {
	result, err := EventDriven(systemOf(t, nil, "x", "-x/tau"))
	if err != nil {
		t.Fatal(err)
	}
	env := environment{"x": 1, "tau": 1e-3, "lastupdate": 0}
	for _, spike := range []struct{ t, want float64 }{{1e-3, 0.367879}, {3e-3, 0.185122}} {
		env["t"] = spike.t
		env = env.step(t, result)
		if math.Abs(env["x"]-spike.want) > 1e-6 {
			t.Errorf("x at %g is %g, want %g", spike.t, env["x"], spike.want)
		}
		env["x"]++
		env["lastupdate"] = spike.t
		if same := env.step(t, result); same["x"] != env["x"] {
			t.Error("a second event in the same step changes x")
		}
	}
}

// TestFrozenInStages: the stages of rk4 see a refractory variable standing still.
func TestFrozenInStages(t *testing.T) {
	result, err := Integrate("rk4", systemOf(t, nil, "v!", "(1 - v)/tau", "w", "(v - w)/tau"))
	if err != nil {
		t.Fatal(err)
	}
	still, err := Integrate("rk4", systemOf(t, nil, "w", "(v - w)/tau"))
	if err != nil {
		t.Fatal(err)
	}
	env := environment{"v": 0.5, "w": 0.1, "tau": 1, "dt": 0.5, "not_refractory": 0}
	got, want := env.step(t, result), env.step(t, still)
	if got["v"] != 0.5 || math.Abs(got["w"]-want["w"]) > 1e-15 {
		t.Errorf("v = %g, w = %g; want 0.5, %g", got["v"], got["w"], want["w"])
	}
}

// TestRandomRate: a rate that is drawn is drawn once.
func TestRandomRate(t *testing.T) {
	result, err := Integrate("exponential_euler", systemOf(t, testNames{}, "v", "-rand()*v + I"))
	if err != nil {
		t.Fatal(err)
	}
	draws := 0
	for _, s := range result.Code {
		if algebra.Uses(s.Value, "rand") {
			draws++
		}
	}
	if draws != 1 {
		t.Errorf("the rate is drawn %d times:\n%s", draws, result)
	}
}
