package diag

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Options says how Render writes a message.
type Options struct {
	// Color writes ANSI colours.
	Color bool
	// Width is the number of columns of the terminal: longer source lines are shown around the place, longer
	// remarks are broken between words. 0 sets no limit.
	Width int
}

// Render writes a message for a reader: what is wrong, the source line with the place underlined, the line of
// the script in which that text stands, notes, and the hint.
//
//	error[SyntaxError]: '(' was never closed
//	 --> equations of G:1:9
//	  |
//	1 | dv/dt = (El - v/tau : volt
//	  |         ^
//	  = in model.py:14:29
//	  = hint: ...
func Render(w io.Writer, m *Message, o Options) error {
	r := renderer{o: o, gutter: gutter(m)}
	severity, color := "error", red
	if m.isWarning() {
		severity, color = "warning", yellow
	}
	if m.Kind != "" {
		severity += "[" + m.Kind + "]"
	}
	r.remark(r.paint(color, severity), len(severity), m.Text)
	r.place(m.Where, color)
	for _, note := range m.Notes {
		if note.Where.IsZero() {
			r.footnote("note", note.Text)
			continue
		}
		r.remark(r.paint(cyan, "note"), len("note"), note.Text)
		r.place(note.Where, cyan)
	}
	if m.Hint != "" {
		r.footnote("hint", m.Hint)
	}
	_, err := io.WriteString(w, r.out.String())
	return err
}

// isWarning reports whether the kind is that of a Python warning.
func (m *Message) isWarning() bool { return strings.HasSuffix(m.Kind, "Warning") }

// String returns the message as Render writes it without colours.
func (m *Message) String() string {
	var b strings.Builder
	_ = Render(&b, m, Options{}) // a Builder never fails
	return b.String()
}

// The colours, as ANSI "select graphic rendition" parameters.
const (
	red    = "1;31"
	yellow = "1;33"
	cyan   = "1;36"
	blue   = "1;34"
	green  = "1;32"
)

type renderer struct {
	o      Options
	gutter int // columns of the widest line number
	out    strings.Builder
}

// gutter returns how many columns the line numbers of a message need.
func gutter(m *Message) int {
	widest := 1
	count := func(s Span) {
		for ; !s.IsZero(); s = s.Origin() {
			line, _ := s.Line()
			widest = max(widest, len(strconv.Itoa(line)))
		}
	}
	count(m.Where)
	for _, note := range m.Notes {
		count(note.Where)
	}
	return widest
}

func (r *renderer) paint(color, text string) string {
	if !r.o.Color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// remark writes "label: text"; width is the number of columns of the label.
func (r *renderer) remark(label string, width int, text string) {
	r.out.WriteString(label + ": ")
	r.wrapped(text, width+2, 4)
}

// footnote writes a remark without a place of its own.
func (r *renderer) footnote(label, text string) {
	color := cyan
	if label == "hint" {
		color = green
	}
	indent := r.gutter + len(" = ")
	fmt.Fprintf(&r.out, "%*s %s %s: ", r.gutter, "", r.paint(blue, "="), r.paint(color, label))
	r.wrapped(text, indent+len(label)+2, indent+len(label)+2)
}

// wrapped writes text that begins at column first, and breaks it between words if the width is limited;
// further lines are indented.
func (r *renderer) wrapped(text string, first, indent int) {
	column := first
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if i > 0 {
			r.out.WriteString("\n" + strings.Repeat(" ", indent))
			column = indent
		}
		for j, word := range strings.Split(line, " ") {
			n := columns(word)
			if j > 0 && r.o.Width > 0 && column+1+n > r.o.Width {
				r.out.WriteString("\n" + strings.Repeat(" ", indent))
				column = indent
			} else if j > 0 {
				r.out.WriteString(" ")
				column++
			}
			r.out.WriteString(printable(word))
			column += n
		}
	}
	r.out.WriteString("\n")
}

// place shows a place with its source line, and where that text comes from.
func (r *renderer) place(s Span, color string) {
	shown := ""
	for depth := 0; !s.IsZero() && depth < 8; s, depth = s.Origin(), depth+1 {
		line, column := s.Line()
		position := fmt.Sprintf("%s:%d:%d", s.Source.Name, line, column)
		text := sourceLine(s)
		switch {
		case depth == 0:
			fmt.Fprintf(&r.out, "%*s%s %s\n", r.gutter, "", r.paint(blue, "-->"), position)
		default:
			fmt.Fprintf(&r.out, "%*s %s in %s\n", r.gutter, "", r.paint(blue, "="), position)
		}
		if trimmed := strings.TrimSpace(text); depth == 0 || trimmed != shown {
			r.snippet(s, line, text, color)
			shown = trimmed
		}
	}
}

// sourceLine returns the line on which the span begins, without its line break.
func sourceLine(s Span) string {
	text := s.Source.Text
	from := strings.LastIndexByte(text[:s.Start], '\n') + 1
	line, _, _ := strings.Cut(text[from:], "\n")
	return strings.TrimSuffix(line, "\r")
}

// snippet writes the line with its number and underlines the place.
func (r *renderer) snippet(s Span, number int, line, color string) {
	start := int(s.Start) - (strings.LastIndexByte(s.Source.Text[:s.Start], '\n') + 1)
	start = min(start, len(line))
	end := min(start+int(s.End-s.Start), len(line))
	before, marked, after := expand(line[:start]), expand(line[start:end]), expand(line[end:])
	carets := strings.Repeat("^", max(1, columns(marked)))
	if room := r.o.Width - r.gutter - 3; r.o.Width > 0 && columns(before+marked+after) > room {
		before, marked, after = window(before, marked, after, max(room, 16))
		carets = strings.Repeat("^", max(1, columns(marked)))
	}
	bar := r.paint(blue, "|")
	fmt.Fprintf(&r.out, "%*s %s\n", r.gutter, "", bar)
	text := strings.TrimRight(before+marked+after, " ")
	fmt.Fprintf(&r.out, "%s %s", r.paint(blue, fmt.Sprintf("%*d", r.gutter, number)), bar)
	if text != "" {
		r.out.WriteString(" " + text)
	}
	fmt.Fprintf(&r.out, "\n%*s %s %s%s\n", r.gutter, "", bar,
		strings.Repeat(" ", columns(before)), r.paint(color, carets))
}
