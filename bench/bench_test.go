package bench

import (
	"os"
	"os/exec"
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

// Where there is no Brian2 the comparison says so before it builds or prints anything.
func TestCompareNeedsBrian2(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	command := exec.Command(shell, "compare.sh", "coba")
	command.Env = append(os.Environ(), "PYTHON=/nowhere/python3")
	var out, complaints strings.Builder
	command.Stdout, command.Stderr = &out, &complaints
	err = command.Run()
	if status, ok := err.(*exec.ExitError); !ok || status.ExitCode() != 1 || out.String() != "" ||
		!strings.HasPrefix(complaints.String(), "compare.sh: /nowhere/python3 has no brian2; PYTHON=... names") {
		t.Errorf("%v, %q, %q", err, out.String(), complaints.String())
	}
}
