package script

import (
	"math/big"
	"strings"

	"synfire/internal/syntax"
	"synfire/units"
)

// protocol returns a special method (__len__, __iter__, __add__ ...) of a value that no script's class has made, or nil:
// code asks for them with hasattr, and calls them now and then.
func (in *Interp) protocol(x Value, name string) Value {
	if !strings.HasPrefix(name, "__") || !strings.HasSuffix(name, "__") {
		return nil
	}
	method := func(parameters string, f func(c *Call) (Value, error)) Value {
		b := newBuiltin(Entry{Signature: name + "(" + parameters + ")", TakesUnknown: true, Func: f})
		b.self, b.bound = x, true
		return b
	}
	switch name {
	case "__str__":
		return method("", func(*Call) (Value, error) { return str(x) })
	case "__repr__":
		return method("", func(*Call) (Value, error) { return repr(x) })
	case "__hash__":
		if _, err := hashKey(x); err == nil {
			return method("", func(*Call) (Value, error) { return hashValue(x) })
		}
		return None
	case "__call__":
		if isCallable(x) {
			return method("*args, **kwargs", func(c *Call) (Value, error) { return in.call(c.Frame, x, c.Args, c.Keywords) })
		}
	case "__len__":
		if isSized(x) {
			return method("", func(*Call) (Value, error) { return length(x) })
		}
	case "__iter__":
		if isIterable(x) {
			return method("", func(*Call) (Value, error) { return iterator(x) })
		}
	case "__contains__":
		if isSized(x) && isIterable(x) {
			return method("key, /", func(c *Call) (Value, error) { return contains(x, c.Arg("key")) })
		}
	case "__getitem__":
		if isSubscriptable(x) {
			return method("key, /", func(c *Call) (Value, error) { return index(x, c.Arg("key")) })
		}
	case "__setitem__":
		switch x.(type) {
		case *List, *Dict, IndexSetter:
			return method("key, value, /", func(c *Call) (Value, error) { return None, setIndex(x, c.Arg("key"), c.Arg("value")) })
		}
	case "__delitem__":
		switch x.(type) {
		case *List, *Dict, IndexDeleter:
			return method("key, /", func(c *Call) (Value, error) { return None, delIndex(x, c.Arg("key")) })
		}
	case "__bool__", "__float__", "__int__", "__abs__", "__neg__":
		if isNumber(x) {
			return method("", func(c *Call) (Value, error) {
				switch name {
				case "__bool__":
					return Truth(x)
				case "__abs__":
					return absolute(x)
				case "__neg__":
					return unary(syntax.Neg, x)
				case "__int__":
					return in.call(c.Frame, in.classes["int"], []Value{x}, nil)
				}
				return AsFloat(x)
			})
		}
	}
	return in.operatorMethod(x, name, method)
}

// operatorMethod returns the method of an operator that a number or a container implements.
func (in *Interp) operatorMethod(x Value, name string, method func(string, func(c *Call) (Value, error)) Value) Value {
	for op := syntax.Add; op <= syntax.GtEq; op++ {
		reflected := dunder(op, true) == name && name != dunder(op, false)
		if dunder(op, false) != name && !reflected {
			continue
		}
		equality := op == syntax.Eq || op == syntax.NotEq
		sequenceOperator := isSequence(x) && (op == syntax.Add || op == syntax.Mul || op >= syntax.Eq)
		if !equality && !isNumber(x) && !sequenceOperator {
			return nil
		}
		return method("other, /", func(c *Call) (Value, error) {
			a, b := x, c.Arg("other")
			if reflected {
				a, b = b, a
			}
			v, err := in.binary(op, a, b)
			if err != nil && toException(err).Class == exceptionClasses["TypeError"] {
				return notImplementedType{}, nil
			}
			return v, err
		})
	}
	return nil
}

func isNumber(v Value) bool {
	switch v.(type) {
	case bool, int64, *big.Int, float64, complex128, units.Quantity, Floater:
		return true
	}
	return false
}

func isSized(v Value) bool {
	switch v.(type) {
	case string, Bytes, *List, *Tuple, *Dict, *Set, *dictView, *Range, Sized:
		return true
	}
	return false
}

func isIterable(v Value) bool {
	switch v.(type) {
	case *Generator, *Iterator, *rangeIterator, *listIterator, Iterable, *fileValue:
		return true
	case Indexed:
		return isSized(v)
	}
	_, foreign := v.(Sized)
	return isSized(v) && !foreign
}

func isSubscriptable(v Value) bool {
	switch v.(type) {
	case string, Bytes, *List, *Tuple, *Dict, *Range, Indexed:
		return true
	}
	return false
}
