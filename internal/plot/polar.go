package plot

import (
	"math"
	"slices"
	"strconv"
)

// Polar axes have angles in radians for x and distances for y. They are laid out as square axes without a frame, in which
// circles, spokes and their labels are artists like the data.

// labelAngle is where the labels of the circles stand, in radians; labelGap is how far outside of the outermost circle the
// angles are written.
const (
	labelAngle = 22.5 * math.Pi / 180
	labelGap   = 1.1
)

// flat returns the figure with its polar axes drawn out.
func (f *Figure) flat() *Figure {
	if !slices.ContainsFunc(f.Axes, func(a *Axes) bool { return a.Polar }) {
		return f
	}
	flat := *f
	flat.Axes = slices.Clone(f.Axes)
	for k, a := range flat.Axes {
		if a.Polar {
			flat.Axes[k] = a.drawnOut()
		}
	}
	return &flat
}

// reach is the distance of the outermost circle: the data's with a margin, unless it is fixed.
func (a *Axes) reach() float64 {
	if a.Y.High != nil {
		return *a.Y.High
	}
	farthest := 0.0
	consider := func(values Series) {
		for _, r := range read(values) {
			if !math.IsInf(r, 0) {
				farthest = max(farthest, r) // NaN stays out
			}
		}
	}
	for _, item := range a.Artists {
		switch item := item.(type) {
		case *Line:
			consider(item.Y)
		case *Scatter:
			consider(item.Y)
		}
	}
	if farthest == 0 {
		return 1
	}
	return farthest * 1.05
}

func read(s Series) []float64 {
	values := make([]float64, s.Len())
	s.Read(values, 0)
	return values
}

// drawnOut returns square axes that show what the polar axes do.
func (a *Axes) drawnOut() *Axes {
	flat := *a
	reach := a.reach()
	low, high, scale := -labelGap*1.08*reach, labelGap*1.08*reach, Axis{}
	flat.Polar, flat.Off, flat.Aspect, flat.AspectAdjustsLimits = false, true, 1, false
	flat.X, flat.Y, flat.Artists = scale, scale, nil
	flat.X.Low, flat.X.High, flat.Y.Low, flat.Y.High = &low, &high, &low, &high
	if !a.Off {
		flat.Artists = a.polarGrid(reach)
	}
	turned := func(angles, distances Series) (x, y Values) {
		x, y = read(angles), read(distances)
		for k := range min(len(x), len(y)) {
			x[k], y[k] = y[k]*math.Cos(x[k]), y[k]*math.Sin(x[k])
		}
		return x, y
	}
	for _, item := range a.Artists {
		switch item := item.(type) {
		case *Line:
			line := *item
			line.X, line.Y = turned(item.X, item.Y)
			flat.Artists = append(flat.Artists, &line)
		case *Scatter:
			points := *item
			points.X, points.Y = turned(item.X, item.Y)
			flat.Artists = append(flat.Artists, &points)
		case *SpanLine:
			line := &Line{Common: item.Common, Color: item.Color, Style: item.Style, Width: item.Width}
			if item.Vertical {
				to := item.To
				if item.From == 0 && to == 0 {
					to = 1
				}
				line.X, line.Y = turned(Values{item.At, item.At}, Values{item.From * reach, to * reach})
			} else {
				line.X, line.Y = turned(circle(), constantly(item.At))
			}
			flat.Artists = append(flat.Artists, line)
		case *Text:
			text := *item
			if item.Coordinates == "" || item.Coordinates == DataCoordinates {
				text.X, text.Y = item.Y*math.Cos(item.X), item.Y*math.Sin(item.X)
			}
			flat.Artists = append(flat.Artists, &text)
		}
	}
	return &flat
}

// circle is the angles of points on a circle, constantly their distances.
func circle() Values {
	angles := make(Values, 361)
	for k := range angles {
		angles[k] = float64(k) * math.Pi / 180
	}
	return angles
}

func constantly(r float64) Values { return slices.Repeat(Values{r}, 361) }

// polarGrid is circles at round distances, spokes at multiples of 45 degrees, and their labels.
func (a *Axes) polarGrid(reach float64) []Artist {
	style, below := &a.Style, 0.5
	var items []Artist
	curve := func(x, y Values, color Color, width float64) {
		for k, angle := range x {
			x[k], y[k] = y[k]*math.Cos(angle), y[k]*math.Sin(angle)
		}
		items = append(items, &Line{Common: Common{Z: &below, NoClip: true}, X: x, Y: y, Color: color, Width: width, Style: "-"})
	}
	label := func(angle, distance float64, text, hAlign string, color Color, size float64) {
		items = append(items, &Text{X: distance * math.Cos(angle), Y: distance * math.Sin(angle), Text: text, HAlign: hAlign, VAlign: "center", Color: color, Size: size, Common: Common{NoClip: true}})
	}
	rings := []float64(a.Y.Ticks)
	if !a.Y.CustomTicks {
		rings = niceTicks(0, reach, 6, false)
	}
	format := formatTicks(rings, 0, reach, true, false)
	for _, r := range rings {
		if r > 0 && r <= reach*(1+1e-9) {
			curve(circle(), constantly(r), style.GridColor, style.GridWidth)
			if !a.Y.HideLabels {
				label(labelAngle, r, format.label(r), "center", style.YTickColor, style.Points(style.YTickLabelSize))
			}
		}
	}
	for k := range 8 {
		angle := float64(k) * math.Pi / 4
		curve(Values{angle, angle}, Values{0, reach}, style.GridColor, style.GridWidth)
		if !a.X.HideLabels {
			label(angle, labelGap*reach, strconv.Itoa(45*k)+"°", "center", style.XTickColor, style.Points(style.XTickLabelSize))
		}
	}
	curve(circle(), constantly(reach), style.AxesEdgeColor, style.AxesLineWidth)
	return items
}
