package synfire

import (
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/sim"
)

// Place is where in a step something happens: in a slot of the network's schedule, or just before or after one
// ("before_groups"), and there by its order: the lower comes first, then the name decides.
type Place struct {
	when  sim.When
	order int
}

// at is the place of that name; "" means the given one.
func at(name string, otherwise sim.When, order int) Place {
	if name == "" {
		return Place{otherwise, order}
	}
	return Place{sim.ParseWhen(name), order}
}

// When returns the slot.
func (p *Place) When() string { return p.when.String() }

// Order returns the order within it.
func (p *Place) Order() int { return p.order }

// Set moves what happens there, in the runs to come. Whether the slot is in the schedule, a run knows.
func (p *Place) Set(when string, order int) { *p = at(when, p.when, order) }

// Schedule returns the slots of a step of the network in their order.
func (n *Network) Schedule() []string {
	var names []string
	for _, slot := range n.slots() {
		names = append(names, string(slot))
	}
	return names
}

func (n *Network) slots() sim.Schedule {
	switch {
	case n.schedule != nil:
		return n.schedule
	case n.simulation.schedule != nil:
		return n.simulation.schedule
	}
	return sim.DefaultSchedule()
}

// SetSchedule changes the slots of the network and their order: start, groups, thresholds, synapses, resets, end, which nil
// brings back. Each slot brings those before and after it. An object whose slot is not in the schedule is an error of the
// run. A pathway that comes before the event that triggers it acts a step later.
func (n *Network) SetSchedule(slots []string) error {
	schedule, err := asSchedule(slots)
	if err == nil {
		n.schedule = schedule
	}
	return err
}

// SetSchedule changes the slots of all networks that have none of their own, as Network.SetSchedule does.
func (s *Simulation) SetSchedule(slots []string) error {
	schedule, err := asSchedule(slots)
	if err == nil {
		s.schedule = schedule
	}
	return err
}

func asSchedule(slots []string) (sim.Schedule, error) {
	if slots == nil {
		return nil, nil
	}
	schedule := sim.Schedule{}
	for _, name := range slots {
		if strings.HasPrefix(name, "before_") || strings.HasPrefix(name, "after_") {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "Slot names are not allowed to start with 'before_' or 'after_': such slots come with those of the schedule.")
		}
		if slices.Contains(schedule, sim.Slot(name)) {
			return nil, diag.Errorf(diag.Span{}, "ValueError", "The slot '%s' is in the schedule twice.", name)
		}
		schedule = append(schedule, sim.Slot(name))
	}
	return schedule, nil
}

// sort puts the entries of a step into their order.
func (p *preparation) sort() error {
	schedule := p.network.slots()
	for k := range p.entries {
		if err := schedule.Check(p.entries[k].When); err != nil {
			return diag.Errorf(diag.Span{}, "ValueError", "%s", err).WithNote(diag.Span{}, "It is that of '%s'.", p.entries[k].Name)
		}
	}
	schedule.Sort(p.entries)
	return nil
}
