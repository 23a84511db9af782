package model

import (
	"fmt"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

// Write is one write of a code block to a stored variable.
type Write struct {
	Symbol *Symbol
	Stmt   *syntax.CodeStmt
}

// CheckCode checks the types and dimensions of abstract code statement by statement, declares its locals in
// the scope, and returns what it writes.
func CheckCode(code []*syntax.CodeStmt, scope *Scope) ([]Write, error) {
	scope.Forget()
	var writes []Write
	elementWritten := false
	assigned := Written(code)
	for _, stmt := range code {
		for _, read := range namesIn(stmt.Value, scope) {
			// What the code assigns to is its own; the same name outside is hidden, before the assignment too.
			if slices.Contains(assigned, read) && scope.Known(read) == nil {
				return nil, diag.Errorf(stmt.Value.Span(), "KeyError", "'%s' is read in '%s' before it is assigned.", read, syntax.FormatStmt(stmt)).
					WithHint("a name that the code assigns to is a variable of the code; give it another name than that of the value outside.")
			}
		}
		if err := CheckStatefulOnce(stmt.Value, scope); err != nil {
			return nil, err
		}
		value, err := Infer(stmt.Value, scope)
		if err != nil {
			return nil, err
		}
		name := stmt.Target.Ident
		target := scope.Known(name)
		if target == nil {
			if stmt.Op != syntax.AssignOp {
				return nil, diag.Errorf(stmt.Target.Where, "KeyError", "'%s' is not a variable of %s, so '%s=' cannot change it.", name, scope.What, stmt.Op).
					WithHint("only '%s = ...' makes a new local variable.", name)
			}
			local := scope.Declare(name, value.Type, value.Dim)
			local.Wide = value.Wide
			continue
		}
		if err := checkAssignment(stmt, target, value, scope); err != nil {
			return nil, err
		}
		if target.Kind == Local {
			continue
		}
		if target.Index == Shared {
			if elementWritten {
				return nil, diag.Errorf(stmt.Where, "SyntaxError", "All writes to scalar variables in a code block have to be made before writes to vector variables. Illegal write to %s.", name)
			}
		} else {
			elementWritten = true
		}
		writes = append(writes, Write{target, stmt})
	}
	return writes, nil
}

// namesIn lists the names in an expression, and in the subexpressions that it refers to.
func namesIn(expr syntax.Expr, scope *Scope) []string {
	names := syntax.Names(expr)
	for _, name := range names {
		if symbol := scope.Known(name); symbol != nil && symbol.Kind == Expression {
			names = append(names, namesIn(symbol.Body, scope)...)
		}
	}
	return names
}

func checkAssignment(stmt *syntax.CodeStmt, target *Symbol, value Kinded, scope *Scope) error {
	name := stmt.Target.Ident
	switch target.Kind {
	case Expression:
		return diag.Errorf(stmt.Where, "SyntaxError", "Cannot write to subexpression '%s' in %s.", name, scope.What)
	case VariableSymbol:
		if target.Var.ReadOnly {
			return diag.Errorf(stmt.Where, "SyntaxError", "Cannot write to the read-only variable '%s' in %s.", name, scope.What)
		}
	case Local:
	default: // i, N
		return diag.Errorf(stmt.Where, "SyntaxError", "Cannot write to the read-only variable '%s' in %s.", name, scope.What)
	}
	result := value
	if stmt.Op != syntax.AssignOp {
		switch stmt.Op {
		case syntax.Add, syntax.Sub, syntax.Mul, syntax.Div, syntax.Mod:
		default:
			return diag.Errorf(stmt.Where, "SyntaxError", "Unknown operator \"%s=\" in statement '%s'.", stmt.Op, syntax.FormatStmt(stmt)).
				WithHint("use =, +=, -=, *=, /= or %%=.")
		}
		var err error
		// An augmented assignment is its expansion, for the rules of dimension.
		whole := &syntax.Binary{At: syntax.At{Where: stmt.Where}, Op: stmt.Op, X: stmt.Target, Y: stmt.Value}
		if result, err = inferBinary(whole, scope); err != nil {
			return err
		}
	}
	if result.Dim != target.Dim {
		m := mismatch(stmt.Where, "The right-hand-side of code statement '%s' does not have the expected unit %s (it has unit %s).", syntax.FormatStmt(stmt), target.Dim, result.Dim)
		if isZero(stmt.Value) {
			m.WithHint("in code a bare 0 has no unit: multiply it with one, as in '0*volt'.")
		} else {
			m.WithHint("'%s' has unit %s.", name, units.BaseUnit(target.Dim))
		}
		return m
	}
	if result.Type == Float && target.Type == Boolean {
		return typeError(stmt.Where, "'%s' is boolean, but '%s' is not.", name, syntax.Format(stmt.Value))
	}
	return nil
}

// CheckCondition checks that an expression is a condition.
func CheckCondition(expr syntax.Expr, scope *Scope, what string) error {
	kind, err := Infer(expr, scope)
	if err != nil {
		return err
	}
	if kind.Type != Boolean {
		return typeError(expr.Span(), "%s '%s' is not a boolean expression.", what, syntax.Format(expr)).
			WithHint("compare with something, as in '%s > 0'.", syntax.Format(expr))
	}
	return nil
}

// Written returns the names that code assigns to, in order of their first assignment.
func Written(code []*syntax.CodeStmt) []string {
	var names []string
	seen := map[string]bool{}
	for _, stmt := range code {
		if name := stmt.Target.Ident; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

// CheckStatefulOnce refuses an expression that draws twice from the same random function: the order of two
// draws within one expression is not defined.
func CheckStatefulOnce(expr syntax.Expr, scope *Scope) error {
	seen := map[string]bool{}
	var failure error
	syntax.Walk(expr, func(e syntax.Expr) bool {
		call, ok := e.(*syntax.Call)
		if !ok {
			return true
		}
		name, ok := call.Func.(*syntax.Name)
		if !ok {
			return true
		}
		if isRandom(name.Ident, scope) {
			if seen[name.Ident] && failure == nil {
				failure = diag.Errorf(expr.Span(), "NotImplementedError",
					"The expression '%s' contains more than one call of %s, this is not supported since the order of the calls is not defined.", syntax.Format(expr), name.Ident).
					WithHint("draw into two variables in two statements.")
			}
			seen[name.Ident] = true
		}
		return true
	})
	return failure
}

// IsStateful reports whether an expression calls a random function. Without a scope only those count that are known
// everywhere.
func IsStateful(expr syntax.Expr, scope *Scope) bool {
	stateful := false
	syntax.Walk(expr, func(e syntax.Expr) bool {
		if call, ok := e.(*syntax.Call); ok {
			if name, ok := call.Func.(*syntax.Name); ok {
				stateful = stateful || isRandom(name.Ident, scope)
			}
		}
		return true
	})
	return stateful
}

// CallsTogether reports whether an expression, or a subexpression that it refers to, calls a function that wants all elements at
// once.
func CallsTogether(expr syntax.Expr, scope *Scope) bool {
	for _, name := range syntax.Functions(expr) {
		if symbol, err := scope.Resolve(name, diag.Span{}); err == nil && symbol.Kind == FunctionSymbol && symbol.Function.Custom != nil && !symbol.Function.Custom.Elementwise {
			return true
		}
	}
	for _, name := range syntax.Names(expr) {
		if symbol := scope.Known(name); symbol != nil && symbol.Kind == Expression && CallsTogether(symbol.Body, scope) {
			return true
		}
	}
	return false
}

func isRandom(name string, scope *Scope) bool {
	if f := Functions[name]; f != nil || scope == nil {
		return f != nil && f.Stateful
	}
	symbol, err := scope.Resolve(name, diag.Span{})
	return err == nil && (symbol.Kind == DistributionSymbol || symbol.Kind == FunctionSymbol && symbol.Function.Stateful)
}

// String prints a symbol for people.
func (s *Symbol) String() string {
	switch s.Kind {
	case Constant:
		return fmt.Sprintf("%s = %v [%s]", s.Name, s.Value.Number(), s.Dim)
	case Expression:
		return fmt.Sprintf("%s = %s [%s]", s.Name, syntax.Format(s.Body), s.Dim)
	case FunctionSymbol, TableSymbol, DistributionSymbol:
		return s.Name + "(...)"
	case Local:
		return fmt.Sprintf("%s: local %s [%s]", s.Name, s.Type, s.Dim)
	}
	return fmt.Sprintf("%s: %s %s of %s [%s]", s.Name, s.Index, s.Type, s.Var.Owner, s.Dim)
}

// Expand replaces the subexpressions in an expression by what they stand for.
func Expand(expr syntax.Expr, scope *Scope) syntax.Expr {
	return syntax.Rewrite(expr, func(e syntax.Expr) syntax.Expr {
		if name, ok := e.(*syntax.Name); ok {
			if symbol := scope.Known(name.Ident); symbol != nil && symbol.Kind == Expression {
				return Expand(symbol.Body, scope)
			}
		}
		return e
	})
}
