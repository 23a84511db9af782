package brian

import (
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// clockValue is a clock: the default clock (of is nil and own is zero), that of an object, or one that the script
// has made with Clock(dt).
type clockValue struct {
	session *Session
	of      synfire.Object
	own     units.Quantity
	label   string
}

func (k *clockValue) isDefault() bool { return k.of == nil && k.own == units.Quantity{} }

func (k *clockValue) dt() units.Quantity {
	switch {
	case k.own != units.Quantity{}:
		return k.own
	case k.of != nil:
		if o, ok := k.of.(interface{ DT() units.Quantity }); ok {
			return o.DT()
		}
	}
	return k.session.simulation.DT()
}

func (k *clockValue) name() string {
	switch {
	case k.label != "":
		return k.label
	case k.of != nil && k.dt() != k.session.simulation.DT():
		return k.of.Name() + "_clock"
	}
	return "defaultclock"
}

// TypeName implements script.Named.
func (k *clockValue) TypeName() string { return "Clock" }

// ScriptClass implements script.Classed.
func (k *clockValue) ScriptClass() *script.Class { return k.session.class("Clock") }

// Repr implements script.Representer.
func (k *clockValue) Repr() string { return "Clock(dt=" + k.dt().Repr() + ", name='" + k.name() + "')" }

// Attr implements script.Attributed.
func (k *clockValue) Attr(name string) (any, error) {
	switch name {
	case "dt":
		return k.dt(), nil
	case "dt_":
		return k.dt().Value, nil
	case "name":
		return k.name(), nil
	case "t", "t_":
		t := k.session.simulation.Time()
		if name == "t_" {
			return t.Value, nil
		}
		s := &series{label: k.name() + ".t"}
		s.read = func() (*array.Array, error) {
			return array.Scalar(k.session.simulation.Time().Value, units.Time), nil
		}
		return s, nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (k *clockValue) AttrNames() []string { return []string{"dt", "t", "name", "dt_", "t_"} }

// SetAttr implements script.AttrSetter.
func (k *clockValue) SetAttr(name string, value any) error {
	switch name {
	case "dt", "dt_":
		if u, unknown := value.(*script.Unknown); unknown {
			return script.Raise("ValueError", "the time step depends on %s, which only a run can give", u.What)
		}
		var dt units.Quantity
		if name == "dt" {
			var err error
			if dt, err = asQuantity(value, "dt", "_set_dt", units.Time); err != nil {
				return err
			}
		} else {
			x, err := script.AsFloat(value)
			if err != nil {
				return err
			}
			dt = units.Second.Of(x)
		}
		switch {
		case k.isDefault():
			return k.session.simulation.SetDT(dt)
		case k.of == nil:
			k.own = dt
			return nil
		case k.dt() == k.session.simulation.DT():
			return k.session.simulation.SetDT(dt)
		}
		return script.Raise("NotImplementedError", "Synfire does not support changing the time step of '%s' yet.", k.of.Name()).
			WithHint("give it when the object is made: dt=...")
	case "t", "name":
		return script.Raise("TypeError", "Variable %s is read-only.", name)
	}
	return noVariable(k.name(), name, k.AttrNames())
}

// timedArray is a TimedArray as a value.
type timedArray struct {
	session *Session
	array   *synfire.TimedArray
}

func (s *Session) makeTimedArray(c *script.Call) (script.Value, error) {
	a, err := numbers(c.Arg("values"))
	if err != nil {
		return nil, err
	}
	dt, err := quantityArgument(c, "dt", "TimedArray", units.Time)
	if err != nil {
		return nil, err
	}
	name, err := nameArgument(c)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name = "_timedarray"
	}
	columns := 0
	switch a.NDim() {
	case 1:
	case 2:
		columns = a.Shape()[1]
	default:
		return nil, script.Raise("NotImplementedError", "Only 1d and 2d arrays are supported for TimedArray")
	}
	made, err := synfire.NewTimedArray(name, a.Share(), columns, a.Dim(), dt)
	if err != nil {
		return nil, err
	}
	return &timedArray{s, made}, nil
}

// TypeName implements script.Named.
func (t *timedArray) TypeName() string { return "TimedArray" }

// ScriptClass implements script.Classed.
func (t *timedArray) ScriptClass() *script.Class { return t.session.class("TimedArray") }

// Repr implements script.Representer.
func (t *timedArray) Repr() string {
	rows, columns := t.array.Shape()
	shape := []int{rows}
	if columns > 0 {
		shape = append(shape, columns)
	}
	return "<TimedArray of shape " + array.ShapeText(shape) + ", dt=" + t.array.DT().Repr() + ">"
}

// CallScript computes t(time) or t(time, i), for single times and for arrays of them.
func (t *timedArray) CallScript(c *script.Call) (script.Value, error) {
	_, columns := t.array.Shape()
	want := 1
	if columns > 0 {
		want = 2
	}
	if len(c.Args) != want || len(c.Keywords) > 0 {
		if want == 2 {
			return nil, script.Raise("TypeError", "this TimedArray has columns and is called with a time and a column: f(t, i)")
		}
		return nil, script.Raise("TypeError", "this TimedArray has no columns and is called with a time: f(t)")
	}
	for _, v := range c.Args {
		if u, unknown := v.(*script.Unknown); unknown {
			return &script.Unknown{What: t.array.Name() + "(" + u.What + ")", Dim: t.array.Dim()}, nil
		}
	}
	times, err := numbers(c.Args[0])
	if err != nil {
		return nil, err
	}
	if times.Dim() != units.Time {
		return nil, wrongUnit("TimedArray", "t", units.Time, c.Args[0], times.Dim())
	}
	dt := t.session.simulation.DT().Value
	if columns == 0 {
		values := make([]float64, times.Size())
		for k := range values {
			values[k] = t.array.At(times.FloatAt(k), 0, dt)
		}
		return numpy.Wrap(array.FromFloats(values, t.array.Dim(), append([]int{}, times.Shape()...)...)), nil
	}
	which, err := numbers(c.Args[1])
	if err != nil {
		return nil, err
	}
	shape, err := array.BroadcastShapes(times, which)
	if err != nil {
		return nil, err
	}
	if times, err = times.BroadcastTo(shape); err != nil {
		return nil, err
	}
	if which, err = which.BroadcastTo(shape); err != nil {
		return nil, err
	}
	values := make([]float64, times.Size())
	for k := range values {
		column := int(which.IntAt(k))
		if column >= columns || column < -columns {
			return nil, script.Raise("IndexError", "index %d is out of bounds for axis 1 with size %d", column, columns)
		}
		if column < 0 {
			column += columns
		}
		values[k] = t.array.At(times.FloatAt(k), column, dt)
	}
	return numpy.Wrap(array.FromFloats(values, t.array.Dim(), append([]int{}, shape...)...)), nil
}

// Attr implements script.Attributed.
func (t *timedArray) Attr(name string) (any, error) {
	switch name {
	case "values":
		rows, columns := t.array.Shape()
		shape := []int{rows}
		if columns > 0 {
			shape = append(shape, columns)
		}
		return numpy.New(array.SharedFloats(t.array.Values(), units.Dimension{}, shape...)), nil
	case "dt":
		return t.array.DT().Value, nil
	case "dim":
		return t.array.Dim(), nil
	case "name":
		return t.array.Name(), nil
	case "is_locally_constant":
		return timedArrayMethods().Bind(t, name), nil
	}
	return nil, nil
}

// timedArrayMethods are the methods of TimedArray.
var timedArrayMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(script.Entry{Signature: "is_locally_constant(dt)", Func: func(c *script.Call) (script.Value, error) {
		dt, err := quantityArgument(c, "dt", "is_locally_constant", units.Time)
		if err != nil {
			return nil, err
		}
		ratio := c.Self.(*timedArray).array.DT().Value / dt.Value
		whole := float64(int64(ratio + 0.5))
		return whole >= 1 && ratio-whole < 1e-9 && whole-ratio < 1e-9, nil
	}})
})

// AttrNames implements script.AttrLister.
func (t *timedArray) AttrNames() []string { return []string{"values", "dt", "dim", "name"} }
