package platform

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the size of a huge page.
const hugePage = 2 << 20

// manyHugePages is the size from which memory is worth huge pages where it is read here and there: the processor knows
// the addresses of that much of it in small pages.
const manyHugePages = 4 << 20

// AdviseHugePages asks for huge pages for the memory of a large slice that has not been touched yet.
func AdviseHugePages[T any](list []T) {
	var one T
	bytes := uintptr(len(list)) * unsafe.Sizeof(one)
	if bytes < manyHugePages {
		return
	}
	begin := uintptr(unsafe.Pointer(unsafe.SliceData(list)))
	skip := -begin & (hugePage - 1)
	whole := (bytes - skip) &^ (hugePage - 1)
	memory := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), bytes)
	// The kernel may be built without them: it is a hint, and refusing it costs nothing.
	_ = unix.Madvise(memory[skip:][:whole], unix.MADV_HUGEPAGE)
}

// Populate has the system provide, at once, memory that will be written, which takes a third less than one page after the other when
// each is first touched. The memory begins at a page.
func Populate(memory []byte) {
	// Before Linux 5.14 it is refused, and pages come when they are touched.
	_ = unix.Madvise(memory, unix.MADV_POPULATE_WRITE)
}
