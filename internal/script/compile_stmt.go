package script

import (
	"synfire/internal/syntax"
)

func (c *compiler) stmts(body []syntax.Stmt) {
	for _, s := range body {
		c.stmt(s)
	}
}

func (c *compiler) stmt(s syntax.Stmt) {
	c.at(s.Span())
	switch s := s.(type) {
	case *syntax.ExprStmt:
		c.expr(s.X)
		c.emit(opPop, 0, 0)
	case *syntax.Assign:
		c.expr(s.Value)
		for i, t := range s.Targets {
			if i < len(s.Targets)-1 {
				c.emit(opDup, 0, 0)
			}
			c.store(t)
		}
	case *syntax.AugAssign:
		c.augmented(s)
	case *syntax.AnnAssign:
		if s.Value != nil {
			c.expr(s.Value)
			c.store(s.Target)
		}
	case *syntax.If:
		c.expr(s.Cond)
		before := c.at(s.Cond.Span())
		branch := c.emit(opBranch, 0, 0)
		c.where = before
		c.stmts(s.Body)
		if len(s.Else) == 0 {
			c.patch(branch)
			c.patchUnknown(branch)
			return
		}
		end := c.emit(opJump, 0, 0)
		c.patch(branch)
		c.stmts(s.Else)
		c.patch(end)
		c.patchUnknown(branch)
	case *syntax.For:
		c.forLoop(s)
	case *syntax.While:
		c.whileLoop(s)
	case *syntax.Def:
		c.def(s)
	case *syntax.Class:
		c.class(s)
	case *syntax.Return:
		if s.X == nil {
			c.constant(None)
		} else {
			c.expr(s.X)
		}
		c.unwind(0)
		c.emit(opReturn, 0, 0)
	case *syntax.Break:
		c.leaveLoop(s, true)
	case *syntax.Continue:
		c.leaveLoop(s, false)
	case *syntax.Pass, *syntax.Global, *syntax.Nonlocal:
	case *syntax.Import:
		for _, a := range s.Names {
			c.at(a.Span())
			first := int32(0)
			if a.As == "" {
				first = 1
			}
			c.emit(opImport, c.name(a.Name), first)
			c.storeName(importedName(a))
		}
	case *syntax.ImportFrom:
		if s.Level > 0 {
			c.fail(s.Span(), "relative imports are not supported: write the module's name without leading dots")
			return
		}
		c.emit(opImport, c.name(s.Module), 0)
		if s.Star {
			c.emit(opImportStar, 0, 0)
			return
		}
		for _, a := range s.Names {
			c.at(a.Span())
			c.emit(opImportFrom, c.name(a.Name), 0)
			c.storeName(aliasName(a))
		}
		c.emit(opPop, 0, 0)
	case *syntax.Del:
		for _, t := range s.Targets {
			c.delete(t)
		}
	case *syntax.Assert:
		c.expr(s.Cond)
		ok := c.emit(opAssert, 0, 0)
		if s.Msg != nil {
			c.expr(s.Msg)
		}
		c.at(s.Span())
		n := int32(-1)
		if s.Msg != nil {
			n = -2
		}
		c.emit(opRaise, n, 0)
		c.patch(ok)
	case *syntax.Raise:
		n := int32(0)
		if s.X != nil {
			c.expr(s.X)
			n++
		}
		if s.Cause != nil {
			c.expr(s.Cause)
			n++
		}
		c.emit(opRaise, n, 0)
	case *syntax.Try:
		c.try(s)
	case *syntax.With:
		c.with(s.Items, s.Body)
	case *syntax.Magic:
		c.magicStatement(s)
	default:
		c.fail(s.Span(), "this statement is not supported")
	}
}

// store compiles an assignment of the value on the stack.
func (c *compiler) store(t syntax.Expr) {
	before := c.at(t.Span())
	defer func() { c.where = before }()
	switch t := t.(type) {
	case *syntax.Name:
		c.storeName(t.Ident)
	case *syntax.Attribute:
		c.expr(t.X)
		c.emit(opStoreAttr, c.name(t.Name), 0)
	case *syntax.Subscript:
		c.expr(t.X)
		c.expr(t.Index)
		c.emit(opStoreIndex, 0, 0)
	case *syntax.Tuple:
		c.unpack(t.Elts)
	case *syntax.List:
		c.unpack(t.Elts)
	case *syntax.Starred:
		c.fail(t.Span(), "starred assignment target must be in a list or tuple")
	default:
		c.fail(t.Span(), "cannot assign to this expression")
	}
}

func (c *compiler) unpack(targets []syntax.Expr) {
	star := -1
	for i, t := range targets {
		if s, ok := t.(*syntax.Starred); ok {
			if star >= 0 {
				c.fail(s.Span(), "multiple starred expressions in assignment")
			}
			star = i
		}
	}
	if star < 0 {
		c.emit(opUnpack, int32(len(targets)), 0)
	} else {
		c.emit(opUnpackStar, int32(star), int32(len(targets)-star-1))
	}
	for _, t := range targets {
		if s, ok := t.(*syntax.Starred); ok {
			t = s.X
		}
		c.store(t)
	}
}

func (c *compiler) augmented(s *syntax.AugAssign) {
	switch t := s.Target.(type) {
	case *syntax.Name:
		c.expr(t)
		c.expr(s.Value)
		c.emit(opInPlace, int32(s.Op), 0)
		c.storeName(t.Ident)
	case *syntax.Attribute:
		c.expr(t.X)
		c.emit(opDup, 0, 0)
		before := c.at(t.Span())
		c.emit(opLoadAttr, c.name(t.Name), 0)
		c.where = before
		c.expr(s.Value)
		c.emit(opInPlace, int32(s.Op), 0)
		c.emit(opSwap, 0, 0)
		c.emit(opStoreAttr, c.name(t.Name), 0)
	case *syntax.Subscript:
		c.expr(t.X)
		c.expr(t.Index)
		before := c.at(t.Span())
		c.emit(opReadInPlace, 0, 0)
		c.where = before
		c.expr(s.Value)
		c.emit(opInPlaceIndex, int32(s.Op), 0)
	default:
		c.fail(s.Target.Span(), "this is an illegal expression for augmented assignment")
	}
}

func (c *compiler) delete(t syntax.Expr) {
	before := c.at(t.Span())
	defer func() { c.where = before }()
	switch t := t.(type) {
	case *syntax.Name:
		c.deleteName(t.Ident)
	case *syntax.Attribute:
		c.expr(t.X)
		c.emit(opDelAttr, c.name(t.Name), 0)
	case *syntax.Subscript:
		c.expr(t.X)
		c.expr(t.Index)
		c.emit(opDelIndex, 0, 0)
	case *syntax.Tuple:
		for _, e := range t.Elts {
			c.delete(e)
		}
	case *syntax.List:
		for _, e := range t.Elts {
			c.delete(e)
		}
	default:
		c.fail(t.Span(), "cannot delete this expression")
	}
}

func (c *compiler) push(n nest) { c.nests = append(c.nests, n) }

func (c *compiler) pop() nest {
	n := c.nests[len(c.nests)-1]
	c.nests = c.nests[:len(c.nests)-1]
	return n
}

func (c *compiler) forLoop(s *syntax.For) {
	c.expr(s.Iter)
	header := s.Iter.Span()
	c.at(header)
	iter := c.emit(opIter, 0, 0)
	start := c.here()
	c.push(nest{kind: nestLoop, start: start, onStack: true})
	next := c.emit(opNext, 0, 0)
	c.store(s.Target)
	c.stmts(s.Body)
	c.at(header)
	c.emit(opLoop, start, 0)
	loop := c.pop()
	c.patch(next)
	c.stmts(s.Else)
	for _, b := range loop.breaks {
		c.patch(b)
	}
	c.patch(iter)
}

func (c *compiler) whileLoop(s *syntax.While) {
	start := c.here()
	c.push(nest{kind: nestLoop, start: start})
	c.expr(s.Cond)
	c.at(s.Cond.Span())
	branch := c.emit(opBranch, 0, 0)
	c.stmts(s.Body)
	c.at(s.Cond.Span())
	c.emit(opLoop, start, 0)
	loop := c.pop()
	c.patch(branch)
	c.stmts(s.Else)
	for _, b := range loop.breaks {
		c.patch(b)
	}
	c.patchUnknown(branch)
}

// leaveLoop compiles break and continue.
func (c *compiler) leaveLoop(s syntax.Stmt, isBreak bool) {
	for i := len(c.nests) - 1; i >= 0; i-- {
		if c.nests[i].kind != nestLoop {
			continue
		}
		c.unwind(i + 1)
		if !isBreak {
			c.emit(opLoop, c.nests[i].start, 0)
			return
		}
		if c.nests[i].onStack {
			c.emit(opPop, 0, 0)
		}
		jump := c.emit(opJump, 0, 0)
		c.nests[i].breaks = append(c.nests[i].breaks, jump)
		return
	}
	if isBreak {
		c.fail(s.Span(), "'break' outside loop")
		return
	}
	c.fail(s.Span(), "'continue' not properly in loop")
}

// unwind compiles what has to happen when control jumps out of every nest from position down on: blocks are
// popped, finally bodies and exits run, innermost first. A value to be returned may be on the stack.
func (c *compiler) unwind(down int) {
	saved := c.nests
	returning := down == 0
	for i := len(saved) - 1; i >= down; i-- {
		n := saved[i]
		c.nests = saved[:i]
		switch n.kind {
		case nestTry:
			c.emit(opPopBlock, 0, 0)
		case nestFinally:
			c.emit(opPopBlock, 0, 0)
			c.stmts(n.finally)
		case nestHandler:
			if n.variable != "" {
				c.emit(opPopBlock, 0, 0)
			}
			c.emit(opPopHandling, 0, 0)
			if n.variable != "" {
				c.constant(None)
				c.storeName(n.variable)
				c.deleteName(n.variable)
			}
		case nestFinallyHandler:
			c.emit(opPopHandling, 0, 0)
			if returning {
				c.emit(opSwap, 0, 0)
			}
			c.emit(opPop, 0, 0)
		case nestWith:
			c.emit(opPopBlock, 0, 0)
			if returning {
				c.emit(opSwap, 0, 0)
			}
			c.emit(opWithLeave, 0, 0)
		case nestLoop:
			if returning && n.onStack {
				c.emit(opSwap, 0, 0)
				c.emit(opPop, 0, 0)
			}
		}
	}
	c.nests = saved
}

func (c *compiler) def(s *syntax.Def) {
	for _, d := range s.Decorators {
		c.expr(d)
	}
	c.function(s, s.Name, s.Doc, s.Params, func(inner *compiler) {
		inner.stmts(s.Body)
		inner.constant(None)
		inner.emit(opReturn, 0, 0)
	})
	for i := len(s.Decorators) - 1; i >= 0; i-- {
		c.at(s.Decorators[i].Span())
		c.emit(opCall, 1, 0)
	}
	c.at(s.Span())
	c.storeName(s.Name)
}

func (c *compiler) class(s *syntax.Class) {
	for _, d := range s.Decorators {
		c.expr(d)
	}
	for _, k := range s.Keywords {
		c.fail(k.Span(), "class keywords such as metaclass are not supported")
	}
	qualname := s.Name
	if c.scope.kind == functionScope {
		qualname = c.code.qualname + ".<locals>." + s.Name
	} else if c.scope.kind == classScope {
		qualname = c.code.qualname + "." + s.Name
	}
	inner := newCompiler(c.unit, c, c.unit.scopes[s], s.Name, qualname)
	inner.where = s.Span()
	inner.code.doc = s.Doc
	inner.stmts(s.Body)
	inner.constant(None)
	inner.emit(opReturn, 0, 0)
	for _, b := range s.Bases {
		c.expr(b)
	}
	c.emit(opClass, c.child(inner.code), int32(len(s.Bases)))
	for i := len(s.Decorators) - 1; i >= 0; i-- {
		c.emit(opCall, 1, 0)
	}
	c.storeName(s.Name)
}

func (c *compiler) try(s *syntax.Try) {
	if len(s.Finally) > 0 {
		block := c.emit(opTry, 0, 0)
		c.push(nest{kind: nestFinally, finally: s.Finally})
		if len(s.Handlers) > 0 {
			c.tryExcept(s)
		} else {
			c.stmts(s.Body)
			c.stmts(s.Else)
		}
		c.pop()
		c.emit(opPopBlock, 0, 0)
		c.stmts(s.Finally)
		end := c.emit(opJump, 0, 0)
		c.patch(block)
		c.push(nest{kind: nestFinallyHandler})
		c.stmts(s.Finally)
		c.pop()
		c.emit(opReraise, 0, 0)
		c.patch(end)
		return
	}
	c.tryExcept(s)
}

func (c *compiler) tryExcept(s *syntax.Try) {
	block := c.emit(opTry, 0, 0)
	c.push(nest{kind: nestTry})
	c.stmts(s.Body)
	c.pop()
	c.emit(opPopBlock, 0, 0)
	c.stmts(s.Else)
	ends := []int{c.emit(opJump, 0, 0)}
	c.patch(block)
	for i, h := range s.Handlers {
		next := -1
		if h.Type != nil {
			c.at(h.Type.Span())
			c.expr(h.Type)
			c.emit(opMatch, 0, 0)
			next = c.emit(opBranch, 0, 0)
		} else if i < len(s.Handlers)-1 {
			c.fail(s.Span(), "default 'except:' must be last")
		}
		if h.Name == "" {
			c.emit(opPop, 0, 0)
			c.push(nest{kind: nestHandler})
			c.stmts(h.Body)
			c.pop()
			c.emit(opPopHandling, 0, 0)
		} else {
			c.storeName(h.Name)
			cleanup := c.emit(opTry, 0, 0)
			c.push(nest{kind: nestHandler, variable: h.Name})
			c.stmts(h.Body)
			c.pop()
			c.emit(opPopBlock, 0, 0)
			c.emit(opPopHandling, 0, 0)
			c.forget(h.Name)
			ends = append(ends, c.emit(opJump, 0, 0))
			c.patch(cleanup)
			c.forget(h.Name)
			c.emit(opReraise, 0, 0)
		}
		ends = append(ends, c.emit(opJump, 0, 0))
		if next >= 0 {
			c.patch(next)
			c.patchUnknown(next)
		}
	}
	c.emit(opReraise, 0, 0)
	for _, end := range ends {
		c.patch(end)
	}
}

// forget unbinds the variable of a handler, which may have been deleted already.
func (c *compiler) forget(name string) {
	c.constant(None)
	c.storeName(name)
	c.deleteName(name)
}

func (c *compiler) with(items []syntax.WithItem, body []syntax.Stmt) {
	if len(items) == 0 {
		c.stmts(body)
		return
	}
	item := items[0]
	c.expr(item.Context)
	where := item.Context.Span()
	c.at(where)
	block := c.emit(opWith, 0, 0)
	c.push(nest{kind: nestWith})
	if item.Target != nil {
		c.store(item.Target)
	} else {
		c.emit(opPop, 0, 0)
	}
	c.with(items[1:], body)
	c.pop()
	c.at(where)
	c.emit(opPopBlock, 0, 0)
	c.emit(opWithLeave, 0, 0)
	end := c.emit(opJump, 0, 0)
	c.patch(block)
	forgiven := c.emit(opWithRaise, 0, 0)
	c.emit(opReraise, 0, 0)
	c.patch(forgiven)
	c.patch(end)
}

// magic compiles a notebook line and leaves its value on the stack.
func (c *compiler) magic(s *syntax.Magic) {
	c.code.magics = append(c.code.magics, s)
	c.emit(opMagic, int32(len(c.code.magics)-1), 0)
}

func (c *compiler) magicStatement(s *syntax.Magic) {
	switch {
	case timed(s):
		cell := int32(0)
		if s.Kind == "%%" {
			cell = 1
		}
		c.emit(opTimeStart, 0, 0)
		c.stmts(s.Body)
		c.at(s.Span())
		c.emit(opTimeStop, cell, 0)
	case s.Name == "timeit" && s.Kind != "!":
		c.function(s, "<magic-timeit>", "", syntax.Params{}, func(inner *compiler) {
			inner.stmts(s.Body)
			inner.constant(None)
			inner.emit(opReturn, 0, 0)
		})
		c.emit(opTimeIt, 0, 0)
	default:
		c.magic(s)
		c.emit(opPop, 0, 0)
	}
}
