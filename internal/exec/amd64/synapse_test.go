package amd64

import (
	"fmt"
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/ir"
)

// static is the delivery to synapses with nothing but a weight.
func static() *ir.Kernel {
	b := ir.NewBuilder("static")
	w := b.Load(b.Var(ir.Var{Name: "w_syn", Type: ir.F64, Index: ir.Own, Rate: ir.RunConstant}))
	ge := b.Var(ir.Var{Name: "g_e_post", Type: ir.F64, Index: ir.Indexed, Via: b.Index("post"), Rate: ir.Varying})
	b.Accumulate(ge, ir.Add, w, ir.NoValue)
	return b.Kernel()
}

func BenchmarkSynapse(b *testing.B) {
	for _, e := range available(b) {
		for _, kernel := range []*ir.Kernel{static(), exectest.PlasticSynapse()} {
			for _, lanes := range []int{1, 20, 100, 2000, -100, -2000} { // negative: of a list of synapses, not of a row
				name, listed := fmt.Sprintf("%d lanes", lanes), lanes < 0
				if listed {
					lanes = -lanes
					name = fmt.Sprintf("%d listed", lanes)
				}
				b.Run(fmt.Sprintf("%s/%s/%s", e.Name(), kernel.Name, name), func(b *testing.B) {
					const synapses = 20000
					columns := map[string]exec.Column{}
					for _, name := range []string{"tau_ps", "tau_ns", "tau_stdp", "w_max", "p_s0"} {
						columns[name] = exec.Column{F64: []float64{0.5}}
					}
					compiled, binding := hoisted(b, e, kernel, false, synapses, columns)
					binding.Indexes = [][]int32{make([]int32, synapses)}
					for i := range synapses {
						binding.Indexes[0][i] = int32(i * 7919 % 2500)
						if listed {
							binding.Lanes = append(binding.Lanes, int32(i*7331%synapses))
						}
					}
					best, row := time.Hour, 0
					for b.Loop() {
						start := time.Now()
						for range 50 {
							compiled.Run(binding, row, row+lanes)
							row = (row + lanes) % (synapses - lanes)
						}
						best = min(best, time.Since(start))
					}
					b.ReportMetric(float64(best.Nanoseconds())/float64(50*lanes), "best-ns/event")
				})
			}
		}
	}
}
