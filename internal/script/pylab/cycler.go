package pylab

import (
	"slices"
	"strings"

	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/syntax"
)

// cycledProperties are what lines can take in turn.
var cycledProperties = []string{"color", "linestyle", "marker", "linewidth", "markersize", "alpha", "markeredgewidth", "markeredgecolor", "markerfacecolor",
	"c", "ls", "lw", "ms", "mew", "mec", "mfc"}

// cyclerValue is a cycle of properties: every step gives values to the same names.
type cyclerValue struct {
	names []string
	steps [][]script.Value // the values of each step, in the order of names
}

// TypeName is the name that messages use.
func (*cyclerValue) TypeName() string { return "Cycler" }

// column returns the values that one property takes.
func (v *cyclerValue) column(name string) []script.Value {
	k := slices.Index(v.names, name)
	if k < 0 {
		return nil
	}
	values := make([]script.Value, len(v.steps))
	for i, step := range v.steps {
		values[i] = step[k]
	}
	return values
}

// lineColors returns the colours of the steps. Lines that are told apart by something else are black.
func (v *cyclerValue) lineColors() ([]plot.Color, error) {
	column := v.column("color")
	if column == nil {
		return []plot.Color{{A: 255}}, nil
	}
	return colorsOf(script.NewList(column...), nil)
}

// cyclerOfColors returns the cycle of the given colours; nil is the usual ten.
func cyclerOfColors(colors []plot.Color) (script.Value, error) {
	if len(colors) == 0 {
		for i := range 10 {
			c, err := plot.ParseColor("C"+number(float64(i), 0), nil)
			if err != nil {
				return nil, err
			}
			colors = append(colors, c)
		}
	}
	v := &cyclerValue{names: []string{"color"}}
	for _, c := range colors {
		v.steps = append(v.steps, []script.Value{c.String()})
	}
	return v, nil
}

// cycler returns the cycle of new axes, or nil if that is one of colours alone.
func (s *State) cycler() *cyclerValue {
	chosen, _ := s.chosen.GetString("axes.prop_cycle")
	if v, ok := chosen.(*cyclerValue); ok && !slices.Equal(v.names, []string{"color"}) {
		return v
	}
	return nil
}

// nextStep gives the properties of a line what they lack from the next step of the cycle, and returns that step's colour. A line
// that lacks nothing leaves the step to the next one.
func (a *axesValue) nextStep(p *properties, format plot.Format, colored bool) plot.Color {
	n, v := a.lines, a.cycler
	lacks := v == nil && !colored
	if v != nil && len(v.steps) > 0 {
		for k, name := range v.names {
			switch {
			case name == "color":
				lacks = lacks || !colored
			case p.has(name) || name == "linestyle" && format.Style != "" || name == "marker" && format.Marker != "":
			default:
				p.names = append(p.names, name)
				p.values[name] = v.steps[n%len(v.steps)][k]
				lacks = true
			}
		}
	}
	if lacks {
		a.lines++
	}
	return a.cycleColor(n)
}

// Repr implements repr(x).
func (v *cyclerValue) Repr() string {
	var parts []string
	for _, name := range v.names {
		parts = append(parts, "cycler("+script.Repr(name)+", "+script.Repr(script.NewList(v.column(name)...))+")")
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, " + ") + ")"
}

// Len implements len(x).
func (v *cyclerValue) Len() (int, error) { return len(v.steps), nil }

func (v *cyclerValue) dict(step []script.Value) *script.Dict {
	d := script.NewDict()
	for k, name := range v.names {
		d.SetString(name, step[k])
	}
	return d
}

// Iterate gives one dict for each step.
func (v *cyclerValue) Iterate() (func() (any, bool, error), error) {
	list := &script.List{}
	for _, step := range v.steps {
		list.Elts = append(list.Elts, v.dict(step))
	}
	return script.Iterate(list)
}

// Index implements slices.
func (v *cyclerValue) Index(index any) (any, error) {
	slice, ok := index.(*script.Slice)
	if !ok {
		return nil, script.Raise("ValueError", "Can only use slices with Cycler.__getitem__")
	}
	start, step, count, err := slice.SliceIndices(len(v.steps))
	if err != nil {
		return nil, err
	}
	part := &cyclerValue{names: v.names}
	for k := range count {
		part.steps = append(part.steps, v.steps[start+k*step])
	}
	return part, nil
}

// Attr implements the attributes.
func (v *cyclerValue) Attr(name string) (any, error) {
	switch name {
	case "by_key":
		return script.NewBuiltin(entry("by_key()", func(*script.Call) (script.Value, error) {
			d := script.NewDict()
			for _, name := range v.names {
				d.SetString(name, script.NewList(v.column(name)...))
			}
			return d, nil
		})), nil
	case "concat":
		return script.NewBuiltin(entry("concat(other)", func(c *script.Call) (script.Value, error) { return v.concat(c.Arg("other")) })), nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (*cyclerValue) AttrNames() []string { return []string{"by_key", "concat"} }

func (v *cyclerValue) concat(other script.Value) (script.Value, error) {
	w, ok := other.(*cyclerValue)
	if !ok {
		return nil, script.Raise("TypeError", "concat() takes a Cycler, not %s", script.TypeName(other))
	}
	out := &cyclerValue{names: v.names, steps: slices.Clone(v.steps)}
	for _, step := range w.steps {
		row := make([]script.Value, len(v.names))
		for k, name := range v.names {
			at := slices.Index(w.names, name)
			if at < 0 || len(w.names) != len(v.names) {
				return nil, script.Raise("ValueError", "Keys do not match: %s and %s", strings.Join(v.names, ", "), strings.Join(w.names, ", "))
			}
			row[k] = step[at]
		}
		out.steps = append(out.steps, row)
	}
	return out, nil
}

// Binary implements the sum of cycles (both advance together), their product (all pairs of steps) and repetition.
func (v *cyclerValue) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	if times, ok := other.(int64); ok && op == syntax.Mul {
		out := &cyclerValue{names: v.names}
		for range times {
			out.steps = append(out.steps, v.steps...)
		}
		return out, nil
	}
	w, ok := other.(*cyclerValue)
	if !ok || reflected || op != syntax.Add && op != syntax.Mul {
		return nil, nil
	}
	for _, name := range v.names {
		if slices.Contains(w.names, name) {
			return nil, script.Raise("ValueError", "Can not compose overlapping cycles")
		}
	}
	out := &cyclerValue{names: slices.Concat(v.names, w.names)}
	if op == syntax.Add {
		if len(v.steps) != len(w.steps) {
			return nil, script.Raise("ValueError", "Can only add equal length cycles, not %d and %d", len(v.steps), len(w.steps))
		}
		for i, step := range v.steps {
			out.steps = append(out.steps, slices.Concat(step, w.steps[i]))
		}
		return out, nil
	}
	for _, step := range v.steps {
		for _, inner := range w.steps {
			out.steps = append(out.steps, slices.Concat(step, inner))
		}
	}
	return out, nil
}

// makeCycler is cycler(other), cycler('color', values), cycler(color=values, linestyle=values).
func makeCycler(c *script.Call) (*cyclerValue, error) {
	names, values := []string{}, []script.Value{}
	switch {
	case len(c.Args) == 1 && len(c.Keywords) == 0:
		v, ok := c.Args[0].(*cyclerValue)
		if !ok {
			return nil, script.Raise("TypeError", "If only one positional argument given, it must be a Cycler instance.")
		}
		return v, nil
	case len(c.Args) == 2 && len(c.Keywords) == 0:
		name, ok := c.Args[0].(string)
		if !ok {
			return nil, script.Raise("TypeError", "the first argument of cycler() is the name of a property, not %s", script.TypeName(c.Args[0]))
		}
		names, values = append(names, name), append(values, c.Args[1])
	case len(c.Args) == 0 && len(c.Keywords) > 0:
		for _, k := range c.Keywords {
			names, values = append(names, k.Name), append(values, k.Value)
		}
	default:
		return nil, script.Raise("TypeError", "cycler() takes a Cycler, or the name of a property and its values, or properties as keywords")
	}
	var out *cyclerValue
	for k, name := range names {
		if long := aliases[name]; long != "" {
			name = long
		}
		if !slices.Contains(cycledProperties, name) {
			return nil, unknownProperty("cycler", name, cycledProperties)
		}
		elements, err := script.Elements(values[k])
		if err != nil {
			return nil, err
		}
		one := &cyclerValue{names: []string{name}}
		for _, e := range elements {
			one.steps = append(one.steps, []script.Value{e})
		}
		if out == nil {
			out = one
			continue
		}
		sum, err := out.Binary(syntax.Add, one, false)
		if err != nil {
			return nil, err
		}
		out = sum.(*cyclerValue)
	}
	return out, nil
}

// cycler returns the entry of cycler().
func cycler() script.Entry {
	return script.Entry{Signature: "cycler(*args, **kwargs)", Doc: "A cycle of properties of lines.", Keywords: cycledProperties,
		Func: func(c *script.Call) (script.Value, error) { return makeCycler(c) }}
}
