package numpy

import (
	"math"

	"synfire/internal/array"
	"synfire/internal/script"
)

// signals are functions of rows of samples, and of polynomials.
func signals() []script.Entry {
	return []script.Entry{
		oneArray("diff(x, n=1, axis=-1)", "Differences of neighbours.", func(c *script.Call, a *array.Array) (script.Value, error) {
			n, err := c.Int("n")
			if err != nil {
				return nil, err
			}
			axis, err := c.Int("axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Diff(a, int(n), int(axis)))
		}),
		oneArray("ediff1d(x)", "Differences of neighbours of the elements in row-major order.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return wrapped(array.Diff(a.Ravel(), 1, 0))
		}),
		oneArray("gradient(x, *varargs, axis=None)", "Central differences; spacings are numbers or places.", gradient),
		{Signature: "trapz(y, x=None, dx=1.0, axis=-1)", Doc: "Integral by the trapezoidal rule; dimensions multiply.", Func: func(c *script.Call) (script.Value, error) {
			y, err := arrayArg(c, "y")
			if err != nil {
				return nil, err
			}
			x, err := optionalArray(c, "x")
			if err != nil {
				return nil, err
			}
			dx, err := arrayArg(c, "dx")
			if err != nil {
				return nil, err
			}
			axis, err := c.Int("axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Trapz(y, x, dx, int(axis)))
		}},
		{Signature: "interp(x, xp, fp, left=None, right=None, period=None)", Doc: "Linear interpolation between points; units are dropped.", Func: interpolate},
		slidingEntry("convolve", "Discrete convolution of two rows; units are dropped.", "full", func(a, v *array.Array, mode string) (*array.Array, error) {
			return array.Convolve(a, v, mode)
		}),
		slidingEntry("correlate", "Sums of products of two rows at all shifts.", "valid", array.Correlate),
		oneArray("unwrap(x, discont=None, axis=-1)", "Angles without jumps.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			if a.NDim() != 1 {
				return nil, script.Raise("NotImplementedError", "unwrap() takes a row here")
			}
			return New(array.FromFloats(array.Unwrap(a.Floats()), plain)), nil
		}),
		{Signature: "polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False)", Doc: "Coefficients of the polynomial that fits best, highest power first; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			x, y, err := arrayPair(c, "x", "y")
			if err != nil {
				return nil, err
			}
			w, err := optionalArray(c, "w")
			if err != nil {
				return nil, err
			}
			degree, err := c.Int("deg")
			if err != nil {
				return nil, err
			}
			for _, name := range []string{"full", "cov"} {
				if more, err := c.Bool(name); err != nil || more {
					return nil, script.Raise("NotImplementedError", "polyfit(%s=True) is not supported", name)
				}
			}
			return wrapped(array.PolyFit(x, y, int(degree), w))
		}},
		{Signature: "polyval(p, x)", Doc: "The value of a polynomial, highest power first.", Func: func(c *script.Call) (script.Value, error) {
			p, x, err := arrayPair(c, "p", "x")
			if err != nil {
				return nil, err
			}
			out := array.PolyVal(p.Floats(), x)
			if max(p.DType(), x.DType()) <= array.Int64 {
				out = out.As(array.Int64)
			}
			return Wrap(out), nil
		}},
		{Signature: "roots(p)", Doc: "The zeros of a polynomial.", Func: func(c *script.Call) (script.Value, error) {
			p, err := arrayArg(c, "p")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Roots(p.Floats()))
		}},
		{Signature: "polyder(p, m=1)", Doc: "The derivative of a polynomial.", Func: func(c *script.Call) (script.Value, error) {
			p, err := arrayArg(c, "p")
			if err != nil {
				return nil, err
			}
			m, err := c.Int("m")
			if err != nil {
				return nil, err
			}
			row := append([]float64(nil), p.Floats()...)
			for range m {
				if len(row) == 0 {
					break
				}
				for i := range row {
					row[i] *= float64(len(row) - 1 - i)
				}
				row = row[:len(row)-1]
			}
			out := array.FromFloats(row, plain)
			if p.DType() <= array.Int64 {
				out = out.As(array.Int64)
			}
			return New(out), nil
		}},
		{Signature: "polyint(p, m=1)", Doc: "The integral of a polynomial.", Func: func(c *script.Call) (script.Value, error) {
			p, err := arrayArg(c, "p")
			if err != nil {
				return nil, err
			}
			m, err := c.Int("m")
			if err != nil {
				return nil, err
			}
			row := append([]float64(nil), p.Floats()...)
			for range m {
				for i := range row {
					row[i] /= float64(len(row) - i)
				}
				row = append(row, 0)
			}
			return New(array.FromFloats(row, plain)), nil
		}},
		{Signature: "kaiser(M, beta)", Doc: "A Kaiser window.", Func: func(c *script.Call) (script.Value, error) {
			n, err := c.Int("M")
			if err != nil {
				return nil, err
			}
			beta, err := c.Float("beta")
			if err != nil {
				return nil, err
			}
			i0 := array.Named("i0").Float
			row := make([]float64, max(n, 0))
			half := float64(n-1) / 2
			for i := range row {
				row[i] = 1
				if half > 0 {
					x := (float64(i) - half) / half
					row[i] = i0(beta*math.Sqrt(1-x*x)) / i0(beta)
				}
			}
			return New(array.FromFloats(row, plain)), nil
		}},
	}
}

func slidingEntry(name, doc, mode string, f func(a, v *array.Array, mode string) (*array.Array, error)) script.Entry {
	return script.Entry{Signature: name + "(a, v, mode='" + mode + "')", Doc: doc, Func: func(c *script.Call) (script.Value, error) {
		a, v, err := arrayPair(c, "a", "v")
		if err != nil {
			return nil, err
		}
		mode, err := c.String("mode")
		if err != nil {
			return nil, err
		}
		return wrapped(f(a.AtLeast(1), v.AtLeast(1), mode))
	}}
}

func gradient(c *script.Call, a *array.Array) (script.Value, error) {
	axes := []int{}
	if script.IsNone(c.Arg("axis")) {
		for axis := range a.NDim() {
			axes = append(axes, axis)
		}
	} else {
		var err error
		if axes, err = wholes(c.Arg("axis")); err != nil {
			return nil, err
		}
	}
	if len(c.Args) > 1 && len(c.Args) != len(axes) {
		return nil, script.Raise("TypeError", "invalid number of arguments")
	}
	list := &script.List{}
	for i, axis := range axes {
		spacing := array.Scalar(1, plain)
		if len(c.Args) > 0 {
			var err error
			if spacing, err = FromValue(c.Args[min(i, len(c.Args)-1)]); err != nil {
				return nil, err
			}
		}
		out, err := array.Gradient(a, spacing, axis)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, New(out))
	}
	if len(list.Elts) == 1 {
		return list.Elts[0], nil
	}
	return list, nil
}

func interpolate(c *script.Call) (script.Value, error) {
	var in [3]*array.Array
	for i, name := range []string{"x", "xp", "fp"} {
		a, err := arrayArg(c, name)
		if err != nil {
			return nil, err
		}
		in[i] = a
	}
	if !script.IsNone(c.Arg("period")) {
		return nil, script.Raise("NotImplementedError", "interp(period=) is not supported")
	}
	var ends [2]*float64
	for i, name := range []string{"left", "right"} {
		if script.IsNone(c.Arg(name)) {
			continue
		}
		x, err := floatOf(c.Arg(name))
		if err != nil {
			return nil, err
		}
		ends[i] = &x
	}
	return wrapped(array.Interp(in[0], in[1], in[2], ends[0], ends[1]))
}
