package plan

import (
	"fmt"
	"sync"

	"synfire/internal/exec"
	"synfire/internal/ir"
	"synfire/internal/lower"
	"synfire/internal/rng"
)

// blockFunctions returns the block functions that a kernel calls, by their names.
func blockFunctions(kernel *ir.Kernel) []exec.BlockFunction {
	var list []exec.BlockFunction
	for _, f := range kernel.Functions {
		if f.Name != lower.PoissonFunction {
			panic(fmt.Sprintf("BUG: kernel %s calls %q, which nobody knows", kernel.Name, f.Name))
		}
		list = append(list, poisson())
	}
	return list
}

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
