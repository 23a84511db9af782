package synfire_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// storedNetwork has everything that a store keeps: plastic synapses with spikes on their way, monitors, a generator.
type storedNetwork struct {
	sim     *synfire.Simulation
	p       *synfire.SpikeGeneratorGroup
	g       *synfire.NeuronGroup
	y       *synfire.Synapses
	spikes  *synfire.SpikeMonitor
	states  *synfire.StateMonitor
	rates   *synfire.PopulationRateMonitor
	network *synfire.Network
}

func newStoredNetwork(t *testing.T) *storedNetwork {
	t.Helper()
	n := &storedNetwork{sim: newSimulation(t)}
	n.p = generator(t, n.sim, 2, []int{0, 1, 0, 1}, 0.1e-3, 0.8e-3, 1.1e-3, 1.2e-3)
	n.g = neurons(t, n.sim, 2, "dv/dt = (0.4*xi*ms**0.5 - v)/ms : 1", synfire.NeuronGroupOptions{Threshold: "v > 1.2", Reset: "v = 0", Refractory: ms(0.3), Method: "euler"})
	n.y = synapses(t, n.sim, n.p, n.g, synfire.SynapsesOptions{
		Equations: synfire.NewEquations("dx/dt = -x/ms : 1 (event-driven)\nw : 1"), OnPre: "x += w; v_post += x",
	}, synfire.Connection{})
	must(t, n.y.Set("w", "1 + 0.1*i"))
	must(t, n.y.Set("delay", "0.5*ms + i*0.2*ms"))
	n.spikes = spikeMonitor(t, n.sim, n.g)
	n.states = stateMonitor(t, n.sim, n.g, synfire.StateMonitorOptions{}, "v")
	n.rates = mustHave[*synfire.PopulationRateMonitor](t)(n.sim.PopulationRateMonitor(n.g, ""))
	n.network = n.sim.Network(n.p, n.g, n.y, n.spikes, n.states, n.rates)
	return n
}

// all returns everything that can be seen of the network.
func (n *storedNetwork) all(t *testing.T) []float64 {
	t.Helper()
	list := []float64{n.network.Time().Value, floats(t, n.g, "t")[0], float64(n.y.Len())}
	for _, name := range []string{"v", "lastspike", "not_refractory"} {
		list = append(list, floats(t, n.g, name)...)
	}
	for _, name := range []string{"x", "w", "lastupdate", "delay", "i", "j"} {
		list = append(list, floats(t, n.y, name)...)
	}
	list = append(list, asFloats(n.spikes.Neurons())...)
	list = append(list, n.spikes.Times()...)
	list = append(list, asFloats(n.spikes.Counts())...)
	list = append(list, n.states.Times()...)
	list = append(list, recorded(t, n.states, "v")...)
	list = append(list, n.rates.Times()...)
	return append(list, n.rates.Rates()...)
}

// After a restore everything is as it was stored, whatever happened since; with the random state, what follows is
// the same too.
func TestRestoreUndoesEverything(t *testing.T) {
	for _, before := range []float64{0, 1} {
		n := newStoredNetwork(t)
		run(t, n.network, ms(before))
		n.network.Store("")
		stored := n.all(t)
		run(t, n.network, ms(2))
		continued := n.all(t)
		if len(n.spikes.Times()) == 0 {
			t.Fatal("no spikes")
		}
		restore := func(options synfire.RestoreOptions) {
			t.Helper()
			must(t, n.network.Restore("", options))
			near(t, "restored", n.all(t), stored)
		}
		restore(synfire.RestoreOptions{RandomState: true})
		run(t, n.network, ms(2))
		if !slices.Equal(n.all(t), continued) {
			t.Errorf("stored at %g ms: it does not continue as before", before)
		}
		for _, c := range []struct {
			name   string
			change func()
		}{
			{"connect", func() { must(t, n.y.Connect(synfire.Connection{I: []int{0}, J: []int{1}, Copies: 3})) }},
			{"delays", func() { must(t, n.y.Set("delay", ms(0.1))) }},
			{"spikes of the generator", func() { must(t, n.p.SetSpikes([]int{0}, []float64{1.5e-3}, units.Quantity{})) }},
			{"time step", func() { must(t, n.sim.SetDT(ms(0.2))) }},
			{"seed", func() { n.sim.Reseed(99) }},
			{"values", func() { must(t, n.y.Set("w", "rand()")); must(t, n.g.Set("v", -1.0)) }},
			{"queue", func() { run(t, n.network, ms(0.6)) }},
		} {
			restore(synfire.RestoreOptions{})
			c.change()
			run(t, n.network, ms(1))
			restore(synfire.RestoreOptions{RandomState: true})
			run(t, n.network, ms(2))
			if !slices.Equal(n.all(t), continued) {
				t.Errorf("stored at %g ms: restore does not undo a change of %s", before, c.name)
			}
		}
	}
}

// Brian2's order of things: a plain restore goes on with other random numbers, one with the random state repeats.
func TestRandomNumbersAfterRestore(t *testing.T) {
	n := newStoredNetwork(t)
	n.network.Store("")
	draw := func() float64 {
		must(t, n.g.Set("v", "randn()"))
		run(t, n.network, ms(0.5))
		return floats(t, n.g, "v")[0]
	}
	first := draw()
	must(t, n.network.Restore("", synfire.RestoreOptions{}))
	second := draw()
	must(t, n.network.Restore("", synfire.RestoreOptions{RandomState: true}))
	if third := draw(); first == second || first != third {
		t.Errorf("got %g, then %g after a plain restore, then %g with the random state", first, second, third)
	}
}

// A seed begins all random numbers again: those of runs, of assignments, of connections.
func TestSeedBeginsAgain(t *testing.T) {
	n := newStoredNetwork(t)
	sample := func() []float64 {
		must(t, n.g.Set("v", "rand()"))
		must(t, n.g.Set("v", "v + rand()", synfire.Where("rand() < 0.9")))
		before := n.y.Len()
		must(t, n.y.Connect(synfire.Connection{Probability: 0.5}))
		run(t, n.network, ms(0.3))
		i, _ := n.y.Connections()
		return append(floats(t, n.g, "v"), asFloats(i[before:])...)
	}
	n.sim.Reseed(5)
	n.network.Store("")
	first := sample()
	must(t, n.network.Restore("", synfire.RestoreOptions{}))
	n.sim.Reseed(5)
	if again := sample(); !slices.Equal(first, again) {
		t.Errorf("got %v, with the same seed %v", first, again)
	}
	must(t, n.network.Restore("", synfire.RestoreOptions{}))
	n.sim.Reseed(6)
	if other := sample(); slices.Equal(first, other) {
		t.Errorf("another seed gives the same: %v", other)
	}
}

// Spikes on their way when the time step changes arrive at the step nearest to their time.
func TestQueuedSpikesMoveWithTheTimeStep(t *testing.T) {
	for _, c := range []struct{ dt, want float64 }{{0.1, 1.5}, {0.05, 1.5}, {0.25, 1.5}, {0.5, 1.5}} {
		sim := newSimulation(t)
		p := generator(t, sim, 1, []int{0}, 0.5e-3)
		g := neurons(t, sim, 1, "acted : second\ncount : 1", synfire.NeuronGroupOptions{})
		y := synapses(t, sim, p, g, synfire.SynapsesOptions{OnPre: "acted_post = t; count_post += 1", Delay: ms(1)}, synfire.Connection{})
		net := sim.Network(p, g, y)
		run(t, net, ms(1))
		must(t, sim.SetDT(ms(c.dt)))
		near(t, "t after the change", inMilliseconds(floats(t, g, "t")), []float64{1})
		run(t, net, ms(2))
		near(t, "arrival", inMilliseconds(floats(t, g, "acted")), []float64{c.want})
		near(t, "arrivals", floats(t, g, "count"), []float64{1})
	}
}

// A synapse that two spikes reach in one step, because its delay changed between them, acts twice.
func TestSynapsesThatActTwiceInAStep(t *testing.T) {
	for _, dt := range []float64{0.1, 0.05} {
		sim := newSimulation(t)
		p := generator(t, sim, 1, []int{0, 0}, 0, 0.5e-3)
		g := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
		y := synapses(t, sim, p, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("n : 1"), OnPre: "n += 1; v_post = n"}, synfire.Connection{})
		must(t, y.Set("delay", ms(1)))
		net := sim.Network(p, g, y)
		run(t, net, ms(0.4))
		must(t, y.Set("delay", ms(0.5)))
		must(t, sim.SetDT(ms(dt)))
		run(t, net, ms(1))
		near(t, "n", floats(t, y, "n"), []float64{2})
		near(t, "v", floats(t, g, "v"), []float64{2})
	}
}

// A clock that nothing runs on moves with the network.
func TestTimeOfIdleGroups(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{})
	run(t, sim.Network(g), ms(1))
	near(t, "t", inMilliseconds(floats(t, g, "t")), []float64{1})
}

func TestWarnings(t *testing.T) {
	var warnings []string
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1, Warn: func(m *synfire.Message) { warnings = append(warnings, m.Text) }})
	expect := func(text string) {
		t.Helper()
		if len(warnings) != 1 || !strings.Contains(warnings[0], text) {
			t.Errorf("got warnings %q, want one with %q", warnings, text)
		}
		warnings = nil
	}
	p := generator(t, sim, 1, []int{0}, 3e-3)
	net := sim.Network(p)
	run(t, net, ms(2))
	must(t, p.SetSpikes([]int{0}, []float64{1e-3}, units.Quantity{}))
	run(t, net, ms(1))
	expect("spikes before the start of this run (t = 2. ms)")
	run(t, net, ms(1))

	neurons(t, sim, 1, "dv/dt = -v/ms : 1 (unless refractory)", synfire.NeuronGroupOptions{})
	expect("the flag has no effect")
	neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{Threshold: "v > 1"})
	expect("neither a reset nor a refractory period")

	q := generator(t, sim, 1, []int{0}, 3e-3)
	fine := neurons(t, sim, 1, "v : 1", synfire.NeuronGroupOptions{DT: ms(0.05)})
	y := synapses(t, sim, q, fine, synfire.SynapsesOptions{OnPre: "v_post += 1"}, synfire.Connection{})
	must(t, y.Set("delay", ms(-1)))
	warnings = nil
	run(t, sim.Network(q, fine, y), ms(1))
	if len(warnings) != 2 || !strings.Contains(warnings[0], "have another dt") && !strings.Contains(warnings[0], "another dt") || !strings.Contains(warnings[1], "are negative") {
		t.Errorf("got %q", warnings)
	}
	warnings = nil
	run(t, sim.Network(neurons(t, sim, 3, "dv/dt = v*(i == 1)/(0.01*ms) : 1", synfire.NeuronGroupOptions{Method: "euler", Initial: synfire.Assignments{"v": 1.0}})), ms(100))
	expect("in neuron 1")
}

// States in files have names, are checked, and fit only what they were stored from.
func TestStatesInFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "states")
	n := newStoredNetwork(t)
	must(t, n.network.StoreFile(path, "begin"))
	begin := n.all(t)
	run(t, n.network, ms(1))
	must(t, n.network.StoreFile(path, "later"))
	later := n.all(t)
	run(t, n.network, ms(1))
	must(t, n.network.StoreFile(path, "end"))
	must(t, n.network.StoreFile(path, "end")) // takes the place of the first
	other := newStoredNetwork(t)
	for name, want := range map[string][]float64{"begin": begin, "later": later, "end": n.all(t)} {
		must(t, other.network.RestoreFile(path, name, synfire.RestoreOptions{}))
		if !slices.Equal(other.all(t), want) {
			t.Errorf("the state '%s' is another one in the file", name)
		}
	}
	fails := func(what, text string, err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v, want %q", what, err, text)
		}
	}
	fails("another name", "No state with the name 'beginn'", n.network.RestoreFile(path, "beginn", synfire.RestoreOptions{}))
	fails("no file", "no such file", n.network.RestoreFile(path+"2", "begin", synfire.RestoreOptions{}))
	different := newStoredNetwork(t)
	different.network = different.sim.Network(different.p)
	fails("other objects", "does not have", different.network.RestoreFile(path, "begin", synfire.RestoreOptions{}))
	sim := newSimulation(t)
	small := sim.Network(generator(t, sim, 2, []int{0}, 0.1e-3), neurons(t, sim, 3, "dv/dt = -v/ms : 1", synfire.NeuronGroupOptions{}))
	fails("another model", "another model", small.RestoreFile(path, "begin", synfire.RestoreOptions{}))
	content, err := os.ReadFile(path)
	must(t, err)
	for what, damaged := range map[string][]byte{
		"shorter": content[:len(content)-9], "another byte": slices.Concat(content[:len(content)/2], []byte{content[len(content)/2] ^ 4}, content[len(content)/2+1:]),
		"a pickle": []byte("\x80\x05\x95"), "another version": slices.Concat(content[:8], []byte{9, 0, 0, 0}, content[12:]), "empty": nil,
	} {
		must(t, os.WriteFile(path, damaged, 0o600))
		err := error(nil)
		for _, name := range []string{"begin", "later", "end"} {
			err = errors.Join(err, n.network.RestoreFile(path, name, synfire.RestoreOptions{}))
		}
		if err == nil {
			t.Errorf("%s: restored without an error", what)
		}
	}
}
