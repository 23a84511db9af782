package portable

import (
	"math"

	"synfire/internal/ir"
)

// block is the number of lanes of a register: 2 KB of floats, so that a dozen
// live registers fit into a first-level cache of 32 KB.
const block = 256

// Loops count in fours and reach a register through an index whose upper
// bits are masked off, from which the compiler sees that no bounds check is needed.
// They compute up to three lanes beyond n, whose content means nothing.
// V and S in a loop's name tell vector and scalar operands.
const last = block - 4

type number interface {
	float64 | float32 | int64 | int32
}

type floating interface{ float64 | float32 }

func addVV[T number](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]+b[j], a[j+1]+b[j+1], a[j+2]+b[j+2], a[j+3]+b[j+3]
	}
}

func addVS[T number](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]+b, a[j+1]+b, a[j+2]+b, a[j+3]+b
	}
}

func subVV[T number](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]-b[j], a[j+1]-b[j+1], a[j+2]-b[j+2], a[j+3]-b[j+3]
	}
}

func subVS[T number](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]-b, a[j+1]-b, a[j+2]-b, a[j+3]-b
	}
}

func subSV[T number](d *[block]T, a T, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a-b[j], a-b[j+1], a-b[j+2], a-b[j+3]
	}
}

func mulVV[T number](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]*b[j], a[j+1]*b[j+1], a[j+2]*b[j+2], a[j+3]*b[j+3]
	}
}

func mulVS[T number](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]*b, a[j+1]*b, a[j+2]*b, a[j+3]*b
	}
}

func divVV[T floating](d, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]/b[j], a[j+1]/b[j+1], a[j+2]/b[j+2], a[j+3]/b[j+3]
	}
}

func divVS[T floating](d, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j]/b, a[j+1]/b, a[j+2]/b, a[j+3]/b
	}
}

func divSV[T floating](d *[block]T, a T, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a/b[j], a/b[j+1], a/b[j+2], a/b[j+3]
	}
}

// The fused loops: a*b + c, and with a negated product or addend, which is exact.

func fmaVVV(d, a, b, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b[j], c[j]), math.FMA(a[j+1], b[j+1], c[j+1]),
			math.FMA(a[j+2], b[j+2], c[j+2]), math.FMA(a[j+3], b[j+3], c[j+3])
	}
}

func fmaVVS(d, a, b *[block]float64, c float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b[j], c), math.FMA(a[j+1], b[j+1], c),
			math.FMA(a[j+2], b[j+2], c), math.FMA(a[j+3], b[j+3], c)
	}
}

func fmaVSV(d, a *[block]float64, b float64, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b, c[j]), math.FMA(a[j+1], b, c[j+1]),
			math.FMA(a[j+2], b, c[j+2]), math.FMA(a[j+3], b, c[j+3])
	}
}

func fmaVSS(d, a *[block]float64, b, c float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b, c), math.FMA(a[j+1], b, c),
			math.FMA(a[j+2], b, c), math.FMA(a[j+3], b, c)
	}
}

// fnmaVVV is c - a*b, rounded once.
func fnmaVVV(d, a, b, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(-a[j], b[j], c[j]), math.FMA(-a[j+1], b[j+1], c[j+1]),
			math.FMA(-a[j+2], b[j+2], c[j+2]), math.FMA(-a[j+3], b[j+3], c[j+3])
	}
}

// fnmaVVS is c - a*b, rounded once.
func fnmaVVS(d, a, b *[block]float64, c float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(-a[j], b[j], c), math.FMA(-a[j+1], b[j+1], c),
			math.FMA(-a[j+2], b[j+2], c), math.FMA(-a[j+3], b[j+3], c)
	}
}

// fmsVVV is a*b - c, rounded once.
func fmsVVV(d, a, b, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b[j], -c[j]), math.FMA(a[j+1], b[j+1], -c[j+1]),
			math.FMA(a[j+2], b[j+2], -c[j+2]), math.FMA(a[j+3], b[j+3], -c[j+3])
	}
}

// fnmsVVV is -a*b - c, rounded once.
func fnmsVVV(d, a, b, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(-a[j], b[j], -c[j]), math.FMA(-a[j+1], b[j+1], -c[j+1]),
			math.FMA(-a[j+2], b[j+2], -c[j+2]), math.FMA(-a[j+3], b[j+3], -c[j+3])
	}
}

// fmsVSV is a*b - c, rounded once.
func fmsVSV(d, a *[block]float64, b float64, c *[block]float64, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = math.FMA(a[j], b, -c[j]), math.FMA(a[j+1], b, -c[j+1]),
			math.FMA(a[j+2], b, -c[j+2]), math.FMA(a[j+3], b, -c[j+3])
	}
}

// fma32 is the fused operation of F32, which Go does not offer: ir.FMA32 with its usual way written out.
func fma32(d, a, b, c *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		sum := float64(float64(a[j])*float64(b[j])) + float64(c[j])
		if ir.RoundsTwice(sum) {
			d[j] = ir.FMA32(a[j], b[j], c[j])
			continue
		}
		d[j] = float32(sum)
	}
}

func neg[T number](d, a *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = -a[j], -a[j+1], -a[j+2], -a[j+3]
	}
}

func absFloat[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = T(math.Abs(float64(a[j]))), T(math.Abs(float64(a[j+1]))), T(math.Abs(float64(a[j+2]))), T(math.Abs(float64(a[j+3])))
	}
}

func absInteger[T int64 | int32](d, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = max(a[j], -a[j])
	}
}

func sqrt[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = T(math.Sqrt(float64(a[j]))), T(math.Sqrt(float64(a[j+1]))), T(math.Sqrt(float64(a[j+2]))), T(math.Sqrt(float64(a[j+3])))
	}
}

func floor[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = T(math.Floor(float64(a[j])))
	}
}

func ceil[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = T(math.Ceil(float64(a[j])))
	}
}

func trunc[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = T(math.Trunc(float64(a[j])))
	}
}

func roundEven[T floating](d, a *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = T(math.RoundToEven(float64(a[j])))
	}
}

func scale(d, a, b *[block]float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = ir.Scaled(a[j], b[j])
	}
}

func scale32(d, a, b *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = ir.Scaled32(a[j], b[j])
	}
}

// copySign takes the sign of a NaN as positive.
func copySign[T floating](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		sign := b[j]
		if sign != sign {
			sign = 0
		}
		d[j] = T(math.Copysign(float64(a[j]), float64(sign)))
	}
}

// Minima and maxima of floats move patterns, for which the compiler emits
// conditional moves instead of branches.

func minFloat(d, a, b *[block]float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := math.Float64bits(a[j]), math.Float64bits(b[j])
		if a[j] < b[j] {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

func maxFloat(d, a, b *[block]float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := math.Float64bits(a[j]), math.Float64bits(b[j])
		if a[j] > b[j] {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

// minSingle and maxSingle may branch: nothing shows that they matter.

func minSingle(d, a, b *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x := b[j]
		if a[j] < x {
			x = a[j]
		}
		d[j] = x
	}
}

func maxSingle(d, a, b *[block]float32, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x := b[j]
		if a[j] > x {
			x = a[j]
		}
		d[j] = x
	}
}

func minSV(d *[block]float64, a float64, b *[block]float64, n int) {
	x := math.Float64bits(a)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := math.Float64bits(b[j])
		if a < b[j] {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

func maxSV(d *[block]float64, a float64, b *[block]float64, n int) {
	x := math.Float64bits(a)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := math.Float64bits(b[j])
		if a > b[j] {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

func minVS(d, a *[block]float64, b float64, n int) {
	x := math.Float64bits(b)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := math.Float64bits(a[j])
		if !(a[j] < b) {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

func maxVS(d, a *[block]float64, b float64, n int) {
	x := math.Float64bits(b)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := math.Float64bits(a[j])
		if !(a[j] > b) {
			y = x
		}
		d[j] = math.Float64frombits(y)
	}
}

func minInteger[T int64 | int32](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = min(a[j], b[j])
	}
}

func maxInteger[T int64 | int32](d, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = max(a[j], b[j])
	}
}
