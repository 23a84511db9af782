package numpy

import (
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/syntax"
	"synfire/units"
)

// binaryOp translates an operator of the language.
func binaryOp(op syntax.Op) (array.BinaryOp, bool) {
	switch op {
	case syntax.Add:
		return array.Add, true
	case syntax.Sub:
		return array.Sub, true
	case syntax.Mul:
		return array.Mul, true
	case syntax.Div:
		return array.Div, true
	case syntax.FloorDiv:
		return array.FloorDiv, true
	case syntax.Mod:
		return array.Mod, true
	case syntax.Pow:
		return array.Pow, true
	case syntax.BitAnd:
		return array.And, true
	case syntax.BitOr:
		return array.Or, true
	case syntax.BitXor:
		return array.Xor, true
	case syntax.ShiftLeft:
		return array.LeftShift, true
	case syntax.ShiftRight:
		return array.RightShift, true
	case syntax.Lt:
		return array.Lt, true
	case syntax.LtEq:
		return array.Le, true
	case syntax.Gt:
		return array.Gt, true
	case syntax.GtEq:
		return array.Ge, true
	case syntax.Eq:
		return array.Eq, true
	case syntax.NotEq:
		return array.Ne, true
	}
	return 0, false
}

// operand turns the other operand of an operator into an array; nil if it is none. A list of quantities with one
// dimension keeps it here, unlike in FromValue, because Brian2 makes a Quantity of it.
func operand(v script.Value) (*array.Array, error) {
	if a, ok, err := fromScalar(v); ok || err != nil {
		return a, err
	}
	switch v := v.(type) {
	case *NDArray:
		return v.Array, nil
	case ArrayLike:
		return v.AsArray()
	case *script.List, *script.Tuple, *script.Range:
		a, err := FromValue(v)
		if err != nil {
			return nil, err
		}
		dim, err := listDim(v)
		return a.WithDim(dim), err
	}
	return nil, nil
}

// listDim returns the dimension that all quantities in nested lists share; plain numbers among them are refused.
func listDim(v script.Value) (units.Dimension, error) {
	var dim units.Dimension
	quantities, plain := 0, 0
	var walk func(v script.Value) error
	walk = func(v script.Value) error {
		var elements []script.Value
		here := units.Dimension{}
		switch v := v.(type) {
		case *script.List:
			elements = v.Elts
		case *script.Tuple:
			elements = v.Elts
		case units.Quantity:
			here = v.Dim
		case *NDArray:
			here = v.Array.Dim()
		default:
			if unit, ok := script.UnitOf(v); ok {
				here = unit.Dim()
			}
		}
		for _, element := range elements {
			if err := walk(element); err != nil {
				return err
			}
		}
		switch {
		case elements != nil:
		case here.IsDimensionless():
			plain++
		default:
			if quantities > 0 && here != dim {
				return units.Mismatch("Mixing quantities with different dimensions is not allowed", here, dim)
			}
			dim = here
			quantities++
		}
		return nil
	}
	if err := walk(v); err != nil {
		return units.Dimension{}, err
	}
	if quantities > 0 && plain > 0 {
		return units.Dimension{}, script.Raise("TypeError", "Mixing quantities and non-quantities is not allowed.")
	}
	return dim, nil
}

// Binary implements the operators.
func (x *NDArray) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	operation, ok := binaryOp(op)
	if !ok && op != syntax.MatMul {
		return nil, nil
	}
	y, err := operand(other)
	if err != nil {
		return nil, err
	}
	if y == nil {
		return notANumber(op, x.Array, other)
	}
	left, right := x.Array, y
	if reflected {
		left, right = y, x.Array
	}
	if op == syntax.MatMul {
		return wrapped(array.MatMul(left, right))
	}
	return wrapped(array.Binary(operation, left, right))
}

// notANumber compares an array with something that cannot be one of its elements.
func notANumber(op syntax.Op, a *array.Array, other script.Value) (any, error) {
	if op != syntax.Eq && op != syntax.NotEq {
		return nil, nil
	}
	switch other.(type) {
	case string:
		return op == syntax.NotEq, nil
	case script.NoneType:
		return Wrap(array.Full(array.ScalarBool(op == syntax.NotEq), a.Shape()...)), nil
	}
	return nil, nil
}

func wrapped(a *array.Array, err error) (script.Value, error) {
	if err != nil {
		return nil, err
	}
	return Wrap(a), nil
}

// InPlace implements `x op= y` within the array's memory. As in NumPy an array without a dimension takes the
// numbers of a quantity and drops its unit.
func (x *NDArray) InPlace(op syntax.Op, other any) (any, error) {
	operation, ok := binaryOp(op)
	if !ok {
		return nil, nil
	}
	y, err := operand(other)
	if y == nil || err != nil {
		return nil, err
	}
	if x.Array.Dim().IsDimensionless() {
		y = y.WithDim(units.Dimension{})
	}
	if err := array.InPlace(operation, x.Array, y); err != nil {
		return nil, err
	}
	return x, nil
}

// Unary implements -x, +x and ~x.
func (x *NDArray) Unary(op syntax.Op) (any, error) {
	switch op {
	case syntax.Neg:
		return wrapped(array.Neg(x.Array))
	case syntax.Pos:
		return Wrap(x.Array.Copy()), nil
	case syntax.Invert:
		return wrapped(array.Invert(x.Array))
	}
	return nil, nil
}

// BinaryArray applies an operator to two values of which at least one stands for an array, for values that are
// not arrays themselves but behave like them.
func BinaryArray(op syntax.Op, x, y script.Value) (script.Value, error) {
	a, err := operand(x)
	if a == nil || err != nil {
		return nil, err
	}
	return New(a).Binary(op, y, false)
}
