package numpy

import (
	"testing"

	"synfire/internal/array"
	"synfire/units"
)

// BenchmarkSelectLoop is the loop over 10000 neurons and 200000 spikes that selects neurons by their rate.
func BenchmarkSelectLoop(b *testing.B) {
	times, indices := make([]float64, 200_000), make([]int64, 200_000)
	for i := range times {
		times[i], indices[i] = float64(i)*2.5e-5, int64(i*7919%10_000)
	}
	for b.Loop() {
		in, out := testSession(b, b.TempDir())
		in.Globals().Set("t", New(array.SharedFloats(times, units.Time)))
		in.Globals().Set("i", New(array.SharedInts(indices)))
		if _, got := run(in, out, `
N = 10000
late = np.array([np.any(t[i == k] > 3*second) for k in range(N)])
rates = np.array([1/np.mean(np.diff(t[i == k]))/second if len(t[i == k]) > 2 else 0*Hz for k in range(N)])/second
acc = np.zeros((N, 2))
for k in range(N):
    if late[k]:
        acc[k] = rates[k]*second, 0.5
`); got != "" {
			b.Fatal(got)
		}
	}
}
