package plot

import (
	"strings"

	"synfire/internal/diag"
)

// Format is what a format string such as "r--" or "k," says. Fields that it does not name are empty.
type Format struct {
	HasColor bool
	Color    Color
	Marker   Marker
	Style    LineStyle
}

// Line reports whether a line is drawn: a format with a marker and no line style draws markers only.
func (f Format) Line() bool { return f.Style != "None" }

// ParseFormat reads a format string: colour, marker and line style in any order, each at most once, or a colour
// name alone. If it names a marker but no style, Style is "None"; if it names neither, both are empty. The error is a
// ValueError.
func ParseFormat(text string, cycle []Color) (Format, error) {
	var f Format
	// A whole colour comes first, except that digits are markers before they are greys.
	if !allDigits(text) && len(text) > 0 {
		if c, ok := parseColor(text, cycle); ok {
			return Format{HasColor: true, Color: c}, nil
		}
	}
	hasStyle := false
	for i := 0; i < len(text); {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "--"), strings.HasPrefix(rest, "-."):
			if hasStyle {
				return Format{}, formatError(text, "two linestyle symbols")
			}
			f.Style, hasStyle, i = LineStyle(rest[:2]), true, i+2
		case rest[0] == '-' || rest[0] == ':':
			if hasStyle {
				return Format{}, formatError(text, "two linestyle symbols")
			}
			f.Style, hasStyle, i = LineStyle(rest[:1]), true, i+1
		case rest[0] == 'C' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9':
			if f.HasColor {
				return Format{}, formatError(text, "two color symbols")
			}
			f.Color, _ = parseColor(rest[:2], cycle)
			f.HasColor, i = true, i+2
		case strings.IndexByte(markerLetters, rest[0]) >= 0:
			if f.Marker != "" {
				return Format{}, formatError(text, "two marker symbols")
			}
			f.Marker, i = Marker(rest[:1]), i+1
		case letterColors[rest[0]] != Color{}:
			if f.HasColor {
				return Format{}, formatError(text, "two color symbols")
			}
			f.Color, f.HasColor, i = letterColors[rest[0]], true, i+1
		case rest[0] == ' ':
			hasStyle, f.Style, i = true, "None", i+1
		default:
			return Format{}, formatError(text, "unrecognized character "+string([]rune(rest)[0]))
		}
	}
	if !hasStyle && f.Marker != "" {
		f.Style = "None"
	}
	return f, nil
}

func formatError(text, why string) error {
	return diag.Errorf(diag.Span{}, "ValueError", "%q is not a valid format string (%s)", text, why).
		WithHint("A format string is a color (k), a marker (o) and a line style (--), each at most once: \"ko--\".")
}

// markerLetters are the markers that a format string can name.
const markerLetters = ".,ov^<>12348spP*hH+xXDd|_"

// ParseMarker checks a marker's name. The error is a ValueError.
func ParseMarker(text string) (Marker, error) {
	switch {
	case text == "None" || text == "none" || text == " " || text == "":
		return "None", nil
	case len(text) == 1 && strings.Contains(markerLetters, text):
		return Marker(text), nil
	case len(text) > 2 && text[0] == '$' && text[len(text)-1] == '$':
		return Marker(text), nil
	}
	return "", diag.Errorf(diag.Span{}, "ValueError", "Unrecognized marker style %q", text).
		WithHint("Markers are one of %s or text between dollar signs.", strings.Join(strings.Split(markerLetters, ""), " "))
}

// ParseLineStyle checks the name of a line style and returns it in its short form. The error is a ValueError.
func ParseLineStyle(text string) (LineStyle, error) {
	switch text {
	case "-", "--", "-.", ":":
		return LineStyle(text), nil
	case "solid":
		return "-", nil
	case "dashed":
		return "--", nil
	case "dashdot":
		return "-.", nil
	case "dotted":
		return ":", nil
	case "None", "none", " ", "":
		return "None", nil
	}
	return "", diag.Errorf(diag.Span{}, "ValueError", "%q is not a valid value for ls", text).
		WithHint("Line styles are '-', '--', '-.', ':' and 'None'.")
}
