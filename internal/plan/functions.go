package plan

import (
	"fmt"
	"sync"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/rng"
)

// Compute computes a function that a namespace gives (model.Custom.Compute): c.Out from c.Args, whose types at tells.
type Compute func(c *exec.Call, at *CallSite) error

// CallSite is where a program calls a function.
type CallSite struct {
	Program string
	lower.Callee
}

// blockFunctions returns the block functions that a program calls.
func (p *Program) blockFunctions(failed *failure) []exec.BlockFunction {
	var list []exec.BlockFunction
	for _, callee := range p.callees {
		if callee.Function == nil {
			list = append(list, poisson())
		} else {
			list = append(list, custom(p.Name, callee, failed))
		}
	}
	return list
}

// failure is the first error of what a program calls.
type failure struct {
	mutex sync.Mutex
	err   error
}

func (f *failure) get() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.err
}

func (f *failure) set(err error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if f.err == nil {
		f.err = err
	}
}

// custom calls a function that a namespace gives, until one has failed.
func custom(program string, callee lower.Callee, failed *failure) exec.BlockFunction {
	compute, at := callee.Function.Custom.Compute.(Compute), &CallSite{program, callee}
	return func(c *exec.Call) {
		if failed.get() == nil {
			if err := compute(c, at); err != nil {
				failed.set(&CallError{at, err})
			}
		}
		c.Failed = failed.get() != nil
	}
}

// CallError says which call of which program failed.
type CallError struct {
	At  *CallSite
	Err error
}

func (e *CallError) Error() string {
	return fmt.Sprintf("'%s' in '%s': %v", e.At.Text, e.At.Program, e.Err)
}

// Unwrap returns the function's own error.
func (e *CallError) Unwrap() error { return e.Err }

// poisson draws Poisson numbers: of a mean and exp(-mean) for each lane.
func poisson() exec.BlockFunction {
	logarithms := sync.Pool{New: func() any { return ir.NewScalar(ir.Log) }}
	return func(c *exec.Call) {
		logarithm := logarithms.Get().(*ir.Scalar)
		defer logarithms.Put(logarithm)
		log := func(x float64) float64 { return logarithm.Of(x) }
		for k := range c.Out {
			draws := uniforms{key: c.Key}
			draws.c0, draws.c1, draws.c2, draws.c3 = c.Binding.Address(c.Binding.Element(c.Lo + k))
			c.Out[k] = rng.PoissonOf(c.Arg(0, k), c.Arg(1, k), draws.next, log)
		}
	}
}

// uniforms are the uniform numbers at one address: two of each Philox block, whose counters differ in the call.
type uniforms struct {
	key            uint64
	c0, c1, c2, c3 uint32
	words          [2]uint32
	call           uint32
	half           bool
}

func (u *uniforms) next() float64 {
	if u.half {
		u.half = false
		return rng.Uniform(u.words[0], u.words[1])
	}
	w0, w1, w2, w3 := rng.Philox(u.key, u.c0, u.c1+u.call<<24, u.c2, u.c3)
	u.call++
	u.words, u.half = [2]uint32{w2, w3}, true
	return rng.Uniform(w0, w1)
}
