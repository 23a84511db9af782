package pylab

import (
	"synfire/internal/plot"
	"synfire/internal/script"
)

// spanMethods are lines and bands through the whole axes, and runs of single lines.
func spanMethods() []method {
	var methods []method
	for _, vertical := range []bool{false, true} {
		letter, names := "h", [5]string{"y", "xmin", "xmax", "ymin", "ymax"}
		if vertical {
			letter, names = "v", [5]string{"x", "ymin", "ymax", "xmin", "xmax"}
		}
		methods = append(methods,
			method{script.Entry{Signature: "ax" + letter + "line(" + names[0] + "=0, " + names[1] + "=0, " + names[2] + "=1, **kwargs)", Doc: "A line through the whole axes.",
				Keywords: lineProperties, Cosmetic: cosmeticLine}, func(a *axesValue, c *script.Call) (script.Value, error) { return spanLine(a, c, names, vertical) }},
			method{script.Entry{Signature: "ax" + letter + "span(" + names[3] + ", " + names[4] + ", " + names[1] + "=0, " + names[2] + "=1, **kwargs)", Doc: "A band through the whole axes.",
				Keywords: areaProperties, Cosmetic: cosmeticArea}, func(a *axesValue, c *script.Call) (script.Value, error) { return span(a, c, names, vertical) }},
			method{script.Entry{Signature: letter + "lines(" + names[0] + ", " + names[1] + ", " + names[2] + ", colors=None, linestyles='solid', label='', **kwargs)", Doc: "Lines from a start to an end, at each place.",
				Keywords: append([]string{"color", "linewidth", "linewidths", "lw", "linestyle", "ls"}, commonProperties...), Cosmetic: cosmeticArea},
				func(a *axesValue, c *script.Call) (script.Value, error) { return segments(a, c, names, vertical) }})
	}
	return append(methods, method{script.Entry{Signature: "axline(xy1, xy2=None, *, slope=None, **kwargs)", Doc: "An endless line through two points, or through one with a slope.",
		Keywords: lineProperties, Cosmetic: cosmeticLine}, slopedLine})
}

// look sets what SpanLine has of a line's properties.
func (p *properties) look(a *axesValue, color *plot.Color, style *plot.LineStyle, width *float64, common *plot.Common) error {
	var l plot.Line
	given := p.has("color")
	if err := p.line(&l, a.cycle()); err != nil {
		return err
	}
	if given {
		*color = l.Color
	} else {
		*color = a.cycleColor(a.lines)
		a.nextLine()
	}
	*style, *width = l.Style, l.Width
	alpha, label := l.Alpha, l.Label
	*common = l.Common
	common.Alpha, common.Label = alpha, label
	return p.left()
}

func spanLine(a *axesValue, c *script.Call, names [5]string, vertical bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.SpanLine{Vertical: vertical}
	var unknown bool
	if item.At, unknown, err = floatOf(c.Arg(names[0])); err != nil {
		return nil, script.Raise("TypeError", "%s(): %s must be a single number, not %s", c.Name, names[0], script.TypeName(c.Arg(names[0])))
	}
	if item.From, _, err = floatOf(c.Arg(names[1])); err != nil {
		return nil, err
	}
	if item.To, _, err = floatOf(c.Arg(names[2])); err != nil {
		return nil, err
	}
	if !p.has("color") { // matplotlib takes the first colour of the cycle here, always
		p.values["color"] = "C0"
		p.names = append(p.names, "color")
	}
	if _, err := textTransform(p); err != nil {
		return nil, err
	}
	if err := p.look(a, &item.Color, &item.Style, &item.Width, &item.Common); err != nil {
		return nil, err
	}
	item.Hidden = item.Hidden || unknown
	return a.add("matplotlib.lines.Line2D", item, &item.Common), nil
}

func slopedLine(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	one, err := flat(c.Arg("xy1"))
	if err != nil {
		return nil, err
	}
	if len(one.values) != 2 {
		return nil, script.Raise("ValueError", "xy1 must be a pair of numbers")
	}
	item := &plot.SpanLine{Through: &[2]float64{one.values[0], one.values[1]}}
	switch two, slope := c.Arg("xy2"), c.Arg("slope"); {
	case script.IsNone(two) == script.IsNone(slope):
		return nil, script.Raise("TypeError", "Exactly one of 'xy2' and 'slope' must be given")
	case script.IsNone(two):
		x, err := c.Float("slope")
		if err != nil {
			return nil, err
		}
		item.Slope = &x
	default:
		s, err := flat(two)
		if err != nil {
			return nil, err
		}
		if len(s.values) != 2 {
			return nil, script.Raise("ValueError", "xy2 must be a pair of numbers")
		}
		dx := s.values[0] - one.values[0]
		if dx == 0 {
			item.Slope, item.Through, item.Vertical, item.At = nil, nil, true, one.values[0]
			break
		}
		x := (s.values[1] - one.values[1]) / dx
		item.Slope = &x
	}
	if err := p.look(a, &item.Color, &item.Style, &item.Width, &item.Common); err != nil {
		return nil, err
	}
	return a.add("matplotlib.lines.AxLine", item, &item.Common), nil
}

func span(a *axesValue, c *script.Call, names [5]string, vertical bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Span{Vertical: vertical}
	unknown := false
	for name, field := range map[string]*float64{names[3]: &item.Low, names[4]: &item.High, names[1]: &item.From, names[2]: &item.To} {
		x, placeholder, err := floatOf(c.Arg(name))
		if err != nil {
			return nil, script.Raise("TypeError", "%s(): %s must be a single number, not %s", c.Name, name, script.TypeName(c.Arg(name)))
		}
		*field, unknown = x, unknown || placeholder
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return nil, err
	}
	item.Color = shape.face
	if !shape.hasFace {
		item.Color = a.cycleColor(0)
	}
	if shape.hollow {
		item.Color = plot.Color{}
	}
	if shape.hasEdge {
		item.Edge = shape.edge
	}
	item.Width = shape.width
	if shape.hasWidth && shape.width == 0 {
		item.Edge = plot.Color{}
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	item.Hidden = item.Hidden || unknown
	return a.add("matplotlib.patches.Polygon", item, &item.Common), nil
}

func segments(a *axesValue, c *script.Call, names [5]string, vertical bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Segments{Vertical: vertical}
	at, err := a.read(c.Arg(names[0]), !vertical)
	if err != nil {
		return nil, err
	}
	n := len(at.values)
	item.At = at.values
	for name, field := range map[string]*plot.Values{names[1]: &item.Start, names[2]: &item.End} {
		s, err := flat(c.Arg(name))
		if err != nil {
			return nil, err
		}
		if at.unknown || s.unknown {
			item.At, n = nil, 0
			*field = plot.Values{0}
			continue
		}
		if len(s.values) != 1 && len(s.values) != n {
			if n != 1 {
				return nil, script.Raise("ValueError", "shape mismatch: %s has %d values, %s has %d", names[0], n, name, len(s.values))
			}
			n = len(s.values)
			item.At, _ = repeated(item.At, n)
		}
		*field = s.values
	}
	color := c.Arg("colors")
	if v, ok := p.take("color"); ok {
		color = v
	}
	if script.IsNone(color) {
		color = "C0"
	}
	if item.Colors, err = colorsOf(color, a.cycle()); err != nil {
		return nil, err
	}
	if k := len(item.Colors); k > 1 && k != n {
		all := make([]plot.Color, n)
		for i := range all {
			all[i] = item.Colors[i%k]
		}
		item.Colors = all
	}
	if !p.has("linestyle") {
		p.values["linestyle"] = c.Arg("linestyles")
	}
	if item.Style, _, _, err = p.lineStyle(); err != nil {
		return nil, err
	}
	if v, ok := p.take("linewidth"); ok && !script.IsNone(v) {
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) > 0 {
			item.Width = s.values[0]
		}
	}
	if label := script.Str(c.Arg("label")); label != "" {
		item.Label = label
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	return a.add("matplotlib.collections.LineCollection", item, &item.Common), nil
}
