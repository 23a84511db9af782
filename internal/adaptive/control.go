// Package adaptive is the control of the step length in adaptive update methods: it lowers what comes before the first attempt
// at a step, and what follows from the error of an attempt. Each element has a length of its own, and its own way through the
// step.
//
// The package knows variables and the code of an attempt, which update methods write. It does not know groups, how users call
// the options, or who repeats the attempts.
package adaptive

import (
	"math"

	"synfire/internal/integrate"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
)

// Options are those of the control.
type Options struct {
	Absolute    float64            // what an attempt may add to the error of a variable, in SI units
	PerVariable map[string]float64 // the same for some variables, by name
	Adaptable   bool               // attempts may be shorter than a step
	Maximum     int64              // how many attempts may follow the first one that succeeds
	KeepLast    bool               // a step begins with the length with which the one before ended
}

// The variables in which elements keep how it went.
const (
	LastTimestep = "_last_timestep" // the length of the attempts
	FailedSteps  = "_failed_steps"  // how many attempts of the last step were too long
	StepCount    = "_step_count"    // how many attempts the last step took that were not
)

// Control is the control of a step, with its memory.
type Control struct {
	Options
	// Failure is, of each element that is given up, why.
	Failure *model.Variable

	t, dt                             *model.Variable
	integrated                        []*model.Variable
	time, length, last, count, failed *model.Variable
	// doubles hold, during a step, the values of variables in single precision: what is tried is smaller than their rounding.
	doubles map[*model.Variable]*model.Variable
}

// New returns the control for n elements of an owner, of which the given variables are integrated on a clock with the time t
// and the step dt. keep returns the memory of a variable that is to be kept for later steps, or nil.
func New(o Options, owner string, n int, t, dt *model.Variable, integrated []*model.Variable, keep func(name string, t model.Type) *model.Variable) *Control {
	temporary := func(name string, t model.Type) *model.Variable {
		v := &model.Variable{Name: name, Owner: owner, Kind: model.Implicit, Type: t}
		v.Storage = plan.NewStorage(v, n)
		return v
	}
	kept := func(name string, t model.Type) *model.Variable {
		if v := keep(name, t); v != nil {
			return v
		}
		return temporary(name, t)
	}
	c := &Control{
		Options: o, t: t, dt: dt, integrated: integrated,
		time:    temporary(integrate.AttemptTime, model.Float),
		length:  temporary(integrate.AttemptLength, model.Float),
		last:    kept(LastTimestep, model.Float),
		count:   kept(StepCount, model.Integer),
		failed:  kept(FailedSteps, model.Integer),
		Failure: temporary("_failure", model.Integer),
		doubles: map[*model.Variable]*model.Variable{},
	}
	for _, v := range integrated {
		if v.Single {
			c.doubles[v] = temporary("_double_"+v.Name, model.Float)
		}
	}
	for k, x := range plan.Column(c.last).F64 {
		if x == 0 {
			plan.Column(c.last).F64[k] = plan.Column(dt).F64[0] // a new element
		}
	}
	return c
}

// Memory lists the variables that the control writes, beside those that are integrated.
func (c *Control) Memory() []*model.Variable {
	list := []*model.Variable{c.time, c.length, c.last, c.count, c.failed, c.Failure}
	for _, v := range c.integrated {
		if double := c.doubles[v]; double != nil {
			list = append(list, double)
		}
	}
	return list
}

// Begin lowers the beginning of a step.
func (c *Control) Begin(b *lower.Builder) {
	ops := b.Ops
	dt := b.Load(c.dt, model.Shared)
	b.Write(c.time, model.Own, b.Load(c.t, model.Shared))
	length := dt
	if c.Adaptable && c.KeepLast {
		// A shorter time step than that of the run before, or a number that a user wrote.
		last := b.Load(c.last, model.Own)
		length = ops.Select(ops.And(ops.Greater(last, ops.Float(0)), ops.LessEqual(last, dt)), last, dt)
	}
	b.Write(c.last, model.Own, length)
	b.Write(c.length, model.Own, length)
	for _, v := range c.integrated {
		if double := c.doubles[v]; double != nil {
			b.Write(double, model.Own, ops.Convert(b.Load(v, model.Own), ir.F64))
		}
	}
	for _, v := range []*model.Variable{c.count, c.failed, c.Failure} {
		b.Write(v, model.Own, ops.Int(ir.I32, 0))
	}
}

// Scope returns what the code of an attempt sees, where its equations see scope.
func (c *Control) Scope(scope *model.Scope) *model.Scope {
	attempt := scope.Child(scope.What)
	attempt.Object = func(name string) *model.Symbol {
		switch name {
		case c.time.Name:
			return c.time.Symbol()
		case c.length.Name:
			return c.length.Symbol()
		}
		symbol := scope.Known(name)
		if symbol != nil && c.doubles[symbol.Var] != nil {
			return c.doubles[symbol.Var].Symbol()
		}
		return symbol
	}
	return attempt
}

// Attempt lowers an attempt and what follows from its error. It emits the elements that need another attempt, or fail. The
// builder has the scope that Scope returns, and computes in double precision; Begin was lowered before.
//
// The rules are those of the GNU Scientific Library's evolution with its standard control: an attempt whose error exceeds what
// is allowed by more than a tenth is undone and tried with a length that is smaller by the factor 0.9*excess**(-1/order), but at
// least a fifth of it; one whose error is below half of it is followed by an attempt that is longer by
// 0.9*excess**(-1/(order+1)), at most 5. Excess is the largest quotient of estimated and allowed error. The last attempt of a
// step is shortened to end with it, and changes nothing for the next step.
func (c *Control) Attempt(b *lower.Builder, result *integrate.Result) error {
	for v, double := range c.doubles {
		double.UnlessRefractory = v.UnlessRefractory // now that it has its value
	}
	ops := b.Ops
	dt := b.Load(c.dt, model.Shared)
	end := ops.Add(b.Load(c.t, model.Shared), dt)
	time, count := b.Load(c.time, model.Own), b.Load(c.count, model.Own)
	last, wanted := b.Load(c.last, model.Own), b.Load(c.length, model.Own)
	length, final := dt, ops.Bool(true)
	if c.Adaptable {
		rest := ops.Sub(end, time)
		final = ops.Greater(wanted, rest)
		length = ops.Select(final, rest, wanted)
	}
	b.Write(c.length, model.Own, length)
	if err := b.Generated(result.Code); err != nil {
		return err
	}
	excess := ops.Float(0x1p-1022)
	for k, store := range result.Store {
		allowed, ok := c.PerVariable[store.Target.Ident]
		if !ok {
			allowed = c.Absolute
		}
		estimate, err := b.Float(result.Adaptive.Errors[k])
		if err != nil {
			return err
		}
		// An error that is not a number is none, as in the GSL: there is nothing to be gained by going on trying.
		excess = ops.Max(ops.Div(ops.Abs(estimate), ops.Float(math.Abs(allowed))), excess)
	}
	undone := ops.Greater(excess, ops.Float(1.1))
	done := ops.Not(undone)
	for _, store := range result.Store {
		symbol := b.Scope.Known(store.Target.Ident)
		value, err := b.Float(store.Value)
		if err != nil {
			return err
		}
		value = ops.Select(done, value, b.Load(symbol.Var, model.Own))
		b.Write(symbol.Var, model.Own, value)
		for v, double := range c.doubles {
			if double == symbol.Var {
				b.Write(v, model.Own, ops.Convert(value, ir.F32))
			}
		}
	}
	one, none := ops.Int(ir.I32, 1), ops.Int(ir.I32, 0)
	if !c.Adaptable {
		b.Write(c.count, model.Own, one)
		b.Write(c.Failure, model.Own, ops.Select(undone, ops.Int(ir.I32, tooLong), none))
		ops.Emit(undone)
		return nil
	}
	order := float64(result.Adaptive.Order)
	factor := ops.Div(ops.Float(0.9), ops.Pow(excess, ops.Select(undone, ops.Float(1/order), ops.Float(1/(order+1)))))
	shorter := ops.Mul(ops.Max(factor, ops.Float(0.2)), length)
	longer := ops.Mul(ops.Clip(factor, ops.Float(1), ops.Float(5)), length)
	next := ops.Select(undone, shorter, ops.Select(ops.Less(excess, ops.Float(0.5)), longer, length))

	reached := ops.Select(final, end, ops.Add(time, length))
	goesOn := ops.And(ops.Less(next, length), ops.NotEqual(ops.Add(reached, next), reached))
	last = ops.Select(ops.And(done, ops.Not(final)), ops.Min(next, dt), last)
	spent := ops.And(done, ops.Greater(ops.Convert(count, ir.I64), ops.Int(ir.I64, c.Maximum)))
	failure := ops.Select(spent, ops.Int(ir.I32, tooManySteps), ops.Select(ops.And(undone, ops.Not(goesOn)), ops.Int(ir.I32, tooShort), none))

	b.Write(c.Failure, model.Own, failure)
	b.Write(c.time, model.Own, ops.Select(done, reached, time))
	b.Write(c.last, model.Own, last)
	b.Write(c.length, model.Own, ops.Select(done, last, next))
	b.Write(c.count, model.Own, ops.Add(count, ops.Convert(done, ir.I32)))
	b.Write(c.failed, model.Own, ops.Add(b.Load(c.failed, model.Own), ops.Convert(undone, ir.I32)))
	ops.Emit(ops.Or(ops.Or(undone, spent), ops.Less(reached, end)))
	return nil
}

// The failures of elements that are given up.
const (
	tooManySteps = 1 + iota
	tooShort
	tooLong
)

// Explain says what a failure means, with a line feed before it, and what may be done about it. Names of options are those in
// method_options.
func Explain(failure int32) (why, hint string) {
	switch failure {
	case tooManySteps:
		return "\nThis means that the desired error cannot be achieved with the given maximum number of steps. Try using a larger error or a larger number of steps.",
			"allow a larger absolute_error, or more max_steps, in method_options."
	case tooShort:
		return "\nThis means that the desired error cannot be achieved, however short the steps are.",
			"is there a time at which the equations have no solution? Otherwise allow a larger absolute_error in method_options."
	case tooLong:
		return "\nThis means that the size of the timestep results in an error larger than that set by absolute_error.",
			"allow a larger absolute_error or adaptable_timestep in method_options, or take a smaller dt."
	}
	return "", ""
}
