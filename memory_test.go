package synfire_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"synfire"
	"synfire/units"
)

// changing are synapses on which a test does the same as on others, but that assigns to all synapses one by one, so that
// values are computed when they are assigned.
type changing struct {
	net    *synfire.Network
	y      *synfire.Synapses
	g      *synfire.NeuronGroup
	oneWay bool
}

func newChanging(t *rapid.T, threads int, oneWay bool) *changing {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
	source, err := sim.NeuronGroup(9, synfire.NewEquations("v : 1\nx : 1"), synfire.NeuronGroupOptions{Name: "source", Threshold: "(i + t_in_timesteps) % 7 == 0"})
	check(err)
	check(source.Set("x", "i/10.0"))
	target, err := sim.NeuronGroup(700, synfire.NewEquations("v : 1"), synfire.NeuronGroupOptions{Name: "target", Threshold: "(i + t_in_timesteps) % 11 == 0"})
	check(err)
	part, err := source.Slice(2, 9)
	check(err)
	y, err := sim.Synapses(part, target, synfire.SynapsesOptions{
		Name: "synapses",
		Equations: synfire.NewEquations(`
			dp/dt = (0.5 - p)/ms : 1 (event-driven)
			da/dt = -a/ms : 1 (event-driven)
			w : 1
			u : second
			k : integer
			b : boolean`),
		OnPre: "p += 0.1*(1 - p); v_post += w*p", OnPost: "a += 1",
		Bits: map[string]int{"u": 32},
	})
	check(err)
	check(y.Connect(synfire.Connection{I: []int{}, J: []int{}}))
	return &changing{sim.Network(source, target, y), y, target, oneWay}
}

// assign assigns to all synapses.
func (c *changing) assign(name string, value any) error {
	if !c.oneWay {
		return c.y.Set(name, value)
	}
	all := make([]int, c.y.Len())
	for k := range all {
		all[k] = k
	}
	return c.y.Set(name, value, synfire.At(all...))
}

// Whatever is assigned, in whatever order, is what is read, as if it had been computed when it was assigned: also after
// parts were written, synapses added, runs made and states restored.
func TestAssignmentsThatAreKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lazy, eager := newChanging(t, rapid.IntRange(1, 2).Draw(t, "threads"), false), newChanging(t, 1, true)
		stored := 0
		both := func(do func(c *changing) error) {
			t.Helper()
			if err, other := do(lazy), do(eager); err != nil || other != nil {
				t.Fatalf("%v, %v", err, other)
			}
		}
		connect := func() {
			p := rapid.Float64Range(0, 0.5).Draw(t, "p")
			condition := rapid.SampledFrom([]string{"", "i > 3"}).Draw(t, "condition")
			copies := rapid.IntRange(1, 2).Draw(t, "copies")
			both(func(c *changing) error {
				return c.y.Connect(synfire.Connection{Probability: p, Condition: condition, Copies: copies})
			})
		}
		connect()
		values := map[string][]any{
			"w":     {"rand()", "randn()*i", "0.25*j", "w + 1", "x_pre*2", 0.5, 0, "i*j + rand()*randn()", "poisson(3.5)", "N", "p"},
			"u":     {"rand()*ms", units.Millisecond.Of(2), "j*0.1*ms", "u/3", 0},
			"k":     {"j % 3", 7, "int(10*rand())", "k + 1"},
			"b":     {"rand() < 0.3", true, false, "i > j"},
			"p":     {0.5, 0.25, "rand()", "i*0.1"},
			"a":     {0, "0.125"},
			"delay": {"1*ms + 0.3*randn()*ms", "j*0.01*ms", units.Millisecond.Of(1.5), "rand()*ms", "delay*2", "0.7*ms", 0},
		}
		names := []string{"w", "u", "k", "b", "p", "a", "delay"}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			name := rapid.SampledFrom(names).Draw(t, "variable")
			value := rapid.SampledFrom(values[name]).Draw(t, "value")
			n := lazy.y.Len()
			lo := rapid.IntRange(0, n).Draw(t, "lo")
			hi := rapid.IntRange(lo, n).Draw(t, "hi")
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0, 1, 2, 3:
				both(func(c *changing) error { return c.assign(name, value) })
			case 4:
				both(func(c *changing) error { return c.y.Set(name, value, synfire.Range(lo, hi)) })
			case 5:
				both(func(c *changing) error { return c.y.Set(name, value, synfire.Where("j > 300 and w < 1")) })
			case 6:
				// As an array, what it has already.
				both(func(c *changing) error {
					all, err := c.y.Get(name)
					if err != nil {
						return err
					}
					return c.y.Set(name, all)
				})
			case 7:
				connect()
			case 8:
				both(func(c *changing) error { return c.net.Run(t.Context(), ms(2.5), synfire.RunOptions{}) })
			case 9:
				if stored > 0 && rapid.Bool().Draw(t, "restore") {
					state := fmt.Sprint(rapid.IntRange(0, stored-1).Draw(t, "state"))
					random := rapid.Bool().Draw(t, "random")
					both(func(c *changing) error { return c.net.Restore(state, synfire.RestoreOptions{RandomState: random}) })
				} else {
					both(func(c *changing) error { c.net.Store(fmt.Sprint(stored)); return nil })
					stored++
				}
			}
			// What is read only at the end of a step is not made before.
			if rapid.Bool().Draw(t, "look") {
				continue
			}
			n = lazy.y.Len()
			options := map[string][]synfire.Option{"all": nil, "few": {synfire.At(n/2, 0, n-1)}, "range": {synfire.Range(n/3, n/2)}, "where": {synfire.Where("delay > 1*ms and b")}}
			if n == 0 {
				delete(options, "few")
			}
			for what, o := range options {
				for _, name := range append(names, "i", "j", "lastupdate", "x_pre") {
					a, err := lazy.y.Get(name, o...)
					b, other := eager.y.Get(name, o...)
					if err != nil || other != nil || a.Dim != b.Dim || a.Len() != b.Len() {
						t.Fatalf("%s, %s: %v, %v; %d and %d values", name, what, err, other, a.Len(), b.Len())
					}
					for k := range a.Len() {
						if a.Float(k) != b.Float(k) && a.Float(k) == a.Float(k) {
							t.Fatalf("%s, %s: value %d is %v, want %v", name, what, k, a.Float(k), b.Float(k))
						}
					}
				}
			}
			a, _ := lazy.g.Get("v")
			b, _ := eager.g.Get("v")
			compareBits(t, "v", a.Floats, b.Floats)
		}
	})
}

// bytesPerSynapse runs a network and returns what the report says of its synapses.
func bytesPerSynapse(t *testing.T, options synfire.SynapsesOptions, set func(y *synfire.Synapses)) float64 {
	t.Helper()
	sim := newSimulation(t)
	g := neurons(t, sim, 1000, "v : 1\ng : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0"})
	y := synapses(t, sim, g, g, options, synfire.Connection{Probability: 0.2})
	set(y)
	net := sim.Network(g, y)
	run(t, net, ms(1))
	for _, o := range net.Report().Objects {
		if o.Kind == "synapses" {
			return o.PerElement()
		}
	}
	t.Fatal("no synapses in the report")
	return 0
}

// What a synapse takes, beside rows and their ends.
func TestMemoryOfSynapses(t *testing.T) {
	static := synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), OnPre: "g_post += w"}
	plastic := synfire.SynapsesOptions{
		Equations: synfire.NewEquations(`
			dp/dt = (0.6 - p)/second : 1 (event-driven)
			dn/dt = (1 - n)/second : 1 (event-driven)
			dpre/dt = -pre/(20*ms) : 1 (event-driven)
			dpost/dt = -post/(20*ms) : 1 (event-driven)
			w : 1`),
		OnPre:  "p += 0.6*(1 - p); r = p*n; n -= r; pre += 0.01; w = clip(w + post, 0, 1); g_post += w*r",
		OnPost: "post += 0.01; w = clip(w + pre, 0, 1)",
	}
	single := static
	single.Bits = map[string]int{"w": 32}
	random := func(y *synfire.Synapses) {
		must(t, y.SetAll(synfire.Assignments{"w": "rand()", "delay": "10*ms + 0.1*ms*randn()"}))
	}
	for _, test := range []struct {
		name    string
		options synfire.SynapsesOptions
		set     func(y *synfire.Synapses)
		most    float64
	}{
		{"static, one delay", static, func(y *synfire.Synapses) { must(t, y.Set("delay", ms(1))) }, 12.2},
		{"static, delays", static, random, 17},
		{"static, delays that were read", static, func(y *synfire.Synapses) { random(y); floats(t, y, "delay") }, 17},
		{"static in single precision, one delay", single, func(y *synfire.Synapses) { must(t, y.Set("delay", ms(1))) }, 8.2},
		{"static in single precision, delays", single, random, 13},
		{"plastic, delays", plastic, func(y *synfire.Synapses) { random(y); must(t, y.SetAll(synfire.Assignments{"p": 0.6, "n": 1})) }, 28},
	} {
		if got := bytesPerSynapse(t, test.options, test.set); got > test.most {
			t.Errorf("%s: %.1f bytes for each synapse, want at most %g", test.name, got, test.most)
		} else {
			t.Logf("%s: %.2f bytes for each synapse", test.name, got)
		}
	}
}
