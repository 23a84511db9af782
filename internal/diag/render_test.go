package diag

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
)

// at returns the place of the first occurrence of a word in a source.
func at(s *Source, word string) Span {
	i := strings.Index(s.Text, word)
	if i < 0 {
		panic("BUG: " + word + " is not in the text")
	}
	return Span{s, int32(i), int32(i + len(word))}
}

func TestRender(t *testing.T) {
	model := &Source{Name: "equations of G", Text: "dv/dt = (El - v)/tau + g_e : volt\ng_e : siemens\n"}
	script := &Source{Name: "model.py", Text: "# a script\nG = NeuronGroup(10, 'x : 1\\ny = g_e : volt')\n"}
	inner := &Source{Name: "equations of G", Text: "x : 1\ny = g_e : volt", Origin: at(script, `'x : 1\ny = g_e : volt'`)}
	cell := &Source{Name: "cell 3", Text: "a\nb\n\tc = größe + 日本 + x", FirstLine: 98}
	long := &Source{Name: "long", Text: strings.Repeat("a + ", 50) + "WRONG" + strings.Repeat(" + b", 50)}
	for _, test := range []struct {
		name    string
		message *Message
		options Options
		want    string
	}{
		{"no place", Errorf(Span{}, "ValueError", "bad value %d", 3).WithHint("try 4"), Options{}, `
error[ValueError]: bad value 3
  = hint: try 4
`},
		{"place, note, hint", Errorf(at(model, "g_e"), "DimensionMismatchError", "volt/second and siemens cannot be added").
			WithNote(at(model, "g_e : siemens"), "'g_e' is declared here").
			WithNote(Span{}, "the left side has the unit volt/second").
			WithHint("multiply by a voltage"), Options{}, `
error[DimensionMismatchError]: volt/second and siemens cannot be added
 --> equations of G:1:24
  |
1 | dv/dt = (El - v)/tau + g_e : volt
  |                        ^^^
note: 'g_e' is declared here
 --> equations of G:2:1
  |
2 | g_e : siemens
  | ^^^^^^^^^^^^^
  = note: the left side has the unit volt/second
  = hint: multiply by a voltage
`},
		{"warning", Errorf(Span{}, "RuntimeWarning", "NaN in v"), Options{}, `
warning[RuntimeWarning]: NaN in v
`},
		{"no kind", &Message{Text: "two\nlines\n"}, Options{}, `
error: two
    lines
`},
		{"origin without pieces", Errorf(at(inner, "g_e"), "KeyError", "unknown name"), Options{}, `
error[KeyError]: unknown name
 --> equations of G:2:5
  |
2 | y = g_e : volt
  |     ^^^
  = in model.py:2:21
  |
2 | G = NeuronGroup(10, 'x : 1\ny = g_e : volt')
  |                     ^^^^^^^^^^^^^^^^^^^^^^^
`},
		{"tab, wide letters, line numbers", Errorf(at(cell, "x"), "E", "here"), Options{}, `
error[E]: here
   --> cell 3:100:19
    |
100 |     c = größe + 日本 + x
    |                        ^
`},
		{"several lines", Errorf(Span{cell, 2, 20}, "E", "here"), Options{}, `
error[E]: here
  --> cell 3:99:1
   |
99 | b
   | ^
`},
		{"end of the text", Errorf(Span{model, int32(len(model.Text)), int32(len(model.Text))}, "E", "here"), Options{}, `
error[E]: here
 --> equations of G:3:1
  |
3 |
  | ^
`},
		{"narrow", Errorf(at(long, "WRONG"), "E", "a message that is longer than the terminal is wide").
			WithHint("a hint that is also longer than it"), Options{Width: 40}, `
error[E]: a message that is longer than
    the terminal is wide
 --> long:1:201
  |
1 | … + a + a + a + a + WRONG + b + b +…
  |                     ^^^^^
  = hint: a hint that is also longer
          than it
`},
		{"colours", Errorf(at(model, "tau"), "E", "here").WithHint("there"), Options{Color: true},
			"\n\x1b[1;31merror[E]\x1b[0m: here\n \x1b[1;34m-->\x1b[0m equations of G:1:18\n  \x1b[1;34m|\x1b[0m\n" +
				"\x1b[1;34m1\x1b[0m \x1b[1;34m|\x1b[0m dv/dt = (El - v)/tau + g_e : volt\n" +
				"  \x1b[1;34m|\x1b[0m                  \x1b[1;31m^^^\x1b[0m\n  \x1b[1;34m=\x1b[0m \x1b[1;32mhint\x1b[0m: there\n"},
		{"hostile text", Errorf(Span{}, "E", "\x1b[2Jgone"), Options{}, `
error[E]: ` + "\ufffd" + `[2Jgone
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			if err := Render(&b, test.message, test.options); err != nil {
				t.Fatal(err)
			}
			if got, want := b.String(), test.want[1:]; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestJSON(t *testing.T) {
	script := &Source{Name: "model.py", Text: "eqs = 'v : vlot'"}
	src := &Source{Name: "equations", Text: "v : vlot", Origin: at(script, "'v : vlot'"),
		Pieces: []Piece{{Origin: at(script, "v : vlot")}}}
	m := Errorf(at(src, "vlot"), "EquationError", "unknown unit").WithHint("volt?").WithNote(Span{}, "a note")
	got, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"severity":"error","kind":"EquationError","text":"unknown unit",` +
		`"where":{"source":"equations","line":1,"column":5,"endLine":1,"endColumn":9,"text":"v : vlot",` +
		`"origin":{"source":"model.py","line":1,"column":12,"endLine":1,"endColumn":16,"text":"eqs = 'v : vlot'"}},` +
		`"notes":[{"text":"a note"}],"hint":"volt?"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFromError(t *testing.T) {
	m := Errorf(Span{}, "KeyError", "no 'x'")
	_, notThere := os.Open(t.TempDir() + "/none.csv")
	for _, test := range []struct {
		err        error
		kind, text string
		notes      int
	}{
		{m, "KeyError", "no 'x'", 0},
		{fmt.Errorf("in neurongroup: %w", m), "KeyError", "no 'x'", 1},
		{fmt.Errorf("%w", m), "KeyError", "no 'x'", 0},
		{errors.New("boom"), "RuntimeError", "boom", 0},
		{fmt.Errorf("reading: %w", notThere), "FileNotFoundError", "reading: " + notThere.Error(), 0},
		{&fs.PathError{Op: "write", Path: "f", Err: errors.New("disk full")}, "OSError", "write f: disk full", 0},
	} {
		got := FromError(test.err)
		if got.Kind != test.kind || got.Text != test.text || len(got.Notes) != test.notes {
			t.Errorf("FromError(%v) = %s with %d notes", test.err, got, len(got.Notes))
		}
		if got != test.err && !errors.Is(got, test.err) {
			t.Errorf("FromError(%v) does not unwrap to it", test.err)
		}
	}
	if FromError(nil) != nil {
		t.Error("FromError(nil) is not nil")
	}
	if len(m.Notes) != 0 {
		t.Error("FromError changed the message in the chain")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"threshold", "reset", "refractory", "v", "tau_m", "tau_w", "exp", "Vcut", "connect", "plot"}
	for name, want := range map[string]string{
		"treshold": "threshold", "refactory": "refractory", "rest": "reset", "tau_n": "tau_m", "vcut": "Vcut",
		"conect": "connect", "exq": "exp", "polt": "plot", "Exp": "exp", "w": "", "V": "v", "gamma": "", "xyz": "",
		"thresholds_of_all": "", "": "", "plot": "",
	} {
		if got := Nearest(name, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOriginOfPieces(t *testing.T) {
	script := &Source{Name: "s", Text: "'abc' + f() + 'd\\ne'"}
	first := &Source{Text: "abc", Origin: at(script, "abc")}
	computed := &Source{Text: "XY"}
	second := &Source{Text: "d\ne", Origin: at(script, `'d\ne'`), Pieces: []Piece{{Origin: at(script, `'d\ne'`), Map: []int{15, 16, 18, 19}}}}
	all := Concat("all", first, &Source{}, computed, second)
	if all.Text != "abcXYd\ne" {
		t.Fatalf("text %q", all.Text)
	}
	for _, test := range []struct {
		start, end int32
		want       string
	}{
		{0, 1, "a"}, {1, 3, "bc"}, {1, 8, "bc"}, {3, 4, ""}, {5, 6, "d"}, {6, 7, `\n`}, {7, 8, "e"}, {5, 8, `d\ne`}, {8, 8, ""},
	} {
		if got := (Span{all, test.start, test.end}).Origin().Text(); got != test.want {
			t.Errorf("%d:%d comes from %q, want %q", test.start, test.end, got, test.want)
		}
	}
}
