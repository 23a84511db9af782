// Package figure draws what simulations have recorded: pages of axes with curves, points and areas, in the look of
// matplotlib, saved as PNG, SVG or PDF.
//
//	page := figure.New(13, 4)
//	axes := page.Subplots(2, 1, figure.Grid{ShareX: figure.All})
//	axes[0].Add(figure.Plot(t, v, "C0-"))
//	axes[0].Y.Label = "v (mV)"
//	axes[1].Add(figure.Plot(spikes.Times(), numbers, "k,"))
//	err := page.Save("trace.png")
//
// A figure is plain data: every setting of the types below may be changed until it is saved. It has the types of the
// renderer; this package adds the short ways of making them. It does not know neurons, units or recordings: numbers
// come in as float64.
package figure

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"synfire/internal/plot"
)

// The parts of a figure. Axes holds artists: *Line, *Bars, *Span and so on.
type (
	Axes        = plot.Axes
	Axis        = plot.Axis
	Artist      = plot.Artist
	Line        = plot.Line
	Scatter     = plot.Scatter
	Bars        = plot.Bars
	FillBetween = plot.FillBetween
	Image       = plot.Image
	Span        = plot.Span
	SpanLine    = plot.SpanLine
	Segments    = plot.Segments
	Text        = plot.Text
	EventPlot   = plot.EventPlot
	Legend      = plot.Legend
	Values      = plot.Values
	Series      = plot.Series
	Color       = plot.Color
	Style       = plot.Style
	Grid        = plot.GridOptions
)

// All, in Grid, makes all axes of a grid share an axis; Columns, those that stand above each other; Rows, those that
// stand side by side.
const (
	All     = plot.ShareAll
	Columns = plot.ShareCol
	Rows    = plot.ShareRow
)

// Figure is a page of axes.
type Figure struct{ *plot.Figure }

// New returns an empty page of the given size in inches.
func New(width, height float64) Figure {
	f := plot.NewFigure(1, plot.DefaultStyle())
	f.Width, f.Height, f.TightLayout = width, height, true
	return Figure{f}
}

// Axes fills the page with one coordinate system.
func (f Figure) Axes() *Axes { return f.Subplots(1, 1, Grid{})[0] }

// Subplots fills the page with a grid of axes and returns them row by row. It panics if the grid's ratios do not fit its
// size, which is an error of the program.
func (f Figure) Subplots(rows, columns int, grid Grid) []*Axes {
	axes, err := f.Figure.Subplots(rows, columns, grid)
	if err != nil {
		panic(fmt.Sprintf("BUG: %v", err))
	}
	return axes
}

// Plot returns a line through points, or their markers. The format is matplotlib's: a colour, a marker and a line style
// ("C0-", "k,", "r--"); a wrong one panics, which is an error of the program. A nil x counts 0, 1, 2, ...
func Plot(x, y []float64, format string) *Line {
	f, err := plot.ParseFormat(format, nil)
	if err != nil {
		panic(fmt.Sprintf("BUG: %v", err))
	}
	if !f.HasColor {
		f.Color = Paint("C0")
	}
	line := &Line{Y: Values(y), Color: f.Color, Style: f.Style, Marker: f.Marker}
	if x != nil {
		line.X = Values(x)
	}
	if f.Line() && line.Style == "" {
		line.Style = "-"
	}
	return line
}

// Histogram returns the outline of how many values lie in each of equally wide bins between low and high. Values
// outside are not counted.
func Histogram(values []float64, bins int, low, high float64, color string) *Bars {
	width := (high - low) / float64(bins)
	bars := &Bars{Position: make(Values, bins), Length: make(Values, bins), Thickness: Values{width}, Colors: []Color{Paint(color)}}
	for k := range bins {
		bars.Position[k] = low + (float64(k)+0.5)*width
	}
	for _, x := range values {
		if x >= low && x <= high {
			bars.Length[min(int((x-low)/width), bins-1)]++
		}
	}
	return bars
}

// Paint returns a colour by matplotlib's name: "k", "steelblue", "C3", "0.9", "#1f77b4". A wrong name panics, which is an
// error of the program.
func Paint(name string) Color {
	color, err := plot.ParseColor(name, nil)
	if err != nil {
		panic(fmt.Sprintf("BUG: %v", err))
	}
	return color
}

// Opacity returns a value for the field Alpha of artists, from 0 to 1.
func Opacity(alpha float64) *float64 { return &alpha }

// Save writes the figure to a file, in the format that the name ends in: .png (two pixels per logical pixel), .svg or
// .pdf. A file of that name is replaced.
func (f Figure) Save(path string) error {
	var render func(io.Writer) error
	switch extension := strings.ToLower(filepath.Ext(path)); extension {
	case ".png":
		render = func(w io.Writer) error { return plot.RenderPNG(w, f.Figure, 2) }
	case ".svg":
		render = func(w io.Writer) error { return plot.RenderSVG(w, f.Figure) }
	case ".pdf":
		render = func(w io.Writer) error { return plot.RenderPDF(w, f.Figure) }
	default:
		return fmt.Errorf("figures are saved as .png, .svg or .pdf, not as %q", extension)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := render(file); err != nil {
		_ = file.Close() // the first error is the one that matters
		return err
	}
	return file.Close()
}
