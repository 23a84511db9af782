package numpy

import (
	"math"
	"strings"

	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/syntax"
)

// DType is numpy.dtype: the type of an array's elements as a value.
type DType struct{ Kind array.DType }

// TypeName is the name that messages use.
func (t DType) TypeName() string { return "dtype" }

// Str implements str(x).
func (t DType) Str() string { return t.Kind.String() }

// Repr implements repr(x).
func (t DType) Repr() string { return "dtype('" + t.Kind.String() + "')" }

// HashKey makes dtypes usable as keys.
func (t DType) HashKey() any { return t }

// Binary compares dtypes with dtypes, classes and names.
func (t DType) Binary(op syntax.Op, other any, _ bool) (any, error) {
	if op != syntax.Eq && op != syntax.NotEq {
		return nil, nil
	}
	kind, _, known := kindOf(other)
	return (known && kind == t.Kind) == (op == syntax.Eq), nil
}

// Attr implements the attributes of a dtype.
func (t DType) Attr(name string) (any, error) {
	sizes := map[array.DType]int64{array.Bool: 1, array.Int64: 8, array.Float64: 8, array.Complex128: 16}
	switch name {
	case "name":
		return t.Kind.String(), nil
	case "kind":
		return map[array.DType]string{array.Bool: "b", array.Int64: "i", array.Float64: "f", array.Complex128: "c"}[t.Kind], nil
	case "itemsize":
		return sizes[t.Kind], nil
	case "str":
		return map[array.DType]string{array.Bool: "|b1", array.Int64: "<i8", array.Float64: "<f8", array.Complex128: "<c16"}[t.Kind], nil
	}
	return nil, nil
}

// kindOf reads a dtype argument. exact is false for types that are kept in a wider one (float32 as float64).
func kindOf(v script.Value) (kind array.DType, exact, known bool) {
	name := ""
	switch v := v.(type) {
	case DType:
		return v.Kind, true, true
	case *script.Class:
		name = v.Name
	case string:
		name = strings.TrimLeft(v, "<>=|")
	default:
		return 0, false, false
	}
	switch name {
	case "float", "float64", "f8", "d", "float_", "double":
		return array.Float64, true, true
	case "float32", "f4", "f", "float16", "f2", "e", "single", "half", "longdouble", "floating":
		return array.Float64, false, true
	case "int", "int64", "i8", "l", "int_", "intp":
		return array.Int64, true, true
	case "int32", "i4", "i", "int16", "i2", "h", "int8", "i1", "b", "uint8", "u1", "B", "uint16", "u2", "uint32", "u4", "uint64", "u8", "uint", "integer", "intc":
		return array.Int64, false, true
	case "bool", "bool_", "?", "b1":
		return array.Bool, true, true
	case "complex", "complex128", "c16", "complex_", "D":
		return array.Complex128, true, true
	case "complex64", "c8", "F":
		return array.Complex128, false, true
	}
	return 0, false, false
}

// dtypeArg reads an optional dtype argument.
func dtypeArg(c *script.Call, name string) (kind array.DType, given bool, err error) {
	v := c.Arg(name)
	if script.IsNone(v) {
		return 0, false, nil
	}
	kind, exact, known := kindOf(v)
	if !known {
		text := script.Repr(v)
		if class, ok := v.(*script.Class); ok {
			text = class.Name
		}
		return 0, false, script.Raise("TypeError", "data type %s not understood", text).
			WithHint("arrays hold float64, int64, bool or complex128 values")
	}
	if !exact && c.Interp != nil {
		c.Interp.Warn(diag.Errorf(diag.Span{}, "UserWarning", "elements of type %s are kept as %s", typeText(v), kind))
	}
	return kind, true, nil
}

func typeText(v script.Value) string {
	if class, ok := v.(*script.Class); ok {
		return class.Name
	}
	return script.Str(v)
}

// classes returns the names of the scalar types: numpy.float64 and so on. Calling one converts; isinstance knows plain
// numbers of the language as what NumPy would have made of them.
func classes() []script.Entry {
	isFloat := func(v script.Value) bool { _, ok := v.(float64); return ok }
	isInt := func(v script.Value) bool { _, ok := v.(int64); return ok }
	isBool := func(v script.Value) bool { _, ok := v.(bool); return ok }
	isComplex := func(v script.Value) bool { _, ok := v.(complex128); return ok }
	isNumber := func(v script.Value) bool { return isFloat(v) || isInt(v) || isComplex(v) }
	never := func(script.Value) bool { return false }
	table := []struct {
		names []string
		kind  array.DType
		own   func(script.Value) bool
	}{
		{[]string{"float64", "float_", "double", "floating"}, array.Float64, isFloat},
		{[]string{"float32", "float16", "single", "half", "longdouble"}, array.Float64, never},
		{[]string{"int64", "int_", "intp", "integer", "signedinteger"}, array.Int64, isInt},
		{[]string{"int32", "int16", "int8", "uint8", "uint16", "uint32", "uint64", "uint", "intc"}, array.Int64, never},
		{[]string{"bool_"}, array.Bool, isBool},
		{[]string{"complex128", "complex_"}, array.Complex128, isComplex},
		{[]string{"complex64"}, array.Complex128, never},
		{[]string{"number", "inexact", "generic"}, array.Float64, isNumber},
	}
	var entries []script.Entry
	for _, row := range table {
		for _, name := range row.names {
			kind := row.kind
			class := script.NewClass(script.Entry{Signature: name + "(x=0)", Doc: "Converts to " + kind.String() + ".", Func: func(c *script.Call) (script.Value, error) {
				if text, ok := c.Arg("x").(string); ok {
					x, err := script.AsFloat(text)
					return x, err
				}
				a, err := arrayArg(c, "x")
				if err != nil {
					return nil, err
				}
				return Wrap(narrow(name, a.WithDim(plain).As(kind))), nil
			}}, row.own)
			class.Module = "numpy"
			entries = append(entries, script.Entry{Name: name, Value: class, Doc: "The type of " + kind.String() + " elements."})
		}
	}
	return entries
}

// narrow rounds or wraps to a narrower type as NumPy's conversion to it would.
func narrow(name string, a *array.Array) *array.Array {
	bits := map[string]func(int64) int64{
		"int32": func(x int64) int64 { return int64(int32(x)) }, "intc": func(x int64) int64 { return int64(int32(x)) },
		"int16": func(x int64) int64 { return int64(int16(x)) }, "int8": func(x int64) int64 { return int64(int8(x)) },
		"uint8": func(x int64) int64 { return int64(uint8(x)) }, "uint16": func(x int64) int64 { return int64(uint16(x)) },
		"uint32": func(x int64) int64 { return int64(uint32(x)) },
	}
	if name == "float32" || name == "single" {
		out := append([]float64(nil), a.Floats()...)
		for i, x := range out {
			out[i] = float64(float32(x))
		}
		return array.FromFloats(out, plain, a.Shape()...)
	}
	f := bits[name]
	if f == nil {
		return a
	}
	out := append([]int64(nil), a.Ints()...)
	for i, x := range out {
		out[i] = f(x)
	}
	return array.FromInts(out, a.Shape()...)
}

// limits is what finfo and iinfo return.
type limits struct {
	name   string
	values map[string]script.Value
}

func (l limits) TypeName() string { return l.name }
func (l limits) Attr(name string) (any, error) {
	return l.values[name], nil
}

func limitEntries() []script.Entry {
	return []script.Entry{
		{Signature: "finfo(dtype=None)", Doc: "Limits of floating-point numbers.", Func: func(c *script.Call) (script.Value, error) {
			return limits{"finfo", map[string]script.Value{"eps": 0x1p-52, "max": math.MaxFloat64, "min": -math.MaxFloat64, "tiny": 0x1p-1022,
				"smallest_normal": 0x1p-1022, "resolution": 1e-15, "bits": int64(64), "precision": int64(15)}}, nil
		}},
		{Signature: "iinfo(dtype=None)", Doc: "Limits of whole numbers.", Func: func(c *script.Call) (script.Value, error) {
			bits := uint(64)
			signed := true
			name := ""
			if class, ok := c.Arg("dtype").(*script.Class); ok {
				name = class.Name
			} else if text, ok := c.Arg("dtype").(string); ok {
				name = text
			}
			for suffix, width := range map[string]uint{"32": 32, "16": 16, "8": 8} {
				if strings.HasSuffix(name, "int"+suffix) {
					bits = width
				}
			}
			signed = !strings.HasPrefix(name, "uint")
			low, high := int64(math.MinInt64)>>(64-bits), int64(math.MaxInt64)>>(64-bits)
			if !signed && bits < 64 {
				low, high = 0, int64(1)<<bits-1
			}
			return limits{"iinfo", map[string]script.Value{"min": low, "max": high, "bits": int64(bits)}}, nil
		}},
		{Signature: "dtype(dtype)", Doc: "The type of an array's elements.", Func: func(c *script.Call) (script.Value, error) {
			kind, _, err := dtypeArg(c, "dtype")
			if err != nil {
				return nil, err
			}
			return DType{kind}, nil
		}},
		{Signature: "issubdtype(arg1, arg2)", Doc: "Whether a type is of a kind.", Func: func(c *script.Call) (script.Value, error) {
			kind, _, known := kindOf(c.Arg("arg1"))
			other, _, knownOther := kindOf(c.Arg("arg2"))
			if class, ok := c.Arg("arg2").(*script.Class); ok && (class.Name == "number" || class.Name == "generic") {
				return known && (class.Name == "generic" || kind != array.Bool), nil
			}
			return known && knownOther && kind == other, nil
		}},
	}
}
