package figure_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"synfire/figure"
)

func TestFiguresAreSavedByTheEndOfTheName(t *testing.T) {
	page := figure.New(4, 3)
	axes := page.Subplots(2, 1, figure.Grid{ShareX: figure.All})
	axes[0].Add(figure.Plot([]float64{0, 1, 2}, []float64{1, 0, 3}, "C3--"))
	axes[1].Add(figure.Histogram([]float64{1, 2, 2.5, 9}, 2, 0, 4, "C0"))
	for name, magic := range map[string]string{"a.png": "\x89PNG", "a.svg": "<", "a.pdf": "%PDF"} {
		path := filepath.Join(t.TempDir(), name)
		if err := page.Save(path); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(content, []byte(magic)) {
			t.Errorf("%s begins with %q", name, content[:8])
		}
	}
	if err := page.Save(filepath.Join(t.TempDir(), "a.jpg")); err == nil {
		t.Error("a figure was saved as .jpg")
	}
}

func TestFormats(t *testing.T) {
	x := []float64{1}
	for format, want := range map[string]struct{ color, style, marker string }{
		"C3-": {"C3", "-", ""}, "k,": {"k", "None", ","}, "r--": {"r", "--", ""}, "": {"C0", "-", ""}, "g": {"g", "-", ""},
	} {
		line := figure.Plot(nil, x, format)
		if line.Color != figure.Paint(want.color) || string(line.Style) != want.style || string(line.Marker) != want.marker {
			t.Errorf("%q gives colour %s, style %q, marker %q", format, line.Color, line.Style, line.Marker)
		}
	}
}

func TestHistogramCountsBothEnds(t *testing.T) {
	bars := figure.Histogram([]float64{0, 1, 2, 2.5, 4, 4.5, -1}, 2, 0, 4, "C0")
	if bars.Length[0] != 2 || bars.Length[1] != 3 {
		t.Errorf("counts %v, want [2 3]", bars.Length)
	}
}
