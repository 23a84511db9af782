package synfire

import (
	"synfire/internal/diag"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// PoissonInput adds to a variable of each neuron, in each step, a weight for each spike of independent Poisson processes.
type PoissonInput struct {
	*state
	target   *population
	variable *model.Variable
	n        int
	rate     units.Quantity
	weight   any
	add      []*syntax.CodeStmt
	place    Place
	draws    model.Distribution
	dt       float64 // for which the numbers of spikes are drawn
}

// PoissonInputOptions configures a PoissonInput.
type PoissonInputOptions struct {
	// When is the place in a step at which it acts; empty means "synapses".
	When  string
	Order int
	Name  string
}

// binomialCall is how the code of a PoissonInput calls its numbers of spikes.
const binomialCall = "_spikes"

// PoissonInput makes inputs of n processes of the given rate to each neuron of a group. weight is a number, a
// units.Quantity or an expression of the target's variables (string). How many spikes arrive in a step is binomial, from n
// trials of probability rate*dt; where more than 5 spikes are expected, and more than 5 not to come, it is normal, neither
// rounded nor cut at 0, as in Brian2.
func (s *Simulation) PoissonInput(target Group, variable string, n int, rate units.Quantity, weight any, options PoissonInputOptions) (*PoissonInput, error) {
	m := &PoissonInput{state: &state{}, target: target.population(), n: n, rate: rate, weight: weight}
	if rate.Dim != units.Frequency {
		return nil, units.Mismatch("The rate of a PoissonInput has to be in Hz", rate.Dim)
	}
	of := m.target.part
	symbol, err := of.find(variable)
	if err != nil {
		return nil, err
	}
	if symbol.Kind != model.VariableSymbol || symbol.Index != model.Own || symbol.Var.ReadOnly {
		return nil, diag.Errorf(diag.Span{}, "TypeError", "A PoissonInput cannot add to '%s' of '%s': it has to be a variable of each neuron that can be set.", variable, of.name)
	}
	m.variable = symbol.Var
	if err := m.init(s, options.Name, "poissoninput", 0, units.Quantity{}, of.names); err != nil {
		return nil, err
	}
	m.clock, m.dt, m.place = of.clock, of.clock.Dt(), at(options.When, atSynapses, options.Order)
	probability := float64(rate.Value * m.dt)
	if n <= 0 || !(probability >= 0 && probability <= 1) {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "A PoissonInput of %d processes with a rate of %s cannot be had: the number has to be positive, and at most one spike of each comes in a step of %s.", n, rate, units.Second.Of(m.dt))
	}
	m.draws = binomialDistribution(m.name, n, probability, true)
	amount, err := m.weightExpr(weight)
	if err != nil {
		return nil, err
	}
	spikes := &syntax.Call{Func: &syntax.Name{Ident: binomialCall}}
	m.add = []*syntax.CodeStmt{{
		At: syntax.At{Where: amount.Span()}, Target: &syntax.Name{At: syntax.At{Where: amount.Span()}, Ident: variable}, Op: syntax.Add,
		Value: &syntax.Binary{At: syntax.At{Where: amount.Span()}, Op: syntax.Mul, X: spikes, Y: amount},
	}}
	return m, nil
}

// weightExpr returns the weight as an expression and checks its unit.
func (m *PoissonInput) weightExpr(weight any) (syntax.Expr, error) {
	if text, isText := weight.(string); isText {
		return m.parseExpr("weight", text)
	}
	external, err := externalValue("weight", weight)
	if err != nil {
		return nil, err
	}
	if external.Dim != m.variable.Dim {
		return nil, diag.Errorf(diag.Span{}, "DimensionMismatchError", "The provided weight does not have the same unit as the target variable '%s' (units are %s and %s).",
			m.variable.Name, unitName(external.Dim), unitName(m.variable.Dim))
	}
	return quantityExpr(external), nil
}

// Place returns where in a step the input acts.
func (m *PoissonInput) Place() *Place { return &m.place }

func (m *PoissonInput) base() *state    { return m.state }
func (m *PoissonInput) needs() []Object { return []Object{m.target.owner} }

// N returns the number of processes.
func (m *PoissonInput) N() int { return m.n }

// Rate returns the rate of each process.
func (m *PoissonInput) Rate() units.Quantity { return m.rate }

// Weight returns what a spike adds, as it was given.
func (m *PoissonInput) Weight() any { return m.weight }

// TargetVariable returns the name of the variable that spikes add to.
func (m *PoissonInput) TargetVariable() string { return m.variable.Name }

func (m *PoissonInput) writes(p *preparation) { p.wrote(m.variable) }

// prepare implements Object.
func (m *PoissonInput) prepare(p *preparation) error {
	of := m.target.part
	if m.clock.Dt() != m.dt {
		return diag.Errorf(diag.Span{}, "NotImplementedError", "The time step of the target group '%s' has changed from %s to %s since '%s' was made.", of.name, units.Second.Of(m.dt), units.Second.Of(m.clock.Dt()), m.name).
			WithHint("set the time step before making a PoissonInput.")
	}
	draws := model.DistributionNamed(binomialCall, &m.draws)
	scope := of.scope("the weight of '"+m.name+"'", func(name string) *model.Symbol {
		if name == binomialCall {
			return draws
		}
		return of.object(name)
	}, p.names)
	c := code{owner: m.state, name: m.name, scope: scope, protect: true, clock: m.clock, elements: of.n, keep: plan.KeepElements}
	b := p.builder(c)
	if err := b.Statements(m.add); err != nil {
		return err
	}
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	start, stop := of.bounds()
	task := sim.NewKernel(m.clock.Clock, p.first(m.clock), bound, p.cut(of.state).Within(start, stop), nil)
	p.addFor(of.state, sim.Entry{Name: m.name, Clock: m.clock.Clock, When: m.place.when, Order: m.place.order, Local: task.Local, Reach: reachOf(bound, "")})
	return nil
}
