package platform

import (
	"errors"
	"math"
	"os"
	"runtime"
	"testing"
	"unsafe"

	"synfire/internal/diag"
)

func TestRegionIsZeroAndWritable(t *testing.T) {
	page := os.Getpagesize()
	for _, size := range []int{1, page - 1, page, 3*page + 7, 5 << 20} {
		r, err := Alloc(size)
		if err != nil {
			t.Fatal(err)
		}
		memory := r.Bytes()
		if len(memory) != size {
			t.Errorf("%d bytes instead of %d", len(memory), size)
		}
		if runtime.GOOS == "linux" && uintptr(unsafe.Pointer(&memory[0]))%uintptr(page) != 0 {
			t.Errorf("a region of %d bytes does not start at a page", size)
		}
		for i := range memory {
			if memory[i] != 0 {
				t.Fatalf("byte %d of %d is %d", i, size, memory[i])
			}
			memory[i] = byte(i)
		}
		if memory[size-1] != byte(size-1) {
			t.Errorf("the last of %d bytes is %d", size, memory[size-1])
		}
		r.Free()
		r.Free()
		if r.Bytes() != nil {
			t.Error("a freed region still has bytes")
		}
	}
}

func TestEmptyRegion(t *testing.T) {
	r, err := Alloc(0)
	if err != nil || len(r.Bytes()) != 0 {
		t.Errorf("%v, %v", r, err)
	}
	r.Free()
}

func TestRegionIsOutsideOfTheHeap(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("checked on Linux only")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := Alloc(64 << 20)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Free()
	r.Bytes()[1<<20] = 1
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 32<<20 {
		t.Errorf("the heap has grown by %d bytes", grown)
	}
}

func TestTooMuchMemory(t *testing.T) {
	if runtime.GOOS != "linux" || math.MaxInt == math.MaxInt32 {
		t.Skip("checked on 64-bit Linux only")
	}
	size := math.MaxInt/8 + 1
	_, err := Alloc(size)
	var message *diag.Message
	if !errors.As(err, &message) || message.Kind != "MemoryError" {
		t.Fatalf("1 EiB: %v", err)
	}
	if want := "Unable to allocate 1 EiB of memory: "; len(message.Text) < len(want) || message.Text[:len(want)] != want {
		t.Error(message.Text)
	}
}

func TestFormatBytes(t *testing.T) {
	for bytes, want := range map[int]string{0: "0 bytes", 1023: "1023 bytes", 1024: "1 KiB", 1536: "1.5 KiB", 1 << 30: "1 GiB"} {
		if got := formatBytes(bytes); got != want {
			t.Errorf("%d: %s, want %s", bytes, got, want)
		}
	}
}
