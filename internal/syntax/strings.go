package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"synfire/internal/diag"
)

// quoted is a string token taken apart: its prefix, and where its text begins and ends in the source.
type quoted struct {
	raw, bytes, format bool
	start, end         int
}

func (s *scanner) unquote(t token) quoted {
	var q quoted
	pos := t.start
	for ; s.text[pos] != '"' && s.text[pos] != '\''; pos++ {
		switch s.text[pos] {
		case 'r', 'R':
			q.raw = true
		case 'b', 'B':
			q.bytes = true
		case 'f', 'F':
			q.format = true
		}
	}
	n := 1
	if t.end-pos >= 6 && s.text[pos+1] == s.text[pos] && s.text[pos+2] == s.text[pos] {
		n = 3
	}
	q.start, q.end = pos+n, t.end-n
	return q
}

// literalText collects the value of a string literal, byte by byte with the place that each byte came from.
type literalText struct {
	value []byte
	from  []int
}

func (l *literalText) add(from int, bytes ...byte) {
	for _, b := range bytes {
		l.value = append(l.value, b)
		l.from = append(l.from, from)
	}
}

// decode appends the value of the literal text at start up to end of the source: escapes replaced, line
// breaks made "\n". In the literal parts of an f-string, {{ and }} stand for one brace.
func (s *scanner) decode(l *literalText, q quoted, start, end int, doubled bool) {
	for pos := start; pos < end; {
		c := s.text[pos]
		switch {
		case c == '\\' && !q.raw:
			pos += s.escape(l, q, pos, end)
		case c == '\r':
			l.add(pos, '\n')
			pos += lineBreak(s.text[:end], pos)
		case doubled && (c == '{' || c == '}'):
			l.add(pos, c)
			pos += 2
		case q.bytes && c >= utf8.RuneSelf:
			_, n := utf8.DecodeRuneInString(s.text[pos:])
			s.fail(s.errorf(pos, pos+n, "bytes can hold only ASCII characters").
				WithHint("write an escape such as \\xff"))
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s.text[pos:end])
			if r == utf8.RuneError && n == 1 {
				s.fail(s.errorf(pos, pos+1, "the text is not valid UTF-8").WithHint("save the file in UTF-8"))
			}
			for i := range n {
				l.add(pos+i, s.text[pos+i])
			}
			pos += n
		default:
			l.add(pos, c)
			pos++
		}
	}
}

// escape appends the value of the escape sequence at pos and returns its length.
func (s *scanner) escape(l *literalText, q quoted, pos, end int) int {
	if n := lineBreak(s.text[:end], pos+1); n > 0 {
		return 1 + n // a continued line
	}
	c := s.text[pos+1]
	simple := strings.IndexByte(`\'"abfnrtv`, c)
	switch {
	case simple >= 0:
		l.add(pos, "\\'\"\a\b\f\n\r\t\v"[simple])
		return 2
	case '0' <= c && c <= '7':
		n, value := 1, 0
		for ; n <= 3 && pos+n < end && '0' <= s.text[pos+n] && s.text[pos+n] <= '7'; n++ {
			value = value*8 + int(s.text[pos+n]-'0')
		}
		s.addCharacter(l, q, pos, rune(value))
		return n
	case c == 'x':
		return s.hexEscape(l, q, pos, end, 2)
	case c == 'u' && !q.bytes:
		return s.hexEscape(l, q, pos, end, 4)
	case c == 'U' && !q.bytes:
		return s.hexEscape(l, q, pos, end, 8)
	case c == 'N' && !q.bytes:
		s.fail(s.errorf(pos, pos+2, "characters cannot be given by name (\\N{...}) here").
			WithHint("write the character itself, or \\u and its number"))
	}
	l.add(pos, '\\') // not an escape: Python keeps the backslash
	return 1
}

func (s *scanner) hexEscape(l *literalText, q quoted, pos, end, digits int) int {
	stop := pos + 2 + digits
	if stop <= end {
		if value, err := strconv.ParseUint(s.text[pos+2:stop], 16, 32); err == nil {
			s.addCharacter(l, q, pos, rune(value))
			return 2 + digits
		}
	}
	s.fail(s.errorf(pos, min(stop, end), "the escape \\%c needs %d hexadecimal digits", s.text[pos+1], digits).
		WithHint("double the backslash, or put an r before the string, if a backslash is meant"))
	return 0
}

func (s *scanner) addCharacter(l *literalText, q quoted, pos int, r rune) {
	if q.bytes {
		l.add(pos, byte(r))
		return
	}
	if !utf8.ValidRune(r) {
		s.fail(s.errorf(pos, pos+2, "U+%04X is not a character", uint32(r)))
	}
	l.add(pos, utf8.AppendRune(nil, r)...)
}

// stringValue parses one or several adjacent string tokens, of which the first is the current one.
func (p *parser) stringValue() Expr {
	start := p.tok.start
	var (
		text     literalText
		parts    []FPart
		tokens   int
		first    quoted
		last     quoted
		fstring  bool
		lastText int
	)
	flush := func() {
		if len(text.value) > lastText {
			parts = append(parts, FPart{Text: string(text.value[lastText:])})
			lastText = len(text.value)
		}
	}
	for p.tok.kind == stringLiteral {
		q := p.scan.unquote(p.tok)
		if tokens == 0 {
			first = q
		} else if q.bytes != first.bytes {
			p.failAt(p.tok.start, p.tok.end, "a string and bytes cannot be joined by writing them side by side")
		}
		tokens++
		last = q
		if !q.format {
			p.scan.decode(&text, q, q.start, q.end, false)
			p.next()
			continue
		}
		fstring = true
		after := p.tok
		p.fields(q, q.start, false, func(from, to int) {
			p.scan.decode(&text, q, from, to, true)
		}, func(part FPart) {
			flush()
			parts = append(parts, part)
		})
		p.tok = after
		p.next()
	}
	place := p.since(start)
	if fstring {
		flush()
		return &FString{place, mergeText(parts)}
	}
	value := &String{At: place, Value: string(text.value), Bytes: first.bytes, TextStart: first.start}
	if value.Value != p.scan.text[first.start:first.end] || tokens > 1 {
		value.ValueAt = append(text.from, last.end)
	}
	return value
}

// mergeText joins neighbouring literal parts.
func mergeText(parts []FPart) []FPart {
	var merged []FPart
	for _, part := range parts {
		if n := len(merged); n > 0 && part.Expr == nil && merged[n-1].Expr == nil {
			merged[n-1].Text += part.Text
			continue
		}
		merged = append(merged, part)
	}
	return merged
}

// fields parses the text of an f-string from pos on, calling literal for each stretch of text and add for
// each replacement field. Of a format specification (spec) it parses up to the closing brace of its field.
// It returns where it stopped.
func (p *parser) fields(q quoted, pos int, spec bool, literal func(from, to int), add func(FPart)) int {
	s := p.scan
	from := pos
	for pos < q.end {
		c := s.text[pos]
		switch {
		case c == '\\' && !q.raw:
			pos += 2
		case (c == '{' || c == '}') && !spec && pos+1 < q.end && s.text[pos+1] == c:
			pos += 2
		case c == '{':
			literal(from, pos)
			var part FPart
			part, pos = p.replacementField(q, pos, spec)
			add(part)
			from = pos
		case c == '}' && spec:
			literal(from, pos)
			return pos
		case c == '}':
			p.fail(s.errorf(pos, pos+1, "a single '}' in an f-string").WithHint("write }} for the character }"))
		default:
			pos++
		}
	}
	literal(from, q.end)
	return q.end
}

// replacementField parses the field that opens at pos and returns it with the position behind its brace.
func (p *parser) replacementField(q quoted, open int, nested bool) (FPart, int) {
	p.enter()
	defer p.leave()
	outer, outerTok, outerEnd := p.scan, p.tok, p.prevEnd
	inner := newScanner(outer.source, blankLines, outer.errorKind)
	inner.text, inner.pos, inner.field, inner.fresh = outer.text[:q.end], open+1, true, false
	p.scan, p.tok = inner, token{leftBrace, open, open + 1}
	defer func() { p.scan, p.tok, p.prevEnd = outer, outerTok, outerEnd }()
	p.next()
	if k := p.tok.kind; k == rightBrace || k == colon || k == exclamation || k == eof {
		p.fail(outer.errorf(open, p.tok.end, "this field of the f-string has no expression").
			WithHint("write {{ for the character {"))
	}
	var part FPart
	part.Expr = p.expressionList("in the f-string")
	if p.tok.kind == assign {
		p.next()
		part.Debug = outer.text[open+1 : p.tok.start]
	}
	if p.tok.kind == exclamation {
		p.next()
		text := p.text(p.tok)
		if text != "r" && text != "s" && text != "a" {
			p.failAt(p.tok.start, p.tok.end, "a conversion in an f-string is !r, !s or !a")
		}
		part.Conversion = text[0]
		p.next()
	}
	pos := p.tok.end
	if p.tok.kind == colon {
		if nested {
			p.failAt(p.tok.start, p.tok.end, "a format specification cannot contain another one")
		}
		part.Spec = &FString{}
		start := pos
		pos = p.fields(q, pos, true, func(from, to int) {
			var text literalText
			p.scan.decode(&text, q, from, to, false)
			if len(text.value) > 0 {
				part.Spec.Parts = append(part.Spec.Parts, FPart{Text: string(text.value)})
			}
		}, func(inner FPart) { part.Spec.Parts = append(part.Spec.Parts, inner) })
		part.Spec.Where = outer.span(start, pos)
		if pos >= q.end {
			p.fail(p.fieldNeverClosed(outer, open))
		}
		return part, pos + 1
	}
	switch p.tok.kind {
	case rightBrace:
		return part, pos
	case eof:
		p.fail(p.fieldNeverClosed(outer, open))
	}
	p.fail(p.unexpected("in this field of the f-string"))
	return part, pos
}

func (p *parser) fieldNeverClosed(s *scanner, open int) *diag.Message {
	return s.errorf(open, open+1, "this field of the f-string is not closed by '}'")
}
