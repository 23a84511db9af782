package record

import "math/bits"

// residues are what is left of a tile once it is predicted: all that choosing a predictor and packing need.
type residues struct {
	// z are, for each element, the numbers by which its samples miss what the best polynomial predictor expects, as
	// zigzag numbers.
	z [tileElements][blockSamples]uint64
	// rows are the samples, behind their history.
	rows [history + blockSamples][tileElements]uint64
	// kind is the predictor, widths are the widths of the runs, least is their sum.
	kind   [tileElements]uint64
	least  [tileElements]uint64
	widths [runs][tileElements]uint64
	trials [polynomials][runs][tileElements]uint64 // widths with each predictor

	all    differences
	decays decays // by the factors that are known, if there are any
}

// predictPlain fills in the residues of eight elements: element e of row i is from[i*stride+e], where the first rows are the
// history. It is the definition of what machine code does for eight elements at a time. What it gives for elements that a tile
// does not have means nothing.
func predictPlain(from []uint64, stride int, r *residues) {
	for i := range r.rows {
		copy(r.rows[i][:], from[i*stride:])
	}
	differ(from, stride, &r.all)
	for e := range tileElements {
		r.kind[e], r.least[e] = 0, 64*runs+1
		for k := range polynomials {
			total := uint64(0)
			for run := range runs {
				width := uint64(bits.Len64(r.all.any[run][k][e]))
				r.trials[k][run][e] = width
				total += width
			}
			if total < r.least[e] {
				r.kind[e], r.least[e] = uint64(k), total
			}
		}
		for run := range runs {
			r.widths[run][e] = r.trials[r.kind[e]][run][e]
		}
		z := &r.all.z[r.kind[e]]
		for i := range z {
			r.z[e][i] = z[i][e]
		}
	}
}
