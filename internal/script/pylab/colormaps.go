package pylab

import (
	"math"

	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/numpy"

	"synfire/internal/array"
	"synfire/units"
)

// colormapValue is cm.viridis: called with a fraction it gives a colour.
type colormapValue struct{ colors *plot.Colormap }

// TypeName is the name that messages use.
func (*colormapValue) TypeName() string { return "Colormap" }

// Repr implements repr(x).
func (v *colormapValue) Repr() string { return "<colormap " + v.colors.Name + ">" }

// Attr implements the attributes.
func (v *colormapValue) Attr(name string) (any, error) {
	switch name {
	case "name":
		return v.colors.Name, nil
	case "N":
		return int64(len(v.colors.Colors)), nil
	case "reversed":
		return script.NewBuiltin(entry("reversed(name=None)", func(*script.Call) (script.Value, error) { return findColormap(reversedName(v.colors.Name)) })), nil
	case "colors":
		list := &script.List{}
		for _, c := range v.colors.Colors {
			list.Elts = append(list.Elts, script.NewTuple(float64(c.R)/255, float64(c.G)/255, float64(c.B)/255))
		}
		return list, nil
	}
	return nil, nil
}

func reversedName(name string) string {
	if n := len(name); n > 2 && name[n-2:] == "_r" {
		return name[:n-2]
	}
	return name + "_r"
}

// CallScript implements cmap(0.5) and cmap(array): whole numbers count colours, others are fractions.
func (v *colormapValue) CallScript(c *script.Call) (script.Value, error) {
	if len(c.Args) == 0 {
		return nil, script.Raise("TypeError", "a colormap is called with a number between 0 and 1")
	}
	s, err := numbersOf(c.Args[0])
	if err != nil {
		return nil, err
	}
	if s.unknown {
		return &script.Unknown{What: "a colour"}, nil
	}
	alpha := 255.0
	if a, ok := c.Keyword("alpha"); ok && !script.IsNone(a) {
		x, err := script.AsFloat(a)
		if err != nil {
			return nil, err
		}
		alpha = math.Round(x * 255)
	}
	n := len(v.colors.Colors)
	components := make([]float64, 0, 4*len(s.values))
	for _, x := range s.values {
		color := plot.Color{}
		switch {
		case math.IsNaN(x):
		case s.dtype == array.Int64:
			color = v.colors.Colors[min(max(int(x), 0), n-1)]
		default:
			color = v.colors.At(x)
		}
		opacity := alpha
		if math.IsNaN(x) {
			opacity = 0
		}
		components = append(components, float64(color.R)/255, float64(color.G)/255, float64(color.B)/255, opacity/255)
	}
	if s.shape == nil {
		return script.NewTuple(components[0], components[1], components[2], components[3]), nil
	}
	return numpy.New(array.FromFloats(components, units.Dimension{}, append(append([]int{}, s.shape...), 4)...)), nil
}

func findColormap(name string) (script.Value, error) {
	colors, err := plot.FindColormap(name)
	if err != nil {
		return nil, err
	}
	return &colormapValue{colors}, nil
}

// colormapName reads cmap=: a name or a colormap.
func colormapName(v script.Value) (string, error) {
	switch v := v.(type) {
	case string:
		_, err := plot.FindColormap(v)
		return v, err
	case *colormapValue:
		return v.colors.Name, nil
	case *script.Unknown:
		return "", nil
	}
	return "", script.Raise("TypeError", "cmap must be a name or a colormap such as cm.viridis, not %s", script.TypeName(v))
}

// colormapModule is matplotlib.cm.
func colormapModule() *script.Module {
	m := &script.Module{Name: "matplotlib.cm", Doc: "Colormaps."}
	for _, name := range plot.ColormapNames() {
		for _, full := range []string{name, name + "_r"} {
			if v, err := findColormap(full); err == nil {
				m.Entries = append(m.Entries, script.Entry{Name: full, Value: v})
			}
		}
	}
	m.Entries = append(m.Entries, getCmap("get_cmap(name=None, lut=None)"),
		script.Entry{Signature: "ScalarMappable(norm=None, cmap=None)", Doc: "Maps numbers to colours, for colorbar().", Func: func(c *script.Call) (script.Value, error) {
			item := &plot.Scatter{Values: plot.Values{0, 1}, X: plot.Values{}, Y: plot.Values{}}
			if err := mappingProperties(&properties{function: c.Name, values: map[string]script.Value{"norm": c.Arg("norm"), "cmap": c.Arg("cmap")}}, &item.Mapping); err != nil {
				return nil, err
			}
			return &mappable{item}, nil
		}})
	return m
}

// mappable is a ScalarMappable: colours without an artist.
type mappable struct{ item *plot.Scatter }

// Drawn marks a value that a cell does not show.
func (*mappable) Drawn() {}

// Attr implements the methods.
func (v *mappable) Attr(name string) (any, error) {
	switch name {
	case "set_array":
		return script.NewBuiltin(entry("set_array(A)", func(c *script.Call) (script.Value, error) {
			if s, err := flat(c.Arg("A")); err == nil && len(s.values) > 0 {
				v.item.Values = s.values
			}
			return script.None, nil
		})), nil
	case "to_rgba":
		return script.NewBuiltin(entry("to_rgba(x)", func(c *script.Call) (script.Value, error) {
			s, err := numbersOf(c.Arg("x"))
			if err != nil {
				return nil, err
			}
			norm := &normValue{low: v.item.Mapping.Low, high: v.item.Mapping.High, log: v.item.Mapping.Log}
			for i := range s.values {
				s.values[i] = norm.fraction(s.values[i])
			}
			name := v.item.Mapping.Colormap
			if name == "" {
				name = "viridis"
			}
			colors, err := plot.FindColormap(name)
			if err != nil {
				return nil, err
			}
			c.Args = []script.Value{numpy.Wrap(array.FromFloats(s.values, units.Dimension{}, s.shape...))}
			return (&colormapValue{colors}).CallScript(c)
		})), nil
	}
	return nil, nil
}

func getCmap(signature string) script.Entry {
	return script.Entry{Signature: signature, Doc: "A colormap by its name.", Func: func(c *script.Call) (script.Value, error) {
		switch v := c.Arg("name").(type) {
		case *colormapValue:
			return v, nil
		case script.NoneType:
			return findColormap("viridis")
		case string:
			m, err := plot.FindColormap(v)
			if err != nil {
				return nil, err
			}
			if lut := c.Arg("lut"); !script.IsNone(lut) {
				n, err := c.Int("lut")
				if err != nil {
					return nil, err
				}
				if n < 1 || n > 4096 {
					return nil, script.Raise("ValueError", "a colormap has between 1 and 4096 colors, not %d", n)
				}
				picked := make([]plot.Color, n)
				for i := range picked {
					picked[i] = m.At(float64(i) / math.Max(float64(n-1), 1))
				}
				m = &plot.Colormap{Name: m.Name, Colors: picked}
			}
			return &colormapValue{m}, nil
		}
		return nil, script.Raise("TypeError", "get_cmap() must be called with a string or None, not %s", script.Repr(c.Arg("name")))
	}}
}

// normValue is Normalize or LogNorm.
type normValue struct {
	low, high *float64
	log       bool
}

// TypeName is the name that messages use.
func (v *normValue) TypeName() string {
	if v.log {
		return "LogNorm"
	}
	return "Normalize"
}

// Attr implements the attributes.
func (v *normValue) Attr(name string) (any, error) {
	switch name {
	case "vmin", "vmax":
		end := v.low
		if name == "vmax" {
			end = v.high
		}
		if end == nil {
			return script.None, nil
		}
		return *end, nil
	}
	return nil, nil
}

func (v *normValue) fraction(x float64) float64 {
	low, high := 0.0, 1.0
	if v.low != nil {
		low = *v.low
	}
	if v.high != nil {
		high = *v.high
	}
	if v.log {
		low, high, x = math.Log10(low), math.Log10(high), math.Log10(x)
	}
	if low == high {
		return 0
	}
	return (x - low) / (high - low)
}

// CallScript implements norm(x): the fraction at which a value lies.
func (v *normValue) CallScript(c *script.Call) (script.Value, error) {
	if len(c.Args) != 1 {
		return nil, script.Raise("TypeError", "a norm is called with numbers")
	}
	s, err := numbersOf(c.Args[0])
	if err != nil {
		return nil, err
	}
	for i := range s.values {
		s.values[i] = v.fraction(s.values[i])
	}
	return numpy.Wrap(array.FromFloats(s.values, units.Dimension{}, s.shape...)), nil
}

// colorsModule is matplotlib.colors.
func colorsModule() *script.Module {
	norm := func(name string, log bool) script.Entry {
		return script.Entry{Signature: name + "(vmin=None, vmax=None, clip=False)", Doc: "How values become fractions of a colormap.", Func: func(c *script.Call) (script.Value, error) {
			n := &normValue{log: log}
			for name, end := range map[string]**float64{"vmin": &n.low, "vmax": &n.high} {
				if v := c.Arg(name); !script.IsNone(v) {
					x, _, err := floatOf(v)
					if err != nil {
						return nil, err
					}
					*end = &x
				}
			}
			return n, nil
		}}
	}
	rgba := func(signature string, alpha bool) script.Entry {
		return script.Entry{Signature: signature, Doc: "A colour as a tuple of fractions.", Func: func(c *script.Call) (script.Value, error) {
			color, err := colorOf(c.Arg("c"), nil)
			if err != nil {
				return nil, err
			}
			t := script.NewTuple(float64(color.R)/255, float64(color.G)/255, float64(color.B)/255)
			if alpha {
				t.Elts = append(t.Elts, float64(color.A)/255)
			}
			return t, nil
		}}
	}
	return &script.Module{Name: "matplotlib.colors", Doc: "Colours and how values become colours.", Entries: []script.Entry{
		norm("Normalize", false), norm("LogNorm", true), rgba("to_rgb(c)", false), rgba("to_rgba(c, alpha=None)", true),
		{Signature: "to_hex(c, keep_alpha=False)", Doc: "A colour as #rrggbb.", Func: func(c *script.Call) (script.Value, error) {
			color, err := colorOf(c.Arg("c"), nil)
			if err != nil {
				return nil, err
			}
			color.A = 255
			return color.String(), nil
		}},
	}}
}

// mappingIn returns how an artist maps values to colours, or nil.
func mappingIn(item plot.Artist) *plot.Mapping {
	switch item := item.(type) {
	case *plot.Scatter:
		return &item.Mapping
	case *plot.Image:
		return &item.Mapping
	case *plot.Mesh:
		return &item.Mapping
	case *plot.Contour:
		return &item.Mapping
	}
	return nil
}

func setColorLimits(v *artistValue, c *script.Call) error {
	m := mappingIn(v.item)
	if m == nil {
		return script.Raise("RuntimeError", "this artist maps no values to colours")
	}
	low, high := c.Arg("vmin"), c.Arg("vmax")
	if pair, ok := low.(*script.Tuple); ok && len(pair.Elts) == 2 && script.IsNone(high) {
		low, high = pair.Elts[0], pair.Elts[1]
	}
	return mappingProperties(&properties{function: c.Name, values: map[string]script.Value{"vmin": low, "vmax": high}}, m)
}

// colorbarValue is what colorbar() returns.
type colorbarValue struct {
	axes    *axesValue
	address string
}

// Drawn marks a value that a cell does not show.
func (*colorbarValue) Drawn() {}

// TypeName is the name that messages use.
func (*colorbarValue) TypeName() string { return "Colorbar" }

// Repr implements repr(x).
func (v *colorbarValue) Repr() string {
	return "<matplotlib.colorbar.Colorbar object at " + v.address + ">"
}

// Attr implements attributes and methods.
func (v *colorbarValue) Attr(name string) (any, error) {
	if name == "ax" {
		return v.axes, nil
	}
	if m := v.axes.state.barMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (v *colorbarValue) AttrNames() []string {
	return append([]string{"ax"}, v.axes.state.barMethods.Names()...)
}

func (s *State) colorbarEntries() []script.Entry {
	self := func(c *script.Call) *colorbarValue { return c.Self.(*colorbarValue) }
	return []script.Entry{
		{Signature: "set_label(label, *, loc=None, **kwargs)", Keywords: append([]string{"labelpad"}, textProperties...), Cosmetic: cosmeticText, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			p.take("labelpad")
			v := self(c).axes.labelText(true)
			p.values["text"] = c.Arg("label")
			return script.None, v.apply(p)
		}},
		{Signature: "set_ticks(ticks, labels=None, *, minor=False, **kwargs)", Keywords: []string{"update_ticks"}, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			return script.None, self(c).axes.setTicks(true, c.Arg("ticks"), c.Arg("labels"), nil)
		}},
		{Signature: "set_ticklabels(ticklabels, *, minor=False, **kwargs)", Keywords: tickLabelKeywords, Cosmetic: cosmeticText, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			return script.None, self(c).axes.setTickLabels(true, c.Arg("ticklabels"), p)
		}},
		entry("remove()", func(c *script.Call) (script.Value, error) {
			v := self(c)
			v.axes.figure.remove(v.axes)
			return script.None, nil
		}),
	}
}

// colorbar adds a colorbar for an artist, by default the last that maps values to colours.
func (s *State) colorbar(f *figureValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	parent := f.gca()
	var source plot.Mapped
	switch v := c.Arg("mappable").(type) {
	case nil, script.NoneType:
		if parent.mapped == nil {
			return nil, script.Raise("RuntimeError", "No mappable was found to use for colorbar creation. First define a mappable such as an image (with imshow) or a contour set (with contourf).")
		}
		source, _ = parent.mapped.item.(plot.Mapped)
	case *artistValue:
		source, _ = v.item.(plot.Mapped)
		if v.axes != nil && v.axes.figure == f {
			parent = v.axes
		}
	case *mappable:
		source = v.item
	}
	if source == nil {
		return nil, script.Raise("TypeError", "colorbar() takes an image, a mesh, a contour plot or a scatter plot of values, not %s", script.TypeName(c.Arg("mappable")))
	}
	switch v := c.Arg("ax").(type) {
	case nil, script.NoneType:
	case *axesValue:
		parent = v
	default:
		elements, err := script.Elements(v)
		if err == nil && len(elements) > 0 {
			if last, ok := elements[len(elements)-1].(*axesValue); ok {
				parent = last
				break
			}
		}
		return nil, script.Raise("TypeError", "ax must be axes, not %s", script.TypeName(v))
	}
	label, _ := p.label("label")
	f.fig.Style = s.style
	current := f.current
	bar := f.fig.AddColorbar(parent.axes, source, label)
	for name, field := range map[string]*float64{"fraction": &bar.Colorbar.Fraction, "pad": &bar.Colorbar.Pad, "shrink": &bar.Colorbar.Shrink} {
		x, ok, err := p.number(name)
		if err != nil {
			return nil, err
		}
		if ok {
			*field = x
		}
	}
	orientation, _, err := p.text("orientation")
	if err != nil {
		return nil, err
	}
	location, _, err := p.text("location")
	if err != nil {
		return nil, err
	}
	bar.Colorbar.Horizontal = orientation == "horizontal" || location == "bottom" || location == "top"
	value := f.wrap(bar)
	f.current = current
	if v, ok := p.take("ticks"); ok && !script.IsNone(v) {
		if err := value.setTicks(true, v, script.None, nil); err != nil {
			return nil, err
		}
	}
	if err := p.left(); err != nil {
		return nil, err
	}
	return &colorbarValue{value, s.address()}, nil
}
