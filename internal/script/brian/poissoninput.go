package brian

import (
	"math"

	"synfire"
	"synfire/internal/script"
	"synfire/units"
)

// poissonInput is Brian2's PoissonInput as a value.
type poissonInput struct {
	entity
	of     *synfire.PoissonInput
	target *group
	weight script.Value
	order  int
}

func (s *Session) makePoissonInput(c *script.Call) (script.Value, error) {
	m := &poissonInput{weight: c.Arg("weight")}
	var err error
	if m.target, err = groupArgument(c, "target"); err != nil {
		return nil, err
	}
	variable, err := c.String("target_var")
	if err != nil {
		return nil, err
	}
	if _, known := m.target.of.Lookup(variable); !known {
		return nil, script.Raise("KeyError", "%s is not a variable of %s", variable, m.target.label())
	}
	n, err := sizeArgument(c)
	if err != nil {
		return nil, err
	}
	rate, err := quantityArgument(c, "rate", "PoissonInput", units.Frequency)
	if err != nil {
		return nil, err
	}
	var weight any
	switch v := m.weight.(type) {
	case string:
		weight = v
	default:
		q, err := asQuantityOf(v, "weight")
		if err != nil {
			return nil, err
		}
		weight = q
	}
	options := synfire.PoissonInputOptions{}
	if options.When, err = c.String("when"); err != nil {
		return nil, err
	}
	if options.Order, err = orderArgument(c); err != nil {
		return nil, err
	}
	m.order = options.Order
	return m, s.make(func() error {
		made, err := s.simulation.PoissonInput(m.target.of, variable, n, rate, weight, options)
		if err != nil {
			return err
		}
		m.entity, m.of = s.newEntity(made), made
		return nil
	})
}

// asQuantityOf returns one number with whatever dimension it has.
func asQuantityOf(v script.Value, name string) (units.Quantity, error) {
	a, err := numbers(v)
	if err != nil {
		return units.Quantity{}, err
	}
	if a.Size() != 1 {
		return units.Quantity{}, script.Raise("TypeError", "'%s' has to be a single number, not %d of them", name, a.Size())
	}
	return units.Quantity{Value: a.FloatAt(0), Dim: a.Dim()}, nil
}

// TypeName implements script.Named.
func (m *poissonInput) TypeName() string { return "PoissonInput" }

// ScriptClass implements script.Classed.
func (m *poissonInput) ScriptClass() *script.Class { return m.session.class("PoissonInput") }

func (m *poissonInput) sources() []script.Value { return []script.Value{m.target} }

// Repr implements script.Representer.
func (m *poissonInput) Repr() string { return m.describe("PoissonInput", "synapses", m.order) }

// Attr implements script.Attributed.
func (m *poissonInput) Attr(name string) (any, error) {
	if v, ok := m.common(name); ok {
		return v, nil
	}
	switch name {
	case "N":
		return int64(m.of.N()), nil
	case "rate":
		return m.of.Rate(), nil
	case "weight":
		return m.weight, nil
	case "target_var":
		return m.of.TargetVariable(), nil
	case "order":
		return int64(m.order), nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (m *poissonInput) AttrNames() []string {
	return []string{"N", "rate", "weight", "target_var", "order", "name", "active", "clock"}
}

// SetAttr implements script.AttrSetter.
func (m *poissonInput) SetAttr(name string, value any) error {
	if done, err := m.setCommon(name, value); done {
		return err
	}
	return noVariable(m.of.Name(), name, m.AttrNames())
}

// binomialFunction is Brian2's BinomialFunction as a value. Only equations call it.
type binomialFunction struct{ of *synfire.BinomialFunction }

func makeBinomialFunction(c *script.Call) (script.Value, error) {
	n, err := c.Int("n")
	if err != nil {
		return nil, err
	}
	p, err := script.AsFloat(c.Arg("p"))
	if err != nil || math.IsNaN(p) {
		return nil, script.Raise("TypeError", "p has to be a probability, not %s", script.Repr(c.Arg("p")))
	}
	approximate, err := c.Bool("approximate")
	if err != nil {
		return nil, err
	}
	made, err := synfire.NewBinomialFunction(int(n), p, approximate)
	return &binomialFunction{made}, err
}

// TypeName implements script.Named.
func (f *binomialFunction) TypeName() string { return "BinomialFunction" }

// Repr implements script.Representer.
func (f *binomialFunction) Repr() string { return "<BinomialFunction>" }

// CallScript refuses calls from the script.
func (f *binomialFunction) CallScript(*script.Call) (script.Value, error) {
	return nil, script.Raise("NotImplementedError", "Synfire does not support calling a BinomialFunction outside of equations yet.").
		WithHint("use np.random.binomial.")
}
