//go:build darwin || freebsd || netbsd || openbsd

package platform

import "os"

// extend takes space on the disk for more bytes of a file.
func extend(file *os.File, offset, bytes int64) error { return writeZeros(file, offset, bytes) }
