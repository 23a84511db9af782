package portable

import "math"

// exponentialConstants is how many float literals the expansion of Exp has.
const exponentialConstants = 16

// exponentialStep runs the expansion of Exp, ir.expandExp, in one loop.
func exponentialStep(d, x int, constants []float64) step {
	c := new([exponentialConstants]float64)
	copy(c[:], constants)
	return func(f *frame) { exponentialLoop(register[float64](f, d), register[float64](f, x), c, f.n) }
}

// exponentialLoop differs from the expansion in two ways that cannot show. Rounding to the
// nearest integer adds and subtracts 1.5*2^52, which gives +0 for -0: the
// remainder may then be -0 instead of +0, and both have exponential 1. The
// power of two is taken from the low bits of that sum.
func exponentialLoop(d, x *[block]float64, c *[exponentialConstants]float64, n int) {
	const (
		shifter = 0x1.8p52
		small   = (1023 + 64) << 52
		large   = (1023 - 64) << 52
	)
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		v := x[j]
		if c[0] > v {
			v = c[0]
		}
		if c[1] < v {
			v = c[1]
		}
		shifted := float64(v*c[2]) + shifter
		whole := shifted - shifter
		r := math.FMA(whole, c[3], v)
		r = math.FMA(whole, c[4], r)
		p := math.FMA(c[6], r, c[7])
		p = math.FMA(p, r, c[8])
		p = math.FMA(p, r, c[9])
		p = math.FMA(p, r, c[10])
		p = math.FMA(p, r, c[11])
		p = math.FMA(p, r, c[12])
		p = math.FMA(p, r, c[13])
		p = math.FMA(p, r, c[14])
		p = math.FMA(p, r, c[15])
		p = math.FMA(p, r, 1)
		p = math.FMA(p, r, 1)
		bias, second := uint64(large), 0x1p64 // as ir.Scaled
		if whole < 1 {
			bias, second = small, 0x1p-64
		}
		first := math.Float64frombits(math.Float64bits(shifted)<<52 + bias)
		d[j] = float64(float64(p*first) * second)
	}
}

// maxLinks is the largest number of links of a polynomial that run in one loop.
const maxLinks = 4

// hornerStep makes the loop d = (..(p*x + c0)*x + ..)*x + c[m-1].
func hornerStep(d, p, x int, links []int) step {
	m := len(links)
	var at [maxLinks]int
	copy(at[:], links)
	return func(f *frame) {
		s := f.scalars
		to, from, by := register[float64](f, d), register[float64](f, p), register[float64](f, x)
		switch m {
		case 2:
			horner2(to, from, by, float(s[at[0]]), float(s[at[1]]), f.n)
		case 3:
			horner3(to, from, by, float(s[at[0]]), float(s[at[1]]), float(s[at[2]]), f.n)
		case 4:
			horner4(to, from, by, float(s[at[0]]), float(s[at[1]]), float(s[at[2]]), float(s[at[3]]), f.n)
		}
	}
}

// hornerScalarStep is hornerStep for a first p that is a scalar.
func hornerScalarStep(d, p, x int, links []int) step {
	m := len(links)
	var at [maxLinks]int
	copy(at[:], links)
	return func(f *frame) {
		s := f.scalars
		to, from, by := register[float64](f, d), float(s[p]), register[float64](f, x)
		switch m {
		case 2:
			hornerScalar2(to, from, by, float(s[at[0]]), float(s[at[1]]), f.n)
		case 3:
			hornerScalar3(to, from, by, float(s[at[0]]), float(s[at[1]]), float(s[at[2]]), f.n)
		case 4:
			hornerScalar4(to, from, by, float(s[at[0]]), float(s[at[1]]), float(s[at[2]]), float(s[at[3]]), f.n)
		}
	}
}

func horner2(d, p, x *[block]float64, c0, c1 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(p[j], x[j], c0), x[j], c1)
	}
}

func horner3(d, p, x *[block]float64, c0, c1, c2 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(math.FMA(p[j], x[j], c0), x[j], c1), x[j], c2)
	}
}

func horner4(d, p, x *[block]float64, c0, c1, c2, c3 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(math.FMA(math.FMA(p[j], x[j], c0), x[j], c1), x[j], c2), x[j], c3)
	}
}

func hornerScalar2(d *[block]float64, p float64, x *[block]float64, c0, c1 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(p, x[j], c0), x[j], c1)
	}
}

func hornerScalar3(d *[block]float64, p float64, x *[block]float64, c0, c1, c2 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(math.FMA(p, x[j], c0), x[j], c1), x[j], c2)
	}
}

func hornerScalar4(d *[block]float64, p float64, x *[block]float64, c0, c1, c2, c3 float64, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = math.FMA(math.FMA(math.FMA(math.FMA(p, x[j], c0), x[j], c1), x[j], c2), x[j], c3)
	}
}
