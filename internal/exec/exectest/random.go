package exectest

import (
	"fmt"
	"math"
	"slices"

	"pgregory.net/rapid"

	"synfire/internal/exec"
	"synfire/internal/ir"
)

// interesting floats and integers, at which operations change their behaviour.
var (
	floats = []float64{0, math.Copysign(0, -1), 1, -1, 0.5, 2, -2.5, 3.5, 1e-310, -5e-324, 0x1p52, 0x1p53 + 2, -0x1p63, 0x1p63, 0x1p31, -0x1p31, 0x1p31 - 0.5,
		1e300, -1e300, math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(), -math.NaN(), -745.2, 709.9, 1e-12, 3.7e5}
	singles = []float32{0, float32(math.Copysign(0, -1)), 1, -1, 0.5, 2, -2.5, 3.5, 1e-40, -1.4e-45, 0x1p23, 0x1p24 + 2, -0x1p63, 0x1p63, 0x1p31, -0x1p31, 0x1p-126,
		1e38, -1e38, math.MaxFloat32, float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN()), -103.9, 88.7, 1e-12, 3.7e5}
	integers = []int64{0, 1, -1, 2, 3, -3, 7, 31, 32, 63, 64, 1000, -1000, math.MaxInt32, math.MinInt32, math.MaxInt64, math.MinInt64, 1 << 52, 1023 << 52}
)

func drawPattern(t *rapid.T, of ir.Type) uint64 {
	switch of {
	case ir.F64:
		if rapid.Bool().Draw(t, "usual") {
			return math.Float64bits(rapid.Float64Range(-100, 100).Draw(t, "float"))
		}
		return math.Float64bits(rapid.SampledFrom(floats).Draw(t, "float"))
	case ir.F32:
		if rapid.Bool().Draw(t, "usual") {
			return uint64(math.Float32bits(rapid.Float32Range(-100, 100).Draw(t, "float")))
		}
		return uint64(math.Float32bits(rapid.SampledFrom(singles).Draw(t, "float")))
	case ir.Bool:
		return uint64(rapid.IntRange(0, 1).Draw(t, "bool"))
	}
	x := rapid.SampledFrom(integers).Draw(t, "integer")
	if of == ir.I32 {
		x = int64(int32(x))
	}
	return uint64(x)
}

// everyType has types as often as a kernel should have values of them; narrowTypes are those of
// kernels whose lanes need 32 bits at most.
var (
	everyType   = []ir.Type{ir.F64, ir.F64, ir.F32, ir.F32, ir.I64, ir.I32, ir.Bool}
	narrowTypes = []ir.Type{ir.F32, ir.F32, ir.F32, ir.I32, ir.Bool}
)

// Case is a kernel with memory to run it on.
type Case struct {
	Kernel  *ir.Kernel
	Binding *exec.Binding
	Lo, Hi  int
}

// Copy returns the case with memory of its own.
func (c Case) Copy() Case {
	b := *c.Binding
	b.Columns = nil
	first := map[string]exec.Column{}
	for i, column := range c.Binding.Columns {
		storage := c.Kernel.Vars[i].Storage
		shared, ok := first[storage]
		if !ok || storage == "" {
			shared = column.Clone()
			first[storage] = shared
		}
		b.Columns = append(b.Columns, shared)
	}
	b.Emitted, b.Scratch = nil, nil
	return Case{c.Kernel, &b, c.Lo, c.Hi}
}

// Stretches returns the lanes of the case in three stretches at most, of which one ends before lane cut.
func (c Case) Stretches(cut int) []exec.Stretch {
	var stretches []exec.Stretch
	bounds := []int{c.Lo, c.Lo + (cut-c.Lo)/3, cut, c.Hi}
	for k, lo := range bounds[:3] {
		if lo < bounds[k+1] {
			stretches = append(stretches, exec.Stretch{First: int32(lo), End: int32(bounds[k+1])})
		}
	}
	return stretches
}

// Difference compares the memory and output of two runs of a case, bit for
// bit; it is empty if they are equal.
func (c Case) Difference(other Case) string {
	for v := range c.Kernel.Vars {
		for i := range c.Binding.Columns[v].Len() {
			if a, b := Pattern(c.Binding.Columns[v], i), Pattern(other.Binding.Columns[v], i); a != b {
				return fmt.Sprintf("%s[%d]: %#x and %#x (%v and %v)", c.Kernel.Vars[v].Name, i, a, b, math.Float64frombits(a), math.Float64frombits(b))
			}
		}
	}
	if a, b := fmt.Sprint(c.Binding.Emitted), fmt.Sprint(other.Binding.Emitted); a != b {
		return fmt.Sprintf("emitted %s and %s", a, b)
	}
	return ""
}

// generator builds a random kernel.
type generator struct {
	t      *rapid.T
	b      *ir.Builder
	values map[ir.Type][]ir.Value
	types  []ir.Type  // that lanes have
	read   []ir.VarID // variables that are never written
	tables []ir.VarID
}

// DrawCase makes a random kernel, every operation of the form among its
// possibilities, and random memory. serial kernels read and write memory in which lanes meet.
func DrawCase(t *rapid.T, compound bool) Case {
	serial := rapid.IntRange(0, 3).Draw(t, "serial") == 0
	g := &generator{t: t, b: ir.NewBuilder("random"), values: map[ir.Type][]ir.Value{}, types: everyType}
	narrow := rapid.IntRange(0, 2).Draw(t, "narrow") == 0
	if narrow {
		g.types = narrowTypes
	}
	calls := rapid.IntRange(0, 2).Draw(t, "calls") == 0
	pre, post := g.b.Index("pre"), g.b.Index("post")
	sites := []int{g.b.Site("first"), g.b.Site("second")}
	functions := []int{
		g.b.Function(ir.Function{Name: "addressed", Site: sites[1], Pure: true, Whole: rapid.Bool().Draw(t, "whole")}),
		g.b.Function(ir.Function{Name: "polynomial", Site: -1, Pure: rapid.Bool().Draw(t, "pure")}),
	}

	var written []ir.VarID
	for i, of := range everyType {
		for _, index := range []ir.Index{ir.Own, ir.Shared, ir.Indexed} {
			if narrow && index != ir.Shared && !g.has(of) {
				continue
			}
			v := ir.Var{Name: fmt.Sprintf("read_%s_%s%d", of, index, i), Type: of, Index: index, Rate: ir.RunConstant}
			if index == ir.Indexed {
				v.Via = rapid.SampledFrom([]int{pre, post}).Draw(t, "via")
			}
			g.read = append(g.read, g.b.Var(v))
		}
		if narrow && !g.has(of) {
			// What all lanes share may be written.
			if rapid.IntRange(0, 4).Draw(t, "wide writes") == 0 {
				written = append(written, g.b.Var(ir.Var{Name: fmt.Sprintf("write_%s_own%d", of, i), Type: of, Index: ir.Own, Rate: ir.Varying, Via: post}))
			}
			continue
		}
		g.tables = append(g.tables, g.b.Var(ir.Var{Name: fmt.Sprintf("table_%s%d", of, i), Type: of, Index: ir.Table, Rate: ir.RunConstant}))
		for _, index := range []ir.Index{ir.Own, ir.Shared, ir.Indexed} {
			v := ir.Var{Name: fmt.Sprintf("write_%s_%s%d", of, index, i), Type: of, Index: index, Rate: ir.Varying, Via: post}
			if index == ir.Indexed && serial {
				// The same memory from both sides.
				v.Storage = fmt.Sprintf("memory%d", i)
				written = append(written, g.b.Var(v))
				v.Name, v.Via = v.Name+"_pre", pre
			}
			written = append(written, g.b.Var(v))
		}
	}
	if serial {
		g.b.Serial()
	}
	for _, of := range everyType {
		g.keep(g.literal(of))
	}
	for _, v := range g.read {
		if rapid.Bool().Draw(t, "loaded") {
			g.keep(g.b.Load(v))
		}
	}
	touched := map[ir.VarID]bool{}
	for range rapid.IntRange(3, 60).Draw(t, "length") {
		if calls && rapid.IntRange(0, 7).Draw(t, "called") == 0 {
			g.call(rapid.SampledFrom(functions).Draw(t, "function"))
		}
		switch rapid.IntRange(0, 11).Draw(t, "kind") {
		case 0:
			g.keep(g.b.Load(rapid.SampledFrom(g.read).Draw(t, "variable")))
		case 1:
			if !narrow {
				g.keep(g.b.LoadAt(rapid.SampledFrom(g.tables).Draw(t, "table"), g.any(ir.I64)))
			}
		case 2:
			if narrow {
				g.keep(g.literal(rapid.SampledFrom(everyType).Draw(t, "type")))
				continue
			}
			switch rapid.IntRange(0, 2).Draw(t, "source") {
			case 0:
				g.keep(g.b.Lane())
			case 1:
				low, high := g.b.RandBits(rapid.SampledFrom(sites).Draw(t, "site"))
				g.keep(low)
				g.keep(high)
			case 2:
				g.keep(g.literal(rapid.SampledFrom(everyType).Draw(t, "type")))
			}
		case 3:
			g.write(rapid.SampledFrom(written).Draw(t, "target"), serial, touched)
		case 4:
			// A polynomial.
			of := rapid.SampledFrom([]ir.Type{ir.F64, ir.F32}).Draw(t, "float type")
			if narrow {
				of = ir.F32
			}
			x, p := g.any(of), g.any(of)
			for range rapid.IntRange(2, 14).Draw(t, "degree") {
				p = g.b.FMA(p, x, g.b.FloatOf(of, rapid.Float64Range(-2, 2).Draw(t, "coefficient")))
			}
			g.keep(p)
		default:
			g.operation(compound)
		}
	}
	for _, v := range written {
		if g.b.VarOf(v).Index == ir.Own {
			g.write(v, serial, touched)
		}
	}
	if rapid.Bool().Draw(t, "emits") {
		g.b.Emit(g.any(ir.Bool))
	}
	return g.bind(g.b.Kernel())
}

func (g *generator) keep(v ir.Value) { t := g.b.TypeOf(v); g.values[t] = append(g.values[t], v) }

func (g *generator) has(of ir.Type) bool { return slices.Contains(g.types, of) }

// call calls a function of two arguments, with single precision where kernels have no values of double precision.
func (g *generator) call(function int) {
	argument := func() ir.Value {
		if g.has(ir.F64) {
			return g.any(ir.F64)
		}
		return g.b.Convert(g.any(ir.F32), ir.F64)
	}
	result := g.b.Call(function, argument(), argument())
	if !g.has(ir.F64) {
		result = g.b.Convert(result, ir.F32)
	}
	g.keep(result)
}

// any is an earlier value, more often a late one.
func (g *generator) any(of ir.Type) ir.Value {
	list := g.values[of]
	if rapid.Bool().Draw(g.t, "late") {
		list = list[len(list)/2:]
	}
	return rapid.SampledFrom(list).Draw(g.t, "value")
}

func (g *generator) literal(of ir.Type) ir.Value {
	x := drawPattern(g.t, of)
	switch of {
	case ir.F64:
		return g.b.Float(math.Float64frombits(x))
	case ir.F32:
		return g.b.FloatOf(ir.F32, float64(math.Float32frombits(uint32(x))))
	case ir.Bool:
		return g.b.Bool(x != 0)
	}
	return g.b.Int(of, int64(x))
}

func (g *generator) write(v ir.VarID, serial bool, touched map[ir.VarID]bool) {
	variable := g.b.VarOf(v)
	if variable.Index != ir.Own && !serial && touched[v] {
		return // lanes would meet twice
	}
	touched[v] = true
	mask := ir.NoValue
	if rapid.Bool().Draw(g.t, "masked") {
		mask = g.any(ir.Bool)
	}
	if serial || variable.Index == ir.Own {
		g.keep(g.b.Load(v))
	}
	if variable.Type != ir.Bool && rapid.Bool().Draw(g.t, "accumulates") {
		g.b.Accumulate(v, rapid.SampledFrom([]ir.Op{ir.Add, ir.Mul}).Draw(g.t, "by"), g.any(variable.Type), mask)
		return
	}
	g.b.Store(v, g.any(variable.Type), mask)
}

func (g *generator) operation(compound bool) {
	of := rapid.SampledFrom(g.types).Draw(g.t, "type")
	b, x, y := g.b, g.any(of), g.any(of)
	var choices []func() ir.Value
	two := func(fs ...func(x, y ir.Value) ir.Value) {
		for _, f := range fs {
			choices = append(choices, func() ir.Value { return f(x, y) })
		}
	}
	one := func(fs ...func(x ir.Value) ir.Value) {
		for _, f := range fs {
			choices = append(choices, func() ir.Value { return f(x) })
		}
	}
	two(b.Equal, b.NotEqual)
	for _, to := range g.types {
		one(func(x ir.Value) ir.Value { return b.Convert(x, to) })
	}
	one(func(x ir.Value) ir.Value { return b.Select(g.any(ir.Bool), x, y) })
	switch of {
	case ir.Bool:
		two(b.And, b.Or, b.Xor)
		one(b.Not)
	case ir.F64, ir.F32:
		two(b.Div, b.CopySign)
		if of == ir.F64 {
			two(g.scale)
		}
		one(b.Sqrt, b.Floor, b.Ceil, b.Trunc, b.RoundEven, b.Bits)
		for range 4 {
			one(func(x ir.Value) ir.Value { return b.FMA(x, y, g.any(of)) },
				func(x ir.Value) ir.Value { return b.FMA(b.Neg(x), y, g.any(of)) },
				func(x ir.Value) ir.Value { return b.FMA(x, y, b.Neg(g.any(of))) })
		}
		if compound {
			one(b.Exp, b.Exp, b.Exp, b.Log, b.Expm1, b.Tanh)
			if g.has(ir.F64) {
				two(b.FloorDiv, b.Mod)
				others := []ir.Op{ir.InvExprel, ir.Log1p, ir.Log10, ir.Cos, ir.Tan, ir.Sinh, ir.Cosh, ir.Asin, ir.Acos, ir.Atan}
				one(b.Sin, func(x ir.Value) ir.Value { return b.Math(ir.Exprel, x) },
					func(x ir.Value) ir.Value { return b.Math(rapid.SampledFrom(others).Draw(g.t, "function"), x) },
					func(x ir.Value) ir.Value { return b.PowInt(x, int64(rapid.IntRange(-9, 9).Draw(g.t, "exponent"))) })
				two(b.Pow)
			}
		}
	default:
		two(b.FloorDiv, b.Mod, b.Shl, b.ShrLogical, b.ShrArithmetic, b.BitAnd, b.BitOr, b.BitXor)
		one(b.FromBits)
	}
	if of != ir.Bool {
		two(b.Add, b.Sub, b.Mul, b.Min, b.Max, b.Less, b.LessEqual)
		one(b.Neg, b.Abs)
	}
	g.keep(rapid.SampledFrom(choices).Draw(g.t, "operation")())
}

// scale is x * 2^n for any n, where Scale is defined for x and n, else x.
func (g *generator) scale(x, n ir.Value) ir.Value {
	b := g.b
	t, least, greatest, from, to := ir.F64, 0x1p-900, 0x1p900, -1086.0, 1086.0
	if b.TypeOf(x) == ir.F32 {
		t, least, greatest, from, to = ir.F32, 0x1p-40, 0x1p60, -150, 160
	}
	float := func(x float64) ir.Value { return b.FloatOf(t, x) }
	whole := b.RoundEven(b.Clip(n, float(from), float(to)))
	size := b.Abs(x)
	usual := b.And(b.Less(float(least), size), b.Less(size, float(greatest)))
	special := b.Or(b.Equal(x, float(0)), b.Equal(size, float(math.Inf(1))))
	defined := b.And(b.Equal(n, n), b.Or(usual, special))
	scaled := b.Scale(b.Select(defined, x, float(1)), b.Select(defined, whole, float(0)))
	return b.Select(defined, scaled, x)
}

// bind makes memory: more elements than lanes, few targets so that lanes meet.
func (g *generator) bind(k *ir.Kernel) Case {
	elements := rapid.IntRange(1, 600).Draw(g.t, "elements")
	targets := rapid.SampledFrom([]int{1, 3, 1000}).Draw(g.t, "targets")
	// One random stream beside rapid's fills the memory: drawing each element would take seconds.
	state := rapid.Uint64().Draw(g.t, "memory")
	next := func() uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		x := state ^ state>>33
		return x * 0xff51afd7ed558ccd >> 11
	}
	b := &exec.Binding{Keys: []uint64{next(), next()}, Step: int64(next()), Call: uint8(next()), Origin: int64(next() % 100), Base: int64(next() % 50)}
	first := map[string]exec.Column{}
	for i := range k.Vars {
		v := &k.Vars[i]
		n := elements
		switch v.Index {
		case ir.Shared:
			n = 1
		case ir.Indexed:
			n = targets
		case ir.Table:
			n = int(next() % 9)
		}
		column := exec.NewColumn(v.Type, n)
		for e := range n {
			SetPattern(column, e, g.memory(v.Type, next()))
		}
		if have, ok := first[v.Storage]; ok && v.Storage != "" {
			column = have
		}
		first[v.Storage] = column
		b.Columns = append(b.Columns, column)
	}
	for range k.Indexes {
		array := make([]int32, elements)
		for e := range array {
			array[e] = int32(next() % uint64(targets))
		}
		b.Indexes = append(b.Indexes, array)
	}
	if next()%2 == 0 {
		for e := range elements {
			b.ElementLow = append(b.ElementLow, int32(next()))
			b.ElementHigh = append(b.ElementHigh, int32(next()))
			b.Occurrence = append(b.Occurrence, uint16(e))
		}
	}
	lanes := elements
	if next()%2 == 0 {
		for e := range elements {
			if next()%3 == 0 {
				b.Lanes = append(b.Lanes, int32(e))
			}
		}
		if k.Serial && len(b.Lanes) > 0 {
			b.Lanes = append(b.Lanes, b.Lanes...)
		}
		if lanes = len(b.Lanes); lanes == 0 {
			b.Lanes, lanes = []int32{0}, 1
		}
	}
	b.Functions = []exec.BlockFunction{addressed, polynomial}
	lo := rapid.IntRange(0, lanes-1).Draw(g.t, "lo")
	return Case{k, b, lo, rapid.IntRange(lo, lanes).Draw(g.t, "hi")}
}

func (g *generator) memory(of ir.Type, x uint64) uint64 {
	switch of {
	case ir.F64:
		if x%4 == 0 {
			return math.Float64bits(floats[x>>8%uint64(len(floats))])
		}
		return math.Float64bits(float64(int64(x>>8%20001)-10000) / 100)
	case ir.F32:
		if x%4 == 0 {
			return uint64(math.Float32bits(singles[x>>8%uint64(len(singles))]))
		}
		return uint64(math.Float32bits(float32(int64(x>>8%20001)-10000) / 100))
	case ir.Bool:
		return x & 1
	}
	return uint64(integers[x>>8%uint64(len(integers))])
}

// addressed is a block function whose result depends on arguments, key and address.
func addressed(c *exec.Call) {
	b := c.Binding
	for k := range c.Out {
		c0, c1, c2, c3 := b.Address(b.Element(c.Lo + k))
		c.Out[k] = c.Arg(0, k) - float64(c.Arg(1, k)*float64(uint32(c.Key)^c0^c1^c2^c3)*0x1p-32)
	}
}

// polynomial depends on its arguments only.
func polynomial(c *exec.Call) {
	for k := range c.Out {
		c.Out[k] = c.Arg(0, k) - float64(c.Arg(1, k)*c.Arg(1, k)) + 1
	}
}
