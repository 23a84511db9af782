package synfire_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"synfire"
	"synfire/units"
)

// drawExpr makes expressions, most of them right, many of them wrong in type, unit or name.
func drawExpr(t *rapid.T, depth int) string {
	if depth == 0 {
		return rapid.SampledFrom([]string{
			"v", "u", "w", "n", "b", "s", "y", "i", "j", "t", "dt", "N", "k", "q", "f", "0", "1", "2", "-3", "0.5", "mV", "ms", "True", "pi", "rand()", "randn()",
			"v_post", "u_pre", "N_pre", "lastspike", "not_refractory", "lastupdate", "t_in_timesteps", "xi", "nowhere", "delay", "2147483648", "1e400", "inf",
		}).Draw(t, "name")
	}
	operand := func() string { return drawExpr(t, rapid.IntRange(0, depth-1).Draw(t, "depth")) }
	switch rapid.IntRange(0, 9).Draw(t, "form") {
	case 0, 1, 2:
		return fmt.Sprintf("%s %s %s", operand(), rapid.SampledFrom([]string{"+", "-", "*", "/", "//", "%", "**"}).Draw(t, "operator"), operand())
	case 3:
		return "(" + operand() + ")"
	case 4:
		return rapid.SampledFrom([]string{"-", "+", "not "}).Draw(t, "sign") + operand()
	case 5:
		return fmt.Sprintf("%s %s %s", operand(), rapid.SampledFrom([]string{"<", "<=", ">", "==", "!=", "and", "or"}).Draw(t, "comparison"), operand())
	case 6:
		return fmt.Sprintf("%s(%s)", rapid.SampledFrom([]string{"exp", "int", "abs", "sign", "sqrt", "floor", "f", "log", "tanh", "exprel", "nowhere"}).Draw(t, "function"), operand())
	case 7:
		return fmt.Sprintf("clip(%s, %s, %s)", operand(), operand(), operand())
	case 8:
		return fmt.Sprintf("int(%s > %s)*(%s)", operand(), operand(), operand())
	}
	return fmt.Sprintf("g(t, %s)", operand())
}

func drawCode(t *rapid.T) string {
	var lines []string
	for range rapid.IntRange(1, 3).Draw(t, "statements") {
		target := rapid.SampledFrom([]string{"v", "u", "w", "n", "b", "s", "y", "r", "k", "q", "v_post", "u_post", "u_pre", "n_post", "b_post", "lastupdate", "lastspike", "not_refractory", "t", "i"}).Draw(t, "target")
		operator := rapid.SampledFrom([]string{"=", "=", "+=", "-=", "*=", "/=", "%="}).Draw(t, "operator")
		lines = append(lines, target+" "+operator+" "+drawExpr(t, rapid.IntRange(0, 3).Draw(t, "depth")))
	}
	return strings.Join(lines, "; ")
}

// Whatever models, code, conditions and values users write is run or refused with a message; nothing panics.
func TestTextsDoNotPanic(t *testing.T) {
	var refused, ran int
	rapid.Check(t, func(t *rapid.T) {
		texts := map[string]string{}
		defer func() {
			if r := recover(); r != nil {
				if message := fmt.Sprint(r); strings.Contains(message, "BUG:") || strings.Contains(message, "runtime error") {
					t.Fatalf("%v\nwith %q", r, texts)
				}
				panic(r)
			}
		}()
		// Of all texts only some are drawn, so that what comes after them is reached.
		expr := func(what, usual string) string {
			texts[what] = usual
			if rapid.IntRange(0, 4).Draw(t, "unusual") == 0 {
				texts[what] = drawExpr(t, rapid.IntRange(0, 3).Draw(t, "depth"))
			}
			return texts[what]
		}
		code := func(what, usual string) string {
			texts[what] = usual
			if rapid.IntRange(0, 2).Draw(t, "unusual") == 0 {
				texts[what] = drawCode(t)
			}
			return texts[what]
		}
		given := func(err error) bool {
			if err == nil {
				return true
			}
			var m *synfire.Message
			if !errors.As(err, &m) {
				t.Fatalf("%v (%T) is no message\nwith %q", err, err, texts)
			}
			if m.Kind == "" || m.Text == "" {
				t.Fatalf("%+v says too little", m)
			}
			return false
		}
		sim := synfire.New(synfire.Config{Seed: synfire.SeedOf(1), Threads: 1})
		array := synfire.Must(synfire.NewTimedArray("f", []float64{1, 2, 3, 4}, 0, units.Dimension{}, ms(0.2)))
		columns := synfire.Must(synfire.NewTimedArray("g", []float64{1, 2, 3, 4, 5, 6}, 3, units.Voltage, ms(0.2)))
		names := synfire.Namespace{"k": 3, "q": units.Millivolt.Of(2), "f": array, "g": columns}
		model := "n : integer\nb : boolean\ns : 1 (shared)\nu : volt\n"
		switch rapid.IntRange(0, 3).Draw(t, "model") {
		case 0:
			model += "v : 1\ny = " + expr("y", "2*v") + " : " + rapid.SampledFrom([]string{"1", "volt", "integer", "boolean", "1 (shared)", "1 (constant over dt)"}).Draw(t, "unit")
		case 1:
			model += "dv/dt = (" + expr("v", "1 + 0.5*rand()*0 + u/mV") + " - v)/(5*ms) : 1 (unless refractory)\ny = 2*u : volt"
		case 2:
			model += "dv/dt = (" + expr("v", "1 + 0.5*rand()*0 + u/mV") + ")/(5*ms) : 1\ny = v : 1"
		default:
			model += "v : 1\ny = 2*u : volt"
		}
		options := synfire.NeuronGroupOptions{Threshold: rapid.SampledFrom([]string{"i == 0", "v > 1", "rand() < 0.5"}).Draw(t, "usual threshold"), Method: rapid.SampledFrom([]string{"", "euler", "exponential_euler", "exact", "heun"}).Draw(t, "method")}
		if rapid.IntRange(0, 2).Draw(t, "other threshold") == 0 {
			options.Threshold = expr("threshold", "v > y/y")
		}
		if rapid.Bool().Draw(t, "reset") {
			options.Reset = code("reset", "v = 0; u += 1*mV")
		}
		if rapid.Bool().Draw(t, "refractory") {
			options.Refractory = rapid.SampledFrom([]string{"1*ms", "v > 0.5"}).Draw(t, "usual refractory")
			if rapid.Bool().Draw(t, "other refractory") {
				options.Refractory = expr("refractory", "2*ms*(i + 1)")
			}
		}
		g, err := sim.NeuronGroup(3, synfire.NewEquations(model), options)
		if !given(err) {
			refused++
			return
		}
		using := synfire.Using(names)
		for _, variable := range []string{"v", "u", "n", "b", "s", "y"} {
			if rapid.IntRange(0, 3).Draw(t, "assign") == 0 {
				given(g.Set(variable, expr("value of "+variable, variable), using))
				given(g.Set(variable, expr("value of "+variable, variable), synfire.Where(expr("where", "i > 0")), using))
			}
			_, err := g.Get(variable, using)
			given(err)
		}
		_, err = g.Evaluate(expr("evaluated", "2*v + k"), using)
		given(err)
		y, err := sim.Synapses(g, g, synfire.SynapsesOptions{Equations: synfire.NewEquations(rapid.SampledFrom([]string{"w : 1", "dw/dt = -w/ms : 1 (event-driven)", "dw/dt = (v_post - w)/ms : 1 (event-driven)", "dw/dt = -w/ms : 1 (clock-driven)"}).Draw(t, "synapses")), OnPre: code("on_pre", "v_post += w"), OnPost: code("on_post", "w = clip(w + v_post, 0, 1)")})
		if !given(err) {
			refused++
			return
		}
		rule := synfire.Connection{Names: names}
		switch rapid.IntRange(0, 4).Draw(t, "rule") {
		case 0:
			rule.Condition = expr("condition", "i != j")
		case 1:
			rule.Probability = expr("p", "0.5")
		case 2:
			rule.Copies = expr("n", "i")
		case 3:
			rule.Targets, rule.SkipInvalid = fmt.Sprintf("%s for k in range(3) if %s", expr("element", "k"), expr("condition", "i != j")), rapid.Bool().Draw(t, "skip")
		default:
			rule.Sources, rule.SkipInvalid = fmt.Sprintf("k for k in sample(0, N_pre, p=%s) if %s", expr("p", "0.5"), expr("condition", "i != j")), true
		}
		if !given(y.Connect(rule)) {
			if err := y.Connect(synfire.Connection{}); err != nil {
				t.Fatal(err)
			}
		}
		given(y.Set("w", expr("w", "rand()"), using))
		given(y.Set("delay", expr("delay", "0.2*ms"), using))
		m, err := sim.StateMonitor(g, []string{"v", "y", "s", "i"}, synfire.StateMonitorOptions{})
		if !given(err) {
			t.Fatal(err)
		}
		if given(sim.Network(g, y, m).Run(context.Background(), ms(0.5), synfire.RunOptions{Names: names})) {
			ran++
		} else {
			refused++
		}
	})
	t.Logf("%d ran, %d were refused", ran, refused)
}
