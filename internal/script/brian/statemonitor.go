package brian

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// stateMonitor is a StateMonitor as a value.
type stateMonitor struct {
	entity
	of     *synfire.StateMonitor
	source brianObject
	row    map[int]int // of each recorded element
}

func (s *Session) makeStateMonitor(c *script.Call) (script.Value, error) {
	m := &stateMonitor{}
	var all []synfire.VariableInfo
	size := 0
	switch source := c.Arg("source").(type) {
	case *group:
		m.source, all, size = source, source.of.Variables(), source.of.Len()
	case *synapses:
		m.source, all, size = source, source.of.Variables(), source.of.Len()
	default:
		return nil, script.Raise("TypeError", "StateMonitor can only monitor groups and synapses, but the given argument is of type <class '%s'>.", script.TypeName(source))
	}
	variables, err := variableNames(c.Arg("variables"), all)
	if err != nil {
		return nil, err
	}
	known := m.source.(stateful)
	for _, name := range variables {
		if known.variable(name) == nil {
			e := script.Raise("KeyError", "'%s' has no variable '%s' to record", m.source.base().object.Name(), name)
			if near := script.Nearest(name, known.stateNames(true, true)); near != "" {
				e.Hint = "Did you mean '" + near + "'?"
			}
			return nil, e
		}
	}
	options := synfire.StateMonitorOptions{}
	if options.Record, err = recordArgument(c.Arg("record"), size, m.source); err != nil {
		return nil, err
	}
	if dtype := c.Arg("dtype"); !script.IsNone(dtype) {
		bits, ok := floatBits(dtype)
		if !ok {
			return nil, script.Raise("TypeError", "A StateMonitor keeps float64 or float32, not %s", typeName(dtype))
		}
		options.Single = bits == 32
	}
	if options.DT, err = timeStep(c, "StateMonitor"); err != nil {
		return nil, err
	}
	if options.When, err = c.String("when"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	return m, s.make(func() error {
		made, err := s.simulation.StateMonitor(m.recorded(), variables, options)
		if err != nil {
			return err
		}
		m.entity, m.of = s.newEntity(made), made
		m.row = map[int]int{}
		for row, k := range made.Elements() {
			m.row[k] = row
		}
		return nil
	})
}

// recorded is the source as package synfire knows it: a part of a group records the part.
func (m *stateMonitor) recorded() synfire.Object {
	if g, ok := m.source.(*group); ok {
		return g.of
	}
	return m.source.base().object
}

func variableNames(v script.Value, all []synfire.VariableInfo) ([]string, error) {
	switch v := v.(type) {
	case string:
		return []string{v}, nil
	case bool:
		if v {
			var list []string
			for _, info := range all {
				if info.Name[0] != '_' {
					list = append(list, info.Name)
				}
			}
			return list, nil
		}
	}
	elements, err := script.Elements(v)
	if err != nil {
		return nil, script.Raise("TypeError", "variables has to be the name of a variable or a list of names, not %s", script.TypeName(v))
	}
	list := make([]string, len(elements))
	for k, e := range elements {
		name, ok := e.(string)
		if !ok {
			return nil, script.Raise("TypeError", "variables has to be the name of a variable or a list of names, not a list of %s", script.TypeName(e))
		}
		list[k] = name
	}
	return list, nil
}

// recordArgument returns the elements to record; nil means all.
func recordArgument(v script.Value, size int, source brianObject) ([]int, error) {
	switch v := v.(type) {
	case bool:
		if v {
			return nil, nil
		}
		return []int{}, nil
	case string:
		return nil, script.Raise("TypeError", "record has to be True, False or the numbers of elements, not a string")
	case *subset:
		if v.owner != source {
			return nil, script.Raise("TypeError", "%s is not a part of what is recorded", script.Repr(v))
		}
		return v.numbers()
	}
	picked, err := pickNumbers(v, &elements{high: size})
	if err != nil {
		if _, bounds := script.Elements(v); bounds == nil {
			return nil, script.Raise("IndexError", "The indices to record from contain values outside of the range [0, %d] allowed for the group '%s'", size-1, source.base().object.Name())
		}
		return nil, err
	}
	list := make([]int, picked.count())
	for k := range list {
		list[k] = picked.at(k)
	}
	return list, nil
}

// TypeName implements script.Named.
func (m *stateMonitor) TypeName() string { return "StateMonitor" }

// ScriptClass implements script.Classed.
func (m *stateMonitor) ScriptClass() *script.Class { return m.session.class("StateMonitor") }

func (m *stateMonitor) sources() []script.Value { return []script.Value{m.source} }

// Repr implements script.Representer.
func (m *stateMonitor) Repr() string {
	return fmt.Sprintf("<StateMonitor, recording %s from '%s'>", script.Repr(nameList(m.of.VariableNames())), m.source.base().object.Name())
}

func nameList(list []string) *script.List {
	values := &script.List{}
	for _, name := range list {
		values.Elts = append(values.Elts, name)
	}
	return values
}

// Len implements script.Sized.
func (m *stateMonitor) Len() (int, error) { return len(m.of.Times()), nil }

// Bool implements script.Truther.
func (m *stateMonitor) Bool() (bool, error) { return true, nil }

// times is the series of the times of the samples.
func (m *stateMonitor) times(unitless bool) script.Value {
	dim := units.Time
	label := m.of.Name() + ".t"
	if unitless {
		dim, label = units.Dimension{}, label+"_"
	}
	if m.pretended() {
		return &script.Unknown{What: m.of.Name() + ".t", Dim: dim, Shape: []int{-1}}
	}
	s := &series{label: label}
	s.read = func() (*array.Array, error) { return array.SharedFloats(m.of.Times(), dim), nil }
	return s
}

// recording returns the name of a recorded variable that an attribute means, and whether it is wanted without units.
func (m *stateMonitor) recording(attribute string) (name string, unitless, ok bool) {
	list := m.of.VariableNames()
	if slices.Contains(list, attribute) {
		return attribute, false, true
	}
	base, unitless := strings.CutSuffix(attribute, "_")
	return base, true, unitless && slices.Contains(list, base)
}

// values returns what was recorded: one row for each element.
func (m *stateMonitor) values(name string, unitless bool) (script.Value, error) {
	r, err := m.of.Recording(name)
	if err != nil {
		return nil, err
	}
	if unitless {
		r.Dim = units.Dimension{}
	}
	if m.pretended() {
		return &script.Unknown{What: m.of.Name() + "." + name, Dim: r.Dim, Shape: []int{len(m.of.Elements()), -1}}, nil
	}
	return numpy.New(typed(array.Deferred(r, r.Dim), r.Type)), nil
}

// typed gives recorded numbers the type of their variable.
func typed(a *array.Array, kind string) *array.Array {
	switch kind {
	case "integer":
		return a.As(array.Int64)
	case "boolean":
		return a.As(array.Bool)
	}
	return a
}

// Attr implements script.Attributed.
func (m *stateMonitor) Attr(name string) (any, error) {
	if v, ok := m.common(name); ok {
		return v, nil
	}
	switch name {
	case "t", "t_":
		return m.times(name == "t_"), nil
	case "source":
		return m.source, nil
	case "record_variables", "recorded_variables":
		return nameList(m.of.VariableNames()), nil
	case "n_indices":
		return int64(len(m.of.Elements())), nil
	case "record":
		return countsArray(m.of.Elements()), nil
	case "N":
		if m.pretended() {
			return &script.Unknown{What: m.of.Name() + ".N", Dim: units.Dimension{}, Shape: []int{}}, nil
		}
		return int64(len(m.of.Times())), nil
	}
	if method := stateMonitorMethods().Bind(m, name); method != nil {
		return method, nil
	}
	if variable, unitless, ok := m.recording(name); ok {
		return m.values(variable, unitless)
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (m *stateMonitor) AttrNames() []string {
	return append([]string{"t", "N", "source", "name", "active", "record", "record_variables", "n_indices"}, m.of.VariableNames()...)
}

// SetAttr implements script.AttrSetter.
func (m *stateMonitor) SetAttr(name string, value any) error {
	if done, err := m.setCommon(name, value); done {
		return err
	}
	return noVariable(m.of.Name(), name, m.AttrNames())
}

// stateMonitorMethods are the methods of StateMonitor.
var stateMonitorMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(getStatesEntry, recordedStateEntry, script.Entry{Signature: "record_single_timestep()", Doc: "Records the values as they are now.", Func: func(c *script.Call) (script.Value, error) {
		m := c.Self.(*stateMonitor)
		return script.None, m.of.RecordNow(names(c.Frame))
	}})
})

// Index implements M[k], M[[0, 1]], M[2:5]: numbers are those of the source.
func (m *stateMonitor) Index(index any) (any, error) {
	view := &stateMonitorView{monitor: m}
	var wanted []int
	switch x := index.(type) {
	case string:
		list, err := m.source.(stateful).variable("i").of.Select(x, synfire.Using(names(m.session.frame())))
		if err != nil {
			return nil, err
		}
		wanted = list
	case *subset:
		list, err := x.numbers()
		if err != nil {
			return nil, err
		}
		wanted = list
	case *script.Tuple:
		y, ok := m.source.(*synapses)
		if !ok {
			return nil, script.Raise("IndexError", "Can only interpret 1-d indices, got %d dimensions.", len(x.Elts))
		}
		picked, err := pickPairs(y.of, x.Elts)
		if err != nil {
			return nil, err
		}
		wanted = picked.list
	default:
		if k, err := script.AsIndex(x); err == nil {
			if _, recorded := m.row[int(k)]; !recorded {
				return nil, m.notRecorded(int(k))
			}
		}
		size, err := m.source.(script.Sized).Len()
		if err != nil {
			return nil, err
		}
		picked, err := pickNumbers(x, &elements{high: size})
		if err != nil {
			return nil, err
		}
		view.single = picked.single
		for k := range picked.count() {
			wanted = append(wanted, picked.at(k))
		}
	}
	for _, k := range wanted {
		row, recorded := m.row[k]
		if !recorded {
			return nil, m.notRecorded(k)
		}
		view.elements, view.rows = append(view.elements, k), append(view.rows, row)
	}
	return view, nil
}

func (m *stateMonitor) notRecorded(k int) error {
	return script.Raise("IndexError", "Index number %d has not been recorded", k).
		WithHint("'%s' records %s.", m.of.Name(), recordedText(m.of.Elements()))
}

func recordedText(list []int) string {
	if len(list) == 0 {
		return "no elements"
	}
	if len(list) > 8 {
		return fmt.Sprintf("%d elements, from %d to %d", len(list), slices.Min(list), slices.Max(list))
	}
	return strings.Trim(fmt.Sprint(list), "[]")
}

// stateMonitorView is M[k]: what was recorded of some elements.
type stateMonitorView struct {
	monitor        *stateMonitor
	elements, rows []int
	single         bool
}

// TypeName implements script.Named.
func (v *stateMonitorView) TypeName() string { return "StateMonitorView" }

// Repr implements script.Representer.
func (v *stateMonitorView) Repr() string {
	what := strings.ReplaceAll(fmt.Sprint(v.elements), " ", ", ")
	if v.single {
		what = strings.Trim(what, "[]")
	}
	return fmt.Sprintf("<StateMonitorView, giving access to elements %s recorded by %s>", what, v.monitor.of.Name())
}

// Attr implements script.Attributed.
func (v *stateMonitorView) Attr(name string) (any, error) {
	m := v.monitor
	switch name {
	case "t", "t_":
		return m.times(name == "t_"), nil
	case "source":
		return m.source, nil
	}
	variable, unitless, ok := m.recording(name)
	if !ok {
		return nil, nil
	}
	r, err := m.of.Recording(variable)
	if err != nil {
		return nil, err
	}
	dim := r.Dim
	if unitless {
		dim = units.Dimension{}
	}
	if m.pretended() {
		u := &script.Unknown{What: m.of.Name() + "." + variable, Dim: dim, Shape: []int{-1}}
		if !v.single {
			u.Shape = []int{len(v.rows), -1}
		}
		return u, nil
	}
	_, samples := r.Shape()
	values := make([]float64, len(v.rows)*samples)
	for k, row := range v.rows {
		r.ReadRows(row, row+1, values[k*samples:(k+1)*samples])
	}
	if v.single {
		return numpy.New(typed(array.FromFloats(values, dim), r.Type)), nil
	}
	return numpy.New(typed(array.FromFloats(values, dim, len(v.rows), samples), r.Type)), nil
}

// AttrNames implements script.AttrLister.
func (v *stateMonitorView) AttrNames() []string {
	return append([]string{"t", "source"}, v.monitor.of.VariableNames()...)
}
