package platform

import "golang.org/x/sys/unix"

// hugePage is the size from which a transparent huge page can help at all.
const hugePage = 2 << 20

// adviseHugePages asks for huge pages, with which a large region is touched for the first time several times
// faster. The kernel may be built without them: it is a hint, and refusing it costs nothing.
func adviseHugePages(memory []byte) {
	if len(memory) >= hugePage {
		_ = unix.Madvise(memory, unix.MADV_HUGEPAGE)
	}
}
