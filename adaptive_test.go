package synfire_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// decaying makes a group whose neurons have exact solutions: dv/dt = -v**3/tau.
func decaying(t *testing.T, config synfire.Config, n int, method string, options map[string]any) (*synfire.Network, *synfire.NeuronGroup) {
	t.Helper()
	sim := synfire.New(config)
	g, err := sim.NeuronGroup(n, synfire.NewEquations("dv/dt = -v**3/tau : 1\ntau : second"), synfire.NeuronGroupOptions{
		Method: method, MethodOptions: options, Initial: synfire.Assignments{"v": "1 + 0.01*i", "tau": "0.02*ms*(i + 1)**2"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return sim.Network(g), g
}

func TestAdaptiveErrors(t *testing.T) {
	for _, method := range []string{"gsl_rk2", "gsl_rk4", "gsl_rkf45", "gsl_rkck", "gsl_rk8pd"} {
		for _, allowed := range []float64{1e-6, 1e-9} {
			net, g := decaying(t, synfire.Config{}, 10, method, map[string]any{"absolute_error": allowed, "max_steps": 5000, "save_step_count": true})
			if err := net.Run(t.Context(), ms(2), synfire.RunOptions{}); err != nil {
				t.Fatal(err)
			}
			v, _ := g.Get("v")
			counts, err := g.Get("_step_count")
			if err != nil {
				t.Fatal(err)
			}
			for k, got := range v.Floats {
				v0, tau := 1+0.01*float64(k), 0.02*float64((k+1)*(k+1))
				want := v0 / math.Sqrt(1+2*v0*v0*2/tau)
				// Errors of some hundred attempts add up, each at most what is allowed.
				if !(math.Abs(got-want) < 100*allowed) {
					t.Errorf("%s, error %g: v[%d] is %v, want %v", method, allowed, k, got, want)
				}
				if counts.Ints[k] < 1 {
					t.Errorf("%s: neuron %d took %d steps", method, k, counts.Ints[k])
				}
			}
		}
	}
}

// TestAdaptiveSinglePrecision: variables of 32 bits are rounded once in a step.
func TestAdaptiveSinglePrecision(t *testing.T) {
	options := map[string]any{"absolute_error": 1e-9, "max_steps": 1000}
	net, wide := decaying(t, synfire.Config{}, 300, "gsl", options)
	single, narrow := decaying(t, synfire.Config{Single: true}, 300, "gsl", options)
	for _, n := range []*synfire.Network{net, single} {
		if err := n.Run(t.Context(), ms(1), synfire.RunOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	want, _ := wide.Get("v")
	got, _ := narrow.Get("v")
	for k := range want.Floats {
		if x, y := want.Float(k), got.Float(k); math.Abs(x-y) > 1e-6 || float64(float32(y)) != y {
			t.Errorf("v[%d] is %v, in double precision %v", k, y, x)
		}
	}
}

// TestAdaptiveFailure: the failure that is reported is that of the first step and neuron, and it is the same in every
// division of the network.
func TestAdaptiveFailure(t *testing.T) {
	for _, c := range []struct {
		rhs     string
		options map[string]any
		note    string
		text    string
	}{
		// Poles at 3 ms and later.
		{"dv/dt = v**2/(3*ms + abs(i - 300)*us) : 1", map[string]any{"max_steps": 100000}, "element 300, in the step at t=2.9 ms", "however short the steps are"},
		{"dv/dt = v**2/(3*ms + abs(i - 300)*us) : 1", map[string]any{"max_steps": 20}, "element 269, in the step at t=2.9 ms", "given maximum number of steps"},
		{"dv/dt = 1000*v*(t > 1*ms)/ms : 1", map[string]any{"adaptable_timestep": false}, "element 0, in the step at t=1. ms", "larger than that set by absolute_error"},
	} {
		for _, threads := range []int{1, 2} {
			sim := synfire.New(synfire.Config{Threads: threads})
			g, err := sim.NeuronGroup(600, synfire.NewEquations(c.rhs), synfire.NeuronGroupOptions{Method: "gsl_rkf45", MethodOptions: c.options, Initial: synfire.Assignments{"v": 1}})
			if err != nil {
				t.Fatal(err)
			}
			err = sim.Network(g).Run(t.Context(), ms(10), synfire.RunOptions{})
			wantError(t, err, "IntegrationError", c.text)
			var message *synfire.Message
			if errors.As(err, &message) && !strings.Contains(fmt.Sprint(message.Notes), c.note) {
				t.Errorf("%d threads: notes %v, want %q", threads, message.Notes, c.note)
			}
		}
	}
}

func TestAdaptiveOptions(t *testing.T) {
	for _, c := range []struct {
		options    map[string]any
		kind, text string
	}{
		{map[string]any{"relative_error": 1e-3}, "KeyError", "method_options specifies 'relative_error'"},
		{map[string]any{"absolute_error": 1}, "TypeError", "absolute_error key in method_options should be a float"},
		{map[string]any{"max_steps": 0}, "ValueError", "max_steps has to be positive"},
		{map[string]any{"max_steps": 1.5}, "TypeError", "max_steps key in method_options should be an integer"},
		{map[string]any{"adaptable_timestep": 1}, "TypeError", "adaptable_timestep key in method_options should be a boolean"},
		{map[string]any{"absolute_error_per_variable": 1}, "TypeError", "should be None or a dictionary"},
		{map[string]any{"absolute_error_per_variable": map[string]any{"w": 1}}, "KeyError", "variable that does not exist: w"},
		{map[string]any{"absolute_error_per_variable": map[string]any{"tau": 1}}, "KeyError", "not being integrated: tau"},
		{map[string]any{"absolute_error_per_variable": map[string]any{"v": units.Millivolt.Of(1)}}, "DimensionMismatchError", "for variable v does not match"},
	} {
		net, _ := decaying(t, synfire.Config{}, 1, "gsl", c.options)
		wantError(t, net.Run(t.Context(), ms(1), synfire.RunOptions{}), c.kind, c.text)
	}
}

// TestAdaptiveAfterRestore: what a step leaves for the next one is part of the state.
func TestAdaptiveAfterRestore(t *testing.T) {
	net, g := decaying(t, synfire.Config{}, 5, "gsl_rk2", map[string]any{"save_step_count": true, "max_steps": 1000})
	run := func() (values []float64, counts []int64) {
		t.Helper()
		if err := net.Run(t.Context(), ms(0.3), synfire.RunOptions{}); err != nil {
			t.Fatal(err)
		}
		v, _ := g.Get("v")
		n, _ := g.Get("_step_count")
		return v.Floats, n.Ints
	}
	net.Store("before")
	first, counts := run()
	if err := net.Restore("before", synfire.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if again, countsAgain := run(); fmt.Sprint(first, counts) != fmt.Sprint(again, countsAgain) {
		t.Errorf("%v %v after restore, %v %v before", again, countsAgain, first, counts)
	}
}
