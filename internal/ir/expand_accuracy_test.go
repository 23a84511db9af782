package ir

import (
	"flag"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

var updateAccuracy = flag.Bool("update-accuracy", false, "write docs/accuracy.md from this run")

// accuracyCase says where one function is measured. Each range is sampled
// evenly; decades are sampled evenly in the exponent, with both signs where
// the lower end of the domain allows it; around each edge all nearby doubles
// are tried.
type accuracyCase struct {
	op     Op
	name   string
	exact  func(r *reference) func(x *big.Float) *big.Float
	low    float64 // domain
	high   float64
	ranges [][2]float64
	edges  []float64
	limit  float64 // ulp
	note   string
}

func accuracyCases() []accuracyCase {
	const big1 = math.MaxFloat64
	inf := math.Inf(1)
	quarters := []float64{}
	for k := 1; k <= 40; k++ {
		quarters = append(quarters, float64(k)*math.Pi/4)
	}
	// The doubles nearest to large multiples of pi/2, where reduction cancels most.
	for e := range 45 {
		for _, part := range []float64{1, 1.1, 1.37, 1.62, 1.83} {
			if x := math.Round(math.Ldexp(part, e)) * (math.Pi / 2); x < TrigLimit {
				quarters = append(quarters, x)
			}
		}
	}
	trig := [][2]float64{{-1, 1}, {-10, 10}, {-1e3, 1e3}, {-0x1p20, 0x1p20}, {-0x1p30, 0x1p30}, {-TrigLimit, TrigLimit}}
	steps := []float64{}
	for k := 1; k <= 30; k++ {
		steps = append(steps, float64(k)*math.Ln2/2, -float64(k)*math.Ln2/2)
	}
	return []accuracyCase{
		{Exp, "exp", func(r *reference) func(*big.Float) *big.Float { return r.exp }, -inf, inf,
			[][2]float64{{-1, 1}, {-50, 50}, {-745.2, 709.8}, {-745.2, -708}, {709, 709.8}},
			append(steps, 709.782712893384, 709.436, -708.3964185322641, -745.1332191019411, -744.44), 1, "two per AdEx step"},
		{Expm1, "expm1", func(r *reference) func(*big.Float) *big.Float { return r.expm1 }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-40, 40}, {-40, 710}}, append(steps, 709.782712893384, -37.5, -45), 2, ""},
		{Exprel, "exprel", func(r *reference) func(*big.Float) *big.Float { return r.exprel }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-60, 60}, {-60, 716}, {700, 716.4}}, append(steps, 716.35, -45), 2, "finite up to 716.35"},
		{InvExprel, "1/exprel", func(r *reference) func(*big.Float) *big.Float { return r.invExprel }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-60, 60}, {-60, 752}, {700, 752}}, append(steps, 716.35, -45, 751.8), 2, "divisions by exprel"},
		{Log, "log", func(r *reference) func(*big.Float) *big.Float { return r.log }, 0, inf,
			[][2]float64{{0.5, 2}, {0.9, 1.1}, {0, 100}}, []float64{1, math.Sqrt2, math.Sqrt2 / 2, 2, 0.5, 0x1p-1022, 5e-324, big1}, 1, ""},
		{Log1p, "log1p", func(r *reference) func(*big.Float) *big.Float { return r.log1p }, -0x1.fffffffffffffp-1, inf,
			[][2]float64{{-1, 1}, {-0.5, 0.5}, {-0.01, 0.01}, {0, 100}}, []float64{math.Sqrt2 - 1, math.Sqrt2/2 - 1, -0x1.fffffffffffffp-1, 0x1p-53, 0x1p53, big1}, 2, ""},
		{Log10, "log10", func(r *reference) func(*big.Float) *big.Float { return r.log10 }, 0, inf,
			[][2]float64{{0.5, 2}, {0.9, 1.1}, {0, 1000}}, []float64{1, 10, 100, 1000, 1e22, 0x1p-1022, 5e-324, big1}, 1, "exact for powers of ten"},
		{Sin, "sin", func(r *reference) func(*big.Float) *big.Float { return r.sin }, -TrigLimit, TrigLimit, trig, quarters, 2, "NaN beyond 2^45"},
		{Cos, "cos", func(r *reference) func(*big.Float) *big.Float { return r.cos }, -TrigLimit, TrigLimit, trig, quarters, 2, "NaN beyond 2^45"},
		{Tan, "tan", func(r *reference) func(*big.Float) *big.Float { return r.tan }, -TrigLimit, TrigLimit, trig, quarters, 2, "NaN beyond 2^45"},
		{Sinh, "sinh", func(r *reference) func(*big.Float) *big.Float { return r.sinh }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-50, 50}, {-711, 711}, {709, 710.5}}, append(steps, 710.4758600739439, 709.78), 2, ""},
		{Cosh, "cosh", func(r *reference) func(*big.Float) *big.Float { return r.cosh }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-50, 50}, {-711, 711}, {709, 710.5}}, append(steps, 710.4758600739439, 709.78), 2, ""},
		{Tanh, "tanh", func(r *reference) func(*big.Float) *big.Float { return r.tanh }, -inf, inf,
			[][2]float64{{-1, 1}, {-3, 3}, {-25, 25}}, append(steps, 19.06, 20, 22), 2, ""},
		{Asin, "arcsin", func(r *reference) func(*big.Float) *big.Float { return r.arcsin }, -1, 1,
			[][2]float64{{-1, 1}, {-0.5, 0.5}, {0.5, 1}, {0.99, 1}}, []float64{0.5, -0.5, 1, -1, math.Sqrt2 / 2}, 2, ""},
		{Acos, "arccos", func(r *reference) func(*big.Float) *big.Float { return r.arccos }, -1, 1,
			[][2]float64{{-1, 1}, {-0.5, 0.5}, {0.5, 1}, {0.99, 1}, {-1, -0.99}}, []float64{0.5, -0.5, 1, -1, math.Sqrt2 / 2}, 2, ""},
		{Atan, "arctan", func(r *reference) func(*big.Float) *big.Float { return r.arctan }, -inf, inf,
			[][2]float64{{-0.42, 0.42}, {0.5, 0.6}, {-1, 1}, {-3, 3}, {-100, 100}}, []float64{1, 0.5, 2, big1}, 2, ""},
	}
}

// samples are the arguments of a case, n random ones per range.
func (c *accuracyCase) samples(random *rand.Rand, n int) []float64 {
	var xs []float64
	keep := func(x float64) {
		if x >= c.low && x <= c.high && !math.IsInf(x, 0) && x != 0 {
			xs = append(xs, x)
		}
	}
	for _, r := range c.ranges {
		for range n {
			keep(r[0] + (r[1]-r[0])*random.Float64())
		}
	}
	for range n {
		// All exponents, subnormals included, then those where something happens.
		keep(math.Float64frombits(random.Uint64()))
		keep(math.Ldexp(random.Float64()*2-1, random.IntN(40)-30))
		keep(math.Float64frombits(random.Uint64() >> 12 >> random.IntN(52)))
	}
	for _, e := range append([]float64{0x1p-1022, 0x1p-1074, 0x1p-52, 0x1p-27}, c.edges...) {
		for _, x := range []float64{e, -e} {
			up, down := x, x
			keep(x)
			for range 8 {
				up, down = math.Nextafter(up, math.Inf(1)), math.Nextafter(down, math.Inf(-1))
				keep(up)
				keep(down)
			}
		}
	}
	return xs
}

func sampleSize() int {
	if os.Getenv("SYNFIRE_LONG") != "" {
		return 40_000
	}
	return 250
}

// accuracyRow is a line of docs/accuracy.md.
type accuracyRow struct {
	name, note         string
	operations, sample int
	worst, at, limit   float64
	at2                float64 // second argument, if any
}

func TestAccuracy(t *testing.T) {
	exact := newReference()
	random := rand.New(rand.NewPCG(1, 2))
	n := sampleSize()
	var rows []accuracyRow
	for _, c := range accuracyCases() {
		s := NewScalar(c.op)
		f := c.exact(exact)
		row := accuracyRow{name: c.name, note: c.note, operations: s.Operations(), limit: c.limit}
		for _, x := range c.samples(random, n) {
			row.sample++
			if e := ulps(s.Of(x), f(number(x))); e > row.worst {
				row.worst, row.at = e, x
			}
		}
		rows = append(rows, row)
	}
	rows = append(rows, accuracyOfPow(exact, random, n))
	for _, power := range []int64{-8, -7, -6, -5, -4, -3, -2, -1, 2, 3, 4, 5, 6, 7, 8} {
		rows = append(rows, accuracyOfPower(exact, random, n, power))
	}
	rows = append(rows, accuracyOfRandn(exact, random, n))
	for _, r := range rows {
		t.Logf("%-8s %3d operations %8d arguments  max %.3f ulp at %v %v", r.name, r.operations, r.sample, r.worst, r.at, r.at2)
		if r.worst > r.limit {
			t.Errorf("%s: %.3f ulp at %v (%b), limit %v", r.name, r.worst, r.at, r.at, r.limit)
		}
	}
	if *updateAccuracy {
		const page, last = "../../docs/accuracy.md", "\n## Normal random numbers"
		old, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		text := accuracyPage(rows, accuracyOfF32(strideF32()))
		if _, rest, found := strings.Cut(string(old), last); found { // which another test writes
			text += last + rest
		}
		if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// accuracyOfPow draws bases and exponents of every size such that the result
// is finite, and results around the ends of the range.
func accuracyOfPow(exact *reference, random *rand.Rand, n int) accuracyRow {
	s := NewScalar(Pow)
	row := accuracyRow{name: "pow", note: "C's special cases", operations: s.Operations(), limit: 2}
	try := func(x, y float64) {
		if x <= 0 || math.IsInf(x, 0) || math.IsNaN(x) || math.IsInf(y, 0) || math.IsNaN(y) || y == 0 {
			return
		}
		p := times(number(y), exact.log(number(x)))
		if f, _ := p.Float64(); math.Abs(f) > 1000 {
			return
		}
		row.sample++
		if e := ulps(s.Of(x, y), exact.exp(p)); e > row.worst {
			row.worst, row.at, row.at2 = e, x, y
		}
	}
	for range 2 * n {
		x := math.Float64frombits(random.Uint64() >> 1)
		near1 := 1 + math.Ldexp(random.Float64()*2-1, -random.IntN(52))
		target := random.Float64()*1455 - 745
		try(x, target/math.Log(x))
		try(near1, target/math.Log(near1))
		try(random.Float64()*10, random.Float64()*20-10)
		try(x, math.Ldexp(random.Float64()*2-1, -random.IntN(60)))
		try(math.Float64frombits(random.Uint64()>>12), random.Float64())
		try(random.Float64()*100, float64(random.IntN(41)-20)/2)
	}
	return row
}

// accuracyOfPower measures a power that is a product, over all results that are numbers.
func accuracyOfPower(exact *reference, random *rand.Rand, n int, power int64) accuracyRow {
	s := newScalar("power", 1, F64, func(b *Builder, args []Value) Value { return b.PowInt(args[0], power) })
	row := accuracyRow{name: fmt.Sprintf("x**%d", power), note: "the literal exponent", operations: s.Operations(), limit: 2}
	try := func(x float64) {
		if x == 0 || math.IsInf(x, 0) || x != x {
			return
		}
		product := exact.one
		for range max(power, -power) {
			product = times(product, number(x))
		}
		if power < 0 {
			product = over(exact.one, product)
		}
		row.sample++
		if e := ulps(s.Of(x), product); e > row.worst {
			row.worst, row.at = e, x
		}
	}
	// Results of every exponent, and around the smallest and the largest number, are those of these x.
	high, low := math.Pow(math.MaxFloat64, 1/float64(power)), min(math.Pow(5e-324, 1/float64(power)), math.MaxFloat64)
	for range 3 * n {
		try(1 + random.Float64())
		try(math.Float64frombits(random.Uint64()))
		try(math.Exp(random.Float64()*(math.Log(high)-math.Log(low)) + math.Log(low)))
		try(high * (0.999 + 0.002*random.Float64()))
		try(low * math.Exp(random.Float64()*40/float64(power)))
	}
	return row
}

// accuracyOfRandn compares normal draws with the same transform done exactly,
// for random words and for angles near quarter turns.
func accuracyOfRandn(exact *reference, random *rand.Rand, n int) accuracyRow {
	s := NewScalar(Randn)
	row := accuracyRow{name: "randn", note: "of its two uniforms", operations: s.Operations(), limit: 4}
	for i := range 4 * n {
		low, high := random.Uint64(), random.Uint64()
		switch i % 4 {
		case 1:
			low >>= random.IntN(53)
		case 2:
			high = uint64(i%16)<<60 + high>>random.IntN(53)
		case 3:
			low |= ^uint64(0) >> random.IntN(53)
		}
		u, v := math.Ldexp(float64(low>>11), -53), math.Ldexp(float64(high>>11), -53)
		radius := root(shifted(times(number(-1), exact.log(minus(exact.one, number(u)))), 1))
		row.sample++
		want := times(radius, exact.cos(shifted(times(exact.pi, number(v)), 1)))
		if e := ulps(s.Draw(low, high), want); e > row.worst {
			row.worst, row.at, row.at2 = e, u, v
		}
	}
	return row
}

func accuracyPage(rows, single []accuracyRow) string {
	var b strings.Builder
	b.WriteString(`# Accuracy of the mathematical functions

Every function that a model can use is written out in IEEE operations
(` + "`internal/ir/expand_*.go`" + `), and every executor performs exactly these, so
results do not depend on the machine. The table shows the largest error that
was found, in units in the last place of the result (ulp; 0.5 is the best
possible), against a reference in 320 bits. Arguments are random over the whole
range, subnormal numbers and results included, and dense around every edge of
the algorithms. Subnormal results are rounded once; nothing is flushed to zero.
`)
	table := func(rows []accuracyRow) {
		b.WriteString("\n| function | operations | arguments tried | largest error (ulp) | found at | tests allow | |\n|---|--:|--:|--:|---|--:|---|\n")
		for _, r := range rows {
			at := fmt.Sprint(r.at)
			if r.at2 != 0 {
				at += ", " + fmt.Sprint(r.at2)
			}
			fmt.Fprintf(&b, "| %s | %d | %d | %.3f | %s | %v | %s |\n", r.name, r.operations, r.sample, r.worst, at, r.limit, r.note)
		}
	}
	table(rows)
	b.WriteString(`
` + "`x**3`, `x**-2`" + ` and other powers with a literal integral exponent of magnitude up to 8 are products; from the fifth
power on, what each multiplication loses is carried along. ` + "`%` and `//`" + ` of floats follow Python and are exact (rounded once
where Python rounds) for quotients below 2^53; beyond, ` + "`%`" + ` is NaN. Uniform random
numbers are exact multiples of 2^-53; normal ones are a Box-Muller transform
of two 53-bit uniforms.

## Single precision

Variables of 32 bits have these functions of their own, in ulp of single precision, compared with the functions above
on arguments spread evenly over all numbers of single precision. Powers that are products of at most four factors are such
products here too, within 2 ulp. All other functions are computed in double precision and rounded:
their error is 0.5 ulp, and a little where the result lies next to the middle between two numbers.
`)
	table(single)
	b.WriteString(`
Normal and uniform random numbers are those above, rounded; a uniform one is below 1 in single precision too.

The polynomials come from ` + "`internal/ir/testdata/minimax.py`" + `. This page is written by

    SYNFIRE_LONG=1 go test ./internal/ir -run 'TestAccuracy$' -timeout 60m -update-accuracy -v
`)
	return b.String()
}
