package integrate

import (
	"math"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// TestAttempt compares one attempt with the result and the error estimate of the GNU Scientific Library 2.7.1
// (gsl_odeiv2_step_apply), from the same values.
func TestAttempt(t *testing.T) {
	for name, want := range map[string]struct{ x, y, errorOfX, errorOfY float64 }{
		"gsl_rk2":   {0.43924688453578714, 0.09438411320679346, 0.05559169129678726, 0.0353677587181091},
		"gsl_rk4":   {0.44501942519098386, 0.0991312696462821, -0.0002692449240776273, -0.00038642983914530433},
		"gsl_rkf45": {0.4450082058941432, 0.09889479522980266, 8.610308252563273e-05, 0.00014211625776180264},
		"GSL":       {0.4450082058941432, 0.09889479522980266, 8.610308252563273e-05, 0.00014211625776180264},
		"gsl_rkck":  {0.44498330765190325, 0.09898377045936801, 1.6688292232201057e-05, -4.6117604327690354e-05},
		"gsl_rk8pd": {0.44494924596889296, 0.099034623893267, 2.374903884660995e-08, -5.597004238966363e-07},
	} {
		result, err := Integrate(name, systemOf(t, nil, "x", "y*cos(t) - x", "y", "-x*y + sin(3*t)"))
		if err != nil {
			t.Fatal(err)
		}
		env := environment{"x": 0.8, "y": -0.4, AttemptTime: 0.3, AttemptLength: 0.5}
		after := env.step(t, result)
		for _, c := range []struct {
			what      string
			got, want float64
			within    float64
		}{
			{"x", after["x"], want.x, 1e-15}, {"y", after["y"], want.y, 1e-15},
			{"error of x", after.value(t, result.Adaptive.Errors[0]), want.errorOfX, 2e-16},
			{"error of y", after.value(t, result.Adaptive.Errors[1]), want.errorOfY, 2e-16},
		} {
			if !(math.Abs(c.got-c.want) <= c.within) {
				t.Errorf("%s: %s is %v, want %v", name, c.what, c.got, c.want)
			}
		}
	}
}

func TestAdaptiveRefusals(t *testing.T) {
	for rhs, want := range map[string]string{
		"-v + xi":        "Cannot solve stochastic equations with the GSL state updater",
		"-v + rand()":    "the equation for 'v' draws random numbers",
		"-v + neighbour": "'neighbour' belongs to another element",
	} {
		_, err := Integrate("gsl", systemOf(t, neighbours{}, "v", rhs))
		m, ok := err.(*diag.Message)
		if !ok || m.Kind != unsupported || !strings.Contains(m.Text, want) {
			t.Errorf("%s: %v, want %q", rhs, err, want)
		}
	}
}

// A function of the user's may give something else at each call; it is called at each stage.
func TestAttemptCallsFunctions(t *testing.T) {
	if _, err := Integrate("gsl_rk2", systemOf(t, callers{}, "v", "-mine(v)")); err != nil {
		t.Error(err)
	}
}

type callers struct{ testNames }

func (callers) Function(string) Function { return Function{Stateful: true} }

type neighbours struct{ testNames }

func (n neighbours) Variable(name string) Variable { return Variable{Elsewhere: name == "neighbour"} }

func TestOptions(t *testing.T) {
	for _, c := range []struct{ method, option, want string }{
		{"exact", "simplify", ""}, {"gsl", "max_steps", ""}, {"gsl_rk2", "absolute_error", ""},
		{"euler", "simplify", "method_options specifies 'simplify', but this is not an option for this state updater. This state updater does not accept any options."},
		{"exact", "max_steps", "method_options specifies 'max_steps', but this is not an option for this state updater. Available options are: 'simplify'."},
	} {
		m, err := Named(c.method)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if refusal, ok := m.CheckOptions([]string{c.option}).(*diag.Message); ok {
			got = refusal.Text
		}
		if got != c.want {
			t.Errorf("%s of %s: %q, want %q", c.option, c.method, got, c.want)
		}
	}
}
