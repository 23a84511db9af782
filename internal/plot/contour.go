package plot

import (
	"math"
)

func (c *Contour) extend(e *extent) {
	for _, v := range c.X {
		e.x.add(v)
	}
	for _, v := range c.Y {
		e.y.add(v)
	}
	if n := len(c.X); n > 0 {
		e.x.sticky = append(e.x.sticky, c.X[0], c.X[n-1])
	}
	if n := len(c.Y); n > 0 {
		e.y.sticky = append(e.y.sticky, c.Y[0], c.Y[n-1])
	}
}

// levels returns the given levels or nice ones: for lines those within the data, for areas those around it.
func (c *Contour) levels() Values {
	if len(c.Levels) > 0 {
		return c.Levels
	}
	r := rangeOf(c.Values)
	if !(r.Min < r.Max) {
		return nil
	}
	count := c.LevelCount
	if count <= 0 {
		count = 7
	}
	all := niceTicks(r.Min, r.Max, count+1, false)
	var levels Values
	if len(all) < 2 {
		return nil
	}
	step := all[1] - all[0]
	for _, v := range all {
		if c.Filled && v > r.Min-step && v < r.Max+step || !c.Filled && v > r.Min && v < r.Max {
			levels = append(levels, v)
		}
	}
	return levels
}

// norm covers the levels, so that lines and areas have the same colours as their colorbar.
func (c *Contour) norm(style *Style) norm {
	data := rangeOf(c.Values)
	if levels := c.levels(); len(levels) > 0 {
		data = rangeOf(levels)
	}
	return c.Mapping.norm(data, style.Colormap)
}

// bands returns the levels and the colour of each area between two.
func (c *Contour) bands(n norm) (Values, []Color) {
	levels := c.levels()
	var colors []Color
	for i := 0; i+1 < len(levels); i++ {
		if len(c.Colors) > 0 {
			colors = append(colors, pickColor(c.Colors, i))
		} else {
			colors = append(colors, n.color((levels[i]+levels[i+1])/2))
		}
	}
	return levels, colors
}

func (c *Contour) draw(a *axesPainter) {
	if c.Rows < 2 || c.Cols < 2 || len(c.X) < c.Cols || len(c.Y) < c.Rows || len(c.Values) < c.Rows*c.Cols {
		return
	}
	n := c.norm(&a.Style)
	if c.Filled {
		levels, colors := c.bands(n)
		for i, color := range colors {
			// Opaque areas include those above them, which are painted over them: no seams.
			top := levels[i+1]
			if c.Alpha == nil && color.A == 255 {
				top = levels[len(levels)-1]
			}
			var p path
			c.area(a, levels[i], top, &p)
			a.fill(&p, color.WithAlpha(c.Alpha))
		}
		return
	}
	width := c.Width
	if width <= 0 {
		width = a.Style.LineWidth
	}
	for i, level := range c.levels() {
		color := n.color(level)
		if len(c.Colors) > 0 {
			color = pickColor(c.Colors, i)
		}
		style := c.Style
		if style == "" && len(c.Colors) == 1 && level < 0 {
			style = "--" // One colour: negative levels are dashed.
		}
		dashes, visible := dashesOf(style, width)
		if !visible {
			continue
		}
		lines := joinSegments(c.segments(level))
		for _, line := range lines {
			for j, q := range line {
				line[j] = a.place(q.x, q.y)
			}
		}
		if c.LevelLabels {
			lines = c.labelLines(a, lines, level, color.WithAlpha(c.Alpha))
		}
		var p path
		for _, line := range lines {
			clipLine(line, a.clipBox(c, width+2), &p)
		}
		a.stroke(&p, pen{color: color.WithAlpha(c.Alpha), width: width, dashes: dashes})
	}
}

// labelLines writes the level in the middle of each long line and returns the lines with a gap there.
func (c *Contour) labelLines(a *axesPainter, lines [][]point, level float64, color Color) [][]point {
	levels := c.levels()
	format := formatTicks(levels, levels[0], levels[len(levels)-1], true, false)
	t := a.fonts.set(format.label(level), textStyle{size: a.Style.FontSize})
	var out [][]point
	for _, line := range lines {
		total := 0.0
		for i := 1; i < len(line); i++ {
			total += math.Hypot(line[i].x-line[i-1].x, line[i].y-line[i-1].y)
		}
		middle := len(line) / 2
		if total < 3*t.width() || !a.box.contains(line[middle]) {
			out = append(out, line)
			continue
		}
		reach := t.width()/2 + 1
		from, to := middle, middle
		for from > 0 && distance(line[from], line[middle]) < reach {
			from--
		}
		for to < len(line)-1 && distance(line[to], line[middle]) < reach {
			to++
		}
		p, q := line[from], line[to]
		degrees := -math.Atan2(q.y-p.y, q.x-p.x) * 180 / math.Pi
		if degrees > 90 {
			degrees -= 180
		} else if degrees < -90 {
			degrees += 180
		}
		placed := placeText(t, line[middle], "center", "center", degrees, color)
		a.glyphs(t, placed.at, color)
		out = append(out, line[:from+1], line[to:])
	}
	return out
}

func distance(p, q point) float64 { return math.Hypot(p.x-q.x, p.y-q.y) }

func (c *Contour) value(row, col int) float64 { return c.Values[row*c.Cols+col] }

// segments returns the pieces of a level's lines, one cell at a time, in data units (marching squares; saddles are
// decided by the mean of the corners).
func (c *Contour) segments(level float64) [][2]point {
	var out [][2]point
	for row := range c.Rows - 1 {
		for col := range c.Cols - 1 {
			corners := [4]float64{c.value(row, col), c.value(row, col+1), c.value(row+1, col+1), c.value(row+1, col)}
			if math.IsNaN(corners[0] + corners[1] + corners[2] + corners[3]) {
				continue
			}
			at := [4]point{{c.X[col], c.Y[row]}, {c.X[col+1], c.Y[row]}, {c.X[col+1], c.Y[row+1]}, {c.X[col], c.Y[row+1]}}
			var crossings []point
			for k := range 4 {
				u, v := corners[k], corners[(k+1)%4]
				if (u < level) == (v < level) {
					continue
				}
				// Interpolating from the same end in both cells makes equal points, which joinSegments relies on.
				p, q := at[k], at[(k+1)%4]
				if q.x < p.x || q.y < p.y {
					p, q, u, v = q, p, v, u
				}
				f := (level - u) / (v - u)
				crossings = append(crossings, point{p.x + f*(q.x-p.x), p.y + f*(q.y-p.y)})
			}
			switch len(crossings) {
			case 2:
				out = append(out, [2]point{crossings[0], crossings[1]})
			case 4:
				mean := (corners[0] + corners[1] + corners[2] + corners[3]) / 4
				if (mean < level) == (corners[0] < level) {
					out = append(out, [2]point{crossings[0], crossings[1]}, [2]point{crossings[2], crossings[3]})
				} else {
					out = append(out, [2]point{crossings[3], crossings[0]}, [2]point{crossings[1], crossings[2]})
				}
			}
		}
	}
	return out
}

// joinSegments joins pieces with common ends into lines.
func joinSegments(segments [][2]point) [][]point {
	ends := map[point][]int{}
	for i, s := range segments {
		ends[s[0]] = append(ends[s[0]], i)
		ends[s[1]] = append(ends[s[1]], i)
	}
	used := make([]bool, len(segments))
	follow := func(line []point) []point {
		for {
			last := line[len(line)-1]
			next := -1
			for _, i := range ends[last] {
				if !used[i] {
					next = i
					break
				}
			}
			if next < 0 {
				return line
			}
			used[next] = true
			if segments[next][0] == last {
				line = append(line, segments[next][1])
			} else {
				line = append(line, segments[next][0])
			}
		}
	}
	var lines [][]point
	for i, s := range segments {
		if used[i] {
			continue
		}
		used[i] = true
		line := follow([]point{s[0], s[1]})
		for a, b := 0, len(line)-1; a < b; a, b = a+1, b-1 {
			line[a], line[b] = line[b], line[a]
		}
		lines = append(lines, follow(line))
	}
	return lines
}

// area adds the parts of all cells whose values lie between two levels.
func (c *Contour) area(a *axesPainter, low, high float64, out *path) {
	type corner struct {
		point
		value float64
	}
	cut := func(polygon []corner, level float64, above bool) []corner {
		var kept []corner
		inside := func(q corner) bool { return (q.value >= level) == above || q.value == level }
		for i, p := range polygon {
			q := polygon[(i+1)%len(polygon)]
			if inside(p) {
				kept = append(kept, p)
			}
			if inside(p) != inside(q) {
				f := (level - p.value) / (q.value - p.value)
				kept = append(kept, corner{point{p.x + f*(q.x-p.x), p.y + f*(q.y-p.y)}, level})
			}
		}
		return kept
	}
	for row := range c.Rows - 1 {
		for col := range c.Cols - 1 {
			polygon := []corner{
				{a.place(c.X[col], c.Y[row]), c.value(row, col)}, {a.place(c.X[col+1], c.Y[row]), c.value(row, col+1)},
				{a.place(c.X[col+1], c.Y[row+1]), c.value(row+1, col+1)}, {a.place(c.X[col], c.Y[row+1]), c.value(row+1, col)},
			}
			bad := false
			for _, q := range polygon {
				bad = bad || math.IsNaN(q.value+q.x+q.y)
			}
			if bad {
				continue
			}
			polygon = cut(polygon, low, true)
			if len(polygon) > 0 {
				polygon = cut(polygon, high, false)
			}
			if len(polygon) < 3 {
				continue
			}
			points := make([]point, len(polygon))
			for i, q := range polygon {
				points[i] = q.point
			}
			out.polyline(points, true)
		}
	}
}

func (c *Contour) drawKey(a *axesPainter, box rect) {
	color := a.keyColor(&c.Mapping, rangeOf(c.Values))
	if len(c.Colors) > 0 {
		color = c.Colors[0]
	}
	if c.Filled {
		a.drawPatchKey(box, color, Color{}, 0, "")
		return
	}
	l := Line{Common: c.Common, Color: color, Style: c.Style, Width: c.Width, Marker: "None"}
	l.drawKey(a, box)
}
