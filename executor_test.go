package synfire_test

import (
	"context"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire"
	"synfire/units"
)

// machineCode lists the executors that this machine has besides the portable one.
func machineCode(t *testing.T) []string {
	var names []string
	for _, name := range []string{"avx2", "avx512"} {
		if synfire.New(synfire.Config{Executor: name}).ExecutorName() == name {
			names = append(names, name)
		}
	}
	if names == nil {
		t.Skip("this machine has no executor but the portable one")
	}
	return names
}

func TestExecutorIsChosen(t *testing.T) {
	for _, test := range []struct{ variable, config, want, warning string }{
		{"", "portable", "portable", ""},
		{"portable", "", "portable", ""},
		{"nonsense", "portable", "portable", ""},
		{"nonsense", "", "portable", "There is no executor 'nonsense', so 'portable' is used."},
		{"", "AVX", "portable", "There is no executor 'AVX', so 'portable' is used."},
	} {
		t.Setenv("SYNFIRE_EXEC", test.variable)
		var warnings []string
		sim := synfire.New(synfire.Config{Executor: test.config, Warn: func(m *synfire.Message) { warnings = append(warnings, m.Text) }})
		if got := sim.ExecutorName(); got != test.want || strings.Join(warnings, "\n") != test.warning {
			t.Errorf("%+v: %s, %q", test, got, warnings)
		}
	}
	t.Setenv("SYNFIRE_EXEC", "")
	names := machineCode(t)
	if got, best := synfire.New(synfire.Config{}).ExecutorName(), names[len(names)-1]; got != best {
		t.Errorf("%s is used, %s would be better", got, best)
	}
}

// Random networks give the same bits on every executor.
func TestExecutorsGiveEqualBits(t *testing.T) {
	names := machineCode(t)
	t.Setenv("SYNFIRE_EXEC", "portable")
	rapid.Check(t, func(t *rapid.T) {
		n := drawNetwork(t)
		result := func(executor string, threads int) []float64 {
			if err := os.Setenv("SYNFIRE_EXEC", executor); err != nil {
				t.Fatalf("%v", err)
			}
			net, all := n.build(t, synfire.Config{Threads: threads})
			if err := net.Run(context.Background(), ms(float64(n.steps)*0.1), synfire.RunOptions{Names: randomFunctions()}); err != nil {
				t.Fatalf("%v", err)
			}
			return all()
		}
		want := result("portable", 1)
		for k, name := range names {
			compareBits(t, name, result(name, 1+k), want)
		}
	})
}

// A network with plasticity, delays and every kind of input has the same spikes and ends in the same state.
func TestExecutorsAgreeOnAdexNetwork(t *testing.T) {
	names := machineCode(t)
	result := func(executor string) (times, voltages []float64, neurons []int32) {
		t.Setenv("SYNFIRE_EXEC", executor)
		n := newAdexNetwork(t, 1, 50, 2)
		n.scenario(t, true, true, false)
		if err := n.net.Run(t.Context(), units.Second.Of(4), synfire.RunOptions{Names: n.names}); err != nil {
			t.Fatal(err)
		}
		v, err := n.neurons.Get("v")
		if err != nil {
			t.Fatal(err)
		}
		for k := range v.Len() {
			voltages = append(voltages, v.Float(k))
		}
		return n.spikes.Times(), voltages, n.spikes.Neurons()
	}
	times, voltages, neurons := result("portable")
	if len(times) < 20 {
		t.Fatalf("only %d spikes", len(times))
	}
	same := func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }
	for _, name := range names {
		gotTimes, gotVoltages, gotNeurons := result(name)
		if !slices.EqualFunc(gotTimes, times, same) || !slices.Equal(gotNeurons, neurons) {
			t.Errorf("%s: %d spikes, portable %d, or others", name, len(gotTimes), len(times))
		}
		if !slices.EqualFunc(gotVoltages, voltages, same) {
			t.Errorf("%s: voltages differ", name)
		}
	}
}
