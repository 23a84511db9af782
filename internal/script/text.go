package script

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// stringMethods are the methods of str.
func stringMethods() *Methods {
	self := func(c *Call) string { return c.Self.(string) }
	text := func(signature string, f func(string) string) Entry {
		return Entry{Signature: signature, Func: func(c *Call) (Value, error) { return f(self(c)), nil }}
	}
	test := func(signature string, f func(r rune) bool) Entry {
		return Entry{Signature: signature, Func: func(c *Call) (Value, error) {
			s := self(c)
			for _, r := range s {
				if !f(r) {
					return false, nil
				}
			}
			return s != "", nil
		}}
	}
	return NewMethods(
		text("upper()", strings.ToUpper), text("lower()", strings.ToLower), text("casefold()", strings.ToLower),
		text("swapcase()", swapCase), text("title()", titleCase), text("capitalize()", capitalize),
		test("isdigit()", unicode.IsDigit), test("isdecimal()", unicode.IsDigit), test("isnumeric()", unicode.IsNumber),
		test("isalpha()", unicode.IsLetter), test("isalnum()", func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }),
		test("isspace()", unicode.IsSpace),
		Entry{Signature: "isupper()", Func: func(c *Call) (Value, error) {
			s := self(c)
			return strings.ToUpper(s) == s && strings.ToLower(s) != s, nil
		}},
		Entry{Signature: "islower()", Func: func(c *Call) (Value, error) {
			s := self(c)
			return strings.ToLower(s) == s && strings.ToUpper(s) != s, nil
		}},
		Entry{Signature: "isidentifier()", Func: func(c *Call) (Value, error) { return isIdentifier(self(c)), nil }},
		Entry{Signature: "isascii()", Func: func(c *Call) (Value, error) { return ascii(self(c)) == self(c), nil }},
		Entry{Signature: "strip(chars=None, /)", Func: strip(strings.TrimFunc, strings.Trim)},
		Entry{Signature: "lstrip(chars=None, /)", Func: strip(strings.TrimLeftFunc, strings.TrimLeft)},
		Entry{Signature: "rstrip(chars=None, /)", Func: strip(strings.TrimRightFunc, strings.TrimRight)},
		Entry{Signature: "split(sep=None, maxsplit=-1)", Func: func(c *Call) (Value, error) { return splitString(c, false) }},
		Entry{Signature: "rsplit(sep=None, maxsplit=-1)", Func: func(c *Call) (Value, error) { return splitString(c, true) }},
		Entry{Signature: "splitlines(keepends=False)", Func: splitLines},
		Entry{Signature: "join(iterable, /)", Func: joinStrings},
		Entry{Signature: "replace(old, new, count=-1, /)", Func: func(c *Call) (Value, error) {
			old, err := c.String("old")
			if err != nil {
				return nil, err
			}
			replacement, err := c.String("new")
			if err != nil {
				return nil, err
			}
			n, err := c.Int("count")
			return strings.Replace(self(c), old, replacement, int(n)), err
		}},
		Entry{Signature: "startswith(prefix, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return affix(c, "prefix", strings.HasPrefix) }},
		Entry{Signature: "endswith(suffix, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return affix(c, "suffix", strings.HasSuffix) }},
		Entry{Signature: "removeprefix(prefix, /)", Func: func(c *Call) (Value, error) {
			p, err := c.String("prefix")
			return strings.TrimPrefix(self(c), p), err
		}},
		Entry{Signature: "removesuffix(suffix, /)", Func: func(c *Call) (Value, error) {
			p, err := c.String("suffix")
			return strings.TrimSuffix(self(c), p), err
		}},
		Entry{Signature: "find(sub, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return findString(c, strings.Index, false) }},
		Entry{Signature: "rfind(sub, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return findString(c, strings.LastIndex, false) }},
		Entry{Signature: "index(sub, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return findString(c, strings.Index, true) }},
		Entry{Signature: "rindex(sub, start=None, end=None, /)", Func: func(c *Call) (Value, error) { return findString(c, strings.LastIndex, true) }},
		Entry{Signature: "count(sub, start=None, end=None, /)", Func: func(c *Call) (Value, error) {
			part, _, err := window(c)
			if err != nil {
				return nil, err
			}
			sub, err := c.String("sub")
			return int64(strings.Count(part, sub)), err
		}},
		Entry{Signature: "partition(sep, /)", Func: func(c *Call) (Value, error) {
			sep, err := c.String("sep")
			if err != nil {
				return nil, err
			}
			if before, after, found := strings.Cut(self(c), sep); found {
				return NewTuple(before, sep, after), nil
			}
			return NewTuple(self(c), "", ""), nil
		}},
		Entry{Signature: "rpartition(sep, /)", Func: func(c *Call) (Value, error) {
			sep, err := c.String("sep")
			if err != nil {
				return nil, err
			}
			if i := strings.LastIndex(self(c), sep); i >= 0 {
				return NewTuple(self(c)[:i], sep, self(c)[i+len(sep):]), nil
			}
			return NewTuple("", "", self(c)), nil
		}},
		Entry{Signature: "center(width, fillchar=' ', /)", Func: func(c *Call) (Value, error) { return justify(c, '^') }},
		Entry{Signature: "ljust(width, fillchar=' ', /)", Func: func(c *Call) (Value, error) { return justify(c, '<') }},
		Entry{Signature: "rjust(width, fillchar=' ', /)", Func: func(c *Call) (Value, error) { return justify(c, '>') }},
		Entry{Signature: "zfill(width, /)", Func: func(c *Call) (Value, error) {
			n, err := c.Int("width")
			if err != nil || n > maxFormatWidth {
				return nil, c.wrong("width", "a reasonable number")
			}
			s, sign := self(c), ""
			if s != "" && (s[0] == '-' || s[0] == '+') {
				sign, s = s[:1], s[1:]
			}
			missing := int(n) - utf8.RuneCountInString(sign+s)
			return sign + strings.Repeat("0", max(missing, 0)) + s, nil
		}},
		Entry{Signature: "expandtabs(tabsize=8)", Func: expandTabs},
		Entry{Signature: "encode(encoding='utf-8', errors='strict')", Func: func(c *Call) (Value, error) { return Bytes(self(c)), nil }},
		Entry{Signature: "format(*args, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			b := &braceFormatter{in: c.Interp, args: c.Args, keywords: c.Keyword}
			return b.format(self(c), 2)
		}},
		Entry{Signature: "format_map(mapping, /)", Func: func(c *Call) (Value, error) {
			d, ok := c.Arg("mapping").(*Dict)
			if !ok {
				return nil, c.wrong("mapping", "a mapping")
			}
			b := &braceFormatter{in: c.Interp, keywords: d.GetString}
			return b.format(self(c), 2)
		}},
		Entry{Signature: "translate(table, /)", Func: translate},
	)
}

func isIdentifier(s string) bool {
	for i, r := range s {
		if !(r == '_' || unicode.IsLetter(r) || i > 0 && unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

func titleCase(s string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		was := inWord
		inWord = unicode.IsLetter(r)
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToTitle(r)
	}, s)
}

func capitalize(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToTitle(r)) + strings.ToLower(s[size:])
}

func strip(space func(string, func(rune) bool) string, chars func(string, string) string) func(*Call) (Value, error) {
	return func(c *Call) (Value, error) {
		if IsNone(c.Arg("chars")) {
			return space(c.Self.(string), unicode.IsSpace), nil
		}
		set, ok := c.Arg("chars").(string)
		if !ok {
			return nil, Raise("TypeError", "%s arg must be None or str", c.Name)
		}
		return chars(c.Self.(string), set), nil
	}
}

func splitString(c *Call, fromRight bool) (Value, error) {
	s := c.Self.(string)
	limit, err := c.Int("maxsplit")
	if err != nil {
		return nil, err
	}
	var parts []string
	if IsNone(c.Arg("sep")) {
		parts = splitSpace(s, int(limit), fromRight)
	} else {
		sep, err := c.String("sep")
		if err != nil {
			return nil, Raise("TypeError", "must be str or None, not %s", TypeName(c.Arg("sep")))
		}
		if sep == "" {
			return nil, Raise("ValueError", "empty separator")
		}
		switch {
		case limit < 0:
			parts = strings.Split(s, sep)
		case !fromRight:
			parts = strings.SplitN(s, sep, int(limit)+1)
		default:
			for n := int(limit); n > 0; n-- {
				i := strings.LastIndex(s, sep)
				if i < 0 {
					break
				}
				parts = append([]string{s[i+len(sep):]}, parts...)
				s = s[:i]
			}
			parts = append([]string{s}, parts...)
		}
	}
	return stringList(parts), nil
}

func splitSpace(s string, limit int, fromRight bool) []string {
	if limit < 0 {
		return strings.Fields(s)
	}
	var parts []string
	s = strings.TrimFunc(s, unicode.IsSpace)
	for s != "" {
		if len(parts) == limit {
			if fromRight {
				return append([]string{s}, parts...)
			}
			return append(parts, s)
		}
		if fromRight {
			i := strings.LastIndexFunc(s, unicode.IsSpace)
			parts = append([]string{s[i+1:]}, parts...)
			s = strings.TrimRightFunc(s[:max(i, 0)], unicode.IsSpace)
			continue
		}
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			i = len(s)
		}
		parts = append(parts, s[:i])
		s = strings.TrimLeftFunc(s[i:], unicode.IsSpace)
	}
	return parts
}

func stringList(parts []string) *List {
	l := &List{Elts: make([]Value, len(parts))}
	for i, p := range parts {
		l.Elts[i] = p
	}
	return l
}

func splitLines(c *Call) (Value, error) {
	keep, err := c.Bool("keepends")
	if err != nil {
		return nil, err
	}
	var lines []string
	rest := c.Self.(string)
	for rest != "" {
		i := strings.IndexAny(rest, "\r\n")
		if i < 0 {
			lines = append(lines, rest)
			break
		}
		end := i + 1
		if rest[i] == '\r' && end < len(rest) && rest[end] == '\n' {
			end++
		}
		if keep {
			lines = append(lines, rest[:end])
		} else {
			lines = append(lines, rest[:i])
		}
		rest = rest[end:]
	}
	return stringList(lines), nil
}

func joinStrings(c *Call) (Value, error) {
	elts, err := Elements(c.Arg("iterable"))
	if err != nil {
		return nil, Raise("TypeError", "can only join an iterable")
	}
	parts := make([]string, len(elts))
	for i, e := range elts {
		s, ok := e.(string)
		if !ok {
			return nil, Raise("TypeError", "sequence item %d: expected str instance, %s found", i, TypeName(e))
		}
		parts[i] = s
	}
	return strings.Join(parts, c.Self.(string)), nil
}

// window returns the part of the receiver between start and end, and how many characters come before it.
func window(c *Call) (string, int, error) {
	s := c.Self.(string)
	if IsNone(c.Arg("start")) && IsNone(c.Arg("end")) {
		return s, 0, nil
	}
	runes := []rune(s)
	start, _, count, err := (&Slice{c.Arg("start"), c.Arg("end"), None}).SliceIndices(len(runes))
	if err != nil {
		return "", 0, err
	}
	return string(runes[start : start+count]), start, nil
}

func affix(c *Call, name string, has func(s, affix string) bool) (Value, error) {
	part, _, err := window(c)
	if err != nil {
		return nil, err
	}
	switch a := c.Arg(name).(type) {
	case string:
		return has(part, a), nil
	case *Tuple:
		for _, e := range a.Elts {
			if s, ok := e.(string); ok && has(part, s) {
				return true, nil
			}
		}
		return false, nil
	}
	return nil, Raise("TypeError", "%s first arg must be str or a tuple of str, not %s", c.Name, TypeName(c.Arg(name)))
}

func findString(c *Call, find func(s, sub string) int, must bool) (Value, error) {
	part, before, err := window(c)
	if err != nil {
		return nil, err
	}
	sub, err := c.String("sub")
	if err != nil {
		return nil, Raise("TypeError", "must be str, not %s", TypeName(c.Arg("sub")))
	}
	i := find(part, sub)
	if i < 0 {
		if must {
			return nil, Raise("ValueError", "substring not found")
		}
		return int64(-1), nil
	}
	return int64(utf8.RuneCountInString(part[:i]) + before), nil
}

func justify(c *Call, align byte) (Value, error) {
	n, err := c.Int("width")
	if err != nil {
		return nil, err
	}
	fill, err := c.String("fillchar")
	if err != nil || utf8.RuneCountInString(fill) != 1 || n > maxFormatWidth {
		return nil, Raise("TypeError", "The fill character must be exactly one character long")
	}
	r, _ := utf8.DecodeRuneInString(fill)
	text := c.Self.(string)
	if missing := int(n) - utf8.RuneCountInString(text); align == '^' && missing > 0 {
		left := missing/2 + missing&int(n)&1 // CPython's way to share an odd number of blanks
		return strings.Repeat(fill, left) + text + strings.Repeat(fill, missing-left), nil
	}
	return formatSpec{fill: r, align: align, width: int(n)}.pad(text, align), nil
}

func expandTabs(c *Call) (Value, error) {
	size, err := c.Int("tabsize")
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	column := int64(0)
	for _, r := range c.Self.(string) {
		switch r {
		case '\t':
			if size > 0 {
				n := size - column%size
				b.WriteString(strings.Repeat(" ", int(min(n, maxFormatWidth))))
				column += n
			}
			continue
		case '\n', '\r':
			column = -1
		}
		b.WriteRune(r)
		column++
	}
	return b.String(), nil
}

func translate(c *Call) (Value, error) {
	table, ok := c.Arg("table").(*Dict)
	if !ok {
		return nil, c.wrong("table", "a dict")
	}
	var b strings.Builder
	for _, r := range c.Self.(string) {
		v, found, err := table.Get(int64(r))
		if err != nil {
			return nil, err
		}
		switch v := v.(type) {
		case string:
			b.WriteString(v)
		case int64:
			b.WriteRune(rune(v))
		default:
			if !found {
				b.WriteRune(r)
			}
		}
	}
	return b.String(), nil
}

func bytesMethods() *Methods {
	return NewMethods(
		Entry{Signature: "decode(encoding='utf-8', errors='strict')", Func: func(c *Call) (Value, error) {
			s := string(c.Self.(Bytes))
			if !utf8.ValidString(s) {
				return nil, Raise("UnicodeDecodeError", "'utf-8' codec can't decode the bytes")
			}
			return s, nil
		}},
		Entry{Signature: "hex()", Func: func(c *Call) (Value, error) {
			const digits = "0123456789abcdef"
			var b strings.Builder
			for _, x := range []byte(c.Self.(Bytes)) {
				b.WriteByte(digits[x>>4])
				b.WriteByte(digits[x&15])
			}
			return b.String(), nil
		}},
	)
}
