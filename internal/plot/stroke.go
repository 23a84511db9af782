package plot

import "math"

type lineCap uint8

// The caps: butt ends at the end point, square reaches half a width further, round likewise.
const (
	buttCap lineCap = iota
	squareCap
	roundCap
)

// pen is how a path is stroked.
type pen struct {
	color Color
	width float64
	// dashes are lengths on and off in points; nil is solid.
	dashes []float64
	cap    lineCap
	// miter keeps corners sharp; otherwise they are round.
	miter bool
}

// dashesOf returns the lengths of matplotlib's line styles, which scale with the width, and whether there is a line.
func dashesOf(style LineStyle, width float64) (dashes []float64, visible bool) {
	var pattern []float64
	switch style {
	case "None", "none", " ":
		return nil, false
	case "--", "dashed":
		pattern = []float64{3.7, 1.6}
	case "-.", "dashdot":
		pattern = []float64{6.4, 1.6, 1, 1.6}
	case ":", "dotted":
		pattern = []float64{1, 1.65}
	}
	return scaleDashes(pattern, width), true
}

func scaleDashes(pattern []float64, width float64) []float64 {
	if len(pattern) == 0 {
		return nil
	}
	scaled := make([]float64, len(pattern))
	total := 0.0
	for i, length := range pattern {
		scaled[i] = max(length, 0) * max(width, 0.1)
		total += scaled[i]
	}
	if !(total > 0.01) {
		return nil
	}
	return scaled
}

// outline is a sink for polygons of equal orientation, whose union is what is painted.
type outline interface {
	polygon(points []point)
}

// strokeOutline hands the pieces of a stroke to out: one rectangle per line and one wedge per corner. They overlap,
// but all run the same way round, so a non-zero winding rule paints their union.
func strokeOutline(subpaths []subpath, p pen, out outline) {
	half := p.width / 2
	for _, s := range subpaths {
		if len(p.dashes) > 0 {
			for _, dash := range dashed(s, p.dashes) {
				strokeLine(dash.points, dash.closed, half, p, out)
			}
			continue
		}
		strokeLine(s.points, s.closed, half, p, out)
	}
}

func strokeLine(points []point, closed bool, half float64, p pen, out outline) {
	distinct := points[:0:0]
	for i, q := range points {
		if i == 0 || math.Hypot(q.x-distinct[len(distinct)-1].x, q.y-distinct[len(distinct)-1].y) > 1e-9 {
			distinct = append(distinct, q)
		}
	}
	if closed && len(distinct) > 1 && distinct[0] != distinct[len(distinct)-1] {
		distinct = append(distinct, distinct[0])
	}
	n := len(distinct)
	if n < 2 {
		if n == 1 && p.cap != buttCap && len(points) > 1 {
			c := distinct[0]
			out.polygon([]point{{c.x - half, c.y - half}, {c.x + half, c.y - half}, {c.x + half, c.y + half}, {c.x - half, c.y + half}})
		}
		return
	}
	var quad [4]point
	for i := range n - 1 {
		a, b := distinct[i], distinct[i+1]
		dx, dy := b.x-a.x, b.y-a.y
		length := math.Hypot(dx, dy)
		ux, uy := dx/length, dy/length
		if !closed && p.cap == squareCap {
			if i == 0 {
				a = point{a.x - ux*half, a.y - uy*half}
			}
			if i == n-2 {
				b = point{b.x + ux*half, b.y + uy*half}
			}
		}
		nx, ny := -uy*half, ux*half
		quad = [4]point{{a.x - nx, a.y - ny}, {b.x - nx, b.y - ny}, {b.x + nx, b.y + ny}, {a.x + nx, a.y + ny}}
		out.polygon(quad[:])
		if i < n-2 {
			corner(distinct[i], distinct[i+1], distinct[i+2], half, p.miter, out)
		} else if closed {
			corner(distinct[i], distinct[i+1], distinct[1], half, p.miter, out)
		}
	}
	if p.cap == roundCap && !closed {
		for _, c := range []point{distinct[0], distinct[n-1]} {
			circle := make([]point, 16)
			for k := range circle {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(len(circle)))
				circle[k] = point{c.x + half*cos, c.y + half*sin}
			}
			out.polygon(circle)
		}
	}
}

// corner fills the gap on the outer side of a corner at b.
func corner(a, b, c point, half float64, miter bool, out outline) {
	in, turn := math.Atan2(b.y-a.y, b.x-a.x), 0.0
	turn = math.Remainder(math.Atan2(c.y-b.y, c.x-b.x)-in, 2*math.Pi)
	if math.Abs(turn) < 1e-3 {
		return
	}
	// The outer side is left of a right turn; normals there point at in ± 90 degrees.
	side := math.Pi / 2
	if turn > 0 {
		side = -side
	}
	start := in + side
	wedge := []point{b}
	if miter && math.Abs(turn) < 2.6 {
		middle := start + turn/2
		reach := half / math.Cos(turn/2)
		wedge = append(wedge, at(b, half, start), at(b, reach, middle), at(b, half, start+turn))
	} else {
		// Arcs are off by less than a tenth of a point's pixel for the widths in use.
		steps := int(math.Ceil(math.Abs(turn) * math.Sqrt(max(half, 0.25)) / 0.6))
		for k := 0; k <= steps; k++ {
			wedge = append(wedge, at(b, half, start+turn*float64(k)/float64(steps)))
		}
	}
	if turn < 0 {
		for i, j := 0, len(wedge)-1; i < j; i, j = i+1, j-1 {
			wedge[i], wedge[j] = wedge[j], wedge[i]
		}
	}
	out.polygon(wedge)
}

func at(centre point, radius, angle float64) point {
	sin, cos := math.Sincos(angle)
	return point{centre.x + radius*cos, centre.y + radius*sin}
}

// maxDashes bounds the pieces of one outline, so that a tiny pattern on a long line cannot take for ever.
const maxDashes = 200_000

// dashed cuts an outline into dashes. The pattern begins anew with each outline.
func dashed(s subpath, pattern []float64) []subpath {
	points := s.points
	if s.closed && len(points) > 1 {
		points = append(points[:len(points):len(points)], points[0])
	}
	if len(pattern)%2 == 1 {
		pattern = append(pattern[:len(pattern):len(pattern)], pattern...)
	}
	var out []subpath
	index, left, on := 0, pattern[0], true
	var current []point
	if len(points) > 0 {
		current = []point{points[0]}
	}
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		for done := 0.0; done < length && len(out) < maxDashes; {
			step := min(left, length-done)
			done += step
			left -= step
			p := point{a.x + (b.x-a.x)*done/length, a.y + (b.y-a.y)*done/length}
			if on {
				current = append(current, p)
			}
			if left <= 1e-12 {
				if on {
					out = append(out, subpath{points: current})
				}
				index = (index + 1) % len(pattern)
				left, on = pattern[index], !on
				current = []point{p}
			}
		}
	}
	if on && len(current) > 1 {
		out = append(out, subpath{points: current})
	}
	return out
}
