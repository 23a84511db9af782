package pylab

import (
	"math"

	"synfire/internal/plot"
	"synfire/internal/script"
)

func stem(a *axesValue, c *script.Call) (script.Value, error) {
	args := c.Args
	var heads, y series
	var err error
	switch len(args) {
	case 1:
	case 2, 3, 4, 5:
		if _, text := args[1].(string); !text {
			if heads, err = a.read(args[0], false); err != nil {
				return nil, err
			}
			args = args[1:]
		}
	default:
		return nil, script.Raise("TypeError", "stem expected between 1 or 5 positional arguments, got %d", len(args))
	}
	if y, err = a.read(args[0], true); err != nil {
		return nil, err
	}
	unknown := heads.unknown || y.unknown
	if unknown {
		heads.values, y.values = nil, nil
	} else if heads.shape == nil {
		for i := range y.values {
			heads.values = append(heads.values, float64(i))
		}
	}
	if len(heads.values) != len(y.values) {
		return nil, script.Raise("ValueError", "x and y must have same first dimension, but have shapes %s and %s", heads.atLeastOne(), y.atLeastOne())
	}
	formats := []string{"C0-", "C0o", "C3-"}
	for i, name := range []string{"linefmt", "markerfmt", "basefmt"} {
		v := c.Arg(name)
		if script.IsNone(v) && i+1 < len(args) {
			v = args[i+1]
		}
		if text, ok := v.(string); ok {
			formats[i] = text
		}
	}
	bottom, _, err := floatOf(c.Arg("bottom"))
	if err != nil {
		return nil, err
	}
	var parsed [3]plot.Format
	for i, text := range formats {
		if parsed[i], err = plot.ParseFormat(text, a.cycle()); err != nil {
			return nil, err
		}
		if !parsed[i].HasColor {
			parsed[i].Color = a.cycleColor([]int{0, 0, 3}[i])
			if i == 1 {
				parsed[i].Color = parsed[0].Color
			}
		}
	}
	horizontal := c.Arg("orientation") == script.Value("horizontal")
	lines := &plot.Segments{At: heads.values, Start: plot.Values{bottom}, End: y.values, Vertical: !horizontal, Colors: []plot.Color{parsed[0].Color}, Style: parsed[0].Style}
	if lines.Style == "" {
		lines.Style = "-"
	}
	markers := &plot.Line{X: plot.Values(heads.values), Y: plot.Values(y.values), Color: parsed[1].Color, Style: "None", Marker: parsed[1].Marker}
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range heads.values {
		low, high = min(low, x), max(high, x)
	}
	base := &plot.Line{X: plot.Values{low, high}, Y: plot.Values{bottom, bottom}, Color: parsed[2].Color, Style: parsed[2].Style, Marker: parsed[2].Marker}
	if len(heads.values) == 0 {
		base.X, base.Y = plot.Values{}, plot.Values{}
	}
	if horizontal {
		markers.X, markers.Y, base.X, base.Y = markers.Y, markers.X, base.Y, base.X
	}
	if v := c.Arg("label"); !script.IsNone(v) {
		markers.Label = script.Str(v)
	}
	parts := []script.Value{
		a.add("matplotlib.lines.Line2D", markers, &markers.Common),
		a.add("matplotlib.collections.LineCollection", lines, &lines.Common),
		a.add("matplotlib.lines.Line2D", base, &base.Common),
	}
	return &container{text: "<StemContainer object of 3 artists>", parts: parts}, nil
}

func eventplot(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	item := &plot.EventPlot{Colors: []plot.Color{a.cycleColor(0)}}
	rows, err := rowsOf(c.Arg("positions"))
	if err != nil {
		return nil, err
	}
	item.Positions = append(item.Positions, rows...)
	n := len(item.Positions)
	offsets, err := flat(c.Arg("lineoffsets"))
	if err != nil {
		return nil, err
	}
	item.Offsets = offsets.values
	if n > 1 && len(offsets.values) == 1 {
		// One number for several rows: rows stand at multiples of it.
		item.Offsets = make(plot.Values, n)
		for i := range item.Offsets {
			item.Offsets[i] = float64(i) * offsets.values[0]
		}
	}
	lengths, err := flat(c.Arg("linelengths"))
	if err != nil {
		return nil, err
	}
	item.Lengths = lengths.values
	for _, part := range []struct {
		name   string
		values plot.Values
	}{{"lineoffsets", item.Offsets}, {"linelengths", item.Lengths}} {
		if len(part.values) != 1 && len(part.values) != n && n > 0 {
			return nil, script.Raise("ValueError", "%s and positions are unequal sized sequences", part.name)
		}
	}
	color := c.Arg("colors")
	if v, ok := p.take("color"); ok {
		color = v
	}
	if !script.IsNone(color) {
		if item.Colors, err = colorsOf(color, a.cycle()); err != nil {
			return nil, err
		}
		if len(item.Colors) != 1 && len(item.Colors) != n && n > 0 {
			return nil, script.Raise("ValueError", "colors and positions are unequal sized sequences")
		}
	}
	width := c.Arg("linewidths")
	if v, ok := p.take("linewidth"); ok {
		width = v
	}
	if !script.IsNone(width) {
		s, err := flat(width)
		if err != nil {
			return nil, err
		}
		if len(s.values) > 0 {
			item.Width = s.values[0]
		}
	}
	if !p.has("linestyle") {
		p.values["linestyle"] = c.Arg("linestyles")
	}
	if item.Style, _, _, err = p.lineStyle(); err != nil {
		return nil, err
	}
	switch v := c.Arg("orientation"); v {
	case script.Value("vertical"):
		item.Vertical = true
	case script.Value("horizontal"), script.None:
	default:
		return nil, script.Raise("ValueError", "orientation must be 'horizontal' or 'vertical', not %s", script.Repr(v))
	}
	if err := p.finish(&item.Common); err != nil {
		return nil, err
	}
	v := a.add("matplotlib.collections.EventCollection", item, &item.Common)
	return script.NewList(v), nil
}

// rowsOf reads a sequence of numbers, or a sequence of such sequences, as rows. A dict gives its values.
func rowsOf(v script.Value) ([]plot.Values, error) {
	if d, ok := v.(*script.Dict); ok {
		list := &script.List{}
		for _, value := range d.All() {
			list.Elts = append(list.Elts, value)
		}
		v = list
	}
	if _, unknown := v.(*script.Unknown); unknown {
		return nil, nil
	}
	if s, err := numbersOf(v); err == nil && s.names == nil {
		if len(s.shape) < 2 {
			return []plot.Values{s.values}, nil
		}
		rows := make([]plot.Values, s.shape[0])
		for i := range rows {
			n := len(s.values) / max(len(rows), 1)
			rows[i] = s.values[i*n : (i+1)*n]
		}
		return rows, nil
	}
	elements, err := script.Elements(v)
	if err != nil {
		return nil, err
	}
	rows := make([]plot.Values, len(elements))
	for i, e := range elements {
		s, err := flat(e)
		if err != nil {
			return nil, err
		}
		if s.names != nil {
			return nil, script.Raise("TypeError", "numbers were expected, not %s", script.Repr(e))
		}
		rows[i] = s.values
	}
	return rows, nil
}
