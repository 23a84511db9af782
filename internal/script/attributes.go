package script

import (
	"fmt"
	"slices"
	"sort"

	"synfire/units"
)

// property is the value of @property.
type property struct {
	get, set, del Value
}

// wrappedMethod is the value of @staticmethod and @classmethod.
type wrappedMethod struct {
	function Value
	static   bool
}

// superValue is what super() gives: attributes are looked up after a class in the order of self's class.
type superValue struct {
	after *Class
	self  Value // an instance, or a class in a class method
}

// Attr returns x.name.
func (in *Interp) Attr(x Value, name string) (Value, error) { return in.attr(x, name) }

// SetAttr assigns x.name = value.
func (in *Interp) SetAttr(x Value, name string, value Value) error { return in.setAttr(x, name, value) }

func (in *Interp) attr(x Value, name string) (Value, error) {
	v, err := in.findAttr(x, name)
	if v != nil || err != nil {
		return v, err
	}
	switch name {
	case "__class__":
		return in.typeOf(x), nil
	case "__doc__":
		return None, nil
	}
	if _, own := classOfInstance(x); !own {
		if v := in.protocol(x, name); v != nil {
			return v, nil
		}
	}
	return nil, in.noAttribute(x, name)
}

// noAttribute is the AttributeError of a name that x lacks, with the nearest one that it has.
func (in *Interp) noAttribute(x Value, name string) error {
	owner := fmt.Sprintf("'%s' object", TypeName(x))
	switch x := x.(type) {
	case *Class:
		owner = fmt.Sprintf("type object '%s'", x.Name)
	case *Module:
		owner = fmt.Sprintf("module '%s'", x.Name)
	}
	m := Raise("AttributeError", "%s has no attribute '%s'", owner, name)
	if near := Nearest(name, in.attrNames(x)); near != "" {
		m.Hint = fmt.Sprintf("Did you mean: '%s'?", near)
	}
	return m
}

// findAttr returns an attribute, or nil if there is none of that name.
func (in *Interp) findAttr(x Value, name string) (Value, error) {
	switch x := x.(type) {
	case *Instance:
		return in.instanceAttr(x, x.Class, x.attrs, name)
	case *Exception:
		if v := exceptionAttr(x, name); v != nil {
			return v, nil
		}
		return in.instanceAttr(x, x.Class, x.attrs, name)
	case *Class:
		return in.classAttr(x, name)
	case *Module:
		return in.moduleAttr(x, name)
	case *superValue:
		return in.superAttr(x, name)
	case *Function:
		return functionAttr(x, name), nil
	case *BoundMethod:
		switch name {
		case "__self__":
			return x.Self, nil
		case "__func__":
			return x.Func, nil
		}
		return in.findAttr(x.Func, name)
	case *Builtin:
		switch name {
		case "__name__", "__qualname__":
			return x.Name, nil
		case "__doc__":
			return x.Doc, nil
		case "__self__":
			if x.bound {
				return x.self, nil
			}
		}
		return nil, nil
	case units.Dimension:
		switch name {
		case "dim":
			return x, nil
		case "is_dimensionless":
			return x.IsDimensionless(), nil
		case "get_dimension":
			return NewBuiltin(Entry{Signature: "get_dimension(d)", Func: func(c *Call) (Value, error) {
				name, err := c.String("d")
				if err != nil {
					return nil, err
				}
				if exponent, ok := x.Exponent(name); ok {
					return exponent, nil
				}
				return nil, Raise("KeyError", "%s", Repr(name))
			}}), nil
		}
		return nil, nil
	case *property:
		if b := in.tables.property.Bind(x, name); b != nil {
			return b, nil
		}
		return nil, nil
	case *Unknown:
		return &Unknown{What: x.What + "." + name}, nil
	case *Tuple:
		if v, err := in.tupleAttr(x, name); v != nil || err != nil {
			return v, err
		}
	case *Slice:
		switch name {
		case "start":
			return x.Low, nil
		case "stop":
			return x.High, nil
		case "step":
			return x.Step, nil
		}
		return nil, nil
	case *Range:
		switch name {
		case "start":
			return x.Start, nil
		case "stop":
			return x.Stop, nil
		case "step":
			return x.Step, nil
		}
	case int64, bool, float64, complex128:
		if v := numberAttr(x, name); v != nil {
			return v, nil
		}
	case units.Quantity:
		if v := in.quantityAttr(x, name); v != nil {
			return v, nil
		}
		if in.config.NumberAttr != nil {
			return in.config.NumberAttr(x, name)
		}
		return nil, nil
	case Attributed:
		v, err := x.Attr(name)
		if v != nil || err != nil {
			return v, err
		}
		return nil, nil
	}
	if m := in.tables.of(x); m != nil {
		if b := m.Bind(x, name); b != nil {
			return b, nil
		}
	}
	if in.config.NumberAttr != nil {
		switch x.(type) {
		case int64, bool, float64, complex128:
			return in.config.NumberAttr(x, name)
		}
	}
	return nil, nil
}

func exceptionAttr(e *Exception, name string) Value {
	orNone := func(e *Exception) Value {
		if e == nil {
			return None
		}
		return e
	}
	switch name {
	case "args":
		return &Tuple{Elts: e.Args}
	case "__cause__":
		return orNone(e.Cause)
	case "__context__":
		return orNone(e.Context)
	case "__traceback__":
		return None
	case "message":
		if e.Class.interp == nil {
			return nil
		}
	case "value":
		if e.Class.Name == "StopIteration" && len(e.Args) > 0 {
			return e.Args[0]
		}
	case "with_traceback":
		return NewBuiltin(Entry{Signature: "with_traceback(tb, /)", Func: func(*Call) (Value, error) { return e, nil }})
	}
	return nil
}

// instanceAttr looks in the object itself, in its class, and asks __getattr__ last.
func (in *Interp) instanceAttr(self Value, class *Class, attrs *Dict, name string) (Value, error) {
	v, found := class.lookup(name)
	if p, ok := v.(*property); ok && found {
		if p.get == nil {
			return nil, Raise("AttributeError", "property '%s' of '%s' object has no getter", name, class.Name)
		}
		return in.call(in.frame, p.get, []Value{self}, nil)
	}
	if attrs != nil {
		if own, ok := attrs.GetString(name); ok {
			return own, nil
		}
	}
	if found {
		return bindMethod(v, self, class), nil
	}
	switch name {
	case "__class__":
		return class, nil
	case "__dict__":
		return attrs, nil
	case "__module__":
		return class.Module, nil
	case "__doc__":
		if class.Doc != "" {
			return class.Doc, nil
		}
	}
	if hook, ok := class.lookup("__getattr__"); ok {
		return in.call(in.frame, &BoundMethod{self, hook}, []Value{name}, nil)
	}
	return nil, nil
}

// bindMethod returns what a class attribute is when it is reached through an object.
func bindMethod(v, self Value, class *Class) Value {
	switch f := v.(type) {
	case *Function, BoundInClass:
		return &BoundMethod{self, f}
	case *wrappedMethod:
		if f.static {
			return f.function
		}
		return &BoundMethod{class, f.function}
	}
	return v
}

func (in *Interp) classAttr(c *Class, name string) (Value, error) {
	switch name {
	case "__name__":
		return c.Name, nil
	case "__qualname__":
		if c.qualname != "" {
			return c.qualname, nil
		}
		return c.Name, nil
	case "__doc__":
		if c.Doc == "" {
			return None, nil
		}
		return c.Doc, nil
	case "__module__":
		return c.Module, nil
	case "__base__":
		return c.Base, nil
	case "__bases__":
		return &Tuple{Elts: []Value{c.Base}}, nil
	case "__mro__":
		t := &Tuple{}
		for _, k := range c.order() {
			t.Elts = append(t.Elts, k)
		}
		return t, nil
	case "__dict__":
		if c.attrs == nil {
			return NewDict(), nil
		}
		return c.attrs, nil
	case "_fields":
		if c.fields != nil {
			return stringTuple(c.fields), nil
		}
	case "_make":
		if c.fields != nil {
			return NewBuiltin(Entry{Signature: "_make(iterable, /)", Func: func(call *Call) (Value, error) {
				elts, err := Elements(call.Arg("iterable"))
				if err != nil {
					return nil, err
				}
				return in.instantiateTuple(call.Frame, c, elts, nil)
			}}), nil
		}
	}
	v, ok := c.lookup(name)
	if !ok {
		return nil, nil
	}
	if w, ok := v.(*wrappedMethod); ok {
		if w.static {
			return w.function, nil
		}
		return &BoundMethod{c, w.function}, nil
	}
	return v, nil
}

func (in *Interp) superAttr(s *superValue, name string) (Value, error) {
	class, isClass := s.self.(*Class)
	if !isClass {
		class = in.typeOf(s.self)
	}
	order := class.order()
	at := slices.Index(order, s.after)
	for _, k := range order[at+1:] {
		v, ok := k.own(name)
		if !ok {
			continue
		}
		if p, ok := v.(*property); ok {
			return in.call(in.frame, p.get, []Value{s.self}, nil)
		}
		if isClass {
			if w, ok := v.(*wrappedMethod); ok && !w.static {
				return &BoundMethod{class, w.function}, nil
			}
			return v, nil
		}
		return bindMethod(v, s.self, class), nil
	}
	switch name {
	case "__init__":
		return NewBuiltin(Entry{Signature: "__init__(*args, **kwargs)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			if e, ok := s.self.(*Exception); ok {
				e.Args = c.Args
			} else if len(c.Args)+len(c.Keywords) > 0 {
				return nil, Raise("TypeError", "object.__init__() takes exactly one argument (the instance to initialize)")
			}
			return None, nil
		}}), nil
	case "__repr__", "__str__":
		return NewBuiltin(Entry{Signature: name + "()", Func: func(*Call) (Value, error) {
			if e, ok := s.self.(*Exception); ok && name == "__str__" {
				return e.Message(), nil
			}
			return plainRepr(s.self), nil
		}}), nil
	case "__setattr__":
		return NewBuiltin(Entry{Signature: "__setattr__(name, value, /)", TakesUnknown: true, Func: func(c *Call) (Value, error) {
			n, err := c.String("name")
			if err != nil {
				return nil, err
			}
			if o, ok := s.self.(*Instance); ok {
				o.attrs.SetString(n, c.Arg("value"))
			}
			return None, nil
		}}), nil
	case "__init_subclass__":
		return NewBuiltin(Entry{Signature: "__init_subclass__(**kwargs)", Func: func(*Call) (Value, error) { return None, nil }}), nil
	}
	if e, ok := s.self.(*Exception); ok {
		return exceptionAttr(e, name), nil
	}
	return nil, nil
}

func functionAttr(f *Function, name string) Value {
	if f.attrs != nil {
		if v, ok := f.attrs.GetString(name); ok {
			return v
		}
	}
	switch name {
	case "__name__":
		return f.Name
	case "__qualname__":
		return f.code.qualname
	case "__module__":
		return f.module.ModuleName
	case "__doc__":
		if f.Doc != "" {
			return f.Doc
		}
		return None
	case "__defaults__":
		if len(f.defaults) == 0 {
			return None
		}
		return &Tuple{Elts: f.defaults}
	case "__dict__":
		if f.attrs == nil {
			f.attrs = NewDict()
		}
		return f.attrs
	}
	return nil
}

func numberAttr(x Value, name string) Value {
	switch name {
	case "real":
		if c, ok := x.(complex128); ok {
			return real(c)
		}
		if b, ok := x.(bool); ok {
			n, _ := wholeNumber(b)
			return n
		}
		return x
	case "imag":
		switch c := x.(type) {
		case complex128:
			return imag(c)
		case float64:
			return 0.0
		}
		return int64(0)
	case "numerator":
		if n, ok := wholeNumber(x); ok {
			return n
		}
	case "denominator":
		if _, ok := wholeNumber(x); ok {
			return int64(1)
		}
	}
	return nil
}

func (in *Interp) quantityAttr(q units.Quantity, name string) Value {
	switch name {
	case "dim", "dimensions":
		return q.Dim
	case "shape":
		return &Tuple{}
	case "ndim":
		return int64(0)
	case "size":
		return int64(1)
	case "real", "T":
		return q
	case "is_dimensionless":
		return q.IsDimensionless()
	}
	if m := in.tables.quantity.Bind(q, name); m != nil {
		return m
	}
	return nil
}

func (in *Interp) setAttr(x Value, name string, value Value) error {
	switch x := x.(type) {
	case *Instance:
		return in.setInstanceAttr(x, x.Class, x.attrs, name, value)
	case *Exception:
		if name == "args" {
			elts, err := Elements(value)
			x.Args = elts
			return err
		}
		if x.attrs == nil {
			x.attrs = NewDict()
		}
		return in.setInstanceAttr(x, x.Class, x.attrs, name, value)
	case *Class:
		if x.interp == nil || x.attrs == nil {
			return Raise("TypeError", "cannot set '%s' attribute of immutable type '%s'", name, x.Name)
		}
		x.attrs.SetString(name, value)
		x.adopt(value)
		return nil
	case *Function:
		switch name {
		case "__name__":
			if s, ok := value.(string); ok {
				x.Name = s
				return nil
			}
		case "__doc__":
			if s, ok := value.(string); ok {
				x.Doc = s
				return nil
			}
		}
		if x.attrs == nil {
			x.attrs = NewDict()
		}
		x.attrs.SetString(name, value)
		return nil
	case *Module:
		return in.setModuleAttr(x, name, value)
	case *Unknown:
		return nil
	case AttrSetter:
		return x.SetAttr(name, value)
	}
	if v, err := in.findAttr(x, name); v != nil || err != nil {
		if err != nil {
			return err
		}
		return Raise("AttributeError", "'%s' object attribute '%s' is read-only", TypeName(x), name)
	}
	return in.noAttribute(x, name)
}

func (in *Interp) setInstanceAttr(self Value, class *Class, attrs *Dict, name string, value Value) error {
	if v, ok := class.lookup(name); ok {
		if p, ok := v.(*property); ok {
			if p.set == nil {
				return Raise("AttributeError", "property '%s' of '%s' object has no setter", name, class.Name)
			}
			_, err := in.call(in.frame, p.set, []Value{self, value}, nil)
			return err
		}
	}
	if hook, ok := class.lookup("__setattr__"); ok {
		_, err := in.call(in.frame, &BoundMethod{self, hook}, []Value{name, value}, nil)
		return err
	}
	attrs.SetString(name, value)
	return nil
}

func (in *Interp) delAttr(x Value, name string) error {
	var attrs *Dict
	switch x := x.(type) {
	case *Instance:
		attrs = x.attrs
	case *Exception:
		attrs = x.attrs
	case *Function:
		attrs = x.attrs
	case *Class:
		if x.interp != nil {
			attrs = x.attrs
		}
	case *Unknown:
		return nil
	case AttrDeleter:
		return x.DelAttr(name)
	}
	if attrs != nil {
		if found, err := attrs.Delete(name); found || err != nil {
			return err
		}
	}
	return in.noAttribute(x, name)
}

// attrNames lists the attributes of a value, for dir() and for suggestions.
func (in *Interp) attrNames(x Value) []string {
	var names []string
	addDict := func(d *Dict) {
		if d == nil {
			return
		}
		for k := range d.All() {
			if s, ok := k.(string); ok {
				names = append(names, s)
			}
		}
	}
	addClass := func(c *Class) {
		for _, k := range c.order() {
			addDict(k.attrs)
			if k.methods != nil {
				names = append(names, k.methods.names...)
			}
			names = append(names, k.fields...)
		}
	}
	switch x := x.(type) {
	case *Instance:
		addDict(x.attrs)
		addClass(x.Class)
	case *Exception:
		names = append(names, "args", "with_traceback")
		addDict(x.attrs)
		addClass(x.Class)
	case *Class:
		addClass(x)
	case *Module:
		names = in.moduleNames(x)
	case *Function:
		addDict(x.attrs)
	case *Tuple:
		names = append(names, x.fields...)
	case AttrLister:
		names = append(names, x.AttrNames()...)
	}
	if m := in.tables.of(x); m != nil {
		names = append(names, m.names...)
	}
	sort.Strings(names)
	return slices.Compact(names)
}

func stringTuple(names []string) *Tuple {
	t := &Tuple{}
	for _, n := range names {
		t.Elts = append(t.Elts, n)
	}
	return t
}
