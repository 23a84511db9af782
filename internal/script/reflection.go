package script

import (
	"context"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

func reflectionBuiltins() []Entry {
	return []Entry{
		{Signature: "isinstance(obj, class_or_tuple, /)", Func: func(c *Call) (Value, error) {
			return c.Interp.isInstance(c.Arg("obj"), c.Arg("class_or_tuple"))
		}},
		{Signature: "issubclass(cls, class_or_tuple, /)", Func: func(c *Call) (Value, error) {
			class, ok := c.Arg("cls").(*Class)
			if !ok {
				return nil, Raise("TypeError", "issubclass() arg 1 must be a class")
			}
			return isSubclass(class, c.Arg("class_or_tuple"))
		}},
		{Signature: "callable(obj, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) { return isCallable(c.Arg("obj")), nil }},
		{Signature: "getattr(object, name, default=..., /)", Func: func(c *Call) (Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, Raise("TypeError", "attribute name must be string, not '%s'", TypeName(c.Arg("name")))
			}
			v, err := c.Interp.attr(c.Arg("object"), name)
			if err != nil && c.Given("default") && isAttributeError(err) {
				return c.Arg("default"), nil
			}
			return v, err
		}},
		{Signature: "setattr(obj, name, value, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, Raise("TypeError", "attribute name must be string, not '%s'", TypeName(c.Arg("name")))
			}
			return None, c.Interp.setAttr(c.Arg("obj"), name, c.Arg("value"))
		}},
		{Signature: "delattr(obj, name, /)", Func: func(c *Call) (Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, err
			}
			return None, c.Interp.delAttr(c.Arg("obj"), name)
		}},
		{Signature: "hasattr(obj, name, /)", Func: func(c *Call) (Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, Raise("TypeError", "attribute name must be string, not '%s'", TypeName(c.Arg("name")))
			}
			_, err = c.Interp.attr(c.Arg("obj"), name)
			if err != nil && !isAttributeError(err) {
				return nil, err
			}
			return err == nil, nil
		}},
		{Signature: "dir(object=..., /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			if !c.Given("object") {
				if c.Frame == nil {
					return NewList(), nil
				}
				if names := c.Frame.LocalNames(); len(names) > 0 {
					return stringList(names), nil
				}
				return stringList(c.Frame.module.Names()), nil
			}
			return stringList(c.Interp.attrNames(c.Arg("object"))), nil
		}},
		{Signature: "vars(object=..., /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			if !c.Given("object") {
				return localsOf(c), nil
			}
			v, err := c.Interp.findAttr(c.Arg("object"), "__dict__")
			if v == nil && err == nil {
				err = Raise("TypeError", "vars() argument must have __dict__ attribute")
			}
			return v, err
		}},
		{Signature: "globals()", Func: func(c *Call) (Value, error) { return &globalsView{callerModule(c)}, nil }},
		{Signature: "locals()", Func: func(c *Call) (Value, error) { return localsOf(c), nil }},
		{Signature: "super(cls=..., obj=..., /)", Func: makeSuper},
		{Signature: "eval(source, globals=None, locals=None, /)", Func: func(c *Call) (Value, error) { return evaluate(c, true) }},
		{Signature: "exec(source, globals=None, locals=None, /)", Func: func(c *Call) (Value, error) { return evaluate(c, false) }},
	}
}

func isAttributeError(err error) bool {
	return toException(err).Class.IsSubclass(exceptionClasses["AttributeError"])
}

func callerModule(c *Call) *Namespace {
	if c.Frame == nil {
		return c.Interp.main
	}
	return c.Frame.module
}

func localsOf(c *Call) Value {
	if c.Frame == nil || c.Frame.function == nil && c.Frame.names == nil {
		return &globalsView{callerModule(c)}
	}
	d := NewDict()
	for _, n := range c.Frame.LocalNames() {
		v, _ := c.Frame.Local(n)
		d.SetString(n, v)
	}
	return d
}

func isCallable(v Value) bool {
	switch v := v.(type) {
	case *Function, *Builtin, *BoundMethod, *Class, *Unknown, Callable:
		return true
	case *Instance:
		_, ok := v.Class.lookup("__call__")
		return ok
	}
	return false
}

// isInstance is isinstance(v, class) for a class or a tuple of classes.
func (in *Interp) isInstance(v Value, class Value) (Value, error) {
	switch k := class.(type) {
	case *Class:
		if k.isOwn != nil && k.isOwn(v) {
			return true, nil
		}
		return in.typeOf(v).IsSubclass(k), nil
	case *Tuple:
		for _, e := range k.Elts {
			r, err := in.isInstance(v, e)
			if err != nil || r == true {
				return r, err
			}
		}
		return false, nil
	}
	return nil, Raise("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

func isSubclass(c *Class, class Value) (Value, error) {
	switch k := class.(type) {
	case *Class:
		return c.IsSubclass(k), nil
	case *Tuple:
		for _, e := range k.Elts {
			r, err := isSubclass(c, e)
			if err != nil || r == true {
				return r, err
			}
		}
		return false, nil
	}
	return nil, Raise("TypeError", "issubclass() arg 2 must be a class, a tuple of classes, or a union")
}

func makeSuper(c *Call) (Value, error) {
	if c.Given("cls") {
		class, ok := c.Arg("cls").(*Class)
		if !ok {
			return nil, Raise("TypeError", "super() argument 1 must be a type, not %s", TypeName(c.Arg("cls")))
		}
		return &superValue{class, c.Arg("obj")}, nil
	}
	f := c.Frame
	if f == nil || f.function == nil || f.function.class == nil {
		return nil, Raise("RuntimeError", "super(): no arguments")
	}
	if f.code.plain == 0 {
		return nil, Raise("RuntimeError", "super(): no arguments")
	}
	return &superValue{f.function.class, f.locals[0]}, nil
}

// evaluate is eval or exec: the text sees the names of the caller. At a module's top level exec writes to its globals;
// elsewhere what it assigns is lost, as in Python.
func evaluate(c *Call, expression bool) (Value, error) {
	text, ok := c.Arg("source").(string)
	if !ok {
		return nil, Raise("TypeError", "%s() arg 1 must be a string", c.Name)
	}
	module, err := c.Interp.parse(&diag.Source{Name: "<string>", Text: text})
	if err != nil {
		return nil, err
	}
	if expression {
		if len(module.Body) != 1 {
			return nil, Raise("SyntaxError", "eval() needs one expression")
		}
		if _, ok := module.Body[0].(*syntax.ExprStmt); !ok {
			return nil, Raise("SyntaxError", "eval() needs an expression, not a statement")
		}
	}
	namespace := callerModule(c)
	if dict, ok := c.Arg("globals").(*Dict); ok {
		namespace = newNamespace("<string>", c.Interp.builtins)
		for k, v := range dict.All() {
			if name, ok := k.(string); ok {
				namespace.Set(name, v)
			}
		}
		defer func() {
			for _, n := range namespace.Names() {
				v, _ := namespace.Lookup(n)
				dict.SetString(n, v)
			}
		}()
	} else if c.Frame != nil && (c.Frame.function != nil || c.Frame.names != nil) {
		namespace = newNamespace(c.Frame.module.ModuleName, c.Interp.builtins)
		for _, n := range c.Frame.Names() {
			v, _ := c.Frame.Lookup(n)
			namespace.Set(n, v)
		}
	}
	ctx := c.Context
	if ctx == nil {
		ctx = context.Background()
	}
	v, err := c.Interp.exec(ctx, module, namespace, expression)
	if v == nil {
		v = None
	}
	return v, err
}

// globalsView is what globals() gives: a dict that writes through to the module.
type globalsView struct{ namespace *Namespace }

func (g *globalsView) dict() *Dict {
	d := NewDict()
	for _, n := range g.namespace.Names() {
		v, _ := g.namespace.Lookup(n)
		d.SetString(n, v)
	}
	return d
}

// TypeName makes the view look like the dict that it stands for.
func (g *globalsView) TypeName() string { return "dict" }

// Repr shows the names and values.
func (g *globalsView) Repr() string { return Repr(g.dict()) }

// Index returns a global.
func (g *globalsView) Index(key any) (any, error) { return g.dict().item(key) }

// SetIndex binds a global.
func (g *globalsView) SetIndex(key, value any) error {
	name, ok := key.(string)
	if !ok {
		return Raise("TypeError", "global names are strings, not %s", TypeName(key))
	}
	g.namespace.Set(name, value)
	return nil
}

// DelIndex unbinds a global.
func (g *globalsView) DelIndex(key any) error {
	name, ok := key.(string)
	if _, found := g.namespace.Lookup(name); !ok || !found {
		return NewException(exceptionClasses["KeyError"], key)
	}
	g.namespace.Delete(name)
	return nil
}

// Len returns the number of bound names.
func (g *globalsView) Len() (int, error) { return len(g.namespace.Names()), nil }

// Contains reports whether a name is bound.
func (g *globalsView) Contains(key any) (bool, error) {
	name, _ := key.(string)
	_, ok := g.namespace.Lookup(name)
	return ok, nil
}

// Iterate visits the names.
func (g *globalsView) Iterate() (func() (any, bool, error), error) { return Iterate(g.dict()) }

// Attr gives the methods of dict; update writes through.
func (g *globalsView) Attr(name string) (any, error) {
	if name == "update" {
		return NewBuiltin(Entry{Signature: "update(other=..., /, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			d := NewDict()
			if err := updateDict(c, d); err != nil {
				return nil, err
			}
			for k, v := range d.All() {
				if err := g.SetIndex(k, v); err != nil {
					return nil, err
				}
			}
			return None, nil
		}}), nil
	}
	if b := dictMethods(nil).Bind(g.dict(), name); b != nil {
		return b, nil
	}
	return nil, nil
}
