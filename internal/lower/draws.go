package lower

import (
	"fmt"
	"math/bits"

	"synfire/internal/ir"
	"synfire/internal/model"
	"synfire/internal/rng"
	"synfire/internal/syntax"
)

// PoissonFunction is the block function that draws Poisson numbers whose means differ: of the mean and exp(-mean).
const PoissonFunction = "poisson"

// distribution draws from a distribution.
func (b *Builder) distribution(d *model.Distribution) ir.Value {
	if d.Normal {
		return b.Ops.Add(b.Ops.Mul(b.Ops.Randn(b.site()), b.Ops.Float(d.Deviation)), b.Ops.Float(d.Mean))
	}
	return b.to(b.inverted(d.Name, d.First, d.Cumulative), ir.F64)
}

// inverted draws a whole number by inversion: the position of a uniform number among cumulative probabilities, which is
// found by bisection.
func (b *Builder) inverted(name string, first int64, cumulative []float64) ir.Value {
	u := b.Ops.Rand(b.site())
	position := b.Ops.Int(ir.I64, 0)
	if n := len(cumulative); n > 0 {
		// As many entries as bisection needs; no uniform number reaches those that are added.
		steps := bits.Len(uint(n))
		padded := make([]float64, 1<<steps-1)
		for k := range padded {
			padded[k] = 2
		}
		copy(padded, cumulative)
		table := b.table(&model.TimedArray{Name: fmt.Sprintf("%s %d", name, b.sites), Values: padded, Rows: len(padded)})
		for step := int64(1) << (steps - 1); step > 0; step /= 2 {
			next := b.Ops.Add(position, b.Ops.Int(ir.I64, step))
			passed := b.Ops.LessEqual(b.Ops.LoadAt(table, b.Ops.Sub(next, b.Ops.Int(ir.I64, 1))), u)
			position = b.Ops.Select(passed, next, position)
		}
	}
	return b.Ops.Add(position, b.Ops.Int(ir.I64, first))
}

// longestTable is the largest mean of Poisson numbers that are drawn from a table.
const longestTable = 1e6

// poisson draws a Poisson distributed integer: from a table if the mean is a number, else by a block function.
func (b *Builder) poisson(e syntax.Expr, mean ir.Value) ir.Value {
	if value, constant := model.ConstantValue(e, b.Scope); constant && value <= longestTable {
		first, cumulative := rng.PoissonCumulative(value)
		return b.to(b.inverted("poisson", first, cumulative), ir.I32)
	}
	mean = b.to(mean, ir.F64)
	function := b.Ops.Function(ir.Function{Name: PoissonFunction, Site: b.site()})
	b.callees = append(b.callees, Callee{})
	return b.to(b.Ops.Call(function, mean, b.Ops.Exp(b.Ops.Neg(mean))), ir.I32)
}
