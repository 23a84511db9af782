package rng

import (
	"fmt"
	"math"
	"testing"
)

// logChoose is the logarithm of the number of ways to choose k of n.
func logChoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}

func TestCumulative(t *testing.T) {
	check := func(name string, first int64, cumulative []float64, logProbability func(k float64) float64) {
		t.Helper()
		sum, k := 0.0, float64(first)
		for n, got := range cumulative {
			sum += math.Exp(logProbability(k))
			if math.Abs(got-sum) > 1e-9 || n > 0 && got < cumulative[n-1] {
				t.Fatalf("%s: up to %g: %g, want %g", name, k, got, sum)
			}
			k++
		}
		if rest := 1 - sum - math.Exp(logProbability(k)); math.Abs(rest) > 1e-9 {
			t.Errorf("%s: a probability of %g is missing beyond %g", name, rest, k)
		}
	}
	for _, c := range []struct {
		n int64
		p float64
	}{{1, 0.3}, {5, 0.5}, {10, 0.97}, {1000, 0.001}, {1000, 0.5}, {100000, 1e-7}, {1000000, 0.3}, {3, 1e-300}} {
		first, cumulative := BinomialCumulative(c.n, c.p)
		check(fmt.Sprint("binomial ", c), first, cumulative, func(k float64) float64 {
			if k > float64(c.n) {
				return math.Inf(-1)
			}
			return logChoose(float64(c.n), k) + k*math.Log(c.p) + (float64(c.n)-k)*math.Log1p(-c.p)
		})
	}
	for _, mean := range []float64{1e-9, 0.2, 1, 7.5, 40, 1000, 123456} {
		first, cumulative := PoissonCumulative(mean)
		check(fmt.Sprint("poisson ", mean), first, cumulative, func(k float64) float64 {
			factorial, _ := math.Lgamma(k + 1)
			return k*math.Log(mean) - mean - factorial
		})
	}
	for _, c := range []struct {
		n    int64
		p    float64
		want int64
	}{{5, 0, 0}, {5, 1, 5}, {0, 0.5, 0}, {5, math.NaN(), 0}} {
		if first, cumulative := BinomialCumulative(c.n, c.p); first != c.want || cumulative != nil {
			t.Errorf("n=%d p=%g: always %d, want %d", c.n, c.p, first, c.want)
		}
	}
	if first, cumulative := PoissonCumulative(0); first != 0 || cumulative != nil {
		t.Error("a mean of 0 gives numbers")
	}
}

// Mean and variance of Poisson numbers are equal, whichever way they are made.
func TestPoissonOf(t *testing.T) {
	random := NewRandomState(3)
	const draws = 200_000
	for _, mean := range []float64{0, 0.01, 0.7, 3, 9.99, 10, 55, 4000} {
		sum, squares := 0.0, 0.0
		for range draws {
			k := PoissonOf(mean, math.Exp(-mean), random.Float64, math.Log)
			if k < 0 || k != math.Trunc(k) {
				t.Fatalf("mean %g: %g", mean, k)
			}
			sum += k
			squares += (k - mean) * (k - mean)
		}
		got, variance := sum/draws, squares/draws
		if math.Abs(got-mean) > 4*math.Sqrt(mean/draws) {
			t.Errorf("the mean is %g, not %g", got, mean)
		}
		// The fourth central moment is mean + 3 mean^2.
		if deviation := math.Sqrt((mean + 2*mean*mean) / draws); math.Abs(variance-mean) > 4*deviation {
			t.Errorf("the variance is %g, not %g ± %g", variance, mean, deviation)
		}
	}
	if !math.IsNaN(PoissonOf(math.NaN(), 0, random.Float64, math.Log)) || PoissonOf(-1, 2, random.Float64, math.Log) != 0 {
		t.Error("a mean that cannot be")
	}
}
