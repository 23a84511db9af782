package brian

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"synfire/internal/script/host"
)

const conformance = "../../../testdata/conformance/"

// A conformanceCase is a small script of testdata/conformance with what Brian2 gives; README.md there tells of its form.
type conformanceCase struct {
	title    string
	steps    []conformanceStep
	differs  string  // why Synfire does something else, for now
	decision string  // why it does so on purpose
	deviates bool    // though Brian2 is not wrong: docs/compatibility.md tells of it
	rtol     float64 // of numbers with a point
}

// conformanceStep is some statements, and an expression behind them or nothing.
type conformanceStep struct {
	line             int
	code, expression string
	want, ours       string // of Brian2, and of Synfire where a decision makes it differ
}

// conformanceCases reads a file.
func conformanceCases(t *testing.T, path string) []*conformanceCase {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var cases []*conformanceCase
	var current *conformanceCase
	var open bool // the last step takes statements
	last := func(number int) *conformanceStep {
		if !open {
			current.steps = append(current.steps, conformanceStep{line: number})
			open = true
		}
		return &current.steps[len(current.steps)-1]
	}
	for k, line := range strings.Split(string(text), "\n") {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			current, open = &conformanceCase{title: title, rtol: 1e-7}, false
			cases = append(cases, current)
			continue
		}
		if current == nil {
			continue
		}
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case ">>>":
			step := last(k + 1)
			step.expression = rest
		case "=", "!":
			step := last(k + 1)
			step.want, open = line, false
		case "~":
			current.steps[len(current.steps)-1].ours = rest
		case "%":
			key, value, _ := strings.Cut(rest, ": ")
			switch key {
			case "differs":
				current.differs = value
			case "decision", "deviation":
				current.decision, current.deviates = value, key == "deviation"
			case "rtol":
				number, _, _ := strings.Cut(value, " ")
				if current.rtol, err = strconv.ParseFloat(number, 64); err != nil {
					t.Fatalf("%s:%d: %v", path, k+1, err)
				}
			default:
				t.Fatalf("%s:%d: nothing is called %q", path, k+1, key)
			}
		default:
			if strings.TrimSpace(line) != "" || open {
				last(k + 1).code += line + "\n"
			}
		}
	}
	return cases
}

var (
	conformanceNumber = regexp.MustCompile(`-?\b(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)\b\.?`)
	conformanceKind   = regexp.MustCompile(`^\w+`)
)

// agrees compares two values: numbers that are whole and all that is no number exactly, others within rtol.
func agrees(got, want string, rtol float64) bool {
	if conformanceNumber.ReplaceAllString(got, "0") != conformanceNumber.ReplaceAllString(want, "0") {
		return false
	}
	a, b := conformanceNumber.FindAllString(got, -1), conformanceNumber.FindAllString(want, -1)
	for k := range a {
		if a[k] == b[k] {
			continue
		}
		x, err1 := strconv.ParseFloat(a[k], 64)
		y, err2 := strconv.ParseFloat(b[k], 64)
		if err1 != nil || err2 != nil || !strings.ContainsAny(a[k], ".ein") || !strings.ContainsAny(b[k], ".ein") {
			return false
		}
		if !(math.Abs(x-y) <= rtol*math.Abs(y)+1e-15*(rtol/1e-7)) {
			return false
		}
	}
	return true
}

// run executes a case and returns in words where it departs from what is expected, and "" if nowhere.
func (c *conformanceCase) run(t *testing.T, prelude string) string {
	b := newWorkbench(t, func(h *host.Host) { h.OutputDir = t.TempDir() })
	b.host.Warn = nil
	if out := b.cell("prelude", "from brian2 import *\n"+prelude); out != "" {
		t.Fatal(out)
	}
	for _, step := range c.steps {
		text := step.code
		if step.expression != "" {
			text += "print('= ' + show(" + step.expression + "))\n"
		}
		got := strings.TrimSpace(b.cell("case", text))
		want := step.want
		if step.ours != "" {
			want = step.ours
			if !strings.HasPrefix(want, "! ") {
				want = "= " + want
			}
		}
		if kind, failed := strings.CutPrefix(want, "! "); failed {
			if conformanceKind.FindString(kind) != conformanceKind.FindString(got) || strings.HasPrefix(got, "= ") {
				return "line " + strconv.Itoa(step.line) + ": got  " + got + "\nwant " + want
			}
			continue
		}
		if !agrees(got, want, c.rtol) {
			return "line " + strconv.Itoa(step.line) + ": got  " + got + "\nwant " + want
		}
	}
	return ""
}

// TestConformance runs the cases. Those that say that Synfire differs must differ, and be told of in
// docs/compatibility.md.
func TestConformance(t *testing.T) {
	prelude, err := os.ReadFile(conformance + "show.py")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../../../docs/compatibility.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(conformance + "*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, c := range conformanceCases(t, file) {
				t.Run(c.title, func(t *testing.T) {
					decided := false
					for _, step := range c.steps {
						decided = decided || step.ours != "" && !agrees("= "+step.ours, step.want, c.rtol)
					}
					if decided != (c.decision != "") {
						t.Error("a decision needs its reason, and what Synfire gives that is not what Brian2 gives")
					}
					departs := c.run(t, string(prelude))
					switch {
					case c.differs == "" && departs != "":
						t.Error(departs)
					case c.differs != "" && departs == "":
						t.Error("agrees with Brian2 now")
					case (c.differs != "" || c.deviates) && !strings.Contains(string(page), "| "+c.title+" |"):
						t.Errorf("docs/compatibility.md does not tell of %q", c.title)
					}
				})
			}
		})
	}
}
