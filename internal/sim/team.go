package sim

import (
	"runtime"
	"sync/atomic"
)

// Team is a fixed number of workers that do parts of one job at a time. The caller is worker 0. Workers wait by
// spinning, because a step of a network is shorter than a wake-up by the operating system.
//
// Nobody waits for a worker that has not begun: when the caller has done its own part, it does every part that is not
// yet taken. So on a busy machine, where the operating system gives a worker no time, a team is hardly slower than its
// caller alone.
type Team struct {
	job     func(part int)
	started atomic.Uint64 // number of jobs begun; workers look for a part when it grows
	parts   []part
	closed  atomic.Bool
}

// part is one part of every job. Both numbers grow by one with each job.
type part struct {
	taken    atomic.Uint64 // the last job of which somebody took the part
	finished atomic.Uint64 // the last job of which a worker other than the caller finished it
	_        [48]byte      // keeps parts on cache lines of their own
}

// NewTeam returns a team of the given size; Close must be called to end its workers.
func NewTeam(size int) *Team {
	team := &Team{parts: make([]part, max(size, 1))}
	for worker := 1; worker < len(team.parts); worker++ {
		go team.work(worker)
	}
	return team
}

// Size returns the number of workers.
func (t *Team) Size() int { return len(t.parts) }

// spins is how often a worker looks before it lets others run.
const spins = 2000

func (t *Team) work(worker int) {
	mine := &t.parts[worker]
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
		// The caller begins no other job before this part is taken and, if it is taken here, finished: so t.job
		// is still the function of this job.
		seen = t.started.Load()
		if mine.taken.CompareAndSwap(seen-1, seen) {
			t.job(worker)
			mine.finished.Store(seen)
		}
	}
}

// Do runs job once for each part, from 0 to Size()-1, and returns when all are done. Parts run at the same time, each on
// whichever worker is free.
func (t *Team) Do(job func(part int)) {
	if len(t.parts) == 1 {
		job(0)
		return
	}
	t.job = job
	number := t.started.Add(1)
	job(0)
	for k := 1; k < len(t.parts); k++ {
		p := &t.parts[k]
		if p.taken.CompareAndSwap(number-1, number) {
			job(k)
			continue
		}
		for spin := 0; p.finished.Load() != number; spin++ {
			if spin > spins {
				runtime.Gosched()
			}
		}
	}
}

// Close ends the workers.
func (t *Team) Close() { t.closed.Store(true) }
