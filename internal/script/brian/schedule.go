package brian

import (
	"synfire"
	"synfire/internal/script"
)

// placed is an object of a network that has one place in a step.
type placed interface{ Place() *synfire.Place }

// placeOf returns the place of an object, nil if it has none of its own.
func placeOf(object synfire.Object) *synfire.Place {
	switch x := object.(type) {
	case *synfire.SpikeGeneratorGroup:
		return x.Thresholder()
	case placed:
		return x.Place()
	}
	return nil
}

// placeAttribute returns when or order.
func placeAttribute(p *synfire.Place, name string) (script.Value, bool) {
	switch {
	case p == nil:
	case name == "when":
		return p.When(), true
	case name == "order":
		return int64(p.Order()), true
	}
	return nil, false
}

// setPlace sets when or order, for the runs to come.
func setPlace(p *synfire.Place, owner, name string, value script.Value) (bool, error) {
	switch {
	case p == nil:
	case name == "when":
		when, ok := value.(string)
		if !ok {
			return true, script.Raise("TypeError", "The 'when' of '%s' has to be a string specifying the scheduling slot, not %s", owner, script.TypeName(value))
		}
		p.Set(when, p.Order())
		return true, nil
	case name == "order":
		order, err := script.AsIndex(value)
		if err != nil {
			return true, script.Raise("TypeError", "The order of '%s' has to be a whole number, not %s", owner, script.TypeName(value))
		}
		p.Set("", int(order))
		return true, nil
	}
	return false, nil
}

// codeRunner is what a group contains: its state updater, or what looks for an event or follows one.
type codeRunner struct {
	kind, name string
	owner      brianObject
	place      *synfire.Place
}

// TypeName implements script.Named.
func (r *codeRunner) TypeName() string { return r.kind }

// Repr implements script.Representer.
func (r *codeRunner) Repr() string {
	return r.kind + "(clock=" + r.owner.base().clock().Repr() + ", when=" + r.place.When() + ", order=" + script.Repr(int64(r.place.Order())) + ", name='" + r.name + "')"
}

// HashKey implements script.Hashable.
func (r *codeRunner) HashKey() any { return r.place }

// Attr implements script.Attributed.
func (r *codeRunner) Attr(name string) (any, error) {
	if v, ok := placeAttribute(r.place, name); ok {
		return v, nil
	}
	switch name {
	case "name":
		return r.name, nil
	case "group":
		return r.owner, nil
	case "clock":
		return r.owner.base().clock(), nil
	}
	return nil, nil
}

// AttrNames implements script.AttrLister.
func (r *codeRunner) AttrNames() []string { return []string{"name", "group", "clock", "when", "order"} }

// SetAttr implements script.AttrSetter.
func (r *codeRunner) SetAttr(name string, value any) error {
	if done, err := setPlace(r.place, r.name, name, value); done {
		return err
	}
	return noVariable(r.name, name, r.AttrNames())
}

// contained returns what a group of neurons contains under a name: its state updater, or what concerns its events.
func (g *group) contained(name string) script.Value {
	label := g.of.Name()
	events := script.NewDict()
	switch of := g.of.(type) {
	case *synfire.NeuronGroup:
		if name == "state_updater" {
			return &codeRunner{"StateUpdater", label + "_stateupdater", g, of.StateUpdater()}
		}
		for _, event := range append([]string{"spike"}, of.Events()...) {
			if place := of.Thresholder(event); name == "thresholder" && place != nil {
				events.SetString(event, &codeRunner{"Thresholder", label + "_" + event + "_thresholder", g, place})
			}
			if place := of.Resetter(event); name == "resetter" && place != nil {
				events.SetString(event, &codeRunner{"Resetter", label + "_" + event + "_resetter", g, place})
			}
		}
		return events
	case *synfire.PoissonGroup:
		if name == "thresholder" {
			events.SetString("spike", &codeRunner{"Thresholder", label + "_spike_thresholder", g, of.Thresholder()})
			return events
		}
	}
	return nil
}

// setSchedule assigns net.schedule.
func (n *network) setSchedule(value script.Value) error {
	slots, err := slotNames(value)
	if err != nil {
		return err
	}
	return n.of.SetSchedule(slots)
}

// slotNames reads a schedule; nil stands for None.
func slotNames(value script.Value) ([]string, error) {
	if script.IsNone(value) {
		return nil, nil
	}
	wrong := script.Raise("TypeError", "Schedule has to be None or a sequence of scheduling slots")
	elements, err := script.Elements(value)
	if _, text := value.(string); text || err != nil {
		return nil, wrong
	}
	slots := []string{}
	for _, e := range elements {
		slot, ok := e.(string)
		if !ok {
			return nil, wrong
		}
		slots = append(slots, slot)
	}
	return slots, nil
}
