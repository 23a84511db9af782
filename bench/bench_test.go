package bench

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWorkloads checks that every script beside this file is a workload, and reads the settings that it is given.
func TestWorkloads(t *testing.T) {
	var used []string
	names := map[string]bool{}
	for _, w := range Workloads() {
		if names[w.Name] || w.Name == "" || w.About == "" || !(w.Seconds > 0) {
			t.Errorf("%+v", w)
		}
		names[w.Name] = true
		used = append(used, w.File)
		for _, setting := range append([]string{"BENCH_SECONDS="}, w.Settings...) {
			name, value, _ := strings.Cut(setting, "=")
			if script := w.Script(); !strings.Contains(script, "getenv('"+name+"'") || name == "BENCH_SCENARIO" && !strings.Contains(script, value) {
				t.Errorf("%s does not know %s", w.File, setting)
			}
		}
	}
	files, err := filepath.Glob("*.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !slices.Contains(used, file) && file != "with_brian2.py" && file != "compare.py" {
			t.Errorf("no workload uses %s", file)
		}
		if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), `"""`) {
			t.Errorf("%s does not begin by saying what it is", file)
		}
	}
}
