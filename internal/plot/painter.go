package plot

import (
	"fmt"
	"io"
	"math"
	"slices"
)

// axesPainter draws one axes: it knows the surface and how data maps to the page.
type axesPainter struct {
	surface
	*placedAxes
	layout *layout
	fonts  *fontSet
	mapX   axisMap
	mapY   axisMap
}

// axisMap maps values of one axis to the page: scale*forward(v) + shift.
type axisMap struct {
	view         view
	scale, shift float64
}

func (m axisMap) page(v float64) float64 {
	if m.view.scale == Log || m.view.scale == Symlog {
		v = m.view.forward(v)
	}
	return m.scale*v + m.shift
}

func newAxisMap(v view, from, to float64) axisMap {
	a, b := v.forward(v.low), v.forward(v.high)
	scale := (to - from) / (b - a)
	return axisMap{v, scale, from - a*scale}
}

func newAxesPainter(s surface, l *layout, p *placedAxes) *axesPainter {
	return &axesPainter{
		surface: s, placedAxes: p, layout: l, fonts: l.fonts,
		mapX: newAxisMap(p.x, p.box.left, p.box.right), mapY: newAxisMap(p.y, p.box.bottom, p.box.top),
	}
}

// place maps a point of the data to the page.
func (a *axesPainter) place(x, y float64) point { return point{a.mapX.page(x), a.mapY.page(y)} }

// placeIn maps a point in the given coordinates to the page.
func (a *axesPainter) placeIn(c Coordinates, x, y float64) point {
	switch c {
	case AxesCoordinates:
		return point{a.box.left + x*a.box.width(), a.box.bottom - y*a.box.height()}
	case FigureCoordinates:
		f := a.layout.figure
		return point{x * f.Width * 72, (1 - y) * f.Height * 72}
	}
	return a.place(x, y)
}

// oriented maps along and across a direction: x and y, or y and x if swapped.
func (a *axesPainter) oriented(swap bool, along, across float64) point {
	if swap {
		return a.place(across, along)
	}
	return a.place(along, across)
}

// orientedRect returns the rectangle between two corners.
func (a *axesPainter) orientedRect(swap bool, along0, across0, along1, across1 float64) rect {
	p, q := a.oriented(swap, along0, across0), a.oriented(swap, along1, across1)
	return rect{min(p.x, q.x), min(p.y, q.y), max(p.x, q.x), max(p.y, q.y)}
}

// draw renders a figure that has been laid out.
func (l *layout) draw(s surface) {
	order := append([]*placedAxes(nil), l.axes...)
	// Twins lie over their axes; otherwise axes are drawn in the order of their creation.
	slices.SortStableFunc(order, func(a, b *placedAxes) int { return min(a.TwinOf, 1) - min(b.TwinOf, 1) })
	for _, p := range order {
		a := newAxesPainter(s, l, p)
		s.group("axes")
		a.drawAll()
	}
	s.group("")
	s.clip(nil)
	if l.suptitle != nil {
		s.glyphs(l.suptitle.typeset, l.suptitle.at, l.suptitle.color)
	}
	for _, t := range l.texts {
		s.glyphs(t.typeset, t.at, t.color)
	}
	if l.figure.Legend != nil {
		l.drawFigureLegend(s)
	}
}

// drawAll draws background, grid, artists by their z, frame and ticks, texts and legend.
func (a *axesPainter) drawAll() {
	a.clip(nil)
	if !a.Off && !a.FaceColor.None() {
		var p path
		p.rectangle(a.box)
		a.fill(&p, a.FaceColor)
	}
	type item struct {
		z    float64
		draw func()
	}
	var items []item
	if a.Axes.Colorbar != nil {
		items = append(items, item{0, a.drawColorbar})
	}
	if !a.Off {
		z := 1.5
		if a.AxisBelow || a.Style.AxesBelow {
			z = 0.5
		}
		items = append(items, item{z, a.drawGrid}, item{2.5, a.drawFrame})
	}
	for _, artist := range a.Artists {
		if artist.common().Hidden {
			continue
		}
		items = append(items, item{zOf(artist), func() {
			box := a.box
			if artist.common().NoClip {
				a.clip(nil)
			} else {
				a.clip(&box)
			}
			artist.draw(a)
			a.clip(nil)
		}})
	}
	slices.SortStableFunc(items, func(p, q item) int {
		switch {
		case p.z < q.z:
			return -1
		case p.z > q.z:
			return 1
		}
		return 0
	})
	for _, i := range items {
		i.draw()
	}
	a.clip(nil)
	for _, t := range a.texts {
		a.glyphs(t.typeset, t.at, t.color)
	}
	if a.Axes.Legend != nil {
		a.drawLegend(a.layout.legendOf(a.placedAxes))
	}
}

func (a *axesPainter) drawGrid() {
	xaxis, yaxis := a.axes()
	draw := func(axis *Axis, set tickSet, vertical bool) {
		if !axis.Grid.On && !axis.Grid.Minor || axis.Hidden && a.TwinOf != 0 {
			return
		}
		g, style := axis.Grid, a.Style
		width := g.Width
		if width <= 0 {
			width = style.GridWidth
		}
		lineStyle := g.Style
		if lineStyle == "" {
			lineStyle = style.GridStyle
		}
		dashes, visible := dashesOf(lineStyle, width)
		if !visible {
			return
		}
		alpha := g.Alpha
		if alpha == nil && style.GridAlpha != 1 {
			alpha = &style.GridAlpha
		}
		with := pen{color: g.Color.or(style.GridColor).WithAlpha(alpha), width: width, dashes: dashes}
		var p path
		line := func(fraction float64) {
			if vertical {
				x := a.box.left + fraction*a.box.width()
				p.move(x, a.box.bottom)
				p.line(x, a.box.top)
			} else {
				y := a.box.bottom - fraction*a.box.height()
				p.move(a.box.left, y)
				p.line(a.box.right, y)
			}
		}
		if axis.Grid.On {
			for _, t := range set.major {
				line(t.fraction)
			}
		}
		if axis.Grid.Minor {
			v := a.y
			if vertical {
				v = a.x
			}
			for _, m := range set.minor {
				line(v.fraction(m))
			}
		}
		box := a.box.grow(width)
		a.clip(&box)
		a.stroke(&p, with)
		a.clip(nil)
	}
	draw(xaxis, a.xticks, true)
	draw(yaxis, a.yticks, false)
}

func (a *axesPainter) drawFrame() {
	a.clip(nil)
	style := a.Style
	xaxis, yaxis := a.axes()
	frame := pen{color: style.AxesEdgeColor, width: style.AxesLineWidth, cap: squareCap, miter: true}
	b := a.box
	hidden, far := a.HiddenSpines, a.SpineOffsets.around(b)
	for _, side := range []struct {
		hidden         bool
		x0, y0, x1, y1 float64
	}{
		{hidden.Left || style.HiddenSpines.Left, far.left, b.bottom, far.left, b.top},
		{hidden.Right || style.HiddenSpines.Right, far.right, b.bottom, far.right, b.top},
		{hidden.Bottom || style.HiddenSpines.Bottom, b.left, far.bottom, b.right, far.bottom},
		{hidden.Top || style.HiddenSpines.Top, b.left, far.top, b.right, far.top},
	} {
		if side.hidden {
			continue
		}
		var p path
		p.move(side.x0, side.y0)
		p.line(side.x1, side.y1)
		a.stroke(&p, frame)
	}
	ticks := func(axis *Axis, set tickSet, v view, horizontal bool) {
		if axis.HideTicks || axis.Hidden {
			return
		}
		normal, color, inward := style.YTickLength, style.YTickColor, style.YTickInward
		if horizontal {
			normal, color, inward = style.XTickLength, style.XTickColor, style.XTickInward
		}
		length := a.tickLength(axis, normal)
		if inward || axis.TickInward {
			length = -length
		}
		with := pen{color: axis.TickLabelColor.or(color), width: style.TickWidth}
		var major, minor path
		mark := func(p *path, fraction, length float64) {
			switch {
			case horizontal && axis.Opposite:
				x := b.left + fraction*b.width()
				p.move(x, far.top)
				p.line(x, far.top-length)
			case horizontal:
				x := b.left + fraction*b.width()
				p.move(x, far.bottom)
				p.line(x, far.bottom+length)
			case axis.Opposite:
				y := b.bottom - fraction*b.height()
				p.move(far.right, y)
				p.line(far.right+length, y)
			default:
				y := b.bottom - fraction*b.height()
				p.move(far.left, y)
				p.line(far.left-length, y)
			}
		}
		for _, t := range set.major {
			mark(&major, t.fraction, length)
		}
		for _, m := range set.minor {
			if f := v.fraction(m); f >= -1e-9 && f <= 1+1e-9 {
				mark(&minor, f, length*4/7)
			}
		}
		a.stroke(&major, with)
		with.width *= 0.75
		a.stroke(&minor, with)
	}
	ticks(xaxis, a.xticks, a.x, true)
	ticks(yaxis, a.yticks, a.y, false)
}

// prepareColorbar gives a colorbar's axes the range of the values it shows.
func (l *layout) prepareColorbar(p *placedAxes, bar *Colorbar) {
	m, data := bar.Source.mapping()
	p.norm = m.norm(data, p.Style.Colormap)
	low, high := p.norm.low, p.norm.high
	if low == high {
		low, high = widen(low, high, 0.05, 1e-15)
	}
	along := view{low: low, high: high}
	if p.norm.log {
		along.scale = Log
	}
	across := view{low: 0, high: 1}
	if bar.Horizontal {
		p.x, p.y = along, across
	} else {
		p.x, p.y = across, along
	}
}

func (a *axesPainter) drawColorbar() {
	b := a.box
	var alpha *float64
	if a.Axes.Colorbar.Source != nil {
		alpha = a.Axes.Colorbar.Source.common().Alpha
	}
	if c, ok := a.Axes.Colorbar.Source.(*Contour); ok && c.Filled {
		levels, colors := c.bands(a.norm)
		for i, color := range colors {
			from, to := a.norm.fraction(levels[i]), a.norm.fraction(levels[i+1])
			a.colorbarPiece(from, to, color.WithAlpha(alpha))
		}
		return
	}
	n := len(a.norm.colors.Colors)
	img := newImage(1, n)
	for i, color := range a.norm.colors.Colors {
		row := n - 1 - i
		setTexel(img, 0, row, color.WithAlpha(alpha))
	}
	if a.Axes.Colorbar.Horizontal {
		img = newImage(n, 1)
		for i, color := range a.norm.colors.Colors {
			setTexel(img, i, 0, color.WithAlpha(alpha))
		}
	}
	a.picture(img, b, false)
}

func (a *axesPainter) colorbarPiece(from, to float64, color Color) {
	from, to = min(max(from, 0), 1), min(max(to, 0), 1)
	b := a.box
	var p path
	if a.Axes.Colorbar.Horizontal {
		p.rectangle(rect{b.left + from*b.width(), b.top, b.left + to*b.width(), b.bottom})
	} else {
		p.rectangle(rect{b.left, b.bottom - to*b.height(), b.right, b.bottom - from*b.height()})
	}
	a.fill(&p, color)
}

// check refuses figures that no surface can hold.
func (f *Figure) check(scale float64) error {
	switch {
	case !(f.Width > 0 && f.Height > 0) || math.IsInf(f.Width, 0) || math.IsInf(f.Height, 0):
		return fmt.Errorf("figure size must be positive finite, not %g x %g inches", f.Width, f.Height)
	case !(scale > 0) || math.IsInf(scale, 0):
		return fmt.Errorf("the scale of a picture must be positive, not %g", scale)
	}
	if pixels := f.Width * f.Height * f.dpi() * f.dpi() * scale * scale; pixels > 2e8 {
		return fmt.Errorf("a figure of %g x %g inches at %g dpi would have %.0f million pixels; at most 200 are drawn", f.Width, f.Height, f.dpi()*scale, pixels/1e6)
	}
	return nil
}

// RenderPNG writes the figure as PNG with scale pixels per logical pixel; 2 is sharp on every screen.
func RenderPNG(w io.Writer, f *Figure, scale float64) error {
	if err := f.check(scale); err != nil {
		return err
	}
	l := newLayout(f, newFontSet())
	c := newCanvas(l.page, scale*f.dpi()/72, f.FaceColor)
	l.draw(c)
	if err := c.encode(w); err != nil {
		return fmt.Errorf("write PNG: %w", err)
	}
	return nil
}

// RenderSVG writes the figure as an SVG document. Texts are outlines, so it looks the same everywhere; crowds of markers
// are pictures within it.
func RenderSVG(w io.Writer, f *Figure) error {
	if err := f.check(2); err != nil {
		return err
	}
	l := newLayout(f, newFontSet())
	d := newDrawing(l.page, f.dpi(), f.FaceColor)
	l.draw(d)
	return d.writeTo(w)
}

// LogicalSize returns the size in logical pixels at which the figure is meant to be shown, after cropping.
func (f *Figure) LogicalSize() (width, height float64) {
	if f.check(1) != nil {
		return 0, 0
	}
	l := newLayout(f, newFontSet())
	return l.page.width() * f.dpi() / 72, l.page.height() * f.dpi() / 72
}
