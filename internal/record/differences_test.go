package record

import (
	"math/rand/v2"
	"testing"
)

// Machine code gives what the plain loop gives, and touches nothing else.
func TestDifferences(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, stride := range []int{tileElements, 9, 64} {
		for range 20 {
			from := make([]uint64, (history+blockSamples)*stride)
			for i := range from {
				from[i] = random.Uint64() >> random.IntN(64)
				if random.IntN(3) == 0 {
					from[i] = -from[i]
				}
			}
			type guarded struct {
				before [8]uint64
				differences
				after [8]uint64
			}
			var got guarded
			var want differences
			differ(from, stride, &got.differences)
			differPlain(from, stride, &want)
			if got.differences != want {
				t.Fatalf("stride %d: differences differ", stride)
			}
			if got.before != [8]uint64{} || got.after != [8]uint64{} {
				t.Fatal("it writes beyond its differences")
			}
		}
	}
}

func BenchmarkDifferences(b *testing.B) {
	from := make([]uint64, (history+blockSamples)*panelElements)
	var r differences
	for _, c := range []struct {
		name string
		f    func([]uint64, int, *differences)
	}{{"best", differ}, {"plain", differPlain}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.f(from, panelElements, &r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(blockSamples*tileElements), "ns/sample")
		})
	}
}
