package units

import (
	"math"
	"strconv"
	"strings"
)

// DefaultPrecision is the number of digits after the point that are shown unless asked otherwise.
const DefaultPrecision = 8

// FormatFloat prints a number as NumPy prints a one-element array, without the brackets: the fewest digits
// that read back as the same number, at most precision of them after the point, always with a point
// ("10.", "0.02512346"), with an exponent for magnitudes from 1e8 and below 1e-4 ("1.e-05"); "nan", "inf".
// A negative precision means DefaultPrecision.
func FormatFloat(x float64, precision int) string {
	if precision < 0 {
		precision = DefaultPrecision
	}
	if text, ok := notFinite(x); ok {
		return text
	}
	if magnitude := math.Abs(x); magnitude != 0 && (magnitude >= 1e8 || magnitude < 1e-4) {
		text := shortest(x, 'e', precision)
		digits, exponent, _ := strings.Cut(text, "e")
		return withPoint(digits) + "e" + exponent
	}
	return withPoint(shortest(x, 'f', precision))
}

// shortest prints the digits that identify x, or the correctly rounded first ones of its exact value if
// there are more than precision of them.
func shortest(x float64, format byte, precision int) string {
	text := strconv.FormatFloat(x, format, -1, 64)
	digits, _, _ := strings.Cut(text, "e")
	if _, fraction, _ := strings.Cut(digits, "."); len(fraction) > precision {
		text = strconv.FormatFloat(x, format, precision, 64)
	}
	return text
}

// withPoint removes trailing zeros after the point and makes sure that there is a point.
func withPoint(digits string) string {
	if !strings.Contains(digits, ".") {
		return digits + "."
	}
	return strings.TrimRight(digits, "0")
}

// notFinite prints what is no finite number.
func notFinite(x float64) (text string, ok bool) {
	switch {
	case math.IsNaN(x):
		return "nan", true
	case math.IsInf(x, 1):
		return "inf", true
	case math.IsInf(x, -1):
		return "-inf", true
	}
	return "", false
}

// FormatPython prints a number as Python prints a float: "1.0", "1e-05", "nan".
func FormatPython(x float64) string {
	if text, ok := notFinite(x); ok {
		return text
	}
	if magnitude := math.Abs(x); magnitude != 0 && (magnitude >= 1e16 || magnitude < 1e-4) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}
