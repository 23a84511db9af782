package syntax

import (
	"os"
	"testing"

	"synfire/internal/diag"
)

func BenchmarkParseModule(b *testing.B) {
	text, err := os.ReadFile("testdata/modules/notebooklike.py")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ParseModule(&diag.Source{Name: "bench", Text: string(text)}, Options{Notebook: true}); err != nil {
			b.Fatal(err)
		}
	}
}
