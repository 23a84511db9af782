package brian

import (
	"sync"

	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// unitClass is the class of units; Unit(1) is the one without a dimension.
var unitClass = sync.OnceValue(func() *script.Class {
	class := script.NewClass(script.Entry{Signature: "Unit(arr, dim=None, scale=0, name=None, dispname=None)", Doc: "A unit.", Func: func(c *script.Call) (script.Value, error) {
		if x, ok := c.Arg("arr").(unit); ok {
			return x, nil
		}
		dim := units.Dimension{}
		if d, ok := c.Arg("dim").(units.Dimension); ok {
			dim = d
		}
		scale, err := c.Int("scale")
		if err != nil {
			return nil, err
		}
		named := units.BaseUnit(dim)
		name, symbol := named.Name(), named.Symbol()
		if text, ok := c.Arg("name").(string); ok {
			name, symbol = text, text
		}
		if text, ok := c.Arg("dispname").(string); ok {
			symbol = text
		}
		if dim.IsDimensionless() && script.IsNone(c.Arg("name")) {
			return unit{units.One}, nil
		}
		return unit{units.NewUnit(name, symbol, dim, int(scale))}, nil
	}}, func(v script.Value) bool {
		_, ok := v.(unit)
		return ok
	})
	class.Module = "brian2.units.fundamentalunits"
	renamed := func(name string) script.Entry {
		return script.Entry{Signature: name + "(*args)", Func: func(*script.Call) (script.Value, error) { return nil, errRenamedUnit() }}
	}
	return class.WithBase(numpy.QuantityClass()).WithMethods(script.NewMethods(renamed("set_name"), renamed("set_display_name"), renamed("set_latex_name"))).WithStatic(
		script.Entry{Signature: "create(dim, name, dispname, latexname=None, scale=0)", Doc: "A unit with a name of its own.", Func: func(c *script.Call) (script.Value, error) {
			dim, err := dimensionOf(c.Arg("dim"))
			if err != nil {
				return nil, err
			}
			scale, err := c.Int("scale")
			return unit{units.NewUnit(script.Str(c.Arg("name")), script.Str(c.Arg("dispname")), dim, int(scale))}, err
		}},
		script.Entry{Signature: "create_scaled_unit(baseunit, scalefactor)", Doc: "A unit with a prefix.", Func: func(c *script.Call) (script.Value, error) {
			u, ok := script.UnitOf(c.Arg("baseunit"))
			if !ok {
				return nil, script.Raise("TypeError", "baseunit has to be a unit, not %s", script.TypeName(c.Arg("baseunit")))
			}
			prefix, err := c.String("scalefactor")
			if err != nil {
				return nil, err
			}
			scaled, ok := u.Prefixed(prefix)
			if !ok {
				return nil, script.Raise("KeyError", "%s", script.Repr(prefix)).WithHint("prefixes are those of the SI, such as 'm', 'u', 'k'.")
			}
			return unit{scaled}, nil
		}},
	)
})

// errRenamedUnit is the error of an attempt to name a unit again.
func errRenamedUnit() error {
	return script.Raise("NotImplementedError", "Setting the name of a unit after its creation is not supported, use 'Unit.create' to create a new unit.")
}

// unitEntries are the units, and the functions that ask about them.
func (s *Session) unitEntries() []script.Entry {
	var entries []script.Entry
	for _, name := range units.ScriptNames() {
		if u, ok := units.Lookup(name); ok {
			entries = append(entries, script.Entry{Name: name, Value: unit{u}})
		}
	}
	entries = append(entries, script.Entry{Name: "Unit", Value: unitClass()}, script.Entry{Name: "Quantity", Value: numpy.QuantityClass()})
	return append(entries,
		script.Entry{Signature: "have_same_dimensions(obj1, obj2)", Doc: "Whether two values have the same dimensions.", Func: func(c *script.Call) (script.Value, error) {
			a, err := dimensionOf(c.Arg("obj1"))
			if err != nil {
				return nil, err
			}
			b, err := dimensionOf(c.Arg("obj2"))
			return a == b, err
		}},
		script.Entry{Signature: "get_dimensions(obj)", Doc: "The dimensions of a value.", Func: func(c *script.Call) (script.Value, error) { return dimensionOf(c.Arg("obj")) }},
		script.Entry{Signature: "is_dimensionless(obj)", Doc: "Whether a value is a plain number.", Func: func(c *script.Call) (script.Value, error) {
			dim, err := dimensionOf(c.Arg("obj"))
			return dim.IsDimensionless(), err
		}},
		script.Entry{Signature: "is_scalar_type(obj)", Doc: "Whether a value is one number.", Func: func(c *script.Call) (script.Value, error) {
			if _, text := c.Arg("obj").(string); text {
				return false, nil
			}
			a, err := numbers(c.Arg("obj"))
			return err == nil && a.NDim() == 0 && a.Dim().IsDimensionless(), nil
		}},
		script.Entry{Signature: "get_unit(d)", Doc: "The unit without prefix of a dimension.", Func: func(c *script.Call) (script.Value, error) {
			dim, err := dimensionOf(c.Arg("d"))
			return unit{units.BaseUnit(dim)}, err
		}},
		script.Entry{Signature: "get_or_create_dimension(*args, **kwds)", Doc: "The dimension with the given exponents.", Func: makeDimension},
		script.Entry{Signature: "in_unit(x, u, precision=None)", Doc: "A quantity as text, in a unit.", Func: func(c *script.Call) (script.Value, error) {
			return callMethod(c, c.Arg("x"), "in_unit", c.Arg("u"), c.Arg("precision"))
		}},
		script.Entry{Signature: "in_best_unit(x, precision=None)", Doc: "A quantity as text, in the unit that suits it best.", Func: func(c *script.Call) (script.Value, error) {
			return callMethod(c, c.Arg("x"), "in_best_unit", c.Arg("precision"))
		}},
		script.Entry{Signature: "register_new_unit(u)", Doc: "Accepted.", Func: func(c *script.Call) (script.Value, error) { return script.None, nil }},
		script.Entry{Signature: "check_units(**au)", Doc: "A decorator that checks the units of arguments and of the result.", Func: s.checkUnits},
		script.Entry{Signature: "declare_types(**types)", Doc: "A decorator that says which types a function has in equations.", Func: s.declareTypes},
	)
}

// callMethod calls a method of a value, given as an array or a plain number.
func callMethod(c *script.Call, x script.Value, name string, args ...script.Value) (script.Value, error) {
	if _, ok := plainNumber(x); ok {
		a, err := numpy.FromValue(x)
		if err != nil {
			return nil, err
		}
		x = numpy.New(a)
	}
	method, err := c.Interp.Attr(x, name)
	if err != nil {
		return nil, err
	}
	return c.Interp.Call(method, args, nil)
}

func makeDimension(c *script.Call) (script.Value, error) {
	dim := units.Dimension{}
	if len(c.Args) == 1 {
		exponents, err := script.Elements(c.Args[0])
		if err != nil {
			return nil, err
		}
		order := []units.Dimension{units.Length, units.Mass, units.Time, units.Current, units.Temperature, units.Substance, units.Luminosity}
		if len(exponents) != len(order) {
			return nil, script.Raise("TypeError", "Need a sequence of exactly 7 items")
		}
		for k, e := range exponents {
			x, err := script.AsFloat(e)
			if err != nil {
				return nil, err
			}
			dim = dim.Mul(order[k].Pow(x))
		}
	}
	for _, k := range c.Keywords {
		of, ok := units.BaseDimension(k.Name)
		if !ok {
			return nil, script.Raise("TypeError", "'%s' is no base dimension", k.Name)
		}
		x, err := script.AsFloat(k.Value)
		if err != nil {
			return nil, err
		}
		dim = dim.Mul(of.Pow(x))
	}
	return dim, nil
}
