package pandas

import (
	"math"
	"slices"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// dtype is the type of a column as pandas names it.
type dtype string

// The types of columns.
const (
	intType    dtype = "int64"
	floatType  dtype = "float64"
	boolType   dtype = "bool"
	objectType dtype = "object"
)

// TypeName is the name that messages use.
func (dtype) TypeName() string { return "dtype" }

// Str implements str(x).
func (t dtype) Str() string { return string(t) }

// Repr implements repr(x).
func (t dtype) Repr() string {
	if t == objectType {
		return "dtype('O')"
	}
	return "dtype('" + string(t) + "')"
}

// HashKey makes types usable as keys.
func (t dtype) HashKey() any { return string(t) }

// Binary compares types with types, classes and names.
func (t dtype) Binary(op syntax.Op, other any, _ bool) (any, error) {
	if op != syntax.Eq && op != syntax.NotEq {
		return nil, nil
	}
	u, ok := typeOf(other)
	return (ok && u == t) == (op == syntax.Eq), nil
}

// typeOf reads a type that a script names.
func typeOf(v script.Value) (dtype, bool) {
	name := ""
	switch v := v.(type) {
	case dtype:
		return v, true
	case numpy.DType:
		name = v.Kind.String()
	case *script.Class:
		name = v.Name
	case *script.Builtin:
		name = v.Name
	case string:
		name = v
	}
	switch name {
	case "int", "int64", "int32", "i8", "int16", "int8", "uint8", "Int64":
		return intType, true
	case "float", "float64", "float32", "f8", "Float64":
		return floatType, true
	case "bool", "bool_", "boolean":
		return boolType, true
	case "object", "str", "O", "string", "category":
		return objectType, true
	}
	return "", false
}

// column is a run of values of one type: int64, float64 or bool values, or anything if the type is object.
type column struct {
	kind   dtype
	values []script.Value
}

// newColumn finds the type that values have in common.
func newColumn(values []script.Value) *column {
	c := &column{values: values}
	ints, floats, bools, missing, others := 0, 0, 0, 0, 0
	for _, v := range values {
		switch v := v.(type) {
		case int64:
			ints++
		case float64:
			if v != v {
				missing++
			} else {
				floats++
			}
		case bool:
			bools++
		case script.NoneType:
			missing++
		default:
			others++
		}
	}
	switch {
	case others > 0 || bools > 0 && (ints+floats+missing > 0):
		c.kind = objectType
		return c
	case bools > 0:
		c.kind = boolType
	case floats == 0 && missing == 0 && ints > 0:
		c.kind = intType
	case len(values) == 0 || ints+floats == 0 && allNone(values):
		c.kind = objectType
	default:
		c.kind = floatType
		c.values = slices.Clone(values)
		for i, v := range c.values {
			switch v := v.(type) {
			case int64:
				c.values[i] = float64(v)
			case script.NoneType:
				c.values[i] = math.NaN()
			}
		}
	}
	return c
}

func allNone(values []script.Value) bool {
	return !slices.ContainsFunc(values, func(v script.Value) bool { return !script.IsNone(v) })
}

func floats(values []float64) *column {
	c := &column{kind: floatType, values: make([]script.Value, len(values))}
	for i, x := range values {
		c.values[i] = x
	}
	return c
}

func (c *column) len() int { return len(c.values) }

func (c *column) numeric() bool { return c.kind != objectType }

// pick returns the values at places.
func (c *column) pick(places []int) *column {
	out := &column{kind: c.kind, values: make([]script.Value, len(places))}
	for i, k := range places {
		if k < 0 { // a label that the other table lacks
			out.values[i] = math.NaN()
			continue
		}
		out.values[i] = c.values[k]
	}
	if slices.ContainsFunc(places, func(k int) bool { return k < 0 }) {
		if c.kind == boolType {
			out.kind = objectType
		} else {
			return newColumn(out.values)
		}
	}
	return out
}

func (c *column) clone() *column { return &column{c.kind, slices.Clone(c.values)} }

// as converts to a type.
func (c *column) as(kind dtype) (*column, error) {
	if kind == c.kind {
		return c, nil
	}
	out := &column{kind: kind, values: make([]script.Value, len(c.values))}
	for i, v := range c.values {
		switch kind {
		case floatType:
			if text, ok := v.(string); ok {
				x, ok := parseFloat(text, ".")
				if !ok {
					return nil, script.Raise("ValueError", "could not convert string to float: %s", script.Repr(text))
				}
				v = x
			}
			x, err := script.AsFloat(v)
			if err != nil {
				return nil, err
			}
			out.values[i] = x
		case intType:
			if text, ok := v.(string); ok {
				n, ok := parseInt(text)
				if !ok {
					return nil, script.Raise("ValueError", "invalid literal for int() with base 10: %s", script.Repr(text))
				}
				out.values[i] = n
				continue
			}
			x, err := script.AsFloat(v)
			if err != nil {
				return nil, err
			}
			if x-x != 0 {
				return nil, script.Raise("ValueError", "Cannot convert non-finite values (NA or inf) to integer")
			}
			out.values[i] = int64(x)
		case boolType:
			b, err := script.Truth(v)
			if err != nil {
				return nil, err
			}
			out.values[i] = b
		default:
			out.values[i] = v
		}
	}
	return out, nil
}

// floats returns the values that are not missing; ok is false if some are no numbers.
func (c *column) floats() (values []float64, ok bool) {
	for _, v := range c.values {
		switch v.(type) {
		case int64, float64, bool, units.Quantity:
			x, err := script.AsFloat(v)
			if err != nil {
				return nil, false
			}
			if x == x {
				values = append(values, x)
			}
		case script.NoneType:
		default:
			return nil, false
		}
	}
	return values, true
}

// missing reports whether a value counts as missing.
func missing(v script.Value) bool {
	x, ok := v.(float64)
	return ok && x != x || script.IsNone(v)
}

// array returns the values as an array.
func (c *column) array() (*array.Array, error) {
	switch c.kind {
	case intType:
		out := make([]int64, len(c.values))
		for i, v := range c.values {
			out[i], _ = v.(int64)
		}
		return array.FromInts(out), nil
	case boolType:
		out := make([]bool, len(c.values))
		for i, v := range c.values {
			out[i], _ = v.(bool)
		}
		return array.FromBools(out), nil
	}
	return numpy.FromValue(script.NewList(c.values...))
}

// common returns the type that holds values of both.
func (t dtype) common(u dtype) dtype {
	switch {
	case t == "":
		return u
	case t == u:
		return t
	case t == objectType || u == objectType || t == boolType || u == boolType:
		return objectType
	}
	return floatType
}

// compareValues orders numbers and texts; missing values come last.
func compareValues(x, y script.Value) int {
	a, b := missing(x), missing(y)
	switch {
	case a && b:
		return 0
	case a:
		return 1
	case b:
		return -1
	}
	for _, op := range []syntax.Op{syntax.Lt, syntax.Gt} {
		v, err := script.Binary(op, x, y)
		if err != nil {
			return 0
		}
		if yes, _ := v.(bool); yes {
			return map[syntax.Op]int{syntax.Lt: -1, syntax.Gt: 1}[op]
		}
	}
	return 0
}

// same reports whether two labels are equal.
func same(x, y script.Value) bool {
	if missing(x) && missing(y) {
		return true
	}
	equal, err := script.Equal(x, y)
	return err == nil && equal
}
