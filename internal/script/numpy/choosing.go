package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
)

// choosing are the functions that find, pick and sort elements.
func choosing() []script.Entry {
	return []script.Entry{
		{Signature: "where(condition, x=..., y=...)", Doc: "Elements of x where the condition holds, of y elsewhere; or the places where it holds.", Func: func(c *script.Call) (script.Value, error) {
			return where(c, false)
		}},
		oneArray("argwhere(x)", "The places of the true elements, one per row.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			places := array.Nonzero(a)
			return kept(array.Stack(places, 1, plain))
		}),
		oneArray("flatnonzero(x)", "The places of the true elements in row-major order.", func(_ *script.Call, a *array.Array) (script.Value, error) {
			return New(array.Nonzero(a.Ravel())[0]), nil
		}),
		oneArray("count_nonzero(x, axis=None, *, keepdims=False)", "How many elements are true.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axes, err := axesArg(c)
			if err != nil {
				return nil, err
			}
			return wrapped(array.CountNonzero(a, axes))
		}),
		{Signature: "extract(condition, arr)", Doc: "The elements where a condition holds.", Func: func(c *script.Call) (script.Value, error) {
			a, condition, err := arrayPair(c, "arr", "condition")
			if err != nil {
				return nil, err
			}
			return wrapped(takeAlong(a, array.Nonzero(condition.Ravel())[0], nil))
		}},
		{Signature: "compress(condition, a, axis=None)", Doc: "The elements where a condition holds.", Func: func(c *script.Call) (script.Value, error) {
			a, condition, err := arrayPair(c, "a", "condition")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(takeAlong(a, array.Nonzero(condition)[0], axis))
		}},
		{Signature: "sort(a, axis=-1, kind=None, order=None)", Doc: "The elements in ascending order.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Sort(a, axis))
		}},
		{Signature: "lexsort(keys, axis=-1)", Doc: "Places in the order of several keys, the last one first in importance.", Func: func(c *script.Call) (script.Value, error) {
			keys, err := arraysArg(c.Arg("keys"))
			if err != nil {
				return nil, err
			}
			if len(keys) == 0 {
				return nil, script.Raise("TypeError", "need sequence of keys with len > 0 in lexsort")
			}
			for _, key := range keys {
				if key.Size() != keys[0].Size() {
					return nil, script.Raise("ValueError", "all keys need to be the same shape")
				}
			}
			return New(array.LexSort(keys)), nil
		}},
		oneArray("argpartition(x, kth, axis=-1)", "Places in ascending order, which every partition is allowed to be.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.ArgSort(a, axis))
		}),
		{Signature: "select(condlist, choicelist, default=0)", Doc: "From each array the elements where its condition is the first to hold; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			conditions, err := arraysArg(c.Arg("condlist"))
			if err != nil {
				return nil, err
			}
			choices, err := arraysArg(c.Arg("choicelist"))
			if err != nil {
				return nil, err
			}
			if len(conditions) != len(choices) {
				return nil, script.Raise("ValueError", "list of cases must be same length as list of conditions")
			}
			out, err := arrayArg(c, "default")
			if err != nil {
				return nil, err
			}
			out = out.WithDim(plain)
			for i := len(conditions) - 1; i >= 0; i-- {
				if out, err = array.Where(conditions[i], choices[i].WithDim(plain), out); err != nil {
					return nil, err
				}
			}
			return Wrap(out), nil
		}},
		{Signature: "choose(a, choices)", Doc: "For each number the element of the choice of that number; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			choices, err := arraysArg(c.Arg("choices"))
			if err != nil || len(choices) == 0 {
				return nil, err
			}
			out := choices[0].WithDim(plain)
			for i := 1; i < len(choices); i++ {
				mine, err := array.Binary(array.Eq, a, array.ScalarInt(int64(i)))
				if err != nil {
					return nil, err
				}
				if out, err = array.Where(mine, choices[i].WithDim(plain), out); err != nil {
					return nil, err
				}
			}
			return Wrap(out), nil
		}},
		{Signature: "piecewise(x, condlist, funclist)", Doc: "A function made of pieces.", Func: piecewise},
		{Signature: "take_along_axis(arr, indices, axis)", Doc: "Elements of each line at places of their own.", Func: func(c *script.Call) (script.Value, error) {
			a, places, err := arrayPair(c, "arr", "indices")
			if err != nil {
				return nil, err
			}
			a, axis, err := alongAxis(c, a)
			if err != nil {
				return nil, err
			}
			index := make([]array.Index, a.NDim())
			for k := range index {
				if k == axis {
					index[k] = array.Pick(places)
					continue
				}
				shape := make([]int, a.NDim())
				for i := range shape {
					shape[i] = 1
				}
				shape[k] = a.Shape()[k]
				row, err := array.FromFloats(array.Linspace(0, float64(shape[k]-1), shape[k], true), plain).As(array.Int64).Reshape(shape...)
				if err != nil {
					return nil, err
				}
				index[k] = array.Pick(row)
			}
			return wrapped(a.Get(index...))
		}},
		oneArray("unravel_index(x, shape)", "Places along each axis from places in row-major order.", func(c *script.Call, a *array.Array) (script.Value, error) {
			shape, err := shapeArg(c.Arg("shape"))
			if err != nil {
				return nil, err
			}
			tuple := &script.Tuple{Elts: make([]script.Value, len(shape))}
			rest := a
			for axis := len(shape) - 1; axis >= 0; axis-- {
				extent := array.ScalarInt(int64(shape[axis]))
				at, err := array.Binary(array.Mod, rest, extent)
				if err != nil {
					return nil, err
				}
				if rest, err = array.Binary(array.FloorDiv, rest, extent); err != nil {
					return nil, err
				}
				tuple.Elts[axis] = Wrap(at)
			}
			return tuple, nil
		}),
		{Signature: "ix_(*args)", Doc: "Index arrays for the table of all combinations.", Func: func(c *script.Call) (script.Value, error) {
			tuple := &script.Tuple{}
			for i, v := range c.Args {
				a, err := FromValue(v)
				if err != nil {
					return nil, err
				}
				if a.DType() == array.Bool {
					a = array.Nonzero(a)[0]
				}
				shape := make([]int, len(c.Args))
				for k := range shape {
					shape[k] = 1
				}
				shape[i] = a.Size()
				if a, err = a.Reshape(shape...); err != nil {
					return nil, err
				}
				tuple.Elts = append(tuple.Elts, New(a))
			}
			return tuple, nil
		}},
		indexTable("triu_indices(n, k=0, m=None)", false), indexTable("tril_indices(n, k=0, m=None)", true),
		{Signature: "copyto(dst, src, casting='same_kind', where=True)", Doc: "Copies values into an array.", Func: func(c *script.Call) (script.Value, error) {
			dst, ok := c.Arg("dst").(*NDArray)
			if !ok {
				return nil, script.Raise("TypeError", "copyto() argument 1 must be numpy.ndarray, not %s", script.TypeName(c.Arg("dst")))
			}
			src, err := arrayArg(c, "src")
			if err != nil {
				return nil, err
			}
			return script.None, dst.Array.Assign(src.WithDim(dst.Array.Dim()))
		}},
		{Signature: "put(a, ind, v, mode='raise')", Doc: "Sets elements by their places in row-major order.", Func: func(c *script.Call) (script.Value, error) {
			a, ok := c.Arg("a").(*NDArray)
			if !ok {
				return nil, script.Raise("TypeError", "argument 1 must be numpy.ndarray, not %s", script.TypeName(c.Arg("a")))
			}
			return script.None, New(a.Array.Ravel()).SetIndex(c.Arg("ind"), c.Arg("v"))
		}},
	}
}

func where(c *script.Call, keepUnits bool) (script.Value, error) {
	condition, err := arrayArg(c, "condition")
	if err != nil {
		return nil, err
	}
	x, y := c.Arg("x"), c.Arg("y")
	if x == nil && y == nil {
		return tupleOf(array.Nonzero(condition)...), nil
	}
	if x == nil || y == nil {
		return nil, script.Raise("ValueError", "either both or neither of x and y should be given")
	}
	a, err := FromValue(x)
	if err != nil {
		return nil, err
	}
	b, err := FromValue(y)
	if err != nil {
		return nil, err
	}
	if !keepUnits {
		a, b = a.WithDim(plain), b.WithDim(plain)
	}
	return wrapped(array.Where(condition, a, b))
}

func piecewise(c *script.Call) (script.Value, error) {
	x, err := arrayArg(c, "x")
	if err != nil {
		return nil, err
	}
	conditions, err := arraysArg(c.Arg("condlist"))
	if err != nil {
		return nil, err
	}
	pieces, err := script.Elements(c.Arg("funclist"))
	if err != nil {
		return nil, err
	}
	if len(pieces) != len(conditions) && len(pieces) != len(conditions)+1 {
		return nil, script.Raise("ValueError", "with %d condition(s), either %d or %d functions are expected", len(conditions), len(conditions), len(conditions)+1)
	}
	out := array.Empty(x.DType(), plain, x.Shape()...)
	if len(pieces) > len(conditions) {
		any := array.Full(array.ScalarBool(false), x.Shape()...)
		for _, condition := range conditions {
			if any, err = array.Binary(array.Or, any, condition); err != nil {
				return nil, err
			}
		}
		conditions = append(conditions, array.LogicalNot(any))
	}
	for i, condition := range conditions {
		value := pieces[i]
		if _, isNumber, _ := fromScalar(value); !isNumber {
			chosen, err := x.Get(array.Pick(condition))
			if err != nil {
				return nil, err
			}
			if value, err = c.Interp.Call(value, []script.Value{New(chosen)}, nil); err != nil {
				return nil, err
			}
		}
		if err := New(out).SetIndex(New(condition), value); err != nil {
			return nil, err
		}
	}
	return New(out), nil
}

func indexTable(signature string, lower bool) script.Entry {
	return script.Entry{Signature: signature, Doc: "Places of a triangle of a table.", Func: func(c *script.Call) (script.Value, error) {
		n, err := c.Int("n")
		if err != nil {
			return nil, err
		}
		m := n
		if !script.IsNone(c.Arg("m")) {
			if m, err = c.Int("m"); err != nil {
				return nil, err
			}
		}
		k, err := c.Int("k")
		if err != nil {
			return nil, err
		}
		return tupleOf(array.Nonzero(array.Triangle(array.Ones(array.Bool, int(n), int(m)), int(k), lower))...), nil
	}}
}
