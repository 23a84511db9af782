package portable

import (
	"math"
	"unsafe"
)

type integer interface{ int64 | int32 }

// floorDiv is Python's quotient; by zero it is zero.
func floorDiv[T integer](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := a[j], b[j]
		if y == 0 {
			d[j] = 0
			continue
		}
		q := x / y
		if r := x % y; r != 0 && (r < 0) != (y < 0) {
			q--
		}
		d[j] = q
	}
}

// mod is Python's remainder, with the sign of the divisor; by zero it is zero.
func mod[T integer](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := a[j], b[j]
		if y == 0 {
			d[j] = 0
			continue
		}
		r := x % y
		if r != 0 && (r < 0) != (y < 0) {
			r += y
		}
		d[j] = r
	}
}

// Shift counts are taken modulo the width.

func width[T integer]() T { return T(unsafe.Sizeof(T(0)))*8 - 1 }

func shlVV[T integer](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = a[j] << uint(b[j]&width[T]())
	}
}

func shlVS[T integer](d, a *[block]T, b T, n int) {
	count := uint(b & width[T]())
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]<<count, a[j+1]<<count, a[j+2]<<count, a[j+3]<<count
	}
}

func shrArithmeticVV[T integer](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = a[j] >> uint(b[j]&width[T]())
	}
}

func shrArithmeticVS[T integer](d, a *[block]T, b T, n int) {
	count := uint(b & width[T]())
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]>>count, a[j+1]>>count, a[j+2]>>count, a[j+3]>>count
	}
}

func shrLogicalVV64(d, a, b *[block]int64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = int64(uint64(a[j]) >> uint(b[j]&63))
	}
}

func shrLogicalVS64(d, a *[block]int64, b int64, n int) {
	count := uint(b & 63)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = int64(uint64(a[j]) >> count)
	}
}

func shrLogicalVV32(d, a, b *[block]int32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = int32(uint32(a[j]) >> uint(b[j]&31))
	}
}

type pattern interface {
	int64 | int32 | uint64 | uint32 | uint8
}

func andVV[T pattern](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]&b[j], a[j+1]&b[j+1], a[j+2]&b[j+2], a[j+3]&b[j+3]
	}
}

func andVS[T pattern](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]&b, a[j+1]&b, a[j+2]&b, a[j+3]&b
	}
}

func orVV[T pattern](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]|b[j], a[j+1]|b[j+1], a[j+2]|b[j+2], a[j+3]|b[j+3]
	}
}

func orVS[T pattern](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]|b, a[j+1]|b, a[j+2]|b, a[j+3]|b
	}
}

func xorVV[T pattern](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]^b[j], a[j+1]^b[j+1], a[j+2]^b[j+2], a[j+3]^b[j+3]
	}
}

func xorVS[T pattern](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]^b, a[j+1]^b, a[j+2]^b, a[j+3]^b
	}
}

// Conversions.

func numberToFloat[D floating, S number](d *[block]D, a *[block]S, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = D(a[j]), D(a[j+1]), D(a[j+2]), D(a[j+3])
	}
}

func integerToInteger[D, S integer](d *[block]D, a *[block]S, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = D(a[j])
	}
}

func floatToI64[T floating](d *[block]int64, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x := int64(math.MinInt64)
		if a[j] >= -0x1p63 && a[j] < 0x1p63 {
			x = int64(a[j])
		}
		d[j] = x
	}
}

func floatToI32[T floating](d *[block]int32, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x := int32(math.MinInt32)
		if a[j] > -0x1p31-1 && a[j] < 0x1p31 {
			x = int32(a[j])
		}
		d[j] = x
	}
}

func boolToNumber[T number](d *[block]T, a *[block]bool, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		var x int64
		if a[j] {
			x = 1
		}
		d[j] = T(x)
	}
}

func numberToBool[T number](d *[block]bool, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = a[j] != 0
	}
}

// canonicalBits gives every NaN the canonical pattern.
func canonicalBits(d *[block]uint64, a *[block]float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.Float64bits(canonical(a[j]))
	}
}

// canonical is x, or the canonical NaN, which is what math.NaN is not (it has payload 1).
func canonical(x float64) float64 {
	if x != x {
		return math.Float64frombits(0x7FF8000000000000)
	}
	return x
}

const canonicalNaN32 = 0x7FC00000

func canonicalBits32(d *[block]uint32, a *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.Float32bits(a[j])
		if a[j] != a[j] {
			d[j] = canonicalNaN32
		}
	}
}
