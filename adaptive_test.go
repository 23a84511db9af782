package synfire_test

import (
	"fmt"
	"testing"

	"synfire"
	"synfire/units"
)

func TestX(t *testing.T) {
	sim := synfire.New(synfire.Config{})
	eqs := synfire.NewEquations("dv/dt = (I - v)/tau : 1\ntau : second\nI : 1")
	g, err := sim.NeuronGroup(3, eqs, synfire.NeuronGroupOptions{Method: "gsl_rk2", DT: units.Millisecond.Of(1), MethodOptions: map[string]any{
		"save_step_count": true, "save_failed_steps": true, "max_steps": 1000, "absolute_error": 1e-7},
		Initial: synfire.Assignments{"tau": synfire.Values{Floats: []float64{0.2e-3, 1e-3, 7e-3}, Dim: units.Time}, "I": 5}})
	if err != nil {
		t.Fatal(err)
	}
	net := sim.Network(g)
	for range 6 {
		if err := net.Run(t.Context(), units.Millisecond.Of(1), synfire.RunOptions{}); err != nil {
			t.Fatal(err)
		}
		for _, n := range []string{"v", "_step_count", "_failed_steps", "_last_timestep"} {
			v, err := g.Get(n)
			fmt.Println(n, v, err)
		}
	}
}
