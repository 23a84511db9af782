package lower

import (
	"synfire/internal/ir"
	"synfire/internal/model"
)

// Two widths of floats meet by these rules, which are NumPy's for an array and a number:
//
//   - what is the same for all elements (literals, constants, t, dt, shared variables) is computed in F64; where it
//     meets an F32 that differs between elements, it is rounded once and the operation is one of F32;
//   - two values that differ between elements meet in F64.
//
// Where single precision is the default (Config.Single) more is F32, so that nothing in a step needs F64 without
// having been declared so: random numbers, samples of timed arrays and integers become F32 where they become floats. What
// the engine keeps per element in F64 (lastspike, lastupdate, delays) is exact: sums, differences and comparisons of it with
// other exact or uniform values are F64, and everything else rounds it first. So `exp(-(t-lastupdate)/tau)` is an F32
// exponential of a difference that was rounded once.

// keepsExact reports whether a variable's values are exact.
func (b *Builder) keepsExact(v *model.Variable, index model.Index) bool {
	return b.Single && v.Kind == model.Implicit && v.Type == model.Float && !v.Single && index != model.Shared && !v.Shared
}

func (b *Builder) isExact(x ir.Value) bool { return b.exact[x] }

func (b *Builder) markExact(x ir.Value) ir.Value {
	b.exact[x] = true
	return x
}

// isUniform reports whether a value is the same for all elements.
func (b *Builder) isUniform(x ir.Value) bool { return b.Ops.Uniform(x) }

// float makes a value the operand of an operation on floats.
func (b *Builder) float(x ir.Value) ir.Value {
	switch t := b.Ops.TypeOf(x); {
	case t == ir.F32 || t == ir.F64 && !b.isExact(x):
		return x
	case t == ir.F64 || b.Single && !b.isUniform(x):
		return b.to(x, ir.F32)
	}
	return b.to(x, ir.F64)
}

// rounded is float for an operation that integers have too.
func (b *Builder) rounded(x ir.Value) ir.Value {
	if b.isExact(x) {
		return b.float(x)
	}
	return x
}

// floats makes two values the operands of one operation on floats.
func (b *Builder) floats(x, y ir.Value) (ir.Value, ir.Value, ir.Type) {
	x, y = b.float(x), b.float(y)
	t := b.Ops.TypeOf(x)
	if t == b.Ops.TypeOf(y) {
		return x, y, t
	}
	wide, narrow := x, y
	if t == ir.F32 {
		wide, narrow = y, x
	}
	t = ir.F64
	if b.isUniform(wide) && !b.isUniform(narrow) {
		t = ir.F32
	}
	return b.to(x, t), b.to(y, t), t
}

// stayExact reports whether a sum, difference or comparison of two values is one of exact values.
func (b *Builder) stayExact(x, y ir.Value) bool {
	fits := func(v ir.Value) bool {
		return b.isExact(v) || !b.Ops.TypeOf(v).IsFloat() || b.Ops.TypeOf(v) == ir.F64 && b.isUniform(v)
	}
	return (b.isExact(x) || b.isExact(y)) && fits(x) && fits(y)
}

// typed converts a value to a type of the model; floats keep their width.
func (b *Builder) typed(x ir.Value, t model.Type, wide bool) ir.Value {
	if t == model.Float && b.Ops.TypeOf(x).IsFloat() {
		return x
	}
	return b.to(x, irType(t, wide))
}

// drawn rounds a random number or sample where single precision is the default.
func (b *Builder) drawn(x ir.Value) ir.Value {
	if b.Single && !b.isUniform(x) {
		return b.to(x, ir.F32)
	}
	return x
}

// uniformDraw is a number in [0, 1): one that would be rounded to 1 becomes the largest below it.
func (b *Builder) uniformDraw() ir.Value {
	x := b.drawn(b.Ops.Rand(b.site()))
	if b.Ops.TypeOf(x) == ir.F32 {
		return b.Ops.Min(x, b.Ops.FloatOf(ir.F32, 1-0x1p-24))
	}
	return x
}
