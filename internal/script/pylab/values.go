package pylab

import (
	"fmt"

	"synfire/internal/plot"
	"synfire/internal/script"
)

// artistValue is what a plotting function returns: a line, a collection, an image, a bar.
type artistValue struct {
	state   *State
	axes    *axesValue
	class   string
	address string
	item    plot.Artist
	common  *plot.Common
	// paintPage and paintAxes are set for the backgrounds fig.patch and ax.patch.
	paintPage *figureValue
	paintAxes *axesValue
}

// Drawn marks a value that a cell does not show.
func (*artistValue) Drawn() {}

// TypeName is the name that messages use.
func (v *artistValue) TypeName() string { return lastPart(v.class) }

// Repr implements repr(x).
func (v *artistValue) Repr() string { return "<" + v.class + " object at " + v.address + ">" }

// Attr implements attributes and methods.
func (v *artistValue) Attr(name string) (any, error) {
	if name == "axes" && v.axes != nil {
		return v.axes, nil
	}
	if m := v.state.artistMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (v *artistValue) AttrNames() []string {
	return append([]string{"axes"}, v.state.artistMethods.Names()...)
}

func lastPart(class string) string {
	for i := len(class) - 1; i >= 0; i-- {
		if class[i] == '.' {
			return class[i+1:]
		}
	}
	return class
}

// add puts an artist into axes and returns its value.
func (a *axesValue) add(class string, item plot.Artist, common *plot.Common) *artistValue {
	a.axes.Add(item)
	return a.value(class, item, common)
}

func (a *axesValue) value(class string, item plot.Artist, common *plot.Common) *artistValue {
	return &artistValue{state: a.state, axes: a, class: class, address: a.state.address(), item: item, common: common}
}

// container is a BarContainer, ErrorbarContainer or StemContainer: a tuple of artists with a text of its own.
type container struct {
	text  string
	parts []script.Value
}

// Drawn marks a value that a cell does not show.
func (*container) Drawn() {}

// Repr implements repr(x).
func (v *container) Repr() string { return v.text }

// TypeName is the name that messages use.
func (v *container) TypeName() string { return "Container" }

// Len implements len(x).
func (v *container) Len() (int, error) { return len(v.parts), nil }

// Index implements x[i].
func (v *container) Index(index any) (any, error) {
	return itemOf(v.parts, index)
}

// Iterate implements iteration.
func (v *container) Iterate() (func() (any, bool, error), error) {
	return script.Iterate(script.NewList(v.parts...))
}

// Attr gives the names of the parts.
func (v *container) Attr(name string) (any, error) {
	switch name {
	case "patches", "lines":
		return script.NewList(v.parts...), nil
	case "markerline", "stemlines", "baseline":
		for i, part := range []string{"markerline", "stemlines", "baseline"} {
			if part == name && i < len(v.parts) {
				return v.parts[i], nil
			}
		}
	case "remove":
		return script.NewBuiltin(script.Entry{Signature: "remove()", Func: func(*script.Call) (script.Value, error) {
			for _, part := range v.parts {
				if artist, ok := part.(*artistValue); ok {
					artist.remove()
				}
			}
			return script.None, nil
		}}), nil
	}
	return nil, nil
}

func itemOf(parts []script.Value, index script.Value) (script.Value, error) {
	if slice, ok := index.(*script.Slice); ok {
		start, step, count, err := slice.SliceIndices(len(parts))
		if err != nil {
			return nil, err
		}
		out := make([]script.Value, count)
		for i := range out {
			out[i] = parts[start+i*step]
		}
		return script.NewList(out...), nil
	}
	i, err := script.AsIndex(index)
	if err != nil {
		return nil, err
	}
	n := int64(len(parts))
	if i < -n || i >= n {
		return nil, script.Raise("IndexError", "index %d is out of bounds for size %d", i, n)
	}
	return parts[(i+n)%n], nil
}

// textValue is a text of a figure: a title, a label, the label of a tick, a free text.
type textValue struct {
	state *State
	x, y  float64
	// content returns the text; apply changes a property by its long name.
	content func() string
	apply   func(p *properties) error
	item    *plot.Text
	axes    *axesValue
	label   string // "Annotation" instead of "Text"
}

// Drawn marks a value that a cell does not show.
func (*textValue) Drawn() {}

// TypeName is the name that messages use.
func (v *textValue) TypeName() string {
	if v.label != "" {
		return v.label
	}
	return "Text"
}

// Repr implements repr(x).
func (v *textValue) Repr() string {
	return fmt.Sprintf("%s(%s, %s, %s)", v.TypeName(), compact(v.x), compact(v.y), script.Repr(v.content()))
}

func compact(x float64) string {
	if x == float64(int64(x)) && (x == 0 || x > 1 || x < -1) {
		return number(x, 0)
	}
	return script.Repr(x)
}

// Attr implements methods.
func (v *textValue) Attr(name string) (any, error) {
	if m := v.state.textMethods.Bind(v, name); m != nil {
		return m, nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (v *textValue) AttrNames() []string { return v.state.textMethods.Names() }

// transform is ax.transData, ax.transAxes or fig.transFigure.
type transform plot.Coordinates

// TypeName is the name that messages use.
func (transform) TypeName() string { return "Transform" }

// Attr refuses what transforms can do elsewhere by name.
func (transform) Attr(string) (any, error) { return nil, nil }
