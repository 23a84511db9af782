package syntax

import "synfire/internal/diag"

// ParseCode parses abstract code: statements `name = expr` or `name op= expr`, separated by line breaks or
// semicolons, with comments. Every augmented assignment of Python parses; which of them mean something is
// for a later stage to say. Empty code is legal.
//
// Errors are *diag.Message of kind SyntaxError.
func ParseCode(src *diag.Source) ([]*CodeStmt, error) {
	return guard(func() []*CodeStmt { return parseCode(src) })
}

func parseCode(src *diag.Source) (statements []*CodeStmt) {
	p := newParser(src, plainLines, "SyntaxError")
	p.next()
	for {
		for p.tok.kind == newline || p.tok.kind == semicolon {
			p.next()
		}
		if p.tok.kind == eof {
			return statements
		}
		statements = append(statements, p.codeStmt())
	}
}

func (p *parser) codeStmt() *CodeStmt {
	start := p.tok
	switch start.kind {
	case name:
	case kwIf, kwElif, kwElse, kwFor, kwWhile:
		p.fail(p.errorAt(start, "'%s' cannot stand in code that runs for every neuron or synapse", start.kind).
			WithHint("write a condition as a factor, int(condition), or with clip(...)"))
	default:
		m := p.errorAt(start, "expected a statement 'name = expression', found %s", p.describe(start))
		if start.kind.isKeyword() {
			m.Hint = "'" + start.kind.String() + "' is a keyword of Python and cannot be the name of a variable"
		}
		p.fail(m)
	}
	target := &Name{At{p.scan.span(start.start, start.end)}, p.text(start)}
	p.next()
	op := augmented(p.tok.kind)
	switch {
	case p.tok.kind == assign:
		op = AssignOp
	case op == NoOp:
		m := p.errorAt(p.tok, "expected '=' or an operator such as '+=' after '%s', found %s", target.Ident, p.describe(p.tok))
		switch p.tok.kind {
		case leftBracket:
			m.Hint = "a statement applies to every neuron or synapse by itself: write the name without an index"
		case equal:
			m.Hint = "write a single '=' to assign"
		case newline, semicolon, eof:
			m.Hint = "an expression alone does nothing: assign it to a variable"
		case slash:
			m.Hint = "differential equations belong in the model, not into this code"
		}
		p.fail(m)
	}
	p.next()
	value := p.expr("after '" + op.assignment() + "'")
	switch p.tok.kind {
	case newline, semicolon, eof:
	default:
		p.fail(p.unexpected("in the statement for '" + target.Ident + "'"))
	}
	return &CodeStmt{p.since(start.start), target, op, value}
}

// assignment returns the operator as an assignment writes it.
func (o Op) assignment() string {
	if o == AssignOp {
		return "="
	}
	return o.String() + "="
}
