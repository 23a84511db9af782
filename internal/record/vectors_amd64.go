package record

import "synfire/internal/platform"

// vectors says whether machine code for whole tiles can be used. It is asked for each tile.
var vectors = platform.HasAVX512Bytes()

// halfVectors says whether that for differences can be used, which is what costs plain loops most, in vectors half as long.
var halfVectors = platform.HasAVX2()

// differ does what differPlain does.
func differ(x *group, s samples, last *lasts, lo, hi int, all *[tileElements]uint64) {
	if !halfVectors {
		differPlain(x, s, last, lo, hi, all)
		return
	}
	_ = s.rows[(groupSamples-1)*s.stride+tileElements-1]
	differHalfVectors(x, &s.rows[0], s.bytes(), &last[lo], hi-lo, all)
}

// packGroups does what packGroupsPlain does.
func packGroups(to []byte, s samples, as Precision, p predictor, f *factors) int {
	if !vectors {
		return packGroupsPlain(to, s, as, p, f)
	}
	_ = to[groups*maxGroup+slack-1]
	return packGroupsVectors(&to[0], s.first(), s.bytes(), p, f, bool(as))
}

// tryOrders does what tryOrdersPlain does.
func tryOrders(s samples, bytes *[polynomials][tileElements]uint64) {
	if !vectors {
		tryOrdersPlain(s, bytes)
		return
	}
	tryOrdersVectors(s.first(), s.bytes(), bytes)
}

// tryDecay does what tryDecayPlain does.
func tryDecay(s samples, as Precision, f *factors, bytes *[tileElements]uint64) {
	if !vectors {
		tryDecayPlain(s, as, f, bytes)
		return
	}
	tryDecayVectors(s.first(), s.bytes(), f, bytes, bool(as))
}

// unpackGroups does what unpackGroupsPlain does, for one element or for all.
func (r *reader) unpackGroups(from []byte, lo, hi int, to lines) {
	switch {
	case !vectors:
		r.unpackGroupsPlain(from, lo, hi, to)
	case hi-lo == 1:
		unpackOneVectors(&from[0], lo, to.of(lo))
		r.restore(lo, to.of(lo))
	default:
		_ = to.values[(tileElements-1)*to.stride+blockSamples-1]
		unpackGroupsVectors(&from[0], r.predictor, &r.factors, bool(r.as), &r.before, &to.values[0], uintptr(8*to.stride))
	}
}

// roundTile does what roundPlain does for eight elements.
func roundTile(to *gathered, from []float64, stride int) {
	if !vectors {
		roundPlain(to, from, stride, tileElements)
		return
	}
	_ = from[(history+blockSamples-1)*stride+tileElements-1]
	singleVectors(&to[0], &from[0], uintptr(8*stride))
}

// first returns where the samples begin, which are all there.
func (s samples) first() *uint64 {
	_ = s.rows[(history+blockSamples-1)*s.stride+tileElements-1]
	return &s.rows[0]
}

// bytes returns by how much rows are apart.
func (s samples) bytes() uintptr { return uintptr(8 * s.stride) }

// differHalfVectors takes the differences of eight rows, which are stride bytes apart, at least once.
//
//go:noescape
func differHalfVectors(to *group, from *uint64, stride uintptr, last *[tileElements]uint64, times int, all *[tileElements]uint64)

// packGroupsVectors packs the groups of a tile, whose rows are stride bytes apart, and returns how many bytes they took.
//
//go:noescape
func packGroupsVectors(to *byte, from *uint64, stride uintptr, p predictor, f *factors, single bool) int

// tryOrdersVectors fills in how many bytes planes take with differences of each order.
//
//go:noescape
func tryOrdersVectors(from *uint64, stride uintptr, bytes *[polynomials][tileElements]uint64)

// tryDecayVectors fills in how many they take with decay.
//
//go:noescape
func tryDecayVectors(from *uint64, stride uintptr, f *factors, bytes *[tileElements]uint64, single bool)

// unpackGroupsVectors reads the groups of a tile. It reads up to slack bytes more.
//
//go:noescape
func unpackGroupsVectors(from *byte, p predictor, f *factors, single bool, before *[history][tileElements]uint64, to *uint64, stride uintptr)

// unpackOneVectors reads the differences of an element. It reads up to slack bytes more.
//
//go:noescape
func unpackOneVectors(from *byte, e int, to *[blockSamples]uint64)

// singleVectors rounds the numbers of a tile, whose rows are stride bytes apart.
//
//go:noescape
func singleVectors(to *uint64, from *float64, stride uintptr)

// fetch brings memory that will soon be written to near to the processor.
//
//go:noescape
func fetch(row *[panelElements]float64)
