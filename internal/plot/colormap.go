package plot

import (
	"math"
	"sort"
	"strconv"
	"strings"

	"synfire/internal/diag"
)

// Colormap is a table of colours from the lowest value to the highest.
type Colormap struct {
	Name   string
	Colors []Color
}

// At returns the colour for a value between 0 and 1; values outside take the end colours.
func (m *Colormap) At(v float64) Color {
	n := len(m.Colors)
	i := int(v * float64(n))
	if !(v >= 0) {
		i = 0
	}
	return m.Colors[min(max(i, 0), n-1)]
}

// FindColormap returns a colormap by matplotlib's name; names ending in "_r" are reversed. The error is a ValueError.
func FindColormap(name string) (*Colormap, error) {
	base, reversed := strings.CutSuffix(name, "_r")
	switch base {
	case "grey", "gist_gray", "Gray":
		base = "gray"
	}
	var colors []Color
	if table, ok := colormapTables[base]; ok {
		colors = interpolateTable(table)
	} else if table, ok := listedColormaps[base]; ok {
		for i := 0; i+6 <= len(table); i += 6 {
			colors = append(colors, hexColor(table[i:]))
		}
	} else {
		message := diag.Errorf(diag.Span{}, "ValueError", "%q is not a known colormap", name)
		if near := nearest(base, ColormapNames()); near != "" {
			return nil, message.WithHint("Did you mean %q?", near)
		}
		return nil, message.WithHint("Known colormaps: %s; each also with _r.", strings.Join(ColormapNames(), ", "))
	}
	if reversed {
		for i, j := 0, len(colors)-1; i < j; i, j = i+1, j-1 {
			colors[i], colors[j] = colors[j], colors[i]
		}
	}
	return &Colormap{Name: name, Colors: colors}, nil
}

// ColormapNames returns the names of the colormaps, sorted, without the reversed ones.
func ColormapNames() []string {
	var names []string
	for name := range colormapTables {
		names = append(names, name)
	}
	for name := range listedColormaps {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// interpolateTable makes 256 colours of control points.
func interpolateTable(table string) []Color {
	colors := make([]Color, 256)
	for i := 0; i+16 <= len(table); i += 8 {
		from, to := hexByte(table[i:]), hexByte(table[i+8:])
		a, b := hexColor(table[i+2:]), hexColor(table[i+10:])
		for k := int(from); k <= int(to); k++ {
			colors[k] = a.mix(b, float64(k-int(from))/float64(int(to)-int(from)))
		}
	}
	return colors
}

func hexByte(text string) uint8 {
	v, err := strconv.ParseUint(text[:2], 16, 8)
	if err != nil {
		panic("BUG: colormap table: " + err.Error())
	}
	return uint8(v)
}

func hexColor(text string) Color { return RGB(hexByte(text), hexByte(text[2:]), hexByte(text[4:])) }

// valueRange is the smallest and largest finite value of data; Min > Max if there is none. Positive is the smallest
// value above zero, for logarithms.
type valueRange struct{ Min, Max, Positive float64 }

func rangeOf(values Values) valueRange {
	r := valueRange{math.Inf(1), math.Inf(-1), math.Inf(1)}
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		r.Min, r.Max = min(r.Min, v), max(r.Max, v)
		if v > 0 {
			r.Positive = min(r.Positive, v)
		}
	}
	return r
}

// norm maps values to fractions of a colormap.
type norm struct {
	low, high float64
	log       bool
	colors    *Colormap
}

// norm resolves a mapping against its data and the default colormap.
func (m *Mapping) norm(data valueRange, defaultMap string) norm {
	n := norm{low: data.Min, high: data.Max, log: m.Log}
	if n.log && n.low <= 0 {
		n.low = data.Positive
	}
	if m.Low != nil {
		n.low = *m.Low
	}
	if m.High != nil {
		n.high = *m.High
	}
	if math.IsNaN(n.low) || math.IsNaN(n.high) || math.IsInf(n.low, 0) || math.IsInf(n.high, 0) {
		n.low, n.high = 0, 1
	}
	if n.log && !(n.low > 0 && n.high > 0) {
		n.low, n.high = 1, 10
	}
	name := m.Colormap
	if name == "" {
		name = defaultMap
	}
	colors, err := FindColormap(name)
	if err != nil {
		colors, _ = FindColormap("viridis")
	}
	n.colors = colors
	return n
}

// fraction returns where a value lies between the ends, 0 if the ends are equal.
func (n norm) fraction(v float64) float64 {
	low, high := n.low, n.high
	if n.log {
		low, high, v = math.Log10(low), math.Log10(high), math.Log10(v)
	}
	if low == high {
		return 0
	}
	return (v - low) / (high - low)
}

// color returns the colour of a value; NaN is no paint, as matplotlib's "bad" colour.
func (n norm) color(v float64) Color {
	if math.IsNaN(v) {
		return Color{}
	}
	f := n.fraction(v)
	if f == 1 { // The last colour includes its upper end.
		f = 1 - 1e-12
	}
	return n.colors.At(f)
}

// Smooth reports whether an interpolation of imshow blends neighbouring cells.
func Smooth(interpolation string) bool {
	switch interpolation {
	case "", "none", "nearest", "antialiased", "auto":
		return false
	}
	return true
}
