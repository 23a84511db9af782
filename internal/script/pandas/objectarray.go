package pandas

import (
	"slices"
	"strings"

	"synfire/internal/script"
)

// objectArray is a NumPy array of objects with one or two axes: df.values of a table with texts.
type objectArray struct {
	values []script.Value
	shape  []int
}

// TypeName is the name that messages use.
func (*objectArray) TypeName() string { return "ndarray" }

func (x *objectArray) write(separator, indent string) string {
	if len(x.shape) == 1 {
		var items []string
		for _, v := range x.values {
			items = append(items, script.Repr(v))
		}
		return "[" + strings.Join(items, separator+" ") + "]"
	}
	var rows []string
	for i := range x.shape[0] {
		rows = append(rows, x.row(i).(*objectArray).write(separator, indent))
	}
	return "[" + strings.Join(rows, separator+"\n"+indent+" ") + "]"
}

// Str implements str(x).
func (x *objectArray) Str() string { return x.write("", "") }

// Repr implements repr(x).
func (x *objectArray) Repr() string { return "array(" + x.write(",", "      ") + ", dtype=object)" }

// Len implements len(x).
func (x *objectArray) Len() (int, error) { return x.shape[0], nil }

func (x *objectArray) row(i int) script.Value {
	if len(x.shape) == 1 {
		return x.values[i]
	}
	n := x.shape[1]
	return &objectArray{x.values[i*n : (i+1)*n], []int{n}}
}

// Iterate goes through the elements of a row or the rows of a table.
func (x *objectArray) Iterate() (func() (any, bool, error), error) {
	rows := make([]script.Value, x.shape[0])
	for i := range rows {
		rows[i] = x.row(i)
	}
	return script.Iterate(script.NewList(rows...))
}

// Index implements x[i], x[i, j], slices and masks of rows.
func (x *objectArray) Index(index any) (any, error) {
	var column script.Value
	if pair, ok := index.(*script.Tuple); ok && len(pair.Elts) == 2 && len(x.shape) == 2 {
		index, column = pair.Elts[0], pair.Elts[1]
	}
	places, single, err := placesOf(index, x.shape[0])
	if err != nil {
		return nil, err
	}
	if single {
		row := x.row(places[0])
		if column != nil {
			return row.(*objectArray).Index(column)
		}
		return row, nil
	}
	out := &objectArray{shape: append([]int{len(places)}, x.shape[1:]...)}
	for _, i := range places {
		row := x.row(i)
		if column == nil {
			if inner, ok := row.(*objectArray); ok {
				out.values = append(out.values, inner.values...)
			} else {
				out.values = append(out.values, row)
			}
			continue
		}
		v, err := row.(*objectArray).Index(column)
		if err != nil {
			return nil, err
		}
		if inner, ok := v.(*objectArray); ok {
			out.values, out.shape[1] = append(out.values, inner.values...), inner.shape[0]
		} else {
			out.values, out.shape = append(out.values, v), []int{len(places)}
		}
	}
	return out, nil
}

// Attr implements attributes and tolist().
func (x *objectArray) Attr(name string) (any, error) {
	switch name {
	case "shape":
		t := &script.Tuple{}
		for _, n := range x.shape {
			t.Elts = append(t.Elts, int64(n))
		}
		return t, nil
	case "size":
		return int64(len(x.values)), nil
	case "ndim":
		return int64(len(x.shape)), nil
	case "dtype":
		return objectType, nil
	case "tolist":
		return script.NewBuiltin(script.Entry{Signature: "tolist()", Func: func(*script.Call) (script.Value, error) { return x.list(), nil }}), nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (*objectArray) AttrNames() []string { return []string{"shape", "size", "ndim", "dtype", "tolist"} }

func (x *objectArray) list() *script.List {
	if len(x.shape) == 1 {
		return script.NewList(slices.Clone(x.values)...)
	}
	list := &script.List{}
	for i := range x.shape[0] {
		list.Elts = append(list.Elts, x.row(i).(*objectArray).list())
	}
	return list
}
