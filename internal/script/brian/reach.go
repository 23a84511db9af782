package brian

import (
	"fmt"
	"strings"

	"synfire/internal/script"
)

// nameTaken reports whether an object that the script can still reach has a name. Names of objects that were
// replaced are free again, so that what runs twice makes the same names. In a loop, what the call that makes an
// object has made before counts as replaced, although the variables are bound anew only afterwards.
func (s *Session) nameTaken(name string) bool {
	if s.taken == nil {
		s.taken = map[string]bool{}
		for _, o := range s.reached(s.site()) {
			s.taken[o.base().object.Name()] = true
		}
	}
	return s.taken[name]
}

// site identifies the call that is going on by its place and those of its callers.
func (s *Session) site() string {
	var b strings.Builder
	for f := s.frame(); f != nil; f = f.Caller() {
		where := f.Where()
		fmt.Fprintf(&b, "%p:%d:%d ", where.Source, where.Start, where.End)
	}
	return b.String()
}

// reachable lists the objects that the script's variables lead to: through containers, instances, networks, monitors
// and synapses; also through values that calls in progress hold.
func (s *Session) reachable() []brianObject { return s.reached("") }

// reached is reachable without the objects that the call at a site has made before and that are about to be replaced:
// one variable is bound to them, or objects and networks that were made of them hold them.
func (s *Session) reached(site string) []brianObject {
	if s.interp == nil {
		return nil
	}
	w := &walker{session: s, site: site, seen: map[any]bool{}, bound: map[brianObject]int{}}
	w.namespace(s.interp.Globals())
	for f := s.frame(); f != nil; f = f.Caller() {
		for _, name := range f.LocalNames() {
			v, _ := f.Local(name)
			w.variable(v)
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
	site    string // of the object that is being made; empty: nothing is about to be replaced
	seen    map[any]bool
	bound   map[brianObject]int // how many variables are bound to an object
	found   []brianObject
}

// variable follows a variable.
func (w *walker) variable(v script.Value) {
	if o, ok := v.(brianObject); ok && w.replaceable(o) {
		w.bound[o]++
		if w.bound[o] < 2 {
			return
		}
	}
	w.value(v)
}

// replaceable reports whether the call that is going on has made the object before.
func (w *walker) replaceable(o brianObject) bool { return w.site != "" && o.base().site == w.site }

func (w *walker) namespace(n *script.Namespace) {
	if w.seen[n] {
		return
	}
	w.seen[n] = true
	for _, name := range n.Names() {
		v, _ := n.Lookup(name)
		w.variable(v)
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
				if !w.replaceable(o) || v.number < o.base().number {
					w.value(o)
				}
			}
		}
	case *view:
		w.value(v.owner)
	case brianObject:
		if w.first(v) {
			if v.base().object != nil {
				w.found = append(w.found, v)
			}
			if g, ok := v.(*group); ok {
				for _, other := range g.linked {
					w.value(other)
				}
			}
			for _, source := range v.sources() {
				if o, ok := source.(brianObject); !ok || !w.replaceable(o) {
					w.value(source)
				}
			}
		}
	}
}
