//go:build linux || darwin || freebsd || netbsd || openbsd

package platform

import "golang.org/x/sys/unix"

func mapExecutable(code []byte) ([]byte, error) {
	page := unix.Getpagesize()
	size := max((len(code)+page-1)/page*page, page)
	memory, err := unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil, err
	}
	copy(memory, code)
	if err := unix.Mprotect(memory, unix.PROT_READ|unix.PROT_EXEC); err != nil {
		unmapMemory(memory)
		return nil, err
	}
	return memory, nil
}
