package plot

import (
	"bytes"
	"flag"
	"fmt"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var gallery = flag.String("gallery", "", "write the gallery's figures into this folder")

// exhibit is one figure of the gallery.
type exhibit struct {
	name string
	make func() *Figure
}

func span(low, high float64, n int) Values {
	v := make(Values, n)
	for i := range v {
		v[i] = low + (high-low)*float64(i)/float64(n-1)
	}
	return v
}

func mapped(v Values, f func(float64) float64) Values {
	out := make(Values, len(v))
	for i, x := range v {
		out[i] = f(x)
	}
	return out
}

func sized(width, height float64) *Figure {
	style := DefaultStyle()
	style.FigureWidth, style.FigureHeight = width, height
	return NewFigure(1, style)
}

func single() (*Figure, *Axes) {
	f := sized(6.4, 4.8)
	return f, f.AddAxes(Place{}, f.Style)
}

func grid(t *Figure, rows, cols int, options GridOptions) []*Axes {
	axes, err := t.Subplots(rows, cols, options)
	if err != nil {
		panic(err)
	}
	return axes
}

func exhibits() []exhibit {
	return []exhibit{
		{"lines", func() *Figure {
			f, a := single()
			x := span(0, 10, 200)
			for i, style := range []LineStyle{"-", "--", "-.", ":"} {
				a.Add(&Line{Common: Common{Label: fmt.Sprintf("style %s", style)}, X: x, Y: mapped(x, func(v float64) float64 { return math.Sin(v + float64(i)/2) }), Color: a.NextColor(), Style: style})
			}
			a.Title, a.X.Label, a.Y.Label = "Four styles", "time (ms)", "amplitude"
			a.Legend = &Legend{}
			return f
		}},
		{"polar", func() *Figure {
			f, a := single()
			a.Polar, a.Title = true, "A tuning curve"
			x := span(0, 2*math.Pi, 100)
			a.Add(&Line{X: x, Y: mapped(x, func(v float64) float64 { return 20 + 15*math.Cos(v-1) }), Color: a.NextColor(), Style: "-"},
				&SpanLine{At: 1, Vertical: true, Color: RGB(200, 0, 0), Style: "--"}, &Scatter{X: Values{1, 2, 4}, Y: Values{34, 28, 5}, Colors: []Color{RGB(0, 0, 0)}})
			return f
		}},
		{"inset", func() *Figure {
			f, a := single()
			x := span(0, 10, 200)
			a.Add(&Line{X: x, Y: mapped(x, math.Sin), Color: a.NextColor(), Style: "-"})
			a.SpineOffsets, a.HiddenSpines = Offsets{Left: 8, Bottom: 8}, Sides{Right: true, Top: true}
			b := f.AddAxes(Place{Rect: &[4]float64{0.6, 0.6, 0.35, 0.35}, Inside: a.ID}, f.Style)
			b.Add(&Line{X: Values{0, 1, 2}, Y: Values{0, 2, 1}, Color: b.NextColor(), Style: "-"})
			return f
		}},
		{"markers", func() *Figure {
			f, a := single()
			for i, m := range strings.Split(markerLetters, "") {
				row := float64(i / 6)
				a.Add(&Line{X: Values{float64(i % 6), float64(i%6) + 0.4}, Y: Values{row, row}, Color: a.NextColor(), Style: "None", Marker: Marker(m), MarkerSize: 10})
			}
			a.Add(&Line{X: Values{5}, Y: Values{4}, Color: RGB(0, 0, 0), Style: "None", Marker: `$\beta$`, MarkerSize: 14})
			a.X.Grid.On, a.Y.Grid.On = true, true
			return f
		}},
		{"raster", func() *Figure {
			f := sized(16, 8)
			axes := grid(f, 2, 1, GridOptions{ShareX: ShareAll, HeightRatios: []float64{5, 1}})
			r := rand.New(rand.NewPCG(1, 2))
			spikes := func(n int, low, high float64) (Values, Values) {
				x, y := make(Values, n), make(Values, n)
				for i := range x {
					x[i] = r.Float64() * 2000
					if i%2 == 0 {
						x[i] = 200*math.Floor(r.Float64()*10) + 20*r.ExpFloat64()
					}
					y[i] = math.Floor(low + r.Float64()*(high-low))
				}
				return x, y
			}
			for i, c := range []string{"r", "b"} {
				x, y := spikes(16000-12000*i, float64(800*i), float64(800+200*i))
				color, _ := ParseColor(c, nil)
				axes[0].Add(&Line{X: x, Y: y, Color: color, Style: "None", Marker: ","})
			}
			x, y := spikes(3000, 0, 100)
			axes[1].Add(&Line{X: x, Y: y, Color: RGBA(0, 0.5, 0, 1), Style: "None", Marker: ","})
			axes[0].Y.SetLimits(0, 1000)
			for _, a := range axes {
				a.X.TickLabelSize, a.Y.TickLabelSize = 16, 16
				a.X.LabelSize, a.Y.LabelSize = 16, 16
				a.X.Grid.On, a.Y.Grid.On = true, true
			}
			axes[0].Y.Label, axes[1].Y.Label, axes[1].X.Label = "# neuron", "# Poisson generator", "time"
			return f
		}},
		{"trace", func() *Figure {
			f := sized(14, 4)
			a := f.AddAxes(Place{}, f.Style)
			r := rand.New(rand.NewPCG(3, 4))
			t := span(0, 1000, 100000)
			v := -70.0
			y := mapped(t, func(float64) float64 {
				v += 0.02*(-65-v) + 0.6*r.NormFloat64()
				if r.Float64() < 0.0003 {
					return 20
				}
				return v
			})
			a.Add(&Line{X: t, Y: y, Color: a.NextColor()})
			a.X.Label, a.Y.Label, a.Title = "time, ms", "Vm, mV", "membrane voltage of a randomly chosen neuron"
			return f
		}},
		{"populations", func() *Figure {
			f, a := single()
			r := rand.New(rand.NewPCG(5, 6))
			x, y := make(Values, 400), make(Values, 400)
			for i := range x {
				x[i], y[i] = math.Exp(r.NormFloat64()*0.3-2), r.NormFloat64()*2
			}
			u, w := make(Values, 2000), make(Values, 2000)
			for i := range u {
				u[i], w[i] = math.Exp(r.NormFloat64()*0.4-1.2), 3+r.NormFloat64()*2
			}
			a.Add(&Line{Common: Common{Label: "inter"}, X: x, Y: y, Color: RGB(0, 0, 255), Style: "None", Marker: "."})
			a.Add(&Line{Common: Common{Label: "pyr", Alpha: Float(0.1)}, X: u, Y: w, Color: RGB(255, 0, 0), Style: "None", Marker: "."})
			a.Legend = &Legend{}
			a.X.Label, a.Y.Label = `$\tau_m/\tau_w$`, "aR"
			return f
		}},
		{"mathtext", func() *Figure {
			f, a := single()
			a.Title = `$\frac{dV}{dt} = \frac{E_L - V}{\tau_m} + \sigma\sqrt{\frac{2}{\tau_m}}\xi$`
			a.X.Label, a.Y.Label = `$g_{\mathrm{Na}}\ (\mathrm{mS/cm^2})$`, `Firing rate $\nu_E^{(n+1)}$ [Hz]`
			for i, text := range []string{`$x^2 + y_i^{2k} = \alpha \times 10^{-3}$`, `T = 37$^\circ$C, $\mu$ = 3 $\mu$A`, `$\bar{r} \approx \hat{\theta}\ \exp(-t/\tau)$`,
				`$\sum_{i=0}^{N} w_{ij} x_j \geq \vartheta$`, `$\Delta_T = 2\,\mathrm{mV}$, $\mathbf{W}$`, `$\sqrt[3]{x}$  $\overline{abc}$ $\vec{v}$ $f'(x)$`} {
				a.Add(&Text{X: 0.05, Y: 0.9 - 0.15*float64(i), Text: text, Size: 14})
			}
			return f
		}},
		{"bars", func() *Figure {
			f := sized(10, 4)
			axes := grid(f, 1, 3, GridOptions{})
			axes[0].Add(&Bars{Common: Common{Label: "a"}, Position: span(0, 4, 5), Length: Values{3, 5, -2, 4, 1}, Colors: []Color{axes[0].NextColor()}, Errors: Values{0.5}, CapSize: 3})
			axes[0].X.SetTicks(span(0, 4, 5), []string{"RS", "IB", "CH", "LTS", "FS"})
			axes[1].Add(&Bars{Position: span(0, 3, 4), Length: Values{1, 2, 3, 4}, Horizontal: true, Colors: []Color{axes[1].NextColor()}, Edge: RGB(0, 0, 0), Hatch: "//"})
			r := rand.New(rand.NewPCG(5, 6))
			counts := make(Values, 30)
			for range 3000 {
				if k := int(15 + 4*r.NormFloat64()); k >= 0 && k < 30 {
					counts[k]++
				}
			}
			axes[2].Add(&Bars{Position: span(0.5, 29.5, 30), Length: counts, Thickness: Values{1}, Colors: []Color{axes[2].NextColor()}})
			axes[2].Add(&Stairs{Common: Common{Label: "step"}, Edges: span(5, 35, 31), Heights: counts, Color: axes[2].NextColor()})
			axes[2].Legend = &Legend{}
			return f
		}},
		{"areas", func() *Figure {
			f := sized(8, 6)
			axes := grid(f, 2, 2, GridOptions{})
			x := span(0, 6, 60)
			axes[0].Add(&FillBetween{Common: Common{Alpha: Float(0.3), Label: "band"}, X: x, First: mapped(x, func(v float64) float64 { return math.Sin(v) - 0.3 }), Second: mapped(x, func(v float64) float64 { return math.Sin(v) + 0.3 }), Color: RGB(31, 119, 180)},
				&Line{X: x, Y: mapped(x, math.Sin), Color: axes[0].NextColor()}, &SpanLine{At: 0, Color: RGB(0, 0, 0), Style: "--", Width: 1},
				&Span{Low: 2, High: 3, Vertical: true, Color: RGB(255, 127, 14), Common: Common{Alpha: Float(0.2)}})
			axes[1].Add(&ErrorBar{Line: Line{X: span(0, 5, 6), Y: Values{1, 2, 1.5, 3, 2.5, 4}, Color: axes[1].NextColor(), Marker: "o", Common: Common{Label: "mean ± s.d."}}, YLower: Values{0.4}, YUpper: Values{0.6}, CapSize: 4})
			axes[1].Legend = &Legend{Loc: "lower right"}
			axes[2].Add(&Segments{At: Values{1, 2, 3}, Start: Values{0}, End: Values{3, 2, 1}, Colors: []Color{RGB(255, 0, 0), RGB(0, 128, 0), RGB(0, 0, 255)}},
				&EventPlot{Positions: []Values{span(0, 2, 12), span(1, 3, 7)}, Offsets: Values{5, 7}, Colors: []Color{RGB(0, 0, 0), RGB(200, 0, 0)}})
			patch := Circle(1, 1, 0.8)
			patch.Face, patch.Edge, patch.Alpha = RGB(214, 39, 40), RGB(0, 0, 0), Float(0.5)
			box := Rectangle(0.5, 0.2, 2, 1)
			box.Edge, box.Hatch = RGB(0, 0, 128), "x"
			axes[3].Add(patch, box, &Text{X: 2.2, Y: 2, Text: "peak", Arrow: &Arrow{X: 1, Y: 1, Style: "->", Curvature: 0.2}, Box: &Box{Face: RGB(255, 255, 200), Edge: RGB(0, 0, 0), Pad: 0.3, Round: true}})
			axes[3].X.SetLimits(0, 3)
			axes[3].Y.SetLimits(0, 2.5)
			axes[3].Aspect = 1
			for i, a := range axes {
				a.Title, a.X.Label, a.Y.Label = fmt.Sprintf("panel %d", i+1), "x", "value"
			}
			f.Suptitle = "Areas and marks"
			return f
		}},
		{"images", func() *Figure {
			f := sized(12, 4)
			axes := grid(f, 1, 3, GridOptions{})
			n := 40
			values := make(Values, n*n)
			for i := range values {
				x, y := float64(i%n)/6-3, float64(i/n)/6-3
				values[i] = (1 - x/2 + math.Pow(x, 5) + y*y*y) * math.Exp(-x*x-y*y)
			}
			im := &Image{Rows: n, Cols: n, Values: values}
			axes[0].Add(im)
			axes[0].Aspect = 1
			f.AddColorbar(axes[0], im, "weight (nS)")
			mesh := &Mesh{X: span(-3, 3, n+1), Y: span(-3, 3, n+1), Rows: n, Cols: n, Values: values, Mapping: Mapping{Colormap: "RdBu_r", Low: Float(-1), High: Float(1)}}
			axes[1].Add(mesh)
			f.AddColorbar(axes[1], mesh, "")
			grid := span(-3, 3, n)
			axes[2].Add(&Contour{X: grid, Y: grid, Rows: n, Cols: n, Values: values, Filled: true}, &Contour{X: grid, Y: grid, Rows: n, Cols: n, Values: values, Colors: []Color{RGB(0, 0, 0)}, Width: 0.8, LevelLabels: true})
			return f
		}},
		{"scatter", func() *Figure {
			f, a := single()
			r := rand.New(rand.NewPCG(7, 8))
			n := 80
			s := &Scatter{Common: Common{Alpha: Float(0.6)}, X: make(Values, n), Y: make(Values, n), Sizes: make(Values, n), Values: make(Values, n)}
			for i := range n {
				s.X[i], s.Y[i], s.Sizes[i], s.Values[i] = r.Float64(), r.Float64(), 300*r.Float64(), r.Float64()
			}
			a.Add(s)
			f.AddColorbar(a, s, "rate (Hz)")
			return f
		}},
		{"logs", func() *Figure {
			f := sized(10, 4)
			axes := grid(f, 1, 3, GridOptions{})
			x := span(0.01, 1000, 500)
			axes[0].X.Scale, axes[0].Y.Scale = Log, Log
			axes[0].Add(&Line{X: x, Y: mapped(x, func(v float64) float64 { return v * v }), Color: axes[0].NextColor()})
			axes[0].X.Grid.On, axes[0].Y.Grid.On = true, true
			axes[1].Y.Scale = Log
			axes[1].Add(&Line{X: span(0, 1, 50), Y: mapped(span(0, 1, 50), func(v float64) float64 { return 2 + 5*v }), Color: axes[1].NextColor()})
			axes[2].Y.Scale = Symlog
			axes[2].Add(&Line{X: span(-5, 5, 300), Y: mapped(span(-5, 5, 300), func(v float64) float64 { return v * v * v * 10 }), Color: axes[2].NextColor()})
			return f
		}},
		{"offsets", func() *Figure {
			f := sized(10, 6)
			axes := grid(f, 2, 2, GridOptions{})
			axes[0].Add(&Line{Y: Values{1e-7, 3e-7, 2e-7}, Color: axes[0].NextColor(), Marker: "o"})
			axes[1].Add(&Line{X: span(0, 3e7, 10), Y: mapped(span(0, 1, 10), func(v float64) float64 { return 100000 + v }), Color: axes[1].NextColor()})
			axes[2].Add(&Line{Y: Values{5, 5, 5}, Color: axes[2].NextColor()})
			axes[3].Add(&Line{X: span(0.123456, 0.123457, 5), Y: span(-1, 1, 5), Color: axes[3].NextColor()})
			return f
		}},
		{"twins", func() *Figure {
			f, a := single()
			x := span(0, 10, 100)
			a.Add(&Line{X: x, Y: mapped(x, math.Sin), Color: a.NextColor()})
			a.X.Label, a.Y.Label = "time (s)", "left"
			b := f.TwinX(a)
			b.Add(&Line{X: x, Y: mapped(x, math.Exp), Color: RGB(214, 39, 40)})
			b.Y.Label = "right"
			b.Y.LabelColor, b.Y.TickLabelColor = RGB(214, 39, 40), RGB(214, 39, 40)
			return f
		}},
		{"mixed", func() *Figure {
			f := sized(8, 6)
			for _, s := range [][4]int{{2, 1, 1, 1}, {2, 3, 4, 4}, {2, 3, 5, 5}, {2, 3, 6, 6}} {
				a, err := f.Subplot(s[0], s[1], s[2], s[3])
				if err != nil {
					panic(err)
				}
				a.Add(&Line{Y: Values{1000, 3000, 2000}, Color: a.NextColor(), DrawStyle: StepsMid})
				a.X.Label, a.Y.Label, a.Title = "xlabel", "ylabel", "a title"
			}
			return f
		}},
		{"tight", func() *Figure {
			f := sized(8, 6)
			f.TightLayout = true
			f.KeepPage = true
			f.Suptitle = "tight"
			for _, a := range grid(f, 2, 3, GridOptions{ShareX: ShareCol, ShareY: ShareRow}) {
				a.Add(&Line{Y: Values{1000, 3000, 2000}, Color: a.NextColor()})
				a.X.Label, a.Y.Label, a.Title = "xlabel", "ylabel", "a title"
			}
			return f
		}},
		{"corners", func() *Figure {
			f := sized(11, 7)
			axes := grid(f, 2, 3, GridOptions{})
			n := 30
			values := make(Values, n*n)
			for i := range values {
				values[i] = math.Pow(10, 3*math.Sin(float64(i%n)/9)*math.Cos(float64(i/n)/7))
			}
			im := &Image{Rows: n, Cols: n, Values: values, Mapping: Mapping{Colormap: "magma", Log: true}, LowerOrigin: true, Smooth: true}
			axes[0].Add(im)
			bar := f.AddColorbar(axes[0], im, "g (nS)")
			bar.Colorbar.Horizontal = true
			axes[0].Title = "two lines\nof a title"
			for i := range 4 {
				axes[1].Add(&Line{Common: Common{Label: fmt.Sprintf("neuron %d", i)}, Y: Values{float64(i), 2, float64(3 - i)}, Color: axes[1].NextColor(), Marker: "s", NoMarkerFace: true})
			}
			axes[1].Legend = &Legend{Loc: "upper left", Anchor: &[2]float64{1, 1}, Title: "which", FontSize: 8}
			axes[2].Add(&Bars{Position: span(0, 5, 6), Length: Values{3, 1, 4, 1, 5, 9}, Colors: []Color{axes[2].NextColor()}})
			axes[2].X.SetTicks(span(0, 5, 6), []string{"regular spiking", "bursting", "chattering", "fast spiking", "adapting", "delayed"})
			axes[3].Add(&Line{X: span(0, 1e6, 50), Y: mapped(span(0, 1, 50), func(v float64) float64 { return v * 1e-3 }), Color: RGB(0, 0, 0)},
				&Text{X: 2e5, Y: 8e-4, Text: "default arrow", Arrow: &Arrow{X: 8e5, Y: 8e-4}}, &Text{X: 0.98, Y: 0.02, Coordinates: AxesCoordinates, HAlign: "right", VAlign: "bottom", Text: "corner"})
			axes[3].X.TickLabelSize, axes[3].Y.TickLabelSize = 16, 16
			axes[3].X.Inverted = true
			contour := &Contour{X: span(0, 1, n), Y: span(0, 1, n), Rows: n, Cols: n, Values: mapped(values, math.Log), Filled: true, LevelCount: 5}
			axes[4].Add(contour)
			f.AddColorbar(axes[4], contour, "")
			axes[4].Off = true
			axes[4].Title = "axis off"
			axes[5].HiddenSpines = Sides{Top: true, Right: true}
			axes[5].Add(&Scatter{X: Values{1, 2, 3}, Y: Values{1, 2, 3}, Colors: []Color{RGB(255, 0, 0)}, Sizes: Values{400, 100, 30}, Edge: RGB(0, 0, 0), Common: Common{Label: "cells"}},
				&Scatter{X: Values{1, 2, 3}, Y: Values{3, 2.5, 1}, Colors: []Color{RGB(0, 0, 255)}, Marker: "x"},
				&FillBetween{X: Values{1, 2, 3}, First: Values{0, 1, 0}, Second: Values{0.5, 1.5, 1}, Color: RGBA(0, 0.5, 0, 0.4), Common: Common{Label: "area"}, Step: "mid"})
			axes[5].Legend = &Legend{Columns: 2}
			return f
		}},
		{"empty", func() *Figure { f, _ := single(); return f }},
	}
}

func TestGallery(t *testing.T) {
	for _, e := range exhibits() {
		t.Run(e.name, func(t *testing.T) {
			f := e.make()
			var picture, again, drawing bytes.Buffer
			if err := RenderPNG(&picture, f, 2); err != nil {
				t.Fatal(err)
			}
			if err := RenderSVG(&drawing, f); err != nil {
				t.Fatal(err)
			}
			if err := RenderPNG(&again, e.make(), 2); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(picture.Bytes(), again.Bytes()) {
				t.Error("two renderings of one figure differ")
			}
			img, err := png.Decode(bytes.NewReader(picture.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if w, h := f.LogicalSize(); math.Abs(float64(img.Bounds().Dx())-2*w) > 1 || math.Abs(float64(img.Bounds().Dy())-2*h) > 1 {
				t.Errorf("picture of %v for a logical size of %g x %g", img.Bounds(), w, h)
			}
			if strings.Contains(drawing.String(), "NaN") || strings.Contains(drawing.String(), "Inf") {
				t.Error("the SVG contains numbers that are none")
			}
			var document bytes.Buffer
			if err := RenderPDF(&document, f); err != nil {
				t.Fatal(err)
			}
			if *gallery != "" {
				for name, data := range map[string][]byte{e.name + ".pdf": document.Bytes(), e.name + ".png": picture.Bytes(), e.name + ".svg": drawing.Bytes()} {
					if err := os.WriteFile(filepath.Join(*gallery, name), data, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		})
	}
}
