package lower

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/exec/exectest"
	"synfire/internal/exec/portable"
	"synfire/internal/ir"
	"synfire/internal/model"
	"synfire/internal/syntax"
	"synfire/units"
)

// table is a group whose code is lowered: its variables with their memory, and index arrays.
type table struct {
	symbols map[string]*model.Symbol
	columns map[*model.Variable]exec.Column
	indexes map[string][]int32
	n       int
}

func newTable(n int) *table {
	return &table{symbols: map[string]*model.Symbol{}, columns: map[*model.Variable]exec.Column{}, indexes: map[string][]int32{}, n: n}
}

// add makes a variable and the symbols by which code knows it.
func (t *table) add(v *model.Variable, index model.Index, c exec.Column, names ...string) *model.Variable {
	t.columns[v] = c
	for _, name := range names {
		t.symbols[name] = &model.Symbol{Name: name, Kind: model.VariableSymbol, Type: v.Type, Wide: v.Wide, Dim: v.Dim, Var: v, Index: index}
	}
	return v
}

func (t *table) float(name string, index model.Index, values ...float64) *model.Variable {
	return t.add(&model.Variable{Name: name, Owner: "group", Type: model.Float, Shared: index == model.Shared}, index, exec.Column{F64: values}, name)
}

func (t *table) integer(name string, values ...int32) *model.Variable {
	return t.add(&model.Variable{Name: name, Owner: "group", Type: model.Integer}, model.Own, exec.Column{I32: values}, name)
}

func (t *table) scope(names model.Map) *model.Scope {
	return &model.Scope{What: "the code", Object: func(name string) *model.Symbol { return t.symbols[name] }, Run: names}
}

// run executes code, once by the portable executor and once lane by lane, and demands the same results.
func (t *table) run(tb testing.TB, code *Code) {
	tb.Helper()
	kernel := ir.Optimize(code.Kernel)
	if err := kernel.Verify(); err != nil {
		tb.Fatal(err)
	}
	compiled, err := portable.Executor{}.Compile(kernel)
	if err != nil {
		tb.Fatal(err)
	}
	bind := func(copied bool) *exec.Binding {
		var b exec.Binding
		copies := map[*model.Variable]exec.Column{}
		for _, o := range code.Operands {
			c := exec.Column{}
			if o.Table != nil {
				c.F64 = o.Table.Values
			} else {
				c = t.columns[o.Var]
			}
			if copied && o.Table == nil {
				if _, done := copies[o.Var]; !done {
					copies[o.Var] = c.Clone()
				}
				c = copies[o.Var]
			}
			b.Columns = append(b.Columns, c)
		}
		for _, name := range kernel.Indexes {
			b.Indexes = append(b.Indexes, t.indexes[name])
		}
		b.Keys = make([]uint64, len(kernel.Sites))
		return &b
	}
	naive := bind(true)
	exectest.Interpret(kernel, naive, 0, t.n)
	b := bind(false)
	compiled.Run(b, 0, t.n)
	for k, o := range code.Operands {
		for i := range b.Columns[k].Len() {
			if exectest.Pattern(b.Columns[k], i) != exectest.Pattern(naive.Columns[k], i) {
				tb.Fatalf("element %d of %v differs between executors", i, o)
			}
		}
	}
}

func (t *table) statements(tb testing.TB, config Config, text string) *Code {
	tb.Helper()
	code, err := syntax.ParseCode(&diag.Source{Name: "code", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	b := New("code", config)
	if err := b.Statements(code); err != nil {
		tb.Fatal(err)
	}
	return b.Finish()
}

// number computes an expression for one element.
func number(tb testing.TB, text string) (ir.Type, float64) {
	tb.Helper()
	expr, err := syntax.ParseExpr(&diag.Source{Name: "expression", Text: text})
	if err != nil {
		tb.Fatal(err)
	}
	group := newTable(1)
	group.integer("n", -7)
	group.float("x", model.Own, -7.5)
	b := New("expression", Config{Scope: group.scope(model.Map{"k": {Type: model.Integer, Int: 3}, "big": {Type: model.Integer, Int: 1 << 40}})})
	kind, err := model.Infer(expr, b.Scope)
	if err != nil {
		tb.Fatal(err)
	}
	value, err := b.Expr(expr)
	if err != nil {
		tb.Fatal(err)
	}
	got := b.Ops.TypeOf(value)
	if want := irType(kind.Type, kind.Wide); got != want {
		tb.Errorf("%s is %s, but was inferred to be %s", text, got, want)
	}
	result := group.add(&model.Variable{Name: "result", Owner: "group", Type: model.Float}, model.Own, exec.NewColumn(ir.F64, 1))
	b.Write(result, model.Own, b.to(value, ir.F64))
	group.run(tb, b.Finish())
	return got, group.columns[result].F64[0]
}

// Section 1.5 of the semantics.
func TestArithmetic(t *testing.T) {
	for _, c := range []struct {
		text string
		of   ir.Type
		want float64
	}{
		{"7/2", ir.F64, 3.5}, {"n/2", ir.F64, -3.5}, {"-7//2", ir.I32, -4}, {"n//2", ir.I32, -4}, {"n//-2", ir.I32, 3}, {"-7.5//2", ir.F64, -4}, {"x//2", ir.F64, -4},
		{"-7 % 3", ir.I32, 2}, {"n % 3", ir.I32, 2}, {"n % -3", ir.I32, -1}, {"x % 3", ir.F64, 1.5}, {"x % -3", ir.F64, -1.5},
		{"int(-2.7)", ir.I32, -2}, {"int(x)", ir.I32, -7}, {"int(x > 0)", ir.I32, 0}, {"int(x < 0)", ir.I32, 1},
		{"-8**2", ir.I32, -64}, {"(-8)**2", ir.I32, 64}, {"2**-1", ir.F64, 0.5}, {"n**2", ir.I32, 49}, {"n**-1", ir.F64, -1.0 / 7}, {"x**2", ir.F64, 56.25}, {"2**0.5", ir.F64, math.Sqrt2}, {"2**k", ir.I32, 8}, {"2.0**k", ir.F64, 8}, {"2**2.0", ir.F64, 4},
		{"2147483647 + 1", ir.I32, math.MinInt32}, {"big + 1", ir.I64, 1<<40 + 1}, {"2147483648 + 1", ir.I64, 2147483649},
		{"clip(x, -1, 1)", ir.F64, -1}, {"clip(n, -1, 1)", ir.I32, -1}, {"clip(3, 0, big)", ir.I64, 3}, {"clip(0.5, 0, 1)", ir.F64, 0.5},
		{"sign(x)", ir.F64, -1}, {"sign(n)", ir.I32, -1}, {"sign(0)", ir.I32, 0}, {"abs(n)", ir.I32, 7}, {"abs(x)", ir.F64, 7.5}, {"abs(x > 0)", ir.I32, 0},
		{"floor(x)", ir.F64, -8}, {"ceil(x)", ir.F64, -7}, {"floor(n)", ir.F64, -7}, {"sqrt(16)", ir.F64, 4}, {"exp(0)", ir.F64, 1},
		{"True + True", ir.I32, 2}, {"(x > 0) * 3", ir.I32, 0}, {"not x > 0", ir.Bool, 1}, {"x < 0 and n < 0", ir.Bool, 1}, {"x > 0 or n > 0", ir.Bool, 0}, {"not x > 0 and n > 0", ir.Bool, 0},
		{"n == -7", ir.Bool, 1}, {"n != -7.0", ir.Bool, 0}, {"n <= -7", ir.Bool, 1}, {"n >= -6", ir.Bool, 0}, {"n < -6", ir.Bool, 1}, {"(n < 0) == True", ir.Bool, 1},
		{"timestep(1*ms, 0.1*ms)", ir.I64, 10}, {"timestep(0.3*ms, 0.1*ms)", ir.I64, 3}, {"timestep(0.299*ms, 0.1*ms)", ir.I64, 2}, {"timestep(0.29991*ms, 0.1*ms)", ir.I64, 3},
		{"+n", ir.I32, -7}, {"--n", ir.I32, -7}, {"5 - 3 - 1", ir.I32, 1}, {"2*mV/volt", ir.F64, 0.002},
	} {
		of, got := number(t, c.text)
		if of != c.of || math.Abs(got-c.want) > 1e-15*math.Abs(c.want) {
			t.Errorf("%s: got %v of type %s, want %v of type %s", c.text, got, of, c.want, c.of)
		}
	}
}

// synapses are four synapses of two source and two target neurons; v and u belong to the targets, a to the sources.
func synapses() *table {
	s := newTable(4)
	s.indexes[PreIndex], s.indexes[PostIndex] = []int32{0, 0, 1, 1}, []int32{0, 1, 0, 1}
	s.float("w", model.Own, 1, 2, 4, 8)
	s.float("x", model.Own, 0, 0, 0, 0)
	target := &model.Variable{Name: "v", Owner: "target", Type: model.Float}
	s.add(target, model.Post, exec.Column{F64: []float64{0, 0}}, "v_post", "v")
	s.add(&model.Variable{Name: "u", Owner: "target", Type: model.Float}, model.Post, exec.Column{F64: []float64{0, 0}}, "u_post", "u")
	source := &model.Variable{Name: "a", Owner: "source", Type: model.Float}
	s.add(source, model.Pre, exec.Column{F64: []float64{0, 0}}, "a_pre")
	s.add(&model.Variable{Name: "n", Owner: "target", Type: model.Integer}, model.Post, exec.Column{I32: []int32{0, 0}}, "n_post")
	s.add(&model.Variable{Name: "f", Owner: "target", Type: model.Boolean}, model.Post, exec.Column{Bool: []bool{false, false}}, "f_post")
	// The same group at both ends: c_pre and c_post may be one element.
	both := &model.Variable{Name: "c", Owner: "both", Type: model.Float}
	s.add(both, model.Pre, exec.Column{F64: []float64{0, 0}}, "c_pre")
	s.symbols["c_post"] = &model.Symbol{Name: "c_post", Kind: model.VariableSymbol, Type: model.Float, Var: both, Index: model.Post}
	body, _ := syntax.ParseExpr(&diag.Source{Text: "2*v_post"})
	s.symbols["y_post"] = &model.Symbol{Name: "y_post", Kind: model.Expression, Type: model.Float, Body: body}
	return s
}

// Section 4.8: code whose result depends on the order of synapses runs one after the other.
func TestOrderIsDetected(t *testing.T) {
	for _, c := range []struct {
		code   string
		serial bool
	}{
		{"v_post += w", false},
		{"v_post = v_post + w", false},
		{"v_post = w + v_post", false},
		{"v_post -= w", false},
		{"v_post = w", false},
		{"v += w; u_post += x", false},
		{"x = v_post", false},
		{"x = v_post; u_post += x", false},
		{"w = clip(w, 0, 1); v_post += w; a_pre += 1", false},
		{"v_post = w - v_post", true},
		{"v_post *= w", true},
		{"v_post += w*v_post", true},
		{"v_post += w; x = v_post", true},
		{"x = v; v_post += w", true},
		{"x = y_post; v_post += w", true},
		{"v_post += w; v_post += x", true},
		{"v_post = clip(v_post + w, 0, 5)", true},
		{"c_pre += w; c_post += w", true},
		{"c_pre += c_post", true},
		{"r = v_post; x = r; v_post = w", true},
		{"n_post += 2", false},
		{"n_post += w", true},
		{"f_post += 1", true},
		{"f_post -= 1", true},
	} {
		s := synapses()
		got := s.statements(t, Config{Scope: s.scope(nil)}, c.code)
		if got.Kernel.Serial != c.serial {
			t.Errorf("%s: serial %v, want %v", c.code, got.Kernel.Serial, c.serial)
		}
		s.run(t, got)
	}
	s := synapses()
	s.run(t, s.statements(t, Config{Scope: s.scope(nil)}, "v_post += w; x = v_post; u_post += v_post"))
	if got := s.columns[s.symbols["x"].Var].F64; !slices.Equal(got, []float64{1, 2, 5, 10}) {
		t.Errorf("x is %v", got)
	}
	if got := s.columns[s.symbols["u"].Var].F64; !slices.Equal(got, []float64{6, 12}) {
		t.Errorf("u is %v", got)
	}
}

// What an integrator wrote before the user's code counts too.
func TestOrderOfGeneratedCode(t *testing.T) {
	s := synapses()
	parse := func(text string) []*syntax.CodeStmt {
		code, err := syntax.ParseCode(&diag.Source{Name: "code", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	b := New("code", Config{Scope: s.scope(nil)})
	if err := b.Generated(parse("_x = 0.5*x + v_post\nx = _x")); err != nil {
		t.Fatal(err)
	}
	if err := b.Statements(parse("v_post += w")); err != nil {
		t.Fatal(err)
	}
	code := b.Finish()
	if !code.Kernel.Serial {
		t.Error("not serial")
	}
	s.run(t, code)
	if got := s.columns[s.symbols["x"].Var].F64; !slices.Equal(got, []float64{0, 0, 1, 2}) {
		t.Errorf("x is %v", got)
	}
}

// Writes of `unless refractory` variables change only neurons that are not refractory, if the code protects them.
func TestProtection(t *testing.T) {
	for _, c := range []struct {
		code    string
		protect bool
		want    []float64
	}{
		{"v_post += w", true, []float64{5, 0}},
		{"v_post += w", false, []float64{5, 10}},
		{"v_post = w", true, []float64{4, 0}},
		{"v_post *= 2; v_post += 1", true, []float64{3, 0}},
		{"u_post += w", true, []float64{0, 0}},
	} {
		s := synapses()
		s.symbols["v"].Var.UnlessRefractory = true
		s.add(&model.Variable{Name: "not_refractory", Owner: "target", Type: model.Boolean}, model.Post, exec.Column{Bool: []bool{true, false}}, "not_refractory_post")
		s.run(t, s.statements(t, Config{Scope: s.scope(nil), Protect: c.protect}, c.code))
		if got := s.columns[s.symbols["v"].Var].F64; !slices.Equal(got, c.want) {
			t.Errorf("%s, protect %v: v is %v, want %v", c.code, c.protect, got, c.want)
		}
	}
	g := newTable(3)
	v := g.float("v", model.Own, 1, 2, 3)
	v.UnlessRefractory = true
	g.add(&model.Variable{Name: "not_refractory", Owner: "group", Type: model.Boolean}, model.Own, exec.Column{Bool: []bool{true, false, true}}, "not_refractory")
	w := g.float("w", model.Own, 0, 0, 0)
	g.run(t, g.statements(t, Config{Scope: g.scope(nil), Protect: true}, "v += 10; w = v"))
	if got := g.columns[v].F64; !slices.Equal(got, []float64{11, 2, 13}) {
		t.Errorf("v is %v", got)
	}
	if got := g.columns[w].F64; !slices.Equal(got, []float64{11, 2, 13}) {
		t.Errorf("w, which reads v after the write, is %v", got)
	}
}

func TestSharedWrites(t *testing.T) {
	g := newTable(1)
	s := g.float("s", model.Shared, 3)
	config := Config{Scope: g.scope(nil)}
	g.run(t, g.statements(t, config, "s = 2*s; s += 1"))
	if got := g.columns[s].F64[0]; got != 7 {
		t.Errorf("s is %v", got)
	}
	config.ElementsOnly = true
	code, _ := syntax.ParseCode(&diag.Source{Name: "code", Text: "s = 3"})
	var m *diag.Message
	if err := New("code", config).Statements(code); !errors.As(err, &m) || m.Kind != "SyntaxError" || !strings.Contains(m.Text, "not allowed in this context") {
		t.Errorf("got %v", err)
	}
}

// Section 5.1: the grid on which a TimedArray is looked up.
func TestTimedArrayGrid(t *testing.T) {
	for _, c := range []struct{ sample, dt, want float64 }{
		{1e-3, 1e-4, 128}, {1e-4, 1e-4, 8}, {0.5e-4, 1e-4, 4}, {1e-4, 1e-3, 1}, {1e-5, 1e-4, 1}, {1, 1e-4, 131072}, {2e-4, 1e-4, 16}, {2.5e-4, 1e-4, 32},
	} {
		if got := TimedArrayGrid(c.sample, c.dt); got != c.want {
			t.Errorf("samples of %g s at dt=%g s: %g parts, want %g", c.sample, c.dt, got, c.want)
		}
		if k := math.Log2(TimedArrayGrid(c.sample, c.dt)); k != math.Trunc(k) {
			t.Errorf("samples of %g s at dt=%g s: the number of parts is no power of two", c.sample, c.dt)
		}
	}
}

func lookUp(tb testing.TB, array *model.TimedArray, call string, n int, config Config, times ...float64) []float64 {
	tb.Helper()
	g := newTable(n)
	now := &model.Variable{Name: "t", Owner: "clock", Type: model.Float, Dim: units.Time, Shared: true}
	clock := exec.Column{F64: []float64{0}}
	g.add(now, model.Shared, clock, "t")
	g.symbols["i"] = &model.Symbol{Name: "i", Kind: model.ElementNumber, Type: model.Integer}
	result := g.float("result", model.Own, make([]float64, n)...)
	config.Scope = g.scope(model.Map{"f": {Type: model.Float, Table: array}})
	expr, err := syntax.ParseExpr(&diag.Source{Name: "expression", Text: call})
	if err != nil {
		tb.Fatal(err)
	}
	var found []float64
	for _, t := range times {
		b := New("look up", config)
		if err := b.AssignTo(result, model.Own, expr); err != nil {
			tb.Fatal(err)
		}
		clock.F64[0] = t
		g.run(tb, b.Finish())
		found = append(found, g.columns[result].F64...)
	}
	return found
}

func TestTimedArrays(t *testing.T) {
	array := &model.TimedArray{Name: "f", Values: []float64{10, 20, 30}, Rows: 3, DT: 1e-3}
	for _, c := range []struct{ t, want float64 }{{-5, 10}, {0, 10}, {0.996, 10}, {0.9961, 20}, {1, 20}, {1.9960, 20}, {1.9961, 30}, {2.5, 30}, {3, 30}, {1e6, 30}} {
		if got := lookUp(t, array, "f(t)", 1, Config{DT: 1e-4}, c.t*1e-3); got[0] != c.want {
			t.Errorf("at %g ms: %g, want %g", c.t, got[0], c.want)
		}
	}
	// Value k appears first in the step at which its sample begins, however long samples and steps are.
	for _, c := range []struct {
		sample, dt float64
		steps      int64
	}{{1e-3, 1e-4, 10}, {1e-4, 1e-4, 1}, {3e-4, 1e-4, 3}, {0.7e-3, 0.1e-3, 7}, {1, 0.1, 10}, {12e-3, 0.05e-3, 240}} {
		long := &model.TimedArray{Name: "f", Rows: 1000, DT: c.sample}
		for k := range long.Rows {
			long.Values = append(long.Values, float64(k))
		}
		var times, want []float64
		for k := int64(1); k < 1000; k += 37 {
			times, want = append(times, float64(k*c.steps-1)*c.dt, float64(k*c.steps)*c.dt), append(want, float64(k-1), float64(k))
		}
		if got := lookUp(t, long, "f(t)", 1, Config{DT: c.dt}, times...); !slices.Equal(got, want) {
			t.Errorf("samples of %g s, steps of %g s: got %v, want %v", c.sample, c.dt, got, want)
		}
	}
}

func TestTimedArraysWithColumns(t *testing.T) {
	array := &model.TimedArray{Name: "f", Values: []float64{1, 2, 3, 4}, Rows: 2, Cols: 2, DT: 1e-3}
	nan := math.NaN()
	for _, c := range []struct {
		call string
		n    int
		want []float64
	}{
		{"f(t, i)", 2, []float64{3, 4}},
		{"f(t, i)", 3, []float64{3, 4, nan}},
		{"f(t, 1 - i)", 4, []float64{4, 3, nan, nan}},
		{"f(t - 1*ms, i)", 2, []float64{1, 2}},
	} {
		for _, elements := range []int{0, c.n} {
			got := lookUp(t, array, c.call, c.n, Config{DT: 1e-4, Elements: elements}, 1e-3)
			for k := range c.want {
				if got[k] != c.want[k] && !(math.IsNaN(got[k]) && math.IsNaN(c.want[k])) {
					t.Errorf("%s for %d elements: got %v, want %v", c.call, c.n, got, c.want)
				}
			}
		}
	}
}

// Each call of a random function is a site of its own.
func TestDrawSites(t *testing.T) {
	g := newTable(1)
	g.float("v", model.Own, 0)
	g.float("w", model.Own, 0)
	code := g.statements(t, Config{Scope: g.scope(nil)}, "v = rand() + randn(); w = rand()")
	if want := []string{"code#1", "code#2", "code#3"}; !slices.Equal(code.Kernel.Sites, want) {
		t.Errorf("sites %v, want %v", code.Kernel.Sites, want)
	}
}

func TestRates(t *testing.T) {
	g := newTable(2)
	written, fixed := g.float("v", model.Own, 1, 2), g.float("tau", model.Own, 1, 2)
	g.float("s", model.Shared, 1)
	code := g.statements(t, Config{Scope: g.scope(nil), Constant: func(v *model.Variable) bool { return v == fixed }}, "v = v*tau + s")
	want := map[string]ir.Rate{written.Name: ir.Varying, fixed.Name: ir.RunConstant, "s": ir.StepUniform}
	for _, v := range code.Kernel.Vars {
		if v.Rate != want[v.Name] {
			t.Errorf("%s has rate %v, want %v", v.Name, v.Rate, want[v.Name])
		}
	}
}
