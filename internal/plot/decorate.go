package plot

import "math"

// placeText puts a text so that the given corner or side of its box stands at a point, turned anticlockwise.
// The horizontal alignment is "left", "center" or "right", the vertical one "baseline", "bottom", "center" or "top";
// both refer to the box after turning, as in matplotlib.
func placeText(t *typeset, p point, hAlign, vAlign string, degrees float64, color Color) placedText {
	turn := rotation(degrees)
	box := turn.bounds(t.box)
	var dx, dy float64
	switch hAlign {
	case "center":
		dx = -(box.left + box.right) / 2
	case "right":
		dx = -box.right
	default:
		dx = -box.left
	}
	switch vAlign {
	case "top":
		dy = -box.top
	case "center":
		dy = -(box.top + box.bottom) / 2
	case "bottom":
		dy = -box.bottom
	default:
		if degrees != 0 {
			dy = -box.bottom
		}
	}
	at := translation(p.x+dx, p.y+dy).after(turn)
	return placedText{typeset: t, at: at, color: color, box: box.move(p.x+dx, p.y+dy)}
}

// placeArtist sets and places a text artist at a point of the page.
func (f *fontSet) placeArtist(t *Text, p point, style *Style) placedText {
	size := t.Size
	if size <= 0 {
		size = style.FontSize
	}
	align := t.HAlign
	set := f.set(t.Text, textStyle{size: size, bold: t.Bold, italic: t.Italic, align: align})
	color := t.Color.or(style.TextColor).WithAlpha(t.Alpha)
	return placeText(set, p, t.HAlign, t.VAlign, t.Rotation, color)
}

// The distance between a tick and its label, and between tick labels and the offset text.
const (
	tickPad   = 3.5
	offsetPad = 3.0
)

func (p *placedAxes) tickLength(axis *Axis, normal float64) float64 {
	if axis.TickLength != nil {
		return *axis.TickLength
	}
	return normal
}

// outward is how far ticks reach out of the frame.
func (p *placedAxes) outward(axis *Axis, vertical bool) float64 {
	if axis.HideTicks || axis.Hidden || p.Off {
		return 0
	}
	inward, normal := p.Style.XTickInward, p.Style.XTickLength
	if vertical {
		inward, normal = p.Style.YTickInward, p.Style.YTickLength
	}
	if inward || axis.TickInward {
		return 0
	}
	return p.tickLength(axis, normal)
}

// measure chooses the ticks of axes for their frame and places ticks' labels, axis labels and title around it.
func (l *layout) measure(p *placedAxes) {
	if bar := p.Axes.Colorbar; bar != nil {
		l.prepareColorbar(p, bar)
	}
	p.texts = p.texts[:0]
	p.outer = p.box
	xaxis, yaxis := p.axes()
	style := &p.Style
	size := func(own float64, from FontSize) float64 {
		if own > 0 {
			return own
		}
		return style.Points(from)
	}
	xsize, ysize := size(xaxis.TickLabelSize, style.XTickLabelSize), size(yaxis.TickLabelSize, style.YTickLabelSize)
	p.xticks = ticker{l.fonts, xaxis, p.x, p.box.width(), true, xsize, p.labelled(xaxis)}.choose()
	p.yticks = ticker{l.fonts, yaxis, p.y, p.box.height(), false, ysize, p.labelled(yaxis)}.choose()
	if !p.Off {
		l.decorateX(p, xaxis, xsize)
		l.decorateY(p, yaxis, ysize)
	}
	if p.Title != "" {
		l.decorateTitle(p)
	}
	for _, t := range p.texts {
		p.outer = p.outer.union(t.box)
	}
	p.outer = p.outer.union(l.artistTexts(p))
	if legend := p.Axes.Legend; legend != nil {
		p.outer = p.outer.union(l.legendOf(p).box)
	}
}

// axes returns the axis settings in use; those of a colorbar have been adapted.
func (p *placedAxes) axes() (x, y *Axis) {
	bar := p.Axes.Colorbar
	if bar == nil {
		return &p.Axes.X, &p.Axes.Y
	}
	// A colorbar's one axis is kept in Y wherever it is drawn.
	long, short := p.Axes.Y, Axis{HideTicks: true, HideLabels: true, Label: p.Axes.X.Label}
	if p.norm.log {
		long.Scale = Log
	}
	if bar.Horizontal {
		long.Opposite = false
		return &long, &short
	}
	long.Opposite = true
	return &short, &long
}

func (p *placedAxes) labelled(axis *Axis) bool {
	return !(axis.HideLabels || axis.HideTicks || axis.Hidden || p.Off)
}

func (l *layout) decorateX(p *placedAxes, axis *Axis, size float64) {
	if axis.Hidden {
		return
	}
	style := &p.Style
	out := p.outward(axis, false)
	frame := p.SpineOffsets.around(p.box)
	edge, sign, vAlign := frame.bottom, 1.0, "top"
	if axis.Opposite {
		edge, sign, vAlign = frame.top, -1, "bottom"
	}
	far := edge + sign*out
	color := axis.TickLabelColor.or(style.XTickColor)
	labels := rect{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, t := range p.xticks.major {
		if t.label == nil {
			continue
		}
		at := point{p.box.left + t.fraction*p.box.width(), edge + sign*(out+tickPad)}
		hAlign := "center"
		if turned := p.xticks.rotation; turned != axis.TickRotation {
			// Turned by the layout: the end of the text points at the tick.
			hAlign = "right"
			at.x += 0.4 * size
		}
		placed := placeText(t.label, at, hAlign, vAlign, p.xticks.rotation, color)
		labels = labels.union(placed.box)
		p.texts = append(p.texts, placed)
	}
	if !labels.empty() {
		far = labels.bottom
		if axis.Opposite {
			far = labels.top
		}
	}
	if s := p.xticks.suffix; s != nil && p.labelled(axis) {
		p.texts = append(p.texts, placeText(s, point{p.box.right, far + sign*offsetPad}, "right", vAlign, 0, color))
	}
	if axis.Label != "" {
		t := l.fonts.set(axis.Label, textStyle{size: labelSize(axis, style), bold: style.AxesLabelBold, align: "center"})
		at := point{(p.box.left + p.box.right) / 2, far + sign*(style.AxesLabelPad+axis.LabelPad)}
		at = axis.labelPlace(p.box, at)
		p.texts = append(p.texts, placeText(t, at, "center", vAlign, 0, axis.LabelColor.or(style.AxesLabelColor)))
	}
}

// labelPlace returns where the label is: as fixed, or where it would be otherwise.
func (x *Axis) labelPlace(box rect, otherwise point) point {
	if x.LabelPlace == nil {
		return otherwise
	}
	return point{box.left + x.LabelPlace[0]*box.width(), box.bottom - x.LabelPlace[1]*box.height()}
}

func labelSize(axis *Axis, style *Style) float64 {
	if axis.LabelSize > 0 {
		return axis.LabelSize
	}
	return style.Points(style.AxesLabelSize)
}

func (l *layout) decorateY(p *placedAxes, axis *Axis, size float64) {
	if axis.Hidden {
		return
	}
	style := &p.Style
	out := p.outward(axis, true)
	frame := p.SpineOffsets.around(p.box)
	edge, sign, hAlign := frame.left, -1.0, "right"
	if axis.Opposite {
		edge, sign, hAlign = frame.right, 1, "left"
	}
	far := edge + sign*out
	color := axis.TickLabelColor.or(style.YTickColor)
	for _, t := range p.yticks.major {
		if t.label == nil {
			continue
		}
		y := p.box.bottom - t.fraction*p.box.height()
		at, vAlign := point{edge + sign*(out+tickPad), y}, "center"
		if p.yticks.rotation == 0 && len(t.label.rules) == 0 && t.label.height() < 1.2*size {
			// Digits are centred on the tick, whatever descends below them.
			at.y, vAlign = y+digitHeight*size/2, "baseline"
		}
		placed := placeText(t.label, at, hAlign, vAlign, p.yticks.rotation, color)
		if sign < 0 {
			far = min(far, placed.box.left)
		} else {
			far = max(far, placed.box.right)
		}
		p.texts = append(p.texts, placed)
	}
	if s := p.yticks.suffix; s != nil && p.labelled(axis) {
		at, side := point{p.box.left, p.box.top - offsetPad}, "left"
		if axis.Opposite {
			at.x, side = p.box.right, "right"
			if p.Axes.Colorbar != nil {
				at.x, side = p.box.left, "left"
			}
		}
		p.texts = append(p.texts, placeText(s, at, side, "bottom", 0, color))
	}
	if axis.Label != "" {
		t := l.fonts.set(axis.Label, textStyle{size: labelSize(axis, style), bold: style.AxesLabelBold, align: "center"})
		at := point{far + sign*(style.AxesLabelPad+axis.LabelPad), (p.box.top + p.box.bottom) / 2}
		at = axis.labelPlace(p.box, at)
		p.texts = append(p.texts, placeText(t, at, hAlign, "center", 90, axis.LabelColor.or(style.AxesLabelColor)))
	}
}

// decorateTitle stands the title above the frame and above whatever else stands there.
func (l *layout) decorateTitle(p *placedAxes) {
	style := &p.Style
	size := p.TitleSize
	if size <= 0 {
		size = style.Points(style.AxesTitleSize)
	}
	bottom := p.box.top - style.AxesTitlePad
	t := l.fonts.set(p.Title, textStyle{size: size, bold: p.TitleBold || style.AxesTitleBold, align: "center"})
	at, align := point{(p.box.left + p.box.right) / 2, bottom}, "center"
	switch p.TitleLoc {
	case "left":
		at.x, align = p.box.left, "left"
	case "right":
		at.x, align = p.box.right, "right"
	}
	color := p.TitleColor.or(style.TextColor)
	place := func() placedText { // The last baseline stands at the pad.
		return placeText(t, point{at.x, at.y + descent*size}, align, "bottom", 0, color)
	}
	placed := place()
	for _, other := range p.texts {
		if other.box.top < p.box.top && other.box.overlaps(placed.box) && other.box.bottom <= p.box.top+1 {
			at.y = min(at.y, other.box.top-0.2*size)
		}
	}
	p.texts = append(p.texts, place())
}
