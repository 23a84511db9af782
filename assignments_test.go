package synfire_test

import (
	"errors"
	"strings"
	"testing"

	"synfire"
	"synfire/units"
)

// Initial of a connection is about the synapses that it makes, not about those that were there.
func TestInitialValuesOfAConnection(t *testing.T) {
	sim := newSimulation(t)
	g := neurons(t, sim, 3, "v : volt", synfire.NeuronGroupOptions{Threshold: "False", Reset: "v = 0*mV", Initial: synfire.Assignments{"v": "i*mV"}})
	y := mustHave[*synfire.Synapses](t)(sim.Synapses(g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations("w : 1"), OnPre: "v_post += w*mV"}))
	must(t, y.Connect(synfire.Connection{Condition: "i == j", Initial: synfire.Assignments{"w": 5.0, "delay": ms(1)}}))
	must(t, y.Connect(synfire.Connection{Condition: "i == 0 and j > 0", Initial: synfire.Assignments{"w": "factor*v_post/mV"}, Names: synfire.Namespace{"factor": 10.0}}))
	must(t, y.Connect(synfire.Connection{Condition: "i > N_pre", Initial: synfire.Assignments{"w": 1.0}}))
	near(t, "v", mustHave[[]float64](t)(mustHave[synfire.Values](t)(g.Get("v")).In(units.Millivolt)), []float64{0, 1, 2})
	near(t, "w", mustHave[synfire.Values](t)(y.Get("w")).Floats, []float64{5, 5, 5, 10, 20})
	near(t, "delay", mustHave[synfire.Values](t)(y.Get("delay")).Floats, []float64{1e-3, 1e-3, 1e-3, 0, 0})
}

// A wrong initial value is an error that names what is wrong; Must makes it a panic that does so too.
func TestWrongInitialValues(t *testing.T) {
	sim := newSimulation(t)
	_, err := sim.NeuronGroup(1, synfire.NewEquations("v : volt"), synfire.NeuronGroupOptions{Initial: synfire.Assignments{"v": 5.0}})
	var message *synfire.Message
	if !errors.As(err, &message) || message.Kind != "DimensionMismatchError" {
		t.Errorf("got %v", err)
	}
	defer func() {
		if text, _ := recover().(string); !strings.Contains(text, "no variable 'u'") {
			t.Errorf("Must panics with %q", text)
		}
	}()
	synfire.Must(sim.NeuronGroup(1, synfire.NewEquations("v : volt"), synfire.NeuronGroupOptions{Initial: synfire.Assignments{"u": 5.0}}))
}
