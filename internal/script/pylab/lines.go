package pylab

import (
	"synfire/internal/plot"
	"synfire/internal/script"
)

// lineMethods are plot and what draws like it.
func lineMethods() []method {
	entry := func(signature, doc string, draw func(*axesValue, *script.Call) (script.Value, error), more ...string) method {
		return method{script.Entry{Signature: signature, Doc: doc, Keywords: append(more, lineProperties...), Cosmetic: append([]string{"scalex", "scaley"}, cosmeticLine...)}, draw}
	}
	scaled := func(x, y plot.Scale) func(*axesValue, *script.Call) (script.Value, error) {
		return func(a *axesValue, c *script.Call) (script.Value, error) {
			if x != "" {
				a.sharing(false, func(axis *plot.Axis) { axis.Scale = x })
			}
			if y != "" {
				a.sharing(true, func(axis *plot.Axis) { axis.Scale = y })
			}
			return plotLines(a, c)
		}
	}
	scatterKeywords := append([]string{"linewidths", "lw", "facecolors", "facecolor", "fc", "edgecolor", "ec", "color", "linestyle", "ls", "linestyles"}, commonProperties...)
	return []method{
		entry("plot(*args, **kwargs)", "Lines or markers through points: plot(y), plot(x, y), plot(x, y, 'ro--'), several at once.", plotLines),
		entry("semilogx(*args, **kwargs)", "plot with a logarithmic x axis.", scaled(plot.Log, "")),
		entry("semilogy(*args, **kwargs)", "plot with a logarithmic y axis.", scaled("", plot.Log)),
		entry("loglog(*args, **kwargs)", "plot with two logarithmic axes.", scaled(plot.Log, plot.Log)),
		entry("step(x, y, *args, **kwargs)", "A line of steps.", stepLine, "where"),
		{script.Entry{Signature: "scatter(x, y, s=None, c=None, marker=None, cmap=None, norm=None, vmin=None, vmax=None, *, edgecolors=None, plotnonfinite=False, **kwargs)",
			Doc: "Markers whose size and colour vary.", Keywords: scatterKeywords, Cosmetic: cosmeticArea}, scatter},
		{script.Entry{Signature: "errorbar(x, y, yerr=None, xerr=None, fmt='', ecolor=None, elinewidth=None, capsize=None, barsabove=False, errorevery=1, capthick=None, **kwargs)",
			Doc: "A line with error bars.", Keywords: lineProperties, Cosmetic: cosmeticLine}, errorbar},
		{script.Entry{Signature: "stem(*args, linefmt=None, markerfmt=None, basefmt=None, bottom=0, label=None, orientation='vertical')", Doc: "Lines from a baseline to points.",
			Cosmetic: []string{"use_line_collection"}}, stem},
		{script.Entry{Signature: "eventplot(positions, orientation='horizontal', lineoffsets=1, linelengths=1, linewidths=None, colors=None, linestyles='solid', **kwargs)",
			Doc: "Rows of short lines, one row for each sequence of times.", Keywords: append([]string{"color", "lw", "linewidth", "ls", "linestyle"}, commonProperties...), Cosmetic: cosmeticLine}, eventplot},
	}
}

// group is one "[x], y, [fmt]" of plot's arguments.
type group struct {
	x, y   series
	hasX   bool
	format plot.Format
	text   string
}

// groupsOf splits the arguments of plot.
func groupsOf(a *axesValue, c *script.Call, args []script.Value) ([]group, error) {
	var groups []group
	for i := 0; i < len(args); {
		var data []script.Value
		for i < len(args) && len(data) < 2 && !isFormat(args[i], len(data)) {
			data = append(data, args[i])
			i++
		}
		g := group{}
		if i < len(args) {
			if text, ok := args[i].(string); ok {
				format, err := plot.ParseFormat(text, a.cycle())
				if err != nil {
					return nil, err
				}
				g.format, g.text = format, text
				i++
			}
		}
		if len(data) == 0 {
			return nil, script.Raise("ValueError", "%s() takes numbers before the format string %s", c.Name, script.Repr(g.text))
		}
		var err error
		if len(data) == 2 {
			if g.x, err = a.read(data[0], false); err != nil {
				return nil, err
			}
			g.hasX = true
		}
		if g.y, err = a.read(data[len(data)-1], true); err != nil {
			return nil, err
		}
		if !g.hasX {
			// A column of a table brings its labels for x.
			if column, ok := data[0].(interface{ PlotIndex() any }); ok {
				if g.x, err = a.read(column.PlotIndex(), false); err != nil {
					return nil, err
				}
				g.hasX = true
			}
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// isFormat reports whether an argument is a format string: texts are data only in the first place.
func isFormat(v script.Value, place int) bool {
	_, text := v.(string)
	return text && place > 0
}

func plotLines(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	return a.plot(c, p, c.Args, "")
}

func (a *axesValue) plot(c *script.Call, p *properties, args []script.Value, draw plot.DrawStyle) (script.Value, error) {
	groups, err := groupsOf(a, c, args)
	if err != nil {
		return nil, err
	}
	var labels []string
	if v, ok := p.values["label"]; ok {
		switch v.(type) {
		case *script.List, *script.Tuple:
			elements, _ := script.Elements(v)
			for _, e := range elements {
				labels = append(labels, script.Str(e))
			}
		}
	}
	list := &script.List{}
	for _, g := range groups {
		lines, err := g.lines(a)
		if err != nil {
			return nil, err
		}
		if labels != nil && len(labels) != len(lines) {
			return nil, script.Raise("ValueError", "label must be scalar or have the same length as the input data, but found %d for %d datasets.", len(labels), len(lines))
		}
		for k, l := range lines {
			properties := p.copy()
			if labels != nil {
				properties.values["label"] = labels[k]
			}
			colored := g.format.HasColor
			if v, ok := properties.values["color"]; ok {
				colored = !script.IsNone(v)
			}
			own := a.nextStep(properties, g.format, colored)
			l.Style, l.Marker, l.DrawStyle = g.format.Style, g.format.Marker, draw
			if l.Style == "" {
				l.Style = a.axes.Style.LineStyle
			}
			if l.Marker == "" {
				l.Marker = a.axes.Style.LineMarker
			}
			if l.Color = own; g.format.HasColor {
				l.Color = g.format.Color
			}
			if err := properties.line(l, a.cycle()); err != nil {
				return nil, err
			}
			if _, err := textTransform(properties); err != nil {
				return nil, err
			}
			if err := properties.left(); err != nil {
				return nil, err
			}
			list.Elts = append(list.Elts, a.add("matplotlib.lines.Line2D", l, &l.Common))
		}
	}
	return list, nil
}

func (p *properties) copy() *properties {
	q := &properties{function: p.function, names: p.names, values: make(map[string]script.Value, len(p.values))}
	for name, v := range p.values {
		q.values[name] = v
	}
	return q
}

// textTransform takes transform=, which only texts use freely.
func textTransform(p *properties) (plot.Coordinates, error) {
	v, ok := p.take("transform")
	if !ok || script.IsNone(v) {
		return plot.DataCoordinates, nil
	}
	t, ok := v.(transform)
	if !ok {
		return "", script.Raise("ValueError", "%s() knows the transforms ax.transData, ax.transAxes and fig.transFigure, not %s", p.function, script.TypeName(v))
	}
	return plot.Coordinates(t), nil
}

// lines makes one line for each column.
func (g group) lines(a *axesValue) ([]*plot.Line, error) {
	if g.x.unknown || g.y.unknown {
		return []*plot.Line{{X: plot.Values{}, Y: plot.Values{}}}, nil
	}
	if len(g.y.shape) > 2 || g.hasX && len(g.x.shape) > 2 {
		return nil, script.Raise("ValueError", "x and y can be no greater than 2D, but have shapes %s and %s", g.x.shapeText(), g.y.shapeText())
	}
	if !g.hasX {
		g.x = series{shape: []int{g.y.length()}, values: make([]float64, g.y.length())}
		for i := range g.x.values {
			g.x.values[i] = float64(i)
		}
	}
	if g.x.length() != g.y.length() {
		return nil, script.Raise("ValueError", "x and y must have same first dimension, but have shapes %s and %s", g.x.atLeastOne(), g.y.atLeastOne())
	}
	nx, ny := g.x.columns(), g.y.columns()
	if nx > 1 && ny > 1 && nx != ny {
		return nil, script.Raise("ValueError", "x has %d columns but y has %d columns", nx, ny)
	}
	lines := make([]*plot.Line, max(nx, ny))
	if nx == 0 || ny == 0 {
		lines = nil
	}
	for k := range lines {
		lines[k] = &plot.Line{X: plot.Values(g.x.column(k % nx)), Y: plot.Values(g.y.column(k % ny))}
	}
	return lines, nil
}

func (s series) atLeastOne() string {
	if s.shape == nil {
		return "(1,)"
	}
	return s.shapeText()
}

func stepLine(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	where, ok, err := p.text("where")
	if err != nil {
		return nil, err
	}
	if !ok {
		where = "pre"
	}
	switch where {
	case "pre", "post", "mid":
	default:
		return nil, script.Raise("ValueError", "'%s' is not a valid value for where; supported values are 'pre', 'post', 'mid'", where)
	}
	args := append([]script.Value{c.Arg("x"), c.Arg("y")}, c.Args...)
	return a.plot(c, p, args, plot.DrawStyle("steps-"+where))
}

func scatter(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Scatter{Marker: a.axes.Style.ScatterMarker}
	x, err := a.read(c.Arg("x"), false)
	if err != nil {
		return nil, err
	}
	y, err := a.read(c.Arg("y"), true)
	if err != nil {
		return nil, err
	}
	unknown := x.unknown || y.unknown
	if !unknown && len(x.values) != len(y.values) {
		return nil, script.Raise("ValueError", "x and y must be the same size")
	}
	if !unknown {
		item.X, item.Y = x.values, y.values
	}
	if v := c.Arg("s"); !script.IsNone(v) {
		sizes, err := flat(v)
		if err != nil {
			return nil, err
		}
		if n := len(sizes.values); !unknown && !sizes.unknown {
			if n != 1 && n != len(x.values) {
				return nil, script.Raise("ValueError", "s must be a scalar, or float array-like with the same size as x and y")
			}
			item.Sizes = sizes.values
		}
	}
	if v := c.Arg("marker"); !script.IsNone(v) {
		text, ok := v.(string)
		if !ok {
			return nil, p.wrong("marker", "a string", v)
		}
		if item.Marker, err = plot.ParseMarker(text); err != nil {
			return nil, err
		}
	}
	if err := scatterColors(a, c, p, item, unknown); err != nil {
		return nil, err
	}
	if width, ok, err := p.number("linewidth"); err != nil {
		return nil, err
	} else if ok {
		item.EdgeWidth = width
	}
	if _, _, _, err := p.lineStyle(); err != nil {
		return nil, err
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.collections.PathCollection", item, &item.Common)
	if item.Values != nil {
		a.mapped = v
	}
	return v, nil
}

// scatterColors reads c=, color=, facecolor= and edgecolors=, and how numbers become colours.
func scatterColors(a *axesValue, c *script.Call, p *properties, item *plot.Scatter, unknown bool) error {
	face := c.Arg("c")
	if v, ok := p.take("color"); ok && !script.IsNone(v) {
		face = v
		colors, err := colorsOf(v, a.cycle())
		if err != nil {
			return err
		}
		if len(colors) == 1 {
			item.Edge = colors[0]
		}
	}
	if v, ok := p.take("facecolor"); ok && !script.IsNone(v) {
		if text, isText := v.(string); isText && text == "none" {
			item.Hollow = true
			item.Colors = []plot.Color{{}}
			if script.IsNone(face) && script.IsNone(c.Arg("edgecolors")) {
				item.Edge = a.nextPatch()
			}
		} else {
			face = v
		}
	}
	switch {
	case !script.IsNone(face):
		if s, ok := valuesForColors(face, len(item.X), unknown); ok {
			item.Values = s.values
			break
		}
		colors, err := colorsOf(face, a.cycle())
		if err != nil {
			return err
		}
		if len(colors) != 1 && len(colors) != len(item.X) && !unknown {
			return script.Raise("ValueError", "'c' argument has %d elements, which is inconsistent with 'x' and 'y' with size %d.", len(colors), len(item.X))
		}
		item.Colors = colors
	case !item.Hollow:
		item.Colors = []plot.Color{a.nextPatch()}
	}
	edge := c.Arg("edgecolors")
	if v, ok := p.take("edgecolor"); ok {
		edge = v
	}
	switch v := edge.(type) {
	case nil, script.NoneType:
	case string:
		if v == "face" {
			break
		}
		color, err := colorOf(v, a.cycle())
		if err != nil {
			return err
		}
		item.Edge = color
	default:
		colors, err := colorsOf(v, a.cycle())
		if err != nil {
			return err
		}
		if len(colors) > 0 {
			item.Edge = colors[0]
		}
	}
	return mappingOf(c, &item.Mapping)
}

// valuesForColors returns c= as numbers to be mapped, if it is such.
func valuesForColors(v script.Value, n int, unknown bool) (series, bool) {
	if _, text := v.(string); text {
		return series{}, false
	}
	s, err := numbersOf(v)
	switch {
	case err != nil || s.names != nil:
		return s, false
	case s.unknown || unknown:
		return series{values: []float64{}}, true
	case s.shape == nil:
		return s, n == 1
	case len(s.values) == n:
		return s, len(s.shape) == 1 || s.shape[1] != 3 && s.shape[1] != 4
	}
	return s, false
}

func errorbar(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.ErrorBar{}
	x, err := a.read(c.Arg("x"), false)
	if err != nil {
		return nil, err
	}
	y, err := a.read(c.Arg("y"), true)
	if err != nil {
		return nil, err
	}
	unknown := x.unknown || y.unknown
	if !unknown && len(x.values) != len(y.values) {
		return nil, script.Raise("ValueError", "'x' and 'y' must have the same size")
	}
	if unknown {
		x.values, y.values = nil, nil
	}
	item.X, item.Y = plot.Values(x.values), plot.Values(y.values)
	text, ok := c.Arg("fmt").(string)
	if !ok {
		return nil, p.wrong("fmt", "a format string", c.Arg("fmt"))
	}
	bare := text == "none" || text == "None"
	if bare {
		text = ""
	}
	format, err := plot.ParseFormat(text, a.cycle())
	if err != nil {
		return nil, err
	}
	item.Style, item.Marker = format.Style, format.Marker
	if item.Style == "" {
		item.Style = a.axes.Style.LineStyle
	}
	switch {
	case format.HasColor:
		item.Color = format.Color
	case !p.has("color"):
		item.Color = a.nextLine()
	}
	if bare {
		item.Style, item.Marker = "None", ""
	}
	if err := p.line(&item.Line, a.cycle()); err != nil {
		return nil, err
	}
	if _, err := textTransform(p); err != nil {
		return nil, err
	}
	if err := p.left(); err != nil {
		return nil, err
	}
	if item.YLower, item.YUpper, err = errorsOf(c.Arg("yerr"), "yerr", len(y.values), unknown); err != nil {
		return nil, err
	}
	if item.XLower, item.XUpper, err = errorsOf(c.Arg("xerr"), "xerr", len(x.values), unknown); err != nil {
		return nil, err
	}
	if v := c.Arg("ecolor"); !script.IsNone(v) {
		colors, err := colorsOf(v, a.cycle())
		if err != nil {
			return nil, err
		}
		if len(colors) > 0 {
			item.BarColor = colors[0]
		}
	}
	item.CapSize = a.axes.Style.ErrorBarCapSize
	for name, field := range map[string]*float64{"elinewidth": &item.BarWidth, "capsize": &item.CapSize} {
		if v := c.Arg(name); !script.IsNone(v) {
			if *field, err = c.Float(name); err != nil {
				return nil, err
			}
		}
	}
	v := a.add("matplotlib.lines.Line2D", item, &item.Common)
	return &container{text: "<ErrorbarContainer object of 3 artists>", parts: []script.Value{v, script.NewTuple(), script.NewTuple()}}, nil
}

// errorsOf reads yerr= or xerr=: one number, one for each point, or two rows (below, above).
func errorsOf(v script.Value, name string, n int, unknown bool) (lower, upper plot.Values, err error) {
	if script.IsNone(v) {
		return nil, nil, nil
	}
	s, err := numbersOf(v)
	if err != nil || s.unknown || unknown {
		return nil, nil, err
	}
	for _, e := range s.values {
		if e < 0 {
			return nil, nil, script.Raise("ValueError", "'%s' must not contain negative values", name)
		}
	}
	switch {
	case len(s.values) == 1:
		return s.values, s.values, nil
	case len(s.shape) == 2 && s.shape[0] == 2 && (s.shape[1] == n || s.shape[1] == 1):
		return s.values[:s.shape[1]], s.values[s.shape[1]:], nil
	case len(s.shape) == 1 && len(s.values) == n:
		return s.values, s.values, nil
	}
	return nil, nil, script.Raise("ValueError", "'%s' (shape: %s) must be a scalar or a 1D or (2, n) array-like whose shape matches the %d points", name, s.shapeText(), n)
}
