package pandas

import (
	"slices"

	"synfire/internal/script"
)

// groups is df.groupby(column): the rows of each value of a column.
type groups struct {
	frame  *DataFrame
	by     *Index // the different values; its name is that of the column
	places [][]int
	// chosen are the columns that are reduced; single says that one was chosen by its label.
	chosen []int
	single bool
}

func groupBy(f *DataFrame, c *script.Call) (script.Value, error) {
	key := c.Arg("by")
	if list, ok := key.(*script.List); ok {
		if len(list.Elts) != 1 {
			return nil, script.Raise("NotImplementedError", "groupby() with several columns is not supported").WithHint("group by one column")
		}
		key = list.Elts[0]
	}
	var values *column
	var name script.Value
	own := -1
	if s, ok := key.(*Series); ok {
		values, name = s.column, s.name
	} else {
		places := f.labels.find(key)
		switch {
		case len(places) > 0:
			own = places[0]
			values, name = f.columns[own], key
		case !script.IsNone(f.index.name) && same(f.index.name, key):
			values, name = f.index.column, key
		default:
			return nil, f.labels.missingLabel(key)
		}
	}
	if values.len() != f.index.len() {
		return nil, script.Raise("ValueError", "Grouper and axis must be same length")
	}
	unique := values.unique()
	unique.values = slices.DeleteFunc(unique.values, missing)
	if sorted, err := c.Bool("sort"); err != nil {
		return nil, err
	} else if sorted {
		unique = unique.pick(order(unique.values, true))
	}
	g := &groups{frame: f, by: &Index{column: unique, name: name, lib: f.lib}}
	for _, v := range unique.values {
		var places []int
		for i, u := range values.values {
			if same(u, v) {
				places = append(places, i)
			}
		}
		g.places = append(g.places, places)
	}
	for k := range f.columns {
		if k != own {
			g.chosen = append(g.chosen, k)
		}
	}
	return g, nil
}

// TypeName is the name that messages use.
func (*groups) TypeName() string { return "DataFrameGroupBy" }

// Len implements len(x).
func (g *groups) Len() (int, error) { return len(g.places), nil }

// Iterate gives pairs of a value and the rows that have it.
func (g *groups) Iterate() (func() (any, bool, error), error) {
	list := &script.List{}
	for i, v := range g.by.values {
		list.Elts = append(list.Elts, script.NewTuple(v, g.group(i)))
	}
	return script.Iterate(list)
}

func (g *groups) group(i int) script.Value {
	rows := g.frame.pick(g.places[i])
	if g.single {
		return rows.column(g.chosen[0])
	}
	return rows
}

// Index chooses columns: g['a'] or g[['a', 'b']].
func (g *groups) Index(key any) (any, error) {
	places, single, err := g.frame.labels.locate(key)
	if err != nil {
		return nil, err
	}
	return &groups{g.frame, g.by, g.places, places, single}, nil
}

// Attr implements methods and columns whose labels are names.
func (g *groups) Attr(name string) (any, error) {
	switch name {
	case "groups":
		d := script.NewDict()
		for i, v := range g.by.values {
			if err := d.Set(v, g.frame.index.pick(g.places[i])); err != nil {
				return nil, err
			}
		}
		return d, nil
	case "ngroups":
		return int64(len(g.places)), nil
	}
	if m := g.frame.lib.groupMethods.Bind(g, name); m != nil {
		return m, nil
	}
	if len(g.frame.labels.find(name)) == 1 {
		return g.Index(name)
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (g *groups) AttrNames() []string {
	return append([]string{"groups", "ngroups"}, g.frame.lib.groupMethods.Names()...)
}

// reduce computes a statistic of each group and column.
func (g *groups) reduce(c *script.Call, name string, ddof float64) (script.Value, error) {
	lib := g.frame.lib
	if name == "size" {
		values := make([]script.Value, len(g.places))
		for i := range values {
			values[i] = int64(len(g.places[i]))
		}
		return lib.series(&column{intType, values}, g.by, script.None), nil
	}
	chosen := g.chosen
	if !g.single && name != "count" && name != "nunique" && name != "first" && name != "last" && name != "min" && name != "max" {
		chosen = slices.DeleteFunc(slices.Clone(chosen), func(k int) bool { return !g.frame.columns[k].numeric() })
		if len(chosen) < len(g.chosen) && c.Name == name && c.Arg("numeric_only") != script.Value(true) {
			lib.warn(c, "FutureWarning", "The default value of numeric_only in DataFrameGroupBy.%s is deprecated. In a future version, numeric_only will default to False.", name)
		}
	}
	columns := make([]*column, len(chosen))
	for i, k := range chosen {
		values := make([]script.Value, len(g.places))
		for j, places := range g.places {
			v, err := reduce(name, g.frame.columns[k].pick(places), ddof)
			if err != nil {
				return nil, err
			}
			values[j] = v
		}
		columns[i] = newColumn(values)
	}
	if g.single {
		return lib.series(columns[0], g.by, g.frame.labels.values[chosen[0]]), nil
	}
	return lib.frame(columns, g.frame.labels.pick(chosen), g.by), nil
}

func groupEntries() []script.Entry {
	self := func(c *script.Call) *groups { return c.Self.(*groups) }
	entries := reductionEntries(func(c *script.Call, name string, ddof float64) (script.Value, error) {
		return self(c).reduce(c, name, ddof)
	})
	aggregate := func(c *script.Call) (script.Value, error) {
		g, f := self(c), c.Arg("func")
		if name, ok := f.(string); ok {
			if !slices.Contains(statisticNames, name) {
				m := script.Raise("AttributeError", "'%s' is not a valid function for 'DataFrameGroupBy' object", name)
				if near := script.Nearest(name, statisticNames); near != "" {
					m.Hint = "Did you mean '" + near + "'?"
				}
				return nil, m
			}
			return g.reduce(c, name, 1)
		}
		return g.apply(c, f)
	}
	return append(entries,
		script.Entry{Signature: "agg(func)", Func: aggregate}, script.Entry{Signature: "aggregate(func)", Func: aggregate},
		script.Entry{Signature: "apply(func)", Func: func(c *script.Call) (script.Value, error) {
			g := self(c)
			values := make([]script.Value, len(g.places))
			for i := range values {
				v, err := c.Interp.Call(c.Arg("func"), []script.Value{g.group(i)}, nil)
				if err != nil {
					return nil, err
				}
				switch v.(type) {
				case *Series, *DataFrame:
					return nil, script.Raise("NotImplementedError", "the function of groupby().apply() must return one value for each group")
				}
				values[i] = v
			}
			return g.frame.lib.series(newColumn(values), g.by, script.None), nil
		}},
		script.Entry{Signature: "get_group(name)", Func: func(c *script.Call) (script.Value, error) {
			g := self(c)
			places := g.by.find(c.Arg("name"))
			if len(places) == 0 {
				return nil, g.by.missingLabel(c.Arg("name"))
			}
			return g.group(places[0]), nil
		}})
}

// apply reduces each column of each group by a function of the script.
func (g *groups) apply(c *script.Call, f script.Value) (script.Value, error) {
	lib := g.frame.lib
	columns := make([]*column, len(g.chosen))
	for i, k := range g.chosen {
		values := make([]script.Value, len(g.places))
		for j, places := range g.places {
			v, err := c.Interp.Call(f, []script.Value{g.frame.column(k).pick(places)}, nil)
			if err != nil {
				return nil, err
			}
			values[j] = plainValue(v)
		}
		columns[i] = newColumn(values)
	}
	if g.single {
		return lib.series(columns[0], g.by, g.frame.labels.values[g.chosen[0]]), nil
	}
	return lib.frame(columns, g.frame.labels.pick(g.chosen), g.by), nil
}
