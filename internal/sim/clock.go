package sim

import "math"

// Clock counts the steps of objects that share a time step. Time is always step*dt in float64, as Brian2
// computes it, so that recorded times compare equal to Brian2's.
type Clock struct {
	Name string
	step int64
	// end is the step at which the current run ends.
	end int64
	// The values that code sees, one element each, so that kernels can bind them as columns.
	T    []float64
	DT   []float64
	Step []int64

	hands []Hand
}

// Hand is where a clock stands in one part of the network, as the code of that part sees it: one element each.
type Hand struct {
	T    []float64
	Step []int64
}

func (h Hand) move(c *Clock, step int64) { h.T[0], h.Step[0] = c.Time(step), step }

// Hand returns the hand of a part. The loop moves it.
func (c *Clock) Hand(part int) Hand {
	for len(c.hands) <= part {
		c.hands = append(c.hands, Hand{lone[float64](), lone[int64]()})
	}
	return c.hands[part]
}

// lone returns a single value on a cache line of its own: parts move their hands, and read the clock, at the same time.
func lone[T float64 | int64]() []T {
	const line = 8
	return make([]T, 1, line)
}

// NewClock returns a clock at time 0.
func NewClock(name string, dt float64) *Clock {
	c := &Clock{Name: name, T: lone[float64](), DT: lone[float64](), Step: lone[int64]()}
	c.DT[0] = dt
	return c
}

// Dt returns the time step in seconds.
func (c *Clock) Dt() float64 { return c.DT[0] }

// Now returns the time of the current step in seconds.
func (c *Clock) Now() float64 { return c.T[0] }

// Index returns the number of the current step.
func (c *Clock) Index() int64 { return c.step }

// Time returns the time in seconds at which a step begins.
func (c *Clock) Time(step int64) float64 { return float64(float64(step) * c.DT[0]) }

// SetIndex moves the clock to a step.
func (c *Clock) SetIndex(step int64) {
	c.step = step
	c.T[0] = c.Time(step)
	c.Step[0] = step
}

// epsilonDt is the part of a step within which two times are the same (Brian2's value).
const epsilonDt = 1e-4

// StepsUntil returns the number of the first step that does not begin before the time t, where a step that
// begins within 1e-4 dt of t counts as beginning at t.
func (c *Clock) StepsUntil(t float64) int64 {
	nearest := int64(math.RoundToEven(t / c.Dt()))
	if math.Abs(t-float64(float64(nearest)*c.Dt()))/c.Dt() <= epsilonDt {
		return nearest
	}
	return int64(math.Ceil(t / c.Dt()))
}
