package script

import (
	"strings"

	"synfire/internal/syntax"
)

// identical is the operator `is`. Small values have no identity of their own here: equal numbers and strings of
// one type are the same object.
func identical(x, y Value) bool {
	switch x := x.(type) {
	case *Tuple:
		y, ok := y.(*Tuple)
		return ok && (x == y || len(x.Elts) == 0 && len(y.Elts) == 0)
	case float64:
		y, ok := y.(float64)
		return ok && (x == y || x != x && y != y)
	}
	return safeEqual(x, y)
}

// safeEqual is == of two interfaces, false for types that Go cannot compare.
func safeEqual(x, y any) (same bool) {
	defer func() {
		if recover() != nil {
			same = false
		}
	}()
	return x == y
}

// Equal reports whether x == y is true in the language. Arrays that compare element by element decide by the truth
// of the result, as in Python.
func Equal(x, y Value) (bool, error) {
	if identical(x, y) {
		if f, ok := x.(float64); !ok || f == f {
			return true, nil
		}
		return false, nil
	}
	v, err := binary(syntax.Eq, x, y)
	if _, unknown := v.(*Unknown); unknown || err != nil {
		return false, err
	}
	return Truth(v)
}

// same is Equal after identity, as containers compare their elements (nan is itself).
func same(x, y Value) (bool, error) {
	if identical(x, y) {
		return true, nil
	}
	return Equal(x, y)
}

// nativeEqual compares values of the language's own types; known is false if it cannot judge.
func nativeEqual(x, y Value) (equal, known bool, err error) {
	switch x := x.(type) {
	case string:
		if y, ok := y.(string); ok {
			return x == y, true, nil
		}
	case Bytes:
		if y, ok := y.(Bytes); ok {
			return x == y, true, nil
		}
	case NoneType, EllipsisType:
		if _, foreign := y.(Operand); !foreign {
			if _, instance := y.(*Instance); !instance {
				return x == y, true, nil
			}
		}
	case *List:
		if y, ok := y.(*List); ok {
			equal, err := equalNested(x, y, 0)
			return equal, true, err
		}
	case *Tuple:
		if y, ok := y.(*Tuple); ok {
			equal, err := equalNested(x, y, 0)
			return equal, true, err
		}
	case *Range:
		if y, ok := y.(*Range); ok {
			n := x.Len()
			return n == y.Len() && (n == 0 || x.Start == y.Start && (n == 1 || x.Step == y.Step)), true, nil
		}
	case *Slice:
		if y, ok := y.(*Slice); ok {
			equal, err := equalElements([]Value{x.Low, x.High, x.Step}, []Value{y.Low, y.High, y.Step}, 0)
			return equal, true, err
		}
	case *Dict:
		if y, ok := y.(*Dict); ok {
			equal, err := equalNested(x, y, 0)
			return equal, true, err
		}
	case *Set:
		if y, ok := y.(*Set); ok {
			return x.Len() == y.Len() && subset(x, y), true, nil
		}
	case *BoundMethod:
		if y, ok := y.(*BoundMethod); ok {
			return identical(x.Self, y.Self) && x.Func == y.Func, true, nil
		}
	case *Builtin:
		if y, ok := y.(*Builtin); ok && x.bound && y.bound {
			return x.Name == y.Name && identical(x.self, y.self), true, nil
		}
	case *dictView:
		if y, ok := y.(*dictView); ok && x.kind == "keys" && y.kind == "keys" {
			a, b := x.set(), y.set()
			return a.Len() == b.Len() && subset(a, b), true, nil
		}
	}
	return false, false, nil
}

// equalNested compares containers inside containers, whose depth is limited: one may hold itself.
func equalNested(x, y Value, depth int) (bool, error) {
	if depth > maxDepth {
		return false, Raise("RecursionError", "maximum recursion depth exceeded in comparison")
	}
	switch x := x.(type) {
	case *List:
		if y, ok := y.(*List); ok {
			return equalElements(x.Elts, y.Elts, depth)
		}
	case *Tuple:
		if y, ok := y.(*Tuple); ok {
			return equalElements(x.Elts, y.Elts, depth)
		}
	case *Dict:
		y, ok := y.(*Dict)
		if !ok {
			break
		}
		if x.Len() != y.Len() {
			return false, nil
		}
		for _, e := range x.entries {
			if e.key == nil {
				continue
			}
			i, ok := y.index[e.hash]
			if !ok {
				return false, nil
			}
			if equal, err := equalElements([]Value{e.value}, []Value{y.entries[i].value}, depth); !equal || err != nil {
				return false, err
			}
		}
		return true, nil
	}
	return same(x, y)
}

func equalElements(a, b []Value, depth int) (bool, error) {
	if len(a) != len(b) {
		return false, nil
	}
	for i := range a {
		if identical(a[i], b[i]) {
			continue
		}
		if equal, err := equalNested(a[i], b[i], depth+1); !equal || err != nil {
			return false, err
		}
	}
	return true, nil
}

func subset(x, y *Set) bool {
	for _, e := range x.dict.entries {
		if e.key != nil {
			if _, ok := y.dict.index[e.hash]; !ok {
				return false
			}
		}
	}
	return true
}

// nativeOrder applies < <= > >= to strings, sequences and sets; nil if it cannot.
func nativeOrder(op syntax.Op, x, y Value) (Value, error) {
	switch x := x.(type) {
	case string:
		if y, ok := y.(string); ok {
			return comparison(op, strings.Compare(x, y)), nil
		}
	case Bytes:
		if y, ok := y.(Bytes); ok {
			return comparison(op, strings.Compare(string(x), string(y))), nil
		}
	case *List:
		if y, ok := y.(*List); ok {
			return orderElements(op, x.Elts, y.Elts)
		}
	case *Tuple:
		if y, ok := y.(*Tuple); ok {
			return orderElements(op, x.Elts, y.Elts)
		}
	case *Set:
		if y, ok := y.(*Set); ok {
			switch op {
			case syntax.LtEq:
				return subset(x, y), nil
			case syntax.Lt:
				return x.Len() < y.Len() && subset(x, y), nil
			case syntax.GtEq:
				return subset(y, x), nil
			case syntax.Gt:
				return y.Len() < x.Len() && subset(y, x), nil
			}
		}
	}
	return nil, nil
}

// orderElements compares by the first elements that differ.
func orderElements(op syntax.Op, a, b []Value) (Value, error) {
	for i := range min(len(a), len(b)) {
		equal, err := same(a[i], b[i])
		if err != nil {
			return nil, err
		}
		if !equal {
			return binary(op, a[i], b[i])
		}
	}
	return comparison(op, len(a)-len(b)), nil
}

// less is x < y for sorting.
func less(x, y Value) (bool, error) {
	switch a := x.(type) {
	case int64:
		if b, ok := y.(int64); ok {
			return a < b, nil
		}
	case float64:
		if b, ok := y.(float64); ok {
			return a < b, nil
		}
	}
	v, err := binary(syntax.Lt, x, y)
	if _, unknown := v.(*Unknown); unknown || err != nil {
		return false, err // an unknown order leaves elements where they are
	}
	return Truth(v)
}

// contains is the operator `in`.
func contains(container, x Value) (bool, error) {
	switch c := container.(type) {
	case string:
		s, ok := x.(string)
		if !ok {
			return false, Raise("TypeError", "'in <string>' requires string as left operand, not %s", TypeName(x))
		}
		return strings.Contains(c, s), nil
	case *Dict:
		_, ok, err := c.Get(x)
		return ok, err
	case *Set:
		return c.Has(x)
	case *dictView:
		if c.kind == "keys" {
			_, ok, err := c.dict.Get(x)
			return ok, err
		}
	case *Range:
		n, ok := x.(int64)
		if !ok {
			break
		}
		if c.Step > 0 {
			return n >= c.Start && n < c.Stop && (n-c.Start)%c.Step == 0, nil
		}
		return n <= c.Start && n > c.Stop && (c.Start-n)%-c.Step == 0, nil
	case *Instance:
		v, err := callDunder(c, "__contains__", x)
		if err != nil {
			return false, err
		}
		if v != nil {
			return Truth(v)
		}
	case Container:
		return c.Contains(x)
	}
	next, err := Iterate(container)
	if err != nil {
		return false, Raise("TypeError", "argument of type '%s' is not iterable", TypeName(container))
	}
	for {
		v, more, err := next()
		if err != nil || !more {
			return false, err
		}
		if equal, err := same(v, x); equal || err != nil {
			return equal, err
		}
	}
}

// Truth returns the truth of v. The truth of an unknown value is an error: only branches may ask for it.
func Truth(v Value) (bool, error) {
	switch v := v.(type) {
	case bool:
		return v, nil
	case NoneType:
		return false, nil
	case int64:
		return v != 0, nil
	case float64:
		return v != 0, nil
	case complex128:
		return v != 0, nil
	case string:
		return v != "", nil
	case Bytes:
		return v != "", nil
	case *List:
		return len(v.Elts) > 0, nil
	case *Tuple:
		return len(v.Elts) > 0, nil
	case *Dict:
		return v.Len() > 0, nil
	case *Set:
		return v.Len() > 0, nil
	case *Range:
		return v.Len() > 0, nil
	case *dictView:
		return v.dict.Len() > 0, nil
	case *Instance:
		if r, err := callDunder(v, "__bool__"); r != nil || err != nil {
			b, ok := r.(bool)
			if err == nil && !ok {
				err = Raise("TypeError", "__bool__ should return bool, returned %s", TypeName(r))
			}
			return b, err
		}
		if r, err := callDunder(v, "__len__"); r != nil || err != nil {
			n, _ := wholeNumber(r)
			return n != 0, err
		}
		return true, nil
	case *Unknown:
		return false, Raise("RuntimeError", "whether %s is true is not known before the script runs", v.What)
	case Truther:
		return v.Bool()
	case Sized:
		n, err := v.Len()
		return n != 0, err
	}
	if q, ok := quantityOf(v); ok {
		return q.Value != 0, nil
	}
	return true, nil
}

func instanceHash(o *Instance) (any, error) {
	if m, ok := o.Class.lookup("__hash__"); ok && o.Class.interp != nil {
		if IsNone(m) {
			return nil, unhashable(o)
		}
		v, err := callDunder(o, "__hash__")
		if err != nil {
			return nil, err
		}
		n, ok := wholeNumber(v)
		if !ok {
			return nil, Raise("TypeError", "__hash__ method should return an integer")
		}
		return hashedKey{n}, nil
	}
	if _, ok := o.Class.lookup("__eq__"); ok && o.Class.interp != nil {
		return nil, unhashable(o)
	}
	return identityKey{o}, nil
}
