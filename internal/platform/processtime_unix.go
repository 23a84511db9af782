//go:build unix

package platform

import (
	"time"

	"golang.org/x/sys/unix"
)

// ProcessTime returns the processor time that the process has used so far, of all its threads: its own, and that of
// the system on its behalf.
func ProcessTime() (user, system time.Duration) {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return 0, 0
	}
	return time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())
}
