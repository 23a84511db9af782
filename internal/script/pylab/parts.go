package pylab

import (
	"regexp"
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// entry is a method of a value without keywords of its own.
func entry(signature string, f func(c *script.Call) (script.Value, error)) script.Entry {
	return script.Entry{Signature: signature, TakesUnknown: true, Func: f}
}

// setterOf returns the entry of set_NAME(value), which changes one property.
func setterOf(name, property string, apply func(c *script.Call, p *properties) error) script.Entry {
	return entry("set_"+name+"(value, /)", func(c *script.Call) (script.Value, error) {
		p := &properties{function: c.Name, values: map[string]script.Value{}}
		if err := p.add(property, c.Arg("value")); err != nil {
			return nil, err
		}
		return script.None, apply(c, p)
	})
}

var artistSetters = []string{"color", "linewidth", "lw", "linestyle", "ls", "marker", "markersize", "ms", "markerfacecolor", "mfc", "markeredgecolor", "mec",
	"markeredgewidth", "mew", "drawstyle", "markevery", "dashes", "alpha", "label", "zorder", "visible", "clip_on", "facecolor", "edgecolor", "hatch"}

// artistEntries are the methods of lines, bars, images and the like.
func (s *State) artistEntries() []script.Entry {
	self := func(c *script.Call) *artistValue { return c.Self.(*artistValue) }
	apply := func(c *script.Call, p *properties) error { return self(c).apply(p) }
	var entries []script.Entry
	for _, name := range artistSetters {
		entries = append(entries, setterOf(name, name, apply))
	}
	data := func(c *script.Call, x, y script.Value) (script.Value, error) {
		l, ok := self(c).item.(*plot.Line)
		if !ok {
			return nil, script.Raise("AttributeError", "only lines can be given new data")
		}
		if !script.IsNone(x) {
			s, err := flat(x)
			if err != nil {
				return nil, err
			}
			l.X = plot.Values(s.values)
		}
		if !script.IsNone(y) {
			s, err := flat(y)
			if err != nil {
				return nil, err
			}
			l.Y = plot.Values(s.values)
		}
		if l.X != nil && l.X.Len() != l.Y.Len() && c.Name == "set_data" {
			return nil, script.Raise("ValueError", "x and y must have the same length, not %d and %d", l.X.Len(), l.Y.Len())
		}
		return script.None, nil
	}
	readData := func(c *script.Call) (x, y script.Value, err error) {
		switch item := self(c).item.(type) {
		case *plot.Line:
			return arrayValue(read(item.X, item.Y.Len())), arrayValue(read(item.Y, 0)), nil
		case *plot.ErrorBar:
			return arrayValue(read(item.X, item.Y.Len())), arrayValue(read(item.Y, 0)), nil
		}
		return nil, nil, script.Raise("AttributeError", "'%s' object has no data to get", self(c).TypeName())
	}
	return append(entries,
		entry("set_data(x, y)", func(c *script.Call) (script.Value, error) { return data(c, c.Arg("x"), c.Arg("y")) }),
		entry("set_xdata(x)", func(c *script.Call) (script.Value, error) { return data(c, c.Arg("x"), script.None) }),
		entry("set_ydata(y)", func(c *script.Call) (script.Value, error) { return data(c, script.None, c.Arg("y")) }),
		entry("get_data()", func(c *script.Call) (script.Value, error) {
			x, y, err := readData(c)
			return script.NewTuple(x, y), err
		}),
		entry("get_xdata()", func(c *script.Call) (script.Value, error) { x, _, err := readData(c); return x, err }),
		entry("get_ydata()", func(c *script.Call) (script.Value, error) { _, y, err := readData(c); return y, err }),
		entry("get_color()", func(c *script.Call) (script.Value, error) { return self(c).color().String(), nil }),
		entry("get_label()", func(c *script.Call) (script.Value, error) {
			if v := self(c); v.common != nil {
				return v.common.Label, nil
			}
			return "", nil
		}),
		entry("get_visible()", func(c *script.Call) (script.Value, error) {
			v := self(c)
			return v.common == nil || !v.common.Hidden, nil
		}),
		entry("remove()", func(c *script.Call) (script.Value, error) { self(c).remove(); return script.None, nil }),
		entry("set_clim(vmin=None, vmax=None)", func(c *script.Call) (script.Value, error) { return script.None, setColorLimits(self(c), c) }),
		entry("set_cmap(cmap)", func(c *script.Call) (script.Value, error) {
			name, err := colormapName(c.Arg("cmap"))
			if m := mappingIn(self(c).item); err == nil && m != nil {
				m.Colormap = name
			}
			return script.None, err
		}),
		script.Entry{Signature: "set(**kwargs)", Keywords: append(append([]string{}, lineProperties...), areaProperties...), TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			return script.None, self(c).apply(p)
		}})
}

// read returns the numbers of a series; a nil series counts.
func read(s plot.Series, n int) []float64 {
	if s == nil {
		return counted(n)
	}
	out := make([]float64, s.Len())
	for from := 0; from < len(out); {
		k := s.Read(out[from:], from)
		if k == 0 {
			break
		}
		from += k
	}
	return out
}

func (v *artistValue) remove() {
	if v.axes == nil {
		return
	}
	kept := v.axes.axes.Artists[:0]
	for _, item := range v.axes.axes.Artists {
		if item != v.item {
			kept = append(kept, item)
		}
	}
	v.axes.axes.Artists = kept
}

func (v *artistValue) color() plot.Color {
	switch item := v.item.(type) {
	case *plot.Line:
		return item.Color
	case *plot.ErrorBar:
		return item.Color
	case *plot.SpanLine:
		return item.Color
	case *plot.Stairs:
		return item.Color
	case *plot.FillBetween:
		return item.Color
	case *plot.Span:
		return item.Color
	case *plot.Patch:
		return item.Face
	case *plot.Bars:
		if len(item.Colors) > 0 {
			return item.Colors[0]
		}
	case *plot.Scatter:
		if len(item.Colors) > 0 {
			return item.Colors[0]
		}
	}
	return plot.Color{}
}

// apply changes properties of an artist after it has been made.
func (v *artistValue) apply(p *properties) error {
	var cycle []plot.Color
	if v.axes != nil {
		cycle = v.axes.cycle()
	}
	if v.paintPage != nil || v.paintAxes != nil {
		return v.paintBackground(p, cycle)
	}
	switch item := v.item.(type) {
	case *plot.Line:
		if err := p.line(item, cycle); err != nil {
			return err
		}
	case *plot.ErrorBar:
		if err := p.line(&item.Line, cycle); err != nil {
			return err
		}
	case *plot.SpanLine:
		if p.has("color") || p.has("linestyle") || p.has("linewidth") {
			l := plot.Line{Color: item.Color, Style: item.Style, Width: item.Width, Common: item.Common}
			if err := p.line(&l, cycle); err != nil {
				return err
			}
			item.Color, item.Style, item.Width, item.Common = l.Color, l.Style, l.Width, l.Common
		}
		if err := p.common(&item.Common); err != nil {
			return err
		}
	default:
		shape, err := p.area(cycle)
		if err != nil {
			return err
		}
		shape.apply(item)
		if v.common != nil {
			if err := p.common(v.common); err != nil {
				return err
			}
		}
	}
	return p.left()
}

func (v *artistValue) paintBackground(p *properties, cycle []plot.Color) error {
	shape, err := p.area(cycle)
	if err != nil {
		return err
	}
	to := (*plot.Color)(nil)
	if v.paintPage != nil {
		to = &v.paintPage.fig.FaceColor
	} else {
		to = &v.paintAxes.axes.FaceColor
	}
	if shape.hasFace {
		*to = shape.face
	}
	if alpha, ok, err := p.number("alpha"); err != nil {
		return err
	} else if ok {
		*to = to.WithAlpha(&alpha)
	}
	if visible, ok, err := p.truth("visible"); err != nil {
		return err
	} else if ok && !visible {
		*to = plot.Color{}
	}
	return p.left()
}

// apply gives the look to an artist that has areas.
func (s area) apply(item plot.Artist) {
	switch item := item.(type) {
	case *plot.Bars:
		if s.hasFace {
			item.Colors = []plot.Color{s.face}
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
		if s.hasWidth {
			item.EdgeWidth = s.width
		}
		if s.hatch != "" {
			item.Hatch = s.hatch
		}
	case *plot.Scatter:
		if s.hasFace {
			item.Colors, item.Values = []plot.Color{s.face}, nil
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
	case *plot.FillBetween:
		if s.hasFace {
			item.Color = s.face
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
	case *plot.Span:
		if s.hasFace {
			item.Color = s.face
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
	case *plot.Stairs:
		if s.hasFace {
			item.Color = s.face
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
	case *plot.Patch:
		if s.hasFace {
			item.Face = s.face
		}
		if s.hasEdge {
			item.Edge = s.edge
		}
		if s.hasWidth {
			item.Width = s.width
		}
	case *plot.Segments:
		if s.hasEdge {
			item.Colors = []plot.Color{s.edge}
		}
		if s.hasWidth {
			item.Width = s.width
		}
	case *plot.EventPlot:
		if s.hasEdge {
			item.Colors = []plot.Color{s.edge}
		}
		if s.hasWidth {
			item.Width = s.width
		}
	}
}

// textEntries are the methods of texts.
func (s *State) textEntries() []script.Entry {
	self := func(c *script.Call) *textValue { return c.Self.(*textValue) }
	apply := func(c *script.Call, p *properties) error { return self(c).apply(p) }
	entries := []script.Entry{
		entry("get_text()", func(c *script.Call) (script.Value, error) { return self(c).content(), nil }),
		entry("get_position()", func(c *script.Call) (script.Value, error) { return script.NewTuple(self(c).x, self(c).y), nil }),
		entry("set_text(s)", func(c *script.Call) (script.Value, error) {
			p := &properties{function: c.Name, values: map[string]script.Value{"text": c.Arg("s")}, names: []string{"text"}}
			return script.None, self(c).apply(p)
		}),
		entry("remove()", func(c *script.Call) (script.Value, error) {
			v := self(c)
			if v.item != nil {
				v.item.Hidden = true
				return script.None, nil
			}
			p := &properties{function: c.Name, values: map[string]script.Value{"text": ""}, names: []string{"text"}}
			return script.None, v.apply(p)
		}),
		{Signature: "set(**kwargs)", Keywords: append([]string{"text"}, textProperties...), Cosmetic: cosmeticText, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			return script.None, self(c).apply(p)
		}},
	}
	for name, property := range map[string]string{"color": "color", "fontsize": "fontsize", "size": "fontsize", "fontweight": "fontweight", "weight": "fontweight",
		"rotation": "rotation", "horizontalalignment": "horizontalalignment", "ha": "horizontalalignment", "verticalalignment": "verticalalignment",
		"va": "verticalalignment", "alpha": "alpha", "visible": "visible", "zorder": "zorder", "bbox": "bbox",
		"backgroundcolor": "backgroundcolor"} {
		entries = append(entries, setterOf(name, property, apply))
	}
	return entries
}

// spines is ax.spines: the four sides of the frame.
type spines struct{ axes *axesValue }

// TypeName is the name that messages use.
func (*spines) TypeName() string { return "Spines" }

// Attr gives a side by its name, and the methods that work on all.
func (s *spines) Attr(name string) (any, error) {
	switch name {
	case "left", "right", "top", "bottom":
		return &spineValue{s.axes, []string{name}}, nil
	case "values", "items", "keys":
		return script.NewBuiltin(entry(name+"()", func(*script.Call) (script.Value, error) {
			list := &script.List{}
			for _, side := range []string{"left", "right", "bottom", "top"} {
				spine := &spineValue{s.axes, []string{side}}
				switch name {
				case "values":
					list.Elts = append(list.Elts, spine)
				case "keys":
					list.Elts = append(list.Elts, side)
				default:
					list.Elts = append(list.Elts, script.NewTuple(side, spine))
				}
			}
			return list, nil
		})), nil
	}
	return nil, nil
}

// AttrNames lists the sides.
func (*spines) AttrNames() []string {
	return []string{"left", "right", "top", "bottom", "values", "items", "keys"}
}

// Index implements spines['top'], spines[['top', 'right']] and spines[:].
func (s *spines) Index(index any) (any, error) {
	all := []string{"left", "right", "bottom", "top"}
	var names []string
	switch v := index.(type) {
	case string:
		names = []string{v}
	case *script.Slice:
		names = all
	default:
		var err error
		if names, err = textsOf(v); err != nil {
			return nil, err
		}
	}
	for _, name := range names {
		known := false
		for _, side := range all {
			known = known || side == name
		}
		if !known {
			m := script.Raise("KeyError", "%s", script.Repr(name))
			if near := script.Nearest(name, all); near != "" {
				m.Hint = "Did you mean '" + near + "'?"
			}
			return nil, m
		}
	}
	return &spineValue{s.axes, names}, nil
}

// spineValue is one or several sides of the frame.
type spineValue struct {
	axes  *axesValue
	sides []string
}

// Drawn marks a value that a cell does not show.
func (*spineValue) Drawn() {}

// TypeName is the name that messages use.
func (*spineValue) TypeName() string { return "Spine" }

// Attr implements methods.
func (v *spineValue) Attr(name string) (any, error) {
	if m := v.axes.state.spineMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (v *spineValue) AttrNames() []string { return v.axes.state.spineMethods.Names() }

func (v *spineValue) hide(hidden bool) {
	all := &v.axes.axes.HiddenSpines
	for _, side := range v.sides {
		*map[string]*bool{"left": &all.Left, "right": &all.Right, "bottom": &all.Bottom, "top": &all.Top}[side] = hidden
	}
}

func (s *State) spineEntries() []script.Entry {
	self := func(c *script.Call) *spineValue { return c.Self.(*spineValue) }
	ignored := func(signature string) script.Entry {
		return entry(signature, func(c *script.Call) (script.Value, error) {
			s.warn(c, "%s() of a spine has no effect here", c.Name)
			return script.None, nil
		})
	}
	paint := func(c *script.Call) (script.Value, error) {
		color, err := colorOf(c.Arg("c"), self(c).axes.cycle())
		if err != nil {
			return nil, err
		}
		self(c).hide(color.None())
		if !color.None() {
			self(c).axes.axes.Style.AxesEdgeColor = color
		}
		return script.None, nil
	}
	return []script.Entry{
		entry("set_visible(b)", func(c *script.Call) (script.Value, error) {
			on, err := c.Bool("b")
			self(c).hide(!on)
			return script.None, err
		}),
		entry("set_color(c)", paint),
		entry("set_edgecolor(c)", paint),
		entry("set_linewidth(w)", func(c *script.Call) (script.Value, error) {
			w, err := c.Float("w")
			self(c).axes.axes.Style.AxesLineWidth = w
			return script.None, err
		}),
		entry("set_position(position)", func(c *script.Call) (script.Value, error) {
			pair, err := script.Elements(c.Arg("position"))
			if err != nil || len(pair) != 2 || pair[0] != script.Value("outward") {
				s.warn(c, "set_position() of a spine has an effect for ('outward', points) only")
				return script.None, nil
			}
			points, _, err := floatOf(pair[1])
			all := &self(c).axes.axes.SpineOffsets
			for _, side := range self(c).sides {
				*map[string]*float64{"left": &all.Left, "right": &all.Right, "bottom": &all.Bottom, "top": &all.Top}[side] = points
			}
			return script.None, err
		}),
		ignored("set_bounds(low=None, high=None)"), ignored("set_alpha(alpha)"), ignored("set_zorder(level)"), ignored("set_linestyle(ls)"),
	}
}

// axisValue is ax.xaxis or ax.yaxis.
type axisValue struct {
	axes     *axesValue
	vertical bool
}

// Drawn marks a value that a cell does not show.
func (*axisValue) Drawn() {}

// TypeName is the name that messages use.
func (v *axisValue) TypeName() string {
	if v.vertical {
		return "YAxis"
	}
	return "XAxis"
}

// Attr implements attributes and methods.
func (v *axisValue) Attr(name string) (any, error) {
	if name == "label" {
		return v.axes.labelText(v.vertical), nil
	}
	if m := v.axes.state.axisMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (v *axisValue) AttrNames() []string {
	return append([]string{"label"}, v.axes.state.axisMethods.Names()...)
}

func (s *State) axisEntries() []script.Entry {
	self := func(c *script.Call) *axisValue { return c.Self.(*axisValue) }
	axis := func(c *script.Call) *plot.Axis { return self(c).axes.axis(self(c).vertical) }
	forward := func(signature, name string) script.Entry {
		return script.Entry{Signature: signature + "(*args, **kwargs)", TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			letter := "x"
			if self(c).vertical {
				letter = "y"
			}
			if name == "grid" || name == "tick_params" {
				return c.Interp.Call(s.axesMethods.Bind(self(c).axes, name), c.Args, append(c.Keywords, script.KeywordArg{Name: "axis", Value: letter}))
			}
			return c.Interp.Call(s.axesMethods.Bind(self(c).axes, "set_"+letter+name), c.Args, c.Keywords)
		}}
	}
	place := func(c *script.Call) (script.Value, error) {
		switch v := c.Arg("position"); v {
		case script.Value("top"), script.Value("right"):
			axis(c).Opposite = true
		case script.Value("bottom"), script.Value("left"), script.Value("default"), script.Value("both"):
			axis(c).Opposite = false
		case script.Value("none"):
			zero := 0.0
			axis(c).TickLength = &zero
		default:
			return nil, script.Raise("ValueError", "%s is not a valid value for position", script.Repr(v))
		}
		return script.None, nil
	}
	return []script.Entry{
		entry("set_visible(b)", func(c *script.Call) (script.Value, error) {
			on, err := c.Bool("b")
			axis(c).Hidden = !on
			return script.None, err
		}),
		forward("set_ticks", "ticks"), forward("set_ticklabels", "ticklabels"), forward("set_label_text", "label"), forward("grid", "grid"), forward("set_tick_params", "tick_params"), forward("set_scale", "scale"),
		entry("set_ticks_position(position)", place), entry("set_label_position(position)", place),
		entry("tick_top()", func(c *script.Call) (script.Value, error) { axis(c).Opposite = true; return script.None, nil }),
		entry("tick_bottom()", func(c *script.Call) (script.Value, error) { axis(c).Opposite = false; return script.None, nil }),
		entry("tick_left()", func(c *script.Call) (script.Value, error) { axis(c).Opposite = false; return script.None, nil }),
		entry("tick_right()", func(c *script.Call) (script.Value, error) { axis(c).Opposite = true; return script.None, nil }),
		entry("set_inverted(inverted)", func(c *script.Call) (script.Value, error) {
			on, err := c.Bool("inverted")
			axis(c).Inverted = on
			return script.None, err
		}),
		entry("get_label()", func(c *script.Call) (script.Value, error) { return self(c).axes.labelText(self(c).vertical), nil }),
		entry("get_label_text()", func(c *script.Call) (script.Value, error) { return axis(c).Label, nil }),
		entry("set_label_coords(x, y, transform=None)", func(c *script.Call) (script.Value, error) {
			if v := c.Arg("transform"); !script.IsNone(v) && v != script.Value(transform(plot.AxesCoordinates)) {
				return nil, script.Raise("NotImplementedError", "Synfire supports set_label_coords() in fractions of the axes only.")
			}
			x, err := c.Float("x")
			if err != nil {
				return nil, err
			}
			y, err := c.Float("y")
			axis(c).LabelPlace = &[2]float64{x, y}
			return script.None, err
		}),
		entry("get_ticklabels()", func(c *script.Call) (script.Value, error) {
			return script.NewList(self(c).axes.tickTexts(self(c).vertical)...), nil
		}),
		entry("set_major_locator(locator)", func(c *script.Call) (script.Value, error) {
			l, ok := c.Arg("locator").(*locator)
			if !ok {
				return nil, script.Raise("TypeError", "an axis takes MaxNLocator, FixedLocator and NullLocator, not %s", script.TypeName(c.Arg("locator")))
			}
			x := axis(c)
			switch l.kind {
			case "NullLocator":
				x.SetTicks([]float64{}, nil)
			case "FixedLocator":
				x.SetTicks(l.at, nil)
			case "MultipleLocator":
				low, high := self(c).axes.limits(self(c).vertical)
				x.SetTicks(multiples(l.base, low, high), nil)
			default:
				x.CustomTicks, x.Ticks, x.TickLabels = false, nil, nil
				x.MaxTicks, x.IntegerTicks = l.count, l.integer
			}
			return script.None, nil
		}),
		entry("set_minor_locator(locator)", func(c *script.Call) (script.Value, error) {
			l, ok := c.Arg("locator").(*locator)
			axis(c).MinorTicks = ok && l.kind != "NullLocator"
			return script.None, nil
		}),
		entry("set_major_formatter(formatter)", func(c *script.Call) (script.Value, error) {
			x := axis(c)
			switch f := c.Arg("formatter").(type) {
			case string:
				format := percentFormat(f)
				if err := plot.CheckLabelFormat(format); err != nil {
					return nil, err
				}
				x.HideLabels, x.PlainLabels, x.LabelFormat = false, false, format
			case *locator:
				x.HideLabels, x.PlainLabels, x.LabelFormat = f.kind == "NullFormatter", f.kind == "ScalarFormatter", f.format
			default:
				return nil, script.Raise("TypeError", "an axis takes NullFormatter, ScalarFormatter and FormatStrFormatter, not %s", script.TypeName(f))
			}
			return script.None, nil
		}),
	}
}

// percentFormat turns "{x:.1f} ms" into "%.1f ms".
func percentFormat(text string) string {
	return bracedNumber.ReplaceAllStringFunc(strings.ReplaceAll(text, "%", "%%"), func(braced string) string {
		switch spec := bracedNumber.FindStringSubmatch(braced)[1]; {
		case spec == "":
			return "%s"
		case strings.ContainsAny(spec[len(spec)-1:], "0123456789"):
			return "%" + spec + "g"
		default:
			return "%" + spec
		}
	})
}

// bracedNumber is a number in a format of str.format; its first group is how it is written.
var bracedNumber = regexp.MustCompile(`\{x(?::([-+ 0]?\d*(?:\.\d+)?[defgEG]?))?\}`)

// legendValue is what legend() returns.
type legendValue struct {
	state   *State
	legend  *plot.Legend
	remove  func()
	address string
}

// Drawn marks a value that a cell does not show.
func (*legendValue) Drawn() {}

// TypeName is the name that messages use.
func (*legendValue) TypeName() string { return "Legend" }

// Repr implements repr(x).
func (v *legendValue) Repr() string { return "<matplotlib.legend.Legend object at " + v.address + ">" }

// Attr implements methods.
func (v *legendValue) Attr(name string) (any, error) {
	none := func(f func(c *script.Call) error) script.Value {
		signature := name + "(value=None)"
		return script.NewBuiltin(entry(signature, func(c *script.Call) (script.Value, error) { return script.None, f(c) }))
	}
	switch name {
	case "remove":
		return none(func(*script.Call) error { v.remove(); return nil }), nil
	case "set_title":
		return none(func(c *script.Call) error { v.legend.Title = script.Str(c.Arg("value")); return nil }), nil
	case "set_visible":
		return none(func(c *script.Call) error {
			if c.Arg("value") == script.Value(false) {
				v.remove()
			}
			return nil
		}), nil
	case "set_frame_on":
		return none(func(c *script.Call) error {
			on, err := c.Bool("value")
			v.legend.NoFrame = !on
			return err
		}), nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (*legendValue) AttrNames() []string {
	return []string{"remove", "set_title", "set_visible", "set_frame_on"}
}
