package brian

import (
	"archive/zip"
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/script/host"
	"synfire/internal/syntax"
	"synfire/units"
)

const spiking = `
from brian2 import *
G = NeuronGroup(2, 'dx/dt = rate : 1', threshold='x > 0.95', reset='x = 0', method='euler')
rate = 1/ms
M = StateMonitor(G, 'x', record=True)
S = SpikeMonitor(G)
R = PopulationRateMonitor(G)
`

// TestLimit ends every run early, says so once, and tells the runner.
func TestLimit(t *testing.T) {
	b := newWorkbench(t, func(h *host.Host) { h.Limit = 0.002 })
	got := b.cell("limit", spiking+"run(10*ms)\nrun(1*ms)\nrun(5*ms)\nG.t, S.num_spikes")
	if want := "(<neurongroup.t: 5. * msecond>, 10)\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(b.runs) != 3 || !b.runs[0].Limited || b.runs[1].Limited || b.runs[0].Simulated != 0.002 || b.runs[0].Duration != 0.01 ||
		b.runs[0].Neurons != 2 || b.runs[0].Spikes != 4 {
		t.Errorf("reports %+v", b.runs)
	}
	if len(b.notes) != 1 || !strings.Contains(b.notes[0], "2. ms") {
		t.Errorf("notes %q", b.notes)
	}
}

// TestInterruption ends a run through its context: the script gets a KeyboardInterrupt, and what was recorded is saved.
func TestInterruption(t *testing.T) {
	b := newWorkbench(t, nil)
	b.cell("setup", spiking)
	module, err := syntax.ParseModule(&diag.Source{Name: "long", Text: "run(10000*second)"}, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = b.interp.ExecCell(ctx, module)
	var failed *script.Error
	if !errors.As(err, &failed) || failed.Exception.Class.Name != "KeyboardInterrupt" || !strings.Contains(failed.Error(), "interrupted at t=") {
		t.Fatalf("got %v", err)
	}
	if len(b.runs) != 1 || !b.runs[0].Interrupted || b.runs[0].Reached <= 0 {
		t.Errorf("reports %+v", b.runs)
	}
	folder := filepath.Join(t.TempDir(), "saved")
	files, err := b.session.SaveRecordings(folder)
	if err != nil {
		t.Fatal(err)
	}
	var contents []string
	for _, file := range files {
		archive, err := zip.OpenReader(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.File {
			contents = append(contents, filepath.Base(file)+"/"+f.Name)
		}
		archive.Close()
	}
	slices.Sort(contents)
	want := "ratemonitor.npz/rate.npy ratemonitor.npz/t.npy spikemonitor.npz/i.npy spikemonitor.npz/t.npy statemonitor.npz/record.npy statemonitor.npz/t.npy statemonitor.npz/x.npy"
	if got := strings.Join(contents, " "); got != want {
		t.Errorf("saved %s", got)
	}
	// The simulation can go on.
	if got := b.cell("on", "run(1*ms)\nlen(M.t) == len(R.t)"); got != "True\n" {
		t.Errorf("got %s", got)
	}
}

// TestProgress is told of the beginning and the end of a run.
func TestProgress(t *testing.T) {
	var seen []host.Progress
	b := newWorkbench(t, func(h *host.Host) { h.Progress = func(p host.Progress) { seen = append(seen, p) } })
	b.cell("run", spiking+"run(10*ms)")
	if len(seen) < 2 || seen[0].Done != 0 || seen[len(seen)-1].Done != 1 || seen[0].Duration != 0.01 {
		t.Errorf("%+v", seen)
	}
}

// TestReports are Brian2's lines, and calls of a function.
func TestReports(t *testing.T) {
	b := newWorkbench(t, nil)
	got := b.cell("report", spiking+`
run(10*second, report='text') if False else run(10*ms, report='text')
def progress(elapsed, completed, start, duration):
    print(completed, start, duration, elapsed >= 0*second)
run(20*ms, report=progress)
def failing(elapsed, completed, start, duration):
    raise ValueError('enough')
run(20*ms, report=failing)`)
	want := `Starting simulation at t=0. s for a duration of 10. ms
10. ms (100%) simulated in < 1s
0.0 10. ms 20. ms True
1.0 10. ms 20. ms True
ValueError: enough
`
	if got != want {
		t.Errorf("got %s", got)
	}
	for _, c := range []struct {
		seconds, done float64
		want          string
	}{
		{0, 0, "Starting simulation at t=0. s for a duration of 10. s"},
		{10, 0.32, "3.2 s (32%) simulated in 10s, estimated 21s remaining."},
		{31, 1, "10. s (100%) simulated in 31s"},
		{3905, 0.5, "5. s (50%) simulated in 1h 5m 5s, estimated 1h 5m 5s remaining."},
	} {
		if got := reportText(time.Duration(c.seconds*1e9), c.done, seconds(0), seconds(10)); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestCheckMode only prepares runs; recordings are unknown, but their dimensions are checked.
func TestCheckMode(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"run(1000000*second)\nM.x[0] + 1*mV", "DimensionMismatchError: Cannot calculate <unknown: statemonitor.x> + 1. mV, units do not match (units are 1 and V).\n"},
		{"run(1*ms)\nS.t/ms > 3*mV", "DimensionMismatchError"},
		{"run(1*ms)\nG.x + 3*mV", "DimensionMismatchError"},
		{"run(1*ms)\nfor t in S.t:\n    print(t)\nprint('done')", "done\n"},
		{"run(1*ms)\nG.x[:1] = 3\nM[0].x[:5] > 2\nS.num_spikes > 3\nR.smooth_rate('flat', 1*ms)/Hz\nprint('fine')", "fine\n"},
		{"store()\nrun(1*ms)\nrestore()\nG.x[0]", "0.0\n"},
		{"store(filename='a')\nrun(1*ms)\nrestore(filename='a')\nG.x[0]", "0.0\n"},
		{"restore(filename='elsewhere')\nG.x[0] + 3*mV", "DimensionMismatchError"},
		{"I = TimedArray([1, 2]*mV, dt=1*ms)\nrun(1*ms)\nI(S.t) + 1*mV\nprint('fine')", "fine\n"},
		{"rate = 1*mV\nrun(1*ms)", "DimensionMismatchError"},
		{"k = len(S.t)\nrun(1*ms)\nrate = S.num_spikes/second\nrun(1*ms)\nprint('fine')", "fine\n"},
		{"run(1*ms)\nG.x[:1] = 3*mV", "DimensionMismatchError"},
		{"run(1*ms)\nG.x = 3*mV", "DimensionMismatchError"},
	} {
		b := newWorkbench(t, func(h *host.Host) { h.Check = true })
		got := b.cell("check", spiking+c.code)
		if got != c.want && !(strings.HasPrefix(got, c.want) && strings.HasSuffix(c.want, "Error")) {
			t.Errorf("%s\ngot  %swant %s", c.code, got, c.want)
		}
	}
}

// TestMessagesPointIntoTheScript shows the line of a script in which a wrong equation or code stands.
func TestMessagesPointIntoTheScript(t *testing.T) {
	for _, c := range []struct{ name, code, want string }{
		{"equations", "from brian2 import *\neqs = Equations('''\ndv/dt = -v/tau : volt\n''')\nG = NeuronGroup(1, eqs)\nrun(1*ms)", "model.py:3:"},
		{"reset", "from brian2 import *\nG = NeuronGroup(1, 'v : volt', threshold='v > 1*mV',\n    reset='v = 1')\nrun(1*ms)", "model.py:3:"},
		{"sum", "from brian2 import *\nfirst = 'w += 1\\n'\nsecond = '''\nv += 1*mV\n'''\nG = NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0')\nS = Synapses(G, G, 'w : 1', on_pre=first + second)\nS.connect()\nrun(1*ms)", "model.py:4:"},
		{"initial values", "from brian2 import *\nG = NeuronGroup(1, 'v : volt')\nG.v = '3*mV + x'", "model.py:3:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newWorkbench(t, nil)
			module, err := syntax.ParseModule(&diag.Source{Name: "model.py", Text: c.code}, syntax.Options{})
			if err != nil {
				t.Fatal(err)
			}
			_, err = b.interp.ExecCell(context.Background(), module)
			var failed *script.Error
			if !errors.As(err, &failed) {
				t.Fatalf("got %v", err)
			}
			if text := failed.Diag().String(); !strings.Contains(text, "in "+c.want) {
				t.Errorf("the place %s is not shown:\n%s", c.want, text)
			}
		})
	}
}

// TestNames gives the lowest free name, counting what the script can still reach.
func TestNames(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"G = NeuronGroup(1, 'v : 1')\nH = NeuronGroup(1, 'v : 1')\nG.name, H.name", "('neurongroup', 'neurongroup_1')\n"},
		{"l = [NeuronGroup(1, 'v : 1') for _ in range(3)]\n[g.name for g in l]", "['neurongroup', 'neurongroup_1', 'neurongroup_2']\n"},
		{"d = {'a': [NeuronGroup(1, 'v : 1')]}\nNeuronGroup(1, 'v : 1').name, NeuronGroup(1, 'v : 1').name", "('neurongroup_1', 'neurongroup_1')\n"},
		{"def make():\n    G = NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0')\n    S = SpikeMonitor(G)\n    net = Network(G, S)\n    net.run(1*ms)\n    return G.name, S.name\nset(make() for _ in range(12))", "{('neurongroup', 'spikemonitor')}\n"},
		{"def make():\n    return Network(NeuronGroup(1, 'v : 1'))\nnet = make()\nNeuronGroup(1, 'v : 1').name", "'neurongroup_1'\n"},
		{"class A:\n    pass\na = A()\na.b = SpikeMonitor(NeuronGroup(1, 'v : 1', threshold='v > 1', reset=''))\nNeuronGroup(1, 'v : 1').name", "'neurongroup_1'\n"},
		{"G = NeuronGroup(1, 'v : 1')\ndel G\nNeuronGroup(1, 'v : 1').name", "'neurongroup'\n"},
		{"net = Network([NeuronGroup(1, 'v : 1'), NeuronGroup(1, 'v : 1')])\nsorted(o.name for o in net)", "['neurongroup', 'neurongroup_1']\n"},
		{"names = set()\nfor k in range(12):\n    start_scope()\n    G = NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0')\n    S = SpikeMonitor(G)\n    net = Network(G, S)\n    net.run(1*ms)\n    names.add((G.name, S.name))\nnames", "{('neurongroup', 'spikemonitor')}\n"},
		{"layers = []\nfor k in range(3):\n    G = NeuronGroup(1, 'v : 1')\n    layers.append(G)\n[g.name for g in layers]", "['neurongroup', 'neurongroup_1', 'neurongroup_2']\n"},
		{"net = Network()\nprevious = None\nfor k in range(3):\n    G = NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0')\n    net.add(G)\n    if previous is not None:\n        S = Synapses(previous, G)\n        net.add(S)\n    previous = G\nsorted(o.name for o in net)", "['neurongroup', 'neurongroup_1', 'neurongroup_2', 'synapses', 'synapses_1']\n"},
		{"def make():\n    return NeuronGroup(1, 'v : 1')\na = make()\nb = make()\na.name, b.name", "('neurongroup', 'neurongroup_1')\n"},
		{"for k in range(3):\n    G = NeuronGroup(1, 'v : 1', threshold='v > 1', reset='v = 0')\n    if k > 0:\n        S = Synapses(previous, G)\n        pair = previous.name != G.name\n    previous = G\npair", "True\n"},
		{"NeuronGroup(1, 'v : 1', name='cells').name, NeuronGroup(1, 'v : 1', name='neurongroup*').name", "('cells', 'neurongroup')\n"},
	} {
		b := newWorkbench(t, nil)
		if got := b.cell("names", "from brian2 import *\n"+c.code); got != c.want {
			t.Errorf("%s\ngot  %swant %s", c.code, got, c.want)
		}
	}
}

// TestSharedNames is the table of docs/language.md: which of three functions of a name a notebook means.
func TestSharedNames(t *testing.T) {
	for _, order := range []string{"from pylab import *\nfrom numpy import *\nfrom brian2 import *\n", "from brian2 import *\n"} {
		for _, c := range []struct{ code, want string }{
			{"max([1, 2], key=lambda x: -x), abs(-1), min(3, 2), round(2.567, 2), pow(2, 3, 5)", "(1, 1, 2, 2.57, 3)\n"},
			{"sum([[1, 2], [3, 4]], axis=0), any([[0, 1], [0, 0]], axis=1), all([[1, 1], [0, 1]], axis=0)", "(array([4, 6]), array([ True, False]), array([False,  True]))\n"},
			{"mean([1, 2]*mV), diff([1, 4]*ms)", "(1.5 * mvolt, array([3.]) * msecond)\n"},
			{"where([1, 2]*mV > 1*mV)[0], arange(0*ms, 3*ms, 1*ms), linspace(0*mV, 1*mV, 3), dot([1, 2]*mV, [3, 4])", "(array([1]), array([0., 1., 2.]) * msecond, array([0. , 0.5, 1. ]) * mvolt, 11. * mvolt)\n"},
			{"exp(1*mV)", "DimensionMismatchError: exp expects a dimensionless argument but got 1. mV (unit is V).\n"},
			{"seed(1)\na = rand(), randn(), uniform(0, 1), randint(100), random()\nseed(1)\nb = rand(), randn(), uniform(0, 1), randint(100), random()\na == b", "True\n"},
			{"np.random.seed(1)\na = rand()\nseed(1)\na == rand()", "True\n"},
		} {
			b := newWorkbench(t, nil)
			if got := b.cell("shared", order+c.code); got != c.want {
				t.Errorf("%s%s\ngot  %swant %s", order, c.code, got, c.want)
			}
		}
	}
}

// TestInputFactory makes the currents of the exercises.
func TestInputFactory(t *testing.T) {
	b := newWorkbench(t, nil)
	b.hints = true
	if got := b.cell("import", "from brian2 import *\nimport input_factory as inp"); got != "" {
		t.Fatal(got)
	}
	for _, c := range []struct{ code, want string }{
		{"I = inp.get_step_current(2, 4, 1*ms, 3*nA)\nI.values.shape, I.values[:, 0]*1e9, I(4.5*ms, 0), I(5*ms, 0), I.dt", "((6, 1), array([0., 0., 3., 3., 3., 0.]), 3. * namp, 0. * amp, 0.001)\n"},
		{"inp.get_step_current(0, 1, 1*ms, 1*pA, Nneurons=3).values.shape, inp.get_step_current(0, 1, 1*ms, 1*pA, append_zero=False).values.shape", "((3, 3), (2, 1))\n"},
		{"inp.get_ramp_current(1, 3, 1*ms, 1*nA, 2*nA).values[:, 0]*1e9", "array([0. , 1. , 1.5, 2. , 0. ])\n"},
		{"inp.get_sinusoidal_current(0, 4, 1*ms, 2*nA, 250*Hz, 1*nA).values[:, 0].round(12)*1e9", "array([ 1.,  3.,  1., -1.,  1.,  0.])\n"},
		{"inp.get_zero_current().values", "array([[0.]])\n"},
		{"inp.get_spikes_current([1, 3], 1*ms, 5*pA).values[:, 0]*1e12", "array([0., 5., 0., 5., 0.])\n"},
		{"inp.get_step_current(1.5, 4, 1*ms, 3*nA)", "TypeError: get_step_current() argument 't_start' has to be a whole number of unit_time, not 1.5\n  hint: for a start at 10 ms with unit_time=1*ms write t_start=10.\n"},
		{"inp.get_step_current(10*ms, 20*ms, 1*ms, 3*nA)", "TypeError: get_step_current() argument 't_start' has to be a whole number of unit_time, not 10. * msecond\n  hint: for a start at 10 ms with unit_time=1*ms write t_start=10.\n"},
		{"inp.get_step_current(1, 4, 1, 3*nA)", "DimensionMismatchError: Function 'get_step_current' expected a quantity with unit second for argument 'unit_time' but got '1' (unit is 1).\n  hint: times need a unit, as in 10*ms.\n"},
		{"inp.get_step_current(1, 4, 1*ms, 3*mV)", "DimensionMismatchError: Function 'get_step_current' expected a quantity with unit amp for argument 'amplitude' but got '3. mV' (unit is V).\n"},
		{"inp.get_step_current(4, 1, 1*ms, 3*nA)", "ValueError: get_step_current(): t_end=1 is before t_start=4\n"},
		{"I = inp.get_step_current(1, 2, 1*ms, 3*nA)\nG = NeuronGroup(1, 'dq/dt = I(t, i) : coulomb', method='euler')\nrun(5*ms)\nG.q[0]/pcoulomb", "6.0\n"},
	} {
		if got := b.cell("currents", c.code); got != c.want {
			t.Errorf("%s\ngot  %swant %s", c.code, got, c.want)
		}
	}
}

// TestSpikesOfOneNeuron finds them by position, and recordings do not change what was read before.
func TestSpikesOfOneNeuron(t *testing.T) {
	b := newWorkbench(t, nil)
	got := b.cell("spikes", spiking+`
run(500*ms)
i, t, v = S.i[:], S.t[S.i == 1], M.x
before = len(i), len(t), v.shape
run(100*ms)
before, (len(i), len(t), v.shape), len(S.t[S.i == 1]), M.x.shape, sum(S.i == 0) == S.count[0]`)
	if want := "((1000, 500, (2, 5000)), (1000, 500, (2, 5000)), 600, (2, 6000), True)\n"; got != want {
		t.Errorf("got %s", got)
	}
}

func seconds(x float64) units.Quantity { return units.Second.Of(x) }

// BenchmarkAssignments assigns six values to each of 2500 neurons and reads 10000.
func BenchmarkAssignments(b *testing.B) {
	bench := newWorkbench(b, nil)
	bench.cell("setup", "from brian2 import *\nG = NeuronGroup(2500, '''a : siemens\nb : amp\nc : second\nd : second\nu : volt\nf : amp''')")
	for b.Loop() {
		if got := bench.cell("loop", `
for k in range(2500):
    G.a[k] = 1*nS
    G.b[k] = 2*pA
    G.c[k] = 3*ms
    G.d[k] = 4*ms
    G.u[k] = 5*mV
    G.f[k] = 6*pA
total = 0*siemens
for k in range(10000):
    total += G.a[k % 2500]
abs(total - 10*usiemens) < 1*psiemens`); got != "True\n" {
			b.Fatal(got)
		}
	}
}
