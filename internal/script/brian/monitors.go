package brian

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// spikeMonitor is a SpikeMonitor as a value.
type spikeMonitor struct {
	entity
	of     *synfire.SpikeMonitor
	source *group
	record bool
	// What was read last, and when: it is valid while nothing was recorded since.
	neurons, times *array.Array
	changes        int
	total          int64
}

func (s *Session) makeSpikeMonitor(c *script.Call) (script.Value, error) {
	return s.monitorEvents(c, "spike")
}

func (s *Session) makeEventMonitor(c *script.Call) (script.Value, error) {
	event, err := c.String("event")
	if err != nil {
		return nil, err
	}
	return s.monitorEvents(c, event)
}

// monitorEvents makes a SpikeMonitor or an EventMonitor.
func (s *Session) monitorEvents(c *script.Call, event string) (script.Value, error) {
	source, ok := c.Arg("source").(*group)
	if !ok {
		return nil, script.Raise("TypeError", "SpikeMonitor can only monitor groups producing spikes (such as NeuronGroup), but the given argument is of type <class '%s'>.", script.TypeName(c.Arg("source")))
	}
	record, err := script.Truth(c.Arg("record"))
	if err != nil {
		return nil, err
	}
	if _, truth := c.Arg("record").(bool); !truth && record {
		s.warn(&diag.Message{Kind: "Warning", Text: fmt.Sprintf("%s records all neurons: record is True or False, other values count as true.", c.Name),
			Hint: "to record some neurons only, monitor a part of the group: SpikeMonitor(G[:10])."})
	}
	options := synfire.SpikeMonitorOptions{CountOnly: !record, Event: event}
	if options.Variables, err = recordedNames(c); err != nil {
		return nil, err
	}
	if !script.IsNone(c.Arg("when")) {
		if options.When, err = c.String("when"); err != nil {
			return nil, err
		}
	}
	if !script.IsNone(c.Arg("order")) {
		order, err := orderArgument(c)
		if err != nil {
			return nil, err
		}
		if options.When == "" {
			return nil, script.Raise("ValueError", "Cannot specify order if when is not specified.")
		}
		options.Order = &order
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	m := &spikeMonitor{source: source, record: record}
	return m, s.make(func() error {
		made, err := s.simulation.SpikeMonitor(source.of, options)
		if err != nil {
			return err
		}
		m.entity, m.of = s.newEntity(made), made
		return nil
	})
}

// recordedNames returns the names of the variables that are recorded with each event.
func recordedNames(c *script.Call) ([]string, error) {
	switch v := c.Arg("variables").(type) {
	case nil, script.NoneType:
		return nil, nil
	case string:
		return []string{v}, nil
	case bool:
		return nil, script.Raise("TypeError", "'bool' object is not iterable").WithHint("variables takes the name of a variable or a list of names.")
	default:
		elements, err := script.Elements(v)
		if err != nil {
			return nil, err
		}
		var names []string
		for _, element := range elements {
			name, ok := element.(string)
			if !ok {
				return nil, script.Raise("TypeError", "variables has to be a name or a list of names, not of %s", script.TypeName(element))
			}
			if name != "i" && name != "t" {
				names = append(names, name)
			}
		}
		return names, nil
	}
}

// TypeName implements script.Named.
func (m *spikeMonitor) TypeName() string {
	if m.of.Event() != "spike" {
		return "EventMonitor"
	}
	return "SpikeMonitor"
}

// ScriptClass implements script.Classed.
func (m *spikeMonitor) ScriptClass() *script.Class { return m.session.class(m.TypeName()) }

func (m *spikeMonitor) sources() []script.Value { return []script.Value{m.source} }

// Repr implements script.Representer.
func (m *spikeMonitor) Repr() string {
	if m.of.Event() != "spike" {
		return fmt.Sprintf("<EventMonitor, recording event '%s' from '%s'>", m.of.Event(), m.of.Name())
	}
	return fmt.Sprintf("<SpikeMonitor, recording from '%s'>", m.of.Name())
}

// Len implements script.Sized.
func (m *spikeMonitor) Len() (int, error) { return m.of.Len(), nil }

// Bool implements script.Truther.
func (m *spikeMonitor) Bool() (bool, error) { return true, nil }

// refresh reads what was recorded, if there is more of it now.
func (m *spikeMonitor) refresh() {
	changes, total := m.of.Changes()
	if m.neurons != nil && m.changes == changes && m.total == total {
		return
	}
	m.changes, m.total = changes, total
	recorded := m.of.Neurons()
	list := make([]int64, len(recorded))
	for k, n := range recorded {
		list[k] = int64(n)
	}
	m.neurons = array.GroupedInts(list, trains{m.of})
	m.times = array.SharedFloats(m.of.Times(), units.Time)
}

// trains tells where the spikes of a neuron stand.
type trains struct{ of *synfire.SpikeMonitor }

// Positions implements array.Grouping.
func (t trains) Positions(neuron int64) []int32 { return t.of.Positions(int(neuron)) }

func (m *spikeMonitor) series(name string, unitless bool) *series {
	s := &series{label: m.of.Name() + "." + name}
	if unitless {
		s.label += "_"
	}
	s.read = func() (*array.Array, error) {
		switch name {
		case "i", "t":
			m.refresh()
			if name == "i" {
				return m.neurons.View(), nil
			}
			if unitless {
				return m.times.WithDim(units.Dimension{}), nil
			}
			return m.times.View(), nil
		case "count":
			return array.FromInts(append([]int64{}, m.of.Counts()...)), nil
		}
		_, total := m.of.Changes()
		return array.ScalarInt(total), nil
	}
	return s
}

// Attr implements script.Attributed.
func (m *spikeMonitor) Attr(name string) (any, error) {
	if v, ok := m.common(name); ok {
		return v, nil
	}
	base, unitless := strings.CutSuffix(name, "_")
	switch base {
	case "i", "t", "count", "N":
		if !m.record && (base == "i" || base == "t") {
			return nil, script.Raise("AttributeError", "'%s' does not have the attribute '%s', because it counts spikes only", m.of.Name(), base).
				WithHint("make it without record=False.")
		}
		if m.pretended() {
			return m.unknown(base, unitless), nil
		}
		return m.series(base, unitless), nil
	case "num_spikes", "num_events":
		if m.pretended() {
			return &script.Unknown{What: m.of.Name() + "." + name, Dim: units.Dimension{}, Shape: []int{}}, nil
		}
		_, total := m.of.Changes()
		return total, nil
	case "it":
		i, err := m.Attr("i")
		if err != nil {
			return nil, err
		}
		t, err := m.Attr(strings.Replace(name, "it", "t", 1))
		return script.NewTuple(i, t), err
	}
	switch name {
	case "source":
		return m.source, nil
	case "record":
		return m.record, nil
	case "event":
		return m.of.Event(), nil
	case "record_variables":
		set := script.NewSet()
		for _, name := range append([]string{"i", "t"}, m.of.Variables()...) {
			if err := set.Add(name); err != nil {
				return nil, err
			}
		}
		return set, nil
	}
	if m.records(base) {
		return m.recorded(base, unitless && base != name)
	}
	if method := spikeMonitorMethods().Bind(m, name); method != nil {
		return method, nil
	}
	return nil, nil
}

func (m *spikeMonitor) unknown(name string, unitless bool) *script.Unknown {
	u := &script.Unknown{What: m.of.Name() + "." + name, Dim: units.Dimension{}, Shape: []int{-1}}
	switch {
	case name == "t" && !unitless:
		u.Dim = units.Time
	case name == "count":
		u.Shape = []int{m.source.of.Len()}
	case name == "N":
		u.Shape = []int{}
	}
	return u
}

// records reports whether a variable is recorded with each event.
func (m *spikeMonitor) records(name string) bool { return slices.Contains(m.of.Variables(), name) }

// recorded returns what was recorded of a variable: one value for each event.
func (m *spikeMonitor) recorded(name string, unitless bool) (script.Value, error) {
	if m.pretended() {
		return &script.Unknown{What: m.of.Name() + "." + name, Shape: []int{-1}}, nil
	}
	s := &series{label: m.of.Name() + "." + name}
	if unitless {
		s.label += "_"
	}
	s.read = func() (*array.Array, error) {
		values, err := m.of.Values(name)
		if err != nil {
			return nil, err
		}
		if unitless {
			values.Dim = units.Dimension{}
		}
		return toArray(values), nil
	}
	return s, nil
}

// perNeuron returns a dictionary with the values of a recorded variable for each neuron.
func (m *spikeMonitor) perNeuron(name string) (script.Value, error) {
	if m.pretended() {
		return &script.Unknown{What: m.of.Name() + ".values()"}, nil
	}
	values, err := m.of.Values(name)
	if err != nil {
		return nil, err
	}
	if !m.record {
		return nil, script.Raise("AttributeError", "'%s' does not have the attribute '%s', because it counts spikes only", m.of.Name(), name)
	}
	dict := script.NewDict()
	for k := range m.of.Counts() {
		own := synfire.Values{Dim: values.Dim}
		for _, at := range m.of.Positions(k) {
			switch {
			case values.Ints != nil:
				own.Ints = append(own.Ints, values.Ints[at])
			case values.Bools != nil:
				own.Bools = append(own.Bools, values.Bools[at])
			default:
				own.Floats = append(own.Floats, values.Floats[at])
			}
		}
		if err := dict.Set(int64(k), numpy.Wrap(toArray(own))); err != nil {
			return nil, err
		}
	}
	return dict, nil
}

// AttrNames implements script.AttrLister.
func (m *spikeMonitor) AttrNames() []string {
	return append(append([]string{"i", "t", "count", "num_spikes", "num_events", "N", "it", "event", "source", "name", "active", "record"}, m.of.Variables()...), spikeMonitorMethods().Names()...)
}

// SetAttr implements script.AttrSetter.
func (m *spikeMonitor) SetAttr(name string, value any) error {
	if done, err := m.setCommon(name, value); done {
		return err
	}
	return noVariable(m.of.Name(), name, m.AttrNames())
}

// spikeMonitorMethods are the methods of SpikeMonitor.
var spikeMonitorMethods = sync.OnceValue(func() *script.Methods {
	perNeuron := func(m *spikeMonitor) (script.Value, error) {
		if m.pretended() {
			return &script.Unknown{What: m.of.Name() + ".spike_trains()"}, nil
		}
		if _, err := m.series("t", false).read(); err != nil {
			return nil, err
		}
		dict := script.NewDict()
		for k := range m.of.Counts() {
			if err := dict.Set(int64(k), numpy.New(array.FromFloats(m.of.Train(k), units.Time))); err != nil {
				return nil, err
			}
		}
		return dict, nil
	}
	return script.NewMethods(
		getStatesEntry,
		recordedStateEntry,
		script.Entry{Signature: "event_trains()", Doc: "The times of the events of each neuron.", Func: func(c *script.Call) (script.Value, error) {
			return perNeuron(c.Self.(*spikeMonitor))
		}},
		script.Entry{Signature: "spike_trains()", Doc: "The spike times of each neuron.", Func: func(c *script.Call) (script.Value, error) {
			return perNeuron(c.Self.(*spikeMonitor))
		}},
		script.Entry{Signature: "values(var)", Doc: "The values of a recorded variable for each neuron.", Func: func(c *script.Call) (script.Value, error) {
			m := c.Self.(*spikeMonitor)
			if c.Arg("var") == "t" {
				return perNeuron(m)
			}
			if name, ok := c.Arg("var").(string); ok && m.records(name) {
				return m.perNeuron(name)
			}
			return nil, script.Raise("KeyError", "State variable %s not found.", script.Str(c.Arg("var")))
		}},
		script.Entry{Signature: "all_values()", Doc: "What was recorded for each neuron, by name.", Func: func(c *script.Call) (script.Value, error) {
			m := c.Self.(*spikeMonitor)
			dict := script.NewDict()
			for _, name := range m.of.Variables() {
				values, err := m.perNeuron(name)
				if err != nil {
					return nil, err
				}
				dict.SetString(name, values)
			}
			times, err := perNeuron(m)
			dict.SetString("t", times)
			return dict, err
		}},
	)
})

// rateMonitor is a PopulationRateMonitor as a value.
type rateMonitor struct {
	entity
	of     *synfire.PopulationRateMonitor
	source *group
}

func (s *Session) makeRateMonitor(c *script.Call) (script.Value, error) {
	source, ok := c.Arg("source").(*group)
	if !ok {
		return nil, script.Raise("TypeError", "PopulationRateMonitor can only monitor groups producing spikes, not %s", script.TypeName(c.Arg("source")))
	}
	if err := refuseArguments(c, "dtype"); err != nil {
		return nil, err
	}
	name, err := nameArgument(c)
	if err != nil {
		return nil, err
	}
	m := &rateMonitor{source: source}
	return m, s.make(func() error {
		made, err := s.simulation.PopulationRateMonitor(source.of, name)
		if err != nil {
			return err
		}
		m.entity, m.of = s.newEntity(made), made
		return nil
	})
}

// TypeName implements script.Named.
func (m *rateMonitor) TypeName() string { return "PopulationRateMonitor" }

// ScriptClass implements script.Classed.
func (m *rateMonitor) ScriptClass() *script.Class { return m.session.class("PopulationRateMonitor") }

func (m *rateMonitor) sources() []script.Value { return []script.Value{m.source} }

// Repr implements script.Representer.
func (m *rateMonitor) Repr() string {
	return fmt.Sprintf("<PopulationRateMonitor, recording %s>", m.source.object.Name())
}

// Bool implements script.Truther.
func (m *rateMonitor) Bool() (bool, error) { return true, nil }

// Len implements script.Sized.
func (m *rateMonitor) Len() (int, error) { return len(m.of.Times()), nil }

// Attr implements script.Attributed.
func (m *rateMonitor) Attr(name string) (any, error) {
	if v, ok := m.common(name); ok {
		return v, nil
	}
	base, unitless := strings.CutSuffix(name, "_")
	dim := units.Dimension{}
	switch base {
	case "t":
		dim = units.Time
	case "rate":
		dim = units.Frequency
	case "N":
	case "source":
		return m.source, nil
	default:
		if method := rateMonitorMethods().Bind(m, name); method != nil {
			return method, nil
		}
		return nil, nil
	}
	if unitless {
		dim = units.Dimension{}
	}
	if m.pretended() {
		return &script.Unknown{What: m.of.Name() + "." + base, Dim: dim, Shape: []int{-1}}, nil
	}
	s := &series{label: m.of.Name() + "." + name}
	s.read = func() (*array.Array, error) {
		switch base {
		case "t":
			return array.SharedFloats(m.of.Times(), dim), nil
		case "rate":
			return array.SharedFloats(m.of.Rates(), dim), nil
		}
		return array.ScalarInt(int64(len(m.of.Times()))), nil
	}
	return s, nil
}

// AttrNames implements script.AttrLister.
func (m *rateMonitor) AttrNames() []string {
	return append([]string{"t", "rate", "N", "source", "name", "active"}, rateMonitorMethods().Names()...)
}

// SetAttr implements script.AttrSetter.
func (m *rateMonitor) SetAttr(name string, value any) error {
	if done, err := m.setCommon(name, value); done {
		return err
	}
	return noVariable(m.of.Name(), name, m.AttrNames())
}

// rateMonitorMethods are the methods of PopulationRateMonitor.
var rateMonitorMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(
		getStatesEntry,
		recordedStateEntry,
		script.Entry{Signature: "smooth_rate(window='gaussian', width=None)", Doc: "The rate, smoothed over a window.", Func: func(c *script.Call) (script.Value, error) {
			m := c.Self.(*rateMonitor)
			smoothed := func(rates []float64, err error) (script.Value, error) {
				if err != nil {
					return nil, err
				}
				return numpy.New(array.FromFloats(rates, units.Frequency)), nil
			}
			unknown := &script.Unknown{What: m.of.Name() + ".smooth_rate()", Dim: units.Frequency, Shape: []int{-1}}
			window, predefined := c.Arg("window").(string)
			if !predefined {
				if !script.IsNone(c.Arg("width")) {
					return nil, script.Raise("TypeError", "Can only specify a width for a predefined window")
				}
				weights, err := numbers(c.Arg("window"))
				if err != nil {
					return nil, err
				}
				if weights.NDim() != 1 {
					return nil, script.Raise("TypeError", "The provided window has to be one-dimensional.")
				}
				if m.pretended() {
					return unknown, nil
				}
				return smoothed(m.of.SmoothWith(weights.Floats()))
			}
			if script.IsNone(c.Arg("width")) {
				return nil, script.Raise("TypeError", "Need a width when using a predefined window.")
			}
			width, err := quantityArgument(c, "width", "smooth_rate", units.Time)
			if err != nil {
				return nil, err
			}
			if m.pretended() {
				return unknown, nil
			}
			return smoothed(m.of.Smooth(window, width))
		}},
	)
})
