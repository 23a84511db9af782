package script

import (
	"math"
	"math/big"

	"synfire/internal/syntax"
	"synfire/units"
)

// makeClasses returns the classes of the language's own types, by name.
func (in *Interp) makeClasses() map[string]*Class {
	t := in.tables
	classes := map[string]*Class{"object": objectClass}
	add := func(signature string, methods *Methods, construct func(*Call) (Value, error)) *Class {
		c := NewClass(Entry{Signature: signature, Func: construct}, nil).WithMethods(methods)
		c.Module, c.construct.native = "builtins", true
		if methods != nil {
			c.methods = unbound(methods, c.Name)
		}
		classes[c.Name] = c
		return c
	}
	integer := add("int(x=0, /, base=...)", t.integer, makeInt)
	add("bool(x=False, /)", nil, func(c *Call) (Value, error) { return Truth(c.Arg("x")) }).WithBase(integer)
	add("float(x=0.0, /)", t.float, makeFloat)
	add("complex(real=0.0, imag=0.0)", t.complex, makeComplex)
	add("str(object='', encoding=..., errors=...)", t.str, func(c *Call) (Value, error) {
		if b, ok := c.Arg("object").(Bytes); ok && c.Given("encoding") {
			return string(b), nil
		}
		return str(c.Arg("object"))
	}).construct.takesUnknown = true
	add("bytes(source='', encoding=...)", t.bytes, makeBytes)
	add("list(iterable=(), /)", t.list, func(c *Call) (Value, error) {
		elts, err := Elements(c.Arg("iterable"))
		return &List{Elts: elts}, err
	})
	add("tuple(iterable=(), /)", t.tuple, func(c *Call) (Value, error) {
		if t, ok := c.Arg("iterable").(*Tuple); ok && t.class == nil {
			return t, nil
		}
		elts, err := Elements(c.Arg("iterable"))
		return &Tuple{Elts: elts}, err
	})
	dict := add("dict(other=..., /, **kwargs)", t.dict, func(c *Call) (Value, error) {
		d := NewDict()
		return d, updateDict(c, d)
	})
	dict.construct.takesUnknown = true
	dict.attrs = NewDict()
	dict.attrs.SetString("fromkeys", NewBuiltin(Entry{Signature: "fromkeys(iterable, value=None, /)", Func: func(c *Call) (Value, error) {
		keys, err := Elements(c.Arg("iterable"))
		d := NewDict()
		for _, k := range keys {
			if err := d.Set(k, c.Arg("value")); err != nil {
				return nil, err
			}
		}
		return d, err
	}}))
	add("set(iterable=(), /)", t.set, func(c *Call) (Value, error) {
		s := NewSet()
		return s, extendSet(s, c.Arg("iterable"))
	})
	add("frozenset(iterable=(), /)", t.frozenset, func(c *Call) (Value, error) {
		s := NewSet()
		err := extendSet(s, c.Arg("iterable"))
		s.Frozen = true
		return s, err
	})
	add("range(*args)", t.rangeTable, makeRange)
	add("slice(*args)", nil, makeSlice)
	add("type(object, bases=..., dict=..., /)", nil, func(c *Call) (Value, error) {
		if c.Given("bases") {
			return nil, Raise("TypeError", "type() does not make classes here; write a class statement")
		}
		return in.typeOf(c.Arg("object")), nil
	})
	add("property(fget=None, fset=None, fdel=None, doc=None)", t.property, func(c *Call) (Value, error) {
		orNil := func(v Value) Value {
			if IsNone(v) {
				return nil
			}
			return v
		}
		return &property{get: orNil(c.Arg("fget")), set: orNil(c.Arg("fset")), del: orNil(c.Arg("fdel"))}, nil
	})
	add("staticmethod(function, /)", nil, func(c *Call) (Value, error) {
		return &wrappedMethod{c.Arg("function"), true}, nil
	})
	add("classmethod(function, /)", nil, func(c *Call) (Value, error) {
		return &wrappedMethod{c.Arg("function"), false}, nil
	})
	for _, name := range []string{"NoneType", "function", "module", "generator"} {
		classes[name] = &Class{Name: name, Module: "builtins", Base: objectClass}
	}
	return classes
}

// unbound returns the methods as they are reached through their type.
func unbound(m *Methods, owner string) *Methods {
	u := &Methods{names: m.names, table: make(map[string]*Builtin, len(m.table))}
	for name, b := range m.table {
		method := *b
		method.unboundMethod, method.owner = true, owner
		u.table[name] = &method
	}
	return u
}

// typeOf returns the class of a value.
func (in *Interp) typeOf(v Value) *Class {
	switch v := v.(type) {
	case *Instance:
		return v.Class
	case *Exception:
		return v.Class
	case *Tuple:
		if v.class != nil {
			return v.class
		}
	case *Dict:
		if v.class != nil {
			return v.class
		}
	case Classed:
		return v.ScriptClass()
	}
	name := TypeName(v)
	c := in.classes[name]
	if c == nil {
		c = &Class{Name: name, Base: objectClass}
		in.classes[name] = c
	}
	return c
}

func makeInt(c *Call) (Value, error) {
	x := c.Arg("x")
	if c.Given("base") {
		text, ok := x.(string)
		if !ok {
			return nil, Raise("TypeError", "int() can't convert non-string with explicit base")
		}
		base, err := AsIndex(c.Arg("base"))
		if err != nil {
			return nil, err
		}
		if base != 0 && (base < 2 || base > 36) {
			return nil, Raise("ValueError", "int() base must be >= 2 and <= 36, or 0")
		}
		return parseInt(text, int(base))
	}
	switch v := x.(type) {
	case string:
		return parseInt(v, 10)
	case Bytes:
		return parseInt(string(v), 10)
	case float64:
		return truncated(v)
	case *big.Int:
		return v, nil
	case units.Quantity:
		return truncated(v.Value)
	case Integer:
		n, _, err := v.Int()
		return n, err
	case Floater:
		f, err := v.Float()
		if err != nil {
			return nil, err
		}
		return truncated(f)
	case *Instance:
		for _, name := range []string{"__int__", "__index__", "__trunc__"} {
			if r, err := callDunder(v, name); r != nil || err != nil {
				return r, err
			}
		}
	}
	if n, ok := wholeNumber(x); ok {
		return n, nil
	}
	return nil, Raise("TypeError", "int() argument must be a string, a bytes-like object or a real number, not '%s'", TypeName(x))
}

func makeFloat(c *Call) (Value, error) {
	switch v := c.Arg("x").(type) {
	case string:
		return parseFloat(v)
	case Bytes:
		return parseFloat(string(v))
	default:
		x, err := AsFloat(v)
		if err != nil && rank(v) == 0 {
			if _, foreign := v.(Floater); !foreign {
				return nil, Raise("TypeError", "float() argument must be a string or a real number, not '%s'", TypeName(v))
			}
		}
		return x, err
	}
}

func makeComplex(c *Call) (Value, error) {
	if s, ok := c.Arg("real").(string); ok {
		return parseComplex(s)
	}
	part := func(name string) (complex128, error) {
		v := c.Arg(name)
		if z, ok := v.(complex128); ok {
			return z, nil
		}
		x, err := AsFloat(v)
		return complex(x, 0), err
	}
	re, err := part("real")
	if err != nil {
		return nil, err
	}
	im, err := part("imag")
	if !c.Given("imag") {
		return re, err
	}
	return complex(real(re)-imag(im), imag(re)+real(im)), err
}

func parseComplex(text string) (Value, error) {
	x, err := parseFloat(text)
	if err != nil {
		return nil, Raise("ValueError", "complex() arg is a malformed string")
	}
	return complex(x, 0), nil
}

func makeBytes(c *Call) (Value, error) {
	switch v := c.Arg("source").(type) {
	case string:
		if !c.Given("encoding") && v != "" {
			return nil, Raise("TypeError", "string argument without an encoding")
		}
		return Bytes(v), nil
	case Bytes:
		return v, nil
	case int64:
		if v < 0 || v > maxRepeated {
			return nil, Raise("ValueError", "negative count")
		}
		return Bytes(make([]byte, v)), nil
	default:
		elts, err := Elements(v)
		if err != nil {
			return nil, err
		}
		b := make([]byte, len(elts))
		for i, e := range elts {
			n, err := AsIndex(e)
			if err != nil {
				return nil, err
			}
			if n < 0 || n > 255 {
				return nil, Raise("ValueError", "bytes must be in range(0, 256)")
			}
			b[i] = byte(n)
		}
		return Bytes(b), nil
	}
}

func makeRange(c *Call) (Value, error) {
	if len(c.Args) == 0 || len(c.Args) > 3 {
		if len(c.Args) == 0 {
			return nil, Raise("TypeError", "range expected at least 1 argument, got 0")
		}
		return nil, Raise("TypeError", "range expected at most 3 arguments, got %d", len(c.Args))
	}
	n := make([]int64, len(c.Args))
	for i, a := range c.Args {
		var err error
		if n[i], err = AsIndex(a); err != nil {
			return nil, err
		}
	}
	r := &Range{Step: 1}
	switch len(n) {
	case 1:
		r.Stop = n[0]
	default:
		r.Start, r.Stop = n[0], n[1]
		if len(n) == 3 {
			r.Step = n[2]
		}
	}
	if r.Step == 0 {
		return nil, Raise("ValueError", "range() arg 3 must not be zero")
	}
	return r, nil
}

func makeSlice(c *Call) (Value, error) {
	switch a := c.Args; len(a) {
	case 1:
		return &Slice{None, a[0], None}, nil
	case 2:
		return &Slice{a[0], a[1], None}, nil
	case 3:
		return &Slice{a[0], a[1], a[2]}, nil
	}
	return nil, Raise("TypeError", "slice expected 1 to 3 arguments, got %d", len(c.Args))
}

func complexAbs(z complex128) float64 { return math.Hypot(real(z), imag(z)) }

// binary applies an operator; a quantity and a sequence give an array, if the configuration knows how.
func (in *Interp) binary(op syntax.Op, x, y Value) (Value, error) {
	v, err := binary(op, x, y)
	if err == errNeedsArray {
		if in.config.ArrayOperator != nil {
			return in.config.ArrayOperator(op, x, y)
		}
		err = unsupported(op, x, y)
	}
	return v, err
}

func (in *Interp) inPlace(op syntax.Op, x, y Value) (Value, error) {
	v, err := inPlace(op, x, y)
	if err == errNeedsArray && in.config.ArrayOperator != nil {
		return in.config.ArrayOperator(op, x, y)
	}
	return v, err
}
