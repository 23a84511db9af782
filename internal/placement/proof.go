package placement

import (
	"maps"
	"slices"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/syntax"
)

// Intent is what a run would like to place.
type Intent struct {
	Divisions []Division // parallel to pathways
	// Complete: rows would keep all event-driven variables.
	Complete bool
	// constants that their equations depend on, by name.
	constants map[string]float64
}

// Intend decides which variables rows could keep, from the code alone; nil: none. That every synapse of a row begins with the
// same values is for Spread to see.
func (s *Synapses) Intend() *Intent {
	if s.LastUpdate == nil {
		return nil
	}
	// Code that runs for all synapses in every step sees the variables as they are.
	for _, v := range s.Variables {
		if v.Kind == model.Differential && !v.EventDriven || v.ConstantOverDt {
			return nil
		}
	}
	writers := map[string]int{}
	for k := range s.Pathways {
		w := &s.Pathways[k]
		if w.reachesOut(s.LastUpdate) {
			return nil
		}
		for _, name := range model.Written(w.Code) {
			writers[name]++
		}
	}
	intent := &Intent{constants: map[string]float64{}}
	total := 0
	for k := range s.Pathways {
		w := &s.Pathways[k]
		scope := w.Scope.Child(w.Scope.What)
		candidates := map[string]bool{}
		for _, v := range s.Variables {
			if v.EventDriven && writers[v.Name] == 1 && slices.Contains(model.Written(w.Code), v.Name) {
				candidates[v.Name] = true
			}
		}
		var division Division
		for {
			division = divideCode(w.expanded(scope), candidates, sameForAll(scope), scope)
			candidates = maps.Clone(division.Kept)
			if !s.dropOpen(candidates, scope, intent.constants) {
				break
			}
		}
		total += len(candidates)
		intent.Divisions = append(intent.Divisions, division)
	}
	eventDriven := 0
	for _, v := range s.Variables {
		if v.EventDriven {
			eventDriven++
		}
	}
	if total == 0 {
		return nil
	}
	intent.Complete = total == eventDriven
	return intent
}

// reachesOut reports whether code of the pathway is not what rows are made for: it is wrong, or uses the time of the last
// spike, or writes what synapses of several targets see.
func (w *Pathway) reachesOut(lastUpdate *model.Variable) bool {
	scope := w.Scope.Child(w.Scope.What)
	if _, err := model.CheckCode(w.Code, scope); err != nil {
		return true
	}
	written := map[*model.Variable]bool{}
	for _, stmt := range w.Code {
		if symbol := scope.Known(stmt.Target.Ident); symbol != nil && symbol.Kind == model.VariableSymbol {
			if symbol.Index == model.Pre || symbol.Index == model.Shared || symbol.Var == lastUpdate {
				return true
			}
			written[symbol.Var] = true
		}
	}
	for _, stmt := range w.expanded(scope) {
		for _, name := range syntax.Names(stmt.Value) {
			if symbol := scope.Known(name); symbol != nil && symbol.Kind == model.VariableSymbol {
				if symbol.Var == lastUpdate || symbol.Index == model.Pre && written[symbol.Var] {
					return true
				}
			}
		}
	}
	return false
}

// expanded is the pathway's code with subexpressions written out.
func (w *Pathway) expanded(scope *model.Scope) []*syntax.CodeStmt {
	var code []*syntax.CodeStmt
	for _, stmt := range w.Code {
		written := *stmt
		written.Value = model.Expand(stmt.Value, scope)
		code = append(code, &written)
	}
	return code
}

// sameForAll reports whether a name means one value for all synapses: external constants, and time.
func sameForAll(scope *model.Scope) func(name string) bool {
	return func(name string) bool {
		_, ok := constantValue(scope, name)
		if symbol := scope.Known(name); symbol != nil && symbol.Kind == model.VariableSymbol {
			return symbol.Index == model.Shared && symbol.Var.ReadOnly
		}
		return ok
	}
}

// constantValue returns the value of a constant that does not belong to the synapses.
func constantValue(scope *model.Scope, name string) (float64, bool) {
	symbol, err := scope.Resolve(name, diag.Span{})
	if err != nil || symbol.Kind != model.Constant {
		return 0, false
	}
	return symbol.Value.Number(), true
}

// dropOpen takes away candidates whose equations depend on more than candidates, constants and known functions, or on which the
// equation of another variable depends. It notes the constants of the others.
func (s *Synapses) dropOpen(candidates map[string]bool, scope *model.Scope, constants map[string]float64) (dropped bool) {
	for _, v := range s.Variables {
		if !v.EventDriven {
			continue
		}
		rhs := model.Expand(v.Rhs, scope)
		if candidates[v.Name] && slices.ContainsFunc(syntax.Functions(rhs), func(name string) bool { return model.Functions[name] == nil }) {
			delete(candidates, v.Name)
			return true
		}
		for _, name := range syntax.Names(rhs) {
			value, constant := constantValue(scope, name)
			switch {
			case candidates[v.Name] && candidates[name]:
			case candidates[v.Name] && constant:
				constants[name] = value
			case candidates[v.Name]:
				delete(candidates, v.Name)
				return true
			case candidates[name]:
				delete(candidates, name)
				return true
			}
		}
	}
	return false
}
