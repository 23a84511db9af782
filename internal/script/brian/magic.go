package brian

import (
	"slices"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/units"
)

// visible lists the objects that a frame's variables name and that were made since the last start_scope(), in the
// order in which they were made. Objects in lists and dictionaries do not count.
func (s *Session) visible(frame *script.Frame) []brianObject {
	var list []brianObject
	if frame == nil {
		return nil
	}
	for _, name := range frame.Names() {
		v, _ := frame.Lookup(name)
		o, ok := v.(brianObject)
		if !ok || o.base().scope != s.scope || slices.Contains(list, o) {
			continue
		}
		if g, ok := o.(*group); ok && g.parent != nil {
			continue
		}
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b brianObject) int { return a.base().number - b.base().number })
	return list
}

// isMonitor reports whether an object only records: new ones do not end a magic simulation.
func isMonitor(o brianObject) bool {
	switch o.(type) {
	case *spikeMonitor, *stateMonitor, *rateMonitor:
		return true
	}
	return false
}

// collected makes the network of the objects that a frame sees. If all of them are new it is a new one; if all are
// known, the one that has run them goes on.
func (s *Session) collected(frame *script.Frame) (*network, error) {
	objects := s.visible(frame)
	var known, fresh []string
	for _, o := range objects {
		switch in := o.base().network; {
		case in != nil && in == s.magic:
			known = append(known, o.base().object.Name())
		case in == nil && !isMonitor(o):
			fresh = append(fresh, o.base().object.Name())
		}
	}
	if len(known) > 0 && len(fresh) > 0 {
		return nil, magicError(known, fresh)
	}
	if len(fresh) > 0 || s.magic == nil {
		s.magic = s.newNetwork()
		s.magic.magic = true
	}
	n := s.magic
	for _, o := range slices.Clone(n.objects) {
		if !slices.Contains(objects, o) {
			n.drop(o)
		}
	}
	for _, o := range objects {
		if o.base().network == nil {
			o.base().network = n
		}
		n.hold(o)
	}
	s.deactivateOrphans(n, objects)
	if len(objects) == 0 {
		s.warn(&diag.Message{Kind: "Warning", Text: "No objects of Brian2 are visible here: nothing is simulated.",
			Hint: "run() finds the objects that have a variable of their own; those in lists, dictionaries and functions go into a Network(...)."})
	}
	return n, nil
}

func magicError(known, fresh []string) error {
	return script.Raise("MagicError", "run() finds objects that it has simulated before (%s) beside new ones (%s): it could go on or begin anew.", inWords(known), inWords(fresh)).
		WithHint("call start_scope() before making the objects of a new simulation, or put those that belong together into a Network(...).")
}

// inWords lists a few names.
func inWords(names []string) string {
	text := ""
	for k, name := range names {
		switch {
		case k == 4 && len(names) > 5:
			return text + " and others"
		case k > 0:
			text += ", "
		}
		text += name
	}
	return text
}

// deactivateOrphans keeps objects from running whose source is not there.
func (s *Session) deactivateOrphans(n *network, objects []brianObject) {
	for _, o := range objects {
		for _, source := range o.sources() {
			if g, ok := source.(*group); ok {
				source = g.whole()
			}
			if slices.Contains(objects, source.(brianObject)) || !o.base().object.Active() {
				continue
			}
			name := o.base().object.Name()
			o.base().object.SetActive(false)
			s.warn(&diag.Message{Kind: "Warning", Text: "'" + name + "' is not simulated, because it depends on '" + source.(brianObject).base().object.Name() + "', which has no variable here.",
				Hint: "keep the group in a variable, or put both into a Network(...)."})
		}
	}
}

// magicEntries are the functions that act on the objects which the caller sees.
func (s *Session) magicEntries() []script.Entry {
	with := func(f func(*network, *script.Call) error) func(*script.Call) (script.Value, error) {
		return func(c *script.Call) (script.Value, error) {
			n, err := s.collected(c.Frame)
			if err != nil {
				return nil, err
			}
			return script.None, f(n, c)
		}
	}
	return []script.Entry{
		{Signature: runSignature, Doc: "Simulates all objects that are visible here.", Func: with((*network).run)},
		{Signature: storeSignature, Doc: "Keeps the state of all objects that are visible here.", Func: with((*network).store)},
		{Signature: restoreSignature, Doc: "Restores the state of all objects that are visible here.", Func: with((*network).restore)},
		{Signature: "stop()", Doc: "Ends the run after this step.", Func: func(*script.Call) (script.Value, error) {
			if s.running != nil {
				s.running.of.Stop()
			}
			return script.None, nil
		}},
		{Signature: "start_scope()", Doc: "Makes run() forget the objects made so far.", Func: func(*script.Call) (script.Value, error) {
			s.scope++
			return script.None, nil
		}},
		{Signature: "restore_initial_state()", Doc: "Makes the time step and all preferences what they are at first.", Func: func(*script.Call) (script.Value, error) {
			s.scope, s.preferences = 0, nil
			s.simulation.SetSingle(false)
			s.simulation.SetLegacyRefractory(false)
			return script.None, s.simulation.SetDT(units.Millisecond.Of(0.1))
		}},
		{Signature: "get_local_namespace(level)", Doc: "The names that code sees here, with their values.", Func: func(c *script.Call) (script.Value, error) {
			level, err := c.Int("level")
			frame := c.Frame
			for ; level > 0 && frame != nil; level-- {
				frame = frame.Caller()
			}
			dict := script.NewDict()
			if frame == nil {
				return dict, err
			}
			for _, name := range frame.Names() {
				if v, ok := frame.Lookup(name); ok {
					dict.SetString(name, v)
				}
			}
			return dict, err
		}},
		{Signature: "collect(level=0)", Doc: "The objects that run() would simulate.", Func: func(c *script.Call) (script.Value, error) {
			set := script.NewSet()
			for _, o := range s.visible(c.Frame) {
				if err := set.Add(o); err != nil {
					return nil, err
				}
			}
			return set, nil
		}},
		{Signature: "scheduling_summary(net=None)", Doc: "What a step of a network consists of, in order.", Func: func(c *script.Call) (script.Value, error) {
			n, ok := c.Arg("net").(*network)
			if !ok {
				var err error
				if n, err = s.collected(c.Frame); err != nil {
					return nil, err
				}
			}
			text, err := n.of.Describe(names(c.Frame))
			return summary(text), err
		}},
	}
}
