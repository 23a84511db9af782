package pandas

import (
	"math"
	"slices"
	"sort"
	"strings"

	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// Series is a column, or a row, with labels.
type Series struct {
	*column
	index *Index
	// name is None or what the values are called.
	name script.Value
	lib  *library
}

func (l *library) series(c *column, index *Index, name script.Value) *Series {
	return &Series{column: c, index: index, name: name, lib: l}
}

// arrayOf returns values as a NumPy array, of objects if they are no numbers.
func (l *library) arrayOf(c *column) script.Value {
	if c.kind != objectType {
		if a, err := c.array(); err == nil {
			return numpy.New(a)
		}
	}
	return &objectArray{slices.Clone(c.values), []int{c.len()}}
}

// TypeName is the name that messages use.
func (*Series) TypeName() string { return "Series" }

// Repr implements repr(x).
func (s *Series) Repr() string { return s.text() }

// Len implements len(x).
func (s *Series) Len() (int, error) { return s.len(), nil }

// Iterate goes through the values.
func (s *Series) Iterate() (func() (any, bool, error), error) {
	return script.Iterate(script.NewList(s.values...))
}

// Contains implements `y in x`, which asks for a label.
func (s *Series) Contains(y any) (bool, error) { return len(s.index.find(y)) > 0, nil }

// AsArray gives the numbers to NumPy's functions and to plots.
func (s *Series) AsArray() (*array.Array, error) { return s.array() }

// PlotIndex is what plot(series) takes for x.
func (s *Series) PlotIndex() any { return s.index }

// Bool implements truth.
func (s *Series) Bool() (bool, error) {
	return false, script.Raise("ValueError", "The truth value of a Series is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().")
}

// Float implements float(x) for a single value.
func (s *Series) Float() (float64, error) {
	if s.len() != 1 {
		return 0, script.Raise("TypeError", "cannot convert the series to <class 'float'>")
	}
	return script.AsFloat(s.values[0])
}

// Int implements int(x) for a single value.
func (s *Series) Int() (int64, bool, error) {
	if s.len() != 1 {
		return 0, false, script.Raise("TypeError", "cannot convert the series to <class 'int'>")
	}
	x, err := script.AsFloat(s.values[0])
	return int64(x), false, err
}

// pick returns the values at places.
func (s *Series) pick(places []int) *Series {
	return s.lib.series(s.column.pick(places), s.index.pick(places), s.name)
}

// Index implements s[label], s[slice], s[mask] and s[list of labels].
func (s *Series) Index(key any) (any, error) {
	if slice, ok := key.(*script.Slice); ok {
		if isText(slice.Low) || isText(slice.High) {
			places, err := s.index.between(slice)
			return s.pick(places), err
		}
		places, _, err := placesOf(key, s.len())
		return s.pick(places), err
	}
	return s.byLabel(key)
}

func isText(v script.Value) bool { _, ok := v.(string); return ok }

// byLabel looks labels up; whole numbers are positions where the labels are texts.
func (s *Series) byLabel(key script.Value) (any, error) {
	places, single, err := s.index.locate(key)
	if err != nil {
		if n, ok := key.(int64); ok && s.index.kind == objectType {
			places, _, err := placesOf(n, s.len())
			if err != nil {
				return nil, script.Raise("IndexError", "index %d is out of bounds for axis 0 with size %d", n, s.len())
			}
			return s.values[places[0]], nil
		}
		return nil, err
	}
	if single {
		return s.values[places[0]], nil
	}
	return s.pick(places), nil
}

// locate finds the places of a label, a list of labels, a slice of labels or a mask. single is true for one label at one place.
func (x *Index) locate(key script.Value) (places []int, single bool, err error) {
	switch v := key.(type) {
	case *script.Slice:
		places, err := x.between(v)
		return places, false, err
	case *script.List, *numpy.NDArray, *Series, *Index, *script.Range, *script.Tuple:
		if mask, ok, err := maskOf(v, x.len()); ok || err != nil {
			return mask, false, err
		}
		labels, err := script.Elements(v)
		if err != nil {
			return nil, false, err
		}
		for _, label := range labels {
			found := x.find(label)
			if len(found) == 0 {
				m := x.missingLabel(label)
				return nil, false, m
			}
			places = append(places, found...)
		}
		return places, false, nil
	}
	places = x.find(key)
	if len(places) == 0 {
		return nil, false, x.missingLabel(key)
	}
	return places, len(places) == 1, nil
}

// between returns the places from a label to a label, both included.
func (x *Index) between(slice *script.Slice) ([]int, error) {
	from, to := 0, x.len()
	if !script.IsNone(slice.Low) {
		found := x.find(slice.Low)
		switch {
		case len(found) > 0:
			from = found[0]
		case isText(slice.Low):
			return nil, x.missingLabel(slice.Low)
		default:
			from = sort.Search(x.len(), func(i int) bool { return compareValues(x.values[i], slice.Low) >= 0 })
		}
	}
	if !script.IsNone(slice.High) {
		found := x.find(slice.High)
		switch {
		case len(found) > 0:
			to = found[len(found)-1] + 1
		case isText(slice.High):
			return nil, x.missingLabel(slice.High)
		default:
			to = sort.Search(x.len(), func(i int) bool { return compareValues(x.values[i], slice.High) > 0 })
		}
	}
	step := int64(1)
	if !script.IsNone(slice.Step) {
		n, err := script.AsIndex(slice.Step)
		if err != nil || n < 1 {
			return nil, script.Raise("ValueError", "slices by label take a positive step")
		}
		step = n
	}
	var places []int
	for i := from; i < to; i += int(step) {
		places = append(places, i)
	}
	return places, nil
}

// SetIndex implements s[label] = value and s[mask] = value.
func (s *Series) SetIndex(key, value any) error {
	if slice, ok := key.(*script.Slice); ok {
		places, _, err := placesOf(slice, s.len())
		if err != nil {
			return err
		}
		return s.assign(places, value)
	}
	if len(s.index.find(key)) == 0 {
		switch key.(type) {
		case string, int64, float64:
			s.index = &Index{column: newColumn(append(slices.Clone(s.index.values), key)), name: s.index.name, lib: s.lib}
			s.column = newColumn(append(slices.Clone(s.values), value))
			return nil
		}
	}
	places, _, err := s.index.locate(key)
	if err != nil {
		return err
	}
	return s.assign(places, value)
}

// assign writes one value, or one for each place.
func (c *column) assign(places []int, value script.Value) error {
	values, err := spreadValues(value, len(places))
	if err != nil {
		return err
	}
	kind := c.kind
	for i, k := range places {
		c.values[k] = values[i]
	}
	fresh := newColumn(c.values)
	c.values, c.kind = fresh.values, kind.common(fresh.kind)
	if c.kind == floatType && fresh.kind == intType {
		converted, err := fresh.as(floatType)
		if err != nil {
			return err
		}
		c.values = converted.values
	}
	return nil
}

// spreadValues returns n values from one or n.
func spreadValues(v script.Value, n int) ([]script.Value, error) {
	var elements []script.Value
	switch v := v.(type) {
	case *Series:
		elements = v.values
	case *Index:
		elements = v.values
	case *script.List, *script.Tuple, *script.Range, *numpy.NDArray, *objectArray:
		var err error
		if elements, err = script.Elements(v); err != nil {
			return nil, err
		}
	case numpy.ArrayLike:
		a, err := v.AsArray()
		if err != nil {
			return nil, err
		}
		if elements, err = script.Elements(numpy.New(a.AtLeast(1))); err != nil {
			return nil, err
		}
	default:
		elements = make([]script.Value, n)
		for i := range elements {
			elements[i] = plainValue(v)
		}
		return elements, nil
	}
	if len(elements) != n {
		return nil, script.Raise("ValueError", "Length of values (%d) does not match length of index (%d)", len(elements), n)
	}
	out := make([]script.Value, n)
	for i, e := range elements {
		out[i] = plainValue(e)
	}
	return out, nil
}

// plainValue turns arrays without axes into numbers.
func plainValue(v script.Value) script.Value {
	if a, ok := v.(*numpy.NDArray); ok && a.Array.NDim() == 0 {
		return numpy.Wrap(a.Array)
	}
	return v
}

// Binary implements operators value by value; two series are aligned by their labels.
func (s *Series) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	left, right := s, (*Series)(nil)
	switch o := other.(type) {
	case *DataFrame:
		return nil, nil
	case *Series:
		if !slices.EqualFunc(s.index.values, o.index.values, same) {
			if op >= syntax.Eq && op <= syntax.GtEq {
				return nil, script.Raise("ValueError", "Can only compare identically-labeled Series objects")
			}
			left, right = aligned(s, o)
		} else {
			right = o
		}
	default:
		if u, ok := script.UnitOf(other); ok {
			other = units.Quantity{Value: u.Value(), Dim: u.Dim()}
		}
		if _, quantity := other.(units.Quantity); quantity && s.kind != objectType {
			// Numbers of a table times a unit are an array with that unit.
			a, err := s.array()
			if err != nil {
				return nil, err
			}
			return numpy.New(a).Binary(op, other, reflected)
		}
		values, err := spreadValues(other, s.len())
		if err != nil {
			return nil, err
		}
		right = s.lib.series(&column{objectType, values}, s.index, s.name)
	}
	out := make([]script.Value, left.len())
	for i, x := range left.values {
		y := right.values[i]
		v, err := elementOperator(op, x, y, reflected)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	name := s.name
	if o, ok := other.(*Series); ok && !same(o.name, s.name) {
		name = script.None
	}
	c := newColumn(out)
	if len(out) == 0 {
		c.kind = s.kind
	}
	return s.lib.series(c, left.index, name), nil
}

// elementOperator applies an operator to two values as NumPy would: missing values stay missing, x/0 is inf.
func elementOperator(op syntax.Op, x, y script.Value, reflected bool) (script.Value, error) {
	if reflected {
		x, y = y, x
	}
	if op >= syntax.Eq && op <= syntax.GtEq {
		if missing(x) || missing(y) {
			return op == syntax.NotEq, nil
		}
		if isText(x) != isText(y) && (op == syntax.Eq || op == syntax.NotEq) {
			return op == syntax.NotEq, nil
		}
		return script.Binary(op, x, y)
	}
	if script.IsNone(x) || script.IsNone(y) {
		return math.NaN(), nil
	}
	switch op {
	case syntax.Div, syntax.FloorDiv, syntax.Mod, syntax.Pow:
		a, err := numpy.FromValue(x)
		if err == nil {
			v, err := numpy.New(a.AtLeast(1)).Binary(op, y, false)
			if err != nil {
				return nil, err
			}
			if result, ok := v.(*numpy.NDArray); ok {
				return result.Index(int64(0))
			}
		}
	}
	return script.Binary(op, x, y)
}

// aligned brings two series to the union of their labels.
func aligned(a, b *Series) (x, y *Series) {
	labels := slices.Clone(a.index.values)
	for _, v := range b.index.values {
		if len(a.index.find(v)) == 0 {
			labels = append(labels, v)
		}
	}
	sort.SliceStable(labels, func(i, j int) bool { return compareValues(labels[i], labels[j]) < 0 })
	index := a.lib.index(labels, a.index.name)
	at := func(s *Series) []int {
		places := make([]int, len(labels))
		for i, v := range labels {
			places[i] = -1
			if found := s.index.find(v); len(found) > 0 {
				places[i] = found[0]
			}
		}
		return places
	}
	return a.lib.series(a.column.pick(at(a)), index, a.name), a.lib.series(b.column.pick(at(b)), index, b.name)
}

// Unary implements -x and ~x.
func (s *Series) Unary(op syntax.Op) (any, error) {
	out := make([]script.Value, s.len())
	for i, v := range s.values {
		if b, ok := v.(bool); ok && op == syntax.Invert {
			out[i] = !b
			continue
		}
		var err error
		if out[i], err = script.Unary(op, v); err != nil {
			return nil, err
		}
	}
	return s.lib.series(&column{s.kind, out}, s.index, s.name), nil
}

// Abs implements abs(x).
func (s *Series) Abs() (any, error) {
	out := s.column.clone()
	for i, v := range out.values {
		switch v := v.(type) {
		case float64:
			out.values[i] = math.Abs(v)
		case int64:
			out.values[i] = max(v, -v)
		default:
			return nil, script.Raise("TypeError", "bad operand type for abs(): '%s'", script.TypeName(v))
		}
	}
	return s.lib.series(out, s.index, s.name), nil
}

// Attr implements attributes, methods, and labels that are names.
func (s *Series) Attr(name string) (any, error) {
	switch name {
	case "index":
		return s.index, nil
	case "name":
		return s.name, nil
	case "values", "array":
		return s.lib.arrayOf(s.column), nil
	case "dtype", "dtypes":
		return s.kind, nil
	case "shape":
		return script.NewTuple(int64(s.len())), nil
	case "size":
		return int64(s.len()), nil
	case "ndim":
		return int64(1), nil
	case "empty":
		return s.len() == 0, nil
	case "T":
		return s, nil
	case "loc", "at":
		return &locator{series: s}, nil
	case "iloc", "iat":
		return &locator{series: s, positions: true}, nil
	case "str":
		return &textMethods{s.lib, s}, nil
	}
	if m := s.lib.seriesMethods.Bind(s, name); m != nil {
		return m, nil
	}
	if places := s.index.find(name); len(places) == 1 {
		return s.values[places[0]], nil
	}
	return nil, nil
}

// AttrNames lists the attributes.
func (s *Series) AttrNames() []string {
	names := append([]string{"index", "name", "values", "dtype", "shape", "size", "ndim", "empty", "T", "loc", "iloc", "at", "iat", "str"}, s.lib.seriesMethods.Names()...)
	for _, v := range s.index.values {
		if t, ok := v.(string); ok {
			names = append(names, t)
		}
	}
	return names
}

// SetAttr implements s.name = ... and s.index = ...
func (s *Series) SetAttr(name string, value any) error {
	switch name {
	case "name":
		s.name = value
		return nil
	case "index":
		labels, err := spreadValues(value, s.len())
		if err != nil {
			return err
		}
		s.index = s.lib.index(labels, script.None)
		return nil
	}
	return s.SetIndex(name, value)
}

// textMethods is s.str.
type textMethods struct {
	lib    *library
	series *Series
}

// Attr implements the methods of texts, value by value.
func (t *textMethods) Attr(name string) (any, error) {
	apply := func(f func(string) script.Value) (script.Value, error) {
		out := make([]script.Value, t.series.len())
		for i, v := range t.series.values {
			text, ok := v.(string)
			if !ok {
				out[i] = math.NaN()
				continue
			}
			out[i] = f(text)
		}
		return t.lib.series(newColumn(out), t.series.index, t.series.name), nil
	}
	method := func(signature string, f func(c *script.Call, text string) script.Value) script.Value {
		return script.NewBuiltin(script.Entry{Signature: signature, Func: func(c *script.Call) (script.Value, error) {
			return apply(func(text string) script.Value { return f(c, text) })
		}})
	}
	text := func(c *script.Call, name string) string { return script.Str(c.Arg(name)) }
	switch name {
	case "lower":
		return method("lower()", func(_ *script.Call, s string) script.Value { return strings.ToLower(s) }), nil
	case "upper":
		return method("upper()", func(_ *script.Call, s string) script.Value { return strings.ToUpper(s) }), nil
	case "strip":
		return method("strip()", func(_ *script.Call, s string) script.Value { return strings.TrimSpace(s) }), nil
	case "len":
		return method("len()", func(_ *script.Call, s string) script.Value { return int64(len([]rune(s))) }), nil
	case "contains":
		return method("contains(pat, regex=False)", func(c *script.Call, s string) script.Value { return strings.Contains(s, text(c, "pat")) }), nil
	case "startswith":
		return method("startswith(pat)", func(c *script.Call, s string) script.Value { return strings.HasPrefix(s, text(c, "pat")) }), nil
	case "endswith":
		return method("endswith(pat)", func(c *script.Call, s string) script.Value { return strings.HasSuffix(s, text(c, "pat")) }), nil
	case "replace":
		return method("replace(pat, repl, regex=False)", func(c *script.Call, s string) script.Value {
			return strings.ReplaceAll(s, text(c, "pat"), text(c, "repl"))
		}), nil
	}
	return nil, nil
}
