package record

import (
	"math"
	"math/rand/v2"
	"testing"
	"unsafe"
)

// randomBits are numbers of many lengths.
func randomBits(random *rand.Rand, n int) []uint64 {
	list := make([]uint64, n)
	level := 0
	for i := range list {
		if random.IntN(20) == 0 {
			level = random.IntN(65)
		}
		list[i] = random.Uint64() >> level
		if random.IntN(3) == 0 {
			list[i] = -list[i]
		}
	}
	return list
}

// Machine code predicts and packs as the plain loops do, and touches nothing else.
func TestVectors(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, stride := range []int{tileElements, 9, 64} {
		for range 200 {
			from := randomBits(random, (history+blockSamples)*stride)
			if random.IntN(2) == 0 { // smooth
				for order := range random.IntN(8) {
					for i := stride; i < len(from); i++ {
						if order == 0 && i > 8*stride {
							from[i] &= 3
						}
						from[i] += from[i-stride]
					}
				}
			}
			type guarded struct {
				before [8]uint64
				residues
				after [8]uint64
			}
			var got guarded
			var want residues
			predict(from, stride, &got.residues)
			predictPlain(from, stride, &want)
			got.all, want.all = differences{}, differences{}
			if got.residues != want {
				t.Fatalf("stride %d: residues differ", stride)
			}
			if got.before != [8]uint64{} || got.after != [8]uint64{} {
				t.Fatal("it writes beyond its residues")
			}
			rows := want.rows
			checkDecay(t, random, &want, Double)
			want.rows = rows
			for i := range want.rows {
				for e := range want.rows[i] {
					want.rows[i][e] &= math.MaxUint32
				}
			}
			checkDecay(t, random, &want, Single)
			var rounded, plain gathered
			numbers := unsafe.Slice((*float64)(unsafe.Pointer(&from[0])), len(from))
			roundTile(&rounded, numbers, stride)
			roundPlain(&plain, numbers, stride, tileElements)
			for i, u := range plain {
				if rounded[i] != u && !(math.IsNaN(Single.value(u)) && math.IsNaN(Single.value(rounded[i])) && rounded[i] <= math.MaxUint32) {
					t.Fatalf("rounded %x, want %x", rounded[i], u)
				}
			}
			for e := range tileElements {
				h := newHeader(predictor(want.kind[e]), [runs]uint{uint(want.widths[0][e]), uint(want.widths[1][e]), uint(want.widths[2][e]), uint(want.widths[3][e])})
				var memory, plain [8 + 8*blockSamples + slack + 8]byte
				packRuns((*[8*blockSamples + slack]byte)(memory[8:]), &want.z[e], h)
				packRunsPlain((*[8*blockSamples + slack]byte)(plain[8:]), &want.z[e], h)
				if n := 8 + h.packed(); [8]byte(memory[:8]) != [8]byte{} || string(memory[:n]) != string(plain[:n]) || [8]byte(memory[n+slack:]) != [8]byte{} {
					t.Fatalf("element %d, %v: packed % x, want % x", e, want.widths, memory, plain)
				}
			}
		}
	}
}

// checkDecay compares what decay misses by, of samples that may be anything.
func checkDecay(t *testing.T, random *rand.Rand, r *residues, as Precision) {
	t.Helper()
	var factors [tileElements]float64
	patternBits := map[Precision]int{Double: 64, Single: 32}
	for e := range factors {
		factors[e] = 2*random.Float64() - 1
		for i := range r.rows[1:] {
			if random.IntN(2) == 0 {
				r.rows[i+1][e] = as.pattern(as.value(r.rows[i][e]) * factors[e])
			}
		}
		if random.IntN(4) == 0 {
			r.rows[random.IntN(len(r.rows))][e] = random.Uint64()>>(64-patternBits[as]) | as.exponent()
		}
	}
	decayAll(r, as, &factors)
	got := r.decays
	r.decays = decays{}
	decayPlain(r, as, &factors)
	want := r.decays
	if got.infinite != want.infinite {
		t.Fatalf("not finite: %b, want %b", got.infinite, want.infinite)
	}
	for e := range factors {
		if want.finite(e) && (got.z[e] != want.z[e] || got.of(e) != want.of(e)) {
			t.Fatalf("decay by %g: widths %v, want %v", factors[e], got.of(e), want.of(e))
		}
	}
}

func BenchmarkVectors(b *testing.B) {
	from := randomBits(rand.New(rand.NewPCG(1, 2)), (history+blockSamples)*panelElements)
	var r residues
	var to [8*blockSamples + slack]byte
	each := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(blockSamples*tileElements), "ns/sample")
		})
	}
	each("predict", func() { predict(from, panelElements, &r) })
	each("predict, plain", func() { predictPlain(from, panelElements, &r) })
	var factors [tileElements]float64
	each("decay", func() { decayAll(&r, Double, &factors) })
	each("decay, plain", func() { decayPlain(&r, Double, &factors) })
	pack := func(f func(*[8*blockSamples + slack]byte, *[blockSamples]uint64, header)) func() {
		return func() {
			for e := range tileElements {
				f(&to, &r.z[e], newHeader(0, [runs]uint{uint(9 + e), 3, 17, 40}))
			}
		}
	}
	each("pack", pack(packRuns))
	each("pack, plain", pack(packRunsPlain))
}
