package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// addSeeds gives the fuzzer the texts of the transcripts and, without their line breaks, of the modules.
func addSeeds(f *testing.F) {
	files, _ := filepath.Glob("testdata/transcripts/*.txt")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split(string(data), "\n=== ")[1:] {
			_, rest, _ := strings.Cut(part, "\n")
			text, _, _ := strings.Cut(rest, "\n---\n")
			f.Add(text)
		}
	}
	files, _ = filepath.Glob("testdata/modules/*.py")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
}

// checkError checks that an error is a message with a place inside the text, and that it can be shown.
func checkError(t *testing.T, src *diag.Source, err error) {
	t.Helper()
	m, ok := err.(*diag.Message)
	if !ok {
		t.Fatalf("%q: the error is no message: %v", src.Text, err)
	}
	s := m.Where
	if s.Source != src || s.Start < 0 || s.Start > s.End || int(s.End) > len(src.Text) {
		t.Fatalf("%q: the message %q stands at %d:%d", src.Text, m.Text, s.Start, s.End)
	}
	if m.Kind == "" || m.Text == "" || !strings.Contains(m.String(), "^") {
		t.Fatalf("%q: incomplete message %s", src.Text, m)
	}
}

// checkPlaces checks that the place of every expression lies within that of the expression around it.
func checkPlaces(t *testing.T, src *diag.Source, x Expr) {
	t.Helper()
	s := x.Span()
	if s.Source != src || s.Start < 0 || s.Start >= s.End || int(s.End) > len(src.Text) {
		t.Fatalf("%q: %s stands at %d:%d", src.Text, Describe(x), s.Start, s.End)
	}
	children(x, func(child Expr) {
		c := child.Span()
		if spec, ok := child.(*FString); ok && len(spec.Parts) == 0 {
			return // an empty format specification
		}
		if c.Start < s.Start || c.End > s.End {
			t.Fatalf("%q: %s at %d:%d is not inside %s at %d:%d",
				src.Text, Describe(child), c.Start, c.End, Describe(x), s.Start, s.End)
		}
		checkPlaces(t, src, child)
	})
}

func FuzzParseExpr(f *testing.F) {
	addSeeds(f)
	for _, text := range expressionTexts(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := &diag.Source{Name: "fuzz", Text: text}
		x, err := ParseExpr(src)
		if err != nil {
			checkError(t, src, err)
			return
		}
		checkPlaces(t, src, x)
		if err := CheckModelExpr(x); err != nil {
			checkError(t, src, err)
		}
	})
}

func FuzzParseModule(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, notebook := range []bool{false, true} {
			src := &diag.Source{Name: "fuzz", Text: text}
			m, err := ParseModule(src, Options{Notebook: notebook})
			if err != nil {
				checkError(t, src, err)
				continue
			}
			for _, s := range m.Body {
				if p := s.Span(); p.Start > p.End || int(p.End) > len(text) {
					t.Fatalf("%q: a statement stands at %d:%d", text, p.Start, p.End)
				}
			}
		}
	})
}

func FuzzParseEquations(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		src := &diag.Source{Name: "fuzz", Text: text}
		equations, err := ParseEquations(src)
		if err != nil {
			checkError(t, src, err)
			return
		}
		// The formatted equations are the same equations.
		var formatted strings.Builder
		for _, e := range equations {
			if e.Rhs != nil {
				checkPlaces(t, src, e.Rhs)
			}
			if e.UnitSpan.Text() != e.Unit || !strings.HasSuffix(e.NameSpan.Text(), e.Name) {
				t.Fatalf("%q: the unit %q or name %q is misplaced", text, e.Unit, e.Name)
			}
			formatted.WriteString(FormatEquation(e) + "\n")
		}
		again, err := ParseEquations(&diag.Source{Name: "formatted", Text: formatted.String()})
		if err != nil {
			t.Fatalf("%q formatted as %s\n%v", text, formatted.String(), err)
		}
		if len(again) != len(equations) {
			t.Fatalf("%q: %d equations became %d", text, len(equations), len(again))
		}
		for i, e := range equations {
			a := again[i]
			if a.Kind != e.Kind || a.Name != e.Name || a.Unit != e.Unit || len(a.Flags) != len(e.Flags) || !Equal(a.Rhs, e.Rhs) {
				t.Fatalf("%q: %s became %s", text, FormatEquation(e), FormatEquation(a))
			}
		}
	})
}

func FuzzParseCode(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		src := &diag.Source{Name: "fuzz", Text: text}
		statements, err := ParseCode(src)
		if err != nil {
			checkError(t, src, err)
			return
		}
		for _, s := range statements {
			checkPlaces(t, src, s.Value)
			again, err := ParseCode(&diag.Source{Name: "formatted", Text: FormatStmt(s)})
			if err != nil || len(again) != 1 || again[0].Op != s.Op || !Equal(again[0].Value, s.Value) {
				t.Fatalf("%q formatted as %s: %v", text, FormatStmt(s), err)
			}
		}
	})
}
