package amd64

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// narrow touches memory in every way that there is, on all types of 32 bits and less, so that there are twice as many lanes
// in a vector.
func narrow() *ir.Kernel {
	b := ir.NewBuilder("narrow")
	post := b.Index("post")
	variable := func(name string, t ir.Type, index ir.Index, rate ir.Rate) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: t, Index: index, Via: post, Rate: rate})
	}
	read := func(name string, t ir.Type, index ir.Index) ir.Value {
		return b.Load(variable(name, t, index, ir.RunConstant))
	}
	x, m, on := read("x", ir.F32, ir.Own), read("m", ir.I32, ir.Own), read("on", ir.Bool, ir.Own)
	y, q, off := read("y", ir.F32, ir.Indexed), read("q", ir.I32, ir.Indexed), read("off", ir.Bool, ir.Indexed)
	scale := b.Convert(read("scale", ir.F64, ir.Shared), ir.F32)
	for i, v := range []ir.Value{b.FMA(x, scale, y), b.Add(m, b.Convert(b.Mul(y, scale), ir.I32)), b.Xor(on, b.Or(off, b.Less(x, y)))} {
		t := b.TypeOf(v)
		for _, index := range []ir.Index{ir.Own, ir.Indexed, ir.Shared} {
			for j, mask := range []ir.Value{ir.NoValue, on} {
				name := fmt.Sprintf("%s %s %d%d", t, index, i, j)
				b.Store(variable("stored "+name, t, index, ir.Varying), v, mask)
				if t != ir.Bool {
					b.Accumulate(variable("sum "+name, t, index, ir.Varying), ir.Add, v, mask)
					b.Accumulate(variable("product "+name, t, index, ir.Varying), ir.Mul, v, mask)
				}
			}
		}
	}
	spikes := b.And(b.Less(y, x), b.Less(q, b.Int(ir.I32, 7)))
	b.Store(variable("last", ir.F64, ir.Own, ir.Varying), read("t", ir.F64, ir.Shared), spikes)
	b.Store(variable("when", ir.F64, ir.Indexed, ir.Varying), b.Float(1.0/3), on)
	b.Store(variable("count", ir.I64, ir.Own, ir.Varying), read("n", ir.I64, ir.Shared), spikes)
	b.Emit(spikes)
	return b.Kernel()
}

// everything touches memory in every way that there is, on all types.
func everything() *ir.Kernel {
	b := ir.NewBuilder("everything")
	post := b.Index("post")
	variable := func(name string, t ir.Type, index ir.Index) ir.VarID {
		return b.Var(ir.Var{Name: name, Type: t, Index: index, Via: post, Rate: ir.Varying})
	}
	read := func(name string, t ir.Type, index ir.Index) ir.Value {
		return b.Load(b.Var(ir.Var{Name: name, Type: t, Index: index, Via: post, Rate: ir.RunConstant}))
	}
	x, n, m, on := read("x", ir.F64, ir.Own), read("n", ir.I64, ir.Own), read("m", ir.I32, ir.Own), read("on", ir.Bool, ir.Own)
	y, p, q, off := read("y", ir.F64, ir.Indexed), read("p", ir.I64, ir.Indexed), read("q", ir.I32, ir.Indexed), read("off", ir.Bool, ir.Indexed)
	f, g := read("f", ir.F32, ir.Own), read("g", ir.F32, ir.Indexed)
	low, high := b.RandBits(b.Site("first"))
	lane := b.Lane()
	for i, v := range []struct {
		t ir.Type
		x ir.Value
	}{
		{ir.F64, b.Add(x, y)}, {ir.F32, b.Add(f, g)}, {ir.I64, b.Add(b.Add(n, p), b.Add(b.BitXor(low, high), lane))}, {ir.I32, b.Add(m, q)}, {ir.Bool, b.Xor(on, off)},
	} {
		for _, index := range []ir.Index{ir.Own, ir.Indexed, ir.Shared} {
			for j, mask := range []ir.Value{ir.NoValue, on} {
				name := fmt.Sprintf("%s %s %d%d", v.t, index, i, j)
				b.Store(variable("stored "+name, v.t, index), v.x, mask)
				if v.t != ir.Bool {
					b.Accumulate(variable("sum "+name, v.t, index), ir.Add, v.x, mask)
					b.Accumulate(variable("product "+name, v.t, index), ir.Mul, v.x, mask)
				}
			}
		}
	}
	for _, t := range []ir.Type{ir.F64, ir.F32, ir.I64, ir.I32, ir.Bool} {
		table := b.Var(ir.Var{Name: "table " + t.String(), Type: t, Index: ir.Table, Rate: ir.RunConstant})
		b.Store(variable("looked up "+t.String(), t, ir.Own), b.LoadAt(table, b.Sub(lane, b.Int(ir.I64, 5))), ir.NoValue)
	}
	b.Emit(b.Less(y, x))
	return b.Kernel()
}

// memoryFor gives every variable elements that differ, a NaN among them.
func memoryFor(k *ir.Kernel, n int) *exec.Binding {
	b := &exec.Binding{Keys: []uint64{0x123456789ABCDEF0}, Step: 1<<33 + 5, Call: 3, Origin: 1000, Base: 10, Indexes: [][]int32{make([]int32, n)}}
	for i := range n {
		b.Indexes[0][i] = int32(i * 5 % 7)
	}
	for v := range k.Vars {
		size := map[ir.Index]int{ir.Own: n, ir.Indexed: 7, ir.Shared: 1, ir.Table: 9}[k.Vars[v].Index]
		column := exec.NewColumn(k.Vars[v].Type, size)
		for e := range size {
			column.SetFloat(e, float64((e*7+v)%11)-float64(v%3))
		}
		if t := k.Vars[v].Type; t.IsFloat() && size > 12 {
			column.SetFloat(11, -math.NaN())
		}
		b.Columns = append(b.Columns, column)
	}
	return b
}

// Every number of lanes from 1 to 40 is worked on exactly: nothing before the first nor after the last is touched.
func TestTails(t *testing.T) {
	for _, k := range []*ir.Kernel{everything(), narrow()} {
		t.Run(k.Name, func(t *testing.T) { checkTails(t, k) })
	}
}

func checkTails(t *testing.T, k *ir.Kernel) {
	const elements = 60
	lanes := make([]int32, elements)
	low, high, occurrence := make([]int32, elements), make([]int32, elements), make([]uint16, elements)
	for i := range lanes {
		lanes[i] = int32((i*7 + 3) % elements)
		low[i], high[i], occurrence[i] = int32(i*0x1E3779B9), ^int32(i), uint16(i*1000)
	}
	ways := map[string]func(b *exec.Binding){
		"all":            func(*exec.Binding) {},
		"listed":         func(b *exec.Binding) { b.Lanes = lanes },
		"all, addressed": func(b *exec.Binding) { b.ElementLow, b.ElementHigh, b.Occurrence = low, high, occurrence },
		"listed, addressed": func(b *exec.Binding) {
			b.Lanes, b.ElementLow, b.ElementHigh, b.Occurrence = lanes, low, high, occurrence
		},
		"listed, partly addressed": func(b *exec.Binding) { b.Lanes, b.ElementHigh = lanes, high },
	}
	for _, e := range available(t) {
		for _, groups := range []int{1, 2, 4} {
			e := &Executor{vectors: e.vectors, fallback: e.fallback, groups: groups}
			compiled, err := e.Compile(k)
			if err != nil {
				t.Fatal(err)
			}
			if _, native := compiled.(*code); !native {
				t.Fatal("not translated")
			}
			if r, err := compiled.(*code).routine(variant{}); err != nil || r.compact != (k.Name == "narrow") {
				t.Fatalf("compact: %t (%v)", r.compact, err)
			}
			for way, set := range ways {
				for n := 1; n <= 40; n++ {
					lo := n % 9
					have := exectest.Case{Kernel: k, Binding: memoryFor(k, elements), Lo: lo, Hi: lo + n}
					set(have.Binding)
					want := have.Copy()
					exectest.Interpret(k, want.Binding, lo, lo+n)
					compiled.Run(have.Binding, lo, lo+n)
					if d := have.Difference(want); d != "" {
						t.Fatalf("%s, %d groups, %s: lanes %d to %d: %s", e.Name(), groups, way, lo, lo+n-1, d)
					}
				}
			}
		}
	}
}

// A range that is longer than one call of the machine code may last is cut, which does not show.
func TestLongRanges(t *testing.T) {
	k := everything()
	for _, e := range available(t) {
		compiled, err := e.Compile(k)
		if err != nil {
			t.Fatal(err)
		}
		r, err := compiled.(*code).routine(variant{})
		if err != nil {
			t.Fatal(err)
		}
		n := 3*r.most + 5
		have := exectest.Case{Kernel: k, Binding: memoryFor(k, n)}
		want := have.Copy()
		reference, err := portable.Executor{}.Compile(k)
		if err != nil {
			t.Fatal(err)
		}
		stretched := have.Copy()
		reference.Run(want.Binding, 0, n)
		compiled.Run(have.Binding, 0, n)
		if d := have.Difference(want); d != "" {
			t.Fatalf("%s: %s", e.Name(), d)
		}
		stretches := []exec.Stretch{{End: 40}, {First: 40, End: int32(2*r.most + 60)}, {First: int32(2*r.most + 60), End: int32(n)}}
		compiled.RunStretches(stretched.Binding, stretches)
		if d := stretched.Difference(want); d != "" {
			t.Fatalf("%s, stretches: %s", e.Name(), d)
		}
		if len(have.Binding.Emitted) == 0 {
			t.Fatal("nothing was emitted")
		}
	}
}

// Code is shared by goroutines, each with a binding of its own; all ask for the same routines at once.
func TestConcurrentRuns(t *testing.T) {
	k := everything()
	const n, workers = 500, 4
	for _, e := range available(t) {
		compiled, err := e.Compile(k)
		if err != nil {
			t.Fatal(err)
		}
		list := make([]int32, n)
		for i := range list {
			list[i] = int32(n - 1 - i)
		}
		cases := make([]exectest.Case, workers)
		var wait sync.WaitGroup
		for i := range cases {
			cases[i] = exectest.Case{Kernel: k, Binding: memoryFor(k, n)}
			cases[i].Binding.Lanes = list
			wait.Go(func() { compiled.Run(cases[i].Binding, 0, n) })
		}
		wait.Wait()
		want := exectest.Case{Kernel: k, Binding: memoryFor(k, n)}
		want.Binding.Lanes = list
		exectest.Interpret(k, want.Binding, 0, n)
		for i := range cases {
			if d := cases[i].Difference(want); d != "" {
				t.Fatalf("%s, worker %d: %s", e.Name(), i, d)
			}
		}
	}
}

// A binding can go from one code to another and back, and from all elements to a list of them.
func TestScratchFollowsCode(t *testing.T) {
	for _, e := range available(t) {
		build := func(factor float64) exec.Code {
			b := ir.NewBuilder("k")
			v := b.Var(ir.Var{Name: "v", Type: ir.F64, Rate: ir.Varying})
			b.Store(v, b.Mul(b.Load(v), b.Float(factor)), ir.NoValue)
			compiled, err := e.Compile(b.Kernel())
			if err != nil {
				t.Fatal(err)
			}
			return compiled
		}
		binding := &exec.Binding{Columns: []exec.Column{{F64: []float64{1, 1}}}}
		twice, thrice := build(2), build(3)
		for range 2 {
			twice.Run(binding, 0, 2)
			thrice.Run(binding, 0, 2)
		}
		binding.Lanes = []int32{1}
		twice.Run(binding, 0, 1)
		if have := binding.Columns[0].F64; have[0] != 36 || have[1] != 72 {
			t.Errorf("got %g, want 36 and 72", have)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	for _, e := range available(t) {
		b := ir.NewBuilder("k")
		b.Exp(b.Float(1))
		for _, k := range []*ir.Kernel{b.Kernel(), {Name: "k", Instrs: []ir.Instr{{}}}} {
			if _, err := e.Compile(k); err == nil {
				t.Errorf("compiled\n%s", k)
			}
		}
	}
}
