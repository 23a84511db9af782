package notebook

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMathematics(t *testing.T) {
	for _, test := range []struct{ latex, want string }{
		{`x_1^2`, `<math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math>`},
		{`\tau_m/\tau_w`, `<math><mrow><msub><mi>τ</mi><mi>m</mi></msub><mo>/</mo><msub><mi>τ</mi><mi>w</mi></msub></mrow></math>`},
		{`\frac{dv}{dt} = -v`, `<math><mrow><mfrac><mrow><mi>d</mi><mi>v</mi></mrow><mrow><mi>d</mi><mi>t</mi></mrow></mfrac><mo>=</mo><mo>−</mo><mi>v</mi></mrow></math>`},
		{`e^{-t/\tau}`, `<math><msup><mi>e</mi><mrow><mo>−</mo><mi>t</mi><mo>/</mo><mi>τ</mi></mrow></msup></math>`},
		{`\sum_{i=1}^N f'`, `<math><mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover><msup><mi>f</mi><mrow><mo>′</mo></mrow></msup></mrow></math>`},
		{`g_\text{exc}`, `<math><msub><mi>g</mi><mtext>exc</mtext></msub></math>`},
		{`\sqrt[3]{2.5}`, `<math><mroot><mn>2.5</mn><mn>3</mn></mroot></math>`},
		{`\left(a\right]`, `<math><mrow><mo>(</mo><mi>a</mi><mo>]</mo></mrow></math>`},
		// What is not known, or broken, is shown as it was written.
		{`\unheard{x} < 1`, `<span class="tex">\unheard{x} &lt; 1</span>`},
		{`{x`, `<span class="tex">{x</span>`},
		{`x_`, `<span class="tex">x_</span>`},
		{`\frac{1}`, `<span class="tex">\frac{1}</span>`},
		{strings.Repeat("{", 500), `<span class="tex">` + strings.Repeat("{", 500) + `</span>`},
	} {
		if got := mathML(test.latex, false); got != test.want {
			t.Errorf("%s\ngot  %s\nwant %s", test.latex, got, test.want)
		}
	}
}

func TestNarrative(t *testing.T) {
	for _, test := range []struct{ markdown, want string }{
		{"it costs $5 and $6", "<p>it costs $5 and $6</p>\n"},
		{"`$x$` and \\$x$", "<p><code>$x$</code> and $x$</p>\n"},
		{"$a_1 b_1$ _c_", "<p><math><mrow><msub><mi>a</mi><mn>1</mn></msub><msub><mi>b</mi><mn>1</mn></msub></mrow></math> <em>c</em></p>\n"},
		{"$$\nx\n$$", "<p><math display=\"block\"><mi>x</mi></math></p>\n"},
		{"\\begin{equation}\nx\n\\end{equation}", "<p><math display=\"block\"><mrow><mtable displaystyle=\"true\"><mtr><mtd><mi>x</mi></mtd></mtr></mtable></mrow></math></p>\n"},
		{"\\\\(x\\\\)", "<p><math><mi>x</mi></math></p>\n"},
		{"$x", "<p>$x</p>\n"},
		{"<script>alert(1)</script>", "<!-- raw HTML omitted -->\n"},
		{"[a](javascript:alert(1))", "<p><a href=\"\">a</a></p>\n"},
	} {
		got, _, err := narrative(test.markdown, map[string]bool{})
		if err != nil || got != test.want {
			t.Errorf("%q\ngot  %s\nwant %s", test.markdown, got, test.want)
		}
	}
}

func TestHeadings(t *testing.T) {
	taken := map[string]bool{}
	_, first, _ := narrative("# The $\\tau_m$ of *it* & more\n\n## Part\n\n##\n", taken)
	_, second, _ := narrative("Part\n----\n", taken)
	want := []heading{
		{1, "The τ_m of it & more", "the-τ-m-of-it-more", "The <math><msub><mi>τ</mi><mi>m</mi></msub></math> of it &amp; more"},
		{2, "Part", "part", "Part"}, {2, "Part", "part-2", "Part"}}
	got := append(first, second...)
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got[i], want[i])
		}
	}
}

func FuzzNarrative(f *testing.F) {
	f.Add("# a\n$\\frac{a}{b}_c^d$ $$ \\begin{cases} 1 & 2 \\\\ 3 \\end{cases} $$")
	f.Add("\\\\[x\\\\] $5 $x$")
	f.Fuzz(func(t *testing.T, markdown string) {
		if !utf8.ValidString(markdown) {
			t.Skip() // documents are UTF-8
		}
		if _, _, err := narrative(markdown, map[string]bool{}); err != nil {
			t.Error(err)
		}
		headings(markdown)
	})
}

func TestPlainText(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"\x1b[1;31mred\x1b[0m\n", "red\n"},
		{" 10 %\r 20 %\r100 %\r\ndone\n", "100 %\ndone\n"},
		{"plain", "plain"},
	} {
		if got := plainText(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
