package plot

import "math"

func (s *Scatter) extend(e *extent) {
	for i := range min(len(s.X), len(s.Y)) {
		e.add(s.X[i], s.Y[i])
	}
}

// shapes returns a function that gives the marker of a size; markers of one size share their shape.
func (s *Scatter) shapes(a *axesPainter) (func(area float64) stamp, bool) {
	marker := s.Marker
	if marker == "" {
		marker = a.Style.ScatterMarker
	}
	shape, ok := shapeOf(marker, a.fonts)
	if !ok {
		return nil, false
	}
	known := map[float64]*path{}
	return func(area float64) stamp {
		size := math.Sqrt(max(area, 0))
		size = math.Round(size*20) / 20
		p, ok := known[size]
		if !ok {
			p = shape.path.transformed(affine{a: size, d: size})
			known[size] = p
		}
		width := s.EdgeWidth
		if width <= 0 {
			width = 1
			if shape.open || s.Edge.None() {
				width = 1.5
			}
		}
		return stamp{shape: p, width: width, miter: shape.miter}
	}, true
}

func (s *Scatter) colors(style *Style) func(i int) Color {
	if len(s.Values) > 0 {
		n := s.Mapping.norm(rangeOf(s.Values), style.Colormap)
		return func(i int) Color { return n.color(pick(s.Values, i, math.NaN())).WithAlpha(s.Alpha) }
	}
	return func(i int) Color { return pickColor(s.Colors, i).WithAlpha(s.Alpha) }
}

// painted gives a stamp the colours of a point.
func (s *Scatter) painted(st stamp, color Color) stamp {
	st.face, st.edge = color, s.Edge.or(color).WithAlpha(s.Alpha)
	if s.Hollow {
		st.face = Color{}
	}
	if color.None() {
		st.edge = Color{}
	}
	return st
}

func (s *Scatter) draw(a *axesPainter) {
	shape, ok := s.shapes(a)
	if !ok {
		return
	}
	color := s.colors(&a.Style)
	n := min(len(s.X), len(s.Y))
	crowd(a.surface, n, a.box, func(on surface) {
		var run stamp
		var places []point
		for i := range n {
			area := pick(s.Sizes, i, 36)
			p := a.place(s.X[i], s.Y[i])
			if !(area >= 0) || !a.clipBox(s, math.Sqrt(area)+4).contains(p) {
				continue
			}
			next := s.painted(shape(area), color(i))
			if next.face.None() && next.edge.None() {
				continue
			}
			if len(places) > 0 && next != run {
				on.stamps(run, places)
				places = places[:0]
			}
			run = next
			places = append(places, p)
		}
		if len(places) > 0 {
			on.stamps(run, places)
		}
	})
}

func (s *Scatter) drawKey(a *axesPainter, box rect) {
	shape, ok := s.shapes(a)
	if !ok {
		return
	}
	scale := 1.0
	if legend := a.Axes.Legend; legend != nil && legend.MarkerScale > 0 {
		scale = legend.MarkerScale
	}
	area := min(pick(s.Sizes, 0, 36), 200) * scale * scale
	color := s.colors(&a.Style)(0)
	if len(s.Values) > 0 {
		color = s.Mapping.norm(rangeOf(s.Values), a.Style.Colormap).colors.At(0.5).WithAlpha(s.Alpha)
	}
	a.stamps(s.painted(shape(area), color), []point{{(box.left + box.right) / 2, (box.top + box.bottom) / 2}})
}

func (b *Bars) count() int { return max(len(b.Position), len(b.Length)) }

func (b *Bars) extend(e *extent) {
	along, across := e.oriented(b.Horizontal)
	for i := range b.count() {
		at, thick := pick(b.Position, i, 0), pick(b.Thickness, i, 0.8)
		base, length := pick(b.Base, i, 0), pick(b.Length, i, 0)
		if math.IsNaN(at + length) {
			continue
		}
		along.add(at - thick/2)
		along.add(at + thick/2)
		across.add(base)
		across.add(base + length)
		if len(b.Errors) > 0 {
			across.add(base + length - pick(b.Errors, i, 0))
			across.add(base + length + pick(b.Errors, i, 0))
		}
		if i == 0 || base != pick(b.Base, i-1, 0) {
			across.stick(base)
		}
	}
}

func (b *Bars) draw(a *axesPainter) {
	edgeWidth := b.EdgeWidth
	if edgeWidth <= 0 {
		edgeWidth = a.Style.PatchWidth
	}
	bounds := a.clipBox(b, 20)
	var p path
	var current Color
	flush := func() {
		a.fill(&p, current)
		if b.Hatch != "" {
			a.hatch(&p, b.Hatch, b.Edge.or(RGB(0, 0, 0)).WithAlpha(b.Alpha))
		}
		if !b.Edge.None() {
			a.stroke(&p, pen{color: b.Edge.WithAlpha(b.Alpha), width: edgeWidth, miter: true})
		}
		p = path{}
	}
	for i := range b.count() {
		at, thick := pick(b.Position, i, 0), pick(b.Thickness, i, 0.8)
		base, length := pick(b.Base, i, 0), pick(b.Length, i, 0)
		if a.logAcross(b.Horizontal) && base <= 0 {
			base, length = a.lowEnd(b.Horizontal), base+length-a.lowEnd(b.Horizontal)
		}
		r := a.orientedRect(b.Horizontal, at-thick/2, base, at+thick/2, base+length)
		if math.IsNaN(r.left + r.right + r.top + r.bottom) {
			continue
		}
		r = r.intersect(bounds)
		if r.right < r.left || r.bottom < r.top {
			continue
		}
		if color := pickColor(b.Colors, i).WithAlpha(b.Alpha); color != current || len(p.points) > 1000 {
			flush()
			current = color
		}
		p.rectangle(r)
	}
	flush()
	if len(b.Errors) > 0 {
		b.errorBars().draw(a)
	}
}

// errorBars returns the bars' errors as an artist of their own.
func (b *Bars) errorBars() *ErrorBar {
	e := &ErrorBar{Line: Line{Color: RGB(0, 0, 0), Style: "None", Marker: "None"}, CapSize: b.CapSize}
	var ends, at Values
	for i := range b.count() {
		at = append(at, pick(b.Position, i, 0))
		ends = append(ends, pick(b.Base, i, 0)+pick(b.Length, i, 0))
	}
	if b.Horizontal {
		e.X, e.Y, e.XLower, e.XUpper = ends, at, b.Errors, b.Errors
	} else {
		e.X, e.Y, e.YLower, e.YUpper = at, ends, b.Errors, b.Errors
	}
	return e
}

// logAcross reports whether lengths of bars are on a logarithmic axis, where no bar begins at 0.
func (a *axesPainter) logAcross(horizontal bool) bool {
	if horizontal {
		return a.x.scale == Log
	}
	return a.y.scale == Log
}

func (a *axesPainter) lowEnd(horizontal bool) float64 {
	if horizontal {
		return min(a.x.low, a.x.high) / 10
	}
	return min(a.y.low, a.y.high) / 10
}

// drawPatchKey draws the small rectangle that stands for an area in a legend.
func (a *axesPainter) drawPatchKey(box rect, face, edge Color, width float64, hatch string) {
	var p path
	p.rectangle(box)
	a.fill(&p, face)
	if hatch != "" {
		a.hatch(&p, hatch, edge.or(RGB(0, 0, 0)))
	}
	if !edge.None() {
		if width <= 0 {
			width = a.Style.PatchWidth
		}
		a.stroke(&p, pen{color: edge, width: width, miter: true})
	}
}

func (b *Bars) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, pickColor(b.Colors, 0).WithAlpha(b.Alpha), b.Edge.WithAlpha(b.Alpha), b.EdgeWidth, b.Hatch)
}

func (s *Stairs) extend(e *extent) {
	along, across := e.oriented(s.Horizontal)
	for i, h := range s.Heights {
		base := pick(s.Base, i, 0)
		along.add(pick(s.Edges, i, float64(i)))
		along.add(pick(s.Edges, i+1, float64(i+1)))
		across.add(h)
		across.add(base)
		if i == 0 || base != pick(s.Base, i-1, 0) {
			across.stick(base)
		}
	}
}

func (s *Stairs) draw(a *axesPainter) {
	floor := func(v float64) float64 {
		if a.logAcross(s.Horizontal) && v <= 0 {
			return a.lowEnd(s.Horizontal)
		}
		return v
	}
	var upper, lower []point
	n := min(len(s.Heights), len(s.Edges)-1)
	for i := range n {
		base := floor(pick(s.Base, i, 0))
		height := floor(s.Heights[i])
		upper = append(upper, a.oriented(s.Horizontal, s.Edges[i], height), a.oriented(s.Horizontal, s.Edges[i+1], height))
		lower = append(lower, a.oriented(s.Horizontal, s.Edges[i], base), a.oriented(s.Horizontal, s.Edges[i+1], base))
	}
	if n < 1 {
		return
	}
	whole := append([]point(nil), upper...)
	for i := len(lower) - 1; i >= 0; i-- {
		whole = append(whole, lower[i])
	}
	if s.Filled {
		var area path
		area.polyline(finite(whole), true)
		a.fill(&area, s.Color.WithAlpha(s.Alpha))
		if !s.Edge.None() {
			a.stroke(&area, pen{color: s.Edge.WithAlpha(s.Alpha), width: max(s.Width, a.Style.PatchWidth), miter: true})
		}
		return
	}
	width := s.Width
	if width <= 0 {
		width = a.Style.LineWidth
	}
	dashes, visible := dashesOf(s.Style, width)
	if !visible {
		return
	}
	var p path
	outline := append([]point{lower[0]}, upper...)
	outline = append(outline, lower[len(lower)-1])
	clipLine(finite(outline), a.clipBox(s, width+2), &p)
	a.stroke(&p, pen{color: s.Edge.or(s.Color).WithAlpha(s.Alpha), width: width, dashes: dashes, miter: true})
}

// finite drops points that have no place on the page.
func finite(points []point) []point {
	kept := points[:0:0]
	for _, p := range points {
		if !math.IsNaN(p.x+p.y) && !math.IsInf(p.x, 0) && !math.IsInf(p.y, 0) {
			kept = append(kept, p)
		}
	}
	return kept
}

func (s *Stairs) drawKey(a *axesPainter, box rect) {
	if s.Filled {
		a.drawPatchKey(box, s.Color.WithAlpha(s.Alpha), s.Edge.WithAlpha(s.Alpha), s.Width, "")
		return
	}
	a.drawPatchKey(box, Color{}, s.Edge.or(s.Color).WithAlpha(s.Alpha), s.Width, "")
}

func (f *FillBetween) extend(e *extent) {
	along, across := e.oriented(f.Horizontal)
	for i, x := range f.X {
		if i >= len(f.Where) && f.Where != nil || f.Where != nil && !f.Where[i] {
			continue
		}
		along.add(x)
		across.add(pick(f.First, i, 0))
		across.add(pick(f.Second, i, 0))
	}
}

func (f *FillBetween) draw(a *axesPainter) {
	var style DrawStyle
	if f.Step != "" {
		style = DrawStyle("steps-" + f.Step)
	}
	var p path
	var first, second []point
	// Coordinates are kept near the frame, so that what lies far outside cannot spoil the picture.
	limit := a.layout.wholePage()
	near := func(q point) point {
		return point{min(max(q.x, limit.left), limit.right), min(max(q.y, limit.top), limit.bottom)}
	}
	flush := func() {
		if len(first) > 1 {
			upper, lower := steps(first, style), steps(second, style)
			whole := append([]point(nil), upper...)
			for i := len(lower) - 1; i >= 0; i-- {
				whole = append(whole, lower[i])
			}
			p.polyline(whole, true)
		}
		first, second = nil, nil
	}
	for i, x := range f.X {
		y0, y1 := pick(f.First, i, 0), pick(f.Second, i, 0)
		if a.logAcross(f.Horizontal) {
			y0, y1 = max(y0, a.lowEnd(f.Horizontal)), max(y1, a.lowEnd(f.Horizontal))
		}
		u, v := a.oriented(f.Horizontal, x, y0), a.oriented(f.Horizontal, x, y1)
		if math.IsNaN(u.x+u.y+v.x+v.y) || f.Where != nil && (i >= len(f.Where) || !f.Where[i]) {
			flush()
			continue
		}
		first, second = append(first, near(u)), append(second, near(v))
	}
	flush()
	a.fill(&p, f.Color.WithAlpha(f.Alpha))
	if !f.Edge.None() {
		a.stroke(&p, pen{color: f.Edge.WithAlpha(f.Alpha), width: max(f.Width, 0.5)})
	}
}

func (f *FillBetween) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, f.Color.WithAlpha(f.Alpha), f.Edge.WithAlpha(f.Alpha), f.Width, "")
}

func (s *Span) extend(e *extent) {
	_, across := e.oriented(s.Vertical)
	across.add(s.Low)
	across.add(s.High)
}

func (s *Span) draw(a *axesPainter) {
	from, to := s.From, s.To
	if from == 0 && to == 0 {
		to = 1
	}
	b := a.box
	var r rect
	if s.Vertical {
		x0, x1 := a.mapX.page(s.Low), a.mapX.page(s.High)
		r = rect{min(x0, x1), b.bottom - to*b.height(), max(x0, x1), b.bottom - from*b.height()}
	} else {
		y0, y1 := a.mapY.page(s.Low), a.mapY.page(s.High)
		r = rect{b.left + from*b.width(), min(y0, y1), b.left + to*b.width(), max(y0, y1)}
	}
	if r = r.intersect(a.clipBox(s, 20)); r.empty() {
		return
	}
	var p path
	p.rectangle(r)
	a.fill(&p, s.Color.WithAlpha(s.Alpha))
	if !s.Edge.None() {
		a.stroke(&p, pen{color: s.Edge.WithAlpha(s.Alpha), width: max(s.Width, 0.5), miter: true})
	}
}

func (s *Span) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, s.Color.WithAlpha(s.Alpha), s.Edge.WithAlpha(s.Alpha), s.Width, "")
}

func (p *Patch) extend(e *extent) {
	if p.Coordinates != DataCoordinates {
		return
	}
	if c := p.Centre; c != nil {
		sin, cos := math.Sincos(p.Angle * math.Pi / 180)
		dx := math.Hypot(p.Radii[0]*cos, p.Radii[1]*sin)
		dy := math.Hypot(p.Radii[0]*sin, p.Radii[1]*cos)
		e.add(c[0]-dx, c[1]-dy)
		e.add(c[0]+dx, c[1]+dy)
		return
	}
	for i := range min(len(p.X), len(p.Y)) {
		e.add(p.X[i], p.Y[i])
	}
}

// outline returns the patch on the page. Ellipses are turned in data units and then mapped.
func (p *Patch) outline(a *axesPainter) *path {
	var out path
	if c := p.Centre; c != nil {
		var data path
		data.ellipse(0, 0, p.Radii[0], p.Radii[1], -p.Angle)
		for i, q := range data.points {
			data.points[i] = a.placeIn(p.Coordinates, c[0]+q.x, c[1]+q.y)
		}
		return &data
	}
	var points []point
	limit := a.layout.wholePage()
	for i := range min(len(p.X), len(p.Y)) {
		q := a.placeIn(p.Coordinates, p.X[i], p.Y[i])
		points = append(points, point{min(max(q.x, limit.left), limit.right), min(max(q.y, limit.top), limit.bottom)})
	}
	out.polyline(finite(points), !p.Open)
	return &out
}

func (p *Patch) draw(a *axesPainter) {
	outline := p.outline(a)
	if !p.Open {
		a.fill(outline, p.Face.WithAlpha(p.Alpha))
		if p.Hatch != "" {
			a.hatch(outline, p.Hatch, p.Edge.or(RGB(0, 0, 0)).WithAlpha(p.Alpha))
		}
	}
	width := p.Width
	if width <= 0 {
		width = a.Style.PatchWidth
	}
	if dashes, visible := dashesOf(p.Style, width); visible && !p.Edge.None() {
		a.stroke(outline, pen{color: p.Edge.WithAlpha(p.Alpha), width: width, dashes: dashes, miter: true})
	}
}

func (p *Patch) drawKey(a *axesPainter, box rect) {
	a.drawPatchKey(box, p.Face.WithAlpha(p.Alpha), p.Edge.WithAlpha(p.Alpha), p.Width, p.Hatch)
}
