package script

import (
	"fmt"
	"unicode/utf8"

	"synfire/internal/syntax"
	"synfire/units"
)

func iterationBuiltins() []Entry {
	return []Entry{
		{Signature: "len(obj, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) { return length(c.Arg("obj")) }},
		{Signature: "iter(object, sentinel=..., /)", Func: func(c *Call) (Value, error) {
			if !c.Given("sentinel") {
				if g, ok := c.Arg("object").(*Generator); ok {
					return g, nil
				}
				if o, ok := c.Arg("object").(*Instance); ok {
					if v, err := callDunder(o, "__iter__"); v != nil || err != nil {
						return v, err
					}
				}
				return iterator(c.Arg("object"))
			}
			return c.Interp.iterator("callable_iterator", func() (Value, bool, error) {
				v, err := c.Interp.call(c.Interp.frame, c.Arg("object"), nil, nil)
				if err != nil {
					return nil, false, err
				}
				end, err := Equal(v, c.Arg("sentinel"))
				return v, !end, err
			}), nil
		}},
		{Signature: "next(iterator, default=..., /)", Func: func(c *Call) (Value, error) {
			v, more, err := advance(c.Arg("iterator"))
			if err != nil || more {
				return v, err
			}
			if c.Given("default") {
				return c.Arg("default"), nil
			}
			e := NewException(exceptionClasses["StopIteration"])
			if g, ok := c.Arg("iterator").(*Generator); ok && g.result != nil && !IsNone(g.result) {
				e.Args = []Value{g.result}
			}
			return nil, e
		}},
		{Signature: "enumerate(iterable, start=0)", Func: func(c *Call) (Value, error) {
			next, err := Iterate(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			n, err := c.Int("start")
			return c.Interp.iterator("enumerate", func() (Value, bool, error) {
				v, more, err := next()
				if !more || err != nil {
					return nil, false, err
				}
				n++
				return NewTuple(n-1, v), true, nil
			}), err
		}},
		{Signature: "zip(*iterables, strict=False)", Func: zipIterables},
		{Signature: "map(*args)", Func: func(c *Call) (Value, error) {
			if len(c.Args) < 2 {
				return nil, Raise("TypeError", "map() must have at least two arguments.")
			}
			nexts, err := iterateAll(c.Args[1:])
			if err != nil {
				return nil, err
			}
			f, in := c.Args[0], c.Interp
			return c.Interp.iterator("map", func() (Value, bool, error) {
				args := make([]Value, len(nexts))
				for i, next := range nexts {
					v, more, err := next()
					if !more || err != nil {
						return nil, false, err
					}
					args[i] = v
				}
				v, err := in.call(in.frame, f, args, nil)
				return v, err == nil, err
			}), nil
		}},
		{Signature: "filter(function, iterable, /)", Func: func(c *Call) (Value, error) {
			next, err := Iterate(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			f, in := c.Arg("function"), c.Interp
			return c.Interp.iterator("filter", func() (Value, bool, error) {
				for {
					v, more, err := next()
					if !more || err != nil {
						return nil, false, err
					}
					keep := v
					if !IsNone(f) {
						if keep, err = in.call(in.frame, f, []Value{v}, nil); err != nil {
							return nil, false, err
						}
					}
					truth, err := Truth(keep)
					if truth || err != nil {
						return v, truth, err
					}
				}
			}), nil
		}},
		{Signature: "reversed(sequence, /)", Func: reverseSequence},
		{Signature: "sorted(iterable, /, *, key=None, reverse=False)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			reverse, err := c.Bool("reverse")
			if err != nil {
				return nil, err
			}
			sorted, err := c.Interp.sorted(elts, c.Arg("key"), reverse)
			return &List{Elts: sorted}, err
		}},
		{Signature: "sum(iterable, /, start=0)", Func: sumElements},
		{Signature: "min(*args, key=None, default=...)", Func: func(c *Call) (Value, error) { return extreme(c, syntax.Lt) }},
		{Signature: "max(*args, key=None, default=...)", Func: func(c *Call) (Value, error) { return extreme(c, syntax.Gt) }},
		{Signature: "any(iterable, /)", Func: func(c *Call) (Value, error) { return anyTrue(c.Arg("iterable"), true) }},
		{Signature: "all(iterable, /)", Func: func(c *Call) (Value, error) {
			found, err := anyTrue(c.Arg("iterable"), false)
			if found, ok := found.(bool); ok {
				return !found, err
			}
			return found, err
		}},
	}
}

// length is len(v).
func length(v Value) (Value, error) {
	switch v := v.(type) {
	case string:
		return int64(utf8.RuneCountInString(v)), nil
	case Bytes:
		return int64(len(v)), nil
	case *List:
		return int64(len(v.Elts)), nil
	case *Tuple:
		return int64(len(v.Elts)), nil
	case *Dict:
		return int64(v.Len()), nil
	case *Set:
		return int64(v.Len()), nil
	case *dictView:
		return int64(v.dict.Len()), nil
	case *Range:
		return v.Len(), nil
	case units.Quantity:
		return nil, Raise("TypeError", "len() of unsized object")
	case *Unknown:
		if len(v.Shape) > 0 && v.Shape[0] >= 0 {
			return int64(v.Shape[0]), nil
		}
		return &Unknown{What: v.What}, nil
	case *Instance:
		r, err := callDunder(v, "__len__")
		if err != nil {
			return nil, err
		}
		if r != nil {
			n, err := AsIndex(r)
			if err == nil && n < 0 {
				err = Raise("ValueError", "__len__() should return >= 0")
			}
			return n, err
		}
	case Sized:
		n, err := v.Len()
		return int64(n), err
	}
	return nil, Raise("TypeError", "object of type '%s' has no len()", TypeName(v))
}

func iterateAll(values []Value) ([]func() (Value, bool, error), error) {
	nexts := make([]func() (Value, bool, error), len(values))
	for i, v := range values {
		next, err := Iterate(v)
		if err != nil {
			return nil, err
		}
		nexts[i] = next
	}
	return nexts, nil
}

func zipIterables(c *Call) (Value, error) {
	nexts, err := iterateAll(c.Args)
	if err != nil {
		return nil, err
	}
	strict, err := c.Bool("strict")
	return c.Interp.iterator("zip", func() (Value, bool, error) {
		t := &Tuple{Elts: make([]Value, len(nexts))}
		for i, next := range nexts {
			v, more, err := next()
			if err != nil {
				return nil, false, err
			}
			if !more {
				if strict && i > 0 {
					return nil, false, Raise("ValueError", "zip() argument %d is shorter than argument%s", i+1, earlier(i))
				}
				if strict {
					for k, other := range nexts[1:] {
						if _, more, err := other(); more || err != nil {
							if err == nil {
								err = Raise("ValueError", "zip() argument %d is longer than argument%s", k+2, earlier(k+1))
							}
							return nil, false, err
						}
					}
				}
				return nil, false, nil
			}
			t.Elts[i] = v
		}
		return t, len(nexts) > 0, nil
	}), err
}

func earlier(n int) string {
	if n == 1 {
		return " 1"
	}
	return fmt.Sprintf("s 1-%d", n)
}

func reverseSequence(c *Call) (Value, error) {
	v := c.Arg("sequence")
	switch s := v.(type) {
	case *Range:
		n := s.Len()
		return &rangeIterator{s.Start + (n-1)*s.Step, -s.Step, n}, nil
	case *Set, *Generator, *Iterator:
		return nil, Raise("TypeError", "'%s' object is not reversible", TypeName(v))
	case *Instance:
		if r, err := callDunder(s, "__reversed__"); err != nil || r != nil {
			if err != nil {
				return nil, err
			}
			return iterator(r)
		}
	}
	elts, err := Elements(v)
	if err != nil {
		return nil, Raise("TypeError", "'%s' object is not reversible", TypeName(v))
	}
	i := len(elts)
	return c.Interp.iterator("reversed", func() (Value, bool, error) {
		if i == 0 {
			return nil, false, nil
		}
		i--
		return elts[i], true, nil
	}), nil
}

func sumElements(c *Call) (Value, error) {
	total := c.Arg("start")
	if _, ok := total.(string); ok {
		return nil, Raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]")
	}
	next, err := Iterate(c.Arg("iterable"))
	if err != nil {
		return nil, err
	}
	for {
		v, more, err := next()
		if err != nil || !more {
			return total, err
		}
		if err := c.Interp.tick(); err != nil {
			return nil, err
		}
		if total, err = c.Interp.binary(syntax.Add, total, v); err != nil {
			return nil, err
		}
	}
}

// extreme is min or max.
func extreme(c *Call, op syntax.Op) (Value, error) {
	elts := c.Args
	switch len(elts) {
	case 0:
		return nil, Raise("TypeError", "%s expected at least 1 argument, got 0", c.Name)
	case 1:
		var err error
		if elts, err = Elements(c.Args[0]); err != nil {
			return nil, err
		}
	default:
		if c.Given("default") {
			return nil, Raise("TypeError", "Cannot specify a default for %s() with multiple positional arguments", c.Name)
		}
	}
	if len(elts) == 0 {
		if c.Given("default") {
			return c.Arg("default"), nil
		}
		return nil, Raise("ValueError", "%s() arg is an empty sequence", c.Name)
	}
	key := func(v Value) (Value, error) {
		if IsNone(c.Arg("key")) {
			return v, nil
		}
		return c.Interp.call(c.Frame, c.Arg("key"), []Value{v}, nil)
	}
	best := elts[0]
	bestKey, err := key(best)
	if err != nil {
		return nil, err
	}
	for _, e := range elts[1:] {
		k, err := key(e)
		if err != nil {
			return nil, err
		}
		r, err := binary(op, k, bestKey)
		if err != nil {
			return nil, err
		}
		if u, ok := r.(*Unknown); ok {
			return u, nil
		}
		better, err := Truth(r)
		if err != nil {
			return nil, err
		}
		if better {
			best, bestKey = e, k
		}
	}
	return best, nil
}

// anyTrue reports whether an element has the given truth; unknown elements make the answer unknown.
func anyTrue(iterable Value, want bool) (Value, error) {
	next, err := Iterate(iterable)
	if err != nil {
		return nil, err
	}
	for {
		v, more, err := next()
		if err != nil {
			return nil, err
		}
		if !more {
			return false, nil
		}
		if u, ok := v.(*Unknown); ok {
			return u, nil
		}
		truth, err := Truth(v)
		if err != nil {
			return nil, err
		}
		if truth == want {
			return true, nil
		}
	}
}
