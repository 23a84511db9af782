package numpy

import (
	"math"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// creation are the functions that make arrays.
func creation() []script.Entry {
	entries := []script.Entry{
		{Signature: "array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0)", Doc: "An array of numbers; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			return makeArray(c, "object", true)
		}},
		{Signature: "asarray(a, dtype=None, order=None)", Doc: "The argument as an array; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			return makeArray(c, "a", false)
		}},
		{Signature: "asanyarray(a, dtype=None, order=None)", Doc: "The argument as an array; arrays with units stay as they are.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			return kept(converted(c, a))
		}},
		{Signature: "ascontiguousarray(a, dtype=None)", Doc: "The argument as an array; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			return makeArray(c, "a", false)
		}},
		{Signature: "asfarray(a, dtype=None)", Doc: "The argument as an array of float64.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			return New(a.WithDim(plain).As(array.Float64)), nil
		}},
		{Signature: "copy(a, order='K', subok=False)", Doc: "A copy; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			return New(a.WithDim(plain).Copy()), nil
		}},
		{Signature: "full(shape, fill_value, dtype=None, order='C')", Doc: "An array of one value; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			shape, err := shapeArg(c.Arg("shape"))
			if err != nil {
				return nil, err
			}
			value, err := arrayArg(c, "fill_value")
			if err != nil {
				return nil, err
			}
			return kept(filled(c, value.WithDim(plain), shape))
		}},
		{Signature: "full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None)", Doc: "An array of one value, shaped like another.", Func: func(c *script.Call) (script.Value, error) {
			a, value, err := arrayPair(c, "a", "fill_value")
			if err != nil {
				return nil, err
			}
			out, err := filled(c, value.WithDim(a.Dim()), a.Shape())
			if err == nil && script.IsNone(c.Arg("dtype")) {
				out = out.As(a.DType())
			}
			return kept(out, err)
		}},
		{Signature: "arange(*args, start=None, stop=None, step=None, dtype=None)", Doc: "Numbers in equal steps, without the end.", Func: func(c *script.Call) (script.Value, error) {
			return arange(c, false)
		}},
		{Signature: "linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0)", Doc: "A number of equally spaced numbers.", Func: func(c *script.Call) (script.Value, error) {
			return linspace(c, false)
		}},
		{Signature: "logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0)", Doc: "Numbers equally spaced on a logarithmic scale.", Func: func(c *script.Call) (script.Value, error) {
			a, _, err := spaced(c)
			if err != nil {
				return nil, err
			}
			base, err := c.Float("base")
			if err != nil {
				return nil, err
			}
			out, err := array.Binary(array.Pow, array.Scalar(base, plain), a.WithDim(plain))
			if err != nil {
				return nil, err
			}
			return kept(converted(c, out))
		}},
		{Signature: "geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0)", Doc: "Numbers in equal ratios.", Func: geomspace},
		{Signature: "eye(N, M=None, k=0, dtype=None, order='C')", Doc: "A table with ones on a diagonal.", Func: func(c *script.Call) (script.Value, error) {
			return eye(c, "N", "M", "k")
		}},
		{Signature: "identity(n, dtype=None)", Doc: "A square table with ones on its diagonal.", Func: func(c *script.Call) (script.Value, error) { return eye(c, "n", "n", "") }},
		{Signature: "diag(v, k=0)", Doc: "The diagonal of a table, or a table with that diagonal.", Func: func(c *script.Call) (script.Value, error) {
			v, err := arrayArg(c, "v")
			if err != nil {
				return nil, err
			}
			k, err := c.Int("k")
			if err != nil {
				return nil, err
			}
			if v.NDim() == 1 {
				return kept(array.Diag(v.WithDim(plain), int(k)))
			}
			out, err := v.Diagonal(int(k))
			if err != nil {
				return nil, script.Raise("ValueError", "Input must be 1- or 2-d.")
			}
			return New(out.Copy()), nil
		}},
		{Signature: "tri(N, M=None, k=0, dtype=None)", Doc: "Ones below a diagonal, zeros above it.", Func: func(c *script.Call) (script.Value, error) {
			n, err := c.Int("N")
			if err != nil {
				return nil, err
			}
			m := n
			if !script.IsNone(c.Arg("M")) {
				if m, err = c.Int("M"); err != nil {
					return nil, err
				}
			}
			k, err := c.Int("k")
			if err != nil {
				return nil, err
			}
			return kept(converted(c, array.Triangle(array.Ones(array.Float64, int(n), int(m)), int(k), true)))
		}},
		{Signature: "meshgrid(*xi, copy=True, sparse=False, indexing='xy')", Doc: "Tables of coordinates from rows of them.", Func: meshgrid},
		{Signature: "indices(dimensions, dtype=None, sparse=False)", Doc: "The index of each element along each axis.", Func: func(c *script.Call) (script.Value, error) {
			shape, err := shapeArg(c.Arg("dimensions"))
			if err != nil {
				return nil, err
			}
			rows := make([]*array.Array, len(shape))
			for i, n := range shape {
				if rows[i], err = array.Arange(array.ScalarInt(0), array.ScalarInt(int64(n)), array.ScalarInt(1)); err != nil {
					return nil, err
				}
			}
			grids, err := array.Meshgrid(rows, false)
			if err != nil {
				return nil, err
			}
			return wrapped(array.Stack(grids, 0, plain))
		}},
		{Signature: "fromiter(iter, dtype, count=-1)", Doc: "An array of what an iteration gives.", Func: func(c *script.Call) (script.Value, error) {
			elements, err := script.Elements(c.Arg("iter"))
			if err != nil {
				return nil, err
			}
			a, err := FromValue(script.NewList(elements...))
			if err != nil {
				return nil, err
			}
			return kept(converted(c, a))
		}},
		{Signature: "fromfunction(function, shape, *, dtype=None)", Doc: "A function of the indices of each element.", Func: func(c *script.Call) (script.Value, error) {
			shape, err := shapeArg(c.Arg("shape"))
			if err != nil {
				return nil, err
			}
			rows := make([]*array.Array, len(shape))
			for i, n := range shape {
				rows[i] = array.FromFloats(array.Linspace(0, float64(n-1), n, true), plain)
			}
			grids, err := array.Meshgrid(rows, false)
			if err != nil {
				return nil, err
			}
			args := make([]script.Value, len(grids))
			for i, g := range grids {
				if g, err = converted(c, g); err != nil {
					return nil, err
				}
				args[i] = New(g)
			}
			return c.Interp.Call(c.Arg("function"), args, nil)
		}},
	}
	for _, name := range []string{"hanning", "hamming", "blackman", "bartlett"} {
		entries = append(entries, script.Entry{Signature: name + "(M)", Doc: "A " + name + " window.", Func: func(c *script.Call) (script.Value, error) {
			n, err := c.Int("M")
			if err != nil {
				return nil, err
			}
			return New(array.FromFloats(array.Window(name, int(max(n, 0))), plain)), nil
		}})
	}
	for _, one := range []struct {
		name  string
		value float64
	}{{"zeros", 0}, {"ones", 1}, {"empty", 0}} {
		entries = append(entries,
			script.Entry{Signature: one.name + "(shape, dtype=None, order='C')", Doc: "An array of " + one.name + ".", Func: func(c *script.Call) (script.Value, error) {
				shape, err := shapeArg(c.Arg("shape"))
				if err != nil {
					return nil, err
				}
				return kept(filled(c, array.Scalar(one.value, plain), shape))
			}},
			script.Entry{Signature: one.name + "_like(a, dtype=None, order='K', subok=True, shape=None)", Doc: "An array of " + one.name + ", shaped like another.", Func: func(c *script.Call) (script.Value, error) {
				a, err := arrayArg(c, "a")
				if err != nil {
					return nil, err
				}
				kind, given, err := dtypeArg(c, "dtype")
				if err != nil {
					return nil, err
				}
				if !given {
					kind = a.DType()
				}
				shape := a.Shape()
				if !script.IsNone(c.Arg("shape")) {
					if shape, err = shapeArg(c.Arg("shape")); err != nil {
						return nil, err
					}
				}
				return New(array.Full(array.Scalar(one.value, plain).As(kind), shape...).WithDim(a.Dim())), nil
			}})
	}
	return entries
}

func makeArray(c *script.Call, name string, copied bool) (script.Value, error) {
	v := c.Arg(name)
	a, err := FromValue(v)
	if err != nil {
		return nil, err
	}
	before := a
	if a, err = converted(c, a.WithDim(plain)); err != nil {
		return nil, err
	}
	if name == "object" {
		if copied, err = c.Bool("copy"); err != nil {
			return nil, err
		}
		ndmin, err := c.Int("ndmin")
		if err != nil {
			return nil, err
		}
		for a.NDim() < int(ndmin) {
			if a, err = a.ExpandDims(0); err != nil {
				return nil, err
			}
		}
	}
	switch x := v.(type) {
	case *NDArray:
		if !copied && a.DType() == before.DType() {
			if before.Dim().IsDimensionless() {
				return x, nil
			}
			return New(a), nil
		}
		if a.SharesMemory(before) {
			a = a.Copy()
		}
	case ArrayLike:
		if copied && a.SharesMemory(before) {
			a = a.Copy()
		}
	}
	return New(a), nil
}

// filled returns an array of one value, or of a row of them stretched, converted to a dtype argument.
func filled(c *script.Call, value *array.Array, shape []int) (*array.Array, error) {
	value, err := converted(c, value)
	if err != nil {
		return nil, err
	}
	if value.NDim() == 0 {
		return array.Full(value, shape...), nil
	}
	stretched, err := value.BroadcastTo(shape)
	if err != nil {
		return nil, err
	}
	return stretched.Copy(), nil
}

// arange implements NumPy's arange, which drops units, and Brian2's, which wants the same unit for all.
func arange(c *script.Call, keepUnits bool) (script.Value, error) {
	start, stop, step := c.Arg("start"), c.Arg("stop"), c.Arg("step")
	switch len(c.Args) {
	case 0:
	case 1:
		stop = c.Args[0]
	case 2:
		start, stop = c.Args[0], c.Args[1]
	case 3:
		start, stop, step = c.Args[0], c.Args[1], c.Args[2]
	case 4:
		return nil, script.Raise("TypeError", "arange() takes up to three numbers; give the type as dtype=")
	default:
		return nil, script.Raise("TypeError", "arange() takes at most 4 positional arguments (%d given)", len(c.Args))
	}
	if script.IsNone(stop) {
		return nil, script.Raise("TypeError", "arange() requires stop to be specified.")
	}
	if script.IsNone(start) {
		start = int64(0)
	}
	if script.IsNone(step) {
		step = int64(1)
	}
	var ends [3]*array.Array
	for i, v := range []script.Value{start, stop, step} {
		a, err := FromValue(v)
		if err != nil {
			return nil, err
		}
		if a.Size() != 1 {
			return nil, script.Raise("ValueError", "setting an array element with a sequence.")
		}
		ends[i] = a
	}
	from, to, by := ends[0], ends[1], ends[2]
	dim := units.Dimension{}
	if keepUnits {
		if _, err := array.MatchDims(from, to, "Start value "+from.Short()+" and stop value "+to.Short()+" have to have the same units."); err != nil {
			return nil, err
		}
		if _, err := array.MatchDims(to, by, "Stop value "+to.Short()+" and step value "+by.Short()+" have to have the same units."); err != nil {
			return nil, err
		}
		dim = to.Dim()
	}
	out, err := array.Arange(from, to, by)
	if err != nil {
		return nil, err
	}
	return kept(converted(c, out.WithDim(dim)))
}

// spaced computes linspace along the first axis, and the step.
func spaced(c *script.Call) (out, step *array.Array, err error) {
	start, err := arrayArg(c, "start")
	if err != nil {
		return nil, nil, err
	}
	stop, err := arrayArg(c, "stop")
	if err != nil {
		return nil, nil, err
	}
	n, err := c.Int("num")
	if err != nil {
		return nil, nil, script.Raise("TypeError", "'%s' object cannot be interpreted as an integer", script.TypeName(c.Arg("num")))
	}
	if n < 0 {
		return nil, nil, script.Raise("ValueError", "Number of samples, %d, must be non-negative.", n)
	}
	endpoint, err := c.Bool("endpoint")
	if err != nil {
		return nil, nil, err
	}
	width, err := array.Binary(array.Sub, stop.As(array.Float64), start.As(array.Float64))
	if err != nil {
		return nil, nil, err
	}
	intervals := float64(n)
	if endpoint {
		intervals--
	}
	if step, err = array.Binary(array.Div, width, array.Scalar(max(intervals, 0), plain)); err != nil {
		return nil, nil, err
	}
	if start.NDim() == 0 && stop.NDim() == 0 {
		return array.FromFloats(array.Linspace(start.FloatAt(0), stop.FloatAt(0), int(n), endpoint), width.Dim()), step, nil
	}
	shape, err := array.BroadcastShapes(start, stop)
	if err != nil {
		return nil, nil, err
	}
	from, err := start.BroadcastTo(shape)
	if err != nil {
		return nil, nil, err
	}
	to, err := stop.BroadcastTo(shape)
	if err != nil {
		return nil, nil, err
	}
	rows := make([]*array.Array, from.Size())
	for i := range rows {
		rows[i] = array.FromFloats(array.Linspace(from.FloatAt(i), to.FloatAt(i), int(n), endpoint), width.Dim())
	}
	if out, err = array.Stack(rows, 1, width.Dim()); err != nil {
		return nil, nil, err
	}
	out, err = out.Reshape(append([]int{int(n)}, shape...)...)
	return out, step, err
}

func linspace(c *script.Call, brian bool) (script.Value, error) {
	if brian {
		start, stop, err := arrayPair(c, "start", "stop")
		if err != nil {
			return nil, err
		}
		if _, err := array.MatchDims(start, stop, "Start value "+start.Short()+" and stop value "+stop.Short()+" have to have the same units."); err != nil {
			return nil, err
		}
	}
	out, step, err := spaced(c)
	if err != nil {
		return nil, err
	}
	if kind, given, err := dtypeArg(c, "dtype"); err != nil {
		return nil, err
	} else if given {
		if kind == array.Int64 {
			if out, err = array.Apply(array.Named("floor"), out); err != nil {
				return nil, err
			}
		}
		out = out.As(kind)
	}
	withStep, err := c.Bool("retstep")
	if err != nil {
		return nil, err
	}
	if withStep {
		return script.NewTuple(New(out), Wrap(step)), nil
	}
	return New(out), nil
}

func geomspace(c *script.Call) (script.Value, error) {
	start, err := floatOf(c.Arg("start"))
	if err != nil {
		return nil, err
	}
	stop, err := floatOf(c.Arg("stop"))
	if err != nil {
		return nil, err
	}
	if start == 0 || stop == 0 || (start < 0) != (stop < 0) {
		return nil, script.Raise("ValueError", "Geometric sequence cannot include zero")
	}
	n, err := c.Int("num")
	if err != nil {
		return nil, err
	}
	endpoint, err := c.Bool("endpoint")
	if err != nil {
		return nil, err
	}
	sign := math.Copysign(1, start)
	row := array.Linspace(math.Log10(sign*start), math.Log10(sign*stop), int(n), endpoint)
	for i, x := range row {
		row[i] = sign * math.Pow(10, x)
	}
	if n > 0 {
		row[0] = start
		if n > 1 && endpoint {
			row[n-1] = stop
		}
	}
	return kept(converted(c, array.FromFloats(row, plain)))
}

func eye(c *script.Call, rows, columns, diagonal string) (script.Value, error) {
	n, err := c.Int(rows)
	if err != nil {
		return nil, err
	}
	m := n
	if !script.IsNone(c.Arg(columns)) {
		if m, err = c.Int(columns); err != nil {
			return nil, err
		}
	}
	k := int64(0)
	if diagonal != "" {
		if k, err = c.Int(diagonal); err != nil {
			return nil, err
		}
	}
	kind, given, err := dtypeArg(c, "dtype")
	if err != nil {
		return nil, err
	}
	if !given {
		kind = array.Float64
	}
	return New(array.Eye(int(n), int(m), int(k), kind)), nil
}

func meshgrid(c *script.Call) (script.Value, error) {
	rows := make([]*array.Array, len(c.Args))
	for i, v := range c.Args {
		a, err := FromValue(v)
		if err != nil {
			return nil, err
		}
		rows[i] = a
	}
	indexing, err := c.String("indexing")
	if err != nil {
		return nil, err
	}
	if indexing != "xy" && indexing != "ij" {
		return nil, script.Raise("ValueError", "Valid values for `indexing` are 'xy' and 'ij'.")
	}
	grids, err := array.Meshgrid(rows, indexing == "xy")
	if err != nil {
		return nil, err
	}
	list := &script.List{}
	for _, g := range grids {
		list.Elts = append(list.Elts, New(g))
	}
	return list, nil
}
