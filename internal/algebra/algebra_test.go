package algebra

import (
	"math"
	"math/rand"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

func parse(t testing.TB, text string) syntax.Expr {
	t.Helper()
	e, err := syntax.ParseExpr(&diag.Source{Name: "test", Text: text})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func TestExpandedForms(t *testing.T) {
	for text, want := range map[string]string{
		"0":                                  "0",
		"2*3 - 7":                            "-1",
		"1/3 + 1/6":                          "0.5",
		"x/3":                                "x/3",
		"x + x":                              "2*x",
		"b + a":                              "a + b",
		"-a + b":                             "b - a",
		"x - x":                              "0",
		"x*x/x":                              "x",
		"x/x":                                "1",
		"(a + b)*(a - b)":                    "a**2 - b**2",
		"(x + 1)**2 - x**2 - 1":              "2*x",
		"(x + 1)**3/(x + 1)":                 "1/(1 + x) + 3*x/(1 + x) + 3*x**2/(1 + x) + x**3/(1 + x)",
		"1/(a - b) + 1/(b - a)":              "0",
		"1/(a + b)**2":                       "1/(2*a*b + a**2 + b**2)",
		"a/(b/c)":                            "a*c/b",
		"sqrt(x)*sqrt(x)":                    "x",
		"sqrt(x)**4":                         "x**2",
		"x**0.5":                             "sqrt(x)",
		"sqrt(x**2)":                         "sqrt(x**2)",
		"sqrt(2)*sqrt(2)":                    "2",
		"sqrt(a + b)*sqrt(a + b)":            "a + b",
		"x**-1.5":                            "1/x**1.5",
		"x**a*x":                             "x**a*x",
		"1**a":                               "1",
		"exp(a)*exp(b)":                      "exp(a + b)",
		"exp(a)/exp(a)":                      "1",
		"exp(a)**2":                          "exp(2*a)",
		"exp(x + log(y))":                    "exp(x)*y",
		"exp(2*log(x))":                      "x**2",
		"log(exp(x))":                        "x",
		"exp((v - T)/D)":                     "exp(v/D - T/D)",
		"f(b + a, 2) - f(a + b, 1 + 1)":      "0",
		"x*int(x > 2 + 1)":                   "int(x > 3)*x",
		"int(not a) + int(a and b)":          "int(a and b) + int(not a)",
		"x % 2 - x % 2 + x//3":               "x//3",
		"0.1*x + 0.2*x":                      "0.30000000000000004*x",
		"0*f(x)":                             "0",
		"True*x":                             "True*x",
		"123456789012345678901234567890.0*x": "1.2345678901234568e+29*x",
	} {
		if got := syntax.Format(FromExpr(parse(t, text)).Expr()); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestShapes(t *testing.T) {
	for text, want := range map[string]Shape{
		"a + b": Free, "x - x": Free, "0*x": Free,
		"x": Affine, "(x + 1)**2 - x**2": Affine, "a*(b - x)/c": Affine, "x*sin(y)": Affine,
		"exp(x) - x": Conditional, "x*exp(x)": Conditional, "x*int(x > 2)": Conditional, "exp(log(x) + x)": Conditional,
		"x - x**2": OtherPower, "1/x - x": OtherPower, "x + sqrt(x)": OtherPower,
		"x**2": NonLinear, "exp(x)": NonLinear, "x + x**2 + 1": NonLinear, "1/(1 + x)": NonLinear, "x**a": NonLinear,
		"(a + b + c + d + x)**40": Undetermined, "(((x*1.1)**64)**64)**64": Undetermined,
	} {
		if got := ShapeOf(parse(t, text), "x"); got != want {
			t.Errorf("%s has shape %d, want %d", text, got, want)
		}
	}
}

func TestLinear(t *testing.T) {
	for _, c := range []struct{ text, slope, rest string }{
		{"(g - v)/tau", "-1/tau", "g/tau"},
		{"a*(b + v)", "a", "a*b"},
		{"-(v - E)*g", "-g", "E*g"},
		{"g", "0", "g"},
		{"v - v + g", "0", "g"},
		{"(v + 1)**2 - v**2", "2", "1"},
		{"v*exp(v) - v", "exp(v) - 1", "0"},
		{"(exp(v) - v)/tau", "-1/tau", "exp(v)/tau"},
		{"(v - v**2)/tau", "1/tau", "-v**2/tau"},
		{"(+v + 2*(1 - v))*3", "-3", "6"},
		{"(a + b + c + d + v)**40 + v", "1", "(a + b + c + d + v)**40"},
	} {
		slope, rest := Linear(parse(t, c.text), "v")
		if got, want := syntax.Format(slope), c.slope; got != want && !FromExpr(slope).Equal(FromExpr(parse(t, want))) {
			t.Errorf("%s: slope %s, want %s", c.text, got, want)
		}
		if got, want := syntax.Format(rest), c.rest; got != want && !FromExpr(rest).Equal(FromExpr(parse(t, want))) {
			t.Errorf("%s: rest %s, want %s", c.text, got, want)
		}
	}
}

func TestPredicates(t *testing.T) {
	for text, want := range map[string][3]bool{ // reciprocal, polynomial, negative
		"-1/tau": {true, false, false}, "-g/C": {false, false, false}, "-2": {true, true, true}, "a*b - 2": {false, true, false},
		"-4/tau**2": {true, false, true}, "-4*a**2": {false, true, true}, "4*a**2": {false, true, false}, "sin(a)": {false, false, false},
		"-exp(a)/b": {true, false, false}, "1/(a + b)": {true, false, false},
	} {
		f := FromExpr(parse(t, text))
		if got := [3]bool{f.IsReciprocal(), f.IsPolynomial(), f.IsNegative()}; got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
	huge := FromExpr(parse(t, "(a + b + c + d)**60"))
	if !huge.Huge() || huge.Equal(huge) || huge.IsZero() {
		t.Error("a sum that is too large answers questions")
	}
}

func TestDeterminant(t *testing.T) {
	symbol := func(name string) *Form { return FromExpr(parse(t, name)) }
	m := [][]*Form{
		{symbol("a"), symbol("b"), symbol("0")},
		{symbol("c"), symbol("d"), symbol("1")},
		{symbol("0"), symbol("2"), symbol("e")},
	}
	if got, want := Determinant(m), symbol("a*(d*e - 2) - b*c*e"); !got.Equal(want) {
		t.Errorf("the determinant is %s", syntax.Format(got.Expr()))
	}
}

// TestValuesAreKept evaluates random expressions, their expanded forms and their linear parts.
func TestValuesAreKept(t *testing.T) {
	random := rand.New(rand.NewSource(3))
	values := map[string]float64{"a": 0.7, "b": -1.3, "c": 2.1, "v": 0.45}
	for range 3000 {
		e := randomExpr(random, 5)
		want := evaluate(e, values)
		form := FromExpr(e)
		if form.Huge() || math.IsNaN(want) || math.IsInf(want, 0) || math.Abs(want) > 1e6 {
			continue
		}
		check := func(what string, got syntax.Expr) {
			if value := evaluate(got, values); math.Abs(value-want) > 1e-6*math.Max(1, math.Abs(want)) {
				t.Fatalf("%s of %s is %s: %g, want %g", what, syntax.Format(e), syntax.Format(got), value, want)
			}
		}
		check("the expansion", form.Expr())
		slope, rest := Linear(e, "v")
		check("the linear form", Plus(Times(slope, Ref("v")), rest))
	}
}

func randomExpr(random *rand.Rand, depth int) syntax.Expr {
	if depth == 0 || random.Intn(6) == 0 {
		if random.Intn(3) == 0 {
			return Number(float64(random.Intn(5)) / 2)
		}
		return Ref(string("abcv"[random.Intn(4)]))
	}
	x, y := randomExpr(random, depth-1), randomExpr(random, depth-1)
	switch random.Intn(9) {
	case 0:
		return &syntax.Unary{Op: syntax.Neg, X: x}
	case 1:
		return &syntax.Binary{Op: syntax.Pow, X: x, Y: &syntax.Int{Value: int64(random.Intn(4))}}
	case 2:
		return Call([]string{"exp", "sin", "abs"}[random.Intn(3)], x)
	case 3:
		return &syntax.Binary{Op: syntax.Div, X: x, Y: y}
	}
	return &syntax.Binary{Op: []syntax.Op{syntax.Add, syntax.Sub, syntax.Mul}[random.Intn(3)], X: x, Y: y}
}

func evaluate(e syntax.Expr, values map[string]float64) float64 {
	switch e := e.(type) {
	case *syntax.Name:
		return values[e.Ident]
	case *syntax.Int:
		return float64(e.Value)
	case *syntax.Float:
		return e.Value
	case *syntax.Unary:
		return -evaluate(e.X, values)
	case *syntax.Call:
		x := evaluate(e.Args[0], values)
		switch e.Func.(*syntax.Name).Ident {
		case "exp":
			return math.Exp(x)
		case "sin":
			return math.Sin(x)
		case "sqrt":
			return math.Sqrt(x)
		}
		return math.Abs(x)
	case *syntax.Binary:
		x, y := evaluate(e.X, values), evaluate(e.Y, values)
		switch e.Op {
		case syntax.Add:
			return x + y
		case syntax.Sub:
			return x - y
		case syntax.Mul:
			return x * y
		case syntax.Div:
			return x / y
		}
		return math.Pow(x, y)
	}
	return math.NaN()
}
