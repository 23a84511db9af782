package platform

import (
	"fmt"
	"runtime"

	"synfire/internal/diag"
)

// Region is a piece of zeroed memory, page aligned and outside of the Go heap where the system allows it:
// the garbage collector neither scans nor counts it, and Free gives it back at once. It must not hold Go
// pointers. A Region that is no longer reachable is freed, so it must stay reachable as long as its bytes
// are in use.
type Region struct {
	bytes   []byte
	cleanup runtime.Cleanup
}

// Alloc returns a region of that many bytes, all zero. Its pages take up memory when they are first written.
// Too little address space is a MemoryError; a negative size is an error of the program.
func Alloc(bytes int) (*Region, error) {
	if bytes < 0 {
		panic(fmt.Sprintf("BUG: a region of %d bytes", bytes))
	}
	if bytes == 0 {
		return &Region{}, nil
	}
	memory, err := mapMemory(bytes)
	if err != nil {
		return nil, &diag.Message{
			Kind:  "MemoryError",
			Text:  fmt.Sprintf("Unable to allocate %s of memory: %v", formatBytes(bytes), err),
			Hint:  "Record fewer variables, fewer neurons or less often.",
			Cause: err,
		}
	}
	r := &Region{bytes: memory}
	r.cleanup = runtime.AddCleanup(r, unmapMemory, memory)
	return r, nil
}

// Bytes returns the memory; nil after Free.
func (r *Region) Bytes() []byte { return r.bytes }

// Free gives the memory back. Slices of it must not be used any more. A second Free does nothing.
func (r *Region) Free() {
	if r.bytes == nil {
		return
	}
	r.cleanup.Stop()
	unmapMemory(r.bytes)
	r.bytes = nil
}

// formatBytes prints a size in binary units.
func formatBytes(bytes int) string {
	size, unit := float64(bytes), 0
	names := [...]string{"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"}
	for size >= 1024 && unit < len(names)-1 {
		size /= 1024
		unit++
	}
	if unit == 0 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	return fmt.Sprintf("%.3g %s", size, names[unit])
}
