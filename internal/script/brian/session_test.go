package brian

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"synfire/internal/diag"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/script/numpy"
	"synfire/internal/script/pandas"
	"synfire/internal/script/pylab"
	"synfire/internal/syntax"
)

var update = flag.Bool("update", false, "rewrite what Synfire itself prints (testdata/synfire); testdata/regenerate.py rewrites what Brian2 prints")

// workbench is a session with an evaluator, as a notebook has them.
type workbench struct {
	session *Session
	interp  *script.Interp
	host    *host.Host
	out     *bytes.Buffer
	runs    []host.RunReport
	notes   []string
	hints   bool // show them
}

func newWorkbench(t testing.TB, change func(*host.Host)) *workbench {
	t.Helper()
	seed := uint64(1)
	b := &workbench{out: &bytes.Buffer{}}
	b.host = &host.Host{Seed: &seed, Threads: 1, Random: rng.NewRandomState(1), Dir: t.TempDir(),
		OnRun: func(r host.RunReport) { b.runs = append(b.runs, r) },
		Warn:  func(m *diag.Message) { b.out.WriteString(m.Kind + ": " + m.Text + "\n") },
		Note:  func(text string) { b.notes = append(b.notes, text) },
	}
	if change != nil {
		change(b.host)
	}
	var session *Session
	library := numpy.Module(numpy.Config{Random: b.host.Random, OnSeed: func(n uint32) error { return session.SeedFromNumPy(n) }})
	drawing := pylab.New(b.host, library).Modules()
	session = New(b.host, append([]*script.Module{library}, drawing...)...)
	b.session = session
	b.interp = script.New(script.Config{
		Stdout: b.out, Stderr: b.out, Dir: b.host.Dir, OutputDir: b.host.OutputDir, Check: b.host.Check,
		Modules:       slices.Concat([]*script.Module{library, pandas.Module()}, drawing, session.Modules()),
		OnWarning:     b.host.Warn,
		ArrayOperator: func(op syntax.Op, x, y script.Value) (script.Value, error) { return numpy.BinaryArray(op, x, y) },
		NumberAttr:    numpy.NumberAttr,
	})
	return b
}

// cell runs a cell and returns what it prints, with the value of its last expression and the exception that ended it.
func (b *workbench) cell(name, text string) string {
	b.out.Reset()
	module, err := syntax.ParseModule(&diag.Source{Name: name, Text: text}, syntax.Options{})
	if err != nil {
		return "SyntaxError: " + err.Error() + "\n"
	}
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	value, err := b.interp.ExecCell(ctx, module)
	if err != nil {
		var failed *script.Error
		if !errors.As(err, &failed) {
			return b.out.String() + "no *script.Error: " + err.Error() + "\n"
		}
		b.out.WriteString(failed.Error() + "\n")
		if b.hints && failed.Exception.Hint != "" {
			b.out.WriteString("  hint: " + failed.Exception.Hint + "\n")
		}
	} else if value != nil {
		b.out.WriteString(script.Repr(value) + "\n")
	}
	return b.out.String()
}

// blocks cuts a file of snippets into pieces that are separated by blank lines.
func blocks(text string) []string {
	var list []string
	for _, piece := range strings.Split(text, "\n\n") {
		if strings.TrimSpace(piece) != "" {
			list = append(list, strings.Trim(piece, "\n")+"\n")
		}
	}
	return list
}

// TestBrian2 compares what snippets print with what Brian2 printed; testdata/regenerate.py stores that.
func TestBrian2(t *testing.T) {
	files, err := filepath.Glob("testdata/brian2/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			compare(t, file, false)
		})
	}
}

// TestSynfire compares what snippets print with what they printed before: errors and warnings in Synfire's own words.
func TestSynfire(t *testing.T) {
	files, err := filepath.Glob("testdata/synfire/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".py"), func(t *testing.T) {
			compare(t, file, *update)
		})
	}
}

func compare(t *testing.T, file string, rewrite bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	bench := newWorkbench(t, nil)
	bench.hints = strings.Contains(file, "synfire")
	var got strings.Builder
	for _, block := range blocks(string(text)) {
		got.WriteString(bench.cell(filepath.Base(file), block))
		got.WriteString("--\n")
	}
	output := strings.TrimSuffix(file, ".py") + ".out"
	if rewrite {
		if err := os.WriteFile(output, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	plain := func(s string) []string {
		// Brian2's whole numbers have 32 bits and say so; outside views Synfire's have 64.
		lines := strings.Split(strings.ReplaceAll(s, ", dtype=int32", ""), "\n")
		if bench.hints {
			return lines
		}
		// Brian2 writes warnings to its log.
		return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "Warning: ") })
	}
	if diff := cmp.Diff(plain(string(want)), plain(got.String())); diff != "" {
		t.Errorf("stored (-) and printed now (+) differ:\n%s", diff)
	}
}
