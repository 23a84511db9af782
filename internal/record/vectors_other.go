//go:build !amd64

package record

// differ does what differPlain does.
func differ(x *group, s samples, last *lasts, lo, hi int, all *[tileElements]uint64) {
	differPlain(x, s, last, lo, hi, all)
}

// packGroups packs the groups of a tile, and returns how many bytes they took.
func packGroups(to []byte, s samples, as Precision, p predictor, f *factors) int {
	return packGroupsPlain(to, s, as, p, f)
}

// tryOrders fills in how many bytes the planes of choiceSamples of each element would take with differences of each order.
func tryOrders(s samples, bytes *[polynomials][tileElements]uint64) { tryOrdersPlain(s, bytes) }

// tryDecay does so for decay by some factors.
func tryDecay(s samples, as Precision, f *factors, bytes *[tileElements]uint64) {
	tryDecayPlain(s, as, f, bytes)
}

// unpackGroups does what unpackGroupsPlain does.
func (r *reader) unpackGroups(from []byte, lo, hi int, to lines) {
	r.unpackGroupsPlain(from, lo, hi, to)
}

// roundTile does what roundPlain does for eight elements.
func roundTile(to *gathered, from []float64, stride int) { roundPlain(to, from, stride, tileElements) }

// fetch does nothing.
func fetch(*[panelElements]float64) {}
