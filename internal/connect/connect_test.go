package connect

import (
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/syntax"
)

// naive evaluates expressions pair by pair. It knows i, j, the variable of the iteration, N_pre, N_post, the arrays
// x_pre and y_post (looking at a neuron that does not exist panics), and rand(), whose value depends on the seed, the use, the row's neuron and the draw's number.
type naive struct {
	seed             uint64
	sources, targets int
}

// naiveExpression is an expression with what it is for.
type naiveExpression struct {
	*naive
	what     string
	expr     syntax.Expr
	bySource bool
	variable string
}

// pair is one candidate.
type pair struct{ i, j, k, row, draw int32 }

func (e *naive) Prepare(what string, expr syntax.Expr, bySource bool, variable string) (Expression, error) {
	prepared := &naiveExpression{e, what, expr, bySource, variable}
	_, err := prepared.value(expr, pair{})
	return prepared, err
}

func (e *naiveExpression) Worker() Expression { return e }

func (e *naiveExpression) Type() ir.Type {
	v, _ := e.value(e.expr, pair{})
	return map[byte]ir.Type{'f': ir.F64, 'i': ir.I32, 'b': ir.Bool}[v.kind]
}

func (e *naiveExpression) Evaluate(pairs *Pairs) exec.Column {
	c := exec.NewColumn(e.Type(), len(pairs.Row))
	for n, row := range pairs.Row {
		p := pair{row: row, draw: pairs.Draws()[n], j: -1}
		if len(pairs.Partner) > 0 {
			p.j = pairs.Partner[n]
		}
		if len(pairs.Iterated) > 0 {
			p.k = pairs.Iterated[n]
		}
		p.i = row
		if !e.bySource {
			p.i, p.j = p.j, p.i
		}
		v, err := e.value(e.expr, p)
		if err != nil {
			panic(err)
		}
		if v.kind == 'b' {
			c.Bool[n] = v.boolean
		} else {
			c.SetFloat(n, v.float)
		}
	}
	return c
}

type value struct {
	float   float64
	boolean bool
	kind    byte // 'f', 'i' or 'b'
}

func (e *naiveExpression) value(expr syntax.Expr, p pair) (value, error) {
	at := func(x syntax.Expr) (value, error) { return e.value(x, p) }
	integer := func(n int) (value, error) { return value{float: float64(n), kind: 'i'}, nil }
	switch x := expr.(type) {
	case *syntax.Int:
		return integer(int(x.Value))
	case *syntax.Float:
		return value{float: x.Value, kind: 'f'}, nil
	case *syntax.Bool:
		return value{boolean: x.Value, kind: 'b'}, nil
	case *syntax.Name:
		switch x.Ident {
		case "i":
			return integer(int(p.i))
		case "j":
			return integer(int(p.j))
		case e.variable:
			return integer(int(p.k))
		case "N_pre":
			return integer(e.sources)
		case "N_post":
			return integer(e.targets)
		case "x_pre":
			return value{float: make([]float64, e.sources)[p.i] + float64(p.i)/10, kind: 'f'}, nil
		case "y_post":
			return value{float: make([]float64, e.targets)[p.j] + float64(p.j)/10, kind: 'f'}, nil
		}
	case *syntax.Unary:
		v, err := at(x.X)
		v.float, v.boolean = -v.float, !v.boolean
		return v, err
	case *syntax.Call:
		switch name := x.Func.(*syntax.Name).Ident; name {
		case "rand":
			h := fnv.New64a()
			fmt.Fprint(h, e.seed, e.what, p.row, p.draw)
			u := h.Sum64() * 0x9e3779b97f4a7c15
			u ^= u >> 29
			return value{float: float64(u*0xbf58476d1ce4e5b9>>11) * 0x1p-53, kind: 'f'}, nil
		case "log", "log1p", "int":
			v, err := at(x.Args[0])
			switch name {
			case "log":
				return value{float: math.Log(v.float), kind: 'f'}, err
			case "log1p":
				return value{float: math.Log1p(v.float), kind: 'f'}, err
			}
			return value{float: math.Trunc(v.float), kind: 'i'}, err
		}
	case *syntax.Compare:
		a, err := at(x.X)
		if err != nil {
			return a, err
		}
		b, err := at(x.Ys[0])
		holds := map[syntax.Op]bool{syntax.Lt: a.float < b.float, syntax.LtEq: a.float <= b.float, syntax.Gt: a.float > b.float,
			syntax.GtEq: a.float >= b.float, syntax.Eq: a.float == b.float, syntax.NotEq: a.float != b.float}[x.Ops[0]]
		return value{boolean: holds, kind: 'b'}, err
	case *syntax.BoolOp:
		result := x.Op == syntax.And
		for _, operand := range x.Xs {
			v, err := at(operand)
			if err != nil {
				return v, err
			}
			if x.Op == syntax.And {
				result = result && v.boolean
			} else {
				result = result || v.boolean
			}
		}
		return value{boolean: result, kind: 'b'}, nil
	case *syntax.Binary:
		a, err := at(x.X)
		if err != nil {
			return a, err
		}
		b, err := at(x.Y)
		kind := byte('i')
		if a.kind == 'f' || b.kind == 'f' || x.Op == syntax.Div {
			kind = 'f'
		}
		switch x.Op {
		case syntax.Add:
			a.float += b.float
		case syntax.Sub:
			a.float -= b.float
		case syntax.Mul:
			a.float *= b.float
		case syntax.Div:
			a.float /= b.float
		case syntax.FloorDiv:
			a.float = math.Floor(a.float / b.float)
		case syntax.Mod:
			a.float -= b.float * math.Floor(a.float/b.float)
		}
		a.kind = kind
		return a, err
	}
	return value{}, fmt.Errorf("cannot evaluate %s", syntax.Format(expr))
}

func (e *naive) UsesPartner(expr syntax.Expr, bySource bool) bool {
	for _, name := range syntax.Names(expr) {
		if bySource && (name == "j" || name == "y_post") || !bySource && (name == "i" || name == "x_pre") {
			return true
		}
	}
	return false
}

func (e *naive) Draws(expr syntax.Expr) bool { return slices.Contains(syntax.Names(expr), "rand") }

func parse(text string) syntax.Expr {
	if text == "" {
		return nil
	}
	expr, err := syntax.ParseExpr(&diag.Source{Name: "rule", Text: text})
	if err != nil {
		panic(err)
	}
	return expr
}

func parseGenerator(text string, bySource bool) *Generator {
	g, err := ParseGenerator(&diag.Source{Name: "generator", Text: text}, bySource)
	if err != nil {
		panic(err)
	}
	return g
}

func (r Rule) sized(sources, targets int) *Rule {
	r.Sources, r.Targets = sources, targets
	if f, ok := r.Probability.(*syntax.Float); ok {
		r.Fixed = f.Value
	} else if r.Probability != nil {
		r.Fixed = math.NaN()
	}
	return &r
}

// made returns the pairs of a rule as lists.
func made(rule *Rule, seed uint64, workers int) (i, j []int32, err error) {
	m, err := rule.Connect(&naive{seed: seed, sources: rule.Sources, targets: rule.Targets}, workers)
	if err != nil {
		return nil, nil, err
	}
	i, j = make([]int32, m.Len()), make([]int32, m.Len())
	m.Fill(i, j, workers)
	return i, j, nil
}

// Sections 4.2 and 4.3: the pairs that each form makes, in order.
func TestForms(t *testing.T) {
	targets := func(text string) Rule { return Rule{Generator: parseGenerator(text, true)} }
	sources := func(text string) Rule { return Rule{Generator: parseGenerator(text, false)} }
	skip := func(r Rule) Rule { r.SkipInvalid = true; return r }
	copies := func(n string, r Rule) Rule { r.Copies = parse(n); return r }
	for _, c := range []struct {
		name string
		rule Rule
		want string // source-target pairs of 3 sources and 4 targets
	}{
		{"all", Rule{}, "00 01 02 03 10 11 12 13 20 21 22 23"},
		{"condition", Rule{Condition: parse("i == j")}, "00 11 22"},
		{"condition over neurons", Rule{Condition: parse("x_pre + y_post > 0.4")}, "23"},
		{"p = 1", Rule{Probability: parse("1.0"), Condition: parse("j > 2")}, "03 13 23"},
		{"p = 0", Rule{Probability: parse("0.0")}, ""},
		{"p of the source", Rule{Probability: parse("0.0 + (i - 1)*(i - 1)")}, "00 01 02 03 20 21 22 23"},
		{"p of both", Rule{Probability: parse("1.0*(j - i)")}, "01 02 03 12 13 23"},
		{"p of both and a condition", Rule{Probability: parse("1.0*(j - i)"), Condition: parse("j != 2")}, "01 03 13 23"},
		{"copies", copies("2", Rule{Condition: parse("i == j")}), "00 00 11 11 22 22"},
		{"copies by expression", copies("i", Rule{Condition: parse("j == 0")}), "10 20 20"},
		{"list", Rule{Listed: true, I: []int32{2, 0, 2}, J: []int32{3, 1, 3}}, "23 01 23"},
		{"list with copies", copies("i", Rule{Listed: true, I: []int32{2, 0, 1}, J: []int32{3, 1, 0}}), "23 23 10"},
		{"list with p", Rule{Listed: true, I: []int32{0, 1}, J: []int32{0, 1}, Probability: parse("1.0*i")}, "11"},
		{"empty list", Rule{Listed: true, I: []int32{}, J: []int32{}}, ""},
		{"range", targets("k for k in range(2)"), "00 01 10 11 20 21"},
		{"range from", targets("k for k in range(i, 3)"), "00 01 02 11 12 22"},
		{"range by", targets("k for k in range(0, N_post, 2)"), "00 02 10 12 20 22"},
		{"range down", targets("k for k in range(3, 0, -2)"), "03 01 13 11 23 21"},
		{"empty range", targets("k for k in range(3, 0)"), ""},
		{"range with lines", targets("k\n for\tk in range(1)"), "00 10 20"},
		{"condition in range", targets("k for k in range(N_post) if k != i"), "01 02 03 10 12 13 20 21 23"},
		{"two conditions in range", targets("k for k in range(N_post) if k != i if j > 1"), "02 03 12 13 23"},
		{"condition on the neuron", targets("k for k in range(N_post) if i == 1 and x_pre > 0"), "10 11 12 13"},
		{"expression in range", targets("3 - k for k in range(2)"), "03 02 13 12 23 22"},
		{"range with copies", copies("k + 1", targets("k for k in range(2)")), "00 01 01 10 11 11 20 21 21"},
		{"one target", targets("i + 1"), "01 12 23"},
		{"one target with condition", targets("i + 2 if i < 2"), "02 13"},
		{"skipped", skip(targets("k for k in range(i - 1, i + 2)")), "00 01 10 11 12 21 22 23"},
		{"skipped with a condition on the partner", skip(targets("k for k in range(-2, 6) if y_post > 0.1")), "02 03 12 13 22 23"},
		{"skipped with copies by the partner", skip(copies("int(10*y_post)", targets("i + 2"))), "02 02 13 13 13"},
		{"kept out by a condition on the source", targets("k for k in range(4 - 0*i) if i > 1 or k < 1"), "00 10 20 21 22 23"},
		{"sources", sources("k for k in range(N_pre) if k != j"), "10 20 01 21 02 12 03 13 23"},
		{"sources with copies", copies("2", sources("j if j < 2")), "00 00 11 11"},
		{"skipped sources", skip(sources("k for k in range(j, j + 2) if x_pre > 0")), "10 11 21 22"},
		{"sample of everything", targets("k for k in sample(N_post, size=4) if k > 2"), "03 13 23"},
		{"sample with p = 1", targets("k for k in sample(1, N_post, 2, p=1.0)"), "01 03 11 13 21 23"},
		{"sample with p = 0", targets("k for k in sample(N_post, p=0.0)"), ""},
		{"sample of a size by source", skip(targets("k for k in sample(2, size=10*i)")), "10 11 20 21"},
		{"sample of an empty range", targets("k for k in sample(0, size=0)"), ""},
		{"sources by sample", sources("k for k in sample(N_pre, p=1.0) if j == 3"), "03 13 23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for workers := 1; workers <= 5; workers++ {
				i, j, err := made(c.rule.sized(3, 4), 0, workers)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for k := range i {
					got = append(got, fmt.Sprintf("%d%d", i[k], j[k]))
				}
				if strings.Join(got, " ") != c.want {
					t.Errorf("%d workers:\ngot  %s\nwant %s", workers, strings.Join(got, " "), c.want)
				}
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	const outside = "Tried to create synapse indices outside valid range."
	for _, c := range []struct {
		rule       Rule
		kind, text string
	}{
		{Rule{Listed: true, I: []int32{3}, J: []int32{0}}, "IndexError", outside},
		{Rule{Listed: true, I: []int32{0}, J: []int32{-1}}, "IndexError", outside},
		{Rule{Generator: parseGenerator("i + 2", true)}, "IndexError", outside},
		{Rule{Generator: parseGenerator("k for k in range(5) if j != 7", true)}, "IndexError", outside},
		{Rule{Generator: parseGenerator("k for k in range(5) if i != 7", true)}, "IndexError", outside},
		{Rule{Generator: parseGenerator("k for k in range(5) if i != 7", false)}, "IndexError", outside},
		{Rule{Generator: parseGenerator("1.0*i", true)}, "TypeError", "needs to be an integer"},
		{Rule{Generator: parseGenerator("k for k in range(1.5)", true)}, "TypeError", "The bound '1.5' of a range needs to be an integer"},
		{Rule{Generator: parseGenerator("k for k in range(0, 2, i)", true)}, "ValueError", "The step of a range must not be 0"},
		{Rule{Generator: parseGenerator("k for k in range(3) if k", true)}, "TypeError", "is not a boolean expression"},
		{Rule{Generator: parseGenerator("k for k in sample(3, size=4)", true)}, "IndexError", "Cannot sample 4 numbers out of 3"},
		{Rule{Generator: parseGenerator("k for k in sample(3, size=-1)", true)}, "IndexError", "Cannot sample -1 numbers"},
		{Rule{Generator: parseGenerator("k for k in sample(3, size=1.5)", true)}, "TypeError", "needs to be an integer"},
		{Rule{Copies: parse("-1")}, "ValueError", "whole number that is not negative, but is -1 for (i=0, j=0)"},
		{Rule{Copies: parse("2147483648.0")}, "ValueError", "at most 2147483647 synapses"},
		{Rule{Copies: parse("1.5")}, "ValueError", "but is 1.5"},
		{Rule{Existing: MostSynapses - 8}, "ValueError", "at most 2147483647 synapses"},
		{Rule{Existing: MostSynapses - 2, Condition: parse("i == j")}, "ValueError", "at most 2147483647 synapses"},
		{Rule{Existing: MostSynapses, Listed: true, I: []int32{0}, J: []int32{0}}, "ValueError", "at most 2147483647 synapses"},
	} {
		_, _, err := made(c.rule.sized(3, 3), 0, 2)
		var m *diag.Message
		if !errors.As(err, &m) || m.Kind != c.kind || !strings.Contains(m.Text, c.text) {
			t.Errorf("got %v, want %s: %s", err, c.kind, c.text)
		}
	}
	for text, want := range map[string]string{
		"k for k in range(3) for l in range(3)": "SyntaxError",
		"k for k in list(3)":                    "SyntaxError",
		"k for k in range()":                    "SyntaxError",
		"k for k in range(1, 2, 3, 4)":          "SyntaxError",
		"k for k in range(3, p=0.5)":            "SyntaxError",
		"k for k in sample(3)":                  "SyntaxError",
		"k for k in sample(3, p=0.5, size=2)":   "SyntaxError",
		"k for k, l in range(3)":                "SyntaxError",
		"k for k in":                            "SyntaxError",
		"i +":                                   "SyntaxError",
	} {
		_, err := ParseGenerator(&diag.Source{Name: "generator", Text: text}, true)
		var m *diag.Message
		if !errors.As(err, &m) || m.Kind != want {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

// numbers returns how many pairs each source has, checking that targets ascend.
func numbers(t *testing.T, rule *Rule, seed uint64) (perSource []int, perTarget []int) {
	t.Helper()
	i, j, err := made(rule, seed, 2)
	if err != nil {
		t.Fatal(err)
	}
	perSource, perTarget = make([]int, rule.Sources), make([]int, rule.Targets)
	for k := range i {
		if k > 0 && (i[k] < i[k-1] || i[k] == i[k-1] && j[k] <= j[k-1]) {
			t.Fatalf("pair %d is (%d, %d) after (%d, %d)", k, i[k], j[k], i[k-1], j[k-1])
		}
		perSource[i[k]]++
		perTarget[j[k]]++
	}
	return perSource, perTarget
}

// Sampled numbers of synapses are binomial: mean n*p and variance n*p*(1-p), and every target is equally likely.
func TestProbabilities(t *testing.T) {
	const sources, targets = 400, 300
	for _, p := range []float64{0.003, 0.1, 0.5, 0.97} {
		text := fmt.Sprint(p)
		for name, rule := range map[string]Rule{
			"number":        {Probability: parse(text)},
			"of the source": {Probability: parse(text + " + 0*i")},
			"of the target": {Probability: parse(text + " + 0*j")},
			"sample":        {Generator: parseGenerator("k for k in sample(N_post, p="+text+")", true)},
		} {
			perSource, perTarget := numbers(t, rule.sized(sources, targets), 1)
			chi := func(counts []int, trials int) float64 {
				sum := 0.0
				for _, n := range counts {
					difference := float64(n) - float64(trials)*p
					sum += difference * difference
				}
				return sum / (float64(len(counts)) * float64(trials) * p * (1 - p))
			}
			total := 0
			for _, n := range perSource {
				total += n
			}
			mean, sd := p*sources*targets, math.Sqrt(p*(1-p)*sources*targets)
			if math.Abs(float64(total)-mean) > 4*sd {
				t.Errorf("p=%g %s: %d synapses, want %g ± %g", p, name, total, mean, sd)
			}
			// The ratio of variances has a standard deviation of sqrt(2/n).
			for what, ratio := range map[string]float64{"sources": chi(perSource, targets), "targets": chi(perTarget, sources)} {
				if math.Abs(ratio-1) > 5*math.Sqrt(2.0/300) {
					t.Errorf("p=%g %s: the variance over %s is %g times that of a binomial", p, name, what, ratio)
				}
			}
		}
	}
}

// A sample of a size has this size, and each candidate is equally likely.
func TestSampleSizes(t *testing.T) {
	rule := Rule{Generator: parseGenerator("k for k in sample(N_post, size=1 + i % 3)", true)}.sized(3000, 10)
	perSource, perTarget := numbers(t, rule, 2)
	for i, n := range perSource {
		if n != 1+i%3 {
			t.Fatalf("source %d has %d targets", i, n)
		}
	}
	for j, n := range perTarget {
		if math.Abs(float64(n)-600) > 4*math.Sqrt(600*0.8) {
			t.Errorf("target %d was taken %d times, want about 600", j, n)
		}
	}
}

// Random pairs do not depend on how candidates are batched or shared among workers, and differ between sources.
func TestDrawsAreAddressed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sources, targets := rapid.IntRange(1, 150).Draw(t, "sources"), rapid.IntRange(1, 60).Draw(t, "targets")
		p := rapid.Float64Range(0.01, 0.99).Draw(t, "p")
		seed := rapid.Uint64().Draw(t, "seed")
		text := fmt.Sprint(p)
		for _, rule := range []Rule{
			{Probability: parse(text)}, {Probability: parse(text + "+ 0*j")}, {Condition: parse("rand() < " + text)},
			{Generator: parseGenerator("k for k in sample(N_post, p="+text+")", true)},
			{Generator: parseGenerator("k for k in range(N_post) if rand() < "+text, true)},
			{Generator: parseGenerator("k for k in sample(N_post, size=N_post//2)", true)},
			{Condition: parse("i != j"), Probability: parse(text), Copies: parse("1 + i % 2")},
		} {
			all := connected(t, rule.sized(sources, targets), seed, 1)
			if shared := connected(t, rule.sized(sources, targets), seed, 3); !slices.Equal(shared, all) {
				t.Fatalf("three workers make other pairs")
			}
			// The first sources alone make the same pairs.
			fewer := rapid.IntRange(1, sources).Draw(t, "fewer")
			some := connected(t, rule.sized(fewer, targets), seed, 2)
			if !slices.Equal(some, all[:len(some)]) || len(all) > len(some) && all[len(some)][0] < int32(fewer) {
				t.Fatalf("%d sources of %d make other pairs", fewer, sources)
			}
		}
	})
}

func connected(t *rapid.T, rule *Rule, seed uint64, workers int) [][2]int32 {
	i, j, err := made(rule, seed, workers)
	if err != nil {
		t.Fatal(err)
	}
	pairs := make([][2]int32, len(i))
	for k := range i {
		pairs[k] = [2]int32{i[k], j[k]}
	}
	return pairs
}

// Rows that are longer than a batch, and than a piece of a chunk.
func TestLongRows(t *testing.T) {
	const targets = pieces + 2*batch + 5
	text := fmt.Sprint(targets)
	for name, c := range map[string]struct {
		rule Rule
		want func(i, j int) int // how often a pair is made
	}{
		"all":       {Rule{}, func(i, j int) int { return 1 }},
		"condition": {Rule{Condition: parse("i != j")}, func(i, j int) int { return min(1, max(i-j, j-i)) }},
		"copies":    {Rule{Copies: parse("j % 3")}, func(i, j int) int { return j % 3 }},
		"many copies": {Rule{Condition: parse("j == 7"), Copies: parse("20000")}, func(i, j int) int {
			if j == 7 {
				return 20000
			}
			return 0
		}},
		"range":  {Rule{Generator: parseGenerator("k for k in range(i, N_post)", true)}, func(i, j int) int { return min(1, max(0, j-i+1)) }},
		"sample": {Rule{Generator: parseGenerator("k for k in sample(N_post, size="+text+") if k % 2 == 1", true)}, func(i, j int) int { return j % 2 }},
	} {
		i, j, err := made(c.rule.sized(2, targets), 0, 2)
		if err != nil {
			t.Fatal(name, err)
		}
		at := 0
		for source := range 2 {
			for target := range targets {
				for range c.want(source, target) {
					if at >= len(i) || int(i[at]) != source || int(j[at]) != target {
						t.Fatalf("%s: pair %d is not (%d, %d)", name, at, source, target)
					}
					at++
				}
			}
		}
		if at != len(i) {
			t.Errorf("%s: %d pairs, want %d", name, len(i), at)
		}
	}
}

func TestOccurrences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 50).Draw(t, "n")
		number := rapid.Int32Range(0, int32(rapid.SampledFrom([]int{3, 1000}).Draw(t, "neurons")))
		sources, targets := rapid.SliceOfN(number, n, n).Draw(t, "sources"), rapid.SliceOfN(number, n, n).Draw(t, "targets")
		if rapid.Bool().Draw(t, "sorted") {
			slices.Sort(sources)
		}
		want, repeated := make([]int32, n), false
		earlier := map[[2]int32]int32{}
		for k := range want {
			pair := [2]int32{sources[k], targets[k]}
			want[k] = earlier[pair]
			earlier[pair]++
			repeated = repeated || want[k] > 0
		}
		got := Occurrences(sources, targets)
		if !repeated && got != nil || repeated && !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
