package plot

import (
	"fmt"
	"strings"
)

// Axes is one coordinate system with what is drawn in it.
type Axes struct {
	// ID is unique in the figure, from 1.
	ID    int   `json:"id"`
	Place Place `json:"place"`
	// TwinOf is the ID of the axes that these lie over, 0 for none.
	TwinOf int `json:"twinOf,omitempty"`
	// Title stands above; TitleLoc is "center" (or empty), "left" or "right"; sizes in points, 0 for the style's.
	Title     string  `json:"title,omitempty"`
	TitleLoc  string  `json:"titleLoc,omitempty"`
	TitleSize float64 `json:"titleSize,omitempty"`
	TitleBold bool    `json:"titleBold,omitempty"`
	// TitleColor, if unset, is the style's text colour.
	TitleColor Color `json:"titleColor"`
	X          Axis  `json:"x"`
	Y          Axis  `json:"y"`
	// Aspect is the height of a data unit in y over that of one in x; 0 lets both fill the room. With
	// AspectAdjustsLimits the box stays and the limits grow.
	Aspect              float64 `json:"aspect,omitempty"`
	AspectAdjustsLimits bool    `json:"aspectAdjustsLimits,omitempty"`
	FaceColor           Color   `json:"faceColor"`
	// Polar axes have angles in radians for x and distances from the middle for y; they show lines, scattered points,
	// spokes, circles and texts.
	Polar bool `json:"polar,omitempty"`
	// Off hides everything but artists and title (axis('off')).
	Off bool `json:"off,omitempty"`
	// Hidden hides the axes altogether (set_visible(False)); their room stays.
	Hidden bool `json:"hidden,omitempty"`
	// HiddenSpines names sides of the frame that are not drawn.
	HiddenSpines Sides `json:"hiddenSpines"`
	// SpineOffsets is how far sides of the frame, with their ticks and labels, stand outside of it, in points.
	SpineOffsets Offsets `json:"spineOffsets"`
	// AxisBelow false draws grid lines above patches and below lines, as matplotlib's "line"; true draws them below all.
	AxisBelow bool      `json:"axisBelow,omitempty"`
	Artists   []Artist  `json:"-"`
	Legend    *Legend   `json:"legend,omitempty"`
	Colorbar  *Colorbar `json:"colorbar,omitempty"`
	// Style holds the settings in force when the axes were made.
	Style Style `json:"-"`

	cycle int
}

// Sides is one flag per side of a frame.
type Sides struct {
	Left   bool `json:"left,omitempty"`
	Right  bool `json:"right,omitempty"`
	Bottom bool `json:"bottom,omitempty"`
	Top    bool `json:"top,omitempty"`
}

// Offsets is one distance per side of a frame.
type Offsets struct {
	Left   float64 `json:"left,omitempty"`
	Right  float64 `json:"right,omitempty"`
	Bottom float64 `json:"bottom,omitempty"`
	Top    float64 `json:"top,omitempty"`
}

// around returns the box grown by the offsets.
func (o Offsets) around(b rect) rect {
	return rect{b.left - o.Left, b.top - o.Top, b.right + o.Right, b.bottom + o.Bottom}
}

// Axis is the x or y axis of Axes.
type Axis struct {
	Label     string  `json:"label,omitempty"`
	LabelSize float64 `json:"labelSize,omitempty"`
	LabelPad  float64 `json:"labelPad,omitempty"`
	// LabelPlace fixes where the label is, in fractions of the axes; nil is next to the tick labels.
	LabelPlace *[2]float64 `json:"labelPlace,omitempty"`
	LabelColor Color       `json:"labelColor"`
	// Low and High fix the ends; nil ends follow the data with a margin. Low > High turns the axis round.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	// Margin is the fraction of the data's extent added at each end; nil for the style's (0.05).
	Margin *float64 `json:"margin,omitempty"`
	// Inverted turns the axis round.
	Inverted bool  `json:"inverted,omitempty"`
	Scale    Scale `json:"scale,omitempty"`
	// LinearWithin is the half width of the linear part of a symlog scale; 0 means 2.
	LinearWithin float64 `json:"linearWithin,omitempty"`
	// Ticks replaces the automatic ticks if CustomTicks is set; TickLabels, if not nil, replaces their labels one by one.
	CustomTicks bool     `json:"customTicks,omitempty"`
	Ticks       Values   `json:"ticks,omitempty"`
	TickLabels  []string `json:"tickLabels,omitempty"`
	// MaxTicks bounds the number of automatic intervals; 0 is as many as fit, at most 9. IntegerTicks allows whole numbers only.
	MaxTicks     int  `json:"maxTicks,omitempty"`
	IntegerTicks bool `json:"integerTicks,omitempty"`
	// TickLabelSize is in points, 0 for the style's; TickRotation in degrees, anticlockwise.
	TickLabelSize  float64 `json:"tickLabelSize,omitempty"`
	TickRotation   float64 `json:"tickRotation,omitempty"`
	TickLabelColor Color   `json:"tickLabelColor"`
	// TickLength is in points, nil for the style's 3.5; TickInward turns ticks into the axes.
	TickLength *float64 `json:"tickLength,omitempty"`
	TickInward bool     `json:"tickInward,omitempty"`
	// HideLabels hides tick labels; HideTicks hides tick marks and labels; Hidden hides both and the axis label.
	HideLabels bool `json:"hideLabels,omitempty"`
	HideTicks  bool `json:"hideTicks,omitempty"`
	Hidden     bool `json:"hidden,omitempty"`
	// MinorTicks shows small ticks on linear axes; log axes always have them.
	MinorTicks bool `json:"minorTicks,omitempty"`
	// PlainNumbers forbids offsets and powers of ten in labels; Scientific asks for a power of ten.
	PlainNumbers bool `json:"plainNumbers,omitempty"`
	Scientific   bool `json:"scientific,omitempty"`
	// PlainLabels writes the numbers at the ticks of a log axis as those of a linear one. LabelFormat is how all are written, for
	// instance "%.1f ms"; see CheckLabelFormat.
	PlainLabels bool   `json:"plainLabels,omitempty"`
	LabelFormat string `json:"labelFormat,omitempty"`
	// Opposite puts ticks and label at the top or on the right.
	Opposite bool `json:"opposite,omitempty"`
	Grid     Grid `json:"grid"`
	// Share is a group of axes with the same limits and scale, 0 for none.
	Share int `json:"share,omitempty"`
}

// Scale is how an axis maps values to positions.
type Scale string

// The scales. The empty Scale is linear.
const (
	Linear Scale = "linear"
	Log    Scale = "log"
	Symlog Scale = "symlog"
)

// Grid is the lines that run from ticks through the axes. Unset fields take the style's grid settings.
type Grid struct {
	On bool `json:"on,omitempty"`
	// Minor draws lines at minor ticks too.
	Minor bool      `json:"minor,omitempty"`
	Color Color     `json:"color"`
	Style LineStyle `json:"style,omitempty"`
	Width float64   `json:"width,omitempty"`
	Alpha *float64  `json:"alpha,omitempty"`
}

// Legend lists artists by their labels.
type Legend struct {
	// Loc is matplotlib's name of a place ("best", "upper right", "center left", ...); empty means "best". With
	// Anchor, that corner of the legend stands at a point in fractions of the axes.
	Loc    string      `json:"loc,omitempty"`
	Anchor *[2]float64 `json:"anchor,omitempty"`
	Title  string      `json:"title,omitempty"`
	// Columns is the number of columns, 0 for 1.
	Columns  int     `json:"columns,omitempty"`
	FontSize float64 `json:"fontSize,omitempty"`
	NoFrame  bool    `json:"noFrame,omitempty"`
	// FrameAlpha is the opacity of the frame, nil for 0.8.
	FrameAlpha *float64 `json:"frameAlpha,omitempty"`
	// MarkerScale scales markers, 0 for 1.
	MarkerScale float64 `json:"markerScale,omitempty"`
	// Entries replaces the artists that have labels, in the order of their addition.
	Entries []LegendEntry `json:"-"`
}

// LegendEntry is one line of a legend: an artist shown by a small likeness, and a text.
type LegendEntry struct {
	Artist Artist
	Label  string
}

// Colorbar makes axes a scale of colours.
type Colorbar struct {
	// Parent is the ID of the axes that make room.
	Parent int `json:"parent"`
	// Fraction of the parent that is taken, and Pad, the gap, as a fraction of the parent too; Shrink scales the length.
	Fraction   float64 `json:"fraction"`
	Pad        float64 `json:"pad"`
	Shrink     float64 `json:"shrink"`
	Horizontal bool    `json:"horizontal,omitempty"`
	// Source is the artist whose colours are shown.
	Source Mapped `json:"-"`
}

// Add appends artists and returns the axes.
func (a *Axes) Add(artists ...Artist) *Axes {
	a.Artists = append(a.Artists, artists...)
	return a
}

// NextColor returns the next colour of the cycle, for an artist for which the user gave none.
func (a *Axes) NextColor() Color {
	cycle := a.Style.cycle()
	c := cycle[a.cycle%len(cycle)]
	a.cycle++
	return c
}

// Clear takes away what the axes show and all settings but their place (cla).
func (a *Axes) Clear() {
	fresh := Axes{ID: a.ID, Place: a.Place, TwinOf: a.TwinOf, FaceColor: a.Style.AxesFaceColor, Style: a.Style}
	fresh.X.Grid.On, fresh.Y.Grid.On = a.Style.AxesGrid, a.Style.AxesGrid
	fresh.X.Share, fresh.Y.Share = a.X.Share, a.Y.Share
	fresh.X.HideLabels, fresh.Y.HideLabels = a.X.HideLabels, a.Y.HideLabels
	fresh.X.Opposite, fresh.Y.Opposite = a.X.Opposite, a.Y.Opposite
	*a = fresh
}

// Labelled returns the legend entries that Legend shows when it names none: artists with labels that do not begin
// with an underscore.
func (a *Axes) Labelled() []LegendEntry {
	var entries []LegendEntry
	for _, artist := range a.Artists {
		if label := artist.common().Label; label != "" && label[0] != '_' {
			entries = append(entries, LegendEntry{artist, label})
		}
	}
	return entries
}

// SetLimits fixes both ends of the axis.
func (x *Axis) SetLimits(low, high float64) { x.Low, x.High = &low, &high }

// SetTicks fixes the ticks; labels may be nil.
func (x *Axis) SetTicks(ticks []float64, labels []string) {
	x.CustomTicks, x.Ticks, x.TickLabels = true, ticks, labels
}

// String describes the axes and its artists.
func (a *Axes) String() string {
	var b strings.Builder
	p := a.Place
	fmt.Fprintf(&b, "axes %d: ", a.ID)
	switch {
	case a.Colorbar != nil:
		fmt.Fprintf(&b, "colorbar of axes %d", a.Colorbar.Parent)
	case p.Rect != nil:
		fmt.Fprintf(&b, "at %v", *p.Rect)
	default:
		fmt.Fprintf(&b, "row %d, column %d of %d x %d", p.Row, p.Col, p.Rows, p.Cols)
	}
	if a.Polar {
		b.WriteString(", polar")
	}
	if a.TwinOf != 0 {
		fmt.Fprintf(&b, ", twin of axes %d", a.TwinOf)
	}
	for _, text := range []struct{ name, value string }{{"title", a.Title}, {"x", a.X.Label}, {"y", a.Y.Label}} {
		if text.value != "" {
			fmt.Fprintf(&b, ", %s %q", text.name, text.value)
		}
	}
	for _, axis := range []struct {
		name string
		*Axis
	}{{"x", &a.X}, {"y", &a.Y}} {
		if axis.Scale != "" && axis.Scale != Linear {
			fmt.Fprintf(&b, ", %s %s", axis.name, axis.Scale)
		}
		if axis.Low != nil && axis.High != nil {
			fmt.Fprintf(&b, ", %s from %g to %g", axis.name, *axis.Low, *axis.High)
		}
	}
	if a.Legend != nil {
		b.WriteString(", legend")
	}
	b.WriteByte('\n')
	for _, artist := range a.Artists {
		fmt.Fprintf(&b, "  %s\n", artist)
	}
	return b.String()
}
