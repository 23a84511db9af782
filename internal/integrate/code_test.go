package integrate

import (
	"flag"
	"os"
	"strings"
	"testing"

	"synfire/internal/diag"
)

var update = flag.Bool("update", false, "rewrite the stored code")

// TestCode compares the generated code with testdata/code.txt: blocks of a line "# method" (or event-driven,
// automatic), equations `name = rhs`, a line "=>", and the code or the refusal. "name! = rhs" stands still
// while refractory.
func TestCode(t *testing.T) {
	content, err := os.ReadFile("testdata/code.txt")
	if err != nil {
		t.Fatal(err)
	}
	names := testNames{
		perElement:  map[string]bool{"tau_m": true, "tau_w": true, "p": true},
		varying:     map[string]bool{"g_total": true, "v_post": true},
		clockDriven: map[string]bool{"driven": true},
	}
	var rewritten strings.Builder
	for _, block := range strings.Split(strings.TrimSpace(string(content)), "\n\n") {
		question, want, _ := strings.Cut(block, "\n=>")
		lines := strings.Split(question, "\n")
		method := strings.TrimPrefix(lines[0], "# ")
		var pairs []string
		for _, line := range lines[1:] {
			name, rhs, _ := strings.Cut(line, " = ")
			pairs = append(pairs, name, rhs)
		}
		system := systemOf(t, names, pairs...)
		var result *Result
		switch method {
		case "automatic":
			result, err = Choose(system)
		case "event-driven":
			result, err = EventDriven(system)
		default:
			result, err = Integrate(method, system)
		}
		var got string
		if err != nil {
			m := err.(*diag.Message)
			got = m.Kind + ": " + m.Text
			for _, n := range m.Notes {
				got += "\nnote: " + n.Text
			}
			if m.Hint != "" {
				got += "\nhint: " + m.Hint
			}
		} else {
			got = strings.TrimSpace(result.String())
			if result.Note != "" {
				got = result.Note + "\n" + got
			}
		}
		if got = "\n" + got; !*update && got != want {
			t.Errorf("%s\n=> got%s\nwant%s", question, got, want)
		}
		rewritten.WriteString(question + "\n=>" + got + "\n\n")
	}
	if *update {
		if err := os.WriteFile("testdata/code.txt", []byte(strings.TrimSpace(rewritten.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
