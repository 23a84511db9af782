package script

import (
	"fmt"
	"strconv"
	"strings"
)

// parameter is one parameter of a Go function's signature.
type parameter struct {
	name     string
	fallback Value // nil for `...`
	required bool
}

// signature is the parameter list of a function written in Go.
type signature struct {
	name       string
	params     []parameter // plain parameters, then keyword-only ones
	posOnly    int         // the first posOnly are positional-only
	plain      int         // how many are not keyword-only
	star       bool        // *args
	doubleStar bool        // **kwargs
}

// parseSignature reads "name(a, b=1, *, c=..., **kwargs)".
func parseSignature(text string) (*signature, error) {
	name, rest, ok := strings.Cut(text, "(")
	if !ok || !strings.HasSuffix(rest, ")") {
		return nil, fmt.Errorf("signature %q: want name(parameters)", text)
	}
	s := &signature{name: strings.TrimSpace(name), plain: -1}
	rest = strings.TrimSpace(strings.TrimSuffix(rest, ")"))
	if rest == "" {
		s.plain = 0
		return s, nil
	}
	for _, piece := range splitParameters(rest) {
		piece = strings.TrimSpace(piece)
		switch {
		case piece == "/":
			s.posOnly = len(s.params)
		case piece == "*":
			s.plain = len(s.params)
		case strings.HasPrefix(piece, "**"):
			s.doubleStar = true
		case strings.HasPrefix(piece, "*"):
			s.star, s.plain = true, len(s.params)
		default:
			p := parameter{name: piece, required: true}
			if i := strings.IndexByte(piece, '='); i >= 0 {
				value, err := parseDefault(strings.TrimSpace(piece[i+1:]))
				if err != nil {
					return nil, fmt.Errorf("signature %q: %w", text, err)
				}
				p = parameter{name: strings.TrimSpace(piece[:i]), fallback: value}
			}
			s.params = append(s.params, p)
		}
	}
	if s.plain < 0 {
		s.plain = len(s.params)
	}
	if len(s.params) > 64 {
		return nil, fmt.Errorf("signature %q: more than 64 parameters", text)
	}
	return s, nil
}

// splitParameters splits at commas outside quotes and brackets.
func splitParameters(text string) []string {
	var pieces []string
	depth, start := 0, 0
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth--
		case c == ',' && depth == 0:
			pieces = append(pieces, text[start:i])
			start = i + 1
		}
	}
	return append(pieces, text[start:])
}

func parseDefault(text string) (Value, error) {
	switch text {
	case "...":
		return nil, nil
	case "None":
		return None, nil
	case "True":
		return true, nil
	case "False":
		return false, nil
	case "()":
		return &Tuple{}, nil
	}
	if n := len(text); n >= 2 && (text[0] == '\'' || text[0] == '"') && text[n-1] == text[0] {
		return strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(text[1 : n-1]), nil
	}
	if i, err := strconv.ParseInt(text, 10, 64); err == nil {
		return i, nil
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x, nil
	}
	if strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")") {
		t := &Tuple{}
		for _, piece := range splitParameters(text[1 : len(text)-1]) {
			v, err := parseDefault(strings.TrimSpace(piece))
			if err != nil {
				return nil, err
			}
			t.Elts = append(t.Elts, v)
		}
		return t, nil
	}
	return nil, fmt.Errorf("default %q is not a literal", text)
}

// keywordNames lists the parameters that a keyword may name.
func (s *signature) keywordNames() []string {
	var names []string
	for _, p := range s.params[s.posOnly:] {
		names = append(names, p.name)
	}
	return names
}

// bind distributes the arguments of a call over the signature, with Python's messages when they do not fit.
func (s *signature) bind(call *Call, extraKeywords []string) error {
	bound := make([]Value, len(s.params))
	args := call.Args
	call.Args = nil
	if s.posOnly == len(s.params) && !s.star && !s.doubleStar {
		if err := s.countPositional(call, len(args)); err != nil {
			return err
		}
	}
	n := min(len(args), s.plain)
	copy(bound, args[:n])
	given := uint64(1)<<uint(n) - 1
	if len(args) > n {
		if !s.star {
			return s.tooMany(len(args))
		}
		call.Args = args[n:]
	}
	var rest []KeywordArg
keywords:
	for _, k := range call.Keywords {
		for i := s.posOnly; i < len(s.params); i++ {
			if s.params[i].name != k.Name {
				continue
			}
			if given&(1<<uint(i)) != 0 {
				return Raise("TypeError", "%s() got multiple values for argument '%s'", s.name, k.Name)
			}
			bound[i], given = k.Value, given|1<<uint(i)
			continue keywords
		}
		if !s.doubleStar {
			return unexpectedKeyword(s.name, k.Name, append(s.keywordNames(), extraKeywords...))
		}
		rest = append(rest, k)
	}
	call.Keywords = rest
	var missing, missingKeyword []string
	for i, p := range s.params {
		if given&(1<<uint(i)) != 0 {
			continue
		}
		if p.required {
			if i < s.plain {
				missing = append(missing, p.name)
			} else {
				missingKeyword = append(missingKeyword, p.name)
			}
		}
		bound[i] = p.fallback
	}
	if len(missing) > 0 {
		return missingArguments(s.name, "positional", missing)
	}
	if len(missingKeyword) > 0 {
		return missingArguments(s.name, "keyword-only", missingKeyword)
	}
	call.signature, call.bound, call.given = s, bound, given
	return nil
}

// countPositional checks the number of arguments of a function that takes only positional ones; Python words its
// errors differently there.
func (s *signature) countPositional(call *Call, n int) error {
	required := 0
	for _, p := range s.params {
		if p.required {
			required++
		}
	}
	if len(call.Keywords) > 0 || n >= required && n <= len(s.params) {
		return nil
	}
	if len(s.params) <= 1 && required == len(s.params) {
		name := s.name
		if call.Self != nil {
			name = TypeName(call.Self) + "." + name
		}
		takes := "exactly one argument"
		if required == 0 {
			takes = "no arguments"
		}
		return Raise("TypeError", "%s() takes %s (%d given)", name, takes, n)
	}
	bound, limit := "", required
	if required < len(s.params) {
		bound = "at least "
		if n > len(s.params) {
			bound, limit = "at most ", len(s.params)
		}
	}
	return Raise("TypeError", "%s expected %s%d argument%s, got %d", s.name, bound, limit, plural(limit), n)
}

func (s *signature) tooMany(n int) error {
	required := 0
	for _, p := range s.params[:s.plain] {
		if p.required {
			required++
		}
	}
	return tooManyArguments(s.name, required, s.plain, n)
}

// tooManyArguments is Python's message about positional arguments beyond the parameters.
func tooManyArguments(name string, required, plain, n int) error {
	takes := fmt.Sprint(plain)
	if required < plain {
		takes = fmt.Sprintf("from %d to %d", required, plain)
	}
	were := "were"
	if n == 1 {
		were = "was"
	}
	return Raise("TypeError", "%s() takes %s positional argument%s but %d %s given", name, takes, plural(plain), n, were)
}

func unexpectedKeyword(function, name string, known []string) error {
	m := Raise("TypeError", "%s() got an unexpected keyword argument '%s'", function, name)
	if near := Nearest(name, known); near != "" {
		m.Hint = fmt.Sprintf("Did you mean '%s'?", near)
	}
	return m
}

func missingArguments(function, kind string, names []string) error {
	for i, n := range names {
		names[i] = "'" + n + "'"
	}
	list := names[0]
	switch n := len(names); {
	case n == 2:
		list = names[0] + " and " + names[1]
	case n > 2:
		list = strings.Join(names[:n-1], ", ") + ", and " + names[n-1]
	}
	return Raise("TypeError", "%s() missing %d required %s argument%s: %s", function, len(names), kind, plural(len(names)), list)
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}
