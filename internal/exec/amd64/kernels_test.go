package amd64

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// available returns the executors that this machine can run, refusing to fall back so that tests see what is not translated.
func available(t testing.TB) []*Executor {
	t.Helper()
	var list []*Executor
	for _, vectors := range []Vectors{AVX512, AVX2} {
		e, err := New(vectors, portable.Executor{})
		if err != nil {
			t.Logf("%s is not tested: %v", vectors, err)
			continue
		}
		list = append(list, e)
	}
	if len(list) == 0 {
		t.Skip("no machine code on this machine")
	}
	return list
}

// isNative reports whether all that a kernel does between calls of block functions is machine code.
func isNative(compiled exec.Code) bool {
	if _, ok := compiled.(*code); ok {
		return true
	}
	staged, ok := compiled.(*exec.Staged)
	return ok && !strings.Contains(staged.Listing(false), "portable")
}

// Machine code gives the bits of the interpreter, on every operation, for any cut of the range into calls and any number
// of groups at once.
func TestRandomKernels(t *testing.T) {
	executors := available(t)
	rapid.Check(t, func(t *rapid.T) { checkRandomKernel(t, executors) })
}

// Shortening inputs takes the fuzzer minutes: run it with -fuzzminimizetime 1x.
func FuzzRandomKernels(f *testing.F) {
	executors := available(f)
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { checkRandomKernel(t, executors) }))
}

func checkRandomKernel(t *rapid.T, executors []*Executor) {
	c := exectest.DrawCase(t, true)
	c.Kernel = ir.ExpandMath(c.Kernel)
	if rapid.Bool().Draw(t, "optimised") {
		c.Kernel = ir.DCE(ir.CSE(ir.Fold(c.Kernel)))
	}
	cut := rapid.IntRange(c.Lo, c.Hi).Draw(t, "cut")
	groups := rapid.SampledFrom([]int{0, 0, 1, 2, 4}).Draw(t, "groups")
	want := c.Copy()
	exectest.Interpret(want.Kernel, want.Binding, want.Lo, want.Hi)
	for _, e := range executors {
		e := &Executor{vectors: e.vectors, fallback: e.fallback, groups: groups}
		compiled, err := e.Compile(c.Kernel)
		if err != nil {
			t.Fatalf("%v\n%s", err, c.Kernel)
		}
		if !isNative(compiled) {
			t.Fatalf("not translated:\n%s", c.Kernel)
		}
		have := c.Copy()
		compiled.Run(have.Binding, c.Lo, cut)
		compiled.Run(have.Binding, cut, c.Hi)
		if d := have.Difference(want); d != "" {
			t.Fatalf("%s, %d groups: %s\n%s", e.Name(), groups, d, c.Kernel)
		}
		if c.Binding.Lanes != nil {
			continue
		}
		have = c.Copy()
		compiled.RunStretches(have.Binding, c.Stretches(cut))
		if d := have.Difference(want); d != "" {
			t.Fatalf("%s, %d groups, stretches: %s\n%s", e.Name(), groups, d, c.Kernel)
		}
	}
}

var _ exec.Executor = (*Executor)(nil)
