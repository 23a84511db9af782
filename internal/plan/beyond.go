package plan

import (
	"synfire/internal/ir"
	"synfire/internal/model"
)

// Beyond reports whether code reads what changes in the course of a run, or writes, at elements other than those that it runs
// for. What it sees through the index array own belongs to them, as does what is shared by a row of synapses; what all
// elements share is everybody's.
func (p *Program) Beyond(own string) (reads, writes bool) {
	kernel := p.Kernel
	written := func(v ir.VarID) bool {
		for other := range kernel.Vars {
			if kernel.SameStorage(v, ir.VarID(other)) && kernel.Written(ir.VarID(other)) {
				return true
			}
		}
		return false
	}
	for k := range kernel.Vars {
		v := &kernel.Vars[k]
		if v.Index != ir.Shared && (v.Index != ir.Indexed || kernel.Indexes[v.Via] == own || k < len(p.operands) && p.operands[k].Index == model.Row) {
			continue
		}
		writes = writes || written(ir.VarID(k))
		reads = reads || v.Index == ir.Indexed && v.Rate > ir.RunConstant
	}
	return reads, writes
}
