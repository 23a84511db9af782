package script

import (
	"fmt"
	"slices"
	"strings"
)

// Call calls any callable value on behalf of the script.
func (in *Interp) Call(f Value, args []Value, keywords []KeywordArg) (Value, error) {
	return in.call(in.frame, f, args, keywords)
}

// callStack calls with arguments that lie on the stack, the last len(names) of them keyword arguments. The
// arguments are copied before anything can keep them.
func (in *Interp) callStack(caller *Frame, f Value, args []Value, names []string) (Value, error) {
	if fn, ok := f.(*Function); ok && len(names) == 0 {
		return in.callFunction(caller, fn, nil, args, nil)
	}
	var keywords []KeywordArg
	if len(names) > 0 {
		keywords = make([]KeywordArg, len(names))
		for i, n := range names {
			keywords[i] = KeywordArg{n, args[len(args)-len(names)+i]}
		}
	}
	if bound, ok := f.(*BoundMethod); ok {
		if fn, ok := bound.Func.(*Function); ok {
			return in.callFunction(caller, fn, bound.Self, args[:len(args)-len(names)], keywords)
		}
	}
	return in.call(caller, f, append([]Value(nil), args[:len(args)-len(names)]...), keywords)
}

// call calls a value; args may be kept by what is called.
func (in *Interp) call(caller *Frame, f Value, args []Value, keywords []KeywordArg) (Value, error) {
	if in.calls > 4*maxDepth {
		return nil, Raise("RecursionError", "maximum recursion depth exceeded")
	}
	in.calls++
	defer func() { in.calls-- }()
	switch f := f.(type) {
	case *Function:
		return in.callFunction(caller, f, nil, args, keywords)
	case *Builtin:
		return in.callBuiltin(caller, f, args, keywords)
	case *BoundMethod:
		if fn, ok := f.Func.(*Function); ok {
			return in.callFunction(caller, fn, f.Self, args, keywords)
		}
		return in.call(caller, f.Func, append([]Value{f.Self}, args...), keywords)
	case *Class:
		return in.instantiate(caller, f, args, keywords)
	case *Instance:
		if m, ok := f.Class.lookup("__call__"); ok {
			return in.call(caller, &BoundMethod{f, m}, args, keywords)
		}
	case *Unknown:
		return &Unknown{What: f.What}, nil
	case Callable:
		return f.CallScript(&Call{Interp: in, Context: in.ctx, Frame: caller, Name: TypeName(f), Args: args, Keywords: keywords})
	}
	return nil, Raise("TypeError", "'%s' object is not callable", TypeName(f))
}

func callableName(f Value) string {
	switch f := f.(type) {
	case *Function:
		return f.module.ModuleName + "." + f.code.qualname + "()"
	case *Builtin:
		return f.Name + "()"
	case *BoundMethod:
		return callableName(f.Func)
	case *Class:
		return f.Name + "()"
	}
	return TypeName(f) + " object"
}

func (in *Interp) callBuiltin(caller *Frame, f *Builtin, args []Value, keywords []KeywordArg) (Value, error) {
	if in.config.Check && !f.takesUnknown {
		if u := unknownAmong(f.self, args, keywords, !f.native); u != nil {
			return &Unknown{What: u.What}, nil
		}
	}
	call := &Call{Interp: in, Context: in.ctx, Frame: caller, Name: f.Name, Self: f.self, Args: args, Keywords: keywords}
	if f.unboundMethod && !f.bound {
		if len(args) == 0 {
			return nil, Raise("TypeError", "unbound method %s.%s() needs an argument", f.owner, f.Name)
		}
		if class := in.classes[f.owner]; class == nil || !in.typeOf(args[0]).IsSubclass(class) {
			return nil, Raise("TypeError", "descriptor '%s' for '%s' objects doesn't apply to a '%s' object", f.Name, f.owner, TypeName(args[0]))
		}
		call.Self, call.Args = args[0], args[1:]
	}
	if len(f.cosmetic) > 0 {
		call.Keywords = in.dropCosmetic(f, call.Keywords)
	}
	if f.signature != nil {
		if err := f.signature.bind(call, f.keywords); err != nil {
			return nil, err
		}
		if len(f.keywords) > 0 {
			for _, k := range call.Keywords {
				if !slices.Contains(f.keywords, k.Name) {
					return nil, unexpectedKeyword(f.Name, k.Name, append(f.signature.keywordNames(), f.keywords...))
				}
			}
		}
	}
	v, err := f.fn(call)
	if v == nil && err == nil {
		v = None
	}
	return v, err
}

// dropCosmetic removes keywords that have no effect here, with a warning for each.
func (in *Interp) dropCosmetic(f *Builtin, keywords []KeywordArg) []KeywordArg {
	var kept []KeywordArg
	for _, k := range keywords {
		if !slices.Contains(f.cosmetic, k.Name) {
			kept = append(kept, k)
			continue
		}
		in.Warn(Raise("UserWarning", "%s() accepts '%s' and ignores it", f.Name, k.Name))
	}
	return kept
}

// unknownAmong returns an unknown argument or, if deep, one inside a list or tuple that is an argument.
func unknownAmong(self Value, args []Value, keywords []KeywordArg, deep bool) *Unknown {
	if u := unknownWithin(self, deep); u != nil {
		return u
	}
	for _, a := range args {
		if u := unknownWithin(a, deep); u != nil {
			return u
		}
	}
	for _, k := range keywords {
		if u := unknownWithin(k.Value, deep); u != nil {
			return u
		}
	}
	return nil
}

func unknownWithin(v Value, deep bool) *Unknown {
	var elts []Value
	switch v := v.(type) {
	case *Unknown:
		return v
	case *List:
		elts = v.Elts
	case *Tuple:
		elts = v.Elts
	}
	if !deep {
		return nil
	}
	for _, e := range elts {
		if u, ok := e.(*Unknown); ok {
			return u
		}
	}
	return nil
}

// callFunction binds arguments to the parameters of a script's function and runs it. self, if not nil, comes
// before the other arguments.
func (in *Interp) callFunction(caller *Frame, fn *Function, self Value, args []Value, keywords []KeywordArg) (Value, error) {
	k := fn.code
	slots := len(k.localNames)
	memory := make([]Value, slots, slots+12)
	f := &Frame{code: k, module: fn.module, caller: caller, locals: memory[:slots:slots], stack: memory[slots:], function: fn}
	if err := fn.bind(f.locals, self, args, keywords); err != nil {
		return nil, err
	}
	if n := len(k.cellNames); n > 0 {
		f.cells = make([]*cell, n)
		own := n - len(k.free)
		for i := range own {
			f.cells[i] = &cell{}
		}
		copy(f.cells[own:], fn.cells)
		for _, p := range k.captured {
			f.cells[p.cell].value = f.locals[p.local]
		}
	}
	if k.generator {
		return &Generator{frame: f, interp: in}, nil
	}
	return in.run(f)
}

// bind fills the parameter slots of a call, with Python's messages when the arguments do not fit.
func (fn *Function) bind(locals []Value, self Value, args []Value, keywords []KeywordArg) error {
	k := fn.code
	given := 0
	if self != nil {
		if k.plain > 0 {
			locals[0] = self
		}
		given = 1
	}
	n := min(len(args), max(k.plain-given, 0))
	copy(locals[min(given, k.plain):k.plain], args[:n])
	total := given + len(args)
	starSlot := k.plain + k.kwOnly
	if k.star {
		var rest []Value
		if self != nil && k.plain == 0 {
			rest = append(rest, self)
		}
		locals[starSlot] = &Tuple{Elts: append(rest, args[n:]...)}
	}
	var extra *Dict
	if k.doubleStar {
		extra = NewDict()
		slot := starSlot
		if k.star {
			slot++
		}
		locals[slot] = extra
	}
keywords:
	for _, kw := range keywords {
		for i := k.posOnly; i < k.plain+k.kwOnly; i++ {
			if k.localNames[i] != kw.Name {
				continue
			}
			if locals[i] != nil {
				return Raise("TypeError", "%s() got multiple values for argument '%s'", k.qualname, kw.Name)
			}
			locals[i] = kw.Value
			continue keywords
		}
		if extra != nil {
			extra.SetString(kw.Name, kw.Value)
			continue
		}
		return unexpectedKeyword(k.qualname, kw.Name, k.localNames[k.posOnly:k.plain+k.kwOnly])
	}
	if total > k.plain && !k.star {
		return tooManyArguments(k.qualname, k.plain-len(fn.defaults), k.plain, total)
	}
	if total < k.plain {
		var missing []string
		first := k.plain - len(fn.defaults)
		for i := range k.plain {
			if locals[i] != nil {
				continue
			}
			if i < first {
				missing = append(missing, k.localNames[i])
			} else {
				locals[i] = fn.defaults[i-first]
			}
		}
		if len(missing) > 0 {
			return missingArguments(k.qualname, "positional", missing)
		}
	}
	if k.kwOnly > 0 {
		var missing []string
		for i := range k.kwOnly {
			slot := k.plain + i
			if locals[slot] != nil {
				continue
			}
			if v, ok := fn.kwonly.GetString(k.localNames[slot]); ok {
				locals[slot] = v
			} else {
				missing = append(missing, k.localNames[slot])
			}
		}
		if len(missing) > 0 {
			return missingArguments(k.qualname, "keyword-only", missing)
		}
	}
	return nil
}

// makeFunction makes a function from its code, its defaults and the variables that it shares with the frame.
func (f *Frame) makeFunction(k *code, defaults *Tuple, kwonly *Dict) *Function {
	fn := &Function{Name: k.name, Doc: k.doc, code: k, defaults: defaults.Elts, kwonly: kwonly, module: f.module}
	if len(k.free) > 0 {
		fn.cells = make([]*cell, len(k.free))
		for i, from := range k.free {
			fn.cells[i] = f.cells[from]
		}
	}
	return fn
}

// makeClass runs a class body and makes the class.
func (in *Interp) makeClass(f *Frame, k *code, bases []Value) (Value, error) {
	c := &Class{Name: k.name, Module: f.module.ModuleName, Doc: k.doc, Base: objectClass, interp: in, qualname: k.qualname}
	var classes []*Class
	for _, b := range bases {
		base, ok := b.(*Class)
		if !ok {
			return nil, Raise("TypeError", "'%s' object cannot be a base class", TypeName(b))
		}
		if base.construct != nil && !base.exception && base.fields == nil {
			return nil, Raise("TypeError", "type '%s' is not an acceptable base type: a class can only extend classes that are written in the script, and exceptions", base.Name)
		}
		c.exception = c.exception || base.exception
		if c.fields == nil {
			c.fields = base.fields
		}
		classes = append(classes, base)
	}
	if len(classes) == 0 {
		classes = []*Class{objectClass}
	}
	c.Base = classes[0]
	if err := c.linearise(classes); err != nil {
		return nil, err
	}
	body := &Frame{code: k, module: f.module, caller: f, names: NewDict(), stack: make([]Value, 0, 8)}
	body.names.SetString("__module__", f.module.ModuleName)
	body.names.SetString("__qualname__", k.qualname)
	if n := len(k.cellNames); n > 0 {
		body.cells = make([]*cell, n)
		own := n - len(k.free)
		for i := range own {
			body.cells[i] = &cell{}
		}
		for i, from := range k.free {
			body.cells[own+i] = f.cells[from]
		}
	}
	if _, err := in.run(body); err != nil {
		return nil, err
	}
	c.attrs = body.names
	for _, v := range c.attrs.All() {
		c.adopt(v)
	}
	for _, base := range c.mro[1:] {
		if hook, ok := base.own("__init_subclass__"); ok {
			if _, err := in.call(f, &BoundMethod{c, hook}, nil, nil); err != nil {
				return nil, err
			}
			break
		}
	}
	return c, nil
}

// adopt tells the functions of a class body which class they belong to, for super().
func (c *Class) adopt(v Value) {
	switch v := v.(type) {
	case *Function:
		if v.class == nil {
			v.class = c
		}
	case *property:
		for _, f := range []Value{v.get, v.set, v.del} {
			c.adopt(f)
		}
	case *wrappedMethod:
		c.adopt(v.function)
	}
}

// instantiate makes an object of a class.
func (in *Interp) instantiate(caller *Frame, c *Class, args []Value, keywords []KeywordArg) (Value, error) {
	if c.construct != nil {
		v, err := in.callBuiltin(caller, c.construct, args, keywords)
		return v, err
	}
	if c.fields != nil {
		return in.instantiateTuple(caller, c, args, keywords)
	}
	var self Value
	var exception *Exception
	if c.exception {
		exception = &Exception{Instance: Instance{Class: c, attrs: NewDict()}, Args: args}
		self = exception
	} else {
		if c.interp == nil {
			if len(args)+len(keywords) > 0 {
				return nil, Raise("TypeError", "%s() takes no arguments", c.Name)
			}
			return &Instance{Class: c, attrs: NewDict()}, nil
		}
		self = &Instance{Class: c, attrs: NewDict()}
	}
	init, ok := c.lookup("__init__")
	if !ok {
		if exception == nil && len(args)+len(keywords) > 0 {
			return nil, Raise("TypeError", "%s() takes no arguments", c.Name)
		}
		if exception != nil && len(keywords) > 0 {
			return nil, Raise("TypeError", "%s() takes no keyword arguments", c.Name)
		}
		return self, nil
	}
	result, err := in.call(caller, &BoundMethod{self, init}, args, keywords)
	if err != nil {
		return nil, err
	}
	if !IsNone(result) {
		return nil, Raise("TypeError", "__init__() should return None, not '%s'", TypeName(result))
	}
	return self, nil
}

// instantiateTuple makes a namedtuple.
func (in *Interp) instantiateTuple(caller *Frame, c *Class, args []Value, keywords []KeywordArg) (Value, error) {
	named := c
	for named.signature == nil {
		named = named.Base
	}
	call := &Call{Interp: in, Frame: caller, Name: "__new__", Args: args, Keywords: keywords}
	if err := named.signature.bind(call, nil); err != nil {
		return nil, err
	}
	return &Tuple{Elts: call.bound, class: c, fields: c.fields}, nil
}

// Generator is a running generator: a frame that stops at each yield.
type Generator struct {
	frame   *Frame
	interp  *Interp
	running bool
	result  Value
}

// resume runs the generator to its next yield. The first time sent must be None.
func (g *Generator) resume(sent Value, thrown error) (v Value, more bool, err error) {
	f := g.frame
	if f.finished {
		return None, false, thrown
	}
	if g.running {
		return nil, false, Raise("ValueError", "generator already executing")
	}
	in := g.interp
	f.caller = in.frame
	if thrown != nil {
		if err := g.throwInto(thrown); err != nil {
			f.finished = true
			return nil, false, err
		}
	} else if f.pc > 0 {
		f.stack = append(f.stack, sent)
	} else if !IsNone(sent) {
		return nil, false, Raise("TypeError", "can't send non-None value to a just-started generator")
	}
	g.running = true
	v, err = in.run(f)
	g.running = false
	if err != nil {
		f.finished = true
		if e := toException(err); e.Class.IsSubclass(exceptionClasses["StopIteration"]) {
			wrapped := NewException(exceptionClasses["RuntimeError"], "generator raised StopIteration")
			wrapped.Cause, wrapped.Context = e, e
			return nil, false, wrapped
		}
		return nil, false, err
	}
	if f.finished {
		g.result = v
		return v, false, nil
	}
	return v, true, nil
}

// throwInto raises an exception at the yield where the generator stands: it enters the innermost handler, or
// returns the exception if there is none.
func (g *Generator) throwInto(thrown error) error {
	f := g.frame
	e := g.interp.raised(f, thrown, false)
	if len(f.blocks) == 0 || f.pc == 0 {
		return e
	}
	b := f.blocks[len(f.blocks)-1]
	f.blocks = f.blocks[:len(f.blocks)-1]
	f.stack = append(f.stack[:b.depth], e)
	f.handling = append(f.handling[:b.handling], e)
	f.pc = int(b.handler)
	return nil
}

// resumeDelegate advances the iterator of a `yield from`; when it is exhausted the value is its result.
func (in *Interp) resumeDelegate(it, sent Value) (Value, bool, error) {
	if g, ok := it.(*Generator); ok {
		return g.resume(sent, nil)
	}
	if iter, ok := it.(*Iterator); ok && iter.generator != nil {
		return iter.generator.resume(sent, nil)
	}
	v, more, err := advance(it)
	if !more && err == nil {
		v = None
	}
	return v, more, err
}

func describeFunction(f *Function) string {
	return fmt.Sprintf("<function %s at %s>", f.code.qualname, address(f))
}

func address(v any) string { return strings.ToLower(fmt.Sprintf("%p", v)) }
