package synfire_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"synfire"
	"synfire/units"
)

// doubled returns twice its argument, of any dimension, and counts its calls.
func doubled(elementwise, stateful bool, calls *[]string) *synfire.Function {
	return &synfire.Function{
		Name: "twice", Arguments: []synfire.Argument{{AnyDim: true}}, Elementwise: elementwise, Stateful: stateful,
		DimOf: func(dims []units.Dimension) (units.Dimension, error) { return dims[0], nil },
		Compute: func(c *synfire.FunctionCall) error {
			*calls = append(*calls, fmt.Sprintf("%d shared %t", len(c.Result), c.Shared[0]))
			for k := range c.Result {
				if c.Shared[0] {
					c.Result[k] = 2 * c.Arguments[0].Float(0)
				} else {
					c.Result[k] = 2 * c.Arguments[0].Float(k)
				}
			}
			return nil
		},
	}
}

// A function is called wherever code can mention one, once for all elements.
func TestFunctionsInCode(t *testing.T) {
	const n = 1000
	sim := newSimulation(t)
	var calls []string
	names := synfire.Namespace{"twice": doubled(false, false, &calls)}
	expect := func(what string, want ...string) {
		t.Helper()
		if have := strings.Join(calls, "; "); have != strings.Join(want, "; ") {
			t.Errorf("%s: calls %s, want %s", what, have, strings.Join(want, "; "))
		}
		calls = nil
	}
	whole, one := fmt.Sprintf("%d shared false", n), "1 shared true"
	using := synfire.Using(names)

	g := neurons(t, sim, n, "dx/dt = twice(y)/second : volt\ny : volt\nz : 1\nk : integer\ns = twice(z) : 1", synfire.NeuronGroupOptions{Threshold: "twice(z) == 4", Reset: "z = twice(z) + 1"})
	must(t, g.Set("z", "twice(i)", using))
	expect("assignment", whole)
	must(t, g.Set("y", "1*volt", synfire.Where("twice(i) < 8"), using))
	expect("condition", whole)
	if picked := mustHave[[]int](t)(g.Select("twice(z) == 8", using)); len(picked) != 1 || picked[0] != 2 {
		t.Errorf("%v has twice(z) == 8, want 2", picked)
	}
	calls = nil
	must(t, g.Set("k", "twice(i)", using))
	expect("integers", whole)
	if _, err := g.RunRegularly("z = z + twice(0)*twice(t/second)", synfire.OperationOptions{}); err != nil {
		t.Fatal(err)
	}
	net := sim.Network(g)
	calls = nil
	must(t, net.Run(context.Background(), ms(0.2), synfire.RunOptions{Names: names}))
	step := []string{one, one, whole, whole, "1 shared false"}
	expect("run", append(step, step[:4]...)...)
	x := floats(t, g, "x")
	for k, want := range []float64{4e-4, 4e-4, 4e-4, 4e-4, 0} {
		near(t, "x", x[k:k+1], []float64{want})
	}
	near(t, "z", floats(t, g, "z")[:3], []float64{0, 5, 4})
}

func TestFunctionsOfSynapses(t *testing.T) {
	sim := newSimulation(t)
	var calls []string
	names := synfire.Namespace{"twice": doubled(false, false, &calls)}
	g := neurons(t, sim, 40, "v : 1\ntotal : 1", synfire.NeuronGroupOptions{Threshold: "i < 2 and t < 0.05*ms"})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{
		Equations: synfire.NewEquations("w : 1\ntotal_post = twice(w) : 1 (summed)"), OnPre: "v_post += twice(w)",
	}))
	must(t, y.Connect(synfire.Connection{Condition: "twice(i) != j", Names: names}))
	if y.Len() != 40*39+20 {
		t.Errorf("%d synapses", y.Len())
	}
	must(t, y.Set("w", "twice(j)", synfire.Using(names)))
	calls = nil
	must(t, sim.Network(g, y).Run(context.Background(), ms(0.1), synfire.RunOptions{Names: names}))
	if have, want := strings.Join(calls, "; "), "1580 shared false; 78 shared false"; have != want {
		t.Errorf("calls %s, want %s", have, want)
	}
	near(t, "v", floats(t, g, "v")[:4], []float64{0, 8, 8, 24})
}

// An elementwise function may be called in parts, with the same results.
func TestElementwiseFunctions(t *testing.T) {
	var want []float64
	for _, threads := range []int{1, 3} {
		sim := synfire.New(synfire.Config{Threads: threads, Seed: synfire.SeedOf(1)})
		g := neurons(t, sim, 3000, "dv/dt = (shifted(v) + poisson(2 + v))/(10*ms) : 1", synfire.NeuronGroupOptions{Method: "euler"})
		must(t, g.Set("v", "i*0.001"))
		var calls atomic.Int64
		f := synfire.NewFunction("shifted", []units.Dimension{{}}, units.Dimension{}, func(arguments [][]float64, result []float64) error {
			calls.Add(1)
			for k, x := range arguments[0] {
				result[k] = x - 1
			}
			return nil
		})
		net := sim.Network(g)
		must(t, net.Run(context.Background(), ms(1), synfire.RunOptions{Names: synfire.Namespace{"shifted": f}}))
		if calls.Load() < 20 {
			t.Errorf("%d calls in 10 steps: not in parts", calls.Load())
		}
		got := floats(t, g, "v")
		if want == nil {
			want = got
		}
		compareBits(t, fmt.Sprintf("%d threads", threads), got, want)
	}
}

// A network runs in parts again when it calls no more functions that look at all elements.
func TestFunctionsComeAndGo(t *testing.T) {
	var calls []string
	sim := synfire.New(synfire.Config{Threads: 3, Seed: synfire.SeedOf(1)})
	g := neurons(t, sim, 3000, "dv/dt = twice(1 + v)/second : 1", synfire.NeuronGroupOptions{Method: "euler"})
	net := sim.Network(g)
	for _, elementwise := range []bool{true, false, false, true} {
		calls = nil
		f := doubled(elementwise, false, &calls)
		if elementwise {
			compute := f.Compute
			var one sync.Mutex
			f.Compute = func(c *synfire.FunctionCall) error {
				one.Lock()
				defer one.Unlock()
				return compute(c)
			}
		}
		must(t, net.Run(context.Background(), ms(0.2), synfire.RunOptions{Names: synfire.Namespace{"twice": f}}))
		if whole := len(calls) == 2; whole == elementwise {
			t.Errorf("elementwise %t: %d calls in two steps", elementwise, len(calls))
		}
	}
}

// An error of a function ends the run in its step; what was recorded is there.
func TestFunctionThatFails(t *testing.T) {
	failure := errors.New("no more")
	for _, elementwise := range []bool{false, true} {
		for _, threads := range []int{1, 3} {
			sim := synfire.New(synfire.Config{Threads: threads, Seed: synfire.SeedOf(1)})
			g := neurons(t, sim, 3000, "dv/dt = f(t)*int(v < 2)/ms : 1", synfire.NeuronGroupOptions{Method: "euler"})
			m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{Record: []int{1}}, "v")
			f := &synfire.Function{Name: "f", Arguments: []synfire.Argument{{Dim: units.Time}}, Elementwise: elementwise, Compute: func(c *synfire.FunctionCall) error {
				if c.Arguments[0].Float(0) > 0.00095 {
					return failure
				}
				c.Result[0] = 1
				return nil
			}}
			net := sim.Network(g, m)
			err := net.Run(context.Background(), ms(5), synfire.RunOptions{Names: synfire.Namespace{"f": f}})
			if !errors.Is(err, failure) {
				t.Fatalf("the run ended with %v", err)
			}
			if text := err.Error(); !strings.Contains(text, "'f(t)' in 'neurongroup_stateupdater'") {
				t.Errorf("%s", text)
			}
			if v := floats(t, g, "v"); len(v) != 3000 || v[7] != v[0] || !(v[0] > 0.9 && v[0] < 1.1) {
				t.Errorf("v is %v after the run", v[0])
			}
			near(t, "times", inMilliseconds(m.Times()), []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0})
			must(t, sim.Network(neurons(t, sim, 1, "x : 1", synfire.NeuronGroupOptions{})).Run(context.Background(), ms(1), synfire.RunOptions{}))
			if err := g.Set("v", "f(2*second)", synfire.Using(synfire.Namespace{"f": f})); !errors.Is(err, failure) {
				t.Errorf("the assignment ended with %v", err)
			}
		}
	}
}

// What is wrong with a call is said before anything runs.
func TestWrongCalls(t *testing.T) {
	sim := newSimulation(t)
	var calls []string
	names := synfire.Namespace{
		"twice": doubled(false, true, &calls),
		"f":     &synfire.Function{Name: "f", Arguments: []synfire.Argument{{Dim: units.Volt.Dim()}, {AnyDim: true, Type: synfire.BooleanType}, {SameAs: 1}}, Dim: units.Volt.Dim()},
	}
	for _, c := range []struct{ expression, kind, text string }{
		{"twice(v) + twice(1)", "NotImplementedError", "more than one call of twice"},
		{"twice(v, v)", "SyntaxError", "Function 'twice' was called with 2 parameters, needs 1."},
		{"twice", "SyntaxError", "'twice' is a function and has to be called"},
		{"f(1*volt, True, 2*volt)", "DimensionMismatchError", "v should be set with a value"},
		{"f(1, True, 2*volt)/volt", "DimensionMismatchError", "Argument number 1 for function f does not have the correct units. Expression '1' has unit"},
		{"f(1*volt, True, 2)/volt", "DimensionMismatchError", "Argument number 3 for function f was supposed to have the same units as argument number 1"},
		{"f(1*volt, v, 2*volt)/volt", "TypeError", "Argument number 2 for function 'f' was expected to be a boolean value, but is 'v'."},
	} {
		g := neurons(t, sim, 3, "v : 1", synfire.NeuronGroupOptions{})
		err := g.Set("v", c.expression, synfire.Using(names))
		var m *synfire.Message
		if !errors.As(err, &m) || m.Kind != c.kind || !strings.Contains(m.Text, c.text) {
			t.Errorf("%s: %v, want %s: %s", c.expression, err, c.kind, c.text)
		}
	}
	g := neurons(t, sim, 3, "v = twice(1) : 1\ndx/dt = v/second : 1", synfire.NeuronGroupOptions{})
	if err := sim.Network(g).Run(context.Background(), ms(1), synfire.RunOptions{Names: names}); err == nil || !strings.Contains(err.Error(), "stateful") {
		t.Errorf("a subexpression: %v", err)
	}
	if calls != nil {
		t.Errorf("%d calls", len(calls))
	}
}
