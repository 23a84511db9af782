package script

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// runText runs a script and returns what it prints, with the last line of an uncaught exception at the end.
func runText(t testing.TB, name, text string, config Config) string {
	t.Helper()
	var out bytes.Buffer
	config.Stdout = &out
	module, err := syntax.ParseModule(&diag.Source{Name: name, Text: text}, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := New(config).ExecModule(ctx, module); err != nil {
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("not an *Error: %v", err)
		}
		out.WriteString(e.Exception.lastLine() + "\n")
	}
	return out.String()
}

// TestPython compares what snippets print with what CPython printed; testdata/regenerate.py stores that.
func TestPython(t *testing.T) {
	files, err := filepath.Glob("testdata/python/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets", err)
	}
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "sibling") {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".py") + ".out")
			if err != nil {
				t.Fatal(err)
			}
			got := runText(t, filepath.Base(file), string(text), Config{Dir: filepath.Dir(file), OutputDir: t.TempDir()})
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("CPython (-) and this evaluator (+) differ:\n%s", diff)
			}
		})
	}
}
