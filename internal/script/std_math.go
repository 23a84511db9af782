package script

import (
	"math"
	"math/big"

	"synfire/internal/syntax"
	"synfire/units"
)

// standardModules are the modules of Python itself that scripts can import.
func standardModules(in *Interp) []*Module {
	modules := []*Module{mathModule(), randomModule(), timeModule(), osModule(in), sysModule(in), itertoolsModule(), functoolsModule(),
		collectionsModule(in), warningsModule(), copyModule(), operatorModule(), stringModule(), argparseModule(), multiprocessingModule(), joblibModule()}
	for _, name := range []string{"__future__", "typing"} {
		modules = append(modules, &Module{Name: name, Open: true, Attr: func(_ *Interp, name string) (Value, error) {
			return &typingName{name}, nil // annotations are not evaluated, so that any name will do
		}})
	}
	return modules
}

// typingName is a name of the typing module: it can be subscripted and means nothing.
type typingName struct{ name string }

// Repr shows the name as typing does.
func (t *typingName) Repr() string { return "typing." + t.name }

// Index gives the name itself: List[int].
func (t *typingName) Index(any) (any, error) { return t, nil }

func mathModule() *Module {
	number := func(v Value) (float64, error) {
		if q, ok := v.(units.Quantity); ok {
			return 0, units.Mismatch("math functions need plain numbers, not "+q.String(), q.Dim)
		}
		return AsFloat(v)
	}
	domain := func(x, result float64) error {
		if math.IsNaN(result) && !math.IsNaN(x) {
			return Raise("ValueError", "math domain error")
		}
		if math.IsInf(result, 0) && !math.IsInf(x, 0) {
			return Raise("OverflowError", "math range error")
		}
		return nil
	}
	one := func(name string, f func(float64) float64) Entry {
		return Entry{Signature: name + "(x, /)", Func: func(c *Call) (Value, error) {
			x, err := number(c.Arg("x"))
			if err != nil {
				return nil, err
			}
			y := f(x)
			return y, domain(x, y)
		}}
	}
	log := func(name string, f func(float64) float64) func(Value) (Value, error) {
		return func(v Value) (Value, error) {
			if b, ok := v.(*big.Int); ok && b.Sign() > 0 {
				shift := b.BitLen() - 64
				mantissa, _ := new(big.Float).SetInt(new(big.Int).Rsh(b, uint(shift))).Float64()
				return f(mantissa) + float64(shift)*f(2), nil
			}
			x, err := number(v)
			if err != nil {
				return nil, err
			}
			if x <= 0 {
				return nil, Raise("ValueError", "math domain error")
			}
			return f(x), nil
		}
	}
	logOf := func(name string, f func(float64) float64) Entry {
		compute := log(name, f)
		return Entry{Signature: name + "(x, /)", Func: func(c *Call) (Value, error) { return compute(c.Arg("x")) }}
	}
	natural := log("log", math.Log)
	two := func(name string, f func(x, y float64) float64) Entry {
		return Entry{Signature: name + "(x, y, /)", Func: func(c *Call) (Value, error) {
			x, err := number(c.Arg("x"))
			if err != nil {
				return nil, err
			}
			y, err := number(c.Arg("y"))
			if err != nil {
				return nil, err
			}
			r := f(x, y)
			if !math.IsNaN(x) && !math.IsNaN(y) {
				if math.IsNaN(r) {
					return nil, Raise("ValueError", "math domain error")
				}
				if math.IsInf(r, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
					if x == 0 {
						return nil, Raise("ValueError", "math domain error")
					}
					return nil, Raise("OverflowError", "math range error")
				}
			}
			return r, nil
		}}
	}
	rounding := func(name, method string, f func(float64) float64) Entry {
		return Entry{Signature: name + "(x, /)", Func: func(c *Call) (Value, error) {
			v := c.Arg("x")
			if r := rank(v); r == 1 || r == 2 {
				return normal(toBig(v)), nil
			}
			if r, err := callDunder(v, method); r != nil || err != nil {
				return r, err
			}
			x, err := number(v)
			if err != nil {
				return nil, err
			}
			return truncated(f(x))
		}}
	}
	test := func(name string, f func(float64) bool) Entry {
		return Entry{Signature: name + "(x, /)", Func: func(c *Call) (Value, error) {
			x, err := AsFloat(c.Arg("x"))
			return f(x), err
		}}
	}
	return &Module{Name: "math", Entries: []Entry{
		{Name: "pi", Value: math.Pi}, {Name: "e", Value: math.E}, {Name: "tau", Value: 2 * math.Pi},
		{Name: "inf", Value: math.Inf(1)}, {Name: "nan", Value: math.NaN()},
		one("sqrt", math.Sqrt), one("exp", math.Exp), one("expm1", math.Expm1), one("sin", math.Sin), one("cos", math.Cos),
		one("tan", math.Tan), one("asin", math.Asin), one("acos", math.Acos), one("atan", math.Atan), one("sinh", math.Sinh),
		one("cosh", math.Cosh), one("tanh", math.Tanh), one("asinh", math.Asinh), one("acosh", math.Acosh), one("atanh", math.Atanh),
		one("fabs", math.Abs), one("erf", math.Erf), one("erfc", math.Erfc), one("gamma", math.Gamma), one("cbrt", math.Cbrt), one("exp2", math.Exp2),
		one("lgamma", func(x float64) float64 { y, _ := math.Lgamma(x); return y }),
		one("degrees", func(x float64) float64 { return x * (180 / math.Pi) }),
		one("radians", func(x float64) float64 { return x * (math.Pi / 180) }),
		{Signature: "log(x, base=..., /)", Func: func(c *Call) (Value, error) {
			x, err := natural(c.Arg("x"))
			if err != nil || !c.Given("base") {
				return x, err
			}
			b, err := natural(c.Arg("base"))
			if err != nil {
				return nil, err
			}
			return floatBinary(syntax.Div, x.(float64), b.(float64))
		}},
		logOf("log10", math.Log10), logOf("log2", math.Log2),
		one("log1p", math.Log1p),
		two("pow", math.Pow), two("atan2", math.Atan2), two("fmod", math.Mod), two("copysign", math.Copysign), two("remainder", math.Remainder),
		rounding("floor", "__floor__", math.Floor), rounding("ceil", "__ceil__", math.Ceil), rounding("trunc", "__trunc__", math.Trunc),
		test("isnan", math.IsNaN), test("isinf", func(x float64) bool { return math.IsInf(x, 0) }),
		test("isfinite", func(x float64) bool { return !math.IsInf(x, 0) && !math.IsNaN(x) }),
		{Signature: "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", Func: isClose},
		{Signature: "hypot(*coordinates)", Func: func(c *Call) (Value, error) {
			r := 0.0
			for _, a := range c.Args {
				x, err := number(a)
				if err != nil {
					return nil, err
				}
				r = math.Hypot(r, x)
			}
			return r, nil
		}},
		{Signature: "modf(x, /)", Func: func(c *Call) (Value, error) {
			x, err := number(c.Arg("x"))
			whole, fraction := math.Modf(x)
			return NewTuple(fraction, whole), err
		}},
		{Signature: "frexp(x, /)", Func: func(c *Call) (Value, error) {
			x, err := number(c.Arg("x"))
			fraction, exponent := math.Frexp(x)
			return NewTuple(fraction, int64(exponent)), err
		}},
		{Signature: "ldexp(x, i, /)", Func: func(c *Call) (Value, error) {
			x, err := number(c.Arg("x"))
			if err != nil {
				return nil, err
			}
			i, err := c.Int("i")
			return math.Ldexp(x, int(min(max(i, -1e6), 1e6))), err
		}},
		{Signature: "factorial(x, /)", Func: func(c *Call) (Value, error) {
			n, err := AsIndex(c.Arg("x"))
			switch {
			case err != nil:
				return nil, err
			case n < 0:
				return nil, Raise("ValueError", "factorial() not defined for negative values")
			case n > 100000:
				return nil, Raise("OverflowError", "factorial() argument should not exceed 100000")
			}
			return normal(new(big.Int).MulRange(1, n)), nil
		}},
		{Signature: "comb(n, k, /)", Func: func(c *Call) (Value, error) {
			n, k, err := twoCounts(c, "n", "k")
			if err != nil || k > n {
				return int64(0), err
			}
			return normal(new(big.Int).Binomial(n, min(k, n-k))), nil
		}},
		{Signature: "perm(n, k, /)", Func: func(c *Call) (Value, error) {
			n, k, err := twoCounts(c, "n", "k")
			if err != nil || k > n {
				return int64(0), err
			}
			return normal(new(big.Int).MulRange(n-k+1, n)), nil
		}},
		{Signature: "gcd(*integers)", Func: func(c *Call) (Value, error) {
			r := new(big.Int)
			for _, a := range c.Args {
				if k := rank(a); k == 0 || k > 2 {
					return nil, Raise("TypeError", "'%s' object cannot be interpreted as an integer", TypeName(a))
				}
				r.GCD(nil, nil, r, new(big.Int).Abs(toBig(a)))
			}
			return normal(r), nil
		}},
		{Signature: "lcm(*integers)", Func: func(c *Call) (Value, error) {
			r := big.NewInt(1)
			for _, a := range c.Args {
				if k := rank(a); k == 0 || k > 2 {
					return nil, Raise("TypeError", "'%s' object cannot be interpreted as an integer", TypeName(a))
				}
				n := new(big.Int).Abs(toBig(a))
				if n.Sign() == 0 {
					return int64(0), nil
				}
				g := new(big.Int).GCD(nil, nil, r, n)
				r.Mul(r, n.Div(n, g))
			}
			return normal(r), nil
		}},
		{Signature: "isqrt(n, /)", Func: func(c *Call) (Value, error) {
			v := c.Arg("n")
			if k := rank(v); k == 0 || k > 2 {
				return nil, Raise("TypeError", "'%s' object cannot be interpreted as an integer", TypeName(v))
			}
			if toBig(v).Sign() < 0 {
				return nil, Raise("ValueError", "isqrt() argument must be nonnegative")
			}
			return normal(new(big.Int).Sqrt(toBig(v))), nil
		}},
		{Signature: "fsum(seq, /)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("seq"))
			if err != nil {
				return nil, err
			}
			return exactSum(elts)
		}},
		{Signature: "prod(iterable, /, *, start=1)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("iterable"))
			r := c.Arg("start")
			for _, e := range elts {
				if r, err = c.Interp.binary(syntax.Mul, r, e); err != nil {
					return nil, err
				}
			}
			return r, err
		}},
		{Signature: "dist(p, q, /)", Func: func(c *Call) (Value, error) {
			p, err := Elements(c.Arg("p"))
			if err != nil {
				return nil, err
			}
			q, err := Elements(c.Arg("q"))
			if err != nil || len(p) != len(q) {
				return nil, Raise("ValueError", "both points must have the same number of dimensions")
			}
			r := 0.0
			for i := range p {
				x, err := number(p[i])
				if err != nil {
					return nil, err
				}
				y, err := number(q[i])
				if err != nil {
					return nil, err
				}
				r = math.Hypot(r, x-y)
			}
			return r, nil
		}},
	}}
}

func twoCounts(c *Call, first, second string) (n, k int64, err error) {
	if n, err = AsIndex(c.Arg(first)); err != nil {
		return
	}
	if k, err = AsIndex(c.Arg(second)); err != nil {
		return
	}
	if n < 0 || k < 0 {
		err = Raise("ValueError", "%s must be a non-negative integer", map[bool]string{true: first, false: second}[n < 0])
	}
	if n > 100000 {
		err = Raise("OverflowError", "%s must not exceed 100000", first)
	}
	return
}

func isClose(c *Call) (Value, error) {
	var x [4]float64
	for i, name := range []string{"a", "b", "rel_tol", "abs_tol"} {
		var err error
		if x[i], err = AsFloat(c.Arg(name)); err != nil {
			return nil, err
		}
	}
	a, b, relative, absolute := x[0], x[1], x[2], x[3]
	if relative < 0 || absolute < 0 {
		return nil, Raise("ValueError", "tolerances must be non-negative")
	}
	if a == b {
		return true, nil
	}
	if math.IsInf(a, 0) || math.IsInf(b, 0) {
		return false, nil
	}
	diff := math.Abs(a - b)
	return diff <= math.Abs(relative*b) || diff <= math.Abs(relative*a) || diff <= absolute, nil
}

// exactSum adds floats without rounding until the end.
func exactSum(elts []Value) (Value, error) {
	total := new(big.Float).SetPrec(2200)
	special := 0.0
	for _, e := range elts {
		x, err := AsFloat(e)
		if err != nil {
			return nil, err
		}
		if math.IsInf(x, 0) || math.IsNaN(x) {
			special += x
			continue
		}
		total.Add(total, new(big.Float).SetFloat64(x))
	}
	if special != 0 || math.IsNaN(special) {
		return special, nil
	}
	r, _ := total.Float64()
	return r, nil
}
