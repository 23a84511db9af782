//go:build linux || darwin || freebsd || netbsd || openbsd

package platform

import (
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"

	"synfire/internal/diag"
)

// Spill is memory in a temporary file, for what is written once and seldom read: the system moves it to the disk when
// memory is short. The file has no name: it is gone when the process ends, however it ends.
type Spill struct {
	file *os.File
	size int64
}

// NewSpill makes the file in a folder; "" chooses one that is not likely to be memory itself. Errors have kind OSError.
func NewSpill(folder string) (*Spill, error) {
	if folder == "" {
		folder = spillFolder()
	}
	file, err := os.CreateTemp(folder, "synfire-*.recording")
	if err == nil {
		err = os.Remove(file.Name())
	}
	if err != nil {
		return nil, &diag.Message{Kind: "OSError", Text: fmt.Sprintf("Unable to make a temporary file for what is recorded: %v", err),
			Hint: "set the environment variable TMPDIR to a folder with free space.", Cause: err}
	}
	return &Spill{file: file}, nil
}

// spillFolder returns TMPDIR or, where there is one, /var/tmp: /tmp is often in memory.
func spillFolder() string {
	const large = "/var/tmp"
	if info, err := os.Stat(large); os.Getenv("TMPDIR") == "" && err == nil && info.IsDir() {
		return large
	}
	return os.TempDir()
}

// Alloc returns a region of the file, all zero. The space on the disk is taken now, so that writing to the region cannot
// fail; too little of it is an OSError. The file does not shrink when regions are freed, so they should be used again.
func (s *Spill) Alloc(bytes int) (*Region, error) {
	page := int64(os.Getpagesize())
	length := (int64(bytes) + page - 1) / page * page
	err := extend(s.file, s.size, length)
	var memory []byte
	if err == nil {
		memory, err = unix.Mmap(int(s.file.Fd()), s.size, int(length), unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	}
	if err != nil {
		return nil, &diag.Message{Kind: "OSError", Text: fmt.Sprintf("Unable to move more of what is recorded to the temporary file %s, which has %s: %v", s.file.Name(), formatBytes(int(s.size)), err),
			Hint: "set the environment variable TMPDIR to a folder with more space, or record less.", Cause: err}
	}
	s.size += length
	r := &Region{bytes: memory}
	r.cleanup = runtime.AddCleanup(r, unmapMemory, memory)
	return r, nil
}

// Rest says that a region of a Spill will not be used for a while.
func (s *Spill) Rest(region []byte) {
	// Of a file, this forgets where its pages are in memory, not what is in them.
	_ = unix.Madvise(region, unix.MADV_DONTNEED)
}

// writeZeros makes a file longer.
func writeZeros(file *os.File, offset, bytes int64) error {
	zeros := make([]byte, min(bytes, 1<<20))
	for bytes > 0 {
		n := min(bytes, int64(len(zeros)))
		if _, err := file.WriteAt(zeros[:n], offset); err != nil {
			return err
		}
		offset, bytes = offset+n, bytes-n
	}
	return nil
}
