package script

import (
	"fmt"
	"time"

	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// runMagic hands a notebook line to the notebook.
func (in *Interp) runMagic(f *Frame, m *syntax.Magic) (Value, error) {
	if in.config.Magic == nil {
		return nil, diag.Errorf(m.Span(), "SyntaxError", "%s%s works only in a notebook", m.Kind, m.Name)
	}
	call := &Call{Interp: in, Context: in.ctx, Frame: f, Name: m.Kind + m.Name}
	v, err := in.config.Magic(call, m)
	if v == nil {
		v = None
	}
	return v, err
}

// timeIt runs the function of a %timeit line and prints its mean time.
func (in *Interp) timeIt(f *Frame, function Value) error {
	const budget = 200 * time.Millisecond
	loops, start := 0, time.Now()
	for loops == 0 || time.Since(start) < budget {
		if _, err := in.call(f, function, nil, nil); err != nil {
			return err
		}
		loops++
		if err := in.check(); err != nil {
			return err
		}
	}
	each := time.Since(start) / time.Duration(loops)
	fmt.Fprintf(in.stdout, "%s per loop (mean of 1 run, %d loops)\n", showDuration(each), loops)
	return nil
}
