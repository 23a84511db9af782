package script

import (
	"fmt"
	"io"
	"time"
)

// stopwatch measures what a %time line runs.
type stopwatch struct {
	start time.Time
	cpu   cpuTimes
}

// cpuTimes is the processor time that the process has used.
type cpuTimes struct{ user, system time.Duration }

func newStopwatch() *stopwatch { return &stopwatch{time.Now(), processTimes()} }

// report prints the two lines of IPython.
func (s *stopwatch) report(w io.Writer) {
	now := processTimes()
	wall := time.Since(s.start)
	user, system := now.user-s.cpu.user, now.system-s.cpu.system
	fmt.Fprintf(w, "CPU times: user %s, sys: %s, total: %s\nWall time: %s\n",
		showDuration(user), showDuration(system), showDuration(user+system), showDuration(wall))
}

// showDuration writes a duration as IPython does: three significant digits, or minutes and seconds.
func showDuration(d time.Duration) string {
	seconds := d.Seconds()
	if seconds >= 60 {
		text := ""
		left := int64(seconds)
		for _, part := range []struct {
			suffix string
			length int64
		}{{"d", 86400}, {"h", 3600}, {"min", 60}, {"s", 1}} {
			if n := left / part.length; n > 0 {
				left %= part.length
				if text != "" {
					text += " "
				}
				text += fmt.Sprintf("%d%s", n, part.suffix)
			}
		}
		return text
	}
	scale, unit := 1e9, "ns"
	switch {
	case seconds <= 0:
		scale, unit = 1e9, "ns"
	case seconds >= 1:
		scale, unit = 1, "s"
	case seconds >= 1e-3:
		scale, unit = 1e3, "ms"
	case seconds >= 1e-6:
		scale, unit = 1e6, "µs"
	}
	return formatG(max(seconds*scale, 0), 3, false, false) + " " + unit
}
