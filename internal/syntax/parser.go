package syntax

import (
	"math"
	"strings"

	"synfire/internal/diag"
)

// Bounds that keep hostile or broken text from exhausting the stack.
const (
	// maxDepth bounds how deep expressions are nested; a pair of brackets counts as up to three levels.
	maxDepth = 600
	// maxBrackets bounds how deep brackets are nested, as CPython does.
	maxBrackets = 200
	// maxChain bounds how many operators, calls or attributes follow each other without nesting.
	maxChain = 5000
	// maxIndents bounds how deep blocks are nested, as CPython does.
	maxIndents = 100
)

// Options says how a module is to be read.
type Options struct {
	// Notebook makes the parser understand lines that begin with % or !, as IPython does.
	Notebook bool
}

// parser is a recursive-descent parser over the tokens of a scanner. It gives up at the first error by
// panicking with a failure, which guard turns into the error of the entry point.
type parser struct {
	scan    *scanner
	tok     token // the current token
	prevEnd int   // where the token before it ended
	depth   int   // how deep the current expression is nested
	scope   scope
}

// scope is what the parser must know about the block it is in.
type scope struct {
	function, class, loop bool
}

// ParseExpr parses a single expression, which may extend over several lines. Errors are *diag.Message of
// kind SyntaxError.
func ParseExpr(src *diag.Source) (Expr, error) {
	return guard(func() Expr { return parseExpr(src) })
}

func parseExpr(src *diag.Source) Expr {
	p := newParser(src, blankLines, "SyntaxError")
	p.next()
	if p.tok.kind == eof {
		p.fail(p.errorAt(p.tok, "the expression is empty"))
	}
	x := p.expressionList("")
	if p.tok.kind != eof {
		p.fail(p.unexpected("after the expression"))
	}
	return x
}

// guard calls parse and turns a failure into an error; any other panic goes on.
func guard[T any](parse func() T) (result T, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = r.message
		default:
			panic(r)
		}
	}()
	return parse(), nil
}

func newParser(src *diag.Source, mode lineMode, errorKind string) *parser {
	if len(src.Text) > math.MaxInt32/2 {
		panic(failure{diag.Errorf(diag.Span{}, errorKind, "%s is too long: %d bytes", src.Name, len(src.Text))})
	}
	return &parser{scan: newScanner(src, mode, errorKind)}
}

// next moves to the next token.
func (p *parser) next() {
	switch p.tok.kind {
	case newline, indent, dedent:
	default:
		p.prevEnd = p.tok.end
	}
	p.tok = p.scan.next()
}

// accept moves past the current token if it is of the given kind.
func (p *parser) accept(k kind) bool {
	if p.tok.kind != k {
		return false
	}
	p.next()
	return true
}

// text returns a token's text.
func (p *parser) text(t token) string { return p.scan.text[t.start:t.end] }

// since returns the place from start to the end of the last token.
func (p *parser) since(start int) At { return At{p.scan.span(start, max(p.prevEnd, start))} }

// enter counts one more level of nesting; leave takes it back.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.fail(p.errorAt(p.tok, "the expression is nested more than %d deep", maxDepth))
	}
}

func (p *parser) leave() { p.depth-- }

// chain bounds the length of a chain of operators.
func (p *parser) chain(n int) {
	if n > maxChain {
		p.fail(p.errorAt(p.tok, "the expression has more than %d terms in a row", maxChain))
	}
}

func (p *parser) fail(m *diag.Message) { panic(failure{m}) }

func (p *parser) failAt(start, end int, format string, args ...any) {
	p.fail(p.scan.errorf(start, end, format, args...))
}

// failNode gives up with a message about a node.
func (p *parser) failNode(n Node, format string, args ...any) {
	p.fail(p.errorNode(n, format, args...))
}

func (p *parser) errorNode(n Node, format string, args ...any) *diag.Message {
	return diag.Errorf(n.Span(), p.scan.errorKind, format, args...)
}

// errorAt returns a message about a token. A message about the end of a line or of the text points right
// behind the last token.
func (p *parser) errorAt(t token, format string, args ...any) *diag.Message {
	start, end := t.start, t.end
	switch t.kind {
	case newline, eof, dedent, indent:
		start = p.prevEnd
		end = start
	}
	return p.scan.errorf(start, end, format, args...)
}

// describe returns how a message names a token.
func (p *parser) describe(t token) string {
	switch t.kind {
	case eof, newline, indent, dedent, magicLine:
		return t.kind.String()
	case stringLiteral:
		return "a string"
	}
	if t.kind.isKeyword() {
		return "the keyword '" + t.kind.String() + "'"
	}
	return "'" + p.text(t) + "'"
}

// unexpected returns the message that the current token cannot stand where it does. If a bracket was opened
// and never closed, that is the likelier mistake, and the message says so.
func (p *parser) unexpected(where string) *diag.Message {
	if m := p.bracketMessage(); m != nil {
		return m
	}
	if where != "" {
		where = " " + where
	}
	m := p.errorAt(p.tok, "%s cannot stand here%s", p.describe(p.tok), where)
	switch p.tok.kind {
	case newline:
		m = p.errorAt(p.tok, "the line ends too early%s", where)
	case eof, dedent:
		m = p.errorAt(p.tok, "the text ends too early%s", where)
	}
	p.addBracketNote(m)
	switch p.tok.kind {
	case assign:
		m.Hint = "write == to compare two values"
	case name, number, stringLiteral, leftBrace, kwTrue, kwFalse, kwNone:
		m.Hint = "perhaps an operator is missing before it"
		if len(p.scan.brackets) > 0 {
			m.Hint = "perhaps a comma or an operator is missing before it"
		}
	case exclamation:
		m.Hint = "write != for unequal, or not for the opposite"
	}
	return m
}

// foreignOperator returns a hint if the current token and the one before it look like an operator of another
// language.
func (p *parser) foreignOperator() string {
	text, end := p.scan.text, min(p.tok.start+1, len(p.scan.text))
	if strings.HasSuffix(text[:p.prevEnd], "++") {
		return "to count up, write x += 1"
	}
	switch text[max(p.prevEnd-1, 0):p.prevEnd] + text[p.tok.start:end] {
	case "&&":
		return "write 'and' to join two conditions"
	case "||":
		return "write 'or' to join two conditions"
	case "<>":
		return "write != for unequal"
	}
	line := strings.TrimSpace(text[strings.LastIndexByte(text[:p.tok.start], '\n')+1 : p.tok.start])
	switch {
	case p.scan.mode == indentedLines && line == "" && (p.tok.kind == percent || p.tok.kind == exclamation):
		return "lines that begin with % or ! belong in a notebook"
	case p.tok.kind == exclamation:
		return "write 'not' for the opposite"
	}
	return ""
}

// expected returns the message that something else should stand at the current token.
func (p *parser) expected(what string) *diag.Message {
	if m := p.bracketMessage(); m != nil {
		return m
	}
	m := p.errorAt(p.tok, "expected %s, found %s", what, p.describe(p.tok))
	p.addBracketNote(m)
	return m
}

// addBracketNote shows where the innermost open bracket was opened, unless that is on the same line.
func (p *parser) addBracketNote(m *diag.Message) {
	n := len(p.scan.brackets)
	if n == 0 {
		return
	}
	open := p.scan.brackets[n-1]
	place := p.scan.span(open.pos, open.pos+1)
	line, _ := place.Line()
	if here, _ := m.Where.Line(); here != line {
		m.WithNote(place, "inside the brackets opened here")
	}
}

// lookAhead calls look with a copy of the scanner. If the text ahead cannot be scanned, it returns the message
// about that, which will be met again when the parser gets there.
func (p *parser) lookAhead(look func(ahead *scanner)) *diag.Message {
	_, err := guard(func() struct{} { look(p.scan.clone()); return struct{}{} })
	if err == nil {
		return nil
	}
	return err.(*diag.Message)
}

// bracketMessage looks ahead for a bracket that is never closed, or closed by the wrong one, and returns a
// message about it, or nil.
func (p *parser) bracketMessage() *diag.Message {
	open := len(p.scan.brackets)
	switch p.tok.kind {
	case rightParen, rightBracket, rightBrace, eof:
		return nil
	}
	if open == 0 || p.scan.field {
		return nil
	}
	innermost := p.scan.brackets[open-1]
	var stopped *scanner
	failed := p.lookAhead(func(ahead *scanner) {
		stopped = ahead
		for len(ahead.brackets) >= open {
			ahead.next()
		}
	})
	switch {
	case failed == nil:
		return nil
	case stopped.pos >= len(stopped.text):
		return p.scan.neverClosed(innermost)
	case len(failed.Notes) > 0:
		return failed // closed by the wrong bracket
	}
	return nil
}

// noExpression returns the message that an expression should begin at the current token.
func (p *parser) noExpression(where string) *diag.Message {
	if m := p.bracketMessage(); m != nil {
		return m
	}
	if where != "" {
		where = " " + where
	}
	m := p.errorAt(p.tok, "expected an expression%s, found %s", where, p.describe(p.tok))
	p.addBracketNote(m)
	m.Hint = p.foreignOperator()
	switch p.tok.kind {
	case assign:
		m.Hint = "write == to compare two values"
	case indent:
		m.Kind, m.Text, m.Hint = "IndentationError", "this line is indented, but no block begins here", ""
		m.Where = p.scan.span(p.tok.start, p.tok.end)
	}
	if p.tok.kind.isKeyword() {
		m.Hint = "'" + p.tok.kind.String() + "' is a keyword of the language and cannot be a name"
	}
	return m
}
