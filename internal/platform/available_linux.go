package platform

import (
	"bufio"
	"math"
	"os"
	"path"
	"strconv"
	"strings"
)

// AvailableMemory returns how many bytes can be used without others having to give way: what the kernel estimates, or what
// is left to the control groups of this process (containers, jobs of a cluster). 0: not known.
func AvailableMemory() int64 {
	available := int64(math.MaxInt64)
	if n := memAvailable(); n > 0 {
		available = n
	}
	for _, group := range controlGroups() {
		limit, used := numberIn(group.limit), numberIn(group.used)
		if limit > 0 && used >= 0 {
			available = min(available, max(limit-used, 0))
		}
	}
	if available == math.MaxInt64 {
		return 0
	}
	return available
}

func memAvailable() int64 {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 2 && fields[0] == "MemAvailable:" {
			kilobytes, err := strconv.ParseInt(fields[1], 10, 64)
			if err != nil {
				return 0
			}
			return kilobytes << 10
		}
	}
	return 0
}

// controlGroup are the files that tell the limit of a control group and how much it uses.
type controlGroup struct{ limit, used string }

// controlGroups lists those of this process and the groups that contain them, of both versions of the kernel's interface.
func controlGroups() []controlGroup {
	text, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil
	}
	var groups []controlGroup
	for line := range strings.Lines(string(text)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		root, limit, used := "/sys/fs/cgroup", "memory.max", "memory.current"
		if fields[0] != "0" {
			if !strings.Contains(","+fields[1]+",", ",memory,") {
				continue
			}
			root, limit, used = "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes"
		}
		for folder := path.Clean("/" + fields[2]); ; folder = path.Dir(folder) {
			groups = append(groups, controlGroup{path.Join(root, folder, limit), path.Join(root, folder, used)})
			if folder == "/" {
				break
			}
		}
	}
	return groups
}

// numberIn reads a file with one number; -1 if it has none ("max").
func numberIn(name string) int64 {
	text, err := os.ReadFile(name)
	if err != nil {
		return -1
	}
	n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
