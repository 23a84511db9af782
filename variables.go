package synfire

import (
	"fmt"
	"sort"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// state is what neurons and synapses have in common: a table of variables with their memory, a clock, and the
// names that their code can see.
type state struct {
	simulation *Simulation
	name       string
	what       string // for messages: "the group 'neurongroup'"
	n          int
	clock      *clock
	single     bool           // floats have 32 bits
	bits       map[string]int // of floats, by name, "" for all: 32 or 64
	names      Names
	told       map[string]bool         // names of which the user knows that they mean something else outside
	variables  []*model.Variable       // in Brian2's order
	links      map[string]*link        // of linked variables
	numbers    *model.Variable         // see groupNumbers; nil until they are needed
	awaited    map[string]plan.Storage // restored values of variables that only a run makes
	operations []*Operation
	byName     map[string]*model.Variable
	called     string // what random numbers are addressed by: the name that was given, else the kind of object
	ordinal    int    // how many objects have been called so since the seed
	executions int64  // of code outside runs since the seed: the counter of its random draws
	counted    uint64 // the seeding since which executions are counted
	active     bool
	order      int
	updates    Place    // where equations are integrated
	ranIn      *Network // the network that has run the object
}

func (s *state) init(simulation *Simulation, name, kind string, n int, dt units.Quantity, names Names) error {
	// A default name depends on what else is still there; "the second group since the seed" does not.
	s.called = name
	if name == "" {
		s.called = kind
	}
	name, err := simulation.newName(name, kind)
	if err != nil {
		return err
	}
	s.simulation, s.name, s.n, s.names = simulation, name, n, names
	s.what = fmt.Sprintf("'%s'", name)
	s.byName = map[string]*model.Variable{}
	s.ordinal = simulation.nextOrdinal(s.called)
	s.active = true
	s.clock, s.single = simulation.clock, simulation.config.Single
	if dt != (units.Quantity{}) {
		if dt.Dim != units.Time || !(dt.Value > 0) {
			return diag.Errorf(diag.Span{}, "ValueError", "The time step of '%s' has to be a positive time, not %s.", name, dt)
		}
		s.clock = newClock(name+"_clock", dt.Value)
	}
	return nil
}

// siteKey is the random key of a draw site in code of the object.
func (s *state) siteKey(branch uint64, site string) uint64 {
	if rest, ok := strings.CutPrefix(site, s.name); ok {
		site = s.called + rest
	}
	return s.simulation.key(branch, s.called, s.ordinal, site)
}

// execution counts executions of code outside runs, beginning at 0 with each seed, for their random draws.
func (s *state) execution() int64 {
	if s.counted != s.simulation.seeded {
		s.executions, s.counted = 0, s.simulation.seeded
	}
	s.executions++
	return s.executions - 1
}

// add gives a variable memory, if it has any, and puts it into the table.
func (s *state) add(v *model.Variable) {
	if v.Kind != model.Implicit && v.Type == model.Float {
		bits, ok := s.bits[v.Name]
		if !ok {
			bits = s.bits[""]
		}
		v.Single = bits == 32 || bits == 0 && s.single
	}
	if stored, ok := s.awaited[v.Name]; ok && v.Stored() && v.Storage == nil && stored.Type() == lower.StorageType(v) && stored.Len() == s.length(v) {
		restored := stored.Clone()
		v.Storage = &restored
		delete(s.awaited, v.Name)
	}
	if v.Stored() && v.Storage == nil {
		v.Storage = plan.NewStorage(v, s.length(v))
	}
	s.variables = append(s.variables, v)
	s.byName[v.Name] = v
}

func (s *state) length(v *model.Variable) int {
	if v.Shared {
		return 1
	}
	return s.n
}

// implicit adds a variable that the engine keeps.
func (s *state) implicit(name string, t model.Type, dim units.Dimension) *model.Variable {
	v := &model.Variable{Name: name, Owner: s.name, Kind: model.Implicit, Type: t, Dim: dim}
	s.add(v)
	return v
}

// Name returns the name of the object.
func (s *state) Name() string { return s.name }

// Active reports whether the object takes part in runs.
func (s *state) Active() bool { return s.active }

// SetActive decides whether the object takes part in the runs to come. What is inactive is neither prepared nor
// run; spikes on their way in inactive synapses stand still.
func (s *state) SetActive(active bool) { s.active = active }

// DT returns the time step of the object's clock.
func (s *state) DT() units.Quantity { return units.Second.Of(s.clock.Dt()) }

// VariableInfo describes a variable of a group.
type VariableInfo struct {
	Name string
	Dim  units.Dimension
	// Type is "float", "integer" or "boolean".
	Type string
	// Shared variables have one value for the whole group.
	Shared bool
	// Subexpression variables are computed when they are read.
	Subexpression bool
	// ReadOnly variables cannot be set.
	ReadOnly bool
	// Linked variables are those of another group.
	Linked bool
}

func describe(v *model.Variable) VariableInfo {
	return VariableInfo{v.Name, v.Dim, v.Type.String(), v.Shared, v.Kind == model.Subexpression, v.ReadOnly || v.Kind == model.Subexpression, v.Linked}
}

// Variables lists the variables that the equations declare, and those that the engine keeps beside them.
func (p *part) Variables() []VariableInfo {
	var infos []VariableInfo
	for _, v := range p.variables {
		infos = append(infos, describe(v))
	}
	return infos
}

// Lookup describes the variable of that name, or an implicit one: t, dt, t_in_timesteps, N, i.
func (p *part) Lookup(name string) (VariableInfo, bool) {
	if v := p.byName[name]; v != nil {
		info := describe(v)
		if target := p.linkedTo(name); target != nil {
			info.Shared = target.Kind == model.VariableSymbol && target.Index == model.Shared
			info.Subexpression = target.Kind == model.Expression
			info.ReadOnly = target.Kind != model.VariableSymbol || target.Var.ReadOnly
		}
		return info, true
	}
	switch name {
	case "t", "dt":
		return VariableInfo{Name: name, Dim: units.Time, Type: "float", Shared: true, ReadOnly: true}, true
	case "t_in_timesteps", "N":
		return VariableInfo{Name: name, Type: "integer", Shared: true, ReadOnly: true}, true
	case "i":
		return VariableInfo{Name: name, Type: "integer", ReadOnly: true}, true
	}
	return VariableInfo{}, false
}

// variableNames lists the names for suggestions.
func (s *state) variableNames() []string {
	names := []string{"t", "dt", "i", "N"}
	for name := range s.byName {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// unknown is the error for a variable that does not exist.
func (s *state) unknown(name string) error {
	m := diag.Errorf(diag.Span{}, "AttributeError", "The group '%s' has no variable '%s'.", s.name, name)
	if near := diag.Nearest(name, s.variableNames()); near != "" {
		m.WithHint("did you mean '%s'?", near)
	}
	return m
}

func countSymbol(name string, n int) *model.Symbol {
	return &model.Symbol{Name: name, Kind: model.Constant, Type: model.Integer, Value: model.External{Type: model.Integer, Int: int64(n)}}
}

// clockSymbol returns what t, dt and t_in_timesteps mean on a clock, or nil.
func (c *clock) symbol(name string) *model.Symbol {
	switch name {
	case "t":
		return c.t.Symbol()
	case "dt":
		return c.dt.Symbol()
	case "t_in_timesteps":
		return c.steps.Symbol()
	}
	return nil
}

// What subexpressions of a group mean by i and N, in code of a part of the group that calls other numbers so.
const (
	groupNumber = "_i"
	groupCount  = "_N"
)

// neuronSymbols finds the names that code of a group of neurons sees; n is the number of elements of the group
// or part of it that the code is about.
func (s *state) neuronSymbols(n int) func(string) *model.Symbol {
	return func(name string) *model.Symbol {
		if v := s.byName[name]; v != nil {
			if v.Linked {
				return s.linkedTo(name)
			}
			symbol := v.Symbol()
			if symbol.Kind == model.Expression && n != s.n {
				symbol.Body = s.ofGroup(symbol.Body)
			}
			return symbol
		}
		switch name {
		case groupNumber:
			return s.groupNumbers().Symbol()
		case groupCount:
			return countSymbol(name, s.n)
		case "i":
			return &model.Symbol{Name: name, Kind: model.ElementNumber, Type: model.Integer}
		case "N":
			return countSymbol(name, n)
		}
		if strings.HasPrefix(name, "_") {
			for linked, l := range s.links {
				if inner, ok := strings.CutPrefix(name, linkedName(linked, "")); ok {
					return l.seen(s.simulation, linked, inner)
				}
			}
		}
		return s.clock.symbol(name)
	}
}

// ofGroup returns a subexpression of the group for code of a part of it.
func (s *state) ofGroup(body syntax.Expr) syntax.Expr {
	return syntax.Rewrite(body, func(e syntax.Expr) syntax.Expr {
		if ident, ok := e.(*syntax.Name); ok && s.byName[ident.Ident] == nil {
			switch ident.Ident {
			case "i":
				return &syntax.Name{At: ident.At, Ident: groupNumber}
			case "N":
				return &syntax.Name{At: ident.At, Ident: groupCount}
			}
		}
		return e
	})
}

// groupNumbers returns a variable that has the number of each element.
func (s *state) groupNumbers() *model.Variable {
	if s.numbers == nil {
		column := exec.NewColumn(ir.I32, s.n)
		for k := range column.I32 {
			column.I32[k] = int32(k)
		}
		s.numbers = implicit(s.name, groupNumber, model.Integer, units.Dimension{}, column)
	}
	return s.numbers
}

// scope returns the scope of code of the group.
func (s *state) scope(what string, object func(string) *model.Symbol, run Names) *model.Scope {
	return &model.Scope{
		What: what + " of " + s.what, Object: object, ObjectNames: s.variableNames,
		Group: resolve(s.names), Run: resolve(run), Resolved: s.tellHidden,
	}
}

// tellHidden warns, once for each name, that code means the group's own variable and not what is called so outside.
func (s *state) tellHidden(name string, where diag.Span, hidden func() (string, model.External, bool)) {
	if s.told[name] {
		return
	}
	if s.told == nil {
		s.told = map[string]bool{}
	}
	s.told[name] = true // to look can mean to resolve the name again
	space, value, found := hidden()
	if s.told[name] = found; !found {
		return
	}
	of := ""
	if number := value.String(); number != "" {
		of = " with the value " + number
	}
	s.simulation.warn(&diag.Message{Kind: "Warning", Where: where, Text: fmt.Sprintf(
		"'%s' is an internal variable of '%s', but also exists in the %s namespace%s. The internal variable will be used.", name, s.name, space, of)})
}

// parseCode reads abstract code.
func (s *state) parseCode(what, text string) ([]*syntax.CodeStmt, error) {
	return syntax.ParseCode(s.simulation.source(what+" of "+s.name, text))
}

// parseExpr reads an expression for the model language.
func (s *state) parseExpr(what, text string) (syntax.Expr, error) {
	expr, err := syntax.ParseExpr(s.simulation.source(what+" of "+s.name, text))
	if err != nil {
		return nil, err
	}
	return expr, syntax.CheckModelExpr(expr)
}

// quantityExpr writes an external value as an expression.
func quantityExpr(x model.External) syntax.Expr {
	if x.Type != model.Float {
		return &syntax.Int{Value: x.Int}
	}
	number := syntax.Expr(&syntax.Float{Value: x.Float})
	if x.Dim.IsDimensionless() {
		return number
	}
	unit, err := syntax.ParseExpr(&diag.Source{Name: "unit", Text: x.Dim.Repr()})
	if err != nil {
		panic(fmt.Sprintf("BUG: the dimension %s does not parse: %v", x.Dim.Repr(), err))
	}
	return &syntax.Binary{Op: syntax.Mul, X: number, Y: unit}
}
