package portable_test

import (
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

func BenchmarkAdEx(b *testing.B) {
	const n = 2560
	for _, c := range []struct {
		name  string
		plain bool
		t     ir.Type
	}{{"plain", true, ir.F64}, {"fused", false, ir.F64}, {"fused f32", false, ir.F32}} {
		b.Run(c.name, func(b *testing.B) {
			hoisted := ir.Hoist(ir.Optimize(exectest.AdEx(c.t)), true)
			executor := portable.Executor{Plain: c.plain}
			columns := map[string]exec.Column{}
			for _, setup := range []*ir.Kernel{hoisted.SetupShared, hoisted.SetupOwn} {
				code, err := executor.Compile(setup)
				if err != nil {
					b.Fatal(err)
				}
				lanes := n
				if setup == hoisted.SetupShared {
					lanes = 1
				}
				code.Run(exectest.Bind(setup, n, columns), 0, lanes)
			}
			code, err := executor.Compile(hoisted.Step)
			if err != nil {
				b.Fatal(err)
			}
			binding := exectest.Bind(hoisted.Step, n, columns)
			best := time.Hour // of single calls, which other load on the machine disturbs least
			for b.Loop() {
				start := time.Now()
				code.Run(binding, 0, n)
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(best.Nanoseconds())/n, "best-ns/neuron-step")
			b.ReportMetric(float64(len(hoisted.Step.Instrs)), "instructions")
			if v := columns["v"].Float(3); v != v || v == exectest.UsualValue("v") {
				b.Fatal(v)
			}
		})
	}
}
