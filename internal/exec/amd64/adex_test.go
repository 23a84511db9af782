package amd64

import (
	"fmt"
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// adex is the state update of the adaptive exponential neuron with two synaptic conductances, by exponential
// Euler, as lowering would write it.
func adex() *ir.Kernel {
	b := ir.NewBuilder("adex")
	own := func(name string, rate ir.Rate) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: ir.F64, Index: ir.Own, Rate: rate})
	}
	constant := func(name string) ir.Value {
		return b.Load(b.Var(ir.Var{Name: name, Type: ir.F64, Index: ir.Shared, Rate: ir.RunConstant}))
	}
	v, w, ge, gi := own("v", ir.Varying), own("w", ir.Varying), own("g_e", ir.Varying), own("g_i", ir.Varying)
	a, taum, tauw, ibias, stim := own("a", ir.RunConstant), own("tau_m", ir.RunConstant), own("tau_w", ir.RunConstant), own("Ibias", ir.RunConstant), own("stim_amp", ir.RunConstant)
	V, W, GE, GI := b.Load(v), b.Load(w), b.Load(ge), b.Load(gi)
	A, TM, TW := b.Load(a), b.Load(taum), b.Load(tauw)
	el, rin, dT, vth, ee, ei, te, ti, dt := constant("El"), constant("Rin"), constant("deltaT"), constant("Vth"), constant("E_e"), constant("E_i"), constant("tau_e"), constant("tau_i"), constant("dt")
	current := b.Load(b.Var(ir.Var{Name: "input", Type: ir.F64, Index: ir.Shared, Rate: ir.StepUniform}))

	slope := b.Div(b.Sub(b.Neg(b.Mul(rin, b.Add(GE, GI))), b.Float(1)), TM)
	e := b.Exp(b.Div(b.Sub(V, vth), dT))
	rest := b.Div(b.Add(b.Add(el, b.Mul(dT, e)), b.Mul(rin, b.Sub(b.Add(b.Add(b.Mul(GE, ee), b.Mul(GI, ei)), b.Add(b.Load(ibias), b.Mul(b.Load(stim), current))), W))), TM)
	ratio := b.Div(rest, slope)
	vNew := b.Sub(b.Mul(b.Add(V, ratio), b.Exp(b.Mul(slope, dt))), ratio)
	target := b.Mul(A, b.Sub(V, el))
	wNew := b.Add(b.Mul(b.Sub(W, target), b.Exp(b.Div(b.Neg(dt), TW))), target)
	b.Store(v, vNew, ir.NoValue)
	b.Store(w, wNew, ir.NoValue)
	b.Store(ge, b.Mul(GE, b.Exp(b.Div(b.Neg(dt), te))), ir.NoValue)
	b.Store(gi, b.Mul(GI, b.Exp(b.Div(b.Neg(dt), ti))), ir.NoValue)
	return b.Kernel()
}

var adexValues = map[string]float64{
	"v": -0.065, "w": 1e-12, "g_e": 1e-9, "g_i": 1e-9, "a": 1e-9, "tau_m": 0.02, "tau_w": 0.1, "Ibias": 0, "stim_amp": 35,
	"El": -0.07, "Rin": 5e8, "deltaT": 0.002, "Vth": -0.05, "E_e": 0, "E_i": -0.08, "tau_e": 0.005, "tau_i": 0.01, "dt": 1e-4, "input": 1e-12,
}

// bind gives every variable of a kernel memory for n elements, temporaries included.
func bind(k *ir.Kernel, n int, columns map[string]exec.Column) *exec.Binding {
	binding := &exec.Binding{Keys: make([]uint64, len(k.Sites))}
	for i := range k.Vars {
		v := &k.Vars[i]
		column, ok := columns[v.Name]
		if !ok {
			size := n
			if v.Index == ir.Shared {
				size = 1
			}
			column = exec.NewColumn(v.Type, size)
			for e := range size {
				column.SetFloat(e, adexValues[v.Name]*(1+1e-3*float64(e%7)))
			}
			columns[v.Name] = column
		}
		binding.Columns = append(binding.Columns, column)
	}
	return binding
}

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
		compile(h.SetupShared).Run(bind(h.SetupShared, n, columns), 0, 1)
	}
	if h.SetupOwn != nil {
		compile(h.SetupOwn).Run(bind(h.SetupOwn, n, columns), 0, n)
	}
	return compile(h.Step), bind(h.Step, n, columns)
}

func BenchmarkAdEx(b *testing.B) {
	for _, e := range available(b) {
		for _, n := range []int{1, 8, 64, 2560} {
			for _, groups := range []int{0, 1, 2, 4} {
				if groups > 0 && n < 2560 {
					continue
				}
				b.Run(fmt.Sprintf("%s/%d neurons/%d groups", e.Name(), n, groups), func(b *testing.B) {
					chosen := &Executor{vectors: e.vectors, fallback: e.fallback, groups: groups}
					columns := map[string]exec.Column{}
					compiled, binding := hoisted(b, chosen, adex(), true, n, columns)
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
					if v := columns["v"].F64[0]; v != v || v == adexValues["v"] {
						b.Fatal(v)
					}
				})
			}
		}
	}
}
