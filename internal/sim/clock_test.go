package sim

import (
	"math"
	"testing"
)

// Section 3.2: a step that begins within 1e-4 dt of a time counts as beginning there; otherwise the next one.
func TestStepsUntil(t *testing.T) {
	for _, c := range []struct {
		dt, t float64
		want  int64
	}{
		{1e-4, 0, 0}, {1e-4, 1e-4, 1}, {1e-4, 0.25e-3, 3}, {1e-4, 0.3e-3, 3}, {1e-4, 0.30000000000000004e-3, 3}, {1e-4, 1, 10000},
		{1e-4, 1e-4 * (1 + 0.9e-4), 1}, {1e-4, 1e-4 * (1 + 1.1e-4), 2}, {1e-4, 1e-4 * (1 - 0.9e-4), 1}, {1e-4, 1e-4 * (1 - 0.5), 1},
		{0.25e-3, 1e-3, 4}, {0.25e-3, 1.1e-3, 5}, {0.3e-3, 0.9e-3, 3}, {1e-3, 3.3, 3300}, {0.1, 0.3, 3}, {1e-5, 123.45678, 12345678},
	} {
		if got := NewClock("clock", c.dt).StepsUntil(c.t); got != c.want {
			t.Errorf("dt=%g, t=%.17g: %d steps, want %d", c.dt, c.t, got, c.want)
		}
	}
}

func TestTimeIsStepTimesDt(t *testing.T) {
	c := NewClock("clock", 1e-4)
	for _, step := range []int64{0, 3, 6, 7, 12345678} {
		c.SetIndex(step)
		if want := float64(step) * 1e-4; c.Now() != want || c.T[0] != want || c.Step[0] != step || c.Index() != step {
			t.Errorf("step %d is at %.17g, want %.17g", step, c.Now(), want)
		}
	}
	c.SetIndex(3)
	if c.Now() == 3e-4 {
		t.Error("the time of step 3 should not be the nearest float to 0.3 ms")
	}
	if math.Abs(c.Now()-3e-4) > 1e-18 {
		t.Errorf("step 3 is at %g", c.Now())
	}
}
