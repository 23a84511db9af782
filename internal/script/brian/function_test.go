package brian

import (
	"context"
	"errors"
	"strings"
	"testing"

	"synfire/internal/diag"
	"synfire/internal/script"
	"synfire/internal/syntax"
)

// An exception in a function shows its line, the call in the equation, and the statement that ran the network.
func TestTracebackOfFunction(t *testing.T) {
	const text = `from brian2 import *
def helper(x):
    return x[5]
@check_units(x=1, result=1)
def f(x):
    return helper(x)
G = NeuronGroup(3, 'dv/dt = (1 + f(v))/second : 1', method='euler')
run(1*ms)
`
	bench := newWorkbench(t, nil)
	module, err := syntax.ParseModule(&diag.Source{Name: "model.py", Text: text}, syntax.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = bench.interp.ExecCell(context.Background(), module)
	var failed *script.Error
	if !errors.As(err, &failed) {
		t.Fatalf("the cell ended with %v", err)
	}
	traceback := failed.Traceback()
	for _, want := range []string{
		`File "model.py", line 8, in <module>`, `File "model.py", line 6, in f`, `File "model.py", line 3, in helper`, "IndexError: index 5",
		"note: 'f(v)' was called by 'neurongroup_stateupdater'.",
	} {
		if !strings.Contains(traceback, want) {
			t.Errorf("no %q in\n%s", want, traceback)
		}
	}
}
