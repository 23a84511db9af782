package pylab

import (
	"math"
	"strconv"
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
)

func parseNumber(text string) script.Value {
	x, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return text
	}
	return x
}

// limitMethods are the settings of both axes that pyplot names as Axes does.
func limitMethods() []method {
	return []method{
		{script.Entry{Signature: "axis(*args, emit=True, **kwargs)", Doc: "Limits as (xmin, xmax, ymin, ymax), or 'off', 'on', 'equal', 'tight', 'image', 'square', 'auto'.",
			Keywords: []string{"xmin", "xmax", "ymin", "ymax", "option"}}, axisFunction},
		{script.Entry{Signature: "margins(*margins, x=None, y=None, tight=True)", Doc: "The room around the data, as a fraction of its extent."}, margins},
		{script.Entry{Signature: "autoscale(enable=True, axis='both', tight=None)", Doc: "Lets the limits follow the data again."}, autoscale},
		{script.Entry{Signature: "tick_params(axis='both', **kwargs)", Doc: "The look of ticks and their labels.",
			Keywords: []string{"which", "labelsize", "labelrotation", "rotation", "labelcolor", "colors", "color", "length", "direction", "bottom", "top", "left", "right", "labelbottom", "labeltop",
				"labelleft", "labelright", "reset"},
			Cosmetic: []string{"width", "pad", "zorder", "grid_color", "grid_alpha", "grid_linewidth", "grid_linestyle", "labelfontfamily"}}, tickParams},
		{script.Entry{Signature: "ticklabel_format(*, axis='both', style='', scilimits=None, useOffset=None, useLocale=None, useMathText=None)", Doc: "Plain or scientific numbers at ticks."}, ticklabelFormat},
		{script.Entry{Signature: "locator_params(axis='both', tight=None, **kwargs)", Doc: "How many ticks there are.", Keywords: []string{"nbins", "integer"},
			Cosmetic: []string{"prune", "steps", "min_n_ticks", "symmetric"}}, locatorParams},
		{script.Entry{Signature: "minorticks_on()", Doc: "Shows minor ticks."}, func(a *axesValue, c *script.Call) (script.Value, error) {
			a.axes.X.MinorTicks, a.axes.Y.MinorTicks = true, true
			return script.None, nil
		}},
		{script.Entry{Signature: "minorticks_off()", Doc: "Hides minor ticks."}, func(a *axesValue, c *script.Call) (script.Value, error) {
			a.axes.X.MinorTicks, a.axes.Y.MinorTicks = false, false
			return script.None, nil
		}},
	}
}

// limitsOf changes the limits of an axis as set_xlim(left, right) does and returns them.
func (a *axesValue) limitsOf(vertical bool, low, high script.Value) (script.Value, error) {
	switch pair := low.(type) {
	case *script.Tuple, *script.List:
		if !script.IsNone(high) {
			return nil, script.Raise("TypeError", "Cannot pass both a pair and a second limit")
		}
		elements, err := script.Elements(pair)
		if err != nil {
			return nil, err
		}
		if len(elements) != 2 {
			return nil, script.Raise("ValueError", "limits are a pair (low, high), not %s", script.Repr(pair))
		}
		low, high = elements[0], elements[1]
	case *script.Unknown:
	default:
		if !script.IsNone(low) && script.IsNone(high) {
			if s, err := flat(low); err == nil && len(s.values) == 2 {
				low, high = s.values[0], s.values[1]
			}
		}
	}
	if script.IsNone(low) && script.IsNone(high) {
		return a.limitPair(vertical), nil
	}
	from, to := a.limits(vertical)
	if a.axis(vertical).Inverted {
		from, to = to, from
	}
	for _, end := range []struct {
		v  script.Value
		to *float64
	}{{low, &from}, {high, &to}} {
		if script.IsNone(end.v) {
			continue
		}
		x, unknown, err := floatOf(end.v)
		if err != nil {
			return nil, err
		}
		if unknown {
			return &script.Unknown{What: "the limits of an axis"}, nil
		}
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil, script.Raise("ValueError", "Axis limits cannot be NaN or Inf")
		}
		*end.to = x
	}
	if from == to {
		d := math.Max(math.Abs(from), 1) * 0.05
		from, to = from-d, to+d
	}
	a.sharing(vertical, func(axis *plot.Axis) {
		axis.Inverted = false
		axis.SetLimits(from, to)
	})
	return script.NewTuple(from, to), nil
}

func (a *axesValue) limitPair(vertical bool) script.Value {
	low, high := a.limits(vertical)
	if a.axis(vertical).Inverted && low < high {
		low, high = high, low
	}
	return script.NewTuple(low, high)
}

// firstOf returns the first argument of several names that was given.
func firstOf(c *script.Call, names ...string) script.Value {
	for _, name := range names {
		if v := c.Arg(name); !script.IsNone(v) {
			return v
		}
	}
	return script.None
}

func axisFunction(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	if len(c.Args) > 1 {
		return nil, script.Raise("TypeError", "axis() takes 0 or 1 positional arguments but %d were given", len(c.Args))
	}
	option, _ := p.take("option")
	if len(c.Args) == 1 {
		option = c.Args[0]
	}
	switch v := option.(type) {
	case nil, script.NoneType, *script.Unknown:
	case bool:
		a.axes.Off = !v
	case string:
		if err := a.axisOption(v); err != nil {
			return nil, err
		}
	default:
		s, err := flat(v)
		if err != nil {
			return nil, err
		}
		if len(s.values) != 4 {
			return nil, script.Raise("TypeError", "the first argument to axis() must be an iterable of the form [xmin, xmax, ymin, ymax]")
		}
		for i, vertical := range []bool{false, true} {
			if _, err := a.limitsOf(vertical, s.values[2*i], s.values[2*i+1]); err != nil {
				return nil, err
			}
		}
	}
	for i, vertical := range []bool{false, true} {
		names := [][2]string{{"xmin", "xmax"}, {"ymin", "ymax"}}[i]
		low, _ := p.take(names[0])
		high, _ := p.take(names[1])
		if low == nil {
			low = script.None
		}
		if high == nil {
			high = script.None
		}
		if _, err := a.limitsOf(vertical, low, high); err != nil {
			return nil, err
		}
	}
	xlow, xhigh := a.limits(false)
	ylow, yhigh := a.limits(true)
	return script.NewTuple(xlow, xhigh, ylow, yhigh), p.left()
}

func (a *axesValue) axisOption(option string) error {
	switch option {
	case "equal", "tight", "scaled", "auto", "image", "square":
		// Limits that were set are forgotten.
		for _, vertical := range []bool{false, true} {
			a.sharing(vertical, func(axis *plot.Axis) { axis.Low, axis.High = nil, nil })
		}
	}
	switch option {
	case "off":
		a.axes.Off = true
	case "on":
		a.axes.Off = false
	case "equal":
		a.axes.Aspect, a.axes.AspectAdjustsLimits = 1, true
	case "scaled", "image":
		a.axes.Aspect, a.axes.AspectAdjustsLimits = 1, false
	case "auto", "tight", "normal":
		a.axes.Aspect = 0
	case "square":
		a.axes.Aspect, a.axes.AspectAdjustsLimits = 1, false
		xlow, xhigh := a.limits(false)
		ylow, yhigh := a.limits(true)
		side := math.Max(xhigh-xlow, yhigh-ylow)
		a.axes.X.SetLimits(xlow, xlow+side)
		a.axes.Y.SetLimits(ylow, ylow+side)
	default:
		m := script.Raise("ValueError", "Unrecognized string %s to axis; try 'on' or 'off'", script.Repr(option))
		if near := script.Nearest(option, []string{"on", "off", "equal", "scaled", "tight", "image", "auto", "square"}); near != "" {
			return m.WithHint("did you mean '%s'?", near)
		}
		return m
	}
	return nil
}

func margins(a *axesValue, c *script.Call) (script.Value, error) {
	x, y := c.Arg("x"), c.Arg("y")
	switch len(c.Args) {
	case 0:
	case 1:
		x, y = c.Args[0], c.Args[0]
	case 2:
		x, y = c.Args[0], c.Args[1]
	default:
		return nil, script.Raise("TypeError", "Must pass a single positional argument for all margins, or one for each margin (x, y).")
	}
	for i, v := range []script.Value{x, y} {
		if script.IsNone(v) {
			continue
		}
		m, unknown, err := floatOf(v)
		if err != nil {
			return nil, err
		}
		if unknown {
			continue
		}
		if m <= -0.5 {
			return nil, script.Raise("ValueError", "margin must be greater than -0.5")
		}
		a.sharing(i == 1, func(axis *plot.Axis) { axis.Margin = &m })
	}
	return script.None, nil
}

func autoscale(a *axesValue, c *script.Call) (script.Value, error) {
	for i, name := range []string{"x", "y"} {
		if axis := c.Arg("axis"); axis != script.Value("both") && axis != script.Value(name) {
			continue
		}
		if on, err := c.Bool("enable"); err != nil {
			return nil, err
		} else if !on {
			low, high := a.limits(i == 1)
			a.sharing(i == 1, func(axis *plot.Axis) { axis.SetLimits(low, high) })
			continue
		}
		a.sharing(i == 1, func(axis *plot.Axis) { axis.Low, axis.High = nil, nil })
		if v := c.Arg("tight"); !script.IsNone(v) {
			if tight, err := script.Truth(v); err == nil && tight {
				zero := 0.0
				a.sharing(i == 1, func(axis *plot.Axis) { axis.Margin = &zero })
			}
		}
	}
	return script.None, nil
}

func tickParams(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	which, ok, err := p.text("which")
	if err != nil {
		return nil, err
	}
	if ok && which == "minor" {
		return script.None, nil
	}
	p.take("reset")
	axis, _ := c.Arg("axis").(string)
	if axis != "x" && axis != "y" && axis != "both" {
		return nil, script.Raise("ValueError", "%s is not a valid value for axis; supported values are 'x', 'y', 'both'", script.Repr(c.Arg("axis")))
	}
	size, hasSize, err := p.fontSize(&a.axes.Style, "labelsize")
	if err != nil {
		return nil, err
	}
	angle, hasAngle, err := p.number("labelrotation", "rotation")
	if err != nil {
		return nil, err
	}
	both, hasBoth, err := p.paint("colors", a.cycle())
	if err != nil {
		return nil, err
	}
	if color, given, err := p.paint("labelcolor", a.cycle()); err != nil {
		return nil, err
	} else if given {
		both, hasBoth = color, true
	}
	// colors= has "color" for its long name, which is the marks' alone; labels take it too when it is the plural.
	for _, k := range c.Keywords {
		if k.Name == "colors" && !hasBoth {
			if both, err = colorOf(k.Value, a.cycle()); err != nil {
				return nil, err
			}
			hasBoth = true
		}
	}
	p.take("color")
	length, hasLength, err := p.number("length")
	if err != nil {
		return nil, err
	}
	direction, hasDirection, err := p.text("direction")
	if err != nil {
		return nil, err
	}
	for _, side := range []struct {
		name          string
		axis          *plot.Axis
		ticks, labels string
		far, farLabel string
	}{{"x", &a.axes.X, "bottom", "labelbottom", "top", "labeltop"}, {"y", &a.axes.Y, "left", "labelleft", "right", "labelright"}} {
		ticks, hasTicks, err := p.truth(side.ticks)
		if err != nil {
			return nil, err
		}
		labels, hasLabels, err := p.truth(side.labels)
		if err != nil {
			return nil, err
		}
		far, hasFar, err := p.truth(side.farLabel)
		if err != nil {
			return nil, err
		}
		p.take(side.far)
		if axis != "both" && axis != side.name {
			continue
		}
		if hasSize {
			side.axis.TickLabelSize = size
		}
		if hasAngle {
			side.axis.TickRotation = angle
		}
		if hasBoth {
			side.axis.TickLabelColor = both
		}
		if hasLength {
			side.axis.TickLength = &length
		}
		if hasDirection {
			side.axis.TickInward = direction == "in"
		}
		if hasTicks {
			zero := 0.0
			side.axis.TickLength = &zero
			if ticks {
				side.axis.TickLength = nil
			}
		}
		if hasLabels {
			side.axis.HideLabels = !labels
		}
		if hasFar && far {
			side.axis.Opposite, side.axis.HideLabels = true, false
		}
	}
	return script.None, p.left()
}

func ticklabelFormat(a *axesValue, c *script.Call) (script.Value, error) {
	for i, name := range []string{"x", "y"} {
		if axis := c.Arg("axis"); axis != script.Value("both") && axis != script.Value(name) {
			continue
		}
		axis := a.axis(i == 1)
		switch v := c.Arg("style"); v {
		case script.Value("sci"), script.Value("scientific"):
			axis.Scientific, axis.PlainNumbers = true, false
		case script.Value("plain"):
			axis.Scientific, axis.PlainNumbers = false, true
		case script.Value(""), script.None:
		default:
			return nil, script.Raise("ValueError", "%s is not a valid value for style; supported values are '', 'plain', 'sci', 'scientific'", script.Repr(v))
		}
		if c.Arg("useOffset") == script.Value(false) {
			axis.PlainNumbers = !axis.Scientific
		}
	}
	return script.None, nil
}

func locatorParams(a *axesValue, c *script.Call) (script.Value, error) {
	p, err := propertiesOf(c)
	if err != nil {
		return nil, err
	}
	bins, hasBins, err := p.number("nbins")
	if err != nil {
		return nil, err
	}
	whole, hasWhole, err := p.truth("integer")
	if err != nil {
		return nil, err
	}
	for i, name := range []string{"x", "y"} {
		if axis := c.Arg("axis"); axis != script.Value("both") && axis != script.Value(name) {
			continue
		}
		if hasBins {
			a.axis(i == 1).MaxTicks = int(bins)
		}
		if hasWhole {
			a.axis(i == 1).IntegerTicks = whole
		}
	}
	return script.None, p.left()
}

// setTicks is set_xticks(ticks, labels).
func (a *axesValue) setTicks(vertical bool, ticks, labels script.Value, p *properties) error {
	s, err := a.read(ticks, vertical)
	if err != nil {
		return err
	}
	var texts []string
	if _, unknown := labels.(*script.Unknown); unknown {
		labels, s.unknown = script.None, true
	}
	if !script.IsNone(labels) {
		if texts, err = textsOf(labels); err != nil {
			return err
		}
		if len(texts) != len(s.values) && !s.unknown {
			return script.Raise("ValueError", "The number of FixedLocator locations (%d), usually from a call to set_ticks, does not match the number of labels (%d).", len(s.values), len(texts))
		}
	}
	if s.unknown {
		return nil
	}
	a.sharing(vertical, func(axis *plot.Axis) {
		old := axis.TickLabels
		axis.SetTicks(s.values, texts)
		if texts == nil && len(old) == len(s.values) && len(old) > 0 {
			axis.TickLabels = old
		}
	})
	// Ticks widen automatic limits, as in matplotlib.
	if axis := a.axis(vertical); len(s.values) > 0 && (axis.Low != nil || len(a.axes.Artists) > 0) {
		low, high := a.limits(vertical)
		from, to := math.Min(low, high), math.Max(low, high)
		for _, t := range s.values {
			from, to = math.Min(from, t), math.Max(to, t)
		}
		if from < math.Min(low, high) || to > math.Max(low, high) {
			if low > high {
				from, to = to, from
			}
			a.sharing(vertical, func(axis *plot.Axis) { axis.SetLimits(from, to) })
		}
	}
	return a.tickLabelLook(vertical, p)
}

// setTickLabels is set_xticklabels(labels).
func (a *axesValue) setTickLabels(vertical bool, labels script.Value, p *properties) error {
	if _, unknown := labels.(*script.Unknown); unknown {
		return a.tickLabelLook(vertical, p)
	}
	texts, err := textsOf(labels)
	if err != nil {
		return err
	}
	axis := a.axis(vertical)
	if axis.CustomTicks && len(texts) > 0 && len(texts) != len(axis.Ticks) {
		return script.Raise("ValueError", "The number of FixedLocator locations (%d), usually from a call to set_ticks, does not match the number of labels (%d).", len(axis.Ticks), len(texts))
	}
	if len(texts) == 0 {
		a.sharing(vertical, func(axis *plot.Axis) { axis.HideLabels = true })
		return a.tickLabelLook(vertical, p)
	}
	if !axis.CustomTicks {
		return script.Raise("ValueError", "labels need ticks: call set_%sticks first", map[bool]string{false: "x", true: "y"}[vertical]).
			WithHint("set_xticks(ticks, labels) sets both")
	}
	a.sharing(vertical, func(axis *plot.Axis) { axis.TickLabels = texts })
	return a.tickLabelLook(vertical, p)
}

func (a *axesValue) tickLabelLook(vertical bool, p *properties) error {
	if p == nil {
		return nil
	}
	axis := a.axis(vertical)
	if size, ok, err := p.fontSize(&a.axes.Style, "fontsize", "labelsize"); err != nil {
		return err
	} else if ok {
		axis.TickLabelSize = size
	}
	if angle, ok, err := p.rotation(); err != nil {
		return err
	} else if ok {
		axis.TickRotation = angle
	}
	if color, ok, err := p.paint("color", a.cycle()); err != nil {
		return err
	} else if ok {
		axis.TickLabelColor = color
	}
	if visible, ok, err := p.truth("visible"); err != nil {
		return err
	} else if ok {
		axis.HideLabels = !visible
	}
	for _, name := range []string{"horizontalalignment", "verticalalignment", "fontweight", "fontstyle", "minor", "alpha", "rotation_mode"} {
		p.take(name)
	}
	return p.left()
}

// setScale is set_xscale(value).
func (a *axesValue) setScale(vertical bool, c *script.Call) error {
	name, ok := c.Arg("value").(string)
	if !ok {
		return script.Raise("ValueError", "%s is not a scale", script.Repr(c.Arg("value")))
	}
	scale := plot.Scale(name)
	switch scale {
	case plot.Linear, plot.Log, plot.Symlog:
	default:
		m := script.Raise("ValueError", "%s is not a supported scale; supported are 'linear', 'log', 'symlog'", script.Repr(name))
		return m
	}
	p, err := propertiesOf(c)
	if err != nil {
		return err
	}
	within, _, err := p.number("linthresh", "linthreshx", "linthreshy")
	if err != nil {
		return err
	}
	p.take("base", "basex", "basey")
	p.take("subs")
	p.take("nonpositive", "nonposx", "nonposy")
	p.take("linscale")
	a.sharing(vertical, func(axis *plot.Axis) { axis.Scale, axis.LinearWithin = scale, within })
	return p.left()
}
