package portable_test

import (
	"math"
	"sync"
	"testing"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

func compile(t *testing.T, e portable.Executor, k *ir.Kernel) exec.Code {
	t.Helper()
	code, err := e.Compile(k)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// The loop that runs a whole exponential, and is written by hand, has the
// bits of the operations one by one, everywhere that matters.
func TestExponentialLoop(t *testing.T) {
	b := ir.NewBuilder("exp")
	x := b.Load(b.Var(ir.Var{Name: "x", Type: ir.F64, Rate: ir.Varying}))
	b.Store(b.Var(ir.Var{Name: "y", Type: ir.F64, Rate: ir.Varying}), b.Exp(x), ir.NoValue)
	k := ir.Optimize(b.Kernel())

	inputs := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, -5e-324, math.MaxFloat64, -math.MaxFloat64}
	for _, edge := range []float64{-746, -745.1332191019412, -708.3964185322641, 709.782712893384, 710, math.Ln2 / 2, -math.Ln2 / 2, 1, -1} {
		for range 40 {
			inputs = append(inputs, edge)
			edge = math.Nextafter(edge, 1000)
		}
	}
	for v := -750.0; v < 715; v += 0.0137 {
		inputs = append(inputs, v, v*0x1p-9, v*0x1p-40)
	}
	run := func(e portable.Executor) []float64 {
		y := make([]float64, len(inputs))
		binding := &exec.Binding{Columns: []exec.Column{{F64: inputs}, {F64: y}}}
		compile(t, e, k).Run(binding, 0, len(inputs))
		return y
	}
	plain, grouped := run(portable.Executor{Plain: true}), run(portable.Executor{})
	for i, x := range inputs {
		if math.Float64bits(plain[i]) != math.Float64bits(grouped[i]) {
			t.Fatalf("exp(%g): %g one by one, %g in one loop", x, plain[i], grouped[i])
		}
		if want := math.Exp(x); math.Abs(plain[i]-want) > 1e-14*want && !math.IsNaN(want) {
			t.Fatalf("exp(%g): %g, want %g", x, plain[i], want)
		}
	}
}

// Code is shared by goroutines, each with a binding of its own.
func TestConcurrentRuns(t *testing.T) {
	k := ir.Optimize(exectest.AdEx(ir.F64))
	code := compile(t, portable.Executor{}, k)
	const n, parts = 1000, 4
	whole, split := map[string]exec.Column{}, map[string]exec.Column{}
	one := exectest.Bind(k, n, whole)
	code.Run(one, 0, n)
	var wait sync.WaitGroup
	bindings := make([]*exec.Binding, parts)
	for p := range parts {
		bindings[p] = exectest.Bind(k, n, split)
	}
	for p := range parts {
		wait.Go(func() { code.Run(bindings[p], p*n/parts, (p+1)*n/parts) })
	}
	wait.Wait()
	for name := range whole {
		for i := range whole[name].Len() {
			if exectest.Pattern(whole[name], i) != exectest.Pattern(split[name], i) {
				t.Fatalf("%s[%d] differs", name, i)
			}
		}
	}
}

// Lanes that meet in a serial kernel see what earlier lanes wrote.
func TestSerialMeetings(t *testing.T) {
	b := ir.NewBuilder("count")
	b.Serial()
	count := b.Var(ir.Var{Name: "count_post", Type: ir.I64, Index: ir.Indexed, Via: b.Index("post"), Rate: ir.Varying})
	rank := b.Var(ir.Var{Name: "rank", Type: ir.I64, Rate: ir.Varying})
	b.Store(rank, b.Load(count), ir.NoValue)
	b.Store(count, b.Add(b.Load(count), b.Int(ir.I64, 1)), ir.NoValue)
	code := compile(t, portable.Executor{}, b.Kernel())
	binding := &exec.Binding{
		Columns: []exec.Column{{I64: make([]int64, 3)}, {I64: make([]int64, 8)}},
		Indexes: [][]int32{{0, 1, 0, 0, 2, 1, 0, 2}},
	}
	code.Run(binding, 0, 8)
	for i, want := range []int64{0, 0, 1, 2, 0, 1, 3, 1} {
		if have := binding.Columns[1].I64[i]; have != want {
			t.Errorf("rank[%d] = %d, want %d", i, have, want)
		}
	}
}

// A binding can go from one code to another and back.
func TestScratchFollowsCode(t *testing.T) {
	build := func(factor float64) exec.Code {
		b := ir.NewBuilder("k")
		v := b.Var(ir.Var{Name: "v", Type: ir.F64, Rate: ir.Varying})
		b.Store(v, b.Mul(b.Load(v), b.Float(factor)), ir.NoValue)
		return compile(t, portable.Executor{}, b.Kernel())
	}
	binding := &exec.Binding{Columns: []exec.Column{{F64: []float64{1}}}}
	twice, thrice := build(2), build(3)
	for range 2 {
		twice.Run(binding, 0, 1)
		thrice.Run(binding, 0, 1)
	}
	if have := binding.Columns[0].F64[0]; have != 36 {
		t.Errorf("got %g, want 36", have)
	}
}

func TestCompileRefuses(t *testing.T) {
	b := ir.NewBuilder("k")
	b.Exp(b.Float(1))
	for _, k := range []*ir.Kernel{b.Kernel(), {Name: "k", Instrs: []ir.Instr{{}}}} {
		if _, err := (portable.Executor{}).Compile(k); err == nil {
			t.Errorf("compiled\n%s", k)
		}
	}
}
