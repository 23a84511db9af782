package brian

import (
	"errors"
	"slices"
	"sync"

	"synfire"
	"synfire/internal/array"
	"synfire/internal/script"
	"synfire/internal/script/numpy"
	"synfire/internal/syntax"
	"synfire/units"
)

// variables is what views read and write: groups, parts of groups, synapses, the delays of a pathway.
type variables interface {
	Len() int
	Get(name string, options ...synfire.Option) (synfire.Values, error)
	Set(name string, value any, options ...synfire.Option) error
	SetUnitless(name string, value any, options ...synfire.Option) error
	Select(condition string, options ...synfire.Option) ([]int, error)
}

// view is a state variable as a value: G.v. It holds no numbers: whatever is done with it reads them anew, and
// assignments go through to the simulation. G.v[:] is a view that shows itself as an array.
type view struct {
	arrayValue
	session  *Session
	owner    brianObject
	of       variables
	info     synfire.VariableInfo
	label    string
	unitless bool
	part     *elements // nil: all
}

// newView returns the view of a variable; an underscore at the end of the name asks for plain numbers.
func newView(owner brianObject, of variables, info synfire.VariableInfo, label string, unitless bool) *view {
	v := &view{session: owner.base().session, owner: owner, of: of, info: info, label: label + "." + info.Name, unitless: unitless}
	if unitless {
		v.label += "_"
	}
	v.read = v.load
	return v
}

// Dimension returns the dimension of the values.
func (v *view) Dimension() units.Dimension { return v.dim() }

func (v *view) dim() units.Dimension {
	if v.unitless {
		return units.Dimension{}
	}
	return v.info.Dim
}

// load reads the values as they are now.
func (v *view) load() (*array.Array, error) {
	options := []synfire.Option{synfire.Using(names(v.session.frame()))}
	if v.part != nil {
		options = append(options, v.part.option())
	}
	values, err := v.of.Get(v.info.Name, options...)
	if err != nil {
		return nil, err
	}
	if v.unitless {
		values.Dim = units.Dimension{}
	}
	a := toArray(values)
	if v.info.Shared && a.Size() == 1 {
		return a.Reshape()
	}
	return a, nil
}

// toArray returns values as an array with one axis.
func toArray(values synfire.Values) *array.Array {
	switch {
	case values.Ints != nil:
		return array.FromInts(values.Ints)
	case values.Bools != nil:
		return array.FromBools(values.Bools)
	}
	return array.FromFloats(values.Floats, values.Dim)
}

// TypeName implements script.Named.
func (v *view) TypeName() string {
	switch {
	case v.part == nil:
		return "VariableView"
	case v.dim().IsDimensionless():
		return "ndarray"
	}
	return "Quantity"
}

// Repr implements script.Representer.
func (v *view) Repr() string {
	if v.part == nil {
		return v.shown(v.label)
	}
	a, err := v.load()
	if err != nil {
		return v.shown(v.label)
	}
	return repr(a)
}

// Str implements script.Stringer.
func (v *view) Str() string {
	if a, err := v.load(); err == nil && v.part != nil {
		return script.Str(numpy.Wrap(a))
	}
	return v.shown(v.label)
}

// Format implements script.Formatter.
func (v *view) Format(spec string) (string, error) {
	x, err := v.scalar()
	if err != nil {
		return "", err
	}
	if spec == "" {
		return v.Str(), nil
	}
	return script.Format(x, spec)
}

// Attr implements script.Attributed.
func (v *view) Attr(name string) (any, error) {
	switch name {
	case "dim", "dimensions":
		return v.dim(), nil
	case "unit":
		return unit{units.BaseUnit(v.dim())}, nil
	case "name":
		return v.info.Name, nil
	case "group", "group_name":
		if name == "group" {
			return v.owner, nil
		}
		return v.owner.base().object.Name(), nil
	case "get_item", "set_item", "get_with_expression":
		if method := viewMethods().Bind(v, name); method != nil {
			return method, nil
		}
	}
	return v.attr(name)
}

// AttrNames implements script.AttrLister.
func (v *view) AttrNames() []string {
	return append(numpy.New(array.Scalar(0, v.dim())).AttrNames(), "unit", "get_item", "set_item")
}

// viewMethods are the methods that views have beside those of arrays.
var viewMethods = sync.OnceValue(func() *script.Methods {
	return script.NewMethods(
		script.Entry{Signature: "get_item(item, level=0, namespace=None)", Func: func(c *script.Call) (script.Value, error) { return c.Self.(*view).Index(c.Arg("item")) }},
		script.Entry{Signature: "set_item(item, value, level=0, namespace=None)", Func: func(c *script.Call) (script.Value, error) {
			return script.None, c.Self.(*view).SetIndex(c.Arg("item"), c.Arg("value"))
		}},
	)
})

// Index implements script.Indexed: a number gives a value, G.v[:] a view, everything else a copy.
func (v *view) Index(index any) (any, error) {
	if v.info.Shared {
		if whole(index) {
			return v.scalar()
		}
		return nil, script.Raise("IndexError", "Illegal index for variable '%s', it is a scalar variable.", v.info.Name)
	}
	part, err := v.pick(index)
	if err != nil {
		return nil, err
	}
	sub := *v
	sub.part = part
	sub.read = sub.load
	switch {
	case part.single:
		values, err := v.of.Get(v.info.Name, part.option(), synfire.Using(names(v.session.frame())))
		if err != nil {
			return nil, err
		}
		if v.unitless {
			values.Dim = units.Dimension{}
		}
		return numpy.Wrap(toArray(values).Item(0)), nil
	case whole(index) && !v.info.Subexpression:
		return &sub, nil
	}
	return sub.now()
}

// SetIndex implements script.IndexSetter.
func (v *view) SetIndex(index, value any) error {
	if v.info.Shared {
		if !whole(index) {
			return script.Raise("IndexError", "Illegal index for variable '%s', it is a scalar variable.", v.info.Name)
		}
		return v.assign(value, nil)
	}
	part, err := v.pick(index)
	if err != nil {
		return err
	}
	return v.assign(value, part)
}

// IndexInPlace refuses strings; everything else the evaluator can do.
func (v *view) IndexInPlace(_ syntax.Op, _, value any) (bool, error) {
	return false, refuseInPlaceText(value)
}

func refuseInPlaceText(value any) error {
	if _, text := value.(string); text {
		return script.Raise("TypeError", "A string cannot be combined with a variable by an in-place operator").
			WithHint("write G.v = 'v + ...' instead of G.v += '...'.")
	}
	return nil
}

// InPlace implements `G.v += x`.
func (v *view) InPlace(op syntax.Op, other any) (any, error) {
	if err := refuseInPlaceText(other); err != nil {
		return nil, err
	}
	x, err := v.scalar()
	if err != nil {
		return nil, err
	}
	if y, ok := other.(interface{ scalar() (script.Value, error) }); ok {
		if other, err = y.scalar(); err != nil {
			return nil, err
		}
	}
	result, err := script.Binary(op, x, other)
	if err != nil {
		return nil, err
	}
	return v, v.assign(result, v.part)
}

// same reports whether two views show the same elements of the same variable.
func (v *view) same(other script.Value) bool {
	o, ok := other.(*view)
	return ok && o.owner == v.owner && o.info.Name == v.info.Name && o.label == v.label && o.part == nil && v.part == nil
}

// assign writes values to elements of the variable.
func (v *view) assign(value script.Value, part *elements) error {
	if u, unknown := value.(*script.Unknown); unknown {
		return v.checkUnknown(u)
	}
	given, anyUnit, err := assignable(value)
	if err != nil {
		return err
	}
	options := []synfire.Option{synfire.Using(names(v.session.frame()))}
	if part != nil {
		options = append(options, part.option())
	}
	if v.unitless || anyUnit {
		err = v.of.SetUnitless(v.info.Name, given, options...)
	} else {
		err = v.of.Set(v.info.Name, given, options...)
	}
	var unknown errUnknown
	if v.session.host.Check && errors.As(err, &unknown) {
		v.session.note("an assignment to '%s' was not checked, because %v", v.info.Name, unknown)
		return nil
	}
	return err
}

// checkUnknown checks what is known of a value that only a run would give.
func (v *view) checkUnknown(u *script.Unknown) error {
	if dim, known := u.Dim.(units.Dimension); known && dim != v.dim() && !v.unitless {
		return script.Raise("DimensionMismatchError", "%s should be set with a value with units %s, but got %s (unit is %s).", v.info.Name, baseName(v.dim()), u.What, symbol(dim))
	}
	return nil
}

// assignable returns a value as package synfire takes it. anyUnit is true for an array of plain zeros, which fits
// every dimension.
func assignable(value script.Value) (given any, anyUnit bool, err error) {
	switch value := value.(type) {
	case string, bool, int64, float64, units.Quantity:
		return value, false, nil
	case unit:
		return value.u.Quantity(), false, nil
	}
	a, err := numbers(value)
	if err != nil {
		return nil, false, err
	}
	if a.NDim() > 1 {
		return nil, false, script.Raise("ValueError", "a variable has one value for each element, not a table of shape %s", array.ShapeText(a.Shape()))
	}
	values := synfire.Values{Dim: a.Dim()}
	switch a.DType() {
	case array.Bool:
		values.Bools = a.Bools()
	case array.Int64:
		values.Ints = a.Ints()
	case array.Complex128:
		return nil, false, script.Raise("TypeError", "complex numbers cannot be assigned to a variable")
	default:
		values.Floats = a.Floats()
	}
	zeros := a.Size() > 0 && a.Dim().IsDimensionless()
	for k := 0; zeros && k < a.Size(); k++ {
		zeros = a.FloatAt(k) == 0
	}
	return values, zeros, nil
}

// whole reports whether an index means everything.
func whole(index script.Value) bool {
	switch index := index.(type) {
	case *script.Slice:
		return script.IsNone(index.Low) && script.IsNone(index.High) && script.IsNone(index.Step)
	case script.EllipsisType:
		return true
	}
	return false
}

// elements are some of a group's neurons or synapses: the range [low, high), or a list.
type elements struct {
	low, high int
	list      []int // nil: the range
	single    bool  // given by one number
}

func (e *elements) option() synfire.Option {
	if e.list != nil {
		return synfire.At(e.list...)
	}
	return synfire.Range(e.low, e.high)
}

func (e *elements) count() int {
	if e.list != nil {
		return len(e.list)
	}
	return e.high - e.low
}

func (e *elements) at(k int) int {
	if e.list != nil {
		return e.list[k]
	}
	return e.low + k
}

// pick returns what an index means among the elements of the view.
func (v *view) pick(index script.Value) (*elements, error) {
	all := v.part
	if all == nil {
		all = &elements{high: v.of.Len()}
	}
	switch index := index.(type) {
	case string:
		list, err := v.of.Select(index, synfire.Using(names(v.session.frame())))
		if err != nil {
			return nil, err
		}
		if v.part != nil {
			list = slices.DeleteFunc(list, func(k int) bool {
				return v.part.list == nil && (k < v.part.low || k >= v.part.high) || v.part.list != nil && !slices.Contains(v.part.list, k)
			})
		}
		return &elements{list: notNil(list)}, nil
	case *script.Tuple:
		if y, ok := v.of.(*synfire.Synapses); ok && v.part == nil {
			return pickPairs(y, index.Elts)
		}
		if p, ok := v.of.(delays); ok && v.part == nil {
			return pickPairs(p.synapses, index.Elts)
		}
		return nil, script.Raise("IndexError", "Can only interpret 1-d indices, got %d dimensions.", len(index.Elts))
	case *subset:
		if index.owner != v.owner {
			return nil, script.Raise("TypeError", "%s is not a part of '%s'", script.Repr(index), v.owner.base().object.Name())
		}
		list, err := index.numbers()
		return &elements{list: list}, err
	case *group:
		if sub, ok := index.of.(*synfire.Subgroup); ok {
			start, stop := sub.Bounds()
			if mine, ok := v.of.(*synfire.Subgroup); ok {
				first, _ := mine.Bounds()
				start, stop = start-first, stop-first
			}
			return &elements{low: start, high: stop}, nil
		}
		return &elements{high: v.of.Len()}, nil
	}
	return pickNumbers(index, all)
}

// pickNumbers returns what an index means among n elements: a number, a slice, numbers, or a mask.
func pickNumbers(index script.Value, all *elements) (*elements, error) {
	n := all.count()
	if s, ok := index.(*script.Slice); ok {
		start, step, count, err := s.SliceIndices(n)
		if err != nil {
			return nil, err
		}
		if step == 1 && all.list == nil {
			return &elements{low: all.low + start, high: all.low + start + count}, nil
		}
		list := make([]int, count)
		for k := range list {
			list[k] = all.at(start + k*step)
		}
		return &elements{list: list}, nil
	}
	if _, ok := index.(script.EllipsisType); ok {
		return all, nil
	}
	resolve := func(k int64) (int, error) {
		at := k
		if at < 0 {
			at += int64(n)
		}
		if at < 0 || at >= int64(n) {
			return 0, script.Raise("IndexError", "index %d is out of bounds for axis 0 with size %d", k, n)
		}
		return all.at(int(at)), nil
	}
	if k, err := script.AsIndex(index); err == nil {
		at, err := resolve(k)
		if err != nil {
			return nil, err
		}
		return &elements{list: []int{at}, single: true}, nil
	}
	switch index.(type) {
	case script.NoneType, float64, units.Quantity, unit, nil:
		return nil, script.Raise("TypeError", "Indexing is only supported for integer and boolean arrays, not for type %s", script.TypeName(index))
	}
	a, err := numpy.FromValue(index)
	if err != nil {
		return nil, err
	}
	switch {
	case a.NDim() > 1:
		return nil, script.Raise("IndexError", "Can only interpret 1-d indices, got %d dimensions.", a.NDim())
	case a.DType() == array.Bool:
		if a.Size() != n {
			return nil, script.Raise("IndexError", "boolean index did not match indexed array along dimension 0; dimension is %d but corresponding boolean dimension is %d", n, a.Size())
		}
		list := a.Positions()
		for k, at := range list {
			list[k] = all.at(at)
		}
		return &elements{list: notNil(list)}, nil
	case a.DType() != array.Int64 && a.Size() > 0:
		return nil, script.Raise("TypeError", "Indexing is only supported for integer and boolean arrays, not for type %s", a.DType())
	}
	list := make([]int, a.Size())
	for k := range list {
		if list[k], err = resolve(a.IntAt(k)); err != nil {
			return nil, err
		}
	}
	return &elements{list: list}, nil
}

func notNil(list []int) []int {
	if list == nil {
		return []int{}
	}
	return list
}
