//go:build !unix

package platform

import "time"

// ProcessTime is not known here.
func ProcessTime() (user, system time.Duration) { return 0, 0 }
