package numpy

import (
	"sync"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/units"
)

// arrayClass is numpy.ndarray.
var arrayClass = sync.OnceValue(func() *script.Class {
	class := script.NewClass(script.Entry{Signature: "ndarray(shape, dtype=None)", Doc: "An array of the given shape.", Func: func(c *script.Call) (script.Value, error) {
		shape, err := shapeArg(c.Arg("shape"))
		if err != nil {
			return nil, err
		}
		kind, given, err := dtypeArg(c, "dtype")
		if !given {
			kind = array.Float64
		}
		return New(array.Empty(kind, plain, shape...)), err
	}}, func(v script.Value) bool {
		_, ok := v.(*NDArray)
		return ok
	})
	class.Module = "numpy"
	return class
})

// QuantityClass is Brian2's Quantity: the class of numbers and arrays with a dimension. Calling it makes one of
// numbers, or of a list of quantities that share a dimension, which it keeps.
var QuantityClass = sync.OnceValue(func() *script.Class {
	class := script.NewClass(script.Entry{Signature: "Quantity(arr, dim=None, dtype=None, copy=False, force_quantity=False)", Doc: "Numbers with a physical dimension.",
		Func: func(c *script.Call) (script.Value, error) {
			a, err := operand(c.Arg("arr"))
			if err != nil {
				return nil, err
			}
			if a == nil {
				return nil, script.Raise("TypeError", "Quantities can only be created from numerical data.")
			}
			switch dim := c.Arg("dim").(type) {
			case nil, script.NoneType:
			case units.Dimension:
				a = a.WithDim(dim)
			default:
				return nil, script.Raise("TypeError", "dim must be a dimension, not %s", script.TypeName(dim))
			}
			if copied, err := c.Bool("copy"); err != nil {
				return nil, err
			} else if copied {
				a = a.Copy()
			}
			return wrapped(converted(c, a))
		}}, func(v script.Value) bool {
		switch v := v.(type) {
		case *NDArray:
			return !v.Array.Dim().IsDimensionless()
		case units.Quantity:
			return true
		}
		_, unit := script.UnitOf(v)
		return unit
	})
	class.Module = "brian2.units.fundamentalunits"
	return class.WithBase(arrayClass()).WithStatic(script.Entry{Signature: "with_dimensions(value, *args, **keywords)", Doc: "Numbers with a dimension, which is given or made of exponents (length=1).",
		Func: func(c *script.Call) (script.Value, error) {
			a, err := operand(c.Arg("value"))
			if err != nil {
				return nil, err
			}
			if len(c.Args) == 1 && len(c.Keywords) == 0 {
				if dim, ok := c.Args[0].(units.Dimension); ok {
					return Wrap(a.WithDim(dim)), nil
				}
			}
			dim := units.Dimension{}
			for _, k := range c.Keywords {
				base, ok := units.BaseDimension(k.Name)
				if !ok {
					return nil, script.Raise("TypeError", "'%s' is no base dimension", k.Name)
				}
				x, err := script.AsFloat(k.Value)
				if err != nil {
					return nil, err
				}
				dim = dim.Mul(base.Pow(x))
			}
			return Wrap(a.WithDim(dim)), nil
		}})
})

// ScriptClass is the class of an array: ndarray, or Quantity if it has a dimension.
func (x *NDArray) ScriptClass() *script.Class {
	if x.Array.Dim().IsDimensionless() {
		return arrayClass()
	}
	return QuantityClass()
}
