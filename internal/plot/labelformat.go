package plot

import (
	"fmt"
	"regexp"
	"strings"

	"synfire/internal/diag"
)

// labelVerb is the one number in a format such as "%.1f ms"; %% is a percent sign.
var labelVerb = regexp.MustCompile(`%(%|([-+ 0#]*)(\d*)(\.\d+)?([a-zA-Z]))`)

// CheckLabelFormat reports a ValueError if text is not a format of C with one number: %d, %i, %e, %f, %g, %s.
func CheckLabelFormat(text string) error {
	numbers := 0
	rest := labelVerb.ReplaceAllStringFunc(text, func(verb string) string {
		if verb == "%%" {
			return ""
		}
		if strings.ContainsAny(verb[len(verb)-1:], "difgeEGs") {
			numbers++
			return ""
		}
		return verb
	})
	if numbers != 1 || strings.Contains(rest, "%") {
		return diag.Errorf(diag.Span{}, "ValueError", "%q is not a format of one number such as '%%.1f'", text)
	}
	return nil
}

// formatLabel writes a number in a format that CheckLabelFormat accepts.
func formatLabel(format string, value float64) string {
	return minus(labelVerb.ReplaceAllStringFunc(format, func(verb string) string {
		if verb == "%%" {
			return "%"
		}
		m := labelVerb.FindStringSubmatch(verb)
		flags, width, precision := m[2], m[3], m[4]
		switch kind := m[5]; kind {
		case "d", "i":
			return fmt.Sprintf("%"+flags+width+"d", int64(value))
		case "s":
			return fmt.Sprintf("%"+flags+width+"v", value)
		default:
			if precision == "" {
				precision = ".6"
			}
			return fmt.Sprintf("%"+flags+width+precision+kind, value)
		}
	}))
}
