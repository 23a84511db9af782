package plot

import (
	"math"
	"strings"
)

// legendLayout is a legend with everything in place.
type legendLayout struct {
	*Legend
	box     rect
	size    float64
	title   *placedText
	entries []placedEntry
	style   *Style
}

type placedEntry struct {
	artist Artist
	key    rect
	text   placedText
}

// Measures of a legend in units of its font size, as matplotlib's legend.* settings.
const (
	legendBorder  = 0.4
	legendRow     = 0.5
	legendHandle  = 2.0
	legendKeyHigh = 0.7
	legendTextGap = 0.8
	legendColumns = 2.0
	legendAxesGap = 0.5
)

// legendOf lays out the legend of axes.
func (l *layout) legendOf(p *placedAxes) legendLayout {
	entries := p.Axes.Legend.Entries
	if entries == nil {
		entries = p.Labelled()
	}
	out := l.buildLegend(p.Axes.Legend, &p.Style, entries)
	l.placeLegend(&out, p.box, func() []obstacle { return l.obstacles(p) })
	return out
}

func (l *layout) buildLegend(legend *Legend, style *Style, entries []LegendEntry) legendLayout {
	size := legend.FontSize
	if size <= 0 {
		size = style.Points(style.LegendFontSize)
	}
	out := legendLayout{Legend: legend, size: size, style: style}
	columns := min(max(legend.Columns, 1), max(len(entries), 1))
	rows := (len(entries) + columns - 1) / columns
	y := legendBorder * size
	width := 0.0
	var title *typeset
	if legend.Title != "" {
		title = l.fonts.set(legend.Title, textStyle{size: size, align: "center"})
		y += title.height() + legendRow*size
	}
	x := legendBorder * size
	bottom := y
	for column := range columns {
		widest, at := 0.0, y
		// The first columns have one row more where the rows do not come out even.
		for row := range rows {
			i := column*rows + row
			if i >= len(entries) {
				break
			}
			t := l.fonts.set(entries[i].Label, textStyle{size: size})
			key := legendKeyHigh * size
			baseline := at - t.box.top
			text := placedText{typeset: t, at: translation(x+(legendHandle+legendTextGap)*size, baseline), color: style.TextColor}
			middle := baseline - 0.36*size
			out.entries = append(out.entries, placedEntry{entries[i].Artist, rect{x, middle - key/2, x + legendHandle*size, middle + key/2}, text})
			at += t.height() + legendRow*size
			widest = max(widest, t.width())
		}
		bottom = max(bottom, at-legendRow*size)
		x += (legendHandle+legendTextGap)*size + widest + legendColumns*size
	}
	width = x - legendColumns*size + legendBorder*size
	if title != nil {
		width = max(width, title.width()+2*legendBorder*size)
		placed := placeText(title, point{width / 2, legendBorder * size}, "center", "top", 0, style.TextColor)
		out.title = &placed
	}
	out.box = rect{0, 0, width, bottom + legendBorder*size}
	return out
}

// obstacle is something a legend should not cover: a point, or the area of a bar.
type obstacle struct {
	rect
}

// legendPlaces are the names of places and their position: 0 left or bottom, 1 right or top.
var legendPlaces = []struct {
	name string
	x, y float64
}{
	{"upper right", 1, 1}, {"upper left", 0, 1}, {"lower left", 0, 0}, {"lower right", 1, 0}, {"right", 1, 0.5},
	{"center left", 0, 0.5}, {"center right", 1, 0.5}, {"lower center", 0.5, 0}, {"upper center", 0.5, 1}, {"center", 0.5, 0.5},
}

// LegendPlace returns the name of a legend's place for matplotlib's number (0 to 10), or false.
func LegendPlace(number int) (string, bool) {
	switch {
	case number == 0:
		return "best", true
	case number >= 1 && number <= len(legendPlaces):
		return legendPlaces[number-1].name, true
	}
	return "", false
}

// ValidLegendPlace reports whether a legend's place has this name.
func ValidLegendPlace(name string) bool {
	if name == "best" || name == "" || strings.HasPrefix(name, "outside ") {
		return true
	}
	for _, p := range legendPlaces {
		if p.name == name {
			return true
		}
	}
	return false
}

// placeLegend moves the legend to its place within a frame.
func (l *layout) placeLegend(out *legendLayout, frame rect, obstacles func() []obstacle) {
	gap := legendAxesGap * out.size
	w, h := out.box.width(), out.box.height()
	position := func(area rect, fx, fy float64) point {
		return point{area.left + fx*(area.width()-w), area.bottom - h - fy*(area.height()-h)}
	}
	inner := frame.grow(-gap)
	name := out.Loc
	if name == "" {
		name = out.style.LegendLoc
	}
	var at point
	found := false
	for _, p := range legendPlaces {
		if p.name != name {
			continue
		}
		found = true
		at = position(inner, p.x, p.y)
		if anchor := out.Anchor; anchor != nil {
			corner := point{frame.left + anchor[0]*frame.width(), frame.bottom - anchor[1]*frame.height()}
			// The legend's corner of that name stands at the anchor, a gap away from it.
			area := rect{corner.x, corner.y, corner.x, corner.y}.grow(-gap)
			at = position(area, p.x, p.y)
		}
	}
	if !found {
		if out.Anchor != nil {
			corner := point{frame.left + out.Anchor[0]*frame.width(), frame.bottom - out.Anchor[1]*frame.height()}
			at = position(rect{corner.x, corner.y, corner.x, corner.y}.grow(-gap), 0, 0)
		} else {
			at = bestPlace(inner, w, h, position, obstacles())
		}
	}
	out.shift(at.x, at.y)
}

func (out *legendLayout) shift(dx, dy float64) {
	out.box = out.box.move(dx, dy)
	move := func(t *placedText) {
		t.at.e += dx
		t.at.f += dy
		t.box = t.box.move(dx, dy)
	}
	if out.title != nil {
		move(out.title)
	}
	for i := range out.entries {
		out.entries[i].key = out.entries[i].key.move(dx, dy)
		move(&out.entries[i].text)
	}
}

// bestPlace is the place that covers the least, the first of equals.
func bestPlace(inner rect, w, h float64, position func(rect, float64, float64) point, obstacles []obstacle) point {
	var best point
	least := math.MaxInt
	for _, p := range legendPlaces {
		at := position(inner, p.x, p.y)
		box := rect{at.x, at.y, at.x + w, at.y + h}
		covered := 0
		for _, o := range obstacles {
			if o.left <= box.right && o.right >= box.left && o.top <= box.bottom && o.bottom >= box.top {
				covered++
			}
		}
		if covered < least {
			best, least = at, covered
		}
	}
	return best
}

// obstacles samples what the artists cover: some hundred places each.
func (l *layout) obstacles(p *placedAxes) []obstacle {
	a := newAxesPainter(nil, l, p)
	var out []obstacle
	add := func(q point) {
		if a.box.contains(q) {
			out = append(out, obstacle{rect{q.x, q.y, q.x, q.y}})
		}
	}
	const most = 1500
	curve := func(x, y Series, joined bool) {
		n := length(y)
		stride := max(n/most, 1)
		i := 0
		var last point
		eachPoint(x, y, func(x, y float64) {
			if i%stride == 0 || i == n-1 {
				q := a.place(x, y)
				add(q)
				if steps := int(math.Hypot(q.x-last.x, q.y-last.y) / 10); joined && i > 0 && steps > 1 {
					for k := 1; k < min(steps, 100); k++ {
						f := float64(k) / float64(min(steps, 100))
						add(point{last.x + f*(q.x-last.x), last.y + f*(q.y-last.y)})
					}
				}
				last = q
			}
			i++
		})
	}
	for _, artist := range p.Artists {
		if artist.common().Hidden {
			continue
		}
		switch artist := artist.(type) {
		case *Line:
			_, joined := dashesOf(artist.Style, 1)
			curve(artist.X, artist.Y, joined)
		case *ErrorBar:
			curve(artist.X, artist.Y, true)
		case *Scatter:
			curve(artist.X, artist.Y, false)
		case *FillBetween:
			if !artist.Horizontal {
				curve(artist.X, artist.First, true)
				if len(artist.Second) == len(artist.X) {
					curve(artist.X, artist.Second, true)
				}
			}
		case *Bars:
			for i := range artist.count() {
				at, thick, base := pick(artist.Position, i, 0), pick(artist.Thickness, i, 0.8), pick(artist.Base, i, 0)
				r := a.orientedRect(artist.Horizontal, at-thick/2, base, at+thick/2, base+pick(artist.Length, i, 0))
				out = append(out, obstacle{r.intersect(a.box)})
			}
		case *Stairs:
			for i, h := range artist.Heights {
				r := a.orientedRect(artist.Horizontal, pick(artist.Edges, i, 0), pick(artist.Base, i, 0), pick(artist.Edges, i+1, 0), h)
				out = append(out, obstacle{r.intersect(a.box)})
			}
		case *Text:
			placed, _ := artist.placed(a)
			out = append(out, obstacle{placed.box})
		case *Segments:
			for i, at := range artist.At {
				if i >= most {
					break
				}
				add(a.oriented(artist.Vertical, pick(artist.Start, i, 0), at))
				add(a.oriented(artist.Vertical, pick(artist.End, i, 0), at))
			}
		case *EventPlot:
			for i, row := range artist.Positions {
				offset, _ := artist.row(i)
				for k := 0; k < len(row); k += max(len(row)/100, 1) {
					add(a.oriented(artist.Vertical, row[k], offset))
				}
			}
		}
	}
	return out
}

func (a *axesPainter) drawLegend(l legendLayout) {
	a.clip(nil)
	if len(l.entries) == 0 && l.title == nil {
		return
	}
	if !l.NoFrame && l.style.LegendFrame {
		alpha := l.FrameAlpha
		if alpha == nil {
			alpha = &l.style.LegendFrameAlpha
		}
		var p path
		p.roundRectangle(l.box, 0.2*l.size)
		a.fill(&p, l.style.AxesFaceColor.WithAlpha(alpha))
		a.stroke(&p, pen{color: RGBA(0.8, 0.8, 0.8, 1).WithAlpha(alpha), width: 1})
	}
	if l.title != nil {
		a.glyphs(l.title.typeset, l.title.at, l.title.color)
	}
	for _, e := range l.entries {
		e.artist.drawKey(a, e.key)
		a.glyphs(e.text.typeset, e.text.at, e.text.color)
	}
}

// figureLegend lays out the legend of the whole page.
func (l *layout) figureLegend() (legendLayout, bool) {
	legend := l.figure.Legend
	entries := legend.Entries
	if entries == nil {
		for _, p := range l.axes {
			entries = append(entries, p.Labelled()...)
		}
	}
	out := l.buildLegend(legend, &l.figure.Style, entries)
	w, h := l.figure.Width*72, l.figure.Height*72
	if legend.Loc == "" || legend.Loc == "best" {
		copied := *legend
		copied.Loc = "upper right"
		out.Legend = &copied
	}
	l.placeLegend(&out, rect{0, 0, w, h}, func() []obstacle { return nil })
	return out, len(l.axes) > 0
}

func (l *layout) figureLegendBox() rect {
	legend, ok := l.figureLegend()
	if !ok {
		return rect{}
	}
	return legend.box
}

func (l *layout) drawFigureLegend(s surface) {
	if legend, ok := l.figureLegend(); ok {
		newAxesPainter(s, l, l.axes[0]).drawLegend(legend)
	}
}
