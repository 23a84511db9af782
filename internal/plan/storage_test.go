package plan

import (
	"math"
	"slices"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/exec/portable"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/syntax"
)

// assignments are variables to which a test assigns: w, of the type that it says, and s, which nothing changes.
type assignments struct {
	w, s, other *model.Variable
}

const assigned = 2*StorageBlock + 17 // elements

func newAssignments(w model.Variable) assignments {
	variable := func(v model.Variable) *model.Variable {
		v.Owner, v.Kind = "synapses", model.Parameter
		v.Storage = NewStorage(&v, assigned)
		return &v
	}
	w.Name = "w"
	a := assignments{variable(w), variable(model.Variable{Name: "s", Type: model.Integer}), variable(model.Variable{Name: "other", Type: model.Float})}
	for k := range assigned {
		Column(a.s).I32[k] = int32(k % 1000)
	}
	return a
}

// assign makes the assignment "w = text".
func (a assignments) assign(t *testing.T, text string) Assignment {
	t.Helper()
	statements, err := syntax.ParseCode(&diag.Source{Name: "test", Text: "w = " + text})
	if err != nil {
		t.Fatal(err)
	}
	variables := map[string]*model.Variable{"w": a.w, "s": a.s, "other": a.other}
	builder := lower.New("set w", lower.Config{
		Scope: &model.Scope{What: "a test", Object: func(name string) *model.Symbol {
			if v := variables[name]; v != nil {
				return v.Symbol()
			}
			return nil
		}},
		Constant: func(*model.Variable) bool { return false }, Elements: assigned,
	})
	if err := builder.Statements(statements); err != nil {
		t.Fatal(err)
	}
	program, err := Compile(builder.Finish(), portable.Executor{}, KeepNothing)
	if err != nil {
		t.Fatal(err)
	}
	return Assignment{
		To: a.w, N: assigned, Program: program, Fixed: []*model.Variable{a.s}, Step: 3,
		Key: func(site string) uint64 { return uint64(len(site)) },
		Address: func(b *exec.Binding, lo, hi int) {
			for k := lo; k < hi; k++ {
				b.ElementLow, b.ElementHigh = append(b.ElementLow, int32(k)), append(b.ElementHigh, Column(a.s).I32[k])
			}
		},
	}
}

// atOnce runs the assignment on a column, and returns that.
func (a Assignment) atOnce() exec.Column {
	column := exec.NewColumn(lower.StorageType(a.To), a.N)
	bound := a.Program.Bind(Memory{Elements: a.N, Key: a.Key, Column: func(v *model.Variable) exec.Column {
		if v == a.To {
			return column
		}
		return Column(v)
	}})
	bound.Binding.Step = a.Step
	a.Address(&bound.Binding, 0, a.N)
	bound.Run(0, a.N)
	return column
}

func sameBits(a, b exec.Column) bool {
	if a.Type() != b.Type() || a.Len() != b.Len() {
		return false
	}
	for k := range a.Len() {
		if math.Float64bits(a.Float(k)) != math.Float64bits(b.Float(k)) {
			return false
		}
	}
	return true
}

// What is kept of an assignment makes the values that running it would give: all of them, and any stretch.
func TestAssignmentsMadeAgain(t *testing.T) {
	double, single := model.Variable{Type: model.Float}, model.Variable{Type: model.Float, Single: true}
	integer, truth := model.Variable{Type: model.Integer}, model.Variable{Type: model.Boolean}
	for _, test := range []struct {
		variable model.Variable
		text     string
		want     string // "constant", "recipe", or "" if the values have to be kept
	}{
		{double, "0.25", "constant"},
		{double, "-0.0", "constant"},
		{single, "1/3.0", "constant"},
		{integer, "7", "constant"},
		{truth, "3 > 2", "constant"},
		{double, "rand()", "recipe"},
		{single, "0.5 + 0.1*randn()*s", "recipe"},
		{integer, "s % 3", "recipe"},
		{truth, "rand() < 0.3", "recipe"},
		{double, "w + 1", ""},
		{double, "other*rand()", ""},
	} {
		a := newAssignments(test.variable)
		assignment := a.assign(t, test.text)
		want := assignment.atOnce()
		origin := assignment.Origin()
		kind := "recipe"
		if _, constant := origin.(Constant); constant {
			kind = "constant"
		} else if origin == nil {
			kind = ""
		}
		if kind != test.want {
			t.Errorf("w = %s: got %q, want %q", test.text, kind, test.want)
		}
		if origin == nil {
			continue
		}
		StorageOf(a.w).MakeFrom(origin)
		for _, at := range [][2]int{{0, 0}, {5, 6}, {StorageBlock - 3, 2*StorageBlock + 5}, {0, assigned}} {
			if got := Values(a.w, at[0], at[1]); !sameBits(got, want.Slice(at[0], at[1])) {
				t.Errorf("w = %s: other values from %d to %d", test.text, at[0], at[1])
			}
		}
		if StorageOf(a.w).Origin == nil {
			t.Errorf("w = %s: reading made the column", test.text)
		}
		kept := StorageOf(a.w).Clone()
		if !sameBits(Column(a.w), want) || StorageOf(a.w).Origin != nil {
			t.Errorf("w = %s: the column has other values", test.text)
		}
		Column(a.w).SetFloat(1, 1-Column(a.w).Float(1))
		*StorageOf(a.w) = kept
		if !sameBits(AllValues(a.w), want) {
			t.Errorf("w = %s: the column and what it was made from are not apart", test.text)
		}
	}
}

func TestAscending(t *testing.T) {
	a := NewAscending([]int32{0, 2, 0, 3, 1, 0}, 1)
	want := []int32{0, 0, 2, 2, 2, 3}
	if a.Elements() != len(want) {
		t.Fatalf("%d elements, want %d", a.Elements(), len(want))
	}
	for lo := range want {
		for hi := lo; hi <= len(want); hi++ {
			got := make([]int32, hi-lo)
			if a.Fill(lo, exec.Column{I32: got}); !slices.Equal(got, want[lo:hi]) {
				t.Errorf("from %d to %d: %v, want %v", lo, hi, got, want[lo:hi])
			}
		}
	}
}

func TestOnlyValue(t *testing.T) {
	v := &model.Variable{Name: "w", Type: model.Float}
	for _, test := range []struct {
		storage *Storage
		x       float64
		equal   bool
	}{
		{&Storage{Column: exec.Column{F64: []float64{2, 2, 2}}}, 2, true},
		{&Storage{Column: exec.Column{F64: []float64{2, 2, 3}}}, 0, false},
		{&Storage{Column: exec.Column{F32: []float32{0.5, 0.5, 0.5}}}, 0.5, true},
		{&Storage{Column: exec.Column{I32: []int32{1, 1, 1}}}, 0, false},
		{&Storage{Origin: Constant{exec.Column{F64: []float64{4}}, 3}}, 4, true},
		{&Storage{Origin: Zeros(v, 3)}, 0, true},
	} {
		v.Storage = test.storage
		if x, equal := OnlyValue(v, 3); x != test.x || equal != test.equal {
			t.Errorf("%+v: %v, %v; want %v, %v", test.storage, x, equal, test.x, test.equal)
		}
	}
}
