package pylab

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
	"synfire/internal/plot"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

var (
	update = flag.Bool("update", false, "rewrite the stored transcripts")
	keep   = flag.String("keep", "", "a folder that receives the figures of the gallery as PNG")
)

// unitValue stands for a unit in the way in which the module of Brian2's names does it.
type unitValue struct{ unit units.Unit }

func (u unitValue) Unit() units.Unit { return u.unit }

func (u unitValue) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	if reflected {
		return script.Binary(op, other, u.unit.Quantity())
	}
	return script.Binary(op, u.unit.Quantity(), other)
}

// session is an evaluator with numpy, pylab and a few units.
type session struct {
	*script.Interp
	out     bytes.Buffer
	figures []*plot.Figure
	state   *State
}

func newSession(t testing.TB, check bool) *session {
	t.Helper()
	s := &session{}
	np := numpy.Module(numpy.Config{})
	s.state = New(&host.Host{Check: check, Show: func(f *plot.Figure) { s.figures = append(s.figures, f) }}, np)
	quantities := &script.Module{Name: "someunits"}
	for _, name := range []string{"mV", "ms", "second", "nS", "volt"} {
		u, ok := units.Lookup(name)
		if !ok {
			t.Fatal("no unit ", name)
		}
		quantities.Entries = append(quantities.Entries, script.Entry{Name: name, Value: unitValue{u}})
	}
	if check {
		quantities.Entries = append(quantities.Entries, script.Entry{Name: "recorded", Value: &script.Unknown{What: "recorded"}})
	}
	s.Interp = script.New(script.Config{Stdout: &s.out, Check: check, OutputDir: t.TempDir(),
		Modules:   append(s.state.Modules(), np, quantities),
		OnWarning: func(m *diag.Message) { s.out.WriteString("warning: " + m.Text + "\n") },
		ArrayOperator: func(op syntax.Op, x, y script.Value) (script.Value, error) {
			a, err := numpy.FromValue(x)
			if err != nil {
				return nil, err
			}
			return numpy.New(a).Binary(op, y, false)
		}})
	return s
}

// run executes a script and returns what it shows: prints, the last value, the error, the figures.
func (s *session) run(t testing.TB, text string) string {
	t.Helper()
	s.out.Reset()
	module, err := syntax.ParseModule(&diag.Source{Name: "case.py", Text: text}, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.ExecCell(context.Background(), module)
	if err != nil {
		var e *script.Error
		if !errors.As(err, &e) {
			t.Fatalf("not an error of the script: %v", err)
		}
		m := e.Diag()
		s.out.WriteString(m.Kind + ": " + m.Text + "\n")
		if m.Hint != "" {
			s.out.WriteString("hint: " + m.Hint + "\n")
		}
	} else if v != nil {
		s.out.WriteString(script.Repr(v) + "\n")
	}
	s.figures = append(s.figures, s.state.TakeFigures()...)
	for _, f := range s.figures {
		s.out.WriteString(f.String())
	}
	return s.out.String()
}

const preamble = "from pylab import *\nfrom matplotlib import pyplot as plt\nimport matplotlib as mpl\nfrom someunits import *\n"

// TestTranscripts runs the cases of testdata/*.txt: blocks of code, each followed by "----" and what it shows.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			stored, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var written strings.Builder
			for _, block := range strings.Split(string(stored), "\n====\n") {
				code, want, _ := strings.Cut(block, "\n----\n")
				got := strings.TrimSuffix(newSession(t, strings.HasPrefix(filepath.Base(file), "check")).run(t, preamble+code), "\n")
				if written.Len() > 0 {
					written.WriteString("\n====\n")
				}
				written.WriteString(code + "\n----\n" + got)
				if want = strings.TrimSuffix(want, "\n"); !*update && got != want {
					t.Errorf("%s\n%s", code, cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")))
				}
			}
			if *update {
				if err := os.WriteFile(file, []byte(written.String()+"\n"), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestGallery draws every script of testdata/gallery, the figures of which must not be empty; -keep stores them.
func TestGallery(t *testing.T) {
	files, err := filepath.Glob("testdata/gallery/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no gallery", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".py")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := newSession(t, false)
			shown := s.run(t, string(text))
			if strings.Contains(shown, "Error:") || len(s.figures) != 1 {
				t.Fatalf("%d figures:\n%s", len(s.figures), shown)
			}
			var png bytes.Buffer
			if err := plot.RenderPNG(&png, s.figures[0], 1); err != nil {
				t.Fatal(err)
			}
			if png.Len() < 1000 {
				t.Errorf("the image has %d bytes only", png.Len())
			}
			if *keep != "" {
				if err := os.WriteFile(filepath.Join(*keep, name+".png"), png.Bytes(), 0o666); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}
