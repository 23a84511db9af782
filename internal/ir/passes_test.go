package ir

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the stored texts of the passes")

// sketch declares variables on demand by short names, so that a test reads like code.
type sketch struct{ *Builder }

func (s sketch) variable(v Var) VarID {
	if id := s.VarNamed(v.Name); id != NoVar {
		return id
	}
	return s.Var(v)
}

// own, kept, shared and time load variables: of a lane and varying, of a lane
// and run-constant, shared and run-constant, shared and step-uniform.
func (s sketch) own(name string) Value {
	return s.Load(s.variable(Var{Name: name, Type: F64, Rate: Varying}))
}
func (s sketch) kept(name string) Value {
	return s.Load(s.variable(Var{Name: name, Type: F64, Rate: RunConstant}))
}
func (s sketch) shared(name string) Value {
	return s.Load(s.variable(Var{Name: name, Type: F64, Index: Shared, Rate: RunConstant}))
}
func (s sketch) time() Value {
	return s.Load(s.variable(Var{Name: "t", Type: F64, Index: Shared, Rate: StepUniform}))
}
func (s sketch) store(name string, v Value) {
	s.Store(s.variable(Var{Name: name, Type: s.TypeOf(v), Rate: Varying}), v, NoValue)
}

var passCases = []struct {
	name  string
	pass  func(*Kernel) *Kernel
	build func(s sketch)
}{
	{"fold_literals", Fold, func(s sketch) {
		s.store("a", s.Add(s.Float(0.1), s.Float(0.2)))
		s.store("b", s.FloorDiv(s.Int(I64, -7), s.Int(I64, 2)))
		s.store("c", s.Convert(s.Float(1e300), I32))
		s.store("d", s.Select(s.Less(s.Float(1), s.Float(2)), s.own("x"), s.own("y")))
	}},
	{"fold_identities", Fold, func(s sketch) {
		x, y := s.own("x"), s.own("y")
		s.store("a", s.Mul(x, s.Float(1)))
		s.store("b", s.Mul(s.Float(-1), x))
		s.store("c", s.Div(x, s.Float(4)))
		s.store("d", s.Sub(x, s.Neg(y)))
		s.store("e", s.Add(s.Neg(x), y))
		s.store("f", s.Abs(s.Neg(x)))
		s.store("g", s.FMA(x, s.Float(1), y))
		s.store("h", s.Convert(s.Convert(s.Less(x, y), F64), Bool))
	}},
	{"fold_leaves", Fold, func(s sketch) {
		// None of these is an identity: -0 + 0 is 0, NaN*0 is NaN, a NaN differs from itself.
		x := s.own("x")
		s.store("a", s.Add(x, s.Float(0)))
		s.store("b", s.Mul(x, s.Float(0)))
		s.store("c", s.Equal(x, x))
		s.store("d", s.Div(x, s.Float(3)))
		s.store("e", s.Sub(x, x))
	}},
	{"fold_masks", Fold, func(s sketch) {
		v := s.Var(Var{Name: "v", Type: F64, Rate: Varying})
		s.Store(v, s.own("x"), s.Bool(true))
		s.Store(v, s.own("y"), s.Bool(false))
		s.Emit(s.And(s.Bool(false), s.Less(s.own("x"), s.own("y"))))
	}},
	{"fold_powers", Fold, func(s sketch) {
		x := s.own("x")
		s.store("a", s.Pow(x, s.Float(2)))
		s.store("b", s.Pow(x, s.Float(-3)))
		s.store("c", s.Pow(x, s.Float(0)))
		s.store("d", s.Pow(x, s.Float(9)))
		s.store("e", s.Pow(x, s.Float(0.5)))
	}},
	{"cse", CSE, func(s sketch) {
		// Loads are repeated until the variable is written; sums commute, differences do not.
		s.store("a", s.Sub(s.Mul(s.own("x"), s.own("y")), s.Mul(s.own("y"), s.own("x"))))
		s.store("b", s.Add(s.Sub(s.own("x"), s.own("y")), s.Sub(s.own("y"), s.own("x"))))
		s.store("x", s.own("y"))
		s.store("c", s.own("x"))
	}},
	{"cse_storage", CSE, func(s sketch) {
		pre := s.Var(Var{Name: "v_pre", Type: F64, Index: Indexed, Via: s.Index("pre"), Rate: Varying, Storage: "G.v"})
		post := s.Var(Var{Name: "v_post", Type: F64, Index: Indexed, Via: s.Index("post"), Rate: Varying, Storage: "G.v"})
		s.Serial()
		s.Store(post, s.Add(s.Load(pre), s.Load(pre)), NoValue)
		s.store("a", s.Load(pre))
	}},
	{"dce", DCE, func(s sketch) {
		s.Exp(s.own("x"))
		s.Call(s.Function(Function{Name: "pure", Site: -1, Pure: true}), s.own("x"))
		s.Call(s.Function(Function{Name: "printing", Site: -1}), s.own("x"))
		s.store("a", s.own("y"))
	}},
	{"fuse", FuseMultiplyAdd, func(s sketch) {
		x, y, z := s.own("x"), s.own("y"), s.own("z")
		s.store("a", s.Add(s.Mul(x, y), z))
		s.store("b", s.Add(z, s.Mul(x, y)))
		s.store("c", s.Sub(s.Mul(x, y), z))
		s.store("d", s.Sub(z, s.Mul(x, y)))
		s.store("e", s.Sub(z, s.Mul(x, s.shared("factor"))))
		s.store("f", s.Add(s.Mul(x, y), s.Mul(y, z)))
	}},
	{"fuse_leaves", FuseMultiplyAdd, func(s sketch) {
		// A product used twice, one computed less often than its sum, one of integers.
		x := s.own("x")
		twice := s.Mul(x, s.own("y"))
		s.store("a", s.Add(twice, x))
		s.store("b", twice)
		s.store("c", s.Add(s.Mul(s.kept("k"), s.kept("l")), x))
		s.store("d", s.Add(s.Mul(s.time(), s.shared("factor")), x))
		s.store("e", s.Add(s.Mul(s.Lane(), s.Lane()), s.Convert(x, I64)))
	}},
	{"divide", DivideStrength, func(s sketch) {
		s.store("a", s.Div(s.own("x"), s.shared("tau")))
		s.store("b", s.Div(s.own("y"), s.shared("tau")))
		s.store("c", s.Div(s.own("x"), s.kept("tau_m")))
		s.store("d", s.Div(s.own("x"), s.Float(3)))
	}},
	{"divide_leaves", DivideStrength, func(s sketch) {
		// Uniform, run-constant, varying divisor, via an index array, and what reaches a jump.
		s.store("a", s.Div(s.time(), s.shared("tau")))
		s.store("b", s.Div(s.kept("k"), s.shared("tau")))
		s.store("c", s.Div(s.own("x"), s.own("y")))
		post := s.Var(Var{Name: "k_post", Type: F64, Index: Indexed, Via: s.Index("post"), Rate: RunConstant})
		s.store("d", s.Div(s.own("x"), s.Load(post)))
		s.store("e", s.Floor(s.Add(s.Div(s.own("x"), s.shared("dt")), s.Float(0.5))))
		s.store("f", s.Less(s.Div(s.own("x"), s.shared("dt")), s.Float(5)))
	}},
	{"invert", Invert, func(s sketch) {
		x := s.own("x")
		s.store("a", s.Div(s.own("y"), s.Math(Exprel, x)))
		s.store("b", s.Math(Exprel, x))
		dt, since := s.shared("dt"), s.Sub(s.time(), s.own("lastspike"))
		refractory := s.Timestep(s.kept("refractory"), dt)
		s.store("free", s.GreaterEqual(s.Timestep(since, dt), refractory))
	}},
	{"invert_leaves", Invert, func(s sketch) {
		// The divisor changes; the number of steps does; a step is counted, not compared; the first step of what is compared is not n.
		dt, x := s.shared("dt"), s.own("x")
		s.store("a", s.GreaterEqual(s.Timestep(x, x), s.Int(I64, 3)))
		s.store("b", s.GreaterEqual(s.Timestep(x, dt), s.Convert(s.own("n"), I64)))
		s.store("c", s.Timestep(x, dt))
		s.store("d", s.LessEqual(s.Timestep(x, dt), s.Int(I64, 3)))
	}},
	{"combine", CombineFactors, func(s sketch) {
		x, y := s.own("x"), s.own("y")
		s.store("a", s.Mul(s.Mul(s.Float(0.25), x), s.Float(1000)))
		s.store("b", s.Mul(s.Float(1000), s.Div(s.Float(4), y)))
		s.store("c", s.Mul(s.Float(-1.28), y))
		s.store("d", s.Mul(y, s.Float(1.28)))
		s.store("e", s.Div(s.Float(-3), x))
		s.store("f", s.Div(s.Float(3), x))
	}},
	{"combine_leaves", CombineFactors, func(s sketch) {
		// The product is out of range, jumps, or has no literal.
		x, y := s.own("x"), s.own("y")
		s.store("a", s.Mul(s.Mul(x, s.Float(1e-200)), s.Float(1e-200)))
		s.store("b", s.Less(s.Mul(s.Mul(x, s.Float(3)), s.Float(1000)), y))
		s.store("c", s.Mul(s.Mul(x, y), s.Float(3)))
		s.store("d", s.Mul(s.Div(y, s.Float(3)), s.Float(7)))
	}},
	{"spiking", WriteWhereSpiking, func(s sketch) {
		v := s.variable(Var{Name: "v", Type: F64, Rate: Varying})
		free := s.variable(Var{Name: "not_refractory", Type: Bool, Rate: Varying})
		last := s.variable(Var{Name: "lastspike", Type: F64, Rate: Varying})
		fires := s.And(s.Less(s.Float(1), s.Load(v)), s.Load(free))
		s.Emit(fires)
		s.Store(last, s.Select(fires, s.time(), s.Load(last)), NoValue)
		s.Store(free, s.And(s.Load(free), s.Not(fires)), NoValue)
	}},
	{"spiking_leaves", WriteWhereSpiking, func(s sketch) {
		// Something else was written before; the old value is another's; the condition is another.
		v := s.variable(Var{Name: "v", Type: F64, Rate: Varying})
		w := s.variable(Var{Name: "w", Type: F64, Rate: Varying})
		old := s.Load(v)
		fires := s.Less(s.Float(1), old)
		s.Emit(fires)
		s.Store(w, s.Select(fires, s.time(), old), NoValue)
		s.Store(v, s.Select(s.Less(s.Float(2), old), s.time(), old), NoValue)
		s.Store(v, s.Select(fires, s.time(), old), NoValue)
	}},
	{"optimize", Optimize, func(s sketch) {
		// Leak towards rest with time constant tau.
		s.store("v", s.Add(s.own("v"), s.Mul(s.Div(s.Sub(s.shared("El"), s.own("v")), s.shared("tau")), s.shared("dt"))))
	}},
	{"optimize_rand", Optimize, func(s sketch) {
		s.Emit(s.Less(s.Rand(s.Site("rand")), s.Mul(s.shared("rate"), s.shared("dt"))))
	}},
}

func TestPasses(t *testing.T) {
	for _, test := range passCases {
		t.Run(test.name, func(t *testing.T) {
			b := NewBuilder("k")
			test.build(sketch{b})
			before := b.Kernel()
			text := before.String()
			after := test.pass(before)
			for _, k := range []*Kernel{before, after} {
				if err := k.Verify(); err != nil {
					t.Fatal(err)
				}
			}
			if before.String() != text {
				t.Error("the pass changed its argument")
			}
			compareText(t, test.name, text+"\nafter:\n"+after.String())
		})
	}
}

func TestHoist(t *testing.T) {
	build := func() *Kernel {
		s := sketch{NewBuilder("k")}
		// An exponential per neuron, one shared, one in time, a cheap sum that stays.
		v := s.Mul(s.own("v"), s.Exp(s.Div(s.Neg(s.shared("dt")), s.kept("tau_m"))))
		v = s.FMA(v, s.Exp(s.Div(s.shared("dt"), s.shared("tau"))), s.Exp(s.time()))
		v = s.FMA(v, s.Add(s.kept("a"), s.kept("b")), s.kept("a"))
		s.store("v", v)
		return s.Kernel()
	}
	for name, elements := range map[string]bool{"hoist_elements": true, "hoist_shared": false} {
		t.Run(name, func(t *testing.T) {
			h := Hoist(build(), elements)
			var text strings.Builder
			for _, k := range []*Kernel{h.SetupShared, h.SetupOwn, h.Step} {
				if k == nil {
					text.WriteString("none\n")
					continue
				}
				if err := k.Verify(); err != nil {
					t.Error(err)
				}
				text.WriteString(k.String())
			}
			compareText(t, name, text.String())
		})
	}
}

// A kernel is cut where a result is needed. What is cheap is computed again, what is not is passed on.
func TestSplit(t *testing.T) {
	s := sketch{NewBuilder("k")}
	site := s.Site("poisson")
	drawn := s.Function(Function{Name: "poisson", Site: site, Pure: true})
	of := s.Function(Function{Name: "f", Site: -1, Pure: true})
	v, decay := s.own("v"), s.Exp(s.own("u"))
	uniform := s.Call(of, s.time())
	first := s.Call(drawn, s.Mul(v, s.shared("rate")), s.shared("rate"))
	s.store("v", s.FMA(first, decay, v))
	second := s.Call(of, s.Add(first, s.kept("w")))
	s.Emit(s.Less(s.own("v"), s.Mul(second, s.Add(uniform, s.shared("rate")))))
	k := s.Kernel()
	stages, passed := Split(k)
	var text strings.Builder
	text.WriteString(k.String())
	name := func(v VarID) string { return passed[int(v)-len(k.Vars)].Name }
	for _, stage := range stages {
		if err := stage.Kernel.Verify(); err != nil {
			t.Error(err)
		}
		text.WriteString("\n" + stage.Kernel.String())
		for _, call := range stage.Calls {
			text.WriteString("call " + name(call.Result) + " = " + k.Functions[call.Function].Name)
			for _, a := range call.Arguments {
				text.WriteString(" " + name(a))
			}
			text.WriteString("\n")
		}
	}
	compareText(t, "split", text.String())
}

// A kernel in which nothing is worth keeping stays as it is.
func TestHoistNothing(t *testing.T) {
	s := sketch{NewBuilder("k")}
	s.store("v", s.Add(s.own("v"), s.Add(s.kept("a"), s.shared("b"))))
	k := s.Kernel()
	if h := Hoist(k, true); h.Step != k || h.SetupShared != nil || h.SetupOwn != nil {
		t.Error(h.Step)
	}
}

// Every kind of line that the printer writes.
func TestPrint(t *testing.T) {
	b := NewBuilder("everything")
	b.Serial()
	site := b.Site("noise")
	x := b.Load(b.Var(Var{Name: "x", Type: F64, Rate: Varying}))
	g := b.Var(Var{Name: "g_post", Type: F64, Index: Indexed, Via: b.Index("post"), Rate: Varying, Storage: "G.g"})
	table := b.Var(Var{Name: "input", Type: F64, Index: Table, Rate: RunConstant})
	low, _ := b.RandBits(site)
	mask := b.And(b.Less(x, b.Float(-0.05)), b.Bool(true))
	y := b.Call(b.Function(Function{Name: "poisson", Site: site, Pure: true}), x, b.Rand(site))
	y = b.Select(mask, y, b.LoadAt(table, b.Add(b.Lane(), low)))
	b.Accumulate(g, Mul, b.FMA(y, x, b.Randn(site)), mask)
	b.Store(b.Var(Var{Name: "n", Type: I32, Index: Shared, Rate: Varying}), b.Convert(b.Int(I64, -3), I32), NoValue)
	b.Emit(mask)
	compareText(t, "print", b.Kernel().String())
}

func compareText(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", "passes", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(have), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if have != string(want) {
		t.Errorf("%s differs; have\n%s\nwant\n%s", path, have, want)
	}
}
