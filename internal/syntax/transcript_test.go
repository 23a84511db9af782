package syntax

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the expected results in testdata")

// A transcript file holds cases: a line "=== mode", a text, a line "---", and what comes out.
func TestTranscripts(t *testing.T) {
	files, _ := filepath.Glob("testdata/transcripts/*.txt")
	if len(files) == 0 {
		t.Fatal("no transcripts")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for i, part := range strings.Split(string(data), "\n=== ") {
				if i == 0 {
					got.WriteString(part)
					continue
				}
				mode, rest, _ := strings.Cut(part, "\n")
				text, _, _ := strings.Cut(rest, "\n---\n")
				got.WriteString("\n=== " + mode + "\n" + text + "\n---\n" + strings.TrimRight(transcript(t, mode, text), "\n") + "\n")
			}
			if *update {
				if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(data), got.String()); diff != "" {
				t.Errorf("(-want +got; -update rewrites)\n%s", diff)
			}
		})
	}
}

// transcript parses the text as the mode says and returns the result or the message.
func transcript(t *testing.T, mode, text string) string {
	var lines []string
	var err error
	src := &diag.Source{Name: "text", Text: text}
	switch mode {
	case "expression", "model expression":
		var x Expr
		if x, err = ParseExpr(src); err != nil {
			break
		}
		if mode == "model expression" {
			err = CheckModelExpr(x)
		}
		lines = append(lines, Format(x))
	case "equations":
		var equations []*Equation
		equations, err = ParseEquations(src)
		for _, e := range equations {
			lines = append(lines, FormatEquation(e))
		}
	case "code":
		var statements []*CodeStmt
		statements, err = ParseCode(src)
		for _, s := range statements {
			lines = append(lines, FormatStmt(s))
		}
	case "module", "cell":
		var m *Module
		if m, err = ParseModule(src, Options{Notebook: mode == "cell"}); err != nil {
			break
		}
		for _, s := range m.Body {
			lines = (&dumper{placed: true}).stmt(lines, s, 0)
		}
	default:
		t.Fatalf("unknown mode %q", mode)
	}
	if err != nil {
		return diag.FromError(err).String()
	}
	return strings.Join(lines, "\n") + "\n"
}
