package plan

import (
	"testing"

	"synfire/internal/diag"
	"synfire/internal/exec/portable"
	"synfire/internal/lower"
	"synfire/internal/model"
	"synfire/internal/syntax"
)

func TestBeyond(t *testing.T) {
	symbols := map[string]*model.Symbol{}
	constant := map[*model.Variable]bool{}
	see := func(name string, index model.Index) {
		v := &model.Variable{Name: name, Owner: "object", Kind: model.Parameter, Type: model.Float, Rows: "rows"}
		symbols[name] = v.Symbol()
		symbols[name].Index = index
		constant[v] = name == "fixed"
	}
	see("own", model.Own)
	see("shared", model.Shared)
	see("source", model.Pre)
	see("target", model.Post)
	see("row", model.Row)
	see("fixed", model.Pre)
	for _, test := range []struct {
		code          string
		index         string
		reads, writes bool
	}{
		{"own = own + shared + row", "", false, false},
		{"own = target", "", true, false},
		{"own = target", lower.PostIndex, false, false},
		{"own = source + target", lower.PostIndex, true, false},
		{"own = fixed", "", false, false},
		{"target += own", lower.PostIndex, false, false},
		{"target += own", "", true, true},
		{"source += target", lower.PostIndex, true, true},
		{"shared = 1", "", false, true},
	} {
		code, err := syntax.ParseCode(&diag.Source{Name: "test", Text: test.code})
		if err != nil {
			t.Fatal(err)
		}
		builder := lower.New("test", lower.Config{
			Scope:    &model.Scope{What: "a test", Object: func(name string) *model.Symbol { return symbols[name] }},
			Constant: func(v *model.Variable) bool { return constant[v] }, Elements: 1,
		})
		if err := builder.Statements(code); err != nil {
			t.Fatal(err)
		}
		program, err := Compile(builder.Finish(), portable.Executor{}, KeepShared)
		if err != nil {
			t.Fatal(err)
		}
		if reads, writes := program.Beyond(test.index); reads != test.reads || writes != test.writes {
			t.Errorf("%q where %q is its own: reads %v, writes %v; want %v, %v", test.code, test.index, reads, writes, test.reads, test.writes)
		}
	}
}
