package pylab

import (
	"slices"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// axesValue is axes as a value of the language.
type axesValue struct {
	state  *State
	figure *figureValue
	axes   *plot.Axes
	// lines and patches count the colours of the cycle that have been used; matplotlib counts them apart.
	lines, patches int
	// cycler is the properties that lines take in turn; nil if these are colours alone, which stand in the axes' style.
	cycler *cyclerValue
	// mapped is the last artist that maps values to colours, for colorbar() and clim().
	mapped *artistValue
	// xnames and ynames are the categories that texts have made of an axis.
	xnames, ynames []string
}

// Drawn marks a value that a cell does not show.
func (*axesValue) Drawn() {}

// TypeName is the name that messages use.
func (a *axesValue) TypeName() string { return "AxesSubplot" }

// Repr implements repr(x).
func (a *axesValue) Repr() string { return "<AxesSubplot:>" }

// Attr implements attributes and methods.
func (a *axesValue) Attr(name string) (any, error) {
	switch name {
	case "figure":
		return a.figure, nil
	case "transData":
		return transform(plot.DataCoordinates), nil
	case "transAxes":
		return transform(plot.AxesCoordinates), nil
	case "spines":
		return &spines{axes: a}, nil
	case "xaxis":
		return &axisValue{axes: a}, nil
	case "yaxis":
		return &axisValue{axes: a, vertical: true}, nil
	case "lines", "patches", "collections", "images", "texts":
		list := &script.List{}
		for _, item := range a.axes.Artists {
			if class, group := classOf(item); group == name {
				list.Elts = append(list.Elts, a.value(class, item, commonOf(item)))
			}
		}
		return list, nil
	case "patch":
		return &artistValue{state: a.state, axes: a, class: "matplotlib.patches.Rectangle", paintAxes: a, address: a.state.address()}, nil
	case "title":
		return a.titleText(), nil
	}
	if m := a.state.axesMethods.Bind(a, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (a *axesValue) AttrNames() []string {
	return append([]string{"figure", "transData", "transAxes", "spines", "xaxis", "yaxis", "lines", "patches", "collections", "images", "texts",
		"patch", "title"}, a.state.axesMethods.Names()...)
}

// classOf names matplotlib's class of an artist and the list of the axes that holds it.
func classOf(item plot.Artist) (class, group string) {
	switch item.(type) {
	case *plot.Line, *plot.SpanLine, *plot.ErrorBar:
		return "matplotlib.lines.Line2D", "lines"
	case *plot.Bars, *plot.Span, *plot.Patch, *plot.Stairs:
		return "matplotlib.patches.Rectangle", "patches"
	case *plot.Image:
		return "matplotlib.image.AxesImage", "images"
	case *plot.Text:
		return "matplotlib.text.Text", "texts"
	case *plot.Mesh:
		return "matplotlib.collections.QuadMesh", "collections"
	case *plot.Scatter:
		return "matplotlib.collections.PathCollection", "collections"
	case *plot.FillBetween:
		return "matplotlib.collections.PolyCollection", "collections"
	case *plot.Segments:
		return "matplotlib.collections.LineCollection", "collections"
	case *plot.EventPlot:
		return "matplotlib.collections.EventCollection", "collections"
	}
	return "matplotlib.contour.QuadContourSet", "collections"
}

func commonOf(item plot.Artist) *plot.Common {
	switch item := item.(type) {
	case *plot.Line:
		return &item.Common
	case *plot.ErrorBar:
		return &item.Common
	case *plot.SpanLine:
		return &item.Common
	case *plot.Bars:
		return &item.Common
	case *plot.Span:
		return &item.Common
	case *plot.Patch:
		return &item.Common
	case *plot.Stairs:
		return &item.Common
	case *plot.Image:
		return &item.Common
	case *plot.Text:
		return &item.Common
	case *plot.Mesh:
		return &item.Common
	case *plot.Scatter:
		return &item.Common
	case *plot.FillBetween:
		return &item.Common
	case *plot.Segments:
		return &item.Common
	case *plot.EventPlot:
		return &item.Common
	case *plot.Contour:
		return &item.Common
	}
	panic("BUG: an artist without common properties")
}

func (a *axesValue) cycle() []plot.Color { return a.axes.Style.Cycle }

// cycleColor returns colour n of the cycle.
func (a *axesValue) cycleColor(n int) plot.Color {
	c, err := plot.ParseColor("C"+number(float64(n), 0), a.axes.Style.Cycle)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return c
}

func (a *axesValue) nextLine() plot.Color {
	a.lines++
	return a.cycleColor(a.lines - 1)
}

func (a *axesValue) nextPatch() plot.Color {
	a.patches++
	return a.cycleColor(a.patches - 1)
}

// sharing calls a function for an axis and all that share it.
func (a *axesValue) sharing(vertical bool, change func(*plot.Axis)) {
	own := a.axis(vertical)
	change(own)
	if own.Share == 0 {
		return
	}
	for _, other := range a.figure.fig.Axes {
		axis := &other.X
		if vertical {
			axis = &other.Y
		}
		if axis != own && axis.Share == own.Share {
			change(axis)
		}
	}
}

func (a *axesValue) axis(vertical bool) *plot.Axis {
	if vertical {
		return &a.axes.Y
	}
	return &a.axes.X
}

// positions turns texts into places on an axis of categories.
func (a *axesValue) positions(s series, vertical bool) series {
	if s.names == nil {
		return s
	}
	known := &a.xnames
	if vertical {
		known = &a.ynames
	}
	s.values = make([]float64, len(s.names))
	for i, name := range s.names {
		at := -1
		for k, have := range *known {
			if have == name {
				at = k
			}
		}
		if at < 0 {
			at = len(*known)
			*known = append(*known, name)
		}
		s.values[i] = float64(at)
	}
	ticks := make([]float64, len(*known))
	for i := range ticks {
		ticks[i] = float64(i)
	}
	names := append([]string{}, *known...)
	a.sharing(vertical, func(axis *plot.Axis) { axis.SetTicks(ticks, names) })
	s.names, s.shape = nil, []int{len(s.values)}
	return s
}

// read reads an argument as positions along an axis, of any shape.
func (a *axesValue) read(v script.Value, vertical bool) (series, error) {
	s, err := numbersOf(v)
	return a.positions(s, vertical), err
}

// limits returns the visible range as it would be drawn now.
func (a *axesValue) limits(vertical bool) (low, high float64) {
	xlow, xhigh, ylow, yhigh := a.figure.fig.Limits(a.axes)
	if vertical {
		return ylow, yhigh
	}
	return xlow, xhigh
}

// method is a function on axes: a method of Axes and, with the current axes, a function of pyplot.
type method struct {
	script.Entry
	draw func(a *axesValue, c *script.Call) (script.Value, error)
}

// asMethod returns the entry of the method.
func (m method) asMethod() script.Entry {
	e := m.Entry
	e.TakesUnknown = true
	e.Func = func(c *script.Call) (script.Value, error) { return m.on(c.Self.(*axesValue), c) }
	return e
}

// asFunction returns the entry of pyplot's function of the same name.
func (m method) asFunction(s *State) script.Entry {
	e := m.Entry
	e.TakesUnknown = true
	e.Func = func(c *script.Call) (script.Value, error) { return m.on(s.gca(), c) }
	return e
}

// notPolar are what draws on axes and needs a frame.
var notPolar = []string{"bar", "barh", "hist", "hist2d", "imshow", "matshow", "pcolor", "pcolormesh", "contour", "contourf", "fill", "fill_between", "fill_betweenx",
	"errorbar", "stem", "eventplot", "axhspan", "axvspan", "axline", "hlines", "vlines", "stackplot", "stairs", "step", "arrow", "semilogx", "semilogy", "loglog", "twinx", "twiny"}

// on calls the method for axes.
func (m method) on(a *axesValue, c *script.Call) (script.Value, error) {
	if a.axes.Polar && slices.Contains(notPolar, c.Name) {
		return nil, script.Raise("NotImplementedError", "Synfire does not support %s() on polar axes yet.", c.Name).WithHint("plot(), scatter(), axvline(), axhline() and text() work.")
	}
	return m.draw(a, c)
}

// drawing lists the methods that pyplot has too, by the same name.
func (s *State) drawing() []method {
	var all []method
	for _, part := range [][]method{lineMethods(), barMethods(), areaMethods(), spanMethods(), imageMethods(), annotationMethods(), limitMethods()} {
		all = append(all, part...)
	}
	return all
}

func (s *State) axesEntries() []script.Entry {
	var entries []script.Entry
	for _, m := range s.drawing() {
		entries = append(entries, m.asMethod())
	}
	for _, m := range axesOnlyMethods() {
		entries = append(entries, m.asMethod())
	}
	return entries
}
