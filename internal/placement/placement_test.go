package placement

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/exec/portable"
	"synfire/internal/integrate"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/plan"
	"synfire/internal/syntax"
	"synfire/units"
)

// describer tells integrators that constants are constant, and shared.
type describer struct{ scope *model.Scope }

func (d describer) Variable(name string) integrate.Variable {
	constant := d.scope.Known(name) == nil
	return integrate.Variable{RunConstant: constant, Shared: constant}
}

func (d describer) Function(string) integrate.Function { return integrate.Function{} }

// wired are synapses with code for both ends, which see a variable v of their targets, x of their sources, shared of all of
// them, time and a constant tau of 0.02 s.
type wired struct {
	*Synapses
	sources, targets []int32
	neurons          int
	delays           [2][]int32
	byName           map[string]*model.Variable
	t, v, x          *model.Variable
}

const tau = 0.02

func newWired(t *testing.T, equations string, code [2]string, sources, targets []int32, neurons int, delays [2][]int32) *wired {
	t.Helper()
	parsed, err := model.ParseEquations(&diag.Source{Name: "equations", Text: equations})
	if err != nil {
		t.Fatal(err)
	}
	variables, err := parsed.Variables("synapses")
	if err != nil {
		t.Fatal(err)
	}
	w := &wired{sources: sources, targets: targets, neurons: neurons, delays: delays, byName: map[string]*model.Variable{}}
	variable := func(name, owner string, n int) *model.Variable {
		v := &model.Variable{Name: name, Owner: owner, Kind: model.Implicit, Type: model.Float}
		v.Storage = plan.NewStorage(v, n)
		return v
	}
	last := variable("lastupdate", "synapses", len(sources))
	last.Dim = units.Time
	w.Synapses = &Synapses{Variables: append(variables, last), LastUpdate: last, System: func(scope *model.Scope, of func(*model.Variable) bool) *integrate.System {
		system := &integrate.System{Names: describer{scope}}
		for _, v := range variables {
			if v.Kind == model.Differential && of(v) {
				system.Equations = append(system.Equations, integrate.Equation{Name: v.Name, Rhs: model.Expand(v.Rhs, scope)})
			}
		}
		return system
	}}
	for _, v := range w.Variables {
		w.byName[v.Name] = v
		if v.Stored() && v.Storage == nil {
			v.Storage = plan.NewStorage(v, len(sources))
		}
	}
	w.t, w.v, w.x = variable("t", "clock", 1), variable("v", "targets", neurons), variable("x", "sources", neurons)
	w.t.Dim, w.t.Shared, w.t.ReadOnly = units.Time, true, true
	for k, text := range code {
		statements, err := syntax.ParseCode(&diag.Source{Name: "code", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		pathway := Pathway{Object: [2]string{"synapses_pre", "synapses_post"}[k], Code: statements, Scope: w.scope(w.own), DT: 1e-4}
		pathway.Rows = func() *Rows {
			if k == 0 {
				return RowsOf(w.sources, neurons, delays[0], lower.PreIndex, "row_pre")
			}
			return RowsOf(w.targets, neurons, delays[1], lower.PostIndex, "row_post")
		}
		w.Pathways = append(w.Pathways, pathway)
	}
	return w
}

func (w *wired) own(name string) *model.Symbol {
	if v := w.byName[name]; v != nil {
		return v.Symbol()
	}
	switch name {
	case "t":
		return w.t.Symbol()
	case "v", "x":
		symbol := w.v.Symbol()
		symbol.Index = model.Post
		if name == "x" {
			symbol = w.x.Symbol()
			symbol.Index = model.Pre
		}
		return symbol
	}
	return nil
}

func (w *wired) scope(names func(string) *model.Symbol) *model.Scope {
	return &model.Scope{What: "a test", Object: names, Group: model.Map{"tau": {Type: model.Float, Float: tau, Dim: units.Time}}}
}

func lines(text string) string { return strings.ReplaceAll(text, "; ", "\n") }

// What rows could keep, as the code says.
func TestIntend(t *testing.T) {
	const traces = "da/dt = -a/tau : 1 (event-driven); db/dt = -b/tau : 1 (event-driven); w : 1"
	for _, test := range []struct {
		what, equations string
		code            [2]string
		kept            string // by each pathway; "-": nothing
		complete        bool
	}{
		{"traces of spikes", traces, [2]string{"a += 1; v += w; w = w + b", "b += 1; w = w + a"}, "a | b", true},
		{"short-term plasticity", "dn/dt = (1 - n)/tau : 1 (event-driven); dp/dt = -p/tau : 1 (event-driven)", [2]string{"p += 0.5*(1 - p); r = p*n; n -= r; v += r", "v += 1"}, "n p |", true},
		{"both ends write a", traces, [2]string{"a += 1; v += w", "a += 1; b += 1; w = w + b"}, "| b", false},
		{"a depends on the synapse's own weight", traces, [2]string{"a += w", "b += 1"}, "| b", false},
		{"a depends on a neuron", traces, [2]string{"a += v", "b += x"}, "-", false},
		{"a depends on chance", traces, [2]string{"a += rand()", "b += 1"}, "| b", false},
		{"a depends on time and constants", traces, [2]string{"a += t/tau", "b = 1 - b"}, "a | b", true},
		{"an equation with the weight", "da/dt = -w*a/tau : 1 (event-driven); w : 1", [2]string{"a += 1", "w += 1"}, "-", false},
		{"an equation with a variable that others need", "da/dt = -a/tau : 1 (event-driven); db/dt = (w*a - b)/tau : 1 (event-driven); w : 1", [2]string{"a += 1", "b += 1"}, "-", false},
		{"through a subexpression", "da/dt = rate : 1 (event-driven); rate = -a/tau : Hz", [2]string{"a += 1; v += a", "v += a"}, "a |", true},
		{"who looks at the time of the last spike", traces, [2]string{"a += 1; w = (t - lastupdate)/second", "b += 1"}, "-", false},
		{"who writes to the source", traces, [2]string{"a += 1; x += 1", "b += 1"}, "-", false},
		{"code that is wrong", traces, [2]string{"a += 1*volt", "b += 1"}, "-", false},
		{"clock-driven beside it", "da/dt = -a/tau : 1 (event-driven); dg/dt = -g/tau : 1 (clock-driven)", [2]string{"a += 1; g += a", "v += 1"}, "-", false},
		{"nothing event-driven", "w : 1", [2]string{"v += w", "w += 1"}, "-", false},
	} {
		w := newWired(t, lines(test.equations), [2]string{lines(test.code[0]), lines(test.code[1])}, []int32{0}, []int32{0}, 1, [2][]int32{{1}, {0}})
		intent := w.Intend()
		kept, complete := "-", false
		if intent != nil {
			var of []string
			for _, division := range intent.Divisions {
				of = append(of, strings.Join(slices.Sorted(maps.Keys(division.Kept)), " "))
			}
			kept, complete = strings.TrimSpace(strings.Join(of, " | ")), intent.Complete
		}
		if kept != test.kept || complete != test.complete {
			t.Errorf("%s: kept %q, complete %v; want %q, %v", test.what, kept, complete, test.kept, test.complete)
		}
	}
}

// Two synapses have the same row if and only if they have the same neuron and the same delay.
func TestRowsOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "neurons")
		synapses := rapid.IntRange(1, 60).Draw(t, "synapses")
		widest := rapid.Int32Range(0, 40).Draw(t, "widest")
		neurons, delays := make([]int32, synapses), make([]int32, synapses)
		for s := range synapses {
			neurons[s] = rapid.Int32Range(0, int32(n-1)).Draw(t, "neuron")
			delays[s] = 3 + rapid.Int32Range(0, widest).Draw(t, "delay")
		}
		r := RowsOf(neurons, n, delays, "neurons", "own")
		if one := slices.Min(delays) == slices.Max(delays); one != (r.Index == "neurons") || one && (r.N != n || &r.Of[0] != &neurons[0]) {
			t.Errorf("index %q, %d rows", r.Index, r.N)
		}
		used := map[int32]bool{}
		for a := range synapses {
			used[r.Of[a]] = true
			for b := range a {
				if (r.Of[a] == r.Of[b]) != (neurons[a] == neurons[b] && delays[a] == delays[b]) {
					t.Fatalf("synapses %d and %d have the rows %d and %d", a, b, r.Of[a], r.Of[b])
				}
			}
		}
		for row := range used {
			if row < 0 || int(row) >= r.N {
				t.Errorf("row %d of %d", row, r.N)
			}
		}
	})
}

// runs are the compiled code of synapses whose rows keep variables.
type runs struct {
	*wired
	*Placement
	rows, rest [2]*plan.Bound
}

func (w *wired) compile(t *testing.T, scope *model.Scope, elements int, keep plan.Keep, write func(*lower.Builder) error) *plan.Program {
	t.Helper()
	b := lower.New("test", lower.Config{Scope: scope, Constant: func(*model.Variable) bool { return false }, DT: 1e-4, Elements: elements})
	if err := write(b); err != nil {
		t.Fatal(err)
	}
	program, err := plan.Compile(b.Finish(), portable.Executor{}, keep)
	if err != nil {
		t.Fatal(err)
	}
	return program
}

func (w *wired) index(name string) ([]int32, bool) {
	numbers, known := map[string][]int32{lower.PreIndex: w.sources, lower.PostIndex: w.targets}[name]
	return numbers, known
}

// place moves variables to rows and compiles everything.
func (w *wired) place(t *testing.T, stored *Stored) *runs {
	t.Helper()
	intent := w.Intend()
	n := len(w.sources)
	r := &runs{wired: w, Placement: w.Spread(intent, n, stored)}
	if r.Placement == nil {
		t.Fatal("rows keep nothing")
	}
	if !r.Fits(w.Synapses, intent) {
		t.Error("the intent does not fit what was made of it")
	}
	code := w.Code(r.Placement, intent)
	r.SetReveal(w.compile(t, w.scope(code.Names(w.own, nil)), n, plan.KeepNothing, code.LowerReveal))
	indexes := map[string][]int32{lower.PreIndex: w.sources, lower.PostIndex: w.targets}
	for _, rows := range r.Rows {
		indexes[rows.Index] = rows.Of
	}
	for k, rows := range r.Rows {
		passed := code.Passed(k, false)
		program := w.compile(t, w.scope(code.RowNames(k, passed)), rows.N, plan.KeepShared, func(b *lower.Builder) error { return code.LowerRows(b, k, w.t) })
		r.rows[k] = program.Bind(plan.Memory{Column: plan.Column, Elements: rows.N})
		program = w.compile(t, w.scope(code.Names(w.own, passed)), n, plan.KeepShared, func(b *lower.Builder) error { return code.LowerRest(b, k) })
		r.rest[k] = program.Bind(plan.Memory{Column: plan.Column, Elements: n, Indexes: indexes})
		r.rows[k].Setup()
		r.rest[k].Setup()
	}
	r.Withdraw(w.Variables, n, w.index)
	return r
}

// spike has a spike of a row of pathway k arrive, as sim.Delivery does, at synapses that all have the row.
func (r *runs) spike(k int, synapses []int32) {
	row := r.Rows[k].Of[synapses[0]]
	r.rows[k].Binding.Lanes = []int32{row}
	r.rows[k].Run(0, 1)
	r.rest[k].Binding.Lanes = synapses
	r.rest[k].Run(0, len(synapses))
}

// alone are the same synapses, each of which computes everything for itself, in Go.
type alone struct{ a, b, w, last []float64 }

func (s *alone) spike(k int, t float64, synapses []int32, v []float64, targets []int32) {
	for _, at := range synapses {
		decay := math.Exp(-(t - s.last[at]) / tau)
		s.a[at], s.b[at], s.last[at] = s.a[at]*decay, s.b[at]*decay, t
		if k == 0 {
			v[targets[at]] += s.w[at]
			s.a[at]++
			s.w[at] += 0.5 * s.b[at]
		} else {
			s.b[at] += 0.25
			s.w[at] += s.a[at]
		}
	}
}

// Rows give what synapses would compute one by one: weights, effects, and what is read of the variables that rows keep, also
// after the rows went to a file and after they gave everything back.
func TestRowsAgainstSynapses(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const neurons, n = 7, 40
	for _, delays := range [][2][]int32{{{1}, {0}}, {nil, {0}}, {nil, nil}} {
		sources, targets := make([]int32, n), make([]int32, n)
		for k := range n {
			sources[k], targets[k] = random.Int32N(neurons), random.Int32N(neurons)
		}
		for k := range delays {
			if delays[k] == nil {
				for range n {
					delays[k] = append(delays[k], random.Int32N(3))
				}
			}
		}
		w := newWired(t, "da/dt = -a/tau : 1 (event-driven)\ndb/dt = -b/tau : 1 (event-driven)\nw : 1",
			[2]string{"v += w\na += 1\nw += 0.5*b", "b += 0.25\nw += a"}, sources, targets, neurons, delays)
		want := &alone{make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)}
		for k := range n {
			want.w[k] = float64(k)
			plan.Column(w.byName["w"]).F64[k] = float64(k)
		}
		wantV := make([]float64, neurons)
		check := func(when string) {
			t.Helper()
			for name, values := range map[string][]float64{"a": want.a, "b": want.b, "w": want.w, "lastupdate": want.last} {
				for _, at := range [][2]int{{0, n}, {3, 4}, {n / 2, n}} {
					got := plan.Values(w.byName[name], at[0], at[1])
					for k := range got.Len() {
						if x := values[at[0]+k]; math.Abs(got.Float(k)-x) > 1e-12*math.Abs(x) {
							t.Fatalf("%s, delays %v: %s of synapse %d is %v, want %v", when, delays, name, at[0]+k, got.Float(k), x)
						}
					}
				}
			}
			for k, x := range plan.Column(w.v).F64 {
				if math.Abs(x-wantV[k]) > 1e-12*math.Abs(wantV[k]) {
					t.Fatalf("%s, delays %v: v of neuron %d is %v, want %v", when, delays, k, x, wantV[k])
				}
			}
		}
		r := w.place(t, nil)
		spikes := func(from int) {
			for step := from; step < from+60; step++ {
				now := float64(step) * 1e-3
				plan.Column(w.t).F64[0] = now
				k := random.IntN(2)
				row := r.Rows[k].Of[random.IntN(n)]
				var synapses []int32
				for s, of := range r.Rows[k].Of {
					if of == row {
						synapses = append(synapses, int32(s))
					}
				}
				r.spike(k, synapses)
				want.spike(k, now, synapses, wantV, targets)
			}
		}
		check("at first")
		spikes(1)
		for _, name := range []string{"a", "b", "lastupdate"} {
			if !r.Keeps(w.byName[name]) || plan.StorageOf(w.byName[name]).Origin == nil {
				t.Errorf("synapses have %s", name)
			}
		}
		check("from rows")

		stored := r.Store()
		columns := r.Columns()
		r.Gather(w.Variables)
		if plan.StorageOf(w.byName["a"]).Origin != nil {
			t.Error("gathering left a with rows")
		}
		check("gathered")
		if l := w.Spread(w.Intend(), n, nil); l != nil {
			t.Error("rows took what differs between their synapses")
		}
		if other := (&Stored{stored.Names, stored.Columns, map[string]float64{"tau": 1}, stored.DT}); w.Spread(w.Intend(), n, other) != nil {
			t.Error("rows took what was stored with another constant")
		}
		r = w.place(t, stored)
		for k, c := range r.Columns() {
			if fmt.Sprint(c) != fmt.Sprint(columns[k]) {
				t.Errorf("column %d is %v, was stored as %v", k, c, columns[k])
			}
		}
		check("restored")
		spikes(61)
		check("after that")
		r.SetColumns(columns)
		if got := r.Columns(); !slices.EqualFunc(got, columns, func(a, b exec.Column) bool { return fmt.Sprint(a) == fmt.Sprint(b) }) {
			t.Errorf("rows keep %v, want %v", got, columns)
		}
	}
}

// Rows take what all their synapses have, and not more.
func TestSpread(t *testing.T) {
	for _, test := range []struct {
		values []float64 // of four synapses in two rows
		spiked bool
		want   []float64 // of the rows; nil: they take nothing
	}{
		{[]float64{2, 2, 2, 2}, false, []float64{2, 2}},
		{[]float64{2, 3, 2, 3}, false, []float64{2, 3}},
		{[]float64{2, 3, 2, 4}, false, nil},
		{[]float64{0, 3, math.Copysign(0, -1), 3}, false, nil},
		{[]float64{2, 2, 2, 2}, true, nil},
	} {
		w := newWired(t, "da/dt = -a/tau : 1 (event-driven)", [2]string{"a += 1\nv += a", "v += 1"}, []int32{0, 1, 0, 1}, []int32{0, 0, 1, 1}, 2, [2][]int32{{1}, {0}})
		copy(plan.Column(w.byName["a"]).F64, test.values)
		if test.spiked {
			plan.Column(w.LastUpdate).F64[2] = 0.5
		}
		l := w.Spread(w.Intend(), 4, nil)
		if (l != nil) != (test.want != nil) || l != nil && !slices.Equal(plan.Column(l.Rows[0].Kept[0].Row).F64, test.want) {
			t.Errorf("%v: %+v, want %v", test.values, l, test.want)
		}
	}
}
