package portable_test

import (
	"fmt"
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

func BenchmarkPlasticSynapse(b *testing.B) {
	for _, lanes := range []int{1, 20, 100, 2000} {
		b.Run(fmt.Sprint(lanes), func(b *testing.B) {
			const synapses = 20000
			h := ir.Hoist(ir.Optimize(exectest.PlasticSynapse()), false)
			columns := map[string]exec.Column{}
			for _, name := range []string{"tau_ps", "tau_ns", "tau_stdp", "w_max", "p_s0"} {
				columns[name] = exec.Column{F64: []float64{0.5}}
			}
			setup, err := portable.Executor{}.Compile(h.SetupShared)
			if err != nil {
				b.Fatal(err)
			}
			setup.Run(exectest.Bind(h.SetupShared, synapses, columns), 0, 1)
			code, err := portable.Executor{}.Compile(h.Step)
			if err != nil {
				b.Fatal(err)
			}
			binding := exectest.Bind(h.Step, synapses, columns)
			binding.Indexes = [][]int32{make([]int32, synapses)}
			for i := range synapses {
				binding.Indexes[0][i] = int32(i * 7919 % 2500)
			}
			best, row := time.Hour, 0
			for b.Loop() {
				start := time.Now()
				for range 50 {
					code.Run(binding, row, row+lanes)
					row = (row + lanes) % (synapses - lanes)
				}
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(best.Nanoseconds())/float64(50*lanes), "best-ns/event")
		})
	}
}
