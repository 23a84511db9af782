package pylab

import (
	"synfire/internal/plot"
	"synfire/internal/script"
)

// areaMethods are filled areas.
func areaMethods() []method {
	return []method{
		{script.Entry{Signature: "fill_between(x, y1, y2=0, where=None, interpolate=False, step=None, **kwargs)", Doc: "The area between two curves.",
			Keywords: areaProperties, Cosmetic: cosmeticArea}, func(a *axesValue, c *script.Call) (script.Value, error) {
			return fillBetween(a, c, "x", "y1", "y2", false)
		}},
		{script.Entry{Signature: "fill_betweenx(y, x1, x2=0, where=None, step=None, interpolate=False, **kwargs)", Doc: "The area between two curves along y.",
			Keywords: areaProperties, Cosmetic: cosmeticArea}, func(a *axesValue, c *script.Call) (script.Value, error) {
			return fillBetween(a, c, "y", "x1", "x2", true)
		}},
		{script.Entry{Signature: "fill(*args, **kwargs)", Doc: "Filled polygons: fill(x, y), fill(x, y, 'r').", Keywords: areaProperties, Cosmetic: cosmeticArea}, fill},
		{script.Entry{Signature: "stackplot(x, *args, labels=(), colors=None, baseline='zero', **kwargs)", Doc: "Areas one upon the other.", Keywords: areaProperties, Cosmetic: cosmeticArea}, stackplot},
		{script.Entry{Signature: "arrow(x, y, dx, dy, **kwargs)", Doc: "An arrow from (x, y) to (x + dx, y + dy).",
			Keywords: append([]string{"width", "head_width", "head_length", "length_includes_head"}, areaProperties...), Cosmetic: append([]string{"shape", "overhang", "head_starts_at_zero"}, cosmeticArea...)}, arrow},
	}
}

func fillBetween(a *axesValue, c *script.Call, along, first, second string, horizontal bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.FillBetween{Horizontal: horizontal}
	x, err := a.read(c.Arg(along), horizontal)
	if err != nil {
		return nil, err
	}
	y1, err := a.read(c.Arg(first), !horizontal)
	if err != nil {
		return nil, err
	}
	y2, err := a.read(c.Arg(second), !horizontal)
	if err != nil {
		return nil, err
	}
	var ok bool
	switch {
	case x.unknown || y1.unknown || y2.unknown:
		item.X, item.First, item.Second = plot.Values{}, plot.Values{}, plot.Values{0}
	default:
		item.X = x.values
		if item.First, ok = repeated(y1.values, len(x.values)); !ok {
			return nil, script.Raise("ValueError", "'%s' has %d values and '%s' has %d", first, len(y1.values), along, len(x.values))
		}
		if item.Second = y2.values; len(y2.values) != 1 && len(y2.values) != len(x.values) {
			return nil, script.Raise("ValueError", "'%s' has %d values and '%s' has %d", second, len(y2.values), along, len(x.values))
		}
	}
	if v := c.Arg("where"); !script.IsNone(v) {
		w, err := flat(v)
		if err != nil {
			return nil, err
		}
		if !w.unknown && len(item.X) > 0 {
			if len(w.values) != len(item.X) {
				return nil, script.Raise("ValueError", "where size (%d) does not match '%s' size (%d)", len(w.values), along, len(item.X))
			}
			item.Where = make([]bool, len(w.values))
			for i, b := range w.values {
				item.Where[i] = b != 0
			}
		}
	}
	if v := c.Arg("step"); !script.IsNone(v) {
		switch step, _ := v.(string); step {
		case "pre", "mid", "post":
			item.Step = step
		default:
			return nil, script.Raise("ValueError", "%s is not a valid value for step; supported values are 'pre', 'post', 'mid'", script.Repr(v))
		}
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return nil, err
	}
	item.Color = shape.face
	if !shape.hasFace {
		item.Color = a.nextPatch()
	}
	if shape.hollow {
		item.Color = plot.Color{}
	}
	if shape.hasEdge && (!shape.hasFace || shape.edge != shape.face) {
		item.Edge = shape.edge
	}
	item.Width = shape.width
	if shape.hasWidth && shape.width == 0 {
		item.Edge = plot.Color{}
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	return a.add("matplotlib.collections.PolyCollection", item, &item.Common), nil
}

func fill(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	groups, err := groupsOf(a, c, c.Args)
	if err != nil {
		return nil, err
	}
	list := &script.List{}
	for _, g := range groups {
		lines, err := g.lines(a)
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			item := &plot.Patch{X: l.X.(plot.Values), Y: l.Y.(plot.Values)}
			properties := p.copy()
			if err := patchLook(a, properties, item, g.format); err != nil {
				return nil, err
			}
			list.Elts = append(list.Elts, a.add("matplotlib.patches.Polygon", item, &item.Common))
		}
	}
	return list, nil
}

// patchLook sets the colours and outline of a polygon or ellipse.
func patchLook(a *axesValue, p *properties, item *plot.Patch, format plot.Format) error {
	shape, err := p.area(a.cycle())
	if err != nil {
		return err
	}
	switch {
	case shape.hasFace:
		item.Face = shape.face
	case format.HasColor:
		item.Face = format.Color
	default:
		item.Face = a.nextPatch()
	}
	if shape.hasEdge {
		item.Edge = shape.edge
	}
	item.Width, item.Style, item.Hatch = shape.width, shape.style, shape.hatch
	if shape.hollow {
		if item.Edge.None() {
			item.Edge = plot.RGB(0, 0, 0)
		}
		item.Face = plot.Color{}
	}
	if item.Coordinates, err = textTransform(p); err != nil {
		return err
	}
	return p.finish(&item.Common)
}

func stackplot(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	if b := c.Arg("baseline"); b != script.Value("zero") {
		return nil, script.Raise("ValueError", "stackplot() knows the baseline 'zero' only, not %s", script.Repr(b))
	}
	x, err := a.read(c.Arg("x"), false)
	if err != nil {
		return nil, err
	}
	var rows []plot.Values
	for _, v := range c.Args {
		more, err := rowsOf(v)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	labels, err := textsOf(c.Arg("labels"))
	if err != nil {
		return nil, err
	}
	var colors []plot.Color
	if v := c.Arg("colors"); !script.IsNone(v) {
		if colors, err = colorsOf(v, a.cycle()); err != nil {
			return nil, err
		}
	}
	list := &script.List{}
	below := make([]float64, len(x.values))
	for k, row := range rows {
		if len(row) != len(x.values) {
			if x.unknown || len(row) == 0 {
				continue
			}
			return nil, script.Raise("ValueError", "stackplot(): x has %d values, but row %d has %d", len(x.values), k, len(row))
		}
		item := &plot.FillBetween{X: x.values, First: append([]float64{}, below...), Second: make([]float64, len(row))}
		for i := range row {
			item.Second[i] = below[i] + row[i]
		}
		below = item.Second
		properties := p.copy()
		if err := properties.common(&item.Common); err != nil {
			return nil, err
		}
		if k < len(labels) {
			item.Label = labels[k]
		}
		if len(colors) > 0 {
			item.Color = colors[k%len(colors)]
		} else {
			item.Color = a.nextLine()
		}
		if _, err := properties.area(a.cycle()); err != nil {
			return nil, err
		}
		if err := properties.left(); err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, a.add("matplotlib.collections.PolyCollection", item, &item.Common))
	}
	return list, nil
}

func arrow(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	var from [4]float64
	for i, name := range []string{"x", "y", "dx", "dy"} {
		if from[i], _, err = floatOf(c.Arg(name)); err != nil {
			return nil, err
		}
	}
	shape, err := p.area(a.cycle())
	if err != nil {
		return nil, err
	}
	color := shape.face
	if !shape.hasFace {
		color = a.cycleColor(0)
	}
	p.take("width")
	p.take("head_width")
	p.take("head_length")
	p.take("length_includes_head")
	item := &plot.Text{X: from[0], Y: from[1], Arrow: &plot.Arrow{X: from[0] + from[2], Y: from[1] + from[3], Style: "-|>", Color: color, Width: shape.width}}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	return a.add("matplotlib.patches.FancyArrow", item, &item.Common), nil
}
