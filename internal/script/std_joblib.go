package script

// joblibModule has joblib's way to write a loop whose passes do not depend on each other. They run here, one after another,
// as the tasks of multiprocessing do.
func joblibModule() *Module {
	task := func(f Value) Value {
		return NewBuiltin(Entry{Signature: "delayed_function(*args, **kwargs)", Func: func(c *Call) (Value, error) {
			keywords := NewDict()
			for _, k := range c.Keywords {
				if err := keywords.Set(k.Name, k.Value); err != nil {
					return nil, err
				}
			}
			return NewTuple(f, NewTuple(c.Args...), keywords), nil
		}})
	}
	return &Module{Name: "joblib", Doc: "Loops over tasks.", Entries: []Entry{
		{Signature: "delayed(function)", Doc: "A function that keeps its arguments for Parallel.", Func: func(c *Call) (Value, error) { return task(c.Arg("function")), nil }},
		{Signature: "Parallel(n_jobs=None, backend=None, verbose=0, timeout=None, pre_dispatch='2 * n_jobs', batch_size='auto', temp_folder=None, max_nbytes='1M', mmap_mode='r', prefer=None, require=None)",
			Doc: "Calls the functions of many tasks, one after another; the values in a list.",
			Func: func(*Call) (Value, error) {
				return NewBuiltin(Entry{Signature: "Parallel(iterable)", Func: runTasks}), nil
			}},
	}}
}

// runTasks calls the functions of tasks: of triples of a function, its arguments, and those by keyword.
func runTasks(c *Call) (Value, error) {
	return resultsFor(c.Arg("iterable"), func(e Value) (Value, error) {
		parts, err := Elements(e)
		if err != nil {
			return nil, err
		}
		if len(parts) != 3 {
			return nil, Raise("TypeError", "Parallel() takes what functions made by delayed() return, not %s", Repr(e))
		}
		args, err := Elements(parts[1])
		if err != nil {
			return nil, err
		}
		keywords, ok := parts[2].(*Dict)
		if !ok {
			return nil, Raise("TypeError", "Parallel() takes what functions made by delayed() return, not %s", Repr(e))
		}
		var named []KeywordArg
		for key, v := range keywords.All() {
			named = append(named, KeywordArg{Name: Str(key), Value: v})
		}
		return c.Interp.Call(parts[0], args, named)
	})
}
