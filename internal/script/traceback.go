package script

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"synfire/internal/diag"
)

// Traceback renders the error as Python does, short: each frame's line with a caret under the part that failed, the
// exceptions that led to it, and our hint.
func (e *Error) Traceback() string {
	var b strings.Builder
	seen := map[*Exception]bool{}
	writeChain(&b, e.Exception, seen)
	return b.String()
}

func writeChain(b *strings.Builder, e *Exception, seen map[*Exception]bool) {
	if seen[e] {
		return
	}
	seen[e] = true
	switch {
	case e.Cause != nil:
		writeChain(b, e.Cause, seen)
		b.WriteString("\nThe above exception was the direct cause of the following exception:\n\n")
	case e.Context != nil && !e.suppress:
		writeChain(b, e.Context, seen)
		b.WriteString("\nDuring handling of the above exception, another exception occurred:\n\n")
	}
	if len(e.trace) > 0 {
		b.WriteString("Traceback (most recent call last):\n")
		writeTrace(b, e.trace)
	}
	if !e.Where.IsZero() {
		writePlace(b, e.Where)
	}
	b.WriteString(e.lastLine())
	b.WriteByte('\n')
	for _, note := range e.Notes {
		fmt.Fprintf(b, "  note: %s\n", note.Text)
		if !note.Where.IsZero() {
			writePlace(b, note.Where)
		}
	}
	if e.Hint != "" {
		fmt.Fprintf(b, "  hint: %s\n", e.Hint)
	}
}

// lastLine names the class and the message.
func (e *Exception) lastLine() string {
	name := e.Class.Name
	if e.Class.Module != "" && e.Class.Module != "builtins" && e.Class.Module != "__main__" {
		name = e.Class.Module + "." + name
	} else if e.Class.qualname != "" {
		name = e.Class.qualname
	}
	if text := Str(e); text != "" {
		return name + ": " + text
	}
	return name
}

// writeTrace writes the frames, outermost first; a run of the same line is shown three times, as Python does.
func writeTrace(b *strings.Builder, trace []TraceEntry) {
	repeats := 0
	for i := len(trace) - 1; i >= 0; i-- {
		if i < len(trace)-1 && trace[i] == trace[i+1] {
			repeats++
		} else {
			writeRepeats(b, repeats)
			repeats = 0
		}
		if repeats < 3 {
			line, _ := trace[i].Where.Line()
			name := "?"
			if trace[i].Where.Source != nil {
				name = trace[i].Where.Source.Name
			}
			fmt.Fprintf(b, "  File \"%s\", line %d, in %s\n", name, line, trace[i].Function)
			writeLine(b, trace[i].Where, "    ")
		}
	}
	writeRepeats(b, repeats)
}

func writeRepeats(b *strings.Builder, repeats int) {
	if repeats < 3 {
		return
	}
	fmt.Fprintf(b, "  [Previous line repeated %d more time%s]\n", repeats-2, plural(repeats-2))
}

func writePlace(b *strings.Builder, where diag.Span) {
	line, _ := where.Line()
	fmt.Fprintf(b, "  In %s, line %d\n", where.Source.Name, line)
	writeLine(b, where, "    ")
}

// writeLine writes the line where a span starts, and carets under the span unless it is the whole line.
func writeLine(b *strings.Builder, where diag.Span, indent string) {
	if where.Source == nil {
		return
	}
	text := where.Source.Text
	start := strings.LastIndexByte(text[:where.Start], '\n') + 1
	end := len(text)
	if n := strings.IndexByte(text[where.Start:], '\n'); n >= 0 {
		end = int(where.Start) + n
	}
	line := strings.TrimRight(text[start:end], " \t\r")
	trimmed := strings.TrimLeft(line, " \t")
	blank := len(line) - len(trimmed)
	fmt.Fprintf(b, "%s%s\n", indent, trimmed)
	from := max(int(where.Start)-start-blank, 0)
	to := min(int(where.End)-start-blank, len(trimmed))
	if from > len(trimmed) || to <= from || from == 0 && to == len(trimmed) {
		return
	}
	fmt.Fprintf(b, "%s%s%s\n", indent, strings.Repeat(" ", utf8.RuneCountInString(trimmed[:from])),
		strings.Repeat("^", utf8.RuneCountInString(trimmed[from:to])))
}
