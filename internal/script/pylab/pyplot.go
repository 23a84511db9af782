package pylab

import (
	"slices"
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// Modules returns pylab and matplotlib with its submodules.
func (s *State) Modules() []*script.Module {
	matplotlib := &script.Module{Name: "matplotlib", Doc: "Figures."}
	pyplot := &script.Module{Name: "matplotlib.pyplot", Doc: "Functions that build figures.", Entries: s.pyplotEntries()}
	cm, colors, style := colormapModule(), colorsModule(), s.styleModule()
	pyplot.Entries = append(pyplot.Entries, script.Entry{Name: "cm", Value: cm}, script.Entry{Name: "style", Value: style},
		script.Entry{Name: "matplotlib", Value: matplotlib}, script.Entry{Name: "mpl", Value: matplotlib})
	pyplot.Entries = append(pyplot.Entries, locatorEntries()...)
	pyplot.Entries = append(pyplot.Entries, imreadEntry())
	images := &script.Module{Name: "matplotlib.image", Doc: "Image files.", Entries: []script.Entry{imreadEntry()}}
	pylab := &script.Module{Name: "pylab", Doc: "The names of pyplot and numpy together.", Entries: s.pylabEntries(pyplot)}
	inner := *pylab
	inner.Name = "matplotlib.pylab"
	mlab := &script.Module{Name: "matplotlib.mlab", Doc: "Kept for scripts that import it."}
	patches := &script.Module{Name: "matplotlib.patches", Doc: "Shapes.", Entries: s.shapeEntries()}
	lines := &script.Module{Name: "matplotlib.lines", Doc: "Lines.", Entries: []script.Entry{s.lineEntry()}}
	gridspec := &script.Module{Name: "matplotlib.gridspec", Doc: "Grids of axes.", Entries: []script.Entry{s.gridEntry()}}
	ticker := &script.Module{Name: "matplotlib.ticker", Doc: "Where ticks are.", Entries: locatorEntries()}
	settings := &settingsValue{s}
	matplotlib.Modules = []*script.Module{pyplot, &inner, mlab, cm, colors, style, patches, lines, gridspec, ticker, images}
	matplotlib.Entries = []script.Entry{
		s.rcEntry(), s.rcDefaultsEntry(), s.rcContextEntry(), {Name: "rcParams", Value: settings}, {Name: "__version__", Value: "3.6.3"},
		{Name: "rcParamsDefault", Value: settings}, cycler(),
		{Signature: "use(backend, *, force=True)", Doc: "Accepted and without effect.", Func: func(*script.Call) (script.Value, error) { return script.None, nil }},
		{Signature: "get_backend()", Doc: "The name of what draws.", Func: func(*script.Call) (script.Value, error) { return "agg", nil }},
		{Name: "colormaps", Value: cm},
	}
	return []*script.Module{matplotlib, pylab, {Name: "cycler", Doc: "Cycles of properties.", Entries: []script.Entry{cycler()}}}
}

// pylabEntries are pyplot's names, then numpy's and those of numpy.fft, numpy.random and numpy.linalg, each hiding the
// ones before, as matplotlib's pylab imports them.
func (s *State) pylabEntries(pyplot *script.Module) []script.Entry {
	entries := slices.Clone(pyplot.Entries)
	if s.numpy == nil {
		return entries
	}
	for _, e := range s.numpy.Entries {
		if slices.Contains(s.numpy.Star, nameOf(e)) {
			entries = append(entries, e)
		}
	}
	for _, name := range []string{"fft", "random", "linalg"} {
		for _, sub := range s.numpy.Modules {
			if sub.Name != "numpy."+name {
				continue
			}
			for _, e := range sub.Entries {
				if n := nameOf(e); n[0] != '_' && n != "bytes" {
					entries = append(entries, e)
				}
			}
		}
	}
	return append(entries, script.Entry{Name: "np", Value: s.numpy}, script.Entry{Name: "plt", Value: pyplot})
}

// nameOf returns the name that an entry gives to its module.
func nameOf(e script.Entry) string {
	if e.Signature == "" {
		return e.Name
	}
	name, _, _ := strings.Cut(e.Signature, "(")
	return name
}

// pyplotEntries are the functions of pyplot.
func (s *State) pyplotEntries() []script.Entry {
	var entries []script.Entry
	for _, m := range s.drawing() {
		entries = append(entries, m.asFunction(s))
	}
	for _, m := range axesOnlyMethods() {
		// xlim is set_xlim, title is set_title and so on; cla, twinx and twiny have the same name.
		name := nameOf(m.Entry)
		function := map[string]string{"set_xlim": "xlim", "set_ylim": "ylim", "set_xlabel": "xlabel", "set_ylabel": "ylabel", "set_xscale": "xscale", "set_yscale": "yscale",
			"set_title": "title", "cla": "cla", "twinx": "twinx", "twiny": "twiny"}[name]
		if function != "" {
			m.Signature = function + strings.TrimPrefix(m.Signature, name)
			entries = append(entries, m.asFunction(s))
		}
	}
	figureFunction := func(signature, doc string, keywords []string, f func(*figureValue, *script.Call) (script.Value, error)) {
		entries = append(entries, script.Entry{Signature: signature, Doc: doc, Keywords: keywords, TakesUnknown: true, Cosmetic: cosmeticOf(signature),
			Func: func(c *script.Call) (script.Value, error) { return f(s.gcf(), c) }})
	}
	figureFunction("suptitle(t, **kwargs)", "A title over all axes.", append([]string{"x", "y"}, textProperties...), suptitle)
	figureFunction("subplot(*args, **kwargs)", "Axes in a grid: subplot(2, 1, 1) or subplot(211).", subplotKeywords, subplot)
	figureFunction("subplots_adjust(**kwargs)", "Edges of the grid of axes, and gaps.", marginKeywords, func(f *figureValue, c *script.Call) (script.Value, error) { return script.None, f.adjust(c, nil) })
	figureFunction("tight_layout(*, pad=1.08, h_pad=None, w_pad=None, rect=None)", "Fills the page with the axes.", nil, tightLayout)
	figureFunction("savefig(fname, dpi=None, format=None, transparent=None, **kwargs)", "Writes the figure to a file.", nil, savefig)
	figureFunction("colorbar(mappable=None, cax=None, ax=None, **kwargs)", "A scale of colours.", colorbarKeywords, s.colorbar)
	figureFunction("figtext(x, y, s, fontdict=None, **kwargs)", "A text on the page.", append([]string{"fontdict"}, textProperties...), figureText)
	figureFunction("figlegend(*args, handles=None, labels=None, loc=None, ncol=None, ncols=None, fontsize=None, title=None, frameon=None, framealpha=None, bbox_to_anchor=None, markerscale=None)",
		"A legend of the page.", nil, figureLegend)
	figureFunction("clf()", "Clears the figure.", nil, func(f *figureValue, c *script.Call) (script.Value, error) { f.clear(); return script.None, nil })
	figureFunction("draw()", "Accepted: figures are drawn when they are finished.", nil, func(f *figureValue, c *script.Call) (script.Value, error) { return script.None, nil })
	figureFunction("axes(arg=None, **kwargs)", "Axes at (left, bottom, width, height) in fractions of the page.", subplotKeywords, placedAxes)
	figureFunction("polar(*args, **kwargs)", "Lines by angle and distance, on polar axes.", lineProperties, func(f *figureValue, c *script.Call) (script.Value, error) {
		if f.current == nil {
			f.gca().axes.Polar = true
		}
		return plotLines(f.gca(), c)
	})
	entries = append(entries, s.stateEntries()...)
	for _, name := range []string{"autumn", "bone", "cool", "copper", "flag", "gray", "hot", "hsv", "inferno", "jet", "magma", "pink", "plasma", "spring", "summer", "viridis", "winter"} {
		if _, err := plot.FindColormap(name); err == nil {
			entries = append(entries, script.Entry{Signature: name + "()", Doc: "Makes this colormap the one of new and current images.", Func: func(c *script.Call) (script.Value, error) {
				return script.None, s.setColormap(name)
			}})
		}
	}
	return entries
}

// cosmeticOf lists keywords without effect of functions on figures.
func cosmeticOf(signature string) []string {
	name, _, _ := strings.Cut(signature, "(")
	switch name {
	case "savefig":
		return []string{"bbox_inches", "pad_inches", "orientation", "papertype", "metadata", "pil_kwargs", "edgecolor", "facecolor", "backend", "bbox_extra_artists"}
	case "suptitle", "figtext":
		return cosmeticText
	case "subplot", "axes":
		return []string{"autoscale_on", "box_aspect", "aspect"}
	case "colorbar":
		return []string{"aspect", "extend", "extendfrac", "extendrect", "format", "drawedges", "spacing", "boundaries", "values", "anchor", "panchor", "use_gridspec", "alpha"}
	}
	return nil
}

var (
	marginKeywords   = []string{"left", "right", "bottom", "top", "hspace", "wspace"}
	subplotKeywords  = []string{"sharex", "sharey", "facecolor", "frameon", "title", "xlabel", "ylabel", "xlim", "ylim", "label", "xticks", "yticks", "xscale", "yscale", "polar", "projection"}
	colorbarKeywords = []string{"label", "orientation", "fraction", "pad", "shrink", "ticks", "location"}
	figureKeywords   = []string{"figsize", "dpi", "facecolor", "tight_layout", "constrained_layout", "layout"}
)

// rcEntry, rcDefaultsEntry and rcContextEntry are the functions of settings.
func (s *State) rcEntry() script.Entry {
	return script.Entry{Signature: "rc(group, **kwargs)", Doc: "Settings of new figures: rc('axes', labelsize=16).", Func: s.rc}
}

func (s *State) rcDefaultsEntry() script.Entry {
	return script.Entry{Signature: "rcdefaults()", Doc: "Undoes all settings.", Func: func(*script.Call) (script.Value, error) {
		s.style, s.chosen = plot.DefaultStyle(), script.NewDict()
		return script.None, nil
	}}
}

func (s *State) rcContextEntry() script.Entry {
	return script.Entry{Signature: "rc_context(rc=None, fname=None)", Doc: "Settings within a with block.", Func: func(c *script.Call) (script.Value, error) {
		return &savedStyle{state: s, enter: func() error {
			if d, ok := c.Arg("rc").(*script.Dict); ok {
				return s.setAll(c, d)
			}
			return nil
		}}, nil
	}}
}

// stateEntries are the functions on the state itself: current figures and axes, settings.
func (s *State) stateEntries() []script.Entry {
	nothing := func(*script.Call) (script.Value, error) { return script.None, nil }
	ticks := func(vertical bool) func(c *script.Call) (script.Value, error) {
		return func(c *script.Call) (script.Value, error) {
			a := s.gca()
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			at, labels := c.Arg("ticks"), c.Arg("labels")
			if script.IsNone(at) && script.IsNone(labels) {
				if len(p.names) > 0 {
					return script.None, a.tickLabelLook(vertical, p)
				}
				return script.NewTuple(arrayValue(append([]float64{}, a.axis(vertical).Ticks...)), script.NewList(a.tickTexts(vertical)...)), nil
			}
			if script.IsNone(at) {
				err = a.setTickLabels(vertical, labels, p)
			} else {
				err = a.setTicks(vertical, at, labels, p)
			}
			return script.NewTuple(a.tickValues(vertical), script.NewList(a.tickTexts(vertical)...)), err
		}
	}
	return []script.Entry{
		{Signature: "figure(num=None, figsize=None, dpi=None, *, clear=False, **kwargs)", Doc: "A new figure, or an old one by its number.", TakesUnknown: true,
			Keywords: []string{"facecolor", "tight_layout", "constrained_layout", "layout"}, Cosmetic: []string{"edgecolor", "frameon", "FigureClass"}, Func: s.figure},
		{Signature: "subplots(nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, width_ratios=None, height_ratios=None, subplot_kw=None, gridspec_kw=None, **kwargs)",
			Doc: "A figure and a grid of axes.", TakesUnknown: true, Keywords: append([]string{"num", "clear"}, figureKeywords...), Cosmetic: []string{"edgecolor", "frameon"}, Func: s.subplots},
		{Signature: "subplot2grid(shape, loc, rowspan=1, colspan=1, fig=None)", Doc: "Axes in cells of a grid.", TakesUnknown: true, Func: s.subplot2grid},
		{Signature: "gcf()", Doc: "The current figure.", Func: func(*script.Call) (script.Value, error) { return s.gcf(), nil }},
		{Signature: "gca()", Doc: "The current axes.", Func: func(*script.Call) (script.Value, error) { return s.gca(), nil }},
		{Signature: "gci()", Doc: "The current image.", Func: func(*script.Call) (script.Value, error) {
			if v := s.gca().mapped; v != nil {
				return v, nil
			}
			return script.None, nil
		}},
		{Signature: "sca(ax)", Doc: "Makes axes the current ones.", Func: func(c *script.Call) (script.Value, error) {
			a, ok := c.Arg("ax").(*axesValue)
			if !ok {
				return nil, script.Raise("TypeError", "sca() takes axes, not %s", script.TypeName(c.Arg("ax")))
			}
			s.current, a.figure.current = a.figure, a
			return script.None, nil
		}},
		{Signature: "delaxes(ax=None)", Doc: "Takes axes out of the figure.", Func: func(c *script.Call) (script.Value, error) {
			a, ok := c.Arg("ax").(*axesValue)
			if !ok {
				a = s.gca()
			}
			a.figure.remove(a)
			return script.None, nil
		}},
		{Signature: "close(fig=None)", Doc: "Closes a figure without showing it; 'all' closes all.", Func: s.close},
		{Signature: "get_fignums()", Doc: "The numbers of open figures.", Func: func(*script.Call) (script.Value, error) {
			list := &script.List{}
			for _, f := range s.figures {
				list.Elts = append(list.Elts, int64(f.fig.Number))
			}
			return list, nil
		}},
		{Signature: "fignum_exists(num)", Doc: "Whether there is a figure of this number.", Func: func(c *script.Call) (script.Value, error) {
			n, err := c.Int("num")
			return slices.ContainsFunc(s.figures, func(f *figureValue) bool { return int64(f.fig.Number) == n }), err
		}},
		{Signature: "show(*, block=None)", Doc: "Shows all open figures.", Func: func(*script.Call) (script.Value, error) { s.show(); return script.None, nil }},
		{Signature: "xticks(ticks=None, labels=None, **kwargs)", Doc: "Ticks of the x axis and their labels.", TakesUnknown: true, Keywords: tickLabelKeywords, Cosmetic: cosmeticText, Func: ticks(false)},
		{Signature: "yticks(ticks=None, labels=None, **kwargs)", Doc: "Ticks of the y axis and their labels.", TakesUnknown: true, Keywords: tickLabelKeywords, Cosmetic: cosmeticText, Func: ticks(true)},
		{Signature: "clim(vmin=None, vmax=None)", Doc: "The values of the first and last colour of the current image.", TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			v := s.gca().mapped
			if v == nil {
				return nil, script.Raise("RuntimeError", "You must first define an image, e.g., with imshow")
			}
			return script.None, setColorLimits(v, c)
		}},
		{Signature: "set_cmap(cmap)", Doc: "The colormap of new and current images.", Func: func(c *script.Call) (script.Value, error) {
			name, err := colormapName(c.Arg("cmap"))
			if err != nil {
				return nil, err
			}
			return script.None, s.setColormap(name)
		}},
		{Signature: "box(on=None)", Doc: "Turns the frame on or off.", Func: func(c *script.Call) (script.Value, error) {
			a := s.gca()
			on := a.axes.HiddenSpines == plot.Sides{Left: true, Right: true, Bottom: true, Top: true}
			if v := c.Arg("on"); !script.IsNone(v) {
				var err error
				if on, err = script.Truth(v); err != nil {
					return nil, err
				}
			}
			a.axes.HiddenSpines = plot.Sides{Left: !on, Right: !on, Bottom: !on, Top: !on}
			return script.None, nil
		}},
		{Signature: "setp(obj, **kwargs)", Doc: "Properties of one or several artists.", TakesUnknown: true, Func: setProperties},
		{Signature: "ion()", Doc: "Accepted and without effect.", Func: nothing},
		{Signature: "ioff()", Doc: "Accepted and without effect.", Func: nothing},
		{Signature: "isinteractive()", Doc: "Whether figures are drawn at once: no.", Func: func(*script.Call) (script.Value, error) { return false, nil }},
		{Signature: "switch_backend(newbackend)", Doc: "Accepted and without effect.", Func: nothing},
		{Signature: "pause(interval)", Doc: "Accepted and without effect.", Func: nothing},
		s.rcEntry(), s.rcDefaultsEntry(), s.rcContextEntry(), {Name: "rcParams", Value: &settingsValue{s}}, cycler(),
		getCmap("get_cmap(name=None, lut=None)"), s.gridEntry(), s.lineEntry(), s.shapeEntries()[0], s.shapeEntries()[1], s.shapeEntries()[2],
	}
}

func (s *State) setColormap(name string) error {
	if err := s.style.Set("image.cmap", name); err != nil {
		return err
	}
	if s.current != nil && s.current.current != nil && s.current.current.mapped != nil {
		if m := mappingIn(s.current.current.mapped.item); m != nil {
			m.Colormap = name
		}
	}
	return nil
}

// setProperties is setp(): set_NAME of each object.
func setProperties(c *script.Call) (script.Value, error) {
	objects := []script.Value{c.Arg("obj")}
	switch v := objects[0].(type) {
	case *script.List:
		objects = v.Elts
	case *script.Tuple:
		objects = v.Elts
	case *ObjectArray:
		objects = v.elts
	case *container:
		objects = v.parts
	}
	for _, object := range objects {
		if inner, ok := object.(*script.List); ok {
			objects = append(objects, inner.Elts...)
			continue
		}
		for _, k := range c.Keywords {
			method, err := c.Interp.Attr(object, "set_"+k.Name)
			if err != nil {
				return nil, err
			}
			if _, err := c.Interp.Call(method, []script.Value{k.Value}, nil); err != nil {
				return nil, err
			}
		}
	}
	return script.None, nil
}
