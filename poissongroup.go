package synfire

import (
	"fmt"

	"synfire/internal/diag"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
	"synfire/units"
)

// PoissonGroup is a group of neurons that spike at random: in each step with probability rates*dt, so at most
// once.
type PoissonGroup struct {
	part
	rates      *model.Variable
	threshold  syntax.Expr
	fired      *sim.Spikes
	thresholds Place
}

// PoissonGroupOptions configures a PoissonGroup.
type PoissonGroupOptions struct {
	Name      string
	Namespace Names
	DT        units.Quantity
	Order     int
}

// PoissonGroup makes a group of n neurons. rates is a units.Quantity in hertz, Values with one rate for each
// neuron, or a string: an expression that is computed for each neuron in each step. So "rand()*20*Hz" is not a
// random rate for each neuron, but a process with a mean rate of 10 Hz.
func (s *Simulation) PoissonGroup(n int, rates any, options PoissonGroupOptions) (*PoissonGroup, error) {
	if n < 1 {
		return nil, diag.Errorf(diag.Span{}, "ValueError", "PoissonGroup size should be at least 1, was %d.", n)
	}
	g := &PoissonGroup{fired: &sim.Spikes{}}
	g.state, g.stop = &state{}, -1
	if err := g.init(s, options.Name, "poissongroup", n, options.DT, options.Namespace); err != nil {
		return nil, err
	}
	g.order, g.thresholds = options.Order, Place{atThresholds, options.Order}
	g.what = fmt.Sprintf("the Poisson group '%s'", g.name)
	g.object = g.neuronSymbols(n)
	g.rates = &model.Variable{Name: "rates", Owner: g.name, Kind: model.Parameter, Type: model.Float, Dim: units.Frequency}
	if text, isText := rates.(string); isText {
		expr, err := g.parseExpr("rates", text)
		if err != nil {
			return nil, err
		}
		g.rates.Kind, g.rates.Rhs = model.Subexpression, expr
	}
	g.add(g.rates)
	if g.rates.Kind == model.Parameter {
		if err := g.Set("rates", rates); err != nil {
			return nil, err
		}
	}
	var err error
	g.threshold, err = syntax.ParseExpr(&diag.Source{Name: "threshold of " + g.name, Text: "rand() < rates*dt"})
	if err != nil {
		panic(fmt.Sprintf("BUG: %v", err))
	}
	return g, nil
}

func (g *PoissonGroup) base() *state            { return g.state }
func (g *PoissonGroup) needs() []Object         { return nil }
func (g *PoissonGroup) population() *population { return &population{&g.part, g.fired, g} }
func (g *PoissonGroup) writes(*preparation)     {}

// Thresholder returns where in a step the neurons spike.
func (g *PoissonGroup) Thresholder() *Place { return &g.thresholds }

// Slice returns the neurons from start to stop-1 as a group of their own.
func (g *PoissonGroup) Slice(start, stop int) (*Subgroup, error) { return newSubgroup(g, start, stop) }

// prepare implements Object.
func (g *PoissonGroup) prepare(p *preparation) error {
	scope := g.scope("the rates", g.object, p.names)
	if g.rates.Rhs != nil {
		kind, err := model.Infer(g.rates.Rhs, scope)
		if err != nil {
			return err
		}
		if kind.Dim != units.Frequency {
			return diag.Errorf(g.rates.Rhs.Span(), "DimensionMismatchError", "The rates of '%s' have to be in Hz, but '%s' has unit %s.", g.name, syntax.Format(g.rates.Rhs), unitName(kind.Dim)).
				WithHint("multiply with Hz.")
		}
		if err := model.CheckStatefulOnce(g.rates.Rhs, scope); err != nil {
			return err
		}
	}
	c := code{owner: g.state, name: g.name + "_thresholder", scope: scope, elements: g.n, keep: plan.KeepElements}
	b := p.builder(c)
	fires, err := b.Condition(g.threshold)
	if err != nil {
		return err
	}
	b.Ops.Emit(fires)
	return g.schedule(p, c, b)
}

func (g *PoissonGroup) schedule(p *preparation, c code, b *lower.Builder) error {
	bound, err := p.compile(c, b.Finish())
	if err != nil {
		return err
	}
	p.addKernel(g.name+"_spike_thresholder", g.state, g.thresholds, bound, p.cut(g.state), g.fired)
	return nil
}
