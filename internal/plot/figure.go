package plot

import (
	"fmt"
	"strings"
)

// Figure is a page of axes.
type Figure struct {
	// Number is the figure's number as the user counts, from 1.
	Number int `json:"number"`
	// Width and Height are in inches; DPI, the logical pixels per inch at which the figure is shown, is 72 if zero.
	Width  float64 `json:"width"`
	Height float64 `json:"height"`
	DPI    float64 `json:"dpi,omitempty"`
	// Suptitle stands over all axes; SuptitleSize is in points, 0 for the style's figure.titlesize.
	Suptitle     string  `json:"suptitle,omitempty"`
	SuptitleSize float64 `json:"suptitleSize,omitempty"`
	// FaceColor is the page's colour. The zero Color is no paint at all: a transparent page.
	FaceColor Color `json:"faceColor"`
	// TightLayout fills the page with the axes as matplotlib's tight_layout does. Without it axes stand where
	// Margins says and only gaps that are too narrow for their labels are widened. Either way the page is cropped
	// to what is drawn, so nothing is ever cut off, unless KeepPage is set.
	TightLayout bool `json:"tightLayout,omitempty"`
	KeepPage    bool `json:"keepPage,omitempty"`
	// Margins places the grid of axes on the page.
	Margins Margins `json:"margins"`
	// Axes in the order of their creation.
	Axes []*Axes `json:"axes"`
	// Legend and Texts belong to the page as a whole; positions are fractions of the page.
	Legend *Legend `json:"legend,omitempty"`
	Texts  []*Text `json:"texts,omitempty"`
	// Style holds the settings in force when the figure was made; new axes copy it.
	Style Style `json:"-"`

	nextShare int
}

// Margins places a grid of axes: edges as fractions of the page, and the gaps between neighbours as fractions of
// the mean size of the axes (figure.subplot.* of matplotlib).
type Margins struct {
	Left   float64 `json:"left"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
	Top    float64 `json:"top"`
	Wspace float64 `json:"wspace"`
	Hspace float64 `json:"hspace"`
	// Fixed gaps are not widened for labels (subplots_adjust).
	Fixed bool `json:"fixed,omitempty"`
}

// NewFigure returns an empty figure with the size, resolution and colours of the style.
func NewFigure(number int, style Style) *Figure {
	return &Figure{
		Number: number, Width: style.FigureWidth, Height: style.FigureHeight, DPI: style.FigureDPI,
		FaceColor: style.FigureFaceColor, Margins: style.Margins, TightLayout: style.TightLayout, Style: style,
	}
}

// Place is where axes stand in a grid of Rows x Cols cells: at Row, Col (from 0, top left), covering RowSpan x
// ColSpan cells (0 means 1). Ratios are relative sizes of the rows and columns; nil means equal.
type Place struct {
	Rows         int       `json:"rows"`
	Cols         int       `json:"cols"`
	Row          int       `json:"row"`
	Col          int       `json:"col"`
	RowSpan      int       `json:"rowSpan,omitempty"`
	ColSpan      int       `json:"colSpan,omitempty"`
	HeightRatios []float64 `json:"heightRatios,omitempty"`
	WidthRatios  []float64 `json:"widthRatios,omitempty"`
	// Hspace and Wspace, if set, replace the figure's gaps for this grid.
	Hspace *float64 `json:"hspace,omitempty"`
	Wspace *float64 `json:"wspace,omitempty"`
	// Rect, if set, places the axes by itself: left, bottom, width, height as fractions of the page, or, with Inside, of
	// the axes of that ID.
	Rect   *[4]float64 `json:"rect,omitempty"`
	Inside int         `json:"inside,omitempty"`
}

// Sharing says which axes of a grid have a common axis.
type Sharing string

// The ways of sharing an axis within Subplots.
const (
	ShareNone Sharing = ""
	ShareAll  Sharing = "all"
	ShareRow  Sharing = "row"
	ShareCol  Sharing = "col"
)

// GridOptions are the options of Subplots.
type GridOptions struct {
	ShareX, ShareY            Sharing
	HeightRatios, WidthRatios []float64
	Hspace, Wspace            *float64
}

// Subplots fills the page with a grid of axes and returns them row by row. Where axes share an axis, the tick
// labels are shown on the outer ones only.
func (f *Figure) Subplots(rows, cols int, options GridOptions) ([]*Axes, error) {
	if rows < 1 || cols < 1 {
		return nil, fmt.Errorf("number of rows and columns must be positive, not %d and %d", rows, cols)
	}
	if n := len(options.HeightRatios); n != 0 && n != rows {
		return nil, fmt.Errorf("expected %d height ratios, one per row, but got %d", rows, n)
	}
	if n := len(options.WidthRatios); n != 0 && n != cols {
		return nil, fmt.Errorf("expected %d width ratios, one per column, but got %d", cols, n)
	}
	xgroups := f.shareGroups(options.ShareX, rows, cols)
	ygroups := f.shareGroups(options.ShareY, rows, cols)
	var all []*Axes
	for row := range rows {
		for col := range cols {
			a := f.AddAxes(Place{
				Rows: rows, Cols: cols, Row: row, Col: col,
				HeightRatios: options.HeightRatios, WidthRatios: options.WidthRatios,
				Hspace: options.Hspace, Wspace: options.Wspace,
			}, f.Style)
			a.X.Share, a.Y.Share = xgroups[row*cols+col], ygroups[row*cols+col]
			if (options.ShareX == ShareAll || options.ShareX == ShareCol) && row < rows-1 {
				a.X.HideLabels = true
			}
			if (options.ShareY == ShareAll || options.ShareY == ShareRow) && col > 0 {
				a.Y.HideLabels = true
			}
			all = append(all, a)
		}
	}
	return all, nil
}

// shareGroups returns a group number per cell of a grid; 0 is no group.
func (f *Figure) shareGroups(sharing Sharing, rows, cols int) []int {
	groups := make([]int, rows*cols)
	if sharing == ShareNone {
		return groups
	}
	first, count := f.nextShare+1, 1
	for i := range groups {
		switch sharing {
		case ShareAll:
			groups[i] = first
		case ShareRow:
			groups[i], count = first+i/cols, rows
		case ShareCol:
			groups[i], count = first+i%cols, cols
		}
	}
	f.nextShare += count
	return groups
}

// ShareX makes b's x axis follow a's: same limits, scale and ticks.
func (f *Figure) ShareX(a, b *Axes) { f.share(&a.X, &b.X) }

// ShareY makes b's y axis follow a's.
func (f *Figure) ShareY(a, b *Axes) { f.share(&a.Y, &b.Y) }

func (f *Figure) share(a, b *Axis) {
	if a.Share == 0 {
		f.nextShare++
		a.Share = f.nextShare
	}
	b.Share = a.Share
}

// Subplot returns the axes in cells first to last (from 1, row by row) of a grid, making them if they do not
// exist; subplot(2, 1, 1) and subplot(2, 2, (1, 3)) of matplotlib.
func (f *Figure) Subplot(rows, cols, first, last int) (*Axes, error) {
	if rows < 1 || cols < 1 {
		return nil, fmt.Errorf("number of rows and columns must be positive, not %d and %d", rows, cols)
	}
	if first < 1 || last > rows*cols || first > last {
		return nil, fmt.Errorf("num must be an integer with 1 <= num <= %d, not %d", rows*cols, first)
	}
	row0, col0, row1, col1 := (first-1)/cols, (first-1)%cols, (last-1)/cols, (last-1)%cols
	place := Place{
		Rows: rows, Cols: cols, Row: min(row0, row1), Col: min(col0, col1),
		RowSpan: max(row0, row1) - min(row0, row1) + 1, ColSpan: max(col0, col1) - min(col0, col1) + 1,
	}
	for _, a := range f.Axes {
		p := a.Place
		if p.Rect == nil && a.TwinOf == 0 && a.Colorbar == nil && p.Rows == rows && p.Cols == cols && p.Row == place.Row &&
			p.Col == place.Col && max(p.RowSpan, 1) == place.RowSpan && max(p.ColSpan, 1) == place.ColSpan {
			return a, nil
		}
	}
	return f.AddAxes(place, f.Style), nil
}

// AddAxes appends empty axes with the given settings. A zero Place is the whole page.
func (f *Figure) AddAxes(place Place, style Style) *Axes {
	if place.Rows == 0 {
		place.Rows, place.Cols = 1, 1
	}
	id := 1
	for _, a := range f.Axes {
		id = max(id, a.ID+1)
	}
	a := &Axes{ID: id, Place: place, FaceColor: style.AxesFaceColor, Style: style}
	a.X.Grid.On, a.Y.Grid.On = style.AxesGrid, style.AxesGrid
	f.Axes = append(f.Axes, a)
	return a
}

// TwinX returns new axes over a with the same x axis and their own y axis on the right.
func (f *Figure) TwinX(a *Axes) *Axes {
	b := f.twin(a)
	f.ShareX(a, b)
	b.X.Hidden, b.Y.Opposite, b.Y.Grid.On = true, true, false
	return b
}

// TwinY returns new axes over a with the same y axis and their own x axis at the top.
func (f *Figure) TwinY(a *Axes) *Axes {
	b := f.twin(a)
	f.ShareY(a, b)
	b.Y.Hidden, b.X.Opposite, b.X.Grid.On = true, true, false
	return b
}

func (f *Figure) twin(a *Axes) *Axes {
	b := f.AddAxes(a.Place, a.Style)
	b.TwinOf, b.FaceColor = a.ID, Color{}
	return b
}

// AddColorbar returns new axes that show how an artist maps values to colours; they take their room from parent.
// The artist must have a Mapping (Image, Mesh, Scatter with values, Contour).
func (f *Figure) AddColorbar(parent *Axes, artist Mapped, label string) *Axes {
	a := f.AddAxes(parent.Place, parent.Style)
	a.X.Grid.On, a.Y.Grid.On = false, false
	a.Colorbar = &Colorbar{Parent: parent.ID, Fraction: 0.15, Pad: 0.05, Shrink: 1, Source: artist}
	a.Y.Label = label
	return a
}

// Find returns the axes with the given ID, or nil.
func (f *Figure) Find(id int) *Axes {
	for _, a := range f.Axes {
		if a.ID == id {
			return a
		}
	}
	return nil
}

// Remove takes axes, their twins and their colorbars out of the figure.
func (f *Figure) Remove(a *Axes) {
	kept := f.Axes[:0]
	for _, b := range f.Axes {
		if b != a && b.TwinOf != a.ID && b.Place.Inside != a.ID && (b.Colorbar == nil || b.Colorbar.Parent != a.ID) {
			kept = append(kept, b)
		}
	}
	f.Axes = kept
}

// Empty reports whether the figure has nothing to show.
func (f *Figure) Empty() bool { return len(f.Axes) == 0 && len(f.Texts) == 0 && f.Suptitle == "" }

// String describes the figure and its axes, one line each, artists indented.
func (f *Figure) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "figure %d: %g x %g in, %g dpi", f.Number, f.Width, f.Height, f.dpi())
	if f.Suptitle != "" {
		fmt.Fprintf(&b, ", suptitle %q", f.Suptitle)
	}
	b.WriteByte('\n')
	for _, a := range f.Axes {
		for line := range strings.Lines(a.String()) {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}

func (f *Figure) dpi() float64 {
	if f.DPI <= 0 {
		return 72
	}
	return f.DPI
}
