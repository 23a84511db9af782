package pylab

import (
	"synfire/internal/plot"
	"synfire/internal/script"
)

// imageMethods turn tables into colours.
func imageMethods() []method {
	contourKeywords := append([]string{"levels", "colors", "cmap", "vmin", "vmax", "norm", "linewidths", "linestyles", "origin", "extent"}, "alpha", "zorder", "label")
	meshKeywords := append([]string{"edgecolors", "edgecolor", "ec", "linewidth", "linewidths", "lw", "facecolors", "label"}, "zorder", "clip_on", "visible", "transform")
	return []method{
		{script.Entry{Signature: "imshow(X, cmap=None, norm=None, *, aspect=None, interpolation=None, alpha=None, vmin=None, vmax=None, origin=None, extent=None, **kwargs)",
			Doc: "A table as an image.", Keywords: []string{"label", "zorder", "clip_on", "visible", "transform"}, Cosmetic: append([]string{"interpolation_stage", "filternorm", "filterrad", "resample"}, cosmeticCommon...)}, imshow},
		{script.Entry{Signature: "matshow(Z, **kwargs)", Doc: "A matrix as an image, columns numbered at the top.", Keywords: []string{"cmap", "vmin", "vmax", "norm", "alpha", "aspect", "origin", "interpolation", "extent"}}, matshow},
		{script.Entry{Signature: "pcolormesh(*args, alpha=None, norm=None, cmap=None, vmin=None, vmax=None, shading=None, **kwargs)", Doc: "A table as coloured cells between edges.",
			Keywords: meshKeywords, Cosmetic: cosmeticArea}, mesh},
		{script.Entry{Signature: "pcolor(*args, alpha=None, norm=None, cmap=None, vmin=None, vmax=None, shading=None, **kwargs)", Doc: "The same as pcolormesh.",
			Keywords: meshKeywords, Cosmetic: cosmeticArea}, mesh},
		{script.Entry{Signature: "contour(*args, **kwargs)", Doc: "Lines of equal value.", Keywords: contourKeywords, Cosmetic: append([]string{"extend", "hatches", "nchunk", "corner_mask", "algorithm", "locator", "negative_linestyles"}, cosmeticCommon...)},
			func(a *axesValue, c *script.Call) (script.Value, error) { return contour(a, c, false) }},
		{script.Entry{Signature: "contourf(*args, **kwargs)", Doc: "Areas between lines of equal value.", Keywords: contourKeywords, Cosmetic: append([]string{"extend", "hatches", "nchunk", "corner_mask", "algorithm", "locator", "antialiased"}, cosmeticCommon...)},
			func(a *axesValue, c *script.Call) (script.Value, error) { return contour(a, c, true) }},
		{script.Entry{Signature: "clabel(CS, levels=None, **kwargs)", Doc: "Writes the values on the lines of a contour plot.", Keywords: []string{"inline", "fontsize", "fmt", "colors", "use_clabeltext"}},
			func(a *axesValue, c *script.Call) (script.Value, error) {
				v, ok := c.Arg("CS").(*artistValue)
				if !ok {
					return nil, script.Raise("TypeError", "clabel() takes what contour() has returned, not %s", script.TypeName(c.Arg("CS")))
				}
				if item, ok := v.item.(*plot.Contour); ok {
					item.LevelLabels = true
				}
				return script.None, nil
			}},
	}
}

// mappingOf reads cmap, norm, vmin and vmax of a signature.
func mappingOf(c *script.Call, m *plot.Mapping) error {
	p := &properties{function: c.Name, values: map[string]script.Value{}}
	for _, name := range []string{"cmap", "norm", "vmin", "vmax"} {
		p.values[name] = c.Arg(name)
	}
	return mappingProperties(p, m)
}

func mappingProperties(p *properties, m *plot.Mapping) error {
	if v, ok := p.take("cmap"); ok && !script.IsNone(v) {
		name, err := colormapName(v)
		if err != nil {
			return err
		}
		m.Colormap = name
	}
	if v, ok := p.take("norm"); ok && !script.IsNone(v) {
		switch n := v.(type) {
		case *normValue:
			m.Low, m.High, m.Log = n.low, n.high, n.log
		case string:
			switch n {
			case "log":
				m.Log = true
			case "linear":
			default:
				return script.Raise("ValueError", "norm %s is not supported; 'linear' and 'log' are", script.Repr(n))
			}
		case *script.Unknown:
		default:
			return p.wrong("norm", "a Normalize or LogNorm", v)
		}
	}
	if low, ok, err := p.number("vmin"); err != nil {
		return err
	} else if ok {
		m.Low = &low
	}
	if high, ok, err := p.number("vmax"); err != nil {
		return err
	} else if ok {
		m.High = &high
	}
	return nil
}

func imshow(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Image{LowerOrigin: a.axes.Style.ImageLowerOrigin, Smooth: a.axes.Style.ImageSmooth}
	s, err := numbersOf(c.Arg("X"))
	if err != nil {
		return nil, err
	}
	switch {
	case s.unknown:
		item.Rows, item.Cols, item.Values = 1, 1, plot.Values{0}
	case len(s.shape) == 2:
		item.Rows, item.Cols, item.Values = s.shape[0], s.shape[1], s.values
	case len(s.shape) == 3 && (s.shape[2] == 3 || s.shape[2] == 4):
		item.Rows, item.Cols = s.shape[0], s.shape[1]
		if item.Colors, err = pixels(s); err != nil {
			return nil, err
		}
	default:
		return nil, script.Raise("TypeError", "Invalid shape %s for image data", s.shapeText())
	}
	if err := mappingOf(c, &item.Mapping); err != nil {
		return nil, err
	}
	switch v := c.Arg("origin"); v {
	case script.Value("lower"):
		item.LowerOrigin = true
	case script.Value("upper"):
		item.LowerOrigin = false
	case script.None:
	default:
		return nil, script.Raise("ValueError", "%s is not a valid value for origin; supported values are 'upper', 'lower'", script.Repr(v))
	}
	if v := c.Arg("extent"); !script.IsNone(v) {
		e, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(e.values) == 4 {
			item.Extent = (*[4]float64)(e.values)
		} else if !e.unknown {
			return nil, script.Raise("ValueError", "extent must be (left, right, bottom, top)")
		}
	}
	if v, ok := c.Arg("interpolation").(string); ok {
		item.Smooth = plot.Smooth(v)
	}
	if v := c.Arg("alpha"); !script.IsNone(v) {
		p.values["alpha"] = v
	}
	if err := a.setAspect(c.Arg("aspect"), "equal"); err != nil {
		return nil, err
	}
	if _, err := textTransform(p); err != nil {
		return nil, err
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.image.AxesImage", item, &item.Common)
	if item.Values != nil {
		a.mapped = v
	}
	return v, nil
}

// pixels reads a table of red, green, blue: fractions, or bytes if they are whole numbers.
func pixels(s series) ([]plot.Color, error) {
	depth := s.shape[2]
	scale := 1.0
	if s.dtype.String() == "int64" {
		scale = 1.0 / 255
	}
	colors := make([]plot.Color, len(s.values)/depth)
	for i := range colors {
		row := s.values[i*depth : (i+1)*depth]
		alpha := 1.0
		if depth == 4 {
			alpha = row[3] * scale
		}
		colors[i] = plot.RGBA(row[0]*scale, row[1]*scale, row[2]*scale, alpha)
	}
	return colors, nil
}

// setAspect reads aspect=: 'auto', 'equal' or a number.
func (a *axesValue) setAspect(v script.Value, fallback script.Value) error {
	if script.IsNone(v) {
		v = fallback
	}
	switch v := v.(type) {
	case string:
		switch v {
		case "auto":
			a.axes.Aspect = 0
		case "equal":
			a.axes.Aspect = 1
		default:
			return script.Raise("ValueError", "aspect must be 'auto', 'equal' or a number, not %s", script.Repr(v))
		}
	case *script.Unknown:
	default:
		x, _, err := floatOf(v)
		if err != nil || !(x > 0) {
			return script.Raise("ValueError", "aspect must be 'auto', 'equal' or a positive number, not %s", script.Repr(v))
		}
		a.axes.Aspect = x
	}
	return nil
}

func matshow(a *axesValue, c *script.Call) (script.Value, error) {
	v, err := c.Interp.Call(a.state.axesMethods.Bind(a, "imshow"), []script.Value{c.Arg("Z")}, c.Keywords)
	if err != nil {
		return nil, err
	}
	a.axes.X.Opposite = true
	a.axes.X.IntegerTicks, a.axes.Y.IntegerTicks = true, true
	return v, nil
}

func mesh(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Mesh{}
	var values series
	switch len(c.Args) {
	case 1:
		if values, err = numbersOf(c.Args[0]); err != nil {
			return nil, err
		}
	case 3:
		if values, err = numbersOf(c.Args[2]); err != nil {
			return nil, err
		}
	default:
		return nil, script.Raise("TypeError", "%s() takes 1 or 3 positional arguments but %d were given", c.Name, len(c.Args))
	}
	if values.unknown {
		values = series{values: []float64{0}, shape: []int{1, 1}}
	}
	if len(values.shape) != 2 {
		return nil, script.Raise("ValueError", "%s() takes a table of two dimensions, not one of shape %s", c.Name, values.atLeastOne())
	}
	item.Rows, item.Cols, item.Values = values.shape[0], values.shape[1], values.values
	item.X, item.Y = counted(item.Cols+1), counted(item.Rows+1)
	if len(c.Args) == 3 {
		x, err := gridLine(a, c.Args[0], false)
		if err != nil {
			return nil, err
		}
		y, err := gridLine(a, c.Args[1], true)
		if err != nil {
			return nil, err
		}
		if x != nil && y != nil {
			item.X, item.Y = x, y
		}
		if n, m := len(item.X), len(item.Y); n != item.Cols && n != item.Cols+1 || m != item.Rows && m != item.Rows+1 {
			return nil, script.Raise("TypeError", "Dimensions of C %s are incompatible with X (%d) and/or Y (%d)", values.shapeText(), n, m)
		}
		switch v := c.Arg("shading"); v {
		case script.Value("gouraud"):
			return nil, script.Raise("ValueError", "shading 'gouraud' is not supported").WithHint("'auto', 'flat' and 'nearest' are")
		case script.Value("flat"):
			if len(item.X) == item.Cols || len(item.Y) == item.Rows {
				return nil, script.Raise("TypeError", "Dimensions of C %s should be one smaller than X(%d) and Y(%d) while using shading='flat'", values.shapeText(), len(item.X), len(item.Y))
			}
		}
	}
	if err := mappingOf(c, &item.Mapping); err != nil {
		return nil, err
	}
	if color, ok, err := edgeOf(p, a); err != nil {
		return nil, err
	} else if ok {
		item.Edge = color
	}
	p.take("linewidth")
	p.take("facecolor")
	if v := c.Arg("alpha"); !script.IsNone(v) {
		p.values["alpha"] = v
	}
	if _, err := textTransform(p); err != nil {
		return nil, err
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.collections.QuadMesh", item, &item.Common)
	a.mapped = v
	return v, nil
}

func edgeOf(p *properties, a *axesValue) (plot.Color, bool, error) {
	if p.values["edgecolor"] == script.Value("face") {
		p.take("edgecolor")
		return plot.Color{}, false, nil
	}
	return p.paint("edgecolor", a.cycle())
}

func counted(n int) plot.Values {
	out := make(plot.Values, n)
	for i := range out {
		out[i] = float64(i)
	}
	return out
}

// gridLine reads the edges or centres along one side of a grid: a row of numbers, or the table that meshgrid makes of it.
func gridLine(a *axesValue, v script.Value, vertical bool) (plot.Values, error) {
	s, err := a.read(v, vertical)
	if err != nil || s.unknown {
		return nil, err
	}
	switch len(s.shape) {
	case 1:
		return s.values, nil
	case 2:
		rows, cols := s.shape[0], s.shape[1]
		var line plot.Values
		for i := range s.values {
			r, k := i/cols, i%cols
			at := k
			if vertical {
				at = r
			}
			if r == 0 && !vertical || k == 0 && vertical {
				line = append(line, s.values[i])
			} else if s.values[i] != line[min(at, len(line)-1)] {
				return nil, script.Raise("ValueError", "curved grids are not supported: the %d x %d table of positions is not one that meshgrid makes", rows, cols)
			}
		}
		return line, nil
	}
	return nil, script.Raise("ValueError", "positions along a grid must have one or two dimensions, not shape %s", s.atLeastOne())
}

func contour(a *axesValue, c *script.Call, filled bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Contour{Filled: filled}
	args := c.Args
	if len(args) < 1 || len(args) > 4 {
		return nil, script.Raise("TypeError", "%s() takes from 1 to 4 positional arguments but %d were given", c.Name, len(args))
	}
	table := args[0]
	if len(args) >= 3 {
		table = args[2]
	}
	values, err := numbersOf(table)
	if err != nil {
		return nil, err
	}
	if values.unknown {
		values = series{values: []float64{0, 0, 0, 0}, shape: []int{2, 2}}
	}
	if len(values.shape) != 2 || values.shape[0] < 2 || values.shape[1] < 2 {
		return nil, script.Raise("TypeError", "Input z must be at least a (2, 2) shaped array, but has shape %s", values.atLeastOne())
	}
	item.Rows, item.Cols, item.Values = values.shape[0], values.shape[1], values.values
	item.X, item.Y = counted(item.Cols), counted(item.Rows)
	if len(args) >= 3 {
		x, err := gridLine(a, args[0], false)
		if err != nil {
			return nil, err
		}
		y, err := gridLine(a, args[1], true)
		if err != nil {
			return nil, err
		}
		if x != nil && y != nil {
			if len(x) != item.Cols || len(y) != item.Rows {
				return nil, script.Raise("TypeError", "Length of x (%d) must match number of columns in z (%d), and length of y (%d) the number of rows (%d)", len(x), item.Cols, len(y), item.Rows)
			}
			item.X, item.Y = x, y
		}
	}
	levels, given := p.take("levels")
	if len(args) == 2 || len(args) == 4 {
		levels, given = args[len(args)-1], true
	}
	if given && !script.IsNone(levels) {
		s, err := numbersOf(levels)
		if err != nil {
			return nil, err
		}
		switch {
		case s.unknown:
		case s.shape == nil:
			item.LevelCount = int(s.values[0])
		default:
			for i := 1; i < len(s.values); i++ {
				if s.values[i] <= s.values[i-1] {
					return nil, script.Raise("ValueError", "Contour levels must be increasing")
				}
			}
			item.Levels = s.values
		}
	}
	if v, ok := p.take("color"); ok && !script.IsNone(v) {
		if text, isText := v.(string); isText && len(text) > 1 {
			if _, err := plot.ParseColor(text, a.cycle()); err != nil { // "rgb" is three colours
				list := &script.List{}
				for _, letter := range text {
					list.Elts = append(list.Elts, string(letter))
				}
				v = list
			}
		}
		if item.Colors, err = colorsOf(v, a.cycle()); err != nil {
			return nil, err
		}
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
	if item.Style, _, _, err = p.lineStyle(); err != nil {
		return nil, err
	}
	p.take("origin")
	if v, ok := p.take("extent"); ok && !script.IsNone(v) && len(args) < 3 {
		e, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(e.values) == 4 {
			item.X, item.Y = spread(e.values[0], e.values[1], item.Cols), spread(e.values[2], e.values[3], item.Rows)
		}
	}
	if err := mappingProperties(p, &item.Mapping); err != nil {
		return nil, err
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.contour.QuadContourSet", item, &item.Common)
	a.mapped = v
	return v, nil
}

func spread(low, high float64, n int) plot.Values {
	out := make(plot.Values, n)
	for i := range out {
		out[i] = low + (high-low)*float64(i)/float64(max(n-1, 1))
	}
	return out
}
