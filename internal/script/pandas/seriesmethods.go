package pandas

import (
	"math"
	"slices"
	"strings"

	"synfire/internal/script"
	"synfire/internal/syntax"
)

func seriesEntries() []script.Entry {
	self := func(c *script.Call) *Series { return c.Self.(*Series) }
	entries := reductionEntries(func(c *script.Call, name string, ddof float64) (script.Value, error) {
		return reduce(name, self(c).column, ddof)
	})
	entries = slices.DeleteFunc(entries, func(e script.Entry) bool {
		return strings.HasPrefix(e.Signature, "first(") || strings.HasPrefix(e.Signature, "last(") || strings.HasPrefix(e.Signature, "size(")
	})
	add := func(signature string, f func(s *Series, c *script.Call) (script.Value, error)) {
		entries = append(entries, script.Entry{Signature: signature, Func: func(c *script.Call) (script.Value, error) { return f(self(c), c) }})
	}
	with := func(s *Series, c *column) *Series { return s.lib.series(c, s.index, s.name) }
	add("head(n=5)", func(s *Series, c *script.Call) (script.Value, error) {
		n, err := c.Int("n")
		return s.pick(headPlaces(s.len(), int(n))), err
	})
	add("tail(n=5)", func(s *Series, c *script.Call) (script.Value, error) {
		n, err := c.Int("n")
		return s.pick(tailPlaces(s.len(), int(n))), err
	})
	add("describe()", func(s *Series, c *script.Call) (script.Value, error) {
		labels, values, err := description(s.column)
		return s.lib.series(newColumn(values), s.lib.index(labels, script.None), s.name), err
	})
	list := func(s *Series, c *script.Call) (script.Value, error) {
		return script.NewList(slices.Clone(s.values)...), nil
	}
	add("tolist()", list)
	add("to_list()", list)
	add("to_numpy()", func(s *Series, c *script.Call) (script.Value, error) { return s.lib.arrayOf(s.column), nil })
	add("to_dict()", func(s *Series, c *script.Call) (script.Value, error) {
		d := script.NewDict()
		for i, v := range s.values {
			if err := d.Set(s.index.values[i], v); err != nil {
				return nil, err
			}
		}
		return d, nil
	})
	add("to_frame(name=None)", func(s *Series, c *script.Call) (script.Value, error) {
		name := s.name
		if v := c.Arg("name"); !script.IsNone(v) {
			name = v
		}
		if script.IsNone(name) {
			name = int64(0)
		}
		return s.lib.frame([]*column{s.column.clone()}, s.lib.index([]script.Value{name}, script.None), s.index), nil
	})
	add("to_string()", func(s *Series, c *script.Call) (script.Value, error) { return s.text(), nil })
	add("copy(deep=True)", func(s *Series, c *script.Call) (script.Value, error) { return with(s, s.column.clone()), nil })
	add("item()", func(s *Series, c *script.Call) (script.Value, error) {
		if s.len() != 1 {
			return nil, script.Raise("ValueError", "can only convert an array of size 1 to a Python scalar")
		}
		return s.values[0], nil
	})
	add("get(key, default=None)", func(s *Series, c *script.Call) (script.Value, error) {
		v, err := s.byLabel(c.Arg("key"))
		if err != nil {
			return c.Arg("default"), nil
		}
		return v, nil
	})
	items := func(s *Series, c *script.Call) (script.Value, error) {
		list := &script.List{}
		for i, v := range s.values {
			list.Elts = append(list.Elts, script.NewTuple(s.index.values[i], v))
		}
		return list, nil
	}
	add("items()", items)
	add("iteritems()", items)
	add("keys()", func(s *Series, c *script.Call) (script.Value, error) { return s.index, nil })
	add("unique()", func(s *Series, c *script.Call) (script.Value, error) { return s.lib.arrayOf(s.column.unique()), nil })
	add("value_counts(normalize=False, sort=True, ascending=False, dropna=True)", valueCounts)
	add("isin(values)", func(s *Series, c *script.Call) (script.Value, error) {
		column, err := s.isin(c.Arg("values"))
		if err != nil {
			return nil, err
		}
		return with(s, column), nil
	})
	for _, name := range []string{"isna", "isnull", "notna", "notnull"} {
		add(name+"()", func(s *Series, c *script.Call) (script.Value, error) {
			return with(s, absent(s.column, name[0] == 'n')), nil
		})
	}
	add("dropna()", func(s *Series, c *script.Call) (script.Value, error) {
		var places []int
		for i, v := range s.values {
			if !missing(v) {
				places = append(places, i)
			}
		}
		return s.pick(places), nil
	})
	add("fillna(value)", func(s *Series, c *script.Call) (script.Value, error) {
		return with(s, filled(s.column, c.Arg("value"))), nil
	})
	add("astype(dtype)", func(s *Series, c *script.Call) (script.Value, error) {
		column, err := converted(s.column, c.Arg("dtype"))
		if err != nil {
			return nil, err
		}
		return with(s, column), nil
	})
	apply := func(s *Series, c *script.Call) (script.Value, error) {
		out := make([]script.Value, s.len())
		for i, v := range s.values {
			if d, ok := c.Arg("func").(*script.Dict); ok {
				found, has, err := d.Get(v)
				if err != nil {
					return nil, err
				}
				if out[i] = found; !has {
					out[i] = math.NaN()
				}
				continue
			}
			r, err := c.Interp.Call(c.Arg("func"), []script.Value{v}, nil)
			if err != nil {
				return nil, err
			}
			out[i] = r
		}
		return with(s, newColumn(out)), nil
	}
	add("apply(func)", apply)
	add("map(func)", apply)
	add("sort_values(ascending=True)", func(s *Series, c *script.Call) (script.Value, error) {
		up, err := c.Bool("ascending")
		return s.pick(order(s.values, up)), err
	})
	add("sort_index(ascending=True)", func(s *Series, c *script.Call) (script.Value, error) {
		up, err := c.Bool("ascending")
		return s.pick(order(s.index.values, up)), err
	})
	add("reset_index(drop=False, name=None)", func(s *Series, c *script.Call) (script.Value, error) {
		drop, err := c.Bool("drop")
		if err != nil {
			return nil, err
		}
		if drop {
			return s.lib.series(s.column, s.lib.counting(s.len()), s.name), nil
		}
		label, name := s.index.name, s.name
		if script.IsNone(label) {
			label = "index"
		}
		if v := c.Arg("name"); !script.IsNone(v) {
			name = v
		}
		if script.IsNone(name) {
			name = int64(0)
		}
		return s.lib.frame([]*column{s.index.column, s.column}, s.lib.index([]script.Value{label, name}, script.None), s.lib.counting(s.len())), nil
	})
	add("rename(index=None)", func(s *Series, c *script.Call) (script.Value, error) {
		return s.lib.series(s.column, s.index, c.Arg("index")), nil
	})
	add("drop(labels)", func(s *Series, c *script.Call) (script.Value, error) {
		places, err := s.index.without(c.Arg("labels"))
		if err != nil {
			return nil, err
		}
		return s.pick(places), nil
	})
	add("quantile(q=0.5)", func(s *Series, c *script.Call) (script.Value, error) {
		values, ok := s.floats()
		if !ok {
			return nil, notNumeric("quantile", s.column)
		}
		q, err := c.Float("q")
		return quantile(values, q), err
	})
	add("round(decimals=0)", func(s *Series, c *script.Call) (script.Value, error) {
		n, err := c.Int("decimals")
		return with(s, rounded(s.column, int(n))), err
	})
	add("abs()", func(s *Series, c *script.Call) (script.Value, error) { return s.Abs() })
	for _, name := range []string{"idxmax", "idxmin", "argmax", "argmin"} {
		add(name+"()", func(s *Series, c *script.Call) (script.Value, error) {
			places := order(s.values, strings.HasSuffix(name, "min"))
			if len(places) == 0 {
				return nil, script.Raise("ValueError", "attempt to get %s of an empty sequence", name)
			}
			if name[0] == 'a' {
				return int64(places[0]), nil
			}
			return s.index.values[places[0]], nil
		})
	}
	add("cumsum()", func(s *Series, c *script.Call) (script.Value, error) { return with(s, cumulated(s.column)), nil })
	add("diff()", func(s *Series, c *script.Call) (script.Value, error) {
		out := make([]script.Value, s.len())
		for i := range out {
			out[i] = math.NaN()
			if i > 0 {
				v, err := script.Binary(syntax.Sub, s.values[i], s.values[i-1])
				if err != nil {
					return nil, err
				}
				out[i] = v
			}
		}
		return with(s, newColumn(out)), nil
	})
	add("between(left, right)", func(s *Series, c *script.Call) (script.Value, error) {
		out := &column{kind: boolType}
		for _, v := range s.values {
			out.values = append(out.values, !missing(v) && compareValues(v, c.Arg("left")) >= 0 && compareValues(v, c.Arg("right")) <= 0)
		}
		return with(s, out), nil
	})
	for name, op := range map[string]syntax.Op{"add": syntax.Add, "sub": syntax.Sub, "mul": syntax.Mul, "div": syntax.Div, "eq": syntax.Eq, "ne": syntax.NotEq, "lt": syntax.Lt, "gt": syntax.Gt, "le": syntax.LtEq, "ge": syntax.GtEq} {
		add(name+"(other)", func(s *Series, c *script.Call) (script.Value, error) { return script.Binary(op, s, c.Arg("other")) })
	}
	add("to_csv(path_or_buf=None, sep=',', index=True, header=True, float_format=None, na_rep='')", func(s *Series, c *script.Call) (script.Value, error) {
		name := s.name
		if script.IsNone(name) {
			name = int64(0)
		}
		return s.lib.frame([]*column{s.column}, s.lib.index([]script.Value{name}, script.None), s.index).writeCSV(c)
	})
	return entries
}

func headPlaces(n, k int) []int {
	if k < 0 {
		return whole(max(0, n+k))
	}
	return whole(min(n, k))
}

func tailPlaces(n, k int) []int {
	if k < 0 {
		k = max(0, n+k)
	}
	k = min(n, k)
	return shifted(whole(k), n-k)
}

func absent(c *column, negated bool) *column {
	out := &column{kind: boolType}
	for _, v := range c.values {
		out.values = append(out.values, missing(v) != negated)
	}
	return out
}

func filled(c *column, value script.Value) *column {
	out := c.clone()
	changed := false
	for i, v := range out.values {
		if missing(v) {
			out.values[i], changed = value, true
		}
	}
	if !changed {
		return c
	}
	fresh := newColumn(out.values)
	if fresh.kind == intType && c.kind == floatType {
		if asFloat, err := fresh.as(floatType); err == nil {
			return asFloat
		}
	}
	return fresh
}

func converted(c *column, v script.Value) (*column, error) {
	kind, ok := typeOf(v)
	if !ok {
		return nil, script.Raise("TypeError", "data type %s not understood", script.Repr(v))
	}
	if name := script.Str(v); kind == objectType && (name == "str" || strings.Contains(name, "'str'")) {
		out := &column{kind: objectType}
		for _, x := range c.values {
			if missing(x) {
				out.values = append(out.values, "nan")
				continue
			}
			out.values = append(out.values, script.Str(x))
		}
		return out, nil
	}
	return c.as(kind)
}

func rounded(c *column, decimals int) *column {
	if c.kind != floatType {
		return c
	}
	scale := math.Pow(10, float64(decimals))
	out := c.clone()
	for i, v := range out.values {
		x, _ := v.(float64)
		out.values[i] = math.RoundToEven(x*scale) / scale
	}
	return out
}

func cumulated(c *column) *column {
	out := c.clone()
	var total script.Value
	for i, v := range out.values {
		if missing(v) {
			continue
		}
		if total == nil {
			total = v
		} else if sum, err := script.Binary(syntax.Add, total, v); err == nil {
			total = sum
		}
		out.values[i] = total
	}
	return newColumn(out.values)
}

func valueCounts(s *Series, c *script.Call) (script.Value, error) {
	drop, err := c.Bool("dropna")
	if err != nil {
		return nil, err
	}
	share, err := c.Bool("normalize")
	if err != nil {
		return nil, err
	}
	up, err := c.Bool("ascending")
	if err != nil {
		return nil, err
	}
	sorted, err := c.Bool("sort")
	if err != nil {
		return nil, err
	}
	var labels, counts []script.Value
	total := 0
	for _, v := range s.unique().values {
		if missing(v) && drop {
			continue
		}
		n := int64(0)
		for _, u := range s.values {
			if same(u, v) {
				n++
			}
		}
		labels, counts, total = append(labels, v), append(counts, n), total+int(n)
	}
	out := s.lib.series(&column{intType, counts}, s.lib.index(labels, script.None), s.name)
	if sorted {
		out = out.pick(order(counts, up))
	}
	if share {
		fractions := make([]float64, out.len())
		for i, v := range out.values {
			n, _ := v.(int64)
			fractions[i] = float64(n) / float64(total)
		}
		out.column = floats(fractions)
	}
	return out, nil
}

// without returns the places of all labels but some.
func (x *Index) without(v script.Value) ([]int, error) {
	var labels []script.Value
	switch v := v.(type) {
	case *script.List, *script.Tuple, *Index, *Series, *script.Range, *script.Set:
		var err error
		if labels, err = script.Elements(v); err != nil {
			return nil, err
		}
	default:
		labels = []script.Value{v}
	}
	for _, label := range labels {
		if len(x.find(label)) == 0 {
			m := script.Raise("KeyError", "%s not found in axis", script.Repr(script.NewList(label)))
			m.Hint = x.hint(label)
			return nil, m
		}
	}
	var places []int
	for i, u := range x.values {
		if !slices.ContainsFunc(labels, func(l script.Value) bool { return same(l, u) }) {
			places = append(places, i)
		}
	}
	return places, nil
}
