package array

import (
	"maps"
	"math"
	"math/cmplx"
	"slices"
	"sync"

	"synfire/units"
)

// Function is an elementwise function of one argument.
type Function struct {
	// Name is NumPy's name.
	Name string
	// Float computes it; Complex too, where it is not nil.
	Float   func(float64) float64
	Complex func(complex128) complex128
	// Dim says what becomes of the dimension: refused, kept, dropped, or raised to a power.
	Dim DimRule
	// Power is the exponent for RaisesDim.
	Power float64
	// KeepsInts says that whole numbers stay whole: Int computes them. Truth values count as whole numbers.
	KeepsInts bool
	Int       func(int64) int64
	// GivesBool says that the result is a truth value: non-zero is true.
	GivesBool bool
}

// DimRule says what a function does with the dimension of its argument.
type DimRule uint8

const (
	NeedsPlain DimRule = iota
	KeepsDim
	DropsDim
	RaisesDim
)

// Apply computes a function elementwise. A dimension is refused with Brian2's message where the function needs
// plain numbers.
func Apply(f *Function, a *Array) (*Array, error) {
	var dim units.Dimension
	switch f.Dim {
	case NeedsPlain:
		if err := needPlain(f.Name, a); err != nil {
			return nil, err
		}
	case KeepsDim:
		dim = a.dim
	case RaisesDim:
		dim = a.dim.Pow(f.Power)
	}
	if source := a.whole(); source != nil {
		dtype := Float64
		if f.GivesBool {
			dtype = Bool
		}
		return deferredArray(source.unary(f), dtype, dim), nil
	}
	out := &Array{dtype: Float64, dim: dim, shape: clone(a.shape), strides: rowMajor(a.shape), buf: &buffer{}}
	switch {
	case a.dtype == Complex128:
		return applyComplex(f, a, out)
	case f.KeepsInts && a.dtype <= Int64:
		out.dtype = Int64
		out.buf.ints = convert(a.Ints(), f.Int)
	case f.GivesBool:
		out.dtype = Bool
		out.buf.bools = convert(a.Floats(), func(x float64) bool { return f.Float(x) != 0 })
	default:
		out.buf.floats = convert(a.Floats(), f.Float)
	}
	return out, nil
}

func applyComplex(f *Function, a, out *Array) (*Array, error) {
	switch {
	case f.GivesBool && f.Complex != nil:
		out.dtype = Bool
		out.buf.bools = convert(a.Complexes(), func(x complex128) bool { return f.Complex(x) != 0 })
	case f.Name == "absolute":
		out.buf.floats = convert(a.Complexes(), cmplx.Abs)
	case f.Complex != nil:
		out.dtype = Complex128
		out.buf.complexes = convert(a.Complexes(), f.Complex)
	default:
		return nil, errorf("TypeError", "ufunc '%s' does not take complex numbers here", f.Name)
	}
	return out, nil
}

// Neg returns -a.
func Neg(a *Array) (*Array, error) {
	if a.dtype == Bool {
		return nil, errorf("TypeError", "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.")
	}
	return Apply(Named("negative"), a)
}

// Invert returns ~a: the other truth value, or all bits turned over.
func Invert(a *Array) (*Array, error) {
	switch {
	case !a.dim.IsDimensionless():
		return nil, errorf("TypeError", "ufunc 'invert' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")
	case a.dtype == Bool:
		return LogicalNot(a), nil
	case a.dtype == Int64:
		out := Empty(Int64, units.Dimension{}, a.shape...)
		for i, x := range a.Ints() {
			out.buf.ints[i] = ^x
		}
		return out, nil
	}
	return nil, errorf("TypeError", "ufunc 'invert' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")
}

// LogicalNot returns the other truth value of each element.
func LogicalNot(a *Array) *Array {
	out, err := Apply(Named("logical_not"), a)
	if err != nil {
		panic("BUG: logical_not refuses nothing: " + err.Error())
	}
	return out
}

// Named returns the elementwise function of NumPy's name; nil if there is none.
func Named(name string) *Function { return functions()[name] }

// FunctionNames lists the elementwise functions.
func FunctionNames() []string { return slices.Sorted(maps.Keys(functions())) }

// functions is the table, made when the first function is asked for and never changed.
var functions = sync.OnceValue(makeFunctions)

func makeFunctions() map[string]*Function {
	table := map[string]*Function{}
	add := func(f Function, names ...string) {
		for _, name := range append(names, f.Name) {
			copied := f
			table[name] = &copied
		}
	}
	plain := func(name string, f func(float64) float64, c func(complex128) complex128) {
		add(Function{Name: name, Float: f, Complex: c})
	}
	plain("sin", math.Sin, cmplx.Sin)
	plain("cos", math.Cos, cmplx.Cos)
	plain("tan", math.Tan, cmplx.Tan)
	plain("arcsin", math.Asin, cmplx.Asin)
	plain("arccos", math.Acos, cmplx.Acos)
	plain("arctan", math.Atan, cmplx.Atan)
	plain("sinh", math.Sinh, cmplx.Sinh)
	plain("cosh", math.Cosh, cmplx.Cosh)
	plain("tanh", math.Tanh, cmplx.Tanh)
	plain("arcsinh", math.Asinh, cmplx.Asinh)
	plain("arccosh", math.Acosh, cmplx.Acosh)
	plain("arctanh", math.Atanh, cmplx.Atanh)
	plain("exp", math.Exp, cmplx.Exp)
	plain("exp2", math.Exp2, nil)
	plain("expm1", math.Expm1, nil)
	plain("log", math.Log, cmplx.Log)
	plain("log2", math.Log2, nil)
	plain("log10", math.Log10, cmplx.Log10)
	plain("log1p", math.Log1p, nil)
	plain("exprel", exprel, nil)
	plain("sinc", func(x float64) float64 {
		if x == 0 {
			return 1
		}
		return math.Sin(math.Pi*x) / (math.Pi * x)
	}, nil)
	plain("i0", besselI0, nil)
	degrees := func(x float64) float64 { return x * (180 / math.Pi) }
	radians := func(x float64) float64 { return x * (math.Pi / 180) }
	plain("degrees", degrees, nil)
	plain("rad2deg", degrees, nil)
	plain("radians", radians, nil)
	plain("deg2rad", radians, nil)
	add(Function{Name: "cbrt", Float: math.Cbrt, Dim: RaisesDim, Power: 1. / 3})
	add(Function{Name: "sqrt", Float: math.Sqrt, Complex: cmplx.Sqrt, Dim: RaisesDim, Power: 0.5})
	add(Function{Name: "square", Float: func(x float64) float64 { return x * x }, Complex: func(x complex128) complex128 { return x * x }, Dim: RaisesDim, Power: 2,
		KeepsInts: true, Int: func(x int64) int64 { return x * x }})
	add(Function{Name: "reciprocal", Float: func(x float64) float64 { return 1 / x }, Complex: func(x complex128) complex128 { return 1 / x }, Dim: RaisesDim, Power: -1,
		KeepsInts: true, Int: func(x int64) int64 {
			if x == 0 {
				return math.MinInt64
			}
			return 1 / x
		}})
	same := func(x int64) int64 { return x }
	add(Function{Name: "fabs", Float: math.Abs, Dim: KeepsDim})
	add(Function{Name: "absolute", Float: math.Abs, Dim: KeepsDim, KeepsInts: true, Int: func(x int64) int64 { return max(x, -x) }}, "abs")
	add(Function{Name: "negative", Float: func(x float64) float64 { return -x }, Complex: func(x complex128) complex128 { return -x }, Dim: KeepsDim, KeepsInts: true, Int: func(x int64) int64 { return -x }})
	add(Function{Name: "positive", Float: func(x float64) float64 { return x }, Complex: func(x complex128) complex128 { return x }, Dim: KeepsDim, KeepsInts: true, Int: same})
	add(Function{Name: "conjugate", Float: func(x float64) float64 { return x }, Complex: cmplx.Conj, Dim: KeepsDim, KeepsInts: true, Int: same}, "conj")
	add(Function{Name: "floor", Float: math.Floor, Dim: KeepsDim})
	add(Function{Name: "ceil", Float: math.Ceil, Dim: KeepsDim})
	add(Function{Name: "trunc", Float: math.Trunc, Dim: KeepsDim}, "fix")
	add(Function{Name: "rint", Float: math.RoundToEven, Dim: KeepsDim})
	add(Function{Name: "sign", Float: func(x float64) float64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		case x == 0:
			return 0
		}
		return x
	}, Dim: DropsDim, KeepsInts: true, Int: func(x int64) int64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return 0
	}})
	add(Function{Name: "spacing", Float: func(x float64) float64 {
		x = math.Abs(x)
		return math.Nextafter(x, math.Inf(1)) - x
	}, Dim: KeepsDim})
	test := func(name string, f func(float64) bool, c func(complex128) bool) {
		add(Function{Name: name, Dim: DropsDim, GivesBool: true, Float: func(x float64) float64 { return truth(f(x)) },
			Complex: func(x complex128) complex128 { return complex(truth(c(x)), 0) }})
	}
	test("isnan", math.IsNaN, func(x complex128) bool { return math.IsNaN(real(x)) || math.IsNaN(imag(x)) })
	test("isinf", func(x float64) bool { return math.IsInf(x, 0) }, cmplx.IsInf)
	finite := func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
	test("isfinite", finite, func(x complex128) bool { return finite(real(x)) && finite(imag(x)) })
	test("isposinf", func(x float64) bool { return math.IsInf(x, 1) }, cmplx.IsInf)
	test("isneginf", func(x float64) bool { return math.IsInf(x, -1) }, cmplx.IsInf)
	test("signbit", math.Signbit, func(x complex128) bool { return math.Signbit(real(x)) })
	test("logical_not", func(x float64) bool { return x == 0 }, func(x complex128) bool { return x == 0 })
	return table
}

func truth(x bool) float64 {
	if x {
		return 1
	}
	return 0
}

// exprel is (exp(x)-1)/x without its hole at 0.
func exprel(x float64) float64 {
	switch {
	case math.Abs(x) < 1e-16:
		return 1
	case x > 717:
		return math.Inf(1)
	}
	return math.Expm1(x) / x
}

// besselI0 is the modified Bessel function of order 0, by its power series for small arguments and its
// asymptotic series beyond (Abramowitz and Stegun 9.6.12, 9.7.1); it serves the Kaiser window.
func besselI0(x float64) float64 {
	x = math.Abs(x)
	term, sum := 1.0, 1.0
	if x < 30 {
		for k := 1.0; term > sum*1e-17; k++ {
			term *= x * x / (4 * k * k)
			sum += term
		}
		return sum
	}
	for k := 1.0; k < 40 && term > 1e-17; k++ {
		term *= (2*k - 1) * (2*k - 1) / (8 * x * k)
		sum += term
	}
	return math.Exp(x) / math.Sqrt(2*math.Pi*x) * sum
}
