package record

// differences are what the polynomial predictors of a tile miss by, as zigzag numbers: for each predictor, sample and element
// (order1, order2, order4 and order6 are the first predictors).
type differences struct {
	z [polynomials][blockSamples][tileElements]uint64
	// any has the bits that are set anywhere in a run.
	any [runs][polynomials][tileElements]uint64
}

// polynomials is the number of polynomial predictors.
const polynomials = 4

// differPlain fills in the differences of eight elements: element e of row i is from[i*stride+e], where the first rows
// are the history. It is the definition of what machine code does several elements at a time.
func differPlain(from []uint64, stride int, r *differences) {
	for e := range tileElements {
		var before [history]uint64
		for i := range before {
			before[i] = from[i*stride+e]
		}
		p := before[history-1]
		e1, e2, e3, e4, e5 := latest(&before)
		at := history*stride + e
		for run := range runs {
			var m1, m2, m4, m6 uint64
			for i := run * runSamples; i < (run+1)*runSamples; i++ {
				u := from[at]
				at += stride
				d1 := u - p
				d2 := d1 - e1
				d3 := d2 - e2
				d4 := d3 - e3
				d5 := d4 - e4
				d6 := d5 - e5
				p, e1, e2, e3, e4, e5 = u, d1, d2, d3, d4, d5
				d1, d2, d4, d6 = zigzag(d1), zigzag(d2), zigzag(d4), zigzag(d6)
				r.z[order1][i][e], r.z[order2][i][e], r.z[order4][i][e], r.z[order6][i][e] = d1, d2, d4, d6
				m1, m2, m4, m6 = m1|d1, m2|d2, m4|d4, m6|d6
			}
			r.any[run][order1][e], r.any[run][order2][e], r.any[run][order4][e], r.any[run][order6][e] = m1, m2, m4, m6
		}
	}
}
