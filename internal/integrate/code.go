package integrate

import (
	"strconv"
	"strings"

	"synfire/internal/algebra"
	"synfire/internal/syntax"
)

// code collects the statements of a step; each target is a new local.
type code struct {
	statements []*syntax.CodeStmt
	byText     map[string]string // locals by the text of their value
	taken      map[string]bool   // all names in use
	// target names the local that gets the new value of a variable; nil stands for "_" + variable. suffix is
	// appended to the names of all other locals, so that two solutions can stand in one step.
	target func(variable string) string
	suffix string
}

// newCode reserves the names of the new values: a variable may be called k_v.
func newCode(s *System) *code {
	c := &code{byText: map[string]string{}, taken: map[string]bool{}}
	for _, e := range s.Equations {
		c.taken["_"+e.Name] = true
	}
	return c
}

// unique returns the name, with a number if it is in use.
func (c *code) unique(name string) string {
	free := name
	for n := 2; c.taken[free]; n++ {
		free = name + "_" + strconv.Itoa(n)
	}
	c.taken[free] = true
	return free
}

// result returns the name of the local for the new value of a variable.
func (c *code) result(variable string) string {
	if c.target != nil {
		return c.target(variable)
	}
	return "_" + variable
}

// set appends `name = value`.
func (c *code) set(name string, value syntax.Expr) {
	c.statements = append(c.statements, assign(name, value))
}

// local appends `name = value` unless the value is a name, a number or the value of a local already there,
// and returns what stands for the value.
func (c *code) local(name string, value syntax.Expr) syntax.Expr {
	switch value.(type) {
	case *syntax.Name, *syntax.Int, *syntax.Float:
		return value
	}
	text := syntax.Format(value)
	if known, ok := c.byText[text]; ok {
		return ref(known)
	}
	name = c.unique(name + c.suffix)
	c.byText[text] = name
	c.set(name, value)
	return ref(name)
}

func assign(name string, value syntax.Expr) *syntax.CodeStmt {
	return &syntax.CodeStmt{Target: &syntax.Name{Ident: name}, Op: syntax.AssignOp, Value: value}
}

func ref(name string) syntax.Expr { return &syntax.Name{Ident: name} }

// finish makes the result: statements that neither the stores nor further values use are left out, and the stores are added.
func (c *code) finish(s *System, further ...syntax.Expr) *Result {
	used := map[string]bool{}
	for _, e := range s.Equations {
		used["_"+e.Name] = true
	}
	for _, e := range further {
		for _, name := range syntax.Names(e) {
			used[name] = true
		}
	}
	var kept []*syntax.CodeStmt
	for i := len(c.statements) - 1; i >= 0; i-- {
		statement := c.statements[i]
		if !used[statement.Target.Ident] {
			continue
		}
		for _, name := range syntax.Names(statement.Value) {
			used[name] = true
		}
		kept = append(kept, statement)
	}
	for i, j := 0, len(kept)-1; i < j; i, j = i+1, j-1 {
		kept[i], kept[j] = kept[j], kept[i]
	}
	result := &Result{Code: kept}
	for _, e := range s.Equations {
		result.Store = append(result.Store, assign(e.Name, ref("_"+e.Name)))
		if e.UnlessRefractory {
			result.Masked = append(result.Masked, e.Name)
		}
	}
	return result
}

// isNoise reports whether the name is that of a noise variable.
func isNoise(name string) bool { return name == "xi" || strings.HasPrefix(name, "xi_") }

// constantOverStep reports whether an expression keeps its value during a step: it contains no state variable,
// no `t` other than as an argument of its own of a locally constant function, and calls no stateful function.
func (s *System) constantOverStep(e syntax.Expr) bool {
	states := s.states()
	constant := true
	var visit func(e syntax.Expr)
	visit = func(e syntax.Expr) {
		syntax.Walk(e, func(x syntax.Expr) bool {
			switch x := x.(type) {
			case *syntax.Name:
				if x.Ident == "t" || states[x.Ident] {
					constant = false
				}
			case *syntax.Call:
				function := s.function(x.Func.(*syntax.Name).Ident)
				if function.Stateful {
					constant = false
				}
				for _, a := range x.Args {
					if name, ok := a.(*syntax.Name); !ok || name.Ident != "t" || !function.LocallyConstant {
						visit(a)
					}
				}
				return false
			}
			return constant
		})
	}
	visit(e)
	return constant
}

// stateful reports whether two evaluations of e may differ although no variable has changed.
func (s *System) stateful(e syntax.Expr) bool {
	for _, name := range syntax.Functions(e) {
		if s.function(name).Stateful {
			return true
		}
	}
	return false
}

// runConstant reports whether e keeps its value during a run, and whether all elements share it.
func (s *System) runConstant(e syntax.Expr) (constant, shared bool) {
	if !s.constantOverStep(e) {
		return false, false
	}
	shared = true
	functions := map[string]bool{}
	for _, name := range syntax.Functions(e) {
		functions[name] = true
		if s.function(name).LocallyConstant {
			return false, false
		}
	}
	for _, name := range syntax.Names(e) {
		if functions[name] || name == "dt" {
			continue
		}
		v := s.variable(name)
		if !v.RunConstant {
			return false, false
		}
		shared = shared && v.Shared
	}
	return true, shared
}

// overStep returns dt * e with dt brought next to what e is divided by: dt/tau does not change during a run
// where tau does not, so it is computed once.
func overStep(factor, e syntax.Expr) syntax.Expr {
	switch x := e.(type) {
	case *syntax.Unary:
		if x.Op == syntax.Neg {
			return algebra.Negate(overStep(factor, x.X))
		}
	case *syntax.Binary:
		if x.Op == syntax.Div {
			return overStep(algebra.Over(factor, x.Y), x.X)
		}
	}
	return algebra.Times(factor, e)
}
