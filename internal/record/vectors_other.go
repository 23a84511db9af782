//go:build !amd64

package record

// predict fills in the residues of eight elements.
func predict(from []uint64, stride int, r *residues) { predictPlain(from, stride, r) }

// decayAll fills in what decay misses by.
func decayAll(r *residues, as Precision, factors *[tileElements]float64) { decayPlain(r, as, factors) }

// roundTile does what roundPlain does for eight elements.
func roundTile(to *gathered, from []float64, stride int) { roundPlain(to, from, stride, tileElements) }

// packRuns packs the numbers of an element.
func packRuns(to *[8*blockSamples + slack]byte, z *[blockSamples]uint64, h header) {
	packRunsPlain(to, z, h)
}
