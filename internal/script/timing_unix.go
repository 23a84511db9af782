//go:build unix

package script

import (
	"time"

	"golang.org/x/sys/unix"
)

// processTimes returns the processor time used so far.
func processTimes() cpuTimes {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return cpuTimes{}
	}
	return cpuTimes{time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())}
}
