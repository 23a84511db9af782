package ir

import (
	"math"
	"testing"
)

// What IEEE 754 and Go leave open, and what the package comment settles.
func TestEvaluate(t *testing.T) {
	f := math.Float64bits
	i := func(x int64) uint64 { return uint64(x) }
	nan, inf, negativeZero := math.NaN(), math.Inf(1), math.Copysign(0, -1)
	otherNaN := math.Float64frombits(0xFFF0000000000123)
	tests := []struct {
		op               Op
		result, argument Type
		x, y, z, want    uint64
	}{
		{Min, F64, F64, f(nan), f(2), 0, f(2)},
		{Min, F64, F64, f(2), f(nan), 0, f(nan)},
		{Max, F64, F64, f(0), f(negativeZero), 0, f(negativeZero)},
		{Max, F64, F64, f(negativeZero), f(0), 0, f(0)},
		{CopySign, F64, F64, f(3), f(otherNaN), 0, f(3)},
		{CopySign, F64, F64, f(3), f(negativeZero), 0, f(-3)},
		{Scale, F64, F64, f(1.5), f(-1075), 0, f(5e-324)}, // rounded once
		{Scale, F64, F64, f(0x1.0000000000001p0), f(-1075), 0, f(5e-324)},
		{Scale, F64, F64, f(1), f(-1075), 0, f(0)},
		{Scale, F64, F64, f(0x1.8p0), f(1023), 0, f(0x1.8p1023)},
		{Scale, F64, F64, f(0x1p-60), f(1083), 0, f(0x1p1023)},
		{Scale, F64, F64, f(negativeZero), f(1086), 0, f(negativeZero)},
		{Scale, F64, F64, f(5e-324), f(0), 0, f(5e-324)},
		{Scale, F64, F64, f(-inf), f(-1086), 0, f(-inf)},
		{Bits, I64, F64, f(otherNaN), 0, 0, 0x7FF8000000000000},
		{RoundEven, F64, F64, f(2.5), 0, 0, f(2)},
		{RoundEven, F64, F64, f(-0.5), 0, 0, f(negativeZero)},
		{FMA, F64, F64, f(0x1p-30 + 1), f(0x1p-30 - 1), f(1), f(0x1p-60)},
		{Add, F64, F64, f(negativeZero), f(0), 0, f(0)},
		{Mul, F64, F64, f(0x1p-1022), f(0.5), 0, f(0x1p-1023)}, // subnormals are kept

		{Add, I64, I64, i(math.MaxInt64), i(1), 0, i(math.MinInt64)},
		{Mul, I32, I32, i(1 << 20), i(1 << 12), 0, 0},
		{Add, I32, I32, i(math.MaxInt32), i(1), 0, i(math.MinInt32)},
		{Neg, I32, I32, i(math.MinInt32), 0, 0, i(math.MinInt32)},
		{Abs, I64, I64, i(math.MinInt64), 0, 0, i(math.MinInt64)},
		{Abs, I32, I32, i(math.MinInt32), 0, 0, i(math.MinInt32)},
		{FloorDiv, I64, I64, i(-7), i(2), 0, i(-4)},
		{FloorDiv, I64, I64, i(7), i(-2), 0, i(-4)},
		{FloorDiv, I64, I64, i(7), 0, 0, 0},
		{FloorDiv, I64, I64, i(math.MinInt64), i(-1), 0, i(math.MinInt64)},
		{FloorDiv, I32, I32, i(math.MinInt32), i(-1), 0, i(math.MinInt32)},
		{Mod, I64, I64, i(-7), i(2), 0, 1},
		{Mod, I64, I64, i(7), i(-2), 0, i(-1)},
		{Mod, I32, I32, i(7), 0, 0, 0},
		{Shl, I64, I64, 1, 65, 0, 2},
		{Shl, I32, I32, 1, 31, 0, i(math.MinInt32)},
		{ShrLogical, I32, I32, i(-1), 28, 0, 15},
		{ShrArithmetic, I32, I32, i(-16), 34, 0, i(-4)},
		{ShrLogical, I64, I64, i(-1), 60, 0, 15},

		{Convert, I64, F64, f(nan), 0, 0, i(math.MinInt64)},
		{Convert, I64, F64, f(0x1p63), 0, 0, i(math.MinInt64)},
		{Convert, I64, F64, f(-inf), 0, 0, i(math.MinInt64)},
		{Convert, I64, F64, f(-2.9), 0, 0, i(-2)},
		{Convert, I32, F64, f(0x1p31), 0, 0, i(math.MinInt32)},
		{Convert, I32, F64, f(0x1p31 - 0.5), 0, 0, i(math.MaxInt32)},
		{Convert, I32, F64, f(-0x1p31 - 0.5), 0, 0, i(math.MinInt32)},
		{Convert, I32, I64, i(1<<32 + 5), 0, 0, 5},
		{Convert, F64, I64, i(1<<53 + 1), 0, 0, f(0x1p53)},
		{Convert, Bool, F64, f(nan), 0, 0, 1},
		{Convert, Bool, F64, f(negativeZero), 0, 0, 0},
		{Convert, F64, Bool, 1, 0, 0, f(1)},

		{Equal, Bool, F64, f(nan), f(nan), 0, 0},
		{NotEqual, Bool, F64, f(nan), f(nan), 0, 1},
		{Equal, Bool, F64, f(0), f(negativeZero), 0, 1},
		{LessEqual, Bool, I64, i(-1), 0, 0, 1},
	}
	for _, test := range tests {
		have, ok := Evaluate(test.op, test.result, test.argument, test.x, test.y, test.z)
		if !ok || have != test.want {
			t.Errorf("%s %s of %s %#x %#x %#x = %#x, want %#x", test.op, test.result, test.argument, test.x, test.y, test.z, have, test.want)
		}
	}
	if _, ok := Evaluate(Exp, F64, F64, 0, 0, 0); ok {
		t.Error("exp is not a basic operation")
	}
}

// Every operation has a name, and no two the same.
func TestOpNames(t *testing.T) {
	seen := map[string]bool{}
	for op := Invalid; op < opCount; op++ {
		if name := op.String(); name == "" || seen[name] {
			t.Errorf("operation %d has name %q", op, name)
		} else {
			seen[name] = true
		}
	}
}
