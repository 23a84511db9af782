package synfire_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"synfire"
	"synfire/units"
)

// unconnected are synapses between two halves of a group, which have variables that rules can look at.
func unconnected(t testing.TB, neurons, threads int) *synfire.Synapses {
	t.Helper()
	sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(3), Threads: threads})
	group, err := sim.NeuronGroup(2*neurons, synfire.NewEquations("v : 1\nx : metre"), synfire.NeuronGroupOptions{Threshold: "v > 1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := group.Set("x", "(i % 1000)*metre/1000"); err != nil {
		t.Fatal(err)
	}
	sources, err := group.Slice(0, neurons)
	if err != nil {
		t.Fatal(err)
	}
	targets, err := group.Slice(neurons, 2*neurons)
	if err != nil {
		t.Fatal(err)
	}
	y, err := sim.Synapses(sources, targets, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), OnPre: "v_post += w"})
	if err != nil {
		t.Fatal(err)
	}
	return y
}

// rules are one of each kind, which make about n synapses among as many neurons as they are given for.
func rules(neurons, n int) map[string]synfire.Connection {
	p := float64(n) / float64(neurons) / float64(neurons)
	list := make([]int, n)
	for k := range list {
		list[k] = k * 7919 % neurons
	}
	return map[string]synfire.Connection{
		"p":                {Probability: p},
		"p and condition":  {Probability: p, Condition: "i != j"},
		"p of the source":  {Probability: fmt.Sprintf("%g*x_pre/metre*2", p)},
		"p of both":        {Probability: fmt.Sprintf("%g*exp(-((x_pre-x_post)/metre)**2)", p)},
		"condition":        {Condition: fmt.Sprintf("(i + j) %% %d == 0", int(1/p))},
		"random condition": {Condition: fmt.Sprintf("rand() < %g and i != j", p)},
		"copies":           {Probability: p / 2, Copies: "1 + 2*(j % 2)"},
		"range":            {Targets: fmt.Sprintf("k for k in range(i - %d, i + %d) if k != i", n/neurons/2, n/neurons/2), SkipInvalid: true},
		"sample p":         {Targets: fmt.Sprintf("k for k in sample(N_post, p=%g)", p)},
		"sample size":      {Targets: fmt.Sprintf("k for k in sample(N_post, size=%d)", n/neurons)},
		"sources":          {Sources: fmt.Sprintf("k for k in sample(N_pre, p=%g) if x_post - x_pre < 0.35*metre", p)},
		"list":             {I: list, J: list[:n:n]},
		"list with p":      {I: list, J: list, Probability: "0.5 + 0.1*(x_pre < x_post)"},
	}
}

// Every rule makes the same synapses, with the same random numbers, on any number of threads.
func TestThreadsMakeTheSameSynapses(t *testing.T) {
	for name, rule := range rules(300, 6000) {
		rule.Initial = synfire.Assignments{"w": "rand()", "delay": "1*ms + 0.1*randn()*ms"}
		var first []any
		for _, threads := range []int{1, 2, 3, 4} {
			y := unconnected(t, 300, threads)
			if err := y.Connect(rule); err != nil {
				t.Fatal(name, err)
			}
			i, j := y.Connections()
			if n := len(i); n < 1500 || n > 20000 {
				t.Errorf("%s: %d synapses", name, n)
			}
			w, err := y.Get("w")
			if err != nil {
				t.Fatal(err)
			}
			delay, err := y.Pathway("pre").Delay()
			if err != nil {
				t.Fatal(err)
			}
			all := []any{fmt.Sprint(i), fmt.Sprint(j), fmt.Sprint(w.Floats), fmt.Sprint(delay.Floats)}
			if first == nil {
				first = all
			}
			if !slices.Equal(all, first) {
				t.Errorf("%s: %d threads make other synapses", name, threads)
			}
		}
	}
}

// Synapses are made in memory of exactly their size: what is allocated on the way is less than what they keep.
func TestConstructionMemory(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates, too")
	}
	for _, name := range []string{"p", "p of both", "condition", "range", "list"} {
		y := unconnected(t, 3000, 1)
		rule := rules(3000, 900_000)[name]
		var before, after, kept runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		if err := y.Connect(rule); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		runtime.GC()
		runtime.ReadMemStats(&kept)
		all, live := after.TotalAlloc-before.TotalAlloc, kept.HeapAlloc-before.HeapAlloc
		t.Logf("%s: %d synapses keep %.1f bytes each, of %.1f allocated", name, y.Len(), float64(live)/float64(y.Len()), float64(all)/float64(y.Len()))
		if all > 2*live {
			t.Errorf("%s: %d bytes allocated, of which %d are kept", name, all, live)
		}
		runtime.KeepAlive(y)
		runtime.KeepAlive(rule)
	}
}

// Construction of 10^7 synapses among 10^4 neurons.
func BenchmarkConnect(b *testing.B) {
	all := rules(10_000, 10_000_000)
	for _, name := range []string{"p", "p and condition", "p of both", "range", "sample size", "list"} {
		b.Run(name, func(b *testing.B) {
			n := 0
			for b.Loop() {
				b.StopTimer()
				y := unconnected(b, 10_000, 1)
				runtime.GC()
				b.StartTimer()
				if err := y.Connect(all[name]); err != nil {
					b.Fatal(err)
				}
				n += y.Len()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n), "ns/synapse")
		})
	}
}

// Assignments to 10^7 synapses, whose values are made when they are read.
func BenchmarkAssign(b *testing.B) {
	y := unconnected(b, 10_000, 1)
	if err := y.Connect(rules(10_000, 10_000_000)["p"]); err != nil {
		b.Fatal(err)
	}
	for _, a := range []struct {
		variable string
		value    any
	}{{"w", 0.5}, {"w", "rand()"}, {"w", "x_pre*x_post/metre**2"}, {"delay", units.Millisecond.Of(1)}, {"delay", "1*ms + 0.1*randn()*ms"}} {
		b.Run(fmt.Sprintf("%s = %v", a.variable, a.value), func(b *testing.B) {
			for b.Loop() {
				if err := y.Set(a.variable, a.value); err != nil {
					b.Fatal(err)
				}
				if _, err := y.Get(a.variable); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*y.Len()), "ns/synapse")
		})
	}
}
