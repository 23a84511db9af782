package script

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// FuzzRun runs whatever parses, for a short time: nothing may panic, an interruption must be heeded, and every failure must
// be an *Error that renders.
func FuzzRun(f *testing.F) {
	for _, pattern := range []string{"testdata/python/*.py", "testdata/tracebacks/*.py"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(text))
		}
	}
	for _, text := range []string{"a=[]\na.append(a)\nb=[]\nb.append(b)\na==b", "class A: pass\nA.__call__=A()\nA()()", "x=()\nwhile True: x=(x,)",
		"import itertools\nlist(itertools.count())", "sum(range(10**15))", "'%1000000000d' % 5", "2**2**100", "[0]*10**18", "f'{1:{10**9}}'",
		"def f():\n  try: yield f()\n  finally: yield\nlist(f())", "print(*map(print, range(10**12)))"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		module, err := syntax.ParseModule(&diag.Source{Name: "fuzz", Text: text}, syntax.Options{Notebook: true})
		if err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		start := time.Now()
		in := New(Config{Check: len(text)%2 == 0})
		in.ScanNames([]*syntax.Module{module})
		v, err := in.ExecCell(ctx, module)
		if err != nil {
			var failure *Error
			if !errors.As(err, &failure) {
				t.Fatalf("not an *Error: %v", err)
			}
			_ = failure.Traceback()
		} else if v != nil {
			_ = Repr(v)
		}
		if d := time.Since(start); d > 20*time.Second {
			t.Errorf("took %v", d)
		}
	})
}
