package model

import (
	"fmt"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

// exampleScope knows v and u (volt), x (float), n (integer), b (boolean), s (shared), y = 2*v (subexpression), and
// outside the model tau (10 ms), k (3), big, and the timed arrays f(t) and g(t, i) in amp.
func exampleScope() *Scope {
	variable := func(name string, t Type, dim units.Dimension) *Symbol {
		return &Symbol{Name: name, Kind: VariableSymbol, Type: t, Dim: dim, Var: &Variable{Name: name, Type: t, Dim: dim, Owner: "cells"}}
	}
	known := map[string]*Symbol{
		"v": variable("v", Float, units.Voltage), "u": variable("u", Float, units.Voltage), "x": variable("x", Float, units.Dimension{}),
		"n": variable("n", Integer, units.Dimension{}), "b": variable("b", Boolean, units.Dimension{}), "s": variable("s", Float, units.Dimension{}),
		"t": variable("t", Float, units.Time), "i": {Name: "i", Kind: ElementNumber, Type: Integer},
	}
	known["s"].Index, known["t"].Index = Shared, Shared
	known["t"].Var.ReadOnly = true
	body, err := syntax.ParseExpr(&diag.Source{Name: "y", Text: "2*v"})
	if err != nil {
		panic(err)
	}
	known["y"] = &Symbol{Name: "y", Kind: Expression, Type: Float, Dim: units.Voltage, Body: body, Var: &Variable{Name: "y"}}
	return &Scope{
		What: "the code", Object: func(name string) *Symbol { return known[name] }, ObjectNames: func() []string { return []string{"v", "u", "x"} },
		Run: Map{
			"tau": {Type: Float, Float: 0.01, Dim: units.Time}, "k": {Type: Integer, Int: 3}, "big": {Type: Integer, Int: 1 << 40},
			"f": {Type: Float, Table: &TimedArray{Name: "f", Dim: units.Current}}, "g": {Type: Float, Table: &TimedArray{Name: "g", Cols: 2, Dim: units.Current}},
		},
	}
}

func TestTypesAndDimensions(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"True", "boolean 1"}, {"3", "integer 1"}, {"3.0", "float 1"},
		{"1 + 2", "integer 1"}, {"1 + 2.0", "float 1"}, {"7/2", "float 1"}, {"7//2", "integer 1"}, {"7.5//2", "float 1"}, {"-7 % 3", "integer 1"},
		{"2**3", "integer 1"}, {"2**-1", "float 1"}, {"2**0.5", "float 1"}, {"n**2", "integer 1"},
		{"n*x", "float 1"}, {"n + i", "integer 1"}, {"-n", "integer 1"}, {"b + b", "integer 1"}, {"big", "integer 1 wide"}, {"big + n", "integer 1 wide"},
		{"v*v", "float m^4 kg^2 s^-6 A^-2"}, {"v**2", "float m^4 kg^2 s^-6 A^-2"}, {"v/tau", "float m^2 kg s^-4 A^-1"}, {"v**k/v**k", "float 1"}, {"(v**2)**0.5", "float m^2 kg s^-3 A^-1"},
		{"v > u", "boolean 1"}, {"b and not (x > 1)", "boolean 1"}, {"n == 3", "boolean 1"},
		{"exp(n)", "float 1"}, {"abs(n)", "integer 1"}, {"abs(-v)", "float m^2 kg s^-3 A^-1"}, {"sign(v)", "float 1"}, {"sign(n)", "integer 1"},
		{"int(x)", "integer 1"}, {"int(x > 0)", "integer 1"}, {"floor(n)", "float 1"}, {"ceil(v)", "float m^2 kg s^-3 A^-1"}, {"sqrt(v*v)", "float m^2 kg s^-3 A^-1"},
		{"clip(n, 0, 5)", "integer 1"}, {"clip(n, 0, 5.0)", "float 1"}, {"clip(v, u, 2*mV)", "float m^2 kg s^-3 A^-1"},
		{"timestep(t, tau)", "integer 1 wide"}, {"rand()", "float 1"}, {"poisson(x)", "integer 1"},
		{"f(t)", "float A"}, {"g(t, i)", "float A"}, {"g(t, n + 1)", "float A"}, {"y", "float m^2 kg s^-3 A^-1"}, {"pi*e*inf", "float 1"}, {"1*second/ms", "float 1"},
	} {
		kind, err := Infer(parseExpr(t, c.text), exampleScope())
		got := fmt.Sprintf("%s %s", kind.Type, kind.Dim)
		if kind.Wide {
			got += " wide"
		}
		if err != nil || got != c.want {
			t.Errorf("%s: got %s (%v), want %s", c.text, got, err, c.want)
		}
	}
}

func TestExpressionsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ text, kind, want string }{
		{"v + x", "DimensionMismatchError", "Expression 'v + x' uses inconsistent units ('v' has unit "},
		{"v - 0", "DimensionMismatchError", "inconsistent units"}, {"v > 0", "DimensionMismatchError", "inconsistent units"}, {"v % x", "DimensionMismatchError", "inconsistent units"},
		{"v // u", "DimensionMismatchError", "can only be used for dimensionless values"},
		{"x**v", "DimensionMismatchError", "exponents must be dimensionless"}, {"v**n", "SyntaxError", "Value n is not constant"}, {"v**x", "SyntaxError", "Value x is not constant"},
		{"exp(v)", "DimensionMismatchError", "Incorrect units for argument number 1 of function 'exp'"}, {"clip(v, 0, 1)", "DimensionMismatchError", "argument number 2 of function 'clip'"},
		{"timestep(x, tau)", "DimensionMismatchError", "argument number 1 of function 'timestep'"}, {"int(v)", "DimensionMismatchError", "argument number 1"},
		{"x and b", "TypeError", "Boolean operator acting on non-booleans"}, {"not n", "TypeError", "Boolean operator acting on non-booleans"}, {"-b", "TypeError", "a sign in front of a boolean"},
		{"0 < x < 1", "SyntaxError", "single comparisons"}, {"x & n", "SyntaxError", ""}, {"~n", "SyntaxError", ""}, {"x if b else n", "SyntaxError", ""}, {"x[0]", "SyntaxError", ""},
		{"exp(x, n)", "SyntaxError", "takes 1 argument(s), but 'exp(x, n)' gives it 2"}, {"exp", "SyntaxError", "has to be called"}, {"f", "SyntaxError", "is a TimedArray and has to be called"},
		{"f(x)", "DimensionMismatchError", "expects a time in seconds"}, {"g(t)", "ValueError", "takes 2 argument(s)"}, {"g(t, x)", "TypeError", "must be an integer"}, {"f(t, i)", "ValueError", "takes 1 argument(s)"},
		{"foo(x)", "KeyError", "Unknown function 'foo'"}, {"foo", "KeyError", "The identifier \"foo\" could not be resolved."}, {"x(3)", "TypeError", "'x' is not a function"},
	} {
		expr, err := syntax.ParseExpr(&diag.Source{Name: "expression", Text: c.text})
		if err == nil {
			_, err = Infer(expr, exampleScope())
		}
		wantError(t, c.text, err, c.kind, c.want)
	}
}

func TestBareZeroHasNoUnit(t *testing.T) {
	_, err := Infer(parseExpr(t, "v > 0"), exampleScope())
	if m := diag.FromError(err); len(m.Hint) == 0 {
		t.Errorf("no hint about the zero: %v", m)
	}
	variables, _ := parse(t, "dv/dt = 0 : volt").Variables("cells")
	wantError(t, "dv/dt = 0", CheckDimensions(variables, exampleScope()), "DimensionMismatchError", "Inconsistent units in differential equation defining variable 'v': Expression '0' does not have the expected unit")
	variables, _ = parse(t, "dv/dt = 0*volt/second + xi*mV*ms**-0.5 : volt\nw = v : volt").Variables("cells")
	if err := CheckDimensions(variables, exampleScope()); err != nil {
		t.Error(err)
	}
	variables, _ = parse(t, "w = v : amp").Variables("cells")
	wantError(t, "w = v : amp", CheckDimensions(variables, exampleScope()), "DimensionMismatchError", "Inconsistent units in subexpression defining variable 'w'")
	variables, _ = parse(t, "w = x : integer").Variables("cells")
	wantError(t, "w = x : integer", CheckDimensions(variables, exampleScope()), "TypeError", "declared as integer")
}

// The first match wins: what the object knows, constants, units, functions, the group's namespace, that of the run.
func TestNamespacePrecedence(t *testing.T) {
	here := func(x float64) Map {
		m := Map{}
		for _, name := range []string{"v", "pi", "ms", "exp", "k"} {
			m[name] = External{Type: Float, Float: x}
		}
		return m
	}
	scope := exampleScope()
	scope.Group, scope.Run = here(1), here(2)
	scope.Run.(Map)["only"] = External{Type: Float, Float: 3}
	for _, c := range []struct {
		name string
		kind SymbolKind
		want float64
	}{{"v", VariableSymbol, 0}, {"pi", Constant, Constants["pi"]}, {"ms", Constant, 1e-3}, {"exp", FunctionSymbol, 0}, {"k", Constant, 1}, {"only", Constant, 3}} {
		symbol, err := scope.Resolve(c.name, diag.Span{})
		if err != nil || symbol.Kind != c.kind || symbol.Value.Number() != c.want {
			t.Errorf("%s: got %v, %v", c.name, symbol, err)
		}
	}
	scope.Declare("k", Float, units.Voltage)
	if symbol, _ := scope.Resolve("k", diag.Span{}); symbol.Kind != Local {
		t.Errorf("a local does not hide a name outside: %v", symbol)
	}
	scope.Run = failing{}
	_, err := scope.Resolve("array", diag.Span{})
	wantError(t, "array", err, "KeyError", "not a scalar value")
	_, err = exampleScope().Resolve("taw", diag.Span{})
	if m := diag.FromError(err); m.Kind != "KeyError" {
		t.Errorf("got %v", m)
	}
}

type failing struct{}

func (failing) Lookup(string) (External, bool, error) {
	return External{}, true, fmt.Errorf("\"array\" was found in the namespace, but is not a scalar value")
}
func (failing) Names() []string { return nil }

func parseCode(t *testing.T, text string) []*syntax.CodeStmt {
	t.Helper()
	code, err := syntax.ParseCode(&diag.Source{Name: "code", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestCode(t *testing.T) {
	scope := exampleScope()
	writes, err := CheckCode(parseCode(t, "r = v*2; r = r + u\nk = 7; v = r # comment\nq = n; x += k; n = 2.5; b = 1"), scope)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, w := range writes {
		names = append(names, w.Symbol.Name)
	}
	if got, want := fmt.Sprint(names), "[v x n b]"; got != want {
		t.Errorf("written %s, want %s", got, want)
	}
	for name, want := range map[string]string{"r": "float", "k": "integer", "q": "integer"} {
		if symbol := scope.Known(name); symbol == nil || symbol.Kind != Local || symbol.Type.String() != want {
			t.Errorf("%s is %v", name, symbol)
		}
	}
}

func TestCodeThatIsRefused(t *testing.T) {
	for _, c := range []struct{ text, kind, want string }{
		{"v = 1", "DimensionMismatchError", "The right-hand-side of code statement 'v = 1' does not have the expected unit"},
		{"v = 0", "DimensionMismatchError", "The right-hand-side of code statement"},
		{"v *= u", "DimensionMismatchError", "does not have the expected unit"},
		{"v += 1", "DimensionMismatchError", "inconsistent units"},
		{"r = v; r = x", "DimensionMismatchError", "does not have the expected unit"},
		{"x //= 2", "SyntaxError", "Unknown operator"},
		{"x **= 2", "SyntaxError", "Unknown operator"},
		{"y = 3*mV", "SyntaxError", "Cannot write to subexpression 'y'"},
		{"t = 3*ms", "SyntaxError", "Cannot write to the read-only variable 't'"},
		{"k += 1", "KeyError", "'k' is not a variable of the code"},
		{"i = 2", "SyntaxError", "Cannot write to the read-only variable 'i'"},
		{"x = k; k = 3", "KeyError", "'k' is read in 'x = k' before it is assigned"},
		{"x = nowhere", "KeyError", "could not be resolved"},
		{"x = 1; s = 2", "SyntaxError", "All writes to scalar variables in a code block have to be made before writes to vector variables. Illegal write to s."},
		{"b = 1.5", "TypeError", "'b' is boolean"},
		{"x = rand() - rand()", "NotImplementedError", "more than one call of rand"},
	} {
		_, err := CheckCode(parseCode(t, c.text), exampleScope())
		wantError(t, c.text, err, c.kind, c.want)
	}
	for _, text := range []string{"s = 2; x = 1", "x = rand() + randn()", "x = rand(); x = rand()", "r = 1; s = r; x = s", "v *= 2", "v /= x"} {
		if _, err := CheckCode(parseCode(t, text), exampleScope()); err != nil {
			t.Errorf("%s is refused: %v", text, err)
		}
	}
}

func TestConstantValues(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"3", 3, true}, {"-2.5", -2.5, true}, {"k + 1", 4, true}, {"k/2", 1.5, true}, {"2*k - 1", 5, true}, {"tau/ms", 10, true},
		{"k/0", 0, false}, {"x", 0, false}, {"2*n", 0, false}, {"nowhere", 0, false}, {"not k", 0, false},
	} {
		got, ok := ConstantValue(parseExpr(t, c.text), exampleScope())
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s: got %v, %v", c.text, got, ok)
		}
	}
}
