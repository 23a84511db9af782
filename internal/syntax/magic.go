package syntax

import "strings"

// atCellMagic reports whether the text begins with a cell magic (%%name), after empty lines.
func (s *scanner) atCellMagic() bool {
	return strings.HasPrefix(strings.TrimLeft(s.text, " \t\f\r\n\ufeff"), "%%")
}

// magicLine reads a notebook command: the rest of the line, and of the next one if it ends with a backslash.
// Only the token is made here; if the command is to run statements, the parser puts the scanner back.
func (s *scanner) magicLine() token {
	start := s.pos
	for {
		s.pos = s.endOfLine(s.pos)
		n := lineBreak(s.text, s.pos)
		if n == 0 || s.text[s.pos-1] != '\\' {
			return token{magicLine, start, s.pos}
		}
		s.pos += n
	}
}

// magic parses the notebook command that is the current token.
func (p *parser) magic() Stmt {
	t := p.tok
	text := p.text(t)
	m := &Magic{Kind: "%"}
	switch {
	case text[0] == '!':
		m.Kind = "!"
		m.Args = joinLines(strings.TrimLeft(text, "!"))
		if m.Args == "" {
			p.failAt(t.start, t.end, "'!' must be followed by a command of the shell")
		}
		return p.endMagic(m)
	case strings.HasPrefix(text, "%%"):
		m.Kind = "%%"
	}
	at := t.start + len(m.Kind)
	for at < t.end && isBlank(p.scan.text[at]) {
		at++
	}
	from := at
	for at < t.end && (isLetter(p.scan.text[at]) || isDigit(p.scan.text[at]) || p.scan.text[at] == '.') {
		at++
	}
	m.Name = p.scan.text[from:at]
	if m.Name == "" {
		p.failAt(t.start, t.end, "expected the name of a notebook command after '%s'", m.Kind)
	}
	if strings.HasSuffix(text, "?") {
		p.fail(p.scan.errorf(t.start, t.end, "help with '?' is not available here").
			WithHint("remove the line; docs/language.md lists what is supported"))
	}
	m.Args = joinLines(p.scan.text[at:t.end])
	timed := m.Name == "time" || m.Name == "timeit"
	switch {
	case m.Kind == "%%":
		return p.cellMagic(m, at, timed)
	case timed:
		return p.timed(m, at)
	}
	return p.endMagic(m)
}

// endMagic finishes a command that is one line.
func (p *parser) endMagic(m *Magic) Stmt {
	m.At = At{p.scan.span(p.tok.start, p.tok.end)}
	p.next()
	if p.tok.kind == newline {
		p.next()
	}
	return m
}

// timed parses the statement behind %time or %timeit, which may go on over several lines like any other.
// Args keeps only the options.
func (p *parser) timed(m *Magic, pos int) Stmt {
	start := p.tok
	pos = p.options(m, pos, start.end)
	if pos >= start.end {
		return p.endMagic(m)
	}
	p.scan.pos = pos
	p.next()
	m.Body = p.statement(nil)
	m.At = p.since(start.start)
	if n := len(m.Body); n > 0 {
		m.Where.End = m.Body[n-1].Span().End
	}
	return m
}

// options moves the options of the command (-n 10 -r3 -q) from the text into Args and returns where the
// statement begins.
func (p *parser) options(m *Magic, pos, end int) int {
	text := p.scan.text
	from := pos
	for {
		for pos < end && isBlank(text[pos]) {
			pos++
		}
		if m.Name != "timeit" || pos+1 >= end || text[pos] != '-' || !isLetter(text[pos+1]) {
			m.Args = strings.TrimSpace(text[from:pos])
			return pos
		}
		letter := text[pos+1]
		value := strings.IndexByte("nrp", letter) >= 0
		if !value && strings.IndexByte("tcqo", letter) < 0 || !value && pos+2 < end && !isBlank(text[pos+2]) {
			m.Args = strings.TrimSpace(text[from:pos])
			return pos // a statement that begins with a minus sign
		}
		pos += 2
		if value {
			for pos < end && isBlank(text[pos]) {
				pos++
			}
			if pos >= end || !isDigit(text[pos]) {
				p.failAt(pos-2, min(pos+1, end), "expected a number after the option -%c", letter)
			}
			for pos < end && isDigit(text[pos]) {
				pos++
			}
		}
	}
}

// cellMagic parses a cell that begins with %%name: the statements of %%time and %%timeit, the text of any other.
func (p *parser) cellMagic(m *Magic, pos int, timed bool) Stmt {
	start := p.tok
	if !p.scan.cellMagic {
		p.failAt(start.start, start.end, "'%%%%%s' must be the first line of its cell", m.Name)
	}
	p.scan.cellMagic = false
	if !timed {
		pos := start.end + lineBreak(p.scan.text, start.end)
		m.BodyText = p.scan.text[pos:]
		m.At = At{p.scan.span(start.start, len(p.scan.text))}
		p.scan.pos, p.scan.midLine = len(p.scan.text), false
		p.next()
		return m
	}
	if at := p.options(m, pos, start.end); at < start.end {
		p.fail(p.scan.errorf(at, start.end, "a statement cannot follow '%%%%%s' on its line", m.Name).
			WithHint("write it on the next line"))
	}
	p.next()
	for p.tok.kind != eof {
		if p.tok.kind == newline {
			p.next()
			continue
		}
		m.Body = p.statement(m.Body)
	}
	m.At = p.since(start.start)
	return m
}

// joinLines makes one line of a continued one.
func joinLines(text string) string {
	text = strings.ReplaceAll(text, "\\\r\n", " ")
	return strings.TrimSpace(strings.ReplaceAll(text, "\\\n", " "))
}
