package platform

import (
	"path/filepath"
	"runtime"
	"testing"
)

func TestSpillIsMemory(t *testing.T) {
	folder := t.TempDir()
	s, err := NewSpill(folder)
	if err != nil {
		t.Fatal(err)
	}
	var regions []*Region
	for k, size := range []int{100_000, 1, 3 << 20} {
		r, err := s.Alloc(size)
		if err != nil {
			t.Fatal(err)
		}
		memory := r.Bytes()
		if len(memory) < size {
			t.Fatalf("%d bytes instead of %d", len(memory), size)
		}
		for i := range memory {
			if memory[i] != 0 {
				t.Fatalf("byte %d is %d", i, memory[i])
			}
			memory[i] = byte(i + k)
		}
		s.Rest(memory)
		regions = append(regions, r)
	}
	for k, r := range regions {
		for i, x := range r.Bytes() {
			if x != byte(i+k) {
				t.Fatalf("byte %d of region %d was lost", i, k)
			}
		}
		r.Free()
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
		t.Errorf("%v has a name", left)
	}
}

func TestAvailableMemory(t *testing.T) {
	if n := AvailableMemory(); runtime.GOOS == "linux" && (n < 1<<20 || n > 1<<50) {
		t.Errorf("%d bytes are available", n)
	}
}
