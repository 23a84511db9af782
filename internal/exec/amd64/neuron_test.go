package amd64

import (
	"fmt"
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/ir"
)

// hoisted runs the setup of a kernel and returns code and binding of its step.
func hoisted(t testing.TB, e *Executor, k *ir.Kernel, elements bool, n int, columns map[string]exec.Column) (exec.Code, *exec.Binding) {
	t.Helper()
	h := ir.Hoist(ir.Optimize(k), elements)
	compile := func(k *ir.Kernel) exec.Code {
		code, err := e.Compile(k)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	if h.SetupShared != nil {
		compile(h.SetupShared).Run(exectest.Bind(h.SetupShared, n, columns), 0, 1)
	}
	if h.SetupOwn != nil {
		compile(h.SetupOwn).Run(exectest.Bind(h.SetupOwn, n, columns), 0, n)
	}
	return compile(h.Step), exectest.Bind(h.Step, n, columns)
}

func BenchmarkNeuron(b *testing.B) {
	for _, e := range available(b) {
		for _, kernel := range []*ir.Kernel{exectest.AdEx(ir.F64), exectest.AdEx(ir.F32), exectest.HodgkinHuxley(ir.F64), exectest.HodgkinHuxley(ir.F32)} {
			for _, n := range []int{1, 8, 64, 2560} {
				for _, groups := range []int{0, 1, 2, 4} {
					if groups > 0 && n < 2560 {
						continue
					}
					b.Run(fmt.Sprintf("%s/%s/%d neurons/%d groups", e.Name(), kernel.Name, n, groups), func(b *testing.B) {
						chosen := &Executor{vectors: e.vectors, fallback: e.fallback, groups: groups}
						columns := map[string]exec.Column{}
						compiled, binding := hoisted(b, chosen, kernel, true, n, columns)
						best := time.Hour // of series of calls, which other load on the machine disturbs least
						const calls = 8
						for b.Loop() {
							start := time.Now()
							for range calls {
								compiled.Run(binding, 0, n)
							}
							best = min(best, time.Since(start))
						}
						r, err := compiled.(*code).routine(variant{})
						if err != nil {
							b.Fatal(err)
						}
						b.ReportMetric(float64(best.Nanoseconds())/float64(n*calls), "best-ns/neuron-step")
						b.ReportMetric(float64(best.Nanoseconds())/calls, "best-ns/call")
						b.ReportMetric(float64(r.groups), "groups")
						b.ReportMetric(float64(r.size), "bytes")
						if v := columns["v"].Float(0); v != v || v == exectest.UsualValue("v") {
							b.Fatal(v)
						}
					})
				}
			}
		}
	}
}
