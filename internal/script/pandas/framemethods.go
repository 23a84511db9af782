package pandas

import (
	"slices"
	"strings"

	"synfire/internal/script"
	"synfire/internal/syntax"
)

// indexed makes columns the labels of the rows.
func (f *DataFrame) indexed(places []int, drop bool) *DataFrame {
	k := places[0]
	index := &Index{column: f.columns[k], name: f.labels.values[k], lib: f.lib}
	out := f.lib.frame(f.columns, f.labels, index)
	if !drop {
		return out
	}
	var rest []int
	for i := range f.columns {
		if i != k {
			rest = append(rest, i)
		}
	}
	return out.take(rest)
}

// each applies a function to every column.
func (f *DataFrame) each(change func(*column) (*column, error)) (script.Value, error) {
	columns := make([]*column, len(f.columns))
	for k, c := range f.columns {
		var err error
		if columns[k], err = change(c); err != nil {
			return nil, err
		}
	}
	return f.lib.frame(columns, f.labels, f.index), nil
}

// numericOnly drops columns of other types.
func (f *DataFrame) numericOnly() *DataFrame {
	var places []int
	for k, c := range f.columns {
		if c.numeric() {
			places = append(places, k)
		}
	}
	return f.take(places)
}

// reduced is df.mean() and the like: one value for each column, or for each row.
func (f *DataFrame) reduced(c *script.Call, name string, ddof float64) (script.Value, error) {
	axis := c.Arg("axis")
	wide := axis == script.Value(int64(1)) || axis == script.Value("columns")
	source := f
	if name != "nunique" {
		if c.Arg("numeric_only") == script.Value(true) {
			source = f.numericOnly()
		} else if name != "count" && name != "sum" && name != "min" && name != "max" && name != "any" && name != "all" {
			if kept := f.numericOnly(); len(kept.columns) < len(f.columns) {
				// pandas 1.5 leaves other columns out and warns that it will not do so in future.
				source = kept
				f.lib.warn(c, "FutureWarning", "The default value of numeric_only in DataFrame.%s is deprecated. In a future version, it will default to False.", name)
			}
		}
	}
	var values, labels []script.Value
	if wide {
		for i := range source.index.len() {
			v, err := reduce(name, source.row(i).column, ddof)
			if err != nil {
				return nil, err
			}
			values = append(values, v)
		}
		return f.lib.series(newColumn(values), source.index, script.None), nil
	}
	for k, column := range source.columns {
		v, err := reduce(name, column, ddof)
		if err != nil {
			return nil, err
		}
		values, labels = append(values, v), append(labels, source.labels.values[k])
	}
	return f.lib.series(newColumn(values), f.lib.index(labels, script.None), script.None), nil
}

func frameEntries() []script.Entry {
	self := func(c *script.Call) *DataFrame { return c.Self.(*DataFrame) }
	entries := reductionEntries(func(c *script.Call, name string, ddof float64) (script.Value, error) {
		return self(c).reduced(c, name, ddof)
	})
	entries = slices.DeleteFunc(entries, func(e script.Entry) bool {
		return strings.HasPrefix(e.Signature, "first(") || strings.HasPrefix(e.Signature, "last(") || strings.HasPrefix(e.Signature, "size(")
	})
	add := func(signature string, f func(f *DataFrame, c *script.Call) (script.Value, error)) {
		entries = append(entries, script.Entry{Signature: signature, Func: func(c *script.Call) (script.Value, error) { return f(self(c), c) }})
	}
	add("head(n=5)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		n, err := c.Int("n")
		return f.pick(headPlaces(f.index.len(), int(n))), err
	})
	add("tail(n=5)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		n, err := c.Int("n")
		return f.pick(tailPlaces(f.index.len(), int(n))), err
	})
	add("copy(deep=True)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		return f.each(func(c *column) (*column, error) { return c.clone(), nil })
	})
	add("describe()", describe)
	add("info()", info)
	add("to_string(index=True)", func(f *DataFrame, c *script.Call) (script.Value, error) { return f.text(), nil })
	add("to_html()", func(f *DataFrame, c *script.Call) (script.Value, error) {
		html := strings.TrimPrefix(strings.TrimSuffix(f.html(), "\n</div>"), "<div>\n")
		return html, nil
	})
	add("to_numpy()", func(f *DataFrame, c *script.Call) (script.Value, error) { return f.values(), nil })
	add("to_csv(path_or_buf=None, sep=',', index=True, header=True, float_format=None, na_rep='')", func(f *DataFrame, c *script.Call) (script.Value, error) { return f.writeCSV(c) })
	add("to_dict(orient='dict')", toDict)
	add("keys()", func(f *DataFrame, c *script.Call) (script.Value, error) { return f.labels, nil })
	add("get(key, default=None)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		v, err := f.Index(c.Arg("key"))
		if err != nil {
			return c.Arg("default"), nil
		}
		return v, nil
	})
	add("iterrows()", func(f *DataFrame, c *script.Call) (script.Value, error) {
		list := &script.List{}
		for i, label := range f.index.values {
			list.Elts = append(list.Elts, script.NewTuple(label, f.row(i)))
		}
		return list, nil
	})
	items := func(f *DataFrame, c *script.Call) (script.Value, error) {
		list := &script.List{}
		for k, label := range f.labels.values {
			list.Elts = append(list.Elts, script.NewTuple(label, f.column(k)))
		}
		return list, nil
	}
	add("items()", items)
	add("iteritems()", items)
	add("itertuples(index=True, name='Pandas')", iterTuples)
	add("sort_values(by, axis=0, ascending=True, ignore_index=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		by := []script.Value{c.Arg("by")}
		if list, ok := by[0].(*script.List); ok {
			by = list.Elts
		}
		places := whole(f.index.len())
		for i, label := range slices.Backward(by) {
			k := f.labels.find(label)
			if len(k) == 0 {
				return nil, f.labels.missingLabel(label)
			}
			up := c.Arg("ascending")
			if list, ok := up.(*script.List); ok && i < len(list.Elts) {
				up = list.Elts[i]
			}
			ascending, err := script.Truth(up)
			if err != nil {
				return nil, err
			}
			values := f.columns[k[0]].pick(places).values
			sorted := order(values, ascending)
			next := make([]int, len(places))
			for i, j := range sorted {
				next[i] = places[j]
			}
			places = next
		}
		out := f.pick(places)
		if c.Arg("ignore_index") == script.Value(true) {
			out.index = f.lib.counting(out.index.len())
		}
		return out, nil
	})
	add("sort_index(axis=0, ascending=True)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		up, err := c.Bool("ascending")
		if c.Arg("axis") == script.Value(int64(1)) {
			return f.take(order(f.labels.values, up)), err
		}
		return f.pick(order(f.index.values, up)), err
	})
	add("set_index(keys, drop=True, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		drop, err := c.Bool("drop")
		if err != nil {
			return nil, err
		}
		key := c.Arg("keys")
		if list, ok := key.(*script.List); ok && len(list.Elts) == 1 {
			key = list.Elts[0]
		}
		if _, several := key.(*script.List); several {
			return nil, script.Raise("NotImplementedError", "an index of several levels is not supported")
		}
		places := f.labels.find(key)
		if len(places) == 0 {
			m := script.Raise("KeyError", "\"None of [%s] are in the columns\"", script.Repr(key))
			m.Hint = f.labels.hint(key)
			return nil, m
		}
		return f.settle(c, f.indexed(places, drop))
	})
	add("reset_index(drop=False, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		drop, err := c.Bool("drop")
		if err != nil {
			return nil, err
		}
		out := f.lib.frame(slices.Clone(f.columns), f.labels, f.lib.counting(f.index.len()))
		if !drop {
			name := f.index.name
			if script.IsNone(name) {
				name = "index"
			}
			out.columns = append([]*column{f.index.column}, out.columns...)
			out.labels = f.lib.index(append([]script.Value{name}, f.labels.values...), f.labels.name)
		}
		return f.settle(c, out)
	})
	add("drop(labels=None, axis=0, index=None, columns=None, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		rows, cols := c.Arg("index"), c.Arg("columns")
		if v := c.Arg("labels"); !script.IsNone(v) {
			if axis := c.Arg("axis"); axis == script.Value(int64(1)) || axis == script.Value("columns") {
				cols = v
			} else {
				rows = v
			}
		}
		out := f
		if !script.IsNone(rows) {
			places, err := out.index.without(rows)
			if err != nil {
				return nil, err
			}
			out = out.pick(places)
		}
		if !script.IsNone(cols) {
			places, err := out.labels.without(cols)
			if err != nil {
				return nil, err
			}
			out = out.take(places)
		}
		return f.settle(c, out)
	})
	add("rename(mapper=None, index=None, columns=None, axis=0, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		rows, cols := c.Arg("index"), c.Arg("columns")
		if v := c.Arg("mapper"); !script.IsNone(v) {
			if axis := c.Arg("axis"); axis == script.Value(int64(1)) || axis == script.Value("columns") {
				cols = v
			} else {
				rows = v
			}
		}
		out := f.lib.frame(f.columns, f.labels, f.index)
		var err error
		if out.index, err = f.index.renamed(c, rows); err != nil {
			return nil, err
		}
		if out.labels, err = f.labels.renamed(c, cols); err != nil {
			return nil, err
		}
		return f.settle(c, out)
	})
	add("dropna(axis=0, how='any', subset=None, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		source := f
		if v := c.Arg("subset"); !script.IsNone(v) {
			places, _, err := f.labels.locate(v)
			if err != nil {
				return nil, err
			}
			source = f.take(places)
		}
		every := c.Arg("how") == script.Value("all")
		dropped := func(values []script.Value) bool {
			if every {
				return !slices.ContainsFunc(values, func(v script.Value) bool { return !missing(v) })
			}
			return slices.ContainsFunc(values, missing)
		}
		var places []int
		if c.Arg("axis") == script.Value(int64(1)) {
			for k, column := range source.columns {
				if !dropped(column.values) {
					places = append(places, k)
				}
			}
			return f.settle(c, f.take(places))
		}
		for i := range source.index.len() {
			if !dropped(source.row(i).values) {
				places = append(places, i)
			}
		}
		return f.settle(c, f.pick(places))
	})
	add("fillna(value, inplace=False)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		columns := make([]*column, len(f.columns))
		for k, column := range f.columns {
			value := c.Arg("value")
			if d, ok := value.(*script.Dict); ok {
				v, has, err := d.Get(f.labels.values[k])
				if err != nil {
					return nil, err
				}
				if !has {
					columns[k] = column
					continue
				}
				value = v
			}
			columns[k] = filled(column, value)
		}
		return f.settle(c, f.lib.frame(columns, f.labels, f.index))
	})
	for _, name := range []string{"isna", "isnull", "notna", "notnull"} {
		add(name+"()", func(f *DataFrame, c *script.Call) (script.Value, error) {
			return f.each(func(c *column) (*column, error) { return absent(c, name[0] == 'n'), nil })
		})
	}
	add("astype(dtype)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		columns := slices.Clone(f.columns)
		for k, column := range f.columns {
			want := c.Arg("dtype")
			if d, ok := want.(*script.Dict); ok {
				v, has, err := d.Get(f.labels.values[k])
				if err != nil {
					return nil, err
				}
				if !has {
					continue
				}
				want = v
			}
			var err error
			if columns[k], err = converted(column, want); err != nil {
				return nil, err
			}
		}
		return f.lib.frame(columns, f.labels, f.index), nil
	})
	add("round(decimals=0)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		n, err := c.Int("decimals")
		if err != nil {
			return nil, err
		}
		return f.each(func(c *column) (*column, error) { return rounded(c, int(n)), nil })
	})
	add("abs()", func(f *DataFrame, c *script.Call) (script.Value, error) {
		columns := make([]*column, len(f.columns))
		for k := range f.columns {
			v, err := f.column(k).Abs()
			if err != nil {
				return nil, err
			}
			columns[k] = v.(*Series).column
		}
		return f.lib.frame(columns, f.labels, f.index), nil
	})
	add("cumsum()", func(f *DataFrame, c *script.Call) (script.Value, error) {
		return f.each(func(c *column) (*column, error) { return cumulated(c), nil })
	})
	add("assign(**kwargs)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		out := f.lib.frame(slices.Clone(f.columns), f.labels, f.index)
		for _, k := range c.Keywords {
			v := k.Value
			switch v.(type) {
			case *script.Function, *script.Builtin, *script.BoundMethod:
				r, err := c.Interp.Call(v, []script.Value{out}, nil)
				if err != nil {
					return nil, err
				}
				v = r
			}
			if err := out.set(k.Name, v); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
	add("apply(func, axis=0)", apply)
	add("applymap(func)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		return f.each(func(column *column) (*column, error) {
			out := make([]script.Value, column.len())
			for i, v := range column.values {
				r, err := c.Interp.Call(c.Arg("func"), []script.Value{v}, nil)
				if err != nil {
					return nil, err
				}
				out[i] = r
			}
			return newColumn(out), nil
		})
	})
	add("groupby(by, sort=True, as_index=True)", groupBy)
	add("quantile(q=0.5)", func(f *DataFrame, c *script.Call) (script.Value, error) {
		q, err := c.Float("q")
		if err != nil {
			return nil, err
		}
		source := f.numericOnly()
		var values []script.Value
		for _, column := range source.columns {
			numbers, _ := column.floats()
			values = append(values, quantile(numbers, q))
		}
		return f.lib.series(newColumn(values), source.labels, q), nil
	})
	for _, name := range []string{"idxmax", "idxmin"} {
		add(name+"()", func(f *DataFrame, c *script.Call) (script.Value, error) {
			var values []script.Value
			for _, column := range f.columns {
				places := order(column.values, name == "idxmin")
				if len(places) == 0 {
					return nil, script.Raise("ValueError", "attempt to get %s of an empty sequence", name)
				}
				values = append(values, f.index.values[places[0]])
			}
			return f.lib.series(newColumn(values), f.labels, script.None), nil
		})
	}
	for name, op := range map[string]syntax.Op{"add": syntax.Add, "sub": syntax.Sub, "mul": syntax.Mul, "div": syntax.Div} {
		add(name+"(other)", func(f *DataFrame, c *script.Call) (script.Value, error) { return script.Binary(op, f, c.Arg("other")) })
	}
	return entries
}

// settle returns the changed table, or puts it in place of the old one.
func (f *DataFrame) settle(c *script.Call, changed *DataFrame) (script.Value, error) {
	inPlace, err := c.Bool("inplace")
	if err != nil {
		return nil, err
	}
	if !inPlace {
		return changed, nil
	}
	*f = *changed
	return script.None, nil
}

// renamed changes labels by a dict or a function.
func (x *Index) renamed(c *script.Call, v script.Value) (*Index, error) {
	if script.IsNone(v) {
		return x, nil
	}
	labels := slices.Clone(x.values)
	for i, label := range labels {
		if d, ok := v.(*script.Dict); ok {
			to, has, err := d.Get(label)
			if err != nil {
				return nil, err
			}
			if has {
				labels[i] = to
			}
			continue
		}
		to, err := c.Interp.Call(v, []script.Value{label}, nil)
		if err != nil {
			return nil, err
		}
		labels[i] = to
	}
	return x.lib.index(labels, x.name), nil
}
