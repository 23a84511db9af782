package brian

import (
	"math"

	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/units"
)

// sizeArgument returns the number of neurons.
func sizeArgument(c *script.Call) (int, error) {
	v := c.Arg("N")
	if x, ok := v.(float64); ok {
		if x != math.Trunc(x) || math.Abs(x) > 1e9 {
			return 0, script.Raise("TypeError", "The number of neurons of a %s has to be a whole number, not %s", c.Name, script.Repr(v))
		}
		return int(x), nil
	}
	n, err := script.AsIndex(v)
	if err != nil {
		if u, ok := v.(units.Quantity); ok {
			return 0, script.Raise("TypeError", "The number of neurons of a %s has to be a whole number, not %s", c.Name, u)
		}
		return 0, script.Raise("TypeError", "The number of neurons of a %s has to be a whole number, not %s", c.Name, script.TypeName(v))
	}
	return int(n), nil
}

// textArgument returns an argument that is model text: "" if it was not given.
func textArgument(c *script.Call, name string) (string, error) {
	v := c.Arg(name)
	if script.IsNone(v) {
		return "", nil
	}
	text, ok := v.(string)
	if !ok {
		return "", script.Raise("TypeError", "%s() argument '%s' has to be a string of code, not %s", c.Name, name, script.TypeName(v))
	}
	return text, nil
}

// refuseArguments refuses arguments that change results and that Synfire does not know.
func refuseArguments(c *script.Call, list ...string) error {
	for _, name := range list {
		v := c.Arg(name)
		if script.IsNone(v) || v == false {
			continue
		}
		if d, ok := v.(*script.Dict); ok && d.Len() == 0 {
			continue
		}
		return script.Raise("NotImplementedError", "Synfire does not support the argument '%s' of %s yet.", name, c.Name)
	}
	return nil
}

func (s *Session) neuronGroup(c *script.Call) (script.Value, error) {
	n, err := sizeArgument(c)
	if err != nil {
		return nil, err
	}
	eqs, err := s.equationsArgument(c.Arg("model"), "model")
	if err != nil {
		return nil, err
	}
	options := synfire.NeuronGroupOptions{}
	if options.Updater, options.Candidates, options.MethodOptions, err = s.methodArguments(c); err != nil {
		return nil, err
	}
	if options.Events, err = eventsArgument(c); err != nil {
		return nil, err
	}
	if options.Bits, err = bitsArgument(c); err != nil {
		return nil, err
	}
	if options.Threshold, err = textArgument(c, "threshold"); err != nil {
		return nil, err
	}
	if options.Reset, err = textArgument(c, "reset"); err != nil {
		return nil, err
	}
	if c.Arg("reset") == "" {
		options.Reset = " " // said to be empty, which is no reason for a warning
	}
	if options.Refractory, err = refractoryArgument(c); err != nil {
		return nil, err
	}
	if options.DT, err = timeStep(c, "NeuronGroup"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	namespace, err := groupNamespace(c)
	if err != nil {
		return nil, err
	}
	options.Namespace = dictNames{namespace}
	g := &group{kind: "NeuronGroup", namespace: namespace, order: options.Order, class: s.class("NeuronGroup")}
	return g, s.make(func() error {
		made, err := s.simulation.NeuronGroup(n, eqs, options)
		if err != nil {
			return err
		}
		g.entity, g.of = s.newEntity(made), made
		return nil
	})
}

// eventsArgument returns the conditions of events by name.
func eventsArgument(c *script.Call) (map[string]string, error) {
	if script.IsNone(c.Arg("events")) {
		return nil, nil
	}
	dict, ok := c.Arg("events").(*script.Dict)
	if !ok {
		return nil, script.Raise("TypeError", "events has to be a dictionary of names and conditions, not %s", script.TypeName(c.Arg("events")))
	}
	conditions := map[string]string{}
	for key, value := range dict.All() {
		name, isName := key.(string)
		condition, isText := value.(string)
		if !isName || !isText {
			return nil, script.Raise("TypeError", "Keys in the 'events' dictionary have to be strings, and so do the conditions; not %s and %s.", script.TypeName(key), script.TypeName(value))
		}
		conditions[name] = condition
	}
	return conditions, nil
}

// groupNamespace returns the namespace that a group is given, as a dictionary of its own.
func groupNamespace(c *script.Call) (*script.Dict, error) {
	own := script.NewDict()
	switch given := c.Arg("namespace").(type) {
	case nil, script.NoneType:
	case *script.Dict:
		for k, v := range given.All() {
			if err := own.Set(k, v); err != nil {
				return nil, err
			}
		}
	default:
		return nil, script.Raise("TypeError", "namespace has to be a dictionary, not %s", script.TypeName(given))
	}
	return own, nil
}

// refractoryArgument returns a refractory period or condition; nil for none.
func refractoryArgument(c *script.Call) (any, error) {
	switch v := c.Arg("refractory").(type) {
	case nil, script.NoneType:
		return nil, nil
	case bool:
		if !v {
			return nil, nil
		}
		return "True", nil
	case string:
		return v, nil
	default:
		q, err := quantityArgument(c, "refractory", "NeuronGroup", units.Time)
		return q, err
	}
}

func (s *Session) poissonGroup(c *script.Call) (script.Value, error) {
	n, err := sizeArgument(c)
	if err != nil {
		return nil, err
	}
	var rates any
	switch v := c.Arg("rates").(type) {
	case string:
		rates = v
	default:
		a, err := numbers(v)
		if err != nil {
			return nil, err
		}
		if a.Dim() != units.Frequency {
			m := wrongUnit("PoissonGroup", "rates", units.Frequency, v, a.Dim())
			m.Hint = "rates need a unit, as in 10*Hz."
			return nil, m
		}
		if rates, _, err = assignable(v); err != nil {
			return nil, err
		}
	}
	options := synfire.PoissonGroupOptions{}
	if when := c.Arg("when"); !script.IsNone(when) && when != "thresholds" {
		s.warn(&diag.Message{Kind: "Warning", Text: "The argument 'when' of a PoissonGroup has no effect, as in Brian2.",
			Hint: "to move its spikes in a step set the 'when' of thresholder['spike']."})
	}
	if options.DT, err = timeStep(c, "PoissonGroup"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	namespace, err := groupNamespace(c)
	if err != nil {
		return nil, err
	}
	options.Namespace = dictNames{namespace}
	g := &group{kind: "PoissonGroup", namespace: namespace, order: options.Order, rates: c.Arg("rates"), class: s.class("PoissonGroup")}
	return g, s.make(func() error {
		made, err := s.simulation.PoissonGroup(n, rates, options)
		if err != nil {
			return err
		}
		g.entity, g.of = s.newEntity(made), made
		return nil
	})
}

func (s *Session) spikeGeneratorGroup(c *script.Call) (script.Value, error) {
	n, err := sizeArgument(c)
	if err != nil {
		return nil, err
	}
	indices, times, period, err := spikesArguments(c, "SpikeGeneratorGroup")
	if err != nil {
		return nil, err
	}
	options := synfire.SpikeGeneratorOptions{Period: period}
	if !script.IsNone(c.Arg("when")) {
		if options.When, err = c.String("when"); err != nil {
			return nil, err
		}
	}
	if options.DT, err = timeStep(c, "SpikeGeneratorGroup"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	if options.Name, err = nameArgument(c); err != nil {
		return nil, err
	}
	g := &group{kind: "SpikeGeneratorGroup", order: options.Order, class: s.class("SpikeGeneratorGroup")}
	return g, s.make(func() error {
		made, err := s.simulation.SpikeGeneratorGroup(n, indices, times, options)
		if err != nil {
			return err
		}
		g.entity, g.of = s.newEntity(made), made
		return nil
	})
}

// spikesArguments returns the spikes of a generator: neurons, times in seconds, period.
func spikesArguments(c *script.Call, function string) (indices []int, times []float64, period units.Quantity, err error) {
	if indices, err = wholeNumbers(c.Arg("indices"), "The indices of the spikes"); err != nil {
		return nil, nil, period, err
	}
	a, err := numbers(c.Arg("times"))
	if err != nil {
		return nil, nil, period, err
	}
	if a.Dim() != units.Time && a.Size() > 0 {
		m := wrongUnit(function, "times", units.Time, c.Arg("times"), a.Dim())
		return nil, nil, period, m
	}
	times = a.Floats()
	if len(indices) == 1 && len(times) > 1 {
		if _, err := script.AsIndex(c.Arg("indices")); err == nil {
			for len(indices) < len(times) {
				indices = append(indices, indices[0])
			}
		}
	}
	if v := c.Arg("period"); !script.IsNone(v) {
		if period, err = asQuantity(v, "period", function, units.Time); err != nil {
			return nil, nil, period, err
		}
	}
	return indices, times, period, nil
}

// wholeNumbers returns one or several whole numbers.
func wholeNumbers(v script.Value, what string) ([]int, error) {
	if n, err := script.AsIndex(v); err == nil {
		return []int{int(n)}, nil
	}
	a, err := numpy.FromValue(v)
	if err != nil {
		return nil, err
	}
	list := make([]int, a.Size())
	for k := range list {
		x := a.FloatAt(k)
		if x != math.Trunc(x) {
			return nil, script.Raise("TypeError", "%s have to be whole numbers, not %s", what, script.Repr(numpy.Number(x, units.Dimension{})))
		}
		list[k] = int(x)
	}
	return list, nil
}
