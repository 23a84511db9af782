package model

import (
	"errors"
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

// TimedArray is an array of values over time, each valid for DT seconds, called in equations as f(t) or, with
// Cols > 0, as f(t, i). Values is time-major, Rows*max(Cols,1) long.
type TimedArray struct {
	Name   string
	Values []float64
	Rows   int
	Cols   int
	DT     float64
	Dim    units.Dimension
}

// Distribution is one that equations draw from by calling it without arguments: a normal distribution, or one over
// whole numbers.
type Distribution struct {
	Name string
	// Mean and Deviation are those of the normal distribution.
	Mean, Deviation float64
	// Cumulative, if set, holds the cumulative probabilities of First, First+1, ... instead, without the last one, which
	// is 1.
	Cumulative []float64
	First      int64
	// Normal says which one it is.
	Normal bool
}

// External is what a name outside the model stands for: a constant number, a timed array, a distribution or a function.
type External struct {
	Type  Type
	Float float64 // SI value of a Float
	Int   int64   // value of an Integer, or 0 and 1 of a Boolean
	Dim   units.Dimension
	Table *TimedArray
	Draws *Distribution
	Calls *Function
}

// Number returns the value of a constant as a float.
func (x External) Number() float64 {
	if x.Type == Float {
		return x.Float
	}
	return float64(x.Int)
}

// Namespace finds names outside the model. A name that exists but cannot be used (an array where a scalar is
// needed) is an error; a name that does not exist is not.
type Namespace interface {
	Lookup(name string) (value External, found bool, err error)
	// Names lists what there is, for suggestions.
	Names() []string
}

// Map is a Namespace of fixed values.
type Map map[string]External

// Lookup implements Namespace.
func (m Map) Lookup(name string) (External, bool, error) {
	value, found := m[name]
	return value, found, nil
}

// Names implements Namespace.
func (m Map) Names() []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	return names
}

// SymbolKind says what a name in a piece of code means.
type SymbolKind uint8

// The kinds of symbol.
const (
	VariableSymbol     SymbolKind = iota // a stored variable
	Expression                           // a subexpression, expanded where it is referred to
	Local                                // a variable of the code block itself
	Constant                             // a number
	FunctionSymbol                       // a function: one of Functions, or of a namespace
	TableSymbol                          // a timed array
	ElementNumber                        // the number of the element that code runs for: i
	DistributionSymbol                   // a distribution, which is called without arguments
)

// Symbol is the meaning of one name in one piece of code.
type Symbol struct {
	Name string
	Kind SymbolKind
	Type Type
	Wide bool
	Dim  units.Dimension
	// Var and Index are set for VariableSymbol and Expression.
	Var   *Variable
	Index Index
	// Body is what an Expression stands for, in the scope of the code that refers to it.
	Body syntax.Expr
	// Value is set for Constant, for TableSymbol (its Table) and for DistributionSymbol (its Draws).
	Value    External
	Function *Function
}

// Symbol returns what the variable's name means in code of its own group.
func (v *Variable) Symbol() *Symbol {
	symbol := &Symbol{Name: v.Name, Kind: VariableSymbol, Type: v.Type, Wide: v.Wide, Dim: v.Dim, Var: v}
	if v.Shared {
		symbol.Index = Shared
	}
	if !v.Stored() {
		symbol.Kind, symbol.Body = Expression, v.Rhs
	}
	return symbol
}

// Scope resolves the names of one piece of code, in Brian2's order: what the object itself knows, constants,
// units, functions, the group's namespace, the namespace of the run. The first match wins.
type Scope struct {
	// What describes the code for messages: "the reset of neurongroup".
	What string
	// Object finds the names that the object itself knows; it may be nil.
	Object func(name string) *Symbol
	// ObjectNames lists them, for suggestions.
	ObjectNames func() []string
	Group, Run  Namespace
	// Resolved, if not nil, is told of each name that was resolved to one of the object. hidden looks whether it is also that of
	// a value in a namespace, "group" or "run".
	Resolved func(name string, where diag.Span, hidden func() (space string, value External, found bool))

	locals map[string]*Symbol
	cache  map[string]*Symbol
}

// Child returns a scope that sees the same names, without the locals, for another piece of code.
func (s *Scope) Child(what string) *Scope {
	return &Scope{What: what, Object: s.Object, ObjectNames: s.ObjectNames, Group: s.Group, Run: s.Run, Resolved: s.Resolved}
}

// Declare makes name a local of the code.
func (s *Scope) Declare(name string, t Type, dim units.Dimension) *Symbol {
	if s.locals == nil {
		s.locals = map[string]*Symbol{}
	}
	symbol := &Symbol{Name: name, Kind: Local, Type: t, Dim: dim}
	s.locals[name] = symbol
	return symbol
}

// Forget drops all locals, so that the same code can be checked again.
func (s *Scope) Forget() { s.locals = nil }

// Known returns what the code's own object or its locals mean by a name, or nil.
func (s *Scope) Known(name string) *Symbol {
	if symbol := s.internal(name); symbol != nil {
		return symbol
	}
	return s.locals[name]
}

func (s *Scope) internal(name string) *Symbol {
	if s.Object == nil {
		return nil
	}
	if symbol, done := s.cache[name]; done {
		return symbol
	}
	symbol := s.Object(name)
	if s.cache == nil {
		s.cache = map[string]*Symbol{}
	}
	s.cache[name] = symbol
	return symbol
}

// Resolve returns the meaning of a name, or a KeyError message at the place where.
func (s *Scope) Resolve(name string, where diag.Span) (*Symbol, error) {
	if symbol := s.Known(name); symbol != nil {
		if s.Resolved != nil && s.internal(name) != nil {
			s.Resolved(name, where, func() (string, External, bool) { return s.hidden(name) })
		}
		return symbol, nil
	}
	if value, ok := Constants[name]; ok {
		return constantSymbol(name, External{Type: Float, Float: value}), nil
	}
	if unit, ok := units.LookupInEquations(name); ok {
		return constantSymbol(name, External{Type: Float, Float: unit.Value(), Dim: unit.Dim()}), nil
	}
	if f, ok := Functions[name]; ok {
		return &Symbol{Name: name, Kind: FunctionSymbol, Function: f}, nil
	}
	for _, space := range []Namespace{s.Group, s.Run} {
		if space == nil {
			continue
		}
		value, found, err := space.Lookup(name)
		if err != nil {
			m := &diag.Message{Kind: "KeyError", Text: err.Error()}
			var known *diag.Message
			if errors.As(err, &known) {
				*m = *known
			}
			m.Where, m.Cause = where, err
			return nil, m
		}
		if found {
			if value.Table != nil {
				return &Symbol{Name: name, Kind: TableSymbol, Type: Float, Dim: value.Table.Dim, Value: value}, nil
			}
			if value.Draws != nil {
				return DistributionNamed(name, value.Draws), nil
			}
			if value.Calls != nil {
				return &Symbol{Name: name, Kind: FunctionSymbol, Function: value.Calls}, nil
			}
			return constantSymbol(name, value), nil
		}
	}
	m := diag.Errorf(where, "KeyError", "The identifier \"%s\" could not be resolved.", name)
	if near := diag.Nearest(name, s.names()); near != "" {
		m.WithHint("did you mean '%s'? A name in equations is a variable of the group, a unit, a function, or a variable that exists where run() is called.", near)
	} else {
		m.WithHint("define '%s' before run(), or declare it in the equations ('%s : 1').", name, name)
	}
	return nil, m
}

// hidden returns what a name would mean if it were none of the object.
func (s *Scope) hidden(name string) (space string, value External, found bool) {
	if s.Group != nil {
		// What could not be used anyway is no matter.
		if value, found, err := s.Group.Lookup(name); found && err == nil {
			return "group", value, true
		}
	}
	if s.Run != nil {
		if value, found, err := s.Run.Lookup(name); found && err == nil {
			return "run", value, true
		}
	}
	return "", External{}, false
}

// String returns a number for messages; of anything else it is empty.
func (x External) String() string {
	switch {
	case x.Table != nil, x.Draws != nil, x.Calls != nil:
		return ""
	case x.Type == Float:
		return units.Quantity{Value: x.Float, Dim: x.Dim}.String()
	case x.Type == Boolean:
		return fmt.Sprint(x.Int != 0)
	}
	return fmt.Sprint(x.Int)
}

// DistributionNamed returns the symbol of a distribution.
func DistributionNamed(name string, d *Distribution) *Symbol {
	return &Symbol{Name: name, Kind: DistributionSymbol, Type: Float, Value: External{Draws: d}}
}

func constantSymbol(name string, value External) *Symbol {
	wide := value.Type == Integer && value.Int != int64(int32(value.Int))
	return &Symbol{Name: name, Kind: Constant, Type: value.Type, Wide: wide, Dim: value.Dim, Value: value}
}

func (s *Scope) names() []string {
	var names []string
	if s.ObjectNames != nil {
		names = append(names, s.ObjectNames()...)
	}
	for name := range s.locals {
		names = append(names, name)
	}
	for name := range Functions {
		names = append(names, name)
	}
	for _, space := range []Namespace{s.Group, s.Run} {
		if space != nil {
			names = append(names, space.Names()...)
		}
	}
	return names
}
