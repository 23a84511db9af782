package plot

import (
	"math"
	"strings"
)

func (t *Text) extend(*extent) {}

// placed returns the text on the page. Offsets are from the point that the arrow points at.
func (t *Text) placed(a *axesPainter) (placedText, point) {
	var target point
	if t.Arrow != nil {
		target = a.placeIn(t.Arrow.Coordinates, t.Arrow.X, t.Arrow.Y)
	}
	at := a.placeIn(t.Coordinates, t.X, t.Y)
	if t.Coordinates == OffsetPoints {
		at = point{target.x + t.X, target.y - t.Y}
	}
	return a.fonts.placeArtist(t, at, &a.Style), target
}

// artistTexts bounds the texts among the artists, which may stand outside the frame.
func (l *layout) artistTexts(p *placedAxes) rect {
	out := rect{}
	var a *axesPainter
	for _, artist := range p.Artists {
		t, ok := artist.(*Text)
		if !ok || t.Hidden {
			continue
		}
		if a == nil {
			a = newAxesPainter(nil, l, p)
		}
		placed, _ := t.placed(a)
		if b := placed.box; !math.IsNaN(b.left+b.top) && l.wholePage().contains(point{b.left, b.top}) {
			out = out.union(placed.box)
		}
	}
	return out
}

func (t *Text) draw(a *axesPainter) {
	placed, target := t.placed(a)
	if math.IsNaN(placed.box.left+placed.box.top) || math.IsInf(placed.box.left+placed.box.top, 0) {
		return
	}
	a.clip(nil)
	size := t.Size
	if size <= 0 {
		size = a.Style.FontSize
	}
	frame := placed.box
	if t.Box != nil {
		frame = frame.grow(t.Box.Pad * size)
	}
	if t.Arrow != nil && t.Text != "" {
		t.Arrow.draw(a, frame, target, t.Color.or(a.Style.TextColor), t.Alpha)
	}
	if b := t.Box; b != nil {
		var p path
		if b.Round {
			p.roundRectangle(frame, 0.3*size)
		} else {
			p.rectangle(frame)
		}
		alpha := b.Alpha
		if alpha == nil {
			alpha = t.Alpha
		}
		a.fill(&p, b.Face.WithAlpha(alpha))
		a.stroke(&p, pen{color: b.Edge.WithAlpha(alpha), width: 1, miter: !b.Round})
	}
	a.glyphs(placed.typeset, placed.at, placed.color)
	if t.Arrow != nil && t.Text == "" {
		at := a.placeIn(t.Coordinates, t.X, t.Y)
		if t.Coordinates == OffsetPoints {
			at = point{target.x + t.X, target.y - t.Y}
		}
		t.Arrow.draw(a, rect{at.x, at.y, at.x, at.y}, target, t.Color.or(a.Style.TextColor), t.Alpha)
	}
}

func (t *Text) drawKey(*axesPainter, rect) {}

// draw draws the arrow from the edge of a frame to its target.
func (w *Arrow) draw(a *axesPainter, frame rect, target point, otherwise Color, alpha *float64) {
	start := point{(frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2}
	distance := math.Hypot(target.x-start.x, target.y-start.y)
	if !(distance > 0) || frame.contains(target) && frame.width() > 0 {
		return
	}
	color := w.Color.or(otherwise).WithAlpha(alpha)
	ux, uy := (target.x-start.x)/distance, (target.y-start.y)/distance
	// Leave the frame where the straight line to the target does.
	reach := math.Inf(1)
	if ux != 0 {
		reach = min(reach, frame.width()/2/math.Abs(ux))
	}
	if uy != 0 {
		reach = min(reach, frame.height()/2/math.Abs(uy))
	}
	gap := 2.0
	if frame.width() == 0 && frame.height() == 0 {
		reach, gap = 0, 0
	}
	start = point{start.x + ux*(reach+gap), start.y + uy*(reach+gap)}
	shrink := w.Shrink
	if shrink == 0 {
		shrink = 2
	}
	end := point{target.x - ux*shrink, target.y - uy*shrink}
	length := math.Hypot(end.x-start.x, end.y-start.y)
	if length < 0.5 || (end.x-start.x)*ux+(end.y-start.y)*uy <= 0 {
		return
	}
	// A bent arrow is a quadratic curve whose control point stands off the middle.
	bend := w.Curvature * length
	control := point{(start.x+end.x)/2 - bend*uy, (start.y+end.y)/2 + bend*ux}
	width := w.Width
	head := w.Head
	style := w.Style
	if style == "" || style == "simple" || style == "fancy" || style == "wedge" {
		w.drawFilled(a, start, end, color)
		return
	}
	if width <= 0 {
		width = 1
	}
	if head <= 0 {
		head = 5
	}
	var p path
	p.move(start.x, start.y)
	if bend != 0 {
		p.quad(control.x, control.y, end.x, end.y)
	} else {
		p.line(end.x, end.y)
	}
	a.stroke(&p, pen{color: color, width: width})
	tip := func(at, from point, filled bool) {
		angle := math.Atan2(at.y-from.y, at.x-from.x)
		const half = 0.40 // Half the opening of an arrow head, in radians.
		l, r := polar(at, head, angle+math.Pi-half), polar(at, head, angle+math.Pi+half)
		var q path
		q.polyline([]point{l, at, r}, filled)
		if filled {
			a.fill(&q, color)
		}
		a.stroke(&q, pen{color: color, width: width, miter: true})
	}
	if strings.HasSuffix(style, ">") {
		tip(end, control, strings.Contains(style, "|>"))
	}
	if strings.HasPrefix(style, "<") {
		tip(start, control, strings.Contains(style, "<|"))
	}
}

func polar(from point, distance, angle float64) point {
	sin, cos := math.Sincos(angle)
	return point{from.x + distance*cos, from.y + distance*sin}
}

// drawFilled draws a broad arrow as one polygon.
func (w *Arrow) drawFilled(a *axesPainter, start, end point, color Color) {
	shaft, head := w.Width, w.Head
	if shaft <= 0 {
		shaft = 2
	}
	if head <= 0 {
		head = max(8, 2*shaft)
	}
	length := math.Hypot(end.x-start.x, end.y-start.y)
	head = min(head, length)
	broad := max(1.2*head, 1.5*shaft)
	ux, uy := (end.x-start.x)/length, (end.y-start.y)/length
	at := func(along, across float64) point {
		return point{start.x + ux*along - uy*across, start.y + uy*along + ux*across}
	}
	var p path
	neck := length - head
	p.polyline([]point{
		at(0, -shaft/2), at(neck, -shaft/2), at(neck, -broad/2), at(length, 0), at(neck, broad/2), at(neck, shaft/2), at(0, shaft/2),
	}, true)
	a.fill(&p, color)
	a.stroke(&p, pen{color: color, width: 0.5, miter: true})
}
