package script

import (
	"path/filepath"
	"slices"
	"strings"
)

// argparseModule has the parser of command lines, as far as scripts of simulations use it: options and positional
// arguments with a type, a default, choices, flags, lists and counts.
func argparseModule() *Module {
	parser := NewClass(Entry{Signature: "ArgumentParser(prog=None, usage=None, description=None, epilog=None, parents=None, formatter_class=None, add_help=True, **kwargs)",
		Doc: "Reads the arguments of a script.", Func: func(c *Call) (Value, error) {
			p := &argumentParser{}
			if prog, ok := c.Arg("prog").(string); ok {
				p.program = prog
			} else if argv := c.Interp.config.Argv; len(argv) > 0 {
				p.program = filepath.Base(argv[0])
			}
			p.description, _ = c.Arg("description").(string)
			return p, nil
		}}, func(v Value) bool { _, ok := v.(*argumentParser); return ok })
	namespace := NewClass(Entry{Signature: "Namespace(**kwargs)", Doc: "What a parser has read.", Func: func(c *Call) (Value, error) {
		n := &parsedArguments{dict: NewDict()}
		for _, k := range c.Keywords {
			if err := n.SetAttr(k.Name, k.Value); err != nil {
				return nil, err
			}
		}
		return n, nil
	}}, func(v Value) bool { _, ok := v.(*parsedArguments); return ok })
	m := &Module{Name: "argparse", Doc: "Arguments of scripts.", Entries: []Entry{{Name: "ArgumentParser", Value: parser}, {Name: "Namespace", Value: namespace}}}
	for _, name := range []string{"ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "HelpFormatter", "SUPPRESS"} {
		m.Entries = append(m.Entries, Entry{Name: name, Value: name})
	}
	return m
}

// argument is one that add_argument() has declared.
type argument struct {
	flags    []string // with their dashes; empty for a positional argument
	name     string   // where its value goes
	action   string
	constant Value
	initial  Value
	convert  Value // None for texts
	choices  []Value
	count    string // nargs: "", a number, "?", "*", "+"
	number   int
	required bool
	help     string
}

type argumentParser struct {
	program, description string
	arguments            []*argument
}

// TypeName is Python's name of the class.
func (*argumentParser) TypeName() string { return "ArgumentParser" }

// Attr gives the methods.
func (p *argumentParser) Attr(name string) (any, error) {
	switch name {
	case "add_argument":
		return NewBuiltin(Entry{Signature: "add_argument(*flags, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None)", Func: p.add}), nil
	case "add_argument_group", "add_mutually_exclusive_group":
		return NewBuiltin(Entry{Signature: name + "(*args, **kwargs)", Func: func(*Call) (Value, error) { return p, nil }}), nil
	case "parse_args":
		return NewBuiltin(Entry{Signature: "parse_args(args=None, namespace=None)", Func: func(c *Call) (Value, error) {
			values, rest, err := p.parse(c)
			if err == nil && len(rest) > 0 {
				err = p.fail("unrecognized arguments: %s", strings.Join(rest, " "))
			}
			return values, err
		}}), nil
	case "parse_known_args":
		return NewBuiltin(Entry{Signature: "parse_known_args(args=None, namespace=None)", Func: func(c *Call) (Value, error) {
			values, rest, err := p.parse(c)
			return NewTuple(values, stringList(rest)), err
		}}), nil
	case "print_help", "print_usage":
		return NewBuiltin(Entry{Signature: name + "()", Func: func(c *Call) (Value, error) {
			_, err := c.Interp.stdout.Write([]byte(p.usage()))
			return None, err
		}}), nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (*argumentParser) AttrNames() []string {
	return []string{"add_argument", "add_argument_group", "add_mutually_exclusive_group", "parse_args", "parse_known_args", "print_help", "print_usage"}
}

// fail is the error of arguments that do not fit; it ends a script as SystemExit(2) would.
func (p *argumentParser) fail(format string, args ...any) error {
	m := Raise("ValueError", format, args...)
	m.Hint = strings.TrimSpace(p.usage())
	return m
}

func (p *argumentParser) usage() string {
	text := "usage: " + p.program
	for _, a := range p.arguments {
		word := strings.ToUpper(a.name)
		switch {
		case len(a.flags) == 0:
			text += " " + a.name
		case a.takesNone():
			text += " [" + a.flags[0] + "]"
		default:
			text += " [" + a.flags[0] + " " + word + "]"
		}
	}
	if p.description != "" {
		text += "\n\n" + p.description
	}
	return text + "\n"
}

func (p *argumentParser) add(c *Call) (Value, error) {
	a := &argument{constant: c.Arg("const"), initial: c.Arg("default"), convert: c.Arg("type")}
	for _, v := range c.Args {
		flag, ok := v.(string)
		if !ok {
			return nil, Raise("TypeError", "add_argument() takes names of arguments, not %s", TypeName(v))
		}
		if strings.HasPrefix(flag, "-") {
			a.flags = append(a.flags, flag)
		} else {
			a.name = flag
		}
	}
	if len(a.flags) > 0 {
		long := slices.IndexFunc(a.flags, func(f string) bool { return strings.HasPrefix(f, "--") })
		a.name = strings.ReplaceAll(strings.TrimLeft(a.flags[max(long, 0)], "-"), "-", "_")
	}
	if dest, ok := c.Arg("dest").(string); ok {
		a.name = dest
	}
	if a.name == "" {
		return nil, Raise("TypeError", "add_argument() takes the name of an argument")
	}
	a.action, _ = c.Arg("action").(string)
	switch a.action {
	case "store", "append", "store_const", "count":
	case "store_true":
		a.constant = true
	case "store_false":
		a.constant = false
	default:
		return nil, Raise("ValueError", "unknown action %s", Repr(c.Arg("action")))
	}
	if IsNone(a.initial) && (a.action == "store_true" || a.action == "store_false") {
		a.initial = a.action == "store_false"
	}
	switch n := c.Arg("nargs").(type) {
	case int64:
		a.count, a.number = "n", int(n)
	case string:
		a.count = n
	}
	if v := c.Arg("choices"); !IsNone(v) {
		var err error
		if a.choices, err = Elements(v); err != nil {
			return nil, err
		}
	}
	a.help, _ = c.Arg("help").(string)
	var err error
	if a.required, err = c.Bool("required"); err != nil {
		return nil, err
	}
	p.arguments = append(p.arguments, a)
	return None, nil
}

func (a *argument) takesNone() bool {
	return a.action == "store_true" || a.action == "store_false" || a.action == "store_const" || a.action == "count"
}

// value converts a text as the argument's type says.
func (p *argumentParser) value(c *Call, a *argument, text string) (Value, error) {
	v := Value(text)
	if !IsNone(a.convert) {
		var err error
		if v, err = c.Interp.Call(a.convert, []Value{text}, nil); err != nil {
			return nil, p.fail("argument %s: invalid value: %s", a.label(), Repr(text))
		}
	}
	if a.choices == nil {
		return v, nil
	}
	for _, choice := range a.choices {
		if same, err := Equal(choice, v); err != nil || same {
			return v, err
		}
	}
	var names []string
	for _, choice := range a.choices {
		names = append(names, Repr(choice))
	}
	return nil, p.fail("argument %s: invalid choice: %s (choose from %s)", a.label(), Repr(v), strings.Join(names, ", "))
}

func (a *argument) label() string {
	if len(a.flags) > 0 {
		return strings.Join(a.flags, "/")
	}
	return a.name
}

// parse reads the arguments and returns those that nothing takes.
func (p *argumentParser) parse(c *Call) (*parsedArguments, []string, error) {
	var words []string
	if v := c.Arg("args"); !IsNone(v) {
		elements, err := Elements(v)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range elements {
			words = append(words, Str(e))
		}
	} else if argv := c.Interp.config.Argv; len(argv) > 1 {
		words = argv[1:]
	}
	values := &parsedArguments{dict: NewDict()}
	for _, a := range p.arguments {
		initial := a.initial
		if text, ok := initial.(string); ok {
			var err error
			if initial, err = p.value(c, a, text); err != nil {
				return nil, nil, err
			}
		}
		if err := values.SetAttr(a.name, initial); err != nil {
			return nil, nil, err
		}
	}
	seen := map[*argument]bool{}
	var rest []string
	positional := slices.DeleteFunc(slices.Clone(p.arguments), func(a *argument) bool { return len(a.flags) > 0 })
	for len(words) > 0 {
		word := words[0]
		if word == "-h" || word == "--help" {
			if _, err := c.Interp.stdout.Write([]byte(p.usage())); err != nil {
				return nil, nil, err
			}
			_, err := exitScript(&Call{Interp: c.Interp})
			return nil, nil, err
		}
		a, text, inline := p.option(word)
		switch {
		case a == nil && len(word) > 1 && word[0] == '-' && !isNegativeNumber(word):
			rest, words = append(rest, word), words[1:]
			continue
		case a == nil && len(positional) == 0:
			rest, words = append(rest, word), words[1:]
			continue
		case a == nil:
			a, positional = positional[0], positional[1:]
		default:
			words = words[1:]
			if inline {
				words = append([]string{text}, words...)
			}
		}
		seen[a] = true
		var err error
		if words, err = p.store(c, values, a, words, inline); err != nil {
			return nil, nil, err
		}
	}
	var missing []string
	for _, a := range p.arguments {
		if !seen[a] && (a.required || len(a.flags) == 0 && a.count != "?" && a.count != "*") {
			missing = append(missing, a.label())
		}
	}
	if missing != nil {
		return nil, nil, p.fail("the following arguments are required: %s", strings.Join(missing, ", "))
	}
	return values, rest, nil
}

// option finds the argument of a flag: "-n", "--number", "--number=3", or an unambiguous beginning of a long one.
func (p *argumentParser) option(word string) (a *argument, text string, inline bool) {
	if !strings.HasPrefix(word, "-") {
		return nil, "", false
	}
	flag := word
	if strings.HasPrefix(word, "--") {
		flag, text, inline = strings.Cut(word, "=")
	}
	var begins []*argument
	for _, a := range p.arguments {
		for _, known := range a.flags {
			if known == flag {
				return a, text, inline
			}
			if len(flag) > 2 && strings.HasPrefix(known, flag) {
				begins = append(begins, a)
			}
		}
	}
	if len(begins) == 1 {
		return begins[0], text, inline
	}
	return nil, "", false
}

func isNegativeNumber(word string) bool {
	return len(word) > 1 && word[0] == '-' && (word[1] == '.' || word[1] >= '0' && word[1] <= '9')
}

// store takes the values of an argument from the words and returns those left.
func (p *argumentParser) store(c *Call, values *parsedArguments, a *argument, words []string, inline bool) ([]string, error) {
	if a.takesNone() {
		if a.action != "count" {
			return words, values.SetAttr(a.name, a.constant)
		}
		n, _ := values.dict.GetString(a.name)
		count, _ := n.(int64)
		return words, values.SetAttr(a.name, count+1)
	}
	atMost, atLeast := 1, 1
	switch a.count {
	case "n":
		atMost, atLeast = a.number, a.number
	case "?":
		atLeast = 0
	case "*":
		atMost, atLeast = len(words), 0
	case "+":
		atMost = len(words)
	}
	taken := 0
	for taken < min(atMost, len(words)) && (inline && taken == 0 || !strings.HasPrefix(words[taken], "-") || isNegativeNumber(words[taken])) {
		taken++
	}
	if taken < atLeast {
		return nil, p.fail("argument %s: expected %d argument(s)", a.label(), atLeast)
	}
	list := &List{}
	for _, word := range words[:taken] {
		v, err := p.value(c, a, word)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, v)
	}
	var v Value = list
	switch {
	case a.count == "" || a.count == "?" && taken == 1:
		v = list.Elts[0]
	case a.count == "?":
		v = a.constant
	}
	if a.action == "append" {
		old, _ := values.dict.GetString(a.name)
		all := &List{}
		if before, ok := old.(*List); ok {
			all.Elts = slices.Clone(before.Elts)
		}
		all.Elts = append(all.Elts, v)
		v = all
	}
	return words[taken:], values.SetAttr(a.name, v)
}

// parsedArguments is a Namespace: attributes and nothing else.
type parsedArguments struct{ dict *Dict }

// TypeName is Python's name of the class.
func (*parsedArguments) TypeName() string { return "Namespace" }

// Attr returns a value.
func (n *parsedArguments) Attr(name string) (any, error) {
	if name == "__dict__" {
		return n.dict, nil
	}
	v, _ := n.dict.GetString(name)
	return v, nil
}

// SetAttr sets a value.
func (n *parsedArguments) SetAttr(name string, v any) error {
	n.dict.SetString(name, v)
	return nil
}

// AttrNames lists the names.
func (n *parsedArguments) AttrNames() []string {
	var names []string
	for key := range n.dict.All() {
		names = append(names, Str(key))
	}
	return names
}

// Repr shows the values.
func (n *parsedArguments) Repr() string {
	var parts []string
	for key, v := range n.dict.All() {
		parts = append(parts, Str(key)+"="+Repr(v))
	}
	return "Namespace(" + strings.Join(parts, ", ") + ")"
}
