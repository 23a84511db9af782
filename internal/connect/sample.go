package connect

import (
	"math"
	"math/bits"

	"synfire/internal/syntax"
)

// row is the choice of one neuron among size candidates, numbered from 0.
type row struct {
	neuron int32
	size   int
	start  int64 // the candidates of a range are start, start+step, ...
	step   int64

	probability, logarithm float64 // that a candidate is chosen; log(1-probability)
	chosen                 []int32
	at                     int64 // number of the next candidate that can be chosen
	draw                   int32 // number of the next draw
	done                   bool
}

// prepareSampling compiles what the choice of partners with a probability needs. The probability is that of a row.
func (p *program) prepareSampling(probability syntax.Expr, prepared func(string, syntax.Expr) (Expression, error)) error {
	var err error
	if p.probability, err = prepared("rate", probability); err != nil {
		return err
	}
	if p.logarithm, err = prepared("rate", call("log1p", minus(zero, probability))); err != nil {
		return err
	}
	p.jump, err = prepared("p", call("log", minus(one, call("rand"))))
	return err
}

// sampledRows draws the targets of each source, then applies the condition: as many draws as synapses, not as pairs.
func (w *worker) sampledRows(from, to int) error {
	w.sampling = w.sampling[:0]
	for i := from; i < to; i++ {
		w.sampling = append(w.sampling, row{neuron: int32(i), size: w.rule.Targets})
	}
	return w.sample(w.sampling, func(r *row) error {
		for at := 0; at < len(r.chosen); {
			n := min(len(r.chosen)-at, batch-len(w.pairs.Row))
			w.pairs.Row = repeat(w.pairs.Row, r.neuron, n)
			w.pairs.Partner = append(w.pairs.Partner, r.chosen[at:at+n]...)
			at += n
			if w.full() {
				if err := w.flush(); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// ofRows returns one candidate for each row, for expressions that do not know a partner.
func (w *worker) ofRows(rows []row) *Pairs {
	w.rowsOf.reset()
	for k := range rows {
		w.rowsOf.Row = append(w.rowsOf.Row, rows[k].neuron)
	}
	w.rowsOf.Number = repeat(w.rowsOf.Number, 0, len(rows))
	return &w.rowsOf
}

// sample chooses candidates of all rows with the rows' probabilities and hands them on, row by row.
func (w *worker) sample(rows []row, use func(*row) error) error {
	if len(rows) == 0 {
		return nil
	}
	of := w.ofRows(rows)
	probabilities, logarithms := w.probability.Evaluate(of), w.logarithm.Evaluate(of)
	for k := range rows {
		rows[k].probability, rows[k].logarithm = probabilities.Float(k), logarithms.F64[k]
	}
	for from := 0; from < len(rows); {
		to := from
		for expected := 0.0; to < len(rows) && expected < batch; to++ {
			rows[to].begin(w)
			expected += float64(rows[to].draws())
		}
		for w.jumps(rows[from:to]) {
		}
		for ; from < to; from++ {
			if err := use(&rows[from]); err != nil {
				return err
			}
			w.spare = append(w.spare, rows[from].chosen)
		}
	}
	return nil
}

// begin chooses where there is nothing to draw: all candidates for a probability of 1 or more, none for 0 or less.
func (r *row) begin(w *worker) {
	if n := len(w.spare); n > 0 {
		r.chosen, w.spare = w.spare[n-1][:0], w.spare[:n-1]
	}
	switch {
	case r.probability >= 1:
		r.chosen, r.done = count(r.chosen, 0, r.size), true
	case !(r.logarithm < 0) || r.size == 0:
		r.done = true
	}
}

// draws is how many draws probably suffice for the rest of the row. It affects how many are made in vain, not what
// is chosen.
func (r *row) draws() int {
	if r.done {
		return 0
	}
	mean := float64(int64(r.size)-r.at) * r.probability
	return int(min(mean+math.Sqrt(mean)+2, batch))
}

// jumps makes draws for the rows that are not done and reports whether there were any.
func (w *worker) jumps(rows []row) bool {
	d := &w.draws
	d.reset()
	for k := range rows {
		r := &rows[k]
		n := r.draws()
		d.Row = repeat(d.Row, r.neuron, n)
		d.Number = count(d.Number, int(r.draw), int(r.draw)+n)
	}
	if len(d.Row) == 0 {
		return false
	}
	logarithms := w.jump.Evaluate(d).F64
	for k := range rows {
		r := &rows[k]
		n := r.draws()
		r.follow(logarithms[:n])
		logarithms = logarithms[n:]
	}
	return true
}

// follow chooses by logarithms of uniform numbers: the distance to the next chosen candidate is geometric,
// floor(log(1-u)/log(1-p)).
func (r *row) follow(logarithms []float64) {
	r.draw += int32(len(logarithms))
	for _, logarithm := range logarithms {
		jump := logarithm / r.logarithm
		if jump >= float64(r.size) {
			r.done = true
			return
		}
		r.at += int64(jump)
		if r.at >= int64(r.size) {
			r.done = true
			return
		}
		r.chosen = append(r.chosen, int32(r.at))
		r.at++
	}
}

// choose takes as many candidates of the row as there are uniform numbers, each set with equal probability (Robert Floyd's
// algorithm: Bentley and Floyd, "A sample of brilliance", CACM 30, 1987).
func (r *row) choose(uniform []float64, members *[]uint64) {
	words := (r.size + 63) / 64
	if len(*members) < words {
		*members = make([]uint64, words)
	}
	set := (*members)[:words]
	for k, u := range uniform {
		last := r.size - len(uniform) + k
		n := int(float64(u * float64(last+1)))
		if set[n/64]>>(n%64)&1 == 1 {
			n = last
		}
		set[n/64] |= 1 << (n % 64)
	}
	for k, word := range set {
		for ; word != 0; word &= word - 1 {
			r.chosen = append(r.chosen, int32(64*k+bits.TrailingZeros64(word)))
		}
		set[k] = 0
	}
}
