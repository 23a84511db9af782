package brian

import (
	"synfire/internal/script"
)

// nameTaken reports whether an object that the script can still reach has a name. Names of objects that were
// replaced are free again, so that a cell that runs twice makes the same names.
func (s *Session) nameTaken(name string) bool {
	if s.taken == nil {
		s.taken = map[string]bool{}
		for _, o := range s.reachable() {
			s.taken[o.base().object.Name()] = true
		}
	}
	return s.taken[name]
}

// reachable lists the objects that the script's variables lead to: through containers, instances, networks, monitors
// and synapses; also through values that calls in progress hold.
func (s *Session) reachable() []brianObject {
	if s.interp == nil {
		return nil
	}
	w := &walker{session: s, seen: map[any]bool{}}
	w.namespace(s.interp.Globals())
	for f := s.frame(); f != nil; f = f.Caller() {
		for _, name := range f.LocalNames() {
			v, _ := f.Local(name)
			w.value(v)
		}
		for _, v := range f.Held() {
			w.value(v)
		}
		w.namespace(f.Globals())
	}
	return w.found
}

// walker follows references from value to value.
type walker struct {
	session *Session
	seen    map[any]bool
	found   []brianObject
}

func (w *walker) namespace(n *script.Namespace) {
	if w.seen[n] {
		return
	}
	w.seen[n] = true
	for _, name := range n.Names() {
		v, _ := n.Lookup(name)
		w.value(v)
	}
}

// first reports whether a container is met for the first time.
func (w *walker) first(container any) bool {
	if w.seen[container] {
		return false
	}
	w.seen[container] = true
	return true
}

func (w *walker) all(values []script.Value) {
	for _, v := range values {
		w.value(v)
	}
}

func (w *walker) value(v script.Value) {
	switch v := v.(type) {
	case *script.List:
		if w.first(v) {
			w.all(v.Elts)
		}
	case *script.Tuple:
		if w.first(v) {
			w.all(v.Elts)
		}
	case *script.Dict:
		if w.first(v) {
			for key, value := range v.All() {
				w.value(key)
				w.value(value)
			}
		}
	case *script.Set:
		if w.first(v) {
			elements, err := script.Elements(v)
			if err == nil {
				w.all(elements)
			}
		}
	case *script.Instance:
		if w.first(v) {
			if attributes, err := w.session.interp.Attr(v, "__dict__"); err == nil {
				w.value(attributes)
			}
		}
	case *script.BoundMethod:
		w.value(v.Self)
	case *network:
		if w.first(v) {
			for _, o := range v.objects {
				w.value(o)
			}
		}
	case *view:
		w.value(v.owner)
	case brianObject:
		if w.first(v) {
			if v.base().object != nil {
				w.found = append(w.found, v)
			}
			w.all(v.sources())
		}
	}
}
