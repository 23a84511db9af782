package adaptive

import (
	"math"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/exec/portable"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/sim"
	"synfire/internal/syntax"
)

// names says that nothing but the variable itself changes, or is shared.
type names struct{}

func (names) Variable(name string) integrate.Variable {
	return integrate.Variable{RunConstant: name != "v"}
}
func (names) Function(string) integrate.Function { return integrate.Function{} }

// step is the step of a clock in the test.
const step = 1e-3

// controlled are elements with the equation dv/dt = -v/tau, and what controls their steps.
type controlled struct {
	*Control
	v, tau *model.Variable
	kept   map[string]*model.Variable
	clock  *sim.Clock
	task   *sim.Repeated
}

// run takes a step in each of the parts.
func (c *controlled) run(parts int, now int64) {
	for part := range parts {
		c.clock.Hand(part).T[0] = c.clock.Time(now)
		c.task.Local(part, now)
	}
}

func newControlled(t *testing.T, method string, o Options, single bool, v, tau []float64, parts []int) *controlled {
	t.Helper()
	variable := func(v *model.Variable, n int) *model.Variable {
		v.Owner, v.Storage = "group", plan.NewStorage(v, n)
		return v
	}
	clock := sim.NewClock("clock", step)
	time := &model.Variable{Name: "t", Owner: "clock", Shared: true, ReadOnly: true, Type: model.Float, Storage: &plan.Storage{}}
	time.Storage.(*plan.Storage).F64 = clock.T
	dt := &model.Variable{Name: "dt", Owner: "clock", Shared: true, ReadOnly: true, Type: model.Float, Storage: &plan.Storage{}}
	dt.Storage.(*plan.Storage).F64 = clock.DT
	n := len(v)
	c := &controlled{
		v:    variable(&model.Variable{Name: "v", Kind: model.Differential, Type: model.Float, Single: single}, n),
		tau:  variable(&model.Variable{Name: "tau", Type: model.Float}, n),
		kept: map[string]*model.Variable{}, clock: clock,
	}
	for k := range n {
		plan.Column(c.v).SetFloat(k, v[k])
		plan.Column(c.tau).SetFloat(k, tau[k])
	}
	c.Control = New(o, "group", n, time, dt, []*model.Variable{c.v}, func(name string, kind model.Type) *model.Variable {
		c.kept[name] = variable(&model.Variable{Name: name, Kind: model.Implicit, Type: kind}, n)
		return c.kept[name]
	})
	for k := range plan.Column(c.last).F64 {
		plan.Column(c.last).F64[k] = step
	}
	rhs, err := syntax.ParseExpr(&diag.Source{Name: "equation", Text: "-v/tau"})
	if err != nil {
		t.Fatal(err)
	}
	chosen, err := integrate.Named(method)
	if err != nil {
		t.Fatal(err)
	}
	result, err := chosen.Apply(&integrate.System{Names: names{}, Equations: []integrate.Equation{{Name: "v", Rhs: rhs}}})
	if err != nil {
		t.Fatal(err)
	}
	scope := &model.Scope{What: "a test", Object: func(name string) *model.Symbol {
		for _, v := range []*model.Variable{c.v, c.tau, time, dt} {
			if v.Name == name {
				return v.Symbol()
			}
		}
		return nil
	}}
	compile := func(scope *model.Scope, write func(*lower.Builder) error) *plan.Bound {
		b := lower.New("test", lower.Config{Scope: scope, Constant: func(v *model.Variable) bool { return v == c.tau }, DT: step, Elements: n})
		if err := write(b); err != nil {
			t.Fatal(err)
		}
		program, err := plan.Compile(b.Finish(), portable.Executor{}, plan.KeepElements)
		if err != nil {
			t.Fatal(err)
		}
		bound := program.Bind(plan.Memory{Column: plan.Column, Elements: n})
		bound.Setup()
		return bound
	}
	begin := compile(scope, func(b *lower.Builder) error { c.Begin(b); return nil })
	again := compile(c.Scope(scope), func(b *lower.Builder) error { return c.Attempt(b, result) })
	c.task = sim.NewRepeated(clock, 0, begin, again, parts, plan.Column(c.Failure).I32)
	return c
}

// element is an element whose steps of gsl_rk2 are written out.
type element struct {
	v, tau, last  float64
	count, failed int
	failure       string
}

// step goes from t to the end of the step.
func (e *element) step(t float64, o Options) {
	end := t + step
	e.count, e.failed = 0, 0
	if !o.KeepLast || !(e.last > 0 && e.last <= step) {
		e.last = step
	}
	for wanted := e.last; t < end; {
		h, final := wanted, wanted > end-t
		if final {
			h = end - t
		}
		k1 := -e.v / e.tau
		k2 := -(e.v + h/2*k1) / e.tau
		k3 := -(e.v + h*(2*k2-k1)) / e.tau
		k := (k1 + 4*k2 + k3) / 6
		excess := math.Abs(h*(k2-k)) / o.Absolute
		if excess > 1.1 {
			e.failed++
			if wanted = h * max(0.9*math.Pow(excess, -1.0/2), 0.2); t+wanted == t {
				e.failure = "too short"
				return
			}
			continue
		}
		next := h
		if excess < 0.5 {
			next = h * min(max(0.9*math.Pow(excess, -1.0/3), 1), 5)
		}
		e.v += h * k
		if t += h; final {
			t = end
		} else {
			e.last = min(next, step)
		}
		if e.count++; int64(e.count) > o.Maximum+1 {
			e.failure = "too many"
			return
		}
		wanted = e.last
	}
}

// Every element takes the attempts that the rules say, whichever part it belongs to.
func TestControl(t *testing.T) {
	v, tau := []float64{1, -3, 0.5, 0, 2, 1}, []float64{1, 1e-2, 2e-3, 1e-3, -5e-3, 5e-2}
	for _, o := range []Options{
		{Absolute: 1e-6, Adaptable: true, Maximum: 1000, KeepLast: true},
		{Absolute: 1e-9, Adaptable: true, Maximum: 100000},
		{Absolute: 1, PerVariable: map[string]float64{"v": 1e-7}, Adaptable: true, Maximum: 10000, KeepLast: true},
	} {
		c := newControlled(t, "gsl_rk2", o, false, v, tau, []int{0, 2, 6})
		rules := o
		if own, ok := o.PerVariable["v"]; ok {
			rules.Absolute = own
		}
		var want []element
		for k := range v {
			want = append(want, element{v: v[k], tau: tau[k], last: step})
		}
		for now := range int64(5) {
			c.run(2, now)
			if f := c.task.Failure(); f.Code != 0 {
				t.Fatalf("%+v: %+v", o, f)
			}
			for k := range want {
				want[k].step(float64(now)*step, rules)
				got := element{v: plan.Column(c.v).F64[k], tau: tau[k], last: plan.Column(c.kept[LastTimestep]).F64[k],
					count: int(plan.Column(c.kept[StepCount]).I32[k]), failed: int(plan.Column(c.kept[FailedSteps]).I32[k])}
				if got.count != want[k].count || got.failed != want[k].failed || math.Abs(got.v-want[k].v) > 1e-10*math.Abs(v[k]) || math.Abs(got.last-want[k].last) > 1e-6*step {
					t.Errorf("%+v, step %d, element %d: %+v, want %+v", o, now, k, got, want[k])
				}
			}
		}
	}
}

// Elements that cannot reach the end are given up, and the first of them is told.
func TestGivingUp(t *testing.T) {
	for _, test := range []struct {
		what    string
		step    int64
		options Options
		v, tau  []float64
		want    sim.Failure
	}{
		{"too many attempts", 0, Options{Absolute: 1e-9, Adaptable: true, Maximum: 10}, []float64{1, 1, 1}, []float64{1, 1e-4, 1e-5}, sim.Failure{Code: tooManySteps, Element: 1}},
		{"too long", 0, Options{Absolute: 1e-9}, []float64{0, 0, 1}, []float64{1, 1, 1e-4}, sim.Failure{Code: tooLong, Element: 2}},
		{"too short", 1000, Options{Absolute: 1e-6, Adaptable: true, Maximum: 1000}, []float64{0, 1}, []float64{1, 1e-16}, sim.Failure{Code: tooShort, Element: 1, Step: 1000}},
		{"none", 0, Options{Absolute: 1e-6, Adaptable: true, Maximum: 1000}, []float64{1, 1}, []float64{1, 1e-3}, sim.Failure{}},
	} {
		c := newControlled(t, "gsl_rk2", test.options, false, test.v, test.tau, []int{0, len(test.v)})
		c.run(1, test.step)
		if got := c.task.Failure(); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.what, got, test.want)
		}
		if why, hint := Explain(test.want.Code); (why == "") != (test.want.Code == 0) || (hint == "") != (test.want.Code == 0) {
			t.Errorf("%s is explained by %q, %q", test.what, why, hint)
		}
	}
}

// What is stored in single precision is tried in double precision, and rounded when an attempt succeeds.
func TestSinglePrecision(t *testing.T) {
	o := Options{Absolute: 1e-9, Adaptable: true, Maximum: 1000}
	v, tau := []float64{1, 0.5}, []float64{1e-3, 2e-4}
	wide, narrow := newControlled(t, "gsl_rkf45", o, false, v, tau, []int{0, 2}), newControlled(t, "gsl_rkf45", o, true, v, tau, []int{0, 2})
	if got := len(narrow.Memory()); got != len(wide.Memory())+1 {
		t.Errorf("%d variables in single precision, %d in double precision", got, len(wide.Memory()))
	}
	wide.run(1, 0)
	narrow.run(1, 0)
	for k, x := range plan.Column(wide.v).F64 {
		if got := plan.Column(narrow.v).F32[k]; got != float32(x) {
			t.Errorf("element %d is %v, want %v", k, got, float32(x))
		}
		if want := v[k] * math.Exp(-step/tau[k]); math.Abs(x-want) > 1e-7 {
			t.Errorf("element %d is %v, the solution %v", k, x, want)
		}
	}
}
