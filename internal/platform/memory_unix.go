//go:build linux || darwin || freebsd || netbsd || openbsd

package platform

import "golang.org/x/sys/unix"

func mapMemory(bytes int) ([]byte, error) {
	return unix.Mmap(-1, 0, bytes, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
}

func unmapMemory(memory []byte) {
	if err := unix.Munmap(memory); err != nil {
		panic("BUG: a region could not be unmapped: " + err.Error())
	}
}
