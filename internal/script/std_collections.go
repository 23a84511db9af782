package script

import (
	"slices"
	"strings"

	"synfire/internal/syntax"
)

func collectionsModule(in *Interp) *Module {
	dictClass := in.classes["dict"]
	class := func(signature string, more []Entry, construct func(c *Call, k *Class) (Value, error)) *Class {
		var k *Class
		k = NewClass(Entry{Signature: signature, TakesUnknown: true, Func: func(c *Call) (Value, error) { return construct(c, k) }}, nil)
		k.Base, k.Module, k.methods = dictClass, "collections", unbound(dictMethods(more), k.Name)
		in.classes[k.Name] = k
		return k
	}
	ordered := class("OrderedDict(other=..., /, **kwargs)", nil, func(c *Call, k *Class) (Value, error) {
		d := NewDict()
		d.class = k
		return d, updateDict(c, d)
	})
	defaulted := class("defaultdict(default_factory=None, other=..., /, **kwargs)", nil, func(c *Call, k *Class) (Value, error) {
		d := NewDict()
		d.class = &Class{Name: k.Name, Module: k.Module, Base: k, interp: c.Interp}
		if f := c.Arg("default_factory"); !IsNone(f) {
			if !isCallable(f) {
				return nil, Raise("TypeError", "first argument must be callable or None")
			}
			d.factory = f
		}
		return d, updateDict(c, d)
	})
	counter := class("Counter(other=..., /, **kwargs)", counterMethods(), func(c *Call, k *Class) (Value, error) {
		d := NewDict()
		d.class = k
		return d, count(c, d, 1)
	})
	return &Module{Name: "collections", Entries: []Entry{
		{Name: "OrderedDict", Value: ordered}, {Name: "defaultdict", Value: defaulted}, {Name: "Counter", Value: counter},
		{Signature: "namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)", Func: namedTuple},
		{Name: "deque", Value: newDequeClass()},
	}}
}

// count adds what a Counter is given: a mapping of counts, or elements to count.
func count(c *Call, d *Dict, sign int64) error {
	add := func(key, n Value) error {
		old, _, err := d.Get(key)
		if err != nil {
			return err
		}
		if old == nil {
			old = int64(0)
		}
		op := syntax.Add
		if sign < 0 {
			op = syntax.Sub
		}
		v, err := binary(op, old, n)
		if err != nil {
			return err
		}
		return d.Set(key, v)
	}
	if other := c.Arg("other"); !IsNone(other) {
		if m, ok := other.(*Dict); ok {
			for k, n := range m.All() {
				if err := add(k, n); err != nil {
					return err
				}
			}
		} else {
			elts, err := Elements(other)
			if err != nil {
				return err
			}
			for _, e := range elts {
				if err := add(e, int64(1)); err != nil {
					return err
				}
			}
		}
	}
	for _, k := range c.Keywords {
		if err := add(k.Name, k.Value); err != nil {
			return err
		}
	}
	return nil
}

// mostCommon returns a Counter's entries, the largest counts first, equal ones in order of insertion.
func mostCommon(d *Dict) []dictEntry {
	var entries []dictEntry
	for _, e := range d.entries {
		if e.key != nil {
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b dictEntry) int {
		if more, err := less(b.value, a.value); more && err == nil {
			return -1
		}
		if fewer, err := less(a.value, b.value); fewer && err == nil {
			return 1
		}
		return 0
	})
	return entries
}

func counterMethods() []Entry {
	self := func(c *Call) *Dict { return c.Self.(*Dict) }
	return []Entry{
		{Signature: "most_common(n=None)", Func: func(c *Call) (Value, error) {
			entries := mostCommon(self(c))
			if !IsNone(c.Arg("n")) {
				n, err := c.Int("n")
				if err != nil {
					return nil, err
				}
				entries = entries[:min(max(int(n), 0), len(entries))]
			}
			l := &List{}
			for _, e := range entries {
				l.Elts = append(l.Elts, NewTuple(e.key, e.value))
			}
			return l, nil
		}},
		{Signature: "elements()", Func: func(c *Call) (Value, error) {
			l := &List{}
			for k, v := range self(c).All() {
				n, _ := wholeNumber(v)
				for range min(max(n, 0), maxRepeated) {
					l.Elts = append(l.Elts, k)
				}
			}
			return iterator(l)
		}},
		{Signature: "total()", Func: func(c *Call) (Value, error) {
			var total Value = int64(0)
			var err error
			for _, v := range self(c).All() {
				if total, err = binary(syntax.Add, total, v); err != nil {
					return nil, err
				}
			}
			return total, nil
		}},
		{Signature: "update(other=..., /, **kwargs)", Func: func(c *Call) (Value, error) { return None, count(c, self(c), 1) }},
		{Signature: "subtract(other=..., /, **kwargs)", Func: func(c *Call) (Value, error) { return None, count(c, self(c), -1) }},
	}
}

// counterBinary adds or subtracts counters and keeps what is positive.
func counterBinary(op syntax.Op, x, y *Dict) (Value, error) {
	if op != syntax.Add && op != syntax.Sub {
		return nil, nil
	}
	result := x.Copy()
	for k, v := range y.All() {
		old, err := result.item(k)
		if err != nil {
			return nil, err
		}
		sum, err := binary(op, old, v)
		if err != nil {
			return nil, err
		}
		if err := result.Set(k, sum); err != nil {
			return nil, err
		}
	}
	positive := &Dict{index: map[any]int{}, class: x.class}
	for _, e := range result.entries {
		if e.key == nil {
			continue
		}
		if more, err := less(int64(0), e.value); more && err == nil {
			positive.set(e.hash, e.key, e.value)
		}
	}
	return positive, nil
}

func namedTuple(c *Call) (Value, error) {
	name, err := c.String("typename")
	if err != nil {
		return nil, err
	}
	var fields []string
	if text, ok := c.Arg("field_names").(string); ok {
		fields = strings.Fields(strings.ReplaceAll(text, ",", " "))
	} else {
		elts, err := Elements(c.Arg("field_names"))
		if err != nil {
			return nil, err
		}
		for _, e := range elts {
			fields = append(fields, Str(e))
		}
	}
	s := &signature{name: name + ".__new__", plain: len(fields)}
	for i, f := range fields {
		if !isIdentifier(f) || syntax.IsKeyword(f) {
			return nil, Raise("ValueError", "Type names and field names must be valid identifiers: %s", Repr(f))
		}
		if strings.HasPrefix(f, "_") {
			return nil, Raise("ValueError", "Field names cannot start with an underscore: %s", Repr(f))
		}
		if slices.Contains(fields[:i], f) {
			return nil, Raise("ValueError", "Encountered duplicate field name: %s", Repr(f))
		}
		s.params = append(s.params, parameter{name: f, required: true})
	}
	if !IsNone(c.Arg("defaults")) {
		defaults, err := Elements(c.Arg("defaults"))
		if err != nil {
			return nil, err
		}
		if len(defaults) > len(fields) {
			return nil, Raise("TypeError", "Got more default values than field names")
		}
		for i, v := range defaults {
			s.params[len(fields)-len(defaults)+i] = parameter{name: fields[len(fields)-len(defaults)+i], fallback: v}
		}
	}
	if len(fields) > 64 {
		return nil, Raise("ValueError", "a namedtuple has at most 64 fields here")
	}
	module := "__main__"
	if c.Frame != nil {
		module = c.Frame.module.ModuleName
	}
	if fields == nil {
		fields = []string{}
	}
	return &Class{Name: name, qualname: name, Module: module, Base: c.Interp.classes["tuple"], fields: fields, signature: s, interp: c.Interp}, nil
}

func functoolsModule() *Module {
	return &Module{Name: "functools", Entries: []Entry{
		{Signature: "reduce(function, iterable, initial=..., /)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			total := c.Arg("initial")
			if total == nil {
				if len(elts) == 0 {
					return nil, Raise("TypeError", "reduce() of empty iterable with no initial value")
				}
				total, elts = elts[0], elts[1:]
			}
			for _, e := range elts {
				if total, err = c.Interp.call(c.Frame, c.Arg("function"), []Value{total, e}, nil); err != nil {
					return nil, err
				}
			}
			return total, nil
		}},
		{Signature: "partial(func, /, *args, **keywords)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			f, args, keywords := c.Arg("func"), c.Args, c.Keywords
			if !isCallable(f) {
				return nil, Raise("TypeError", "the first argument must be callable")
			}
			return NewBuiltin(Entry{Signature: "partial(*args, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
				all := slices.Clone(keywords)
				for _, k := range c.Keywords {
					if i := slices.IndexFunc(all, func(old KeywordArg) bool { return old.Name == k.Name }); i >= 0 {
						all[i].Value = k.Value
					} else {
						all = append(all, k)
					}
				}
				return c.Interp.call(c.Frame, f, append(slices.Clone(args), c.Args...), all)
			}}), nil
		}},
		{Signature: "wraps(wrapped, *args, **kwargs)", Func: func(c *Call) (Value, error) {
			wrapped := c.Arg("wrapped")
			return NewBuiltin(Entry{Signature: "update_wrapper(wrapper, /)", Func: func(c *Call) (Value, error) {
				f, ok := c.Arg("wrapper").(*Function)
				if old, isFunction := wrapped.(*Function); ok && isFunction {
					f.Name, f.Doc = old.Name, old.Doc
				}
				if ok {
					return f, c.Interp.setAttr(f, "__wrapped__", wrapped)
				}
				return c.Arg("wrapper"), nil
			}}), nil
		}},
		{Signature: "lru_cache(maxsize=128, typed=False)", Func: func(c *Call) (Value, error) {
			if isCallable(c.Arg("maxsize")) {
				return cached(c.Arg("maxsize")), nil
			}
			return NewBuiltin(Entry{Signature: "decorator(f, /)", Func: func(c *Call) (Value, error) { return cached(c.Arg("f")), nil }}), nil
		}},
		{Signature: "cache(f, /)", Func: func(c *Call) (Value, error) { return cached(c.Arg("f")), nil }},
		{Signature: "cmp_to_key(f, /)", Func: func(c *Call) (Value, error) {
			f := c.Arg("f")
			return NewBuiltin(Entry{Signature: "K(obj, /)", Func: func(c *Call) (Value, error) {
				return &comparisonKey{f, c.Arg("obj"), c.Interp}, nil
			}}), nil
		}},
	}}
}

// cached remembers the results of a function by its arguments.
func cached(f Value) Value {
	results := NewDict()
	return NewBuiltin(Entry{Signature: "cached(*args, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
		key := NewTuple(NewTuple(c.Args...))
		for _, k := range c.Keywords {
			key.Elts = append(key.Elts, NewTuple(k.Name, k.Value))
		}
		v, ok, err := results.Get(key)
		if ok || err != nil {
			return v, err
		}
		if v, err = c.Interp.call(c.Frame, f, c.Args, c.Keywords); err != nil {
			return nil, err
		}
		return v, results.Set(key, v)
	}})
}

// comparisonKey orders values by a three-way comparison function.
type comparisonKey struct {
	f, value Value
	in       *Interp
}

// Binary compares two keys.
func (k *comparisonKey) Binary(op syntax.Op, other any, _ bool) (any, error) {
	o, ok := other.(*comparisonKey)
	if !ok {
		return nil, nil
	}
	r, err := k.in.call(k.in.frame, k.f, []Value{k.value, o.value}, nil)
	if err != nil {
		return nil, err
	}
	return binary(op, r, int64(0))
}

func operatorModule() *Module {
	m := &Module{Name: "operator"}
	for name, op := range map[string]syntax.Op{"add": syntax.Add, "sub": syntax.Sub, "mul": syntax.Mul, "truediv": syntax.Div,
		"floordiv": syntax.FloorDiv, "mod": syntax.Mod, "pow": syntax.Pow, "eq": syntax.Eq, "ne": syntax.NotEq, "lt": syntax.Lt, "le": syntax.LtEq,
		"gt": syntax.Gt, "ge": syntax.GtEq, "and_": syntax.BitAnd, "or_": syntax.BitOr, "xor": syntax.BitXor} {
		m.Entries = append(m.Entries, Entry{Signature: name + "(a, b, /)", Func: func(c *Call) (Value, error) {
			return c.Interp.binary(op, c.Arg("a"), c.Arg("b"))
		}})
	}
	getter := func(signature string, get func(in *Interp, v, key Value) (Value, error)) Entry {
		return Entry{Signature: signature, Func: func(c *Call) (Value, error) {
			keys := c.Args
			if len(keys) == 0 {
				return nil, Raise("TypeError", "%s expected 1 argument, got 0", c.Name)
			}
			return NewBuiltin(Entry{Signature: c.Name + "(obj, /)", Func: func(c *Call) (Value, error) {
				t := &Tuple{}
				for _, k := range keys {
					v, err := get(c.Interp, c.Arg("obj"), k)
					if err != nil {
						return nil, err
					}
					t.Elts = append(t.Elts, v)
				}
				if len(keys) == 1 {
					return t.Elts[0], nil
				}
				return t, nil
			}}), nil
		}}
	}
	m.Entries = append(m.Entries,
		Entry{Signature: "neg(a, /)", Func: func(c *Call) (Value, error) { return unary(syntax.Neg, c.Arg("a")) }},
		getter("itemgetter(*items)", func(_ *Interp, v, key Value) (Value, error) { return index(v, key) }),
		getter("attrgetter(*attrs)", func(in *Interp, v, key Value) (Value, error) {
			for _, part := range strings.Split(Str(key), ".") {
				var err error
				if v, err = in.attr(v, part); err != nil {
					return nil, err
				}
			}
			return v, nil
		}))
	return m
}
