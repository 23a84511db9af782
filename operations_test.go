package synfire_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// Operations of all kinds leave the same bits on any number of threads.
func TestThreadsOperateTheSame(t *testing.T) {
	simulate := func(threads int) map[string][]float64 {
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(5), Threads: threads})
		g := neurons(t, sim, 1100, "dv/dt = (I - v)/(5*ms) : 1\nI : 1\nx : 1\nshift : 1 (shared)", synfire.NeuronGroupOptions{Threshold: "v > 1", Reset: "v = 0"})
		h := neurons(t, sim, 1000, "u : 1", synfire.NeuronGroupOptions{Threshold: "rand() < 0.01"})
		part := mustHave[*synfire.Subgroup](t)(g.Slice(100, 900))
		y := synapses(t, sim, h, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1\ndA/dt = -A/(4*ms) : 1 (event-driven)\nr = 0.1*rand() + v_post : 1 (constant over dt)"), OnPre: "A += 1; v_post += 0.1*w + 0.01*A + 0.01*r", Delay: ms(1)},
			synfire.Connection{Probability: 0.01, Initial: synfire.Assignments{"w": "rand()"}})
		operate := func(of interface {
			RunRegularly(string, synfire.OperationOptions) (*synfire.Operation, error)
		}, code string, options synfire.OperationOptions) {
			mustHave[*synfire.Operation](t)(of.RunRegularly(code, options))
		}
		operate(g, "shift = shift + 0.01; I = 1.2 + shift*rand()", synfire.OperationOptions{DT: ms(1)})
		operate(part, "x += i + v", synfire.OperationOptions{When: "after_groups"})
		operate(y, "w *= 0.99; u_pre += 0.001*w", synfire.OperationOptions{DT: ms(0.5)})
		operate(h, "u -= 0.1*u", synfire.OperationOptions{})
		mustHave[*synfire.Operation](t)(g.RunAt("v = 0.5*v", []float64{4e-3, 11e-3}, synfire.OperationOptions{}))
		calls := 0.0
		operation := mustHave[*synfire.NetworkOperation](t)(sim.NetworkOperation(func(now units.Quantity) error {
			calls++
			return g.Set("I", "I + 0.1*rand()", synfire.Where("v < 0.1"))
		}, synfire.OperationOptions{DT: ms(2.5)}))
		fired := spikeMonitor(t, sim, g)
		run(t, sim.Network(g, h, y, operation, fired), ms(10))
		all := map[string][]float64{"spikes": asFloats(fired.Neurons()), "w": floats(t, y, "w"), "A": floats(t, y, "A"), "r": floats(t, y, "r"), "u": floats(t, h, "u"), "calls": {calls}}
		for _, name := range []string{"v", "I", "x", "shift"} {
			all[name] = floats(t, g, name)
		}
		return all
	}
	want := simulate(1)
	if len(want["spikes"]) < 100 || want["calls"][0] != 4 {
		t.Errorf("%d spikes, %g calls", len(want["spikes"]), want["calls"][0])
	}
	for _, threads := range []int{2, 3} {
		got := simulate(threads)
		for name := range want {
			compareBits(t, fmt.Sprintf("%d threads: %s", threads, name), got[name], want[name])
		}
	}
}

// However often parts have to meet, here for an operation that does nothing, and however long they go on alone, nothing changes.
func TestEpochsOfAnyLength(t *testing.T) {
	simulate := func(every float64, threads int) (spikes, weights []float64, epoch string) {
		n := newAdexNetwork(t, 1, 250, threads)
		n.scenario(t, true, true, false)
		n.net.Add(mustHave[*synfire.NetworkOperation](t)(n.sim.NetworkOperation(func(units.Quantity) error { return nil }, synfire.OperationOptions{DT: ms(every)})))
		must(t, n.net.Run(t.Context(), units.Second.Of(3.2), synfire.RunOptions{Names: n.names}))
		epoch, _, _ = strings.Cut(n.net.Report().Epoch, " ")
		return append(n.spikes.Times(), asFloats(n.spikes.Neurons())...), floats(t, n.excitatory, "w_syn"), epoch
	}
	spikes, weights, longest := simulate(1000, 1)
	if len(spikes) < 2000 {
		t.Fatalf("only %d spikes", len(spikes)/2)
	}
	epochs := map[string]bool{longest: true}
	for _, every := range []float64{1000, 0.1, 0.7, 3.3} {
		gotSpikes, gotWeights, epoch := simulate(every, 2)
		compareBits(t, "spikes in epochs of "+epoch, gotSpikes, spikes)
		compareBits(t, "weights in epochs of "+epoch, gotWeights, weights)
		epochs[epoch] = true
	}
	if len(epochs) != 5 {
		t.Errorf("epochs of %v steps", epochs)
	}
}

func TestOperationsAtTimes(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 2, "v : 1\ns : 1 (shared)", synfire.NeuronGroupOptions{})
	o := mustHave[*synfire.Operation](t)(g.RunAt("s += 1; v += 100*t/ms + i", []float64{0.3e-3, 0, 0.5e-3}, synfire.OperationOptions{}))
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{Record: []int{1}, When: "end"}, "v")
	net := sim.Network(g, m)
	run(t, net, ms(0.4))
	run(t, net, ms(0.2))
	near(t, "v", recorded(t, m, "v"), []float64{1, 1, 1, 32, 32, 83})
	near(t, "s", floats(t, g, "s"), []float64{3})
	if o.Name() != "neurongroup_run_at" {
		t.Errorf("the operation is called %s", o.Name())
	}
	_, err := g.RunAt("v = 1", []float64{1e-3, 1e-3}, synfire.OperationOptions{})
	wantError(t, err, "ValueError", "twice")
	_, err = g.RunRegularly("s = 1; v =", synfire.OperationOptions{})
	wantError(t, err, "SyntaxError", "")
	never := mustHave[*synfire.Operation](t)(g.RunRegularly("v = 1", synfire.OperationOptions{When: "never"}))
	wantError(t, net.Run(t.Context(), ms(0.1), synfire.RunOptions{}), "ValueError", "there is no slot 'never'")
	never.Place().Set("start", 0)
	mustHave[*synfire.Operation](t)(g.RunRegularly("v = 1; s = 2", synfire.OperationOptions{}))
	wantError(t, net.Run(t.Context(), ms(0.1), synfire.RunOptions{}), "SyntaxError", "All writes to scalar variables")
}

// The first error of a function ends the run, and what was simulated before it is there.
func TestNetworkOperationsFail(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "dv/dt = 1/ms : 1", synfire.NeuronGroupOptions{Method: "euler"})
	problem := errors.New("enough")
	o := mustHave[*synfire.NetworkOperation](t)(sim.NetworkOperation(func(now units.Quantity) error {
		if now.Value > 0.25e-3 {
			return problem
		}
		return nil
	}, synfire.OperationOptions{When: "end"}))
	net := sim.Network(g, o)
	if err := net.Run(t.Context(), ms(1), synfire.RunOptions{}); !errors.Is(err, problem) {
		t.Errorf("got %v", err)
	}
	near(t, "v", floats(t, g, "v"), []float64{0.4})
	near(t, "t", []float64{net.Time().Value * 1e3}, []float64{0.4})
}
