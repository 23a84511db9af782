package scipy

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"synfire/internal/array"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

func statisticsModule(random *rng.RandomState) *script.Module {
	return &script.Module{Name: "scipy.stats", Doc: "Statistics and distributions.", Entries: []script.Entry{
		{Signature: "linregress(x, y=None, alternative='two-sided')", Doc: "The line of least squares through points.", Func: linregress},
		{Name: "truncnorm", Value: truncatedNormal{random}},
	}}
}

// regression names what linregress returns.
var regression = []string{"slope", "intercept", "rvalue", "pvalue", "stderr"}

func linregress(c *script.Call) (script.Value, error) {
	if c.Arg("alternative") != script.Value("two-sided") {
		return nil, script.Raise("NotImplementedError", "Synfire does not support linregress(alternative=...) yet.")
	}
	xs, err := numpy.FromValue(c.Arg("x"))
	if err != nil {
		return nil, err
	}
	if script.IsNone(c.Arg("y")) {
		return nil, script.Raise("ValueError", "linregress() takes x and y here")
	}
	ys, err := numpy.FromValue(c.Arg("y"))
	if err != nil {
		return nil, err
	}
	x, y := xs.Floats(), ys.Floats()
	if len(x) == 0 || len(y) == 0 {
		return nil, script.Raise("ValueError", "Inputs must not be empty.")
	}
	if len(x) != len(y) {
		return nil, script.Raise("ValueError", "x and y must have the same length, but have %d and %d numbers", len(x), len(y))
	}
	n := float64(len(x))
	mx, my := mean(x), mean(y)
	var sxx, sxy, syy float64
	for k := range x {
		sxx += (x[k] - mx) * (x[k] - mx) / n
		sxy += (x[k] - mx) * (y[k] - my) / n
		syy += (y[k] - my) * (y[k] - my) / n
	}
	if sxx == 0 {
		return nil, script.Raise("ValueError", "Cannot calculate a linear regression if all x values are identical")
	}
	r := 0.0
	if syy > 0 {
		r = min(max(sxy/math.Sqrt(sxx*syy), -1), 1)
	}
	slope := sxy / sxx
	probability, deviation := 0.0, 0.0
	if len(x) == 2 {
		if y[0] == y[1] {
			probability = 1
		}
	} else {
		free := n - 2
		t := r * math.Sqrt(free/((1-r+1e-20)*(1+r+1e-20)))
		probability = mathext.RegIncBeta(free/2, 0.5, free/(free+t*t)) // both tails of Student's distribution
		deviation = math.Sqrt((1 - r*r) * syy / sxx / free)
	}
	return script.NewNamedTuple("LinregressResult", regression, slope, my-slope*mx, r, probability, deviation), nil
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// truncatedNormal is scipy.stats.truncnorm: the normal distribution between two bounds, given in standard deviations.
type truncatedNormal struct{ random *rng.RandomState }

// TypeName is SciPy's name of the class.
func (truncatedNormal) TypeName() string { return "truncnorm_gen" }

// Attr gives the methods.
func (d truncatedNormal) Attr(name string) (any, error) {
	switch name {
	case "rvs":
		return script.NewBuiltin(script.Entry{Signature: "rvs(a, b, loc=0, scale=1, size=None, random_state=None)", Func: d.draw}), nil
	case "ppf":
		return script.NewBuiltin(script.Entry{Signature: "ppf(q, a, b, loc=0, scale=1)", Func: func(c *script.Call) (script.Value, error) {
			return elementwise(c, []string{"a", "b", "loc", "scale", "q"}, nil, func(v []float64) float64 { return v[2] + v[3]*quantile(v[4], v[0], v[1]) })
		}}), nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (truncatedNormal) AttrNames() []string { return []string{"rvs", "ppf"} }

func (d truncatedNormal) draw(c *script.Call) (script.Value, error) {
	if !script.IsNone(c.Arg("random_state")) {
		return nil, script.Raise("NotImplementedError", "Synfire does not support truncnorm.rvs(random_state=...) yet.")
	}
	var shape []int
	if v := c.Arg("size"); !script.IsNone(v) {
		a, err := numpy.FromValue(v)
		if err != nil {
			return nil, err
		}
		shape = []int{}
		for _, n := range a.Ints() {
			shape = append(shape, int(n))
		}
	}
	return elementwise(c, []string{"a", "b", "loc", "scale"}, shape, func(v []float64) float64 {
		return v[2] + v[3]*quantile(d.random.Float64(), v[0], v[1])
	})
}

// elementwise computes a function of arguments stretched to a common shape, or to the given one.
func elementwise(c *script.Call, names []string, shape []int, f func([]float64) float64) (script.Value, error) {
	arrays := make([]*array.Array, len(names), len(names)+1)
	for k, name := range names {
		var err error
		if arrays[k], err = numpy.FromValue(c.Arg(name)); err != nil {
			return nil, err
		}
	}
	if shape != nil {
		arrays = append(arrays, array.Empty(array.Float64, units.Dimension{}, shape...))
	}
	common, err := array.BroadcastShapes(arrays...)
	if err != nil {
		return nil, err
	}
	for k := range names {
		if arrays[k], err = arrays[k].BroadcastTo(common); err != nil {
			return nil, err
		}
	}
	out := array.Empty(array.Float64, units.Dimension{}, common...)
	values := make([]float64, len(names))
	for i := range out.Size() {
		for k := range names {
			values[k] = arrays[k].FloatAt(i)
		}
		out.SetFloat(i, f(values))
	}
	return numpy.Wrap(out), nil
}

// quantile inverts the distribution function between a and b. The tail is taken from the side on which it has digits.
func quantile(q, a, b float64) float64 {
	if !(a < b) || !(q >= 0 && q <= 1) {
		return math.NaN()
	}
	if a > 0 {
		return -quantile(1-q, -b, -a)
	}
	low, high := lower(a), lower(b)
	x := mathext.NormalQuantile(low + q*(high-low))
	return min(max(x, a), b)
}

// lower is the standard normal distribution function.
func lower(x float64) float64 { return math.Erfc(-x/math.Sqrt2) / 2 }
