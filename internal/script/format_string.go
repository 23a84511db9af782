package script

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// percentFormat is format % args.
func percentFormat(format string, args Value) (Value, error) {
	var values []Value
	mapping, isMapping := args.(*Dict)
	tuple, isTuple := args.(*Tuple)
	if isTuple {
		values = tuple.Elts
	} else {
		values = []Value{args}
	}
	used, mapped := 0, false
	take := func() (Value, error) {
		if used >= len(values) {
			return nil, Raise("TypeError", "not enough arguments for format string")
		}
		used++
		return values[used-1], nil
	}
	var out strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			out.WriteByte(format[i])
			continue
		}
		i++
		var v Value
		if i < len(format) && format[i] == '(' {
			if !isMapping {
				return nil, Raise("TypeError", "format requires a mapping")
			}
			end := strings.IndexByte(format[i:], ')')
			if end < 0 {
				return nil, Raise("ValueError", "incomplete format key")
			}
			key := format[i+1 : i+end]
			i += end + 1
			var err error
			if v, err = mapping.item(key); err != nil {
				return nil, err
			}
			mapped = true
		}
		s := formatSpec{fill: ' ', sign: '-', precision: -1}
	flags:
		for ; i < len(format); i++ {
			switch format[i] {
			case '-':
				s.align = '<'
			case '+':
				s.sign = '+'
			case ' ':
				if s.sign == '-' {
					s.sign = ' '
				}
			case '#':
				s.alternate = true
			case '0':
				s.fill = '0'
			default:
				break flags
			}
		}
		number := func() (int, error) {
			if i < len(format) && format[i] == '*' {
				i++
				w, err := take()
				if err != nil {
					return 0, err
				}
				n, ok := wholeNumber(w)
				if !ok || n > maxFormatWidth || n < -maxFormatWidth {
					return 0, Raise("TypeError", "* wants int")
				}
				return int(n), nil
			}
			start := i
			for i < len(format) && format[i] >= '0' && format[i] <= '9' {
				i++
			}
			if start == i {
				return 0, nil
			}
			n, err := strconv.Atoi(format[start:i])
			if err != nil || n > maxFormatWidth {
				return 0, Raise("ValueError", "width too big")
			}
			return n, nil
		}
		var err error
		if s.width, err = number(); err != nil {
			return nil, err
		}
		if s.width < 0 {
			s.width, s.align = -s.width, '<'
		}
		if i < len(format) && format[i] == '.' {
			i++
			if s.precision, err = number(); err != nil {
				return nil, err
			}
		}
		for i < len(format) && (format[i] == 'l' || format[i] == 'h' || format[i] == 'L') {
			i++
		}
		if i >= len(format) {
			return nil, Raise("ValueError", "incomplete format")
		}
		if s.align == '<' {
			s.fill = ' '
		} else if s.fill == '0' {
			s.align = '='
		}
		s.kind = format[i]
		if s.kind == '%' {
			out.WriteByte('%')
			continue
		}
		if strings.IndexByte("diouxXeEfFgGcrsa", s.kind) < 0 {
			r, _ := utf8.DecodeRuneInString(format[i:])
			return nil, Raise("ValueError", "unsupported format character '%c' (0x%x) at index %d", r, r, utf8.RuneCountInString(format[:i]))
		}
		if v == nil {
			if v, err = take(); err != nil {
				return nil, err
			}
		}
		text, err := s.percent(v)
		if err != nil {
			return nil, err
		}
		out.WriteString(text)
	}
	if used < len(values) && !mapped && (isTuple || !isMapping) {
		return nil, Raise("TypeError", "not all arguments converted during string formatting")
	}
	return out.String(), nil
}

// percent formats one value of a % conversion.
func (s formatSpec) percent(v Value) (string, error) {
	if u, ok := v.(*Unknown); ok {
		return plainRepr(u), nil
	}
	switch s.kind {
	case 's', 'r', 'a':
		text, err := converted(v, s.kind)
		if err != nil {
			return "", err
		}
		t := text.(string)
		if s.precision >= 0 && utf8.RuneCountInString(t) > s.precision {
			t = string([]rune(t)[:s.precision])
		}
		s.fill = ' '
		if s.align == '=' {
			s.align = '>'
		}
		return s.pad(t, '>'), nil
	case 'c':
		if t, ok := v.(string); ok && utf8.RuneCountInString(t) == 1 {
			return s.pad(t, '>'), nil
		}
		n, ok := wholeNumber(v)
		if !ok {
			return "", Raise("TypeError", "%%c requires int or char")
		}
		return s.pad(string(rune(n)), '>'), nil
	case 'd', 'i', 'u', 'o', 'x', 'X':
		n, err := s.percentInt(v)
		if err != nil {
			return "", err
		}
		precision := s.precision
		if s.kind == 'i' || s.kind == 'u' {
			s.kind = 'd'
		}
		s.precision = -1
		if precision > 0 {
			digits := new(big.Int).Abs(n).String()
			if s.kind == 'd' && len(digits) < precision {
				return s.number(n.Sign() < 0, "", strings.Repeat("0", precision-len(digits))+digits, "", 3), nil
			}
		}
		return s.formatInt(n, "int")
	}
	x, err := AsFloat(v)
	if err != nil {
		return "", Raise("TypeError", "must be real number, not %s", TypeName(v))
	}
	return s.formatFloat(x, "float")
}

func (s formatSpec) percentInt(v Value) (*big.Int, error) {
	if n, ok := wholeNumber(v); ok {
		return big.NewInt(n), nil
	}
	if b, ok := v.(*big.Int); ok {
		return b, nil
	}
	if s.kind == 'o' || s.kind == 'x' || s.kind == 'X' {
		return nil, Raise("TypeError", "%%%c format: an integer is required, not %s", s.kind, TypeName(v))
	}
	if _, isText := v.(string); !isText {
		if x, err := AsFloat(v); err == nil {
			n, err := truncated(x)
			if err != nil {
				return nil, err
			}
			return toBig(n), nil
		}
	}
	return nil, Raise("TypeError", "%%%c format: a real number is required, not %s", s.kind, TypeName(v))
}

// braceFormatter carries out str.format.
type braceFormatter struct {
	in       *Interp
	args     []Value
	keywords func(string) (Value, bool)
	next     int  // the next automatic number
	numbered bool // explicit numbers have been used
	auto     bool
}

// format replaces the fields of a format string; depth limits nesting inside specifications.
func (b *braceFormatter) format(text string, depth int) (string, error) {
	if depth < 0 {
		return "", Raise("ValueError", "Max string recursion exceeded")
	}
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '{' && i+1 < len(text) && text[i+1] == '{', c == '}' && i+1 < len(text) && text[i+1] == '}':
			out.WriteByte(c)
			i++
		case c == '}':
			return "", Raise("ValueError", "Single '}' encountered in format string")
		case c == '{':
			end, level := i+1, 1
			for ; end < len(text) && level > 0; end++ {
				switch text[end] {
				case '{':
					level++
				case '}':
					level--
				}
			}
			if level > 0 {
				if i+1 >= len(text) {
					return "", Raise("ValueError", "Single '{' encountered in format string")
				}
				return "", Raise("ValueError", "expected '}' before end of string")
			}
			s, err := b.field(text[i+1:end-1], depth)
			if err != nil {
				return "", err
			}
			out.WriteString(s)
			i = end - 1
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), nil
}

// field formats one replacement field, without its braces.
func (b *braceFormatter) field(text string, depth int) (string, error) {
	name, spec, conversion := text, "", byte(0)
	bracket := 0
split:
	for i := range len(text) {
		switch text[i] {
		case '[':
			bracket++
		case ']':
			bracket--
		case '!', ':':
			if bracket > 0 {
				continue
			}
			name, spec = text[:i], text[i+1:]
			if text[i] == '!' {
				if spec == "" || len(spec) > 1 && spec[1] != ':' {
					return "", Raise("ValueError", "expected ':' after conversion specifier")
				}
				conversion = spec[0]
				spec = strings.TrimPrefix(spec[1:], ":")
			}
			break split
		}
	}
	v, err := b.lookup(name)
	if err != nil {
		return "", err
	}
	if v, err = converted(v, conversion); err != nil {
		return "", err
	}
	if spec, err = b.format(spec, depth-1); err != nil {
		return "", err
	}
	return Format(v, spec)
}

func (b *braceFormatter) lookup(name string) (Value, error) {
	end := strings.IndexAny(name, ".[")
	first, rest := name, ""
	if end >= 0 {
		first, rest = name[:end], name[end:]
	}
	var v Value
	if first == "" || first[0] >= '0' && first[0] <= '9' {
		n := b.next
		if first == "" {
			if b.numbered {
				return nil, Raise("ValueError", "cannot switch from manual field specification to automatic field numbering")
			}
			b.auto = true
			b.next++
		} else {
			if b.auto {
				return nil, Raise("ValueError", "cannot switch from automatic field numbering to manual field specification")
			}
			b.numbered = true
			var err error
			if n, err = strconv.Atoi(first); err != nil {
				return nil, NewException(exceptionClasses["KeyError"], first)
			}
		}
		if n >= len(b.args) {
			return nil, Raise("IndexError", "Replacement index %d out of range for positional args tuple", n)
		}
		v = b.args[n]
	} else {
		var ok bool
		if v, ok = b.keywords(first); !ok {
			return nil, NewException(exceptionClasses["KeyError"], first)
		}
	}
	for rest != "" {
		var err error
		if rest[0] == '.' {
			end := strings.IndexAny(rest[1:], ".[") + 1
			if end == 0 {
				end = len(rest)
			}
			v, err = b.in.attr(v, rest[1:end])
			rest = rest[end:]
		} else {
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, Raise("ValueError", "Missing ']' in format string")
			}
			var key Value = rest[1:end]
			if n, e := strconv.ParseInt(rest[1:end], 10, 64); e == nil {
				key = n
			}
			v, err = index(v, key)
			rest = rest[end+1:]
		}
		if err != nil {
			return nil, err
		}
	}
	return v, nil
}
