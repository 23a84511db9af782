package script

import (
	"fmt"
	"hash/fnv"
	"io"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"

	"synfire/internal/syntax"
	"synfire/units"
)

// makeBuiltins returns the names that are visible everywhere.
func (in *Interp) makeBuiltins() map[string]Value {
	names := map[string]Value{"NotImplemented": notImplementedType{}, "Ellipsis": Ellipsis, "__debug__": true}
	for name, c := range in.classes {
		switch name {
		case "NoneType", "function", "module", "generator":
		default:
			names[name] = c
		}
	}
	for name, c := range exceptionClasses {
		if c.Module == "builtins" && !brianExceptions[name] {
			names[name] = c
		}
	}
	names["IOError"], names["EnvironmentError"] = exceptionClasses["OSError"], exceptionClasses["OSError"]
	for _, table := range [][]Entry{outputBuiltins(), numberBuiltins(), iterationBuiltins(), reflectionBuiltins()} {
		for _, e := range table {
			b := newBuiltin(e)
			b.Module, b.native = "builtins", true
			names[b.Name] = b
		}
	}
	return names
}

// brianExceptions are the exception classes that a script sees only after an import.
var brianExceptions = map[string]bool{"DimensionMismatchError": true, "BrianObjectException": true, "MagicError": true, "TooManySteps": true,
	"EquationError": true, "UnsupportedEquationsException": true, "IntegrationError": true}

func outputBuiltins() []Entry {
	return []Entry{
		{Signature: "print(*args, sep=' ', end='\\n', file=None, flush=False)", TakesUnknown: true, Func: printValues,
			Doc: "Write values to the output, separated by sep and followed by end."},
		{Signature: "input(prompt='', /)", Func: func(*Call) (Value, error) {
			return nil, Raise("RuntimeError", "input() is not supported: a script runs from its file alone; write the value into it")
		}},
		{Signature: "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None)", Func: openFile},
		{Signature: "format(value, format_spec='', /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			spec, err := c.String("format_spec")
			if err != nil {
				return nil, err
			}
			return Format(c.Arg("value"), spec)
		}},
		{Signature: "repr(obj, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) { return repr(c.Arg("obj")) }},
		{Signature: "ascii(obj, /)", Func: func(c *Call) (Value, error) { return converted(c.Arg("obj"), 'a') }},
		{Signature: "exit(code=None, /)", Func: exitScript},
		{Signature: "quit(code=None, /)", Func: exitScript},
		{Signature: "help(object=None, /)", Func: func(c *Call) (Value, error) {
			doc, err := c.Interp.attr(c.Arg("object"), "__doc__")
			if err != nil {
				return nil, err
			}
			_, err = fmt.Fprintf(c.Interp.stdout, "%s\n\n%s\n", plainRepr(c.Arg("object")), Str(doc))
			return None, err
		}},
		{Signature: "breakpoint()", Func: func(*Call) (Value, error) {
			return nil, Raise("RuntimeError", "breakpoint() is not supported: there is no debugger here")
		}},
	}
}

func exitScript(c *Call) (Value, error) {
	e := NewException(exceptionClasses["SystemExit"])
	if code := c.Arg("code"); !IsNone(code) {
		e.Args = []Value{code}
	}
	return nil, e
}

func printValues(c *Call) (Value, error) {
	text := func(name, fallback string) (string, error) {
		v := c.Arg(name)
		if IsNone(v) {
			return fallback, nil
		}
		s, ok := v.(string)
		if !ok {
			return "", Raise("TypeError", "%s must be None or a string, not %s", name, TypeName(v))
		}
		return s, nil
	}
	sep, err := text("sep", " ")
	if err != nil {
		return nil, err
	}
	end, err := text("end", "\n")
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for i, v := range c.Args {
		if i > 0 {
			b.WriteString(sep)
		}
		s, err := str(v)
		if err != nil {
			return nil, err
		}
		b.WriteString(s)
	}
	b.WriteString(end)
	if file := c.Arg("file"); !IsNone(file) {
		write, err := c.Interp.attr(file, "write")
		if err != nil {
			return nil, err
		}
		return c.Interp.call(c.Frame, write, []Value{b.String()}, nil)
	}
	if _, err := io.WriteString(c.Interp.stdout, b.String()); err != nil {
		return nil, Raise("OSError", "cannot print: %v", err)
	}
	return None, nil
}

func numberBuiltins() []Entry {
	return []Entry{
		{Signature: "abs(x, /)", Func: func(c *Call) (Value, error) { return absolute(c.Arg("x")) }},
		{Signature: "round(number, ndigits=None)", Func: roundNumber},
		{Signature: "pow(base, exp, mod=None)", Func: func(c *Call) (Value, error) {
			if !IsNone(c.Arg("mod")) {
				return modularPower(c.Arg("base"), c.Arg("exp"), c.Arg("mod"))
			}
			return c.Interp.binary(syntax.Pow, c.Arg("base"), c.Arg("exp"))
		}},
		{Signature: "divmod(x, y, /)", Func: divideWithRest},
		{Signature: "hash(obj, /)", Func: func(c *Call) (Value, error) { return hashValue(c.Arg("obj")) }},
		{Signature: "id(obj, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			n, err := strconv.ParseInt(fmt.Sprintf("%p", c.Arg("obj")), 0, 64)
			if err != nil {
				return hashValue(Repr(c.Arg("obj")))
			}
			return n, nil
		}},
		{Signature: "chr(i, /)", Func: func(c *Call) (Value, error) {
			n, err := AsIndex(c.Arg("i"))
			if err == nil && (n < 0 || n > utf8.MaxRune) {
				err = Raise("ValueError", "chr() arg not in range(0x110000)")
			}
			return string(rune(n)), err
		}},
		{Signature: "ord(c, /)", Func: func(c *Call) (Value, error) {
			s, ok := c.Arg("c").(string)
			if !ok {
				return nil, Raise("TypeError", "ord() expected string of length 1, but %s found", TypeName(c.Arg("c")))
			}
			if n := utf8.RuneCountInString(s); n != 1 {
				return nil, Raise("TypeError", "ord() expected a character, but string of length %d found", n)
			}
			r, _ := utf8.DecodeRuneInString(s)
			return int64(r), nil
		}},
		inBase("hex", 'x'), inBase("oct", 'o'), inBase("bin", 'b'),
	}
}

func inBase(name string, kind byte) Entry {
	return Entry{Signature: name + "(number, /)", Func: func(c *Call) (Value, error) {
		v := c.Arg("number")
		if rank(v) == 0 || rank(v) > 2 {
			n, err := AsIndex(v)
			if err != nil {
				return nil, err
			}
			v = n
		}
		return formatSpec{fill: ' ', sign: '-', precision: -1, alternate: true, kind: kind}.formatInt(toBig(v), "int")
	}}
}

func absolute(v Value) (Value, error) {
	switch x := v.(type) {
	case bool:
		n, _ := wholeNumber(x)
		return n, nil
	case int64, *big.Int:
		return normal(new(big.Int).Abs(toBig(x))), nil
	case float64:
		return max(x, -x), nil
	case complex128:
		return complexAbs(x), nil
	case units.Quantity:
		return x.Abs(), nil
	case *Instance:
		if r, err := callDunder(x, "__abs__"); r != nil || err != nil {
			return r, err
		}
	case Absoluter:
		return x.Abs()
	}
	return nil, Raise("TypeError", "bad operand type for abs(): '%s'", TypeName(v))
}

func roundNumber(c *Call) (Value, error) {
	v, digits := c.Arg("number"), c.Arg("ndigits")
	n := int64(0)
	if !IsNone(digits) {
		var err error
		if n, err = AsIndex(digits); err != nil {
			return nil, err
		}
	}
	switch x := v.(type) {
	case bool, int64, *big.Int:
		return roundInt(toBig(x), n), nil
	case float64:
		if IsNone(digits) {
			return truncated(roundDigits(x, 0))
		}
		return roundDigits(x, int(n)), nil
	case *Instance:
		var args []Value
		if !IsNone(digits) {
			args = []Value{n}
		}
		if r, err := callDunder(x, "__round__", args...); r != nil || err != nil {
			return r, err
		}
	case Rounder:
		if r, err := x.Round(n); r != nil || err != nil {
			return r, err
		}
	}
	return nil, Raise("TypeError", "type %s doesn't define __round__ method", TypeName(v))
}

func modularPower(base, exp, mod Value) (Value, error) {
	for _, v := range []Value{base, exp, mod} {
		if r := rank(v); r == 0 || r > 2 {
			return nil, Raise("TypeError", "pow() 3rd argument not allowed unless all arguments are integers")
		}
	}
	m := toBig(mod)
	if m.Sign() == 0 {
		return nil, Raise("ValueError", "pow() 3rd argument cannot be 0")
	}
	r := new(big.Int).Exp(new(big.Int).Mod(toBig(base), new(big.Int).Abs(m)), toBig(exp), new(big.Int).Abs(m))
	if r == nil {
		return nil, Raise("ValueError", "base is not invertible for the given modulus")
	}
	if r.Sign() != 0 && m.Sign() < 0 {
		r.Add(r, m)
	}
	return normal(r), nil
}

func divideWithRest(c *Call) (Value, error) {
	x, y := c.Arg("x"), c.Arg("y")
	if rank(x) == 3 && rank(y) > 0 || rank(y) == 3 && rank(x) > 0 {
		b, err := toFloat(y)
		if err != nil {
			return nil, err
		}
		if b == 0 {
			return nil, Raise("ZeroDivisionError", "float divmod()")
		}
	}
	q, err := c.Interp.binary(syntax.FloorDiv, x, y)
	if err != nil {
		return nil, err
	}
	r, err := c.Interp.binary(syntax.Mod, x, y)
	return NewTuple(q, r), err
}

func hashValue(v Value) (Value, error) {
	h, err := hashKey(v)
	if err != nil {
		return nil, err
	}
	switch h := h.(type) {
	case int64:
		return h, nil
	case hashedKey:
		return h.hash, nil
	}
	f := fnv.New64a()
	fmt.Fprintf(f, "%T%v", h, h)
	return int64(f.Sum64() >> 1), nil
}
