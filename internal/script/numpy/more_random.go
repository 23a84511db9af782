package numpy

import (
	"math"

	"synfire/internal/rng"
	"synfire/internal/script"
)

// inverses are distributions made by transforming one or two numbers of the simpler ones. The formulas, and the
// order in which numbers are drawn, are those of NumPy's legacy distributions.
func inverses(distribution, whole func(signature, doc string, parameters []string, f func(r *rng.RandomState, p []float64) (float64, error)) script.Entry) []script.Entry {
	positive := func(name string, x float64) error {
		if !(x > 0) {
			return script.Raise("ValueError", "%s <= 0", name)
		}
		return nil
	}
	notNegative := func(name string, x float64) error {
		if !(x >= 0) {
			return script.Raise("ValueError", "%s < 0", name)
		}
		return nil
	}
	// between draws until the number is not 0.
	between := func(r *rng.RandomState) float64 {
		for {
			if u := r.Float64(); u > 0 {
				return u
			}
		}
	}
	location := []string{"loc", "scale"}
	return []script.Entry{
		distribution("weibull(a, size=None)", "Weibull distributed numbers.", []string{"a"}, func(r *rng.RandomState, p []float64) (float64, error) {
			if p[0] == 0 {
				return 0, nil
			}
			return math.Pow(r.StandardExponential(), 1/p[0]), notNegative("a", p[0])
		}),
		distribution("pareto(a, size=None)", "Pareto distributed numbers.", []string{"a"}, func(r *rng.RandomState, p []float64) (float64, error) {
			return math.Exp(r.StandardExponential()/p[0]) - 1, positive("a", p[0])
		}),
		distribution("power(a, size=None)", "Numbers in [0, 1] with a density that is a power.", []string{"a"}, func(r *rng.RandomState, p []float64) (float64, error) {
			return math.Pow(1-math.Exp(-r.StandardExponential()), 1/p[0]), positive("a", p[0])
		}),
		distribution("rayleigh(scale=1.0, size=None)", "Rayleigh distributed numbers.", []string{"scale"}, func(r *rng.RandomState, p []float64) (float64, error) {
			return p[0] * math.Sqrt(-2*math.Log1p(-r.Float64())), notNegative("scale", p[0])
		}),
		distribution("laplace(loc=0.0, scale=1.0, size=None)", "Laplace distributed numbers.", location, func(r *rng.RandomState, p []float64) (float64, error) {
			u := between(r)
			if u >= 0.5 {
				return p[0] - p[1]*math.Log(2-u-u), notNegative("scale", p[1])
			}
			return p[0] + p[1]*math.Log(u+u), notNegative("scale", p[1])
		}),
		distribution("gumbel(loc=0.0, scale=1.0, size=None)", "Gumbel distributed numbers.", location, func(r *rng.RandomState, p []float64) (float64, error) {
			return p[0] - p[1]*math.Log(-math.Log(1-between(r))), notNegative("scale", p[1])
		}),
		distribution("logistic(loc=0.0, scale=1.0, size=None)", "Logistically distributed numbers.", location, func(r *rng.RandomState, p []float64) (float64, error) {
			u := between(r)
			return p[0] + p[1]*math.Log(u/(1-u)), notNegative("scale", p[1])
		}),
		distribution("triangular(left, mode, right, size=None)", "Numbers with a triangular density.", []string{"left", "mode", "right"}, func(r *rng.RandomState, p []float64) (float64, error) {
			left, mode, right := p[0], p[1], p[2]
			if left > mode || mode > right || left == right {
				return 0, script.Raise("ValueError", "left <= mode <= right and left < right must hold")
			}
			base, rise := right-left, mode-left
			u := r.Float64()
			if u <= rise/base {
				return left + math.Sqrt(u*(rise*base)), nil
			}
			return right - math.Sqrt((1-u)*((right-mode)*base)), nil
		}),
		distribution("standard_cauchy(size=None)", "Cauchy distributed numbers.", nil, func(r *rng.RandomState, _ []float64) (float64, error) {
			x := r.StandardNormal()
			return x / r.StandardNormal(), nil
		}),
		distribution("standard_t(df, size=None)", "Numbers of Student's t distribution.", []string{"df"}, func(r *rng.RandomState, p []float64) (float64, error) {
			if err := positive("df", p[0]); err != nil {
				return 0, err
			}
			x := r.StandardNormal()
			g, err := r.Gamma(p[0]/2, 1)
			return math.Sqrt(p[0]/2) * x / math.Sqrt(g), err
		}),
		whole("geometric(p, size=None)", "Number of trials until the first success.", []string{"p"}, func(r *rng.RandomState, p []float64) (float64, error) {
			if !(p[0] > 0 && p[0] <= 1) {
				return 0, script.Raise("ValueError", "p <= 0, p > 1 or p contains NaNs")
			}
			if p[0] >= 1./3 {
				n, sum, product, u := 1.0, p[0], p[0], r.Float64()
				for u > sum {
					product *= 1 - p[0]
					sum += product
					n++
				}
				return n, nil
			}
			return math.Ceil(math.Log1p(-r.Float64()) / math.Log1p(-p[0])), nil
		}),
	}
}
