package sim

import (
	"runtime"
	"sync/atomic"
)

// Team is a fixed number of workers that do parts of one job at a time. The caller is worker 0. Workers wait by
// spinning for a while, because an epoch of a network may be shorter than a wake-up by the operating system; then they
// sleep.
//
// Nobody waits for a worker that has not begun: when the caller has done its own part, it does every part that is not
// yet taken. So on a busy machine, where the operating system gives a worker no time, a team is hardly slower than its
// caller alone.
type Team struct {
	job     func(part int)
	started atomic.Uint64 // number of jobs begun; workers look for a part when it grows
	parts   []part
	caller  sleeper
	closed  atomic.Bool
}

// part is one part of every job. Both numbers grow by one with each job.
type part struct {
	taken    atomic.Uint64 // the last job of which somebody took the part
	finished atomic.Uint64 // the last job of which a worker other than the caller finished it
	worker   sleeper
	_        [32]byte // keeps parts on cache lines of their own
}

// sleeper is somebody who may sleep until another wakes him.
type sleeper struct {
	asleep atomic.Bool
	wakes  chan struct{}
}

// until returns when a condition holds that somebody brings about who then calls wake.
func (s *sleeper) until(holds func() bool) {
	for k := 0; !holds(); k++ {
		switch {
		case k < spins:
		case k < spins+yields:
			runtime.Gosched()
		default:
			s.asleep.Store(true)
			// If it came to hold before the waker could see that we sleep, nobody wakes us.
			if holds() && s.asleep.CompareAndSwap(true, false) {
				return
			}
			<-s.wakes
		}
	}
}

func (s *sleeper) wake() {
	if s.asleep.CompareAndSwap(true, false) {
		s.wakes <- struct{}{}
	}
}

// spins is how often one looks before letting others run, yields how often one lets them run before sleeping: some tens
// of microseconds.
const (
	spins  = 2000
	yields = 300
)

// NewTeam returns a team of the given size; Close must be called to end its workers.
func NewTeam(size int) *Team {
	team := &Team{parts: make([]part, max(size, 1))}
	team.caller.wakes = make(chan struct{}, 1)
	for worker := 1; worker < len(team.parts); worker++ {
		team.parts[worker].worker.wakes = make(chan struct{}, 1)
		go team.work(worker)
	}
	return team
}

// Size returns the number of workers.
func (t *Team) Size() int { return len(t.parts) }

func (t *Team) work(worker int) {
	mine := &t.parts[worker]
	seen := uint64(0)
	for {
		mine.worker.until(func() bool { return t.started.Load() != seen || t.closed.Load() })
		if t.closed.Load() {
			return
		}
		// The caller begins no other job before this part is taken and, if it is taken here, finished: so t.job
		// is still the function of this job.
		seen = t.started.Load()
		if mine.taken.CompareAndSwap(seen-1, seen) {
			t.job(worker)
			mine.finished.Store(seen)
			t.caller.wake()
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
	for k := range t.parts[1:] {
		t.parts[1+k].worker.wake()
	}
	job(0)
	for k := 1; k < len(t.parts); k++ {
		p := &t.parts[k]
		if p.taken.CompareAndSwap(number-1, number) {
			job(k)
			continue
		}
		t.caller.until(func() bool { return p.finished.Load() == number })
	}
}

// Close ends the workers.
func (t *Team) Close() {
	t.closed.Store(true)
	for k := range t.parts[1:] {
		t.parts[1+k].worker.wake()
	}
}
