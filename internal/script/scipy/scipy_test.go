package scipy

import (
	"context"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/rng"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
)

// TestAnswers compares snippets with what SciPy answered; testdata/record.py stores that.
func TestAnswers(t *testing.T) {
	text, err := os.ReadFile("testdata/answers.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, example := range strings.Split(strings.TrimSpace(string(text)), "\n====\n") {
		code, want, _ := strings.Cut(example, "\n----\n")
		random := rng.NewRandomState(0)
		in := script.New(script.Config{Modules: []*script.Module{numpy.Module(numpy.Config{Random: random}), Module(random)}})
		lines := strings.Split(code, "\n")
		lines[len(lines)-1] = "answer = np.ravel(" + lines[len(lines)-1] + ")"
		module, err := syntax.ParseModule(&diag.Source{Name: "snippet", Text: "import numpy as np\nimport scipy\nfrom scipy import optimize, stats\n" + strings.Join(lines, "\n")}, syntax.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := in.ExecModule(context.Background(), module); err != nil {
			if kind, text, failed := strings.Cut(want, ": "); !failed || !strings.Contains(err.Error(), text) || !strings.Contains(err.Error(), kind) {
				t.Errorf("%s\ngot  %v\nwant %s", code, err, want)
			}
			continue
		}
		v, _ := in.Globals().Lookup("answer")
		a, err := numpy.FromValue(v)
		if err != nil {
			t.Fatal(err)
		}
		numbers := strings.Fields(want)
		if a.Size() != len(numbers) {
			t.Errorf("%s: %d numbers, want %s", code, a.Size(), want)
			continue
		}
		for k, word := range numbers {
			x, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatalf("%s: %s", code, want)
			}
			if got := a.FloatAt(k); !(math.Abs(got-x) <= 1e-9*math.Abs(x)+1e-12) {
				t.Errorf("%s: number %d is %.12g, want %s", code, k, got, word)
			}
		}
	}
}
