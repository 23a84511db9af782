package brian

import (
	"synfire"
	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/units"
)

// entity is what all of Brian2's objects have in common.
type entity struct {
	session *Session
	object  synfire.Object
	number  int      // of all objects, in the order in which they were made
	scope   int      // how many calls of start_scope came before
	network *network // that has run it; nil before
	site    string   // of the call that has made it
	made    diag.Span
	// added are the attributes that a script has made with add_attribute(); nil before they have a value.
	added map[string]script.Value
}

// brianObject is an object that networks hold.
type brianObject interface {
	base() *entity
	// sources are the objects that it refers to.
	sources() []script.Value
}

func (e *entity) base() *entity { return e }

// newEntity counts an object.
func (s *Session) newEntity(object synfire.Object) entity {
	s.created++
	e := entity{session: s, object: object, number: s.created, scope: s.scope, site: s.site()}
	if frame := s.frame(); frame != nil {
		e.made = frame.Where()
	}
	return e
}

// common returns the attributes that all objects have.
func (e *entity) common(name string) (script.Value, bool) {
	switch name {
	case "name":
		return e.object.Name(), true
	case "active":
		return e.object.Active(), true
	case "clock":
		return &clockValue{session: e.session, of: e.object}, true
	case "add_attribute":
		return script.NewBuiltin(script.Entry{Signature: "add_attribute(name)", Doc: "Lets the object have a further attribute.", Func: func(c *script.Call) (script.Value, error) {
			name, err := c.String("name")
			if e.added == nil {
				e.added = map[string]script.Value{}
			}
			e.added[name] = nil
			return script.None, err
		}}), true
	case "when", "order":
		return placeAttribute(placeOf(e.object), name)
	case "add_dependency", "add_magic_object", "contained_objects":
		return nil, false
	}
	v := e.added[name]
	return v, v != nil
}

// setCommon sets an attribute that all objects have.
func (e *entity) setCommon(name string, value script.Value) (bool, error) {
	switch name {
	case "active":
		active, err := script.Truth(value)
		if err == nil {
			e.object.SetActive(active)
		}
		return true, err
	case "when", "order":
		return setPlace(placeOf(e.object), e.object.Name(), name, value)
	case "name":
		return true, script.Raise("AttributeError", "the name of '%s' cannot be changed", e.object.Name()).WithHint("give it when the object is made: name='...'.")
	}
	if _, added := e.added[name]; added {
		e.added[name] = value
		return true, nil
	}
	return false, nil
}

// HashKey implements script.Hashable: objects are equal to themselves only.
func (e *entity) HashKey() any { return e.object }

// make runs a constructor with the default names that are in use looked up once.
func (s *Session) make(construct func() error) error {
	s.taken = nil
	err := construct()
	s.taken = nil
	return err
}

// describe is how Brian2 shows groups.
func (e *entity) describe(kind, when string, order int) string {
	return kind + "(clock=" + e.clock().Repr() + ", when=" + when + ", order=" + script.Repr(int64(order)) + ", name='" + e.object.Name() + "')"
}

func (e *entity) clock() *clockValue { return &clockValue{session: e.session, of: e.object} }

// timeStep is the dt argument of an object, or that of its clock argument; the zero Quantity means the default clock's.
func timeStep(c *script.Call, function string) (units.Quantity, error) {
	dt := c.Arg("dt")
	if clock := c.Arg("clock"); !script.IsNone(clock) {
		if !script.IsNone(dt) {
			return units.Quantity{}, script.Raise("ValueError", "Can only specify either a dt or a clock, not both.")
		}
		switch clock := clock.(type) {
		case *clockValue:
			if clock.isDefault() {
				return units.Quantity{}, nil
			}
			return clock.dt(), nil
		default:
			return units.Quantity{}, script.Raise("TypeError", "clock has to be a Clock, not %s", script.TypeName(clock))
		}
	}
	if script.IsNone(dt) {
		return units.Quantity{}, nil
	}
	return asQuantity(dt, "dt", function, units.Time)
}

// orderArgument returns the order argument.
func orderArgument(c *script.Call) (int, error) {
	order, err := c.Int("order")
	return int(order), err
}

// nameArgument returns the name argument; "" asks for a default name. Brian2's "neurongroup*" asks for one too.
func nameArgument(c *script.Call) (string, error) {
	if script.IsNone(c.Arg("name")) {
		return "", nil
	}
	name, err := c.String("name")
	if n := len(name); n > 0 && name[n-1] == '*' {
		return "", err
	}
	return name, err
}
