package ir

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"
)

// same is equality of what can be seen: zeros have signs, NaNs are one.
func same(x, y float64) bool {
	return x == y && math.Signbit(x) == math.Signbit(y) || x != x && y != y
}

var (
	infinity = math.Inf(1)
	notANum  = math.NaN()
	minusNil = math.Copysign(0, -1)
)

func TestEdgesOfFunctions(t *testing.T) {
	const tiny = 5e-324
	for _, c := range []struct {
		op      Op
		x, want float64
	}{
		{Exp, 0, 1}, {Exp, minusNil, 1}, {Exp, infinity, infinity}, {Exp, -infinity, 0}, {Exp, 710, infinity},
		{Exp, 709.782712893384, 0x1.fffffffffff2ap+1023}, {Exp, 709.7827128933841, infinity}, {Exp, 1e300, infinity}, {Exp, -1e300, 0},
		{Exp, -745.1332191019411, tiny}, {Exp, -745.1332191019412, 0}, {Exp, -744, 2 * tiny}, {Exp, tiny, 1},
		{Expm1, 0, 0}, {Expm1, minusNil, minusNil}, {Expm1, tiny, tiny}, {Expm1, -tiny, -tiny}, {Expm1, infinity, infinity}, {Expm1, -infinity, -1},
		{Expm1, -1e9, -1}, {Expm1, 710, infinity},
		{Exprel, 0, 1}, {Exprel, minusNil, 1}, {Exprel, tiny, 1}, {Exprel, infinity, infinity}, {Exprel, -infinity, 0}, {Exprel, -1e300, 1e-300},
		{Exprel, 717, infinity}, {Exprel, 1e300, infinity},
		{InvExprel, 0, 1}, {InvExprel, minusNil, 1}, {InvExprel, tiny, 1}, {InvExprel, infinity, 0}, {InvExprel, -infinity, infinity}, {InvExprel, -1e300, 1e300},
		{InvExprel, -math.MaxFloat64, math.MaxFloat64}, {InvExprel, 752, 0}, {InvExprel, 751, tiny}, {InvExprel, 1e300, 0},
		{Log, 0, -infinity}, {Log, minusNil, -infinity}, {Log, 1, 0}, {Log, infinity, infinity}, {Log, -tiny, notANum}, {Log, -1, notANum}, {Log, -infinity, notANum},
		{Log, tiny, -744.4400719213812}, {Log, math.MaxFloat64, 709.782712893384},
		{Log1p, 0, 0}, {Log1p, minusNil, minusNil}, {Log1p, tiny, tiny}, {Log1p, -tiny, -tiny}, {Log1p, -1, -infinity}, {Log1p, -1.5, notANum}, {Log1p, infinity, infinity},
		{Log1p, -infinity, notANum}, {Log1p, math.MaxFloat64, 709.782712893384},
		{Log10, 0, -infinity}, {Log10, 1, 0}, {Log10, 1000, 3}, {Log10, 1e-5, -5}, {Log10, 1e300, 300}, {Log10, -1, notANum}, {Log10, infinity, infinity},
		{Sin, 0, 0}, {Sin, minusNil, minusNil}, {Sin, tiny, tiny}, {Sin, infinity, notANum}, {Sin, -infinity, notANum}, {Sin, 2 * TrigLimit, notANum},
		{Cos, 0, 1}, {Cos, minusNil, 1}, {Cos, tiny, 1}, {Cos, infinity, notANum},
		{Tan, 0, 0}, {Tan, minusNil, minusNil}, {Tan, -tiny, -tiny}, {Tan, infinity, notANum}, {Tan, math.Pi / 2, 1.633123935319537e16},
		{Sinh, 0, 0}, {Sinh, minusNil, minusNil}, {Sinh, tiny, tiny}, {Sinh, infinity, infinity}, {Sinh, -infinity, -infinity}, {Sinh, 711, infinity}, {Sinh, -711, -infinity},
		{Cosh, 0, 1}, {Cosh, tiny, 1}, {Cosh, infinity, infinity}, {Cosh, -infinity, infinity}, {Cosh, 711, infinity},
		{Tanh, 0, 0}, {Tanh, minusNil, minusNil}, {Tanh, tiny, tiny}, {Tanh, infinity, 1}, {Tanh, -infinity, -1}, {Tanh, 19.1, 1},
		{Asin, 0, 0}, {Asin, minusNil, minusNil}, {Asin, tiny, tiny}, {Asin, 1, math.Pi / 2}, {Asin, -1, -math.Pi / 2}, {Asin, 1.0000000000000002, notANum}, {Asin, -infinity, notANum},
		{Acos, 1, 0}, {Acos, -1, math.Pi}, {Acos, 0, math.Pi / 2}, {Acos, 1.0000000000000002, notANum}, {Acos, infinity, notANum},
		{Atan, 0, 0}, {Atan, minusNil, minusNil}, {Atan, -tiny, -tiny}, {Atan, 1, math.Pi / 4}, {Atan, infinity, math.Pi / 2}, {Atan, -infinity, -math.Pi / 2},
	} {
		if got := NewScalar(c.op).Of(c.x); !same(got, c.want) {
			t.Errorf("%s(%v) = %v (%x), want %v", c.op, c.x, got, got, c.want)
		}
	}
	for op := Exp; op < Pow; op++ {
		if got := NewScalar(op).Of(notANum); got == got {
			t.Errorf("%s(NaN) = %v", op, got)
		}
	}
}

func TestLog10OfPowersOfTen(t *testing.T) {
	s := NewScalar(Log10)
	for k := -307; k <= 308; k++ {
		x, err := strconv.ParseFloat(fmt.Sprintf("1e%d", k), 64)
		if got := s.Of(x); err != nil || got != float64(k) {
			t.Errorf("log10(1e%d) = %v", k, got)
		}
	}
}

// TestPowEdges compares all pairs of special numbers: signs, zeros, infinities
// and NaN with Go's math.Pow, which has C's special cases, magnitudes with the
// reference, because math.Pow is inaccurate for subnormal bases and those near 1.
func TestPowEdges(t *testing.T) {
	s, exact := NewScalar(Pow), newReference()
	special := []float64{0, 5e-324, 1e-310, 0.3, 0.5, 0x1.fffffffffffffp-1, 1, 0x1.0000000000001p0, 1.5, 2, 3, 4, 7, 1e9 + 1,
		0x1p52 + 1, 0x1p53, 0x1p53 + 2, 1e300, math.MaxFloat64, infinity, notANum}
	for _, x := range special {
		for _, y := range special {
			for _, sx := range []float64{1, -1} {
				for _, sy := range []float64{1, -1} {
					x, y := sx*x, sy*y
					got, want := s.Of(x, y), math.Pow(x, y)
					if math.IsNaN(want) || math.IsInf(want, 0) || want == 0 {
						if !same(got, want) {
							t.Errorf("pow(%v, %v) = %v, want %v", x, y, got, want)
						}
						continue
					}
					magnitude := exact.one // for 1^inf, 1^NaN and x^0
					if x != 1 && y != 0 && !math.IsInf(y, 0) {
						magnitude = exact.pow(number(math.Abs(x)), number(y))
					}
					if math.Signbit(got) != math.Signbit(want) || ulps(math.Abs(got), magnitude) > 1 {
						t.Errorf("pow(%v, %v) = %v, want about %v", x, y, got, want)
					}
				}
			}
		}
	}
}

// TestPowOfHalf: a literal 1/2 gives the square root, with the edges of pow.
func TestPowOfHalf(t *testing.T) {
	s := newScalar("half", 1, F64, func(b *Builder, args []Value) Value { return b.Pow(args[0], b.Float(0.5)) })
	for _, x := range []float64{0, minusNil, 2, 5e-324, -1, infinity, -infinity, notANum} {
		if got, want := s.Of(x), math.Pow(x, 0.5); !same(got, want) {
			t.Errorf("pow(%v, 1/2) = %v, want %v", x, got, want)
		}
	}
}

// TestPowOfLiterals: a literal exponent gives what it would give as a variable, with the edges of pow, folded or not.
func TestPowOfLiterals(t *testing.T) {
	pow := NewScalar(Pow)
	for n := -10; n <= 10; n++ {
		literal := newScalar("literal", 1, F64, func(b *Builder, args []Value) Value { return b.Pow(args[0], b.Float(float64(n))) })
		for _, x := range []float64{0, minusNil, 1, -1, 2, -0.5, 1.7, 5e-324, -5e-324, 1e-310, 1e60, -1e60, 1e300, math.MaxFloat64, infinity, -infinity, notANum} {
			if got, want := literal.Of(x), pow.Of(x, float64(n)); !same(got, want) && !(math.Abs(got-want) <= 4e-16*math.Abs(want)+5e-324) {
				t.Errorf("pow(%v, %d) = %v, want %v", x, n, got, want)
			}
		}
	}
}

// divmodExact is Python's divmod by rational arithmetic: the truncated
// remainder is exact, then y is added with one rounding if the signs differ.
func divmodExact(x, y float64) (q, r float64) {
	rx, ry := new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y)
	quotient := new(big.Rat).Quo(rx, ry)
	truncated := new(big.Int).Quo(quotient.Num(), quotient.Denom())
	r, _ = rx.Sub(rx, ry.Mul(ry, new(big.Rat).SetInt(truncated))).Float64()
	q, _ = new(big.Float).SetInt(truncated).Float64()
	if r == 0 {
		r = math.Copysign(0, y)
	} else if (r < 0) != (y < 0) {
		r, q = r+y, q-1
	}
	return q, r
}

func TestFloatDivmod(t *testing.T) {
	mod, floorDiv := NewScalar(Mod), NewScalar(FloorDiv)
	random := rand.New(rand.NewPCG(3, 4))
	tried := 0
	try := func(x, y float64) {
		if y == 0 || math.IsInf(x/y, 0) || math.Abs(x/y) >= 0x1p53 || x != x || y != y || math.IsInf(x, 0) || math.IsInf(y, 0) {
			return
		}
		tried++
		q, r := divmodExact(x, y)
		if got := mod.Of(x, y); !same(got, r) {
			t.Errorf("%v %% %v = %v, want %v", x, y, got, r)
		}
		if got := floorDiv.Of(x, y); got != q {
			t.Errorf("%v // %v = %v, want %v", x, y, got, q)
		}
	}
	signs := func(x, y float64) {
		try(x, y)
		try(-x, y)
		try(x, -y)
		try(-x, -y)
	}
	for range 3000 {
		x, y := math.Float64frombits(random.Uint64()>>1), math.Float64frombits(random.Uint64()>>1)
		signs(x, y)
		signs(random.Float64()*1000, random.Float64())
		// Near multiples, where the rounded quotient reaches the next integer.
		step := random.Float64()
		multiple := float64(random.Int64N(1<<uint(1+random.IntN(50)))) * step
		for _, x := range []float64{multiple, math.Nextafter(multiple, 0), math.Nextafter(multiple, infinity)} {
			signs(x, step)
		}
		signs(float64(random.IntN(1000)), float64(1+random.IntN(20)))
		signs(math.Float64frombits(random.Uint64()>>12), math.Float64frombits(random.Uint64()>>12>>random.IntN(40)))
	}
	if tried < 20000 {
		t.Errorf("only %d pairs tried", tried)
	}
	for _, c := range []struct{ x, y, q, r float64 }{
		{-1e-20, 1, -1, 1}, {0.7, 0.1, 6, 0.09999999999999992}, {-7, 2, -4, 1}, {7, -2, -4, -1}, {0, 3, 0, 0}, {minusNil, 3, minusNil, 0}, {0, -3, minusNil, minusNil},
		{1, infinity, 0, 1}, {-1, infinity, -1, infinity}, {1, -infinity, -1, -infinity}, {-1, -infinity, 0, -1},
		{1, 0, infinity, notANum}, {-1, 0, -infinity, notANum}, {0, 0, notANum, notANum}, {infinity, 1, notANum, notANum}, {-infinity, infinity, notANum, notANum},
		{notANum, 1, notANum, notANum}, {1, notANum, notANum, notANum}, {1e300, 1, 1e300, notANum}, {1e300, 1e-300, infinity, notANum},
	} {
		if q, r := floorDiv.Of(c.x, c.y), mod.Of(c.x, c.y); !same(q, c.q) || !same(r, c.r) {
			t.Errorf("divmod(%v, %v) = %v, %v, want %v, %v", c.x, c.y, q, r, c.q, c.r)
		}
	}
}

func TestTimestep(t *testing.T) {
	s := newScalar("timestep", 2, F64, func(b *Builder, args []Value) Value {
		return b.Convert(b.Timestep(args[0], args[1]), F64)
	})
	const dt = 0.1e-3
	// Multiples of dt however rounded, and the truncation of periods that are
	// no multiples (0.25 and 0.299 ms are 2 steps, 0.35 ms are 3).
	for n := range 100_000 {
		if got := s.Of(float64(n)*dt, dt); got != float64(n) {
			t.Fatalf("timestep of step %d is %v", n, got)
		}
	}
	for _, c := range []struct{ t, want float64 }{{0.25e-3, 2}, {0.299e-3, 2}, {0.3e-3, 3}, {0.35e-3, 3}, {-0.25e-3, -2}, {0.2999e-3, 3}} {
		if got := s.Of(c.t, dt); got != c.want {
			t.Errorf("timestep(%v) = %v, want %v", c.t, got, c.want)
		}
	}
}

func TestSign(t *testing.T) {
	floats := newScalar("sign", 1, F64, func(b *Builder, args []Value) Value { return b.Sign(args[0]) })
	for _, c := range [][2]float64{{3, 1}, {-5e-324, -1}, {0, 0}, {minusNil, 0}, {infinity, 1}, {-infinity, -1}, {notANum, notANum}} {
		if got := floats.Of(c[0]); !same(got, c[1]) {
			t.Errorf("sign(%v) = %v", c[0], got)
		}
	}
	integers := newScalar("sign", 1, F64, func(b *Builder, args []Value) Value {
		return b.Convert(b.Sign(b.Convert(args[0], I32)), F64)
	})
	for _, c := range [][2]float64{{3, 1}, {-4, -1}, {0, 0}} {
		if got := integers.Of(c[0]); got != c[1] {
			t.Errorf("integer sign(%v) = %v", c[0], got)
		}
	}
}

func BenchmarkScalarExp(b *testing.B) {
	s := NewScalar(Exp)
	for b.Loop() {
		s.Of(-1.5)
	}
}
