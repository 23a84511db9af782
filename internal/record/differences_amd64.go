package record

import (
	"unsafe"

	"synfire/internal/platform"
)

// differ does what differPlain does.
func differ(from []uint64, stride int, r *differences) {
	if !platform.HasAVX2() {
		differPlain(from, stride, r)
		return
	}
	_ = from[(history+blockSamples-1)*stride+tileElements-1]
	const half = tileElements / 2
	for first := 0; first < tileElements; first += half {
		differHalf(&from[first], uintptr(8*stride), unsafe.Pointer(&r.z[0][0][first]))
	}
}

// differHalf fills in the differences of four elements. Rows are stride bytes apart; z is the place in a differences of the
// first element.
//
//go:noescape
func differHalf(from *uint64, stride uintptr, z unsafe.Pointer)
