package pandas

import (
	"slices"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// DataFrame is a table: columns of one type each, with labels for rows and columns.
type DataFrame struct {
	columns []*column
	labels  *Index
	index   *Index
	lib     *library
}

func (l *library) frame(columns []*column, labels, index *Index) *DataFrame {
	return &DataFrame{columns: columns, labels: labels, index: index, lib: l}
}

// TypeName is the name that messages use.
func (*DataFrame) TypeName() string { return "DataFrame" }

// Repr implements repr(x).
func (f *DataFrame) Repr() string { return f.text() }

// RichRepr is what a notebook shows: text and an HTML table.
func (f *DataFrame) RichRepr() (text, html string) { return f.text(), f.html() }

// Len implements len(x): the number of rows.
func (f *DataFrame) Len() (int, error) { return f.index.len(), nil }

// Iterate goes through the labels of the columns.
func (f *DataFrame) Iterate() (func() (any, bool, error), error) { return f.labels.Iterate() }

// Contains implements `y in x`, which asks for a column.
func (f *DataFrame) Contains(y any) (bool, error) { return len(f.labels.find(y)) > 0, nil }

// Bool implements truth.
func (f *DataFrame) Bool() (bool, error) {
	return false, script.Raise("ValueError", "The truth value of a DataFrame is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().")
}

// AsArray gives the numbers to NumPy's functions, a row for each row.
func (f *DataFrame) AsArray() (*array.Array, error) {
	kind := f.kind()
	if kind == objectType {
		return nil, script.Raise("TypeError", "the table has columns that are no numbers; choose columns first: df[['a', 'b']].values")
	}
	values := make([]float64, 0, f.index.len()*len(f.columns))
	for i := range f.index.len() {
		for _, c := range f.columns {
			x, err := script.AsFloat(c.values[i])
			if err != nil {
				return nil, err
			}
			values = append(values, x)
		}
	}
	a := array.FromFloats(values, units.Dimension{}, f.index.len(), len(f.columns))
	switch kind {
	case intType:
		a = a.As(array.Int64)
	case boolType:
		a = a.As(array.Bool)
	}
	return a, nil
}

// kind is the type that holds the values of all columns.
func (f *DataFrame) kind() dtype {
	kind := dtype("")
	for _, c := range f.columns {
		kind = kind.common(c.kind)
	}
	if kind == "" {
		return objectType
	}
	return kind
}

func (f *DataFrame) pick(places []int) *DataFrame {
	columns := make([]*column, len(f.columns))
	for k, c := range f.columns {
		columns[k] = c.pick(places)
	}
	return f.lib.frame(columns, f.labels, f.index.pick(places))
}

// take returns some of the columns.
func (f *DataFrame) take(places []int) *DataFrame {
	columns := make([]*column, len(places))
	for i, k := range places {
		columns[i] = f.columns[k]
	}
	return f.lib.frame(columns, f.labels.pick(places), f.index)
}

// column returns a column as a series; it shares memory with the table.
func (f *DataFrame) column(k int) *Series {
	return f.lib.series(f.columns[k], f.index, f.labels.values[k])
}

// row returns a row as a series, of the type that holds all its values.
func (f *DataFrame) row(i int) *Series {
	kind := f.kind()
	values := make([]script.Value, len(f.columns))
	for k, c := range f.columns {
		values[k] = c.values[i]
		if kind == floatType {
			if n, ok := values[k].(int64); ok {
				values[k] = float64(n)
			}
		}
	}
	return f.lib.series(&column{kind, values}, f.labels, f.index.values[i])
}

// Index implements df['a'], df[['a', 'b']], df[mask] and df[slice of rows].
func (f *DataFrame) Index(key any) (any, error) {
	switch v := key.(type) {
	case *script.Slice:
		if isText(v.Low) || isText(v.High) {
			places, err := f.index.between(v)
			return f.pick(places), err
		}
		places, _, err := placesOf(v, f.index.len())
		return f.pick(places), err
	case *DataFrame:
		return f.where(v), nil
	case *Series, *numpy.NDArray, *script.List, *Index:
		if places, ok, err := maskOf(v, f.index.len()); ok || err != nil {
			if err != nil {
				return nil, err
			}
			return f.pick(places), nil
		}
		places, _, err := f.labels.locate(v)
		if err != nil {
			return nil, err
		}
		return f.take(places), nil
	}
	places := f.labels.find(key)
	switch len(places) {
	case 0:
		return nil, f.labels.missingLabel(key)
	case 1:
		return f.column(places[0]), nil
	}
	return f.take(places), nil
}

// where keeps the values at which a table of truth values is true.
func (f *DataFrame) where(mask *DataFrame) *DataFrame {
	columns := make([]*column, len(f.columns))
	for k, c := range f.columns {
		values := slices.Clone(c.values)
		for i := range values {
			if k < len(mask.columns) && i < len(mask.columns[k].values) && mask.columns[k].values[i] != script.Value(true) {
				values[i] = script.None
			}
		}
		columns[k] = newColumn(values)
	}
	return f.lib.frame(columns, f.labels, f.index)
}

// SetIndex implements df['a'] = values, aligned by labels if they come with some, and df[mask] = value.
func (f *DataFrame) SetIndex(key, value any) error {
	if mask, ok, err := maskOf(key, f.index.len()); ok || err != nil {
		if err != nil {
			return err
		}
		for _, c := range f.columns {
			if err := c.assign(mask, value); err != nil {
				return err
			}
		}
		return nil
	}
	if list, ok := key.(*script.List); ok {
		for i, label := range list.Elts {
			v := value
			if other, ok := value.(*DataFrame); ok && i < len(other.columns) {
				v = other.column(i)
			}
			if err := f.set(label, v); err != nil {
				return err
			}
		}
		return nil
	}
	return f.set(key, value)
}

func (f *DataFrame) set(label, value script.Value) error {
	n := f.index.len()
	if len(f.columns) == 0 && n == 0 {
		if values, err := spreadValues(value, lengthOf(value)); err == nil && lengthOf(value) > 0 {
			f.index = f.lib.counting(len(values))
			if s, ok := value.(*Series); ok {
				f.index = s.index
			}
			n = len(values)
		}
	}
	var c *column
	if s, ok := value.(*Series); ok && !slices.EqualFunc(s.index.values, f.index.values, same) {
		places := make([]int, n)
		for i, v := range f.index.values {
			places[i] = -1
			if found := s.index.find(v); len(found) > 0 {
				places[i] = found[0]
			}
		}
		c = s.column.pick(places)
	} else {
		values, err := spreadValues(value, n)
		if err != nil {
			return err
		}
		c = newColumn(values)
		if s, ok := value.(*Series); ok {
			c.kind = s.kind
		}
	}
	if places := f.labels.find(label); len(places) > 0 {
		for _, k := range places {
			f.columns[k] = c
		}
		return nil
	}
	f.columns = append(f.columns, c)
	f.labels = f.lib.index(append(slices.Clone(f.labels.values), label), f.labels.name)
	return nil
}

func lengthOf(v script.Value) int {
	switch v := v.(type) {
	case *Series:
		return v.len()
	case *script.List:
		return len(v.Elts)
	case *script.Tuple:
		return len(v.Elts)
	case *script.Range:
		return int(v.Len())
	case *objectArray:
		return v.shape[0]
	case *numpy.NDArray:
		return v.Array.AtLeast(1).Len()
	}
	return 0
}

// DelIndex implements del df['a'].
func (f *DataFrame) DelIndex(key any) error {
	places := f.labels.find(key)
	if len(places) == 0 {
		return f.labels.missingLabel(key)
	}
	rest, err := f.labels.without(key)
	if err != nil {
		return err
	}
	left := f.take(rest)
	f.columns, f.labels = left.columns, left.labels
	return nil
}

// Binary implements operators with numbers, series (one value for each column) and tables.
func (f *DataFrame) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	columns := make([]*column, len(f.columns))
	for k := range f.columns {
		operand := other
		switch o := other.(type) {
		case *DataFrame:
			places := o.labels.find(f.labels.values[k])
			if len(places) == 0 {
				return nil, script.Raise("NotImplementedError", "operators take tables with the same columns")
			}
			operand = o.column(places[0])
		case *Series:
			places := o.index.find(f.labels.values[k])
			if len(places) == 0 {
				return nil, script.Raise("NotImplementedError", "operators take a series with a value for each column")
			}
			operand = o.values[places[0]]
		}
		v, err := f.column(k).Binary(op, operand, reflected)
		if err != nil {
			return nil, err
		}
		s, ok := v.(*Series)
		if !ok {
			return nil, script.Raise("TypeError", "tables hold plain numbers; take the values of a column for arithmetic with units")
		}
		columns[k] = s.column
	}
	return f.lib.frame(columns, f.labels, f.index), nil
}

// Unary implements -x and ~x.
func (f *DataFrame) Unary(op syntax.Op) (any, error) {
	columns := make([]*column, len(f.columns))
	for k := range f.columns {
		v, err := f.column(k).Unary(op)
		if err != nil {
			return nil, err
		}
		columns[k] = v.(*Series).column
	}
	return f.lib.frame(columns, f.labels, f.index), nil
}

// Attr implements attributes, methods, and columns whose labels are names.
func (f *DataFrame) Attr(name string) (any, error) {
	switch name {
	case "columns":
		return f.labels, nil
	case "index":
		return f.index, nil
	case "values":
		return f.values(), nil
	case "shape":
		return script.NewTuple(int64(f.index.len()), int64(len(f.columns))), nil
	case "size":
		return int64(f.index.len() * len(f.columns)), nil
	case "ndim":
		return int64(2), nil
	case "empty":
		return f.index.len() == 0 || len(f.columns) == 0, nil
	case "dtypes":
		values := make([]script.Value, len(f.columns))
		for k, c := range f.columns {
			values[k] = c.kind
		}
		return f.lib.series(&column{objectType, values}, f.labels, script.None), nil
	case "T":
		return f.transposed(), nil
	case "loc", "at":
		return &locator{frame: f}, nil
	case "iloc", "iat":
		return &locator{frame: f, positions: true}, nil
	}
	if m := f.lib.frameMethods.Bind(f, name); m != nil {
		return m, nil
	}
	if places := f.labels.find(name); len(places) == 1 {
		return f.column(places[0]), nil
	}
	if name == "plot" || name == "hist" || name == "boxplot" {
		return nil, script.Raise("NotImplementedError", "DataFrame.%s is not supported", name).WithHint("use plot(df.index, df['column']) of pylab")
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (f *DataFrame) AttrNames() []string {
	names := append([]string{"columns", "index", "values", "shape", "size", "ndim", "empty", "dtypes", "T", "loc", "iloc", "at", "iat"}, f.lib.frameMethods.Names()...)
	for _, v := range f.labels.values {
		if t, ok := v.(string); ok {
			names = append(names, t)
		}
	}
	return names
}

// SetAttr implements df.a = values for a column that exists, df.columns = labels and df.index = labels.
func (f *DataFrame) SetAttr(name string, value any) error {
	switch name {
	case "columns":
		labels, err := spreadValues(value, len(f.columns))
		if err != nil {
			return script.Raise("ValueError", "Length mismatch: Expected axis has %d elements, new values have %d elements", len(f.columns), lengthOf(value))
		}
		f.labels = f.lib.index(labels, script.None)
		return nil
	case "index":
		if x, ok := value.(*Index); ok && x.len() == f.index.len() {
			f.index = x
			return nil
		}
		labels, err := spreadValues(value, f.index.len())
		if err != nil {
			return script.Raise("ValueError", "Length mismatch: Expected axis has %d elements, new values have %d elements", f.index.len(), lengthOf(value))
		}
		f.index = f.lib.index(labels, script.None)
		return nil
	}
	if len(f.labels.find(name)) == 0 {
		m := script.Raise("AttributeError", "the table has no column '%s' to assign to; write df['%s'] = ... to add one", name, name)
		return m
	}
	return f.set(name, value)
}

// values returns the numbers as an array, or rows as lists if some are no numbers.
func (f *DataFrame) values() script.Value {
	if f.kind() != objectType {
		if a, err := f.AsArray(); err == nil {
			return numpy.New(a)
		}
	}
	out := &objectArray{shape: []int{f.index.len(), len(f.columns)}}
	for i := range f.index.len() {
		out.values = append(out.values, f.row(i).values...)
	}
	return out
}

func (f *DataFrame) transposed() *DataFrame {
	columns := make([]*column, f.index.len())
	for i := range columns {
		columns[i] = f.row(i).column
	}
	return f.lib.frame(columns, f.index, f.labels)
}

// locator is loc and iloc.
type locator struct {
	frame     *DataFrame
	series    *Series
	positions bool
}

func (l *locator) find(x *Index, key script.Value) (places []int, single bool, err error) {
	if l.positions {
		if mask, ok, err := maskOf(key, x.len()); ok || err != nil {
			return mask, false, err
		}
		return placesOf(key, x.len())
	}
	return x.locate(key)
}

// split takes a pair of keys apart.
func (l *locator) split(key script.Value) (rows, cols script.Value) {
	if pair, ok := key.(*script.Tuple); ok && len(pair.Elts) == 2 && l.frame != nil {
		return pair.Elts[0], pair.Elts[1]
	}
	return key, nil
}

// Index implements loc[rows], loc[rows, columns] and the same of iloc.
func (l *locator) Index(key any) (any, error) {
	if l.series != nil {
		places, single, err := l.find(l.series.index, key)
		if err != nil {
			return nil, err
		}
		if single {
			return l.series.values[places[0]], nil
		}
		return l.series.pick(places), nil
	}
	f := l.frame
	rowKey, colKey := l.split(key)
	rows, one, err := l.find(f.index, rowKey)
	if err != nil {
		return nil, err
	}
	if colKey == nil {
		if one {
			return f.row(rows[0]), nil
		}
		return f.pick(rows), nil
	}
	cols, single, err := l.find(f.labels, colKey)
	if err != nil {
		return nil, err
	}
	switch {
	case one && single:
		return f.columns[cols[0]].values[rows[0]], nil
	case one:
		return f.take(cols).row(rows[0]), nil
	case single:
		return f.column(cols[0]).pick(rows), nil
	}
	return f.pick(rows).take(cols), nil
}

// SetIndex implements loc[rows, columns] = value; new labels add a row or a column.
func (l *locator) SetIndex(key, value any) error {
	if l.series != nil {
		if !l.positions {
			return l.series.SetIndex(key, value)
		}
		places, _, err := l.find(l.series.index, key)
		if err != nil {
			return err
		}
		return l.series.assign(places, value)
	}
	f := l.frame
	rowKey, colKey := l.split(key)
	rows, one, err := l.find(f.index, rowKey)
	if err != nil {
		if l.positions || !isLabel(rowKey) {
			return err
		}
		rows, one = []int{f.index.len()}, true
		f.index = &Index{column: newColumn(append(slices.Clone(f.index.values), rowKey)), name: f.index.name, lib: f.lib}
		for k, c := range f.columns {
			f.columns[k] = newColumn(append(slices.Clone(c.values), script.None))
		}
	}
	cols := whole(len(f.columns))
	if colKey != nil {
		if cols, _, err = l.find(f.labels, colKey); err != nil {
			if l.positions || !isLabel(colKey) {
				return err
			}
			if err := f.set(colKey, script.Value(nan())); err != nil {
				return err
			}
			cols = []int{len(f.columns) - 1}
		}
	}
	if one && len(cols) > 1 {
		values, err := spreadValues(value, len(cols))
		if err != nil {
			return err
		}
		for i, k := range cols {
			if err := f.columns[k].assign(rows, values[i]); err != nil {
				return err
			}
		}
		return nil
	}
	for _, k := range cols {
		if err := f.columns[k].assign(rows, value); err != nil {
			return err
		}
	}
	return nil
}

func isLabel(v script.Value) bool {
	switch v.(type) {
	case string, int64, float64:
		return true
	}
	return false
}
