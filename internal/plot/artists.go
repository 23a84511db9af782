package plot

import "fmt"

// Artist is one thing drawn in axes: *Line, *Scatter, *Bars, *Stairs, *FillBetween, *Image, *Mesh, *Contour,
// *ErrorBar, *SpanLine, *Span, *Segments, *Text, *EventPlot or *Patch.
type Artist interface {
	fmt.Stringer
	// Kind is the name of the type in lower case.
	Kind() string
	common() *Common
	defaultZ() float64
	extend(*extent)
	draw(*axesPainter)
	drawKey(*axesPainter, rect)
}

// Common is what all artists have.
type Common struct {
	// Label names the artist in the legend.
	Label string `json:"label,omitempty"`
	// Alpha is the opacity, 0 to 1; nil leaves colours as they are.
	Alpha *float64 `json:"alpha,omitempty"`
	// Z orders artists, higher above lower; nil is matplotlib's: images 0, patches and collections 1, lines 2, text 3.
	Z *float64 `json:"z,omitempty"`
	// NoClip lets the artist reach beyond the frame.
	NoClip bool `json:"noClip,omitempty"`
	Hidden bool `json:"hidden,omitempty"`
}

func (c *Common) common() *Common { return c }

// Series is a run of numbers that need not be in memory as float64: a recorded trace that is unpacked as it is read.
type Series interface {
	// Len is the number of values.
	Len() int
	// Read copies values from index from on into dst and returns how many it copied: len(dst) or as many as there are.
	Read(dst []float64, from int) int
}

// Values is a Series in memory. In JSON, NaN and infinities are null.
type Values []float64

// Len returns the number of values.
func (v Values) Len() int { return len(v) }

// Read copies values from index from on.
func (v Values) Read(dst []float64, from int) int { return copy(dst, v[from:]) }

// LineStyle is "-", "--", "-.", ":" or "None" (also "none", "", " ": no line); the names solid, dashed, dashdot,
// dotted are accepted too.
type LineStyle string

// Marker is one of matplotlib's markers, . , o v ^ < > 1 2 3 4 8 s p P * h H + x X D d | _ or mathtext between
// dollar signs; "None", "none", "" or " " is no marker.
type Marker string

// DrawStyle says how a line goes from point to point; the empty DrawStyle is straight.
type DrawStyle string

// Steps change value before, in the middle of, or after an interval: "steps-pre" holds y[i] over (x[i-1], x[i]].
const (
	StepsPre  DrawStyle = "steps-pre"
	StepsMid  DrawStyle = "steps-mid"
	StepsPost DrawStyle = "steps-post"
)

// Line is points joined by lines, or marked, or both. Points with NaN interrupt it. X and Y have equal length; a nil X
// counts 0, 1, 2, ...
type Line struct {
	Common
	X Series `json:"x"`
	Y Series `json:"y"`
	// Color paints line and markers. The zero Color is no paint; use Axes.NextColor for the cycle.
	Color Color     `json:"color"`
	Style LineStyle `json:"style,omitempty"`
	// Width is in points, 0 for the style's lines.linewidth.
	Width float64 `json:"width,omitempty"`
	// Dashes, if set, replaces Style: lengths on and off in units of Width.
	Dashes    []float64 `json:"dashes,omitempty"`
	DrawStyle DrawStyle `json:"drawStyle,omitempty"`
	Marker    Marker    `json:"marker,omitempty"`
	// MarkerSize is in points, 0 for the style's lines.markersize (6); MarkerEdgeWidth 0 is 1 point.
	MarkerSize      float64 `json:"markerSize,omitempty"`
	MarkerEdgeWidth float64 `json:"markerEdgeWidth,omitempty"`
	// MarkerFace and MarkerEdge, if set, replace Color; NoMarkerFace leaves markers hollow.
	MarkerFace   Color `json:"markerFace"`
	MarkerEdge   Color `json:"markerEdge"`
	NoMarkerFace bool  `json:"noMarkerFace,omitempty"`
	// MarkEvery marks every n-th point, 0 for all.
	MarkEvery int `json:"markEvery,omitempty"`
}

// Mapping is how values become colours.
type Mapping struct {
	// Colormap is matplotlib's name; empty for the style's image.cmap.
	Colormap string `json:"colormap,omitempty"`
	// Low and High are the values of the first and last colour; nil for the data's.
	Low  *float64 `json:"low,omitempty"`
	High *float64 `json:"high,omitempty"`
	Log  bool     `json:"log,omitempty"`
}

// Mapped is an artist that maps values to colours and so can have a colorbar.
type Mapped interface {
	Artist
	mapping() (*Mapping, valueRange)
}

// Scatter is markers of varying size and colour.
type Scatter struct {
	Common
	X Values `json:"x"`
	Y Values `json:"y"`
	// Sizes are areas in square points, one for all or one each; nil is 36.
	Sizes Values `json:"sizes,omitempty"`
	// Colors are one for all or one each; or Values are mapped by Mapping.
	Colors  []Color `json:"colors,omitempty"`
	Values  Values  `json:"values,omitempty"`
	Mapping Mapping `json:"mapping"`
	Marker  Marker  `json:"marker,omitempty"`
	// Edge, if set, outlines markers; EdgeWidth 0 is 1 point (1.5 for markers that are only lines). Hollow leaves the faces empty.
	Edge      Color   `json:"edge"`
	EdgeWidth float64 `json:"edgeWidth,omitempty"`
	Hollow    bool    `json:"hollow,omitempty"`
}

// Bars is rectangles from a base: bar, barh and hist. Position, Length, Thickness, Base have equal length, or length 1
// for all bars.
type Bars struct {
	Common
	// Position is the centre of each bar along the category axis.
	Position Values `json:"position"`
	Length   Values `json:"length"`
	// Thickness nil is 0.8, Base nil is 0.
	Thickness Values `json:"thickness,omitempty"`
	Base      Values `json:"base,omitempty"`
	// Horizontal bars lie: Position counts along y.
	Horizontal bool `json:"horizontal,omitempty"`
	// Colors are one for all or one each.
	Colors []Color `json:"colors"`
	// Edge, if set, outlines the bars; EdgeWidth 0 is 1 point.
	Edge      Color   `json:"edge"`
	EdgeWidth float64 `json:"edgeWidth,omitempty"`
	Hatch     string  `json:"hatch,omitempty"`
	// Errors, if set, are half lengths of error bars (one for all or one each), with CapSize points.
	Errors  Values  `json:"errors,omitempty"`
	CapSize float64 `json:"capSize,omitempty"`
}

// Stairs is a histogram as one outline: hist(histtype='step' or 'stepfilled') and stairs. Edges has one element more
// than Heights.
type Stairs struct {
	Common
	Edges   Values `json:"edges"`
	Heights Values `json:"heights"`
	// Base is the level at which the outline begins and ends, or one level per step; nil is 0.
	Base       Values    `json:"base,omitempty"`
	Horizontal bool      `json:"horizontal,omitempty"`
	Filled     bool      `json:"filled,omitempty"`
	Color      Color     `json:"color"`
	Edge       Color     `json:"edge"`
	Style      LineStyle `json:"style,omitempty"`
	Width      float64   `json:"width,omitempty"`
}

// FillBetween is the area between two curves. Second has length 1 or that of X.
type FillBetween struct {
	Common
	X      Values `json:"x"`
	First  Values `json:"first"`
	Second Values `json:"second"`
	// Where, if not nil, limits the area to intervals both of whose ends are true.
	Where []bool `json:"where,omitempty"`
	// Step is "", "pre", "mid" or "post".
	Step string `json:"step,omitempty"`
	// Horizontal is fill_betweenx: X counts along y.
	Horizontal bool    `json:"horizontal,omitempty"`
	Color      Color   `json:"color"`
	Edge       Color   `json:"edge"`
	Width      float64 `json:"width,omitempty"`
}

// Image is imshow: a matrix of values as coloured cells, or of colours.
type Image struct {
	Common
	Rows int `json:"rows"`
	Cols int `json:"cols"`
	// Values has Rows*Cols elements, row by row; or Colors has.
	Values  Values  `json:"values,omitempty"`
	Colors  []Color `json:"colors,omitempty"`
	Mapping Mapping `json:"mapping"`
	// LowerOrigin puts row 0 at the bottom; otherwise it is at the top and the y axis runs down.
	LowerOrigin bool `json:"lowerOrigin,omitempty"`
	// Extent is left, right, bottom, top in data units; nil is -0.5 to Cols-0.5 and Rows-0.5 to -0.5.
	Extent *[4]float64 `json:"extent,omitempty"`
	// Smooth interpolates between cells ("bilinear" and the like); otherwise cells are flat.
	Smooth bool `json:"smooth,omitempty"`
}

// Mesh is pcolormesh: a grid of coloured cells. Values is row by row, rows along Y.
type Mesh struct {
	Common
	// X has cols+1 edges (or cols centres), Y has rows+1 edges (or rows centres).
	X       Values  `json:"x"`
	Y       Values  `json:"y"`
	Rows    int     `json:"rows"`
	Cols    int     `json:"cols"`
	Values  Values  `json:"values"`
	Mapping Mapping `json:"mapping"`
	// Edge, if set, outlines cells.
	Edge Color `json:"edge"`
}

// Contour is lines of equal value, or the areas between them, over a grid of points.
type Contour struct {
	Common
	// X has Cols, Y has Rows, Values Rows*Cols elements, row by row.
	X      Values `json:"x"`
	Y      Values `json:"y"`
	Rows   int    `json:"rows"`
	Cols   int    `json:"cols"`
	Values Values `json:"values"`
	// Levels, in increasing order; nil chooses about LevelCount (0 for 7) nice ones.
	Levels     Values  `json:"levels,omitempty"`
	LevelCount int     `json:"levelCount,omitempty"`
	Filled     bool    `json:"filled,omitempty"`
	Mapping    Mapping `json:"mapping"`
	// Colors replaces the mapping: one for all or one per level.
	Colors []Color   `json:"colors,omitempty"`
	Width  float64   `json:"width,omitempty"`
	Style  LineStyle `json:"style,omitempty"`
	// LevelLabels writes values on the lines (clabel).
	LevelLabels bool `json:"levelLabels,omitempty"`
}

// ErrorBar is a line with error bars. Errors are lengths below and above (left and right), one for all or one each.
type ErrorBar struct {
	Line
	YLower Values `json:"yLower,omitempty"`
	YUpper Values `json:"yUpper,omitempty"`
	XLower Values `json:"xLower,omitempty"`
	XUpper Values `json:"xUpper,omitempty"`
	// BarColor, if set, replaces Color; BarWidth 0 is the line's width; CapSize is in points, 0 for none.
	BarColor Color   `json:"barColor"`
	BarWidth float64 `json:"barWidth,omitempty"`
	CapSize  float64 `json:"capSize,omitempty"`
}

// SpanLine is axhline and axvline: a line through the whole axes at one value, From and To being fractions of the
// axes (both 0 means all); or, with Slope and Through set, axline.
type SpanLine struct {
	Common
	At       float64     `json:"at"`
	Vertical bool        `json:"vertical,omitempty"`
	From     float64     `json:"from,omitempty"`
	To       float64     `json:"to,omitempty"`
	Slope    *float64    `json:"slope,omitempty"`
	Through  *[2]float64 `json:"through,omitempty"`
	Color    Color       `json:"color"`
	Style    LineStyle   `json:"style,omitempty"`
	Width    float64     `json:"width,omitempty"`
}

// Span is axhspan and axvspan: a band through the whole axes, From and To being fractions (both 0 means all).
type Span struct {
	Common
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Vertical bool    `json:"vertical,omitempty"`
	From     float64 `json:"from,omitempty"`
	To       float64 `json:"to,omitempty"`
	Color    Color   `json:"color"`
	Edge     Color   `json:"edge"`
	Width    float64 `json:"width,omitempty"`
}

// Segments is hlines and vlines: at each At a line from Start to End. Start, End and Colors have length 1 or that of At.
type Segments struct {
	Common
	At       Values    `json:"at"`
	Start    Values    `json:"start"`
	End      Values    `json:"end"`
	Vertical bool      `json:"vertical,omitempty"`
	Colors   []Color   `json:"colors"`
	Style    LineStyle `json:"style,omitempty"`
	Width    float64   `json:"width,omitempty"`
}

// Coordinates says what positions count in.
type Coordinates string

// Positions in data units (the default), in fractions of the axes, in fractions of the page, or in points from the point pointed at.
const (
	DataCoordinates   Coordinates = ""
	AxesCoordinates   Coordinates = "axes"
	FigureCoordinates Coordinates = "figure"
	OffsetPoints      Coordinates = "offset points"
)

// Text is a text, perhaps with an arrow to a point (annotate).
type Text struct {
	Common
	X           float64     `json:"x"`
	Y           float64     `json:"y"`
	Coordinates Coordinates `json:"coordinates,omitempty"`
	Text        string      `json:"text"`
	// Size is in points, 0 for the style's font.size.
	Size     float64 `json:"size,omitempty"`
	Color    Color   `json:"color"`
	Bold     bool    `json:"bold,omitempty"`
	Italic   bool    `json:"italic,omitempty"`
	Rotation float64 `json:"rotation,omitempty"`
	// HAlign is "left" (or empty), "center", "right"; VAlign "baseline" (or empty), "bottom", "center", "top".
	HAlign string `json:"hAlign,omitempty"`
	VAlign string `json:"vAlign,omitempty"`
	Box    *Box   `json:"box,omitempty"`
	Arrow  *Arrow `json:"arrow,omitempty"`
}

// Box is a frame behind a text. Pad is in units of the font size.
type Box struct {
	Face  Color    `json:"face"`
	Edge  Color    `json:"edge"`
	Pad   float64  `json:"pad"`
	Round bool     `json:"round,omitempty"`
	Alpha *float64 `json:"alpha,omitempty"`
}

// Arrow points from a text to a point.
type Arrow struct {
	X           float64     `json:"x"`
	Y           float64     `json:"y"`
	Coordinates Coordinates `json:"coordinates,omitempty"`
	// Style is "->", "-", "<-", "<->", "-|>", "<|-|>" or "simple" and "fancy" (both drawn as a filled arrow); empty is a filled arrow.
	Style  string  `json:"style,omitempty"`
	Color  Color   `json:"color"`
	Width  float64 `json:"width,omitempty"`
	Shrink float64 `json:"shrink,omitempty"`
	// Head is the length of the head in points, 0 for 8.
	Head float64 `json:"head,omitempty"`
	// Curvature bends the arrow (arc3,rad=).
	Curvature float64 `json:"curvature,omitempty"`
}

// EventPlot is rows of short lines, one row per sequence of events.
type EventPlot struct {
	Common
	Positions []Values `json:"positions"`
	// Offsets nil is 0, 1, 2, ...; Lengths nil is 1. Each has length 1 or one per row.
	Offsets  Values    `json:"offsets,omitempty"`
	Lengths  Values    `json:"lengths,omitempty"`
	Colors   []Color   `json:"colors"`
	Width    float64   `json:"width,omitempty"`
	Style    LineStyle `json:"style,omitempty"`
	Vertical bool      `json:"vertical,omitempty"`
}

// Patch is a filled outline in data units: a polygon of X, Y, or an ellipse (circle) around Centre with Radii.
type Patch struct {
	Common
	X      Values      `json:"x,omitempty"`
	Y      Values      `json:"y,omitempty"`
	Centre *[2]float64 `json:"centre,omitempty"`
	Radii  [2]float64  `json:"radii"`
	// Angle turns an ellipse, in degrees anticlockwise.
	Angle float64 `json:"angle,omitempty"`
	// Open leaves the outline open and unfilled.
	Open  bool      `json:"open,omitempty"`
	Face  Color     `json:"face"`
	Edge  Color     `json:"edge"`
	Width float64   `json:"width,omitempty"`
	Style LineStyle `json:"style,omitempty"`
	Hatch string    `json:"hatch,omitempty"`
	// Coordinates other than data units.
	Coordinates Coordinates `json:"coordinates,omitempty"`
}

// Rectangle returns a patch with its lower left corner at x, y.
func Rectangle(x, y, width, height float64) *Patch {
	return &Patch{X: Values{x, x + width, x + width, x}, Y: Values{y, y, y + height, y + height}}
}

// Circle returns a patch around x, y.
func Circle(x, y, radius float64) *Patch {
	return &Patch{Centre: &[2]float64{x, y}, Radii: [2]float64{radius, radius}}
}

// Float returns a pointer to a number, for optional fields.
func Float(v float64) *float64 { return &v }
