package sim

import (
	"runtime"
	"sync/atomic"
)

// Team is a fixed number of workers that do parts of one job at a time. The caller is worker 0. Workers wait by
// spinning, because a step of a network is shorter than a wake-up by the operating system.
type Team struct {
	size    int
	job     func(worker int)
	started atomic.Uint64 // jobs begun; workers run when it grows
	done    atomic.Int64  // workers that finished the current job
	closed  atomic.Bool
}

// NewTeam returns a team of the given size; Close must be called to end its workers.
func NewTeam(size int) *Team {
	team := &Team{size: max(size, 1)}
	for worker := 1; worker < team.size; worker++ {
		go team.work(worker)
	}
	return team
}

// Size returns the number of workers.
func (t *Team) Size() int { return t.size }

// spins is how often a worker looks before it lets others run.
const spins = 2000

func (t *Team) work(worker int) {
	seen := uint64(0)
	for {
		for k := 0; t.started.Load() == seen; k++ {
			if t.closed.Load() {
				return
			}
			if k > spins {
				runtime.Gosched()
			}
		}
		seen++
		t.job(worker)
		t.done.Add(1)
	}
}

// Do runs job once for each worker and returns when all are done.
func (t *Team) Do(job func(worker int)) {
	if t.size == 1 {
		job(0)
		return
	}
	t.job = job
	t.done.Store(0)
	t.started.Add(1)
	job(0)
	for k := 0; t.done.Load() < int64(t.size-1); k++ {
		if k > spins {
			runtime.Gosched()
		}
	}
}

// Close ends the workers.
func (t *Team) Close() { t.closed.Store(true) }
