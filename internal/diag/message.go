package diag

import (
	"fmt"
	"strings"
)

// Source is a text that messages point into: a file, a notebook cell, an equation string.
type Source struct {
	// Name is what a user calls the text: "model.py", "cell 12", "equations of neurongroup".
	Name string
	// Text is the whole text.
	Text string
	// Origin, if set, is the place in another source where this text stands (a string literal in a script),
	// so that a message about an equation can also show the script's line.
	Origin Span
	// Pieces, if set, say more exactly where the parts of the text come from, in the order of the text.
	Pieces []Piece
	// FirstLine is the number of the text's first line; 0 means 1.
	FirstLine int
}

// Span is a range of bytes of a source. The zero Span is no place at all.
type Span struct {
	Source     *Source
	Start, End int32
}

// IsZero reports whether the span names no place.
func (s Span) IsZero() bool { return s.Source == nil }

// Text returns the text of the span.
func (s Span) Text() string {
	if s.Source == nil {
		return ""
	}
	return s.Source.Text[s.Start:s.End]
}

// Line returns the number of the line on which the span starts, and its column, both from 1; columns count
// characters, not bytes.
func (s Span) Line() (line, column int) {
	if s.Source == nil {
		return 0, 0
	}
	before := s.Source.Text[:s.Start]
	first := max(s.Source.FirstLine, 1)
	last := strings.LastIndexByte(before, '\n')
	return first + strings.Count(before, "\n"), len([]rune(before[last+1:])) + 1
}

// Join returns the smallest span that covers both; one of them if they are of different sources.
func Join(a, b Span) Span {
	switch {
	case a.Source == nil:
		return b
	case b.Source != a.Source:
		return a
	}
	return Span{a.Source, min(a.Start, b.Start), max(a.End, b.End)}
}

// Message is an error or a warning for a user. Kind is the Python exception that a script would catch
// ("SyntaxError", "DimensionMismatchError", "KeyError"); Hint says what to do, in one sentence.
type Message struct {
	Kind  string
	Text  string
	Where Span
	Notes []Note
	Hint  string
	// Cause is the error that led to this one, for errors.Is and errors.As.
	Cause error
}

// Note is a further remark of a message, with its own place if it has one.
type Note struct {
	Text  string
	Where Span
}

// Errorf returns a message of the given kind at a place.
func Errorf(where Span, kind, format string, args ...any) *Message {
	return &Message{Kind: kind, Text: fmt.Sprintf(format, args...), Where: where}
}

// WithHint sets the hint and returns the message.
func (m *Message) WithHint(format string, args ...any) *Message {
	m.Hint = fmt.Sprintf(format, args...)
	return m
}

// WithNote adds a note and returns the message.
func (m *Message) WithNote(where Span, format string, args ...any) *Message {
	m.Notes = append(m.Notes, Note{fmt.Sprintf(format, args...), where})
	return m
}

// Error returns the message on one line: place, text.
func (m *Message) Error() string {
	if m.Where.IsZero() {
		return m.Text
	}
	line, column := m.Where.Line()
	return fmt.Sprintf("%s:%d:%d: %s", m.Where.Source.Name, line, column, m.Text)
}

// Unwrap returns the cause.
func (m *Message) Unwrap() error { return m.Cause }
