package portable_test

import (
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// Both ways of the executor give the bits of the interpreter, on every
// operation, for any cut of the range into calls.
func TestRandomKernels(t *testing.T) {
	rapid.Check(t, checkRandomKernel)
}

func FuzzRandomKernels(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(checkRandomKernel))
}

func checkRandomKernel(t *rapid.T) {
	c := exectest.DrawCase(t, true)
	c.Kernel = ir.ExpandMath(c.Kernel)
	if rapid.Bool().Draw(t, "optimised") {
		c.Kernel = ir.DCE(ir.CSE(ir.Fold(c.Kernel)))
	}
	cut := rapid.IntRange(c.Lo, c.Hi).Draw(t, "cut")
	want := c.Copy()
	exectest.Interpret(want.Kernel, want.Binding, want.Lo, want.Hi)
	for _, plain := range []bool{true, false} {
		code, err := portable.Executor{Plain: plain}.Compile(c.Kernel)
		if err != nil {
			t.Fatalf("%v\n%s", err, c.Kernel)
		}
		have := c.Copy()
		code.Run(have.Binding, c.Lo, cut)
		code.Run(have.Binding, cut, c.Hi)
		if d := have.Difference(want); d != "" {
			t.Fatalf("plain %t: %s\n%s", plain, d, c.Kernel)
		}
		if c.Binding.Lanes != nil {
			continue
		}
		have = c.Copy()
		code.RunStretches(have.Binding, c.Stretches(cut))
		if d := have.Difference(want); d != "" {
			t.Fatalf("plain %t, stretches: %s\n%s", plain, d, c.Kernel)
		}
	}
}
