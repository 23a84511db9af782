package pandas

import (
	"slices"
	"sort"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// library holds the tables of methods, made once for a session.
type library struct {
	seriesMethods, frameMethods, indexMethods, groupMethods *script.Methods
}

func (l *library) warn(c *script.Call, kind, format string, args ...any) {
	c.Interp.Warn(diag.Errorf(diag.Span{}, kind, format, args...))
}

// Module returns the module pandas.
func Module() *script.Module {
	l := &library{seriesMethods: script.NewMethods(seriesEntries()...), frameMethods: script.NewMethods(frameEntries()...),
		indexMethods: script.NewMethods(indexEntries()...), groupMethods: script.NewMethods(groupEntries()...)}
	frameClass := script.NewClass(script.Entry{Signature: "DataFrame(data=None, index=None, columns=None, dtype=None, copy=None)", Doc: "A table.", Func: l.newFrame},
		func(v script.Value) bool { _, ok := v.(*DataFrame); return ok })
	seriesClass := script.NewClass(script.Entry{Signature: "Series(data=None, index=None, dtype=None, name=None, copy=None)", Doc: "A column with labels.", Func: l.newSeries},
		func(v script.Value) bool { _, ok := v.(*Series); return ok })
	readSignature := "read_csv(filepath_or_buffer, sep=None, delimiter=None, header='infer', names=None, index_col=None, usecols=None, squeeze=None, dtype=None, skiprows=None, nrows=None, " +
		"na_values=None, skipinitialspace=False, skip_blank_lines=True, decimal='.', thousands=None, comment=None, quotechar='\"', delim_whitespace=False)"
	cosmetic := []string{"engine", "encoding", "low_memory", "memory_map", "float_precision", "encoding_errors"}
	constructor := func(name string, class *script.Class) script.Entry {
		return script.Entry{Name: name, Value: class}
	}
	missingOf := func(negated bool) func(c *script.Call) (script.Value, error) {
		return func(c *script.Call) (script.Value, error) {
			switch v := c.Arg("obj").(type) {
			case *Series:
				return l.series(absent(v.column, negated), v.index, v.name), nil
			case *DataFrame:
				return v.each(func(c *column) (*column, error) { return absent(c, negated), nil })
			}
			return missing(c.Arg("obj")) != negated, nil
		}
	}
	return &script.Module{Name: "pandas", Doc: "Tables.", Entries: []script.Entry{
		constructor("DataFrame", frameClass), constructor("Series", seriesClass),
		{Signature: readSignature, Doc: "A table from a file with separators.", Cosmetic: cosmetic, TakesUnknown: true, Func: l.readCSV},
		{Signature: "concat(objs, axis=0, ignore_index=False)", Doc: "Tables or series one below the other, or side by side.", Func: l.concat},
		{Signature: "isna(obj)", Doc: "Whether values are missing.", Func: missingOf(false)},
		{Signature: "isnull(obj)", Doc: "Whether values are missing.", Func: missingOf(false)},
		{Signature: "notna(obj)", Doc: "Whether values are there.", Func: missingOf(true)},
		{Signature: "notnull(obj)", Doc: "Whether values are there.", Func: missingOf(true)},
		{Signature: "unique(values)", Doc: "The different values.", Func: func(c *script.Call) (script.Value, error) {
			values, err := script.Elements(c.Arg("values"))
			if err != nil {
				return nil, err
			}
			return l.arrayOf(newColumn(values).unique()), nil
		}},
		{Signature: "set_option(*args)", Doc: "Accepted and without effect.", Func: func(*script.Call) (script.Value, error) { return script.None, nil }},
		{Name: "NA", Value: nan()}, {Name: "__version__", Value: "1.5.3"},
	}}
}

// newFrame is DataFrame(data, index, columns): of a dict of columns, a list of dicts, rows, or a table of numbers.
func (l *library) newFrame(c *script.Call) (script.Value, error) {
	var index, labels *Index
	for name, to := range map[string]**Index{"index": &index, "columns": &labels} {
		v := c.Arg(name)
		if script.IsNone(v) {
			continue
		}
		if x, ok := v.(*Index); ok {
			*to = x
			continue
		}
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		*to = l.index(elements, script.None)
	}
	f, err := l.frameOf(c.Arg("data"), index, labels)
	if err != nil {
		return nil, err
	}
	if v := c.Arg("dtype"); !script.IsNone(v) {
		return f.each(func(c *column) (*column, error) { return converted(c, v) })
	}
	return f, nil
}

func (l *library) frameOf(data script.Value, index, labels *Index) (*DataFrame, error) {
	switch v := data.(type) {
	case nil, script.NoneType:
		if index == nil {
			index = l.index(nil, script.None)
		}
		if labels == nil {
			labels = l.index(nil, script.None)
		}
		f := l.frame(nil, labels, index)
		for range labels.values {
			values := make([]script.Value, index.len())
			for i := range values {
				values[i] = nan()
			}
			f.columns = append(f.columns, &column{objectType, values})
		}
		return f, nil
	case *DataFrame:
		f := v
		if labels != nil {
			places, _, err := f.labels.locate(labels)
			if err != nil {
				return nil, err
			}
			f = f.take(places)
		}
		if index != nil {
			places, _, err := f.index.locate(index)
			if err != nil {
				return nil, err
			}
			f = f.pick(places)
		}
		return f, nil
	case *Series:
		name := v.name
		if script.IsNone(name) {
			name = int64(0)
		}
		return l.frame([]*column{v.column}, l.index([]script.Value{name}, script.None), v.index), nil
	case *script.Dict:
		return l.frameOfDict(v, index, labels)
	case *script.List, *script.Tuple, *script.Range:
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		return l.frameOfRows(elements, index, labels)
	case numpy.ArrayLike:
		a, err := v.AsArray()
		if err != nil {
			return nil, err
		}
		if a.NDim() == 1 {
			elements, err := script.Elements(numpy.New(a))
			if err != nil {
				return nil, err
			}
			return l.frameOfRows(elements, index, labels)
		}
		if a.NDim() != 2 {
			return nil, script.Raise("ValueError", "Must pass 2-d input. shape=%v", a.Shape())
		}
		var rows []script.Value
		for i := range a.Len() {
			row, err := numpy.New(a).Index(int64(i))
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		return l.frameOfRows(rows, index, labels)
	}
	if _, err := script.Elements(data); err == nil {
		elements, err := script.Elements(data)
		if err != nil {
			return nil, err
		}
		return l.frameOfRows(elements, index, labels)
	}
	return nil, script.Raise("ValueError", "DataFrame constructor not properly called!")
}

func (l *library) frameOfDict(d *script.Dict, index, labels *Index) (*DataFrame, error) {
	n := -1
	if index != nil {
		n = index.len()
	}
	for _, v := range d.All() {
		if s, ok := v.(*Series); ok {
			if index == nil {
				index = s.index
			}
			continue
		}
		k := lengthOf(v)
		switch v.(type) {
		case *script.List, *script.Tuple, *script.Range, *numpy.NDArray:
		default:
			continue
		}
		if index == nil && n >= 0 && k != n {
			return nil, script.Raise("ValueError", "All arrays must be of the same length")
		}
		n = max(n, k)
	}
	if index == nil {
		if n < 0 {
			if d.Len() > 0 {
				return nil, script.Raise("ValueError", "If using all scalar values, you must pass an index")
			}
			n = 0
		}
		index = l.counting(n)
	}
	f := l.frame(nil, l.index(nil, script.None), index)
	keys := d.Keys()
	if labels != nil {
		keys = labels.values
	}
	for _, key := range keys {
		v, has, err := d.Get(key)
		if err != nil {
			return nil, err
		}
		if !has {
			v = nan()
		}
		if inner, ok := v.(*script.Dict); ok {
			v = l.seriesOfDict(inner)
		}
		if list, ok := v.(*script.List); ok && len(list.Elts) != index.len() {
			return nil, script.Raise("ValueError", "Length of values (%d) does not match length of index (%d)", len(list.Elts), index.len())
		}
		if err := f.setNew(key, v); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// setNew adds a column also to a table without rows.
func (f *DataFrame) setNew(label, value script.Value) error {
	if f.index.len() == 0 && lengthOf(value) == 0 {
		f.columns = append(f.columns, &column{kind: objectType})
		f.labels = f.lib.index(append(slices.Clone(f.labels.values), label), script.None)
		return nil
	}
	return f.set(label, value)
}

func (l *library) frameOfRows(rows []script.Value, index, labels *Index) (*DataFrame, error) {
	if index == nil {
		index = l.counting(len(rows))
		if len(rows) > 0 {
			if s, ok := rows[0].(*Series); ok && !script.IsNone(s.name) {
				var names []script.Value
				for _, r := range rows {
					if s, ok := r.(*Series); ok {
						names = append(names, s.name)
					}
				}
				index = l.index(names, script.None)
			}
		}
	}
	if index.len() != len(rows) {
		return nil, script.Raise("ValueError", "Shape of passed values is (%d, ...), indices imply (%d, ...)", len(rows), index.len())
	}
	var keys []script.Value
	named := false
	table := make([][]script.Value, len(rows))
	records := make([]func(script.Value) (script.Value, bool), len(rows))
	width := 0
	for i, r := range rows {
		switch r := r.(type) {
		case *script.Dict:
			named = true
			for _, k := range r.Keys() {
				if !slices.ContainsFunc(keys, func(u script.Value) bool { return same(u, k) }) {
					keys = append(keys, k)
				}
			}
			records[i] = func(k script.Value) (script.Value, bool) {
				v, ok, err := r.Get(k)
				return v, ok && err == nil
			}
		case *Series:
			named = true
			for _, k := range r.index.values {
				if !slices.ContainsFunc(keys, func(u script.Value) bool { return same(u, k) }) {
					keys = append(keys, k)
				}
			}
			records[i] = func(k script.Value) (script.Value, bool) {
				if places := r.index.find(k); len(places) > 0 {
					return r.values[places[0]], true
				}
				return nil, false
			}
		case *script.List, *script.Tuple, *script.Range, *numpy.NDArray, *rowTuple:
			elements, err := script.Elements(r)
			if err != nil {
				return nil, err
			}
			table[i] = elements
			width = max(width, len(elements))
			if t, ok := r.(*rowTuple); ok && len(keys) == 0 {
				for _, name := range t.names {
					keys = append(keys, name)
				}
			}
		default:
			table[i] = []script.Value{r}
			width = max(width, 1)
		}
	}
	if labels == nil {
		if len(keys) > 0 {
			labels = l.index(keys, script.None)
		} else {
			labels = l.counting(width)
		}
	}
	if !named && len(rows) > 0 && labels.len() != width {
		return nil, script.Raise("ValueError", "%d columns passed, passed data had %d columns", labels.len(), width)
	}
	f := l.frame(nil, labels, index)
	for k, label := range labels.values {
		values := make([]script.Value, len(rows))
		for i := range rows {
			values[i] = nan()
			if records[i] != nil {
				if v, ok := records[i](label); ok {
					values[i] = plainValue(v)
				}
			} else if k < len(table[i]) {
				values[i] = plainValue(table[i][k])
			}
		}
		f.columns = append(f.columns, newColumn(values))
	}
	return f, nil
}

func (l *library) seriesOfDict(d *script.Dict) *Series {
	var labels, values []script.Value
	for k, v := range d.All() {
		labels, values = append(labels, k), append(values, v)
	}
	return l.series(newColumn(values), l.index(labels, script.None), script.None)
}

// newSeries is Series(data, index).
func (l *library) newSeries(c *script.Call) (script.Value, error) {
	var index *Index
	if v := c.Arg("index"); !script.IsNone(v) {
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		index = l.index(elements, script.None)
	}
	var s *Series
	switch v := c.Arg("data").(type) {
	case *script.Dict:
		s = l.seriesOfDict(v)
	case *Series:
		s = l.series(v.column.clone(), v.index, v.name)
	case nil, script.NoneType:
		s = l.series(&column{kind: objectType}, l.index(nil, script.None), script.None)
	default:
		n := lengthOf(v)
		switch v.(type) {
		case *script.List, *script.Tuple, *script.Range, *numpy.NDArray, *Index, numpy.ArrayLike:
		case string:
			n = 1
			if index != nil {
				n = index.len()
			}
		default:
			if elements, err := script.Elements(v); err == nil {
				v = script.NewList(elements...)
				n = len(elements)
			} else if n = 1; index != nil {
				n = index.len()
			}
		}
		if x, ok := v.(*Index); ok {
			n = x.len()
		}
		values, err := spreadValues(v, n)
		if err != nil {
			return nil, err
		}
		column := newColumn(values)
		if index == nil {
			index = l.counting(len(values))
		}
		if index.len() != len(values) {
			return nil, script.Raise("ValueError", "Length of values (%d) does not match length of index (%d)", len(values), index.len())
		}
		s = l.series(column, index, script.None)
		index = nil
	}
	if index != nil {
		places := make([]int, index.len())
		for i, v := range index.values {
			places[i] = -1
			if found := s.index.find(v); len(found) > 0 {
				places[i] = found[0]
			}
		}
		s = l.series(s.column.pick(places), index, s.name)
	}
	if v := c.Arg("dtype"); !script.IsNone(v) {
		column, err := converted(s.column, v)
		if err != nil {
			return nil, err
		}
		s.column = column
	}
	if v := c.Arg("name"); !script.IsNone(v) {
		s.name = v
	}
	return s, nil
}

// concat is concat([a, b]).
func (l *library) concat(c *script.Call) (script.Value, error) {
	parts, err := script.Elements(c.Arg("objs"))
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return nil, script.Raise("ValueError", "No objects to concatenate")
	}
	ignore, err := c.Bool("ignore_index")
	if err != nil {
		return nil, err
	}
	if axis := c.Arg("axis"); axis == script.Value(int64(1)) || axis == script.Value("columns") {
		return l.sideBySide(parts)
	}
	var rows, labels []script.Value
	all := true
	for _, p := range parts {
		_, series := p.(*Series)
		all = all && series
	}
	if all {
		name := parts[0].(*Series).name
		for _, p := range parts {
			s := p.(*Series)
			rows, labels = append(rows, s.values...), append(labels, s.index.values...)
			if !same(s.name, name) {
				name = script.None
			}
		}
		index := l.index(labels, script.None)
		if ignore {
			index = l.counting(len(rows))
		}
		return l.series(newColumn(rows), index, name), nil
	}
	var keys []script.Value
	name := script.Value(nil)
	for _, p := range parts {
		f, ok := p.(*DataFrame)
		if !ok {
			return nil, script.Raise("TypeError", "cannot concatenate object of type '%s'; only Series and DataFrame objs are valid", script.TypeName(p))
		}
		for _, k := range f.labels.values {
			if !slices.ContainsFunc(keys, func(u script.Value) bool { return same(u, k) }) {
				keys = append(keys, k)
			}
		}
		labels = append(labels, f.index.values...)
		if name == nil {
			name = f.index.name
		} else if !same(name, f.index.name) {
			name = script.None
		}
	}
	index := l.index(labels, name)
	if ignore {
		index = l.counting(len(labels))
	}
	out := l.frame(nil, l.index(keys, script.None), index)
	for _, k := range keys {
		var values []script.Value
		for _, p := range parts {
			f := p.(*DataFrame)
			if places := f.labels.find(k); len(places) > 0 {
				values = append(values, f.columns[places[0]].values...)
				continue
			}
			for range f.index.len() {
				values = append(values, nan())
			}
		}
		out.columns = append(out.columns, newColumn(values))
	}
	return out, nil
}

func (l *library) sideBySide(parts []script.Value) (script.Value, error) {
	var index *Index
	var columns []*Series
	var labels []script.Value
	for i, p := range parts {
		switch p := p.(type) {
		case *Series:
			name := p.name
			if script.IsNone(name) {
				name = int64(i)
			}
			columns, labels = append(columns, p), append(labels, name)
		case *DataFrame:
			for k := range p.columns {
				columns, labels = append(columns, p.column(k)), append(labels, p.labels.values[k])
			}
		default:
			return nil, script.Raise("TypeError", "cannot concatenate object of type '%s'; only Series and DataFrame objs are valid", script.TypeName(p))
		}
	}
	equal := true
	var union []script.Value
	for _, s := range columns {
		if index == nil {
			index = s.index
		}
		equal = equal && slices.EqualFunc(index.values, s.index.values, same)
		for _, v := range s.index.values {
			if !slices.ContainsFunc(union, func(u script.Value) bool { return same(u, v) }) {
				union = append(union, v)
			}
		}
	}
	if !equal {
		sort.SliceStable(union, func(i, j int) bool { return compareValues(union[i], union[j]) < 0 })
		index = l.index(union, script.None)
	}
	out := l.frame(nil, l.index(labels, script.None), index)
	for _, s := range columns {
		places := make([]int, index.len())
		for i, v := range index.values {
			places[i] = -1
			if found := s.index.find(v); len(found) > 0 {
				places[i] = found[0]
			}
		}
		out.columns = append(out.columns, s.column.pick(places))
	}
	return out, nil
}
