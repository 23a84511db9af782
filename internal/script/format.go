package script

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"synfire/units"
)

// formatSpec is a parsed format specification: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
type formatSpec struct {
	fill      rune
	align     byte // '<' '>' '^' '=' or 0
	sign      byte // '+' '-' ' '
	noMinus0  bool
	alternate bool
	width     int
	grouping  byte // ',' '_' or 0
	precision int  // -1 if not given
	kind      byte // 0 if not given
}

// maxFormatWidth bounds widths and precisions.
const maxFormatWidth = 1 << 20

func parseFormatSpec(text, typeName string) (formatSpec, error) {
	s := formatSpec{fill: ' ', sign: '-', precision: -1}
	rest := text
	if r, size := utf8.DecodeRuneInString(rest); size > 0 && len(rest) > size && strings.IndexByte("<>^=", rest[size]) >= 0 {
		s.fill, s.align, rest = r, rest[size], rest[size+1:]
	} else if rest != "" && strings.IndexByte("<>^=", rest[0]) >= 0 {
		s.align, rest = rest[0], rest[1:]
	}
	take := func(set string) byte {
		if rest != "" && strings.IndexByte(set, rest[0]) >= 0 {
			c := rest[0]
			rest = rest[1:]
			return c
		}
		return 0
	}
	number := func() (int, bool, error) {
		n := 0
		for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if n == 0 {
			return 0, false, nil
		}
		v, err := strconv.Atoi(rest[:n])
		rest = rest[n:]
		if err != nil || v > maxFormatWidth {
			return 0, false, Raise("ValueError", "Too many decimal digits in format string")
		}
		return v, true, nil
	}
	if c := take("+- "); c != 0 {
		s.sign = c
	}
	s.noMinus0 = take("z") != 0
	s.alternate = take("#") != 0
	if take("0") != 0 && s.align == 0 {
		s.fill, s.align = '0', '='
	}
	var err error
	if s.width, _, err = number(); err != nil {
		return s, err
	}
	s.grouping = take(",_")
	if take(".") != 0 {
		n, ok, err := number()
		if err != nil {
			return s, err
		}
		if !ok {
			return s, Raise("ValueError", "Format specifier missing precision")
		}
		s.precision = n
	}
	if rest != "" {
		s.kind, rest = rest[0], rest[1:]
	}
	if rest != "" {
		return s, Raise("ValueError", "Invalid format specifier '%s' for object of type '%s'", text, typeName)
	}
	return s, nil
}

// Format returns format(v, spec).
func Format(v Value, spec string) (string, error) {
	if u, ok := v.(*Unknown); ok {
		return plainRepr(u), nil
	}
	if spec == "" {
		switch v := v.(type) {
		case *Instance:
			if s, err := calledString(v, "__format__", ""); s != nil || err != nil {
				return deref(s), err
			}
		case Formatter:
			return v.Format("")
		}
		return str(v)
	}
	name := TypeName(v)
	switch v := v.(type) {
	case string, bool, int64, *big.Int, float64, units.Quantity, complex128:
		s, err := parseFormatSpec(spec, name)
		if err != nil {
			return "", err
		}
		return s.format(v)
	case *Instance:
		if s, err := calledString(v, "__format__", spec); s != nil || err != nil {
			return deref(s), err
		}
	case Formatter:
		return v.Format(spec)
	case Floater:
		x, err := v.Float()
		if err != nil {
			return "", err
		}
		if i, ok := v.(Integer); ok {
			if n, exact, err := i.Int(); exact && err == nil {
				return Format(n, spec)
			}
		}
		return Format(x, spec)
	}
	return "", Raise("TypeError", "unsupported format string passed to %s.__format__", name)
}

func (s formatSpec) format(v Value) (string, error) {
	switch x := v.(type) {
	case string:
		return s.formatString(x)
	case bool:
		n, _ := wholeNumber(x)
		return s.formatInt(big.NewInt(n), "bool")
	case int64:
		return s.formatInt(big.NewInt(x), "int")
	case *big.Int:
		return s.formatInt(x, "int")
	case float64:
		return s.formatFloat(x, "float")
	case units.Quantity:
		return s.formatFloat(x.Value, "Quantity")
	case complex128:
		part := s
		part.width, part.align, part.fill = 0, 0, ' '
		if part.kind == 0 && part.precision < 0 {
			return s.pad(complexRepr(x), '>'), nil
		}
		if part.kind == 0 {
			part.kind = 'g'
		}
		re, err := part.formatFloat(real(x), "complex")
		if err != nil {
			return "", err
		}
		part.sign = '+'
		im, err := part.formatFloat(imag(x), "complex")
		return s.pad(re+im+"j", '>'), err
	}
	return "", Raise("TypeError", "unsupported format string passed to %s.__format__", TypeName(v))
}

func (s formatSpec) unknownCode(typeName string) error {
	return Raise("ValueError", "Unknown format code '%c' for object of type '%s'", s.kind, typeName)
}

func (s formatSpec) formatString(x string) (string, error) {
	if s.kind != 0 && s.kind != 's' {
		return "", s.unknownCode("str")
	}
	if s.align == '=' {
		if s.fill != '0' {
			return "", Raise("ValueError", "'=' alignment not allowed in string format specifier")
		}
		s.align = '<'
	}
	if s.sign != '-' {
		return "", Raise("ValueError", "Sign not allowed in string format specifier")
	}
	if s.grouping != 0 {
		return "", Raise("ValueError", "Cannot specify '%c' with 's'.", s.grouping)
	}
	if s.precision >= 0 && utf8.RuneCountInString(x) > s.precision {
		x = string([]rune(x)[:s.precision])
	}
	return s.pad(x, '<'), nil
}

// pad fills a text to the width; fallback is the alignment if none is given.
func (s formatSpec) pad(x string, fallback byte) string {
	missing := s.width - utf8.RuneCountInString(x)
	if missing <= 0 {
		return x
	}
	align := s.align
	if align == 0 {
		align = fallback
	}
	fill := string(s.fill)
	switch align {
	case '<':
		return x + strings.Repeat(fill, missing)
	case '^':
		return strings.Repeat(fill, missing/2) + x + strings.Repeat(fill, missing-missing/2)
	}
	return strings.Repeat(fill, missing) + x
}

func (s formatSpec) formatInt(n *big.Int, typeName string) (string, error) {
	base, prefix, upper := 10, "", false
	switch s.kind {
	case 0, 'd', 'n':
	case 'b':
		base, prefix = 2, "0b"
	case 'o':
		base, prefix = 8, "0o"
	case 'x':
		base, prefix = 16, "0x"
	case 'X':
		base, prefix, upper = 16, "0X", true
	case 'c':
		if !n.IsInt64() || n.Int64() < 0 || n.Int64() > utf8.MaxRune {
			return "", Raise("OverflowError", "%%c arg not in range(0x110000)")
		}
		return s.pad(string(rune(n.Int64())), '<'), nil
	case 'e', 'E', 'f', 'F', 'g', 'G', '%':
		x, err := toFloat(n)
		if err != nil {
			return "", err
		}
		return s.formatFloat(x, typeName)
	default:
		return "", s.unknownCode("int")
	}
	if s.precision >= 0 {
		return "", Raise("ValueError", "Precision not allowed in integer format specifier")
	}
	digits := new(big.Int).Abs(n).Text(base)
	if upper {
		digits = strings.ToUpper(digits)
	}
	if !s.alternate {
		prefix = ""
	}
	group := 3
	if base != 10 {
		group = 4
	}
	return s.number(n.Sign() < 0, prefix, digits, "", group), nil
}

// number puts sign, prefix, digits (with grouping) and tail together and pads them.
func (s formatSpec) number(negative bool, prefix, digits, tail string, group int) string {
	sign := ""
	switch {
	case negative:
		sign = "-"
	case s.sign != '-':
		sign = string(s.sign)
	}
	head := sign + prefix
	if s.align == '=' || s.align == 0 && s.fill == '0' {
		width := s.width - len(head) - utf8.RuneCountInString(tail)
		if s.grouping != 0 && s.fill == '0' {
			for len(grouped(digits, s.grouping, group)) < width {
				digits = "0" + digits
			}
			digits = grouped(digits, s.grouping, group)
			return head + strings.TrimPrefix(digits, string(s.grouping)) + tail
		}
		digits = grouped(digits, s.grouping, group)
		if missing := width - len(digits); missing > 0 {
			digits = strings.Repeat(string(s.fill), missing) + digits
			return head + digits + tail
		}
		return head + digits + tail
	}
	return s.pad(head+grouped(digits, s.grouping, group)+tail, '>')
}

func grouped(digits string, separator byte, group int) string {
	if separator == 0 || len(digits) <= group {
		return digits
	}
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%group == 0 {
			b.WriteByte(separator)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}

func (s formatSpec) formatFloat(x float64, typeName string) (string, error) {
	negative := math.Signbit(x) && !math.IsNaN(x)
	a := math.Abs(x)
	precision := s.precision
	var text string
	switch kind := s.kind; kind {
	case 'e', 'E', 'f', 'F', '%':
		if precision < 0 {
			precision = 6
		}
		if kind == '%' {
			a *= 100
		}
		verb := byte('f')
		if kind == 'e' || kind == 'E' {
			verb = 'e'
		}
		text = strconv.FormatFloat(a, verb, precision, 64)
		if s.alternate && precision == 0 {
			text += "."
		}
	case 'g', 'G', 'n':
		if precision < 0 {
			precision = 6
		}
		text = formatG(a, precision, s.alternate, false)
	case 0:
		if precision < 0 {
			text = units.FormatPython(a)
		} else {
			text = formatG(a, precision, s.alternate, true)
		}
	default:
		return "", s.unknownCode(typeName)
	}
	if math.IsInf(a, 0) || math.IsNaN(a) {
		text = "inf"
		if math.IsNaN(a) {
			text = "nan"
		}
		if s.fill == '0' && s.align == '=' {
			s.grouping = 0
		}
	}
	if s.noMinus0 && negative && strings.Trim(text, "0.e+-") == "" {
		negative = false
	}
	if s.kind == 'E' || s.kind == 'G' || s.kind == 'F' {
		text = strings.ToUpper(text)
	}
	tail := ""
	if s.kind == '%' {
		tail = "%"
	}
	digits := text
	if i := strings.IndexAny(text, ".eE"); i >= 0 && text[0] != 'i' && text[0] != 'n' {
		digits, tail = text[:i], text[i:]+tail
	}
	return s.number(negative, "", digits, tail, 3), nil
}

// formatG formats with a number of significant digits as C's %g: trailing zeros are dropped unless alternate. With
// point, a result without exponent keeps at least one digit after the point, as Python's str-like formatting does.
func formatG(x float64, precision int, alternate, point bool) string {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return "inf"
	}
	precision = max(precision, 1)
	text := strconv.FormatFloat(x, 'e', precision-1, 64)
	mantissa, exponentText, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(exponentText)
	limit := precision
	if point {
		limit--
	}
	if exponent < -4 || exponent >= limit {
		if !alternate {
			mantissa = trimZeros(mantissa)
		}
		return mantissa + "e" + exponentText
	}
	fixed := strconv.FormatFloat(x, 'f', max(precision-1-exponent, 0), 64)
	if alternate {
		if !strings.Contains(fixed, ".") {
			fixed += "."
		}
		return fixed
	}
	fixed = trimZeros(fixed)
	if point && !strings.Contains(fixed, ".") {
		fixed += ".0"
	}
	return fixed
}

func trimZeros(digits string) string {
	if strings.Contains(digits, ".") {
		digits = strings.TrimRight(strings.TrimRight(digits, "0"), ".")
	}
	return digits
}

// formatStep executes opFormat: a replacement field of an f-string.
func (in *Interp) formatStep(f *Frame, i instruction, pc int) (int, error) {
	n := len(f.stack)
	spec := ""
	if i.b == 1 {
		spec = f.stack[n-1].(string)
		n--
		f.stack = f.stack[:n]
	}
	v, err := converted(f.stack[n-1], byte(i.a))
	if err != nil {
		return pc, err
	}
	text, err := Format(v, spec)
	if err != nil {
		return pc, err
	}
	f.stack[n-1] = text
	return pc, nil
}

// converted applies !r, !s or !a.
func converted(v Value, conversion byte) (Value, error) {
	switch conversion {
	case 'r':
		return repr(v)
	case 's':
		return str(v)
	case 'a':
		s, err := repr(v)
		return ascii(s), err
	}
	return v, nil
}

func ascii(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r < 0x100:
			b.WriteString(`\x` + hexDigits(r, 2))
		case r < 0x10000:
			b.WriteString(`\u` + hexDigits(r, 4))
		default:
			b.WriteString(`\U` + hexDigits(r, 8))
		}
	}
	return b.String()
}

func hexDigits(r rune, width int) string {
	s := strconv.FormatInt(int64(r), 16)
	return strings.Repeat("0", max(width-len(s), 0)) + s
}
