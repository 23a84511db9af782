package pylab

import (
	"strings"

	"synfire/internal/script"
)

// ObjectArray is a NumPy array of objects with one or two axes, as subplots() returns it.
type ObjectArray struct {
	elts    []script.Value
	shape   []int
	methods *script.Methods
}

// Drawn marks a value that a cell does not show.
func (*ObjectArray) Drawn() {}

// TypeName is the name that messages use.
func (*ObjectArray) TypeName() string { return "ndarray" }

// Repr implements repr(x).
func (x *ObjectArray) Repr() string {
	var rows []string
	width := x.shape[len(x.shape)-1]
	for from := 0; from < len(x.elts); from += width {
		var row []string
		for _, e := range x.elts[from : from+width] {
			row = append(row, script.Repr(e))
		}
		rows = append(rows, "["+strings.Join(row, ", ")+"]")
	}
	text := strings.Join(rows, ",\n       ")
	if len(x.shape) == 2 {
		text = "[" + text + "]"
	}
	return "array(" + text + ", dtype=object)"
}

// Len implements len(x).
func (x *ObjectArray) Len() (int, error) { return x.shape[0], nil }

// Iterate goes through the elements of a row or the rows of a table.
func (x *ObjectArray) Iterate() (func() (any, bool, error), error) {
	i := 0
	return func() (any, bool, error) {
		if i >= x.shape[0] {
			return nil, false, nil
		}
		i++
		return x.row(i - 1), true, nil
	}, nil
}

func (x *ObjectArray) row(i int) script.Value {
	if len(x.shape) == 1 {
		return x.elts[i]
	}
	n := x.shape[1]
	return &ObjectArray{x.elts[i*n : (i+1)*n], []int{n}, x.methods}
}

// Index implements x[i], x[i, j] and slices of both.
func (x *ObjectArray) Index(index any) (any, error) {
	items := []script.Value{index}
	if t, ok := index.(*script.Tuple); ok {
		items = t.Elts
	}
	if len(items) > len(x.shape) {
		return nil, script.Raise("IndexError", "too many indices for array: array is %d-dimensional, but %d were indexed", len(x.shape), len(items))
	}
	picked := make([][]int, len(x.shape))
	keep := []int{}
	for axis, n := range x.shape {
		if axis >= len(items) {
			picked[axis] = whole(n)
			keep = append(keep, n)
			continue
		}
		if slice, ok := items[axis].(*script.Slice); ok {
			start, step, count, err := slice.SliceIndices(n)
			if err != nil {
				return nil, err
			}
			for i := range count {
				picked[axis] = append(picked[axis], start+i*step)
			}
			keep = append(keep, count)
			continue
		}
		i, err := script.AsIndex(items[axis])
		if err != nil {
			return nil, script.Raise("IndexError", "only integers and slices (`:`) are valid indices of an array of axes")
		}
		if i < int64(-n) || i >= int64(n) {
			m := script.Raise("IndexError", "index %d is out of bounds for axis %d with size %d", i, axis, n)
			return nil, m
		}
		picked[axis] = []int{int((i + int64(n)) % int64(n))}
	}
	var elts []script.Value
	for _, i := range picked[0] {
		if len(x.shape) == 1 {
			elts = append(elts, x.elts[i])
			continue
		}
		for _, j := range picked[1] {
			elts = append(elts, x.elts[i*x.shape[1]+j])
		}
	}
	if len(keep) == 0 {
		return elts[0], nil
	}
	return &ObjectArray{elts, keep, x.methods}, nil
}

func whole(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}

// Attr implements attributes and methods.
func (x *ObjectArray) Attr(name string) (any, error) {
	switch name {
	case "flat":
		return x.flattened(), nil
	case "shape":
		t := &script.Tuple{}
		for _, n := range x.shape {
			t.Elts = append(t.Elts, int64(n))
		}
		return t, nil
	case "size":
		return int64(len(x.elts)), nil
	case "ndim":
		return int64(len(x.shape)), nil
	case "T":
		if len(x.shape) == 1 {
			return x, nil
		}
		rows, cols := x.shape[0], x.shape[1]
		out := &ObjectArray{nil, []int{cols, rows}, x.methods}
		for j := range cols {
			for i := range rows {
				out.elts = append(out.elts, x.elts[i*cols+j])
			}
		}
		return out, nil
	}
	if m := x.methods.Bind(x, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (x *ObjectArray) AttrNames() []string {
	return append([]string{"flat", "shape", "size", "ndim", "T"}, x.methods.Names()...)
}

func (x *ObjectArray) flattened() *ObjectArray {
	return &ObjectArray{x.elts, []int{len(x.elts)}, x.methods}
}

func objectEntries() []script.Entry {
	self := func(c *script.Call) *ObjectArray { return c.Self.(*ObjectArray) }
	return []script.Entry{
		entry("ravel()", func(c *script.Call) (script.Value, error) { return self(c).flattened(), nil }),
		entry("flatten()", func(c *script.Call) (script.Value, error) { return self(c).flattened(), nil }),
		entry("tolist()", func(c *script.Call) (script.Value, error) {
			x := self(c)
			list := &script.List{}
			for i := range x.shape[0] {
				if row, ok := x.row(i).(*ObjectArray); ok {
					list.Elts = append(list.Elts, script.NewList(row.elts...))
				} else {
					list.Elts = append(list.Elts, x.row(i))
				}
			}
			return list, nil
		}),
		entry("reshape(*shape)", func(c *script.Call) (script.Value, error) {
			x := self(c)
			args := c.Args
			if len(args) == 1 {
				if t, ok := args[0].(*script.Tuple); ok {
					args = t.Elts
				}
			}
			var shape []int
			product, free := 1, -1
			for i, v := range args {
				n, err := script.AsIndex(v)
				if err != nil {
					return nil, err
				}
				shape = append(shape, int(n))
				if n < 0 {
					free = i
				} else {
					product *= int(n)
				}
			}
			if free >= 0 && product > 0 {
				shape[free] = len(x.elts) / product
				product *= shape[free]
			}
			if len(shape) < 1 || len(shape) > 2 || product != len(x.elts) {
				return nil, script.Raise("ValueError", "cannot reshape array of size %d into that shape", len(x.elts))
			}
			return &ObjectArray{x.elts, shape, x.methods}, nil
		}),
	}
}
