package record

import (
	"unsafe"

	"synfire/internal/platform"
)

// differences does what differencesPlain does.
func differences(from []uint64, stride int, r *residues) {
	if !platform.HasAVX2() {
		differencesPlain(from, stride, r)
		return
	}
	_ = from[(history+blockSamples-1)*stride+tileElements-1]
	const half = tileElements / 2
	for first := 0; first < tileElements; first += half {
		differencesHalf(&from[first], uintptr(8*stride), unsafe.Pointer(&r.z[0][0][first]))
	}
}

// differencesHalf fills in the residues of four elements. Rows are stride bytes apart; z is the place in a residues of the
// first element.
//
//go:noescape
func differencesHalf(from *uint64, stride uintptr, z unsafe.Pointer)
