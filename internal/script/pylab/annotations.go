package pylab

import (
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// annotationMethods are texts, legends and the grid.
func annotationMethods() []method {
	textKeywords := append([]string{"fontdict"}, textProperties...)
	return []method{
		{script.Entry{Signature: "text(x, y, s, fontdict=None, **kwargs)", Doc: "A text at a point.", Keywords: textKeywords, Cosmetic: cosmeticText}, text},
		{script.Entry{Signature: "annotate(text, xy, xytext=None, xycoords='data', textcoords=None, arrowprops=None, annotation_clip=None, **kwargs)", Doc: "A text with an arrow to a point.",
			Keywords: textKeywords, Cosmetic: cosmeticText}, annotate},
		{script.Entry{Signature: "legend(*args, handles=None, labels=None, loc=None, ncol=None, ncols=None, fontsize=None, title=None, frameon=None, framealpha=None, bbox_to_anchor=None, markerscale=None, **kwargs)",
			Doc: "A legend of the artists that have labels.",
			Cosmetic: []string{"prop", "shadow", "fancybox", "numpoints", "scatterpoints", "handlelength", "handleheight", "handletextpad", "labelspacing", "borderpad",
				"borderaxespad", "columnspacing", "title_fontsize", "facecolor", "edgecolor", "mode", "labelcolor", "handler_map", "bbox_transform", "markerfirst",
				"scatteryoffsets", "alignment", "draggable", "title_fontproperties"}}, legend},
		{script.Entry{Signature: "grid(visible=None, which='major', axis='both', b=None, **kwargs)", Doc: "Turns the grid on or off.",
			Keywords: []string{"color", "c", "linestyle", "ls", "linewidth", "lw", "alpha", "zorder"}, Cosmetic: cosmeticLine}, grid},
	}
}

// textLook sets the properties of a text.
func (p *properties) textLook(t *plot.Text, style *plot.Style) error {
	if v, ok := p.take("fontdict"); ok && !script.IsNone(v) {
		if err := p.addAll(v, append(append([]string{}, textProperties...), cosmeticText...)); err != nil {
			return err
		}
		for _, name := range cosmeticText {
			p.take(name)
		}
	}
	if color, ok, err := p.paint("color", style.Cycle); err != nil {
		return err
	} else if ok {
		t.Color = color
	}
	if size, ok, err := p.fontSize(style, "fontsize"); err != nil {
		return err
	} else if ok {
		t.Size = size
	}
	if bold, ok, err := p.bold(); err != nil {
		return err
	} else if ok {
		t.Bold = bold
	}
	if slant, ok, err := p.text("fontstyle"); err != nil {
		return err
	} else if ok {
		t.Italic = slant == "italic" || slant == "oblique"
	}
	if angle, ok, err := p.rotation(); err != nil {
		return err
	} else if ok {
		t.Rotation = angle
	}
	if h, ok, err := p.text("horizontalalignment"); err != nil {
		return err
	} else if ok {
		if h != "left" && h != "center" && h != "right" {
			return script.Raise("ValueError", "%s is not a valid value for align; supported values are 'center', 'right', 'left'", script.Repr(h))
		}
		t.HAlign = h
	}
	if v, ok, err := p.text("verticalalignment"); err != nil {
		return err
	} else if ok {
		switch v {
		case "center_baseline":
			v = "center"
		case "top", "bottom", "center", "baseline":
		default:
			return script.Raise("ValueError", "%s is not a valid value for align; supported values are 'top', 'bottom', 'center', 'baseline', 'center_baseline'", script.Repr(v))
		}
		t.VAlign = v
	}
	size := t.Size
	if size <= 0 {
		size = style.FontSize
	}
	if color, ok, err := p.paint("backgroundcolor", style.Cycle); err != nil {
		return err
	} else if ok {
		if t.Box == nil {
			t.Box = &plot.Box{Edge: color, Pad: squarePad / style.FontSize}
		}
		t.Box.Face = color
	}
	if v, ok := p.take("bbox"); ok && !script.IsNone(v) {
		box, err := boxOf(p.function, v, style, size)
		if err != nil {
			return err
		}
		t.Box = box
	}
	return p.common(&t.Common)
}

func (p *properties) bold() (bold, ok bool, err error) {
	v, ok := p.take("fontweight")
	if !ok || script.IsNone(v) {
		return false, false, nil
	}
	switch v := v.(type) {
	case string:
		switch v {
		case "bold", "semibold", "demibold", "demi", "heavy", "extra bold", "black":
			return true, true, nil
		case "normal", "regular", "book", "medium", "roman", "light", "ultralight":
			return false, true, nil
		}
	case int64, float64:
		x, _ := script.AsFloat(v)
		return x >= 550, true, nil
	}
	return false, false, script.Raise("ValueError", "%s is not a font weight", script.Repr(v))
}

func (p *properties) rotation() (float64, bool, error) {
	switch p.values["rotation"] {
	case script.Value("vertical"):
		p.take("rotation")
		return 90, true, nil
	case script.Value("horizontal"):
		p.take("rotation")
		return 0, true, nil
	}
	return p.number("rotation")
}

// squarePad is the distance of a box from the text that it surrounds, in points, unless its style is given.
const squarePad = 4

// boxOf reads what bbox= says about the frame of a text. As in matplotlib pad is in points, but with boxstyle= in units of
// the font size.
func boxOf(function string, v script.Value, style *plot.Style, size float64) (*plot.Box, error) {
	p := &properties{function: function, values: map[string]script.Value{}}
	known := []string{"facecolor", "fc", "edgecolor", "ec", "color", "alpha", "pad", "boxstyle", "linewidth", "lw", "linestyle", "ls"}
	if err := p.addAll(v, known); err != nil {
		return nil, err
	}
	face, err := plot.ParseColor("C0", style.Cycle)
	if err != nil {
		return nil, err
	}
	box := &plot.Box{Face: face, Edge: plot.RGB(0, 0, 0), Pad: squarePad / size}
	for _, field := range []struct {
		name string
		to   []*plot.Color
	}{{"color", []*plot.Color{&box.Face, &box.Edge}}, {"facecolor", []*plot.Color{&box.Face}}, {"edgecolor", []*plot.Color{&box.Edge}}} {
		color, ok, err := p.paint(field.name, style.Cycle)
		if err != nil {
			return nil, err
		}
		for _, to := range field.to {
			if ok {
				*to = color
			}
		}
	}
	if alpha, ok, err := p.number("alpha"); err != nil {
		return nil, err
	} else if ok {
		box.Alpha = &alpha
	}
	pad, padded, err := p.number("pad")
	if err != nil {
		return nil, err
	}
	if padded {
		box.Pad = pad / size
	}
	if shape, ok, err := p.text("boxstyle"); err != nil {
		return nil, err
	} else if ok {
		box.Pad = 0.3
		if padded {
			box.Pad = pad
		}
		name, options, _ := strings.Cut(shape, ",")
		box.Round = strings.HasPrefix(name, "round")
		if _, pad, found := strings.Cut(options, "pad="); found {
			if x, err := script.AsFloat(parseNumber(pad)); err == nil {
				box.Pad = x
			}
		}
	}
	return box, nil
}

func (a *axesValue) newText(item *plot.Text) *textValue {
	a.axes.Add(item)
	return &textValue{state: a.state, axes: a, x: item.X, y: item.Y, item: item, content: func() string { return item.Text },
		apply: func(p *properties) error {
			if s, ok := p.label("text"); ok {
				item.Text = s
			}
			return p.textLook(item, &a.axes.Style)
		}}
}

func text(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Text{Text: script.Str(c.Arg("s")), Color: a.axes.Style.TextColor}
	x, err := a.read(c.Arg("x"), false)
	if err != nil {
		return nil, err
	}
	y, err := a.read(c.Arg("y"), true)
	if err != nil {
		return nil, err
	}
	if len(x.values) == 1 && len(y.values) == 1 {
		item.X, item.Y = x.values[0], y.values[0]
	} else if x.unknown || y.unknown {
		item.Hidden = true
	} else {
		return nil, script.Raise("TypeError", "text() places one text at one point")
	}
	if v := c.Arg("fontdict"); !script.IsNone(v) {
		p.values["fontdict"] = v
	}
	if item.Coordinates, err = textTransform(p); err != nil {
		return nil, err
	}
	if err := p.textLook(item, &a.axes.Style); err != nil {
		return nil, err
	}
	if err := p.left(); err != nil {
		return nil, err
	}
	return a.newText(item), nil
}

func coordinatesOf(v script.Value) (plot.Coordinates, error) {
	switch v := v.(type) {
	case transform:
		return plot.Coordinates(v), nil
	case string:
		switch v {
		case "data":
			return plot.DataCoordinates, nil
		case "axes fraction":
			return plot.AxesCoordinates, nil
		case "figure fraction":
			return plot.FigureCoordinates, nil
		case "offset points", "offset pixels":
			return plot.OffsetPoints, nil
		}
	}
	return "", script.Raise("ValueError", "%s is not a known coordinate system", script.Repr(v)).
		WithHint("'data', 'axes fraction', 'figure fraction' and 'offset points' are")
}

func annotate(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.Text{Text: script.Str(c.Arg("text")), Color: a.axes.Style.TextColor}
	target, err := flat(c.Arg("xy"))
	if err != nil {
		return nil, err
	}
	at := target
	if v := c.Arg("xytext"); !script.IsNone(v) {
		if at, err = flat(v); err != nil {
			return nil, err
		}
	}
	if target.unknown || at.unknown {
		target.values, at.values, item.Hidden = []float64{0, 0}, []float64{0, 0}, true
	}
	if len(target.values) != 2 || len(at.values) != 2 {
		return nil, script.Raise("ValueError", "annotate() takes points as pairs (x, y)")
	}
	item.X, item.Y = at.values[0], at.values[1]
	pointed, err := coordinatesOf(c.Arg("xycoords"))
	if err != nil {
		return nil, err
	}
	item.Coordinates = pointed
	if v := c.Arg("textcoords"); !script.IsNone(v) {
		if item.Coordinates, err = coordinatesOf(v); err != nil {
			return nil, err
		}
	}
	arrow := &plot.Arrow{X: target.values[0], Y: target.values[1], Coordinates: pointed, Style: "none"}
	if v := c.Arg("arrowprops"); !script.IsNone(v) {
		if err := arrowLook(c.Name, v, arrow, a); err != nil {
			return nil, err
		}
		item.Arrow = arrow
	} else if item.Coordinates == plot.OffsetPoints {
		item.Arrow = arrow // offsets count from the point
		item.Arrow.Color = plot.Color{}
		item.Arrow.Style = "-"
	}
	if err := p.textLook(item, &a.axes.Style); err != nil {
		return nil, err
	}
	if err := p.left(); err != nil {
		return nil, err
	}
	v := a.newText(item)
	v.label = "Annotation"
	return v, nil
}

func arrowLook(function string, v script.Value, arrow *plot.Arrow, a *axesValue) error {
	p := &properties{function: function, values: map[string]script.Value{}}
	known := []string{"arrowstyle", "color", "facecolor", "fc", "edgecolor", "ec", "linewidth", "lw", "width", "headwidth", "headlength", "frac", "shrink",
		"shrinkA", "shrinkB", "connectionstyle", "alpha", "linestyle", "ls", "mutation_scale", "relpos", "patchA", "patchB", "zorder"}
	if err := p.addAll(v, known); err != nil {
		return err
	}
	arrow.Style = ""
	if style, ok, err := p.text("arrowstyle"); err != nil {
		return err
	} else if ok {
		arrow.Style, _, _ = strings.Cut(style, ",")
	}
	arrow.Color = plot.RGB(0, 0, 0)
	if arrow.Style == "" {
		arrow.Color = a.cycleColor(0)
	}
	for _, name := range []string{"edgecolor", "facecolor", "color"} {
		color, ok, err := p.paint(name, a.cycle())
		if err != nil {
			return err
		}
		if ok && !color.None() {
			arrow.Color = color
		}
	}
	if width, ok, err := p.number("linewidth"); err != nil {
		return err
	} else if ok {
		arrow.Width = width
	}
	if width, ok, err := p.number("width"); err != nil {
		return err
	} else if ok {
		arrow.Width = width
	}
	if head, ok, err := p.number("headlength"); err != nil {
		return err
	} else if ok {
		arrow.Head = head
	}
	if shrink, ok, err := p.number("shrinkB"); err != nil {
		return err
	} else if ok {
		arrow.Shrink = shrink
	}
	if shape, ok, err := p.text("connectionstyle"); err != nil {
		return err
	} else if ok {
		if _, bend, found := strings.Cut(shape, "rad="); found {
			bend, _, _ = strings.Cut(bend, ",")
			if x, err := script.AsFloat(parseNumber(bend)); err == nil {
				arrow.Curvature = x
			}
		}
	}
	return nil
}

// legendEntries are the artists that a legend names: handles and labels as legend() takes them in its several forms.
func legendEntries(a *axesValue, c *script.Call) ([]plot.LegendEntry, error) {
	handles, labels := c.Arg("handles"), c.Arg("labels")
	switch args := c.Args; len(args) {
	case 0:
	case 1:
		labels = args[0]
	default:
		handles, labels = args[0], args[1]
	}
	if script.IsNone(handles) && script.IsNone(labels) {
		return nil, nil
	}
	var entries []plot.LegendEntry
	if !script.IsNone(handles) {
		elements, err := script.Elements(handles)
		if err != nil {
			return nil, err
		}
		for _, e := range elements {
			artist := artistOf(e)
			if artist == nil {
				return nil, script.Raise("TypeError", "legend() takes what plotting functions return as handles, not %s", script.TypeName(e)).
					WithHint("plot() returns a list of lines: write `line, = plot(...)`")
			}
			entries = append(entries, plot.LegendEntry{Artist: artist.item, Label: artist.common.Label})
		}
	} else {
		for _, item := range a.axes.Artists {
			if _, isText := item.(*plot.Text); !isText {
				entries = append(entries, plot.LegendEntry{Artist: item})
			}
		}
	}
	if script.IsNone(labels) {
		return entries, nil
	}
	texts := []string{}
	if s, ok := labels.(string); ok {
		for _, letter := range s {
			texts = append(texts, string(letter))
		}
	} else {
		var err error
		if texts, err = textsOf(labels); err != nil {
			return nil, err
		}
	}
	entries = entries[:min(len(entries), len(texts))]
	for i := range entries {
		entries[i].Label = texts[i]
	}
	return entries, nil
}

// artistOf finds the artist in a value; containers stand for their first part.
func artistOf(v script.Value) *artistValue {
	switch v := v.(type) {
	case *artistValue:
		if v.item != nil {
			return v
		}
	case *container:
		if len(v.parts) > 0 {
			return artistOf(v.parts[0])
		}
	case *script.Tuple:
		if len(v.Elts) > 0 {
			return artistOf(v.Elts[0])
		}
	}
	return nil
}

func legend(a *axesValue, c *script.Call) (script.Value, error) {
	l, err := legendOf(a, c)
	if err != nil {
		return nil, err
	}
	if len(l.Entries) == 0 && len(a.axes.Labelled()) == 0 && !a.state.host.Check {
		a.state.warn(c, "No artists with labels found to put in legend.  Note that artists whose label start with an underscore are ignored when legend() is called with no argument.")
	}
	a.axes.Legend = l
	return &legendValue{state: a.state, legend: l, remove: func() { a.axes.Legend = nil }, address: a.state.address()}, nil
}

func legendOf(a *axesValue, c *script.Call) (*plot.Legend, error) {
	style := &a.axes.Style
	l := &plot.Legend{Loc: style.LegendLoc, NoFrame: !style.LegendFrame}
	if style.LegendFrameAlpha != 0.8 {
		l.FrameAlpha = plot.Float(style.LegendFrameAlpha)
	}
	var err error
	if l.Entries, err = legendEntries(a, c); err != nil {
		return nil, err
	}
	switch v := c.Arg("loc").(type) {
	case nil, script.NoneType, *script.Unknown:
	case string:
		if !plot.ValidLegendPlace(v) {
			m := script.Raise("ValueError", "%s is not a valid value for loc", script.Repr(v))
			known := []string{"best", "upper right", "upper left", "lower left", "lower right", "right", "center left", "center right", "lower center", "upper center", "center"}
			if near := script.Nearest(v, known); near != "" {
				return nil, m.WithHint("did you mean '%s'?", near)
			}
			return nil, m.WithHint("places are '%s'", strings.Join(known, "', '"))
		}
		l.Loc = v
	case *script.Tuple, *script.List:
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) != 2 {
			return nil, script.Raise("ValueError", "loc must be a place, a number or a pair of fractions, not %s", script.Repr(v))
		}
		l.Loc, l.Anchor = "lower left", &[2]float64{s.values[0], s.values[1]}
	default:
		n, err := c.Int("loc")
		if err != nil {
			return nil, err
		}
		place, ok := plot.LegendPlace(int(n))
		if !ok {
			return nil, script.Raise("ValueError", "%d is not a valid value for loc", n)
		}
		l.Loc = place
	}
	if v := c.Arg("bbox_to_anchor"); !script.IsNone(v) {
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) < 2 {
			return nil, script.Raise("ValueError", "bbox_to_anchor must be (x, y) or (x, y, width, height)")
		}
		l.Anchor = &[2]float64{s.values[0], s.values[1]}
		if len(s.values) == 4 { // the box's corner that the place names
			if strings.Contains(l.Loc, "right") {
				l.Anchor[0] += s.values[2]
			}
			if strings.Contains(l.Loc, "upper") {
				l.Anchor[1] += s.values[3]
			}
		}
		if l.Loc == "" {
			l.Loc = "upper right"
		}
	}
	for _, name := range []string{"ncol", "ncols"} {
		if v := c.Arg(name); !script.IsNone(v) {
			n, err := c.Int(name)
			if err != nil {
				return nil, err
			}
			l.Columns = int(n)
		}
	}
	p := &properties{function: c.Name, values: map[string]script.Value{"fontsize": c.Arg("fontsize"), "frameon": c.Arg("frameon"), "framealpha": c.Arg("framealpha"), "markerscale": c.Arg("markerscale")}}
	if size, ok, err := p.fontSize(style, "fontsize"); err != nil {
		return nil, err
	} else if ok {
		l.FontSize = size
	}
	if frame, ok, err := p.truth("frameon"); err != nil {
		return nil, err
	} else if ok {
		l.NoFrame = !frame
	}
	if alpha, ok, err := p.number("framealpha"); err != nil {
		return nil, err
	} else if ok {
		l.FrameAlpha = &alpha
	}
	if scale, ok, err := p.number("markerscale"); err != nil {
		return nil, err
	} else if ok {
		l.MarkerScale = scale
	}
	if v := c.Arg("title"); !script.IsNone(v) {
		l.Title = script.Str(v)
	}
	return l, nil
}

func grid(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	which, _ := c.Arg("which").(string)
	axis, _ := c.Arg("axis").(string)
	if which != "major" && which != "minor" && which != "both" {
		return nil, script.Raise("ValueError", "%s is not a valid value for which; supported values are 'major', 'minor', 'both'", script.Repr(c.Arg("which")))
	}
	if axis != "x" && axis != "y" && axis != "both" {
		return nil, script.Raise("ValueError", "%s is not a valid value for axis; supported values are 'x', 'y', 'both'", script.Repr(c.Arg("axis")))
	}
	visible := c.Arg("visible")
	if script.IsNone(visible) {
		visible = c.Arg("b")
	}
	styled := len(p.names) > 0
	var look plot.Grid
	if look.Color, _, err = p.paint("color", a.cycle()); err != nil {
		return nil, err
	}
	if look.Style, _, _, err = p.lineStyle(); err != nil {
		return nil, err
	}
	if look.Width, _, err = p.number("linewidth"); err != nil {
		return nil, err
	}
	if alpha, ok, err := p.number("alpha"); err != nil {
		return nil, err
	} else if ok {
		look.Alpha = &alpha
	}
	p.take("zorder")
	for _, g := range []struct {
		name string
		to   *plot.Axis
	}{{"x", &a.axes.X}, {"y", &a.axes.Y}} {
		if axis != "both" && axis != g.name {
			continue
		}
		on := styled || !g.to.Grid.On
		if which == "minor" {
			on = styled || !g.to.Grid.Minor
		}
		if _, unknown := visible.(*script.Unknown); !unknown && !script.IsNone(visible) {
			if on, err = script.Truth(visible); err != nil {
				return nil, err
			}
		}
		next := g.to.Grid
		if styled {
			next.Color, next.Style, next.Width, next.Alpha = look.Color, look.Style, look.Width, look.Alpha
		}
		if which != "minor" {
			next.On = on
		}
		if which != "major" {
			next.Minor = on
		}
		g.to.Grid = next
	}
	return script.None, p.left()
}
