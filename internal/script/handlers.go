package script

// raise executes a raise statement with n operands, or -1 and -2 for an assertion without and with a message.
func (in *Interp) raise(f *Frame, n int) error {
	top := len(f.stack)
	switch n {
	case 0:
		for g := f; g != nil; g = g.caller {
			if len(g.handling) > 0 {
				return g.handling[len(g.handling)-1]
			}
		}
		return Raise("RuntimeError", "No active exception to reraise")
	case -1:
		return NewException(exceptionClasses["AssertionError"])
	case -2:
		return NewException(exceptionClasses["AssertionError"], f.stack[top-1])
	}
	e, err := in.exceptionOf(f, f.stack[top-n])
	if err != nil {
		return err
	}
	if n == 2 {
		e.suppress = true
		if !IsNone(f.stack[top-1]) {
			if e.Cause, err = in.exceptionOf(f, f.stack[top-1]); err != nil {
				return Raise("TypeError", "exception causes must derive from BaseException")
			}
		}
	}
	return e
}

// exceptionOf returns the exception that `raise v` raises.
func (in *Interp) exceptionOf(f *Frame, v Value) (*Exception, error) {
	switch v := v.(type) {
	case *Exception:
		return v, nil
	case *Class:
		if v.exception {
			made, err := in.call(f, v, nil, nil)
			if err != nil {
				return nil, err
			}
			if e, ok := made.(*Exception); ok {
				return e, nil
			}
		}
	}
	return nil, Raise("TypeError", "exceptions must derive from BaseException")
}

// matchException reports whether an except clause with the given class or tuple of classes catches an exception.
func matchException(e *Exception, v Value) (bool, error) {
	switch v := v.(type) {
	case *Class:
		if v.exception {
			return e.Class.IsSubclass(v), nil
		}
	case *Tuple:
		for _, c := range v.Elts {
			if matched, err := matchException(e, c); matched || err != nil {
				return matched, err
			}
		}
		return false, nil
	}
	return false, Raise("TypeError", "catching classes that do not inherit from BaseException is not allowed")
}

// enterWith starts a with statement: the manager on the stack is replaced by its exit method and what it gave.
func (in *Interp) enterWith(f *Frame, i instruction) error {
	n := len(f.stack)
	manager := f.stack[n-1]
	if u, ok := manager.(*Unknown); ok {
		exit := NewBuiltin(Entry{Signature: "__exit__(*args)", TakesUnknown: true, Func: func(*Call) (Value, error) { return None, nil }})
		f.stack[n-1] = exit
		f.blocks = append(f.blocks, block{i.a, int32(n), int32(len(f.handling))})
		f.stack = append(f.stack, &Unknown{What: u.What})
		return nil
	}
	enter, err := in.attr(manager, "__enter__")
	var exit Value
	if err == nil {
		exit, err = in.attr(manager, "__exit__")
	}
	if err != nil {
		return Raise("TypeError", "'%s' object does not support the context manager protocol", TypeName(manager))
	}
	v, err := in.call(f, enter, nil, nil)
	if err != nil {
		return err
	}
	f.stack[n-1] = exit
	f.blocks = append(f.blocks, block{i.a, int32(n), int32(len(f.handling))})
	f.stack = append(f.stack, v)
	return nil
}
