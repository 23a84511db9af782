package syntax

// Walk calls visit for x and, if visit returns true, for the expressions inside it, in the order in which
// they are written. A nil expression is passed over.
func Walk(x Expr, visit func(Expr) bool) {
	if x == nil || !visit(x) {
		return
	}
	children(x, func(child Expr) { Walk(child, visit) })
}

// children calls visit for the direct parts of x that are there.
func children(x Expr, visit func(Expr)) {
	one := func(x Expr) {
		if x != nil {
			visit(x)
		}
	}
	all := func(xs []Expr) {
		for _, x := range xs {
			one(x)
		}
	}
	switch x := x.(type) {
	case *FString:
		for _, part := range x.Parts {
			one(part.Expr)
			if part.Spec != nil {
				visit(part.Spec)
			}
		}
	case *Unary:
		one(x.X)
	case *Binary:
		one(x.X)
		one(x.Y)
	case *Compare:
		one(x.X)
		all(x.Ys)
	case *BoolOp:
		all(x.Xs)
	case *IfExp:
		one(x.Then)
		one(x.Cond)
		one(x.Else)
	case *Call:
		one(x.Func)
		all(x.Args)
		for _, k := range x.Keywords {
			one(k.Value)
		}
	case *Attribute:
		one(x.X)
	case *Subscript:
		one(x.X)
		one(x.Index)
	case *Slice:
		one(x.Low)
		one(x.High)
		one(x.Step)
	case *Tuple:
		all(x.Elts)
	case *List:
		all(x.Elts)
	case *Set:
		all(x.Elts)
	case *Dict:
		for i, key := range x.Keys {
			one(key)
			one(x.Values[i])
		}
	case *Lambda:
		for _, param := range x.Params.Plain {
			one(param.Default)
		}
		for _, param := range x.Params.KwOnly {
			one(param.Default)
		}
		one(x.Body)
	case *Comprehension:
		one(x.Key)
		one(x.Elt)
		for _, clause := range x.Clauses {
			one(clause.Target)
			one(clause.Iter)
			all(clause.Conds)
		}
	case *Starred:
		one(x.X)
	case *NamedExpr:
		visit(x.Target)
		one(x.Value)
	case *Yield:
		one(x.X)
	}
}

// Names returns the names that the expression uses, each once, in the order of their first appearance;
// names of called functions are among them, names of attributes and keyword arguments are not.
func Names(x Expr) []string {
	var names []string
	seen := map[string]bool{}
	Walk(x, func(x Expr) bool {
		if name, ok := x.(*Name); ok && !seen[name.Ident] {
			seen[name.Ident] = true
			names = append(names, name.Ident)
		}
		return true
	})
	return names
}

// Functions returns the names of the functions that the expression calls, each once, in the order of their
// first appearance.
func Functions(x Expr) []string {
	var names []string
	seen := map[string]bool{}
	Walk(x, func(x Expr) bool {
		if call, ok := x.(*Call); ok {
			if name, ok := call.Func.(*Name); ok && !seen[name.Ident] {
				seen[name.Ident] = true
				names = append(names, name.Ident)
			}
		}
		return true
	})
	return names
}

// Rewrite returns the expression with each node replaced by what change returns for it. Parts are rewritten
// before the whole; change gets a node whose parts are already new and returns it, or another in its place.
// The original is never changed: a node is copied when a part of it is new.
//
// Only the nodes of model expressions have parts that are rewritten (Unary, Binary, Compare, BoolOp, Call);
// other nodes are given to change as they are.
func Rewrite(x Expr, change func(Expr) Expr) Expr {
	if x == nil {
		return nil
	}
	switch old := x.(type) {
	case *Unary:
		if y := Rewrite(old.X, change); y != old.X {
			x = &Unary{old.At, old.Op, y}
		}
	case *Binary:
		a, b := Rewrite(old.X, change), Rewrite(old.Y, change)
		if a != old.X || b != old.Y {
			x = &Binary{old.At, old.Op, a, b}
		}
	case *Compare:
		a := Rewrite(old.X, change)
		ys, changed := rewriteAll(old.Ys, change)
		if changed || a != old.X {
			x = &Compare{old.At, a, old.Ops, ys}
		}
	case *BoolOp:
		if xs, changed := rewriteAll(old.Xs, change); changed {
			x = &BoolOp{old.At, old.Op, xs}
		}
	case *Call:
		function := Rewrite(old.Func, change)
		args, changed := rewriteAll(old.Args, change)
		var keywords []Keyword
		for _, k := range old.Keywords {
			value := Rewrite(k.Value, change)
			changed = changed || value != k.Value
			keywords = append(keywords, Keyword{k.At, k.Name, value})
		}
		if changed || function != old.Func {
			x = &Call{old.At, function, args, keywords}
		}
	}
	return change(x)
}

// rewriteAll rewrites a list; the result shares its memory with the original unless something changed.
func rewriteAll(xs []Expr, change func(Expr) Expr) ([]Expr, bool) {
	var result []Expr
	for i, x := range xs {
		y := Rewrite(x, change)
		if result == nil && y != x {
			result = append(make([]Expr, 0, len(xs)), xs[:i]...)
		}
		if result != nil {
			result = append(result, y)
		}
	}
	if result == nil {
		return xs, false
	}
	return result, true
}

// Substitute replaces names by expressions, in values and in the names of called functions. All
// replacements happen at once: what is put in is not looked at again.
func Substitute(x Expr, replacements map[string]Expr) Expr {
	return Rewrite(x, func(x Expr) Expr {
		if name, ok := x.(*Name); ok {
			if y, ok := replacements[name.Ident]; ok {
				return y
			}
		}
		return x
	})
}
