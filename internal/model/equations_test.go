package model

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

func parse(t *testing.T, text string) *Equations {
	t.Helper()
	equations, err := ParseEquations(&diag.Source{Name: "equations", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return equations
}

func parseExpr(t *testing.T, text string) syntax.Expr {
	t.Helper()
	expr, err := syntax.ParseExpr(&diag.Source{Name: "expression", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return expr
}

// wantError demands a message of a kind that contains a text.
func wantError(t *testing.T, what string, err error, kind, text string) {
	t.Helper()
	var m *diag.Message
	if !errors.As(err, &m) {
		t.Errorf("%s: got %v, want %s: %s", what, err, kind, text)
	} else if m.Kind != kind || !strings.Contains(m.Text, text) {
		t.Errorf("%s: got %s: %s\nwant %s: %s", what, m.Kind, m.Text, kind, text)
	}
}

func TestNamesThatAreRefused(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"lambda", "'lambda' is a Python keyword and cannot be used as a variable."},
		{"None", "'None' is a Python keyword"},
		{"_x", "starts with an underscore, this is only allowed for variables used internally."},
		{"t", "'t' has a special meaning in equations and cannot be used as a variable name."},
		{"dt", "'dt' has a special meaning"},
		{"t_in_timesteps", "has a special meaning"},
		{"i", "'i' has a special meaning"},
		{"N", "'N' has a special meaning"},
		{"xi", "'xi' has a special meaning"},
		{"xi_v", "'xi_v' cannot be used as a variable name"},
		{"not_refractory", "is used in the refractory mechanism"},
		{"refractory", "is used in the refractory mechanism"},
		{"refractory_until", "is used in the refractory mechanism"},
		{"ms", "'ms' is the name of a unit, cannot be used as a variable name."},
		{"volt", "'volt' is the name of a unit"},
		{"exp", "'exp' is the name of a function, cannot be used as a variable name."},
		{"rand", "'rand' is the name of a function"},
		{"pi", "'pi' is the name of a constant"},
		{"inf", "'inf' is the name of a constant"},
	} {
		wantError(t, c.name, checkName(c.name, diag.Span{}), "SyntaxError", c.text)
		if _, err := ParseEquations(&diag.Source{Name: "equations", Text: c.name + " : 1"}); err == nil {
			t.Errorf("equations may define %s", c.name)
		}
	}
	for _, name := range []string{"x", "lastspike", "Apost", "msec", "x_xi", "NN", "delay"} {
		if _, err := ParseEquations(&diag.Source{Name: "equations", Text: name + " : 1"}); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		}
	}
}

func TestSuffixesAndReservedNames(t *testing.T) {
	for _, c := range []struct {
		text       string
		group      GroupKind
		kind, want string
	}{
		{"x_pre : 1", Neurons, "ValueError", "'x_pre' cannot be used as a variable name, the '_pre' and '_post' suffixes are used"},
		{"x_post : 1", SynapseGroup, "ValueError", "'x_post' cannot be used as a variable name"},
		{"delay : second", SynapseGroup, "SyntaxError", "'delay' is a reserved name"},
		{"j : 1", SynapseGroup, "SyntaxError", "'j' is a reserved name"},
	} {
		wantError(t, c.text, parse(t, c.text).Check(c.group), c.kind, c.want)
	}
	for text, group := range map[string]GroupKind{"x_post = y : 1 (summed)\ny : 1": SynapseGroup, "delay : second\nj : 1": Neurons} {
		if err := parse(t, text).Check(group); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, c := range []struct {
		text    string
		neurons string // part of the refusal, "" if it is allowed
		synapse string
	}{
		{"x : 1 (constant)", "", ""},
		{"x : 1 (shared, constant)", "", ""},
		{"x : 1 (linked)", "", "cannot have a flag 'linked'"},
		{"x : 1 (linked, constant)", "cannot be combined", "cannot have a flag 'linked'"},
		{"x : 1 (foo)", "Equations of type 'parameter' cannot have a flag 'foo', only the following flags are allowed: (constant, shared, linked)", "cannot have a flag 'foo'"},
		{"x : 1 (unless refractory)", "cannot have a flag 'unless refractory'", "cannot have a flag 'unless refractory'"},
		{"x = 3 : 1 (shared)", "", ""},
		{"x = 3 : 1 (constant over dt)", "", ""},
		{"x = 3 : 1 (shared, constant over dt)", "", "Flag 'shared' of 'x' cannot be combined with flag 'constant over dt'"},
		{"x = 3 : 1 (summed)", "Equations of type 'subexpression' cannot have a flag 'summed'", ""},
		{"x_post = 3 : 1 (summed, shared)", "cannot have a flag 'summed'", "Flag 'summed' of 'x_post' cannot be combined with flag 'shared'"},
		{"x = 3 : 1 (constant)", "cannot have a flag 'constant'", "cannot have a flag 'constant'"},
		{"dx/dt = 1/second : 1 (unless refractory)", "", "Equations of type 'differential equation' cannot have a flag 'unless refractory', only the following flags are allowed: (event-driven, clock-driven)"},
		{"dx/dt = 1/second : 1 (event-driven)", "cannot have a flag 'event-driven'", ""},
		{"dx/dt = 1/second : 1 (event-driven, clock-driven)", "cannot have a flag", "Flag 'event-driven' of 'x' cannot be combined with flag 'clock-driven'"},
		{"dx/dt = 1/second : 1 (shared)", "cannot have a flag 'shared'", "cannot have a flag 'shared'"},
	} {
		for group, want := range map[GroupKind]string{Neurons: c.neurons, SynapseGroup: c.synapse} {
			err := parse(t, c.text).Check(group)
			if want != "" {
				wantError(t, c.text, err, "ValueError", want)
			} else if err != nil {
				t.Errorf("%s is refused: %v", c.text, err)
			}
		}
	}
	wantError(t, "shared", parse(t, "v : 1\ns = 2*v : 1 (shared)").Check(Neurons), "SyntaxError", "Shared subexpression 's' refers to non-shared variable 'v'")
	if err := parse(t, "v : 1 (shared)\ns = 2*v : 1 (shared)").Check(Neurons); err != nil {
		t.Error(err)
	}
}

func TestEquationsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ text, kind, want string }{
		{"x : 1\nx = 3 : 1", "EquationError", "Duplicate definition of variable 'x'."},
		{"dn/dt = 1/second : integer", "TypeError", "can only define floating point"},
	} {
		_, err := ParseEquations(&diag.Source{Name: "equations", Text: c.text})
		wantError(t, c.text, err, c.kind, c.want)
	}
	a, b := parse(t, "x : 1"), parse(t, "y : 1\nx : volt")
	_, err := a.Join(b)
	wantError(t, "join", err, "EquationError", "Duplicate definition of variable 'x'.")
}

// Subexpressions come in order of dependency, then differential equations, then parameters, each alphabetically.
func TestOrderOfEquations(t *testing.T) {
	equations := parse(t, "p : 1\ndz/dt = a/second : 1\na = b + c : 1\ndy/dt = 0/second : 1\nc = d : 1\nb = 2 : 1\nd = p : 1\no : 1")
	ordered, err := equations.Ordered()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, eq := range ordered {
		names = append(names, eq.Name)
	}
	if want := []string{"b", "d", "c", "a", "y", "z", "o", "p"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	for _, text := range []string{"a = a : 1", "a = b : 1\nb = c : 1\nc = 2*a : 1"} {
		_, err := parse(t, text).Ordered()
		wantError(t, text, err, "ValueError", "refer to each other in a circle")
	}
	// A differential equation may refer to itself through a subexpression.
	if _, err := parse(t, "a = x : 1\ndx/dt = -a/second : 1").Ordered(); err != nil {
		t.Error(err)
	}
}

func TestVariables(t *testing.T) {
	variables, err := parse(t, "dv/dt = -v/second : volt (unless refractory)\ns : siemens (constant, shared)\ny = v : volt (constant over dt)\nz = v : volt\nb : boolean\nn : integer").Variables("cells")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*Variable{}
	for _, v := range variables {
		byName[v.Name] = v
	}
	v, s, y, z := byName["v"], byName["s"], byName["y"], byName["z"]
	if v.Kind != Differential || !v.UnlessRefractory || v.Dim != units.Voltage || v.Owner != "cells" || !v.Stored() {
		t.Errorf("v is %+v", v)
	}
	if s.Kind != Parameter || !s.Shared || !s.Constant || s.Dim != units.Conductance {
		t.Errorf("s is %+v", s)
	}
	if !y.ConstantOverDt || !y.Stored() || z.Stored() || z.Kind != Subexpression {
		t.Errorf("y is %+v, z is %+v", y, z)
	}
	if byName["b"].Type != Boolean || byName["n"].Type != Integer || v.Type != Float {
		t.Error("wrong types")
	}
}

func TestSubstitute(t *testing.T) {
	equations := parse(t, "dv/dt = (E - v)/tau + w : volt\nw = 2*k*v/tau : volt/second\nk : 1")
	changed, err := equations.Substitute(map[string]Replacement{
		"v": {Name: "u"}, "E": {Value: parseExpr(t, "-70*mV")}, "tau": {Name: "tau_m"}, "k": {Name: "q"}, "unused": {Name: "x"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "du/dt = (-70*mV - u)/tau_m + w : volt\nw = 2*q*u/tau_m : volt/second\nq : 1"
	if got := changed.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if equations.Lookup("v") == nil || changed.Lookup("v") != nil || changed.Lookup("u") == nil {
		t.Error("Substitute changed its receiver, or did not rename")
	}
	// A value replaces as a whole.
	product, err := parse(t, "x = 2*a : 1").Substitute(map[string]Replacement{"a": {Value: parseExpr(t, "b + 1")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := product.String(); got != "x = 2*(b + 1) : 1" {
		t.Errorf("got %s", got)
	}
	for _, c := range []struct {
		replacements map[string]Replacement
		kind, want   string
	}{
		{map[string]Replacement{"v": {Value: parseExpr(t, "3")}}, "ValueError", "Cannot replace variable 'v' with a value"},
		{map[string]Replacement{"v": {Name: "ms"}}, "SyntaxError", "'ms' is the name of a unit"},
		{map[string]Replacement{"v": {Name: "k"}}, "EquationError", "Duplicate definition of variable 'k'"},
	} {
		_, err := equations.Substitute(c.replacements)
		wantError(t, "substitute", err, c.kind, c.want)
	}
}
