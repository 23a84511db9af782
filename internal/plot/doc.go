// Package plot is the figure model and its renderers: figures, axes and artists as users of matplotlib
// know them, as plain data, drawn as PNG, SVG or PDF. The look (sizes, ticks, margins, colours, layout) is
// that of matplotlib 3.
//
// A caller builds a Figure (NewFigure, Figure.Subplots, Figure.Subplot, Figure.AddAxes), gives its Axes
// artists (Axes.Add) and settings, and calls RenderPNG, RenderSVG or RenderPDF. Rendering reads the model and
// never changes it, so a figure may be drawn as often as one likes, and the same figure gives the same bytes.
//
// Lengths are in points (1/72 inch) where they belong to the drawing (line widths, marker and font sizes), in
// data units where they belong to the data, and in fractions where a comment says so.
//
// The package does not know Python, NumPy, units, neurons or notebooks: numbers come in as Series of float64,
// text as strings (with mathtext between dollar signs), and keywords have been taken apart by the caller. It also
// does not know who looks at a figure or where it is stored.
package plot
