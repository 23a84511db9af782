package sim

import (
	"fmt"
	"math"
	"slices"
)

// runner is a loop that runs.
type runner struct {
	*Loop
	clocks    []*Clock
	tasks     []local    // parallel to Entries
	crossings []crossing // deliveries from part to part
	hands     [][]Hand   // of each part, parallel to clocks

	// Where planning stands: the step of each clock in the moment that has begun, -1 for a clock that has none; and the
	// next entry. Between two moments begun is false.
	begun    bool
	due      []int64
	position int

	legs  []leg
	arena []int64 // memory of the legs' steps
	// unheard is the first step of which other parts do not know the spikes, if there is one.
	unheard map[*Spikes]int64
	fresh   bool // the logs that the last meeting closed have not been queued
	made    bool // those who go ahead have made spikes that have not been queued

	ahead    bool // some entries go ahead
	smooth   bool // there is one clock, and nothing for which parts meet within a step
	unlooked int  // moments since somebody looked at the context and the time
	soon     bool // somebody should look after this moment
	reached  float64
	problem  error // of those who hear
	moments  int64
	why      []int64 // meetings by what they were for: a look, or the entry before which parts met
}

// local is what parts do for an entry.
type local struct {
	do    func(part int, step int64)
	clock int
	ahead bool
}

type crossing struct {
	*Delivery
	ahead bool // its spikes are made before the others go through the epoch
}

// leg is what parts do in one moment of an epoch: the entries from from to to-1, at the steps due of the clocks. times
// counts further moments, of which each is a step later.
type leg struct {
	due      []int64
	from, to int
	times    int64
}

func newRunner(l *Loop, start, duration float64) *runner {
	r := &runner{Loop: l, tasks: make([]local, len(l.Entries)), unheard: map[*Spikes]int64{}, why: make([]int64, len(l.Entries)+1), reached: start}
	if r.Team == nil {
		r.Team = NewTeam(1)
	}
	r.Parts = max(r.Parts, 1)
	ahead := map[*Spikes]bool{}
	for k := range l.Entries {
		e := &l.Entries[k]
		clock := slices.Index(r.clocks, e.Clock)
		if clock < 0 {
			clock = len(r.clocks)
			r.clocks = append(r.clocks, e.Clock)
		}
		// A network in one part has nobody to go ahead of.
		r.tasks[k] = local{e.Local, clock, e.Ahead && r.Parts > 1 && e.Failed == nil}
		if r.tasks[k].ahead {
			r.ahead = true
			ahead[e.Emits] = true
		}
	}
	for k := range l.Entries {
		if d := l.Entries[k].Delivers; d != nil && !d.inside {
			r.crossings = append(r.crossings, crossing{d, ahead[d.spikes]})
		}
	}
	for _, clock := range r.clocks {
		clock.SetIndex(clock.StepsUntil(start))
		clock.end = clock.StepsUntil(start + duration)
	}
	for part := range r.Parts {
		var hands []Hand
		for _, clock := range r.clocks {
			hands = append(hands, clock.Hand(part))
		}
		r.hands = append(r.hands, hands)
	}
	r.smooth = len(r.clocks) == 1 && !slices.ContainsFunc(l.Entries, func(e Entry) bool {
		return e.Task != nil || r.apart(&e) || e.Delivers != nil && !e.Delivers.inside
	})
	r.due = make([]int64, len(r.clocks))
	r.arena = make([]int64, (MostSteps+1)*len(r.clocks))
	return r
}

// advance plans and runs an epoch, and what the whole network does after it. look says that the network stands between
// two moments and that it is time to look around.
func (r *runner) advance() (look bool, err error) {
	r.legs = r.legs[:0]
	for {
		if !r.begun && !r.begin() {
			look = true
			break
		}
		if r.position == 0 && len(r.legs) > 0 {
			if k := r.awaited(); k >= 0 {
				// To meet between two moments is as good, and a chance to look.
				r.begun = false
				r.run()
				r.why[k+1]++
				if r.problem != nil {
					return false, r.problem
				}
				if r.unlooked < MostSteps/2 {
					return false, nil
				}
				r.unlooked, r.soon = 0, false
				return true, nil
			}
		}
		from := r.position
		met := r.walk()
		n := len(r.clocks)
		due := r.arena[len(r.legs)*n:][:n]
		copy(due, r.due)
		r.legs = append(r.legs, leg{due, from, r.position, 0})
		if met {
			break
		}
		r.end()
		if r.smooth {
			r.legs[0].times = r.repeat()
		}
		if r.unlooked >= MostSteps || r.soon {
			look = true
			break
		}
	}
	r.run()
	if r.problem != nil {
		if r.begun {
			r.end()
		}
		return false, r.problem
	}
	if look {
		r.why[0]++
		r.unlooked, r.soon = 0, false
		return true, nil
	}
	e := &r.Entries[r.position]
	r.why[r.position+1]++
	switch {
	case e.Task != nil:
		r.soon = true
		r.position++
		if err := r.failure(e, e.Task.Do()); err != nil {
			r.end()
			return false, err
		}
	case r.apart(e):
		step := r.due[r.tasks[r.position].clock]
		r.position++
		inTurn := e.Reach == WritesOthers
		r.together(func(part int) {
			r.moveHands(part, r.due)
			if !inTurn {
				e.Local(part, step)
			}
		})
		for part := 0; inTurn && part < r.Parts; part++ {
			e.Local(part, step)
		}
		r.meet()
		r.soon = r.soon || e.Failed != nil
		if err := r.failure(e, nil); err != nil {
			r.end()
			return false, err
		}
	}
	return false, r.problem
}

// failure is an error of an entry.
func (r *runner) failure(e *Entry, err error) error {
	if err == nil && e.Failed != nil {
		err = e.Failed()
	}
	return err
}

// apart reports whether parts meet before and after an entry.
func (r *runner) apart(e *Entry) bool {
	return e.Failed != nil || e.Reach != OwnPart && r.Parts > 1
}

// farDelay is the number of steps from which a step less in each epoch does not matter.
const farDelay = 16

// awaited returns the entry of the moment that has begun which delivers spikes that other parts do not know of yet; -1:
// there is none, or parts can go on to it first.
func (r *runner) awaited() int {
	for k := range r.Entries {
		e := &r.Entries[k]
		if step := r.due[r.tasks[k].clock]; step >= 0 && e.Delivers != nil && e.Delay >= farDelay && r.expects(e, step) {
			return k
		}
	}
	return -1
}

// begin begins the moment of the earliest steps; false: all clocks are at their ends.
func (r *runner) begin() bool {
	clock := earliest(r.clocks)
	if clock == nil {
		return false
	}
	now := clock.Now()
	for k, c := range r.clocks {
		r.due[k] = -1
		if c.step < c.end && c.Now()-now <= epsilonDt*math.Min(c.Dt(), clock.Dt()) {
			r.due[k] = c.step
		}
	}
	r.begun, r.position = true, 0
	return true
}

// end ends the moment.
func (r *runner) end() {
	clock := earliest(r.clocks)
	for k, c := range r.clocks {
		if r.due[k] >= 0 {
			c.SetIndex(r.due[k] + 1)
		}
	}
	r.reached = clock.Now()
	r.begun = false
	r.moments++
	r.unlooked++
}

// repeat ends the moments that are like the last one, up to the next look, and returns how many there are.
func (r *runner) repeat() int64 {
	clock := r.clocks[0]
	times := min(int64(MostSteps-r.unlooked), clock.end-clock.step)
	if r.soon || times <= 0 {
		return 0
	}
	clock.SetIndex(clock.step + times)
	r.reached = clock.Now()
	r.moments += times
	r.unlooked += int(times)
	return times
}

// walk moves on in the moment to the entry before which parts have to meet, if there is one.
func (r *runner) walk() (meet bool) {
	for ; r.position < len(r.Entries); r.position++ {
		e := &r.Entries[r.position]
		step := r.due[r.tasks[r.position].clock]
		switch {
		case step < 0:
		case e.Task != nil, r.apart(e):
			return true
		case e.Delivers != nil && r.expects(e, step):
			return true
		case e.Emits != nil && !r.tasks[r.position].ahead:
			if _, earlier := r.unheard[e.Emits]; !earlier {
				r.unheard[e.Emits] = step
			}
		}
	}
	return false
}

// expects reports whether spikes that other parts may have emitted since the last meeting can arrive in a step.
func (r *runner) expects(e *Entry, step int64) bool {
	if e.Delivers.inside {
		return false
	}
	emitted, unheard := r.unheard[e.Delivers.spikes]
	return unheard && emitted+int64(e.Delay) <= step
}

// run has the parts go through the epoch's legs, and meet.
func (r *runner) run() {
	if !slices.ContainsFunc(r.legs, r.anything) {
		return
	}
	if r.ahead {
		r.Team.Do(func(worker int) {
			for part := worker; part < r.Parts; part += r.Team.Size() {
				r.stretch(part, true)
			}
		})
		for k := range r.Entries {
			if r.tasks[k].ahead && r.Entries[k].Emits != nil {
				r.Entries[k].Emits.close()
			}
		}
		r.made = true
	}
	r.together(func(part int) { r.stretch(part, false) })
	r.meet()
}

// anything reports whether there is something to do in a leg.
func (r *runner) anything(l leg) bool {
	for k := l.from; k < l.to; k++ {
		if l.due[r.tasks[k].clock] >= 0 {
			return true
		}
	}
	return false
}

// together has each part queue the spikes that it has not heard of, and do something.
func (r *runner) together(do func(part int)) {
	r.Team.Do(func(worker int) {
		for part := worker; part < r.Parts; part += r.Team.Size() {
			for _, c := range r.crossings {
				if r.fresh && !c.ahead || r.made && c.ahead {
					c.exchange(part)
				}
			}
			do(part)
		}
	})
	r.fresh, r.made = false, false
}

// meet closes the logs.
func (r *runner) meet() {
	for k := range r.Entries {
		if e := &r.Entries[k]; e.Emits != nil && !r.tasks[k].ahead {
			e.Emits.close()
		}
	}
	clear(r.unheard)
	r.fresh = true
	for _, hear := range r.Heard {
		if err := hear(); err != nil && r.problem == nil {
			r.problem = err
		}
	}
	for k := range r.Entries {
		if r.tasks[k].ahead && r.Entries[k].Emits != nil {
			r.Entries[k].Emits.forget()
		}
	}
}

// stretch has one part go through the legs of an epoch.
func (r *runner) stretch(part int, ahead bool) {
	for i := range r.legs {
		l := &r.legs[i]
		r.moveHands(part, l.due)
		for k := l.from; k < l.to; k++ {
			task := &r.tasks[k]
			if step := l.due[task.clock]; step >= 0 && task.ahead == ahead {
				task.do(part, step)
			}
		}
		for later := int64(1); later <= l.times; later++ {
			step := l.due[0] + later
			r.hands[part][0].move(r.clocks[0], step)
			for k := range r.tasks {
				if task := &r.tasks[k]; task.ahead == ahead {
					task.do(part, step)
				}
			}
		}
	}
}

func (r *runner) moveHands(part int, due []int64) {
	for k, step := range due {
		if step >= 0 {
			r.hands[part][k].move(r.clocks[k], step)
		}
	}
}

// finish queues the spikes of the last steps, so that the queues hold all that is on its way.
func (r *runner) finish() Epochs {
	r.together(func(int) {})
	epochs := Epochs{Steps: r.moments}
	most := 0
	for k, n := range r.why {
		epochs.Meetings += n
		if n > r.why[most] {
			most = k
		}
	}
	epochs.Bound = fmt.Sprintf("a look around every %d steps at least", MostSteps)
	if most > 0 {
		switch e := &r.Entries[most-1]; {
		case e.Failed != nil:
			epochs.Bound = fmt.Sprintf("'%s', which calls a function that can fail", e.Name)
		case e.Task != nil:
			epochs.Bound = fmt.Sprintf("'%s', which concerns the whole network", e.Name)
		case e.Reach != OwnPart:
			epochs.Bound = fmt.Sprintf("'%s', which uses what other parts of the network write", e.Name)
		default:
			epochs.Bound = fmt.Sprintf("the delays of '%s', which begin at %d steps", e.Name, e.Delay)
		}
	}
	return epochs
}

// earliest returns the clock whose next step begins first, or nil when all are at their ends.
func earliest(clocks []*Clock) *Clock {
	var first *Clock
	for _, c := range clocks {
		if c.step < c.end && (first == nil || c.Now() < first.Now()) {
			first = c
		}
	}
	return first
}
