package record

import (
	"unsafe"

	"synfire/internal/platform"
)

// predict does what predictPlain does.
func predict(from []uint64, stride int, r *residues) {
	if !platform.HasAVX512Bytes() {
		predictPlain(from, stride, r)
		return
	}
	_ = from[(history+blockSamples-1)*stride+tileElements-1]
	predictVectors(&from[0], uintptr(8*stride), r)
}

// decayAll does what decayPlain does.
func decayAll(r *residues, as Precision, factors *[tileElements]float64) {
	if !platform.HasAVX512Bytes() {
		decayPlain(r, as, factors)
		return
	}
	decayVectors(r, factors, &r.decays, bool(as))
}

// roundTile does what roundPlain does for eight elements.
func roundTile(to *gathered, from []float64, stride int) {
	if !platform.HasAVX512Bytes() {
		roundPlain(to, from, stride, tileElements)
		return
	}
	_ = from[(history+blockSamples-1)*stride+tileElements-1]
	singleVectors(&to[0], &from[0], uintptr(8*stride))
}

// packRuns does what packRunsPlain does.
func packRuns(to *[8*blockSamples + slack]byte, z *[blockSamples]uint64, h header) {
	if !platform.HasAVX512Bytes() {
		packRunsPlain(to, z, h)
		return
	}
	packVectors(unsafe.Pointer(to), &z[0], uint64(h))
}

// predictVectors fills in the residues. Rows are stride bytes apart.
//
//go:noescape
func predictVectors(from *uint64, stride uintptr, r *residues)

// decayVectors fills in what decay misses by; what it says of elements that are not finite means nothing.
//
//go:noescape
func decayVectors(r *residues, factors *[tileElements]float64, d *decays, single bool)

// singleVectors rounds the numbers of a tile, whose rows are stride bytes apart.
//
//go:noescape
func singleVectors(to *uint64, from *float64, stride uintptr)

// packVectors packs the numbers of an element, whose widths are the lowest 28 bits of its header.
//
//go:noescape
func packVectors(to unsafe.Pointer, z *uint64, widths uint64)
