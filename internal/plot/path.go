package plot

import "math"

// Drawing happens on a page in points, x to the right and y down.

type point struct{ x, y float64 }

// rect is an area of the page: left < right, top < bottom.
type rect struct{ left, top, right, bottom float64 }

func (r rect) width() float64  { return r.right - r.left }
func (r rect) height() float64 { return r.bottom - r.top }

func (r rect) grow(d float64) rect {
	return rect{r.left - d, r.top - d, r.right + d, r.bottom + d}
}

func (r rect) move(dx, dy float64) rect {
	return rect{r.left + dx, r.top + dy, r.right + dx, r.bottom + dy}
}

func (r rect) union(o rect) rect {
	switch {
	case o.empty():
		return r
	case r.empty():
		return o
	}
	return rect{min(r.left, o.left), min(r.top, o.top), max(r.right, o.right), max(r.bottom, o.bottom)}
}

func (r rect) intersect(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

func (r rect) empty() bool { return !(r.left < r.right && r.top < r.bottom) }

func (r rect) contains(p point) bool {
	return p.x >= r.left && p.x <= r.right && p.y >= r.top && p.y <= r.bottom
}

func (r rect) overlaps(o rect) bool { return !r.intersect(o).empty() }

// affine maps (x, y) to (a*x + c*y + e, b*x + d*y + f), as in SVG.
type affine struct{ a, b, c, d, e, f float64 }

func translation(x, y float64) affine { return affine{a: 1, d: 1, e: x, f: y} }

// rotation turns anticlockwise as seen on the page, by degrees; quarter turns are exact.
func rotation(degrees float64) affine {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	if quarter := degrees / 90; quarter == math.Trunc(quarter) {
		sin, cos = math.Round(sin), math.Round(cos)
	}
	return affine{a: cos, b: -sin, c: sin, d: cos}
}

func (m affine) apply(p point) point {
	return point{m.a*p.x + m.c*p.y + m.e, m.b*p.x + m.d*p.y + m.f}
}

// after returns the map that applies first n, then m.
func (m affine) after(n affine) affine {
	return affine{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
		m.a*n.e + m.c*n.f + m.e, m.b*n.e + m.d*n.f + m.f,
	}
}

// bounds returns the smallest rectangle around the image of r.
func (m affine) bounds(r rect) rect {
	out := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range [4]point{{r.left, r.top}, {r.right, r.top}, {r.left, r.bottom}, {r.right, r.bottom}} {
		q := m.apply(p)
		out = rect{min(out.left, q.x), min(out.top, q.y), max(out.right, q.x), max(out.bottom, q.y)}
	}
	return out
}

type verb uint8

// The verbs of a path take 1, 1, 2, 3 and 0 points.
const (
	moveTo verb = iota
	lineTo
	quadTo
	cubeTo
	closePath
)

// path is outlines of lines and Bézier curves.
type path struct {
	verbs  []verb
	points []point
}

func (p *path) move(x, y float64) {
	p.verbs = append(p.verbs, moveTo)
	p.points = append(p.points, point{x, y})
}

func (p *path) line(x, y float64) {
	p.verbs = append(p.verbs, lineTo)
	p.points = append(p.points, point{x, y})
}

func (p *path) quad(x1, y1, x, y float64) {
	p.verbs = append(p.verbs, quadTo)
	p.points = append(p.points, point{x1, y1}, point{x, y})
}

func (p *path) cube(x1, y1, x2, y2, x, y float64) {
	p.verbs = append(p.verbs, cubeTo)
	p.points = append(p.points, point{x1, y1}, point{x2, y2}, point{x, y})
}

func (p *path) close() { p.verbs = append(p.verbs, closePath) }

func (p *path) polyline(points []point, closed bool) {
	for i, q := range points {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
	if closed && len(points) > 0 {
		p.close()
	}
}

func (p *path) rectangle(r rect) {
	p.polyline([]point{{r.left, r.top}, {r.right, r.top}, {r.right, r.bottom}, {r.left, r.bottom}}, true)
}

// arcControl is the length of the handles of a cubic Bézier quarter of a unit circle.
const arcControl = 0.5522847498307936

// ellipse adds an ellipse turned anticlockwise by degrees.
func (p *path) ellipse(cx, cy, rx, ry, degrees float64) {
	var e path
	k := arcControl
	e.move(1, 0)
	e.cube(1, k, k, 1, 0, 1)
	e.cube(-k, 1, -1, k, -1, 0)
	e.cube(-1, -k, -k, -1, 0, -1)
	e.cube(k, -1, 1, -k, 1, 0)
	e.close()
	p.add(&e, translation(cx, cy).after(rotation(degrees)).after(affine{a: rx, d: ry}))
}

// roundRectangle adds a rectangle whose corners have the radius.
func (p *path) roundRectangle(r rect, radius float64) {
	radius = min(radius, r.width()/2, r.height()/2)
	k := radius * (1 - arcControl)
	p.move(r.left+radius, r.top)
	p.line(r.right-radius, r.top)
	p.cube(r.right-k, r.top, r.right, r.top+k, r.right, r.top+radius)
	p.line(r.right, r.bottom-radius)
	p.cube(r.right, r.bottom-k, r.right-k, r.bottom, r.right-radius, r.bottom)
	p.line(r.left+radius, r.bottom)
	p.cube(r.left+k, r.bottom, r.left, r.bottom-k, r.left, r.bottom-radius)
	p.line(r.left, r.top+radius)
	p.cube(r.left, r.top+k, r.left+k, r.top, r.left+radius, r.top)
	p.close()
}

// add appends the image of another path.
func (p *path) add(o *path, m affine) {
	p.verbs = append(p.verbs, o.verbs...)
	for _, q := range o.points {
		p.points = append(p.points, m.apply(q))
	}
}

func (p *path) transformed(m affine) *path {
	var q path
	q.add(p, m)
	return &q
}

// bounds returns the rectangle around all points, control points included. It is the inverted infinite rectangle for
// an empty path.
func (p *path) bounds() rect {
	out := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, q := range p.points {
		out = rect{min(out.left, q.x), min(out.top, q.y), max(out.right, q.x), max(out.bottom, q.y)}
	}
	return out
}

// subpath is a flattened outline.
type subpath struct {
	points []point
	closed bool
}

// flatten replaces curves by lines that are off by at most the tolerance.
func (p *path) flatten(tolerance float64) []subpath {
	var out []subpath
	var current []point
	end := func(closed bool) {
		if len(current) > 0 {
			out = append(out, subpath{current, closed})
		}
		current = nil
	}
	next := p.points
	for _, v := range p.verbs {
		switch v {
		case moveTo:
			end(false)
			current = []point{next[0]}
			next = next[1:]
		case lineTo:
			current = append(current, next[0])
			next = next[1:]
		case quadTo:
			a, b, c := current[len(current)-1], next[0], next[1]
			bend := math.Hypot(a.x-2*b.x+c.x, a.y-2*b.y+c.y) / 4
			n := pieces(bend, tolerance)
			for i := 1; i <= n; i++ {
				t := float64(i) / float64(n)
				s := 1 - t
				current = append(current, point{s*s*a.x + 2*s*t*b.x + t*t*c.x, s*s*a.y + 2*s*t*b.y + t*t*c.y})
			}
			next = next[2:]
		case cubeTo:
			a, b, c, d := current[len(current)-1], next[0], next[1], next[2]
			bend := max(math.Hypot(a.x-2*b.x+c.x, a.y-2*b.y+c.y), math.Hypot(b.x-2*c.x+d.x, b.y-2*c.y+d.y)) * 3 / 4
			n := pieces(bend, tolerance)
			for i := 1; i <= n; i++ {
				t := float64(i) / float64(n)
				s := 1 - t
				b0, b1, b2, b3 := s*s*s, 3*s*s*t, 3*s*t*t, t*t*t
				current = append(current, point{b0*a.x + b1*b.x + b2*c.x + b3*d.x, b0*a.y + b1*b.y + b2*c.y + b3*d.y})
			}
			next = next[3:]
		case closePath:
			if len(current) > 0 {
				start := current[0]
				end(true)
				current = []point{start}
			}
		}
	}
	if len(current) > 1 || len(out) == 0 {
		end(false)
	}
	return out
}

// pieces is the number of lines for a curve of which the middle lies bend off the chord: the error falls with the
// square of the number.
func pieces(bend, tolerance float64) int {
	n := math.Ceil(math.Sqrt(bend / tolerance))
	if !(n >= 1) {
		return 1
	}
	return int(min(n, 64))
}

// rectilinear reports whether the path has only horizontal and vertical lines: frames, ticks, bars, steps. Such paths
// are drawn on pixel boundaries.
func (p *path) rectilinear() bool {
	if len(p.points) > 1024 {
		return false
	}
	var last point
	i := 0
	for _, v := range p.verbs {
		switch v {
		case moveTo:
			last = p.points[i]
			i++
		case lineTo:
			q := p.points[i]
			if math.Abs(q.x-last.x) > 1e-6 && math.Abs(q.y-last.y) > 1e-6 {
				return false
			}
			last = q
			i++
		case quadTo, cubeTo:
			return false
		}
	}
	return true
}
