package pylab

import (
	"bytes"
	"path/filepath"
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// figureEntries are the methods of figures.
func (s *State) figureEntries() []script.Entry {
	method := func(signature string, keywords []string, f func(*figureValue, *script.Call) (script.Value, error)) script.Entry {
		return script.Entry{Signature: signature, Keywords: keywords, Cosmetic: cosmeticOf(signature), TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			return f(c.Self.(*figureValue), c)
		}}
	}
	return []script.Entry{
		method("add_subplot(*args, **kwargs)", subplotKeywords, subplot),
		method("add_axes(arg, **kwargs)", subplotKeywords, placedAxes),
		method("subplots(nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, width_ratios=None, height_ratios=None, subplot_kw=None, gridspec_kw=None)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			return f.subplots(c)
		}),
		method("suptitle(t, **kwargs)", append([]string{"x", "y"}, textProperties...), suptitle),
		method("savefig(fname, dpi=None, format=None, transparent=None, **kwargs)", nil, savefig),
		method("tight_layout(*, pad=1.08, h_pad=None, w_pad=None, rect=None)", nil, tightLayout),
		method("set_tight_layout(tight)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			on, err := c.Bool("tight")
			f.fig.TightLayout = on
			return script.None, err
		}),
		method("colorbar(mappable=None, cax=None, ax=None, **kwargs)", colorbarKeywords, s.colorbar),
		method("add_gridspec(nrows=1, ncols=1, **kwargs)", append([]string{"figure"}, gridKeywords...), s.newGrid),
		method("subplots_adjust(**kwargs)", marginKeywords, func(f *figureValue, c *script.Call) (script.Value, error) { return script.None, f.adjust(c, nil) }),
		method("text(x, y, s, fontdict=None, **kwargs)", append([]string{"fontdict"}, textProperties...), figureText),
		method("legend(*args, handles=None, labels=None, loc=None, ncol=None, ncols=None, fontsize=None, title=None, frameon=None, framealpha=None, bbox_to_anchor=None, markerscale=None)", nil, figureLegend),
		method("gca()", nil, func(f *figureValue, c *script.Call) (script.Value, error) { return f.gca(), nil }),
		method("sca(a)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			if a, ok := c.Arg("a").(*axesValue); ok && a.figure == f {
				f.current = a
			}
			return f.gca(), nil
		}),
		method("get_axes()", nil, func(f *figureValue, c *script.Call) (script.Value, error) { return f.Attr("axes") }),
		method("delaxes(ax)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			if a, ok := c.Arg("ax").(*axesValue); ok && a.figure == f {
				f.remove(a)
			}
			return script.None, nil
		}),
		method("clf()", nil, func(f *figureValue, c *script.Call) (script.Value, error) { f.clear(); return script.None, nil }),
		method("clear()", nil, func(f *figureValue, c *script.Call) (script.Value, error) { f.clear(); return script.None, nil }),
		method("show(warn=True)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			s.closeFigure(f)
			if s.host.Show != nil && !s.host.Check && !f.fig.Empty() {
				s.host.Show(f.fig)
			}
			return script.None, nil
		}),
		method("set_size_inches(w, h=None)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			size := c.Arg("w")
			if h := c.Arg("h"); !script.IsNone(h) {
				size = script.NewTuple(size, h)
			}
			return script.None, f.settings(c, &properties{function: c.Name, values: map[string]script.Value{"figsize": size}})
		}),
		method("get_size_inches()", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			return arrayValue([]float64{f.fig.Width, f.fig.Height}), nil
		}),
		method("set_figwidth(val)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			x, err := c.Float("val")
			f.fig.Width = x
			return script.None, err
		}),
		method("set_figheight(val)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			x, err := c.Float("val")
			f.fig.Height = x
			return script.None, err
		}),
		method("set_dpi(val)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			x, err := c.Float("val")
			f.fig.DPI = x
			return script.None, err
		}),
		method("set_facecolor(color)", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			color, err := colorOf(c.Arg("color"), s.style.Cycle)
			f.fig.FaceColor = color
			return script.None, err
		}),
		method("supxlabel(t, **kwargs)", textProperties, func(f *figureValue, c *script.Call) (script.Value, error) { return f.sideLabel(c, false) }),
		method("supylabel(t, **kwargs)", textProperties, func(f *figureValue, c *script.Call) (script.Value, error) { return f.sideLabel(c, true) }),
		method("autofmt_xdate(bottom=0.2, rotation=30, ha='right', which='major')", nil, func(f *figureValue, c *script.Call) (script.Value, error) {
			angle, err := c.Float("rotation")
			for _, a := range f.fig.Axes {
				a.X.TickRotation = angle
			}
			return script.None, err
		}),
	}
}

// figure is figure(num, figsize, dpi).
func (s *State) figure(c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"figsize", "dpi"} {
		p.values[name] = c.Arg(name)
	}
	f, fresh, err := s.figureByNumber(c.Arg("num"))
	if err != nil {
		return nil, err
	}
	if clear, err := c.Bool("clear"); err != nil {
		return nil, err
	} else if clear {
		f.clear()
	}
	if !fresh {
		return f, nil
	}
	return f, f.settings(c, p)
}

// figureByNumber finds or makes the figure that num= names: a number, a text or a figure.
func (s *State) figureByNumber(num script.Value) (f *figureValue, fresh bool, err error) {
	switch v := num.(type) {
	case nil, script.NoneType, *script.Unknown:
		return s.newFigure(s.freeNumber()), true, nil
	case *figureValue:
		s.current = v
		return v, false, nil
	case string:
		for _, f := range s.figures {
			if f.label == v {
				s.current = f
				return f, false, nil
			}
		}
		f := s.newFigure(s.freeNumber())
		f.label = v
		return f, true, nil
	}
	n, err := script.AsIndex(num)
	if err != nil {
		x, e := script.AsFloat(num)
		if e != nil {
			return nil, false, script.Raise("TypeError", "num must be a number or a string, not %s", script.TypeName(num))
		}
		n = int64(x)
	}
	for _, f := range s.figures {
		if int64(f.fig.Number) == n {
			s.current = f
			return f, false, nil
		}
	}
	return s.newFigure(int(n)), true, nil
}

// subplots is pyplot's subplots(): a new figure and its axes.
func (s *State) subplots(c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	num, _ := p.take("num")
	f, fresh, err := s.figureByNumber(num)
	if err != nil {
		return nil, err
	}
	if clear, _, err := p.truth("clear"); err != nil {
		return nil, err
	} else if clear {
		f.clear()
	}
	if fresh {
		if err := f.settings(c, p); err != nil {
			return nil, err
		}
	}
	axes, err := f.subplots(c)
	if err != nil {
		s.closeFigure(f)
		return nil, err
	}
	return script.NewTuple(f, axes), nil
}

// subplots fills the figure with a grid of axes.
func (f *figureValue) subplots(c *script.Call) (script.Value, error) {
	rows, err := c.Int("nrows")
	if err != nil {
		return nil, err
	}
	cols, err := c.Int("ncols")
	if err != nil {
		return nil, err
	}
	p := &properties{function: c.Name, values: map[string]script.Value{}}
	if v := c.Arg("gridspec_kw"); !script.IsNone(v) {
		if err := p.addAll(v, gridKeywords); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"width_ratios", "height_ratios"} {
		if v := c.Arg(name); !script.IsNone(v) {
			p.values[name] = v
		}
	}
	options, err := gridOptions(p)
	if err != nil {
		return nil, err
	}
	if err := f.setMargins(p); err != nil {
		return nil, err
	}
	if options.ShareX, err = sharingOf(c.Arg("sharex"), "sharex"); err != nil {
		return nil, err
	}
	if options.ShareY, err = sharingOf(c.Arg("sharey"), "sharey"); err != nil {
		return nil, err
	}
	before := len(f.axes)
	axes, err := f.grid(int(rows), int(cols), options, c)
	if err != nil {
		return nil, err
	}
	if d, ok := c.Arg("subplot_kw").(*script.Dict); ok {
		for _, a := range f.axes[before:] {
			for name, v := range d.All() {
				if err := a.setting(c, script.Str(name), v); err != nil {
					return nil, err
				}
			}
		}
	}
	return axes, nil
}

// setting applies a keyword of subplot(): xlim=, title=, ...
func (a *axesValue) setting(c *script.Call, name string, v script.Value) error {
	switch name {
	case "sharex", "sharey":
		if other, ok := v.(*axesValue); ok {
			if name == "sharex" {
				a.figure.fig.ShareX(other.axes, a.axes)
			} else {
				a.figure.fig.ShareY(other.axes, a.axes)
			}
		}
		return nil
	case "label":
		return nil
	case "frameon":
		on, err := script.Truth(v)
		if err == nil && !on {
			a.axes.HiddenSpines = plot.Sides{Left: true, Right: true, Bottom: true, Top: true}
			a.axes.FaceColor = plot.Color{}
		}
		return err
	case "polar", "projection":
		if script.IsNone(v) || v == script.Value(false) || v == script.Value("rectilinear") {
			return nil
		}
		if v == script.Value(true) || v == script.Value("polar") {
			a.axes.Polar = true
			return nil
		}
		return script.Raise("NotImplementedError", "axes of the projection %s are not supported", script.Repr(v))
	}
	m := a.state.axesMethods.Bind(a, "set_"+name)
	if m == nil {
		return script.Raise("AttributeError", "%s() got an unexpected keyword argument '%s'", c.Name, name)
	}
	_, err := c.Interp.Call(m, []script.Value{v}, nil)
	return err
}

// subplot is subplot(2, 1, 1), subplot(211) and subplot(gs[0, :]).
func subplot(f *figureValue, c *script.Call) (script.Value, error) {
	args := c.Args
	f.fig.Style = f.state.style
	var a *axesValue
	switch {
	case len(args) == 0:
		args = []script.Value{int64(1), int64(1), int64(1)}
	case len(args) == 1:
		switch v := args[0].(type) {
		case *cellsValue:
			place := v.place
			for _, old := range f.axes {
				if same(old.axes.Place, place) && old.axes.TwinOf == 0 && old.axes.Colorbar == nil && c.Name == "subplot" {
					a = f.wrap(old.axes)
				}
			}
			if a == nil {
				a = f.wrap(f.fig.AddAxes(place, f.state.style))
			}
		case *axesValue:
			return f.wrap(v.axes), nil
		default:
			n, err := script.AsIndex(v)
			if err != nil || n < 100 || n > 999 {
				return nil, script.Raise("ValueError", "Integer subplot specification must be a three-digit number, not %s", script.Repr(v))
			}
			args = []script.Value{n / 100, n / 10 % 10, n % 10}
		}
	case len(args) != 3:
		return nil, script.Raise("TypeError", "%s() takes 1 or 3 positional arguments but %d were given", c.Name, len(args))
	}
	if a == nil {
		var n [2]int
		for i, what := range []string{"rows", "columns"} {
			var err error
			if n[i], err = gridExtent(what, args[i]); err != nil {
				return nil, err
			}
		}
		first, last := 0, 0
		if pair, ok := args[2].(*script.Tuple); ok && len(pair.Elts) == 2 {
			x, err := script.AsIndex(pair.Elts[0])
			if err != nil {
				return nil, err
			}
			y, err := script.AsIndex(pair.Elts[1])
			if err != nil {
				return nil, err
			}
			first, last = int(x), int(y)
		} else {
			x, err := script.AsIndex(args[2])
			if err != nil {
				return nil, script.Raise("ValueError", "num must be an integer with 1 <= num <= %d, not %s", n[0]*n[1], script.Repr(args[2]))
			}
			first, last = int(x), int(x)
		}
		made, err := f.fig.Subplot(n[0], n[1], first, last)
		if err != nil {
			return nil, script.Raise("ValueError", "%v", err)
		}
		a = f.wrap(made)
	}
	for _, k := range c.Keywords {
		if err := a.setting(c, k.Name, k.Value); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func same(a, b plot.Place) bool {
	return a.Rect == nil && b.Rect == nil && a.Rows == b.Rows && a.Cols == b.Cols && a.Row == b.Row && a.Col == b.Col &&
		max(a.RowSpan, 1) == max(b.RowSpan, 1) && max(a.ColSpan, 1) == max(b.ColSpan, 1)
}

func (s *State) subplot2grid(c *script.Call) (script.Value, error) {
	var n [6]int
	for i, name := range []string{"shape", "loc"} {
		pair, err := flat(c.Arg(name))
		if err != nil {
			return nil, err
		}
		if len(pair.values) != 2 {
			return nil, script.Raise("ValueError", "%s must be a pair of whole numbers", name)
		}
		n[2*i], n[2*i+1] = int(pair.values[0]), int(pair.values[1])
	}
	for i, name := range []string{"rowspan", "colspan"} {
		x, err := c.Int(name)
		if err != nil {
			return nil, err
		}
		n[4+i] = int(x)
	}
	f := s.gcf()
	if v, ok := c.Arg("fig").(*figureValue); ok {
		f = v
	}
	if n[2] < 0 || n[3] < 0 || n[4] < 1 || n[5] < 1 || n[2]+n[4] > n[0] || n[3]+n[5] > n[1] {
		return nil, script.Raise("IndexError", "the cells do not lie in a grid of %d x %d", n[0], n[1])
	}
	f.fig.Style = s.style
	return f.wrap(f.fig.AddAxes(plot.Place{Rows: n[0], Cols: n[1], Row: n[2], Col: n[3], RowSpan: n[4], ColSpan: n[5]}, s.style)), nil
}

// placedAxes is axes([left, bottom, width, height]).
func placedAxes(f *figureValue, c *script.Call) (script.Value, error) {
	f.fig.Style = f.state.style
	var a *axesValue
	switch v := c.Arg("arg").(type) {
	case nil, script.NoneType:
		a = f.wrap(f.fig.AddAxes(plot.Place{}, f.state.style))
	case *axesValue:
		f.state.current = v.figure
		return v.figure.wrap(v.axes), nil
	default:
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) != 4 {
			return nil, script.Raise("TypeError", "axes are placed by [left, bottom, width, height] in fractions of the page")
		}
		a = f.wrap(f.fig.AddAxes(plot.Place{Rect: (*[4]float64)(s.values)}, f.state.style))
	}
	for _, k := range c.Keywords {
		if err := a.setting(c, k.Name, k.Value); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func suptitle(f *figureValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	f.fig.Suptitle = script.Str(c.Arg("t"))
	v := &textValue{state: f.state, x: 0.5, y: 0.98, content: func() string { return f.fig.Suptitle }, apply: func(p *properties) error {
		var t plot.Text
		if s, ok := p.label("text"); ok {
			f.fig.Suptitle = s
		}
		p.take("x")
		p.take("y")
		if err := p.textLook(&t, &f.fig.Style); err != nil {
			return err
		}
		if t.Size > 0 {
			f.fig.SuptitleSize = t.Size
		}
		return p.left()
	}}
	return v, v.apply(p)
}

func (f *figureValue) sideLabel(c *script.Call, vertical bool) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	t := &plot.Text{X: 0.5, Y: 0.01, Text: script.Str(c.Arg("t")), HAlign: "center", VAlign: "bottom", Coordinates: plot.FigureCoordinates, Color: f.fig.Style.TextColor,
		Size: f.fig.Style.Points(f.fig.Style.FigureTitleSize)}
	if vertical {
		t.X, t.Y, t.Rotation, t.HAlign, t.VAlign = 0.02, 0.5, 90, "left", "center"
	}
	return f.addText(t, p)
}

func figureText(f *figureValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	if v := c.Arg("fontdict"); !script.IsNone(v) {
		p.values["fontdict"] = v
	}
	t := &plot.Text{Text: script.Str(c.Arg("s")), Coordinates: plot.FigureCoordinates, Color: f.fig.Style.TextColor}
	if t.X, _, err = floatOf(c.Arg("x")); err != nil {
		return nil, err
	}
	if t.Y, _, err = floatOf(c.Arg("y")); err != nil {
		return nil, err
	}
	return f.addText(t, p)
}

func (f *figureValue) addText(t *plot.Text, p *properties) (script.Value, error) {
	v := &textValue{state: f.state, x: t.X, y: t.Y, item: t, content: func() string { return t.Text }, apply: func(p *properties) error {
		if s, ok := p.label("text"); ok {
			t.Text = s
		}
		p.take("transform")
		if err := p.textLook(t, &f.fig.Style); err != nil {
			return err
		}
		return p.left()
	}}
	f.fig.Texts = append(f.fig.Texts, t)
	return v, v.apply(p)
}

func figureLegend(f *figureValue, c *script.Call) (script.Value, error) {
	a := f.gca()
	l, err := legendOf(a, c)
	if err != nil {
		return nil, err
	}
	if l.Entries == nil {
		for _, axes := range f.fig.Axes {
			l.Entries = append(l.Entries, axes.Labelled()...)
		}
	}
	if l.Loc == "" {
		l.Loc = "upper right"
	}
	f.fig.Legend = l
	return &legendValue{state: f.state, legend: l, remove: func() { f.fig.Legend = nil }, address: f.state.address()}, nil
}

func tightLayout(f *figureValue, c *script.Call) (script.Value, error) {
	f.fig.TightLayout = true
	return script.None, nil
}

// savefig writes a figure below the output folder; the ending of the name, or format=, says as what.
func savefig(f *figureValue, c *script.Call) (script.Value, error) {
	if _, unknown := c.Arg("fname").(*script.Unknown); unknown {
		return script.None, nil
	}
	name := script.Str(c.Arg("fname"))
	format := strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))
	if v, ok := c.Arg("format").(string); ok {
		format = strings.ToLower(v)
	}
	if format == "" {
		format = "png"
		name += ".png"
	}
	fig := *f.fig
	if v := c.Arg("transparent"); !script.IsNone(v) {
		if on, err := c.Bool("transparent"); err != nil {
			return nil, err
		} else if on {
			fig.FaceColor = plot.Color{}
		}
	}
	scale := 1.0
	if v := c.Arg("dpi"); !script.IsNone(v) && v != script.Value("figure") {
		dpi, err := c.Float("dpi")
		if err != nil {
			return nil, err
		}
		if !(dpi > 0 && dpi <= 10000) {
			return nil, script.Raise("ValueError", "dpi must be positive, not %s", script.Repr(dpi))
		}
		own := fig.DPI
		if own == 0 {
			own = 72
		}
		scale = dpi / own
	}
	var out bytes.Buffer
	var err error
	switch format {
	case "png":
		if !f.state.host.Check {
			err = plot.RenderPNG(&out, &fig, scale)
		}
	case "svg":
		if !f.state.host.Check {
			err = plot.RenderSVG(&out, &fig)
		}
	case "pdf":
		if !f.state.host.Check {
			err = plot.RenderPDF(&out, &fig)
		}
	default:
		return nil, script.Raise("ValueError", "Format %s is not supported (supported formats: pdf, png, svg)", script.Repr(format))
	}
	if err != nil {
		return nil, script.Raise("ValueError", "the figure cannot be drawn: %v", err)
	}
	if f.state.host.Check {
		return script.None, nil
	}
	file, err := c.Interp.CreateFile(name, false)
	if err != nil {
		return nil, err
	}
	if _, err := file.Write(out.Bytes()); err != nil {
		file.Close()
		return nil, script.Raise("OSError", "%s cannot be written: %v", name, err)
	}
	if err := file.Close(); err != nil {
		return nil, script.Raise("OSError", "%s cannot be written: %v", name, err)
	}
	return script.None, nil
}

// close is close(): the current figure, one by number or name, or 'all'.
func (s *State) close(c *script.Call) (script.Value, error) {
	switch v := c.Arg("fig").(type) {
	case nil, script.NoneType:
		if s.current != nil {
			s.closeFigure(s.current)
		}
	case *figureValue:
		s.closeFigure(v)
	case string:
		if v == "all" {
			s.figures, s.current = nil, nil
			break
		}
		for _, f := range s.figures {
			if f.label == v {
				s.closeFigure(f)
				break
			}
		}
	default:
		n, err := script.AsIndex(v)
		if err != nil {
			return nil, script.Raise("TypeError", "close() argument must be a Figure, an int, a string, or None, not %s", script.TypeName(v))
		}
		for _, f := range s.figures {
			if int64(f.fig.Number) == n {
				s.closeFigure(f)
				break
			}
		}
	}
	return script.None, nil
}
