package plot

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"image"

	"synfire/internal/diag"
)

var update = flag.Bool("update", false, "rewrite golden files")

func diagOf(t *testing.T, err error) *diag.Message {
	t.Helper()
	var message *diag.Message
	if !errors.As(err, &message) {
		t.Fatalf("%v is not a message", err)
	}
	return message
}

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update if that is right. Got:\n%s", name, got)
	}
}

// transcript is a surface that writes down what is drawn, lengths in whole points.
type transcript struct{ strings.Builder }

func (s *transcript) say(format string, args ...any) { fmt.Fprintf(s, format+"\n", args...) }

func box(r rect) string {
	return fmt.Sprintf("%.0f,%.0f to %.0f,%.0f", r.left, r.top, r.right, r.bottom)
}

func (s *transcript) clip(r *rect) {
	if r != nil {
		s.say("clip %s", box(*r))
	}
}
func (s *transcript) fill(p *path, c Color) {
	if len(p.points) > 0 {
		s.say("fill %s %s", c, box(p.bounds()))
	}
}
func (s *transcript) stroke(p *path, with pen) {
	if len(p.points) > 0 {
		s.say("stroke %s width %.3g dashes %.3g: %d points, %s", with.color, with.width, with.dashes, len(p.points), box(p.bounds()))
	}
}
func (s *transcript) stamps(m stamp, places []point) {
	s.say("stamp %s %s %d times, first %.0f,%.0f", m.face, box(m.shape.bounds()), len(places), places[0].x, places[0].y)
}
func (s *transcript) pixels(places []point, c Color) { s.say("pixels %s %d times", c, len(places)) }
func (s *transcript) glyphs(t *typeset, m affine, c Color) {
	s.say("text %q %s at %.0f,%.0f", t.source, c, m.e, m.f)
}
func (s *transcript) picture(img *image.NRGBA, to rect, smooth bool) {
	s.say("picture %v in %s", img.Rect.Max, box(to))
}
func (s *transcript) layer(b rect, draw func(surface)) {
	s.say("layer %s", box(b))
	draw(s)
}
func (s *transcript) group(name string) {
	if name != "" {
		s.say("group %s", name)
	}
}
func (s *transcript) density() float64 { return 2 }

func TestTranscripts(t *testing.T) {
	for _, e := range exhibits() {
		f := e.make()
		l := newLayout(f, newFontSet())
		s := &transcript{}
		s.say("page %s", box(l.page))
		l.draw(s)
		golden(t, e.name+".txt", f.String()+"\n"+s.String())
	}
}

func TestSVGSnapshot(t *testing.T) {
	f := sized(2, 1.5)
	a := f.AddAxes(Place{}, f.Style)
	a.Add(&Line{X: Values{0, 1, 2}, Y: Values{0, 2, 1}, Color: RGB(255, 0, 0), Style: "--", Marker: "o"})
	a.X.Label = `$\tau_m$`
	var b bytes.Buffer
	if err := RenderSVG(&b, f); err != nil {
		t.Fatal(err)
	}
	golden(t, "small.svg", b.String())
}

// Nothing is cut off and no two texts of a figure overlap, whatever the gallery shows.
func TestTextsFitAndKeepApart(t *testing.T) {
	for _, e := range exhibits() {
		l := newLayout(e.make(), newFontSet())
		type owned struct {
			text  string
			owner int
			box   rect
		}
		var texts []owned
		for _, p := range l.axes {
			for _, text := range p.texts {
				if text.at.a == 0 || text.at.b == 0 { // The box of a slanted text says little.
					texts = append(texts, owned{text.source, p.ID, text.box})
				}
				if text.box.union(l.page) != l.page {
					t.Errorf("%s: %q reaches out of the page", e.name, text.source)
				}
			}
		}
		if l.suptitle != nil {
			texts = append(texts, owned{"suptitle", 0, l.suptitle.box})
		}
		for i, a := range texts {
			for _, b := range texts[:i] {
				// Boxes of lines include room for ascenders; what must not meet is their cores.
				if a.box.grow(-1.5).overlaps(b.box.grow(-1.5)) {
					t.Errorf("%s: %q of axes %d overlaps %q of axes %d", e.name, a.text, a.owner, b.text, b.owner)
				}
			}
		}
	}
}

func TestTickLabelsNeverOverlap(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	fonts := newFontSet()
	for range 300 {
		low := r.NormFloat64() * math.Pow(10, r.Float64()*14-7)
		axis := &Axis{}
		length := 60 + r.Float64()*800
		v := view{low: low, high: low + math.Pow(10, r.Float64()*14-7)}
		set := ticker{fonts, axis, v, length, true, 10, true}.choose()
		if len(set.major) > 2 && crowded(set.major, length, 0) {
			t.Errorf("%v to %v on %.0f points: labels overlap", v.low, v.high, length)
		}
	}
	axis := &Axis{}
	axis.SetTicks(span(0, 40, 41), strings.Fields(strings.Repeat("interneuron ", 41)))
	set := ticker{fonts, axis, view{low: 0, high: 40}, 300, true, 10, true}.choose()
	if set.rotation != 45 {
		t.Error("long labels are not turned")
	}
	last := -1.0
	for _, tick := range set.major {
		if tick.label != nil {
			if last >= 0 && (tick.fraction-last)*300 < 10 {
				t.Error("turned labels overlap")
			}
			last = tick.fraction
		}
	}
}

func TestReducerKeepsExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	frame := rect{0, 0, 100, 50}
	for trial := range 50 {
		n := 1 + r.IntN(20000)
		points := make([]point, n)
		type bounds struct{ low, high, first, last float64 }
		want := map[int]*bounds{}
		for i := range points {
			p := point{100 * float64(i) / float64(n), 25 + 5*r.NormFloat64()}
			if r.IntN(1000) == 0 {
				p.y = 0 // A spike.
			}
			points[i] = p
			column := int(p.x * 2)
			if want[column] == nil {
				want[column] = &bounds{p.y, p.y, p.y, p.y}
			}
			b := want[column]
			b.low, b.high, b.last = min(b.low, p.y), max(b.high, p.y), p.y
		}
		reduced := newReducer(frame, 2)
		for _, p := range points {
			reduced.add(p)
		}
		reduced.cut()
		if len(reduced.out) != 1 {
			t.Fatalf("trial %d: %d lines", trial, len(reduced.out))
		}
		got := map[int]*bounds{}
		next := 0
		for _, p := range reduced.out[0] {
			for next < n && points[next] != p {
				next++
			}
			if next == n {
				t.Fatalf("trial %d: %v is not a point of the line, or not in order", trial, p)
			}
			column := int(p.x * 2)
			if got[column] == nil {
				got[column] = &bounds{p.y, p.y, p.y, p.y}
			}
			b := got[column]
			b.low, b.high, b.last = min(b.low, p.y), max(b.high, p.y), p.y
		}
		for column, b := range want {
			if g := got[column]; g == nil || *g != *b {
				t.Fatalf("trial %d, column %d: %v, want %v", trial, column, g, b)
			}
		}
		if most := 4 * len(want); len(reduced.out[0]) > most {
			t.Errorf("trial %d: %d points for %d columns", trial, len(reduced.out[0]), len(want))
		}
	}
}

func TestReducerBreaksAtNaN(t *testing.T) {
	r := newReducer(rect{0, 0, 10, 10}, 1)
	for _, y := range []float64{1, 2, math.NaN(), math.NaN(), 3} {
		r.add(point{1, y})
	}
	r.cut()
	if got := fmt.Sprint(r.out); got != "[[{1 1} {1 2}] [{1 3}]]" {
		t.Error(got)
	}
}

// recording is a Series that hands out few values at a time.
type recording struct{ Values }

func (r recording) Read(dst []float64, from int) int {
	return r.Values.Read(dst[:min(len(dst), 7)], from)
}

func TestLazySeriesDrawAsValuesDo(t *testing.T) {
	draw := func(x, y Series) string {
		f, a := single()
		a.Add(&Line{X: x, Y: y, Color: RGB(0, 0, 0)})
		var b bytes.Buffer
		if err := RenderSVG(&b, f); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	x := span(0, 10, 9000)
	y := mapped(x, math.Sin)
	if draw(x, y) != draw(recording{x}, recording{y}) {
		t.Error("a series that is read in pieces draws another line")
	}
}

func TestCrowdsBecomeLayers(t *testing.T) {
	for _, marker := range []Marker{",", ".", "o"} {
		for n, want := range map[int]bool{layerThreshold: false, layerThreshold + 1: true} {
			f, a := single()
			a.Add(&Line{X: span(0, 1, n), Y: span(0, 1, n), Color: RGB(255, 0, 0), Style: "None", Marker: marker})
			var b bytes.Buffer
			if err := RenderSVG(&b, f); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(b.String(), "<image"); got != want {
				t.Errorf("%d markers %q: picture %v, want %v", n, marker, got, want)
			}
		}
	}
}

// A pixel marker is one block of pixels of the pure colour, as large as a logical pixel.
func TestPixelMarkersAreCrisp(t *testing.T) {
	f, a := single()
	a.Add(&Line{X: Values{0.3}, Y: Values{0.7}, Color: RGB(255, 0, 0), Style: "None", Marker: ","})
	a.X.SetLimits(0, 1)
	a.Y.SetLimits(0, 1)
	for scale := 1; scale <= 3; scale++ {
		l := newLayout(f, newFontSet())
		c := newCanvas(l.page, float64(scale), f.FaceColor)
		l.draw(c)
		red := 0
		for i := 0; i < len(c.img.Pix); i += 4 {
			p := c.img.Pix[i : i+3]
			if p[0] == 255 && p[1] == 0 && p[2] == 0 {
				red++
			} else if p[0] != p[1] || p[1] != p[2] {
				t.Fatalf("scale %d: a mixed colour %v", scale, p)
			}
		}
		if red != scale*scale {
			t.Errorf("scale %d: %d red pixels", scale, red)
		}
	}
}

func TestLimits(t *testing.T) {
	f, a := single()
	check := func(what string, want ...float64) {
		t.Helper()
		x0, x1, y0, y1 := f.Limits(a)
		for i, got := range []float64{x0, x1, y0, y1} {
			if math.Abs(got-want[i]) > 1e-9 {
				t.Errorf("%s: %v %v %v %v, want %v", what, x0, x1, y0, y1, want)
				return
			}
		}
	}
	check("empty", 0, 1, 0, 1)
	a.Add(&Line{X: Values{0, 10, math.NaN()}, Y: Values{-1, 1, 99}})
	check("5 per cent", -0.5, 10.5, -1.1, 1.1)
	a.Add(&SpanLine{At: 5})
	check("a line at 5", -0.5, 10.5, -1.3, 5.3)
	a.X.High = Float(20)
	check("fixed end", -0.5, 20, -1.3, 5.3)
	a.Y.Inverted = true
	check("inverted", -0.5, 20, 5.3, -1.3)
	a.Clear()
	a.Add(&Bars{Position: Values{0, 1}, Length: Values{2, 4}})
	check("bars stand on 0", -0.49, 1.49, 0, 4.2)
	a.Clear()
	a.Add(&Image{Rows: 2, Cols: 3, Values: make(Values, 6)})
	check("image", -0.5, 2.5, 1.5, -0.5)
	a.Clear()
	a.Add(&Line{Y: Values{5, 5}})
	check("constant", -0.05, 1.05, 4.725, 5.275)
	a.Y.Scale = Log
	a.Artists = []Artist{&Line{Y: Values{1, 100, -3}}}
	check("logarithmic", -0.1, 2.1, math.Pow(10, -0.1), math.Pow(10, 2.1))
}

func TestSharedAxes(t *testing.T) {
	f := sized(6, 4)
	axes := grid(f, 2, 2, GridOptions{ShareX: ShareAll, ShareY: ShareRow})
	axes[0].Add(&Line{X: Values{0, 1}, Y: Values{0, 1}})
	axes[3].Add(&Line{X: Values{0, 100}, Y: Values{5, 6}})
	x0, x1, _, _ := f.Limits(axes[0])
	if x0 != -5 || x1 != 105 {
		t.Errorf("shared x: %v to %v", x0, x1)
	}
	_, _, y0, y1 := f.Limits(axes[1])
	if y0 != -0.05 || y1 != 1.05 {
		t.Errorf("shared y of the first row: %v to %v", y0, y1)
	}
	if !axes[0].X.HideLabels || axes[2].X.HideLabels || axes[0].Y.HideLabels || !axes[1].Y.HideLabels {
		t.Error("inner labels are shown or outer ones hidden")
	}
	axes[2].X.SetLimits(3, 4)
	if x0, x1, _, _ := f.Limits(axes[1]); x0 != 3 || x1 != 4 {
		t.Errorf("limits set on one of four: %v to %v", x0, x1)
	}
}

func TestSubplotFindsWhatExists(t *testing.T) {
	f := sized(6, 4)
	a, err := f.Subplot(2, 1, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if b, _ := f.Subplot(2, 1, 1, 1); a != b {
		t.Error("the same subplot was made twice")
	}
	if _, err := f.Subplot(2, 1, 3, 3); err == nil || !strings.Contains(err.Error(), "1 <= num <= 2") {
		t.Errorf("subplot(2, 1, 3): %v", err)
	}
	if _, err := f.Subplots(2, 1, GridOptions{HeightRatios: []float64{1}}); err == nil {
		t.Error("one ratio for two rows is accepted")
	}
}

func TestJSON(t *testing.T) {
	for _, e := range exhibits() {
		data, err := e.make().JSON()
		if err != nil || !json.Valid(data) {
			t.Errorf("%s: %v", e.name, err)
		}
	}
	f, a := single()
	a.Add(&ErrorBar{Line: Line{X: recording{Values{1, 2}}, Y: Values{math.NaN(), 4}, Color: RGB(1, 2, 3)}, YLower: Values{1}})
	data, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Axes []struct{ Artists []map[string]any }
	}
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	got := back.Axes[0].Artists[0]
	if text := fmt.Sprintln(got["kind"], got["x"], got["y"], got["color"], got["yLower"]); text != "errorbar [1 2] [<nil> 4] #010203 [1]\n" {
		t.Error(text)
	}
}

func TestStyleSettings(t *testing.T) {
	s := DefaultStyle()
	for name, value := range map[string]any{
		"xtick.labelsize": 16, "axes.labelsize": "x-large", "axes.grid": true, "figure.figsize": []float64{14, 4}, "lines.linewidth": 0.5,
		"image.cmap": "magma", "axes.prop_cycle": []string{"r", "C1"}, "axes.spines.top": false, "grid.linestyle": ":",
	} {
		if err := s.Set(name, value); err != nil {
			t.Error(err)
		}
	}
	if s.Points(s.XTickLabelSize) != 16 || math.Abs(s.Points(s.AxesLabelSize)-14.4) > 1e-9 || !s.AxesGrid || s.FigureWidth != 14 || s.LineWidth != 0.5 ||
		s.Colormap != "magma" || len(s.Cycle) != 2 || !s.HiddenSpines.Top || s.GridStyle != ":" {
		t.Errorf("%+v", s)
	}
	for _, c := range []struct {
		name, kind, hint string
		value            any
	}{
		{"xtick.labelsiz", "KeyError", "xtick.labelsize", 3},
		{"lines.linewidth", "ValueError", "", "wide"},
		{"image.cmap", "ValueError", "", "viridiss"},
		{"pdf.fonttype", "UserWarning", "", 42},
	} {
		err := s.Set(c.name, c.value)
		if err == nil {
			t.Errorf("%s = %v is accepted", c.name, c.value)
			continue
		}
		if m := diagOf(t, err); m.Kind != c.kind || !strings.Contains(m.Hint, c.hint) {
			t.Errorf("%s: %s %s (%s)", c.name, m.Kind, m.Text, m.Hint)
		}
	}
}

func TestStyleSheetsHaveOnlyKnownSettings(t *testing.T) {
	for name := range styleSheets {
		s := DefaultStyle()
		if err := s.Use(name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	s := DefaultStyle()
	if err := s.Use("seaborn-v0_8-muted"); err != nil || s.cycle()[0] != RGB(0x48, 0x78, 0xcf) {
		t.Errorf("seaborn-v0_8-muted: %v, %v", err, s.cycle()[0])
	}
	if m := diagOf(t, s.Use("ggplott")); m.Kind != "OSError" || !strings.Contains(m.Hint, `"ggplot"`) {
		t.Errorf("%s: %s (%s)", m.Kind, m.Text, m.Hint)
	}
}

func TestImpossibleFiguresAreRefused(t *testing.T) {
	for _, f := range []*Figure{sized(0, 1), sized(math.Inf(1), 1), sized(1e4, 1e4), sized(math.NaN(), 2)} {
		if err := RenderPNG(&bytes.Buffer{}, f, 2); err == nil {
			t.Errorf("%g x %g inches are drawn", f.Width, f.Height)
		}
	}
}

// Values that cannot be drawn must neither panic nor hang.
func TestWildValues(t *testing.T) {
	wild := Values{math.NaN(), math.Inf(1), -1e308, 1e308, 0, math.Copysign(0, -1), 5e-324, 1}
	for _, scale := range []Scale{Linear, Log, Symlog} {
		f, a := single()
		a.X.Scale, a.Y.Scale = scale, scale
		c := []Color{RGB(1, 2, 3)}
		a.Add(&Line{X: wild, Y: wild, Color: c[0], Marker: "o", Style: "--"}, &Scatter{X: wild, Y: wild, Values: wild}, &Bars{Position: wild, Length: wild, Colors: c, Hatch: "x."},
			&Stairs{Edges: wild, Heights: wild[1:], Color: c[0], Filled: true}, &FillBetween{X: wild, First: wild, Second: wild, Color: c[0]},
			&ErrorBar{Line: Line{X: wild, Y: wild, Color: c[0]}, YLower: wild, XUpper: wild}, &SpanLine{At: math.Inf(1), Color: c[0]}, &Span{Low: math.NaN(), High: 1, Color: c[0]},
			&Segments{At: wild, Start: wild, End: Values{3}, Colors: c}, &Text{X: math.NaN(), Y: 1, Text: "x"}, &Text{X: 1, Y: 1e300, Text: "y", Arrow: &Arrow{X: math.Inf(1), Y: 0}},
			&EventPlot{Positions: []Values{wild, nil}, Colors: c}, &Patch{X: wild, Y: wild, Face: c[0], Hatch: "/"}, Circle(1e308, 0, 1e308),
			&Image{Rows: 2, Cols: 4, Values: wild}, &Mesh{Rows: 2, Cols: 4, Values: wild}, &Contour{X: span(0, 1, 4), Y: span(0, 1, 2), Rows: 2, Cols: 4, Values: wild})
		a.Legend = &Legend{Entries: []LegendEntry{{a.Artists[0], "$x"}, {a.Artists[1], `$\nonsense$`}}}
		if err := RenderPNG(&bytes.Buffer{}, f, 1); err != nil {
			t.Error(err)
		}
		var b bytes.Buffer
		if err := RenderSVG(&b, f); err != nil {
			t.Error(err)
		}
		if err := RenderPDF(&b, f); err != nil {
			t.Error(err)
		}
	}
}

func BenchmarkMillionSpikes(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	n := 1_000_000
	x, y := make(Values, n), make(Values, n)
	for i := range x {
		x[i], y[i] = r.Float64()*2000, float64(r.IntN(10000))
	}
	f := sized(16, 8)
	f.AddAxes(Place{}, f.Style).Add(&Line{X: x, Y: y, Color: RGB(0, 0, 0), Style: "None", Marker: ","})
	b.Run("PNG", func(b *testing.B) {
		for b.Loop() {
			var out bytes.Buffer
			if err := RenderPNG(&out, f, 2); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(out.Len()), "bytes")
		}
	})
	b.Run("SVG", func(b *testing.B) {
		for b.Loop() {
			if err := RenderSVG(&bytes.Buffer{}, f); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMillionPoints(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	y := make(Values, 1_000_000)
	for i := range y {
		y[i] = r.NormFloat64()
	}
	f := sized(14, 4)
	f.AddAxes(Place{}, f.Style).Add(&Line{Y: y, Color: RGB(0, 0, 200)})
	for b.Loop() {
		if err := RenderPNG(&bytes.Buffer{}, f, 2); err != nil {
			b.Fatal(err)
		}
	}
}
