package plot

import (
	"math"
	"strings"
	"testing"
)

func FuzzParseFormat(f *testing.F) {
	for _, text := range []string{"k,", "r--", "C0", "C", "o-", "-.", "é", "0.5", "tab:blue", "C99999999999999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		format, err := ParseFormat(text, nil)
		if err != nil {
			if !strings.Contains(err.Error(), "format string") {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		// What was understood can be written again and means the same.
		again := string(format.Marker)
		if format.Style != "None" {
			again += string(format.Style)
		}
		second, err := ParseFormat(again, nil)
		if err != nil || second.Marker != format.Marker {
			t.Errorf("%q: %+v, written again as %q: %+v %v", text, format, again, second, err)
		}
	})
}

func FuzzParseColor(f *testing.F) {
	for _, text := range []string{"k", "#12", "#12345678", "C7", "0.3", "tab:", "none", "inf", "1e-3", "xkcd:red"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseColor(text, nil)
		if err != nil {
			return
		}
		back, err := ParseColor(c.String(), nil)
		if err != nil || back != c && c.A != 0 {
			t.Errorf("%q is %v, which is read as %v (%v)", text, c, back, err)
		}
	})
}

func FuzzMathtext(f *testing.F) {
	for _, text := range []string{`$\tau_m/\tau_w$`, `$x^{2^{2}}_i$`, `$\frac{a}{b}$`, `$\sqrt[3]{x}$`, `a $b$ c $d$`, `$`, `\$5`, `$\left( x \right.$`, `$^\circ$`, `$f''_i$`, `$\mathrm{a b}\text{c d}$`, `$\sum_i^N$`, "a\nb", `${{{{$`, `$\hat{x}\binom{n}{k}$`} {
		f.Add(text)
	}
	fonts := newFontSet()
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			return
		}
		set := fonts.set(text, textStyle{size: 10})
		for _, v := range []float64{set.box.left, set.box.top, set.box.right, set.box.bottom} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%q: box %v", text, set.box)
			}
		}
		for _, g := range set.glyphs {
			if math.IsNaN(g.x+g.y+g.size) || math.IsInf(g.x+g.y, 0) {
				t.Fatalf("%q: a glyph at %g, %g", text, g.x, g.y)
			}
		}
	})
}
