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

	legs   []leg
	phases []phase
	arena  []int64 // memory of the legs' steps
	// counted are the closings of logs: of those whose spikes are made ahead (1), and of all others (0).
	counted [2]int64
	// fresh says, of either, that what was closed last has not been queued.
	fresh [2]bool
	emits [2][]*Spikes // of either

	ahead    bool // some entries go ahead
	smooth   bool // there is one clock, and parts meet for nothing but spikes
	unlooked int  // moments since somebody looked at the context and the time
	soon     bool // somebody should look after this moment
	reached  float64
	problem  error // of those who hear
	entered  bool  // parts have entered, and not left
	// glanced is when parts last glanced at their elements, suspicious what they saw.
	glanced    float64
	suspicious []bool
	moments    int64
	why        []int64 // meetings by what they were for: a look, or the entry before which parts met
}

// local is what parts do for an entry.
type local struct {
	do    func(part int, step int64)
	clock int
	ahead bool
}

type crossing struct {
	*Delivery
	ahead int // 1: its spikes are made before the others go through the epoch
}

// leg is what parts do in one moment of an epoch: the entries from from to to-1, at the steps due of the clocks. times
// counts further moments, of which each is a step later.
type leg struct {
	due      []int64
	from, to int
	times    int64
}

// phase is what parts do between two meetings: they queue the spikes that others have closed, go through legs, and close
// their own logs.
type phase struct {
	legs   []leg
	ahead  int      // 1: what goes ahead in an epoch, 0: the rest
	counts [2]int64 // closings before the phase, of the logs of either
	queues [2]bool  // whether it queues what was closed last, of either
}

func newRunner(l *Loop, start, duration float64) *runner {
	r := &runner{Loop: l, tasks: make([]local, len(l.Entries)), why: make([]int64, len(l.Entries)+1), reached: start}
	if r.Team == nil {
		r.Team = NewTeam(1)
	}
	r.Parts = max(r.Parts, 1)
	r.glanced, r.suspicious = start, make([]bool, r.Parts)
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
			r.crossings = append(r.crossings, crossing{d, indexOf(ahead[d.spikes])})
		}
		if e := l.Entries[k].Emits; e != nil {
			of := indexOf(r.tasks[k].ahead)
			if !slices.Contains(r.emits[of], e) { // a log is closed once
				r.emits[of] = append(r.emits[of], e)
			}
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
		return e.Task != nil || r.apart(&e)
	})
	r.due = make([]int64, len(r.clocks))
	return r
}

func indexOf(condition bool) int {
	if condition {
		return 1
	}
	return 0
}

// advance plans and runs epochs, up to what concerns the whole network, and does that. look says that the network stands
// between two moments and that it is time to look around.
func (r *runner) advance() (look bool, err error) {
	r.legs, r.arena, r.phases = r.legs[:0], r.arena[:0], r.phases[:0]
	for epoch := 0; ; epoch = len(r.legs) {
		met, why := r.plan(epoch)
		r.why[why]++
		r.addPhases(r.legs[epoch:])
		if !met {
			r.run()
			r.unlooked, r.soon = 0, false
			r.hear()
			return true, r.problem
		}
		if !r.begun {
			continue
		}
		if e := &r.Entries[r.position]; e.Task != nil || r.apart(e) {
			r.run()
			return false, r.whole(e)
		}
	}
}

// plan plans an epoch: it appends legs up to the next meeting, and returns why there is one, as counted in r.why. met is
// false if it is time to look around.
func (r *runner) plan(epoch int) (met bool, why int) {
	for {
		if !r.begun && !r.begin() {
			return false, 0
		}
		if r.position == 0 && len(r.legs) > epoch {
			if k := r.awaited(); k >= 0 {
				// To meet between two moments is as good, and a chance to look.
				r.begun = false
				return r.unlooked < MostSteps/2, k + 1
			}
		}
		from := r.position
		met := r.walk()
		r.arena = append(r.arena, r.due...)
		r.legs = append(r.legs, leg{r.arena[len(r.arena)-len(r.due):], from, r.position, 0})
		if met {
			return true, r.position + 1
		}
		r.end()
		if r.smooth && from == 0 {
			r.legs[len(r.legs)-1].times = r.repeat()
		}
		if r.unlooked >= MostSteps || r.soon {
			return false, 0
		}
	}
}

// whole does an entry that concerns more than one part.
func (r *runner) whole(e *Entry) error {
	if e.Task != nil {
		r.soon = true
		r.position++
		r.hear()
		err := r.problem
		if err == nil {
			err = r.failure(e, e.Task.Do())
		}
		if err != nil {
			r.end()
		}
		return err
	}
	step := r.due[r.tasks[r.position].clock]
	r.position++
	r.phases = append(r.phases[:0], r.newPhase(nil, 0))
	r.perform(func(p *phase, part int) {
		r.queue(p, part)
		r.moveHands(part, r.due)
		if e.Reach != WritesOthers {
			e.Local(part, step)
			r.close(p, part)
		}
	})
	if e.Reach == WritesOthers {
		for part := range r.Parts {
			e.Local(part, step)
			r.close(&r.phases[0], part)
		}
	}
	r.soon = r.soon || e.Failed != nil
	err := r.failure(e, nil)
	if err != nil {
		r.end()
	}
	return err
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

// repeat ends the moments that are like the last one, in which all emitted that can, and returns how many there are: up to the
// next look, or to the step in which spikes can arrive that parts do not know of.
func (r *runner) repeat() int64 {
	clock := r.clocks[0]
	times := min(int64(MostSteps-r.unlooked), clock.end-clock.step)
	for k := range r.Entries {
		if e := &r.Entries[k]; e.Delivers != nil && !e.Delivers.inside && e.Delivers.spikes.unheard > 0 {
			times = min(times, e.arrival()-clock.step)
		}
	}
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
			if e.Emits.unheard == 0 {
				e.Emits.unheard = step + 1
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
	return e.Delivers.spikes.unheard > 0 && e.arrival() <= step
}

// arrival is the step in which the first of the spikes that other parts do not know of can arrive.
func (e *Entry) arrival() int64 { return e.Delivers.spikes.unheard - 1 + int64(e.Delay) }

// addPhases appends the phases of an epoch, after which parts know all spikes.
func (r *runner) addPhases(legs []leg) {
	if !slices.ContainsFunc(legs, r.anything) {
		return
	}
	if r.ahead {
		r.phases = append(r.phases, r.newPhase(legs, 1))
	}
	r.phases = append(r.phases, r.newPhase(legs, 0))
}

// newPhase returns the next phase.
func (r *runner) newPhase(legs []leg, ahead int) phase {
	p := phase{legs: legs, ahead: ahead, counts: r.counted}
	if ahead == 0 {
		// What goes ahead need not know any spikes.
		p.queues, r.fresh = r.fresh, [2]bool{}
	}
	r.counted[ahead]++
	r.fresh[ahead] = true
	for _, spikes := range r.emits[ahead] {
		spikes.unheard = 0
	}
	return p
}

// run has the parts go through the phases.
func (r *runner) run() {
	if r.Enter != nil && !r.entered {
		r.each(r.Enter)
		r.entered = true
	}
	r.perform(func(p *phase, part int) {
		r.queue(p, part)
		r.stretch(part, p.legs, p.ahead == 1)
		r.close(p, part)
	})
}

// perform has each part do something in each phase.
func (r *runner) perform(do func(p *phase, part int)) {
	r.Team.Phases(len(r.phases), func(k, worker int) {
		for part := worker; part < r.Parts; part += r.Team.Size() {
			do(&r.phases[k], part)
		}
	})
	for of, list := range r.emits {
		for _, spikes := range list {
			spikes.closings = r.counted[of]
		}
	}
}

// each does something for each part, at the same time.
func (r *runner) each(do func(part int)) {
	r.Team.Do(func(worker int) {
		for part := worker; part < r.Parts; part += r.Team.Size() {
			do(part)
		}
	})
}

// leave makes the state of the network readable for others.
func (r *runner) leave() {
	if r.entered {
		r.each(r.Leave)
		r.entered = false
	}
}

// glance has parts glance at their elements, and somebody inspect them if there is a reason.
func (r *runner) glance() {
	before := r.glanced
	r.glanced = r.reached
	r.each(func(part int) { r.suspicious[part] = r.Glance(part) })
	if slices.Contains(r.suspicious, true) {
		r.leave()
		r.Inspect(before, r.glanced)
	}
}

// queue has a part queue what has been closed before a phase.
func (r *runner) queue(p *phase, part int) {
	for _, c := range r.crossings {
		if p.queues[c.ahead] {
			c.exchange(part, p.counts[c.ahead])
		}
	}
}

// close has a part close its logs at the end of a phase.
func (r *runner) close(p *phase, part int) {
	for _, spikes := range r.emits[p.ahead] {
		spikes.close(part, p.counts[p.ahead]+1)
	}
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

// hear tells observers what has been emitted, once in many meetings, because it means to fetch memory from the caches of
// other cores. The parts have met.
func (r *runner) hear() {
	for _, hear := range r.Heard {
		if err := hear(); err != nil && r.problem == nil {
			r.problem = err
		}
	}
	for _, list := range r.emits {
		for _, spikes := range list {
			spikes.turn()
		}
	}
}

// stretch has one part go through the legs of an epoch.
func (r *runner) stretch(part int, legs []leg, ahead bool) {
	for i := range legs {
		l := &legs[i]
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
	r.phases = append(r.phases[:0], phase{counts: r.counted, queues: r.fresh})
	r.perform(r.queue)
	r.hear()
	r.leave()
	epochs := Epochs{Steps: r.moments}
	most := 0
	for k, n := range r.why {
		epochs.Meetings += n
		// Where parts meet in each step, they look around as often.
		if n > 0 && n >= r.why[most] {
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
