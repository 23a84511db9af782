package script

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"synfire/internal/syntax"
	"synfire/units"
)

// TypeName returns the name of v's type as messages show it.
func TypeName(v Value) string {
	switch v := v.(type) {
	case nil, NoneType:
		return "NoneType"
	case EllipsisType:
		return "ellipsis"
	case notImplementedType:
		return "NotImplementedType"
	case bool:
		return "bool"
	case int64, *big.Int:
		return "int"
	case float64:
		return "float"
	case complex128:
		return "complex"
	case string:
		return "str"
	case Bytes:
		return "bytes"
	case *List:
		return "list"
	case *Tuple:
		if v.class != nil {
			return v.class.Name
		}
		return "tuple"
	case *Dict:
		if v.class != nil {
			return v.class.Name
		}
		return "dict"
	case *Set:
		if v.Frozen {
			return "frozenset"
		}
		return "set"
	case *dictView:
		return "dict_" + v.kind
	case *Range:
		return "range"
	case *Slice:
		return "slice"
	case units.Quantity:
		return "Quantity"
	case *Function:
		return "function"
	case *Builtin:
		return "builtin_function_or_method"
	case *BoundMethod:
		return "method"
	case *Generator:
		return "generator"
	case *Iterator:
		return v.kind
	case *rangeIterator:
		return "range_iterator"
	case *listIterator:
		return "list_iterator"
	case *Module:
		return "module"
	case *Class:
		return "type"
	case *Instance:
		return v.Class.Name
	case *Exception:
		return v.Class.Name
	case *property:
		return "property"
	case *wrappedMethod:
		if v.static {
			return "staticmethod"
		}
		return "classmethod"
	case *superValue:
		return "super"
	case *Unknown:
		return "unknown value"
	case Named:
		return v.TypeName()
	case Classed:
		return v.ScriptClass().Name
	}
	return goTypeName(v)
}

// Str returns str(v).
func Str(v Value) string {
	s, err := str(v)
	if err != nil {
		return "<" + TypeName(v) + " whose __str__ fails: " + err.Error() + ">"
	}
	return s
}

// Repr returns repr(v).
func Repr(v Value) string {
	s, err := repr(v)
	if err != nil {
		return "<" + TypeName(v) + " whose __repr__ fails: " + err.Error() + ">"
	}
	return s
}

func str(v Value) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case *Exception:
		if s, err := calledString(v, "__str__"); s != nil || err != nil {
			return deref(s), err
		}
		return v.Message(), nil
	case *Instance:
		if s, err := calledString(v, "__str__"); s != nil || err != nil {
			return deref(s), err
		}
	case units.Quantity:
		return v.String(), nil
	case Stringer:
		return v.Str(), nil
	}
	return repr(v)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// calledString calls a method that must return a string; nil means that there is no such method.
func calledString(v Value, name string, args ...Value) (*string, error) {
	r, err := callDunder(v, name, args...)
	if r == nil || err != nil {
		return nil, err
	}
	s, ok := r.(string)
	if !ok {
		return nil, Raise("TypeError", "%s returned non-string (type %s)", name, TypeName(r))
	}
	return &s, nil
}

func repr(v Value) (string, error) {
	p := printer{}
	err := p.repr(v)
	return p.String(), err
}

// printer writes the repr of nested values; a container inside itself is shown as [...].
type printer struct {
	strings.Builder
	open map[any]bool
}

func (p *printer) repr(v Value) error {
	switch v := v.(type) {
	case nil, NoneType:
		p.WriteString("None")
	case EllipsisType:
		p.WriteString("Ellipsis")
	case notImplementedType:
		p.WriteString("NotImplemented")
	case bool:
		if v {
			p.WriteString("True")
		} else {
			p.WriteString("False")
		}
	case int64:
		p.WriteString(strconv.FormatInt(v, 10))
	case *big.Int:
		p.WriteString(v.String())
	case float64:
		p.WriteString(units.FormatPython(v))
	case complex128:
		p.WriteString(complexRepr(v))
	case string:
		p.WriteString(syntax.Quote(v, false))
	case Bytes:
		p.WriteString("b" + syntax.Quote(string(v), true))
	case *List:
		return p.nested(v, "[...]", func() error { return p.elements("[", v.Elts, "]") })
	case *Tuple:
		return p.nested(v, "(...)", func() error { return p.tuple(v) })
	case *Dict:
		return p.nested(v, "{...}", func() error { return p.dict(v) })
	case *Set:
		switch {
		case v.Frozen && v.Len() == 0:
			p.WriteString("frozenset()")
		case v.Frozen:
			p.WriteString("frozenset(")
			err := p.elements("{", v.Elements(), "}")
			p.WriteString(")")
			return err
		case v.Len() == 0:
			p.WriteString("set()")
		default:
			return p.elements("{", v.Elements(), "}")
		}
	case *dictView:
		p.WriteString("dict_" + v.kind + "(")
		err := p.elements("[", v.elements(), "]")
		p.WriteString(")")
		return err
	case *Range:
		if v.Step == 1 {
			fmt.Fprintf(p, "range(%d, %d)", v.Start, v.Stop)
		} else {
			fmt.Fprintf(p, "range(%d, %d, %d)", v.Start, v.Stop, v.Step)
		}
	case *Slice:
		p.WriteString("slice")
		return p.elements("(", []Value{v.Low, v.High, v.Step}, ")")
	case units.Quantity:
		p.WriteString(v.Repr())
	case *Instance, *Exception:
		s, err := calledString(v, "__repr__")
		if err != nil {
			return err
		}
		if s != nil {
			p.WriteString(*s)
			return nil
		}
		if e, ok := v.(*Exception); ok {
			p.WriteString(e.Class.Name)
			if len(e.Args) == 1 {
				return p.elements("(", e.Args, ")")
			}
			return p.repr(&Tuple{Elts: e.Args})
		}
		p.WriteString(plainRepr(v))
	case Representer:
		p.WriteString(v.Repr())
	default:
		p.WriteString(plainRepr(v))
	}
	return nil
}

// nested writes a container unless it is being written already.
func (p *printer) nested(v any, again string, write func() error) error {
	if p.open[v] {
		p.WriteString(again)
		return nil
	}
	if p.open == nil {
		p.open = map[any]bool{}
	}
	if len(p.open) > maxDepth {
		return Raise("RecursionError", "maximum recursion depth exceeded while getting the repr of an object")
	}
	p.open[v] = true
	defer delete(p.open, v)
	return write()
}

func (p *printer) elements(open string, elts []Value, closing string) error {
	p.WriteString(open)
	for i, e := range elts {
		if i > 0 {
			p.WriteString(", ")
		}
		if err := p.repr(e); err != nil {
			return err
		}
	}
	p.WriteString(closing)
	return nil
}

func (p *printer) tuple(t *Tuple) error {
	if len(t.fields) > 0 {
		p.WriteString(t.class.Name + "(")
		for i, e := range t.Elts {
			if i > 0 {
				p.WriteString(", ")
			}
			p.WriteString(t.fields[i] + "=")
			if err := p.repr(e); err != nil {
				return err
			}
		}
		p.WriteString(")")
		return nil
	}
	if len(t.Elts) == 1 {
		return p.elements("(", t.Elts, ",)")
	}
	return p.elements("(", t.Elts, ")")
}

func (p *printer) dict(d *Dict) error {
	closing := "}"
	switch {
	case d.class == nil:
		p.WriteString("{")
	case d.class.Name == "defaultdict":
		p.WriteString("defaultdict(")
		if d.factory == nil {
			p.WriteString("None")
		} else if err := p.repr(d.factory); err != nil {
			return err
		}
		p.WriteString(", {")
		closing = "})"
	case d.class.Name == "OrderedDict":
		return p.orderedDict(d)
	case d.Len() == 0:
		p.WriteString(d.class.Name + "()")
		return nil
	default:
		p.WriteString(d.class.Name + "({")
		closing = "})"
	}
	entries := d.entries
	if d.class != nil && d.class.Name == "Counter" {
		entries = mostCommon(d)
	}
	first := true
	for _, e := range entries {
		if e.key == nil {
			continue
		}
		if !first {
			p.WriteString(", ")
		}
		first = false
		if err := p.repr(e.key); err != nil {
			return err
		}
		p.WriteString(": ")
		if err := p.repr(e.value); err != nil {
			return err
		}
	}
	p.WriteString(closing)
	return nil
}

func (p *printer) orderedDict(d *Dict) error {
	p.WriteString("OrderedDict(")
	if d.Len() > 0 {
		var pairs []Value
		for k, v := range d.All() {
			pairs = append(pairs, NewTuple(k, v))
		}
		if err := p.elements("[", pairs, "]"); err != nil {
			return err
		}
	}
	p.WriteString(")")
	return nil
}

// plainRepr is the repr of values that have no better one.
func plainRepr(v Value) string {
	switch v := v.(type) {
	case *Function:
		return describeFunction(v)
	case *Builtin:
		if v.bound {
			return fmt.Sprintf("<built-in method %s of %s object at %s>", v.Name, TypeName(v.self), address(v))
		}
		return fmt.Sprintf("<built-in function %s>", v.Name)
	case *BoundMethod:
		if f, ok := v.Func.(*Function); ok {
			return fmt.Sprintf("<bound method %s of %s>", f.code.qualname, Repr(v.Self))
		}
		return fmt.Sprintf("<bound method of %s>", Repr(v.Self))
	case *Generator:
		return fmt.Sprintf("<generator object %s at %s>", v.frame.code.qualname, address(v))
	case *Module:
		return fmt.Sprintf("<module '%s'>", v.Name)
	case *Class:
		if v.Module == "" || v.Module == "builtins" {
			return fmt.Sprintf("<class '%s'>", v.Name)
		}
		name := v.qualname
		if name == "" {
			name = v.Name
		}
		return fmt.Sprintf("<class '%s.%s'>", v.Module, name)
	case *Instance:
		if v.Class == objectClass {
			return fmt.Sprintf("<object object at %s>", address(v))
		}
		return fmt.Sprintf("<%s.%s object at %s>", v.Class.Module, v.Class.qualname, address(v))
	case *Unknown:
		return "<unknown: " + v.What + ">"
	}
	return fmt.Sprintf("<%s object>", TypeName(v))
}

func complexRepr(c complex128) string {
	part := func(x float64) string { return strings.TrimSuffix(units.FormatPython(x), ".0") }
	re, im := real(c), imag(c)
	if re == 0 && !math.Signbit(re) {
		return part(im) + "j"
	}
	sign := "+"
	if math.Signbit(im) || math.IsNaN(im) {
		sign = ""
		if math.IsNaN(im) {
			sign = "+"
		}
	}
	return "(" + part(re) + sign + part(im) + "j)"
}

// DisplayText returns what a notebook cell shows for a value: text for the terminal and, if it has one, HTML.
func DisplayText(v Value) (text, html string) {
	if rich, ok := v.(RichRepresenter); ok {
		return rich.RichRepr()
	}
	return Repr(v), ""
}
