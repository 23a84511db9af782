package plot

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
)

// The tables in testdata are matplotlib's; testdata/reference.py writes them.

func lines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func numbers(t *testing.T, text string) []float64 {
	t.Helper()
	var out []float64
	for _, field := range strings.Fields(text) {
		v, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func TestTicksAreMatplotlibs(t *testing.T) {
	for _, line := range lines(t, "ticks.txt") {
		fields := strings.Split(line, "\t")
		view := numbers(t, fields[0]+" "+fields[1]+" "+fields[2])
		low, high := view[0], view[1]
		want := numbers(t, fields[3])
		var got []float64
		for _, v := range niceTicks(low, high, int(view[2]), false) {
			if slack := 1e-9 * (high - low); v >= low-slack && v <= high+slack {
				got = append(got, v)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v to %v in %v: ticks %v, want %v", low, high, view[2], got, want)
			continue
		}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-9*max(high-low, 1e-6*math.Abs(want[i])) {
				t.Errorf("%v to %v in %v: ticks %v, want %v", low, high, view[2], got, want)
				break
			}
		}
		format := formatTicks(got, low, high, false, false)
		var labels []string
		for _, v := range got {
			labels = append(labels, format.label(v))
		}
		if text := strings.Join(labels, " "); text != fields[4] || format.suffix() != fields[5] {
			t.Errorf("%v to %v: labels %q %q, want %q %q", low, high, text, format.suffix(), fields[4], fields[5])
		}
	}
}

func TestFormatsAreMatplotlibs(t *testing.T) {
	for _, line := range lines(t, "formats.txt") {
		fields := strings.Split(line, "\t")
		got := "error"
		if f, err := ParseFormat(fields[0], nil); err == nil {
			color, marker, style := "None", "None", "None"
			if f.HasColor {
				color = f.Color.String()
			}
			if f.Marker != "" {
				marker = string(f.Marker)
			}
			if f.Style != "" {
				style = string(f.Style)
			}
			got = strings.Join([]string{color, marker, style}, "\t")
		}
		if want := strings.Join(fields[1:], "\t"); got != want {
			t.Errorf("format %q: %q, want %q", fields[0], got, want)
		}
	}
}

func TestColormapsAreMatplotlibs(t *testing.T) {
	seen := map[string]bool{}
	for _, line := range lines(t, "colormaps.txt") {
		fields := strings.Fields(line)
		m, err := FindColormap(fields[0])
		if err != nil {
			t.Error(err)
			continue
		}
		seen[fields[0]] = true
		for i, text := range fields[1:] {
			want, _ := parseColor(text, nil)
			got := m.At(float64(i) / 8)
			for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
				if d > 3 || d < -3 {
					t.Errorf("%s at %d/8: %v, want %v", fields[0], i, got, want)
					break
				}
			}
		}
	}
	for _, name := range ColormapNames() {
		if !seen[name] || !seen[name+"_r"] {
			t.Errorf("colormap %s is not in the reference", name)
		}
	}
}

func TestColors(t *testing.T) {
	for text, want := range map[string]string{
		"k": "#000000", "g": "#008000", "C1": "#ff7f0e", "C11": "#ff7f0e", "tab:blue": "#1f77b4", "SteelBlue": "#4682b4", "#abc": "#aabbcc",
		"#abcd": "#aabbccdd", "#12345678": "#12345678", "0.5": "#808080", "0": "#000000", "none": "none", "rebeccapurple": "#663399",
	} {
		got, err := ParseColor(text, nil)
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
	for text, hint := range map[string]string{"stelblue": "steelblue", "xkcd:puce": "xkcd", "1.5": "CSS", "nan": "tan", "#12": "CSS", "": "CSS"} {
		_, err := ParseColor(text, nil)
		if err == nil {
			t.Errorf("%q is accepted", text)
			continue
		}
		message := diagOf(t, err)
		if message.Kind != "ValueError" || !strings.Contains(message.Hint, hint) {
			t.Errorf("%q: %s: %s (%s)", text, message.Kind, message.Text, message.Hint)
		}
	}
}
