package script

import (
	"slices"
	"sort"
	"strings"

	"synfire/internal/syntax"
)

// sequenceMethods are those of tuple and range.
func sequenceMethods() *Methods {
	return NewMethods(
		Entry{Signature: "count(value, /)", Func: countElements},
		Entry{Signature: "index(value, start=0, stop=None, /)", Func: indexOfElement},
	)
}

func tupleMethods() *Methods { return sequenceMethods() }

func countElements(c *Call) (Value, error) {
	elts, err := Elements(c.Self)
	if err != nil {
		return nil, err
	}
	n := int64(0)
	for _, e := range elts {
		equal, err := same(e, c.Arg("value"))
		if err != nil {
			return nil, err
		}
		if equal {
			n++
		}
	}
	return n, nil
}

func indexOfElement(c *Call) (Value, error) {
	elts, err := Elements(c.Self)
	if err != nil {
		return nil, err
	}
	start, _, count, err := (&Slice{c.Arg("start"), c.Arg("stop"), None}).SliceIndices(len(elts))
	if err != nil {
		return nil, err
	}
	for i := start; i < start+count; i++ {
		equal, err := same(elts[i], c.Arg("value"))
		if err != nil {
			return nil, err
		}
		if equal {
			return int64(i), nil
		}
	}
	if _, ok := c.Self.(*Tuple); ok {
		return nil, Raise("ValueError", "tuple.index(x): x not in tuple")
	}
	return nil, Raise("ValueError", "%s is not in %s", Repr(c.Arg("value")), TypeName(c.Self))
}

func listMethods() *Methods {
	self := func(c *Call) *List { return c.Self.(*List) }
	return NewMethods(
		Entry{Signature: "append(object, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			self(c).Elts = append(self(c).Elts, c.Arg("object"))
			return None, nil
		}},
		Entry{Signature: "extend(iterable, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			if u, ok := c.Arg("iterable").(*Unknown); ok {
				self(c).Elts = append(self(c).Elts, u)
				return None, nil
			}
			elts, err := Elements(c.Arg("iterable"))
			self(c).Elts = append(self(c).Elts, elts...)
			return None, err
		}},
		Entry{Signature: "insert(index, object, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			n, err := c.Int("index")
			if err != nil {
				return nil, err
			}
			length := int64(len(self(c).Elts))
			if n < 0 {
				n += length
			}
			n = min(max(n, 0), length)
			self(c).Elts = slices.Insert(self(c).Elts, int(n), c.Arg("object"))
			return None, nil
		}},
		Entry{Signature: "pop(index=-1, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			l := self(c)
			if len(l.Elts) == 0 {
				return nil, Raise("IndexError", "pop from empty list")
			}
			n, err := position(c.Arg("index"), len(l.Elts), "pop", "list")
			if err != nil {
				return nil, err
			}
			v := l.Elts[n]
			l.Elts = slices.Delete(l.Elts, n, n+1)
			return v, nil
		}},
		Entry{Signature: "remove(value, /)", Func: func(c *Call) (Value, error) {
			for i, e := range self(c).Elts {
				equal, err := same(e, c.Arg("value"))
				if err != nil {
					return nil, err
				}
				if equal {
					self(c).Elts = slices.Delete(self(c).Elts, i, i+1)
					return None, nil
				}
			}
			return nil, Raise("ValueError", "list.remove(x): x not in list")
		}},
		Entry{Signature: "clear()", TakesUnknown: true, Func: func(c *Call) (Value, error) { self(c).Elts = nil; return None, nil }},
		Entry{Signature: "copy()", TakesUnknown: true, Func: func(c *Call) (Value, error) { return NewList(slices.Clone(self(c).Elts)...), nil }},
		Entry{Signature: "reverse()", TakesUnknown: true, Func: func(c *Call) (Value, error) { slices.Reverse(self(c).Elts); return None, nil }},
		Entry{Signature: "sort(*, key=None, reverse=False)", Func: func(c *Call) (Value, error) {
			reverse, err := c.Bool("reverse")
			if err != nil {
				return nil, err
			}
			sorted, err := c.Interp.sorted(self(c).Elts, c.Arg("key"), reverse)
			if err == nil {
				self(c).Elts = sorted
			}
			return None, err
		}},
		Entry{Signature: "count(value, /)", Func: countElements},
		Entry{Signature: "index(value, start=0, stop=None, /)", Func: indexOfElement},
	)
}

// sorted returns the elements in a stable order by key.
func (in *Interp) sorted(elts []Value, key Value, reverse bool) ([]Value, error) {
	type keyed struct{ key, value Value }
	pairs := make([]keyed, len(elts))
	for i, e := range elts {
		pairs[i] = keyed{e, e}
		if !IsNone(key) {
			k, err := in.call(in.frame, key, []Value{e}, nil)
			if err != nil {
				return nil, err
			}
			pairs[i].key = k
		}
	}
	if reverse {
		slices.Reverse(pairs)
	}
	var failure error
	sort.SliceStable(pairs, func(i, j int) bool {
		if failure != nil {
			return false
		}
		l, err := less(pairs[i].key, pairs[j].key)
		if err != nil {
			failure = err
		}
		return l
	})
	if failure != nil {
		return nil, failure
	}
	if reverse {
		slices.Reverse(pairs)
	}
	result := make([]Value, len(pairs))
	for i, p := range pairs {
		result[i] = p.value
	}
	return result, nil
}

// dictView is what keys(), values() and items() give: it follows the dict.
type dictView struct {
	dict *Dict
	kind string // "keys", "values" or "items"
}

func (v *dictView) element(e *dictEntry) Value {
	switch v.kind {
	case "keys":
		return e.key
	case "values":
		return e.value
	}
	return NewTuple(e.key, e.value)
}

func (v *dictView) elements() []Value {
	var elts []Value
	for i := range v.dict.entries {
		if v.dict.entries[i].key != nil {
			elts = append(elts, v.element(&v.dict.entries[i]))
		}
	}
	return elts
}

func (v *dictView) set() *Set {
	s := NewSet()
	for _, e := range v.dict.entries {
		if e.key != nil {
			s.dict.set(e.hash, e.key, None)
		}
	}
	return s
}

func viewMethods() *Methods {
	return NewMethods(Entry{Signature: "isdisjoint(other, /)", Func: func(c *Call) (Value, error) {
		other := NewSet()
		if err := extendSet(other, c.Arg("other")); err != nil {
			return nil, err
		}
		common, err := setBinary(syntax.BitAnd, c.Self.(*dictView).set(), other)
		return err == nil && common.(*Set).Len() == 0, err
	}})
}

func dictMethods(more []Entry) *Methods {
	self := func(c *Call) *Dict { return c.Self.(*Dict) }
	entries := []Entry{
		{Signature: "keys()", TakesUnknown: true, Func: func(c *Call) (Value, error) { return &dictView{self(c), "keys"}, nil }},
		{Signature: "values()", TakesUnknown: true, Func: func(c *Call) (Value, error) { return &dictView{self(c), "values"}, nil }},
		{Signature: "items()", TakesUnknown: true, Func: func(c *Call) (Value, error) { return &dictView{self(c), "items"}, nil }},
		{Signature: "get(key, default=None, /)", Func: func(c *Call) (Value, error) {
			v, ok, err := self(c).Get(c.Arg("key"))
			if !ok && err == nil {
				v = c.Arg("default")
			}
			return v, err
		}},
		{Signature: "pop(key, default=..., /)", Func: func(c *Call) (Value, error) {
			v, ok, err := self(c).Get(c.Arg("key"))
			if err != nil {
				return nil, err
			}
			if !ok {
				if c.Given("default") {
					return c.Arg("default"), nil
				}
				return nil, NewException(exceptionClasses["KeyError"], c.Arg("key"))
			}
			_, err = self(c).Delete(c.Arg("key"))
			return v, err
		}},
		{Signature: "popitem()", Func: func(c *Call) (Value, error) {
			d := self(c)
			for i := len(d.entries) - 1; i >= 0; i-- {
				if e := d.entries[i]; e.key != nil {
					_, err := d.Delete(e.key)
					return NewTuple(e.key, e.value), err
				}
			}
			return nil, NewException(exceptionClasses["KeyError"], "popitem(): dictionary is empty")
		}},
		{Signature: "setdefault(key, default=None, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			v, ok, err := self(c).Get(c.Arg("key"))
			if ok || err != nil {
				return v, err
			}
			return c.Arg("default"), self(c).Set(c.Arg("key"), c.Arg("default"))
		}},
		{Signature: "update(other=..., /, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) { return None, updateDict(c, self(c)) }},
		{Signature: "clear()", TakesUnknown: true, Func: func(c *Call) (Value, error) { self(c).Clear(); return None, nil }},
		{Signature: "copy()", TakesUnknown: true, Func: func(c *Call) (Value, error) { return self(c).Copy(), nil }},
		{Signature: "move_to_end(key, last=True)", Func: func(c *Call) (Value, error) { return None, moveToEnd(c, self(c)) }},
	}
	return newMethods(append(entries, more...))
}

// updateDict adds another mapping or pairs, and keyword arguments.
func updateDict(c *Call, d *Dict) error {
	if other := c.Arg("other"); other != nil {
		if err := addPairs(c.Interp, d, other); err != nil {
			return err
		}
	}
	for _, k := range c.Keywords {
		d.SetString(k.Name, k.Value)
	}
	return nil
}

func addPairs(in *Interp, d *Dict, other Value) error {
	if o, ok := other.(*Dict); ok {
		d.update(o)
		return nil
	}
	if keys, err := in.findAttr(other, "keys"); keys != nil && err == nil {
		list, err := in.call(in.frame, keys, nil, nil)
		if err != nil {
			return err
		}
		elts, err := Elements(list)
		if err != nil {
			return err
		}
		for _, k := range elts {
			v, err := index(other, k)
			if err != nil {
				return err
			}
			if err := d.Set(k, v); err != nil {
				return err
			}
		}
		return nil
	}
	elts, err := Elements(other)
	if err != nil {
		return err
	}
	for i, e := range elts {
		pair, err := Elements(e)
		if err != nil {
			return Raise("TypeError", "cannot convert dictionary update sequence element #%d to a sequence", i)
		}
		if len(pair) != 2 {
			return Raise("ValueError", "dictionary update sequence element #%d has length %d; 2 is required", i, len(pair))
		}
		if err := d.Set(pair[0], pair[1]); err != nil {
			return err
		}
	}
	return nil
}

func moveToEnd(c *Call, d *Dict) error {
	key := c.Arg("key")
	v, ok, err := d.Get(key)
	if err != nil {
		return err
	}
	if !ok {
		return NewException(exceptionClasses["KeyError"], key)
	}
	last, err := c.Bool("last")
	if err != nil {
		return err
	}
	if _, err = d.Delete(key); err != nil {
		return err
	}
	if last {
		return d.Set(key, v)
	}
	rest := d.Copy()
	d.Clear()
	if err := d.Set(key, v); err != nil {
		return err
	}
	d.update(rest)
	return nil
}

// makeMissing calls a defaultdict's factory for a missing key.
func (d *Dict) makeMissing(key Value) (Value, error) {
	v, err := d.class.interp.call(d.class.interp.frame, d.factory, nil, nil)
	if err != nil {
		return nil, err
	}
	return v, d.Set(key, v)
}

func setMethods() []Entry {
	self := func(c *Call) *Set { return c.Self.(*Set) }
	combine := func(name string, op syntax.Op) Entry {
		return Entry{Signature: name + "(*others)", Func: func(c *Call) (Value, error) {
			result := &Set{dict: *self(c).dict.Copy(), Frozen: self(c).Frozen}
			for _, o := range c.Args {
				other := NewSet()
				if err := extendSet(other, o); err != nil {
					return nil, err
				}
				v, err := setBinary(op, result, other)
				if err != nil {
					return nil, err
				}
				result = v.(*Set)
			}
			return result, nil
		}}
	}
	relation := func(name string, f func(a, b *Set) bool) Entry {
		return Entry{Signature: name + "(other, /)", Func: func(c *Call) (Value, error) {
			other := NewSet()
			err := extendSet(other, c.Arg("other"))
			return f(self(c), other), err
		}}
	}
	return []Entry{
		combine("union", syntax.BitOr), combine("intersection", syntax.BitAnd), combine("difference", syntax.Sub),
		combine("symmetric_difference", syntax.BitXor),
		relation("issubset", subset), relation("issuperset", func(a, b *Set) bool { return subset(b, a) }),
		relation("isdisjoint", func(a, b *Set) bool {
			for h := range a.dict.index {
				if _, ok := b.dict.index[h]; ok {
					return false
				}
			}
			return true
		}),
		{Signature: "copy()", Func: func(c *Call) (Value, error) {
			return &Set{dict: *self(c).dict.Copy(), Frozen: self(c).Frozen}, nil
		}},
	}
}

func setChangingMethods() []Entry {
	self := func(c *Call) *Set { return c.Self.(*Set) }
	change := func(name string, op syntax.Op) Entry {
		return Entry{Signature: name + "(*others)", Func: func(c *Call) (Value, error) {
			for _, o := range c.Args {
				other := NewSet()
				if err := extendSet(other, o); err != nil {
					return nil, err
				}
				v, err := setBinary(op, self(c), other)
				if err != nil {
					return nil, err
				}
				self(c).dict = v.(*Set).dict
			}
			return None, nil
		}}
	}
	return []Entry{
		{Signature: "add(elem, /)", Func: func(c *Call) (Value, error) { return None, self(c).Add(c.Arg("elem")) }},
		{Signature: "discard(elem, /)", Func: func(c *Call) (Value, error) {
			_, err := self(c).dict.Delete(c.Arg("elem"))
			return None, err
		}},
		{Signature: "remove(elem, /)", Func: func(c *Call) (Value, error) {
			found, err := self(c).dict.Delete(c.Arg("elem"))
			if err == nil && !found {
				err = NewException(exceptionClasses["KeyError"], c.Arg("elem"))
			}
			return None, err
		}},
		{Signature: "pop()", Func: func(c *Call) (Value, error) {
			for k := range self(c).dict.All() {
				_, err := self(c).dict.Delete(k)
				return k, err
			}
			return nil, NewException(exceptionClasses["KeyError"], "pop from an empty set")
		}},
		{Signature: "clear()", Func: func(c *Call) (Value, error) { self(c).dict.Clear(); return None, nil }},
		change("update", syntax.BitOr), change("intersection_update", syntax.BitAnd), change("difference_update", syntax.Sub),
		change("symmetric_difference_update", syntax.BitXor),
	}
}

// setBinary applies | & - ^ to sets; nil for other operators.
func setBinary(op syntax.Op, x, y *Set) (Value, error) {
	result := &Set{dict: *NewDict(), Frozen: x.Frozen}
	add := func(from *Set, want func(h any) bool) {
		for _, e := range from.dict.entries {
			if e.key != nil && want(e.hash) {
				result.dict.set(e.hash, e.key, None)
			}
		}
	}
	in := func(s *Set) func(any) bool { return func(h any) bool { _, ok := s.dict.index[h]; return ok } }
	not := func(s *Set) func(any) bool { return func(h any) bool { _, ok := s.dict.index[h]; return !ok } }
	all := func(any) bool { return true }
	switch op {
	case syntax.BitOr:
		add(x, all)
		add(y, all)
	case syntax.BitAnd:
		add(x, in(y))
	case syntax.Sub:
		add(x, not(y))
	case syntax.BitXor:
		add(x, not(y))
		add(y, not(x))
	default:
		return nil, nil
	}
	return result, nil
}

// tupleAttr gives what a namedtuple adds to a tuple.
func (in *Interp) tupleAttr(t *Tuple, name string) (Value, error) {
	if t.class == nil {
		return nil, nil
	}
	if i := slices.Index(t.fields, name); i >= 0 {
		return t.Elts[i], nil
	}
	switch name {
	case "_fields":
		return stringTuple(t.fields), nil
	case "_asdict":
		return NewBuiltin(Entry{Signature: "_asdict()", Func: func(*Call) (Value, error) {
			d := NewDict()
			for i, f := range t.fields {
				d.SetString(f, t.Elts[i])
			}
			return d, nil
		}}), nil
	case "_replace":
		return NewBuiltin(Entry{Signature: "_replace(**kwargs)", Func: func(c *Call) (Value, error) {
			replaced := &Tuple{Elts: slices.Clone(t.Elts), class: t.class, fields: t.fields}
			var unknown []string
			for _, k := range c.Keywords {
				if i := slices.Index(t.fields, k.Name); i >= 0 {
					replaced.Elts[i] = k.Value
				} else {
					unknown = append(unknown, "'"+k.Name+"'")
				}
			}
			if len(unknown) > 0 {
				return nil, Raise("ValueError", "Got unexpected field names: [%s]", strings.Join(unknown, ", "))
			}
			return replaced, nil
		}}), nil
	}
	if v, ok := t.class.lookup(name); ok {
		if p, ok := v.(*property); ok {
			return in.call(in.frame, p.get, []Value{t}, nil)
		}
		return bindMethod(v, t, t.class), nil
	}
	return nil, nil
}
