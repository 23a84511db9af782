package portable

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/ir"
)

// A listing has a line for every step and every value that all lanes share.
func TestListing(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, compiled exec.Code) {
		c := compiled.(*code)
		lines := strings.Split(strings.TrimSuffix(c.Listing(false), "\n"), "\n")[1:]
		steps := 0
		for _, l := range lines {
			if !strings.HasPrefix(l, "  once ") && !strings.HasPrefix(l, "  literal ") {
				steps++
			}
		}
		if steps != len(c.steps) {
			t.Fatalf("%d lines of steps, want %d:\n%s", steps, len(c.steps), strings.Join(lines, "\n"))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		k := exectest.DrawCase(t, false).Kernel
		if k.Calls() {
			t.Skip("has several listings")
		}
		compiled, err := Executor{}.Compile(k)
		if err != nil {
			t.Fatal(err)
		}
		check(t, compiled)
	})
	compiled, err := Executor{}.Compile(ir.Optimize(exectest.AdEx(ir.F64)))
	if err != nil {
		t.Fatal(err)
	}
	check(t, compiled)
	if text := compiled.(exec.Lister).Listing(false); !strings.Contains(text, "\n  group  ") {
		t.Errorf("no exponential in one loop:\n%s", text)
	}
}
