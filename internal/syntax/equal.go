package syntax

import (
	"math"
	"slices"
)

// Equal reports whether two expressions are the same tree, wherever they stand. Floats are compared by their
// bits, so that 0.0 and -0.0 differ.
func Equal(a, b Expr) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	switch a := a.(type) {
	case *Name:
		b, ok := b.(*Name)
		return ok && a.Ident == b.Ident
	case *Int:
		b, ok := b.(*Int)
		return ok && a.Value == b.Value && a.Big == b.Big
	case *Float:
		b, ok := b.(*Float)
		return ok && math.Float64bits(a.Value) == math.Float64bits(b.Value)
	case *Imag:
		b, ok := b.(*Imag)
		return ok && math.Float64bits(a.Value) == math.Float64bits(b.Value)
	case *Bool:
		b, ok := b.(*Bool)
		return ok && a.Value == b.Value
	case *None:
		_, ok := b.(*None)
		return ok
	case *Ellipsis:
		_, ok := b.(*Ellipsis)
		return ok
	case *String:
		b, ok := b.(*String)
		return ok && a.Value == b.Value && a.Bytes == b.Bytes
	case *FString:
		b, ok := b.(*FString)
		return ok && slices.EqualFunc(a.Parts, b.Parts, equalPart)
	case *Unary:
		b, ok := b.(*Unary)
		return ok && a.Op == b.Op && Equal(a.X, b.X)
	case *Binary:
		b, ok := b.(*Binary)
		return ok && a.Op == b.Op && Equal(a.X, b.X) && Equal(a.Y, b.Y)
	case *Compare:
		b, ok := b.(*Compare)
		return ok && slices.Equal(a.Ops, b.Ops) && Equal(a.X, b.X) && equalAll(a.Ys, b.Ys)
	case *BoolOp:
		b, ok := b.(*BoolOp)
		return ok && a.Op == b.Op && equalAll(a.Xs, b.Xs)
	case *IfExp:
		b, ok := b.(*IfExp)
		return ok && Equal(a.Cond, b.Cond) && Equal(a.Then, b.Then) && Equal(a.Else, b.Else)
	case *Call:
		b, ok := b.(*Call)
		return ok && Equal(a.Func, b.Func) && equalAll(a.Args, b.Args) &&
			slices.EqualFunc(a.Keywords, b.Keywords, func(k, l Keyword) bool {
				return k.Name == l.Name && Equal(k.Value, l.Value)
			})
	case *Attribute:
		b, ok := b.(*Attribute)
		return ok && a.Name == b.Name && Equal(a.X, b.X)
	case *Subscript:
		b, ok := b.(*Subscript)
		return ok && Equal(a.X, b.X) && Equal(a.Index, b.Index)
	case *Slice:
		b, ok := b.(*Slice)
		return ok && Equal(a.Low, b.Low) && Equal(a.High, b.High) && Equal(a.Step, b.Step)
	}
	return equalDisplay(a, b)
}

// equalDisplay compares the nodes that Equal leaves to it: displays, lambdas, comprehensions and what may
// stand only in certain places.
func equalDisplay(a, b Expr) bool {
	switch a := a.(type) {
	case *Tuple:
		b, ok := b.(*Tuple)
		return ok && equalAll(a.Elts, b.Elts)
	case *List:
		b, ok := b.(*List)
		return ok && equalAll(a.Elts, b.Elts)
	case *Set:
		b, ok := b.(*Set)
		return ok && equalAll(a.Elts, b.Elts)
	case *Dict:
		b, ok := b.(*Dict)
		return ok && equalAll(a.Keys, b.Keys) && equalAll(a.Values, b.Values)
	case *Lambda:
		b, ok := b.(*Lambda)
		return ok && equalParams(a.Params, b.Params) && Equal(a.Body, b.Body)
	case *Comprehension:
		b, ok := b.(*Comprehension)
		return ok && a.Kind == b.Kind && Equal(a.Key, b.Key) && Equal(a.Elt, b.Elt) &&
			slices.EqualFunc(a.Clauses, b.Clauses, func(c, d Clause) bool {
				return Equal(c.Target, d.Target) && Equal(c.Iter, d.Iter) && equalAll(c.Conds, d.Conds)
			})
	case *Starred:
		b, ok := b.(*Starred)
		return ok && Equal(a.X, b.X)
	case *NamedExpr:
		b, ok := b.(*NamedExpr)
		return ok && a.Target.Ident == b.Target.Ident && Equal(a.Value, b.Value)
	case *Yield:
		b, ok := b.(*Yield)
		return ok && a.From == b.From && Equal(a.X, b.X)
	}
	panic("BUG: Equal does not know this expression")
}

func equalAll(a, b []Expr) bool { return slices.EqualFunc(a, b, Equal) }

func equalPart(a, b FPart) bool {
	if (a.Spec == nil) != (b.Spec == nil) {
		return false
	}
	if a.Spec != nil && !Equal(a.Spec, b.Spec) {
		return false
	}
	return a.Text == b.Text && Equal(a.Expr, b.Expr) && a.Conversion == b.Conversion && a.Debug == b.Debug
}

func equalParams(a, b Params) bool {
	same := func(p, q Param) bool {
		return p.Name == q.Name && Equal(p.Default, q.Default) && Equal(p.Annotation, q.Annotation)
	}
	return a.PosOnly == b.PosOnly && a.HasStar == b.HasStar && a.Star == b.Star && a.DoubleStar == b.DoubleStar &&
		slices.EqualFunc(a.Plain, b.Plain, same) && slices.EqualFunc(a.KwOnly, b.KwOnly, same)
}
