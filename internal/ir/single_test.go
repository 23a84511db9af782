package ir

import (
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"testing"
)

// float32Samples are patterns of every exponent, some of them near edges.
func float32Samples(random *rand.Rand, n int) []float32 {
	list := []float32{0, 1, -1, 0.5, 2, math.MaxFloat32, -math.MaxFloat32, math.SmallestNonzeroFloat32, 0x1p-126, 0x1.fffffep-127,
		float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Copysign(0, -1)), float32(math.NaN())}
	for range n {
		list = append(list, math.Float32frombits(random.Uint32()))
	}
	return list
}

// FMA32 is the exact sum, rounded once.
func TestFMA32(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	check := func(x, y, z float32) {
		have := FMA32(x, y, z)
		if slow := fma32ToOdd(x, y, z); have != slow && (have == have || slow == slow) {
			t.Fatalf("fma(%x, %x, %x) = %x, slowly %x", x, y, z, have, slow)
		}
		if math.IsNaN(float64(x)) || math.IsNaN(float64(y)) || math.IsNaN(float64(z)) {
			if have == have {
				t.Fatalf("fma(%g, %g, %g) = %g", x, y, z, have)
			}
			return
		}
		p := float64(x) * float64(y)
		want := float32(p + float64(z)) // right for infinities, and NaN of opposite ones
		if !math.IsInf(p, 0) && !math.IsNaN(p) && !math.IsInf(float64(z), 0) {
			exact := new(big.Float).SetPrec(700).SetFloat64(p)
			exact.Add(exact, new(big.Float).SetFloat64(float64(z)))
			if exact.Sign() != 0 { // the sign of a zero sum is the hardware's
				want, _ = exact.Float32()
			}
		}
		if math.Float32bits(have) != math.Float32bits(want) && (have == have || want == want) {
			t.Fatalf("fma(%x, %x, %x) = %x, want %x", x, y, z, have, want)
		}
	}
	edges := float32Samples(random, 0)
	for _, x := range edges {
		for _, y := range edges {
			for _, z := range edges {
				check(x, y, z)
			}
		}
	}
	for range 200_000 {
		x, y := math.Float32frombits(random.Uint32()), math.Float32frombits(random.Uint32())
		check(x, y, math.Float32frombits(random.Uint32()))
		// Addends around the product, and halves of its last place: where ties are near.
		p := float32(float64(x) * float64(y))
		check(x, y, -p)
		check(x, y, p*float32(math.Ldexp(1, random.IntN(60)-30)))
		x = float32(1+random.IntN(64)) * float32(math.Ldexp(1, random.IntN(20)))
		y = 1 + float32(random.IntN(1<<23))*0x1p-23
		check(x, y, float32(math.Ldexp(1+float64(random.IntN(4))/4, random.IntN(80)-40)))
		check(-x, y, math.Float32frombits(random.Uint32()&0x3FFFFFFF))
		// Results that are subnormal.
		check(x*0x1p-75, y*0x1p-73, float32(random.IntN(1<<20))*math.SmallestNonzeroFloat32)
	}
}

// Rounding F32 twice, through F64, is naive: it fails on ties that are none.
func TestFMA32RoundsOnce(t *testing.T) {
	x, y, z := float32(1+0x1p-12), float32(1+0x1p-12), float32(0x1p-60)
	naive := float32(math.FMA(float64(x), float64(y), float64(z)))
	if have := FMA32(x, y, z); have == naive {
		t.Errorf("fma = %x both ways, expected a difference", have)
	}
}

// Conversions from I64 round once: 2^24+1 plus a little is above the tie that a double would show.
func TestConvertToF32(t *testing.T) {
	for _, c := range []struct {
		x    int64
		want float32
	}{{1<<24 + 1, 1 << 24}, {1<<60 + 1<<36 + 1, 1<<60 + 1<<37}, {-(1<<60 + 1<<36 + 1), -(1<<60 + 1<<37)}, {math.MaxInt64, 1 << 63}} {
		have, _ := Evaluate(Convert, F32, I64, uint64(c.x), 0, 0)
		if x := math.Float32frombits(uint32(have)); x != c.want {
			t.Errorf("%d is %x, want %x", c.x, x, c.want)
		}
	}
}

// ulps32 is the distance of x from want in units of the last place of F32 at want.
func ulps32(x float32, want float64) float64 {
	if math.IsNaN(want) || math.IsInf(float64(float32(want)), 0) || math.IsInf(float64(x), 0) {
		if w := float32(want); x == w || x != x && w != w {
			return 0
		}
		return math.Inf(1)
	}
	_, e := math.Frexp(want)
	return math.Abs(float64(x)-want) / math.Ldexp(1, max(e-24, -149))
}

// singleCases are the functions that have expansions of their own in F32.
var singleCases = []struct {
	op    Op
	name  string
	limit float64
	note  string
}{{Exp, "exp", 1, ""}, {Expm1, "expm1", 2, ""}, {Exprel, "exprel", 2, ""}, {InvExprel, "1/exprel", 2, ""}, {Log, "log", 1, ""}, {Tanh, "tanh", 2, ""}}

// accuracyOfF32 compares functions of F32 with those of F64, whose own errors do not count beside theirs, on one of
// every stride patterns of F32.
func accuracyOfF32(stride uint64) []accuracyRow {
	var rows []accuracyRow
	for _, c := range singleCases {
		single, double := newScalar(c.name, 1, F32, compound(c.op, F32)), NewScalar(c.op)
		row := accuracyRow{name: c.name, note: c.note, operations: single.Operations(), limit: c.limit}
		for pattern := uint64(0); pattern < 1<<32; pattern += stride {
			x := float64(math.Float32frombits(uint32(pattern)))
			if x != x {
				continue
			}
			row.sample++
			if u := ulps32(float32(single.Of(x)), double.Of(x)); u > row.worst {
				row.worst, row.at = u, x
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// strideF32 is prime.
func strideF32() uint64 {
	if os.Getenv("SYNFIRE_LONG") != "" {
		return 101
	}
	return 65_537
}

func TestAccuracyOfF32(t *testing.T) {
	for _, r := range accuracyOfF32(strideF32()) {
		t.Logf("%-8s %3d operations %8d arguments  max %.3f ulp at %v", r.name, r.operations, r.sample, r.worst, r.at)
		if r.worst > r.limit {
			t.Errorf("%s: %.3f ulp at %v, limit %v", r.name, r.worst, r.at, r.limit)
		}
	}
}

// Where much happens the functions of F32 lie within their limits too; those without an expansion of their own are rounded once.
func TestFunctionsOfF32(t *testing.T) {
	limits := map[Op]float64{}
	for _, c := range singleCases {
		limits[c.op] = c.limit
	}
	for op := Exp; op <= Pow; op++ {
		limit, ok := limits[op]
		if !ok {
			limit = 0.5001
		}
		single, double := newScalar(op.String(), op.Arity(), F32, compound(op, F32)), NewScalar(op)
		random := rand.New(rand.NewPCG(uint64(op), 5))
		args := make([]float64, op.Arity())
		check := func() {
			for j := range args {
				args[j] = float64(float32(args[j]))
			}
			x, want := float32(single.Of(args...)), double.Of(args...)
			if u := ulps32(x, want); u > limit {
				t.Fatalf("%s(%x) = %x, want %x: %.3g ulp", op, args, x, want, u)
			}
			if want == 0 && math.Signbit(want) != math.Signbit(float64(x)) {
				t.Fatalf("%s(%x) = %x, want %x", op, args, x, want)
			}
		}
		for _, x := range float32Samples(random, 20_000) {
			args[0] = float64(x)
			if len(args) > 1 {
				args[1] = float64(x) * 0.3
			}
			check()
			for j := range args {
				args[j] = random.Float64()*220 - 110
			}
			check()
			for j := range args {
				args[j] = (random.Float64() - 0.5) * math.Ldexp(1, random.IntN(30)-25)
			}
			check()
			args[0]++
			check()
		}
	}
}

// Powers with a literal exponent are products in F32 where they are products in F64, with the same limit.
func TestPowersOfF32(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 7))
	for n := int64(-8); n <= 8; n++ {
		single := newScalar("power", 1, F32, func(b *Builder, args []Value) Value { return b.PowInt(args[0], n) })
		for range 20_000 {
			x := float64(math.Float32frombits(random.Uint32()))
			if random.IntN(2) == 0 {
				x = float64(float32(1 + random.Float64()))
			}
			want := math.Pow(x, float64(n)) // a reference is all that Go's math is here
			if u := ulps32(float32(single.Of(x)), want); u > 2 {
				t.Fatalf("%v**%d = %v, want %v: %.3g ulp", x, n, single.Of(x), want, u)
			}
		}
	}
}
