package pylab

import (
	"math"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// gridValue is a GridSpec.
type gridValue struct {
	state      *State
	figure     *figureValue
	rows, cols int
	options    plot.GridOptions
}

// cellsValue is a part of a grid: gs[0, 1:].
type cellsValue struct {
	grid  *gridValue
	place plot.Place
}

// TypeName is the name that messages use.
func (*gridValue) TypeName() string { return "GridSpec" }

// TypeName is the name that messages use.
func (*cellsValue) TypeName() string { return "SubplotSpec" }

// Repr implements repr(x).
func (g *gridValue) Repr() string {
	return "GridSpec(" + number(float64(g.rows), 0) + ", " + number(float64(g.cols), 0) + ")"
}

// Index implements gs[i], gs[i, j] and slices.
func (g *gridValue) Index(index any) (any, error) {
	items := []script.Value{index}
	if t, ok := index.(*script.Tuple); ok {
		items = t.Elts
	}
	span := func(v script.Value, n int) (first, count int, err error) {
		if slice, ok := v.(*script.Slice); ok {
			start, step, count, err := slice.SliceIndices(n)
			if err == nil && (step != 1 || count == 0) {
				err = script.Raise("IndexError", "GridSpec slice would result in no space allocated for subplot")
			}
			return start, count, err
		}
		i, err := script.AsIndex(v)
		if err != nil {
			return 0, 0, err
		}
		if i < int64(-n) || i >= int64(n) {
			return 0, 0, script.Raise("IndexError", "index %d is out of bounds for axis with size %d", i, n)
		}
		return int((i + int64(n)) % int64(n)), 1, nil
	}
	p := plot.Place{Rows: g.rows, Cols: g.cols, HeightRatios: g.options.HeightRatios, WidthRatios: g.options.WidthRatios, Hspace: g.options.Hspace, Wspace: g.options.Wspace}
	var err error
	switch len(items) {
	case 1:
		first, count, err := span(items[0], g.rows*g.cols)
		if err != nil {
			return nil, err
		}
		last := first + count - 1
		p.Row, p.Col = first/g.cols, min(first%g.cols, last%g.cols)
		p.RowSpan, p.ColSpan = last/g.cols-p.Row+1, max(first%g.cols, last%g.cols)-p.Col+1
		return &cellsValue{g, p}, nil
	case 2:
		if p.Row, p.RowSpan, err = span(items[0], g.rows); err != nil {
			return nil, err
		}
		if p.Col, p.ColSpan, err = span(items[1], g.cols); err != nil {
			return nil, err
		}
		return &cellsValue{g, p}, nil
	}
	return nil, script.Raise("ValueError", "Unrecognized subplot spec")
}

// Attr implements methods.
func (g *gridValue) Attr(name string) (any, error) {
	if m := g.state.gridMethods.Bind(g, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (g *gridValue) AttrNames() []string { return g.state.gridMethods.Names() }

func (s *State) gridEntries() []script.Entry {
	self := func(c *script.Call) *gridValue { return c.Self.(*gridValue) }
	return []script.Entry{
		{Signature: "subplots(*, sharex=False, sharey=False, squeeze=True)", TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			g := self(c)
			f := g.figure
			if f == nil {
				f = s.gcf()
			}
			options := g.options
			var err error
			if options.ShareX, err = sharingOf(c.Arg("sharex"), "sharex"); err != nil {
				return nil, err
			}
			if options.ShareY, err = sharingOf(c.Arg("sharey"), "sharey"); err != nil {
				return nil, err
			}
			return f.grid(g.rows, g.cols, options, c)
		}},
		{Signature: "update(**kwargs)", Keywords: []string{"left", "right", "bottom", "top", "hspace", "wspace"}, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			g := self(c)
			f := g.figure
			if f == nil {
				f = s.gcf()
			}
			return script.None, f.adjust(c, g)
		}},
	}
}

// gridOptions reads height_ratios, width_ratios, hspace and wspace.
func gridOptions(p *properties) (plot.GridOptions, error) {
	var o plot.GridOptions
	for name, field := range map[string]*[]float64{"height_ratios": &o.HeightRatios, "width_ratios": &o.WidthRatios} {
		v, ok := p.take(name)
		if !ok || script.IsNone(v) {
			continue
		}
		s, err := flat(v)
		if err != nil {
			return o, err
		}
		*field = s.values
	}
	for name, field := range map[string]**float64{"hspace": &o.Hspace, "wspace": &o.Wspace} {
		x, ok, err := p.number(name)
		if err != nil {
			return o, err
		}
		if ok {
			*field = &x
		}
	}
	return o, nil
}

var gridKeywords = []string{"height_ratios", "width_ratios", "hspace", "wspace", "left", "right", "bottom", "top"}

// gridExtent reads a number of rows or columns of axes.
func gridExtent(what string, v script.Value) (int, error) {
	n, err := script.AsIndex(v)
	if err != nil || n < 1 {
		return 0, script.Raise("ValueError", "Number of %s must be a positive integer, not %s", what, script.Repr(v))
	}
	if n > 1000 {
		return 0, script.Raise("ValueError", "Synfire draws at most 1000 %s of axes, not %d", what, n)
	}
	return int(n), nil
}

func (s *State) newGrid(f *figureValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	rows, err := gridExtent("rows", c.Arg("nrows"))
	if err != nil {
		return nil, err
	}
	cols, err := gridExtent("columns", c.Arg("ncols"))
	if err != nil {
		return nil, err
	}
	if v, ok := p.take("figure"); ok {
		f, _ = v.(*figureValue)
	}
	g := &gridValue{state: s, figure: f, rows: rows, cols: cols}
	if g.options, err = gridOptions(p); err != nil {
		return nil, err
	}
	if n := len(g.options.HeightRatios); n != 0 && n != g.rows {
		return nil, script.Raise("ValueError", "Expected the given number of height ratios to match the number of rows of the grid")
	}
	if n := len(g.options.WidthRatios); n != 0 && n != g.cols {
		return nil, script.Raise("ValueError", "Expected the given number of width ratios to match the number of columns of the grid")
	}
	edges := map[string]script.Value{}
	for _, name := range []string{"left", "right", "bottom", "top"} {
		if v, ok := p.take(name); ok {
			edges[name] = v
		}
	}
	if len(edges) > 0 {
		if f == nil {
			f = s.gcf()
		}
		q := &properties{function: c.Name, values: edges}
		if err := f.setMargins(q); err != nil {
			return nil, err
		}
	}
	return g, p.left()
}

// setMargins reads left, right, bottom and top as fractions of the page, hspace and wspace as fractions of axes.
func (f *figureValue) setMargins(p *properties) error {
	m := &f.fig.Margins
	for name, field := range map[string]*float64{"left": &m.Left, "right": &m.Right, "bottom": &m.Bottom, "top": &m.Top, "hspace": &m.Hspace, "wspace": &m.Wspace} {
		x, ok, err := p.number(name)
		if err != nil {
			return err
		}
		if ok {
			if math.IsNaN(x) || math.Abs(x) > 1000 {
				return script.Raise("ValueError", "%s cannot be %s", name, script.Repr(x))
			}
			*field = x
			if name == "hspace" || name == "wspace" {
				m.Fixed = true
			}
		}
	}
	if m.Left >= m.Right {
		return script.Raise("ValueError", "left cannot be >= right")
	}
	if m.Bottom >= m.Top {
		return script.Raise("ValueError", "bottom cannot be >= top")
	}
	return nil
}

// adjust is subplots_adjust() and, for the gaps of one grid, GridSpec.update().
func (f *figureValue) adjust(c *script.Call, g *gridValue) error {
	p, err := propertiesOf(c)
	if err != nil {
		return err
	}
	if g != nil {
		options, err := gridOptions(p.copy())
		if err != nil {
			return err
		}
		if options.Hspace != nil {
			g.options.Hspace = options.Hspace
		}
		if options.Wspace != nil {
			g.options.Wspace = options.Wspace
		}
	}
	f.fig.TightLayout = false
	return f.setMargins(p)
}

func sharingOf(v script.Value, name string) (plot.Sharing, error) {
	switch v := v.(type) {
	case nil, script.NoneType, *script.Unknown:
		return plot.ShareNone, nil
	case bool, int64:
		if on, _ := script.Truth(v); on {
			return plot.ShareAll, nil
		}
		return plot.ShareNone, nil
	case string:
		switch v {
		case "all", "row", "col":
			return plot.Sharing(v), nil
		case "none":
			return plot.ShareNone, nil
		}
	}
	return "", script.Raise("ValueError", "%s is not a valid value for %s; supported values are True, False, 'all', 'row', 'col', 'none'", script.Repr(v), name)
}

// grid fills a figure with axes and returns them as subplots() does.
func (f *figureValue) grid(rows, cols int, options plot.GridOptions, c *script.Call) (script.Value, error) {
	if rows > 1000 || cols > 1000 || rows*cols > 10000 {
		return nil, script.Raise("ValueError", "%d x %d axes are too many for a figure", rows, cols)
	}
	f.fig.Style = f.state.style
	all, err := f.fig.Subplots(rows, cols, options)
	if err != nil {
		return nil, script.Raise("ValueError", "%v", err)
	}
	values := make([]script.Value, len(all))
	for i, a := range all {
		values[i] = f.wrap(a)
	}
	squeeze, err := c.Bool("squeeze")
	if err != nil {
		return nil, err
	}
	x := &ObjectArray{values, []int{rows, cols}, f.state.objectMethods}
	switch {
	case !squeeze:
	case len(values) == 1:
		return values[0], nil
	case rows == 1 || cols == 1:
		x.shape = []int{len(values)}
	}
	return x, nil
}
