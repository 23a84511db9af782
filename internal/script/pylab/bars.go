package pylab

import (
	"fmt"

	"synfire/internal/array"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// barMethods are what counts: bars and histograms.
func barMethods() []method {
	barKeywords := append([]string{"tick_label", "xerr", "yerr", "ecolor", "capsize", "error_kw", "log"}, areaProperties...)
	return []method{
		{script.Entry{Signature: "bar(x, height, width=0.8, bottom=None, *, align='center', **kwargs)", Doc: "Bars that stand.",
			Keywords: barKeywords, Cosmetic: cosmeticArea}, func(a *axesValue, c *script.Call) (script.Value, error) { return bars(a, c, false) }},
		{script.Entry{Signature: "barh(y, width, height=0.8, left=None, *, align='center', **kwargs)", Doc: "Bars that lie.",
			Keywords: barKeywords, Cosmetic: cosmeticArea}, func(a *axesValue, c *script.Call) (script.Value, error) { return bars(a, c, true) }},
		{script.Entry{Signature: "hist(x, bins=None, range=None, density=False, weights=None, cumulative=False, bottom=None, histtype='bar', align='mid', orientation='vertical', rwidth=None, log=False, color=None, label=None, stacked=False, **kwargs)",
			Doc: "A histogram. Returns the counts, the edges of the bins, and the bars.", Keywords: areaProperties, Cosmetic: append([]string{"normed"}, cosmeticArea...)}, hist},
		{script.Entry{Signature: "stairs(values, edges=None, *, orientation='vertical', baseline=0, fill=False, **kwargs)", Doc: "A histogram that has been counted, as one outline.",
			Keywords: areaProperties, Cosmetic: cosmeticArea}, stairs},
		{script.Entry{Signature: "hist2d(x, y, bins=10, range=None, density=False, weights=None, cmin=None, cmax=None, **kwargs)", Doc: "A histogram of pairs as colours.",
			Keywords: []string{"cmap", "vmin", "vmax", "norm", "alpha", "label", "zorder"}, Cosmetic: cosmeticArea}, hist2d},
	}
}

func bars(a *axesValue, c *script.Call, horizontal bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	names := [4]string{"x", "height", "width", "bottom"}
	if horizontal {
		names = [4]string{"y", "width", "height", "left"}
	}
	item := &plot.Bars{Horizontal: horizontal}
	at, err := a.read(c.Arg(names[0]), horizontal)
	if err != nil {
		return nil, err
	}
	length, err := flat(c.Arg(names[1]))
	if err != nil {
		return nil, err
	}
	thickness, err := flat(c.Arg(names[2]))
	if err != nil {
		return nil, err
	}
	base := series{values: []float64{0}}
	if v := c.Arg(names[3]); !script.IsNone(v) {
		if base, err = flat(v); err != nil {
			return nil, err
		}
	}
	unknown := at.unknown || length.unknown || thickness.unknown || base.unknown
	n := max(len(at.values), len(length.values))
	if unknown {
		n = 0
		at.values, length.values, thickness.values, base.values = nil, nil, nil, nil
	} else {
		for i, s := range []*series{&at, &length, &thickness, &base} {
			values, ok := repeated(s.values, n)
			if !ok {
				return nil, script.Raise("ValueError", "shape mismatch: %s of %s() has %d values, but there are %d bars", names[i], c.Name, len(s.values), n)
			}
			s.values = values
		}
	}
	item.Position, item.Length, item.Thickness, item.Base = at.values, length.values, thickness.values, base.values
	switch align := c.Arg("align"); align {
	case script.Value("center"):
	case script.Value("edge"):
		for i := range item.Position {
			item.Position[i] += item.Thickness[i] / 2
		}
	default:
		return nil, script.Raise("ValueError", "%s is not a valid value for align; supported values are 'center', 'edge'", script.Repr(align))
	}
	if err := barColors(a, p, item, n, unknown); err != nil {
		return nil, err
	}
	errors, ok := p.take("yerr")
	if horizontal {
		errors, ok = p.take("xerr")
	}
	if ok {
		lower, _, err := errorsOf(errors, "yerr", n, unknown)
		if err != nil {
			return nil, err
		}
		item.Errors = lower
	}
	item.CapSize = a.axes.Style.ErrorBarCapSize
	if size, ok, err := p.number("capsize"); err != nil {
		return nil, err
	} else if ok {
		item.CapSize = size
	}
	if v, ok := p.take("error_kw"); ok {
		more := &properties{function: c.Name, values: map[string]script.Value{}}
		if err := more.addAll(v, []string{"capsize", "ecolor", "elinewidth", "capthick", "lw", "color"}); err != nil {
			return nil, err
		}
		if size, ok, _ := more.number("capsize"); ok {
			item.CapSize = size
		}
	}
	p.take("ecolor")
	if log, ok, err := p.truth("log"); err != nil {
		return nil, err
	} else if ok && log {
		a.sharing(!horizontal, func(axis *plot.Axis) { axis.Scale = plot.Log })
	}
	if v, ok := p.take("tick_label"); ok && !script.IsNone(v) {
		labels, err := textsOf(v)
		if err != nil {
			return nil, err
		}
		ticks := append([]float64{}, item.Position...)
		a.sharing(horizontal, func(axis *plot.Axis) { axis.SetTicks(ticks, labels) })
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	return a.barContainer(item, n), nil
}

func (a *axesValue) barContainer(item *plot.Bars, n int) *container {
	v := a.add("matplotlib.patches.Rectangle", item, &item.Common)
	parts := make([]script.Value, n)
	for i := range parts {
		parts[i] = v
	}
	return &container{text: fmt.Sprintf("<BarContainer object of %d artists>", n), parts: parts}
}

func barColors(a *axesValue, p *properties, item *plot.Bars, n int, unknown bool) error {
	face, ok := p.take("facecolor")
	if color, given := p.take("color"); given && (!ok || script.IsNone(face)) {
		face, ok = color, true
	}
	if ok && !script.IsNone(face) {
		colors, err := colorsOf(face, a.cycle())
		if err != nil {
			return err
		}
		if len(colors) == 0 {
			return script.Raise("ValueError", "there is no color in %s", script.Repr(face))
		}
		if len(colors) != 1 && len(colors) != n && !unknown {
			k := len(colors)
			for i := k; i < n; i++ { // the colours come round again
				colors = append(colors, colors[i%k])
			}
			colors = colors[:n]
		}
		item.Colors = colors
	} else {
		item.Colors = []plot.Color{a.nextPatch()}
	}
	if edge, ok := p.take("edgecolor"); ok && !script.IsNone(edge) {
		colors, err := colorsOf(edge, a.cycle())
		if err != nil {
			return err
		}
		if len(colors) > 0 {
			item.Edge = colors[0]
		}
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return err
	}
	item.Hatch = shape.hatch
	if shape.hasWidth {
		item.EdgeWidth = shape.width
		if shape.width == 0 {
			item.Edge = plot.Color{}
		}
	}
	if shape.hollow {
		if item.Edge.None() {
			item.Edge = plot.RGB(0, 0, 0)
		}
		item.Colors = []plot.Color{{}}
	}
	return nil
}

// textsOf reads a sequence of texts; what is no text is shown as str() shows it.
func textsOf(v script.Value) ([]string, error) {
	if _, unknown := v.(*script.Unknown); unknown {
		return []string{}, nil
	}
	elements, err := script.Elements(v)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(elements))
	for i, e := range elements {
		if t, ok := e.(*textValue); ok {
			texts[i] = t.content()
			continue
		}
		texts[i] = script.Str(e)
	}
	return texts, nil
}

// histogram is what hist has read.
type histogram struct {
	rows       []plot.Values
	weights    []plot.Values
	edges      []float64
	density    bool
	cumulative float64 // 1, -1 or 0
	unknown    bool
}

func readHistogram(a *axesValue, c *script.Call) (h histogram, err error) {
	x := c.Arg("x")
	_, h.unknown = x.(*script.Unknown)
	if h.rows, err = rowsOf(x); err != nil {
		return h, err
	}
	if s, err := numbersOf(x); err == nil && len(s.shape) == 2 { // the columns of an array are data sets
		h.rows = nil
		for k := range s.columns() {
			h.rows = append(h.rows, s.column(k))
		}
	}
	if list, ok := x.(*script.List); ok && len(list.Elts) > 0 {
		if rows, err := rowsOf(list); err == nil {
			h.rows = rows // the elements of a list are
		}
	}
	var all []float64
	for _, row := range h.rows {
		for _, v := range row {
			if v == v {
				all = append(all, v)
			}
		}
	}
	var limits *[2]float64
	if v := c.Arg("range"); !script.IsNone(v) {
		s, err := flat(v)
		if err != nil {
			return h, err
		}
		if len(s.values) == 2 {
			limits = &[2]float64{s.values[0], s.values[1]}
		} else if !s.unknown {
			return h, script.Raise("ValueError", "range must be a pair of numbers")
		}
	}
	if h.edges, err = binEdges(c.Arg("bins"), all, limits, a.axes.Style.HistBins); err != nil {
		return h, err
	}
	if v := c.Arg("weights"); !script.IsNone(v) {
		if h.weights, err = rowsOf(v); err != nil {
			return h, err
		}
		if !h.unknown && (len(h.weights) != len(h.rows) || len(h.rows) > 0 && len(h.weights[0]) != len(h.rows[0])) {
			return h, script.Raise("ValueError", "weights should have the same shape as x")
		}
	}
	if !script.IsNone(c.Arg("density")) {
		if h.density, err = c.Bool("density"); err != nil {
			return h, err
		}
	}
	switch v := c.Arg("cumulative").(type) {
	case int64, float64:
		h.cumulative, _ = script.AsFloat(v)
	default:
		on, err := script.Truth(v)
		if err != nil {
			return h, err
		}
		if on {
			h.cumulative = 1
		}
	}
	return h, nil
}

func binEdges(v script.Value, values []float64, limits *[2]float64, fallback int) ([]float64, error) {
	switch v := v.(type) {
	case nil, script.NoneType, *script.Unknown:
		return array.BinEdges(values, fallback, limits)
	case string:
		n, err := array.AutoBins(values, v)
		if err != nil {
			return nil, err
		}
		return array.BinEdges(values, n, limits)
	}
	s, err := numbersOf(v)
	if err != nil {
		return nil, err
	}
	if s.unknown {
		return array.BinEdges(values, fallback, limits)
	}
	if s.shape == nil {
		if s.values[0] != float64(int(s.values[0])) {
			return nil, script.Raise("TypeError", "`bins` must be an integer, a string, or an array")
		}
		return array.BinEdges(values, int(s.values[0]), limits)
	}
	for i := 1; i < len(s.values); i++ {
		if s.values[i] < s.values[i-1] {
			return nil, script.Raise("ValueError", "`bins` must increase monotonically, when an array")
		}
	}
	return s.values, nil
}

// counts returns the heights of each data set.
func (h histogram) counts() ([][]float64, error) {
	var all [][]float64
	for k, row := range h.rows {
		var weights *array.Array
		if h.weights != nil {
			weights = array.FromFloats(h.weights[k], units.Dimension{})
		}
		counts, err := array.Histogram(array.FromFloats(row, units.Dimension{}), weights, h.edges)
		if err != nil {
			return nil, err
		}
		total := 0.0
		for _, n := range counts {
			total += n
		}
		for i := range counts {
			if h.density && h.cumulative == 0 {
				counts[i] = counts[i] / (h.edges[i+1] - h.edges[i]) / total
			} else if h.density {
				counts[i] /= total
			}
		}
		switch {
		case h.cumulative > 0:
			for i := 1; i < len(counts); i++ {
				counts[i] += counts[i-1]
			}
		case h.cumulative < 0:
			for i := len(counts) - 2; i >= 0; i-- {
				counts[i] += counts[i+1]
			}
		}
		all = append(all, counts)
	}
	return all, nil
}

func hist(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	h, err := readHistogram(a, c)
	if err != nil {
		return nil, err
	}
	counts, err := h.counts()
	if err != nil {
		return nil, err
	}
	kind, _ := c.Arg("histtype").(string)
	switch kind {
	case "bar", "barstacked", "step", "stepfilled":
	default:
		return nil, script.Raise("ValueError", "%s is not a valid value for histtype; supported values are 'bar', 'barstacked', 'step', 'stepfilled'", script.Repr(c.Arg("histtype")))
	}
	stacked, err := c.Bool("stacked")
	if err != nil {
		return nil, err
	}
	stacked = stacked || kind == "barstacked"
	horizontal := c.Arg("orientation") == script.Value("horizontal")
	if log, err := c.Bool("log"); err != nil {
		return nil, err
	} else if log {
		a.sharing(!horizontal, func(axis *plot.Axis) { axis.Scale = plot.Log })
	}
	base := make([]float64, len(h.edges)-1)
	if v := c.Arg("bottom"); !script.IsNone(v) {
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		values, ok := repeated(s.values, len(base))
		if !ok && !s.unknown {
			return nil, script.Raise("ValueError", "bottom has %d values, but there are %d bins", len(s.values), len(base))
		}
		copy(base, values)
	}
	var colors []plot.Color
	if v := c.Arg("color"); !script.IsNone(v) {
		if colors, err = colorsOf(v, a.cycle()); err != nil {
			return nil, err
		}
		if len(colors) != len(counts) && len(colors) != 1 {
			return nil, script.Raise("ValueError", "The 'color' keyword argument must have one color per dataset, but %d datasets and %d colors were provided", len(counts), len(colors))
		}
	}
	if len(colors) == 1 {
		for len(colors) < len(counts) {
			colors = append(colors, colors[0])
		}
	}
	var labels []string
	switch v := c.Arg("label").(type) {
	case nil, script.NoneType:
	case *script.List, *script.Tuple:
		if labels, err = textsOf(v); err != nil {
			return nil, err
		}
	default:
		labels = []string{script.Str(v)}
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return nil, err
	}
	rwidth := 1.0
	if len(counts) > 1 && !stacked {
		rwidth = 0.8
	}
	if v := c.Arg("rwidth"); !script.IsNone(v) {
		if rwidth, err = c.Float("rwidth"); err != nil {
			return nil, err
		}
	}
	shift := 0.0
	switch c.Arg("align") {
	case script.Value("mid"):
	case script.Value("left"):
		shift = -0.5
	case script.Value("right"):
		shift = 0.5
	default:
		return nil, script.Raise("ValueError", "%s is not a valid value for align; supported values are 'left', 'mid', 'right'", script.Repr(c.Arg("align")))
	}
	var containers []script.Value
	returned := make([][]float64, len(counts))
	for k, heights := range counts {
		var color plot.Color
		if k < len(colors) {
			color = colors[k]
		} else {
			color = a.nextPatch()
		}
		if shape.hasFace {
			color = shape.face
		}
		common := plot.Common{}
		if k < len(labels) {
			common.Label = labels[k]
		}
		properties := p.copy()
		if err := properties.common(&common); err != nil {
			return nil, err
		}
		if err := properties.left(); err != nil {
			return nil, err
		}
		returned[k] = append([]float64{}, heights...)
		if stacked {
			for i := range heights {
				returned[k][i] += base[i]
			}
		}
		if kind == "bar" || kind == "barstacked" {
			item := &plot.Bars{Common: common, Horizontal: horizontal, Length: heights, Base: append([]float64{}, base...), Colors: []plot.Color{color}, Hatch: shape.hatch}
			for i := range heights {
				width := h.edges[i+1] - h.edges[i]
				at := h.edges[i] + width*(0.5+shift)
				thick := width * rwidth
				if len(counts) > 1 && !stacked {
					thick /= float64(len(counts))
					at += thick * (float64(k) - float64(len(counts)-1)/2)
				}
				item.Position, item.Thickness = append(item.Position, at), append(item.Thickness, thick)
			}
			if shape.hasEdge {
				item.Edge = shape.edge
			}
			if shape.hasWidth {
				item.EdgeWidth = shape.width
				if shape.width == 0 {
					item.Edge = plot.Color{}
				}
			}
			if shape.hollow {
				item.Colors, item.Edge = []plot.Color{{}}, color
			}
			containers = append(containers, a.barContainer(item, len(heights)))
		} else {
			item := &plot.Stairs{Common: common, Edges: h.edges, Heights: append([]float64{}, heights...), Base: append([]float64{}, base...), Horizontal: horizontal,
				Filled: kind == "stepfilled", Color: color, Edge: color, Style: shape.style, Width: shape.width}
			for i := range heights {
				item.Heights[i] += base[i]
			}
			if item.Filled {
				item.Edge = plot.Color{}
			}
			if shape.hasEdge {
				item.Edge = shape.edge
			}
			if !shape.hasWidth { // the outline of a patch, not a line
				item.Width = a.axes.Style.PatchWidth
			}
			v := a.add("matplotlib.patches.Polygon", item, &item.Common)
			containers = append(containers, script.NewList(v))
		}
		if stacked {
			for i := range base {
				base[i] += heights[i]
			}
		}
	}
	if h.unknown {
		u := &script.Unknown{What: "the counts of hist()"}
		return script.NewTuple(u, u, script.NewList()), nil
	}
	edges := script.Value(arrayValue(h.edges))
	if len(counts) == 1 {
		return script.NewTuple(arrayValue(returned[0]), edges, containers[0]), nil
	}
	rows := make([]float64, 0, len(counts)*len(base))
	for _, row := range returned {
		rows = append(rows, row...)
	}
	table := numpy.New(array.FromFloats(rows, units.Dimension{}, len(counts), len(base)))
	return script.NewTuple(table, edges, script.NewList(containers...)), nil
}

func stairs(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	heights, err := flat(c.Arg("values"))
	if err != nil {
		return nil, err
	}
	item := &plot.Stairs{Heights: heights.values, Horizontal: c.Arg("orientation") == script.Value("horizontal")}
	if v := c.Arg("edges"); script.IsNone(v) {
		for i := range len(heights.values) + 1 {
			item.Edges = append(item.Edges, float64(i))
		}
	} else {
		edges, err := flat(v)
		if err != nil {
			return nil, err
		}
		item.Edges = edges.values
		if edges.unknown || heights.unknown {
			item.Edges, item.Heights = plot.Values{0}, nil
		} else if len(edges.values) != len(heights.values)+1 {
			return nil, script.Raise("ValueError", "Size mismatch between \"values\" and \"edges\". Expected `len(values) + 1 == len(edges)`, but `len(values) = %d` and `len(edges) = %d`.", len(heights.values), len(edges.values))
		}
	}
	if v := c.Arg("baseline"); !script.IsNone(v) {
		base, err := flat(v)
		if err != nil {
			return nil, err
		}
		item.Base = base.values
	}
	if item.Filled, err = c.Bool("fill"); err != nil {
		return nil, err
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return nil, err
	}
	color := shape.face
	if !shape.hasFace {
		color = a.nextPatch()
	}
	item.Color, item.Style, item.Width = color, shape.style, shape.width
	if !item.Filled {
		item.Edge = color
	}
	if shape.hasEdge {
		item.Edge = shape.edge
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	return a.add("matplotlib.patches.StepPatch", item, &item.Common), nil
}

func hist2d(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	x, err := flat(c.Arg("x"))
	if err != nil {
		return nil, err
	}
	y, err := flat(c.Arg("y"))
	if err != nil {
		return nil, err
	}
	unknown := x.unknown || y.unknown
	if unknown {
		x.values, y.values = nil, nil
	}
	if len(x.values) != len(y.values) {
		return nil, script.Raise("ValueError", "x and y must have the same length.")
	}
	bins := [2]script.Value{c.Arg("bins"), c.Arg("bins")}
	switch v := bins[0].(type) {
	case *script.List, *script.Tuple:
		if pair, _ := script.Elements(v); len(pair) == 2 {
			bins = [2]script.Value{pair[0], pair[1]}
		}
	}
	var limits [2]*[2]float64
	if v := c.Arg("range"); !script.IsNone(v) {
		s, err := numbersOf(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) != 4 {
			return nil, script.Raise("ValueError", "range must be ((xmin, xmax), (ymin, ymax))")
		}
		limits = [2]*[2]float64{{s.values[0], s.values[1]}, {s.values[2], s.values[3]}}
	}
	xedges, err := binEdges(bins[0], x.values, limits[0], 10)
	if err != nil {
		return nil, err
	}
	yedges, err := binEdges(bins[1], y.values, limits[1], 10)
	if err != nil {
		return nil, err
	}
	var weights *array.Array
	if v := c.Arg("weights"); !script.IsNone(v) {
		w, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(w.values) == len(x.values) {
			weights = array.FromFloats(w.values, units.Dimension{})
		}
	}
	counts := array.Histogram2D(array.FromFloats(x.values, units.Dimension{}), array.FromFloats(y.values, units.Dimension{}), weights, xedges, yedges)
	rows, cols := len(yedges)-1, len(xedges)-1
	if density, err := c.Bool("density"); err != nil {
		return nil, err
	} else if density {
		total := 0.0
		for _, n := range counts {
			total += n
		}
		for i := range counts {
			r, k := i/rows, i%rows
			counts[i] /= total * (xedges[r+1] - xedges[r]) * (yedges[k+1] - yedges[k])
		}
	}
	item := &plot.Mesh{X: xedges, Y: yedges, Rows: rows, Cols: cols, Values: make([]float64, rows*cols)}
	for i := range cols {
		for k := range rows {
			item.Values[k*cols+i] = counts[i*rows+k]
		}
	}
	if err := mappingProperties(p, &item.Mapping); err != nil {
		return nil, err
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.collections.QuadMesh", item, &item.Common)
	a.mapped = v
	table := numpy.New(array.FromFloats(counts, units.Dimension{}, cols, rows))
	return script.NewTuple(table, arrayValue(xedges), arrayValue(yedges), v), nil
}
