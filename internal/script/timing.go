package script

import (
	"fmt"
	"io"
	"time"

	"synfire/internal/platform"
)

// stopwatch measures what a %time line runs.
type stopwatch struct {
	start        time.Time
	user, system time.Duration // what the process had used then
}

func newStopwatch() *stopwatch {
	user, system := platform.ProcessTime()
	return &stopwatch{time.Now(), user, system}
}

// report prints the two lines of IPython.
func (s *stopwatch) report(w io.Writer) {
	user, system := platform.ProcessTime()
	wall := time.Since(s.start)
	user, system = user-s.user, system-s.system
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
