package platform

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

func TestExecutable(t *testing.T) {
	code := []byte{0xC3, 1, 2, 3}
	e, err := NewExecutable(code)
	if err != nil {
		t.Skip(err)
	}
	if e.Size() != os.Getpagesize() {
		t.Errorf("%d bytes", e.Size())
	}
	memory := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(e.memory))), len(code))
	if string(memory) != string(code) {
		t.Errorf("%v instead of %v", memory, code)
	}
	runtime.KeepAlive(e)
}

// No page of the process is writable and executable.
func TestNoPageIsWritableAndExecutable(t *testing.T) {
	e, err := NewExecutable([]byte{0xC3})
	if err != nil {
		t.Skip(err)
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Skip(err)
	}
	for _, line := range strings.Split(string(maps), "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && strings.HasPrefix(fields[1], "rwx") {
			t.Error(line)
		}
	}
	runtime.KeepAlive(e)
}
