package script

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"synfire/internal/diag"
	"synfire/internal/syntax"
	"synfire/units"
)

var update = flag.Bool("update", false, "rewrite the expected texts in testdata")

func parse(t testing.TB, name, text string) *syntax.Module {
	t.Helper()
	m, err := syntax.ParseModule(&diag.Source{Name: name, Text: text}, syntax.Options{Notebook: true})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTracebacks compares whole rendered errors with stored texts.
func TestTracebacks(t *testing.T) {
	files, err := filepath.Glob("testdata/tracebacks/*.py")
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		var failure *Error
		err = New(Config{}).ExecModule(context.Background(), parse(t, name, string(text)))
		if !errors.As(err, &failure) {
			t.Errorf("%s: want an *Error, got %v", name, err)
			continue
		}
		got := failure.Traceback()
		golden := strings.TrimSuffix(file, ".py") + ".txt"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// cell runs cells in one interpreter and returns what the last one displays.
func cells(t testing.TB, in *Interp, texts ...string) (Value, error) {
	t.Helper()
	var v Value
	var err error
	for i, text := range texts {
		v, err = in.ExecCell(context.Background(), parse(t, fmt.Sprintf("cell %d", i+1), text))
		if err != nil && i < len(texts)-1 {
			t.Fatalf("cell %d: %v", i+1, err)
		}
	}
	return v, err
}

func TestCellsDisplayTheirLastExpression(t *testing.T) {
	for _, test := range []struct {
		cells []string
		want  string
	}{
		{[]string{"x = 5", "x + 1"}, "6"},
		{[]string{"x = 5\nx"}, "5"},
		{[]string{"5;"}, "nothing"},
		{[]string{"None"}, "nothing"},
		{[]string{"x = 1"}, "nothing"},
		{[]string{"print"}, "<built-in function print>"},
		{[]string{"'a', 1"}, "('a', 1)"},
		{[]string{"if True:\n    5"}, "nothing"},
		{[]string{"'just a string'"}, "'just a string'"},
		{[]string{""}, "nothing"},
		{[]string{"def f(): return 3", "f()"}, "3"},
		{[]string{"%time 5 + 5"}, "10"},
		{[]string{"%time y = 7", "y"}, "7"},
		{[]string{"%%time\nz = 8\nz"}, "8"},
	} {
		v, err := cells(t, New(Config{}), test.cells...)
		got := "nothing"
		if v != nil {
			got = Repr(v)
		}
		if err != nil || got != test.want {
			t.Errorf("%q displays %s, %v; want %s", test.cells, got, err, test.want)
		}
	}
}

func TestWarningsAreSaidOnceForEachPlace(t *testing.T) {
	var said []string
	in := New(Config{OnWarning: func(m *diag.Message) {
		line, _ := m.Where.Line()
		said = append(said, fmt.Sprintf("%s in line %d", m.Text, line))
	}})
	if _, err := cells(t, in, "import warnings\nfor k in range(4):\n    warnings.warn('loop')\n    warnings.warn('odd' if k % 2 else 'even')\nwarnings.warn('loop')"); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(said, ", "), "loop in line 3, even in line 4, odd in line 4, loop in line 5"; got != want {
		t.Errorf("said %s, want %s", got, want)
	}
}

func TestParallelRunsItsTasksInOrder(t *testing.T) {
	v, err := cells(t, New(Config{}), "from joblib import Parallel, delayed\ndef f(x, y, scale=1):\n    return (x + y)*scale",
		"Parallel(n_jobs=4)(map(delayed(f), [1, 2], [10, 20])) + Parallel(2)(delayed(f)(x, 1, scale=x) for x in range(3))")
	if err != nil || Repr(v) != "[11, 22, 0, 2, 6]" {
		t.Errorf("%v, %v", Repr(v), err)
	}
	if _, err := cells(t, New(Config{}), "from joblib import Parallel\nParallel()([1, 2])"); err == nil || !strings.Contains(err.Error(), "TypeError") {
		t.Errorf("tasks that are none: %v", err)
	}
}

func TestTimePrintsAsIPythonDoes(t *testing.T) {
	for text, first := range map[string]string{"%time x = sum(range(100))": "CPU times: user ", "%%time\nx = 1\ny = 2": "CPU times: user "} {
		var out bytes.Buffer
		if _, err := cells(t, New(Config{Stdout: &out}), text); err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) != 3 || !strings.HasPrefix(lines[0], first) || !strings.Contains(lines[0], ", total: ") || !strings.HasPrefix(lines[1], "Wall time: ") {
			t.Errorf("%q printed %q", text, out.String())
		}
	}
	for duration, want := range map[time.Duration]string{
		1500 * time.Millisecond: "1.5 s", 12340 * time.Microsecond: "12.3 ms", 456 * time.Nanosecond: "456 ns", 0: "0 ns",
		90 * time.Second: "1min 30s", 3661 * time.Second: "1h 1min 1s", 2 * time.Microsecond: "2 µs",
	} {
		if got := showDuration(duration); got != want {
			t.Errorf("showDuration(%v) = %q, want %q", duration, got, want)
		}
	}
}

func TestMagicGoesToTheNotebook(t *testing.T) {
	var seen []string
	in := New(Config{Magic: func(c *Call, m *syntax.Magic) (Value, error) {
		seen = append(seen, m.Kind+m.Name+" "+m.Args)
		return nil, nil
	}})
	if _, err := cells(t, in, "%pylab inline", "if False:\n    !pip install x\n!ls -l"); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 2 || !strings.HasPrefix(seen[0], "%pylab") || !strings.Contains(seen[1], "ls") {
		t.Errorf("seen %q", seen)
	}
	if _, err := cells(t, New(Config{}), "%matplotlib inline"); err == nil {
		t.Error("a magic line without a handler must be refused")
	}
}

func TestInterruption(t *testing.T) {
	for _, text := range []string{"while True: pass", "def f():\n    for i in range(10**12): pass\nf()", "import time\ntime.sleep(100)",
		"try:\n    while True: pass\nexcept Exception:\n    pass"} {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
		start := time.Now()
		err := New(Config{}).ExecModule(ctx, parse(t, "loop", text))
		cancel()
		var failure *Error
		if !errors.As(err, &failure) || failure.Exception.Class.Name != "KeyboardInterrupt" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%q: %v", text, err)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%q took %v to stop", text, d)
		}
	}
}

// vector is a foreign value with most of the interfaces.
type vector struct{ x []float64 }

func (v *vector) TypeName() string { return "vector" }
func (v *vector) Binary(op syntax.Op, other any, reflected bool) (any, error) {
	y, err := AsFloat(other)
	if err != nil {
		return nil, nil
	}
	r := &vector{}
	for _, x := range v.x {
		a, b := x, y
		if reflected {
			a, b = y, x
		}
		switch op {
		case syntax.Add:
			r.x = append(r.x, a+b)
		case syntax.Sub:
			r.x = append(r.x, a-b)
		case syntax.Lt:
			r.x = append(r.x, map[bool]float64{true: 1}[a < b])
		default:
			return nil, nil
		}
	}
	return r, nil
}
func (v *vector) InPlace(op syntax.Op, other any) (any, error) {
	r, err := v.Binary(op, other, false)
	if r != nil {
		copy(v.x, r.(*vector).x)
		return v, err
	}
	return nil, err
}
func (v *vector) Index(i any) (any, error) {
	n, err := AsIndex(i)
	if err != nil || n >= int64(len(v.x)) {
		return nil, Raise("IndexError", "no element %s", Repr(i))
	}
	return v.x[n], nil
}
func (v *vector) SetIndex(i, value any) error {
	n, err := AsIndex(i)
	if err != nil {
		return err
	}
	v.x[n], err = AsFloat(value)
	return err
}
func (v *vector) Len() (int, error)   { return len(v.x), nil }
func (v *vector) Repr() string        { return fmt.Sprint("vector", v.x) }
func (v *vector) Bool() (bool, error) { return false, Raise("ValueError", "ambiguous") }
func (v *vector) Attr(name string) (any, error) {
	if name == "size" {
		return int64(len(v.x)), nil
	}
	if b := vectorMethods().Bind(v, name); b != nil {
		return b, nil
	}
	return nil, nil
}
func (v *vector) AttrNames() []string { return []string{"size", "total"} }

func vectorMethods() *Methods {
	return NewMethods(Entry{Signature: "total(scale=1.0)", Func: func(c *Call) (Value, error) {
		sum := 0.0
		for _, x := range c.Self.(*vector).x {
			sum += x
		}
		scale, err := c.Float("scale")
		return sum * scale, err
	}})
}

func testModule() *Module {
	return &Module{Name: "vec", Entries: []Entry{
		{Signature: "vector(*args)", Func: func(c *Call) (Value, error) {
			v := &vector{}
			for _, a := range c.Args {
				x, err := AsFloat(a)
				if err != nil {
					return nil, err
				}
				v.x = append(v.x, x)
			}
			return v, nil
		}},
		{Signature: "measure(x, scale=1.0, *, name='m', **kwargs)", Keywords: []string{"color"}, Cosmetic: []string{"snap"}, Func: func(c *Call) (Value, error) {
			color, _ := c.Keyword("color")
			return NewTuple(c.Arg("x"), c.Arg("scale"), c.Arg("name"), c.Given("scale"), Repr(color)), nil
		}},
		{Signature: "unknown()", Func: func(c *Call) (Value, error) { return &Unknown{What: "statemon.v"}, nil }},
		{Signature: "caller(name)", Func: func(c *Call) (Value, error) {
			name, err := c.String("name")
			if err != nil {
				return nil, err
			}
			if v, ok := c.Frame.Lookup(name); ok {
				return v, nil
			}
			return "not found in " + c.Frame.Function(), nil
		}},
		{Name: "mV", Value: units.Millivolt.Quantity()},
		{Name: "ms", Value: units.Millisecond.Quantity()},
		{Signature: "fail(kind)", Func: func(c *Call) (Value, error) {
			kind, err := c.String("kind")
			if err != nil {
				return nil, err
			}
			return nil, Raise(kind, "made in Go").WithHint("try again")
		}},
	}, Modules: []*Module{{Name: "vec.sub", Entries: []Entry{{Name: "depth", Value: int64(2)}}}}}
}

func TestForeignValues(t *testing.T) {
	for text, want := range map[string]string{
		"v = vector(1, 2)\nv + 1":                                  "vector[2 3]",
		"10 - vector(1, 2)":                                        "vector[9 8]",
		"vector(1, 2) < 2":                                         "vector[1 0]",
		"2 > vector(1, 2)":                                         "vector[1 0]",
		"v = vector(1, 2)\nw = v\nw += 5\nv":                       "vector[6 7]",
		"v = vector(1, 2)\nv[0] = 7\nv[0] += 1\nv[0], len(v)":      "(8.0, 2)",
		"[x for x in vector(1, 2)], sum(vector(1, 2))":             "([1.0, 2.0], 3.0)",
		"vector(1, 2).total(scale=2), vector(1).size":              "(6.0, 1)",
		"f = vector(1, 2).total\nf(3)":                             "9.0",
		"import vec\nvec.sub.depth, vec.measure(1, color='r')":     "(2, (1, 1.0, 'm', False, \"'r'\"))",
		"measure(1, 2, name='q', snap=True)":                       "(1, 2, 'q', True, 'None')",
		"type(vector(1)).__name__":                                 "'vector'",
		"def f():\n    local = 5\n    return caller('local')\nf()": "5",
		"glob = 6\ndef f(): return caller('glob')\nf()":            "6",
		"[caller('i') for i in range(2)]":                          "[0, 1]",
		"caller('nothing')":                                        "'not found in <module>'",
		"try: fail('DimensionMismatchError')\nexcept Exception as e: r = type(e).__name__, str(e)\nr": "('DimensionMismatchError', 'made in Go')",
		"try: fail('KeyError')\nexcept KeyError as e: r = str(e)\nr":                                  "'made in Go'",
		"hasattr(vector(1), 'size'), hasattr(vector(1), 'nope'), dir(vector(1))":                      "(True, False, ['size', 'total'])",
	} {
		v, err := cells(t, New(Config{Modules: []*Module{testModule()}}), "from vec import *", text)
		if err != nil || Repr(v) != want {
			t.Errorf("%s\ngives %s, %v; want %s", text, Repr(v), err, want)
		}
	}
	for text, want := range map[string]string{
		"vector(1) * 2":            "TypeError: unsupported operand type(s) for *: 'vector' and 'int'",
		"vector(1) + 'a'":          "TypeError: unsupported operand type(s) for +: 'vector' and 'str'",
		"if vector(1): pass":       "ValueError: ambiguous",
		"vector(1)[5]":             "IndexError: no element 5",
		"vector(1).sise":           "AttributeError: 'vector' object has no attribute 'sise' (Did you mean: 'size'?)",
		"vector(1).total(scael=1)": "TypeError: total() got an unexpected keyword argument 'scael' (Did you mean 'scale'?)",
		"measure()":                "TypeError: measure() missing 1 required positional argument: 'x'",
		"measure(1, colour='r')":   "TypeError: measure() got an unexpected keyword argument 'colour' (Did you mean 'color'?)",
		"measure(1, 2, 3)":         "TypeError: measure() takes from 1 to 2 positional arguments but 3 were given",
		"{vector(1): 2}":           "TypeError: unhashable type: 'vector'",
		"from vec import mesure":   "ImportError: cannot import name 'mesure' from 'vec' (Did you mean 'measure'?)",
		"import vek":               "ModuleNotFoundError: No module named 'vek' (Did you mean 'vec'?)",
		"fail('MagicError')":       "MagicError: made in Go (try again)",
		"vector(1).total = 5":      "AttributeError: 'vector' object attribute 'total' is read-only",
		"del vector(1)[0]":         "TypeError: 'vector' object doesn't support item deletion",
		"vector(1)()":              "TypeError: 'vector' object is not callable",
		"-vector(1)":               "TypeError: bad operand type for unary -: 'vector'",
		"f'{vector(1):.2f}'":       "TypeError: unsupported format string passed to vector.__format__",
	} {
		_, err := cells(t, New(Config{Modules: []*Module{testModule()}}), "from vec import *", text)
		var failure *Error
		if !errors.As(err, &failure) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := failure.Error()
		if failure.Exception.Hint != "" {
			got += " (" + failure.Exception.Hint + ")"
		}
		if got != want {
			t.Errorf("%s\nfails with %s\nwant       %s", text, got, want)
		}
	}
}

// TestQuantities holds results of Brian2 2.5.1.
func TestQuantities(t *testing.T) {
	for text, want := range map[string]string{
		"3*mV": "3. * mvolt", "3*mV/mV": "3.0", "str(3*mV)": "'3. mV'", "f'{3*mV}'": "'3. mV'", "f'{3*mV:.3f}'": "'0.003'",
		"'%s'%(3*mV)": "'3. mV'", "'%g'%(3*mV)": "'0.003'", "float(3*mV)": "0.003", "int(3*mV)": "0", "int(3*mV/mV)": "3",
		"0*mV/(0*mV)": "nan", "(3*mV) % (2*mV)": "1. * mvolt", "-(3*mV)": "-3. * mvolt", "abs(-3*mV)": "3. * mvolt", "(3*mV)**2": "9. * mvolt2",
		"(3*mV)+0": "3. * mvolt", "(3*mV)<(2*mV)": "False", "(3*mV)==3*mV": "True", "bool(0*mV)": "False", "[3*mV]": "[3. * mvolt]",
		"(3*mV, 2*ms)": "(3. * mvolt, 2. * msecond)", "{'a': 3*mV}": "{'a': 3. * mvolt}", "max(3*mV, 2*mV)": "3. * mvolt",
		"sum([3*mV, 2*mV])": "5. * mvolt", "2*mV*3*ms": "6. * uweber", "sorted([3*mV, 2*mV])": "[2. * mvolt, 3. * mvolt]",
		"3*mV in [3*mV]": "True", "type(3*mV).__name__": "'Quantity'", "isinstance(3*mV, float)": "False", "(3*mV)*True": "3. * mvolt",
		"3*mV or 1": "3. * mvolt", "(3*mV).shape": "()", "(3*mV).item()": "0.003", "(3*mV).in_best_unit()": "'3. mV'", "1e-3*ms/ms": "0.001",
		"x = 3*mV\nx += 1*mV\nx": "4. * mvolt", "(2*mV/mV)+1": "3.0", "[1,2,3][int(2*mV/mV)]": "3", "3*mV != 2*mV": "True", "3*mV is None": "False",
	} {
		v, err := cells(t, New(Config{Modules: []*Module{testModule()}}), "from vec import *", text)
		if err != nil || Repr(v) != want {
			t.Errorf("%s gives %s, %v; want %s", text, Repr(v), err, want)
		}
	}
	for text, want := range map[string]string{
		"(3*mV)+1":         "Cannot calculate 3. mV + 1, units do not match (units are V and 1).",
		"(3*mV)==2":        "Cannot perform comparison 3. mV == 2, units do not match (units are V and 1).",
		"(3*mV)!=2*ms":     "Cannot perform comparison 3. mV != 2. ms, units do not match (units are V and s).",
		"len(3*mV)":        "len() of unsized object",
		"hash(3*mV)":       "unhashable type: 'Quantity'",
		"(3*mV).foo":       "'Quantity' object has no attribute 'foo'",
		"(3*mV)[0]":        "too many indices for array: array is 0-dimensional, but 1 were indexed",
		"'a' + 3*mV":       "Object of type <class 'str'> does not have dimensions",
		"[1,2,3][2*mV/mV]": "list indices must be integers or slices, not float",
		"round(3.4*mV)":    "type Quantity doesn't define __round__ method",
	} {
		_, err := cells(t, New(Config{Modules: []*Module{testModule()}}), "from vec import *", text)
		var failure *Error
		if !errors.As(err, &failure) || failure.Exception.Message() != want {
			t.Errorf("%s fails with %v; want %s", text, err, want)
		}
	}
}

func TestUnknownValuesAbsorbOperations(t *testing.T) {
	var out bytes.Buffer
	var branches []string
	in := New(Config{Stdout: &out, Check: true, Modules: []*Module{testModule()},
		OnUnknownBranch: func(where diag.Span, u *Unknown) { branches = append(branches, where.Text()+"/"+u.What) }})
	_, err := cells(t, in, "from vec import *", `
u = unknown()
a = u + 1; b = 2 * u[3].v; c = -u; d = u < 5; e = (1 < u < 3); f = [u, 1]; g = not u
if u > 1: print('entered')
else: print('else entered')
while u: print('loop')
for x in u: print('loop')
h = [x for x in u]
i = [j for j in range(3) if u]
k = 1 if u else 2
l = u and 5
m, n = u
u.x = 5; u[0] = 1; u += 1
w = [7, 8, 9]; w[u] = 5; y = w[u:], w[1:u], {}.get(u)
o = len(u), range(u), float(u), max(u), sum(f), str(5), max(1, 2)
p = vector(u)
assert u
with u as q: pass
r = any([u]), any([1, u]), u(5), f'{u}', '%d' % u
print(isinstance(5, int), len(f), i, o[5:], r[1])
def fn(x):
    if x: return 1
    return 2
s = fn(u)
print(s)
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "g", "h", "k", "l", "m", "n", "p", "q", "u"} {
		v, _ := in.Globals().Lookup(name)
		if _, ok := v.(*Unknown); !ok {
			t.Errorf("%s is %s", name, Repr(v))
		}
	}
	if want := "True 2 [] ('5', 2) True\n2\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	if len(branches) < 9 || branches[0] != "u > 1/statemon.v" {
		t.Errorf("reported branches: %q", branches)
	}
}

func TestUnknownValuesCarryDimensionAndShape(t *testing.T) {
	in := New(Config{Check: true, Modules: []*Module{testModule()}})
	in.Globals().Set("v", &Unknown{What: "M.v", Dim: units.Voltage, Shape: []int{3, 100}})
	for text, want := range map[string]string{
		"v": "m^2 kg s^-3 A^-1 [3 100]", "v + v": "m^2 kg s^-3 A^-1 [3 100]", "v / mV": "1 [3 100]", "2 * v * ms": "m^2 kg s^-2 A^-1 [3 100]",
		"v > 3*mV": "1 [3 100]", "v[0]": "m^2 kg s^-3 A^-1 [100]", "-v": "m^2 kg s^-3 A^-1 [3 100]", "v ** 2": "m^4 kg^2 s^-6 A^-2 [3 100]",
		"v - 0": "m^2 kg s^-3 A^-1 [3 100]", "v + v[0]": "m^2 kg s^-3 A^-1 []", "v.max()": "<nil> []", "v[v > 0*mV]": "<nil> []",
	} {
		got, err := cells(t, in, "from vec import *", text)
		u, ok := got.(*Unknown)
		if err != nil || !ok || fmt.Sprint(u.Dim, " ", u.Shape) != want {
			t.Errorf("%s is %v %v %v, want %s", text, got, u, err, want)
		}
	}
	if n, err := cells(t, in, "len(v)"); err != nil || n != int64(3) {
		t.Errorf("len(v) is %v, %v", n, err)
	}
	for text, want := range map[string]string{
		"v + 1":    "Cannot calculate <unknown: M.v> + 1, units do not match (units are V and 1).",
		"3*ms < v": "Cannot perform comparison 3. ms < <unknown: M.v>, units do not match (units are s and V).",
	} {
		_, err := cells(t, in, text)
		var failure *Error
		if !errors.As(err, &failure) || failure.Exception.Message() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestScanNames(t *testing.T) {
	document := []string{
		"import vec\nfrom vec import measure as ms_, mesure\nimport nowhere\nimport math",
		"vec.vectro(1)\nvec.sub.dept\nx = vec.measure(1, colour='r', snap=1)\nvec.measure()\nms_(1, nam='a', **{})",
		"def f(a):\n    y = undefined_one + a\n    return vec.nope(*a)\nz = [q for q in x if qq]\nlater()\ndef later(): global made; made = 1\nprint(made, __name__)",
		"if x:\n    import google.colab\n    vec.hidden\ntry:\n    import optional\nexcept ImportError: pass\nmath.sqrt(1, 2)\nmath = 3\nclass A:\n    w = 1\n    v = w\nlen(1, 2)",
	}
	in := New(Config{Modules: []*Module{testModule()}})
	var modules []*syntax.Module
	for i, text := range document {
		modules = append(modules, parse(t, fmt.Sprintf("cell %d", i+1), text))
	}
	var got []string
	for _, f := range in.ScanNames(modules) {
		line := f.Message.Error() + " " + f.Message.Hint
		if f.Conditional {
			line += " conditional"
		}
		if f.Cosmetic {
			line += " cosmetic"
		}
		got = append(got, strings.TrimSpace(line))
	}
	want := []string{
		"cell 1:2:33: cannot import name 'mesure' from 'vec' Did you mean 'measure'?",
		"cell 1:3:8: No module named 'nowhere'",
		"cell 2:1:1: module 'vec' has no attribute 'vectro' Did you mean 'vector'?",
		"cell 2:2:1: module 'vec.sub' has no attribute 'dept' Did you mean 'depth'?",
		"cell 2:3:20: measure() got an unexpected keyword argument 'colour' Did you mean 'color'?",
		"cell 2:3:32: measure() accepts 'snap' and ignores it  cosmetic",
		"cell 2:4:1: measure() missing 1 required positional argument: 'x'",
		"cell 2:5:8: measure() got an unexpected keyword argument 'nam' Did you mean 'name'?",
		"cell 3:2:9: name 'undefined_one' is not defined",
		"cell 3:3:12: module 'vec' has no attribute 'nope'",
		"cell 3:4:22: name 'qq' is not defined",
		"cell 4:2:12: No module named 'google.colab'  conditional",
		"cell 4:3:5: module 'vec' has no attribute 'hidden'  conditional",
		"cell 4:5:12: No module named 'optional'  conditional",
		"cell 4:12:1: len() takes 1 positional argument but 2 were given",
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("missing: %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("unexpected: %s", line)
		}
	}
}

func TestBytecodePrints(t *testing.T) {
	namespace := newNamespace("m", nil)
	k, err := compileModule(parse(t, "m", "def f(a):\n    return a + 1\nx = f(2)"), namespace, false)
	if err != nil {
		t.Fatal(err)
	}
	want := `<module>:
   0  build-tuple   0
   1  build-dict    0
   2  function      f
   3  store-global  f
   4  load-global   f
   5  const         2
   6  call          1
   7  store-global  x
   8  const         None
   9  return
f:
   0  load-local    a
   1  const         1
   2  binary        +
   3  return
   4  const         None
   5  return
`
	if got := k.String(); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestOutputStaysBelowTheOutputDirectory(t *testing.T) {
	dir := t.TempDir()
	in := New(Config{OutputDir: dir, Dir: t.TempDir()})
	if _, err := cells(t, in, "with open('sub/a.txt', 'w') as f: f.write('hello')"); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "sub", "a.txt")); err != nil || string(text) != "hello" {
		t.Errorf("file holds %q, %v", text, err)
	}
	for _, path := range []string{"../b.txt", filepath.Join(filepath.Dir(dir), "c.txt")} {
		_, err := cells(t, in, fmt.Sprintf("open(%q, 'w')", path))
		var failure *Error
		if !errors.As(err, &failure) || failure.Exception.Class.Name != "PermissionError" {
			t.Errorf("writing %s: %v", path, err)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct {
		name  string
		known []string
		want  string
	}{
		{"linspac", []string{"linspace", "logspace"}, "linspace"}, {"plto", []string{"plot", "polar"}, "plot"},
		{"Plot", []string{"plot"}, "plot"}, {"xyz", []string{"plot"}, ""}, {"color", []string{"colour"}, "colour"}, {"a", []string{"b"}, ""},
	} {
		if got := Nearest(test.name, test.known); got != test.want {
			t.Errorf("Nearest(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

func BenchmarkIntegerLoop(b *testing.B) {
	module := parse(b, "loop", "s = 0\nfor i in range(1_000_000):\n    s = s + i\n")
	for b.Loop() {
		if err := New(Config{}).ExecModule(context.Background(), module); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCalls(b *testing.B) {
	module := parse(b, "fib", "def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(22)\n")
	for b.Loop() {
		if err := New(Config{}).ExecModule(context.Background(), module); err != nil {
			b.Fatal(err)
		}
	}
}
