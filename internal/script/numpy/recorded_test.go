package numpy

import (
	"bytes"
	"context"
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

var showAll = flag.Bool("all", false, "report every difference, not only the first ones")

// testSession returns an evaluator with numpy, the unit-aware functions under the name bnp, and some units.
func testSession(t testing.TB, dir string) (*script.Interp, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	unitNames := script.Module{Name: "someunits"}
	for _, name := range strings.Fields("volt mV second ms Hz kHz amp pA nA siemens nS ohm Mohm farad pF metre um") {
		u, ok := units.Lookup(name)
		if !ok {
			t.Fatalf("no unit %s", name)
		}
		unitNames.Entries = append(unitNames.Entries, script.Entry{Name: name, Value: testUnit{u}})
	}
	in := script.New(script.Config{Stdout: &out, Dir: dir, OutputDir: dir,
		OnWarning: func(*diag.Message) {}, NumberAttr: NumberAttr,
		Modules: []*script.Module{Module(Config{}), &unitNames, {Name: "bnp", Entries: UnitAware()}}})
	if _, text := run(in, &out, "import numpy as np, bnp\nfrom someunits import *"); text != "" {
		t.Fatal(text)
	}
	return in, &out
}

// testUnit stands for a unit in the way in which the module of Brian2's names does it.
type testUnit struct{ unit units.Unit }

func (u testUnit) Unit() units.Unit { return u.unit }

func (u testUnit) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	if o, ok := other.(testUnit); ok {
		other = o.unit.Quantity()
	}
	if reflected {
		return script.Binary(op, other, u.unit.Quantity())
	}
	return script.Binary(op, u.unit.Quantity(), other)
}

// run executes a snippet and returns its value and what a reader of the transcript sees.
func run(in *script.Interp, out *bytes.Buffer, code string) (script.Value, string) {
	out.Reset()
	module, err := syntax.ParseModule(&diag.Source{Name: "case", Text: code}, syntax.Options{})
	if err != nil {
		return nil, "!! SyntaxError: " + err.Error()
	}
	value, err := in.ExecCell(context.Background(), module)
	if err != nil {
		return nil, out.String() + "!! " + err.Error()
	}
	if value != nil {
		out.WriteString(script.Repr(value) + "\n")
	}
	return value, strings.TrimSuffix(out.String(), "\n")
}

// TestRecorded compares what statements answer with what NumPy and Brian2 have answered (testdata/record.py).
func TestRecorded(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no recorded cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			in, out := testSession(t, t.TempDir())
			var code, want []string
			line := 0
			failures := 0
			check := func() {
				if code == nil {
					return
				}
				text := strings.Join(code, "\n")
				_, got := run(in, out, text)
				expected := strings.Join(want, "\n")
				if !sameAnswer(got, expected, strings.HasSuffix(text, "# ~")) {
					if failures++; failures <= 20 || *showAll {
						t.Errorf("%s:%d\n>>> %s\ngot:\n%s\nwant:\n%s", file, line, text, got, expected)
					}
				}
				code, want = nil, nil
			}
			for i, l := range strings.Split(string(data), "\n") {
				switch {
				case strings.HasPrefix(l, ">>> "):
					check()
					code, line = []string{l[4:]}, i+1
				case strings.HasPrefix(l, "... "):
					code = append(code, l[4:])
				case strings.HasPrefix(l, "= "):
					want = append(want, l[2:])
				case strings.HasPrefix(l, "## "):
					check()
					in, out = testSession(t, t.TempDir())
				}
			}
			check()
		})
	}
}

var number = regexp.MustCompile(`-?\d+\.?\d*(?:e[-+]?\d+)?`)

// sameAnswer compares texts; loosely, numbers may differ in their last digits, which depend on the C library.
func sameAnswer(got, want string, loosely bool) bool {
	if got == want || !loosely {
		return got == want
	}
	if number.ReplaceAllString(got, "#") != number.ReplaceAllString(want, "#") {
		return false
	}
	a, b := number.FindAllString(got, -1), number.FindAllString(want, -1)
	for i := range a {
		x, _ := strconv.ParseFloat(a[i], 64)
		y, _ := strconv.ParseFloat(b[i], 64)
		if math.Abs(x-y) > 2e-15*math.Abs(y) {
			return false
		}
	}
	return true
}
