package script

import "slices"

// Class is a class: one that the script defines, an exception class, or the class of values made in Go.
type Class struct {
	Name   string
	Module string
	Doc    string
	Base   *Class // nil only for object
	attrs  *Dict  // what a script's class body has defined; nil for classes made in Go
	mro    []*Class

	construct *Builtin         // makes an instance of a class written in Go
	isOwn     func(Value) bool // isinstance for values made in Go
	methods   *Methods         // unbound methods of classes written in Go
	static    *Methods         // functions of such classes that take no instance
	exception bool
	fields    []string   // of a namedtuple
	signature *signature // of a namedtuple's constructor
	interp    *Interp    // of classes that a script has defined
	qualname  string
}

// Instance is an object of a class that a script has defined.
type Instance struct {
	Class *Class
	attrs *Dict
}

// NewClass describes a class of values made in Go. construct is the entry that a call of the class runs (its
// signature begins with the class's name); isOwn says which values are instances.
func NewClass(construct Entry, isOwn func(Value) bool) *Class {
	b := newBuiltin(construct)
	return &Class{Name: b.Name, Doc: construct.Doc, Base: objectClass, construct: b, isOwn: isOwn}
}

// WithBase sets the base class, for issubclass, and returns the class.
func (c *Class) WithBase(base *Class) *Class {
	c.Base = base
	return c
}

// WithMethods lets the class's methods be reached through the class (str.upper).
func (c *Class) WithMethods(m *Methods) *Class {
	c.methods = m
	return c
}

// WithStatic lets functions be reached through the class that take no instance (Unit.create).
func (c *Class) WithStatic(entries ...Entry) *Class {
	c.static = newMethods(entries)
	return c
}

// IsSubclass reports whether the class is base or derives from it.
func (c *Class) IsSubclass(base *Class) bool {
	if len(c.mro) > 0 {
		return slices.Contains(c.mro, base)
	}
	for k := c; k != nil; k = k.Base {
		if k == base {
			return true
		}
	}
	return base == objectClass
}

// lookup finds an attribute of the class along its bases.
func (c *Class) lookup(name string) (Value, bool) {
	if len(c.mro) > 0 {
		for _, k := range c.mro {
			if v, ok := k.own(name); ok {
				return v, true
			}
		}
		return nil, false
	}
	for k := c; k != nil; k = k.Base {
		if v, ok := k.own(name); ok {
			return v, true
		}
	}
	return nil, false
}

func (c *Class) own(name string) (Value, bool) {
	if c.attrs != nil {
		if v, ok := c.attrs.GetString(name); ok {
			return v, true
		}
	}
	for _, m := range []*Methods{c.methods, c.static} {
		if m != nil && m.table[name] != nil {
			return m.table[name], true
		}
	}
	return nil, false
}

// linearise sets the method resolution order of a class with the given bases (Python's C3).
func (c *Class) linearise(bases []*Class) error {
	var sequences [][]*Class
	for _, b := range bases {
		sequences = append(sequences, slices.Clone(b.order()))
	}
	sequences = append(sequences, slices.Clone(bases))
	c.mro = []*Class{c}
	for {
		sequences = slices.DeleteFunc(sequences, func(s []*Class) bool { return len(s) == 0 })
		if len(sequences) == 0 {
			return nil
		}
		var next *Class
	candidates:
		for _, s := range sequences {
			for _, other := range sequences {
				if slices.Contains(other[1:], s[0]) {
					continue candidates
				}
			}
			next = s[0]
			break
		}
		if next == nil {
			return Raise("TypeError", "Cannot create a consistent method resolution order (MRO) for bases of '%s'", c.Name)
		}
		c.mro = append(c.mro, next)
		for i, s := range sequences {
			if s[0] == next {
				sequences[i] = s[1:]
			}
		}
	}
}

func (c *Class) order() []*Class {
	if len(c.mro) > 0 {
		return c.mro
	}
	var order []*Class
	for k := c; k != nil; k = k.Base {
		order = append(order, k)
	}
	return order
}

var objectClass = &Class{Name: "object", Module: "builtins"}
