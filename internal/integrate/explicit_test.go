package integrate

import (
	"math"
	"strings"
	"testing"

	"synfire/internal/diag"
)

// TestDeclaredMethod: a method of one's own, here Ralston's third-order scheme.
func TestDeclaredMethod(t *testing.T) {
	u, err := ParseUpdater("ralston3", `
		k_1 = dt*f(x, t)
		k_2 = dt*f(x + k_1/2, t + dt/2)
		k_3 = dt*f(x + 3*k_2/4, t + 3*dt/4)
		x_new = x + 2*k_1/9 + k_2/3 + 4*k_3/9`, NoNoise)
	if err != nil {
		t.Fatal(err)
	}
	system := systemOf(t, nil, "v", "v*sin(t)", "k_1_v", "v - k_1_v")
	run := func(steps int) float64 {
		result, err := u.Integrate(system)
		if err != nil {
			t.Fatal(err)
		}
		env := environment{"v": 1, "k_1_v": 0, "dt": 1 / float64(steps)}
		for k := range steps {
			env["t"] = float64(k) / float64(steps)
			env = env.step(t, result)
		}
		return math.Abs(env["v"] - math.Exp(1-math.Cos(1)))
	}
	if order := math.Log2(run(20) / run(40)); math.Abs(order-3) > 0.15 {
		t.Errorf("order %.2f, want 3", order)
	}
	if again, err := ParseUpdater("again", u.Text(), NoNoise); err != nil || again.Text() != u.Text() {
		t.Errorf("the printed declaration is\n%s%v", u.Text(), err)
	}
}

// TestSharedIntermediates: an intermediate value without noise is one for all noise variables.
func TestSharedIntermediates(t *testing.T) {
	u, err := ParseUpdater("midpoint", `
		k = dt*f(x, t)
		x_new = x + dt*f(x + k/2, t + dt/2) + g(x, t)*dW`, AdditiveNoise)
	if err != nil {
		t.Fatal(err)
	}
	result, err := u.Integrate(systemOf(t, nil, "v", "-v + a*xi_1 + b*xi_2", "w", "-w"))
	if err != nil {
		t.Fatal(err)
	}
	want := `xi_1 = sqrt(dt)*randn()
xi_2 = sqrt(dt)*randn()
_k_v = -dt*v
_k_w = -dt*w
_v = v - dt*(v + _k_v/2) + a*xi_1 + b*xi_2
_w = w - dt*(w + _k_w/2)
v = _v
w = _w
`
	if got := result.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestWrongDeclarations(t *testing.T) {
	for text, want := range map[string]string{
		"":                                   "does not define x_new",
		"x_new = x +":                        "",
		"k = dt*f(x, t)":                     "the last line, and no other, defines x_new",
		"x_new = x\nx_new = x":               "the last line, and no other, defines x_new",
		"x_new = x + q":                      "the name 'q' is not defined",
		"x_new = x + k\nk = 1":               "the name 'k' is not defined",
		"x_new = x + f(x)":                   "only f(x, t), g(x, t) and functions of one number",
		"x_new = x + gamma(t)":               "only f(x, t), g(x, t) and functions of one number",
		"x_new += dt":                        "lines of the form",
		"x_new = x > t":                      "with arithmetic only",
		"dt = 1\nx_new = x":                  "the name 'dt' is taken",
		"f = 1\nx_new = x":                   "the name 'f' is taken",
		"k = 1\nk = 2\nx_new = x + k*f(x,t)": "the name 'k' is taken",
		"x_new = x + f":                      "the name 'f' is not defined",
	} {
		_, err := ParseUpdater("mine", text, NoNoise)
		m, ok := err.(*diag.Message)
		if !ok || !strings.Contains(m.Text, want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParseUpdater(f *testing.F) {
	for _, d := range declared {
		f.Add(d.text)
	}
	f.Add("x_new = f(g(x,t),t)**dW/sqrt(k)")
	f.Fuzz(func(t *testing.T, text string) {
		u, err := ParseUpdater("fuzzed", text, MultiplicativeNoise)
		if err != nil {
			return
		}
		system := systemOf(t, nil, "v", "-v/tau + w*xi", "w!", "v")
		if result, err := u.Integrate(system); err == nil {
			_ = result.String()
		}
	})
}
