package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
)

// rearranging are the functions that keep the elements and change the axes, without being methods as well in the same form.
func rearranging() []script.Entry {
	return []script.Entry{
		{Signature: "reshape(a, newshape, order='C')", Doc: "With another shape.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			shape, err := wholes(c.Arg("newshape"))
			if err != nil {
				return nil, err
			}
			return reshaped(c, a, shape)
		}},
		{Signature: "transpose(a, axes=None)", Doc: "With the axes in another order.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "a")
			if err != nil {
				return nil, err
			}
			var order []int
			if !script.IsNone(c.Arg("axes")) {
				if order, err = wholes(c.Arg("axes")); err != nil {
					return nil, err
				}
			}
			return kept(a.Transpose(order...))
		}},
		oneArray("moveaxis(x, source, destination)", "With an axis in another place.", func(c *script.Call, a *array.Array) (script.Value, error) {
			from, err := c.Int("source")
			if err != nil {
				return nil, err
			}
			to, err := c.Int("destination")
			if err != nil {
				return nil, err
			}
			return kept(a.MoveAxis(int(from), int(to)))
		}),
		oneArray("expand_dims(x, axis)", "With a new axis of extent 1.", func(c *script.Call, a *array.Array) (script.Value, error) {
			axes, err := wholes(c.Arg("axis"))
			if err != nil {
				return nil, err
			}
			for _, axis := range axes {
				if a, err = a.ExpandDims(axis); err != nil {
					return nil, err
				}
			}
			return New(a), nil
		}),
		atLeast("atleast_1d", 1), atLeast("atleast_2d", 2), atLeast("atleast_3d", 3),
		flipped("flip(x, axis=None)", "Turned round.", nil),
		flipped("fliplr(x)", "With the columns turned round.", []int{1}),
		flipped("flipud(x)", "With the rows turned round.", []int{0}),
		oneArray("rot90(x, k=1, axes=(0, 1))", "Turned by quarter turns.", func(c *script.Call, a *array.Array) (script.Value, error) {
			k, err := c.Int("k")
			if err != nil {
				return nil, err
			}
			for range (k%4 + 4) % 4 {
				if a, err = a.Transpose(); err != nil {
					return nil, err
				}
				if a, err = a.Flip(0); err != nil {
					return nil, err
				}
			}
			return New(a), nil
		}),
		oneArray("roll(x, shift, axis=None)", "Moved round the end of an axis.", func(c *script.Call, a *array.Array) (script.Value, error) {
			shift, err := c.Int("shift")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			return wrapped(array.Roll(a, int(shift), axis))
		}),
		oneArray("broadcast_to(x, shape)", "Stretched to a shape; units are dropped.", func(c *script.Call, a *array.Array) (script.Value, error) {
			shape, err := shapeArg(c.Arg("shape"))
			if err != nil {
				return nil, err
			}
			out, err := a.WithDim(plain).BroadcastTo(shape)
			if err != nil {
				return nil, err
			}
			return New(out.Copy()), nil
		}),
		{Signature: "broadcast_arrays(*args)", Doc: "Arrays stretched to a common shape; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			arrays, err := arraysArg(script.NewList(c.Args...))
			if err != nil {
				return nil, err
			}
			shape, err := array.BroadcastShapes(arrays...)
			if err != nil {
				return nil, err
			}
			list := &script.List{}
			for _, a := range arrays {
				out, err := a.WithDim(plain).BroadcastTo(shape)
				if err != nil {
					return nil, err
				}
				list.Elts = append(list.Elts, New(out.Copy()))
			}
			return list, nil
		}},
		oneArray("resize(x, new_shape)", "With another shape, elements repeated as needed; units are dropped.", func(c *script.Call, a *array.Array) (script.Value, error) {
			shape, err := shapeArg(c.Arg("new_shape"))
			if err != nil {
				return nil, err
			}
			n := 1
			for _, extent := range shape {
				n *= extent
			}
			if a.Size() == 0 {
				return New(array.Empty(a.DType(), plain, shape...)), nil
			}
			places := make([]int64, n)
			for i := range places {
				places[i] = int64(i % a.Size())
			}
			out, err := takeAlong(a.WithDim(plain), array.FromInts(places), nil)
			if err != nil {
				return nil, err
			}
			return kept(out.Reshape(shape...))
		}),
		triangle("triu(x, k=0)", "Zeros below a diagonal; units are dropped.", false),
		triangle("tril(x, k=0)", "Zeros above a diagonal; units are dropped.", true),
		oneArray("trim_zeros(x, trim='fb')", "Without zeros at the ends.", func(c *script.Call, a *array.Array) (script.Value, error) {
			trim, err := c.String("trim")
			if err != nil {
				return nil, err
			}
			lo, hi := 0, a.Size()
			for _, side := range trim {
				if side == 'f' {
					for lo < hi && !a.BoolAt(lo) {
						lo++
					}
				} else {
					for hi > lo && !a.BoolAt(hi-1) {
						hi--
					}
				}
			}
			out, err := part(a, 0, lo, hi)
			if _, list := c.Arg("x").(*script.List); list && err == nil {
				return listOf(out), nil
			}
			return kept(out, err)
		}),
		oneArray("fill_diagonal(x, val)", "Sets the diagonal of a table.", func(c *script.Call, a *array.Array) (script.Value, error) {
			value, err := arrayArg(c, "val")
			if err != nil {
				return nil, err
			}
			diagonal, err := a.Diagonal(0)
			if err != nil {
				return nil, err
			}
			return script.None, diagonal.Assign(value)
		}),
	}
}

func atLeast(name string, nd int) script.Entry {
	return script.Entry{Signature: name + "(*arys)", Doc: "With at least that many axes.", Func: func(c *script.Call) (script.Value, error) {
		list := &script.List{}
		for _, v := range c.Args {
			a, err := FromValue(v)
			if err != nil {
				return nil, err
			}
			n := a.NDim()
			a = a.AtLeast(min(nd, 2))
			if nd == 3 && n < 3 {
				if a, err = a.ExpandDims(2); err != nil {
					return nil, err
				}
			}
			list.Elts = append(list.Elts, New(a))
		}
		if len(list.Elts) == 1 {
			return list.Elts[0], nil
		}
		return list, nil
	}}
}

func flipped(signature, doc string, axes []int) script.Entry {
	return oneArray(signature, doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		at := axes
		if at == nil && !script.IsNone(c.Arg("axis")) {
			var err error
			if at, err = wholes(c.Arg("axis")); err != nil {
				return nil, err
			}
		}
		return kept(a.Flip(at...))
	})
}

func triangle(signature, doc string, lower bool) script.Entry {
	return oneArray(signature, doc, func(c *script.Call, a *array.Array) (script.Value, error) {
		k, err := c.Int("k")
		if err != nil {
			return nil, err
		}
		if a.NDim() < 2 {
			return nil, script.Raise("ValueError", "a table with two axes is needed")
		}
		return New(array.Triangle(a.WithDim(plain), int(k), lower)), nil
	})
}
