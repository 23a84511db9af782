package plot

import "math"

// markerShape is the outline of a marker of size 1 around the origin, y down.
type markerShape struct {
	path *path
	// open shapes are strokes only and have no inside.
	open  bool
	miter bool
}

// shapeOf returns a marker's shape, or false for no marker. The pixel marker "," has the shape of a small square for
// legends; the drawing of many is the surface's.
func shapeOf(m Marker, fonts *fontSet) (markerShape, bool) {
	p := &path{}
	closed := func(coordinates ...float64) {
		points := make([]point, len(coordinates)/2)
		for i := range points {
			points[i] = point{coordinates[2*i], coordinates[2*i+1]}
		}
		p.polyline(points, true)
	}
	strokes := func(coordinates ...float64) {
		for i := 0; i+3 < len(coordinates); i += 4 {
			p.move(coordinates[i], coordinates[i+1])
			p.line(coordinates[i+2], coordinates[i+3])
		}
	}
	// regular adds a polygon, or a star if inner is not 1, with one corner up.
	regular := func(corners int, inner, turn float64) {
		count := corners
		if inner != 1 {
			count = 2 * corners
		}
		var points []point
		for i := range count {
			radius := 0.5
			if inner != 1 && i%2 == 1 {
				radius *= inner
			}
			sin, cos := math.Sincos(2*math.Pi*float64(i)/float64(count) + turn)
			points = append(points, point{radius * sin, -radius * cos})
		}
		p.polyline(points, true)
	}
	tripod := func(turn float64) {
		for i := range 3 {
			sin, cos := math.Sincos(2*math.Pi*float64(i)/3 + turn)
			p.move(0, 0)
			p.line(0.5*sin, 0.5*cos)
		}
	}
	shape := markerShape{path: p}
	switch m {
	case "", "None", "none", " ":
		return markerShape{}, false
	case ".":
		p.ellipse(0, 0, 0.25, 0.25, 0)
	case ",":
		closed(-0.08, -0.08, 0.08, -0.08, 0.08, 0.08, -0.08, 0.08)
	case "o":
		p.ellipse(0, 0, 0.5, 0.5, 0)
	case "v":
		closed(0, 0.5, -0.5, -0.5, 0.5, -0.5)
		shape.miter = true
	case "^":
		closed(0, -0.5, 0.5, 0.5, -0.5, 0.5)
		shape.miter = true
	case "<":
		closed(-0.5, 0, 0.5, -0.5, 0.5, 0.5)
		shape.miter = true
	case ">":
		closed(0.5, 0, -0.5, 0.5, -0.5, -0.5)
		shape.miter = true
	case "s":
		closed(-0.5, -0.5, 0.5, -0.5, 0.5, 0.5, -0.5, 0.5)
		shape.miter = true
	case "D":
		r := math.Sqrt2 / 2
		closed(0, -r, r, 0, 0, r, -r, 0)
		shape.miter = true
	case "d":
		r := math.Sqrt2 / 2
		closed(0, -r, 0.6*r, 0, 0, r, -0.6*r, 0)
		shape.miter = true
	case "p":
		regular(5, 1, 0)
		shape.miter = true
	case "h":
		regular(6, 1, 0)
		shape.miter = true
	case "H":
		regular(6, 1, math.Pi/6)
		shape.miter = true
	case "8":
		regular(8, 1, math.Pi/8)
		shape.miter = true
	case "*":
		regular(5, 0.381966, 0) // The inner corners of a pentagram.
		shape.miter = true
	case "P":
		t, h := 1.0/6, 0.5
		closed(-t, -h, t, -h, t, -t, h, -t, h, t, t, t, t, h, -t, h, -t, t, -h, t, -h, -t, -t, -t)
		shape.miter = true
	case "X":
		h, q := 0.5, 0.25
		closed(-q, -h, 0, -q, q, -h, h, -q, q, 0, h, q, q, h, 0, q, -q, h, -h, q, -q, 0, -h, -q)
		shape.miter = true
	case "+":
		strokes(-0.5, 0, 0.5, 0, 0, -0.5, 0, 0.5)
		shape.open = true
	case "x":
		strokes(-0.5, -0.5, 0.5, 0.5, -0.5, 0.5, 0.5, -0.5)
		shape.open = true
	case "|":
		strokes(0, -0.5, 0, 0.5)
		shape.open = true
	case "_":
		strokes(-0.5, 0, 0.5, 0)
		shape.open = true
	case "1":
		tripod(0)
		shape.open = true
	case "2":
		tripod(math.Pi)
		shape.open = true
	case "3":
		tripod(-math.Pi / 2)
		shape.open = true
	case "4":
		tripod(math.Pi / 2)
		shape.open = true
	default:
		text := fonts.set(string(m), textStyle{size: 1})
		outline := text.outline(affine{a: 1, d: 1})
		box := outline.bounds()
		if box.empty() {
			return markerShape{}, false
		}
		scale := 1 / max(box.width(), box.height())
		p.add(outline, affine{a: scale, d: scale, e: -(box.left + box.right) / 2 * scale, f: -(box.top + box.bottom) / 2 * scale})
	}
	return shape, true
}
