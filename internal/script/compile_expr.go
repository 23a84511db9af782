package script

import (
	"math/big"

	"synfire/internal/syntax"
)

// expr compiles an expression; its value is left on the stack.
func (c *compiler) expr(e syntax.Expr) {
	before := c.at(e.Span())
	defer func() { c.where = before }()
	switch e := e.(type) {
	case *syntax.Name:
		c.loadName(e.Ident)
	case *syntax.Int:
		if e.Big != "" {
			n, ok := new(big.Int).SetString(e.Big, 10)
			if !ok {
				c.fail(e.Span(), "invalid number")
				return
			}
			c.constant(normal(n))
			return
		}
		c.constant(e.Value)
	case *syntax.Float:
		c.constant(e.Value)
	case *syntax.Imag:
		c.constant(complex(0, e.Value))
	case *syntax.Bool:
		c.constant(e.Value)
	case *syntax.None:
		c.constant(None)
	case *syntax.Ellipsis:
		c.constant(Ellipsis)
	case *syntax.String:
		if e.Bytes {
			c.constant(Bytes(e.Value))
			return
		}
		c.constant(e.Value)
	case *syntax.FString:
		c.fstring(e)
	case *syntax.Unary:
		if n, ok := e.X.(*syntax.Int); ok && e.Op == syntax.Neg && n.Big == "" {
			c.constant(-n.Value)
			return
		}
		c.expr(e.X)
		if e.Op == syntax.Not {
			c.emit(opNot, 0, 0)
			return
		}
		c.emit(opUnary, int32(e.Op), 0)
	case *syntax.Binary:
		c.expr(e.X)
		c.expr(e.Y)
		c.emit(opBinary, int32(e.Op), 0)
	case *syntax.Compare:
		c.compare(e)
	case *syntax.BoolOp:
		op := opAndElse
		if e.Op == syntax.Or {
			op = opOrElse
		}
		var ends []int
		for i, x := range e.Xs {
			c.expr(x)
			if i < len(e.Xs)-1 {
				ends = append(ends, c.emit(op, 0, 0))
			}
		}
		for _, end := range ends {
			c.patch(end)
		}
	case *syntax.IfExp:
		c.expr(e.Cond)
		branch := c.emit(opBranchValue, 0, 0)
		c.expr(e.Then)
		end := c.emit(opJump, 0, 0)
		c.patch(branch)
		c.expr(e.Else)
		c.patch(end)
		c.patchUnknown(branch)
	case *syntax.Call:
		c.call(e)
	case *syntax.Attribute:
		c.expr(e.X)
		c.emit(opLoadAttr, c.name(e.Name), 0)
	case *syntax.Subscript:
		c.expr(e.X)
		c.expr(e.Index)
		c.emit(opLoadIndex, 0, 0)
	case *syntax.Slice:
		for _, x := range []syntax.Expr{e.Low, e.High, e.Step} {
			if x == nil {
				c.constant(None)
			} else {
				c.expr(x)
			}
		}
		c.emit(opBuildSlice, 0, 0)
	case *syntax.Tuple:
		if c.display(e.Elts, opBuildTuple) {
			c.emit(opListToTuple, 0, 0)
		}
	case *syntax.List:
		c.display(e.Elts, opBuildList)
	case *syntax.Set:
		c.display(e.Elts, opBuildSet)
	case *syntax.Dict:
		c.dict(e)
	case *syntax.Lambda:
		c.function(e, "<lambda>", "", e.Params, func(inner *compiler) {
			inner.where = e.Body.Span()
			inner.expr(e.Body)
			inner.emit(opReturn, 0, 0)
		})
	case *syntax.Comprehension:
		c.comprehension(e)
	case *syntax.Starred:
		c.fail(e.Span(), "can't use starred expression here")
	case *syntax.NamedExpr:
		c.expr(e.Value)
		c.emit(opDup, 0, 0)
		c.storeName(e.Target.Ident)
	case *syntax.Yield:
		if e.X == nil {
			c.constant(None)
		} else {
			c.expr(e.X)
		}
		if e.From {
			c.emit(opIter, 0, 2)
			c.constant(None)
			c.emit(opYieldFrom, 0, 0)
			return
		}
		c.emit(opYield, 0, 0)
	default:
		c.fail(e.Span(), "this expression is not supported")
	}
}

// display compiles the elements of a tuple, list or set display. With a star among them a tuple is first built as a
// list, which the result reports.
func (c *compiler) display(elts []syntax.Expr, build opcode) (asList bool) {
	starred := false
	for _, e := range elts {
		if _, ok := e.(*syntax.Starred); ok {
			starred = true
		}
	}
	if !starred {
		for _, e := range elts {
			c.expr(e)
		}
		c.emit(build, int32(len(elts)), 0)
		return false
	}
	extend, add := opListExtend, opListAppend
	if build == opBuildSet {
		extend, add = opSetExtend, opSetAdd
		c.emit(opBuildSet, 0, 0)
	} else {
		c.emit(opBuildList, 0, 0)
	}
	for _, e := range elts {
		if s, ok := e.(*syntax.Starred); ok {
			c.expr(s.X)
			c.emit(extend, 0, 0)
		} else {
			c.expr(e)
			c.emit(add, 1, 0)
		}
	}
	return build == opBuildTuple
}

func (c *compiler) dict(e *syntax.Dict) {
	n := int32(0)
	built := false
	for i, k := range e.Keys {
		if k != nil {
			c.expr(k)
			c.expr(e.Values[i])
			if built {
				c.emit(opDictAdd, 1, 0)
			} else {
				n++
			}
			continue
		}
		if !built {
			c.emit(opBuildDict, n, 0)
			built = true
		}
		c.expr(e.Values[i])
		c.emit(opDictExtend, 0, 0)
	}
	if !built {
		c.emit(opBuildDict, n, 0)
	}
}

// compare compiles a chain; each operand is evaluated once, and the chain ends at the first false link.
func (c *compiler) compare(e *syntax.Compare) {
	c.expr(e.X)
	if len(e.Ops) == 1 {
		c.expr(e.Ys[0])
		c.emit(opCompare, int32(e.Ops[0]), 0)
		return
	}
	var ends []int
	for i, op := range e.Ops {
		c.expr(e.Ys[i])
		if i == len(e.Ops)-1 {
			c.emit(opCompare, int32(op), 0)
			break
		}
		c.emit(opChain, int32(op), 0)
		ends = append(ends, c.emit(opAndElse, 0, 0))
	}
	done := c.emit(opJump, 0, 0)
	for _, end := range ends {
		c.patch(end)
	}
	c.emit(opSwap, 0, 0)
	c.emit(opPop, 0, 0)
	c.patch(done)
}

func (c *compiler) call(e *syntax.Call) {
	c.expr(e.Func)
	spread := false
	for _, a := range e.Args {
		if _, ok := a.(*syntax.Starred); ok {
			spread = true
		}
	}
	for _, k := range e.Keywords {
		if k.Name == "" {
			spread = true
		}
	}
	if !spread {
		for _, a := range e.Args {
			c.expr(a)
		}
		var names []string
		for _, k := range e.Keywords {
			for _, n := range names {
				if n == k.Name {
					c.fail(k.Span(), "keyword argument repeated: %s", n)
				}
			}
			c.expr(k.Value)
			names = append(names, k.Name)
		}
		b := int32(0)
		if len(names) > 0 {
			c.code.keywords = append(c.code.keywords, names)
			b = int32(len(c.code.keywords))
		}
		c.emit(opCall, int32(len(e.Args)+len(names)), b)
		return
	}
	c.emit(opBuildList, 0, 0)
	for _, a := range e.Args {
		if s, ok := a.(*syntax.Starred); ok {
			c.expr(s.X)
			c.emit(opListExtend, 1, 0)
			continue
		}
		c.expr(a)
		c.emit(opListAppend, 1, 0)
	}
	c.emit(opBuildDict, 0, 0)
	for _, k := range e.Keywords {
		if k.Name == "" {
			c.expr(k.Value)
		} else {
			c.constant(k.Name)
			c.expr(k.Value)
			c.emit(opBuildDict, 1, 0)
		}
		c.emit(opDictMerge, 0, 0)
	}
	c.emit(opCallSpread, 0, 0)
}

func (c *compiler) fstring(e *syntax.FString) {
	n := int32(0)
	for _, p := range e.Parts {
		if p.Expr == nil {
			if p.Text != "" {
				c.constant(p.Text)
				n++
			}
			continue
		}
		if p.Debug != "" {
			c.constant(p.Debug)
			n++
		}
		c.expr(p.Expr)
		conversion, spec := int32(p.Conversion), int32(0)
		if p.Spec != nil {
			c.fstring(p.Spec)
			spec = 1
		} else if p.Debug != "" && conversion == 0 {
			conversion = 'r'
		}
		c.emit(opFormat, conversion, spec)
		n++
	}
	c.emit(opBuildString, n, 0)
}

// comprehension compiles to an inner function that is called at once with the first iterator.
func (c *compiler) comprehension(e *syntax.Comprehension) {
	name := [...]string{"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}[e.Kind]
	qualname := name
	if c.scope.kind == functionScope || c.scope.kind == comprehensionScope {
		qualname = c.code.qualname + ".<locals>." + name
	}
	s := c.unit.scopes[e]
	s.yields = s.yields || e.Kind == syntax.GeneratorExp
	inner := newCompiler(c.unit, c, s, name, qualname)
	inner.code.plain = 1
	inner.where = c.where
	switch e.Kind {
	case syntax.ListComp:
		inner.emit(opBuildList, 0, 0)
	case syntax.SetComp:
		inner.emit(opBuildSet, 0, 0)
	case syntax.DictComp:
		inner.emit(opBuildDict, 0, 0)
	}
	inner.clauses(e, 0)
	if e.Kind == syntax.GeneratorExp {
		inner.constant(None)
	}
	inner.emit(opReturn, 0, 0)

	c.emit(opBuildTuple, 0, 0)
	c.emit(opBuildDict, 0, 0)
	c.emit(opFunction, c.child(inner.code), 0)
	c.expr(e.Clauses[0].Iter)
	c.where = e.Clauses[0].Iter.Span()
	iter := c.emit(opIter, 0, 1)
	c.where = e.Span()
	c.emit(opCall, 1, 0)
	done := c.emit(opJump, 0, 0)
	c.patch(iter)
	c.emit(opSwap, 0, 0) // the iterable is unknown, and so is the result
	c.emit(opPop, 0, 0)
	c.patch(done)
}

func (c *compiler) clauses(e *syntax.Comprehension, i int) {
	clause := e.Clauses[i]
	var skip int = -1
	if i == 0 {
		c.emit(opLoadLocal, c.locals[iterParameter], 0)
	} else {
		c.expr(clause.Iter)
		skip = c.emit(opIter, 0, 0)
	}
	start := c.here()
	before := c.at(clause.Iter.Span())
	next := c.emit(opNext, 0, 0)
	c.where = before
	c.store(clause.Target)
	for _, cond := range clause.Conds {
		c.expr(cond)
		branch := c.emit(opBranch, start, start)
		_ = branch
	}
	if i < len(e.Clauses)-1 {
		c.clauses(e, i+1)
	} else {
		depth := int32(len(e.Clauses)) + 1
		switch e.Kind {
		case syntax.ListComp:
			c.expr(e.Elt)
			c.emit(opListAppend, depth, 0)
		case syntax.SetComp:
			c.expr(e.Elt)
			c.emit(opSetAdd, depth, 0)
		case syntax.DictComp:
			c.expr(e.Key)
			c.expr(e.Elt)
			c.emit(opDictAdd, depth, 0)
		case syntax.GeneratorExp:
			c.expr(e.Elt)
			c.emit(opYield, 0, 0)
			c.emit(opPop, 0, 0)
		}
	}
	c.emit(opLoop, start, 0)
	c.patch(next)
	if skip >= 0 {
		c.patch(skip)
	}
}
