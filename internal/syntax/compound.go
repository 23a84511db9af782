package syntax

import "synfire/internal/diag"

// ifStmt parses if with its elif and else, which nest in Else. The chain is built from its end, so that its
// length costs no stack while parsing; it is bounded for those who walk the tree.
func (p *parser) ifStmt() Stmt {
	var links []*If
	var last []Stmt
	for {
		start, head := p.tok.start, p.tok.kind.String()
		p.chain(len(links))
		p.next()
		link := &If{Cond: p.namedExpr("after '" + head + "'")}
		link.Body = p.block(head, start)
		link.At = p.since(start)
		links = append(links, link)
		if p.tok.kind == kwElif {
			continue
		}
		last = p.elseBlock()
		break
	}
	for i := len(links) - 1; i >= 0; i-- {
		links[i].Else = last
		if len(last) > 0 {
			links[i].Where = diag.Join(links[i].Where, last[len(last)-1].Span())
		}
		last = []Stmt{links[i]}
	}
	return links[0]
}

// elseBlock parses an else if one follows.
func (p *parser) elseBlock() []Stmt {
	start := p.tok.start
	if !p.accept(kwElse) {
		return nil
	}
	if p.tok.kind == kwIf {
		p.fail(p.scan.errorf(start, p.tok.end, "'else if' is written 'elif' in Python"))
	}
	return p.block("else", start)
}

// loop parses the block of a loop.
func (p *parser) loop(head string, start int) []Stmt {
	outer := p.scope
	p.scope.loop = true
	body := p.block(head, start)
	p.scope = outer
	return body
}

func (p *parser) forStmt() Stmt {
	start := p.tok.start
	p.next()
	s := &For{Target: p.targetList()}
	if p.tok.kind != kwIn {
		p.fail(p.expected("'in' after the loop variable"))
	}
	p.next()
	s.Iter = p.iterable()
	s.Body = p.loop("for", start)
	s.Else = p.elseBlock()
	s.At = p.since(start)
	return s
}

// iterable parses what a for runs over: one expression or a tuple, but no yield.
func (p *parser) iterable() Expr {
	if p.tok.kind == kwYield {
		p.fail(p.noExpression("after 'in'"))
	}
	return p.expressionList("after 'in'")
}

func (p *parser) whileStmt() Stmt {
	start := p.tok.start
	p.next()
	s := &While{Cond: p.namedExpr("after 'while'")}
	s.Body = p.loop("while", start)
	s.Else = p.elseBlock()
	s.At = p.since(start)
	return s
}

func (p *parser) tryStmt() Stmt {
	start := p.tok.start
	p.next()
	s := &Try{Body: p.block("try", start)}
	for p.tok.kind == kwExcept {
		from := p.tok.start
		p.next()
		if p.tok.kind == star {
			p.fail(p.scan.errorf(from, p.tok.end, "exception groups (except*) are not supported"))
		}
		if n := len(s.Handlers); n > 0 && s.Handlers[n-1].Type == nil {
			p.fail(p.scan.errorf(from, p.prevEnd, "an 'except' without an exception must be the last one"))
		}
		var handler Handler
		if p.tok.kind != colon {
			handler.Type = p.expr("after 'except'")
			if p.tok.kind == comma {
				p.fail(p.errorAt(p.tok, "several exceptions must stand in parentheses").
					WithHint("write except (A, B):"))
			}
			handler.Name = p.as()
		}
		handler.Body = p.block("except", from)
		handler.At = p.since(from)
		s.Handlers = append(s.Handlers, handler)
	}
	if len(s.Handlers) > 0 {
		s.Else = p.elseBlock()
	}
	if p.tok.kind == kwFinally {
		from := p.tok.start
		p.next()
		s.Finally = p.block("finally", from)
	}
	if len(s.Handlers) == 0 && s.Finally == nil {
		p.fail(p.expected("'except' or 'finally' after the block of 'try'"))
	}
	s.At = p.since(start)
	return s
}

func (p *parser) withStmt() Stmt {
	start := p.tok.start
	p.next()
	s := &With{}
	parentheses := p.tok.kind == leftParen && p.parenthesesEndHead()
	if parentheses {
		p.next()
	}
	for {
		var item WithItem
		item.Context = p.expr("after 'with'")
		if p.accept(kwAs) {
			item.Target = p.withTarget()
		}
		s.Items = append(s.Items, item)
		if !p.accept(comma) || parentheses && p.tok.kind == rightParen {
			break
		}
	}
	if parentheses {
		p.closing(rightParen)
	}
	s.Body = p.block("with", start)
	s.At = p.since(start)
	return s
}

func (p *parser) withTarget() Expr {
	x := p.primary("after 'as'")
	p.checkTarget(x, "assign to")
	return x
}

// parenthesesEndHead looks ahead whether the parentheses that open here enclose all items of a with: they do
// if ':' follows them and they hold a comma or an `as` of their own.
func (p *parser) parenthesesEndHead() bool {
	open, items, enclose := len(p.scan.brackets), false, false
	p.lookAhead(func(ahead *scanner) {
		for t := ahead.next(); t.kind != eof; t = ahead.next() {
			switch {
			case len(ahead.brackets) < open:
				enclose = items && ahead.next().kind == colon
				return
			case len(ahead.brackets) == open && (t.kind == comma || t.kind == kwAs):
				items = true
			}
		}
	})
	return enclose
}

// definition parses a def or class with its decorators.
func (p *parser) definition() Stmt {
	start := p.tok.start
	var decorators []Expr
	for p.accept(at) {
		decorators = append(decorators, p.namedExpr("after '@'"))
		if p.tok.kind != newline {
			p.fail(p.unexpected("after the decorator"))
		}
		p.next()
	}
	switch p.tok.kind {
	case kwDef:
		return p.def(start, decorators)
	case kwClass:
		return p.class(start, decorators)
	case kwAsync:
		p.fail(p.errorAt(p.tok, "'async' is not supported"))
	}
	p.fail(p.expected("'def' or 'class' after the decorator"))
	return nil
}

func (p *parser) def(start int, decorators []Expr) Stmt {
	head := p.tok.start
	p.next()
	if p.tok.kind != name {
		p.fail(p.expected("the name of the function after 'def'"))
	}
	s := &Def{Name: p.text(p.tok), Decorators: decorators}
	p.next()
	if p.tok.kind != leftParen {
		p.fail(p.expected("'(' after 'def "+s.Name+"'").WithHint("a function without parameters is written def %s():", s.Name))
	}
	p.next()
	s.Params = p.params(rightParen, true)
	p.closing(rightParen)
	if p.accept(arrow) {
		s.Returns = p.expr("after '->'")
	}
	outer := p.scope
	p.scope = scope{function: true}
	s.Body = p.block("def", head)
	p.scope = outer
	s.Doc = docstring(s.Body)
	s.At = p.since(start)
	return s
}

func (p *parser) class(start int, decorators []Expr) Stmt {
	head := p.tok.start
	p.next()
	if p.tok.kind != name {
		p.fail(p.expected("the name of the class after 'class'"))
	}
	s := &Class{Name: p.text(p.tok), Decorators: decorators}
	p.next()
	if p.accept(leftParen) {
		for p.tok.kind != rightParen {
			p.argument(&s.Bases, &s.Keywords)
			if !p.accept(comma) {
				break
			}
		}
		p.closing(rightParen)
	}
	outer := p.scope
	p.scope = scope{class: true}
	s.Body = p.block("class", head)
	p.scope = outer
	s.Doc = docstring(s.Body)
	s.At = p.since(start)
	return s
}
