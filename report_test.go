package synfire_test

import (
	"context"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// TestReport checks the counts of a run of two groups on different clocks, with synapses between them.
func TestReport(t *testing.T) {
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 2, Executor: "portable"})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	group := func(n int, dt units.Quantity, name string) *synfire.NeuronGroup {
		g, err := sim.NeuronGroup(n, synfire.NewEquations("dv/dt = 100*Hz : 1"), synfire.NeuronGroupOptions{Threshold: "v > 0.95", Reset: "v = 0", Name: name, DT: dt})
		must(err)
		return g
	}
	sources, targets := group(3, units.Millisecond.Of(1), "sources"), group(5, units.Millisecond.Of(1), "targets")
	slow := group(7, units.Millisecond.Of(2), "slow")
	synapses, err := sim.Synapses(sources, targets, synfire.SynapsesOptions{
		Equations: synfire.NewEquations("w : 1"), OnPre: "w += 1", Name: "synapses", Delay: units.Millisecond.Of(3)})
	must(err)
	must(synapses.Connect(synfire.Connection{}))
	trace, err := sim.StateMonitor(targets, []string{"v"}, synfire.StateMonitorOptions{Name: "trace"})
	must(err)
	net := sim.Network(sources, targets, slow, synapses, trace)
	if net.Report() != nil {
		t.Error("a report before the first run")
	}
	events := int64(0)
	for run := range 2 {
		must(net.Run(context.Background(), units.Millisecond.Of(40), synfire.RunOptions{}))
		r := net.Report()
		if want := int64(3*40 + 5*40 + 7*20); r.NeuronSteps != want {
			t.Errorf("run %d: %d neuron-steps, want %d", run, r.NeuronSteps, want)
		}
		weights, err := synapses.Get("w")
		must(err)
		total := 0.0
		for _, w := range weights.Floats {
			total += w
		}
		if events += r.SynapticEvents; events != int64(total) || r.SynapticEvents == 0 {
			t.Errorf("run %d: %d synaptic events so far, the weights say %g", run, events, total)
		}
		if r.Simulated != units.Millisecond.Of(40) || r.Run <= 0 || r.Compile <= 0 || r.Executor != "portable" || r.Threads < 1 || r.Threads > 2 {
			t.Errorf("run %d: %+v", run, *r)
		}
		sizes := map[string]int64{}
		for _, o := range r.Objects {
			sizes[o.Name] = o.Elements
		}
		if sizes["sources"] != 3 || sizes["slow"] != 7 || sizes["synapses"] != 15 || sizes["trace"] != int64(5*40*(run+1)) {
			t.Errorf("run %d: elements of objects: %v", run, sizes)
		}
	}
}

// TestProgramText checks that a program shows the statements that it was made from and its kernels.
func TestProgramText(t *testing.T) {
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Executor: "portable"})
	g, err := sim.NeuronGroup(3, synfire.NewEquations("dv/dt = -v/tau : 1\ntau : second (constant)"), synfire.NeuronGroupOptions{
		Threshold: "v > 0.5", Reset: "v = 0", Method: "exponential_euler", Name: "g"})
	if err != nil {
		t.Fatal(err)
	}
	net := sim.Network(g)
	if err := net.Prepare(nil); err != nil {
		t.Fatal(err)
	}
	for _, p := range net.Report().Programs {
		if p.Object != "g" {
			t.Errorf("%s belongs to %s", p.Name, p.Object)
		}
		want := map[string][3]string{
			"g_stateupdater":      {"v = _v", "# once for each element", "store"},
			"g_spike_thresholder": {"_condition = v > 0.5", "emit", "emit"},
			"g_spike_resetter":    {"v = 0", "store", "store"},
		}[p.Name]
		for k, text := range []string{p.Code(), p.Kernels(), p.Kernels()} {
			if want[k] == "" || !strings.Contains(text, want[k]) {
				t.Errorf("%s: %q is not in\n%s", p.Name, want[k], text)
			}
		}
	}
	if n := len(net.Report().Programs); n != 3 {
		t.Errorf("%d programs, want 3", n)
	}
}
