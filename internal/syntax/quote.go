package syntax

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// formatFloat returns a float as Python's repr writes it: the shortest digits that give the same value, with
// an exponent below 1e-4 and from 1e16 on. Infinity, which has no literal, is one that overflows.
func formatFloat(value float64) string {
	switch {
	case math.IsNaN(value):
		return "nan"
	case math.IsInf(value, 1):
		return "1e999"
	case math.IsInf(value, -1):
		return "-1e999"
	}
	if size := math.Abs(value); size != 0 && (size < 1e-4 || size >= 1e16) {
		return strconv.FormatFloat(value, 'e', -1, 64)
	}
	text := strconv.FormatFloat(value, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

// Quote returns a string, or bytes, between quotation marks as Python's repr writes it (without the b of
// bytes): single quotation marks unless the text holds some and no double ones.
func Quote(text string, bytes bool) string {
	quote := byte('\'')
	if strings.Contains(text, "'") && !strings.Contains(text, `"`) {
		quote = '"'
	}
	var b strings.Builder
	b.WriteByte(quote)
	writeEscaped(&b, text, quote, bytes)
	b.WriteByte(quote)
	return b.String()
}

// writeEscaped writes text as it stands between two quotation marks of the given kind.
func writeEscaped(b *strings.Builder, text string, quote byte, bytes bool) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if bytes {
			r, n = rune(text[i]), 1
		}
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\\' || r == rune(quote):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || bytes && r > 0x7f || r == utf8.RuneError && n == 1:
			fmt.Fprintf(b, `\x%02x`, text[i])
		case r < 0x7f || unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			fmt.Fprintf(b, `\U%08x`, r)
		}
		i += n
	}
}

// fstring prints an f-string. Its quotation marks must not occur in its fields, so they are chosen last.
func (w *printer) fstring(x *FString) {
	type piece struct {
		text        string
		field, spec bool
	}
	var pieces []piece
	var collect func(parts []FPart, spec bool)
	collect = func(parts []FPart, spec bool) {
		for _, part := range parts {
			if part.Expr == nil {
				pieces = append(pieces, piece{part.Text, false, spec})
				continue
			}
			text := part.Debug
			if text == "" {
				var inner printer
				inner.field(part.Expr)
				text = inner.String()
			}
			if part.Conversion != 0 {
				text += "!" + string(part.Conversion)
			}
			if part.Spec == nil {
				pieces = append(pieces, piece{"{" + text + "}", true, spec})
				continue
			}
			pieces = append(pieces, piece{"{" + text + ":", true, spec})
			collect(part.Spec.Parts, true)
			pieces = append(pieces, piece{"}", true, spec})
		}
	}
	collect(x.Parts, false)
	quote := `"""`
	for _, q := range []string{"'", `"`, "'''"} {
		fits := true
		for _, p := range pieces {
			fits = fits && !(p.field && (strings.Contains(p.text, q) || len(q) == 1 && strings.Contains(p.text, "\n")))
		}
		if fits {
			quote = q
			break
		}
	}
	w.text("f", quote)
	for _, p := range pieces {
		if p.field {
			w.text(p.text)
			continue
		}
		var b strings.Builder
		writeEscaped(&b, p.text, quote[0], false)
		open, shut := "{{", "}}"
		if p.spec {
			open, shut = `\x7b`, `\x7d` // doubling is not known there
		}
		w.text(strings.NewReplacer("{", open, "}", shut).Replace(b.String()))
	}
	w.text(quote)
}

// field prints the expression of a replacement field, which must not begin with a brace and, with a lambda,
// needs parentheses because of its colon.
func (w *printer) field(x Expr) {
	text := Format(x)
	switch x.(type) {
	case *Lambda, *NamedExpr:
		text = "(" + text + ")"
	}
	if strings.HasPrefix(text, "{") {
		text = " " + text
	}
	w.text(text)
}
