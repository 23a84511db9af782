package syntax

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/diag"
)

func TestNames(t *testing.T) {
	for _, test := range []struct {
		text             string
		names, functions []string
	}{
		{"a + b*a", []string{"a", "b"}, nil},
		{"exp(-t/tau) + f(g(x))", []string{"exp", "t", "tau", "f", "g", "x"}, []string{"exp", "f", "g"}},
		{"a.b(c=d)[e] if h else lambda i=j: i", []string{"a", "d", "e", "h", "j", "i"}, nil},
		{"f'{a:{b}}' 'c'", []string{"a", "b"}, nil},
		{"{a: b for c in d if e}", []string{"a", "b", "c", "d", "e"}, nil},
		{"3 + True", nil, nil},
	} {
		x := mustParse(t, test.text)
		if got := Names(x); !slices.Equal(got, test.names) {
			t.Errorf("Names(%s) = %v, want %v", test.text, got, test.names)
		}
		if got := Functions(x); !slices.Equal(got, test.functions) {
			t.Errorf("Functions(%s) = %v, want %v", test.text, got, test.functions)
		}
	}
}

func TestWalkStopsWhereToldTo(t *testing.T) {
	var seen []string
	Walk(mustParse(t, "f(a)*b + c"), func(x Expr) bool {
		if name, ok := x.(*Name); ok {
			seen = append(seen, name.Ident)
		}
		_, call := x.(*Call)
		return !call
	})
	if got := strings.Join(seen, " "); got != "b c" {
		t.Errorf("saw %q, want only what is outside the call", got)
	}
}

func TestSubstitute(t *testing.T) {
	for _, test := range []struct{ text, old, replacement, want string }{
		{"a*b", "a", "x + y", "(x + y)*b"},
		{"a - a", "a", "b - c", "b - c - (b - c)"},
		{"a**2", "a", "-x", "(-x)**2"},
		{"f(a, b) and a < 3", "a", "x", "f(x, b) and x < 3"},
		{"f(a)", "f", "g", "g(a)"},
		{"-a", "a", "a + 1", "-(a + 1)"}, // what is put in is not looked at again
		{"b", "a", "x", "b"},
	} {
		x := mustParse(t, test.text)
		before := Format(x)
		y := Substitute(x, map[string]Expr{test.old: mustParse(t, test.replacement)})
		if got := Format(y); got != test.want {
			t.Errorf("%s with %s for %s = %s, want %s", test.text, test.replacement, test.old, got, test.want)
		}
		if Format(x) != before {
			t.Errorf("%s was changed to %s", before, Format(x))
		}
		if before == test.want && y != x {
			t.Errorf("%s was copied though nothing changed", before)
		}
	}
}

func TestEqualTellsTreesApart(t *testing.T) {
	texts := expressionTexts(t)
	trees := make([]Expr, len(texts))
	for i, text := range texts {
		trees[i] = mustParse(t, text)
	}
	for i, a := range trees {
		for j, b := range trees {
			// Two trees that print alike are the same, and the other way round; {x=} prints as written.
			if got, want := Equal(a, b), Format(a) == Format(b); got != want {
				t.Errorf("Equal(%s, %s) = %v", texts[i], texts[j], got)
			}
		}
	}
	if Equal(trees[0], nil) || Equal(nil, trees[0]) || !Equal(nil, nil) {
		t.Error("nil equals only nil")
	}
}

func TestRewriteWithoutChangeKeepsTheTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := drawExpr(t, 3)
		if y := Rewrite(x, func(x Expr) Expr { return x }); y != x {
			t.Fatalf("%s was copied", Format(x))
		}
	})
}

// Text that is nested or chained beyond the bounds is refused; just within them it parses.
func TestBounds(t *testing.T) {
	for _, test := range []struct {
		name        string
		text        string
		wantMessage string
	}{
		{"brackets", strings.Repeat("(", 1000) + "x" + strings.Repeat(")", 1000), "nested more than"},
		{"open brackets", strings.Repeat("[", 1_000_000), "nested more than"},
		{"signs", strings.Repeat("-", 1_000_000) + "x", "nested more than"},
		{"not", strings.Repeat("not ", 100_000) + "x", "nested more than"},
		{"powers", strings.Repeat("x**", 100_000) + "x", "nested more than"},
		{"conditions", strings.Repeat("x if y else ", 100_000) + "x", "nested more than"},
		{"lambdas", strings.Repeat("lambda: ", 100_000) + "x", "nested more than"},
		{"sum", "x" + strings.Repeat("+x", 100_000), "terms in a row"},
		{"attributes", "x" + strings.Repeat(".x", 100_000), "terms in a row"},
		{"calls", "x" + strings.Repeat("()", 100_000), "terms in a row"},
		{"fields", strings.Repeat("f'{", 1000), "not closed"},
		{"deep", strings.Repeat("(", 150) + "x" + strings.Repeat(")", 150), ""},
		{"long", "x" + strings.Repeat("+x", 4000), ""},
		{"wide", "[" + strings.Repeat("x,", 100_000) + "]", ""},
		{"many strings", strings.Repeat("'a' ", 100_000), ""},
	} {
		_, err := ParseExpr(&diag.Source{Name: "test", Text: test.text})
		switch {
		case test.wantMessage == "" && err != nil:
			t.Errorf("%s: %v", test.name, err)
		case test.wantMessage != "" && (err == nil || !strings.Contains(err.Error(), test.wantMessage)):
			t.Errorf("%s: got %v, want a message with %q", test.name, err, test.wantMessage)
		}
	}
	var blocks strings.Builder
	for i := range 200 {
		blocks.WriteString(strings.Repeat(" ", i) + "if x:\n")
	}
	for name, text := range map[string]string{
		"blocks": blocks.String(),
		"elif":   "if x: y\n" + strings.Repeat("elif x: y\n", 10_000),
	} {
		if _, err := ParseModule(&diag.Source{Name: "test", Text: text}, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
