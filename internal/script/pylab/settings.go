package pylab

import (
	"errors"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/script"
)

// settingsValue is rcParams.
type settingsValue struct{ state *State }

// TypeName is the name that messages use.
func (*settingsValue) TypeName() string { return "RcParams" }

// Repr implements repr(x).
func (v *settingsValue) Repr() string { return "RcParams(" + script.Repr(v.state.chosen) + ")" }

// Index implements rcParams['font.size'].
func (v *settingsValue) Index(index any) (any, error) {
	name, ok := index.(string)
	if !ok {
		return nil, script.Raise("KeyError", "%s", script.Repr(index))
	}
	return v.state.setting(name)
}

// SetIndex implements rcParams['font.size'] = 16.
func (v *settingsValue) SetIndex(index, value any) error {
	name, ok := index.(string)
	if !ok {
		return script.Raise("KeyError", "%s is not a valid rc parameter", script.Repr(index))
	}
	return v.state.set(nil, name, value)
}

// Contains implements `name in rcParams`.
func (v *settingsValue) Contains(key any) (bool, error) {
	name, _ := key.(string)
	for _, known := range plot.SettingNames() {
		if known == name {
			return true, nil
		}
	}
	return false, nil
}

// Attr implements methods.
func (v *settingsValue) Attr(name string) (any, error) {
	if m := v.state.settingMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (v *settingsValue) AttrNames() []string { return v.state.settingMethods.Names() }

func (s *State) settingEntries() []script.Entry {
	return []script.Entry{
		{Signature: "update(*args, **kwargs)", Func: func(c *script.Call) (script.Value, error) {
			for _, v := range c.Args {
				d, ok := v.(*script.Dict)
				if !ok {
					return nil, script.Raise("TypeError", "rcParams.update() takes a dict, not %s", script.TypeName(v))
				}
				if err := s.setAll(c, d); err != nil {
					return nil, err
				}
			}
			for _, k := range c.Keywords {
				if err := s.set(c, k.Name, k.Value); err != nil {
					return nil, err
				}
			}
			return script.None, nil
		}},
		{Signature: "get(name, default=None)", Func: func(c *script.Call) (script.Value, error) {
			name, _ := c.Arg("name").(string)
			v, err := s.setting(name)
			if err != nil {
				return c.Arg("default"), nil
			}
			return v, nil
		}},
		{Signature: "copy()", Func: func(*script.Call) (script.Value, error) { return s.chosen.Copy(), nil }},
		{Signature: "keys()", Func: func(*script.Call) (script.Value, error) {
			list := &script.List{}
			for _, name := range plot.SettingNames() {
				list.Elts = append(list.Elts, name)
			}
			return list, nil
		}},
	}
}

// setting returns a setting: what a script has set, or the style's.
func (s *State) setting(name string) (script.Value, error) {
	if v, ok := s.chosen.GetString(name); ok {
		return v, nil
	}
	st := &s.style
	switch name {
	case "axes.prop_cycle":
		return cyclerOfColors(st.Cycle)
	case "figure.figsize":
		return script.NewList(st.FigureWidth, st.FigureHeight), nil
	case "image.cmap":
		return st.Colormap, nil
	case "lines.linestyle":
		return string(st.LineStyle), nil
	case "axes.grid":
		return st.AxesGrid, nil
	case "figure.autolayout":
		return st.TightLayout, nil
	case "legend.loc":
		return "best", nil
	}
	for known, x := range map[string]float64{"font.size": st.FontSize, "figure.dpi": st.FigureDPI, "lines.linewidth": st.LineWidth, "lines.markersize": st.MarkerSize,
		"axes.linewidth": st.AxesLineWidth, "grid.linewidth": st.GridWidth, "grid.alpha": st.GridAlpha, "patch.linewidth": st.PatchWidth,
		"axes.xmargin": st.AxesXMargin, "axes.ymargin": st.AxesYMargin, "axes.titlepad": st.AxesTitlePad, "axes.labelpad": st.AxesLabelPad,
		"axes.labelsize": st.Points(st.AxesLabelSize), "axes.titlesize": st.Points(st.AxesTitleSize), "xtick.labelsize": st.Points(st.XTickLabelSize),
		"ytick.labelsize": st.Points(st.YTickLabelSize), "legend.fontsize": st.Points(st.LegendFontSize), "figure.titlesize": st.Points(st.FigureTitleSize),
		"figure.subplot.left": st.Margins.Left, "figure.subplot.right": st.Margins.Right, "figure.subplot.bottom": st.Margins.Bottom, "figure.subplot.top": st.Margins.Top,
		"figure.subplot.hspace": st.Margins.Hspace, "figure.subplot.wspace": st.Margins.Wspace, "errorbar.capsize": st.ErrorBarCapSize} {
		if known == name {
			return x, nil
		}
	}
	for known, color := range map[string]plot.Color{"axes.facecolor": st.AxesFaceColor, "axes.edgecolor": st.AxesEdgeColor, "figure.facecolor": st.FigureFaceColor,
		"text.color": st.TextColor, "grid.color": st.GridColor, "axes.labelcolor": st.AxesLabelColor, "xtick.color": st.XTickColor, "ytick.color": st.YTickColor} {
		if known == name {
			return color.String(), nil
		}
	}
	m := script.Raise("KeyError", "%s", script.Repr(name))
	if near := script.Nearest(name, plot.SettingNames()); near != "" {
		m.Hint = "Did you mean '" + near + "'?"
	}
	return nil, m
}

// set changes a setting. Settings that matplotlib knows and that change nothing here are a warning.
func (s *State) set(c *script.Call, name string, v script.Value) error {
	value, err := plain(v)
	if err != nil {
		return err
	}
	if err := s.style.Set(name, value); err != nil {
		var m *diag.Message
		if errors.As(err, &m) && m.Kind == "UserWarning" {
			if c != nil {
				s.warn(c, "%s", m.Text)
			} else if s.host.Warn != nil {
				s.host.Warn(m)
			}
			return nil
		}
		return err
	}
	s.chosen.SetString(name, v)
	return nil
}

// plain turns a value of the language into one that the style reads.
func plain(v script.Value) (any, error) {
	switch v := v.(type) {
	case bool, int64, float64, string:
		return v, nil
	case script.NoneType:
		return "none", nil
	case *colormapValue:
		return v.colors.Name, nil
	case *cyclerValue:
		return v.lineColors()
	case *script.List, *script.Tuple:
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		var texts []string
		for _, e := range elements {
			if text, ok := e.(string); ok {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 && len(texts) == len(elements) {
			return texts, nil
		}
	}
	s, err := numbersOf(v)
	if err != nil {
		return nil, err
	}
	if s.scalar() {
		return s.values[0], nil
	}
	return s.values, nil
}

func (s *State) setAll(c *script.Call, d *script.Dict) error {
	for key, v := range d.All() {
		name, ok := key.(string)
		if !ok {
			return script.Raise("KeyError", "%s is not a valid rc parameter", script.Repr(key))
		}
		if err := s.set(c, name, v); err != nil {
			return err
		}
	}
	return nil
}

// rcAliases are the short names that rc() understands.
var rcAliases = map[string]string{"lw": "linewidth", "ls": "linestyle", "c": "color", "fc": "facecolor", "ec": "edgecolor", "mew": "markeredgewidth", "aa": "antialiased"}

// rc is rc('axes', labelsize=16, grid=True).
func (s *State) rc(c *script.Call) (script.Value, error) {
	var groups []string
	switch v := c.Arg("group").(type) {
	case string:
		groups = []string{v}
	default:
		var err error
		if groups, err = textsOf(v); err != nil {
			return nil, err
		}
	}
	for _, group := range groups {
		for _, k := range c.Keywords {
			name := k.Name
			if long := rcAliases[name]; long != "" {
				name = long
			}
			if err := s.set(c, group+"."+name, k.Value); err != nil {
				var m *diag.Message
				if errors.As(err, &m) && m.Kind == "KeyError" {
					return nil, unrecognized(group, k.Name)
				}
				return nil, err
			}
		}
	}
	return script.None, nil
}

// unrecognized is the error of rc() with a name that no setting has.
func unrecognized(group, name string) error {
	m := script.Raise("KeyError", "Unrecognized key \"%s.%s\" for group \"%s\" and name \"%s\"", group, name, group, name)
	var own, groups []string
	for _, known := range plot.SettingNames() {
		g, rest, _ := strings.Cut(known, ".")
		if g == group {
			own = append(own, rest)
		}
		if len(groups) == 0 || groups[len(groups)-1] != g {
			groups = append(groups, g)
		}
	}
	if len(own) == 0 {
		if near := script.Nearest(group, groups); near != "" {
			m.Hint = "Did you mean the group '" + near + "'?"
		}
		return m
	}
	if near := script.Nearest(name, own); near != "" {
		m.Hint = "Did you mean '" + near + "'?"
	} else {
		m.Hint = "The group '" + group + "' has " + strings.Join(own, ", ")
	}
	return m
}

// styleModule is matplotlib.style.
func (s *State) styleModule() *script.Module {
	use := func(c *script.Call, v script.Value) error {
		names := []script.Value{v}
		switch seq := v.(type) {
		case *script.List:
			names = seq.Elts
		case *script.Tuple:
			names = seq.Elts
		}
		for _, name := range names {
			switch name := name.(type) {
			case string:
				if err := s.useStyle(c, name); err != nil {
					return err
				}
			case *script.Dict:
				if err := s.setAll(c, name); err != nil {
					return err
				}
			default:
				return script.Raise("TypeError", "style.use() takes names of styles, not %s", script.TypeName(name))
			}
		}
		return nil
	}
	available := &script.List{}
	for _, name := range plot.StyleNames() {
		available.Elts = append(available.Elts, name)
	}
	return &script.Module{Name: "matplotlib.style", Doc: "Looks by name.", Entries: []script.Entry{
		{Signature: "use(style)", Doc: "Gives new figures a look: 'ggplot', ('ggplot', 'seaborn-muted'), 'default'.", Func: func(c *script.Call) (script.Value, error) {
			return script.None, use(c, c.Arg("style"))
		}},
		{Signature: "context(style, after_reset=False)", Doc: "The look within a with block.", Func: func(c *script.Call) (script.Value, error) {
			return &savedStyle{state: s, enter: func() error { return use(c, c.Arg("style")) }}, nil
		}},
		{Name: "available", Value: available},
		{Name: "library", Value: script.NewDict()},
	}}
}

// savedStyle is what style.context() and rc_context() return.
type savedStyle struct {
	state *State
	enter func() error
	style plot.Style
	saved *script.Dict
}

// Attr implements the with statement.
func (v *savedStyle) Attr(name string) (any, error) {
	switch name {
	case "__enter__":
		return script.NewBuiltin(entry("__enter__()", func(*script.Call) (script.Value, error) {
			v.style, v.saved = v.state.style, v.state.chosen.Copy()
			return script.None, v.enter()
		})), nil
	case "__exit__":
		return script.NewBuiltin(entry("__exit__(*args)", func(*script.Call) (script.Value, error) {
			v.state.style, v.state.chosen = v.style, v.saved
			return false, nil
		})), nil
	}
	return nil, nil
}
