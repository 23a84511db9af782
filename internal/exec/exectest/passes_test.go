package exectest

import (
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// Passes that promise the same bits keep them.
func TestExactPasses(t *testing.T) {
	passes := []struct {
		name string
		run  func(*ir.Kernel) *ir.Kernel
	}{
		{"Fold", ir.Fold}, {"CSE", ir.CSE}, {"DCE", ir.DCE},
		{"all", func(k *ir.Kernel) *ir.Kernel { return ir.DCE(ir.CSE(ir.Fold(k))) }},
	}
	for _, pass := range passes {
		t.Run(pass.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				c := DrawCase(t, false)
				want, have := c.Copy(), c.Copy()
				Interpret(want.Kernel, want.Binding, c.Lo, c.Hi)
				k := pass.run(c.Kernel)
				if err := k.Verify(); err != nil {
					t.Fatal(err)
				}
				Interpret(k, have.Binding, c.Lo, c.Hi)
				if d := have.Difference(want); d != "" {
					t.Fatalf("%s\nbefore\n%s\nafter\n%s", d, c.Kernel, k)
				}
			})
		})
	}
}

// A hoisted kernel after its setup gives the bits of the whole one.
func TestHoistKeepsBits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := DrawCase(t, true)
		c.Kernel = ir.Optimize(c.Kernel)
		h := ir.Hoist(c.Kernel, rapid.Bool().Draw(t, "elements"))
		want, have := c.Copy(), c.Copy()
		have.Kernel = h.Step
		for i := len(c.Kernel.Vars); i < len(h.Step.Vars); i++ {
			v := &h.Step.Vars[i]
			size := len(c.Binding.Indexes[0])
			if v.Index == ir.Shared {
				size = 1
			}
			have.Binding.Columns = append(have.Binding.Columns, exec.NewColumn(v.Type, size))
		}
		Interpret(want.Kernel, want.Binding, c.Lo, c.Hi)
		for _, setup := range []*ir.Kernel{h.SetupShared, h.SetupOwn} {
			if setup == nil {
				continue
			}
			if err := setup.Verify(); err != nil {
				t.Fatal(err)
			}
			whole := *have.Binding
			whole.Lanes = nil
			n := len(whole.Indexes[0])
			if setup == h.SetupShared {
				n = 1
			}
			Interpret(setup, &whole, 0, n)
		}
		if err := h.Step.Verify(); err != nil {
			t.Fatal(err)
		}
		Interpret(h.Step, have.Binding, c.Lo, c.Hi)
		if d := want.Difference(have); d != "" {
			t.Fatalf("%s\nwhole\n%s\nstep\n%s", d, c.Kernel, h.Step)
		}
	})
}
