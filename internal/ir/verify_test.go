package ir

import (
	"strings"
	"testing"
)

// Each case breaks the form in one way.
func TestVerifyRejects(t *testing.T) {
	none := [3]Value{NoValue, NoValue, NoValue}
	one := Instr{Op: Const, Type: F64, Args: none, Var: NoVar, Imm: 0x3FF0000000000000}
	on := Instr{Op: Const, Type: Bool, Args: none, Var: NoVar, Imm: 1}
	with := func(op Op, t Type, v VarID, args ...Value) Instr {
		in := Instr{Op: op, Type: t, Args: none, Var: v}
		copy(in.Args[:], args)
		return in
	}
	x := Var{Name: "x", Type: F64, Rate: Varying}
	post := Var{Name: "g_post", Type: F64, Index: Indexed, Rate: Varying}
	tests := []struct {
		name   string
		kernel Kernel
		want   string
	}{
		{"no type", Kernel{Vars: []Var{{Name: "x", Rate: Varying}}}, "variable x has no type"},
		{"no rate", Kernel{Vars: []Var{{Name: "x", Type: F64}}}, "variable x has rate literal"},
		{"undeclared index array", Kernel{Vars: []Var{post}}, "variable g_post goes via an index array that is not declared"},
		{"own step-uniform", Kernel{Vars: []Var{{Name: "t", Type: F64, Rate: StepUniform}}}, "variable t is step-uniform but not shared"},
		{"undeclared site of a function", Kernel{Functions: []Function{{Name: "f", Site: 0}}}, "function f draws from a site that is not declared"},
		{"invalid operation", Kernel{Instrs: []Instr{with(Invalid, F64, NoVar)}}, "no such operation"},
		{"use before definition", Kernel{Instrs: []Instr{with(Neg, F64, NoVar, 1), one}}, "neg uses %1, which is not defined before it"},
		{"use of itself", Kernel{Instrs: []Instr{one, with(Neg, F64, NoVar, 1)}}, "neg uses %1, which is not defined before it"},
		{"use of an effect", Kernel{Vars: []Var{x}, Instrs: []Instr{one, with(Store, None, 0, 0), with(Neg, F64, NoVar, 1)}}, "neg uses %1, which has no value"},
		{"missing argument", Kernel{Instrs: []Instr{one, with(Add, F64, NoVar, 0)}}, "add lacks argument 1"},
		{"too many arguments", Kernel{Instrs: []Instr{one, with(Neg, F64, NoVar, 0, 0)}}, "neg has too many arguments"},
		{"mixed types", Kernel{Instrs: []Instr{one, on, with(Add, F64, NoVar, 0, 1)}}, "add: result f64, arguments f64 bool none"},
		{"division of integers", Kernel{Instrs: []Instr{{Op: Const, Type: I64, Args: none, Var: NoVar}, with(Div, I64, NoVar, 0, 0)}}, "div: result i64"},
		{"less of booleans", Kernel{Instrs: []Instr{on, with(Less, Bool, NoVar, 0, 0)}}, "less: result bool, arguments bool bool none"},
		{"conversion to the same type", Kernel{Instrs: []Instr{one, with(Convert, F64, NoVar, 0)}}, "convert: result f64"},
		{"wide literal of a narrow type", Kernel{Instrs: []Instr{{Op: Const, Type: I32, Args: none, Var: NoVar, Imm: 1 << 40}}}, "const: result i32"},
		{"select by a number", Kernel{Instrs: []Instr{one, with(Select, F64, NoVar, 0, 0, 0)}}, "select: result f64, arguments f64 f64 f64"},
		{"mask that is a number", Kernel{Vars: []Var{x}, Instrs: []Instr{one, with(Store, None, 0, 0, 0)}}, "store has a mask of type f64"},
		{"undeclared variable", Kernel{Instrs: []Instr{with(Load, F64, 3)}}, "load of a variable that is not declared"},
		{"variable of an addition", Kernel{Vars: []Var{x}, Instrs: []Instr{one, with(Neg, F64, 0, 0)}}, "neg names a variable"},
		{"load of another type", Kernel{Vars: []Var{x}, Instrs: []Instr{with(Load, I64, 0)}}, "load: result i64"},
		{"load of a table", Kernel{Vars: []Var{{Name: "x", Type: F64, Index: Table, Rate: RunConstant}}, Instrs: []Instr{with(Load, F64, 0)}}, "load of a table"},
		{"write to a constant", Kernel{Vars: []Var{{Name: "x", Type: F64, Rate: RunConstant}}, Instrs: []Instr{one, with(Store, None, 0, 0)}}, "write to x, which is run-constant"},
		{"write of another type", Kernel{Vars: []Var{x}, Instrs: []Instr{on, with(Store, None, 0, 0)}}, "store: result none, arguments bool"},
		{"accumulation of a difference", Kernel{Vars: []Var{x}, Instrs: []Instr{one, {Op: Accumulate, Args: [3]Value{0, NoValue, NoValue}, Imm: uint64(Sub)}}}, "accumulate of something else than a sum or product"},
		{"undeclared site", Kernel{Instrs: []Instr{with(Rand, F64, NoVar)}}, "rand: result f64"},
		{"undeclared function", Kernel{Instrs: []Instr{with(Call, F64, NoVar)}}, "call of a function that is not declared"},
		{"two output lists", Kernel{Instrs: []Instr{on, with(Emit, None, NoVar, 0), with(Emit, None, NoVar, 0)}}, "more than one output list"},
		{"lanes meet in a read and a write", Kernel{Indexes: []string{"post"}, Vars: []Var{post}, Instrs: []Instr{with(Load, F64, 0), with(Store, None, 0, 0)}},
			"instructions 1 and 0 meet in g_post, so the kernel must be serial"},
		{"lanes meet in one storage", Kernel{Indexes: []string{"post"}, Vars: []Var{
			{Name: "v", Type: F64, Rate: Varying, Storage: "G.v"}, {Name: "v_post", Type: F64, Index: Indexed, Rate: Varying, Storage: "G.v"}},
			Instrs: []Instr{with(Load, F64, 0), with(Store, None, 1, 0)}}, "instructions 1 and 0 meet in v_post"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.kernel.Verify()
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

// What must be serial may be if it says so.
func TestVerifyAcceptsSerial(t *testing.T) {
	b := NewBuilder("k")
	g := b.Var(Var{Name: "g_post", Type: F64, Index: Indexed, Via: b.Index("post"), Rate: Varying})
	b.Store(g, b.Add(b.Load(g), b.Float(1)), NoValue)
	b.Serial()
	if err := b.Kernel().Verify(); err != nil {
		t.Error(err)
	}
}

// The builder refuses what the verifier would refuse.
func TestBuilderPanics(t *testing.T) {
	defer func() {
		if text, _ := recover().(string); text != "BUG: kernel k: add: result f64, arguments f64 i64 none" {
			t.Errorf("panic %q", text)
		}
	}()
	b := NewBuilder("k")
	b.Add(b.Float(1), b.Int(I64, 1))
}
