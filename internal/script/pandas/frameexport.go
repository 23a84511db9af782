package pandas

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"synfire/internal/script"
)

func describe(f *DataFrame, c *script.Call) (script.Value, error) {
	source := f.numericOnly()
	var plain []int
	for k, column := range source.columns {
		if column.kind != boolType {
			plain = append(plain, k)
		}
	}
	if source = source.take(plain); len(source.columns) == 0 {
		source = f
	}
	var labels []script.Value
	columns := make([]*column, len(source.columns))
	for k, column := range source.columns {
		names, values, err := description(column)
		if err != nil {
			return nil, err
		}
		labels, columns[k] = names, newColumn(values)
	}
	return f.lib.frame(columns, source.labels, f.lib.index(labels, script.None)), nil
}

func info(f *DataFrame, c *script.Call) (script.Value, error) {
	var b strings.Builder
	b.WriteString("<class 'pandas.core.frame.DataFrame'>\n")
	fmt.Fprintf(&b, "%s: %d entries", f.index.TypeName(), f.index.len())
	if n := f.index.len(); n > 0 {
		fmt.Fprintf(&b, ", %s to %s", script.Str(f.index.values[0]), script.Str(f.index.values[n-1]))
	}
	fmt.Fprintf(&b, "\nData columns (total %d columns):\n", len(f.columns))
	cells := [][]string{{" # ", "---"}, {"Column", "------"}, {"Non-Null Count", "--------------"}, {"Dtype", "-----"}}
	counts := map[dtype]int{}
	for k, column := range f.columns {
		n, err := reduce("count", column, 1)
		if err != nil {
			return nil, err
		}
		cells[0] = append(cells[0], fmt.Sprintf(" %d ", k))
		cells[1] = append(cells[1], script.Str(f.labels.values[k]))
		cells[2] = append(cells[2], script.Str(n)+" non-null")
		cells[3] = append(cells[3], string(column.kind))
		counts[column.kind]++
	}
	for i := range cells[0] {
		line := padRight(cells[0][i], widest(cells[0])) + "  "
		for _, c := range cells[1:] {
			line += padRight(c[i], widest(c)) + "  "
		}
		b.WriteString(strings.TrimSuffix(line, "  ") + "\n")
	}
	var kinds []string
	for _, kind := range []dtype{boolType, floatType, intType, objectType} {
		if counts[kind] > 0 {
			kinds = append(kinds, fmt.Sprintf("%s(%d)", kind, counts[kind]))
		}
	}
	b.WriteString("dtypes: " + strings.Join(kinds, ", ") + "\n")
	_, err := io.WriteString(c.Interp.Stdout(), b.String())
	return script.None, err
}

func toDict(f *DataFrame, c *script.Call) (script.Value, error) {
	row := func(i int) (*script.Dict, error) {
		d := script.NewDict()
		for k, column := range f.columns {
			if err := d.Set(f.labels.values[k], column.values[i]); err != nil {
				return nil, err
			}
		}
		return d, nil
	}
	switch orient := c.Arg("orient"); orient {
	case script.Value("records"):
		list := &script.List{}
		for i := range f.index.len() {
			d, err := row(i)
			if err != nil {
				return nil, err
			}
			list.Elts = append(list.Elts, d)
		}
		return list, nil
	case script.Value("index"):
		out := script.NewDict()
		for i, label := range f.index.values {
			d, err := row(i)
			if err != nil {
				return nil, err
			}
			if err := out.Set(label, d); err != nil {
				return nil, err
			}
		}
		return out, nil
	case script.Value("dict"), script.Value("list"), script.Value("series"):
		out := script.NewDict()
		for k, column := range f.columns {
			var v script.Value = script.NewList(slices.Clone(column.values)...)
			switch orient {
			case script.Value("dict"):
				d := script.NewDict()
				for i, label := range f.index.values {
					if err := d.Set(label, column.values[i]); err != nil {
						return nil, err
					}
				}
				v = d
			case script.Value("series"):
				v = f.column(k)
			}
			if err := out.Set(f.labels.values[k], v); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return nil, script.Raise("ValueError", "orient %s not understood", script.Repr(c.Arg("orient")))
}

// rowTuple is a row of itertuples(): a tuple with names.
type rowTuple struct {
	names  []string
	values []script.Value
}

// TypeName is the name that messages use.
func (*rowTuple) TypeName() string { return "Pandas" }

// Repr implements repr(x).
func (t *rowTuple) Repr() string {
	parts := make([]string, len(t.names))
	for i, name := range t.names {
		parts[i] = name + "=" + script.Repr(t.values[i])
	}
	return "Pandas(" + strings.Join(parts, ", ") + ")"
}

// Attr gives a value by its name.
func (t *rowTuple) Attr(name string) (any, error) {
	if i := slices.Index(t.names, name); i >= 0 {
		return t.values[i], nil
	}
	return nil, nil
}

// AttrNames lists the names.
func (t *rowTuple) AttrNames() []string { return t.names }

// Len implements len(x).
func (t *rowTuple) Len() (int, error) { return len(t.values), nil }

// Index implements x[i].
func (t *rowTuple) Index(index any) (any, error) {
	places, single, err := placesOf(index, len(t.values))
	if err != nil {
		return nil, err
	}
	if single {
		return t.values[places[0]], nil
	}
	out := &script.Tuple{}
	for _, k := range places {
		out.Elts = append(out.Elts, t.values[k])
	}
	return out, nil
}

// Iterate implements iteration.
func (t *rowTuple) Iterate() (func() (any, bool, error), error) {
	return script.Iterate(script.NewList(t.values...))
}

func iterTuples(f *DataFrame, c *script.Call) (script.Value, error) {
	withIndex, err := c.Bool("index")
	if err != nil {
		return nil, err
	}
	list := &script.List{}
	for i, label := range f.index.values {
		t := &rowTuple{}
		if withIndex {
			t.names, t.values = append(t.names, "Index"), append(t.values, label)
		}
		for k, column := range f.columns {
			name := script.Str(f.labels.values[k])
			if !plainName(name) {
				name = fmt.Sprintf("_%d", len(t.names))
			}
			t.names, t.values = append(t.names, name), append(t.values, column.values[i])
		}
		list.Elts = append(list.Elts, t)
	}
	return list, nil
}

func plainName(s string) bool {
	for i, r := range s {
		if r != '_' && !(r >= 'a' && r <= 'z') && !(r >= 'A' && r <= 'Z') && !(i > 0 && r >= '0' && r <= '9') {
			return false
		}
	}
	return s != "" && s[0] != '_'
}

// apply is df.apply(f): f of each column or, with axis=1, of each row.
func apply(f *DataFrame, c *script.Call) (script.Value, error) {
	axis := c.Arg("axis")
	wide := axis == script.Value(int64(1)) || axis == script.Value("columns")
	n, labels := len(f.columns), f.labels
	if wide {
		n, labels = f.index.len(), f.index
	}
	values := make([]script.Value, n)
	rows := 0
	for i := range n {
		part := (*Series)(nil)
		if wide {
			part = f.row(i)
		} else {
			part = f.column(i)
		}
		v, err := c.Interp.Call(c.Arg("func"), []script.Value{part}, nil)
		if err != nil {
			return nil, err
		}
		if _, ok := v.(*Series); ok {
			rows++
		}
		values[i] = v
	}
	if rows < n || n == 0 {
		return f.lib.series(newColumn(values), labels, script.None), nil
	}
	// Every result is a series: they are the rows or columns of a table.
	first := values[0].(*Series)
	if !wide {
		columns := make([]*column, n)
		for k, v := range values {
			columns[k] = v.(*Series).column
		}
		return f.lib.frame(columns, f.labels, first.index), nil
	}
	columns := make([]*column, first.len())
	for k := range columns {
		out := make([]script.Value, n)
		for i, v := range values {
			s := v.(*Series)
			out[i] = math.NaN()
			if found := s.index.find(first.index.values[k]); len(found) > 0 {
				out[i] = s.values[found[0]]
			}
		}
		columns[k] = newColumn(out)
	}
	return f.lib.frame(columns, first.index, f.index), nil
}
