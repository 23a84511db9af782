package plot

import (
	"math"
	"slices"
	"strings"
)

// hatch draws a pattern within a path: lines for / \ | - + x, dots for . o O *. More letters of a kind make it denser.
func (a *axesPainter) hatch(p *path, pattern string, color Color) {
	const spacing = 18.0
	flat := p.flatten(0.2)
	density := func(letters string) float64 {
		n := 0
		for _, letter := range letters {
			n += strings.Count(pattern, string(letter))
		}
		return float64(n)
	}
	var lines path
	add := func(n, degrees float64) {
		if n > 0 {
			hatchLines(flat, spacing/n, degrees, &lines)
		}
	}
	add(density("/x"), 45)
	add(density(`\x`), -45)
	add(density("-+"), 0)
	add(density("|+"), 90)
	a.stroke(&lines, pen{color: color, width: 1})
	if n := density(".oO*"); n > 0 {
		dots := hatchDots(flat, p.bounds(), spacing/n)
		var dot path
		dot.ellipse(0, 0, 1, 1, 0)
		a.stamps(stamp{shape: &dot, face: color}, dots)
	}
}

// hatchLines adds the parts of parallel lines that lie inside outlines (even-odd rule).
func hatchLines(outlines []subpath, spacing, degrees float64, out *path) {
	turn, back := rotation(-degrees), rotation(degrees)
	low, high := math.Inf(1), math.Inf(-1)
	turned := make([][]point, len(outlines))
	for i, s := range outlines {
		for _, q := range s.points {
			q = turn.apply(q)
			turned[i] = append(turned[i], q)
			low, high = min(low, q.y), max(high, q.y)
		}
	}
	if !(high-low < 1e5) {
		return
	}
	for y := math.Ceil(low/spacing) * spacing; y < high; y += spacing {
		var crossings []float64
		for _, points := range turned {
			for i, p := range points {
				q := points[(i+1)%len(points)]
				if (p.y <= y) != (q.y <= y) {
					crossings = append(crossings, p.x+(q.x-p.x)*(y-p.y)/(q.y-p.y))
				}
			}
		}
		slices.Sort(crossings)
		for i := 0; i+1 < len(crossings); i += 2 {
			from, to := back.apply(point{crossings[i], y}), back.apply(point{crossings[i+1], y})
			out.move(from.x, from.y)
			out.line(to.x, to.y)
		}
	}
}

// hatchDots returns the points of a lattice inside outlines.
func hatchDots(outlines []subpath, box rect, spacing float64) []point {
	var dots []point
	if !(box.width() < 1e5 && box.height() < 1e5) {
		return nil
	}
	row := 0
	for y := math.Ceil(box.top/spacing) * spacing; y < box.bottom; y += spacing / 2 {
		shift := float64(row%2) * spacing / 2
		row++
		for x := math.Ceil(box.left/spacing)*spacing + shift; x < box.right; x += spacing {
			inside := false
			for _, s := range outlines {
				for i, p := range s.points {
					q := s.points[(i+1)%len(s.points)]
					if (p.y <= y) != (q.y <= y) && p.x+(q.x-p.x)*(y-p.y)/(q.y-p.y) > x {
						inside = !inside
					}
				}
			}
			if inside {
				dots = append(dots, point{x, y})
			}
		}
	}
	return dots
}
