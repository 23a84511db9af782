package synfire

import (
	"math"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/rng"
)

// BinomialFunction draws binomial numbers. Equations call it, under the name by which it is found in a namespace,
// without arguments: f().
type BinomialFunction struct{ distribution model.Distribution }

// NewBinomialFunction returns a function that draws how many of n trials of probability p succeed. With approximate, where n*p
// and n*(1-p) are above 5 it draws, as Brian2 does, from a normal distribution of the same mean and variance, neither
// rounded nor cut at 0. Errors have kind ValueError.
func NewBinomialFunction(n int, p float64, approximate bool) (*BinomialFunction, error) {
	switch {
	case n <= 0:
		return nil, diag.Errorf(diag.Span{}, "ValueError", "n has to be a positive number, not %d.", n)
	case !(p >= 0 && p <= 1):
		return nil, diag.Errorf(diag.Span{}, "ValueError", "p has to be between 0 and 1, not %g.", p)
	}
	return &BinomialFunction{binomialDistribution("binomial", n, p, approximate)}, nil
}

func binomialDistribution(name string, n int, p float64, approximate bool) model.Distribution {
	d := model.Distribution{Name: name}
	mean, failures := float64(n)*p, float64(n)*(1-p)
	if approximate && mean > 5 && failures > 5 {
		d.Normal, d.Mean, d.Deviation = true, mean, math.Sqrt(float64(mean*(1-p)))
		return d
	}
	d.First, d.Cumulative = rng.BinomialCumulative(int64(n), p)
	return d
}
