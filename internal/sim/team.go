package sim

import (
	"runtime"
	"sync/atomic"
)

// Team is a fixed number of workers that share a job. The caller is worker 0. A job has phases, and each phase has a part
// for each worker: a phase begins when all parts of the one before are finished. Workers wait by spinning for a while,
// because a phase may be shorter than a wake-up by the operating system; then they sleep.
//
// Nobody waits for a worker that has not begun: who has finished its own part of a phase does every part that is not yet
// taken. So on a busy machine, where the operating system gives a worker no time, a team is hardly slower than its
// caller alone.
type Team struct {
	// Phases of all jobs are counted from 1. The job that has begun goes from phase begin to phase end.
	job     func(phase, part int)
	begin   uint64
	end     atomic.Uint64
	members []member
	closed  atomic.Bool
}

// member is a worker and its part of each phase. What is different for each lies on different cache lines.
type member struct {
	taken    atomic.Uint64 // the last phase of which somebody took the part
	finished atomic.Uint64 // the last phase of which it is finished
	asleep   atomic.Bool
	wakes    chan struct{}
	_        [96]byte
}

// spins is how often one looks before sleeping: for about half a millisecond.
const spins = 500_000

// NewTeam returns a team of the given size; Close must be called to end its workers.
func NewTeam(size int) *Team {
	t := &Team{members: make([]member, max(size, 1))}
	for k := range t.members {
		t.members[k].wakes = make(chan struct{}, 1)
	}
	for worker := 1; worker < len(t.members); worker++ {
		go func() {
			// The memory of a part stays in the caches of one core.
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			for !t.closed.Load() {
				t.proceed(worker)
			}
		}()
	}
	return t
}

// Size returns the number of workers.
func (t *Team) Size() int { return len(t.members) }

// Do runs job once for each part, from 0 to Size()-1, and returns when all are done. Parts run at the same time, each on
// whichever worker is free.
func (t *Team) Do(job func(part int)) { t.Phases(1, func(_, part int) { job(part) }) }

// Phases runs job for each phase from 0 to phases-1, one after another, and in each once for each part, at the same time.
// It returns when all are done.
func (t *Team) Phases(phases int, job func(phase, part int)) {
	if len(t.members) == 1 {
		for phase := range phases {
			job(phase, 0)
		}
		return
	}
	begin := t.end.Load() + 1
	t.job, t.begin = job, begin
	t.end.Store(begin + uint64(phases) - 1)
	t.wakeOthers(0)
	for !t.allFinished(t.end.Load()) {
		t.proceed(0)
	}
}

// proceed has a worker do its part of the next phase, if nobody else has, and then the parts that nobody has begun. It
// returns when there is a reason to look again.
func (t *Team) proceed(worker int) {
	mine := &t.members[worker]
	phase := mine.taken.Load() + 1
	t.wait(worker, func() bool {
		return phase <= t.end.Load() && t.allFinished(phase-1) || mine.taken.Load() >= phase || t.closed.Load() || worker == 0 && phase > t.end.Load() && t.allFinished(t.end.Load())
	})
	if phase > t.end.Load() || !t.allFinished(phase-1) {
		return
	}
	t.take(worker, worker, phase)
	for part := range t.members {
		if t.members[part].taken.Load() == phase-1 {
			t.take(worker, part, phase)
		}
	}
}

// take has a worker do a part of a phase that can begin, unless somebody else has. Until it is finished no other job
// begins, so t.job is the function of the job to which the phase belongs.
func (t *Team) take(worker, part int, phase uint64) {
	p := &t.members[part]
	if p.taken.CompareAndSwap(phase-1, phase) {
		t.job(int(phase-t.begin), part)
		p.finished.Store(phase)
		t.wakeOthers(worker)
	}
}

func (t *Team) allFinished(phase uint64) bool {
	for k := range t.members {
		if t.members[k].finished.Load() < phase {
			return false
		}
	}
	return true
}

// wait returns when a condition holds that another member brings about, who then wakes the others.
func (t *Team) wait(worker int, holds func() bool) {
	for range spins {
		if holds() {
			return
		}
	}
	m := &t.members[worker]
	for !holds() {
		m.asleep.Store(true)
		// If it came to hold before the waker could see that we sleep, nobody wakes us.
		if holds() && m.asleep.CompareAndSwap(true, false) {
			return
		}
		<-m.wakes
	}
}

func (t *Team) wakeOthers(worker int) {
	for k := range t.members {
		if m := &t.members[k]; k != worker && m.asleep.Load() && m.asleep.CompareAndSwap(true, false) {
			m.wakes <- struct{}{}
		}
	}
}

// Close ends the workers.
func (t *Team) Close() {
	t.closed.Store(true)
	t.wakeOthers(0)
}
