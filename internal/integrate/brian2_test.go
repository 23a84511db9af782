package integrate

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// brian2Exceptions are the models for which this package deliberately does not follow Brian2.
var brian2Exceptions = map[string]string{
	"quadratic exponential_euler":          "Brian2 drops the term of the second power",
	"inverse exponential_euler":            "Brian2 drops the term of power -1",
	"exponential of log exponential_euler": "Brian2 drops the term of the second power",
	"oscillator two tau exact":             "Brian2 computes NaN",
	"adaptation and synapse exact":         "SymPy does not finish",
	"noise product euler":                  "Brian2 takes the product of two noises for deterministic",
	"noise product heun":                   "Brian2 takes the product of two noises for deterministic",
	"noise product automatic":              "as above",
}

type brian2Steps struct {
	Values map[string]float64
	Models []struct {
		Name      string
		Equations map[string]string
		Steps     map[string]json.RawMessage
		Automatic string
	}
}

func TestStepsAreThoseOfBrian2(t *testing.T) {
	content, err := os.ReadFile("testdata/brian2_steps.json")
	if err != nil {
		t.Fatal(err)
	}
	var oracle brian2Steps
	if err := json.Unmarshal(content, &oracle); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, model := range oracle.Models {
		oracle.Values["i"] = 0
		var pairs []string
		for name, rhs := range model.Equations {
			pairs = append(pairs, name, rhs)
		}
		system := systemOf(t, testNames{}, pairs...)
		for method, raw := range model.Steps {
			_, except := brian2Exceptions[model.Name+" "+method]
			var want map[string]float64
			verdict := ""
			if json.Unmarshal(raw, &want) != nil {
				if err := json.Unmarshal(raw, &verdict); err != nil {
					t.Fatal(err)
				}
			}
			result, err := Integrate(method, system)
			if except {
				continue
			}
			if (verdict == "refused") != (err != nil) {
				t.Errorf("%s, %s: Brian2 says %q, we say %v", model.Name, method, verdict, err)
				continue
			}
			if err != nil {
				continue
			}
			env := environment(oracle.Values).step(t, result)
			for name, value := range want {
				compared++
				if math.Abs(env[name]-value) > 1e-13*math.Max(1, math.Abs(value)) {
					t.Errorf("%s, %s: %s = %.17g, Brian2 has %.17g\n%s", model.Name, method, name, env[name], value, result)
				}
			}
		}
		automatic := "none"
		if result, err := Choose(system); err == nil {
			automatic = result.Method
		}
		if _, except := brian2Exceptions[model.Name+" automatic"]; !except && automatic != model.Automatic {
			t.Errorf("%s: the automatic choice is %s, Brian2's %s", model.Name, automatic, model.Automatic)
		}
	}
	if compared < 400 {
		t.Errorf("only %d values were compared", compared)
	}
}

func TestDeliberateDifferencesFromBrian2(t *testing.T) {
	for _, c := range []struct {
		rhs        string
		tau, v, dt float64
		want       float64
	}{
		// dv/dt = (v-v**2)/tau: logistic growth, 0.731 after tau from 0.5.
		{"(v - v**2)/tau", 1, 0.5, 1e-3, 1 / (1 + math.Exp(-1))},
		// dv/dt = (1/v-v)/tau: v**2 relaxes to 1.
		{"(1/v - v)/tau", 1, 0.5, 1e-3, math.Sqrt(1 - 0.75*math.Exp(-2))},
	} {
		result, err := Integrate("exponential_euler", systemOf(t, nil, "v", c.rhs))
		if err != nil {
			t.Fatal(err)
		}
		env := environment{"v": c.v, "tau": c.tau, "dt": c.dt}
		for range 1000 {
			env = env.step(t, result)
		}
		if math.Abs(env["v"]-c.want) > 1e-3 {
			t.Errorf("%s: v = %g, want %g", c.rhs, env["v"], c.want)
		}
	}
	_, err := Integrate("euler", systemOf(t, nil, "v", "xi_a*xi_b"))
	if m, ok := err.(*diag.Message); !ok || !strings.Contains(m.Text, "multiplies the noise variables") {
		t.Errorf("a product of noises: %v", err)
	}
}
