package script

import "runtime"

// multiprocessingModule has the pool of workers. Its tasks run here, one after another: simulations use all processors
// by themselves, and there is no second interpreter. What a task changes outside of itself is seen by the next ones.
func multiprocessingModule() *Module {
	makePool := func(name string) *Class {
		return NewClass(Entry{Signature: name + "(processes=None, initializer=None, initargs=None, maxtasksperchild=None)", Doc: "Runs a function for each of many arguments, one after another.",
			Func: func(c *Call) (Value, error) {
				if f := c.Arg("initializer"); !IsNone(f) {
					var args []Value
					if v := c.Arg("initargs"); !IsNone(v) {
						var err error
						if args, err = Elements(v); err != nil {
							return nil, err
						}
					}
					if _, err := c.Interp.Call(f, args, nil); err != nil {
						return nil, err
					}
				}
				return &taskPool{}, nil
			}}, func(v Value) bool { _, ok := v.(*taskPool); return ok })
	}
	pool := makePool("Pool")
	refused := func(name string) Entry {
		return Entry{Signature: name + "(*args, **kwargs)", Func: func(*Call) (Value, error) {
			m := Raise("NotImplementedError", "Synfire does not support multiprocessing.%s: a script runs in one process.", name)
			m.Hint = "multiprocessing.Pool works; its tasks run one after another."
			return nil, m
		}}
	}
	return &Module{Name: "multiprocessing", Doc: "Pools of tasks.",
		Modules: []*Module{{Name: "multiprocessing.pool", Doc: "Pools of tasks.", Entries: []Entry{{Name: "Pool", Value: pool}, {Name: "ThreadPool", Value: makePool("ThreadPool")}}}},
		Entries: []Entry{
			{Name: "Pool", Value: pool},
			{Signature: "cpu_count()", Func: func(*Call) (Value, error) { return int64(runtime.NumCPU()), nil }},
			{Signature: "freeze_support()", Func: func(*Call) (Value, error) { return None, nil }},
			{Signature: "set_start_method(method, force=False)", Func: func(*Call) (Value, error) { return None, nil }},
			refused("Process"), refused("Queue"), refused("Manager"), refused("Pipe"), refused("Lock"), refused("Value"), refused("Array"),
		}}
}

type taskPool struct{ closed bool }

// TypeName is Python's name of the class.
func (*taskPool) TypeName() string { return "Pool" }

// results calls f once for each element, with its parts as arguments if they are spread.
func (p *taskPool) results(c *Call, spread bool) (*List, error) {
	if p.closed {
		return nil, Raise("ValueError", "Pool not running")
	}
	return resultsFor(c.Arg("iterable"), func(e Value) (Value, error) {
		args := []Value{e}
		if spread {
			var err error
			if args, err = Elements(e); err != nil {
				return nil, err
			}
		}
		return c.Interp.Call(c.Arg("func"), args, nil)
	})
}

// resultsFor returns what a function gives for each element, one after another.
func resultsFor(iterable Value, f func(e Value) (Value, error)) (*List, error) {
	next, err := Iterate(iterable)
	if err != nil {
		return nil, err
	}
	list := &List{}
	for {
		e, more, err := next()
		if err != nil || !more {
			return list, err
		}
		v, err := f(e)
		if err != nil {
			return nil, err
		}
		list.Elts = append(list.Elts, v)
	}
}

// Attr gives the methods.
func (p *taskPool) Attr(name string) (any, error) {
	method := func(signature string, f func(c *Call) (Value, error)) (any, error) {
		return NewBuiltin(Entry{Signature: signature, Func: f}), nil
	}
	finished := func(v Value, err error) (Value, error) { return &finishedTask{v}, err }
	apply := func(c *Call) (Value, error) {
		var args []Value
		if v := c.Arg("args"); !IsNone(v) {
			var err error
			if args, err = Elements(v); err != nil {
				return nil, err
			}
		}
		var keywords []KeywordArg
		if d, ok := c.Arg("kwds").(*Dict); ok {
			for key, v := range d.All() {
				keywords = append(keywords, KeywordArg{Name: Str(key), Value: v})
			}
		}
		return c.Interp.Call(c.Arg("func"), args, keywords)
	}
	switch name {
	case "map", "imap", "imap_unordered":
		return method(name+"(func, iterable, chunksize=None)", func(c *Call) (Value, error) {
			list, err := p.results(c, false)
			if err != nil || name == "map" {
				return list, err
			}
			return iterator(list)
		})
	case "starmap":
		return method("starmap(func, iterable, chunksize=None)", func(c *Call) (Value, error) { return p.results(c, true) })
	case "map_async", "starmap_async":
		return method(name+"(func, iterable, chunksize=None, callback=None, error_callback=None)", func(c *Call) (Value, error) {
			list, err := p.results(c, name == "starmap_async")
			return finished(list, err)
		})
	case "apply":
		return method("apply(func, args=None, kwds=None)", apply)
	case "apply_async":
		return method("apply_async(func, args=None, kwds=None, callback=None, error_callback=None)", func(c *Call) (Value, error) { return finished(apply(c)) })
	case "__enter__":
		return method("__enter__()", func(*Call) (Value, error) { return p, nil })
	case "close", "terminate":
		return method(name+"()", func(*Call) (Value, error) { p.closed = true; return None, nil })
	case "__exit__":
		return method("__exit__(*args)", func(*Call) (Value, error) { p.closed = true; return None, nil })
	case "join":
		return method("join()", func(*Call) (Value, error) { return None, nil })
	}
	return nil, nil
}

// AttrNames lists the methods.
func (*taskPool) AttrNames() []string {
	return []string{"map", "imap", "imap_unordered", "starmap", "map_async", "starmap_async", "apply", "apply_async", "close", "terminate", "join"}
}

// finishedTask is what the asynchronous methods return.
type finishedTask struct{ value Value }

// TypeName is Python's name of the class.
func (*finishedTask) TypeName() string { return "AsyncResult" }

// Attr gives the methods.
func (t *finishedTask) Attr(name string) (any, error) {
	result := map[string]Value{"get": t.value, "wait": None, "ready": true, "successful": true}[name]
	if result == nil {
		return nil, nil
	}
	return NewBuiltin(Entry{Signature: name + "(timeout=None)", Func: func(*Call) (Value, error) { return result, nil }}), nil
}

// AttrNames lists the methods.
func (*finishedTask) AttrNames() []string { return []string{"get", "wait", "ready", "successful"} }
