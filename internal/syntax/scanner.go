package syntax

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"synfire/internal/diag"
)

// lineMode says what a line break means to the scanner.
type lineMode uint8

const (
	// blankLines: line breaks are blanks (expressions, equations, fields of f-strings).
	blankLines lineMode = iota
	// plainLines: a line break outside brackets ends a statement; indentation means nothing (abstract code).
	plainLines
	// indentedLines: Python's rule, with indent and dedent tokens (modules).
	indentedLines
)

// failure carries a message from the place where scanning or parsing gives up to the entry point.
type failure struct{ message *diag.Message }

// bracket is an open bracket.
type bracket struct {
	kind kind
	pos  int
}

// indentation is the width of an indentation, once with tabs reaching to multiples of eight and once with
// tabs one column wide: both must agree on what is deeper, or the text means different things in different
// editors.
type indentation struct{ column, narrow int }

// scanner splits a text into tokens, one at a time.
type scanner struct {
	source *diag.Source
	text   string // the source's text up to where scanning ends
	pos    int
	mode   lineMode
	// errorKind is the exception that bad text raises.
	errorKind string
	// notebook makes lines that begin with % or ! tokens of their own.
	notebook bool
	// cellMagic is set while a cell magic (%%name) may still come.
	cellMagic bool
	// field is set inside a replacement field of an f-string.
	field bool

	brackets []bracket
	indents  []indentation
	dedents  int  // dedent tokens still to be delivered
	fresh    bool // at the beginning of a physical line that may begin a statement
	first    bool // the next token is the first of a logical line
	begun    bool // the first statement was reached
	midLine  bool // a token of the current logical line was delivered
}

func newScanner(source *diag.Source, mode lineMode, errorKind string) *scanner {
	return &scanner{
		source: source, text: source.Text, mode: mode, errorKind: errorKind,
		indents: []indentation{{}}, fresh: true,
	}
}

// clone returns a scanner in the same state, for looking ahead.
func (s *scanner) clone() *scanner {
	c := *s
	c.brackets = slices.Clone(s.brackets)
	c.indents = slices.Clone(s.indents)
	return &c
}

// span returns the place from start to end, which may lie behind the end of the text.
func (s *scanner) span(start, end int) diag.Span {
	end = min(end, len(s.source.Text))
	return diag.Span{Source: s.source, Start: int32(start), End: int32(end)}
}

// errorf returns a message about bytes start up to end of the source.
func (s *scanner) errorf(start, end int, format string, args ...any) *diag.Message {
	return diag.Errorf(s.span(start, end), s.errorKind, format, args...)
}

// fail gives up with the message.
func (s *scanner) fail(m *diag.Message) { panic(failure{m}) }

// peekByte returns the byte at an offset from the current position, or 0 beyond the end.
func (s *scanner) peekByte(offset int) byte {
	if s.pos+offset < len(s.text) {
		return s.text[s.pos+offset]
	}
	return 0
}

// lineBreak returns the length of the line break at a position, 0 if there is none.
func lineBreak(text string, pos int) int {
	switch {
	case pos >= len(text):
		return 0
	case text[pos] == '\n':
		return 1
	case text[pos] == '\r' && pos+1 < len(text) && text[pos+1] == '\n':
		return 2
	case text[pos] == '\r':
		return 1
	}
	return 0
}

// endOfLine returns the position of the line break that ends the line at pos, or the end of the text.
func (s *scanner) endOfLine(pos int) int {
	if i := strings.IndexAny(s.text[pos:], "\r\n"); i >= 0 {
		return pos + i
	}
	return len(s.text)
}

// next returns the next token.
func (s *scanner) next() token {
	if s.dedents > 0 {
		s.dedents--
		return token{dedent, s.pos, s.pos}
	}
	if s.fresh {
		s.fresh = false
		if s.pos == 0 {
			s.pos += len(s.text) - len(strings.TrimPrefix(s.text, "\ufeff"))
		}
		if s.mode == indentedLines {
			s.first = true
			if t, ok := s.indentation(); ok {
				return t
			}
		}
	}
	if s.first {
		s.first = false
		if c := s.peekByte(0); s.notebook && (c == '%' || c == '!') {
			s.midLine = true
			return s.magicLine()
		}
	}
	if t, ok := s.blanks(); ok {
		return t
	}
	if s.pos >= len(s.text) {
		return s.end()
	}
	s.midLine = true
	return s.token()
}

// blanks skips blanks, comments, continued lines and the line breaks that mean nothing; a line break that
// ends a statement is returned as a token.
func (s *scanner) blanks() (token, bool) {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == ' ' || c == '\t' || c == '\f':
			s.pos++
		case c == '#':
			if s.field {
				s.fail(s.errorf(s.pos, s.pos+1, "an expression in an f-string cannot contain '#'"))
			}
			s.pos = s.endOfLine(s.pos)
		case c == '\n' || c == '\r':
			n := lineBreak(s.text, s.pos)
			start := s.pos
			s.pos += n
			if s.mode == blankLines || len(s.brackets) > 0 {
				continue
			}
			if s.mode == plainLines && !s.midLine {
				continue
			}
			s.midLine, s.fresh = false, true
			return token{newline, start, s.pos}, true
		case c == '\\':
			if s.field {
				s.fail(s.errorf(s.pos, s.pos+1, "an expression in an f-string cannot contain a backslash").
					WithHint("compute the value before the f-string and give it a name"))
			}
			n := lineBreak(s.text, s.pos+1)
			if n == 0 && s.pos+1 < len(s.text) {
				s.fail(s.errorf(s.pos, s.pos+1, "unexpected character after the line continuation '\\'").
					WithHint("a backslash must be the last character of its line, with no blank or comment after it"))
			}
			if s.pos+1+n >= len(s.text) {
				s.fail(s.errorf(s.pos, s.pos+1, "the text ends after the line continuation '\\'"))
			}
			s.pos += 1 + n
		default:
			return token{}, false
		}
	}
	return token{}, false
}

// indentation reads the blanks at the beginning of a logical line, passing over empty lines, and returns the
// indent or dedent token that they mean, if any.
func (s *scanner) indentation() (token, bool) {
	var width indentation
	start := s.pos
	for {
		if s.pos >= len(s.text) {
			return token{}, false
		}
		c := s.text[s.pos]
		switch c {
		case ' ':
			width.column++
			width.narrow++
			s.pos++
			continue
		case '\t':
			width.column = (width.column/8 + 1) * 8
			width.narrow++
			s.pos++
			continue
		case '\f':
			width = indentation{}
			s.pos++
			continue
		case '#':
			s.pos = s.endOfLine(s.pos)
			continue
		case '\n', '\r':
			s.pos += lineBreak(s.text, s.pos)
			start, width = s.pos, indentation{}
			continue
		}
		break
	}
	if s.notebook && !s.begun {
		s.indents[0] = width // a cell may be indented as a whole
	}
	s.begun = true
	top := s.indents[len(s.indents)-1]
	switch {
	case width.column == top.column:
		s.checkTabs(start, width.narrow == top.narrow)
		return token{}, false
	case width.column > top.column:
		s.checkTabs(start, width.narrow > top.narrow)
		if len(s.indents) > maxIndents {
			s.failIndentation(start, "the blocks are nested more than %d deep", maxIndents)
		}
		s.indents = append(s.indents, width)
		return token{indent, start, s.pos}, true
	}
	for len(s.indents) > 1 && s.indents[len(s.indents)-1].column > width.column {
		s.indents = s.indents[:len(s.indents)-1]
		s.dedents++
	}
	top = s.indents[len(s.indents)-1]
	if top.column != width.column {
		s.failIndentation(start, "this line is indented less than its block, but not as far as any line around the block")
	}
	s.checkTabs(start, width.narrow == top.narrow)
	s.dedents--
	return token{dedent, s.pos, s.pos}, true
}

func (s *scanner) checkTabs(start int, agree bool) {
	if agree {
		return
	}
	s.fail(diag.Errorf(s.span(start, s.pos), "TabError", "tabs and spaces are mixed in the indentation").
		WithHint("indent every line of the block with spaces only"))
}

func (s *scanner) failIndentation(start int, format string, args ...any) {
	s.fail(diag.Errorf(s.span(start, max(s.pos, start)), "IndentationError", format, args...))
}

// end returns the tokens with which the text ends: the end of the last line, dedents, the end of the text.
func (s *scanner) end() token {
	end := len(s.text)
	if n := len(s.brackets); n > 0 {
		open := s.brackets[n-1]
		s.fail(s.neverClosed(open))
	}
	if s.mode != blankLines && s.midLine {
		s.midLine = false
		return token{newline, end, end}
	}
	if s.mode == indentedLines && len(s.indents) > 1 {
		s.indents = s.indents[:len(s.indents)-1]
		return token{dedent, end, end}
	}
	return token{eof, end, end}
}

func (s *scanner) neverClosed(open bracket) *diag.Message {
	return s.errorf(open.pos, open.pos+1, "'%s' was never closed", open.kind)
}

// token reads a token that is neither a blank nor the end.
func (s *scanner) token() token {
	start := s.pos
	c := s.text[s.pos]
	switch {
	case isDigit(c) || c == '.' && isDigit(s.peekByte(1)):
		return s.number()
	case c == '"' || c == '\'':
		return s.stringLiteral(start)
	case isLetter(c) || c >= utf8.RuneSelf:
		s.identifier()
		text := s.text[start:s.pos]
		if q := s.peekByte(0); (q == '"' || q == '\'') && isStringPrefix(text) {
			return s.stringLiteral(start)
		}
		return token{keyword(text), start, s.pos}
	}
	k, n := operatorAt(s.text[s.pos:])
	if n == 0 {
		s.badCharacter()
	}
	if k == colonEqual && s.field && len(s.brackets) == 0 {
		k, n = colon, 1 // the format specification begins here
	}
	s.pos += n
	switch k {
	case leftParen, leftBracket, leftBrace:
		if len(s.brackets) >= maxBrackets {
			s.fail(s.errorf(start, s.pos, "brackets are nested more than %d deep", maxBrackets))
		}
		s.brackets = append(s.brackets, bracket{k, start})
	case rightParen, rightBracket, rightBrace:
		s.closeBracket(k, start)
	}
	return token{k, start, s.pos}
}

func (s *scanner) closeBracket(k kind, start int) {
	n := len(s.brackets)
	if n == 0 {
		if s.field && k == rightBrace {
			return // ends the replacement field
		}
		s.fail(s.errorf(start, s.pos, "'%s' closes a bracket that was never opened", k))
	}
	open := s.brackets[n-1]
	if k-1 != open.kind {
		s.fail(s.errorf(start, s.pos, "'%s' does not match the opening '%s'", k, open.kind).
			WithNote(s.span(open.pos, open.pos+1), "the bracket was opened here"))
	}
	s.brackets = s.brackets[:n-1]
}

func (s *scanner) badCharacter() {
	r, n := utf8.DecodeRuneInString(s.text[s.pos:])
	m := s.errorf(s.pos, s.pos+n, "the character '%c' (U+%04X) has no meaning here", r, r)
	switch {
	case r == utf8.RuneError && n == 1:
		m = s.errorf(s.pos, s.pos+1, "the text is not valid UTF-8").WithHint("save the file in UTF-8")
	case r < ' ':
		m = s.errorf(s.pos, s.pos+n, "a control character (U+%04X) has no meaning here", r)
	case r == '?' && s.notebook:
		m = s.errorf(s.pos, s.pos+n, "help with '?' is not available here")
		m.Hint = "remove the line; docs/language.md lists what is supported"
	case r == '\u2018' || r == '\u2019' || r == '\u201c' || r == '\u201d':
		m.Hint = "use a straight quotation mark, ' or \""
	case r == '\u2212' || r == '\u2013':
		m.Hint = "use the minus sign of the keyboard, -"
	case r == '\u00d7' || r == '\u00b7':
		m.Hint = "use * to multiply"
	case r == '\u00a0':
		m = s.errorf(s.pos, s.pos+n, "a non-breaking space (U+00A0) has no meaning here")
		m.Hint = "replace it by an ordinary space"
	}
	s.fail(m)
}

// identifier passes over an identifier; the first character is not ASCII or is a letter.
func (s *scanner) identifier() {
	start := s.pos
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		if isLetter(c) || isDigit(c) {
			s.pos++
			continue
		}
		if c < utf8.RuneSelf {
			return
		}
		r, n := utf8.DecodeRuneInString(s.text[s.pos:])
		letter := unicode.IsLetter(r) || unicode.Is(unicode.Nl, r)
		if !letter && (s.pos == start || !unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc)) {
			s.badCharacter()
		}
		s.pos += n
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}
