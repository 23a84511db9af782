package script

import "slices"

// deque is collections.deque: a list with a cheap front, and a greatest length if limit is not negative.
type deque struct {
	elts    []Value
	limit   int
	methods *Methods
	class   *Class
}

func newDequeClass() *Class {
	var class *Class
	methods := dequeMethods()
	class = NewClass(Entry{Signature: "deque(iterable=(), maxlen=None)", Func: func(c *Call) (Value, error) {
		d := &deque{limit: -1, methods: methods, class: class}
		if !IsNone(c.Arg("maxlen")) {
			n, err := c.Int("maxlen")
			if err != nil || n < 0 {
				return nil, Raise("ValueError", "maxlen must be non-negative")
			}
			d.limit = int(n)
		}
		elts, err := Elements(c.Arg("iterable"))
		d.elts = elts
		d.trim(false)
		return d, err
	}}, nil)
	class.Module = "collections"
	return class
}

// trim drops elements beyond the greatest length, from the back if they came in at the front.
func (d *deque) trim(fromBack bool) {
	if over := len(d.elts) - d.limit; d.limit >= 0 && over > 0 {
		if fromBack {
			d.elts = d.elts[:d.limit]
		} else {
			d.elts = d.elts[over:]
		}
	}
}

// ScriptClass is the class deque.
func (d *deque) ScriptClass() *Class { return d.class }

// Repr shows the elements.
func (d *deque) Repr() string {
	text := "deque(" + Repr(&List{d.elts})
	if d.limit >= 0 {
		text += ", maxlen=" + Repr(int64(d.limit))
	}
	return text + ")"
}

// Len returns the number of elements.
func (d *deque) Len() (int, error) { return len(d.elts), nil }

// Iterate visits the elements.
func (d *deque) Iterate() (func() (any, bool, error), error) { return Iterate(&List{d.elts}) }

// Index returns one element.
func (d *deque) Index(i any) (any, error) {
	n, err := position(i, len(d.elts), "deque", "sequence")
	if err != nil {
		return nil, err
	}
	return d.elts[n], nil
}

// SetIndex replaces one element.
func (d *deque) SetIndex(i, v any) error {
	n, err := position(i, len(d.elts), "deque", "sequence")
	if err == nil {
		d.elts[n] = v
	}
	return err
}

// Attr gives the methods.
func (d *deque) Attr(name string) (any, error) {
	if name == "maxlen" {
		if d.limit < 0 {
			return None, nil
		}
		return int64(d.limit), nil
	}
	if b := d.methods.Bind(d, name); b != nil {
		return b, nil
	}
	return nil, nil
}

// AttrNames lists the methods.
func (d *deque) AttrNames() []string { return append([]string{"maxlen"}, d.methods.Names()...) }

func dequeMethods() *Methods {
	self := func(c *Call) *deque { return c.Self.(*deque) }
	extend := func(front bool) func(c *Call) (Value, error) {
		return func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("iterable"))
			if front {
				slices.Reverse(elts)
				self(c).elts = append(elts, self(c).elts...)
			} else {
				self(c).elts = append(self(c).elts, elts...)
			}
			self(c).trim(front)
			return None, err
		}
	}
	return NewMethods(
		Entry{Signature: "append(x, /)", Func: func(c *Call) (Value, error) {
			self(c).elts = append(self(c).elts, c.Arg("x"))
			self(c).trim(false)
			return None, nil
		}},
		Entry{Signature: "appendleft(x, /)", Func: func(c *Call) (Value, error) {
			self(c).elts = slices.Insert(self(c).elts, 0, c.Arg("x"))
			self(c).trim(true)
			return None, nil
		}},
		Entry{Signature: "extend(iterable, /)", Func: extend(false)},
		Entry{Signature: "extendleft(iterable, /)", Func: extend(true)},
		Entry{Signature: "pop()", Func: func(c *Call) (Value, error) {
			d := self(c)
			if len(d.elts) == 0 {
				return nil, Raise("IndexError", "pop from an empty deque")
			}
			v := d.elts[len(d.elts)-1]
			d.elts = d.elts[:len(d.elts)-1]
			return v, nil
		}},
		Entry{Signature: "popleft()", Func: func(c *Call) (Value, error) {
			d := self(c)
			if len(d.elts) == 0 {
				return nil, Raise("IndexError", "pop from an empty deque")
			}
			v := d.elts[0]
			d.elts = d.elts[1:]
			return v, nil
		}},
		Entry{Signature: "clear()", Func: func(c *Call) (Value, error) { self(c).elts = nil; return None, nil }},
		Entry{Signature: "rotate(n=1, /)", Func: func(c *Call) (Value, error) {
			n, err := c.Int("n")
			if size := int64(len(self(c).elts)); size > 0 {
				k := ((n % size) + size) % size
				elts := self(c).elts
				self(c).elts = append(slices.Clone(elts[size-k:]), elts[:size-k]...)
			}
			return None, err
		}},
	)
}
