//go:build darwin || freebsd || netbsd || openbsd

package platform

// adviseHugePages does nothing: these systems choose page sizes by themselves.
func adviseHugePages([]byte) {}
