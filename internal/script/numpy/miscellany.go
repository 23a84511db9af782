package numpy

import (
	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/script"
)

// miscellany are questions about values, texts of arrays, and ways to apply Python functions.
func miscellany() []script.Entry {
	ignored := func(signature, doc string) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			return script.None, nil
		}}
	}
	return []script.Entry{
		oneArray("shape(x)", "The extents of the axes.", func(_ *script.Call, a *array.Array) (script.Value, error) { return shapeTuple(a.Shape()), nil }),
		oneArray("ndim(x)", "The number of axes.", func(_ *script.Call, a *array.Array) (script.Value, error) { return int64(a.NDim()), nil }),
		oneArray("size(x, axis=None)", "The number of elements.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axis, err := axisArg(c, "axis")
			if err != nil || axis == nil {
				return int64(a.Size()), err
			}
			at := *axis
			if at < 0 {
				at += a.NDim()
			}
			if at < 0 || at >= a.NDim() {
				return nil, script.Raise("IndexError", "tuple index out of range")
			}
			return int64(a.Shape()[at]), nil
		}),
		{Signature: "isscalar(element)", Doc: "Whether a value is a single number or text.", Func: func(c *script.Call) (script.Value, error) {
			switch c.Arg("element").(type) {
			case bool, int64, float64, complex128, string, script.Bytes:
				return true, nil
			}
			return false, nil
		}},
		{Signature: "iterable(y)", Doc: "Whether a value can be iterated over.", Func: func(c *script.Call) (script.Value, error) {
			_, err := script.Iterate(c.Arg("y"))
			return err == nil, nil
		}},
		{Signature: "array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ')", Doc: "Text of an array.", Func: func(c *script.Call) (script.Value, error) {
			return arrayText(c, "a", (*array.Array).Text)
		}},
		{Signature: "array_str(a, max_line_width=None, precision=None, suppress_small=None)", Doc: "Text of an array.", Func: func(c *script.Call) (script.Value, error) {
			return arrayText(c, "a", (*array.Array).Text)
		}},
		{Signature: "array_repr(arr, max_line_width=None, precision=None, suppress_small=None)", Doc: "Text of an array, as the expression that makes it.", Func: func(c *script.Call) (script.Value, error) {
			return arrayText(c, "arr", (*array.Array).Repr)
		}},
		{Signature: "set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None)",
			Doc: "Has no effect: arrays are always printed with NumPy's defaults.", Func: func(c *script.Call) (script.Value, error) {
				c.Interp.Warn(diag.Errorf(diag.Span{}, "UserWarning", "numpy.set_printoptions has no effect: arrays are printed with the default options"))
				return script.None, nil
			}},
		{Signature: "printoptions(**kwargs)", Doc: "Has no effect: arrays are always printed with NumPy's defaults.", Func: func(c *script.Call) (script.Value, error) {
			c.Interp.Warn(diag.Errorf(diag.Span{}, "UserWarning", "numpy.printoptions has no effect: arrays are printed with the default options"))
			return quiet{}, nil
		}},
		ignored("seterr(all=None, divide=None, over=None, under=None, invalid=None)", "Has no effect: divisions by zero are never reported."),
		{Signature: "errstate(**kwargs)", Doc: "Has no effect: divisions by zero are never reported.", Func: func(*script.Call) (script.Value, error) { return quiet{}, nil }},
		{Signature: "vectorize(pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None)", Doc: "A function that calls another for each element.", Func: func(c *script.Call) (script.Value, error) {
			return &vectorized{c.Arg("pyfunc")}, nil
		}},
		{Signature: "apply_along_axis(func1d, axis, arr, *args)", Doc: "A function of each line along an axis.", Func: applyAlongAxis},
		{Signature: "ndenumerate(arr)", Doc: "Pairs of index and element.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "arr")
			if err != nil {
				return nil, err
			}
			list := &script.List{}
			for i := range a.Size() {
				list.Elts = append(list.Elts, script.NewTuple(indexTuple(i, a.Shape()), element(a, i)))
			}
			return list, nil
		}},
		{Signature: "ndindex(*shape)", Doc: "All indices of a shape.", Func: func(c *script.Call) (script.Value, error) {
			var v script.Value = script.NewTuple(c.Args...)
			if len(c.Args) == 1 {
				v = c.Args[0]
			}
			shape, err := shapeArg(v)
			if err != nil {
				return nil, err
			}
			list := &script.List{}
			n := 1
			for _, extent := range shape {
				n *= extent
			}
			for i := range n {
				list.Elts = append(list.Elts, indexTuple(i, shape))
			}
			return list, nil
		}},
		{Signature: "may_share_memory(a, b)", Doc: "Whether two arrays are views of one block of memory.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "a", "b")
			if err != nil {
				return nil, err
			}
			return a.SharesMemory(b), nil
		}},
	}
}

func indexTuple(flat int, shape []int) *script.Tuple {
	tuple := &script.Tuple{Elts: make([]script.Value, len(shape))}
	for axis := len(shape) - 1; axis >= 0; axis-- {
		tuple.Elts[axis] = int64(flat % shape[axis])
		flat /= shape[axis]
	}
	return tuple
}

func arrayText(c *script.Call, name string, f func(*array.Array, array.PrintOptions) string) (script.Value, error) {
	a, err := arrayArg(c, name)
	if err != nil {
		return nil, err
	}
	o := array.DefaultPrint()
	for key, target := range map[string]*int{"max_line_width": &o.LineWidth, "precision": &o.Precision} {
		if script.IsNone(c.Arg(key)) {
			continue
		}
		n, err := c.Int(key)
		if err != nil {
			return nil, err
		}
		*target = int(n)
	}
	if !script.IsNone(c.Arg("suppress_small")) {
		if o.Suppress, err = c.Bool("suppress_small"); err != nil {
			return nil, err
		}
	}
	if name == "a" && c.Name == "array2string" {
		if o.Separator, err = c.String("separator"); err != nil {
			return nil, err
		}
	}
	return f(a, o), nil
}

// quiet is the context manager that errstate returns.
type quiet struct{}

func (quiet) Attr(name string) (any, error) {
	if name != "__enter__" && name != "__exit__" {
		return nil, nil
	}
	return script.NewBuiltin(script.Entry{Signature: name + "(*args)", Func: func(*script.Call) (script.Value, error) { return script.None, nil }}), nil
}

// vectorized is what numpy.vectorize returns.
type vectorized struct{ function script.Value }

// CallScript calls the function for each element of the arguments, stretched to a common shape.
func (v *vectorized) CallScript(call *script.Call) (script.Value, error) {
	arrays, err := arraysArg(script.NewList(call.Args...))
	if err != nil {
		return nil, err
	}
	shape, err := array.BroadcastShapes(arrays...)
	if err != nil {
		return nil, err
	}
	for i, a := range arrays {
		if arrays[i], err = a.BroadcastTo(shape); err != nil {
			return nil, err
		}
	}
	list := &script.List{}
	n := 1
	for _, extent := range shape {
		n *= extent
	}
	for i := range n {
		args := make([]script.Value, len(arrays))
		for k, a := range arrays {
			args[k] = element(a.WithDim(plain), i)
		}
		r, err := call.Interp.Call(v.function, args, call.Keywords)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, r)
	}
	out, err := FromValue(list)
	if err != nil {
		return nil, err
	}
	out, err = out.Reshape(shape...)
	if err != nil {
		return nil, err
	}
	return Wrap(out), nil
}

func applyAlongAxis(c *script.Call) (script.Value, error) {
	a, err := arrayArg(c, "arr")
	if err != nil {
		return nil, err
	}
	a, axis, err := alongAxis(c, a)
	if err != nil {
		return nil, err
	}
	last := a.NDim() - 1
	moved, err := a.MoveAxis(axis, last)
	if err != nil {
		return nil, err
	}
	shape := moved.Shape()[:last]
	rows, err := moved.Reshape(-1, moved.Shape()[last])
	if err != nil {
		return nil, err
	}
	list := &script.List{}
	for i := range rows.Len() {
		row, err := rows.Get(array.At(i))
		if err != nil {
			return nil, err
		}
		r, err := c.Interp.Call(c.Arg("func1d"), append([]script.Value{New(row)}, c.Args...), nil)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, r)
	}
	out, err := FromValue(list)
	if err != nil {
		return nil, err
	}
	if out, err = out.Reshape(append(append([]int(nil), shape...), out.Shape()[1:]...)...); err != nil {
		return nil, err
	}
	if out.NDim() > last {
		if out, err = out.MoveAxis(out.NDim()-1, axis); err != nil {
			return nil, err
		}
	}
	return Wrap(out), nil
}
