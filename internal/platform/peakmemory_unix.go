//go:build unix

package platform

import (
	"runtime"

	"golang.org/x/sys/unix"
)

// PeakMemory returns the most physical memory that the process has had at once, in bytes.
func PeakMemory() int64 {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(usage.Maxrss) // bytes there, KiB elsewhere
	}
	return int64(usage.Maxrss) << 10
}
