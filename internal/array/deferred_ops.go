package array

import (
	"reflect"

	"synfire/units"
)

// unary returns the expression f(d).
func (d *deferred) unary(f *Function) *deferred {
	out := *d
	out.root = &node{kind: unaryNode, left: d.root, truth: f.GivesBool, unary: func(dst, x []float64) {
		for i, v := range x {
			dst[i] = f.Float(v)
		}
	}}
	switch f.Name {
	case "isnan":
		out.root.unary = func(dst, x []float64) {
			for i, v := range x {
				dst[i] = truth(v != v)
			}
		}
	case "absolute":
		out.root.unary = absolutes
	}
	return &out
}

// binaryDeferred builds an expression of two operands of which at least one is deferred; nil if they don't
// fit together in one pass over one table.
func binaryDeferred(op BinaryOp, a, b *Array, dim units.Dimension) *Array {
	x, y := a.whole(), b.whole()
	if x == nil && y == nil {
		return nil
	}
	base := x
	if x == nil {
		base = y
	}
	left, okLeft := base.operandNode(a, x)
	right, okRight := base.operandNode(b, y)
	if !okLeft || !okRight {
		return nil
	}
	bools := a.dtype == Bool && b.dtype == Bool
	f := floatPass(op, bools)
	if f == nil {
		return nil
	}
	out := *base
	dtype := resultType(op, a.dtype, b.dtype)
	if dtype == Int64 { // whole numbers, such as a sum of a mask and a number, are not worth a kind of their own
		return nil
	}
	out.root = &node{kind: binaryNode, left: left, right: right, binary: f, truth: dtype == Bool}
	return deferredArray(&out, dtype, dim)
}

// operandNode returns the node for an operand: an expression over the same table, or a small array.
func (d *deferred) operandNode(a *Array, source *deferred) (*node, bool) {
	if source != nil {
		if source.rows != d.rows || source.columns != d.columns || !sameReader(source.reader, d.reader) {
			return nil, false
		}
		return source.root, true
	}
	if a.buf.source != nil || a.dtype == Complex128 || len(a.shape) > 2 {
		return nil, false
	}
	n := &node{kind: operandNode, truth: a.dtype == Bool}
	rows, columns := 1, 1
	switch len(a.shape) {
	case 1:
		columns = a.shape[0]
	case 2:
		rows, columns = a.shape[0], a.shape[1]
	}
	switch {
	case rows == 1 && columns == 1:
	case rows == 1 && columns == d.columns:
		n.operand.row = true
	case columns == 1 && rows == d.rows:
		n.operand.column = true
	default:
		return nil, false
	}
	n.operand.values = append([]float64(nil), a.Floats()...)
	return n, true
}

// sameReader compares readers, which need not be comparable types.
func sameReader(a, b BlockReader) bool {
	return reflect.ValueOf(a).Comparable() && reflect.ValueOf(b).Comparable() && a == b
}

func (n *node) isBool() bool { return n.truth }

func absolutes(dst, x []float64) {
	for i, v := range x {
		dst[i] = max(v, -v)
	}
}

// floatPass returns the loop of an operation on floats, with truth values as 0 and 1; nil for operations that
// deferred arrays don't have.
func floatPass(op BinaryOp, bools bool) func(dst, x, y []float64) {
	switch {
	case op.comparison():
		return func(dst, x, y []float64) { comparePass(op, dst, x, y) }
	case bools && boolOps[op] != nil:
		f := boolOps[op]
		return loop(func(x, y float64) float64 { return truth(f(x != 0, y != 0)) })
	case bools && op != Div:
		return nil
	case op >= LogicalAnd:
		f := logicalOps[op-LogicalAnd]
		return loop(func(x, y float64) float64 { return truth(f(x != 0, y != 0)) })
	case floatOps[op] == nil:
		return nil
	}
	return func(dst, x, y []float64) { floatLoop(op, dst, x, y) }
}

func loop(f func(x, y float64) float64) func(dst, x, y []float64) {
	return func(dst, x, y []float64) { pairs(f, dst, x, y) }
}

// comparePass is the comparison with 0 and 1 as truth values.
func comparePass(op BinaryOp, dst, x, y []float64) {
	if len(y) == 1 && len(x) == len(dst) {
		c := y[0]
		switch op {
		case Gt:
			for i, v := range x {
				dst[i] = truth(v > c)
			}
			return
		case Lt:
			for i, v := range x {
				dst[i] = truth(v < c)
			}
			return
		}
	}
	f := map[BinaryOp]func(x, y float64) bool{
		Lt: func(x, y float64) bool { return x < y }, Le: func(x, y float64) bool { return x <= y },
		Gt: func(x, y float64) bool { return x > y }, Ge: func(x, y float64) bool { return x >= y },
		Eq: func(x, y float64) bool { return x == y }, Ne: func(x, y float64) bool { return x != y },
	}[op]
	stepX, stepY := min(1, len(x)-1), min(1, len(y)-1)
	for i := range dst {
		dst[i] = truth(f(x[i*stepX], y[i*stepY]))
	}
}
