package sim

import (
	"runtime"
	"slices"
	"testing"
	"time"
)

// Every part of every job runs exactly once, whoever runs it, also when workers get no processor.
func TestTeamDoesEveryPartOnce(t *testing.T) {
	for _, processors := range []int{1, runtime.NumCPU()} {
		before := runtime.GOMAXPROCS(processors)
		for size := 1; size <= 4; size++ {
			team := NewTeam(size)
			counts := make([]int, size)
			want := make([]int, size)
			for job := range 2000 {
				if job%100 == 0 {
					time.Sleep(time.Millisecond) // workers fall asleep
				}
				team.Do(func(part int) { counts[part]++ })
				for k := range want {
					want[k]++
				}
				if !slices.Equal(counts, want) {
					t.Fatalf("%d workers on %d processors: parts ran %v times, want %v", size, processors, counts, want)
				}
			}
			team.Close()
		}
		runtime.GOMAXPROCS(before)
	}
}
