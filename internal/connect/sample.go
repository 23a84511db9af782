package connect

import (
	"math"

	"synfire/internal/syntax"
)

// row is the choice of one neuron among size candidates, numbered from 0.
type row struct {
	neuron int32
	size   int
	chosen []int32

	at   int64 // number of the next candidate that can be chosen
	draw int32 // number of the next draw
	done bool
}

// sampler chooses candidates with a probability that may depend on the row's neuron.
type sampler struct {
	evaluator   Evaluator
	probability syntax.Expr
	bySource    bool
}

// draw chooses for all rows. The n-th jump of a row is addressed by its neuron and n.
func (s *sampler) draw(rows []row) error {
	// The distance to the next chosen candidate is geometric: floor(log(1-u)/log(1-p)).
	jump := &syntax.Binary{Op: syntax.Div, X: call("log", minus(one, call("rand"))), Y: call("log", minus(one, s.probability))}
	const draws = 32
	for {
		pairs := &Pairs{BySource: s.bySource}
		var active []int
		for r := range rows {
			if rows[r].done || rows[r].size == 0 {
				continue
			}
			active = append(active, r)
			for n := range int32(draws) {
				i, j := rows[r].neuron, int32(0)
				if !s.bySource {
					i, j = 0, rows[r].neuron
				}
				pairs.add(i, j, 0, rows[r].draw+n)
			}
		}
		if len(active) == 0 {
			return nil
		}
		jumps, err := s.evaluator.Evaluate("p", jump, pairs)
		if err != nil {
			return err
		}
		for a, r := range active {
			rows[r].follow(jumps.F64[a*draws : (a+1)*draws])
		}
	}
}

func (r *row) follow(jumps []float64) {
	r.draw += int32(len(jumps))
	for _, jump := range jumps {
		switch {
		case math.IsNaN(jump): // p > 1: everything
			jump = 0
		case jump >= float64(r.size) || jump < 0: // p = 0 divides by log(1) and gives -Inf
			r.done = true
			return
		}
		r.at += int64(math.Floor(jump))
		if r.at >= int64(r.size) {
			r.done = true
			return
		}
		r.chosen = append(r.chosen, int32(r.at))
		r.at++
	}
}
