package pandas

import (
	"fmt"
	"slices"
	"strings"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
)

// Index is the labels of rows or columns.
type Index struct {
	*column
	// Name is None or what the labels are called.
	name script.Value
	// counts marks the labels 0, 1, 2, ... that pandas makes itself.
	counts bool
	lib    *library
}

func (l *library) counting(n int) *Index {
	values := make([]script.Value, n)
	for i := range values {
		values[i] = int64(i)
	}
	return &Index{column: &column{intType, values}, name: script.None, counts: true, lib: l}
}

func (l *library) index(values []script.Value, name script.Value) *Index {
	return &Index{column: newColumn(values), name: name, lib: l}
}

func (x *Index) pick(places []int) *Index {
	contiguous := x.counts
	for i, k := range places {
		contiguous = contiguous && k == i
	}
	return &Index{column: x.column.pick(places), name: x.name, counts: contiguous, lib: x.lib}
}

// find returns the places of a label.
func (x *Index) find(label script.Value) []int {
	var places []int
	for i, v := range x.values {
		if same(v, label) {
			places = append(places, i)
		}
	}
	return places
}

// missingLabel is the error of a label that is not there.
func (x *Index) missingLabel(label script.Value) error {
	m := script.Raise("KeyError", "%s", script.Repr(label))
	m.Hint = x.hint(label)
	return m
}

// hint names the label that a wrong one most likely stands for.
func (x *Index) hint(label script.Value) string {
	text, ok := label.(string)
	if !ok {
		return ""
	}
	var known []string
	for _, v := range x.values {
		if s, ok := v.(string); ok {
			known = append(known, s)
		}
	}
	if near := script.Nearest(text, known); near != "" {
		return "Did you mean " + script.Repr(near) + "?"
	}
	if len(known) > 0 && len(known) <= 12 {
		return "There are '" + strings.Join(known, "', '") + "'."
	}
	return ""
}

// TypeName is the name that messages use.
func (x *Index) TypeName() string {
	switch {
	case x.counts:
		return "RangeIndex"
	case x.kind == intType:
		return "Int64Index"
	case x.kind == floatType:
		return "Float64Index"
	}
	return "Index"
}

// Repr implements repr(x).
func (x *Index) Repr() string {
	name := ""
	if !script.IsNone(x.name) {
		name = ", name=" + script.Repr(x.name)
	}
	if x.counts {
		return fmt.Sprintf("RangeIndex(start=0, stop=%d, step=1%s)", x.len(), name)
	}
	head := x.TypeName() + "("
	tail := ", dtype='" + string(x.kind) + "'" + name + ")"
	var items []string
	for _, v := range x.values {
		items = append(items, script.Repr(v))
	}
	if len(items) > 100 {
		items = slices.Concat(items[:10], []string{"..."}, items[len(items)-10:])
		tail = fmt.Sprintf(", dtype='%s'%s, length=%d)", x.kind, name, x.len())
	}
	// Items of one width, if they are numbers, in lines of less than 80 characters. Line ends count, as in pandas.
	indent := "\n" + strings.Repeat(" ", len(head)+1)
	wide := 0
	if x.kind != objectType && len(strings.Join(items, ", "))+len(indent) > maxWidth {
		for _, item := range items {
			wide = max(wide, len(item))
		}
	}
	text, line := "", indent
	for i, item := range items {
		piece, room := strings.Repeat(" ", max(0, wide-len(item)))+item+", ", maxWidth
		if i == len(items)-1 {
			piece, room = strings.TrimSuffix(piece, ", "), maxWidth-2
		}
		if len(strings.TrimRight(line, " "))+len(strings.TrimRight(piece, " ")) >= room {
			text, line = text+strings.TrimRight(line, " "), indent
		}
		line += piece
	}
	text += line + "],"
	if len(text) > maxWidth {
		tail = indent[:len(indent)-1] + strings.TrimPrefix(tail, ", ")
	} else {
		tail = strings.TrimPrefix(tail, ",")
	}
	return head + "[" + strings.TrimPrefix(text, indent) + tail
}

// Len implements len(x).
func (x *Index) Len() (int, error) { return x.len(), nil }

// Iterate goes through the labels.
func (x *Index) Iterate() (func() (any, bool, error), error) {
	return script.Iterate(script.NewList(x.values...))
}

// Contains implements `y in x`.
func (x *Index) Contains(y any) (bool, error) { return len(x.find(y)) > 0, nil }

// AsArray gives numeric labels as an array.
func (x *Index) AsArray() (*array.Array, error) { return x.array() }

// Binary compares labels one by one.
func (x *Index) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	s := &Series{index: x.lib.counting(x.len()), column: x.column, name: script.None, lib: x.lib}
	if o, ok := other.(*Index); ok {
		other = &Series{index: s.index, column: o.column, name: script.None, lib: x.lib}
	}
	v, err := s.Binary(op, other, reflected)
	if r, ok := v.(*Series); ok && err == nil {
		if r.kind == boolType {
			a, err := r.array()
			return numpy.New(a), err
		}
		return &Index{column: r.column, name: x.name, lib: x.lib}, nil
	}
	return v, err
}

// Index implements x[i] and slices.
func (x *Index) Index(index any) (any, error) {
	places, single, err := placesOf(index, x.len())
	if err != nil {
		return nil, err
	}
	if single {
		return x.values[places[0]], nil
	}
	return x.pick(places), nil
}

// placesOf reads positions: a whole number, a slice, a list of numbers, a mask.
func placesOf(index script.Value, n int) (places []int, single bool, err error) {
	switch v := index.(type) {
	case *script.Slice:
		start, step, count, err := v.SliceIndices(n)
		for i := range count {
			places = append(places, start+i*step)
		}
		return places, false, err
	case *script.List, *script.Tuple, *script.Range, *numpy.NDArray, *Series, *Index:
		if mask, ok, err := maskOf(v, n); ok || err != nil {
			return mask, false, err
		}
		elements, err := script.Elements(v)
		if err != nil {
			return nil, false, err
		}
		for _, e := range elements {
			i, err := script.AsIndex(e)
			if err != nil {
				return nil, false, err
			}
			if i < int64(-n) || i >= int64(n) {
				return nil, false, script.Raise("IndexError", "positional indexers are out-of-bounds")
			}
			places = append(places, int((i+int64(n))%int64(n)))
		}
		return places, false, nil
	}
	i, err := script.AsIndex(index)
	if err != nil {
		return nil, false, script.Raise("TypeError", "Cannot index by location index with a non-integer key")
	}
	if i < int64(-n) || i >= int64(n) {
		return nil, false, script.Raise("IndexError", "single positional indexer is out-of-bounds")
	}
	return []int{int((i + int64(n)) % int64(n))}, true, nil
}

// maskOf reads a sequence of truth values as the places where it is true.
func maskOf(v script.Value, n int) (places []int, ok bool, err error) {
	var values []script.Value
	switch v := v.(type) {
	case *Series:
		if v.kind != boolType {
			return nil, false, nil
		}
		values = v.values
	case *numpy.NDArray:
		if v.Array.DType() != array.Bool || v.Array.NDim() != 1 {
			return nil, false, nil
		}
		for _, b := range v.Array.Bools() {
			values = append(values, b)
		}
	case *script.List:
		if len(v.Elts) == 0 {
			return nil, false, nil
		}
		for _, e := range v.Elts {
			if _, isBool := e.(bool); !isBool {
				return nil, false, nil
			}
		}
		values = v.Elts
	default:
		return nil, false, nil
	}
	if len(values) != n {
		return nil, true, script.Raise("ValueError", "Item wrong length %d instead of %d.", len(values), n)
	}
	places = []int{}
	for i, v := range values {
		if v == script.Value(true) {
			places = append(places, i)
		}
	}
	return places, true, nil
}

// Attr implements attributes and methods.
func (x *Index) Attr(name string) (any, error) {
	switch name {
	case "name":
		return x.name, nil
	case "names":
		return script.NewList(x.name), nil
	case "values":
		return x.lib.arrayOf(x.column), nil
	case "dtype":
		return x.kind, nil
	case "size":
		return int64(x.len()), nil
	case "shape":
		return script.NewTuple(int64(x.len())), nil
	case "str":
		return &textMethods{x.lib, &Series{index: x.lib.counting(x.len()), column: x.column, name: x.name, lib: x.lib}}, nil
	}
	if m := x.lib.indexMethods.Bind(x, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (x *Index) AttrNames() []string {
	return append([]string{"name", "names", "values", "dtype", "size", "shape", "str"}, x.lib.indexMethods.Names()...)
}

// SetAttr implements x.name = ...
func (x *Index) SetAttr(name string, value any) error {
	if name != "name" {
		return script.Raise("AttributeError", "can't set attribute '%s'", name)
	}
	x.name = value
	return nil
}

func indexEntries() []script.Entry {
	self := func(c *script.Call) *Index { return c.Self.(*Index) }
	list := func(c *script.Call) (script.Value, error) {
		return script.NewList(slices.Clone(self(c).values)...), nil
	}
	return []script.Entry{
		{Signature: "tolist()", Func: list}, {Signature: "to_list()", Func: list},
		{Signature: "to_numpy()", Func: func(c *script.Call) (script.Value, error) { return self(c).lib.arrayOf(self(c).column), nil }},
		{Signature: "get_loc(key)", Func: func(c *script.Call) (script.Value, error) {
			places := self(c).find(c.Arg("key"))
			if len(places) == 0 {
				return nil, self(c).missingLabel(c.Arg("key"))
			}
			return int64(places[0]), nil
		}},
		{Signature: "unique()", Func: func(c *script.Call) (script.Value, error) {
			return &Index{column: self(c).unique(), name: self(c).name, lib: self(c).lib}, nil
		}},
		{Signature: "isin(values)", Func: func(c *script.Call) (script.Value, error) {
			column, err := self(c).isin(c.Arg("values"))
			if err != nil {
				return nil, err
			}
			return self(c).lib.arrayOf(column), nil
		}},
	}
}

// unique returns the different values in the order of their first appearance.
func (c *column) unique() *column {
	out := &column{kind: c.kind}
	for _, v := range c.values {
		if !slices.ContainsFunc(out.values, func(u script.Value) bool { return same(u, v) }) {
			out.values = append(out.values, v)
		}
	}
	return out
}

func (c *column) isin(v script.Value) (*column, error) {
	elements, err := script.Elements(v)
	if err != nil {
		return nil, err
	}
	out := &column{kind: boolType}
	for _, x := range c.values {
		out.values = append(out.values, slices.ContainsFunc(elements, func(e script.Value) bool { return same(e, x) }))
	}
	return out, nil
}
