package synfire_test

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// reference is a file of arrays that a script in testdata/brian2 stored: float64 or int64, row by row.
type reference struct {
	floats map[string][]float64
	ints   map[string][]int64
	shapes map[string][]int
}

var npyHeader = regexp.MustCompile(`'descr': '(<[fi]8)', 'fortran_order': False, 'shape': \(([\d, ]*)\)`)

func readReference(t testing.TB, path string) *reference {
	t.Helper()
	r := &reference{map[string][]float64{}, map[string][]int64{}, map[string][]int{}}
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(entry.Name, ".npy")
		length := 10 + int(binary.LittleEndian.Uint16(data[8:]))
		header := npyHeader.FindSubmatch(data[:length])
		if header == nil {
			t.Fatalf("%s: %s: unknown header %q", path, name, data[:length])
		}
		for _, extent := range strings.Split(string(header[2]), ",") {
			if n, err := strconv.Atoi(strings.TrimSpace(extent)); err == nil {
				r.shapes[name] = append(r.shapes[name], n)
			}
		}
		for at := length; at < len(data); at += 8 {
			bits := binary.LittleEndian.Uint64(data[at:])
			if string(header[1]) == "<f8" {
				r.floats[name] = append(r.floats[name], math.Float64frombits(bits))
			} else {
				r.ints[name] = append(r.ints[name], int64(bits))
			}
		}
	}
	return r
}

// train returns the steps of the spikes of one neuron.
func (r *reference) train(neuron int) []int {
	var steps []int
	for k, i := range r.ints["spikes_i"] {
		if int(i) == neuron {
			steps = append(steps, int(math.Round(r.floats["spikes_t"][k]/1e-4)))
		}
	}
	return steps
}

// agreement is the time in seconds up to which Brian2's two targets agree with each other about one neuron: v within
// 1e-9 at each recorded sample, and the same spikes.
func agreement(a, b *reference, neuron, row int, end float64) float64 {
	samples := a.shapes["v_recorded"][1]
	for k := range samples {
		x, y := a.floats["v_recorded"][row*samples+k], b.floats["v_recorded"][row*samples+k]
		if math.Abs(x-y) > 1e-9 {
			end = math.Min(end, float64(k)*1e-3)
			break
		}
	}
	return math.Min(end, firstDifference(a.train(neuron), b.train(neuron)))
}

// firstDifference is the time in seconds of the first spike that two trains do not share; +Inf if there is none.
func firstDifference(a, b []int) float64 {
	for k := range max(len(a), len(b)) {
		switch {
		case k >= len(a):
			return float64(b[k]) * 1e-4
		case k >= len(b):
			return float64(a[k]) * 1e-4
		case a[k] != b[k]:
			return float64(min(a[k], b[k])) * 1e-4
		}
	}
	return math.Inf(1)
}

// compareNeuron demands our spikes and v of one neuron to be Brian2's up to the given time, v to rtol 1e-7.
func compareNeuron(t *testing.T, what string, r *reference, neuron, row int, until float64, m *synfire.StateMonitor, s *synfire.SpikeMonitor) {
	t.Helper()
	var ours []int
	for _, time := range s.Train(neuron) {
		ours = append(ours, int(math.Round(time/1e-4)))
	}
	if at := firstDifference(ours, r.train(neuron)); at < until {
		t.Errorf("%s: spikes differ from t=%g s on", what, at)
	}
	v := mustHave[[]float64](t)(m.Trace("v", neuron))
	samples := r.shapes["v_recorded"][1]
	for k := range samples {
		want := r.floats["v_recorded"][row*samples+k]
		if float64(k)*1e-3 < until && math.Abs(v[k]-want) > 1e-7*math.Abs(want)+1e-12 {
			t.Errorf("%s: v is %.15g at t=%d ms, Brian2 has %.15g", what, v[k], k, want)
			return
		}
	}
}

// The seven AdEx classes at three fixed currents, against Brian2's numpy and C++ targets.
func TestAdexClassesAgreeWithBrian2(t *testing.T) {
	numpy := readReference(t, "testdata/brian2/adex_classes_numpy.npz")
	cpp := readReference(t, "testdata/brian2/adex_classes_cpp_standalone.npz")
	names := []string{"tonic", "adapting", "initial burst", "bursting", "irregular", "transient", "delayed"}
	currents := numpy.floats["currents"]
	sim := newSimulation(t)
	equations := strings.Replace(adexEquations, "Iapp = stim_amp*input_current(t,i) : amp", "Iapp : amp", 1)
	equations = strings.Replace(equations, "stim_amp : 1", "", 1)
	n := len(names) * len(currents)
	g := neurons(t, sim, n, equations, synfire.NeuronGroupOptions{Threshold: "v > Vcut", Reset: "v = Vreset; w += b", Method: "exponential_euler"})
	mV := units.Millivolt.Of
	must(t, g.Set("v", mV(-70)))
	column := func(c int, unit units.Unit) synfire.Values {
		values := make([]float64, n)
		for k := range values {
			values[k] = numpy.floats["table"][k/len(currents)*5+c]
		}
		return synfire.QuantityValues(values, unit)
	}
	for c, variable := range []string{"tau_m", "a", "tau_w", "b", "Vreset"} {
		must(t, g.Set(variable, column(c, []units.Unit{units.Millisecond, units.Nanosiemens, units.Millisecond, units.Picoamp, units.Millivolt}[c])))
	}
	for k := range n {
		must(t, g.Set("Iapp", units.Picoamp.Of(currents[k%len(currents)]), synfire.At(k)))
	}
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{DT: ms(1)}, "v")
	s := spikeMonitor(t, sim, g)
	names2 := newAdexNames()
	must(t, sim.Network(g, m, s).Run(t.Context(), units.Second.Of(2), synfire.RunOptions{Names: names2}))
	long := 0
	for c, name := range names {
		shortest := 2.0
		for k := c * len(currents); k < (c+1)*len(currents); k++ {
			until := agreement(numpy, cpp, k, k, 2)
			what := fmt.Sprintf("%s at %g pA", name, currents[k%len(currents)])
			compareNeuron(t, what, numpy, k, k, until, m, s)
			t.Logf("%s: Brian2's targets agree with each other, and we with them, until t=%g s", what, until)
			shortest = math.Min(shortest, until)
		}
		if shortest >= 0.5 {
			long++
		}
	}
	if long < 5 {
		t.Errorf("only %d classes can be compared for 0.5 s", long)
	}
}

func newAdexNames() synfire.Namespace {
	mV := units.Millivolt.Of
	return synfire.Namespace{
		"El": mV(-70), "Vth": mV(-50), "Vcut": mV(-20), "deltaT": mV(2), "Rin": units.Megaohm.Of(500),
		"E_e": mV(0), "E_i": mV(-80), "tau_e": ms(5), "tau_i": ms(10),
		"tau_ps": ms(800), "tau_ns": ms(1500), "tau_stdp": ms(20), "p_s0": 0.6, "Apre0": 0.01, "Apost0": -0.01 * 1.05,
		"w_e": units.Nanosiemens.Of(1), "w_i": units.Nanosiemens.Of(20), "stdp_value": 0.1, "nS": units.Nanosiemens,
	}
}

// A plastic network of 200 neurons with given parameters, connections, delays and input spikes.
func TestPlasticNetworkAgreesWithBrian2(t *testing.T) {
	numpy := readReference(t, "testdata/brian2/plastic_network_numpy.npz")
	cpp := readReference(t, "testdata/brian2/plastic_network_cpp_standalone.npz")
	const n, excitatory, inputs = 200, 160, 25
	sim := newSimulation(t)
	equations := strings.Replace(adexEquations, "Iapp = stim_amp*input_current(t,i) : amp", "Iapp : amp", 1)
	equations = strings.Replace(strings.Replace(equations, "stim_amp : 1", "", 1), "Ibias : amp", "", 1)
	equations = strings.Replace(equations, "Ibias + ", "", 1)
	g := neurons(t, sim, n, equations, synfire.NeuronGroupOptions{Threshold: "v > Vcut", Reset: "v = Vreset; w += b", Method: "exponential_euler"})
	for _, variable := range []string{"b", "tau_m", "tau_w", "Vreset", "Iapp", "v"} {
		must(t, g.SetUnitless(variable, numpy.floats[variable]))
	}
	ints := func(name string) []int {
		list := make([]int, len(numpy.ints[name]))
		for k, x := range numpy.ints[name] {
			list[k] = int(x)
		}
		return list
	}
	p := generator(t, sim, inputs, ints("input_i"), numpy.floats["input_t"]...)
	exc := mustHave[*synfire.Subgroup](t)(g.Slice(0, excitatory))
	inh := mustHave[*synfire.Subgroup](t)(g.Slice(excitatory, n))
	make1 := func(name string, source, target synfire.Group, equations, pre, post string) *synfire.Synapses {
		y := mustHave[*synfire.Synapses](t)(sim.Synapses(source, target, synfire.SynapsesOptions{Name: name, Equations: synfire.NewEquations(equations), OnPre: pre, OnPost: post}))
		must(t, y.Connect(synfire.Connection{I: ints("i_" + name), J: ints("j_" + name)}))
		must(t, y.SetUnitless("delay", numpy.floats["delay_"+name]))
		must(t, y.Set("p_s", 0.6))
		must(t, y.Set("n_s", 1.0))
		return y
	}
	plastic := func(name string, source synfire.Group, conductance, w string) *synfire.Synapses {
		return make1(name, source, g, depression+stdp,
			release+"Apre += Apre0\nw_syn = clip(w_syn+Apost, (1-stdp_value)*"+w+"/nS, "+w+"/nS)\n"+conductance+"_post += w_syn*r_s*nS",
			"Apost += Apost0\nw_syn = clip(w_syn+Apre, (1-stdp_value)*"+w+"/nS, "+w+"/nS)")
	}
	e, i := plastic("exc", exc, "g_e", "w_e"), plastic("inh", inh, "g_i", "w_i")
	input := make1("inp", p, exc, depression, release+"g_e_post += 10*w_e*r_s", "")
	var recorded []int
	for k := 0; k < n; k += 5 {
		recorded = append(recorded, k)
	}
	m := stateMonitor(t, sim, g, synfire.StateMonitorOptions{DT: ms(1), Record: recorded}, "v")
	s := spikeMonitor(t, sim, g)
	must(t, sim.Network(g, p, e, i, input, m, s).Run(t.Context(), units.Second.Of(1.5), synfire.RunOptions{Names: newAdexNames()}))
	until := 1.5
	for row, k := range recorded {
		until = math.Min(until, agreement(numpy, cpp, k, row, until))
	}
	for k := range n {
		until = math.Min(until, firstDifference(numpy.train(k), cpp.train(k)))
	}
	t.Logf("Brian2's targets agree with each other until t=%g s (%d spikes)", until, len(numpy.ints["spikes_i"]))
	if until < 0.5 || len(numpy.ints["spikes_i"]) < 100 {
		t.Errorf("the reference can be compared only until t=%g s, with %d spikes", until, len(numpy.ints["spikes_i"]))
	}
	for row, k := range recorded {
		compareNeuron(t, fmt.Sprintf("neuron %d", k), numpy, k, row, until, m, s)
	}
	for k := range n {
		var ours []int
		for _, time := range s.Train(k) {
			ours = append(ours, int(math.Round(time/1e-4)))
		}
		if at := firstDifference(ours, numpy.train(k)); at < until {
			t.Errorf("neuron %d: spikes differ from t=%g s on", k, at)
		}
	}
	if until < 1.5 {
		return
	}
	for variable, of := range map[string]*synfire.Synapses{"w_exc": e, "p_exc": e, "n_exc": e, "lastupdate_exc": e, "w_inh": i} {
		name := map[string]string{"w": "w_syn", "p": "p_s", "n": "n_s", "lastupdate": "lastupdate"}[strings.SplitN(variable, "_", 2)[0]]
		near(t, variable, mustHave[synfire.Values](t)(of.Get(name)).Floats, numpy.floats[variable])
	}
}
