package synfire

import (
	"fmt"
	"slices"
	"strings"

	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// Model describes an object of the network as the report's run understood it: each equation with its unit, then with
// subexpressions written out where there are any; threshold, reset, pathways; the update method; and what the names
// mean that come from outside of the model. Lines name the line of the script in which a text stands. Names are
// looked up again, so a script must not have changed them since. Objects without code give "".
func (r *Report) Model(o Object) string {
	t := &modelText{}
	switch o := o.(type) {
	case *NeuronGroup:
		t.neurons(o, r.names)
	case *PoissonGroup:
		t.scope = o.scope("the rates", o.object, r.names)
		if o.rates.Rhs != nil {
			t.expression("rates", o.rates.Rhs)
		} else {
			t.line("rates: a value for each neuron", diag.Span{})
		}
	case *Synapses:
		t.synapses(o, r.names)
	}
	t.outside()
	return t.String()
}

// modelText collects the lines of a description.
type modelText struct {
	strings.Builder
	scope *model.Scope
	used  []string // names, in the order of their first use
	at    string   // the place that the last line named
}

// line adds a line that names its place, if that is another one than before.
func (t *modelText) line(text string, where diag.Span) {
	if at := lineOf(where); at != "" && at != t.at {
		t.at = at
		text = fmt.Sprintf("%-*s # %s", placeColumn, text, at)
	}
	t.WriteString(text + "\n")
}

// placeColumn is where the place of a line begins, if the line leaves room.
const placeColumn = 70

// use notes the names of an expression.
func (t *modelText) use(expr syntax.Expr) {
	for _, name := range syntax.Names(model.Expand(expr, t.scope)) {
		if !slices.Contains(t.used, name) {
			t.used = append(t.used, name)
		}
	}
}

// expression adds a line for an expression under a title, and one in which its subexpressions are written out.
func (t *modelText) expression(title string, expr syntax.Expr) {
	t.use(expr)
	t.line(title+": "+syntax.Format(expr), expr.Span())
	t.written(expr)
}

// written adds a line with subexpressions written out, if there are any.
func (t *modelText) written(expr syntax.Expr) {
	if full := syntax.Format(model.Expand(expr, t.scope)); full != syntax.Format(expr) {
		t.line("    = "+full, diag.Span{})
	}
}

func (t *modelText) code(title string, statements []*syntax.CodeStmt) {
	t.line(title+":", diag.Span{})
	for _, s := range statements {
		t.use(s.Value)
		t.line("    "+syntax.FormatStmt(s), s.Where)
	}
}

func (t *modelText) equations(variables []*model.Variable) {
	for _, v := range variables {
		if v.Equation == nil {
			continue
		}
		t.line(syntax.FormatEquation(v.Equation), v.Equation.Where)
		if v.Rhs != nil {
			t.use(v.Rhs)
			t.written(v.Rhs)
		}
	}
}

func (t *modelText) neurons(g *NeuronGroup, names Names) {
	t.scope = g.scope("the equations", g.object, names)
	t.equations(g.variables)
	if g.threshold != nil {
		t.expression("threshold", g.threshold)
	}
	if len(g.reset) > 0 {
		t.code("reset", g.reset)
	}
	if g.isRefractory() {
		t.expression("refractory", g.duration)
	}
	if g.method != "" {
		t.line("update method: "+g.method, diag.Span{})
	}
}

func (t *modelText) synapses(y *Synapses, names Names) {
	t.scope = y.scope("the equations", y.symbol, names)
	t.line(fmt.Sprintf("%d synapses from %s to %s", y.n, side(y.from, y.fromStart, y.fromLength), side(y.to, y.toStart, y.toLength)), diag.Span{})
	t.equations(y.variables)
	for _, w := range y.pathways {
		title := "pathway '" + w.name + "'"
		if w.onPost {
			title += ", after spikes of the target"
		}
		n := y.n
		if w.delays.Shared {
			n = 1
		}
		switch delays := plan.Values(w.delays, 0, n).F64; {
		case w.delays.Shared && delays[0] != 0:
			title += ", delay " + units.Second.Of(delays[0]).String()
		case !w.delays.Shared && slices.ContainsFunc(delays, func(d float64) bool { return d != 0 }):
			title += fmt.Sprintf(", delays from %s to %s", units.Second.Of(slices.Min(delays)), units.Second.Of(slices.Max(delays)))
		}
		if !w.active {
			title += ", inactive"
		}
		t.code(title, w.code)
	}
}

// side names the neurons at one end of synapses.
func side(of *population, start, length int) string {
	name := "'" + of.part.name + "'"
	if length == of.part.n {
		return name
	}
	return fmt.Sprintf("neurons %d to %d of %s", start, start+length-1, name)
}

// outside lists what names from outside of the model mean.
func (t *modelText) outside() {
	if t.scope == nil {
		return
	}
	var lines []string
	for _, name := range t.used {
		if _, isUnit := units.LookupInEquations(name); isUnit || t.scope.Known(name) != nil {
			continue
		}
		if _, builtIn := model.Constants[name]; builtIn {
			continue
		}
		symbol, err := t.scope.Resolve(name, diag.Span{})
		switch {
		case err != nil:
		case symbol.Kind == model.Constant:
			lines = append(lines, fmt.Sprintf("    %s = %s", name, units.Quantity{Value: symbol.Value.Number(), Dim: symbol.Dim}))
		case symbol.Kind == model.TableSymbol:
			table := symbol.Value.Table
			lines = append(lines, fmt.Sprintf("    %s(t): %d values, each for %s", name, table.Rows, units.Second.Of(table.DT)))
		}
	}
	if lines != nil {
		t.line("where\n"+strings.Join(lines, "\n"), diag.Span{})
	}
}
