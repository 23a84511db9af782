package scipy

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

func rootEntries() []script.Entry {
	return []script.Entry{
		{Signature: "fsolve(func, x0, args=(), fprime=None, full_output=False, col_deriv=False, xtol=1.49012e-08, maxfev=0, band=None, epsfcn=None, factor=100, diag=None)",
			Doc: "A root of a function of one or several variables.", Func: fsolve},
		{Signature: "brentq(f, a, b, args=(), xtol=2e-12, rtol=8.881784197001252e-16, maxiter=100, full_output=False, disp=True)",
			Doc: "A root between two numbers at which a function has different signs.", Func: brentq},
	}
}

// function calls a function of the script with an array and further arguments, and returns its value without units.
type function struct {
	call  *script.Call
	of    script.Value
	extra []script.Value
}

func newFunction(c *script.Call, name string) (*function, error) {
	f := &function{call: c, of: c.Arg(name)}
	if extra := c.Arg("args"); !script.IsNone(extra) {
		if tuple, ok := extra.(*script.Tuple); ok {
			f.extra = tuple.Elts
		} else {
			f.extra = []script.Value{extra}
		}
	}
	return f, nil
}

func (f *function) at(x script.Value) ([]float64, error) {
	v, err := f.call.Interp.Call(f.of, append([]script.Value{x}, f.extra...), nil)
	if err != nil {
		return nil, err
	}
	a, err := numpy.FromValue(v)
	if err != nil {
		return nil, err
	}
	return a.Floats(), nil
}

// fsolve is Newton's method with differences for derivatives. A step that does not bring the function nearer to zero is halved.
func fsolve(c *script.Call) (script.Value, error) {
	for _, name := range []string{"fprime", "full_output", "band", "diag"} {
		if v := c.Arg(name); !script.IsNone(v) && v != script.Value(false) {
			return nil, script.Raise("NotImplementedError", "Synfire does not support fsolve(%s=...) yet.", name)
		}
	}
	f, err := newFunction(c, "func")
	if err != nil {
		return nil, err
	}
	start, err := numpy.FromValue(c.Arg("x0"))
	if err != nil {
		return nil, err
	}
	tolerance, err := c.Float("xtol")
	if err != nil {
		return nil, err
	}
	x := append([]float64(nil), start.Floats()...)
	n := len(x)
	shape := start.AtLeast(1).Shape()
	value := func(x []float64) ([]float64, float64, error) {
		a, err := array.FromFloats(append([]float64(nil), x...), units.Dimension{}).Reshape(shape...)
		if err != nil {
			return nil, 0, err
		}
		y, err := f.at(numpy.New(a))
		if err == nil && len(y) != n {
			err = script.Raise("TypeError", "fsolve: there is a mismatch between the input and output shape of the 'func' argument: %d and %d numbers.", n, len(y))
		}
		return y, norm(y), err
	}
	y, size, err := value(x)
	if err != nil {
		return nil, err
	}
	trials, converged := 0, size == 0
	for ; trials < 200*(n+1) && !converged; trials++ {
		jacobian := mat.NewDense(n, n, nil)
		for k := range n {
			h := math.Sqrt(2.220446049250313e-16) * math.Abs(x[k])
			if h == 0 {
				h = 1.4901161193847656e-08
			}
			moved := append([]float64(nil), x...)
			moved[k] += h
			there, _, err := value(moved)
			if err != nil {
				return nil, err
			}
			for i := range n {
				jacobian.Set(i, k, (there[i]-y[i])/(moved[k]-x[k]))
			}
		}
		var step mat.VecDense
		if err := step.SolveVec(jacobian, mat.NewVecDense(n, y)); err != nil {
			break // the function is flat here
		}
		fraction, better := 1.0, false
		for range 40 {
			next := make([]float64, n)
			for k := range n {
				next[k] = x[k] - fraction*step.AtVec(k)
			}
			there, thereSize, err := value(next)
			if err != nil {
				return nil, err
			}
			if thereSize < size || thereSize == 0 {
				moved := 0.0
				for k := range n {
					moved = math.Hypot(moved, next[k]-x[k])
				}
				// Newton's method doubles the digits with every step: one this small leaves nothing to improve.
				converged = thereSize == 0 || fraction == 1 && moved <= tolerance*norm(next)*1e-3
				x, y, size, better = next, there, thereSize, true
				break
			}
			fraction /= 2
		}
		if !better {
			converged = norm(step.RawVector().Data) <= tolerance*norm(x)
			break
		}
	}
	if !converged {
		c.Interp.Warn(script.Raise("RuntimeWarning", "fsolve() makes no more progress: the result is not a root to the tolerance that was asked for."))
	}
	a, err := array.FromFloats(x, units.Dimension{}).Reshape(shape...)
	return numpy.New(a), err
}

func norm(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum = math.Hypot(sum, v)
	}
	return sum
}

// brentq is bisection, sped up by secants and inverse parabolas where they behave (Brent, Algorithms for Minimization without
// Derivatives, 1973, chapter 4).
func brentq(c *script.Call) (script.Value, error) {
	f, err := newFunction(c, "f")
	if err != nil {
		return nil, err
	}
	number := func(name string) float64 {
		x, e := c.Float(name)
		if e != nil && err == nil {
			err = e
		}
		return x
	}
	a, b, xtol, rtol, most := number("a"), number("b"), number("xtol"), number("rtol"), number("maxiter")
	if err != nil {
		return nil, err
	}
	value := func(x float64) (float64, error) {
		y, err := f.at(x)
		if err == nil && len(y) != 1 {
			err = script.Raise("TypeError", "only size-1 arrays can be converted to Python scalars")
		}
		if err != nil {
			return 0, err
		}
		return y[0], nil
	}
	fa, err := value(a)
	if err != nil {
		return nil, err
	}
	fb, err := value(b)
	if err != nil {
		return nil, err
	}
	if fa*fb > 0 {
		return nil, script.Raise("ValueError", "f(a) and f(b) must have different signs")
	}
	old, fold := a, fa // the end on the other side of the root
	step := b - a
	for range int(most) {
		if math.Abs(fold) < math.Abs(fb) {
			a, b, old = b, old, b
			fa, fb, fold = fb, fold, fb
		}
		tolerance := (xtol + rtol*math.Abs(b)) / 2
		half := (old - b) / 2
		if fb == 0 || math.Abs(half) <= tolerance {
			return b, nil
		}
		before := step
		step = half
		if math.Abs(before) > tolerance && math.Abs(fa) > math.Abs(fb) {
			s := fb / fa
			p, q := 2*half*s, 1-s
			if a != old {
				u, r := fa/fold, fb/fold
				p, q = s*(2*half*u*(u-r)-(b-a)*(r-1)), (u-1)*(r-1)*(s-1)
			}
			if p > 0 {
				q = -q
			} else {
				p = -p
			}
			if 2*p < math.Min(3*half*q-math.Abs(tolerance*q), math.Abs(before*q)) {
				step = p / q
			}
		}
		a, fa = b, fb
		if math.Abs(step) > tolerance {
			b += step
		} else {
			b += math.Copysign(tolerance, half)
		}
		if fb, err = value(b); err != nil {
			return nil, err
		}
		if fb*fold > 0 {
			old, fold = a, fa
			step = b - a
		}
	}
	return nil, script.Raise("RuntimeError", "Failed to converge after %d iterations.", int(most))
}
