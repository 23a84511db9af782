package amd64

import (
	"fmt"
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// plastic is the delivery of a spike to synapses with short-term plasticity and spike-timing dependent plasticity: four
// decays since the last event, a clipped weight, a conductance of the target.
func plastic() *ir.Kernel {
	b := ir.NewBuilder("plastic")
	own := func(name string) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: ir.F64, Index: ir.Own, Rate: ir.Varying})
	}
	constant := func(name string) ir.Value {
		return b.Load(b.Var(ir.Var{Name: name, Type: ir.F64, Index: ir.Shared, Rate: ir.RunConstant}))
	}
	ps, ns, apre, apost, w, lastupdate := own("p_s"), own("n_s"), own("Apre"), own("Apost"), own("w_syn"), own("lastupdate")
	ge := b.Var(ir.Var{Name: "g_e_post", Type: ir.F64, Index: ir.Indexed, Via: b.Index("post"), Rate: ir.Varying})
	t := b.Load(b.Var(ir.Var{Name: "t", Type: ir.F64, Index: ir.Shared, Rate: ir.StepUniform}))
	elapsed := b.Sub(t, b.Load(lastupdate))
	decay := func(tau string) ir.Value { return b.Exp(b.Div(b.Neg(elapsed), constant(tau))) }
	p0 := constant("p_s0")
	p := b.Add(p0, b.Mul(b.Sub(b.Load(ps), p0), decay("tau_ps")))
	n := b.Add(b.Float(1), b.Mul(b.Sub(b.Load(ns), b.Float(1)), decay("tau_ns")))
	stdp := decay("tau_stdp")
	pre, post := b.Mul(b.Load(apre), stdp), b.Mul(b.Load(apost), stdp)
	p = b.Add(p, b.Mul(p0, b.Sub(b.Float(1), p)))
	r := b.Mul(p, n)
	n = b.Sub(n, r)
	weight := b.Clip(b.Add(b.Load(w), post), constant("w_min"), constant("w_max"))
	b.Store(ps, p, ir.NoValue)
	b.Store(ns, n, ir.NoValue)
	b.Store(apre, b.Add(pre, constant("Apre0")), ir.NoValue)
	b.Store(apost, post, ir.NoValue)
	b.Store(w, weight, ir.NoValue)
	b.Accumulate(ge, ir.Add, b.Mul(b.Mul(weight, r), constant("nS")), ir.NoValue)
	b.Store(lastupdate, t, ir.NoValue)
	return b.Kernel()
}

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
		for _, kernel := range []*ir.Kernel{static(), plastic()} {
			for _, lanes := range []int{1, 20, 100, 2000} {
				b.Run(fmt.Sprintf("%s/%s/%d lanes", e.Name(), kernel.Name, lanes), func(b *testing.B) {
					const synapses = 20000
					columns := map[string]exec.Column{}
					for _, name := range []string{"tau_ps", "tau_ns", "tau_stdp", "w_max", "p_s0"} {
						columns[name] = exec.Column{F64: []float64{0.5}}
					}
					compiled, binding := hoisted(b, e, kernel, false, synapses, columns)
					binding.Indexes = [][]int32{make([]int32, synapses)}
					for i := range synapses {
						binding.Indexes[0][i] = int32(i * 7919 % 2500)
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
