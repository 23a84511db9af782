package script

import (
	"math/big"

	"synfire/units"
)

// methodTables are the methods of the language's own types, one set per evaluator.
type methodTables struct {
	str, bytes, list, tuple, dict, set, frozenset, integer, float, complex, quantity, generator, iterator, property, file, counter, rangeTable *Methods
	view                                                                                                                                       *Methods
}

func newMethodTables() *methodTables {
	sets := setMethods()
	t := &methodTables{str: stringMethods(), bytes: bytesMethods(), list: listMethods(), tuple: tupleMethods(), dict: dictMethods(nil),
		set: newMethods(append(sets, setChangingMethods()...)), frozenset: newMethods(sets), integer: intMethods(), float: floatMethods(),
		complex: complexMethods(), quantity: quantityMethods(), generator: generatorMethods(), iterator: iteratorMethods(),
		property: propertyMethods(), file: fileMethods(), counter: dictMethods(counterMethods()), rangeTable: sequenceMethods(), view: viewMethods()}
	for _, m := range []*Methods{t.str, t.bytes, t.list, t.tuple, t.dict, t.set, t.frozenset, t.generator, t.iterator, t.counter, t.view} {
		for _, b := range m.table {
			b.native = true
		}
	}
	return t
}

// of returns the methods of a value, or nil.
func (t *methodTables) of(v Value) *Methods {
	switch v := v.(type) {
	case string:
		return t.str
	case Bytes:
		return t.bytes
	case *List:
		return t.list
	case *Tuple:
		return t.tuple
	case *Dict:
		if v.class != nil && v.class.Name == "Counter" {
			return t.counter
		}
		return t.dict
	case *Set:
		if v.Frozen {
			return t.frozenset
		}
		return t.set
	case *dictView:
		return t.view
	case int64, bool, *big.Int:
		return t.integer
	case float64:
		return t.float
	case complex128:
		return t.complex
	case units.Quantity:
		return t.quantity
	case *Generator:
		return t.generator
	case *Iterator, *rangeIterator, *listIterator:
		return t.iterator
	case *Range:
		return t.rangeTable
	case *fileValue:
		return t.file
	case *property:
		return t.property
	}
	return nil
}

func intMethods() *Methods {
	return NewMethods(
		Entry{Signature: "bit_length()", Func: func(c *Call) (Value, error) { return int64(toBig(c.Self).BitLen()), nil }},
		Entry{Signature: "conjugate()", Func: func(c *Call) (Value, error) { return normal(toBig(c.Self)), nil }},
		Entry{Signature: "as_integer_ratio()", Func: func(c *Call) (Value, error) { return NewTuple(normal(toBig(c.Self)), int64(1)), nil }},
	)
}

func floatMethods() *Methods {
	return NewMethods(
		Entry{Signature: "is_integer()", Func: func(c *Call) (Value, error) {
			x := c.Self.(float64)
			n, err := truncated(x)
			if err != nil {
				return false, nil
			}
			y, _ := toFloat(n)
			return x == y, nil
		}},
		Entry{Signature: "conjugate()", Func: func(c *Call) (Value, error) { return c.Self, nil }},
		Entry{Signature: "as_integer_ratio()", Func: func(c *Call) (Value, error) {
			r := new(big.Rat).SetFloat64(c.Self.(float64))
			if r == nil {
				return nil, Raise("OverflowError", "cannot convert Infinity or NaN to integer ratio")
			}
			return NewTuple(normal(r.Num()), normal(r.Denom())), nil
		}},
	)
}

func complexMethods() *Methods {
	return NewMethods(Entry{Signature: "conjugate()", Func: func(c *Call) (Value, error) {
		x := c.Self.(complex128)
		return complex(real(x), -imag(x)), nil
	}})
}

func generatorMethods() *Methods {
	finish := func(v Value, more bool, err error) (Value, error) {
		if err == nil && !more {
			e := NewException(exceptionClasses["StopIteration"])
			if !IsNone(v) {
				e.Args = []Value{v}
			}
			return nil, e
		}
		return v, err
	}
	return NewMethods(
		Entry{Signature: "__next__()", Func: func(c *Call) (Value, error) { return finish(c.Self.(*Generator).resume(None, nil)) }},
		Entry{Signature: "__iter__()", Func: func(c *Call) (Value, error) { return c.Self, nil }},
		Entry{Signature: "send(value, /)", Func: func(c *Call) (Value, error) { return finish(c.Self.(*Generator).resume(c.Arg("value"), nil)) }},
		Entry{Signature: "throw(typ, val=None, tb=None)", Func: func(c *Call) (Value, error) {
			e, err := c.Interp.exceptionOf(c.Frame, c.Arg("typ"))
			if err != nil {
				return nil, err
			}
			return finish(c.Self.(*Generator).resume(None, e))
		}},
		Entry{Signature: "close()", Func: func(c *Call) (Value, error) {
			g := c.Self.(*Generator)
			if g.frame.finished || g.frame.pc == 0 {
				g.frame.finished = true
				return None, nil
			}
			_, more, err := g.resume(None, NewException(exceptionClasses["GeneratorExit"]))
			if more {
				return nil, Raise("RuntimeError", "generator ignored GeneratorExit")
			}
			if err != nil {
				if class := toException(err).Class; !class.IsSubclass(exceptionClasses["GeneratorExit"]) && !class.IsSubclass(exceptionClasses["StopIteration"]) {
					return nil, err
				}
			}
			return None, nil
		}},
	)
}

func iteratorMethods() *Methods {
	return NewMethods(
		Entry{Signature: "__next__()", Func: func(c *Call) (Value, error) {
			v, more, err := advance(c.Self)
			if err == nil && !more {
				err = NewException(exceptionClasses["StopIteration"])
			}
			return v, err
		}},
		Entry{Signature: "__iter__()", Func: func(c *Call) (Value, error) { return c.Self, nil }},
	)
}

func propertyMethods() *Methods {
	with := func(change func(p *property, f Value)) func(c *Call) (Value, error) {
		return func(c *Call) (Value, error) {
			p := *c.Self.(*property)
			change(&p, c.Arg("f"))
			return &p, nil
		}
	}
	return NewMethods(
		Entry{Signature: "getter(f, /)", Func: with(func(p *property, f Value) { p.get = f })},
		Entry{Signature: "setter(f, /)", Func: with(func(p *property, f Value) { p.set = f })},
		Entry{Signature: "deleter(f, /)", Func: with(func(p *property, f Value) { p.del = f })},
	)
}
