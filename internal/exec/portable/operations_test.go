package portable_test

import (
	"testing"
	"time"

	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
)

// BenchmarkOperations reports the time per operation and lane: sixteen of a
// kind in a row on a block of a full register, loads and stores included once.
func BenchmarkOperations(b *testing.B) {
	type maker func(b *ir.Builder, v, x ir.Value) ir.Value
	scalar := func(b *ir.Builder) ir.Value { return b.Load(b.VarNamed("s")) }
	operations := []struct {
		name string
		make maker
	}{
		{"nothing", func(b *ir.Builder, v, x ir.Value) ir.Value { return v }},
		{"add", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Add(v, x) }},
		{"add scalar", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Add(v, scalar(b)) }},
		{"mul", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Mul(v, x) }},
		{"div", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Div(v, x) }},
		{"sqrt", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Sqrt(v) }},
		{"fma", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.FMA(v, x, x) }},
		{"fma scalars", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.FMA(v, scalar(b), b.Float(0.5)) }},
		{"polynomial", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.FMA(v, x, scalar(b)) }},
		{"roundeven", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.RoundEven(v) }},
		{"clip", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Clip(v, b.Float(0), scalar(b)) }},
		{"less+select", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Select(b.Less(v, x), x, v) }},
		{"to i64 and back", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Convert(b.Convert(v, ir.I64), ir.F64) }},
		{"exp", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Exp(v) }},
		{"log", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Log(v) }},
		{"sin", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Sin(v) }},
		{"tanh", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Tanh(v) }},
		{"pow", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Pow(v, x) }},
		{"rand", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Add(v, b.Rand(b.Site(string(rune('a'+v))))) }},
		{"randn", func(b *ir.Builder, v, x ir.Value) ir.Value { return b.Add(v, b.Randn(b.Site(string(rune('a'+v))))) }},
	}
	for _, operation := range operations {
		b.Run(operation.name, func(b *testing.B) {
			const n, repeats = 256, 16
			builder := ir.NewBuilder(operation.name)
			builder.Var(ir.Var{Name: "s", Type: ir.F64, Index: ir.Shared, Rate: ir.RunConstant})
			x := builder.Load(builder.Var(ir.Var{Name: "x", Type: ir.F64, Rate: ir.Varying}))
			v := builder.Load(builder.Var(ir.Var{Name: "v", Type: ir.F64, Rate: ir.Varying}))
			for range repeats {
				v = operation.make(builder, v, x)
			}
			builder.Store(builder.Var(ir.Var{Name: "y", Type: ir.F64, Rate: ir.Varying}), v, ir.NoValue)
			k := ir.DCE(ir.CSE(ir.ExpandMath(builder.Kernel())))
			code, err := portable.Executor{}.Compile(k)
			if err != nil {
				b.Fatal(err)
			}
			binding := exectest.Bind(k, n, map[string]exec.Column{})
			for i := range n {
				binding.Columns[1].F64[i], binding.Columns[2].F64[i] = 1+float64(i%17)*0.01, 0.5+float64(i%31)*0.03
			}
			best := time.Hour
			for b.Loop() {
				start := time.Now()
				code.Run(binding, 0, n)
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(best.Nanoseconds())/(n*repeats), "best-ns/operation")
		})
	}
}
