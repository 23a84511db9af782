package script

import (
	"synfire/internal/syntax"
)

func itertoolsModule() *Module {
	lazily := func(c *Call, next func() (Value, bool, error)) (Value, error) {
		return c.Interp.iterator(c.Name, next), nil
	}
	return &Module{Name: "itertools", Entries: []Entry{
		{Signature: "count(start=0, step=1)", Func: func(c *Call) (Value, error) {
			n, step, in := c.Arg("start"), c.Arg("step"), c.Interp
			return lazily(c, func() (Value, bool, error) {
				v := n
				var err error
				n, err = in.binary(syntax.Add, n, step)
				return v, err == nil, err
			})
		}},
		{Signature: "cycle(iterable, /)", Func: func(c *Call) (Value, error) {
			elts, err := Elements(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			i := -1
			return lazily(c, func() (Value, bool, error) {
				if len(elts) == 0 {
					return nil, false, nil
				}
				i = (i + 1) % len(elts)
				return elts[i], true, nil
			})
		}},
		{Signature: "repeat(object, times=None)", Func: func(c *Call) (Value, error) {
			v, left := c.Arg("object"), int64(-1)
			if !IsNone(c.Arg("times")) {
				var err error
				if left, err = c.Int("times"); err != nil {
					return nil, err
				}
				left = max(left, 0)
			}
			return lazily(c, func() (Value, bool, error) {
				if left == 0 {
					return nil, false, nil
				}
				if left > 0 {
					left--
				}
				return v, true, nil
			})
		}},
		{Signature: "chain(*iterables)", Func: func(c *Call) (Value, error) { return chained(c) }},
		{Signature: "islice(iterable, *args)", Func: sliceIterator},
		{Signature: "product(*iterables, repeat=1)", Func: cartesianProduct},
		{Signature: "permutations(iterable, r=None)", Func: func(c *Call) (Value, error) { return arrangements(c, true, false) }},
		{Signature: "combinations(iterable, r)", Func: func(c *Call) (Value, error) { return arrangements(c, false, false) }},
		{Signature: "combinations_with_replacement(iterable, r)", Func: func(c *Call) (Value, error) { return arrangements(c, false, true) }},
		{Signature: "accumulate(iterable, func=None, *, initial=None)", Func: func(c *Call) (Value, error) {
			next, err := Iterate(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			f, in := c.Arg("func"), c.Interp
			total, started := c.Arg("initial"), false
			return lazily(c, func() (Value, bool, error) {
				if !started {
					started = true
					if !IsNone(total) {
						return total, true, nil
					}
					v, more, err := next()
					total = v
					return v, more, err
				}
				v, more, err := next()
				if err != nil || !more {
					return nil, false, err
				}
				if IsNone(f) {
					total, err = in.binary(syntax.Add, total, v)
				} else {
					total, err = in.call(in.frame, f, []Value{total, v}, nil)
				}
				return total, err == nil, err
			})
		}},
		{Signature: "takewhile(predicate, iterable, /)", Func: func(c *Call) (Value, error) { return whilePredicate(c, true) }},
		{Signature: "dropwhile(predicate, iterable, /)", Func: func(c *Call) (Value, error) { return whilePredicate(c, false) }},
		{Signature: "starmap(function, iterable, /)", Func: func(c *Call) (Value, error) {
			next, err := Iterate(c.Arg("iterable"))
			f, in := c.Arg("function"), c.Interp
			if err != nil {
				return nil, err
			}
			return lazily(c, func() (Value, bool, error) {
				v, more, err := next()
				if err != nil || !more {
					return nil, false, err
				}
				args, err := Elements(v)
				if err != nil {
					return nil, false, err
				}
				r, err := in.call(in.frame, f, args, nil)
				return r, err == nil, err
			})
		}},
		{Signature: "zip_longest(*iterables, fillvalue=None)", Func: func(c *Call) (Value, error) {
			nexts, err := iterateAll(c.Args)
			fill := c.Arg("fillvalue")
			if err != nil {
				return nil, err
			}
			return lazily(c, func() (Value, bool, error) {
				t := &Tuple{Elts: make([]Value, len(nexts))}
				any := false
				for i, next := range nexts {
					v, more, err := next()
					if err != nil {
						return nil, false, err
					}
					if !more {
						v = fill
					}
					any = any || more
					t.Elts[i] = v
				}
				return t, any, nil
			})
		}},
		{Signature: "pairwise(iterable, /)", Func: func(c *Call) (Value, error) {
			next, err := Iterate(c.Arg("iterable"))
			if err != nil {
				return nil, err
			}
			var last Value
			return lazily(c, func() (Value, bool, error) {
				if last == nil {
					v, more, err := next()
					if err != nil || !more {
						return nil, false, err
					}
					last = v
				}
				v, more, err := next()
				if err != nil || !more {
					return nil, false, err
				}
				pair := NewTuple(last, v)
				last = v
				return pair, true, nil
			})
		}},
		{Signature: "groupby(iterable, key=None)", Func: groupBy},
	}}
}

func chained(c *Call) (Value, error) {
	outer, err := Iterate(NewList(c.Args...))
	if err != nil {
		return nil, err
	}
	var inner func() (Value, bool, error)
	return c.Interp.iterator("chain", func() (Value, bool, error) {
		for {
			if inner != nil {
				v, more, err := inner()
				if err != nil || more {
					return v, more, err
				}
			}
			v, more, err := outer()
			if err != nil || !more {
				return nil, false, err
			}
			if inner, err = Iterate(v); err != nil {
				return nil, false, err
			}
		}
	}), nil
}

func sliceIterator(c *Call) (Value, error) {
	next, err := Iterate(c.Arg("iterable"))
	if err != nil {
		return nil, err
	}
	start, stop, step := int64(0), int64(-1), int64(1)
	bounds := []*int64{&start, &stop, &step}
	if len(c.Args) == 1 {
		bounds = []*int64{&stop}
	}
	if len(c.Args) == 0 || len(c.Args) > 3 {
		return nil, Raise("TypeError", "islice expected 2 to 4 arguments, got %d", len(c.Args)+1)
	}
	for i, a := range c.Args {
		if IsNone(a) {
			continue
		}
		n, err := AsIndex(a)
		if err != nil || n < 0 {
			return nil, Raise("ValueError", "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
		}
		*bounds[i] = n
	}
	if step < 1 {
		return nil, Raise("ValueError", "Step for islice() must be a positive integer or None.")
	}
	at := int64(0)
	wanted := start
	return c.Interp.iterator("islice", func() (Value, bool, error) {
		for stop < 0 || wanted < stop {
			v, more, err := next()
			if err != nil || !more {
				return nil, false, err
			}
			at++
			if at-1 == wanted {
				wanted += step
				return v, true, nil
			}
		}
		return nil, false, nil
	}), nil
}

func cartesianProduct(c *Call) (Value, error) {
	n, err := c.Int("repeat")
	if err != nil {
		return nil, err
	}
	var pools [][]Value
	for _, a := range c.Args {
		elts, err := Elements(a)
		if err != nil {
			return nil, err
		}
		pools = append(pools, elts)
	}
	once := pools
	pools = nil
	for range min(max(n, 0), 1000) {
		pools = append(pools, once...)
	}
	at := make([]int, len(pools))
	done := false
	for _, p := range pools {
		done = done || len(p) == 0
	}
	return c.Interp.iterator("product", func() (Value, bool, error) {
		if done {
			return nil, false, nil
		}
		t := &Tuple{Elts: make([]Value, len(pools))}
		for i, p := range pools {
			t.Elts[i] = p[at[i]]
		}
		i := len(pools) - 1
		for ; i >= 0; i-- {
			at[i]++
			if at[i] < len(pools[i]) {
				break
			}
			at[i] = 0
		}
		done = i < 0
		return t, true, nil
	}), nil
}

// arrangements gives the tuples of r elements in the order of their positions: permutations if ordered, else
// combinations, with repeats or without.
func arrangements(c *Call, ordered, repeats bool) (Value, error) {
	pool, err := Elements(c.Arg("iterable"))
	if err != nil {
		return nil, err
	}
	r := int64(len(pool))
	if !IsNone(c.Arg("r")) {
		if r, err = c.Int("r"); err != nil {
			return nil, err
		}
	}
	if r < 0 {
		return nil, Raise("ValueError", "r must be non-negative")
	}
	n := len(pool)
	if r > int64(n) && !(repeats && n > 0) {
		return c.Interp.iterator(c.Name, func() (Value, bool, error) { return nil, false, nil }), nil
	}
	at := make([]int, r)
	// fits reports whether position i may follow those before it.
	fits := func(i int) bool {
		for _, earlier := range at[:i] {
			if ordered && earlier == at[i] || !ordered && (earlier > at[i] || earlier == at[i] && !repeats) {
				return false
			}
		}
		return true
	}
	// search fills the positions from i on, starting with at[i], and goes back where nothing fits.
	search := func(i int) bool {
		for i >= 0 {
			if i == len(at) {
				return true
			}
			for at[i] < n && !fits(i) {
				at[i]++
			}
			if at[i] < n {
				i++
				if i < len(at) {
					at[i] = 0
				}
				continue
			}
			i--
			if i >= 0 {
				at[i]++
			}
		}
		return false
	}
	next := func() bool {
		if len(at) == 0 {
			return false
		}
		at[len(at)-1]++
		return search(len(at) - 1)
	}
	started, done := false, false
	return c.Interp.iterator(c.Name, func() (Value, bool, error) {
		if done {
			return nil, false, nil
		}
		if !started {
			started = true
			if !search(0) {
				done = true
				return nil, false, nil
			}
		} else if !next() {
			done = true
			return nil, false, nil
		}
		t := &Tuple{Elts: make([]Value, len(at))}
		for i, a := range at {
			t.Elts[i] = pool[a]
		}
		return t, true, nil
	}), nil
}

func whilePredicate(c *Call, take bool) (Value, error) {
	next, err := Iterate(c.Arg("iterable"))
	if err != nil {
		return nil, err
	}
	f, in := c.Arg("predicate"), c.Interp
	passed := false
	return c.Interp.iterator(c.Name, func() (Value, bool, error) {
		for {
			if take && passed {
				return nil, false, nil
			}
			v, more, err := next()
			if err != nil || !more || passed {
				return v, more, err
			}
			r, err := in.call(in.frame, f, []Value{v}, nil)
			if err != nil {
				return nil, false, err
			}
			truth, err := Truth(r)
			if err != nil {
				return nil, false, err
			}
			passed = !truth
			if passed != take {
				if take || passed {
					return v, true, nil
				}
			}
		}
	}), nil
}

func groupBy(c *Call) (Value, error) {
	elts, err := Elements(c.Arg("iterable"))
	if err != nil {
		return nil, err
	}
	f, in := c.Arg("key"), c.Interp
	keyOf := func(v Value) (Value, error) {
		if IsNone(f) {
			return v, nil
		}
		return in.call(in.frame, f, []Value{v}, nil)
	}
	i := 0
	return c.Interp.iterator("groupby", func() (Value, bool, error) {
		if i >= len(elts) {
			return nil, false, nil
		}
		key, err := keyOf(elts[i])
		if err != nil {
			return nil, false, err
		}
		group := &List{}
		for i < len(elts) {
			k, err := keyOf(elts[i])
			if err != nil {
				return nil, false, err
			}
			if equal, err := same(k, key); !equal || err != nil {
				if err != nil {
					return nil, false, err
				}
				break
			}
			group.Elts = append(group.Elts, elts[i])
			i++
		}
		it, err := iterator(group)
		return NewTuple(key, it), err == nil, err
	}), nil
}
