// Package examples_test runs the examples in a short form: every simulation ends after 50 ms.
package examples_test

import (
	"path/filepath"
	"testing"

	"synfire/internal/notebook"
)

// figures says how many figures each example draws.
var figures = map[string]int{
	"brunel.md": 1, "coba.py": 1, "cuba.py": 1, "custom-events.py": 1, "gap-junctions.py": 1, "hodgkin-huxley.py": 2, "lif.py": 1,
	"noise.py": 2, "parameter-search.ipynb": 1, "short-term-plasticity.py": 1, "stdp.py": 2, "stochastic-release.py": 1,
}

func TestExamples(t *testing.T) {
	for _, pattern := range []string{"*.py", "*.md", "*.ipynb"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, err)
		}
		for _, file := range files {
			if file == "README.md" {
				continue
			}
			t.Run(file, func(t *testing.T) { example(t, file) })
		}
	}
}

func example(t *testing.T, file string) {
	document, err := notebook.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	// The long study is only prepared: it takes gigabytes, and cannot be shortened.
	check := file == "adex-network.md"
	result, err := notebook.Run(t.Context(), document, notebook.Options{Folder: t.TempDir(), Limit: 0.05, Check: check})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range append(result.Problems, result.Warnings...) {
		t.Error(m)
	}
	drawn := 0
	for _, cell := range result.Cells {
		for _, output := range cell.Outputs {
			switch x := output.(type) {
			case *notebook.Figure:
				drawn++
			case *notebook.Warning:
				t.Errorf("cell %d: %s", cell.Number, x.Message)
			case *notebook.Failure:
				t.Errorf("cell %d: %s", cell.Number, x.Message)
			}
		}
		if cell.State == notebook.Failed {
			t.Errorf("cell %d failed", cell.Number)
		}
	}
	if drawn != figures[file] {
		t.Errorf("%d figures, want %d", drawn, figures[file])
	}
}
