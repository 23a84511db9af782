//go:build !unix

package script

// processTimes is not known here: %time then shows the wall time alone as meaningful.
func processTimes() cpuTimes { return cpuTimes{} }
