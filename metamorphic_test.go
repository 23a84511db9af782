package synfire_test

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire"
	"synfire/units"
)

// randomNetwork describes a network from parts that can be combined at will.
type randomNetwork struct {
	single   bool // precision
	seed     uint64
	sizes    []int
	models   []int // of each group
	inputs   int   // Poisson neurons; 0: none
	synapses []randomSynapses
	monitor  string // where states are recorded; empty: they are not, and parts work longer on their own
	every    float64
	steps    int
	cut      int    // steps before the cut
	late     bool   // synapses act before thresholds
	change   string // what is changed at the cut, where a test does so
}

type randomSynapses struct {
	from, to  int // groups; the Poisson group is -1
	code      int
	post      bool
	delay     string
	constant  bool
	onlyParts bool
	rule      synfire.Connection
}

var randomModels = []struct {
	equations string
	options   synfire.NeuronGroupOptions
}{
	{"dv/dt = (1.3 - v)/(5*ms) : 1\nu : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0; u += 0.1"}},
	{"dv/dt = (1.1 - v + 0.5*xi*ms**0.5)/(5*ms) : 1 (unless refractory)\ndu/dt = -u/(3*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0; u += 1", Refractory: units.Millisecond.Of(0.45), Method: "euler"}},
	{"dv/dt = (exp(v - 2) + drive - v)/(4*ms) : 1\ndrive = 1 + 0.3*noise - u : 1\nnoise = randn() : 1 (constant over dt)\ndu/dt = (0.1*v - u)/(20*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = rand()*0.2; u += 0.05", Refractory: "u > 0.3", Method: "exponential_euler"}},
	{"dv/dt = (1.4 - v - 0.2*v**3 + 0.2*sin(t/ms))/(4*ms) : 1 (unless refractory)\ndu/dt = (v - u*(1 + u))/(0.4*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 0.7", Reset: "v = 0; u += 1", Refractory: units.Millisecond.Of(0.25), Method: "gsl_rkf45", MethodOptions: map[string]any{"absolute_error": 1e-9}}},
	{"dv/dt = (u - v)/(2*ms) : 1\ndu/dt = (1.5*sin(t/ms) - u)/(3*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v + 0.1*rand() > 0.6", Reset: "v -= 0.5", Refractory: "1*ms*rand()", Method: "rk4"}},
	{"dv/dt = (squash(u) + 0.02*poisson(3 + u*u) - v)/(3*ms) : 1\ndu/dt = (squash(v) - u)/(4*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 0.3 + 0.01*poisson(1 + u*u)", Reset: "v = 0.1*squash(v); u += 0.1", Method: "euler"}},
	{"dv/dt = (0.9*share(u + i + 0.1) - v)/(3*ms) : 1\ndu/dt = (v - u)/(4*ms) : 1", synfire.NeuronGroupOptions{Threshold: "v > 0.3 and share(v) > 0", Reset: "v = 0.1*share(v + 1)", Method: "euler"}},
}

// randomFunctions are what random networks call.
func randomFunctions() synfire.Namespace {
	one := []units.Dimension{{}}
	return synfire.Namespace{
		"squash": synfire.NewFunction("squash", one, units.Dimension{}, func(arguments [][]float64, result []float64) error {
			for k, x := range arguments[0] {
				result[k] = x / (1 + math.Abs(x))
			}
			return nil
		}),
		// share depends on all elements.
		"share": &synfire.Function{Name: "share", Arguments: []synfire.Argument{{}}, Compute: func(c *synfire.FunctionCall) error {
			sum := 0.0
			for _, x := range c.Arguments[0].Floats {
				sum += math.Abs(x)
			}
			for k := range c.Result {
				c.Result[k] = c.Arguments[0].Floats[k] / (1 + sum) * float64(len(c.Result))
			}
			return nil
		}},
	}
}

var randomCodes = []struct{ equations, code string }{
	{"w : 1", "v_post += 0.05*w"},
	{"w : 1", "v_post += 0.05*w*rand()"},
	{"dx/dt = -x/(2*ms) : 1 (event-driven)\nw : 1", "x += w; u_post += 0.01*x"},
	{"dx/dt = (1 - x)/(5*ms) : 1 (event-driven)\ndy/dt = -y/(3*ms) : 1 (event-driven)\nw : 1", "r = x*0.4; x -= r; y += r; w = clip(w + 0.1*y, 0, 1); v_post += 0.1*r*w"},
	{"dx/dt = (0.5 - x)/(7*ms) : 1 (event-driven)\ndy/dt = -y/(4*ms) : 1 (event-driven)\nw : 1", "before = y; y += 0.2*(1 - x); x += 0.1*y; w = clip(w + 0.1*before*x, 0, 1); v_post += 0.1*y*w"},
	{"dx/dt = -x/(2*ms) : 1 (event-driven)\ndy/dt = -y/(4*ms) : volt (event-driven)\nw : 1", "x += 1; w = clip(w + y/volt, 0, 1); v_post += 0.1*w*(y/volt > -0.03)"},
	{"w : 1", "v_post = clip(v_post + 0.1*w, -1, 2); w = 0.9*w + 0.1*v_post"},
	{"w : 1", "v_post += 0.02*w*u_pre"},
	{"w : 1", "w = squash(w + 0.1*v_post); v_post += 0.01*poisson(2*w)"},
	{"w : 1", "v_post = clip(v_post + 0.1*squash(w), -1, 2); w = 0.9*w + 0.1*squash(v_post) + 0.001*poisson(w)"},
	{"w : 1", "v_post += 0.01*share(w)"},
	{"w : 1", "u_pre += 0.01*w; v_post += 0.03*w"},
	{"dg/dt = -g/(2*ms) : 1 (clock-driven)\nw : 1", "g += w; v_post += 0.01*g"},
}

func drawNetwork(t *rapid.T) randomNetwork {
	n := randomNetwork{
		seed: rapid.Uint64().Draw(t, "seed"), single: rapid.Bool().Draw(t, "single precision"), late: rapid.Bool().Draw(t, "synapses before thresholds"), inputs: rapid.SampledFrom([]int{0, 7, 900}).Draw(t, "inputs"),
		monitor: rapid.SampledFrom([]string{"", "start", "after_groups", "end"}).Draw(t, "monitor"),
		every:   rapid.SampledFrom([]float64{0, 0.25, 0.3}).Draw(t, "every"), steps: rapid.IntRange(2, 25).Draw(t, "steps"),
	}
	n.cut = rapid.IntRange(0, n.steps).Draw(t, "cut")
	n.change = rapid.SampledFrom([]string{"", "", "delays", "connect"}).Draw(t, "change")
	for range rapid.IntRange(1, 2).Draw(t, "groups") {
		// Groups are shared among threads from 800 neurons on.
		n.sizes = append(n.sizes, rapid.SampledFrom([]int{1, 5, 60, 850}).Draw(t, "size"))
		n.models = append(n.models, rapid.IntRange(0, len(randomModels)-1).Draw(t, "model"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "synapses") {
		first := 0
		if n.inputs > 0 {
			first = -1
		}
		n.synapses = append(n.synapses, randomSynapses{
			from: rapid.IntRange(first, len(n.sizes)-1).Draw(t, "from"), to: rapid.IntRange(0, len(n.sizes)-1).Draw(t, "to"),
			code: rapid.IntRange(0, len(randomCodes)-1).Draw(t, "code"), post: rapid.Bool().Draw(t, "on_post"),
			delay: rapid.SampledFrom([]string{"0*ms", "0.3*ms", "1*ms*rand()", "0.1*ms*(i % 5)"}).Draw(t, "delay"), constant: rapid.Bool().Draw(t, "one delay"),
			onlyParts: rapid.Bool().Draw(t, "between parts"),
			rule: rapid.SampledFrom([]synfire.Connection{
				{Probability: 0.02}, {Condition: "(i + 3*j) % 17 == 0"}, {Targets: "k for k in sample(N_post, p=0.01) if k != i"},
				{Targets: "i % N_post"}, {Sources: "k for k in range(j, j + 3) if k < N_pre"}, {Probability: "0.01 + 0.02*(i == j)", Copies: 2},
			}).Draw(t, "rule"),
		})
	}
	return n
}

// build makes the network and everything that is recorded of it.
func (n randomNetwork) build(t *rapid.T, config synfire.Config) (*synfire.Network, func() []float64) {
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%v", err)
		}
	}
	config.Seed, config.Single = &n.seed, n.single
	sim := synfire.New(config)
	net := sim.Network()
	if n.late {
		check(net.SetSchedule([]string{"start", "groups", "synapses", "thresholds", "resets", "end"}))
	}
	var all []func() []float64
	values := func(of synfire.Object, names ...string) {
		net.Add(of)
		for _, name := range names {
			all = append(all, func() []float64 {
				got, err := of.(interface {
					Get(string, ...synfire.Option) (synfire.Values, error)
				}).Get(name)
				check(err)
				list := make([]float64, got.Len())
				for k := range list {
					list[k] = got.Float(k)
				}
				return list
			})
		}
	}
	spikes := func(of synfire.Group) {
		m, err := sim.SpikeMonitor(of, synfire.SpikeMonitorOptions{})
		check(err)
		net.Add(m)
		all = append(all, m.Times, func() []float64 { return asFloats(m.Neurons()) })
	}
	groups := map[int]synfire.Group{}
	if n.inputs > 0 {
		p, err := sim.PoissonGroup(n.inputs, "300*Hz*(1 + rand())", synfire.PoissonGroupOptions{})
		check(err)
		groups[-1] = p
		values(p)
		spikes(p)
	}
	for k, size := range n.sizes {
		model := randomModels[n.models[k]]
		g, err := sim.NeuronGroup(size, synfire.NewEquations(model.equations), model.options)
		check(err)
		check(g.Set("v", "rand()"))
		groups[k] = g
		names := []string{"v", "u"}
		if model.options.Refractory != nil {
			names = append(names, "lastspike", "not_refractory")
		}
		values(g, names...)
		spikes(g)
		rates, err := sim.PopulationRateMonitor(g, "")
		check(err)
		net.Add(rates)
		all = append(all, rates.Rates)
		if n.monitor == "" {
			continue
		}
		monitored := synfire.StateMonitorOptions{When: n.monitor, Record: []int{0, size / 2}}
		if n.every > 0 {
			monitored.DT = ms(n.every)
		}
		m, err := sim.StateMonitor(g, []string{"v", "u", "i"}, monitored)
		check(err)
		net.Add(m)
		all = append(all, m.Times, func() []float64 {
			var list []float64
			for _, name := range []string{"v", "u", "i"} {
				trace, err := m.Trace(name, size/2)
				check(err)
				list = append(list, trace...)
			}
			return list
		})
	}
	for _, s := range n.synapses {
		from, to := groups[s.from], groups[s.to]
		if s.onlyParts {
			for _, side := range []*synfire.Group{&from, &to} {
				if length := (*side).Len(); length > 3 {
					part, err := (*side).(interface {
						Slice(start, stop int) (*synfire.Subgroup, error)
					}).Slice(length/4, length-1)
					check(err)
					*side = part
				}
			}
		}
		code := randomCodes[s.code]
		if s.from < 0 && strings.Contains(code.code, "u_pre") {
			code = randomCodes[0] // Poisson neurons have no u
		}
		options := synfire.SynapsesOptions{Equations: synfire.NewEquations(code.equations), OnPre: code.code}
		if s.post {
			options.OnPost = "w = clip(w + 0.01, 0, 1)"
			if strings.Contains(code.equations, "volt") {
				options.OnPost = "y -= 0.01*volt; w = clip(w + 0.1*x, 0, 1)"
			} else if strings.Contains(code.equations, "dx") {
				options.OnPost = "w = clip(w + 0.1*x, 0, 1)"
			}
		}
		if s.constant {
			options.Delay = ms(0.7)
		}
		y, err := sim.Synapses(from, to, options)
		check(err)
		rule := s.rule
		rule.SkipInvalid = rule.Targets != "" || rule.Sources != ""
		check(y.Connect(rule))
		if !s.constant {
			check(y.Set("delay", s.delay))
		}
		check(y.Set("w", "rand()"))
		names := []string{"w", "i", "j"}
		for _, name := range []string{"x", "y", "g", "lastupdate"} {
			if _, known := y.Lookup(name); known && (strings.Contains(code.equations, "d"+name+"/dt") || name == "lastupdate") {
				names = append(names, name)
			}
		}
		values(y, names...)
	}
	return net, func() []float64 {
		list := []float64{net.Time().Value}
		for _, part := range all {
			list = append(list, part()...)
			list = append(list, math.Inf(1)) // a mark between parts
		}
		return list
	}
}

// Any network gives the same bits with any number of threads, in one run or two, and when it is stored, led astray and
// restored in between.
func TestRandomNetworksGiveEqualBits(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		n := drawNetwork(t)
		step := func(steps int) units.Quantity { return ms(float64(steps) * 0.1) }
		run := func(net *synfire.Network, duration units.Quantity) {
			if err := net.Run(context.Background(), duration, synfire.RunOptions{Names: randomFunctions()}); err != nil {
				t.Fatalf("%v", err)
			}
		}
		net, all := n.build(t, synfire.Config{Threads: 1})
		run(net, step(n.steps))
		want := all()
		for _, threads := range []int{2, 3} {
			net, all := n.build(t, synfire.Config{Threads: threads})
			run(net, step(n.cut))
			if threads != 2 {
				net.Store("cut")
				before := all()
				run(net, step(n.steps))
				if err := net.Restore("cut", synfire.RestoreOptions{RandomState: true}); err != nil {
					t.Fatalf("%v", err)
				}
				compareBits(t, "what was stored", all(), before)
			} else {
				// Another network of the same objects goes on from a file.
				path := filepath.Join(folder, "states")
				before := all()
				if err := net.StoreFile(path, "cut"); err != nil {
					t.Fatalf("%v", err)
				}
				compareBits(t, "what was being stored", all(), before)
				net, all = n.build(t, synfire.Config{Threads: threads})
				if err := net.RestoreFile(path, "cut", synfire.RestoreOptions{RandomState: true}); err != nil {
					t.Fatalf("%v", err)
				}
				compareBits(t, "what was stored in a file", all(), before)
			}
			run(net, step(n.steps-n.cut))
			got := all()
			got[0] = want[0] // the sum of two durations may differ in its last bit
			compareBits(t, fmt.Sprintf("%d threads, cut at step %d of %d", threads, n.cut, n.steps), got, want)
		}
	})
}

// Where rows of synapses keep variables, all is the same up to rounding as where every synapse has its own.
func TestPlacementChangesNothing(t *testing.T) {
	placed := 0
	rapid.Check(t, func(t *rapid.T) {
		n := drawNetwork(t)
		n.single = false // its rounding errors could move spikes
		var want []float64
		var bytes [2]int64
		for k, config := range []synfire.Config{{StatePerSynapse: true}, {}} {
			net, all := n.build(t, config)
			for run, steps := range []int{n.cut, n.steps - n.cut} {
				if run > 0 && n.change != "" {
					// Spikes are on their way, and whatever rows there were are no more.
					for _, o := range net.Objects() {
						if y, ok := o.(*synfire.Synapses); ok && n.change == "connect" {
							if err := y.Connect(synfire.Connection{Condition: "i == j"}); err != nil {
								t.Fatalf("%v", err)
							}
						} else if ok && y.Pathway("pre").SetDelay("0.1*ms*(j % 4)") != nil {
							continue // one delay for all
						}
					}
				}
				if err := net.Run(context.Background(), ms(float64(steps)*0.1), synfire.RunOptions{Names: randomFunctions()}); err != nil {
					t.Fatalf("%v", err)
				}
			}
			for _, o := range net.Report().Objects {
				bytes[k] += o.Bytes
			}
			got := all()
			if k == 0 {
				want = got
				continue
			}
			if len(got) != len(want) {
				t.Fatalf("%d values, without placement %d", len(got), len(want))
			}
			for k := range want {
				if math.Abs(got[k]-want[k]) > 1e-9*(1+math.Abs(want[k])) {
					t.Fatalf("value %d is %v, without placement %v", k, got[k], want[k])
				}
			}
		}
		if bytes[1] < bytes[0] {
			placed++
		}
	})
	if placed == 0 {
		t.Error("in none of the networks did a variable move")
	}
}

func compareBits(t interface{ Fatalf(string, ...any) }, what string, got, want []float64) {
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for k := range want {
		if math.Float64bits(got[k]) != math.Float64bits(want[k]) {
			t.Fatalf("%s: value %d is %v, want %v", what, k, got[k], want[k])
		}
	}
}
