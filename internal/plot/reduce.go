package plot

import "math"

// chunk is how many values are read at a time.
const chunk = 4096

// eachPoint reads two series side by side; a nil x counts from 0. It stops at the shorter one.
func eachPoint(x, y Series, visit func(x, y float64)) {
	if y == nil {
		return
	}
	var xs, ys [chunk]float64
	n := y.Len()
	if x != nil {
		n = min(n, x.Len())
	}
	for from := 0; from < n; {
		count := y.Read(ys[:min(chunk, n-from)], from)
		if x != nil {
			count = min(count, x.Read(xs[:count], from))
		} else {
			for i := range count {
				xs[i] = float64(from + i)
			}
		}
		if count <= 0 {
			return
		}
		for i := range count {
			visit(xs[i], ys[i])
		}
		from += count
	}
}

// reducer thins a polyline as it comes: of consecutive points in one column of pixels it keeps the first, the lowest,
// the highest and the last, in their order. What is drawn touches the same pixels; a spike of one sample stays.
type reducer struct {
	// columns per point of the page, and the range of x that is visible.
	density     float64
	left, right float64
	out         [][]point
	run         []point
	column      float64
	count       int
	first, last point
	low, high   point
	lowAt       int
	highAt      int
}

func newReducer(box rect, density float64) *reducer {
	return &reducer{density: density, left: box.left, right: box.right}
}

// add takes the next point; NaN breaks the line.
func (r *reducer) add(p point) {
	if math.IsNaN(p.x + p.y) {
		r.cut()
		return
	}
	// Everything far out on one side is one column.
	column := math.Floor((min(max(p.x, r.left-2), r.right+2) - r.left) * r.density)
	if r.count > 0 && column != r.column {
		r.flush()
	}
	if r.count == 0 {
		r.column, r.first, r.low, r.high, r.lowAt, r.highAt = column, p, p, p, 0, 0
	}
	if p.y < r.low.y {
		r.low, r.lowAt = p, r.count
	}
	if p.y > r.high.y {
		r.high, r.highAt = p, r.count
	}
	r.last = p
	r.count++
}

func (r *reducer) flush() {
	if r.count == 0 {
		return
	}
	r.run = append(r.run, r.first)
	a, b, atA, atB := r.low, r.high, r.lowAt, r.highAt
	if atB < atA {
		a, b, atA, atB = b, a, atB, atA
	}
	if atA > 0 && atA < r.count-1 {
		r.run = append(r.run, a)
	}
	if atB > 0 && atB < r.count-1 && atB != atA {
		r.run = append(r.run, b)
	}
	if r.count > 1 {
		r.run = append(r.run, r.last)
	}
	r.count = 0
}

// cut ends the current line.
func (r *reducer) cut() {
	r.flush()
	if len(r.run) > 0 {
		r.out = append(r.out, r.run)
		r.run = nil
	}
}

// steps turns points into stairs.
func steps(points []point, style DrawStyle) []point {
	if len(points) < 2 {
		return points
	}
	var out []point
	for i, p := range points {
		if i > 0 {
			q := points[i-1]
			switch style {
			case StepsPre, "steps":
				out = append(out, point{q.x, p.y})
			case StepsPost:
				out = append(out, point{p.x, q.y})
			case StepsMid:
				middle := (q.x + p.x) / 2
				out = append(out, point{middle, q.y}, point{middle, p.y})
			}
		}
		out = append(out, p)
	}
	return out
}

// clipLine adds the parts of a polyline within a box to a path.
func clipLine(points []point, box rect, to *path) {
	var end point
	joined := false
	for i := 1; i < len(points); i++ {
		a, b, ok := clipSegment(points[i-1], points[i], box)
		if !ok {
			joined = false
			continue
		}
		if !joined || a != end {
			to.move(a.x, a.y)
		}
		to.line(b.x, b.y)
		end, joined = b, true
	}
	if len(points) == 1 && box.contains(points[0]) {
		to.move(points[0].x, points[0].y)
		to.line(points[0].x, points[0].y)
	}
}

// clipSegment cuts a line to a box (Liang and Barsky 1984).
func clipSegment(a, b point, box rect) (point, point, bool) {
	if box.contains(a) && box.contains(b) {
		return a, b, true
	}
	dx, dy := b.x-a.x, b.y-a.y
	t0, t1 := 0.0, 1.0
	for _, edge := range [4][2]float64{{-dx, a.x - box.left}, {dx, box.right - a.x}, {-dy, a.y - box.top}, {dy, box.bottom - a.y}} {
		p, q := edge[0], edge[1]
		switch {
		case p == 0:
			if q < 0 {
				return a, b, false
			}
		case p < 0:
			t0 = max(t0, q/p)
		default:
			t1 = min(t1, q/p)
		}
	}
	if !(t0 <= t1) || math.IsInf(dx, 0) || math.IsInf(dy, 0) {
		return a, b, false
	}
	return point{a.x + t0*dx, a.y + t0*dy}, point{a.x + t1*dx, a.y + t1*dy}, true
}
