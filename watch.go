package synfire

import (
	"fmt"
	"iter"
	"math"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/model"
	"synfire/units"
)

// inspectEvery is the biological time in seconds between two looks for NaN.
const inspectEvery = 0.01

// tooLarge is what a variable may not exceed (Brian2's value).
const tooLarge = 1e50

// watch looks through integrated variables for NaN and huge values, and warns once for each.
type watch struct {
	network   *Network
	variables []*model.Variable
	last      map[*model.Variable]float64
	warned    map[*model.Variable]bool
}

func newWatch(n *Network, p *preparation) *watch {
	w := &watch{network: n, variables: p.inspected, warned: map[*model.Variable]bool{}, last: map[*model.Variable]float64{}}
	for _, v := range w.variables {
		w.last[v] = n.now
	}
	return w
}

// floatsOf goes through a column of floats.
func floatsOf(c exec.Column) iter.Seq2[int, float64] {
	return func(yield func(int, float64) bool) {
		for k := range c.Len() {
			if !yield(k, c.Float(k)) {
				return
			}
		}
	}
}

func (w *watch) inspect() error {
	now := 0.0
	for _, c := range w.network.clocks() {
		now = math.Max(now, c.Now())
	}
	for _, v := range w.variables {
		if w.warned[v] {
			continue
		}
		for k, x := range floatsOf(column(v)) {
			if x != x || x > tooLarge || x < -tooLarge {
				w.warned[v] = true
				what := "NaN"
				if x == x {
					what = fmt.Sprintf("%g", x)
				}
				w.network.simulation.warn((&diag.Message{Kind: "Warning", Where: v.Equation.Where, Text: fmt.Sprintf(
					"'%s' of '%s' became %s in neuron %d between t=%s and t=%s.", v.Name, v.Owner, what, k, units.Second.Of(w.last[v]), units.Second.Of(now))}).
					WithHint("an equation that grows without bound, a division by zero, or a time step that is too long for the method."))
				break
			}
		}
		w.last[v] = now
	}
	return nil
}
