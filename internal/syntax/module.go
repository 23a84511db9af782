package syntax

import "synfire/internal/diag"

// ParseModule parses a Python file or, with Options.Notebook, the code of a notebook cell. The language is
// that of Python 3.11 without match, async and exception groups, which are refused by name. return, break,
// continue and yield are checked to stand where they mean something.
//
// Errors are *diag.Message of kind SyntaxError, IndentationError or TabError.
func ParseModule(src *diag.Source, opts Options) (*Module, error) {
	return guard(func() *Module {
		p := newParser(src, indentedLines, "SyntaxError")
		p.scan.notebook = opts.Notebook
		if opts.Notebook {
			p.scan.cellMagic = p.scan.atCellMagic()
		}
		p.next()
		m := &Module{Source: src}
		for p.tok.kind != eof {
			if p.tok.kind == newline {
				p.next()
				continue
			}
			m.Body = p.statement(m.Body)
		}
		m.Doc = docstring(m.Body)
		return m
	})
}

// docstring returns the text of a string that stands alone as the first statement.
func docstring(body []Stmt) string {
	if len(body) == 0 {
		return ""
	}
	if first, ok := body[0].(*ExprStmt); ok {
		if s, ok := first.X.(*String); ok && !s.Bytes {
			return s.Value
		}
	}
	return ""
}

// statement parses one compound statement or a line of simple ones, and appends it to body.
func (p *parser) statement(body []Stmt) []Stmt {
	switch p.tok.kind {
	case indent:
		p.fail(diag.Errorf(p.scan.span(p.tok.start, p.tok.end), "IndentationError",
			"this line is indented, but no block begins here"))
	case magicLine:
		return append(body, p.magic())
	case kwIf:
		return append(body, p.ifStmt())
	case kwFor:
		return append(body, p.forStmt())
	case kwWhile:
		return append(body, p.whileStmt())
	case kwTry:
		return append(body, p.tryStmt())
	case kwWith:
		return append(body, p.withStmt())
	case kwDef, kwClass, at:
		return append(body, p.definition())
	case kwAsync:
		p.fail(p.errorAt(p.tok, "'async' is not supported"))
	case kwElif, kwElse, kwExcept, kwFinally:
		p.fail(p.errorAt(p.tok, "'%s' does not belong to any statement before it", p.tok.kind).
			WithHint("check its indentation against the line that it belongs to"))
	case name:
		if p.text(p.tok) == "match" && p.opensBlock() {
			p.fail(p.errorAt(p.tok, "the match statement is not supported").WithHint("write if and elif"))
		}
	}
	return p.simpleLine(body)
}

// opensBlock looks ahead whether the current line ends with a colon and is followed by an indented one.
func (p *parser) opensBlock() bool {
	opens := false
	p.lookAhead(func(ahead *scanner) {
		last := p.tok
		for t := ahead.next(); t.kind != eof; t = ahead.next() {
			if t.kind == newline {
				opens = last.kind == colon && ahead.next().kind == indent
				return
			}
			last = t
		}
	})
	return opens
}

// simpleLine parses simple statements separated by semicolons up to the end of the line.
func (p *parser) simpleLine(body []Stmt) []Stmt {
	for {
		start := p.tok.start
		s := p.simple()
		switch p.tok.kind {
		case newline:
			p.next()
			return append(body, s)
		case eof, dedent:
			return append(body, s)
		case semicolon:
			p.next()
			if p.tok.kind == newline || p.tok.kind == eof {
				if x, ok := s.(*ExprStmt); ok {
					x.Semicolon = true
				}
				p.accept(newline)
				return append(body, s)
			}
			body = append(body, s)
		default:
			p.fail(p.afterStatement(start, s))
		}
	}
}

// afterStatement returns the message that the current token cannot follow a statement.
func (p *parser) afterStatement(start int, s Stmt) *diag.Message {
	if x, ok := s.(*ExprStmt); ok {
		word, _ := x.X.(*Name)
		switch {
		case word == nil:
		case (word.Ident == "print" || word.Ident == "exec") && startsExpr(p.tok.kind):
			return p.scan.errorf(start, p.scan.endOfLine(p.tok.start), "'%s' is a function and needs parentheses", word.Ident).
				WithHint("write %s(...)", word.Ident)
		case word.Ident == "nonlocal" || word.Ident == "async":
		case p.tok.kind == name || p.tok.kind == colon:
			m := p.unexpected("after '" + word.Ident + "'")
			if nearest := diag.Nearest(word.Ident, keywords()); nearest != "" {
				m.Hint = "did you mean '" + nearest + "'?"
			}
			return m
		}
	}
	m := p.unexpected("after the statement")
	switch p.tok.kind {
	case colon:
		m.Hint = "a ':' ends the head of a block, such as if, for or def"
	case assign:
		m.Hint = ""
	case kwElse:
		m.Hint = "'else' must begin its own line, or follow 'if' in an expression"
	}
	return m
}

// keywords returns the words with which a statement may have been meant to begin.
func keywords() []string {
	words := []string{"print"}
	for k := firstKeyword + 1; k < lastKeyword; k++ {
		words = append(words, k.String())
	}
	return words
}

// block parses ':' and the statements that belong to a head: on the same line, or indented below. The text
// head names the statement in messages; start is where it begins.
func (p *parser) block(head string, start int) []Stmt {
	if p.tok.kind != colon {
		m := p.expected("':' at the end of the '" + head + "' line")
		if p.tok.kind == assign {
			m = p.errorAt(p.tok, "'=' cannot stand in the condition of '%s'", head).WithHint("write == to compare two values")
		} else if m.Hint == "" && p.tok.kind == newline {
			m.Hint = "add ':' here"
		}
		p.fail(m)
	}
	p.next()
	if p.tok.kind != newline {
		switch p.tok.kind {
		case kwIf, kwFor, kwWhile, kwTry, kwWith, kwDef, kwClass, at:
			p.fail(p.errorAt(p.tok, "'%s' must begin a line of its own", p.tok.kind))
		case eof, dedent, indent:
			p.fail(p.noBlock(head, start))
		}
		return p.simpleLine(nil)
	}
	p.next()
	if p.tok.kind != indent {
		p.fail(p.noBlock(head, start))
	}
	p.next()
	var body []Stmt
	for p.tok.kind != dedent && p.tok.kind != eof {
		body = p.statement(body)
	}
	p.accept(dedent)
	return body
}

func (p *parser) noBlock(head string, start int) *diag.Message {
	place := p.scan.span(start, start)
	line, _ := place.Line()
	end := p.tok.start
	if p.tok.kind == eof || p.tok.kind == dedent {
		end = max(p.tok.start, p.prevEnd)
	}
	return diag.Errorf(p.scan.span(end, p.tok.end), "IndentationError",
		"expected an indented block after '%s' on line %d", head, line).
		WithHint("indent the lines that belong to it, or write pass")
}

// simple parses a simple statement.
func (p *parser) simple() Stmt {
	start := p.tok.start
	switch p.tok.kind {
	case kwPass:
		p.next()
		return &Pass{p.since(start)}
	case kwBreak, kwContinue:
		k := p.tok.kind
		if !p.scope.loop {
			p.fail(p.errorAt(p.tok, "'%s' outside a loop", k))
		}
		p.next()
		if k == kwBreak {
			return &Break{p.since(start)}
		}
		return &Continue{p.since(start)}
	case kwReturn:
		if !p.scope.function {
			p.fail(p.errorAt(p.tok, "'return' outside a function"))
		}
		p.next()
		var x Expr
		if p.tok.kind != newline && p.tok.kind != semicolon && p.tok.kind != eof {
			x = p.expressionList("after 'return'")
		}
		return &Return{p.since(start), x}
	case kwImport:
		return p.importStmt()
	case kwFrom:
		return p.importFrom()
	case kwGlobal, kwNonlocal:
		k := p.tok.kind
		p.next()
		names := p.plainNames()
		if k == kwGlobal {
			return &Global{p.since(start), names}
		}
		if !p.scope.function {
			p.fail(p.scan.errorf(start, p.prevEnd, "'nonlocal' outside a function"))
		}
		return &Nonlocal{p.since(start), names}
	case kwDel:
		return p.del()
	case kwAssert:
		p.next()
		s := &Assert{Cond: p.expr("after 'assert'")}
		if p.accept(comma) {
			s.Msg = p.expr("as the message of 'assert'")
		}
		s.At = p.since(start)
		return s
	case kwRaise:
		p.next()
		s := &Raise{}
		if startsExpr(p.tok.kind) {
			s.X = p.expr("after 'raise'")
			if p.accept(kwFrom) {
				s.Cause = p.expr("after 'from'")
			}
		}
		s.At = p.since(start)
		return s
	}
	return p.expressionStmt()
}

// expressionStmt parses an expression alone, or one of the assignments.
func (p *parser) expressionStmt() Stmt {
	start := p.tok.start
	x := p.expressionList("")
	switch {
	case p.tok.kind == assign:
		targets := []Expr{}
		for p.tok.kind == assign {
			p.chain(len(targets))
			p.checkTarget(x, "assign to")
			targets = append(targets, x)
			equals := p.tok
			p.next()
			p.refuseMagicValue(equals)
			x = p.expressionList("after '='")
		}
		return &Assign{p.since(start), targets, x}
	case augmented(p.tok.kind) != NoOp:
		op := augmented(p.tok.kind)
		switch x.(type) {
		case *Name, *Attribute, *Subscript:
		default:
			p.failNode(x, "'%s' cannot assign to %s", op.assignment(), Describe(x))
		}
		p.next()
		value := p.expressionList("after '" + op.assignment() + "'")
		return &AugAssign{p.since(start), x, op, value}
	case p.tok.kind == colon:
		switch x.(type) {
		case *Name, *Attribute, *Subscript:
		default:
			return &ExprStmt{p.since(start), x, false} // the caller reports the colon
		}
		colonToken := p.tok
		p.next()
		if p.tok.kind == newline || p.tok.kind == eof {
			p.tok = colonToken
			return &ExprStmt{p.since(start), x, false}
		}
		s := &AnnAssign{Target: x, Annotation: p.expr("as an annotation")}
		if p.accept(assign) {
			s.Value = p.expressionList("after '='")
		}
		s.At = p.since(start)
		return s
	}
	return &ExprStmt{p.since(start), x, false}
}

// refuseMagicValue refuses `x = %magic` and `x = !command` of notebooks.
func (p *parser) refuseMagicValue(equals token) {
	if p.scan.notebook && (p.tok.kind == percent || p.tok.kind == exclamation) {
		end := p.scan.endOfLine(p.tok.start)
		what := "notebook command"
		if p.tok.kind == exclamation {
			what = "shell command"
		}
		p.fail(p.scan.errorf(p.tok.start, end, "the output of a %s cannot be assigned to a variable here", what))
	}
}

func (p *parser) del() Stmt {
	start := p.tok.start
	p.next()
	x := p.expressionList("after 'del'")
	p.checkTarget(x, "delete")
	targets := []Expr{x}
	if t, ok := x.(*Tuple); ok && t.Where.Text()[0] != '(' {
		targets = t.Elts
	}
	return &Del{p.since(start), targets}
}

// plainNames parses names separated by commas.
func (p *parser) plainNames() []string {
	var names []string
	for {
		if p.tok.kind != name {
			p.fail(p.expected("a name"))
		}
		names = append(names, p.text(p.tok))
		p.next()
		if !p.accept(comma) {
			return names
		}
	}
}

// dotted parses a name with dots.
func (p *parser) dotted() string {
	if p.tok.kind != name {
		p.fail(p.expected("the name of a module"))
	}
	text := p.text(p.tok)
	p.next()
	for p.accept(dot) {
		if p.tok.kind != name {
			p.fail(p.expected("the name of a module after '.'"))
		}
		text += "." + p.text(p.tok)
		p.next()
	}
	return text
}

// as parses `as name` if it follows.
func (p *parser) as() string {
	if !p.accept(kwAs) {
		return ""
	}
	if p.tok.kind != name {
		p.fail(p.expected("a name after 'as'"))
	}
	text := p.text(p.tok)
	p.next()
	return text
}

func (p *parser) importStmt() Stmt {
	start := p.tok.start
	p.next()
	s := &Import{}
	for {
		from := p.tok.start
		alias := Alias{Name: p.dotted()}
		alias.As = p.as()
		alias.At = p.since(from)
		s.Names = append(s.Names, alias)
		if !p.accept(comma) {
			break
		}
	}
	s.At = p.since(start)
	return s
}

func (p *parser) importFrom() Stmt {
	start := p.tok.start
	p.next()
	s := &ImportFrom{}
	for p.tok.kind == dot || p.tok.kind == ellipsis {
		s.Level += p.tok.end - p.tok.start
		p.next()
	}
	if p.tok.kind != kwImport || s.Level == 0 {
		s.Module = p.dotted()
	}
	if p.tok.kind != kwImport {
		p.fail(p.expected("'import' after 'from " + s.Module + "'"))
	}
	p.next()
	if p.accept(star) {
		if p.scope.function || p.scope.class {
			p.fail(p.scan.errorf(start, p.prevEnd, "'import *' can stand only outside functions and classes"))
		}
		s.Star = true
		s.At = p.since(start)
		return s
	}
	parentheses := p.accept(leftParen)
	for {
		from := p.tok.start
		if p.tok.kind != name {
			p.fail(p.expected("a name to import"))
		}
		alias := Alias{Name: p.text(p.tok)}
		p.next()
		alias.As = p.as()
		alias.At = p.since(from)
		s.Names = append(s.Names, alias)
		if !p.accept(comma) || parentheses && p.tok.kind == rightParen {
			break
		}
	}
	if parentheses {
		p.closing(rightParen)
	}
	s.At = p.since(start)
	return s
}
