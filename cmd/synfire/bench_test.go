package main

import (
	"strings"
	"testing"

	"synfire/bench"
)

// smaller are texts of workloads that are replaced to make them small enough for a test.
var smaller = map[string][]string{
	"brunel_stdp.py":     {"NeuronGroup(12500", "NeuronGroup(2500", "neurons[:10000], neurons[10000:]", "neurons[:2000], neurons[2000:]", "p=0.1)", "p=0.3)"},
	"adex_network.py":    {"excitatory, inhibitory = 2000, 500", "excitatory, inhibitory = 800, 200", "p=0.05)", "p=0.12)"},
	"adex_population.py": {"10000", "500"},
	"lif.py":             {"1000000", "5000"},
}

// shorter is how many seconds of a workload a test simulates, if not a tenth of a second.
var shorter = map[string]float64{"adex_network.py": 3, "adex_population.py": 1.3, "brunel_stdp.py": 0.2}

// scaled runs a workload, made small.
func scaled(t *testing.T, w bench.Workload, flags benchFlags) measurement {
	t.Helper()
	text := w.Script()
	for pair := smaller[w.File]; len(pair) > 0; pair = pair[2:] {
		if !strings.Contains(text, pair[0]) {
			t.Fatalf("%s has no %q", w.File, pair[0])
		}
		text = strings.ReplaceAll(text, pair[0], pair[1])
	}
	if flags.seconds = shorter[w.File]; flags.seconds == 0 {
		flags.seconds = 0.1
	}
	for _, setting := range append(w.Settings, "BENCH_SECONDS=") { // to be forgotten after the test
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}
	m, err := flags.measureHere(t.Context(), w, text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every workload has the same spikes, whether variables that are equal for many synapses are kept once or in each of them,
// and on one thread or three. A change that moves the rounding of weights by less than what moves a spike passes.
func TestWorkloadsKeepTheirSpikes(t *testing.T) {
	for _, w := range bench.Workloads() {
		t.Run(w.Name, func(t *testing.T) {
			once := scaled(t, w, benchFlags{threads: 1})
			each := scaled(t, w, benchFlags{threads: 1, perSynapse: true})
			three := scaled(t, w, benchFlags{threads: 3})
			if once.Spikes < 3 && !strings.Contains(w.Name, "silent") || w.Name == "adex-excitation" && once.SynapticEvents < 10_000 {
				t.Errorf("only %d spikes and %d synaptic events", once.Spikes, once.SynapticEvents)
			}
			if each.Spikes != once.Spikes || each.Checksum != once.Checksum {
				t.Errorf("state for each synapse: %d spikes (%s), once for many %d (%s)", each.Spikes, each.Checksum, once.Spikes, once.Checksum)
			}
			if three.Spikes != once.Spikes || three.Checksum != once.Checksum {
				t.Errorf("three threads: %d spikes (%s), one %d (%s)", three.Spikes, three.Checksum, once.Spikes, once.Checksum)
			}
			placed := w.File == "brunel_stdp.py" || strings.HasPrefix(w.Name, "adex-excitation") || strings.HasPrefix(w.Name, "adex-inhibition")
			most := 0.0
			for name := range each.BytesPerSynapse {
				most = max(most, each.BytesPerSynapse[name]-once.BytesPerSynapse[name])
			}
			if placed != (most > 10) {
				t.Errorf("synapses that keep their state take %.0f bytes more", most)
			}
			t.Logf("%d spikes (%s), %d synaptic events, %.0f bytes less for each synapse", once.Spikes, once.Checksum, once.SynapticEvents, most)
		})
	}
}
