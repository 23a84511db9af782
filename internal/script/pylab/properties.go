package pylab

import (
	"slices"

	"synfire/internal/array"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
)

// aliases are the short names of properties.
var aliases = map[string]string{
	"c": "color", "lw": "linewidth", "ls": "linestyle", "ms": "markersize", "mfc": "markerfacecolor", "mec": "markeredgecolor",
	"mew": "markeredgewidth", "fc": "facecolor", "ec": "edgecolor", "ds": "drawstyle", "ha": "horizontalalignment",
	"va": "verticalalignment", "size": "fontsize", "weight": "fontweight", "name": "fontname", "family": "fontfamily",
	"facecolors": "facecolor", "edgecolors": "edgecolor", "linewidths": "linewidth", "linestyles": "linestyle", "colors": "color",
	"style": "fontstyle", "labelcolour": "labelcolor", "multialignment": "horizontalalignment", "ma": "horizontalalignment",
}

// Properties of artists by what they are for. Each list goes into the tables that scripts are checked against.
var (
	commonProperties = []string{"alpha", "label", "zorder", "clip_on", "visible", "transform"}
	lineProperties   = append([]string{"color", "c", "linewidth", "lw", "linestyle", "ls", "marker", "markersize", "ms", "markerfacecolor",
		"mfc", "markeredgecolor", "mec", "markeredgewidth", "mew", "drawstyle", "ds", "markevery", "dashes", "fillstyle"}, commonProperties...)
	areaProperties = append([]string{"color", "facecolor", "fc", "edgecolor", "ec", "facecolors", "edgecolors", "linewidth", "lw", "linewidths",
		"linestyle", "ls", "linestyles", "hatch", "fill"}, commonProperties...)
	textProperties = append([]string{"color", "c", "fontsize", "size", "fontweight", "weight", "fontstyle", "style", "rotation",
		"horizontalalignment", "ha", "verticalalignment", "va", "bbox", "backgroundcolor", "multialignment", "ma"}, commonProperties...)
)

// Keywords that change nothing here.
var (
	cosmeticCommon = []string{"rasterized", "picker", "pickradius", "gid", "url", "snap", "path_effects", "agg_filter", "animated", "sketch_params",
		"clip_box", "clip_path", "contains", "in_layout", "figure", "mouseover"}
	cosmeticLine = append([]string{"antialiased", "aa", "solid_capstyle", "solid_joinstyle", "dash_capstyle", "dash_joinstyle",
		"markerfacecoloralt", "gapcolor"}, cosmeticCommon...)
	cosmeticArea = append([]string{"antialiased", "antialiaseds", "aa", "capstyle", "joinstyle", "urls", "offsets", "hatch_color"}, cosmeticCommon...)
	cosmeticText = append([]string{"fontfamily", "family", "fontname", "name", "fontproperties", "font_properties", "font", "fontstretch",
		"stretch", "fontvariant", "variant", "linespacing", "wrap", "usetex", "rotation_mode", "math_fontfamily", "parse_math"}, cosmeticCommon...)
)

// properties are keyword arguments by their long names. What nobody takes is an error (left).
type properties struct {
	function string
	names    []string
	values   map[string]script.Value
}

func propertiesOf(c *script.Call) (*properties, error) {
	p := &properties{function: c.Name, values: map[string]script.Value{}}
	for _, k := range c.Keywords {
		if err := p.add(k.Name, k.Value); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *properties) add(name string, v script.Value) error {
	if long := aliases[name]; long != "" {
		name = long
	}
	if _, twice := p.values[name]; twice {
		return script.Raise("TypeError", "%s() got both '%s' and one of its aliases", p.function, name)
	}
	p.names = append(p.names, name)
	p.values[name] = v
	return nil
}

// addAll adds the entries of a dict (fontdict=, bbox=, arrowprops=) whose names are among known.
func (p *properties) addAll(v script.Value, known []string) error {
	d, ok := v.(*script.Dict)
	if !ok {
		return script.Raise("TypeError", "%s() takes a dict of properties, not %s", p.function, script.TypeName(v))
	}
	for key, value := range d.All() {
		name, _ := key.(string)
		if !slices.Contains(known, name) {
			return unknownProperty(p.function, script.Str(key), known)
		}
		if long := aliases[name]; long != "" {
			name = long
		}
		if _, there := p.values[name]; !there {
			if err := p.add(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func unknownProperty(function, name string, known []string) error {
	m := script.Raise("AttributeError", "%s() got an unexpected property '%s'", function, name)
	if near := script.Nearest(name, known); near != "" {
		m.Hint = "Did you mean '" + near + "'?"
	}
	return m
}

// take returns a property, the first of the names that was given, and forgets it.
func (p *properties) take(names ...string) (script.Value, bool) {
	var found script.Value
	ok := false
	for _, name := range names {
		if v, given := p.values[name]; given {
			delete(p.values, name)
			if !ok {
				found, ok = v, true
			}
		}
	}
	return found, ok
}

func (p *properties) has(name string) bool { _, ok := p.values[name]; return ok }

func (p *properties) wrong(name, want string, v script.Value) error {
	return script.Raise("TypeError", "%s(): %s must be %s, not %s", p.function, name, want, script.Repr(v))
}

// number returns a number; None counts as not given.
func (p *properties) number(names ...string) (float64, bool, error) {
	v, ok := p.take(names...)
	if !ok || script.IsNone(v) {
		return 0, false, nil
	}
	if text, isText := v.(string); isText {
		return 0, false, p.wrong(names[0], "a number", text)
	}
	x, unknown, err := floatOf(v)
	if err != nil {
		return 0, false, p.wrong(names[0], "a number", v)
	}
	return x, !unknown, nil
}

func (p *properties) text(names ...string) (string, bool, error) {
	v, ok := p.take(names...)
	if !ok || script.IsNone(v) {
		return "", false, nil
	}
	if _, unknown := v.(*script.Unknown); unknown {
		return "", false, nil
	}
	text, isText := v.(string)
	if !isText {
		return "", false, p.wrong(names[0], "a string", v)
	}
	return text, true, nil
}

// label returns any value as text, as str() gives it.
func (p *properties) label(names ...string) (string, bool) {
	v, ok := p.take(names...)
	if !ok || script.IsNone(v) {
		return "", false
	}
	return script.Str(v), true
}

func (p *properties) truth(names ...string) (value, ok bool, err error) {
	v, ok := p.take(names...)
	if !ok || script.IsNone(v) {
		return false, false, nil
	}
	if _, unknown := v.(*script.Unknown); unknown {
		return false, false, nil
	}
	value, err = script.Truth(v)
	return value, true, err
}

// fontSize returns a size in points.
func (p *properties) fontSize(style *plot.Style, names ...string) (float64, bool, error) {
	v, ok := p.take(names...)
	if !ok || script.IsNone(v) {
		return 0, false, nil
	}
	if name, isText := v.(string); isText {
		size, err := plot.ParseFontSize(name)
		return style.Points(size), true, err
	}
	x, unknown, err := floatOf(v)
	if err != nil {
		return 0, false, p.wrong(names[0], "a font size", v)
	}
	return x, !unknown, nil
}

// paint returns a colour; None counts as not given.
func (p *properties) paint(name string, cycle []plot.Color) (plot.Color, bool, error) {
	v, ok := p.take(name)
	if !ok || script.IsNone(v) {
		return plot.Color{}, false, nil
	}
	if _, unknown := v.(*script.Unknown); unknown {
		return plot.Color{}, false, nil
	}
	color, err := colorOf(v, cycle)
	return color, err == nil, err
}

// colorOf reads a colour: a name, or red, green, blue and perhaps opacity between 0 and 1.
func colorOf(v script.Value, cycle []plot.Color) (plot.Color, error) {
	switch v := v.(type) {
	case string:
		return plot.ParseColor(v, cycle)
	case script.NoneType:
		return plot.Color{}, nil
	}
	s, err := numbersOf(v)
	if err != nil || len(s.values) != 3 && len(s.values) != 4 {
		return plot.Color{}, script.Raise("ValueError", "%s is not a color", script.Repr(v)).
			WithHint("colors are names, \"#rrggbb\", or three or four numbers between 0 and 1")
	}
	for _, x := range s.values {
		if !(x >= 0 && x <= 1) {
			return plot.Color{}, script.Raise("ValueError", "RGBA values should be within 0-1 range, but %s is not", script.Repr(v))
		}
	}
	alpha := 1.0
	if len(s.values) == 4 {
		alpha = s.values[3]
	}
	return plot.RGBA(s.values[0], s.values[1], s.values[2], alpha), nil
}

// colorsOf reads one colour or one for each of several things.
func colorsOf(v script.Value, cycle []plot.Color) ([]plot.Color, error) {
	switch v := v.(type) {
	case string:
		c, err := colorOf(v, cycle)
		return []plot.Color{c}, err
	case *script.Unknown:
		return []plot.Color{plot.RGB(0, 0, 0)}, nil
	case *numpy.NDArray:
		if v.Array.NDim() == 2 && (v.Array.Shape()[1] == 3 || v.Array.Shape()[1] == 4) {
			return rowsOfColors(v.Array)
		}
	}
	if c, err := colorOf(v, cycle); err == nil {
		return []plot.Color{c}, nil
	}
	elements, err := script.Elements(v)
	if err != nil {
		_, err := colorOf(v, cycle)
		return nil, err
	}
	colors := make([]plot.Color, len(elements))
	for i, e := range elements {
		if colors[i], err = colorOf(e, cycle); err != nil {
			return nil, err
		}
	}
	return colors, nil
}

func rowsOfColors(a *array.Array) ([]plot.Color, error) {
	values, n := a.Floats(), a.Shape()[1]
	colors := make([]plot.Color, a.Len())
	for i := range colors {
		row := values[i*n : i*n+n]
		alpha := 1.0
		if n == 4 {
			alpha = row[3]
		}
		colors[i] = plot.RGBA(row[0], row[1], row[2], alpha)
	}
	return colors, nil
}

// lineStyle returns a style, or the lengths of dashes in units of the line's width.
func (p *properties) lineStyle() (style plot.LineStyle, dashes []float64, ok bool, err error) {
	v, given := p.take("linestyle")
	if !given || script.IsNone(v) {
		return "", nil, false, nil
	}
	switch v := v.(type) {
	case string:
		style, err = plot.ParseLineStyle(v)
		return style, nil, err == nil, err
	case *script.Unknown:
		return "", nil, false, nil
	case *script.List:
		if len(v.Elts) > 0 { // one for each of several lines: all are drawn as the first
			inner := &properties{function: p.function, values: map[string]script.Value{"linestyle": v.Elts[0]}}
			return inner.lineStyle()
		}
	case *script.Tuple:
		if len(v.Elts) == 2 {
			if s, err := numbersOf(v.Elts[1]); err == nil && s.shape != nil {
				return "-", s.values, true, nil
			}
		}
	}
	return "", nil, false, p.wrong("linestyle", "'-', '--', '-.', ':', 'None' or (offset, (on, off, ...))", v)
}

// finish takes what all artists have in common, and refuses what nobody has taken.
func (p *properties) finish(c *plot.Common) error {
	if err := p.common(c); err != nil {
		return err
	}
	return p.left()
}

// common sets what all artists have.
func (p *properties) common(c *plot.Common) error {
	if label, ok := p.label("label"); ok {
		c.Label = label
	}
	if alpha, ok, err := p.number("alpha"); err != nil {
		return err
	} else if ok {
		if !(alpha >= 0 && alpha <= 1) {
			return script.Raise("ValueError", "alpha (%s) is outside 0-1 range", script.Repr(alpha))
		}
		c.Alpha = &alpha
	}
	if z, ok, err := p.number("zorder"); err != nil {
		return err
	} else if ok {
		c.Z = &z
	}
	if clip, ok, err := p.truth("clip_on"); err != nil {
		return err
	} else if ok {
		c.NoClip = !clip
	}
	if visible, ok, err := p.truth("visible"); err != nil {
		return err
	} else if ok {
		c.Hidden = !visible
	}
	return nil
}

// left refuses properties that the artist has not taken.
func (p *properties) left() error {
	for _, name := range p.names {
		v, there := p.values[name]
		if !there || name == "transform" && v == script.Value(transform(plot.DataCoordinates)) {
			continue
		}
		return script.Raise("TypeError", "%s() does not support the keyword '%s' here", p.function, name)
	}
	return nil
}

// line sets the properties of a line.
func (p *properties) line(l *plot.Line, cycle []plot.Color) error {
	if color, ok, err := p.paint("color", cycle); err != nil {
		return err
	} else if ok {
		l.Color = color
	}
	if width, ok, err := p.number("linewidth"); err != nil {
		return err
	} else if ok {
		l.Width = width
		if width == 0 {
			l.Style = "None"
			p.take("linestyle")
		}
	}
	if style, dashes, ok, err := p.lineStyle(); err != nil {
		return err
	} else if ok {
		l.Style, l.Dashes = style, dashes
	}
	if v, ok := p.take("dashes"); ok && !script.IsNone(v) {
		s, err := numbersOf(v)
		if err != nil {
			return err
		}
		l.Dashes = s.values
	}
	if marker, ok, err := p.marker(); err != nil {
		return err
	} else if ok {
		l.Marker = marker
	}
	for _, field := range []struct {
		name string
		to   *float64
	}{{"markersize", &l.MarkerSize}, {"markeredgewidth", &l.MarkerEdgeWidth}} {
		if x, ok, err := p.number(field.name); err != nil {
			return err
		} else if ok {
			*field.to = x
		}
	}
	if color, ok, err := p.paint("markerfacecolor", cycle); err != nil {
		return err
	} else if ok {
		l.MarkerFace, l.NoMarkerFace = color, color.None()
	}
	if color, ok, err := p.paint("markeredgecolor", cycle); err != nil {
		return err
	} else if ok {
		l.MarkerEdge = color
	}
	if fill, ok, err := p.text("fillstyle"); err != nil {
		return err
	} else if ok {
		switch fill {
		case "none":
			l.NoMarkerFace = true
		case "full":
		default:
			return script.Raise("ValueError", "fillstyle '%s' is not supported", fill).WithHint("'full' and 'none' are")
		}
	}
	if style, ok, err := p.text("drawstyle"); err != nil {
		return err
	} else if ok {
		switch style {
		case "default":
		case "steps", "steps-pre":
			l.DrawStyle = plot.StepsPre
		case "steps-mid", "steps-post":
			l.DrawStyle = plot.DrawStyle(style)
		default:
			return script.Raise("ValueError", "'%s' is not a valid value for drawstyle; supported values are 'default', 'steps-mid', 'steps-pre', 'steps-post', 'steps'", style)
		}
	}
	if every, ok, err := p.number("markevery"); err != nil {
		return err
	} else if ok {
		l.MarkEvery = int(every)
	}
	return p.common(&l.Common)
}

func (p *properties) marker() (plot.Marker, bool, error) {
	v, ok := p.take("marker")
	if !ok || script.IsNone(v) {
		return "", false, nil
	}
	if _, unknown := v.(*script.Unknown); unknown {
		return "", false, nil
	}
	name, isText := v.(string)
	if !isText {
		return "", false, p.wrong("marker", "a string", v)
	}
	m, err := plot.ParseMarker(name)
	return m, err == nil, err
}

// area is the colours and outline of a patch.
type area struct {
	face, edge plot.Color
	hasFace    bool
	hasEdge    bool
	width      float64
	hasWidth   bool
	style      plot.LineStyle
	hatch      string
	hollow     bool
}

// area reads the properties of a patch that has one colour.
func (p *properties) area(cycle []plot.Color) (a area, err error) {
	if color, ok, err := p.paint("color", cycle); err != nil {
		return a, err
	} else if ok {
		a.face, a.edge, a.hasFace, a.hasEdge = color, color, true, true
	}
	if color, ok, err := p.paint("facecolor", cycle); err != nil {
		return a, err
	} else if ok {
		a.face, a.hasFace = color, true
	}
	if color, ok, err := p.paint("edgecolor", cycle); err != nil {
		return a, err
	} else if ok {
		a.edge, a.hasEdge = color, true
	}
	if a.width, a.hasWidth, err = p.number("linewidth"); err != nil {
		return a, err
	}
	if a.style, _, _, err = p.lineStyle(); err != nil {
		return a, err
	}
	if a.hatch, _, err = p.text("hatch"); err != nil {
		return a, err
	}
	if fill, ok, err := p.truth("fill"); err != nil {
		return a, err
	} else if ok && !fill {
		a.hollow = true
	}
	return a, nil
}
