// Package bench holds the workloads that Synfire is measured with. Each is a script that Brian2 runs as well; see
// with_brian2.py and compare.sh beside this file.
//
// The package knows scripts as texts. It does not run or measure them.
package bench

import "embed"

//go:embed adex_network.py adex_population.py brunel_stdp.py coba.py cobahh.py cuba.py hodgkin_huxley.py lif.py
var scripts embed.FS

// Workload is a script with settings.
type Workload struct {
	Name string `json:"name"`
	// About says in a few words what it is.
	About string `json:"about"`
	// File is the name of the script.
	File string `json:"file"`
	// Settings are environment variables that the script reads: "BENCH_SCENARIO=bias".
	Settings []string `json:"settings"`
	// Seconds is the biological time that it simulates unless BENCH_SECONDS says otherwise.
	Seconds float64 `json:"seconds"`
}

// Script returns the text of the script.
func (w Workload) Script() string {
	text, err := scripts.ReadFile(w.File)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return string(text)
}

// Workloads returns all workloads.
func Workloads() []Workload {
	adex := func(name, about, scenario, record string, seconds float64) Workload {
		return Workload{name, "2500 AdEx neurons, 375 000 synapses with short-term plasticity and STDP: " + about,
			"adex_network.py", []string{"BENCH_SCENARIO=" + scenario, "BENCH_RECORD=" + record}, seconds}
	}
	return []Workload{
		adex("adex-silent", "no synapse active", "silent", "0", 10),
		adex("adex-excitation", "input and excitation", "excitation", "0", 10),
		adex("adex-inhibition", "input, excitation and inhibition", "inhibition", "0", 10),
		adex("adex-silent-recorded", "no synapse active, v and g_e recorded", "silent", "1", 5),
		adex("adex-excitation-recorded", "input and excitation, v and g_e recorded", "excitation", "1", 5),
		adex("adex-inhibition-recorded", "all, v and g_e recorded", "inhibition", "1", 5),
		{"coba", "4000 neurons with conductances, 320 000 synapses (Brette et al. 2007, benchmark 1)", "coba.py", []string{"BENCH_SCENARIO=brette"}, 10},
		{"coba-bias", "4000 neurons with conductances, 320 000 synapses (Vogels and Abbott 2005)", "coba.py", []string{"BENCH_SCENARIO=bias"}, 10},
		{"coba-bias-single", "the same in single precision", "coba.py", []string{"BENCH_SCENARIO=bias", "BENCH_BITS=32"}, 10},
		{"cuba", "4000 neurons with currents, 320 000 synapses (Brette et al. 2007, benchmark 2)", "cuba.py", nil, 10},
		{"cobahh", "4000 Hodgkin-Huxley neurons, 320 000 synapses (Brette et al. 2007, benchmark 3)", "cobahh.py", nil, 2},
		{"cobahh-single", "the same in single precision", "cobahh.py", []string{"BENCH_BITS=32"}, 2},
		{"brunel-stdp", "12 500 neurons, 15.6 million synapses, 10 million of them with STDP", "brunel_stdp.py", nil, 1},
		{"hodgkin-huxley", "one Hodgkin-Huxley neuron in steps of 0.01 ms", "hodgkin_huxley.py", nil, 10},
		{"lif", "a million integrate-and-fire neurons without synapses", "lif.py", nil, 0.5},
		{"adex-population", "10 000 AdEx neurons, v and w recorded", "adex_population.py", []string{"BENCH_RECORD=1"}, 2},
		{"adex-population-spikes", "10 000 AdEx neurons, only spikes recorded", "adex_population.py", []string{"BENCH_RECORD=0"}, 2},
		{"adex-population-single", "the same in single precision", "adex_population.py", []string{"BENCH_RECORD=0", "BENCH_BITS=32"}, 2},
	}
}
