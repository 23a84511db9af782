package synfire

import (
	"fmt"

	"synfire/internal/exec"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/placement"
	"synfire/internal/plan"
	"synfire/internal/sim"
)

// Synaptic variables that are the same for all synapses which a spike reaches at once live with rows of synapses: what package
// placement decides from their code, synapses do here.

// placementState is a copy of what rows keep.
type placementState struct {
	placement *placement.Placement
	columns   []exec.Column
	waiting   *placement.Stored
}

// storedRows copies what rows keep for a file.
func (y *Synapses) storedRows() *placement.Stored {
	if y.placement == nil {
		return y.waiting
	}
	return y.placement.Store()
}

// savePlacement copies what rows keep.
func (y *Synapses) savePlacement() placementState {
	state := placementState{placement: y.placement, waiting: y.waiting}
	if y.placement != nil {
		state.columns = y.placement.Columns()
	}
	return state
}

// restorePlacement brings back what rows kept, or the time when they kept nothing.
func (y *Synapses) restorePlacement(state placementState) {
	y.placement, y.waiting = state.placement, state.waiting
	if y.placement != nil {
		y.placement.SetColumns(state.columns)
		y.placement.Withdraw(y.variables, y.n, y.index)
	}
}

// gather gives every synapse its own variables back.
func (y *Synapses) gather() {
	y.waiting = nil
	if y.placement != nil {
		y.placement.Gather(y.variables)
		y.placement = nil
	}
}

// place moves variables to rows, or leaves or takes them with the synapses, as the run needs it. It returns nil if every
// synapse has its own variables.
func (y *Synapses) place(p *preparation) (*placement.Code, error) {
	about := y.placeable(p)
	var intent *placement.Intent
	if y.mayPlace(p) {
		intent = about.Intend()
	}
	if intent == nil || !y.settled(p) || y.placement != nil && !y.placement.Fits(about, intent) {
		y.gather()
	}
	if intent == nil || !y.settled(p) {
		return nil, nil
	}
	if y.placement == nil {
		waiting := y.waiting
		y.waiting = nil
		p.report.tables(func() { y.placement = about.Spread(intent, y.n, waiting) })
		if y.placement == nil {
			return nil, nil
		}
	}
	for _, v := range y.placement.Variables() {
		p.wrote(v)
	}
	divided := about.Code(y.placement, intent)
	if err := y.prepareReveal(p, divided); err != nil {
		return nil, err
	}
	y.placement.Withdraw(y.variables, y.n, y.index)
	return divided, nil
}

// placeable is what placement has to know of the synapses.
func (y *Synapses) placeable(p *preparation) *placement.Synapses {
	about := &placement.Synapses{
		Variables: y.variables, LastUpdate: y.lastUpdate,
		System: func(scope *model.Scope, of func(*model.Variable) bool) *integrate.System {
			return systemOf(y.state, scope, y.describer(p, scope), of, false)
		},
	}
	for _, w := range y.pathways {
		of, _, _ := w.trigger()
		dt := of.part.clock.Dt()
		about.Pathways = append(about.Pathways, placement.Pathway{
			Object: w.objectName(), Code: w.code, Scope: w.scope(p), DT: dt, Rows: func() *placement.Rows { return w.makeRows(dt) },
		})
	}
	return about
}

// mayPlace reports whether nobody but pathways looks at the variables of the synapses during a run.
func (y *Synapses) mayPlace(p *preparation) bool {
	if p.simulation.config.StatePerSynapse || y.n == 0 || y.connectedBy(p.network) {
		return false
	}
	if len(y.summed) > 0 || len(y.operations) > 0 || p.network.visited() {
		return false
	}
	for _, o := range p.network.objects {
		if m, ok := o.(*StateMonitor); ok && m.part.synapses == y && m.Active() {
			return false
		}
	}
	return true
}

// settled reports whether rows stay what they are in the run: no synapse can be reached twice in a step.
func (y *Synapses) settled(p *preparation) bool {
	for _, w := range y.pathways {
		of, _, _ := w.trigger()
		if w.repeats > of.part.clock.StepsUntil(p.network.now) || w.unsettled(of.part.clock.Dt()) {
			return false
		}
	}
	return true
}

// makeRows numbers the rows of the pathway.
func (w *Pathway) makeRows(dt float64) *placement.Rows {
	y := w.synapses
	of, neurons, index := y.from, y.sources(), lower.PreIndex
	if w.onPost {
		of, neurons, index = y.to, y.post, lower.PostIndex
	}
	delays, _ := w.steps(dt)
	return placement.RowsOf(neurons, of.part.n, delays, index, "row_"+w.name)
}

// prepareReveal compiles what computes the values that users read: those at a synapse's last spike.
func (y *Synapses) prepareReveal(p *preparation, divided *placement.Code) error {
	scope := y.scope("the variables", divided.Names(y.symbol, nil), p.names)
	b := p.builder(code{owner: y.state, name: y.name + "_reveal", scope: scope, elements: y.n})
	if err := divided.LowerReveal(b); err != nil {
		return err
	}
	reveal, err := plan.Compile(b.Finish(), p.simulation.executor, plan.KeepNothing)
	y.placement.SetReveal(reveal)
	return err
}

// rowCode is the code of a pathway that runs once for each row.
type rowCode struct {
	rows   *placement.Rows
	bound  *plan.Bound
	passed map[string]*model.Variable
}

// prepareRows compiles the part of the code of pathway k that runs once for each row.
func (y *Synapses) prepareRows(p *preparation, divided *placement.Code, k int) (*rowCode, error) {
	w := y.pathways[k]
	result := &rowCode{rows: y.placement.Rows[k], passed: divided.Passed(k, y.single)}
	for _, v := range result.passed {
		p.wrote(v)
	}
	of, _, _ := w.trigger()
	c := of.part.clock
	scope := y.scope(fmt.Sprintf("the %s code", w.name), divided.RowNames(k, result.passed), p.names)
	compiled := code{owner: y.state, name: w.objectName() + "_rows", scope: scope, clock: c, elements: result.rows.N, keep: plan.KeepShared}
	b := p.builder(compiled)
	if err := divided.LowerRows(b, k, c.t); err != nil {
		return nil, err
	}
	var err error
	result.bound, err = p.compile(compiled, b.Finish())
	return result, err
}

// copyRows gives each part its own memory of what rows keep. Afterwards, when the run is over, the base gets the rows
// from the parts that have them.
func (p *preparation) copyRows(w *Pathway, code *rowCode) {
	y, r := w.synapses, code.rows
	if p.Parts == 1 || w.onPost {
		return
	}
	variables := r.Variables()
	for _, v := range code.passed {
		variables = append(variables, v)
	}
	var made []plan.Copies
	for _, v := range variables {
		made = append(made, p.Copy(plan.Column(v)))
	}
	p.copies = append(p.copies, made...)
	owners := p.cut(y.to.part.state).Owners()
	p.after = append(p.after, func() {
		kept := make([]int32, r.N) // a part that has synapses of the row
		for s, row := range r.Of {
			kept[row] = int32(owners[y.post[s]])
		}
		for _, c := range made {
			c.Collect(kept)
		}
	})
}

// columnsOf replaces columns by those that a part has for itself.
func (p *preparation) columnsOf(clock *sim.Clock) func(part int) func(exec.Column) (exec.Column, bool) {
	return func(part int) func(exec.Column) (exec.Column, bool) {
		hands := clock.Columns(part)
		return func(c exec.Column) (exec.Column, bool) {
			for _, copied := range p.copies {
				if own, found := copied.Part(part, c); found {
					return own, true
				}
			}
			return hands(c)
		}
	}
}
