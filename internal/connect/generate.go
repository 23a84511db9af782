package connect

import (
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/syntax"
)

// prepare compiles the expressions of the rule and checks their types.
func (g *Generator) prepare(p *program, prepared func(string, syntax.Expr) (Expression, error), evaluator Evaluator) error {
	whole := func(e Expression) bool { return e.Type() == ir.I32 || e.Type() == ir.I64 }
	var err error
	for _, expr := range g.Bounds {
		bound, err := prepared("range", expr)
		if err != nil {
			return err
		}
		if !whole(bound) {
			return refuse(expr.Span(), "TypeError", "The bound '%s' of a range needs to be an integer.", syntax.Format(expr))
		}
		p.bounds = append(p.bounds, bound)
	}
	switch {
	case g.Probability != nil:
		if err := p.prepareSampling(g.Probability, prepared); err != nil {
			return err
		}
	case g.Size != nil:
		if p.size, err = prepared("size", g.Size); err != nil {
			return err
		}
		if !whole(p.size) {
			return refuse(g.Size.Span(), "TypeError", "The size '%s' of a sample needs to be an integer.", syntax.Format(g.Size))
		}
		if p.uniform, err = prepared("sample", call("rand")); err != nil {
			return err
		}
	}
	if p.element, err = prepared("element", g.Element); err != nil {
		return err
	}
	if !whole(p.element) {
		return refuse(g.Element.Span(), "TypeError", "The expression '%s' makes neuron numbers and needs to be an integer.", syntax.Format(g.Element))
	}
	if g.Condition == nil {
		return nil
	}
	p.looks = evaluator.UsesPartner(g.Condition, g.BySource)
	if p.condition, err = prepared("condition", g.Condition); err != nil {
		return err
	}
	if p.condition.Type() != ir.Bool {
		return refuse(g.Condition.Span(), "TypeError", "The condition '%s' is not a boolean expression.", syntax.Format(g.Condition))
	}
	return nil
}

// generated makes the candidates of some rows.
func (w *worker) generated(from, to int) error {
	g := w.rule.Generator
	w.sampling = w.sampling[:0]
	for k := from; k < to; k++ {
		w.sampling = append(w.sampling, row{neuron: int32(k), size: 1, step: 1})
	}
	rows := w.sampling
	if g.Variable != "" {
		if err := w.ranges(rows); err != nil {
			return err
		}
	}
	switch {
	case g.Probability != nil:
		return w.sample(rows, w.candidatesOf)
	case g.Size != nil:
		return w.choose(rows)
	}
	for k := range rows {
		if err := w.iterate(&rows[k], rows[k].size, func(n int) int { return n }); err != nil {
			return err
		}
	}
	return nil
}

// candidatesOf takes the chosen candidates of a row.
func (w *worker) candidatesOf(r *row) error {
	return w.iterate(r, len(r.chosen), func(n int) int { return int(r.chosen[n]) })
}

// iterate takes n candidates of the row's range.
func (w *worker) iterate(r *row, n int, number func(int) int) error {
	for k := range n {
		w.pairs.Row = append(w.pairs.Row, r.neuron)
		w.pairs.Iterated = append(w.pairs.Iterated, int32(r.start+int64(number(k))*r.step))
		if w.full() {
			if err := w.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// ranges computes the range of each row.
func (w *worker) ranges(rows []row) error {
	g, of := w.rule.Generator, w.ofRows(rows)
	bounds := make([]exec.Column, len(w.bounds))
	for k, bound := range w.bounds {
		bounds[k] = bound.Evaluate(of)
	}
	for k := range rows {
		r := &rows[k]
		stop := integer(bounds[0], k)
		if len(bounds) > 1 {
			r.start, stop = stop, integer(bounds[1], k)
		}
		if len(bounds) > 2 {
			r.step = integer(bounds[2], k)
		}
		if r.step == 0 {
			return refuse(g.Bounds[2].Span(), "ValueError", "The step of a range must not be 0.")
		}
		r.size = int(max(0, (stop-r.start+r.step-sign(r.step))/r.step))
	}
	return nil
}

func sign(n int64) int64 {
	if n < 0 {
		return -1
	}
	return 1
}

// choose takes a sample of the size that the rule says from each row.
func (w *worker) choose(rows []row) error {
	g := w.rule.Generator
	values := w.size.Evaluate(w.ofRows(rows))
	sizes := make([]int, len(rows))
	for k := range rows {
		size := int(integer(values, k))
		if w.rule.SkipInvalid {
			size = min(max(size, 0), rows[k].size)
		}
		if size < 0 || size > rows[k].size {
			return refuse(g.Size.Span(), "IndexError", "Cannot sample %d numbers out of %d (for neuron %d).", size, rows[k].size, rows[k].neuron)
		}
		sizes[k] = size
	}
	for from := 0; from < len(rows); {
		d := &w.draws
		d.reset()
		to := from
		for ; to < len(rows) && len(d.Row) < batch; to++ {
			d.Row = repeat(d.Row, rows[to].neuron, sizes[to])
			d.Number = count(d.Number, 0, sizes[to])
		}
		var uniform []float64
		if len(d.Row) > 0 {
			uniform = w.uniform.Evaluate(d).F64
		}
		var chosen []int32
		for ; from < to; from++ {
			r := &rows[from]
			r.chosen = chosen[:0]
			r.choose(uniform[:sizes[from]], &w.members)
			if err := w.candidatesOf(r); err != nil {
				return err
			}
			chosen, uniform = r.chosen, uniform[sizes[from]:]
		}
	}
	return nil
}
