package numpy

import (
	"math"
	"math/big"
	"slices"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// elementwise are NumPy's universal functions, and a few that behave like them.
func elementwise() []script.Entry {
	var entries []script.Entry
	for _, name := range array.FunctionNames() {
		if name == "exprel" { // Brian2's
			continue
		}
		entries = append(entries, unaryEntry(name, array.Named(name)))
	}
	for _, pair := range []struct {
		name string
		op   array.BinaryOp
	}{
		{"add", array.Add}, {"subtract", array.Sub}, {"multiply", array.Mul}, {"divide", array.Div}, {"true_divide", array.Div},
		{"floor_divide", array.FloorDiv}, {"mod", array.Mod}, {"remainder", array.Mod}, {"fmod", array.FMod}, {"power", array.Pow}, {"float_power", array.Pow},
		{"less", array.Lt}, {"less_equal", array.Le}, {"greater", array.Gt}, {"greater_equal", array.Ge}, {"equal", array.Eq}, {"not_equal", array.Ne},
		{"bitwise_and", array.And}, {"bitwise_or", array.Or}, {"bitwise_xor", array.Xor}, {"left_shift", array.LeftShift}, {"right_shift", array.RightShift},
		{"maximum", array.Maximum}, {"minimum", array.Minimum}, {"fmax", array.FMax}, {"fmin", array.FMin},
		{"arctan2", array.Arctan2}, {"hypot", array.Hypot}, {"logaddexp", array.LogAddExp}, {"logaddexp2", array.LogAddExp2}, {"copysign", array.CopySign},
		{"logical_and", array.LogicalAnd}, {"logical_or", array.LogicalOr}, {"logical_xor", array.LogicalXor},
	} {
		op := pair.op
		entries = append(entries, twoArrays(pair.name+"(x1, x2, out=None, *, where=True, dtype=None)", "Elementwise "+pair.name+".", func(c *script.Call, x, y *array.Array) (script.Value, error) {
			if pair.name == "float_power" {
				x = x.As(max(x.DType(), array.Float64))
			}
			out, err := array.Call(op, x, y)
			return into(c, out, err)
		}))
	}
	return append(entries,
		oneArray("invert(x, out=None)", "Bits turned over; other truth values.", func(c *script.Call, a *array.Array) (script.Value, error) {
			out, err := array.Invert(a)
			return into(c, out, err)
		}),
		oneArray("bitwise_not(x, out=None)", "Bits turned over; other truth values.", func(c *script.Call, a *array.Array) (script.Value, error) {
			out, err := array.Invert(a)
			return into(c, out, err)
		}),
		oneArray("around(x, decimals=0, out=None)", "Rounded to a number of decimals.", round),
		oneArray("round_(x, decimals=0, out=None)", "Rounded to a number of decimals.", round),
		oneArray("real(x)", "Real parts.", func(_ *script.Call, a *array.Array) (script.Value, error) { return Wrap(array.Real(a)), nil }),
		oneArray("imag(x)", "Imaginary parts.", func(_ *script.Call, a *array.Array) (script.Value, error) { return Wrap(array.Imag(a)), nil }),
		oneArray("angle(x, deg=False)", "Angles of complex numbers.", func(c *script.Call, a *array.Array) (script.Value, error) {
			deg, err := c.Bool("deg")
			if err != nil {
				return nil, err
			}
			out, err := array.Binary(array.Arctan2, array.Imag(a).As(array.Float64), array.Real(a).As(array.Float64))
			if err == nil && deg {
				out, err = array.Apply(array.Named("degrees"), out)
			}
			return wrapped(out, err)
		}),
		oneArray("isreal(x)", "Where the imaginary part is zero.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return Wrap(array.LogicalNot(array.Imag(a))), nil
		}),
		oneArray("iscomplexobj(x)", "Whether the elements are complex numbers.", func(_ *script.Call, a *array.Array) (script.Value, error) { return a.DType() == array.Complex128, nil }),
		oneArray("isrealobj(x)", "Whether the elements are real numbers.", func(_ *script.Call, a *array.Array) (script.Value, error) { return a.DType() != array.Complex128, nil }),
		oneArray("nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)", "NaN and infinities replaced.", nanToNum),
		twoArrays("heaviside(x1, x2)", "0 below zero, 1 above, x2 at zero.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			return elementPairs(x, y, func(x, h float64) float64 {
				switch {
				case x < 0:
					return 0
				case x > 0:
					return 1
				case x == 0:
					return h
				}
				return x
			})
		}),
		twoArrays("nextafter(x1, x2)", "The next number in the direction of x2.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			return elementPairs(x, y, math.Nextafter)
		}),
		twoArrays("ldexp(x1, x2)", "x1 times 2 to the power x2.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			return elementPairs(x, y, func(x, n float64) float64 { return math.Ldexp(x, int(n)) })
		}),
		twoArrays("gcd(x1, x2)", "Greatest common divisor.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			return intPairs(x, y, gcd)
		}),
		twoArrays("lcm(x1, x2)", "Lowest common multiple.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			return intPairs(x, y, func(x, y int64) int64 {
				if x == 0 || y == 0 {
					return 0
				}
				return max(x, -x) / gcd(x, y) * max(y, -y)
			})
		}),
		twoArrays("divmod(x1, x2)", "Quotient and remainder.", func(_ *script.Call, x, y *array.Array) (script.Value, error) {
			q, err := array.Binary(array.FloorDiv, x, y)
			if err != nil {
				return nil, err
			}
			r, err := array.Binary(array.Mod, x, y)
			if err != nil {
				return nil, err
			}
			return script.NewTuple(Wrap(q), Wrap(r)), nil
		}),
		oneArray("modf(x)", "Fractional and whole part.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			whole, err := array.Apply(array.Named("trunc"), a.As(array.Float64))
			if err != nil {
				return nil, err
			}
			fraction, err := array.Binary(array.Sub, a, whole)
			if err != nil {
				return nil, err
			}
			return script.NewTuple(Wrap(fraction), Wrap(whole)), nil
		}),
		script.Entry{Signature: "isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", Doc: "Where two arrays are equal within tolerances.", Func: func(c *script.Call) (script.Value, error) {
			return wrapped(closeness(c))
		}},
		script.Entry{Signature: "allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", Doc: "Whether two arrays are equal within tolerances.", Func: func(c *script.Call) (script.Value, error) {
			where, err := closeness(c)
			if err != nil {
				return nil, err
			}
			return wrapped(array.Every(where, array.Axes{}))
		}},
		script.Entry{Signature: "array_equal(a1, a2, equal_nan=False)", Doc: "Whether two arrays have the same shape and elements.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "a1", "a2")
			if err != nil {
				return nil, err
			}
			nan, err := c.Bool("equal_nan")
			return array.Equal(a, b, nan), err
		}},
	)
}

// gcd is the greatest common divisor.
func gcd(x, y int64) int64 {
	return new(big.Int).GCD(nil, nil, big.NewInt(max(x, -x)), big.NewInt(max(y, -y))).Int64()
}

func unaryEntry(name string, f *array.Function) script.Entry {
	return oneArray(name+"(x, out=None, *, where=True, dtype=None)", "Elementwise "+f.Name+".", func(c *script.Call, a *array.Array) (script.Value, error) {
		out, err := array.Apply(f, a)
		return into(c, out, err)
	})
}

// oneArray makes an entry whose first parameter is x, an array.
func oneArray(signature, doc string, f func(*script.Call, *array.Array) (script.Value, error)) script.Entry {
	return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
		a, err := arrayArg(c, "x")
		if err != nil {
			return nil, err
		}
		return f(c, a)
	}}
}

// twoArrays makes an entry whose first parameters are x1 and x2.
func twoArrays(signature, doc string, f func(c *script.Call, x, y *array.Array) (script.Value, error)) script.Entry {
	return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
		x, y, err := arrayPair(c, "x1", "x2")
		if err != nil {
			return nil, err
		}
		return f(c, x, y)
	}}
}

func elementPairs(x, y *array.Array, f func(x, y float64) float64) (script.Value, error) {
	shape, err := array.BroadcastShapes(x, y)
	if err != nil {
		return nil, err
	}
	a, err := x.BroadcastTo(shape)
	if err != nil {
		return nil, err
	}
	b, err := y.BroadcastTo(shape)
	if err != nil {
		return nil, err
	}
	p, q := a.Floats(), b.Floats()
	out := make([]float64, len(p))
	for i := range out {
		out[i] = f(p[i], q[i])
	}
	return Wrap(array.FromFloats(out, plain, shape...)), nil
}

func intPairs(x, y *array.Array, f func(x, y int64) int64) (script.Value, error) {
	v, err := elementPairs(x, y, func(x, y float64) float64 { return float64(f(int64(x), int64(y))) })
	if err != nil {
		return nil, err
	}
	a, err := FromValue(v)
	if err != nil {
		return nil, err
	}
	return Wrap(a.As(array.Int64)), nil
}

// closeness computes isclose. Quantities with a dimension are refused as in Brian2, where the absolute tolerance is a plain number.
func closeness(c *script.Call) (*array.Array, error) {
	a, b, err := arrayPair(c, "a", "b")
	if err != nil {
		return nil, err
	}
	rtol, err := floatOf(c.Arg("rtol"))
	if err != nil {
		return nil, err
	}
	atol, err := FromValue(c.Arg("atol"))
	if err != nil {
		return nil, err
	}
	nan, err := c.Bool("equal_nan")
	if err != nil {
		return nil, err
	}
	if b.Dim() != atol.Dim() {
		size, err := array.Apply(array.Named("absolute"), b)
		if err != nil {
			return nil, err
		}
		if size, err = array.Binary(array.Mul, size, array.Scalar(rtol, plain)); err != nil {
			return nil, err
		}
		if _, err := array.Binary(array.Add, size, atol); err != nil {
			return nil, err
		}
	}
	if _, err := array.MatchDims(a, b, "Cannot calculate "+a.Short()+" - "+b.Short()+", units do not match"); err != nil {
		return nil, err
	}
	return array.IsClose(a, b, rtol, atol.FloatAt(0), nan)
}

func nanToNum(c *script.Call, a *array.Array) (script.Value, error) {
	nan, err := floatOf(c.Arg("nan"))
	if err != nil {
		return nil, err
	}
	high, low := math.MaxFloat64, -math.MaxFloat64
	if v := c.Arg("posinf"); !script.IsNone(v) {
		if high, err = floatOf(v); err != nil {
			return nil, err
		}
	}
	if v := c.Arg("neginf"); !script.IsNone(v) {
		if low, err = floatOf(v); err != nil {
			return nil, err
		}
	}
	if a.DType() != array.Float64 {
		return Wrap(a.Copy()), nil
	}
	return wrapped(array.Apply(&array.Function{Name: "nan_to_num", Dim: array.KeepsDim, Float: func(x float64) float64 {
		switch {
		case x != x:
			return nan
		case math.IsInf(x, 1):
			return high
		case math.IsInf(x, -1):
			return low
		}
		return x
	}}, a))
}

// UnitAware returns the functions that `from brian2 import *` puts in the place of NumPy's: they refuse dimensions
// with the function's name, or keep them where NumPy's own functions would lose them.
func UnitAware() []script.Entry {
	var entries []script.Entry
	for _, name := range []string{"log", "log10", "exp", "expm1", "log1p", "exprel", "sin", "cos", "tan", "arcsin", "arccos", "arctan",
		"sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"} {
		entries = append(entries, unaryEntry(name, array.Named(name)))
	}
	for _, e := range slices.Concat(creation(), choosing(), products()) {
		switch entryName(e) {
		case "arange", "linspace", "where", "ones_like", "zeros_like", "dot":
			entries = append(entries, withUnits(e))
		}
	}
	for _, s := range rearrangements() {
		if s.name == "ravel" || s.name == "diagonal" || s.name == "trace" {
			entries = append(entries, s.function())
		}
	}
	return entries
}

// withUnits returns the entry with Brian2's treatment of dimensions.
func withUnits(e script.Entry) script.Entry {
	plainly := e.Func
	switch entryName(e) {
	case "ones_like", "zeros_like":
		e.Func = func(c *script.Call) (script.Value, error) {
			v, err := plainly(c)
			if err != nil {
				return nil, err
			}
			a, err := FromValue(v)
			if err != nil {
				return nil, err
			}
			return Wrap(a.WithDim(units.Dimension{})), nil
		}
	case "where":
		e.Func = func(c *script.Call) (script.Value, error) { return where(c, true) }
	case "dot":
		e.Func = func(c *script.Call) (script.Value, error) { return dot(c, true) }
	case "arange":
		e.Func = func(c *script.Call) (script.Value, error) { return arange(c, true) }
	case "linspace":
		e.Func = func(c *script.Call) (script.Value, error) { return linspace(c, true) }
	}
	return e
}
