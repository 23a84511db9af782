package pylab

import (
	"math"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// shapeEntries are Rectangle, Circle, Polygon and Ellipse.
func (s *State) shapeEntries() []script.Entry {
	shape := func(signature, doc string, build func(c *script.Call) (*plot.Patch, error)) script.Entry {
		return script.Entry{Signature: signature, Doc: doc, Keywords: areaProperties, Cosmetic: cosmeticArea, TakesUnknown: true, Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			item, err := build(c)
			if err != nil {
				return nil, err
			}
			detached := &axesValue{state: s, axes: &plot.Axes{Style: s.style}}
			if err := patchLook(detached, p, item, plot.Format{}); err != nil {
				return nil, err
			}
			return &artistValue{state: s, class: "matplotlib.patches." + c.Name, address: s.address(), item: item, common: &item.Common}, nil
		}}
	}
	numbers := func(c *script.Call, names ...string) ([]float64, error) {
		out := make([]float64, len(names))
		for i, name := range names {
			x, _, err := floatOf(c.Arg(name))
			if err != nil {
				return nil, err
			}
			out[i] = x
		}
		return out, nil
	}
	point := func(c *script.Call, name string) (x, y float64, err error) {
		s, err := flat(c.Arg(name))
		if err != nil {
			return 0, 0, err
		}
		if len(s.values) != 2 {
			if s.unknown {
				return 0, 0, nil
			}
			return 0, 0, script.Raise("ValueError", "%s must be a pair of numbers", name)
		}
		return s.values[0], s.values[1], nil
	}
	return []script.Entry{
		shape("Rectangle(xy, width, height, angle=0.0, **kwargs)", "A rectangle with its lower left corner at xy.", func(c *script.Call) (*plot.Patch, error) {
			x, y, err := point(c, "xy")
			if err != nil {
				return nil, err
			}
			n, err := numbers(c, "width", "height", "angle")
			if err != nil {
				return nil, err
			}
			item := plot.Rectangle(x, y, n[0], n[1])
			sin, cos := math.Sincos(n[2] * math.Pi / 180)
			for i := range item.X {
				dx, dy := item.X[i]-x, item.Y[i]-y
				item.X[i], item.Y[i] = x+dx*cos-dy*sin, y+dx*sin+dy*cos
			}
			return item, nil
		}),
		shape("Circle(xy, radius=5, **kwargs)", "A circle around xy.", func(c *script.Call) (*plot.Patch, error) {
			x, y, err := point(c, "xy")
			if err != nil {
				return nil, err
			}
			n, err := numbers(c, "radius")
			if err != nil {
				return nil, err
			}
			return plot.Circle(x, y, n[0]), nil
		}),
		shape("Polygon(xy, closed=True, **kwargs)", "A polygon through points.", func(c *script.Call) (*plot.Patch, error) {
			s, err := numbersOf(c.Arg("xy"))
			if err != nil {
				return nil, err
			}
			if s.unknown {
				return &plot.Patch{}, nil
			}
			if len(s.shape) != 2 || s.shape[1] != 2 {
				return nil, script.Raise("ValueError", "xy must be a table of two columns, not shape %s", s.atLeastOne())
			}
			closed, err := c.Bool("closed")
			return &plot.Patch{X: s.column(0), Y: s.column(1), Open: !closed}, err
		}),
		shape("Ellipse(xy, width, height, angle=0, **kwargs)", "An ellipse around xy.", func(c *script.Call) (*plot.Patch, error) {
			x, y, err := point(c, "xy")
			if err != nil {
				return nil, err
			}
			n, err := numbers(c, "width", "height", "angle")
			if err != nil {
				return nil, err
			}
			return &plot.Patch{Centre: &[2]float64{x, y}, Radii: [2]float64{n[0] / 2, n[1] / 2}, Angle: n[2]}, nil
		}),
		shape("Patch(**kwargs)", "A colour without a shape, for legends.", func(*script.Call) (*plot.Patch, error) { return &plot.Patch{}, nil }),
	}
}

// lineEntry is Line2D, a line that is not in any axes: for legends.
func (s *State) lineEntry() script.Entry {
	return script.Entry{Signature: "Line2D(xdata, ydata, **kwargs)", Doc: "A line, for legends and add_artist().", Keywords: lineProperties, Cosmetic: cosmeticLine, TakesUnknown: true,
		Func: func(c *script.Call) (script.Value, error) {
			p, err := propertiesOf(c)
			if err != nil {
				return nil, err
			}
			x, err := flat(c.Arg("xdata"))
			if err != nil {
				return nil, err
			}
			y, err := flat(c.Arg("ydata"))
			if err != nil {
				return nil, err
			}
			if len(x.values) != len(y.values) {
				return nil, script.Raise("RuntimeError", "xdata and ydata must be the same length")
			}
			item := &plot.Line{X: plot.Values(x.values), Y: plot.Values(y.values), Style: s.style.LineStyle, Color: plot.RGB(0x1f, 0x77, 0xb4)}
			if err := p.line(item, s.style.Cycle); err != nil {
				return nil, err
			}
			return &artistValue{state: s, class: "matplotlib.lines.Line2D", address: s.address(), item: item, common: &item.Common}, p.left()
		}}
}

// gridEntry is GridSpec.
func (s *State) gridEntry() script.Entry {
	return script.Entry{Signature: "GridSpec(nrows, ncols, **kwargs)", Doc: "A grid of cells for axes.", Keywords: append([]string{"figure"}, gridKeywords...), TakesUnknown: true,
		Func: func(c *script.Call) (script.Value, error) { return s.newGrid(nil, c) }}
}

// locator says where ticks are, or how they are labelled.
type locator struct {
	kind    string
	count   int
	integer bool
	base    float64
	at      []float64
	format  string // of a FormatStrFormatter
}

// TypeName is the name that messages use.
func (l *locator) TypeName() string { return l.kind }

// locatorEntries are the classes of matplotlib.ticker that have an effect.
func locatorEntries() []script.Entry {
	plain := func(signature, kind string) script.Entry {
		return script.Entry{Signature: signature, Func: func(*script.Call) (script.Value, error) { return &locator{kind: kind}, nil }}
	}
	return []script.Entry{
		{Signature: "MaxNLocator(nbins=9, integer=False, **kwargs)", Doc: "At most so many intervals.", Cosmetic: []string{"prune", "steps", "symmetric", "min_n_ticks"}, Func: func(c *script.Call) (script.Value, error) {
			l := &locator{kind: "MaxNLocator"}
			if c.Arg("nbins") != script.Value("auto") {
				n, err := c.Int("nbins")
				if err != nil {
					return nil, err
				}
				l.count = int(n)
			}
			var err error
			l.integer, err = c.Bool("integer")
			return l, err
		}},
		{Signature: "MultipleLocator(base=1.0)", Doc: "Ticks at multiples of a number, within the limits at the time of the call.", Func: func(c *script.Call) (script.Value, error) {
			base, err := c.Float("base")
			if err == nil && !(base > 0) {
				err = script.Raise("ValueError", "base must be positive, not %s", script.Repr(base))
			}
			return &locator{kind: "MultipleLocator", base: base}, err
		}},
		{Signature: "FixedLocator(locs, nbins=None)", Doc: "Ticks at given places.", Func: func(c *script.Call) (script.Value, error) {
			s, err := flat(c.Arg("locs"))
			return &locator{kind: "FixedLocator", at: s.values}, err
		}},
		plain("AutoLocator()", "AutoLocator"), plain("AutoMinorLocator(n=None)", "AutoMinorLocator"), plain("NullLocator()", "NullLocator"), plain("NullFormatter()", "NullFormatter"), plain("ScalarFormatter(useOffset=None, useMathText=None)", "ScalarFormatter"),
		plain("LogLocator(base=10.0, subs=None, numticks=None)", "LogLocator"), plain("LogFormatter(base=10.0)", "LogFormatter"),
		{Signature: "FormatStrFormatter(fmt)", Doc: "Labels of ticks by a format: '%.1f'.", Func: func(c *script.Call) (script.Value, error) {
			format, err := c.String("fmt")
			if err == nil {
				err = plot.CheckLabelFormat(format)
			}
			return &locator{kind: "FormatStrFormatter", format: format}, err
		}},
	}
}

// multiples are the multiples of a number within limits, at most a thousand.
func multiples(base, low, high float64) []float64 {
	low, high = math.Min(low, high), math.Max(low, high)
	var at []float64
	for k := math.Ceil(low / base); k*base <= high && len(at) < 1000; k++ {
		at = append(at, k*base)
	}
	return at
}
