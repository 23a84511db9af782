package synfire

import (
	"fmt"
	"iter"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/units"
)

// glanceEvery is the biological time in seconds between two looks for NaN.
const glanceEvery = 0.01

// tooLarge is what a variable may not exceed (Brian2's value).
const tooLarge = 1e50

// watch looks through integrated variables for NaN and huge values, and warns once for each.
type watch struct {
	network *Network
	glances []*glance
	warned  map[*model.Variable]bool
}

// glance finds out quickly whether there is anything to look for in the variables of a group.
type glance struct {
	variables []*model.Variable
	elements  int
	cut       plan.Cut
	parts     []*plan.Bound
}

func newWatch(n *Network, p *preparation) (*watch, error) {
	w := &watch{network: n, warned: map[*model.Variable]bool{}}
	for _, v := range p.inspected {
		at := slices.IndexFunc(w.glances, func(g *glance) bool {
			return g.variables[0].Owner == v.Owner && g.elements == plan.Column(v).Len()
		})
		if at < 0 {
			at = len(w.glances)
			w.glances = append(w.glances, &glance{elements: plan.Column(v).Len()})
		}
		w.glances[at].variables = append(w.glances[at].variables, v)
	}
	for _, g := range w.glances {
		if err := g.compile(p); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// compile makes code that emits the elements at which a variable is NaN or huge.
func (g *glance) compile(p *preparation) error {
	b := lower.New("watch", lower.Config{Elements: g.elements})
	well := b.Ops.Bool(true)
	for _, v := range g.variables {
		size := b.Ops.Abs(b.Ops.Convert(b.Load(v, v.Symbol().Index), ir.F64))
		well = b.Ops.And(well, b.Ops.LessEqual(size, b.Ops.Float(tooLarge)))
	}
	b.Ops.Emit(b.Ops.Not(well))
	program, err := plan.Compile(b.Finish(), p.simulation.executor, plan.KeepNothing)
	if err != nil {
		return err
	}
	bound := program.Bind(plan.Memory{Column: plan.Column, Elements: g.elements})
	p.setups = append(p.setups, bound)
	owner := slices.IndexFunc(p.active, func(o Object) bool { return o.Name() == g.variables[0].Owner })
	g.cut = p.cut(p.active[owner].base()).Within(0, g.elements)
	for part := range p.Parts {
		g.parts = append(g.parts, bound.Part(part, func(exec.Column) (exec.Column, bool) { return exec.Column{}, false }))
	}
	return nil
}

// glance reports whether there is something in a part.
func (w *watch) glance(part int) bool {
	found := false
	for _, g := range w.glances {
		b := g.parts[part]
		b.Binding.Emitted = b.Binding.Emitted[:0]
		b.Run(g.cut[part], g.cut[part+1])
		found = found || len(b.Binding.Emitted) > 0
	}
	return found
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

// inspect looks for what parts saw at their last glance.
func (w *watch) inspect(before, now float64) {
	for _, g := range w.glances {
		for _, v := range g.variables {
			if !w.warned[v] {
				w.search(v, before, now)
			}
		}
	}
}

// search warns of a value that is NaN or huge, if there is one.
func (w *watch) search(v *model.Variable, before, now float64) {
	for k, x := range floatsOf(plan.Column(v)) {
		if x == x && x <= tooLarge && x >= -tooLarge {
			continue
		}
		w.warned[v] = true
		what := "NaN"
		if x == x {
			what = fmt.Sprintf("%g", x)
		}
		w.network.simulation.warn((&diag.Message{Kind: "Warning", Where: v.Equation.Where, Text: fmt.Sprintf(
			"'%s' of '%s' became %s in neuron %d between t=%s and t=%s.", v.Name, v.Owner, what, k, units.Second.Of(before), units.Second.Of(now))}).
			WithHint("an equation that grows without bound, a division by zero, or a time step that is too long for the method."))
		return
	}
}
