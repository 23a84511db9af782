package synfire

import (
	"maps"
	"slices"

	"synfire/internal/model"
	"synfire/internal/syntax"
)

// intent is what a run would like to place.
type intent struct {
	divisions []model.Division // parallel to pathways
	complete  bool
	constants map[string]float64
}

// intend decides which variables rows could keep, from the code alone; nil: none.
func (y *Synapses) intend(p *preparation) *intent {
	if y.lastUpdate == nil || p.simulation.config.StatePerSynapse || y.n == 0 || y.connectedBy(p.network) {
		return nil
	}
	// Code that runs for all synapses in every step sees the variables as they are.
	if len(y.summed) > 0 || len(y.operations) > 0 || p.network.visited() {
		return nil
	}
	for _, v := range y.variables {
		if clockDriven(v) || v.ConstantOverDt {
			return nil
		}
	}
	for _, o := range p.network.objects {
		if m, ok := o.(*StateMonitor); ok && m.part.synapses == y && m.Active() {
			return nil
		}
	}
	intended := &intent{constants: map[string]float64{}}
	writers := map[string]int{}
	for _, w := range y.pathways {
		if w.reachesOut(p) {
			return nil
		}
		for _, name := range model.Written(w.code) {
			writers[name]++
		}
	}
	total := 0
	for _, w := range y.pathways {
		scope := w.scope(p)
		candidates := map[string]bool{}
		for _, v := range y.variables {
			if v.EventDriven && writers[v.Name] == 1 && slices.Contains(model.Written(w.code), v.Name) {
				candidates[v.Name] = true
			}
		}
		var division model.Division
		for {
			division = model.Divide(w.expanded(scope), candidates, sameForAll(scope), scope)
			candidates = maps.Clone(division.Kept)
			if !y.dropOpen(candidates, scope, intended.constants) {
				break
			}
		}
		total += len(candidates)
		intended.divisions = append(intended.divisions, division)
	}
	eventDriven := 0
	for _, v := range y.variables {
		if v.EventDriven {
			eventDriven++
		}
	}
	intended.complete = total == eventDriven
	if total == 0 {
		return nil
	}
	return intended
}

// reachesOut reports whether code of the pathway is not what rows are made for: it is wrong, or uses the time of the last
// spike, or writes what synapses of several targets see.
func (w *Pathway) reachesOut(p *preparation) bool {
	scope := w.scope(p)
	if _, err := model.CheckCode(w.code, scope); err != nil {
		return true
	}
	written := map[*model.Variable]bool{}
	for _, stmt := range w.code {
		if symbol := scope.Known(stmt.Target.Ident); symbol != nil && symbol.Kind == model.VariableSymbol {
			if symbol.Index == model.Pre || symbol.Index == model.Shared || symbol.Var == w.synapses.lastUpdate {
				return true
			}
			written[symbol.Var] = true
		}
	}
	for _, stmt := range w.expanded(scope) {
		for _, name := range syntax.Names(stmt.Value) {
			if symbol := scope.Known(name); symbol != nil && symbol.Kind == model.VariableSymbol {
				if symbol.Var == w.synapses.lastUpdate || symbol.Index == model.Pre && written[symbol.Var] {
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
	for _, stmt := range w.code {
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
	symbol, err := scope.Resolve(name, zeroSpan)
	if err != nil || symbol.Kind != model.Constant {
		return 0, false
	}
	if symbol.Value.Type == model.Float {
		return symbol.Value.Float, true
	}
	return float64(symbol.Value.Int), true
}

// dropOpen takes away candidates whose equations depend on more than candidates, constants and known functions, or on which the
// equation of another variable depends. It notes the constants of the others.
func (y *Synapses) dropOpen(candidates map[string]bool, scope *model.Scope, constants map[string]float64) (dropped bool) {
	for _, v := range y.variables {
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
