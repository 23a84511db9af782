package script

// Iterator is a running iteration as a value: what iter(), zip, map and friends give.
type Iterator struct {
	kind      string // the name of its type
	next      func() (Value, bool, error)
	generator *Generator
}

// iterator makes an iterator that notices an interruption of the script, even inside one long built-in call.
func (in *Interp) iterator(kind string, next func() (Value, bool, error)) *Iterator {
	return &Iterator{kind: kind, next: func() (Value, bool, error) {
		if err := in.tick(); err != nil {
			return nil, false, err
		}
		return next()
	}}
}

// tick counts a step and, now and then, looks whether the script has been interrupted.
func (in *Interp) tick() error {
	if in.steps++; in.steps%ticksPerCheck == 0 {
		return in.check()
	}
	return nil
}

// rangeIterator and listIterator are iterations that the machine advances by itself.
type rangeIterator struct{ next, step, left int64 }

type listIterator struct {
	list *List
	at   int
}

// iterator returns what opNext advances: a *rangeIterator, a *listIterator or an *Iterator.
func iterator(v Value) (Value, error) {
	switch v := v.(type) {
	case *Range:
		return &rangeIterator{v.Start, v.Step, v.Len()}, nil
	case *List:
		return &listIterator{list: v}, nil
	case *Tuple:
		return &listIterator{list: &List{v.Elts}}, nil
	case *rangeIterator, *listIterator, *Iterator:
		return v, nil
	case *Generator:
		return &Iterator{kind: "generator", generator: v, next: func() (Value, bool, error) { return v.resume(None, nil) }}, nil
	case string:
		rest := v
		return &Iterator{kind: "str_iterator", next: func() (Value, bool, error) {
			for _, r := range rest {
				c := rest[:len(string(r))]
				rest = rest[len(c):]
				return c, true, nil
			}
			return nil, false, nil
		}}, nil
	case Bytes:
		i := 0
		return &Iterator{kind: "bytes_iterator", next: func() (Value, bool, error) {
			if i >= len(v) {
				return nil, false, nil
			}
			i++
			return int64(v[i-1]), true, nil
		}}, nil
	case *Dict:
		return v.iterator("dict_keyiterator", func(e *dictEntry) Value { return e.key }), nil
	case *dictView:
		return v.dict.iterator("dict_"+v.kind[:len(v.kind)-1]+"iterator", v.element), nil
	case *Set:
		return v.iterator(), nil
	case *Instance:
		return v.iterator()
	case *fileValue:
		return &Iterator{kind: "_io.TextIOWrapper", next: v.nextLine}, nil
	case Iterable:
		next, err := v.Iterate()
		if err != nil {
			return nil, err
		}
		return &Iterator{kind: "iterator", next: next}, nil
	case Indexed:
		if sized, ok := v.(Sized); ok {
			n, err := sized.Len()
			if err != nil {
				return nil, err
			}
			i := 0
			return &Iterator{kind: "iterator", next: func() (Value, bool, error) {
				if i >= n {
					return nil, false, nil
				}
				i++
				x, err := v.Index(int64(i - 1))
				return x, err == nil, err
			}}, nil
		}
	}
	return nil, Raise("TypeError", "'%s' object is not iterable", TypeName(v))
}

// iterator visits a dict; a change of its size during the iteration is an error, as in Python.
func (d *Dict) iterator(kind string, pick func(*dictEntry) Value) *Iterator {
	i, size, done := 0, d.live, false
	return &Iterator{kind: kind, next: func() (Value, bool, error) {
		if done {
			return nil, false, nil
		}
		if d.live != size {
			return nil, false, Raise("RuntimeError", "dictionary changed size during iteration")
		}
		for i < len(d.entries) {
			e := &d.entries[i]
			i++
			if e.key != nil {
				return pick(e), true, nil
			}
		}
		done = true
		return nil, false, nil
	}}
}

// iterator visits a set in the order of Elements.
func (s *Set) iterator() *Iterator {
	elts, i := s.Elements(), 0
	return &Iterator{kind: "set_iterator", next: func() (Value, bool, error) {
		if i >= len(elts) {
			return nil, false, nil
		}
		if s.Len() != len(elts) {
			return nil, false, Raise("RuntimeError", "Set changed size during iteration")
		}
		i++
		return elts[i-1], true, nil
	}}
}

// iterator calls __iter__, or __getitem__ with 0, 1, 2 ...
func (o *Instance) iterator() (Value, error) {
	in := o.Class.interp
	if m, ok := o.Class.lookup("__iter__"); ok && !IsNone(m) {
		v, err := in.call(in.frame, &BoundMethod{o, m}, nil, nil)
		if err != nil {
			return nil, err
		}
		if made, ok := v.(*Instance); ok {
			if next, ok := made.Class.lookup("__next__"); ok {
				return &Iterator{kind: made.Class.Name, next: in.nextOf(made, next)}, nil
			}
			return nil, Raise("TypeError", "iter() returned non-iterator of type '%s'", TypeName(v))
		}
		return iterator(v)
	}
	if m, ok := o.Class.lookup("__getitem__"); ok {
		i := int64(-1)
		return &Iterator{kind: "iterator", next: func() (Value, bool, error) {
			i++
			v, err := in.call(in.frame, &BoundMethod{o, m}, []Value{i}, nil)
			if err != nil && toException(err).Class.IsSubclass(exceptionClasses["IndexError"]) {
				return nil, false, nil
			}
			return v, err == nil, err
		}}, nil
	}
	return nil, Raise("TypeError", "'%s' object is not iterable", TypeName(o))
}

// nextOf advances an object with __next__, whose StopIteration ends the iteration.
func (in *Interp) nextOf(o *Instance, method Value) func() (Value, bool, error) {
	return func() (Value, bool, error) {
		v, err := in.call(in.frame, &BoundMethod{o, method}, nil, nil)
		if err != nil && toException(err).Class.IsSubclass(exceptionClasses["StopIteration"]) {
			return nil, false, nil
		}
		return v, err == nil, err
	}
}

// advance takes one value from an iterator made by iterator or a generator.
func advance(it Value) (Value, bool, error) {
	switch it := it.(type) {
	case *rangeIterator:
		if it.left == 0 {
			return nil, false, nil
		}
		it.left--
		v := it.next
		it.next += it.step
		return v, true, nil
	case *listIterator:
		if it.at >= len(it.list.Elts) {
			return nil, false, nil
		}
		it.at++
		return it.list.Elts[it.at-1], true, nil
	case *Iterator:
		return it.next()
	case *Generator:
		return it.resume(None, nil)
	case *Instance:
		if m, ok := it.Class.lookup("__next__"); ok {
			return it.Class.interp.nextOf(it, m)()
		}
	case *fileValue:
		return it.nextLine()
	}
	return nil, false, Raise("TypeError", "'%s' object is not an iterator", TypeName(it))
}

// Iterate starts an iteration over any iterable value; next returns false when there is nothing left.
func Iterate(v Value) (next func() (Value, bool, error), err error) {
	it, err := iterator(v)
	if err != nil {
		return nil, err
	}
	if i, ok := it.(*Iterator); ok {
		return i.next, nil
	}
	return func() (Value, bool, error) { return advance(it) }, nil
}

// Elements collects an iterable into a new slice.
func Elements(v Value) ([]Value, error) {
	switch v := v.(type) {
	case *List:
		return append([]Value(nil), v.Elts...), nil
	case *Tuple:
		return append([]Value(nil), v.Elts...), nil
	case *Set:
		return v.Elements(), nil
	case *Range:
		if v.Len() > maxRepeated {
			return nil, Raise("MemoryError", "a list of %d numbers is too long", v.Len())
		}
	}
	next, err := Iterate(v)
	if err != nil {
		return nil, err
	}
	var elts []Value
	for {
		e, more, err := next()
		if err != nil || !more {
			return elts, err
		}
		if len(elts) >= maxRepeated {
			return nil, Raise("MemoryError", "a list of more than %d elements is too long", maxRepeated)
		}
		elts = append(elts, e)
	}
}

// extendSet adds every element of an iterable.
func extendSet(s *Set, v Value) error {
	elts, err := Elements(v)
	if err != nil {
		return err
	}
	for _, e := range elts {
		if err := s.Add(e); err != nil {
			return err
		}
	}
	return nil
}
