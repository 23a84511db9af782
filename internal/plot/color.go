package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"synfire/internal/diag"
)

// Color is a colour with opacity, not premultiplied. The zero Color is no paint, "none".
type Color struct{ R, G, B, A uint8 }

// RGB returns an opaque colour.
func RGB(r, g, b uint8) Color { return Color{r, g, b, 255} }

// RGBA returns a colour from components between 0 and 1.
func RGBA(r, g, b, a float64) Color {
	return Color{byteOf(r), byteOf(g), byteOf(b), byteOf(a)}
}

func byteOf(v float64) uint8 { return uint8(math.Round(255 * min(max(v, 0), 1))) }

// WithAlpha returns the colour with the opacity, or the colour itself if alpha is nil. No paint stays no paint.
func (c Color) WithAlpha(alpha *float64) Color {
	if alpha == nil || c.A == 0 {
		return c
	}
	c.A = byteOf(*alpha)
	return c
}

// None reports whether the colour paints nothing.
func (c Color) None() bool { return c.A == 0 }

// String returns "#rrggbb", "#rrggbbaa" or "none".
func (c Color) String() string {
	switch c.A {
	case 0:
		return "none"
	case 255:
		return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	}
	return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A)
}

// MarshalText returns what String returns, for JSON.
func (c Color) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// or returns the first of the two colours that paints.
func (c Color) or(other Color) Color {
	if c.A == 0 {
		return other
	}
	return c
}

// mix returns the colour at a fraction of the way to another.
func (c Color) mix(other Color, fraction float64) Color {
	blend := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*fraction))
	}
	return Color{blend(c.R, other.R), blend(c.G, other.G), blend(c.B, other.B), blend(c.A, other.A)}
}

// ParseColor reads a colour as matplotlib writes it: a letter ("k"), a CSS name ("steelblue"), "tab:orange", a place
// in the colour cycle ("C3"), "#rgb", "#rgba", "#rrggbb", "#rrggbbaa", a grey between 0 and 1 ("0.5"), or "none". The
// cycle may be nil for the usual ten colours. The error is a ValueError.
func ParseColor(text string, cycle []Color) (Color, error) {
	if c, ok := parseColor(text, cycle); ok {
		return c, nil
	}
	message := diag.Errorf(diag.Span{}, "ValueError", "%q is not a color", text)
	if strings.HasPrefix(text, "xkcd:") {
		return Color{}, message.WithHint("The names of the xkcd survey are not known here; use a CSS name or #rrggbb.")
	}
	if near := nearest(text, colorNames()); near != "" {
		return Color{}, message.WithHint("Did you mean %q?", near)
	}
	return Color{}, message.WithHint("Colors are letters (\"k\"), CSS names (\"steelblue\"), \"C0\" to \"C9\", \"#rrggbb\" or grey levels (\"0.5\").")
}

func parseColor(text string, cycle []Color) (Color, bool) {
	if strings.EqualFold(text, "none") {
		return Color{}, true
	}
	if len(text) == 1 {
		if c, ok := letterColors[text[0]]; ok {
			return c, true
		}
	}
	if len(text) >= 2 && text[0] == 'C' && allDigits(text[1:]) {
		n, err := strconv.Atoi(text[1:])
		if err != nil {
			return Color{}, false
		}
		if len(cycle) == 0 {
			cycle = tableauColors[:]
		}
		return cycle[n%len(cycle)], true
	}
	lower := strings.ToLower(text)
	if c, ok := cssColors[lower]; ok {
		return RGB(uint8(c>>16), uint8(c>>8), uint8(c)), true
	}
	if name, ok := strings.CutPrefix(lower, "tab:"); ok {
		for i, known := range tableauNames {
			if name == known {
				return tableauColors[i], true
			}
		}
		if name == "grey" {
			return tableauColors[7], true
		}
		return Color{}, false
	}
	if hex, ok := strings.CutPrefix(lower, "#"); ok {
		return parseHex(hex)
	}
	if grey, err := strconv.ParseFloat(text, 64); err == nil && grey >= 0 && grey <= 1 && plainNumber(text) {
		return RGBA(grey, grey, grey, 1), true
	}
	return Color{}, false
}

func parseHex(hex string) (Color, bool) {
	if len(hex) == 3 || len(hex) == 4 {
		var wide strings.Builder
		for i := range len(hex) {
			wide.WriteByte(hex[i])
			wide.WriteByte(hex[i])
		}
		hex = wide.String()
	}
	if len(hex) == 6 {
		hex += "ff"
	}
	if len(hex) != 8 {
		return Color{}, false
	}
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil {
		return Color{}, false
	}
	return Color{uint8(v >> 24), uint8(v >> 16), uint8(v >> 8), uint8(v)}, true
}

func allDigits(text string) bool {
	return strings.Trim(text, "0123456789") == ""
}

// plainNumber keeps "inf", "nan" and "0x1p-2", which strconv accepts, from being greys.
func plainNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789.eE+-") == ""
}

// tableauColors is matplotlib's colour cycle since version 2 (the Tableau 10 palette).
var tableauColors = [10]Color{
	RGB(0x1f, 0x77, 0xb4), RGB(0xff, 0x7f, 0x0e), RGB(0x2c, 0xa0, 0x2c), RGB(0xd6, 0x27, 0x28), RGB(0x94, 0x67, 0xbd),
	RGB(0x8c, 0x56, 0x4b), RGB(0xe3, 0x77, 0xc2), RGB(0x7f, 0x7f, 0x7f), RGB(0xbc, 0xbd, 0x22), RGB(0x17, 0xbe, 0xcf),
}

var tableauNames = [10]string{"blue", "orange", "green", "red", "purple", "brown", "pink", "gray", "olive", "cyan"}

// letterColors are the one-letter names; g, c, m, y are not the saturated ones.
var letterColors = map[byte]Color{
	'b': RGB(0, 0, 255), 'g': RGBA(0, 0.5, 0, 1), 'r': RGB(255, 0, 0), 'c': RGBA(0, 0.75, 0.75, 1),
	'm': RGBA(0.75, 0, 0.75, 1), 'y': RGBA(0.75, 0.75, 0, 1), 'k': RGB(0, 0, 0), 'w': RGB(255, 255, 255),
}
