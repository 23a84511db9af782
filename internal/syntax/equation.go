package syntax

import (
	"strings"
	"unicode/utf8"

	"synfire/internal/diag"
)

// ParseEquations parses a model text: parameters `name : unit`, subexpressions `name = expr : unit` and
// differential equations `dname/dt = expr : unit`, each with optional flags in parentheses. Line breaks do
// not separate entries. Names and flags are not checked beyond their spelling; that belongs to the model.
//
// Errors are *diag.Message of kind EquationError, or SyntaxError where a keyword of Python is used as a name.
func ParseEquations(src *diag.Source) ([]*Equation, error) {
	return guard(func() []*Equation { return parseEquations(src) })
}

func parseEquations(src *diag.Source) (equations []*Equation) {
	p := newParser(src, blankLines, "EquationError")
	for {
		p.next()
		if p.tok.kind == eof {
			return equations
		}
		equations = append(equations, p.equation())
	}
}

// equation parses one entry; the current token is its first. Behind it the scanner stands after the entry,
// with no token read ahead.
func (p *parser) equation() *Equation {
	start := p.tok.start
	e := &Equation{}
	if p.tok.kind != name {
		m := p.errorAt(p.tok, "expected the name of a variable, found %s", p.describe(p.tok)).
			WithHint("an entry is 'dname/dt = expression : unit', 'name = expression : unit' or 'name : unit'")
		if p.tok.kind.isKeyword() {
			m.Kind, m.Hint = "SyntaxError", ""
			m.Text = "'" + p.tok.kind.String() + "' is a Python keyword and cannot be used as a variable."
		}
		p.fail(m)
	}
	e.Name, e.NameSpan = p.text(p.tok), p.scan.span(p.tok.start, p.tok.end)
	p.next()
	switch {
	case p.tok.kind == colon:
		e.Kind = Parameter
		p.checkASCII(e)
		p.unit(e)
	case p.tok.kind == assign:
		e.Kind = Subexpression
		p.checkASCII(e)
		p.rightHandSide(e)
		p.unit(e)
	case p.tok.kind == slash || p.tok.kind == name && e.Name == "d":
		e.Kind = Differential
		p.derivative(e)
		p.checkASCII(e)
		p.rightHandSide(e)
		p.unit(e)
	default:
		m := p.errorAt(p.tok, "expected ':' or '=' after '%s', found %s", e.Name, p.describe(p.tok))
		switch {
		case augmented(p.tok.kind) != NoOp || p.tok.kind == equal:
			m.Hint = "an equation defines its variable with a single '='"
		case p.tok.kind == eof:
			m.Hint = "write the unit after a colon, for example '" + e.Name + " : 1' if it has none"
		}
		p.fail(m)
	}
	e.At = At{p.scan.span(start, p.prevEnd)}
	return e
}

// derivative parses what follows the first name of `dname/dt`; blanks may stand between d, the name, / and dt.
func (p *parser) derivative(e *Equation) {
	const hint = "a differential equation begins with 'dname/dt ='"
	if p.tok.kind == name {
		e.Name, e.NameSpan = p.text(p.tok), p.scan.span(p.tok.start, p.tok.end)
		p.next()
	} else {
		if !strings.HasPrefix(e.Name, "d") || len(e.Name) == 1 {
			p.fail(p.scan.errorf(int(e.NameSpan.Start), p.tok.end, "'%s/' does not begin a derivative", e.Name).
				WithHint(hint))
		}
		e.Name = e.Name[1:]
		e.NameSpan.Start++
	}
	if p.tok.kind != slash {
		p.fail(p.expected("'/dt' after 'd" + e.Name + "'").WithHint(hint))
	}
	p.next()
	if p.tok.kind != name || p.text(p.tok) != "dt" {
		m := p.expected("'dt' after 'd" + e.Name + "/'").WithHint(hint)
		if p.tok.kind == name && strings.HasPrefix(p.text(p.tok), "d") {
			m.Hint = "only derivatives with respect to the time t can be solved"
		}
		p.fail(m)
	}
	p.next()
	if p.tok.kind != assign {
		p.fail(p.expected("'=' after 'd" + e.Name + "/dt'").WithHint(hint))
	}
}

// checkASCII refuses names that are not plain identifiers.
func (p *parser) checkASCII(e *Equation) {
	for i, c := range []byte(e.Name) {
		if !isLetter(c) && (i == 0 || !isDigit(c)) {
			p.fail(diag.Errorf(e.NameSpan, p.scan.errorKind, "'%s' cannot be the name of a variable", e.Name).
				WithHint("use the letters a to z and A to Z, digits and underscores, beginning with a letter"))
		}
	}
}

// rightHandSide parses `= expression` up to the colon, which becomes the current token.
func (p *parser) rightHandSide(e *Equation) {
	p.next()
	what := "the expression of '" + e.Name + "'"
	if k := p.tok.kind; k == colon || k == eof {
		p.fail(p.errorAt(p.tok, "%s is missing", what))
	}
	e.Rhs = p.expr("as " + what)
	switch p.tok.kind {
	case colon:
		return
	case assign, slash, name, eof:
		p.fail(p.missingUnit(e))
	}
	p.fail(p.unexpected("in " + what))
}

// missingUnit returns the message for an expression that no colon follows: the next entry was probably begun.
func (p *parser) missingUnit(e *Equation) *diag.Message {
	if m := p.bracketMessage(); m != nil {
		return m
	}
	end := p.prevEnd
	if line := strings.LastIndexByte(p.scan.text[:p.tok.start], '\n'); p.tok.kind != eof && line < end {
		m := p.unexpected("in the expression of '" + e.Name + "'")
		if p.tok.kind == name || p.tok.kind == number {
			m.Hint = "perhaps an operator is missing before it, or the ':' before the unit"
		}
		return m
	}
	return p.scan.errorf(end, end, "the unit of '%s' is missing: expected ':' after its expression", e.Name).
		WithHint("write the unit after a colon, for example ': volt', or ': 1' if it has none")
}

// unit reads the unit and the flags behind the colon, which is the current token.
func (p *parser) unit(e *Equation) {
	s := p.scan
	pos := s.pos
	for {
		// A comment or a line break may stand between the colon and its unit.
		for pos < len(s.text) && (isBlank(s.text[pos]) || lineBreak(s.text, pos) > 0) {
			pos++
		}
		if pos >= len(s.text) || s.text[pos] != '#' {
			break
		}
		pos = s.endOfLine(pos)
	}
	start := pos
	for pos < len(s.text) && isUnitByte(s.text[pos]) {
		pos++
	}
	text := strings.TrimRight(s.text[start:pos], " \t\f")
	end := start + len(text)
	if text == "" {
		m := s.errorf(s.pos, s.pos, "the unit of '%s' is missing after the colon", e.Name)
		p.fail(m.WithHint("write ': volt', for example, or ': 1' if it has no unit"))
	}
	e.Unit, e.UnitSpan = text, s.span(start, end)
	s.pos, p.prevEnd = end, end
	if pos < len(s.text) && s.text[pos] != '(' {
		if s.text[pos] != '#' && lineBreak(s.text, pos) == 0 && !p.entryFollows(pos) {
			p.badUnit(e, pos)
		}
		// Flags may begin on a later line, though nobody writes them there.
		for pos < len(s.text) && (isBlank(s.text[pos]) || lineBreak(s.text, pos) > 0) {
			pos++
		}
	}
	if pos < len(s.text) && s.text[pos] == '(' {
		if last := text[len(text)-1]; last == '*' || last == '/' {
			p.fail(s.errorf(pos, pos+1, "parentheses cannot stand in the unit of '%s'", e.Name).
				WithHint("write a/b/c for a/(b*c)"))
		}
		s.pos = p.flags(e, pos)
		p.prevEnd = s.pos
	}
}

// entryFollows reports whether the text at pos can begin another entry.
func (p *parser) entryFollows(pos int) bool {
	return pos < len(p.scan.text) && isLetter(p.scan.text[pos])
}

func (p *parser) badUnit(e *Equation, pos int) {
	s := p.scan
	m := s.errorf(pos, pos+1, "'%c' cannot stand in the unit of '%s'", firstRune(s.text[pos:]), e.Name)
	switch c := s.text[pos]; {
	case c == '=':
		m = s.errorf(pos, pos+1, "the unit of '%s' cannot be followed by '='", e.Name)
		m.Hint = "write the expression first and the unit after the colon: 'name = expression : unit'"
	case c == ':' || c == ';':
		m.Hint = "begin each equation on a line of its own"
	case c == '^':
		m.Hint = "write ** for a power: meter**2"
	case c == ')':
		m.Hint = "parentheses may hold only flags, behind the unit"
	case c == '+':
		m.Hint = "a unit is a product of powers: volt, amp*second, siemens/meter**2"
	}
	p.fail(m)
}

// flags parses the flags in parentheses that open at pos and returns the position behind them.
func (p *parser) flags(e *Equation, open int) int {
	s := p.scan
	pos := open + 1
	for {
		for pos < len(s.text) && (isBlank(s.text[pos]) || lineBreak(s.text, pos) > 0) {
			pos++
		}
		start := pos
		for pos < len(s.text) && isFlagByte(s.text[pos]) {
			pos++
		}
		text := strings.TrimRight(s.text[start:pos], " \t\f\r\n")
		end := start + len(text)
		if pos >= len(s.text) {
			p.fail(s.neverClosed(bracket{leftParen, open}))
		}
		c := s.text[pos]
		if c != ',' && c != ')' {
			m := s.errorf(pos, pos+1, "'%c' cannot stand in the flags of '%s'", firstRune(s.text[pos:]), e.Name)
			p.fail(m.WithHint("flags are separated by commas: (constant, shared)"))
		}
		if text == "" || !isLetter(text[0]) || text[0] == '_' {
			m := s.errorf(start, max(end, start+1), "expected a flag of '%s'", e.Name)
			p.fail(m.WithHint("write, for example, (constant) or (unless refractory), or no parentheses at all"))
		}
		name := strings.Join(strings.Fields(text), " ")
		e.Flags = append(e.Flags, Flag{At{s.span(start, end)}, name})
		pos++
		if c == ')' {
			return pos
		}
	}
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' }

func isUnitByte(c byte) bool {
	return isLetter(c) && c != '_' || isDigit(c) || isBlank(c) || c == '*' || c == '/' || c == '.' || c == '-'
}

func isFlagByte(c byte) bool {
	return isLetter(c) || isDigit(c) || isBlank(c) || c == '-' || c == '\n' || c == '\r'
}
