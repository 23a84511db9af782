package numpy

import (
	"slices"
	"sync"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

// shared describes a function that is also a method: rest is its signature after the array.
type shared struct {
	name, rest, doc string
	f               func(c *script.Call, a *array.Array) (script.Value, error)
}

// function returns the entry of a module, with the array as its first argument.
func (s shared) function() script.Entry {
	signature := s.name + "(a"
	if s.rest != "" {
		signature += ", " + s.rest
	}
	return script.Entry{Signature: signature + ")", Doc: s.doc, Func: func(c *script.Call) (script.Value, error) {
		if generator, ok := c.Arg("a").(*script.Generator); ok && s.name == "sum" {
			return sumOf(generator)
		}
		a, err := arrayArg(c, "a")
		if err != nil {
			return nil, err
		}
		return s.f(c, a)
	}}
}

// sumOf adds what a generator yields, as Python's own sum does: `sum(x*x for x in ...)` in a script whose sum is NumPy's.
func sumOf(generator *script.Generator) (script.Value, error) {
	next, err := script.Iterate(generator)
	if err != nil {
		return nil, err
	}
	var total script.Value = int64(0)
	for {
		v, more, err := next()
		if err != nil || !more {
			return total, err
		}
		if total, err = script.Binary(syntax.Add, total, v); err != nil {
			return nil, err
		}
	}
}

// method returns the entry of the array's methods.
func (s shared) method() script.Entry {
	return script.Entry{Signature: s.name + "(" + s.rest + ")", Doc: s.doc, Func: func(c *script.Call) (script.Value, error) {
		return s.f(c, c.Self.(*NDArray).Array)
	}}
}

// reduction describes a reduction over axes.
func reduction(name, doc string, f func(*array.Array, array.Axes) (*array.Array, error)) shared {
	return shared{name, "axis=None, dtype=None, out=None, keepdims=False", doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		axes, err := axesArg(c)
		if err != nil {
			return nil, err
		}
		if a, err = converted(c, a); err != nil {
			return nil, err
		}
		out, err := f(a, axes)
		return into(c, out, err)
	}}
}

func spread(name, doc string, f func(*array.Array, array.Axes, float64) (*array.Array, error)) shared {
	return shared{name, "axis=None, dtype=None, out=None, ddof=0, keepdims=False", doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		axes, err := axesArg(c)
		if err != nil {
			return nil, err
		}
		ddof, err := c.Float("ddof")
		if err != nil {
			return nil, err
		}
		out, err := f(a, axes, ddof)
		return into(c, out, err)
	}}
}

// extremum describes max and min, which take an initial value.
func extremum(name, doc string, f func(*array.Array, array.Axes) (*array.Array, error)) shared {
	return shared{name, "axis=None, out=None, keepdims=False, initial=None", doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		axes, err := axesArg(c)
		if err != nil {
			return nil, err
		}
		initial, err := optionalArray(c, "initial")
		if err != nil {
			return nil, err
		}
		if initial != nil && a.Size() == 0 {
			return Wrap(initial), nil
		}
		out, err := f(a, axes)
		if err == nil && initial != nil {
			op := array.Maximum
			if name == "min" || name == "amin" {
				op = array.Minimum
			}
			out, err = array.Binary(op, out, initial)
		}
		return into(c, out, err)
	}}
}

// byAxis describes a function along one axis, which may be None.
func byAxis(name, fallback, doc string, f func(*array.Array, *int) (*array.Array, error)) shared {
	return shared{name, "axis=" + fallback, doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		axis, err := axisArg(c, "axis")
		if err != nil {
			return nil, err
		}
		return wrapped(f(a, axis))
	}}
}

func cumulation(name, doc string, f func(*array.Array, *int) (*array.Array, error)) shared {
	return shared{name, "axis=None, dtype=None, out=None", doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		axis, err := axisArg(c, "axis")
		if err != nil {
			return nil, err
		}
		if a, err = converted(c, a); err != nil {
			return nil, err
		}
		out, err := f(a, axis)
		return into(c, out, err)
	}}
}

// reductions are the functions and methods that make fewer elements out of many.
func reductions() []shared {
	table := []shared{
		reduction("sum", "Sum over axes.", array.Sum),
		reduction("prod", "Product over axes.", array.Product),
		reduction("mean", "Arithmetic mean over axes.", array.Mean),
		spread("std", "Standard deviation over axes, with divisor n - ddof.", array.Std),
		spread("var", "Variance over axes, with divisor n - ddof.", array.Var),
		extremum("max", "Largest element over axes.", array.Max),
		extremum("min", "Smallest element over axes.", array.Min),
		{"ptp", "axis=None, out=None, keepdims=False", "Largest minus smallest element over axes.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axes, err := axesArg(c)
			if err != nil {
				return nil, err
			}
			out, err := array.PeakToPeak(a, axes)
			return into(c, out, err)
		}},
		byAxis("argmax", "None, out=None, *, keepdims=False", "Place of the largest element.", array.ArgMax),
		byAxis("argmin", "None, out=None, *, keepdims=False", "Place of the smallest element.", array.ArgMin),
		cumulation("cumsum", "Running sums.", array.CumSum),
		cumulation("cumprod", "Running products.", array.CumProd),
		byAxis("argsort", "-1, kind=None, order=None", "Places of the elements in ascending order.", array.ArgSort),
	}
	for _, name := range []string{"any", "all"} {
		f, doc := array.Any, "Whether any element is true, over axes."
		if name == "all" {
			f, doc = array.Every, "Whether all elements are true, over axes."
		}
		table = append(table, shared{name, "axis=None, out=None, keepdims=False", doc, func(c *script.Call, a *array.Array) (script.Value, error) {
			axes, err := axesArg(c)
			if err != nil {
				return nil, err
			}
			out, err := f(a, axes)
			return into(c, out, err)
		}})
	}
	return table
}

// rearrangements are the functions and methods that keep the elements and change their arrangement.
func rearrangements() []shared {
	return []shared{
		{"repeat", "repeats, axis=None", "Each element several times.", func(c *script.Call, a *array.Array) (script.Value, error) {
			counts, err := arrayArg(c, "repeats")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Repeat(a, counts.Ints(), axis))
		}},
		{"ravel", "order='C'", "The elements on one axis.", func(c *script.Call, a *array.Array) (script.Value, error) {
			a, err := ordered(c, a)
			if err != nil {
				return nil, err
			}
			return New(a.Ravel()), nil
		}},
		{"squeeze", "axis=None", "Without the axes of extent 1.", func(c *script.Call, a *array.Array) (script.Value, error) {
			if script.IsNone(c.Arg("axis")) {
				out, err := a.Squeeze()
				return kept(out, err)
			}
			axes, err := wholes(c.Arg("axis"))
			if err != nil {
				return nil, err
			}
			out, err := a.Squeeze(axes...)
			return kept(out, err)
		}},
		{"swapaxes", "axis1, axis2", "With two axes exchanged.", func(c *script.Call, a *array.Array) (script.Value, error) {
			order := make([]int, a.NDim())
			for i := range order {
				order[i] = i
			}
			var at [2]int
			for i, name := range []string{"axis1", "axis2"} {
				n, err := c.Int(name)
				if err != nil {
					return nil, err
				}
				if n < 0 {
					n += int64(len(order))
				}
				if n < 0 || n >= int64(len(order)) {
					return nil, script.Raise("AxisError", "%s: axis %d is out of bounds for array of dimension %d", name, n, len(order))
				}
				at[i] = int(n)
			}
			order[at[0]], order[at[1]] = order[at[1]], order[at[0]]
			out, err := a.Transpose(order...)
			return kept(out, err)
		}},
		{"take", "indices, axis=None, out=None, mode='raise'", "The elements at given places.", func(c *script.Call, a *array.Array) (script.Value, error) {
			indices, err := arrayArg(c, "indices")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(takeAlong(a, indices, axis))
		}},
		{"compress", "condition, axis=None, out=None", "The elements where a condition holds.", nil},
		{"diagonal", "offset=0, axis1=0, axis2=1", "The diagonal of a table.", func(c *script.Call, a *array.Array) (script.Value, error) {
			k, err := c.Int("offset")
			if err != nil {
				return nil, err
			}
			out, err := a.Diagonal(int(k))
			return kept(out, err)
		}},
		{"trace", "offset=0, axis1=0, axis2=1, dtype=None, out=None", "Sum of the diagonal.", func(c *script.Call, a *array.Array) (script.Value, error) {
			k, err := c.Int("offset")
			if err != nil {
				return nil, err
			}
			diagonal, err := a.Diagonal(int(k))
			if err != nil {
				return nil, err
			}
			return wrapped(array.Sum(diagonal, array.Axes{}))
		}},
		{"nonzero", "", "Places of the true elements, one row per axis.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return tupleOf(array.Nonzero(a)...), nil
		}},
		{"searchsorted", "v, side='left', sorter=None", "Where values would be inserted into an ascending row.", func(c *script.Call, a *array.Array) (script.Value, error) {
			v, err := arrayArg(c, "v")
			if err != nil {
				return nil, err
			}
			side, err := c.String("side")
			if err != nil {
				return nil, err
			}
			sorter, err := optionalArray(c, "sorter")
			if err != nil {
				return nil, err
			}
			if sorter != nil {
				if a, err = a.Get(array.Pick(sorter)); err != nil {
					return nil, err
				}
			}
			return wrapped(array.SearchSorted(a, v, side == "right"))
		}},
		{"clip", "a_min=None, a_max=None, out=None, *, min=None, max=None", "Limited to a range.", func(c *script.Call, a *array.Array) (script.Value, error) {
			limit := func(name, other string) (*array.Array, error) {
				if script.IsNone(c.Arg(name)) {
					name = other
				}
				return optionalArray(c, name)
			}
			low, err := limit("a_min", "min")
			if err != nil {
				return nil, err
			}
			high, err := limit("a_max", "max")
			if err != nil {
				return nil, err
			}
			out, err := array.Clip(a, low, high)
			return into(c, out, err)
		}},
		{"round", "decimals=0, out=None", "Rounded to a number of decimals.", round},
		{"conj", "", "Complex conjugate.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return wrapped(array.Apply(array.Named("conj"), a))
		}},
		{"partition", "kth, axis=-1", "Sorted, which every partition is allowed to be.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Sort(a, axis))
		}},
	}
}

func round(c *script.Call, a *array.Array) (script.Value, error) {
	decimals, err := c.Int("decimals")
	if err != nil {
		return nil, err
	}
	out, err := array.Round(a, int(decimals))
	return into(c, out, err)
}

// kept wraps a view without turning it into a plain number.
func kept(a *array.Array, err error) (script.Value, error) {
	if err != nil {
		return nil, err
	}
	return New(a), nil
}

// ordered applies an order argument: "F" counts the first axis fastest.
func ordered(c *script.Call, a *array.Array) (*array.Array, error) {
	switch c.Arg("order") {
	case "C", "K", "A":
		return a, nil
	case "F":
		return a.Transpose()
	}
	return nil, script.Raise("ValueError", "order must be one of 'C', 'F', 'A', or 'K' (got %s)", script.Repr(c.Arg("order")))
}

// reshaped applies a shape and an order.
func reshaped(c *script.Call, a *array.Array, shape []int) (script.Value, error) {
	if c.Arg("order") != "F" {
		out, err := a.Reshape(shape...)
		return kept(out, err)
	}
	slices.Reverse(shape)
	turned, err := a.Transpose()
	if err != nil {
		return nil, err
	}
	out, err := turned.Reshape(shape...)
	if err != nil {
		return nil, err
	}
	out, err = out.Transpose()
	return kept(out, err)
}

// takeAlong picks along an axis, or among all elements.
func takeAlong(a, indices *array.Array, axis *int) (*array.Array, error) {
	if axis == nil {
		return a.Ravel().Get(array.Pick(indices))
	}
	at := *axis
	if at < 0 {
		at += a.NDim()
	}
	index := make([]array.Index, max(at, 0)+1)
	for i := range index {
		index[i] = array.All()
	}
	index[len(index)-1] = array.Pick(indices)
	return a.Get(index...)
}

// arrayMethods is the table of an array's methods, made when the first is asked for.
var arrayMethods = sync.OnceValue(func() *script.Methods {
	var entries []script.Entry
	for _, s := range append(reductions(), rearrangements()...) {
		if s.f != nil {
			entries = append(entries, s.method())
		}
	}
	return script.NewMethods(append(append(entries, ownMethods()...), quantityMethods()...)...)
})

// ownMethods are the methods that are not functions as well, or not in the same way.
func ownMethods() []script.Entry {
	method := func(signature, doc string, f func(c *script.Call, a *array.Array) (script.Value, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			return f(c, c.Self.(*NDArray).Array)
		}}
	}
	return []script.Entry{
		method("copy(order='C')", "A copy with memory of its own.", func(_ *script.Call, a *array.Array) (script.Value, error) { return Wrap(a.Copy()), nil }),
		method("view(dtype=None)", "Another array over the same memory.", func(_ *script.Call, a *array.Array) (script.Value, error) { return New(a.View()), nil }),
		method("flatten(order='C')", "A copy on one axis.", func(c *script.Call, a *array.Array) (script.Value, error) {
			a, err := ordered(c, a)
			if err != nil {
				return nil, err
			}
			return New(a.Ravel().Copy()), nil
		}),
		method("tolist()", "Nested lists of the elements.", func(_ *script.Call, a *array.Array) (script.Value, error) { return listOf(a), nil }),
		method("item(*args)", "One element as a plain number.", func(c *script.Call, a *array.Array) (script.Value, error) {
			a = a.WithDim(units.Dimension{})
			switch len(c.Args) {
			case 0:
				if a.Size() != 1 {
					return nil, script.Raise("ValueError", "can only convert an array of size 1 to a Python scalar")
				}
				return element(a, 0), nil
			case 1:
				if tuple, ok := c.Args[0].(*script.Tuple); ok {
					return New(a).Index(tuple)
				}
				return New(a.Ravel()).Index(c.Args[0])
			}
			return New(a).Index(script.NewTuple(c.Args...))
		}),
		method("astype(dtype, order='K', casting='unsafe', subok=True, copy=True)", "Converted to another type.", func(c *script.Call, a *array.Array) (script.Value, error) {
			kind, _, err := dtypeArg(c, "dtype")
			if err != nil {
				return nil, err
			}
			if kind == a.DType() {
				return Wrap(a.Copy()), nil
			}
			name := typeText(c.Arg("dtype"))
			return Wrap(narrow(name, a.As(kind)).WithDim(a.Dim())), nil
		}),
		method("reshape(*shape, order='C')", "With another shape.", func(c *script.Call, a *array.Array) (script.Value, error) {
			var v script.Value = script.NewTuple(c.Args...)
			if len(c.Args) == 1 {
				v = c.Args[0]
			}
			shape, err := wholes(v)
			if err != nil {
				return nil, err
			}
			return reshaped(c, a, shape)
		}),
		method("transpose(*axes)", "With the axes in another order.", func(c *script.Call, a *array.Array) (script.Value, error) {
			var v script.Value = script.NewTuple(c.Args...)
			if len(c.Args) == 1 {
				v = c.Args[0]
			}
			if script.IsNone(v) {
				v = script.NewTuple()
			}
			order, err := wholes(v)
			if err != nil {
				return nil, err
			}
			out, err := a.Transpose(order...)
			return kept(out, err)
		}),
		method("fill(value)", "Sets all elements.", func(c *script.Call, a *array.Array) (script.Value, error) {
			value, err := arrayArg(c, "value")
			if err != nil {
				return nil, err
			}
			if a.Dim() != value.Dim() && !a.Dim().IsDimensionless() && !(value.Dim().IsDimensionless() && value.Size() == 1 && value.FloatAt(0) == 0) {
				return nil, units.Mismatch("fill", a.Dim(), value.Dim())
			}
			return script.None, a.Assign(value.WithDim(a.Dim()))
		}),
		method("sort(axis=-1, kind=None, order=None)", "Sorts in place.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			sorted, err := array.Sort(a, axis)
			if err != nil {
				return nil, err
			}
			return script.None, a.Assign(sorted)
		}),
		method("dot(b, out=None)", "Product with another array; dimensions multiply.", func(c *script.Call, a *array.Array) (script.Value, error) {
			b, err := arrayArg(c, "b")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Dot(a, b))
		}),
		method("compress(condition, axis=None)", "The elements where a condition holds.", func(c *script.Call, a *array.Array) (script.Value, error) {
			condition, err := arrayArg(c, "condition")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(takeAlong(a, array.Nonzero(condition)[0], axis))
		}),
	}
}

// quantityMethods are those of Brian2's Quantity.
func quantityMethods() []script.Entry {
	method := func(signature, doc string, f func(c *script.Call, a *array.Array) (script.Value, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
			return f(c, c.Self.(*NDArray).Array)
		}}
	}
	options := func(c *script.Call) (array.PrintOptions, error) {
		o := array.DefaultPrint()
		if script.IsNone(c.Arg("precision")) {
			return o, nil
		}
		n, err := c.Int("precision")
		o.Precision = int(n)
		return o, err
	}
	return []script.Entry{
		method("has_same_dimensions(other)", "Whether another value has the same dimension.", func(c *script.Call, a *array.Array) (script.Value, error) {
			other, err := arrayArg(c, "other")
			if err != nil {
				return nil, err
			}
			return a.Dim() == other.Dim(), nil
		}),
		method("in_best_unit(precision=None, python_code=False)", "Text in the unit that suits best.", func(c *script.Call, a *array.Array) (script.Value, error) {
			o, err := options(c)
			if err != nil {
				return nil, err
			}
			if code, err := c.Bool("python_code"); err != nil || code {
				return a.Repr(o), err
			}
			return a.Text(o), nil
		}),
		method("get_best_unit(*regs)", "The unit that suits best.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return units.BestUnit(a.Floats(), a.Dim()), nil
		}),
		method("in_unit(u, precision=None, python_code=False)", "Text in a given unit.", func(c *script.Call, a *array.Array) (script.Value, error) {
			o, err := options(c)
			if err != nil {
				return nil, err
			}
			unit, ok := script.UnitOf(c.Arg("u"))
			if !ok {
				return inQuantity(c, a, o)
			}
			if unit.Dim() != a.Dim() {
				return nil, units.Mismatch(`Non-matching unit for method "in_unit"`, a.Dim())
			}
			if code, err := c.Bool("python_code"); err != nil || code {
				return a.CodeInUnit(unit, o), err
			}
			return a.InUnit(unit, o), nil
		}),
	}
}

// inQuantity is in_unit with a quantity that is not a unit: the dimension is spelt out.
func inQuantity(c *script.Call, a *array.Array, o array.PrintOptions) (script.Value, error) {
	u, err := arrayArg(c, "u")
	if err != nil {
		return nil, err
	}
	if _, err := array.MatchDims(a, u, `Non-matching unit for method "in_unit"`); err != nil {
		return nil, err
	}
	count, err := array.Binary(array.Div, a, u)
	if err != nil {
		return nil, err
	}
	return count.Text(o) + " " + u.Dim().String(), nil
}
