package portable_test

import (
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// adex is the state update of the adaptive exponential neuron with two synaptic
// conductances, by exponential Euler, as lowering would write it.
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

	// Exponential Euler on the conditionally linear part of v: -(v-El) + Rin*(...): slope and rest.
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

func BenchmarkAdEx(b *testing.B) {
	const n = 2560
	for _, plain := range []bool{true, false} {
		name := "fused"
		if plain {
			name = "plain"
		}
		b.Run(name, func(b *testing.B) {
			hoisted := ir.Hoist(ir.Optimize(adex()), true)
			executor := portable.Executor{Plain: plain}
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
				code.Run(bind(setup, n, columns), 0, lanes)
			}
			code, err := executor.Compile(hoisted.Step)
			if err != nil {
				b.Fatal(err)
			}
			binding := bind(hoisted.Step, n, columns)
			best := time.Hour // of single calls, which other load on the machine disturbs least
			for b.Loop() {
				start := time.Now()
				code.Run(binding, 0, n)
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(best.Nanoseconds())/n, "best-ns/neuron-step")
			b.ReportMetric(float64(len(hoisted.Step.Instrs)), "instructions")
			if v := columns["v"].F64[3]; v != v || v == adexValues["v"] {
				b.Fatal(v)
			}
		})
	}
}
