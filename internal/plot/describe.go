package plot

import (
	"fmt"
	"strings"
)

// What follows names and describes artists, one line each, for Figure.String.

func (*Line) Kind() string        { return "line" }
func (*Scatter) Kind() string     { return "scatter" }
func (*Bars) Kind() string        { return "bars" }
func (*Stairs) Kind() string      { return "stairs" }
func (*FillBetween) Kind() string { return "fillbetween" }
func (*Image) Kind() string       { return "image" }
func (*Mesh) Kind() string        { return "mesh" }
func (*Contour) Kind() string     { return "contour" }
func (*ErrorBar) Kind() string    { return "errorbar" }
func (*SpanLine) Kind() string    { return "spanline" }
func (*Span) Kind() string        { return "span" }
func (*Segments) Kind() string    { return "segments" }
func (*Text) Kind() string        { return "text" }
func (*EventPlot) Kind() string   { return "eventplot" }
func (*Patch) Kind() string       { return "patch" }

func (*Line) defaultZ() float64        { return 2 }
func (*Scatter) defaultZ() float64     { return 1 }
func (*Bars) defaultZ() float64        { return 1 }
func (*Stairs) defaultZ() float64      { return 1 }
func (*FillBetween) defaultZ() float64 { return 1 }
func (*Image) defaultZ() float64       { return 0 }
func (*Mesh) defaultZ() float64        { return 0 }
func (*ErrorBar) defaultZ() float64    { return 2 }
func (*SpanLine) defaultZ() float64    { return 2 }
func (*Span) defaultZ() float64        { return 1 }
func (*Segments) defaultZ() float64    { return 2 }
func (*Text) defaultZ() float64        { return 3 }
func (*EventPlot) defaultZ() float64   { return 1 }
func (*Patch) defaultZ() float64       { return 1 }

func (c *Contour) defaultZ() float64 {
	if c.Filled {
		return 1
	}
	return 2
}

// zOf returns the order of an artist: higher is drawn later.
func zOf(a Artist) float64 {
	if z := a.common().Z; z != nil {
		return *z
	}
	return a.defaultZ()
}

// words joins what is not empty.
func (c *Common) describe(parts ...string) string {
	if c.Label != "" {
		parts = append(parts, fmt.Sprintf("label %q", c.Label))
	}
	if c.Alpha != nil {
		parts = append(parts, fmt.Sprintf("alpha %g", *c.Alpha))
	}
	if c.Hidden {
		parts = append(parts, "hidden")
	}
	kept := parts[:0]
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", ")
}

func length(s Series) int {
	if s == nil {
		return 0
	}
	return s.Len()
}

func named(name string, value any) string {
	if text := fmt.Sprint(value); text != "" && text != "none" {
		return name + " " + text
	}
	return ""
}

func (l *Line) String() string {
	return l.describe(fmt.Sprintf("line of %d points", length(l.Y)), named("color", l.Color), named("style", l.Style),
		named("marker", l.Marker), named("drawstyle", l.DrawStyle))
}

func (s *Scatter) String() string {
	return s.describe(fmt.Sprintf("scatter of %d points", len(s.Y)), named("marker", s.Marker), named("colormap", s.Mapping.Colormap))
}

func (b *Bars) String() string {
	what := "bars"
	if b.Horizontal {
		what = "horizontal bars"
	}
	return b.describe(fmt.Sprintf("%d %s", len(b.Position), what))
}

func (s *Stairs) String() string {
	return s.describe(fmt.Sprintf("stairs of %d steps", len(s.Heights)), named("color", s.Color))
}

func (f *FillBetween) String() string {
	return f.describe(fmt.Sprintf("area over %d points", len(f.X)), named("color", f.Color))
}

func (m *Image) String() string {
	return m.describe(fmt.Sprintf("image of %d x %d", m.Rows, m.Cols), named("colormap", m.Mapping.Colormap))
}

func (m *Mesh) String() string {
	return m.describe(fmt.Sprintf("mesh of %d x %d", m.Rows, m.Cols), named("colormap", m.Mapping.Colormap))
}

func (c *Contour) String() string {
	what := "contour lines"
	if c.Filled {
		what = "filled contours"
	}
	return c.describe(fmt.Sprintf("%s over %d x %d", what, c.Rows, c.Cols), named("colormap", c.Mapping.Colormap))
}

func (e *ErrorBar) String() string {
	return e.describe(fmt.Sprintf("error bars at %d points", length(e.Y)), named("color", e.Color), named("marker", e.Marker))
}

func (s *SpanLine) String() string {
	switch {
	case s.Through != nil:
		return s.describe(fmt.Sprintf("line through %v", *s.Through), named("color", s.Color))
	case s.Vertical:
		return s.describe(fmt.Sprintf("vertical line at %g", s.At), named("color", s.Color))
	}
	return s.describe(fmt.Sprintf("horizontal line at %g", s.At), named("color", s.Color))
}

func (s *Span) String() string {
	what := "horizontal"
	if s.Vertical {
		what = "vertical"
	}
	return s.describe(fmt.Sprintf("%s band from %g to %g", what, s.Low, s.High), named("color", s.Color))
}

func (s *Segments) String() string {
	what := "horizontal"
	if s.Vertical {
		what = "vertical"
	}
	return s.describe(fmt.Sprintf("%d %s lines", len(s.At), what))
}

func (t *Text) String() string {
	box := ""
	if t.Box != nil {
		box = fmt.Sprintf("box %s edge %s pad %.3g", t.Box.Face, t.Box.Edge, t.Box.Pad)
	}
	return t.describe(fmt.Sprintf("text %q at %g, %g", t.Text, t.X, t.Y), named("in", t.Coordinates), box)
}

func (e *EventPlot) String() string {
	total := 0
	for _, row := range e.Positions {
		total += len(row)
	}
	return e.describe(fmt.Sprintf("%d events in %d rows", total, len(e.Positions)))
}

func (p *Patch) String() string {
	if p.Centre != nil {
		return p.describe(fmt.Sprintf("ellipse at %g, %g", p.Centre[0], p.Centre[1]), named("face", p.Face))
	}
	return p.describe(fmt.Sprintf("polygon of %d points", len(p.X)), named("face", p.Face), named("edge", p.Edge))
}

func (m *Image) mapping() (*Mapping, valueRange)   { return &m.Mapping, rangeOf(m.Values) }
func (m *Mesh) mapping() (*Mapping, valueRange)    { return &m.Mapping, rangeOf(m.Values) }
func (s *Scatter) mapping() (*Mapping, valueRange) { return &s.Mapping, rangeOf(s.Values) }
func (c *Contour) mapping() (*Mapping, valueRange) {
	if levels := c.levels(); len(levels) > 0 {
		return &c.Mapping, rangeOf(levels)
	}
	return &c.Mapping, rangeOf(c.Values)
}
