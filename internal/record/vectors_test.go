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

// randomSamples are those of a tile in which some elements are smooth, some decay by factors, and some have all kinds of numbers.
func randomSamples(random *rand.Rand, as Precision, stride int, f *factors) samples {
	s := samples{randomBits(random, (history+blockSamples)*stride), stride}
	width := map[Precision]uint{Double: 64, Single: 32}[as]
	for e := range f {
		f[e] = 2*random.Float64() - 1
		order, quiet := random.IntN(9), random.IntN(2) == 0
		for k := range order {
			for i := e + stride; i < len(s.rows); i += stride {
				if k == 0 && quiet && i > 9*stride {
					s.rows[i] &= 3
				}
				s.rows[i] += s.rows[i-stride]
			}
		}
		decays := random.IntN(3) == 0
		for i := e; i < len(s.rows); i += stride {
			s.rows[i] &= math.MaxUint64 >> (64 - width)
			if decays && i >= stride && random.IntN(3) > 0 {
				s.rows[i] = as.decayed(s.rows[i-stride], f[e])
			}
			if random.IntN(200) == 0 {
				s.rows[i] |= as.exponent()
			}
			if random.IntN(200) == 0 {
				s.rows[i] = 1 << (width - 1)
			}
		}
	}
	return s
}

// Machine code predicts and packs as the plain loops do, and touches nothing else.
func TestVectors(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for k := range 2000 {
		stride, as := []int{tileElements, 9, 64}[k%3], Precision(k%2 == 0)
		var f factors
		s := randomSamples(random, as, stride, &f)

		var orders, plainOrders [polynomials][tileElements]uint64
		tryOrders(s, &orders)
		tryOrdersPlain(s, &plainOrders)
		if orders != plainOrders {
			t.Fatalf("bytes of each order %v, want %v", orders, plainOrders)
		}
		for g := range groups {
			lo := random.IntN(history)
			hi := lo + 1 + random.IntN(history-lo)
			var last, plainLast lasts
			for k := range last {
				copy(last[k][:], randomBits(random, tileElements))
			}
			plainLast = last
			var memory, plain struct {
				x      group
				beyond uint64
			}
			var all, plainAll [tileElements]uint64
			differ(&memory.x, s.from(g*groupSamples), &last, lo, hi, &all)
			differPlain(&plain.x, s.from(g*groupSamples), &plainLast, lo, hi, &plainAll)
			if memory != plain || last != plainLast || all != plainAll {
				t.Fatalf("differences of order %d of order %d: %x, want %x", hi, lo, memory.x, plain.x)
			}
		}
		var decayed, plainDecayed [tileElements]uint64
		tryDecay(s, as, &f, &decayed)
		tryDecayPlain(s, as, &f, &plainDecayed)
		if decayed != plainDecayed {
			t.Fatalf("bytes of decay %v, want %v", decayed, plainDecayed)
		}

		p := predictor(random.IntN(int(decay) + 1))
		const most = groups*maxGroup + slack
		var memory, plain [8 + most + 8]byte
		n := packGroups(memory[8:8+most], s, as, p, &f)
		want := packGroupsPlain(plain[8:8+most], s, as, p, &f)
		if n != want || n > most-slack || string(memory[:8+n]) != string(plain[:8+n]) || [8]byte(memory[8+most:]) != [8]byte{} {
			t.Fatalf("packed % x, want % x", memory[:8+n], plain[:8+want])
		}

		got, plainRead := reader{as: as, factors: f, predictor: p}, reader{as: as, factors: f, predictor: p}
		for i := range got.before {
			copy(got.before[i][:], s.rows[i*stride:])
		}
		plainRead.before = got.before
		var values, plainValues [8 + tileElements*blockSamples + 8]uint64
		got.unpackGroups(memory[8:], 0, tileElements, lines{values[8 : len(values)-8], blockSamples})
		plainRead.unpackGroupsPlain(memory[8:], 0, tileElements, lines{plainValues[8 : len(values)-8], blockSamples})
		if values != plainValues || got != plainRead {
			t.Fatalf("%v: unpacked %x, want %x", p, values, plainValues)
		}
		for e := range tileElements {
			one := reader{as: as, factors: f, predictor: p}
			for i := range one.before {
				one.before[i][e] = s.at(i, e)
			}
			values := [8 + blockSamples + 8]uint64{}
			one.unpackGroups(memory[8:], e, e+1, lines{values[8 : len(values)-8], 0})
			if want := (lines{plainValues[8 : len(plainValues)-8], blockSamples}); [blockSamples]uint64(values[8:]) != *want.of(e) || values[7] != 0 || values[8+blockSamples] != 0 {
				t.Fatalf("%v: element %d alone unpacked %x, want %x", p, e, values, *want.of(e))
			}
		}
		for e := range tileElements {
			for i := range blockSamples {
				if got, want := values[8+e*blockSamples+i], s.at(history+i, e); got != want {
					t.Fatalf("%v: sample %d of element %d is %x, want %x", p, i, e, got, want)
				}
			}
		}

		var rounded, plainRounded gathered
		numbers := unsafe.Slice((*float64)(unsafe.Pointer(&s.rows[0])), len(s.rows))
		roundTile(&rounded, numbers, stride)
		roundPlain(&plainRounded, numbers, stride, tileElements)
		for i, u := range plainRounded {
			if rounded[i] != u && !(math.IsNaN(Single.value(u)) && math.IsNaN(Single.value(rounded[i])) && rounded[i] <= math.MaxUint32) {
				t.Fatalf("rounded %x, want %x", rounded[i], u)
			}
		}
	}
}

func BenchmarkVectors(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 2))
	s := samples{make([]uint64, (history+blockSamples)*panelElements), panelElements}
	for e := range tileElements { // membranes
		x := -0.07
		for i := range history + blockSamples {
			x += 0.005*(-0.05-x) + 1e-18*random.NormFloat64()
			s.rows[i*s.stride+e] = math.Float64bits(x)
		}
	}
	each := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(blockSamples*tileElements), "ns/sample")
		})
	}
	to := make([]byte, maxTile)
	var c choice
	c.choose(s, Double)
	each("pack", func() { packTile(to, s, tileElements, Double, &c, 1) })
	each("choose", func() { c.choose(s, Double) })
	each("pack, plain", func() { packGroupsPlain(to, s, Double, c.predictor, &c.factors) })
	var bytes [polynomials][tileElements]uint64
	each("pack, decay, plain", func() { packGroupsPlain(to, s, Double, decay, &c.factors) })
	each("choose, plain", func() { tryOrdersPlain(s, &bytes) })
	each("pack, decay", func() { packGroups(to, s, Double, decay, &c.factors) })
	c.made = false
	packTile(to, s, tileElements, Double, &c, 0)
	r := reader{as: Double}
	var z [tileElements * blockSamples]uint64
	each("unpack", func() { r.next(to, 0, tileElements, tileElements, true, lines{z[:], blockSamples}) })
	each("unpack, plain", func() { r.unpackGroupsPlain(to[tileElements*history*8+1:], 0, tileElements, lines{z[:], blockSamples}) })
}
