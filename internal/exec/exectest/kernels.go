package exectest

import (
	"synfire/internal/exec"
	"synfire/internal/ir"
)

// AdEx is the state update of the adaptive exponential neuron with two synaptic conductances, by exponential
// Euler, as lowering would write it, with floats of type t: what all lanes share is F64 in any case.
func AdEx(t ir.Type) *ir.Kernel {
	b := ir.NewBuilder("adex " + t.String())
	own := func(name string, rate ir.Rate) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: t, Index: ir.Own, Rate: rate})
	}
	constant := func(name string) ir.Value {
		return b.Convert(b.Load(b.Var(ir.Var{Name: name, Type: ir.F64, Index: ir.Shared, Rate: ir.RunConstant})), t)
	}
	v, w, ge, gi := own("v", ir.Varying), own("w", ir.Varying), own("g_e", ir.Varying), own("g_i", ir.Varying)
	a, taum, tauw, ibias, stim := own("a", ir.RunConstant), own("tau_m", ir.RunConstant), own("tau_w", ir.RunConstant), own("Ibias", ir.RunConstant), own("stim_amp", ir.RunConstant)
	V, W, GE, GI := b.Load(v), b.Load(w), b.Load(ge), b.Load(gi)
	A, TM, TW := b.Load(a), b.Load(taum), b.Load(tauw)
	el, rin, dT, vth, ee, ei, te, ti, dt := constant("El"), constant("Rin"), constant("deltaT"), constant("Vth"), constant("E_e"), constant("E_i"), constant("tau_e"), constant("tau_i"), constant("dt")
	current := b.Convert(b.Load(b.Var(ir.Var{Name: "input", Type: ir.F64, Index: ir.Shared, Rate: ir.StepUniform})), t)

	slope := b.Div(b.Sub(b.Neg(b.Mul(rin, b.Add(GE, GI))), b.FloatOf(t, 1)), TM)
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

// HodgkinHuxley is the state update of the neuron of the COBAHH benchmark (Brette et al. 2007) by exponential Euler.
func HodgkinHuxley(t ir.Type) *ir.Kernel {
	b := ir.NewBuilder("hh " + t.String())
	own := func(name string) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: t, Index: ir.Own, Rate: ir.Varying})
	}
	v, m, n, h, ge, gi := own("v"), own("m"), own("n"), own("h"), own("g_e"), own("g_i")
	V, M, N, H, GE, GI := b.Load(v), b.Load(m), b.Load(n), b.Load(h), b.Load(ge), b.Load(gi)
	dt := b.Convert(b.Load(b.Var(ir.Var{Name: "dt", Type: ir.F64, Index: ir.Shared, Rate: ir.RunConstant})), t)
	const vt = -0.063
	below := func(x float64) ir.Value { return b.Add(b.Sub(b.FloatOf(t, x), V), b.FloatOf(t, vt)) }
	exprel := func(c float64, x ir.Value) ir.Value {
		return b.Div(b.Div(b.FloatOf(t, c), b.Math(ir.Exprel, x)), b.FloatOf(t, 1e-3))
	}
	over := func(x ir.Value, by float64) ir.Value { return b.Div(x, b.FloatOf(t, by)) }
	// x_new = x + dt*exprel(dt*rate)*slope is exponential Euler for the slope of x at x, and its derivative, rate.
	step := func(x, rate, slope ir.Value) ir.Value {
		return b.Add(x, b.Mul(b.Mul(dt, b.Math(ir.Exprel, b.Mul(dt, rate))), slope))
	}
	gate := func(x, opening, closing ir.Value) ir.Value {
		return step(x, b.Sub(b.Neg(opening), closing), b.Sub(b.Mul(opening, b.Sub(b.FloatOf(t, 1), x)), b.Mul(closing, x)))
	}
	mNew := gate(M, exprel(1.28, over(below(0.013), 4e-3)), exprel(1.4, over(b.Sub(b.Sub(V, b.FloatOf(t, vt)), b.FloatOf(t, 0.04)), 5e-3)))
	nNew := gate(N, exprel(0.16, over(below(0.015), 5e-3)), over(b.Mul(b.FloatOf(t, 0.5), b.Exp(over(below(0.01), 0.04))), 1e-3))
	hNew := gate(H, over(b.Mul(b.FloatOf(t, 0.128), b.Exp(over(below(0.017), 0.018))), 1e-3),
		over(b.Div(b.FloatOf(t, 4), b.Add(b.FloatOf(t, 1), b.Exp(over(below(0.04), 5e-3)))), 1e-3))
	const leak, capacity = 1e-8, 2e-10
	sodium := b.Mul(b.Mul(b.FloatOf(t, 2e-5), b.Mul(b.Mul(M, M), M)), H)
	potassium := b.Mul(b.FloatOf(t, 6e-6), b.Mul(b.Mul(b.Mul(N, N), N), N))
	from := func(x float64) ir.Value { return b.Sub(b.FloatOf(t, x), V) }
	current := b.Add(b.Mul(b.FloatOf(t, leak), from(-0.06)), b.Add(b.Mul(GE, from(0)), b.Mul(GI, from(-0.08))))
	current = b.Sub(b.Sub(current, b.Mul(sodium, b.Sub(V, b.FloatOf(t, 0.05)))), b.Mul(potassium, b.Sub(V, b.FloatOf(t, -0.09))))
	conductance := b.Sub(b.Sub(b.Sub(b.Sub(b.FloatOf(t, -leak), GE), GI), sodium), potassium)
	b.Store(v, step(V, over(conductance, capacity), over(current, capacity)), ir.NoValue)
	b.Store(m, mNew, ir.NoValue)
	b.Store(n, nNew, ir.NoValue)
	b.Store(h, hNew, ir.NoValue)
	b.Store(ge, b.Mul(GE, b.Exp(over(b.Neg(dt), 5e-3))), ir.NoValue)
	b.Store(gi, b.Mul(GI, b.Exp(over(b.Neg(dt), 1e-2))), ir.NoValue)
	return b.Kernel()
}

// UsualValue is a usual value of a variable of AdEx or HodgkinHuxley; 0 for names that they do not have.
func UsualValue(name string) float64 {
	return map[string]float64{
		"v": -0.065, "w": 1e-12, "g_e": 1e-9, "g_i": 1e-9, "a": 1e-9, "tau_m": 0.02, "tau_w": 0.1, "Ibias": 0, "stim_amp": 35,
		"El": -0.07, "Rin": 5e8, "deltaT": 0.002, "Vth": -0.05, "E_e": 0, "E_i": -0.08, "tau_e": 0.005, "tau_i": 0.01, "dt": 1e-4, "input": 1e-12,
		"m": 0.05, "n": 0.3, "h": 0.6,
	}[name]
}

// Bind gives every variable of a kernel memory for n elements, temporaries included; variables of AdEx and
// HodgkinHuxley get values near UsualValue, others 0. What columns holds by name is used, and what is new is added to it.
func Bind(k *ir.Kernel, n int, columns map[string]exec.Column) *exec.Binding {
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
				column.SetFloat(e, UsualValue(v.Name)*(1+1e-3*float64(e%7)))
			}
			columns[v.Name] = column
		}
		binding.Columns = append(binding.Columns, column)
	}
	return binding
}

// PlasticSynapse is the delivery of a spike to synapses with short-term plasticity
// and spike-timing dependent plasticity: four decays since the last event, a
// clipped weight, a conductance of the target.
func PlasticSynapse() *ir.Kernel {
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
