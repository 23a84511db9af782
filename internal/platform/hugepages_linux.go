package platform

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// hugePage is the size from which a transparent huge page can help at all.
const hugePage = 2 << 20

// adviseHugePages asks for huge pages, with which a large region is touched for the first time several times
// faster. The kernel may be built without them: it is a hint, and refusing it costs nothing.
func adviseHugePages(memory []byte) {
	if len(memory) >= hugePage {
		_ = unix.Madvise(memory, unix.MADV_HUGEPAGE)
	}
}

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
	adviseHugePages(memory[skip:][:whole])
}
