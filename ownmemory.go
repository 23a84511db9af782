package synfire

import (
	"synfire/internal/exec"
	"synfire/internal/plan"
	"synfire/internal/sim"
)

// mostOwn is the largest group, in neurons, whose state parts keep in memory of their own.
const mostOwn = 1 << 16

// ownMemory gives each part memory of its own for the state of its neurons, as long as nobody looks at the network. In one array
// the neurons of one part follow those of another, and a processor that comes to the end of its part fetches the next lines beforehand:
// it takes them from the processor that has changed them, in every step (as many as 64 of each array on a Zen 4). It is for
// networks of whose state parts and monitors of spikes are the only readers; where the neurons are many, a few lines do not matter.
func (p *preparation) ownMemory(loop *sim.Loop) {
	if p.Parts == 1 || !p.readByParts() {
		return
	}
	type owned struct {
		plan.Copies
		cut plan.Cut
	}
	var all []owned
	for _, o := range p.active {
		group, neurons := o.(*NeuronGroup)
		if !neurons || group.n > mostOwn {
			continue
		}
		for _, v := range group.variables {
			if v.Stored() && !v.Shared && !v.Linked && p.written[v] {
				all = append(all, owned{p.Copy(plan.Column(v)), p.cut(group.state)})
			}
		}
	}
	for _, bound := range p.setups {
		bound.Replace(func(part int, column exec.Column) (exec.Column, bool) {
			for _, c := range all {
				if own, found := c.Part(part, column); found {
					return own, true
				}
			}
			return exec.Column{}, false
		})
	}
	loop.Enter = func(part int) {
		for _, c := range all {
			c.Take(part, c.cut)
		}
	}
	loop.Leave = func(part int) {
		for _, c := range all {
			c.Give(part, c.cut)
		}
	}
}

// readByParts reports whether code of parts, which reads no neurons of others, is all that reads the state of neurons during a run.
func (p *preparation) readByParts() bool {
	for _, o := range p.active {
		switch x := o.(type) {
		case *NeuronGroup:
			if x.links != nil || p.adaptive[x.state] {
				return false
			}
		case *Synapses:
			if x.summed != nil {
				return false
			}
		case *SpikeMonitor:
			if x.recorded != nil {
				return false
			}
		case *Subgroup, *PoissonGroup, *SpikeGeneratorGroup, *PopulationRateMonitor, *PoissonInput:
		default:
			return false
		}
	}
	for k := range p.entries {
		if e := &p.entries[k]; e.Task != nil || e.Reach != sim.OwnPart || e.Failed != nil {
			return false
		}
	}
	return true
}
