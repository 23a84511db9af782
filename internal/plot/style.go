package plot

import (
	"sort"

	"synfire/internal/diag"
)

// FontSize is in points, or relative to Style.FontSize if Scale is set.
type FontSize struct{ Points, Scale float64 }

// Style is the settings that matplotlib calls rc parameters, as far as they have an effect here. DefaultStyle is the
// start; the zero Style is of no use.
type Style struct {
	FontSize                     float64
	AxesLabelSize, AxesTitleSize FontSize
	XTickLabelSize               FontSize
	YTickLabelSize               FontSize
	LegendFontSize               FontSize
	FigureTitleSize              FontSize
	AxesTitleBold, AxesLabelBold bool
	TextColor, AxesLabelColor    Color
	XTickColor, YTickColor       Color
	AxesFaceColor, AxesEdgeColor Color
	AxesLineWidth                float64
	AxesGrid, AxesBelow          bool
	AxesXMargin, AxesYMargin     float64
	AxesTitlePad, AxesLabelPad   float64
	HiddenSpines                 Sides
	GridColor                    Color
	GridStyle                    LineStyle
	GridWidth, GridAlpha         float64
	LineWidth, MarkerSize        float64
	LineStyle                    LineStyle
	LineMarker                   Marker
	PatchWidth                   float64
	XTickLength, YTickLength     float64
	TickWidth                    float64
	XTickInward, YTickInward     bool
	FigureWidth, FigureHeight    float64
	FigureDPI                    float64
	FigureFaceColor              Color
	Margins                      Margins
	TightLayout                  bool
	Colormap                     string
	ImageLowerOrigin             bool
	ImageSmooth                  bool
	LegendLoc                    string
	LegendFrame                  bool
	LegendFrameAlpha             float64
	ErrorBarCapSize              float64
	HistBins                     int
	ScatterMarker                Marker
	// Cycle is the colours that artists take in turn; nil is the usual ten.
	Cycle []Color
}

// DefaultStyle returns the settings of matplotlib 3 with the 72 dpi of notebooks.
func DefaultStyle() Style {
	black := RGB(0, 0, 0)
	return Style{
		FontSize:      10,
		AxesLabelSize: FontSize{Scale: 1}, AxesTitleSize: FontSize{Scale: 1.2},
		XTickLabelSize: FontSize{Scale: 1}, YTickLabelSize: FontSize{Scale: 1},
		LegendFontSize: FontSize{Scale: 1}, FigureTitleSize: FontSize{Scale: 1.2},
		TextColor: black, AxesLabelColor: black, XTickColor: black, YTickColor: black,
		AxesFaceColor: RGB(255, 255, 255), AxesEdgeColor: black, AxesLineWidth: 0.8,
		AxesXMargin: 0.05, AxesYMargin: 0.05, AxesTitlePad: 6, AxesLabelPad: 4,
		GridColor: RGB(0xb0, 0xb0, 0xb0), GridStyle: "-", GridWidth: 0.8, GridAlpha: 1,
		LineWidth: 1.5, MarkerSize: 6, LineStyle: "-", PatchWidth: 1,
		XTickLength: 3.5, YTickLength: 3.5, TickWidth: 0.8,
		FigureWidth: 6.4, FigureHeight: 4.8, FigureDPI: 72, FigureFaceColor: RGB(255, 255, 255),
		Margins:  Margins{Left: 0.125, Right: 0.9, Bottom: 0.11, Top: 0.88, Wspace: 0.2, Hspace: 0.2},
		Colormap: "viridis", LegendFrame: true, LegendFrameAlpha: 0.8, HistBins: 10, ScatterMarker: "o",
	}
}

// ParseFontSize reads "medium", "x-large" and the like. The error is a ValueError.
func ParseFontSize(name string) (FontSize, error) {
	if scale, ok := relativeSizes[name]; ok {
		return FontSize{Scale: scale}, nil
	}
	return FontSize{}, diag.Errorf(diag.Span{}, "ValueError", "%q is not a font size", name).
		WithHint("Font sizes are points or one of xx-small, x-small, small, medium, large, x-large, xx-large.")
}

// relativeSizes are the factors 1.2^n of CSS, as matplotlib rounds them.
var relativeSizes = map[string]float64{
	"xx-small": 0.579, "x-small": 0.694, "small": 0.833, "smaller": 0.833, "medium": 1,
	"large": 1.2, "larger": 1.2, "x-large": 1.44, "xx-large": 1.728,
}

// Points returns a size in points.
func (s *Style) Points(size FontSize) float64 {
	if size.Scale != 0 {
		return size.Scale * s.FontSize
	}
	return size.Points
}

func (s *Style) cycle() []Color {
	if len(s.Cycle) == 0 {
		return tableauColors[:]
	}
	return s.Cycle
}

// Set changes one setting by matplotlib's name, "xtick.labelsize". The value is a float64, int, bool, string, []float64,
// []string or Color. Unknown names are a KeyError, wrong values a ValueError; names that matplotlib knows but that
// change nothing here are a UserWarning and leave the style as it is.
func (s *Style) Set(name string, value any) error {
	set, ok := settings[name]
	if !ok {
		near := nearest(name, SettingNames())
		if knownElsewhere(name) {
			return diag.Errorf(diag.Span{}, "UserWarning", "the setting %s has no effect here", name)
		}
		message := diag.Errorf(diag.Span{}, "KeyError", "%s is not a valid rc parameter", name)
		if near != "" {
			message = message.WithHint("Did you mean %s?", near)
		}
		return message
	}
	if !set(s, value) {
		return diag.Errorf(diag.Span{}, "ValueError", "%v is not a valid value for %s", value, name)
	}
	return nil
}

// SettingNames returns the names that Set knows, sorted.
func SettingNames() []string {
	names := make([]string, 0, len(settings))
	for name := range settings {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

type setter func(*Style, any) bool

var settings = map[string]setter{
	"font.size":             setNumber(func(s *Style) *float64 { return &s.FontSize }),
	"axes.labelsize":        setFontSize(func(s *Style) *FontSize { return &s.AxesLabelSize }),
	"axes.titlesize":        setFontSize(func(s *Style) *FontSize { return &s.AxesTitleSize }),
	"xtick.labelsize":       setFontSize(func(s *Style) *FontSize { return &s.XTickLabelSize }),
	"ytick.labelsize":       setFontSize(func(s *Style) *FontSize { return &s.YTickLabelSize }),
	"legend.fontsize":       setFontSize(func(s *Style) *FontSize { return &s.LegendFontSize }),
	"figure.titlesize":      setFontSize(func(s *Style) *FontSize { return &s.FigureTitleSize }),
	"axes.titleweight":      setWeight(func(s *Style) *bool { return &s.AxesTitleBold }),
	"axes.labelweight":      setWeight(func(s *Style) *bool { return &s.AxesLabelBold }),
	"text.color":            setPaint(func(s *Style) *Color { return &s.TextColor }),
	"axes.labelcolor":       setPaint(func(s *Style) *Color { return &s.AxesLabelColor }),
	"xtick.color":           setPaint(func(s *Style) *Color { return &s.XTickColor }),
	"ytick.color":           setPaint(func(s *Style) *Color { return &s.YTickColor }),
	"axes.facecolor":        setPaint(func(s *Style) *Color { return &s.AxesFaceColor }),
	"axes.edgecolor":        setPaint(func(s *Style) *Color { return &s.AxesEdgeColor }),
	"axes.linewidth":        setNumber(func(s *Style) *float64 { return &s.AxesLineWidth }),
	"axes.grid":             setFlag(func(s *Style) *bool { return &s.AxesGrid }),
	"axes.axisbelow":        axisBelow,
	"axes.xmargin":          setNumber(func(s *Style) *float64 { return &s.AxesXMargin }),
	"axes.ymargin":          setNumber(func(s *Style) *float64 { return &s.AxesYMargin }),
	"axes.titlepad":         setNumber(func(s *Style) *float64 { return &s.AxesTitlePad }),
	"axes.labelpad":         setNumber(func(s *Style) *float64 { return &s.AxesLabelPad }),
	"axes.spines.left":      setShown(func(s *Style) *bool { return &s.HiddenSpines.Left }),
	"axes.spines.right":     setShown(func(s *Style) *bool { return &s.HiddenSpines.Right }),
	"axes.spines.bottom":    setShown(func(s *Style) *bool { return &s.HiddenSpines.Bottom }),
	"axes.spines.top":       setShown(func(s *Style) *bool { return &s.HiddenSpines.Top }),
	"axes.prop_cycle":       colorCycle,
	"axes.color_cycle":      colorCycle,
	"grid.color":            setPaint(func(s *Style) *Color { return &s.GridColor }),
	"grid.linestyle":        setLineStyle(func(s *Style) *LineStyle { return &s.GridStyle }),
	"grid.linewidth":        setNumber(func(s *Style) *float64 { return &s.GridWidth }),
	"grid.alpha":            setNumber(func(s *Style) *float64 { return &s.GridAlpha }),
	"lines.linewidth":       setNumber(func(s *Style) *float64 { return &s.LineWidth }),
	"lines.linestyle":       setLineStyle(func(s *Style) *LineStyle { return &s.LineStyle }),
	"lines.markersize":      setNumber(func(s *Style) *float64 { return &s.MarkerSize }),
	"lines.marker":          setMarker(func(s *Style) *Marker { return &s.LineMarker }),
	"scatter.marker":        setMarker(func(s *Style) *Marker { return &s.ScatterMarker }),
	"patch.linewidth":       setNumber(func(s *Style) *float64 { return &s.PatchWidth }),
	"xtick.major.size":      setNumber(func(s *Style) *float64 { return &s.XTickLength }),
	"ytick.major.size":      setNumber(func(s *Style) *float64 { return &s.YTickLength }),
	"xtick.major.width":     setNumber(func(s *Style) *float64 { return &s.TickWidth }),
	"ytick.major.width":     setNumber(func(s *Style) *float64 { return &s.TickWidth }),
	"xtick.direction":       setDirection(func(s *Style) *bool { return &s.XTickInward }),
	"ytick.direction":       setDirection(func(s *Style) *bool { return &s.YTickInward }),
	"figure.figsize":        figureSize,
	"figure.dpi":            setNumber(func(s *Style) *float64 { return &s.FigureDPI }),
	"figure.facecolor":      setPaint(func(s *Style) *Color { return &s.FigureFaceColor }),
	"figure.autolayout":     setFlag(func(s *Style) *bool { return &s.TightLayout }),
	"figure.subplot.left":   setNumber(func(s *Style) *float64 { return &s.Margins.Left }),
	"figure.subplot.right":  setNumber(func(s *Style) *float64 { return &s.Margins.Right }),
	"figure.subplot.bottom": setNumber(func(s *Style) *float64 { return &s.Margins.Bottom }),
	"figure.subplot.top":    setNumber(func(s *Style) *float64 { return &s.Margins.Top }),
	"figure.subplot.wspace": setNumber(func(s *Style) *float64 { return &s.Margins.Wspace }),
	"figure.subplot.hspace": setNumber(func(s *Style) *float64 { return &s.Margins.Hspace }),
	"image.cmap":            colormapName,
	"image.origin":          imageOrigin,
	"image.interpolation":   imageInterpolation,
	"legend.loc":            setText(func(s *Style) *string { return &s.LegendLoc }),
	"legend.frameon":        setFlag(func(s *Style) *bool { return &s.LegendFrame }),
	"legend.framealpha":     setNumber(func(s *Style) *float64 { return &s.LegendFrameAlpha }),
	"errorbar.capsize":      setNumber(func(s *Style) *float64 { return &s.ErrorBarCapSize }),
	"hist.bins":             setCount(func(s *Style) *int { return &s.HistBins }),
}
