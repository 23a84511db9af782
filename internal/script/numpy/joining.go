package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
)

// joining are the functions that make one array of several, or several of one. As in Brian2 the joined arrays lose their units.
func joining() []script.Entry {
	return []script.Entry{
		{Signature: "concatenate(arrays, axis=0, out=None, *, dtype=None)", Doc: "Joins arrays along an axis; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			arrays, err := arraysArg(c.Arg("arrays"))
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			if axis == nil {
				for i, a := range arrays {
					arrays[i] = a.Ravel()
				}
				axis = new(int)
			}
			out, err := array.Concatenate(arrays, *axis, plain)
			if err == nil {
				out, err = converted(c, out)
			}
			return into(c, out, err)
		}},
		{Signature: "stack(arrays, axis=0, out=None)", Doc: "Joins arrays of one shape along a new axis; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			arrays, err := arraysArg(c.Arg("arrays"))
			if err != nil {
				return nil, err
			}
			axis, err := c.Int("axis")
			if err != nil {
				return nil, err
			}
			out, err := array.Stack(arrays, int(axis), plain)
			return into(c, out, err)
		}},
		joined("hstack(tup)", "Joins arrays side by side; units are dropped.", func(a *array.Array) (*array.Array, error) { return a.AtLeast(1), nil },
			func(first *array.Array) int { return min(1, first.NDim()-1) }),
		joined("vstack(tup)", "Joins arrays one below the other; units are dropped.", func(a *array.Array) (*array.Array, error) { return a.AtLeast(2), nil },
			func(*array.Array) int { return 0 }),
		joined("row_stack(tup)", "Joins arrays one below the other; units are dropped.", func(a *array.Array) (*array.Array, error) { return a.AtLeast(2), nil },
			func(*array.Array) int { return 0 }),
		joined("column_stack(tup)", "Makes a table of columns; units are dropped.", func(a *array.Array) (*array.Array, error) {
			if a = a.AtLeast(1); a.NDim() == 1 {
				return a.ExpandDims(1)
			}
			return a, nil
		}, func(*array.Array) int { return 1 }),
		joined("dstack(tup)", "Joins arrays along the third axis; units are dropped.", func(a *array.Array) (*array.Array, error) {
			if a = a.AtLeast(2); a.NDim() == 2 {
				return a.ExpandDims(2)
			}
			return a, nil
		}, func(*array.Array) int { return 2 }),
		{Signature: "append(arr, values, axis=None)", Doc: "A copy with values at the end; units are dropped.", Func: func(c *script.Call) (script.Value, error) {
			a, b, err := arrayPair(c, "arr", "values")
			if err != nil {
				return nil, err
			}
			axis, err := axisArg(c, "axis")
			if err != nil {
				return nil, err
			}
			if axis == nil {
				a, b, axis = a.Ravel(), b.Ravel(), new(int)
			}
			return wrapped(array.Concatenate([]*array.Array{a, b}, *axis, plain))
		}},
		{Signature: "insert(arr, obj, values, axis=None)", Doc: "A copy with values before a place; units are dropped.", Func: insert},
		{Signature: "delete(arr, obj, axis=None)", Doc: "A copy without some elements; units are dropped.", Func: remove},
		{Signature: "split(ary, indices_or_sections, axis=0)", Doc: "Parts of an array.", Func: func(c *script.Call) (script.Value, error) { return split(c, false, "") }},
		{Signature: "array_split(ary, indices_or_sections, axis=0)", Doc: "Parts of an array, as equal as they can be.", Func: func(c *script.Call) (script.Value, error) { return split(c, true, "") }},
		{Signature: "hsplit(ary, indices_or_sections)", Doc: "Parts of an array, side by side.", Func: func(c *script.Call) (script.Value, error) { return split(c, false, "h") }},
		{Signature: "vsplit(ary, indices_or_sections)", Doc: "Parts of an array, one below the other.", Func: func(c *script.Call) (script.Value, error) { return split(c, false, "v") }},
		{Signature: "tile(A, reps)", Doc: "The whole array several times.", Func: func(c *script.Call) (script.Value, error) {
			a, err := arrayArg(c, "A")
			if err != nil {
				return nil, err
			}
			times, err := shapeArg(c.Arg("reps"))
			if err != nil {
				return nil, err
			}
			return kept(array.Tiled(a, times...), nil)
		}},
		{Signature: "pad(x, pad_width, mode='constant', constant_values=0)", Doc: "With a border of one value, or of the values at the edge.", Func: pad},
	}
}

// joined makes an entry that prepares arrays and joins them.
func joined(signature, doc string, prepare func(*array.Array) (*array.Array, error), axis func(first *array.Array) int) script.Entry {
	return script.Entry{Signature: signature, Doc: doc, Func: func(c *script.Call) (script.Value, error) {
		arrays, err := arraysArg(c.Arg("tup"))
		if err != nil {
			return nil, err
		}
		if len(arrays) == 0 {
			return nil, script.Raise("ValueError", "need at least one array to concatenate")
		}
		for i, a := range arrays {
			if arrays[i], err = prepare(a); err != nil {
				return nil, err
			}
		}
		return wrapped(array.Concatenate(arrays, axis(arrays[0]), plain))
	}}
}

// alongAxis resolves an axis argument; None means the elements on one axis.
func alongAxis(c *script.Call, a *array.Array) (*array.Array, int, error) {
	axis, err := axisArg(c, "axis")
	if err != nil {
		return nil, 0, err
	}
	if axis == nil {
		return a.Ravel(), 0, nil
	}
	at := *axis
	if at < 0 {
		at += a.NDim()
	}
	if at < 0 || at >= a.NDim() {
		return nil, 0, script.Raise("AxisError", "axis %d is out of bounds for array of dimension %d", *axis, a.NDim())
	}
	return a, at, nil
}

// part returns the elements from start to stop along an axis.
func part(a *array.Array, axis, start, stop int) (*array.Array, error) {
	index := make([]array.Index, axis+1)
	for i := range index {
		index[i] = array.All()
	}
	index[axis] = array.Slice(&start, &stop, nil)
	return a.Get(index...)
}

func insert(c *script.Call) (script.Value, error) {
	a, err := arrayArg(c, "arr")
	if err != nil {
		return nil, err
	}
	a, axis, err := alongAxis(c, a)
	if err != nil {
		return nil, err
	}
	at, err := c.Int("obj")
	if err != nil {
		return nil, script.Raise("NotImplementedError", "insert() takes a single place here")
	}
	n := int64(a.Shape()[axis])
	if at < 0 {
		at += n
	}
	if at < 0 || at > n {
		return nil, script.Raise("IndexError", "index %d is out of bounds for axis %d with size %d", at, axis, n)
	}
	values, err := arrayArg(c, "values")
	if err != nil {
		return nil, err
	}
	values = values.As(a.DType())
	shape := append([]int(nil), a.Shape()...)
	shape[axis] = 1
	if a.NDim() == 1 {
		shape[axis] = values.Size()
	} else if values.NDim() == a.NDim()-1 && values.NDim() > 0 {
		if values, err = values.ExpandDims(axis); err != nil {
			return nil, err
		}
	}
	if values, err = values.BroadcastTo(shape); err != nil {
		return nil, err
	}
	before, err := part(a, axis, 0, int(at))
	if err != nil {
		return nil, err
	}
	after, err := part(a, axis, int(at), int(n))
	if err != nil {
		return nil, err
	}
	return wrapped(array.Concatenate([]*array.Array{before, values, after}, axis, plain))
}

func remove(c *script.Call) (script.Value, error) {
	a, err := arrayArg(c, "arr")
	if err != nil {
		return nil, err
	}
	a, axis, err := alongAxis(c, a)
	if err != nil {
		return nil, err
	}
	n := a.Shape()[axis]
	gone := make([]bool, n)
	obj := c.Arg("obj")
	if slice, ok := obj.(*script.Slice); ok {
		all, err := array.Arange(array.ScalarInt(0), array.ScalarInt(int64(n)), array.ScalarInt(1))
		if err != nil {
			return nil, err
		}
		if obj, err = New(all).Index(slice); err != nil {
			return nil, err
		}
	}
	places, err := FromValue(obj)
	if err != nil {
		return nil, err
	}
	if places.DType() == array.Bool && places.Size() == n {
		places = array.Nonzero(places)[0]
	}
	for _, at := range places.Ints() {
		i := at
		if i < 0 {
			i += int64(n)
		}
		if i < 0 || i >= int64(n) {
			return nil, script.Raise("IndexError", "index %d is out of bounds for axis %d with size %d", at, axis, n)
		}
		gone[i] = true
	}
	var stay []int64
	for i, g := range gone {
		if !g {
			stay = append(stay, int64(i))
		}
	}
	return wrapped(takeAlong(a.WithDim(plain), array.FromInts(stay), &axis))
}

// split cuts an array; direction "h" and "v" choose the axis.
func split(c *script.Call, unequal bool, direction string) (script.Value, error) {
	a, err := arrayArg(c, "ary")
	if err != nil {
		return nil, err
	}
	axis := 0
	switch direction {
	case "":
		if a, axis, err = alongAxis(c, a); err != nil {
			return nil, err
		}
	case "h":
		axis = min(1, a.NDim()-1)
	}
	if a.NDim() == 0 {
		return nil, script.Raise("ValueError", "array split does not work on 0-d arrays")
	}
	n := a.Shape()[axis]
	var cuts []int
	if k, err := script.AsIndex(c.Arg("indices_or_sections")); err == nil {
		sections := int(k)
		if sections <= 0 {
			return nil, script.Raise("ValueError", "number sections must be larger than 0.")
		}
		if n%sections != 0 && !unequal {
			return nil, script.Raise("ValueError", "array split does not result in an equal division")
		}
		at := 0
		for i := range sections {
			at += n / sections
			if i < n%sections {
				at++
			}
			cuts = append(cuts, at)
		}
	} else {
		if cuts, err = wholes(c.Arg("indices_or_sections")); err != nil {
			return nil, err
		}
		cuts = append(cuts, n)
	}
	list := &script.List{}
	from := 0
	for _, to := range cuts {
		piece, err := part(a, axis, from, to)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, New(piece))
		from = to
	}
	return list, nil
}

func pad(c *script.Call) (script.Value, error) {
	a, err := arrayArg(c, "x")
	if err != nil {
		return nil, err
	}
	mode, err := c.String("mode")
	if err != nil {
		return nil, err
	}
	widths, err := FromValue(c.Arg("pad_width"))
	if err != nil {
		return nil, err
	}
	if widths, err = widths.BroadcastTo([]int{a.NDim(), 2}); err != nil {
		return nil, err
	}
	value, err := arrayArg(c, "constant_values")
	if err != nil {
		return nil, err
	}
	w := widths.Ints()
	for axis := range a.NDim() {
		before, after := int(w[2*axis]), int(w[2*axis+1])
		n := a.Shape()[axis]
		switch mode {
		case "constant":
			border := func(width, side int) *array.Array {
				shape := append([]int(nil), a.Shape()...)
				shape[axis] = width
				return array.Full(value.Item(min(side, value.Size()-1)), shape...)
			}
			if a, err = array.Concatenate([]*array.Array{border(before, 0), a, border(after, 1)}, axis, a.Dim()); err != nil {
				return nil, err
			}
		case "edge", "wrap", "reflect", "symmetric":
			places := make([]int64, before+n+after)
			for i := range places {
				places[i] = int64(source(i-before, n, mode))
			}
			if a, err = takeAlong(a, array.FromInts(places), &axis); err != nil {
				return nil, err
			}
		default:
			return nil, script.Raise("ValueError", "mode '%s' is not supported", mode)
		}
	}
	return New(a), nil
}

// source returns which of n elements stands at place i of an array continued beyond its ends.
func source(i, n int, mode string) int {
	switch mode {
	case "edge":
		return min(max(i, 0), n-1)
	case "wrap":
		return (i%n + n) % n
	case "symmetric":
		if i = (i%(2*n) + 2*n) % (2 * n); i >= n {
			return 2*n - 1 - i
		}
		return i
	}
	period := max(1, 2*(n-1))
	if i = (i%period + period) % period; i >= n {
		return period - i
	}
	return i
}
