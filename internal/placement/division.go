package placement

import (
	"fmt"
	"maps"

	"synfire/internal/model"
	"synfire/internal/syntax"
	"synfire/units"
)

// Division is the code of a pathway cut in two. A row of synapses are those that a spike reaches at the same time, so
// whatever depends on nothing but what a row has in common is the same for all its synapses, as long as it was so when
// it began: that part of the code can run once for each row, with one set of variables.
type Division struct {
	// Row runs once for each row, then Rest for each synapse.
	Row, Rest []*syntax.CodeStmt
	// Kept are the variables that rows keep.
	Kept map[string]bool
	// Passed are the values that Row assigns and Rest reads.
	Passed []Passed
}

// Passed is a value that a row passes to its synapses, under a name of its own.
type Passed struct {
	Name string
	Dim  units.Dimension
}

// divideCode cuts code that scope, which has no locals, understands. Of the variables in candidates those are kept by rows whose assignments
// depend on nothing but each other and names for which same holds: what has one value for a whole row. That every
// synapse of a row begins with the same values is for the caller to know.
func divideCode(code []*syntax.CodeStmt, candidates map[string]bool, same func(name string) bool, scope *model.Scope) Division {
	kept := maps.Clone(candidates)
	for {
		d, refuted := divide(code, kept, same, scope)
		if refuted == "" {
			return d
		}
		delete(kept, refuted)
	}
}

// divide is divideCode for an assumption about what is kept; it returns a variable that refutes it, if there is one.
func divide(code []*syntax.CodeStmt, kept map[string]bool, same func(string) bool, scope *model.Scope) (d Division, refuted string) {
	d.Kept = kept
	locals := scope.Child(scope.What) // what the row knows of locals
	common := map[string]bool{}       // locals of the row
	passed := map[string]string{}     // by variable or local of the row: the name under which its present value is passed
	ofRow := func(name string) bool { return kept[name] || common[name] }
	for _, stmt := range code {
		target := stmt.Target.Ident
		depends := !model.IsStateful(stmt.Value, nil)
		for _, name := range syntax.Names(stmt.Value) {
			depends = depends && (ofRow(name) || same(name))
		}
		for _, name := range syntax.Functions(stmt.Value) {
			depends = depends && model.Functions[name] != nil
		}
		if stmt.Op != syntax.AssignOp {
			depends = depends && ofRow(target)
		}
		isLocal := scope.Known(target) == nil
		switch {
		case kept[target] && !depends:
			return d, target
		case kept[target]:
		case isLocal && depends:
			// Rows pass floats only.
			kind, err := model.Infer(stmt.Value, locals)
			if depends = err == nil && kind.Type == model.Float; depends && !common[target] {
				locals.Declare(target, model.Float, kind.Dim)
			}
		default:
			depends = false
		}
		if depends {
			common[target] = isLocal
			delete(passed, target)
			d.Row = append(d.Row, stmt)
			continue
		}
		renamed := map[string]syntax.Expr{}
		for _, name := range syntax.Names(stmt.Value) {
			if ofRow(name) {
				renamed[name] = &syntax.Name{Ident: d.pass(name, passed, locals)}
			}
		}
		rest := *stmt
		rest.Value = syntax.Substitute(stmt.Value, renamed)
		if stmt.Op != syntax.AssignOp && common[target] {
			// A local of the row that goes on as the synapse's.
			rest.Op = syntax.AssignOp
			rest.Value = &syntax.Binary{At: stmt.At, Op: stmt.Op, X: &syntax.Name{Ident: d.pass(target, passed, locals)}, Y: rest.Value}
		}
		delete(common, target)
		d.Rest = append(d.Rest, &rest)
	}
	return d, ""
}

// pass returns the name under which the present value of a row's variable or local is passed.
func (d *Division) pass(name string, passed map[string]string, scope *model.Scope) string {
	if as := passed[name]; as != "" {
		return as
	}
	as := fmt.Sprintf("_%s_%d", name, len(d.Passed))
	passed[name] = as
	d.Passed = append(d.Passed, Passed{as, scope.Known(name).Dim})
	d.Row = append(d.Row, &syntax.CodeStmt{Target: &syntax.Name{Ident: as}, Op: syntax.AssignOp, Value: &syntax.Name{Ident: name}})
	return as
}
