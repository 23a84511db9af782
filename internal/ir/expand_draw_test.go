package ir

import (
	"math"
	"os"
	"slices"
	"testing"

	"synfire/internal/rng"
)

func drawCount() int {
	if os.Getenv("SYNFIRE_LONG") != "" {
		return 10_000_000
	}
	return 1_000_000
}

// draws takes one number per neuron of one step, as kernels do.
func draws(op Op, n int) []float64 {
	s := NewScalar(op)
	key := rng.Key(4022, 0, "neurongroup", 0, "draw")
	xs := make([]float64, n)
	for i := range xs {
		c0, c1 := rng.StepWords(uint64(i>>10), 0, 0)
		w0, w1, w2, w3 := rng.Philox(key, c0, c1, uint32(i&1023), 0)
		xs[i] = s.Draw(uint64(w1)<<32|uint64(w0), uint64(w3)<<32|uint64(w2))
	}
	return xs
}

// within fails if a statistic that is standard normal under the hypothesis is
// larger than 4 (1 in 16 000); the draws are fixed, so it passes for ever or never.
func within(t *testing.T, name string, z float64) {
	t.Helper()
	t.Logf("%-28s %7.3f standard errors", name, z)
	if !(math.Abs(z) < 4) {
		t.Errorf("%s is off by %v standard errors", name, z)
	}
}

// kolmogorov is sqrt(n) times the largest distance between the distribution of
// xs, which it sorts, and cdf; above 2.2 in 1 of 16 000 cases.
func kolmogorov(xs []float64, cdf func(x float64) float64) float64 {
	slices.Sort(xs)
	n, worst := float64(len(xs)), 0.0
	for i, x := range xs {
		p := cdf(x)
		worst = max(worst, p-float64(i)/n, float64(i+1)/n-p)
	}
	return worst * math.Sqrt(n)
}

// chiSquare is the standardised chi-square statistic of p, which should be
// uniform, over equal bins.
func chiSquare(p []float64, bins int) float64 {
	counts := make([]float64, bins)
	for _, v := range p {
		counts[min(int(v*float64(bins)), bins-1)]++
	}
	expected, chi := float64(len(p))/float64(bins), 0.0
	for _, c := range counts {
		chi += (c - expected) * (c - expected) / expected
	}
	freedom := float64(bins - 1)
	return (chi - freedom) / math.Sqrt(2*freedom)
}

func TestNormalDraws(t *testing.T) {
	n := drawCount()
	xs := draws(Randn, n)
	var m1, m2, m3, m4, lag float64
	beyond := 0.0
	for i, x := range xs {
		m1 += x
		m2 += x * x
		m3 += x * x * x
		m4 += x * x * x * x
		if i > 0 {
			lag += x * xs[i-1]
		}
		if math.Abs(x) > 4 {
			beyond++
		}
	}
	size := float64(n)
	mean, variance := m1/size, m2/size
	within(t, "mean", mean*math.Sqrt(size))
	within(t, "variance", (variance-mean*mean-1)*math.Sqrt(size/2))
	within(t, "skewness", (m3/size-3*mean*variance)*math.Sqrt(size/6))
	within(t, "excess kurtosis", (m4/(size*variance*variance)-3)*math.Sqrt(size/24))
	within(t, "correlation of neighbours", lag/math.Sqrt(size))
	tail := size * math.Erfc(4/math.Sqrt2)
	within(t, "draws beyond 4", (beyond-tail)/math.Sqrt(tail))

	cdf := func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
	p := make([]float64, n)
	for i, x := range xs {
		p[i] = cdf(x)
	}
	within(t, "chi-square, 1000 bins", chiSquare(p, 1000))
	if k := kolmogorov(xs, cdf); k > 2.2 {
		t.Errorf("Kolmogorov-Smirnov statistic %v", k)
	} else {
		t.Logf("Kolmogorov-Smirnov statistic %.3f (2.2 allowed), range %.2f to %.2f", k, xs[0], xs[n-1])
	}
}

func TestUniformDraws(t *testing.T) {
	n := drawCount()
	xs := draws(Rand, n)
	sum := 0.0
	for _, x := range xs {
		if !(x >= 0 && x < 1) || x != math.Ldexp(math.Floor(math.Ldexp(x, 53)), -53) {
			t.Fatalf("%v is no multiple of 2^-53 in [0, 1)", x)
		}
		sum += x
	}
	within(t, "mean", (sum/float64(n)-0.5)*math.Sqrt(12*float64(n)))
	within(t, "chi-square, 1000 bins", chiSquare(xs, 1000))
	if k := kolmogorov(xs, func(x float64) float64 { return x }); k > 2.2 {
		t.Errorf("Kolmogorov-Smirnov statistic %v", k)
	}
}

// TestDrawsOfExtremeWords pins what the ends of the words give.
func TestDrawsOfExtremeWords(t *testing.T) {
	uniform, normal := NewScalar(Rand), NewScalar(Randn)
	const all = math.MaxUint64
	if x := uniform.Draw(0, 0); x != 0 {
		t.Errorf("smallest uniform %v", x)
	}
	if x := uniform.Draw(all, 0); x != 1-0x1p-53 {
		t.Errorf("largest uniform %v", x)
	}
	if x := rng.Uniform(0x89abcdef, 0x01234567); x != uniform.Draw(0x0123456789abcdef, 0) {
		t.Errorf("uniform differs from rng's: %v", x)
	}
	for _, c := range []struct {
		low, high uint64
		want      float64
	}{
		{0, 1 << 60, 0},                                          // radius 0
		{all, 0, math.Sqrt(106 * math.Ln2)},                      // the largest, 8.57
		{all, 1 << 63, -math.Sqrt(106 * math.Ln2)},               // half a turn
		{all, 1 << 61, math.Sqrt(106*math.Ln2) * math.Sqrt2 / 2}, // an eighth
		{all, all, math.Sqrt(106 * math.Ln2)},                    // a turn less 2^-53
	} {
		if got := normal.Draw(c.low, c.high); math.Abs(got-c.want) > 4e-15 {
			t.Errorf("normal of %x, %x is %v, want %v", c.low, c.high, got, c.want)
		}
	}
	for _, quarter := range []uint64{1 << 62, 3 << 62} {
		if got := normal.Draw(all, quarter); math.Abs(got) > 1e-15 {
			t.Errorf("a quarter turn gives %v", got)
		}
	}
}
