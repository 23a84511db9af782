package units

import (
	"strconv"
	"strings"

	"synfire/internal/diag"
)

// ParseQuantity reads a number and a unit as a person writes them on a command line: "200ms", "-70.6 mV",
// "5 * msecond", "1.5e3 Hz", "10 s", "0.5". The unit is a name that Lookup knows or a symbol that a quantity
// prints with. Errors are ValueErrors.
func ParseQuantity(text string) (Quantity, error) {
	trimmed := strings.TrimSpace(text)
	sign := ""
	digits := trimmed
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		sign, digits = digits[:1], digits[1:]
	}
	end := scanNumber(digits, 0)
	value, err := strconv.ParseFloat(sign+digits[:end], 64)
	if err != nil {
		return Quantity{}, diag.Errorf(diag.Span{}, "ValueError", "'%s' does not start with a number", text).
			WithHint("Write a number and a unit, for example 200ms.")
	}
	name := strings.TrimSpace(digits[end:])
	name = strings.TrimSpace(strings.TrimPrefix(name, "*"))
	if name == "" && !strings.HasSuffix(trimmed, "*") {
		return Number(value), nil
	}
	u, found := Lookup(name)
	if !found {
		u, found = bySymbol(name)
	}
	if !found {
		message := diag.Errorf(diag.Span{}, "ValueError", "'%s' in '%s' is not a unit", name, text)
		if nearest := nearestBaseUnit(name); nearest != "" {
			message = message.WithHint("Did you mean '%s'?", nearest)
		}
		return Quantity{}, message
	}
	return u.Of(value), nil
}

// bySymbol returns the unit that prints as a symbol: "s", "mV", "um^2".
func bySymbol(symbol string) (Unit, bool) {
	root, power := symbol, 1
	if before, digit, found := strings.Cut(symbol, "^"); found && (digit == "2" || digit == "3") {
		root, power = before, int(digit[0]-'0')
	}
	for i := range families {
		f := &families[i]
		letters, found := strings.CutSuffix(root, f.symbol)
		if !found || power > 1 && !f.powers {
			continue
		}
		for _, p := range prefixes {
			if p.letter == letters && (letters == "" || f.prefixes) {
				return f.unit(p, power), true
			}
		}
	}
	return Unit{}, false
}
