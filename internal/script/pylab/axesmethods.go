package pylab

import (
	"synfire/internal/plot"
	"synfire/internal/script"
)

var (
	scaleKeywords     = []string{"base", "subs", "nonpositive", "linthresh", "linscale", "basex", "basey", "nonposx", "nonposy", "linthreshx", "linthreshy"}
	tickLabelKeywords = append([]string{"minor", "labelsize"}, textProperties...)
)

// axesOnlyMethods are those of Axes that pyplot lacks or names differently.
func axesOnlyMethods() []method {
	var all []method
	add := func(signature, doc string, keywords, cosmetic []string, draw func(*axesValue, *script.Call) (script.Value, error)) {
		all = append(all, method{script.Entry{Signature: signature, Doc: doc, Keywords: keywords, Cosmetic: cosmetic}, draw})
	}
	for _, vertical := range []bool{false, true} {
		axis, ends := "x", [2]string{"left", "right"}
		if vertical {
			axis, ends = "y", [2]string{"bottom", "top"}
		}
		add("set_"+axis+"lim("+ends[0]+"=None, "+ends[1]+"=None, emit=True, auto=False, *, "+axis+"min=None, "+axis+"max=None)", "Limits of the "+axis+" axis.", nil, nil,
			func(a *axesValue, c *script.Call) (script.Value, error) {
				return a.limitsOf(vertical, firstOf(c, ends[0], axis+"min"), firstOf(c, ends[1], axis+"max"))
			})
		add("get_"+axis+"lim()", "Limits of the "+axis+" axis.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return a.limitPair(vertical), nil })
		add("get_"+axis+"bound()", "Lower and upper limit of the "+axis+" axis.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			low, high := a.limits(vertical)
			return script.NewTuple(min(low, high), max(low, high)), nil
		})
		add("set_"+axis+"bound(lower=None, upper=None)", "Lower and upper limit of the "+axis+" axis.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			return a.limitsOf(vertical, c.Arg("lower"), c.Arg("upper"))
		})
		add("set_"+axis+"label("+axis+"label, fontdict=None, labelpad=None, *, loc=None, **kwargs)", "The label of the "+axis+" axis.", textProperties, cosmeticText,
			func(a *axesValue, c *script.Call) (script.Value, error) { return a.setLabel(vertical, c, axis+"label") })
		add("get_"+axis+"label()", "The label of the "+axis+" axis.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return a.axis(vertical).Label, nil })
		add("set_"+axis+"scale(value, **kwargs)", "'linear', 'log' or 'symlog'.", scaleKeywords, nil,
			func(a *axesValue, c *script.Call) (script.Value, error) { return script.None, a.setScale(vertical, c) })
		add("get_"+axis+"scale()", "'linear', 'log' or 'symlog'.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			if scale := a.axis(vertical).Scale; scale != "" {
				return string(scale), nil
			}
			return "linear", nil
		})
		add("set_"+axis+"ticks(ticks, labels=None, *, minor=False, **kwargs)", "Where ticks are, and their labels.", textProperties, cosmeticText,
			func(a *axesValue, c *script.Call) (script.Value, error) {
				p, err := propertiesOf(c)
				if err != nil {
					return nil, err
				}
				if minor, err := c.Bool("minor"); err != nil || minor {
					return script.None, err
				}
				return a.tickValues(vertical), a.setTicks(vertical, c.Arg("ticks"), c.Arg("labels"), p)
			})
		add("set_"+axis+"ticklabels(labels, fontdict=None, minor=False, **kwargs)", "The labels of the ticks.", tickLabelKeywords, cosmeticText,
			func(a *axesValue, c *script.Call) (script.Value, error) {
				p, err := propertiesOf(c)
				if err != nil {
					return nil, err
				}
				return script.None, a.setTickLabels(vertical, c.Arg("labels"), p)
			})
		add("get_"+axis+"ticks(minor=False)", "Where ticks are.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			return arrayValue(append([]float64{}, a.axis(vertical).Ticks...)), nil
		})
		add("get_"+axis+"ticklabels(minor=False, which=None)", "The labels of the ticks.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			return script.NewList(a.tickTexts(vertical)...), nil
		})
		add("get_"+axis+"axis()", "The axis itself.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			return &axisValue{axes: a, vertical: vertical}, nil
		})
		add("invert_"+axis+"axis()", "Turns the axis round.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			a.sharing(vertical, func(x *plot.Axis) {
				if x.Low != nil && x.High != nil {
					x.Low, x.High = x.High, x.Low
					return
				}
				x.Inverted = !x.Inverted
			})
			return script.None, nil
		})
		add(axis+"axis_inverted()", "Whether the axis has been turned round.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			x := a.axis(vertical)
			return x.Inverted || x.Low != nil && x.High != nil && *x.Low > *x.High, nil
		})
		add("set_"+axis+"margin(m)", "The room around the data.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			m, err := c.Float("m")
			a.sharing(vertical, func(x *plot.Axis) { x.Margin = &m })
			return script.None, err
		})
		add("share"+axis+"(other)", "Follows the "+axis+" axis of other axes.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
			other, ok := c.Arg("other").(*axesValue)
			if !ok || other.figure != a.figure {
				return nil, script.Raise("TypeError", "axes share an axis with axes of the same figure")
			}
			if vertical {
				a.figure.fig.ShareY(other.axes, a.axes)
			} else {
				a.figure.fig.ShareX(other.axes, a.axes)
			}
			return script.None, nil
		})
		add("twin"+axis+"()", "Axes over these that share the "+axis+" axis.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return a.twin(vertical), nil })
	}
	add("set_title(label, fontdict=None, loc=None, pad=None, *, y=None, **kwargs)", "The title.", textProperties, cosmeticText, setTitle)
	add("get_title(loc='center')", "The title.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return a.axes.Title, nil })
	add("set(**kwargs)", "Several settings at once: set(xlabel=..., ylim=...).",
		[]string{"xlabel", "ylabel", "title", "xlim", "ylim", "xscale", "yscale", "xticks", "yticks", "xticklabels", "yticklabels", "aspect", "facecolor", "visible", "axisbelow", "alpha", "label", "xmargin", "ymargin", "prop_cycle"}, cosmeticCommon, setSeveral)
	add("set_aspect(aspect, adjustable=None, anchor=None, share=False)", "The height of a unit in y over that of one in x: 'equal', 'auto', a number.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		a.axes.AspectAdjustsLimits = c.Arg("adjustable") == script.Value("datalim")
		return script.None, a.setAspect(c.Arg("aspect"), "auto")
	})
	add("set_facecolor(color)", "The colour behind the data.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		color, err := colorOf(c.Arg("color"), a.cycle())
		a.axes.FaceColor = color
		return script.None, err
	})
	add("set_axis_off()", "Hides everything but the data.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		a.axes.Off = true
		return script.None, nil
	})
	add("set_axis_on()", "Shows frame and ticks.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		a.axes.Off = false
		return script.None, nil
	})
	add("set_axisbelow(b)", "Whether the grid is below the data.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		if c.Arg("b") == script.Value("line") {
			a.axes.AxisBelow = false
			return script.None, nil
		}
		on, err := c.Bool("b")
		a.axes.AxisBelow = on
		return script.None, err
	})
	add("set_visible(b)", "Hides the axes, or shows them.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		on, err := c.Bool("b")
		a.axes.Hidden = !on
		return script.None, err
	})
	add("set_frame_on(b)", "Whether the frame is drawn.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		on, err := c.Bool("b")
		a.axes.HiddenSpines = plot.Sides{Left: !on, Right: !on, Bottom: !on, Top: !on}
		return script.None, err
	})
	add("inset_axes(bounds, *, transform=None, zorder=5, **kwargs)", "Axes inside these: (left, bottom, width, height) in fractions of these axes.", subplotKeywords, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		s, err := flat(c.Arg("bounds"))
		if err != nil {
			return nil, err
		}
		if v := c.Arg("transform"); len(s.values) != 4 || !script.IsNone(v) && v != script.Value(transform(plot.AxesCoordinates)) {
			return nil, script.Raise("TypeError", "axes inside others are placed by [left, bottom, width, height] in fractions of those")
		}
		inner := a.figure.wrap(a.figure.fig.AddAxes(plot.Place{Rect: (*[4]float64)(s.values), Inside: a.axes.ID}, a.state.style))
		a.figure.current = a
		for _, k := range c.Keywords {
			if err := inner.setting(c, k.Name, k.Value); err != nil {
				return nil, err
			}
		}
		return inner, nil
	})
	add("set_prop_cycle(*args, **kwargs)", "The properties that lines take in turn.", cycledProperties, nil, setCycle)
	add("set_position(pos, which='both')", "The place on the page: (left, bottom, width, height) in fractions.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		s, err := flat(c.Arg("pos"))
		if err != nil {
			return nil, err
		}
		if len(s.values) == 4 {
			a.axes.Place.Rect = (*[4]float64)(s.values)
		}
		return script.None, nil
	})
	add("cla()", "Takes away what the axes show.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { a.clear(); return script.None, nil })
	add("clear()", "Takes away what the axes show.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { a.clear(); return script.None, nil })
	add("remove()", "Takes the axes out of the figure.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		a.figure.remove(a)
		return script.None, nil
	})
	add("get_figure()", "The figure.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return a.figure, nil })
	add("get_legend()", "The legend, or None.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		if a.axes.Legend == nil {
			return script.None, nil
		}
		return &legendValue{state: a.state, legend: a.axes.Legend, remove: func() { a.axes.Legend = nil }, address: a.state.address()}, nil
	})
	add("get_legend_handles_labels()", "Artists that have labels, and the labels.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		handles, labels := &script.List{}, &script.List{}
		for _, e := range a.axes.Labelled() {
			class, _ := classOf(e.Artist)
			handles.Elts = append(handles.Elts, a.value(class, e.Artist, commonOf(e.Artist)))
			labels.Elts = append(labels.Elts, e.Label)
		}
		return script.NewTuple(handles, labels), nil
	})
	add("label_outer()", "Hides labels of ticks that are not at the outside of the grid.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		place := a.axes.Place
		if place.Row+max(place.RowSpan, 1) < place.Rows {
			a.axes.X.HideLabels, a.axes.X.Label = true, ""
		}
		if place.Col > 0 {
			a.axes.Y.HideLabels, a.axes.Y.Label = true, ""
		}
		return script.None, nil
	})
	add("add_patch(p)", "Adds a Rectangle, Circle, Ellipse or Polygon.", nil, nil, addPatch)
	add("add_artist(a)", "Adds a Rectangle, Circle, Ellipse or Polygon.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) {
		return addTo(a, c.Arg("a"))
	})
	add("relim(visible_only=False)", "Does nothing: limits follow the data when the figure is drawn.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return script.None, nil })
	add("autoscale_view(tight=None, scalex=True, scaley=True)", "Does nothing: limits follow the data when the figure is drawn.", nil, nil, func(a *axesValue, c *script.Call) (script.Value, error) { return script.None, nil })
	return all
}

func (a *axesValue) clear() {
	a.axes.Clear()
	a.lines, a.patches, a.mapped, a.xnames, a.ynames = 0, 0, nil, nil, nil
}

func (a *axesValue) twin(vertical bool) *axesValue {
	a.figure.fig.Style = a.state.style
	if vertical {
		return a.figure.wrap(a.figure.fig.TwinY(a.axes))
	}
	return a.figure.wrap(a.figure.fig.TwinX(a.axes))
}

// setLabel is set_xlabel.
func (a *axesValue) setLabel(vertical bool, c *script.Call, name string) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	if v := c.Arg("fontdict"); !script.IsNone(v) {
		p.values["fontdict"] = v
	}
	axis := a.axis(vertical)
	axis.Label = script.Str(c.Arg(name))
	if v := c.Arg("labelpad"); !script.IsNone(v) {
		if axis.LabelPad, err = c.Float("labelpad"); err != nil {
			return nil, err
		}
		axis.LabelPad -= a.axes.Style.AxesLabelPad
	}
	v := a.labelText(vertical)
	return v, v.apply(p)
}

func (a *axesValue) labelText(vertical bool) *textValue {
	axis := a.axis(vertical)
	v := &textValue{state: a.state, axes: a, x: 0.5, content: func() string { return axis.Label }}
	if vertical {
		v.x, v.y = 0, 0.5
	}
	v.apply = func(p *properties) error {
		var t plot.Text
		if s, ok := p.label("text"); ok {
			axis.Label = s
		}
		color := p.has("color")
		if visible, ok := p.values["visible"]; ok && visible == script.Value(false) {
			axis.Label = ""
		}
		if err := p.textLook(&t, &a.axes.Style); err != nil {
			return err
		}
		if t.Size > 0 {
			axis.LabelSize = t.Size
		}
		if color {
			axis.LabelColor = t.Color
		}
		return p.left()
	}
	return v
}

func setTitle(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	if v := c.Arg("fontdict"); !script.IsNone(v) {
		p.values["fontdict"] = v
	}
	a.axes.Title = script.Str(c.Arg("label"))
	switch v := c.Arg("loc"); v {
	case script.None:
	case script.Value("center"), script.Value("left"), script.Value("right"):
		a.axes.TitleLoc, _ = v.(string)
	default:
		return nil, script.Raise("ValueError", "%s is not a valid value for loc; supported values are 'left', 'center', 'right'", script.Repr(v))
	}
	v := a.titleText()
	return v, v.apply(p)
}

func (a *axesValue) titleText() *textValue {
	return &textValue{state: a.state, axes: a, x: 0.5, y: 1, content: func() string { return a.axes.Title }, apply: func(p *properties) error {
		var t plot.Text
		if s, ok := p.label("text"); ok {
			a.axes.Title = s
		}
		color := p.has("color")
		bold := p.has("fontweight")
		if err := p.textLook(&t, &a.axes.Style); err != nil {
			return err
		}
		if t.Size > 0 {
			a.axes.TitleSize = t.Size
		}
		if color {
			a.axes.TitleColor = t.Color
		}
		if bold {
			a.axes.TitleBold = t.Bold
		}
		return p.left()
	}}
}

// tickValues returns what set_xticks returns: objects that a cell does not show.
func (a *axesValue) tickValues(vertical bool) script.Value {
	list := &script.List{}
	name := "matplotlib.axis.XTick"
	if vertical {
		name = "matplotlib.axis.YTick"
	}
	for range max(1, len(a.axis(vertical).Ticks)) {
		list.Elts = append(list.Elts, &artistValue{state: a.state, axes: a, class: name, address: a.state.address()})
	}
	return list
}

// tickTexts returns the labels of the ticks; a change of one's look changes all.
func (a *axesValue) tickTexts(vertical bool) []script.Value {
	axis := a.axis(vertical)
	texts := make([]script.Value, 0, len(axis.TickLabels)+1)
	at := func(i int) string {
		if i < len(axis.TickLabels) {
			return axis.TickLabels[i]
		}
		return ""
	}
	for i := range max(1, len(axis.TickLabels)) {
		v := &textValue{state: a.state, axes: a, content: func() string { return at(i) }, apply: func(p *properties) error {
			if s, ok := p.label("text"); ok && i < len(axis.TickLabels) {
				axis.TickLabels[i] = s
			}
			return a.tickLabelLook(vertical, p)
		}}
		if i < len(axis.Ticks) {
			v.x = axis.Ticks[i]
		}
		if vertical {
			v.x, v.y = 0, v.x
		}
		texts = append(texts, v)
	}
	return texts
}

func setSeveral(a *axesValue, c *script.Call) (script.Value, error) {
	list := &script.List{}
	for _, k := range c.Keywords {
		name := "set_" + k.Name
		if k.Name == "alpha" || k.Name == "label" {
			continue
		}
		m := a.state.axesMethods.Bind(a, name)
		if m == nil {
			return nil, script.Raise("AttributeError", "AxesSubplot.set() got an unexpected keyword argument '%s'", k.Name)
		}
		v, err := c.Interp.Call(m, []script.Value{k.Value}, nil)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, v)
	}
	return a, nil
}

// setCycle is set_prop_cycle(cycler), set_prop_cycle('color', 'rgb') or set_prop_cycle(color='rgb', linestyle=...).
func setCycle(a *axesValue, c *script.Call) (script.Value, error) {
	var cycle *cyclerValue
	if len(c.Args) == 0 && len(c.Keywords) == 0 || len(c.Args) == 1 && script.IsNone(c.Args[0]) {
		cycle = a.state.cycler()
	} else {
		var err error
		if cycle, err = makeCycler(c); err != nil {
			return nil, err
		}
	}
	a.cycler, a.axes.Style.Cycle, a.lines, a.patches = cycle, a.state.style.Cycle, 0, 0
	if cycle != nil {
		var err error
		if a.axes.Style.Cycle, err = cycle.lineColors(); err != nil {
			return nil, err
		}
	}
	return script.None, nil
}

func addPatch(a *axesValue, c *script.Call) (script.Value, error) { return addTo(a, c.Arg("p")) }

func addTo(a *axesValue, v script.Value) (script.Value, error) {
	artist, ok := v.(*artistValue)
	if !ok || artist.item == nil {
		return nil, script.Raise("TypeError", "axes take artists such as Rectangle and Circle, not %s", script.TypeName(v))
	}
	artist.axes = a
	a.axes.Add(artist.item)
	return artist, nil
}
