package script

import (
	"fmt"
	"math"
	"strings"

	"synfire/internal/syntax"
	"synfire/units"
)

// quantityOf returns a plain number or a quantity as a quantity.
func quantityOf(v Value) (units.Quantity, bool) {
	switch v := v.(type) {
	case units.Quantity:
		return v, true
	case float64:
		return units.Number(v), true
	case int64:
		return units.Number(float64(v)), true
	case bool:
		if v {
			return units.Number(1), true
		}
		return units.Number(0), true
	}
	return units.Quantity{}, false
}

// QuantityValue returns a quantity as a value of the language: a dimensionless one is a plain float.
func QuantityValue(q units.Quantity) Value {
	if q.IsDimensionless() {
		return q.Value
	}
	return q
}

// quantityBinary applies an operator to two values of which one is a quantity; nil means that the other is neither a
// number nor a quantity.
func quantityBinary(op syntax.Op, x, y Value) (Value, error) {
	a, okA := quantityOf(x)
	b, okB := quantityOf(y)
	if !okA || !okB {
		return quantityAndOther(op, x, y)
	}
	var q units.Quantity
	var err error
	switch op {
	case syntax.Add:
		q, err = a.Add(b)
	case syntax.Sub:
		q, err = a.Sub(b)
	case syntax.Mul:
		q = a.Mul(b)
	case syntax.Div:
		q = a.Div(b)
	case syntax.Mod:
		q, err = a.Mod(b)
	case syntax.FloorDiv:
		q = a.Div(b)
		q.Value = math.Floor(q.Value)
	case syntax.Pow:
		q, err = a.Pow(b)
	case syntax.Eq, syntax.NotEq, syntax.Lt, syntax.LtEq, syntax.Gt, syntax.GtEq:
		c, err := a.Cmp(b)
		if err != nil {
			return nil, mismatch("perform comparison", op, x, y, a, b)
		}
		if c == 2 {
			return op == syntax.NotEq, nil
		}
		return comparison(op, c), nil
	default:
		return nil, nil
	}
	if err != nil {
		if op != syntax.Pow {
			err = mismatch("calculate", op, x, y, a, b)
		}
		return nil, err
	}
	return QuantityValue(q), nil
}

// mismatch is the error of an operation on different dimensions, with the operands as the script sees them.
func mismatch(verb string, op syntax.Op, x, y Value, a, b units.Quantity) error {
	return units.Mismatch(fmt.Sprintf("Cannot %s %s %s %s, units do not match", verb, Str(x), op, Str(y)), a.Dim, b.Dim)
}

func quantityAndOther(op syntax.Op, x, y Value) (Value, error) {
	other := x
	if _, ok := x.(units.Quantity); ok {
		other = y
	}
	switch other.(type) {
	case *List, *Tuple:
		if op >= syntax.Add && op <= syntax.Pow || op >= syntax.Eq && op <= syntax.GtEq {
			return nil, errNeedsArray
		}
	case string:
		switch op {
		case syntax.Eq:
			return false, nil
		case syntax.NotEq:
			return true, nil
		case syntax.Mod:
			if s, ok := x.(string); ok {
				return percentFormat(s, y)
			}
		}
		return nil, Raise("TypeError", "Object of type <class 'str'> does not have dimensions")
	}
	return nil, nil
}

// quantityMethods are what a scalar quantity offers besides arithmetic, as a 0-dimensional array would.
func quantityMethods() *Methods {
	return NewMethods(
		Entry{Signature: "get_best_unit(*regs)", Func: func(c *Call) (Value, error) {
			q := c.Self.(units.Quantity)
			return units.BestUnit([]float64{q.Value}, q.Dim), nil
		}},
		Entry{Signature: "in_best_unit(precision=None, python_code=False)", Func: func(c *Call) (Value, error) {
			if code, err := c.Bool("python_code"); err != nil || code {
				return c.Self.(units.Quantity).Repr(), err
			}
			return c.Self.(units.Quantity).String(), nil
		}},
		Entry{Signature: "in_unit(u, precision=None, python_code=False)", Func: func(c *Call) (Value, error) {
			q := c.Self.(units.Quantity)
			u, ok := UnitOf(c.Arg("u"))
			if !ok {
				return nil, c.wrong("u", "a unit")
			}
			precision := -1
			if !IsNone(c.Arg("precision")) {
				n, err := c.Int("precision")
				if err != nil {
					return nil, err
				}
				precision = int(n)
			}
			text, err := q.InUnit(u, precision)
			if code, problem := c.Bool("python_code"); err == nil && code && problem == nil {
				text = strings.TrimSuffix(text, " "+u.Symbol()) + " * " + u.Name()
			}
			return text, err
		}},
		Entry{Signature: "has_same_dimensions(other)", Func: func(c *Call) (Value, error) {
			q, ok := quantityOf(c.Arg("other"))
			return ok && q.Dim == c.Self.(units.Quantity).Dim, nil
		}},
		Entry{Signature: "item()", Func: func(c *Call) (Value, error) { return c.Self.(units.Quantity).Value, nil }},
		Entry{Signature: "copy()", Func: quantitySelf},
		Entry{Signature: "sum(axis=None)", Func: quantitySelf},
		Entry{Signature: "mean(axis=None)", Func: quantitySelf},
		Entry{Signature: "max(axis=None)", Func: quantitySelf},
		Entry{Signature: "min(axis=None)", Func: quantitySelf},
		Entry{Signature: "tolist()", Func: quantitySelf},
		Entry{Signature: "round(decimals=0)", Func: func(c *Call) (Value, error) {
			q := c.Self.(units.Quantity)
			n, err := c.Int("decimals")
			return units.Quantity{Value: roundDigits(q.Value, int(n)), Dim: q.Dim}, err
		}},
	)
}

func quantitySelf(c *Call) (Value, error) { return c.Self, nil }

// UnitOf returns the unit that a value stands for: a foreign value with a Unit method, or a units.Unit.
func UnitOf(v Value) (units.Unit, bool) {
	switch v := v.(type) {
	case units.Unit:
		return v, true
	case interface{ Unit() units.Unit }:
		return v.Unit(), true
	}
	return units.Unit{}, false
}
