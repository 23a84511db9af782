package numpy

import (
	"math"

	"synfire/internal/array"
	"synfire/internal/script"
)

// statistics are reductions that are not methods of arrays, and their variants that skip NaN.
func statistics() []script.Entry {
	entries := []script.Entry{
		extremum("amax", "Largest element over axes.", array.Max).function(),
		extremum("amin", "Smallest element over axes.", array.Min).function(),
		reduction("product", "Product over axes.", array.Product).function(),
		{Signature: "median(a, axis=None, out=None, overwrite_input=False, keepdims=False)", Doc: "Middle value over axes.", Func: func(c *script.Call) (script.Value, error) {
			return overAxes(c, array.Median)
		}},
		{Signature: "average(a, axis=None, weights=None, returned=False, *, keepdims=False)", Doc: "Weighted mean over axes.", Func: func(c *script.Call) (script.Value, error) {
			weights, err := optionalArray(c, "weights")
			if err != nil {
				return nil, err
			}
			return overAxes(c, func(a *array.Array, axes array.Axes) (*array.Array, error) {
				if weights == nil {
					return array.Mean(a, axes)
				}
				return array.Average(a, weights, axes)
			})
		}},
		quantiles("percentile", "q", 100, false), quantiles("quantile", "q", 1, false),
		quantiles("nanpercentile", "q", 100, true), quantiles("nanquantile", "q", 1, true),
		{Signature: "cov(m, y=None, rowvar=True, bias=False, ddof=None)", Doc: "Table of covariances of the rows.", Func: func(c *script.Call) (script.Value, error) {
			return kept(covariance(c, "m"))
		}},
		{Signature: "corrcoef(x, y=None, rowvar=True, bias=..., ddof=...)", Doc: "Table of correlations of the rows.", Func: func(c *script.Call) (script.Value, error) {
			table, err := covariance(c, "x")
			if err != nil {
				return nil, err
			}
			if table.NDim() == 0 {
				return 1.0, nil
			}
			return New(array.Correlation(table)), nil
		}},
	}
	// The variants that skip NaN: of values without NaN they are the plain functions.
	for _, s := range []struct {
		name  string
		empty float64
		f     func(*array.Array, array.Axes, float64) (*array.Array, error)
	}{
		{"nansum", 0, func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Sum(a, x) }},
		{"nanprod", 1, func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Product(a, x) }},
		{"nanmean", math.NaN(), func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Mean(a, x) }},
		{"nanmedian", math.NaN(), func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Median(a, x) }},
		{"nanmax", math.NaN(), func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Max(a, x) }},
		{"nanmin", math.NaN(), func(a *array.Array, x array.Axes, _ float64) (*array.Array, error) { return array.Min(a, x) }},
		{"nanstd", math.NaN(), array.Std},
		{"nanvar", math.NaN(), array.Var},
	} {
		entries = append(entries, script.Entry{Signature: s.name + "(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", Doc: "Like " + s.name[3:] + ", without the NaNs.", Func: func(c *script.Call) (script.Value, error) {
			ddof, err := c.Float("ddof")
			if err != nil {
				return nil, err
			}
			return overAxes(c, func(a *array.Array, axes array.Axes) (*array.Array, error) {
				if !hasNaN(a) {
					return s.f(a, axes, ddof)
				}
				out, err := array.SkipNaN(a, axes, s.empty, func(x []float64) float64 {
					r, err := s.f(array.FromFloats(x, plain), array.Axes{}, ddof)
					if err != nil {
						panic("BUG: a reduction of a row of numbers: " + err.Error())
					}
					return r.FloatAt(0)
				})
				if err != nil {
					return nil, err
				}
				if s.name == "nanvar" {
					return out.WithDim(a.Dim().Pow(2)), nil
				}
				return out, nil
			})
		}})
	}
	for _, name := range []string{"nanargmax", "nanargmin"} {
		f, worst := array.ArgMax, math.Inf(-1)
		if name == "nanargmin" {
			f, worst = array.ArgMin, math.Inf(1)
		}
		entries = append(entries, byAxis(name, "None", "Place of the extreme element, without the NaNs.", func(a *array.Array, axis *int) (*array.Array, error) {
			filled, err := array.Apply(&array.Function{Name: name, Dim: array.KeepsDim, Float: func(x float64) float64 {
				if x != x {
					return worst
				}
				return x
			}}, a)
			if err != nil {
				return nil, err
			}
			return f(filled, axis)
		}).function())
	}
	return entries
}

func hasNaN(a *array.Array) bool {
	if a.DType() <= array.Int64 {
		return false
	}
	nan, err := array.Apply(array.Named("isnan"), a)
	if err != nil {
		return false
	}
	any, err := array.Any(nan, array.Axes{})
	return err == nil && any.BoolAt(0)
}

// overAxes applies a reduction to the argument a.
func overAxes(c *script.Call, f func(*array.Array, array.Axes) (*array.Array, error)) (script.Value, error) {
	a, err := arrayArg(c, "a")
	if err != nil {
		return nil, err
	}
	axes, err := axesArg(c)
	if err != nil {
		return nil, err
	}
	return wrapped(f(a, axes))
}

// quantiles makes percentile and quantile, which drop units.
func quantiles(name, parameter string, scale float64, skip bool) script.Entry {
	return script.Entry{Signature: name + "(a, " + parameter + ", axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, interpolation=None)",
		Doc: "The value below which a part of the elements lies; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			q, err := arrayArg(c, parameter)
			if err != nil {
				return nil, err
			}
			if q, err = array.Binary(array.Div, q, array.Scalar(scale, plain)); err != nil {
				return nil, err
			}
			method := c.Arg("method")
			if !script.IsNone(c.Arg("interpolation")) {
				method = c.Arg("interpolation")
			}
			text, ok := method.(string)
			switch text {
			case "linear", "lower", "higher", "nearest", "midpoint":
			default:
				ok = false
			}
			if !ok {
				return nil, script.Raise("ValueError", "method %s is not supported; use 'linear', 'lower', 'higher', 'nearest' or 'midpoint'", script.Repr(method))
			}
			for _, x := range q.Floats() {
				if !(x >= 0 && x <= 1) {
					if scale == 100 {
						return nil, script.Raise("ValueError", "Percentiles must be in the range [0, 100]")
					}
					return nil, script.Raise("ValueError", "Quantiles must be in the range [0, 1]")
				}
			}
			return overAxes(c, func(a *array.Array, axes array.Axes) (*array.Array, error) {
				a = a.WithDim(plain)
				if skip && hasNaN(a) {
					if q.NDim() > 0 {
						return nil, script.Raise("NotImplementedError", "%s of values with NaN takes a single number", name)
					}
					return array.SkipNaN(a, axes, math.NaN(), func(x []float64) float64 {
						r, err := array.Quantiles(array.FromFloats(x, plain), q, array.Axes{}, text)
						if err != nil {
							return math.NaN()
						}
						return r.FloatAt(0)
					})
				}
				out, err := array.Quantiles(a, q, axes, text)
				if err == nil && a.DType() <= array.Int64 && text != "linear" && text != "midpoint" {
					out = out.As(a.DType())
				}
				return out, err
			})
		}}
}

// covariance computes cov for the rows of x, with y as one more.
func covariance(c *script.Call, name string) (*array.Array, error) {
	a, err := arrayArg(c, name)
	if err != nil {
		return nil, err
	}
	y, err := optionalArray(c, "y")
	if err != nil {
		return nil, err
	}
	rows, err := c.Bool("rowvar")
	if err != nil {
		return nil, err
	}
	prepare := func(a *array.Array) (*array.Array, error) {
		if a.NDim() > 2 {
			return nil, script.Raise("ValueError", "m has more than 2 dimensions")
		}
		if !rows && a.NDim() == 2 {
			return a.Transpose()
		}
		return a.AtLeast(2), nil
	}
	if a, err = prepare(a); err != nil {
		return nil, err
	}
	if y != nil {
		if y, err = prepare(y); err != nil {
			return nil, err
		}
		if a, err = array.Concatenate([]*array.Array{a, y}, 0, plain); err != nil {
			return nil, err
		}
	}
	ddof := 1.0
	if v := c.Arg("bias"); v != nil {
		if bias, err := script.Truth(v); err == nil && bias {
			ddof = 0
		}
	}
	if v := c.Arg("ddof"); !script.IsNone(v) {
		if ddof, err = floatOf(v); err != nil {
			return nil, err
		}
	}
	out, err := array.Covariance(a, ddof)
	if err != nil {
		return nil, err
	}
	if out.Size() == 1 {
		return out.Reshape()
	}
	return out, nil
}
