package script

import (
	"math"
	"strings"
	"unicode/utf8"

	"synfire/internal/syntax"
	"synfire/units"
)

// Index returns x[index].
func (in *Interp) Index(x, i Value) (Value, error) { return index(x, i) }

// SetIndex assigns x[index] = value.
func (in *Interp) SetIndex(x, i, value Value) error { return setIndex(x, i, value) }

// AsIndex returns v as a whole number as an index or a size would: int, bool and exact foreign integers; not floats.
func AsIndex(v Value) (int64, error) {
	if n, ok := wholeNumber(v); ok {
		return n, nil
	}
	switch v := v.(type) {
	case Integer:
		if _, _, err := v.Int(); err != nil {
			return 0, err
		}
	case *Instance:
		r, err := callDunder(v, "__index__")
		if err != nil {
			return 0, err
		}
		if n, ok := wholeNumber(r); ok {
			return n, nil
		}
	}
	if rank(v) == 2 {
		return 0, Raise("OverflowError", "Python int too large to convert to C ssize_t")
	}
	return 0, Raise("TypeError", "'%s' object cannot be interpreted as an integer", TypeName(v))
}

// SliceIndices resolves a slice against a length as Python does: the first index, the step and how many elements.
func (s *Slice) SliceIndices(length int) (start, step, count int, err error) {
	bound := func(v Value, fallback int) (int, error) {
		if IsNone(v) {
			return fallback, nil
		}
		n, ok := wholeNumber(v)
		if !ok {
			if b := rank(v); b == 2 {
				n = math.MaxInt64
				if toBig(v).Sign() < 0 {
					n = math.MinInt64
				}
			} else if n, err = AsIndex(v); err != nil {
				return 0, Raise("TypeError", "slice indices must be integers or None or have an __index__ method")
			}
		}
		if n < 0 {
			n += int64(length)
		}
		low, high := int64(0), int64(length)
		if step < 0 {
			low, high = -1, int64(length)-1
		}
		return int(min(max(n, low), high)), nil
	}
	step = 1
	if !IsNone(s.Step) {
		n, e := AsIndex(s.Step)
		if e != nil {
			return 0, 0, 0, Raise("TypeError", "slice indices must be integers or None or have an __index__ method")
		}
		if n == 0 {
			return 0, 0, 0, Raise("ValueError", "slice step cannot be zero")
		}
		step = int(min(max(n, -math.MaxInt32), math.MaxInt32))
	}
	first, last := 0, length
	if step < 0 {
		first, last = length-1, -1
	}
	if start, err = bound(s.Low, first); err != nil {
		return 0, 0, 0, err
	}
	stop, err := bound(s.High, last)
	if err != nil {
		return 0, 0, 0, err
	}
	if step > 0 && start < stop {
		count = (stop-start-1)/step + 1
	} else if step < 0 && start > stop {
		count = (start-stop-1)/-step + 1
	}
	return start, step, count, nil
}

// position resolves an index against a length; what names the type in messages.
func position(i Value, length int, what, kind string) (int, error) {
	n, ok := i.(int64)
	if !ok {
		if n, ok = wholeNumber(i); !ok {
			var err error
			if n, err = AsIndex(i); err != nil {
				if kind == "string" {
					return 0, Raise("TypeError", "string indices must be integers, not '%s'", TypeName(i))
				}
				return 0, Raise("TypeError", "%s indices must be integers or slices, not %s", kind, TypeName(i))
			}
		}
	}
	if n < 0 {
		n += int64(length)
	}
	if n < 0 || n >= int64(length) {
		return 0, Raise("IndexError", "%s out of range", strings.TrimSpace(what+" index"))
	}
	return int(n), nil
}

func index(x, i Value) (Value, error) {
	if u := unknownIndex(i); u != nil {
		return &Unknown{What: u.What}, nil
	}
	switch x := x.(type) {
	case *List:
		if s, ok := i.(*Slice); ok {
			elts, err := sliceElements(x.Elts, s)
			return &List{Elts: elts}, err
		}
		n, err := position(i, len(x.Elts), "list", "list")
		if err != nil {
			return nil, err
		}
		return x.Elts[n], nil
	case *Tuple:
		if s, ok := i.(*Slice); ok {
			elts, err := sliceElements(x.Elts, s)
			return &Tuple{Elts: elts}, err
		}
		n, err := position(i, len(x.Elts), "tuple", "tuple")
		if err != nil {
			return nil, err
		}
		return x.Elts[n], nil
	case *Dict:
		return x.item(i)
	case string:
		return stringIndex(x, i)
	case Bytes:
		if s, ok := i.(*Slice); ok {
			start, step, count, err := s.SliceIndices(len(x))
			if err != nil {
				return nil, err
			}
			b := make([]byte, count)
			for k := range b {
				b[k] = x[start+k*step]
			}
			return Bytes(b), nil
		}
		n, err := position(i, len(x), "", "byte")
		if err != nil {
			return nil, err
		}
		return int64(x[n]), nil
	case *Range:
		length := int(min(x.Len(), math.MaxInt32))
		if s, ok := i.(*Slice); ok {
			start, step, count, err := s.SliceIndices(length)
			if err != nil {
				return nil, err
			}
			first := x.Start + int64(start)*x.Step
			return &Range{first, first + int64(count)*int64(step)*x.Step, int64(step) * x.Step}, nil
		}
		n, err := position(i, length, "range object", "range")
		if err != nil {
			return nil, err
		}
		return x.Start + int64(n)*x.Step, nil
	case *Instance:
		v, err := callDunder(x, "__getitem__", i)
		if v != nil || err != nil {
			return v, err
		}
	case *Class:
		if hook, ok := x.lookup("__class_getitem__"); ok && x.interp != nil {
			return x.interp.call(x.interp.frame, bindMethod(hook, x, x), []Value{i}, nil)
		}
		if x.interp == nil && (x.Name == "list" || x.Name == "dict" || x.Name == "tuple" || x.Name == "set") {
			return x, nil // list[int] in an annotation
		}
		return nil, Raise("TypeError", "type '%s' is not subscriptable", x.Name)
	case *Unknown:
		return x.index(i), nil
	case units.Quantity:
		return nil, Raise("IndexError", "too many indices for array: array is 0-dimensional, but 1 were indexed")
	case Indexed:
		v, err := x.Index(i)
		if v != nil || err != nil {
			return v, err
		}
	}
	return nil, Raise("TypeError", "'%s' object is not subscriptable", TypeName(x))
}

// item returns d[key]; a defaultdict makes missing ones, a Counter counts them as 0.
func (d *Dict) item(key Value) (Value, error) {
	v, ok, err := d.Get(key)
	if ok || err != nil {
		return v, err
	}
	if d.factory != nil && !IsNone(d.factory) {
		v, err := d.makeMissing(key)
		return v, err
	}
	if d.class != nil && d.class.Name == "Counter" {
		return int64(0), nil
	}
	e := NewException(exceptionClasses["KeyError"], key)
	if s, ok := key.(string); ok {
		var known []string
		for k := range d.All() {
			if name, ok := k.(string); ok {
				known = append(known, name)
			}
		}
		if near := Nearest(s, known); near != "" {
			e.Hint = "Did you mean '" + near + "'?"
		}
	}
	return nil, e
}

func sliceElements(elts []Value, s *Slice) ([]Value, error) {
	start, step, count, err := s.SliceIndices(len(elts))
	if err != nil {
		return nil, err
	}
	result := make([]Value, count)
	for k := range result {
		result[k] = elts[start+k*step]
	}
	return result, nil
}

func stringIndex(x string, i Value) (Value, error) {
	ascii := true
	for k := range len(x) {
		if x[k] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if s, ok := i.(*Slice); ok {
		if ascii {
			start, step, count, err := s.SliceIndices(len(x))
			if err != nil {
				return nil, err
			}
			if step == 1 {
				return x[start : start+count], nil
			}
			b := make([]byte, count)
			for k := range b {
				b[k] = x[start+k*step]
			}
			return string(b), nil
		}
		runes := []rune(x)
		start, step, count, err := s.SliceIndices(len(runes))
		if err != nil {
			return nil, err
		}
		r := make([]rune, count)
		for k := range r {
			r[k] = runes[start+k*step]
		}
		return string(r), nil
	}
	if ascii {
		n, err := position(i, len(x), "string", "string")
		if err != nil {
			return nil, err
		}
		return x[n : n+1], nil
	}
	runes := []rune(x)
	n, err := position(i, len(runes), "string", "string")
	if err != nil {
		return nil, err
	}
	return string(runes[n]), nil
}

// setIndex is x[i] = value. Where i is unknown, nobody knows which element changes: the value stays as it is, so that
// what is checked later is what was known before.
func setIndex(x, i, value Value) error {
	if unknownIndex(i) != nil {
		return nil
	}
	switch x := x.(type) {
	case *List:
		if s, ok := i.(*Slice); ok {
			return x.setSlice(s, value)
		}
		n, err := position(i, len(x.Elts), "list assignment", "list")
		if err != nil {
			return err
		}
		x.Elts[n] = value
		return nil
	case *Dict:
		return x.Set(i, value)
	case *Instance:
		v, err := callDunder(x, "__setitem__", i, value)
		if v != nil || err != nil {
			return err
		}
	case *Unknown:
		return x.assigned(value)
	case IndexSetter:
		return x.SetIndex(i, value)
	}
	return Raise("TypeError", "'%s' object does not support item assignment", TypeName(x))
}

func (l *List) setSlice(s *Slice, value Value) error {
	elts, err := Elements(value)
	if err != nil {
		return Raise("TypeError", "can only assign an iterable")
	}
	start, step, count, err := s.SliceIndices(len(l.Elts))
	if err != nil {
		return err
	}
	if step == 1 {
		rest := append(elts, l.Elts[start+count:]...)
		l.Elts = append(l.Elts[:start:start], rest...)
		return nil
	}
	if len(elts) != count {
		return Raise("ValueError", "attempt to assign sequence of size %d to extended slice of size %d", len(elts), count)
	}
	for k, e := range elts {
		l.Elts[start+k*step] = e
	}
	return nil
}

func delIndex(x, i Value) error {
	switch x := x.(type) {
	case *List:
		if s, ok := i.(*Slice); ok {
			start, step, count, err := s.SliceIndices(len(x.Elts))
			if err != nil {
				return err
			}
			drop := make(map[int]bool, count)
			for k := range count {
				drop[start+k*step] = true
			}
			kept := make([]Value, 0, len(x.Elts)-count)
			for k, e := range x.Elts {
				if !drop[k] {
					kept = append(kept, e)
				}
			}
			x.Elts = kept
			return nil
		}
		n, err := position(i, len(x.Elts), "list assignment", "list")
		if err != nil {
			return err
		}
		x.Elts = append(x.Elts[:n], x.Elts[n+1:]...)
		return nil
	case *Dict:
		found, err := x.Delete(i)
		if err == nil && !found {
			return NewException(exceptionClasses["KeyError"], i)
		}
		return err
	case *Instance:
		v, err := callDunder(x, "__delitem__", i)
		if v != nil || err != nil {
			return err
		}
	case *Unknown:
		return nil
	case IndexDeleter:
		return x.DelIndex(i)
	}
	return Raise("TypeError", "'%s' object doesn't support item deletion", TypeName(x))
}

// deferredRead stands for an element that its owner may change without handing it out.
type deferredRead struct{}

// inPlaceIndex is x[i] op= value, where old is what x[i] was before value was evaluated.
func (in *Interp) inPlaceIndex(op syntax.Op, x, i, old, value Value) error {
	if _, deferred := old.(deferredRead); deferred {
		done, err := x.(IndexInPlace).IndexInPlace(op, i, value)
		if done || err != nil {
			return err
		}
		if old, err = index(x, i); err != nil {
			return err
		}
	}
	v, err := in.inPlace(op, old, value)
	if err != nil {
		return err
	}
	return setIndex(x, i, v)
}
