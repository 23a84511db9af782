package syntax

import (
	"cmp"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// number reads a number token.
func (s *scanner) number() token {
	start := s.pos
	if s.peekByte(0) == '0' {
		switch s.peekByte(1) {
		case 'x', 'X':
			return s.basedNumber("hexadecimal", 16)
		case 'o', 'O':
			return s.basedNumber("octal", 8)
		case 'b', 'B':
			return s.basedNumber("binary", 2)
		}
	}
	s.digits("decimal")
	whole := true
	if s.peekByte(0) == '.' {
		whole = false
		s.pos++
		if isDigit(s.peekByte(0)) {
			s.digits("decimal")
		}
	}
	if c := s.peekByte(0); c == 'e' || c == 'E' {
		n := 1
		if sign := s.peekByte(1); sign == '+' || sign == '-' {
			n = 2
		}
		if isDigit(s.peekByte(n)) {
			whole = false
			s.pos += n
			s.digits("decimal")
		}
	}
	if c := s.peekByte(0); c == 'j' || c == 'J' {
		whole = false
		s.pos++
	}
	if text := s.text[start:s.pos]; whole && text[0] == '0' && strings.Trim(text, "0_") != "" {
		s.fail(s.errorf(start, s.pos, "an integer cannot begin with 0").
			WithHint("write 0o%s for an octal number", strings.TrimLeft(text, "0_")))
	}
	s.endNumber(start, "decimal")
	return token{number, start, s.pos}
}

func (s *scanner) basedNumber(what string, base int) token {
	start := s.pos
	s.pos += 2
	count := 0
	for {
		c := s.peekByte(0)
		if c == '_' && digitValue(s.peekByte(1)) < base {
			s.pos++
			continue
		}
		if digitValue(c) >= base {
			break
		}
		s.pos++
		count++
	}
	if count == 0 || isDigit(s.peekByte(0)) {
		s.fail(s.errorf(start, s.pos+1, "this is not a %s number", what))
	}
	s.endNumber(start, what)
	return token{number, start, s.pos}
}

// digits reads decimal digits, of which each two may have one underscore between them.
func (s *scanner) digits(what string) {
	for isDigit(s.peekByte(0)) {
		s.pos++
		if s.peekByte(0) == '_' {
			if !isDigit(s.peekByte(1)) {
				s.fail(s.errorf(s.pos, s.pos+1, "an underscore in a %s number must stand between digits", what))
			}
			s.pos++
		}
	}
}

// endNumber refuses a letter right after a number, except where a keyword follows (`1if x else 2` is Python).
func (s *scanner) endNumber(start int, what string) {
	c := s.peekByte(0)
	if !isLetter(c) && c < utf8.RuneSelf {
		return
	}
	end := s.pos
	s.identifier()
	word := s.text[end:s.pos]
	s.pos = end
	switch word {
	case "and", "else", "for", "if", "in", "is", "not", "or":
		return
	}
	digits := s.text[start:end]
	s.fail(s.errorf(start, end+len(word), "'%s%s' is neither a %s number nor a name", digits, word, what).
		WithHint("to multiply, write %s*%s", digits, word))
}

func digitValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return 99
}

// numberValue returns the literal that a number token is.
func numberValue(text string, place At) Expr {
	text = strings.ReplaceAll(text, "_", "")
	based := len(text) > 1 && text[0] == '0' && strings.IndexByte("xXoObB", text[1]) >= 0
	if last := text[len(text)-1]; !based && (last == 'j' || last == 'J') {
		return &Imag{place, floatValue(text[:len(text)-1])}
	}
	if !based && strings.ContainsAny(text, ".eE") {
		return &Float{place, floatValue(text)}
	}
	if !based {
		// A leading zero, allowed in 00, would mean octal to strconv.
		text = cmp.Or(strings.TrimLeft(text, "0"), "0")
	}
	value, err := strconv.ParseInt(text, 0, 64)
	if err == nil {
		return &Int{At: place, Value: value}
	}
	large, ok := new(big.Int).SetString(text, 0)
	if !ok {
		panic("BUG: the scanner accepted the number " + text)
	}
	return &Int{At: place, Big: large.String()}
}

// floatValue returns the nearest float64, infinity beyond the largest.
func floatValue(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		panic("BUG: the scanner accepted the number " + text)
	}
	return value
}

// isStringPrefix reports whether the letters may stand before the quotation mark of a string.
func isStringPrefix(text string) bool {
	switch strings.ToLower(text) {
	case "r", "b", "u", "f", "br", "rb", "fr", "rf":
		return true
	}
	return false
}

// stringLiteral reads a string token that begins at start (with its prefix); the scanner stands at the
// quotation mark.
func (s *scanner) stringLiteral(start int) token {
	quote := s.text[s.pos]
	open := s.pos
	triple := strings.HasPrefix(s.text[s.pos:], strings.Repeat(string(quote), 3))
	s.pos++
	if triple {
		s.pos += 2
	}
	for s.pos < len(s.text) {
		c := s.text[s.pos]
		switch {
		case c == '\\':
			s.pos++
			if n := lineBreak(s.text, s.pos); n > 0 {
				s.pos += n
			} else {
				s.pos++
			}
		case c == quote && !triple:
			s.pos++
			return token{stringLiteral, start, s.pos}
		case c == quote && strings.HasPrefix(s.text[s.pos:], s.text[open:open+3]):
			s.pos += 3
			return token{stringLiteral, start, s.pos}
		case lineBreak(s.text, s.pos) > 0 && !triple:
			s.fail(s.errorf(start, s.pos, "this string is not closed on its line").
				WithHint("end it with %c, or write it between triple quotation marks", quote))
		default:
			s.pos++
		}
	}
	s.pos = len(s.text)
	closing := string(quote)
	if triple {
		closing = strings.Repeat(closing, 3)
	}
	s.fail(s.errorf(start, open+len(closing), "this string is not closed before the end of the text").
		WithHint("end it with %s", closing))
	return token{}
}
