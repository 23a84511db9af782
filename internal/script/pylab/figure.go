package pylab

import (
	"slices"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// figureValue is a figure as a value of the language.
type figureValue struct {
	state   *State
	fig     *plot.Figure
	axes    []*axesValue
	current *axesValue
	label   string
}

// Drawn marks a value that a cell does not show.
func (*figureValue) Drawn() {}

// PlotFigure returns the figure itself.
func (f *figureValue) PlotFigure() *plot.Figure { return f.fig }

// TypeName is the name that messages use.
func (f *figureValue) TypeName() string { return "Figure" }

// Repr implements repr(x).
func (f *figureValue) Repr() string {
	dpi := f.fig.DPI
	if dpi == 0 {
		dpi = 72
	}
	axes := len(f.fig.Axes)
	return "<Figure size " + number(f.fig.Width*dpi, 0) + "x" + number(f.fig.Height*dpi, 0) + " with " + number(float64(axes), 0) + " Axes>"
}

// Attr implements attributes and methods.
func (f *figureValue) Attr(name string) (any, error) {
	switch name {
	case "axes":
		list := &script.List{}
		for _, a := range f.axes {
			list.Elts = append(list.Elts, a)
		}
		return list, nil
	case "number":
		return int64(f.fig.Number), nil
	case "dpi":
		return f.fig.DPI, nil
	case "canvas":
		return canvas{f}, nil
	case "transFigure":
		return transform(plot.FigureCoordinates), nil
	case "patch":
		return &artistValue{state: f.state, class: "matplotlib.patches.Rectangle", paintPage: f, address: f.state.address()}, nil
	}
	if m := f.state.figureMethods.Bind(f, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (f *figureValue) AttrNames() []string {
	return append([]string{"axes", "number", "dpi", "canvas", "transFigure", "patch"}, f.state.figureMethods.Names()...)
}

// gca returns the figure's current axes, making them if there are none.
func (f *figureValue) gca() *axesValue {
	if f.current == nil {
		f.fig.Style = f.state.style
		f.wrap(f.fig.AddAxes(plot.Place{}, f.state.style))
	}
	return f.current
}

// wrap returns the value of axes and makes them current.
func (f *figureValue) wrap(a *plot.Axes) *axesValue {
	for _, v := range f.axes {
		if v.axes == a {
			f.current = v
			return v
		}
	}
	v := &axesValue{figure: f, state: f.state, axes: a, cycler: f.state.cycler()}
	f.axes = append(f.axes, v)
	f.current = v
	return v
}

// remove takes axes out of the figure.
func (f *figureValue) remove(a *axesValue) {
	f.fig.Remove(a.axes)
	f.axes = slices.DeleteFunc(f.axes, func(v *axesValue) bool { return !slices.Contains(f.fig.Axes, v.axes) })
	if f.current == a {
		f.current = nil
		if n := len(f.axes); n > 0 {
			f.current = f.axes[n-1]
		}
	}
}

func (f *figureValue) clear() {
	fresh := plot.NewFigure(f.fig.Number, f.state.style)
	fresh.Width, fresh.Height, fresh.DPI, fresh.FaceColor = f.fig.Width, f.fig.Height, f.fig.DPI, f.fig.FaceColor
	*f.fig = *fresh
	f.axes, f.current = nil, nil
}

// canvas is fig.canvas: drawing happens later, so its methods do nothing.
type canvas struct{ figure *figureValue }

// Drawn marks a value that a cell does not show.
func (canvas) Drawn() {}

// Attr implements the methods.
func (v canvas) Attr(name string) (any, error) {
	switch name {
	case "draw", "draw_idle", "flush_events":
		return script.NewBuiltin(script.Entry{Signature: name + "()", Func: func(*script.Call) (script.Value, error) { return script.None, nil }}), nil
	}
	return nil, nil
}

// figureSettings reads figsize, dpi and colours of figure() and subplots().
func (f *figureValue) settings(c *script.Call, p *properties) error {
	if v, ok := p.take("figsize"); ok && !script.IsNone(v) {
		size, err := numbersOf(v)
		if err != nil {
			return err
		}
		if len(size.values) != 2 && !size.unknown {
			return script.Raise("ValueError", "figsize must be a pair of numbers in inches, (width, height), not %s", script.Repr(v))
		}
		if !size.unknown {
			if !(size.values[0] > 0 && size.values[1] > 0 && size.values[0] < 1000 && size.values[1] < 1000) {
				return script.Raise("ValueError", "figure size must be positive finite not %s", script.Repr(v)).
					WithHint("figsize is in inches")
			}
			f.fig.Width, f.fig.Height = size.values[0], size.values[1]
		}
	}
	if dpi, ok, err := p.number("dpi"); err != nil {
		return err
	} else if ok && dpi > 0 && dpi < 10000 {
		f.fig.DPI = dpi
	}
	if color, ok, err := p.paint("facecolor", f.state.style.Cycle); err != nil {
		return err
	} else if ok {
		f.fig.FaceColor = color
	}
	if tight, ok, err := p.truth("tight_layout", "constrained_layout"); err != nil {
		return err
	} else if ok {
		f.fig.TightLayout = tight
	}
	if layout, ok, err := p.text("layout"); err != nil {
		return err
	} else if ok {
		switch layout {
		case "tight", "constrained", "compressed":
			f.fig.TightLayout = true
		case "none":
			f.fig.TightLayout = false
		default:
			return script.Raise("ValueError", "Invalid value for 'layout': %s", script.Repr(layout))
		}
	}
	return nil
}
