package plot

import "math"

func (l *Line) extend(e *extent) {
	eachPoint(l.X, l.Y, func(x, y float64) { e.add(x, y) })
}

func (l *Line) width(style *Style) float64 {
	if l.Width > 0 {
		return l.Width
	}
	return style.LineWidth
}

// pen returns how the line is stroked, or false if there is none.
func (l *Line) pen(style *Style) (pen, bool) {
	width := l.width(style)
	name := l.Style
	if name == "" {
		name = style.LineStyle
	}
	dashes, visible := dashesOf(name, width)
	if len(l.Dashes) > 0 {
		dashes = scaleDashes(l.Dashes, width)
	}
	p := pen{color: l.Color.WithAlpha(l.Alpha), width: width, dashes: dashes}
	if dashes == nil {
		p.cap = squareCap
	}
	return p, visible
}

func (l *Line) draw(a *axesPainter) {
	if with, visible := l.pen(&a.Style); visible {
		r := newReducer(a.box, a.density())
		eachPoint(l.X, l.Y, func(x, y float64) { r.add(a.place(x, y)) })
		r.cut()
		var p path
		bounds := a.clipBox(l, with.width+2)
		for _, run := range r.out {
			clipLine(steps(run, l.DrawStyle), bounds, &p)
		}
		a.stroke(&p, with)
	}
	marker := l.Marker
	if marker == "" {
		marker = a.Style.LineMarker
	}
	s, size, ok := l.stamp(a, marker, 1)
	if !ok {
		return
	}
	var places []point
	every, i := max(l.MarkEvery, 1), 0
	bounds := a.clipBox(l, size)
	eachPoint(l.X, l.Y, func(x, y float64) {
		if i%every == 0 {
			if p := a.place(x, y); bounds.contains(p) {
				places = append(places, p)
			}
		}
		i++
	})
	crowd(a.surface, len(places), a.box, func(on surface) {
		if marker == "," {
			on.pixels(places, s.face)
		} else {
			on.stamps(s, places)
		}
	})
}

// clipBox is where something of the given reach can be visible.
func (a *axesPainter) clipBox(artist Artist, reach float64) rect {
	if artist.common().NoClip {
		return a.layout.wholePage()
	}
	return a.box.grow(reach)
}

// wholePage is an area that includes whatever may be shown.
func (l *layout) wholePage() rect {
	w, h := l.figure.Width*72, l.figure.Height*72
	return rect{-2 * w, -2 * h, 3 * w, 3 * h}
}

// stamp returns the line's marker and its size.
func (l *Line) stamp(a *axesPainter, marker Marker, scale float64) (stamp, float64, bool) {
	shape, ok := shapeOf(marker, a.fonts)
	if !ok {
		return stamp{}, 0, false
	}
	size := l.MarkerSize
	if size <= 0 {
		size = a.Style.MarkerSize
	}
	size *= scale
	width := l.MarkerEdgeWidth
	if width <= 0 {
		width = 1
	}
	face, edge := l.MarkerFace.or(l.Color), l.MarkerEdge.or(l.Color)
	if l.NoMarkerFace {
		face = Color{}
	}
	if shape.open {
		face = edge
	}
	s := stamp{shape: shape.path.transformed(affine{a: size, d: size}), face: face.WithAlpha(l.Alpha), edge: edge.WithAlpha(l.Alpha), width: width, miter: shape.miter}
	if shape.open {
		s.face = Color{}
	}
	if marker == "," {
		s.face = face.WithAlpha(l.Alpha)
	}
	return s, size + 2*width, true
}

func (l *Line) drawKey(a *axesPainter, box rect) {
	middle := (box.top + box.bottom) / 2
	if with, visible := l.pen(&a.Style); visible {
		var p path
		p.move(box.left, middle)
		p.line(box.right, middle)
		with.cap = buttCap
		if with.dashes == nil {
			with.cap = squareCap
		}
		a.stroke(&p, with)
	}
	marker := l.Marker
	if marker == "" {
		marker = a.Style.LineMarker
	}
	scale := 1.0
	if legend := a.Axes.Legend; legend != nil && legend.MarkerScale > 0 {
		scale = legend.MarkerScale
	}
	if s, _, ok := l.stamp(a, marker, scale); ok {
		at := []point{{(box.left + box.right) / 2, middle}}
		if marker == "," && scale == 1 {
			a.pixels(at, s.face)
		} else {
			a.stamps(s, at)
		}
	}
}

func pick(v Values, i int, otherwise float64) float64 {
	switch {
	case len(v) == 0:
		return otherwise
	case i < len(v):
		return v[i]
	}
	return v[len(v)-1]
}

func pickColor(c []Color, i int) Color {
	switch {
	case len(c) == 0:
		return Color{}
	case i < len(c):
		return c[i]
	}
	return c[i%len(c)]
}

func (e *ErrorBar) extend(to *extent) {
	e.eachBar(func(x, y float64, i int) {
		to.add(x, y)
		if len(e.YLower)+len(e.YUpper) > 0 {
			to.add(x, y-pick(e.YLower, i, 0))
			to.add(x, y+pick(e.YUpper, i, 0))
		}
		if len(e.XLower)+len(e.XUpper) > 0 {
			to.add(x-pick(e.XLower, i, 0), y)
			to.add(x+pick(e.XUpper, i, 0), y)
		}
	})
}

func (e *ErrorBar) eachBar(visit func(x, y float64, i int)) {
	i := 0
	eachPoint(e.X, e.Y, func(x, y float64) {
		visit(x, y, i)
		i++
	})
}

func (e *ErrorBar) barPen(style *Style) pen {
	width := e.BarWidth
	if width <= 0 {
		width = e.width(style)
	}
	return pen{color: e.BarColor.or(e.Color).WithAlpha(e.Alpha), width: width}
}

func (e *ErrorBar) draw(a *axesPainter) {
	with := e.barPen(&a.Style)
	bounds := a.clipBox(e, with.width+2)
	var bars, caps path
	bar := func(x0, y0, x1, y1 float64, vertical bool) {
		p, q := a.place(x0, y0), a.place(x1, y1)
		clipLine([]point{p, q}, bounds, &bars)
		if e.CapSize <= 0 {
			return
		}
		for _, end := range []point{p, q} {
			if !bounds.contains(end) {
				continue
			}
			if vertical {
				clipLine([]point{{end.x - e.CapSize, end.y}, {end.x + e.CapSize, end.y}}, bounds, &caps)
			} else {
				clipLine([]point{{end.x, end.y - e.CapSize}, {end.x, end.y + e.CapSize}}, bounds, &caps)
			}
		}
	}
	e.eachBar(func(x, y float64, i int) {
		if len(e.YLower)+len(e.YUpper) > 0 {
			bar(x, y-pick(e.YLower, i, 0), x, y+pick(e.YUpper, i, 0), true)
		}
		if len(e.XLower)+len(e.XUpper) > 0 {
			bar(x-pick(e.XLower, i, 0), y, x+pick(e.XUpper, i, 0), y, false)
		}
	})
	a.stroke(&bars, with)
	a.stroke(&caps, pen{color: with.color, width: max(1, with.width*2/3)})
	e.Line.draw(a)
}

func (e *ErrorBar) drawKey(a *axesPainter, box rect) {
	with := e.barPen(&a.Style)
	middle := (box.left + box.right) / 2
	var p path
	p.move(middle, box.top-1)
	p.line(middle, box.bottom+1)
	if e.CapSize > 0 {
		for _, y := range []float64{box.top - 1, box.bottom + 1} {
			p.move(middle-e.CapSize, y)
			p.line(middle+e.CapSize, y)
		}
	}
	a.stroke(&p, with)
	e.Line.drawKey(a, box)
}

func (s *SpanLine) extend(e *extent) {
	switch {
	case s.Through != nil:
		e.add(s.Through[0], s.Through[1])
	case s.Vertical:
		e.x.add(s.At)
	default:
		e.y.add(s.At)
	}
}

func (s *SpanLine) pen(style *Style) (pen, bool) {
	l := Line{Common: s.Common, Color: s.Color, Style: s.Style, Width: s.Width}
	with, visible := l.pen(style)
	with.cap = buttCap
	return with, visible
}

func (s *SpanLine) draw(a *axesPainter) {
	with, visible := s.pen(&a.Style)
	if !visible {
		return
	}
	var p path
	from, to := s.From, s.To
	if from == 0 && to == 0 {
		to = 1
	}
	b := a.box
	switch {
	case s.Through != nil && s.Slope != nil:
		slope := *s.Slope
		x0, x1 := a.x.low, a.x.high
		y := func(x float64) float64 { return s.Through[1] + slope*(x-s.Through[0]) }
		points := []point{a.place(x0, y(x0)), a.place(x1, y(x1))}
		if math.IsInf(slope, 0) {
			points = []point{a.place(s.Through[0], a.y.low), a.place(s.Through[0], a.y.high)}
		}
		clipLine(points, b.grow(with.width), &p)
	case s.Vertical:
		x := a.mapX.page(s.At)
		clipLine([]point{{x, b.bottom - from*b.height()}, {x, b.bottom - to*b.height()}}, b.grow(with.width), &p)
	default:
		y := a.mapY.page(s.At)
		clipLine([]point{{b.left + from*b.width(), y}, {b.left + to*b.width(), y}}, b.grow(with.width), &p)
	}
	a.stroke(&p, with)
}

func (s *SpanLine) drawKey(a *axesPainter, box rect) {
	l := Line{Common: s.Common, Color: s.Color, Style: s.Style, Width: s.Width, Marker: "None"}
	l.drawKey(a, box)
}

func (s *Segments) extend(e *extent) {
	along, across := e.oriented(s.Vertical)
	for i, at := range s.At {
		across.add(at)
		along.add(pick(s.Start, i, 0))
		along.add(pick(s.End, i, 0))
	}
}

func (s *Segments) draw(a *axesPainter) {
	crowd(a.surface, len(s.At), a.box, func(on surface) {
		strokeRows(a, on, s, len(s.At), s.Colors, s.Alpha, s.Style, s.Width, func(i int, p *path, bounds rect) {
			from, to := a.oriented(s.Vertical, pick(s.Start, i, 0), s.At[i]), a.oriented(s.Vertical, pick(s.End, i, 0), s.At[i])
			clipLine([]point{from, to}, bounds, p)
		})
	})
}

// strokeRows strokes n things, those of equal colour at once.
func strokeRows(a *axesPainter, on surface, artist Artist, n int, colors []Color, alpha *float64, style LineStyle, width float64, add func(int, *path, rect)) {
	l := Line{Common: Common{Alpha: alpha}, Style: style, Width: width}
	with, visible := l.pen(&a.Style)
	if !visible {
		return
	}
	with.cap = buttCap
	bounds := a.clipBox(artist, with.width+2)
	var p path
	for i := range n {
		color := pickColor(colors, i).WithAlpha(alpha)
		if color != with.color {
			on.stroke(&p, with)
			p = path{}
			with.color = color
		}
		add(i, &p, bounds)
	}
	on.stroke(&p, with)
}

func (s *Segments) drawKey(a *axesPainter, box rect) {
	l := Line{Common: s.Common, Color: pickColor(s.Colors, 0), Style: s.Style, Width: s.Width, Marker: "None"}
	l.drawKey(a, box)
}

// row returns the centre and length of a row of events.
func (e *EventPlot) row(i int) (offset, length float64) {
	offset = float64(i)
	if len(e.Offsets) == 1 && len(e.Positions) > 1 {
		offset = e.Offsets[0] * float64(i) // One offset is the distance of rows.
	} else if len(e.Offsets) > 0 {
		offset = pick(e.Offsets, i, offset)
	}
	return offset, pick(e.Lengths, i, 1)
}

func (e *EventPlot) extend(to *extent) {
	along, across := to.oriented(e.Vertical)
	for i, row := range e.Positions {
		offset, length := e.row(i)
		for _, v := range row {
			along.add(v)
		}
		if len(row) > 0 {
			// A whole length on either side, as matplotlib has it: that leaves half of one beside the lines.
			across.add(offset - length)
			across.add(offset + length)
		}
	}
}

func (e *EventPlot) draw(a *axesPainter) {
	total := 0
	for _, row := range e.Positions {
		total += len(row)
	}
	crowd(a.surface, total, a.box, func(on surface) {
		strokeRows(a, on, e, len(e.Positions), e.Colors, e.Alpha, e.Style, e.Width, func(i int, p *path, bounds rect) {
			offset, length := e.row(i)
			for _, v := range e.Positions[i] {
				from, to := a.oriented(e.Vertical, v, offset-length/2), a.oriented(e.Vertical, v, offset+length/2)
				clipLine([]point{from, to}, bounds, p)
			}
		})
	})
}

func (e *EventPlot) drawKey(a *axesPainter, box rect) {
	l := Line{Common: e.Common, Color: pickColor(e.Colors, 0), Style: e.Style, Width: e.Width, Marker: "None"}
	l.drawKey(a, box)
}
