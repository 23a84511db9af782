package rng

import (
	"math"

	"synfire/internal/diag"
)

// The distributions below are those that NumPy keeps unchanged for RandomState. They consume the generator's
// numbers in NumPy's order. Products that NumPy rounds before adding are rounded here too, by float64().
// Every draw that takes parameters checks them and returns a ValueError in NumPy's words.

// StandardNormal returns a normal number of mean 0 and standard deviation 1, by Marsaglia's polar method:
// every second call returns the second number of a pair. standard_normal(), randn().
func (r *RandomState) StandardNormal() float64 {
	if r.hasGauss {
		r.hasGauss = false
		second := r.gauss
		r.gauss = 0
		return second
	}
	for {
		x1 := 2*r.Float64() - 1
		x2 := 2*r.Float64() - 1
		r2 := float64(x1*x1) + float64(x2*x2)
		if r2 < 1 && r2 != 0 {
			f := math.Sqrt(-2 * math.Log(r2) / r2)
			r.gauss = f * x1
			r.hasGauss = true
			return f * x2
		}
	}
}

// Normal returns a normal number. normal(loc, scale).
func (r *RandomState) Normal(mean, deviation float64) (float64, error) {
	if deviation < 0 || math.Signbit(deviation) {
		return 0, valueError("scale < 0")
	}
	return mean + float64(deviation*r.StandardNormal()), nil
}

// LogNormal returns the exponential of a normal number. lognormal(mean, sigma).
func (r *RandomState) LogNormal(mean, sigma float64) (float64, error) {
	if sigma < 0 || math.Signbit(sigma) {
		return 0, valueError("sigma < 0")
	}
	return math.Exp(mean + float64(sigma*r.StandardNormal())), nil
}

// Uniform returns a number in [low, high). uniform(low, high).
func (r *RandomState) Uniform(low, high float64) (float64, error) {
	width := high - low
	if math.IsInf(width, 0) || math.IsNaN(width) {
		return 0, &diag.Message{Kind: "OverflowError", Text: "Range exceeds valid bounds"}
	}
	return low + float64(width*r.Float64()), nil
}

// StandardExponential returns an exponentially distributed number of mean 1.
func (r *RandomState) StandardExponential() float64 { return -math.Log(1 - r.Float64()) }

// Exponential returns an exponentially distributed number of the given mean. exponential(scale).
func (r *RandomState) Exponential(mean float64) (float64, error) {
	if mean < 0 || math.Signbit(mean) {
		return 0, valueError("scale < 0")
	}
	return mean * r.StandardExponential(), nil
}

// Gamma returns a gamma distributed number. gamma(shape, scale).
func (r *RandomState) Gamma(shape, scale float64) (float64, error) {
	switch {
	case shape < 0 || math.Signbit(shape):
		return 0, valueError("shape < 0")
	case scale < 0 || math.Signbit(scale):
		return 0, valueError("scale < 0")
	}
	return scale * r.standardGamma(shape), nil
}

// standardGamma follows Ahrens and Dieter (1974) for shapes below one and Marsaglia and Tsang (2000) above.
func (r *RandomState) standardGamma(shape float64) float64 {
	switch {
	case math.IsNaN(shape):
		return shape
	case shape == 1:
		return r.StandardExponential()
	case shape == 0:
		return 0
	case shape < 1:
		for {
			u := r.Float64()
			v := r.StandardExponential()
			if u <= 1-shape {
				if x := pow(u, 1/shape); x <= v {
					return x
				}
			} else {
				y := -math.Log((1 - u) / shape)
				if x := pow(1-shape+float64(shape*y), 1/shape); x <= v+y {
					return x
				}
			}
		}
	}
	b := shape - 1.0/3
	c := 1 / math.Sqrt(9*b)
	for {
		var x, v float64
		for {
			x = r.StandardNormal()
			if v = 1 + float64(c*x); v > 0 {
				break
			}
		}
		v = v * v * v
		u := r.Float64()
		if u < 1-float64(0.0331*(x*x)*(x*x)) || math.Log(u) < float64(0.5*x*x)+float64(b*(1-v+math.Log(v))) {
			return b * v
		}
	}
}

// Beta returns a beta distributed number. beta(a, b).
func (r *RandomState) Beta(a, b float64) (float64, error) {
	switch {
	case !(a > 0):
		return 0, valueError("a <= 0")
	case !(b > 0):
		return 0, valueError("b <= 0")
	}
	if a > 1 || b > 1 {
		x := r.standardGamma(a)
		y := r.standardGamma(b)
		return x / (x + y), nil
	}
	for { // Jöhnk (1964)
		u, v := r.Float64(), r.Float64()
		x, y := pow(u, 1/a), pow(v, 1/b)
		switch sum := x + y; {
		case sum > 1:
		case sum > 0:
			return x / sum, nil
		default: // both underflow
			logX, _ := logarithm(u) // rounded correctly, because the division by a magnifies an error
			logY, _ := logarithm(v)
			logX /= a
			logY /= b
			larger := max(logX, logY)
			logX -= larger
			logY -= larger
			return math.Exp(logX - math.Log(math.Exp(logX)+math.Exp(logY))), nil
		}
	}
}

// maximumPoissonMean is the mean above which samples could leave the range of int64.
var maximumPoissonMean = math.MaxInt64 - 10*math.Sqrt(math.MaxInt64)

// Poisson returns a Poisson distributed integer. poisson(lam).
func (r *RandomState) Poisson(mean float64) (int64, error) {
	switch {
	case math.IsNaN(mean) || mean < 0 || math.Signbit(mean):
		return 0, valueError("lam < 0 or lam is NaN")
	case mean > maximumPoissonMean:
		return 0, valueError("lam value too large")
	case mean >= 10:
		return poissonRejection(mean, r.Float64, math.Log), nil
	case mean == 0:
		return 0, nil
	}
	limit := math.Exp(-mean)
	count := int64(0)
	for product := r.Float64(); product > limit; product *= r.Float64() {
		count++
	}
	return count, nil
}

// poissonRejection is the transformed rejection method PTRS of Hörmann (1993).
func poissonRejection(mean float64, uniform func() float64, log func(float64) float64) int64 {
	root, logMean := math.Sqrt(mean), log(mean)
	b := 0.931 + float64(2.53*root)
	a := -0.059 + float64(0.02483*b)
	inverseAlpha := 1.1239 + 1.1328/(b-3.4)
	vr := 0.9277 - 3.6224/(b-2)
	for {
		u := uniform() - 0.5
		v := uniform()
		us := 0.5 - math.Abs(u)
		k := math.Floor(float64((2*a/us+b)*u) + mean + 0.43)
		switch {
		case us >= 0.07 && v <= vr:
			return int64(k)
		case k < 0 || us < 0.013 && v > us:
		case log(v)+log(inverseAlpha)-log(a/(us*us)+b) <= -mean+float64(k*logMean)-logGamma(k+1, log):
			return int64(k)
		}
	}
}

// logGamma returns log Γ(x) for x >= 1 by Stirling's series after shifting x above 7 (Zhang and Jin,
// "Computation of Special Functions", 1996); its coefficients are B_2k / (2k (2k-1)).
func logGamma(x float64, log func(float64) float64) float64 {
	coefficients := [...]float64{8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
		8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
		1.796443723688307e-01, -1.39243221690590e+00}
	if x == 1 || x == 2 {
		return 0
	}
	shift := 0
	if x < 7 {
		shift = int(7 - x)
	}
	shifted := x + float64(shift)
	square := (1 / shifted) * (1 / shifted)
	sum := 0.0
	for i := len(coefficients) - 1; i >= 0; i-- {
		sum = float64(sum*square) + coefficients[i]
	}
	const halfLogTwoPi = 0.5 * 1.8378770664093453
	result := sum/shifted + halfLogTwoPi + float64((shifted-0.5)*log(shifted)) - shifted
	for range shift {
		shifted--
		result -= log(shifted)
	}
	return result
}
