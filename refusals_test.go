package synfire_test

import (
	"errors"
	"strings"
	"testing"

	"synfire"
)

// wantError demands a message of a kind that contains a text.
func wantError(t *testing.T, err error, kind, text string) {
	t.Helper()
	var m *synfire.Message
	switch {
	case err == nil:
		t.Errorf("no error, want %s: %s", kind, text)
	case !errors.As(err, &m):
		t.Errorf("%v is no message, want %s: %s", err, kind, text)
	case m.Kind != kind || !strings.Contains(m.Text, text):
		t.Errorf("got %s: %s\nwant %s: %s", m.Kind, m.Text, kind, text)
	}
}

func TestNetworksThatCannotRun(t *testing.T) {
	group := func(sim *synfire.Simulation, name string) *synfire.NeuronGroup {
		return neurons(t, sim, 2, "v : 1", synfire.NeuronGroupOptions{Name: name, Threshold: "v > 1", Reset: "v = 0"})
	}
	for _, c := range []struct {
		name, kind, text string
		run              func(sim *synfire.Simulation) error
	}{
		{"missing source", "ValueError", "'spikemonitor' has been included in the network but not the object on which it depends, 'a'", func(sim *synfire.Simulation) error {
			return sim.Network(spikeMonitor(t, sim, group(sim, "a"))).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"missing target", "ValueError", "the object on which it depends, 'b'", func(sim *synfire.Simulation) error {
			a, b := group(sim, "a"), group(sim, "b")
			return sim.Network(a, synapses(t, sim, a, b, synfire.SynapsesOptions{}, synfire.Connection{})).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"a name twice", "ValueError", "unique names, but 'a' occurs more than once", func(sim *synfire.Simulation) error {
			return sim.Network(group(sim, "a"), group(sim, "a")).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"two networks", "RuntimeError", "'a' has already been simulated", func(sim *synfire.Simulation) error {
			a := group(sim, "a")
			run(t, sim.Network(a), ms(1))
			return sim.Network(a).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"never connected", "TypeError", "connect() was never called", func(sim *synfire.Simulation) error {
			a := group(sim, "a")
			return sim.Network(a, synapses(t, sim, a, a, synfire.SynapsesOptions{OnPre: "v_post += 1"})).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"negative duration", "ValueError", "non-negative duration", func(sim *synfire.Simulation) error {
			return sim.Network(group(sim, "a")).Run(t.Context(), ms(-1), synfire.RunOptions{})
		}},
		{"a time step that does not fit", "ValueError", "is not a multiple of", func(sim *synfire.Simulation) error {
			net := sim.Network(group(sim, "a"))
			run(t, net, ms(0.3))
			must(t, sim.SetDT(ms(0.2)))
			return net.Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
		{"restored without a store", "KeyError", "No state with the name 'x' was stored", func(sim *synfire.Simulation) error {
			return sim.Network(group(sim, "a")).Restore("x", synfire.RestoreOptions{})
		}},
		{"restored with another object", "KeyError", "'spikemonitor', of which no state was stored", func(sim *synfire.Simulation) error {
			a := group(sim, "a")
			net := sim.Network(a)
			net.Store("")
			net.Add(spikeMonitor(t, sim, a))
			return net.Restore("", synfire.RestoreOptions{})
		}},
		{"restored without an object", "KeyError", "the object 'a', which the network does not have", func(sim *synfire.Simulation) error {
			a := group(sim, "a")
			net := sim.Network(a)
			net.Store("")
			net.Remove(a)
			return net.Restore("", synfire.RestoreOptions{})
		}},
		{"two spikes in a step", "ValueError", "spikes more than once in the time step", func(sim *synfire.Simulation) error {
			return sim.Network(generator(t, sim, 1, []int{0, 0}, 0.11e-3, 0.18e-3)).Run(t.Context(), ms(1), synfire.RunOptions{})
		}},
	} {
		t.Run(c.name, func(t *testing.T) { wantError(t, c.run(newSimulation(t)), c.kind, c.text) })
	}
}

// What is inactive is neither checked nor run.
func TestInactiveSynapsesAreNotPrepared(t *testing.T) {
	sim := newSimulation(t)
	a := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{Threshold: "True", Reset: "v = 0"})
	unconnected := synapses(t, sim, a, a, synfire.SynapsesOptions{OnPre: "v_post += 1"})
	unresolved := synapses(t, sim, a, a, synfire.SynapsesOptions{OnPre: "v_post += nowhere"}, synfire.Connection{})
	unconnected.SetActive(false)
	unresolved.SetActive(false)
	net := sim.Network(a, unconnected, unresolved)
	run(t, net, ms(0.5))
	unresolved.SetActive(true)
	wantError(t, net.Run(t.Context(), ms(1), synfire.RunOptions{}), "KeyError", "\"nowhere\" could not be resolved")
}

func TestCodeThatIsRefused(t *testing.T) {
	for _, c := range []struct {
		equations  string
		options    synfire.NeuronGroupOptions
		kind, text string
	}{
		{"v : volt", synfire.NeuronGroupOptions{Threshold: "v > 0", Reset: "v = 0*mV"}, "DimensionMismatchError", "Expression 'v > 0' uses inconsistent units"},
		{"v : volt", synfire.NeuronGroupOptions{Threshold: "v > 0*mV", Reset: "v = 0"}, "DimensionMismatchError", "The right-hand-side of code statement 'v = 0' does not have the expected unit"},
		{"dv/dt = 0 : volt", synfire.NeuronGroupOptions{}, "DimensionMismatchError", "Inconsistent units in differential equation defining variable 'v'"},
		{"dv/dt = (0 - v)/ms : volt", synfire.NeuronGroupOptions{}, "DimensionMismatchError", "'0 - v' uses inconsistent units"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v", Reset: "v = 0"}, "TypeError", "Threshold condition 'v' is not a boolean expression"},
		{"v : 1\ns : 1 (shared)", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "s += 1"}, "SyntaxError", "Writing to scalar variable 's' not allowed in this context"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = rand() - rand()"}, "NotImplementedError", "contains more than one call of rand"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "rand() < rand()", Reset: "v = 0"}, "NotImplementedError", "contains more than one call of rand"},
		{"v : 1\ny = rand() : 1", synfire.NeuronGroupOptions{}, "SyntaxError", "refers to a stateful function"},
		{"v : 1\ny = 2*v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "y = 0"}, "SyntaxError", "Cannot write to subexpression 'y'"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "k += 1"}, "KeyError", "'k' is not a variable"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = k; k = 1"}, "KeyError", "'k' is read in 'v = k' before it is assigned"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "t = 0*ms"}, "SyntaxError", "Cannot write to the read-only variable 't'"},
		{"v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Refractory: "3*mV"}, "TypeError", "has to be a time or a condition"},
	} {
		sim := newSimulation(t)
		g := neurons(t, sim, 2, c.equations, c.options)
		wantError(t, sim.Network(g).Run(t.Context(), ms(1), synfire.RunOptions{Names: synfire.Namespace{"k": 5}}), c.kind, c.text)
	}
}

// Names of a block of code hide those outside, whatever they are called.
func TestLocalsOfCode(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "v : 1\nb : boolean", synfire.NeuronGroupOptions{Threshold: "v < 1", Reset: "k = 7; _x = k; ms = 2*_x; v = ms; b = 1"})
	must(t, sim.Network(g).Run(t.Context(), ms(1), synfire.RunOptions{Names: synfire.Namespace{"k": 5}}))
	near(t, "v", floats(t, g, "v"), []float64{14})
	near(t, "b", floats(t, g, "b"), []float64{1})
}

func TestConnectionsThatAreRefused(t *testing.T) {
	list := []int{0, 1}
	for _, c := range []struct {
		rule       synfire.Connection
		kind, text string
	}{
		{synfire.Connection{Condition: "i != j", I: list, J: list}, "ValueError", "A condition cannot be combined with i or j"},
		{synfire.Connection{I: list}, "ValueError", "i and j have to be given together"},
		{synfire.Connection{I: list, J: []int{0, 1, 2}}, "ValueError", "must have the same length"},
		{synfire.Connection{I: list, Targets: "i"}, "ValueError", "Only one of i and j can be a generator"},
		{synfire.Connection{Sources: "j", Targets: "i"}, "ValueError", "Only one of i and j can be a generator"},
		{synfire.Connection{Targets: "i", Probability: 0.5}, "ValueError", "A generator cannot be combined with p"},
		{synfire.Connection{I: []int{0}, J: []int{3}, SkipInvalid: true}, "ValueError", "skip_if_invalid is for generators"},
		{synfire.Connection{I: []int{0}, J: []int{3}}, "IndexError", "Tried to create synapse indices outside valid range."},
		{synfire.Connection{I: []int{-1}, J: []int{0}}, "IndexError", "Tried to create synapse indices outside valid range."},
		{synfire.Connection{Targets: "i + 1"}, "IndexError", "Tried to create synapse indices outside valid range."},
		{synfire.Connection{Condition: "k for k in range(3)"}, "ValueError", "A generator cannot be the condition"},
		{synfire.Connection{Condition: "i"}, "TypeError", "is not a boolean expression"},
		{synfire.Connection{Condition: "N_incoming > 1"}, "ValueError", "cannot be used in connect()"},
		{synfire.Connection{Condition: "N_incoming_post > 1"}, "ValueError", "cannot be used in connect()"},
		{synfire.Connection{Condition: "w > 1"}, "KeyError", "could not be resolved"},
		{synfire.Connection{Targets: "k for k in range(N_pre/2)"}, "TypeError", "needs to be an integer"},
		{synfire.Connection{Targets: "k*1.0 for k in range(3)"}, "TypeError", "needs to be an integer"},
		{synfire.Connection{Targets: "k for k in range(j)"}, "ValueError", "'j' in 'j' belongs to the partner"},
		{synfire.Connection{Targets: "k for k in sample(3, p=0.1*v_post)"}, "ValueError", "'v_post' in '0.1*v_post' belongs to the partner"},
		{synfire.Connection{Sources: "k for k in range(i)"}, "ValueError", "'i' in 'i' belongs to the partner"},
		{synfire.Connection{Targets: "j + 1"}, "ValueError", "'j' in 'j + 1' belongs to the partner"},
		{synfire.Connection{Sources: "k for k in sample(0, N_pre, p=k)"}, "ValueError", "'k' in 'k' has no value yet"},
		{synfire.Connection{Targets: "k for k in range(k)"}, "ValueError", "'k' in 'k' has no value yet"},
		{synfire.Connection{Targets: "k for k in range(3) if k"}, "TypeError", "The condition 'k' is not a boolean expression"},
		{synfire.Connection{Targets: "k for k in sample(3, size=5)"}, "IndexError", "Cannot sample 5 numbers out of 3"},
		{synfire.Connection{Targets: "k for k in sample(3, size=1.5)"}, "TypeError", "needs to be an integer"},
		{synfire.Connection{Targets: "k for k in sample(3)"}, "SyntaxError", "sample() needs either p=... or size=..."},
		{synfire.Connection{Targets: "k for k in list(3)"}, "SyntaxError", "can only iterate over range(...) or sample(...)"},
		{synfire.Connection{Targets: "k for k in range(0, 3, 0)"}, "ValueError", "must not be 0"},
		{synfire.Connection{Copies: -1}, "ValueError", "whole number that is not negative, but is -1"},
		{synfire.Connection{Copies: "0.5*i"}, "ValueError", "but is 0.5 for (i=1, j=0)"},
		{synfire.Connection{Probability: 1.5}, "ValueError", "between 0 and 1"},
	} {
		sim := newSimulation(t)
		g := neurons(t, sim, 3, "v : 1", synfire.NeuronGroupOptions{})
		y := synapses(t, sim, g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1")})
		t.Run(c.text, func(t *testing.T) { wantError(t, y.Connect(c.rule), c.kind, c.text) })
		if y.Len() != 0 {
			t.Errorf("%+v: a refused rule made %d synapses", c.rule, y.Len())
		}
	}
}

func TestSynapsesThatAreRefused(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 3, "v : 1", synfire.NeuronGroupOptions{})
	for _, c := range []struct {
		options    synfire.SynapsesOptions
		kind, text string
	}{
		{synfire.SynapsesOptions{OnPre: "v_post += 1"}, "ValueError", "which has no event 'spike'"},
		{synfire.SynapsesOptions{Equations: synfire.NewEquations("v : 1")}, "ValueError", "has the same name as a variable of the group"},
		{synfire.SynapsesOptions{Equations: synfire.NewEquations("j : 1")}, "SyntaxError", "'j' is a reserved name"},
		{synfire.SynapsesOptions{Equations: synfire.NewEquations("w_pre : 1")}, "ValueError", "the '_pre' and '_post' suffixes are used"},
	} {
		_, err := sim.Synapses(g, g, c.options)
		wantError(t, err, c.kind, c.text)
	}
	y := synapses(t, sim, g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1")})
	wantError(t, y.Set("w", 1.0), "TypeError", "it has no synapses yet")
	must(t, y.Connect(synfire.Connection{}))
	wantError(t, y.Set("w", []float64{1, 2}), "ValueError", "Provided values do not match the size of the indices, 2 != 9")
	wantError(t, y.Set("i", 1), "TypeError", "read-only")
	wantError(t, y.Set("weight", 1), "AttributeError", "has no variable 'weight'")
	wantError(t, y.Set("w", ms(1)), "DimensionMismatchError", "w should be set with a value with units 1, but got")
}

func TestValuesThatAreRefused(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 3, "v : volt\nn : integer", synfire.NeuronGroupOptions{})
	wantError(t, g.Set("v", 1.0), "DimensionMismatchError", "v should be set with a value with units volt, but got 1")
	wantError(t, g.Set("v", "1"), "DimensionMismatchError", "v should be set with a value with units volt")
	wantError(t, g.Set("n", 1.5), "TypeError", "is an integer variable")
	wantError(t, g.Set("v", 1.0, synfire.At(3)), "IndexError", "index 3 is out of bounds")
	// A zero that is a plain number has every unit, also as an array.
	for _, zero := range []any{0, 0.0, []float64{0, 0, 0}, []int{0, 0, 0}} {
		must(t, g.Set("v", zero))
	}
}
