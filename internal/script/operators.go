package script

import (
	"math"
	"math/big"
	"strings"

	"synfire/internal/syntax"
	"synfire/units"
)

// errNeedsArray says that an operation of a quantity and a sequence gives an array, which only another package can make.
var errNeedsArray = Raise("TypeError", "a quantity and a sequence make an array")

// binary applies an operator to two values of any type.
func binary(op syntax.Op, x, y Value) (Value, error) {
	switch op {
	case syntax.Is:
		return identical(x, y), nil
	case syntax.IsNot:
		return !identical(x, y), nil
	case syntax.In, syntax.NotIn:
		if u, ok := y.(*Unknown); ok {
			return &Unknown{What: u.What}, nil
		}
		found, err := contains(y, x)
		return found == (op == syntax.In), err
	}
	if v, err := numberBinary(op, x, y); v != nil || err != nil {
		return v, err
	}
	if v, err := unknownBinary(op, x, y); v != nil || err != nil {
		return v, err
	}
	if v, err := nativeBinary(op, x, y); v != nil || err != nil {
		return v, err
	}
	if v, err := overloaded(op, x, y); v != nil || err != nil {
		return v, err
	}
	switch op {
	case syntax.Eq:
		return identical(x, y), nil
	case syntax.NotEq:
		return !identical(x, y), nil
	case syntax.Lt, syntax.LtEq, syntax.Gt, syntax.GtEq:
		return nil, Raise("TypeError", "'%s' not supported between instances of '%s' and '%s'", op, TypeName(x), TypeName(y))
	}
	return nil, unsupported(op, x, y)
}

// unsupported is Python's TypeError for an operator that neither operand implements.
func unsupported(op syntax.Op, x, y Value) error {
	switch xs := x.(type) {
	case string:
		if op == syntax.Add {
			return Raise("TypeError", "can only concatenate str (not \"%s\") to str", TypeName(y))
		}
	case Bytes:
		if op == syntax.Add {
			return Raise("TypeError", "can't concat %s to bytes", TypeName(y))
		}
	case *List, *Tuple:
		if op == syntax.Add {
			return Raise("TypeError", "can only concatenate %[1]s (not \"%[2]s\") to %[1]s", TypeName(xs), TypeName(y))
		}
	}
	if op == syntax.Mul && (isSequence(x) || isSequence(y)) {
		other := y
		if !isSequence(x) {
			other = x
		}
		return Raise("TypeError", "can't multiply sequence by non-int of type '%s'", TypeName(other))
	}
	name := op.String()
	if op == syntax.Pow {
		name = "** or pow()"
	}
	return Raise("TypeError", "unsupported operand type(s) for %s: '%s' and '%s'", name, TypeName(x), TypeName(y))
}

func isSequence(v Value) bool {
	switch v.(type) {
	case string, *List, *Tuple, Bytes:
		return true
	}
	return false
}

// nativeBinary applies an operator to values of the language's own types, plain numbers apart; nil means that it does
// not know how.
func nativeBinary(op syntax.Op, x, y Value) (Value, error) {
	if _, ok := x.(units.Quantity); ok {
		return quantityBinary(op, x, y)
	}
	if _, ok := y.(units.Quantity); ok {
		return quantityBinary(op, x, y)
	}
	switch op {
	case syntax.Eq, syntax.NotEq:
		same, known, err := nativeEqual(x, y)
		if known || err != nil {
			return same == (op == syntax.Eq), err
		}
		return nil, nil
	case syntax.Lt, syntax.LtEq, syntax.Gt, syntax.GtEq:
		return nativeOrder(op, x, y)
	case syntax.Mul:
		if isSequence(x) {
			return repeat(x, y)
		}
		if isSequence(y) {
			return repeat(y, x)
		}
	}
	switch x := x.(type) {
	case string:
		switch op {
		case syntax.Add:
			if y, ok := y.(string); ok {
				return x + y, nil
			}
		case syntax.Mod:
			return percentFormat(x, y)
		}
	case Bytes:
		if y, ok := y.(Bytes); ok && op == syntax.Add {
			return x + y, nil
		}
	case *List:
		if y, ok := y.(*List); ok && op == syntax.Add {
			return &List{Elts: append(append(make([]Value, 0, len(x.Elts)+len(y.Elts)), x.Elts...), y.Elts...)}, nil
		}
	case *Tuple:
		if y, ok := y.(*Tuple); ok && op == syntax.Add {
			return &Tuple{Elts: append(append(make([]Value, 0, len(x.Elts)+len(y.Elts)), x.Elts...), y.Elts...)}, nil
		}
	case *Set:
		if y, ok := y.(*Set); ok {
			return setBinary(op, x, y)
		}
	case *dictView:
		if s, ok := y.(*Set); ok && x.kind == "keys" {
			return setBinary(op, x.set(), s)
		}
		if other, ok := y.(*dictView); ok && x.kind == "keys" {
			return setBinary(op, x.set(), other.set())
		}
	case *Dict:
		if y, ok := y.(*Dict); ok {
			if op == syntax.BitOr {
				c := x.Copy()
				c.update(y)
				return c, nil
			}
			if x.class != nil && x.class.Name == "Counter" {
				return counterBinary(op, x, y)
			}
		}
	}
	return nil, nil
}

// maxRepeated bounds what a repetition makes, so that a slip of the finger does not exhaust the memory.
const maxRepeated = 1 << 28

func repeat(sequence, times Value) (Value, error) {
	n, ok := wholeNumber(times)
	if !ok {
		return nil, nil
	}
	n = max(n, 0)
	length := int64(0)
	switch s := sequence.(type) {
	case string:
		length = int64(len(s))
	case Bytes:
		length = int64(len(s))
	case *List:
		length = int64(len(s.Elts))
	case *Tuple:
		length = int64(len(s.Elts))
	}
	if length == 0 {
		n = 0
	}
	if length > 0 && n > maxRepeated/length {
		return nil, Raise("MemoryError", "a sequence of %d elements is too long", length*n)
	}
	switch s := sequence.(type) {
	case string:
		return strings.Repeat(s, int(n)), nil
	case Bytes:
		return Bytes(strings.Repeat(string(s), int(n))), nil
	case *List:
		return &List{Elts: repeated(s.Elts, int(n))}, nil
	case *Tuple:
		return &Tuple{Elts: repeated(s.Elts, int(n))}, nil
	}
	return nil, nil
}

func repeated(elts []Value, n int) []Value {
	result := make([]Value, 0, n*len(elts))
	for range n {
		result = append(result, elts...)
	}
	return result
}

// wholeNumber returns bools, ints and exact foreign integers as an int64.
func wholeNumber(v Value) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case Integer:
		n, exact, err := v.Int()
		return n, exact && err == nil
	}
	return 0, false
}

// overloaded tries what scripts' classes and foreign values implement: the left operand, then the right.
func overloaded(op syntax.Op, x, y Value) (Value, error) {
	comparison := op >= syntax.Eq && op <= syntax.GtEq
	// A subclass on the right goes first, as in Python.
	if xi, ok := classOfInstance(x); ok {
		if yi, ok := classOfInstance(y); ok && yi != xi && yi.IsSubclass(xi) && !comparison {
			if _, ok := yi.own(dunder(op, true)); ok {
				if v, err := callDunder(y, dunder(op, true), x); v != nil || err != nil {
					return v, err
				}
			}
		}
	}
	if _, ok := classOfInstance(x); ok {
		if v, err := callDunder(x, dunder(op, false), y); v != nil || err != nil {
			return v, err
		}
	} else if operand, ok := x.(Operand); ok {
		if v, err := operand.Binary(op, y, false); v != nil || err != nil {
			return v, err
		}
	}
	if _, ok := classOfInstance(y); ok {
		name := dunder(op, true)
		if comparison {
			name = dunder(mirrored(op), false)
		}
		if v, err := callDunder(y, name, x); v != nil || err != nil {
			return v, err
		}
	} else if operand, ok := y.(Operand); ok {
		if comparison {
			return operand.Binary(mirrored(op), x, false)
		}
		return operand.Binary(op, x, true)
	}
	if op == syntax.NotEq {
		if _, ok := classOfInstance(x); ok {
			v, err := callDunder(x, "__eq__", y)
			if v == nil || err != nil {
				return nil, err
			}
			same, err := Truth(v)
			return !same, err
		}
	}
	return nil, nil
}

// classOfInstance returns the class of a value that a script's class has made.
func classOfInstance(v Value) (*Class, bool) {
	switch v := v.(type) {
	case *Instance:
		return v.Class, v.Class.interp != nil
	case *Exception:
		return v.Class, v.Class.interp != nil
	case *Tuple:
		return v.class, v.class != nil && v.class.interp != nil
	}
	return nil, false
}

// callDunder calls an operator method; nil means that it does not exist or gives NotImplemented.
func callDunder(self Value, name string, args ...Value) (Value, error) {
	class, ok := classOfInstance(self)
	if !ok || name == "" {
		return nil, nil
	}
	m, ok := class.lookup(name)
	if !ok || IsNone(m) {
		return nil, nil
	}
	in := class.interp
	v, err := in.call(in.frame, &BoundMethod{self, m}, args, nil)
	if _, not := v.(notImplementedType); not {
		return nil, err
	}
	return v, err
}

// notImplementedType is the type of NotImplemented.
type notImplementedType struct{}

// mirrored is the comparison that holds with the operands exchanged.
func mirrored(op syntax.Op) syntax.Op {
	switch op {
	case syntax.Lt:
		return syntax.Gt
	case syntax.LtEq:
		return syntax.GtEq
	case syntax.Gt:
		return syntax.Lt
	case syntax.GtEq:
		return syntax.LtEq
	}
	return op
}

// dunder names the method that implements an operator.
func dunder(op syntax.Op, reflected bool) string {
	name := ""
	switch op {
	case syntax.Add:
		name = "add__"
	case syntax.Sub:
		name = "sub__"
	case syntax.Mul:
		name = "mul__"
	case syntax.Div:
		name = "truediv__"
	case syntax.FloorDiv:
		name = "floordiv__"
	case syntax.Mod:
		name = "mod__"
	case syntax.Pow:
		name = "pow__"
	case syntax.MatMul:
		name = "matmul__"
	case syntax.BitAnd:
		name = "and__"
	case syntax.BitOr:
		name = "or__"
	case syntax.BitXor:
		name = "xor__"
	case syntax.ShiftLeft:
		name = "lshift__"
	case syntax.ShiftRight:
		name = "rshift__"
	case syntax.Eq:
		return "__eq__"
	case syntax.NotEq:
		return "__ne__"
	case syntax.Lt:
		return "__lt__"
	case syntax.LtEq:
		return "__le__"
	case syntax.Gt:
		return "__gt__"
	case syntax.GtEq:
		return "__ge__"
	default:
		return ""
	}
	if reflected {
		return "__r" + name
	}
	return "__" + name
}

// inPlace applies an augmented assignment's operator and returns what the target is bound to afterwards.
func inPlace(op syntax.Op, x, y Value) (Value, error) {
	switch x := x.(type) {
	case *List:
		switch op {
		case syntax.Add:
			if _, foreign := y.(Operand); foreign {
				break
			}
			if u, ok := y.(*Unknown); ok {
				return &Unknown{What: u.What}, nil
			}
			elts, err := Elements(y)
			if err != nil {
				return nil, err
			}
			x.Elts = append(x.Elts, elts...)
			return x, nil
		case syntax.Mul:
			v, err := repeat(x, y)
			if v != nil && err == nil {
				x.Elts = v.(*List).Elts
				return x, nil
			}
		}
	case *Set:
		if y, ok := y.(*Set); ok && !x.Frozen {
			v, err := setBinary(op, x, y)
			if s, ok := v.(*Set); ok && err == nil {
				x.dict = s.dict
				return x, nil
			}
		}
	case *Dict:
		if y, ok := y.(*Dict); ok && op == syntax.BitOr {
			x.update(y)
			return x, nil
		}
	case *Instance:
		name := dunder(op, false)
		v, err := callDunder(x, "__i"+name[2:], y)
		if v != nil || err != nil {
			return v, err
		}
	case InPlaceOperand:
		v, err := x.InPlace(op, y)
		if v != nil || err != nil {
			return v, err
		}
	}
	v, err := binary(op, x, y)
	return v, inPlaceError(err, op)
}

// inPlaceError rewrites the operator in Python's message: "unsupported operand type(s) for +=".
func inPlaceError(err error, op syntax.Op) error {
	if err == nil || err == errNeedsArray {
		return err
	}
	e := toException(err)
	old := "unsupported operand type(s) for " + op.String()
	if op == syntax.Pow {
		old += " or pow()"
	}
	if len(e.Args) == 1 {
		if text, ok := e.Args[0].(string); ok && strings.HasPrefix(text, old+":") {
			e.Args[0] = "unsupported operand type(s) for " + op.String() + "=" + text[len(old):]
		}
	}
	return e
}

// unary applies Neg, Pos, Invert or Not.
func unary(op syntax.Op, x Value) (Value, error) {
	if op == syntax.Not {
		truth, err := Truth(x)
		return !truth, err
	}
	switch x := x.(type) {
	case bool:
		n, _ := wholeNumber(x)
		return unary(op, n)
	case int64:
		switch op {
		case syntax.Neg:
			if x == math.MinInt64 {
				return new(big.Int).Neg(big.NewInt(x)), nil
			}
			return -x, nil
		case syntax.Pos:
			return x, nil
		case syntax.Invert:
			return ^x, nil
		}
	case *big.Int:
		switch op {
		case syntax.Neg:
			return normal(new(big.Int).Neg(x)), nil
		case syntax.Pos:
			return x, nil
		case syntax.Invert:
			return normal(new(big.Int).Not(x)), nil
		}
	case float64:
		switch op {
		case syntax.Neg:
			return -x, nil
		case syntax.Pos:
			return x, nil
		}
	case complex128:
		switch op {
		case syntax.Neg:
			return -x, nil
		case syntax.Pos:
			return x, nil
		}
	case units.Quantity:
		switch op {
		case syntax.Neg:
			return x.Neg(), nil
		case syntax.Pos:
			return x, nil
		}
	case *Unknown:
		return &Unknown{What: x.What, Dim: x.Dim, Shape: x.Shape}, nil
	case *Instance:
		name := map[syntax.Op]string{syntax.Neg: "__neg__", syntax.Pos: "__pos__", syntax.Invert: "__invert__"}[op]
		if v, err := callDunder(x, name); v != nil || err != nil {
			return v, err
		}
	case UnaryOperand:
		if v, err := x.Unary(op); v != nil || err != nil {
			return v, err
		}
	}
	return nil, Raise("TypeError", "bad operand type for unary %s: '%s'", op, TypeName(x))
}
